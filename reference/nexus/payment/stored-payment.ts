/** What is stored of the channels with a neighbour, and how it is checked when it is given back. */
import { compare } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { ProtocolError, UsageError } from '../../kernel/errors.ts';
import { CHANNEL_ID_LENGTH, SIGNED_LENGTH, derivePaymentChannelId, partsOfState, readPaymentState } from './channel-state.ts';
import type { PaymentKeys, PaymentPrimitives } from './channel-state.ts';
import { readAgreedPayment } from './proposal.ts';
import { readSettlement } from './settle.ts';
import { readPaymentTerms } from './terms.ts';
import type { BookTotals } from './payer-book.ts';

const STATUSES = ['opening', 'open', 'closed', 'settling', 'settled', 'disputed', 'final', 'faulty'] as const;
/** NXS-CHN-018: channels of one neighbour. */
export const CHANNEL_COUNT = 4_096;
const EXPECTED_MAX = Number.MAX_SAFE_INTEGER;

/** Where a channel is in its life. */
export type PaymentStatus = (typeof STATUSES)[number];
/** An own proposal that is not answered. */
export interface StoredProposal {
  /** Of the record: CHANNEL_OPEN, CHANNEL_UPDATE or CLAIM. */
  readonly kind: number;
  readonly body: Uint8Array;
  /** The state in it, 200 bytes. */
  readonly state: Uint8Array;
}
/** A channel. */
export interface StoredChannel extends BookTotals {
  readonly status: PaymentStatus;
  readonly nonce: Uint8Array;
  /** What both have signed first and last; absent until the channel is open. */
  readonly first?: Uint8Array | undefined;
  readonly agreed?: Uint8Array | undefined;
  readonly proposal?: StoredProposal | undefined;
  /** The highest number that this node has signed. */
  readonly signed: bigint;
  /** When the last state was agreed on. */
  readonly updatedMs: number;
  /** When the next thing is due. */
  readonly dueMs?: number | undefined;
  /** Of SETTLE. */
  readonly settlement?: Uint8Array | undefined;
  /** How often it was sent. */
  readonly attempts: number;
  /** Two states of one number. */
  readonly evidence?: readonly Uint8Array[] | undefined;
  /** In the order in which they were concluded. */
  readonly terms: readonly Uint8Array[];
  /** Own TERMS that are not answered, with the own signature alone. */
  readonly offer?: Uint8Array | undefined;
}
/** Everything that is stored. */
export interface StoredPayment {
  /** Ids of all channels whose first state this node has signed, 16 bytes each. */
  readonly seen: readonly Uint8Array[];
  readonly channel?: StoredChannel | undefined;
}

const STORED = door.members<StoredPayment>({
  seen: door.list(door.copyOfLength(CHANNEL_ID_LENGTH, 'NXS-CHN-017')),
  channel: door.optional(
    door.members<StoredChannel>({
      status: door.oneOf(...STATUSES),
      nonce: door.copyOfLength(16, 'NXS-CHN-017'),
      first: door.optional(door.copy),
      agreed: door.optional(door.copy),
      proposal: door.optional(door.members<StoredProposal>({ kind: door.byte, body: door.copy, state: door.copy })),
      signed: door.bigint,
      updatedMs: door.count,
      dueMs: door.optional(door.count),
      settlement: door.optional(door.copy),
      attempts: door.between(0, 3),
      evidence: door.optional(door.list(door.copy)),
      terms: door.list(door.copy),
      offer: door.optional(door.copy),
      wins: door.count,
      expected: door.between(0, EXPECTED_MAX),
    }),
  ),
});

/** The 72 bytes that are signed of two states are the same. */
export function isSameState(one: Uint8Array, other: Uint8Array): boolean {
  return compare(one.subarray(0, SIGNED_LENGTH), other.subarray(0, SIGNED_LENGTH)) === 0;
}

/**
 * Checks what was stored: types, lengths, signatures, and that the parts belong together.
 * @throws UsageError for what is damaged
 * @see NXS-CHN-017
 */
export function checkedPayment(stored: unknown, keys: PaymentKeys, primitives: PaymentPrimitives): StoredPayment {
  const given = STORED(stored, 'stored');
  if (given.channel === undefined) return given;
  try {
    checkChannel(given.channel, given.seen, keys, primitives);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new UsageError('NXS-CHN-017', `what was stored of a channel is damaged: ${error.message}`);
  }
  return given;
}

function damaged(what: string): never {
  throw new UsageError('NXS-CHN-017', what);
}
function checkChannel(channel: StoredChannel, seen: readonly Uint8Array[], keys: PaymentKeys, primitives: PaymentPrimitives): void {
  const { first, agreed, proposal, signed, settlement, status, evidence } = channel;
  const last = agreed ?? proposal?.state;
  if (last === undefined) return damaged('neither a state nor a proposal');
  const { channelId, partyA, partyB } = partsOfState(last);
  if (compare(derivePaymentChannelId({ partyA, partyB, nonce: channel.nonce }, primitives), channelId) !== 0) damaged('another channel');
  if (!seen.some((id) => compare(id, channelId) === 0)) damaged('a channel that was not seen');
  if ((first === undefined) !== (agreed === undefined) || (first === undefined) !== (status === 'opening')) damaged('no first state');
  for (const state of [first, agreed, ...(evidence ?? [])]) {
    if (state === undefined) continue;
    const read = readAgreedPayment({ state, ...keys }, primitives);
    if (compare(read.channelId, channelId) !== 0) damaged('a state of another channel');
    if (evidence === undefined && read.sequence > signed) damaged('a number that was not signed');
  }
  if (proposal !== undefined) {
    const read = readPaymentState({ state: proposal.state, ...keys }, primitives);
    if (compare(read.channelId, channelId) !== 0 || read.sequence > signed) damaged('a proposal that was not signed');
  }
  if (settlement !== undefined && compare(readSettlement({ body: settlement, ...keys }, primitives).channelId, channelId) !== 0) {
    damaged('a settlement of another channel');
  }
  if ((status === 'settling' || status === 'settled') && settlement === undefined) damaged('no settlement');
  if ((status === 'settling' || status === 'disputed') && channel.dueMs === undefined) damaged('nothing is due');
  for (const body of [...channel.terms, ...(channel.offer === undefined ? [] : [channel.offer])]) {
    const read = readPaymentTerms({ body, ...keys }, primitives);
    if (compare(read.channelId, channelId) !== 0) damaged('terms of another channel');
  }
}
