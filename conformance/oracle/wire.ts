/**
 * The wire interpreter: encodes and decodes any layout from its data alone. Integers are exact at every width, each
 * value has one spelling, and decoding records where every field lies.
 */
import type { Field, FieldFault, Layout, Partition, Reject } from '../spec/types.ts';
import { concatBytes, equalValues, fromHex, isBytes, isMap, toHex, type Value, type ValueMap } from './values.ts';

/** Where a field lies: offset and length in bytes. Nested fields follow their parent with a dotted name. */
export interface FieldSpan {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly note?: string;
}
export type Decoding =
  | {
      readonly kind: 'ok';
      readonly fields: ValueMap;
      readonly spans: readonly FieldSpan[];
      readonly length: number;
      readonly clause: string;
    }
  | {
      readonly kind: 'reject';
      readonly reject: Reject;
      readonly field: string;
      readonly fault: FieldFault | 'trailing';
      readonly offset: number;
    };
export type Encoding =
  { readonly kind: 'ok'; readonly bytes: Uint8Array } | { readonly kind: 'reject'; readonly reject: Reject; readonly field: string };

/** A layout that contradicts itself, or input of the wrong kind: a fault of the spec or of its caller. */
export class WireSpecError extends Error {
  override readonly name = 'WireSpecError';
}

interface FixedInteger {
  readonly width: number;
  readonly little: boolean;
}
const FIXED: { readonly [type: string]: FixedInteger } = {
  u8: { width: 1, little: false },
  u16be: { width: 2, little: false },
  u16le: { width: 2, little: true },
  u24be: { width: 3, little: false },
  u32be: { width: 4, little: false },
  u32le: { width: 4, little: true },
  u64be: { width: 8, little: false },
  u64le: { width: 8, little: true },
};
const VARINT_BYTES_MAX = 10;

/** Width in bytes of a fixed integer type, undefined for every other. */
export function widthOf(type: string): number | undefined {
  return FIXED[type]?.width;
}

function readFixed(bytes: Uint8Array, offset: number, { width, little }: FixedInteger): bigint {
  let value = 0n;
  for (let i = 0; i < width; i++) value = (value << 8n) | BigInt(bytes[offset + (little ? width - 1 - i : i)] ?? 0);
  return value;
}
function writeFixed(value: bigint, { width, little }: FixedInteger): Uint8Array {
  const out = new Uint8Array(width);
  for (let i = 0; i < width; i++) out[little ? i : width - 1 - i] = Number((value >> BigInt(8 * i)) & 0xffn);
  return out;
}

/** LEB128, low group first; one spelling: the last group of a longer form is never zero. */
function readLeb128(bytes: Uint8Array, offset: number): { value: bigint; length: number; canonical: boolean } | undefined {
  let value = 0n;
  for (let i = 0; i < VARINT_BYTES_MAX; i++) {
    const byte = bytes[offset + i];
    if (byte === undefined) return undefined;
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return { value, length: i + 1, canonical: (i === 0 || byte !== 0) && value < 1n << 64n };
  }
  return { value, length: VARINT_BYTES_MAX, canonical: false };
}
function writeLeb128(value: bigint): Uint8Array {
  const out: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 0x80n) return Uint8Array.from([...out, Number(rest)]);
    out.push(Number(rest & 0x7fn) | 0x80);
  }
}

/** Bijective base 128, high group first: every byte string that ends is one value, so no form is non-minimal. */
function readBijective(bytes: Uint8Array, offset: number): { value: bigint; length: number; canonical: boolean } | undefined {
  let value = 0n;
  for (let i = 0; i < VARINT_BYTES_MAX; i++) {
    const byte = bytes[offset + i];
    if (byte === undefined) return undefined;
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return { value, length: i + 1, canonical: value < 1n << 64n };
    value += 1n;
  }
  return { value, length: VARINT_BYTES_MAX, canonical: false };
}
function writeBijective(value: bigint): Uint8Array {
  const out = [Number(value & 0x7fn)];
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) {
    rest -= 1n;
    out.unshift(Number(rest & 0x7fn) | 0x80);
  }
  return Uint8Array.from(out);
}

/** Encodes and decodes layouts of one spec by name. */
export class WireInterpreter {
  readonly #layouts: ReadonlyMap<string, Layout>;

  constructor(layouts: readonly Layout[]) {
    this.#layouts = new Map(layouts.map((layout) => [layout.layout, layout]));
  }

  layout(name: string): Layout {
    const layout = this.#layouts.get(name);
    if (layout === undefined) throw new WireSpecError(`no layout ${name}`);
    return layout;
  }

  /** Decodes all of `bytes`; bytes after the last field are `trailing`. */
  decode(name: string, bytes: Uint8Array): Decoding {
    const layout = this.layout(name);
    const decoding = this.#decodeFields(layout, bytes, 0, '');
    if (decoding.kind === 'ok' && decoding.length < bytes.length) {
      if (layout.trailing === undefined) throw new WireSpecError(`${name} can leave bytes over and declares no reject for them`);
      return { kind: 'reject', reject: layout.trailing, field: '', fault: 'trailing', offset: decoding.length };
    }
    return decoding;
  }

  #decodeFields(layout: Layout, bytes: Uint8Array, start: number, prefix: string): Decoding {
    const fields = new Map<string, Value>();
    const spans: FieldSpan[] = [];
    let offset = start;
    let clause = layout.req;
    const rejected = (field: Field, fault: FieldFault, at: number): Decoding => {
      const reject = field.rejects === 'none' ? undefined : field.rejects[fault];
      if (reject === undefined) throw new WireSpecError(`${layout.layout}.${field.name} can be ${fault} and declares no reject for it`);
      return { kind: 'reject', reject, field: `${prefix}${field.name}`, fault, offset: at };
    };
    for (const field of layout.fields) {
      if (field.when !== undefined && fields.get(field.when) !== true && !truthy(fields.get(field.when))) continue;
      const fixed = FIXED[field.type];
      if (fixed !== undefined) {
        if (bytes.length - offset < fixed.width) return rejected(field, 'truncated', offset);
        const value = readFixed(bytes, offset, fixed);
        spans.push({ name: `${prefix}${field.name}`, offset, length: fixed.width, note: value.toString() });
        const fault = integerFault(field, value);
        if (fault !== undefined) return rejected(field, fault, offset);
        fields.set(field.name, value);
        offset += fixed.width;
      } else if (field.type === 'leb128' || field.type === 'bijective128') {
        const read = field.type === 'leb128' ? readLeb128(bytes, offset) : readBijective(bytes, offset);
        if (read === undefined) return rejected(field, 'truncated', offset);
        if (!read.canonical) return rejected(field, 'non-canonical', offset);
        spans.push({ name: `${prefix}${field.name}`, offset, length: read.length, note: read.value.toString() });
        const fault = integerFault(field, read.value);
        if (fault !== undefined) return rejected(field, fault, offset);
        fields.set(field.name, read.value);
        offset += read.length;
      } else if (field.type === 'bytes') {
        const length = field.length === 'rest' ? bytes.length - offset : Number(this.#lengthOf(field, fields));
        if (bytes.length - offset < length) return rejected(field, 'truncated', offset);
        const value = bytes.slice(offset, offset + length);
        spans.push({ name: `${prefix}${field.name}`, offset, length });
        if (field.const !== undefined && !equalValues(value, fromHex(String(field.const)))) return rejected(field, 'mismatch', offset);
        fields.set(field.name, value);
        offset += length;
      } else {
        const inner = this.layout(field.layout ?? '');
        const items: Value[] = [];
        const count = field.type === 'layout' ? 1 : field.until === 'end' ? Infinity : Number(fields.get(field.count ?? '') ?? 0n);
        for (let i = 0; i < count && !(field.until === 'end' && offset >= bytes.length); i++) {
          const name = field.type === 'layout' ? `${prefix}${field.name}.` : `${prefix}${field.name}[${String(i)}].`;
          const item = this.#decodeFields(inner, bytes, offset, name);
          if (item.kind === 'reject') {
            if (field.until === 'end' && item.fault === 'truncated') break; // what is incomplete stays for the next field
            return item;
          }
          spans.push(...item.spans);
          items.push(item.fields);
          offset += item.length - offset;
        }
        fields.set(field.name, field.type === 'layout' ? items[0] : items);
      }
      const part = partitionOf(layout, field.name, fields.get(field.name));
      if (part !== undefined) clause = part.req;
    }
    return { kind: 'ok', fields, spans, length: offset, clause };
  }

  #lengthOf(field: Field, fields: ValueMap): bigint {
    if (typeof field.length === 'number') return BigInt(field.length);
    const value = fields.get(field.length ?? '');
    if (typeof value !== 'bigint')
      throw new WireSpecError(`${field.name}: length '${String(field.length)}' is not an integer field before it`);
    return value;
  }

  /** Encodes a layout from named values; lengths and counts are derived, constants filled in. */
  encode(name: string, values: ValueMap): Encoding {
    const layout = this.layout(name);
    const parts: Uint8Array[] = [];
    for (const field of layout.fields) {
      if (field.when !== undefined && !truthy(values.get(field.when))) continue;
      let value = values.get(field.name);
      if (field.lengthOf !== undefined) {
        const measured = values.get(field.lengthOf);
        value = isBytes(measured) ? BigInt(measured.length) : 0n;
      } else if (field.countOf !== undefined) {
        const counted = values.get(field.countOf);
        value = Array.isArray(counted) ? BigInt(counted.length) : 0n;
      } else if (value === undefined && field.const !== undefined)
        value = field.type === 'bytes' ? fromHex(String(field.const)) : BigInt(field.const);
      const fixed = FIXED[field.type];
      if (fixed !== undefined || field.type === 'leb128' || field.type === 'bijective128') {
        if (typeof value !== 'bigint') throw new WireSpecError(`${name}.${field.name} needs an integer`);
        const limit = fixed === undefined ? 1n << 64n : 1n << BigInt(8 * fixed.width);
        const over = value < 0n || value >= limit || integerFault(field, value) !== undefined;
        if (over) {
          const reject = field.overflow ?? (field.rejects === 'none' ? undefined : (field.rejects.range ?? field.rejects.mismatch));
          if (reject === undefined) throw new WireSpecError(`${name}.${field.name} can overflow and declares no reject for it`);
          return { kind: 'reject', reject, field: field.name };
        }
        parts.push(fixed !== undefined ? writeFixed(value, fixed) : field.type === 'leb128' ? writeLeb128(value) : writeBijective(value));
      } else if (field.type === 'bytes') {
        const bytes = value ?? new Uint8Array(0);
        if (!isBytes(bytes)) throw new WireSpecError(`${name}.${field.name} needs bytes`);
        if (typeof field.length === 'number' && bytes.length !== field.length)
          throw new WireSpecError(`${name}.${field.name} needs ${String(field.length)} bytes, not ${String(bytes.length)}`);
        parts.push(bytes);
      } else {
        const items = field.type === 'layout' ? [value] : Array.isArray(value) ? (value as readonly Value[]) : [];
        for (const item of items) {
          if (!isMap(item)) throw new WireSpecError(`${name}.${field.name} needs fields`);
          const inner = this.encode(field.layout ?? '', item);
          if (inner.kind === 'reject') return inner;
          parts.push(inner.bytes);
        }
      }
    }
    return { kind: 'ok', bytes: concatBytes(...parts) };
  }
}

function integerFault(field: Field, value: bigint): 'mismatch' | 'range' | undefined {
  if (field.const !== undefined && value !== BigInt(field.const)) return 'mismatch';
  if (field.minimum !== undefined && value < BigInt(field.minimum)) return 'range';
  if (field.maximum !== undefined && value > BigInt(field.maximum)) return 'range';
  return undefined;
}
function truthy(value: Value): boolean {
  return value === true || (typeof value === 'bigint' && value !== 0n);
}
function partitionOf(layout: Layout, field: string, value: Value): Partition | undefined {
  if (typeof value !== 'bigint') return undefined;
  return layout.partitions?.find((p) => p.field === field && value >= BigInt(p.from) && value <= BigInt(p.to));
}

/** The faults a field can have from its own data: what `rejects` must name, and nothing else. */
export function possibleFaults(field: Field): FieldFault[] {
  const faults: FieldFault[] = [];
  if (field.type === 'repeat' && field.until === 'end') return faults;
  if (field.type === 'layout' || field.type === 'repeat') return faults;
  if (!(field.type === 'bytes' && field.length === 'rest')) faults.push('truncated');
  if (field.const !== undefined) faults.push('mismatch');
  if (field.minimum !== undefined || field.maximum !== undefined) faults.push('range');
  if (field.type === 'leb128' || field.type === 'bijective128') faults.push('non-canonical');
  return faults;
}

/** Short text of bytes for messages. */
export function preview(bytes: Uint8Array, max = 16): string {
  return bytes.length <= max ? toHex(bytes) : `${toHex(bytes.slice(0, max))}… (${String(bytes.length)} bytes)`;
}
