/**
 * The adapter's side of the contract: serves a handler over stdin and stdout. Used by the built-in adapter; a line
 * that is not a request is answered with a fault of id null and never ends the server (ADP-023).
 */
import type { Readable, Writable } from 'node:stream';
import type { Hello, Json, JsonObject } from '../../conformance/contract/contract.ts';
import { LineReader } from './lines.ts';
import { brief, LINE_BYTES_MAX, Linter } from './lint.ts';

/** What a handler answers: exactly one member. */
export type ReplyBody =
  | { readonly ok: JsonObject }
  | { readonly reject: { readonly class: string; readonly detail?: string } }
  /** Only for operations in `reasons` of hello. */
  | { readonly refused: true }
  /** The name of what the implementation threw and does not declare. */
  | { readonly crashed: string }
  | { readonly unsupported: true }
  | { readonly fault: string };

/** An implementation behind the contract. `hello` and undeclared operations are answered for it. */
export interface Handler {
  readonly hello: Hello;
  /** Answers one declared operation; what it throws becomes a fault. */
  handle(operation: string, params: JsonObject): ReplyBody | Promise<ReplyBody>;
}

/** Replies are gathered up to this many characters before they are written within one turn. */
const BATCH_LENGTH = 64 * 1024;

/** Turns the text of a request into the text of its reply; `limit` in bytes (ADP-010). */
export class Responder {
  readonly #handler: Handler;
  readonly #limit: number;
  readonly #linter = new Linter();
  readonly #declared: ReadonlySet<string>;

  constructor(handler: Handler, limit: number) {
    this.#handler = handler;
    this.#limit = limit;
    this.#declared = new Set(handler.hello.operations);
  }

  /** The reply as one line without its line feed; a promise only if the handler returns one. */
  respond(text: string): string | Promise<string> {
    let request: Json;
    try {
      request = JSON.parse(text) as Json;
    } catch {
      return refusal(`not JSON: ${brief(text)}`);
    }
    const violation = this.#linter.requestViolation(request);
    if (violation !== undefined) return refusal(`not a request: ${violation.detail}`);
    const { id, op, params } = request as unknown as { readonly id: number; readonly op: string; readonly params: JsonObject };
    if (op === 'hello') return this.#write(id, { ok: this.#handler.hello as unknown as JsonObject });
    if (!this.#declared.has(op)) return this.#write(id, { unsupported: true });
    try {
      const body = this.#handler.handle(op, params);
      return body instanceof Promise ? this.#later(id, op, body) : this.#write(id, body);
    } catch (error) {
      return this.#write(id, { fault: failed(op, error) });
    }
  }

  async #later(id: number, op: string, body: Promise<ReplyBody>): Promise<string> {
    try {
      return this.#write(id, await body);
    } catch (error) {
      return this.#write(id, { fault: failed(op, error) });
    }
  }

  #write(id: number, body: ReplyBody): string {
    const text = JSON.stringify({ id, ...body });
    if (text.length * 3 <= this.#limit || Buffer.byteLength(text) <= this.#limit) return text;
    return JSON.stringify({ id, fault: `reply-too-large: ${String(Buffer.byteLength(text))} bytes, the limit is ${String(this.#limit)}` });
  }
}

/** The answer to something that is not a request. */
export function refusal(why: string): string {
  return JSON.stringify({ id: null, fault: why });
}

function failed(operation: string, error: unknown): string {
  return `${operation}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
}

/**
 * Serves a handler until the input ends; resolves when every reply is written. Requests are not read while the
 * output is full, so that a slow reader costs no memory.
 */
export function serveStdio(handler: Handler, input: Readable = process.stdin, output: Writable = process.stdout): Promise<void> {
  const limit = Math.min(LINE_BYTES_MAX, handler.hello.limits.lineBytes);
  const responder = new Responder(handler, limit);
  return new Promise((resolve) => {
    let batch = '';
    let scheduled = false;
    let working = 0;
    let ended = false;
    const finish = (): void => {
      flush();
      output.write('', () => {
        resolve();
      });
    };
    const flush = (): void => {
      scheduled = false;
      if (batch === '') return;
      const text = batch;
      batch = '';
      if (!output.write(text) && !input.isPaused()) {
        input.pause();
        output.once('drain', () => {
          input.resume();
        });
      }
    };
    const put = (text: string): void => {
      batch += `${text}\n`;
      if (batch.length >= BATCH_LENGTH) flush();
      else if (!scheduled) {
        scheduled = true;
        queueMicrotask(flush);
      }
    };
    const reader = new LineReader(limit, {
      line: (text) => {
        const reply = responder.respond(text);
        if (typeof reply === 'string') {
          put(reply);
          return;
        }
        working += 1;
        void reply.then((late) => {
          working -= 1;
          put(late);
          if (ended && working === 0) finish();
        });
      },
      notUtf8: () => {
        put(refusal('a line that is not UTF-8'));
      },
      tooLong: () => {
        put(refusal(`a line of more than ${String(limit)} bytes`));
      },
    });
    input.on('data', (chunk: Buffer | string) => {
      reader.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    });
    // The reader is gone, so no more replies are needed.
    output.on('error', () => {
      resolve();
    });
    const end = (): void => {
      if (ended) return;
      ended = true;
      if (working === 0) finish();
    };
    input.once('end', end);
    input.once('close', end);
  });
}
