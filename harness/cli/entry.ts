/**
 * Which file starts the reference as an adapter, and which the command line. A clone has two of each: the modules as they are built,
 * and the same in few files, which start in half the time because nothing has to be found. These are taken only if they were made
 * of what is there now.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULES = 'dist/harness/adapters/reference/main.js';
const BUNDLE = 'dist/bundle/adapter.mjs';
const CLI_MODULES = 'dist/harness/cli/main.js';
const CLI_BUNDLE = 'dist/bundle/cli.mjs';
const BUILT_FROM = 'dist/bundle/built-from.txt';
/** What the compiler notes of each project that they are made of: it changes with every source. */
const NOTES = ['reference', 'contract', 'conformance', 'harness-core', 'harness'].map((project) => `dist/${project}.tsbuildinfo`);

/** Names what is built now; undefined where that cannot be told. */
export function builtFrom(root: string): string | undefined {
  if (!NOTES.every((file) => existsSync(join(root, file)))) return undefined;
  const hash = createHash('sha256');
  for (const file of NOTES) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** The path of the file that starts the reference, below the root. */
export function referenceEntry(root: string): string {
  return isOfThisBuild(root, BUNDLE) ? BUNDLE : MODULES;
}

/** The path of the file that has the command line, below the root. */
export function commandLineEntry(root: string): string {
  return isOfThisBuild(root, CLI_BUNDLE) ? CLI_BUNDLE : CLI_MODULES;
}

function isOfThisBuild(root: string, bundle: string): boolean {
  const note = join(root, BUILT_FROM);
  return existsSync(note) && existsSync(join(root, bundle)) && readFileSync(note, 'utf8') === builtFrom(root);
}
