/** What is kept of the channels with a neighbour: what was stored, the packets that were handed over, and what becomes due. */
import { toHex } from '../../kernel/bytes.ts';
import { StateError } from '../../kernel/errors.ts';
import { partsOfState } from './channel-state.ts';
import type { ClaimPrimitives } from './claim.ts';
import { lotteryReward } from './lottery.ts';
import { PayerBook } from './payer-book.ts';
import type { PaymentSide } from './payment-side.ts';
import type { PaymentCause, PaymentParty } from './proposal.ts';
import type { StoredChannel, StoredPayment } from './stored-payment.ts';
import { partsOfTerms, rulingTerms } from './terms.ts';
import type { PaymentPrices } from './terms.ts';

/** NXS-REC-004: kinds of records of channels. */
export const OPEN = 0x50;
export const UPDATE = 0x51;
export const ACCEPT = 0x52;
export const CLAIM = 0x53;
export const DISPUTE = 0x54;
export const TERMS = 0x55;
export const SETTLE = 0x56;
/** NXS-REC-013: codes of errors. */
export const MALFORMED = 1;
export const UNKNOWN = 2;
export const UNAUTHORIZED = 3;
export const QUOTA = 4;
export const BUSY = 8;
export const CONFLICT = 10;
export const ROUND_MS = 60_000;
/** NXS-CHN-012: until a dispute is final. */
export const WINDOW_MS: number = 2_880 * ROUND_MS;
/** NXS-CHN-016: how long an answer to SETTLE is waited for, and how often it is sent. */
export const SETTLE_MS: number = 120 * ROUND_MS;
const SETTLE_COUNT = 3;

/** What somebody offers. */
export type OfferedPrices = Omit<PaymentPrices, 'channelId'>;
/** What comes of channels, in this order. */
export type PaymentChannelEvent =
  /** Is stored, all of it in place of what was stored before, before anything that follows is done. */
  | { readonly type: 'store'; readonly payment: StoredPayment }
  /** A record: an answer if it has the number of a request. */
  | { readonly type: 'send'; readonly kind: number; readonly requestId?: number; readonly body: Uint8Array }
  | { readonly type: 'opened' | 'closed' | 'agreed'; readonly sequence: bigint; readonly own: bigint }
  /** The neighbour has paid, for a packet or an object. */
  | { readonly type: 'paid'; readonly cause: PaymentCause; readonly reference: Uint8Array; readonly amount: bigint }
  /** A claim of the neighbour was paid. */
  | { readonly type: 'claimed'; readonly packetId: Uint8Array; readonly amount: bigint }
  /** The neighbour offers terms, to which the application consents or not; and both have agreed on terms that this node offered. */
  | ({ readonly type: 'offered' | 'terms' } & OfferedPrices)
  /** The neighbour wins more often than chance allows. */
  | { readonly type: 'suspected'; readonly packetId: Uint8Array }
  | { readonly type: 'refused'; readonly kind: number; readonly code: number }
  | { readonly type: 'settled'; readonly payer: PaymentParty; readonly amount: bigint }
  | { readonly type: 'disputed' | 'final'; readonly sequence: bigint; readonly own: bigint }
  /** Both have signed two states of one number. */
  | { readonly type: 'fault'; readonly first: Uint8Array; readonly second: Uint8Array };

/** A channel whose first state both have signed. */
export type OpenChannel = StoredChannel & { readonly first: Uint8Array; readonly agreed: Uint8Array };
/** Puts out an answer to a request. */
export type Answering = (kind: number, body: Uint8Array) => void;
/** A refusal that the neighbour is told. */
export class Refusal {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}

/**
 * State of the channels with one neighbour, shared by requests, answers and offers. Every change is emitted as a `store` event
 * before whatever follows from it.
 */
export class ChannelKeeper {
  readonly side: PaymentSide;
  readonly primitives: ClaimPrimitives;
  readonly emit: (event: PaymentChannelEvent) => void;
  readonly packetCount: number | undefined;
  stored: StoredPayment;
  book: PayerBook;

  constructor(
    kept: { readonly side: PaymentSide; readonly stored: StoredPayment; readonly packetCount: number | undefined },
    primitives: ClaimPrimitives,
    emit: (event: PaymentChannelEvent) => void,
  ) {
    this.side = kept.side;
    this.stored = kept.stored;
    this.packetCount = kept.packetCount;
    this.primitives = primitives;
    this.emit = emit;
    this.book = new PayerBook(kept.stored.channel ?? { wins: 0, expected: 0 }, kept.packetCount);
  }

  /** Does what is due: a dispute ends, SETTLE is sent again, or a dispute begins. @param nowMs milliseconds @see NXS-CHN-012 */
  elapse(nowMs: number): void {
    const { channel } = this.stored;
    if (channel?.dueMs === undefined || nowMs < channel.dueMs || !isAgreed(channel)) return;
    if (channel.status === 'disputed') {
      this.store({ ...channel, status: 'final', dueMs: undefined });
      this.tell('final'); // NXS-CHN-012
    } else if (channel.status === 'settling' && channel.attempts < SETTLE_COUNT && channel.settlement !== undefined) {
      this.store({ ...channel, attempts: channel.attempts + 1, dueMs: nowMs + SETTLE_MS });
      this.send(SETTLE, channel.settlement);
    } else if (channel.status === 'settling') this.dispute(channel, nowMs); // NXS-CHN-016
  }
  dispute(channel: OpenChannel, nowMs: number): void {
    this.store({ ...channel, status: 'disputed', proposal: undefined, dueMs: nowMs + WINDOW_MS });
    this.send(DISPUTE, channel.agreed);
    this.tell('disputed');
  }
  begin(channelId: Uint8Array, begun: Pick<StoredChannel, 'status' | 'nonce' | 'first' | 'agreed' | 'proposal' | 'updatedMs'>): void {
    this.book = new PayerBook({ wins: 0, expected: 0 }, this.packetCount);
    this.stored = { ...this.stored, seen: [...this.stored.seen, channelId] };
    this.store({ ...begun, signed: 0n, attempts: 0, terms: [], wins: 0, expected: 0 });
  }
  propose(channel: OpenChannel, kind: number, state: Uint8Array, body: Uint8Array): void {
    this.store({ ...channel, proposal: { kind, body, state }, signed: partsOfState(state).sequence });
    this.send(kind, body);
  }
  /** Stores a channel together with the totals of the payer book. */
  store(channel: StoredChannel): void {
    this.put({ ...channel, ...this.book.totals() });
  }
  /** Stores a channel as it is; undefined forgets it, and ids that were seen stay. */
  put(channel: StoredChannel | undefined): void {
    this.stored = { seen: this.stored.seen, channel };
    this.emit({ type: 'store', payment: this.stored });
  }
  send(kind: number, body: Uint8Array): void {
    this.emit({ type: 'send', kind, body });
  }
  tell(type: 'opened' | 'closed' | 'agreed' | 'disputed' | 'final'): void {
    const { agreed } = this.stored.channel ?? {};
    if (agreed === undefined) return;
    const parts = partsOfState(agreed);
    this.emit({ type, sequence: parts.sequence, own: this.side.balancesOf(parts).own });
  }

  isBusy(): boolean {
    const status = this.stored.channel?.status;
    return status !== undefined && status !== 'settled' && status !== 'final';
  }
  isSeen(channelId: Uint8Array): boolean {
    return this.stored.seen.some((id) => toHex(id) === toHex(channelId));
  }
  /** @param also a second status that is allowed @throws StateError @see NXS-CHN-011 */
  requireOpen(also?: 'closed'): OpenChannel {
    const { channel } = this.stored;
    if (channel === undefined || !isAgreed(channel) || (channel.status !== 'open' && channel.status !== also)) {
      throw new StateError('NXS-CHN-011', 'no channel is open');
    }
    return channel;
  }
  requireIdle(): OpenChannel {
    const channel = this.requireOpen();
    if (channel.proposal !== undefined) throw new StateError('NXS-CHN-002', 'a proposal is open');
    return channel;
  }
  balances({ agreed }: OpenChannel): ReturnType<PaymentSide['balancesOf']> {
    return this.side.balancesOf(partsOfState(agreed));
  }
  /** The next state that this side proposes. @see NXS-CHN-003 */
  next({ agreed, signed }: OpenChannel, own: bigint, other: bigint): Uint8Array {
    return this.side.propose(partsOfState(agreed).channelId, { own, other }, this.side.numberAbove(signed));
  }
  /** What a packet is worth now. @see NXS-BOK-001 */
  worth({ terms, agreed }: OpenChannel): { readonly difficulty: number; readonly reward: bigint } {
    const { price, difficulty } = partsOfTerms(rulingTerms(terms, partsOfState(agreed).sequence));
    return { difficulty, reward: lotteryReward(price, difficulty) };
  }
}

/** Whether both have signed the first state. */
export function isAgreed(channel: StoredChannel): channel is OpenChannel {
  return channel.first !== undefined && channel.agreed !== undefined;
}
