/** `npm run sources -- --seed FILE`: says whether a text that somebody has is the one whose sentences `spec/sources/` lists. */
import { readFileSync } from 'node:fs';
import { packageRoot } from '../contract/paths.ts';
import { areasInOrder } from '../docs/render.ts';
import { SpecReader } from '../spec/loader.ts';
import { readSources, sourceOf, textFaults } from '../spec/sources.ts';
import { refusingBrokenSpecs } from './refusal.ts';

const USAGE = 'usage: npm run sources -- --seed FILE [--seed FILE...]';

function main(args: readonly string[]): number {
  const files = args.flatMap((arg, i) => (i % 2 === 1 && args[i - 1] === '--seed' ? [arg] : []));
  if (files.length === 0 || files.length * 2 !== args.length) {
    console.error(`sources: every argument is a --seed with the path of a text\n${USAGE}`);
    return 2;
  }
  const root = packageRoot();
  const { sources } = readSources(new SpecReader(root), areasInOrder(root));
  let isSame = true;
  for (const file of files) {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      console.error(`sources: ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return 2;
    }
    const source = sourceOf(sources, text);
    const faults = source === undefined ? ['no sentence of it is in spec/sources/'] : textFaults(source, text);
    if (faults.length > 0) isSame = false;
    const count = source?.paragraphs.flat().length ?? 0;
    const isNot = source === undefined ? '' : ` is not ${source.source} at ${source.revision}`;
    console.log(
      faults.length === 0
        ? `${file}: the ${String(count)} sentences of ${source?.source ?? ''}`
        : `${file}${isNot}:\n${faults.map((f) => `  ${f}`).join('\n')}`,
    );
  }
  return isSame ? 0 : 1;
}

process.exitCode = await refusingBrokenSpecs(() => main(process.argv.slice(2)));
