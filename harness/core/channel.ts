/**
 * What stdio and UDP have in common: issuing requests, judging replies, and ending after a misbehaviour. A channel handles
 * messages; the two transports handle bytes.
 */
import type { Hello, Json, JsonObject, MisbehaviourKind, Outcome } from '../../conformance/contract/contract.ts';
import { brief, type Linter } from './lint.ts';
import { DEPTH_MAX, isDeeper } from '../../conformance/contract/depth.ts';
import { clip } from '../../conformance/contract/text.ts';
import { type Pending, PendingTable } from './pending.ts';

/** Why a connection is lost. */
export interface Misbehaviour {
  readonly what: MisbehaviourKind;
  readonly detail: string;
  readonly clause?: string;
  /** What ended the process from outside, where something did: no input is to blame for that. */
  readonly cause?: 'killed' | 'out of memory';
  /** The owner of the request at fault, if a single request is at fault. */
  readonly owner?: string;
}

/** Options of one call. */
export interface CallOptions {
  /** Milliseconds for this request; the connection's default if absent. */
  readonly timeoutMs?: number;
  /** The requester; returned as `failure.owner` when this request is answered twice. */
  readonly owner?: string;
}

/** Marks a fault that stands for a reply above the adapter's limit (ADP-010). */
const REPLY_TOO_LARGE = 'reply-too-large';

/** Issues requests and judges replies; a transport adds how bytes are sent and received. */
export abstract class Channel {
  protected readonly table: PendingTable;
  readonly #linter: Linter;
  readonly #timeoutMs: number;
  #declared: ReadonlySet<string> = new Set();
  #failure: Misbehaviour | undefined;
  #closing = false;
  /** Bytes that came since a request was last answered. */
  protected bytesSinceReply = 0;

  /** @param timeoutMs time of a request if the call names none */
  constructor(linter: Linter, timeoutMs: number) {
    this.#linter = linter;
    this.#timeoutMs = timeoutMs;
    this.table = new PendingTable((pending) => {
      const came = this.unfinished();
      this.poison('timeout', `no reply to ${pending.operation} within ${String(pending.timeoutMs)} ms; ${came}`, 'ADP-017', pending.owner);
    });
  }

  /** False once the connection is lost or closed. */
  get alive(): boolean {
    return this.#failure === undefined && !this.#closing;
  }

  /** Why the connection is lost; undefined while it is not. */
  get failure(): Misbehaviour | undefined {
    return this.#failure;
  }

  /** Sends one request. Resolves whatever the adapter does; rejects only for a bug in the bench. */
  call(operation: string, params: JsonObject, options: CallOptions = {}): Promise<Outcome> {
    if (this.#failure !== undefined) return Promise.resolve(outcomeOf(this.#failure));
    if (this.#closing) return Promise.reject(new Error(`${operation} was requested on a closed connection`));
    const request = { id: this.table.nextId, op: operation, params };
    try {
      this.#linter.request(request);
    } catch (error) {
      return Promise.reject(error as Error);
    }
    const text = JSON.stringify(request);
    const reason = this.tooLarge(text);
    if (reason !== undefined) return Promise.resolve({ kind: 'unreachable', reason });
    const reply = this.table.add(operation, options.timeoutMs ?? this.#timeoutMs, options.owner);
    this.send(request.id, text);
    return reply;
  }

  /** Takes limits and operations from hello. */
  greet(hello: Hello): void {
    this.#declared = new Set(hello.operations);
    this.#linter.greet(hello);
    this.limit(hello);
  }

  /** Why the request cannot be sent (ADP-009), or undefined. */
  protected abstract tooLarge(text: string): string | undefined;
  protected abstract send(id: number, text: string): void;
  protected abstract limit(hello: Hello): void;
  /** Gives up the process or socket at once. */
  protected abstract abandon(): void;
  /** Bytes that a reply may have. */
  protected abstract replyBytesMax(): number;
  /** What has arrived of a reply so far, for the detail of a timeout. */
  protected abstract unfinished(): string;
  /** A transport that repeats requests decides here whether it caused a second reply itself. */
  protected isRepeat(_id: number, _text: string): boolean {
    return false;
  }
  /** Called for every reply that settled a request. */
  protected answered(_pending: Pending, _text: string): void {
    this.bytesSinceReply = 0;
  }

  protected beginClosing(): void {
    this.#closing = true;
  }

  protected get closing(): boolean {
    return this.#closing;
  }

  /** Judges one message from the adapter. */
  protected receive(text: string): void {
    if (this.#failure !== undefined || this.#closing) return;
    if (isDeeper(text)) {
      this.poison('garbage', `nested deeper than ${String(DEPTH_MAX)} levels: ${brief(text)}`, 'ADP-043');
      return;
    }
    let reply: Json;
    try {
      reply = JSON.parse(text) as Json;
    } catch {
      this.poison('garbage', `not JSON: ${brief(text)}`, 'ADP-001');
      return;
    }
    if (typeof reply !== 'object' || reply === null || Array.isArray(reply)) {
      this.poison('garbage', `not a JSON object: ${brief(text)}`, 'ADP-001');
      return;
    }
    const { id } = reply as JsonObject;
    if (typeof id !== 'number') {
      this.#withoutId(reply as JsonObject, text);
      return;
    }
    const pending = this.table.get(id);
    if (pending === undefined) {
      this.#unexpected(id, text);
      return;
    }
    this.answered(pending, text);
    this.table.settle(pending, this.#judge(pending, reply as JsonObject));
  }

  #withoutId(reply: JsonObject, text: string): void {
    if (reply['id'] === null && this.#linter.reply('', reply) === undefined) {
      this.poison('contract', `the adapter could not read a request from the bench: ${brief(reply['fault'])}`, 'ADP-023');
    } else {
      this.poison('contract', `a reply without the id of its request: ${brief(text)}`, 'ADP-012');
    }
  }

  #unexpected(id: number, text: string): void {
    if (!this.table.wasIssued(id)) {
      this.poison('unknown-id', `a reply to id ${String(id)}, which no request had: ${brief(text)}`, 'ADP-014');
    } else if (!this.isRepeat(id, text)) {
      this.poison('duplicate-reply', `a second reply to id ${String(id)}: ${brief(text)}`, 'ADP-013', this.table.ownerOf(id));
    }
  }

  #judge(pending: Pending, reply: JsonObject): Outcome {
    const violation = this.#linter.reply(pending.operation, reply);
    if (violation !== undefined)
      return {
        kind: 'misbehaviour',
        what: 'contract',
        detail: `in the reply to ${pending.operation}: ${violation.detail}`,
        clause: violation.clause,
      };
    const { ok, reject, refused, crashed, fault } = reply as {
      readonly ok?: JsonObject;
      readonly refused?: true;
      readonly crashed?: string;
      readonly reject?: { readonly class: string; readonly detail?: string };
      readonly fault?: string;
    };
    if (ok !== undefined) return { kind: 'ok', value: ok };
    if (reject !== undefined)
      return reject.detail === undefined
        ? { kind: 'reject', class: reject.class }
        : { kind: 'reject', class: reject.class, detail: clip(reject.detail) };
    if (refused === true) return { kind: 'refused' };
    if (crashed !== undefined) return { kind: 'crashed', error: clip(crashed) };
    if (fault !== undefined) return fault.startsWith(REPLY_TOO_LARGE) ? this.#tooLarge(fault) : { kind: 'fault', message: clip(fault) };
    if (this.#declared.has(pending.operation)) {
      return {
        kind: 'misbehaviour',
        what: 'contract',
        detail: `${pending.operation} was answered unsupported, but hello declares it`,
        clause: 'ADP-019',
      };
    }
    return { kind: 'unsupported' };
  }

  /** A reply that the adapter calls too large (ADP-010); only the check that expects it can tell whether that is true. */
  #tooLarge(fault: string): Outcome {
    return { kind: 'unreachable', reason: clip(fault), replyBytesMax: this.replyBytesMax() };
  }

  /** Ends the connection for a misbehaviour; everything unanswered resolves with it. Only the first one counts. */
  protected poison(what: MisbehaviourKind, detail: string, clause?: string, owner?: string, cause?: Misbehaviour['cause']): void {
    if (this.#failure !== undefined) return;
    this.#failure = {
      what,
      detail,
      ...(cause === undefined ? {} : { cause }),
      ...(clause === undefined ? {} : { clause }),
      ...(owner === undefined ? {} : { owner }),
    };
    this.abandon();
    this.table.settleAll(outcomeOf(this.#failure));
  }
}

/** A misbehaviour as the outcome of a request. */
export function outcomeOf({ what, detail, clause }: Misbehaviour): Outcome & { readonly kind: 'misbehaviour' } {
  return clause === undefined ? { kind: 'misbehaviour', what, detail } : { kind: 'misbehaviour', what, detail, clause };
}
