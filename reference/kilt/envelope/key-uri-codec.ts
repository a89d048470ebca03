/**
 * Key URIs as bytes: what base 58 says as the bytes it stands for, so nothing is lost either way.
 *
 *   0        1                33                 35
 *   +--------+----------------+------------------+-----------+------------------+------------+
 *   | kind   | public key     | detailsLength    | details   | fragmentLength   | fragment   |
 *   | 1 byte | 32 bytes       | 2 bytes          |           | 1 byte           | UTF-8      |
 *   +--------+----------------+------------------+-----------+------------------+------------+
 *
 *   kind              00 full, 01 light with sr25519, 02 light with ed25519
 *   public key        what the address stands for
 *   detailsLength     not with kind 00; 0 if there are no details
 *   fragmentLength    0 stands for `encryption`, which is how every light DID names its key
 */
import { EMPTY, concat, u16Bytes } from '../../kernel/bytes.ts';
import type { Reader } from '../../kernel/bytes.ts';
import { DecodeError, EncodeError, LimitError } from '../../kernel/errors.ts';
import { decodeUtf8, encodeUtf8 } from '../../kernel/utf8.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { decodeAddress, decodeBase58, encodeAddress, encodeBase58 } from '../did/address.ts';
import { ACCOUNT_LENGTH, DID_LENGTH_MAX, DID_PREFIX, ENCRYPTION_FRAGMENT, LIGHT_DID_PREFIX } from '../did/constants.ts';
import { parseKeyUri } from '../did/key-uri.ts';

/** KLT-ENV-019: what precedes the address, by kind. */
const KINDS: readonly string[] = [DID_PREFIX, `${LIGHT_DID_PREFIX}00`, `${LIGHT_DID_PREFIX}01`];
/** KLT-ENV-019: the kind whose DIDs have no details. */
const KIND_FULL = 0;
/** KLT-ENV-023: bytes of a fragment. */
const FRAGMENT_LENGTH_MAX = 255;

/** What is in a light DID's text after its address, as bytes. */
function detailsOf(did: string): Uint8Array {
  const at = did.indexOf(':z', LIGHT_DID_PREFIX.length);
  return at < 0 ? EMPTY : decodeBase58(did.slice(at + 2), 'KLT-DID-005');
}

function encodeFragment(fragment: string): Uint8Array {
  if (fragment === ENCRYPTION_FRAGMENT) return Uint8Array.of(0); // KLT-ENV-024
  const bytes = encodeUtf8(fragment, () => {
    throw new EncodeError('KLT-ENV-021', 'a fragment that is no text');
  });
  if (bytes.length > FRAGMENT_LENGTH_MAX) throw new EncodeError('KLT-ENV-023', 'a fragment of too many bytes', { length: bytes.length });
  return concat([Uint8Array.of(bytes.length), bytes]);
}

/**
 * Writes a key URI.
 * @throws as parseKeyUri; EncodeError for a fragment of more than 255 bytes
 * @see KLT-ENV-019
 */
export function encodeKeyUri(uri: string, primitives: Primitives): Uint8Array {
  const { did, fragment, parsed } = parseKeyUri(uri, primitives);
  const name = encodeFragment(fragment);
  if (parsed.kind === 'full') return concat([Uint8Array.of(KIND_FULL), decodeAddress(parsed.address, primitives), name]);
  const { type, publicKey } = parsed.authentication;
  const details = detailsOf(did);
  return concat([Uint8Array.of(type === 'sr25519' ? 1 : 2), publicKey, u16Bytes(details.length, 'KLT-ENV-019'), details, name]);
}

/** The bytes of a key URI, before anything but their lengths is checked. */
export interface KeyUriParts {
  readonly kind: number;
  readonly publicKey: Uint8Array;
  readonly details: Uint8Array;
  readonly fragment: Uint8Array;
}

/**
 * Reads the fields of a key URI.
 * @throws DecodeError truncated, or malformed for a kind of DID that there is not
 * @see KLT-ENV-019
 */
export function decodeKeyUriParts(reader: Reader): KeyUriParts {
  const kind = reader.u8('KLT-ENV-019');
  if (kind >= KINDS.length) throw new DecodeError('malformed', 'KLT-ENV-020', 'no kind of DID', { kind });
  const publicKey = reader.take(ACCOUNT_LENGTH, 'KLT-ENV-019');
  const details = kind === KIND_FULL ? EMPTY : reader.take(reader.u16('KLT-ENV-019'), 'KLT-ENV-019');
  const fragment = reader.take(reader.u8('KLT-ENV-019'), 'KLT-ENV-019');
  return { kind, publicKey, details, fragment };
}

function decodeFragment(bytes: Uint8Array): string {
  if (bytes.length === 0) return ENCRYPTION_FRAGMENT; // KLT-ENV-024
  const fragment = decodeUtf8(bytes, () => {
    throw new DecodeError('malformed', 'KLT-ENV-021', 'a fragment that is no UTF-8');
  });
  if (fragment === ENCRYPTION_FRAGMENT) throw new DecodeError('non-canonical', 'KLT-ENV-024', 'a fragment spelled out');
  return fragment;
}

/**
 * Makes a key URI of its fields, and holds it against the rules of key URIs.
 * @throws DecodeError malformed or non-canonical; what parseKeyUri throws
 * @see KLT-ENV-022
 */
export function joinKeyUri({ kind, publicKey, details, fragment }: KeyUriParts, primitives: Primitives): string {
  // Before base 58.
  if (details.length > DID_LENGTH_MAX) throw new LimitError('KLT-DID-026', 'details of too many bytes', { length: details.length });
  const text = details.length === 0 ? '' : `:z${encodeBase58(details)}`;
  // KLT-ENV-022
  return parseKeyUri(`${KINDS[kind] ?? ''}${encodeAddress(publicKey, primitives)}${text}#${decodeFragment(fragment)}`, primitives).uri;
}
