/** How far two requests are apart, for the choice of the nearest: the fewer parameters, lengths and bytes differ, the nearer. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import { equalJson } from '../../oracle/values.ts';

export interface Distance {
  /** Parameters that differ. */
  readonly params: number;
  /** Parameters that are bytes or text and differ in length. */
  readonly resized: number;
  /** Characters that differ, about. */
  readonly cost: number;
}

/** What a change of length counts, in characters, where the length is not the fault. */
const RESIZED_COST = 16;

export const FARTHEST: Distance = { params: Infinity, resized: Infinity, cost: Infinity };

/** How far a request is from another one of the same operation. */
export function distance(a: JsonObject, b: JsonObject): Distance {
  let params = 0;
  let resized = 0;
  let cost = 0;
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [from, to] = [a[name], b[name]];
    const own = valueCost(from, to);
    if (own === 0) continue;
    params++;
    cost += own;
    if (lengthOf(from) !== lengthOf(to)) resized++;
  }
  return { params, resized, cost };
}

/** Whether a distance is less than another. @param isLengthFault whether a difference in length is as good as any other */
export function isNearer(a: Distance, b: Distance, isLengthFault: boolean): boolean {
  if (a.params !== b.params) return a.params < b.params;
  return total(a, isLengthFault) < total(b, isLengthFault);
}

function total({ resized, cost }: Distance, isLengthFault: boolean): number {
  return cost + (isLengthFault ? 0 : RESIZED_COST * resized);
}

function lengthOf(value: Json | undefined): number | undefined {
  return typeof value === 'string' ? value.length : undefined;
}

function valueCost(a: Json | undefined, b: Json | undefined): number {
  if (a === b) return 0;
  if (typeof a === 'string' && typeof b === 'string') return textCost(a, b);
  if (typeof a === 'number' && typeof b === 'number') return 1 + Math.log2(1 + Math.abs(a - b)) / 8;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b))
    return equalJson(a, b) ? 0 : 1 + Math.max(sizeOf(a), sizeOf(b));
  const [left, right] = [a as JsonObject, b as JsonObject];
  let cost = 0;
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) cost += valueCost(left[name], right[name]);
  return cost;
}

/** Sizes of objects: each refused request is compared with each accepted one. */
const SIZES = new WeakMap<object, number>();

function sizeOf(value: Json | undefined): number {
  if (value === undefined) return 0;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).length;
  const size = SIZES.get(value) ?? JSON.stringify(value).length;
  SIZES.set(value, size);
  return size;
}

/** What lies between a common beginning and a common end; of equal lengths, the characters that differ, if those are fewer. */
function textCost(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let front = 0;
  while (front < shorter && a.charCodeAt(front) === b.charCodeAt(front)) front++;
  let end = 0;
  while (end < shorter - front && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end++;
  const between = Math.max(a.length, b.length) - front - end;
  if (a.length !== b.length) return between;
  let differing = 0;
  for (let at = front; at < a.length - end; at++) if (a.charCodeAt(at) !== b.charCodeAt(at)) differing++;
  return differing;
}
