import { describe, expect, it } from 'vitest';
import { toHex } from '../../oracle/values.ts';
import { blake3 } from './blake3.ts';

describe('BLAKE3', () => {
  // test_vectors.json of its authors: inputs 00 01 ... fa 00 ...
  it.each([
    [0, 'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262'],
    [1, '2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213'],
    [1024, '42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7'],
    [1025, 'd00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444'],
    [2049, '5f4d72f40d7a5f82b15ca2b2e44b1de3c2ef86c426c95c1af0b6879522563030'],
    [4096, '015094013f57a5277b59d8475c0501042c0b642e531b0a1c8f58d2163229e969'],
  ])('has the published digest of %i bytes', (length, digest) => {
    expect(toHex(blake3(Uint8Array.from({ length }, (_, i) => i % 251)))).toBe(digest);
  });
});
