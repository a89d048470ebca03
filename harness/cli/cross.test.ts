/** `bottlepost cross` as a user meets it: a wrong adapter is found in both roles, and nothing is left behind. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CheckReport } from '../../conformance/contract/check.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { serveUdp } from '../core/serve-udp.ts';
import { referenceHandler } from '../adapters/reference/handler.ts';
import { pidFile, summaryOf } from '../testing/support.ts';
import { formatCross, type Crossing } from './cross-matrix.ts';
import { main } from './main.ts';

const root = packageRoot();
/** `name=COMMAND` of an adapter over tweetnacl that is wrong in one way. */
const wrong = (name: string, mode: string, pids = ''): string =>
  `${name}="${process.execPath}" "${join(root, 'harness/testing/wrong-nacl-adapter.mjs')}" ${mode} ${pids}`.trimEnd();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bottlepost-cross-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
/** Runs the command line in this process; starting another for each would cost more than what is tested. */
async function run(...args: string[]): Promise<Ran> {
  const written = { out: '', err: '' };
  const keep =
    (kind: 'out' | 'err') =>
    (text: string | Uint8Array): boolean => {
      written[kind] += String(text);
      return true;
    };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('err')),
  ];
  try {
    const code = await main(args);
    return { code, ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
/** The blocks of failures in an output. */
const failuresIn = (out: string): string[] => out.split(/\n(?= {2}(?:FAIL|BROKEN) )/).slice(1);
const widest = (out: string): number =>
  Math.max(
    ...out
      .split('\n')
      .filter((line) => !line.startsWith('    npx '))
      .map((line) => line.length),
  );

describe('bottlepost cross', { timeout: 300_000 }, () => {
  it('blames an adapter that keys with the raw X25519 result, as producer and as consumer, and says how to see it again', async () => {
    const adapter = wrong('mine', 'raw-x25519');
    const { code, out, err } = await run('cross', '--adapter', adapter, '--only', 'e3x.message/3a', '--repros', folder);
    expect(code).toBe(1);
    const [produced = '', consumed = '', ...more] = failuresIn(out);
    expect(more).toEqual([]); // with itself it gets on well
    expect(produced).toMatch(/FAIL cross\/e3x\.message\/3a\/mine\/reference[\s\S]*blamed: mine, the producer[\s\S]*clause {3}E3X-CS3-003/);
    expect(consumed).toMatch(/FAIL cross\/e3x\.message\/3a\/reference\/mine[\s\S]*blamed: mine, the consumer[\s\S]*clause {3}E3X-CS3-002/);
    expect(consumed).toMatch(/clause {3}E3X-CS3-002[\s\S]*not with the raw X25519/);
    expect(consumed).toContain('The reference answers');
    expect(consumed).toMatch(
      /run again:\n {4}npx bottlepost cross --adapter '?mine\\?=.*' --only cross\/e3x\.message\/3a\/reference\/mine/,
    );
    expect(out).toMatch(/mine +1 +1 P\nreference +1 C +-/);
    expect(out).toContain('FAIL: see above for which deviates');
    expect(widest(out)).toBeLessThanOrEqual(80);
    expect(err).toContain('of 3 checks');
    // The half that is blamed fails by itself, without the other side.
    const [, file = ''] = /npx bottlepost replay (\S+) --stdio/.exec(consumed) ?? [];
    expect((await run('replay', file, '--stdio', adapter.slice('mine='.length))).code).toBe(1);
    expect((await run('replay', file, '--self')).code).toBe(0);
  });
  it('tells a cause once, and names what is like it', async () => {
    const guests = ['--adapter', wrong('mine', 'raw-x25519'), '--adapter', 'own-tweetnacl', '--adapter', 'own-libsodium'];
    const page = join(folder, 'cross.html');
    const { code, out } = await run(
      'cross',
      '--no-repros',
      '--effort',
      '0.2',
      ...guests,
      '--only',
      'e3x.message/3a',
      '--report',
      `html=${page}`,
    );
    expect(code).toBe(1);
    expect(failuresIn(out)).toHaveLength(2);
    expect(out).toMatch(/ {2}\+1 +like it \([^)]*\):\s+cross\/e3x\.message\/3a\/mine\/own-libsodium/);
    // One screen: the flow that fails and no other, no legend of what there is not.
    const screen = out.slice(out.indexOf('from \\ to'));
    expect(screen.split('\n').length).toBeLessThan(24);
    expect(screen).not.toContain('n broken');
    expect(readFileSync(page, 'utf8')).toMatch(
      /data-implementations="\[&quot;mine&quot;,&quot;own-libsodium&quot;,&quot;own-tweetnacl&quot;\]"/,
    );
  });
  it('blames a side that says too much, a token of the wrong key, and one that draws its own randomness and signs wrongly', async () => {
    const { code, out } = await run(
      'cross',
      '--no-repros',
      '--adapter',
      wrong('vain', 'always-verified'),
      '--adapter',
      wrong('token', 'own-token'),
      '--adapter',
      wrong('dice', 'random-wrong'),
      '--only',
      '*message/3a/vain/vain',
      '--only',
      '*token/3a/token/vain',
      '--only',
      '*message/3a/dice/token',
    );
    expect(code).toBe(1);
    expect(out).toMatch(/message\/3a\/vain\/vain[\s\S]*?blamed: vain, the consumer[\s\S]*?E3X-MSG-008/);
    expect(out).toMatch(/message\/3a\/dice\/token[\s\S]*?blamed: dice, the producer[\s\S]*?E3X-CS3-003/);
    expect(out).toMatch(/token\/3a\/token\/vain[\s\S]*?blamed: token, the producer[\s\S]*?E3X-TOK-001/);
    expect(out).toContain('takes no entropy');
  });
  it('gives adapters that crash, hang or fail a verdict, goes on, and leaves no process', async () => {
    const pids = pidFile(onTestFinished);
    const modes = ['crash', 'hang', 'fault'];
    const { code, out } = await run(
      'cross',
      '--no-repros',
      '--full',
      '--timeout',
      '5000',
      ...modes.flatMap((mode) => ['--adapter', wrong(mode, mode, pids.path)]),
      ...modes.flatMap((mode) => ['--only', `*/${mode}/${mode}`]),
    );
    expect(code).toBe(3);
    expect(failuresIn(out).map((block) => block.split('\n')[0])).toEqual(
      ['crash', 'timeout', 'fault'].map((what, at) => `  BROKEN cross/e3x.message/3a/${modes[at] ?? ''}/${modes[at] ?? ''} (${what})`),
    );
    expect(out).toContain("blamed: hang, the consumer's adapter");
    expect(out).toMatch(/e3x\.channel\/3a +3 /); // what comes after is asked of a fresh process
    expect(pids.all().length).toBeGreaterThan(modes.length);
    expect(pids.alive()).toEqual([]);
  });
  it('finds that the bundled libraries interoperate, and reports it for machines', async () => {
    const { code, out } = await run(
      'cross',
      '--adapter',
      'own-tweetnacl',
      '--adapter',
      'own-libsodium',
      '--effort',
      '0.3',
      '--report',
      `json=${join(folder, 'c.json')}`,
      '--report',
      `junit=${join(folder, 'c.xml')}`,
    );
    expect(code).toBe(0);
    expect(out).toMatch(/own-tweetnacl +3 +3\nown-libsodium +3 +3/);
    const schema = (name: string): object => JSON.parse(readFileSync(join(root, `spec/adapter/${name}.schema.json`), 'utf8')) as object;
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema('report'));
    expect(validate(JSON.parse(readFileSync(join(folder, 'c.json'), 'utf8'))), JSON.stringify(validate.errors)).toBe(true);
    expect(readFileSync(join(folder, 'c.xml'), 'utf8')).toContain(
      'classname="bottlepost.cross.E3X-CHP-002" name="cross/e3x.channel/3a/own-tweetnacl/own-libsodium"',
    );
  });
  it.each<[string, string, number, string]>([
    ['nexus.relay/custody/reference/liar/reference', 'nexus.relay.request', 2, 'relay'],
    ['nexus.relay/custody/reference/reference/liar', 'nexus.recipient.object', 2, 'consumer'],
    ['nexus.group/three/liar/reference/reference', 'nexus.group.admin.change', 2, 'producer'],
    ['nexus.payment/ring/reference/liar/reference', 'nexus.payment.settle', 2, 'relay'],
  ])('blames whoever of three deviates: %s, where %s lies', async (ring, operation, nth, blamed) => {
    const liar = `liar="${process.execPath}" "${join(root, 'harness/testing/lying-adapter.mjs')}" ${operation} ${String(nth)} liar events`;
    const { code, out } = await run('cross', '--no-repros', '--adapter', liar, '--only', `cross/${ring}`);
    expect(code).toBe(1);
    expect(out).toContain(`blamed: liar, the ${blamed}`);
    expect(out).toMatch(/of three 1 flow in 1 ring, 0 of which passed/);
  });
  it('still takes --house for --bundled, and does not mention it in the help', async () => {
    const rowOf = async (option: string): Promise<string> => {
      const args = ['--no-repros', '--effort', '0.1', '--adapter', 'own-tweetnacl', '--only', 'e3x.channel/3a'];
      const { code, out } = await run('cross', option, ...args);
      expect(code).toBe(0);
      return /^(?:\(\d\) )?own-libsodium .*$/m.exec(out)?.[0] ?? '';
    };
    const bundled = await rowOf('--bundled');
    expect(bundled).not.toBe('');
    expect(await rowOf('--house')).toBe(bundled);
    expect((await run('cross', '--help')).out).not.toContain('--house');
  });
  it('knows what the baseline of the one that deviates records', async () => {
    const { code, out, err } = await run('cross', '--no-repros', '--full', '--adapter', 'lob-enc', '--only', 'e3x.packet/head');
    expect(code).toBe(0);
    expect(`${out}${err}`).not.toMatch(/FAIL/);
    expect(err).toMatch(/\d+ known/);
    expect(out).toMatch(/lob-enc E3X-[A-Z]{3}-\d{3} +/);
    expect(out).toMatch(/reference +1 known/);
  });
  it.each<[readonly string[], string]>([
    [['--adapter', 'nobody'], 'bottlepost: '],
    [['--adapter', '=x'], 'bottlepost: '],
    [['--adapter', 'a=x', '--adapter', 'a=y'], 'bottlepost: '],
    [['--adapter', 'own-tweetnacl', '--only', 'e3x.mesage/3a'], "Did you mean 'e3x.message/3a'"],
    [['--adapter', 'tweetnac'], "Did you mean 'own-tweetnacl'?"],
    [['--adapter', 'own-tweetnacl', '--baseline', 'z=f'], 'bottlepost: '],
    [['--report', 'pdf=x'], 'html=FILE'],
    [['--report', 'jnuit=x'], "Did you mean 'junit'?"],
    [['--report', 'result.json'], "Did you mean 'json'?"],
    [['--effort', '0'], 'must be a number above 0'],
  ])('answers 2 to %j and says what to do', async (args, said) => {
    const { code, err } = await run('cross', ...args);
    expect(code).toBe(2);
    expect(err.replaceAll(/\s+/g, ' ')).toContain(said); // it is broken at the width of the screen
    expect(err.length).toBeGreaterThan(10);
    expect(err).not.toMatch(/^\s+at /m);
  });
  it('reaches an adapter over UDP', async () => {
    const server = await serveUdp(referenceHandler, 0);
    try {
      const { code, out } = await run(
        'cross',
        '--no-repros',
        '--adapter',
        `far=udp://127.0.0.1:${String(server.port)}`,
        '--only',
        'e3x.base32',
      );
      expect(code).toBe(0);
      expect(out).toMatch(/far +1 +1\nreference +1 +-/);
    } finally {
      await server.close();
    }
    expect((await run('cross', '--adapter', 'far=udp://nowhere')).code).toBe(2);
  });
  it('answers 3 to an adapter that does not start, and 5 if there is nothing in common', async () => {
    const { code, out } = await run('cross', '--adapter', 'mine=no-such-command-anywhere');
    expect(code).toBe(3);
    expect(out).toContain('BROKEN contract/mine (start-failed)');
    const echo = `echo="${process.execPath}" "${join(root, 'harness/testing/misbehaving-adapter.mjs')}" good`;
    const nothing = await run('cross', '--adapter', echo);
    expect(nothing.code).toBe(5);
    expect(nothing.out).toMatch(/needs +e3x\.\S+: one with e3x\.[^\n]+\s+the other\s+with/);
  });
});

describe('the matrix', () => {
  const crossing = (producer: string, consumer: string, verdict: 'pass' | 'fail'): Crossing => {
    const result =
      verdict === 'pass' ? ({ verdict, cases: 1 } as const) : ({ verdict: 'broken', cases: 1, what: 'crash', detail: 'x' } as const);
    const report: CheckReport = {
      check: { id: `cross/f/${producer}/${consumer}`, suite: 'cross', requirement: 'TST-ECHO-001', title: 't', operations: [] },
      result,
      elapsedMs: 1,
    };
    return { flow: 'f', producer, consumer, report, clauses: {}, ...(verdict === 'pass' ? {} : { blame: 'producer' }) };
  };
  it('numbers its columns if the names are too long for the line', () => {
    const names = Array.from({ length: 8 }, (_, at) => `implementation-${String(at)}`);
    const text = formatCross(
      names,
      names.map((name) => crossing(name, name, 'pass')),
      { allowed: new Set(), reasons: new Map(), summary: summaryOf([]), exit: 0 },
    );
    expect(text).toContain('(8) implementation-7');
    expect(widest(text)).toBeLessThanOrEqual(80);
  });
  it('goes on below itself if there are too many columns for the line', () => {
    const names = Array.from({ length: 9 }, (_, at) => `one-${String(at)}`);
    const all = names.flatMap((from) => names.flatMap((to) => Array.from({ length: 12 }, () => crossing(from, to, 'fail'))));
    const text = formatCross(names, all, { allowed: new Set(), reasons: new Map(), summary: summaryOf([]), exit: 3 });
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(text.match(/^from \\ to/gm)).toHaveLength(2);
    expect(text.match(/12 broken/g)).toHaveLength(81);
  });
  it('shows the worst of a cell', () => {
    const text = formatCross(['a', 'b'], [crossing('a', 'b', 'pass'), crossing('a', 'b', 'fail')], {
      allowed: new Set(),
      reasons: new Map(),
      summary: summaryOf([]),
      exit: 3,
    });
    expect(text).toMatch(/\na +- +1 broken\n/);
    expect(text).toContain('BROKEN: an adapter did not start');
  });
});
