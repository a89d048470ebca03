/** Cuts a stream of bytes into lines of UTF-8 text without ever holding much more than one line of the allowed length. */
import { isUtf8 } from 'node:buffer';

const LINE_FEED = 0x0a;

/** What a `LineReader` finds. Each line that is complete and within the limit is delivered at once. */
export interface LineSink {
  line(text: string): void;
  /** A line that is not UTF-8 (ADP-002). */
  notUtf8(bytes: Buffer): void;
  /** A line above the limit, whether it has ended or not (ADP-003); `bytes` is how many have arrived so far. */
  tooLong(bytes: number): void;
}

/** Cuts bytes into lines; holds one unfinished line of at most `limit` bytes. */
export class LineReader {
  readonly #sink: LineSink;
  #parts: Buffer[] = [];
  #held = 0;
  /** True while the rest of a line that was reported as too long is skipped. */
  #skipping = false;
  /** Longest line allowed in bytes, without its line feed; may change between lines. */
  limit: number;

  constructor(limit: number, sink: LineSink) {
    this.limit = limit;
    this.#sink = sink;
  }

  /** Bytes of the unfinished line. */
  get unfinished(): number {
    return this.#held;
  }

  /** Takes the next bytes of the stream. */
  push(chunk: Buffer): void {
    let rest = chunk;
    if (this.#held > 0 || this.#skipping) {
      const end = rest.indexOf(LINE_FEED);
      if (end < 0) {
        this.#hold(rest);
        return;
      }
      this.#hold(rest.subarray(0, end));
      if (!this.#skipping)
        this.#line(this.#parts.length === 1 && this.#parts[0] !== undefined ? this.#parts[0] : Buffer.concat(this.#parts, this.#held));
      this.#forget();
      this.#skipping = false;
      rest = rest.subarray(end + 1);
    }
    const last = rest.lastIndexOf(LINE_FEED);
    if (last >= 0) this.#block(rest.subarray(0, last));
    if (last + 1 < rest.length) this.#hold(rest.subarray(last + 1));
  }

  #forget(): void {
    this.#parts = [];
    this.#held = 0;
  }

  #hold(bytes: Buffer): void {
    if (this.#skipping) return;
    this.#parts.push(bytes);
    this.#held += bytes.length;
    if (this.#held > this.limit) {
      const came = this.#held;
      this.#forget();
      this.#skipping = true;
      this.#sink.tooLong(came);
    }
  }

  /** Whole lines at once: a line feed is never part of another character, so the block is UTF-8 if each line is. */
  #block(block: Buffer): void {
    if (block.length <= this.limit && isUtf8(block)) {
      for (const line of block.toString('utf8').split('\n')) this.#sink.line(line);
      return;
    }
    for (let start = 0; start <= block.length;) {
      const found = block.indexOf(LINE_FEED, start);
      const end = found < 0 ? block.length : found;
      this.#line(block.subarray(start, end));
      start = end + 1;
    }
  }

  #line(line: Buffer): void {
    if (line.length > this.limit) this.#sink.tooLong(line.length);
    else if (isUtf8(line)) this.#sink.line(line.toString('utf8'));
    else this.#sink.notUtf8(line);
  }
}
