/**
 * The state of a link: what is known of the other endpoint, and by which of its paths it is reached.
 *
 *   state        keys, a path   a heard path and both handshakes   send
 *   unresolved   one missing    -                                  wrong-state
 *   down         both           not yet, or no more                wrong-state
 *   up           both           yes                                the direct path heard last, else the one through a router
 *
 *   handshake sent     ---.
 *                         |--> up --- the exchange fails, or the last heard path is lost ---> down
 *   handshake received ---'
 *
 * Handshakes, packets and paths are the caller's: it says what it has sent and what has come, and is told where handshakes
 * and answers go. Paths are numbers that it assigns.
 *
 * Choice: ADR-0064.
 */
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, LimitError, StateError } from '../../kernel/errors.ts';

/** E3X-LNK-018: paths that a link may have. */
export const LINK_PATH_COUNT = 16;
/** E3X-LNK-008: how long nothing is sent on a path over UDP before it needs a handshake, in milliseconds. */
export const UDP_KEEPALIVE_MS = 30_000;
/** E3X-LNK-009: the same over TCP. */
export const TCP_KEEPALIVE_MS = 300_000;

export type LinkStateName = 'unresolved' | 'down' | 'up';

/** What a link tells. */
export type LinkStateEvent =
  | { readonly type: 'state'; readonly state: LinkStateName }
  /** A handshake is to be sent on the path. */
  | { readonly type: 'handshake'; readonly path: number }
  /** What is to be sent goes by the path. */
  | { readonly type: 'send'; readonly path: number }
  /** A path request is to be answered on the path. */
  | { readonly type: 'answer'; readonly path: number };

/** Bounds and times of a link. */
export interface LinkStateLimits {
  readonly pathCount: number;
  readonly udpMs: number;
  readonly tcpMs: number;
}

/** How a link is set up. */
export interface LinkStateOptions {
  readonly limits?: Partial<LinkStateLimits> | undefined;
}

/** A path that a path request offers. */
export interface OfferedPath {
  readonly path: number;
  readonly type: string;
}

const OPTIONS = door.members<LinkStateOptions>({
  limits: door.optional(
    door.members<Partial<LinkStateLimits>>({
      pathCount: door.optional(door.positive),
      udpMs: door.optional(door.positiveDuration),
      tcpMs: door.optional(door.positiveDuration),
    }),
  ),
});
const OFFERED = door.list(door.members<OfferedPath>({ path: door.count, type: door.text }));

interface Path {
  readonly number: number;
  readonly type: string;
  readonly isHeard: boolean;
  /** When something was sent last, or the path became known. */
  readonly sentAtMs: number;
}

/**
 * The state of one link. Everything that a call put out is polled before the next call.
 */
export class LinkState extends Endpoint<never, LinkStateEvent> {
  readonly #limits: LinkStateLimits;
  #state: LinkStateName = 'unresolved';
  #hasKeys = false;
  #hasSent = false;
  #hasReceived = false;
  /** By number; the one that was heard last comes first. */
  #paths: readonly Path[] = [];
  #nowMs = 0;

  /** @param nowMs the time in milliseconds */
  constructor(options: LinkStateOptions, nowMs: number) {
    super();
    const { limits = {} } = OPTIONS(options, 'options');
    this.#limits = { pathCount: LINK_PATH_COUNT, udpMs: UDP_KEEPALIVE_MS, tcpMs: TCP_KEEPALIVE_MS, ...limits };
    this.#begin(nowMs);
  }

  get state(): LinkStateName {
    return this.#state;
  }

  /**
   * Says that the key of the other endpoint is known and validated.
   * @see E3X-LNK-002
   */
  handleKeys(nowMs: number): void {
    this.#begin(nowMs);
    this.#hasKeys = true;
    this.#settle();
  }

  /**
   * Adds a path.
   * @param type as path channels have it (E3X-TYP-011)
   * @throws LimitError; the state is unchanged
   * @see E3X-LNK-001
   */
  addPath(path: number, type: string, nowMs: number): void {
    this.#begin(nowMs);
    const number = door.count(path, 'path');
    door.text(type, 'type');
    if (this.#find(number) !== undefined) return; // E3X-LNK-016
    this.#requireRoom();
    this.#paths = [...this.#paths, { number, type, isHeard: false, sentAtMs: nowMs }];
    this.#settle();
  }

  /**
   * Says that a path can no longer be used.
   * @see E3X-LNK-015
   */
  losePath(path: number, nowMs: number): void {
    this.#begin(nowMs);
    const lost = this.#find(door.count(path, 'path'));
    if (lost === undefined) return; // E3X-LNK-016
    this.#paths = this.#others(lost.number); // E3X-LNK-015
    if (lost.isHeard && !this.#paths.some(({ isHeard }) => isHeard)) this.#forget();
    if (this.#paths.length === 0) this.#forget();
    this.#settle();
  }

  /**
   * Says that the application wants to send a handshake.
   * @throws StateError while unresolved
   * @see E3X-LNK-007
   */
  connect(nowMs: number): void {
    this.#begin(nowMs);
    if (this.#state === 'unresolved') throw new StateError('E3X-LNK-014', 'nobody to connect to');
    for (const { number } of this.#paths) this.putEvent({ type: 'handshake', path: number }); // E3X-LNK-007
    this.#paths = this.#paths.map((path) => ({ ...path, sentAtMs: nowMs })); // E3X-LNK-010
  }

  /**
   * Says that a packet was sent by a path.
   * @throws DecodeError malformed for an unknown path; the state is unchanged
   * @see E3X-LNK-008
   */
  handleSent(path: number, isHandshake: boolean, nowMs: number): void {
    this.#begin(nowMs);
    const number = door.count(path, 'path');
    door.flag(isHandshake, 'isHandshake');
    if (this.#find(number) === undefined) throw new DecodeError('malformed', 'E3X-LNK-017', 'an unknown path', { path: number });
    this.#paths = this.#paths.map((each) => (each.number === number ? { ...each, sentAtMs: nowMs } : each)); // E3X-LNK-008
    if (isHandshake && this.#state !== 'unresolved') this.#hasSent = true; // E3X-LNK-003, E3X-LNK-006
    this.#settle();
  }

  /**
   * Says that a packet came by a path, authentic and no repetition.
   * @param isHandshake whether it is a handshake that the application has accepted
   * @throws DecodeError malformed for another type of the path; LimitError; the state is unchanged
   * @see E3X-LNK-011
   */
  handleReceived(path: number, type: string, isHandshake: boolean, nowMs: number): void {
    this.#begin(nowMs);
    const number = door.count(path, 'path');
    door.text(type, 'type');
    door.flag(isHandshake, 'isHandshake');
    const known = this.#find(number);
    if (known !== undefined && known.type !== type) throw new DecodeError('malformed', 'E3X-LNK-017', 'another type', { path: number });
    if (known === undefined) this.#requireRoom();
    this.#paths = [{ number, type, sentAtMs: known?.sentAtMs ?? nowMs, isHeard: true }, ...this.#others(number)]; // E3X-LNK-011
    if (isHandshake && this.#hasKeys) this.#hasReceived = true; // E3X-LNK-003, E3X-LNK-006
    this.#settle();
  }

  /**
   * Says that the exchange has failed.
   * @see E3X-LNK-004
   */
  handleFailed(nowMs: number): void {
    this.#begin(nowMs);
    this.#forget();
    this.#paths = this.#paths.map((path) => ({ ...path, isHeard: false })); // E3X-LNK-004
    this.#settle();
  }

  /**
   * Chooses the path by which a packet goes, and tells it.
   * @throws StateError unless the link is up
   * @see E3X-LNK-012
   */
  send(nowMs: number): void {
    this.#begin(nowMs);
    this.#requireUp();
    const heard = this.#paths.filter(({ isHeard }) => isHeard);
    const chosen = heard.find(({ type }) => type !== 'peer') ?? heard[0]; // E3X-LNK-012, E3X-LNK-013
    if (chosen !== undefined) this.putEvent({ type: 'send', path: chosen.number });
  }

  /**
   * Takes the paths that a path request offers, and tells where its answers go.
   * @throws StateError unless the link is up
   * @see E3X-LNK-019
   */
  answer(offered: readonly OfferedPath[], nowMs: number): void {
    this.#begin(nowMs);
    const paths = OFFERED(offered, 'offered');
    this.#requireUp();
    const all = [...this.#paths];
    for (const { path, type } of paths)
      if (!all.some(({ number }) => number === path)) all.push({ number: path, type, isHeard: false, sentAtMs: nowMs }); // E3X-LNK-020
    for (const { number } of all) this.putEvent({ type: 'answer', path: number }); // E3X-LNK-019
    this.#paths = all.slice(0, this.#limits.pathCount);
  }

  /**
   * Lets time pass.
   * @see E3X-LNK-008
   */
  handleTimeout(nowMs: number): void {
    this.#begin(nowMs);
    if (this.#state !== 'up') return; // E3X-LNK-010
    this.#paths = this.#paths.map((path) => {
      if ((this.#dueAtMs(path) ?? Infinity) > nowMs) return path;
      this.putEvent({ type: 'handshake', path: path.number });
      return { ...path, sentAtMs: nowMs }; // E3X-LNK-010
    });
  }

  /** @returns when the next path needs a handshake, in milliseconds; undefined if none is kept alive */
  override pollTimeoutAtMs(): number | undefined {
    if (this.#state !== 'up') return undefined;
    const due = this.#paths.flatMap((path) => this.#dueAtMs(path) ?? []);
    return due.length === 0 ? undefined : Math.max(this.#nowMs, Math.min(...due));
  }

  #begin(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#nowMs = nowMs;
  }

  /** E3X-LNK-010: when a path needs a handshake; undefined for one that is not kept alive. */
  #dueAtMs({ type, isHeard, sentAtMs }: Path): number | undefined {
    if (!isHeard) return undefined;
    if (type === 'udp4' || type === 'udp6') return sentAtMs + this.#limits.udpMs; // E3X-LNK-008
    if (type === 'tcp4' || type === 'tcp6') return sentAtMs + this.#limits.tcpMs; // E3X-LNK-009
    return undefined;
  }

  #find(number: number): Path | undefined {
    return this.#paths.find((path) => path.number === number);
  }
  #others(number: number): Path[] {
    return this.#paths.filter((path) => path.number !== number);
  }

  #requireRoom(): void {
    if (this.#paths.length >= this.#limits.pathCount) throw new LimitError('E3X-LNK-018', 'too many paths');
  }
  #requireUp(): void {
    if (this.#state !== 'up') throw new StateError('E3X-LNK-014', 'the link is not up');
  }

  #forget(): void {
    this.#hasSent = false;
    this.#hasReceived = false;
  }

  /** Tells the state that follows from what is known, if it is another. */
  #settle(): void {
    const isResolved = this.#hasKeys && this.#paths.length > 0; // E3X-LNK-001
    const state = !isResolved ? 'unresolved' : this.#hasSent && this.#hasReceived ? 'up' : 'down'; // E3X-LNK-002, E3X-LNK-003
    if (state === this.#state) return;
    this.#state = state;
    this.putEvent({ type: 'state', state }); // E3X-LNK-005
  }
}
