/**
 * Path costs: six bytes that each relay brings up to date.
 *
 *   0        2            4            5           6
 *   +--------+------------+------------+-----------+
 *   | cost   | latency ms | bottleneck | hop count |
 *   +--------+------------+------------+-----------+
 *
 * Cost and bottleneck are codes: 16 times the binary logarithm of the cost, 8 times that of the bandwidth, rounded. Whether
 * 16 log2(v + 1) is at least c - 1/2 is whether (v + 1)^32 is at least 2^(2c - 1), which integers can say.
 */
import { Reader, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError } from '../../kernel/errors.ts';

/** NXS-PCT-006: the code of the greatest cost. */
export const COST_CODE_MAX = 1024;
/** NXS-PCT-014: the code of the greatest bandwidth. */
export const BANDWIDTH_CODE_MAX = 255;
/** NXS-PCT-012: the most relays of a path. */
const HOP_COUNT_MAX = 127;

/** What a path costs and can do. */
export interface PathCost {
  /** A code, 0 to 1,024. */
  readonly cost: number;
  /** The worst of all its hops, milliseconds, 0 to 65,535. */
  readonly latencyMs: number;
  /** A code, 0 to 255. */
  readonly bottleneck: number;
  /** Relays, 0 to 255. */
  readonly hopCount: number;
}

/** The whole part of a binary logarithm; 0 for 0, which is written with one digit as well. */
function log2(value: bigint): number {
  return value.toString(2).length - 1;
}

/** The largest c for which `power` is at least 2^(2c - 1); 0 for a power below 2. */
function codeOf(power: bigint): number {
  return Math.floor((log2(power) + 1) / 2);
}

/**
 * The code of a cost.
 * @param value from 0 up
 * @returns 0 to 1,024
 * @see NXS-PCT-003
 */
export function encodePathCost(value: bigint): number {
  return Math.min(codeOf((door.bigint(value, 'value') + 1n) ** 32n), COST_CODE_MAX); // NXS-PCT-004
}

/**
 * The cost that a code stands for.
 * @throws DecodeError malformed for a code above 1,024
 * @see NXS-PCT-005
 */
export function decodePathCost(code: number): bigint {
  if (door.count(code, 'code') > COST_CODE_MAX) throw new DecodeError('malformed', 'NXS-PCT-006', 'no cost has this code', { code });
  const limit = 2n ** BigInt(code + 16);
  let value = 0n;
  for (let bit = 2n ** 63n; bit > 0n; bit /= 2n) if ((2n * (value + bit) + 1n) ** 16n <= limit) value += bit;
  return value;
}

/**
 * The code of a path after a relay.
 * @param own what the relay takes, from 0 up
 * @throws DecodeError malformed for a code above 1,024
 * @see NXS-PCT-007
 */
export function addPathCost(code: number, own: bigint): number {
  const before = decodePathCost(code);
  if (door.bigint(own, 'own') === 0n) return code; // NXS-PCT-008
  return Math.min(Math.max(code + 1, encodePathCost(before + own)), COST_CODE_MAX); // NXS-PCT-009
}

/**
 * The code of a bandwidth.
 * @param bitsPerSecond from 0 up
 * @returns 0 to 255
 * @see NXS-PCT-013
 */
export function encodeBandwidth(bitsPerSecond: bigint): number {
  return Math.min(codeOf(door.bigint(bitsPerSecond, 'bitsPerSecond') ** 16n), BANDWIDTH_CODE_MAX); // NXS-PCT-014
}

/** Answers whether a path carries what needs a bandwidth. @param bottleneck the code of the path @see NXS-PCT-015 */
export function carriesBandwidth(bottleneck: number, bitsPerSecond: bigint): boolean {
  return door.byte(bottleneck, 'bottleneck') >= encodeBandwidth(bitsPerSecond);
}

/**
 * Reads a path cost.
 * @throws DecodeError truncated, trailing, or malformed for a cost above 1,024
 * @see NXS-PCT-001
 */
export function readPathCost(bytes: Uint8Array): PathCost {
  const reader = new Reader(door.bytes(bytes, 'bytes'));
  const u16 = (): number => reader.u8('NXS-PCT-001') + 256 * reader.u8('NXS-PCT-001'); // NXS-PCT-002
  const cost = u16();
  if (cost > COST_CODE_MAX) throw new DecodeError('malformed', 'NXS-PCT-006', 'no cost has this code', { cost });
  const pathCost = { cost, latencyMs: u16(), bottleneck: reader.u8('NXS-PCT-001'), hopCount: reader.u8('NXS-PCT-001') };
  reader.finish('NXS-PCT-001');
  return pathCost;
}

/** A path cost at the door. */
export const pathCostDoor: door.Door<PathCost> = door.members<PathCost>({
  cost: door.count,
  latencyMs: door.count,
  bottleneck: door.byte,
  hopCount: door.byte,
});

/** Writes a path cost. @returns 6 bytes @see NXS-PCT-001 */
export function writePathCost(pathCost: PathCost): Uint8Array {
  const { cost, latencyMs, bottleneck, hopCount } = pathCostDoor(pathCost, 'pathCost');
  return concat([leBytes(cost, 2, 'NXS-PCT-002'), leBytes(latencyMs, 2, 'NXS-PCT-002'), Uint8Array.of(bottleneck, hopCount)]);
}

/** A relay, as far as paths are concerned. */
export interface PathRelay {
  /** What it takes for a byte. */
  readonly own: bigint;
  /** 0 to 65,535. */
  readonly latencyMs: number;
  readonly bitsPerSecond: bigint;
}

const RELAY = door.members<PathRelay>({ own: door.bigint, latencyMs: door.count, bitsPerSecond: door.bigint });

/**
 * What a relay makes of the path cost that it read.
 * @throws LimitError for a path of 127 relays; DecodeError malformed
 * @see NXS-PCT-007
 */
export function relayPathCost(pathCost: PathCost, relay: PathRelay): PathCost {
  const read = pathCostDoor(pathCost, 'pathCost');
  const { own, latencyMs, bitsPerSecond } = RELAY(relay, 'relay');
  if (read.hopCount >= HOP_COUNT_MAX) throw new LimitError('NXS-PCT-012', 'a path of too many relays', { hopCount: read.hopCount });
  return {
    cost: addPathCost(read.cost, own),
    latencyMs: Math.max(read.latencyMs, latencyMs), // NXS-PCT-010
    bottleneck: Math.min(read.bottleneck, encodeBandwidth(bitsPerSecond)), // NXS-PCT-011
    hopCount: read.hopCount + 1, // NXS-PCT-012
  };
}
