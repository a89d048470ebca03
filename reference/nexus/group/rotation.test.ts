/**
 * An admin and two members over custody that loses, repeats and reorders, each of which may stop at every step: all
 * interleavings within small bounds. Carol is removed in the last epoch, and everything that is said reaches her all the same.
 * What each holds in memory follows from what it has stored, so every step begins with a restart from the stores.
 */
import { describe, expect, it } from 'vitest';
import * as reference from '../../index.ts';
import type { GroupAdminEvent, GroupMemberEvent, GroupRecord, StoredGroupState } from '../../index.ts';
import { drain, noblePrimitives, toHex } from '../../index.ts';

const P: reference.Primitives = noblePrimitives;
/** What was worked out before: the same stores and the same calls come again in most steps. */
const known = new Map<string, unknown>();
function once<Result>(key: string, work: () => Result): Result {
  if (!known.has(key)) known.set(key, work());
  return known.get(key) as Result;
}
const hexes = new WeakMap<Uint8Array, string>();
/** Of bytes that do not change. */
function hexOf(bytes: Uint8Array): string {
  const hex = hexes.get(bytes) ?? toHex(bytes);
  hexes.set(bytes, hex);
  return hex;
}
const seedOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const SEEDS = { admin: seedOf(1), bob: seedOf(2), carol: seedOf(3) };
type Person = 'bob' | 'carol';
const PEOPLE: readonly Person[] = ['bob', 'carol'];
const publicKeyOf = (name: keyof typeof SEEDS): Uint8Array => reference.deriveNexusIdentity(SEEDS[name], P).publicKey;
const NONCE = new Uint8Array(16).fill(7);
const GROUP = reference.deriveGroupId(publicKeyOf('admin'), NONCE, P);
/** The epoch in which Carol is no member. */
const LAST = 2n;

const short = (payload: string): string => payload.slice(-12);

/** An object in custody. */
interface Waiting {
  readonly kind: 'state' | 'message';
  readonly payload: string;
}
/** What may still happen. */
interface Left {
  readonly epochs: number;
  readonly sends: number;
  readonly crashes: number;
  readonly losses: number;
  readonly copies: number;
}
interface World {
  readonly admin: StoredGroupState | undefined;
  /** The admin has stopped, and has not begun again. */
  readonly isDown: boolean;
  /** States that the admin has signed: each has entropy of its own. */
  readonly signed: number;
  readonly records: { readonly [name in Person]: ReadonlyMap<string, GroupRecord> };
  readonly waiting: { readonly [name in Person]: readonly Waiting[] };
  /** Epoch and message id of what each application was told. */
  readonly told: { readonly [name in Person]: readonly string[] };
  /** Payloads that got receipts, by what these said. */
  readonly receipts: { readonly delivered: readonly string[]; readonly refused: readonly string[] };
  readonly left: Left;
}

/** Rules that somebody may get wrong. */
interface Rules {
  /** The order in which events are done. */
  readonly adminOrder: (events: readonly GroupAdminEvent[]) => readonly GroupAdminEvent[];
  readonly memberOrder: (events: readonly GroupMemberEvent[]) => readonly GroupMemberEvent[];
  /** What a member has after a restart. */
  readonly remembered: (record: GroupRecord) => boolean;
  /** What a member makes of an object, if it looks at it at all. */
  readonly judged: (object: Waiting, newest: bigint | undefined) => 'refused' | 'delivered' | undefined;
  /** Whether the admin removes Carol, as it should. */
  readonly removes: boolean;
}
const RIGHT: Rules = {
  adminOrder: (events) => events,
  memberOrder: (events) => events,
  remembered: () => true,
  judged: () => undefined,
  removes: true,
};
/** What is stored comes last. */
function storedLast<Event extends { readonly type: string }>(events: readonly Event[]): readonly Event[] {
  return [...events.filter(({ type }) => type !== 'store'), ...events.filter(({ type }) => type === 'store')];
}

/** What may come of a call: all of its events are done, or it stops after some of them. */
function outcomes(world: World, events: readonly unknown[], done: (world: World, count: number) => World): World[] {
  const stopped = { ...world, left: { ...world.left, crashes: world.left.crashes - 1 } };
  return [done(world, events.length), ...(world.left.crashes > 0 ? events.map((_, count) => done(stopped, count)) : [])];
}
function adminDoes(world: World, events: readonly GroupAdminEvent[], count: number): World {
  let { admin, waiting } = world;
  for (const event of events.slice(0, count)) {
    if (event.type === 'store') admin = event.group;
    else {
      const object = { kind: 'state', payload: hexOf(event.payload) } as const;
      waiting = { bob: [...waiting.bob, object], carol: [...waiting.carol, object] };
    }
  }
  return { ...world, admin, waiting, isDown: count < events.length };
}
function adminCall(world: World, label: string, call: (admin: reference.GroupAdmin) => void): readonly GroupAdminEvent[] {
  const stored = world.admin === undefined ? [] : [world.admin];
  return once(`admin ${label} ${stored.map(({ state }) => short(hexOf(state))).join()}`, () => {
    const admin = new reference.GroupAdmin({ seed: SEEDS.admin }, P, stored);
    call(admin);
    return drain(() => admin.pollEvent());
  });
}
function adminSteps(world: World, rules: Rules): World[] {
  if (world.isDown) {
    const again = adminCall(world, 'resume', (admin) => admin.resume(0));
    return [adminDoes(world, again, again.length)];
  }
  const epoch = world.admin === undefined ? undefined : epochOf(world.admin.state);
  if (world.left.epochs === 0 || epoch === LAST) return [];
  const removes = epoch === LAST - 1n && rules.removes;
  const entropy = Uint8Array.from({ length: 32 * (removes ? 3 : 4) }, (_, i) =>
    i % 32 === 0 ? 64 * world.signed + (i >> 5) : world.signed + 1,
  );
  const made = adminCall(world, `next ${String(removes)} ${String(world.signed)}`, (admin) => {
    if (epoch === undefined) admin.create({ nonce: NONCE, members: [publicKeyOf('carol'), publicKeyOf('bob')], entropy }, 0);
    else admin.change({ groupId: GROUP, add: [], remove: removes ? [publicKeyOf('carol')] : [], entropy }, 0);
  });
  const events = rules.adminOrder(made);
  const begun = { ...world, signed: world.signed + 1, left: { ...world.left, epochs: world.left.epochs - 1 } };
  // What was signed and not stored is signed again.
  return outcomes(begun, events, (one, count) => {
    const next = adminDoes(one, events, count);
    return next.admin === world.admin ? { ...next, isDown: false, left: { ...next.left, epochs: next.left.epochs + 1 } } : next;
  });
}

function memberCall(
  world: World,
  name: Person,
  rules: Rules,
  label: string,
  call: (member: reference.GroupMember) => void,
): readonly GroupMemberEvent[] {
  const records = [...world.records[name].values()].filter(rules.remembered);
  return once(`${name} ${label} ${records.map(nameOf).sort().join()}`, () => {
    const member = new reference.GroupMember({ seed: SEEDS[name] }, P, records, 0);
    call(member);
    return drain(() => member.pollEvent());
  });
}
/** Which record it is: no two of one key differ in anything else. */
function nameOf({ key, epoch, group }: GroupRecord): string {
  return `${key} ${epoch === undefined ? '' : short(hexOf(epoch.state))} ${group?.standing ?? ''} ${String(group?.ages.length ?? 0)}`;
}
function memberDoes(world: World, name: Person, object: Waiting | undefined, events: readonly GroupMemberEvent[], count: number): World {
  const records = new Map(world.records[name]);
  let [told, { delivered, refused }] = [world.told[name], world.receipts];
  let waiting = world.waiting;
  for (const event of events.slice(0, count)) {
    if (event.type === 'store') for (const record of event.records) records.set(record.key, record);
    else if (event.type === 'message') told = [...told, `${String(event.epoch)} ${toHex(event.messageId).slice(0, 2)}`];
    else if (event.type === 'put') {
      const put = { kind: 'message', payload: hexOf(event.payload) } as const;
      waiting = { bob: [...waiting.bob, put], carol: [...waiting.carol, put] };
    } else if (event.type === 'receipt') {
      const payload = [...waiting[name], ...(object === undefined ? [] : [object])].find(
        (one) => hashOf(one) === toHex(event.hash),
      )?.payload;
      const entry = `${name} ${short(payload ?? '')}`;
      if (event.status === 'delivered') delivered = [...new Set([...delivered, entry])].sort();
      else refused = [...new Set([...refused, entry])].sort();
      waiting = { ...waiting, [name]: waiting[name].filter((one) => one.payload !== payload) };
    }
  }
  return {
    ...world,
    records: { ...world.records, [name]: records },
    waiting,
    told: { ...world.told, [name]: told },
    receipts: { delivered, refused },
  };
}
const hashOf = ({ payload }: Waiting): string => once(`hash ${payload}`, () => toHex(P.sha256({ message: reference.fromHex(payload) })));
const epochOf = (state: Uint8Array): bigint => once(`epoch ${hexOf(state)}`, () => reference.readGroupState(state, P).epoch);
const epochIn = (payload: string): bigint => once(`epoch ${payload}`, () => reference.readGroupState(reference.fromHex(payload), P).epoch);
function newestOf(records: ReadonlyMap<string, GroupRecord>): bigint | undefined {
  const epochs = [...records.values()].flatMap(({ epoch }) => (epoch === undefined ? [] : [epochOf(epoch.state)]));
  return epochs.sort((a, b) => (a < b ? 1 : -1))[0];
}

function deliveries(world: World, name: Person, object: Waiting, rules: Rules): World[] {
  const payload = reference.fromHex(object.payload);
  const hash = reference.fromHex(hashOf(object));
  const status = rules.judged(object, newestOf(world.records[name]));
  const taken = (member: reference.GroupMember): void =>
    object.kind === 'state' ? member.handleState({ hash, payload, age: 0 }, 0) : member.handleMessage({ hash, payload, age: 0 }, 0);
  const events: readonly GroupMemberEvent[] =
    status === undefined
      ? rules.memberOrder(memberCall(world, name, rules, short(object.payload), taken))
      : [{ type: 'receipt', hash, status }];
  return outcomes(world, events, (one, count) => memberDoes(one, name, object, events, count)).map((next) => {
    // The application accepts at once; what is held goes on waiting, since it has no receipt.
    const isInvited = [...next.records[name].values()].some(({ group }) => group?.standing === 'invited');
    if (!isInvited) return next;
    const accepted = memberCall(next, name, rules, 'accept', (member) => member.accept(GROUP, 0));
    return memberDoes(next, name, undefined, accepted, accepted.length);
  });
}

function sent(world: World, rules: Rules): World[] {
  const { left, waiting } = world;
  const isMember = [...world.records.bob.values()].some(({ group }) => group?.standing === 'joined');
  if (left.sends === 0 || !isMember) return [];
  const fresh = new Uint8Array(16).fill(left.sends);
  const events = memberCall(world, 'bob', rules, `send ${String(left.sends)}`, (member) =>
    member.send({ groupId: GROUP, kind: 2, created: 0n, messageId: fresh, body: seedOf(9), entropy: fresh }, 0),
  );
  const next = memberDoes(world, 'bob', undefined, events, events.length);
  return [{ ...next, waiting: { ...next.waiting, bob: waiting.bob }, left: { ...left, sends: left.sends - 1 } }];
}
function successors(world: World, rules: Rules): World[] {
  const { left, waiting } = world;
  const next = [...adminSteps(world, rules), ...sent(world, rules)];
  for (const name of PEOPLE) {
    for (const object of waiting[name]) {
      next.push(...deliveries(world, name, object, rules));
      const others = waiting[name].filter((one) => one !== object);
      if (left.losses > 0) next.push({ ...world, waiting: { ...waiting, [name]: others }, left: { ...left, losses: left.losses - 1 } });
      if (left.copies === 0) continue;
      const copies = { ...world, left: { ...left, copies: left.copies - 1 } };
      const kept = deliveries(copies, name, object, rules);
      next.push(...kept.map((one) => ({ ...one, waiting: { ...one.waiting, [name]: [...others, object] } })));
    }
  }
  return next;
}

function keyOf({ admin, records, waiting, ...others }: World): string {
  const stored = PEOPLE.map((name) =>
    [...records[name].values()]
      .map(({ key, epoch, group }) => [key, epoch === undefined ? group?.standing : short(hexOf(epoch.state))])
      .sort(),
  );
  const under = PEOPLE.map((name) => waiting[name].map(({ payload }) => short(payload)).sort());
  return JSON.stringify([admin === undefined ? '' : short(hexOf(admin.state)), stored, under, others]);
}

const epochsOf = (records: ReadonlyMap<string, GroupRecord>): readonly (readonly [string, string])[] =>
  [...records.values()].flatMap(({ key, epoch }) => (epoch === undefined ? [] : [[key, hexOf(epoch.state)] as const]));
const INVARIANTS: { readonly [name: string]: (world: World) => boolean } = {
  'all members have one key for one epoch': ({ records }) => {
    const carol = new Map(epochsOf(records.carol));
    return epochsOf(records.bob).every(([key, state]) => (carol.get(key) ?? state) === state);
  },
  'nothing opens for whoever was removed': ({ told }) => told.carol.every((one) => !one.startsWith(`${String(LAST)} `)),
  'nothing is told twice': ({ told }) => PEOPLE.every((name) => new Set(told[name]).size === told[name].length),
  'a lost rotation locks nobody out': ({ receipts }) => receipts.refused.every((entry) => !entry.startsWith('bob')),
  'nothing that got a receipt is lost': ({ receipts, records }) =>
    PEOPLE.every((name) => {
      const stored = [...records[name].values()].map(
        ({ epoch, message }) => `${name} ${short(hexOf(epoch?.state ?? message?.payload ?? NONCE))}`,
      );
      return receipts.delivered.every((entry) => !entry.startsWith(name) || stored.includes(entry));
    }),
};

/** @param until stops as soon as these are broken */
function explored(
  rules: Rules,
  left: Left,
  until: readonly string[] = [],
): { readonly states: number; readonly broken: readonly string[]; readonly read: number } {
  const none: ReadonlyMap<string, GroupRecord> = new Map();
  const start: World = {
    admin: undefined,
    isDown: false,
    signed: 0,
    records: { bob: none, carol: none },
    waiting: { bob: [], carol: [] },
    told: { bob: [], carol: [] },
    receipts: { delivered: [], refused: [] },
    left,
  };
  const seen = new Map([[keyOf(start), start]]);
  const broken = new Set<string>();
  let read = 0;
  for (const world of seen.values()) {
    for (const [name, holds] of Object.entries(INVARIANTS)) if (!holds(world)) broken.add(name);
    if (world.told.carol.length > 0) read++;
    if (until.length > 0 && until.every((name) => broken.has(name))) break;
    for (const next of successors(world, rules)) {
      const key = keyOf(next);
      if (!seen.has(key)) seen.set(key, next);
    }
  }
  return { states: seen.size, broken: [...broken].sort(), read };
}

describe('NXS-GAD-006, NXS-GMB-003 from an admin to members', () => {
  it.each<Left>([
    { epochs: 3, sends: 1, crashes: 1, losses: 1, copies: 0 },
    { epochs: 3, sends: 1, crashes: 0, losses: 1, copies: 1 },
  ])('all have one key, nothing opens for the removed, nothing is told twice or lost, within %j', { timeout: 120_000 }, (left) => {
    const found = explored(RIGHT, left);
    expect(found.broken).toEqual([]);
    expect(found.read).toBeGreaterThan(0);
    expect(found.states).toBeGreaterThan(1000);
  });
  const [KEY, OPENED, TWICE, OUT, LOST] = Object.keys(INVARIANTS) as [string, string, string, string, string];
  it.each([
    ['the admin puts before it stores', { adminOrder: storedLast }, { epochs: 2, sends: 0, crashes: 1, losses: 0, copies: 0 }, [KEY]],
    [
      'a member gives receipts before it stores',
      { memberOrder: storedLast },
      { epochs: 1, sends: 0, crashes: 1, losses: 0, copies: 0 },
      [LOST],
    ],
    [
      'a member forgets the messages that it has stored',
      { remembered: ({ message }: GroupRecord) => message === undefined },
      { epochs: 1, sends: 1, crashes: 0, losses: 0, copies: 1 },
      [TWICE],
    ],
    [
      'a member takes the next epoch alone',
      {
        judged: ({ kind, payload }: Waiting, newest: bigint | undefined) =>
          kind === 'state' && newest !== undefined && epochIn(payload) > newest + 1n ? 'refused' : undefined,
      },
      { epochs: 3, sends: 0, crashes: 0, losses: 1, copies: 0 },
      [OUT],
    ],
    [
      'a message of an unknown epoch gets a receipt',
      {
        judged: ({ kind, payload }: Waiting, newest: bigint | undefined) =>
          kind === 'message' && (newest ?? -1n) < reference.readGroupMessage(reference.fromHex(payload)).epoch ? 'delivered' : undefined,
      },
      { epochs: 1, sends: 1, crashes: 0, losses: 0, copies: 0 },
      [LOST],
    ],
    ['who is removed gets the next key', { removes: false }, { epochs: 3, sends: 1, crashes: 0, losses: 0, copies: 0 }, [OPENED]],
  ] satisfies [string, Partial<Rules>, Left, string[]][])('fails if %s', (_, wrong: Partial<Rules>, left, until) => {
    expect(explored({ ...RIGHT, ...wrong }, left, until).broken).toEqual(expect.arrayContaining(until));
  });
});
