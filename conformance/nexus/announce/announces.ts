/** The cases of announces: each field at its edge, each option, and what relays make of them. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { readsOf, type AddRead } from '../../generate/reads.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { wireCases } from '../../generate/wire.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { ALICE, BOB } from '../identity/people.ts';
import { smallOrderEncodings } from '../identity/odd-points.ts';
import { addressOf, announceByHand, announceOf, IDS, optionHex, ORIGIN_COST, withPathCost } from './made.ts';

const [WRITE, READ, RELAY, SCORE] = [
  'nexus.announce.write',
  'nexus.announce.read',
  'nexus.announce.relay',
  'nexus.announce.score',
] as const;
const utf8Hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');
const [RELAY_ID = ''] = IDS;

export function announceCases(oracle: Oracle, batch: Batch): void {
  writeCases(batch);
  readCases(oracle, batch);
  optionCases(oracle, batch);
  relayCases(oracle, batch);
  scoreCases(batch);
}

function writeCases(batch: Batch): void {
  const usual = { seed: ALICE.seed, sequence: '7' };
  const add = (name: string, title: string, changes: JsonObject, about: string, rejects?: string, base?: JsonObject): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: WRITE,
      params: { ...usual, ...changes },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, base: { ...usual, ...base } }),
    });
  add('least', 'nothing but the key', {}, 'NXS-ANN-014');
  add('bob', 'another node', { seed: BOB.seed }, 'NXS-ANN-004');
  for (const sequence of ['0', '1', '255', '256', '72623859790382856', '18446744073709551615'])
    add(`sequence-${sequence}`, `the sequence number ${sequence}`, { sequence }, 'NXS-ANN-002');
  add('label-signed', 'options are signed', { label: 'Harbour', capabilities: 3 }, 'NXS-ANN-004');
  add('label', 'a community', { label: 'Harbour' }, 'NXS-ANN-011');
  for (const length of [1, 63, 64])
    add(`label-of-${String(length)}`, `a label of ${String(length)} bytes`, { label: 'l'.repeat(length) }, 'NXS-ANN-011');
  add('label-after-mark', 'a label that begins with a byte order mark', { label: '\ufeffa' }, 'NXS-ANN-011');
  add('label-of-65', 'a label one byte too long', { label: 'l'.repeat(65) }, 'NXS-ANN-011', 'malformed', { label: 'l'.repeat(64) });
  add('label-in-bytes', 'a label of 22 characters in 66 bytes', { label: '€'.repeat(22) }, 'NXS-ANN-011', 'malformed', {
    label: '€'.repeat(21),
  });
  add('label-of-half-a-pair', 'half a surrogate pair', { label: '\ud800' }, 'NXS-ANN-011', 'malformed', { label: 'lll' });
  add('label-of-0', 'an empty label', { label: '' }, 'NXS-ANN-011', 'malformed', { label: 'l' });
  for (const capabilities of [0, 1, 255, 256, 65_535])
    add(`capabilities-${String(capabilities)}`, `capabilities ${String(capabilities)}`, { capabilities }, 'NXS-ANN-011');
  for (const count of [1, 2, 4]) add(`relays-${String(count)}`, `${String(count)} relays`, { relays: IDS.slice(0, count) }, 'NXS-ANN-011');
  add('all', 'all options', { label: 'Harbour', capabilities: 3, relays: IDS.slice(0, 2) }, 'NXS-ANN-010');
  add('relays-0', 'no relay', { relays: [] }, 'NXS-ANN-011', 'malformed', { relays: IDS.slice(0, 1) });
  add('relays-5', 'a relay too many', { relays: IDS.slice(0, 5) }, 'NXS-ANN-011', 'malformed', { relays: IDS.slice(0, 4) });
  add('relay-of-15', 'an id of 15 bytes', { relays: [RELAY_ID.slice(2)] }, 'NXS-ANN-011', 'malformed', { relays: [RELAY_ID] });
  add('relays-of-31-and-1', 'ids that are 16 bytes together', { relays: [RELAY_ID.slice(2), '00'] }, 'NXS-ANN-011', 'malformed', {
    relays: [RELAY_ID],
  });
  add('relays-falling', 'relays in the other order', { relays: IDS.slice(0, 2).reverse() }, 'NXS-ANN-012', 'non-canonical', {
    relays: IDS.slice(0, 2),
  });
  add('relays-twice', 'one relay twice', { relays: [RELAY_ID, RELAY_ID] }, 'NXS-ANN-012', 'non-canonical', { relays: IDS.slice(0, 2) });
  for (const length of [31, 33])
    add(
      `seed-of-${String(length)}`,
      `a seed of ${String(length)} bytes`,
      { seed: toHex(seededBytes('nexus-seed', length)) },
      'NXS-IDN-002',
      'malformed',
    );
}

const reader = (oracle: Oracle, batch: Batch): AddRead => readsOf(batch, READ, 'packet', announceOf(oracle), 'example');

function readCases(oracle: Oracle, batch: Batch): void {
  const read = reader(oracle, batch);
  const right = announceOf(oracle);
  if (right !== announceByHand()) throw new Error('an announce by hand is another');
  read('least', 'nothing but the key', right, 'NXS-ANN-002');
  for (const sequence of ['0', '256', '18446744073709551615'])
    read(`sequence-${sequence}`, `the sequence number ${sequence}`, announceOf(oracle, { sequence }), 'NXS-ANN-002');
  for (const [name, pathCost] of [
    ['cost', '66002c0151ff'],
    ['greatest', '0004ffffffff'],
    ['bytes-differ', '020104030506'],
  ] as const)
    read(`path-${name}`, 'a path cost that is not signed', withPathCost(right, pathCost), 'NXS-ANN-008');
  read('cost-of-1025', 'a cost that no code has', withPathCost(right, '01040000ff00'), 'NXS-PCT-006', 'malformed');
  read('form-2', 'relayed', announceByHand({ header: '5101', transport: RELAY_ID }), 'NXS-ANN-017');
  read('from-origin', 'from the node itself', announceByHand({ header: '0100' }), 'NXS-ANN-017');
  for (const header of ['0000', '0200', '0300', '0500', '0900', '0d00'])
    read(
      `flags-${header.slice(0, 2)}`,
      `a packet with flags ${header.slice(0, 2)}`,
      announceByHand({ header }),
      'NXS-ANN-001',
      'malformed',
    );
  read('context-42', 'the context of beacons', announceByHand({ context: '42' }), 'NXS-ANN-001', 'malformed');
  const bob = addressOf(BOB);
  read('destination-of-bob', "another's destination, which is signed", announceByHand({ destination: bob }), 'NXS-ANN-003', 'mismatch');
  const last = `${addressOf(ALICE).slice(0, -2)}${addressOf(ALICE).endsWith('00') ? '01' : '00'}`;
  read(
    'destination-last-byte',
    'a destination that differs in its last byte',
    announceByHand({ destination: last }),
    'NXS-ANN-003',
    'mismatch',
  );
  for (const magic of ['4d', '00', 'ff'])
    read(`magic-${magic}`, `an extension of ${magic}`, announceByHand({ front: `${magic}01` }), 'NXS-ANN-006', 'malformed');
  for (const version of ['00', '02', 'ff'])
    read(`version-${version}`, `the version ${version}`, announceByHand({ front: `4e${version}` }), 'NXS-ANN-007', 'unsupported');
  signatureCases(oracle, batch);
  const decoding = oracle.wire.decode('nexus.announce', fromHex(right.slice(38)));
  if (decoding.kind !== 'ok') throw new Error('an announce does not decode');
  for (const one of wireCases(oracle, oracle.wire.layout('nexus.announce'), decoding.fields, (_, length) => new Uint8Array(length)))
    if (one.kind === 'truncation')
      read(
        one.name,
        one.title,
        `${right.slice(0, 38)}${toHex(one.bytes)}`,
        one.bytes.length < 106 ? 'NXS-ANN-002' : 'NXS-ANN-008',
        'truncated',
      );
  read('without-data', 'an announce without data', right.slice(0, 38), 'NXS-ANN-002', 'truncated');
}

function signatureCases(oracle: Oracle, batch: Batch): void {
  const read = reader(oracle, batch);
  const right = announceOf(oracle);
  const refuse = (name: string, title: string, packet: string, about = 'NXS-ANN-005'): void =>
    read(name, title, packet, about, 'unauthenticated');
  refuse('signed-by-bob', 'signed by another', announceByHand({ signer: BOB }));
  refuse('other-purpose', 'signed for another purpose', announceByHand({ purpose: 'nexus-1 content' }));
  refuse('path-cost-signed', 'the path cost is signed as it is', announceByHand({ signedCost: ORIGIN_COST }), 'NXS-ANN-004');
  refuse(
    'destination-unsigned',
    'the destination is not signed',
    announceByHand({ signs: ({ key, sequence, extension }) => `${key}${sequence}${extension}` }),
    'NXS-ANN-004',
  );
  refuse(
    'extension-unsigned',
    'the extension is not signed',
    announceByHand({ signs: ({ destination, key, sequence }) => `${destination}${key}${sequence}` }),
    'NXS-ANN-004',
  );
  refuse(
    'cost-left-out',
    'the path cost is left out of what is signed',
    announceByHand({
      signs: ({ destination, key, sequence, extension }) => `${destination}${key}${sequence}${extension.slice(0, 4)}${extension.slice(16)}`,
    }),
    'NXS-ANN-004',
  );
  for (const [where, at] of [
    ['sequence', 51],
    ['sequence-end', 58],
    ['signature', 59],
    ['signature-end', 122],
  ] as const) {
    const bytes = fromHex(right);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    refuse(`bit-of-${where}`, `a bit of byte ${String(at)} is another`, toHex(bytes));
  }
  const labelled = announceOf(oracle, { label: 'Harbour' });
  refuse('label-changed', 'another label than was signed', `${labelled.slice(0, -2)}${utf8Hex('s')}`);
  refuse('label-added', 'an option that was not signed', `${right}${optionHex(1, utf8Hex('Harbour'))}`);
  refuse('label-removed', 'an option was removed', labelled.slice(0, right.length));
  for (const { hex } of smallOrderEncodings().slice(0, 2)) {
    const node = { seed: ALICE.seed, publicKey: hex };
    refuse(`small-order-${hex.slice(0, 4)}-${hex.slice(-2)}`, 'a key of small order', announceByHand({ node, signer: ALICE }));
  }
}

function optionCases(oracle: Oracle, batch: Batch): void {
  const read = reader(oracle, batch);
  const options = (name: string, title: string, given: string, about: string, rejects?: string): void =>
    read(name, title, announceByHand({ options: given }), about, rejects);
  options('label', 'a community', optionHex(1, utf8Hex('Harbour')), 'NXS-ANN-011');
  options('label-of-64', 'a label of 64 bytes', optionHex(1, '6c'.repeat(64)), 'NXS-ANN-011');
  options('label-of-four-bytes', 'characters of one to four bytes', optionHex(1, utf8Hex('aé€😀')), 'NXS-ANN-011');
  options('label-of-65', 'a label of 65 bytes', optionHex(1, '6c'.repeat(65)), 'NXS-ANN-011', 'malformed');
  options('label-empty', 'an empty label', optionHex(1, ''), 'NXS-ANN-011', 'malformed');
  options('label-after-mark', 'a label that begins with a byte order mark', optionHex(1, 'efbbbf61'), 'NXS-ANN-011');
  options('label-mark', 'a label that is a byte order mark', optionHex(1, 'efbbbf'), 'NXS-ANN-011');
  for (const hex of ['c3', 'eda080', 'c080', 'ff', 'ef', 'efbb', 'efbbbfc3', 'e282', 'f09f98'])
    options(`label-${hex}`, 'a label that is not UTF-8', optionHex(1, hex), 'NXS-ANN-011', 'malformed');
  options('capabilities', 'capabilities', optionHex(2, '0102'), 'NXS-ANN-011');
  for (const hex of ['', '01', '010203'])
    options(`capabilities-of-${String(hex.length / 2)}`, 'capabilities of another length', optionHex(2, hex), 'NXS-ANN-011', 'malformed');
  for (const count of [1, 4])
    options(`relays-${String(count)}`, `${String(count)} relays`, optionHex(3, IDS.slice(0, count).join('')), 'NXS-ANN-011');
  options('relays-5', 'five relays', optionHex(3, IDS.slice(0, 5).join('')), 'NXS-ANN-011', 'malformed');
  options('relays-0', 'no relay', optionHex(3, ''), 'NXS-ANN-011', 'malformed');
  options('relays-of-17', 'a relay and a byte', optionHex(3, `${RELAY_ID}00`), 'NXS-ANN-011', 'malformed');
  options('relays-falling', 'relays in the other order', optionHex(3, IDS.slice(0, 2).reverse().join('')), 'NXS-ANN-012', 'non-canonical');
  options('relays-twice', 'one relay twice', optionHex(3, `${RELAY_ID}${RELAY_ID}`), 'NXS-ANN-012', 'non-canonical');
  const lower = `${RELAY_ID.slice(0, -2)}01`;
  const higher = `${RELAY_ID.slice(0, -2)}02`;
  options('relays-last-byte', 'relays that differ in the last byte', optionHex(3, `${lower}${higher}`), 'NXS-ANN-012');
  options(
    'relays-last-byte-falling',
    'relays that fall in the last byte',
    optionHex(3, `${higher}${lower}`),
    'NXS-ANN-012',
    'non-canonical',
  );
  options('unknown', 'an unknown option', optionHex(9, 'aabbcc'), 'NXS-ANN-013');
  options('unknown-255', 'the highest type, and an empty option', `${optionHex(4, '')}${optionHex(255, '00')}`, 'NXS-ANN-013');
  const known = `${optionHex(1, utf8Hex('a'))}${optionHex(2, '0102')}${optionHex(3, RELAY_ID)}`;
  options('all-and-unknown', 'known options and an unknown one', `${known}${optionHex(7, '00')}`, 'NXS-ANN-010');
  options('falling', 'options in the other order', `${optionHex(2, '0102')}${optionHex(1, utf8Hex('a'))}`, 'NXS-ANN-010', 'non-canonical');
  options('twice', 'one option twice', `${optionHex(2, '0102')}${optionHex(2, '0102')}`, 'NXS-ANN-010', 'non-canonical');
  options('unknown-twice', 'an unknown option twice', `${optionHex(9, '')}${optionHex(9, '')}`, 'NXS-ANN-010', 'non-canonical');
  options('type-0', 'an option of type 0', optionHex(0, 'aa'), 'NXS-ANN-009', 'malformed');
  options('type-0-last', 'an option of type 0 at the end', `${optionHex(2, '0102')}${optionHex(0, '')}`, 'NXS-ANN-009', 'malformed');
  for (const cut of ['09', '0901', '0902aa', `${optionHex(2, '0102')}09`])
    options(`cut-${cut}`, 'an option that ends early', cut, 'NXS-ANN-009', 'truncated');
  for (const [name, data] of [
    ['one', RELAY_ID],
    ['four', IDS.slice(0, 4).join('')],
  ] as const)
    batch.add({
      name,
      title: `${name} relays`,
      kind: 'boundary',
      operation: 'nexus.announce.relays',
      params: { data },
      about: 'NXS-ANN-011',
      accepts: true,
    });
  for (const [name, data, rejects, about] of [
    ['none', '', 'malformed', 'NXS-ANN-011'],
    ['of-15', RELAY_ID.slice(2), 'malformed', 'NXS-ANN-011'],
    ['five', IDS.slice(0, 5).join(''), 'malformed', 'NXS-ANN-011'],
    ['twice', `${RELAY_ID}${RELAY_ID}`, 'non-canonical', 'NXS-ANN-012'],
    ['falling', IDS.slice(0, 2).reverse().join(''), 'non-canonical', 'NXS-ANN-012'],
  ] as const)
    batch.add({
      name,
      title: `${name.replaceAll('-', ' ')}`,
      kind: 'range',
      operation: 'nexus.announce.relays',
      params: { data },
      about,
      rejects,
    });
}

function relayCases(oracle: Oracle, batch: Batch): void {
  const right = announceOf(oracle);
  const usual = { packet: right, id: RELAY_ID, own: '5', latencyMs: 40, bitsPerSecond: '1074' };
  const add = (name: string, title: string, changes: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: RELAY,
      params: { ...usual, ...changes },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, base: usual }),
    });
  add('first', 'the first relay', {}, 'NXS-ANN-015');
  const once = String(resultOf(oracle, RELAY, usual)['packet']);
  const [, second = ''] = IDS;
  add('second', 'the second relay takes the place of the first', { packet: once, id: second }, 'NXS-ANN-015');
  add('free', 'a relay that takes nothing copies the code', { packet: withPathCost(right, '420000005100'), own: '0' }, 'NXS-ANN-016');
  add('dear', 'a relay that takes a lot', { packet: withPathCost(right, '420000005100'), own: '1000000' }, 'NXS-ANN-016');
  add('beyond-the-end', 'a bandwidth whose code would be beyond 255', { bitsPerSecond: '10000000000' }, 'NXS-ANN-016');
  add(
    'wide',
    'a relay that is wider than the path',
    { packet: withPathCost(right, '420000005100'), bitsPerSecond: '1000000' },
    'NXS-ANN-016',
  );
  add('slow', 'a relay with more latency', { packet: withPathCost(right, '42002c015100'), latencyMs: 301 }, 'NXS-ANN-016');
  add('options', 'options are kept', { packet: announceOf(oracle, { label: 'Harbour', capabilities: 3 }) }, 'NXS-ANN-016');
  add('unknown', 'an unknown option is kept', { packet: announceByHand({ options: optionHex(9, 'aabbcc') }) }, 'NXS-ANN-013');
  // 19 + 104 + 8 = 131 bytes and 353 of options: 484, and 500 with a second address.
  const greatest = `${optionHex(8, '00'.repeat(255))}${optionHex(9, '00'.repeat(94))}`;
  add('greatest', 'an announce of 484 bytes becomes one of 500', { packet: announceByHand({ options: greatest }) }, 'NXS-ANN-015');
  for (const hops of ['7e', '7d']) add(`hops-${hops}`, 'hops are raised', { packet: `01${hops}${right.slice(4)}` }, 'NXS-ANN-016');
  add('hops-7f', 'a hop too many', { packet: `017f${right.slice(4)}` }, 'NXS-PKT-011', 'limit');
  add('relays-of-127', 'a relay too many', { packet: withPathCost(right, '42000000517f') }, 'NXS-PCT-012', 'limit');
  for (const length of [15, 17])
    add(
      `id-of-${String(length)}`,
      `an id of ${String(length)} bytes`,
      { id: toHex(seededBytes('nexus-id', length)) },
      'NXS-ANN-015',
      'malformed',
    );
  add('not-signed', 'an announce that does not verify', { packet: announceByHand({ signer: BOB }) }, 'NXS-ANN-005', 'unauthenticated');
  add('of-another-id', 'an announce of another id', { packet: announceByHand({ destination: addressOf(BOB) }) }, 'NXS-ANN-003', 'mismatch');
  add('not-an-announce', 'a packet of another type', { packet: announceByHand({ header: '0000' }) }, 'NXS-ANN-001', 'malformed');
  const read = String(resultOf(oracle, READ, { packet: once })['nextHop']);
  if (read !== RELAY_ID) throw new Error('a relay is not the next hop');
  reader(oracle, batch)('relayed', 'after a relay', once, 'NXS-ANN-017');
}

function scoreCases(batch: Batch): void {
  const score = (name: string, title: string, pathCost: string): void =>
    batch.add({ name, title, kind: 'boundary', operation: SCORE, params: { pathCost }, about: 'NXS-ANN-018', accepts: true });
  score('origin', 'the path of no relay', ORIGIN_COST);
  score('cost', 'the cost comes first', '010000000000');
  score('latency', 'then the latency', '0000ffff0000');
  score('bottleneck', 'then the bottleneck, wider is better', '000000000000');
  score('hops', 'then the relays', '00000000ffff');
  score('greatest', 'the worst there is', '0004ffff00ff');
  score('all', 'all of them', '020104030506');
  batch.add({
    name: 'cut',
    title: 'a path cost of five bytes',
    kind: 'truncation',
    operation: SCORE,
    params: { pathCost: '0000000000' },
    about: 'NXS-PCT-001',
    rejects: 'truncated',
  });
}
