/**
 * The body of KEY_OFFER: public keys by their cipher sets, and digests in place of those keys that are too long to send.
 *
 *   +-----------+---------------------------------+--------------+-----------------------+
 *   | KEY COUNT | CSID u8, LENGTH u16, KEY  ...   | DIGEST COUNT | CSID u8, DIGEST 32 ...|
 *   +-----------+---------------------------------+--------------+-----------------------+
 *
 * Both lists ascend by CSID, so there is one body for one set of keys. From all of them together follows the hashname,
 * which is what an application knows its friends by.
 */
import { Reader, concat, u16Bytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError, UsageError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import { csidMap, deriveHashname } from '../../e3x/hashname/hashname.ts';
import type { CsidMap } from '../../e3x/hashname/hashname.ts';

/** IPR-HSK-009: how many keys, and how many digests, an offer has at most. */
export const OFFER_COUNT_MAX = 8;
const DIGEST_LENGTH = 32;
const OFFER = door.members<KeyOffer>({ keys: csidMap, intermediates: csidMap });

/** What is offered. */
export interface KeyOffer {
  /** Keys by CSID, 1 to 8 of them. */
  readonly keys: CsidMap;
  /** Digests of 32 bytes by CSID, of keys that are not offered; none to 8. */
  readonly intermediates: CsidMap;
}
/** An offer with the name that follows from it. */
export interface NamedKeyOffer extends KeyOffer {
  /** 52 characters. */
  readonly hashname: string;
}

function csidText(csid: number): string {
  return csid.toString(16).padStart(2, '0');
}

type Entries = [number, Uint8Array][];

/** One of the two lists. */
function readList(reader: Reader, minimum: number, take: () => Uint8Array): Entries {
  const count = reader.u8('IPR-HSK-009');
  if (count < minimum || count > OFFER_COUNT_MAX) throw new DecodeError('malformed', 'IPR-HSK-009', 'a wrong number of entries', { count });
  const entries: Entries = [];
  for (let index = 0; index < count; index += 1) {
    const csid = reader.u8('IPR-HSK-009');
    if (csid === 0) throw new DecodeError('malformed', 'IPR-HSK-009', 'CSID 00');
    entries.push([csid, take()]);
  }
  return entries;
}

function ascending(entries: Entries): CsidMap {
  entries.forEach(([csid], index) => {
    if (csid <= (entries[index - 1]?.[0] ?? 0)) throw new DecodeError('non-canonical', 'IPR-HSK-009', 'the CSIDs do not ascend', { csid });
  });
  return new Map(entries.map(([csid, value]) => [csidText(csid), value]));
}

/**
 * Reads the body of KEY_OFFER.
 * @param primitives who does the arithmetic
 * @throws DecodeError truncated, malformed, non-canonical, trailing
 * @see IPR-HSK-009
 */
export function decodeKeyOffer(body: Uint8Array, primitives: DigestPrimitives): NamedKeyOffer {
  primitivesDoor.digest(primitives, 'primitives');
  const reader = new Reader(door.bytes(body, 'body'));
  const keyEntries = readList(reader, 1, () => {
    const length = reader.u16('IPR-HSK-009');
    if (length === 0) throw new DecodeError('malformed', 'IPR-HSK-009', 'an empty key');
    return reader.take(length, 'IPR-HSK-009').slice();
  });
  const digestEntries = readList(reader, 0, () => reader.take(DIGEST_LENGTH, 'IPR-HSK-009').slice());
  if (reader.remaining > 0) throw new DecodeError('trailing', 'IPR-HSK-009', 'bytes behind the offer', { remaining: reader.remaining });
  const keys = ascending(keyEntries);
  const intermediates = ascending(digestEntries);
  requireApart(keys, intermediates);
  return { keys, intermediates, hashname: deriveHashname({ keys, intermediates }, primitives) }; // IPR-HSK-010
}

function requireApart(keys: CsidMap, intermediates: CsidMap): void {
  for (const csid of intermediates.keys())
    if (keys.has(csid)) throw new DecodeError('non-canonical', 'IPR-HSK-009', 'a digest of a key that is there', { csid });
}

function writeList(entries: CsidMap, write: (value: Uint8Array) => Uint8Array): Uint8Array {
  if (entries.size > OFFER_COUNT_MAX) throw new LimitError('IPR-HSK-009', 'too many entries', { count: entries.size });
  const sorted = [...entries].sort(([one], [other]) => (one < other ? -1 : 1)); // IPR-HSK-009
  return concat([
    Uint8Array.of(entries.size),
    ...sorted.flatMap(([csid, value]) => [Uint8Array.of(Number.parseInt(csid, 16)), write(value)]),
  ]);
}

/**
 * Writes the body of KEY_OFFER.
 * @param primitives who does the arithmetic
 * @throws DecodeError malformed for CSIDs and keys that are none; LimitError for more than 8; UsageError for digests of other lengths
 * @see IPR-HSK-009
 */
export function encodeKeyOffer(offer: KeyOffer, primitives: DigestPrimitives): Uint8Array {
  const { keys, intermediates } = OFFER(offer, 'offer');
  deriveHashname({ keys, intermediates }, primitives); // refuses what would have no name
  requireApart(keys, intermediates);
  const digest = (value: Uint8Array): Uint8Array => {
    if (value.length !== DIGEST_LENGTH) throw new UsageError('IPR-HSK-009', 'a digest of another length', { length: value.length });
    return value;
  };
  if (keys.size === 0) throw new DecodeError('malformed', 'IPR-HSK-009', 'no key to offer');
  return concat([writeList(keys, (key) => concat([u16Bytes(key.length, 'IPR-HSK-009'), key])), writeList(intermediates, digest)]);
}
