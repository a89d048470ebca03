/** Spec mutation of every committed vector: exit 0 iff each mutation is noticed, or explained. */
import { parseArgs } from 'node:util';
import { packageRoot } from '../contract/paths.ts';
import { topicsMeant } from '../contract/topic-name.ts';
import { REGISTRY } from '../areas.ts';
import { committedCorpus, mutatedPart, readSurvivors, survivorFaults } from '../mutants/spec-mutation.ts';
import { ignoringRows, partOf, specMutations } from '../mutants/spec-mutations.ts';
import { inShard, parseShard, type Shard } from '../mutants/shard.ts';
import { SpecReader } from '../spec/loader.ts';
import type { AreaSpec } from '../spec/types.ts';
import { moduleOf, type TopicModule } from '../suites/modules.ts';
import { refusingBrokenSpecs } from './refusal.ts';

function main(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: {
      list: { type: 'boolean', default: false },
      area: { type: 'string', multiple: true },
      topic: { type: 'string', multiple: true },
      shard: { type: 'string' },
    },
  });
  const shard = values.shard === undefined ? undefined : parseShard(values.shard);
  const root = packageRoot();
  const reader = new SpecReader(root);
  const parts = reader.areas().flatMap((area) => {
    const { topics } = moduleOf(REGISTRY, area);
    const part = mutatedPart(reader.area(area), topics);
    return part === undefined ? [] : [{ part, topics }];
  });
  const unknown = values.area?.find((area) => !parts.some(({ part }) => part.area === area));
  if (unknown !== undefined)
    throw new TypeError(`no area '${unknown}' has mutations; there are: ${parts.map(({ part }) => part.area).join(', ')}`);
  const known = parts.flatMap(({ part }) => part.topics.map(({ folder }) => folder.slice('spec/'.length)));
  const wanted = values.topic && topicsMeant(values.topic, known);
  const namesOf = ({ area }: AreaSpec): string[] | undefined =>
    wanted?.flatMap((topic) => (topic.startsWith(`${area}/`) ? [topic.slice(area.length + 1)] : []));
  const codes = parts
    .filter(({ part }) => values.area?.includes(part.area) !== false && namesOf(part)?.length !== 0)
    .map(({ part, topics }) => {
      console.log(`Area ${part.area}:`);
      return mutateArea(root, part, topics, values.list, shard, namesOf(part));
    });
  return Math.max(0, ...codes);
}

function mutateArea(
  root: string,
  spec: AreaSpec,
  topics: readonly TopicModule[],
  list: boolean,
  shard: Shard | undefined,
  names: readonly string[] | undefined,
): number {
  const corpus = committedCorpus(root, spec, REGISTRY.primitives, topics);
  if (corpus.faults.length > 0) {
    console.error(
      `The vectors are not those of the spec; run 'npm run vectors' first:\n${corpus.faults
        .slice(0, 20)
        .map((f) => `  ${f}`)
        .join('\n')}`,
    );
    return 1;
  }
  const all = specMutations(spec);
  const chosen = names === undefined ? undefined : mutationsOfTopics(spec, topics, names);
  const mutations = all.filter(({ id }, i) => inShard(shard, i) && chosen?.has(id) !== false);
  const ids = new Set(all.map((m) => m.id));
  if (ids.size !== all.length) throw new Error('two mutations have the same id');
  const results = mutations.map((mutation) => corpus.ask(mutation));
  if (list)
    for (const r of results)
      console.log(`${r.id}: ${r.noticedBy === undefined ? 'SURVIVES' : `${r.unanswered ? 'no answer to ' : ''}${r.noticedBy}`}`);

  const file = readSurvivors(root, spec);
  const faults = survivorFaults(results, file, ids);
  console.log(`${'group'.padEnd(12)} mutations  noticed  (without an answer)  survive`);
  for (const group of new Set(results.map((r) => r.group))) {
    const own = results.filter((r) => r.group === group);
    const survive = own.filter((r) => r.noticedBy === undefined).length;
    console.log(
      `${group.padEnd(12)} ${String(own.length).padStart(9)} ${String(own.length - survive).padStart(8)} ` +
        `${String(own.filter((r) => r.unanswered).length).padStart(20)} ${String(survive).padStart(8)}`,
    );
  }
  const survivors = results.filter((r) => r.noticedBy === undefined).length;
  const count = (isOpen: boolean): number =>
    file.survivors.reduce((sum, { open = false, mutations: own }) => sum + (open === isOpen ? own.length : 0), 0);
  console.log(
    `${String(results.length)} mutations against ${String(corpus.size)} vectors: ${String(results.length - survivors)} noticed, ` +
      `${String(survivors)} survive; of the area's, ${String(count(false))} are explained and ${String(count(true))} open; ` +
      `${String(ignoringRows(spec))} rows that ignore an event equal their deletion.`,
  );
  if (faults.length > 0) console.log(`\n${String(faults.length)} faults:\n${faults.map((f) => `  ${f}`).join('\n')}`);
  return faults.length === 0 ? 0 : 1;
}

/** Ids of the mutations of what the mutated operations of some topics use. */
function mutationsOfTopics(spec: AreaSpec, topics: readonly TopicModule[], names: readonly string[]): ReadonlySet<string> {
  const beginnings = topics.filter(({ topic }) => names.includes(topic)).flatMap(({ vectors }) => vectors?.mutated ?? []);
  return new Set(specMutations(partOf(spec, beginnings)).map(({ id }) => id));
}

try {
  process.exitCode = await refusingBrokenSpecs(() => main(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(`spec-mutation: ${error.message}\nusage: spec-mutation [--area NAME] [--topic AREA/TOPIC] [--shard I/N] [--list]`);
  process.exitCode = 2;
}
