/** Establishments behind handles. */
import { SessionTable } from '../../e3x/sessions.ts';
import type { HandleSource } from '../../e3x/sessions.ts';

/**
 * A table of sessions that hold an establishment.
 * @see IPR-EST-035
 */
export function establishmentSessions<Session>(nextHandle: HandleSource): SessionTable<Session> {
  return new SessionTable<Session>('IPR-EST-035', nextHandle); // IPR-EST-035
}
