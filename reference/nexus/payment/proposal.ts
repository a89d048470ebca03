/**
 * What one party proposes to the other: a state that it has signed, why, and for what.
 *
 *   CHANNEL_UPDATE        0       1           33      233
 *                         +-------+-----------+-------+
 *                         | cause | reference | state |
 *                         +-------+-----------+-------+
 *
 * Party a proposes even numbers and party b odd ones. Both have signed what was agreed: CHANNEL_ACCEPT and DISPUTE.
 */
import { Reader, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { AuthenticationError, DecodeError, MismatchError, UnsupportedError } from '../../kernel/errors.ts';
import { HASH_LENGTH } from '../object/content-hash.ts';
import { STATE_LENGTH, partsOfState, readPaymentState, requireFollowingPayment, requirePrimitives } from './channel-state.ts';
import type { PaymentKeys, PaymentPrimitives, PaymentState } from './channel-state.ts';

const CAUSES = ['claim', 'storage', 'close'] as const;
/** NXS-UPD-002: known, and not in version 1. */
const DEPOSIT = 3;

/** What a state is proposed for. */
export type PaymentCause = (typeof CAUSES)[number];
/** One of the two of a channel: a has the lower destination hash. */
export type PaymentParty = 'a' | 'b';
/** Why a state is proposed. */
export interface PaymentUpdate {
  readonly cause: PaymentCause;
  /** Id of a packet or hash of an object, 32 bytes; zeros to close. */
  readonly reference: Uint8Array;
  /** 200 bytes. */
  readonly state: Uint8Array;
}

const READING = door.members<PaymentKeys & { readonly state: Uint8Array }>({ keyA: door.copy, keyB: door.copy, state: door.copy });
const UPDATE = door.members<PaymentUpdate>({ cause: door.oneOf(...CAUSES), reference: door.copy, state: door.copy });
const BODY = door.members<PaymentKeys & { readonly body: Uint8Array }>({ keyA: door.copy, keyB: door.copy, body: door.copy });
const FOLLOWING = door.members<{ readonly before: Uint8Array; readonly after: Uint8Array; readonly cause: PaymentCause }>({
  before: door.copy,
  after: door.copy,
  cause: door.oneOf(...CAUSES),
});

/** Who proposes a number. @see NXS-UPD-005 */
export function proposerOf(sequence: bigint): PaymentParty {
  return sequence % 2n === 0n ? 'a' : 'b';
}

/**
 * Reads a state that one party proposes.
 * @returns copies
 * @throws whatever `readPaymentState` throws; DecodeError malformed for the number 0 and for what both have signed;
 *   AuthenticationError for what its proposer has not
 * @see NXS-UPD-005
 */
export function readPaymentProposal(
  input: PaymentKeys & { readonly state: Uint8Array },
  primitives: PaymentPrimitives,
): PaymentState & { readonly proposer: PaymentParty } {
  const given = READING(input, 'input');
  const read = readPaymentState(given, requirePrimitives(primitives));
  if (read.sequence === 0n) throw new DecodeError('malformed', 'NXS-UPD-005', 'the first state is that of CHANNEL_OPEN');
  const proposer = proposerOf(read.sequence);
  if (!(proposer === 'a' ? read.byA : read.byB)) throw new AuthenticationError('NXS-UPD-005');
  if (read.byA && read.byB) throw new DecodeError('malformed', 'NXS-UPD-005', 'a proposal that both have signed');
  return { ...read, proposer };
}

/**
 * Reads the body of CHANNEL_ACCEPT or DISPUTE.
 * @returns copies
 * @throws whatever `readPaymentState` throws; AuthenticationError for a state that one alone has signed
 * @see NXS-UPD-006
 */
export function readAgreedPayment(input: PaymentKeys & { readonly state: Uint8Array }, primitives: PaymentPrimitives): PaymentState {
  const given = READING(input, 'input');
  const read = readPaymentState(given, requirePrimitives(primitives));
  if (!read.byA || !read.byB) throw new AuthenticationError('NXS-UPD-006');
  return read;
}

function requireReference(cause: PaymentCause, reference: Uint8Array): void {
  if (cause === 'close' && reference.some((byte) => byte !== 0)) {
    throw new DecodeError('malformed', 'NXS-UPD-003', 'a channel is closed for nothing in particular');
  }
}

/**
 * Writes the body of CHANNEL_UPDATE.
 * @returns 233 bytes
 * @throws DecodeError
 * @see NXS-UPD-001
 */
export function writePaymentUpdate(input: PaymentUpdate): Uint8Array {
  const { cause, reference, state } = UPDATE(input, 'input');
  partsOfState(state);
  if (reference.length !== HASH_LENGTH) throw new DecodeError('malformed', 'NXS-UPD-001', 'a reference is 32 bytes');
  requireReference(cause, reference);
  return concat([Uint8Array.of(CAUSES.indexOf(cause)), reference, state]);
}

/**
 * Reads the body of CHANNEL_UPDATE and verifies the proposal in it.
 * @returns copies
 * @throws DecodeError; UnsupportedError for a deposit; whatever `readPaymentProposal` throws
 * @see NXS-UPD-002
 */
export function readPaymentUpdate(
  input: PaymentKeys & { readonly body: Uint8Array },
  primitives: PaymentPrimitives,
): PaymentUpdate & { readonly proposer: PaymentParty } {
  const { body, keyA, keyB } = BODY(input, 'input');
  requirePrimitives(primitives);
  const reader = new Reader(body);
  const code = reader.u8('NXS-UPD-004');
  if (code > DEPOSIT) throw new DecodeError('malformed', 'NXS-UPD-002', 'no cause', { code });
  const reference = reader.take(HASH_LENGTH, 'NXS-UPD-004').slice();
  const state = reader.take(STATE_LENGTH, 'NXS-UPD-004').slice();
  reader.finish('NXS-UPD-004');
  const cause = CAUSES[code];
  if (cause === undefined) throw new UnsupportedError('NXS-UPD-002', 'a deposit', { code });
  requireReference(cause, reference);
  const { proposer } = readPaymentProposal({ state, keyA, keyB }, primitives);
  return { cause, reference, state, proposer };
}

/**
 * What an update pays that may follow a state; neither is verified.
 * @param input states of 200 bytes
 * @returns millionths of NXS that its proposer pays
 * @throws whatever `requireFollowingPayment` throws; MismatchError for an update by which its proposer gains
 * @see NXS-UPD-007
 */
export function paidByUpdate(input: { readonly before: Uint8Array; readonly after: Uint8Array; readonly cause: PaymentCause }): bigint {
  const { before, after, cause } = FOLLOWING(input, 'input');
  const next = partsOfState(after);
  const proposer = proposerOf(next.sequence);
  requireFollowingPayment({ before, after, proposer });
  const old = partsOfState(before);
  const paid = proposer === 'a' ? old.balanceA - next.balanceA : old.balanceB - next.balanceB;
  if (paid < 0n) throw new MismatchError('NXS-UPD-007', 'its proposer gains');
  if (cause === 'close' && paid !== 0n) throw new MismatchError('NXS-UPD-008', 'to close a channel moves nothing');
  return paid;
}
