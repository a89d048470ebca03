/**
 * The oracle's primitives of compression, from other people's code: CBOR by cbor2, DEFLATE by zlib (node:zlib). A fault
 * is a word in the result, and the model says what it means.
 */
import { inflateRawSync } from 'node:zlib';
import { cdeEncodeOptions, decodeSequence, encode } from 'cbor2';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { bytesOf, type Primitives } from '../../oracle/primitives.ts';
import { concatBytes, JsonValue, type Value, type ValueMap } from '../../oracle/values.ts';

const answer = (members: { readonly [name: string]: Value }): ValueMap => new Map(Object.entries(members));

/** A value as cbor2 writes it; of the interpreter's values those that a payload has. */
function toCbor(value: Value): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof JsonValue)
    return new Map(
      Object.entries(value.json as JsonObject).map(([name, member]: [string, Json]) => [name, Object.is(member, -0) ? 0 : member]),
    );
  return Array.isArray(value) ? (value as readonly Value[]).map(toCbor) : value;
}
/** An item that cbor2 has read; what no payload may have is null. */
function fromCbor(item: unknown): Value {
  if (typeof item === 'bigint' || typeof item === 'string' || item instanceof Uint8Array) return item;
  if (typeof item === 'number') return BigInt(item); // floats have been refused
  if (Array.isArray(item)) return (item as readonly unknown[]).map(fromCbor);
  if (item instanceof Map)
    return answer({ entries: [...(item as ReadonlyMap<unknown, unknown>)].map(([key, value]) => [fromCbor(key), fromCbor(value)]) });
  return null;
}

const STRICT = { rejectStreaming: true, rejectFloats: true, preferMap: true, requirePreferred: true, rejectDuplicateKeys: true };

/** Reads a whole sequence of items, or says why it is invalid: the strictest reader first, then laxer ones. */
function cborItems(data: Uint8Array): ValueMap {
  const read = (laxer: Partial<typeof STRICT>): Value[] => [...decodeSequence(data, { ...STRICT, ...laxer })].map(fromCbor);
  const succeeds = (laxer: Partial<typeof STRICT>): boolean => {
    try {
      read(laxer);
      return true;
    } catch {
      return false;
    }
  };
  if (data.length === 0) return answer({ items: [] });
  try {
    return answer({ items: read({}) });
  } catch (error) {
    if (succeeds({ rejectDuplicateKeys: false })) return answer({ fault: 'duplicate' });
    if (succeeds({ requirePreferred: false, rejectDuplicateKeys: false })) return answer({ fault: 'non-canonical' });
    const text = error instanceof Error ? `${error.name}: ${error.message}` : '';
    return answer({ fault: /^RangeError|end of stream|insufficient/i.test(text) ? 'truncated' : 'malformed' });
  }
}

function inflate(data: Uint8Array, max: number): ValueMap {
  try {
    const { buffer, engine } = inflateRawSync(data, { maxOutputLength: max, info: true }) as unknown as {
      buffer: Uint8Array;
      engine: { bytesWritten: number };
    };
    return engine.bytesWritten < data.length ? answer({ fault: 'trailing' }) : answer({ bytes: Uint8Array.from(buffer) });
  } catch (error) {
    const { code } = error as { code?: string };
    return answer({ fault: code === 'ERR_BUFFER_TOO_LARGE' ? 'limit' : code === 'Z_BUF_ERROR' ? 'truncated' : 'malformed' });
  }
}

/** RFC 1951 section 3.2.4: stored blocks of at most 65,535 bytes, the one encoding that no version of zlib writes otherwise. */
function deflateStored(data: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < data.length; at += 0xffff) {
    const block = data.slice(at, at + 0xffff);
    const length = Uint8Array.of(block.length & 0xff, block.length >> 8);
    blocks.push(
      Uint8Array.of(at + 0xffff >= data.length ? 1 : 0),
      length,
      length.map((byte) => byte ^ 0xff),
      block,
    );
  }
  return concatBytes(...blocks);
}

/** The primitives of compression that a model may name. */
export const COMPRESSION_PRIMITIVES: Primitives = {
  'cbor-items': (a) => cborItems(bytesOf(a, 'data')),
  'cbor-item': (a) => Uint8Array.from(encode(toCbor(a.get('item')), cdeEncodeOptions)),
  'inflate': (a) => inflate(bytesOf(a, 'data'), Number(a.get('max'))),
  'deflate-stored': (a) => deflateStored(bytesOf(a, 'data')),
};
