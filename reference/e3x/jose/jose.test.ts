import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../kernel/bytes.ts';
import { writeJson } from '../../kernel/json.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { decodeJwe, decodeJws, encodeJwe, encodeJws } from './jose.ts';
import { decodePacket, encodePacket } from '../packet/packet.ts';

/** RFC 7515 appendix A.1 */
const JWS =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.' +
  'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.' +
  'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
/** RFC 7516 appendix A.3 */
const JWE =
  'eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.' +
  '6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ.' +
  'AxY8DCtDaGlsbGljb3RoZQ.' +
  'KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY.' +
  'U0m_YmjN04DJvceFICbCVQ';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text64 = (text: string): string => encodeBase64url(utf8(text));
const HEADER = utf8('{"alg":"A","enc":"B"}');

/** A JWE packet with other members or a third head. */
function jwePacket(members: JsonObject, thirdHead: Uint8Array = new Uint8Array(0)): Uint8Array {
  const third = encodePacket({ head: thirdHead, body: fromHex('01') });
  return encodePacket({ head: HEADER, body: encodePacket({ head: writeJson(members), body: third }) });
}

describe('E3X-JOS-001 JWS', () => {
  it('maps the example of RFC 7515 to two packets and back', () => {
    const packet = encodeJws(JWS);
    const outer = decodePacket(packet);
    const attached = decodePacket(outer.body);
    expect(outer.json).toEqual({ typ: 'JWT', alg: 'HS256' });
    expect(attached.json).toEqual({ 'iss': 'joe', 'exp': 1300819380, 'http://example.com/is_root': true });
    expect(attached.bodyLength).toBe(32);
    expect(decodeJws(packet)).toBe(JWS);
  });

  it('E3X-JOS-002 keeps payloads that are empty or not JSON', () => {
    const jws = `${text64('{"alg":"none"}')}..`;
    expect(decodeJws(encodeJws(jws))).toBe(jws);
  });

  it.each(['[]', '{"alg":1}', '{"alg":""}', '{"typ":"x"}', '{"alg":"a"} ', '{"alg":"a","alg":"a"}', '{"__proto__":{"alg":"a"}}', '', 'x'])(
    'E3X-JOS-003 refuses the header %j in both directions',
    (header) => {
      expect(refusalOf(() => encodeJws(`${text64(header)}..`))).toBe('malformed E3X-JOS-003');
      expect(refusalOf(() => decodeJws(encodePacket({ head: utf8(header), body: fromHex('0000') })))).toBe('malformed E3X-JOS-003');
    },
  );

  it('E3X-JOS-004 refuses any number of parts but three', () => {
    for (const jws of ['', 'a', 'YQ.YQ', `${JWS}.`, '.'.repeat(100000)])
      expect(refusalOf(() => encodeJws(jws))).toBe('malformed E3X-JOS-004');
  });

  it('E3X-JOS-005 accepts base64url in one spelling only', () => {
    const header = text64('{"alg":"none"}');
    for (const part of ['YQ==', 'YQ=', '+a', 'a/', 'Y', 'Y Q', 'YWFhY', 'YQ\n']) {
      expect(refusalOf(() => encodeJws(`${header}.${part}.`))).toBe('malformed E3X-JOS-005');
    }
    expect(refusalOf(() => encodeJws(`${header}..YR`))).toBe('non-canonical E3X-JOS-005');
  });

  it('E3X-JOS-009 rejects every strict prefix that does not hold both packets as truncated', () => {
    const packet = encodePacket({ head: HEADER, body: encodePacket({ head: utf8('payload') }) });
    for (let length = 0; length < packet.length; length++) {
      expect(refusalOf(() => decodeJws(packet.subarray(0, length)))).toBe('truncated E3X-JOS-009');
    }
    expect(refusalOf(() => decodeJws(packet))).toBe('accepted');
  });

  it('E3X-JOS-010 refuses a header or payload that does not fit a HEAD', () => {
    const long = text64('x'.repeat(65536));
    expect(refusalOf(() => encodeJws(`${text64('{"alg":"none"}')}.${long}.`))).toBe('limit E3X-JOS-010');
    expect(refusalOf(() => encodeJws(`${text64(`{"alg":"${'x'.repeat(65536)}"}`)}..`))).toBe('limit E3X-JOS-010');
  });

  test.prop([fc.uint8Array({ maxLength: 50 }), fc.uint8Array({ maxLength: 50 })])(
    'E3X-JOS-002 loses no byte of payload or signature',
    (payload, signature) => {
      const jws = [HEADER, payload, signature].map(encodeBase64url).join('.');
      expect(decodeJws(encodeJws(jws))).toBe(jws);
      expect(toHex(decodeBase64url(encodeBase64url(payload)))).toBe(toHex(payload));
    },
  );
});

describe('E3X-JOS-006 JWE', () => {
  it('maps the example of RFC 7516 to three packets and back', () => {
    const packet = encodeJwe(JWE);
    const second = decodePacket(decodePacket(packet).body);
    expect(second.json).toEqual({
      aad: '',
      iv: 'AxY8DCtDaGlsbGljb3RoZQ',
      tag: 'U0m_YmjN04DJvceFICbCVQ',
      encrypted_key: '6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ',
    });
    expect(Object.keys(second.json ?? {})).toEqual(['aad', 'iv', 'tag', 'encrypted_key']);
    expect(decodePacket(second.body).headLength).toBe(0);
    expect(decodeJwe(packet)).toBe(JWE);
  });

  it('E3X-JOS-004 and E3X-JOS-011 refuse other parts and other headers', () => {
    expect(refusalOf(() => encodeJwe(JWS))).toBe('malformed E3X-JOS-004');
    expect(refusalOf(() => encodeJwe(`${JWE}.`))).toBe('malformed E3X-JOS-004');
    expect(refusalOf(() => encodeJwe(`${text64('{"alg":"A"}')}....`))).toBe('malformed E3X-JOS-011');
    expect(refusalOf(() => encodeJwe(`${text64('{"enc":"A"}')}....`))).toBe('malformed E3X-JOS-003');
  });

  it.each<JsonObject>([
    { aad: '', iv: '', tag: '' },
    { aad: '', iv: '', tag: '', encrypted_key: 1 },
    { aad: '', iv: '', tag: '', encrypted_key: '', more: '' },
  ])('E3X-JOS-007 refuses the members %j', (members) => {
    expect(refusalOf(() => decodeJwe(jwePacket(members)))).toBe('malformed E3X-JOS-007');
  });

  it('E3X-JOS-005 refuses members that are not base64url', () => {
    expect(refusalOf(() => decodeJwe(jwePacket({ aad: '', iv: '=', tag: '', encrypted_key: '' })))).toBe('malformed E3X-JOS-005');
    expect(refusalOf(() => decodeJwe(jwePacket({ aad: '', iv: '', tag: 'YR', encrypted_key: '' })))).toBe('non-canonical E3X-JOS-005');
  });

  it('E3X-JOS-008 refuses what the compact form cannot say', () => {
    const members = { aad: '', iv: '', tag: '', encrypted_key: '' };
    expect(refusalOf(() => decodeJwe(jwePacket({ ...members, aad: 'YQ' })))).toBe('unrepresentable E3X-JOS-008');
    expect(refusalOf(() => decodeJwe(jwePacket(members, utf8('{"kid":"1"}'))))).toBe('unrepresentable E3X-JOS-008');
    expect(decodeJwe(jwePacket(members))).toBe(`${encodeBase64url(HEADER)}...AQ.`);
  });

  it('E3X-JOS-009 rejects a packet without the third one as truncated', () => {
    const second = encodePacket({ head: writeJson({ aad: '', iv: '', tag: '', encrypted_key: '' }) });
    expect(refusalOf(() => decodeJwe(encodePacket({ head: HEADER, body: second })))).toBe('truncated E3X-JOS-009');
  });

  it('E3X-JOS-010 refuses members that do not fit a HEAD', () => {
    expect(refusalOf(() => encodeJwe(`${encodeBase64url(HEADER)}.${'A'.repeat(65536)}...`))).toBe('limit E3X-JOS-010');
  });
});
