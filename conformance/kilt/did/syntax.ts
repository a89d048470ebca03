/** DIDs as text: what is one, and one fault each in syntax, address, checksum, type and length. */
import { createHash } from 'node:crypto';
import type { Batch } from '../../generate/batch.ts';
import type { VectorKind } from '../../vectors.ts';
import { decodeBase58, encodeBase58 } from './primitives.ts';
import { ADDRESS, FULL, LIGHT } from './samples.ts';

export function parseCases(batch: Batch): void {
  const put = (name: string, title: string, did: string, rejects?: string, about?: string, kind: VectorKind = 'example'): void =>
    batch.add({
      name,
      title,
      kind,
      operation: 'kilt.did.parse',
      params: { did },
      ...(rejects === undefined ? { accepts: true } : { rejects }),
      ...(about === undefined ? {} : { about }),
    });
  put('full', 'a full DID', FULL);
  put('full-fragment', 'a full DID with a fragment', `${FULL}#0x1234`);
  put('light', 'a light DID, ed25519', LIGHT);
  put('light-sr25519', 'a light DID, sr25519', `did:kilt:light:00${ADDRESS}`, undefined, 'KLT-DID-004');
  put('light-fragment', 'a light DID with a fragment', `${LIGHT}#authentication`);
  put('fragment-of-any-characters', 'a fragment with a colon, a slash and a letter outside ASCII', `${FULL}#a:b/ü?`);
  for (const [name, did] of [
    ['another-method', `did:web:${ADDRESS}`],
    ['no-scheme', ADDRESS],
    ['empty', ''],
    ['upper-case', FULL.replace('did', 'DID')],
    ['space-before', ` ${FULL}`],
    ['line-feed-behind', `${FULL}\n`],
    ['empty-fragment', `${FULL}#`],
    ['two-fragments', `${FULL}#a#b`],
    ['fragment-with-space', `${FULL}#a b`],
    ['one-digit', `did:kilt:light:1${ADDRESS}`],
    ['letters-for-digits', `did:kilt:light:0x${ADDRESS}`],
    ['details-behind-full', `${FULL}:z1`],
    ['empty-details', `${LIGHT}:`],
    ['dark', `did:kilt:dark:01${ADDRESS}`],
  ] as const)
    put(`syntax-${name}`, `not a DID: ${name}`, did, 'malformed', 'KLT-DID-001');
  for (const [name, address] of [
    ['short', ADDRESS.slice(0, -1)],
    ['long', `${ADDRESS}s`],
    ['another-prefix', `5${ADDRESS.slice(1)}`],
    ['zero-digit', `${ADDRESS.slice(0, -1)}0`],
    ['letter-l', `${ADDRESS.slice(0, -1)}l`],
  ] as const)
    put(`address-${name}`, `not an address: ${name}`, `did:kilt:${address}`, 'malformed', 'KLT-DID-001');
  for (const prefix of [30, 37, 39])
    put(
      `address-prefix-${String(prefix)}`,
      `an address of the prefix ${String(prefix)}`,
      `did:kilt:${addressOf(prefix)}`,
      'malformed',
      'KLT-DID-002',
    );
  const raw = decodeBase58(ADDRESS) ?? new Uint8Array(0);
  for (const [name, index] of [
    ['key-first-bit', 1],
    ['key-last-bit', 32],
    ['checksum-first', 33],
    ['checksum-last', 34],
  ] as const)
    put(
      `checksum-${name}`,
      `an address with one bit changed: ${name}`,
      `did:kilt:${encodeBase58(raw.map((byte, i) => (i === index ? byte ^ 1 : byte)))}`,
      'malformed',
      'KLT-DID-003',
    );
  put(
    'checksum-of-light',
    'a light DID whose address has a wrong checksum',
    `did:kilt:light:01${encodeBase58(raw.map((byte, i) => (i === 34 ? byte ^ 1 : byte)))}`,
    'malformed',
    'KLT-DID-003',
  );
  for (const digits of ['02', '10', '99'])
    put(
      `authentication-type-${digits}`,
      `an authentication key of the type ${digits}`,
      `did:kilt:light:${digits}${ADDRESS}`,
      'unsupported',
      'KLT-DID-004',
    );
  put('longest', 'a DID of 2,048 characters', `${FULL}#${'f'.repeat(2048 - FULL.length - 1)}`, undefined, 'KLT-DID-026', 'limit');
  put('too-long', 'a DID of 2,049 characters', `${FULL}#${'f'.repeat(2049 - FULL.length - 1)}`, 'limit', 'KLT-DID-026', 'limit');
}

/** An address of another prefix, whose checksum is right as such. */
function addressOf(prefix: number): string {
  for (let salt = 0; salt < 100_000; salt++) {
    const key = new Uint8Array(32).fill(salt % 251);
    key[0] = salt & 0xff;
    const addressed = Uint8Array.from([prefix, ...key]);
    const checksum = createHash('blake2b512').update('SS58PRE').update(addressed).digest().subarray(0, 2);
    const text58 = encodeBase58(Uint8Array.from([...addressed, ...checksum]));
    if (text58.startsWith('4') && text58.length === 48) return text58;
  }
  throw new Error(`no address of the prefix ${String(prefix)} starts with 4`);
}
