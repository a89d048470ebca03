/**
 * `bottlepost setup LIBRARY`: installs a library that cannot be a dependency of this project, from the registry and with what it
 * needs, into a folder of its own below the current one. Versions and digests are in a lock file beside its adapter.
 */
import { quoted } from '../../conformance/contract/text.ts';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { EXIT } from '../core/exit.ts';
import { complain, say } from './output.ts';

/** What `harness/adapters/e3x/library.cjs` exports. */
export interface LibraryLookup {
  /** The folder into which the library is installed: below the current one. */
  readonly folder: () => string;
  /** Says in a few words how to get the library. */
  readonly MISSING: string;
  /** A `require` from where the library is installed, or undefined. */
  readonly fromThere: () => NodeJS.Require | undefined;
}

/** The libraries that `setup` knows, by name: the folder of the adapter, and the name in the matrix. */
export const LIBRARIES: { readonly [name: string]: { readonly adapter: string; readonly row: string } } = {
  'e3x-js': { adapter: 'harness/adapters/e3x', row: 'e3x-js' },
};

/** Where the library of an adapter is looked for. */
export function lookup(adapter: string): LibraryLookup {
  return createRequire(join(packageRoot(), 'package.json'))(`./${adapter}/library.cjs`) as LibraryLookup;
}

/** The lines of npm that say what is wrong. */
function reasonOf(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.startsWith('npm error') && !/complete log|^npm error *$/.test(line));
  return lines.slice(0, 4).join('\n');
}

/** Returns the exit code: 5 where the library could not be had. */
export function setup(name: string): number {
  const library = Object.hasOwn(LIBRARIES, name) ? LIBRARIES[name] : undefined;
  if (library === undefined) {
    complain(`bottlepost: no library is named ${quoted(name)}. There are: ${Object.keys(LIBRARIES).join(', ')}\n`);
    return EXIT.usage;
  }
  const folder = lookup(library.adapter).folder();
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json'])
    copyFileSync(join(packageRoot(), library.adapter, 'library', file), join(folder, file));
  // `npm ci` takes the versions of the lock file and checks the digests; scripts and compiled parts are left out.
  const flags = ['--prefix', folder, '--ignore-scripts', '--omit=optional', '--prefer-offline', '--no-audit', '--no-fund'];
  const run = spawnSync('npm', ['ci', ...flags, '--fetch-retries=1', '--fetch-retry-mintimeout=1000'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (run.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    if (readdirSync(dirname(folder)).length === 0) rmdirSync(dirname(folder));
    const reason = run.error === undefined ? reasonOf(run.stderr) : `npm could not be started: ${run.error.message}`;
    complain(
      `bottlepost: ${name} could not be installed; nothing was left behind.\n${reason}\n` +
        `It comes from the npm registry or from npm's cache. Without a network, run 'bottlepost setup ${name}' once where there is one,\n` +
        'and copy the folder that it makes. Everything else works without it.\n',
    );
    return EXIT.nothing;
  }
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies?: object };
  const versions = Object.entries(dependencies).map(([dependency, version]) => `${dependency} ${String(version)}`);
  say(
    `Installed: ${versions.join(', ')} in ${relative(process.cwd(), folder)}\n\nNext:\n` +
      `  npx bottlepost matrix --only ${library.row}\n  npx bottlepost cross\n`,
  );
  return EXIT.ok;
}
