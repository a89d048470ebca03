/**
 * What two implementations of connections can do together: a handshake from either side, with keys that are known or offered,
 * and an encrypted packet each way. No trace shows this of an implementation that draws its own entropy.
 */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { flow, type Flow } from '../../cross/flow.ts';
import type { PairTalk } from '../../cross/pair-talk.ts';
import type { Oracle } from '../../oracle/oracle.ts';

const OPERATIONS = ['open', 'begin', 'receive', 'accept', 'send', 'close'].map((verb) => `interpeer.connection.${verb}`);
const NOW_MS = 1000;
/** Cases at effort 1. */
const RUNS = 4;
/** Datagrams until both ends are secured, with some to spare. */
const DATAGRAMS_MAX = 12;
/** Bytes of the secrets of an exchange and of one nonce, with cipher set 3a. */
const ENTROPY_LENGTH = 32 + 24;
type Handshake = 'known-keys' | 'key-exchange';
/** Establishes a channel, and speaks on one. */
const PACKETS = [
  { channelId: 'f0f0f0f0', payload: '0a1234c1c1c1c1c1c1c1c1' },
  { channelId: '12345678', payload: '1403636174', sequenceNumber: 7 },
] as const;

/** The flows, where the spec has the configurations that they take their keys from. */
export function connectionFlows(oracle: Oracle): Flow[] {
  const machine = oracle.spec.machines.find((m) => m.machine === 'interpeer.handshake-known');
  const [odd, even] = ['odd', 'even'].map((name) => machine?.configurations.find((c) => c.name === name)?.open);
  if (odd === undefined || even === undefined) return [];
  return [
    connectionFlow('known-keys', 'IPR-HSK-003', [odd, even]),
    connectionFlow('key-exchange', 'IPR-HSK-011', [odd, even].map(({ remoteKey: _, ...open }) => open) as [JsonObject, JsonObject]),
  ];
}

function connectionFlow(handshake: Handshake, requirement: string, [odd, even]: readonly [JsonObject, JsonObject]): Flow {
  const policy = { handshakes: [handshake] };
  const opens = [
    { ...odd, policy },
    { ...even, policy, local: odd['remote'] ?? '', remote: odd['local'] ?? '' },
  ] as const;
  return flow({
    id: `interpeer.connection/${handshake}`,
    title: `a connection: a handshake of ${handshake}, its answer, and an encrypted packet each way`,
    requirement,
    producer: OPERATIONS,
    consumer: OPERATIONS,
    asksWith: { suite: ['interpeer-1'], handshakes: [handshake], csid: ['3a'] },
    runs: RUNS,
    arbitrary: fc.record({ isProducerOdd: fc.boolean(), isProducerFirst: fc.boolean(), seed: fc.nat(0xffff) }),
    trial: async ({ isProducerOdd, isProducerFirst, seed }, talk) => {
      const draws = new Draws(seed);
      const producer = new End(talk, 'produce', draws);
      const consumer = new End(talk, 'consume', draws);
      await producer.open(opens[isProducerOdd ? 0 : 1]);
      await consumer.open(opens[isProducerOdd ? 1 : 0]);
      const [first, second] = isProducerFirst ? [producer, consumer] : [consumer, producer];
      const inFlight = (await first.call('begin', { handshake, entropy: draws.next() })).map((datagram) => ({ to: second, datagram }));
      for (let count = 0; inFlight.length > 0 && count < DATAGRAMS_MAX; count++) {
        const { to, datagram } = inFlight.shift() ?? { to: second, datagram: '' };
        const from = to === first ? second : first;
        for (const sent of await to.hear(datagram)) inFlight.push({ to: from, datagram: sent });
      }
      await talk.demand({ secured: producer.isSecured && consumer.isSecured }, 'secured', true);
      for (const [from, to, packet] of [
        [first, second, PACKETS[0]],
        [second, first, PACKETS[1]],
      ] as const) {
        const [datagram = ''] = await from.call('send', packet);
        await to.hear(datagram);
        const { payload = null, channelId = null, encrypted = null } = to.last('messages') ?? {};
        await talk.demand({ messages: [payload, channelId, encrypted] }, 'messages', [packet.payload, packet.channelId, true]);
      }
      await producer.close();
      await consumer.close();
    },
  });
}

/** Bytes that no call got before. */
class Draws {
  #count: number;
  constructor(seed: number) {
    this.#count = seed;
  }
  next(): string {
    this.#count += 1;
    return this.#count
      .toString(16)
      .padStart(6, '0')
      .padEnd(2 * ENTROPY_LENGTH, 'a5');
  }
}

/** One end: the session of one side. */
class End {
  readonly #talk: PairTalk;
  readonly #side: 'produce' | 'consume';
  readonly #draws: Draws;
  readonly #events: JsonObject[] = [];
  #session = '';

  constructor(talk: PairTalk, side: 'produce' | 'consume', draws: Draws) {
    this.#talk = talk;
    this.#side = side;
    this.#draws = draws;
  }

  get isSecured(): boolean {
    return this.last('secured') !== undefined;
  }
  async open(params: JsonObject): Promise<void> {
    const { session } = await this.#talk[this.#side]('interpeer.connection.open', { ...params, now: NOW_MS });
    this.#session = String(session);
  }
  async close(): Promise<void> {
    await this.#talk[this.#side]('interpeer.connection.close', { session: this.#session });
  }
  /** The datagrams that a call sends. */
  async call(verb: string, params: { readonly [name: string]: Json }): Promise<readonly string[]> {
    const reply = await this.#talk[this.#side](`interpeer.connection.${verb}`, { session: this.#session, ...params, now: NOW_MS });
    if (Array.isArray(reply['events'])) this.#events.push(...(reply['events'] as readonly JsonObject[]));
    return Array.isArray(reply['transmit']) ? (reply['transmit'] as readonly string[]) : [];
  }
  /** What is sent for a datagram; keys that it offers are accepted. */
  async hear(datagram: string): Promise<readonly string[]> {
    const before = this.#events.length;
    const sent = await this.call('receive', { datagram, entropy: this.#draws.next() });
    const offered = this.#events.slice(before).find(({ type }) => type === 'offered');
    if (offered === undefined) return sent;
    return [...sent, ...(await this.call('accept', { hashname: offered['hashname'] ?? '', entropy: this.#draws.next() }))];
  }
  /** The latest event of a type. */
  last(type: string): JsonObject | undefined {
    return this.#events.findLast((event) => event['type'] === type);
  }
}
