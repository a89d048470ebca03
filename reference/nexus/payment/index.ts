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
