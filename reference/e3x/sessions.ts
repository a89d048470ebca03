/**
 * Sessions: endpoints that are known to somebody else by a handle only.
 *
 * An endpoint that is held as an object cannot be called after its end. One that is reached through a handle can, so
 * the table is where the end of a session is kept: a handle that was never given out, or whose session is closed,
 * opens nothing any more.
 */
import { StateError, UsageError } from '../kernel/errors.ts';
import type { ChannelCounter } from './message/channel-counter.ts';
import type { BlockReceiver } from './channel-type/block-receiver.ts';
import type { ChannelTable } from './channel-table/channel-table.ts';
import type { Channel } from './channel/channel.ts';
import type { ChunkEndpoint } from './chunk/chunk-endpoint.ts';
import type { CloakPath } from './cloak/cloak-path.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { TokenTable } from './exchange/token-table.ts';
import type { Router } from './router/router.ts';
import type { StreamReceiver } from './channel-type/stream-receiver.ts';

/** Sessions of one kind that are open at once. */
export const SESSION_COUNT_MAX = 65536;

/** Gives out handles, none of them twice. */
export type HandleSource = () => string;

/** The sessions of one kind by handle. */
export class SessionTable<Session> {
  readonly #clause: string;
  readonly #nextHandle: HandleSource;
  readonly #sessions: Map<string, Session> = new Map();

  /**
   * @param clause what forbids a call without a session
   * @param nextHandle a source shared by all tables whose handles must differ
   */
  constructor(clause: string, nextHandle: HandleSource) {
    this.#clause = clause;
    this.#nextHandle = nextHandle;
  }

  /**
   * Takes a session in.
   * @returns its handle
   * @throws UsageError where too many are open
   */
  open(session: Session): string {
    if (this.#sessions.size >= SESSION_COUNT_MAX) throw new UsageError(this.#clause, 'too many sessions are open');
    const handle = this.#nextHandle();
    this.#sessions.set(handle, session);
    return handle;
  }

  /**
   * The session of a handle.
   * @throws StateError where there is none, or none any more
   */
  get(handle: string): Session {
    const session = this.#sessions.get(handle);
    if (session === undefined) throw new StateError(this.#clause, 'no such session');
    return session;
  }

  /**
   * Ends a session; what it buffers is gone.
   * @throws StateError where there is none, or none any more
   */
  close(handle: string): void {
    this.get(handle);
    this.#sessions.delete(handle);
  }
}

/** @returns handles s1, s2 and so on */
export function countedHandles(): HandleSource {
  let handleCount = 0;
  return () => {
    handleCount += 1;
    return `s${String(handleCount)}`;
  };
}

/**
 * A table of chunk endpoints.
 * @see E3X-CHK-028
 */
export function chunkSessions(nextHandle: HandleSource): SessionTable<ChunkEndpoint> {
  return new SessionTable<ChunkEndpoint>('E3X-CHK-028', nextHandle); // E3X-CHK-028
}

/**
 * A table of paths.
 * @see E3X-CLK-014
 */
export function cloakPathSessions(nextHandle: HandleSource): SessionTable<CloakPath> {
  return new SessionTable<CloakPath>('E3X-CLK-014', nextHandle); // E3X-CLK-014
}

/**
 * A table of counters.
 * @see E3X-CS1-009
 */
export function channelCounterSessions(nextHandle: HandleSource): SessionTable<ChannelCounter> {
  return new SessionTable<ChannelCounter>('E3X-CS1-009', nextHandle); // E3X-CS1-009
}

/**
 * A table of tables of channels.
 * @see E3X-CHT-015
 */
export function channelTableSessions(nextHandle: HandleSource): SessionTable<ChannelTable> {
  return new SessionTable<ChannelTable>('E3X-CHT-015', nextHandle); // E3X-CHT-015
}

/**
 * A table of exchanges.
 * @see E3X-EXC-001
 */
export function exchangeSessions(nextHandle: HandleSource): SessionTable<Exchange> {
  return new SessionTable<Exchange>('E3X-EXC-001', nextHandle); // E3X-EXC-001
}

/**
 * A table of channels.
 * @see E3X-CHN-024
 */
export function channelSessions(nextHandle: HandleSource): SessionTable<Channel> {
  return new SessionTable<Channel>('E3X-CHN-024', nextHandle); // E3X-CHN-024
}

/**
 * A table of tables of tokens.
 * @see E3X-TTB-005
 */
export function tokenSessions(nextHandle: HandleSource): SessionTable<TokenTable> {
  return new SessionTable<TokenTable>('E3X-TTB-005', nextHandle); // E3X-TTB-005
}

/**
 * A table of streams.
 * @see E3X-TYP-037
 */
export function streamSessions(nextHandle: HandleSource): SessionTable<StreamReceiver> {
  return new SessionTable<StreamReceiver>('E3X-TYP-037', nextHandle); // E3X-TYP-037
}

/**
 * A table of block channels.
 * @see E3X-TYP-045
 */
export function blockSessions(nextHandle: HandleSource): SessionTable<BlockReceiver> {
  return new SessionTable<BlockReceiver>('E3X-TYP-045', nextHandle); // E3X-TYP-045
}

/**
 * A table of routers.
 * @see E3X-RTR-012
 */
export function routerSessions(nextHandle: HandleSource): SessionTable<Router> {
  return new SessionTable<Router>('E3X-RTR-012', nextHandle); // E3X-RTR-012
}
