/**
 * Primitives of KILT for the oracle: base 58 by exact integers, CBOR by cbor2, UTF-8 by Node. The reference uses other
 * libraries for each.
 */
import { decode, encode, Tag } from 'cbor2';
import { isBytes, isMap, type Value } from '../../oracle/values.ts';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BYTE_STRING_TAG = 64;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Base 58 with the Bitcoin alphabet: an integer, and a 1 for each leading zero byte. */
export function encodeBase58(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  let text = '';
  for (; value > 0n; value /= 58n) text = BASE58.charAt(Number(value % 58n)) + text;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return '1'.repeat(zeros < 0 ? bytes.length : zeros) + text;
}

/** The bytes of base 58; undefined if the text has another character. */
export function decodeBase58(text: string): Uint8Array | undefined {
  let value = 0n;
  for (const char of text) {
    const digit = BASE58.indexOf(char);
    if (digit < 0) return undefined;
    value = value * 58n + BigInt(digit);
  }
  const ones = /^1*/.exec(text)?.[0].length ?? 0;
  const hex = value === 0n ? '' : value.toString(16);
  return Uint8Array.from([...new Uint8Array(ones), ...Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')]);
}

/** One CBOR item in preferred form, byte strings with or without tag 64; undefined for anything else. */
export function decodeCbor(bytes: Uint8Array): Value {
  let item: unknown;
  try {
    item = decode(bytes, {
      requirePreferred: true,
      rejectStreaming: true,
      rejectDuplicateKeys: true,
      preferMap: true,
      preferBigInt: true,
      ignoreGlobalTags: true,
    });
  } catch {
    return undefined;
  }
  try {
    return valueOf(item);
  } catch (error) {
    if (error instanceof NoValue) return undefined;
    throw error;
  }
}

/** An item that this specification has no value for: another tag, a float, a key that is not text. */
class NoValue extends Error {}

function valueOf(item: unknown): Value {
  if (typeof item === 'string' || typeof item === 'boolean' || typeof item === 'bigint' || item === null) return item;
  if (item instanceof Uint8Array) return Uint8Array.from(item);
  if (item instanceof Tag && item.tag === BYTE_STRING_TAG && item.contents instanceof Uint8Array) return Uint8Array.from(item.contents);
  if (Array.isArray(item)) return item.map(valueOf);
  if (item instanceof Map) {
    return new Map(
      [...(item as Map<unknown, unknown>)].map(([key, value]) => {
        if (typeof key !== 'string') throw new NoValue();
        return [key, valueOf(value)] as const;
      }),
    );
  }
  throw new NoValue();
}

/** A value as CBOR: maps in the order of their members, bytes under tag 64. */
export function encodeCbor(value: Value): Uint8Array {
  return Uint8Array.from(encode(itemOf(value)));
}
function itemOf(value: Value): unknown {
  if (isBytes(value)) return new Tag(BYTE_STRING_TAG, value);
  if (isMap(value)) return new Map([...value].map(([key, member]) => [key, itemOf(member)] as const));
  if (Array.isArray(value)) return (value as readonly Value[]).map(itemOf);
  return value;
}

function bytesOf(args: ReadonlyMap<string, Value>, name: string): Uint8Array {
  const value = args.get(name);
  if (!isBytes(value)) throw new Error(`a primitive needs '${name}' as bytes`);
  return value;
}

export const KILT_PRIMITIVES: { readonly [name: string]: (args: ReadonlyMap<string, Value>) => Value } = {
  'base58-encode': (a) => encodeBase58(bytesOf(a, 'bytes')),
  'base58-decode': (a) => decodeBase58(String(a.get('text'))),
  'cbor-encode': (a) => encodeCbor(a.get('value')),
  'cbor-decode': (a) => decodeCbor(bytesOf(a, 'bytes')),
  'utf8-text': (a) => {
    try {
      return utf8.decode(bytesOf(a, 'bytes'));
    } catch {
      return undefined;
    }
  },
};
