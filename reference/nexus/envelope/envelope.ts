/**
 * Envelopes: what only the recipient reads.
 *
 *   0               32                      32 + n
 *   +---------------+-----------------------+------------+
 *   | X25519 key of | ciphertext            | tag        |
 *   | this envelope | n bytes               | 16 bytes   |
 *   +---------------+-----------------------+------------+
 *
 *   key = BLAKE2b-256(X25519(secret of the envelope, the recipient's key) ‖ key of the envelope), nonce zero
 *
 * The secret is used once, which is what makes the nonce safe: it comes from whoever draws randomness for the engine, and is
 * not kept. The recipient's key is that of its identity. Whoever gets hold of it later opens all envelopes of the past.
 */
import { Reader, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, UsageError, openAuthentic } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { CipherPrimitives, CurvePrimitives } from '../../primitives/primitives.ts';
import { agreeAsNexusIdentity, convertNexusKey, deriveDestinationHash, deriveNexusIdentity } from '../identity/identity.ts';
import type { IdentityPrimitives } from '../identity/identity.ts';

/** NXS-ENV-005: bytes of an envelope besides its plaintext. */
export const ENVELOPE_OVERHEAD = 48;
const EPHEMERAL_KEY_LENGTH = 32;
/** NXS-ENV-007. */
const GROUP_ID_LENGTH = 32;
/** NXS-ENV-008. */
const GROUP_KEY_LENGTH = 32;
const KEY_LENGTH = 32;
/** NXS-ENV-003: every key is used once. */
const ZERO_NONCE: Uint8Array = new Uint8Array(12);
const USE_MESSAGE = 0x01;
const USE_GROUP_KEY = 0x02;

/** The primitives that envelopes use. */
export type EnvelopePrimitives = IdentityPrimitives &
  Pick<CurvePrimitives, 'deriveX25519Public'> &
  Pick<CipherPrimitives, 'sealChacha20Poly1305' | 'openChacha20Poly1305'>;

/** What an envelope is for. A group key belongs to one epoch of one group, and opens as nothing else. */
export interface EnvelopeUse {
  readonly use: 'message' | 'group-key';
  /** 32 bytes; for a group key alone. */
  readonly groupId?: Uint8Array | undefined;
  /** For a group key alone. */
  readonly epoch?: bigint | undefined;
}
/** What is sealed. */
export interface NexusEnvelopeInput extends EnvelopeUse {
  /** The recipient's Ed25519 key, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly plaintext: Uint8Array;
  /** The X25519 secret of the envelope: 32 bytes that were never used before. */
  readonly entropy: Uint8Array;
}
/** What is opened. */
export interface NexusEnvelopeOpening extends EnvelopeUse {
  /** The recipient's, 32 bytes, secret. */
  readonly seed: Uint8Array;
  readonly envelope: Uint8Array;
}

const USE = { use: door.oneOf('message', 'group-key'), groupId: door.optional(door.bytes), epoch: door.optional(door.bigint) } as const;
const INPUT = door.members<NexusEnvelopeInput>({ ...USE, publicKey: door.bytes, plaintext: door.bytes, entropy: door.bytes });
const OPENING = door.members<NexusEnvelopeOpening>({ ...USE, seed: door.bytes, envelope: door.bytes });

/** The additional data. @param address the recipient's destination hash @throws DecodeError malformed */
function contextOf({ use, groupId, epoch }: EnvelopeUse, address: Uint8Array): Uint8Array {
  if (use === 'message') {
    if (groupId !== undefined || epoch !== undefined) throw new DecodeError('malformed', 'NXS-ENV-007', 'a message with a group');
    return concat([Uint8Array.of(USE_MESSAGE), address]); // NXS-ENV-004
  }
  if (groupId?.length !== GROUP_ID_LENGTH || epoch === undefined) {
    throw new DecodeError('malformed', 'NXS-ENV-007', 'a group key without its group', { length: groupId?.length ?? 0 });
  }
  return concat([Uint8Array.of(USE_GROUP_KEY), address, groupId, leBytes(epoch, 8, 'NXS-ENV-007')]);
}

function requirePlaintext({ use }: EnvelopeUse, plaintext: Uint8Array): void {
  if (use === 'group-key' && plaintext.length !== GROUP_KEY_LENGTH) {
    throw new DecodeError('malformed', 'NXS-ENV-008', 'a group key is 32 bytes', { length: plaintext.length });
  }
}

function deriveKey(shared: Uint8Array, ephemeralKey: Uint8Array, primitives: EnvelopePrimitives): Uint8Array {
  return primitives.blake2b({ message: concat([shared, ephemeralKey]), outputLength: KEY_LENGTH }); // NXS-ENV-002
}

/** The key that is in the front of an envelope. @returns 32 bytes @throws DecodeError truncated */
export function ephemeralKeyOf(envelope: Uint8Array): Uint8Array {
  return new Reader(door.copy(envelope, 'envelope')).take(EPHEMERAL_KEY_LENGTH, 'NXS-ENV-005');
}

/**
 * Seals bytes to a recipient.
 * @returns 48 bytes more than the plaintext
 * @throws DecodeError malformed for a key that is none, or a use without what belongs to it
 * @see NXS-ENV-001
 */
export function sealNexusEnvelope(input: NexusEnvelopeInput, primitives: EnvelopePrimitives): Uint8Array {
  const { publicKey, plaintext, entropy, ...use } = INPUT(input, 'input');
  primitivesDoor.agreement(primitives, 'primitives');
  if (entropy.length !== KEY_LENGTH)
    throw new UsageError('NXS-ENV-001', 'the secret of an envelope is 32 bytes', { length: entropy.length });
  const recipientKey = convertNexusKey(publicKey, primitives);
  const aad = contextOf(use, deriveDestinationHash(publicKey, primitives));
  requirePlaintext(use, plaintext);
  const ephemeralKey = primitives.deriveX25519Public({ secret: entropy });
  const shared = primitives.deriveX25519Shared({ secret: entropy, publicKey: recipientKey });
  const key = deriveKey(shared, ephemeralKey, primitives);
  return concat([ephemeralKey, primitives.sealChacha20Poly1305({ key, nonce: ZERO_NONCE, plaintext, aad })]);
}

/**
 * Opens an envelope. It has no date: one of last month opens like one of today.
 * @returns 48 bytes less than the envelope
 * @throws DecodeError truncated or malformed; AuthenticationError
 * @see NXS-ENV-009
 */
export function openNexusEnvelope(opening: NexusEnvelopeOpening, primitives: EnvelopePrimitives): Uint8Array {
  const { seed, envelope, ...use } = OPENING(opening, 'opening');
  primitivesDoor.agreement(primitives, 'primitives');
  const aad = contextOf(use, deriveNexusIdentity(seed, primitives).destinationHash);
  if (envelope.length < ENVELOPE_OVERHEAD) {
    throw new DecodeError('truncated', 'NXS-ENV-005', 'an envelope has 48 bytes at least', { length: envelope.length });
  }
  const ephemeralKey = ephemeralKeyOf(envelope);
  const key = deriveKey(agreeAsNexusIdentity(seed, ephemeralKey, primitives), ephemeralKey, primitives);
  const plaintext = openSealed({ key, sealed: envelope.slice(EPHEMERAL_KEY_LENGTH), aad }, primitives);
  requirePlaintext(use, plaintext);
  return plaintext;
}

/** Opens with a key that is used once. @throws AuthenticationError */
function openSealed(
  input: {
    readonly key: Uint8Array;
    readonly sealed: Uint8Array;
    readonly aad: Uint8Array;
  },
  primitives: EnvelopePrimitives,
): Uint8Array {
  return openAuthentic('NXS-ENV-006', () => primitives.openChacha20Poly1305({ ...input, nonce: ZERO_NONCE }));
}
