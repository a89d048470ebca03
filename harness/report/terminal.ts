/** Progress while a run goes on: one line that is rewritten on a terminal, a few plain lines anywhere else. */
import type { CheckReport } from '../../conformance/contract/check.ts';
import { oneLine, WIDTH } from '../../conformance/contract/text.ts';

/** Where progress goes; `process.stderr` fits. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Milliseconds between two rewrites of the line. */
const REFRESH_MS = 100;
/** Failures shown one by one; the summary and the reports have all. */
const SHOWN_MAX = 50;
const CLEAR = '\r\u001b[K';
const RED = '\u001b[31m';
const RESET = '\u001b[0m';

/** Shows progress; `report` fits `RunOptions.onReport`. */
export class Progress {
  readonly #output: Output;
  readonly #total: number;
  readonly #live: boolean;
  readonly #colour: boolean;
  readonly #verdicts = new Map<string, CheckReport['result']['verdict']>();
  readonly #counts = { pass: 0, fail: 0, broken: 0, unsupported: 0, unreachable: 0 };
  #drawnAtMs = -Infinity;
  #quarters = 0;
  #shown = 0;

  /**
   * @param total checks of the run
   * @param env NO_COLOR (any value but the empty one) turns colours off; CI turns the rewritten line off
   */
  constructor(output: Output, total: number, env: { readonly [name: string]: string | undefined } = process.env) {
    this.#output = output;
    this.#total = total;
    const truthy = (name: string): boolean => (env[name] ?? '') !== '';
    this.#live = output.isTTY === true && !truthy('CI') && env['TERM'] !== 'dumb';
    this.#colour = this.#live && !truthy('NO_COLOR');
  }

  /** Takes one verdict. */
  readonly report = (report: CheckReport): void => {
    const { verdict } = report.result;
    const before = this.#verdicts.get(report.check.id);
    if (before !== undefined) this.#counts[before] -= 1;
    this.#verdicts.set(report.check.id, verdict);
    this.#counts[verdict] += 1;
    if (verdict === 'fail' || verdict === 'broken') this.#bad(report);
    if (this.#live) this.#draw();
    else this.#quarter();
  };

  /** Ends the line; call it before anything else is printed. */
  finish(): void {
    if (this.#live) this.#output.write(CLEAR);
  }

  #bad({ check, result }: CheckReport): void {
    this.#shown += 1;
    if (this.#shown > SHOWN_MAX + 1) return;
    const tag = result.verdict === 'fail' ? 'FAIL' : 'BROKEN';
    const why =
      result.verdict === 'fail'
        ? `${result.failure.requirement}: ${result.failure.explanation}`
        : result.verdict === 'broken'
          ? `${result.what}: ${result.detail}`
          : '';
    const line = this.#shown > SHOWN_MAX ? 'more checks fail; see the summary' : oneLine(`${check.id}  ${why}`, WIDTH - tag.length - 1);
    this.#output.write(`${this.#live ? CLEAR : ''}${this.#colour ? `${RED}${tag}${RESET}` : tag} ${line}\n`);
    this.#drawnAtMs = -Infinity;
  }

  #status(): string {
    const { pass, fail, broken, unsupported, unreachable } = this.#counts;
    const parts = [`${String(this.#verdicts.size)} of ${String(this.#total)} checks`, `${String(pass)} pass`];
    for (const [name, count] of Object.entries({ fail, broken, unsupported, unreachable }))
      if (count > 0) parts.push(`${String(count)} ${name}`);
    return parts.join(', ');
  }

  #draw(): void {
    const nowMs = performance.now();
    if (nowMs - this.#drawnAtMs < REFRESH_MS) return;
    this.#drawnAtMs = nowMs;
    this.#output.write(CLEAR + oneLine(this.#status(), Math.min(WIDTH, this.#output.columns ?? WIDTH) - 1));
  }

  #quarter(): void {
    const quarters = Math.floor((4 * this.#verdicts.size) / Math.max(1, this.#total));
    if (quarters <= this.#quarters) return;
    this.#quarters = quarters;
    this.#output.write(`${this.#status()}\n`);
  }
}
