#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// A package holds what was built. A clone is built when it is used first: a script that npm runs would be one for users as well.
if (!existsSync(new URL('../../dist/harness/cli/main.js', import.meta.url))) {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (status !== 0) {
    process.stderr.write("bottlepost: this clone is not built; run 'npm ci' and 'npm run build' in it\n");
    process.exit(4);
  }
}
const { commandLineEntry } = await import('../../dist/harness/cli/entry.js');
const root = new URL('../..', import.meta.url);
const { main, outliveReaders } = await import(new URL(commandLineEntry(fileURLToPath(root)), root));

outliveReaders();
process.exitCode = await main(process.argv.slice(2));
