/**
 * What one node remembers of its channels: proposals, channels, and channels at rest; each of them by peer and half.
 *
 * Nothing is here for a peer that has only asked (IPR-EST-005). Entries keep the order in which they came.
 */
import { compare, toHex } from '../../kernel/bytes.ts';
import { LimitError } from '../../kernel/errors.ts';

/** Which side of a channel this node is. */
export type EstablishmentRole = 'initiator' | 'responder';

/** A half that was sent to a peer and not acknowledged yet. */
export interface Proposal {
  /** 16 bytes. */
  readonly peer: Uint8Array;
  /** 2 bytes. */
  readonly half: Uint8Array;
  /** By the application, so that no other half will do. */
  readonly isChosen: boolean;
  readonly capabilities: number;
  readonly unitMs: number;
  readonly attempts: number;
  readonly dueAtMs: number;
}

/** A channel that is established at this end. */
export interface EstablishedChannel {
  /** 16 bytes. */
  readonly peer: Uint8Array;
  /** 4 bytes, as they are on the wire. */
  readonly channelId: Uint8Array;
  /** 2 bytes, of the initiator. */
  readonly half: Uint8Array;
  readonly role: EstablishmentRole;
  readonly capabilities: number;
  readonly unitMs: number;
  /** The responder's cookie, for CHANNEL_COOKIE; only an initiator has it. */
  readonly cookie2?: Uint8Array | undefined;
  /** Whether a packet came on it. */
  readonly isHeard: boolean;
  readonly silentAtMs: number;
}

/** Bounds of a table. */
export interface EstablishmentLimits {
  /** Channels and proposals with one peer. */
  readonly channelCount: number;
  /** With all peers. */
  readonly totalCount: number;
  /** Channels at rest. */
  readonly restCount: number;
}

interface Rest {
  readonly peer: Uint8Array;
  readonly half: Uint8Array;
  readonly untilMs: number;
}

/** By peer and half, or peer and id; the lengths keep them apart. */
function keyOf(peer: Uint8Array, name: Uint8Array): string {
  return `${toHex(peer)} ${toHex(name)}`;
}

/** Proposals, channels and rests of one node. */
export class EstablishmentTable {
  readonly #limits: EstablishmentLimits;
  readonly #proposals: Map<string, Proposal> = new Map();
  readonly #channels: Map<string, EstablishedChannel> = new Map();
  readonly #rests: Map<string, Rest> = new Map();

  constructor(limits: EstablishmentLimits) {
    this.#limits = limits;
  }

  get proposals(): readonly Proposal[] {
    return [...this.#proposals.values()];
  }
  get channels(): readonly EstablishedChannel[] {
    return [...this.#channels.values()];
  }
  get restCount(): number {
    return this.#rests.size;
  }

  proposal(peer: Uint8Array, half: Uint8Array): Proposal | undefined {
    return this.#proposals.get(keyOf(peer, half));
  }
  channelOfHalf(peer: Uint8Array, half: Uint8Array): EstablishedChannel | undefined {
    return this.#channels.get(keyOf(peer, half));
  }

  putProposal(proposal: Proposal): void {
    this.#proposals.set(keyOf(proposal.peer, proposal.half), proposal);
  }
  removeProposal(proposal: Proposal): void {
    this.#proposals.delete(keyOf(proposal.peer, proposal.half));
  }
  putChannel(channel: EstablishedChannel): void {
    this.#channels.set(keyOf(channel.peer, channel.half), channel);
  }

  /**
   * Ends a channel and lets it rest.
   * @see IPR-EST-029
   */
  restChannel(channel: EstablishedChannel, untilMs: number): void {
    const { peer, half, channelId } = channel;
    this.#channels.delete(keyOf(peer, half));
    this.#rest(keyOf(peer, channelId), { peer, half, untilMs });
  }

  /**
   * Ends a proposal and lets its half rest.
   * @see IPR-EST-029
   */
  restProposal({ peer, half }: Proposal, untilMs: number): void {
    this.#proposals.delete(keyOf(peer, half));
    this.#rest(keyOf(peer, half), { peer, half, untilMs });
  }

  #rest(key: string, rest: Rest): void {
    this.#rests.set(key, rest); // IPR-EST-029
    for (const oldest of this.#rests.keys()) {
      if (this.#rests.size <= this.#limits.restCount) break; // IPR-EST-031
      this.#rests.delete(oldest);
    }
  }

  /** Forgets the channels that have rested long enough. */
  wake(nowMs: number): void {
    for (const [key, { untilMs }] of this.#rests) if (untilMs <= nowMs) this.#rests.delete(key); // IPR-EST-029
  }

  isResting(peer: Uint8Array, channelId: Uint8Array): boolean {
    return this.#rests.has(keyOf(peer, channelId));
  }
  /** Whether a channel of this initiator half rests. */
  isHalfResting(peer: Uint8Array, half: Uint8Array): boolean {
    return [...this.#rests.values()].some((rest) => compare(rest.peer, peer) === 0 && compare(rest.half, half) === 0);
  }
  /** Whether a channel or proposal has this initiator half. */
  isHalfUsed(peer: Uint8Array, half: Uint8Array): boolean {
    return this.proposal(peer, half) !== undefined || this.channelOfHalf(peer, half) !== undefined;
  }

  /**
   * Makes sure that one more channel or proposal with a peer may be remembered.
   * @throws LimitError
   * @see IPR-EST-030
   */
  requireRoom(peer: Uint8Array): void {
    const all = [...this.#proposals.values(), ...this.#channels.values()];
    if (all.length >= this.#limits.totalCount) throw new LimitError('IPR-EST-030', 'too many channels', { count: all.length });
    const own = all.filter((entry) => compare(entry.peer, peer) === 0).length;
    if (own >= this.#limits.channelCount) throw new LimitError('IPR-EST-030', 'too many channels with this peer', { count: own });
  }
}
