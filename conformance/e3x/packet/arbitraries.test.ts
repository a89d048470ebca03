import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../../areas.ts';
import { toHex } from '../../oracle/values.ts';
import { anyPacket } from './arbitraries.ts';

const oracle = oracleOf('e3x');

describe('packets that are drawn', () => {
  it('have heads of every kind', () => {
    const heads = fc
      .sample(anyPacket(), { seed: 1, numRuns: 300 })
      .map((packet) => oracle.answer('e3x.packet.decode', { packet: toHex(packet) }));
    const faults = new Set(
      heads.flatMap((answer) => (answer.kind === 'ok' ? [answer.value['jsonError'] ?? ('json' in answer.value ? 'json' : 'binary')] : [])),
    );
    expect([...faults].sort()).toEqual(
      expect.arrayContaining(['binary', 'duplicate-name', 'encoding', 'json', 'not-object', 'number-range', 'syntax']),
    );
  });
});
