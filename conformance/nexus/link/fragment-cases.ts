/** The cases of fragments, of requests for them, and of the contents about new keys. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { toHex } from '../../oracle/values.ts';

/** Long ones are of one byte, so that a vector need not list them. */
const record = (length: number): string => (length > 2000 ? 'ab'.repeat(length) : toHex(seededBytes('nexus-record', length)));
type Add = (operation: string, name: string, title: string, params: JsonObject, about: string, rejects?: string) => void;

export function fragmentCases(batch: Batch): void {
  const add: Add = (operation, name, title, params, about, rejects) => {
    const outcome = rejects === undefined ? { accepts: true as const } : { rejects };
    batch.add({ name, title, kind: rejects === 'truncated' ? 'truncation' : 'boundary', operation, params, about, ...outcome });
  };
  splitCases(add);
  readCases(add);
  requestCases(add);
  resendCases(add);
  rekeyCases(add);
}

function splitCases(add: Add): void {
  const split = (length: number, rid: number, about: string, rejects?: string): void => {
    add(
      'nexus.fragments.split',
      `record-of-${String(length)}-${String(rid)}`,
      `${String(length)} bytes, number ${String(rid)}`,
      { record: record(length), rid },
      about,
      rejects,
    );
  };
  for (const length of [446, 882]) split(length, 0, 'NXS-FRG-001');
  for (const length of [883, 65_535]) split(length, 7, 'NXS-FRG-002');
  for (const rid of [1, 255, 256, 65_535]) split(500, rid, 'NXS-FRG-001');
  for (const length of [0, 1, 441, 445]) split(length, 0, 'NXS-FRG-004', 'malformed');
  for (const length of [65_536, 65_709]) split(length, 0, 'NXS-FRG-003', 'limit');
}

function readCases(add: Add): void {
  const read = (name: string, header: string, length: number, about: string, rejects?: string): void => {
    add('nexus.fragments.read', name, `${header}, ${String(length)} bytes`, { content: `${header}${record(length)}` }, about, rejects);
  };
  read('first-of-two', '00000001', 441, 'NXS-FRG-001');
  read('second-of-two', '00000101', 5, 'NXS-FRG-004');
  read('number-258', '02010002', 441, 'NXS-FRG-001');
  for (const length of [1, 440, 441]) read(`last-of-${String(length)}`, '00000202', length, 'NXS-FRG-002');
  for (const length of [0, 440, 442]) read(`first-of-${String(length)}`, '00000002', length, 'NXS-FRG-002', 'malformed');
  for (const length of [0, 442]) read(`last-with-${String(length)}`, '00000202', length, 'NXS-FRG-002', 'malformed');
  read('beyond-the-last', '00000302', 441, 'NXS-FRG-002', 'malformed');
  read('alone', '00000000', 441, 'NXS-FRG-004', 'malformed');
  for (const length of [1, 4]) read(`two-with-${String(length)}`, '00000101', length, 'NXS-FRG-004', 'malformed');
  read('149', '00000094', 441, 'NXS-FRG-003');
  read('149th-of-267', '00009494', 267, 'NXS-FRG-003');
  read('149th-of-268', '00009494', 268, 'NXS-FRG-003', 'limit');
  for (const last of ['95', 'ff']) read(`last-index-${last}`, `000000${last}`, 441, 'NXS-FRG-003', 'limit');
  for (const cut of [0, 1, 2, 3])
    add(
      'nexus.fragments.read',
      `cut-at-${String(cut)}`,
      `${String(cut)} bytes`,
      { content: '00000001'.slice(0, 2 * cut) },
      'NXS-FRG-001',
      'truncated',
    );
}

function requestCases(add: Add): void {
  const request = (name: string, missing: readonly number[], about: string, rejects?: string): void => {
    add('nexus.fragments.request', name, `fragments ${missing.join(', ') || 'none'}`, { rid: 513, missing: [...missing] }, about, rejects);
  };
  const read = (name: string, title: string, content: string, about: string, rejects?: string): void => {
    add('nexus.fragments.requested', name, title, { content }, about, rejects);
  };
  request('none', [], 'NXS-FRG-007');
  request('first', [0], 'NXS-FRG-011');
  request('one', [9], 'NXS-FRG-011');
  request('eight', [3, 10], 'NXS-FRG-011');
  request('nine', [3, 4, 11], 'NXS-FRG-011');
  request('32-apart', [1, 32], 'NXS-FRG-011');
  request(
    'all-of-32',
    Array.from({ length: 32 }, (_, i) => i + 100),
    'NXS-FRG-011',
  );
  request('last-of-149', [148], 'NXS-FRG-011');
  request('33-apart', [0, 32], 'NXS-FRG-011', 'malformed');
  request('beyond-149', [149], 'NXS-FRG-011', 'malformed');
  request('negative', [-1], 'NXS-FRG-011', 'malformed');
  request('twice', [4, 4], 'NXS-FRG-011', 'malformed');
  request('descending', [5, 4], 'NXS-FRG-011', 'malformed');
  read('none', 'an acknowledgement', '01020000', 'NXS-FRG-007');
  read('one', 'one fragment', '0102090101', 'NXS-FRG-011');
  read('eight', 'the first and the last of eight', '0102030881', 'NXS-FRG-011');
  read('nine', 'nine bits', '010203090101', 'NXS-FRG-011');
  read('ninth-of-nine', 'the ninth of nine', '010203090001', 'NXS-FRG-011');
  read('twelfth-of-sixteen', 'the twelfth of sixteen', '010200100008', 'NXS-FRG-011');
  read('32', 'all of 32', '01020020ffffffff', 'NXS-FRG-011');
  for (const cut of [0, 1, 2, 3])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, '01020901'.slice(0, 2 * cut), 'NXS-FRG-011', 'truncated');
  read('count-33', '33 fragments', '01020021ffffffff01', 'NXS-FRG-011', 'malformed');
  read('bitmap-missing', 'no bitmap', '01020901', 'NXS-FRG-011', 'malformed');
  read('bitmap-too-long', 'a byte of bitmap too many', '010209010100', 'NXS-FRG-011', 'malformed');
  read('bitmap-empty', 'nothing in the bitmap', '0102090100', 'NXS-FRG-011', 'malformed');
  read('spare-bits', 'a bit beyond the count', '0102090103', 'NXS-FRG-011', 'malformed');
  read('spare-bit-of-nine', 'a bit beyond nine', '010203090103', 'NXS-FRG-011', 'malformed');
  read('acknowledgement-from-1', 'an acknowledgement from 1', '01020100', 'NXS-FRG-011', 'malformed');
  read('acknowledgement-with-bitmap', 'an acknowledgement with a bitmap', '0102000000', 'NXS-FRG-011', 'malformed');
}

function resendCases(add: Add): void {
  const resend = (name: string, title: string, content: string, rejects?: string): void => {
    add('nexus.fragments.resend', name, title, { record: record(1400), rid: 513, content }, 'NXS-FRG-014', rejects);
  };
  resend('second', 'the second of four', '0102010101');
  resend('first-and-last', 'the first and the last of four', '0102000409');
  resend('none', 'none, because all have come', '01020000');
  resend('fifth', 'the fifth of four', '0102040101', 'malformed');
  resend('other-record', 'of another record', '0202010101', 'malformed');
}

function rekeyCases(add: Add): void {
  const read = (name: string, title: string, content: string, rejects?: string): void => {
    add('nexus.rekey.decode', name, title, { content }, 'NXS-RKY-001', rejects);
  };
  const key = record(32);
  read('request', 'a request', `01${key}`);
  read('answer', 'an answer', `02${key}`);
  for (const type of ['00', '03', 'ff']) read(`type-${type}`, `type ${type}`, `${type}${key}`, 'malformed');
  for (const cut of [0, 1, 32]) read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, `01${key}`.slice(0, 2 * cut), 'truncated');
  read('a-byte-more', 'a byte after the key', `01${key}00`, 'trailing');
}
