/** The transfer of a content from one neighbour: which chunks are missing, what is requested, and when to give up. */
import { EMPTY, compare } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, MismatchError, StateError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { CHUNK_REQUEST_COUNT, readChunk, writeChunkRequest } from './chunk-records.ts';
import { decodeObjectHeader, hashObject } from './header.ts';
import { chunkCountOf, verifyChunk } from './merkle.ts';
import type { ContentPrimitives } from './merkle.ts';
import { INLINE_END } from './object.ts';

/** NXS-XFR-014: how long a chunk is waited for. */
const CHUNK_MS = 30_000;
const CHUNK_AIRTIMES = 4;
/** NXS-XFR-015. */
const TRY_COUNT = 3;
const BACKOFF_MS = 2_000;
const BACKOFF_MS_MAX = 30_000;
/** NXS-XFR-016: how long all of it may take. */
const TRANSFER_MS = 300_000;
const TRANSFER_AIRTIMES = 20;

/** What is transferred. */
export interface TransferTask {
  /** Of an object that comes in chunks. */
  readonly header: Uint8Array;
  /** Indices of chunks that are there already; none if absent. */
  readonly have?: readonly number[] | undefined;
}
/** How slowly it is transferred. */
export interface TransferOptions {
  /** Milliseconds that a packet of 500 bytes takes; 0 if absent. */
  readonly airtimeMs?: number | undefined;
  /** Milliseconds that all of the object takes; 0 if absent. */
  readonly objectAirtimeMs?: number | undefined;
  /** Chunks that are requested at once, 1 to 64; 64 if absent. */
  readonly requestedCount?: number | undefined;
}
/** What comes of a transfer. */
export type TransferEvent =
  | { readonly type: 'chunk'; readonly index: number; readonly chunk: Uint8Array }
  | { readonly type: 'complete' }
  | { readonly type: 'failed'; readonly reason: 'silence' | 'time' | 'error'; readonly code?: number };

const TASK = door.members<TransferTask>({ header: door.copy, have: door.optional(door.list(door.count)) });
const OPTIONS = door.members<TransferOptions>({
  airtimeMs: door.optional(door.duration),
  objectAirtimeMs: door.optional(door.duration),
  requestedCount: door.optional(door.between(1, CHUNK_REQUEST_COUNT)),
});

/**
 * Fetches what is missing. What is put out are bodies of CHUNK_REQUEST.
 *
 * Chunks are requested in their order, so that a number says which ones were: all below `#nextIndex`. What is remembered of
 * single chunks is which of those have not come, 64 at most, and which of the others came or were there before their turn:
 * the size that a header claims costs nothing. Everything that a call put out is polled before the next call.
 */
export class Transfer extends Endpoint<Uint8Array, TransferEvent> {
  readonly #primitives: ContentPrimitives;
  #hash: Uint8Array = EMPTY;
  #size = 0;
  #merkleRoot: Uint8Array = EMPTY;
  #count = 0;
  /** Chunks that have not come. */
  #missingCount = 0;
  /** The first chunk that was not requested. */
  #nextIndex = 0;
  /** Chunks from `#nextIndex` on that are there all the same. */
  #ahead: Set<number> = new Set();
  readonly #chunkMs: number;
  readonly #allMs: number;
  readonly #requestedCount: number;
  #state: 'ready' | 'waiting' | 'pausing' | 'ended' = 'ready';
  /** Chunks below `#nextIndex` that have not come, in their order. */
  readonly #requested: Set<number> = new Set();
  #beganAtMs = 0;
  /** Of the request, the last chunk or the pause. */
  #sinceMs = 0;
  #silences = 0;
  #pauses = 0;

  constructor(options: TransferOptions, primitives: ContentPrimitives) {
    super();
    const { airtimeMs = 0, objectAirtimeMs = 0, requestedCount = CHUNK_REQUEST_COUNT } = OPTIONS(options, 'options');
    this.#primitives = primitivesDoor.blake3(primitives, 'primitives');
    this.#chunkMs = Math.max(CHUNK_MS, CHUNK_AIRTIMES * airtimeMs);
    this.#allMs = Math.max(TRANSFER_MS, TRANSFER_AIRTIMES * objectAirtimeMs);
    this.#requestedCount = requestedCount;
  }

  /**
   * Requests the first chunks of an object.
   * @throws StateError the second time; UnsupportedError or DecodeError for what is no header, and for that of an object
   * whose content comes inline; nothing has changed
   * @see NXS-XFR-011
   */
  begin(task: TransferTask, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { header, have = [] } = TASK(task, 'task');
    if (this.#state !== 'ready') throw new StateError('NXS-XFR-018', 'the transfer has begun');
    const { size, merkleRoot } = decodeObjectHeader(header);
    if (size < INLINE_END) throw new DecodeError('malformed', 'NXS-XFR-021', 'a content that comes inline', { size });
    this.#hash = hashObject(header, this.#primitives);
    this.#size = size;
    this.#merkleRoot = merkleRoot;
    this.#count = chunkCountOf(size);
    this.#ahead = new Set(have.filter((index) => index < this.#count)); // NXS-XFR-013
    this.#missingCount = this.#count - this.#ahead.size;
    this.#beganAtMs = nowMs;
    if (this.#missingCount > 0) this.#request(nowMs);
    else this.#end({ type: 'complete' }); // NXS-XFR-020
  }

  /**
   * Takes the body of CHUNK.
   * @throws StateError before the beginning and after the end; DecodeError; MismatchError; nothing has changed
   * @see NXS-XFR-012
   */
  handleChunk(body: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#requireRunning();
    const { hash, index, path, chunk } = readChunk(body);
    if (compare(hash, this.#hash) !== 0) throw new MismatchError('NXS-XFR-012', 'a chunk of another object', { index });
    verifyChunk({ merkleRoot: this.#merkleRoot, size: this.#size, index, path, chunk }, this.#primitives);
    if (!this.#take(index)) return;
    this.#silences = 0;
    this.putEvent({ type: 'chunk', index, chunk });
    if (this.#missingCount === 0) {
      this.#end({ type: 'complete' });
    } else if (this.#requested.size === 0) {
      this.#request(nowMs);
    } else {
      this.#state = 'waiting';
      this.#sinceMs = nowMs;
    }
  }

  /** Tells that the other end answered with an error. @throws StateError @see NXS-XFR-017 */
  handleError(code: number, nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#requireRunning();
    this.#end({ type: 'failed', reason: 'error', code: door.byte(code, 'code') });
  }

  /** Lets time pass: missing chunks are requested again, or the transfer has failed. @see NXS-XFR-014 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    const dueMs = this.pollTimeoutAtMs();
    if (dueMs === undefined || nowMs < dueMs) return;
    if (nowMs >= this.#beganAtMs + this.#allMs) {
      this.#end({ type: 'failed', reason: 'time' }); // NXS-XFR-016
    } else if (this.#state === 'pausing') {
      this.#request(nowMs);
    } else if (this.#silences + 1 === TRY_COUNT) {
      this.#end({ type: 'failed', reason: 'silence' }); // NXS-XFR-015
    } else {
      this.#silences++;
      this.#pauses++;
      this.#state = 'pausing';
      this.#sinceMs = nowMs;
    }
  }

  /** @returns when chunks are requested again, or the transfer has failed */
  override pollTimeoutAtMs(): number | undefined {
    if (this.#state !== 'waiting' && this.#state !== 'pausing') return undefined;
    const pauseMs = Math.min(BACKOFF_MS * 2 ** (this.#pauses - 1), BACKOFF_MS_MAX);
    return Math.min(this.#sinceMs + (this.#state === 'waiting' ? this.#chunkMs : pauseMs), this.#beganAtMs + this.#allMs);
  }

  #requireRunning(): void {
    if (this.#state !== 'waiting' && this.#state !== 'pausing') throw new StateError('NXS-XFR-018', 'no transfer is going on');
  }
  /** Counts a chunk that came. @returns whether it was missing */
  #take(index: number): boolean {
    const isMissing = index < this.#nextIndex ? this.#requested.delete(index) : !this.#ahead.has(index);
    if (!isMissing) return false;
    if (index >= this.#nextIndex) this.#ahead.add(index);
    this.#missingCount--;
    return true;
  }
  #request(nowMs: number): void {
    for (; this.#requested.size < this.#requestedCount && this.#nextIndex < this.#count; this.#nextIndex++) {
      if (!this.#ahead.delete(this.#nextIndex)) this.#requested.add(this.#nextIndex);
    }
    this.#state = 'waiting';
    this.#sinceMs = nowMs;
    this.putTransmit(writeChunkRequest({ hash: this.#hash, indices: [...this.#requested] }));
  }
  #end(event: TransferEvent): void {
    this.#state = 'ended';
    this.putEvent(event);
  }
}
