/** Connections and packet keys behind handles. */
import { SessionTable } from '../../e3x/sessions.ts';
import type { HandleSource } from '../../e3x/sessions.ts';
import type { Connection } from './connection.ts';
import type { PacketKeys } from './packet-keys.ts';

/**
 * A table of connections.
 * @see IPR-RUL-014
 */
export function connectionSessions(nextHandle: HandleSource): SessionTable<Connection> {
  return new SessionTable<Connection>('IPR-RUL-014', nextHandle); // IPR-RUL-014
}

/**
 * A table of packet keys.
 * @see IPR-RUL-014
 */
export function packetKeysSessions(nextHandle: HandleSource): SessionTable<PacketKeys> {
  return new SessionTable<PacketKeys>('IPR-RUL-014', nextHandle); // IPR-RUL-014
}
