/**
 * Contents: what is inside an envelope.
 *
 *   0    1                    33        41           57     58
 *   +----+--------------------+---------+------------+------+--------+-----------+
 *   | 01 | sender's Ed25519   | created | message id | kind | body   | signature |
 *   |    | key, 32            | 8       | 16         | 1    |        | 64        |
 *   +----+--------------------+---------+------------+------+--------+-----------+
 *   | 02 | a compact envelope of KILT                                            |
 *   +----+-----------------------------------------------------------------------+
 *
 * The signature also covers the recipient and the key of the envelope: a recipient who puts the content into an envelope for
 * somebody else does not convince anybody.
 */
import { Reader, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, UnsupportedError } from '../../kernel/errors.ts';
import { decodeUtf8 } from '../../kernel/utf8.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { DESTINATION_HASH_LENGTH, deriveNexusIdentity } from '../identity/identity.ts';
import type { IdentityPrimitives } from '../identity/identity.ts';
import { NEXUS_SIGNATURE_LENGTH, signForNexus, requireSignatureOf } from '../identity/signature.ts';
import type { SignaturePrimitives } from '../identity/signature.ts';
import { readAttachment } from './attachment.ts';

/** NXS-CNT-013: bytes of a signed content besides its body. */
export const CONTENT_OVERHEAD = 122;
const SIGNED = 0x01;
const KILT = 0x02;
const PURPOSE = 'nexus-1 content';
const KEY_LENGTH = 32;
const MESSAGE_ID_LENGTH = 16;
const GROUP_ID_LENGTH = 32;
/** NXS-CNT-005: in the order of their numbers. */
const KINDS = ['text', 'attachment', 'application', 'read', 'leave'] as const;

/** What a body is. */
export type ContentKind = (typeof KINDS)[number];

/** What a sender writes. */
export interface ContentInput {
  /** Milliseconds, 0 if the sender has no valid time. */
  readonly created: bigint;
  /** 16 bytes, drawn for each message. */
  readonly messageId: Uint8Array;
  /** 0 to 255. */
  readonly kind: number;
  readonly body: Uint8Array;
}
/** What a content is bound to. */
export interface ContentBinding {
  /** The recipient's destination hash, 16 bytes. */
  readonly recipient: Uint8Array;
  /** The key in the front of the envelope, 32 bytes. */
  readonly ephemeralKey: Uint8Array;
}
/** A content whose signature was verified. */
export interface SignedContent extends ContentInput {
  readonly type: 'signed';
  /** Ed25519, 32 bytes. */
  readonly sender: Uint8Array;
}
/** A content of KILT, whose own envelope authenticates it. */
export interface KiltContent {
  readonly type: 'kilt';
  /** In its compact form. */
  readonly envelope: Uint8Array;
}

const BINDING = { recipient: door.bytes, ephemeralKey: door.bytes } as const;
const WRITING = door.members<ContentInput & ContentBinding & { readonly seed: Uint8Array }>({
  ...BINDING,
  seed: door.bytes,
  created: door.bigint,
  messageId: door.bytes,
  kind: door.byte,
  body: door.bytes,
});
const READING = door.members<ContentBinding & { readonly content: Uint8Array }>({ ...BINDING, content: door.bytes });

function requireBinding({ recipient, ephemeralKey }: ContentBinding): void {
  if (recipient.length !== DESTINATION_HASH_LENGTH || ephemeralKey.length !== KEY_LENGTH) {
    throw new DecodeError('malformed', 'NXS-CNT-003', 'a destination hash is 16 bytes and a key 32', {
      recipient: recipient.length,
      ephemeralKey: ephemeralKey.length,
    });
  }
}

/**
 * The name of a kind, if the body is one.
 * @throws UnsupportedError for another kind; DecodeError
 * @see NXS-CNT-005
 */
export function checkContent(kind: number, body: Uint8Array): ContentKind {
  const name = KINDS[door.byte(kind, 'kind')];
  const given = door.bytes(body, 'body');
  if (name === undefined) throw new UnsupportedError('NXS-CNT-005', 'a kind that is not defined', { kind });
  if (name === 'text') {
    decodeUtf8(given, (offset) => {
      throw new DecodeError('malformed', 'NXS-CNT-006', 'a text that is not UTF-8', { offset });
    });
  }
  if (name === 'attachment') readAttachment(given);
  if (name === 'read' || name === 'leave') {
    const reader = new Reader(given);
    reader.take(name === 'read' ? MESSAGE_ID_LENGTH : GROUP_ID_LENGTH, 'NXS-CNT-009');
    reader.finish('NXS-CNT-009');
  }
  return name;
}

/**
 * Writes a content and signs it.
 * @param input seed: the sender's, 32 bytes, secret
 * @returns 122 bytes more than the body
 * @throws DecodeError; UnsupportedError
 * @see NXS-CNT-002
 */
export function signContent(
  input: ContentInput & ContentBinding & { readonly seed: Uint8Array },
  primitives: SignaturePrimitives & IdentityPrimitives,
): Uint8Array {
  const { seed, created, messageId, kind, body, ...binding } = WRITING(input, 'input');
  primitivesDoor.identity(primitives, 'primitives');
  primitivesDoor.signature(primitives, 'primitives');
  const { publicKey } = deriveNexusIdentity(seed, primitives);
  if (messageId.length !== MESSAGE_ID_LENGTH) {
    throw new DecodeError('malformed', 'NXS-CNT-002', 'a message id is 16 bytes', { length: messageId.length });
  }
  requireBinding(binding);
  checkContent(kind, body);
  const time = leBytes(created, 8, 'NXS-CNT-010');
  const unsigned = concat([Uint8Array.of(SIGNED), publicKey, time, messageId, Uint8Array.of(kind), body]);
  return concat([unsigned, signForNexus({ seed, purpose: PURPOSE, message: signedBytes(binding, unsigned) }, primitives)]);
}

/** NXS-CNT-003: what the signature covers. */
function signedBytes({ recipient, ephemeralKey }: ContentBinding, unsigned: Uint8Array): Uint8Array {
  return concat([recipient, ephemeralKey, unsigned]);
}

/**
 * Reads a content and verifies its signature.
 * @returns copies
 * @throws DecodeError; UnsupportedError; AuthenticationError
 * @see NXS-CNT-004
 */
export function readContent(
  input: ContentBinding & { readonly content: Uint8Array },
  primitives: SignaturePrimitives,
): SignedContent | KiltContent {
  const { content, ...binding } = READING(input, 'input');
  primitivesDoor.signature(primitives, 'primitives');
  requireBinding(binding);
  const reader = new Reader(new Uint8Array(content));
  const type = reader.u8('NXS-CNT-001');
  if (type === KILT) {
    if (reader.remaining === 0) throw new DecodeError('truncated', 'NXS-CNT-011', 'a content of KILT without an envelope');
    return { type: 'kilt', envelope: reader.rest() };
  }
  if (type !== SIGNED) throw new UnsupportedError('NXS-CNT-001', 'a type of content that is not defined', { type });
  const sender = reader.take(KEY_LENGTH, 'NXS-CNT-002');
  const created = reader.take(8, 'NXS-CNT-002').reduceRight((value, byte) => 256n * value + BigInt(byte), 0n); // NXS-CNT-010
  const messageId = reader.take(MESSAGE_ID_LENGTH, 'NXS-CNT-002');
  const kind = reader.u8('NXS-CNT-002');
  if (reader.remaining < NEXUS_SIGNATURE_LENGTH) throw new DecodeError('truncated', 'NXS-CNT-002', 'a content without its signature');
  const body = reader.take(reader.remaining - NEXUS_SIGNATURE_LENGTH, 'NXS-CNT-002');
  const signature = reader.rest();
  requireSignatureOf(
    'NXS-CNT-004',
    { purpose: PURPOSE, publicKey: sender, message: signedBytes(binding, content.slice(0, -NEXUS_SIGNATURE_LENGTH)), signature },
    primitives,
  );
  checkContent(kind, body);
  return { type: 'signed', sender, created, messageId, kind, body };
}
