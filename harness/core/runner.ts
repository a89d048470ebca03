/**
 * Runs checks against an adapter that may do anything. Checks share a connection as long as it lasts; when it is
 * lost, those that were interrupted run again one at a time, so that only the check at fault is blamed (ADP-041)
 * and every other keeps its own verdict (ADP-040).
 */
import { adapterClause } from '../../conformance/contract/clauses.ts';
import type { Misbehaviour } from './channel.ts';
import { broken } from '../../conformance/contract/broken.ts';
import type { Check, CheckContext, CheckReport, CheckResult, Failure, Step } from '../../conformance/contract/check.ts';
import type { Connection } from './connection.ts';
import type { Hello } from '../../conformance/contract/contract.ts';
import { boundedResult } from './bounds.ts';
import { isSuspect, judgeCrash } from './crashes.ts';
import { cited, clip, inline } from '../../conformance/contract/text.ts';
import type { Worth } from './claims.ts';
import { contractReport, Starts } from './starts.ts';
import { Trial, type TrialEnd } from './trial.ts';

/** Options of a run. */
export interface RunOptions {
  /** Root seed of the run. */
  readonly seed: string;
  /** Multiplies generated cases; 1 if absent. */
  readonly effort?: number;
  /** Connections at once; 1 if absent. */
  readonly jobs?: number;
  /** Checks in flight on one connection; 32 if absent. */
  readonly pipeline?: number;
  /** Milliseconds for a request. */
  readonly timeoutMs: number;
  /** Stops after the first check that fails or is broken. */
  readonly failFast?: boolean;
  /** True if a profile that the adapter claims needs this check, so that a missing operation is a failure (ADP-028). */
  readonly claims?: (check: Check, hello: Hello) => boolean;
  /** Ends the run at once: what has a verdict keeps it, the rest is not run. */
  readonly signal?: AbortSignal;
  /** Profiles that the specification has; a claim of any other is a violation (ADP-045). */
  readonly profiles?: ReadonlySet<string>;
  /** What hello leaves out although it claims a profile that has it (ADP-049); undefined where it does not. */
  readonly narrower?: (hello: Hello) => string | undefined;
  /**
   * Valid requests next to what a check asked, where processes can be started again: if one is answered, a crash may be found to be the
   * implementation's. Without them every crash is the adapter's.
   */
  readonly survivorsOf?: (check: CheckReport['check'], failure: Failure) => readonly (readonly Step[])[];
  /** Called for each verdict as it comes; twice for a check that is blamed later for a misbehaviour. */
  readonly onReport?: (report: CheckReport) => void;
}

/** A bug in the bench or in a suite: a check that threw. */
export interface InternalError {
  readonly check: string;
  readonly message: string;
}

/** The results of a run. */
export interface RunSummary {
  /** What the adapter says about itself; absent if it never started. */
  readonly hello?: Hello;
  readonly seed: string;
  readonly effort: number;
  /** In the order of the checks, after two checks of the contract itself and before `contract/concurrent`. */
  readonly reports: readonly CheckReport[];
  readonly internalErrors: readonly InternalError[];
  /** Ids of checks without a verdict, because the run was stopped. */
  readonly notRun: readonly string[];
  /** What the reader must know about the run itself, e.g. that timeouts were shortened. */
  readonly notes: readonly string[];
  readonly elapsedMs: number;
  /** What of claims is shown; absent where only a part of the checks was run, or none are claimed. */
  readonly worth?: Worth;
}

const PIPELINE_DEFAULT = 32;
/** How long an adapter is watched, after its last reply, for what it does late, such as a second reply or an exit. */
const WATCH_MS = 50;
/** The result of a check that was in flight when the adapter was lost for good; the start that failed says more. */
const LOST_WITH_IT: CheckResult = broken({
  cases: 0,
  what: 'start-failed',
  detail: 'it was in flight when the adapter was lost, and the adapter no longer starts; see contract/hello',
});
/** Fresh connections that one check may use up while it shrinks an input that ends the adapter. */
const REOPENS_MAX = 100;
/** Crashes and hangs of one run that are looked into; each costs fresh processes, and a hang its time twice. */
const CRASHES_JUDGED_MAX = 100;
const HANGS_JUDGED_MAX = 5;

/**
 * Runs every check and resolves with one verdict for each. Rejects only if `openConnection` throws anything other
 * than a StartError.
 */
export async function runChecks(
  checks: readonly Check[],
  openConnection: () => Promise<Connection>,
  options: RunOptions,
): Promise<RunSummary> {
  return new Run(checks, openConnection, options).all();
}

class Run {
  readonly #checks: readonly Check[];
  readonly #options: RunOptions;
  readonly #context: CheckContext;
  readonly #jobs: number;
  readonly #pipeline: number;
  readonly #starts: Starts;
  readonly #reports = new Map<number, CheckReport>();
  readonly #internal = new Map<number, InternalError>();
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #unattributed: string[] = [];
  readonly #notes: string[] = [];
  readonly #open = new Set<Connection>();
  readonly #crashes: InternalError[] = [];
  /** How processes ended whose input was closed; undefined for those that ended well. */
  readonly #ends: (string | undefined)[] = [];
  readonly #judged = { crash: 0, timeout: 0 };
  #next = 0;
  #stopped = false;

  constructor(checks: readonly Check[], openConnection: () => Promise<Connection>, options: RunOptions) {
    this.#checks = checks;
    this.#options = options;
    const another = async (): ReturnType<NonNullable<CheckContext['another']>> => {
      const connection = await this.#starts.acquire();
      return connection && { implementation: connection, close: () => this.#discard(connection) };
    };
    this.#context = { seed: options.seed, effort: options.effort ?? 1, requestTimeoutMs: options.timeoutMs, another };
    this.#jobs = Math.max(1, Math.min(options.jobs ?? 1, checks.length));
    // A long pipeline must not take the work away from the other jobs.
    this.#pipeline = Math.max(1, Math.min(options.pipeline ?? PIPELINE_DEFAULT, Math.ceil(checks.length / this.#jobs)));
    this.#indexOf = new Map(checks.map((check, index) => [check.id, index]));
    if (this.#indexOf.size !== checks.length) throw new Error('two checks have the same id');
    const open = async (): Promise<Connection> => {
      const connection = await openConnection();
      this.#open.add(connection);
      return connection;
    };
    this.#starts = new Starts(open, options.timeoutMs, this.#notes);
  }

  async all(): Promise<RunSummary> {
    const startedMs = performance.now();
    const { signal } = this.#options;
    const end = (): void => {
      this.#stopped = true;
      for (const connection of this.#open) void connection.close();
    };
    signal?.addEventListener('abort', end, { once: true });
    try {
      // The first start decides whether there is anything to run at all.
      const first = await this.#starts.acquire();
      await Promise.all(Array.from({ length: this.#jobs }, (_, job) => this.#job(job === 0 ? first : undefined)));
    } catch (error) {
      // A bug in the bench; what was measured until then is still valid.
      this.#crashes.push({ check: 'the runner', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    } finally {
      signal?.removeEventListener('abort', end);
      for (const connection of this.#open) this.#ends.push(await connection.close());
    }
    return this.#summary(performance.now() - startedMs);
  }

  #summary(elapsedMs: number): RunSummary {
    const { hello } = this.#starts;
    const own: CheckReport[] = [];
    const notRun: string[] = [];
    this.#checks.forEach((check, index) => {
      const report = this.#reports.get(index);
      if (report !== undefined) own.push(report);
      else if (!this.#internal.has(index)) notRun.push(check.id);
    });
    const concurrent: CheckResult =
      this.#unattributed.length === 0
        ? { verdict: 'pass', cases: 1 }
        : broken({ cases: this.#unattributed.length, what: 'contract', detail: this.#unattributed.join('\n'), clause: 'ADP-016' });
    return {
      ...(hello === undefined ? {} : { hello }),
      seed: this.#context.seed,
      effort: this.#context.effort,
      reports: [
        ...this.#starts.reports(),
        ...own,
        ...(hello === undefined
          ? []
          : [
              contractReport('contract/concurrent', 'ADP-016', 'Requests in flight together do not disturb each other', concurrent),
              contractReport(
                'contract/profiles',
                'ADP-045',
                'Every profile that hello claims is one of the specification',
                this.#claims(hello),
              ),
              ...(this.#options.signal?.aborted === true
                ? []
                : [contractReport('contract/end', 'ADP-044', 'The adapter ends with exit code 0 when its input is closed', this.#end())]),
            ]),
      ],
      internalErrors: [...[...this.#internal].sort(([a], [b]) => a - b).map(([, error]) => error), ...this.#crashes],
      notRun,
      notes: [...this.#notes, ...this.#cutShort(own)],
      elapsedMs,
    };
  }

  #claims(hello: Hello): CheckResult {
    const { profiles, narrower } = this.#options;
    const narrow = narrower?.(hello);
    if (narrow !== undefined) return broken({ what: 'contract', detail: narrow, clause: 'ADP-049' });
    const unknown = profiles === undefined ? [] : hello.profiles.filter((name) => !profiles.has(name));
    return unknown.length === 0
      ? { verdict: 'pass', cases: 1 }
      : broken({
          what: 'contract',
          detail:
            `hello claims profiles that this specification does not have: ${clip(unknown.join(', '), 300)}. ` +
            `Correct the name or take it out of hello; 'npx bottlepost explain ${inline(unknown[0] ?? '')}' names the nearest`,
          clause: 'ADP-045',
        });
  }

  #end(): CheckResult {
    const bad = this.#ends.find((end) => end !== undefined);
    return bad === undefined
      ? { verdict: 'pass', cases: Math.max(1, this.#ends.length) }
      : broken({ cases: this.#ends.length, what: 'crash', detail: bad, clause: 'ADP-044' });
  }

  #cutShort(reports: readonly CheckReport[]): string[] {
    const cut = reports.flatMap(({ check, result }) =>
      result.verdict === 'pass' && result.planned !== undefined ? [`${check.id} ${String(result.cases)} of ${String(result.planned)}`] : [],
    );
    return cut.length === 0
      ? []
      : [
          `The adapter is slow: ${String(cut.length)} generated checks ended with fewer cases than planned, all of them right ` +
            `(${cut.slice(0, 3).join(', ')}${cut.length > 3 ? ', …' : ''}). A higher --timeout gives them more time.`,
        ];
  }

  /** Takes the next check that has to run, and records the results of those that need not. */
  #take(): number | undefined {
    while (!this.#stopped && this.#next < this.#checks.length) {
      const index = this.#next++;
      const check = this.#check(index);
      // One message says why nothing is started any more; the checks that are left have no verdict.
      if (this.#starts.givenUp !== undefined) return undefined;
      const missing = check.operations.find((operation) => this.#starts.hello?.operations.includes(operation) !== true);
      if (missing === undefined) return index;
      this.#record(index, this.#unsupported(check, missing), 0);
    }
    return undefined;
  }

  #unsupported(check: Check, operation: string): CheckResult {
    const { hello } = this.#starts;
    if (hello === undefined || this.#options.claims?.(check, hello) !== true)
      return { verdict: 'unsupported', cases: 0, reason: `hello does not declare ${operation}` };
    return {
      verdict: 'fail',
      cases: 0,
      failure: {
        requirement: 'ADP-028',
        clause: adapterClause('ADP-028'),
        kind: 'contract',
        basis: 'decided',
        operation,
        params: {},
        expected: { kind: 'ok', value: {} },
        got: { kind: 'unsupported' },
        explanation:
          `${check.requirement} is part of a profile that the adapter claims (${hello.profiles.join(', ')}), ` +
          `but hello does not declare ${operation}. Implement it, or remove the profile from hello.`,
        steps: [],
      },
    };
  }

  async #job(first: Connection | undefined): Promise<void> {
    let connection = first;
    for (;;) {
      // A job without work starts nothing.
      const index = this.#take();
      if (index === undefined) return;
      connection ??= await this.#starts.acquire();
      if (connection === undefined) return;
      connection = await this.#share(connection, index);
    }
  }

  /** Runs checks on one connection until it is lost or no check is left; returns a connection that is still alive. */
  async #share(connection: Connection, first: number): Promise<Connection | undefined> {
    const interrupted: number[] = [];
    const recent: number[] = [];
    const slot = async (start: number | undefined): Promise<void> => {
      for (let index = start ?? this.#take(); index !== undefined; index = connection.alive ? this.#take() : undefined) {
        const trial = new Trial(this.#check(index), connection, () => this.#starts.timeoutMs);
        const end = await trial.run(this.#context);
        if (this.#aborted) return;
        if (trial.interrupted) {
          interrupted.push(index);
          continue;
        }
        await this.#settle(index, trial, end);
        recent.push(index);
        if (recent.length > this.#pipeline) recent.shift();
      }
    };
    await Promise.all(Array.from({ length: this.#pipeline }, (_, at) => (at === 0 ? slot(first) : slot(undefined))));
    // Late effects of a check must show before the connection is closed.
    if (connection.alive) await watch(connection, WATCH_MS);
    const { failure } = connection;
    if (failure === undefined || this.#aborted) return connection;
    this.#starts.lost(failure.what);
    await this.#discard(connection);
    return this.#attribute(failure, interrupted, recent);
  }

  /** Finds the check to blame for a lost connection by running the suspects one at a time. */
  async #attribute(failure: Misbehaviour, interrupted: readonly number[], recent: readonly number[]): Promise<Connection | undefined> {
    const owner = failure.owner === undefined ? undefined : this.#indexOf.get(failure.owner);
    const suspects = [...new Set([...interrupted, ...(owner === undefined ? [] : [owner])])].sort((a, b) => a - b);
    // A hang shows in the reply itself; anything else may come a moment after the last reply.
    const alone = new Alone(failure.what === 'timeout' ? 0 : WATCH_MS);
    let blamed = 0;
    for (const index of suspects) {
      if (await this.#runAlone(index, alone)) blamed += 1;
    }
    // Perhaps the cause is a check that had already been answered.
    for (const index of blamed === 0 ? [...recent].reverse() : []) {
      if (suspects.includes(index)) continue;
      if (await this.#runAlone(index, alone)) {
        blamed += 1;
        break;
      }
    }
    if (blamed === 0 && !this.#stopped && this.#starts.givenUp === undefined) {
      const names = suspects.map((index) => this.#check(index).id);
      const listed =
        names.length === 0
          ? 'nothing was in flight'
          : `in flight: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${String(names.length - 8)} more` : ''}`;
      this.#unattributed.push(
        `${cited(`${failure.what}: ${failure.detail}`, failure.clause)}; ` +
          `it did not occur when the checks ran one at a time (${listed})`,
      );
    }
    return alone.connection?.alive === true ? alone.connection : undefined;
  }

  /**
   * Runs one check with nothing else in flight and records its verdict.
   * @returns true if it ended the adapter
   */
  async #runAlone(index: number, alone: Alone): Promise<boolean> {
    if (this.#stopped) return false;
    for (;;) {
      const fresh = alone.connection?.alive !== true;
      if (fresh) {
        alone.connection = await this.#starts.acquire();
        if (alone.connection === undefined) {
          if (!this.#reports.has(index)) this.#record(index, LOST_WITH_IT, 0);
          return false;
        }
      }
      const connection = alone.connection;
      if (connection === undefined) return false;
      const { trial, end } = await this.#trialAlone(index, connection, fresh, alone.watchMs);
      if (this.#aborted) return false;
      const { failure } = connection;
      alone.connection = trial.connection.alive ? trial.connection : undefined;
      if (failure === undefined) {
        this.#starts.ranAlone(undefined);
        await this.#settle(index, trial, end);
        return false;
      }
      // On a connection that others used before, only a timeout is believed at once: waiting for a second one would take too long.
      if (!fresh && failure.what !== 'timeout') continue;
      trial.blame(failure);
      this.#starts.ranAlone(failure.what);
      await this.#settle(index, trial, end);
      return true;
    }
  }

  async #trialAlone(index: number, connection: Connection, fresh: boolean, watchMs: number): Promise<{ trial: Trial; end: TrialEnd }> {
    let reopens = 0;
    let last = connection;
    const reopen = async (): Promise<Connection | undefined> => {
      if (++reopens > REOPENS_MAX) return undefined;
      await this.#discard(last);
      const replacement = await this.#starts.acquire();
      if (replacement !== undefined) last = replacement;
      return replacement;
    };
    const trial = new Trial(this.#check(index), connection, () => this.#starts.timeoutMs, fresh ? reopen : undefined);
    const end = await trial.run(this.#context);
    await watch(last, watchMs);
    if (last.failure !== undefined) {
      this.#starts.lost(last.failure.what);
      await this.#discard(last);
    }
    return { trial, end };
  }

  async #settle(index: number, trial: Trial, end: TrialEnd): Promise<void> {
    if (end.kind === 'internal') {
      this.#internal.set(index, { check: this.#check(index).id, message: end.message });
      return;
    }
    this.#record(index, await this.#whose(index, trial.judge(end.result)), end.elapsedMs);
  }

  /** Finds out whether it is the implementation that crashed, or hung. */
  async #whose(index: number, result: CheckResult): Promise<CheckResult> {
    const { survivorsOf, timeoutMs } = this.#options;
    if (survivorsOf === undefined || result.verdict !== 'broken' || !isSuspect(result) || this.#stopped) return result;
    const kind = result.what === 'timeout' ? 'timeout' : 'crash';
    if (++this.#judged[kind] > (kind === 'timeout' ? HANGS_JUDGED_MAX : CRASHES_JUDGED_MAX)) return result;
    const judged = await judgeCrash(result, {
      fresh: () => this.#starts.acquire(),
      discard: (connection) => this.#discard(connection),
      timeoutMs,
      survivors: (failure) => survivorsOf(this.#check(index), failure),
    });
    return this.#aborted ? result : judged;
  }

  #record(index: number, result: CheckResult, elapsedMs: number): void {
    const { id, suite, requirement, title, operations } = this.#check(index);
    const report: CheckReport = { check: { id, suite, requirement, title, operations }, result: boundedResult(result), elapsedMs };
    const before = this.#reports.get(index)?.result.verdict;
    this.#reports.set(index, report);
    if (before !== result.verdict) this.#options.onReport?.(report);
    if (this.#options.failFast === true && (result.verdict === 'fail' || result.verdict === 'broken')) this.#stopped = true;
  }

  /** True once the run was ended from outside: what comes back now says nothing about the adapter. */
  get #aborted(): boolean {
    return this.#options.signal?.aborted === true;
  }

  async #discard(connection: Connection): Promise<void> {
    await connection.close();
    this.#open.delete(connection);
  }

  #check(index: number): Check {
    const check = this.#checks[index];
    if (check === undefined) throw new Error(`no check ${String(index)}`);
    return check;
  }
}

/** Waits until everything that the adapter wrote has been read, and a moment longer. */
async function watch(connection: Connection, ms: number): Promise<void> {
  await connection.barrier();
  if (ms > 0 && connection.alive) await new Promise((resolve) => setTimeout(resolve, ms));
}

/** The connection on which suspects run one at a time; kept while it is alive. */
class Alone {
  readonly watchMs: number;
  connection: Connection | undefined;

  constructor(watchMs: number) {
    this.watchMs = watchMs;
  }
}
