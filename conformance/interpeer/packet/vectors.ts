/** The cases of Interpeer's wire: variable integers, packets and channel ids. One fault each; the oracle expects. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch, Case } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { callPrimitive } from '../../oracle/primitives.ts';
import { concatBytes, fromHex, toHex, type Value } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { crc32c, INTERPEER_PRIMITIVES } from './primitives.ts';
import { SUITES, tag, type Suite } from './suites.ts';
import { CHANNEL, handmade, INITIATOR, PUBLIC_HEADER_LENGTH, RESPONDER, type HandmadePacket } from './handmade.ts';

const DEFAULT_CHANNEL = 'f0f0f0f0';
const ENVELOPE_LENGTH = 52;

/** Values where another byte begins, what the C++ library gets wrong, and powers of two. */
const VARINTS: readonly bigint[] = [
  0n,
  1n,
  10n,
  32n,
  63n,
  64n,
  126n,
  127n,
  128n,
  129n,
  255n,
  256n,
  300n,
  16_383n,
  16_384n,
  16_510n,
  16_511n,
  16_512n,
  16_513n,
  32_767n,
  32_768n,
  65_535n,
  65_536n,
  2_113_663n,
  2_113_664n,
  270_549_119n,
  270_549_120n,
  4_294_967_295n,
  4_294_967_296n,
  9_007_199_254_740_991n,
  9_007_199_254_740_993n,
  9_223_372_036_854_775_807n,
  9_295_997_013_522_923_647n,
  9_295_997_013_522_923_648n,
  18_446_744_073_709_551_614n,
  18_446_744_073_709_551_615n,
];

function varintCases(oracle: Oracle, batch: Batch): void {
  const encode = 'interpeer.varint.encode';
  const decode = 'interpeer.varint.decode';
  const encoded = (value: bigint): string => {
    const answer = oracle.answer(encode, { value: value.toString() });
    if (answer.kind !== 'ok') throw new Error(`${String(value)} was to be written`);
    return String(answer.value['bytes']);
  };
  for (const value of VARINTS) {
    const bytes = encoded(value);
    const about = value < 128n ? 'IPR-VAR-001' : 'IPR-VAR-002';
    batch.add({
      name: `${String(value)}`,
      title: `${String(value)} takes ${String(bytes.length / 2)} byte(s)`,
      kind: 'boundary',
      operation: encode,
      params: { value: value.toString() },
      about,
      accepts: true,
    });
    batch.add({
      name: `${String(value)}`,
      title: `${bytes} is ${String(value)}, and fills the input`,
      kind: 'boundary',
      operation: decode,
      params: { bytes },
      about,
      accepts: true,
    });
  }
  for (const value of [0n, 127n, 128n, 16_511n, 16_512n, 18_446_744_073_709_551_615n]) {
    for (const behind of ['00', 'ff', '80'])
      batch.add({
        name: `${String(value)}-then-${behind}`,
        title: `${String(value)} followed by ${behind}`,
        kind: 'trailing',
        operation: decode,
        params: { bytes: encoded(value) + behind },
        about: 'IPR-VAR-005',
        accepts: true,
      });
  }
  const truncated = (name: string, bytes: string): void => {
    batch.add({
      name: `truncated-${name}`,
      title: `${bytes === '' ? 'nothing' : bytes}: the integer does not end`,
      kind: 'truncation',
      operation: decode,
      params: { bytes },
      about: 'IPR-VAR-003',
      rejects: 'truncated',
    });
  };
  truncated('nothing', '');
  for (const length of [1, 2, 3, 9]) truncated(`${String(length)}-bytes`, '80'.repeat(length));
  truncated('ff', 'ff');
  const tooGreat: readonly (readonly [name: string, title: string, bytes: string])[] = [
    ['2-to-64', '2^64', '80fefefefefefefeff00'],
    ['ten-bytes-ff', 'ten bytes with the greatest groups', `${'ff'.repeat(9)}7f`],
    ['ten-continued', 'ten bytes that go on', '80'.repeat(10)],
    ['eleven', 'eleven bytes', `${'80'.repeat(10)}00`],
    ['forever', 'a hundred bytes that go on', 'ff'.repeat(100)],
  ];
  for (const [name, title, bytes] of tooGreat)
    batch.add({
      name: `limit-${name}`,
      title,
      kind: 'overflow',
      operation: decode,
      params: { bytes },
      about: 'IPR-VAR-004',
      rejects: 'limit',
    });
}

function packetCases(oracle: Oracle, batch: Batch): void {
  for (const suite of SUITES) {
    batch.add({
      name: tag(suite),
      title: `the protocol id of ${suite}`,
      kind: 'example',
      operation: 'interpeer.protocolid.derive',
      params: { suite },
      accepts: true,
    });
    decodeCases(suite, batch);
    damagedCases(suite, batch);
    encodeCases(oracle, suite, batch);
  }
}

type Named = Omit<Case, 'operation' | 'params' | 'name'>;

function decodeCases(suite: Suite, batch: Batch): void {
  const add = (name: string, datagram: string, more: Named, params: JsonObject = {}): void =>
    batch.add({ ...more, name: `${tag(suite)}/${name}`, operation: 'interpeer.packet.decode', params: { suite, datagram, ...params } });
  const right = (name: string, title: string, about: string, packet: HandmadePacket): void =>
    add(name, handmade(suite, packet), { title, kind: 'example', about, accepts: true });
  right('empty', 'a packet without payload', 'IPR-PKT-014', { channelId: DEFAULT_CHANNEL });
  right('empty-padded', 'padding but no payload', 'IPR-PKT-014', { padding: '0707070707070707' });
  right('fields', 'every field has its place', 'IPR-PKT-001', {
    payload: '1402aabb',
    sequenceNumber: 0xfedc,
    sender: toHex(seededBytes('sender', 16)),
    recipient: toHex(seededBytes('recipient', 16)),
  });
  right('sequence-number-00ff', 'a sequence number of 00ff', 'IPR-PKT-001', { payload: '1400', sequenceNumber: 0x00ff });
  for (const length of [1, 127, 128, 255, 256, 1148])
    right(`payload-${String(length)}`, `a payload of ${String(length)} bytes`, 'IPR-PKT-009', {
      payload: toHex(seededBytes(`payload-${String(length)}`, length)),
    });
  right('size-300', 'a packet size of two bytes that differ', 'IPR-PKT-004', { payload: toHex(seededBytes('size', 248)) });
  for (const padding of ['00', 'ff', '140141', '0a1234cafebabe', '80'])
    right(`padding-${padding}`, `padding of ${padding} is not a message`, 'IPR-PKT-009', { payload: '1401aa', padding });
  right('padding-300', 'padding of 300 bytes', 'IPR-PKT-009', { payload: '1401aa', padding: toHex(seededBytes('padding', 300)) });
  right('spin', 'the spin bit', 'IPR-PKT-012', { flags: 2, payload: '1401aa' });
  for (const flags of [4, 8, 0x80, 0x100, 0x8000, 0xfffc, 0xa00a])
    right(`reserved-flags-${flags.toString(16)}`, `reserved flags ${flags.toString(16)}`, 'IPR-PKT-013', { flags, payload: '1401aa' });
  for (const behind of ['00', 'deadbeef', handmade(suite, { payload: '1401bb' })])
    right(`trailing-${String(behind.length / 2)}-bytes`, `${String(behind.length / 2)} bytes after the packet`, 'IPR-PKT-006', {
      payload: '1401aa',
      behind,
    });
  right('trailing-padded', 'padding, and bytes after the packet', 'IPR-PKT-006', {
    payload: '1401aa',
    padding: '0000',
    behind: 'ff'.repeat(10),
  });
  add(
    'another-protocol-id',
    handmade(suite, { protocolId: 'deadd00d', payload: '1401aa' }),
    { title: "a protocol id that is expected in place of the suite's", kind: 'example', about: 'IPR-PKT-003', accepts: true },
    { protocolId: 'deadd00d' },
  );
  const sealed = toHex(seededBytes('sealed', 40));
  for (const [name, flags] of [
    ['encrypted', 1],
    ['encrypted-spin', 3],
  ] as const) {
    add(
      name,
      handmade(suite, { flags, sealed }),
      suite === 'interpeer-1'
        ? { title: 'an encrypted packet', kind: 'example', about: 'IPR-PKT-015', accepts: true }
        : { title: 'an encrypted packet', kind: 'constant', about: 'IPR-PKT-016', rejects: 'unsupported' },
    );
  }
  // Where sealed bytes happen to say that the payload is longer than there is, or say nothing at all.
  if (suite === 'interpeer-1')
    for (const inner of ['00000000', '0000ffff', '00000001'])
      right(`encrypted-${inner}`, `a sealed part of ${inner} is not looked into`, 'IPR-PKT-015', { flags: 1, sealed: inner });
}

function damagedCases(suite: Suite, batch: Batch): void {
  const wrong = (name: string, title: string, about: string, rejects: string, datagram: string, params: JsonObject = {}): void =>
    batch.add({
      name: `${tag(suite)}/${name}`,
      title,
      kind: rejects === 'truncated' ? 'truncation' : 'range',
      operation: 'interpeer.packet.decode',
      params: { suite, datagram, ...params },
      about,
      rejects,
    });
  const whole = handmade(suite, { payload: '1402aabb' });
  for (const length of [0, 1, 4, 20, 43, 44, 48, 51])
    wrong(
      `${String(length)}-bytes`,
      `a datagram of ${String(length)} bytes`,
      'IPR-PKT-002',
      'truncated',
      handmade(suite, {}).slice(0, 2 * length),
    );
  for (const cut of [1, 4])
    wrong(
      `cut-by-${String(cut)}`,
      `a datagram that lacks the last ${String(cut)} byte(s) of its packet`,
      'IPR-PKT-005',
      'truncated',
      whole.slice(0, -2 * cut),
    );
  wrong('size-65535', 'a packet size of 65,535 in a short datagram', 'IPR-PKT-005', 'truncated', handmade(suite, { packetSize: 65535 }));
  for (const packetSize of [0, 1, 48, 51])
    wrong(`size-${String(packetSize)}`, `a packet size of ${String(packetSize)}`, 'IPR-PKT-004', 'malformed', sizedAs(suite, packetSize));
  const other = suite === 'interpeer-1' ? '0c229d94' : 'f635b997';
  for (const protocolId of [other, '00000000', 'deadd00d', handmade(suite, {}).slice(0, 6) + 'ff', 'ff' + handmade(suite, {}).slice(2, 8)])
    wrong(
      `protocol-${protocolId}`,
      `protocol id ${protocolId}`,
      'IPR-PKT-003',
      'unsupported',
      handmade(suite, { protocolId, payload: '1401aa' }),
    );
  wrong('protocol-not-expected', 'the protocol id of the suite, where another one is expected', 'IPR-PKT-003', 'unsupported', whole, {
    protocolId: 'deadd00d',
  });
  const covered = fromHex(whole.slice(0, -8));
  const reversed = Uint8Array.from(crc32c(covered)).reverse();
  const other32 = callPrimitive(INTERPEER_PRIMITIVES, 'crc32', new Map<string, Value>([['data', covered]])) as Uint8Array;
  const wrongFooters: readonly (readonly [name: string, title: string, footer: string])[] = [
    ['zero', 'a footer of zeros', '00000000'],
    ['reversed', 'a footer least significant byte first', toHex(reversed)],
    ['crc32', 'a footer of CRC32 (IEEE)', toHex(other32)],
    ['public-header-only', 'a footer over the public header alone', toHex(crc32c(covered.slice(0, PUBLIC_HEADER_LENGTH)))],
    ['without-header', 'a footer over everything except the public header', toHex(crc32c(covered.slice(PUBLIC_HEADER_LENGTH)))],
    ['with-footer', 'a footer over the packet with a footer of zeros', toHex(crc32c(concatBytes(covered, new Uint8Array(4))))],
  ];
  for (const [name, title, footer] of wrongFooters)
    wrong(`footer-${name}`, title, 'IPR-PKT-007', 'malformed', handmade(suite, { payload: '1402aabb', footer }));
  for (const at of [4, 36, 45, 49, 55])
    wrong(
      `damaged-at-${String(at)}`,
      `one bit of byte ${String(at)} is another`,
      'IPR-PKT-007',
      'malformed',
      flipped(handmade(suite, { payload: '1402aabb', padding: '00000000' }), at),
    );
  wrong(
    'footer-behind',
    'a correct footer after trailing bytes, and a wrong one where it belongs',
    'IPR-PKT-007',
    'malformed',
    handmade(suite, { footer: '00000000', behind: toHex(crc32c(fromHex(handmade(suite, { footer: '00000000' })))) }),
  );
  for (const [name, packet] of [
    ['by-1', { payload: '1401aa', payloadSize: 4 }],
    ['65535', { payloadSize: 65535 }],
    ['into-footer', { payload: '1401aa', padding: '0000', payloadSize: 9 }],
    ['into-trailing', { payloadSize: 8, behind: '00'.repeat(20) }],
  ] as const)
    wrong(`payload-size-${name}`, `a payload size that is too great (${name})`, 'IPR-PKT-008', 'malformed', handmade(suite, packet));
}

/** A datagram of 60 bytes that says a size below 52 and has a right footer for it, if there is room for one. */
function sizedAs(suite: Suite, packetSize: number): string {
  const front = handmade(suite, { packetSize, padding: '00'.repeat(8) });
  if (packetSize < ENVELOPE_LENGTH - 4) return front;
  const covered = front.slice(0, 2 * (packetSize - 4));
  return (covered + toHex(crc32c(fromHex(covered)))).padEnd(120, '0');
}

function flipped(hex: string, at: number): string {
  const bytes = fromHex(hex);
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  return toHex(bytes);
}

function encodeCases(oracle: Oracle, suite: Suite, batch: Batch): void {
  const address = { suite, sender: INITIATOR, recipient: RESPONDER, channelId: CHANNEL };
  const add = (name: string, params: JsonObject, more: Named): void => {
    const params2 = { ...address, ...params };
    batch.add({ ...more, name: `${tag(suite)}/${name}`, operation: 'interpeer.packet.encode', params: params2 });
    const answer = oracle.answer('interpeer.packet.encode', params2);
    // What is written can be read: the same packet, taken apart again.
    if (answer.kind === 'ok' && String(answer.value['datagram']).length < 4000)
      batch.add({
        name: `${tag(suite)}/written-${name}`,
        title: `as written: ${more.title}`,
        kind: 'example',
        operation: 'interpeer.packet.decode',
        params: {
          suite,
          datagram: answer.value['datagram'] ?? '',
          ...(params['protocolId'] === undefined ? {} : { protocolId: params['protocolId'] }),
        },
        ...(more.about === undefined
          ? {}
          : { about: more.about === 'IPR-PKT-010' || more.about === 'IPR-PKT-011' ? 'IPR-PKT-009' : more.about }),
        accepts: true,
      });
  };
  const right = (name: string, title: string, about: string, params: JsonObject): void =>
    add(name, params, { title, kind: 'example', about, accepts: true });
  right('example', 'a packet with one message', 'IPR-PKT-001', { sequenceNumber: 0x1234, payload: '1402aabb' });
  right('footer', 'the footer is CRC32C of what is in front of it', 'IPR-PKT-007', { sequenceNumber: 1, payload: '1401aa' });
  right('no-payload', 'no payload', 'IPR-PKT-014', { payload: '', channelId: DEFAULT_CHANNEL });
  right('spin', 'the spin bit', 'IPR-PKT-012', { sequenceNumber: 65535, payload: '1401aa', spin: true });
  right('no-spin', 'no flag at all', 'IPR-PKT-013', { sequenceNumber: 1, payload: '1401aa', spin: false });
  right('protocol-id', "a protocol id of one's own", 'IPR-PKT-003', { protocolId: 'deadd00d', payload: '1401aa' });
  for (const length of [1, 48, 253, 254, 255, 256, 300, 510])
    right(`padding-${String(length)}`, `${String(length)} bytes of padding`, suite === 'interpeer-1' ? 'IPR-PKT-011' : 'IPR-PKT-010', {
      payload: '1401aa',
      paddingLength: length,
    });
  const entropy = toHex(seededBytes('padding-entropy', 20));
  if (suite === 'interpeer-1')
    right('padding-entropy', 'padding of entropy', 'IPR-PKT-011', { payload: '1401aa', paddingEntropy: entropy });
  else
    add(
      'padding-entropy',
      { payload: '1401aa', paddingEntropy: entropy },
      { title: 'padding of entropy', kind: 'constant', about: 'IPR-PKT-010', rejects: 'unsupported' },
    );
  const sealed = toHex(seededBytes('sealed', 40));
  if (suite === 'interpeer-1') {
    right('sealed', 'an encrypted packet', 'IPR-PKT-015', { sealed });
    right('sealed-spin', 'an encrypted packet with the spin bit', 'IPR-PKT-012', { sealed, spin: true });
  } else add('sealed', { sealed }, { title: 'an encrypted packet', kind: 'constant', about: 'IPR-PKT-016', rejects: 'unsupported' });
  right('longest', 'a packet of 65,535 bytes', 'IPR-PKT-017', { payload: '1401aa', paddingLength: 65535 - ENVELOPE_LENGTH - 3 });
  const tooLong = (name: string, params: JsonObject): void =>
    add(name, params, { title: 'a packet of more than 65,535 bytes', kind: 'overflow', about: 'IPR-PKT-017', rejects: 'limit' });
  tooLong('too-long', { payload: '1401aa', paddingLength: 65536 - ENVELOPE_LENGTH - 3 });
  if (suite === 'interpeer-1') tooLong('sealed-too-long', { sealed: '00'.repeat(65536 - 48) });
}

function channelIdCases(batch: Batch): void {
  const join = 'interpeer.channelid.join';
  const split = 'interpeer.channelid.split';
  for (const suite of SUITES) {
    for (const halfOrder of [undefined, 'initiator-first', 'responder-first'] as const) {
      const order = halfOrder === undefined ? {} : { halfOrder };
      const isRefused = suite === 'interpeer-1' && halfOrder === 'responder-first';
      const more: Named = isRefused
        ? { title: "the responder's half first", kind: 'constant', about: 'IPR-PKT-019', rejects: 'unsupported' }
        : {
            title: `halves, ${halfOrder ?? 'order not given'}`,
            kind: 'example',
            about: halfOrder === 'responder-first' ? 'IPR-PKT-019' : 'IPR-PKT-018',
            accepts: true,
          };
      const name = `${tag(suite)}/${halfOrder ?? 'default'}`;
      batch.add({ ...more, name, operation: join, params: { suite, ...order, initiatorHalf: '1234', responderHalf: 'd00d' } });
      batch.add({ ...more, name, operation: split, params: { suite, ...order, channelId: CHANNEL } });
      if (isRefused) continue;
      const unset = { kind: 'boundary', about: 'IPR-PKT-020', accepts: true } as const;
      batch.add({ ...unset, name: `${name}/none`, title: 'no half is chosen', operation: join, params: { suite, ...order } });
      batch.add({
        ...unset,
        name: `${name}/none`,
        title: 'the halves of the default channel',
        operation: split,
        params: { suite, ...order, channelId: DEFAULT_CHANNEL },
      });
      if (halfOrder === undefined) continue;
      batch.add({
        ...unset,
        name: `${name}/initiator-only`,
        title: "the initiator's half is chosen",
        operation: join,
        params: { suite, ...order, initiatorHalf: '1234' },
      });
      batch.add({
        ...unset,
        name: `${name}/responder-only`,
        title: "the responder's half is chosen",
        operation: join,
        params: { suite, ...order, responderHalf: 'd00d' },
      });
      for (const channelId of ['1234f0f0', 'f0f01234', '12f0f034'])
        batch.add({
          ...unset,
          name: `${name}/${channelId}`,
          title: `the halves of ${channelId}`,
          operation: split,
          params: { suite, ...order, channelId },
        });
    }
  }
}

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'varint', fill: ({ oracle, batch }) => varintCases(oracle, batch) },
    {
      subject: 'packet',
      fill: ({ oracle, batch }) => {
        packetCases(oracle, batch);
        channelIdCases(batch);
      },
    },
  ],
  mutated: ['interpeer.varint.', 'interpeer.protocolid.', 'interpeer.packet.', 'interpeer.channelid.'],
};
