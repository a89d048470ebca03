/** The data of channels, and engines, behind handles. */
import { SessionTable } from '../../e3x/sessions.ts';
import type { HandleSource } from '../../e3x/sessions.ts';
import type { DataChannel } from './data-channel.ts';
import type { InterpeerEngine } from '../engine/engine.ts';

/**
 * A table of channels.
 * @see IPR-DAT-076
 */
export function dataSessions(nextHandle: HandleSource): SessionTable<DataChannel> {
  return new SessionTable<DataChannel>('IPR-DAT-076', nextHandle); // IPR-DAT-076
}

/**
 * A table of engines.
 * @see IPR-API-010
 */
export function engineSessions(nextHandle: HandleSource): SessionTable<InterpeerEngine> {
  return new SessionTable<InterpeerEngine>('IPR-API-010', nextHandle); // IPR-API-010
}
