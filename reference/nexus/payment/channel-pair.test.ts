/**
 * Both sides of a channel over links that lose, copy and reorder, each of which may stop after every event: all interleavings
 * within small bounds. What each holds in memory follows from what it has stored, so a state is what both have stored, the
 * records under way, what was told, and what is left of the bounds; every step begins with what was stored. Either may also be
 * the victim of a dishonest neighbour, which completes and disputes whatever the victim has signed, and proposes to make money.
 */
import { describe, expect, it } from 'vitest';
import * as reference from '../../index.ts';
import type { PaymentChannelEvent, StoredPayment } from '../../index.ts';
import { drain, noblePrimitives, toHex } from '../../index.ts';

const [OPEN, UPDATE, ACCEPT, DISPUTE] = [0x50, 0x51, 0x52, 0x54];
/** The same arithmetic comes again in most steps. */
function remembered(primitives: reference.Primitives): reference.Primitives {
  const known = new Map<string, unknown>();
  const entries = Object.entries(primitives).map(([name, run]: [string, unknown]) => [
    name,
    (given: object): unknown => {
      const key = `${name} ${JSON.stringify(given, (_, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value))}`;
      const found = known.get(key) ?? (run as (given: object) => unknown)(given);
      known.set(key, found);
      return found;
    },
  ]);
  return Object.fromEntries(entries) as reference.Primitives;
}
const P = remembered(noblePrimitives);
const NAMES = ['a', 'b'] as const;
type Name = (typeof NAMES)[number];
const other = (name: Name): Name => (name === 'a' ? 'b' : 'a');
/** The one with the lower hash is party a. */
const [SEED_A, SEED_B] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)].sort((one, two) =>
  reference.compare(hashOf(one), hashOf(two)),
) as [Uint8Array, Uint8Array];
const SEEDS: { readonly [name in Name]: Uint8Array } = { a: SEED_A, b: SEED_B };
function hashOf(seed: Uint8Array): Uint8Array {
  return reference.deriveNexusIdentity(seed, P).destinationHash;
}
const keyOf = (name: Name): Uint8Array => reference.deriveNexusIdentity(SEEDS[name], P).publicKey;

const SUM = 100n;

/** A record on its way. An answer has its request, which is known by its number; what a dishonest neighbour sends has none. */
interface Flight {
  readonly to: Name;
  readonly kind: number;
  readonly answers?: Flight;
  readonly isAttack?: boolean;
  readonly body: string;
}
type Both<Value> = { readonly [name in Name]: Value };
/** What may still happen. */
interface Left {
  readonly pays: Both<number>;
  readonly crashes: number;
  readonly losses: number;
  readonly copies: number;
  /** DISPUTEs of what the receiver has signed. */
  readonly disputes: number;
  /** Proposals with more money than there is. */
  readonly frauds: number;
}
interface World {
  readonly stored: Both<StoredPayment>;
  /** The 72 bytes of states of which a signature of each is out. */
  readonly signed: Both<readonly string[]>;
  /** Of payments: offered by each, told to be refused to it, and told to be received by it. */
  readonly offered: Both<number>;
  readonly refused: Both<number>;
  readonly received: Both<number>;
  /** The highest number on which each has agreed. */
  readonly highest: Both<number>;
  readonly faults: number;
  readonly flights: readonly Flight[];
  readonly left: Left;
}
/** Rules that somebody may get wrong. */
interface Rules {
  readonly order: (events: readonly PaymentChannelEvent[]) => readonly PaymentChannelEvent[];
  /** What is given back when it starts again. */
  readonly restored: (stored: StoredPayment) => StoredPayment;
  /** An own proposal is dropped when a higher one comes. */
  readonly dropsOwn: boolean;
  /** Any state replaces another one in a dispute. */
  readonly takesOld: boolean;
  /** Whatever is proposed is signed. */
  readonly isBlind: boolean;
}
const RIGHT: Rules = { order: (events) => events, restored: (stored) => stored, dropsOwn: false, takesOld: false, isBlind: false };

const AMOUNTS: Both<number> = { a: 7, b: 9 };
const NONE = new Uint8Array(0);
const EMPTY: Both<number> = { a: 0, b: 0 };
const add = (both: Both<number>, name: Name, amount: number): Both<number> => ({ ...both, [name]: both[name] + amount });

function sideOf(name: Name, stored: StoredPayment | undefined): reference.PaymentChannel {
  return new reference.PaymentChannel({ seed: SEEDS[name], peerKey: keyOf(other(name)), deposit: SUM }, P, stored);
}
function sentIn(events: readonly PaymentChannelEvent[]): Uint8Array {
  return events.find((event) => event.type === 'send')?.body ?? NONE;
}
function storedIn(events: readonly PaymentChannelEvent[]): StoredPayment {
  const stored = events.filter((event) => event.type === 'store').at(-1);
  if (stored === undefined) throw new Error('nothing was stored');
  return stored.payment;
}
function opened(): Both<StoredPayment> {
  const [a, b] = [sideOf('a', undefined), sideOf('b', undefined)];
  a.open({ nonce: new Uint8Array(16), own: 60n, other: 40n }, 0);
  b.handleRequest({ kind: OPEN, requestId: 1, body: sentIn(drain(() => a.pollEvent())) }, 0);
  const events = drain(() => b.pollEvent());
  a.handleAnswer({ to: OPEN, kind: ACCEPT, body: sentIn(events) }, 0);
  return { a: storedIn(drain(() => a.pollEvent())), b: storedIn(events) };
}

const channelOf = ({ channel }: StoredPayment): reference.StoredChannel => {
  if (channel === undefined) throw new Error('no channel');
  return channel;
};
const agreedOf = (stored: StoredPayment): Uint8Array => channelOf(stored).agreed ?? NONE;
const partsOf = (state: Uint8Array): { readonly balances: Both<number>; readonly sequence: number } => {
  const [a = 0, b = 0, sequence = 0] = [48, 56, 64].map((at) => state[at] ?? 0); // all numbers are below 256
  return { balances: { a, b }, sequence };
};
/** What the own open proposal pays. */
function pendingOf(stored: StoredPayment, me: Name): number {
  const { proposal } = channelOf(stored);
  return proposal === undefined ? 0 : partsOf(agreedOf(stored)).balances[me] - partsOf(proposal.state).balances[me];
}
/** A state with the signatures of both, whoever has signed it yet. */
function completed(front: string): string {
  const state = reference.fromHex(`${front}${'00'.repeat(128)}`);
  return `${front}${[SEEDS.a, SEEDS.b].map((seed) => toHex(reference.signPaymentState({ seed, state }, P))).join('')}`;
}

/** Does the first events of a call. */
function done(world: World, me: Name, events: readonly PaymentChannelEvent[], count: number, answers?: Flight): World {
  let { stored, signed, refused, received, faults, flights } = world;
  const pending = pendingOf(stored[me], me);
  for (const event of events.slice(0, count)) {
    if (event.type === 'store') stored = { ...stored, [me]: event.payment };
    else if (event.type === 'send') {
      const flight = { to: other(me), kind: event.kind, body: toHex(event.body) };
      const isUnheard = answers?.isAttack === true;
      if (!isUnheard) flights = [...flights, event.requestId === undefined || answers === undefined ? flight : { ...flight, answers }];
      const state = event.kind === UPDATE ? event.body.slice(33) : event.kind === ACCEPT ? event.body : undefined;
      const front = toHex(state?.slice(0, 72) ?? NONE);
      if (state !== undefined && !signed[me].includes(front)) signed = { ...signed, [me]: [...signed[me], front] };
    } else if (event.type === 'paid') received = add(received, me, Number(event.amount));
    else if (event.type === 'refused' && event.kind === UPDATE) refused = add(refused, me, pending);
    else if (event.type === 'fault') faults++;
  }
  const highest = { ...world.highest, [me]: Math.max(world.highest[me], partsOf(agreedOf(stored[me])).sequence) };
  return { ...world, stored, signed, refused, received, highest, faults, flights };
}
/** What may come of a call: all of its events are done, or it stops after some of them. */
function outcomes(world: World, me: Name, events: readonly PaymentChannelEvent[], rules: Rules, answers?: Flight): World[] {
  const ordered = rules.order(events);
  const stopped = { ...world, left: { ...world.left, crashes: world.left.crashes - 1 } };
  const crashes = world.left.crashes > 0 ? ordered.map((_, count) => done(stopped, me, ordered, count, answers)) : [];
  return [done(world, me, ordered, ordered.length, answers), ...crashes];
}

/** What a party does that gets a rule wrong, before it takes a record. */
function wronged(world: World, { to, kind, body }: Flight, rules: Rules): World {
  const channel = channelOf(world.stored[to]);
  const state = reference.fromHex(kind === UPDATE ? body.slice(66) : body);
  const put = (changes: Partial<reference.StoredChannel>, others: Partial<World> = {}): World => ({
    ...world,
    ...others,
    stored: { ...world.stored, [to]: { ...world.stored[to], channel: { ...channel, ...changes } } },
  });
  const isHigher = partsOf(state).sequence > Number(channel.signed);
  if (rules.dropsOwn && kind === UPDATE && channel.proposal !== undefined && isHigher) {
    return put({ proposal: undefined }, { refused: add(world.refused, to, pendingOf(world.stored[to], to)) });
  }
  if (rules.takesOld && kind === DISPUTE)
    return put({ agreed: state, proposal: undefined, signed: isHigher ? BigInt(partsOf(state).sequence) : channel.signed });
  if (rules.isBlind && kind === UPDATE && isHigher) {
    return put({ agreed: reference.fromHex(completed(body.slice(66, 210))), signed: BigInt(partsOf(state).sequence) });
  }
  return world;
}
function delivered(before: World, flight: Flight, rules: Rules): World[] {
  const me = flight.to;
  const world = wronged(before, flight, rules);
  const side = sideOf(me, rules.restored(world.stored[me]));
  const body = reference.fromHex(flight.body);
  try {
    if (flight.answers === undefined) side.handleRequest({ kind: flight.kind, requestId: 1, body }, 0);
    else if (flight.answers.body !== toHex(channelOf(world.stored[me]).proposal?.body ?? NONE)) return [world];
    else side.handleAnswer({ to: flight.answers.kind, kind: flight.kind, body }, 0);
  } catch (error) {
    if (error instanceof reference.ProtocolError && error.rejectClass !== null) return [world];
    throw error;
  }
  return outcomes(
    world,
    me,
    drain(() => side.pollEvent()),
    rules,
    flight,
  );
}

/** What each may do of its own accord: pay, or send again what is not answered and not under way. */
function ownSteps(world: World, me: Name, rules: Rules): World[] {
  const stored = rules.restored(world.stored[me]);
  const { status, proposal } = channelOf(stored);
  const side = sideOf(me, stored);
  const left = world.left.pays[me];
  if (left > 0 && status === 'open' && proposal === undefined) {
    const amount = AMOUNTS[me] + left;
    side.pay({ object: new Uint8Array(32), amount: BigInt(amount) }, 0);
    const spent = { ...world.left, pays: add(world.left.pays, me, -1) };
    return outcomes(
      { ...world, offered: add(world.offered, me, amount), left: spent },
      me,
      drain(() => side.pollEvent()),
      rules,
    );
  }
  const isUnderWay = ({ to, answers, body }: Flight): boolean =>
    body === toHex(proposal?.body ?? NONE) || (to === me && answers?.kind === UPDATE);
  if (proposal === undefined || world.flights.some(isUnderWay)) return [];
  side.resume(0);
  return [
    done(
      world,
      me,
      drain(() => side.pollEvent()),
      1,
    ),
  ];
}
/** What a dishonest neighbour sends somebody. */
function attacks({ stored, signed, left }: World, to: Name): { readonly flight: Flight; readonly left: Left }[] {
  const disputes = left.disputes > 0 ? signed[to].map((front) => ({ kind: DISPUTE, body: completed(front) })) : [];
  const spent = { ...left, disputes: left.disputes - 1 };
  const all = disputes.map((record) => ({ flight: { to, isAttack: true, ...record }, left: spent }));
  if (left.frauds === 0) return all;
  const channel = channelOf(stored[to]);
  const sequence = Number(channel.signed) + (Number(channel.signed) % 2 === (to === 'a' ? 0 : 1) ? 1 : 2);
  const front = agreedOf(stored[to]).slice(0, 72);
  front[48] = (front[48] ?? 0) + 5;
  front[64] = sequence;
  const whole = completed(toHex(front));
  const state = to === 'a' ? `${whole.slice(0, 144)}${'00'.repeat(64)}${whole.slice(272)}` : `${whole.slice(0, 272)}${'00'.repeat(64)}`;
  return [
    ...all,
    { flight: { to, isAttack: true, kind: UPDATE, body: `01${'00'.repeat(32)}${state}` }, left: { ...left, frauds: left.frauds - 1 } },
  ];
}
function successors(world: World, rules: Rules): World[] {
  const { left, flights } = world;
  const next = NAMES.flatMap((me) => ownSteps(world, me, rules));
  for (const me of NAMES)
    for (const { flight, left: spent } of attacks(world, me)) next.push({ ...world, flights: [...flights, flight], left: spent });
  for (const [i, flight] of flights.entries()) {
    const taken = flights.filter((_, j) => j !== i);
    next.push(...delivered({ ...world, flights: taken }, flight, rules));
    if (left.losses > 0) next.push({ ...world, flights: taken, left: { ...left, losses: left.losses - 1 } });
    if (left.copies > 0) next.push({ ...world, flights: [...flights, flight], left: { ...left, copies: left.copies - 1 } });
  }
  return next;
}

const MADE = 'no money is made or lost';
const FRAMED = 'nobody has signed two states with one number';
const TWICE = 'what was told to be refused was not paid';
const FALLEN = 'the state that was agreed on last wins';
const DEAR = 'nobody pays more than was offered';
const INVARIANTS: { readonly [name: string]: (world: World) => boolean } = {
  [MADE]: ({ stored }) =>
    NAMES.every((name) => {
      const { balances } = partsOf(agreedOf(stored[name]));
      return balances.a + balances.b === Number(SUM);
    }),
  [FRAMED]: ({ signed, faults }) =>
    faults === 0 && NAMES.every((name) => new Set(signed[name].map((front) => front.slice(128))).size === signed[name].length),
  [TWICE]: ({ offered, refused, received }) => NAMES.every((name) => received[other(name)] + refused[name] <= offered[name]),
  [FALLEN]: ({ stored, highest }) => NAMES.every((name) => partsOf(agreedOf(stored[name])).sequence >= highest[name]),
  [DEAR]: ({ stored, offered }) =>
    NAMES.every((name) => partsOf(agreedOf(stored[name])).balances[name] + offered[name] >= (name === 'a' ? 60 : 40)),
};

function keyOfWorld({ stored, flights, ...others }: World): string {
  const kept = NAMES.map((name) => {
    const { status, agreed = NONE, proposal, signed } = channelOf(stored[name]);
    return [status, toHex(agreed.slice(48, 72)), toHex(proposal?.state.slice(48, 72) ?? NONE), String(signed)];
  });
  const nameOf = ({ to, kind, answers, isAttack = false, body }: Flight): string =>
    `${to} ${String(kind)} ${String(isAttack)} ${body.slice(0, 220)} ${answers === undefined ? '' : nameOf(answers)}`;
  const under = flights.map(nameOf).sort();
  return JSON.stringify([kept, under, others]);
}
const NOTHING_LEFT: Left = { pays: { a: 1, b: 1 }, crashes: 0, losses: 0, copies: 0, disputes: 0, frauds: 0 };
/** @param until stops as soon as this is broken */
function explored(
  rules: Rules,
  left: Partial<Left>,
  until?: string,
): { readonly states: number; readonly broken: readonly string[]; readonly most: number } {
  const both = opened();
  const start: World = {
    stored: both,
    signed: { a: [], b: [] },
    offered: EMPTY,
    refused: EMPTY,
    received: EMPTY,
    highest: EMPTY,
    faults: 0,
    flights: [],
    left: { ...NOTHING_LEFT, ...left },
  };
  const seen = new Map([[keyOfWorld(start), start]]);
  const broken = new Set<string>();
  let most = 0;
  for (const world of seen.values()) {
    for (const [name, holds] of Object.entries(INVARIANTS)) if (!holds(world)) broken.add(name);
    most = Math.max(most, world.received.a + world.received.b);
    if (until !== undefined && broken.has(until)) break;
    for (const next of successors(world, rules)) {
      const key = keyOfWorld(next);
      if (!seen.has(key)) seen.set(key, next);
    }
  }
  return { states: seen.size, broken: [...broken].sort(), most };
}

describe('NXS-CHN-003, NXS-CHN-010 both sides of a channel', () => {
  it.each<[string, Partial<Left>, number]>([
    ['lose', { losses: 1 }, 50],
    ['stop', { crashes: 1 }, 100],
    ['copy', { copies: 1 }, 100],
    ['are attacked with what they have signed', { disputes: 1 }, 150],
    ['are offered money that is not there', { frauds: 1 }, 150],
  ])('keep every rule when they %s', { timeout: 240_000 }, (_, left, least) => {
    const found = explored(RIGHT, left);
    expect(found.broken).toEqual([]);
    expect(found.most).toBeGreaterThanOrEqual(16);
    expect(found.states).toBeGreaterThan(least);
  });
  /** What is stored comes last. */
  const storedLast = (events: readonly PaymentChannelEvent[]): readonly PaymentChannelEvent[] => [
    ...events.filter(({ type }) => type !== 'store'),
    ...events.filter(({ type }) => type === 'store'),
  ];
  /** What was proposed and not answered is forgotten. */
  const forgotten = (stored: StoredPayment): StoredPayment => {
    const channel = channelOf(stored);
    return { ...stored, channel: { ...channel, proposal: undefined, signed: BigInt(partsOf(agreedOf(stored)).sequence) } };
  };
  it.each<[string, Partial<Rules>, Partial<Left>, string]>([
    ['what is signed leaves before it is stored', { order: storedLast }, { pays: { a: 2, b: 0 }, crashes: 1 }, FRAMED],
    ['numbers of proposals that were not answered are used again', { restored: forgotten }, { pays: { a: 2, b: 0 } }, FRAMED],
    ['an own proposal is dropped when a higher one comes', { dropsOwn: true }, {}, TWICE],
    ['an old state replaces a newer one in a dispute', { takesOld: true }, { disputes: 1 }, FALLEN],
    ['whatever is proposed is signed', { isBlind: true }, { frauds: 1 }, MADE],
  ])('fails if %s', { timeout: 120_000 }, (_, wrong, left, until) => {
    expect(explored({ ...RIGHT, ...wrong }, left, until).broken).toContain(until);
  });
});
