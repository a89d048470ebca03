/** JUnit XML as the schema of what Jenkins and GitLab read, `harness/testing/junit.xsd`, wants it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { CommandLine, hashname, misbehaving } from '../testing/cli.ts';
import { failure, reportOf, summaryOf } from '../testing/support.ts';
import { formatJunit } from './junit.ts';

const schema = readFileSync(join(packageRoot(), 'harness/testing/junit.xsd'), 'utf8');
const cli = new CommandLine();
afterAll(() => cli.remove());

/** What is wrong with a document; empty where nothing is. */
async function faults(xml: string): Promise<string[]> {
  // A whole run with failures is larger than the 16 MB that the validator has by itself.
  const { errors } = await validateXML({ xml, schema, maxMemoryPages: 4096 });
  return errors.map(({ message }) => message);
}

const NASTY = `<b> & "c" 'd' ]]> \u0000\u001b[31m\ufffe\ud800 ä😀\nnext`;
const SUMMARY = summaryOf(
  [
    reportOf('v/pass', { verdict: 'pass', cases: 12 }),
    reportOf('v/fail', { verdict: 'fail', cases: 1, failure: failure({ explanation: NASTY }) }),
    reportOf('v/known', { verdict: 'fail', cases: 1, failure: failure() }),
    reportOf('v/decided', { verdict: 'fail', cases: 1, failure: failure({ basis: 'decided', kind: 'class' }) }),
    reportOf('v/broken', { verdict: 'broken', cases: 1, what: 'crash', detail: '' }),
    reportOf('v/unsupported', { verdict: 'unsupported', cases: 0, reason: NASTY }),
  ],
  { internalErrors: [{ check: 'v/bug', message: NASTY }], notRun: ['v/later'] },
);
const BASELINE = {
  allowed: ['v/known'],
  problems: [
    { kind: 'expired' as const, requirement: 'TST-ECHO-001', message: NASTY },
    { kind: 'unmatched' as const, requirement: 'TST-ECHO-001', message: 'nothing' },
  ],
};

describe('JUnit XML', () => {
  it('is what Jenkins and GitLab read, whatever became of a run', async () => {
    expect(await faults(formatJunit(SUMMARY, { published: true }, BASELINE))).toEqual([]);
    expect(await faults(formatJunit(summaryOf([])))).toEqual([]);
  });
  it.each([
    ['a failing run', ['verify', '--stdio', hashname]],
    ['an adapter that does not start', ['verify', '--stdio', 'false', '--only', 'E3X-LOB-*']],
    ['an adapter that crashes', ['verify', '--stdio', misbehaving('crash'), '--only', 'E3X-LOB-*']],
    ['a cross run', ['cross', '--adapter', 'hashname', '--only', 'e3x.base32']],
  ])('of %s is so too', async (_, args) => {
    await cli.here(...args, '--no-repros', '--report', 'junit=junit.xml');
    const xml = readFileSync(join(cli.folder, 'junit.xml'), 'utf8');
    expect(xml).toContain('<testcase');
    expect(await faults(xml)).toEqual([]);
  });
  it('the schema refuses what one of them would not read', async () => {
    const good = formatJunit(SUMMARY, {}, BASELINE);
    const changes: readonly (readonly [RegExp, string])[] = [
      [/<testsuites /, '<testsuites skipped="1" '],
      [/<testcase /, '<testcase file="x" '],
      [/ name="v\/pass"/, ''],
      [/ name="v\/fail"/, ' name="v/pass"'],
      [/(<skipped [^>]*>)[^<]*/, '$1'],
      [/time="[^"]*"/, 'time="1,5"'],
      [/<properties>/, '<property/><properties>'],
      [/<\/testsuites>/, ''],
    ];
    for (const [what, by] of changes) {
      expect(good, String(what)).toMatch(what);
      expect(await faults(good.replace(what, by)), String(what)).not.toEqual([]);
    }
  });
  it('stays below the 30 MB of GitLab, however much there is to say', () => {
    const bytes = Array.from({ length: 8 }, (_, n) => ({ title: `bytes ${String(n)}`, hex: '00'.repeat(600), fields: [] }));
    const reports = Array.from({ length: 3_000 }, (_, n) =>
      reportOf(`v/${String(n)}`, { verdict: 'fail', cases: 1, failure: failure({ bytes }) }),
    );
    const [first = reportOf('x', { verdict: 'pass', cases: 1 })] = reports;
    // Without the bound it would be more.
    expect(formatJunit(summaryOf([first])).length * reports.length).toBeGreaterThan(30_000_000);
    const xml = formatJunit(summaryOf(reports));
    expect(xml.length).toBeLessThan(30_000_000);
    expect(xml).toContain('The JSON report has more.');
  });
});
