/**
 * No adapter fools the bench or ends it: each misbehaviour through the real command line, with the verdict that
 * `docs/guides/misbehaviour.md` promises for it.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { referenceHandler } from '../adapters/reference/handler.ts';
import { serveUdp } from '../core/serve-udp.ts';
import { bin, CommandLine, unwrapped } from '../testing/cli.ts';
import { lossyProxy } from '../testing/lossy-proxy.ts';

const cli = new CommandLine();
const { folder } = cli;
afterAll(() => cli.remove());

/** What a command left behind; others run at the same time. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
/** In this process, which has read the specification already. */
const run = (args: readonly string[]): Promise<Ended> => cli.here(...args);
/** In a process of its own, where that is the point. */
function start(
  args: readonly string[],
  { shell, kill, kills = 1 }: { readonly shell?: string; readonly kill?: NodeJS.Signals; readonly kills?: number },
): Promise<Ended> {
  const env = { ...process.env, CI: 'true', NO_COLOR: '1' };
  const words = [process.execPath, bin, ...args];
  const child =
    shell === undefined
      ? spawn(words[0] ?? '', words.slice(1), { cwd: folder, env })
      : spawn('bash', ['-c', shell, 'bash', ...words], { cwd: folder, env });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  let sent = 0;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    // The second one when the first was heard: it ends the run without its reports.
    if (kill === undefined || sent >= kills || !(sent === 0 ? /of \d+ checks/ : /a\s+second\s+signal/).test(err)) return;
    sent += 1;
    child.kill(kill);
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

const ENCODE = 'e3x.base32.encode';
const RIGHT = `
    const bits = [...Buffer.from(params.bytes, 'hex')].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const letter = (five) => 'abcdefghijklmnopqrstuvwxyz234567'[parseInt(five.padEnd(5, '0'), 2)];
    const text = (bits.match(/.{1,5}/g) ?? []).map(letter).join('');`;
const right = (name: string, more = '', profiles: readonly string[] = []): string =>
  cli.adapter(name, `${RIGHT} ${more} reply({ ok: { text } });`, [ENCODE], profiles);
const on = (adapter: string, ...more: string[]): string[] => [
  'verify',
  '--stdio',
  adapter,
  '--only',
  `${ENCODE}/*`,
  '--no-repros',
  ...more,
];
const report = (
  name: string,
): { file: string; read(): { exitCode: number; results: { id: string; verdict: string; detail?: string }[] } } => {
  const file = join(folder, `${name}.json`);
  return { file, read: () => JSON.parse(readFileSync(file, 'utf8')) as ReturnType<ReturnType<typeof report>['read']> };
};
const verdictOf = (from: ReturnType<typeof report>, id: string): string | undefined =>
  from.read().results.find((result) => result.id === id)?.verdict;
/** Text on which a terminal or a CI system would act. */
const ACTED_UPON = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]|^\s*::|##\[|##vso\[/mu;

describe.concurrent('what was measured is printed and written', () => {
  it('`| head -1` does not change the exit code of the run and its report is written', async () => {
    const wrong = cli.adapter('wrong', "reply({ ok: { text: 'x' } });", [ENCODE]);
    const json = report('head');
    const { out } = await start(on(wrong, '--report', `json=${json.file}`), { shell: '"$@" 2>&1 | head -1; echo "exit ${PIPESTATUS[0]}"' });
    expect(out).toContain('exit 1');
    expect(json.read().exitCode).toBe(1);
    // Nor that of other commands, which print as they go.
    for (const [command, code] of [
      [['smoke', '--stdio', wrong], 1],
      [['cross', '--adapter', 'mine=/no/such/program', '--no-repros', '--report', `json=${json.file}`], 3],
    ] as const)
      expect((await start(command, { shell: '"$@" 2>&1 | head -1; echo "exit ${PIPESTATUS[0]}"' })).out).toContain(`exit ${String(code)}`);
    expect(json.read().exitCode).toBe(3);
  });
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('after %s', async (signal, code) => {
    const json = report(signal);
    const slow = right(`slow-${signal}`, 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);');
    const ended = await start(on(slow, '--jobs', '1', '--report', `json=${json.file}`), { kill: signal });
    expect(ended.code).toBe(code);
    expect(ended.out).toMatch(/NOT RUN/);
    expect(json.read().exitCode).toBe(code);
    expect(json.read().results.some(({ id, verdict }) => id.startsWith(ENCODE) && verdict === 'pass')).toBe(true);
    expect(json.read().results.filter(({ verdict }) => verdict === 'broken')).toEqual([]);
  });
  it('but not after a second signal, which ends the run at once', async () => {
    const json = report('twice');
    const slow = right('slow-twice', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);');
    const ended = await start(on(slow, '--jobs', '1', '--report', `json=${json.file}`), { kill: 'SIGINT', kills: 2 });
    expect(ended.code).toBe(130);
    expect(unwrapped(ended.err)).toContain('a second signal ends it without them');
    expect(ended.out).not.toMatch(/NOT RUN/);
    expect(existsSync(json.file)).toBe(false);
  });
  it('on a full disk the run says so and does not count as passed', async () => {
    if (!existsSync('/dev/full')) return;
    const { code, err } = await start(on(right('full')), { shell: '"$@" > /dev/full' });
    expect(code).toBe(4);
    expect(err).toContain('ENOSPC');
  });
});

it('a current folder that is gone, or in which nothing can be written, is said and ends nothing', async () => {
  const args = ['verify', '--self', '--only', `${ENCODE}/*`];
  const gone = await start(args, { shell: 'mkdir gone && cd gone && rmdir ../gone && exec "$@"' });
  expect(gone).toMatchObject({ code: 2, out: '', err: expect.stringContaining('the current folder is gone') as string });
  // A file in the way, since nothing keeps the superuser from writing into a folder.
  const full = await start(args, { shell: 'mkdir full && cd full && touch .bottlepost && exec "$@"' });
  expect(full.code).toBe(2);
  expect(unwrapped(full.err)).toMatch(/\.bottlepost\/repros.*cannot be written/);
});

it('a report that cannot be written is named, and the others are', async () => {
  if (!existsSync('/dev/full')) return;
  const json = report('whole');
  const { code, err } = await run(on(right('unwritten'), '--report', 'tap=/dev/full', '--report', `json=${json.file}`));
  expect(code).toBe(4);
  expect(err).toContain('/dev/full');
  expect(json.read().exitCode).toBe(0);
});

describe('files are checked before the run', () => {
  const touched = join(folder, 'started');
  const starts = cli.adapter('starts', '', [ENCODE]).replace(/^("[^"]*") /, `"/bin/sh" -c 'touch "${touched}"; exec $0' `);
  mkdirSync(join(folder, 'a-folder'));
  writeFileSync(join(folder, 'a-file'), 'x');
  it.each([
    ['a baseline that is not there', ['--baseline', 'nowhere.yaml'], /--baseline nowhere\.yaml: cannot be read/],
    ['a baseline that is a folder', ['--baseline', 'a-folder'], /it is a folder/],
    ['a report that is a folder', ['--report', 'json=a-folder'], /--report json= a-folder: cannot be written/],
    ['a report below a file', ['--report', 'junit=a-file/x.xml'], /a-file\/x\.xml/],
    ['a new baseline below a file', ['--write-baseline', 'a-file/x.yaml'], /--write-baseline/],
    ['repros below a file', ['--repros', 'a-file/x'], /--repros a-file\/x/],
  ])('%s', async (_, options, message) => {
    const { code, err } = await run(['verify', '--stdio', starts, '--only', `${ENCODE}/*`, ...options]);
    expect(code).toBe(2);
    expect(unwrapped(err)).toMatch(message);
    expect(existsSync(touched)).toBe(false);
  });
});

describe('an adapter gains nothing', () => {
  it('by a reply nested 100,000 deep', async () => {
    const json = report('deep');
    const deep = `
      const nested = '['.repeat(1e5) + ']'.repeat(1e5);
      if (params.bytes === '66') return process.stdout.write('{"id":' + id + ',"ok":{"text":' + nested + '}}\\n');`;
    const { code } = await run(on(right('deep', deep), '--report', `json=${json.file}`));
    expect(code).toBe(3);
    expect(json.read().results.find(({ id }) => id === `${ENCODE}/rfc4648-f`)).toMatchObject({ verdict: 'broken' });
    expect(JSON.stringify(json.read())).toContain('ADP-043');
    expect(verdictOf(json, `${ENCODE}/rfc4648-fo`)).toBe('pass');
  });
  it('by calling its replies too large', async () => {
    const escapes = cli.adapter('escapes', "reply({ fault: 'reply-too-large' });", [ENCODE]);
    const { code, out } = await run(on(escapes));
    expect(code).toBe(3);
    expect(out).toContain('ADP-010');
  });
  it('by claiming a profile that does not exist', async () => {
    const { code, out } = await run(on(right('claims', '', ['e3x-everything'])));
    expect(code).toBe(3);
    expect(out).toContain('ADP-045');
    expect(out).toContain('e3x-everything');
  });
  it('by writing after a good reply, in a crossing too', async () => {
    const chatty = right('chatty', "setImmediate(() => process.stdout.write('done\\n'));");
    expect((await run(on(chatty))).code).toBe(3);
    const crossed = await run(['cross', '--adapter', `chatty=${chatty}`, '--no-repros', '--only', '*']);
    expect(crossed.code).not.toBe(0);
  });
  it.each([
    ['process.exit(9)', 'exit code 9'],
    ['process.abort()', 'SIGABRT'],
  ])('by ending with %s once its input is closed', async (end, said) => {
    const name = `ends-${said.replace(/\W/g, '-')}`;
    const ends = right(name);
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nprocess.stdin.on('end', () => ${end});\n`);
    const { code, out } = await run(on(ends));
    expect(code).toBe(3);
    expect(out).toContain('ADP-044');
    expect(out).toContain(said);
  });
  it('by children that leave its process group', async () => {
    if (process.platform !== 'linux') return;
    const pid = join(folder, 'stray.pid');
    const stray = right('stray');
    writeFileSync(
      join(folder, 'stray.mjs'),
      `import { spawn } from 'node:child_process';\nimport { writeFileSync } from 'node:fs';\n` +
        `writeFileSync(${JSON.stringify(pid)}, String(spawn('sleep', ['300'], { detached: true, stdio: 'ignore' }).pid));\n` +
        readFileSync(join(folder, 'stray.mjs'), 'utf8'),
    );
    await run(on(stray));
    expect(existsSync(`/proc/${readFileSync(pid, 'utf8')}/exe`)).toBe(false);
  });
});

describe('right but slow', () => {
  it('passes, however long the requests of a check take together', async () => {
    // Each answer takes a good part of the time of a request; a generated check has many.
    const slow = right('slow-but-right', 'await new Promise((resolve) => setTimeout(resolve, 40));');
    writeFileSync(
      join(folder, 'slow-but-right.mjs'),
      readFileSync(join(folder, 'slow-but-right.mjs'), 'utf8').replace("'line', (line) =>", "'line', async (line) =>"),
    );
    const { code, out } = await run(on(slow, '--timeout', '300'));
    expect(code, out).toBe(0);
    expect(out).toContain('PASS');
  });
  it('passes over a link that loses half of all datagrams', async () => {
    const server = await serveUdp(referenceHandler, 0);
    const link = await lossyProxy(server.port, { loss: 0.5 });
    const address = `127.0.0.1:${String(link.port)}`;
    const ended = await run(['verify', '--udp', address, '--only', `${ENCODE}/rfc4648-*`, '--no-repros']);
    link.close();
    await server.close();
    expect(ended.code, ended.out).toBe(0);
  });
});

describe('nothing from outside is printed raw', () => {
  const EVIL = 'x\\n::error::made up\\nPASS: everything\\u001b[2J\\u009b31m\\u202e##[error]##vso[task.complete]';
  it('not a fault, a detail, a value, a line that is not a reply, nor standard error', async () => {
    const json = report('evil');
    const command = cli.adapter(
      'evil',
      `const evil = '${EVIL}';
       const how = { '': () => reply({ fault: evil }), 66: () => reply({ reject: { class: 'malformed', detail: evil } }),
         '666f': () => reply({ ok: { text: evil } }), '666f6f': () => process.stdout.write(evil + '\\n'),
         '666f6f62': () => { process.stderr.write(evil); process.exit(1); } };
       return how[params.bytes]?.() ?? reply({ fault: evil });`,
      [ENCODE],
    );
    const reports = ['--report', `json=${json.file}`, '--report', `junit=${json.file}.xml`];
    const { out, err } = await run(['verify', '--stdio', command, '--only', `${ENCODE}/rfc4648-*`, ...reports, '--timeout', '900']);
    expect(out.match(/made up/g)?.length).toBeGreaterThan(5);
    expect(out + err).not.toMatch(ACTED_UPON);
    expect(out).not.toMatch(/^PASS/m);
    for (const written of [json.file, `${json.file}.xml`])
      expect(readFileSync(written, 'utf8')).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/u);
  });
  it('a name: it is refused', async () => {
    const named = cli.adapter('named', '', [ENCODE]);
    writeFileSync(join(folder, 'named.mjs'), readFileSync(join(folder, 'named.mjs'), 'utf8').replace('"name":"named"', `"name":"${EVIL}"`));
    for (const args of [['smoke', '--stdio', named], on(named)]) {
      const { code, out, err } = await run(args);
      expect(code).toBe(3);
      expect(out + err).not.toMatch(ACTED_UPON);
      expect(out).not.toMatch(/^PASS/m);
    }
  });
  it('bytes being inspected, files being replayed', async () => {
    const hex = Buffer.from('\u0000\u0012{"a":"\u001b[2J\u202e"}').toString('hex');
    expect((await run(['inspect', hex])).out).not.toMatch(ACTED_UPON);
    writeFileSync(join(folder, 'evil.json'), JSON.stringify({ format: '\u001b[2J\n::error::x' }));
    const { code, err } = await run(['replay', 'evil.json', '--self']);
    expect(code).toBe(2);
    expect(err).not.toMatch(ACTED_UPON);
  });
});

describe('what an adapter says costs little', () => {
  it('one that never starts costs one message', async () => {
    const json = report('never');
    const { code, out } = await run(['verify', '--stdio', '/no/such/program', '--report', `json=${json.file}`]);
    expect(code).toBe(3);
    expect(out.split('\n').length).toBeLessThan(30);
    expect(out.match(/no\/such\/program/g)?.length).toBeLessThan(5);
    expect(json.read().results.filter(({ verdict }) => verdict === 'broken')).toHaveLength(1);
  });
  it('faults and values of megabytes are cut', async () => {
    const json = report('long');
    const long = cli.adapter('long', "reply({ fault: 'x'.repeat(3e6) });", [ENCODE]);
    const { out } = await run(on(long, '--report', `json=${json.file}`));
    expect(out.length).toBeLessThan(100_000);
    expect(readFileSync(json.file, 'utf8').length).toBeLessThan(1_000_000);
  });
});

describe('no file ends the bench', () => {
  it.each([
    ['init __proto__', ['init', '__proto__', 'kit']],
    ['merge of a folder', ['merge', '.']],
    ['merge of what is nested', ['merge', 'nested.json']],
    ['replay of what is nested', ['replay', 'nested.json', '--self']],
    ['replay of a step that is not a request', ['replay', 'step.json', '--self']],
    ['inspect of a megabyte', ['inspect', '--as', 'chunks', '-']],
  ])('%s', async (_, args) => {
    writeFileSync(join(folder, 'nested.json'), '['.repeat(1e5) + ']'.repeat(1e5));
    const step = { operation: 'e3x.packet.decode', params: { packet: 'no hex' }, expected: { kind: 'reject', class: 'truncated' } };
    const head = { format: 'bottlepost-repro', version: 1, check: 'x', requirement: 'E3X-LOB-001', seed: 's', exactClass: true };
    writeFileSync(join(folder, 'step.json'), JSON.stringify({ ...head, steps: [step] }));
    writeFileSync(join(folder, 'big.hex'), '01aa00'.repeat(350_000));
    const { code, err } = await (args.includes('-') ? start(args, { shell: '"$@" < big.hex' }) : run(args));
    expect(code).toBe(2);
    expect(err).toMatch(/^bottlepost: /m);
  });
});

it('input that never ends is not read for ever', async () => {
  const { code, err } = await start(['inspect', '-'], { shell: 'yes 00ff | "$@"' });
  expect(code).toBe(2);
  expect(unwrapped(err)).toMatch(/^bottlepost: more than 1048576 characters on standard input/);
});
it('input that ends is taken apart up to a bound, whatever it is said to be', async () => {
  const chunks = join(folder, 'chunks.hex');
  writeFileSync(chunks, '01ff00'.repeat(30_000));
  const { code, err } = await start(['inspect', '--as', 'chunks', '-'], { shell: `"$@" < ${chunks}` });
  expect(code).toBe(2);
  expect(unwrapped(err)).toContain('90000 bytes; at most 65536 are taken apart at once.');
});

it('two implementations in one folder keep their repros apart, and a whole run replaces those of earlier ones', async () => {
  const wrong = (name: string, answer: string): string => cli.adapter(name, `reply({ ok: { text: '${answer}' } });`, [ENCODE]);
  const verify = (command: string, ...more: string[]): Promise<Ended> => run(['verify', '--stdio', command, '--repros', 'kept', ...more]);
  const of = (name: string): string[] => readdirSync(join(folder, 'kept', `${name}-1`));
  await verify(wrong('one', 'x'), '--only', `${ENCODE}/rfc4648-*`);
  await verify(wrong('two', 'y'), '--only', `${ENCODE}/rfc4648-f`);
  const many = of('one').length;
  expect(many).toBeGreaterThan(2);
  expect(of('two')).toHaveLength(1);
  // The repetition of one failure leaves the others where the first run said they are.
  await verify(wrong('one', 'x'), '--only', `${ENCODE}/rfc4648-f`);
  expect(of('one')).toHaveLength(many);
  writeFileSync(join(folder, 'kept/one-1/gone.json'), '{}');
  await verify(wrong('one', 'x'));
  expect(of('one')).not.toContain('gone.json');
});

it('a selection that matches nothing of what is claimed ends with a message, and with the adapter', async () => {
  const { code, err } = await run(['verify', '--stdio', right('claims-little', '', ['e3x-hashnames']), '--only', 'E3X-RTR-*']);
  expect(code).toBe(2);
  expect(unwrapped(err)).toContain('matches nothing within the profiles');
});
