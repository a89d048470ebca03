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
/** A state that a or b proposes, as its number says. */
export function proposalByHand(parts: StateParts = {}): string {
  const balances = balancesByHand({ sequence: little(2, 8), ...parts });
  const isA = (Number.parseInt(balances.slice(128, 130), 16) & 1) === 0;
  return `${balances}${isA ? signedBy(A, balances) : NO_SIGNATURE}${isA ? NO_SIGNATURE : signedBy(B, balances)}`;
}

/** What terms have instead of what they should have, in hexadecimal digits. */
export interface TermsParts {
  readonly channelId?: string;
  readonly from?: string;
  readonly price?: string;
  readonly difficulty?: string;
  readonly custodyPrice?: string;
}
/** The 44 bytes that are signed. */
export function pricesByHand(parts: TermsParts = {}): string {
  const { channelId = KNOWN_ID, from = little(2, 8), price = little(5, 8), difficulty = little(10, 4) } = parts;
  return `${channelId}${from}${price}${difficulty}${parts.custodyPrice ?? little(75, 8)}`;
}
/** Terms, with the signatures of those who have signed. */
export function termsByHand(prices: string = pricesByHand(), byA = true, byB = true): string {
  const by = (node: Node, has: boolean): string => (has ? signedBy(node, prices, 'nexus-1 terms') : NO_SIGNATURE);
  return `${prices}${by(A, byA)}${by(B, byB)}`;
}

/** The 64 bytes of a settlement whose hash is signed. */
export function settledByHand(parts: { readonly channelId?: string; readonly amount?: string; readonly sequence?: string } = {}): string {
  const { channelId = KNOWN_ID, amount = little(5, 8), sequence = little(4, 8) } = parts;
  return `${channelId}${ownerOf(A)}${ownerOf(B)}${amount}${sequence}`;
}
export function settlementSignedBy(seed: string, settled: string, purpose = 'nexus-1 settle'): string {
  return signatureOf(seed, purpose, toHex(blake3(fromHex(settled))));
}
/** A settlement, with the signatures of those who have signed. */
export function settlementByHand(settled: string = settledByHand(), byA = true, byB = true): string {
  const by = (node: Node, has: boolean): string => (has ? settlementSignedBy(node.seed, settled) : NO_SIGNATURE);
  return `${settled}${by(A, byA)}${by(B, byB)}`;
}
