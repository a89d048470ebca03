/** The built command line, as a user meets it, in a folder of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
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

/** A program that hands its words, its folder and its environment to a socket, and does what comes back. */
const CLIENT = `import { connect } from 'node:net';
const [socket, ...args] = process.argv.slice(2);
const connection = connect(socket);
connection.end(JSON.stringify({ args, folder: process.cwd(), env: process.env }));
let answer = '';
connection.setEncoding('utf8').on('data', (text) => (answer += text));
connection.on('end', () => {
  const { code, out, err } = JSON.parse(answer);
  process.stdout.write(out);
  process.stderr.write(err);
  process.exitCode = code;
});
`;

/** A message as one line, wherever the screen broke it. */
export const unwrapped = (text: string): string => text.replaceAll(/\s+/g, ' ');

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

  /**
   * Runs a script through a shell in which `npx bottlepost` is the command line. It hands its words over to this process,
   * which has read the specification already; what the shell makes of the words, and of the exit code, is real.
   *
   * @param shell the words that start it; the script is added
   */
  async shell(
    script: string,
    { shell = ['sh', '-c'], folder = this.folder, env = {} }: { shell?: readonly string[]; folder?: string; env?: NodeJS.ProcessEnv } = {},
  ): Promise<Ran> {
    const programs = await this.#programs();
    const [program = 'sh', ...words] = shell;
    const child = spawn(program, [...words, script], {
      cwd: folder,
      env: { ...process.env, CI: 'true', NO_COLOR: '1', PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`, ...env },
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  }

  #server: Promise<Server> | undefined;

  /** The folder with `npx`, and with an `npm` that has installed everything. */
  async #programs(): Promise<string> {
    const programs = join(this.folder, 'programs');
    const socket = join(this.folder, 'npx.sock');
    this.#server ??= new Promise((resolve) => {
      mkdirSync(programs, { recursive: true });
      writeFileSync(join(programs, 'npx.mjs'), CLIENT);
      writeFileSync(join(programs, 'npx'), `#!/bin/sh\nshift\nexec '${process.execPath}' '${programs}/npx.mjs' '${socket}' "$@"\n`, {
        mode: 0o755,
      });
      writeFileSync(join(programs, 'npm'), '#!/bin/sh\n[ "$1" = ci ]\n', { mode: 0o755 });
      const server = createServer({ allowHalfOpen: true }, (connection) => {
        let asked = '';
        connection.setEncoding('utf8').on('data', (text: string) => (asked += text));
        connection.on('end', () => {
          const { args, folder, env } = JSON.parse(asked) as { args: string[]; folder: string; env: NodeJS.ProcessEnv };
          void this.#inProcess(args, folder, env).then((ran) => connection.end(JSON.stringify(ran)));
        });
      });
      server.listen(socket, () => {
        resolve(server);
      });
    });
    await this.#server;
    return programs;
  }

  /**
   * The same as `run` without a process of its own, for what is no matter of processes: the specification is loaded once for
   * all the runs of a test file.
   */
  here(...args: string[]): Promise<Ran> {
    return this.#inProcess(args, this.folder, { ...process.env, CI: 'true', NO_COLOR: '1' });
  }

  async #inProcess(args: readonly string[], folder: string, env: NodeJS.ProcessEnv): Promise<Ran> {
    const { main } = await import('../cli/main.ts');
    const before = { folder: process.cwd(), out: process.stdout.write, err: process.stderr.write, env: process.env };
    let [out, err] = ['', ''];
    process.env = { ...env };
    process.chdir(folder);
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
    void this.#server?.then((server) => server.close());
    rmSync(this.folder, { recursive: true, force: true });
  }
}
