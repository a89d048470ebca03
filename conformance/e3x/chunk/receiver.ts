/** A receiver of chunks as the layout of a stream has it, for sessions that no configuration of a machine opens. */
import type { Json, JsonObject, Outcome } from '../../contract/contract.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import type { OracleSession } from '../../suites/oracle-implementation.ts';

const RECEIVER_AGE_MS = 60_000; // E3X-CHK-024 where the caller names no limit

/** A chunk receiver on one link that acknowledges nothing and meets no limit. */
export class Receiver implements OracleSession {
  readonly #oracle: Oracle;
  #unread = new Uint8Array(0);
  #buffer = new Uint8Array(0);
  #since: number | undefined;
  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }
  /** Feeds one read and returns what it must answer. */
  answer(_operation: string, params: JsonObject): Extract<Outcome, { kind: 'ok' }> {
    this.#unread = Uint8Array.from(concatBytes(this.#unread, fromHex(String(params['bytes'] ?? ''))));
    const events: Json[] = [];
    for (let length = this.#unread[0]; length !== undefined && this.#unread.length > length; length = this.#unread[0]) {
      const fragment = this.#unread.slice(1, 1 + length);
      this.#unread = this.#unread.slice(1 + length);
      if (length > 0) {
        this.#since ??= Number(params['now']);
        this.#buffer = Uint8Array.from(concatBytes(this.#buffer, fragment));
        continue;
      }
      if (this.#buffer.length > 0) events.push(this.#delivered());
      this.#buffer = new Uint8Array(0);
      this.#since = undefined;
    }
    return { kind: 'ok', value: { transmit: [], events, timeoutAt: this.#since === undefined ? null : this.#since + RECEIVER_AGE_MS } };
  }
  #delivered(): JsonObject {
    const packet = toHex(this.#buffer);
    const whole = this.#oracle.answer('e3x.packet.decode', { packet }).kind === 'ok';
    return whole ? { type: 'packet', packet, link: 0 } : { type: 'discarded', class: 'truncated', link: 0 };
  }
}
