/**
 * Sessions behind handles, for adapters that have them. An object that is gone cannot be called, but a handle can be used
 * after its session has ended. So this table keeps track of each session from `open` to `close` (ADP-042), and polls its
 * output after each call (ADP-035).
 */

/** Most sessions of one kind that are open at once. */
export const SESSION_COUNT_MAX = 65536;

/** A call without an open session: refused as `wrong-state`. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly rejectClass = 'wrong-state';
  readonly clause = 'ADP-042';
}

/** Issues handles, none of them twice. */
export type HandleSource = () => string;

/** @returns handles s1, s2 and so on */
export function countedHandles(): HandleSource {
  let handleCount = 0;
  return () => {
    handleCount += 1;
    return `s${String(handleCount)}`;
  };
}

/** The sessions of one kind by handle. */
export class SessionTable<Session> {
  readonly #nextHandle: HandleSource;
  readonly #sessions: Map<string, Session> = new Map();

  /** @param nextHandle shared by all tables, so that a handle of one opens nothing in another */
  constructor(nextHandle: HandleSource) {
    this.#nextHandle = nextHandle;
  }

  /**
   * Adds a session.
   * @returns its handle
   * @throws RangeError if too many are open
   */
  open(session: Session): string {
    if (this.#sessions.size >= SESSION_COUNT_MAX) throw new RangeError('too many sessions are open');
    const handle = this.#nextHandle();
    this.#sessions.set(handle, session);
    return handle;
  }

  /**
   * The session of a handle.
   * @throws SessionError if there is none, or if it was closed
   */
  get(handle: string): Session {
    const session = this.#sessions.get(handle);
    if (session === undefined) throw new SessionError('no such session');
    return session;
  }

  /**
   * Ends a session; what it buffers is gone.
   * @throws SessionError if there is none, or if it was closed
   */
  close(handle: string): void {
    this.get(handle);
    this.#sessions.delete(handle);
  }
}

/** What is polled after a call, until nothing is left; a session without output of a kind has no method for it. */
export interface Polled {
  pollTransmit?(): Uint8Array | undefined;
  pollEvent?(): object | undefined;
  pollTimeoutAtMs?(): number | undefined;
}
/** What a call returns by itself, before anything is polled. */
export interface Output {
  readonly transmits?: readonly Uint8Array[];
  readonly events?: readonly object[];
}
/** What every call of a session answers. */
export interface Stepped {
  readonly transmit: readonly Uint8Array[];
  readonly events: readonly object[];
  /** Milliseconds; undefined if nothing is due. */
  readonly timeoutAt: number | undefined;
}

/** Drains a session after a call: first what is to be sent, then what happened, then what is due. */
export function stepped(polled: Polled, { transmits = [], events = [] }: Output = {}): Stepped {
  return {
    transmit: [...transmits, ...drain(() => polled.pollTransmit?.())],
    events: [...events, ...drain(() => polled.pollEvent?.())],
    timeoutAt: polled.pollTimeoutAtMs?.(),
  };
}

function drain<Item>(poll: () => Item | undefined): Item[] {
  const items: Item[] = [];
  for (let item = poll(); item !== undefined; item = poll()) items.push(item);
  return items;
}
