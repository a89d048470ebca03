import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PublicKeyCache, SecretKeyCache } from './key-cache.ts';

describe('PublicKeyCache', () => {
  const bytes = (value: number): Uint8Array => Uint8Array.of(value);
  const reader = (): { read: (value: number) => () => ReturnType<typeof createSecretKey>; reads: number[] } => {
    const reads: number[] = [];
    return {
      reads,
      read: (value) => () => {
        reads.push(value);
        return createSecretKey(bytes(value));
      },
    };
  };

  it('forgets the key that was used longest ago', () => {
    const cache = new PublicKeyCache(2);
    const { read, reads } = reader();
    for (const value of [1, 2, 1, 3, 1, 2]) cache.get('k', bytes(value), read(value));
    expect(reads).toEqual([1, 2, 3, 2]);
    expect(cache.size).toBe(2);
  });

  it('tells kinds apart and remembers nothing if configured so', () => {
    const cache = new PublicKeyCache(4);
    const { read, reads } = reader();
    cache.get('a', bytes(1), read(1));
    cache.get('b', bytes(1), read(1));
    expect(reads).toEqual([1, 1]);
    const none = new PublicKeyCache(0);
    none.get('a', bytes(1), read(2));
    none.get('a', bytes(1), read(2));
    expect(reads).toEqual([1, 1, 2, 2]);
    expect(none.size).toBe(0);
  });

  it('remembers nothing of a key that cannot be read', () => {
    const cache = new PublicKeyCache(4);
    expect(() =>
      cache.get('a', bytes(1), () => {
        throw new Error('no key');
      }),
    ).toThrow('no key');
    expect(cache.size).toBe(0);
  });
});

describe('SecretKeyCache', () => {
  it('remembers what was made of an array, and forgets it when the bytes in it change', () => {
    const cache = new SecretKeyCache<number>(true);
    const secret = Uint8Array.of(1, 2, 3);
    let reads = 0;
    const get = (kind: string, of: Uint8Array = secret): number => cache.get(kind, of, () => ++reads);
    expect([get('a'), get('a'), get('b'), get('a')]).toEqual([1, 1, 2, 1]);
    secret[0] = 9;
    expect([get('a'), get('b'), get('a')]).toEqual([3, 4, 3]);
    expect(get('a', secret.slice())).toBe(5); // the array is the name, not what is in it
  });

  it('remembers nothing of a secret that cannot be read, and nothing at all if configured so', () => {
    const cache = new SecretKeyCache<number>(true);
    const secret = Uint8Array.of(1);
    expect(() =>
      cache.get('a', secret, () => {
        throw new Error('no key');
      }),
    ).toThrow('no key');
    expect(cache.get('a', secret, () => 1)).toBe(1);
    const none = new SecretKeyCache<number>(false);
    expect([none.get('a', secret, () => 1), none.get('a', secret, () => 2)]).toEqual([1, 2]);
  });
});
