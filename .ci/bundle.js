// Puts into few files what tests and gates start hundreds of times: the adapter of the reference in one, and the command line in one for
// each part of it. They are no part of the package.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { builtFrom, referenceEntry } from '../dist/harness/cli/entry.js';

// Libraries and what all commands share, each apart: else the bundler puts some of them where a command has to load them for nothing.
const groups = [
  { name: 'contract', test: /dist\/conformance\/contract\//, priority: 2 },
  {
    name: (id) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1].replaceAll(/[@/]/g, '-'),
    debugName: 'libraries',
    test: /node_modules/,
    priority: 1,
  },
];

const root = new URL('..', import.meta.url).pathname;
if (!referenceEntry(root).startsWith('dist/bundle/')) {
  rmSync('dist/bundle', { recursive: true, force: true });
  mkdirSync('dist/bundle', { recursive: true });
  const adapter = await rolldown({ input: 'dist/harness/adapters/reference/main.js', platform: 'node', logLevel: 'warn' });
  await adapter.write({ file: 'dist/bundle/adapter.mjs', format: 'esm' });
  const cli = await rolldown({ input: 'dist/harness/cli/main.js', platform: 'node', logLevel: 'warn' });
  await cli.write({
    dir: 'dist/bundle',
    format: 'esm',
    minify: true,
    keepNames: true,
    entryFileNames: 'cli.mjs',
    chunkFileNames: 'cli-[name]-[hash].mjs',
    codeSplitting: { groups },
  });
  const note = builtFrom(root);
  if (note !== undefined) writeFileSync('dist/bundle/built-from.txt', note);
}
