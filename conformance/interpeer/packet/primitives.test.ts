import { callPrimitive } from '../../oracle/primitives.ts';
import { describe, expect, it } from 'vitest';
import { INTERPEER_PRIMITIVES } from './primitives.ts';
import { fromHex, toHex, type Value } from '../../oracle/values.ts';

const of = (name: string, data: Uint8Array): string =>
  toHex(callPrimitive(INTERPEER_PRIMITIVES, name, new Map<string, Value>([['data', data]])) as Uint8Array);
const ascii = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'ascii'));

describe('the checksums of the oracle', () => {
  it('CRC32C gives the values of RFC 3720 B.4 and of the catalogue', () => {
    expect(of('crc32c', ascii('123456789'))).toBe('e3069283');
    expect(of('crc32c', new Uint8Array(32))).toBe('8a9136aa');
    expect(of('crc32c', new Uint8Array(32).fill(0xff))).toBe('62a8ab43');
    expect(
      of(
        'crc32c',
        Uint8Array.from({ length: 32 }, (_, i) => i),
      ),
    ).toBe('46dd794e');
    expect(of('crc32c', fromHex(''))).toBe('00000000');
  });
  it('CRC32 gives the value of the catalogue', () => {
    expect(of('crc32', ascii('123456789'))).toBe('cbf43926');
  });
});
