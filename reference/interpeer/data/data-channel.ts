/**
 * Data on one established channel: what an application writes and reads, as messages with sequence numbers. Payloads,
 * packets, encryption and establishment belong to the layers around it.
 *
 *   state      begins                                     takes                                     ends
 *   open       with the channel                           everything                                finish, loss, CHANNEL_CLOSE
 *   finishing  finish, while something is unacknowledged  all but writes                            all arrived -> closing
 *   closing    CHANNEL_CLOSE was sent                     CHANNEL_CLOSE                             an answer, or too many resends -> gone
 *   closed     the peer's CHANNEL_CLOSE came              CHANNEL_CLOSE, which is answered again    60 s -> gone
 *   gone       nothing is owed any more                   CHANNEL_CLOSE, which is answered again
 *
 * What the reader has not taken can be read in every state. Sans-IO: a call that throws has changed nothing. Choice:
 * ADR-0022.
 */
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, LimitError, StateError, UnsupportedError } from '../../kernel/errors.ts';
import { PAYLOAD_BYTES_DEFAULT, bundleData } from './bundle.ts';
import { CAPABILITY_CLOSE_ON_LOSS, CAPABILITY_ORDERED, CAPABILITY_RESEND } from '../message/constants.ts';
import {
  ACK_MS,
  CAPABILITIES_ALL,
  CLOSE_CONFIRMED,
  CLOSE_FINISHED,
  CLOSE_LOSS,
  LINGER_MS,
  RESEND_AIRTIMES,
  RESEND_COUNT_DEFAULT,
  RESEND_DOUBLINGS,
  RESEND_MS,
  SEND_PACKETS_DEFAULT,
  WINDOW_PACKETS_DEFAULT,
  WINDOW_PACKETS_MAX,
} from './constants.ts';
import { DataReceiver } from './data-receiver.ts';
import { DataSender, type DataTransmit, type Progress } from './data-sender.ts';
import { DatagramReceiver } from './datagram-receiver.ts';
import { messageDoor } from '../message/messages.ts';
import type { InterpeerMessage } from '../message/messages.ts';
import { decodeBitmap, encodeBitmap } from './progress.ts';
import { plus } from './serial.ts';

/** How data on a channel is set up. */
export interface DataChannelOptions {
  /** Bit 0 resend, bit 1 ordered, bit 2 close-on-loss. */
  readonly capabilities: number;
  /** Number of the first packet that carries DATA, 0 to 65,535, drawn at random. */
  readonly sequenceNumber: number;
  /** Packets that are kept for the reader, 1 to 32,767. */
  readonly windowPackets?: number | undefined;
  /** Packets that are kept until they are acknowledged, 1 to 32,767. */
  readonly sendPackets?: number | undefined;
  /** Bytes of a payload at most. */
  readonly payloadBytes?: number | undefined;
  /** How long a full packet takes on the link, in milliseconds. */
  readonly airtimeMs?: number | undefined;
  /** Resends that nothing of the peer follows, after which resending has failed. */
  readonly resendCount?: number | undefined;
  /** Whether the suite has CHANNEL_CLOSE; without it the end is not said. */
  readonly saysClose?: boolean | undefined;
}
const OPTIONS = door.members<DataChannelOptions>({
  capabilities: door.whole,
  sequenceNumber: door.whole,
  windowPackets: door.optional(door.number),
  sendPackets: door.optional(door.number),
  payloadBytes: door.optional(door.whole),
  airtimeMs: door.optional(door.number),
  resendCount: door.optional(door.whole),
  saysClose: door.optional(door.flag),
});
const WRITES = door.list(door.copy);
const MESSAGES = door.list(messageDoor(door.copy));

/** What a channel tells the application. */
export type DataEvent =
  | { readonly type: 'readable' }
  | { readonly type: 'writable' }
  | { readonly type: 'stalled' }
  | { readonly type: 'closed'; readonly reason: number; readonly by: 'self' | 'peer' };
/** The states of a channel. */
export type DataState = 'open' | 'finishing' | 'closing' | 'closed' | 'gone';

function requireBound(name: string, value: number, minimum: number, maximum: number): void {
  if (!Number.isInteger(value) || value < minimum || value > maximum)
    throw new LimitError('IPR-DAT-001', 'a bound of the channel', { name, value, minimum, maximum });
}

/**
 * Both directions of data on a channel. Everything that a call put out is polled before the next call.
 */
export class DataChannel extends Endpoint<DataTransmit, DataEvent> {
  readonly #resends: boolean;
  readonly #closesOnLoss: boolean;
  readonly #isStream: boolean;
  readonly #payloadBytes: number;
  readonly #resendMs: number;
  readonly #resendCountMax: number;
  readonly #saysClose: boolean;
  readonly #sender: DataSender;
  readonly #receiver: DataReceiver | DatagramReceiver;
  #state: DataState = 'open';
  /** Number of the next packet of a channel without resend. */
  #number: number;
  #closeReason = 0;
  #closeCount = 0;
  #closeAtMs: number | undefined;

  /**
   * @throws UnsupportedError for capabilities that are not defined; LimitError for a bound out of its range
   * @see IPR-DAT-001
   */
  constructor(options: DataChannelOptions) {
    super();
    const {
      capabilities,
      sequenceNumber,
      windowPackets = WINDOW_PACKETS_DEFAULT,
      sendPackets = SEND_PACKETS_DEFAULT,
      payloadBytes = PAYLOAD_BYTES_DEFAULT,
      airtimeMs = 0,
      resendCount = RESEND_COUNT_DEFAULT,
      saysClose = true,
    } = OPTIONS(options, 'options');
    if ((capabilities & ~CAPABILITIES_ALL) !== 0)
      throw new UnsupportedError('IPR-DAT-001', 'capabilities that are not defined', { capabilities });
    requireBound('windowPackets', windowPackets, 1, WINDOW_PACKETS_MAX);
    requireBound('sendPackets', sendPackets, 1, WINDOW_PACKETS_MAX);
    const isOrdered = (capabilities & CAPABILITY_ORDERED) !== 0;
    this.#resends = (capabilities & CAPABILITY_RESEND) !== 0;
    this.#closesOnLoss = (capabilities & CAPABILITY_CLOSE_ON_LOSS) !== 0;
    this.#isStream = this.#resends && isOrdered;
    this.#payloadBytes = payloadBytes;
    this.#resendMs = Math.max(RESEND_MS, RESEND_AIRTIMES * airtimeMs); // IPR-DAT-023
    this.#resendCountMax = resendCount;
    this.#number = sequenceNumber;
    this.#saysClose = saysClose;
    this.#sender = new DataSender({ sequenceNumber, packetCountMax: sendPackets, resendMs: this.#resendMs, resendCountMax: resendCount });
    this.#receiver = this.#resends
      ? new DataReceiver({ isOrdered, windowPackets, ackMs: Math.max(ACK_MS, airtimeMs) }) // IPR-DAT-046
      : new DatagramReceiver({ isOrdered, closesOnLoss: this.#closesOnLoss, windowPackets });
  }

  /** Where the channel is in its life. */
  get state(): DataState {
    return this.#state;
  }
  /** Whether the reader sees bytes and not writes. */
  get isStream(): boolean {
    return this.#isStream;
  }
  /** The number that a packet without DATA repeats. */
  get nextNumber(): number {
    return this.#resends && this.#isRunning ? this.#sender.nextNumber : this.#number; // IPR-DAT-002
  }
  /** Whether the reader has taken everything. */
  get isRead(): boolean {
    return this.#receiver.isEmpty;
  }
  /** Packets that can be written now. */
  get freePackets(): number {
    return this.#resends ? this.#sender.freePackets : WINDOW_PACKETS_MAX;
  }

  /**
   * Writes data: as few packets as hold the writes in their order.
   * @param writes a stream is cut where it must be; elsewhere each is one DATA message
   * @throws StateError after finish and close; LimitError for a write that no packet holds, and where the packets cannot
   * all be kept
   * @see IPR-DAT-004
   */
  write(writes: readonly Uint8Array[], nowMs: number): void {
    this.requireCallAt(nowMs);
    const copies = WRITES(writes, 'writes');
    if (this.#state !== 'open') throw new StateError('IPR-DAT-074', 'the channel takes no more', { state: this.#state });
    const packets = bundleData(copies, this.#payloadBytes, this.#isStream);
    if (this.#resends) {
      this.#sender.push(packets);
      this.#send(this.#sender.flush(nowMs));
      return;
    }
    for (const messages of packets) {
      // IPR-DAT-033
      this.putTransmit({ sequenceNumber: this.#number, messages });
      this.#number = plus(this.#number, 1); // IPR-DAT-002
    }
  }

  /**
   * Gives the reader the data of the next DATA message. Reading is polling: it may be repeated at once, and what it has to
   * say to the peer is polled with the rest.
   * @returns undefined if there is none
   * @see IPR-DAT-049
   */
  read(): Uint8Array | undefined {
    const data = this.#receiver.read();
    this.#acknowledge();
    return data;
  }

  /**
   * Takes the messages of a packet of this channel.
   * @param sequenceNumber that of its private header
   * @throws DecodeError for messages that do not belong here, and for progress over what was not sent
   * @see IPR-DAT-033
   */
  handleMessages(sequenceNumber: number, given: readonly InterpeerMessage[], nowMs: number): void {
    this.requireCallAt(nowMs);
    const messages = MESSAGES(given, 'messages');
    door.whole(sequenceNumber, 'sequenceNumber');
    for (const message of messages) this.#require(message);
    // IPR-DAT-034: DATA first, wherever it is
    const contents = messages.flatMap((message) => (message.type === 'DATA' ? [message.data] : []));
    if (this.#isRunning && contents.length > 0) this.#handleData(sequenceNumber, contents, nowMs);
    let isOld = false;
    for (const message of messages) {
      if (message.type === 'CHANNEL_CLOSE') this.#handleClose(message.reason, nowMs);
      else if (this.#isRunning && message.type === 'DATA_PROGRESS') isOld = !this.#handleProgress(progressOf(message), nowMs);
      else if (this.#isRunning && message.type === 'DATA_RECEIVE_WINDOW') this.#handleWindow(message.packetCount, isOld, nowMs);
    }
    if (this.#isRunning) this.#settle(nowMs); // IPR-DAT-074
  }

  /**
   * Lets time pass: what is due happens.
   * @see IPR-DAT-023
   */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    if (this.#closeAtMs !== undefined && nowMs >= this.#closeAtMs) this.#handleCloseTimeout(nowMs);
    if (!this.#isRunning || !(this.#receiver instanceof DataReceiver)) return;
    const { out, isFailed } = this.#sender.handleTimeout(nowMs);
    if (isFailed && this.#closesOnLoss) {
      // IPR-DAT-025
      this.#close(CLOSE_LOSS, nowMs);
      return;
    }
    if (isFailed) this.putEvent({ type: 'stalled' }); // IPR-DAT-026
    this.#send(out);
    this.#receiver.handleTimeout(nowMs);
    this.#acknowledge();
  }

  /**
   * Ends the channel: at once, or with reason 0 once everything that is resent has arrived.
   * @param reason 0 to 255
   * @throws StateError if it has ended already
   * @see IPR-DAT-070
   */
  finish(reason: number, nowMs: number): void {
    this.requireCallAt(nowMs);
    door.byte(reason, 'reason');
    if (this.#state !== 'open') throw new StateError('IPR-DAT-074', 'the channel has ended', { state: this.#state });
    if (reason === CLOSE_FINISHED && !this.#sender.isIdle)
      this.#state = 'finishing'; // IPR-DAT-070
    else this.#close(reason, nowMs);
  }

  override pollTimeoutAtMs(): number | undefined {
    const ackAtMs = this.#isRunning && this.#receiver instanceof DataReceiver ? this.#receiver.ackAtMs : undefined;
    const due = [this.#closeAtMs, this.#isRunning ? this.#sender.dueAtMs : undefined, ackAtMs].filter((atMs) => atMs !== undefined);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  get #isRunning(): boolean {
    return this.#state === 'open' || this.#state === 'finishing';
  }

  #require(message: InterpeerMessage): void {
    switch (message.type) {
      case 'DATA':
      case 'CHANNEL_CLOSE':
        return;
      case 'DATA_PROGRESS':
      case 'DATA_RECEIVE_WINDOW':
        if (!this.#resends) throw new DecodeError('malformed', 'IPR-DAT-033', 'acknowledged without resend', { type: message.type });
        if (message.type === 'DATA_PROGRESS' && this.#isRunning) this.#sender.requireProgress(progressOf(message));
        return;
      default:
        throw new DecodeError('malformed', 'IPR-DAT-033', 'no message of data', { type: message.type });
    }
  }

  #handleData(sequenceNumber: number, contents: readonly Uint8Array[], nowMs: number): void {
    if (this.#receiver instanceof DataReceiver) {
      if (this.#receiver.handleData(sequenceNumber, contents, nowMs)) this.putEvent({ type: 'readable' }); // IPR-DAT-049
      return;
    }
    const wasEmpty = this.#receiver.isEmpty;
    const verdict = this.#receiver.handleData(sequenceNumber, contents);
    if (verdict === 'loss')
      this.#close(CLOSE_LOSS, nowMs); // IPR-DAT-063
    else if (verdict === 'accepted' && wasEmpty) this.putEvent({ type: 'readable' }); // IPR-DAT-049
  }

  #handleProgress(progress: Progress, nowMs: number): boolean {
    this.#sender.handleAlive();
    const again = this.#sender.handleProgress(progress, nowMs);
    this.#send(again ?? []);
    return again !== undefined;
  }

  #handleWindow(packets: number, isOld: boolean, nowMs: number): void {
    this.#sender.handleAlive();
    if (!isOld) this.#sender.handleWindow(packets, nowMs); // IPR-DAT-030
  }

  /** What may go, goes; what came is acknowledged; a channel that waited for its last packet closes. */
  #settle(nowMs: number): void {
    this.#send(this.#sender.flush(nowMs));
    if (this.#sender.pollWritable() && this.#state === 'open') this.putEvent({ type: 'writable' });
    this.#acknowledge();
    if (this.#state === 'finishing' && this.#sender.isIdle) this.#close(CLOSE_FINISHED, nowMs); // IPR-DAT-070
  }

  #acknowledge(): void {
    if (!this.#isRunning || !(this.#receiver instanceof DataReceiver)) return;
    const ack = this.#receiver.pollAcknowledgement();
    if (ack === undefined) return;
    const { progress, windowPackets } = ack;
    this.#transmit([
      { type: 'DATA_PROGRESS', nextSequenceNumber: progress.next, bitmap: encodeBitmap(progress) },
      { type: 'DATA_RECEIVE_WINDOW', packetCount: windowPackets },
    ]);
  }

  #close(reason: number, nowMs: number): void {
    this.#number = this.nextNumber;
    this.#state = 'closing';
    this.#closeReason = reason;
    this.#sender.clear();
    this.putEvent({ type: 'closed', reason, by: 'self' });
    if (!this.#saysClose) {
      this.#leave();
      return;
    }
    this.#transmit([{ type: 'CHANNEL_CLOSE', reason }]);
    this.#closeAtMs = nowMs + this.#resendMs;
  }

  #handleClose(reason: number, nowMs: number): void {
    if (reason === CLOSE_CONFIRMED) {
      // IPR-DAT-072
      if (this.#state === 'closing') this.#leave();
      return;
    }
    this.#transmit([{ type: 'CHANNEL_CLOSE', reason: CLOSE_CONFIRMED }]); // IPR-DAT-072
    if (this.#state === 'closing') this.#leave();
    else if (this.#isRunning) {
      this.#number = this.nextNumber;
      this.#state = 'closed';
      this.#sender.clear();
      this.#closeAtMs = nowMs + LINGER_MS; // IPR-DAT-072
      this.putEvent({ type: 'closed', reason, by: 'peer' });
    }
  }

  #handleCloseTimeout(nowMs: number): void {
    if (this.#state === 'closed' || this.#closeCount === this.#resendCountMax) {
      this.#leave();
      return;
    }
    this.#closeCount += 1;
    this.#closeAtMs = nowMs + this.#resendMs * 2 ** Math.min(this.#closeCount, RESEND_DOUBLINGS); // IPR-DAT-071
    this.#transmit([{ type: 'CHANNEL_CLOSE', reason: this.#closeReason }]);
  }

  #leave(): void {
    this.#state = 'gone';
    this.#closeAtMs = undefined;
  }

  /** A packet without DATA repeats the next number. */
  #transmit(messages: readonly InterpeerMessage[]): void {
    this.putTransmit({ sequenceNumber: this.nextNumber, messages }); // IPR-DAT-002
  }
  #send(out: readonly DataTransmit[]): void {
    for (const packet of out) this.putTransmit(packet);
  }
}

function progressOf({ nextSequenceNumber, bitmap }: { readonly nextSequenceNumber: number; readonly bitmap: Uint8Array }): Progress {
  return { next: nextSequenceNumber, later: decodeBitmap(nextSequenceNumber, bitmap) };
}
