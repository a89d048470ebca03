import { createHash } from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';
import { describe, expect, it } from 'vitest';
import { callPrimitive } from '../../oracle/primitives.ts';
import type { Value } from '../../oracle/values.ts';
import { CHANNEL_TYPE_PRIMITIVES } from './primitives.ts';

const siphash = (key: Uint8Array, data: Uint8Array): string =>
  Buffer.from(
    callPrimitive(
      CHANNEL_TYPE_PRIMITIVES,
      'siphash',
      new Map<string, Value>([
        ['key', key],
        ['data', data],
      ]),
    ) as Uint8Array,
  ).toString('hex');
const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i);

describe("the oracle's SipHash", () => {
  it('has the result of the paper for 15 bytes', () => {
    expect(siphash(counting(16), counting(15))).toBe('e545be4961ca29a1');
  });
  it('is that of libsodium for every length up to 300, 256 and its neighbours among them', async () => {
    await sodium.ready;
    for (let length = 0; length <= 300; length++) {
      const key = Uint8Array.from(
        createHash('sha256')
          .update(`key ${String(length)}`)
          .digest()
          .subarray(0, 16),
      );
      const data = Uint8Array.from(
        { length },
        (_, i) =>
          createHash('sha256')
            .update(`${String(length)} ${String(i)}`)
            .digest()[0] ?? 0,
      );
      expect(siphash(key, data), String(length)).toBe(Buffer.from(sodium.crypto_shorthash(data, key)).toString('hex'));
    }
  });
  it('takes a key of 16 bytes and no other', () => {
    expect(() => siphash(counting(15), counting(1))).toThrow('16 bytes');
  });
});
