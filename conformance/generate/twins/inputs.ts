/**
 * Twins of calls without a session: the same call without its fault. It is the nearest request that is accepted, among the one
 * from which the refused one was made, those that were asked while the topic's vectors were made, and those that replace or
 * leave out one value of the refused one.
 */
import type { Json, JsonObject } from '../../contract/contract.ts';
import { withValue } from '../schema-cases.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { concatBytes, equalJson, fromHex, isBytes, toHex } from '../../oracle/values.ts';
import type { Layout, Operation } from '../../spec/types.ts';
import type { Twin } from '../../vectors.ts';
import { distance, FARTHEST, isNearer, type Distance } from './distance.ts';
import type { Seen } from './seen.ts';

/** Classes whose fault is a length. */
const LENGTH_FAULTS: ReadonlySet<string> = new Set(['truncated', 'trailing', 'limit']);
/** Requests that one search may ask about. */
const ASKED_MAX = 40;
/** Values that are near enough to one of the request to be tried in its place. */
const REPLACEMENTS_MAX = 8;

const OPENING_BRACE = 0x7b;
const SPACE = 0x20;

type Path = readonly (string | number)[];
interface Candidate {
  readonly params: JsonObject;
  readonly distance: Distance;
}
export interface Refused {
  readonly operation: string;
  readonly params: JsonObject;
  /** Its reject class. */
  readonly reject: string;
}

/** The difference between a refused request and the accepted one next to it. */
export function changed(from: JsonObject, to: JsonObject): { readonly params: JsonObject; readonly without?: readonly string[] } {
  const without = Object.keys(from).filter((name) => !(name in to));
  return {
    params: Object.fromEntries(Object.entries(to).filter(([name, value]) => !equalJson(from[name], value))),
    ...(without.length === 0 ? {} : { without }),
  };
}

/** Finds twins in what was seen while the vectors of a topic were made. */
export class InputTwins {
  readonly #oracle: Oracle;
  readonly #seen: Seen;
  readonly #answers = new Map<string, boolean>();
  readonly #found = new Map<string, JsonObject | undefined>();
  readonly #nearTexts = { text: new Map<string, readonly string[]>(), bytes: new Map<string, readonly string[]>() };

  /** @param seen complete: nothing is noted any more */
  constructor(oracle: Oracle, seen: Seen) {
    this.#oracle = oracle;
    this.#seen = seen;
  }

  /** @param base the request from which the refused one was made. @throws Error where that is refused as well */
  of(refused: Refused, base?: JsonObject): Twin {
    if (base !== undefined && !this.#accepts(refused.operation, base))
      throw new Error(`${refused.operation}: the base of a refused request is refused: ${JSON.stringify(base).slice(0, 200)}`);
    const key = JSON.stringify([refused, base]);
    if (!this.#found.has(key)) this.#found.set(key, this.#resized(refused, this.#nearest(refused, base)));
    const found = this.#found.get(key);
    return found === undefined ? { kind: 'none', reason: 'nothing-accepted' } : { kind: 'input', ...changed(refused.params, found) };
  }

  #accepts(operation: string, params: JsonObject): boolean {
    const key = `${operation} ${JSON.stringify(params)}`;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const accepted = this.#isDeclared(operation, params) && this.#answerIsOk(operation, params);
    this.#answers.set(key, accepted);
    return accepted;
  }

  /** What the models cannot take at all is not accepted. */
  #answerIsOk(operation: string, params: JsonObject): boolean {
    try {
      return this.#oracle.answer(operation, params).kind === 'ok';
    } catch {
      return false;
    }
  }

  /** Whether a request is one that the operation's declaration lets anybody ask. */
  #isDeclared(name: string, params: JsonObject): boolean {
    const operation = this.#oracle.operation(name);
    const needs = operation.requiresOneOf;
    if (needs !== undefined && !needs.some((one) => one in params)) return false;
    return Object.entries(operation.params).every(([param, declared]) => {
      const value = params[param];
      if (value === undefined) return declared.required !== true;
      if (declared.excludes !== undefined && declared.excludes in params) return false;
      return isWithin(declared, value);
    });
  }

  #nearest(refused: Refused, base: JsonObject | undefined): JsonObject | undefined {
    const { operation, params } = refused;
    const isLengthFault = LENGTH_FAULTS.has(refused.reject);
    let best = base;
    let least = base === undefined ? FARTHEST : distance(params, base);
    for (const accepted of this.#seen.acceptedOf(operation)) {
      const own = distance(params, accepted);
      if (!isNearer(own, least, isLengthFault)) continue;
      best = accepted;
      least = own;
    }
    let asked = 0;
    for (const candidate of this.#changes(refused, isLengthFault)) {
      if (!isNearer(candidate.distance, least, isLengthFault) || asked >= ASKED_MAX) break;
      asked++;
      if (this.#accepts(operation, candidate.params)) return candidate.params;
    }
    return best;
  }

  /** The request with one value replaced or left out, the nearest first. */
  #changes({ operation, params }: Refused, isLengthFault: boolean): Candidate[] {
    const declared = this.#oracle.operation(operation).params;
    const found: Candidate[] = [];
    const put = (path: Path, value: Json | undefined): void => {
      const other = withValue(params, path, value) as JsonObject;
      found.push({ params: other, distance: distance(params, other) });
    };
    for (const { path, value } of places(params)) {
      const name = String(path[0]);
      const isText = declared[name]?.type.startsWith('text') === true;
      if (path.length > 1 || declared[name]?.required !== true) put(path, undefined);
      for (const other of typeof value === 'string' ? this.#near(value, isText) : alternatives(value, declared[name])) put(path, other);
      if (path.length === 1 && typeof value === 'string') for (const other of trimmed(value, isText)) put(path, other);
    }
    return found.sort((a, b) =>
      isNearer(a.distance, b.distance, isLengthFault) ? -1 : isNearer(b.distance, a.distance, isLengthFault) ? 1 : 0,
    );
  }

  /** Texts near a text that were seen. The same texts are in most of the requests, so what is near them is kept. */
  #near(text: string, isText: boolean): readonly string[] {
    const type = isText ? 'text' : 'bytes';
    const known = this.#nearTexts[type].get(text);
    if (known !== undefined) return known;
    const near = [...this.#seen.textsOf(type)]
      .filter((other) => other !== text)
      .map((other) => ({ other, apart: distance({ text }, { text: other }).cost }))
      .sort((a, b) => a.apart - b.apart)
      .slice(0, REPLACEMENTS_MAX)
      .map(({ other }) => other);
    this.#nearTexts[type].set(text, near);
    return near;
  }

  /** The twin, of the length of the refused request if it is accepted so too. */
  #resized({ operation, params }: Refused, twin: JsonObject | undefined): JsonObject | undefined {
    if (twin === undefined) return undefined;
    for (const [name, value] of Object.entries(twin)) {
      const bad = params[name];
      if (typeof value !== 'string' || typeof bad !== 'string' || bad.length === value.length) continue;
      const declared = layoutsOf(this.#oracle.operation(operation), name);
      // Where nothing says how the bytes are laid out, any layout that reads them may be theirs.
      const layouts = declared.length > 0 ? declared : this.#oracle.spec.layouts.filter(isWhole).map(({ layout }) => layout);
      const cut = value.length > bad.length ? value.slice(0, bad.length) : value + bad.slice(value.length);
      const isText = this.#oracle.operation(operation).params[name]?.type !== 'bytes';
      for (const fitted of new Set([cut, ...(isText ? [] : layouts.flatMap((layout) => this.#fitted(layout, value, bad.length / 2)))])) {
        const other = { ...twin, [name]: fitted };
        if (fitted.length === bad.length && this.#accepts(operation, other)) return other;
      }
    }
    return twin;
  }

  /** Bytes of a layout with one field of another length, so that they have so many bytes in all. */
  #fitted(layout: string, hex: string, length: number): string[] {
    const decoding = this.#oracle.wire.decode(layout, fromHex(hex));
    if (decoding.kind === 'reject') return [];
    const { fields } = this.#oracle.wire.layout(layout);
    const isVariable = (name: string): boolean =>
      fields.some((field) => (field.name === name && field.length === 'rest') || field.lengthOf === name);
    return [...decoding.fields].flatMap(([field, value]) => {
      if (!isBytes(value) || !isVariable(field)) return [];
      return resizedTo(value, value.length + length - hex.length / 2).flatMap((bytes) => {
        const encoding = this.#oracle.wire.encode(layout, new Map([...decoding.fields, [field, bytes]]));
        return encoding.kind === 'ok' ? [toHex(encoding.bytes)] : [];
      });
    });
  }
}

/** The layouts of a parameter: the declared one, and those by which the model reads it. */
function layoutsOf({ params, model = [] }: Operation, name: string): string[] {
  const declared = params[name]?.layout;
  const read = model.flatMap((step) => ('decode' in step && step.decode.from === name ? [step.decode.layout] : []));
  return [...new Set([...(declared === undefined ? [] : [declared]), ...read])];
}

/** Whether a layout says what bytes to their end are. */
function isWhole({ fields }: Layout): boolean {
  return fields.some(({ length }) => length === 'rest');
}

/** Bytes made longer or shorter: at the end, or, of JSON, by white space at its beginning. */
function resizedTo(bytes: Uint8Array, length: number): Uint8Array[] {
  if (length < 0) return [];
  if (length <= bytes.length) return [bytes.slice(0, length)];
  const more = new Uint8Array(length - bytes.length);
  return [
    concatBytes(bytes, more),
    ...(bytes[0] === OPENING_BRACE ? [concatBytes(bytes.slice(0, 1), more.fill(SPACE), bytes.slice(1))] : []),
  ];
}

/** Whether a value is in the declared range. */
function isWithin({ minimum, maximum, enum: names }: Operation['params'][string], value: Json): boolean {
  if (names !== undefined && !names.includes(String(value))) return false;
  if (typeof value !== 'number') return true;
  return value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity);
}

/** Every value inside a request, with the way to it. */
function* places(value: Json, path: Path = []): Generator<{ readonly path: Path; readonly value: Json }> {
  if (path.length > 0) yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const [at, inner] of (value as readonly Json[]).entries()) yield* places(inner, [...path, at]);
  else for (const [name, inner] of Object.entries(value as JsonObject)) yield* places(inner, [...path, name]);
}

/** A text that is longer or shorter by one character, or byte. */
function trimmed(text: string, isText: boolean): string[] {
  return isText ? [text.slice(0, -1), text.slice(1)] : [text.slice(0, -2), text.slice(2), `${text}00`];
}

/** What may be tried in place of a value that is no text: for a number, its neighbours and the declared bounds. */
function alternatives(value: Json, declared: Operation['params'][string] | undefined): Json[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value !== 'number') return [];
  return [value - 1, value + 1, value - 2, value + 2, declared?.minimum, declared?.maximum].filter(
    (other) => other !== undefined && Number.isSafeInteger(other),
  ) as number[];
}
