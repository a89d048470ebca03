/** The cases of packets as frames: each length at which their number changes, and each value of the drawn bits. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { toHex } from '../../oracle/values.ts';

const OPERATION = 'nexus.frames.split';
const packetOf = (length: number): string => toHex(seededBytes('nexus-frame', length));

export function splitCases(batch: Batch): void {
  const accept = (name: string, title: string, length: number, about: string, more: JsonObject = {}): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: OPERATION,
      params: { packet: packetOf(length), nibble: 9, ...more },
      about,
      accepts: true,
    });
  for (const length of [5, 200]) accept(`frame-of-${String(length + 1)}`, `header and ${String(length)} bytes`, length, 'NXS-FRM-001');
  for (const length of [1, 2, 253, 254]) accept(`one-${String(length)}`, `one frame for ${String(length)} bytes`, length, 'NXS-FRM-006');
  for (const length of [255, 256, 484, 500, 507, 508])
    accept(`two-${String(length)}`, `two frames for ${String(length)} bytes`, length, 'NXS-FRM-007');
  for (let nibble = 0; nibble < 16; nibble++)
    for (const length of [3, 300])
      accept(
        `bits-${String(nibble)}-of-${String(length)}`,
        `${String(nibble)} was drawn for ${String(length)} bytes`,
        length,
        'NXS-FRM-002',
        { nibble },
      );
  accept('never-splits-254', 'a sender that never splits, 254 bytes', 254, 'NXS-FRM-008', { splits: false });
  accept('splits-255', 'a sender that splits, 255 bytes', 255, 'NXS-FRM-007', { splits: true });
  const refuse = (name: string, title: string, length: number, rejects: string, more: JsonObject = {}): void =>
    batch.add({
      name,
      title,
      kind: 'limit',
      operation: OPERATION,
      params: { packet: packetOf(length), nibble: 9, ...more },
      about: 'NXS-FRM-008',
      rejects,
    });
  for (const length of [509, 510, 1024]) refuse(`too-long-${String(length)}`, `${String(length)} bytes`, length, 'limit');
  for (const length of [255, 508])
    refuse(`never-splits-${String(length)}`, `a sender that never splits, ${String(length)} bytes`, length, 'limit', { splits: false });
  refuse('empty', 'an empty packet', 0, 'malformed');
}
