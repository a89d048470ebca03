/**
 * The session of an exchange: the keys that both sides derived, and what is sent and received under them.
 *
 * A session lasts as long as the other side's token. An `at` that rises with the same token is a keepalive; another
 * token means that the other side has new ephemeral secrets, and then everything here is replaced.
 */
import { compare } from '../../kernel/bytes.ts';
import { AuthenticationError, DecodeError, LimitError, UsageError } from '../../kernel/errors.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import type { HandshakeGroup } from './exchange-at.ts';
import { ChannelCounter } from '../message/channel-counter.ts';
import { channelKeysOf, channelPacketLength, channelPartsOf, channelOpenerOf, channelSealerOf } from '../message/channel-packets.ts';
import type { ChannelOpener, ChannelSealer } from '../message/channel-packets.ts';
import type { ChannelKeys, ChannelKeysInput } from '../message/cipher-set.ts';
import { decodePacket } from '../packet/packet.ts';
import type { Packet, PacketParts } from '../packet/packet.ts';

/** The cipher set whose nonces are a counter and whose tags are four bytes. */
const CSID_LEGACY = '1a';

/** A group that was accepted, and what it was accepted with. */
export interface AcceptedGroup extends HandshakeGroup {
  /** Types that have arrived. */
  readonly types: Set<string>;
}

/** Our answer to a handshake, kept for when it is lost. */
export interface Answer {
  readonly packets: readonly Uint8Array[];
  answeredAtMs: number;
}

/** What the keys of a session are derived from: our secrets, and the BODY of the other side's handshake. */
export interface SessionInput extends ChannelKeysInput {
  readonly csid: string;
}

/** Takes an inner packet apart, and refuses one that no channel can have. */
function decodeInner(inner: Uint8Array): Packet {
  const packet = decodePacket(inner);
  if (packet.json === undefined) throw new DecodeError('malformed', 'E3X-EXC-028', 'the inner packet has no JSON');
  return packet;
}

/** Seals and opens channel packets under one pair of keys. */
export class ExchangeSession {
  /** The group that was accepted last; its token is that of the session. */
  group: AcceptedGroup;
  /** Present where the other side originated the group. */
  answer: Answer | undefined;
  /** Whether an authentic channel packet has shown that the other side has the same keys. */
  isProven = false;
  readonly #csid: string;
  readonly #keys: ChannelKeys;
  readonly #ownToken: Uint8Array;
  readonly #primitives: Primitives;
  readonly #sealer: ChannelSealer;
  readonly #opener: ChannelOpener;
  /** With cipher set 1a, from the first packet on. */
  #counter: ChannelCounter | undefined;
  #macFailureCount = 0;

  /**
   * @param ownToken the token of our own handshakes, 16 bytes
   * @throws DecodeError malformed or truncated, AuthenticationError: for the other side's handshake
   * @see E3X-CHP-001
   */
  constructor(group: AcceptedGroup, ownToken: Uint8Array, { csid, ...input }: SessionInput, primitives: Primitives) {
    this.#csid = csid;
    this.#keys = channelKeysOf(csid, input, primitives);
    this.#ownToken = ownToken;
    this.#primitives = primitives;
    this.#sealer = channelSealerOf({ csid, key: this.#keys.encryptKey, token: group.token }, primitives); // E3X-EXC-029
    this.#opener = channelOpenerOf({ csid, key: this.#keys.decryptKey }, primitives);
    this.group = group;
  }

  /** The keys themselves, for a protocol that seals packets of its own with keys derived from them. */
  get keys(): ChannelKeys {
    return this.#keys;
  }

  /** Forgeries that were refused. */
  get macFailureCount(): number {
    return this.#macFailureCount;
  }

  /**
   * Seals a channel packet.
   * @param inner a packet with a JSON head
   * @param entropy an IV or nonce; with cipher set 1a only for the first packet
   * @returns at most `packetBytes` bytes
   * @throws DecodeError truncated or malformed for the inner packet; LimitError; UsageError; the state is unchanged
   * @see E3X-EXC-029
   */
  seal(inner: Uint8Array, entropy: Uint8Array, packetBytes: number): Uint8Array {
    decodeInner(inner);
    const length = channelPacketLength(this.#csid, inner.length);
    if (length > packetBytes) throw new LimitError('E3X-EXC-030', 'the channel packet is too long', { length, packetBytes });
    return this.#csid === CSID_LEGACY ? this.#sealCounted(inner, entropy) : this.#sealer.seal({ inner, entropy });
  }

  /**
   * Opens a channel packet that has been taken apart.
   * @returns the inner packet
   * @throws DecodeError truncated or malformed; AuthenticationError, which is counted where the token was ours
   * @see E3X-EXC-026
   */
  open(packet: PacketParts): Packet {
    const { token, sealed } = channelPartsOf(packet);
    if (compare(token, this.#ownToken) !== 0) throw new AuthenticationError('E3X-EXC-026');
    return decodeInner(this.#opened(sealed));
  }

  #opened(sealed: Uint8Array): Uint8Array {
    try {
      return this.#opener.openSealed(sealed);
    } catch (error) {
      if (error instanceof AuthenticationError) this.#macFailureCount += 1; // E3X-EXC-032
      throw error;
    }
  }

  /** Seals with cipher set 1a: the first packet says where the counter begins, all others take the next IV. */
  #sealCounted(inner: Uint8Array, entropy: Uint8Array): Uint8Array {
    if (this.#counter === undefined) {
      const { encryptKey: key } = this.#keys;
      const counter = new ChannelCounter({ key, token: this.group.token, entropy }, this.#primitives); // E3X-EXC-033
      const packet = counter.seal(inner);
      this.#counter = counter;
      return packet;
    }
    if (entropy.length > 0) throw new UsageError('E3X-EXC-033', 'the counter has begun', { length: entropy.length });
    return this.#counter.seal(inner); // E3X-EXC-033
  }
}
