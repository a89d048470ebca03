/**
 * Terms: what packets and custody cost in a channel, from a number on.
 *
 *   0         16     24      32           36              44       108      172
 *   +---------+------+-------+------------+---------------+--------+--------+
 *   | channel | from | price | difficulty | custody price | by a   | by b   |
 *   +---------+------+-------+------------+---------------+--------+--------+
 *
 * Integers are little-endian. Both sign the 44 bytes in front.
 */
import { Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError, UnknownError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { NEXUS_KEY_LENGTH, requireSeed } from '../identity/identity.ts';
import { signForNexus } from '../identity/signature.ts';
import type { SignaturePrimitives } from '../identity/signature.ts';
import { readU32 } from '../proof/challenge.ts';
import { CUSTODY_S_MAX } from '../relay/fields.ts';
import { CHANNEL_ID_LENGTH } from './channel-state.ts';
import type { PaymentKeys } from './channel-state.ts';
import { lotteryThreshold } from './lottery.ts';
import { readSignatures, readU64, signaturesToWrite, verifyPair } from './signature-pair.ts';
import type { PaymentSigners, SignaturePair } from './signature-pair.ts';

/** NXS-TRM-003: bytes that are signed. */
const SIGNED_LENGTH = 44;
const PURPOSE = 'nexus-1 terms';
const SPACE = 2n ** 64n;
/** NXS-TRM-007: bytes and seconds that are paid for together. */
const KIB = 1_024n;
const EPOCH_S = 604_800n;

/** What something costs. */
export interface PaymentPrices {
  /** 16 bytes. */
  readonly channelId: Uint8Array;
  /** The number of the first state for which they hold, 0 to 2^64 - 1. */
  readonly from: bigint;
  /** Of a packet, in millionths of NXS. */
  readonly price: bigint;
  /** 10, 100 or 1,000. */
  readonly difficulty: number;
  /** Of each KiB and epoch, in millionths of NXS. */
  readonly custodyPrice: bigint;
}
/** Terms, as they are written. */
export interface PaymentTermsInput extends PaymentPrices {
  /** 64 bytes; absent if it is missing. */
  readonly signatureA?: Uint8Array | undefined;
  readonly signatureB?: Uint8Array | undefined;
}
/** Terms, taken apart. */
export interface PaymentTerms extends PaymentPrices, PaymentSigners {}

const INPUT = door.members<PaymentTermsInput>({
  channelId: door.copy,
  from: door.bigint,
  price: door.bigint,
  difficulty: door.count,
  custodyPrice: door.bigint,
  signatureA: door.optional(door.copy),
  signatureB: door.optional(door.copy),
});
const SIGNING = door.members<{ readonly seed: Uint8Array; readonly body: Uint8Array }>({ seed: door.copy, body: door.copy });
const READING = door.members<PaymentKeys & { readonly body: Uint8Array }>({ keyA: door.copy, keyB: door.copy, body: door.copy });
const CUSTODY = door.members<{ readonly price: bigint; readonly size: number; readonly custody: number }>({
  price: door.bigint,
  size: door.count,
  custody: door.count,
});
const PAID = door.members<{ readonly price: bigint; readonly size: number; readonly paid: bigint }>({
  price: door.bigint,
  size: door.count,
  paid: door.bigint,
});

/**
 * Writes the body of TERMS.
 * @returns 172 bytes
 * @throws DecodeError malformed; UsageError for integers that are too long
 * @see NXS-TRM-001
 */
export function writePaymentTerms(input: PaymentTermsInput): Uint8Array {
  const { channelId, from, price, difficulty, custodyPrice, ...signed } = INPUT(input, 'input');
  if (channelId.length !== CHANNEL_ID_LENGTH) throw new DecodeError('malformed', 'NXS-TRM-002', 'an id is 16 bytes');
  const { signatureA, signatureB } = signaturesToWrite(signed, 'NXS-TRM-002');
  lotteryThreshold(difficulty);
  const u64 = (value: bigint): Uint8Array => leBytes(value, 8, 'NXS-TRM-001');
  return concat([channelId, u64(from), u64(price), leBytes(difficulty, 4, 'NXS-TRM-001'), u64(custodyPrice), signatureA, signatureB]);
}

/** Takes terms apart; nothing is verified. @throws DecodeError */
export function partsOfTerms(body: Uint8Array): PaymentPrices & SignaturePair {
  const reader = new Reader(body);
  const early = 'NXS-TRM-004';
  const channelId = reader.take(CHANNEL_ID_LENGTH, early).slice();
  const [from, price] = [readU64(reader, early), readU64(reader, early)];
  const difficulty = readU32(reader, early);
  const custodyPrice = readU64(reader, early);
  const signatures = readSignatures(reader, early);
  reader.finish('NXS-TRM-004');
  return { channelId, from, price, difficulty, custodyPrice, ...signatures };
}

/**
 * Signs terms; whose they are, the channel tells.
 * @param input seed: 32 bytes, secret; body: 172 bytes, of which no signature is signed
 * @returns 64 bytes
 * @throws DecodeError
 * @see NXS-TRM-003
 */
export function signPaymentTerms(
  input: { readonly seed: Uint8Array; readonly body: Uint8Array },
  primitives: SignaturePrimitives,
): Uint8Array {
  const { seed, body } = SIGNING(input, 'input');
  primitivesDoor.signature(primitives, 'primitives');
  lotteryThreshold(partsOfTerms(body).difficulty);
  requireSeed(seed);
  return signForNexus({ seed, purpose: PURPOSE, message: body.subarray(0, SIGNED_LENGTH) }, primitives);
}

/**
 * Reads the body of TERMS and verifies the signatures that it has.
 * @returns copies
 * @throws DecodeError; AuthenticationError, also for terms that nobody has signed
 * @see NXS-TRM-005
 */
export function readPaymentTerms(input: PaymentKeys & { readonly body: Uint8Array }, primitives: SignaturePrimitives): PaymentTerms {
  const { body, keyA, keyB } = READING(input, 'input');
  primitivesDoor.signature(primitives, 'primitives');
  const { signatureA, signatureB, ...prices } = partsOfTerms(body);
  lotteryThreshold(prices.difficulty);
  if (keyA.length !== NEXUS_KEY_LENGTH || keyB.length !== NEXUS_KEY_LENGTH) {
    throw new DecodeError('malformed', 'NXS-IDN-006', 'a key is 32 bytes');
  }
  const message = body.subarray(0, SIGNED_LENGTH);
  const signers = verifyPair('NXS-TRM-005', { purpose: PURPOSE, message, keyA, keyB, signatureA, signatureB }, primitives);
  return { ...prices, ...signers };
}

/**
 * The terms that hold for a state; none is verified.
 * @param bodies of TERMS of one channel, in the order in which they were concluded
 * @param sequence of the state
 * @throws DecodeError; UnknownError where there are none
 * @see NXS-TRM-006
 */
export function rulingTerms(bodies: readonly Uint8Array[], sequence: bigint): Uint8Array {
  const number = door.bigint(sequence, 'sequence');
  let ruling: { readonly body: Uint8Array; readonly from: bigint } | undefined;
  for (const body of door.list(door.copy)(bodies, 'bodies')) {
    const { from } = partsOfTerms(body);
    if (from <= number && (ruling === undefined || from > ruling.from)) ruling = { body, from };
  }
  if (ruling === undefined) throw new UnknownError('NXS-TRM-006', 'no terms for this state');
  return ruling.body;
}

/**
 * Terms that can rule the last state or one after it: those that rule it, and of those that hold from a later number on the
 * first for each number.
 * @param bodies of TERMS of one channel, in the order in which they were concluded
 * @param sequence of the last state
 * @see NXS-OFR-006
 */
export function termsToCome(bodies: readonly Uint8Array[], sequence: bigint): Uint8Array[] {
  const begun = bodies.map((body) => partsOfTerms(body).from).filter((from) => from <= sequence);
  const ruling = begun.reduce((highest, from) => (from > highest ? from : highest), -1n);
  const numbers = new Set<bigint>();
  return bodies.filter((body) => {
    const { from } = partsOfTerms(body);
    const isLive = (from > sequence || from === ruling) && !numbers.has(from);
    if (isLive) numbers.add(from);
    return isLive;
  });
}
/** Whether two TERMS have the same 44 signed bytes; signatures do not count. */
export function isSameTerms(one: Uint8Array, other: Uint8Array): boolean {
  return compare(one.subarray(0, SIGNED_LENGTH), other.subarray(0, SIGNED_LENGTH)) === 0;
}

/** How many units an amount begins, one at least. */
function begunOf(amount: number, unit: bigint): bigint {
  const begun = (BigInt(amount) + unit - 1n) / unit;
  return begun === 0n ? 1n : begun;
}

/**
 * What custody costs.
 * @param input price: of a KiB and an epoch, in millionths of NXS; size: bytes of the content; custody: seconds
 * @throws LimitError for more than 8 bytes hold
 * @see NXS-TRM-007
 */
export function priceOfCustody(input: { readonly price: bigint; readonly size: number; readonly custody: number }): bigint {
  const { price, size, custody } = CUSTODY(input, 'input');
  const cost = price * begunOf(size, KIB) * begunOf(custody, EPOCH_S);
  if (cost >= SPACE) throw new LimitError('NXS-TRM-008', 'a cost of more than 8 bytes');
  return cost;
}
/**
 * For how many seconds custody is granted for what was paid.
 * @param input as for `priceOfCustody`; paid: millionths of NXS
 * @see NXS-TRM-009
 */
export function custodyForPayment(input: { readonly price: bigint; readonly size: number; readonly paid: bigint }): number {
  const { price, size, paid } = PAID(input, 'input');
  if (price === 0n) return CUSTODY_S_MAX;
  const seconds = EPOCH_S * (paid / (price * begunOf(size, KIB)));
  return seconds < BigInt(CUSTODY_S_MAX) ? Number(seconds) : CUSTODY_S_MAX;
}
