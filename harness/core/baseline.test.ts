import { describe, expect, it } from 'vitest';
import { failure, reportOf, summaryOf } from '../testing/support.ts';
import {
  applyBaseline,
  type Baseline,
  BaselineError,
  fingerprint,
  formatBaseline,
  parseBaseline,
  proposeBaseline,
  updateBaseline,
} from './baseline.ts';
import type { CheckReport } from '../../conformance/contract/check.ts';
import { EXIT, exitCode } from './exit.ts';

const TODAY = '2026-03-01';
const pass = (id: string, requirement?: string): CheckReport => reportOf(id, { verdict: 'pass', cases: 1 }, requirement);
const fail = (id: string, change: Parameters<typeof failure>[0] = {}): CheckReport =>
  reportOf(id, { verdict: 'fail', cases: 1, failure: failure(change) });
const broken = reportOf('d', { verdict: 'broken', cases: 1, what: 'crash', detail: 'gone' }, 'TST-MORE-001');

const RED = [fail('a'), fail('b'), pass('c'), broken];

function baselineFor(reports: readonly CheckReport[], change: Partial<Baseline['entries'][number]> = {}): Baseline {
  const proposed = proposeBaseline(summaryOf(reports), TODAY);
  return { ...proposed, entries: proposed.entries.map((entry) => ({ ...entry, ...change })) };
}

function problems(reports: readonly CheckReport[], baseline: Baseline, today = TODAY): string[] {
  return applyBaseline(summaryOf(reports), baseline, today).problems.map(({ kind }) => kind);
}

describe('a baseline', () => {
  it('that was proposed allows exactly the run it was proposed for', () => {
    const summary = summaryOf(RED);
    const baseline = proposeBaseline(summary, TODAY);
    expect(baseline.implementation).toBe('echo');
    expect(baseline.entries.map(({ requirement, expires }) => [requirement, expires])).toEqual([
      ['TST-ECHO-001', '2026-05-30'],
      ['TST-MORE-001', '2026-05-30'],
    ]);
    const result = applyBaseline(summary, baseline, TODAY);
    expect(result).toEqual({ allowed: ['a', 'b', 'd'], problems: [] });
    expect([exitCode(summary), exitCode(summary, result)]).toEqual([EXIT.failed, EXIT.ok]);
  });

  it('survives its file', () => {
    const baseline = {
      ...baselineFor(RED),
      entries: [
        {
          ...baselineFor(RED).entries[0],
          requirement: 'TST-ECHO-001',
          check: ['a', 'b*'],
          reason: 'x: "y"',
          expires: TODAY,
          fingerprint: '000000000000',
        },
      ],
    };
    expect(parseBaseline(formatBaseline(baseline))).toEqual(baseline);
  });

  it('that is updated keeps reasons, dates and checks of entries that stay, and names the reasons that are missing', () => {
    const entry = { reason: 'as tracked', expires: '2020-01-01', fingerprint: '000000000000' };
    const before: Baseline = {
      implementation: 'echo',
      entries: [
        { requirement: 'TST-ECHO-001', check: ['a'], ...entry },
        { requirement: 'TST-GONE-001', ...entry },
      ],
    };
    const update = updateBaseline(before, summaryOf(RED), TODAY);
    expect(update.baseline.entries).toMatchObject([
      { requirement: 'TST-ECHO-001', check: ['a'], reason: 'as tracked', expires: '2020-01-01' },
      { requirement: 'TST-ECHO-001', expires: '2026-05-30' },
      { requirement: 'TST-MORE-001', expires: '2026-05-30' },
    ]);
    const added = ['TST-ECHO-001', 'TST-MORE-001'];
    expect(update).toMatchObject({ added, changed: ['TST-ECHO-001'], removed: ['TST-GONE-001'], wanting: added });
    expect(applyBaseline(summaryOf(RED), update.baseline, '2019-12-31')).toEqual({ allowed: ['a', 'b', 'd'], problems: [] });
    expect(updateBaseline(update.baseline, summaryOf(RED), TODAY)).toMatchObject({
      baseline: update.baseline,
      added: [],
      changed: [],
      removed: [],
    });
  });

  it('fails on an unexpected pass', () => {
    const green = [pass('a'), pass('b'), pass('c')];
    const result = applyBaseline(summaryOf(green), baselineFor([fail('a')]), TODAY);
    expect(result.problems).toMatchObject([
      { kind: 'unexpected-pass', message: expect.stringMatching(/all 3 of its checks pass\. Remove the entry/) as string },
    ]);
    expect(exitCode(summaryOf(green), result)).toBe(EXIT.failed);
  });

  it('fails on one of several passing or one more failing, with the new fingerprint', () => {
    for (const reports of [
      [fail('a'), pass('b')],
      [fail('a'), fail('b'), fail('c')],
    ]) {
      const result = applyBaseline(summaryOf(reports), baselineFor([fail('a'), fail('b')]), TODAY);
      expect(result.allowed).toEqual([]);
      const failing = reports.filter((report) => report.result.verdict === 'fail');
      expect(result.problems).toMatchObject([
        { kind: 'changed', message: expect.stringContaining(`fingerprint: ${fingerprint(failing)}`) as string },
      ]);
    }
  });

  it.each([
    ['the member', { member: 'other' }],
    ['the kind got', { got: { kind: 'reject', class: 'x' } as const }],
    ['the class expected', { expected: { kind: 'reject', class: 'y' } as const }],
  ])('fails when %s of a failure changes', (_, change) => {
    expect(problems([fail('a', change)], baselineFor([fail('a')]))).toEqual(['changed']);
  });

  it('does not mind other values and texts of the same deviation', () => {
    expect(
      problems(
        [fail('a', { explanation: 'Else.', got: { kind: 'ok', value: { value: '77' } }, params: { value: '78' }, shrinks: 4 })],
        baselineFor([fail('a')]),
      ),
    ).toEqual([]);
  });

  it('fails when it expires, the day after', () => {
    const baseline = baselineFor([fail('a')], { expires: '2026-03-01' });
    expect(problems([fail('a')], baseline, '2026-03-01')).toEqual([]);
    expect(problems([fail('a')], baseline, '2026-03-02')).toEqual(['expired']);
  });

  it('fails on entries that match nothing', () => {
    expect(
      problems([fail('a')], {
        implementation: 'echo',
        entries: [
          ...baselineFor([fail('a')]).entries,
          { requirement: 'TST-NONE-001', reason: 'r', expires: TODAY, fingerprint: '000000000000' },
        ],
      }),
    ).toEqual(['unmatched']);
    expect(problems([fail('a')], baselineFor([fail('a')], { check: 'z/*' }))).toEqual(['unmatched']);
    expect(problems([reportOf('a', { verdict: 'unsupported', cases: 0, reason: 'r' })], baselineFor([fail('a')]))).toEqual(['unmatched']);
  });

  it('says when a check now fails on another clause', () => {
    const result = applyBaseline(summaryOf([fail('a', { requirement: 'TST-OTHER-002' })]), baselineFor([fail('a')]), TODAY);
    expect(result.problems).toMatchObject([{ kind: 'changed', message: expect.stringContaining('TST-OTHER-002') as string }]);
  });

  it('can be narrowed to checks by id and glob, and allows no other', () => {
    const reports = [fail('v/a.1'), fail('v/a.2'), fail('v/b.1')];
    const narrowed = baselineFor([fail('v/a.1'), fail('v/a.2')], { check: 'v/a.*' });
    expect(applyBaseline(summaryOf(reports), narrowed, TODAY)).toEqual({ allowed: ['v/a.1', 'v/a.2'], problems: [] });
    expect(exitCode(summaryOf(reports), applyBaseline(summaryOf(reports), narrowed, TODAY))).toBe(EXIT.failed);
    // A dot in a glob is a dot.
    expect(problems([fail('v/ax1')], baselineFor([fail('v/ax1')], { check: 'v/a.1' }))).toEqual(['unmatched']);
  });

  it('is of one implementation', () => {
    const result = applyBaseline(summaryOf([fail('a')]), { ...baselineFor([fail('a')]), implementation: 'another' }, TODAY);
    expect(result).toMatchObject({ allowed: [], problems: [{ kind: 'implementation' }] });
  });

  it.each([
    ['', 'object'],
    ['entries: []', 'implementation'],
    ['implementation: x\nentries: [{ requirement: A-B-001, reason: r, expires: 2026-13-01, fingerprint: "000000000000" }]', '2026-13-01'],
    ['implementation: x\nentries: [{ requirement: A-B-001, reason: r, expires: 2026-02-30, fingerprint: "000000000000" }]', '2026-02-30'],
    [
      'implementation: x\nentries: [{ requirement: A-B-001, reason: "", expires: 2026-02-03, fingerprint: "000000000000" }]',
      '/entries/0/reason',
    ],
    [
      'implementation: x\nentries: [{ requirement: A-B-001, reason: r, expires: 2026-02-03, fingerprint: "000000000000", skip: true }]',
      '"skip"',
    ],
    ['implementation: [', 'baseline'],
  ])('is refused where malformed: %j', (text, message) => {
    expect(() => parseBaseline(text)).toThrow(BaselineError);
    expect(() => parseBaseline(text)).toThrow(message);
  });
});

describe('exit codes', () => {
  it('count under --published what breaks a published clause, a missing operation and a broken adapter, and nothing else', () => {
    const decided = fail('a', { basis: 'decided' });
    const contested = fail('b', { basis: 'contested' });
    expect([decided, contested].map((report) => exitCode(summaryOf([report])))).toEqual([EXIT.failed, EXIT.failed]);
    expect(exitCode(summaryOf([decided, contested]), undefined, true)).toBe(EXIT.ok);
    expect(exitCode(summaryOf([decided, fail('c')]), undefined, true)).toBe(EXIT.failed);
    expect(exitCode(summaryOf([fail('a', { basis: 'decided', got: { kind: 'unsupported' } })]), undefined, true)).toBe(EXIT.failed);
    expect(exitCode(summaryOf([decided, broken]), undefined, true)).toBe(EXIT.adapter);
    // What is published is not hidden by what is decided and came first.
    const both = reportOf('a', { verdict: 'fail', cases: 1, failure: failure({ basis: 'decided' }), others: [failure()] });
    expect(exitCode(summaryOf([both]), undefined, true)).toBe(EXIT.failed);
  });
  it.each([
    [[pass('a')], EXIT.ok],
    [[fail('a'), broken], EXIT.failed],
    [[pass('a'), broken], EXIT.adapter],
    [[reportOf('a', { verdict: 'unsupported', cases: 0, reason: 'r' })], EXIT.nothing],
    [[], EXIT.nothing],
  ])('of run %#', (reports, code) => {
    expect(exitCode(summaryOf(reports))).toBe(code);
    expect(exitCode(summaryOf(reports, { internalErrors: [{ check: 'x', message: 'm' }] }))).toBe(EXIT.internal);
  });
});
