/** The cases of Interpeer's messages. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { CHANNEL } from '../packet/handmade.ts';
import { SUITES, tag, type Suite } from '../packet/suites.ts';

interface Example {
  readonly name: string;
  readonly about: string;
  readonly message: JsonObject;
}

/** One of each message at least, with members whose bytes all differ. */
function exampleMessages(suite: Suite): readonly Example[] {
  const length = suite === 'interpeer-1' ? 8 : 4;
  const cookie = (name: string): string => toHex(seededBytes(`cookie|${name}`, length));
  const cookie1 = cookie('1');
  const cookie2 = cookie('2');
  const data = (n: number): JsonObject => ({ type: 'DATA', data: toHex(seededBytes(`data-${String(n)}`, n)) });
  const common: readonly Example[] = [
    { name: 'new', about: 'IPR-MSG-008', message: { type: 'CHANNEL_NEW', initiatorHalf: '1234', cookie1 } },
    { name: 'acknowledge', about: 'IPR-MSG-009', message: { type: 'CHANNEL_ACKNOWLEDGE', channelId: CHANNEL, cookie1, cookie2 } },
    { name: 'finalize', about: 'IPR-MSG-010', message: { type: 'CHANNEL_FINALIZE', channelId: CHANNEL, cookie2, capabilities: 0x0102 } },
    { name: 'cookie', about: 'IPR-MSG-011', message: { type: 'CHANNEL_COOKIE', cookie: cookie1, capabilities: 5 } },
    // The cookie repeats the bits, so that only their meaning is at stake, and not which of the two comes first.
    ...[0, 1, 2, 4, 7, 8, 0x8000, 0xffff].map((capabilities): Example => ({
      name: `capabilities-${capabilities.toString(16)}`,
      about: 'IPR-MSG-012',
      message: {
        type: 'CHANNEL_COOKIE',
        cookie: capabilities
          .toString(16)
          .padStart(4, '0')
          .repeat(length / 2),
        capabilities,
      },
    })),
    ...[0, 1, 127, 128, 300, 1140].map((n): Example => ({
      name: `data-${String(n)}`,
      about: n < 128 ? 'IPR-MSG-014' : 'IPR-MSG-001',
      message: data(n),
    })),
  ];
  if (suite === 'interpeer-0.1') return common;
  return [
    ...common,
    ...[0, 1, 255].map((reason): Example => ({
      name: `close-${String(reason)}`,
      about: 'IPR-MSG-013',
      message: { type: 'CHANNEL_CLOSE', reason },
    })),
    ...['', '80', '01', '0001', 'ff'.repeat(31) + '01'].map((bitmap): Example => ({
      name: `progress-${String(bitmap.length / 2)}-${bitmap.slice(0, 4)}`,
      about: 'IPR-MSG-015',
      message: { type: 'DATA_PROGRESS', nextSequenceNumber: 0x0102, bitmap },
    })),
    ...[0, 1, 0x0102, 32767].map((packetCount): Example => ({
      name: `window-${String(packetCount)}`,
      about: 'IPR-MSG-016',
      message: { type: 'DATA_RECEIVE_WINDOW', packetCount },
    })),
    ...[0, 1, 200].map((n): Example => ({
      name: `handshake-${String(n)}`,
      about: n < 128 ? 'IPR-MSG-020' : 'IPR-MSG-001',
      message: { type: 'HANDSHAKE', packet: toHex(seededBytes(`handshake-${String(n)}`, n)) },
    })),
    ...[0, 1, 200].map((n): Example => ({
      name: `key-offer-${String(n)}`,
      about: n < 128 ? 'IPR-MSG-020' : 'IPR-MSG-001',
      message: { type: 'KEY_OFFER', offer: toHex(seededBytes(`offer-${String(n)}`, n)) },
    })),
    ...['00', '0a1234', '20', toHex(seededBytes('sealed', 60))].map((sealed): Example => ({
      name: `start-encryption-${String(sealed.length / 2)}-${sealed.slice(0, 2)}`,
      about: 'IPR-MSG-021',
      message: { type: 'START_ENCRYPTION', sealed },
    })),
  ];
}

/** One of each message of a suite, all of zeros: what it shows does not depend on the order of members or of their bytes. */
function flatMessages(suite: Suite): readonly JsonObject[] {
  const cookie = '00'.repeat(suite === 'interpeer-1' ? 8 : 4);
  const all: readonly JsonObject[] = [
    { type: 'CHANNEL_NEW', initiatorHalf: '0000', cookie1: cookie },
    { type: 'CHANNEL_ACKNOWLEDGE', channelId: '00000000', cookie1: cookie, cookie2: cookie },
    { type: 'CHANNEL_FINALIZE', channelId: '00000000', cookie2: cookie, capabilities: 0 },
    { type: 'CHANNEL_COOKIE', cookie, capabilities: 0 },
    { type: 'DATA', data: '00' },
    { type: 'CHANNEL_CLOSE', reason: 0 },
    { type: 'DATA_PROGRESS', nextSequenceNumber: 0, bitmap: '' },
    { type: 'DATA_RECEIVE_WINDOW', packetCount: 0 },
    { type: 'HANDSHAKE', packet: '00' },
    { type: 'KEY_OFFER', offer: '00' },
    { type: 'START_ENCRYPTION', sealed: '00' },
  ];
  return suite === 'interpeer-1' ? all : all.slice(0, 5);
}

const ENCODE = 'interpeer.messages.encode';
const DECODE = 'interpeer.messages.decode';

function payloadOf(oracle: Oracle, suite: Suite, messages: readonly JsonObject[]): string {
  const answer = oracle.answer(ENCODE, { suite, messages });
  if (answer.kind !== 'ok') throw new Error(`messages of ${suite} were to be written: ${answer.class}`);
  return String(answer.value['payload']);
}

function messageCases(oracle: Oracle, batch: Batch): void {
  for (const suite of SUITES) {
    const examples = exampleMessages(suite);
    const both = (name: string, title: string, about: string, messages: readonly JsonObject[]): void => {
      batch.add({
        name: `${tag(suite)}/${name}`,
        title,
        kind: 'example',
        operation: ENCODE,
        params: { suite, messages },
        about,
        accepts: true,
      });
      batch.add({
        name: `${tag(suite)}/${name}`,
        title,
        kind: 'example',
        operation: DECODE,
        params: { suite, payload: payloadOf(oracle, suite, messages) },
        about,
        accepts: true,
      });
    };
    for (const { name, about, message } of examples) both(name, `${String(message['type'])} (${name})`, about, [message]);
    for (const message of flatMessages(suite))
      both(`type-of-${String(message['type'])}`, `the type of ${String(message['type'])}`, 'IPR-MSG-002', [message]);
    both('none', 'no messages at all', 'IPR-MSG-007', []);
    both('all', 'every message once, in one payload', 'IPR-MSG-007', flatMessages(suite));
    both('data-twice', 'two messages of one type', 'IPR-MSG-007', [
      { type: 'DATA', data: 'aa' },
      { type: 'DATA', data: 'bb' },
    ]);
    both(
      'proposals',
      'several channels proposed in one payload',
      'IPR-MSG-007',
      ['00', '11', 'ff'].map((byte) => ({
        type: 'CHANNEL_NEW',
        initiatorHalf: byte.repeat(2),
        cookie1: byte.repeat(suite === 'interpeer-1' ? 8 : 4),
      })),
    );
    cookieLengthCases(suite, batch);
    typeCases(suite, batch);
    truncatedCases(oracle, suite, batch);
  }
  ownMessageCases(oracle, batch);
}

/** Where a cookie ends decides what follows it. */
function cookieLengthCases(suite: Suite, batch: Batch): void {
  const length = suite === 'interpeer-1' ? 8 : 4;
  for (const behind of ['1401aa', '0a1111' + '11'.repeat(length)])
    batch.add({
      name: `${tag(suite)}/cookie-then-${behind.slice(0, 4)}`,
      title: `the next message begins after a cookie of ${String(length)} bytes`,
      kind: 'boundary',
      operation: DECODE,
      params: { suite, payload: `0a1111${'11'.repeat(length)}${behind}` },
      about: 'IPR-MSG-006',
      accepts: true,
    });
}

function typeCases(suite: Suite, batch: Batch): void {
  const refused = (name: string, title: string, payload: string): void =>
    batch.add({
      name: `${tag(suite)}/type-${name}`,
      title,
      kind: 'constant',
      operation: DECODE,
      params: { suite, payload },
      about: 'IPR-MSG-003',
      rejects: 'unsupported',
    });
  const foreign = suite === 'interpeer-1' ? [] : [14, 21, 22, 30, 31, 32];
  for (const type of [0, 1, 9, 15, 19, 23, 29, 33, 127, ...foreign])
    refused(String(type), `a type that ${suite} does not have: ${String(type)}`, `${type.toString(16).padStart(2, '0')}0201aa`);
  refused('138', 'a type of two bytes whose last is that of CHANNEL_NEW', '800a12340102030405060708');
  refused('behind', 'an unknown type after a message', '1401aa7fbeefb4be');
  refused('alone', 'an unknown type and nothing after it', '7f');
  batch.add({
    name: `${tag(suite)}/type-endless`,
    title: 'a type that does not end',
    kind: 'truncation',
    operation: DECODE,
    params: { suite, payload: '1401aa80' },
    about: 'IPR-VAR-003',
    rejects: 'truncated',
  });
  batch.add({
    name: `${tag(suite)}/type-too-great`,
    title: 'a type of more than 64 bits',
    kind: 'overflow',
    operation: DECODE,
    params: { suite, payload: 'ff'.repeat(10) },
    about: 'IPR-VAR-004',
    rejects: 'limit',
  });
  for (const type of ['PING', 'channel_new', '', ...(suite === 'interpeer-1' ? [] : ['CHANNEL_CLOSE', 'START_ENCRYPTION'])])
    batch.add({
      name: `${tag(suite)}/type-${type === '' ? 'empty' : type}`,
      title: `a type that ${suite} does not have: '${type}'`,
      kind: 'constant',
      operation: ENCODE,
      params: {
        suite,
        messages: [
          { type: 'DATA', data: 'aa' },
          { type, ...(type === 'CHANNEL_CLOSE' ? { reason: 1 } : type === 'START_ENCRYPTION' ? { sealed: 'aa' } : {}) },
        ],
      },
      about: 'IPR-MSG-003',
      rejects: 'unsupported',
    });
}

function truncatedCases(oracle: Oracle, suite: Suite, batch: Batch): void {
  const seen = new Set<string>();
  for (const { name, message } of exampleMessages(suite)) {
    const type = String(message['type']);
    // An empty START_ENCRYPTION is malformed and not truncated; every other type once.
    if (seen.has(type) || type === 'START_ENCRYPTION') continue;
    const payload = payloadOf(oracle, suite, [message]);
    const isVariable = ['DATA', 'DATA_PROGRESS', 'HANDSHAKE', 'KEY_OFFER'].includes(type);
    if (isVariable && payload.length < 8) continue;
    seen.add(type);
    const about = isVariable ? 'IPR-MSG-005' : 'IPR-MSG-004';
    const cuts = isVariable ? [payload.length - 2] : [2, payload.length - 2];
    for (const cut of new Set(cuts))
      batch.add({
        name: `${tag(suite)}/truncated-${name}-${String(cut / 2)}`,
        title: `${type} that ends after ${String(cut / 2)} of ${String(payload.length / 2)} bytes`,
        kind: 'truncation',
        operation: DECODE,
        params: { suite, payload: payload.slice(0, cut) },
        about,
        rejects: 'truncated',
      });
  }
  const longer: readonly (readonly [string, string])[] = [
    ['by-one', '1403aabb'],
    ['alone', '1401'],
    ['128', '148000aa'],
    ['64-bits', '1480fefefefefefefefe7faa'],
    ['behind-others', '1401aa14ff00bb'],
  ];
  for (const [name, payload] of longer)
    batch.add({
      name: `${tag(suite)}/length-beyond-${name}`,
      title: 'a length of more bytes than the payload has',
      kind: 'truncation',
      operation: DECODE,
      params: { suite, payload },
      about: 'IPR-MSG-005',
      rejects: 'truncated',
    });
  batch.add({
    name: `${tag(suite)}/length-missing`,
    title: 'a payload that ends where a length begins',
    kind: 'truncation',
    operation: DECODE,
    params: { suite, payload: '14' },
    about: 'IPR-VAR-003',
    rejects: 'truncated',
  });
  batch.add({
    name: `${tag(suite)}/length-too-great`,
    title: 'a length of more than 64 bits',
    kind: 'overflow',
    operation: DECODE,
    params: { suite, payload: `14${'ff'.repeat(10)}` },
    about: 'IPR-VAR-004',
    rejects: 'limit',
  });
}

/** What only the messages of our own can be wrong about. */
function ownMessageCases(oracle: Oracle, batch: Batch): void {
  const suite = 'interpeer-1';
  const refused = (name: string, title: string, about: string, rejects: string, payload: string): void =>
    batch.add({ name: `v1/${name}`, title, kind: 'range', operation: DECODE, params: { suite, payload }, about, rejects });
  const unwritten = (name: string, title: string, about: string, rejects: string, messages: readonly Json[]): void =>
    batch.add({ name: `v1/${name}`, title, kind: 'range', operation: ENCODE, params: { suite, messages }, about, rejects });
  const progress = (bitmap: string): JsonObject => ({ type: 'DATA_PROGRESS', nextSequenceNumber: 1, bitmap });
  for (const [name, body] of [
    ['empty', ''],
    ['1-byte', '01'],
  ] as const)
    refused(
      `progress-${name}`,
      'a body of DATA_PROGRESS without room for a sequence number',
      'IPR-MSG-015',
      'truncated',
      `150${String(body.length / 2)}${body}`,
    );
  for (const bitmap of ['00', '8000', '0000', 'ff'.repeat(31) + '00']) {
    refused(
      `progress-zero-${String(bitmap.length / 2)}-${bitmap.slice(0, 4)}`,
      'a bitmap whose last byte is zero',
      'IPR-MSG-018',
      'non-canonical',
      `15${(2 + bitmap.length / 2).toString(16).padStart(2, '0')}0001${bitmap}`,
    );
    unwritten(
      `progress-zero-${String(bitmap.length / 2)}-${bitmap.slice(0, 4)}`,
      'a bitmap whose last byte is zero',
      'IPR-MSG-018',
      'non-canonical',
      [progress(bitmap)],
    );
  }
  for (const length of [33, 64]) {
    const bitmap = 'ff'.repeat(length);
    refused(
      `progress-${String(length)}-bytes`,
      `a bitmap of ${String(length)} bytes`,
      'IPR-MSG-017',
      'limit',
      `15${(2 + length).toString(16)}0001${bitmap}`,
    );
    unwritten(`progress-${String(length)}-bytes`, `a bitmap of ${String(length)} bytes`, 'IPR-MSG-017', 'limit', [progress(bitmap)]);
  }
  for (const packetCount of [32768, 65535]) {
    refused(
      `window-${String(packetCount)}`,
      `a window of ${String(packetCount)}`,
      'IPR-MSG-019',
      'malformed',
      `16${packetCount.toString(16)}`,
    );
    unwritten(`window-${String(packetCount)}`, `a window of ${String(packetCount)}`, 'IPR-MSG-019', 'malformed', [
      { type: 'DATA_RECEIVE_WINDOW', packetCount },
    ]);
  }
  refused('start-encryption-last', 'START_ENCRYPTION and nothing after it', 'IPR-MSG-021', 'malformed', '20');
  refused(
    'start-encryption-last-of-two',
    'START_ENCRYPTION after a message and nothing after it',
    'IPR-MSG-021',
    'malformed',
    '1e02aabb20',
  );
  unwritten('start-encryption-empty', 'START_ENCRYPTION with an empty sealed part', 'IPR-MSG-021', 'malformed', [
    { type: 'START_ENCRYPTION', sealed: '' },
  ]);
  unwritten('start-encryption-not-last', 'a message after START_ENCRYPTION', 'IPR-MSG-021', 'malformed', [
    { type: 'START_ENCRYPTION', sealed: 'aabb' },
    { type: 'DATA', data: 'aa' },
  ]);
  unwritten('start-encryption-twice', 'START_ENCRYPTION twice', 'IPR-MSG-021', 'malformed', [
    { type: 'START_ENCRYPTION', sealed: 'aabb' },
    { type: 'START_ENCRYPTION', sealed: 'aabb' },
  ]);
  const payload = payloadOf(oracle, suite, [
    { type: 'HANDSHAKE', packet: 'aabb' },
    { type: 'START_ENCRYPTION', sealed: '1401aa1402' },
  ]);
  batch.add({
    name: 'v1/start-encryption-not-parsed',
    title: 'a sealed part that looks like messages but is not',
    kind: 'example',
    operation: DECODE,
    params: { suite, payload },
    about: 'IPR-MSG-021',
    accepts: true,
  });
}

export const vectors: TopicVectors = {
  subjects: [{ subject: 'messages', fill: ({ oracle, batch }) => messageCases(oracle, batch) }],
  mutated: ['interpeer.messages.'],
};
