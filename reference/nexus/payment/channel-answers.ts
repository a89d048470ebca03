/** Answers of the neighbour to own requests. */
import { compare } from '../../kernel/bytes.ts';
import { MismatchError, UnknownError } from '../../kernel/errors.ts';
import { readErrorBody } from '../record/error-body.ts';
import { ERROR_KIND } from '../record/kinds.ts';
import { ACCEPT, BUSY, DISPUTE, OPEN, SETTLE, TERMS, UPDATE } from './channel-keeper.ts';
import type { ChannelKeeper } from './channel-keeper.ts';
import type { ChannelRequests } from './channel-requests.ts';
import { readAgreedPayment } from './proposal.ts';
import { isSameSettlement, readSettlement } from './settle.ts';
import { isSameState } from './stored-payment.ts';
import type { StoredChannel } from './stored-payment.ts';
import type { TermsOffers } from './terms-offers.ts';

/** A record of the neighbour that answers one of this node. */
export interface PaymentAnswer {
  /** The kind of what it answers. */
  readonly to: number;
  readonly kind: number;
  readonly body: Uint8Array;
}

/** Takes answers. */
export class ChannelAnswers {
  readonly #keeper: ChannelKeeper;
  readonly #offers: TermsOffers;
  readonly #requests: ChannelRequests;

  constructor(keeper: ChannelKeeper, offers: TermsOffers, requests: ChannelRequests) {
    this.#keeper = keeper;
    this.#offers = offers;
    this.#requests = requests;
  }

  /** @see NXS-CHN-009 */
  handle({ to, kind, body }: PaymentAnswer, nowMs: number): void {
    const channel = this.#keeper.stored.channel;
    if (channel?.proposal?.kind === to) this.#concluded(channel, kind, body, nowMs);
    else if (to === TERMS && channel?.offer !== undefined) this.#offers.handleAnswer(channel, channel.offer, kind, body);
    else if (to === SETTLE && channel?.status === 'settling') this.#settlementAnswered(channel, kind, body);
    else if (to === DISPUTE && channel?.status === 'disputed') this.#disputeAnswered(channel, kind, body, nowMs);
    else throw new UnknownError('NXS-CHN-009', 'nothing was requested');
  }

  #concluded(channel: StoredChannel, kind: number, body: Uint8Array, nowMs: number): void {
    const { proposal } = channel;
    if (proposal === undefined) throw new UnknownError('NXS-CHN-009', 'nothing was proposed');
    if (kind === ERROR_KIND) {
      const { code } = readErrorBody(body);
      if (code === BUSY) return; // NXS-CHN-010
      this.#keeper.put(proposal.kind === OPEN ? undefined : { ...channel, proposal: undefined });
      this.#keeper.emit({ type: 'refused', kind: proposal.kind, code });
      return;
    }
    readAgreedPayment({ state: body, ...this.#keeper.side.keys }, this.#keeper.primitives);
    if (kind !== ACCEPT || !isSameState(body, proposal.state)) throw new MismatchError('NXS-CHN-009', 'no answer to this proposal');
    const isClosing = proposal.kind === UPDATE && proposal.body[0] === 2;
    const status = isClosing ? 'closed' : 'open';
    this.#keeper.store({ ...channel, status, first: channel.first ?? body, agreed: body, proposal: undefined, updatedMs: nowMs });
    this.#keeper.tell(proposal.kind === OPEN ? 'opened' : isClosing ? 'closed' : 'agreed');
  }

  #settlementAnswered(channel: StoredChannel, kind: number, body: Uint8Array): void {
    if (kind === ERROR_KIND) {
      this.#keeper.emit({ type: 'refused', kind: SETTLE, code: readErrorBody(body).code });
      return;
    }
    const { byA, byB, payer, amount } = readSettlement({ body, ...this.#keeper.side.keys }, this.#keeper.primitives);
    if (kind !== SETTLE || !byA || !byB || channel.settlement === undefined || !isSameSettlement(channel.settlement, body)) {
      throw new MismatchError('NXS-CHN-009', 'no answer to this settlement');
    }
    this.#keeper.store({ ...channel, status: 'settled', settlement: body, dueMs: undefined });
    this.#keeper.emit({ type: 'settled', payer, amount });
  }

  #disputeAnswered(channel: StoredChannel, kind: number, body: Uint8Array, nowMs: number): void {
    if (kind === ERROR_KIND) {
      this.#keeper.emit({ type: 'refused', kind: DISPUTE, code: readErrorBody(body).code });
      return;
    }
    const { channelId } = readAgreedPayment({ state: body, ...this.#keeper.side.keys }, this.#keeper.primitives);
    if (channel.dueMs !== undefined && nowMs >= channel.dueMs) {
      this.#keeper.elapse(nowMs); // too late
      return;
    }
    if (kind !== DISPUTE || compare(channelId, this.#keeper.side.channelId(channel.nonce)) !== 0) {
      throw new MismatchError('NXS-CHN-009', 'no answer to this dispute');
    }
    this.#requests.disputed(body, undefined, nowMs);
  }
}
