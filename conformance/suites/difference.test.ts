import { describe, expect, it } from 'vitest';
import { describeDifference } from './difference.ts';

describe('how a member differs', () => {
  it.each([
    [{ a: [1, 2] }, { a: [1, 3] }, 'a/1', 'is 3 and must be 2.'],
    [{ a: { b: 'x' } }, { a: {} }, 'a/b', 'is missing.'],
    [{ a: {} }, { a: { b: 'x' } }, 'a/b', 'must be absent here.'],
    [{ a: '00'.repeat(40) }, { a: `${'00'.repeat(39)}ff` }, 'a', 'differs from offset 39 on: there it is "ff" and must be "00".'],
    [{ a: '00'.repeat(40) }, { a: '00'.repeat(30) }, 'a', 'ends after 30 of 40 bytes.'],
    [{ a: '00'.repeat(40) }, { a: '00'.repeat(41) }, 'a', 'goes on after its 40 bytes; it has 41.'],
    [{ a: 'y'.repeat(41) }, { a: `${'y'.repeat(40)}x` }, 'a', 'differs from its character 41 on: there it is "x" and must be "y".'],
    [{ a: 'y'.repeat(41) }, { a: 'y'.repeat(39) }, 'a', 'ends after 39 of 41 characters.'],
    [{ a: [] }, { a: Array.from({ length: 50 }, (_, n) => n) }, 'a', 'is [0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,… and must be [].'],
  ])('%j, got %j', (want, got, pointer, said) => {
    expect(describeDifference(want, got, pointer)).toBe(said);
  });
});
