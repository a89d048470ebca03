/**
 * The engine of Interpeer: one node with its peers and their channels, for applications.
 *
 *   open, write, read, close             channel handles in, events out
 *        |
 *   EngineChannel -> DataChannel         what is written, numbered, resent, read       (IPR-DAT)
 *        |
 *   Establishment                        ids of channels, agreed with the peer         (IPR-EST)
 *        |
 *   Connection                           packets, handshakes, encryption; one per peer (IPR-RUL, IPR-HSK, IPR-ENC)
 *        |
 *   handleDatagram, pollTransmit         datagrams
 *
 * Sans-IO; random bytes come from a source passed in. A datagram is parsed once, and from there on packets and messages go
 * from layer to layer. Channels take turns to send, one packet each, so that no channel blocks another. An invalid datagram
 * is reported as an event and changes nothing. Choice: ADR-0022.
 */
import { EMPTY, compare } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint, drain } from '../../kernel/endpoint.ts';
import { DecodeError, UnsupportedError, UsageError } from '../../kernel/errors.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { MTU_DEFAULT, payloadBytesOf } from '../data/bundle.ts';
import type { ConnectionEvent } from '../connection/connection-types.ts';
import { CAPABILITY_RESEND, COOKIE_LENGTHS } from '../message/constants.ts';
import { DEFAULT_CHANNEL_ID } from '../packet/constants.ts';
import { EngineChannels } from './engine-channels.ts';
import { EngineEndings } from './engine-endings.ts';
import { EngineOpenings } from './engine-openings.ts';
import { EngineSender } from './engine-sender.ts';
import { EnginePeers } from './engine-peers.ts';
import type { EnginePeer } from './engine-peers.ts';
import { engineDoor, openDoor, peerDoor } from './engine-events.ts';
import type { EngineEvent, EngineTransmit, InterpeerEngineOptions, OpenOptions, PeerOptions } from './engine-events.ts';
import { DRAW_LENGTH } from '../establishment/establishment-constants.ts';
import { Establishment } from '../establishment/establishment.ts';
import { handshakeEntropyLength } from '../connection/handshakes.ts';
import type { InterpeerMessage } from '../message/messages.ts';
import { decodeInterpeerPacket } from '../packet/packet.ts';
import type { InterpeerPacket } from '../packet/packet.ts';
import { demandsEncryption } from '../connection/policy.ts';

/** Bytes of the cookie secret. */
const COOKIE_SECRET_LENGTH = 32;
/** CHANNEL_COOKIE: type, cookie, capabilities. */
const COOKIE_OVERHEAD = 3;

/**
 * One node. Everything that a call put out is polled before the next call.
 */
export class InterpeerEngine extends Endpoint<EngineTransmit, EngineEvent> {
  readonly #options: InterpeerEngineOptions;
  readonly #primitives: Primitives;
  readonly #establishment: Establishment;
  readonly #peers: EnginePeers;
  readonly #channels: EngineChannels = new EngineChannels();
  readonly #sender: EngineSender;
  readonly #openings: EngineOpenings;
  readonly #endings: EngineEndings;
  /** The time of the last call: packets are made when they are polled. */
  #nowMs = 0;

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
      throw new UsageError('IPR-API-001', 'no keys for the handshakes allowed');
    this.#primitives = options.primitives;
    const payloadBytes = payloadBytesOf(mtu, true) - COOKIE_OVERHEAD - COOKIE_LENGTHS[suite]; // IPR-API-002
    this.#peers = new EnginePeers(options, this.#primitives, (id) => this.#channels.ofPeer(id).length > 0);
    this.#establishment = new Establishment({
      suite,
      halfOrder,
      local,
      secret: options.entropy.draw(COOKIE_SECRET_LENGTH),
      primitives: this.#primitives,
    });
    const output = {
      transmit: (transmit: EngineTransmit): void => this.putTransmit(transmit),
      event: (event: EngineEvent): void => this.putEvent(event),
    };
    const parts = { options, peers: this.#peers, establishment: this.#establishment, output };
    this.#sender = new EngineSender(parts);
    this.#endings = new EngineEndings(parts, this.#channels, this.#sender);
    this.#openings = new EngineOpenings({ ...parts, channels: this.#channels, sender: this.#sender, endings: this.#endings, payloadBytes });
  }

  /** Peers that are remembered. */
  get peerCount(): number {
    return this.#peers.size;
  }

  // ---------------------------------------------------------------- calls of the application

  /**
   * Connects to a peer. One that is remembered keeps its key, its channels and its airtime, and a further handshake begins.
   * @throws UnsupportedError for a handshake that the suite does not have; StateError; LimitError if no peer can be forgotten
   * @see IPR-API-001
   */
  connect(options: PeerOptions, nowMs: number): void {
    this.#requireCallAt(nowMs);
    const { peer: id, handshake, remoteKey, airtimeMs = 0 } = peerDoor(options, 'options');
    const peer = this.#peers.get(id) ?? this.#peers.prepare({ id, airtimeMs, isOurs: true, remoteKey, handshakes: [handshake] }, nowMs);
    if (handshake !== 'none') peer.connection.begin(handshake, this.#handshakeEntropy(peer.connection.knowsPeer), nowMs); // IPR-API-011
    this.#peers.remember(peer); // not before: a handshake that cannot begin leaves no peer behind
    this.#takeConnection(peer, nowMs);
  }

  /**
   * Accepts the keys that a peer offered.
   * @throws StateError if none wait
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
   * @throws StateError if none wait
   * @see IPR-API-005
   */
  refuse(id: Uint8Array, hashname: string, nowMs: number): void {
    this.#requireCallAt(nowMs);
    this.#peers.require(id).connection.refuse(hashname);
  }

  /**
   * Opens a channel; an event `opened` or `unopened` tells the result.
   * @returns its handle
   * @throws StateError for a peer that is not connected and for a half in use; DecodeError for an invalid half; LimitError;
   * UnsupportedError for resend in `interpeer-0.1`
   * @see IPR-API-001
   */
  open(given: OpenOptions, nowMs: number): number {
    this.#requireCallAt(nowMs);
    const options = openDoor(given, 'options');
    const peer = this.#peers.require(options.peer);
    if (this.#options.suite === 'interpeer-0.1' && (options.capabilities & CAPABILITY_RESEND) !== 0)
      throw new UnsupportedError('IPR-API-008', 'nothing is acknowledged in this suite');
    const channel = this.#channels.prepare(peer.id, options.half);
    if (peer.needsKeys && !peer.connection.isSecured)
      peer.waiting.push({ channel, options }); // IPR-API-005
    else this.#openings.propose(peer, channel, options, nowMs);
    this.#channels.remember(channel);
    return channel.handle;
  }

  /**
   * Writes to a channel.
   * @returns how many bytes were taken; fewer than given only on a stream whose buffer is full
   * @throws StateError if it is not open; LimitError
   * @see IPR-API-003
   */
  write(handle: number, bytes: Uint8Array, nowMs: number): number {
    this.#requireCallAt(nowMs);
    const own = door.copy(bytes, 'bytes');
    return this.#channels.require(handle).write(own);
  }

  /**
   * Reads what arrived on a channel, also after its end. Reading is polling: it may be repeated at once.
   * @returns the data of the next DATA message; undefined if there is none
   * @throws StateError for a channel that does not exist
   * @see IPR-API-003
   */
  read(handle: number): Uint8Array | undefined {
    const channel = this.#channels.require(handle);
    const bytes = channel.read();
    if (bytes === undefined) this.#endings.forgetIfOver(channel);
    return bytes;
  }

  /**
   * Closes a channel; with reason 0, after everything that is resent has arrived.
   * @param reason 0 to 255
   * @throws StateError if it has ended, or was closed before
   * @see IPR-API-004
   */
  close(handle: number, reason: number, nowMs: number): void {
    this.#requireCallAt(nowMs);
    door.byte(reason, 'reason');
    this.#endings.close(this.#channels.require(handle), reason, nowMs);
  }

  /** Whether a channel can be written to. */
  isOpen(handle: number): boolean {
    return this.#channels.get(handle)?.isWritable === true;
  }

  /**
   * How many bytes a channel takes now.
   * @throws StateError for a channel that does not exist
   */
  freeBytes(handle: number): number {
    return this.#channels.require(handle).freeBytes;
  }

  // ---------------------------------------------------------------- datagrams and time

  /**
   * Takes a datagram. If it is invalid an event says so, and it has no other effect.
   * @see IPR-API-006
   */
  handleDatagram(datagram: Uint8Array, nowMs: number): void {
    this.#requireCallAt(nowMs);
    const packet = this.#packetForUs(door.copy(datagram, 'datagram'));
    if (packet === undefined) return; // IPR-RUL-004
    const peer = this.#peers.get(packet.sender) ?? this.#peers.stranger(packet.sender, nowMs);
    if (peer === undefined) return;
    this.#sender.guard(peer, () => {
      peer.connection.handlePacket(packet, this.#handshakeEntropy(!packet.encrypted), nowMs);
      if (this.#takeConnection(peer, nowMs)) peer.heardAtMs = nowMs;
    });
  }

  /** The packet at the front of a datagram, if it is for us. */
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
    for (const { data, cookieAtMs } of this.#channels.all())
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
    this.#openings.take(nowMs);
    for (const channel of this.#channels.all()) {
      if ((channel.data?.pollTimeoutAtMs() ?? Infinity) <= nowMs) {
        channel.use((data) => data.handleTimeout(nowMs));
        this.#endings.settle(channel, nowMs);
      }
      if (channel.cookieAtMs !== undefined && channel.cookieAtMs <= nowMs) this.#sender.sendCookie(channel, nowMs);
    }
  }

  /**
   * Bundles what was written since and returns the next datagram: first the packets of connections, then a packet of each
   * channel in turn.
   * @returns undefined if there is nothing to send
   * @see IPR-API-009
   */
  override pollTransmit(): EngineTransmit | undefined {
    const ready = super.pollTransmit();
    if (ready !== undefined) return ready;
    for (const channel of this.#channels.inTurn()) {
      if (channel.channelId === undefined) continue;
      channel.flush(this.#nowMs);
      this.#endings.takeEvents(channel);
      const packet = channel.pollPacket();
      if (packet === undefined) continue;
      this.#channels.markSent(channel);
      this.#sender.sendPacket(channel, channel.channelId, packet);
      this.#endings.forgetIfOver(channel);
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

  // ---------------------------------------------------------------- output of the layers

  /** Takes the output of a connection. @returns whether there was any: if so, the peer is remembered */
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
          this.#sender.guard(peer, () => {
            this.#openings.propose(peer, channel, options, nowMs);
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
    for (const { channel } of peer.waiting.splice(0)) this.#openings.fail(channel, 'unanswered');
  }

  /** The peer started over: its channels are gone. */
  #handleReset(peer: EnginePeer, nowMs: number): void {
    for (const channel of this.#channels.ofPeer(peer.id)) {
      if (channel.channelId === undefined) continue;
      const wasOpen = channel.data?.state === 'open' || channel.data?.state === 'finishing';
      this.#endings.end(channel, nowMs);
      this.#channels.forget(channel);
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
        this.#sender.guard(peer, () => {
          this.#establishment.handleMessage(
            { peer: peer.id, channelId, message, airtimeMs: peer.airtimeMs },
            this.#options.entropy.draw(DRAW_LENGTH),
            nowMs,
          );
          this.#openings.take(nowMs);
        });
    }
    if (compare(channelId, DEFAULT_CHANNEL_ID) === 0) return;
    const channel = this.#channels.ofId(peer.id, channelId);
    if (channel === undefined) {
      this.#endings.answerClose(peer, channelId, rest);
      return;
    }
    if (channel.isEstablished) this.#establishment.markHeard(peer.id, channelId, nowMs);
    channel.cookieAtMs = undefined; // IPR-API-007
    if (rest.length === 0) return;
    this.#sender.guard(peer, () => {
      channel.use((data) => {
        data.handleMessages(sequenceNumber, rest, nowMs);
      });
    });
    this.#endings.settle(channel, nowMs);
  }
}
