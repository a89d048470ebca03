/** Which field each byte of a value belongs to, through all the layouts that the specification applies to it. */
import { groupOf } from '../contract/clauses.ts';
import type { JsonObject } from '../contract/contract.ts';
import type { Applied, Oracle } from '../oracle/oracle.ts';
import { fromHex } from '../oracle/values.ts';
import type { FieldSpan } from '../oracle/wire.ts';

/** A field, and the clause that says what is in it, if it is of a layout within another one. */
export interface Located extends FieldSpan {
  readonly clause?: string;
}

/** Bytes that say nothing of where they are from: a single one is found anywhere. */
const PART_LENGTH_MIN = 2;

/** Takes values of one request apart. */
export class Fields {
  readonly #oracle: Oracle;
  readonly #operation: string;
  readonly #params: JsonObject;
  #partsFound: readonly Applied[] | undefined;

  /** @param operation one with a model tells what is inside its fields; of others only the layout of the value itself is known */
  constructor(oracle: Oracle, operation: string, params: JsonObject) {
    this.#oracle = oracle;
    this.#operation = operation;
    this.#params = params;
  }

  /** The longest first: what is inside another part is looked for in its fields. */
  #parts(): readonly Applied[] {
    this.#partsFound ??= appliedTo(this.#oracle, this.#operation, this.#params)
      .filter(({ bytes }) => bytes.length >= PART_LENGTH_MIN)
      .sort((one, other) => other.bytes.length - one.bytes.length);
    return this.#partsFound;
  }

  /**
   * The fields of bytes, in order.
   *
   * @param declared layout of the value itself; without one, or if they are not what it says, there are none
   * @param model other bytes that are right, and whose parts these have at the same places
   */
  of(bytes: Uint8Array, declared: string | undefined, model: Uint8Array = bytes): readonly Located[] {
    if (declared === undefined) return [];
    const layout = this.#layoutOf(model, declared);
    const own = this.#oracle.wire.decode(layout, bytes);
    if (own.kind !== 'ok') return [];
    const wanted = model === bytes ? own : this.#oracle.wire.decode(layout, model);
    if (wanted.kind !== 'ok') return own.spans;
    return own.spans.flatMap((span) => {
      const right = wanted.spans.find(({ name }) => name === span.name);
      return right === undefined || right.note !== undefined ? [span] : this.#inside(span, bytes, right, model, [layout]);
    });
  }

  /** The layout that the model made or read the bytes with, where it has several, such as both forms of a packet. */
  #layoutOf(model: Uint8Array, declared: string): string {
    if (!this.#hasOtherThan([declared])) return declared;
    const made = this.#parts().filter(
      ({ bytes, layout }) => bytes.length === model.length && indexOf(bytes, model) === 0 && this.#standsAlone(layout),
    );
    return made.length === 0 || made.some(({ layout }) => layout === declared) ? declared : (made[0]?.layout ?? declared);
  }

  /** Whether a layout says what bytes after it are: others are only repeated inside a layout. */
  #standsAlone(name: string): boolean {
    const { fields, trailing } = this.#oracle.wire.layout(name);
    return trailing !== undefined || fields.some(({ length }) => length === 'rest');
  }

  /** A field of bytes as the part within it has them, if there is one: what is before and after it stays with the field. */
  #inside(span: Located, bytes: Uint8Array, right: FieldSpan, model: Uint8Array, around: readonly string[]): Located[] {
    const field = model.slice(right.offset, right.offset + right.length);
    if (field.length < PART_LENGTH_MIN || !this.#hasOtherThan(around)) return [span];
    for (const part of this.#parts()) {
      const at = around.includes(part.layout) ? -1 : indexOf(field, part.bytes);
      if (at < 0) continue;
      const isWhole = part.bytes.length === field.length;
      const length = isWhole ? span.length : Math.min(part.bytes.length, span.length - at);
      if (length < PART_LENGTH_MIN) continue;
      const start = span.offset + at;
      const decoding = this.#oracle.wire.decode(part.layout, bytes.slice(start, start + length));
      const wanted = this.#oracle.wire.decode(part.layout, part.bytes);
      if (decoding.kind !== 'ok' || wanted.kind !== 'ok') continue;
      const inner = decoding.spans.flatMap((found) => {
        const clause = this.#clauseOf(part.layout, found.name);
        const located = { ...found, name: `${span.name}.${found.name}`, offset: start + found.offset, clause };
        const same = wanted.spans.find(({ name }) => name === found.name);
        if (same === undefined || same.note !== undefined) return [located];
        const there = { ...same, offset: right.offset + at + same.offset };
        return this.#inside(located, bytes, there, model, [...around, part.layout]);
      });
      const end = start + length;
      return [{ ...span, length: at }, ...inner, { ...span, offset: end, length: span.offset + span.length - end }].filter(
        (one) => inner.includes(one) || one.length > 0,
      );
    }
    return [span];
  }

  /** Whether the operation applies other layouts than those around a field: to ask its model costs as much as the request did. */
  #hasOtherThan(around: readonly string[]): boolean {
    return [...layoutsOf(this.#oracle, this.#operation)].some((layout) => !around.includes(layout));
  }

  /** The clause of a field: its own, or the one that bounds its values, or that of the layout. */
  #clauseOf(layout: string, name: string): string {
    const { fields, req } = this.#oracle.wire.layout(layout);
    const [top] = name.split(/[.[]/);
    const { req: own, rejects } = fields.find((field) => field.name === top) ?? {};
    const values = rejects === undefined || rejects === 'none' ? undefined : (rejects.range ?? rejects.mismatch);
    return own ?? values?.req ?? req;
  }

  /**
   * The clause of the field in which two values differ first. A field of the value's own layout has one only if it is of the same
   * group as that of the whole member: what a beacon has in the header of its packet is the matter of the beacon.
   *
   * @param member clause of the whole value
   */
  clauseOfDifference(expected: string, got: string, layout: string | undefined, member: string): string | undefined {
    if (layout === undefined) return undefined;
    const at = firstByte(expected, got);
    const bytes = fromHex(expected);
    const field = this.of(bytes, layout).find(({ offset, length }) => offset <= at && at < offset + length);
    if (field === undefined || field.clause !== undefined) return field?.clause;
    const own = this.#clauseOf(this.#layoutOf(bytes, layout), field.name);
    return groupOf(own) === groupOf(member) ? own : undefined;
  }
}

/** The layouts that a model names, and those that the operations name which it runs; none for an operation without a model. */
function layoutsOf(oracle: Oracle, operation: string, seen: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  if (seen.has(operation)) return new Set();
  const { model } = oracle.spec.operations.find((one) => one.operation === operation) ?? {};
  const text = JSON.stringify(model ?? []);
  const named = (member: string): string[] => [...text.matchAll(new RegExp(`"${member}":"([^"]+)"`, 'g'))].map(([, name = '']) => name);
  const inner = named('operation').flatMap((name) => [...layoutsOf(oracle, name, new Set([...seen, operation]))]);
  return new Set([...named('layout'), ...inner]);
}

/** Nothing for a request that its model cannot be asked, such as one with a member that only an implementation can know. */
function appliedTo(oracle: Oracle, operation: string, params: JsonObject): readonly Applied[] {
  try {
    return oracle.layoutsApplied(operation, params);
  } catch {
    return [];
  }
}

function indexOf(bytes: Uint8Array, part: Uint8Array): number {
  for (let at = 0; at + part.length <= bytes.length; at++) if (part.every((byte, i) => bytes[at + i] === byte)) return at;
  return -1;
}

/** Offset of the first byte that differs. */
function firstByte(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.slice(at, at + 2) === b.slice(at, at + 2)) at += 2;
  return at / 2;
}
