/** The cases of links as URIs. */
import { base32nopad } from '@scure/base';
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { resultOf } from '../../generate/result.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { BAD_PATHS, GOOD_PATHS, HASHNAME, KEY_1A, KEY_1A_TEXT, KEY_3A, KEY_3A_TEXT, OTHER, PEER, RADIO, UDP4, UDP6 } from './samples.ts';

const LENGTH_MAX = 4096;
const CHECK = 'aaaaaaaaaaaaa';
const base32 = (text: string): string => base32nopad.encode(Buffer.from(text)).toLowerCase();
const pathPair = (path: Json): string => `paths=${base32(JSON.stringify(path))}`;

/** Adds a case of one operation. */
type Add = (name: string, params: JsonObject, about: string, rejects?: string) => void;
const adding =
  (batch: Batch, operation: string, what: string): Add =>
  (name, params, about, rejects) =>
    batch.add({
      name,
      title: `${rejects === undefined ? what : `no ${what}`}: ${name}`,
      kind: rejects === undefined ? 'example' : 'range',
      operation,
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });

/** Every case of link URIs. */
export function linkUriCases(oracle: Oracle, batch: Batch): void {
  grammar(batch);
  queries(batch);
  fragments(batch);
  writing(batch);
  peers(oracle, batch);
  resolving(batch);
}

function grammar(batch: Batch): void {
  const add = adding(batch, 'e3x.linkuri.parse', 'link URI');
  const takes = (name: string, uri: string, about: string): void => add(name, { uri }, about);
  const refuses = (name: string, uri: string, about: string, rejects = 'malformed'): void => add(name, { uri }, about, rejects);
  for (const [name, uri] of [
    ['shortest', 'a://b'],
    ['published', 'link://127.0.0.1/?sid=42'],
    ['scheme-of-all', 'a1+-.://b/'],
    ['scheme-uppercase', 'LINK://b/'],
    ['name', 'chat://example.com/'],
    ['name-escaped', 'chat://%C3%BC/'],
    ['name-uppercase', 'chat://Example.COM/'],
    ['name-marks', "chat://-._~!$&'()*+,;=/"],
  ] as const)
    takes(name, uri, 'E3X-URI-001');
  for (const [name, uri] of [
    ['empty', ''],
    ['no-scheme', '//127.0.0.1/'],
    ['scheme-empty', '://127.0.0.1/'],
    ['scheme-digit', '1a://127.0.0.1/'],
    ['scheme-mark', 'a_b://127.0.0.1/'],
    ['no-slashes', 'link:127.0.0.1/'],
    ['one-slash', 'link:/127.0.0.1/'],
    ['space', 'link://127.0.0.1/ '],
    ['space-before', ' link://127.0.0.1/'],
    ['line-feed', 'link://127.0.0.1/\n'],
    ['unicode', 'link://ü/'],
    ['percent', 'link://127.0.0.1/%4'],
    ['backslash', 'link://127.0.0.1\\x'],
    ['bracket-in-query', 'link://127.0.0.1/?[x]'],
    ['two-fragments', 'link://127.0.0.1/?x#a#b'],
    ['ipv6-bare', 'link://::1/'],
    ['ipv6-open', 'link://[::1/'],
    ['ipv6-two-gaps', 'link://[1::2::3]/'],
    ['ipv6-nine', 'link://[1:2:3:4:5:6:7:8:9]/'],
    ['ipv6-long-piece', 'link://[12345::]/'],
    ['ipv6-zone', 'link://[fe80::1%25en0]/'],
    ['ipv6-ipv4-256', 'link://[::256.0.0.1]/'],
    ['port-letters', 'link://127.0.0.1:80a/'],
    ['two-ats', 'link://a@b@c/'],
  ] as const)
    refuses(name, uri, 'E3X-URI-001');
  for (const [name, uri] of [
    ['host-empty', 'link:///x'],
    ['host-empty-port', 'link://:80/'],
    ['user', 'link://user@127.0.0.1/'],
    ['user-empty', 'link://@127.0.0.1/'],
    ['user-password', 'link://a:b@127.0.0.1/'],
    ['ip-future', 'link://[v1.x]/'],
    ['ip-future-uppercase', 'link://[V1.x]/'],
    ['port-zero', 'link://127.0.0.1:0/'],
    ['port-leading-zero', 'link://127.0.0.1:0080/'],
    ['port-above', 'link://127.0.0.1:65536/'],
    ['port-six-digits', 'link://127.0.0.1:100000/'],
  ] as const)
    refuses(name, uri, 'E3X-URI-002');
  takes('port-none', 'link://127.0.0.1/', 'E3X-URI-003');
  takes('port-empty', 'link://127.0.0.1:/', 'E3X-URI-003');
  for (const port of ['42424', '1', '9', '10', '65535', '60000']) takes(`port-${port}`, `link://127.0.0.1:${port}/`, 'E3X-URI-003');
  takes('port-at-end', 'link://127.0.0.1:77', 'E3X-URI-003');
  takes('port-before-query', 'link://127.0.0.1:77?x', 'E3X-URI-003');
  for (const [name, uri] of [
    ['ipv6', 'link://[fe80::bae8:56ff:fe43:3de4]:42424/'],
    ['ipv6-zero', 'link://[::]/'],
    ['ipv6-of-digits', 'link://[2001:10:20:30:40:50:60:70]/'],
    ['ipv6-ipv4', 'link://[::ffff:192.0.2.255]:9/x'],
    ['ipv6-port-empty', 'link://[::1]:'],
    ['ipv4-zero', 'link://0.0.0.0/'],
    ['ipv4-greatest', 'link://255.255.255.255:1/'],
    ['name-of-digits', 'link://1.2.3/'],
    ['name-256', 'link://256.1.1.1/'],
    ['name-leading-zero', 'link://01.1.1.1/'],
    ['name-five', 'link://1.1.1.1.1/'],
  ] as const)
    takes(name, uri, 'E3X-URI-009');
  for (const [name, path] of [
    ['empty', ''],
    ['slash', '/'],
    ['one', '/a'],
    ['several', '/a/b//c/'],
    ['marks', '/a:b@c'],
    ['slashes', '/://x'],
    ['escaped', '/%2F'],
  ] as const)
    takes(`pathname-${name}`, `link://h${path}`, 'E3X-URI-008');
  const long = (length: number): string => `link://h/?${'x'.repeat(length - 'link://h/?'.length)}`;
  takes('longest', long(LENGTH_MAX), 'E3X-URI-008');
  refuses('too-long', long(LENGTH_MAX + 1), 'E3X-URI-013', 'limit');
}

function queries(batch: Batch): void {
  const add = adding(batch, 'e3x.linkuri.parse', 'link URI');
  const takes = (name: string, query: string, about: string): void => add(name, { uri: `link://h/?${query}` }, about);
  const refuses = (name: string, query: string, about: string, rejects = 'malformed'): void =>
    add(name, { uri: `link://h/?${query}` }, about, rejects);
  for (const [name, query] of [
    ['key-one', `cs3a=${KEY_3A_TEXT}`],
    ['key-two', `cs3a=${KEY_3A_TEXT}&cs1a=${KEY_1A_TEXT}`],
    ['key-between', `a=1&cs3a=${KEY_3A_TEXT}&b`],
    ['key-experimental', 'cs01=ae&csff=ae'],
  ] as const)
    takes(name, query, 'E3X-URI-004');
  for (const [name, query] of [
    ['key-empty', 'cs3a='],
    ['key-without-value', 'cs3a'],
    ['csid-zero', `cs00=${KEY_3A_TEXT}`],
    ['csid-uppercase', `cs3A=${KEY_3A_TEXT}`],
    ['csid-twice', `cs3a=${KEY_3A_TEXT}&cs3a=${KEY_3A_TEXT}`],
  ] as const)
    refuses(name, query, 'E3X-URI-005');
  for (const [name, text, rejects, clause] of [
    ['percent', `cs3a=%66${KEY_3A_TEXT.slice(1)}`, 'malformed', 'E3X-B32-003'],
    ['padded', `cs3a=${KEY_3A_TEXT}====`, 'malformed', 'E3X-B32-002'],
    ['plus', `cs3a=${KEY_3A_TEXT}+`, 'malformed', 'E3X-B32-003'],
    ['length', 'cs3a=a', 'malformed', 'E3X-B32-006'],
    ['uppercase', `cs3a=${KEY_3A_TEXT.toUpperCase()}`, 'non-canonical', 'E3X-B32-004'],
    ['unused-bits', `cs3a=${KEY_3A_TEXT.slice(0, -1)}r`, 'non-canonical', 'E3X-B32-005'],
  ] as const)
    refuses(`key-${name}`, text, clause, rejects);
  for (const [name, query] of [
    ['empty', ''],
    ['ampersands', '&&a=1&'],
    ['name-alone', 'a'],
    ['equals', 'a==b=c'],
    ['question', 'a?b=c/d'],
    ['percent', 'a=%20&%63s3a=x'],
    ['not-keys', `cs3=${KEY_3A_TEXT}&cs3aa=x&CS3a=x&csid=x&xcs3a=x`],
    ['not-paths', 'path=x&Paths=x&pathss=x'],
    ['order', `b=2&${pathPair(UDP4)}&a=1&cs3a=${KEY_3A_TEXT}&b=3`],
  ] as const)
    takes(`query-${name}`, query, 'E3X-URI-008');
  takes('path-two', `${pathPair(UDP6)}&x=y&${pathPair(UDP4)}`, 'E3X-URI-006');
  for (const [name, path] of GOOD_PATHS) takes(`path-of-${name}`, pathPair(path), 'E3X-URI-006');
  takes('path-peer-as-peer', pathPair({ type: 'peer', peer: OTHER }), 'E3X-CON-008');
  for (const [name, path] of BAD_PATHS) {
    const isObject = typeof path === 'object' && path !== null && !Array.isArray(path);
    refuses(`path-${name}`, pathPair(path as Json), isObject ? 'E3X-TYP-011' : 'E3X-URI-007');
  }
  for (const [name, value] of [
    ['nothing', ''],
    ['no-json', base32('{"type":')],
    ['line-feed', base32('{"type":"x"}\n')],
    ['duplicate', base32('{"type":"x","a":1,"a":1}')],
    ['array', base32('[{"type":"x"}]')],
  ] as const)
    refuses(`paths-${name}`, `paths=${value}`, 'E3X-URI-007');
  refuses('paths-without-value', 'paths', 'E3X-URI-007');
  refuses('paths-json', 'paths=%7B%22type%22%3A%22x%22%7D', 'E3X-B32-003');
}

function fragments(batch: Batch): void {
  const add = adding(batch, 'e3x.linkuri.parse', 'link URI');
  for (const [name, fragment] of [
    ['check', CHECK],
    ['check-value', `${CHECK}.aaaaaaaaaaaaa`],
    ['value-of-one-byte', `${CHECK}.ae`],
    ['value-long', `63cytzquhg6ps.${base32('x'.repeat(100))}`],
  ] as const) {
    add(`fragment-${name}`, { uri: `link://127.0.0.1/?sid=42#${fragment}` }, 'E3X-URI-010');
    add(`base-${name}`, { uri: `link://127.0.0.1:9?#${fragment}` }, 'E3X-URI-012');
  }
  for (const [name, fragment] of [
    ['empty', ''],
    ['section', 'section-2'],
    ['old', 'jpnzr4n33kwqbgpw3mduf7takvczpx2gafzjc2ppfc4yrxkltzsa'],
    ['check-short', 'aaaaaaaaaaaa'],
    ['check-long', 'aaaaaaaaaaaaaa'],
    ['value-empty', `${CHECK}.`],
    ['check-empty', '.aaaaaaaaaaaaa'],
    ['three-parts', `${CHECK}.aaaaaaaaaaaaa.ae`],
    ['value-foreign', `${CHECK}.aaaaaaaa1`],
    ['check-uppercase', CHECK.toUpperCase()],
    ['percent', `%61${CHECK.slice(1)}`],
  ] as const)
    add(`fragment-${name}`, { uri: `link://127.0.0.1/?sid=42#${fragment}` }, 'E3X-URI-011', 'malformed');
  for (const [name, fragment, rejects, clause] of [
    ['check-unused-bits', 'aaaaaaaaaaaab', 'non-canonical', 'E3X-B32-005'],
    ['value-length', `${CHECK}.a`, 'malformed', 'E3X-B32-006'],
    ['value-unused-bits', `${CHECK}.ab`, 'non-canonical', 'E3X-B32-005'],
  ] as const)
    add(`fragment-${name}`, { uri: `link://127.0.0.1/?sid=42#${fragment}` }, clause, rejects);
}

function writing(batch: Batch): void {
  const add = adding(batch, 'e3x.linkuri.format', 'link URI');
  const host = '127.0.0.1';
  const keys = { '3a': KEY_3A };
  for (const [name, params] of [
    ['host', { host }],
    ['name', { host: 'example.com' }],
    ['ipv6', { host: '::1' }],
    ['ipv6-port', { host: '::1', port: 1 }],
    ['scheme', { host, scheme: 'chat' }],
    ['port', { host, port: 55772 }],
    ['port-greatest', { host, port: 65535 }],
    ['port-default', { host, port: 42424 }],
    ['path', { host, path: '/a/b' }],
    ['path-empty', { host, path: '' }],
    ['query', { host, query: 'a=1&&b' }],
    ['query-empty', { host, query: '' }],
    ['key', { host, keys }],
    ['keys-none', { host, keys: {} }],
    ['keys', { host, keys: { '3a': KEY_3A, '1a': KEY_1A, '2a': 'ff', '22': '00' } }],
    ['paths', { host, paths: [UDP6, UDP4, PEER, RADIO] }],
    ['paths-none', { host, paths: [] }],
    ['all', { host, scheme: 'chat', port: 7, path: '/x', query: 'sid=42', keys, paths: [UDP4] }],
  ] as [string, JsonObject][])
    add(name, params, 'E3X-URI-014');
  add('path-peer-as-peer', { host, paths: [{ type: 'peer', peer: OTHER }] }, 'E3X-CON-008');
  for (const [name, params, clause] of [
    ['scheme-empty', { host, scheme: '' }, 'E3X-URI-001'],
    ['scheme-mark', { host, scheme: 'a b' }, 'E3X-URI-001'],
    ['scheme-uppercase', { host, scheme: 'Link' }, 'E3X-URI-014'],
    ['scheme-with-host', { host, scheme: 'a://b' }, 'E3X-URI-014'],
    ['host-empty', { host: '' }, 'E3X-URI-002'],
    ['host-space', { host: 'a b' }, 'E3X-URI-001'],
    ['host-user', { host: 'a@b' }, 'E3X-URI-002'],
    ['host-path', { host: 'a/b' }, 'E3X-URI-014'],
    ['host-query', { host: 'a?b' }, 'E3X-URI-014'],
    ['host-fragment', { host: `a#${CHECK}`, path: '' }, 'E3X-URI-014'],
    ['host-brackets', { host: '[::1]' }, 'E3X-URI-001'],
    ['host-with-port', { host: 'a:1' }, 'E3X-URI-001'],
    ['port-zero', { host, port: 0 }, 'E3X-URI-002'],
    ['port-above', { host, port: 65536 }, 'E3X-URI-002'],
    ['path-without-slash', { host: 'a', path: 'b' }, 'E3X-URI-014'],
    ['path-port', { host, path: ':77/' }, 'E3X-URI-014'],
    ['path-query', { host, path: '/?a' }, 'E3X-URI-014'],
    ['path-fragment', { host, path: `/#${CHECK}` }, 'E3X-URI-014'],
    ['path-space', { host, path: '/ ' }, 'E3X-URI-001'],
    ['query-space', { host, query: ' ' }, 'E3X-URI-001'],
    ['query-fragment', { host, query: `a#${CHECK}` }, 'E3X-URI-014'],
    ['query-key', { host, query: `cs3a=${KEY_3A_TEXT}` }, 'E3X-URI-014'],
    ['query-other-key', { host, query: `a=1&cs1a=${KEY_1A_TEXT}`, keys }, 'E3X-URI-014'],
    ['query-path', { host, query: `a=1&${pathPair(UDP4)}` }, 'E3X-URI-014'],
    ['csid-zero', { host, keys: { '00': KEY_3A } }, 'E3X-HSN-007'],
    ['csid-uppercase', { host, keys: { '3A': KEY_3A } }, 'E3X-URI-005'],
    ['csid-long', { host, keys: { '3aa': KEY_3A } }, 'E3X-URI-014'],
    ['key-empty', { host, keys: { '3a': '' } }, 'E3X-HSN-012'],
    ['path-bad', { host, paths: [{ type: 'udp4' }] }, 'E3X-TYP-011'],
  ] as [string, JsonObject, string][])
    add(name, params, clause, 'malformed');
  const bare = `link://${host}/?`.length;
  add('longest', { host, query: 'x'.repeat(LENGTH_MAX - bare) }, 'E3X-URI-014');
  add('too-long', { host, query: 'x'.repeat(LENGTH_MAX + 1 - bare) }, 'E3X-URI-013', 'limit');
}

function peers(oracle: Oracle, batch: Batch): void {
  const attach = adding(batch, 'e3x.linkuri.attach', 'URI of a peer');
  const base = 'link://127.0.0.1/?sid=42';
  const value = '0001020304050607';
  const made = (given: JsonObject): string =>
    String(resultOf(oracle, 'e3x.linkuri.attach', { base, hashname: OTHER, value, ...given })['uri']);
  for (const [name, params] of [
    ['published', { base, value }],
    ['with-key', { base: `${base}&cs3a=${KEY_3A_TEXT}`, value }],
    ['of-hashname', { base, value, hashname: HASHNAME }],
    ['value-of-nine', { base, value: `${value}ff` }],
    ['value-of-seven-more', { base, value: `${value}08090a0b0c0d0e` }],
    ['value-of-two-blocks', { base, value: `${value}${value}` }],
    ['value-of-zeros', { base, value: '00'.repeat(8) }],
    ['value-of-ones', { base, value: 'ff'.repeat(32) }],
  ] as [string, JsonObject][])
    attach(name, { hashname: OTHER, ...params }, 'E3X-URI-015');
  attach('base-path', { base: 'https://example.com/link', hashname: OTHER, value }, 'E3X-URI-017');
  attach('base-path-short', { base: 'https://example.com/a', hashname: OTHER, value }, 'E3X-URI-017');
  attach('base-query-empty', { base: 'link://127.0.0.1/?', hashname: OTHER, value }, 'E3X-URI-017');
  attach('base-with-check', { base: `${base}#${CHECK}`, hashname: OTHER, value }, 'E3X-URI-016', 'malformed');
  attach('base-with-fragment', { base: made({}), hashname: OTHER, value }, 'E3X-URI-016', 'malformed');
  for (const [name, bare] of [
    ['slash', 'link://127.0.0.1/'],
    ['empty', 'link://127.0.0.1'],
    ['key', `link://127.0.0.1/?cs3a=${KEY_3A_TEXT}`],
    ['path', `link://127.0.0.1/?${pathPair(UDP4)}`],
  ] as const)
    attach(`base-nothing-${name}`, { base: bare, hashname: OTHER, value }, 'E3X-URI-017', 'malformed');
  attach('base-with-hashname', { base: `${base}&for=${OTHER}`, hashname: OTHER, value }, 'E3X-URI-018', 'malformed');
  attach('base-path-hashname', { base: `link://127.0.0.1/${OTHER}`, hashname: OTHER, value }, 'E3X-URI-018', 'malformed');
  attach('base-other-hashname', { base: `${base}&for=${HASHNAME}`, hashname: OTHER, value }, 'E3X-URI-018');
  for (const length of [0, 1, 7])
    attach(`value-of-${String(length)}`, { base, hashname: OTHER, value: '5a'.repeat(length) }, 'E3X-URI-019', 'malformed');
  attach('base-no-uri', { base: 'link:x', hashname: OTHER, value }, 'E3X-URI-001', 'malformed');
  attach('hashname-short', { base, hashname: OTHER.slice(1), value }, 'E3X-HSN-013', 'malformed');
  attach('hashname-uppercase', { base, hashname: OTHER.toUpperCase(), value }, 'E3X-B32-004', 'non-canonical');
  const padded = (length: number): string => `${base}&${'x'.repeat(length - made({}).length - 1)}`;
  attach('longest', { base: padded(LENGTH_MAX), hashname: OTHER, value }, 'E3X-URI-015');
  attach('too-long', { base: padded(LENGTH_MAX + 1), hashname: OTHER, value }, 'E3X-URI-013', 'limit');

  const verify = adding(batch, 'e3x.linkuri.verify', 'answer of a peer');
  const whole = made({});
  const [, fragment = ''] = whole.split('#');
  const [check = '', second = ''] = fragment.split('.');
  const given = (params: JsonObject): JsonObject => ({ uri: whole, answer: whole, hashname: OTHER, ...params });
  verify('whole', given({}), 'E3X-URI-021');
  verify('check-alone', given({ uri: `${base}#${check}` }), 'E3X-URI-020');
  verify('another-base', given({ answer: `link://[::1]/a#${fragment}` }), 'E3X-URI-021');
  verify('long-value', given({ uri: made({ value: 'ab'.repeat(40) }), answer: made({ value: 'ab'.repeat(40) }) }), 'E3X-URI-021');
  verify('answer-without-value', given({ answer: `${base}#${check}` }), 'E3X-URI-020', 'malformed');
  verify('answer-without-fragment', given({ answer: base }), 'E3X-URI-020', 'malformed');
  verify('uri-without-fragment', given({ uri: base }), 'E3X-URI-010', 'malformed');
  verify('uri-bad-fragment', given({ uri: `${base}#x` }), 'E3X-URI-011', 'malformed');
  verify('answer-bad-fragment', given({ answer: `${base}#x` }), 'E3X-URI-011', 'malformed');
  verify('another-hashname', given({ hashname: HASHNAME }), 'E3X-URI-021', 'unauthenticated');
  const forged = `${base}#${check}.${base32('\u0000\u0001\u0002\u0003\u0004\u0005\u0006x')}`;
  verify('another-value', given({ uri: `${base}#${check}`, answer: forged }), 'E3X-URI-021', 'unauthenticated');
  verify(
    'check-of-a-longer-value',
    given({ uri: `${base}#${check}`, answer: `${base}#${check}.${second.slice(0, -3)}` }),
    'E3X-URI-021',
    'unauthenticated',
  );
  for (const [name, other] of [
    ['first', `b${check.slice(1)}`],
    ['last', `${check.slice(0, -1)}${check.endsWith('a') ? 'c' : 'a'}`],
  ] as const)
    verify(`other-check-${name}`, given({ uri: `${base}#${other}` }), 'E3X-URI-022', 'unauthenticated');
  const elsewhere = made({ value: 'cc'.repeat(8) });
  verify('another-uri-of-the-peer', given({ answer: elsewhere }), 'E3X-URI-022', 'unauthenticated');
  verify('another-value-under-the-check', given({ uri: forged }), 'E3X-URI-022', 'unauthenticated');
  verify('hashname-short', given({ hashname: 'x' }), 'E3X-HSN-013', 'malformed');
  verify('uri-none', given({ uri: 'x' }), 'E3X-URI-001', 'malformed');
  verify('answer-none', given({ answer: 'x' }), 'E3X-URI-001', 'malformed');
}

function resolving(batch: Batch): void {
  const add = adding(batch, 'e3x.contact.resolve', 'contact');
  const json = JSON.stringify({ keys: { '3a': KEY_3A_TEXT }, paths: [] });
  for (const [name, text] of [
    ['json', json],
    ['json-spaced', ` \t\r\n${json}\n`],
    ['json-unicode', json.replace('}', ',"ff":"ae"}').replace(']', '],"name":"лампа 💡"')],
    ['direct', 'link://127.0.0.1/'],
    ['direct-key', `chat://h/?cs3a=${KEY_3A_TEXT}`],
    ['peer', `link://127.0.0.1/?sid=42#${CHECK}`],
    ['peer-key', `link://127.0.0.1/?sid=42&cs3a=${KEY_3A_TEXT}#${CHECK}.ae`],
    ['hashname', OTHER],
  ] as const)
    add(name, { text }, 'E3X-URI-023');
  for (const [name, text, clause, rejects] of [
    ['nothing', '', 'E3X-URI-001', 'malformed'],
    ['json-array', `[${json}]`, 'E3X-URI-001', 'malformed'],
    ['json-cut', json.slice(0, -1), 'E3X-CON-002', 'malformed'],
    ['json-without-keys', '{"paths":[]}', 'E3X-CON-001', 'malformed'],
    ['json-key', json.replace(KEY_3A_TEXT, KEY_3A_TEXT.toUpperCase()), 'E3X-B32-004', 'non-canonical'],
    ['hashname-uppercase', OTHER.toUpperCase(), 'E3X-URI-001', 'malformed'],
    ['hashname-short', OTHER.slice(1), 'E3X-URI-001', 'malformed'],
    ['hashname-space', `${OTHER} `, 'E3X-URI-001', 'malformed'],
    ['uri-space', ' link://127.0.0.1/', 'E3X-URI-001', 'malformed'],
    ['uri-key', 'link://127.0.0.1/?cs00=ae', 'E3X-URI-005', 'malformed'],
    ['uri-long', `link://h/?${'x'.repeat(LENGTH_MAX)}`, 'E3X-URI-013', 'limit'],
    ['json-long', `${json}${' '.repeat(8192)}`, 'E3X-CON-010', 'limit'],
  ] as const)
    add(name, { text }, clause, rejects);
}
