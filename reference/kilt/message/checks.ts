/**
 * What the members of a body can be, as functions that either return or throw; a body type is a table of them.
 *
 * A check is told the clause of the structure that it is in, and blames that. Every structure is closed: a member
 * that it does not name is refused, so that no two readers can disagree on what it means.
 */
import { DecodeError, ProtocolError } from '../../kernel/errors.ts';
import { isJsonObject } from '../../kernel/json.ts';
import type { JsonValue } from '../../kernel/json.ts';
import type { AddressPrimitives } from '../did/address.ts';
import { parseBareDid } from '../did/did.ts';
import { parseKeyUri } from '../did/key-uri.ts';

/** Returns for what is permitted; primitives compute the checksums of addresses. @throws DecodeError malformed with the clause */
export type Check = (value: JsonValue, clause: string, primitives: AddressPrimitives) => void;

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
/** An object that says of what type it is. */
export const isTyped: Check = where('not an object with a type', (value) => typeof memberOf(value, 'type') === 'string');

/** Runs a check under a clause of its own, whatever structure it is in. */
export function under(clause: string, check: Check): Check {
  return (value, _clause, primitives) => {
    check(value, clause, primitives);
  };
}

/** A text that a parser takes; what is wrong with it otherwise does not matter here. */
function parsedBy(what: string, parse: (text: string, primitives: AddressPrimitives) => unknown): Check {
  return (value, clause, primitives) => {
    if (typeof value !== 'string') refuse(clause, what);
    try {
      parse(value, primitives);
    } catch (error) {
      if (error instanceof ProtocolError) refuse(clause, what);
      throw error;
    }
  };
}

/** A DID that names an identity, under the clause it is in. */
export const isSomebody: Check = parsedBy('not a DID', (text, primitives) => parseBareDid(text, 'KLT-MSG-033', primitives));

/** An owner, an attester, an account. */
export const isDid: Check = under('KLT-MSG-033', isSomebody); // KLT-MSG-033

/** `0x` and 32 bytes, under the clause it is in. */
export const isHashText: Check = matching('not a hash of 32 bytes', /^0x[0-9a-f]{64}$/);

/** A hash, or the id of a delegation. */
export const isHash: Check = under('KLT-MSG-032', isHashText); // KLT-MSG-032

/** `0x` and whole bytes, one at least, under the clause it is in. */
export const isHexText: Check = matching('not 0x and hexadecimal digits', /^0x(?:[0-9a-f]{2})+$/);

/** Bytes other than hashes. */
export const isHex: Check = under('KLT-MSG-032', isHexText); // KLT-MSG-032

/** What a credential is asked for with, and must be signed with: any text. */
export const isChallenge: Check = under('KLT-MSG-032', isText); // KLT-MSG-032

/** A DID with the fragment of a key. */
export const isKeyUri: Check = parsedBy('not a key URI', parseKeyUri);

/** An integer within bounds. */
export function isInteger(from: number, to: number): Check {
  return where(
    `not an integer from ${String(from)} to ${String(to)}`,
    (value) => Number.isInteger(value) && Number(value) >= from && Number(value) <= to,
  );
}

/** One of a closed list of values. */
export function isOneOf(...values: readonly (string | boolean | number)[]): Check {
  return where('none of the values there are', (value) => values.some((permitted) => permitted === value));
}

/** Null, or what another check permits. */
export function orNull(check: Check): Check {
  return (value, clause, primitives) => {
    if (value !== null) check(value, clause, primitives);
  };
}

/** A list. */
export function listOf(item: Check, countMin = 0, countMax: number = Infinity): Check {
  return (value, clause, primitives) => {
    if (!Array.isArray(value)) refuse(clause, 'not a list');
    const items = value as readonly JsonValue[];
    if (items.length < countMin || items.length > countMax) refuse(clause, 'a list of too few or too many');
    for (const one of items) item(one, clause, primitives);
  };
}

/** An object as a map: each name and each value is checked. */
export function mapOf(name: Check, check: Check): Check {
  return (value, clause, primitives) => {
    if (!isJsonObject(value)) refuse(clause, 'not an object');
    for (const [key, member] of Object.entries(value)) {
      name(key, clause, primitives);
      check(member, clause, primitives);
    }
  };
}

/** An object that has all required members, perhaps some optional ones, and no others; it has a clause of its own. */
export function structure(clause: string, required: Members, optional: Members = {}): Check {
  const checks = new Map([...Object.entries(required), ...Object.entries(optional)]);
  return (value, _clause, primitives) => {
    if (!isJsonObject(value)) refuse(clause, 'not an object');
    for (const name of Object.keys(required)) {
      if (!Object.hasOwn(value, name)) refuse(clause, `${name} is missing`);
    }
    for (const [name, member] of Object.entries(value)) {
      const check = checks.get(name);
      if (check === undefined) refuse(clause, 'a member that has no place here');
      check(member, clause, primitives);
    }
  };
}

/** A type of body, and what a body of it is held against. */
export type BodyType = readonly [type: string, check: Check];

/** A type of body by its name, its clause and its content, which is under that clause. */
export function bodyType(type: string, clause: string, content: Check): BodyType {
  return [type, structure(clause, { type: isOneOf(type), content })];
}

/** A check that is only known once all are defined, for structures that contain themselves. */
export function later(check: () => Check): Check {
  return (value, clause, primitives) => {
    check()(value, clause, primitives);
  };
}

/** The member of an object, for rules that hold between members. */
export function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return value !== undefined && isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
