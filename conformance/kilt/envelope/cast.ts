/** Who seals envelopes to whom, and what they say. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { BASE_PRIMITIVES, callPrimitive, UNCHECKED_PRIMITIVES } from '../../oracle/primitives.ts';
import { fromHex, toHex, type Value } from '../../oracle/values.ts';
import type { Person } from '../people.ts';

export const FULL = 'did:kilt:4sbi8CW5RtqLFMc8TGVZfZp1GzBGi4499cMbfZZuc8fTqTds';
export const NONCE: string = toHex(seededBytes('kilt-nonce', 24));
export const CREATED = 1_700_000_000_000;

export const messageOf = (from: Person, to: Person, more: JsonObject = {}): JsonObject => ({
  body: { type: 'bottlepost:text', content: { text: 'ahoy' } },
  createdAt: CREATED,
  sender: from.did,
  receiver: to.did,
  messageId: 'm-1',
  ...more,
});
const run = (name: string, args: { readonly [argument: string]: Value }): Uint8Array =>
  callPrimitive(BASE_PRIMITIVES, name, new Map(Object.entries(args))) as Uint8Array;

/** An envelope around any bytes, for plaintexts that no sender would seal. */
export function envelopeAround(from: Person, to: Person, plaintext: Uint8Array): JsonObject {
  return sealedWith(from, to, plaintext, run('box-before', { secret: fromHex(from.secret), key: fromHex(to.publicKey) }));
}

/** An envelope sealed as its receiver opens it, whatever the key of its sender. @param senderKey hex */
export function envelopeSharing(from: Person, to: Person, plaintext: Uint8Array, senderKey: string): JsonObject {
  const shared = new Map([
    ['secret', fromHex(to.secret)],
    ['key', fromHex(senderKey)],
  ]);
  return sealedWith(from, to, plaintext, callPrimitive(UNCHECKED_PRIMITIVES, 'box-before', shared) as Uint8Array);
}

function sealedWith(from: Person, to: Person, plaintext: Uint8Array, key: Uint8Array): JsonObject {
  const sealed = run('secretbox-seal', { key, nonce: fromHex(NONCE), data: plaintext });
  return { ciphertext: `0x${toHex(sealed)}`, nonce: `0x${NONCE}`, senderKeyUri: from.keyUri, receiverKeyUri: to.keyUri };
}
export const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'));
export const json = (value: Json): Uint8Array => utf8(JSON.stringify(value));

/** Who seals and opens. */
export interface Cast {
  readonly ann: Person;
  readonly ben: Person;
  readonly eve: Person;
  /** An identity with a full DID and two keys. */
  readonly full: Person;
  readonly documents: readonly JsonObject[];
}
