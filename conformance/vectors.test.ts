import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from './contract/paths.ts';
import { packVectors, readVectors, vectorFolders } from './vectors.ts';

const root = packageRoot();
const scratch = mkdtempSync(join(tmpdir(), 'bottlepost-packed-'));
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

describe('vectors in a package', () => {
  it('are gzipped, one file per topic, and read like those of a clone', () => {
    cpSync(join(root, 'vectors/e3x'), join(scratch, 'vectors/e3x'), { recursive: true });
    const right = readVectors(scratch);
    const bytes = packVectors(scratch);
    renameSync(join(scratch, 'vectors'), join(scratch, 'elsewhere'));
    expect(vectorFolders(scratch)).toEqual([]);
    expect(existsSync(join(scratch, 'dist/vectors/e3x/token.json.gz'))).toBe(true);
    expect(readVectors(scratch)).toEqual(right);
    const folder = statSync(join(scratch, 'elsewhere/e3x/exchange/exchange.json')).size;
    expect(bytes).toBeLessThan(2 * folder);
  });
  it('are missed if a manifest names a file that does not exist', () => {
    renameSync(join(scratch, 'elsewhere'), join(scratch, 'vectors'));
    rmSync(join(scratch, 'vectors/e3x/token/token.json'));
    expect(() => readVectors(scratch)).toThrow('token.json is missing');
  });
});
