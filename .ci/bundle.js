// Makes one file of the adapter of the reference, for tests and gates that start it hundreds of times. It is no part of the package.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { builtFrom, referenceEntry } from '../dist/harness/cli/entry.js';

const root = new URL('..', import.meta.url).pathname;
if (!referenceEntry(root).startsWith('dist/bundle/')) {
  rmSync('dist/bundle', { recursive: true, force: true });
  mkdirSync('dist/bundle', { recursive: true });
  const bundle = await rolldown({ input: 'dist/harness/adapters/reference/main.js', platform: 'node', logLevel: 'warn' });
  await bundle.write({ file: 'dist/bundle/adapter.mjs', format: 'esm' });
  const note = builtFrom(root);
  if (note !== undefined) writeFileSync('dist/bundle/built-from.txt', note);
}
