/** The cases of cloaking, and the sessions of a path. */
import { createCipheriv } from 'node:crypto';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { tracedSubject } from '../../generate/sessions.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { fillHead, lob, utf8 } from '../packet/build.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'cloaking', fill: ({ oracle, batch }) => cloakingCases(oracle, batch) },
    tracedSubject('cloak-path', 'e3x.cloakpath'),
  ],
  mutated: ['e3x.cloak.', 'e3x.cloakpath.'],
};

/** Cloaks once more with Bernstein's ChaCha20 from OpenSSL, so that a case can be wrong on purpose. */
function cloakOnce(oracle: Oracle, packet: Uint8Array, nonce: Uint8Array): Uint8Array {
  const key = oracle.spec.constants['CLOAK_KEY'];
  if (key === undefined || !('bytes' in key)) throw new Error('CLOAK_KEY is missing');
  const cipher = createCipheriv('chacha20', fromHex(key.bytes), Buffer.concat([Buffer.alloc(8), nonce]));
  return concatBytes(nonce, Uint8Array.from(cipher.update(packet)));
}
const nonceOf = (label: string): Uint8Array => {
  const nonce = seededBytes(`nonce-${label}`, 8);
  if (nonce[0] === 0) nonce[0] = 1;
  return nonce;
};

function cloakingCases(oracle: Oracle, batch: Batch): void {
  const apply = 'e3x.cloak.apply';
  const remove = 'e3x.cloak.remove';
  const packet = lob(Uint8Array.of(0x3a), seededBytes('cloaked-message', 40));
  for (const length of [2, 3, 10, 56, 64, 65, 128, 300, 1400]) {
    const plain = toHex(concatBytes(Uint8Array.of(0, 0), seededBytes(`plain-${String(length)}`, length - 2)));
    const nonce = nonceOf(`length-${String(length)}`);
    batch.add({
      name: `length-${String(length)}`,
      title: `a packet of ${String(length)} bytes, one round`,
      kind: 'boundary',
      operation: apply,
      params: { packet: plain, nonces: [toHex(nonce)] },
      about: length === 2 ? 'E3X-CLK-001' : 'E3X-CLK-003',
      accepts: true,
    });
    batch.add({
      name: `length-${String(length)}`,
      title: `a packet of ${String(length)} bytes, one round`,
      kind: 'boundary',
      operation: remove,
      params: { cloaked: toHex(cloakOnce(oracle, fromHex(plain), nonce)) },
      about: length === 2 ? 'E3X-CLK-001' : 'E3X-CLK-003',
      accepts: true,
    });
  }
  for (const first of ['01', '7f', '80', 'ff']) {
    const nonce = fromHex(`${first}00000000000000`);
    batch.add({
      name: `nonce-${first}`,
      title: `a nonce that begins with ${first}`,
      kind: 'boundary',
      operation: apply,
      params: { packet, nonces: [toHex(nonce)] },
      about: 'E3X-CLK-002',
      accepts: true,
    });
    batch.add({
      name: `nonce-${first}`,
      title: `a first byte of ${first} means cloaked`,
      kind: 'boundary',
      operation: remove,
      params: { cloaked: toHex(cloakOnce(oracle, fromHex(packet), nonce)) },
      about: 'E3X-CLK-005',
      accepts: true,
    });
  }
  for (const [name, nonces] of [
    ['zero-first', ['0011223344556677']],
    ['all-zero', ['0000000000000000']],
    ['zero-first-in-second-round', ['0102030405060708', '0002030405060708']],
    ['seven-bytes', ['01020304050607']],
    ['nine-bytes', ['010203040506070809']],
    ['empty', ['']],
  ] as const)
    batch.add({
      name: `bad-nonce-${name}`,
      title: `bad nonce: ${name}`,
      kind: 'constant',
      operation: apply,
      params: { packet, nonces: [...nonces] },
      rejects: 'malformed',
    });
  const rounds = (count: number): string[] => Array.from({ length: count }, (_, i) => toHex(nonceOf(`round-${String(i)}`)));
  for (const count of [2, 3, 5, 7, 8]) {
    batch.add({
      name: `rounds-${String(count)}`,
      title: `${String(count)} rounds`,
      kind: 'boundary',
      operation: apply,
      params: { packet, nonces: rounds(count) },
      about: count === 8 ? 'E3X-CLK-007' : 'E3X-CLK-004',
      accepts: true,
    });
    const cloaked = rounds(count).reduce((bytes, nonce) => cloakOnce(oracle, bytes, fromHex(nonce)), fromHex(packet));
    batch.add({
      name: `rounds-${String(count)}`,
      title: `${String(count)} rounds`,
      kind: 'boundary',
      operation: remove,
      params: { cloaked: toHex(cloaked) },
      about: count === 8 ? 'E3X-CLK-007' : 'E3X-CLK-004',
      accepts: true,
    });
  }
  for (const count of [0, 9, 20])
    batch.add({
      name: `rounds-${String(count)}`,
      title: `${String(count)} rounds are refused`,
      kind: 'limit',
      operation: apply,
      params: { packet, nonces: rounds(count) },
      rejects: 'limit',
    });
  for (const count of [9, 20]) {
    const cloaked = rounds(count).reduce((bytes, nonce) => cloakOnce(oracle, bytes, fromHex(nonce)), fromHex(packet));
    batch.add({
      name: `rounds-${String(count)}`,
      title: `${String(count)} rounds are refused`,
      kind: 'limit',
      operation: remove,
      params: { cloaked: toHex(cloaked) },
      rejects: 'limit',
    });
  }
  for (const [name, bad] of [
    ['head-of-256', lob(fillHead('head', 256))],
    ['head-of-300', lob(fillHead('head', 300), Uint8Array.of(1))],
  ] as const)
    batch.add({
      name: `not-cloakable-${name}`,
      title: `a packet whose first byte is not zero (${name})`,
      kind: 'limit',
      operation: apply,
      params: { packet: bad, nonces: rounds(1) },
      rejects: 'unrepresentable',
    });
  for (const [name, bad] of [
    ['empty', ''],
    ['one-byte', '00'],
    ['length-beyond', '0005aabb'],
  ] as const)
    batch.add({
      name: `not-a-packet-${name}`,
      title: `not a packet: ${name}`,
      kind: 'truncation',
      operation: apply,
      params: { packet: bad, nonces: rounds(1) },
      rejects: 'truncated',
    });
  // Removing.
  for (const [name, plain] of [
    ['empty-packet', '0000'],
    ['body', '0000ff'],
    ['message', packet],
    ['json', lob(utf8('{"a":1}'))],
  ] as const)
    batch.add({
      name: `plain-${name}`,
      title: `an uncloaked packet passes with 0 rounds (${name})`,
      kind: 'example',
      operation: remove,
      params: { cloaked: plain },
      about: 'E3X-CLK-005',
      accepts: true,
    });
  for (const length of [2, 5, 8, 9])
    batch.add({
      name: `short-${String(length)}`,
      title: `${String(length)} cloaked bytes are too few`,
      kind: 'truncation',
      operation: remove,
      params: { cloaked: toHex(concatBytes(Uint8Array.of(1), seededBytes(`short-${String(length)}`, length - 1))) },
      about: 'E3X-CLK-006',
      rejects: 'truncated',
    });
  for (const [name, inner] of [
    ['length-beyond', '0005aabb'],
    ['length-beyond-by-one', '0001'],
  ] as const) {
    batch.add({
      name: `inner-${name}`,
      title: `the content is not a packet (${name})`,
      kind: 'truncation',
      operation: remove,
      params: { cloaked: toHex(cloakOnce(oracle, fromHex(inner), nonceOf(name))) },
      about: 'E3X-CLK-008',
      rejects: 'truncated',
    });
    batch.add({
      name: `plain-${name}`,
      title: `uncloaked bytes that are not a packet (${name})`,
      kind: 'truncation',
      operation: remove,
      params: { cloaked: inner },
      about: 'E3X-CLK-008',
      rejects: 'truncated',
    });
  }
  for (const [name, bytes] of [
    ['nothing', ''],
    ['one-byte', '00'],
  ] as const)
    batch.add({
      name,
      title: `${name} is not a packet`,
      kind: 'truncation',
      operation: remove,
      params: { cloaked: bytes },
      about: 'E3X-CLK-008',
      rejects: 'truncated',
    });
}
