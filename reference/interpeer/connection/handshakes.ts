/**
 * The cryptographic handshake of a connection: an E3X exchange whose handshakes travel in HANDSHAKE messages, and whose
 * channel keys become packet keys. E3X channel packets are never sent.
 *
 * Each handshake that we begin has fresh secrets, so the side that begins brings new keys; the answering side keeps its own
 * secrets, and the keys are new anyway. The exchange decides which handshakes are news (`at` and token), resends
 * ours and gives up; with both sides beginning at once, the higher `at` wins (IPR-HSK-020), and a side that has forgotten
 * everything is heard again if its `at` rises (IPR-HSK-021).
 */
import { EMPTY } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, UsageError } from '../../kernel/errors.ts';
import { cipherSetOf } from '../../e3x/message/cipher-sets.ts';
import { Exchange, exchangeEntropyLength } from '../../e3x/exchange/exchange.ts';
import type { CsidMap } from '../../e3x/hashname/hashname.ts';
import { decodePacketParts } from '../../e3x/packet/packet.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import type { AgreedKeys, KeyUse } from './packet-keys.ts';

/** Who we are towards peers that know our keys. */
export interface ConnectionIdentity {
  /** The cipher set in use. */
  readonly csid: string;
  /** Our secret in this set, in its own form. */
  readonly secret: Uint8Array;
  /** Our key in this set. */
  readonly key: Uint8Array;
  /** Digests of our keys of other sets, 32 bytes each by CSID. */
  readonly intermediates?: CsidMap | undefined;
  /** Consent to cipher set 1a. */
  readonly legacy?: boolean | undefined;
}

/** An identity at the door. */
export const identityDoor: door.Door<ConnectionIdentity> = door.members<ConnectionIdentity>({
  csid: door.text,
  secret: door.copy,
  key: door.copy,
  intermediates: door.optional(door.mapOf(door.copy)),
  legacy: door.optional(door.flag),
});

/** What came of a HANDSHAKE. */
export interface HandshakeResult {
  /** The body of our HANDSHAKE in answer; absent if nothing is to be answered. */
  readonly answer: Uint8Array | undefined;
  /** What both sides agreed on; absent if the handshake said nothing new. */
  readonly agreed: { readonly keys: AgreedKeys; readonly use: KeyUse } | undefined;
}

/**
 * How many bytes a handshake of ours draws: the secrets of an exchange, then the nonce of one message.
 * @throws DecodeError malformed, UnsupportedError: for the CSID
 * @see IPR-HSK-002
 */
export function handshakeEntropyLength(csid: string): number {
  return exchangeEntropyLength(csid) + cipherSetOf(csid).entropyLength;
}

/** One side of the handshakes with one peer whose key is known. */
export class KeyedHandshake {
  readonly #identity: ConnectionIdentity;
  readonly #remoteKey: Uint8Array;
  readonly #lowestAt: number | undefined;
  readonly #primitives: Primitives;
  #exchange: Exchange | undefined;
  #hasFailed = false;
  /** The `at` of the session: a further type with it is not a further handshake. */
  #acceptedAt: number | undefined;

  /** @param lowestAt the lowest `at` to begin with: seconds since 1970, or one more than any before */
  constructor(identity: ConnectionIdentity, remoteKey: Uint8Array, lowestAt: number | undefined, primitives: Primitives) {
    this.#identity = identity;
    this.#remoteKey = remoteKey;
    this.#lowestAt = lowestAt;
    this.#primitives = primitives;
  }

  /** The peer's key in the cipher set in use. */
  get remoteKey(): Uint8Array {
    return this.#remoteKey;
  }

  /** When `handleTimeout` is due, in milliseconds; undefined if nothing is. */
  get timeoutAtMs(): number | undefined {
    return this.#exchange?.pollTimeoutAtMs();
  }

  /**
   * Begins a handshake with fresh secrets.
   * @param entropy as many bytes as `handshakeEntropyLength` says
   * @returns the body of HANDSHAKE
   * @throws LimitError if no `at` is left; DecodeError malformed for the peer's key
   * @see IPR-HSK-002
   */
  begin(entropy: Uint8Array, nowMs: number): Uint8Array {
    const { secrets, nonce } = this.#split(entropy);
    if (this.#exchange === undefined) this.#exchange = this.#create(secrets);
    else this.#exchange.renew(secrets, nowMs); // IPR-HSK-002
    this.#hasFailed = false;
    this.#drainEvents(this.#exchange);
    this.#exchange.handshake(nonce, nowMs);
    return this.#drainTransmits(this.#exchange) ?? EMPTY;
  }

  /**
   * Takes the body of a HANDSHAKE.
   * @param entropy as for `begin`; not needed for the answer to a handshake of ours
   * @throws DecodeError; AuthenticationError; ReplayError; the state is unchanged
   * @see IPR-HSK-003
   */
  handlePacket(packet: Uint8Array, entropy: Uint8Array, nowMs: number): HandshakeResult {
    if (decodePacketParts(packet).head.length !== 1) throw new DecodeError('malformed', 'IPR-HSK-004', 'no message of a cipher set');
    const exchange = this.#ready(entropy, nowMs);
    exchange.handlePacket(packet, nowMs); // IPR-HSK-004, IPR-HSK-005
    const event = exchange.pollEvent();
    if (event?.type === 'message') throw new DecodeError('malformed', 'E3X-HSK-004', 'a message that is not a handshake');
    this.#hasFailed = false;
    this.#exchange = exchange;
    // IPR-HSK-019: said before
    if (event?.type !== 'handshake' || event.at === this.#acceptedAt) return { answer: this.#drainTransmits(exchange), agreed: undefined };
    const isEcho = (event.at % 2 === 1) === (exchange.order === 'odd');
    exchange.accept(event.at, isEcho ? EMPTY : this.#split(entropy).nonce, nowMs);
    this.#drainEvents(exchange);
    this.#acceptedAt = event.at;
    const keys = exchange.channelKeys;
    return {
      answer: this.#drainTransmits(exchange),
      agreed: keys === undefined ? undefined : { keys, use: isEcho ? 'at-once' : 'once-proven' }, // IPR-ENC-010
    };
  }

  /**
   * Lets time pass.
   * @returns the body of a HANDSHAKE to send again, or that the handshake has failed
   * @see IPR-HSK-007
   */
  handleTimeout(nowMs: number): { readonly resend: Uint8Array | undefined; readonly hasFailed: boolean } {
    const exchange = this.#exchange;
    if (exchange === undefined || this.#hasFailed) return { resend: undefined, hasFailed: false };
    exchange.handleTimeout(nowMs);
    const hasFailed = exchange.pollEvent()?.type === 'failed'; // IPR-HSK-007
    this.#hasFailed = hasFailed;
    return { resend: this.#drainTransmits(exchange), hasFailed };
  }

  /** The exchange that judges a handshake which arrives; one that has failed gets fresh secrets first. */
  #ready(entropy: Uint8Array, nowMs: number): Exchange {
    if (this.#exchange === undefined) return this.#create(this.#split(entropy).secrets);
    if (this.#hasFailed) this.#exchange.renew(this.#split(entropy).secrets, nowMs);
    return this.#exchange;
  }

  #create(secrets: Uint8Array): Exchange {
    const { csid, secret, key, legacy } = this.#identity;
    return new Exchange({
      csid,
      local: { secret, key },
      remoteKey: this.#remoteKey,
      at: this.#lowestAt,
      legacy,
      entropy: secrets,
      primitives: this.#primitives,
    });
  }

  #split(entropy: Uint8Array): { readonly secrets: Uint8Array; readonly nonce: Uint8Array } {
    const length = exchangeEntropyLength(this.#identity.csid);
    if (entropy.length !== handshakeEntropyLength(this.#identity.csid))
      throw new UsageError('IPR-HSK-002', 'wrong length of the entropy of a handshake', { length: entropy.length });
    return { secrets: entropy.slice(0, length), nonce: entropy.slice(length) };
  }

  #drainTransmits(exchange: Exchange): Uint8Array | undefined {
    const first = exchange.pollTransmit();
    while (exchange.pollTransmit() !== undefined); // one type of handshake, so one packet
    return first;
  }

  #drainEvents(exchange: Exchange): void {
    while (exchange.pollEvent() !== undefined);
  }
}
