/** Starts adapters and knows when to stop trying: a run ends in bounded time whatever the adapter does. */
import { broken } from '../../conformance/contract/broken.ts';
import type { CheckReport, CheckResult } from '../../conformance/contract/check.ts';
import { type Connection, StartError } from './connection.ts';
import type { Hello, MisbehaviourKind } from '../../conformance/contract/contract.ts';

/** After this many failed starts in a row nothing is started any more. The very first start is tried once. */
export const FAILED_STARTS_MAX = 3;
/** After this many timeouts in a run, each request gets less time. */
export const TIMEOUTS_MAX = 25;
/** After this many checks in a row that each ended the adapter when run alone, the rest is not run. */
export const DEATHS_MAX = 100;
const TIMEOUT_DIVISOR = 10;
const TIMEOUT_MS_MIN = 250;
const RETRY_MS = 100;

/** Opens connections for one run and counts what goes wrong. */
export class Starts {
  readonly #open: () => Promise<Connection>;
  readonly #notes: string[];
  readonly #fullTimeoutMs: number;
  #hello: Hello | undefined;
  #probe: Connection['probeViolation'];
  #changed: string | undefined;
  #failedInARow = 0;
  #timeouts = 0;
  #deathsInARow = 0;
  #givenUp: { readonly what: MisbehaviourKind; readonly detail: string } | undefined;

  constructor(open: () => Promise<Connection>, timeoutMs: number, notes: string[]) {
    this.#open = open;
    this.#fullTimeoutMs = timeoutMs;
    this.#notes = notes;
  }

  /** What the adapter says about itself; undefined until it has started. */
  get hello(): Hello | undefined {
    return this.#hello;
  }

  /** Why nothing is started any more; undefined until then. */
  get givenUp(): { readonly what: MisbehaviourKind; readonly detail: string } | undefined {
    return this.#givenUp;
  }

  /** Milliseconds that a request has now. */
  get timeoutMs(): number {
    return this.#timeouts < TIMEOUTS_MAX
      ? this.#fullTimeoutMs
      : Math.min(this.#fullTimeoutMs, Math.max(TIMEOUT_MS_MIN, this.#fullTimeoutMs / TIMEOUT_DIVISOR));
  }

  /** A fresh connection; undefined once starting has been given up. */
  async acquire(): Promise<Connection | undefined> {
    while (this.#givenUp === undefined) {
      try {
        const connection = await this.#open();
        this.#failedInARow = 0;
        this.#greet(connection);
        return connection;
      } catch (error) {
        if (!(error instanceof StartError)) throw error;
        this.#failedInARow += 1;
        if (this.#hello === undefined || this.#failedInARow >= FAILED_STARTS_MAX) {
          this.#givenUp ??= {
            what: error.what,
            detail:
              this.#hello === undefined ? error.message : `${String(FAILED_STARTS_MAX)} starts in a row failed; the last: ${error.message}`,
          };
        } else {
          this.#notes.push(`A start failed and was retried: ${error.message}`);
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS * this.#failedInARow));
        }
      }
    }
    return undefined;
  }

  #greet(connection: Connection): void {
    if (this.#hello === undefined) {
      this.#hello = connection.hello;
      this.#probe = connection.probeViolation;
    } else if (JSON.stringify(connection.hello) !== JSON.stringify(this.#hello)) {
      this.#changed ??= 'a later start answered hello differently from the first';
    }
    this.#probe ??= connection.probeViolation;
  }

  /** Counts a lost connection. */
  lost(what: MisbehaviourKind): void {
    if (what !== 'timeout') return;
    this.#timeouts += 1;
    if (this.#timeouts === TIMEOUTS_MAX) {
      this.#notes.push(
        `After ${String(TIMEOUTS_MAX)} timeouts each request has ` +
          `${String(this.timeoutMs)} ms instead of ${String(this.#fullTimeoutMs)} ms.`,
      );
    }
  }

  /** Counts a check that ran alone: whether it ended the adapter. */
  ranAlone(died: MisbehaviourKind | undefined): void {
    this.#deathsInARow = died === undefined ? 0 : this.#deathsInARow + 1;
    if (died !== undefined && this.#deathsInARow >= DEATHS_MAX) {
      this.#givenUp ??= { what: died, detail: `each of the last ${String(DEATHS_MAX)} checks that ran alone ended the adapter` };
      this.#notes.push(`Stopped: ${this.#givenUp.detail}; the remaining checks were not run.`);
    }
  }

  /** The verdicts on hello and on the random operation, as checks of their own. */
  reports(): CheckReport[] {
    const reports: CheckReport[] = [];
    const failed = this.#givenUp?.what === 'start-failed' ? this.#givenUp.detail : undefined;
    const hello: CheckResult =
      failed !== undefined
        ? broken({ what: 'start-failed', detail: failed })
        : this.#changed !== undefined
          ? broken({ what: 'contract', detail: this.#changed, clause: 'ADP-029' })
          : { verdict: 'pass', cases: 1 };
    reports.push(contractReport('contract/hello', 'ADP-025', 'The adapter starts and answers hello', hello));
    if (this.#hello !== undefined) {
      const probe: CheckResult = this.#probe === undefined ? { verdict: 'pass', cases: 1 } : broken({ what: 'contract', ...this.#probe });
      reports.push(contractReport('contract/unknown-operation', 'ADP-027', 'An unknown operation is answered unsupported', probe));
    }
    return reports;
  }
}

/** A report on the contract itself, which belongs to no suite. */
export function contractReport(id: string, requirement: string, title: string, result: CheckResult): CheckReport {
  return { check: { id, suite: 'contract', requirement, title, operations: [] }, result, elapsedMs: 0 };
}
