/**
 * Secrets that have served are gone: nothing reachable from an endpoint holds them, and memory that did was overwritten. What a
 * moment of a life lists is the same array each time that it is the same secret.
 */
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../reference/index.ts';
import { secretOf, type Life } from './life.ts';
import { LINK_LIVES } from './links.ts';
import { holds, memoryOf, placesOf } from './reachable.ts';

const LIVES: readonly Life[] = [...LINK_LIVES];

describe('ADR-0067 secrets that have served', () => {
  it.each(LIVES.map(({ name, moments }) => [name, moments] as const))('%s', (_name, moments) => {
    const before = new Map<Uint8Array, ArrayBuffer[]>();
    for (const { title, subject, kept, gone } of moments()) {
      for (const secret of kept) before.set(secret, [...(before.get(secret) ?? []), ...memoryOf(subject, secret)]);
      for (const secret of kept) expect(placesOf(subject, secret), `${title}: ${toHex(secret)} is needed`).not.toEqual([]);
      for (const secret of gone) {
        expect(placesOf(subject, secret), `${title}: ${toHex(secret)} is gone`).toEqual([]);
        const left = (before.get(secret) ?? []).filter((memory) => holds(memory, secret));
        expect(left.length, `${title}: memory that held ${toHex(secret)} is overwritten`).toBe(0);
      }
    }
  });
});

describe('the search', () => {
  const secret = secretOf('hidden');
  class Base {
    readonly #inherited: unknown;
    constructor(inherited: unknown) {
      this.#inherited = inherited;
    }
    get isSet(): boolean {
      return this.#inherited !== undefined;
    }
  }
  class Holder extends Base {
    readonly #own: unknown;
    constructor(own: unknown, inherited?: unknown) {
      super(inherited);
      this.#own = own;
    }
    get isEmpty(): boolean {
      return this.#own === undefined;
    }
  }
  const around = new Uint8Array(100);
  around.set(secret, 40);
  it.each<readonly [string, object]>([
    ['a property', { secret }],
    ['a property that is not listed', Object.defineProperty({}, 'secret', { value: secret })],
    ['a private member', new Holder(secret)],
    ['a private member of a base class', new Holder(undefined, [secret])],
    ['a key of a map', new Map([[secret, 1]])],
    ['an item of a map', new Map([['a', { b: secret }]])],
    ['a set', new Set([secret])],
    ['a function', { run: (): number => secret.length }],
    ['memory that is shared', { view: around.subarray(0, 3) }],
    ['a Buffer', [Buffer.from(secret)]],
    ['hexadecimal digits', { text: `x${toHex(secret).toUpperCase()}` }],
    ['a number', { number: BigInt(`0x${toHex(secret)}`) }],
    ['a number, the least byte first', new Holder(BigInt(`0x${toHex(secret.slice().reverse())}`))],
  ])('finds a secret in %s', (_name, subject) => {
    expect(placesOf(subject, secret)).not.toEqual([]);
  });
  it('finds the memory of a secret', () => {
    expect(memoryOf({ view: around.subarray(0, 3), other: secretOf('another') }, secret)).toEqual([around.buffer]);
    expect(holds(around.slice(0, 70).buffer, secret)).toBe(false);
  });
  it('finds nothing where there is nothing', () => {
    expect(placesOf(new Holder({ a: [1, 'x', secretOf('another')] }), secret)).toEqual([]);
  });
});
