/**
 * A sender, a relay and two recipients over links that lose, duplicate and reorder, each of which may stop at every step: all
 * interleavings within small bounds. What each holds in memory follows from what it has stored, so a state is the stores, the
 * records under way, and what is left of the bounds; every step begins with a restart from the stores.
 */
import { describe, expect, it } from 'vitest';
import * as reference from '../../index.ts';
import type { InboxMessage, RecipientEvent, RelayEvent, StoreWrite } from '../../index.ts';
import { drain, noblePrimitives, toHex } from '../../index.ts';

const [PUT, PUT_OK, GET, OBJECT, PENDING_LIST, RECEIPT, NOTIFY] = [0x10, 0x11, 0x12, 0x13, 0x17, 0x18, 0x23];
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
const seedOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const SEEDS = { relay: seedOf(1), sender: seedOf(2), bob: seedOf(3), carol: seedOf(4) };
type Person = 'bob' | 'carol';
type Name = keyof typeof SEEDS;
const identityOf = (name: Name): reference.NexusIdentity => reference.deriveNexusIdentity(SEEDS[name], P);
const idOf = (name: Name): string => toHex(identityOf(name).destinationHash);
const NAMES = new Map((Object.keys(SEEDS) as Name[]).map((name) => [idOf(name), name]));

/** A record on its way. */
interface Flight {
  readonly from: Name;
  readonly to: Name;
  readonly kind: number;
  readonly body: string;
}
/** What may still happen. */
interface Left {
  readonly puts: number;
  readonly lists: number;
  readonly crashes: number;
  readonly losses: number;
  readonly copies: number;
  /** The object reaches the other recipient as well. */
  readonly strays: number;
}
interface World {
  readonly relay: ReadonlyMap<string, StoreWrite>;
  readonly inboxes: { readonly [name in Person]: readonly InboxMessage[] };
  /** Hashes of which each application was told. */
  readonly told: { readonly [name in Person]: readonly string[] };
  readonly flights: readonly Flight[];
  /** The sender has a PUT_OK. */
  readonly isAcknowledged: boolean;
  /** The sender has a receipt. */
  readonly isDelivered: boolean;
  /** The relay has had the object in its store. */
  readonly wasKept: boolean;
  readonly left: Left;
}

/** Rules that somebody may get wrong. */
interface Rules {
  /** The order in which events are done. */
  readonly relayOrder: (events: readonly RelayEvent[]) => readonly RelayEvent[];
  readonly recipientOrder: (events: readonly RecipientEvent[]) => readonly RecipientEvent[];
  /** What a recipient has after a restart. */
  readonly remembered: (inbox: readonly InboxMessage[]) => readonly InboxMessage[];
  /** Whose envelope the object holds. */
  readonly sealedTo: Name;
  /** What the relay still has when it has handed an object over. */
  readonly afterGet: (store: ReadonlyMap<string, StoreWrite>) => ReadonlyMap<string, StoreWrite>;
}
const RIGHT: Rules = {
  relayOrder: (events) => events,
  recipientOrder: (events) => events,
  remembered: (inbox) => inbox,
  sealedTo: 'bob',
  afterGet: (store) => store,
};
/** What is stored comes last. */
function storedLast<Event extends { readonly type: string }>(events: readonly Event[]): readonly Event[] {
  return [...events.filter(({ type }) => type !== 'store'), ...events.filter(({ type }) => type === 'store')];
}

function putOf(sealedTo: Name): { readonly put: string; readonly hash: string; readonly object: string } {
  const content = reference.sealNexusMessage(
    {
      seed: SEEDS.sender,
      publicKey: identityOf(sealedTo).publicKey,
      created: 0n,
      messageId: new Uint8Array(16).fill(9),
      kind: 0,
      body: Uint8Array.of(104, 105),
      entropy: seedOf(7),
    },
    P,
  );
  const header = reference.encodeObjectHeader({
    contentType: 'immutable',
    created: 0n,
    size: content.length,
    priority: 'normal',
    minBandwidth: 0,
    merkleRoot: reference.hashContent(content, P).root,
  });
  const object = reference.writeObject({ age: 0, header, payload: 'inline', content }, P);
  const put = reference.writePut({ recipients: [identityOf('bob').destinationHash], custody: 3600, object }, P);
  return { put: toHex(put), hash: toHex(reference.hashObject(header, P)), object: toHex(object) };
}

const LINKED = { isTrusted: true, bitsPerSecond: 1_000_000n };
/** A relay with all links up, and what it says when they come up. */
function relayOf(store: ReadonlyMap<string, StoreWrite>): { readonly relay: reference.Relay; readonly greetings: readonly RelayEvent[] } {
  const relay = new reference.Relay({ seed: SEEDS.relay }, P, store.values(), 0);
  const greetings = (['sender', 'bob', 'carol'] as const).flatMap((name) => {
    relay.linkUp({ id: identityOf(name).destinationHash, ...LINKED }, 0);
    return drain(() => relay.pollEvent());
  });
  return { relay, greetings };
}

/** Does the first events of a call, all of them unless it stops in between. */
function relayDoes(world: World, events: readonly RelayEvent[], count: number): World {
  let { relay, flights } = world;
  for (const event of events.slice(0, count)) {
    if (event.type === 'store') {
      const next = new Map(relay);
      for (const write of event.writes) {
        if (write.object === undefined && write.lists === undefined) next.delete(write.key);
        else next.set(write.key, write);
      }
      relay = next;
    } else if (event.kind !== NOTIFY) {
      // What is told of the inbox is lost here: lists tell the same, and states are few.
      const to = NAMES.get(toHex(event.to)) ?? 'sender';
      flights = [...flights, { from: 'relay', to, kind: event.kind, body: toHex(event.body) }];
    }
  }
  return { ...world, relay, flights };
}
function recipientDoes(world: World, name: Person, events: readonly RecipientEvent[], count: number): World {
  let [inbox, told, flights] = [world.inboxes[name], world.told[name], world.flights];
  for (const event of events.slice(0, count)) {
    if (event.type === 'store') inbox = [...inbox, event.message];
    else if (event.type === 'message') told = [...told, toHex(event.hash)];
    else flights = [...flights, { from: name, to: 'relay', kind: event.kind, body: toHex(event.body) }];
  }
  return { ...world, inboxes: { ...world.inboxes, [name]: inbox }, told: { ...world.told, [name]: told }, flights };
}
/** What may come of a call: all of its events are done, or it stops after some of them. */
function outcomes(world: World, events: readonly unknown[], done: (world: World, count: number) => World): World[] {
  const stopped = { ...world, left: { ...world.left, crashes: world.left.crashes - 1 } };
  const crashes = world.left.crashes > 0 ? events.map((_, count) => done(stopped, count)) : [];
  return [done(world, events.length), ...crashes];
}

function delivered(world: World, { from, to, kind, body }: Flight, rules: Rules): World[] {
  const bytes = reference.fromHex(body);
  if (to === 'relay') {
    const { relay } = relayOf(world.relay);
    relay.handleRequest({ from: identityOf(from).destinationHash, kind, requestId: 1, body: bytes }, 0);
    const events = rules.relayOrder(drain(() => relay.pollEvent()));
    const after = kind === GET ? { ...world, relay: rules.afterGet(world.relay) } : world;
    return outcomes(after, events, (one, count) => relayDoes(one, events, count));
  }
  if (to === 'sender') {
    if (kind === PUT_OK) return [{ ...world, isAcknowledged: true }];
    if (kind !== RECEIPT) return [world];
    const { relay } = relayOf(world.relay);
    relay.handleConfirmed(identityOf('sender').destinationHash, bytes, 0);
    const events = drain(() => relay.pollEvent());
    return [relayDoes({ ...world, isDelivered: true }, events, events.length)];
  }
  if (kind !== PENDING_LIST && kind !== OBJECT) return [world];
  const recipient = new reference.Recipient({ seed: SEEDS[to] }, P, rules.remembered(world.inboxes[to]));
  const record = { from: identityOf('relay').destinationHash, body: bytes };
  if (kind === PENDING_LIST) recipient.handleList(record, 0);
  else recipient.handleObject(record, 0);
  const events = rules.recipientOrder(drain(() => recipient.pollEvent()));
  return outcomes(world, events, (one, count) => recipientDoes(one, to, events, count));
}

function successors(world: World, message: ReturnType<typeof putOf>, rules: Rules): World[] {
  const { left, flights } = world;
  const next: World[] = [];
  const spend = (name: keyof Left, change: Partial<World>): void => {
    if (left[name] > 0) next.push({ ...world, ...change, left: { ...left, [name]: left[name] - 1 } });
  };
  spend('puts', { flights: [...flights, { from: 'sender', to: 'relay', kind: PUT, body: message.put }] });
  spend('strays', { flights: [...flights, { from: 'relay', to: 'carol', kind: OBJECT, body: message.object }] });
  if (left.lists > 0) {
    const greeted = relayDoes({ ...world, left: { ...left, lists: left.lists - 1 } }, relayOf(world.relay).greetings, 99);
    next.push(greeted);
  }
  for (const [i, flight] of flights.entries()) {
    const taken = flights.filter((_, j) => j !== i);
    next.push(...delivered({ ...world, flights: taken }, flight, rules));
    spend('losses', { flights: taken });
    spend('copies', { flights: [...flights, flight] });
  }
  return next.map((one) => ({ ...one, wasKept: one.wasKept || one.relay.get(message.hash)?.object?.entries.length === 1 }));
}

/** Stores without what time writes in them, and records in any order. */
function keyOf({ relay, inboxes, flights, ...others }: World): string {
  const kept = [...relay.values()].map(({ key, object }) => [key, object?.entries.length, object?.receipts.map(({ owedTo }) => owedTo)]);
  const known = Object.values(inboxes).map((inbox) => inbox.map(({ hash }) => toHex(hash)));
  const under = flights.map(({ from, to, kind, body }) => `${from} ${to} ${String(kind)} ${body.slice(0, 80)}`).sort();
  return JSON.stringify([kept, known, under, others]);
}

const has = (inbox: readonly InboxMessage[], hash: string): boolean => inbox.some((message) => toHex(message.hash) === hash);
const INVARIANTS: { readonly [name: string]: (world: World, hash: string) => boolean } = {
  'nothing acknowledged is lost': ({ isAcknowledged, relay, inboxes }, hash) =>
    !isAcknowledged || relay.get(hash)?.object?.entries.length === 1 || has(inboxes.bob, hash),
  'nothing is told twice': ({ told }) => told.bob.length < 2 && told.carol.length < 2,
  'nothing is deleted without the receipt of its recipient': ({ wasKept, relay, inboxes }, hash) =>
    !wasKept || relay.get(hash)?.object?.entries.length === 1 || (has(inboxes.bob, hash) && relay.get(hash)?.object?.receipts.length === 1),
  'nothing opens for another': ({ inboxes, told }) => inboxes.carol.length === 0 && told.carol.length === 0,
  'a receipt that reaches the sender is true': ({ isDelivered, inboxes }, hash) => !isDelivered || has(inboxes.bob, hash),
};

const BOUNDS: Left = { puts: 1, lists: 1, crashes: 1, losses: 1, copies: 1, strays: 1 };
/** @param until stops as soon as these are broken */
function explored(
  rules: Rules,
  left: Left,
  until: readonly string[] = [],
): { readonly states: number; readonly broken: readonly string[]; readonly isDelivered: boolean } {
  const message = putOf(rules.sealedTo);
  const none: readonly InboxMessage[] = [];
  const start: World = {
    relay: new Map(),
    inboxes: { bob: none, carol: none },
    told: { bob: [], carol: [] },
    flights: [],
    isAcknowledged: false,
    isDelivered: false,
    wasKept: false,
    left,
  };
  const seen = new Map([[keyOf(start), start]]);
  const broken = new Set<string>();
  let isDelivered = false;
  for (const world of seen.values()) {
    for (const [name, holds] of Object.entries(INVARIANTS)) if (!holds(world, message.hash)) broken.add(name);
    isDelivered ||= world.isDelivered;
    if (until.length > 0 && until.every((name) => broken.has(name))) break;
    for (const next of successors(world, message, rules)) {
      const key = keyOf(next);
      if (!seen.has(key)) seen.set(key, next);
    }
  }
  return { states: seen.size, broken: [...broken].sort(), isDelivered };
}

describe('NXS-CUS-002, NXS-DLV-002 from a sender to a recipient', () => {
  it('nothing is lost, told twice, deleted too early or opened by another', { timeout: 120_000 }, () => {
    const found = explored(RIGHT, BOUNDS);
    expect(found).toMatchObject({ broken: [], isDelivered: true });
    expect(found.states).toBeGreaterThan(1000);
  });
  const few: Left = { puts: 1, lists: 1, crashes: 1, losses: 0, copies: 1, strays: 0 };
  const LOST = 'nothing acknowledged is lost';
  const TWICE = 'nothing is told twice';
  const DELETED = 'nothing is deleted without the receipt of its recipient';
  const OPENED = 'nothing opens for another';
  const UNTRUE = 'a receipt that reaches the sender is true';
  it.each([
    ['the relay acknowledges before it stores', { relayOrder: storedLast }, [LOST]],
    ['the recipient gives receipts before it stores', { recipientOrder: storedLast }, [DELETED, UNTRUE]],
    ['the recipient forgets what it has stored', { remembered: () => [] }, [TWICE]],
    ['the relay deletes what it has handed over', { afterGet: () => new Map() }, [LOST, DELETED]],
    ['a message is sealed to another', { sealedTo: 'carol' }, [OPENED]],
  ] satisfies [string, Partial<Rules>, string[]][])('fails if %s', (_, wrong: Partial<Rules>, until) => {
    const strays = until.includes(OPENED) ? 1 : 0;
    expect(explored({ ...RIGHT, ...wrong }, { ...few, strays }, until).broken).toEqual(expect.arrayContaining(until));
  });
});
