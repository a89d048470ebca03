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
});
