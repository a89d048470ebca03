import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT } from '../core/exit.ts';
import { CommandLine } from '../testing/cli.ts';

const cli = new CommandLine();
afterAll(() => cli.remove());

/** Runs `setup` with a program in place of npm that does what `script` says in the folder of the library. */
async function setupWith(script: string, ...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const programs = join(cli.folder, 'programs');
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, 'npm'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(programs, 'npm'), 0o755);
  const before = process.env['PATH'];
  process.env['PATH'] = `${programs}${delimiter}${before ?? ''}`;
  try {
    return await cli.here('setup', ...args);
  } finally {
    process.env['PATH'] = before;
  }
}

describe.skipIf(process.platform === 'win32')('bottlepost setup', () => {
  it('installs what the lock file names, without scripts, where the matrix looks for it', async () => {
    const folder = join(cli.folder, '.libraries/e3x-js');
    const npm = 'echo "$@" > asked; mkdir -p node_modules/e3x; echo "module.exports = {}" > node_modules/e3x/index.js';
    const { code, out } = await setupWith(npm, 'e3x-js');
    expect(code).toBe(EXIT.ok);
    expect(out).toContain('Installed: e3x 0.2.3 in .libraries/e3x-js');
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toMatch(/^ci .*--ignore-scripts --omit=optional/);
    expect(existsSync(join(folder, 'package-lock.json'))).toBe(true);
    const before = process.cwd();
    process.chdir(cli.folder);
    try {
      const { lookup } = await import('./setup.ts');
      expect(lookup('harness/adapters/e3x').fromThere()).toBeDefined();
    } finally {
      process.chdir(before);
    }
  });
  it('says what is wrong and what to do where it cannot be had, and leaves nothing behind', async () => {
    const npm = 'echo "npm error code ENOTFOUND" >&2; echo "npm error A complete log of this run" >&2; mkdir node_modules; exit 1';
    const { code, err } = await setupWith(npm, 'e3x-js');
    expect(code).toBe(EXIT.nothing);
    expect(err).toContain('e3x-js could not be installed; nothing was left behind.\nnpm error code ENOTFOUND\nIt comes from');
    expect(err).not.toContain('complete log');
    expect(existsSync(join(cli.folder, '.libraries'))).toBe(false);
  });
  it('knows no other library', async () => {
    expect(await cli.here('setup', 'e3xjs')).toMatchObject({
      code: EXIT.usage,
      err: expect.stringContaining('There are: e3x-js') as string,
    });
  });
});
