/**
 * What the members of a body can be, as functions that either return or throw; a body type is a table of them.
 *
 * A check is told the clause of the structure that it stands in, and blames that. Every structure is closed: a member
 * that it does not name is refused, so that no two readers can disagree on what it means.
 */
import { DecodeError } from '../kernel/errors.ts';
import { isJsonObject } from '../kernel/json.ts';
import type { JsonValue } from '../kernel/json.ts';
import { parseBareDid } from './did.ts';
import { parseKeyUri } from './key-uri.ts';

/** Returns for what is permitted. @throws DecodeError malformed with the clause, and what parsing a DID throws */
export type Check = (value: JsonValue, clause: string) => void;

/** The members of a structure. */
export interface Members {
  readonly [name: string]: Check;
}

function refuse(clause: string, what: string): never {
  throw new DecodeError('malformed', clause, what);
}

/** A check that holds for what a predicate permits. */
function where(what: string, isPermitted: (value: JsonValue) => boolean): Check {
  return (value, clause) => {
    if (!isPermitted(value)) refuse(clause, what);
  };
}

/** A text that a pattern matches as a whole. */
export function matching(what: string, pattern: RegExp): Check {
  return where(what, (value) => typeof value === 'string' && pattern.test(value));
}

export const isText: Check = where('not a text', (value) => typeof value === 'string');
export const isFilledText: Check = where('not a text, or an empty one', (value) => typeof value === 'string' && value !== '');
export const isBoolean: Check = where('not true or false', (value) => typeof value === 'boolean');
export const isNumber: Check = where('not a number', (value) => typeof value === 'number');
export const isObject: Check = where('not an object', isJsonObject);
/** `0x` and 64 digits: what every hash of KILT is. */
export const isHash: Check = matching('not a hash of 256 bits', /^0x[0-9a-f]{64}$/);
/** `0x` and whole bytes, one at least. */
export const isHex: Check = matching('not 0x and hexadecimal digits', /^0x(?:[0-9a-f]{2})+$/);

/** A DID that stands for somebody. */
export const isDid: Check = (value, clause) => {
  if (typeof value !== 'string') refuse(clause, 'not a DID');
  parseBareDid(value);
};

/** A DID with the fragment of a key. */
export const isKeyUri: Check = (value, clause) => {
  if (typeof value !== 'string') refuse(clause, 'not a key URI');
  parseKeyUri(value);
};

/** An integer within bounds. */
export function isInteger(from: number, to: number): Check {
  return where(`not an integer from ${String(from)} to ${String(to)}`, (value) => Number.isInteger(value) && Number(value) >= from && Number(value) <= to);
}

/** One of a closed list of values. */
export function isOneOf(...values: readonly (string | boolean | number)[]): Check {
  return where('none of the values there are', (value) => values.some((permitted) => permitted === value));
}

/** Null, or what another check permits. */
export function orNull(check: Check): Check {
  return (value, clause) => {
    if (value !== null) check(value, clause);
  };
}

/** A list. */
export function listOf(item: Check, countMin = 0): Check {
  return (value, clause) => {
    if (!Array.isArray(value)) refuse(clause, 'not a list');
    const items = value as readonly JsonValue[];
    if (items.length < countMin) refuse(clause, 'a list of too few');
    for (const one of items) item(one, clause);
  };
}

/** An object as a map: each name and each value is checked. */
export function mapOf(name: Check, check: Check): Check {
  return (value, clause) => {
    if (!isJsonObject(value)) refuse(clause, 'not an object');
    for (const [key, member] of Object.entries(value)) {
      name(key, clause);
      check(member, clause);
    }
  };
}

/** An object that has all required members, perhaps some optional ones, and no others; it has a clause of its own. */
export function structure(clause: string, required: Members, optional: Members = {}): Check {
  const checks = new Map([...Object.entries(required), ...Object.entries(optional)]);
  return (value) => {
    if (!isJsonObject(value)) refuse(clause, 'not an object');
    for (const name of Object.keys(required)) {
      if (!Object.hasOwn(value, name)) refuse(clause, `${name} is missing`);
    }
    for (const [name, member] of Object.entries(value)) {
      const check = checks.get(name);
      if (check === undefined) refuse(clause, 'a member that has no place here');
      check(member, clause);
    }
  };
}

/** A check that is only known once all are defined, for structures that contain themselves. */
export function later(check: () => Check): Check {
  return (value, clause) => {
    check()(value, clause);
  };
}

/** The member of an object, for rules that hold between members. */
export function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return value !== undefined && isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

