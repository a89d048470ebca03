/** The adapter over e3x-js: what it does where the library is not installed, what it hands over, and what it locks. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../conformance/contract/paths.ts';
import { committedVectors } from '../../../conformance/vectors.ts';

const root = packageRoot();
const here = join(root, 'harness/adapters/e3x');
const library = createRequire(join(here, 'library.cjs'))('./library.cjs') as { fromThere: () => unknown };

function ask(
  lines: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): { status: number | null; replies: unknown[]; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(here, 'adapter.cjs')], {
    input: lines.map((line) => `${line}\n`).join(''),
    encoding: 'utf8',
    env,
  });
  const replies = stdout
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
  return { status, replies, stderr };
}

describe('the adapter over e3x-js', () => {
  it('says how to get the package if it is missing, and answers nothing', () => {
    const empty = mkdtempSync(join(tmpdir(), 'bottlepost-'));
    const { status, replies, stderr } = ask([], { ...process.env, E3X_JS_DIR: empty });
    rmSync(empty, { recursive: true });
    expect({ status, replies }).toEqual({ status: 1, replies: [] });
    expect(stderr).toContain("'npx bottlepost setup e3x-js' installs it");
    expect(stderr).toContain('docs/guides/e3x-js.md');
  });
  // Anyone who has the package sees here that its randomness is in the bench's hands, for each cipher set.
  it.skipIf(library.fromThere() === undefined)('seals byte for byte where it is', () => {
    const vectors = committedVectors().files.flatMap((file) => file.vectors);
    const steps = ['1a', '2a', '3a'].map((csid) => {
      const step = vectors.find(({ id }) => id === `e3x.message.seal/${csid}/inner-64`)?.steps[0];
      if (step === undefined) throw new Error(`no vector for ${csid}`);
      return step;
    });
    const { replies } = ask(steps.map(({ operation, params }, id) => JSON.stringify({ id, op: operation, params })));
    expect(replies).toEqual(steps.map((step, id) => ({ id, ...step.expect })));
  });
  it('is installed from packages of fixed versions and digests, and from no repository', () => {
    const lock = JSON.parse(readFileSync(join(here, 'library/package-lock.json'), 'utf8')) as {
      packages: { [path: string]: { version?: string; integrity?: string; resolved?: string; dependencies?: object } };
    };
    const { dependencies } = JSON.parse(readFileSync(join(here, 'library/package.json'), 'utf8')) as { dependencies: object };
    const { '': top, ...packages } = lock.packages;
    expect(top?.dependencies).toEqual(dependencies);
    expect(Object.keys(packages)).toContain('node_modules/e3x');
    for (const [path, { version, integrity, resolved }] of Object.entries(packages))
      expect({ path, version, integrity, resolved }).toEqual({
        path,
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as unknown,
        integrity: expect.stringMatching(/^sha512-/) as unknown,
        resolved: undefined,
      });
  });
});

describe('the clock of the host', () => {
  /** Runs a program against `host.cjs`, in a process of its own, whose clock and timers are replaced. */
  const run = (program: string): unknown => {
    const source = `const { Clock } = require(${JSON.stringify(join(here, 'host.cjs'))}); const told = [];
      (async () => { Clock.install(); ${program} ; process.stdout.write(JSON.stringify(told)); })();`;
    return JSON.parse(spawnSync(process.execPath, ['-e', source], { encoding: 'utf8' }).stdout);
  };
  it('is that of the session that is called, and stands still in between', () => {
    expect(
      run(`const [a, b] = [new Clock(), new Clock()];
        await a.at(1000, () => told.push(Date.now()));
        await b.at(5000, () => told.push(Date.now()));
        await a.at(1000, () => told.push(Date.now()));`),
    ).toEqual([1000, 5000, 1000]);
  });
  it('fires what is due in the order in which it is due, at the time of the call, and only for its session', () => {
    expect(
      run(`const [a, b] = [new Clock(), new Clock()];
        const tell = (name) => told.push([name, Date.now()]);
        await a.at(1000, () => { setTimeout(tell, 500, 'late'); setTimeout(tell, 200, 'early'); });
        await b.at(1000, () => setTimeout(() => told.push('other'), 100));
        told.push(a.timeoutAt);
        await a.at(1199, () => a.fire());
        await a.at(2000, () => a.fire());
        told.push(a.timeoutAt ?? null, b.timeoutAt);`),
    ).toEqual([1200, ['early', 2000], ['late', 2000], null, 1100]);
  });
  it('forgets a timer that is cleared, and fires one that a timer sets when it is due', () => {
    expect(
      run(`const a = new Clock();
        let timer;
        const tell = (name) => told.push(name);
        await a.at(0, () => { timer = setTimeout(tell, 10, 'cleared'); setTimeout(() => setTimeout(tell, 10, 'again'), 10); });
        await a.at(5, () => clearTimeout(timer));
        await a.at(15, () => a.fire());
        told.push(a.timeoutAt);
        await a.at(25, () => a.fire());`),
    ).toEqual([25, 'again']);
  });
});
