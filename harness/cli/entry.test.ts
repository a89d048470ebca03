import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { builtFrom, commandLineEntry, referenceEntry } from './entry.ts';

const root = mkdtempSync(join(tmpdir(), 'bottlepost-entry-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const put = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const MODULES = ['dist/harness/adapters/reference/main.js', 'dist/harness/cli/main.js'];
const BUNDLES = ['dist/bundle/adapter.mjs', 'dist/bundle/cli.mjs'];
const PROJECTS = ['reference', 'contract', 'conformance', 'harness-core', 'harness'];
const entries = (): string[] => [referenceEntry(root), commandLineEntry(root)];

describe('the file that starts the reference, and that of the command line', () => {
  it('is that of the modules where there is nothing else, as in a package', () => {
    expect(entries()).toEqual(MODULES);
    expect(builtFrom(root)).toBeUndefined();
  });
  it('is the one file as long as that is made of what is built, and the modules again after any other build', () => {
    for (const project of PROJECTS) put(`dist/${project}.tsbuildinfo`, project);
    for (const bundle of BUNDLES) put(bundle, '');
    put('dist/bundle/built-from.txt', builtFrom(root) ?? '');
    expect(entries()).toEqual(BUNDLES);
    for (const project of PROJECTS) {
      put(`dist/${project}.tsbuildinfo`, 'another');
      expect(entries(), project).toEqual(MODULES);
      put(`dist/${project}.tsbuildinfo`, project);
    }
    expect(entries()).toEqual(BUNDLES);
  });
});
