/** Writes vectors short, by the notation of `contract/notation.ts`; reading it back gives the same vectors. */
import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../contract/contract.ts';
import { isNotation, seededBytes } from '../contract/notation.ts';
import type { Twin, Vector, VectorStep, WrittenStep, WrittenVector } from '../vectors.ts';
import { labelOf, SEED_PREFIX_LENGTH } from './seeded.ts';

/** Characters from which on a text is checked. */
const LONG_MIN = 64;
/** Characters that a part must stand for to be written short. */
const SAVED_MIN = 48;
const PERIOD_MAX = 64;
const PERIODS_MIN = 3;
/** Vectors that must share steps for these to become an opening. */
const SHARERS_MIN = 2;

/** Characters of JSON from which on a value that is in several vectors has a name. */
const SHARED_MIN = 24;
const NAME_LENGTH = 6;
/** Characters of a text that one line holds; a longer one is cut, and its pieces have names. */
const PIECE_MAX = 18_000;
/** Characters of JSON from which on a vector's steps are checked for some that are alike. */
const ALIKE_FROM = 3000;
/** Steps that must be alike to be written as one. */
const ALIKE_MIN = 4;

/** Notation that was written here, and is not a value of a vector. */
const ours = new WeakSet<object>();
function written(value: JsonObject): JsonObject {
  ours.add(value);
  return value;
}

const isHex = (text: string): boolean => text.length % 2 === 0 && /^[0-9a-f]*$/.test(text);

interface Part {
  readonly length: number;
  readonly value: JsonObject;
}

/** A value in notation where that is shorter. */
export function compactValue(value: Json): Json {
  if (typeof value === 'string') return value.length < LONG_MIN ? value : compactText(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(compactValue);
  if (typeof value !== 'object' || value === null) return value;
  if (ours.has(value)) return value;
  if (isNotation(value as JsonObject)) throw new Error(`a value that reads as notation: ${JSON.stringify(value).slice(0, 100)}`);
  return Object.fromEntries(Object.entries(value as JsonObject).map(([name, member]) => [name, compactValue(member)]));
}

function compactText(text: string): Json {
  const hex = isHex(text);
  const parts: Json[] = [];
  let plainFrom = 0;
  let at = 0;
  const step = hex ? 2 : 1;
  while (at < text.length) {
    const part = partAt(text, at, hex);
    if (part === undefined) {
      at += step;
      continue;
    }
    if (at > plainFrom) parts.push(text.slice(plainFrom, at));
    parts.push(part.value);
    at += part.length;
    plainFrom = at;
  }
  if (parts.length === 0) return text;
  if (plainFrom < text.length) parts.push(text.slice(plainFrom));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { $join: parts };
}

/** The longest part that begins here and can be said shorter. */
function partAt(text: string, at: number, hex: boolean): Part | undefined {
  const found = [repeated(text, at, hex ? 2 : 1), ...(hex ? [seeded(text, at), ramp(text, at)] : [])].filter((part) => part !== undefined);
  return found.sort((a, b) => b.length - a.length)[0];
}

function repeated(text: string, at: number, step: number): Part | undefined {
  let best: Part | undefined;
  for (let period = step; period <= PERIOD_MAX && at + PERIODS_MIN * period <= text.length; period += step) {
    if (text.charCodeAt(at) !== text.charCodeAt(at + period)) continue;
    let end = at + period;
    while (end < text.length && text.charCodeAt(end) === text.charCodeAt(end - period)) end++;
    const times = Math.floor((end - at) / period);
    const length = times * period;
    if (times < PERIODS_MIN || length < SAVED_MIN || (best !== undefined && length <= best.length)) continue;
    best = { length, value: { $repeat: text.slice(at, at + period), times } };
  }
  return best;
}

function seeded(text: string, at: number): Part | undefined {
  const label = labelOf(text.slice(at, at + 2 * SEED_PREFIX_LENGTH));
  if (label === undefined) return undefined;
  const whole = Buffer.from(seededBytes(label, Math.floor((text.length - at) / 2))).toString('hex');
  let length = 2 * SEED_PREFIX_LENGTH;
  while (length + 2 <= whole.length && text.startsWith(whole.slice(length, length + 2), at + length)) length += 2;
  return length < SAVED_MIN ? undefined : { length, value: { $seed: label, length: length / 2 } };
}

function ramp(text: string, at: number): Part | undefined {
  const byteAt = (place: number): number => Number.parseInt(text.slice(place, place + 2), 16);
  const by = (byteAt(at + 2) - byteAt(at) + 256) & 0xff;
  let length = 2;
  while (at + length + 2 <= text.length && ((byteAt(at + length) - byteAt(at + length - 2) + 256) & 0xff) === by) length += 2;
  return by === 0 || length < SAVED_MIN
    ? undefined
    : {
        length,
        value: { $ramp: text.slice(at, at + 2), by, length: length / 2 },
      };
}

/** The vectors of one file as they are written, with the openings that they share. */
export function compactFile(vectors: readonly Vector[]): {
  readonly values: JsonObject;
  readonly openings: { readonly [name: string]: readonly WrittenStep[] };
  readonly vectors: readonly WrittenVector[];
} {
  const texts = vectors.map(({ steps }) => steps.map((step) => JSON.stringify(step)));
  const sharers = new Map<string, number>();
  for (const steps of texts) for (let count = 1; count < steps.length; count++) add(sharers, steps.slice(0, count).join());
  // The longest beginning that others share; what no other uses is not worth an opening.
  const longest = texts.map((steps) => {
    for (let count = steps.length - 1; count > 0; count--)
      if ((sharers.get(steps.slice(0, count).join()) ?? 0) >= SHARERS_MIN) return count;
    return 0;
  });
  const users = new Map<string, number>();
  for (const [i, steps] of texts.entries()) add(users, steps.slice(0, longest[i] ?? 0).join());
  const names = new Map<string, string>();
  const openings: { [name: string]: readonly WrittenStep[] } = {};
  const used = new Set<string>();
  const compacted = vectors.map((vector, i): WrittenVector => {
    const steps = texts[i] ?? [];
    let count = longest[i] ?? 0;
    while (count > 0 && (users.get(steps.slice(0, count).join()) ?? 0) < SHARERS_MIN) count--;
    const { steps: own, ...rest } = vector;
    if (count === 0) return { ...rest, steps: compactSteps(own, vector.requirement) };
    const key = steps.slice(0, count).join();
    const name = names.get(key) ?? openingName(vector, count, used);
    if (!names.has(key)) {
      names.set(key, name);
      used.add(name);
      openings[name] = compactSteps(own.slice(0, count), undefined);
    }
    return {
      ...rest,
      opening: name,
      steps: compactSteps(own.slice(count), vector.requirement),
    };
  });
  return withValues(openings, compacted);
}

type Written = {
  readonly openings: { readonly [name: string]: readonly WrittenStep[] };
  readonly vectors: readonly WrittenVector[];
};

/** Gives a name to each long value that is in several places, and the name in its place. */
function withValues(openings: Written['openings'], vectors: Written['vectors']): Written & { readonly values: JsonObject } {
  const counts = new Map<string, number>();
  const count = (value: Json): void => {
    if (typeof value === 'string' || (typeof value === 'object' && value !== null)) {
      const text = JSON.stringify(value);
      if (text.length < SHARED_MIN) return;
      add(counts, text);
      // The inside of what is here again is counted once: it will be in the named value.
      if (typeof value === 'object' && counts.get(text) === 1) Object.values(value as JsonObject).forEach(count);
    }
  };
  const all = [...Object.values(openings).flat(), ...vectors.flatMap(({ steps }) => steps)];
  for (const { params, expect, twin } of all)
    for (const member of [params, ...Object.values(expect as JsonObject), twinParams(twin)]) count(member);
  const values: { [name: string]: Json } = {};
  const textsByName = new Map<string, string>();
  const short = (value: Json): Json => {
    if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return value;
    const text = JSON.stringify(value);
    if (text.length < SHARED_MIN) return value;
    if ((counts.get(text) ?? 0) > 1) {
      const name = shortName(text, textsByName);
      if (values[name] === undefined) {
        values[name] = null; // holds the place while the inside is written
        values[name] = inside(value);
      }
      return { $value: name };
    }
    return inside(value);
  };
  const cut = (text: string): Json => {
    if (text.length <= PIECE_MAX) return text;
    const pieces = Array.from({ length: Math.ceil(text.length / PIECE_MAX) }, (_, i) => text.slice(i * PIECE_MAX, (i + 1) * PIECE_MAX));
    return {
      $join: pieces.map((piece) => {
        const name = shortName(JSON.stringify(piece), textsByName);
        values[name] = piece;
        return { $value: name };
      }),
    };
  };
  const inside = (value: Json): Json => {
    if (typeof value === 'string') return cut(value);
    if (Array.isArray(value)) return (value as readonly Json[]).map(short);
    if (typeof value !== 'object' || value === null) return value;
    if (isNotation(value as JsonObject) && '$seed' in value) return value; // a label is not a value
    return Object.fromEntries(Object.entries(value as JsonObject).map(([name, member]) => [name, short(member)]));
  };
  const step = (long: WrittenStep): WrittenStep => ({
    ...long,
    params: short(long.params) as JsonObject,
    expect: inside(long.expect as JsonObject) as WrittenStep['expect'],
    ...withTwin(long.twin, short),
  });
  return {
    openings: Object.fromEntries(Object.entries(openings).map(([name, steps]) => [name, steps.map(step)])),
    vectors: vectors.map((vector) => ({
      ...vector,
      steps: vector.steps.map(step),
    })),
    values,
  };
}

/** The beginning of a value's hash: as much of it as no other value of the file has for a name. */
function shortName(text: string, textsByName: Map<string, string>): string {
  const hash = createHash('sha256').update(text).digest('hex');
  let length = NAME_LENGTH;
  while ((textsByName.get(hash.slice(0, length)) ?? text) !== text) length++;
  textsByName.set(hash.slice(0, length), text);
  return hash.slice(0, length);
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** After the vector that first has it. */
function openingName({ id }: Vector, count: number, used: ReadonlySet<string>): string {
  const name = `${id}/first-${String(count)}`;
  if (used.has(name)) throw new Error(`${name}: two openings of one name`);
  return name;
}

function compactSteps(steps: readonly VectorStep[], requirement: string | undefined): WrittenStep[] {
  const plain = steps.map(({ operation, params, expect, requirement: of, bind, twin }): WrittenStep => ({
    operation,
    params,
    expect,
    ...(of === requirement ? {} : { requirement: of }),
    ...(bind === undefined ? {} : { bind }),
    ...(twin === undefined ? {} : { twin }),
  }));
  const isLong = JSON.stringify(plain).length > ALIKE_FROM;
  const merged: WrittenStep[] = [];
  for (let at = 0; at < plain.length;) {
    const length = runFrom(plain, at, isLong);
    const first = plain[at];
    if (first === undefined) break;
    const run = plain.slice(at, at + length);
    const params = length === 1 ? first.params : (alike(run.map((step) => step.params)) as JsonObject);
    const expect = length === 1 ? first.expect : (alike(run.map((step) => step.expect as JsonObject)) as WrittenStep['expect']);
    const twins = withTwin(first.twin, (own) => (length === 1 ? own : alike(run.map(({ twin }) => twinParams(twin)))));
    merged.push({
      ...first,
      params,
      expect,
      ...twins,
      ...(length === 1 ? {} : { times: length }),
    });
    at += length;
  }
  return merged.map((step) => ({
    ...step,
    params: compactValue(step.params) as JsonObject,
    expect: compactValue(step.expect as JsonObject) as WrittenStep['expect'],
    ...withTwin(step.twin, compactValue),
  }));
}

/** The parameters that a twin has of its own. */
function twinParams(twin: Twin | undefined): JsonObject {
  return twin !== undefined && 'params' in twin ? twin.params : {};
}
/** A step's member for its twin, its parameters written in another way. */
function withTwin(twin: Twin | undefined, written: (params: JsonObject) => Json): { readonly twin?: Twin } {
  if (twin === undefined) return {};
  return {
    twin: 'params' in twin ? { ...twin, params: written(twin.params) as JsonObject } : twin,
  };
}

/** How many steps from here are equal, or, in a long vector, alike; at least one. */
function runFrom(steps: readonly WrittenStep[], at: number, isLong: boolean): number {
  const [first, ...more] = steps.slice(at);
  if (first === undefined) return 1;
  const rest = ({ params: _, expect: __, twin, ...others }: WrittenStep): string =>
    JSON.stringify([others, twin, shapeOf({ params: twinParams(twin), expect: {} })], (name, value: unknown) =>
      name === 'params' ? undefined : value,
    );
  const equal = more.findIndex((step) => JSON.stringify(step) !== JSON.stringify(first));
  const equals = equal === -1 ? more.length + 1 : equal + 1;
  if (!isLong || equals > 1) return equals;
  const shape = shapeOf(first);
  const other = more.findIndex((step) => rest(step) !== rest(first) || shapeOf(step) !== shape);
  const length = other === -1 ? more.length + 1 : other + 1;
  return length < ALIKE_MIN ? 1 : length;
}

/** A step with every text and number left out. */
function shapeOf({ params, expect }: Pick<WrittenStep, 'params'> & { readonly expect: object }): string {
  return JSON.stringify([params, expect], (_, value: unknown) =>
    typeof value === 'string' ? value.length : typeof value === 'number' ? 0 : value,
  );
}

/** One value for several of one shape: what differs is in `$each`, without what all have in common. */
function alike(values: readonly Json[]): Json {
  const [first = null] = values;
  if (values.every((value) => JSON.stringify(value) === JSON.stringify(first))) return first;
  if (values.every((value) => typeof value === 'string')) return alikeText(values as readonly string[]);
  if (Array.isArray(first)) return first.map((_, i) => alike(values.map((value) => (value as readonly Json[])[i] ?? null)));
  if (typeof first === 'object' && first !== null)
    return Object.fromEntries(Object.keys(first).map((name) => [name, alike(values.map((value) => (value as JsonObject)[name] ?? null))]));
  return written({ $each: values });
}

function alikeText(texts: readonly string[]): Json {
  const [first = ''] = texts;
  const length = Math.min(...texts.map((text) => text.length));
  let front = 0;
  while (front < length && texts.every((text) => text[front] === first[front])) front++;
  let end = 0;
  while (end < length - front && texts.every((text) => text.at(-1 - end) === first.at(-1 - end))) end++;
  const each = written({
    $each: texts.map((text) => text.slice(front, text.length - end)),
  });
  const parts: Json[] = [first.slice(0, front), each, first.slice(first.length - end)].filter((part) => part !== '');
  return parts.length === 1 ? each : written({ $join: parts.map(compactValue) });
}
