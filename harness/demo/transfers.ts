/** What goes over the channels of the demonstration, and whether it came as the capabilities of the channel promise. */
import { createHash } from 'node:crypto';
import { createDice } from './lossy-link.ts';

/** Bytes of a message on a channel that is not a stream: its place in 4 bytes, and content. */
const MESSAGE_LENGTH = 1024;
const PLACE_LENGTH = 4;

/** What one channel carries, at both ends. */
export interface Transfer {
  readonly capabilities: number;
  readonly title: string;
  /** Whether everything must arrive. */
  readonly isReliable: boolean;
  readonly totalBytes: number;
  readonly givenBytes: number;
  /** Next bytes to write; undefined when everything was written. */
  next(): Uint8Array | undefined;
  /** Told how many of those bytes were taken. */
  taken(length: number): void;
  given(bytes: Uint8Array): void;
  /** What is wrong with what came; undefined if nothing is. */
  fault(): string | undefined;
  /** What came, in words. */
  verdict(): string;
}

function contentOf(totalBytes: number, seed: number): Uint8Array {
  const dice = createDice(seed);
  const words = new Uint32Array(Math.ceil(totalBytes / 4));
  for (let i = 0; i < words.length; i++) words[i] = dice() * 4294967296;
  return new Uint8Array(words.buffer, 0, totalBytes);
}
const digestOf = (parts: Iterable<Uint8Array>): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** Bytes in order. */
export class StreamTransfer implements Transfer {
  readonly capabilities: number;
  readonly title: string;
  readonly isReliable = true;
  readonly totalBytes: number;
  givenBytes = 0;
  readonly #content: Uint8Array;
  readonly #hash = createHash('sha256');
  #writtenBytes = 0;
  #digest: string | undefined;

  constructor(capabilities: number, title: string, totalBytes: number, seed: number) {
    this.capabilities = capabilities;
    this.title = title;
    this.totalBytes = totalBytes;
    this.#content = contentOf(totalBytes, seed);
  }
  next(): Uint8Array | undefined {
    return this.#writtenBytes === this.totalBytes ? undefined : this.#content.subarray(this.#writtenBytes, this.#writtenBytes + (1 << 17));
  }
  taken(length: number): void {
    this.#writtenBytes += length;
  }
  given(bytes: Uint8Array): void {
    this.givenBytes += bytes.length;
    this.#hash.update(bytes);
  }
  fault(): string | undefined {
    this.#digest ??= this.#hash.digest('hex');
    if (this.givenBytes !== this.totalBytes) return `${String(this.givenBytes)} of ${String(this.totalBytes)} bytes arrived`;
    return this.#digest === digestOf([this.#content]) ? undefined : 'the SHA-256 of the bytes differs';
  }
  verdict(): string {
    return 'whole and in order, SHA-256 equal';
  }
}

/** Whole messages, with or without a promise. */
export class MessageTransfer implements Transfer {
  readonly capabilities: number;
  readonly title: string;
  readonly isReliable: boolean;
  readonly totalBytes: number;
  givenBytes = 0;
  readonly #isOrdered: boolean;
  readonly #messages: Uint8Array[] = [];
  readonly #came: Map<number, Uint8Array> = new Map();
  #next = 0;
  #last = -1;
  #fault: string | undefined;

  constructor(capabilities: number, title: string, totalBytes: number, seed: number) {
    this.capabilities = capabilities;
    this.title = title;
    this.isReliable = (capabilities & 1) !== 0;
    this.#isOrdered = (capabilities & 2) !== 0;
    const count = Math.max(1, Math.ceil(totalBytes / MESSAGE_LENGTH));
    const content = contentOf(count * MESSAGE_LENGTH, seed);
    for (let place = 0; place < count; place++) {
      const message = content.subarray(place * MESSAGE_LENGTH, (place + 1) * MESSAGE_LENGTH);
      new DataView(message.buffer, message.byteOffset, PLACE_LENGTH).setUint32(0, place);
      this.#messages.push(message);
    }
    this.totalBytes = count * MESSAGE_LENGTH;
  }
  next(): Uint8Array | undefined {
    return this.#messages[this.#next];
  }
  taken(length: number): void {
    if (length > 0) this.#next += 1;
  }
  given(bytes: Uint8Array): void {
    const place =
      bytes.length === MESSAGE_LENGTH ? new DataView(bytes.buffer, bytes.byteOffset, PLACE_LENGTH).getUint32(0) : this.#messages.length;
    if (place >= this.#messages.length) this.#fault ??= 'a message arrived that was never written';
    else if (this.#came.has(place)) this.#fault ??= `message ${String(place)} arrived twice`;
    else if (this.#isOrdered && place < this.#last) this.#fault ??= `message ${String(place)} arrived after ${String(this.#last)}`;
    this.#last = place;
    this.#came.set(place, bytes.slice());
    this.givenBytes += bytes.length;
  }
  fault(): string | undefined {
    if (this.#fault !== undefined) return this.#fault;
    if (this.isReliable && this.#came.size !== this.#messages.length)
      return `${String(this.#came.size)} of ${String(this.#messages.length)} messages arrived`;
    const places = [...this.#came.keys()].sort((a, b) => a - b);
    const written = digestOf(places.map((place) => this.#messages[place] ?? new Uint8Array(0)));
    return written === digestOf(places.map((place) => this.#came.get(place) ?? new Uint8Array(0)))
      ? undefined
      : 'the SHA-256 of the messages differs';
  }
  verdict(): string {
    if (this.isReliable) return 'every message once, SHA-256 equal';
    const percent = (100 * this.#came.size) / this.#messages.length;
    return `${percent.toFixed(1)} % of the messages, none twice${this.#isOrdered ? ', none late' : ''}`;
  }
}
