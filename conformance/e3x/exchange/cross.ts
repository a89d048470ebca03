/**
 * What two implementations of exchanges can do together: a handshake from either side, its answer, and a packet each way.
 * No trace shows this of an implementation that draws its own entropy, since a trace plays the other side by the table.
 */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { flow, type Flow } from '../../cross/flow.ts';
import type { PairTalk } from '../../cross/pair-talk.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesUpTo } from '../../suites/arbitraries.ts';
import type { Vector } from '../../vectors.ts';
import { lob } from '../packet/build.ts';
import { cipherSets, exactly, type CipherSet, type KeyPair } from '../message/cross.ts';

const OPERATIONS = ['open', 'handshake', 'receive', 'accept', 'send', 'close'].map((verb) => `e3x.exchange.${verb}`);
const NOW_MS = 1000;
/** Cases at effort 1: each costs four key agreements. */
const RUNS = 4;
/** Handshakes until both ends have heard their own number, with one to spare. */
const TURNS_MAX = 6;

/** An inner packet for a channel. */
const channelPacket: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 1, max: 0xff_ff_ff_ff }), bytesUpTo())
  .map(([c, body]) => lob(new TextEncoder().encode(JSON.stringify({ c })), body));

/** The flows, one for each cipher set that some trial opens an exchange with. */
export function exchangeFlows(oracle: Oracle, vectors: readonly Vector[]): Flow[] {
  const opened = new Map(
    oracle.spec.machines
      .filter(({ session }) => session === 'e3x.exchange')
      .flatMap(({ configurations }) => configurations)
      .map(({ open }) => [String(open['csid']), String(open['entropy'] ?? '').length / 2]),
  );
  return cipherSets(vectors).flatMap((set) => {
    const secretLength = opened.get(set.csid);
    return secretLength === undefined ? [] : [exchangeFlow(set, secretLength)];
  });
}

function exchangeFlow({ csid, identities, entropyLength }: CipherSet, secretLength: number): Flow {
  const drawn = (length: number, count: number): fc.Arbitrary<string[]> =>
    fc.array(exactly(length).map(toHex), { minLength: count, maxLength: count });
  return flow({
    id: `e3x.exchange/${csid}`,
    title: `an exchange of cipher set ${csid}: a handshake, its answer, and a packet each way`,
    requirement: 'E3X-EXC-031',
    producer: OPERATIONS,
    consumer: OPERATIONS,
    asksWith: { csid: [csid] },
    runs: RUNS,
    arbitrary: fc.record({
      people: identities,
      isProducerFirst: fc.boolean(),
      secrets: drawn(secretLength, 2),
      nonces: drawn(entropyLength, TURNS_MAX + 2),
      inners: fc.tuple(channelPacket, channelPacket),
    }),
    trial: async ({ people: [ours, theirs], isProducerFirst, secrets, nonces, inners }, talk) => {
      const producer = new End(talk, 'produce');
      const consumer = new End(talk, 'consume');
      // The higher key is ODD.
      await producer.open(csid, ours, theirs.key, secrets[0] ?? '');
      await consumer.open(csid, theirs, ours.key, secrets[1] ?? '');
      const [first, second] = isProducerFirst ? [producer, consumer] : [consumer, producer];
      await greet(first, second, nonces);
      for (const [from, to, inner, entropy] of [
        [first, second, inners[0], nonces[TURNS_MAX] ?? ''],
        [second, first, inners[1], nonces[TURNS_MAX + 1] ?? ''],
      ] as const) {
        const packet = (await from.sent('send', { inner, entropy })) ?? '';
        const brought = eventOf(await to.call('receive', { packet }), 'packet');
        await talk.demand({ inner: brought?.['inner'] ?? '' }, 'inner', inner);
      }
      await producer.call('close', {});
      await consumer.call('close', {});
    },
  });
}

/**
 * One end originates, and each answers what it hears until its own number comes back. An end that has originated a higher
 * number before may answer with that.
 */
async function greet(first: End, second: End, nonces: readonly string[]): Promise<void> {
  let packet: string | undefined = await first.sent('handshake', { entropy: nonces[0] ?? '' });
  let [from, to] = [first, second];
  for (let turn = 1; packet !== undefined && turn < TURNS_MAX; turn++) {
    const at = await to.heard(packet, turn === 1);
    // One that was heard before changes nothing.
    if (at === undefined) return;
    // Its own number proves the other end, and is not answered.
    packet = await to.sent('accept', { at, entropy: to.isOwn(at) ? '' : (nonces[turn] ?? '') });
    [from, to] = [to, from];
  }
}

const eventOf = ({ events }: JsonObject, type: string): JsonObject | undefined =>
  (Array.isArray(events) ? (events as readonly JsonObject[]) : []).find((event) => event['type'] === type);

/** One end of an exchange: the session of one side. */
class End {
  readonly #talk: PairTalk;
  readonly #side: 'produce' | 'consume';
  #session = '';
  #isOdd = false;

  constructor(talk: PairTalk, side: 'produce' | 'consume') {
    this.#talk = talk;
    this.#side = side;
  }

  async open(csid: string, local: KeyPair, remoteKey: string, entropy: string): Promise<void> {
    // Cipher set 1a is used only with consent.
    const legacy = csid === '1a' ? { legacy: true } : {};
    const { session } = await this.#talk[this.#side]('e3x.exchange.open', { csid, local, remoteKey, entropy, now: NOW_MS, ...legacy });
    this.#session = String(session);
    this.#isOdd = local.key > remoteKey;
  }
  call(verb: string, params: JsonObject): Promise<JsonObject> {
    const time = verb === 'close' ? {} : { now: NOW_MS };
    return this.#talk[this.#side](`e3x.exchange.${verb}`, { session: this.#session, ...params, ...time });
  }
  /** The packet that a call sends; undefined if it sends none. */
  async sent(verb: string, params: JsonObject): Promise<string | undefined> {
    const { transmit } = await this.call(verb, params);
    const [packet] = Array.isArray(transmit) ? (transmit as readonly string[]) : [];
    return packet;
  }
  /** Whether an `at` has the parity of this end. */
  isOwn(at: number): boolean {
    return (at % 2 === 1) === this.#isOdd;
  }
  /** The `at` of the handshake that a packet brings; undefined for one that is no news. */
  async heard(packet: string, isNews: boolean): Promise<number | undefined> {
    const event = eventOf(await this.call('receive', { packet }), 'handshake');
    if (isNews) await this.#talk.demand({ type: event?.['type'] ?? 'none' }, 'type', 'handshake');
    return event === undefined ? undefined : Number(event['at']);
  }
}
