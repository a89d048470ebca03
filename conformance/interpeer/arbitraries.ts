/** How bytes and numbers in Interpeer's requests are drawn: bytes as hex. */
import fc from 'fast-check';
import { toHex } from '../oracle/values.ts';
import { bytesExactly, bytesUpTo } from '../suites/arbitraries.ts';

export const hex = (length: number): fc.Arbitrary<string> => bytesExactly(length).map(toHex);
export const hexUpTo = (max: number, min = 0): fc.Arbitrary<string> => bytesUpTo(max, min).map(toHex);
/** Any number of 16 bits, and those whose bytes may be exchanged more often. */
export const u16: fc.Arbitrary<number> = fc.oneof(fc.constantFrom(0, 1, 0x00ff, 0x0100, 0xffff), fc.nat(0xffff));
