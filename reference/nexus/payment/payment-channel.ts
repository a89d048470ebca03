/**
 * One side of the channels with a neighbour, of which one at a time is open.
 *
 *   open      -> CHANNEL_OPEN      -> both sign the first state
 *   update    -> CHANNEL_UPDATE    -> the proposer pays, or closes
 *   claim     -> CLAIM             -> the other side pays for a packet that has won
 *   offer     -> TERMS             -> the other side consents, and both have signed what packets and custody cost
 *   settle    -> SETTLE            -> both sign what is paid in the end; unanswered three times, a dispute begins
 *   dispute   -> DISPUTE           -> the highest state that both have signed is final after 2,880 rounds
 *
 * What comes out is one queue of events, to be done in their order: nothing that was signed leaves before it is stored. A
 * request that comes again is answered again with the same bytes. Proposals that cross: the lower one is refused, and the
 * higher one waits until its receiver knows what became of its own; whoever dropped its own at once could not tell whether it
 * had been taken before, and might pay twice.
 *
 * What is due is done when a request comes or time passes, and not in calls that may be refused (ADR-0026).
 */
import { compare, toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import {
  AuthenticationError,
  LimitError,
  MismatchError,
  ProtocolError,
  ReplayError,
  StateError,
  UnknownError,
} from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { NEXUS_KEY_LENGTH } from '../identity/identity.ts';
import { HASH_LENGTH } from '../object/content-hash.ts';
import { decodeNexusPacket, deriveNexusPacketId } from '../packet/packet.ts';
import { readErrorBody, writeErrorBody } from '../record/error-body.ts';
import { ERROR_KIND } from '../record/kinds.ts';
import { partsOfState, readPaymentOpening, requirePrimitives, writePaymentOpening } from './channel-state.ts';
import { partsOfClaim, readPaymentClaim, writePaymentClaim } from './claim.ts';
import type { ClaimPrimitives } from './claim.ts';
import { lotteryReward, winsLottery } from './lottery.ts';
import { PayerBook } from './payer-book.ts';
import type { HandedPacket } from './payer-book.ts';
import { PaymentSide } from './payment-side.ts';
import { paidByUpdate, readAgreedPayment, readPaymentUpdate, writePaymentUpdate } from './proposal.ts';
import type { PaymentCause, PaymentParty } from './proposal.ts';
import { readSettlement } from './settle.ts';
import { CHANNEL_COUNT, checkedPayment, isSameState } from './stored-payment.ts';
import type { StoredChannel, StoredPayment } from './stored-payment.ts';
import { isSameTerms, partsOfTerms, readPaymentTerms, rulingTerms, termsToCome, writePaymentTerms } from './terms.ts';
import type { PaymentPrices } from './terms.ts';
import { proveVrf } from './vrf.ts';

const [OPEN, UPDATE, ACCEPT, CLAIM, DISPUTE, TERMS, SETTLE] = [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56];
const [MALFORMED, UNKNOWN, UNAUTHORIZED, QUOTA, BUSY, CONFLICT] = [1, 2, 3, 4, 8, 10];
const ROUND_MS = 60_000;
/** NXS-CHN-012: until a dispute is final. */
const WINDOW_MS: number = 2_880 * ROUND_MS;
/** NXS-CHN-014: without a new state. */
const ABANDONED_MS: number = 40_320 * ROUND_MS;
/** NXS-CHN-016: how long an answer to SETTLE is waited for, and how often it is sent. */
const SETTLE_MS: number = 120 * ROUND_MS;
const SETTLE_COUNT = 3;
/** NXS-OFR-006: terms that are kept. */
const TERMS_COUNT = 16;
const NOTHING = new Uint8Array(HASH_LENGTH);

/** With whom channels are kept. */
export interface PaymentChannelOptions {
  /** Of this node, 32 bytes, secret. */
  readonly seed: Uint8Array;
  /** Of the neighbour, Ed25519, 32 bytes. */
  readonly peerKey: Uint8Array;
  /** What this node has at most in a channel that the neighbour opens, in millionths of NXS; 0 if absent. */
  readonly deposit?: bigint | undefined;
  /** Packets that are remembered, 1 to 4,096; 4,096 if absent. */
  readonly packetCount?: number | undefined;
  /** Terms that are kept, 1 to 16; 16 if absent. */
  readonly termsCount?: number | undefined;
}
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

const OPTIONS = door.members<PaymentChannelOptions>({
  seed: door.copyOfLength(32, 'NXS-IDN-002'),
  peerKey: door.copyOfLength(NEXUS_KEY_LENGTH, 'NXS-IDN-006'),
  deposit: door.optional(door.bigint),
  packetCount: door.optional(door.between(1, 4_096)),
  termsCount: door.optional(door.between(1, TERMS_COUNT)),
});
const OPENING = door.members<{ readonly nonce: Uint8Array; readonly own: bigint; readonly other: bigint }>({
  nonce: door.copyOfLength(16, 'NXS-PCH-008'),
  own: door.bigint,
  other: door.bigint,
});
const PAYING = door.members<{ readonly object: Uint8Array; readonly amount: bigint }>({
  object: door.copyOfLength(HASH_LENGTH, 'NXS-UPD-001'),
  amount: door.bigint,
});
const PRICES = door.members<OfferedPrices>({ from: door.bigint, price: door.bigint, difficulty: door.count, custodyPrice: door.bigint });
const REQUEST = door.members<{ readonly kind: number; readonly requestId: number; readonly body: Uint8Array }>({
  kind: door.byte,
  requestId: door.between(1, 0xffff),
  body: door.copy,
});
const ANSWER = door.members<{ readonly to: number; readonly kind: number; readonly body: Uint8Array }>({
  to: door.byte,
  kind: door.byte,
  body: door.copy,
});

/** A refusal that the neighbour is told. */
class Refusal {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}
type OpenChannel = StoredChannel & { readonly first: Uint8Array; readonly agreed: Uint8Array };

/** Keeps the channels with one neighbour. Everything that a call put out is polled before the next call, and done. */
export class PaymentChannel extends Endpoint<never, PaymentChannelEvent> {
  readonly #primitives: ClaimPrimitives;
  readonly #seed: Uint8Array;
  readonly #side: PaymentSide;
  readonly #deposit: bigint;
  readonly #packetCount: number | undefined;
  readonly #termsCount: number;
  /** TERMS of the neighbour that the application has not decided on. */
  #waiting: { readonly body: Uint8Array; readonly requestId: number } | undefined;
  #stored: StoredPayment;
  #book: PayerBook;

  /** @param stored what the last `store` event of an earlier one had; undefined if there was none */
  constructor(options: PaymentChannelOptions, primitives: ClaimPrimitives, stored: StoredPayment | undefined) {
    super();
    const { seed, peerKey, deposit = 0n, packetCount, termsCount = TERMS_COUNT } = OPTIONS(options, 'options');
    requirePrimitives(primitives);
    primitivesDoor.vrf(primitives, 'primitives');
    this.#primitives = primitives;
    this.#seed = seed;
    this.#side = new PaymentSide(seed, peerKey, primitives);
    this.#deposit = deposit;
    this.#packetCount = packetCount;
    this.#termsCount = termsCount;
    this.#stored = stored === undefined ? { seen: [] } : checkedPayment(stored, this.#side.keys, primitives);
    this.#book = new PayerBook(this.#stored.channel ?? { wins: 0, expected: 0 }, packetCount);
  }

  /**
   * Opens a channel.
   * @param opening nonce: 16 bytes, drawn for this channel; balances in millionths of NXS
   * @throws StateError while one is kept; ReplayError for a nonce that was used; LimitError
   * @see NXS-CHN-001
   */
  open(opening: { readonly nonce: Uint8Array; readonly own: bigint; readonly other: bigint }, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { nonce, own, other } = OPENING(opening, 'opening');
    if (this.#isBusy()) throw new StateError('NXS-CHN-001', 'another channel is kept');
    const channelId = this.#side.channelId(nonce);
    if (this.#isSeen(channelId)) throw new ReplayError('NXS-CHN-005', 'a channel that was seen before');
    if (this.#stored.seen.length >= CHANNEL_COUNT) throw new LimitError('NXS-CHN-018', 'too many channels');
    const state = this.#side.propose(channelId, { own, other }, 0n);
    const body = writePaymentOpening({ nonce, ...this.#side.keys, state }, this.#primitives);
    this.#begin(channelId, { status: 'opening', nonce, proposal: { kind: OPEN, body, state }, updatedMs: nowMs });
    this.#send(OPEN, body);
  }

  /** Pays for an object. @throws StateError; LimitError for more than this node has @see NXS-CHN-002 */
  pay(payment: { readonly object: Uint8Array; readonly amount: bigint }, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { object, amount } = PAYING(payment, 'payment');
    this.#update('storage', object, amount);
  }
  /** Proposes that nothing is paid any more. @throws StateError @see NXS-CHN-002 */
  end(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#update('close', NOTHING, 0n);
  }
  #update(cause: PaymentCause, reference: Uint8Array, amount: bigint): void {
    const channel = this.#requireIdle();
    const { own, other } = this.#balances(channel);
    if (amount < 0n || amount > own) throw new LimitError('NXS-CHN-004', 'more than there is', { amount: String(amount) });
    const state = this.#next(channel, own - amount, other + amount);
    this.#propose(channel, UPDATE, state, writePaymentUpdate({ cause, reference, state }));
  }

  /**
   * Claims what a packet is worth.
   * @param packetId 32 bytes
   * @throws StateError; UnknownError without terms; MismatchError for a packet that has not won; LimitError for more than the
   *   neighbour has
   * @see NXS-BOK-006
   */
  claim(packetId: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = door.copyOfLength(HASH_LENGTH, 'NXS-CLM-001')(packetId, 'packetId');
    const channel = this.#requireIdle();
    const { difficulty, reward } = this.#worth(channel);
    const { proof, beta } = proveVrf({ seed: this.#seed, alpha: given }, this.#primitives);
    if (!winsLottery(beta, difficulty)) throw new MismatchError('NXS-CLM-005', 'the packet has not won');
    const { own, other } = this.#balances(channel);
    if (reward > other) throw new LimitError('NXS-CHN-004', 'more than the neighbour has');
    const state = this.#next(channel, own + reward, other - reward);
    this.#propose(channel, CLAIM, state, writePaymentClaim({ packetId: given, proof, state }));
  }

  /**
   * Takes terms that both have signed.
   * @param body of TERMS
   * @throws StateError; whatever `readPaymentTerms` throws; AuthenticationError for those of one; MismatchError
   * @see NXS-CHN-006
   */
  agreeTerms(body: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = door.copy(body, 'body');
    const channel = this.#requireOpen();
    const { channelId, byA, byB } = readPaymentTerms({ body: given, ...this.#side.keys }, this.#primitives);
    if (!byA || !byB) throw new AuthenticationError('NXS-CHN-006');
    const kept = partsOfState(channel.agreed);
    if (compare(channelId, kept.channelId) !== 0) throw new MismatchError('NXS-CHN-006', 'terms of another channel');
    this.#requireRoomForTerms(channel);
    this.#store(withTerms(channel, given));
  }

  /**
   * Offers terms, which the neighbour signs as well if it consents.
   * @param prices from the number of a state on; price and custodyPrice in millionths of NXS
   * @throws StateError; LimitError for more terms than are kept; whatever `writePaymentTerms` throws
   * @see NXS-OFR-001
   */
  offer(prices: OfferedPrices, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = PRICES(prices, 'prices');
    const channel = this.#requireOpen();
    if (channel.offer !== undefined) throw new StateError('NXS-OFR-001', 'an offer is open');
    const { channelId } = partsOfState(channel.agreed);
    const body = this.#side.signTerms(writePaymentTerms({ channelId, ...given }));
    this.#requireRoomForTerms(channel);
    this.#store({ ...channel, offer: body });
    this.#send(TERMS, body);
  }
  /** Signs the terms that the neighbour has offered. @throws StateError without any @see NXS-OFR-003 */
  consent(nowMs: number): void {
    this.requireCallAt(nowMs);
    const channel = this.#requireOpen();
    const { body, requestId } = this.#takeWaiting();
    const signed = this.#side.signTerms(body);
    this.#store(withTerms(channel, signed));
    this.putEvent({ type: 'send', kind: TERMS, requestId, body: signed });
  }
  /** Declines the terms that the neighbour has offered. @throws StateError without any @see NXS-OFR-003 */
  decline(nowMs: number): void {
    this.requireCallAt(nowMs);
    const { requestId } = this.#takeWaiting();
    this.putEvent({ type: 'send', kind: ERROR_KIND, requestId, body: writeErrorBody({ code: CONFLICT }) });
  }
  #takeWaiting(): { readonly body: Uint8Array; readonly requestId: number } {
    const waiting = this.#waiting;
    if (waiting === undefined) throw new StateError('NXS-OFR-003', 'nothing was offered');
    this.#waiting = undefined;
    return waiting;
  }
  #requireRoomForTerms({ terms, offer }: OpenChannel): void {
    const open = [offer, this.#waiting].filter((one) => one !== undefined).length;
    if (terms.length + open >= this.#termsCount) throw new LimitError('NXS-OFR-006', 'too many terms');
  }

  /**
   * Tells that a packet was handed over to be carried on.
   * @param packet in form 2, as it was before it was sealed
   * @throws StateError; UnknownError without terms; whatever `decodeNexusPacket` throws; MismatchError for form 1
   * @see NXS-BOK-001
   */
  hand(packet: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = door.copy(packet, 'packet');
    const channel = this.#requireOpen();
    const { transport, destination } = decodeNexusPacket(given);
    if (transport === undefined || compare(destination, this.#side.peerHash) === 0) {
      throw new MismatchError('NXS-BOK-001', 'a packet for the neighbour itself');
    }
    this.#book.hand(deriveNexusPacketId(given, this.#primitives), this.#worth(channel), nowMs);
  }

  /** Settles what was paid. @throws StateError; LimitError @see NXS-CHN-015 */
  settle(nowMs: number): void {
    this.requireCallAt(nowMs);
    const channel = this.#requireOpen('closed');
    if (channel.proposal !== undefined) throw new StateError('NXS-CHN-015', 'a proposal is open');
    const settlement = this.#side.settle(channel.first, channel.agreed);
    this.#store({ ...channel, status: 'settling', settlement, attempts: 1, dueMs: nowMs + SETTLE_MS });
    this.#send(SETTLE, settlement);
  }

  /** Ends an abandoned channel with its last state. @throws StateError; LimitError for one that is not abandoned @see NXS-CHN-014 */
  dispute(nowMs: number): void {
    this.requireCallAt(nowMs);
    const channel = this.#requireOpen('closed');
    if (nowMs < channel.updatedMs + ABANDONED_MS) throw new LimitError('NXS-CHN-014', 'the channel is not abandoned');
    this.#dispute(channel, nowMs);
  }

  /** Sends again, after a restart or when a link is up, what is not answered. @see NXS-CHN-008 */
  resume(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#elapse(nowMs);
    const { channel } = this.#stored;
    if (channel?.proposal !== undefined) this.#send(channel.proposal.kind, channel.proposal.body);
    if (channel?.offer !== undefined) this.#send(TERMS, channel.offer);
    if (channel?.status === 'settling' && channel.settlement !== undefined) this.#send(SETTLE, channel.settlement);
    if (channel?.status === 'disputed' && channel.agreed !== undefined) this.#send(DISPUTE, channel.agreed);
  }

  /**
   * Answers CHANNEL_OPEN, CHANNEL_UPDATE, CLAIM, DISPUTE and SETTLE; what is refused is answered with an error. TERMS are
   * answered when the application has decided.
   * @see NXS-CHN-007
   */
  handleRequest(request: { readonly kind: number; readonly requestId: number; readonly body: Uint8Array }, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { kind, requestId, body } = REQUEST(request, 'request');
    this.#elapse(nowMs);
    const answer: Answering = (answerKind, answerBody) => {
      this.putEvent({ type: 'send', kind: answerKind, requestId, body: answerBody });
    };
    try {
      if (kind === OPEN) this.#opened(body, answer, nowMs);
      else if (kind === UPDATE) this.#updated(body, answer, nowMs);
      else if (kind === CLAIM) this.#claimed(body, answer, nowMs);
      else if (kind === DISPUTE) this.#disputed(body, answer, nowMs);
      else if (kind === TERMS) this.#offered(body, requestId, answer);
      else if (kind === SETTLE) this.#settled(body, answer);
      else throw new Refusal(MALFORMED);
    } catch (error) {
      answer(ERROR_KIND, writeErrorBody({ code: codeOf(error) }));
    }
  }

  /**
   * Takes the answer to an own request.
   * @param answer to: the kind of the request
   * @throws UnknownError without such a request; MismatchError for what does not answer it; whatever reading it throws
   * @see NXS-CHN-009
   */
  handleAnswer(answer: { readonly to: number; readonly kind: number; readonly body: Uint8Array }, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { to, kind, body } = ANSWER(answer, 'answer');
    const channel = this.#stored.channel;
    if (channel?.proposal?.kind === to) this.#concluded(channel, kind, body, nowMs);
    else if (to === TERMS && channel?.offer !== undefined) this.#offerAnswered(channel, channel.offer, kind, body);
    else if (to === SETTLE && channel?.status === 'settling') this.#settlementAnswered(channel, kind, body);
    else if (to === DISPUTE && channel?.status === 'disputed') this.#disputeAnswered(channel, kind, body, nowMs);
    else throw new UnknownError('NXS-CHN-009', 'nothing was requested');
  }

  /** Lets time pass: a settlement is sent again, a dispute begins or ends. @see NXS-CHN-012 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#elapse(nowMs);
  }

  /** @returns when a settlement is sent again, or a dispute ends */
  override pollTimeoutAtMs(): number | undefined {
    const { channel } = this.#stored;
    return channel?.status === 'settling' || channel?.status === 'disputed' ? channel.dueMs : undefined;
  }

  // ---------------------------------------------------------------- requests of the neighbour
  #opened(body: Uint8Array, answer: Answering, nowMs: number): void {
    const { channelId, keyA, keyB, ...read } = readPaymentOpening(body, this.#primitives);
    const { keys } = this.#side;
    if (compare(keyA, keys.keyA) !== 0 || compare(keyB, keys.keyB) !== 0 || !this.#side.isSignedByOther(read))
      throw new Refusal(UNAUTHORIZED);
    const state = body.slice(body.length - 200);
    const { channel, seen } = this.#stored;
    if (channel?.first !== undefined && isSameState(channel.first, state)) {
      answer(ACCEPT, channel.first); // NXS-CHN-007
      return;
    }
    if (this.#isSeen(channelId)) throw new Refusal(CONFLICT); // NXS-CHN-005
    if (channel?.status === 'opening') throw new Refusal(this.#side.party === 'a' ? CONFLICT : BUSY); // NXS-CHN-010
    if (this.#isBusy() || seen.length >= CHANNEL_COUNT) throw new Refusal(CONFLICT);
    const { own } = this.#side.balancesOf({ channelId, ...read });
    if (own > this.#deposit) throw new Refusal(QUOTA); // NXS-CHN-001
    const first = this.#side.sign(state);
    this.#begin(channelId, { status: 'open', nonce: body.slice(0, 16), first, agreed: first, updatedMs: nowMs });
    answer(ACCEPT, first);
    this.putEvent({ type: 'opened', sequence: 0n, own });
  }

  #updated(body: Uint8Array, answer: Answering, nowMs: number): void {
    const { cause, reference, state } = readPaymentUpdate({ body, ...this.#side.keys }, this.#primitives);
    const channel = this.#proposed(state, answer);
    if (channel === undefined) return;
    const amount = paidByUpdate({ before: channel.agreed, after: state, cause });
    this.#accept(cause === 'close' ? { ...channel, status: 'closed' } : channel, state, answer, nowMs);
    if (cause === 'close') this.#tell('closed');
    else this.putEvent({ type: 'paid', cause, reference, amount });
  }

  #claimed(body: Uint8Array, answer: Answering, nowMs: number): void {
    const { packetId, state } = partsOfClaim(body);
    const channel = this.#proposed(state, answer);
    if (channel === undefined) return;
    const packet = this.#book.find(packetId, nowMs);
    if (packet === undefined) throw new Refusal(UNKNOWN); // NXS-BOK-003
    readPaymentClaim({ body, difficulty: packet.difficulty, ...this.#side.keys }, this.#primitives);
    this.#requireReward(channel, state, packet);
    if (packet.isPaid) throw new Refusal(CONFLICT); // NXS-BOK-004
    if (this.#book.isBeyondChance()) {
      answer(ERROR_KIND, writeErrorBody({ code: CONFLICT })); // NXS-BOK-005
      this.putEvent({ type: 'suspected', packetId });
      return;
    }
    this.#book.pay(packet);
    this.#accept(channel, state, answer, nowMs);
    this.putEvent({ type: 'claimed', packetId, amount: packet.reward });
  }
  /** Requires that the neighbour gets what the packet is worth. @see NXS-BOK-006 */
  #requireReward(channel: OpenChannel, state: Uint8Array, { reward }: HandedPacket): void {
    const [old, next] = [this.#balances(channel), this.#side.balancesOf(partsOfState(state))];
    if (next.other !== old.other + reward || next.own !== old.own - reward) throw new Refusal(CONFLICT);
  }

  /** A proposal of the neighbour that may be taken now; undefined for one that was taken before, and is answered again. */
  #proposed(state: Uint8Array, answer: Answering): OpenChannel | undefined {
    const { channelId, sequence } = partsOfState(state);
    const { channel } = this.#stored;
    if (channel === undefined || compare(channelId, this.#side.channelId(channel.nonce)) !== 0) throw new Refusal(UNKNOWN);
    if (!isAgreed(channel)) throw new Refusal(CONFLICT);
    if (isSameState(channel.agreed, state)) {
      answer(ACCEPT, channel.agreed); // NXS-CHN-007
      return undefined;
    }
    if (channel.status !== 'open') throw new Refusal(CONFLICT); // NXS-CHN-011
    if (this.#side.numberAbove(sequence) === sequence + 2n) throw new Refusal(UNAUTHORIZED);
    if (sequence <= channel.signed) throw new Refusal(CONFLICT); // NXS-CHN-003, NXS-CHN-010
    if (channel.proposal !== undefined) throw new Refusal(BUSY); // NXS-CHN-010
    return channel;
  }
  #accept(channel: OpenChannel, state: Uint8Array, answer: Answering, nowMs: number): void {
    const agreed = this.#side.sign(state);
    this.#store({ ...channel, agreed, signed: partsOfState(state).sequence, updatedMs: nowMs });
    answer(ACCEPT, agreed);
  }

  /** @param answer absent for what answers an own DISPUTE */
  #disputed(body: Uint8Array, answer: Answering | undefined, nowMs: number): void {
    const read = readAgreedPayment({ state: body, ...this.#side.keys }, this.#primitives);
    const { channel } = this.#stored;
    if (channel === undefined || compare(read.channelId, this.#side.channelId(channel.nonce)) !== 0) throw new Refusal(UNKNOWN);
    const known = channel.agreed === undefined ? undefined : partsOfState(channel.agreed);
    if (channel.agreed !== undefined && known?.sequence === read.sequence && !isSameState(channel.agreed, body)) {
      this.#store({ ...channel, status: 'faulty', proposal: undefined, evidence: [channel.agreed, body] }); // NXS-CHN-013
      this.putEvent({ type: 'fault', first: channel.agreed, second: body });
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
      this.#store({ ...channel, status: 'disputed', first: channel.first ?? body, agreed, proposal: undefined, signed, dueMs });
    }
    answer?.(DISPUTE, isEnded && channel.agreed !== undefined ? channel.agreed : agreed);
    if (!isEnded && (!isOn || isHigher)) this.#tell('disputed');
  }

  #offered(body: Uint8Array, requestId: number, answer: Answering): void {
    const { channelId, byA, byB, ...prices } = readPaymentTerms({ body, ...this.#side.keys }, this.#primitives);
    if (!this.#side.isSignedByOther({ byA, byB })) throw new Refusal(UNAUTHORIZED);
    const { channel } = this.#stored;
    if (channel === undefined || compare(channelId, this.#side.channelId(channel.nonce)) !== 0) throw new Refusal(UNKNOWN);
    const known = channel.terms.find((one) => isSameTerms(one, body));
    if (known !== undefined) {
      answer(TERMS, known); // NXS-CHN-007
      return;
    }
    if (channel.status !== 'open') throw new Refusal(CONFLICT);
    if (channel.offer !== undefined) throw new Refusal(this.#side.party === 'a' ? CONFLICT : BUSY); // NXS-OFR-004
    if (channel.terms.length >= this.#termsCount) throw new Refusal(QUOTA); // NXS-OFR-006
    const isNew = this.#waiting === undefined || !isSameTerms(this.#waiting.body, body);
    this.#waiting = { body, requestId };
    if (isNew) this.putEvent({ type: 'offered', ...prices }); // NXS-OFR-002
  }

  #settled(body: Uint8Array, answer: Answering): void {
    const read = readSettlement({ body, ...this.#side.keys }, this.#primitives);
    if (!this.#side.isSignedByOther(read)) throw new Refusal(UNAUTHORIZED);
    const { channel } = this.#stored;
    if (channel === undefined || compare(read.channelId, this.#side.channelId(channel.nonce)) !== 0) throw new Refusal(UNKNOWN);
    if (channel.status === 'settled' && channel.settlement !== undefined && isSameSettlement(channel.settlement, body)) {
      answer(SETTLE, channel.settlement); // NXS-CHN-007
      return;
    }
    if (!isAgreed(channel) || !['open', 'closed', 'settling'].includes(channel.status)) throw new Refusal(CONFLICT);
    if (channel.proposal !== undefined) throw new Refusal(BUSY);
    const settlement = this.#side.settle(channel.first, channel.agreed, body);
    if (!isSameSettlement(this.#side.settle(channel.first, channel.agreed), body)) throw new Refusal(CONFLICT); // NXS-CHN-015
    this.#store({ ...channel, status: 'settled', settlement, dueMs: undefined });
    answer(SETTLE, settlement);
    this.putEvent({ type: 'settled', payer: read.payer, amount: read.amount });
  }

  // ---------------------------------------------------------------- answers to own requests
  #concluded(channel: StoredChannel, kind: number, body: Uint8Array, nowMs: number): void {
    const { proposal } = channel;
    if (proposal === undefined) throw new UnknownError('NXS-CHN-009', 'nothing was proposed');
    if (kind === ERROR_KIND) {
      const { code } = readErrorBody(body);
      if (code === BUSY) return; // NXS-CHN-010
      this.#put(proposal.kind === OPEN ? undefined : { ...channel, proposal: undefined });
      this.putEvent({ type: 'refused', kind: proposal.kind, code });
      return;
    }
    readAgreedPayment({ state: body, ...this.#side.keys }, this.#primitives);
    if (kind !== ACCEPT || !isSameState(body, proposal.state)) throw new MismatchError('NXS-CHN-009', 'no answer to this proposal');
    const isClosing = proposal.kind === UPDATE && proposal.body[0] === 2;
    const status = isClosing ? 'closed' : 'open';
    this.#store({ ...channel, status, first: channel.first ?? body, agreed: body, proposal: undefined, updatedMs: nowMs });
    this.#tell(proposal.kind === OPEN ? 'opened' : isClosing ? 'closed' : 'agreed');
  }

  #offerAnswered(channel: StoredChannel, offer: Uint8Array, kind: number, body: Uint8Array): void {
    if (kind === ERROR_KIND) {
      const { code } = readErrorBody(body);
      if (code === BUSY) return; // NXS-OFR-005
      this.#store({ ...channel, offer: undefined });
      this.putEvent({ type: 'refused', kind: TERMS, code });
      return;
    }
    const { channelId: _, byA, byB, ...prices } = readPaymentTerms({ body, ...this.#side.keys }, this.#primitives);
    if (kind !== TERMS || !byA || !byB || !isSameTerms(offer, body)) throw new MismatchError('NXS-OFR-005', 'no answer to this offer');
    this.#store({ ...withTerms(channel, body), offer: undefined });
    this.putEvent({ type: 'terms', ...prices });
  }

  #settlementAnswered(channel: StoredChannel, kind: number, body: Uint8Array): void {
    if (kind === ERROR_KIND) {
      this.putEvent({ type: 'refused', kind: SETTLE, code: readErrorBody(body).code });
      return;
    }
    const { byA, byB, payer, amount } = readSettlement({ body, ...this.#side.keys }, this.#primitives);
    if (kind !== SETTLE || !byA || !byB || channel.settlement === undefined || !isSameSettlement(channel.settlement, body)) {
      throw new MismatchError('NXS-CHN-009', 'no answer to this settlement');
    }
    this.#store({ ...channel, status: 'settled', settlement: body, dueMs: undefined });
    this.putEvent({ type: 'settled', payer, amount });
  }

  #disputeAnswered(channel: StoredChannel, kind: number, body: Uint8Array, nowMs: number): void {
    if (kind === ERROR_KIND) {
      this.putEvent({ type: 'refused', kind: DISPUTE, code: readErrorBody(body).code });
      return;
    }
    const { channelId } = readAgreedPayment({ state: body, ...this.#side.keys }, this.#primitives);
    if (channel.dueMs !== undefined && nowMs >= channel.dueMs) {
      this.#elapse(nowMs); // too late
      return;
    }
    if (kind !== DISPUTE || compare(channelId, this.#side.channelId(channel.nonce)) !== 0) {
      throw new MismatchError('NXS-CHN-009', 'no answer to this dispute');
    }
    this.#disputed(body, undefined, nowMs);
  }

  // ---------------------------------------------------------------- time and storage
  #elapse(nowMs: number): void {
    const { channel } = this.#stored;
    if (channel?.dueMs === undefined || nowMs < channel.dueMs || !isAgreed(channel)) return;
    if (channel.status === 'disputed') {
      this.#store({ ...channel, status: 'final', dueMs: undefined });
      this.#tell('final'); // NXS-CHN-012
    } else if (channel.status === 'settling' && channel.attempts < SETTLE_COUNT && channel.settlement !== undefined) {
      this.#store({ ...channel, attempts: channel.attempts + 1, dueMs: nowMs + SETTLE_MS });
      this.#send(SETTLE, channel.settlement);
    } else if (channel.status === 'settling') this.#dispute(channel, nowMs); // NXS-CHN-016
  }
  #dispute(channel: OpenChannel, nowMs: number): void {
    this.#store({ ...channel, status: 'disputed', proposal: undefined, dueMs: nowMs + WINDOW_MS });
    this.#send(DISPUTE, channel.agreed);
    this.#tell('disputed');
  }
  #begin(channelId: Uint8Array, begun: Pick<StoredChannel, 'status' | 'nonce' | 'first' | 'agreed' | 'proposal' | 'updatedMs'>): void {
    this.#book = new PayerBook({ wins: 0, expected: 0 }, this.#packetCount);
    this.#stored = { ...this.#stored, seen: [...this.#stored.seen, channelId] };
    this.#store({ ...begun, signed: 0n, attempts: 0, terms: [], wins: 0, expected: 0 });
  }
  #propose(channel: OpenChannel, kind: number, state: Uint8Array, body: Uint8Array): void {
    this.#store({ ...channel, proposal: { kind, body, state }, signed: partsOfState(state).sequence });
    this.#send(kind, body);
  }
  #store(channel: StoredChannel): void {
    this.#put({ ...channel, ...this.#book.totals() });
  }
  #put(channel: StoredChannel | undefined): void {
    this.#stored = { seen: this.#stored.seen, channel };
    this.putEvent({ type: 'store', payment: this.#stored });
  }
  #send(kind: number, body: Uint8Array): void {
    this.putEvent({ type: 'send', kind, body });
  }
  #tell(type: 'opened' | 'closed' | 'agreed' | 'disputed' | 'final'): void {
    const { agreed } = this.#stored.channel ?? {};
    if (agreed === undefined) return;
    const parts = partsOfState(agreed);
    this.putEvent({ type, sequence: parts.sequence, own: this.#side.balancesOf(parts).own });
  }

  #isBusy(): boolean {
    const status = this.#stored.channel?.status;
    return status !== undefined && status !== 'settled' && status !== 'final';
  }
  #isSeen(channelId: Uint8Array): boolean {
    return this.#stored.seen.some((id) => toHex(id) === toHex(channelId));
  }
  #requireOpen(also?: 'closed'): OpenChannel {
    const { channel } = this.#stored;
    if (channel === undefined || !isAgreed(channel) || (channel.status !== 'open' && channel.status !== also)) {
      throw new StateError('NXS-CHN-011', 'no channel is open');
    }
    return channel;
  }
  #requireIdle(): OpenChannel {
    const channel = this.#requireOpen();
    if (channel.proposal !== undefined) throw new StateError('NXS-CHN-002', 'a proposal is open');
    return channel;
  }
  #balances({ agreed }: OpenChannel): ReturnType<PaymentSide['balancesOf']> {
    return this.#side.balancesOf(partsOfState(agreed));
  }
  /** The next state that this side proposes. @see NXS-CHN-003 */
  #next({ agreed, signed }: OpenChannel, own: bigint, other: bigint): Uint8Array {
    return this.#side.propose(partsOfState(agreed).channelId, { own, other }, this.#side.numberAbove(signed));
  }
  /** What a packet is worth now. @see NXS-BOK-001 */
  #worth({ terms, agreed }: OpenChannel): { readonly difficulty: number; readonly reward: bigint } {
    const { price, difficulty } = partsOfTerms(rulingTerms(terms, partsOfState(agreed).sequence));
    return { difficulty, reward: lotteryReward(price, difficulty) };
  }
}

type Answering = (kind: number, body: Uint8Array) => void;

function isAgreed(channel: StoredChannel): channel is OpenChannel {
  return channel.first !== undefined && channel.agreed !== undefined;
}
/** The channel with more terms, without those that can rule no state to come. @see NXS-OFR-006 */
function withTerms(channel: StoredChannel, terms: Uint8Array): StoredChannel {
  const sequence = channel.agreed === undefined ? 0n : partsOfState(channel.agreed).sequence;
  return { ...channel, terms: termsToCome([...channel.terms, terms], sequence) };
}
/** The 64 bytes whose hash is signed are the same. */
function isSameSettlement(one: Uint8Array, other: Uint8Array): boolean {
  return compare(one.subarray(0, 64), other.subarray(0, 64)) === 0;
}
/** What a neighbour is told of a request that is refused. @see NXS-CHN-007 */
function codeOf(error: unknown): number {
  if (error instanceof Refusal) return error.code;
  if (error instanceof AuthenticationError) return UNAUTHORIZED;
  if (error instanceof MismatchError || error instanceof ReplayError) return CONFLICT;
  if (error instanceof ProtocolError && error.rejectClass !== null) return MALFORMED;
  throw error;
}
