/** Envelopes as bytes: packed, unpacked, and one fault each. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { wireCases } from '../../generate/wire.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import type { VectorKind } from '../../vectors.ts';
import { CREATED, FULL, NONCE, type Cast } from './cast.ts';

export function compactCases(oracle: Oracle, { ann, ben, full }: Cast, batch: Batch): void {
  const ciphertext = `0x${'ab'.repeat(20)}`;
  const base: JsonObject = { ciphertext, nonce: `0x${NONCE}`, senderKeyUri: ann.keyUri, receiverKeyUri: ben.keyUri };
  const bare = 'did:kilt:light:004sbi8CW5RtqLFMc8TGVZfZp1GzBGi4499cMbfZZuc8fTqTds';
  const both = (name: string, title: string, envelope: JsonObject, about = 'KLT-ENV-022'): string => {
    const answer = oracle.answer('kilt.envelope.pack', { envelope });
    if (answer.kind !== 'ok') throw new Error(`${name} does not pack`);
    const bytes = String(answer.value['bytes']);
    batch.add({
      name,
      title,
      kind: 'example',
      operation: 'kilt.envelope.pack',
      params: { envelope },
      about: about === 'KLT-ENV-022' ? 'KLT-ENV-019' : about,
      accepts: true,
    });
    batch.add({ name, title, kind: 'example', operation: 'kilt.envelope.unpack', params: { bytes }, about, accepts: true });
    return bytes;
  };
  const packed = both('light', 'two light DIDs', base);
  both('full', 'a full DID', { ...base, receiverKeyUri: full.keyUri });
  both('sr25519', 'a light DID with sr25519 and no details', { ...base, senderKeyUri: `${bare}#encryption` });
  both('ed25519-bare', 'a light DID with ed25519 and no details', {
    ...base,
    senderKeyUri: `${bare.replace('light:00', 'light:01')}#authentication`,
  });
  both('received-at', 'with receivedAt', { ...base, receivedAt: CREATED });
  both('received-at-zero', 'receivedAt 0', { ...base, receivedAt: 0 });
  both('received-at-last', 'receivedAt 2^53 - 1', { ...base, receivedAt: 9007199254740991 });
  both('shortest-ciphertext', 'a ciphertext of 16 bytes', { ...base, ciphertext: `0x${'cd'.repeat(16)}` });
  both(
    'fragment-encryption-of-full',
    'the fragment encryption of a full DID',
    { ...base, receiverKeyUri: `${FULL}#encryption` },
    'KLT-ENV-024',
  );
  both('fragment-unicode', 'a fragment outside ASCII', { ...base, receiverKeyUri: `${FULL}#ü☃` });
  both('fragment-of-255', 'a fragment of 255 bytes', { ...base, receiverKeyUri: `${FULL}#${'f'.repeat(255)}` }, 'KLT-ENV-023');
  const refusePack = (name: string, title: string, envelope: JsonObject, about: string, rejects: string): void =>
    batch.add({ name, title, kind: 'example', operation: 'kilt.envelope.pack', params: { envelope }, about, rejects });
  refusePack(
    'fragment-of-256',
    'a fragment of 256 bytes',
    { ...base, receiverKeyUri: `${FULL}#${'f'.repeat(256)}` },
    'KLT-ENV-023',
    'unrepresentable',
  );
  refusePack(
    'fragment-of-256-in-utf8',
    'a fragment of 128 characters and 256 bytes',
    { ...base, receiverKeyUri: `${FULL}#${'ü'.repeat(128)}` },
    'KLT-ENV-023',
    'unrepresentable',
  );
  refusePack('nonce-of-23', 'a nonce of 23 bytes', { ...base, nonce: `0x${'11'.repeat(23)}` }, 'KLT-ENV-018', 'malformed');
  refusePack('ciphertext-of-15', 'a ciphertext of 15 bytes', { ...base, ciphertext: `0x${'11'.repeat(15)}` }, 'KLT-ENV-011', 'truncated');
  refusePack('no-key-uri', 'a key URI without a fragment', { ...base, senderKeyUri: ann.did }, 'KLT-DID-020', 'malformed');
  refusePack('upper-case', 'a nonce in capitals', { ...base, nonce: `0x${NONCE.toUpperCase()}` }, 'KLT-ENV-002', 'malformed');
  refusePack('another-member', 'another member', { ...base, x: 1 }, 'KLT-ENV-001', 'malformed');

  const refuse = (name: string, title: string, bytes: string, about: string, rejects: string, kind: VectorKind = 'example'): void =>
    batch.add({ name, title, kind, operation: 'kilt.envelope.unpack', params: { bytes }, about, rejects });
  const layout = oracle.wire.layout('kilt.envelope');
  const decoding = oracle.wire.decode('kilt.envelope', fromHex(packed));
  if (decoding.kind !== 'ok') throw new Error('the compact sample does not decode');
  for (const c of wireCases(oracle, layout, decoding.fields, (_, length) => new Uint8Array(length)))
    if (c.kind === 'range' && c.name.startsWith('flags')) refuse(c.name, c.title, toHex(c.bytes), 'KLT-ENV-020', 'malformed', 'range');
  for (const span of decoding.spans.filter((s) => s.name !== 'ciphertext'))
    for (const cut of new Set([span.offset, span.offset + Math.max(0, span.length - 1)]))
      refuse(
        `truncated-${span.name}-${String(cut - span.offset)}`,
        `ends ${String(cut - span.offset)} bytes into ${span.name}`,
        packed.slice(0, 2 * cut),
        'KLT-ENV-019',
        'truncated',
        'truncation',
      );
  const tail = decoding.spans.find((s) => s.name === 'ciphertext')?.offset ?? 0;
  for (const length of [0, 15])
    refuse(
      `ciphertext-of-${String(length)}`,
      `${String(length)} bytes of ciphertext`,
      packed.slice(0, 2 * (tail + length)),
      'KLT-ENV-011',
      'truncated',
      'truncation',
    );
  const at = (name: string): number => (decoding.spans.find((s) => s.name === name)?.offset ?? 0) * 2;
  const set = (name: string, hex: string): string => packed.slice(0, at(name)) + hex + packed.slice(at(name) + hex.length);
  refuse('sender-kind-3', 'a key URI of the kind 3', set('senderKeyUri.kind', '03'), 'KLT-ENV-020', 'malformed', 'range');
  refuse('receiver-kind-255', 'a key URI of the kind 255', set('receiverKeyUri.kind', 'ff'), 'KLT-ENV-020', 'malformed', 'range');
  refuse('details-of-another-version', 'details of the version 1', set('senderKeyUri.details', '01'), 'KLT-DID-006', 'unsupported');
  const keyUriBytes = (fragment: string): string => `00${'07'.repeat(32)}${fragment}`;
  const compact = (key: string): string => `00${NONCE}${key}${keyUriBytes('00')}${'ab'.repeat(16)}`;
  const spelled = Buffer.from('encryption').toString('hex');
  refuse(
    'encryption-spelled-out',
    'the fragment encryption spelled out',
    compact(keyUriBytes(`0a${spelled}`)),
    'KLT-ENV-024',
    'non-canonical',
    'non-canonical',
  );
  refuse('fragment-no-utf8', 'a fragment that is not UTF-8', compact(keyUriBytes('01ff')), 'KLT-ENV-021', 'malformed');
  refuse('fragment-with-space', 'a fragment with a space', compact(keyUriBytes('0120')), 'KLT-DID-001', 'malformed');
  for (const flags of ['02', '03', '80', '81'])
    refuse(
      `flags-${flags}`,
      `flags of ${flags}, all else right`,
      `${flags}${Number.parseInt(flags, 16) % 2 === 1 ? '0000000000000001' : ''}${packed.slice(2)}`,
      'KLT-ENV-020',
      'malformed',
      'range',
    );
  refuse('received-at-2-53', 'receivedAt 2^53', `010020000000000000${packed.slice(2)}`, 'KLT-ENV-021', 'malformed', 'range');
  refuse(
    'details-of-2049-bytes',
    'details of 2,049 bytes',
    compact(`01${'07'.repeat(32)}0801${'00'.repeat(2049)}00`),
    'KLT-DID-026',
    'limit',
    'limit',
  );
  refuse(
    'long-details',
    'details that make a DID of more than 2,048 characters',
    compact(`01${'07'.repeat(32)}0700${'00'.repeat(1)}${'ff'.repeat(1791)}00`),
    'KLT-DID-026',
    'limit',
    'limit',
  );
}
