/**
 * Which file starts the reference as an adapter. A clone has two: the modules as they are built, and the same in one file, which
 * starts in half the time because nothing has to be found. The second one is taken only if it was made of what is there now.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULES = 'dist/harness/adapters/reference/main.js';
const BUNDLE = 'dist/bundle/adapter.mjs';
const BUILT_FROM = 'dist/bundle/built-from.txt';
/** What the compiler notes of each project that the adapter is made of: it changes with every source. */
const NOTES = ['reference', 'contract', 'harness-core', 'harness'].map((project) => `dist/${project}.tsbuildinfo`);

/** Names what is built now; undefined where that cannot be told. */
export function builtFrom(root: string): string | undefined {
  if (!NOTES.every((file) => existsSync(join(root, file)))) return undefined;
  const hash = createHash('sha256');
  for (const file of NOTES) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** The path of the file that starts the reference, below the root. */
export function referenceEntry(root: string): string {
  const note = join(root, BUILT_FROM);
  if (!existsSync(note) || !existsSync(join(root, BUNDLE))) return MODULES;
  return readFileSync(note, 'utf8') === builtFrom(root) ? BUNDLE : MODULES;
}
