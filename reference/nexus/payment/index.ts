export { proveVrf, verifyVrf } from './vrf.ts';
export type { VrfDraw, VrfPrimitives, VrfProof } from './vrf.ts';
export { lotteryBound, lotteryDifficulty, lotteryReward, lotteryThreshold, winsLottery } from './lottery.ts';
export {
  derivePaymentChannelId,
  readPaymentOpening,
  readPaymentState,
  requireFollowingPayment,
  signPaymentState,
  writePaymentOpening,
  writePaymentState,
} from './channel-state.ts';
export type { PaymentBalances, PaymentKeys, PaymentPrimitives, PaymentState, PaymentStateInput } from './channel-state.ts';
export { paidByUpdate, readAgreedPayment, readPaymentProposal, readPaymentUpdate, writePaymentUpdate } from './proposal.ts';
export type { PaymentCause, PaymentParty, PaymentUpdate } from './proposal.ts';
export { custodyForPayment, priceOfCustody, readPaymentTerms, rulingTerms, signPaymentTerms, writePaymentTerms } from './terms.ts';
export type { PaymentPrices, PaymentTerms, PaymentTermsInput } from './terms.ts';
export { readPaymentClaim, writePaymentClaim } from './claim.ts';
export type { ClaimPrimitives, PaymentClaim, PaymentClaimInput } from './claim.ts';
export { readSettlement, settledAmount, signSettlement, writeSettlement } from './settle.ts';
export type { SettledAmount, Settlement, SettlementInput } from './settle.ts';
export type { PaymentSigners } from './signature-pair.ts';
export { PaymentChannel } from './payment-channel.ts';
export type { PaymentChannelOptions } from './payment-channel.ts';
export type { OfferedPrices, PaymentChannelEvent } from './channel-keeper.ts';
export type { PaymentAnswer } from './channel-answers.ts';
export type { PaymentRequest } from './channel-requests.ts';
export type { PaymentStatus, StoredChannel, StoredPayment, StoredProposal } from './stored-payment.ts';
export type { BookTotals } from './payer-book.ts';
