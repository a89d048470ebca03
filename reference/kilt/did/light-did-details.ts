/**
 * The details of a light DID: what it carries besides its authentication key.
 *
 *   0         1
 *   +---------+---------------------------------------------------------------+
 *   | version | CBOR: {"e": {"publicKey": 64(h'...'), "type": "x25519"},      |   in base 58 behind `z`
 *   | 00      |        "s": [{"id": ..., "type": [...], "serviceEndpoint": [...]}]} |
 *   +---------+---------------------------------------------------------------+
 *
 * Writers tag the key as 64, a typed array of bytes; readers also take it without the tag, and members in any order.
 * Nothing but what is shown here may be in it, except for what people put there by mistake: a `secretKey` beside the public
 * one, which is reported and never written.
 */
import { Token, Tokenizer, Type, decode, encode } from 'cborg';
import type { DecodeOptions, EncodeOptions } from 'cborg';
import { concat } from '../../kernel/bytes.ts';
import { DecodeError, LimitError, UnsupportedError } from '../../kernel/errors.ts';
import { decodeUtf8 } from '../../kernel/utf8.ts';
import { decodeBase58, encodeBase58 } from './address.ts';
import { DETAILS_VERSION, DID_LENGTH_MAX, PUBLIC_KEY_LENGTH } from './constants.ts';
import { checkService } from './services.ts';
import type { Service } from './services.ts';

/** KLT-DID-005: multibase's letter for base 58 of Bitcoin. */
const MULTIBASE_BASE58 = 'z';
/** KLT-DID-009: what some software writes into the details of a DID with its key pair. */
const SECRET_MEMBER = 'secretKey';
/** KLT-DID-007: a typed array of bytes (RFC 8746 2.1). */
const TAG_BYTES = 64;

/** A key for agreeing on a shared one; its secret half never comes near a DID. */
export interface AgreementKey {
  readonly type: 'x25519';
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** What a light DID carries besides its authentication key. */
export interface LightDidDetails {
  readonly keyAgreement?: AgreementKey | undefined;
  readonly services?: readonly Service[] | undefined;
  /** True if the DID publishes the secret half of its key agreement key, by which everybody can read and write as its owner. */
  readonly secretExposed?: true;
}

type CborMap = ReadonlyMap<unknown, unknown>;

/** One spelling: members in the order given, byte strings tagged. */
const WRITER: EncodeOptions = {
  mapSorter: () => 0,
  typeEncoders: { Uint8Array: (bytes: Uint8Array) => [new Token(Type.tag, TAG_BYTES), new Token(Type.bytes, bytes)] },
};

/** Every spelling but the wasteful: shortest lengths only, no indefinite ones, no name twice. */
const READER: DecodeOptions = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  retainStringBytes: true,
  tags: { [TAG_BYTES]: (content) => new TaggedBytes(content()) },
};

/** What tag 64 precedes: a byte string, and not another tag. */
class TaggedBytes {
  readonly bytes: Uint8Array;

  constructor(content: unknown) {
    if (!(content instanceof Uint8Array)) throw malformed('KLT-DID-007', 'not a byte string');
    this.bytes = content;
  }
}

/** Reads items one by one; the library replaces what is not UTF-8. */
class Utf8Tokenizer extends Tokenizer {
  override next(): Token {
    const token = super.next();
    if (token.byteValue !== undefined) {
      decodeUtf8(token.byteValue, () => {
        throw malformed('KLT-DID-007', 'a text that is no UTF-8');
      });
    }
    return token;
  }
}

function malformed(clause: string, what: string): DecodeError {
  return new DecodeError('malformed', clause, what);
}

/** A map that has nothing but the members named. */
function requireMap(value: unknown, members: readonly string[], clause: string): CborMap {
  if (!(value instanceof Map)) throw malformed(clause, 'not a map');
  const map: CborMap = value;
  for (const name of map.keys()) {
    if (typeof name !== 'string') throw malformed('KLT-DID-007', 'a key of a map that is no text');
    if (!members.includes(name)) throw malformed(clause, 'a member that has no place here');
  }
  return map;
}

function requireAgreementType(type: unknown): void {
  if (type !== 'x25519') throw new UnsupportedError('KLT-DID-010', 'a key agreement key that is not X25519');
}

interface ReadKey {
  readonly keyAgreement: AgreementKey;
  readonly secretExposed?: true;
}

function readKey(item: unknown): ReadKey {
  const key = requireMap(item, ['publicKey', 'type', SECRET_MEMBER], 'KLT-DID-009');
  const isExposed = key.has(SECRET_MEMBER);
  if (key.size !== (isExposed ? 3 : 2)) throw malformed('KLT-DID-009', 'a key agreement key without its members');
  requireAgreementType(key.get('type'));
  const value = key.get('publicKey');
  const publicKey = value instanceof TaggedBytes ? value.bytes : value; // KLT-DID-007: with the tag or without
  if (!(publicKey instanceof Uint8Array) || publicKey.length !== PUBLIC_KEY_LENGTH) {
    throw malformed('KLT-DID-011', 'a key agreement key that is not 32 bytes');
  }
  return { keyAgreement: { type: 'x25519', publicKey }, ...(isExposed ? { secretExposed: true } : {}) }; // KLT-DID-009
}

function readTexts(value: unknown): string[] {
  if (!Array.isArray(value)) throw malformed('KLT-DID-012', 'not a list of texts');
  return value.map((item: unknown) => {
    if (typeof item !== 'string') throw malformed('KLT-DID-012', 'not a text');
    return item;
  });
}

function readService(value: unknown): Service {
  // KLT-DID-012: early writers called the members types and urls.
  const isLegacy = value instanceof Map && (value.has('types') || value.has('urls'));
  const [types, urls] = isLegacy ? (['types', 'urls'] as const) : (['type', 'serviceEndpoint'] as const);
  const service = requireMap(value, ['id', types, urls], 'KLT-DID-012'); // KLT-DID-012
  const id = service.get('id');
  if (typeof id !== 'string') throw malformed('KLT-DID-012', 'a service without an id');
  return checkService({ id: `#${id}`, type: readTexts(service.get(types)), serviceEndpoint: readTexts(service.get(urls)) });
}

function readServices(value: unknown): Service[] {
  if (!Array.isArray(value)) throw malformed('KLT-DID-012', 'not a list of services');
  return value.map(readService);
}

function readCbor(bytes: Uint8Array): CborMap {
  let value: unknown;
  try {
    value = decode(bytes, { ...READER, tokenizer: new Utf8Tokenizer(bytes, READER) });
  } catch {
    throw malformed('KLT-DID-007', 'not CBOR in shortest form');
  }
  return requireMap(value, ['e', 's'], 'KLT-DID-008'); // KLT-DID-008
}

/**
 * Reads the details of a light DID.
 * @param text what follows the second colon
 * @returns key and services, each only where it is there
 * @throws DecodeError malformed; UnsupportedError for another version or type of key
 * @see KLT-DID-006
 */
export function decodeDetails(text: string): LightDidDetails {
  if (!text.startsWith(MULTIBASE_BASE58)) throw malformed('KLT-DID-005', 'details not in base 58');
  const bytes = decodeBase58(text.slice(MULTIBASE_BASE58.length), 'KLT-DID-005');
  if (bytes.length === 0) throw malformed('KLT-DID-005', 'details of no byte');
  if (bytes[0] !== DETAILS_VERSION) throw new UnsupportedError('KLT-DID-006', 'details of another version', { version: bytes[0] ?? -1 });
  const details = readCbor(bytes.subarray(1));
  return {
    ...(details.has('e') ? readKey(details.get('e')) : {}),
    ...(details.has('s') ? { services: readServices(details.get('s')) } : {}),
  };
}

/**
 * Writes the details of a light DID; only what is public is ever taken out of what was given.
 * @returns text, empty if there is nothing to say
 * @throws UnsupportedError for another type of key; DecodeError malformed for services that are none; LimitError
 * @see KLT-DID-015
 */
export function encodeDetails({ keyAgreement, services = [] }: Omit<LightDidDetails, 'secretExposed'>): string {
  const details = new Map<string, unknown>();
  if (keyAgreement !== undefined) {
    requireAgreementType(keyAgreement.type);
    // KLT-DID-016: named one by one, so that a secret key in the input is never written.
    details.set(
      'e',
      new Map<string, unknown>([
        ['publicKey', keyAgreement.publicKey],
        ['type', keyAgreement.type],
      ]),
    );
  }
  if (services.length > 0) {
    details.set(
      's',
      services.map(checkService).map(
        ({ id, type, serviceEndpoint }) =>
          new Map<string, unknown>([
            ['id', id.slice(1)],
            ['type', type],
            ['serviceEndpoint', serviceEndpoint],
          ]),
      ),
    );
  }
  if (details.size === 0) return '';
  const bytes = concat([Uint8Array.of(DETAILS_VERSION), encode(details, WRITER)]);
  // Before base 58.
  if (bytes.length > DID_LENGTH_MAX) throw new LimitError('KLT-DID-026', 'details of too many bytes', { length: bytes.length });
  return MULTIBASE_BASE58 + encodeBase58(bytes); // KLT-DID-015
}
