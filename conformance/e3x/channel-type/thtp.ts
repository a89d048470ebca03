/** The cases of HTTP in packets. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { packetOfJson } from '../packet/build.ts';

export function thtpCases(batch: Batch): void {
  const encode = (name: string, params: JsonObject, clause: string, rejects?: string): void =>
    batch.add({
      name,
      title: `as a packet: ${name}`,
      kind: rejects === undefined ? 'example' : 'range',
      operation: 'e3x.thtp.encode',
      params,
      about: clause,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const decode = (name: string, json: Json, clause: string, rejects?: string, body = ''): void =>
    batch.add({
      name,
      title: `from a packet: ${name}`,
      kind: rejects === undefined ? 'example' : 'range',
      operation: 'e3x.thtp.decode',
      params: { packet: packetOfJson(json, body) },
      about: clause,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  const get = { method: 'GET', path: '/' };
  encode('published-request', { ...get, headers: { 'User-Agent': 'curl/7.30.0', 'Accept': '*/*' } }, 'E3X-TYP-053');
  encode(
    'published-response',
    {
      status: 301,
      reason: 'Moved Permanently',
      headers: {
        'Server': 'nginx',
        'Content-Type': 'text/html',
        'Content-Length': '178',
        'Connection': 'keep-alive',
        'Location': 'http://www.fooooo.com/',
      },
      body: '3c68746d6c3e',
    },
    'E3X-TYP-054',
  );
  for (const method of ['GET', 'POST', 'X'])
    encode(`method-${method}`, { method, path: '/a?b=c#d', headers: {}, body: '00' }, 'E3X-TYP-051');
  encode('path-star', { method: 'OPTIONS', path: '*', headers: {} }, 'E3X-TYP-051');
  for (const [name, params] of [
    ['method-lower', { method: 'get', path: '/' }],
    ['method-empty', { method: '', path: '/' }],
    ['method-mixed', { method: 'Get', path: '/' }],
    ['path-absent', { method: 'GET' }],
    ['path-empty', { method: 'GET', path: '' }],
    ['path-space', { method: 'GET', path: '/ HTTP/1.1' }],
    ['path-newline', { method: 'GET', path: '/\nx' }],
    ['path-unicode', { method: 'GET', path: '/é' }],
    ['reason', { method: 'GET', path: '/', reason: 'x' }],
  ] as [string, JsonObject][])
    encode(`request-${name}`, { ...params, headers: {} }, 'E3X-TYP-051', 'malformed');
  for (const status of [100, 200, 599]) encode(`status-${String(status)}`, { status, headers: {} }, 'E3X-TYP-052');
  encode('reason-unicode', { status: 404, reason: 'Nicht gefunden, перо', headers: {} }, 'E3X-TYP-052');
  encode('reason-empty', { status: 404, reason: '', headers: {} }, 'E3X-TYP-052');
  for (const [name, params] of [
    ['status-99', { status: 99 }],
    ['status-600', { status: 600 }],
    ['status-zero', { status: 0 }],
    ['reason-newline', { status: 200, reason: 'a\r\nb' }],
    ['reason-tab', { status: 200, reason: 'a\tb' }],
    ['path', { status: 200, path: '/' }],
  ] as [string, JsonObject][])
    encode(`response-${name}`, { ...params, headers: {} }, 'E3X-TYP-052', 'malformed');
  for (const [name, headers] of [
    ['kept', { a: 'b' }],
    ['lowered', { 'X-Upper': 'V' }],
    ['symbols', { "!#$%&'*+.^_`|~-9": '' }],
    ['proto', JSON.parse('{"__proto__":"x"}') as JsonObject],
  ] as [string, JsonObject][])
    encode(`headers-${name}`, { ...get, headers }, 'E3X-TYP-053');
  for (const [name, headers] of [
    ['twice', { A: '1', a: '2' }],
    ['empty-name', { '': 'x' }],
    ['colon', { ':x': 'y' }],
    ['space', { 'a b': 'c' }],
    ['kelvin', { '\u212a': 'x' }],
    ['number', { a: 1 }],
    ['null', { a: null }],
  ] as [string, JsonObject][])
    encode(`headers-${name}`, { ...get, headers }, 'E3X-TYP-053', 'malformed');
  for (const name of ['connection', 'Keep-Alive', 'proxy-connection', 'TE', 'trailer', 'Transfer-Encoding', 'upgrade'])
    encode(`dropped-${name}`, { ...get, headers: { [name]: 'x', kept: 'y' } }, 'E3X-TYP-054');
  for (const [name, value] of [
    ['tab', 'a\tb'],
    ['unicode', 'é'],
    ['delete-not', 'a b'],
  ] as const)
    encode(`value-${name}`, { ...get, headers: { a: value } }, 'E3X-TYP-056');
  for (const [name, value] of [
    ['newline', 'a\nb: c'],
    ['return', 'a\r'],
    ['zero', '\u0000'],
    ['delete', '\u007f'],
    ['noncharacter', '\uffff'],
  ] as const)
    encode(`value-${name}`, { ...get, headers: { a: value } }, 'E3X-TYP-056', 'malformed');
  encode('neither', { headers: {} }, 'E3X-TYP-055', 'malformed');
  encode('both', { ...get, status: 200, headers: {} }, 'E3X-TYP-055', 'malformed');
  const request = { ':method': 'GET', ':path': '/' };
  decode('request', { ...request, accept: '*/*' }, 'E3X-TYP-053', undefined, '00');
  decode('response', { ':status': 200, 'server': 'x' }, 'E3X-TYP-052');
  decode('response-reason', { ':status': 200, ':reason': 'OK' }, 'E3X-TYP-052');
  decode('connection-stays', { ...request, connection: 'close' }, 'E3X-TYP-053');
  for (const [name, json] of [
    ['method-lower', { ':method': 'get', ':path': '/' }],
    ['method-number', { ':method': 1, ':path': '/' }],
    ['path-absent', { ':method': 'GET' }],
    ['path-space', { ':method': 'GET', ':path': ' ' }],
    ['reason', { ...request, ':reason': 'x' }],
  ] as [string, JsonObject][])
    decode(`request-${name}`, json, 'E3X-TYP-051', 'malformed');
  for (const [name, json] of [
    ['text', { ':status': '200' }],
    ['fraction', { ':status': 200.5 }],
    ['too-great', { ':status': 600 }],
    ['reason-newline', { ':status': 200, ':reason': '\n' }],
    ['reason-number', { ':status': 200, ':reason': 1 }],
    ['path', { ':status': 200, ':path': '/' }],
  ] as [string, JsonObject][])
    decode(`response-${name}`, json, 'E3X-TYP-052', 'malformed');
  for (const [name, json] of [
    ['pseudo-unknown', { ...request, ':host': 'x' }],
    ['space', { ...request, 'a b': 'x' }],
    ['number', { ...request, a: 1 }],
  ] as [string, JsonObject][])
    decode(`header-${name}`, json, 'E3X-TYP-053', 'malformed');
  decode('header-newline', { ...request, a: 'b\nc' }, 'E3X-TYP-056', 'malformed');
  decode('header-upper', { ...request, Accept: 'x' }, 'E3X-TYP-055', 'non-canonical');
  decode('neither', { accept: 'x' }, 'E3X-TYP-055', 'malformed');
  decode('both', { ...request, ':status': 200 }, 'E3X-TYP-055', 'malformed');
  for (const [name, packet] of [
    ['empty', ''],
    ['no-head', '0000'],
    ['no-json', `0007${Buffer.from('{"a":1,').toString('hex')}`],
  ] as const)
    batch.add({
      name: `decode-${name}`,
      title: `not a thtp packet: ${name}`,
      kind: 'json-bytes',
      operation: 'e3x.thtp.decode',
      params: { packet },
      about: 'E3X-TYP-055',
      rejects: 'malformed',
    });
}
