/**
 * Single faults of a JSON value: every member and item missing, of every other type, at the edges of its type, and with
 * what has no place next to it. Whether one of them is a fault at all is for whoever judges the answer.
 */
import type { Json, JsonObject } from '../contract/contract.ts';
import { withValue } from '../generate/schema-cases.ts';

type Path = readonly (string | number)[];

/** One change of a value at one place. */
export interface JsonFault {
  /** Where and what, in words. */
  readonly what: string;
  /** The value with the fault; made only when it is asked for, since one of many faults is. */
  readonly spoiled: () => Json;
  /** True of what adds, takes away or replaces a part by another kind of value. */
  readonly isStructural: boolean;
}

const OTHER_TYPES: readonly Json[] = [null, true, 5, 'x', [], {}];
/** Names that get lost, or find something, in the objects of some languages. */
const STRANGE_NAMES = ['unexpected', '', '__proto__', 'constructor'];
/** First and last code points of each length in UTF-8, those around the surrogates, and the end of the last plane but its noncharacters. */
export const EDGE_CHARACTERS: readonly string[] = [
  '\u0000',
  '\u007f',
  '\u0080',
  '\u07ff',
  '\u0800',
  '\ud7ff',
  '\ue000',
  '\ufffd',
  '\u{10000}',
  '\u{10fffd}',
];

const kindOf = (value: Json): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

/** Texts next to one: shorter, longer, in capitals, with each edge of UTF-8 behind it. */
function textsNextTo(text: string): readonly string[] {
  return [
    '',
    text.slice(0, -1),
    text.slice(1),
    `${text}0`,
    `${text}00`,
    text.toUpperCase(),
    text.toLowerCase(),
    ` ${text}`,
    `${text}\n`,
    `${text}#x`,
    `${text.slice(0, -1)}g`,
    ...EDGE_CHARACTERS.map((character) => `${text}${character}`),
  ];
}
/** Numbers next to one, and those at the ends of what is exact. */
function numbersNextTo(value: number): readonly number[] {
  return [value - 1, value + 1, value + 0.5, 0, -1, 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER];
}

/** Every single fault of a value that stays of its own type. */
export function jsonFaults(value: Json): JsonFault[] {
  return below(value, []).map(({ path, what, changed, isValue }) => ({
    what: `${path.length === 0 ? 'the whole' : path.join('/')}: ${what}`,
    spoiled: () => withValue(value, path, changed),
    isStructural: isValue !== true,
  }));
}

interface Change {
  readonly path: Path;
  readonly what: string;
  /** Undefined takes away what is there. */
  readonly changed: Json | undefined;
  /** A value next to the one that is there. */
  readonly isValue?: true;
}

function below(value: Json, path: Path): Change[] {
  if (Array.isArray(value)) return belowList(value as readonly Json[], path);
  if (typeof value === 'object' && value !== null) return belowObject(value as JsonObject, path);
  if (typeof value === 'string') return valuesNextTo(value, textsNextTo(value), path);
  if (typeof value === 'number') return valuesNextTo(value, numbersNextTo(value), path);
  return typeof value === 'boolean' ? valuesNextTo(value, [!value], path) : [];
}
function valuesNextTo(value: Json, others: readonly Json[], path: Path): Change[] {
  return [...new Set(others)]
    .filter((changed) => changed !== value)
    .map((changed) => ({ path, what: `another ${typeof value}`, changed, isValue: true }));
}

/** What may be wrong with a part as a whole, before what is below it. */
function ofPart(part: Json, path: Path): Change[] {
  return [
    { path, what: 'missing', changed: undefined },
    ...OTHER_TYPES.filter((other) => kindOf(other) !== kindOf(part)).map((changed) => ({ path, what: `a ${kindOf(changed)}`, changed })),
    ...below(part, path),
  ];
}
function belowObject(value: JsonObject, path: Path): Change[] {
  return [
    ...STRANGE_NAMES.filter((name) => !Object.hasOwn(value, name)).map((name) => ({
      path,
      what: `a member '${name}' more`,
      changed: Object.fromEntries([...Object.entries(value), [name, 1]]),
    })),
    ...Object.entries(value).flatMap(([name, member]) => ofPart(member, [...path, name])),
  ];
}
function belowList(items: readonly Json[], path: Path): Change[] {
  const [first, ...rest] = items;
  return [
    ...(items.length > 0 ? [{ path, what: 'no items', changed: [] }] : []),
    ...(first === undefined ? [] : [{ path, what: 'its first item twice', changed: [...items, first] }]),
    ...(rest.length === 0 ? [] : [{ path, what: 'in the other order', changed: [...items].reverse() }]),
    ...OTHER_TYPES.map((other) => ({ path, what: `a ${kindOf(other)} behind its items`, changed: [...items, other] })),
    ...items.flatMap((item, index) => ofPart(item, [...path, index])),
  ];
}
