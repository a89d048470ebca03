import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine, primitives }) => ({
  'nexus.vrf.prove': (input) => engine.proveVrf(input, primitives),
  'nexus.vrf.verify': (input) => ({ beta: engine.verifyVrf(input, primitives) }),
  'nexus.lottery.threshold': ({ difficulty }) => ({ threshold: engine.lotteryThreshold(difficulty) }),
  'nexus.lottery.wins': ({ beta, difficulty }) => ({ wins: engine.winsLottery(beta, difficulty) }),
  'nexus.lottery.reward': ({ price, difficulty }) => ({ reward: engine.lotteryReward(price, difficulty) }),
  'nexus.lottery.difficulty': ({ packets }) => ({ difficulty: engine.lotteryDifficulty(packets) }),
  'nexus.lottery.bound': ({ expected }) => ({ claims: engine.lotteryBound(expected) }),
  'nexus.channel.id': (input) => ({ channelId: engine.derivePaymentChannelId(input, primitives) }),
  'nexus.channel.sign': (input) => ({ signature: engine.signPaymentState(input, primitives) }),
  'nexus.channel.write': (input) => ({ state: engine.writePaymentState(input) }),
  'nexus.channel.read': (input) => engine.readPaymentState(input, primitives),
  'nexus.channel.opening': (input) => ({ body: engine.writePaymentOpening(input, primitives) }),
  'nexus.channel.opened': ({ body }) => engine.readPaymentOpening(body, primitives),
  'nexus.channel.follows': (input) => {
    engine.requireFollowingPayment(input);
    return { follows: true };
  },
  'nexus.channel.proposed': (input) => engine.readPaymentProposal(input, primitives),
  'nexus.channel.agreed': (input) => engine.readAgreedPayment(input, primitives),
  'nexus.update.write': (input) => ({ body: engine.writePaymentUpdate(input) }),
  'nexus.update.read': (input) => engine.readPaymentUpdate(input, primitives),
  'nexus.update.follows': (input) => ({ paid: engine.paidByUpdate(input) }),
  'nexus.terms.write': (input) => ({ body: engine.writePaymentTerms(input) }),
  'nexus.terms.sign': (input) => ({ signature: engine.signPaymentTerms(input, primitives) }),
  'nexus.terms.read': (input) => engine.readPaymentTerms(input, primitives),
  'nexus.terms.rule': ({ bodies, sequence }) => ({ body: engine.rulingTerms(bodies, sequence) }),
  'nexus.custody.price': (input) => ({ cost: engine.priceOfCustody(input) }),
  'nexus.custody.granted': (input) => ({ custody: engine.custodyForPayment(input) }),
  'nexus.claim.write': (input) => ({ body: engine.writePaymentClaim(input) }),
  'nexus.claim.read': (input) => engine.readPaymentClaim(input, primitives),
  'nexus.settle.amount': (input) => engine.settledAmount(input),
  'nexus.settle.write': (input) => ({ body: engine.writeSettlement(input) }),
  'nexus.settle.sign': (input) => ({ signature: engine.signSettlement(input, primitives) }),
  'nexus.settle.read': (input) => engine.readSettlement(input, primitives),
});
