/** Records of relays made from their bytes, without the specification's models; all as hexadecimal digits. */
import { fromHex, toHex } from '../../oracle/values.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { ALICE, BOB, nodeOf, type Node } from '../identity/people.ts';
import { signatureOf } from '../identity/signatures.ts';
import { HELLO, headerByHand, headerHash, little, ownerOf, signatureByHand, updateByHand } from '../object/made.ts';
import { blake3 } from '../packet/blake3.ts';

export const CUSTODY_S_MAX = 2_592_000;
/** A relay, and a third person. */
export const RELAY: Node = nodeOf(Uint8Array.from({ length: 32 }, (_, i) => i + 0x40));
export const CAROL: Node = nodeOf(Uint8Array.from({ length: 32 }, (_, i) => i + 0x60));
/** The body of OBJECT of the known answers, with its content, in chunks, and without. */
export const OBJECT: string = `07000000${headerByHand({})}00${HELLO}`;
export const WITHHELD: string = `07000000${headerByHand({})}02`;
export const OBJECT_HASH: string = headerHash(headerByHand({}));

/** Ids that ascend. */
export function idsOf(count: number, length = 16): string[] {
  return Array.from({ length: count }, (_, i) => `${(i + 1).toString(16).padStart(4, '0')}${toHex(seededBytes('nexus-id', length - 2))}`);
}
export function listHash(ids: readonly string[]): string {
  return toHex(blake3(fromHex(ids.join(''))));
}
export const NAMES: readonly string[] = [ownerOf(ALICE), ownerOf(BOB)].sort();

export interface PutParts {
  readonly count?: string;
  readonly recipients?: readonly string[];
  readonly list?: string;
  readonly custody?: number;
  readonly object?: string;
}
export function putByHand({ recipients, list, custody = 60, object = OBJECT, ...parts }: PutParts): string {
  const named = list ?? (recipients ?? NAMES).join('');
  const count = parts.count ?? little(list === undefined ? (recipients ?? NAMES).length : 0, 2);
  return `${count}${named}${little(custody, 4)}${object}`;
}

export interface GrantParts {
  readonly hash?: string;
  readonly granted?: number;
  readonly list?: string;
  readonly node?: Node;
  readonly purpose?: string;
}
export function putOkByHand({
  hash = OBJECT_HASH,
  granted = 60,
  list = listHash(NAMES),
  node = RELAY,
  purpose = 'nexus-1 custody',
}: GrantParts): string {
  const front = `${hash}${little(granted, 4)}`;
  return `${front}${signatureOf(node.seed, purpose, `${front}${list}`)}`;
}

export interface ReceiptParts {
  readonly hash?: string;
  readonly node?: Node;
  readonly status?: string;
  readonly device?: string;
  /** What is signed, if it is not what should be. */
  readonly signed?: string;
  readonly purpose?: string;
}
export function receiptByHand({ hash = OBJECT_HASH, node = ALICE, status = '00', device = '', signed, purpose }: ReceiptParts): string {
  const signature = signatureOf(node.seed, purpose ?? 'nexus-1 receipt', signed ?? `${hash}${status}${device}`);
  return `${hash}${node.publicKey}${status}${device}${signature}`;
}

/** An advisory that the old key signs and, if there is one, the new. */
export interface AdvisoryParts {
  readonly old?: Node;
  /** With the byte in front. */
  readonly newKey?: string;
  readonly sequence?: string;
  readonly timestamp?: string;
  readonly evidence?: string;
  readonly signers?: readonly Node[];
  readonly purpose?: string;
}
export function advisoryByHand({ old = ALICE, newKey = `01${BOB.publicKey}`, evidence = '00', ...parts }: AdvisoryParts): string {
  const { sequence = little(1, 8), timestamp = little(2, 8), signers = [ALICE, BOB], purpose = 'nexus-1 advisory' } = parts;
  const front = `${old.publicKey}${newKey}${sequence}${timestamp}${evidence}`;
  return `${front}${signers.map(({ seed }) => signatureOf(seed, purpose, front)).join('')}`;
}

/** An update without its content. */
export function updateWithheld(parts: Parameters<typeof updateByHand>[0], node: Node = ALICE): string {
  const header = updateByHand(parts, node);
  return `00000000${header}${signatureByHand(header, node)}02`;
}
