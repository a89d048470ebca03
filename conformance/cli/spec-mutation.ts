/** Spec mutation of every committed vector: exit 0 iff each mutation is noticed, or explained. */
import { packageRoot } from '../../harness/core/paths.ts';
import { AREA_TOPICS, type AreaTopics } from '../generate/topics.ts';
import { committedCorpus, readSurvivors, survivorFaults } from '../mutants/spec-mutation.ts';
import { ignoringRows, specMutations } from '../mutants/spec-mutations.ts';
import { SpecReader } from '../spec/loader.ts';
import type { AreaSpec } from '../spec/types.ts';

function main(args: readonly string[]): number {
  if (args.some((arg) => arg !== '--list')) {
    console.error('usage: spec-mutation [--list]');
    return 2;
  }
  const root = packageRoot();
  const reader = new SpecReader(root);
  const codes = reader.areas().map((area) => {
    const mutation = AREA_TOPICS[area]?.mutation;
    return mutation === undefined ? 0 : mutateArea(root, mutation.part(reader.area(area)), mutation, args.includes('--list'));
  });
  return Math.max(0, ...codes);
}

function mutateArea(root: string, spec: AreaSpec, { survivors: survivorFile }: NonNullable<AreaTopics['mutation']>, list: boolean): number {
  const startedMs = performance.now();
  const corpus = committedCorpus(root, spec);
  if (corpus.faults.length > 0) {
    console.error(`The vectors are not those of the spec; run 'npm run vectors' first:\n${corpus.faults.slice(0, 20).map((f) => `  ${f}`).join('\n')}`);
    return 1;
  }
  const mutations = specMutations(spec);
  const ids = new Set(mutations.map((m) => m.id));
  if (ids.size !== mutations.length) throw new Error('two mutations have the same id');
  const results = mutations.map((mutation) => corpus.ask(mutation));
  if (list) for (const r of results) console.log(`${r.id}: ${r.noticedBy === undefined ? 'SURVIVES' : `${r.unanswered ? 'no answer to ' : ''}${r.noticedBy}`}`);

  const file = readSurvivors(root, survivorFile);
  const faults = survivorFaults(results, file);
  console.log(`${'group'.padEnd(12)} mutations  noticed  (without an answer)  survive`);
  for (const group of new Set(results.map((r) => r.group))) {
    const own = results.filter((r) => r.group === group);
    const survive = own.filter((r) => r.noticedBy === undefined).length;
    console.log(`${group.padEnd(12)} ${String(own.length).padStart(9)} ${String(own.length - survive).padStart(8)} ${String(own.filter((r) => r.unanswered).length).padStart(20)} ${String(survive).padStart(8)}`);
  }
  const survivors = results.filter((r) => r.noticedBy === undefined).length;
  console.log(`${String(results.length)} mutations against ${String(corpus.size)} vectors: ${String(results.length - survivors)} noticed, ${String(survivors)} survive, ${String(file.survivors.reduce((sum, s) => sum + s.mutations.length, 0))} of them explained; ${String(ignoringRows(spec))} rows that ignore an event equal their deletion. ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
  if (faults.length > 0) console.log(`\n${String(faults.length)} faults:\n${faults.map((f) => `  ${f}`).join('\n')}`);
  return faults.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
