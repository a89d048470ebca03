/**
 * Serial arithmetic of 16-bit sequence numbers, which wrap about every 64 MiB of full packets.
 */
import { SEQUENCE_COUNT } from './constants.ts';

const HALF = SEQUENCE_COUNT / 2;

/**
 * How far one number is ahead of another.
 * @returns -32,768 to 32,767; positive where `number` is the later one
 * @see IPR-DAT-003
 */
export function aheadOf(number: number, other: number): number {
  const ahead = (number - other + SEQUENCE_COUNT) % SEQUENCE_COUNT;
  return ahead < HALF ? ahead : ahead - SEQUENCE_COUNT; // IPR-DAT-003
}

/**
 * The number so many places further on.
 * @returns 0 to 65,535
 */
export function plus(number: number, places: number): number {
  return (number + places + SEQUENCE_COUNT) % SEQUENCE_COUNT;
}
