/**
 * `npm run vectors`: writes `vectors/` from the spec; with `--check`, compares bytes and writes nothing; `--topic` for some
 * topics alone, `--twins` for the twins of refused requests by clause.
 */
import { parseArgs } from 'node:util';
import { REGISTRY } from '../areas.ts';
import { packageRoot } from '../contract/paths.ts';
import { topicsMeant } from '../contract/topic-name.ts';
import { expandFile, MANIFEST, type TopicManifest, type WrittenFile } from '../vectors.ts';
import { makeShared, makeTopics, topicNames } from '../generate/shares.ts';
import { compareVectors, VectorError, writeVectors } from '../generate/vectors.ts';
import { validateVectors } from '../generate/schema.ts';
import { countTwins, TWIN_KINDS, twinTable, unshownFaults, type TopicTwinCount, type TwinCount } from '../generate/twins/counts.ts';
import { SpecReader } from '../spec/loader.ts';
import { refusingBrokenSpecs } from './refusal.ts';

async function main(args: readonly string[]): Promise<number> {
  const root = packageRoot();
  const { values } = parseArgs({
    args: [...args],
    options: { check: { type: 'boolean' }, twins: { type: 'boolean' }, topic: { type: 'string', multiple: true } },
  });
  const reader = new SpecReader(root);
  const specs = reader.areas().map((area) => reader.area(area));
  const names = topicNames(specs);
  const only = values.topic && new Set(topicsMeant(values.topic, names));
  const { incomplete, generated } =
    only?.size === 1
      ? await makeTopics(REGISTRY, reader, only)
      : await makeShared(
          new URL('./vectors-thread.js', import.meta.url),
          root,
          names.filter((name) => only?.has(name) !== false),
        );
  if (incomplete.length > 0) {
    console.error(`The spec is not complete:\n${incomplete.map((f) => `  ${f}`).join('\n')}`);
    return 1;
  }
  const invalid = validateVectors(root, generated);
  if (invalid.length > 0) {
    console.error(`Generated vectors break their own schema:\n${invalid.map((f) => `  ${f}`).join('\n')}`);
    return 1;
  }
  const manifests = [...generated].filter(([name]) => name.endsWith(`/${MANIFEST}`)).map(([, text]) => JSON.parse(text) as TopicManifest);
  const files = manifests.flatMap((manifest) => manifest.files);
  for (const name of only ?? [])
    if (!manifests.some(({ area, topic, files: own }) => `${area}/${topic}` === name && own.length > 0))
      console.error(`${name} has no vectors: its data generates none, and conformance/${name}/vectors.ts adds none.`);
  const count = files.reduce((sum, f) => sum + f.vectors, 0);
  const counts = countTwins(
    [...generated].filter(([name]) => !name.endsWith(`/${MANIFEST}`)).map(([, text]) => expandFile(JSON.parse(text) as WrittenFile)),
  );
  printTwins(counts, values.twins === true);
  const unshown =
    only === undefined
      ? unshownFaults(
          counts,
          specs.flatMap((spec) => spec.requirements),
        )
      : [];
  if (unshown.length > 0) {
    console.error(`Clauses that a refusal without a reason does not show:\n${unshown.map((f) => `  ${f}`).join('\n')}`);
    return 1;
  }
  if (values.check !== true) {
    writeVectors(root, generated, only);
    console.log(`${String(count)} vectors written in ${String(files.length)} files.`);
    return 0;
  }
  const faults = compareVectors(root, generated, only);
  if (faults.length > 0) {
    console.error(
      "vectors/ is not what the spec generates. Run 'npm run vectors' and look at the diff.\n" +
        `${faults.map((f) => `  ${f}`).join('\n')}`,
    );
    return 1;
  }
  console.log(`${String(count)} vectors in ${String(files.length)} files are what the spec generates, byte for byte.`);
  return 0;
}

/** Prints how many refused requests have which twin: in all, or by topic and clause. */
function printTwins(counts: readonly TopicTwinCount[], isWhole: boolean): void {
  if (isWhole) {
    const rows = counts.flatMap(({ topic, clauses, ...count }) => [
      { name: topic, ...count },
      ...Object.entries(clauses).map(([clause, own]) => ({ name: `  ${clause}`, ...own })),
    ]);
    for (const [name = '', ...cells] of twinTable(rows)) console.log(`${name.padEnd(24)}${cells.map((cell) => cell.padStart(8)).join('')}`);
  }
  const sum = (of: (count: TwinCount) => number): string => String(counts.reduce((all, count) => all + of(count), 0));
  const kinds = TWIN_KINDS.map((kind) => `${kind} ${sum((count) => count.kinds[kind])}`);
  console.log(`Twins of ${sum(({ refused }) => refused)} refused requests: ${kinds.join(', ')}.`);
}

try {
  process.exitCode = await refusingBrokenSpecs(() => main(process.argv.slice(2)));
} catch (error) {
  if (error instanceof TypeError) {
    console.error(`vectors: ${error.message}\nusage: npm run vectors [-- --check] [--topic AREA/TOPIC]`);
    process.exitCode = 2;
  } else if (error instanceof VectorError) {
    console.error(`vectors: ${error.message}`);
    process.exitCode = 1;
  } else throw error;
}
