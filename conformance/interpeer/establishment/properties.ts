/**
 * Generated checks of the establishment of channels: two endpoints of the implementation under test at the ends of a bad
 * virtual link, and a flood of questions that must leave nothing behind.
 */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { JsonObject } from '../../contract/contract.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { Dice } from '../../suites/campaign.ts';
import { Polls } from '../../suites/polls.ts';
import { type Talk } from '../../suites/talk.ts';
import { campaignCheck } from '../../suites/campaign-check.ts';
import type { SuiteInput, TopicProperties } from '../../suites/modules.ts';
import { mutatedBytes } from '../../suites/mutations.ts';

const SESSION = 'interpeer.establishment';
const RUNS = 12;
/** Questions of one flood at effort 1; a unit test of the reference asks 100,000. */
const FLOOD_COUNT = 250;
const DAMAGED_COUNT = 60;
const START_MS = 1000;
/** When a run is over: long after the last proposal was given up, and before silence closes anything. */
const RUN_MS = 40_000;
const PEERS = ['05'.repeat(16), '8a'.repeat(16)] as const;
const OPEN = ['open', 'propose', 'receive', 'front', 'tick'].map((call) => `${SESSION}.${call}`);

type Which = 0 | 1;
interface Plan {
  readonly seed: number;
  readonly suite: 'interpeer-0.1' | 'interpeer-1';
  /** When each side proposes, and whether the halves it draws from are few. */
  readonly proposals: readonly (readonly [Which, number])[];
  readonly halfCount: number;
  readonly lossPercent: number;
  readonly copyPercent: number;
  readonly delayMs: number;
}
interface Established {
  readonly id: string;
  readonly role: string;
  readonly capabilities: number;
}
interface Sent {
  readonly to: Which;
  readonly channel: string;
  readonly message: string;
}

/** The checks of the establishment of channels. */
function establishmentChecks(input: SuiteInput): Check[] {
  const { oracle } = input;
  const check = <T>(
    id: string,
    suite: Plan['suite'],
    requirement: string,
    title: string,
    operations: readonly string[],
    runs: number,
    arbitrary: fc.Arbitrary<T>,
    trial: (drawn: T, talk: Talk) => Promise<void>,
  ): Check =>
    campaignCheck(input, {
      id,
      suite: 'property',
      requirement,
      title,
      operations,
      asksWith: { suite: [suite] },
      runs,
      arbitrary,
      trial,
    });
  const plan = (suite: Plan['suite'], lossPercent: number, copyPercent: number, delayMs: number): fc.Arbitrary<Plan> =>
    fc.record({
      seed: fc.integer(),
      suite: fc.constant(suite),
      halfCount: fc.integer({ min: 1, max: 4 }),
      proposals: fc.array(fc.tuple(fc.constantFrom(0 as const, 1 as const), fc.nat(400)), { minLength: 1, maxLength: 4 }),
      lossPercent: fc.constant(lossPercent),
      copyPercent: fc.constant(copyPercent),
      delayMs: fc.constant(delayMs),
    });
  const pair = (drawn: Plan, talk: Talk): Promise<void> => new Pair(drawn, talk).run();
  return [
    ...(['interpeer-0.1', 'interpeer-1'] as const).flatMap((suite) => [
      check(
        `scenario/${SESSION}/good-link/${suite}`,
        suite,
        'IPR-EST-034',
        `${suite}: two endpoints that propose to each other over a perfect link`,
        OPEN,
        RUNS,
        plan(suite, 0, 0, 30),
        pair,
      ),
      check(
        `scenario/${SESSION}/bad-link/${suite}`,
        suite,
        'IPR-EST-034',
        `${suite}: two endpoints that propose to each other over a link that loses, duplicates and reorders`,
        OPEN,
        RUNS,
        plan(suite, 20, 20, 900),
        pair,
      ),
    ]),
    check(
      `property/${SESSION}/flood`,
      'interpeer-1',
      'IPR-EST-005',
      'many peers send CHANNEL_NEW, and nothing about them is remembered',
      [...OPEN.slice(0, 1), `${SESSION}.receive`, `${SESSION}.count`],
      FLOOD_COUNT,
      fc.integer(),
      flood,
    ),
    {
      ...check(
        `fuzz/${SESSION}.receive`,
        'interpeer-1',
        'IPR-EST-010',
        'a damaged CHANNEL_FINALIZE establishes nothing, and the next valid one does',
        OPEN.slice(0, 1).concat(`${SESSION}.receive`),
        DAMAGED_COUNT,
        mutatedBytes(fc.constant(fromHex(finalizeOf(oracle)))).map(toHex),
        (message, talk) => damaged(finalizeOf(oracle), message, talk),
      ),
      suite: 'fuzz' as const,
    },
  ];
}

/** CHANNEL_FINALIZE of the channel 1001 2001 from the second peer to the first, with the capabilities 3. */
function finalizeOf(oracle: Oracle): string {
  const made = oracle.answer('interpeer.cookie.make', {
    suite: 'interpeer-1',
    secret: '5e',
    role: 'responder',
    initiator: PEERS[1],
    responder: PEERS[0],
    id: '10012001',
    now: START_MS,
  });
  return made.kind === 'ok' ? `0c10012001${String(made.value['cookie'])}0003` : '';
}

/** The cookie covers peers and id; what follows it is taken as it is. */
async function damaged(right: string, message: string, talk: Talk): Promise<void> {
  await talk.want(
    `${SESSION}.open`,
    { suite: 'interpeer-1', local: PEERS[0], secret: '5e', now: START_MS },
    { bind: { session: 'damaged' } },
  );
  const receive = (bytes: string): ReturnType<Talk['ask']> =>
    talk.ask(`${SESSION}.receive`, {
      session: '$damaged',
      peer: PEERS[1],
      channel: 'f0f0f0f0',
      message: bytes,
      entropy: '20'.repeat(16),
      now: START_MS,
    });
  const isEstablished = (got: Awaited<ReturnType<typeof receive>>): boolean =>
    got.kind === 'ok' && ((got.value['events'] ?? []) as readonly JsonObject[]).some(({ type }) => type === 'established');
  const isOfTheCookie = message.length === right.length && message.slice(0, -4) === right.slice(0, -4);
  const got = await receive(message);
  if (isEstablished(got) && !isOfTheCookie)
    talk.violated({
      requirement: 'IPR-EST-010',
      expect: { reject: 'unauthenticated' },
      explanation: 'A damaged CHANNEL_FINALIZE has established a channel.',
    });
  if (!isEstablished(got) && !isEstablished(await receive(right)))
    talk.violated({
      requirement: 'IPR-EST-012',
      expect: { ok: {} },
      explanation: 'After a damaged CHANNEL_FINALIZE a valid one establishes nothing.',
    });
}

/** One endpoint for the whole campaign would make it depend on its order, so each case asks a few times. */
async function flood(seed: number, talk: Talk): Promise<void> {
  const dice = new Dice(seed);
  await talk.want(
    `${SESSION}.open`,
    { suite: 'interpeer-1', local: PEERS[0], secret: '5e', now: START_MS },
    { bind: { session: 'flooded' } },
  );
  const hex = (length: number): string => Array.from({ length }, () => dice.below(256).toString(16).padStart(2, '0')).join('');
  for (let n = 0; n < 4; n++) {
    const answer = await talk.want(`${SESSION}.receive`, {
      session: '$flooded',
      peer: hex(16),
      channel: 'f0f0f0f0',
      message: `0a${hex(1)}01${hex(8)}`,
      entropy: `200${String(1 + (n % 2))}${hex(14)}`,
      now: START_MS + n,
    });
    if (answer['timeoutAt'] !== null)
      talk.violated({
        requirement: 'IPR-EST-005',
        expect: { ok: { ...answer, timeoutAt: null } },
        member: 'timeoutAt',
        explanation: 'After CHANNEL_NEW there is a timeout, so something is remembered.',
      });
  }
  const counted = await talk.want(`${SESSION}.count`, { session: '$flooded', now: START_MS + 4 });
  const nothing: JsonObject = { transmit: [], events: [{ type: 'count', channels: 0, proposals: 0, rests: 0 }], timeoutAt: null };
  if (JSON.stringify(counted['events']) !== JSON.stringify(nothing['events']))
    talk.violated({
      requirement: 'IPR-EST-005',
      expect: { ok: nothing },
      member: 'events',
      explanation: 'Something is remembered about peers that have only sent CHANNEL_NEW.',
    });
}

class Pair {
  readonly #plan: Plan;
  readonly #talk: Talk;
  readonly #polls: Polls;
  readonly #dice: Dice;
  readonly #established: readonly [Map<string, Established>, Map<string, Established>] = [new Map(), new Map()];
  readonly #ticks: [number | undefined, number | undefined] = [undefined, undefined];
  #flight: (Sent & { readonly atMs: number })[] = [];
  #isMending = false;
  #nowMs = START_MS;

  constructor(plan: Plan, talk: Talk) {
    this.#plan = plan;
    this.#talk = talk;
    this.#polls = new Polls(talk);
    this.#dice = new Dice(plan.seed);
  }

  async run(): Promise<void> {
    for (const which of [0, 1] as const)
      await this.#talk.want(
        `${SESSION}.open`,
        { suite: this.#plan.suite, local: PEERS[which], secret: which === 0 ? '5e' : '7e', now: this.#nowMs },
        { bind: { session: `end${String(which)}` } },
      );
    let wishes = this.#plan.proposals.map(([which, afterMs], n) => ({ which, atMs: START_MS + afterMs, capabilities: n % 8 }));
    for (let next = this.#next(wishes); next !== undefined && next < START_MS + RUN_MS; next = this.#next(wishes)) {
      this.#nowMs = Math.max(this.#nowMs, next);
      const due = wishes.filter(({ atMs }) => atMs <= this.#nowMs);
      wishes = wishes.filter(({ atMs }) => atMs > this.#nowMs);
      for (const { which, capabilities } of due)
        await this.#call(which, 'propose', { peer: PEERS[this.#other(which)], capabilities, entropy: this.#entropy() });
      await this.#arrive();
      for (const which of [0, 1] as const) if ((this.#ticks[which] ?? Infinity) <= this.#nowMs) await this.#call(which, 'tick', {});
    }
    this.#compare('');
    await this.#mend();
    this.#compare(', though the initiator has sent CHANNEL_COOKIE again and it arrived');
  }

  /** Every initiator sends on its channels once more, and nothing is lost. */
  async #mend(): Promise<void> {
    this.#isMending = true;
    for (const which of [0, 1] as const) {
      for (const { id, role } of this.#established[which].values())
        if (role === 'initiator') await this.#call(which, 'front', { peer: PEERS[this.#other(which)], channel: id });
    }
    await this.#arrive();
  }

  /** Two channels of one initiator half are the same channel; after mending neither end has one alone. */
  #compare(though: string): void {
    for (const which of [0, 1] as const) {
      for (const [half, own] of this.#established[which]) {
        const others = this.#established[this.#other(which)].get(half);
        if (others === undefined && !this.#isMending) continue;
        if (others === undefined && own.role === 'responder') this.#violated(`Only the responder has the channel ${own.id}${though}.`);
        if (others === undefined) this.#violated(`Only the initiator has the channel ${own.id}${though}.`);
        if (others.id !== own.id || others.capabilities !== own.capabilities || others.role === own.role)
          this.#violated(
            `One end has the channel ${own.id} with capabilities ${String(own.capabilities)} as ${own.role}, ` +
              `the other ${others.id} with ${String(others.capabilities)} as ${others.role}${though}.`,
          );
      }
    }
  }

  async #arrive(): Promise<void> {
    const due = this.#flight.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#flight = this.#flight.filter(({ atMs }) => atMs > this.#nowMs);
    for (const { to, channel, message } of due)
      await this.#call(to, 'receive', { peer: PEERS[this.#other(to)], channel, message, entropy: this.#entropy() });
  }

  async #call(which: Which, call: string, params: JsonObject): Promise<void> {
    const operation = `${SESSION}.${call}`;
    const got = await this.#talk.ask(operation, { session: `$end${String(which)}`, ...params, now: this.#nowMs });
    if (got.kind === 'reject') {
      // Few halves are soon used up; nothing else that two right endpoints send is refused.
      if (got.class === 'limit') return;
      this.#violated(`A right ${call} was refused as '${got.class}'.`);
    }
    const { transmit, events } = got.value as { transmit?: string[]; events?: JsonObject[] };
    this.#ticks[which] = this.#polls.next(String(which), operation, got.value, this.#nowMs);
    for (const event of events ?? []) if (event['type'] === 'established') this.#note(which, event);
    for (const sent of transmit ?? []) this.#carry(which, sent);
  }

  #note(which: Which, event: JsonObject): void {
    const id = String(event['channel']);
    const half = id.slice(0, 4);
    if (this.#established[which].has(half)) this.#violated(`A second channel with the initiator half ${half} was established.`);
    this.#established[which].set(half, { id, role: String(event['role']), capabilities: Number(event['capabilities']) });
  }

  #carry(from: Which, sent: string): void {
    const to = this.#other(from);
    if (sent.slice(0, 32) !== PEERS[to]) this.#violated(`Something was sent to the peer ${sent.slice(0, 32)}.`);
    const { lossPercent, copyPercent, delayMs } = this.#plan;
    const copies = this.#isMending ? 1 : this.#dice.below(100) < copyPercent ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const atMs = this.#isMending ? this.#nowMs : this.#nowMs + 1 + this.#dice.below(delayMs);
      if (this.#isMending || this.#dice.below(100) >= lossPercent)
        this.#flight.push({ atMs, to, channel: sent.slice(32, 40), message: sent.slice(40) });
    }
  }

  /** A small set of halves, so that both sides draw the same. */
  #entropy(): string {
    return Array.from({ length: 8 }, () => (0x1001 + this.#dice.below(this.#plan.halfCount)).toString(16)).join('');
  }
  #other(which: Which): Which {
    return which === 0 ? 1 : 0;
  }
  #next(wishes: readonly { readonly atMs: number }[]): number | undefined {
    const times = [
      ...wishes.map(({ atMs }) => atMs),
      ...this.#flight.map(({ atMs }) => atMs),
      ...this.#ticks.flatMap((atMs) => atMs ?? []),
    ];
    return times.length === 0 ? undefined : Math.min(...times);
  }
  #violated(explanation: string): never {
    this.#talk.violated({ requirement: 'IPR-EST-034', expect: { ok: {} }, explanation });
  }
}

export const properties: TopicProperties = { checks: establishmentChecks };
