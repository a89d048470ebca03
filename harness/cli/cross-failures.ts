/** What failed in a cross run, told as `verify` tells it: a cause once, with who deviates and how to see it again. */
import { join } from 'node:path';
import type { CheckReport } from '../../conformance/contract/check.ts';
import { formatRepro } from '../../conformance/suites/repro.ts';
import { SIDES } from '../../conformance/cross/pair-talk.ts';
import { causesOf, formatCauses, othersLine, type Cause } from '../report/causes.ts';
import { formatReport } from '../report/failure.ts';
import type { RunSummary } from '../core/runner.ts';
import { callOf, crossAgain, replayAgain, targetArguments } from './again.ts';
import type { Crossing } from './cross-matrix.ts';
import { UDP, type CrossOptions, type Guest } from './cross-options.ts';
import { writeWhole } from './files.ts';
import { say } from './output.ts';
import type { Suite } from './suite.ts';

/** The one that a failure is about: who deviates, the first of several. */
function blamedIn({ blame, clauses, ...names }: Crossing): string | undefined {
  if (blame === undefined || blame === 'undecided') return undefined;
  const side = blame === 'both' ? SIDES.find((one) => clauses[one] !== undefined) : blame;
  return side === undefined ? undefined : names[side];
}
/** Who deviates, as a line below the title of a failure. */
function blameLine(crossing: Crossing): string {
  const { blame, clauses, report } = crossing;
  if (blame === undefined || blame === 'undecided') return 'blamed: nobody yet';
  if (blame !== 'both') return `blamed: ${crossing[blame] ?? ''}, the ${blame}${report.result.verdict === 'broken' ? "'s adapter" : ''}`;
  const sides = SIDES.filter((side) => clauses[side] !== undefined).map((side) => `${crossing[side] ?? ''} as the ${side}`);
  return `blamed: ${sides.length === 2 ? 'both' : 'all three'}, ${sides.join(' and ')}`;
}
/** Causes with an example each. */
const SHOWN_CAUSES_MAX = 10;
const REPROS_MAX = 50;

/** The same, as an option of the other commands. */
function targetOption(command: string): { readonly udp: string } | { readonly stdio: string } {
  return command.startsWith(UDP) ? { udp: command.slice(UDP.length) } : { stdio: command };
}

/** Causes in the order in which each first appears; the same mistake of two implementations is two. */
function causesByBlame(bad: readonly CheckReport[], crossings: readonly Crossing[]): Cause[] {
  const groups = new Map<string, CheckReport[]>();
  for (const report of bad) {
    const crossing = crossings.find((one) => one.report === report);
    const who = crossing === undefined ? report.check.id : whoDeviates(crossing);
    groups.set(who, [...(groups.get(who) ?? []), report]);
  }
  return [...groups.values()].flatMap(causesOf);
}
function whoDeviates(crossing: Crossing): string {
  const { blame, producer, relay = '', consumer } = crossing;
  const isOne = blame !== undefined && blame !== 'both' && blame !== 'undecided';
  return isOne ? String(blamedIn(crossing)) : `${String(blame)} ${producer} ${relay} ${consumer}`;
}

/** Saves every failure, as far as there is room, and prints one of each cause. */
export function sayFailures(
  suite: Suite,
  options: CrossOptions,
  guests: readonly Guest[],
  crossings: readonly Crossing[],
  summary: RunSummary,
  allowed: ReadonlySet<string>,
): void {
  const adapters = guests.filter((guest) => guest.own).map((guest) => `${guest.name}=${guest.command}`);
  const context = {
    levelOf: (id: string): string | undefined => suite.requirements.get(id)?.level,
    runAgain: (id: string): string =>
      id.startsWith('cross/')
        ? crossAgain({ ...options, adapters }, id)
        : callOf('smoke', ...targetArguments(targetOption(guests.find(({ name }) => id === `contract/${name}`)?.command ?? ''))),
  };
  const bad = summary.reports.filter(
    ({ check, result }) => (result.verdict === 'fail' || result.verdict === 'broken') && !allowed.has(check.id),
  );
  const repros = new Map(bad.slice(0, REPROS_MAX).map((report) => [report, saveRepro(options, report)]));
  const causes = causesByBlame(bad, crossings);
  for (const cause of causes.slice(0, SHOWN_CAUSES_MAX)) {
    const [report] = cause.reports;
    if (report === undefined) continue;
    const crossing = crossings.find((c) => c.report === report);
    const told =
      crossing?.blame === undefined
        ? report
        : { ...report, check: { ...report.check, title: `${report.check.title}\n${blameLine(crossing)}` } };
    say(`\n${formatReport(told, context)}`);
    const repro = repros.get(report);
    const blamed = crossing === undefined ? undefined : blamedIn(crossing);
    const command = guests.find(({ name }) => name === blamed)?.command;
    if (repro !== undefined && command !== undefined) {
      const target = { ...targetOption(command), ...(options.timeout === undefined ? {} : { timeout: options.timeout }) };
      say(`  replay its half alone:\n    ${replayAgain(target, repro)}\n`);
    }
    say(othersLine(cause));
  }
  if (causes.length > SHOWN_CAUSES_MAX)
    say(`\n... and ${String(causes.length - SHOWN_CAUSES_MAX)} more:\n${formatCauses(causes.slice(SHOWN_CAUSES_MAX))}`);
  for (const error of summary.internalErrors) say(`\nBUG IN THE BENCH in ${error.check}: ${error.message}\n`);
}

function saveRepro(options: CrossOptions, { check, result }: CheckReport): string | undefined {
  const failure = result.verdict === 'fail' ? result.failure : undefined;
  if (options.repros === false || failure === undefined || failure.steps.length === 0) return undefined;
  const file = join(options.repros, `${check.id.replace(/[^A-Za-z0-9.-]+/g, '_')}.json`);
  return writeWhole(file, formatRepro(failure, { check: check.id, seed: options.seed })) ? file : undefined;
}
