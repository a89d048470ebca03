/**
 * Attachments: an object of its own holds the sealed bytes, and a content names it.
 *
 *   0             32       36      68                70                         + 2
 *   +-------------+--------+-------+-----------------+------------+-------------+------+
 *   | object hash | size   | key   | media type: u16, then UTF-8 | name: u16, then UTF-8 |
 *   +-------------+--------+-------+-----------------+------------+-------------+------+
 */
import { EMPTY, Reader, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError, openAuthentic } from '../../kernel/errors.ts';
import { decodeUtf8, encodeUtf8 } from '../../kernel/utf8.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { CipherPrimitives } from '../../primitives/primitives.ts';

const HASH_LENGTH = 32;
const KEY_LENGTH = 32;
const STRING_LENGTH_MAX = 0xffff;
/** NXS-CNT-012: bytes of a payload besides the attachment. */
const TAG_LENGTH = 16;
const ZERO_NONCE: Uint8Array = new Uint8Array(12);

/** What a content says of an attachment. */
export interface Attachment {
  /** Of the object that holds it, 32 bytes. */
  readonly objectHash: Uint8Array;
  /** Bytes before they were sealed. */
  readonly size: number;
  /** 32 bytes, secret. */
  readonly key: Uint8Array;
  readonly mediaType: string;
  readonly name: string;
}

const SEALING = door.members<{
  readonly data: Uint8Array;
  readonly entropy: Uint8Array;
}>({ data: door.bytes, entropy: door.copy });
const OPENING = door.members<{
  readonly payload: Uint8Array;
  readonly key: Uint8Array;
  readonly size: number;
}>({ payload: door.bytes, key: door.bytes, size: door.count });
const ATTACHMENT = door.members<Attachment>({
  objectHash: door.bytes,
  size: door.count,
  key: door.bytes,
  mediaType: door.text,
  name: door.text,
});

function malformedString(offset: number): never {
  throw new DecodeError('malformed', 'NXS-CNT-008', 'not UTF-8 without NUL', { offset });
}

function writeString(text: string): Uint8Array {
  const offset = text.indexOf('\0');
  if (offset >= 0) malformedString(offset);
  const bytes = encodeUtf8(text, malformedString);
  if (bytes.length > STRING_LENGTH_MAX) throw new LimitError('NXS-CNT-007', 'a string too long', { length: bytes.length });
  return concat([leBytes(bytes.length, 2, 'NXS-CNT-007'), bytes]);
}

function readString(reader: Reader): string {
  const length = reader.u8('NXS-CNT-007') + 256 * reader.u8('NXS-CNT-007');
  const bytes = reader.take(length, 'NXS-CNT-007');
  const offset = bytes.indexOf(0);
  if (offset >= 0) malformedString(offset);
  return decodeUtf8(bytes, malformedString);
}

/**
 * Writes the body of a content.
 * @returns 72 bytes and the strings
 * @throws DecodeError malformed; LimitError
 * @see NXS-CNT-007
 */
export function writeAttachment(attachment: Attachment): Uint8Array {
  const { objectHash, size, key, mediaType, name } = ATTACHMENT(attachment, 'attachment');
  if (objectHash.length !== HASH_LENGTH || key.length !== KEY_LENGTH) {
    throw new DecodeError('malformed', 'NXS-CNT-007', 'hash and key are 32 bytes', { hash: objectHash.length, key: key.length });
  }
  return concat([objectHash, leBytes(size, 4, 'NXS-CNT-007'), key, writeString(mediaType), writeString(name)]);
}

/**
 * Reads the body of a content.
 * @throws DecodeError truncated, trailing or malformed
 * @see NXS-CNT-007
 */
export function readAttachment(body: Uint8Array): Attachment {
  const reader = new Reader(door.copy(body, 'body'));
  const objectHash = reader.take(HASH_LENGTH, 'NXS-CNT-007');
  const size = reader.take(4, 'NXS-CNT-007').reduceRight((value, byte) => 256 * value + byte, 0);
  const key = reader.take(KEY_LENGTH, 'NXS-CNT-007');
  const attachment = { objectHash, size, key, mediaType: readString(reader), name: readString(reader) };
  reader.finish('NXS-CNT-007');
  return attachment;
}

/**
 * Seals an attachment.
 * @param input entropy: its key, 32 bytes that were never used before
 * @returns the payload of an object, 16 bytes more, and the key
 * @see NXS-CNT-012
 */
export function sealAttachment(
  input: { readonly data: Uint8Array; readonly entropy: Uint8Array },
  primitives: Pick<CipherPrimitives, 'sealChacha20Poly1305'>,
): { readonly payload: Uint8Array; readonly key: Uint8Array } {
  const { data: plaintext, entropy: key } = SEALING(input, 'input');
  primitivesDoor.sealing(primitives, 'primitives');
  return { payload: primitives.sealChacha20Poly1305({ key, nonce: ZERO_NONCE, plaintext, aad: EMPTY }), key };
}

/**
 * Opens an attachment.
 * @param input size: what the content says
 * @throws DecodeError malformed for another size; AuthenticationError
 * @see NXS-CNT-012
 */
export function openAttachment(
  input: {
    readonly payload: Uint8Array;
    readonly key: Uint8Array;
    readonly size: number;
  },
  primitives: Pick<CipherPrimitives, 'openChacha20Poly1305'>,
): Uint8Array {
  const { payload: sealed, key, size } = OPENING(input, 'input');
  primitivesDoor.opening(primitives, 'primitives');
  if (key.length !== KEY_LENGTH) throw new DecodeError('malformed', 'NXS-CNT-012', 'a key is 32 bytes', { length: key.length });
  if (sealed.length !== size + TAG_LENGTH) {
    throw new DecodeError('malformed', 'NXS-CNT-012', 'a payload is 16 bytes longer than its attachment', { length: sealed.length, size });
  }
  return openAuthentic('NXS-CNT-012', () => primitives.openChacha20Poly1305({ key, nonce: ZERO_NONCE, sealed, aad: EMPTY }));
}
