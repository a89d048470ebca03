/** `npm run docs`: writes `docs/spec/` from the spec and the vectors; with `--check`, compares bytes and writes nothing. */
import { join } from 'node:path';
import { packageRoot } from '../contract/paths.ts';
import { compareDocs, DOCS_FOLDER, renderDocs, writeDocs } from '../docs/render.ts';
import { refusingBrokenSpecs } from './refusal.ts';

function main(args: readonly string[]): number {
  const unknown = args.filter((a) => a !== '--check');
  if (unknown.length > 0) {
    console.error(`docs: unknown argument ${unknown.join(' ')}\nusage: npm run docs [-- --check]`);
    return 2;
  }
  const root = packageRoot();
  const folder = join(root, DOCS_FOLDER);
  const rendered = renderDocs(root);
  if (!args.includes('--check')) {
    writeDocs(folder, rendered);
    console.log(`${String(rendered.size)} files written below ${DOCS_FOLDER}/.`);
    return 0;
  }
  const faults = compareDocs(folder, rendered);
  if (faults.length > 0) {
    console.error(
      `${DOCS_FOLDER}/ is not what spec/ and vectors/ generate. ` +
        `Run 'npm run docs' and look at the diff.\n${faults.map((f) => `  ${f}`).join('\n')}`,
    );
    return 1;
  }
  console.log(`${String(rendered.size)} files below ${DOCS_FOLDER}/ are what spec/ and vectors/ generate, byte for byte.`);
  return 0;
}

process.exitCode = await refusingBrokenSpecs(() => main(process.argv.slice(2)));
