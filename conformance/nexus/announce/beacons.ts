/** The cases of beacons: what makes a packet one, and how often they are sent. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { readsOf } from '../../generate/reads.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';

const [WRITE, READ, INTERVAL] = ['nexus.beacon.write', 'nexus.beacon.read', 'nexus.beacon.interval'] as const;
const usual = { id: toHex(seededBytes('nexus-beacon', 16)), capabilities: 3, costTier: 2, load: 17 };

export function beaconCases(oracle: Oracle, batch: Batch): void {
  const write = (name: string, title: string, changes: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: WRITE,
      params: { ...usual, ...changes },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, base: usual }),
    });
  write('usual', 'a beacon', {}, 'NXS-BCN-001');
  for (const capabilities of [0, 255, 256, 258, 65_535])
    write(`capabilities-${String(capabilities)}`, 'capabilities', { capabilities }, 'NXS-BCN-002');
  write('greatest', 'the greatest tier and load', { costTier: 255, load: 254 }, 'NXS-BCN-002');
  for (const length of [15, 17])
    write(
      `id-of-${String(length)}`,
      `an id of ${String(length)} bytes`,
      { id: toHex(seededBytes('nexus-id', length)) },
      'NXS-BCN-002',
      'malformed',
    );
  const right = String(resultOf(oracle, WRITE, usual)['packet']);
  const read = readsOf(batch, READ, 'packet', right);
  read('usual', 'a beacon', right, 'NXS-BCN-002');
  read(
    'bytes-differ',
    'each byte is another',
    `${right.slice(0, 38)}${toHex(Uint8Array.from({ length: 20 }, (_, i) => i + 1))}`,
    'NXS-BCN-002',
  );
  for (const flags of ['00', '04', '0c', '09', '0a', '0b'])
    read(`flags-${flags}`, `flags ${flags}`, `${flags}${right.slice(2)}`, 'NXS-BCN-001', 'malformed');
  read('form-2', 'two addresses', `5800${'00'.repeat(16)}${right.slice(4)}`, 'NXS-BCN-001', 'malformed');
  read('context-00', 'the context of envelopes', `${right.slice(0, 36)}00${right.slice(38)}`, 'NXS-BCN-001', 'malformed');
  read('destination', 'another destination', `${right.slice(0, 4)}${usual.id}${right.slice(36)}`, 'NXS-BCN-001', 'malformed');
  read(
    'destination-last-byte',
    'a destination that differs in its last byte',
    `${right.slice(0, 34)}00${right.slice(36)}`,
    'NXS-BCN-001',
    'malformed',
  );
  for (const length of [0, 1, 15, 16, 17, 18, 19])
    read(`data-of-${String(length)}`, `${String(length)} bytes of data`, right.slice(0, 38 + 2 * length), 'NXS-BCN-002', 'truncated');
  for (const more of ['00', 'ff'.repeat(20)])
    read(`data-of-${String(20 + more.length / 2)}`, 'bytes after the end', `${right}${more}`, 'NXS-BCN-002', 'trailing');
  for (const [airtimeUs, budgetUs] of [
    [0, 3_600_000_000],
    [500_000, 3_600_000_000],
    [500_001, 3_600_000_000],
    [1_000_000, 3_600_000_000],
    // LongFast in EU868, 1 % and 10 %
    [493_568, 36_000_000],
    [493_568, 360_000_000],
    [50, 36_000_000],
    [5_001, 36_000_000],
    [1, 7],
    [100_000_000, 1],
  ] as const)
    batch.add({
      name: `${String(airtimeUs)}-of-${String(budgetUs)}`,
      title: `beacons of ${String(airtimeUs)} µs in a budget of ${String(budgetUs)} µs an hour`,
      kind: 'boundary',
      operation: INTERVAL,
      params: { airtimeUs, budgetUs },
      about: 'NXS-BCN-003',
      accepts: true,
    });
  batch.add({
    name: 'without-budget',
    title: 'an interface that may not send',
    kind: 'limit',
    operation: INTERVAL,
    params: { airtimeUs: 493_568, budgetUs: 0 },
    about: 'NXS-BCN-003',
    rejects: 'limit',
  });
}
