/** Challenges, proofs, tickets and agreements made from their bytes, without the specification's models, and a forger. */
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import { ALICE, BOB, type Node } from '../identity/people.ts';
import { signatureOf } from '../identity/signatures.ts';
import { little, ownerOf } from '../object/made.ts';
import { blake3, blake3FromSubtree, blake3Keyed, blake3Subtree } from '../packet/blake3.ts';

const context = (name: string): Uint8Array => Uint8Array.from(Buffer.from(`bottlepost nexus-1 2026 ${name}`, 'ascii'));

/** All as hexadecimal digits. */
export function challengeByHand(hash: string, index: number, nonce: string): string {
  return `${hash}${little(index, 4)}${nonce}`;
}
export function proofByHand(challenge: string, path: readonly string[], chunk: string): string {
  return `${challenge}${little(path.length, 1)}${path.join('')}${little(chunk.length / 2, 2)}${chunk}`;
}
export function ticketKey(hash: string, nonce: string): Uint8Array {
  return blake3(fromHex(`${nonce}${hash}`), context('ticket key'));
}
export function digestByHand(hash: string, nonce: string, chunk: string): string {
  return toHex(blake3Keyed(fromHex(chunk), ticketKey(hash, nonce)));
}
export function ticketByHand(hash: string, index: number, nonce: string, chunk: string): string {
  return `${little(index, 4)}${nonce}${digestByHand(hash, nonce, chunk)}`;
}

/** The answer that the paper prints: a hash over chunk and nonce. */
export function printedAnswer(chunk: Uint8Array, nonce: Uint8Array): Uint8Array {
  return blake3(concatBytes(chunk, nonce));
}
/** Whoever does not want to store a chunk of 4,096 bytes: all that is kept are 32. */
export class Forger {
  readonly kept: Uint8Array;
  readonly #length: number;

  constructor(chunk: Uint8Array) {
    this.kept = blake3Subtree(chunk);
    this.#length = chunk.length;
  }
  /** What the paper prints, without the chunk. */
  answer(nonce: Uint8Array): Uint8Array {
    return blake3FromSubtree(this.kept, this.#length, nonce);
  }
}

/** What an agreement has instead of what it should have, in hexadecimal digits. */
export interface TermParts {
  readonly version?: string;
  readonly hash?: string;
  readonly size?: string;
  readonly provider?: string;
  readonly consumer?: string;
  readonly channelId?: string;
  readonly cost?: string;
  readonly duration?: string;
  readonly interval?: string;
  readonly erasure?: string;
}
export const HASH: string = 'a5'.repeat(32);
export const CHANNEL: string = 'c7'.repeat(16);
/** The provider is Alice and the consumer Bob. */
export function termsByHand(parts: TermParts): string {
  const { version = '01', hash = HASH, size = little(10_000, 4), provider = ownerOf(ALICE), consumer = ownerOf(BOB) } = parts;
  const { channelId = CHANNEL, cost = little(5, 8), duration = little(5, 4), interval = little(10, 4), erasure = '00' } = parts;
  return `${version}${hash}${size}${provider}${consumer}${channelId}${cost}${duration}${interval}${erasure}`;
}
export const NO_SIGNATURE: string = '00'.repeat(64);
export function signedBy(node: Node, terms: string, purpose = 'nexus-1 storage'): string {
  return signatureOf(node.seed, purpose, terms);
}
/** A whole agreement. */
export function agreementByHand(terms: string, provider: Node = ALICE, consumer: Node = BOB): string {
  return `${terms}${signedBy(provider, terms)}${signedBy(consumer, terms)}`;
}
export function proposalByHand(terms: string, consumer: Node = BOB): string {
  return `${terms}${NO_SIGNATURE}${signedBy(consumer, terms)}`;
}
