/** Spec mutation of every committed vector: exit 0 iff each mutation is noticed, or explained. */
import { parseArgs } from 'node:util';
import { packageRoot } from '../contract/paths.ts';
import { AREA_TOPICS, type AreaTopics } from '../generate/topics.ts';
import { committedCorpus, readSurvivors, survivorFaults } from '../mutants/spec-mutation.ts';
import { ignoringRows, specMutations } from '../mutants/spec-mutations.ts';
import { SpecReader } from '../spec/loader.ts';
import type { AreaSpec } from '../spec/types.ts';

function main(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: { list: { type: 'boolean', default: false }, area: { type: 'string', multiple: true } },
  });
  const root = packageRoot();
  const reader = new SpecReader(root);
  const areas = reader.areas().filter((area) => AREA_TOPICS[area]?.mutation !== undefined);
  const unknown = values.area?.find((area) => !areas.includes(area));
  if (unknown !== undefined) throw new TypeError(`no area '${unknown}' is mutated; there are: ${areas.join(', ')}`);
  const codes = areas
    .filter((area) => values.area?.includes(area) !== false)
    .map((area) => {
      const mutation = AREA_TOPICS[area]?.mutation;
      if (mutation === undefined) return 0;
      console.log(`Area ${area}:`);
      return mutateArea(root, mutation.part(reader.area(area)), mutation, values.list);
    });
  return Math.max(0, ...codes);
}

function mutateArea(root: string, spec: AreaSpec, { survivors: survivorFile }: NonNullable<AreaTopics['mutation']>, list: boolean): number {
  const startedMs = performance.now();
  const corpus = committedCorpus(root, spec);
  if (corpus.faults.length > 0) {
    console.error(
      `The vectors are not those of the spec; run 'npm run vectors' first:\n${corpus.faults
        .slice(0, 20)
        .map((f) => `  ${f}`)
        .join('\n')}`,
    );
    return 1;
  }
  const mutations = specMutations(spec);
  const ids = new Set(mutations.map((m) => m.id));
  if (ids.size !== mutations.length) throw new Error('two mutations have the same id');
  const results = mutations.map((mutation) => corpus.ask(mutation));
  if (list)
    for (const r of results)
      console.log(`${r.id}: ${r.noticedBy === undefined ? 'SURVIVES' : `${r.unanswered ? 'no answer to ' : ''}${r.noticedBy}`}`);

  const file = readSurvivors(root, survivorFile);
  const faults = survivorFaults(results, file);
  console.log(`${'group'.padEnd(12)} mutations  noticed  (without an answer)  survive`);
  for (const group of new Set(results.map((r) => r.group))) {
    const own = results.filter((r) => r.group === group);
    const survive = own.filter((r) => r.noticedBy === undefined).length;
    console.log(
      `${group.padEnd(12)} ${String(own.length).padStart(9)} ${String(own.length - survive).padStart(8)} ${String(own.filter((r) => r.unanswered).length).padStart(20)} ${String(survive).padStart(8)}`,
    );
  }
  const survivors = results.filter((r) => r.noticedBy === undefined).length;
  console.log(
    `${String(results.length)} mutations against ${String(corpus.size)} vectors: ${String(results.length - survivors)} noticed, ${String(survivors)} survive, ${String(file.survivors.reduce((sum, s) => sum + s.mutations.length, 0))} of them explained; ${String(ignoringRows(spec))} rows that ignore an event equal their deletion. ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`,
  );
  if (faults.length > 0) console.log(`\n${String(faults.length)} faults:\n${faults.map((f) => `  ${f}`).join('\n')}`);
  return faults.length === 0 ? 0 : 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(`spec-mutation: ${error.message}\nusage: spec-mutation [--area NAME] [--list]`);
  process.exitCode = 2;
}
