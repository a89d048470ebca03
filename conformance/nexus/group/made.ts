/** States and messages of groups made from their bytes, without the specification's models; all as hexadecimal digits. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { BASE_PRIMITIVES } from '../../oracle/primitives.ts';
import { NODE_PRIMITIVES } from '../../oracle/node-primitives.ts';
import { concatBytes, fromHex, isBytes, toHex } from '../../oracle/values.ts';
import { addressOf, sealedByHand } from '../envelope/made.ts';
import { blake2b } from '../identity/blake2b.ts';
import { ALICE, BOB, countedSeed, nodeOf, type Node } from '../identity/people.ts';
import { signatureOf } from '../identity/signatures.ts';
import { little } from '../object/made.ts';
import { blake3 } from '../packet/blake3.ts';

/** Alice is the admin; Dan joins later. */
export const CAROL: Node = nodeOf(countedSeed(0x60));
export const DAN: Node = nodeOf(countedSeed(0x80));
export const NONCE: string = toHex(seededBytes('nexus-group-nonce', 16));
export const SALT: string = toHex(seededBytes('nexus-group-salt', 16));
export const MESSAGE_ID: string = toHex(seededBytes('nexus-group-message', 16));
/** Three members, and a hundred or so. */
export const THREE: readonly Node[] = [ALICE, BOB, CAROL];
export function crowd(count: number): readonly Node[] {
  return [ALICE, ...Array.from({ length: count - 1 }, (_, i) => nodeOf(new Uint8Array(32).fill(i + 1)))];
}
export const U64_MAX = '18446744073709551615';

const derived = (name: string, data: string): string =>
  toHex(blake3(fromHex(data), Uint8Array.from(Buffer.from(`bottlepost nexus-1 2026 ${name}`, 'ascii'))));
export function groupIdByHand(admin: Node = ALICE, nonce: string = NONCE): string {
  return derived('group id', `${admin.publicKey}${nonce}`);
}
export function sortedKeys(members: readonly Node[]): string[] {
  return members.map(({ publicKey }) => publicKey).sort();
}
/** The group key of an epoch, and the secrets of its envelopes. */
export function entropyOf(epoch: number | bigint | string, count: number): string {
  return toHex(seededBytes(`nexus-group-${String(epoch)}`, 32 + 32 * count));
}
export const keyOf = (epoch: number | string): string => entropyOf(epoch, 0);

export interface StateParts {
  readonly version?: string;
  readonly admin?: Node;
  /** In the state, if it is not the admin's. */
  readonly adminKey?: string;
  readonly groupId?: string;
  readonly nonce?: string;
  readonly epoch?: number | string;
  readonly count?: number;
  readonly members?: readonly Node[];
  /** Instead of what the members give. */
  readonly entries?: readonly string[];
  readonly entropy?: string;
  readonly keyCheck?: string;
  readonly signer?: Node;
  readonly purpose?: string;
  /** In the additional data of envelopes. */
  readonly sealedFor?: { readonly groupId?: string; readonly epoch?: number | string };
}
/** One entry. @param key that is sealed */
export function entryByHand(member: Node, key: string, secret: string, groupId: string, epoch: number | string): string {
  const aad = `02${addressOf(member)}${groupId}${little(BigInt(epoch), 8)}`;
  return `${member.publicKey}${sealedByHand(key, { to: member, secret, aad })}`;
}
export function entriesByHand({ members = THREE, epoch = 0, ...parts }: StateParts): string[] {
  const { admin = ALICE, nonce = NONCE, entropy = entropyOf(epoch, members.length) } = parts;
  const { groupId = groupIdByHand(admin, nonce), epoch: sealedEpoch = epoch } = parts.sealedFor ?? {};
  const ordered = [...members].sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1));
  return ordered.map((member, i) =>
    entryByHand(member, entropy.slice(0, 64), entropy.slice(64 * (i + 1), 64 * (i + 2)), groupId, sealedEpoch),
  );
}
export function stateByHand(parts: StateParts = {}): string {
  const { version = '01', admin = ALICE, nonce = NONCE, epoch = 0, members = THREE, purpose = 'nexus-1 group state' } = parts;
  const { entries = entriesByHand(parts), entropy = entropyOf(epoch, members.length), signer = admin } = parts;
  const {
    groupId = groupIdByHand(admin, nonce),
    adminKey = admin.publicKey,
    keyCheck = derived('group check', entropy.slice(0, 64)),
  } = parts;
  const front = `${version}${groupId}${little(BigInt(epoch), 8)}${adminKey}${nonce}${little(parts.count ?? entries.length, 1)}`;
  const unsigned = `${front}${entries.join('')}${keyCheck}`;
  return `${unsigned}${signatureOf(signer.seed, purpose, unsigned)}`;
}

/** Entries that nobody opens, of keys that ascend. */
export function fillers(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${(i + 1).toString(16).padStart(4, '0')}${'00'.repeat(110)}`);
}

export interface MessageParts {
  readonly version?: string;
  readonly groupId?: string;
  readonly epoch?: number | string;
  readonly node?: Node;
  /** Whose name is in front. */
  readonly sender?: Node;
  readonly salt?: string;
  readonly key?: string;
  readonly plaintext?: string;
  readonly sealed?: string;
  readonly signer?: Node;
  readonly purpose?: string;
  readonly context?: string;
}
/** What is encrypted. */
export function plaintextByHand(kind: string, body: string, created: number | string = 0, messageId: string = MESSAGE_ID): string {
  return `${kind}${little(BigInt(created), 8)}${messageId}${body}`;
}
export function frontByHand({
  version = '01',
  groupId = groupIdByHand(),
  epoch = 0,
  node = BOB,
  sender = node,
  salt = SALT,
}: MessageParts): string {
  return `${version}${groupId}${little(BigInt(epoch), 8)}${addressOf(sender)}${salt}`;
}
export function sealedFor(parts: MessageParts): string {
  const { key = keyOf(parts.epoch ?? 0), plaintext = plaintextByHand('00', '6869'), context = 'nexus-1 group key\0' } = parts;
  const aad = fromHex(frontByHand(parts));
  const messageKey = blake2b(concatBytes(Buffer.from(context, 'ascii'), fromHex(key), aad), 32);
  const given = new Map(Object.entries({ key: messageKey, nonce: new Uint8Array(12), data: fromHex(plaintext), aad }));
  const sealed = { ...BASE_PRIMITIVES, ...NODE_PRIMITIVES }['chacha20-poly1305-seal']?.(given);
  if (!isBytes(sealed)) throw new Error('sealing fails');
  return toHex(sealed);
}
export function messageByHand(parts: MessageParts = {}): string {
  const { node = BOB, signer = node, purpose = 'nexus-1 group message', sealed = sealedFor(parts) } = parts;
  const unsigned = `${frontByHand(parts)}${sealed}`;
  return `${unsigned}${signatureOf(signer.seed, purpose, unsigned)}`;
}

/** What the contract makes of a state. */
export function contractByHand(state: string, members: readonly string[]): string {
  return `${state.slice(2, 82)}${toHex(blake3(fromHex(state)))}${members.join('')}`;
}

/** Adds a case; changes are to the usual parameters, and what is undefined is left out. */
export type GroupCase = (
  name: string,
  title: string,
  changes: { readonly [member: string]: JsonObject[string] | undefined },
  about: string,
  rejects?: string,
  base?: JsonObject,
) => void;

/** @param usual parameters that are taken */
export function casesOf(batch: Batch, operation: string, usual: JsonObject): GroupCase {
  return (name, title, changes, about, rejects, base = usual) => {
    const given = Object.entries({ ...usual, ...changes }).filter(([, value]) => value !== undefined);
    batch.add({
      name,
      title,
      kind: rejects === 'truncated' ? 'truncation' : 'boundary',
      operation,
      params: Object.fromEntries(given) as JsonObject,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, base }),
    });
  };
}
