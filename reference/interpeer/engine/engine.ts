/**
 * The engine of Interpeer: one node with its peers and their channels, for applications.
 *
 *   open, write, read, close             handle of a channel in, events out
 *        |
 *   EngineChannel -> DataChannel         what is written, numbered, resent, read       (IPR-DAT)
 *        |
 *   Establishment                        ids of channels, agreed with the peer         (IPR-EST)
 *        |
 *   Connection                           packets, handshakes, encryption; one a peer   (IPR-RUL, IPR-HSK, IPR-ENC)
 *        |
 *   handleDatagram, pollTransmit         datagrams
 *
 * Sans-IO; random bytes come from a source that is given. A datagram is taken apart once, and from there on packets and
 * messages go from layer to layer. Packets of channels go in turn, one of each, so that no channel stands in the way of
 * another. What arrives and is wrong is told as an event and changes nothing. Choice: ADR-0022.
 */
import { EMPTY, compare, toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint, drain } from '../../kernel/endpoint.ts';
import { DecodeError, ProtocolError, StateError, UnsupportedError, UsageError } from '../../kernel/errors.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { MTU_DEFAULT, PADDING_ENTROPY_LENGTH, derivePaddingLength, payloadBytesOf } from '../data/bundle.ts';
import { splitChannelId } from '../packet/channel-id.ts';
import type { ConnectionEvent } from '../connection/connection-types.ts';
import { CAPABILITY_RESEND, COOKIE_LENGTHS, DEFAULT_CHANNEL_ID } from '../constants.ts';
import { CLOSE_ABORTED, CLOSE_CONFIRMED, RESEND_MS } from '../data/data-constants.ts';
import type { DataTransmit } from '../data/data-sender.ts';
import { EngineChannel } from './engine-channel.ts';
import { EnginePeers, drawSequenceNumber } from './engine-peers.ts';
import type { EnginePeer } from './engine-peers.ts';
import { engineDoor, openDoor, peerDoor } from './engine-events.ts';
import type { EngineEvent, EngineTransmit, InterpeerEngineOptions, OpenOptions, PeerOptions } from './engine-events.ts';
import { DRAW_LENGTH } from '../establishment/establishment-constants.ts';
import { Establishment } from '../establishment/establishment.ts';
import type { EstablishmentEvent } from '../establishment/establishment.ts';
import { handshakeEntropyLength } from '../connection/handshakes.ts';
import type { InterpeerMessage } from '../message/messages.ts';
import { decodeInterpeerPacket } from '../packet/packet.ts';
import type { InterpeerPacket } from '../packet/packet.ts';
import { demandsEncryption } from '../connection/policy.ts';

/** Bytes of the secret of cookies. */
const COOKIE_SECRET_LENGTH = 32;
/** IPR-API-007: how often CHANNEL_COOKIE is sent without data. */
const COOKIE_COUNT = 5;
/** CHANNEL_COOKIE: type, cookie, capabilities. */
const COOKIE_OVERHEAD = 3;

/**
 * One node. Everything that a call put out is polled before the next call.
 */
export class InterpeerEngine extends Endpoint<EngineTransmit, EngineEvent> {
  readonly #options: InterpeerEngineOptions;
  readonly #primitives: Primitives;
  readonly #establishment: Establishment;
  readonly #payloadBytes: number;
  readonly #peers: EnginePeers;
  readonly #channels: Map<number, EngineChannel> = new Map();
  /** Handles of established channels, by peer and id. */
  readonly #byId: Map<string, number> = new Map();
  /** The time of the last call: packets are made when they are polled. */
  #nowMs = 0;
  #nextHandle = 1;
  /** The channel whose packet was sent last; the next one is that of a later handle. */
  #turn = 0;

  /**
   * @throws UnsupportedError for a policy or an order that the suite does not have; LimitError for an MTU out of its range;
   * UsageError
   * @see IPR-API-001
   */
  constructor(given: InterpeerEngineOptions) {
    super();
    const options = engineDoor(given, 'options');
    this.#options = options;
    const { suite, halfOrder, local, mtu = MTU_DEFAULT } = options;
    if (options.identity === undefined && demandsEncryption(options.policy))
      throw new UsageError('IPR-API-001', 'no keys for the handshakes that are allowed');
    this.#primitives = options.primitives;
    this.#payloadBytes = payloadBytesOf(mtu, true) - COOKIE_OVERHEAD - COOKIE_LENGTHS[suite]; // IPR-API-002
    this.#peers = new EnginePeers(options, this.#primitives, (id) => this.#channelsOf(id).length > 0);
    this.#establishment = new Establishment({
      suite,
      halfOrder,
      local,
      secret: options.entropy.draw(COOKIE_SECRET_LENGTH),
      primitives: this.#primitives,
    });
  }

  /** Peers that are remembered. */
  get peerCount(): number {
    return this.#peers.size;
  }

  // ---------------------------------------------------------------- what an application does

  /**
   * Connects to a peer, or begins a further handshake with it.
   * @throws UnsupportedError for a handshake that the suite does not have; StateError; LimitError where no peer can be forgotten
   * @see IPR-API-001
   */
  connect(options: PeerOptions, nowMs: number): void {
    this.#requireCallAt(nowMs);
    const { peer: id, handshake, remoteKey, airtimeMs = 0 } = peerDoor(options, 'options');
    const peer = this.#peers.get(id) ?? this.#peers.prepare({ id, airtimeMs, isOurs: true, remoteKey, handshakes: [handshake] }, nowMs);
    if (handshake !== 'none')
      peer.connection.begin(handshake, this.#handshakeEntropy(handshake === 'known-keys' || remoteKey !== undefined), nowMs);
    this.#peers.remember(peer); // not before: a handshake that cannot begin leaves no peer behind
    this.#takeConnection(peer, nowMs);
  }

  /**
   * Accepts the keys that a peer offered.
   * @throws StateError where none wait
   * @see IPR-API-005
   */
  accept(id: Uint8Array, hashname: string, nowMs: number): void {
    this.#requireCallAt(nowMs);
    const peer = this.#peers.require(id);
    peer.connection.accept(hashname, this.#handshakeEntropy(true), nowMs);
    this.#takeConnection(peer, nowMs);
  }

  /**
   * Refuses the keys that a peer offered.
   * @throws StateError where none wait
   * @see IPR-API-005
   */
  refuse(id: Uint8Array, hashname: string, nowMs: number): void {
    this.#requireCallAt(nowMs);
    this.#peers.require(id).connection.refuse(hashname);
  }

  /**
   * Opens a channel; `opened` or `unopened` tells what came of it.
   * @returns its handle
   * @throws StateError for a peer that is not connected and for a half in use; DecodeError for a half that is none; LimitError;
   * UnsupportedError for resend in `interpeer-0.1`
   * @see IPR-API-001
   */
  open(given: OpenOptions, nowMs: number): number {
    this.#requireCallAt(nowMs);
    const options = openDoor(given, 'options');
    const peer = this.#peers.require(options.peer);
    if (this.#options.suite === 'interpeer-0.1' && (options.capabilities & CAPABILITY_RESEND) !== 0)
      throw new UnsupportedError('IPR-API-008', 'nothing is acknowledged in this suite');
    const channel = new EngineChannel({ handle: this.#nextHandle, peer: peer.id, half: options.half });
    if (peer.needsKeys && !peer.connection.isSecured)
      peer.waiting.push({ channel, options }); // IPR-API-005
    else this.#propose(peer, channel, options, nowMs);
    this.#nextHandle += 1;
    this.#channels.set(channel.handle, channel);
    return channel.handle;
  }

  /**
   * Writes to a channel.
   * @returns how many bytes were taken; fewer than given only on a stream whose buffer is full
   * @throws StateError where it is not open; LimitError
   * @see IPR-API-003
   */
  write(handle: number, bytes: Uint8Array, nowMs: number): number {
    this.#requireCallAt(nowMs);
    const own = door.copy(bytes, 'bytes');
    return this.#requireChannel(handle).write(own);
  }

  /**
   * Reads what came on a channel, also after its end. Reading is polling: it may be repeated at once.
   * @returns the data of the next DATA message; undefined where there is none
   * @throws StateError for a channel that is not there
   * @see IPR-API-003
   */
  read(handle: number): Uint8Array | undefined {
    const channel = this.#requireChannel(handle);
    const bytes = channel.read();
    if (bytes === undefined) this.#forgetIfOver(channel);
    return bytes;
  }

  /**
   * Closes a channel: with reason 0 after everything that is resent has arrived.
   * @param reason 0 to 255
   * @throws StateError where it is not open
   * @see IPR-API-004
   */
  close(handle: number, reason: number, nowMs: number): void {
    this.#requireCallAt(nowMs);
    door.byte(reason, 'reason');
    this.#close(this.#requireChannel(handle), reason, nowMs);
  }

  #close(channel: EngineChannel, reason: number, nowMs: number): void {
    if (channel.data === undefined) {
      channel.isUnwanted = true; // IPR-API-004
      return;
    }
    channel.finish(reason);
    channel.flush(nowMs);
    this.#settle(channel, nowMs);
  }

  /** Whether a channel can be written to. */
  isOpen(handle: number): boolean {
    return this.#channels.get(handle)?.isWritable === true;
  }

  /**
   * How many bytes a channel takes now.
   * @throws StateError for a channel that is not there
   */
  freeBytes(handle: number): number {
    return this.#requireChannel(handle).freeBytes;
  }

  // ---------------------------------------------------------------- what comes and goes

  /**
   * Takes a datagram. What is wrong with it is told as an event, and nothing else comes of it.
   * @see IPR-API-006
   */
  handleDatagram(datagram: Uint8Array, nowMs: number): void {
    this.#requireCallAt(nowMs);
    const packet = this.#packetForUs(door.copy(datagram, 'datagram'));
    if (packet === undefined) return; // IPR-RUL-004
    const peer = this.#peers.get(packet.sender) ?? this.#peers.stranger(packet.sender, nowMs);
    if (peer === undefined) return;
    this.#guard(peer, () => {
      peer.connection.handlePacket(packet, this.#handshakeEntropy(!packet.encrypted), nowMs);
      if (this.#takeConnection(peer, nowMs)) peer.heardAtMs = nowMs;
    });
  }

  /** The packet at the front of a datagram, where it is for us. */
  #packetForUs(datagram: Uint8Array): InterpeerPacket | undefined {
    try {
      const packet = decodeInterpeerPacket(datagram, { suite: this.#options.suite });
      return compare(packet.recipient, this.#options.local) === 0 ? packet : undefined;
    } catch (error) {
      if (error instanceof DecodeError || error instanceof UnsupportedError) return undefined; // IPR-RUL-004
      throw error;
    }
  }

  override pollTimeoutAtMs(): number | undefined {
    let due = this.#establishment.pollTimeoutAtMs() ?? Infinity;
    for (const { connection } of this.#peers.all()) due = Math.min(due, connection.pollTimeoutAtMs() ?? Infinity);
    for (const { data, cookieAtMs } of this.#channels.values())
      due = Math.min(due, data?.pollTimeoutAtMs() ?? Infinity, cookieAtMs ?? Infinity);
    return due === Infinity ? undefined : due;
  }

  /** Lets time pass: what is due happens. */
  handleTimeout(nowMs: number): void {
    this.#requireCallAt(nowMs);
    for (const peer of this.#peers.all()) {
      if ((peer.connection.pollTimeoutAtMs() ?? Infinity) > nowMs) continue;
      peer.connection.handleTimeout(nowMs);
      this.#takeConnection(peer, nowMs);
    }
    this.#establishment.handleTimeout(nowMs);
    this.#takeEstablishment(nowMs);
    for (const channel of this.#channels.values()) {
      if ((channel.data?.pollTimeoutAtMs() ?? Infinity) <= nowMs) {
        channel.use((data) => data.handleTimeout(nowMs));
        this.#settle(channel, nowMs);
      }
      if (channel.cookieAtMs !== undefined && channel.cookieAtMs <= nowMs) this.#sendCookie(channel, nowMs);
    }
  }

  /**
   * Bundles what was written since and gives out the next datagram: first what connections say, then a packet of each
   * channel in turn.
   * @returns undefined where there is nothing to send
   * @see IPR-API-009
   */
  override pollTransmit(): EngineTransmit | undefined {
    const ready = super.pollTransmit();
    if (ready !== undefined) return ready;
    const handles = [...this.#channels.keys()];
    const after = handles.findIndex((handle) => handle > this.#turn);
    const inTurn = after < 0 ? handles : [...handles.slice(after), ...handles.slice(0, after)]; // IPR-API-009
    for (const handle of inTurn) {
      const channel = this.#channels.get(handle);
      if (channel?.channelId === undefined) continue;
      channel.flush(this.#nowMs);
      this.#takeEvents(channel);
      const packet = channel.pollPacket();
      if (packet === undefined) continue;
      this.#turn = handle;
      this.#sendPacket(channel, channel.channelId, packet);
      this.#forgetIfOver(channel);
      return super.pollTransmit();
    }
    return undefined;
  }

  #requireCallAt(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#nowMs = nowMs;
  }

  #handshakeEntropy(isNeeded: boolean): Uint8Array {
    const { identity, entropy } = this.#options;
    return identity === undefined || !isNeeded ? EMPTY : entropy.draw(handshakeEntropyLength(identity.csid));
  }

  // ---------------------------------------------------------------- what layers put out

  /** Takes what a connection put out. @returns whether it was anything: then the peer is remembered */
  #takeConnection(peer: EnginePeer, nowMs: number): boolean {
    const transmits = drain(() => peer.connection.pollTransmit());
    const events = drain(() => peer.connection.pollEvent());
    if (transmits.length + events.length === 0) return false;
    this.#peers.remember(peer);
    for (const datagram of transmits) this.putTransmit({ peer: peer.id, datagram });
    for (const event of events) this.#takeConnectionEvent(peer, event, nowMs);
    return true;
  }

  #takeConnectionEvent(peer: EnginePeer, event: ConnectionEvent, nowMs: number): void {
    switch (event.type) {
      case 'connected':
        this.putEvent({ type: 'connected', peer: peer.id });
        return;
      case 'secured':
        this.putEvent({ type: 'secured', peer: peer.id });
        for (const { channel, options } of peer.waiting.splice(0))
          this.#guard(peer, () => {
            this.#propose(peer, channel, options, nowMs);
          }); // IPR-API-005
        return;
      case 'offered':
        this.putEvent({ type: 'offered', peer: peer.id, hashname: event.hashname });
        return;
      case 'failed':
        this.#handleUnanswered(peer);
        return;
      case 'discarded':
        this.putEvent({ type: 'discarded', peer: peer.id, class: event.class });
        return;
      case 'reset':
        this.#handleReset(peer, nowMs);
        return;
      case 'messages':
        this.#takeMessages(peer, event, nowMs);
    }
  }

  #handleUnanswered(peer: EnginePeer): void {
    this.putEvent({ type: 'unanswered', peer: peer.id });
    for (const { channel } of peer.waiting.splice(0)) this.#fail(channel, 'unanswered');
  }

  /** The peer began anew: its channels are gone. */
  #handleReset(peer: EnginePeer, nowMs: number): void {
    for (const channel of this.#channelsOf(peer.id)) {
      if (channel.channelId === undefined) continue;
      const wasOpen = channel.data?.state === 'open' || channel.data?.state === 'finishing';
      this.#end(channel, nowMs);
      this.#forget(channel);
      if (wasOpen) this.putEvent({ type: 'closed', channel: channel.handle, by: 'reset' });
    }
  }

  #takeMessages(
    peer: EnginePeer,
    { channelId, sequenceNumber, messages }: ConnectionEvent & { readonly type: 'messages' },
    nowMs: number,
  ): void {
    const rest: InterpeerMessage[] = [];
    for (const message of messages) {
      if (!message.type.startsWith('CHANNEL_') || message.type === 'CHANNEL_CLOSE') rest.push(message);
      else
        this.#guard(peer, () => {
          this.#establishment.handleMessage(
            { peer: peer.id, channelId, message, airtimeMs: peer.airtimeMs },
            this.#options.entropy.draw(DRAW_LENGTH),
            nowMs,
          );
          this.#takeEstablishment(nowMs);
        });
    }
    if (compare(channelId, DEFAULT_CHANNEL_ID) === 0) return;
    const channel = this.#channels.get(this.#byId.get(keyOf(peer.id, channelId)) ?? 0);
    if (channel === undefined) {
      this.#answerClose(peer, channelId, rest);
      return;
    }
    if (channel.isEstablished) this.#establishment.markHeard(peer.id, channelId, nowMs);
    channel.cookieAtMs = undefined; // IPR-API-007
    if (rest.length === 0) return;
    this.#guard(peer, () => {
      channel.use((data) => {
        data.handleMessages(sequenceNumber, rest, nowMs);
      });
    });
    this.#settle(channel, nowMs);
  }

  /** The end of a channel that is gone here is confirmed all the same. */
  #answerClose(peer: EnginePeer, channelId: Uint8Array, messages: readonly InterpeerMessage[]): void {
    const isAsked = messages.some((message) => message.type === 'CHANNEL_CLOSE' && message.reason !== CLOSE_CONFIRMED);
    if (isAsked) this.#send(peer, channelId, [{ type: 'CHANNEL_CLOSE', reason: CLOSE_CONFIRMED }], 0); // IPR-DAT-072
  }

  #propose(peer: EnginePeer, channel: EngineChannel, { half, capabilities }: OpenOptions, nowMs: number): void {
    const { airtimeMs } = peer;
    this.#establishment.propose({ peer: peer.id, half, capabilities, airtimeMs }, this.#options.entropy.draw(DRAW_LENGTH), nowMs);
    this.#takeEstablishment(nowMs, channel);
  }

  /** @param proposing the channel that is being proposed, to be told its half */
  #takeEstablishment(nowMs: number, proposing?: EngineChannel): void {
    const transmits = drain(() => this.#establishment.pollTransmit());
    const events = drain(() => this.#establishment.pollEvent());
    for (const { peer: id, channelId, message } of transmits) {
      const peer = this.#peers.get(id);
      if (peer !== undefined) this.#send(peer, channelId, [message]);
    }
    for (const event of events) {
      if (event.type === 'proposed' && proposing !== undefined) proposing.half = event.half;
      else this.#takeEstablishmentEvent(event, nowMs);
    }
  }

  #takeEstablishmentEvent(event: EstablishmentEvent, nowMs: number): void {
    const proposed =
      'half' in event
        ? this.#channelsOf(event.peer).find(
            ({ half, channelId }) => channelId === undefined && half !== undefined && compare(half, event.half) === 0,
          )
        : undefined;
    switch (event.type) {
      case 'proposed':
        return;
      case 'yielded':
        if (proposed !== undefined) proposed.half = event.next;
        return; // IPR-API-001
      case 'conflict':
        if (proposed !== undefined) this.#fail(proposed, 'conflict');
        return; // IPR-API-001
      case 'failed':
        if (proposed !== undefined) this.#fail(proposed, 'unanswered');
        return;
      case 'established':
        this.#handleEstablished(event, nowMs);
        return;
      case 'closed': {
        const channel = this.#channels.get(this.#byId.get(keyOf(event.peer, event.channelId)) ?? 0);
        if (channel === undefined) return;
        channel.isEstablished = false;
        this.#forget(channel);
        this.putEvent({ type: 'closed', channel: channel.handle, by: 'silence' });
      }
    }
  }

  #handleEstablished(
    { peer: id, channelId, role, capabilities }: EstablishmentEvent & { readonly type: 'established' },
    nowMs: number,
  ): void {
    const peer = this.#peers.require(id);
    const channel = role === 'initiator' ? this.#proposedAs(id, channelId) : this.#newChannel(peer);
    if (channel === undefined) return;
    const { suite, windowPackets, sendPackets } = this.#options;
    const isPlainSuite = suite === 'interpeer-0.1';
    channel.begin(channelId, {
      capabilities: isPlainSuite ? capabilities & ~CAPABILITY_RESEND : capabilities, // IPR-API-008
      sequenceNumber: drawSequenceNumber(this.#options.entropy),
      windowPackets,
      sendPackets,
      payloadBytes: this.#payloadBytes,
      airtimeMs: peer.airtimeMs,
      saysClose: !isPlainSuite,
    });
    this.#byId.set(keyOf(id, channelId), channel.handle);
    if (role === 'initiator') channel.cookieAtMs = nowMs + RESEND_MS; // IPR-API-007
    if (channel.isUnwanted) this.#close(channel, CLOSE_ABORTED, nowMs);
    else
      this.putEvent({
        type: 'opened',
        channel: channel.handle,
        peer: peer.id,
        channelId,
        capabilities,
        by: role === 'initiator' ? 'self' : 'peer',
      });
  }

  /** The channel of ours that got this id. */
  #proposedAs(peer: Uint8Array, channelId: Uint8Array): EngineChannel | undefined {
    const { suite, halfOrder } = this.#options;
    const { initiatorHalf } = splitChannelId({ suite, halfOrder, channelId });
    return this.#channelsOf(peer).find(
      ({ half, channelId: has }) =>
        has === undefined && half !== undefined && initiatorHalf !== undefined && compare(half, initiatorHalf) === 0,
    );
  }

  #newChannel(peer: EnginePeer): EngineChannel {
    const channel = new EngineChannel({ handle: this.#nextHandle, peer: peer.id, half: undefined });
    this.#nextHandle += 1;
    this.#channels.set(channel.handle, channel);
    return channel;
  }

  // ---------------------------------------------------------------- channels

  /** Tells what happened on a channel, and lets it rest when it is over. */
  #settle(channel: EngineChannel, nowMs: number): void {
    this.#takeEvents(channel);
    const state = channel.data?.state;
    if (channel.isEstablished && state !== 'open' && state !== 'finishing') this.#end(channel, nowMs);
    this.#forgetIfOver(channel);
  }

  #takeEvents(channel: EngineChannel): void {
    for (const event of drain(() => channel.pollEvent())) this.putEvent({ ...event, channel: channel.handle });
  }

  #end(channel: EngineChannel, nowMs: number): void {
    channel.cookieAtMs = undefined;
    if (!channel.isEstablished || channel.channelId === undefined) return;
    channel.isEstablished = false;
    this.#establishment.end(channel.peer, channel.channelId, nowMs);
  }

  #fail(channel: EngineChannel, why: 'conflict' | 'unanswered'): void {
    this.#channels.delete(channel.handle);
    if (!channel.isUnwanted) this.putEvent({ type: 'unopened', channel: channel.handle, why });
  }

  #forgetIfOver(channel: EngineChannel): void {
    if (channel.isGone && channel.data?.isRead === true) this.#forget(channel);
  }

  #forget(channel: EngineChannel): void {
    this.#channels.delete(channel.handle);
    if (channel.channelId !== undefined) this.#byId.delete(keyOf(channel.peer, channel.channelId));
  }

  #channelsOf(peer: Uint8Array): EngineChannel[] {
    return [...this.#channels.values()].filter((channel) => compare(channel.peer, peer) === 0);
  }

  #requireChannel(handle: number): EngineChannel {
    door.whole(handle, 'handle');
    const channel = this.#channels.get(handle);
    if (channel === undefined) throw new StateError('IPR-API-003', 'no such channel');
    return channel;
  }

  // ---------------------------------------------------------------- sending

  #sendCookie(channel: EngineChannel, nowMs: number): void {
    channel.cookieCount += 1;
    channel.cookieAtMs = channel.cookieCount < COOKIE_COUNT ? nowMs + RESEND_MS * 2 ** channel.cookieCount : undefined; // IPR-API-007
    const peer = this.#peers.get(channel.peer);
    if (channel.channelId === undefined || peer === undefined || !channel.isEstablished) return;
    const front = this.#cookieOf(channel, channel.channelId);
    if (front.length > 0) this.#send(peer, channel.channelId, front, channel.data?.nextNumber);
  }

  #sendPacket(channel: EngineChannel, channelId: Uint8Array, { sequenceNumber, messages }: DataTransmit): void {
    const peer = this.#peers.get(channel.peer);
    if (peer === undefined) return;
    const front = channel.isEstablished ? this.#cookieOf(channel, channelId) : [];
    this.#send(peer, channelId, [...front, ...messages], sequenceNumber);
  }

  /** CHANNEL_COOKIE, as long as nothing was heard on the channel. */
  #cookieOf(channel: EngineChannel, channelId: Uint8Array): InterpeerMessage[] {
    this.#establishment.putInFront(channel.peer, channelId); // IPR-API-007
    return drain(() => this.#establishment.pollTransmit()).map(({ message }) => message);
  }

  #send(peer: EnginePeer, channelId: Uint8Array, messages: readonly InterpeerMessage[], sequenceNumber?: number): void {
    const { isPadded = true, mtu = MTU_DEFAULT, entropy } = this.#options;
    const derivePadding = (payloadLength: number): number => {
      const spare = isPadded ? payloadBytesOf(mtu, true) - payloadLength : 0;
      return spare > 0 ? derivePaddingLength(spare, entropy.draw(PADDING_ENTROPY_LENGTH)) : 0; // IPR-DAT-010
    };
    this.#guard(peer, () => {
      peer.connection.send({ channelId, messages, sequenceNumber, derivePadding });
      for (const datagram of drain(() => peer.connection.pollTransmit())) this.putTransmit({ peer: peer.id, datagram });
    });
  }

  /** What is refused is told; it must not end what else is to be done. */
  #guard(peer: EnginePeer, call: () => void): void {
    try {
      call();
    } catch (error) {
      if (!(error instanceof ProtocolError) || error.rejectClass === null) throw error;
      this.putEvent({ type: 'discarded', peer: peer.id, class: error.rejectClass });
    }
  }
}

function keyOf(peer: Uint8Array, channelId: Uint8Array): string {
  return `${toHex(peer)} ${toHex(channelId)}`;
}
