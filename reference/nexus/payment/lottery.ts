/** The lottery: which packets win, what they are worth, and how many wins are more than chance. */
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError } from '../../kernel/errors.ts';

/** NXS-LOT-003: of how many packets one wins. */
const DIFFICULTIES: readonly number[] = [10, 100, 1_000];
/** NXS-LOT-005: packets within 5 minutes, above which one of 1,000 wins, and from which on one of 100. */
const BUSY = 500;
const USUAL = 50;
const BETA_LENGTH = 64;
const DRAW_LENGTH = 8;
const SPACE = 2n ** 64n;
/** NXS-LOT-006: deviations that chance is granted. */
const DEVIATIONS = 4n;
const SLACK = 4n;

function requireDifficulty(difficulty: number): bigint {
  if (!DIFFICULTIES.includes(door.count(difficulty, 'difficulty'))) {
    throw new DecodeError('malformed', 'NXS-LOT-003', 'a difficulty is 10, 100 or 1,000', { difficulty });
  }
  return BigInt(difficulty);
}

/**
 * What the first 8 bytes of an output must be below to win.
 * @param difficulty 10, 100 or 1,000
 * @throws DecodeError malformed
 * @see NXS-LOT-002
 */
export function lotteryThreshold(difficulty: number): bigint {
  return SPACE / requireDifficulty(difficulty);
}

/**
 * Whether an output wins.
 * @param beta of the VRF, 64 bytes
 * @throws DecodeError malformed
 * @see NXS-LOT-002
 */
export function winsLottery(beta: Uint8Array, difficulty: number): boolean {
  const output = door.bytes(beta, 'beta');
  if (output.length !== BETA_LENGTH) throw new DecodeError('malformed', 'NXS-LOT-002', 'an output is 64 bytes', { length: output.length });
  const drawn = output.slice(0, DRAW_LENGTH).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  return drawn < lotteryThreshold(difficulty); // NXS-LOT-001
}

/**
 * What a packet that wins is worth.
 * @param price of a packet, in millionths of NXS
 * @throws DecodeError malformed; LimitError for more than 8 bytes hold
 * @see NXS-LOT-004
 */
export function lotteryReward(price: bigint, difficulty: number): bigint {
  const reward = door.bigint(price, 'price') * requireDifficulty(difficulty);
  if (reward >= SPACE) throw new LimitError('NXS-LOT-007', 'a reward of more than 8 bytes');
  return reward;
}

/** Of how many packets one wins, by how many there were in 5 minutes. @see NXS-LOT-005 */
export function lotteryDifficulty(packets: number): number {
  const given = door.count(packets, 'packets');
  if (given > BUSY) return 1_000;
  return given >= USUAL ? 100 : 10;
}

/** The square root, rounded down. */
function squareRoot(value: bigint): bigint {
  let root = BigInt(Math.floor(Math.sqrt(Number(value))));
  while (root * root > value) root--;
  while ((root + 1n) * (root + 1n) <= value) root++;
  return root;
}

/**
 * How many claims are paid at most.
 * @param expected wins: the sum of the probabilities of all packets that were handed over, rounded up
 * @see NXS-LOT-006
 */
export function lotteryBound(expected: number): bigint {
  const wins = BigInt(door.count(expected, 'expected'));
  return wins + DEVIATIONS * squareRoot(wins) + SLACK;
}
