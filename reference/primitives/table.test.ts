import { describe, expect, it } from 'vitest';
import { refusalOf } from '../kernel/refusal.ts';
import { checkInput, notAuthentic } from './checks.ts';
import { noblePrimitives } from './noble.ts';
import { PRIMITIVES } from './table.ts';

describe('the table of primitives', () => {
  it('has a row for every operation and an operation for every row', () => {
    expect(Object.keys(PRIMITIVES).sort()).toEqual(Object.keys(noblePrimitives).sort());
    for (const description of Object.values(PRIMITIVES)) expect(description.source).toMatch(/ .*\d|^NaCl /);
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(PRIMITIVES)).toBe(true);
    expect(Object.isFrozen(noblePrimitives)).toBe(true);
    expect(Object.values(PRIMITIVES).every((description) => Object.isFrozen(description))).toBe(true);
  });

  it('is what inputs are compared with', () => {
    expect(
      refusalOf(() => {
        checkInput('sealAesGcm', { key: new Uint8Array(24), nonce: new Uint8Array(12) });
      }),
    ).toBe('usage sealAesGcm.key');
    expect(
      refusalOf(() => {
        checkInput('sealAesGcm', { key: new Uint8Array(32), nonce: new Uint8Array(12) });
      }),
    ).toBe('accepted');
    expect(
      refusalOf(() => {
        checkInput('applyChacha20', { counter: undefined });
      }),
    ).toBe('usage applyChacha20.counter');
    expect(
      refusalOf(() => {
        checkInput('blake2b', { outputLength: 1 });
      }),
    ).toBe('accepted');
    expect(
      refusalOf(() => {
        checkInput('deriveX25519Shared', { secret: undefined });
      }),
    ).toBe('usage deriveX25519Shared.secret');
  });
});

describe('an authentication failure', () => {
  it('does not reveal what failed', () => {
    const { message, clause, values, rejectClass } = notAuthentic();
    expect({ message, clause, values, rejectClass }).toEqual({
      message: 'not authentic',
      clause: 'authentication',
      values: {},
      rejectClass: 'unauthenticated',
    });
  });
});
