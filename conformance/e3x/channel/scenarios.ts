/**
 * Scenarios: two sessions of the implementation under test at the ends of a virtual link of the bench, which loses,
 * duplicates and reorders as its seed says. Nothing is compared with a table; what must hold at the end is what the
 * application was promised: everything arrives once and in order, and a link that is merely bad causes no error.
 */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { campaignCheck } from '../../suites/campaign-check.ts';
import { Dice } from '../../suites/campaign.ts';
import { Polls } from '../../suites/polls.ts';
import { type Talk } from '../../suites/talk.ts';
import type { SuiteInput } from '../../suites/modules.ts';

const RUNS = 8;
/** Requests of one run, at most: a channel that never ends is found by then. */
const REQUESTS_MAX = 3000;
const TIMEOUT_MS = 120_000;
const INNER_LENGTH_MAX = 1342;
const OPERATIONS = ['open', 'send', 'receive', 'done', 'tick'].map((call) => `e3x.channel.${call}`);

interface Plan {
  readonly seed: number;
  /** Contents that each end sends before its end. */
  readonly contents: readonly [number, number];
  readonly window: number;
  readonly lossPercent: number;
  readonly copyPercent: number;
  readonly delayMs: number;
}
type Which = 0 | 1;
interface End {
  readonly session: string;
  sent: number;
  hasEnded: boolean;
  received: number;
  peerHasEnded: boolean;
  isOpen: boolean;
  isClosed: boolean;
  doneAtMs: number | undefined;
  tickAtMs: number | undefined;
}

/** The checks of channels over bad links. */
export function scenarioChecks(input: SuiteInput): Check[] {
  const plan = (lossPercent: number, copyPercent: number, delayMs: number): fc.Arbitrary<Plan> =>
    fc.record({
      seed: fc.integer(),
      contents: fc.tuple(fc.nat(8), fc.nat(8)),
      window: fc.integer({ min: 1, max: 8 }),
      lossPercent: fc.constant(lossPercent),
      copyPercent: fc.constant(copyPercent),
      delayMs: fc.constant(delayMs),
    });
  const check = <T>(
    name: string,
    requirement: string,
    title: string,
    operations: readonly string[],
    arbitrary: fc.Arbitrary<T>,
    trial: (drawn: T, talk: Talk) => Promise<void>,
  ): Check =>
    campaignCheck(input, {
      id: `scenario/e3x.channel/${name}`,
      suite: 'property',
      requirement,
      title,
      operations,
      arbitrary,
      runs: RUNS,
      trial,
    });
  const reliable = (drawn: Plan, talk: Talk): Promise<void> => new ReliableWorld(drawn, talk).run();
  return [
    check('good-link', 'E3X-REL-005', 'Two reliable channels over a link that keeps every promise', OPERATIONS, plan(0, 0, 1), reliable),
    check(
      'reordering-link',
      'E3X-REL-005',
      'Two reliable channels over a link that duplicates and reorders',
      OPERATIONS,
      plan(0, 30, 900),
      reliable,
    ),
    check(
      'lossy-link',
      'E3X-REL-005',
      'Two reliable channels over a link that loses, duplicates and reorders',
      OPERATIONS,
      plan(20, 10, 200),
      reliable,
    ),
    check(
      'replay-window',
      'E3X-RPW-003',
      'A numbered unreliable channel over a link that duplicates and reorders gives each packet once',
      OPERATIONS.filter((o) => !/done|tick/.test(o)),
      fc.array(fc.nat(7), { minLength: 1, maxLength: 20 }),
      replayed,
    ),
  ];
}

class ReliableWorld {
  readonly #plan: Plan;
  readonly #talk: Talk;
  readonly #polls: Polls;
  readonly #dice: Dice;
  readonly #ends: readonly [End, End];
  #nowMs = 1000;
  #requests = 0;
  #flight: { readonly atMs: number; readonly to: Which; readonly packet: string }[] = [];

  constructor(plan: Plan, talk: Talk) {
    this.#plan = plan;
    this.#talk = talk;
    this.#polls = new Polls(talk);
    this.#dice = new Dice(plan.seed);
    const end = (session: string): End => ({
      session,
      sent: 0,
      hasEnded: false,
      received: 0,
      peerHasEnded: false,
      isOpen: false,
      isClosed: false,
      doneAtMs: undefined,
      tickAtMs: undefined,
    });
    this.#ends = [end('opener'), end('answerer')];
  }

  async run(): Promise<void> {
    const options = { c: 1, reliable: true, window: this.#plan.window, timeoutMs: TIMEOUT_MS, now: this.#nowMs };
    await this.#talk.want('e3x.channel.open', { ...options, type: 'stream' }, { bind: { session: 'opener' } });
    await this.#talk.want('e3x.channel.open', { ...options, incoming: true }, { bind: { session: 'answerer' } });
    this.#ends[0].isOpen = true;
    while (!this.#ends.every(({ isClosed }) => isClosed)) {
      for (const which of [0, 1] as const) await this.#act(which);
      const next = this.#nextAtMs();
      if (next === undefined || this.#requests > REQUESTS_MAX)
        this.#violated(
          `After ${String(this.#requests)} requests and ${String(this.#nowMs - 1000)} ms ` +
            `the channels have not ended: ${this.#progress()}.`,
        );
      this.#nowMs = Math.max(this.#nowMs, next);
      await this.#arrive();
      for (const which of [0, 1] as const) {
        const end = this.#ends[which];
        if (!end.isClosed && end.tickAtMs !== undefined && end.tickAtMs <= this.#nowMs) await this.#call(which, 'tick', {});
      }
    }
    for (const which of [0, 1] as const)
      if (this.#ends[which].received !== this.#plan.contents[which === 0 ? 1 : 0])
        this.#violated(`The channels closed, and ${this.#progress()}.`);
  }

  /** What an application does now: it is done with its packet, sends what there is, and ends. */
  async #act(which: Which): Promise<void> {
    const end = this.#ends[which];
    if (end.doneAtMs !== undefined && end.doneAtMs <= this.#nowMs && !end.isClosed) {
      end.doneAtMs = undefined;
      await this.#call(which, 'done', {});
    }
    while (end.isOpen && !end.hasEnded && !end.isClosed) {
      const isLast = end.sent === this.#plan.contents[which];
      const accepted = await this.#call(
        which,
        'send',
        isLast ? { end: true } : { json: { n: end.sent }, body: '5a'.repeat(this.#dice.below(60)) },
        ['limit'],
      );
      if (!accepted) return;
      if (isLast) end.hasEnded = true;
      else end.sent += 1;
    }
  }

  async #arrive(): Promise<void> {
    const due = this.#flight.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#flight = this.#flight.filter(({ atMs }) => atMs > this.#nowMs);
    for (const { to, packet } of due) {
      const end = this.#ends[to];
      if (end.isClosed) continue;
      // Content can overtake the open packet; nothing else that two right channels send is refused.
      if (await this.#call(to, 'receive', { packet }, end.isOpen ? [] : ['wrong-state'])) end.isOpen = true;
    }
  }

  /** One request; false if it was refused as one of `refusals`. */
  async #call(which: Which, call: string, params: JsonObject, refusals: readonly string[] = []): Promise<boolean> {
    const end = this.#ends[which];
    this.#requests += 1;
    const operation = `e3x.channel.${call}`;
    const got = await this.#talk.ask(operation, { session: `$${end.session}`, ...params, now: this.#nowMs });
    if (got.kind === 'reject') {
      if (refusals.includes(got.class)) return false;
      this.#violated(`The ${end.session} refused this as '${got.class}', and it is right: ${this.#progress()}.`);
    }
    const { transmit, events } = got.value as { transmit?: string[]; events?: JsonObject[] };
    end.tickAtMs = this.#polls.next(end.session, operation, got.value, this.#nowMs);
    for (const event of events ?? []) this.#happened(which, event);
    for (const packet of transmit ?? []) this.#carry(which, packet);
    return true;
  }

  #happened(which: Which, event: JsonObject): void {
    const end = this.#ends[which];
    if (event['type'] === 'error') this.#violated(`The ${end.session} erred ('${String(event['err'])}') on a link that is not dead.`);
    if (event['type'] === 'closed') end.isClosed = true;
    if (event['type'] !== 'packet') return;
    if (end.doneAtMs !== undefined) this.#violated(`The ${end.session} was given a packet before it was done with the one before.`);
    if (end.peerHasEnded) this.#violated(`The ${end.session} was given a packet after the end.`);
    const { json } = this.#decoded(String(event['packet']));
    if (json?.['end'] === true) end.peerHasEnded = true;
    else if (json?.['n'] !== end.received)
      this.#violated(`The ${end.session} was given content ${JSON.stringify(json?.['n'])} where ${String(end.received)} is next.`);
    else end.received += 1;
    end.doneAtMs = this.#nowMs + this.#dice.below(this.#dice.below(8) === 0 ? 3000 : 50);
  }

  #carry(from: Which, packet: string): void {
    if (packet.length > 2 * INNER_LENGTH_MAX) this.#violated(`A packet of ${String(packet.length / 2)} bytes was sent.`);
    const { lossPercent, copyPercent, delayMs } = this.#plan;
    const copies = this.#dice.below(100) < copyPercent ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      if (this.#dice.below(100) >= lossPercent)
        this.#flight.push({ atMs: this.#nowMs + this.#dice.below(delayMs), to: from === 0 ? 1 : 0, packet });
    }
  }

  #nextAtMs(): number | undefined {
    const times = [
      ...this.#flight.map(({ atMs }) => atMs),
      ...this.#ends.flatMap(({ isClosed, tickAtMs, doneAtMs }) => (isClosed ? [] : [tickAtMs ?? [], doneAtMs ?? []].flat())),
    ];
    return times.length === 0 ? undefined : Math.min(...times);
  }
  #decoded(packet: string): { json?: JsonObject } {
    const answer = this.#talk.oracle.answer('e3x.packet.decode', { packet });
    return answer.kind === 'ok' ? (answer.value as { json?: JsonObject }) : {};
  }
  #progress(): string {
    return this.#ends
      .map(
        ({ session, sent, received }, i) =>
          `the ${session} sent ${String(sent)} of ${String(this.#plan.contents[i] ?? 0)} and was given ${String(received)}`,
      )
      .join(', ');
  }
  #violated(explanation: string): never {
    this.#talk.violated({ requirement: 'E3X-REL-005', expect: { ok: {} }, explanation });
  }
}

/** Each packet comes twice, and out of order by less than the window; each is given once and its copy refused. */
async function replayed(places: readonly number[], talk: Talk): Promise<void> {
  const options = { c: 1, replayWindow: 16, now: 1000 };
  await talk.want('e3x.channel.open', { ...options, type: 'stream' }, { bind: { session: 'opener' } });
  await talk.want('e3x.channel.open', { ...options, incoming: true }, { bind: { session: 'answerer' } });
  const packets: string[] = [];
  for (const index of places.keys())
    packets.push(...((await talk.want('e3x.channel.send', { session: '$opener', json: { n: index }, now: 1000 }))['transmit'] as string[]));
  if (packets.length !== places.length)
    talk.violated({ requirement: 'E3X-RPW-001', expect: { ok: {} }, explanation: 'A send on an unreliable channel makes one packet.' });
  const [first = '', ...others] = packets;
  // Sorted by a place that is at most 7 later, so that nothing falls out of the window.
  const shuffled = others
    .map((packet, i) => ({ packet, place: i + (places[i + 1] ?? 0) }))
    .sort((a, b) => a.place - b.place)
    .map(({ packet }) => packet);
  const given = new Set<string>();
  for (const packet of [first, ...shuffled].flatMap((p) => [p, p])) {
    const got = await talk.ask('e3x.channel.receive', { session: '$answerer', packet, now: 1000 });
    const copy = given.has(packet);
    if (copy && (got.kind === 'ok' || got.class !== 'replayed'))
      talk.violated({
        requirement: 'E3X-RPW-003',
        expect: { reject: 'replayed' },
        explanation: 'A copy of a packet was not refused as replayed.',
      });
    if (!copy && got.kind === 'reject')
      talk.violated({
        requirement: 'E3X-RPW-003',
        expect: { ok: {} },
        explanation: `A packet that arrived for the first time, out of order but within the window, was refused as '${got.class}'.`,
      });
    given.add(packet);
  }
}
