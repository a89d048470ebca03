/**
 * What the members of a JSON head must be: small checks, and shapes made of them.
 *
 * A shape names every member that may be there, so that unforeseen members are refused and not ignored.
 */
import { isJsonObject } from '../../kernel/json.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';

/** Answers whether a value is what a member must be. */
export type Check = (value: JsonValue) => boolean;

/** The members of an object: which may be there and what they are, and which must be. */
export interface Shape {
  readonly members: { readonly [name: string]: Check };
  readonly required: readonly string[];
}

export const anything: Check = () => true;
export const isTrue: Check = (value) => value === true;
/** Text that matches as a whole. */
export const matching =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
export const isText: Check = (value) => typeof value === 'string' && value !== '';
export const anyText: Check = (value) => typeof value === 'string';
/** An integer within both ends. */
export const integer =
  (minimum: number, maximum: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
export const isUint32: Check = integer(0, 4294967295);
export const oneOf =
  (...values: readonly JsonValue[]): Check =>
  (value) =>
    values.includes(value);
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((item: JsonValue) => check(item));
/** An object each of whose values passes. */
export const recordOf =
  (check: Check): Check =>
  (value) =>
    isJsonObject(value) && Object.values(value).every(check);
export const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));
export const isObject: Check = (value) => isJsonObject(value);
/** An object of a shape. */
export const shaped =
  (shape: Shape): Check =>
  (value) =>
    isJsonObject(value) && fits(value, shape);

/** E3X-TYP-050: a hashname in its one spelling. */
export const isHashname: Check = matching(/^[a-z2-7]{51}[aq]$/);
/** E3X-TYP-050: a message id of a chat in its one spelling. */
export const isMessageId: Check = matching(/^[a-z2-7]{12}[acegikmoqsuwy246]$/);
/** Eight bytes in hexadecimal digits. */
export const isShortId: Check = matching(/^[0-9a-f]{16}$/);

/** Makes a shape. */
export function shape(members: { readonly [name: string]: Check }, required: readonly string[] = []): Shape {
  return { members, required };
}

/** Answers whether an object has the members it must have, and no others than it may have. */
export function fits(object: JsonObject, { members, required }: Shape): boolean {
  const isKnown = ([name, value]: [string, JsonValue]): boolean => Object.hasOwn(members, name) && members[name]?.(value) === true;
  return required.every((name) => Object.hasOwn(object, name)) && Object.entries(object).every(isKnown);
}
