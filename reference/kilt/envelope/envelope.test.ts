import { readFileSync } from 'node:fs';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { concat, fromHex } from '../../kernel/bytes.ts';
import { AuthenticationError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { encodeLightDid } from '../did/did.ts';
import { encodeDidDocument } from '../did/did-document.ts';
import { packEnvelope, unpackEnvelope } from './envelope-codec.ts';
import { EnvelopeEndpoint } from './envelope-endpoint.ts';
import { readEnvelope, writeEnvelope } from './envelope-json.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import type { Envelope, LocalKey } from './envelope.ts';
import { DocumentDirectory } from '../did/resolver.ts';

interface KnownEnvelope {
  readonly type: string;
  readonly sender: string;
  readonly receiver: string;
  readonly senderEncSecret: string;
  readonly receiverEncSecret: string;
  readonly nonce: string;
  readonly message: JsonObject;
  readonly plaintext: string;
  readonly envelope: JsonObject;
}
/** Answers of @kiltprotocol/messaging 0.35.2. */
const { lightDids, envelopes } = JSON.parse(readFileSync(new URL('../../../spec/kilt/evidence/kilt.json', import.meta.url), 'utf8')) as {
  lightDids: { name: string; uri: string; fullDidUri: string; encSecretKey: string | null }[];
  envelopes: KnownEnvelope[];
};

function didOf(name: string): string {
  return lightDids.find((did) => did.name === name)?.uri ?? '';
}
function keyOf(name: string): LocalKey {
  return { secret: fromHex(lightDids.find((did) => did.name === name)?.encSecretKey ?? ''), keyUri: `${didOf(name)}#encryption` };
}
const alice = keyOf('alice');
const bob = keyOf('bob');
const NONCE = fromHex('000102030405060708090a0b0c0d0e0f1011121314151617');
const MESSAGE = {
  body: { type: 'bottlepost:text', content: { text: 'hello' } },
  createdAt: 1,
  sender: didOf('alice'),
  receiver: didOf('bob'),
  messageId: 'm1',
};
const SEALED = sealEnvelope({ message: MESSAGE, sender: alice, receiver: bob, entropy: NONCE }, noblePrimitives);

/** Seals any bytes from Alice to Bob, as an insider could. */
function sealBytes(plaintext: Uint8Array): Envelope {
  const publicKey = noblePrimitives.deriveX25519Public({ secret: bob.secret });
  const key = noblePrimitives.deriveBoxKey({ secret: alice.secret, publicKey });
  return { ...SEALED, ciphertext: noblePrimitives.sealSecretbox({ key, nonce: NONCE, plaintext }) };
}
function sealText(text: string): Envelope {
  return sealBytes(Uint8Array.from(Buffer.from(text)));
}

describe('KLT-ENV envelopes', () => {
  it.each(envelopes)('seals the $type of @kiltprotocol/messaging, byte for byte', ({ message, sender, receiver, nonce, envelope }) => {
    const sealed = sealEnvelope({ message, sender: keyOf(sender), receiver: keyOf(receiver), entropy: fromHex(nonce) }, noblePrimitives);
    expect(writeEnvelope(sealed)).toEqual(envelope);
  });

  it.each(envelopes)('opens the $type of @kiltprotocol/messaging', ({ plaintext, receiver, envelope }) => {
    expect(JSON.stringify(openEnvelope({ envelope: readEnvelope(envelope), receiver: keyOf(receiver) }, noblePrimitives))).toBe(plaintext);
  });

  it('leaves out what is not a member of a message, and returns when it was received', () => {
    const message = { ...MESSAGE, receivedAt: 5, secret: 'none of your business' };
    const sealed = sealEnvelope({ message, sender: alice, receiver: bob, entropy: NONCE }, noblePrimitives);
    expect(sealed).toEqual(SEALED);
    expect(openEnvelope({ envelope: { ...sealed, receivedAt: 7 }, receiver: bob }, noblePrimitives)).toEqual({ ...MESSAGE, receivedAt: 7 });
  });

  it('can also be opened by its sender: it convinces nobody else', () => {
    const forged = sealEnvelope(
      {
        message: { ...MESSAGE, sender: didOf('bob'), receiver: didOf('alice') },
        sender: bob,
        receiver: alice,
        entropy: NONCE,
      },
      noblePrimitives,
    );
    const turned = { ...forged, senderKeyUri: alice.keyUri, receiverKeyUri: bob.keyUri };
    // The box opens, and names the other way round.
    expect(refusalOf(() => openEnvelope({ envelope: turned, receiver: bob }, noblePrimitives))).toMatch(/^mismatch/);
  });

  test.prop([fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean()])(
    'opens for nobody when a bit of it has changed',
    (at, change, isNonce) => {
      const bytes = (isNonce ? SEALED.nonce : SEALED.ciphertext).slice();
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ change;
      const envelope = isNonce ? { ...SEALED, nonce: bytes } : { ...SEALED, ciphertext: bytes };
      expect(refusalOf(() => openEnvelope({ envelope, receiver: bob }, noblePrimitives))).toMatch(/^unauthenticated/);
    },
  );

  it('opens under no other keys, and tells no detail', () => {
    const dave = keyOf('dave');
    expect(() => openEnvelope({ envelope: { ...SEALED, senderKeyUri: dave.keyUri }, receiver: bob }, noblePrimitives)).toThrow(
      AuthenticationError,
    );
    expect(() => openEnvelope({ envelope: { ...SEALED, receiverKeyUri: dave.keyUri }, receiver: dave }, noblePrimitives)).toThrow(
      AuthenticationError,
    );
    expect(refusalOf(() => openEnvelope({ envelope: SEALED, receiver: dave }, noblePrimitives))).toMatch(/^mismatch/);
  });

  it.each([
    ['no JSON', sealText('not json'), 'malformed'],
    ['a list', sealText('[]'), 'malformed'],
    ['no UTF-8', sealBytes(Uint8Array.of(0xff)), 'malformed'],
    ['nothing', sealBytes(new Uint8Array(0)), 'malformed'],
    ['a member twice', sealText('{"sender":"a","sender":"b"}'), 'malformed'],
    ['another sender', sealText(JSON.stringify({ ...MESSAGE, sender: didOf('dave') })), 'mismatch'],
    ['another receiver', sealText(JSON.stringify({ ...MESSAGE, receiver: didOf('dave') })), 'mismatch'],
    ['no sender', sealText(JSON.stringify({ ...MESSAGE, sender: undefined })), 'mismatch'],
    ['the full DID of its sender', sealText(JSON.stringify({ ...MESSAGE, sender: lightDids[0]?.fullDidUri })), 'mismatch'],
  ])('refuses an authentic content that is or names %s', (_what, envelope, rejectClass) => {
    expect(refusalOf(() => openEnvelope({ envelope, receiver: bob }, noblePrimitives)).split(' ')[0]).toBe(rejectClass);
  });

  it.each([
    ['a short nonce', { nonce: NONCE.slice(1) }, 'malformed'],
    ['no room for a tag', { ciphertext: new Uint8Array(15) }, 'truncated'],
    ['a sender without a fragment', { senderKeyUri: didOf('alice') }, 'malformed'],
    ['a sender that is no DID', { senderKeyUri: 'x#y' }, 'malformed'],
    ["a sender's key for signatures", { senderKeyUri: `${didOf('alice')}#authentication` }, 'unknown'],
    ['a sender without such a key', { senderKeyUri: `${didOf('carol')}#encryption` }, 'unknown'],
    ['a sender that nobody knows', { senderKeyUri: `${lightDids[0]?.fullDidUri ?? ''}#encryption` }, 'unknown'],
    ['a receiver without a fragment', { receiverKeyUri: didOf('bob') }, 'malformed'],
  ])('refuses an envelope with %s', (_what, change, rejectClass) => {
    expect(refusalOf(() => openEnvelope({ envelope: { ...SEALED, ...change }, receiver: bob }, noblePrimitives)).split(' ')[0]).toBe(
      rejectClass,
    );
  });

  it('agrees on nothing with a key that agrees on zero with everyone', () => {
    const zero = encodeLightDid(
      {
        authentication: { type: 'ed25519', publicKey: new Uint8Array(32) },
        keyAgreement: { type: 'x25519', publicKey: new Uint8Array(32) },
      },
      noblePrimitives,
    );
    expect(
      refusalOf(() => openEnvelope({ envelope: { ...SEALED, senderKeyUri: `${zero}#encryption` }, receiver: bob }, noblePrimitives)),
    ).toMatch(/^malformed/);
    expect(
      refusalOf(() =>
        sealEnvelope(
          {
            message: { ...MESSAGE, receiver: zero },
            sender: alice,
            receiver: { keyUri: `${zero}#encryption` },
            entropy: NONCE,
          },
          noblePrimitives,
        ),
      ),
    ).toMatch(/^malformed/);
  });

  it('seals only what names both ends as the keys do, and only what JSON can hold', () => {
    expect(
      refusalOf(() =>
        sealEnvelope({ message: { ...MESSAGE, sender: didOf('dave') }, sender: alice, receiver: bob, entropy: NONCE }, noblePrimitives),
      ),
    ).toMatch(/^mismatch/);
    expect(
      refusalOf(() =>
        sealEnvelope({ message: { ...MESSAGE, receiver: didOf('dave') }, sender: alice, receiver: bob, entropy: NONCE }, noblePrimitives),
      ),
    ).toMatch(/^mismatch/);
    expect(
      refusalOf(() =>
        sealEnvelope(
          { message: { ...MESSAGE, body: { type: 'x', content: 2 ** 60 } }, sender: alice, receiver: bob, entropy: NONCE },
          noblePrimitives,
        ),
      ),
    ).toBe('unrepresentable KLT-ENV-014');
    expect(
      refusalOf(() => sealEnvelope({ message: MESSAGE, sender: alice, receiver: bob, entropy: NONCE.slice(1) }, noblePrimitives)),
    ).toMatch(/^usage/);
    expect(
      refusalOf(() =>
        sealEnvelope({ message: MESSAGE, sender: { ...alice, secret: NONCE }, receiver: bob, entropy: NONCE }, noblePrimitives),
      ),
    ).toMatch(/^usage/);
  });

  it('does not trust a sealed time of receipt', () => {
    const claimed = sealText(JSON.stringify({ ...MESSAGE, receivedAt: 5 }));
    expect(openEnvelope({ envelope: claimed, receiver: bob }, noblePrimitives)).toEqual(MESSAGE);
    expect(openEnvelope({ envelope: { ...claimed, receivedAt: 7 }, receiver: bob }, noblePrimitives)).toEqual({
      ...MESSAGE,
      receivedAt: 7,
    });
  });

  it('seals for a full DID with the keys of its document', () => {
    const full = lightDids[0]?.fullDidUri ?? '';
    const document = JSON.parse(
      JSON.stringify(encodeDidDocument(didOf('alice'), 'json', noblePrimitives)).replaceAll(didOf('alice'), full),
    ) as JsonObject;
    const resolver = new DocumentDirectory([document]);
    const sealed = sealEnvelope(
      {
        message: { ...MESSAGE, sender: didOf('bob'), receiver: full },
        sender: bob,
        receiver: { keyUri: `${full}#encryption` },
        resolver,
        entropy: NONCE,
      },
      noblePrimitives,
    );
    expect(openEnvelope({ envelope: sealed, receiver: { ...alice, keyUri: `${full}#encryption` } }, noblePrimitives)).toMatchObject({
      messageId: 'm1',
    });
  });
});

describe('KLT-ENV as JSON', () => {
  it.each([
    ['a member too many', { note: '' }],
    ['a nonce that is no hexadecimal', { nonce: 'zz' }],
    ['a nonce in upper case', { nonce: '0xAB' }],
    ['a ciphertext of half a byte', { ciphertext: '0x0' }],
    ['a time that is text', { receivedAt: '5' }],
    ['a sender that is a number', { senderKeyUri: 5 }],
  ])('refuses %s', (_what, change) => {
    expect(refusalOf(() => readEnvelope({ ...writeEnvelope(SEALED), ...change }))).toMatch(/^malformed/);
  });
});

describe('KLT-CMP compact envelopes', () => {
  it.each(envelopes)('loses nothing of the $type', ({ envelope }) => {
    const packed = packEnvelope(readEnvelope(envelope), noblePrimitives);
    expect(writeEnvelope(unpackEnvelope(packed, noblePrimitives))).toEqual(envelope);
    expect(packed.length).toBeLessThan(JSON.stringify(envelope).length * 0.55);
  });

  it('keeps when an envelope was received, and whose full DIDs it names', () => {
    const full = lightDids[0]?.fullDidUri ?? '';
    const envelope = { ...SEALED, receivedAt: 1_700_000_000_000, senderKeyUri: `${full}#0xabc`, receiverKeyUri: `${full}#encryption` };
    expect(unpackEnvelope(packEnvelope(envelope, noblePrimitives), noblePrimitives)).toEqual(envelope);
  });

  it('refuses every strict prefix that ends before the tag does', () => {
    const packed = packEnvelope({ ...SEALED, receivedAt: 5 }, noblePrimitives);
    const shortest = packed.length - SEALED.ciphertext.length + 16;
    for (let length = 0; length < shortest; length++) {
      expect(refusalOf(() => unpackEnvelope(packed.slice(0, length), noblePrimitives))).toMatch(/^truncated|^malformed/);
    }
  });

  it('refuses flags, kinds and spellings that no writer produces', () => {
    const packed = packEnvelope(SEALED, noblePrimitives);
    const changed = (at: number, value: number): Uint8Array => {
      const bytes = packed.slice();
      bytes[at] = value;
      return bytes;
    };
    const end = 25 + 33 + 2 + 63;
    expect(refusalOf(() => unpackEnvelope(changed(0, 2), noblePrimitives))).toBe('malformed KLT-ENV-020');
    expect(refusalOf(() => unpackEnvelope(changed(25, 3), noblePrimitives))).toBe('malformed KLT-ENV-020');
    expect(refusalOf(() => unpackEnvelope(changed(25 + 33 + 2, 1), noblePrimitives))).toBe('unsupported KLT-DID-006');
    const spelled = concat([
      packed.subarray(0, end),
      Uint8Array.of(10),
      Uint8Array.from(Buffer.from('encryption')),
      packed.subarray(end + 1),
    ]);
    expect(refusalOf(() => unpackEnvelope(spelled, noblePrimitives))).toBe('non-canonical KLT-ENV-024');
    expect(
      refusalOf(() => unpackEnvelope(concat([packed.subarray(0, end), Uint8Array.of(1, 0x20), packed.subarray(end + 1)]), noblePrimitives)),
    ).toBe('malformed KLT-DID-001');
    expect(
      refusalOf(() => unpackEnvelope(concat([packed.subarray(0, end), Uint8Array.of(1, 0xff), packed.subarray(end + 1)]), noblePrimitives)),
    ).toBe('malformed KLT-ENV-021');
    const late = packEnvelope({ ...SEALED, receivedAt: 5 }, noblePrimitives);
    late[1] = 0xff;
    expect(refusalOf(() => unpackEnvelope(late, noblePrimitives))).toBe('malformed KLT-ENV-021');
  });

  it('does not spend time on details that no DID has, and packs no fragment of 256 bytes', () => {
    const key = concat([Uint8Array.of(1), new Uint8Array(32), Uint8Array.of(0xff, 0xff), new Uint8Array(65_535), Uint8Array.of(0)]);
    expect(refusalOf(() => unpackEnvelope(concat([Uint8Array.of(0), NONCE, key, key, new Uint8Array(16)]), noblePrimitives))).toBe(
      'limit KLT-DID-026',
    );
    expect(refusalOf(() => packEnvelope({ ...SEALED, senderKeyUri: `${didOf('alice')}#${'a'.repeat(256)}` }, noblePrimitives))).toBe(
      'unrepresentable KLT-ENV-023',
    );
  });

  test.prop([fc.uint8Array({ maxLength: 400 })])('returns or refuses, whatever it is given', (bytes) => {
    expect(refusalOf(() => unpackEnvelope(bytes, noblePrimitives))).toMatch(
      /^(accepted|malformed|truncated|non-canonical|unsupported|limit)/,
    );
  });
});

describe('KLT-ENV endpoints', () => {
  it('seals and opens like the functions, with new peers and known ones, however few it remembers', () => {
    for (const peerCountMax of [0, 1, 8]) {
      const endpoint = new EnvelopeEndpoint({ keys: [alice], peerCountMax, primitives: noblePrimitives });
      const peer = new EnvelopeEndpoint({ keys: [bob], peerCountMax, primitives: noblePrimitives });
      for (let round = 0; round < 3; round++) {
        const sealed = endpoint.seal({ message: MESSAGE, receiverKeyUri: bob.keyUri, entropy: NONCE });
        expect(sealed).toEqual(SEALED);
        expect(peer.open(sealed)).toEqual(MESSAGE);
      }
    }
  });

  it('takes the key that is named, of several', () => {
    const endpoint = new EnvelopeEndpoint({ keys: [bob, alice], primitives: noblePrimitives });
    const sealed = endpoint.seal({ message: MESSAGE, senderKeyUri: alice.keyUri, receiverKeyUri: bob.keyUri, entropy: NONCE });
    expect(sealed).toEqual(SEALED);
    expect(endpoint.open(sealed)).toEqual(MESSAGE);
  });

  it('knows its own keys only', () => {
    const endpoint = new EnvelopeEndpoint({ keys: [alice], primitives: noblePrimitives });
    expect(refusalOf(() => endpoint.open(SEALED))).toMatch(/^unknown/);
    expect(refusalOf(() => new EnvelopeEndpoint({ keys: [], primitives: noblePrimitives }))).toMatch(/^usage/);
  });
});
