/**
 * `bottlepost fuzz`: many damaged messages and channel packets of each cipher set, in a long run of its own. None may be
 * accepted, none may break the adapter, and after each the right packet must open to the same bytes as if nothing had
 * come.
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

/** What a campaign saw: refusals by the way of damage and the class. */
interface Tally {
  readonly counts: Map<string, Map<string, number>>;
  cases: number;
  violation: string | undefined;
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

/** One campaign: the same seed asks the same questions in the same order. */
async function campaign(suite: Suite, target: FuzzTarget, connection: Connection, options: FuzzOptions): Promise<Tally> {
  const { oracle } = suite.areaOf(target.operation);
  const { rejects } = oracle.operation(target.operation);
  const expected = new Map(
    target.right.map((right) => {
      const answer = oracle.answer(target.operation, right);
      if (answer.kind !== 'ok') throw new Error(`${target.operation}: a committed packet does not open`);
      return [right, answer.value] as const;
    }),
  );
  const drawn = dice(options.seed, `fuzz/${target.operation}/${target.csid}/long`);
  const tally: Tally = { counts: new Map(), cases: 0, violation: undefined };
  const ask = (params: JsonObject): Promise<Outcome> => connection.call(target.operation, params);
  const one = async (): Promise<void> => {
    const damaged = damage(target, drawn);
    const [toDamaged, toRight] = await Promise.all([ask({ ...damaged.right, packet: damaged.packet }), ask(damaged.right)]);
    tally.violation ??= violationOf(target, damaged, toDamaged, toRight, expected.get(damaged.right) ?? {}, rejects);
    if (toDamaged.kind === 'reject') count(tally, damaged.kind, toDamaged.class);
    tally.cases++;
    if (tally.cases % PROGRESS_CASES === 0)
      complain(`${target.operation} ${target.csid}: ${tally.cases.toLocaleString('en')} of ${options.cases.toLocaleString('en')}\n`);
  };
  let started = 0;
  await Promise.all(
    Array.from({ length: WINDOW }, async () => {
      while (started < options.cases && tally.violation === undefined) {
        started++;
        await one();
      }
    }),
  );
  return tally;
}

/** The table of one campaign: a line for each way of damage. */
function print({ operation, csid }: FuzzTarget, { counts, cases, violation }: Tally, elapsedMs: number): void {
  const out = (text: string): void => {
    say(`${text}\n`);
  };
  out(
    `\n${operation} ${csid}: ${cases.toLocaleString('en')} cases in ${(elapsedMs / 1000).toFixed(0)} s, ` +
      `${violation === undefined ? 'none accepted, the right one opened after each' : 'STOPPED'}`,
  );
  for (const [kind, classes] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    out(
      `  ${kind.padEnd(14)}${[...classes]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, n]) => `${name} ${String(n)}`)
        .join(', ')}`,
    );
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
  for (const campaignTarget of csids.flatMap((csid) => fuzzTargets(csid, vectors))) {
    let connection: Connection;
    try {
      connection = await connect(target, { revision: suite.revision, seed: options.seed, shapes: suite.shapes });
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      complain(`bottlepost: ${error.message}\n`);
      return EXIT.adapter;
    }
    try {
      if (!connection.hello.operations.includes(campaignTarget.operation)) continue;
      const startedMs = performance.now();
      const tally = await campaign(suite, campaignTarget, connection, options);
      print(campaignTarget, tally, performance.now() - startedMs);
      if (tally.violation !== undefined) worst = EXIT.failed;
      else if (worst === EXIT.nothing) worst = EXIT.ok;
    } finally {
      await connection.close();
    }
  }
  return worst;
}
