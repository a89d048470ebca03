/** The implementations against each other on random inputs, and what both must refuse. */
import { constants, createPublicKey, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../reference/kernel/bytes.ts';
import { refusalOf } from '../../reference/kernel/refusal.ts';
import { noblePrimitives } from '../../reference/primitives/noble.ts';
import type { PrimitiveName, Primitives } from '../../reference/primitives/primitives.ts';
import { applyMgf1Mask, encodeOaep } from '../../reference/primitives/rsa-padding.ts';
import { CHACHA_BLOCK_COUNT_MAX, PRIMITIVES } from '../../reference/primitives/table.ts';
import { IMPLEMENTATIONS } from './implementations.ts';
import { fastPrimitives } from './fast.ts';
import { NODE_COVERAGE, createNodePrimitives } from './node.ts';
import { SODIUM_COVERAGE, createSodiumPrimitives } from './sodium.ts';

const nodePrimitives = createNodePrimitives();
const REFUSED = 'unauthenticated authentication';
const zeros = (length: number): Uint8Array => new Uint8Array(length);
const exactly = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const upTo = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength, size: 'max' });
const aesKey = fc.oneof(exactly(16), exactly(32));
/** Secrets of P-256 and secp160r1: any bytes that are not zero and, for P-256, below the order. */
const p256Secret = exactly(32).filter((secret) => secret.some((byte) => byte > 0) && (secret[0] ?? 0) < 0xff);
const secp160r1Secret = exactly(20).filter((secret) => secret.some((byte) => byte > 0));

/** The result of a call, as text that can be compared: hexadecimal, true or false, or the refusal. */
function outcomeOf(run: () => Uint8Array | boolean): string {
  let outcome = '';
  const refusal = refusalOf(() => {
    const result = run();
    outcome = typeof result === 'boolean' ? String(result) : toHex(result);
  });
  return refusal === 'accepted' ? outcome : refusal;
}

/** Runs the same call on every implementation and expects the same. */
function agree(call: (primitives: Primitives) => Uint8Array | boolean): string {
  const outcome = outcomeOf(() => call(noblePrimitives));
  for (const [name, primitives] of IMPLEMENTATIONS)
    expect(
      outcomeOf(() => call(primitives)),
      name,
    ).toBe(outcome);
  return outcome;
}

describe('all implementations agree', () => {
  test.prop([upTo(300), upTo(200), upTo(100), fc.integer({ min: 1, max: 300 })], { numRuns: 40 })(
    'on hashes',
    (message, key, other, outputLength) => {
      agree((p) => p.sha256({ message }));
      agree((p) => p.sha512({ message }));
      agree((p) => p.hmacSha256({ key, message }));
      agree((p) => p.hkdfSha256({ inputKey: key, salt: other, info: message, outputLength }));
      agree((p) => p.blake2b({ message, outputLength: 64 }));
      agree((p) => p.blake2b({ message, outputLength: 64, key: zeros(0) }));
      // libsodium has digests and keys of 16 bytes and more.
      for (const length of [1, 15, 16, 32, 64]) {
        agree((p) => p.blake2b({ message, outputLength: length }));
        for (const keyLength of [1, 15, 16, 64]) agree((p) => p.blake2b({ message, outputLength: length, key: zeros(keyLength).fill(7) }));
      }
      agree((p) => p.isEqual({ left: message, right: other }));
      expect(agree((p) => p.isEqual({ left: message, right: message.slice() }))).toBe('true');
    },
  );

  test.prop([exactly(32), exactly(8), exactly(12), upTo(300), fc.integer({ min: 0, max: 2 ** 32 - 12 })], { numRuns: 40 })(
    'on ChaCha20',
    (key, shortNonce, nonce, data, counter) => {
      agree((p) => p.applyChacha20Original({ key, nonce: shortNonce, counter, data }));
      agree((p) => p.applyChacha20({ key, nonce, counter, data }));
    },
  );

  test.prop([aesKey, exactly(16), exactly(12), upTo(300), upTo(40)], { numRuns: 40 })('on AES', (key, counterBlock, nonce, data, aad) => {
    const sealed = agree((p) => p.applyAesCtr({ key, counterBlock, data }));
    expect(sealed).toHaveLength(2 * data.length);
    agree((p) => p.sealAesGcm({ key, nonce, aad, plaintext: data }));
    const gcm = noblePrimitives.sealAesGcm({ key, nonce, aad, plaintext: data });
    expect(agree((p) => p.openAesGcm({ key, nonce, aad, sealed: gcm }))).toBe(toHex(data));
  });

  it('on a counter block of AES that wraps', () => {
    const counterBlock = zeros(16).fill(0xff);
    expect(agree((p) => p.applyAesCtr({ key: zeros(16), counterBlock, data: zeros(32) })).slice(32)).toBe(
      toHex(noblePrimitives.applyAesCtr({ key: zeros(16), counterBlock: zeros(16), data: zeros(16) })),
    );
  });

  test.prop([exactly(32), exactly(12), upTo(200), upTo(40)], { numRuns: 30 })('on ChaCha20-Poly1305', (key, nonce, plaintext, aad) => {
    agree((p) => p.sealChacha20Poly1305({ key, nonce, aad, plaintext }));
    const sealed = nodePrimitives.sealChacha20Poly1305({ key, nonce, aad, plaintext });
    expect(agree((p) => p.openChacha20Poly1305({ key, nonce, aad, sealed }))).toBe(toHex(plaintext));
  });

  test.prop([exactly(32), exactly(32)], { numRuns: 20 })('on X25519, for points of the curve and of its twist', (secret, publicKey) => {
    agree((p) => p.deriveX25519Public({ secret }));
    agree((p) => p.deriveX25519Shared({ secret, publicKey }));
    agree((p) => p.deriveBoxKey({ secret, publicKey }));
  });

  test.prop([p256Secret, p256Secret, exactly(64)], { numRuns: 15 })('on P-256', (secret, other, coordinates) => {
    agree((p) => p.deriveP256Public({ secret }));
    const publicKey = noblePrimitives.deriveP256Public({ secret: other });
    agree((p) => p.deriveP256Shared({ secret, publicKey }));
    expect(agree((p) => p.isP256Public({ publicKey: concat([Uint8Array.of(4), coordinates]) }))).toBe('false');
  });

  test.prop([secp160r1Secret, exactly(20), fc.constantFrom(2, 3)], { numRuns: 30 })(
    'on secp160r1, for points and for what is none',
    (secret, x, prefix) => {
      agree((p) => p.deriveSecp160r1Public({ secret }));
      const publicKey = concat([Uint8Array.of(prefix), x]);
      const isPublic = agree((p) => p.isSecp160r1Public({ publicKey }));
      const shared = agree((p) => p.deriveSecp160r1Shared({ secret, publicKey }));
      expect(shared === 'malformed SEC 1 3.2.2').toBe(isPublic === 'false');
    },
  );

  test.prop([exactly(32), upTo(100), exactly(64)], { numRuns: 15 })('on Ed25519', (secret, message, forged) => {
    agree((p) => p.deriveEd25519Public({ secret }));
    agree((p) => p.signEd25519({ secret, message }));
    // The converted pair is a pair: OpenSSL multiplies, the reference maps.
    const converted = agree((p) => p.convertEd25519Secret({ secret }));
    expect(toHex(nodePrimitives.deriveX25519Public({ secret: fromHex(converted) }))).toBe(
      agree((p) => p.convertEd25519Public({ publicKey: p.deriveEd25519Public({ secret }) })),
    );
    const publicKey = noblePrimitives.deriveEd25519Public({ secret });
    const signature = noblePrimitives.signEd25519({ secret, message });
    agree((p) => p.multiplyEd25519({ scalar: concat([forged.slice(0, 31), zeros(1)]), point: publicKey }));
    agree((p) => p.multiplyEd25519({ scalar: forged.slice(0, 32), point: publicKey }));
    agree((p) => p.multiplyEd25519({ scalar: concat([forged.slice(0, 31), zeros(1)]), point: forged.slice(32) }));
    agree((p) => p.addEd25519({ left: publicKey, right: signature.slice(0, 32) }));
    agree((p) => p.addEd25519({ left: publicKey, right: forged.slice(32) }));
    for (const primitives of [noblePrimitives, nodePrimitives]) {
      expect(
        refusalOf(() => {
          primitives.verifyEd25519({ publicKey, message, signature });
        }),
      ).toBe('accepted');
      expect(
        refusalOf(() => {
          primitives.verifyEd25519({ publicKey, message, signature: forged });
        }),
      ).toBe(REFUSED);
      expect(
        refusalOf(() => {
          primitives.verifyEd25519({ publicKey: message.length === 32 ? secret : forged.slice(0, 32), message, signature });
        }),
      ).toBe(REFUSED);
    }
  });
});

/** A key that OpenSSL made, so that its DER is not ours. */
const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { format: 'der', type: 'spki' },
  privateKeyEncoding: { format: 'der', type: 'pkcs8' },
});
const publicKey = new Uint8Array(pair.publicKey);
const secretKey = new Uint8Array(pair.privateKey);

describe('all implementations agree on RSA', () => {
  it('on the public key inside a secret key', () => {
    expect(agree((p) => p.deriveRsaPublic({ secretKey }))).toBe(toHex(publicKey));
  });

  test.prop([exactly(20), upTo(214), upTo(100)], { numRuns: 6 })('on OAEP and signatures', (seed, plaintext, message) => {
    agree((p) => p.sealRsaOaep({ publicKey, seed, plaintext }));
    const sealed = noblePrimitives.sealRsaOaep({ publicKey, seed, plaintext });
    expect(agree((p) => p.openRsaOaep({ secretKey, sealed }))).toBe(toHex(plaintext));
    agree((p) => p.signRsa({ secretKey, message }));
    const signature = nodePrimitives.signRsa({ secretKey, message });
    expect(
      refusalOf(() => {
        noblePrimitives.verifyRsa({ publicKey, message, signature });
      }),
    ).toBe('accepted');
  });

  /** Seals 256 bytes as they are, without padding them. */
  const raw = (padded: Uint8Array): Uint8Array =>
    new Uint8Array(
      publicEncrypt(
        { key: createPublicKey({ key: pair.publicKey, format: 'der', type: 'spki' }), padding: constants.RSA_NO_PADDING },
        padded,
      ),
    );

  it('on every wrong padding, each with the same refusal', () => {
    const good = encodeOaep(zeros(20).fill(7), Uint8Array.of(1, 2, 3));
    expect(agree((p) => p.openRsaOaep({ secretKey, sealed: raw(good) }))).toBe('010203');
    const firstByte = good.slice();
    firstByte[0] = 1; // the masks fit, only the leading zero is missing
    const seedByte = good.slice();
    seedByte[5] = (seedByte[5] ?? 0) ^ 1;
    const lastByte = good.slice();
    lastByte[255] = (lastByte[255] ?? 0) ^ 1;
    const block = (...parts: Uint8Array[]): Uint8Array => {
      const seed = zeros(20).fill(7);
      const masked = applyMgf1Mask(concat(parts), seed);
      return concat([zeros(1), applyMgf1Mask(seed, masked), masked]);
    };
    const label = fromHex('da39a3ee5e6b4b0d3255bfef95601890afd80709'); // SHA-1 of nothing
    const one = Uint8Array.of(1);
    expect(agree((p) => p.openRsaOaep({ secretKey, sealed: raw(block(label, zeros(213), one, one)) }))).toBe('01');
    const otherLabel = block(
      label.map((byte) => byte ^ 1),
      zeros(213),
      one,
      one,
    );
    const noSeparator = block(label, zeros(215));
    const dirtyFilling = block(label, zeros(10), Uint8Array.of(2), zeros(202), one, one);
    for (const padded of [
      firstByte,
      seedByte,
      lastByte,
      otherLabel,
      noSeparator,
      dirtyFilling,
      zeros(256),
      concat([zeros(1), zeros(255).fill(1)]),
    ]) {
      const sealed = raw(padded);
      expect(agree((p) => p.openRsaOaep({ secretKey, sealed }))).toBe(REFUSED);
    }
  });
});

describe.each(IMPLEMENTATIONS)('what must be refused, %s', (_name, primitives) => {
  const nonce12 = zeros(12).fill(1);
  const nonce24 = zeros(24).fill(2);
  const key = zeros(32).fill(3);
  const aad = Uint8Array.of(9, 8, 7);
  const plaintext = zeros(20).fill(4);

  it.each([
    [
      'AES-GCM',
      (sealed: Uint8Array, more: Uint8Array) => primitives.openAesGcm({ key, nonce: nonce12, aad: more, sealed }),
      primitives.sealAesGcm({ key, nonce: nonce12, aad, plaintext }),
    ],
    [
      'AES-GCM with a short key',
      (sealed: Uint8Array, more: Uint8Array) => primitives.openAesGcm({ key: key.subarray(16), nonce: nonce12, aad: more, sealed }),
      primitives.sealAesGcm({ key: key.subarray(16), nonce: nonce12, aad, plaintext }),
    ],
    [
      'ChaCha20-Poly1305',
      (sealed: Uint8Array, more: Uint8Array) => primitives.openChacha20Poly1305({ key, nonce: nonce12, aad: more, sealed }),
      primitives.sealChacha20Poly1305({ key, nonce: nonce12, aad, plaintext }),
    ],
    [
      'secretbox',
      (sealed: Uint8Array, more: Uint8Array) =>
        primitives.openSecretbox({ key, nonce: more.length === 3 && more[0] === 9 ? nonce24 : nonce24.map((byte) => byte + 1), sealed }),
      primitives.sealSecretbox({ key, nonce: nonce24, plaintext }),
    ],
  ])('%s: every changed bit, every shorter length and other associated data', (_what, open, sealed) => {
    expect(open(sealed, aad)).toEqual(plaintext);
    for (let bit = 0; bit < 8 * sealed.length; bit++) {
      const tampered = sealed.slice();
      tampered[bit >> 3] = (tampered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(refusalOf(() => open(tampered, aad))).toBe(REFUSED);
    }
    for (let length = 16; length < sealed.length; length++) expect(refusalOf(() => open(sealed.subarray(0, length), aad))).toBe(REFUSED);
    expect(refusalOf(() => open(concat([sealed, zeros(1)]), aad))).toBe(REFUSED);
    expect(refusalOf(() => open(sealed, Uint8Array.of(9, 8)))).toBe(REFUSED);
    expect(refusalOf(() => open(sealed.subarray(0, 15), aad))).toMatch(/^usage open\w+\.sealed$/);
  });

  it('wrong lengths of every input the table names, before any work', () => {
    for (const [name, { lengths }] of Object.entries(PRIMITIVES)) {
      const operation = primitives[name as PrimitiveName] as (input: Readonly<Record<string, unknown>>) => unknown;
      const right = Object.fromEntries(
        Object.entries(lengths).map(([input, permitted]) => [input, zeros('min' in permitted ? permitted.min : (permitted[0] ?? 0))]),
      );
      const others = {
        counter: 0,
        outputLength: 32,
        data: zeros(1),
        message: zeros(1),
        plaintext: zeros(1),
        aad: zeros(0),
        publicKey: zeros(1),
        secretKey: zeros(1),
      };
      for (const [input, permitted] of Object.entries(lengths)) {
        const wrong =
          'min' in permitted
            ? [permitted.min - 1, permitted.max + 1].filter((length) => length >= 0 && length < 10_000)
            : permitted.flatMap((length) => [length - 1, length + 1]);
        for (const length of [...wrong, ...('min' in permitted ? [] : [0])]) {
          expect(refusalOf(() => operation({ ...others, ...right, [input]: zeros(length) }))).toBe(`usage ${name}.${input}`);
        }
      }
    }
  });

  it('numbers out of range', () => {
    const hash = { message: zeros(1), inputKey: zeros(1), salt: zeros(0), info: zeros(0) };
    for (const outputLength of [0, -1, 1.5, NaN, 2 ** 53]) {
      expect(refusalOf(() => primitives.blake2b({ ...hash, outputLength }))).toBe('usage blake2b.outputLength');
      expect(refusalOf(() => primitives.blake3({ ...hash, outputLength }))).toBe('usage blake3.outputLength');
      expect(refusalOf(() => primitives.hkdfSha256({ ...hash, outputLength }))).toBe('usage hkdfSha256.outputLength');
    }
    expect(refusalOf(() => primitives.blake2b({ ...hash, outputLength: 65 }))).toBe('usage blake2b.outputLength');
    expect(refusalOf(() => primitives.hkdfSha256({ ...hash, outputLength: 8161 }))).toBe('usage hkdfSha256.outputLength');
    expect(refusalOf(() => primitives.blake3({ ...hash, outputLength: 32, key: zeros(32), context: zeros(1) }))).toBe(
      'usage blake3.context',
    );
  });

  it('key stream beyond the block counter', () => {
    const input = { key, nonce: nonce12, counter: CHACHA_BLOCK_COUNT_MAX - 1 };
    expect(primitives.applyChacha20({ ...input, data: zeros(64) })).toHaveLength(64);
    expect(refusalOf(() => primitives.applyChacha20({ ...input, data: zeros(65) }))).toBe('limit applyChacha20.counter');
    expect(refusalOf(() => primitives.applyChacha20Original({ ...input, nonce: zeros(8), data: zeros(65) }))).toBe(
      'limit applyChacha20Original.counter',
    );
    expect(refusalOf(() => primitives.applyChacha20({ ...input, counter: 2 ** 32, data: zeros(1) }))).toBe('usage applyChacha20.counter');
  });

  it('an invalid RSA key', () => {
    const trailing = concat([publicKey, zeros(1)]);
    expect(refusalOf(() => primitives.sealRsaOaep({ publicKey: trailing, seed: zeros(20), plaintext }))).toBe('trailing RFC 5280 4.1');
    expect(
      refusalOf(() => {
        primitives.verifyRsa({ publicKey: secretKey, message: plaintext, signature: zeros(256) });
      }),
    ).toBe('malformed X.690 8.1.2');
    expect(refusalOf(() => primitives.signRsa({ secretKey: publicKey, message: plaintext }))).toBe('malformed X.690 8.1.2');
    expect(refusalOf(() => primitives.openRsaOaep({ secretKey: zeros(0), sealed: zeros(256) }))).toBe('truncated X.690 8.1.2');
  });
});

describe.each(IMPLEMENTATIONS)('outputs, %s', (_name, primitives) => {
  it('are bytes of their own, whatever the alignment of the inputs', () => {
    const memory = zeros(200).fill(5);
    const shifted = memory.subarray(3, 35);
    const input = { key: shifted, nonce: memory.subarray(41, 65), plaintext: memory.subarray(67, 90) };
    const sealed = primitives.sealSecretbox(input);
    expect(sealed.byteLength).toBe(sealed.buffer.byteLength);
    expect(primitives.openSecretbox({ ...input, sealed: concat([zeros(1), sealed]).subarray(1) })).toEqual(input.plaintext);
    expect(primitives.hsalsa20({ key: shifted, nonce: memory.subarray(41, 57) })).toEqual(
      primitives.hsalsa20({ key: shifted.slice(), nonce: zeros(16).fill(5) }),
    );
    expect(memory).toEqual(zeros(200).fill(5));
  });

  it('are plain bytes that show no other memory, from every operation', () => {
    const secret = zeros(32).fill(5);
    const shortSecret = zeros(20).fill(5);
    const input = {
      key: secret,
      nonce: zeros(12),
      aad: zeros(0),
      data: secret,
      plaintext: secret,
      message: secret,
      counter: 0,
      outputLength: 64,
    };
    const outputs: Partial<Record<PrimitiveName, Uint8Array>> = {
      sha256: primitives.sha256(input),
      sha512: primitives.sha512(input),
      hmacSha256: primitives.hmacSha256(input),
      hkdfSha256: primitives.hkdfSha256({ inputKey: secret, salt: secret, info: secret, outputLength: 10 }),
      blake2b: primitives.blake2b({ message: secret, outputLength: 64 }),
      blake3: primitives.blake3({ message: secret, outputLength: 10 }),
      applyChacha20Original: primitives.applyChacha20Original({ ...input, nonce: zeros(8) }),
      applyChacha20: primitives.applyChacha20(input),
      applyAesCtr: primitives.applyAesCtr({ ...input, counterBlock: zeros(16) }),
      sealAesGcm: primitives.sealAesGcm(input),
      openAesGcm: primitives.openAesGcm({ ...input, sealed: primitives.sealAesGcm(input) }),
      sealChacha20Poly1305: primitives.sealChacha20Poly1305(input),
      openChacha20Poly1305: primitives.openChacha20Poly1305({ ...input, sealed: primitives.sealChacha20Poly1305(input) }),
      sealSecretbox: primitives.sealSecretbox({ ...input, nonce: zeros(24) }),
      openSecretbox: primitives.openSecretbox({
        ...input,
        nonce: zeros(24),
        sealed: primitives.sealSecretbox({ ...input, nonce: zeros(24) }),
      }),
      poly1305: primitives.poly1305(input),
      hsalsa20: primitives.hsalsa20({ key: secret, nonce: zeros(16) }),
      deriveX25519Public: primitives.deriveX25519Public({ secret }),
      deriveX25519Shared: primitives.deriveX25519Shared({ secret, publicKey: primitives.deriveX25519Public({ secret }) }),
      deriveBoxKey: primitives.deriveBoxKey({ secret, publicKey: primitives.deriveX25519Public({ secret }) }),
      deriveP256Public: primitives.deriveP256Public({ secret }),
      deriveP256Shared: primitives.deriveP256Shared({ secret, publicKey: primitives.deriveP256Public({ secret }) }),
      deriveSecp160r1Public: primitives.deriveSecp160r1Public({ secret: shortSecret }),
      deriveSecp160r1Shared: primitives.deriveSecp160r1Shared({
        secret: shortSecret,
        publicKey: primitives.deriveSecp160r1Public({ secret: shortSecret }),
      }),
      deriveEd25519Public: primitives.deriveEd25519Public({ secret }),
      signEd25519: primitives.signEd25519({ secret, message: secret }),
      convertEd25519Secret: primitives.convertEd25519Secret({ secret }),
      convertEd25519Public: primitives.convertEd25519Public({ publicKey: primitives.deriveEd25519Public({ secret }) }),
      multiplyEd25519: primitives.multiplyEd25519({
        scalar: Uint8Array.of(5, ...zeros(31)),
        point: primitives.deriveEd25519Public({ secret }),
      }),
      addEd25519: primitives.addEd25519({
        left: primitives.deriveEd25519Public({ secret }),
        right: primitives.deriveEd25519Public({ secret }),
      }),
      deriveRsaPublic: primitives.deriveRsaPublic({ secretKey }),
      sealRsaOaep: primitives.sealRsaOaep({ publicKey, seed: shortSecret, plaintext: secret }),
      openRsaOaep: primitives.openRsaOaep({
        secretKey,
        sealed: primitives.sealRsaOaep({ publicKey, seed: shortSecret, plaintext: secret }),
      }),
      signRsa: primitives.signRsa({ secretKey, message: secret }),
    };
    for (const [name, output] of Object.entries(outputs)) {
      expect([name, output.constructor, output.buffer.byteLength]).toEqual([name, Uint8Array, output.length]);
    }
    const answers = ['isEqual', 'isP256Public', 'isSecp160r1Public', 'verifyEd25519', 'verifyRsa'];
    expect([...Object.keys(outputs), ...answers].sort()).toEqual(Object.keys(PRIMITIVES).sort());
  });
});

const sodium = createSodiumPrimitives(nodePrimitives);
describe.skipIf(sodium === undefined)('the implementation over libsodium', () => {
  it('does what it says, and leaves the rest to the other', () => {
    for (const name of Object.keys(PRIMITIVES) as PrimitiveName[])
      expect([name, sodium?.[name] === nodePrimitives[name]]).toEqual([name, !(name in SODIUM_COVERAGE)]);
  });
  it('refuses a tag that is wrong, and lengths before it calls anything', () => {
    const key = zeros(32);
    const nonce = zeros(24);
    const sealed = noblePrimitives.sealSecretbox({ key, nonce, plaintext: zeros(3) });
    for (const at of [0, 15, 16, 18]) {
      const damaged = sealed.map((byte, i) => (i === at ? byte ^ 1 : byte));
      expect(refusalOf(() => sodium?.openSecretbox({ key, nonce, sealed: damaged }))).toBe(REFUSED);
    }
    expect(refusalOf(() => sodium?.openSecretbox({ key, nonce, sealed: zeros(15) }))).toMatch(/openSecretbox\.sealed/);
    expect(refusalOf(() => sodium?.sealSecretbox({ key: zeros(31), nonce, plaintext: zeros(0) }))).toMatch(/sealSecretbox\.key/);
    expect(refusalOf(() => sodium?.deriveX25519Shared({ secret: key, publicKey: key }))).toBe(REFUSED);
    const [iv, aad] = [zeros(12), zeros(5)];
    const aead = noblePrimitives.sealChacha20Poly1305({ key, nonce: iv, aad, plaintext: zeros(3) });
    for (const at of [0, 2, 3, 18]) {
      const damaged = aead.map((byte, i) => (i === at ? byte ^ 1 : byte));
      expect(refusalOf(() => sodium?.openChacha20Poly1305({ key, nonce: iv, aad, sealed: damaged }))).toBe(REFUSED);
    }
    expect(refusalOf(() => sodium?.openChacha20Poly1305({ key, nonce: iv, aad: zeros(4), sealed: aead }))).toBe(REFUSED);
    expect(refusalOf(() => sodium?.openChacha20Poly1305({ key, nonce: iv, aad, sealed: zeros(15) }))).toMatch(/\.sealed/);
    expect(refusalOf(() => sodium?.sealChacha20Poly1305({ key, nonce: zeros(11), aad, plaintext: zeros(0) }))).toMatch(/\.nonce/);
    expect(refusalOf(() => sodium?.deriveEd25519Public({ secret: zeros(31) }))).toMatch(/\.secret/);
  });
});

describe('the fastest primitives', () => {
  it('say who does what, and are those', () => {
    const { primitives, providers } = fastPrimitives();
    expect(Object.keys(providers).sort()).toEqual(Object.keys(PRIMITIVES).sort());
    expect(providers.sealSecretbox).toBe(sodium === undefined ? 'noble' : 'sodium');
    expect([providers.sha256, providers.hsalsa20]).toEqual(['node', 'noble']);
    const message = Uint8Array.of(1, 2, 3);
    expect(primitives.sha256({ message })).toEqual(noblePrimitives.sha256({ message }));
  });
});

describe('the implementation over node:crypto', () => {
  it('says of every primitive who does the work', () => {
    expect(Object.keys(NODE_COVERAGE).sort()).toEqual(Object.keys(PRIMITIVES).sort());
    for (const [name, coverage] of Object.entries(NODE_COVERAGE)) {
      const isShared = nodePrimitives[name as PrimitiveName] === noblePrimitives[name as PrimitiveName];
      expect([name, isShared]).toEqual([name, coverage === 'reference']);
    }
  });

  it('accepts longer infos than OpenSSL', () => {
    agree((p) => p.hkdfSha256({ inputKey: zeros(1), salt: zeros(0), info: zeros(1025), outputLength: 8160 }));
  });

  it('gives the same results without remembered keys, and with bytes that change under it', () => {
    const forgetful = createNodePrimitives({ keyCountMax: 0 });
    const small = createNodePrimitives({ keyCountMax: 1 });
    const secret = zeros(32).fill(6);
    for (let round = 0; round < 4; round++) {
      secret[1] = round;
      const expected = noblePrimitives.deriveX25519Public({ secret });
      for (const primitives of [forgetful, small, nodePrimitives]) {
        expect(primitives.deriveX25519Public({ secret })).toEqual(expected);
        expect(primitives.signEd25519({ secret, message: expected })).toEqual(noblePrimitives.signEd25519({ secret, message: expected }));
      }
    }
  });
});
