/** The cases of packets: every value of every bit of the flags, each length at its bound, and what the id covers. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { readsOf } from '../../generate/reads.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { tracedSubject } from '../../generate/sessions.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';

export const vectors: TopicVectors = {
  subjects: [
    {
      subject: 'packet',
      fill: ({ oracle, batch }) => {
        encodeCases(batch);
        decodeCases(batch);
        idCases(oracle, batch);
        hopCases(batch);
      },
    },
    tracedSubject('duplicate', 'nexus.duplicates'),
  ],
  mutated: ['nexus.packet.', 'nexus.duplicates.'],
};

const DESTINATION = toHex(seededBytes('nexus-destination', 16));
const TRANSPORT = toHex(seededBytes('nexus-transport', 16));
export const CONTEXTS: readonly number[] = [0x00, 0x42, 0x46, 0x47, 0xf0, 0xfa, 0xfb, 0xfc, 0xff];
const DESTINATION_TYPES = ['single', 'group', 'plain', 'link'];
const PACKET_TYPES = ['data', 'announce', 'link-request', 'proof'];
const dataOf = (length: number): string => toHex(seededBytes('nexus-data', length));
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** A packet by its bytes. */
function packetOf({
  flags = 0,
  hops = 3,
  context = 0,
  data = dataOf(5),
}: {
  flags?: number;
  hops?: number;
  context?: number;
  data?: string;
}): string {
  return `${hex(flags)}${hex(hops)}${(flags & 0x40) === 0 ? '' : TRANSPORT}${DESTINATION}${hex(context)}${data}`;
}

function encodeCases(batch: Batch): void {
  const usual = { destinationType: 'single', packetType: 'data', hops: 3, destination: DESTINATION, context: 0, data: dataOf(5) };
  const add = (name: string, title: string, changes: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: 'nexus.packet.encode',
      params: { ...usual, ...changes },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  for (const destinationType of DESTINATION_TYPES)
    for (const packetType of PACKET_TYPES)
      add(`${destinationType}-${packetType}`, `${packetType} for a ${destinationType}`, { destinationType, packetType }, 'NXS-PKT-007');
  add('relayed', 'the relay comes first', { transport: TRANSPORT }, 'NXS-PKT-001');
  add('form-2', 'two addresses', { transport: TRANSPORT }, 'NXS-PKT-005');
  for (const context of CONTEXTS) add(`context-${hex(context)}`, `the context ${hex(context)}`, { context }, 'NXS-PKT-012');
  for (const context of [0x01, 0x41, 0x43, 0x45, 0x48, 0xef, 0xf1, 0xf9, 0xfd, 0xfe])
    add(`context-${hex(context)}`, `the context ${hex(context)}`, { context }, 'NXS-PKT-012', 'unsupported');
  for (const hops of [0, 127]) add(`hops-${String(hops)}`, `${String(hops)} hops`, { hops }, 'NXS-PKT-010');
  for (const hops of [128, 255]) add(`hops-${String(hops)}`, `${String(hops)} hops`, { hops }, 'NXS-PKT-010', 'limit');
  for (const length of [0, 1, 464, 465]) {
    add(`data-of-${String(length)}`, `${String(length)} bytes of data`, { data: dataOf(length) }, 'NXS-PKT-008');
    add(
      `form-2-data-of-${String(length)}`,
      `two addresses, ${String(length)} bytes of data`,
      { data: dataOf(length), transport: TRANSPORT },
      'NXS-PKT-009',
    );
  }
  add('data-of-466', 'a byte of data too many', { data: dataOf(466) }, 'NXS-PKT-008', 'limit');
  add('data-of-481', 'as much as two addresses leave of 500', { data: dataOf(481) }, 'NXS-PKT-008', 'limit');
  add('form-2-data-of-466', 'two addresses, a byte of data too many', { data: dataOf(466), transport: TRANSPORT }, 'NXS-PKT-009', 'limit');
  for (const length of [0, 15, 17, 32]) {
    add(
      `destination-of-${String(length)}`,
      `a destination of ${String(length)} bytes`,
      { destination: dataOf(length) },
      'NXS-PKT-001',
      'malformed',
    );
    add(
      `transport-of-${String(length)}`,
      `a first address of ${String(length)} bytes`,
      { transport: dataOf(length) },
      'NXS-PKT-001',
      'malformed',
    );
  }
}

function decodeCases(batch: Batch): void {
  const add = readsOf(batch, 'nexus.packet.decode', 'packet');
  for (let types = 0; types < 16; types++)
    for (const form of [0x00, 0x50])
      add(
        `flags-${hex(form | types)}`,
        `flags ${hex(form | types)}`,
        packetOf({ flags: form | types }),
        form === 0 ? 'NXS-PKT-007' : 'NXS-PKT-005',
      );
  for (const flags of [0x80, 0x8f, 0xd0, 0xff])
    add(`access-${hex(flags)}`, `flags ${hex(flags)}`, packetOf({ flags }), 'NXS-PKT-003', 'unsupported');
  for (const flags of [0x20, 0x2d, 0x70])
    add(`reserved-${hex(flags)}`, `flags ${hex(flags)}`, packetOf({ flags }), 'NXS-PKT-004', 'malformed');
  for (const flags of [0x10, 0x40, 0x1c, 0x4c])
    add(`propagation-${hex(flags)}`, `flags ${hex(flags)}`, packetOf({ flags }), 'NXS-PKT-006', 'malformed');
  for (const form of [0x00, 0x50]) {
    const name = form === 0 ? 'form-1' : 'form-2';
    const about = form === 0 ? 'NXS-PKT-008' : 'NXS-PKT-009';
    const least = packetOf({ flags: form, data: '' });
    add(`${name}-without-data`, 'no data', least, 'NXS-PKT-001');
    for (const length of [464, 465])
      add(`${name}-data-of-${String(length)}`, `${String(length)} bytes of data`, packetOf({ flags: form, data: dataOf(length) }), about);
    for (const length of [466, 481, 600])
      add(
        `${name}-data-of-${String(length)}`,
        `${String(length)} bytes of data`,
        packetOf({ flags: form, data: dataOf(length) }),
        about,
        'limit',
      );
    for (const cut of [1, 2, 3, 17, 18, 33, 34].filter((at) => at < least.length / 2))
      add(`${name}-cut-at-${String(cut)}`, `${String(cut)} bytes`, least.slice(0, 2 * cut), 'NXS-PKT-002', 'truncated');
    for (const hops of [0, 1, 126, 127])
      add(`${name}-hops-${String(hops)}`, `${String(hops)} hops`, packetOf({ flags: form, hops }), 'NXS-PKT-010');
    for (const hops of [128, 255])
      add(`${name}-hops-${String(hops)}`, `${String(hops)} hops`, packetOf({ flags: form, hops }), 'NXS-PKT-010', 'limit');
  }
  add('empty', 'nothing', '', 'NXS-PKT-002', 'truncated');
  for (const context of CONTEXTS) add(`context-${hex(context)}`, `the context ${hex(context)}`, packetOf({ context }), 'NXS-PKT-012');
  for (const context of [0x01, 0x41, 0x43, 0x45, 0x48, 0x7f, 0x80, 0xef, 0xf1, 0xf9, 0xfd, 0xfe])
    add(`context-${hex(context)}`, `the context ${hex(context)}`, packetOf({ context }), 'NXS-PKT-012', 'unsupported');
}

function idCases(oracle: Oracle, batch: Batch): void {
  const id = (name: string, title: string, packet: string): void =>
    batch.add({ name, title, kind: 'example', operation: 'nexus.packet.id', params: { packet }, about: 'NXS-PKT-013', accepts: true });
  const packets: readonly (readonly [name: string, title: string, packet: string])[] = [
    ['origin', 'as its origin wrote it', packetOf({ hops: 0 })],
    ['hops', 'after five hops', packetOf({ hops: 5 })],
    ['form-2', 'with two addresses', packetOf({ flags: 0x50 })],
  ];
  const ids = packets.map(([, , packet]) => resultOf(oracle, 'nexus.packet.id', { packet })['id']);
  if (new Set(ids).size !== 1) throw new Error('the id of a packet depends on what relays change');
  for (const [name, title, packet] of packets) id(name, title, packet);
  id('type', 'of another type', packetOf({ flags: 0x01 }));
  id('destination-type', 'for another type of destination', packetOf({ flags: 0x0c }));
  id('context', 'with another context', packetOf({ context: 0x42 }));
  for (const length of [0, 1, 45, 46, 47, 109, 110, 465])
    id(`data-of-${String(length)}`, `${String(length)} bytes of data`, packetOf({ data: dataOf(length) }));
}

function hopCases(batch: Batch): void {
  for (const form of [0x00, 0x50])
    for (const hops of [0, 1, 126, 127])
      batch.add({
        name: `${form === 0 ? 'form-1' : 'form-2'}-${String(hops)}`,
        title: `received after ${String(hops)} hops`,
        kind: 'boundary',
        operation: 'nexus.packet.hop',
        params: { packet: packetOf({ flags: form, hops }) },
        about: 'NXS-PKT-011',
        ...(hops === 127 ? { rejects: 'limit' } : { accepts: true }),
      });
}
