/** The cases of JWS and JWE as packets. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { lob, utf8 } from '../packet/build.ts';

export const vectors: TopicVectors = {
  subjects: [{ subject: 'jose', fill: ({ oracle, batch }) => joseCases(oracle, batch) }],
  mutated: ['e3x.jws.', 'e3x.jwe.'],
};

const b64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');

/** Instances that break one constraint of a schema each, confirmed by ajv at the keyword they aim at. */
export function oneViolation(
  schema: { readonly [key: string]: Json },
  valid: JsonObject,
): { name: string; keyword: string; instance: Json }[] {
  const ajv = new Ajv2020({ strict: true, keywords: ['x-req'], allErrors: true });
  const { $id: _id, ...anonymous } = schema;
  const validate = ajv.compile(anonymous);
  if (!validate(valid)) throw new Error(`${String(schema['$id'])}: the valid sample is not valid`);
  const found: { name: string; keyword: string; instance: Json }[] = [];
  const aim = (name: string, keyword: string, instance: Json): void => {
    if (validate(instance)) throw new Error(`${String(schema['$id'])}: '${name}' breaks nothing`);
    const keywords = new Set((validate.errors ?? []).map((e) => e.keyword));
    if (!keywords.has(keyword) || keywords.size !== 1)
      throw new Error(`${String(schema['$id'])}: '${name}' was to break ${keyword} alone and breaks ${[...keywords].join(', ')}`);
    found.push({ name, keyword, instance });
  };
  const properties = (schema['properties'] ?? {}) as { readonly [name: string]: JsonObject };
  for (const name of (schema['required'] ?? []) as string[])
    aim(`without-${name}`, 'required', Object.fromEntries(Object.entries(valid).filter(([k]) => k !== name)));
  for (const [name, property] of Object.entries(properties)) {
    for (const [label, value] of [
      ['number', 1],
      ['null', null],
      ['array', ['x']],
      ['object', {}],
      ['boolean', true],
    ] as const)
      if (property['type'] === 'string') aim(`${name}-is-${label}`, 'type', { ...valid, [name]: value as Json });
    if (property['minLength'] !== undefined) aim(`${name}-is-empty`, 'minLength', { ...valid, [name]: '' });
  }
  if (schema['additionalProperties'] === false) aim('unknown-member', 'additionalProperties', { ...valid, extra: 'x' });
  return found;
}

function joseCases(oracle: Oracle, batch: Batch): void {
  const schema = (id: string): { readonly [key: string]: Json } => oracle.spec.schemas.find((s) => s['$id'] === id) ?? {};
  const jwsOf = (header: string | Uint8Array, payload: string | Uint8Array, signature: Uint8Array): string =>
    `${b64(header)}.${b64(payload)}.${b64(signature)}`;
  const header = '{"alg":"HS256"}';
  const both = (name: string, title: string, jws: string, about: string): void => {
    batch.add({ name, title, kind: 'example', operation: 'e3x.jws.encode', params: { jws }, about, accepts: true });
    const packet = resultOf(oracle, 'e3x.jws.encode', { jws })['packet'] ?? null;
    batch.add({ name, title, kind: 'example', operation: 'e3x.jws.decode', params: { packet }, about, accepts: true });
  };
  both(
    'rfc7515-a1',
    'RFC 7515 appendix A.1',
    [
      'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9',
      'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ',
      'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    ].join('.'),
    'E3X-JOS-001',
  );
  both(
    'rfc7515-a5',
    'RFC 7515 appendix A.5: no signature',
    'eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.',
    'E3X-JOS-001',
  );
  both('signature-64', 'a signature of 64 bytes', jwsOf(header, '{"sub":"x"}', seededBytes('signature', 64)), 'E3X-JOS-001');
  for (const [name, payload] of [
    ['empty', ''],
    ['two-bytes', '{}'],
    ['six-bytes', '{"":1}'],
    ['text', 'not json at all'],
    ['spaced-json', '{ "b" : 1 , "a" : 2 }'],
    ['array', '[1,2,3,4,5]'],
  ] as const)
    both(`payload-${name}`, `a payload kept as bytes: ${name}`, jwsOf(header, payload, Uint8Array.of(1)), 'E3X-JOS-002');
  both('payload-binary', 'a payload of binary', jwsOf(header, seededBytes('payload', 50), Uint8Array.of(1)), 'E3X-JOS-002');
  both(
    'header-spaced',
    'a header with white space inside keeps it',
    jwsOf('{ "typ":"JWT",\r\n "alg" : "HS256" }', '{}', Uint8Array.of(1)),
    'E3X-JOS-002',
  );
  const enc = 'e3x.jws.encode';
  const refuse = (operation: string, name: string, title: string, params: JsonObject, about: string, cls: string): void =>
    batch.add({ name, title, kind: 'json', operation, params, about, rejects: cls });
  const badHeaders: [string, string][] = [
    ['not-json', 'abcdefgh'],
    ['array', '["alg","x"]'],
    ['empty', ''],
    ['two-bytes', '{}'],
    ['duplicate', '{"alg":"a","alg":"b"}'],
    ['space-before', ' {"alg":"HS256"}'],
    ...oneViolation(schema('e3x.jose-header'), { alg: 'HS256' }).map((v): [string, string] => [v.name, JSON.stringify(v.instance)]),
  ];
  for (const [name, h] of badHeaders) {
    refuse(enc, `header-${name}`, `not a header: ${h}`, { jws: jwsOf(h, '{}', Uint8Array.of(1)) }, 'E3X-JOS-003', 'malformed');
    refuse(
      'e3x.jws.decode',
      `header-${name}`,
      `not a header: ${h}`,
      { packet: lob(utf8(h), fromHex(lob(utf8('{}'), Uint8Array.of(1)))) },
      'E3X-JOS-003',
      'malformed',
    );
  }
  for (const [name, jws] of [
    ['empty', ''],
    ['one', b64(header)],
    ['two', `${b64(header)}.e30`],
    ['four', `${b64(header)}.e30.AA.AA`],
    ['five', `${b64(header)}.AA.AA.AA.AA`],
  ] as const)
    refuse(enc, `parts-${name}`, `parts: ${name}`, { jws }, 'E3X-JOS-004', 'malformed');
  for (const [name, part, cls] of [
    ['padding', 'AA==', 'malformed'],
    ['plus', 'AA+A', 'malformed'],
    ['slash', 'AA/A', 'malformed'],
    ['space', 'AA A', 'malformed'],
    ['line-end', 'AAAA\n', 'malformed'],
    ['length-1', 'A', 'malformed'],
    ['length-5', 'AAAAA', 'malformed'],
    ['unused-bits-2', 'AB', 'non-canonical'],
    ['unused-bits-3', 'AAB', 'non-canonical'],
    ['non-ascii', 'AAéA', 'malformed'],
  ] as const) {
    refuse(
      enc,
      `base64url-${name}`,
      `a signature that is not base64url: ${name}`,
      { jws: `${b64(header)}.e30.${part}` },
      'E3X-JOS-005',
      cls,
    );
    refuse(
      enc,
      `base64url-payload-${name}`,
      `a payload that is not base64url: ${name}`,
      { jws: `${b64(header)}.${part}.AA` },
      'E3X-JOS-005',
      cls,
    );
  }
  for (const [name, packet] of [
    ['nothing', ''],
    ['one-byte', '00'],
    ['length-beyond', '0020aabb'],
    ['no-attached', lob(utf8(header))],
    ['attached-one-byte', lob(utf8(header), Uint8Array.of(0))],
    ['attached-length-beyond', lob(utf8(header), Uint8Array.of(0, 9, 1))],
  ] as const)
    refuse('e3x.jws.decode', `attached-${name}`, `without attached packet: ${name}`, { packet }, 'E3X-JOS-009', 'truncated');
  refuse(
    enc,
    'payload-too-long',
    'a payload of 65,536 bytes',
    { jws: jwsOf(header, new Uint8Array(65_536), Uint8Array.of(1)) },
    'E3X-JOS-010',
    'limit',
  );
  refuse(
    enc,
    'header-too-long',
    'a header of 65,536 bytes',
    { jws: jwsOf(`{"alg":"HS256","x":"${'x'.repeat(65_536 - 22)}"}`, '{}', Uint8Array.of(1)) },
    'E3X-JOS-010',
    'limit',
  );

  const wideHeader = `{"alg":"HS256","x":"${'x'.repeat(65_535 - 22)}"}`;
  batch.add({
    name: 'longest',
    title: 'a header and a payload of 65,535 bytes each',
    kind: 'boundary',
    operation: enc,
    params: { jws: jwsOf(wideHeader, new Uint8Array(65_535), Uint8Array.of(1)) },
    about: 'E3X-JOS-010',
    accepts: true,
  });

  // JWE.
  const jweHeader = '{"alg":"dir","enc":"A256GCM"}';
  const rfc7516 = [
    'eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ',
    'OKOawDo13gRp2ojaHV7LFpZcgV7T6DVZKTyKOMTYUmKoTCVJRgckCL9kiMT03JGeipsEdY3mx_etLbbWSrFr05kLzcSr4qKAq7YN7e9jwQRb23nfa6' +
      'c9d-StnImGyFDbSv04uVuxIp5Zms1gNxKKK2Da14B8S4rzVRltdYwam_lDp5XnZAYpQdb76FdIKLaVmqgfwX7XWRxv2322i-vDxRfqNzo_tETKzpVL' +
      'zfiwQyeyPGLBIO56YJ7eObdv0je81860ppamavo35UgoRdbYaBcoh9QcfylQr66oc6vFWXRcZ_ZT2LawVCWTIy3brGPi6UklfCpIMfIjf7iGdXKHzg',
    '48V1_ALb6US04U3b',
    '5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6jiSdiwkIr3ajwQzaBtQD_A',
    'XFBoMYUZodetZdvTiFvSkQ',
  ].join('.');
  const jweOf = (h: string, key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array, tag: Uint8Array): string =>
    [h, key, iv, ciphertext, tag].map((p) => b64(p)).join('.');
  const none = new Uint8Array(0);
  for (const [name, jwe] of [
    ['rfc7516-a1', rfc7516],
    ['direct', jweOf(jweHeader, none, seededBytes('iv', 12), seededBytes('ct', 30), seededBytes('tag', 16))],
    ['empty-ciphertext', jweOf(jweHeader, seededBytes('ek', 40), seededBytes('iv', 12), none, seededBytes('tag', 16))],
    ['all-empty', `${b64(jweHeader)}....`],
  ] as const) {
    batch.add({
      name,
      title: `a JWE: ${name}`,
      kind: 'example',
      operation: 'e3x.jwe.encode',
      params: { jwe },
      about: 'E3X-JOS-006',
      accepts: true,
    });
    const packet = resultOf(oracle, 'e3x.jwe.encode', { jwe })['packet'] ?? null;
    batch.add({
      name,
      title: `a JWE: ${name}`,
      kind: 'example',
      operation: 'e3x.jwe.decode',
      params: { packet },
      about: 'E3X-JOS-006',
      accepts: true,
    });
  }
  for (const [name, jwe] of [
    ['three', `${b64(jweHeader)}.AA.AA`],
    ['four', `${b64(jweHeader)}.AA.AA.AA`],
    ['six', `${b64(jweHeader)}.AA.AA.AA.AA.AA`],
    ['empty', ''],
  ] as const)
    refuse('e3x.jwe.encode', `parts-${name}`, `parts: ${name}`, { jwe }, 'E3X-JOS-004', 'malformed');
  // Parts of a compact JWE are known by their place; 0 is the header.
  for (const index of [1, 2, 3, 4]) {
    const parts = [b64(jweHeader), 'AA', 'AA', 'AA', 'AA'];
    parts[index] = 'AA==';
    refuse(
      'e3x.jwe.encode',
      `base64url-part-${String(index)}`,
      `part ${String(index)} is padded`,
      { jwe: parts.join('.') },
      'E3X-JOS-005',
      'malformed',
    );
    parts[index] = 'AB';
    refuse(
      'e3x.jwe.encode',
      `unused-bits-part-${String(index)}`,
      `part ${String(index)} has unused bits`,
      { jwe: parts.join('.') },
      'E3X-JOS-005',
      'non-canonical',
    );
  }
  const members = { aad: '', iv: 'AA', tag: 'AA', encrypted_key: 'AA' };
  const jwePacket = (h: string, m: string, third: string): string => lob(utf8(h), fromHex(lob(utf8(m), fromHex(third))));
  const ciphertext = lob(none, Uint8Array.of(1, 2, 3));
  for (const v of oneViolation(schema('e3x.jwe-header'), { enc: 'A256GCM' })) {
    const h = JSON.stringify({ alg: 'dir', ...(v.instance as JsonObject) });
    refuse('e3x.jwe.encode', `enc-${v.name}`, `a JWE header ${h}`, { jwe: `${b64(h)}.AA.AA.AA.AA` }, 'E3X-JOS-011', 'malformed');
    refuse(
      'e3x.jwe.decode',
      `enc-${v.name}`,
      `a JWE header ${h}`,
      { packet: jwePacket(h, JSON.stringify(members), ciphertext) },
      'E3X-JOS-011',
      'malformed',
    );
  }
  refuse(
    'e3x.jwe.encode',
    'header-without-alg',
    'a JWE header without alg',
    { jwe: `${b64('{"enc":"A256GCM"}')}.AA.AA.AA.AA` },
    'E3X-JOS-003',
    'malformed',
  );
  refuse(
    'e3x.jwe.decode',
    'header-without-alg',
    'a JWE header without alg',
    { packet: jwePacket('{"enc":"A256GCM"}', JSON.stringify(members), ciphertext) },
    'E3X-JOS-003',
    'malformed',
  );
  for (const v of oneViolation(schema('e3x.jwe-members'), members))
    refuse(
      'e3x.jwe.decode',
      `members-${v.name}`,
      `second HEAD: ${v.name}`,
      { packet: jwePacket(jweHeader, JSON.stringify(v.instance), ciphertext) },
      'E3X-JOS-007',
      'malformed',
    );
  for (const [name, m] of [
    ['not-json', 'abcdefgh'],
    ['none', ''],
    ['array', '["a","b"]'],
  ] as const)
    refuse(
      'e3x.jwe.decode',
      `members-${name}`,
      `second HEAD: ${name}`,
      { packet: jwePacket(jweHeader, m, ciphertext) },
      'E3X-JOS-007',
      'malformed',
    );
  for (const member of ['iv', 'tag', 'encrypted_key']) {
    refuse(
      'e3x.jwe.decode',
      `base64url-${member}`,
      `${member} is not base64url`,
      { packet: jwePacket(jweHeader, JSON.stringify({ ...members, [member]: 'A' }), ciphertext) },
      'E3X-JOS-005',
      'malformed',
    );
    refuse(
      'e3x.jwe.decode',
      `unused-bits-${member}`,
      `${member} has unused bits`,
      { packet: jwePacket(jweHeader, JSON.stringify({ ...members, [member]: 'AB' }), ciphertext) },
      'E3X-JOS-005',
      'non-canonical',
    );
  }
  refuse(
    'e3x.jwe.decode',
    'aad',
    'additional data has no compact form',
    { packet: jwePacket(jweHeader, JSON.stringify({ ...members, aad: 'AA' }), ciphertext) },
    'E3X-JOS-008',
    'unrepresentable',
  );
  refuse(
    'e3x.jwe.decode',
    'unprotected-header',
    'an unprotected header has no compact form',
    { packet: jwePacket(jweHeader, JSON.stringify(members), lob(utf8('{"jku":"x"}'), Uint8Array.of(1))) },
    'E3X-JOS-008',
    'unrepresentable',
  );
  for (const [name, packet] of [
    ['nothing', ''],
    ['length-beyond', '0020aa'],
    ['no-second', lob(utf8(jweHeader))],
    ['no-third', lob(utf8(jweHeader), fromHex(lob(utf8(JSON.stringify(members)))))],
    ['third-length-beyond', jwePacket(jweHeader, JSON.stringify(members), '0009')],
  ] as const)
    refuse('e3x.jwe.decode', `attached-${name}`, `without attached packet: ${name}`, { packet }, 'E3X-JOS-009', 'truncated');
  refuse(
    'e3x.jwe.encode',
    'header-too-long',
    'a header of 65,536 bytes',
    { jwe: `${b64(`{"alg":"dir","enc":"x","x":"${'x'.repeat(65_536 - 30)}"}`)}.AA.AA.AA.AA` },
    'E3X-JOS-010',
    'limit',
  );
  // The second HEAD is its names and quotes, and the texts of three parts as they stand.
  const emptyMembers = '{"aad":"","iv":"","tag":"","encrypted_key":""}'.length;
  const jweOfMembers = (h: string, length: number): string => `${b64(h)}.${'A'.repeat(length - emptyMembers - 2)}.AA..`;
  batch.add({
    name: 'longest',
    title: 'a header and a second HEAD of 65,535 bytes each',
    kind: 'boundary',
    operation: 'e3x.jwe.encode',
    params: { jwe: jweOfMembers(`{"alg":"dir","enc":"x","x":"${'x'.repeat(65_535 - 30)}"}`, 65_535) },
    about: 'E3X-JOS-010',
    accepts: true,
  });
  refuse(
    'e3x.jwe.encode',
    'members-too-long',
    'a second HEAD of 65,536 bytes',
    { jwe: jweOfMembers(jweHeader, 65_536) },
    'E3X-JOS-010',
    'limit',
  );
}
