/**
 * Announces: what a node says of itself, and what relays add to it.
 *
 *   0            32         40           104  105  106                112
 *   +------------+----------+------------+----+----+------------------+---------+
 *   | public key | sequence | signature  | 4E | 01 | path cost, which | options |
 *   | 32         | u64      | 64         |    |    | relays change    |         |
 *   +------------+----------+------------+----+----+------------------+---------+
 *   option: type u8, length u8, data
 *
 * The signature covers everything but itself and the path cost. Whoever relays an announce can lie about the cost, and can
 * change nothing else.
 */
import { Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, MismatchError, UnsupportedError } from '../../kernel/errors.ts';
import { decodeUtf8, encodeUtf8 } from '../../kernel/utf8.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { DESTINATION_HASH_LENGTH, deriveDestinationHash, deriveNexusIdentity } from '../identity/identity.ts';
import type { IdentityPrimitives } from '../identity/identity.ts';
import { signForNexus, requireSignatureOf } from '../identity/signature.ts';
import type { SignaturePrimitives } from '../identity/signature.ts';
import { PACKET_CONTEXTS, decodeNexusPacket, encodeNexusPacket, raiseHops } from '../packet/packet.ts';
import { pathCostDoor, readPathCost, relayPathCost, writePathCost } from '../path-cost/path-cost.ts';
import type { PathCost, PathRelay } from '../path-cost/path-cost.ts';

const PURPOSE = 'nexus-1 announce';
const SIGNATURE_LENGTH = 64;
const SIGNATURE_OFFSET = 40;
const EXTENSION_OFFSET = 104;
const PATH_COST_OFFSET = EXTENSION_OFFSET + 2;
const PATH_COST_LENGTH = 6;
const MAGIC = 0x4e;
const VERSION = 0x01;
/** NXS-ANN-011. */
const LABEL_LENGTH_MAX = 64;
const RELAY_COUNT_MAX = 4;
const OPTION = { label: 1, capabilities: 2, relays: 3 } as const;
/** NXS-ANN-014: a path of no relay. */
const ORIGIN: PathCost = Object.freeze({ cost: 0, latencyMs: 0, bottleneck: 255, hopCount: 0 });

/** The primitives that announces use. */
export type AnnouncePrimitives = IdentityPrimitives & SignaturePrimitives;

/** What a node says of itself. */
export interface AnnounceInput {
  /** 32 bytes, secret. */
  readonly seed: Uint8Array;
  /** Higher than any that the node ever used. */
  readonly sequence: bigint;
  /** The name of a community, 1 to 64 bytes of UTF-8. */
  readonly label?: string | undefined;
  /** 0 to 65,535. */
  readonly capabilities?: number | undefined;
  /** 1 to 4 ids of nodes that keep messages for this one, ascending. */
  readonly relays?: readonly Uint8Array[] | undefined;
}
/** An announce that was verified. */
export interface Announce {
  /** The id that is announced, 16 bytes. */
  readonly destination: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly sequence: bigint;
  /** As far as the announce came: a claim. */
  readonly pathCost: PathCost;
  /** Whom packets for the id go to first, 16 bytes. */
  readonly nextHop: Uint8Array;
  readonly label?: string;
  readonly capabilities?: number;
  readonly relays?: readonly Uint8Array[];
}

const INPUT = door.members<AnnounceInput>({
  seed: door.bytes,
  sequence: door.bigint,
  label: door.optional(door.text),
  capabilities: door.optional(door.count),
  relays: door.optional(door.list(door.bytes)),
});

interface Option {
  readonly type: number;
  readonly data: Uint8Array;
}

function malformed(clause: string, message: string): never {
  throw new DecodeError('malformed', clause, message);
}

/** The ids in an option that names relays. @throws DecodeError malformed or non-canonical @see NXS-ANN-011 */
export function readAnnouncedRelays(data: Uint8Array): readonly Uint8Array[] {
  const given = door.copy(data, 'data');
  const count = given.length / DESTINATION_HASH_LENGTH;
  if (count === 0 || !Number.isInteger(count) || count > RELAY_COUNT_MAX) malformed('NXS-ANN-011', 'relays are 1 to 4 ids of 16 bytes');
  const relays = Array.from({ length: count }, (_, i) => given.slice(i * DESTINATION_HASH_LENGTH, (i + 1) * DESTINATION_HASH_LENGTH));
  relays.forEach((relay, i) => {
    const before = relays[i - 1];
    if (before !== undefined && compare(before, relay) >= 0) throw new DecodeError('non-canonical', 'NXS-ANN-012', 'relays do not ascend');
  });
  return relays;
}

function readLabel(data: Uint8Array): string {
  if (data.length === 0 || data.length > LABEL_LENGTH_MAX) malformed('NXS-ANN-011', 'a label is 1 to 64 bytes');
  return decodeUtf8(data, () => malformed('NXS-ANN-011', 'a label that is not UTF-8'));
}

function optionsOf({ label, capabilities, relays }: AnnounceInput): Option[] {
  const options: Option[] = [];
  if (label !== undefined) {
    const data = encodeUtf8(label, () => malformed('NXS-ANN-011', 'a label that is not text'));
    readLabel(data);
    options.push({ type: OPTION.label, data });
  }
  if (capabilities !== undefined) options.push({ type: OPTION.capabilities, data: leBytes(capabilities, 2, 'NXS-ANN-011') });
  if (relays !== undefined) {
    if (relays.some((relay) => relay.length !== DESTINATION_HASH_LENGTH)) malformed('NXS-ANN-011', 'an id is 16 bytes');
    readAnnouncedRelays(concat(relays));
    options.push({ type: OPTION.relays, data: concat(relays) });
  }
  return options;
}

/** NXS-ANN-004: what the node signs. @param data with any path cost */
function signedBytes(destination: Uint8Array, data: Uint8Array): Uint8Array {
  const blank = new Uint8Array(PATH_COST_LENGTH);
  const [front, rest] = [data.slice(EXTENSION_OFFSET, PATH_COST_OFFSET), data.slice(PATH_COST_OFFSET + PATH_COST_LENGTH)];
  return concat([destination, data.slice(0, SIGNATURE_OFFSET), front, blank, rest]);
}

/** Refuses primitives that lack what announces need. @throws UsageError */
export function requirePrimitives(primitives: AnnouncePrimitives): AnnouncePrimitives {
  primitivesDoor.identity(primitives, 'primitives');
  primitivesDoor.signature(primitives, 'primitives');
  return primitives;
}

/**
 * Writes and signs the announce of a node.
 * @returns a packet of 131 bytes, and the options
 * @throws DecodeError
 * @see NXS-ANN-014
 */
export function writeAnnounce(input: AnnounceInput, primitives: AnnouncePrimitives): Uint8Array {
  const given = INPUT(input, 'input');
  requirePrimitives(primitives);
  const { publicKey, destinationHash: destination } = deriveNexusIdentity(given.seed, primitives);
  const options = optionsOf(given).map(({ type, data }) => concat([Uint8Array.of(type, data.length), data]));
  const sequence = leBytes(given.sequence, 8, 'NXS-ANN-003');
  const extension = concat([Uint8Array.of(MAGIC, VERSION), writePathCost(ORIGIN), ...options]);
  const unsigned = concat([publicKey, sequence, new Uint8Array(SIGNATURE_LENGTH), extension]);
  const signature = signForNexus({ seed: given.seed, purpose: PURPOSE, message: signedBytes(destination, unsigned) }, primitives);
  const data = concat([publicKey, sequence, signature, extension]);
  return encodeNexusPacket({
    destinationType: 'single',
    packetType: 'announce',
    hops: 0,
    destination,
    context: PACKET_CONTEXTS.content,
    data,
  });
}

/** NXS-ANN-009, NXS-ANN-010. */
function readOptions(reader: Reader): Option[] {
  const options: Option[] = [];
  while (reader.remaining > 0) {
    const type = reader.u8('NXS-ANN-009');
    if (type === 0) malformed('NXS-ANN-009', 'an option of type 0');
    options.push({ type, data: reader.take(reader.u8('NXS-ANN-009'), 'NXS-ANN-009') });
  }
  return options;
}
function requireOrder(options: readonly Option[]): void {
  options.forEach(({ type }, i) => {
    const before = options[i - 1];
    if (before !== undefined && before.type >= type) {
      throw new DecodeError('non-canonical', 'NXS-ANN-010', 'options are not in order', { type });
    }
  });
}

function meaningOf(options: readonly Option[]): Pick<Announce, 'label' | 'capabilities' | 'relays'> {
  const meaning: {
    label?: string;
    capabilities?: number;
    relays?: readonly Uint8Array[];
  } = {};
  for (const { type, data } of options) {
    if (type === OPTION.label) meaning.label = readLabel(data);
    if (type === OPTION.relays) meaning.relays = readAnnouncedRelays(data);
    if (type === OPTION.capabilities) {
      if (data.length !== 2) malformed('NXS-ANN-011', 'capabilities are 2 bytes');
      meaning.capabilities = (data[0] ?? 0) + 256 * (data[1] ?? 0);
    }
  }
  return meaning; // NXS-ANN-013: other types mean nothing here
}

/**
 * Reads an announce and verifies its signature.
 * @returns copies
 * @throws DecodeError; UnsupportedError; LimitError; MismatchError; AuthenticationError
 * @see NXS-ANN-002
 */
export function readAnnounce(packet: Uint8Array, primitives: AnnouncePrimitives): Announce {
  requirePrimitives(primitives);
  const { packetType, destinationType, transport, destination, context, data } = decodeNexusPacket(packet);
  if (packetType !== 'announce' || destinationType !== 'single' || context !== PACKET_CONTEXTS.content)
    malformed('NXS-ANN-001', 'not an announce');
  const reader = new Reader(data);
  const publicKey = reader.take(32, 'NXS-ANN-002');
  const sequence = reader.take(8, 'NXS-ANN-002').reduceRight((value, byte) => 256n * value + BigInt(byte), 0n);
  const signature = reader.take(SIGNATURE_LENGTH, 'NXS-ANN-002');
  if (reader.u8('NXS-ANN-002') !== MAGIC) malformed('NXS-ANN-006', 'an extension of another kind');
  const version = reader.u8('NXS-ANN-002');
  if (version !== VERSION) throw new UnsupportedError('NXS-ANN-007', 'an extension of another version', { version });
  const pathCost = readPathCost(reader.take(PATH_COST_LENGTH, 'NXS-ANN-008'));
  const options = readOptions(reader);
  if (compare(deriveDestinationHash(publicKey, primitives), destination) !== 0) {
    throw new MismatchError('NXS-ANN-003', 'the id is not that of the key');
  }
  requireOrder(options);
  const meaning = meaningOf(options);
  requireSignatureOf('NXS-ANN-005', { purpose: PURPOSE, publicKey, message: signedBytes(destination, data), signature }, primitives);
  return { destination, publicKey, sequence, pathCost, nextHop: transport ?? destination, ...meaning }; // NXS-ANN-017
}

/** Who relays an announce. */
export interface AnnounceRelay extends PathRelay {
  /** Its destination hash, 16 bytes. */
  readonly id: Uint8Array;
}

const RELAY = door.members<Pick<AnnounceRelay, 'id'>>({ id: door.bytes });

/**
 * What a relay forwards of an announce.
 * @param packet as it was received
 * @returns a packet with two addresses
 * @throws LimitError for one hop or one relay too many; whatever `readAnnounce` throws
 * @see NXS-ANN-016
 */
export function relayAnnounce(packet: Uint8Array, relay: AnnounceRelay, primitives: AnnouncePrimitives): Uint8Array {
  const { id: transport } = RELAY(relay, 'relay');
  if (transport.length !== DESTINATION_HASH_LENGTH) malformed('NXS-ANN-015', 'an id is 16 bytes');
  const { pathCost } = readAnnounce(packet, primitives);
  const outer = decodeNexusPacket(raiseHops(packet));
  const relayed = writePathCost(relayPathCost(pathCost, relay));
  const data = concat([outer.data.slice(0, PATH_COST_OFFSET), relayed, outer.data.slice(PATH_COST_OFFSET + PATH_COST_LENGTH)]);
  return encodeNexusPacket({ ...outer, transport, data });
}

/** How a path scores: a number of 48 bits, of which less is better. @see NXS-ANN-018 */
export function scorePath(pathCost: PathCost): bigint {
  const { cost, latencyMs, bottleneck, hopCount } = pathCostDoor(pathCost, 'pathCost');
  return (BigInt(cost) << 32n) | (BigInt(latencyMs) << 16n) | (BigInt(255 - bottleneck) << 8n) | BigInt(hopCount);
}
