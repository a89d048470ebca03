/** Scripts of payment between neighbours of NEXUS. */
import * as reference from '../../../reference/index.ts';
import { fromHex } from '../../../reference/index.ts';
import { STORAGE_PROVIDER } from './nexus-values.ts';
import { at, bytes, P, scriptsOf, type Script } from './script.ts';

const VRF = reference.proveVrf({ seed: bytes(32, 3), alpha: bytes(32) }, P);
const [PAYMENT_A, PAYMENT_B] = [3, 4]
  .map((fill) => ({ seed: bytes(32, fill), ...reference.deriveNexusIdentity(bytes(32, fill), P) }))
  .sort((one, other) => reference.compare(one.destinationHash, other.destinationHash)) as [
  reference.NexusIdentity & { readonly seed: Uint8Array },
  reference.NexusIdentity & { readonly seed: Uint8Array },
];
const paymentParties = (): { readonly partyA: Uint8Array; readonly partyB: Uint8Array; readonly nonce: Uint8Array } => ({
  partyA: PAYMENT_A.destinationHash.slice(),
  partyB: PAYMENT_B.destinationHash.slice(),
  nonce: bytes(16),
});
const PAYMENT_CHANNEL = reference.derivePaymentChannelId(paymentParties(), P);
const paymentBalances = (sequence: bigint): reference.PaymentBalances => ({
  channelId: PAYMENT_CHANNEL.slice(),
  partyA: PAYMENT_A.destinationHash.slice(),
  partyB: PAYMENT_B.destinationHash.slice(),
  balanceA: 1000n,
  balanceB: 500n,
  sequence,
});
const paymentState = (sequence: bigint): Uint8Array => {
  const state = reference.writePaymentState(paymentBalances(sequence));
  const [signatureA, signatureB] = [PAYMENT_A, PAYMENT_B].map(({ seed }) => reference.signPaymentState({ seed, state }, P));
  return reference.writePaymentState({ ...paymentBalances(sequence), signatureA, signatureB });
};
const [PAYMENT_FIRST, PAYMENT_SECOND] = [paymentState(0n), paymentState(2n)];
const paymentKeys = (): reference.PaymentKeys => ({ keyA: PAYMENT_A.publicKey.slice(), keyB: PAYMENT_B.publicKey.slice() });
const PAYMENT_OPENING = reference.writePaymentOpening({ nonce: bytes(16), ...paymentKeys(), state: PAYMENT_FIRST }, P);
const paymentProposal = (): Uint8Array => {
  const state = reference.writePaymentState(paymentBalances(2n));
  return reference.writePaymentState({
    ...paymentBalances(2n),
    signatureA: reference.signPaymentState({ seed: PAYMENT_A.seed, state }, P),
  });
};
const PAYMENT_PROPOSAL = paymentProposal();
const PAYMENT_UPDATE = reference.writePaymentUpdate({ cause: 'storage', reference: bytes(32), state: PAYMENT_PROPOSAL });
const paymentPrices = (): reference.PaymentPrices => ({
  channelId: PAYMENT_CHANNEL.slice(),
  from: 0n,
  price: 5n,
  difficulty: 10,
  custodyPrice: 75n,
});
const PAYMENT_TERMS = (() => {
  const body = reference.writePaymentTerms(paymentPrices());
  const [signatureA, signatureB] = [PAYMENT_A, PAYMENT_B].map(({ seed }) => reference.signPaymentTerms({ seed, body }, P));
  return reference.writePaymentTerms({ ...paymentPrices(), signatureA, signatureB });
})();
const settlementInput = (): reference.SettlementInput => ({ ...paymentBalances(2n), payer: 'a', amount: 0n });
const SETTLEMENT = (() => {
  const body = reference.writeSettlement(settlementInput());
  return reference.writeSettlement({ ...settlementInput(), signatureA: reference.signSettlement({ seed: PAYMENT_A.seed, body }, P) });
})();
/** The first packet id that wins one of ten for party a. */
const PAYMENT_DRAW = (() => {
  for (let fill = 0; ; fill++) {
    const packetId = bytes(32, fill);
    const { proof, beta } = reference.proveVrf({ seed: PAYMENT_A.seed, alpha: packetId }, P);
    if (reference.winsLottery(beta, 10)) return { packetId, proof };
  }
})();
/** A channel that is open, as it is stored. */
const paymentStored = (): reference.StoredPayment => ({
  seen: [PAYMENT_CHANNEL.slice()],
  channel: {
    status: 'open',
    nonce: bytes(16),
    first: PAYMENT_FIRST.slice(),
    agreed: PAYMENT_FIRST.slice(),
    signed: 0n,
    updatedMs: 1,
    attempts: 0,
    terms: [],
    wins: 0,
    expected: 0,
  },
});
const FOREIGN_PACKET = reference.encodeNexusPacket({
  destinationType: 'single',
  packetType: 'data',
  hops: 0,
  transport: bytes(16, 1),
  destination: bytes(16, 2),
  context: 0,
  data: bytes(3),
});
const PAYMENT_CLAIM = reference.writePaymentClaim({ ...PAYMENT_DRAW, state: PAYMENT_PROPOSAL });

const FUNCTIONS = scriptsOf({
  proveVrf: (p) => [{ seed: bytes(32, 3), alpha: bytes(32) }, p],
  verifyVrf: (p) => [{ publicKey: STORAGE_PROVIDER.publicKey.slice(), alpha: bytes(32), proof: VRF.proof.slice() }, p],
  lotteryThreshold: at(() => [10]),
  winsLottery: at(() => [bytes(64), 10]),
  lotteryReward: at(() => [5n, 10]),
  lotteryDifficulty: at(() => [50]),
  lotteryBound: at(() => [9]),
  derivePaymentChannelId: (p) => [paymentParties(), p],
  writePaymentState: at(() => [{ ...paymentBalances(2n), signatureA: bytes(64) }]),
  signPaymentState: (p) => [{ seed: PAYMENT_A.seed.slice(), state: PAYMENT_SECOND.slice() }, p],
  readPaymentState: (p) => [{ state: PAYMENT_SECOND.slice(), ...paymentKeys() }, p],
  writePaymentOpening: (p) => [{ nonce: bytes(16), ...paymentKeys(), state: PAYMENT_FIRST.slice() }, p],
  readPaymentOpening: (p) => [PAYMENT_OPENING.slice(), p],
  requireFollowingPayment: at(() => [{ before: PAYMENT_FIRST.slice(), after: PAYMENT_SECOND.slice(), proposer: 'a' }]),
  readPaymentProposal: (p) => [{ state: PAYMENT_PROPOSAL.slice(), ...paymentKeys() }, p],
  readAgreedPayment: (p) => [{ state: PAYMENT_SECOND.slice(), ...paymentKeys() }, p],
  writePaymentUpdate: at(() => [{ cause: 'storage', reference: bytes(32), state: PAYMENT_PROPOSAL.slice() }]),
  readPaymentUpdate: (p) => [{ body: PAYMENT_UPDATE.slice(), ...paymentKeys() }, p],
  paidByUpdate: at(() => [{ before: PAYMENT_FIRST.slice(), after: PAYMENT_SECOND.slice(), cause: 'close' }]),
  writePaymentTerms: at(() => [{ ...paymentPrices(), signatureA: bytes(64) }]),
  signPaymentTerms: (p) => [{ seed: PAYMENT_A.seed.slice(), body: PAYMENT_TERMS.slice() }, p],
  readPaymentTerms: (p) => [{ body: PAYMENT_TERMS.slice(), ...paymentKeys() }, p],
  rulingTerms: at(() => [[PAYMENT_TERMS.slice()], 2n]),
  priceOfCustody: at(() => [{ price: 75n, size: 1025, custody: 60 }]),
  custodyForPayment: at(() => [{ price: 75n, size: 1025, paid: 150n }]),
  writePaymentClaim: at(() => [
    { packetId: PAYMENT_DRAW.packetId.slice(), proof: PAYMENT_DRAW.proof.slice(), state: PAYMENT_PROPOSAL.slice() },
  ]),
  readPaymentClaim: (p) => [{ body: PAYMENT_CLAIM.slice(), difficulty: 10, ...paymentKeys() }, p],
  settledAmount: at(() => [{ first: PAYMENT_FIRST.slice(), last: PAYMENT_SECOND.slice() }]),
  writeSettlement: at(() => [{ ...settlementInput(), signatureA: bytes(64) }]),
  signSettlement: (p) => [{ seed: PAYMENT_A.seed.slice(), body: SETTLEMENT.slice() }, p],
  readSettlement: (p) => [{ body: SETTLEMENT.slice(), ...paymentKeys() }, p],
});

const OBJECTS: readonly Script[] = [
  {
    name: 'PaymentChannel',
    args: (p) => [{ seed: PAYMENT_B.seed.slice(), peerKey: PAYMENT_A.publicKey.slice(), deposit: 500n, packetCount: 2 }, p, undefined],
    calls: [
      ['handleRequest', () => [{ kind: 0x50, requestId: 1, body: PAYMENT_OPENING.slice() }, 1]],
      ['agreeTerms', () => [PAYMENT_TERMS.slice(), 2]],
      ['hand', () => [FOREIGN_PACKET.slice(), 3]],
      ['handleRequest', () => [{ kind: 0x53, requestId: 2, body: PAYMENT_CLAIM.slice() }, 4]],
      ['pay', () => [{ object: bytes(32), amount: 5n }, 5]],
      ['handleAnswer', () => [{ to: 0x51, kind: 1, body: fromHex('0a00') }, 6]],
      ['end', () => [7]],
      ['resume', () => [8]],
      ['handleTimeout', () => [9]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'PaymentChannel',
    args: (p) => [{ seed: PAYMENT_A.seed.slice(), peerKey: PAYMENT_B.publicKey.slice() }, p, undefined],
    calls: [['open', () => [{ nonce: bytes(16), own: 5n, other: 6n }, 1]]],
  },
  {
    name: 'PaymentChannel',
    args: (p) => [{ seed: PAYMENT_A.seed.slice(), peerKey: PAYMENT_B.publicKey.slice() }, p, paymentStored()],
    calls: [
      ['agreeTerms', () => [PAYMENT_TERMS.slice(), 2]],
      ['offer', () => [{ from: 7n, price: 5n, difficulty: 10, custodyPrice: 6n }, 2]],
      ['claim', () => [PAYMENT_DRAW.packetId.slice(), 3]],
    ],
  },
  {
    name: 'PaymentChannel',
    args: (p) => [{ seed: PAYMENT_A.seed.slice(), peerKey: PAYMENT_B.publicKey.slice() }, p, paymentStored()],
    calls: [['settle', () => [3]]],
  },
  {
    name: 'PaymentChannel',
    args: (p) => [{ seed: PAYMENT_A.seed.slice(), peerKey: PAYMENT_B.publicKey.slice() }, p, paymentStored()],
    calls: [
      ['handleRequest', () => [{ kind: 0x55, requestId: 1, body: PAYMENT_TERMS.slice() }, 2]],
      ['consent', () => [3]],
    ],
  },
  {
    name: 'PaymentChannel',
    args: (p) => [{ seed: PAYMENT_A.seed.slice(), peerKey: PAYMENT_B.publicKey.slice() }, p, paymentStored()],
    calls: [
      ['handleRequest', () => [{ kind: 0x55, requestId: 1, body: PAYMENT_TERMS.slice() }, 2]],
      ['decline', () => [3]],
    ],
  },
  {
    name: 'PaymentChannel',
    args: (p) => [{ seed: PAYMENT_A.seed.slice(), peerKey: PAYMENT_B.publicKey.slice() }, p, paymentStored()],
    calls: [['dispute', () => [2_419_200_001]]],
  },
];

export const NEXUS_PAYMENT_SCRIPTS: readonly Script[] = [...FUNCTIONS, ...OBJECTS];
