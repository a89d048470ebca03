/** The cases of chat messages, and of the ids of boxes and chats. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import { packetOfJson } from '../packet/build.ts';
import { ALICE, BOB, BOX, CAROL, CHAT, MESSAGE } from './samples.ts';

export function chatMessages(batch: Batch): void {
  const add = (name: string, json: Json, clause: string, body?: string, rejects?: string): void =>
    batch.add({
      name,
      title: `a chat message: ${name}`,
      kind: rejects === undefined ? 'example' : 'json',
      operation: 'e3x.chat.validate',
      params: { message: packetOfJson(json, body) },
      about: clause,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const bad = (name: string, json: Json, clause: string, body?: string): void => add(name, json, clause, body, 'malformed');
  const chat = { type: 'chat', id: MESSAGE, text: 'hello', after: CHAT };
  const profile = { type: 'profile', id: MESSAGE, text: 'Jeff' };
  const join = { type: 'join', id: MESSAGE, from: ALICE, after: CHAT };
  const ack = { type: 'ack', id: MESSAGE, ack: 'received' };
  add('chat/least', chat, 'E3X-TYP-027');
  add(
    'chat/most',
    { ...chat, text: '', chat: CHAT, state: 'composing', at: 1_394_162_554, refs: { ref: 'uri:foo' }, alts: { rtf: 'x', html: true } },
    'E3X-TYP-027',
    '00',
  );
  add('chat/alts-of-text', { ...chat, alts: { rtf: 'x' } }, 'E3X-TYP-027');
  add('chat/attached-nothing', { ...chat, alts: { rtf: true } }, 'E3X-TYP-027');
  for (const name of ['id', 'text', 'after'])
    bad(`chat/without-${name}`, Object.fromEntries(Object.entries(chat).filter(([n]) => n !== name)), 'E3X-TYP-027');
  for (const [name, more] of [
    ['text-number', { text: 1 }],
    ['id-short', { id: 'aaaa' }],
    ['after-unused-bit', { after: `${MESSAGE.slice(0, 12)}b` }],
    ['state-other', { state: 'asleep' }],
    ['at-negative', { at: -1 }],
    ['at-text', { at: '1' }],
    ['refs-number', { refs: { a: 1 } }],
    ['refs-list', { refs: [] }],
    ['alts-false', { alts: { a: false } }],
    ['other', { x: 1 }],
  ] as [string, JsonObject][])
    bad(`chat/${name}`, { ...chat, ...more }, 'E3X-TYP-027');
  bad('chat/body-unannounced', chat, 'E3X-TYP-027', '00');
  bad('chat/body-with-text-alone', { ...chat, alts: { rtf: 'x' } }, 'E3X-TYP-027', '00');
  add('profile/least', profile, 'E3X-TYP-028');
  add('profile/most', { ...profile, at: 0, refs: { pic: 'thtp:///x' }, aka: [BOB, CAROL] }, 'E3X-TYP-028', '00');
  for (const [name, more] of [
    ['text-null', { text: null }],
    ['aka-text', { aka: BOB }],
    ['aka-short', { aka: ['x'] }],
    ['after', { after: CHAT }],
  ] as [string, JsonObject][])
    bad(`profile/${name}`, { ...profile, ...more }, 'E3X-TYP-028');
  bad('profile/without-id', { type: 'profile', text: 'x' }, 'E3X-TYP-028');
  add('join/least', join, 'E3X-TYP-029', packetOfJson(profile));
  add('join/at', { ...join, at: 1 }, 'E3X-TYP-029', packetOfJson(profile, '00'));
  for (const [name, body] of [
    ['no-body', ''],
    ['no-packet', '00'],
    ['chat-inside', packetOfJson(chat)],
    ['bad-profile', packetOfJson({ ...profile, x: 1 })],
    ['unknown-inside', packetOfJson({ type: 'other' })],
  ] as const)
    bad(`join/${name}`, join, 'E3X-TYP-029', body);
  bad('join/from-short', { ...join, from: 'x' }, 'E3X-TYP-029', packetOfJson(profile));
  bad('join/without-after', { type: 'join', id: MESSAGE, from: ALICE }, 'E3X-TYP-029', packetOfJson(profile));
  for (const state of ['received', 'read', 'seen', 'logged', 'referred', 'saved', 'copied'])
    add(`ack/${state}`, { ...ack, ack: state }, 'E3X-TYP-030');
  for (const [name, json, body] of [
    ['other', { ...ack, ack: 'liked' }, ''],
    ['absent', { type: 'ack', id: MESSAGE }, ''],
    ['body', ack, '00'],
    ['more', { ...ack, at: 1 }, ''],
  ] as [string, JsonObject, string][])
    bad(`ack/${name}`, json, 'E3X-TYP-030', body);
  for (const type of ['connect', 'disconnect']) bad(`reserved/${type}`, { type, id: MESSAGE }, 'E3X-TYP-031');
  for (const type of ['', 'hello', 'CHAT', 'toString'])
    add(`unknown/${type === '' ? 'empty' : type}`, { type, id: MESSAGE }, 'E3X-TYP-031', '', 'unsupported');
  bad('no-type', { id: MESSAGE }, 'E3X-TYP-031');
  bad('type-number', { type: 1, id: MESSAGE }, 'E3X-TYP-031');
  for (const [name, message] of [
    ['empty', ''],
    ['no-head', '0000'],
    ['no-json', `0007${Buffer.from('{"a":1,').toString('hex')}`],
  ] as const)
    batch.add({
      name,
      title: `not a message: ${name}`,
      kind: 'json-bytes',
      operation: 'e3x.chat.validate',
      params: { message },
      about: 'E3X-TYP-031',
      rejects: 'malformed',
    });
}

export function idCases(oracle: Oracle, batch: Batch): void {
  const add = (operation: string, name: string, title: string, params: JsonObject, clause: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: rejects === undefined ? 'example' : 'range',
      operation,
      params,
      about: clause,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  for (const [name, sender, recipient] of [
    ['alice-bob', ALICE, BOB],
    ['bob-alice', BOB, ALICE],
    ['alice-alice', ALICE, ALICE],
    ['bob-carol', BOB, CAROL],
  ] as const)
    add('e3x.box.id', name, `the box of ${name}`, { sender, recipient }, 'E3X-TYP-046');
  const bad: [string, string][] = [
    ['empty', ''],
    ['short', ALICE.slice(1)],
    ['long', `${ALICE}a`],
    ['upper', ALICE.toUpperCase()],
    ['other-alphabet', `${ALICE.slice(0, 51)}1`],
    ['unused-bits', `${ALICE.slice(0, 51)}b`],
  ];
  for (const [name, text] of bad) {
    add(
      'e3x.box.id',
      `sender-${name}`,
      `the sender is not a hashname: ${name}`,
      { sender: text, recipient: BOB },
      'E3X-TYP-050',
      'malformed',
    );
    add(
      'e3x.box.id',
      `recipient-${name}`,
      `the recipient is not a hashname: ${name}`,
      { sender: ALICE, recipient: text },
      'E3X-TYP-050',
      'malformed',
    );
    add(
      'e3x.chat.ids',
      `hashname-${name}`,
      `not a hashname: ${name}`,
      { hashname: text, secret: '00', count: 1 },
      'E3X-TYP-050',
      'malformed',
    );
  }
  for (const length of [0, 1, 7, 8, 9, 15, 16, 255, 256, 257, 1400])
    add(
      'e3x.box.messageid',
      `length-${String(length)}`,
      `a message of ${String(length)} bytes`,
      { box: BOX, message: toHex(seededBytes(`box-message-${String(length)}`, length)) },
      'E3X-TYP-047',
    );
  for (const [name, box] of [
    ['empty', ''],
    ['short', BOX.slice(2)],
    ['long', `${BOX}00`],
  ] as const)
    add('e3x.box.messageid', `box-${name}`, `a box id of another length: ${name}`, { box, message: '00' }, 'E3X-TYP-047', 'malformed');
  for (const count of [1, 2, 3, 50])
    add(
      'e3x.chat.ids',
      `count-${String(count)}`,
      `${String(count)} ids`,
      { hashname: ALICE, secret: toHex(seededBytes('chat-secret', 16)), count },
      'E3X-TYP-048',
    );
  for (const length of [0, 8, 100])
    add(
      'e3x.chat.ids',
      `secret-${String(length)}`,
      `a secret of ${String(length)} bytes`,
      { hashname: BOB, secret: toHex(seededBytes('chat-secret-2', length)), count: 2 },
      'E3X-TYP-048',
    );
  const chain = oracle.answer('e3x.chat.ids', { hashname: ALICE, secret: toHex(seededBytes('chat-secret', 16)), count: 3 });
  if (chain.kind !== 'ok') throw new Error('no chain');
  const text = (hex: Json | undefined): string => {
    const answer = oracle.answer('e3x.base32.encode', { bytes: hex ?? '' });
    return answer.kind === 'ok' ? String(answer.value['text']) : '';
  };
  const [first = '', second = '', third = ''] = (chain.value['ids'] as readonly Json[]).map(text);
  const verify = (
    name: string,
    title: string,
    previous: string,
    id: string,
    clause: string,
    rejects?: string,
    hashname: string = ALICE,
  ): void => add('e3x.chat.verify', name, title, { hashname, previous, id }, clause, rejects);
  verify('follows', 'the second id', first, second, 'E3X-TYP-049');
  verify('follows-again', 'the third id', second, third, 'E3X-TYP-049');
  verify('replaces', 'the same id again', second, second, 'E3X-TYP-049');
  verify('backwards', 'the id before', second, first, 'E3X-TYP-049', 'unauthenticated');
  verify('skips', 'the id after the next', first, third, 'E3X-TYP-049', 'unauthenticated');
  verify('other-participant', 'the id of another participant', first, second, 'E3X-TYP-049', 'unauthenticated', BOB);
  verify('made-up', 'an id that was never derived', first, MESSAGE, 'E3X-TYP-049', 'unauthenticated');
  for (const [name, id] of [
    ['short', first.slice(1)],
    ['long', `${first}a`],
    ['upper', first.toUpperCase()],
    ['unused-bit', `${MESSAGE.slice(0, 12)}b`],
  ] as const) {
    verify(`id-${name}`, `not a message id: ${name}`, first, id, 'E3X-TYP-050', 'malformed');
    verify(`previous-${name}`, `the previous id is not a message id: ${name}`, id, first, 'E3X-TYP-050', 'malformed');
  }
  verify('hashname-short', 'not a hashname', first, second, 'E3X-TYP-050', 'malformed', ALICE.slice(1));
}
