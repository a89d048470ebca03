/**
 * Compact JWS and JWE as packets inside packets. Nothing is signed or encrypted here: the parts of the text are
 * laid out as bytes, and back, without losing one of them.
 *
 *   JWS   packet  HEAD protected header   BODY packet  HEAD payload   BODY signature
 *
 *   JWE   packet  HEAD protected header   BODY packet  HEAD members   BODY packet  no HEAD   BODY ciphertext
 *         members = {"aad":"","iv":…,"tag":…,"encrypted_key":…}, the values being base64url
 */
import { EMPTY } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, EncodeError, LimitError } from '../../kernel/errors.ts';
import { JsonError, readJsonObject, writeJson } from '../../kernel/json.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { HEAD_LENGTH_MAX, decodePacketParts, encodePacket } from '../packet/packet.ts';
import type { PacketParts } from '../packet/packet.ts';

/** The members of the second HEAD of a JWE packet, in the order they are written. */
interface JweMembers {
  readonly aad: string;
  readonly iv: string;
  readonly tag: string;
  readonly encrypted_key: string;
}

/** The parts of a compact serialization, as many as there must be. */
function splitCompact(text: string, partCount: 3 | 5): string[] {
  door.text(text, 'text');
  const parts = text.split('.', partCount + 1);
  if (parts.length !== partCount) {
    throw new DecodeError('malformed', 'E3X-JOS-004', `not ${String(partCount)} parts`, { partCount: parts.length });
  }
  return parts;
}

/** The JSON object of a HEAD that this layer needs; E3X-LOB-014: where it failed, the packet is dropped. */
function requireObject(head: Uint8Array, clause: string): JsonObject {
  try {
    return readJsonObject(head);
  } catch (error) {
    if (error instanceof JsonError) throw new DecodeError('malformed', clause, error.message, error.values);
    throw error;
  }
}

/** A string member that is the object's own and not empty. */
function requireText(object: JsonObject, member: string, clause: string): void {
  const value = Object.hasOwn(object, member) ? object[member] : undefined;
  if (typeof value !== 'string' || value === '') {
    throw new DecodeError('malformed', clause, 'a header member is missing or no text', { member });
  }
}

function requireJwsHeader(header: Uint8Array): JsonObject {
  const object = requireObject(header, 'E3X-JOS-003');
  requireText(object, 'alg', 'E3X-JOS-003'); // E3X-JOS-003
  return object;
}

function requireJweHeader(header: Uint8Array): void {
  requireText(requireJwsHeader(header), 'enc', 'E3X-JOS-011'); // E3X-JOS-011
}

/** E3X-JOS-007: exactly the four members, all of them text. */
function requireJweMembers(head: Uint8Array): JweMembers {
  const { aad, iv, tag, encrypted_key, ...others } = requireObject(head, 'E3X-JOS-007');
  const isText = typeof aad === 'string' && typeof iv === 'string' && typeof tag === 'string' && typeof encrypted_key === 'string';
  if (!isText || Object.keys(others).length > 0) {
    throw new DecodeError('malformed', 'E3X-JOS-007', 'not the four members of a JWE');
  }
  return { aad, iv, tag, encrypted_key };
}

/** E3X-JOS-010: what becomes a HEAD fits in one. */
function requireHeadLength(head: Uint8Array): void {
  if (head.length > HEAD_LENGTH_MAX) {
    throw new LimitError('E3X-JOS-010', 'too long for a HEAD', { headLength: head.length });
  }
}

/** The packet attached as the BODY of another, or the outermost. */
function decodeAttached(bytes: Uint8Array): PacketParts {
  try {
    return decodePacketParts(bytes);
  } catch (error) {
    if (error instanceof DecodeError) throw new DecodeError('truncated', 'E3X-JOS-009', error.message, error.values);
    throw error;
  }
}

/**
 * Maps a compact JWS to its packet.
 * @param jws three parts of base64url; the header and the payload at most 65,535 bytes each
 * @returns two packets, the second being the BODY of the first
 * @throws DecodeError malformed or non-canonical; LimitError
 * @see E3X-JOS-001
 */
export function encodeJws(jws: string): Uint8Array {
  const [header = EMPTY, payload = EMPTY, signature = EMPTY] = splitCompact(jws, 3).map(decodeBase64url); // E3X-JOS-005
  requireJwsHeader(header);
  requireHeadLength(header);
  requireHeadLength(payload);
  const attached = encodePacket({ head: payload, body: signature }); // E3X-JOS-002: the bytes, not what they mean
  return encodePacket({ head: header, body: attached }); // E3X-JOS-001
}

/**
 * Maps a packet to the compact JWS it carries.
 * @param packet two packets, the second being the BODY of the first
 * @returns three parts of base64url
 * @throws DecodeError malformed or truncated
 * @see E3X-JOS-001
 */
export function decodeJws(packet: Uint8Array): string {
  const outer = decodeAttached(packet);
  requireJwsHeader(outer.head);
  const attached = decodeAttached(outer.body);
  return [outer.head, attached.head, attached.body].map(encodeBase64url).join('.'); // E3X-JOS-001, E3X-JOS-002
}

/**
 * Maps a compact JWE to its packet.
 * @param jwe five parts of base64url; the header at most 65,535 bytes, and so the second HEAD
 * @returns three packets, each being the BODY of the one before
 * @throws DecodeError malformed or non-canonical; LimitError
 * @see E3X-JOS-006
 */
export function encodeJwe(jwe: string): Uint8Array {
  const parts = splitCompact(jwe, 5);
  const [header = EMPTY, , , ciphertext = EMPTY] = parts.map(decodeBase64url); // E3X-JOS-005, of all five
  const [, encryptedKey = '', iv = '', , tag = ''] = parts;
  requireJweHeader(header);
  const members = writeJson({ aad: '', iv, tag, encrypted_key: encryptedKey });
  requireHeadLength(header);
  requireHeadLength(members);
  const third = encodePacket({ body: ciphertext });
  const second = encodePacket({ head: members, body: third });
  return encodePacket({ head: header, body: second }); // E3X-JOS-006
}

/**
 * Maps a packet to the compact JWE it carries.
 * @param packet three packets, each being the BODY of the one before
 * @returns five parts of base64url
 * @throws DecodeError malformed, truncated or non-canonical; EncodeError for what the compact form cannot say
 * @see E3X-JOS-006
 */
export function decodeJwe(packet: Uint8Array): string {
  const outer = decodeAttached(packet);
  requireJweHeader(outer.head);
  const second = decodeAttached(outer.body);
  const { aad, iv, tag, encrypted_key: encryptedKey } = requireJweMembers(second.head);
  const third = decodeAttached(second.body);
  if (aad !== '' || third.head.length > 0) {
    throw new EncodeError('E3X-JOS-008', 'a compact JWE has no aad and no unprotected header', {
      aadLength: aad.length,
      unprotectedLength: third.head.length,
    });
  }
  for (const text of [encryptedKey, iv, tag]) decodeBase64url(text); // E3X-JOS-005, E3X-JOS-007
  // E3X-JOS-006: the header keeps its bytes, the texts of the second HEAD are the parts themselves.
  return [encodeBase64url(outer.head), encryptedKey, iv, encodeBase64url(third.body), tag].join('.');
}
