/** Messages: a content that is signed for one recipient and sealed to it. */
import * as door from '../../kernel/door.ts';
import { LimitError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { deriveDestinationHash, deriveNexusIdentity } from '../identity/identity.ts';
import type { SignaturePrimitives } from '../identity/signature.ts';
import { CONTENT_OVERHEAD, readContent, signContent } from './content.ts';
import type { ContentInput, KiltContent, SignedContent } from './content.ts';
import { ENVELOPE_OVERHEAD, ephemeralKeyOf, openNexusEnvelope, sealNexusEnvelope } from './envelope.ts';
import type { EnvelopePrimitives } from './envelope.ts';

/** The primitives that messages use. */
export type MessagePrimitives = EnvelopePrimitives & SignaturePrimitives;

/** A message to be sealed. */
export interface NexusMessageInput extends ContentInput {
  /** The sender's, 32 bytes, secret. */
  readonly seed: Uint8Array;
  /** The recipient's Ed25519 key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Bytes that the envelope may have. */
  readonly lengthMax?: number | undefined;
  /** The X25519 secret of the envelope: 32 bytes that were never used before. */
  readonly entropy: Uint8Array;
}

const OPENING = door.members<{ readonly seed: Uint8Array; readonly envelope: Uint8Array }>({ seed: door.bytes, envelope: door.bytes });
const INPUT = door.members<NexusMessageInput>({
  seed: door.bytes,
  publicKey: door.bytes,
  created: door.bigint,
  messageId: door.bytes,
  kind: door.byte,
  body: door.bytes,
  lengthMax: door.optional(door.count),
  entropy: door.bytes,
});

/**
 * How many bytes of a body fit into an envelope.
 * @param length bytes that the envelope may have
 * @throws LimitError if not even an empty body fits
 * @see NXS-CNT-013
 */
export function messageRoomOf(length: number): number {
  const room = door.count(length, 'length') - ENVELOPE_OVERHEAD - CONTENT_OVERHEAD;
  if (room < 0) throw new LimitError('NXS-CNT-013', 'no room for a content', { length });
  return room;
}

/**
 * Signs a content and seals it to its recipient.
 * @returns the envelope, 170 bytes more than the body
 * @throws DecodeError; UnsupportedError; LimitError for a body that does not fit
 * @see NXS-CNT-014
 */
export function sealNexusMessage(input: NexusMessageInput, primitives: MessagePrimitives): Uint8Array {
  const { publicKey, lengthMax, entropy, ...content } = INPUT(input, 'input');
  primitivesDoor.agreement(primitives, 'primitives');
  const recipient = deriveDestinationHash(publicKey, primitives);
  if (lengthMax !== undefined && content.body.length + ENVELOPE_OVERHEAD + CONTENT_OVERHEAD > lengthMax) {
    throw new LimitError('NXS-CNT-014', 'a body too long for its packet', { length: content.body.length, lengthMax });
  }
  const ephemeralKey = primitives.deriveX25519Public({ secret: entropy });
  const plaintext = signContent({ ...content, recipient, ephemeralKey }, primitives);
  return sealNexusEnvelope({ publicKey, use: 'message', plaintext, entropy }, primitives);
}

/**
 * Opens an envelope, reads its content and verifies who signed it.
 * @param opening seed: the recipient's, 32 bytes, secret
 * @throws DecodeError; UnsupportedError; AuthenticationError
 * @see NXS-CNT-003
 */
export function openNexusMessage(
  opening: { readonly seed: Uint8Array; readonly envelope: Uint8Array },
  primitives: MessagePrimitives,
): SignedContent | KiltContent {
  const { seed, envelope } = OPENING(opening, 'opening');
  const content = openNexusEnvelope({ seed, use: 'message', envelope }, primitives);
  const recipient = deriveNexusIdentity(seed, primitives).destinationHash;
  return readContent({ content, recipient, ephemeralKey: ephemeralKeyOf(envelope) }, primitives);
}
