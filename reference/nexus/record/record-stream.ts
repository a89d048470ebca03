/** Records on a stream of Interpeer: each with its length in front. One record is kept at most. */
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { StateError } from '../../kernel/errors.ts';
import { decodeVarint } from '../../interpeer/packet/varint.ts';
import { RECORD_LENGTH_MAX, RECORD_LENGTH_MIN } from './record.ts';

/** Bytes of the length of the longest record. */
const PREFIX_LENGTH_MAX = 3;

/** What comes of a stream. */
export type RecordStreamEvent =
  /** A whole record that was not looked into. */
  | { readonly type: 'record'; readonly record: Uint8Array }
  /** A length that no record has; the stream should be closed. */
  | { readonly type: 'ended'; readonly class: 'malformed' | 'limit' };

/** Reads the records of one direction of a stream. Everything that a call put out is polled before the next call. */
export class RecordStream extends Endpoint<never, RecordStreamEvent> {
  /** Of the length that is not complete. */
  #prefix: number[] = [];
  /** The record that is not complete: room for all of it, and how much has come. */
  #record: Uint8Array | undefined;
  #length = 0;
  #hasEnded = false;

  /**
   * Takes the next bytes, however many there are.
   * @throws StateError after the end
   * @see NXS-REC-009
   */
  handleBytes(bytes: Uint8Array): void {
    this.requireCall();
    const own = door.copy(bytes, 'bytes');
    if (this.#hasEnded) throw new StateError('NXS-REC-011', 'the stream has ended');
    let at = 0;
    while (at < own.length && !this.#hasEnded) {
      if (this.#record === undefined) {
        this.#handlePrefix(own[at] ?? 0);
        at++;
        continue;
      }
      const part = own.subarray(at, at + this.#record.length - this.#length);
      this.#record.set(part, this.#length);
      this.#length += part.length;
      at += part.length;
      if (this.#length === this.#record.length) this.#deliver(this.#record);
    }
  }

  #handlePrefix(byte: number): void {
    this.#prefix.push(byte);
    if (byte >= 0x80) {
      if (this.#prefix.length === PREFIX_LENGTH_MAX) this.#end('limit'); // NXS-REC-010
      return;
    }
    const length = Number(decodeVarint(Uint8Array.from(this.#prefix)).value);
    if (length < RECORD_LENGTH_MIN) this.#end('malformed');
    else if (length > RECORD_LENGTH_MAX) this.#end('limit');
    else this.#record = new Uint8Array(length);
  }

  #deliver(record: Uint8Array): void {
    this.putEvent({ type: 'record', record });
    this.#prefix = [];
    this.#record = undefined;
    this.#length = 0;
  }

  #end(why: 'malformed' | 'limit'): void {
    this.#hasEnded = true;
    this.putEvent({ type: 'ended', class: why });
  }
}
