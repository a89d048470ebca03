/** What a terminal gets: progress, colours, and lines as wide as it is. */
import { afterEach, describe, expect, it } from 'vitest';
import { atWidth, fitScreen, lineWidth } from '../../conformance/contract/text.ts';
import type { CheckReport } from '../../conformance/contract/check.ts';
import { failure, reportOf } from '../testing/support.ts';
import { formatReport } from './failure.ts';
import { emphasise, hasColours, Progress, type ProgressOptions } from './terminal.ts';

const REPORTS: readonly CheckReport[] = [
  reportOf('v/pass', { verdict: 'pass', cases: 12 }),
  reportOf('v/fail', { verdict: 'fail', cases: 1, failure: failure({ explanation: 'It \u001b[31mdiffers.' }) }),
  reportOf('v/broken', { verdict: 'broken', cases: 1, what: 'crash', detail: 'It\nis gone.' }, 'TST-MORE-001'),
  reportOf('v/unsupported', { verdict: 'unsupported', cases: 0, reason: 'not declared' }, 'TST-MORE-002'),
  reportOf('v/unreachable', { verdict: 'unreachable', cases: 0, reason: 'too large' }, 'TST-MORE-003'),
];

describe('progress', () => {
  const record = (isTTY: boolean, env: Record<string, string> = {}, options: ProgressOptions = {}): string => {
    let written = '';
    const progress = new Progress({ write: (text) => (written += text), isTTY, columns: 40 }, REPORTS.length, { env, ...options });
    for (const report of REPORTS) progress.report(report);
    progress.finish();
    return written;
  };

  it('is plain lines without control characters where there is no terminal', () => {
    for (const text of [record(false), record(true, { CI: 'true' })]) {
      expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      expect(text).toContain('FAIL v/fail');
      expect(text).toContain('5 of 5 checks, 1 pass, 1 fail, 1 broken, 1 unsupported, 1 unreachable\n');
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  it('counts what a baseline records and does not show it', () => {
    const text = record(false, {}, { label: 'echo', isKnown: ({ check }) => check.id === 'v/fail' });
    expect(text).not.toContain('FAIL');
    expect(text).toContain('BROKEN v/broken');
    expect(text).toContain('echo: 5 of 5 checks, 1 pass, 1 known, 1 broken, 1 unsupported, 1 unreachable\n');
  });

  it('rewrites one line on a terminal, in colour unless NO_COLOR', () => {
    expect(record(true)).toContain('\r\u001b[K\u001b[31mFAIL\u001b[39m v/fail');
    const plain = record(true, { NO_COLOR: '1', FORCE_COLOR: '1' });
    expect(plain).toContain('\r\u001b[KFAIL v/fail');
    expect(plain).not.toContain('\u001b[31m');
    expect(record(false, { FORCE_COLOR: '1' })).toContain('\u001b[31mFAIL\u001b[39m v/fail');
    expect(record(false, { FORCE_COLOR: '0' })).toContain('FAIL v/fail');
  });

  it('has a bar with the time left, within the width of the terminal', async () => {
    const written: string[] = [];
    const progress = new Progress({ write: (text) => written.push(text), isTTY: true, columns: 100 }, 100, { env: {}, label: 'echo' });
    for (let n = 0; n < 50; n++) {
      progress.report(reportOf(`v/${String(n)}`, { verdict: 'pass', cases: 1 }));
      if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 110));
    }
    progress.report(REPORTS[1] ?? reportOf('x', { verdict: 'pass', cases: 1 }));
    progress.finish();
    const lines = written.flatMap((text) => text.split(/[\r\n]|\u001b\[[0-9]*[A-Z]/)).filter((line) => line !== '');
    for (const line of lines) expect(line.length, line).toBeLessThan(100);
    expect(lines.filter((line) => /^echo: \[=+-+\] \d+%, \d+s left, \d+ of 100 checks, \d+ pass/.test(line))).not.toEqual([]);
    // The bar stands below what was printed, is drawn again after it, and is gone at the end.
    const fail = written.findIndex((text) => text.includes('FAIL v/fail'));
    expect(written.slice(fail + 1).join('')).toMatch(/echo: \[/);
    expect(written.at(-1)).toMatch(/\u001b\[2K$/);
    expect(written.join('')).not.toMatch(/\u001b[78]/);
  });
});

describe('colours', () => {
  it('are for a terminal, unless the environment says otherwise', () => {
    expect(hasColours({ isTTY: true }, {})).toBe(true);
    for (const env of [{ NO_COLOR: '1' }, { NO_COLOR: '1', FORCE_COLOR: '3' }, { TERM: 'dumb' }, { CI: 'true' }, { FORCE_COLOR: '0' }])
      expect(hasColours({ isTTY: true }, env), JSON.stringify(env)).toBe(false);
    expect(hasColours({}, {})).toBe(false);
    expect(hasColours({}, { FORCE_COLOR: '1', CI: 'true' })).toBe(true);
    expect(hasColours({ isTTY: true }, { NO_COLOR: '' })).toBe(true);
  });
  it('mark how something ended, and no other word of the text', () => {
    const text = ['', '  FAIL v/x', '  why    FAIL: not at the start', 'PASS: all', 'FAILURES', 'NOTHING RAN: none', ''].join('\n');
    const painted = emphasise(text);
    expect(painted.replaceAll(/\u001b\[\d+m/g, '')).toBe(text);
    expect(painted.match(/\u001b\[(?:31|32|33)m[A-Z ]+/g)).toEqual(['\u001b[31mFAIL', '\u001b[32mPASS', '\u001b[33mNOTHING RAN']);
  });
});

describe('the width of a line', () => {
  afterEach(() => fitScreen(() => undefined));
  const report = reportOf('v/long', { verdict: 'fail', cases: 1, failure: failure({ explanation: 'word '.repeat(100) }) });
  const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
  it('is that of the screen, 80 where nobody knows it', () => {
    expect(widest(formatReport(report))).toBeGreaterThan(75);
    expect(widest(formatReport(report))).toBeLessThanOrEqual(80);
    for (const columns of [60, 132]) {
      fitScreen(() => columns);
      expect(widest(formatReport(report))).toBeGreaterThan(columns - 5);
      expect(widest(formatReport(report))).toBeLessThanOrEqual(columns);
    }
    fitScreen(() => 0);
    expect(widest(formatReport(report))).toBeLessThanOrEqual(80);
  });
  it('of a file is its own, also where formatting fails', () => {
    fitScreen(() => 132);
    expect(atWidth(80, () => widest(formatReport(report)))).toBeLessThanOrEqual(80);
    expect(() =>
      atWidth(80, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(lineWidth()).toBe(132);
  });
});
