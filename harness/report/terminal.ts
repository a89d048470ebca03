/** Progress of a run: on a terminal one line that is rewritten, elsewhere a few plain lines. */
import type { CheckReport } from '../../conformance/contract/check.ts';
import { causeOf } from './causes.ts';
import { oneLine, WIDTH } from '../../conformance/contract/text.ts';

/** Where progress goes; `process.stderr` fits. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Milliseconds between two rewrites of the line. */
const REFRESH_MS = 100;
/** Most causes shown one by one; the summary and the reports have all of them. */
const SHOWN_MAX = 10;
const CLEAR = '\r\u001b[K';
const RED = '\u001b[31m';
const RESET = '\u001b[0m';

/** Options of the progress display. */
export interface ProgressOptions {
  /** NO_COLOR (any value but the empty one) turns colours off; CI turns the rewritten line off. */
  readonly env?: { readonly [name: string]: string | undefined };
  /** What the lines begin with if several runs follow one another. */
  readonly label?: string;
  /** True for a failure that a baseline records, which is counted but not shown. */
  readonly isKnown?: (report: CheckReport) => boolean;
}

/** What a check counts as: its verdict, or `known` for a failure that a baseline records. */
type Standing = CheckReport['result']['verdict'] | 'known';

/** Shows progress; `report` fits `RunOptions.onReport`. */
export class Progress {
  readonly #output: Output;
  readonly #total: number;
  readonly #live: boolean;
  readonly #colour: boolean;
  readonly #label: string;
  readonly #isKnown: (report: CheckReport) => boolean;
  readonly #standings = new Map<string, Standing>();
  readonly #counts = { pass: 0, known: 0, fail: 0, broken: 0, unsupported: 0, unreachable: 0 };
  #drawnAtMs = -Infinity;
  #quarters = 0;
  #shown = 0;
  readonly #causes = new Set<string>();

  /** @param total checks of the run */
  constructor(output: Output, total: number, options: ProgressOptions = {}) {
    const { env = process.env, label, isKnown = () => false } = options;
    this.#label = label === undefined ? '' : `${label}: `;
    this.#isKnown = isKnown;
    this.#output = output;
    this.#total = total;
    const truthy = (name: string): boolean => (env[name] ?? '') !== '';
    this.#live = output.isTTY === true && !truthy('CI') && env['TERM'] !== 'dumb';
    this.#colour = this.#live && !truthy('NO_COLOR');
  }

  /** Adds one verdict. */
  readonly report = (report: CheckReport): void => {
    const standing = this.#isKnown(report) ? 'known' : report.result.verdict;
    const before = this.#standings.get(report.check.id);
    if (before !== undefined) this.#counts[before] -= 1;
    this.#standings.set(report.check.id, standing);
    this.#counts[standing] += 1;
    if (standing === 'fail' || standing === 'broken') this.#bad(report);
    if (this.#live) this.#draw();
    else this.#quarter();
  };

  /** Ends the line; call it before anything else is printed. */
  finish(): void {
    if (this.#live) this.#output.write(CLEAR);
  }

  #bad({ check, result }: CheckReport): void {
    // One line per cause: one mistake may fail a hundred checks.
    const { requirement, difference } = causeOf({ check, result, elapsedMs: 0 });
    const cause = `${requirement} ${difference}`;
    if (this.#causes.has(cause)) return;
    this.#causes.add(cause);
    this.#shown += 1;
    if (this.#shown > SHOWN_MAX + 1) return;
    const tag = result.verdict === 'fail' ? 'FAIL' : 'BROKEN';
    const why =
      result.verdict === 'fail'
        ? `${result.failure.requirement}: ${result.failure.explanation}`
        : result.verdict === 'broken'
          ? `${result.what}: ${result.detail}`
          : '';
    const line = this.#shown > SHOWN_MAX ? 'for more reasons; see the summary' : oneLine(`${check.id}  ${why}`, WIDTH - tag.length - 1);
    this.#output.write(`${this.#live ? CLEAR : ''}${this.#colour ? `${RED}${tag}${RESET}` : tag} ${line}\n`);
    this.#drawnAtMs = -Infinity;
  }

  #status(): string {
    const { pass, ...others } = this.#counts;
    const parts = [`${this.#label}${String(this.#standings.size)} of ${String(this.#total)} checks`, `${String(pass)} pass`];
    for (const [name, count] of Object.entries(others)) if (count > 0) parts.push(`${String(count)} ${name}`);
    return parts.join(', ');
  }

  #draw(): void {
    const nowMs = performance.now();
    if (nowMs - this.#drawnAtMs < REFRESH_MS) return;
    this.#drawnAtMs = nowMs;
    this.#output.write(CLEAR + oneLine(this.#status(), Math.min(WIDTH, this.#output.columns ?? WIDTH) - 1));
  }

  #quarter(): void {
    const quarters = Math.floor((4 * this.#standings.size) / Math.max(1, this.#total));
    if (quarters <= this.#quarters) return;
    this.#quarters = quarters;
    this.#output.write(`${this.#status()}\n`);
  }
}
