/** The cases of handshakes: what they say, and each way to say it wrong. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { memberOf } from '../../generate/result.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import { fillHead, lob, utf8 } from '../packet/build.ts';
import { CSIDS, evidenceOf } from './evidence.ts';
import type { Csid } from '../message/evidence.ts';

/** A packet with a JSON head, which can be wrong JSON on purpose. */
const jsonPacket = (json: JsonObject | string, body = ''): string =>
  lob(utf8(typeof json === 'string' ? json : JSON.stringify(json)), fromHex(body));

/** What handshakes say, and each way to say it wrong. */
export function handshakeCases(root: string, oracle: Oracle, batch: Batch): void {
  const evidence = evidenceOf(root);
  const keys: { readonly [csid in Csid]: string } = {
    '1a': evidence['1a'].keys['A']?.key ?? '',
    '2a': evidence['2a'].keys['A']?.key ?? '',
    '3a': evidence['3a'].keys['A']?.key ?? '',
  };
  linkCases(batch, keys);
  readCases(oracle, batch, keys);
  refusedLinks(oracle, batch, keys);
  refusedHeads(batch);
  // The high-level API of e3x-js makes handshakes of the type `key`, as earlier versions of the documents had them.
  for (const csid of CSIDS) {
    const { json, body } = evidence[csid].highLevel.handshakeAinner;
    batch.add({
      name: `e3x-js-key-${csid}`,
      title: `a handshake of the type key, as e3x-js makes them (${csid})`,
      kind: 'example',
      operation: 'e3x.handshake.read',
      params: { csid, inner: jsonPacket(json, body) },
      about: 'E3X-HSK-015',
      accepts: true,
      published: 'e3x-js',
    });
    for (const { from, inner } of evidence[csid].handshakes)
      batch.add({
        name: `e3x-js-bare-${csid}-${from}`,
        title: `a link whose BODY is the key itself, not a packet (${csid}, ${from})`,
        kind: 'truncation',
        operation: 'e3x.handshake.read',
        params: { csid, inner },
        about: 'E3X-HSK-005',
        rejects: 'truncated',
      });
  }
}

function linkCases(batch: Batch, keys: { readonly [csid in Csid]: string }): void {
  const operation = 'e3x.handshake.link';
  const add = (name: string, title: string, params: JsonObject, about = 'E3X-HSK-016'): void =>
    batch.add({ name, title, kind: 'example', operation, params, about, accepts: true });
  for (const csid of CSIDS) {
    add(`${csid}-alone`, `one key, of ${csid}`, { csid, keys: { [csid]: keys[csid] }, at: 1 }, 'E3X-HSK-006');
    add(`${csid}-of-three`, `three keys, a link of ${csid}`, { csid, keys, at: 123456789 }, 'E3X-HSK-009');
    add(`${csid}-in-the-open`, `without a message around it, ${csid}`, { csid, keys, at: 123456789, encrypted: false }, 'E3X-HSK-012');
  }
  add('z', 'with compression', { csid: '3a', keys, at: 2, z: 1 });
  add('z-zero', 'with the default compression named', { csid: '3a', keys, at: 2, z: 0 });
  add('all', 'every member', { csid: '1a', keys, at: 2, z: 2, encrypted: false });
  add('ascending', 'intermediates ascend by CSID, whatever the order of the keys', {
    csid: '3a',
    keys: { 'ff': '01', '3a': keys['3a'], '0a': '02', '10': '03', '01': '04' },
    at: 5,
  });
  for (const at of [1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER])
    add(`at-${String(at)}`, `at ${String(at)}`, { csid: '3a', keys: { '3a': keys['3a'] }, at }, 'E3X-HSK-004');
  const refuse = (name: string, title: string, params: JsonObject, about: string): void =>
    batch.add({ name, title, kind: 'range', operation, params, about, rejects: 'malformed' });
  refuse('at-zero', 'at 0', { csid: '3a', keys, at: 0 }, 'E3X-HSK-004');
  refuse('key-missing', 'no key of the cipher set', { csid: '3a', keys: { '1a': keys['1a'] }, at: 1 }, 'E3X-HSK-018');
  refuse('no-keys', 'no key at all', { csid: '3a', keys: {}, at: 1 }, 'E3X-HSK-018');
  refuse('key-empty', 'an empty key', { csid: '3a', keys: { '3a': keys['3a'], '1a': '' }, at: 1 }, 'E3X-HSN-012');
  refuse('key-of-00', 'a key of CSID 00', { csid: '3a', keys: { '3a': keys['3a'], '00': '01' }, at: 1 }, 'E3X-HSN-007');
  refuse(
    'key-of-no-csid',
    'a key under something that is not a CSID',
    { csid: '3a', keys: { '3a': keys['3a'], '1A': '01' }, at: 1 },
    'E3X-HSN-008',
  );
  for (const csid of ['00', '3A', 'cs3a', ''])
    refuse(
      `csid-${csid === '' ? 'empty' : csid}`,
      `a CSID written ${JSON.stringify(csid)}`,
      { csid, keys: { [csid]: '01' }, at: 1 },
      'E3X-MSG-006',
    );
}

function readCases(oracle: Oracle, batch: Batch, keys: { readonly [csid in Csid]: string }): void {
  const operation = 'e3x.handshake.read';
  const add = (name: string, title: string, params: JsonObject, about: string): void =>
    batch.add({ name, title, kind: 'example', operation, params, about, accepts: true });
  for (const csid of CSIDS) {
    const hashname = memberOf(oracle, 'e3x.hashname.derive', { keys }, 'hashname');
    const inner = memberOf(oracle, 'e3x.handshake.link', { csid, keys, at: 1420070401 }, 'inner');
    const open = memberOf(oracle, 'e3x.handshake.link', { csid, keys, at: 1420070401, z: 1, encrypted: false }, 'inner');
    add(`link-${csid}`, `a link of ${csid} with three keys`, { csid, inner }, 'E3X-HSK-009');
    add(`link-${csid}-expected`, `a link of ${csid} from the expected hashname`, { csid, inner, hashname }, 'E3X-HSK-010');
    add(
      `link-${csid}-in-the-open`,
      `a link of ${csid} without a message around it`,
      { csid, inner: open, encrypted: false },
      'E3X-HSK-012',
    );
    add(
      `link-${csid}-csid-named`,
      `a link of ${csid} in a message that still names its cipher set`,
      { csid, inner: open, encrypted: true },
      'E3X-HSK-011',
    );
    add(
      `link-${csid}-alone`,
      `a link of ${csid} with one key`,
      { csid, inner: memberOf(oracle, 'e3x.handshake.link', { csid, keys: { [csid]: keys[csid] }, at: 2 }, 'inner') },
      'E3X-HSK-006',
    );
  }
  const attached = jsonPacket('', keys['3a']);
  add('type-absent', 'without a type it is a link', { csid: '3a', inner: jsonPacket({ at: 7 }, attached) }, 'E3X-HSK-003');
  add(
    'members-kept',
    'undefined members are kept',
    { csid: '3a', inner: jsonPacket({ at: 7, z: 2, more: { a: [1, null] } }, attached) },
    'E3X-HSK-002',
  );
  add(
    'own-intermediate',
    'a digest of a key that is present adds nothing',
    {
      csid: '3a',
      inner: jsonPacket(
        { at: 7 },
        jsonPacket({ '3a': memberOf(oracle, 'e3x.base32.encode', { bytes: '00'.repeat(32) }, 'text') }, keys['3a']),
      ),
    },
    'E3X-HSN-006',
  );
  add('z-large', 'a large z', { csid: '3a', inner: jsonPacket({ at: 7, z: 4294967296 }, attached) }, 'E3X-HSK-017');
  add(
    'unknown-csid',
    'a link of an unspecified cipher set',
    { csid: '4a', inner: jsonPacket({ at: 7 }, jsonPacket('', '01')) },
    'E3X-HSK-006',
  );
  for (const at of [1, 2, 4294967295, 4294967296, Number.MAX_SAFE_INTEGER])
    add(`at-${String(at)}`, `at ${String(at)}`, { csid: '3a', inner: jsonPacket({ type: 'note', at }) }, 'E3X-HSK-004');
  const jwt = memberOf(
    oracle,
    'e3x.jws.encode',
    { jws: `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${Buffer.from('{"sub":"a"}').toString('base64url')}.AQID` },
    'packet',
  );
  add('jwt', 'a jwt', { csid: '3a', inner: jsonPacket({ type: 'jwt', at: 9 }, jwt) }, 'E3X-HSK-013');
  for (const [name, uri] of [
    ['https', 'https://example.com/link?ref=42#u8kb'],
    ['link', 'link://127.0.0.1:42424/?cs1a=aof7'],
    ['own-scheme', 'a+b-c.d:x'],
    ['short', 'a:b'],
  ] as const)
    add(`uri-${name}`, `a URI: ${name}`, { csid: '3a', inner: jsonPacket({ type: 'uri', at: 9, uri }, '01') }, 'E3X-HSK-014');
  for (const [name, json, body] of [
    ['tx', { type: 'tx', at: 9 }, '0011'],
    ['no-body', { type: 'x', at: 9, n: 1 }, ''],
    ['upper-case', { type: 'LINK', at: 9 }, '00'],
    ['uri-no-matter', { type: 'note', at: 9, uri: 1, csid: 5, z: -1 }, ''],
  ] as const) {
    add(`other-${name}`, `a type of the application: ${name}`, { csid: '3a', inner: jsonPacket(json, body) }, 'E3X-HSK-015');
    add(
      `other-${name}-in-the-open`,
      `a type of the application without a message around it: ${name}`,
      { csid: '3a', inner: jsonPacket(json, body), encrypted: false },
      'E3X-HSK-015',
    );
  }
}

function refusedLinks(oracle: Oracle, batch: Batch, keys: { readonly [csid in Csid]: string }): void {
  const refuse = (name: string, title: string, inner: string, about: string, rejects = 'malformed', more: JsonObject = {}): void =>
    batch.add({
      name,
      title,
      kind: rejects === 'truncated' ? 'truncation' : 'range',
      operation: 'e3x.handshake.read',
      params: { csid: '3a', inner, ...more },
      about,
      rejects,
    });
  const link = { type: 'link', at: 7 };
  const attached = jsonPacket('', keys['3a']);
  for (const [name, body] of [
    ['empty', ''],
    ['one-byte', '00'],
    ['head-beyond', `00ff${keys['3a']}`],
  ] as const)
    refuse(`attached-${name}`, `the BODY of a link is not a packet: ${name}`, jsonPacket(link, body), 'E3X-HSK-005', 'truncated');
  refuse('key-empty', 'a link without a key', jsonPacket(link, '0000'), 'E3X-HSK-006');
  refuse(
    'key-empty-with-digests',
    'a link with digests but no key',
    jsonPacket(link, jsonPacket({ '1a': memberOf(oracle, 'e3x.base32.encode', { bytes: '11'.repeat(32) }, 'text') })),
    'E3X-HSK-006',
  );
  for (const head of ['2a', '{}', '{"":1}', '["1a",1]', '{"1a":"a"', '{"1a":"aa","1a":"aa"}'])
    refuse(
      `attached-head-${toHex(utf8(head))}`,
      `the attached HEAD is ${JSON.stringify(head)}`,
      jsonPacket(link, jsonPacket(head, keys['3a'])),
      'E3X-HSK-007',
    );
  const text = (length: number): string => memberOf(oracle, 'e3x.base32.encode', { bytes: '11'.repeat(length) }, 'text');
  const digests: [string, JsonObject][] = [
    ['00', { '00': text(32) }],
    ['upper-case', { '1A': text(32) }],
    ['cs-style', { cs1a: text(32) }],
    ['type', { 'type': 'key', '1a': text(32) }],
    ['number', { '1a': 12345 }],
    ['object', { '1a': {} }],
    ['null', { '1a': null }],
    ['list', { '1a': [text(32)] }],
    ['proto', JSON.parse(`{"__proto__":"${text(32)}"}`) as JsonObject],
  ];
  for (const [name, json] of digests)
    refuse(`digest-${name}`, `a member of the attached HEAD: ${name}`, jsonPacket(link, jsonPacket(json, keys['3a'])), 'E3X-HSK-008');
  for (const length of [0, 1, 16, 31, 33, 64])
    refuse(
      `digest-${String(length)}-bytes`,
      `a digest of ${String(length)} bytes`,
      jsonPacket(link, jsonPacket({ '1a': text(length) }, keys['3a'])),
      'E3X-HSK-009',
    );
  const digest = text(32);
  for (const [name, wrong, about, rejects] of [
    ['upper-case', digest.toUpperCase(), 'E3X-B32-004', 'non-canonical'],
    ['padded', `${digest}====`, 'E3X-B32-002', 'malformed'],
    ['alphabet', `${digest.slice(0, -1)}1`, 'E3X-B32-003', 'malformed'],
    ['unused-bits', `${digest.slice(0, -1)}j`, 'E3X-B32-005', 'non-canonical'],
    ['length', digest.slice(0, -1), 'E3X-B32-006', 'malformed'],
  ] as const)
    refuse(
      `digest-base32-${name}`,
      `a digest whose base 32 is wrong: ${name}`,
      jsonPacket(link, jsonPacket({ '1a': wrong }, keys['3a'])),
      about,
      rejects,
    );
  const own = memberOf(oracle, 'e3x.hashname.derive', { keys: { '3a': keys['3a'] } }, 'hashname');
  const whole = memberOf(oracle, 'e3x.handshake.link', { csid: '3a', keys, at: 8 }, 'inner');
  refuse('hashname-other', 'a link of another endpoint', jsonPacket(link, attached), 'E3X-HSK-010', 'malformed', {
    hashname: memberOf(oracle, 'e3x.hashname.derive', { keys }, 'hashname'),
  });
  refuse('hashname-of-the-key-alone', 'the name of one key although there are three', whole, 'E3X-HSK-010', 'malformed', { hashname: own });
  refuse('hashname-upper-case', 'the right name in upper case', jsonPacket(link, attached), 'E3X-HSK-010', 'malformed', {
    hashname: own.toUpperCase(),
  });
  for (const [name, csid] of [
    ['other', '1a'],
    ['upper-case', '3A'],
    ['empty', ''],
    ['number', 58],
    ['null', null],
    ['list', ['3a']],
  ] as const)
    for (const encrypted of [true, false])
      refuse(
        `csid-${name}${encrypted ? '' : '-in-the-open'}`,
        `a link that names another cipher set: ${name}`,
        jsonPacket({ ...link, csid: csid as Json }, attached),
        'E3X-HSK-011',
        'malformed',
        { encrypted },
      );
  refuse(
    'csid-absent-in-the-open',
    'an unencrypted link that does not name its cipher set',
    jsonPacket(link, attached),
    'E3X-HSK-012',
    'malformed',
    {
      encrypted: false,
    },
  );
  refuse('csid-absent-in-the-open-no-type', 'the same without a type', jsonPacket({ at: 7 }, attached), 'E3X-HSK-012', 'malformed', {
    encrypted: false,
  });
  for (const [name, z] of [
    ['negative', -1],
    ['fraction', 0.5],
    ['text', '1'],
    ['null', null],
    ['boolean', true],
  ] as const)
    refuse(`z-${name}`, `z is ${name}`, jsonPacket({ ...link, z }, attached), 'E3X-HSK-017');
  for (const csid of ['00', '3A', '3', 'cs3a', ''])
    refuse(
      `expected-csid-${csid === '' ? 'empty' : csid}`,
      `a CSID written ${JSON.stringify(csid)}`,
      jsonPacket(link, attached),
      'E3X-MSG-006',
      'malformed',
      { csid },
    );
}

function refusedHeads(batch: Batch): void {
  const refuse = (name: string, title: string, inner: string, about: string, rejects = 'malformed'): void =>
    batch.add({
      name,
      title,
      kind: rejects === 'truncated' ? 'truncation' : 'range',
      operation: 'e3x.handshake.read',
      params: { csid: '3a', inner },
      about,
      rejects,
    });
  for (const [name, inner] of [
    ['empty', ''],
    ['one-byte', '00'],
    ['head-beyond', '0009'],
    ['head-cut', jsonPacket({ type: 'note', at: 7 }).slice(0, -2)],
  ] as const)
    refuse(`packet-${name}`, `not a packet: ${name}`, inner, 'E3X-HSK-001', 'truncated');
  for (const [name, head] of [
    ['none', ''],
    ['binary', '3a'],
    ['six', '{"":1}'],
    ['list', '[1,2,3]'],
    ['cut', '{"type":"note","at":7'],
    ['twice', '{"at":7,"at":7,"type":"note"}'],
    ['space', ' {"at":7,"type":"note"}'],
    ['at-2-53', '{"type":"note","at":9007199254740992}'],
    ['at-2-64', '{"type":"note","at":18446744073709551615}'],
    ['not-utf-8', '\udc00'],
  ] as const)
    refuse(
      `head-${name}`,
      `a HEAD that is not a JSON object: ${name}`,
      name === 'not-utf-8' ? lob(concatBytes(fillHead('head', 12).slice(0, 7), Uint8Array.of(0xff, 0x22, 0x7d))) : jsonPacket(head),
      'E3X-HSK-002',
    );
  for (const [name, type] of [
    ['empty', ''],
    ['number', 1],
    ['null', null],
    ['list', ['link']],
    ['object', {}],
    ['boolean', true],
  ] as const)
    refuse(`type-${name}`, `the type is ${name}`, jsonPacket({ type: type as Json, at: 7 }, '000001'), 'E3X-HSK-003');
  for (const [name, at] of [
    ['zero', 0],
    ['negative', -7],
    ['fraction', 7.5],
    ['text', '7'],
    ['null', null],
    ['boolean', true],
    ['list', [7]],
    ['object', {}],
  ] as const)
    refuse(`at-${name}`, `at is ${name}`, jsonPacket({ type: 'note', at: at as Json }), 'E3X-HSK-004');
  refuse('at-absent', 'at is absent', jsonPacket({ type: 'note', AT: 7 }), 'E3X-HSK-004');
  refuse('at-inherited', 'at is in another object', jsonPacket('{"type":"note","__proto__":{"at":7}}'), 'E3X-HSK-004');
  for (const [name, body] of [
    ['empty', ''],
    ['no-attached', jsonPacket({ alg: 'HS256' })],
    ['no-alg', jsonPacket({ typ: 'JWT' }, '000001')],
    ['text', toHex(utf8('eyJhbGciOiJIUzI1NiJ9.e30.AQID'))],
    ['alg-empty', jsonPacket({ alg: '' }, '000001')],
  ] as const)
    refuse(`jwt-${name}`, `a jwt whose BODY is not a JWS: ${name}`, jsonPacket({ type: 'jwt', at: 7 }, body), 'E3X-HSK-013');
  for (const [name, uri] of [
    ['absent', undefined],
    ['number', 1],
    ['null', null],
    ['no-scheme', '//example.com/'],
    ['path', '/a:b'],
    ['digit-first', '1a:b'],
    ['nothing-behind', 'https:'],
    ['space-behind', 'https: x'],
    ['empty', ''],
    ['list', ['https://a']],
  ] as const)
    refuse(
      `uri-${name}`,
      `not a URI: ${name}`,
      jsonPacket(uri === undefined ? { type: 'uri', at: 7 } : { type: 'uri', at: 7, uri: uri as Json }),
      'E3X-HSK-014',
    );
}
