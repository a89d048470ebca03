/** The messages of one link, right ones and those with a fault that are sealed and signed as they must be. */
import { createCipheriv } from 'node:crypto';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { resultOf } from '../../generate/result.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { ALICE, BOB } from '../identity/people.ts';
import { signatureOf } from '../identity/signatures.ts';

/** The ephemeral secret of Alice, who requests the link: 40 41 .. 5f. */
export const ALICE_SECRET: string = toHex(Uint8Array.from({ length: 32 }, (_, i) => 0x40 + i));
/** The ephemeral secret of Bob: 60 61 .. 7f. */
export const BOB_SECRET: string = toHex(Uint8Array.from({ length: 32 }, (_, i) => 0x60 + i));
export const ALICE_CLOCK: string = '1700000000000';
export const BOB_CLOCK: string = '1700000000123';

/** The least byte first. */
export function u64le(value: string): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes.toString('hex');
}
/** A byte of hexadecimal digits changed by one. */
export function changed(hex: string, at: number): string {
  const bytes = fromHex(hex);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return toHex(bytes);
}
/** ChaCha20-Poly1305 by node:crypto, with a count as its nonce. */
export function sealed(key: string, count: number, aad: string, plaintext: string): string {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32LE(count, 4);
  const cipher = createCipheriv('chacha20-poly1305', fromHex(key), nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(aad, 'hex'), { plaintextLength: plaintext.length / 2 });
  return Buffer.concat([cipher.update(Buffer.from(plaintext, 'hex')), cipher.final(), cipher.getAuthTag()]).toString('hex');
}

/** What a part of a proof or an identification is instead. */
export interface Inside {
  readonly publicKey?: string;
  readonly signature?: string;
  readonly features?: string;
  /** Hexadecimal digits that come after the end; a negative number cuts as many bytes off. */
  readonly more?: string | number;
}

/** One link between Alice and Bob. */
export class Messages {
  readonly #oracle: Oracle;
  readonly destination: string;
  readonly request: string;
  readonly linkId: string;
  readonly proof: string;
  readonly aliceKey: string;
  readonly bobKey: string;
  readonly aliceEphemeral: string;
  readonly bobEphemeral: string;
  readonly initiatorKey: string;
  readonly responderKey: string;
  readonly identification: string;

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
    this.destination = this.#text('nexus.identity.derive', { seed: BOB.seed }, 'destinationHash');
    this.request = this.#text('nexus.link.request', { destination: this.destination, secret: ALICE_SECRET }, 'packet');
    this.linkId = this.#text('nexus.link.parse', { request: this.request }, 'linkId');
    this.proof = this.#text('nexus.link.prove', this.proving(), 'packet');
    this.aliceKey = ALICE.publicKey;
    this.bobKey = BOB.publicKey;
    this.aliceEphemeral = this.request.slice(44);
    this.bobEphemeral = this.proof.slice(38, 102);
    const keying = { role: 'initiator', secret: ALICE_SECRET, peerKey: this.bobEphemeral };
    this.initiatorKey = this.#text('nexus.link.keys', keying, 'initiatorKey');
    this.responderKey = this.#text('nexus.link.keys', keying, 'responderKey');
    this.identification = this.#text('nexus.link.identify', this.identifying(), 'packet');
  }

  proving(changes: JsonObject = {}): JsonObject {
    return { seed: BOB.seed, secret: BOB_SECRET, request: this.request, clock: BOB_CLOCK, ...changes };
  }
  verifying(changes: JsonObject = {}): JsonObject {
    return { secret: ALICE_SECRET, request: this.request, proof: this.proof, ...changes };
  }
  identifying(changes: JsonObject = {}): JsonObject {
    return {
      seed: ALICE.seed,
      secret: ALICE_SECRET,
      request: this.request,
      ephemeral: this.bobEphemeral,
      responderKey: BOB.publicKey,
      responderClock: BOB_CLOCK,
      clock: ALICE_CLOCK,
      ...changes,
    };
  }
  recognizing(changes: JsonObject = {}): JsonObject {
    return { seed: BOB.seed, secret: BOB_SECRET, request: this.request, identification: this.identification, ...changes };
  }

  /** A proof with something else inside. */
  proofWith({ publicKey = BOB.publicKey, signature = this.proofSignature(BOB.seed), features = '0000', more = '' }: Inside): string {
    const aad = `0f${this.linkId}${this.linkId}ff`;
    const inside = extended(`${publicKey}${signature}${u64le(BOB_CLOCK)}${features}`, more);
    return `0f00${this.linkId}ff${this.bobEphemeral}${sealed(this.responderKey, 0, aad, inside)}`;
  }
  proofSignature(seed: string, purpose = 'nexus-1 link r'): string {
    return signatureOf(seed, purpose, `${this.destination}${this.aliceEphemeral}${this.bobEphemeral}`);
  }

  /** An identification with something else inside, or another counter or context. */
  identificationWith(inside: Inside, counter = '00000000', context = 'fb'): string {
    const { publicKey = ALICE.publicKey, signature = this.identifySignature(ALICE.seed), features = '0000', more = '' } = inside;
    const aad = `0c${this.linkId}${this.linkId}${context}`;
    const content = extended(`${publicKey}${signature}${u64le(ALICE_CLOCK)}${features}${u64le(BOB_CLOCK)}`, more);
    const count = Buffer.from(counter, 'hex').readUInt32LE() & 0x7fffffff;
    return `0c00${this.linkId}${context}${counter}${sealed(this.initiatorKey, count, aad, content)}`;
  }
  /** The right content of an identification, sealed for another link id. */
  identificationFor(linkId: string): string {
    const content = `${ALICE.publicKey}${this.identifySignature(ALICE.seed)}${u64le(ALICE_CLOCK)}0000${u64le(BOB_CLOCK)}`;
    return `0c00${linkId}fb00000000${sealed(this.initiatorKey, 0, `0c${linkId}${linkId}fb`, content)}`;
  }
  identifySignature(
    seed: string,
    { purpose = 'nexus-1 link i', responderKey = BOB.publicKey }: { readonly purpose?: string; readonly responderKey?: string } = {},
  ): string {
    return signatureOf(seed, purpose, `${this.linkId}${this.aliceEphemeral}${this.bobEphemeral}${responderKey}`);
  }

  #text(operation: string, params: JsonObject, member: string): string {
    const value: Json | undefined = resultOf(this.#oracle, operation, params)[member];
    return String(value);
  }
}

function extended(hex: string, more: string | number): string {
  return typeof more === 'string' ? `${hex}${more}` : hex.slice(0, 2 * more);
}
