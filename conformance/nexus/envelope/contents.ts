/** The cases of contents: each field at its edge, each kind of body, and signatures that were made for something else. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { ALICE, BOB } from '../identity/people.ts';
import { smallOrderEncodings } from '../identity/odd-points.ts';
import {
  addressOf,
  CAROL,
  contentOf,
  GROUP_ID,
  MESSAGE_ID,
  messageOf,
  readingOf,
  SECRET,
  sealedByHand,
  signedByHand,
  signedContent,
  unsignedOf,
  utf8Hex,
  x25519Of,
} from './made.ts';

const [SIGN, READ, CHECK] = ['nexus.content.sign', 'nexus.content.read', 'nexus.content.check'] as const;
const ATTACHMENT_BODY = [
  toHex(seededBytes('nexus-object', 32)),
  '00100000',
  toHex(seededBytes('nexus-attachment-key', 32)),
  `0a00${utf8Hex('image/jpeg')}`,
  `0500${utf8Hex('a.jpg')}`,
].join('');

/** A kind, a body, and how it is named in vectors. */
interface Body {
  readonly name: string;
  readonly title: string;
  readonly kind: number;
  readonly body: string;
  readonly about: string;
  readonly rejects?: string;
}
// What begins well and ends badly, for every kind of first byte that the table of UTF-8 has.
const invalidUtf8 = [
  ...['80', 'c3', 'c0af', 'df7f', 'e09fbf', 'e180', 'eda080', 'ee80', 'ef', 'efbb', 'efbbbfff', 'efbf'],
  ...['f08fbfbf', 'f18080', 'f380', 'f4908080', 'f5808080', 'ff', '616263e282'],
];
const BODIES: readonly Body[] = [
  { name: 'text', title: 'a text', kind: 0, body: utf8Hex('Meet me at the lighthouse.'), about: 'NXS-CNT-005' },
  { name: 'attachment', title: 'an attachment', kind: 1, body: ATTACHMENT_BODY, about: 'NXS-CNT-005' },
  { name: 'application', title: 'what only the application understands', kind: 2, body: 'ff00fe', about: 'NXS-CNT-005' },
  { name: 'read', title: 'a message was read', kind: 3, body: MESSAGE_ID, about: 'NXS-CNT-005' },
  { name: 'leave', title: 'a group is left', kind: 4, body: GROUP_ID, about: 'NXS-CNT-005' },
  ...[5, 6, 127, 128, 255].map((kind): Body => ({
    name: `kind-${String(kind)}`,
    title: `the kind ${String(kind)}`,
    kind,
    body: '',
    about: 'NXS-CNT-005',
    rejects: 'unsupported',
  })),
  { name: 'empty-text', title: 'a text without a character', kind: 0, body: '', about: 'NXS-CNT-006' },
  { name: 'text-of-four-bytes', title: 'characters of one to four bytes', kind: 0, body: utf8Hex('aé€😀'), about: 'NXS-CNT-006' },
  { name: 'text-after-mark', title: 'a text that begins with a byte order mark', kind: 0, body: 'efbbbf61', about: 'NXS-CNT-006' },
  { name: 'text-with-nul', title: 'a text with NUL and a byte order mark', kind: 0, body: '00efbbbf00', about: 'NXS-CNT-006' },
  ...invalidUtf8.map((body): Body => ({
    name: `text-${body}`,
    title: 'a text that is not UTF-8',
    kind: 0,
    body,
    about: 'NXS-CNT-006',
    rejects: 'malformed',
  })),
  {
    name: 'attachment-cut',
    title: 'an attachment without the last byte of its name',
    kind: 1,
    body: ATTACHMENT_BODY.slice(0, -2),
    about: 'NXS-CNT-007',
    rejects: 'truncated',
  },
  {
    name: 'attachment-and-byte',
    title: 'an attachment and one byte more',
    kind: 1,
    body: `${ATTACHMENT_BODY}00`,
    about: 'NXS-CNT-007',
    rejects: 'trailing',
  },
  {
    name: 'attachment-with-nul',
    title: 'an attachment whose name ends with NUL',
    kind: 1,
    body: `${ATTACHMENT_BODY.slice(0, -2)}00`,
    about: 'NXS-CNT-008',
    rejects: 'malformed',
  },
  { name: 'empty-application', title: 'nothing for the application', kind: 2, body: '', about: 'NXS-CNT-005' },
  ...[
    [3, 16, 'the id of a message'],
    [4, 32, 'the id of a group'],
  ].flatMap(([kind, length, what]) =>
    [0, 15, 17, 31, 33]
      .filter((given) => Math.abs(given - Number(length)) === 1 || given === 0)
      .map((given): Body => ({
        name: `${kind === 3 ? 'read' : 'leave'}-of-${String(given)}`,
        title: `${String(what)} of ${String(given)} bytes`,
        kind: Number(kind),
        body: toHex(seededBytes('nexus-id', given)),
        about: 'NXS-CNT-009',
        rejects: given < Number(length) ? 'truncated' : 'trailing',
      })),
  ),
];

export function contentCases(oracle: Oracle, batch: Batch): void {
  bodyCases(oracle, batch);
  signCases(batch);
  readCases(oracle, batch);
  messageCases(oracle, batch);
}

function bodyCases(oracle: Oracle, batch: Batch): void {
  for (const { name, title, kind, body, about, rejects } of BODIES) {
    const verdict = rejects === undefined ? { accepts: true } : { rejects };
    const same = { name, title, kind: 'example' as const, about, ...verdict };
    batch.add({ ...same, operation: CHECK, params: { kind, body } });
    batch.add({ ...same, operation: SIGN, params: contentOf({ kind, body }), ...(rejects === undefined ? {} : { base: contentOf() }) });
    const unsigned = unsignedOf(kind, body);
    batch.add({
      ...same,
      operation: READ,
      params: readingOf(signedByHand(oracle, unsigned)),
      ...(rejects === undefined ? {} : { base: readingOf(signedContent(oracle)) }),
    });
  }
}

function signCases(batch: Batch): void {
  const accept = (name: string, title: string, changes: JsonObject, about: string): void =>
    batch.add({ name, title, kind: 'example', operation: SIGN, params: contentOf(changes), about, accepts: true });
  for (const created of ['0', '1', '255', '256', '1795824000000', '9007199254740993', '72623859790382856', '18446744073709551615'])
    accept(`created-${created}`, `created at ${created}`, { created }, 'NXS-CNT-010');
  accept('signed-by-bob', 'another sender', { seed: BOB.seed }, 'NXS-CNT-002');
  accept('to-carol', 'another recipient', { recipient: addressOf(CAROL) }, 'NXS-CNT-003');
  accept('in-another-envelope', 'another envelope', { ephemeralKey: x25519Of(CAROL.seed) }, 'NXS-CNT-003');
  for (const length of [0, 1, 100, 1024])
    accept(
      `body-of-${String(length)}`,
      `a body of ${String(length)} bytes`,
      { kind: 2, body: toHex(seededBytes('nexus-body', length)) },
      'NXS-CNT-002',
    );
  const refuse = (name: string, title: string, changes: JsonObject, about: string): void =>
    batch.add({
      name,
      title,
      kind: 'range',
      operation: SIGN,
      params: contentOf(changes),
      about,
      rejects: 'malformed',
      base: contentOf(),
    });
  for (const length of [0, 15, 17, 32])
    refuse(
      `message-id-of-${String(length)}`,
      `a message id of ${String(length)} bytes`,
      { messageId: toHex(seededBytes('nexus-message-id', length)) },
      'NXS-CNT-002',
    );
  for (const length of [15, 17, 32])
    refuse(
      `recipient-of-${String(length)}`,
      `an address of ${String(length)} bytes`,
      { recipient: toHex(seededBytes('nexus-address', length)) },
      'NXS-CNT-003',
    );
  for (const length of [31, 33])
    refuse(
      `ephemeral-key-of-${String(length)}`,
      `a key of the envelope of ${String(length)} bytes`,
      { ephemeralKey: toHex(seededBytes('nexus-key', length)) },
      'NXS-CNT-003',
    );
  for (const length of [31, 33])
    refuse(
      `seed-of-${String(length)}`,
      `a seed of ${String(length)} bytes`,
      { seed: toHex(seededBytes('nexus-seed', length)) },
      'NXS-IDN-002',
    );
}

function readCases(oracle: Oracle, batch: Batch): void {
  const right = signedContent(oracle);
  const accept = (name: string, title: string, params: JsonObject, about: string): void =>
    batch.add({ name, title, kind: 'example', operation: READ, params, about, accepts: true });
  const refuse = (name: string, title: string, params: JsonObject, about: string, rejects = 'unauthenticated'): void =>
    batch.add({
      name,
      title,
      kind: rejects === 'truncated' ? 'truncation' : 'example',
      operation: READ,
      params,
      about,
      rejects,
      base: readingOf(right),
    });
  for (const created of ['0', '1', '18446744073709551615'])
    accept(`created-${created}`, `created at ${created}`, readingOf(signedContent(oracle, { created })), 'NXS-CNT-010');
  accept('least', 'the shortest there is', readingOf(signedContent(oracle, { body: '' })), 'NXS-CNT-002');
  for (const type of ['00', '03', '80', 'ff'])
    refuse(
      `type-${type}`,
      `the type ${type}`,
      readingOf(signedByHand(oracle, `${type}${unsignedOf(0, '').slice(2)}`)),
      'NXS-CNT-001',
      'unsupported',
    );
  refuse('empty', 'nothing', readingOf(''), 'NXS-CNT-001', 'truncated');
  const least = signedContent(oracle, { body: '' });
  for (const cut of [1, 2, 32, 33, 40, 41, 56, 57, 58, 121])
    refuse(`cut-at-${String(cut)}`, `${String(cut)} bytes`, readingOf(least.slice(0, 2 * cut)), 'NXS-CNT-002', 'truncated');
  accept('kilt', 'an envelope of KILT', readingOf(`02${toHex(seededBytes('nexus-kilt', 90))}`), 'NXS-CNT-011');
  accept('kilt-of-a-byte', 'an envelope of KILT is not read here', readingOf('0200'), 'NXS-CNT-011');
  refuse('kilt-empty', 'KILT without an envelope', readingOf('02'), 'NXS-CNT-011', 'truncated');
  const wrong: readonly (readonly [name: string, title: string, params: JsonObject])[] = [
    ['to-carol', 'signed for another recipient', readingOf(signedContent(oracle, { recipient: addressOf(CAROL) }))],
    ['in-another-envelope', 'signed for another envelope', readingOf(signedContent(oracle, { ephemeralKey: x25519Of(CAROL.seed) }))],
    ['moved-to-another-envelope', 'read in another envelope', readingOf(right, { ephemeralKey: x25519Of(CAROL.seed) })],
    ['moved-to-carol', 'read by another recipient', readingOf(right, { recipient: addressOf(CAROL) })],
    ['signed-by-another', 'signed by another than it says', readingOf(signedByHand(oracle, unsignedOf(0, ''), CAROL))],
  ];
  for (const [name, title, params] of wrong) refuse(name, title, params, 'NXS-CNT-004');
  for (const [where, at] of [
    ['sender', 1],
    ['created', 33],
    ['message-id', 41],
    ['body', 58],
    ['signature', -64],
    ['end', -2],
  ] as const) {
    const bytes = fromHex(right);
    const index = at < 0 ? bytes.length + at : at;
    bytes[index] = (bytes[index] ?? 0) ^ 1;
    refuse(`bit-of-${where}`, `a bit of byte ${String(index)} is another`, readingOf(toHex(bytes)), 'NXS-CNT-004');
  }
  refuse('kind-changed', 'another kind than was signed', readingOf(`${right.slice(0, 114)}02${right.slice(116)}`), 'NXS-CNT-004');
  const unsigned = unsignedOf(0, '');
  for (const [name, title, purpose, message] of [
    ['other-purpose', 'signed for another purpose', 'nexus-1 announce', `${addressOf(BOB)}${x25519Of(SECRET)}${unsigned}`],
    ['unbound', 'signed without recipient and envelope', 'nexus-1 content', unsigned],
    ['recipient-alone', 'signed without the envelope', 'nexus-1 content', `${addressOf(BOB)}${unsigned}`],
    ['bound-in-other-order', 'the envelope comes first', 'nexus-1 content', `${x25519Of(SECRET)}${addressOf(BOB)}${unsigned}`],
  ] as const) {
    const signed = oracle.answer('nexus.signature.sign', { seed: ALICE.seed, purpose, message });
    const signature = signed.kind === 'ok' ? String(signed.value['signature']) : '';
    refuse(name, title, readingOf(`${unsigned}${signature}`), name === 'other-purpose' ? 'NXS-CNT-004' : 'NXS-CNT-003');
  }
  const [small] = smallOrderEncodings();
  if (small !== undefined)
    refuse(
      'sender-of-small-order',
      'a sender whose key is of small order',
      readingOf(`01${small.hex}${unsigned.slice(66)}${'00'.repeat(64)}`),
      'NXS-CNT-004',
    );
  for (const [name, changes] of [
    ['recipient-of-15', { recipient: addressOf(BOB).slice(2) }],
    ['ephemeral-key-of-33', { ephemeralKey: `${x25519Of(SECRET)}00` }],
  ] as const)
    refuse(name, name.replaceAll('-', ' '), readingOf(right, changes), 'NXS-CNT-003', 'malformed');
}

function messageCases(oracle: Oracle, batch: Batch): void {
  const [seal, open, room] = ['nexus.message.seal', 'nexus.message.open', 'nexus.message.room'] as const;
  const sealed = (changes: JsonObject = {}): string => {
    const answer = oracle.answer(seal, messageOf(changes));
    return answer.kind === 'ok' ? String(answer.value['envelope']) : '';
  };
  for (const { name, title, kind, body, rejects } of BODIES.filter((one) => one.rejects === undefined)) {
    if (rejects !== undefined) continue;
    batch.add({ name, title, kind: 'example', operation: seal, params: messageOf({ kind, body }), about: 'NXS-CNT-002', accepts: true });
    const params = { seed: BOB.seed, envelope: sealed({ kind, body }) };
    batch.add({ name, title, kind: 'example', operation: open, params, about: 'NXS-CNT-002', accepts: true });
  }
  const kilt = { seed: BOB.seed, envelope: sealedByHand(`02${toHex(seededBytes('nexus-kilt', 90))}`) };
  batch.add({
    name: 'kilt',
    title: 'an envelope of KILT',
    kind: 'example',
    operation: open,
    params: kilt,
    about: 'NXS-CNT-011',
    accepts: true,
  });
  const refuse = (name: string, title: string, envelope: string, about: string, rejects = 'unauthenticated', seed = BOB.seed): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: open,
      params: { seed, envelope },
      about,
      rejects,
      base: { seed: BOB.seed, envelope: sealed() },
    });
  // What Alice sealed to Bob, put by Bob into envelopes for Carol.
  const content = signedContent(oracle);
  refuse(
    'passed-on',
    'the recipient passes a content on to another',
    sealedByHand(content, { to: CAROL }),
    'NXS-CNT-004',
    'unauthenticated',
    CAROL.seed,
  );
  refuse(
    'sealed-again',
    'a content is sealed again in another envelope',
    sealedByHand(content, { secret: toHex(seededBytes('nexus-secret', 32)) }),
    'NXS-CNT-004',
  );
  refuse('of-carol', 'an envelope for another', sealed({ publicKey: CAROL.publicKey }), 'NXS-ENV-006');
  refuse('empty-content', 'an envelope without a content', sealedByHand(''), 'NXS-CNT-001', 'truncated');
  refuse('type-of-3', 'a content of another type', sealedByHand('03'), 'NXS-CNT-001', 'unsupported');
  refuse('cut', 'an envelope of 47 bytes', sealed().slice(0, 94), 'NXS-ENV-005', 'truncated');
  for (const length of [0, 48, 122, 169, 170, 171, 445, 465, 500, 65_535])
    batch.add({
      name: `of-${String(length)}`,
      title: `an envelope of ${String(length)} bytes`,
      kind: 'boundary',
      operation: room,
      params: { length },
      about: 'NXS-CNT-013',
      ...(length < 170 ? { rejects: 'limit' } : { accepts: true }),
    });
  for (const [lengthMax, bytes] of [
    [170, 0],
    [170, 1],
    [445, 274],
    [445, 275],
    [445, 276],
    [465, 295],
    [465, 296],
    [0, 0],
  ] as const) {
    const fits = bytes + 170 <= lengthMax;
    batch.add({
      name: `${String(bytes)}-in-${String(lengthMax)}`,
      title: `a body of ${String(bytes)} bytes in an envelope of at most ${String(lengthMax)}`,
      kind: fits ? 'boundary' : 'limit',
      operation: seal,
      params: messageOf({ kind: 2, body: toHex(seededBytes('nexus-body', bytes)), lengthMax }),
      about: 'NXS-CNT-014',
      ...(fits ? { accepts: true } : { rejects: 'limit' }),
    });
  }
}
