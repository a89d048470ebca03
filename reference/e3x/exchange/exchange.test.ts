import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../kernel/bytes.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { Exchange, MAC_FAILURE_COUNT } from './exchange.ts';
import type { ExchangeEvent, ExchangeOptions } from './exchange.ts';
import { judgeAt, nextAt } from './exchange-at.ts';
import { AT_MAX } from './handshake.ts';
import { decodePacket } from '../packet/packet.ts';
import { TokenTable } from './token-table.ts';

const KEYS = {
  '1a': {
    odd: { secret: fromHex('3b602349d7d3b31834cd847df612788ed7bc773d'), key: fromHex('02dbc2bfcf26b17426620895bdbf7d80becb114c3a') },
    even: { secret: fromHex('5f3f555f6b5235fdb99d29a21dd26c5602d97243'), key: fromHex('020d28e56dcd772d342e2f202a6e5b1f228298272d') },
  },
  '3a': {
    odd: {
      secret: fromHex('a5c1b2b459783cffbf5d46cae0f7e95f08cf3cb30886c4e9625eccce54a6e4cd'),
      key: fromHex('2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937'),
    },
    even: {
      secret: fromHex('1e48a1398268c82dfa699614e768dacf8d37537fd41f4721c620c765c7b5138b'),
      key: fromHex('198862ad040c4c09228c45d1665df06fb8fdc658d758a086cc873238e112e030'),
    },
  },
} as const;
const LENGTHS = { '1a': { drawn: 20, nonce: 4 }, '3a': { drawn: 32, nonce: 24 } } as const;
const INNER = fromHex('00077b2263223a317d');

let drawn = 0;
/** Bytes that never come twice. */
function fresh(length: number): Uint8Array {
  drawn += 1;
  const bytes = new Uint8Array(length).fill(7);
  new DataView(bytes.buffer).setUint32(0, drawn);
  return bytes;
}
function opened(order: 'odd' | 'even', csid: '1a' | '3a' = '3a', more: Partial<ExchangeOptions> = {}): Exchange {
  const { [order]: local, [order === 'odd' ? 'even' : 'odd']: remote } = KEYS[csid];
  return new Exchange({
    csid,
    local,
    remoteKey: remote.key,
    entropy: fresh(LENGTHS[csid].drawn),
    legacy: csid === '1a',
    primitives: noblePrimitives,
    ...more,
  });
}
function drain(exchange: Exchange): { readonly sent: Uint8Array[]; readonly events: ExchangeEvent[] } {
  const sent: Uint8Array[] = [];
  const events: ExchangeEvent[] = [];
  for (let packet = exchange.pollTransmit(); packet !== undefined; packet = exchange.pollTransmit()) sent.push(packet);
  for (let event = exchange.pollEvent(); event !== undefined; event = exchange.pollEvent()) events.push(event);
  return { sent, events };
}
const only = (packets: readonly Uint8Array[]): Uint8Array => {
  expect(packets).toHaveLength(1);
  return packets[0] ?? new Uint8Array(0);
};
/** One originates, the other accepts, the first accepts the echo. */
function joined(one: Exchange, other: Exchange, csid: '1a' | '3a' = '3a', at = 1): void {
  const { nonce } = LENGTHS[csid];
  one.handshake(fresh(nonce), 0);
  other.handlePacket(only(drain(one).sent), 0);
  drain(other);
  other.accept(at, fresh(nonce), 0);
  one.handlePacket(only(drain(other).sent), 0);
  drain(one);
  one.accept(at, new Uint8Array(0), 0);
  drain(one);
}

describe('E3X-EXC exchanges', () => {
  it('E3X-EXC-031 two of them connect, and each first packet proves it', () => {
    const [odd, even] = [opened('odd'), opened('even')];
    joined(odd, even);
    odd.send(INNER, fresh(24), 0);
    even.handlePacket(only(drain(odd).sent), 0);
    expect(drain(even).events).toEqual([{ type: 'proven' }, { type: 'packet', inner: decodePacket(INNER) }]);
    even.send(INNER, fresh(24), 0);
    odd.handlePacket(only(drain(even).sent), 0);
    expect(drain(odd).events.map((e) => e.type)).toEqual(['proven', 'packet']);
  });

  it('E3X-EXC-032 an exchange of 1a fails at the 65,536th forgery and not before', () => {
    let isForging = false; // what is compared then is a tag of zeros, which costs nothing
    const primitives = {
      ...noblePrimitives,
      hmacSha256: (input: Parameters<typeof noblePrimitives.hmacSha256>[0]) =>
        isForging ? new Uint8Array(32) : noblePrimitives.hmacSha256(input),
    };
    const [odd, even] = [opened('odd', '1a'), opened('even', '1a', { primitives })];
    joined(odd, even, '1a');
    odd.send(INNER, fresh(4), 0);
    const packet = only(drain(odd).sent);
    const forged = packet.slice();
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    isForging = true;
    const refusals = new Map<string, number>();
    for (let count = 1; count < MAC_FAILURE_COUNT; count++) {
      const refusal = refusalOf(() => even.handlePacket(forged, 0));
      refusals.set(refusal, (refusals.get(refusal) ?? 0) + 1);
    }
    expect([...refusals]).toEqual([['unauthenticated E3X-CHP-004', 65_535]]);
    isForging = false;
    even.handlePacket(packet, 0);
    drain(even);
    even.handlePacket(forged, 0);
    expect(drain(even).events).toEqual([{ type: 'failed' }]);
    expect(refusalOf(() => even.handlePacket(packet, 0))).toBe('wrong-state E3X-EXC-009');
  });

  it('E3X-EXC-004 the odd endpoint originates 2^53 - 1, and then nothing more', () => {
    const odd = opened('odd', '3a', { at: AT_MAX });
    odd.handshake(fresh(24), 0);
    drain(odd);
    expect(refusalOf(() => odd.handshake(fresh(24), 0))).toBe('limit E3X-EXC-004');
    expect(odd.pollTimeoutAtMs()).toBe(1000);
  });

  it("E3X-EXC-007 times that were missed are one, and entropy of a wrong length is the caller's fault", () => {
    const odd = opened('odd');
    odd.handshake(fresh(24), 0);
    const packet = only(drain(odd).sent);
    odd.handleTimeout(7_500);
    expect(toHex(only(drain(odd).sent))).toBe(toHex(packet));
    expect(odd.pollTimeoutAtMs()).toBe(15_000);
    expect(refusalOf(() => odd.handshake(fresh(23), 0))).toBe('usage E3X-EXC-005');
    expect(refusalOf(() => opened('odd', '3a', { entropy: fresh(31) }))).toBe('usage E3X-EXC-034');
  });

  test.prop([fc.array(fc.record({ at: fc.integer({ min: 1, max: 9 }), token: fc.nat(1), accept: fc.boolean() }), { maxLength: 30 })])(
    'E3X-EXC-012 what is accepted only rises, whatever comes in whatever order',
    (steps) => {
      let high = 0;
      let session: { at: number; token: Uint8Array } | undefined;
      let candidate: { at: number; token: Uint8Array } | undefined;
      for (const { at, token, accept } of steps) {
        const given = new Uint8Array(16).fill(token);
        const verdict = judgeAt({ order: 'odd', high, originatedAt: undefined, candidate, session }, at, given);
        if (at % 2 === 1) expect(verdict.kind).toBe('replayed');
        if (verdict.kind !== 'candidate') continue;
        expect(at).toBeGreaterThan(Math.max(high, candidate?.at ?? 0));
        candidate = { at, token: given };
        if (!accept) continue;
        high = at;
        session = candidate;
        candidate = undefined;
      }
    },
  );

  test.prop([fc.constantFrom('odd' as const, 'even' as const), fc.nat(1000), fc.nat(1000)])(
    'E3X-EXC-003 the next at is the least of its parity',
    (order, known, lowest) => {
      const at = nextAt(order, known, lowest);
      expect(at % 2 === 1).toBe(order === 'odd');
      expect(at).toBeGreaterThan(known);
      expect(at).toBeGreaterThanOrEqual(lowest);
      expect(at - Math.max(known + 1, lowest)).toBeLessThanOrEqual(order === 'even' && known + lowest === 0 ? 2 : 1);
    },
  );

  it('polls before the next call', () => {
    const odd = opened('odd');
    odd.handshake(fresh(24), 0);
    expect(refusalOf(() => odd.handleTimeout(1000))).toBe('usage ADR-0026');
    expect(refusalOf(() => opened('odd').handleTimeout(-1))).toBe('usage ADR-0026');
  });
});

describe('E3X-TTB table of tokens', () => {
  it('E3X-TTB-002 has a bound of at least one', () => {
    for (const capacity of [0, -1, 1.5]) expect(refusalOf(() => new TokenTable(capacity))).toBe('usage E3X-TTB-002');
  });
});
