/**
 * Agreements: what a provider keeps for somebody who is not trusted, for how long and at what price.
 *
 *   0         1      33     37         53         69          85     93         97         101       102       166       230
 *   +---------+------+------+----------+----------+-----------+------+----------+----------+---------+---------+---------+
 *   | version | hash | size | provider | consumer | channelId | cost | duration | interval | erasure | by prov | by cons |
 *   +---------+------+------+----------+----------+-----------+------+----------+----------+---------+---------+---------+
 *
 * Integers are little-endian. Both sign the 102 bytes in front; the provider signs second, and until then 64 zeros stand there.
 */
import { Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, MismatchError, UnsupportedError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { DESTINATION_HASH_LENGTH, deriveDestinationHash, deriveNexusIdentity } from '../identity/identity.ts';
import type { IdentityPrimitives } from '../identity/identity.ts';
import { NEXUS_SIGNATURE_LENGTH, requireSignatureOf, signForNexus } from '../identity/signature.ts';
import type { SignaturePrimitives } from '../identity/signature.ts';
import { HASH_LENGTH } from '../object/content-hash.ts';
import type { ObjectPriority } from '../object/header.ts';
import { readU32 } from './challenge.ts';

const VERSION = 1;
const CHANNEL_ID_LENGTH = 16;
/** NXS-AGR-008: bytes that are signed. */
const TERMS_LENGTH = 102;
/** NXS-AGR-006. */
export const INTERVAL_ROUNDS_MAX = 40_320;
/** NXS-AUD-004: bits per second below which a link is slow. */
export const PROOF_BITS_PER_SECOND = 10_000n;
/** NXS-AGR-014, NXS-AUD-005: rounds between challenges over a slow link. */
export const SLOW_ROUNDS = 1_440;
/** NXS-AGR-013: rounds between challenges, by priority. */
const INTERVALS: { readonly [priority in ObjectPriority]: number } = { critical: 1, normal: 10, lazy: 100 };
const PURPOSE = 'nexus-1 storage';
const NO_SIGNATURE = new Uint8Array(NEXUS_SIGNATURE_LENGTH);

/** The primitives that agreements need. */
export type AgreementPrimitives = IdentityPrimitives & SignaturePrimitives;

/** NXS-AGR-001: what both agree on. */
export interface AgreementTerms {
  /** Of the object, 32 bytes. */
  readonly hash: Uint8Array;
  /** Bytes of its content, 0 to 2^32 - 1. */
  readonly size: number;
  /** Destination hashes, 16 bytes each. */
  readonly provider: Uint8Array;
  readonly consumer: Uint8Array;
  /** 16 bytes. */
  readonly channelId: Uint8Array;
  /** Millionths of NXS, 0 to 2^64 - 1. */
  readonly costPerEpoch: bigint;
  /** Epochs, 1 to 2^32 - 1. */
  readonly duration: number;
  /** Rounds, 1 to 40,320; 0 for no challenges. */
  readonly interval: number;
}
/** An agreement, taken apart. */
export interface Agreement extends AgreementTerms {
  /** Whether both signed it; otherwise it is the consumer's proposal. */
  readonly whole: boolean;
}
/** Whose signatures are verified, Ed25519. */
export interface AgreementKeys {
  readonly providerKey: Uint8Array;
  readonly consumerKey: Uint8Array;
}

const TERMS = door.members<AgreementTerms>({
  hash: door.bytes,
  size: door.count,
  provider: door.bytes,
  consumer: door.bytes,
  channelId: door.bytes,
  costPerEpoch: door.bigint,
  duration: door.count,
  interval: door.count,
});
const SIGNING = door.members<{ readonly seed: Uint8Array; readonly terms: Uint8Array }>({ seed: door.bytes, terms: door.bytes });
const SIGNED = door.members<{
  readonly terms: Uint8Array;
  readonly providerSignature?: Uint8Array | undefined;
  readonly consumerSignature: Uint8Array;
}>({ terms: door.bytes, providerSignature: door.optional(door.bytes), consumerSignature: door.bytes });
const KEYS = { providerKey: door.bytes, consumerKey: door.bytes };
const READING = door.members<AgreementKeys & { readonly body: Uint8Array }>({ ...KEYS, body: door.bytes });
const CONCLUDING = door.members<AgreementKeys & { readonly proposal: Uint8Array; readonly answer: Uint8Array }>({
  ...KEYS,
  proposal: door.bytes,
  answer: door.bytes,
});

function malformed(clause: string, message: string): never {
  throw new DecodeError('malformed', clause, message);
}

/**
 * After how many rounds an object is challenged each time, unless an agreement says otherwise.
 * @param bitsPerSecond of the link
 * @see NXS-AGR-013
 */
export function challengeInterval(priority: ObjectPriority, bitsPerSecond: bigint): number {
  const rounds = INTERVALS[door.oneOf('critical', 'normal', 'lazy')(priority, 'priority')];
  return door.bigint(bitsPerSecond, 'bitsPerSecond') < PROOF_BITS_PER_SECOND ? SLOW_ROUNDS : rounds; // NXS-AGR-014
}

/**
 * Writes what both sign of an agreement.
 * @returns 102 bytes
 * @throws DecodeError malformed; UsageError for integers that are too long
 * @see NXS-AGR-002
 */
export function writeAgreementTerms(terms: AgreementTerms): Uint8Array {
  const { hash, size, provider, consumer, channelId, costPerEpoch, duration, interval } = TERMS(terms, 'terms');
  const isLong = [provider, consumer].some(({ length }) => length !== DESTINATION_HASH_LENGTH) || channelId.length !== CHANNEL_ID_LENGTH;
  if (hash.length !== HASH_LENGTH || isLong) malformed('NXS-AGR-002', 'a hash is 32 bytes, and an id 16');
  if (duration < 1) malformed('NXS-AGR-005', 'an agreement for no epoch');
  if (interval > INTERVAL_ROUNDS_MAX) malformed('NXS-AGR-006', 'an interval of more than 40,320 rounds');
  return concat([
    Uint8Array.of(VERSION),
    hash,
    leBytes(size, 4, 'NXS-AGR-002'),
    provider,
    consumer,
    channelId,
    leBytes(costPerEpoch, 8, 'NXS-AGR-002'),
    leBytes(duration, 4, 'NXS-AGR-002'),
    leBytes(interval, 4, 'NXS-AGR-002'),
    Uint8Array.of(0),
  ]);
}

function readTerms(reader: Reader): AgreementTerms {
  const early = 'NXS-AGR-007';
  const version = reader.u8(early);
  if (version !== VERSION) throw new UnsupportedError('NXS-AGR-003', 'an agreement of another version', { version });
  const hash = reader.take(HASH_LENGTH, early).slice();
  const size = readU32(reader, early);
  const provider = reader.take(DESTINATION_HASH_LENGTH, early).slice();
  const consumer = reader.take(DESTINATION_HASH_LENGTH, early).slice();
  const channelId = reader.take(CHANNEL_ID_LENGTH, early).slice();
  const costPerEpoch = reader.take(8, early).reduceRight((value, byte) => 256n * value + BigInt(byte), 0n);
  const duration = readU32(reader, early);
  if (duration < 1) malformed('NXS-AGR-005', 'an agreement for no epoch');
  const interval = readU32(reader, early);
  if (interval > INTERVAL_ROUNDS_MAX) malformed('NXS-AGR-006', 'an interval of more than 40,320 rounds');
  const erasure = reader.u8(early);
  if (erasure > 1) malformed('NXS-AGR-004', 'an option is 0 or 1');
  if (erasure === 1) throw new UnsupportedError('NXS-AGR-004', 'a part of an erasure-coded set');
  return { hash, size, provider, consumer, channelId, costPerEpoch, duration, interval };
}

function readWholeTerms(terms: Uint8Array): AgreementTerms {
  const reader = new Reader(terms);
  const read = readTerms(reader);
  reader.finish('NXS-AGR-007');
  return read;
}

/**
 * Signs an agreement as its provider or its consumer.
 * @param input seed: 32 bytes, secret; terms: 102 bytes
 * @returns 64 bytes
 * @throws UnsupportedError; DecodeError; MismatchError for a key that is neither's
 * @see NXS-AGR-008
 */
export function signAgreement(
  input: { readonly seed: Uint8Array; readonly terms: Uint8Array },
  primitives: AgreementPrimitives,
): Uint8Array {
  const { seed, terms } = SIGNING(input, 'input');
  requirePrimitives(primitives);
  const { provider, consumer } = readWholeTerms(terms);
  const { destinationHash } = deriveNexusIdentity(seed, primitives);
  if (compare(destinationHash, provider) !== 0 && compare(destinationHash, consumer) !== 0) {
    throw new MismatchError('NXS-AGR-010', 'the signer is neither provider nor consumer');
  }
  return signForNexus({ seed, purpose: PURPOSE, message: terms }, primitives);
}

/**
 * Writes the body of AGREEMENT.
 * @param input providerSignature: absent in a proposal
 * @returns 230 bytes
 * @throws UnsupportedError; DecodeError
 * @see NXS-AGR-002
 */
export function writeAgreement(input: {
  readonly terms: Uint8Array;
  readonly providerSignature?: Uint8Array | undefined;
  readonly consumerSignature: Uint8Array;
}): Uint8Array {
  const { terms, providerSignature = NO_SIGNATURE, consumerSignature } = SIGNED(input, 'input'); // NXS-AGR-011
  readWholeTerms(terms);
  if (providerSignature.length !== NEXUS_SIGNATURE_LENGTH || consumerSignature.length !== NEXUS_SIGNATURE_LENGTH) {
    malformed('NXS-AGR-002', 'a signature is 64 bytes');
  }
  return concat([terms, providerSignature, consumerSignature]);
}

/**
 * Reads the body of AGREEMENT and verifies its signatures.
 * @returns copies
 * @throws UnsupportedError; DecodeError; MismatchError for keys of others; AuthenticationError
 * @see NXS-AGR-009
 */
export function readAgreement(input: AgreementKeys & { readonly body: Uint8Array }, primitives: AgreementPrimitives): Agreement {
  const { body, providerKey, consumerKey } = READING(input, 'input');
  requirePrimitives(primitives);
  const reader = new Reader(body);
  const terms = readTerms(reader);
  const providerSignature = reader.take(NEXUS_SIGNATURE_LENGTH, 'NXS-AGR-007');
  const consumerSignature = reader.take(NEXUS_SIGNATURE_LENGTH, 'NXS-AGR-007');
  reader.finish('NXS-AGR-007');
  const [provider, consumer] = [deriveDestinationHash(providerKey, primitives), deriveDestinationHash(consumerKey, primitives)];
  const isTheirs = compare(provider, terms.provider) === 0 && compare(consumer, terms.consumer) === 0;
  if (!isTheirs) throw new MismatchError('NXS-AGR-010', 'a key of somebody else');
  const whole = compare(providerSignature, NO_SIGNATURE) !== 0; // NXS-AGR-011
  const signed = { purpose: PURPOSE, message: body.subarray(0, TERMS_LENGTH) };
  requireSignatureOf('NXS-AGR-009', { ...signed, publicKey: consumerKey, signature: consumerSignature }, primitives);
  if (whole) requireSignatureOf('NXS-AGR-009', { ...signed, publicKey: providerKey, signature: providerSignature }, primitives);
  return { ...terms, whole };
}

/**
 * Verifies the answer to a proposal.
 * @param input bodies of AGREEMENT
 * @throws whatever `readAgreement` throws; MismatchError for an answer that is not whole, or has other terms
 * @see NXS-AGR-012
 */
export function concludeAgreement(
  input: AgreementKeys & { readonly proposal: Uint8Array; readonly answer: Uint8Array },
  primitives: AgreementPrimitives,
): void {
  const { proposal, answer, providerKey, consumerKey } = CONCLUDING(input, 'input');
  readAgreement({ body: proposal, providerKey, consumerKey }, primitives);
  const { whole } = readAgreement({ body: answer, providerKey, consumerKey }, primitives);
  if (!whole || compare(answer.subarray(0, TERMS_LENGTH), proposal.subarray(0, TERMS_LENGTH)) !== 0) {
    throw new MismatchError('NXS-AGR-012', 'no answer to this proposal');
  }
}

/** Refuses primitives that lack what agreements need. @throws UsageError */
export function requirePrimitives(primitives: AgreementPrimitives): AgreementPrimitives {
  primitivesDoor.identity(primitives, 'primitives');
  primitivesDoor.signature(primitives, 'primitives');
  return primitives;
}
