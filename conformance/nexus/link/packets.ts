/** The cases of sealed packets. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import { changed, sealed } from './messages.ts';

const SEAL = 'nexus.sealed.seal';
const OPEN = 'nexus.sealed.open';
const KEY = toHex(seededBytes('nexus-link-key', 32));
const LINK = toHex(seededBytes('nexus-link-id', 16));
const DESTINATION = toHex(seededBytes('nexus-link-destination', 16));
const content = (length: number): string => toHex(seededBytes('nexus-link-content', length));
/** Of a packet for a neighbour: every context but that of keepalives and closing has a content. */
const CONTEXTS = [0x00, 0x46, 0x47, 0xf0, 0xfb];

export function sealedCases(oracle: Oracle, batch: Batch): void {
  const usual = { key: KEY, phase: 0, count: 5, linkId: LINK, context: 0, content: content(20) };
  const base = { key: KEY, packet: String(resultOf(oracle, SEAL, usual)['packet']) };
  const add = (operation: string, name: string, title: string, params: JsonObject, about: string, rejects?: string): void => {
    const kind = rejects === 'truncated' ? 'truncation' : 'boundary';
    const outcome = rejects === undefined ? { accepts: true as const } : { rejects, base: operation === OPEN ? base : usual };
    batch.add({ name, title, kind, operation, params, about, ...outcome });
  };
  const both = (name: string, title: string, changes: JsonObject, about: string): void => {
    const params = { ...usual, ...changes };
    add(SEAL, name, title, params, about);
    add(OPEN, name, title, { key: KEY, packet: String(resultOf(oracle, SEAL, params)['packet']) }, about);
  };
  both('record', 'a record', {}, 'NXS-SLD-002');
  both('envelope', 'an envelope that is passed on', { destination: DESTINATION }, 'NXS-SLD-001');
  both('for-neighbour', 'a record for a neighbour', { content: content(21) }, 'NXS-SLD-001');
  both('phase-1-nonce', 'under keys of phase 1', { phase: 1, count: 7 }, 'NXS-SLD-003');
  both('hops', 'after three hops', { hops: 3 }, 'NXS-SLD-004');
  both('envelope-hops', 'an envelope after 127 hops', { destination: DESTINATION, hops: 127 }, 'NXS-SLD-004');
  for (const context of CONTEXTS) both(`context-${hex(context)}`, `context ${hex(context)}`, { context }, 'NXS-SLD-007');
  for (const context of [0xfa, 0xfc]) both(`context-${hex(context)}`, `context ${hex(context)}`, { context, content: '' }, 'NXS-SLD-008');
  for (const length of [0, 1, 444, 445]) {
    both(`content-of-${String(length)}`, `${String(length)} bytes`, { content: content(length) }, 'NXS-SLD-005');
    both(
      `envelope-of-${String(length)}`,
      `an envelope of ${String(length)} bytes`,
      { content: content(length), destination: DESTINATION },
      'NXS-SLD-005',
    );
  }
  for (const count of [0, 1, 255, 256, 65_536, 2_147_483_645, 2_147_483_646])
    both(`count-${String(count)}`, `count ${String(count)}`, { count }, count > 2e9 ? 'NXS-SLD-010' : 'NXS-SLD-003');
  for (const count of [0, 5, 2_147_483_646])
    both(`phase-1-count-${String(count)}`, `phase 1, count ${String(count)}`, { phase: 1, count }, 'NXS-SLD-006');
  sealRefusals(usual, add);
  openRefusals(base, add);
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

type Add = (operation: string, name: string, title: string, params: JsonObject, about: string, rejects?: string) => void;

function sealRefusals(usual: JsonObject, add: Add): void {
  const refuse = (name: string, title: string, changes: JsonObject, about: string, rejects: string): void => {
    add(SEAL, name, title, { ...usual, ...changes }, about, rejects);
  };
  for (const length of [446, 465]) {
    refuse(`content-of-${String(length)}`, `${String(length)} bytes`, { content: content(length) }, 'NXS-SLD-005', 'limit');
    refuse(
      `envelope-of-${String(length)}`,
      `an envelope of ${String(length)} bytes`,
      { content: content(length), destination: DESTINATION },
      'NXS-SLD-005',
      'limit',
    );
  }
  for (const count of [2_147_483_647, 2_147_483_648, 4_294_967_295])
    refuse(`count-${String(count)}`, `count ${String(count)}`, { count }, 'NXS-SLD-010', 'limit');
  for (const context of [0x42, 0xff, 0x01, 0x45, 0xfd])
    refuse(`context-${hex(context)}`, `context ${hex(context)}`, { context }, 'NXS-SLD-007', 'unsupported');
  for (const context of [0x46, 0xf0, 0xfb])
    refuse(
      `envelope-context-${hex(context)}`,
      `an envelope with context ${hex(context)}`,
      { context, destination: DESTINATION },
      'NXS-SLD-007',
      'unsupported',
    );
  for (const context of [0xfa, 0xfc])
    refuse(
      `content-with-${hex(context)}`,
      `context ${hex(context)} with a content`,
      { context, content: '00' },
      'NXS-SLD-008',
      'malformed',
    );
  refuse('key-of-31', 'a key of 31 bytes', { key: KEY.slice(2) }, 'NXS-SLD-002', 'malformed');
  refuse('link-of-15', 'a link id of 15 bytes', { linkId: LINK.slice(2) }, 'NXS-SLD-002', 'malformed');
  refuse('destination-of-17', 'a destination of 17 bytes', { destination: `${DESTINATION}00` }, 'NXS-SLD-002', 'malformed');
}

function openRefusals(base: { readonly key: string; readonly packet: string }, add: Add): void {
  const { packet } = base;
  const refuse = (name: string, title: string, given: string, about: string, rejects: string): void => {
    add(OPEN, name, title, { key: KEY, packet: given }, about, rejects);
  };
  const body = packet.slice(38);
  for (const [name, flags] of [
    ['single', '00'],
    ['group', '04'],
    ['announce', '0d'],
    ['proof', '0f'],
  ] as const)
    refuse(`flags-of-${name}`, `flags ${flags}`, `${flags}${packet.slice(2)}`, 'NXS-SLD-001', 'malformed');
  refuse('record-in-form-2', 'a record with two addresses', `5c00${LINK}${LINK}00${body}`, 'NXS-SLD-001', 'malformed');
  refuse('form-2-to-group', 'an envelope for a group', `5400${LINK}${DESTINATION}00${body}`, 'NXS-SLD-001', 'malformed');
  for (const context of ['42', 'ff'])
    refuse(`context-${context}`, `context ${context}`, `0c00${LINK}${context}${body}`, 'NXS-SLD-007', 'unsupported');
  refuse('envelope-context-46', 'an envelope with context 46', `5000${LINK}${DESTINATION}46${body}`, 'NXS-SLD-007', 'unsupported');
  for (const length of [0, 3, 4, 19])
    refuse(`data-of-${String(length)}`, `${String(length)} bytes of data`, packet.slice(0, 38 + 2 * length), 'NXS-SLD-002', 'truncated');
  refuse('count-2147483647', 'the count after the last', `${packet.slice(0, 38)}ffffff7f${packet.slice(46)}`, 'NXS-SLD-010', 'limit');
  refuse(
    'count-2147483647-phase-1',
    'the count after the last, phase 1',
    `${packet.slice(0, 38)}ffffffff${packet.slice(46)}`,
    'NXS-SLD-010',
    'limit',
  );
  for (const at of [2, 17]) refuse(`link-changed-at-${String(at)}`, 'another link', changed(packet, at), 'NXS-SLD-004', 'unauthenticated');
  refuse('another-context', 'another context', `0c00${LINK}46${body}`, 'NXS-SLD-004', 'unauthenticated');
  for (const at of [19, 21, 23, 42, 43, 58])
    refuse(`changed-at-${String(at)}`, `byte ${String(at)} is another`, changed(packet, at), 'NXS-SLD-011', 'unauthenticated');
  // What an implementation would seal that has understood a rule otherwise.
  const forged = (aad: string, count = 5): string => sealed(KEY, count, aad, content(20));
  const record = (data: string): string => `0c00${LINK}0005000000${data}`;
  refuse('aad-with-hops', 'with hops in what is authenticated', record(forged(`0c00${LINK}${LINK}00`)), 'NXS-SLD-004', 'unauthenticated');
  refuse('aad-with-link-once', 'with the link id once', record(forged(`0c${LINK}00`)), 'NXS-SLD-004', 'unauthenticated');
  refuse('aad-of-form-2', 'with the flags of the other form', record(forged(`50${LINK}${LINK}00`)), 'NXS-SLD-004', 'unauthenticated');
  refuse(
    'envelope-with-all-flags',
    'an envelope with other flags',
    `5000${LINK}${DESTINATION}0005000000${forged(`10${LINK}${DESTINATION}00`)}`,
    'NXS-SLD-004',
    'unauthenticated',
  );
  refuse(
    'envelope-as-record',
    'an envelope sealed as a record',
    `5000${LINK}${DESTINATION}0005000000${forged(`0c${LINK}${LINK}00`)}`,
    'NXS-SLD-004',
    'unauthenticated',
  );
  const other = sealed(KEY, 0x05, `0c${LINK}${LINK}00`, content(20));
  refuse('big-endian', 'with the counter the other way', `0c00${LINK}0000000005${other}`, 'NXS-SLD-002', 'unauthenticated');
  for (const context of ['fa', 'fc'])
    refuse(
      `content-with-${context}`,
      `context ${context} with a content`,
      `0c00${LINK}${context}05000000${sealed(KEY, 5, `0c${LINK}${LINK}${context}`, '00')}`,
      'NXS-SLD-008',
      'malformed',
    );
  add(OPEN, 'key-of-31', 'a key of 31 bytes', { key: KEY.slice(2), packet }, 'NXS-SLD-002', 'malformed');
  add(OPEN, 'another-key', 'another key', { key: changed(KEY, 0), packet }, 'NXS-SLD-011', 'unauthenticated');
}
