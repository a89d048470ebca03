/** What a terminal gets beyond plain text: progress on one line that is rewritten, and colours. Anywhere else both are left out. */
import { Writable } from 'node:stream';
import bars, { type Options, type SingleBar } from 'cli-progress';
import colours from 'picocolors';
import type { CheckReport } from '../../conformance/contract/check.ts';
import { causeOf } from './causes.ts';
import type { Standing } from './findings.ts';
import { isDecided } from '../core/decided.ts';
import { lineWidth, oneLine, WIDTH } from '../../conformance/contract/text.ts';

/** Where progress goes; `process.stderr` fits. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

type Environment = { readonly [name: string]: string | undefined };
const isSet = (env: Environment, name: string): boolean => (env[name] ?? '') !== '';

/** A line can be rewritten on a terminal, and not in the log that a CI system makes of one. */
function isLive({ isTTY }: Pick<Output, 'isTTY'>, env: Environment): boolean {
  return isTTY === true && !isSet(env, 'CI') && env['TERM'] !== 'dumb';
}

/** Whether an output gets colours: NO_COLOR says no to all, FORCE_COLOR yes unless it is 0, else a terminal does. */
export function hasColours(output: Pick<Output, 'isTTY'>, env: Environment): boolean {
  if (isSet(env, 'NO_COLOR')) return false;
  if (isSet(env, 'FORCE_COLOR')) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return isLive(output, env);
}

const PAINT = colours.createColors(true);
/** Words that a line begins with, after two blanks at most; every one can be read without its colour. */
const WORDS: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/^( {0,2})(PASS|HEALTHY)(?=[ :])/gm, PAINT.green],
  [/^( {0,2})(FAIL|BROKEN|ERROR|BASELINE|BUG|ADAPTER|IMPLEMENTATION)(?=[ :])/gm, PAINT.red],
  [/^( {0,2})(NOTHING RAN|NOT RUN|NOT-SHOWN|NOT SHOWN|MUST NOT TESTED|INTERRUPTED|TERMINATED)(?=[ :,])/gm, PAINT.yellow],
];

/** Colours the words that say how something ended; the text must be safe to print already. */
export function emphasise(text: string): string {
  return WORDS.reduce(
    (painted, [word, paint]) => painted.replace(word, (_, indent: string, found: string) => indent + PAINT.bold(paint(found))),
    text,
  );
}

/** Milliseconds between two samples of the bar, and how many of them the time left is estimated from. */
const REFRESH_MS = 100;
const SAMPLES = 100;
const BAR_WIDTH = 20;
/** Most causes shown one by one; the summary and the reports have all of them. */
const SHOWN_MAX = 10;
const CLEAR = '\r\u001b[K';
/** The library's marks of a place on the screen, which lines that are printed above the bar would put elsewhere. */
const PLACES: ReadonlySet<string> = new Set(['\u001b7', '\u001b8']);

/** Options of the progress display. */
export interface ProgressOptions {
  /** NO_COLOR, FORCE_COLOR, CI and TERM, as the functions above say. */
  readonly env?: Environment;
  /** What the lines begin with if several runs follow one another. */
  readonly label?: string;
  /** True for a failure that a baseline records, which is counted but not shown. */
  readonly isKnown?: (report: CheckReport) => boolean;
  /** True if only failures against published clauses count: the others are counted and not shown. */
  readonly published?: boolean;
}

/** Shows progress; `report` fits `RunOptions.onReport`. Call `finish` however the run ends: a bar keeps its process alive. */
export class Progress {
  readonly #output: Output;
  readonly #total: number;
  readonly #bar: SingleBar | undefined;
  readonly #red: (text: string) => string;
  readonly #label: string;
  readonly #isKnown: (report: CheckReport) => boolean;
  readonly #published: boolean;
  readonly #standings = new Map<string, Standing>();
  readonly #counts = new Map<Standing, number>([['pass', 0]]);
  #drawnAtMs = -Infinity;
  #quarters = 0;
  #shown = 0;
  readonly #causes = new Set<string>();

  /** @param total checks of the run */
  constructor(output: Output, total: number, options: ProgressOptions = {}) {
    const { env = process.env, label, isKnown = () => false, published = false } = options;
    this.#label = label === undefined ? '' : `${label}: `;
    this.#isKnown = isKnown;
    this.#published = published;
    this.#output = output;
    this.#total = total;
    this.#red = colours.createColors(hasColours(output, env)).red;
    if (!isLive(output, env)) return;
    const stream = Object.assign(
      new Writable({
        write: (chunk, _encoding, done) => {
          const text = String(chunk);
          if (!PLACES.has(text)) output.write(text);
          done();
        },
      }),
      { isTTY: true },
    );
    this.#bar = new bars.SingleBar({
      stream,
      format: (bar, { eta }) => oneLine(this.#line(bar, eta), (output.columns || WIDTH) - 1),
      barsize: BAR_WIDTH,
      etaBuffer: SAMPLES,
      fps: 1000 / REFRESH_MS,
      // The same line again, where another was printed above it.
      forceRedraw: true,
      linewrap: true,
      clearOnComplete: true,
      // Signals end a run and not the bar.
      gracefulExit: false,
    });
    this.#bar.start(total, 0);
  }

  /** Adds one verdict. */
  readonly report = (report: CheckReport): void => {
    const standing: Standing = this.#isKnown(report)
      ? 'known'
      : this.#published && isDecided(report.result)
        ? 'decided'
        : report.result.verdict;
    const before = this.#standings.get(report.check.id);
    if (before !== undefined) this.#count(before, -1);
    this.#standings.set(report.check.id, standing);
    this.#count(standing, 1);
    if (standing === 'fail' || standing === 'broken') this.#bad(report);
    if (this.#bar === undefined) this.#quarter();
    else this.#sample(this.#bar);
  };

  /** Ends the line; call it before anything else is printed. */
  finish(): void {
    this.#bar?.stop();
  }

  #count(standing: Standing, by: number): void {
    this.#counts.set(standing, (this.#counts.get(standing) ?? 0) + by);
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
    const width = this.#bar === undefined ? lineWidth() : (this.#output.columns || WIDTH) - 1;
    const line = this.#shown > SHOWN_MAX ? 'for more reasons; see the summary' : oneLine(`${check.id}  ${why}`, width - tag.length - 1);
    this.#output.write(`${this.#bar === undefined ? '' : CLEAR}${this.#red(tag)} ${line}\n`);
  }

  #status(): string {
    const parts = [...this.#counts].flatMap(([name, count]) => (count > 0 || name === 'pass' ? [`${String(count)} ${name}`] : []));
    return `${String(this.#standings.size)} of ${String(this.#total)} checks, ${parts.join(', ')}`;
  }

  #line(options: Options, eta: number): string {
    const share = this.#standings.size / Math.max(1, this.#total);
    const bar = `[${bars.Format.BarFormat(share, options)}] ${String(Math.floor(share * 100))}%`;
    // The library says NULL or INF where it cannot know yet.
    const left = Number.isFinite(eta) && share < 1 ? `, ${bars.Format.TimeFormat(eta, options, 1)} left` : '';
    return `${this.#label}${bar}${left}, ${this.#status()}`;
  }

  #sample(bar: SingleBar): void {
    const nowMs = performance.now();
    if (nowMs - this.#drawnAtMs < REFRESH_MS) return;
    this.#drawnAtMs = nowMs;
    bar.update(this.#standings.size);
  }

  #quarter(): void {
    const quarters = Math.floor((4 * this.#standings.size) / Math.max(1, this.#total));
    if (quarters <= this.#quarters) return;
    this.#quarters = quarters;
    this.#output.write(`${this.#label}${this.#status()}\n`);
  }
}
