/** What an engine sends: messages of a channel in one packet, padded at random, with CHANNEL_COOKIE in front while it is needed. */
import { drain } from '../../kernel/endpoint.ts';
import { ProtocolError } from '../../kernel/errors.ts';
import { MTU_DEFAULT, PADDING_ENTROPY_LENGTH, derivePaddingLength, payloadBytesOf } from '../data/bundle.ts';
import { RESEND_MS } from '../data/constants.ts';
import type { DataTransmit } from '../data/data-sender.ts';
import type { Establishment } from '../establishment/establishment.ts';
import type { InterpeerMessage } from '../message/messages.ts';
import type { EngineChannel } from './engine-channel.ts';
import type { EngineEvent, EngineTransmit, InterpeerEngineOptions } from './engine-events.ts';
import type { EnginePeer, EnginePeers } from './engine-peers.ts';

/** IPR-API-007: how often CHANNEL_COOKIE is sent without data. */
const COOKIE_COUNT = 5;

/** Where an engine puts its output. */
export interface EngineOutput {
  readonly transmit: (transmit: EngineTransmit) => void;
  readonly event: (event: EngineEvent) => void;
}

/** What the layers of an engine share. */
export interface EngineParts {
  readonly options: InterpeerEngineOptions;
  readonly peers: EnginePeers;
  readonly establishment: Establishment;
  readonly output: EngineOutput;
}

/** Sends for all channels of an engine. */
export class EngineSender {
  readonly #options: InterpeerEngineOptions;
  readonly #peers: EnginePeers;
  readonly #establishment: Establishment;
  readonly #output: EngineOutput;

  constructor({ options, peers, establishment, output }: EngineParts) {
    this.#options = options;
    this.#peers = peers;
    this.#establishment = establishment;
    this.#output = output;
  }

  /** Sends messages in one packet of a connection. */
  send(peer: EnginePeer, channelId: Uint8Array, messages: readonly InterpeerMessage[], sequenceNumber?: number): void {
    const { isPadded = true, mtu = MTU_DEFAULT, entropy } = this.#options;
    const derivePadding = (payloadLength: number): number => {
      const spare = isPadded ? payloadBytesOf(mtu, true) - payloadLength : 0;
      return spare > 0 ? derivePaddingLength(spare, entropy.draw(PADDING_ENTROPY_LENGTH)) : 0; // IPR-DAT-010
    };
    this.guard(peer, () => {
      peer.connection.send({ channelId, messages, sequenceNumber, derivePadding });
      for (const datagram of drain(() => peer.connection.pollTransmit())) this.#output.transmit({ peer: peer.id, datagram });
    });
  }

  /** Sends a packet of a channel. */
  sendPacket(channel: EngineChannel, channelId: Uint8Array, { sequenceNumber, messages }: DataTransmit): void {
    const peer = this.#peers.get(channel.peer);
    if (peer === undefined) return;
    const front = channel.isEstablished ? this.#cookieOf(channel, channelId) : [];
    this.send(peer, channelId, [...front, ...messages], sequenceNumber);
  }

  /** Sends CHANNEL_COOKIE without data, when it is due. */
  sendCookie(channel: EngineChannel, nowMs: number): void {
    channel.cookieCount += 1;
    channel.cookieAtMs = channel.cookieCount < COOKIE_COUNT ? nowMs + RESEND_MS * 2 ** channel.cookieCount : undefined; // IPR-API-007
    const peer = this.#peers.get(channel.peer);
    if (channel.channelId === undefined || peer === undefined || !channel.isEstablished) return;
    const front = this.#cookieOf(channel, channel.channelId);
    if (front.length > 0) this.send(peer, channel.channelId, front, channel.data?.nextNumber);
  }

  /** CHANNEL_COOKIE, as long as nothing has been heard on the channel. */
  #cookieOf(channel: EngineChannel, channelId: Uint8Array): InterpeerMessage[] {
    this.#establishment.putInFront(channel.peer, channelId); // IPR-API-007
    return drain(() => this.#establishment.pollTransmit()).map(({ message }) => message);
  }

  /** A refusal is reported; it must not end the work that is left. */
  guard(peer: EnginePeer, call: () => void): void {
    try {
      call();
    } catch (error) {
      if (!(error instanceof ProtocolError) || error.rejectClass === null) throw error;
      this.#output.event({ type: 'discarded', peer: peer.id, class: error.rejectClass });
    }
  }
}
