import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { builtFrom, referenceEntry } from './entry.ts';

const root = mkdtempSync(join(tmpdir(), 'bottlepost-entry-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const put = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const MODULES = 'dist/harness/adapters/reference/main.js';

describe('the file that starts the reference', () => {
  it('is the modules where there is nothing else, as in a package', () => {
    expect(referenceEntry(root)).toBe(MODULES);
    expect(builtFrom(root)).toBeUndefined();
  });
  it('is the one file as long as that is made of what is built, and the modules again after any other build', () => {
    for (const project of ['reference', 'contract', 'harness-core', 'harness']) put(`dist/${project}.tsbuildinfo`, project);
    put('dist/bundle/adapter.mjs', '');
    put('dist/bundle/built-from.txt', builtFrom(root) ?? '');
    expect(referenceEntry(root)).toBe('dist/bundle/adapter.mjs');
    for (const project of ['reference', 'contract', 'harness-core', 'harness']) {
      put(`dist/${project}.tsbuildinfo`, 'another');
      expect(referenceEntry(root), project).toBe(MODULES);
      put(`dist/${project}.tsbuildinfo`, project);
    }
    expect(referenceEntry(root)).toBe('dist/bundle/adapter.mjs');
  });
});
