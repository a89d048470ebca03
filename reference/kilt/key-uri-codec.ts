/**
 * Key URIs as bytes: what base 58 says as the bytes it stands for, so nothing is lost either way.
 *
 *   0        1                33                 35
 *   +--------+----------------+------------------+-----------+------------------+------------+
 *   | kind   | public key     | detailsLength    | details   | fragmentLength   | fragment   |
 *   | 1 byte | 32 bytes       | 2 bytes          |           | 1 byte           | UTF-8      |
 *   +--------+----------------+------------------+-----------+------------------+------------+
 *
 *   kind            00 full, 01 light with sr25519, 02 light with ed25519
 *   public key      what the address stands for
 *   detailsLength   0 where there are no details, as with a full DID
 */
import { concat, u16Bytes } from '../kernel/bytes.ts';
import type { Reader } from '../kernel/bytes.ts';
import { DecodeError, LimitError, ProtocolError, UnsupportedError } from '../kernel/errors.ts';
import type { Primitives } from '../primitives/primitives.ts';
import { decodeUtf8, encodeUtf8 } from '../kernel/utf8.ts';
import { decodeAddress, decodeBase58, encodeAddress, encodeBase58 } from './address.ts';
import { ACCOUNT_LENGTH, DID_LENGTH_MAX, DID_PREFIX, LIGHT_DID_PREFIX } from './constants.ts';
import { parseKeyUri } from './key-uri.ts';

/** KLT-ENV-020: what stands in front of the address, by kind. */
const KINDS: readonly string[] = [DID_PREFIX, `${LIGHT_DID_PREFIX}00`, `${LIGHT_DID_PREFIX}01`];
/** KLT-ENV-023: bytes of a fragment. */
const FRAGMENT_LENGTH_MAX = 255;

/** What stands in a light DID's text behind its address, as bytes. */
function detailsOf(did: string): Uint8Array {
  const at = did.indexOf(':z', LIGHT_DID_PREFIX.length);
  return at < 0 ? new Uint8Array(0) : decodeBase58(did.slice(at + 2), 'KLT-DID-005');
}

/**
 * Writes a key URI.
 * @throws as parseKeyUri; LimitError for a fragment of more than 255 bytes
 * @see KLT-ENV-019
 */
export function encodeKeyUri(uri: string, primitives: Primitives): Uint8Array {
  const { did, fragment, parsed } = parseKeyUri(uri, primitives); // KLT-ENV-012
  const kind = parsed.kind === 'full' ? 0 : parsed.authentication.type === 'sr25519' ? 1 : 2;
  const details = parsed.kind === 'full' ? new Uint8Array(0) : detailsOf(did);
  const name = encodeUtf8(fragment, () => {
    throw new DecodeError('malformed', 'KLT-DID-001', 'a fragment that is no text'); // a key URI has no such characters
  });
  if (name.length > FRAGMENT_LENGTH_MAX) throw new LimitError('KLT-ENV-023', 'a fragment of too many bytes', { length: name.length }); // KLT-ENV-023
  return concat([
    Uint8Array.of(kind),
    decodeAddress(parsed.address, primitives),
    u16Bytes(details.length, 'KLT-ENV-023'),
    details,
    Uint8Array.of(name.length),
    name,
  ]); // KLT-ENV-019
}

/** The bytes of a key URI, before they are held against anything but their lengths. */
export interface KeyUriParts {
  readonly kind: number;
  readonly publicKey: Uint8Array;
  readonly details: Uint8Array;
  readonly fragment: Uint8Array;
}

/**
 * Reads the fields of a key URI.
 * @throws DecodeError truncated; UnsupportedError for a kind of DID that there is not
 * @see KLT-ENV-019
 */
export function decodeKeyUriParts(reader: Reader): KeyUriParts {
  const kind = reader.u8('KLT-ENV-019');
  if (kind >= KINDS.length) throw new UnsupportedError('KLT-ENV-020', 'no kind of DID', { kind }); // KLT-ENV-020
  const publicKey = reader.take(ACCOUNT_LENGTH, 'KLT-ENV-019');
  const details = reader.take(reader.u16('KLT-ENV-019'), 'KLT-ENV-019');
  const fragment = reader.take(reader.u8('KLT-ENV-019'), 'KLT-ENV-019');
  return { kind, publicKey, details, fragment };
}

/**
 * Makes a key URI of its fields, and holds it against the rules of key URIs.
 * @throws DecodeError malformed
 * @see KLT-ENV-021
 */
export function joinKeyUri({ kind, publicKey, details, fragment }: KeyUriParts, primitives: Primitives): string {
  const refuse = (what: string): never => {
    throw new DecodeError('malformed', 'KLT-ENV-021', what);
  };
  if (details.length > DID_LENGTH_MAX) refuse('details of too many bytes'); // KLT-ENV-021: before base 58, which would take long
  const name = decodeUtf8(fragment, () => refuse('a fragment that is no UTF-8')); // KLT-ENV-021
  const text = details.length === 0 ? '' : `:z${encodeBase58(details)}`;
  try {
    return parseKeyUri(`${KINDS[kind] ?? ''}${encodeAddress(publicKey, primitives)}${text}#${name}`, primitives).uri; // KLT-ENV-022
  } catch (error) {
    if (error instanceof ProtocolError) return refuse('no key URI'); // KLT-ENV-021
    throw error;
  }
}
