/** Headers, updates and chunks made from their bytes, without the specification's models. */
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import { blake3 } from '../packet/blake3.ts';
import { destinationOf } from '../link/by-hand.ts';
import { ALICE, type Node } from '../identity/people.ts';
import { signatureOf } from '../identity/signatures.ts';

export const CHUNK_LENGTH: number = 4096;
const CONTEXT = 'bottlepost nexus-1 2026 ';
const context = (name: string): Uint8Array => Uint8Array.from(Buffer.from(`${CONTEXT}${name}`, 'ascii'));

/** 10,000 bytes i mod 251 and the like. */
export function counted(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i % 251);
}
export function leafOf(chunk: Uint8Array): Uint8Array {
  return blake3(chunk);
}
export function nodeOf(left: Uint8Array, right: Uint8Array): Uint8Array {
  return blake3(concatBytes(left, right), context('merkle node'));
}
export function headerHash(header: string): string {
  return toHex(blake3(fromHex(header), context('data object')));
}
export function objectKey(owner: string, labelHash: string): string {
  return toHex(blake3(fromHex(`${owner}${labelHash}`), context('object key')));
}

/**
 * The root over leaves, as a counter in base two: subtrees of one size are joined as soon as there are two of them, and what
 * is left at the end from the right. No recursion, and no splitting.
 */
export function rootByCounter(leaves: readonly Uint8Array[]): Uint8Array {
  const subtrees: { readonly size: number; readonly root: Uint8Array }[] = [];
  for (const leaf of leaves) {
    let tree = { size: 1, root: leaf };
    while (subtrees.at(-1)?.size === tree.size) tree = { size: 2 * tree.size, root: nodeOf(subtrees.pop()?.root ?? leaf, tree.root) };
    subtrees.push(tree);
  }
  const roots = subtrees.map(({ root }) => root);
  return roots.slice(0, -1).reduceRight((right, left) => nodeOf(left, right), roots.at(-1) ?? leafOf(new Uint8Array(0)));
}
/** The leaves of a content. */
export function leavesOf(content: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.ceil(content.length / CHUNK_LENGTH) }, (_, i) =>
    leafOf(content.slice(i * CHUNK_LENGTH, (i + 1) * CHUNK_LENGTH)),
  );
}
export function rootOf(content: Uint8Array): string {
  return toHex(rootByCounter(leavesOf(content)));
}

/** The least byte first. */
export function little(value: number | bigint, length: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes.subarray(0, length).toString('hex');
}

/** What a header has instead of what it should have, in hexadecimal digits. */
export interface HeaderParts {
  readonly version?: string;
  readonly contentType?: string;
  /** With the byte in front. */
  readonly owner?: string;
  readonly created?: string;
  readonly ttl?: string;
  readonly size?: string;
  readonly priority?: string;
  readonly minBandwidth?: string;
  readonly root?: string;
  readonly more?: string;
}
export const HELLO: string = '68656c6c6f';
/** Where nothing else is said, the immutable object "hello" of the known answers. */
export function headerByHand(parts: HeaderParts): string {
  const { version = '01', contentType = '00', owner = '00', created = '00'.repeat(8), ttl = '00' } = parts;
  const { size = little(5, 4), priority = '01', minBandwidth = '00000000', root = rootOf(fromHex(HELLO)), more = '' } = parts;
  return `${version}${contentType}${owner}${created}${ttl}${size}${priority}${minBandwidth}${root}${more}`;
}
export function ownerOf(node: Node): string {
  return toHex(destinationOf(fromHex(node.seed)));
}
export const LABEL_HASH: string = toHex(blake3(Uint8Array.from(Buffer.from('mailbox', 'ascii'))));
/** The header of an update. */
export function updateByHand(parts: HeaderParts & { readonly sequence?: string; readonly labelHash?: string }, node: Node = ALICE): string {
  const { sequence = '1', labelHash = LABEL_HASH, ...others } = parts;
  return headerByHand({ contentType: '01', owner: `01${ownerOf(node)}`, more: `${labelHash}${little(BigInt(sequence), 8)}`, ...others });
}
/** What stands between the header of an update and its payload. */
export function signatureByHand(
  header: string,
  node: Node = ALICE,
  purpose = 'nexus-1 mutable',
  message: string = headerHash(header),
): string {
  return `${node.publicKey}${signatureOf(node.seed, purpose, message)}`;
}
