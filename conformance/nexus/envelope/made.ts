/** Envelopes and contents as the oracle makes them, and those that are wrong in one point and sealed all the same. */
import type { JsonObject } from '../../contract/contract.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { BASE_PRIMITIVES } from '../../oracle/primitives.ts';
import { concatBytes, fromHex, isBytes, toHex, type Value } from '../../oracle/values.ts';
import { NODE_PRIMITIVES } from '../../oracle/node-primitives.ts';
import { blake2b } from '../identity/blake2b.ts';
import { montgomeryOf } from '../identity/edwards.ts';
import { ALICE, BOB, countedSeed, nodeOf, type Node } from '../identity/people.ts';
import { IDENTITY_PRIMITIVES } from '../identity/primitives.ts';

/** Somebody who is neither sender nor recipient. */
export const CAROL: Node = nodeOf(countedSeed(0x60));
/** The secret of the envelope of the known answer: 40 41 .. 5f. */
export const SECRET: string = toHex(countedSeed(0x40));
export const GROUP_ID: string = toHex(seededBytes('nexus-group', 32));
export const MESSAGE_ID: string = toHex(seededBytes('nexus-message-id', 16));
/** 28 November 2026 in milliseconds. */
export const CREATED = '1795824000000';
/** A month before. */
export const MONTH_BEFORE = '1793145600000';
export const utf8Hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');
const PRIMITIVES = { ...BASE_PRIMITIVES, ...NODE_PRIMITIVES, ...IDENTITY_PRIMITIVES };

function primitive(name: keyof typeof PRIMITIVES, given: { readonly [argument: string]: Value }): Uint8Array {
  const found = PRIMITIVES[name]?.(new Map(Object.entries(given)));
  if (!isBytes(found)) throw new Error(`${String(name)} fails`);
  return found;
}

/** The address of a node. */
export function addressOf({ publicKey }: Node): string {
  return toHex(blake2b(fromHex(publicKey), 32).slice(0, 16));
}
/** The public key of an X25519 secret. */
export function x25519Of(secret: string): string {
  return toHex(primitive('x25519-public', { secret: fromHex(secret) }));
}

/** What an envelope may be made of besides the rules. */
export interface Odd {
  readonly to?: Node;
  readonly secret?: string;
  /** What is in front of the envelope and in its key. */
  readonly ephemeralKey?: string;
  /** What the key is made of, besides the key in front. */
  readonly shared?: Uint8Array;
  readonly nonce?: Uint8Array;
  readonly aad?: string;
  /** What the key is the digest of. */
  readonly keyed?: (shared: Uint8Array, ephemeralKey: Uint8Array) => Uint8Array;
}
/** An envelope by hand. @param plaintext as hexadecimal digits */
export function sealedByHand(plaintext: string, odd: Odd = {}): string {
  const { to = BOB, secret = SECRET, nonce = new Uint8Array(12) } = odd;
  const ephemeralKey = fromHex(odd.ephemeralKey ?? x25519Of(secret));
  const shared = odd.shared ?? primitive('x25519', { secret: fromHex(secret), key: montgomeryOf(fromHex(to.publicKey)) });
  const key = blake2b((odd.keyed ?? concatBytes)(shared, ephemeralKey), 32);
  const aad = fromHex(odd.aad ?? `01${addressOf(to)}`);
  return toHex(concatBytes(ephemeralKey, primitive('chacha20-poly1305-seal', { key, nonce, data: fromHex(plaintext), aad })));
}

/** A message as Alice seals it to Bob. */
export function messageOf(changes: JsonObject = {}): JsonObject {
  return {
    seed: ALICE.seed,
    publicKey: BOB.publicKey,
    created: CREATED,
    messageId: MESSAGE_ID,
    kind: 0,
    body: utf8Hex('Meet me at the lighthouse.'),
    entropy: SECRET,
    ...changes,
  };
}
/** The same without what seals it: the content alone. */
export function contentOf(changes: JsonObject = {}): JsonObject {
  const { seed, created, messageId, kind, body } = messageOf() as { readonly [name: string]: string | number };
  return {
    seed: seed ?? '',
    created: created ?? '',
    messageId: messageId ?? '',
    kind: kind ?? 0,
    body: body ?? '',
    recipient: addressOf(BOB),
    ephemeralKey: x25519Of(SECRET),
    ...changes,
  };
}
/** A content as it is read. @param content as hexadecimal digits */
export function readingOf(content: string, changes: JsonObject = {}): JsonObject {
  return { content, recipient: addressOf(BOB), ephemeralKey: x25519Of(SECRET), ...changes };
}
/** The content that Alice writes to Bob. */
export function signedContent(oracle: Oracle, changes: JsonObject = {}): string {
  return String(resultOf(oracle, 'nexus.content.sign', contentOf(changes))['content']);
}
/** A content of any bytes between type and signature, which is right. @param unsigned as hexadecimal digits, the type included */
export function signedByHand(oracle: Oracle, unsigned: string, signer: Node = ALICE): string {
  const message = `${addressOf(BOB)}${x25519Of(SECRET)}${unsigned}`;
  const { signature } = resultOf(oracle, 'nexus.signature.sign', { seed: signer.seed, purpose: 'nexus-1 content', message });
  return `${unsigned}${String(signature)}`;
}
/** What Alice signs in a content, with any kind and body. */
export function unsignedOf(kind: number, body: string, signer: Node = ALICE): string {
  const created = Buffer.alloc(8);
  created.writeBigUInt64LE(BigInt(CREATED));
  return `01${signer.publicKey}${created.toString('hex')}${MESSAGE_ID}${kind.toString(16).padStart(2, '0')}${body}`;
}

/** The payload of an object that holds an attachment. @param data as hexadecimal digits. @param key as hexadecimal digits */
export function sealedAttachment(data: string, key: string): string {
  const none = new Uint8Array(0);
  return toHex(primitive('chacha20-poly1305-seal', { key: fromHex(key), nonce: new Uint8Array(12), data: fromHex(data), aad: none }));
}
