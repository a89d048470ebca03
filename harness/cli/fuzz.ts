/**
 * `bottlepost fuzz`: many damaged messages and channel packets of each cipher set, in a long run of its own. None may be
 * accepted, none may break the adapter, and after each the right packet must open to the same bytes as if nothing had
 * come. After a crash the run goes on with a fresh process, and says in the end how much it saw and what was cut.
 */
import { firstDifference } from '../../conformance/oracle/values.ts';
import { dice } from '../../conformance/suites/campaign.ts';
import { damage, fuzzTargets, type Damaged, type FuzzTarget } from '../../conformance/e3x/message/mutations.ts';
import { connect, parseTarget, StartError, TargetError, type Connection, type Target } from '../core/connection.ts';
import type { JsonObject, Outcome } from '../../conformance/contract/contract.ts';
import { EXIT, type ExitCode } from '../core/exit.ts';
import { loadSuite, referenceCommand, type Suite } from './suite.ts';
import { complain, say } from './output.ts';

export interface FuzzOptions {
  readonly stdio?: string;
  readonly udp?: string;
  /** Damaged packets of each cipher set and operation. */
  readonly cases: number;
  /** Cipher sets; all three if none is named. */
  readonly csid: readonly string[];
  readonly seed: string;
}

/** Cases whose answers are waited for at once: a damaged packet and the right one each. */
const WINDOW = 16;
const CSIDS = ['1a', '2a', '3a'];
/** Cases between two lines of progress. */
const PROGRESS_CASES = 20_000;

/** Crashes after which a campaign is cut, and those that are shown. */
const CRASHES_MAX = 50;
const CRASHES_SHOWN = 5;

/** What a campaign saw: refusals by the way of damage and the class. */
interface Tally {
  readonly counts: Map<string, Map<string, number>>;
  /** Cases with an answer, right or wrong, or a crash. */
  cases: number;
  violation: string | undefined;
  /** Damaged packets that crashed the implementation: the way of damage, and the request. */
  readonly crashes: { readonly kind: string; readonly asked: string; readonly how: string }[];
}

/** A case that was in flight when the process ended. */
class Lost extends Error {
  readonly damaged: Damaged;
  constructor(damaged: Damaged) {
    super('the process ended');
    this.damaged = damaged;
  }
}

function count({ counts }: Tally, kind: string, rejectClass: string): void {
  const classes = counts.get(kind) ?? new Map<string, number>();
  counts.set(kind, classes);
  classes.set(rejectClass, (classes.get(rejectClass) ?? 0) + 1);
}

/** Says what is wrong with the answers to one case, or nothing. */
function violationOf(
  { operation, requirement }: FuzzTarget,
  { kind, right, packet }: Damaged,
  toDamaged: Outcome,
  toRight: Outcome,
  expected: JsonObject,
  rejects: readonly string[],
): string | undefined {
  const asked = `${operation} ${JSON.stringify({ ...right, packet })}`;
  if (toDamaged.kind === 'ok')
    return `${requirement}: a damaged packet (${kind}) was accepted\n  request ${asked}\n  got   ${JSON.stringify(toDamaged.value)}`;
  if (toDamaged.kind !== 'reject') return `a damaged packet (${kind}) broke the adapter: ${JSON.stringify(toDamaged)}\n  request ${asked}`;
  if (!rejects.includes(toDamaged.class))
    return `a damaged packet (${kind}) was refused as '${toDamaged.class}', which the operation does not declare\n  request ${asked}`;
  if (toRight.kind !== 'ok' || firstDifference(expected, toRight.value) !== undefined)
    return (
      `${requirement}: the valid packet after a damaged one (${kind}) did not open as it should\n` +
      `  first ${asked}\n` +
      `  then  ${operation} ${JSON.stringify(right)}\n` +
      `  got   ${JSON.stringify(toRight)}\n` +
      `  not   ${JSON.stringify(expected)}`
    );
  return undefined;
}

/** One campaign: the same seed asks the same questions in the same order, whatever crashes. */
class LongRun {
  readonly tally: Tally = { counts: new Map(), cases: 0, violation: undefined, crashes: [] };
  readonly #target: FuzzTarget;
  readonly #rejects: readonly string[];
  readonly #expected: ReadonlyMap<JsonObject, JsonObject>;
  readonly #reconnect: () => Promise<Connection>;
  readonly #cases: number;
  #connection: Connection;

  constructor(suite: Suite, target: FuzzTarget, connection: Connection, cases: number, reconnect: () => Promise<Connection>) {
    const { oracle } = suite.areaOf(target.operation);
    this.#target = target;
    this.#connection = connection;
    this.#reconnect = reconnect;
    this.#cases = cases;
    this.#rejects = oracle.operation(target.operation).rejects;
    this.#expected = new Map(
      target.right.map((right) => {
        const answer = oracle.answer(target.operation, right);
        if (answer.kind !== 'ok') throw new Error(`${target.operation}: a committed packet does not open`);
        return [right, answer.value] as const;
      }),
    );
  }

  /** The connection in use now. */
  get connection(): Connection {
    return this.#connection;
  }
  get #isOver(): boolean {
    return this.tally.violation !== undefined || this.tally.crashes.length >= CRASHES_MAX;
  }

  async run(seed: string): Promise<void> {
    const drawn = dice(seed, `fuzz/${this.#target.operation}/${this.#target.csid}/long`);
    for (let started = 0; started < this.#cases && !this.#isOver;) {
      const lost: Damaged[] = [];
      const slot = async (): Promise<void> => {
        while (started < this.#cases && !this.#isOver && lost.length === 0) {
          started++;
          const damaged = damage(this.#target, drawn);
          await this.#one(damaged).catch((error: unknown) => {
            if (!(error instanceof Lost)) throw error;
            lost.push(error.damaged);
          });
        }
      };
      await Promise.all(Array.from({ length: WINDOW }, slot));
      // Which of those in flight did it shows only when each is asked alone.
      for (const damaged of lost) await this.#alone(damaged);
    }
  }

  async #alone(damaged: Damaged): Promise<void> {
    if (!this.#connection.alive) await this.#replace();
    try {
      await this.#one(damaged);
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      this.#crashed(damaged, 'the process ended');
      await this.#replace();
    }
  }
  async #replace(): Promise<void> {
    await this.#connection.close();
    this.#connection = await this.#reconnect();
  }
  #crashed({ kind, right, packet }: Damaged, how: string): void {
    const { tally } = this;
    tally.cases++;
    tally.crashes.push({ kind, how, asked: `${this.#target.operation} ${JSON.stringify({ ...right, packet })}` });
  }

  /** @throws Lost if the process ended before the answers came */
  async #one(damaged: Damaged): Promise<void> {
    const { operation, csid } = this.#target;
    const { tally } = this;
    const ask = (params: JsonObject): Promise<Outcome> => this.#connection.call(operation, params);
    const [toDamaged, toRight] = await Promise.all([ask({ ...damaged.right, packet: damaged.packet }), ask(damaged.right)]);
    if ([toDamaged, toRight].some((got) => got.kind === 'misbehaviour' && got.what === 'crash')) throw new Lost(damaged);
    if (toDamaged.kind === 'crashed') {
      this.#crashed(damaged, `threw ${toDamaged.error}`);
      return;
    }
    tally.violation ??= violationOf(this.#target, damaged, toDamaged, toRight, this.#expected.get(damaged.right) ?? {}, this.#rejects);
    if (toDamaged.kind === 'reject') count(tally, damaged.kind, toDamaged.class);
    tally.cases++;
    if (tally.cases % PROGRESS_CASES === 0)
      complain(`${operation} ${csid}: ${tally.cases.toLocaleString('en')} of ${this.#cases.toLocaleString('en')}\n`);
  }
}

/** The table of one campaign: a line for each way of damage. */
function print({ operation, csid }: FuzzTarget, { counts, cases, violation, crashes }: Tally, planned: number, elapsedMs: number): void {
  const out = (text: string): void => {
    say(`${text}\n`);
  };
  const right = crashes.length > 0 ? `${String(crashes.length)} CRASHES` : 'none accepted, the right one opened after each';
  out(
    `\n${operation} ${csid}: ${cases.toLocaleString('en')} cases in ${(elapsedMs / 1000).toFixed(0)} s, ` +
      (violation === undefined ? right : 'STOPPED'),
  );
  for (const [kind, classes] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    out(
      `  ${kind.padEnd(14)}${[...classes]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, n]) => `${name} ${String(n)}`)
        .join(', ')}`,
    );
  }
  for (const { kind, how, asked } of crashes.slice(0, CRASHES_SHOWN))
    out(`CRASH: ${how} at a damaged packet (${kind})\n  request ${asked}`);
  if (crashes.length > CRASHES_SHOWN) out(`and ${String(crashes.length - CRASHES_SHOWN)} crashes more`);
  if (crashes.length > 0)
    out(
      `${String(crashes.length)} of ${cases.toLocaleString('en')} cases crashed the implementation; it was asked the others as well` +
        `${violation === undefined ? ', and none was accepted' : ''}.`,
    );
  if (cases < planned) {
    const why = violation === undefined ? `after ${String(crashes.length)} crashes` : 'at the violation';
    out(`${(planned - cases).toLocaleString('en')} of ${planned.toLocaleString('en')} cases were cut ${why}.`);
  }
  if (violation !== undefined) out(`VIOLATION: ${violation}`);
}

/** Runs every campaign that the adapter has the operation for. Resolves with the exit code. */
export async function fuzz(options: FuzzOptions): Promise<ExitCode> {
  const suite = loadSuite();
  const csids = options.csid.length > 0 ? options.csid : CSIDS;
  const vectors = suite.areas.flatMap((area) => area.vectors);
  let target: Target;
  try {
    target = parseTarget(options.stdio === undefined && options.udp === undefined ? { stdio: referenceCommand(suite.root) } : options);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    complain(`bottlepost: ${error.message}\n`);
    return EXIT.usage;
  }
  let worst: ExitCode = EXIT.nothing;
  for (const campaignTarget of csids.flatMap((csid) => fuzzTargets(suite.areaOf('e3x.message.open').oracle, csid, vectors))) {
    const open = (): Promise<Connection> => connect(target, { revision: suite.revision, seed: options.seed, shapes: suite.shapes });
    let run: LongRun | undefined;
    let first: Connection | undefined;
    try {
      first = await open();
      if (!first.hello.operations.includes(campaignTarget.operation)) continue;
      const startedMs = performance.now();
      run = new LongRun(suite, campaignTarget, first, options.cases, open);
      await run.run(options.seed);
      const { tally } = run;
      print(campaignTarget, tally, options.cases, performance.now() - startedMs);
      if (tally.violation !== undefined || tally.crashes.length > 0) worst = EXIT.failed;
      else if (worst === EXIT.nothing) worst = EXIT.ok;
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      complain(`bottlepost: ${error.message}\n`);
      return EXIT.adapter;
    } finally {
      await (run?.connection ?? first)?.close();
    }
  }
  return worst;
}
