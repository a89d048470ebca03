import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { DEFAULT_CHANNEL_ID } from '../packet/constants.ts';
import { decodeEstablishmentMessage, encodeEstablishmentTransmit } from './establishment-io.ts';
import { Establishment } from './establishment.ts';
import type { EstablishmentEvent, EstablishmentOptions, EstablishmentTransmit } from './establishment-io.ts';
import { TOTAL_CHANNEL_COUNT, unitOf } from './establishment-constants.ts';

const LOW = new Uint8Array(16).fill(5);
const HIGH = new Uint8Array(16).fill(0x8a);
const draws = (...halves: string[]): Uint8Array => fromHex(halves.join('').padEnd(32, 'f0f0'));
const make = (local: Uint8Array, more: Partial<EstablishmentOptions> = {}): Establishment =>
  new Establishment({ suite: 'interpeer-1', local, secret: local, primitives: noblePrimitives, ...more });
const sentBy = (end: Establishment): EstablishmentTransmit[] => {
  const sent: EstablishmentTransmit[] = [];
  for (let next = end.pollTransmit(); next !== undefined; next = end.pollTransmit()) sent.push(next);
  return sent;
};
const eventsOf = (end: Establishment): EstablishmentEvent[] => {
  const events: EstablishmentEvent[] = [];
  for (let next = end.pollEvent(); next !== undefined; next = end.pollEvent()) events.push(next);
  return events;
};
const carry = (
  sent: readonly EstablishmentTransmit[],
  from: Uint8Array,
  to: Establishment,
  nowMs: number,
  entropy = draws('2001'),
): void => {
  for (const { channelId, message } of sent) to.handleMessage({ peer: from, channelId, message }, entropy, nowMs);
};
const garbageCollected = (): number => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
};

describe('IPR-EST establishment of channels', () => {
  it.each(['interpeer-0.1', 'interpeer-1'] as const)('IPR-EST-006 three messages make a channel at both ends (%s)', (suite) => {
    const [low, high] = [make(LOW, { suite }), make(HIGH, { suite })];
    low.propose({ peer: HIGH, capabilities: 3 }, draws('1001'), 1000);
    expect(eventsOf(low)).toEqual([{ type: 'proposed', peer: HIGH, half: fromHex('1001') }]);
    carry(sentBy(low), LOW, high, 1010);
    expect(high.count(1010)).toEqual({ channels: 0, proposals: 0, rests: 0 });
    carry(sentBy(high), HIGH, low, 1020);
    carry(sentBy(low), LOW, high, 1030);
    const channelId = fromHex('10012001');
    expect(eventsOf(low).at(-1)).toEqual({ type: 'established', peer: HIGH, channelId, role: 'initiator', capabilities: 3 });
    expect(eventsOf(high)).toEqual([{ type: 'established', peer: LOW, channelId, role: 'responder', capabilities: 3 }]);
    expect(high.channel(LOW, channelId)?.role).toBe('responder');
    expect(high.channel(LOW, fromHex('10012002'))).toBeUndefined();
  });

  it('IPR-EST-005 a flood of 100,000 CHANNEL_NEW leaves nothing behind', () => {
    const node = make(LOW);
    const cookie1 = new Uint8Array(8);
    const ask = (n: number): void => {
      const peer = new Uint8Array(16);
      new DataView(peer.buffer).setUint32(8, n);
      node.handleMessage(
        { peer, channelId: DEFAULT_CHANNEL_ID, message: { type: 'CHANNEL_NEW', initiatorHalf: fromHex('1001'), cookie1 } },
        draws('2001'),
        1000 + n,
      );
      if (node.pollTransmit()?.message.type !== 'CHANNEL_ACKNOWLEDGE') throw new Error('not answered');
    };
    for (let n = 0; n < 1000; n++) ask(n); // what is made once is made by then
    const before = garbageCollected();
    for (let n = 1000; n < 101_000; n++) ask(n);
    const grownBytes = garbageCollected() - before;
    expect(node.count(200_000)).toEqual({ channels: 0, proposals: 0, rests: 0 });
    expect(node.pollTimeoutAtMs()).toBeUndefined();
    expect(grownBytes).toBeLessThan(2_000_000); // 20 bytes a peer would be seen
  });

  it('IPR-EST-030 no more than 1,024 channels with all peers', () => {
    const node = make(LOW, { suite: 'interpeer-0.1' });
    const propose = (n: number): void =>
      node.propose(
        { peer: new Uint8Array(16).fill(100 + (n >> 6)), half: Uint8Array.of(1, n & 63), capabilities: 0 },
        new Uint8Array(16),
        1000,
      );
    for (let n = 0; n < TOTAL_CHANNEL_COUNT; n++) {
      propose(n);
      sentBy(node);
      eventsOf(node);
    }
    expect(refusalOf(() => propose(TOTAL_CHANNEL_COUNT))).toBe('limit IPR-EST-030');
    expect(node.count(1000).proposals).toBe(1024);
  });

  it('IPR-EST-023 of two equal proposals that cross the lower peer id keeps its half', () => {
    const [low, high] = [make(LOW), make(HIGH)];
    low.propose({ peer: HIGH, capabilities: 0 }, draws('1001'), 1000);
    high.propose({ peer: LOW, capabilities: 0 }, draws('1001'), 1000);
    const [fromLow, fromHigh] = [sentBy(low), sentBy(high)];
    eventsOf(low);
    eventsOf(high);
    carry(fromHigh, HIGH, low, 1010);
    expect(sentBy(low)).toEqual([]);
    carry(fromLow, LOW, high, 1010, draws('2001', '1001', '1002'));
    expect(eventsOf(high)).toEqual([{ type: 'yielded', peer: LOW, half: fromHex('1001'), next: fromHex('1002') }]);
    expect(sentBy(high).map(({ message }) => message.type)).toEqual(['CHANNEL_ACKNOWLEDGE', 'CHANNEL_NEW']);
  });

  it('IPR-EST-028 a refused message in a packet does no harm to the others', () => {
    const [low, high] = [make(LOW), make(HIGH)];
    low.propose({ peer: HIGH, capabilities: 1 }, draws('1001'), 1000);
    const first = sentBy(low);
    eventsOf(low);
    low.propose({ peer: HIGH, capabilities: 2 }, draws('1002'), 1000);
    sentBy(low);
    eventsOf(low);
    carry(first, LOW, high, 1010);
    const [good] = sentBy(high);
    if (good?.message.type !== 'CHANNEL_ACKNOWLEDGE') throw new Error('not answered');
    const forged = { ...good, message: { ...good.message, cookie1: new Uint8Array(8) } };
    expect(refusalOf(() => carry([forged], HIGH, low, 1020))).toBe('unauthenticated IPR-CKE-007');
    carry([good], HIGH, low, 1020);
    expect(low.count(1020)).toEqual({ channels: 1, proposals: 1, rests: 0 });
  });

  it('IPR-EST-017 the unit of a link is 200 ms or four airtimes', () => {
    expect([0, 50, 51, 15_000].map(unitOf)).toEqual([200, 200, 204, 60_000]);
  });

  it('IPR-EST-018 one late tick repeats a proposal once', () => {
    const node = make(LOW);
    node.propose({ peer: HIGH, capabilities: 0 }, draws('1001'), 1000);
    sentBy(node);
    eventsOf(node);
    node.handleTimeout(50_000);
    expect(sentBy(node)).toHaveLength(1);
    expect(node.pollTimeoutAtMs()).toBe(50_400);
  });

  it('IPR-EST-016 takes exactly one message', () => {
    const bytes = fromHex('0a1001c0c1c2c3c4c5c6c7');
    expect(decodeEstablishmentMessage(bytes, 'interpeer-1').type).toBe('CHANNEL_NEW');
    expect(refusalOf(() => decodeEstablishmentMessage(new Uint8Array(0), 'interpeer-1'))).toBe('malformed IPR-EST-016');
    expect(
      toHex(
        encodeEstablishmentTransmit(
          { peer: LOW, channelId: DEFAULT_CHANNEL_ID, message: decodeEstablishmentMessage(bytes, 'interpeer-1') },
          'interpeer-1',
        ),
      ),
    ).toBe(`${toHex(LOW)}f0f0f0f0${toHex(bytes)}`);
  });

  it('reports a caller that forgets to poll, or passes ids of the wrong length', () => {
    const node = make(LOW);
    expect(refusalOf(() => make(new Uint8Array(15)))).toBe('usage IPR-EST-001');
    expect(refusalOf(() => make(LOW, { halfOrder: 'responder-first' }))).toBe('unsupported IPR-PKT-019');
    expect(refusalOf(() => node.propose({ peer: HIGH, capabilities: 8 }, draws('1001'), 1000))).toBe('usage IPR-EST-033');
    expect(refusalOf(() => node.propose({ peer: HIGH, capabilities: 0, airtimeMs: 15_001 }, draws('1001'), 1000))).toBe(
      'usage IPR-EST-017',
    );
    expect(refusalOf(() => node.propose({ peer: HIGH, capabilities: 0 }, fromHex('1001'), 1000))).toBe('usage IPR-EST-001');
    node.propose({ peer: HIGH, capabilities: 0 }, draws('1001'), 1000);
    expect(refusalOf(() => node.handleTimeout(1200))).toBe('usage ADR-0026');
  });
});
