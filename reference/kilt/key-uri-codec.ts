/**
 * Key URIs as bytes: what base 58 says as the bytes it stands for, so nothing is lost either way.
 *
 *   0        1                33                 35
 *   +--------+----------------+------------------+-----------+------------------+------------+
 *   | kind   | account        | detailsLength    | details   | fragmentLength   | fragment   |
 *   | 1 byte | 32 bytes       | 2 bytes          |           | 1 byte           | UTF-8      |
 *   +--------+----------------+------------------+-----------+------------------+------------+
 *
 *   kind              00 light with sr25519, 01 light with ed25519, 02 full
 *   detailsLength     not with kind 02; 0 where there are no details
 *   fragmentLength    0 stands for `encryption`, which is how every light DID names its key
 */
import { base58 } from '@scure/base';
import { concat, u16Bytes } from '../kernel/bytes.ts';
import type { Reader } from '../kernel/bytes.ts';
import { DecodeError, EncodeError, LimitError } from '../kernel/errors.ts';
import type { Primitives } from '../primitives/primitives.ts';
import { decodeUtf8, encodeUtf8 } from '../kernel/utf8.ts';
import { decodeAddress, encodeAddress } from './address.ts';
import { ACCOUNT_LENGTH, DID_LENGTH_MAX, DID_PREFIX, ENCRYPTION_FRAGMENT, LIGHT_DID_PREFIX } from './constants.ts';
import { parseKeyUri } from './key-uri.ts';

/** KLT-CMP-kind: a full DID; the kinds before it are the key types of light ones. */
const KIND_FULL = 2;
/** KLT-CMP-fragment: bytes of a fragment without its `#`. */
const FRAGMENT_LENGTH_MAX = 255;

/** What stands in a light DID's text behind its address and its second colon, as bytes. */
function detailsOf(did: string): Uint8Array {
  const at = did.indexOf(':', LIGHT_DID_PREFIX.length);
  return at < 0 ? new Uint8Array(0) : base58.decode(did.slice(at + 2)); // a valid DID: z, then base 58
}

function encodeFragment(fragment: string): Uint8Array {
  if (fragment === ENCRYPTION_FRAGMENT) return Uint8Array.of(0); // KLT-CMP-fragment
  const bytes = encodeUtf8(fragment.slice(1), () => {
    throw new EncodeError('KLT-CMP-fragment', 'a fragment that is no text');
  });
  if (bytes.length > FRAGMENT_LENGTH_MAX) throw new EncodeError('KLT-CMP-fragment', 'a fragment of too many bytes', { length: bytes.length }); // KLT-CMP-fragment
  return concat([Uint8Array.of(bytes.length), bytes]);
}

/**
 * Writes a key URI.
 * @throws as parseKeyUri; EncodeError for a fragment of more than 255 bytes
 * @see KLT-CMP-key
 */
export function encodeKeyUri(uri: string, primitives: Primitives): Uint8Array {
  const { did, fragment, parsed } = parseKeyUri(uri, primitives);
  if (parsed.kind === 'full') return concat([Uint8Array.of(KIND_FULL), decodeAddress(parsed.address, primitives), encodeFragment(fragment)]);
  const { type, publicKey } = parsed.authentication;
  const details = detailsOf(did);
  return concat([Uint8Array.of(type === 'sr25519' ? 0 : 1), publicKey, u16Bytes(details.length, 'KLT-CMP-key'), details, encodeFragment(fragment)]); // KLT-CMP-key
}

function decodeFragment(reader: Reader): string {
  const bytes = reader.take(reader.u8('KLT-CMP-key'), 'KLT-CMP-key');
  if (bytes.length === 0) return ENCRYPTION_FRAGMENT; // KLT-CMP-fragment
  const text = decodeUtf8(bytes, () => {
    throw new DecodeError('malformed', 'KLT-CMP-fragment', 'a fragment that is no UTF-8');
  });
  const fragment = `#${text}`;
  if (fragment === ENCRYPTION_FRAGMENT) throw new DecodeError('non-canonical', 'KLT-CMP-fragment', 'a fragment spelled out'); // KLT-CMP-fragment
  return fragment;
}

/**
 * Reads a key URI, and holds it against the rules of key URIs.
 * @throws DecodeError truncated, malformed or non-canonical; UnsupportedError and LimitError as parseKeyUri
 * @see KLT-CMP-key
 */
export function decodeKeyUri(reader: Reader, primitives: Primitives): string {
  const kind = reader.u8('KLT-CMP-key');
  if (kind > KIND_FULL) throw new DecodeError('malformed', 'KLT-CMP-kind', 'no kind of DID', { kind }); // KLT-CMP-kind
  const address = encodeAddress(reader.take(ACCOUNT_LENGTH, 'KLT-CMP-key'), primitives);
  if (kind === KIND_FULL) return parseKeyUri(DID_PREFIX + address + decodeFragment(reader), primitives).uri;
  const details = reader.take(reader.u16('KLT-CMP-key'), 'KLT-CMP-key');
  if (details.length > DID_LENGTH_MAX) throw new LimitError('KLT-DID-length', 'details of too many bytes', { length: details.length }); // KLT-DID-length
  const text = details.length === 0 ? '' : `:z${base58.encode(details)}`;
  return parseKeyUri(`${LIGHT_DID_PREFIX}0${String(kind)}${address}${text}${decodeFragment(reader)}`, primitives).uri;
}
