/** Progress of a long task with the time that is left: one line rewritten on a terminal, a line for each tenth anywhere else. */
import type { Output } from '../report/terminal.ts';

const CLEAR = '\r\u001b[K';
const REFRESH_MS = 200;
const TENTHS = 10;

/** Counts the steps of one task. */
export class Steps {
  readonly #output: Output;
  readonly #what: string;
  readonly #total: number;
  readonly #isLive: boolean;
  readonly #startedMs = performance.now();
  #done = 0;
  #tenths = 0;
  #drawnAtMs = -Infinity;

  /** @param what the steps, such as `mutants` */
  constructor(output: Output, what: string, total: number, env: NodeJS.ProcessEnv = process.env) {
    this.#output = output;
    this.#what = what;
    this.#total = total;
    this.#isLive = output.isTTY === true && (env['CI'] ?? '') === '' && env['TERM'] !== 'dumb';
  }

  /** Some more steps are done; `note` is added to the line. */
  add(steps: number, note = ''): void {
    this.#done = Math.min(this.#total, this.#done + steps);
    const tenths = Math.floor((TENTHS * this.#done) / Math.max(1, this.#total));
    const nowMs = performance.now();
    if (this.#isLive ? nowMs - this.#drawnAtMs < REFRESH_MS : tenths <= this.#tenths) return;
    this.#tenths = tenths;
    this.#drawnAtMs = nowMs;
    const left = ((nowMs - this.#startedMs) / Math.max(1, this.#done)) * (this.#total - this.#done);
    const line = `${String(this.#done)} of ${String(this.#total)} ${this.#what}${note}, ${minutes(left)} left`;
    this.#output.write(this.#isLive ? CLEAR + line : `${line}\n`);
  }

  /** Ends the line; call it before anything else is printed. */
  finish(): void {
    if (this.#isLive) this.#output.write(CLEAR);
  }
}

function minutes(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60 ? `${String(seconds)} s` : `${String(Math.ceil(seconds / 60))} min`;
}
