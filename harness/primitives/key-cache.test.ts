import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KeyCache } from './key-cache.ts';

describe('KeyCache', () => {
  const bytes = (value: number): Uint8Array => Uint8Array.of(value);
  const reader = (): { read: (value: number) => () => ReturnType<typeof createSecretKey>; reads: number[] } => {
    const reads: number[] = [];
    return { reads, read: (value) => () => { reads.push(value); return createSecretKey(bytes(value)); } };
  };

  it('forgets the key that was used longest ago', () => {
    const cache = new KeyCache(2);
    const { read, reads } = reader();
    for (const value of [1, 2, 1, 3, 1, 2]) cache.get('k', bytes(value), read(value));
    expect(reads).toEqual([1, 2, 3, 2]);
    expect(cache.size).toBe(2);
  });

  it('tells kinds apart and remembers nothing when told so', () => {
    const cache = new KeyCache(4);
    const { read, reads } = reader();
    cache.get('a', bytes(1), read(1));
    cache.get('b', bytes(1), read(1));
    expect(reads).toEqual([1, 1]);
    const none = new KeyCache(0);
    none.get('a', bytes(1), read(2));
    none.get('a', bytes(1), read(2));
    expect(reads).toEqual([1, 1, 2, 2]);
    expect(none.size).toBe(0);
  });

  it('remembers nothing of a key that cannot be read', () => {
    const cache = new KeyCache(4);
    expect(() => cache.get('a', bytes(1), () => { throw new Error('no key'); })).toThrow('no key');
    expect(cache.size).toBe(0);
  });
});
