/**
 * A connection: everything that passes between us and one peer, below the channels.
 *
 *   datagram -> packet for us? -> decrypted if flagged -> messages where they belong -> handshakes processed, the rest delivered
 *
 * Rules 1 to 11 of channels hold here (IPR-RUL), the three handshakes happen here (IPR-HSK), and here is decided what must
 * be encrypted (IPR-ENC). No peer is believed before it has proven itself: what is not for us is ignored silently,
 * what is not authentic changes nothing, and a stranger's keys are shown to the application before anything is answered.
 *
 * The default channel begins connections; while there is none, nothing is delivered from another (IPR-RUL-016, IPR-RUL-017).
 *
 * Sans-IO. A packet is taken whole or not at all (IPR-RUL-012): what throws has changed nothing. Choice: ADR-0021.
 */
import { compare } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import {
  AuthenticationError,
  DecodeError,
  LimitError,
  MismatchError,
  ProtocolError,
  StateError,
  UnsupportedError,
  UsageError,
} from '../../kernel/errors.ts';
import { Origination } from '../../e3x/exchange/origination.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { DEFAULT_CHANNEL_ID } from '../packet/constants.ts';
import type { InterpeerSuite } from '../packet/constants.ts';
import { suiteDoor } from '../packet/suite-door.ts';
import { decodeEncryptedMessages, decodePlainContent } from './connection-content.ts';
import { ConnectionPackets, OFFER_PACKET_LENGTH } from './connection-packets.ts';
import type { ConnectionEvent, ConnectionOptions, SendInput } from './connection-types.ts';
import { KeyedHandshake, identityDoor } from './handshakes.ts';
import type { ConnectionIdentity } from './handshakes.ts';
import type { NamedKeyOffer } from './key-offer.ts';
import { encodeMessages, messageDoor } from '../message/messages.ts';
import type { InterpeerMessage } from '../message/messages.ts';
import { decodeInterpeerPacket, decodePrivatePart, packetCopy } from '../packet/packet.ts';
import type { InterpeerPacket, PrivatePart } from '../packet/packet.ts';
import { PacketKeys } from './packet-keys.ts';
import type { OpenedContent } from './packet-keys.ts';
import { PeerLiveness } from './peer-liveness.ts';
import { demandsEncryption, policyDoor, requireAllowed, requirePlace, requirePossible } from './policy.ts';
import type { HandshakeKind } from './policy.ts';

/** IPR-HSK-006: bytes of messages that wait for keys, at most: they travel with a handshake in one packet. */
export const HELD_BYTES_MAX = 512;

const OPTIONS = door.members<ConnectionOptions>({
  suite: suiteDoor,
  protocolId: door.optional(door.copy),
  local: door.copy,
  remote: door.copy,
  policy: policyDoor,
  identity: door.optional(identityDoor),
  remoteKey: door.optional(door.copy),
  at: door.optional(door.whole),
  sequenceNumber: door.whole,
  resetTimeoutMs: door.optional(door.duration),
  primitives: primitivesDoor.primitives,
});
const KIND = door.oneOf<Exclude<HandshakeKind, 'none'>>('known-keys', 'key-exchange');
const SEND = door.members<SendInput>({
  channelId: door.bytes,
  messages: door.list(messageDoor(door.copy)),
  sequenceNumber: door.optional(door.number),
  paddingLength: door.optional(door.count),
  paddingEntropy: door.optional(door.bytes),
  derivePadding: door.optional(door.call()),
});

/** Keys that the application has not judged yet, with the handshake that came along. */
interface WaitingOffer extends NamedKeyOffer {
  readonly handshake: Uint8Array | undefined;
}

/** What a sealed part after START_ENCRYPTION holds. */
interface PartBehind {
  readonly opened: OpenedContent;
  readonly inside: PrivatePart;
  readonly messages: readonly InterpeerMessage[];
}

/** What is gathered while a call is worked on, and put out when nothing can be refused any more. */
interface Draft {
  readonly transmits: Uint8Array[];
  readonly events: ConnectionEvent[];
}

/**
 * Packets to and from one peer. Everything that a call put out is polled before the next call.
 */
export class Connection extends Endpoint<Uint8Array, ConnectionEvent> {
  readonly #options: ConnectionOptions;
  readonly #primitives: Primitives;
  readonly #keys: PacketKeys;
  readonly #packets: ConnectionPackets;
  readonly #liveness: PeerLiveness;
  #keyed: KeyedHandshake | undefined;
  /** Our KEY_OFFER to a peer whose key we do not know, until it answers. */
  #offering: Origination | undefined;
  /** Whether our KEY_OFFER goes with our handshakes. */
  #isOffering = false;
  /** Our answer to an offer, which is resent only when the offer arrives again (IPR-HSK-017). */
  #answerToOffer: Uint8Array | undefined;
  #offered: WaitingOffer | undefined;
  /** Messages for the default channel that wait for keys. */
  #held: readonly InterpeerMessage[] = [];

  /**
   * @throws UnsupportedError for a policy that the suite cannot keep; UsageError for ids and numbers of other lengths
   * @see IPR-HSK-001
   */
  constructor(given: ConnectionOptions) {
    super();
    const options = OPTIONS(given, 'options');
    requirePossible(options.policy, options.suite); // IPR-HSK-001
    if (options.identity === undefined && demandsEncryption(options.policy))
      throw new UsageError('IPR-HSK-002', 'no keys for the handshakes that are allowed');
    this.#options = options;
    this.#primitives = options.primitives;
    this.#keys = new PacketKeys({}, this.#primitives);
    this.#packets = new ConnectionPackets(options, this.#keys);
    this.#liveness = new PeerLiveness(options.resetTimeoutMs);
    if (options.remoteKey !== undefined) this.#keyed = this.#knownAs(options.remoteKey);
  }

  /** The suite that is spoken. */
  get suite(): InterpeerSuite {
    return this.#options.suite;
  }

  /** Whether the peer's key is known, so that a handshake of ours draws entropy. */
  get knowsPeer(): boolean {
    return this.#keyed !== undefined;
  }

  /** Whether what we send is encrypted. */
  get isSecured(): boolean {
    return this.#keys.isReady;
  }

  override pollTimeoutAtMs(): number | undefined {
    const times = [this.#keyed?.timeoutAtMs, this.#offering?.timeoutAtMs, this.#liveness.timeoutAtMs];
    const due = times.filter((time) => time !== undefined);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  /**
   * Begins a cryptographic handshake, the first one or one for new keys.
   * @param entropy as many bytes as `handshakeEntropyLength` says where the peer's key is known, else none
   * @throws UnsupportedError for what the policy does not allow; StateError without the peer's key; LimitError
   * @see IPR-HSK-002
   */
  begin(kind: Exclude<HandshakeKind, 'none'>, entropy: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    KIND(kind, 'kind');
    const drawn = door.copy(entropy, 'entropy');
    requireAllowed(this.#options.policy, kind); // IPR-HSK-001
    if (kind === 'known-keys' && this.#keyed === undefined) throw new StateError('IPR-HSK-002', 'the key of the peer is not known');
    this.#answerToOffer = undefined;
    this.#isOffering = kind === 'key-exchange';
    if (this.#keyed !== undefined) {
      this.putTransmit(this.#encodeHandshake(this.#keyed.begin(drawn, nowMs)));
      return;
    }
    const packet = this.#packets.encodeOffer([]); // IPR-HSK-011
    this.#offering = new Origination(0, [packet], nowMs);
    this.putTransmit(packet);
  }

  /**
   * Takes a datagram. What is not for us is ignored.
   * @param entropy for a handshake of ours in answer, as many bytes as `handshakeEntropyLength` says; used only if one is due
   * @throws ProtocolError for a packet of our peer that is refused; the state is unchanged
   * @see IPR-RUL-004
   */
  handleDatagram(datagram: Uint8Array, entropy: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const packet = this.#packetOf(door.copy(datagram, 'datagram'));
    const drawn = door.copy(entropy, 'entropy');
    if (packet !== undefined) this.#take(packet, drawn, nowMs);
  }

  /**
   * As handleDatagram, for a packet that a layer below has taken apart.
   * @throws ProtocolError for a packet of our peer that is refused; the state is unchanged
   * @see IPR-RUL-004
   */
  handlePacket(packet: InterpeerPacket, entropy: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#take(packetCopy(packet, 'packet'), door.copy(entropy, 'entropy'), nowMs);
  }

  #take(packet: InterpeerPacket, entropy: Uint8Array, nowMs: number): void {
    if (!this.#isForUs(packet)) return;
    const isDefault = compare(packet.channelId, DEFAULT_CHANNEL_ID) === 0;
    // IPR-RUL-008
    this.#put(packet.encrypted ? this.#receiveEncrypted(packet, isDefault, nowMs) : this.#receivePlain(packet, isDefault, nowMs, entropy));
  }

  /**
   * Takes the word of the application that the keys are those of a friend.
   * @param hashname of the offer that waits
   * @param entropy as many bytes as `handshakeEntropyLength` says
   * @throws StateError without such an offer; DecodeError, AuthenticationError for the handshake that came with it;
   * LimitError; the state is unchanged
   * @see IPR-HSK-014
   */
  accept(hashname: string, entropy: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const drawn = door.copy(entropy, 'entropy');
    const offer = this.#requireOffer(hashname);
    const key = offer.keys.get(this.#requireIdentity().csid);
    if (key === undefined) throw new StateError('IPR-HSK-001', 'no key of our cipher set');
    const keyed = this.#knownAs(key);
    const draft: Draft = { transmits: [], events: [] };
    if (offer.handshake === undefined) {
      const packet = this.#packets.encodeOffer([{ type: 'HANDSHAKE', packet: keyed.begin(drawn, nowMs) }]); // IPR-HSK-016
      if (packet.length > OFFER_PACKET_LENGTH)
        throw new LimitError('IPR-HSK-013', 'longer than what it answers', { length: packet.length });
      this.#isOffering = true;
      if (this.#offering === undefined) this.#answerToOffer = packet; // IPR-HSK-017
      draft.transmits.push(packet);
    } else {
      this.#takeHandshake(keyed, offer.handshake, draft, nowMs, drawn); // IPR-HSK-015
    }
    this.#keyed = keyed;
    this.#offered = undefined;
    this.#offering = undefined;
    this.#put(draft);
  }

  /**
   * Takes the word of the application that the keys are nobody's it knows.
   * @param hashname of the offer that waits
   * @throws StateError without such an offer
   * @see IPR-HSK-014
   */
  refuse(hashname: string): void {
    this.requireCall();
    this.#requireOffer(hashname);
    this.#offered = undefined; // IPR-HSK-014
  }

  /**
   * Sends messages in one packet, encrypted as soon as there are keys; where they are missing, messages may wait for them.
   * @throws StateError for another than the default channel while keys are missing; DecodeError for messages on the wrong channel;
   * LimitError for more than can wait, or than fits; the state is unchanged
   * @see IPR-ENC-016
   */
  send(given: SendInput): void {
    this.requireCall();
    const input = SEND(given, 'input');
    const { channelId, messages } = input;
    const isDefault = compare(channelId, DEFAULT_CHANNEL_ID) === 0;
    if (messages.length === 0) throw new UsageError('IPR-RUL-004', 'nothing to send');
    for (const { type } of messages) {
      if (type === 'HANDSHAKE' || type === 'KEY_OFFER' || type === 'START_ENCRYPTION')
        throw new UsageError('IPR-HSK-002', 'handshakes are made by the connection', { type });
      requirePlace(type, isDefault);
    }
    if (this.#keys.isReady) {
      this.putTransmit(this.#packets.encodeEncrypted(input));
      return;
    }
    if (!demandsEncryption(this.#options.policy)) {
      this.putTransmit(this.#packets.encodePlain(input));
      return;
    }
    if (!isDefault) throw new StateError('IPR-ENC-016', 'no keys yet');
    const held = [...this.#held, ...messages];
    if (encodeMessages(held, this.#options.suite).length > HELD_BYTES_MAX)
      throw new LimitError('IPR-HSK-006', 'more messages than can wait');
    this.#held = held;
  }

  /**
   * Lets time pass: sends handshakes again, gives up, forgets who was not heard.
   * @see IPR-RUL-015
   */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    const draft: Draft = { transmits: [], events: [] };
    if (this.#liveness.lapse(nowMs)) draft.events.push({ type: 'reset' }); // IPR-RUL-015
    const due = this.#offering?.handleTimeout(nowMs);
    if (due === 'resend') draft.transmits.push(...(this.#offering?.packets ?? [])); // IPR-HSK-007
    const keyed = this.#keyed?.handleTimeout(nowMs);
    // IPR-HSK-017
    if (keyed?.resend !== undefined && this.#answerToOffer === undefined) draft.transmits.push(this.#encodeHandshake(keyed.resend));
    if (due === 'give-up' || keyed?.hasFailed === true) {
      this.#offering = undefined;
      this.#answerToOffer = undefined;
      this.#isOffering = false;
      draft.events.push({ type: 'failed' });
    }
    this.#put(draft);
  }

  // ---------------------------------------------------------------- receiving

  /** IPR-RUL-004: the packet at the front of a datagram; without one, the rest is ignored. */
  #packetOf(datagram: Uint8Array): InterpeerPacket | undefined {
    try {
      return decodeInterpeerPacket(datagram, this.#options);
    } catch (error) {
      if (error instanceof DecodeError || error instanceof UnsupportedError) return undefined; // IPR-RUL-004
      throw error;
    }
  }

  /** IPR-RUL-004: whether a packet is from our peer and for us. */
  #isForUs({ recipient, sender }: InterpeerPacket): boolean {
    const { local, remote } = this.#options;
    if (compare(recipient, local) !== 0) return false; // IPR-RUL-004
    return compare(sender, remote) === 0; // IPR-RUL-004
  }

  #receiveEncrypted(packet: InterpeerPacket & { readonly encrypted: true }, isDefault: boolean, nowMs: number): Draft {
    const opened = this.#keys.open(packet.header, packet.sealed, nowMs);
    const inside = decodePrivatePart(opened.plaintext);
    if (inside.payload.length === 0) return { transmits: [], events: [] }; // IPR-RUL-004
    const messages = decodeEncryptedMessages(inside.payload, this.suite, isDefault);
    this.#requireBegun(isDefault, nowMs);
    const draft: Draft = { transmits: [], events: [] };
    this.#hear(draft, nowMs);
    opened.accept();
    this.#handUp(draft, packet, inside, messages, true);
    return draft;
  }

  #receivePlain(packet: InterpeerPacket & { readonly encrypted: false }, isDefault: boolean, nowMs: number, entropy: Uint8Array): Draft {
    if (packet.payload.length === 0) return { transmits: [], events: [] }; // IPR-RUL-004
    const { handshake, offer, others, sealed } = decodePlainContent(packet, this.#options, isDefault);
    const isDemanded = this.#keys.isReady || demandsEncryption(this.#options.policy) || handshake !== undefined || offer !== undefined;
    if (others.length > 0 && isDemanded) throw new AuthenticationError('IPR-ENC-015');
    const draft: Draft = { transmits: [], events: [] };
    if (offer !== undefined && this.#isStrangers(offer, packet.packetLength)) {
      if (sealed !== undefined) throw new StateError('IPR-ENC-016', 'no keys yet');
      return this.#keepOffer(offer, handshake);
    }
    // IPR-HSK-017
    if (offer !== undefined && handshake === undefined && this.#answerToOffer !== undefined) draft.transmits.push(this.#answerToOffer);
    if (handshake === undefined) {
      const opened = sealed === undefined ? undefined : this.#openBehind(packet, sealed, isDefault, nowMs);
      if (others.length === 0 && opened === undefined) return draft;
      this.#requireBegun(isDefault, nowMs);
      this.#hear(draft, nowMs);
      if (others.length > 0) this.#handUp(draft, packet, packet, others, false);
      if (opened !== undefined) this.#takeBehind(opened, packet, draft);
      return draft;
    }
    this.#takeHandshake(this.#requireKeyed(), handshake, draft, nowMs, entropy);
    if (sealed !== undefined) this.#takeSealedBehindHandshake(packet, sealed, isDefault, draft, nowMs);
    return draft;
  }

  /** Whether an offer is news; refuses one that is too short, of no use, or from a peer other than the one that we know. */
  #isStrangers({ keys }: NamedKeyOffer, packetLength: number): boolean {
    if (packetLength < OFFER_PACKET_LENGTH) throw new DecodeError('malformed', 'IPR-HSK-013', 'an offer without padding', { packetLength });
    const key = keys.get(this.#requireIdentity().csid);
    if (key === undefined) throw new UnsupportedError('IPR-HSK-001', 'no key of our cipher set');
    if (this.#keyed === undefined) return true;
    if (compare(key, this.#keyed.remoteKey) !== 0) throw new MismatchError('IPR-HSK-018', 'another key than the known one');
    return false;
  }

  /** Keeps an offer until the application has judged it. Nothing is answered, and the peer does not count as heard. */
  #keepOffer(offer: NamedKeyOffer, handshake: Uint8Array | undefined): Draft {
    this.#offered = { ...offer, handshake }; // IPR-HSK-012
    return { transmits: [], events: [{ type: 'offered', ...offer }] };
  }

  #takeHandshake(keyed: KeyedHandshake, handshake: Uint8Array, draft: Draft, nowMs: number, entropy: Uint8Array): void {
    const { answer, agreed } = keyed.handlePacket(handshake, entropy, nowMs); // IPR-HSK-004
    if (agreed !== undefined) {
      this.#hear(draft, nowMs); // a copy is not a keepalive: IPR-HSK-019
      if (this.#keys.install(agreed.keys, agreed.use, nowMs)) draft.events.push({ type: 'secured' });
      this.#offering = undefined;
      this.#isOffering = false;
      this.#answerToOffer = undefined;
    }
    const held = this.#held;
    if (answer !== undefined)
      draft.transmits.push(this.#packets.encodeAnswer(answer, held)); // IPR-HSK-003
    else if (held.length > 0 && this.#keys.isReady)
      draft.transmits.push(this.#packets.encodeEncrypted({ channelId: DEFAULT_CHANNEL_ID, messages: held })); // IPR-HSK-006
    if (this.#keys.isReady) this.#held = [];
  }

  /** What a sealed part after START_ENCRYPTION holds, checked as the payload of an encrypted packet. */
  #openBehind(packet: InterpeerPacket & PrivatePart, sealed: Uint8Array, isDefault: boolean, nowMs: number): PartBehind | undefined {
    const opened = this.#keys.open(packet.header, sealed, nowMs); // IPR-RUL-009
    const inside = decodePrivatePart(opened.plaintext);
    if (inside.sequenceNumber !== packet.sequenceNumber)
      throw new DecodeError('malformed', 'IPR-ENC-013', 'two sequence numbers in one packet');
    return inside.payload.length === 0
      ? undefined
      : { opened, inside, messages: decodeEncryptedMessages(inside.payload, this.suite, isDefault) };
  }

  #takeBehind({ opened, inside, messages }: PartBehind, packet: InterpeerPacket, draft: Draft): void {
    opened.accept();
    this.#handUp(draft, packet, inside, messages, true);
  }

  /** The handshake has been taken already, so what is after it can only be left out. */
  #takeSealedBehindHandshake(
    packet: InterpeerPacket & PrivatePart,
    sealed: Uint8Array,
    isDefault: boolean,
    draft: Draft,
    nowMs: number,
  ): void {
    try {
      const opened = this.#openBehind(packet, sealed, isDefault, nowMs);
      if (opened !== undefined) this.#takeBehind(opened, packet, draft);
    } catch (error) {
      if (!(error instanceof ProtocolError) || error.rejectClass === null) throw error;
      draft.events.push({ type: 'discarded', class: error.rejectClass }); // IPR-ENC-017
    }
  }

  /** Marks the peer as heard; the first time, and after a long silence, a connection begins. */
  #hear(draft: Draft, nowMs: number): void {
    for (const type of this.#liveness.hear(nowMs)) draft.events.push({ type });
  }

  /** @throws StateError for a packet on another channel than the default one while there is no connection */
  #requireBegun(isDefault: boolean, nowMs: number): void {
    if (!isDefault) this.#liveness.requireBegun(nowMs); // IPR-RUL-016
  }

  #handUp(
    draft: Draft,
    { channelId }: InterpeerPacket,
    { sequenceNumber, payload }: PrivatePart,
    messages: readonly InterpeerMessage[],
    encrypted: boolean,
  ): void {
    draft.events.push({
      type: 'messages',
      channelId: channelId.slice(),
      sequenceNumber,
      encrypted,
      messages,
      payload: payload.slice(),
    }); // IPR-RUL-006, IPR-RUL-010; the padding is left behind: IPR-RUL-007
  }

  #encodeHandshake(packet: Uint8Array): Uint8Array {
    const handshake: InterpeerMessage = { type: 'HANDSHAKE', packet };
    return this.#isOffering
      ? this.#packets.encodeOffer([handshake])
      : this.#packets.encodePlain({ channelId: DEFAULT_CHANNEL_ID, messages: [handshake] });
  }

  #put({ transmits, events }: Draft): void {
    for (const packet of transmits) this.putTransmit(packet);
    for (const event of events) this.putEvent(event);
  }

  // ---------------------------------------------------------------- who is known

  #knownAs(remoteKey: Uint8Array): KeyedHandshake {
    return new KeyedHandshake(this.#requireIdentity(), remoteKey, this.#options.at, this.#primitives);
  }

  #requireIdentity(): ConnectionIdentity {
    if (this.#options.identity === undefined) throw new UsageError('IPR-HSK-002', 'no keys of our own');
    return this.#options.identity;
  }

  /** @throws AuthenticationError for the handshake of a stranger, which nobody can have sealed for us to know */
  #requireKeyed(): KeyedHandshake {
    if (this.#keyed === undefined) throw new AuthenticationError('IPR-HSK-004');
    return this.#keyed;
  }

  #requireOffer(hashname: string): WaitingOffer {
    door.text(hashname, 'hashname');
    if (this.#offered?.hashname !== hashname) throw new StateError('IPR-HSK-014', 'no such offer waits');
    return this.#offered;
  }
}
