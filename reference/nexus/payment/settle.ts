/**
 * A settlement: what one party pays the other in the end.
 *
 *   0         16        32        48       56         64       128      192
 *   +---------+---------+---------+--------+----------+--------+--------+
 *   | channel | party a | party b | amount | sequence | by a   | by b   |
 *   +---------+---------+---------+--------+----------+--------+--------+
 *
 * Integers are little-endian. The amount is what a pays b, in two's complement. Both sign the BLAKE3 hash of the 64 bytes in front.
 */
import { Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError, MismatchError } from '../../kernel/errors.ts';
import { DESTINATION_HASH_LENGTH, deriveNexusIdentity } from '../identity/identity.ts';
import { signForNexus } from '../identity/signature.ts';
import { CHANNEL_ID_LENGTH, NAME_LENGTH, partsOfState, requireKeysOf, requireOrder, requirePrimitives } from './channel-state.ts';
import type { PaymentKeys, PaymentPrimitives } from './channel-state.ts';
import type { PaymentParty } from './proposal.ts';
import { HASH_LENGTH } from '../object/content-hash.ts';
import { readSignatures, readU64, signaturesToWrite, verifyPair } from './signature-pair.ts';
import type { PaymentSigners, SignaturePair } from './signature-pair.ts';

/** NXS-STL-003: bytes whose hash is signed. */
const SIGNED_LENGTH = 64;
const PURPOSE = 'nexus-1 settle';
const SPACE = 2n ** 64n;
const HALF = 2n ** 63n;

/** Who pays how much. */
export interface SettledAmount {
  readonly payer: PaymentParty;
  /** Millionths of NXS. */
  readonly amount: bigint;
}
/** A settlement, as it is written. */
export interface SettlementInput extends SettledAmount {
  /** 16 bytes. */
  readonly channelId: Uint8Array;
  /** Destination hashes, the lower one first. */
  readonly partyA: Uint8Array;
  readonly partyB: Uint8Array;
  /** Of the last state, 0 to 2^64 - 1. */
  readonly sequence: bigint;
  /** 64 bytes; absent if it is missing. */
  readonly signatureA?: Uint8Array | undefined;
  readonly signatureB?: Uint8Array | undefined;
}
/** A settlement, taken apart. */
export interface Settlement extends Omit<SettlementInput, 'signatureA' | 'signatureB'>, PaymentSigners {}

const STATES = door.members<{ readonly first: Uint8Array; readonly last: Uint8Array }>({ first: door.copy, last: door.copy });
const INPUT = door.members<SettlementInput>({
  channelId: door.copy,
  partyA: door.copy,
  partyB: door.copy,
  payer: door.oneOf('a', 'b'),
  amount: door.bigint,
  sequence: door.bigint,
  signatureA: door.optional(door.copy),
  signatureB: door.optional(door.copy),
});
const SIGNING = door.members<{ readonly seed: Uint8Array; readonly body: Uint8Array }>({ seed: door.copy, body: door.copy });
const READING = door.members<PaymentKeys & { readonly body: Uint8Array }>({ keyA: door.copy, keyB: door.copy, body: door.copy });

function requireAmount({ payer, amount }: SettledAmount): void {
  if (amount > (payer === 'a' ? HALF - 1n : HALF))
    throw new LimitError('NXS-STL-007', "an amount of more than 8 bytes in two's complement");
}

/**
 * What one party pays the other; no state is verified.
 * @param input states of 200 bytes: the one that the channel was opened with, and the last one
 * @throws DecodeError; MismatchError for states of two channels; LimitError
 * @see NXS-STL-006
 */
export function settledAmount(input: { readonly first: Uint8Array; readonly last: Uint8Array }): SettledAmount {
  const { first, last } = STATES(input, 'input');
  const [old, next] = [partsOfState(first), partsOfState(last)];
  requireOrder(old.partyA, old.partyB);
  const isSame = compare(first.subarray(0, NAME_LENGTH), last.subarray(0, NAME_LENGTH)) === 0;
  if (!isSame || old.balanceA + old.balanceB !== next.balanceA + next.balanceB) {
    throw new MismatchError('NXS-STL-006', 'states of two channels, or of two sums');
  }
  const paid = old.balanceA - next.balanceA;
  const settled: SettledAmount = paid >= 0n ? { payer: 'a', amount: paid } : { payer: 'b', amount: -paid };
  requireAmount(settled);
  return settled;
}

/**
 * Writes the body of SETTLE.
 * @returns 192 bytes
 * @throws DecodeError; LimitError; UsageError for integers that are too long
 * @see NXS-STL-001
 */
export function writeSettlement(input: SettlementInput): Uint8Array {
  const { channelId, partyA, partyB, payer, amount, sequence, ...signed } = INPUT(input, 'input');
  const isLong = partyA.length !== DESTINATION_HASH_LENGTH || partyB.length !== DESTINATION_HASH_LENGTH;
  if (channelId.length !== CHANNEL_ID_LENGTH || isLong) throw new DecodeError('malformed', 'NXS-STL-001', 'an id is 16 bytes');
  const { signatureA, signatureB } = signaturesToWrite(signed, 'NXS-STL-001');
  requireOrder(partyA, partyB);
  requireAmount({ payer, amount });
  const written = payer === 'a' ? amount : (SPACE - amount) % SPACE; // NXS-STL-002
  const numbers = [written, sequence].map((number) => leBytes(number, 8, 'NXS-STL-001'));
  return concat([channelId, partyA, partyB, ...numbers, signatureA, signatureB]);
}

/** Takes a settlement apart; nothing is verified but the order of the parties. @throws DecodeError */
export function partsOfSettlement(body: Uint8Array): Omit<Settlement, keyof PaymentSigners> & SignaturePair {
  const reader = new Reader(body);
  const early = 'NXS-STL-004';
  const take = (length: number): Uint8Array => reader.take(length, early).slice();
  const [channelId, partyA, partyB] = [take(CHANNEL_ID_LENGTH), take(DESTINATION_HASH_LENGTH), take(DESTINATION_HASH_LENGTH)];
  const [written, sequence] = [readU64(reader, early), readU64(reader, early)];
  const signatures = readSignatures(reader, early);
  reader.finish('NXS-STL-004');
  requireOrder(partyA, partyB);
  const paid: SettledAmount = written < HALF ? { payer: 'a', amount: written } : { payer: 'b', amount: SPACE - written };
  return { channelId, partyA, partyB, ...paid, sequence, ...signatures };
}

/**
 * Signs a settlement as one of its parties.
 * @param input seed: 32 bytes, secret; body: 192 bytes, of which no signature is signed
 * @returns 64 bytes
 * @throws DecodeError; MismatchError for a key that is neither's
 * @see NXS-STL-003
 */
export function signSettlement(input: { readonly seed: Uint8Array; readonly body: Uint8Array }, primitives: PaymentPrimitives): Uint8Array {
  const { seed, body } = SIGNING(input, 'input');
  requirePrimitives(primitives);
  const { partyA, partyB } = partsOfSettlement(body);
  const { destinationHash } = deriveNexusIdentity(seed, primitives);
  if (compare(destinationHash, partyA) !== 0 && compare(destinationHash, partyB) !== 0) {
    throw new MismatchError('NXS-PCH-007', 'the signer is neither party');
  }
  return signForNexus({ seed, purpose: PURPOSE, message: digestOf(body, primitives) }, primitives);
}
function digestOf(body: Uint8Array, primitives: PaymentPrimitives): Uint8Array {
  return primitives.blake3({ message: body.slice(0, SIGNED_LENGTH), outputLength: HASH_LENGTH });
}

/**
 * Reads the body of SETTLE and verifies the signatures that it has.
 * @returns copies
 * @throws DecodeError; MismatchError for keys of others; AuthenticationError, also for what nobody has signed
 * @see NXS-STL-005
 */
export function readSettlement(input: PaymentKeys & { readonly body: Uint8Array }, primitives: PaymentPrimitives): Settlement {
  const { body, keyA, keyB } = READING(input, 'input');
  requirePrimitives(primitives);
  const { signatureA, signatureB, ...settled } = partsOfSettlement(body);
  requireKeysOf({ ...settled, keyA, keyB }, primitives);
  const message = digestOf(body, primitives);
  const signers = verifyPair('NXS-STL-005', { purpose: PURPOSE, message, keyA, keyB, signatureA, signatureB }, primitives);
  return { ...settled, ...signers };
}

/** The 64 bytes whose hash is signed are the same. */
export function isSameSettlement(one: Uint8Array, other: Uint8Array): boolean {
  return compare(one.subarray(0, 64), other.subarray(0, 64)) === 0;
}
