/** States and ids of channels made from their bytes, without the specification's models. */
import { fromHex, toHex } from '../../oracle/values.ts';
import { ALICE, BOB, type Node } from '../identity/people.ts';
import { signatureOf } from '../identity/signatures.ts';
import { little, ownerOf } from '../object/made.ts';
import { blake3 } from '../packet/blake3.ts';

/** The lower destination hash is Bob's: he is party a. */
export const A: Node = BOB;
export const B: Node = ALICE;
/** The nonce of the known id. */
export const NONCE: string = toHex(Uint8Array.from({ length: 16 }, (_, i) => 0x60 + i));
export const KNOWN_ID = 'cfd8d5d5904ce795701ba3097e18ba01';
export const NO_SIGNATURE: string = '00'.repeat(64);

export function channelIdByHand(partyA: string, partyB: string, nonce: string): string {
  const context = Uint8Array.from(Buffer.from('bottlepost nexus-1 2026 channel id', 'ascii'));
  return toHex(blake3(fromHex(`${partyA}${partyB}${nonce}`), context)).slice(0, 32);
}

/** What a state has instead of what it should have, in hexadecimal digits. */
export interface StateParts {
  readonly channelId?: string;
  readonly partyA?: string;
  readonly partyB?: string;
  readonly balanceA?: string;
  readonly balanceB?: string;
  readonly sequence?: string;
}
/** The 72 bytes that are signed. */
export function balancesByHand(parts: StateParts = {}): string {
  const { channelId = KNOWN_ID, partyA = ownerOf(A), partyB = ownerOf(B) } = parts;
  const { balanceA = little(1000, 8), balanceB = little(500, 8), sequence = little(0, 8) } = parts;
  return `${channelId}${partyA}${partyB}${balanceA}${balanceB}${sequence}`;
}
export function signedBy(node: Node, bytes: string, purpose = 'nexus-1 channel'): string {
  return signatureOf(node.seed, purpose, bytes);
}
/** A state that both have signed. */
export function stateByHand(parts: StateParts = {}): string {
  const balances = balancesByHand(parts);
  return `${balances}${signedBy(A, balances)}${signedBy(B, balances)}`;
}
export function openingByHand(state: string = stateByHand(), nonce: string = NONCE): string {
  return `${nonce}${A.publicKey}${B.publicKey}${state}`;
}
