/**
 * An exchange: the encryption state between our key and one key of another endpoint.
 *
 *              handshake            receive, accept              receive
 *   idle      ---------->  waiting  --------------->  answered  --------->  proven
 *                             |                       we can send           the other side can, too
 *                             | 30 s
 *                             v
 *                           failed
 *
 * Sans-IO, and slow to believe: a handshake is opened with the key it must come from, its content is checked, then its
 * `at`, and only then is it a *candidate*. A candidate changes nothing and is answered by nothing until the
 * application, which may want a JWT or a friend's word, accepts it; so that nobody who is not wanted learns that we
 * exist. Our answer does not prove that the answer arrived, nor that it was not a copy of an old handshake that we
 * answered (E3X-EXC-036): only an authentic channel packet is (E3X-EXC-031), and what is decided by `at` alone is never the
 * identity of a session.
 *
 * Choice: ADR-0011.
 */
import {
  StateError,
  AuthenticationError,
  DecodeError,
  LimitError,
  ReplayError,
  UnsupportedError,
  UsageError,
} from '../../kernel/errors.ts';
import { compare } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import type { JsonObject } from '../../kernel/json.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import type { ChannelKeys, CipherSet, EphemeralSecrets } from '../message/cipher-set.ts';
import { cipherSetOf } from '../message/cipher-sets.ts';
import { judgeAt, nextAt } from './exchange-at.ts';
import { ExchangeSession } from './exchange-session.ts';
import type { AcceptedGroup } from './exchange-session.ts';
import { decodeHandshake, encodeHandshake, encodeLinkHandshake, hasAt } from './handshake.ts';
import type { Handshake, HandshakeContent } from './handshake.ts';
import type { CsidMap } from '../hashname/hashname.ts';
import { messageOpenerOf, messageSealerOf } from '../message/messages.ts';
import type { MessageOpener, MessageSealer } from '../message/messages.ts';
import { deriveOrder } from './order.ts';
import type { Order } from './order.ts';
import { Origination } from './origination.ts';
import { decodePacket, decodePacketParts } from '../packet/packet.ts';
import type { Packet, PacketParts } from '../packet/packet.ts';
import { tokenOf } from '../token/token.ts';

/** E3X-EXC-006, E3X-EXC-030: the longest packet that an exchange makes, in bytes. */
export const EXCHANGE_PACKET_BYTES = 1400;
/** E3X-EXC-032: forgeries of 4-byte tags that an exchange survives, less one. */
export const MAC_FAILURE_COUNT = 65_536;
/** E3X-EXC-022: the shortest time between two answers to the same handshake, in milliseconds. */
const ANSWER_INTERVAL_MS = 1000;

/** Bounds of an exchange. */
export interface ExchangeLimits {
  readonly packetBytes: number;
  readonly macFailureCount: number;
}

/** How an exchange is set up. */
export interface ExchangeOptions {
  readonly csid: string;
  readonly local: { readonly secret: Uint8Array; readonly key: Uint8Array };
  /** The identity key of the other side, as it came from outside. */
  readonly remoteKey: Uint8Array;
  /** The lowest `at` to originate: one more than any used before, or seconds since 1970. */
  readonly at?: number | undefined;
  /** Handshakes of further types, besides the link, in the order they are sent. */
  readonly handshakes?: ReadonlyMap<string, HandshakeContent> | undefined;
  /** Our keys of all cipher sets; ours of this one alone where absent. */
  readonly keys?: CsidMap | undefined;
  readonly z?: number | undefined;
  /** Consent to cipher set 1a. */
  readonly legacy?: boolean | undefined;
  readonly limits?: Partial<ExchangeLimits> | undefined;
  /** Fresh secrets: 20 bytes with cipher set 1a, 32 + 32 + 20 with 2a, 32 with 3a. */
  readonly entropy: Uint8Array;
  /** Who does the arithmetic. */
  readonly primitives: Primitives;
}

const OPTIONS = door.members<ExchangeOptions>({
  csid: door.text,
  local: door.members<ExchangeOptions['local']>({ secret: door.copy, key: door.copy }),
  remoteKey: door.copy,
  at: door.optional(door.whole),
  handshakes: door.optional(
    door.mapOf(door.members<HandshakeContent>({ json: door.optional(door.jsonCopy), body: door.optional(door.copy) })),
  ),
  keys: door.optional(door.mapOf(door.copy)),
  z: door.optional(door.whole),
  legacy: door.optional(door.flag),
  limits: door.optional(
    door.members<Partial<ExchangeLimits>>({ packetBytes: door.optional(door.whole), macFailureCount: door.optional(door.whole) }),
  ),
  entropy: door.copy,
  primitives: primitivesDoor.primitives,
});

/** What an exchange tells the application. */
export type ExchangeEvent =
  | { readonly type: 'handshake'; readonly at: number; readonly kind: string; readonly json: JsonObject; readonly body: Uint8Array }
  /**
   * A message that is not a handshake. Its content is ephemeral: it must be neither kept nor treated as a lasting secret
   * (E3X-MSG-009).
   */
  | { readonly type: 'message'; readonly inner: Packet; readonly verified: true; readonly ephemeral: true }
  /** Of a channel. */
  | { readonly type: 'packet'; readonly inner: Packet }
  | { readonly type: 'proven' }
  /** The keys are different from here on: channels are errored and their ids start over. */
  | { readonly type: 'renewed' }
  | { readonly type: 'failed' };

/** A group of handshakes that the application has not accepted. */
interface Candidate extends AcceptedGroup {
  /** BODY of its first handshake. */
  readonly body: Uint8Array;
}

/** Lengths of the secrets that are drawn for an exchange, in their order. */
const EPHEMERAL_LENGTHS: ReadonlyMap<string, { readonly secret: number; readonly aes?: number; readonly seed?: number }> = new Map([
  ['1a', { secret: 20 }],
  ['2a', { secret: 32, aes: 32, seed: 20 }],
  ['3a', { secret: 32 }],
]);

/**
 * How many bytes are drawn for the secrets of one exchange.
 * @throws DecodeError malformed for the CSID; UnsupportedError
 * @see E3X-EXC-034
 */
export function exchangeEntropyLength(csid: string): number {
  cipherSetOf(csid);
  const { secret = 0, aes = 0, seed = 0 } = EPHEMERAL_LENGTHS.get(csid) ?? {};
  return secret + aes + seed;
}

function takeEphemeral(csid: string, entropy: Uint8Array): EphemeralSecrets {
  const { secret = 0, aes = 0, seed = 0 } = EPHEMERAL_LENGTHS.get(csid) ?? {};
  if (entropy.length !== secret + aes + seed)
    throw new UsageError('E3X-EXC-034', 'wrong length of the entropy of an exchange', { length: entropy.length });
  const part = (start: number, length: number): Uint8Array | undefined => (length === 0 ? undefined : entropy.slice(start, start + length));
  return { secret: entropy.slice(0, secret), aes: part(secret, aes), seed: part(secret + aes, seed) };
}

/**
 * Handshakes and channel packets with one other endpoint. Everything that a call put out is polled before the next call.
 */
export class Exchange extends Endpoint<Uint8Array, ExchangeEvent> {
  readonly #csid: string;
  readonly #set: CipherSet;
  readonly #options: ExchangeOptions;
  readonly #order: Order;
  readonly #limits: ExchangeLimits;
  /** Undefined once the exchange has failed. */
  #ephemeral: EphemeralSecrets | undefined;
  #ownToken: Uint8Array | undefined;
  readonly #primitives: Primitives;
  /** What both agreed on with the other side, from the first handshake on; they go with our ephemeral secrets. */
  #sealer: MessageSealer | undefined;
  #opener: MessageOpener | undefined;
  #high = 0;
  #origination: Origination | undefined;
  #candidate: Candidate | undefined;
  #session: ExchangeSession | undefined;

  /**
   * @throws DecodeError malformed for the CSID or equal keys; UnsupportedError, for 1a without consent too; UsageError
   * @see E3X-EXC-002
   */
  constructor(options: ExchangeOptions) {
    super();
    const own = OPTIONS(options, 'options');
    const { csid, local, remoteKey, legacy = false, limits, entropy, primitives } = own;
    this.#set = cipherSetOf(csid);
    if (csid === '1a' && !legacy) throw new UnsupportedError('E3X-EXC-002', 'cipher set 1a takes consent', { csid });
    this.#order = deriveOrder(local.key, remoteKey); // E3X-ORD-003
    this.#csid = csid;
    this.#options = own;
    this.#limits = { packetBytes: EXCHANGE_PACKET_BYTES, macFailureCount: MAC_FAILURE_COUNT, ...limits };
    this.#ephemeral = takeEphemeral(csid, entropy);
    this.#primitives = primitives;
  }

  /** Whether we are the ODD or the EVEN endpoint. */
  get order(): Order {
    return this.#order;
  }

  /** The channel keys of the session, for a protocol that derives keys of its own from them; undefined without a session. */
  get channelKeys(): ChannelKeys | undefined {
    return this.#session?.keys;
  }

  /**
   * Originates a handshake, the first one or a keepalive.
   * @param entropy an IV or nonce for each type
   * @param nowMs the time in milliseconds
   * @throws StateError when failed; LimitError; DecodeError malformed for the remote key; the state is unchanged
   * @see E3X-EXC-003
   */
  handshake(entropy: Uint8Array, nowMs: number): void {
    this.#requireAlive(nowMs);
    const drawn = door.copy(entropy, 'entropy');
    const at = nextAt(this.#order, Math.max(this.#high, this.#candidate?.at ?? 0), this.#options.at ?? 1);
    const packets = this.#seal(at, drawn);
    this.#high = at;
    this.#candidate = undefined; // it is lower than what we say now
    this.#origination = new Origination(at, packets, nowMs);
    this.#transmit(packets);
  }

  /**
   * Takes a packet that arrived.
   * @param packet a handshake, another message or a channel packet
   * @throws DecodeError; AuthenticationError; ReplayError; StateError; but for the count of forgeries the state is unchanged
   * @see E3X-EXC-010
   */
  handlePacket(packet: Uint8Array, nowMs: number): void {
    this.#requireAlive(nowMs);
    const parts = decodePacketParts(door.copy(packet, 'packet'));
    const headLength = parts.head.length;
    if (headLength === 0) this.#handleChannelPacket(parts);
    else if (headLength === 1) this.#handleMessage(parts, nowMs);
    else throw new DecodeError('malformed', 'E3X-EXC-035', 'neither a message nor a channel packet', { headLength });
  }

  /**
   * Takes the word of the application that a candidate is welcome.
   * @param at of the candidate
   * @param entropy an IV or nonce for each type where the other side originated the `at`, else nothing
   * @throws StateError without such a candidate; LimitError; the state is unchanged
   * @see E3X-EXC-018
   */
  accept(at: number, entropy: Uint8Array, nowMs: number): void {
    this.#requireAlive(nowMs);
    const drawn = door.copy(entropy, 'entropy');
    door.whole(at, 'at');
    const candidate = this.#candidate;
    if (candidate?.at !== at) throw new StateError('E3X-EXC-019', 'no candidate with this at', { at });
    const isEcho = this.#origination?.at === at;
    if (isEcho && drawn.length > 0) throw new UsageError('E3X-EXC-021', 'an echo is not answered', { length: drawn.length });
    const packets = isEcho ? [] : this.#seal(at, drawn); // E3X-EXC-020, E3X-EXC-021
    this.#adopt(candidate);
    this.#high = at;
    this.#candidate = undefined;
    this.#origination = undefined; // E3X-EXC-021: answered; E3X-EXC-023: or lower than the other side's, and forgotten
    if (this.#session !== undefined) this.#session.answer = isEcho ? undefined : { packets, answeredAtMs: nowMs };
    this.#transmit(packets);
  }

  /**
   * Sends a channel packet.
   * @param inner a packet with a JSON head
   * @param entropy an IV or nonce; with cipher set 1a for the first packet of a session only
   * @throws StateError without a session; DecodeError; LimitError; the state is unchanged
   * @see E3X-EXC-029
   */
  send(inner: Uint8Array, entropy: Uint8Array, nowMs: number): void {
    this.#requireAlive(nowMs);
    const [plain, drawn] = [door.bytes(inner, 'inner'), door.bytes(entropy, 'entropy')];
    this.#transmit([this.#requireSession().seal(plain, drawn, this.#limits.packetBytes)]);
  }

  /**
   * Draws new secrets; the old session is gone at once.
   * @param entropy as for the constructor
   * @see E3X-EXC-034
   */
  renew(entropy: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const ephemeral = takeEphemeral(this.#csid, door.copy(entropy, 'entropy'));
    if (this.#session !== undefined) this.putEvent({ type: 'renewed' }); // E3X-EXC-034
    this.#forget();
    this.#ephemeral = ephemeral;
  }

  /**
   * Lets time pass: sends again, or gives up.
   * @see E3X-EXC-007
   */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    const due = this.#origination?.handleTimeout(nowMs);
    if (due === 'give-up') this.#fail(); // E3X-EXC-008
    if (due === 'resend') this.#transmit(this.#origination?.packets ?? []); // E3X-EXC-007
  }

  override pollTimeoutAtMs(): number | undefined {
    return this.#origination?.timeoutAtMs;
  }

  /** Every handshake of ours with this `at`, the link first. */
  #seal(at: number, entropy: Uint8Array): Uint8Array[] {
    const { local, remoteKey, handshakes = new Map<string, HandshakeContent>(), keys, z } = this.#options;
    const ephemeral = this.#requireEphemeral();
    const inners = [
      encodeLinkHandshake({ csid: this.#csid, keys: keys ?? new Map([[this.#csid, local.key]]), at, z }, this.#primitives),
      ...Array.from(handshakes, ([type, content]) => encodeHandshake(type, at, content)), // E3X-EXC-005
    ];
    const { entropyLength } = this.#set;
    if (entropy.length !== entropyLength * inners.length)
      throw new UsageError('E3X-EXC-005', 'wrong length of entropy', { length: entropy.length });
    const sealer = (this.#sealer ??= messageSealerOf(
      { csid: this.#csid, sender: local, ephemeral, recipientKey: remoteKey },
      this.#primitives,
    ));
    return inners.map((inner, index) => {
      const nonce = entropy.slice(index * entropyLength, (index + 1) * entropyLength);
      const packet = sealer.seal({ inner, entropy: nonce });
      if (packet.length > this.#limits.packetBytes)
        throw new LimitError('E3X-EXC-006', 'the handshake is too long', { length: packet.length });
      this.#ownToken = sealer.token; // the same for all of them: E3X-MSG-004
      return packet;
    });
  }

  #handleMessage(parts: PacketParts, nowMs: number): void {
    const { local, remoteKey } = this.#options;
    this.#opener ??= messageOpenerOf({ csid: this.#csid, recipient: local, senderKey: remoteKey }, this.#primitives);
    const { inner } = this.#opener.openParts(parts); // E3X-EXC-010
    const content = decodePacket(inner);
    if (!hasAt(content)) {
      this.putEvent({ type: 'message', inner: content, verified: true, ephemeral: true }); // E3X-EXC-038, E3X-EXC-040
      return;
    }
    const handshake = decodeHandshake({ csid: this.#csid, inner }, this.#primitives);
    if (handshake.key !== undefined && compare(handshake.key, remoteKey) !== 0)
      throw new DecodeError('malformed', 'E3X-EXC-011', 'a link with another key');
    const token = tokenOf(parts, this.#primitives);
    const verdict = judgeAt(
      {
        order: this.#order,
        high: this.#high,
        originatedAt: this.#origination?.at,
        candidate: this.#candidate,
        session: this.#session?.group,
      },
      handshake.at,
      token,
    );
    if (verdict.kind === 'replayed') throw new ReplayError(verdict.clause, 'an at that says nothing new', { at: handshake.at });
    if (verdict.kind === 'joins-session') {
      if (this.#session !== undefined) this.#joinSession(this.#session, handshake, nowMs);
      return;
    }
    const group: Candidate =
      verdict.kind === 'joins-candidate' && this.#candidate !== undefined
        ? this.#candidate
        : { at: handshake.at, token, types: new Set(), body: parts.body.slice() };
    this.#candidate = group; // E3X-EXC-013, E3X-EXC-018
    this.#join(group, handshake);
  }

  /** A handshake of the accepted group once more: a new type, or a sign that our answer was lost. */
  #joinSession(session: ExchangeSession, handshake: Handshake, nowMs: number): void {
    const { answer } = session;
    if (this.#join(session.group, handshake) || answer === undefined) return;
    if (nowMs - answer.answeredAtMs < ANSWER_INTERVAL_MS) return; // E3X-EXC-022
    answer.answeredAtMs = nowMs;
    this.#transmit(answer.packets); // E3X-EXC-022
  }

  /** @returns whether the type is new to the group; the application is told only then */
  #join({ types }: AcceptedGroup, { type: kind, at, json, body }: Handshake): boolean {
    if (types.has(kind)) return false; // E3X-EXC-016
    types.add(kind);
    this.putEvent({ type: 'handshake', at, kind, json, body: body.slice() }); // E3X-EXC-015
    return true;
  }

  /** Makes the candidate the group of the session, which is a new one unless the token is the same. */
  #adopt(candidate: Candidate): void {
    const old = this.#session;
    const { at, token, types, body } = candidate;
    const group = { at, token, types };
    if (old !== undefined && compare(old.group.token, token) === 0) {
      old.group = group; // E3X-EXC-025
      return;
    }
    if (this.#ownToken === undefined) throw new StateError('E3X-EXC-019', 'nothing was sealed yet');
    this.#session = new ExchangeSession(
      group,
      this.#ownToken,
      { csid: this.#csid, ephemeral: this.#requireEphemeral(), recipient: this.#options.local, body },
      this.#primitives,
    );
    if (old !== undefined) this.putEvent({ type: 'renewed' }); // E3X-EXC-024
  }

  #handleChannelPacket(parts: PacketParts): void {
    const session = this.#requireSession();
    let inner: Packet;
    try {
      inner = session.open(parts);
    } catch (error) {
      if (!(error instanceof AuthenticationError && this.#csid === '1a' && session.macFailureCount >= this.#limits.macFailureCount))
        throw error;
      this.#fail(); // E3X-EXC-032
      return;
    }
    if (!session.isProven) this.putEvent({ type: 'proven' }); // E3X-EXC-031
    session.isProven = true;
    this.putEvent({ type: 'packet', inner }); // E3X-EXC-037: as often as it comes
  }

  #fail(): void {
    this.#forget();
    this.#ephemeral = undefined;
    this.putEvent({ type: 'failed' });
  }

  /** Forgets everything but the highest `at`. */
  #forget(): void {
    this.#origination = undefined;
    this.#candidate = undefined;
    this.#session = undefined;
    this.#ownToken = undefined;
    this.#sealer = undefined;
    this.#opener = undefined;
  }

  #transmit(packets: readonly Uint8Array[]): void {
    for (const packet of packets) this.putTransmit(packet);
  }

  #requireSession(): ExchangeSession {
    if (this.#session === undefined) throw new StateError('E3X-EXC-027', 'no handshake was accepted yet');
    return this.#session;
  }

  #requireEphemeral(): EphemeralSecrets {
    if (this.#ephemeral === undefined) throw new StateError('E3X-EXC-009', 'the exchange has failed');
    return this.#ephemeral;
  }

  /** @throws UsageError; StateError in an exchange that has failed */
  #requireAlive(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#requireEphemeral();
  }
}
