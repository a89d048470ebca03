/** Whose keys the vectors of NEXUS use. */
import { createHash } from 'node:crypto';
import { toHex } from '../../oracle/values.ts';
import { ed25519Public } from './primitives.ts';

/** A node of the vectors; all as hexadecimal digits. */
export interface Node {
  readonly seed: string;
  readonly publicKey: string;
}

/** The node with a seed. */
export function nodeOf(seed: Uint8Array): Node {
  return { seed: toHex(seed), publicKey: toHex(ed25519Public(seed)) };
}
/** 32 bytes that count up from a first one. */
export function countedSeed(first: number): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => first + i);
}
/** The first seed, of those that end in a number, for which something holds. */
export function seedWhere(holds: (seed: Uint8Array) => boolean): Uint8Array {
  for (let number = 0; ; number++) {
    const seed = Uint8Array.from(
      createHash('sha512')
        .update(`nexus seed ${String(number)}`)
        .digest(),
    ).slice(0, 32);
    if (holds(seed)) return seed;
  }
}

/** The two nodes of the known answers: seeds 00 01 .. 1f and 20 21 .. 3f. */
export const ALICE: Node = nodeOf(countedSeed(0));
export const BOB: Node = nodeOf(countedSeed(0x20));
