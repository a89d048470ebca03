/**
 * An adapter kept ready during a long run: restarted after it was lost, and given up if that happens too often. For runs
 * that use several adapters in turn, in which the runner cannot move a check to a fresh process.
 */
import { REAL_CLOCK } from './clock.ts';
import { connect, type Connection, type ConnectOptions, StartError, type Target, TIMEOUT_MS_DEFAULT } from './connection.ts';
import { broken } from '../../conformance/contract/broken.ts';
import type { CheckReport, CheckResult } from '../../conformance/contract/check.ts';
import type { Clock, Hello, Implementation, JsonObject, Outcome } from '../../conformance/contract/contract.ts';
import { contractReport } from './starts.ts';

/** Losses after which an adapter is not started again. */
const LOSSES_MAX = 20;
/** Timeouts after which requests get a tenth of their time. */
const TIMEOUTS_MAX = 3;
const TIMEOUT_DIVISOR = 10;
const TIMEOUT_MS_MIN = 250;
/** How long an adapter is watched for what it does late, such as a second reply. */
const WATCH_MS = 50;

/** One adapter, with its name in the run. */
export class Peer implements Implementation {
  readonly name: string;
  readonly target: Target;
  readonly clock: Clock = REAL_CLOCK;
  readonly #options: ConnectOptions;
  #hello: Hello | undefined;
  #connection: Connection | undefined;
  #startError: string | undefined;
  #conduct: { readonly detail: string; readonly clause?: string } | undefined;
  #losses = 0;
  #timeouts = 0;
  /** True once a request was answered with the loss of the connection. */
  #told = false;

  constructor(name: string, target: Target, options: ConnectOptions) {
    this.name = name;
    this.target = target;
    this.#options = options;
  }

  /** Starts it; what goes wrong is in `report`. */
  async start(): Promise<void> {
    await this.#ready();
  }

  /** True once it has answered hello. */
  get started(): boolean {
    return this.#hello !== undefined;
  }

  get hello(): Hello {
    if (this.#hello === undefined) throw new Error(`${this.name} has not answered hello`);
    return this.#hello;
  }

  async call(operation: string, params: JsonObject): Promise<Outcome> {
    const connection = await this.#ready();
    if (connection === undefined)
      return {
        kind: 'misbehaviour',
        what: 'start-failed',
        detail: this.#startError ?? `not run: ${this.name} ended ${String(this.#losses)} times in this run`,
      };
    const outcome = await connection.call(operation, params, { timeoutMs: this.#timeoutMs });
    // A loss is reported only if it was the answer to this request, not if it came right after a good reply.
    if (outcome.kind === 'misbehaviour' && connection.failure !== undefined) this.#told = true;
    return outcome;
  }

  get #timeoutMs(): number {
    const full = this.#options.timeoutMs ?? TIMEOUT_MS_DEFAULT;
    return this.#timeouts < TIMEOUTS_MAX ? full : Math.min(full, Math.max(TIMEOUT_MS_MIN, full / TIMEOUT_DIVISOR));
  }

  /** A live connection; undefined if none can be had. */
  async #ready(): Promise<Connection | undefined> {
    await this.#settle();
    if (this.#connection !== undefined || this.#startError !== undefined || this.#losses >= LOSSES_MAX) return this.#connection;
    try {
      this.#connection = await connect(this.target, this.#options);
      this.#told = false;
      this.#hello ??= this.#connection.hello;
      if (JSON.stringify(this.#hello) !== JSON.stringify(this.#connection.hello))
        this.#conduct ??= { detail: 'a later start answered hello differently from the first', clause: 'ADP-029' };
      this.#conduct ??= this.#connection.probeViolation;
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      this.#startError = error.message;
    }
    return this.#connection;
  }

  /** Gives up a lost connection; remembers a loss with which no request was answered. */
  async #settle(): Promise<void> {
    const failure = this.#connection?.failure;
    if (this.#connection === undefined || failure === undefined) return;
    this.#losses += 1;
    if (failure.what === 'timeout') this.#timeouts += 1;
    const { what, detail, clause } = failure;
    if (!this.#told) this.#conduct ??= { detail: `${what}: ${detail}`, ...(clause === undefined ? {} : { clause }) };
    await this.#connection.close();
    this.#connection = undefined;
  }

  /** Watches it a moment longer, then ends it. */
  async close(): Promise<void> {
    if (this.#connection?.alive === true) {
      await this.#connection.barrier();
      await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
    }
    await this.#settle();
    const end = await this.#connection?.close();
    if (end !== undefined) this.#conduct ??= { detail: end, clause: 'ADP-044' };
    this.#connection = undefined;
  }

  /** The verdict on how it started and on what it did between requests, as a check of its own. */
  report(): CheckReport {
    const result: CheckResult =
      this.#hello === undefined && this.#startError !== undefined
        ? broken({ what: 'start-failed', detail: this.#startError })
        : this.#hello === undefined || this.#conduct === undefined
          ? { verdict: 'pass', cases: 1 }
          : broken({ what: 'contract', ...this.#conduct });
    return contractReport(
      `contract/${this.name}`,
      'ADP-025',
      `${this.name} starts, answers hello and honours the contract between requests`,
      result,
    );
  }
}
