/**
 * The table of tokens: which exchanges a packet may belong to.
 *
 * A token is a hint and never proof: it is in the open, nothing authenticates it, and two exchanges may have the same
 * one by chance or by somebody's will. So a token finds all the exchanges it was added for, and each of them tries to
 * open the packet. The table is bounded, and does not make room by forgetting: a flood would push out what is in use.
 */
import { toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, LimitError, UsageError } from '../../kernel/errors.ts';
import { TOKEN_LENGTH } from '../token/token.ts';

/** The exchanges by their tokens. */
export class TokenTable {
  readonly #capacity: number;
  readonly #exchanges: Map<string, string[]> = new Map();
  #entryCount = 0;

  /**
   * @param capacity entries at most, 1 or more
   * @throws UsageError
   * @see E3X-TTB-002
   */
  constructor(capacity: number) {
    if (!Number.isSafeInteger(capacity) || capacity < 1)
      throw new UsageError('E3X-TTB-002', 'a table has room for something', { type: typeof capacity });
    this.#capacity = capacity;
  }

  /**
   * Adds an exchange under a token; adding it again changes nothing.
   * @param token 16 bytes
   * @throws DecodeError malformed; LimitError if the table is full; the table is unchanged
   * @see E3X-TTB-001
   */
  add(token: Uint8Array, exchange: string): void {
    const key = keyOf(token);
    door.text(exchange, 'exchange');
    const exchanges = this.#exchanges.get(key) ?? [];
    if (exchanges.includes(exchange)) return; // E3X-TTB-001
    if (this.#entryCount >= this.#capacity)
      throw new LimitError('E3X-TTB-002', 'the table of tokens is full', { capacity: this.#capacity });
    this.#exchanges.set(key, [...exchanges, exchange]);
    this.#entryCount += 1;
  }

  /**
   * Finds what was added under a token.
   * @param token 16 bytes
   * @returns every exchange, in the order they were added
   * @throws DecodeError malformed
   * @see E3X-TTB-001
   */
  find(token: Uint8Array): readonly string[] {
    return [...(this.#exchanges.get(keyOf(token)) ?? [])]; // E3X-TTB-001
  }

  /**
   * Removes an exchange from a token, if it is there.
   * @param token 16 bytes
   * @throws DecodeError malformed
   * @see E3X-TTB-003
   */
  remove(token: Uint8Array, exchange: string): void {
    const key = keyOf(token);
    door.text(exchange, 'exchange');
    const exchanges = this.#exchanges.get(key) ?? [];
    const others = exchanges.filter((other) => other !== exchange); // E3X-TTB-003
    this.#entryCount -= exchanges.length - others.length;
    if (others.length === 0) this.#exchanges.delete(key);
    else this.#exchanges.set(key, others);
  }
}

function keyOf(token: Uint8Array): string {
  door.bytes(token, 'token');
  if (token.length !== TOKEN_LENGTH) throw new DecodeError('malformed', 'E3X-TTB-004', 'a token is 16 bytes', { length: token.length });
  return toHex(token);
}
