/**
 * The session of an exchange: the keys that both sides derived, and what is sent and received under them.
 *
 * A session lasts as long as the other side's token. An `at` that rises with the same token is a sign of life; another
 * token means that the other side has new ephemeral secrets, and then everything here is replaced.
 */
import { compare } from '../../kernel/bytes.ts';
import { AuthenticationError, DecodeError, LimitError, UsageError } from '../../kernel/errors.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import type { HandshakeGroup } from './exchange-at.ts';
import { deriveChannelKeys, openChannelPacket, sealChannelPacket } from '../message/channel-packets.ts';
import type { DeriveChannelKeysInput } from '../message/channel-packets.ts';
import type { ChannelKeys } from '../message/cipher-set.ts';
import { cipherSetOf } from '../message/cipher-sets.ts';
import { TOKEN_LENGTH } from '../constants.ts';
import { decodePacket, decodePacketParts } from '../packet/packet.ts';

/** The cipher set whose nonces are a counter and whose tags are four bytes. */
const CSID_LEGACY = '1a';
/** E3X-EXC-033: the last value of a counter of 4 bytes. */
const COUNTER_MAX = 0xffffffff;

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

/** Refuses an inner packet that no channel can have. */
function requireJson(inner: Uint8Array): void {
  if (decodePacket(inner).json === undefined) throw new DecodeError('malformed', 'E3X-EXC-028', 'the inner packet has no JSON');
}

/** Seals and opens channel packets under one pair of keys. */
export class ExchangeSession {
  /** The group that was accepted last. */
  group: AcceptedGroup;
  /** Present where the other side originated the group. */
  answer: Answer | undefined;
  /** Whether an authentic channel packet has shown that the other side has the same keys. */
  isProven = false;
  readonly #csid: string;
  readonly #keys: ChannelKeys;
  readonly #ownToken: Uint8Array;
  #nextCounter: number | undefined;
  #macFailureCount = 0;

  /**
   * @param ownToken the token of our own handshakes, 16 bytes
   * @throws DecodeError malformed or truncated, AuthenticationError: for the other side's handshake
   * @see E3X-CHP-001
   */
  constructor(group: AcceptedGroup, ownToken: Uint8Array, input: DeriveChannelKeysInput, primitives: Primitives) {
    this.#csid = input.csid;
    this.#keys = deriveChannelKeys(input, primitives);
    this.#ownToken = ownToken;
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
    requireJson(inner);
    const nonce = this.#csid === CSID_LEGACY ? this.#counted(entropy) : entropy;
    const packet = sealChannelPacket({
      csid: this.#csid,
      key: this.#keys.encryptKey,
      token: this.group.token,
      inner,
      entropy: nonce,
    }); // E3X-EXC-029
    if (packet.length > packetBytes)
      throw new LimitError('E3X-EXC-030', 'the channel packet is too long', { length: packet.length, packetBytes });
    if (this.#csid === CSID_LEGACY) this.#nextCounter = new DataView(nonce.buffer, nonce.byteOffset).getUint32(0, true) + 1;
    return packet;
  }

  /**
   * Opens a channel packet.
   * @returns the inner packet
   * @throws DecodeError truncated or malformed; AuthenticationError, which is counted where the token was ours
   * @see E3X-EXC-026
   */
  open(packet: Uint8Array): Uint8Array {
    const { body } = decodePacketParts(packet);
    if (body.length < TOKEN_LENGTH) throw new DecodeError('truncated', 'E3X-CHP-002', 'no room for a token', { bodyLength: body.length });
    if (compare(body.subarray(0, TOKEN_LENGTH), this.#ownToken) !== 0) throw new AuthenticationError('E3X-EXC-026');
    const inner = this.#opened(packet);
    requireJson(inner);
    return inner;
  }

  #opened(packet: Uint8Array): Uint8Array {
    try {
      return openChannelPacket({ csid: this.#csid, key: this.#keys.decryptKey, packet }).inner;
    } catch (error) {
      if (error instanceof AuthenticationError) this.#macFailureCount += 1; // E3X-EXC-032
      throw error;
    }
  }

  /** The next counter of cipher set 1a, little-endian: drawn once, then one more each time. */
  #counted(entropy: Uint8Array): Uint8Array {
    const { entropyLength } = cipherSetOf(this.#csid);
    if (this.#nextCounter === undefined) return entropy.slice(); // E3X-EXC-033: where the counter begins
    if (entropy.length > 0) throw new UsageError('E3X-EXC-033', 'the counter has begun', { length: entropy.length });
    if (this.#nextCounter > COUNTER_MAX) throw new LimitError('E3X-EXC-033', 'the counter is used up');
    const nonce = new Uint8Array(entropyLength);
    new DataView(nonce.buffer).setUint32(0, this.#nextCounter, true); // E3X-EXC-033
    return nonce;
  }
}
