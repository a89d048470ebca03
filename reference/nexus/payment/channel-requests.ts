/** Requests of the neighbour: CHANNEL_OPEN, CHANNEL_UPDATE, CLAIM, DISPUTE, TERMS and SETTLE. */
import { compare } from '../../kernel/bytes.ts';
import { AuthenticationError, MismatchError, ProtocolError, ReplayError } from '../../kernel/errors.ts';
import { writeErrorBody } from '../record/error-body.ts';
import { ERROR_KIND } from '../record/kinds.ts';
import {
  ACCEPT,
  BUSY,
  CLAIM,
  CONFLICT,
  DISPUTE,
  MALFORMED,
  OPEN,
  QUOTA,
  Refusal,
  SETTLE,
  TERMS,
  UNAUTHORIZED,
  UNKNOWN,
  UPDATE,
  WINDOW_MS,
  isAgreed,
} from './channel-keeper.ts';
import type { Answering, ChannelKeeper, OpenChannel } from './channel-keeper.ts';
import { partsOfState, readPaymentOpening } from './channel-state.ts';
import { partsOfClaim, readPaymentClaim } from './claim.ts';
import type { HandedPacket } from './payer-book.ts';
import { paidByUpdate, readAgreedPayment, readPaymentUpdate } from './proposal.ts';
import { isSameSettlement, readSettlement } from './settle.ts';
import { CHANNEL_COUNT, isSameState } from './stored-payment.ts';
import type { TermsOffers } from './terms-offers.ts';

/** A record of the neighbour that is answered. */
export interface PaymentRequest {
  readonly kind: number;
  readonly requestId: number;
  readonly body: Uint8Array;
}

/** Answers the requests of the neighbour. */
export class ChannelRequests {
  readonly #keeper: ChannelKeeper;
  readonly #offers: TermsOffers;
  readonly #deposit: bigint;

  /** @param deposit what this node has at most in a channel that the neighbour opens */
  constructor(keeper: ChannelKeeper, offers: TermsOffers, deposit: bigint) {
    this.#keeper = keeper;
    this.#offers = offers;
    this.#deposit = deposit;
  }

  /** @see NXS-CHN-007 */
  handle({ kind, requestId, body }: PaymentRequest, nowMs: number): void {
    this.#keeper.elapse(nowMs);
    const answer: Answering = (answerKind, answerBody) => {
      this.#keeper.emit({ type: 'send', kind: answerKind, requestId, body: answerBody });
    };
    try {
      if (kind === OPEN) this.#opened(body, answer, nowMs);
      else if (kind === UPDATE) this.#updated(body, answer, nowMs);
      else if (kind === CLAIM) this.#claimed(body, answer, nowMs);
      else if (kind === DISPUTE) this.disputed(body, answer, nowMs);
      else if (kind === TERMS) this.#offers.handleOffer(body, requestId, answer);
      else if (kind === SETTLE) this.#settled(body, answer);
      else throw new Refusal(MALFORMED);
    } catch (error) {
      answer(ERROR_KIND, writeErrorBody({ code: codeOf(error) }));
    }
  }

  #opened(body: Uint8Array, answer: Answering, nowMs: number): void {
    const { channelId, keyA, keyB, ...read } = readPaymentOpening(body, this.#keeper.primitives);
    const { keys } = this.#keeper.side;
    if (compare(keyA, keys.keyA) !== 0 || compare(keyB, keys.keyB) !== 0 || !this.#keeper.side.isSignedByOther(read))
      throw new Refusal(UNAUTHORIZED);
    const state = body.slice(body.length - 200);
    const { channel, seen } = this.#keeper.stored;
    if (channel?.first !== undefined && isSameState(channel.first, state)) {
      answer(ACCEPT, channel.first); // NXS-CHN-007
      return;
    }
    if (this.#keeper.isSeen(channelId)) throw new Refusal(CONFLICT); // NXS-CHN-005
    if (channel?.status === 'opening') throw new Refusal(this.#keeper.side.party === 'a' ? CONFLICT : BUSY); // NXS-CHN-010
    if (this.#keeper.isBusy() || seen.length >= CHANNEL_COUNT) throw new Refusal(CONFLICT);
    const { own } = this.#keeper.side.balancesOf({ channelId, ...read });
    if (own > this.#deposit) throw new Refusal(QUOTA); // NXS-CHN-001
    const first = this.#keeper.side.sign(state);
    this.#keeper.begin(channelId, { status: 'open', nonce: body.slice(0, 16), first, agreed: first, updatedMs: nowMs });
    answer(ACCEPT, first);
    this.#keeper.emit({ type: 'opened', sequence: 0n, own });
  }

  #updated(body: Uint8Array, answer: Answering, nowMs: number): void {
    const { cause, reference, state } = readPaymentUpdate({ body, ...this.#keeper.side.keys }, this.#keeper.primitives);
    const channel = this.#proposed(state, answer);
    if (channel === undefined) return;
    const amount = paidByUpdate({ before: channel.agreed, after: state, cause });
    this.#accept(cause === 'close' ? { ...channel, status: 'closed' } : channel, state, answer, nowMs);
    if (cause === 'close') this.#keeper.tell('closed');
    else this.#keeper.emit({ type: 'paid', cause, reference, amount });
  }

  #claimed(body: Uint8Array, answer: Answering, nowMs: number): void {
    const { packetId, state } = partsOfClaim(body);
    const channel = this.#proposed(state, answer);
    if (channel === undefined) return;
    const packet = this.#keeper.book.find(packetId, nowMs);
    if (packet === undefined) throw new Refusal(UNKNOWN); // NXS-BOK-003
    readPaymentClaim({ body, difficulty: packet.difficulty, ...this.#keeper.side.keys }, this.#keeper.primitives);
    this.#requireReward(channel, state, packet);
    if (packet.isPaid) throw new Refusal(CONFLICT); // NXS-BOK-004
    if (this.#keeper.book.isBeyondChance()) {
      answer(ERROR_KIND, writeErrorBody({ code: CONFLICT })); // NXS-BOK-005
      this.#keeper.emit({ type: 'suspected', packetId });
      return;
    }
    this.#keeper.book.pay(packet);
    this.#accept(channel, state, answer, nowMs);
    this.#keeper.emit({ type: 'claimed', packetId, amount: packet.reward });
  }

  /** Requires that the neighbour gets what the packet is worth. @see NXS-BOK-006 */
  #requireReward(channel: OpenChannel, state: Uint8Array, { reward }: HandedPacket): void {
    const [old, next] = [this.#keeper.balances(channel), this.#keeper.side.balancesOf(partsOfState(state))];
    if (next.other !== old.other + reward || next.own !== old.own - reward) throw new Refusal(CONFLICT);
  }

  /** A proposal of the neighbour that may be taken now; undefined for one that was taken before, and is answered again. */
  #proposed(state: Uint8Array, answer: Answering): OpenChannel | undefined {
    const { channelId, sequence } = partsOfState(state);
    const { channel } = this.#keeper.stored;
    if (channel === undefined || compare(channelId, this.#keeper.side.channelId(channel.nonce)) !== 0) throw new Refusal(UNKNOWN);
    if (!isAgreed(channel)) throw new Refusal(CONFLICT);
    if (isSameState(channel.agreed, state)) {
      answer(ACCEPT, channel.agreed); // NXS-CHN-007
      return undefined;
    }
    if (channel.status !== 'open') throw new Refusal(CONFLICT); // NXS-CHN-011
    if (this.#keeper.side.numberAbove(sequence) === sequence + 2n) throw new Refusal(UNAUTHORIZED);
    if (sequence <= channel.signed) throw new Refusal(CONFLICT); // NXS-CHN-003, NXS-CHN-010
    if (channel.proposal !== undefined) throw new Refusal(BUSY); // NXS-CHN-010
    return channel;
  }

  #accept(channel: OpenChannel, state: Uint8Array, answer: Answering, nowMs: number): void {
    const agreed = this.#keeper.side.sign(state);
    this.#keeper.store({ ...channel, agreed, signed: partsOfState(state).sequence, updatedMs: nowMs });
    answer(ACCEPT, agreed);
  }

  /** @param answer absent for what answers an own DISPUTE */
  disputed(body: Uint8Array, answer: Answering | undefined, nowMs: number): void {
    const read = readAgreedPayment({ state: body, ...this.#keeper.side.keys }, this.#keeper.primitives);
    const { channel } = this.#keeper.stored;
    if (channel === undefined || compare(read.channelId, this.#keeper.side.channelId(channel.nonce)) !== 0) throw new Refusal(UNKNOWN);
    const known = channel.agreed === undefined ? undefined : partsOfState(channel.agreed);
    if (channel.agreed !== undefined && known?.sequence === read.sequence && !isSameState(channel.agreed, body)) {
      this.#keeper.store({ ...channel, status: 'faulty', proposal: undefined, evidence: [channel.agreed, body] }); // NXS-CHN-013
      this.#keeper.emit({ type: 'fault', first: channel.agreed, second: body });
      answer?.(ERROR_KIND, writeErrorBody({ code: CONFLICT }));
      return;
    }
    const isEnded = channel.status === 'settled' || channel.status === 'final' || channel.status === 'faulty';
    const isHigher = known === undefined || read.sequence > known.sequence;
    const agreed = isHigher || channel.agreed === undefined ? body : channel.agreed;
    const isOn = channel.status === 'disputed';
    if (!isEnded && (!isOn || isHigher)) {
      const signed = read.sequence > channel.signed ? read.sequence : channel.signed;
      const dueMs = isOn ? channel.dueMs : nowMs + WINDOW_MS;
      this.#keeper.store({ ...channel, status: 'disputed', first: channel.first ?? body, agreed, proposal: undefined, signed, dueMs });
    }
    answer?.(DISPUTE, isEnded && channel.agreed !== undefined ? channel.agreed : agreed);
    if (!isEnded && (!isOn || isHigher)) this.#keeper.tell('disputed');
  }

  #settled(body: Uint8Array, answer: Answering): void {
    const read = readSettlement({ body, ...this.#keeper.side.keys }, this.#keeper.primitives);
    if (!this.#keeper.side.isSignedByOther(read)) throw new Refusal(UNAUTHORIZED);
    const { channel } = this.#keeper.stored;
    if (channel === undefined || compare(read.channelId, this.#keeper.side.channelId(channel.nonce)) !== 0) throw new Refusal(UNKNOWN);
    if (channel.status === 'settled' && channel.settlement !== undefined && isSameSettlement(channel.settlement, body)) {
      answer(SETTLE, channel.settlement); // NXS-CHN-007
      return;
    }
    if (!isAgreed(channel) || !['open', 'closed', 'settling'].includes(channel.status)) throw new Refusal(CONFLICT);
    if (channel.proposal !== undefined) throw new Refusal(BUSY);
    const settlement = this.#keeper.side.settle(channel.first, channel.agreed, body);
    if (!isSameSettlement(this.#keeper.side.settle(channel.first, channel.agreed), body)) throw new Refusal(CONFLICT); // NXS-CHN-015
    this.#keeper.store({ ...channel, status: 'settled', settlement, dueMs: undefined });
    answer(SETTLE, settlement);
    this.#keeper.emit({ type: 'settled', payer: read.payer, amount: read.amount });
  }
}

/** What a neighbour is told of a request that is refused. @see NXS-CHN-007 */
function codeOf(error: unknown): number {
  if (error instanceof Refusal) return error.code;
  if (error instanceof AuthenticationError) return UNAUTHORIZED;
  if (error instanceof MismatchError || error instanceof ReplayError) return CONFLICT;
  if (error instanceof ProtocolError && error.rejectClass !== null) return MALFORMED;
  throw error;
}
