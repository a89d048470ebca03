/**
 * Wycheproof's cases for the primitives: read from a checkout of the project, or from the extract in
 * `harness/primitives/wycheproof/`; and what they come to by our rules.
 *
 * Wycheproof calls a case valid, invalid or acceptable. Our primitives take fewer forms than exist (nonces of 12 bytes,
 * uncompressed points, an empty label), and where a case is acceptable they have decided: `RULINGS` says each way in which
 * our answer is not simply theirs, and why.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One case; the bytes are hexadecimal, under the names that Wycheproof gives them. */
export interface WycheproofCase {
  readonly tcId: number;
  readonly result: 'valid' | 'invalid' | 'acceptable';
  readonly flags: readonly string[];
  readonly values: { readonly [name: string]: string };
}

/** The cases of one file, and where they are from. */
export interface WycheproofFile {
  readonly name: WycheproofName;
  readonly cases: readonly WycheproofCase[];
}

/** What is kept of a case: from the case itself, or from its group. */
interface FileShape {
  readonly test: readonly string[];
  readonly group: { readonly [name: string]: readonly string[] };
}

/** The name of a file that is about our primitives. */
export type WycheproofName =
  | 'x25519'
  | 'ecdh_secp256r1_ecpoint'
  | 'aes_gcm'
  | 'chacha20_poly1305'
  | 'hmac_sha256'
  | 'rsa_oaep_2048_sha1_mgf1sha1'
  | 'ed25519'
  | 'rsa_signature_2048_sha256'
  | 'hkdf_sha256';

/** What is kept of each file. */
export const WYCHEPROOF_FILES: Readonly<Record<WycheproofName, FileShape>> = {
  x25519: { test: ['public', 'private', 'shared'], group: {} },
  ecdh_secp256r1_ecpoint: { test: ['public', 'private', 'shared'], group: {} },
  aes_gcm: { test: ['key', 'iv', 'aad', 'msg', 'ct', 'tag'], group: {} },
  chacha20_poly1305: { test: ['key', 'iv', 'aad', 'msg', 'ct', 'tag'], group: {} },
  hmac_sha256: { test: ['key', 'msg', 'tag'], group: {} },
  rsa_oaep_2048_sha1_mgf1sha1: { test: ['msg', 'ct', 'label'], group: { secretKey: ['privateKeyPkcs8'] } },
  ed25519: { test: ['msg', 'sig'], group: { publicKey: ['publicKey', 'pk'] } },
  rsa_signature_2048_sha256: { test: ['msg', 'sig'], group: { publicKey: ['publicKeyDer'] } },
  hkdf_sha256: { test: ['ikm', 'salt', 'info', 'size', 'okm'], group: {} },
};

/** The result of a case: accepted, or the class of the refusal; `usage` if the peer does not choose the length. */
export type Answer = 'accepted' | 'malformed' | 'unauthenticated' | 'usage';

/** A way in which our answer needs saying. */
export interface Ruling {
  readonly file: WycheproofName;
  /** Which cases it is about; the first ruling that fits a case holds. */
  readonly when: (wycheproofCase: WycheproofCase) => boolean;
  readonly answer: Answer;
  readonly reason: string;
}

const lengthOf = ({ values }: WycheproofCase, name: string): number => (values[name]?.length ?? 0) / 2;
const has =
  (flag: string) =>
  ({ flags }: WycheproofCase): boolean =>
    flags.includes(flag);
const isResult =
  (result: WycheproofCase['result']) =>
  (c: WycheproofCase): boolean =>
    c.result === result;

/** Where we do not simply accept what is valid and refuse what is invalid. */
export const RULINGS: readonly Ruling[] = [
  { file: 'x25519', when: has('ZeroSharedSecret'), answer: 'unauthenticated', reason: 'an all-zero result is refused (E3X-CS3-004)' },
  {
    file: 'x25519',
    when: isResult('acceptable'),
    answer: 'accepted',
    reason: 'points of the twist, u of p and more and the ignored top bit are computed with, as RFC 7748 5 requires',
  },
  {
    file: 'ecdh_secp256r1_ecpoint',
    when: (c) => lengthOf(c, 'public') !== 65,
    answer: 'usage',
    reason:
      'a point has 65 bytes, which the caller that reads it has checked (E3X-CS2-002, E3X-CS2-005); ' +
      'compressed ones are acceptable to Wycheproof',
  },
  { file: 'ecdh_secp256r1_ecpoint', when: isResult('invalid'), answer: 'malformed', reason: 'not a point of the curve' },
  { file: 'aes_gcm', when: (c) => lengthOf(c, 'key') === 24, answer: 'usage', reason: 'keys have 16 or 32 bytes' },
  {
    file: 'aes_gcm',
    when: (c) => lengthOf(c, 'iv') !== 12,
    answer: 'usage',
    reason: 'nonces have 12 bytes: others are hashed first, and no protocol here uses them',
  },
  { file: 'aes_gcm', when: isResult('invalid'), answer: 'unauthenticated', reason: 'the tag does not verify' },
  { file: 'chacha20_poly1305', when: (c) => lengthOf(c, 'iv') !== 12, answer: 'usage', reason: 'nonces have 12 bytes' },
  { file: 'chacha20_poly1305', when: isResult('invalid'), answer: 'unauthenticated', reason: 'the tag does not verify' },
  { file: 'hmac_sha256', when: isResult('invalid'), answer: 'unauthenticated', reason: 'the tag does not verify' },
  {
    file: 'rsa_oaep_2048_sha1_mgf1sha1',
    when: (c) => lengthOf(c, 'label') > 0,
    answer: 'unauthenticated',
    reason: 'the label is empty (E3X-CS2-002); a padding with any other is wrong',
  },
  {
    file: 'rsa_oaep_2048_sha1_mgf1sha1',
    when: (c) => lengthOf(c, 'ct') !== 256,
    answer: 'usage',
    reason: 'KEYS has 256 bytes, which its layout has checked (E3X-CS2-001)',
  },
  {
    file: 'rsa_oaep_2048_sha1_mgf1sha1',
    when: isResult('invalid'),
    answer: 'unauthenticated',
    reason: 'every fault of the padding is the same',
  },
  { file: 'ed25519', when: (c) => lengthOf(c, 'sig') !== 64, answer: 'usage', reason: 'a signature has 64 bytes' },
  {
    file: 'ed25519',
    when: isResult('invalid'),
    answer: 'unauthenticated',
    reason: 'the signature does not verify, or is not in its canonical encoding',
  },
  { file: 'rsa_signature_2048_sha256', when: (c) => lengthOf(c, 'sig') !== 256, answer: 'usage', reason: 'a signature has 256 bytes' },
  {
    file: 'rsa_signature_2048_sha256',
    when: has('MissingNull'),
    answer: 'unauthenticated',
    reason: 'there is one padding, and it is compared whole: the NULL must be there (RFC 8017 9.2)',
  },
  { file: 'rsa_signature_2048_sha256', when: isResult('invalid'), answer: 'unauthenticated', reason: 'the signature does not verify' },
  { file: 'hkdf_sha256', when: has('SizeTooLarge'), answer: 'usage', reason: 'more than 255 digests cannot be made (RFC 5869 2.3)' },
];

/** What our primitives answer to a case, by the rulings, else by Wycheproof itself. */
export function answerTo(name: WycheproofName, wycheproofCase: WycheproofCase): Answer {
  const ruling = RULINGS.find(({ file, when }) => file === name && when(wycheproofCase));
  if (ruling !== undefined) return ruling.answer;
  if (wycheproofCase.result !== 'valid')
    throw new Error(`${name} ${String(wycheproofCase.tcId)}: no ruling for a case that is ${wycheproofCase.result}`);
  return 'accepted';
}

type RawObject = { readonly [name: string]: unknown };

/** A member of a member; Wycheproof nests keys in objects. */
function textAt(object: RawObject, path: readonly string[]): string {
  let value: unknown = object;
  for (const name of path) value = (value as RawObject | undefined)?.[name];
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`no ${path.join('.')}`);
  return String(value);
}

/** Reads one of the files of a checkout, `testvectors_v1/NAME_test.json`. */
export function readCheckout(directory: string, name: WycheproofName): WycheproofFile {
  const { test, group } = WYCHEPROOF_FILES[name];
  const { testGroups } = JSON.parse(readFileSync(join(directory, 'testvectors_v1', `${name}_test.json`), 'utf8')) as {
    readonly testGroups: readonly (RawObject & { readonly tests: readonly (RawObject & Omit<WycheproofCase, 'values'>)[] })[];
  };
  const cases = testGroups.flatMap((inGroup) =>
    inGroup.tests.map((raw): WycheproofCase => ({
      tcId: raw.tcId,
      result: raw.result,
      flags: raw.flags,
      values: Object.fromEntries([
        ...test.map((member) => [member, textAt(raw, [member])] as const),
        ...Object.entries(group).map(([member, path]) => [member, textAt(inGroup, path)] as const),
      ]),
    })),
  );
  return { name, cases };
}

/** The form of the extract: texts that many cases share, such as keys, come first, once, and are referred to by index. */
export interface Extract {
  readonly source: { readonly project: string; readonly file: string; readonly revision: string; readonly licence: string };
  readonly shared: readonly string[];
  readonly members: readonly string[];
  /** tcId, result, flags joined by spaces, and the members in their order. */
  readonly cases: readonly (readonly (string | number)[])[];
}

/** Reads one of the committed extracts. */
export function readExtract(root: string, name: WycheproofName): WycheproofFile {
  const { shared, members, cases } = JSON.parse(
    readFileSync(join(root, 'harness/primitives/wycheproof', `${name}.json`), 'utf8'),
  ) as Extract;
  return {
    name,
    cases: cases.map(([tcId, result, flags, ...values]) => ({
      tcId: Number(tcId),
      result: result as WycheproofCase['result'],
      flags: String(flags)
        .split(' ')
        .filter((flag) => flag !== ''),
      values: Object.fromEntries(
        members.map((member, index) => {
          const value = values[index];
          return [member, typeof value === 'number' ? (shared[value] ?? '') : String(value)];
        }),
      ),
    })),
  };
}
