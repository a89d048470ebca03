/** The peers of an engine: a bounded table, in which only strangers make room, and only for others. */
import { toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { LimitError, StateError, UsageError } from '../../kernel/errors.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { Connection } from '../connection/connection.ts';
import { PEER_ID_LENGTH } from '../packet/constants.ts';
import type { EngineChannel } from './engine-channel.ts';
import type { EntropySource, InterpeerEngineOptions, OpenOptions } from './engine-events.ts';
import type { HandshakeKind } from '../connection/policy.ts';
import { demandsEncryption } from '../connection/policy.ts';

/** IPR-API-006: the most peers that an engine remembers. */
export const ENGINE_PEER_COUNT = 64;

/** One peer. */
export interface EnginePeer {
  readonly id: Uint8Array;
  readonly connection: Connection;
  readonly airtimeMs: number;
  /** Whether the application connected to it. */
  readonly isOurs: boolean;
  readonly needsKeys: boolean;
  /** Channels that wait for keys before they are proposed. */
  readonly waiting: { readonly channel: EngineChannel; readonly options: OpenOptions }[];
  heardAtMs: number;
}

interface NewPeer extends Pick<EnginePeer, 'id' | 'airtimeMs' | 'isOurs'> {
  readonly remoteKey?: Uint8Array | undefined;
  readonly handshakes: readonly HandshakeKind[];
}

/** Draws the first packet number. */
export function drawSequenceNumber(entropy: EntropySource): number {
  const [high = 0, low = 0] = entropy.draw(2);
  return high * 256 + low;
}

/** All peers that an engine knows. */
export class EnginePeers {
  readonly #options: InterpeerEngineOptions;
  readonly #primitives: Primitives;
  readonly #hasChannels: (id: Uint8Array) => boolean;
  readonly #peers: Map<string, EnginePeer> = new Map();

  /** @param hasChannels whether a peer has any channels; if so, it is never forgotten */
  constructor(options: InterpeerEngineOptions, primitives: Primitives, hasChannels: (id: Uint8Array) => boolean) {
    this.#options = options;
    this.#primitives = primitives;
    this.#hasChannels = hasChannels;
  }

  /** How many there are. */
  get size(): number {
    return this.#peers.size;
  }

  /** In the order in which they came. */
  all(): IterableIterator<EnginePeer> {
    return this.#peers.values();
  }

  /** @returns the peer, or undefined */
  get(id: Uint8Array): EnginePeer | undefined {
    return this.#peers.get(toHex(door.bytes(id, 'peer')));
  }

  /**
   * The peer of an id.
   * @throws StateError if there is none
   * @see IPR-API-001
   */
  require(id: Uint8Array): EnginePeer {
    const peer = this.get(id);
    if (peer === undefined) throw new StateError('IPR-API-001', 'no such peer');
    return peer;
  }

  /**
   * A peer that the application connects to, not remembered yet.
   * @throws LimitError if no peer can be forgotten; UsageError for an id that is not 16 bytes long
   * @see IPR-API-006
   */
  prepare(asked: NewPeer, nowMs: number): EnginePeer {
    if (asked.id.length !== PEER_ID_LENGTH) throw new UsageError('IPR-API-001', 'not a peer id', { length: asked.id.length });
    if (!this.#hasRoom()) throw new LimitError('IPR-API-006', 'peers that are remembered', { count: this.#peers.size });
    return this.#create(asked, nowMs);
  }

  /**
   * A peer that was not heard before, and is not remembered yet: `remember` does that if the packet turns out to be valid.
   * @returns undefined if there is no room
   * @see IPR-API-006
   */
  stranger(id: Uint8Array, nowMs: number): EnginePeer | undefined {
    return this.#hasRoom()
      ? this.#create({ id, airtimeMs: 0, isOurs: false, handshakes: this.#options.policy.handshakes }, nowMs)
      : undefined; // IPR-API-006
  }

  /** Keeps a peer for which there is room: the stranger that was heard longest ago makes room. */
  remember(peer: EnginePeer): void {
    const key = toHex(peer.id);
    if (!this.#peers.has(key) && this.#peers.size >= ENGINE_PEER_COUNT) this.#peers.delete(this.#oldestStranger() ?? ''); // IPR-API-006
    this.#peers.set(key, peer);
  }

  #create({ id, airtimeMs, isOurs, remoteKey, handshakes }: NewPeer, nowMs: number): EnginePeer {
    const { suite, local, identity, entropy } = this.#options;
    const policy = { handshakes };
    const connection = new Connection({
      suite,
      local,
      remote: id,
      policy,
      identity,
      remoteKey,
      sequenceNumber: drawSequenceNumber(entropy),
      primitives: this.#primitives,
    });
    return { id: id.slice(), connection, airtimeMs, isOurs, needsKeys: demandsEncryption(policy), waiting: [], heardAtMs: nowMs };
  }

  #hasRoom(): boolean {
    return this.#peers.size < ENGINE_PEER_COUNT || this.#oldestStranger() !== undefined; // IPR-API-006
  }

  /** Of the peers that the application did not connect to and that have no channel, the one heard longest ago. */
  #oldestStranger(): string | undefined {
    const idle = [...this.#peers]
      .filter(([, { id, isOurs }]) => !isOurs && !this.#hasChannels(id))
      .sort(([, one], [, other]) => one.heardAtMs - other.heardAtMs);
    return idle[0]?.[0];
  }
}
