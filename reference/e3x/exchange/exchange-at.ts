/**
 * What a value of `at` means, given everything that is known. Pure, so that the rules are in one place:
 *
 *   received              peer's parity                      our parity
 *   below the highest     replayed                           replayed
 *   the accepted one      joins, if the token is the same    joins, if the token is the same
 *   the candidate's       joins, if the token is the same    joins, if the token is the same
 *   below the candidate   replayed                           replayed
 *   higher than all       candidate                          replayed
 *   our last, unanswered                                     candidate
 *   anything else         replayed                           replayed
 *
 * The parity says who chose a value: the last bit is 1 for the ODD endpoint. An answer echoes the peer's value.
 */
import { compare } from '../../kernel/bytes.ts';
import { LimitError } from '../../kernel/errors.ts';
import { AT_MAX } from './handshake.ts';
import type { Order } from './order.ts';

/** A group of handshakes: they share an `at` and a token. */
export interface HandshakeGroup {
  readonly at: number;
  /** Of the sender, 16 bytes. */
  readonly token: Uint8Array;
}

/** What is known of the values of `at`. */
export interface KnownAts {
  readonly order: Order;
  /** The highest value originated or accepted; 0 if there was none. */
  readonly high: number;
  /** The value that we originated last and that is not answered yet. */
  readonly originatedAt: number | undefined;
  readonly candidate: HandshakeGroup | undefined;
  readonly session: HandshakeGroup | undefined;
}

/** What becomes of a handshake that is authentic. */
export type AtVerdict =
  | { readonly kind: 'candidate' }
  | { readonly kind: 'joins-candidate' }
  | { readonly kind: 'joins-session' }
  | { readonly kind: 'replayed'; readonly clause: string };

/** Answers whether a value is one that the endpoint of this order chooses. */
function isOf(order: Order, at: number): boolean {
  return (at % 2 === 1) === (order === 'odd'); // E3X-EXC-041
}

function replayed(clause: string): AtVerdict {
  return { kind: 'replayed', clause };
}

function isSame(one: HandshakeGroup, token: Uint8Array): boolean {
  return compare(one.token, token) === 0;
}

/**
 * Judges the `at` and the token of an authentic handshake.
 * @param at 1 to 2^53 - 1
 * @param token 16 bytes
 * @see E3X-EXC-012
 */
export function judgeAt({ order, high, originatedAt, candidate, session }: KnownAts, at: number, token: Uint8Array): AtVerdict {
  const isOurs = isOf(order, at);
  if (at < high) return replayed(isOurs ? 'E3X-EXC-014' : 'E3X-EXC-012'); // E3X-EXC-012: whatever its token
  if (session?.at === at) return isSame(session, token) ? { kind: 'joins-session' } : replayed('E3X-EXC-017'); // E3X-EXC-017
  if (candidate?.at === at) return isSame(candidate, token) ? { kind: 'joins-candidate' } : replayed('E3X-EXC-017'); // E3X-EXC-017
  if (isOurs && at !== originatedAt) return replayed('E3X-EXC-014'); // E3X-EXC-014
  if (candidate !== undefined && at < candidate.at) return replayed('E3X-EXC-013'); // E3X-EXC-013
  if (!isOurs && at === high) return replayed('E3X-EXC-012'); // E3X-EXC-012
  return { kind: 'candidate' }; // E3X-EXC-013
}

/**
 * Chooses the value to originate next.
 * @param known the highest value that anyone has used, as far as we know
 * @param lowest what the application wants at least
 * @throws LimitError if no value is left
 * @see E3X-EXC-003
 */
export function nextAt(order: Order, known: number, lowest: number): number {
  const least = Math.max(known + 1, lowest, 1); // E3X-EXC-003
  if (least <= AT_MAX && isOf(order, least)) return least;
  if (least >= AT_MAX) throw new LimitError('E3X-EXC-004', 'no value of at is left', { known });
  return least + 1;
}
