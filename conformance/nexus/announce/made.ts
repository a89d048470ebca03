/** Announces as the oracle makes them, and those that are wrong in one point and signed all the same. */
import type { JsonObject } from '../../contract/contract.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { blake2b } from '../identity/blake2b.ts';
import { ALICE, type Node } from '../identity/people.ts';
import { signatureOf } from '../identity/signatures.ts';

/** Where the path cost of an announce with one address is, in hexadecimal digits of the packet. */
const PATH_COST_AT = 2 * 125;
const PATH_COST_DIGITS = 12;
/** As the origin writes it. */
export const ORIGIN_COST = '00000000ff00';

/** Ids, each below the next. */
export const IDS: readonly string[] = ['id-a', 'id-b', 'id-c', 'id-d', 'id-e']
  .map((name) => toHex(seededBytes(`nexus-${name}`, 16)))
  .sort();

/** Where beacons go to. */
export const BEACON_DESTINATION: string = toHex(blake2b(Uint8Array.from(Buffer.from('nexus-1 beacon', 'ascii')), 32).slice(0, 16));

export function addressOf({ publicKey }: Node): string {
  return toHex(blake2b(fromHex(publicKey), 32).slice(0, 16));
}
function u64Hex(value: string): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes.toString('hex');
}

/** What an announce may be made of besides the rules; all as hexadecimal digits. */
export interface OddAnnounce {
  readonly node?: Node;
  /** Who signs. */
  readonly signer?: Node;
  readonly sequence?: string;
  /** Magic and version. */
  readonly front?: string;
  readonly pathCost?: string;
  readonly options?: string;
  readonly destination?: string;
  readonly purpose?: string;
  /** The path cost that is signed. */
  readonly signedCost?: string;
  /** What is signed, if it is another. */
  readonly signs?: (parts: {
    readonly destination: string;
    readonly key: string;
    readonly sequence: string;
    readonly extension: string;
  }) => string;
  /** Flags and hops. */
  readonly header?: string;
  /** In front of the destination. */
  readonly transport?: string;
  readonly context?: string;
}
/** An announce by hand. */
export function announceByHand(odd: OddAnnounce = {}): string {
  const { node = ALICE, signer = node, sequence = '7', front = '4e01', pathCost = ORIGIN_COST, options = '' } = odd;
  const { destination = addressOf(node), purpose = 'nexus-1 announce', signedCost = '000000000000', transport = '' } = odd;
  const key = node.publicKey;
  const extension = `${front}${signedCost}${options}`;
  const parts = { destination, key, sequence: u64Hex(sequence), extension };
  const signed = odd.signs?.(parts) ?? `${destination}${key}${parts.sequence}${extension}`;
  const signature = signatureOf(signer.seed, purpose, signed);
  const data = `${key}${parts.sequence}${signature}${front}${pathCost}${options}`;
  return `${odd.header ?? '0100'}${transport}${destination}${odd.context ?? '00'}${data}`;
}
/** An option. @param data as hexadecimal digits */
export function optionHex(type: number, data: string): string {
  return `${toHex(Uint8Array.of(type, data.length / 2))}${data}`;
}
/** An announce with another path cost; it is not signed. */
export function withPathCost(packet: string, pathCost: string): string {
  return `${packet.slice(0, PATH_COST_AT)}${pathCost}${packet.slice(PATH_COST_AT + PATH_COST_DIGITS)}`;
}
/** The announce that Alice writes. */
export function announceOf(oracle: Oracle, changes: JsonObject = {}): string {
  return String(resultOf(oracle, 'nexus.announce.write', { seed: ALICE.seed, sequence: '7', ...changes })['packet']);
}
