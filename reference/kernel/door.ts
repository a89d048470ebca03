/**
 * The door of the reference: what a caller passes is checked here, before anything is done with it.
 *
 * Types are not checked at run time, so each public function and each call of an endpoint checks that its arguments are of
 * the right kind: bytes, a text, an integer, an object with these members. Anything else is the caller's mistake (UsageError)
 * and not a TypeError from deep inside. Whether a value of the right kind makes sense is for the function to decide.
 *
 * Bytes pass as plain Uint8Arrays. To the type checker Node's Buffer is one, but its slice() shares memory where a
 * Uint8Array's copies; so it is copied (`bytes`). What is kept beyond the call, above all secrets, is always copied
 * (`copy`): a caller may wipe or reuse its array afterwards. Choice: ADR-0027.
 */
import { UsageError } from './errors.ts';
import { JSON_DEPTH_MAX } from './json-value.ts';
import type { JsonObject, JsonValue } from './json-value.ts';

/** Returns an argument in normal form, or throws a UsageError that names it. */
export type Door<Value> = (value: unknown, name: string) => Value;

/** No protocol document says what a JavaScript caller may pass: what is refused here is refused by our own decision. */
const DECISION = 'ADR-0027';

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}

/** Refuses an argument. @throws UsageError */
export function refuse(name: string, what: string, value: unknown): never {
  throw new UsageError(DECISION, `${name} is not ${what}`, { name, type: kindOf(value) });
}

/**
 * Whether a value is bytes: the one place that decides it. A Proxy of a Uint8Array and an object made from its prototype are
 * instances of the class and none have bytes in them, so that reading their length throws; `isView` knows. Arrays of other
 * realms, whose Uint8Array is not ours, are bytes too.
 */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && (value instanceof Uint8Array || Object.prototype.toString.call(value) === '[object Uint8Array]');
}

/** Bytes that are not kept: the same object if it is a plain Uint8Array, otherwise one over the same memory. */
export const bytes: Door<Uint8Array> = (value, name) => {
  if (!isBytes(value)) return refuse(name, 'bytes', value);
  return Object.getPrototypeOf(value) === Uint8Array.prototype ? value : new Uint8Array(value.buffer, value.byteOffset, value.length);
};

/** Bytes that are kept: a copy. */
export const copy: Door<Uint8Array> = (value, name) => (isBytes(value) ? new Uint8Array(value) : refuse(name, 'bytes', value));

/**
 * Bytes of one length, such as keys and addresses, as a copy.
 * @param length in bytes
 * @param clause that says so
 * @returns a door that throws UsageError for another length: a caller's mistake, and no packet's
 */
export function copyOfLength(length: number, clause: string): Door<Uint8Array> {
  return (value, name) => {
    const given = copy(value, name);
    if (given.length !== length) throw new UsageError(clause, `${name} has ${String(length)} bytes`, { length: given.length });
    return given;
  };
}

/** Any text. */
export const text: Door<string> = (value, name) => (typeof value === 'string' ? value : refuse(name, 'a text', value));

/** Any number; for those from outside that a clause judges. */
export const number: Door<number> = (value, name) => (typeof value === 'number' ? value : refuse(name, 'a number', value));

/** An integer that a double holds exactly. */
export const whole: Door<number> = (value, name) => (Number.isSafeInteger(value) ? Number(value) : refuse(name, 'a whole number', value));

/** An integer from 0 up: a length, a count, a position. */
export const count: Door<number> = (value, name) => (whole(value, name) >= 0 ? Number(value) : refuse(name, 'a number from 0 up', value));

/** A whole number from 1 up: how many of something there may be. */
export const positive: Door<number> = (value, name) =>
  whole(value, name) >= 1 ? Number(value) : refuse(name, 'a number from 1 up', value);

/** A whole number within bounds that are both allowed. */
export function between(least: number, most: number): Door<number> {
  return (value, name) => {
    const given = whole(value, name);
    return given >= least && given <= most ? given : refuse(name, `a number from ${String(least)} to ${String(most)}`, value);
  };
}

/** Milliseconds that something may last. */
const DURATION_MS_MAX = 2 ** 40;

/** A length of time in milliseconds, at most 34 years: several of them and a time add up to what a double holds exactly. */
export const duration: Door<number> = between(0, DURATION_MS_MAX);
/** A length of time that is not 0. */
export const positiveDuration: Door<number> = between(1, DURATION_MS_MAX);

/** The value of one byte. */
export const byte: Door<number> = (value, name) =>
  count(value, name) <= 0xff ? Number(value) : refuse(name, 'a number from 0 to 255', value);

/** A bigint. */
export const bigint: Door<bigint> = (value, name) => (typeof value === 'bigint' ? value : refuse(name, 'a bigint', value));

/** True or false. */
export const flag: Door<boolean> = (value, name) => (typeof value === 'boolean' ? value : refuse(name, 'true or false', value));

/** A JSON object that is not kept; its members are checked when it is written. */
export const json: Door<JsonObject> = (value, name) => objectOf(value, name) as JsonObject;

/** A JSON object that is kept: a copy, down to the greatest depth allowed. */
export const jsonCopy: Door<JsonObject> = (value, name) => copyOf(json(value, name), 1) as JsonObject;

function copyOf(value: JsonValue, depth: number): JsonValue {
  if (typeof value !== 'object' || value === null || depth > JSON_DEPTH_MAX) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => copyOf(item, depth + 1));
  // Not by assignment, which would set the prototype for a member named __proto__.
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copyOf(member, depth + 1)]));
}

/** Any JSON value, or none: a clause judges it. */
export const anything: Door<JsonValue | undefined> = (given) => given as JsonValue | undefined;

/** A function. */
export function call<Call>(): Door<Call> {
  return (given, name) => (typeof given === 'function' ? (given as Call) : refuse(name, 'a function', given));
}

/** The value, or undefined if it is absent. */
export function optional<Value>(door: Door<Value>): Door<Value | undefined> {
  return (given, name) => (given === undefined ? undefined : door(given, name));
}

/** One of a closed list of texts. */
export function oneOf<Choice extends string>(...choices: readonly Choice[]): Door<Choice> {
  return (given, name) => choices.find((choice) => choice === given) ?? refuse(name, `one of ${choices.join(', ')}`, given);
}

/** A list as it is; its items are checked when they are read. */
export const array: Door<readonly unknown[]> = (given, name) => (Array.isArray(given) ? given : refuse(name, 'a list', given));

/** A list, each of whose items is checked. */
export function list<Item>(door: Door<Item>): Door<readonly Item[]> {
  return (given, name) =>
    Array.isArray(given) ? Array.from(given, (item: unknown) => door(item, `an item of ${name}`)) : refuse(name, 'a list', given);
}

/** Anything that can be iterated over, as a list. */
export function iterable<Item>(door: Door<Item>): Door<readonly Item[]> {
  return (given, name) => {
    if (typeof given !== 'object' || given === null || !(Symbol.iterator in given)) return refuse(name, 'iterable', given);
    const items = unlessForeign(() => Array.from(given as Iterable<unknown>), name, 'iterable', given);
    return items.map((item) => door(item, `an item of ${name}`));
  };
}

/** A map with texts as keys, as a copy. */
export function mapOf<Value>(door: Door<Value>): Door<ReadonlyMap<string, Value>> {
  return (given, name) => {
    if (!(given instanceof Map)) return refuse(name, 'a map', given);
    const entries: readonly [unknown, unknown][] = unlessForeign(() => [...given], name, 'a map', given);
    return new Map(entries.map(([key, item]) => [text(key, `a key of ${name}`), door(item, `an entry of ${name}`)]));
  };
}

/** Runs what JavaScript refuses with a TypeError where a value looks like what it is not, as a Proxy of a Map does. */
function unlessForeign<Result>(run: () => Result, name: string, what: string, value: unknown): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof TypeError) return refuse(name, what, value);
    throw error;
  }
}

function objectOf(given: unknown, name: string): { readonly [member: string]: unknown } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return refuse(name, 'an object', given);
  return given as { readonly [member: string]: unknown };
}

/** An object, as a copy with only the members named; absent and undefined ones are left out. */
export function members<Shape extends object>(doors: { readonly [Name in keyof Required<Shape>]: Door<Shape[Name]> }): Door<Shape> {
  const entries = Object.entries(doors) as [string, Door<unknown>][];
  return (given, name) => {
    const object = objectOf(given, name);
    const taken: { [member: string]: unknown } = {};
    for (const [member, door] of entries) {
      const value = unlessForeign(() => object[member], name, 'an object', given);
      const own = door(value, `${name}.${member}`);
      if (own !== undefined) taken[member] = own;
    }
    return taken as Shape;
  };
}

/** An instance of one of our classes. */
export function instance<Of>(of: abstract new (...args: never[]) => Of): Door<Of> {
  return (given, name) => (given instanceof of ? given : refuse(name, `a ${of.name}`, given));
}

/** An object that has the methods named; each object is checked once. */
export function capable<Shape extends object>(...names: readonly (keyof Shape & string)[]): Door<Shape> {
  const known = new WeakSet();
  return (given, name) => {
    const object = objectOf(given, name);
    if (known.has(object)) return object as Shape;
    for (const method of names) if (typeof object[method] !== 'function') refuse(`${name}.${method}`, 'a function', object[method]);
    known.add(object);
    return object as Shape;
  };
}
