import { sha256 } from '@noble/hashes/sha2.js';
import { fc, test } from '@fast-check/vitest';
import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../kernel/bytes.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { CloakPath } from './cloak-path.ts';
import { CLOAK_KEY, applyCloak, drawCloakNonces, removeCloak } from './cloaking.ts';
import { encodePacket } from '../packet/packet.ts';

const NONCE = '0102030405060708';
const apply = (packet: string, ...nonces: string[]): string => toHex(applyCloak(fromHex(packet), nonces.map(fromHex), noblePrimitives));

describe('E3X-CLK cloaking', () => {
  it('E3X-CLK-001 has the digest of telehash for a key', () => {
    expect(toHex(CLOAK_KEY)).toBe(toHex(sha256(new TextEncoder().encode('telehash'))));
  });

  it.each([
    ['0000', [NONCE], '010203040506070857d6'],
    ['0000', ['ffffffffffffffff'], 'ffffffffffffffff0a71'],
    ['00004f6614133a6d96a02a67', ['8811223344556677'], '88112233445566772f4fb3becc2093d3b72bf665'],
    ['000084c71e438a', ['0900000000000000'], '090000000000000028e6092cc759a8'],
  ])('E3X-CLK-003 cloaks %s', (packet, nonces, cloaked) => {
    expect(apply(packet, ...nonces)).toBe(cloaked);
    const removed = removeCloak(fromHex(cloaked), noblePrimitives);
    expect([toHex(removed.packet), removed.rounds]).toEqual([packet, 1]);
  });

  it('E3X-CLK-002 refuses nonces of another length or that begin with zero', () => {
    for (const nonce of ['', '01020304050607', '010203040506070809', '0002030405060708']) {
      expect(refusalOf(() => apply('0000', nonce))).toBe('malformed E3X-CLK-002');
    }
  });

  it('E3X-CLK-005 accepts a plain packet with 0 rounds', () => {
    expect(removeCloak(fromHex('0000ff'), noblePrimitives)).toEqual({ packet: fromHex('0000ff'), rounds: 0 });
  });

  it('E3X-CLK-006 and E3X-CLK-008 reject what is too short, and every prefix of a cloaked packet', () => {
    expect(refusalOf(() => removeCloak(fromHex('010203040506070809'), noblePrimitives))).toBe('truncated E3X-CLK-006');
    expect(refusalOf(() => removeCloak(fromHex(''), noblePrimitives))).toBe('truncated E3X-CLK-008');
    expect(refusalOf(() => removeCloak(fromHex('00ffff'), noblePrimitives))).toBe('truncated E3X-CLK-008');
    const cloaked = applyCloak(fromHex('00013a'), [fromHex(NONCE)], noblePrimitives);
    for (let length = 0; length < cloaked.length; length++) {
      expect(refusalOf(() => removeCloak(cloaked.subarray(0, length), noblePrimitives))).toMatch(/^truncated/);
    }
  });

  it('E3X-CLK-007 applies and removes 1 to 8 rounds', () => {
    const nonces = (count: number): string[] => Array.from({ length: count }, () => NONCE);
    expect(removeCloak(fromHex(apply('0000', ...nonces(8))), noblePrimitives).rounds).toBe(8);
    expect(refusalOf(() => apply('0000'))).toBe('limit E3X-CLK-007');
    expect(refusalOf(() => apply('0000', ...nonces(9)))).toBe('limit E3X-CLK-007');
    const ninth = createCipheriv('chacha20', CLOAK_KEY, fromHex(`0000000000000000${NONCE}`));
    const nine = concat([fromHex(NONCE), ninth.update(fromHex(apply('0000', ...nonces(8))))]);
    expect(refusalOf(() => removeCloak(nine, noblePrimitives))).toBe('limit E3X-CLK-007');
  });

  it('E3X-CLK-009 refuses a packet that would read as cloaked', () => {
    expect(refusalOf(() => applyCloak(encodePacket({ head: new Uint8Array(256) }), [fromHex(NONCE)], noblePrimitives))).toBe(
      'unrepresentable E3X-CLK-009',
    );
    expect(refusalOf(() => apply('0001', NONCE))).toBe('truncated E3X-CLK-008');
  });

  const nonce = fc.uint8Array({ minLength: 8, maxLength: 8 }).filter((bytes) => bytes[0] !== 0);

  test.prop([fc.uint8Array({ maxLength: 200 }), fc.array(nonce, { minLength: 1, maxLength: 8 })])(
    'E3X-CLK-004 removes every round applied',
    (body, nonces) => {
      const packet = encodePacket({ body });
      const cloaked = applyCloak(packet, nonces, noblePrimitives);
      expect(cloaked.length).toBe(packet.length + 8 * nonces.length);
      const removed = removeCloak(cloaked, noblePrimitives);
      expect([toHex(removed.packet), removed.rounds]).toEqual([toHex(packet), nonces.length]);
    },
  );
});

describe('E3X-CLK-012 drawing nonces', () => {
  it('draws one byte, then 1 + r mod 4 nonces, again for each that begins with zero', () => {
    expect(drawCloakNonces(fromHex(`04${NONCE}`)).map(toHex)).toEqual([NONCE]);
    expect(drawCloakNonces(fromHex('05ffffffffffffffff0000000000000001a1a2a3a4a5a6a7a8')).map(toHex)).toEqual([
      'ffffffffffffffff',
      'a1a2a3a4a5a6a7a8',
    ]);
    expect(drawCloakNonces(fromHex(`ff${NONCE.repeat(4)}`))).toHaveLength(4);
  });

  it('accepts neither less nor more', () => {
    for (const entropy of ['', '00', `00${NONCE.slice(2)}`, `00${NONCE}00`, `01${NONCE}`, '000000000000000000']) {
      expect(refusalOf(() => drawCloakNonces(fromHex(entropy)))).toBe('usage E3X-CLK-012');
    }
  });
});

describe('E3X-CLK a path', () => {
  const CLOAKED = applyCloak(fromHex('0000'), [fromHex(NONCE)], noblePrimitives);
  const sent = (path: CloakPath, packet: string, entropy: string): string => {
    path.send(fromHex(packet), fromHex(entropy));
    return toHex(path.pollTransmit() ?? fromHex(''));
  };

  it('E3X-CLK-011 starts cloaked, and a plain packet does not change that', () => {
    const path = new CloakPath({ primitives: noblePrimitives });
    path.handleBytes(fromHex('0000ff'));
    expect(path.pollEvent()).toEqual({ type: 'packet', packet: fromHex('0000ff'), rounds: 0 });
    expect(sent(path, '0000', `00${NONCE}`)).toBe(toHex(CLOAKED));
    expect(path.pollTimeoutAtMs()).toBeUndefined();
  });

  it('E3X-CLK-010 answers cloaked with cloaked for good', () => {
    const path = new CloakPath({ cloaked: false, primitives: noblePrimitives });
    expect(sent(path, '0000', '')).toBe('0000');
    path.handleBytes(CLOAKED);
    expect(path.pollEvent()).toEqual({ type: 'packet', packet: fromHex('0000'), rounds: 1 });
    path.handleBytes(fromHex('0000'));
    path.pollEvent();
    expect(sent(path, '0000', `00${NONCE}`)).toBe(toHex(CLOAKED));
  });

  it('leaves the state unchanged if it refuses', () => {
    for (const cloaked of [true, false]) {
      const path = new CloakPath({ cloaked, primitives: noblePrimitives });
      for (const junk of ['', '00ffff', '010203040506070809']) {
        expect(
          refusalOf(() => {
            path.handleBytes(fromHex(junk));
          }),
        ).toMatch(/^truncated/);
      }
      expect(
        refusalOf(() => {
          path.send(fromHex('0001'), fromHex(''));
        }),
      ).toBe('truncated E3X-CLK-008');
      expect(
        refusalOf(() => {
          path.send(fromHex('0000'), fromHex(cloaked ? '' : '00'));
        }),
      ).toBe('usage E3X-CLK-012');
      expect(
        refusalOf(() => {
          path.send(encodePacket({ head: new Uint8Array(256) }), fromHex(''));
        }),
      ).toBe('unrepresentable E3X-CLK-009');
      expect([path.isCloaked, path.pollEvent(), path.pollTransmit()]).toEqual([cloaked, undefined, undefined]);
    }
  });

  it('is polled before the next call', () => {
    const path = new CloakPath({ primitives: noblePrimitives });
    path.handleBytes(fromHex('0000'));
    expect(
      refusalOf(() => {
        path.handleBytes(fromHex('0000'));
      }),
    ).toBe('usage ADR-0026');
  });
});
