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
import { compare } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { LimitError, MismatchError, ReplayError, StateError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { NEXUS_KEY_LENGTH } from '../identity/identity.ts';
import { HASH_LENGTH } from '../object/content-hash.ts';
import { decodeNexusPacket, deriveNexusPacketId } from '../packet/packet.ts';
import { ChannelAnswers } from './channel-answers.ts';
import type { PaymentAnswer } from './channel-answers.ts';
import { CLAIM, ChannelKeeper, DISPUTE, OPEN, ROUND_MS, SETTLE, SETTLE_MS, TERMS, UPDATE } from './channel-keeper.ts';
import type { OfferedPrices, PaymentChannelEvent } from './channel-keeper.ts';
import { ChannelRequests } from './channel-requests.ts';
import type { PaymentRequest } from './channel-requests.ts';
import { requirePrimitives, writePaymentOpening } from './channel-state.ts';
import { writePaymentClaim } from './claim.ts';
import type { ClaimPrimitives } from './claim.ts';
import { winsLottery } from './lottery.ts';
import { PaymentSide } from './payment-side.ts';
import { writePaymentUpdate } from './proposal.ts';
import type { PaymentCause } from './proposal.ts';
import { CHANNEL_COUNT, checkedPayment } from './stored-payment.ts';
import type { StoredPayment } from './stored-payment.ts';
import { TermsOffers } from './terms-offers.ts';
import { proveVrf } from './vrf.ts';

/** NXS-CHN-014: without a new state. */
const ABANDONED_MS: number = 40_320 * ROUND_MS;
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
const REQUEST = door.members<PaymentRequest>({ kind: door.byte, requestId: door.between(1, 0xffff), body: door.copy });
const ANSWER = door.members<PaymentAnswer>({ to: door.byte, kind: door.byte, body: door.copy });

/** Keeps the channels with one neighbour. Everything that a call put out is polled before the next call, and done. */
export class PaymentChannel extends Endpoint<never, PaymentChannelEvent> {
  readonly #seed: Uint8Array;
  readonly #keeper: ChannelKeeper;
  readonly #offers: TermsOffers;
  readonly #requests: ChannelRequests;
  readonly #answers: ChannelAnswers;

  /** @param stored what the last `store` event of an earlier one had; undefined if there was none */
  constructor(options: PaymentChannelOptions, primitives: ClaimPrimitives, stored: StoredPayment | undefined) {
    super();
    const { seed, peerKey, deposit = 0n, packetCount, termsCount = TERMS_COUNT } = OPTIONS(options, 'options');
    requirePrimitives(primitives);
    primitivesDoor.vrf(primitives, 'primitives');
    this.#seed = seed;
    const side = new PaymentSide(seed, peerKey, primitives);
    const kept = { side, packetCount, stored: stored === undefined ? { seen: [] } : checkedPayment(stored, side.keys, primitives) };
    this.#keeper = new ChannelKeeper(kept, primitives, (event) => {
      this.putEvent(event);
    });
    this.#offers = new TermsOffers(this.#keeper, termsCount);
    this.#requests = new ChannelRequests(this.#keeper, this.#offers, deposit);
    this.#answers = new ChannelAnswers(this.#keeper, this.#offers, this.#requests);
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
    if (this.#keeper.isBusy()) throw new StateError('NXS-CHN-001', 'another channel is kept');
    const channelId = this.#keeper.side.channelId(nonce);
    if (this.#keeper.isSeen(channelId)) throw new ReplayError('NXS-CHN-005', 'a channel that was seen before');
    if (this.#keeper.stored.seen.length >= CHANNEL_COUNT) throw new LimitError('NXS-CHN-018', 'too many channels');
    const state = this.#keeper.side.propose(channelId, { own, other }, 0n);
    const body = writePaymentOpening({ nonce, ...this.#keeper.side.keys, state }, this.#keeper.primitives);
    this.#keeper.begin(channelId, { status: 'opening', nonce, proposal: { kind: OPEN, body, state }, updatedMs: nowMs });
    this.#keeper.send(OPEN, body);
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
    const channel = this.#keeper.requireIdle();
    const { own, other } = this.#keeper.balances(channel);
    if (amount < 0n || amount > own) throw new LimitError('NXS-CHN-004', 'more than there is', { amount: String(amount) });
    const state = this.#keeper.next(channel, own - amount, other + amount);
    this.#keeper.propose(channel, UPDATE, state, writePaymentUpdate({ cause, reference, state }));
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
    const channel = this.#keeper.requireIdle();
    const { difficulty, reward } = this.#keeper.worth(channel);
    const { proof, beta } = proveVrf({ seed: this.#seed, alpha: given }, this.#keeper.primitives);
    if (!winsLottery(beta, difficulty)) throw new MismatchError('NXS-CLM-005', 'the packet has not won');
    const { own, other } = this.#keeper.balances(channel);
    if (reward > other) throw new LimitError('NXS-CHN-004', 'more than the neighbour has');
    const state = this.#keeper.next(channel, own + reward, other - reward);
    this.#keeper.propose(channel, CLAIM, state, writePaymentClaim({ packetId: given, proof, state }));
  }

  /**
   * Takes terms that both have signed.
   * @param body of TERMS
   * @throws StateError; whatever `readPaymentTerms` throws; AuthenticationError for those of one; MismatchError; LimitError for
   *   more terms than are kept
   * @see NXS-CHN-006
   */
  agreeTerms(body: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#offers.agree(door.copy(body, 'body'));
  }

  /**
   * Offers terms, which the neighbour signs as well if it consents.
   * @param prices from the number of a state on; price and custodyPrice in millionths of NXS
   * @throws StateError; LimitError for more terms than are kept; whatever `writePaymentTerms` throws
   * @see NXS-OFR-001
   */
  offer(prices: OfferedPrices, nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#offers.offer(PRICES(prices, 'prices'));
  }
  /** Signs the terms that the neighbour has offered. @throws StateError if no offer waits @see NXS-OFR-003 */
  consent(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#offers.consent();
  }
  /** Declines the terms that the neighbour has offered. @throws StateError if no offer waits @see NXS-OFR-003 */
  decline(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#offers.decline();
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
    const channel = this.#keeper.requireOpen();
    const { transport, destination } = decodeNexusPacket(given);
    if (transport === undefined || compare(destination, this.#keeper.side.peerHash) === 0) {
      throw new MismatchError('NXS-BOK-001', 'a packet for the neighbour itself');
    }
    this.#keeper.book.hand(deriveNexusPacketId(given, this.#keeper.primitives), this.#keeper.worth(channel), nowMs);
  }

  /** Settles what was paid. @throws StateError; LimitError @see NXS-CHN-015 */
  settle(nowMs: number): void {
    this.requireCallAt(nowMs);
    const channel = this.#keeper.requireOpen('closed');
    if (channel.proposal !== undefined) throw new StateError('NXS-CHN-015', 'a proposal is open');
    const settlement = this.#keeper.side.settle(channel.first, channel.agreed);
    this.#keeper.store({ ...channel, status: 'settling', settlement, attempts: 1, dueMs: nowMs + SETTLE_MS });
    this.#keeper.send(SETTLE, settlement);
  }

  /** Ends an abandoned channel with its last state. @throws StateError; LimitError for one that is not abandoned @see NXS-CHN-014 */
  dispute(nowMs: number): void {
    this.requireCallAt(nowMs);
    const channel = this.#keeper.requireOpen('closed');
    if (nowMs < channel.updatedMs + ABANDONED_MS) throw new LimitError('NXS-CHN-014', 'the channel is not abandoned');
    this.#keeper.dispute(channel, nowMs);
  }

  /** Sends again, after a restart or when a link is up, what is not answered. @see NXS-CHN-008 */
  resume(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#keeper.elapse(nowMs);
    const { channel } = this.#keeper.stored;
    if (channel?.proposal !== undefined) this.#keeper.send(channel.proposal.kind, channel.proposal.body);
    if (channel?.offer !== undefined) this.#keeper.send(TERMS, channel.offer);
    if (channel?.status === 'settling' && channel.settlement !== undefined) this.#keeper.send(SETTLE, channel.settlement);
    if (channel?.status === 'disputed' && channel.agreed !== undefined) this.#keeper.send(DISPUTE, channel.agreed);
  }

  /**
   * Answers CHANNEL_OPEN, CHANNEL_UPDATE, CLAIM, DISPUTE and SETTLE; what is refused is answered with an error. A new
   * offer of TERMS is answered when the application has decided; one that holds already, or is refused, at once.
   * @see NXS-CHN-007
   */
  handleRequest(request: PaymentRequest, nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#requests.handle(REQUEST(request, 'request'), nowMs);
  }

  /**
   * Takes the answer to an own request.
   * @param answer to: the kind of the request
   * @throws UnknownError without such a request; MismatchError for what does not answer it; whatever reading it throws
   * @see NXS-CHN-009
   */
  handleAnswer(answer: PaymentAnswer, nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#answers.handle(ANSWER(answer, 'answer'), nowMs);
  }

  /** Lets time pass: a settlement is sent again, a dispute begins or ends. @see NXS-CHN-012 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#keeper.elapse(nowMs);
  }

  /** @returns when a settlement is sent again, or a dispute ends */
  override pollTimeoutAtMs(): number | undefined {
    const { channel } = this.#keeper.stored;
    return channel?.status === 'settling' || channel?.status === 'disputed' ? channel.dueMs : undefined;
  }
}
