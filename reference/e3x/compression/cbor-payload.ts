/**
 * A channel packet as a sequence of CBOR items (RFC 8742), the payload of z 1.
 *
 *   item                   is                          sets
 *   unsigned integer       always there, 1 to 2^32-1   c
 *   byte string            a packet                    members and BODY to begin with
 *   map                    text to text or integer     further members
 *   text                                               type
 *   unsigned integer       0 to 2^32-1                 seq
 *   array of unsigned      ack, then the rest          ack, and miss if there is a rest
 *
 * All but the first may be left out, and the kind of an item tells which it is. Reading is strict (E3X-CMP-010,
 * E3X-CMP-011), so that a packet has as few spellings as the format allows; the order of a map is the one thing left
 * open. Writing has one spelling (E3X-CMP-013).
 *
 * Choice: ADR-0013. Members that have an item of their own do not appear in the map.
 */
import { Tokenizer, encode, rfc8949EncodeOptions } from 'cborg';
import type { Token } from 'cborg';
import { EMPTY, concat } from '../../kernel/bytes.ts';
import { DecodeError, ProtocolError } from '../../kernel/errors.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import { decodeUtf8 } from '../../kernel/utf8.ts';
import { CHANNEL_ID_MAX, channelHeadOf } from '../channel-table/channel-table.ts';
import { decodePacket, encodePacket } from '../packet/packet.ts';

const UINT32_MAX = 0xffffffff;
/** E3X-CMP-008: the members that have an item of their own. */
const OWN_ITEMS: ReadonlySet<string> = new Set(['c', 'type', 'seq', 'ack', 'miss']);

/** The meaning of a payload with z 1. */
interface Content {
  readonly json: JsonObject;
  readonly body: Uint8Array;
}

function isUint32(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= UINT32_MAX;
}
function isUint32List(value: JsonValue | undefined): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item: JsonValue) => isUint32(item));
}

/** The parts of a packet by the item they go into. */
interface Parts {
  readonly mapped: Map<string, string | number>;
  readonly rest: JsonObject;
  readonly seq: number | undefined;
  /** ack, then miss. */
  readonly acks: readonly number[] | undefined;
}

function partsOf(json: JsonObject): Parts {
  const seq = isUint32(json['seq']) ? json['seq'] : undefined;
  const misses = Object.hasOwn(json, 'miss') ? json['miss'] : [];
  const hasMisses = !Object.hasOwn(json, 'miss') || isUint32List(misses);
  const acks = isUint32(json['ack']) && hasMisses ? [json['ack'], ...(misses as readonly number[])] : undefined;
  const mapped = new Map<string, string | number>();
  const rest: [string, JsonValue][] = [];
  for (const [name, value] of Object.entries(json)) {
    const isOwn =
      name === 'c' ||
      name === 'type' ||
      (name === 'seq' && seq !== undefined) ||
      ((name === 'ack' || name === 'miss') && acks !== undefined);
    if (isOwn) continue;
    if (!OWN_ITEMS.has(name) && (typeof value === 'string' || Number.isInteger(value)))
      mapped.set(name, value === 0 ? 0 : (value as string | number)); // -0 is 0
    else rest.push([name, value]);
  }
  return { mapped, rest: Object.fromEntries(rest), seq, acks };
}

/**
 * Writes members and body of a channel packet as CBOR items.
 * @param json the members of a channel packet, its id among them
 * @returns the one encoding
 * @see E3X-CMP-013
 */
export function encodeCborPayload(json: JsonObject, body: Uint8Array): Uint8Array {
  const { mapped, rest, seq, acks } = partsOf(json);
  const items: unknown[] = [json['c']];
  if (Object.keys(rest).length > 0 || body.length > 0) items.push(encodePacket({ json: rest, body })); // E3X-CMP-013
  if (mapped.size > 0) items.push(mapped);
  if (typeof json['type'] === 'string') items.push(json['type']);
  if (seq !== undefined) items.push(seq);
  if (acks !== undefined) items.push(acks);
  return concat(items.map((item) => encode(item, rfc8949EncodeOptions)));
}

/** One item of a payload, of the kinds that a payload may have. */
interface ItemValues {
  readonly unsigned: number;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly map: ReadonlyMap<string, string | number>;
  readonly array: readonly number[];
}
interface Item {
  readonly kind: keyof ItemValues;
  readonly value: ItemValues[keyof ItemValues];
}

/** Reads items one after the other, each of a kind that a payload may have. */
class ItemReader {
  readonly #tokens: Tokenizer;

  constructor(payload: Uint8Array) {
    this.#tokens = new Tokenizer(payload, { strict: true, allowIndefinite: false, allowBigInt: true, retainStringBytes: true });
  }

  get isDone(): boolean {
    return this.#tokens.done();
  }

  /** @returns the next item */
  read(): Item {
    const token = this.#next();
    switch (token.type.name) {
      case 'uint':
        return { kind: 'unsigned', value: integerOf(token) };
      case 'bytes':
        return { kind: 'bytes', value: Uint8Array.from(token.value as Uint8Array) };
      case 'string':
        return { kind: 'text', value: textOf(token) };
      case 'map':
        return { kind: 'map', value: this.#readMap(Number(token.value)) };
      case 'array':
        return { kind: 'array', value: this.#readArray(Number(token.value)) };
      case 'negint':
        throw new DecodeError('malformed', 'E3X-CMP-006', 'a negative integer');
      default:
        throw new DecodeError('malformed', 'E3X-CMP-011', 'an item of another kind', { kind: token.type.name });
    }
  }

  /** E3X-CMP-008: text to text or integer, no key twice. */
  #readMap(count: number): ReadonlyMap<string, string | number> {
    const map = new Map<string, string | number>();
    for (let index = 0; index < count; index++) {
      const key = this.#next();
      const name = key.type.name === 'string' ? textOf(key) : failMap();
      if (OWN_ITEMS.has(name) || map.has(name)) failMap(); // E3X-CMP-008
      const value = this.#next();
      const { name: kind } = value.type;
      map.set(name, kind === 'string' ? textOf(value) : kind === 'uint' || kind === 'negint' ? integerOf(value) : failMap());
    }
    return map;
  }

  #readArray(count: number): readonly number[] {
    const list: number[] = [];
    for (let index = 0; index < count; index++) {
      const token = this.#next();
      const value = token.type.name === 'uint' ? integerOf(token) : undefined;
      if (!isUint32(value)) throw new DecodeError('malformed', 'E3X-CMP-009', 'no sequence number');
      list.push(value);
    }
    if (list.length === 0) throw new DecodeError('malformed', 'E3X-CMP-009', 'no acknowledgement');
    return list;
  }

  #next(): Token {
    if (this.isDone) throw new DecodeError('truncated', 'E3X-CMP-012', 'an item is missing');
    try {
      return this.#tokens.next();
    } catch (error) {
      throw faultOf(error);
    }
  }
}

/** The library tells its faults apart by their messages alone. */
function faultOf(error: unknown): ProtocolError {
  const message = error instanceof Error ? error.message : '';
  if (message.includes('not enough data')) return new DecodeError('truncated', 'E3X-CMP-012', 'an item ends too early');
  if (message.includes('more bytes than necessary'))
    return new DecodeError('non-canonical', 'E3X-CMP-010', 'an integer is written too long');
  return new DecodeError('malformed', 'E3X-CMP-011', 'no item');
}

function failMap(): never {
  throw new DecodeError('malformed', 'E3X-CMP-008', 'no map of further members');
}

function integerOf(token: Token): number {
  const value = Number(token.value);
  if (!Number.isSafeInteger(value)) failMap(); // E3X-CMP-008; where 32 bits are demanded this is as malformed
  return value;
}

function textOf(token: Token): string {
  return decodeUtf8(token.byteValue ?? EMPTY, () => {
    throw new DecodeError('malformed', 'E3X-CMP-011', 'text that is not UTF-8');
  });
}

/** The items of a payload, from the front. */
class Items {
  readonly #items: readonly Item[];
  #at = 0;

  constructor(items: readonly Item[]) {
    this.#items = items;
  }

  /** Takes the next item if it is of a kind. */
  take<Kind extends keyof ItemValues>(kind: Kind): ItemValues[Kind] | undefined {
    const item = this.#items[this.#at];
    if (item?.kind !== kind) return undefined;
    this.#at += 1;
    return item.value as ItemValues[Kind];
  }

  get isDone(): boolean {
    return this.#at >= this.#items.length;
  }
}

/** E3X-CMP-007: the packet in a byte string, without HEAD or with a JSON head. */
function sourceOf(packet: Uint8Array): Content {
  try {
    const { headLength, json, body } = decodePacket(packet);
    if (headLength === 0 || json !== undefined) return { json: json ?? {}, body: body.slice() };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
  throw new DecodeError('malformed', 'E3X-CMP-007', 'no packet to begin with');
}

/**
 * Reads CBOR items as members and body of a channel packet.
 * @param payload at least one item
 * @throws DecodeError malformed, truncated or non-canonical
 * @see E3X-CMP-005
 */
export function decodeCborPayload(payload: Uint8Array): Content {
  if (payload.length === 0) throw new DecodeError('truncated', 'E3X-CMP-012', 'no item');
  const reader = new ItemReader(payload);
  const read: Item[] = [];
  while (!reader.isDone) read.push(reader.read());
  const items = new Items(read);
  const c = items.take('unsigned');
  if (c === undefined || c < 1 || c > CHANNEL_ID_MAX) throw new DecodeError('malformed', 'E3X-CMP-005', 'no channel id comes first');
  const source = items.take('bytes');
  const { json: members, body } = source === undefined ? { json: {}, body: EMPTY } : sourceOf(source); // E3X-CMP-007
  const own = new Map<string, JsonValue>(Object.entries(members)); // one copy, whatever comes; a name that is there keeps its place
  own.set('c', c);
  for (const [name, value] of items.take('map') ?? []) own.set(name, value); // E3X-CMP-008
  const type = items.take('text');
  if (type !== undefined) own.set('type', type); // E3X-CMP-009
  const seq = items.take('unsigned');
  if (seq !== undefined && !isUint32(seq)) throw new DecodeError('malformed', 'E3X-CMP-009', 'no sequence number');
  if (seq !== undefined) own.set('seq', seq);
  const [ack, ...miss] = items.take('array') ?? [];
  if (ack !== undefined) own.set('ack', ack); // E3X-CMP-009
  if (miss.length > 0) own.set('miss', miss);
  if (!items.isDone) throw new DecodeError('malformed', 'E3X-CMP-006', 'an item out of its place');
  const json: JsonObject = Object.fromEntries(own);
  requireChannelPacket({ json, body });
  return { json, body };
}

/** E3X-CMP-003: what has been put together is a packet that a reader of packets would take. */
function requireChannelPacket(content: Content): void {
  try {
    encodePacket(content);
    channelHeadOf(content);
  } catch (error) {
    if (error instanceof ProtocolError) throw new DecodeError('malformed', 'E3X-CMP-003', 'no channel packet');
    throw error;
  }
}
