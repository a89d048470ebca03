/**
 * `miss`: which sequence numbers a receiver lacks, and how far it can receive, as a list of steps.
 *
 *   ack 10, missing 12 13 17, highest acceptable 30   ->   [2, 1, 4, 13]
 *
 * Each entry is the distance from the one before it, the first from `ack`. The last entry leads to the highest
 * sequence number that the receiver has room for, and is not missing.
 */
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError } from '../../kernel/errors.ts';
import { MISS_COUNT_MAX, U32_MAX } from './constants.ts';

/** What a miss says: numbers that are missing, ascending, and the highest that is acceptable. */
export interface Missing {
  readonly missing: readonly number[];
  readonly highest: number;
}

const STEPS = door.list(door.whole);
const MISSING = door.members<Missing>({ missing: STEPS, highest: door.whole });

function requireMissCount(count: number): void {
  if (count > MISS_COUNT_MAX) throw new LimitError('E3X-REL-019', 'too many entries', { count, countMax: MISS_COUNT_MAX });
}

/**
 * Writes a miss.
 * @param ack the highest number processed, 0 to 2^32 - 1
 * @param missing numbers above ack, in any order, none twice
 * @param highest the highest acceptable number, above all of them
 * @returns one step for each missing number, and one to the highest
 * @throws DecodeError malformed for numbers that do not rise; LimitError for too many
 * @see E3X-REL-015
 */
export function encodeMiss(ack: number, miss: Missing): number[] {
  const { missing, highest } = MISSING(miss, 'miss');
  door.whole(ack, 'ack');
  requireMissCount(missing.length + 1);
  const ascending = [...missing].sort((a, b) => a - b); // E3X-REL-015
  let at = ack;
  const steps = [...ascending, highest].map((seq) => {
    // E3X-REL-016: the window comes last
    const step = seq - at;
    if (step < 1) throw new DecodeError('malformed', 'E3X-REL-017', 'not above the number before', { seq });
    at = seq;
    return step;
  });
  if (highest > U32_MAX) throw new DecodeError('malformed', 'E3X-REL-018', 'beyond the last sequence number', { highest });
  return steps;
}

/**
 * Reads a miss.
 * @param ack the number that the steps begin at, 0 to 2^32 - 1
 * @param miss 1 to 100 steps
 * @returns the missing numbers, ascending, and the highest acceptable one
 * @throws DecodeError malformed for no step, for a step below 1 and for numbers beyond 2^32 - 1; LimitError for too many
 * @see E3X-REL-015
 */
export function decodeMiss(ack: number, miss: readonly number[]): Missing {
  STEPS(miss, 'miss');
  door.whole(ack, 'ack');
  requireMissCount(miss.length);
  if (miss.length === 0) throw new DecodeError('malformed', 'E3X-REL-016', 'a miss without a window');
  let at = ack;
  const numbers = miss.map((step) => {
    if (step < 1) throw new DecodeError('malformed', 'E3X-REL-017', 'a step below 1', { step });
    at += step;
    return at;
  });
  if (at > U32_MAX) throw new DecodeError('malformed', 'E3X-REL-018', 'beyond the last sequence number', { highest: at });
  return { missing: numbers.slice(0, -1), highest: at };
}
