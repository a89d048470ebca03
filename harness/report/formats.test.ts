/** Reports for CI systems: what they say of a run, and that an adapter cannot say anything of its own in them. */
import { describe, expect, it } from 'vitest';
import { failure, reportOf, summaryOf } from '../testing/support.ts';
import type { CheckReport } from '../../conformance/contract/check.ts';
import { EXIT, type ExitCode } from '../core/exit.ts';
import { formatBadge } from './badge.ts';
import { formatAnnotations, formatStepSummary } from './github.ts';
import { formatSarif } from './sarif.ts';
import { formatTap } from './tap.ts';

const EVIL = 'x\n::error::made up\nok 9 - forged # SKIP | a | <b> \u001b[2J\u202e 50% `c`';
const REPORTS: readonly CheckReport[] = [
  reportOf('v/pass', { verdict: 'pass', cases: 1 }),
  reportOf('v/fail#1', { verdict: 'fail', cases: 1, failure: failure({ explanation: EVIL }) }),
  reportOf('v/fail2', { verdict: 'fail', cases: 1, failure: failure({}) }),
  reportOf('v/known', { verdict: 'fail', cases: 1, failure: failure({}) }),
  reportOf('v/broken', { verdict: 'broken', cases: 1, what: 'crash', detail: EVIL }, 'TST-MORE-001'),
  reportOf('v/large', { verdict: 'unreachable', cases: 0, reason: EVIL }),
];
const SUMMARY = summaryOf(REPORTS, { internalErrors: [{ check: 'v/bug', message: EVIL }], notRun: ['v/later'] });
const BASELINE = {
  allowed: ['v/known'],
  problems: [{ kind: 'expired' as const, requirement: 'TST-ECHO-001', message: EVIL }],
};
const RAW = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/u;

it('what is decided counts where only the published does in no format', () => {
  const decided = summaryOf([reportOf('v/decided', { verdict: 'fail', cases: 1, failure: failure({ basis: 'decided' }) })]);
  expect(formatTap(decided, undefined, true)).toContain('not ok 1 - v/decided # TODO violates no published clause\n');
  expect(formatTap(decided)).toContain('not ok 1 - v/decided\n');
  expect(formatSarif(decided, { version: '1.2.3' }, { published: true })).toContain('"justification": "violates no published clause"');
  expect(formatAnnotations(decided, undefined, true)).toBe('');
  expect(formatAnnotations(decided)).toContain('::error');
  expect(formatStepSummary(decided, 'PASS', undefined, true)).toContain('| 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 |');
});

describe('TAP', () => {
  const text = formatTap(SUMMARY, BASELINE);
  const tests = text.split('\n').filter((line) => /^(not )?ok /.test(line));
  it('numbers every check, problem and bug, as planned', () => {
    expect(text).toMatch(/^TAP version 14\n1\.\.8\n/);
    expect(tests.map((line) => /^(?:not )?ok (\d+)/.exec(line)?.[1])).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
    expect(tests[1]).toBe('not ok 2 - v/fail\\#1');
    expect(tests[3]).toBe('not ok 4 - v/known # TODO known to the baseline');
    expect(tests[5]).toMatch(/^ok 6 - v\/large # SKIP unreachable: /);
    expect(text).toContain('# not run: v/later');
  });
  it('is forged by nothing that an adapter says', () => {
    expect(text).not.toMatch(RAW);
    expect(text).not.toMatch(/^ok 9/m);
  });
});

describe('SARIF', () => {
  const text = formatSarif(SUMMARY, { version: '1.2.3', textOf: (id) => `text of ${id}` }, { levelOf: () => 'SHOULD' }, BASELINE);
  const log = JSON.parse(text) as { runs: [{ tool: { driver: { rules: { id: string }[] } }; results: Record<string, unknown>[] }] };
  it('has a rule for each clause and a result for each failure', () => {
    const [{ tool, results }] = log.runs;
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(['TST-ECHO-001', 'TST-MORE-001']);
    expect(results.map((result) => [result['ruleId'], result['ruleIndex'], result['level']])).toEqual([
      ['TST-ECHO-001', 0, 'warning'],
      ['TST-ECHO-001', 0, 'warning'],
      ['TST-ECHO-001', 0, 'warning'],
      ['TST-MORE-001', 1, 'warning'],
    ]);
    expect(results.filter((result) => 'suppressions' in result)).toHaveLength(1);
  });
  it('is safe to print', () => {
    expect(text).not.toMatch(RAW);
  });
});

describe('GitHub', () => {
  it("annotates each clause once, and no line is anybody else's", () => {
    const lines = formatAnnotations(SUMMARY, BASELINE).trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^::error title=bottlepost TST-ECHO-001::v\/fail#1: .*%0A.*50%25.*\(\+1 like it\)$/);
    for (const line of lines) expect(line).toMatch(/^::error title=/);
    expect(lines.join('')).not.toMatch(RAW);
  });
  it('shows ten annotations at most', () => {
    const many = Array.from({ length: 30 }, (_, i) =>
      reportOf(`v/${String(i)}`, { verdict: 'fail', cases: 1, failure: failure({ requirement: `TST-ECHO-${String(i)}` }) }),
    );
    expect(formatAnnotations(summaryOf(many)).trimEnd().split('\n')).toHaveLength(10);
  });
  it('writes a page whose tables nothing breaks', () => {
    const page = formatStepSummary(SUMMARY, 'FAIL: it deviates', BASELINE);
    expect(page).toContain('| 1 | 2 | 1 | 1 | 0 | 1 |');
    expect(page).toMatch(/\| TST-ECHO-001 \| 2 \| `v\/fail#1`/);
    expect(page).not.toMatch(RAW);
    expect(page).not.toContain('<b>');
    for (const row of page.split('\n').filter((line) => line.startsWith('| TST'))) expect(row.split('|')).toHaveLength(5);
  });
});

describe('a badge', () => {
  const badge = (reports: readonly CheckReport[], exit: ExitCode): unknown => JSON.parse(formatBadge(summaryOf(reports), exit));
  const passing = REPORTS.slice(0, 1);
  it('is what Shields reads: passed of what applies', () => {
    expect(badge(REPORTS, EXIT.failed)).toEqual({ schemaVersion: 1, label: 'bottlepost', message: '1 / 6', color: 'red' });
    // What is not claimed does not apply; what is known to fail is not shown to be right.
    const unclaimed = reportOf('v/u', { verdict: 'unsupported', cases: 0, reason: 'x' });
    expect(badge([...passing, unclaimed], EXIT.ok)).toMatchObject({ message: '1 / 1', color: 'brightgreen' });
    expect(badge(REPORTS.slice(0, 2), EXIT.ok)).toMatchObject({ message: '1 / 2', color: 'yellowgreen' });
  });
  it('has no number where nothing is known', () => {
    for (const exit of [EXIT.adapter, EXIT.internal, EXIT.nothing, EXIT.interrupted, EXIT.terminated])
      expect(badge(passing, exit), String(exit)).toMatchObject({
        message: expect.stringMatching(/^[a-z ]+$/) as string,
        color: 'lightgrey',
      });
  });
});
