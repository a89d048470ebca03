/** The channels of an engine: by their handles, by their ids, and whose turn it is to send. */
import { compare, toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { StateError } from '../../kernel/errors.ts';
import { EngineChannel } from './engine-channel.ts';

/** A channel by its peer and its id. */
function keyOf(peer: Uint8Array, channelId: Uint8Array): string {
  return `${toHex(peer)} ${toHex(channelId)}`;
}

/** All channels of an engine, from their opening to their end. */
export class EngineChannels {
  readonly #channels: Map<number, EngineChannel> = new Map();
  /** Handles of established channels, by peer and id. */
  readonly #byId: Map<string, number> = new Map();
  #nextHandle = 1;
  /** The channel whose packet was sent last; the next one has a later handle. */
  #turn = 0;

  /** In the order of their handles. */
  all(): IterableIterator<EngineChannel> {
    return this.#channels.values();
  }

  /** @returns the channel, or undefined */
  get(handle: number): EngineChannel | undefined {
    return this.#channels.get(handle);
  }

  /**
   * The channel of a handle.
   * @throws StateError if there is none
   * @see IPR-API-003
   */
  require(handle: number): EngineChannel {
    door.whole(handle, 'handle');
    const channel = this.#channels.get(handle);
    if (channel === undefined) throw new StateError('IPR-API-003', 'no such channel');
    return channel;
  }

  /** The channels with a peer. */
  ofPeer(peer: Uint8Array): EngineChannel[] {
    return [...this.#channels.values()].filter((channel) => compare(channel.peer, peer) === 0);
  }

  /** The channel with a peer that was established under an id. */
  ofId(peer: Uint8Array, channelId: Uint8Array): EngineChannel | undefined {
    return this.#channels.get(this.#byId.get(keyOf(peer, channelId)) ?? 0);
  }

  /** The channel with a peer that has been proposed under a half and has no id yet. */
  ofHalf(peer: Uint8Array, initiatorHalf: Uint8Array): EngineChannel | undefined {
    return this.ofPeer(peer).find(
      ({ half, channelId }) => channelId === undefined && half !== undefined && compare(half, initiatorHalf) === 0,
    );
  }

  /** A channel under the next handle, not remembered yet. */
  prepare(peer: Uint8Array, half: Uint8Array | undefined): EngineChannel {
    return new EngineChannel({ handle: this.#nextHandle, peer, half });
  }

  /** Keeps a channel that was prepared. */
  remember(channel: EngineChannel): void {
    this.#nextHandle = channel.handle + 1;
    this.#channels.set(channel.handle, channel);
  }

  /** Lets a channel be found by the id under which it was established. */
  nameById(channel: EngineChannel, channelId: Uint8Array): void {
    this.#byId.set(keyOf(channel.peer, channelId), channel.handle);
  }

  /** Forgets a channel. */
  forget(channel: EngineChannel): void {
    this.#channels.delete(channel.handle);
    if (channel.channelId !== undefined) this.#byId.delete(keyOf(channel.peer, channel.channelId));
  }

  /** All channels, beginning after the one that sent last. */
  inTurn(): EngineChannel[] {
    const channels = [...this.#channels.values()];
    const after = channels.findIndex(({ handle }) => handle > this.#turn);
    return after < 0 ? channels : [...channels.slice(after), ...channels.slice(0, after)]; // IPR-API-009
  }

  /** Records which channel has sent. */
  markSent({ handle }: EngineChannel): void {
    this.#turn = handle;
  }
}
