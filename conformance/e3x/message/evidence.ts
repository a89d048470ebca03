/** What e3x-js made of messages and channel packets, and what the cases of every cipher set need. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, toHex } from '../../oracle/values.ts';

export interface Pair {
  readonly key: string;
  readonly secret: string;
}
export interface CipherSetEvidence {
  readonly keys: { readonly [endpoint: string]: Pair };
  readonly exchanges: { readonly [name: string]: { readonly ephemeral: { readonly secret: string; readonly aes?: string } } };
  readonly messages: readonly {
    readonly n: number;
    readonly from: string;
    readonly to: string;
    readonly exchange: string;
    readonly ephemeral: { readonly key: string; readonly secret: string; readonly aes?: string };
    readonly inner: string;
    readonly iv: string;
    readonly packet: string;
    readonly token: string;
  }[];
  readonly handshakes: readonly { readonly from: string; readonly to: string; readonly packet: string }[];
  readonly channel: {
    readonly keys: { readonly [endpoint: string]: { readonly enc: string; readonly dec: string; readonly sendsWithToken: string } };
    readonly packets: readonly { readonly from: string; readonly inner: string; readonly packet: string }[];
  };
}
export type Csid = '1a' | '2a' | '3a';

/** What differs between the sets: group of clauses, lengths in bytes, and where each field of a message body lies. */
export const SETS: {
  readonly [csid in Csid]: {
    readonly group: string;
    readonly entropyLength: number;
    readonly fields: readonly [string, number, number][];
    readonly bodyMin: number;
    readonly channelMin: number;
    readonly keyLength: number;
    readonly secretLength: number;
    /** What makes a key of a secret; none makes one of RSA. */
    readonly publicOf?: string;
  };
} = {
  '1a': {
    group: 'E3X-CS1',
    entropyLength: 4,
    fields: [
      ['key', 0, 21],
      ['iv', 21, 4],
      ['ciphertext', 25, -4],
      ['hmac', -4, 4],
    ],
    bodyMin: 29,
    channelMin: 24,
    keyLength: 16,
    secretLength: 20,
    publicOf: 'secp160r1-public',
  },
  '2a': {
    group: 'E3X-CS2',
    entropyLength: 12,
    fields: [
      ['keys', 0, 256],
      ['iv', 256, 12],
      ['ciphertext', 268, -16],
      ['tag', -16, 16],
    ],
    bodyMin: 540,
    channelMin: 44,
    keyLength: 32,
    secretLength: 32,
  },
  '3a': {
    group: 'E3X-CS3',
    entropyLength: 24,
    fields: [
      ['key', 0, 32],
      ['nonce', 32, 24],
      ['secretbox', 56, -16],
      ['auth', -16, 16],
    ],
    bodyMin: 88,
    channelMin: 56,
    keyLength: 32,
    secretLength: 32,
    publicOf: 'x25519-public',
  },
};
export const HEADER = 3; // LENGTH and the CSID

export function flipped(hex: string, at: number, mask = 1): string {
  const bytes = fromHex(hex);
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ mask;
  return toHex(bytes);
}

/** The evidence of each cipher set. */
export function evidenceOf(root: string): { readonly [csid in Csid]: CipherSetEvidence } {
  return (
    JSON.parse(readFileSync(join(root, 'spec/e3x/evidence/e3x-js.json'), 'utf8')) as { cs: { readonly [csid in Csid]: CipherSetEvidence } }
  ).cs;
}

export function pairOf(set: CipherSetEvidence, endpoint: string): Pair {
  const pair = set.keys[endpoint];
  if (pair === undefined) throw new Error(`no keys of ${endpoint}`);
  return pair;
}

/** A forgery, and then what is right: nothing of the first may be left. */
export function afterForgery(
  oracle: Oracle,
  batch: Batch,
  operation: string,
  csid: Csid,
  forged: JsonObject,
  right: JsonObject,
  requirement: string,
): void {
  const refused = oracle.answer(operation, forged);
  const opened = oracle.answer(operation, right);
  if (refused.kind !== 'reject' || opened.kind !== 'ok') throw new Error(`${csid}: a forgery is accepted, or the original is not`);
  batch.put({
    id: `${operation}/${csid}/after-a-forgery`,
    title: `${csid}: opened after a forgery was refused`,
    kind: 'example',
    requirement,
    oracles: ['interpreter'],
    steps: [
      { operation, params: forged, expect: { reject: refused.class }, requirement },
      { operation, params: right, expect: { ok: opened.value }, requirement },
    ],
  });
}
