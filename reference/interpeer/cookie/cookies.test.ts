import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { checkCookie, makeCookie } from './cookies.ts';

const INITIATOR = fromHex('000102030405060708090a0b0c0d0e0f');
const RESPONDER = fromHex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

describe('cookies', () => {
  const input = { secret: ascii('s3kr1t'), initiator: INITIATOR, responder: RESPONDER };
  it('IPR-CKE-003 the known answers of the C++ library', () => {
    expect(toHex(makeCookie({ ...input, suite: 'interpeer-0.1', role: 'initiator', id: fromHex('1234'), nowMs: 0 }, noblePrimitives))).toBe(
      '2ca3a464',
    );
    expect(
      toHex(makeCookie({ ...input, suite: 'interpeer-0.1', role: 'responder', id: fromHex('d00d1234'), nowMs: 0 }, noblePrimitives)),
    ).toBe('3f4d8bfa');
  });
  it('IPR-CKE-006 a cookie survives one rotation but not two', () => {
    const made = { ...input, suite: 'interpeer-1', role: 'responder', id: fromHex('1234d00d'), nowMs: 1999, rotationMs: 1000 } as const;
    const cookie = makeCookie(made, noblePrimitives);
    const at = (nowMs: number): string =>
      refusalOf(() => {
        checkCookie({ ...made, nowMs }, cookie, noblePrimitives);
      });
    expect([at(999), at(1000), at(2999), at(3000)]).toEqual([
      'unauthenticated IPR-CKE-007',
      'accepted',
      'accepted',
      'unauthenticated IPR-CKE-007',
    ]);
  });
  it("IPR-CKE-001 the id is the initiator's half or the whole", () => {
    expect(
      refusalOf(() =>
        makeCookie({ ...input, suite: 'interpeer-1', role: 'initiator', id: fromHex('1234d00d'), nowMs: 0 }, noblePrimitives),
      ),
    ).toBe('usage IPR-CKE-001');
  });
});
