/**
 * One channel of an exchange: inner packets in and out, nothing sealed here.
 *
 *   state     begins                                    what it takes                  ends
 *   new       with the channel                          the first send, or the open    -> opening
 *                                                       packet; else wrong-state
 *   opening   the open packet was sent or received      everything                     answered -> open; timeoutMs: err
 *   open      the open packet was answered              everything                     an end is received -> ended
 *   ended     an end was received (in order)            sends; the peer's acks and     timeoutMs after the last packet:
 *                                                       resends                        gone, by err unless both ended
 *   gone      an err was sent or received, or a time-   nothing: wrong-state
 *             out is over
 *
 * Sans-IO: packets and time go in (`send`, `handlePacket`, `done`, `handleTimeout`), packets to seal and events come
 * out. A call that throws has changed nothing. Choice: ADR-0012.
 */
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, LimitError, StateError, UsageError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/json.ts';
import {
  BUFFER_BYTES_DEFAULT,
  CHANNEL_TIMEOUT_MS,
  REPLAY_WINDOW_MAX,
  RESEND_COUNT_DEFAULT,
  SEALED_LENGTH_MAX,
  U32_MAX,
  WINDOW_DEFAULT,
  WINDOW_MAX,
} from './constants.ts';
import {
  commonMembers,
  decodeInner,
  deriveQuota,
  encodeInner,
  hasContent,
  innerJsonOf,
  numberMember,
  reliableMembers,
  requireApplicationJson,
  requireInnerLength,
} from './channel-head.ts';
import type { InnerContent, ChannelHead, ChannelMembers } from './channel-head.ts';
import { ReliableReceiver } from './reliable-receiver.ts';
import { ReliableSender, type Outgoing } from './reliable-sender.ts';
import { ReplayWindow } from './replay-window.ts';
import { copyPacket } from '../packet/packet.ts';
import type { Packet } from '../packet/packet.ts';

/** How a channel is set up. */
export interface ChannelOptions {
  /** Its id, 1 to 2^32 - 1. */
  readonly c: number;
  /** What it is for; an outgoing channel says it in its open packet. */
  readonly type?: string | undefined;
  readonly reliable?: boolean | undefined;
  /** Whether the peer opens it. */
  readonly incoming?: boolean | undefined;
  /** Packets that each buffer of a reliable channel holds. */
  readonly window?: number | undefined;
  /** Bytes that each buffer of a reliable channel holds, at least 1,400. */
  readonly bufferBytes?: number | undefined;
  /** How long OPENING and ENDED last, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** Resends not followed by a packet from the peer, before the channel errs. */
  readonly resendCount?: number | undefined;
  /** Numbers that an unreliable channel remembers; without it, packets are not numbered. */
  readonly replayWindow?: number | undefined;
}

/** What an application sends: content, the last content, or why the channel is over. */
export interface ChannelSend extends InnerContent {
  readonly end?: boolean | undefined;
  readonly err?: string | undefined;
}

const OPTIONS = door.members<ChannelOptions>({
  c: door.number,
  type: door.optional(door.text),
  reliable: door.optional(door.flag),
  incoming: door.optional(door.flag),
  window: door.optional(door.whole),
  bufferBytes: door.optional(door.whole),
  timeoutMs: door.optional(door.whole),
  resendCount: door.optional(door.whole),
  replayWindow: door.optional(door.whole),
});
const SEND = door.members<ChannelSend>({
  json: door.optional(door.jsonCopy),
  body: door.optional(door.copy),
  end: door.optional(door.flag),
  err: door.optional(door.text),
});

/** What a channel tells the application. */
export type ChannelEvent =
  | { readonly type: 'packet'; readonly packet: Packet }
  | { readonly type: 'acked'; readonly ack: number }
  | { readonly type: 'writable' }
  | { readonly type: 'error'; readonly err: string }
  | { readonly type: 'closed' };

/** The states of a channel. */
export type ChannelState = 'new' | 'opening' | 'open' | 'ended' | 'gone';

/** What both ends must agree on, in the err that answers an open packet. */
const ERR_RELIABILITY = 'reliability';
const ERR_TIMEOUT = 'timeout';

interface Reliable {
  readonly sender: ReliableSender;
  readonly receiver: ReliableReceiver;
}

function requireBound(name: string, value: number, minimum: number, maximum: number): void {
  if (value < minimum || value > maximum) throw new LimitError('E3X-CHN-017', 'a bound of the channel', { name, value, minimum, maximum });
}

/**
 * One channel, reliable or not. Everything that a call put out is polled before the next call.
 */
export class Channel extends Endpoint<Uint8Array, ChannelEvent> {
  readonly #c: number;
  readonly #type: string | undefined;
  readonly #isIncoming: boolean;
  readonly #timeoutMs: number;
  readonly #reliable: Reliable | undefined;
  readonly #replayWindow: ReplayWindow | undefined;
  #state: ChannelState = 'new';
  #hasSentEnd = false;
  #sentNum = 0;
  /** Since when the timeout of the state counts. */
  #sinceMs = 0;

  /**
   * @param options an id, and a type where the channel is not incoming
   * @throws LimitError for a bound out of its range; UsageError for an id or a combination that makes no sense
   * @see E3X-CHN-017
   */
  constructor(options: ChannelOptions) {
    super();
    const {
      c,
      type,
      reliable = false,
      incoming = false,
      window = WINDOW_DEFAULT,
      bufferBytes = BUFFER_BYTES_DEFAULT,
      timeoutMs = CHANNEL_TIMEOUT_MS,
      resendCount = RESEND_COUNT_DEFAULT,
      replayWindow,
    } = OPTIONS(options, 'options');
    if (!Number.isInteger(c) || c < 1 || c > U32_MAX) throw new UsageError('E3X-CHN-002', 'no channel id', { c });
    if (!incoming && (type === undefined || type === '')) throw new UsageError('E3X-CHN-003', 'an outgoing channel has a type');
    if (reliable && replayWindow !== undefined) throw new UsageError('E3X-RPW-001', 'a reliable channel is numbered already');
    requireBound('window', window, 1, WINDOW_MAX);
    requireBound('bufferBytes', bufferBytes, SEALED_LENGTH_MAX, Number.MAX_SAFE_INTEGER);
    if (replayWindow !== undefined) requireBound('replayWindow', replayWindow, 1, REPLAY_WINDOW_MAX);
    this.#c = c;
    this.#type = type;
    this.#isIncoming = incoming;
    this.#timeoutMs = timeoutMs;
    this.#reliable = reliable
      ? {
          sender: new ReliableSender({ window, bufferBytes, resendCountMax: resendCount }),
          receiver: new ReliableReceiver({ window, bufferBytes }),
        }
      : undefined;
    this.#replayWindow = replayWindow === undefined ? undefined : new ReplayWindow(replayWindow);
  }

  /** Where the channel is in its life. */
  get state(): ChannelState {
    return this.#state;
  }

  /**
   * How many bytes of BODY the next packet can have besides the application's JSON.
   * @throws LimitError if the JSON alone is too long
   * @see E3X-CHN-014
   */
  quota(json?: JsonObject): number {
    return deriveQuota(this.#nextMembers(), json);
  }

  /**
   * Sends content, the last content, or an err, which ends the channel at once.
   * @param content JSON without members of the channel's own, and a BODY
   * @param nowMs the time in milliseconds
   * @throws StateError before the open packet arrived, after an end, when gone; DecodeError malformed for members of
   * the channel's own; LimitError for a packet too long and for a full buffer; the state is unchanged
   * @see E3X-CHN-004
   */
  send(content: ChannelSend, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { json, body, end = false, err } = SEND(content, 'content');
    if (err !== undefined && (end || body !== undefined)) throw new UsageError('E3X-CHN-019', 'an err has no content');
    this.#requireSendable(err !== undefined);
    requireApplicationJson(json ?? {}, this.#replayWindow !== undefined);
    if (err !== undefined) {
      this.#sendErr(err, json);
      return;
    }
    const inner: InnerContent = { json, body };
    const members: ChannelMembers = { ...this.#nextMembers(), end: end ? true : undefined };
    const packet = encodeInner(members, inner);
    if (members.seq !== undefined) this.#reliable?.sender.push({ seq: members.seq, content: inner, end, length: packet.length });
    if (members.num !== undefined) this.#sentNum = members.num;
    if (end) this.#hasSentEnd = true;
    if (this.#state === 'new') this.#enter('opening', nowMs); // E3X-CHN-004
    if (this.#state === 'ended') this.#sinceMs = nowMs; // E3X-CHN-008
    if (this.#reliable === undefined) this.#transmit(packet);
    else this.#flush(nowMs);
  }

  /**
   * Takes an inner packet that was opened.
   * @param packet the packet, at most 1,400 bytes
   * @param nowMs the time in milliseconds
   * @throws StateError before anything was sent, before the open packet, after an end, when gone; DecodeError for
   * bytes that are not a packet of this channel; ReplayError; LimitError; the state is unchanged
   * @see E3X-CHN-001
   */
  handlePacket(packet: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#requireListening();
    this.#take(decodeInner(door.copy(packet, 'packet')), nowMs);
  }

  /** As handlePacket, for a packet that a layer below has taken apart. */
  handleDecoded(packet: Packet, nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#requireListening();
    const own = copyPacket(packet);
    requireInnerLength(own.bytes);
    this.#take(own, nowMs);
  }

  /**
   * Told that the application has processed the packet it was given last.
   * @param nowMs the time in milliseconds
   * @throws StateError if it has none; the state is unchanged
   * @see E3X-REL-005
   */
  done(nowMs: number): void {
    this.requireCallAt(nowMs);
    if (this.#state === 'gone') throw new StateError('E3X-CHN-020', 'the channel is gone');
    if (this.#reliable === undefined) throw new StateError('E3X-CHN-023', 'no packet is being processed');
    this.#reliable.receiver.done(nowMs);
    this.#deliver(this.#reliable, nowMs);
    this.#flush(nowMs);
  }

  /**
   * Lets time pass: what is due happens.
   * @param nowMs the time in milliseconds
   * @see E3X-CHN-005
   */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    const stateOver = this.#stateTimeoutAtMs();
    if (stateOver !== undefined && nowMs >= stateOver) {
      this.#handleStateTimeout();
      return;
    }
    if (this.#reliable === undefined || this.#state === 'gone') return;
    if (this.#reliable.sender.handleTimeout(nowMs)) {
      // E3X-REL-028
      this.#fail(ERR_TIMEOUT);
      return;
    }
    this.#reliable.receiver.handleTimeout(nowMs);
    this.#flush(nowMs);
  }

  override pollTimeoutAtMs(): number | undefined {
    if (this.#state === 'gone') return undefined;
    const due = [this.#stateTimeoutAtMs(), this.#reliable?.sender.resendAtMs, this.#reliable?.receiver.ackDueAtMs].filter(
      (atMs) => atMs !== undefined,
    );
    return due.length === 0 ? undefined : Math.min(...due);
  }

  #take(packet: Packet, nowMs: number): void {
    const json = innerJsonOf(packet);
    const common = commonMembers(json, this.#c);
    const num = this.#replayWindow === undefined ? undefined : numberMember(json); // E3X-RPW-006
    this.#requireFresh(num);
    if (this.#state === 'new' && common.type === undefined) throw new StateError('E3X-CHN-004', 'not an open packet');
    if (common.err !== undefined) {
      this.#fail(common.err); // E3X-CHN-018
      return;
    }
    if (this.#state === 'new' && (json['seq'] !== undefined) !== (this.#reliable !== undefined)) {
      this.#transmit(encodeInner({ c: this.#c, num: this.#nextNum(), err: ERR_RELIABILITY }, {})); // E3X-CHN-022
      this.#fail(ERR_RELIABILITY);
      return;
    }
    const members = { ...common, num, hasContent: hasContent(json, packet.bodyLength > 0) };
    if (this.#reliable === undefined) this.#handleUnreliable(json, members, packet, nowMs);
    else this.#handleReliable(this.#reliable, { ...members, ...reliableMembers(json) }, packet, nowMs);
  }

  #stateTimeoutAtMs(): number | undefined {
    return this.#state === 'opening' || this.#state === 'ended' ? this.#sinceMs + this.#timeoutMs : undefined; // E3X-CHN-006
  }

  #handleStateTimeout(): void {
    const isClean = this.#state === 'ended' && this.#hasSentEnd && (this.#reliable?.sender.isIdle ?? true);
    if (!isClean) {
      this.#fail(ERR_TIMEOUT); // E3X-CHN-005, E3X-CHN-008
      return;
    }
    this.#state = 'gone'; // E3X-CHN-009
    this.putEvent({ type: 'closed' });
  }

  #handleUnreliable(json: JsonObject, head: ChannelHead, packet: Packet, nowMs: number): void {
    for (const name of ['seq', 'ack', 'miss']) {
      if (Object.hasOwn(json, name)) throw new DecodeError('malformed', 'E3X-CHN-021', 'a member of reliable channels', { name });
    }
    if (head.type !== undefined && this.#state !== 'new') throw new DecodeError('malformed', 'E3X-CHN-003', 'a type after the open packet');
    if (this.#state === 'ended') throw new StateError('E3X-CHN-007', 'content after the end');
    if (head.num !== undefined) this.#replayWindow?.accept(head.num);
    this.#handleAccepted(nowMs);
    this.#give(packet, head.end === true, nowMs); // E3X-CHN-025
  }

  #handleReliable({ sender, receiver }: Reliable, head: ChannelHead, packet: Packet, nowMs: number): void {
    const { seq, ack, miss, end, type } = head;
    if (seq === undefined && head.hasContent) throw new DecodeError('malformed', 'E3X-REL-002', 'content without a number');
    const isOpenPacket = this.#isIncoming && seq === 1;
    if (isOpenPacket !== (type !== undefined)) throw new DecodeError('malformed', 'E3X-CHN-003', 'a type belongs to the open packet');
    if (seq !== undefined) receiver.require({ seq, end: end === true });
    if (ack !== undefined) sender.requireAck(ack);
    this.#handleAccepted(nowMs);
    sender.handlePeer();
    if (ack !== undefined) {
      const { acked, isWritable } = sender.handleAck(ack, miss, nowMs);
      if (acked !== undefined) this.putEvent({ type: 'acked', ack: acked }); // E3X-REL-025
      if (isWritable) this.putEvent({ type: 'writable' }); // E3X-REL-031
    }
    if (seq !== undefined) receiver.handleContent({ seq, packet, hasAck: ack !== undefined, end: end === true });
    this.#deliver({ sender, receiver }, nowMs);
    this.#flush(nowMs);
  }

  /** A packet of the peer counts: it opens an incoming channel, answers an outgoing one, keeps an ended one. */
  #handleAccepted(nowMs: number): void {
    if (this.#state === 'new') this.#enter('opening', nowMs);
    else if (this.#state === 'opening' && !this.#isIncoming)
      this.#state = 'open'; // E3X-CHN-006
    else if (this.#state === 'ended') this.#sinceMs = nowMs; // E3X-CHN-008
  }

  #deliver({ receiver }: Reliable, nowMs: number): void {
    const next = receiver.pollDelivery();
    if (next !== undefined) this.#give(next.packet, next.end, nowMs);
  }

  #give(packet: Packet, end: boolean, nowMs: number): void {
    this.putEvent({ type: 'packet', packet });
    if (end) this.#enter('ended', nowMs); // E3X-CHN-007
  }

  /** Sends what may be sent, and the acknowledgement that is due if nothing carried it. */
  #flush(nowMs: number): void {
    if (this.#reliable === undefined) return;
    const { sender, receiver } = this.#reliable;
    for (let next = sender.pollSend(nowMs); next !== undefined; next = sender.pollSend(nowMs)) this.#transmitContent(receiver, next);
    if (receiver.isAckDue) this.#transmitAck(receiver); // E3X-REL-013
  }

  #transmitContent(receiver: ReliableReceiver, { seq, content, end }: Outgoing): void {
    const own: ChannelMembers = {
      c: this.#c,
      type: seq === 1 && !this.#isIncoming ? this.#type : undefined,
      seq,
      end: end ? true : undefined,
    };
    const acks = receiver.ackMembers();
    let packet: Uint8Array;
    try {
      packet = encodeInner({ ...own, ...acks }, content); // E3X-REL-012
    } catch (error) {
      if (!(error instanceof LimitError)) throw error;
      this.#transmitAck(receiver); // E3X-REL-033
      this.#transmit(encodeInner(own, content));
      return;
    }
    this.#transmit(packet);
    if (acks.ack !== undefined) receiver.handleAckSent();
  }

  #transmitAck(receiver: ReliableReceiver): void {
    this.#transmit(encodeInner({ c: this.#c, ...receiver.ackMembers() }, {})); // E3X-REL-004
    receiver.handleAckSent();
  }

  #transmit(packet: Uint8Array): void {
    if (this.#isIncoming && this.#state === 'opening') this.#state = 'open'; // E3X-CHN-006
    this.putTransmit(packet);
  }

  #nextMembers(): ChannelMembers {
    return {
      c: this.#c,
      type: this.#state === 'new' && !this.#isIncoming ? this.#type : undefined, // E3X-CHN-003
      seq: this.#reliable?.sender.nextSeq,
      num: this.#nextNum(),
    };
  }

  #nextNum(): number | undefined {
    if (this.#replayWindow === undefined) return undefined;
    if (this.#sentNum >= U32_MAX) throw new LimitError('E3X-RPW-001', 'the numbers are used up');
    return this.#sentNum + 1; // E3X-RPW-001
  }

  #sendErr(err: string, json: JsonObject | undefined): void {
    this.#transmit(encodeInner({ c: this.#c, num: this.#nextNum(), err }, { json })); // E3X-CHN-019
    this.#state = 'gone';
  }

  /** Ends the channel as an err from the peer does. */
  #fail(err: string): void {
    this.#state = 'gone'; // E3X-CHN-018
    this.putEvent({ type: 'error', err });
  }

  #enter(state: 'opening' | 'ended', nowMs: number): void {
    this.#state = state;
    this.#sinceMs = nowMs;
  }

  #requireListening(): void {
    if (this.#state === 'gone') throw new StateError('E3X-CHN-020', 'the channel is gone');
    if (this.#state === 'new' && !this.#isIncoming) throw new StateError('E3X-CHN-004', 'nothing was sent yet');
  }

  #requireSendable(isErr: boolean): void {
    if (this.#state === 'gone') throw new StateError('E3X-CHN-020', 'the channel is gone');
    if (this.#state === 'new' && (this.#isIncoming || isErr)) throw new StateError('E3X-CHN-004', 'the channel is not open');
    if (this.#state === 'ended' && this.#hasSentEnd) throw new StateError('E3X-CHN-009', 'both ends have ended');
    if (this.#hasSentEnd && !isErr) throw new StateError('E3X-CHN-010', 'content after the end');
  }

  /** Refuses a number that came before, and packets without one if there were some with. */
  #requireFresh(num: number | undefined): void {
    if (this.#replayWindow === undefined) return;
    if (num !== undefined) this.#replayWindow.require(num);
    else if (this.#replayWindow.hasSeen) throw new DecodeError('malformed', 'E3X-RPW-005', 'a packet without its number');
  }
}
