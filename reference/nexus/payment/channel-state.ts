/**
 * The state of a channel: who has how much, and who says so.
 *
 *   0         16        32        48          56          64         72       136      200
 *   +---------+---------+---------+-----------+-----------+----------+--------+--------+
 *   | channel | party a | party b | balance a | balance b | sequence | by a   | by b   |
 *   +---------+---------+---------+-----------+-----------+----------+--------+--------+
 *
 * Integers are little-endian. Both sign the 72 bytes in front; 64 zeros are no signature.
 */
import { Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, MismatchError, ReplayError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { HashPrimitives } from '../../primitives/primitives.ts';
import { DESTINATION_HASH_LENGTH, deriveDestinationHash, deriveNexusIdentity } from '../identity/identity.ts';
import type { IdentityPrimitives } from '../identity/identity.ts';
import { NEXUS_SIGNATURE_LENGTH, signForNexus } from '../identity/signature.ts';
import type { SignaturePrimitives } from '../identity/signature.ts';
import { deriveContentHash } from '../object/content-hash.ts';
import { readSignatures, readU64, signaturesToWrite, verifyPair } from './signature-pair.ts';
import type { PaymentSigners, SignaturePair } from './signature-pair.ts';

export const CHANNEL_ID_LENGTH = 16;
const NONCE_LENGTH = 16;
const KEY_LENGTH = 32;
/** NXS-PCH-005: bytes that are signed. */
export const SIGNED_LENGTH = 72;
/** Bytes of id and parties, which never change. */
export const NAME_LENGTH = 48;
/** NXS-PCH-001. */
export const STATE_LENGTH: number = SIGNED_LENGTH + 2 * NEXUS_SIGNATURE_LENGTH;
const PURPOSE = 'nexus-1 channel';

/** The primitives that channels need. */
export type PaymentPrimitives = IdentityPrimitives & SignaturePrimitives & Pick<HashPrimitives, 'blake3'>;

/** Who has how much. */
export interface PaymentBalances {
  /** 16 bytes. */
  readonly channelId: Uint8Array;
  /** Destination hashes, the lower one first. */
  readonly partyA: Uint8Array;
  readonly partyB: Uint8Array;
  /** Millionths of NXS, 0 to 2^64 - 1. */
  readonly balanceA: bigint;
  readonly balanceB: bigint;
  /** 0 to 2^64 - 1. */
  readonly sequence: bigint;
}
/** A state, as it is written. */
export interface PaymentStateInput extends PaymentBalances {
  /** 64 bytes; absent if it is missing. */
  readonly signatureA?: Uint8Array | undefined;
  readonly signatureB?: Uint8Array | undefined;
}
/** A state, taken apart. */
export interface PaymentState extends PaymentBalances, PaymentSigners {}
/** Ed25519, 32 bytes each. */
export interface PaymentKeys {
  readonly keyA: Uint8Array;
  readonly keyB: Uint8Array;
}

const STATE = door.members<PaymentStateInput>({
  channelId: door.bytes,
  partyA: door.bytes,
  partyB: door.bytes,
  balanceA: door.bigint,
  balanceB: door.bigint,
  sequence: door.bigint,
  signatureA: door.optional(door.bytes),
  signatureB: door.optional(door.bytes),
});
const PARTIES = door.members<{ readonly partyA: Uint8Array; readonly partyB: Uint8Array; readonly nonce: Uint8Array }>({
  partyA: door.bytes,
  partyB: door.bytes,
  nonce: door.bytes,
});
const SIGNING = door.members<{ readonly seed: Uint8Array; readonly state: Uint8Array }>({ seed: door.bytes, state: door.bytes });
const KEYS = { keyA: door.bytes, keyB: door.bytes };
const READING = door.members<PaymentKeys & { readonly state: Uint8Array }>({ ...KEYS, state: door.bytes });
const OPENING = door.members<PaymentKeys & { readonly nonce: Uint8Array; readonly state: Uint8Array }>({
  ...KEYS,
  nonce: door.bytes,
  state: door.bytes,
});
const FOLLOWING = door.members<{ readonly before: Uint8Array; readonly after: Uint8Array; readonly proposer: 'a' | 'b' }>({
  before: door.bytes,
  after: door.bytes,
  proposer: door.oneOf('a', 'b'),
});

/** Requires that party a has the lower hash. @throws DecodeError non-canonical @see NXS-PCH-003 */
export function requireOrder(partyA: Uint8Array, partyB: Uint8Array): void {
  if (compare(partyA, partyB) >= 0) throw new DecodeError('non-canonical', 'NXS-PCH-003', 'party a has the lower hash');
}
/** Takes a state apart; nothing is verified but the order of the parties. @throws DecodeError */
export function partsOfState(state: Uint8Array): PaymentBalances & SignaturePair {
  const reader = new Reader(state);
  const early = 'NXS-PCH-004';
  const take = (length: number): Uint8Array => reader.take(length, early).slice();
  const [channelId, partyA, partyB] = [take(CHANNEL_ID_LENGTH), take(DESTINATION_HASH_LENGTH), take(DESTINATION_HASH_LENGTH)];
  const [balanceA, balanceB, sequence] = [readU64(reader, early), readU64(reader, early), readU64(reader, early)];
  const { signatureA, signatureB } = readSignatures(reader, early);
  reader.finish('NXS-PCH-004');
  requireOrder(partyA, partyB);
  return { channelId, partyA, partyB, balanceA, balanceB, sequence, signatureA, signatureB };
}

/**
 * The id of a channel.
 * @param input destination hashes, the lower one first, and a nonce of 16 bytes that is drawn for this channel
 * @returns 16 bytes
 * @throws DecodeError malformed or non-canonical
 * @see NXS-PCH-008
 */
export function derivePaymentChannelId(
  input: { readonly partyA: Uint8Array; readonly partyB: Uint8Array; readonly nonce: Uint8Array },
  primitives: Pick<HashPrimitives, 'blake3'>,
): Uint8Array {
  const { partyA, partyB, nonce } = PARTIES(input, 'input');
  primitivesDoor.blake3(primitives, 'primitives');
  if ([partyA, partyB].some(({ length }) => length !== DESTINATION_HASH_LENGTH) || nonce.length !== NONCE_LENGTH) {
    throw new DecodeError('malformed', 'NXS-PCH-008', 'parties and nonces are 16 bytes');
  }
  requireOrder(partyA, partyB);
  return deriveContentHash('channel id', concat([partyA, partyB, nonce]), primitives).slice(0, CHANNEL_ID_LENGTH);
}

/**
 * Signs a state as one of its parties.
 * @param input seed: 32 bytes, secret; state: 200 bytes, of which no signature is signed
 * @returns 64 bytes
 * @throws DecodeError; MismatchError for a key that is neither's
 * @see NXS-PCH-005
 */
export function signPaymentState(
  input: { readonly seed: Uint8Array; readonly state: Uint8Array },
  primitives: PaymentPrimitives,
): Uint8Array {
  const { seed, state } = SIGNING(input, 'input');
  requirePrimitives(primitives);
  const { partyA, partyB } = partsOfState(state);
  const { destinationHash } = deriveNexusIdentity(seed, primitives);
  if (compare(destinationHash, partyA) !== 0 && compare(destinationHash, partyB) !== 0) {
    throw new MismatchError('NXS-PCH-007', 'the signer is neither party');
  }
  return signForNexus({ seed, purpose: PURPOSE, message: state.subarray(0, SIGNED_LENGTH) }, primitives);
}

/**
 * Writes a state.
 * @returns 200 bytes
 * @throws DecodeError malformed or non-canonical; UsageError for integers that are too long
 * @see NXS-PCH-001
 */
export function writePaymentState(input: PaymentStateInput): Uint8Array {
  const { channelId, partyA, partyB, balanceA, balanceB, sequence, ...signed } = STATE(input, 'input');
  if ([channelId, partyA, partyB].some(({ length }) => length !== CHANNEL_ID_LENGTH)) {
    throw new DecodeError('malformed', 'NXS-PCH-002', 'an id is 16 bytes');
  }
  const { signatureA, signatureB } = signaturesToWrite(signed, 'NXS-PCH-002');
  requireOrder(partyA, partyB);
  const numbers = [balanceA, balanceB, sequence].map((number) => leBytes(number, 8, 'NXS-PCH-002'));
  return concat([channelId, partyA, partyB, ...numbers, signatureA, signatureB]);
}

/**
 * Reads a state and verifies the signatures that it has.
 * @returns copies
 * @throws DecodeError; MismatchError for keys of others; AuthenticationError, also for a state that nobody has signed
 * @see NXS-PCH-006
 */
export function readPaymentState(input: PaymentKeys & { readonly state: Uint8Array }, primitives: PaymentPrimitives): PaymentState {
  const { state, keyA, keyB } = READING(input, 'input');
  requirePrimitives(primitives);
  const { signatureA, signatureB, ...balances } = partsOfState(state);
  requireKeysOf({ ...balances, keyA, keyB }, primitives);
  const message = state.subarray(0, SIGNED_LENGTH);
  const signers = verifyPair('NXS-PCH-006', { purpose: PURPOSE, message, keyA, keyB, signatureA, signatureB }, primitives);
  return { ...balances, ...signers };
}

/**
 * Writes the body of CHANNEL_OPEN.
 * @returns 280 bytes
 * @throws whatever `readPaymentOpening` throws
 * @see NXS-PCH-009
 */
export function writePaymentOpening(
  input: PaymentKeys & { readonly nonce: Uint8Array; readonly state: Uint8Array },
  primitives: PaymentPrimitives,
): Uint8Array {
  const { nonce, keyA, keyB, state } = OPENING(input, 'input');
  requirePrimitives(primitives);
  if (nonce.length !== NONCE_LENGTH) throw new DecodeError('malformed', 'NXS-PCH-008', 'a nonce is 16 bytes', { length: nonce.length });
  readPaymentState({ state, keyA, keyB }, primitives);
  const body = concat([nonce, keyA, keyB, state]);
  readPaymentOpening(body, primitives);
  return body;
}

/**
 * Reads the body of CHANNEL_OPEN and verifies its state.
 * @returns copies
 * @throws whatever `readPaymentState` throws; DecodeError malformed for a state that is not the first; MismatchError for another id
 * @see NXS-PCH-009
 */
export function readPaymentOpening(body: Uint8Array, primitives: PaymentPrimitives): PaymentState & PaymentKeys {
  const reader = new Reader(door.copy(body, 'body'));
  requirePrimitives(primitives);
  const nonce = reader.take(NONCE_LENGTH, 'NXS-PCH-010');
  const keyA = reader.take(KEY_LENGTH, 'NXS-PCH-010').slice();
  const keyB = reader.take(KEY_LENGTH, 'NXS-PCH-010').slice();
  const state = reader.take(STATE_LENGTH, 'NXS-PCH-010');
  reader.finish('NXS-PCH-010');
  const read = readPaymentState({ state, keyA, keyB }, primitives);
  if (read.sequence !== 0n) throw new DecodeError('malformed', 'NXS-PCH-009', 'a channel is opened with the first state');
  const { partyA, partyB } = read;
  if (compare(derivePaymentChannelId({ partyA, partyB, nonce }, primitives), read.channelId) !== 0) {
    throw new MismatchError('NXS-PCH-009', 'an id of another channel');
  }
  return { ...read, keyA, keyB };
}

/**
 * Requires that a state may follow another one; neither is verified.
 * @param input states of 200 bytes, and who proposes the second
 * @throws DecodeError; MismatchError for another channel, sum or kind of number; ReplayError for a number that is not higher
 * @see NXS-PCH-011
 */
export function requireFollowingPayment(input: {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly proposer: 'a' | 'b';
}): void {
  const { before, after, proposer } = FOLLOWING(input, 'input');
  const [old, next] = [partsOfState(before), partsOfState(after)];
  const isSame = compare(before.subarray(0, NAME_LENGTH), after.subarray(0, NAME_LENGTH)) === 0;
  if (!isSame || old.balanceA + old.balanceB !== next.balanceA + next.balanceB) {
    throw new MismatchError('NXS-PCH-011', 'a state of another channel, or of another sum');
  }
  if (next.sequence <= old.sequence) {
    throw new ReplayError('NXS-PCH-011', 'a number that is not higher', { sequence: String(next.sequence) });
  }
  if (next.sequence % 2n !== (proposer === 'a' ? 0n : 1n)) {
    throw new MismatchError('NXS-PCH-012', 'a number of the other party', { sequence: String(next.sequence) });
  }
}

/** Requires that keys are those of the parties. @throws DecodeError malformed; MismatchError @see NXS-PCH-007 */
export function requireKeysOf(
  given: PaymentKeys & { readonly partyA: Uint8Array; readonly partyB: Uint8Array },
  primitives: PaymentPrimitives,
): void {
  const [ofA, ofB] = [deriveDestinationHash(given.keyA, primitives), deriveDestinationHash(given.keyB, primitives)];
  if (compare(ofA, given.partyA) !== 0 || compare(ofB, given.partyB) !== 0)
    throw new MismatchError('NXS-PCH-007', 'a key of somebody else');
}

/** Refuses primitives that lack what channels need. @throws UsageError */
export function requirePrimitives(primitives: PaymentPrimitives): PaymentPrimitives {
  primitivesDoor.identity(primitives, 'primitives');
  primitivesDoor.signature(primitives, 'primitives');
  primitivesDoor.blake3(primitives, 'primitives');
  return primitives;
}
