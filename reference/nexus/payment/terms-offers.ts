/** Terms that one side offers, and the other consents to or declines. */
import { compare } from '../../kernel/bytes.ts';
import { AuthenticationError, LimitError, MismatchError, StateError } from '../../kernel/errors.ts';
import { readErrorBody, writeErrorBody } from '../record/error-body.ts';
import { ERROR_KIND } from '../record/kinds.ts';
import { BUSY, CONFLICT, QUOTA, Refusal, TERMS, UNAUTHORIZED, UNKNOWN } from './channel-keeper.ts';
import type { Answering, ChannelKeeper, OfferedPrices, OpenChannel } from './channel-keeper.ts';
import { partsOfState } from './channel-state.ts';
import type { StoredChannel } from './stored-payment.ts';
import { isSameTerms, readPaymentTerms, termsToCome, writePaymentTerms } from './terms.ts';

/** TERMS of the neighbour that the application has not decided on. */
interface WaitingOffer {
  /** 16 bytes. */
  readonly channelId: Uint8Array;
  readonly body: Uint8Array;
  readonly requestId: number;
}

/** Offers of both sides of a channel. */
export class TermsOffers {
  readonly #keeper: ChannelKeeper;
  readonly #termsCount: number;
  #offered: WaitingOffer | undefined;

  constructor(keeper: ChannelKeeper, termsCount: number) {
    this.#keeper = keeper;
    this.#termsCount = termsCount;
  }

  /** Takes terms that both have signed. @see NXS-CHN-006 */
  agree(given: Uint8Array): void {
    const channel = this.#keeper.requireOpen();
    const { channelId, byA, byB } = readPaymentTerms({ body: given, ...this.#keeper.side.keys }, this.#keeper.primitives);
    if (!byA || !byB) throw new AuthenticationError('NXS-CHN-006');
    const kept = partsOfState(channel.agreed);
    if (compare(channelId, kept.channelId) !== 0) throw new MismatchError('NXS-CHN-006', 'terms of another channel');
    this.#requireRoomForTerms(channel);
    this.#keeper.store(withTerms(channel, given));
  }
  /** @see NXS-OFR-001 */
  offer(given: OfferedPrices): void {
    const channel = this.#keeper.requireOpen();
    if (channel.offer !== undefined) throw new StateError('NXS-OFR-001', 'an offer is open');
    const { channelId } = partsOfState(channel.agreed);
    const body = this.#keeper.side.signTerms(writePaymentTerms({ channelId, ...given }));
    this.#requireRoomForTerms(channel);
    this.#keeper.store({ ...channel, offer: body });
    this.#keeper.send(TERMS, body);
  }
  /** @see NXS-OFR-003 */
  consent(): void {
    const channel = this.#keeper.requireOpen();
    const { body, requestId } = this.#takeWaiting();
    const signed = this.#keeper.side.signTerms(body);
    this.#keeper.store(withTerms(channel, signed));
    this.#keeper.emit({ type: 'send', kind: TERMS, requestId, body: signed });
  }
  /** @see NXS-OFR-003 */
  decline(): void {
    const { requestId } = this.#takeWaiting();
    this.#keeper.emit({ type: 'send', kind: ERROR_KIND, requestId, body: writeErrorBody({ code: CONFLICT }) });
  }
  #takeWaiting(): WaitingOffer {
    const waiting = this.#waiting();
    if (waiting === undefined) throw new StateError('NXS-OFR-003', 'nothing was offered');
    this.#offered = undefined;
    return waiting;
  }
  /** The offer that the application has not decided on; one for an earlier channel no longer waits. */
  #waiting(): WaitingOffer | undefined {
    const { channel } = this.#keeper.stored;
    if (channel === undefined || this.#offered === undefined) return undefined;
    return compare(this.#offered.channelId, this.#keeper.side.channelId(channel.nonce)) === 0 ? this.#offered : undefined;
  }
  #requireRoomForTerms(channel: OpenChannel): void {
    const open = [channel.offer, this.#waiting()].filter((one) => one !== undefined).length;
    if (termsOf(channel).length + open >= this.#termsCount) throw new LimitError('NXS-OFR-006', 'too many terms');
  }
  /** Takes TERMS of the neighbour. @see NXS-OFR-002 */
  handleOffer(body: Uint8Array, requestId: number, answer: Answering): void {
    const { channelId, byA, byB, ...prices } = readPaymentTerms({ body, ...this.#keeper.side.keys }, this.#keeper.primitives);
    if (!this.#keeper.side.isSignedByOther({ byA, byB })) throw new Refusal(UNAUTHORIZED);
    const { channel } = this.#keeper.stored;
    if (channel === undefined || compare(channelId, this.#keeper.side.channelId(channel.nonce)) !== 0) throw new Refusal(UNKNOWN);
    const terms = termsOf(channel);
    const known = terms.find((one) => isSameTerms(one, body));
    if (known !== undefined) {
      answer(TERMS, known); // NXS-CHN-007
      return;
    }
    if (channel.status !== 'open') throw new Refusal(CONFLICT);
    if (channel.offer !== undefined) throw new Refusal(this.#keeper.side.party === 'a' ? CONFLICT : BUSY); // NXS-OFR-004
    if (terms.length >= this.#termsCount) throw new Refusal(QUOTA); // NXS-OFR-006
    const waiting = this.#waiting();
    const isNew = waiting === undefined || !isSameTerms(waiting.body, body);
    this.#offered = { channelId, body, requestId };
    if (isNew) this.#keeper.emit({ type: 'offered', ...prices }); // NXS-OFR-002
  }
  /** Takes the answer to an own offer. @see NXS-OFR-005 */
  handleAnswer(channel: StoredChannel, offer: Uint8Array, kind: number, body: Uint8Array): void {
    if (kind === ERROR_KIND) {
      const { code } = readErrorBody(body);
      if (code === BUSY) return; // NXS-OFR-005
      this.#keeper.store({ ...channel, offer: undefined });
      this.#keeper.emit({ type: 'refused', kind: TERMS, code });
      return;
    }
    const { channelId: _, byA, byB, ...prices } = readPaymentTerms({ body, ...this.#keeper.side.keys }, this.#keeper.primitives);
    if (kind !== TERMS || !byA || !byB || !isSameTerms(offer, body)) throw new MismatchError('NXS-OFR-005', 'no answer to this offer');
    this.#keeper.store({ ...withTerms(channel, body), offer: undefined });
    this.#keeper.emit({ type: 'terms', ...prices });
  }
}

/** Terms that can rule a state to come. @see NXS-OFR-006 */
function termsOf({ terms, agreed }: StoredChannel, more: readonly Uint8Array[] = []): Uint8Array[] {
  return termsToCome([...terms, ...more], agreed === undefined ? 0n : partsOfState(agreed).sequence);
}
/** The channel with more terms, without those that can rule no state to come. */
function withTerms(channel: StoredChannel, terms: Uint8Array): StoredChannel {
  return { ...channel, terms: termsOf(channel, [terms]) };
}
