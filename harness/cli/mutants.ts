/**
 * Runs every mutant of the reference through the whole suite, over the same pipe as any implementation, and prints who
 * was blamed for what. Fails where a mutant survives, where the blame falls on the wrong clause, and where a clause or
 * a generated check kills nothing. `--quick` asks each mutant only the vectors and traces of the clause that it breaks:
 * enough to see that each is noticed where it should be, in a fraction of the time; it says nothing of who else is blamed.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { idleChecks, isGenerated, killOf, renderMatrix } from '../../conformance/mutants/matrix.ts';
import {
  buildMutant,
  inScope,
  matrixFaults,
  MutantError,
  MUTANTS_FOLDER,
  mutantsOf,
  type Kill,
  type Mutant,
  type MutantFile,
} from '../../conformance/mutants/mutants.ts';
import { inShard, parseShard, type Shard } from '../../conformance/mutants/shard.ts';
import { REGISTRY } from '../../conformance/areas.ts';
import { SpecReader } from '../../conformance/spec/loader.ts';
import { loadAreas } from '../../conformance/suites/areas.ts';
import { vectorCheck } from '../../conformance/suites/vectors.ts';
import type { Check } from '../../conformance/contract/check.ts';
import { connect } from '../core/connection.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { topicsMeant } from '../../conformance/contract/topic-name.ts';
import { runChecks, type RunSummary } from '../core/runner.ts';
import { refusingBrokenSpecs } from '../../conformance/cli/refusal.ts';
import { referenceEntry } from './entry.ts';

const SEED = 'mutants';
/** Share of the generated cases: enough to notice most mutants, and little enough for a whole run in minutes. */
const EFFORT = 0.1;
const REQUEST_TIMEOUT_MS = 1500;
const GENERATED_LIMIT_MS = 10_000;
const JOBS_DEFAULT = 2;
const USAGE = 'usage: mutants [--quick] [--shard I/N] [--topic AREA/TOPIC] [--only ID] [--jobs N] [--json FILE]';

/** What of the mutants is run, and how. */
interface Selection {
  readonly only: readonly string[] | undefined;
  /** Every `count`th mutant of each set, beginning with number `index`. */
  readonly shard: Shard | undefined;
  readonly quick: boolean;
  readonly jobs: number;
}
interface Campaign {
  readonly root: string;
  readonly revision: string;
  /** What the reference must pass. */
  readonly checks: readonly Check[];
  /** What a mutant is asked. */
  readonly checksOf: (mutant: Mutant) => readonly Check[];
}

/** Runs checks against an engine; the reference itself where no path is given. */
function run({ root, revision }: Campaign, checks: readonly Check[], enginePath: string | undefined): Promise<RunSummary> {
  const main = join(root, referenceEntry(root));
  const words = [process.execPath, main, ...(enginePath === undefined ? [] : ['--engine', enginePath])] as [string, ...string[]];
  const open = (): ReturnType<typeof connect> =>
    connect({ kind: 'stdio', command: words.join(' '), words }, { revision, seed: SEED, timeoutMs: REQUEST_TIMEOUT_MS, cwd: root });
  return runChecks(checks, open, { seed: SEED, effort: EFFORT, timeoutMs: REQUEST_TIMEOUT_MS });
}

/** What is wrong with the run of the reference, which must pass everything. */
function referenceFaults(summary: RunSummary): string[] {
  const failed = summary.reports.flatMap(({ check, result }) =>
    result.verdict === 'pass'
      ? []
      : [
          `${check.id}: ${result.verdict}` +
            `${result.verdict === 'fail' ? ` (${result.failure.requirement}: ${result.failure.explanation})` : ''}`,
        ],
  );
  return [...failed, ...summary.internalErrors.map((e) => `${e.check}: ${e.message}`), ...summary.notRun.map((id) => `${id}: not run`)];
}

/** Runs one mutant and removes what was built for it. @throws MutantError */
async function runMutant(campaign: Campaign, mutant: Mutant): Promise<Kill> {
  const path = await buildMutant(campaign.root, mutant);
  try {
    const summary = await run(campaign, campaign.checksOf(mutant), path);
    const bug = summary.internalErrors[0];
    if (bug !== undefined) throw new Error(`${mutant.id}: the bench itself failed in ${bug.check}: ${bug.message}`);
    return killOf(mutant, summary.reports);
  } finally {
    rmSync(join(campaign.root, MUTANTS_FOLDER, mutant.id), { recursive: true, force: true });
  }
}

/** Runs mutants, `jobs` of them at once; results in the order of the mutants. */
async function runAll(campaign: Campaign, mutants: readonly Mutant[], jobs: number): Promise<Kill[]> {
  const kills: (Kill | undefined)[] = [];
  let next = 0;
  let done = 0;
  const job = async (): Promise<void> => {
    for (let index = next++; index < mutants.length; index = next++) {
      const mutant = mutants[index];
      if (mutant === undefined) return;
      const startedMs = performance.now();
      const kill = await runMutant(campaign, mutant);
      kills[index] = kill;
      done += 1;
      const byGenerated = (mutant.noticedBy ?? []).flatMap((by) => kill.blamed[by] ?? []);
      const blamed = new Set([...Object.keys(kill.byClause), ...byGenerated]);
      console.error(
        `[${String(done)}/${String(mutants.length)}] ${mutant.id} ${((performance.now() - startedMs) / 1000).toFixed(1)} s: ` +
          `${blamed.size === 0 ? 'SURVIVES' : `${String(blamed.size)} clause${blamed.size === 1 ? '' : 's'}`}`,
      );
    }
  };
  await Promise.all(Array.from({ length: jobs }, job));
  return kills.flatMap((kill) => kill ?? []);
}

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      shard: { type: 'string' },
      topic: { type: 'string', multiple: true },
      only: { type: 'string', multiple: true },
      jobs: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const jobs = Number(values.jobs ?? JOBS_DEFAULT);
  if (!Number.isInteger(jobs) || jobs < 1) throw new TypeError('--jobs takes a whole number of at least 1');
  const shard = values.shard === undefined ? undefined : parseShard(values.shard);
  const root = packageRoot();
  const reader = new SpecReader(root);
  const all = reader.areas().flatMap((area) => mutantsOf(root, reader.area(area)));
  const areas = new Set(all.map(({ area }) => area));
  // An area stands for all its topics.
  const wanted =
    values.topic &&
    topicsMeant(
      values.topic.flatMap((word) => (areas.has(word) ? all.filter(({ area }) => area === word).map(nameOf) : [word])),
      all.map(nameOf),
    );
  const files = all.filter((file) => wanted?.includes(nameOf(file)) !== false);
  const { only, quick } = values;
  const unknown = only?.find((id) => !files.some((file) => file.mutants.some((m) => m.id === id)));
  if (unknown !== undefined) throw new TypeError(`no mutant with this id: ${unknown}`);
  const kills: Kill[] = [];
  const faulty: string[] = [];
  for (const file of files) {
    if (only !== undefined && !file.mutants.some((m) => only.includes(m.id))) continue;
    console.error(`${nameOf(file)}:`);
    if (!(await runTopic(root, reader, file, { only, shard, quick, jobs }, kills))) faulty.push(nameOf(file));
  }
  // The last line of a long output says where to look.
  console.log(
    faulty.length === 0
      ? `\n${String(kills.length)} mutants in all, no faults.`
      : `\nFaults in: ${faulty.join(', ')}. For details run: mutants --topic ${faulty[0] ?? ''}`,
  );
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ kills }, undefined, 2)}\n`);
  return faulty.length === 0 ? 0 : 1;
}

/** `area/topic`. */
function nameOf({ area, topic }: MutantFile): string {
  return `${area}/${topic}`;
}

/** Runs the mutants of one topic against its checks; what was killed is added to `all`. @returns whether all is well */
async function runTopic(
  root: string,
  reader: SpecReader,
  file: MutantFile,
  { only, shard, quick, jobs }: Selection,
  all: Kill[],
): Promise<boolean> {
  const mutants = file.mutants.filter((m, i) => only?.includes(m.id) !== false && inShard(shard, i));
  const [area] = loadAreas(REGISTRY, reader, [file.area], GENERATED_LIMIT_MS);
  if (area === undefined) throw new MutantError(`no area ${file.area}`);
  const vectors = area.vectors.filter((v) =>
    inScope(
      file,
      v.steps.map((s) => s.operation),
    ),
  );
  const clausesOf = (v: (typeof vectors)[number]): string[] => [v.requirement, ...v.steps.map((s) => s.requirement)];
  const checked = [...new Set(vectors.flatMap(clausesOf))].sort();
  // A result's member may have a clause of its own, which is blamed in place of the step's.
  const ofResults = (v: (typeof vectors)[number]): string[] =>
    v.steps.flatMap((step) => Object.values(area.oracle.operation(step.operation).result).map(({ req }) => req));
  const vectorChecks = vectors.map((v) => ({
    clauses: [...clausesOf(v), ...(quick ? ofResults(v) : [])],
    check: vectorCheck(area.oracle, area.judge, v),
  }));
  const noticing = new Set(mutants.flatMap(({ noticedBy = [] }) => noticedBy));
  const generated = area.checks
    .filter(isGenerated)
    .filter((c) => inScope(file, c.operations))
    .filter((c) => !quick || noticing.has(c.id));
  const checks = [...vectorChecks.map((v) => v.check), ...generated];
  const checksOf = (mutant: Mutant): readonly Check[] =>
    !quick
      ? checks
      : mutant.noticedBy === undefined
        ? vectorChecks.filter((v) => v.clauses.includes(mutant.breaks)).map((v) => v.check)
        : generated.filter((c) => mutant.noticedBy?.includes(c.id));
  const campaign: Campaign = { root, revision: area.spec.revision, checks, checksOf };

  const startedMs = performance.now();
  const wrong = referenceFaults(await run(campaign, checks, undefined));
  if (wrong.length > 0) {
    console.log(
      `The unmutated reference must pass everything, otherwise mutants prove nothing:\n${wrong
        .slice(0, 20)
        .map((w) => `  ${w}`)
        .join('\n')}${wrong.length > 20 ? `\n  and ${String(wrong.length - 20)} more` : ''}`,
    );
    return false;
  }
  console.error(`The reference passes all ${String(checks.length)} checks (${((performance.now() - startedMs) / 1000).toFixed(1)} s).`);
  let kills: Kill[];
  try {
    kills = await runAll(campaign, mutants, jobs);
  } finally {
    rmSync(join(root, MUTANTS_FOLDER), { recursive: true, force: true });
  }
  all.push(...kills);

  // A part of the mutants, or of the checks, can show that each is killed, and nothing about clauses and generated checks.
  const whole = only === undefined && shard === undefined && !quick;
  const generatedIds = generated.map((c) => c.id);
  const idle = whole ? idleChecks(kills, generatedIds) : [];
  const faults = [
    ...matrixFaults(kills, whole ? checked : [], whole ? file : { ...file, notAlone: {} }),
    ...idle.map((id) => `${id}: no mutant makes it fail`),
  ];
  const isKilled = ({ mutant, byClause, blamed }: Kill): boolean =>
    Object.keys(byClause).length > 0 || mutants.some(({ id, noticedBy = [] }) => id === mutant && noticedBy.some((by) => by in blamed));
  const killed = kills.filter(isKilled).length;
  if (!quick) console.log(renderMatrix(kills, whole ? checked : [], file));
  console.log(
    `${quick ? '' : '\n'}${String(killed)} of ${String(kills.length)} mutants killed` +
      `${quick ? ' by the clause that they break' : ''}; ${((performance.now() - startedMs) / 1000).toFixed(0)} s.`,
  );
  if (whole)
    console.log(
      `${String(checked.length)} clauses checked, ${String(Object.keys(file.notAlone).length)} of them excused from killing alone; ` +
        `${String(generatedIds.length - idle.length)} of ${String(generatedIds.length)} generated checks shown to fail.`,
    );
  if (faults.length > 0) console.log(`\n${String(faults.length)} faults:\n${faults.map((f) => `  ${f}`).join('\n')}`);
  return faults.length === 0;
}

try {
  process.exitCode = await refusingBrokenSpecs(() => main(process.argv.slice(2)));
} catch (error) {
  if (error instanceof TypeError) {
    console.error(`mutants: ${error.message}\n${USAGE}`);
    process.exitCode = 2;
  } else if (error instanceof MutantError) {
    console.error(error.message);
    process.exitCode = 1;
  } else throw error;
}
