/**
 * The records about what a recipient has.
 *
 *   RECEIPT      hash 32 | Ed25519 key of the recipient 32 | status u8 | bit 7 of the status: device 8 | signature 64
 *   RECEIPT_OK   hash 32
 */
import { EMPTY, Reader, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { NEXUS_KEY_LENGTH, deriveDestinationHash, deriveNexusIdentity } from '../identity/identity.ts';
import type { IdentityPrimitives } from '../identity/identity.ts';
import { NEXUS_SIGNATURE_LENGTH, requireSignatureOf, signForNexus } from '../identity/signature.ts';
import type { SignaturePrimitives } from '../identity/signature.ts';
import { HASH_LENGTH } from '../object/content-hash.ts';
import { choiceOf, malformed } from './fields.ts';

const PURPOSE = 'nexus-1 receipt';
const STATUSES = ['delivered', 'refused'] as const;
/** NXS-RCP-004. */
const DEVICE_FLAG = 0x80;
/** NXS-RCP-004: bytes of the id of a device. */
export const DEVICE_ID_LENGTH = 8;

/** The primitives that receipts use. */
export type ReceiptPrimitives = IdentityPrimitives & SignaturePrimitives;
/** What has become of an object. */
export type ReceiptStatus = (typeof STATUSES)[number];

/** A receipt that is to be signed. */
export interface ReceiptInput {
  /** The recipient's, 32 bytes, secret. */
  readonly seed: Uint8Array;
  /** Of the object, 32 bytes. */
  readonly hash: Uint8Array;
  readonly status: ReceiptStatus;
  /** One of several devices, 8 bytes. */
  readonly device?: Uint8Array | undefined;
}
/** A receipt that was verified. */
export interface Receipt extends Omit<ReceiptInput, 'seed'> {
  /** The recipient's Ed25519 key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** The recipient's destination hash, 16 bytes. */
  readonly recipient: Uint8Array;
}

const INPUT = door.members<ReceiptInput>({
  seed: door.bytes,
  hash: door.bytes,
  status: door.oneOf(...STATUSES),
  device: door.optional(door.bytes),
});

/**
 * Signs a receipt, and writes the body of RECEIPT.
 * @returns 129 bytes, 137 with a device
 * @throws DecodeError malformed
 * @see NXS-RCP-001
 */
export function signReceipt(input: ReceiptInput, primitives: ReceiptPrimitives): Uint8Array {
  const { seed, hash, status, device = EMPTY } = INPUT(input, 'input');
  if (hash.length !== HASH_LENGTH) malformed('NXS-RCP-001', 'a hash is 32 bytes', { length: hash.length });
  const hasDevice = input.device !== undefined;
  if (hasDevice && device.length !== DEVICE_ID_LENGTH) malformed('NXS-RCP-004', 'a device is 8 bytes', { length: device.length });
  const { publicKey } = deriveNexusIdentity(seed, primitives);
  const told = concat([Uint8Array.of(STATUSES.indexOf(status) + (hasDevice ? DEVICE_FLAG : 0)), device]);
  const signature = signForNexus({ seed, purpose: PURPOSE, message: concat([hash, told]) }, primitives);
  return concat([hash, publicKey, told, signature]);
}

/**
 * Reads the body of RECEIPT and verifies it.
 * @returns copies
 * @throws DecodeError truncated, trailing or malformed; AuthenticationError
 * @see NXS-RCP-001
 */
export function readReceipt(body: Uint8Array, primitives: ReceiptPrimitives): Receipt {
  const reader = new Reader(door.copy(body, 'body'));
  const hash = reader.take(HASH_LENGTH, 'NXS-RCP-005').slice();
  const publicKey = reader.take(NEXUS_KEY_LENGTH, 'NXS-RCP-005').slice();
  const status = reader.u8('NXS-RCP-005');
  const choice = choiceOf(STATUSES, status % DEVICE_FLAG, 'NXS-RCP-002');
  const device = reader.take(status < DEVICE_FLAG ? 0 : DEVICE_ID_LENGTH, 'NXS-RCP-005').slice();
  const signature = reader.take(NEXUS_SIGNATURE_LENGTH, 'NXS-RCP-005');
  reader.finish('NXS-RCP-005');
  const message = concat([hash, Uint8Array.of(status), device]); // NXS-RCP-003
  requireSignatureOf('NXS-RCP-003', { purpose: PURPOSE, publicKey, message, signature }, primitives);
  const recipient = deriveDestinationHash(publicKey, primitives); // NXS-RCP-006
  return { hash, publicKey, recipient, status: choice, ...(device.length > 0 ? { device } : {}) };
}

/** Reads the body of RECEIPT_OK. @returns the hash of the object @throws DecodeError truncated or trailing @see NXS-RCP-007 */
export function readReceiptOk(body: Uint8Array): Uint8Array {
  const reader = new Reader(door.copy(body, 'body'));
  const hash = reader.take(HASH_LENGTH, 'NXS-RCP-007').slice();
  reader.finish('NXS-RCP-007');
  return hash;
}
