/** The data of channels behind handles. */
import { SessionTable } from '../e3x/sessions.ts';
import type { HandleSource } from '../e3x/sessions.ts';
import type { DataChannel } from './data-channel.ts';

/**
 * A table of channels.
 * @see IPR-DAT-076
 */
export function dataSessions(nextHandle: HandleSource): SessionTable<DataChannel> {
  return new SessionTable<DataChannel>('IPR-DAT-076', nextHandle); // IPR-DAT-076
}
