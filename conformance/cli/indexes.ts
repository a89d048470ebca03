/**
 * `npm run index`: writes the indexes through which areas reach their topics, and what the adapter of the reference knows of
 * the spec; with `--check`, compares and writes nothing.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../contract/paths.ts';
import { compareIndexes, renderIndexes } from '../coverage/floors.ts';
import { renderDeclarations } from '../generate/declarations.ts';
import { SpecReader } from '../spec/loader.ts';
import { refusingBrokenSpecs } from './refusal.ts';

/** What the adapter of the reference reads requests by. */
const DECLARATIONS = 'harness/adapters/reference/declarations.ts';

function main(args: readonly string[]): number {
  const unknown = args.filter((a) => a !== '--check');
  if (unknown.length > 0) {
    console.error(`index: unknown argument ${unknown.join(' ')}\nusage: npm run index [-- --check]`);
    return 2;
  }
  const root = packageRoot();
  const reader = new SpecReader(root);
  const areas = reader.areas().map((area) => reader.area(area));
  const indexes = new Map([...renderIndexes(root, areas), [DECLARATIONS, renderDeclarations(areas)]]);
  if (!args.includes('--check')) {
    for (const [path, text] of indexes) writeFileSync(join(root, path), text);
    console.log(`${String(indexes.size)} indexes written.`);
    return 0;
  }
  const faults = compareIndexes(root, indexes);
  if (faults.length > 0) {
    console.error(`Run 'npm run index' and look at the diff.\n${faults.map((f) => `  ${f}`).join('\n')}`);
    return 1;
  }
  console.log(`${String(indexes.size)} indexes are what spec/ generates.`);
  return 0;
}

process.exitCode = await refusingBrokenSpecs(() => main(process.argv.slice(2)));
