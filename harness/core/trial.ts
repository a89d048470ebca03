/** One check on one connection: what it sees of the adapter, and its verdict. */
import { REAL_CLOCK } from './clock.ts';
import type { Misbehaviour } from './channel.ts';
import { broken, brokenBy, type Broken } from '../../conformance/contract/broken.ts';
import type { Check, CheckContext, CheckResult } from '../../conformance/contract/check.ts';
import type { Connection } from './connection.ts';
import type { Clock, Hello, Implementation, JsonObject, Outcome } from '../../conformance/contract/contract.ts';
import { brief } from './lint.ts';

/** How a check ended: with a result, or with an error that is a bug in the bench. */
export type TrialEnd =
  | { readonly kind: 'result'; readonly result: CheckResult; readonly elapsedMs: number }
  | { readonly kind: 'internal'; readonly message: string; readonly elapsedMs: number };

/** The implementation as one check sees it; remembers what the verdict needs. */
export class Trial implements Implementation {
  readonly hello: Hello;
  readonly clock: Clock = REAL_CLOCK;
  readonly #check: Check;
  readonly #timeoutMs: () => number;
  readonly #reopen: (() => Promise<Connection | undefined>) | undefined;
  #connection: Connection;
  #reopening: Promise<void> | undefined;
  #misbehaviour: Misbehaviour | undefined;
  #asked = '';
  #fault: string | undefined;
  /** True once this check got a misbehaviour instead of an answer because the connection was lost. */
  interrupted = false;

  /**
   * @param reopen gives a fresh connection after a loss, so that a check that shrinks its input can go on; the
   *   verdict stays broken whatever it finds
   */
  constructor(check: Check, connection: Connection, timeoutMs: () => number, reopen?: () => Promise<Connection | undefined>) {
    this.hello = connection.hello;
    this.#check = check;
    this.#connection = connection;
    this.#timeoutMs = timeoutMs;
    this.#reopen = reopen;
  }

  /** The first misbehaviour this check saw. */
  get misbehaviour(): Misbehaviour | undefined {
    return this.#misbehaviour;
  }

  get reorders(): boolean {
    return this.#connection.reorders === true;
  }

  /** The connection in use now. */
  get connection(): Connection {
    return this.#connection;
  }

  async call(operation: string, params: JsonObject): Promise<Outcome> {
    if (this.#reopen !== undefined && this.#connection.failure !== undefined && this.#connection.failure.what !== 'timeout') {
      this.#reopening ??= this.#replace(this.#reopen);
      await this.#reopening;
    }
    const connection = this.#connection;
    const outcome = await connection.call(operation, params, { timeoutMs: this.#timeoutMs(), owner: this.#check.id });
    if (outcome.kind === 'misbehaviour') {
      if (connection.failure !== undefined) this.interrupted = true;
      this.blame(outcome, `; request ${operation} ${brief(params, 300)}`);
    } else if (outcome.kind === 'fault') {
      this.#fault ??= `${operation}: ${outcome.message}`;
    }
    return outcome;
  }

  async #replace(reopen: () => Promise<Connection | undefined>): Promise<void> {
    const fresh = await reopen();
    if (fresh !== undefined) this.#connection = fresh;
    this.#reopening = undefined;
  }

  /** Records a misbehaviour that belongs to this check; only the first counts. */
  blame(misbehaviour: Misbehaviour, asked = ''): void {
    if (this.#misbehaviour !== undefined) return;
    this.#misbehaviour = misbehaviour;
    this.#asked = asked;
  }

  /** Runs the check. Never rejects. */
  async run(context: CheckContext): Promise<TrialEnd> {
    const startedMs = performance.now();
    try {
      const result = await this.#check.run(this, context);
      return { kind: 'result', result, elapsedMs: performance.now() - startedMs };
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { kind: 'internal', message, elapsedMs: performance.now() - startedMs };
    }
  }

  /** The final verdict, given what the check says and what the adapter did meanwhile. */
  judge(result: CheckResult): CheckResult {
    const { cases } = result;
    const failure = 'failure' in result ? result.failure : undefined;
    if (this.#misbehaviour !== undefined) {
      const { what, detail, clause } = this.#misbehaviour;
      // A failure found on the way to or after the misbehaviour would only distract from it.
      const kept = failure?.got.kind === 'misbehaviour' ? { failure } : {};
      const of = clause === undefined ? {} : { clause };
      return broken({ cases, what, detail: `${detail}${this.#asked}`, ...of, ...kept, ...afterCrash(result) });
    }
    if (result.verdict !== 'fail') return result;
    if (result.failure.got.kind === 'unreachable') return { verdict: 'unreachable', cases, reason: result.failure.got.reason };
    if (this.#fault !== undefined) return { ...brokenBy({ kind: 'fault', message: this.#fault }), cases, failure: result.failure };
    return result;
  }
}

/** What a check saw in the cases that it tried after a crash. */
export function afterCrash(result: CheckResult): Pick<Broken, 'others' | 'rest'> {
  if (result.verdict !== 'broken') return {};
  const { others, rest } = result;
  return { ...(others === undefined ? {} : { others }), ...(rest === undefined ? {} : { rest }) };
}
