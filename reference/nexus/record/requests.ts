/** The requests of both ends of a link: numbers, answers, repetitions, and when to give up. */
import { compare } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, LimitError, MismatchError, UnknownError, UsageError } from '../../kernel/errors.ts';
import { ERROR_BUSY, readErrorBody, writeErrorBody } from './error-body.ts';
import type { ErrorBody } from './error-body.ts';
import { CHUNK_KIND, CHUNK_REQUEST_KIND, ERROR_KIND, isAnswerTo, isRequestKind } from './kinds.ts';
import { decodeRecord, encodeRecord } from './record.ts';
import type { NexusRecord } from './record.ts';

/** NXS-REQ-001. */
const REQUEST_ID_MAX = 0xffff;
/** NXS-REQ-002, NXS-REQ-014: requests that may be outstanding on either side. */
const REQUEST_COUNT = 8;
/** NXS-REQ-005: chunks that one request names. */
const PARTS_MAX = 64;
/** NXS-REQ-008: how long an answer is waited for, milliseconds and airtimes. */
const ANSWER_MS = 30_000;
const ANSWER_AIRTIMES = 8;
/** NXS-REQ-009. */
const REPEATS = 3;
/** NXS-REQ-011. */
const BUSY_MS = 60_000;

/** How slow a link is, and what may be outstanding. */
export interface RequestsOptions {
  /** Milliseconds that a packet of 500 bytes takes; 0 if absent. */
  readonly airtimeMs?: number | undefined;
  /** Milliseconds that a duty budget adds to each time-out; 0 if absent. */
  readonly extraMs?: number | undefined;
  /** Requests that may be outstanding on either side, 1 to 8; 8 if absent. */
  readonly requestCount?: number | undefined;
  /** The highest number of a request, 9 to 65,535, so that one is always free; 65,535 if absent. */
  readonly idMax?: number | undefined;
  /** The number of the first request, at most `idMax`; 1 if absent. */
  readonly firstId?: number | undefined;
}
/** A request of ours. */
export interface OwnRequest {
  /** Of a request (NXS-REC-007). */
  readonly kind: number;
  /** At most 65,529 bytes. */
  readonly body: Uint8Array;
  /** Answers that are expected, for a request for chunks; 1 if absent. */
  readonly parts?: number | undefined;
}
/** An answer of ours. */
export interface OwnAnswer {
  /** Of the request that it answers, 1 to 65,535. */
  readonly requestId: number;
  /** Of an answer to it (NXS-REC-015), or 1 for an error. */
  readonly kind: number;
  /** At most 65,529 bytes. */
  readonly body: Uint8Array;
  /** Whether further chunks will follow. */
  readonly more?: boolean | undefined;
}

/** What comes of requests. */
export type RequestsEvent =
  | { readonly type: 'requested'; readonly requestId: number }
  | { readonly type: 'answer' | 'request'; readonly requestId: number; readonly kind: number; readonly body: Uint8Array }
  | { readonly type: 'error'; readonly requestId?: number; readonly code: number; readonly hash?: Uint8Array }
  | { readonly type: 'unasked'; readonly kind: number; readonly body: Uint8Array }
  | { readonly type: 'unanswered'; readonly requestId: number; readonly kind: number };

/** A request of ours that has no answer yet. */
interface Outstanding {
  readonly requestId: number;
  readonly kind: number;
  /** As it was sent. */
  readonly record: Uint8Array;
  /** Answers that are still to come. */
  parts: number;
  /** When it was sent or something of its answer came. */
  sinceMs: number;
  repeats: number;
}
/** A request of the other end that was not answered yet. */
interface Open {
  readonly kind: number;
  readonly body: Uint8Array;
}

const OPTIONS = door.members<RequestsOptions>({
  airtimeMs: door.optional(door.duration),
  extraMs: door.optional(door.duration),
  requestCount: door.optional(door.between(1, REQUEST_COUNT)),
  idMax: door.optional(door.between(REQUEST_COUNT + 1, REQUEST_ID_MAX)),
  firstId: door.optional(door.between(1, REQUEST_ID_MAX)),
});
const REQUEST = door.members<OwnRequest>({ kind: door.byte, body: door.bytes, parts: door.optional(door.count) });
const ANSWER = door.members<OwnAnswer>({ requestId: door.count, kind: door.byte, body: door.bytes, more: door.optional(door.flag) });

/** Sends requests and answers on one link. Everything that a call put out is polled before the next call. */
export class Requests extends Endpoint<Uint8Array, RequestsEvent> {
  readonly #waitMs: number;
  readonly #requestCount: number;
  readonly #idMax: number;
  #next: number;
  #own: Outstanding[] = [];
  readonly #theirs: Map<number, Open> = new Map();
  /** Until when no new request is sent. */
  #busyUntilMs = 0;

  /** @throws UsageError for a first number above the highest */
  constructor(options: RequestsOptions) {
    super();
    const { airtimeMs = 0, extraMs = 0, requestCount = REQUEST_COUNT, idMax = REQUEST_ID_MAX, firstId = 1 } = OPTIONS(options, 'options');
    if (firstId > idMax) throw new UsageError('NXS-REQ-001', 'a first number above the highest', { firstId, idMax });
    this.#next = firstId;
    this.#waitMs = Math.max(ANSWER_MS, ANSWER_AIRTIMES * airtimeMs) + extraMs;
    this.#requestCount = requestCount;
    this.#idMax = idMax;
  }

  /**
   * Sends a request.
   * @throws DecodeError malformed for what is no request; LimitError for one too many, or while the other end is busy
   * @see NXS-REQ-001
   */
  request(request: OwnRequest, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { kind, body, parts = 1 } = REQUEST(request, 'request');
    if (!isRequestKind(kind)) throw new DecodeError('malformed', 'NXS-REQ-003', 'a record that is no request', { kind });
    if (parts < 1 || parts > (kind === CHUNK_REQUEST_KIND ? PARTS_MAX : 1)) {
      throw new DecodeError('malformed', 'NXS-REQ-005', 'a request has 1 answer, and one for chunks up to 64', { kind, parts });
    }
    if (nowMs < this.#busyUntilMs) throw new LimitError('NXS-REQ-011', 'the other end is busy', { untilMs: this.#busyUntilMs });
    if (this.#own.length >= this.#requestCount) throw new LimitError('NXS-REQ-002', 'too many requests', { count: this.#own.length });
    const requestId = this.#freeId();
    const record = encodeRecord({ kind, answer: false, requestId, body });
    this.#next = this.#after(requestId);
    this.#own.push({ requestId, kind, record, parts, sinceMs: nowMs, repeats: 0 });
    this.putTransmit(record);
    this.putEvent({ type: 'requested', requestId });
  }

  /**
   * Takes a record of the other end.
   * @param record 6 to 65,535 bytes
   * @throws DecodeError; LimitError; UnknownError; MismatchError; nothing has changed
   * @see NXS-REQ-004
   */
  handleRecord(record: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const read = decodeRecord(record);
    if (read.answer) this.#handleAnswer(read, nowMs);
    else if (read.requestId > 0) this.#handleRequest(read);
    else if (read.kind === ERROR_KIND) this.#handleError(readErrorBody(read.body), undefined, nowMs);
    else this.putEvent({ type: 'unasked', kind: read.kind, body: read.body }); // NXS-REQ-017
  }

  /**
   * Answers a request of the other end.
   * @throws UnknownError; MismatchError; DecodeError; LimitError; nothing has changed
   * @see NXS-REQ-015
   */
  answer(answer: OwnAnswer, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { requestId, kind, body, more = false } = ANSWER(answer, 'answer');
    const open = this.#theirs.get(requestId);
    if (open === undefined) throw new UnknownError('NXS-REQ-015', 'no request is open under this number', { requestId });
    if (!isAnswerTo(open.kind, kind)) throw new MismatchError('NXS-REQ-015', 'a kind that does not answer the request', { kind });
    if (more && kind !== CHUNK_KIND) throw new DecodeError('malformed', 'NXS-REQ-016', 'only chunks are followed by more', { kind });
    if (kind === ERROR_KIND) readErrorBody(body);
    const record = encodeRecord({ kind, answer: true, requestId, body });
    if (!more) this.#theirs.delete(requestId);
    this.putTransmit(record);
  }

  /** Tells that a fragment of the answer to a request came. @param requestId 1 to 65,535; another one is ignored @see NXS-REQ-010 */
  heard(requestId: number, nowMs: number): void {
    this.requireCallAt(nowMs);
    door.count(requestId, 'requestId');
    const own = this.#own.find((request) => request.requestId === requestId);
    if (own !== undefined) own.sinceMs = nowMs;
  }

  /** Lets time pass: requests are repeated, or reported as unanswered. @see NXS-REQ-008 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    for (const request of [...this.#own]) {
      if (request.sinceMs + this.#waitMs > nowMs) continue;
      if (request.kind === CHUNK_REQUEST_KIND || request.repeats === REPEATS) {
        this.#end(request);
        this.putEvent({ type: 'unanswered', requestId: request.requestId, kind: request.kind }); // NXS-REQ-009
        continue;
      }
      request.repeats++;
      request.sinceMs = nowMs;
      this.putTransmit(request.record);
    }
  }

  /** @returns when a request is repeated or given up */
  override pollTimeoutAtMs(): number | undefined {
    return this.#own.length === 0 ? undefined : Math.min(...this.#own.map(({ sinceMs }) => sinceMs + this.#waitMs));
  }

  #handleAnswer({ kind, requestId, body }: NexusRecord, nowMs: number): void {
    const request = this.#own.find((own) => own.requestId === requestId);
    if (request === undefined) throw new UnknownError('NXS-REQ-006', 'no request is outstanding under this number', { requestId });
    if (!isAnswerTo(request.kind, kind)) throw new MismatchError('NXS-REQ-007', 'a kind that does not answer the request', { kind });
    if (kind === ERROR_KIND) {
      const error = readErrorBody(body); // NXS-REQ-018
      this.#end(request);
      this.#handleError(error, requestId, nowMs);
      return;
    }
    request.parts--;
    request.sinceMs = nowMs; // NXS-REQ-005
    if (request.parts === 0) this.#end(request);
    this.putEvent({ type: 'answer', requestId, kind, body });
  }

  #handleError({ code, hash }: ErrorBody, requestId: number | undefined, nowMs: number): void {
    if (code === ERROR_BUSY) this.#busyUntilMs = nowMs + BUSY_MS;
    this.putEvent({
      type: 'error',
      ...(requestId === undefined ? {} : { requestId }),
      code,
      ...(hash === undefined ? {} : { hash }),
    });
  }

  #handleRequest({ kind, requestId, body }: NexusRecord): void {
    const open = this.#theirs.get(requestId);
    if (open !== undefined) {
      if (open.kind === kind && compare(open.body, body) === 0) return; // NXS-REQ-013
      throw new MismatchError('NXS-REQ-013', 'another request is open under this number', { requestId });
    }
    if (this.#theirs.size >= this.#requestCount) {
      const busy = writeErrorBody({ code: ERROR_BUSY });
      this.putTransmit(encodeRecord({ kind: ERROR_KIND, answer: true, requestId, body: busy })); // NXS-REQ-014
      return;
    }
    this.#theirs.set(requestId, { kind, body });
    this.putEvent({ type: 'request', requestId, kind, body }); // NXS-REQ-012
  }

  /** There is one, since fewer requests are outstanding than there are numbers. */
  #freeId(): number {
    let id = this.#next;
    while (this.#own.some(({ requestId }) => requestId === id)) id = this.#after(id);
    return id;
  }
  #after(id: number): number {
    return id === this.#idMax ? 1 : id + 1;
  }
  #end(request: Outstanding): void {
    this.#own = this.#own.filter((other) => other !== request);
  }
}
