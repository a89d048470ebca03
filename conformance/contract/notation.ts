/**
 * The notation of `vectors/`: how long values are abbreviated there, and how they are expanded. An abbreviated value is an
 * object of exactly one of these shapes; every other value stands for itself.
 *
 *   { "$repeat": "00", "times": 600 }        the text 600 times; for a list, its items
 *   { "$ramp": "fe", "by": 1, "length": 4 }  bytes, each `by` more than the last, as hex: fe ff 00 01
 *   { "$seed": "packet-600", "length": 600 } the first bytes of SHA-256(S|packet-600|0) SHA-256(S|packet-600|1) ..., as hex,
 *                                            where S is the seed in the topic's manifest
 *   { "$join": ["0005", { ... }] }           parts, one after the other: text, or lists
 *   { "$value": "3fd21c" }                   the value of that name in the `values` of the file
 *   { "$each": ["01", "02"] }                in a step with `times`: the first value in the first of them, and so on
 *
 * A step with `times` stands for that many steps, equal but for `$each`; a vector with `opening` begins with the steps of that name in the
 * `openings` of its file; a step without `requirement` has that of its vector.
 */
import { createHash } from 'node:crypto';
import type { Json, JsonObject } from './contract.ts';

/** The seed of every generated vector. */
export const VECTOR_SEED = 'bottlepost-vectors-1';

/** Bytes that depend only on the seed and the label. @param length bytes */
export function seededBytes(label: string, length: number, seed: string = VECTOR_SEED): Uint8Array {
  const out = new Uint8Array(length);
  for (let offset = 0, counter = 0; offset < length; offset += 32, counter++) {
    const block = createHash('sha256')
      .update(`${seed}|${label}|${String(counter)}`)
      .digest();
    out.set(block.subarray(0, Math.min(32, length - offset)), offset);
  }
  return out;
}

/** Bytes that rise by `by` from the first, as hex. @param length bytes */
export function rampHex(first: string, by: number, length: number): string {
  const start = Number.parseInt(first, 16);
  return Array.from({ length }, (_, i) => ((start + by * i) & 0xff).toString(16).padStart(2, '0')).join('');
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** The members of each notation. */
const SHAPES: readonly (readonly string[])[] = [
  ['$repeat', 'times'],
  ['$ramp', 'by', 'length'],
  ['$seed', 'length'],
  ['$join'],
  ['$value'],
  ['$each'],
];

/** True if an object is an abbreviated value. */
export function isNotation(value: JsonObject): boolean {
  const names = Object.keys(value);
  if (names[0]?.startsWith('$') !== true) return false;
  return SHAPES.some((shape) => shape.length === names.length && shape.every((name, i) => names[i] === name));
}

/**
 * Expands a value.
 *
 * @param named the `values` of the file
 * @param turn index of the step among those that one step stands for, from 0
 * @throws Error for a name that is not among them
 */
export function expandValue(value: Json, named: JsonObject = {}, turn = 0): Json {
  if (isList(value)) {
    const items = value.map((item) => expandValue(item, named, turn));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (!isObject(value)) return value;
  if (!isNotation(value)) {
    const entries = Object.entries(value);
    const members = entries.map(([name, member]): [string, Json] => [name, expandValue(member, named, turn)]);
    // Nothing is copied where nothing is abbreviated, which is in most places.
    return members.every(([, member], at) => member === entries[at]?.[1]) ? value : Object.fromEntries(members);
  }
  const [[notation = '', subject = null] = []] = Object.entries(value);
  const count = Number(value['times'] ?? value['length'] ?? 0);
  if (notation === '$seed') return Buffer.from(seededBytes(String(subject), count)).toString('hex');
  if (notation === '$ramp') return rampHex(String(subject), Number(value['by']), count);
  if (notation === '$value') {
    if (!Object.hasOwn(named, String(subject))) throw new Error(`there is no value ${String(subject)}`);
    return expandValue(named[String(subject)] ?? null, named, turn);
  }
  if (notation === '$each') return expandValue((subject as readonly Json[])[turn] ?? null, named, turn);
  const part = expandValue(subject, named, turn);
  if (notation === '$repeat') return isList(part) ? Array.from({ length: count }, () => part).flat() : String(part).repeat(count);
  return isList(part) && part.some(isList) ? part.flat() : (part as readonly Json[]).map(String).join('');
}
