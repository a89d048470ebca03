/**
 * What two engines of different implementations can do together over a link that keeps every promise: they connect, open a
 * channel, write to it from both ends, and see it end. Nothing that an engine sends can be compared, since what it draws is up
 * to it; so another engine reads it.
 */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { flow, type Flow } from '../../cross/flow.ts';
import type { PairTalk } from '../../cross/pair-talk.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { ORDERED, REASON_FINISHED, RESEND, type Plan } from './plan.ts';
import { IDENTITIES, PEERS } from './world.ts';

const OPERATIONS = ['open', 'connect', 'accept', 'channel', 'write', 'read', 'finish', 'receive', 'tick', 'close'].map(
  (call) => `interpeer.engine.${call}`,
);
/** Cases at effort 1. */
const RUNS = 3;
const START_MS = 1000;
const LIMIT_MS = 20_000;
const REQUESTS_MAX = 1000;
/** Milliseconds after which an engine is ticked that does not say when it wants to be. */
const POLL_MS = 50;
type Handshake = Plan['handshake'];
type Which = 0 | 1;
/** Who asks which of the two. */
type Sides = readonly ['produce' | 'consume', 'produce' | 'consume'];

/** One flow for each way to connect. */
export function engineFlows(oracle: Oracle): Flow[] {
  if (!oracle.spec.operations.some(({ operation }) => operation === 'interpeer.engine.open')) return [];
  return (['none', 'known-keys', 'key-exchange'] as const).map((handshake) => engineFlow(handshake));
}

function engineFlow(handshake: Handshake): Flow {
  return flow({
    id: `interpeer.engine/${handshake}`,
    title: `an engine that connects by ${handshake}: a channel, what is written at both ends, and its end`,
    requirement: 'IPR-API-001',
    producer: OPERATIONS,
    consumer: OPERATIONS,
    asksWith: { suite: ['interpeer-1'] },
    runs: RUNS,
    arbitrary: fc.record({
      isProducerFirst: fc.boolean(),
      seed: fc.nat(0xffff),
      writes: fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 2000 }), fc.uint8Array({ minLength: 1, maxLength: 2000 })),
    }),
    trial: async ({ isProducerFirst, seed, writes }, talk) => {
      const world = new EnginePair(talk, handshake, isProducerFirst ? ['produce', 'consume'] : ['consume', 'produce']);
      const texts = writes.map((bytes) => Buffer.from(bytes).toString('hex'));
      await world.begin(seed);
      await world.call(0, 'channel', { peer: PEERS[1], capabilities: RESEND | ORDERED });
      await world.until('opened', () => world.handles.every((handle) => handle !== undefined));
      for (const which of [0, 1] as const)
        await world.call(which, 'write', { channel: world.handles[which] ?? 0, data: texts[which] ?? '' });
      await world.until('given', () => world.given[0] === texts[1] && world.given[1] === texts[0]);
      await world.call(0, 'finish', { channel: world.handles[0] ?? 0, reason: REASON_FINISHED });
      await world.until('closed', () => world.closed.every((event) => event !== undefined));
      const ends = world.closed.map((event) => [event?.['reason'] ?? null, event?.['by'] ?? null]);
      await talk.demand(
        { ends },
        'ends',
        [
          [REASON_FINISHED, 'self'],
          [REASON_FINISHED, 'peer'],
        ],
        'IPR-API-004',
      );
      await world.close();
    },
  });
}

/** The two engines, what is on its way between them, and the time. */
class EnginePair {
  readonly #talk: PairTalk;
  readonly #handshake: Handshake;
  readonly #sides: Sides;
  readonly #sessions: [string, string] = ['', ''];
  readonly #tickAtMs: [number | undefined, number | undefined] = [undefined, undefined];
  #flight: { readonly atMs: number; readonly to: Which; readonly datagram: string }[] = [];
  #nowMs = START_MS;
  #requests = 0;
  readonly handles: [number | undefined, number | undefined] = [undefined, undefined];
  readonly given: [string, string] = ['', ''];
  readonly closed: [JsonObject | undefined, JsonObject | undefined] = [undefined, undefined];

  constructor(talk: PairTalk, handshake: Handshake, sides: Sides) {
    this.#talk = talk;
    this.#handshake = handshake;
    this.#sides = sides;
  }

  async begin(seed: number): Promise<void> {
    const handshake = this.#handshake;
    for (const which of [0, 1] as const) {
      const answer = await this.#talk[this.#sides[which]]('interpeer.engine.open', {
        suite: 'interpeer-1',
        local: PEERS[which],
        handshake,
        ...(handshake === 'none' ? {} : { identity: IDENTITIES[which] }),
        entropy: `${seed.toString(16).padStart(62, '0')}0${String(which)}`,
        now: this.#nowMs,
      });
      this.#sessions[which] = String(answer['session']);
    }
    const knows = handshake === 'known-keys';
    await this.call(0, 'connect', { peer: PEERS[1], handshake, ...(knows ? { remoteKey: IDENTITIES[1].key } : {}) });
    if (knows) await this.call(1, 'connect', { peer: PEERS[0], handshake, remoteKey: IDENTITIES[0].key });
  }
  async close(): Promise<void> {
    for (const which of [0, 1] as const) await this.#talk[this.#sides[which]]('interpeer.engine.close', { session: this.#sessions[which] });
  }

  /** Lets time pass until something holds; that it never does is a difference. */
  async until(what: string, isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      const next = Math.min(...this.#flight.map(({ atMs }) => atMs), ...this.#tickAtMs.map((atMs) => atMs ?? Infinity));
      if (next > START_MS + LIMIT_MS || this.#requests > REQUESTS_MAX) return this.#talk.demand({ [what]: false }, what, true);
      this.#nowMs = Math.max(this.#nowMs, next);
      const due = this.#flight.filter(({ atMs }) => atMs <= this.#nowMs);
      this.#flight = this.#flight.filter(({ atMs }) => atMs > this.#nowMs);
      for (const { to, datagram } of due) await this.call(to, 'receive', { datagram });
      for (const which of [0, 1] as const) if ((this.#tickAtMs[which] ?? Infinity) <= this.#nowMs) await this.call(which, 'tick', {});
    }
  }

  async call(which: Which, verb: string, params: JsonObject): Promise<void> {
    this.#requests += 1;
    const call = { session: this.#sessions[which], ...params, now: this.#nowMs };
    const answer = await this.#talk[this.#sides[which]](`interpeer.engine.${verb}`, call);
    const { transmit = [], events = [] } = answer as { transmit?: readonly string[]; events?: readonly JsonObject[] };
    // An absent timer may be one that hello omits.
    this.#tickAtMs[which] = 'timeoutAt' in answer ? ((answer['timeoutAt'] as number | null) ?? undefined) : this.#nowMs + POLL_MS;
    for (const datagram of transmit) this.#flight.push({ atMs: this.#nowMs + 1, to: which === 0 ? 1 : 0, datagram });
    for (const event of events) await this.#happened(which, event);
  }

  async #happened(which: Which, event: JsonObject): Promise<void> {
    const handle = Number(event['channel']);
    switch (event['type']) {
      case 'offered':
        return this.call(which, 'accept', { peer: PEERS[which === 0 ? 1 : 0], hashname: event['hashname'] ?? '' });
      case 'opened':
        this.handles[which] = handle;
        return;
      case 'readable':
        return this.call(which, 'read', { channel: handle });
      case 'data':
        this.given[which] += String(event['bytes']);
        return;
      case 'closed':
        this.closed[which] = event;
    }
  }
}
