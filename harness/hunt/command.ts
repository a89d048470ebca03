/**
 * Hunts for holes in the suites with random mutants of the reference: small changes that nobody thought of, each judged over
 * the same pipe as any implementation. What survives is a check that is missing, or an equivalent that survivors.yaml
 * explains.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { topicMeant } from '../../conformance/contract/topic-name.ts';
import { MutantError } from '../../conformance/mutants/mutants.ts';
import { mutantsOf, shuffled, sourcesBelow, topicOf, type Mutants, type RandomMutant } from '../../conformance/mutants/random.ts';
import { explained, readExplanations, type Explained } from '../../conformance/mutants/survivors.ts';
import { Crew } from './crew.ts';
import { hunt, type Hunted } from './hunt.ts';
import { ReferenceFails } from './judge.ts';
import { Steps } from './progress.ts';
import { Results, stateOf } from './results.ts';
import { formatFigures, formatSurvivors, killedThoughExplained, reportOf, survivorsOf, type Told } from './screen.ts';
import { requireWritable, writeWhole } from '../cli/files.ts';
import type { ExitCode } from '../core/exit.ts';
import { interruption, type Interruption } from '../cli/interruption.ts';
import { didYouMean } from '../cli/nearest.ts';
import { complain, say } from '../cli/output.ts';
import { UsageFault } from '../cli/suite.ts';

const USAGE = `usage: hunt [--seed S] [--count N] [--from N] [--topic AREA/TOPIC]... [--quick]
            [--mutant ID]... [--jobs N] [--budget SECONDS] [--json FILE]
  --seed S          the order in which mutants are drawn (default: hunt)
  --count N         how many (default: 50)
  --from N          begin with number N of that order, past its end at its
                    beginning again (default: 0)
  --topic T         only mutants of this topic, or of kernel or primitives
  --quick           ask each mutant its topic's checks only; mutants of what
                    all topics share are left out
  --mutant ID       only this one, whatever is known of it
  --jobs N          processes that judge (default: one per core)
  --budget SECONDS  end after so long; the rest is left for another run
  --json FILE       everything, for machines
Exit codes: 0 every mutant noticed or explained, 1 survivors, 2 usage,
3 survivors.yaml is wrong, 4 the bench or the reference failed, 130 or 143
ended by SIGINT or SIGTERM.`;

const COUNT_DEFAULT = 50;
const FOLDER = '.bottlepost/hunt';
/** Codes beside those of `EXIT`, whose 3 speaks of an adapter. */
const CODE = { fine: 0, survivors: 1, usage: 2, explanations: 3, internal: 4 } as const;

interface Options {
  readonly seed: string;
  readonly count: number;
  readonly from: number;
  readonly topics: readonly string[];
  readonly only: readonly string[];
  readonly isQuick: boolean;
  readonly jobs: number;
  readonly budgetMs: number | undefined;
  readonly json: string | undefined;
}

function whole(name: string, text: string | undefined, least: number, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new UsageFault(`--${name} takes a whole number of at least ${String(least)}, not '${text ?? ''}'`);
  return value;
}

function read(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const list = { type: 'string', multiple: true } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: text,
      count: text,
      from: text,
      topic: list,
      mutant: list,
      quick: { type: 'boolean', default: false },
      jobs: text,
      budget: text,
      json: text,
    },
  });
  return {
    seed: values.seed ?? 'hunt',
    count: whole('count', values.count, 1, COUNT_DEFAULT),
    from: whole('from', values.from, 0, 0),
    topics: values.topic ?? [],
    only: values.mutant ?? [],
    isQuick: values.quick,
    jobs: whole('jobs', values.jobs, 1, availableParallelism()),
    budgetMs: values.budget === undefined ? undefined : 1000 * whole('budget', values.budget, 1, 1),
    json: values.json,
  };
}

/** Mutants `from` up to `from + count` of an order that begins again at its end. */
function slice(mutants: readonly RandomMutant[], from: number, count: number): RandomMutant[] {
  const length = Math.min(count, mutants.length);
  return Array.from({ length }, (_, at) => mutants[(from + at) % mutants.length]).flatMap((mutant) => mutant ?? []);
}

/** The mutants that a run is about, and what is explained of them. @throws UsageFault for a topic that is not there */
async function listed(root: string, { topics, isQuick }: Options): Promise<{ mutants: Mutants; explanations: Explained }> {
  const folder = join(root, 'reference');
  const all = sourcesBelow(folder);
  const names = [...new Set(all.map(topicOf))];
  const meant = topics.map((word) => {
    const name = topicMeant(word, names);
    if (name === undefined) throw new UsageFault(`nothing of the reference is '${word}'${didYouMean(word, names)}`);
    return name;
  });
  const wanted = names
    .filter((name) => topics.length === 0 || meant.includes(name))
    .filter((name) => !isQuick || topics.length > 0 || name.includes('/'));
  const files = all.filter((file) => wanted.includes(topicOf(file)));
  const mutants = await mutantsOf(new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')])));
  return { mutants, explanations: explained(readExplanations(root, wanted), mutants.mutants) };
}

/** The sample, or the mutants named. @throws UsageFault for an id that is not there */
function sampled(mutants: readonly RandomMutant[], { seed, count, from, only }: Options): RandomMutant[] {
  if (only.length === 0) return slice(shuffled(mutants, seed), from, count);
  return only.map((id) => {
    const found = mutants.find((mutant) => mutant.id === id);
    if (found === undefined)
      throw new UsageFault(`no mutant has the id ${id}; ids change with the lines that they change: run the hunt again`);
    return found;
  });
}

/** Judges the sample. @returns also the exit code of a signal, if one ended it */
async function judged(
  root: string,
  mutants: Mutants,
  sample: readonly RandomMutant[],
  state: string,
  options: Options,
): Promise<Hunted & { readonly exit?: ExitCode }> {
  const { isQuick, only } = options;
  const results = new Results(join(root, FOLDER, `${state}.jsonl`));
  const open = sample.filter(({ id }) => only.length > 0 || results.get(id, isQuick) === undefined);
  const stop = interruption();
  const budget = options.budgetMs === undefined ? [] : [AbortSignal.timeout(options.budgetMs)];
  const signal = AbortSignal.any([stop.signal, ...budget]);
  // Nothing new to judge: no worker is needed.
  const crew = open.length === 0 ? undefined : new Crew(root, Math.min(options.jobs, open.length), isQuick);
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Ended());
    });
  });
  ended.catch(() => undefined);
  try {
    if (crew !== undefined) await Promise.race([prepare(crew, root, mutants, state, options), ended]);
    const steps = new Steps(process.stderr, 'mutants', open.length);
    let alive = 0;
    const hunted = await hunt(sample, crew?.judges() ?? [], only.length > 0 ? undefined : results, {
      isTopicOnly: isQuick,
      signal,
      onVerdict: (_, { fate }) => {
        if (fate === 'survived' || fate === 'unreached') alive += 1;
        steps.add(1, `, ${String(alive)} survive`);
      },
    });
    steps.finish();
    return { ...hunted, ...endedBy(stop) };
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    return { verdicts: new Map(), known: 0, unjudged: [], left: sample.length, ...endedBy(stop) };
  } finally {
    stop.forget();
    await crew?.end();
  }
}

function endedBy({ exit }: Interruption): { readonly exit?: ExitCode } {
  return exit === undefined ? {} : { exit };
}

/** The run was ended before any mutant was judged. */
class Ended extends Error {}

/** Starts the workers and learns what checks reach, which a quick run does without. */
async function prepare(crew: Crew, root: string, mutants: Mutants, state: string, { isQuick, topics }: Options): Promise<void> {
  const checks = await crew.start();
  if (isQuick) return;
  const steps = new Steps(process.stderr, 'checks of what is reached by each', checks);
  // Numbers of mutants depend on what was listed.
  const name = topics.length === 0 ? 'all' : [...topics].sort().join('+').replaceAll('/', '.');
  await crew.learnReach(mutants, join(root, FOLDER, `${state}-${name}.reach`), (count) => {
    steps.add(count);
  });
  steps.finish();
}

function commitOf(root: string): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

async function main(args: readonly string[]): Promise<number> {
  const options = read(args);
  if (options.json !== undefined) requireWritable('--json', options.json);
  const root = packageRoot();
  const { mutants, explanations } = await listed(root, options);
  if (explanations.faults.length > 0) {
    complain(`${explanations.faults.join('\n')}\n`);
    return CODE.explanations;
  }
  const sample = sampled(mutants.mutants, options);
  const state = stateOf(root);
  const hunted = await judged(root, mutants, sample, state, options);
  const told: Told = {
    ...hunted,
    seed: options.seed,
    total: mutants.mutants.length,
    leftOut: mutants.leftOut,
    isTopicOnly: options.isQuick,
    reasons: explanations.reasons,
    sourceOf: (file) => readFileSync(join(root, 'reference', file), 'utf8'),
  };
  if (options.json !== undefined) writeWhole(options.json, `${JSON.stringify(reportOf(told, commitOf(root), state), undefined, 2)}\n`);
  const survivors = formatSurvivors(told);
  say(`${survivors}${survivors === '' ? '' : '\n'}${formatFigures(told)}\n`);
  for (const [mutant, { by }] of killedThoughExplained(told))
    complain(
      `${mutant.id} (${mutant.file}:${String(mutant.line)}) is explained as a survivor, but ${by ?? ''} notices it; remove the entry\n`,
    );
  return hunted.exit ?? exitOf(told);
}

/** The exit code of a run. */
export function exitOf(told: Told): number {
  if (told.unjudged.length > 0) return CODE.internal;
  if (killedThoughExplained(told).length > 0) return CODE.explanations;
  return survivorsOf(told).length > 0 ? CODE.survivors : CODE.fine;
}

/** Runs the command. @returns its exit code */
export async function command(args: readonly string[]): Promise<number> {
  try {
    return await main(args);
  } catch (error) {
    if (error instanceof UsageFault || error instanceof TypeError) {
      complain(`hunt: ${error.message}\n${USAGE}\n`);
      return CODE.usage;
    }
    if (!(error instanceof MutantError || error instanceof ReferenceFails)) throw error;
    complain(`${error.message}\n`);
    return error instanceof MutantError ? CODE.explanations : CODE.internal;
  }
}
