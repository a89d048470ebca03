/** The built command line, as a user meets it, in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { packageRoot } from '../../conformance/contract/paths.ts';

const root = packageRoot();
/** The program. */
export const bin: string = join(root, 'harness/cli/bottlepost.js');
/** Command of an adapter that misbehaves in one way. */
export const misbehaving = (mode: string): string =>
  `"${process.execPath}" "${join(root, 'harness/testing/misbehaving-adapter.mjs')}" ${mode}`;
/** Command of the adapter over the hashname library. */
export const hashname: string = `"${process.execPath}" "${join(root, 'harness/adapters/hashname/adapter.cjs')}"`;

/** What a command left behind. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs commands in a folder, which `remove` takes away. */
export class CommandLine {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'bottlepost-cli-'));

  run(...args: string[]): Ran {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
      encoding: 'utf8',
      cwd: this.folder,
      env: { ...process.env, CI: 'true', NO_COLOR: '1' },
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** Runs a line that was printed, through a shell in which `npx bottlepost` is the built program. */
  shell(line: string): { readonly status: number | null; readonly stdout: string } {
    const programs = join(this.folder, 'programs');
    mkdirSync(programs, { recursive: true });
    writeFileSync(join(programs, 'npx'), `#!/bin/sh\nshift\nexec '${process.execPath}' '${bin}' "$@"\n`, { mode: 0o755 });
    const env = { ...process.env, CI: 'true', NO_COLOR: '1', PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` };
    return spawnSync('sh', ['-c', line], { encoding: 'utf8', cwd: this.folder, env });
  }

  /**
   * The same without a process of its own, for what is no matter of processes: the specification is loaded once for all the
   * runs of a test file.
   */
  async here(...args: string[]): Promise<Ran> {
    const { main } = await import('../cli/main.ts');
    const before = { folder: process.cwd(), out: process.stdout.write, err: process.stderr.write, env: { ...process.env } };
    let [out, err] = ['', ''];
    Object.assign(process.env, { CI: 'true', NO_COLOR: '1' });
    process.chdir(this.folder);
    process.stdout.write = (text: string | Uint8Array) => ((out += String(text)), true);
    process.stderr.write = (text: string | Uint8Array) => ((err += String(text)), true);
    try {
      const code = await main(args);
      return { code, out, err };
    } finally {
      Object.assign(process.stdout, { write: before.out });
      Object.assign(process.stderr, { write: before.err });
      process.chdir(before.folder);
      process.env = before.env;
    }
  }

  /** An adapter in a few lines that answers what the test says, so that each fault is one on purpose. */
  adapter(name: string, body: string, operations: readonly string[], profiles: readonly string[] = []): string {
    const file = join(this.folder, `${name}.mjs`);
    const limits = { lineBytes: 4194304 };
    const hello = { name, version: '1', language: 'JavaScript', protocol: 1, operations, profiles, deterministic: true, limits };
    writeFileSync(
      file,
      `import { createInterface } from 'node:readline';
  const hello = ${JSON.stringify(hello)};
  createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, op, params } = JSON.parse(line);
    const reply = (body) => process.stdout.write(JSON.stringify({ id, ...body }) + '\\n');
    if (op === 'hello') return reply({ ok: hello });
    if (!hello.operations.includes(op)) return reply({ unsupported: true });
    ${body}
  });
  `,
    );
    return `"${process.execPath}" "${file}"`;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
