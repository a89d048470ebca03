/** Values of the spec interpreter, and how they cross to and from the adapter's JSON. */
import type { Json, JsonObject } from '../contract/contract.ts';

/** A JSON value kept as such (heads, members), apart from the interpreter's own lists and maps. */
export class JsonValue {
  readonly json: Json;
  constructor(json: Json) {
    this.json = json;
  }
}

export type Value = bigint | boolean | string | null | undefined | Uint8Array | JsonValue | readonly Value[] | ValueMap;
export type ValueMap = ReadonlyMap<string, Value>;

/** Lower-case hex of bytes. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Bytes of lower-case hex. @throws RangeError when it is not an even number of lower-case hex digits */
export function fromHex(text: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new RangeError(`not lowercase hex: ${text.slice(0, 40)}`);
  return Uint8Array.from(Buffer.from(text, 'hex'));
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

export function isBytes(value: Value): value is Uint8Array {
  return value instanceof Uint8Array;
}
export function isMap(value: Value): value is ValueMap {
  return value instanceof Map;
}

/** The JSON an adapter would answer for a value: bytes as hex, small integers as numbers. */
export function toJson(value: Value): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint')
    return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER) ? Number(value) : value.toString();
  if (isBytes(value)) return toHex(value);
  if (value instanceof JsonValue) return value.json;
  if (isMap(value)) return Object.fromEntries([...value].map(([k, v]) => [k, toJson(v)]));
  return (value as readonly Value[]).map(toJson);
}

/** A value as text that no other value has, whatever its type. */
export function identify(value: Value): string {
  if (value === undefined) return '-';
  if (typeof value === 'bigint') return `i${value.toString()}`;
  if (isBytes(value)) return `0x${toHex(value)}`;
  if (value instanceof JsonValue) return `j${JSON.stringify(value.json)}`;
  if (isMap(value)) return `{${[...value].map(([k, v]) => `${JSON.stringify(k)}:${identify(v)}`).join(',')}}`;
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(identify).join(',')}]`;
  return JSON.stringify(value);
}

/** Equality of interpreter values by content. */
export function equalValues(a: Value, b: Value): boolean {
  if (typeof a === 'bigint' || typeof b === 'bigint') return a === b;
  return isBytes(a) === isBytes(b) && isSameJson(a, b);
}

/** Whether two values are the same as JSON. It is only written where their types do not tell: values are compared all the time. */
function isSameJson(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === typeof b && (typeof a === 'string' || typeof a === 'boolean' || typeof a === 'bigint')) return false;
  if (isBytes(a) && isBytes(b)) return a.length === b.length && a.every((byte, i) => byte === b[i]);
  if (Array.isArray(a) && Array.isArray(b)) {
    const [left, right] = [a as readonly Value[], b as readonly Value[]];
    return left.length === right.length && left.every((item, i) => isSameJson(item, right[i]));
  }
  return JSON.stringify(toJson(a)) === JSON.stringify(toJson(b));
}

/** Deep equality of JSON, member order aside. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item: Json, i) => equalJson(item, b[i] as Json));
  }
  const left = a as JsonObject;
  const right = b as JsonObject;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && equalJson(left[key], right[key]));
}

/** First place (JSON pointer without the leading slash) where two JSON values differ. */
export function firstDifference(a: Json | undefined, b: Json | undefined, path = ''): string | undefined {
  if (equalJson(a, b)) return undefined;
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null && Array.isArray(a) === Array.isArray(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    for (const key of keys) {
      const at = firstDifference((a as JsonObject)[key], (b as JsonObject)[key], path === '' ? key : `${path}/${key}`);
      if (at !== undefined) return at;
    }
  }
  return path;
}
