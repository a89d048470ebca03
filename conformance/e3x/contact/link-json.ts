/** The cases of links as JSON and as JSON Web Keys. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { textHex } from '../packet/build.ts';
import {
  BAD_PATHS,
  GOOD_PATHS,
  HASHNAME,
  HTTP,
  KEY_1A,
  KEY_1A_TEXT,
  KEY_3A,
  KEY_3A_TEXT,
  OTHER,
  PEER,
  RADIO,
  UDP4,
  UDP6,
} from './samples.ts';

const LINK: JsonObject = { keys: { '3a': KEY_3A_TEXT }, paths: [UDP4] };
const BOTH: JsonObject = { '1a': KEY_1A_TEXT, '3a': KEY_3A_TEXT };
/** Of KEY_1A and KEY_3A. */
const HASHNAME_OF_BOTH = 'ltpiqslq4nsnuswf6jzhvnnlyydwqnpecsulknbccbzfau6lbnkq';
const LENGTH_MAX = 8192;

/** How the cases of one operation that reads bytes of JSON are added. */
interface Reading {
  readonly takes: (name: string, json: Json | string, clause: string) => void;
  readonly refuses: (name: string, json: Json | string, clause: string, rejects?: string) => void;
}

function reading(batch: Batch, operation: string, param: string, what: string): Reading {
  const hex = (json: Json | string): string => textHex(typeof json === 'string' ? json : JSON.stringify(json));
  return {
    takes: (name, json, about) =>
      batch.add({ name, title: `${what}: ${name}`, kind: 'example', operation, params: { [param]: hex(json) }, about, accepts: true }),
    refuses: (name, json, about, rejects = 'malformed') =>
      batch.add({ name, title: `no ${what}: ${name}`, kind: 'json', operation, params: { [param]: hex(json) }, about, rejects }),
  };
}

/** An object padded by a member of its own to exactly so many bytes. */
function padded(json: JsonObject, length: number): string {
  const bare = JSON.stringify({ ...json, pad: '' }).length;
  return JSON.stringify({ ...json, pad: 'x'.repeat(length - bare) });
}

/** What both readers refuse of the text itself. */
function texts({ takes, refuses }: Reading, valid: JsonObject, kept: string): void {
  const text = JSON.stringify(valid);
  takes('line-feed', `${text}\n`, 'E3X-CON-002');
  takes('space-around', ` \t\r\n${text}\r\n\t `, 'E3X-CON-002');
  takes('space-before', ` ${text}`, 'E3X-CON-002');
  takes('spaced', JSON.stringify(valid, null, 2), 'E3X-CON-002');
  for (const [name, bad] of [
    ['nothing', ''],
    ['only-space', ' \n'],
    ['array', `[${text}]`],
    ['text', '"x"'],
    ['number', '1'],
    ['null', 'null'],
    ['cut', text.slice(0, -1)],
    ['two', `${text}${text}`],
    ['trailing', `${text}x`],
    ['byte-order-mark', `\ufeff${text}`],
    ['form-feed', `${text}\f`],
    ['no-break-space', `\u00a0${text}`],
    ['duplicate', `${text.slice(0, -1)},"z":1,"z":1}`],
    ['surrogate', `${text.slice(0, -1)},"z":"\\ud800"}`],
    ['noncharacter', `${text.slice(0, -1)},"z":"\\uffff"}`],
    ['number-range', `${text.slice(0, -1)},"z":9007199254740992}`],
    ['comment', `${text.slice(0, -1)}/**/}`],
  ] as const)
    refuses(name, bad, 'E3X-CON-002');
  takes('longest', padded(valid, LENGTH_MAX), kept);
  refuses('too-long', padded(valid, LENGTH_MAX + 1), 'E3X-CON-010', 'limit');
}

function paths({ takes, refuses }: Reading, withPaths: (paths: Json) => JsonObject, clause: string): void {
  takes('no-path', withPaths([]), clause);
  takes('many-paths', withPaths([UDP6, UDP4, HTTP, PEER, UDP4]), clause);
  for (const [name, path] of GOOD_PATHS) takes(`path-${name}`, withPaths([path]), name.startsWith('unknown') ? 'E3X-CON-007' : clause);
  for (const [name, path] of BAD_PATHS) refuses(`path-${name}`, withPaths([path as Json]), 'E3X-TYP-011');
  refuses('second-path-bad', withPaths([UDP4, { type: 'udp4' }]), 'E3X-TYP-011');
  takes('path-peer-as-peer', withPaths([{ peer: OTHER, type: 'peer' }]), 'E3X-CON-008');
  takes('path-peer-as-peer-uri', withPaths([{ peer: OTHER, type: 'peer', uri: 'x:y' }]), 'E3X-CON-008');
}

const NO_TEXTS: readonly (readonly [name: string, value: Json])[] = [
  ['number', 1],
  ['null', null],
  ['list', ['aa']],
  ['object', {}],
  ['boolean', true],
];
const BAD_BASE32: readonly (readonly [name: string, text: string, rejects: string, clause: string])[] = [
  ['padded', `${KEY_3A_TEXT}====`, 'malformed', 'E3X-B32-002'],
  ['foreign', `${KEY_3A_TEXT.slice(0, -1)}1`, 'malformed', 'E3X-B32-003'],
  ['hex', KEY_3A, 'malformed', 'E3X-B32-003'],
  ['length', `${KEY_3A_TEXT}aa`, 'malformed', 'E3X-B32-006'],
  ['uppercase', KEY_3A_TEXT.toUpperCase(), 'non-canonical', 'E3X-B32-004'],
  ['unused-bits', `${KEY_3A_TEXT.slice(0, -1)}r`, 'non-canonical', 'E3X-B32-005'],
];

export function linkJsonCases(batch: Batch): void {
  const read = reading(batch, 'e3x.linkjson.read', 'json', 'link');
  const { takes, refuses } = read;
  takes('shortest', { keys: { '3a': 'ae' }, paths: [] }, 'E3X-CON-001');
  takes('in-another-order', { hashname: HASHNAME, paths: [UDP4], keys: { '3a': KEY_3A_TEXT } }, 'E3X-CON-005');
  for (const name of ['keys', 'paths'])
    refuses(`without-${name}`, Object.fromEntries(Object.entries(LINK).filter(([member]) => member !== name)), 'E3X-CON-001');
  for (const [name, value] of [
    ['null', null],
    ['list', [KEY_3A_TEXT]],
    ['text', KEY_3A_TEXT],
    ['number', 3],
  ] as const)
    refuses(`keys-${name}`, { ...LINK, keys: value }, 'E3X-CON-003');
  for (const [name, value] of [
    ['null', null],
    ['object', UDP4],
    ['text', 'udp4'],
  ] as const)
    refuses(`paths-${name}`, { ...LINK, paths: value }, 'E3X-CON-001');
  texts(read, LINK, 'E3X-CON-009');
  refuses('keys-empty', { ...LINK, keys: {} }, 'E3X-CON-003');
  takes('keys-two', { ...LINK, keys: BOTH }, 'E3X-CON-003');
  takes('keys-experimental', { ...LINK, keys: { '01': KEY_3A_TEXT, 'ff': 'ae' } }, 'E3X-CON-003');
  for (const csid of ['00', '3A', '3', '3aa', 'cs3a', '', '3g', ' 3a'])
    refuses(`csid-${csid === '' ? 'empty' : csid}`, { ...LINK, keys: { '1a': KEY_1A_TEXT, [csid]: KEY_3A_TEXT } }, 'E3X-CON-003');
  refuses('key-empty', { ...LINK, keys: { '3a': '' } }, 'E3X-CON-003');
  for (const [name, value] of NO_TEXTS) refuses(`key-${name}`, { ...LINK, keys: { '3a': value } }, 'E3X-CON-003');
  for (const [name, text, rejects, clause] of BAD_BASE32) refuses(`key-${name}`, { ...LINK, keys: { '3a': text } }, clause, rejects);
  takes('hashname', { ...LINK, hashname: HASHNAME }, 'E3X-CON-005');
  takes('hashname-of-more-keys', { ...LINK, hashname: OTHER }, 'E3X-CON-005');
  takes('hashname-of-two', { ...LINK, keys: BOTH, hashname: HASHNAME_OF_BOTH }, 'E3X-CON-006');
  refuses('two-keys-of-another', { ...LINK, keys: BOTH, hashname: OTHER }, 'E3X-CON-006');
  refuses('two-keys-one-of-another', { ...LINK, keys: BOTH, hashname: HASHNAME }, 'E3X-CON-006');
  for (const [name, value] of NO_TEXTS) refuses(`hashname-${name}`, { ...LINK, hashname: value }, 'E3X-CON-004');
  for (const [name, value] of [
    ['empty', ''],
    ['short', HASHNAME.slice(1)],
    ['long', `${HASHNAME}a`],
    ['uppercase', HASHNAME.toUpperCase()],
    ['foreign', `${HASHNAME.slice(0, -1)}1`],
    ['unused-bits', `${HASHNAME.slice(0, -1)}b`],
  ] as const)
    refuses(`hashname-${name}`, { ...LINK, hashname: value }, 'E3X-CON-004');
  paths(read, (given) => ({ ...LINK, paths: given }), 'E3X-CON-001');
  takes('more', { ...LINK, name: 'a lamp', at: 12, note: null, deep: { keys: [1.5] } }, 'E3X-CON-009');
  takes('more-proto', `${JSON.stringify(LINK).slice(0, -1)},"__proto__":{"x":1}}`, 'E3X-CON-009');
  writing(batch);
}

function writing(batch: Batch): void {
  const operation = 'e3x.linkjson.write';
  const add = (name: string, params: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title: rejects === undefined ? `a link: ${name}` : `not written: ${name}`,
      kind: rejects === undefined ? 'example' : 'range',
      operation,
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const keys = { '3a': KEY_3A };
  const link = { keys, paths: [UDP4] };
  add('one-key', link, 'E3X-CON-011');
  add('two-keys', { keys: { '3a': KEY_3A, '1a': KEY_1A }, paths: [] }, 'E3X-CON-011');
  add('hashname', { ...link, hashname: HASHNAME }, 'E3X-CON-011');
  add('hashname-of-more-keys', { ...link, hashname: OTHER }, 'E3X-CON-005');
  add('paths', { keys, paths: [RADIO, PEER, UDP6, UDP4] }, 'E3X-CON-011');
  add('path-peer-as-peer', { keys, paths: [{ type: 'peer', peer: OTHER }] }, 'E3X-CON-008');
  add('more', { ...link, more: { name: 'a lamp', deep: { keys: 1 } } }, 'E3X-CON-011');
  add('more-empty', { ...link, more: {} }, 'E3X-CON-011');
  add('no-keys', { ...link, keys: {} }, 'E3X-HSN-010', 'malformed');
  add('csid-zero', { ...link, keys: { '00': KEY_3A } }, 'E3X-HSN-007', 'malformed');
  add('csid-uppercase', { ...link, keys: { '3A': KEY_3A } }, 'E3X-HSN-008', 'malformed');
  add('csid-long', { ...link, keys: { '3aa': KEY_3A } }, 'E3X-HSN-008', 'malformed');
  add('key-empty', { ...link, keys: { '3a': '' } }, 'E3X-HSN-012', 'malformed');
  add('hashname-short', { ...link, hashname: 'x' }, 'E3X-CON-004', 'malformed');
  add('two-keys-of-another', { ...link, keys: { '3a': KEY_3A, '1a': KEY_1A }, hashname: OTHER }, 'E3X-CON-006', 'malformed');
  for (const name of ['keys', 'paths', 'hashname'])
    add(`more-${name}`, { ...link, more: { [name]: name === 'hashname' ? HASHNAME : (LINK[name] ?? null) } }, 'E3X-CON-012', 'malformed');
  add('more-noncharacter', { ...link, more: { name: '\uffff' } }, 'E3X-CON-002', 'malformed');
  for (const [name, path] of BAD_PATHS)
    if (typeof path === 'object' && path !== null && !Array.isArray(path))
      add(`path-${name}`, { keys, paths: [path as JsonObject] }, 'E3X-TYP-011', 'malformed');
  const bare = JSON.stringify({ keys: { '3a': KEY_3A_TEXT }, paths: [], hashname: HASHNAME, pad: '' }).length;
  const pad = (length: number): JsonObject => ({ keys, paths: [], more: { pad: 'x'.repeat(length - bare) } });
  add('longest', pad(LENGTH_MAX), 'E3X-CON-011');
  add('too-long', pad(LENGTH_MAX + 1), 'E3X-CON-010', 'limit');
}

export function linkJwkCases(batch: Batch): void {
  const read = reading(batch, 'e3x.linkjwk.read', 'jwk', 'JSON Web Key');
  const { takes, refuses } = read;
  const jwk: JsonObject = { kty: 'hashname', kid: HASHNAME, use: 'link', cs3a: KEY_3A_TEXT };
  const without = (name: string): JsonObject => Object.fromEntries(Object.entries(jwk).filter(([member]) => member !== name));
  takes('one-key', jwk, 'E3X-CON-014');
  takes('two-keys', { cs3a: KEY_3A_TEXT, use: 'link', kid: HASHNAME_OF_BOTH, cs1a: KEY_1A_TEXT, kty: 'hashname' }, 'E3X-CON-015');
  for (const name of ['kty', 'use']) {
    refuses(`without-${name}`, without(name), 'E3X-CON-013');
    for (const [kind, value] of [...NO_TEXTS, ['empty', ''], ['other', name === 'kty' ? 'OKP' : 'sig'], ['case', 'Link']] as const)
      refuses(`${name}-${kind}`, { ...jwk, [name]: value }, 'E3X-CON-013');
  }
  refuses('without-kid', without('kid'), 'E3X-CON-014');
  for (const [kind, value] of [...NO_TEXTS, ['empty', ''], ['other', OTHER], ['uppercase', HASHNAME.toUpperCase()]] as const)
    refuses(`kid-${kind}`, { ...jwk, kid: value }, 'E3X-CON-014');
  refuses('kid-of-one-of-two', { ...jwk, cs1a: KEY_1A_TEXT }, 'E3X-CON-014');
  refuses('no-key', without('cs3a'), 'E3X-HSN-010');
  for (const name of ['cs00', 'cs3A', 'csFF']) refuses(`name-${name}`, { ...jwk, [name]: KEY_3A_TEXT }, 'E3X-CON-015');
  refuses('key-empty', { ...jwk, cs3a: '' }, 'E3X-HSN-012');
  for (const [name, value] of NO_TEXTS) refuses(`key-${name}`, { ...jwk, cs3a: value }, 'E3X-CON-015');
  for (const [name, text, rejects, clause] of BAD_BASE32) refuses(`key-${name}`, { ...jwk, cs3a: text }, clause, rejects);
  for (const [name, value] of [
    ['null', null],
    ['object', UDP4],
    ['text', 'udp4'],
  ] as const)
    refuses(`paths-${name}`, { ...jwk, paths: value }, 'E3X-CON-016');
  paths(read, (given) => ({ ...jwk, paths: given }), 'E3X-CON-016');
  for (const name of ['cs3', 'cs3aa', 'CS3a', 'cs3g', 'csid', 'alg', 'keys', 'hashname', 'xcs3a'])
    takes(`other-${name}`, { ...jwk, [name]: name === 'keys' ? {} : 'x' }, 'E3X-CON-017');
  texts(read, jwk, 'E3X-CON-017');
  const operation = 'e3x.linkjwk.write';
  const add = (name: string, params: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title: rejects === undefined ? `a JSON Web Key: ${name}` : `not written: ${name}`,
      kind: rejects === undefined ? 'example' : 'range',
      operation,
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  add('one-key', { keys: { '3a': KEY_3A } }, 'E3X-CON-018');
  add('two-keys', { keys: { '3a': KEY_3A, '1a': KEY_1A }, paths: [] }, 'E3X-CON-018');
  add('paths', { keys: { '3a': KEY_3A }, paths: [UDP4, RADIO] }, 'E3X-CON-018');
  add('path-peer-as-peer', { keys: { '3a': KEY_3A }, paths: [{ type: 'peer', peer: OTHER }] }, 'E3X-CON-008');
  add('no-keys', { keys: {} }, 'E3X-HSN-010', 'malformed');
  add('csid-zero', { keys: { '00': KEY_3A } }, 'E3X-HSN-007', 'malformed');
  add('csid-uppercase', { keys: { '3A': KEY_3A } }, 'E3X-HSN-008', 'malformed');
  add('csid-long', { keys: { '3aa': KEY_3A } }, 'E3X-HSN-008', 'malformed');
  add('key-empty', { keys: { '3a': '' } }, 'E3X-HSN-012', 'malformed');
  add('path-bad', { keys: { '3a': KEY_3A }, paths: [{ type: 'udp4' }] }, 'E3X-TYP-011', 'malformed');
  const bare = JSON.stringify({ kty: 'hashname', kid: HASHNAME, use: 'link', cs3a: KEY_3A_TEXT, paths: [{ type: 'x', pad: '' }] }).length;
  const pad = (length: number): JsonObject => ({ keys: { '3a': KEY_3A }, paths: [{ type: 'x', pad: 'x'.repeat(length - bare) }] });
  add('longest', pad(LENGTH_MAX), 'E3X-CON-018');
  add('too-long', pad(LENGTH_MAX + 1), 'E3X-CON-010', 'limit');
}
