/** `bottlepost matrix` as a user meets it: what is known is counted, and the end is one screen. */
import { afterAll, describe, expect, it } from 'vitest';
import { atWidth } from '../../conformance/contract/text.ts';
import { failure, reportOf, summaryOf } from '../testing/support.ts';
import { CommandLine, type Ran } from '../testing/cli.ts';
import { EXIT } from '../core/exit.ts';
import { PLAIN_NAMES } from '../report/names.ts';
import {
  formatByRequirement,
  formatFailuresOf,
  formatMatrixNext,
  formatMatrixVerdict,
  formatScreen,
  type MatrixRun,
} from './matrix-screen.ts';

const cli = new CommandLine();
afterAll(() => cli.remove());
const run = (...args: string[]): Ran => cli.run('matrix', ...args);
const COLUMNS = 80;
const ROWS = 24;
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

describe('bottlepost matrix', () => {
  it('counts known failures and shouts none', () => {
    const { code, out, err } = run('--only', 'hashname', '--only', 'lob-enc');
    expect(code).toBe(0);
    expect(`${out}${err}`).not.toMatch(/FAIL|BROKEN/);
    expect(err).toMatch(/hashname: \d+ of \d+ checks, \d+ pass, \d+ known\n/);
    expect(out).toMatch(/pass +known +not reached +fail\n/);
    expect(out).toMatch(/ {2}hashname +\d+ +\d+ +\. +\.\n/);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^PASS: /);
    expect(widest(out)).toBeLessThanOrEqual(COLUMNS);
  });
  it('prints the matrix by requirement with --full, and the verdict alone with --quiet', () => {
    expect(run('--only', 'hashname', '--full').out).toMatch(/\nE3X-HSN-007 +known\n[\s\S]*ok: all its checks pass[\s\S]*PASS: /);
    const quiet = run('--only', 'hashname', '--quiet');
    expect(quiet).toMatchObject({ code: 0, err: '' });
    expect(quiet.out).toMatch(/^PASS: [^\n]*\n$/);
  });
  it('knows the names of implementations', () => {
    expect(run('--only', 'no-such')).toMatchObject({ code: 2, err: expect.stringContaining('lob-enc') as string });
  });
});

/** The longest name of a topic. */
const LONG_NAMES = { ...PLAIN_NAMES, topicOf: () => 'interpeer/establishment' };

describe('the screen of the matrix', () => {
  const reports = [
    reportOf('a/pass', { verdict: 'pass', cases: 1 }, 'TST-ONE-001'),
    reportOf('a/known', { verdict: 'fail', cases: 1, failure: failure() }, 'TST-ONE-002'),
    reportOf('a/new', { verdict: 'fail', cases: 1, failure: failure() }, 'TST-TWO-001'),
    reportOf('a/far', { verdict: 'unreachable', cases: 0, reason: 'too large' }, 'TST-TWO-002'),
  ];
  const green: MatrixRun = { name: 'green', summary: summaryOf(reports.slice(0, 1)), exit: EXIT.ok, baseline: undefined };
  const red: MatrixRun = { name: 'red', summary: summaryOf(reports), exit: EXIT.failed, baseline: { allowed: ['a/known'], problems: [] } };

  it('has a line for each topic in which something fails that is not known', () => {
    expect(formatScreen([green, red], [{ name: 'gone', reason: 'it is not installed' }], PLAIN_NAMES).split('\n')).toEqual([
      '',
      '                   pass  known not reached fail',
      '  green               1      .           .    .',
      '  red                 1      1           1    1',
      '    TST-TWO           .      .           1    1',
      '  gone          not run: it is not installed',
      '',
      '',
    ]);
    expect(formatFailuresOf(green, () => undefined)).toBe('');
    const told = formatFailuresOf(red, () => undefined);
    expect(told).toContain('FAIL a/new');
    expect(told).not.toContain('a/known');
    expect(formatMatrixVerdict([green, red], EXIT.failed)).toBe('FAIL (exit 1): red\n');
    expect(formatMatrixNext([green, red])).toMatch(/^next: [^\n]*:\n {8}npx bottlepost matrix --only red --full\n/);
    expect(formatMatrixNext([green])).toBe('');
  });
  it('fits a terminal of 24 lines where all is as known, however many there are', () => {
    const nine = Array.from({ length: 9 }, (_, n): MatrixRun => ({ ...green, name: `implementation-${String(n)}` }));
    const skipped = [{ name: 'gone', reason: 'x '.repeat(60) }];
    const screen = formatFailuresOf(green, () => undefined) + formatScreen(nine, skipped, PLAIN_NAMES) + formatMatrixVerdict(nine, EXIT.ok);
    expect(screen.split('\n').length).toBeLessThan(ROWS);
    expect(widest(screen)).toBeLessThanOrEqual(COLUMNS);
  });
  it('fits 60 columns, as the help does', async () => {
    const own: MatrixRun = { ...green, name: 'own-libsodium', baseline: { allowed: ['a'], problems: [] } };
    const narrow = atWidth(
      60,
      () =>
        [
          formatScreen([own, red], [{ name: 'gone', reason: 'x '.repeat(60) }], LONG_NAMES),
          formatByRequirement(['TST-ONE-001'], [own]),
        ].join('') + formatMatrixVerdict([own], EXIT.ok),
    );
    expect(widest(narrow)).toBeLessThanOrEqual(60);
    const columns = Object.getOwnPropertyDescriptor(process.stdout, 'columns');
    const isTTY = Object.getOwnPropertyDescriptor(process.stdout, 'isTTY');
    Object.defineProperty(process.stdout, 'columns', { value: 60, configurable: true });
    Object.defineProperty(process.stdout, 'isTTY', { value: true, configurable: true });
    try {
      for (const command of [['--help'], ['verify', '--help'], ['cross', '--help']]) {
        const { out } = await cli.here(...command);
        expect(out).toContain('Exit codes:');
        expect(widest(out), out).toBeLessThanOrEqual(60);
      }
    } finally {
      for (const [name, before] of [
        ['columns', columns],
        ['isTTY', isTTY],
      ] as const)
        if (before === undefined) Reflect.deleteProperty(process.stdout, name);
        else Object.defineProperty(process.stdout, name, before);
    }
  });
  it('names what each implementation does with a requirement', () => {
    const text = formatByRequirement(['TST-ONE-001', 'TST-ECHO-001', 'TST-TWO-002', 'TST-NOT-001'], [green, red]);
    expect(text).toMatch(/TST-ONE-001 +ok +ok\n/);
    expect(text).toMatch(/TST-ECHO-001 +- +FAIL\n/);
    expect(text).toMatch(/TST-TWO-002 +- +size\n/);
    expect(text).toMatch(/TST-NOT-001 +- +-\n/);
    const nine = Array.from({ length: 9 }, (_, n): MatrixRun => ({ ...green, name: `implementation-${String(n)}` }));
    const wide = formatByRequirement(['TST-ONE-001'], nine);
    expect(wide).toContain('(9) implementation-8');
    expect(widest(wide)).toBeLessThanOrEqual(COLUMNS);
  });
});
