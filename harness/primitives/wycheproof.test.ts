/**
 * Both implementations of the primitives on Wycheproof's cases: the committed extract always, and every case where
 * WYCHEPROOF_DIR names a checkout of C2SP/wycheproof.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../reference/kernel/bytes.ts';
import { AuthenticationError } from '../../reference/kernel/errors.ts';
import { refusalOf } from '../../reference/kernel/refusal.ts';
import type { Primitives } from '../../reference/primitives/primitives.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { IMPLEMENTATIONS } from './implementations.ts';
import { RULINGS, WYCHEPROOF_FILES, answerTo, readCheckout, readExtract } from './wycheproof.ts';
import type { WycheproofCase, WycheproofFile, WycheproofName } from './wycheproof.ts';

const root = packageRoot();
const NAMES = Object.keys(WYCHEPROOF_FILES) as WycheproofName[];
const EXTRACTS = NAMES.filter((name) => existsSync(join(root, 'harness/primitives/wycheproof', `${name}.json`)));
const checkout = process.env['WYCHEPROOF_DIR'];

/** What a case asks of the primitives; what comes back must be the bytes it expects, as hexadecimal. */
type Asked = (
  primitives: Primitives,
  bytes: (name: string) => Uint8Array,
  values: WycheproofCase['values'],
) => { readonly got: Uint8Array; readonly expected: string | undefined };

/** A scalar that Wycheproof writes as a number: as 32 bytes. */
function scalarOf(bytes: Uint8Array): Uint8Array {
  return concat([new Uint8Array(Math.max(0, 32 - bytes.length)), bytes]).slice(-32);
}
/** Verification yields no bytes. */
function verified(run: () => void): { readonly got: Uint8Array; readonly expected: string } {
  run();
  return { got: new Uint8Array(0), expected: '' };
}
/** Opens, and seals again to the same bytes. */
function aead(
  open: (input: { key: Uint8Array; nonce: Uint8Array; aad: Uint8Array; sealed: Uint8Array }) => Uint8Array,
  seal: (input: { key: Uint8Array; nonce: Uint8Array; aad: Uint8Array; plaintext: Uint8Array }) => Uint8Array,
): Asked {
  return (_, bytes, { msg }) => {
    const input = { key: bytes('key'), nonce: bytes('iv'), aad: bytes('aad') };
    const sealed = concat([bytes('ct'), bytes('tag')]);
    const got = open({ ...input, sealed });
    expect(toHex(seal({ ...input, plaintext: got }))).toBe(toHex(sealed));
    return { got, expected: msg };
  };
}

const ASKED: Readonly<Record<WycheproofName, Asked>> = {
  x25519: (p, bytes, { shared }) => ({
    got: p.deriveX25519Shared({ secret: bytes('private'), publicKey: bytes('public') }),
    expected: shared,
  }),
  ecdh_secp256r1_ecpoint: (p, bytes, { shared }) => ({
    got: p.deriveP256Shared({ secret: scalarOf(bytes('private')), publicKey: bytes('public') }),
    expected: shared,
  }),
  aes_gcm: (p, ...rest) => aead(p.openAesGcm, p.sealAesGcm)(p, ...rest),
  chacha20_poly1305: (p, ...rest) => aead(p.openChacha20Poly1305, p.sealChacha20Poly1305)(p, ...rest),
  hmac_sha256: (p, bytes) =>
    verified(() => {
      const tag = bytes('tag');
      const right = p.hmacSha256({ key: bytes('key'), message: bytes('msg') }).slice(0, tag.length); // half of the cases cut it
      if (!p.isEqual({ left: right, right: tag })) throw new AuthenticationError('HMAC');
    }),
  rsa_oaep_2048_sha1_mgf1sha1: (p, bytes, { msg }) => ({
    got: p.openRsaOaep({ secretKey: bytes('secretKey'), sealed: bytes('ct') }),
    expected: msg,
  }),
  ed25519: (p, bytes) =>
    verified(() => {
      p.verifyEd25519({ publicKey: bytes('publicKey'), message: bytes('msg'), signature: bytes('sig') });
    }),
  rsa_signature_2048_sha256: (p, bytes) =>
    verified(() => {
      p.verifyRsa({ publicKey: bytes('publicKey'), message: bytes('msg'), signature: bytes('sig') });
    }),
  hkdf_sha256: (p, bytes, { size, okm }) => ({
    got: p.hkdfSha256({ inputKey: bytes('ikm'), salt: bytes('salt'), info: bytes('info'), outputLength: Number(size) }),
    expected: okm,
  }),
};

/** Holds one implementation against every case of a file. */
function hold({ name, cases }: WycheproofFile, primitives: Primitives): void {
  const deviations: string[] = [];
  for (const wycheproofCase of cases) {
    const { tcId, values } = wycheproofCase;
    const answer = refusalOf(() => {
      const { got, expected } = ASKED[name](primitives, (member) => fromHex(values[member] ?? ''), values);
      if (toHex(got) !== expected) deviations.push(`${String(tcId)}: other bytes`);
    }).split(' ')[0];
    const right = answerTo(name, wycheproofCase);
    if (answer !== right) deviations.push(`${String(tcId)}: ${String(answer)}, not ${right}`);
  }
  expect(deviations).toEqual([]);
}

describe.each(IMPLEMENTATIONS)('Wycheproof, the committed extract, %s', (_, primitives) => {
  it.each(EXTRACTS)('%s', (name) => {
    hold(readExtract(root, name), primitives);
  });
});

describe.runIf(checkout !== undefined).each(IMPLEMENTATIONS)('Wycheproof, the whole checkout in WYCHEPROOF_DIR, %s', (_, primitives) => {
  it.each(NAMES)('%s', (name) => {
    hold(readCheckout(checkout ?? '', name), primitives);
  });
});

describe.runIf(checkout === undefined)('Wycheproof, the whole checkout', () => {
  it.skip('is not run: WYCHEPROOF_DIR names no checkout of C2SP/wycheproof', () => undefined);
});

describe('the rulings on Wycheproof', () => {
  it('every one of them decides a case of the extract, and none of what is valid or invalid is turned round without one', () => {
    const deciding = new Set(
      EXTRACTS.flatMap((name) => readExtract(root, name).cases.map((c) => RULINGS.find(({ file, when }) => file === name && when(c)))),
    );
    expect(RULINGS.filter((ruling) => EXTRACTS.includes(ruling.file) && !deciding.has(ruling))).toEqual([]);
  });

  it('the extract is what it says: cases of one revision, all kinds of result, less than 300 KB', () => {
    const counts: Record<string, number> = {};
    for (const { result } of EXTRACTS.flatMap((name) => readExtract(root, name).cases)) counts[result] = (counts[result] ?? 0) + 1;
    expect(counts).toMatchObject({ invalid: 370, acceptable: 255 });
  });
});
