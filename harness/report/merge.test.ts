import { describe, expect, it } from 'vitest';
import { ECHO_HELLO, failure, reportOf, summaryOf } from '../testing/support.ts';
import type { CheckReport } from '../../conformance/contract/check.ts';
import { EXIT, exitCode } from '../core/exit.ts';
import { formatJson, jsonReport, type JsonReport } from './json.ts';
import { MergeError, mergeReports, parseReport } from './merge.ts';

const pass = (id: string): CheckReport => reportOf(id, { verdict: 'pass', cases: 2 });
const fail = (id: string): CheckReport => reportOf(id, { verdict: 'fail', cases: 1, failure: failure() });

function shard(index: number, count: number, reports: readonly CheckReport[], change: Parameters<typeof summaryOf>[1] = {}): JsonReport {
  const summary = summaryOf(reports, change);
  return parseReport(
    formatJson(jsonReport(summary, { version: '0.1.0', revision: 'r', exitCode: EXIT.ok, shard: { index, count }, elapsedMs: 10 * index })),
  );
}

describe('shards', () => {
  const one = shard(1, 2, [pass('contract/hello'), pass('a'), fail('b')], { notRun: ['z'] });
  const two = shard(2, 2, [fail('contract/hello'), pass('c')]);

  it('merge into the run they are parts of, whatever order they come in', () => {
    const merged = mergeReports([two, one]);
    expect(merged.reports.map(({ check, result }) => `${check.id} ${result.verdict}`)).toEqual([
      'contract/hello fail',
      'a pass',
      'b fail',
      'c pass',
    ]);
    expect(merged).toMatchObject({ hello: ECHO_HELLO, seed: 'seed', notRun: ['z'], elapsedMs: 20 });
    expect(merged).toEqual(mergeReports([one, two]));
    expect(exitCode(merged)).toBe(EXIT.failed);
    expect(merged.reports[2]?.result).toMatchObject(fail('b').result);
  });

  it.each([
    ['a missing shard', [one]],
    ['a shard twice', [one, one]],
    ['another count', [one, shard(2, 3, [])]],
    ['another seed', [one, shard(2, 2, [], { seed: 'other' })]],
    ['another implementation', [one, shard(2, 2, [], { hello: { ...ECHO_HELLO, version: '9' } })]],
    ['a check twice', [one, shard(2, 2, [pass('a')])]],
    ['nothing', []],
  ])('are refused with %s', (_, reports) => {
    expect(() => mergeReports(reports)).toThrow(MergeError);
  });

  it('must be reports', () => {
    for (const text of ['', '[]', '{"bench":1}', formatJson({ ...one, seed: 7 } as unknown as JsonReport)])
      expect(() => parseReport(text, 'x.json')).toThrow(/x\.json/);
  });
});
