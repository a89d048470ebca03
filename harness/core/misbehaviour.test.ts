/** Every misbehaviour has its verdict, costs no other check its own, and leaves no process behind (ADP-040, ADP-041). */
import { afterAll, describe, expect, it } from 'vitest';
import { echoChecks, openMisbehaving, pidFile, TRIGGER } from '../testing/support.ts';
import type { CheckResult } from '../../conformance/contract/check.ts';
import { EXIT, exitCode } from './exit.ts';
import { liveProcessTrees } from './processes.ts';
import { runChecks, type RunSummary } from './runner.ts';

const CHECKS = 8;
const AT = 5;

// Tests run side by side here, so what one leaves is removed when all have finished.
const leftovers: (() => void)[] = [];
afterAll(() => {
  for (const remove of leftovers) remove();
});

async function run(mode: string, checks = echoChecks(CHECKS, AT)): Promise<RunSummary> {
  const pids = pidFile((remove) => void leftovers.push(remove));
  const env = { ...process.env, MISBEHAVING_PID_FILE: pids.path };
  const summary = await runChecks(checks, openMisbehaving(mode, { env }), { seed: 'seed', timeoutMs: 600 });
  expect(pids.all().length, 'processes started').toBeGreaterThan(0);
  expect(pids.alive(), 'processes left behind').toEqual([]);
  expect(liveProcessTrees().filter((group) => pids.all().includes(group))).toEqual([]);
  return summary;
}

function resultOf(summary: RunSummary, id: string): CheckResult {
  const report = summary.reports.find(({ check }) => check.id === id);
  if (report === undefined) throw new Error(`no report on ${id}`);
  return report.result;
}

/** Verdict of each check in order, e.g. `pass pass broken`. */
function others(summary: RunSummary): string[] {
  return summary.reports.filter(({ check }) => check.id !== `c/${String(AT)}`).map(({ check, result }) => `${check.id} ${result.verdict}`);
}

const ALL_PASS = [
  'contract/hello pass',
  'contract/unknown-operation pass',
  ...Array.from({ length: CHECKS }, (_, at) => `c/${String(at)} pass`).filter((_, at) => at !== AT),
  'contract/concurrent pass',
  'contract/profiles pass',
  'contract/end pass',
];

describe.concurrent('a misbehaviour on one request is blamed on its check alone', () => {
  it.each([
    ['crash-on-value', 'crash', /exit code 7/, 'ADP-037'],
    ['crash-by-signal', 'crash', /SIGKILL/, 'ADP-037'],
    ['exit-with-work-pending', 'crash', /exit code 0.*1 unanswered/s, 'ADP-037'],
    ['hang', 'timeout', /within 600 ms; none of it had arrived/, 'ADP-017'],
    ['busy-loop', 'timeout', /within 600 ms/, 'ADP-017'],
    ['slow-drip', 'timeout', /[0-9]+ bytes of an unfinished line had arrived/, 'ADP-017'],
    ['garbage-line', 'garbage', /panic: something/, 'ADP-001'],
    ['empty-line', 'garbage', /not JSON: ""/, 'ADP-001'],
    ['json-array', 'garbage', /not a JSON object/, 'ADP-001'],
    ['bad-utf8', 'garbage', /not UTF-8/, 'ADP-002'],
    ['reply-to-nothing', 'unknown-id', /999999/, 'ADP-014'],
    ['two-replies', 'duplicate-reply', /second reply/, 'ADP-013'],
    ['late-second-reply', 'duplicate-reply', /second reply/, 'ADP-013'],
    ['huge-line', 'line-too-long', /at most 65536/, 'ADP-003'],
    ['endless-output', 'line-too-long', /at most 65536/, 'ADP-003'],
    ['endless-lines', 'duplicate-reply', /second reply to id 1/, 'ADP-013'],
    ['close-output', 'crash', /closed its output but kept/, 'ADP-037'],
    ['extra-member', 'contract', /exactly one/, 'ADP-012'],
    ['two-results', 'contract', /exactly one/, 'ADP-012'],
    ['bad-reject', 'contract', /reject\.class/, 'ADP-018'],
    ['no-id', 'contract', /without the id/, 'ADP-012'],
    ['null-fault', 'contract', /could not read/, 'ADP-023'],
    ['upper-case-hex', 'contract', /ok\.value/, 'ADP-021'],
    ['unsupported-for-declared', 'contract', /hello declares it/, 'ADP-019'],
    ['fault', 'fault', /out of luck/, 'ADP-020'],
  ])('%s is %s', async (mode, what, detail, clause) => {
    const summary = await run(mode);
    const result = resultOf(summary, `c/${String(AT)}`);
    expect(result).toMatchObject({ verdict: 'broken', what });
    if (result.verdict === 'broken') {
      expect(result.detail).toMatch(detail);
      expect(result.detail).toContain(`[${clause}]`);
    }
    expect(others(summary)).toEqual(ALL_PASS);
    expect(exitCode(summary)).toBe(EXIT.adapter);
  });

  it('names the request that caused it', async () => {
    const result = resultOf(await run('crash-on-value'), `c/${String(AT)}`);
    expect(result).toMatchObject({ detail: expect.stringContaining(`request test.echo {"value":"${TRIGGER}"}`) as string });
  });

  it('a reply above the limits is unreachable, not wrong (ADP-010)', async () => {
    const summary = await run('too-large');
    expect(resultOf(summary, `c/${String(AT)}`)).toMatchObject({ verdict: 'unreachable' });
    expect(exitCode(summary)).toBe(EXIT.ok);
  });
});

describe.concurrent('a fault that no single check shows is reported separately (ADP-016)', () => {
  it.each([
    ['crash-mid-run 6', 'crash'],
    ['concurrent-crash', 'crash'],
  ])('%s', async (mode, what) => {
    const summary = await run(mode, echoChecks(CHECKS));
    expect(resultOf(summary, 'contract/concurrent')).toMatchObject({
      verdict: 'broken',
      what: 'contract',
      detail: expect.stringMatching(new RegExp(`${what}: .*one at a time.*ADP-016`, 's')) as string,
    });
    expect(summary.reports.filter(({ result }) => result.verdict !== 'pass')).toHaveLength(1);
  });

  it('a hello that changes from start to start (ADP-029)', async () => {
    const summary = await run('different-hello');
    expect(resultOf(summary, 'contract/hello')).toMatchObject({ verdict: 'broken', detail: expect.stringContaining('ADP-029') as string });
  });

  it('an adapter that answers anything (ADP-027)', async () => {
    const summary = await run('ok-for-anything');
    expect(resultOf(summary, 'contract/unknown-operation')).toMatchObject({
      verdict: 'broken',
      what: 'contract',
      detail: expect.stringContaining('ADP-027') as string,
    });
    expect(summary.reports.filter(({ result }) => result.verdict !== 'pass')).toHaveLength(1);
  });
});

describe.concurrent('unusual but allowed', () => {
  it.each(['good', 'carriage-returns', 'stderr-chatter', 'out-of-order', 'spawn-grandchild', 'ignore-sigterm'])('%s', async (mode) => {
    const summary = await run(mode);
    expect(summary.reports.filter(({ result }) => result.verdict !== 'pass')).toEqual([]);
    expect(summary.reports).toHaveLength(CHECKS + 5);
    expect(exitCode(summary)).toBe(EXIT.ok);
  });
});

describe.concurrent('an adapter that does not start says what to do', () => {
  it.each([
    ['crash-at-hello', /exit code 3.*no configuration.*Run the command by hand/s],
    ['banner-at-hello', /Welcome.*send logging and banners to stderr/s],
    ['bad-hello', /operations must be array.*ADP-025/s],
    ['extra-hello', /mood/],
    ['newer-protocol', /version 2.*version 1.*ADP-026/s],
    ['hello-fault', /not today/],
  ])('%s', async (mode, detail) => {
    const summary = await run(mode);
    expect(summary.hello).toBeUndefined();
    // One message; the checks were not run.
    expect(summary.reports).toHaveLength(1);
    expect(summary.notRun).toHaveLength(CHECKS);
    for (const { result } of summary.reports) {
      expect(result).toMatchObject({ verdict: 'broken', what: 'start-failed', detail: expect.stringMatching(detail) as string });
    }
    expect(exitCode(summary)).toBe(EXIT.adapter);
  });

  it('silence before hello ends with the time allowed', async () => {
    await expect(openMisbehaving('silent-at-hello', { startTimeoutMs: 300 })()).rejects.toThrow(
      /no reply to hello within 300 ms.*flushed/s,
    );
  });

  it('a command that does not exist', async () => {
    const { connect, parseTarget } = await import('./connection.ts');
    await expect(connect(parseTarget({ stdio: 'no-such-command-anywhere' }), { revision: 'r', seed: 's' })).rejects.toThrow(
      /no command "no-such-command-anywhere".*PATH/s,
    );
  });
});

describe('bounds', () => {
  it('an adapter that dies at every check finishes in time, each check with its verdict', async () => {
    const summary = await run('crash-always', echoChecks(8));
    expect(summary.reports.filter(({ check }) => check.id.startsWith('c/')).map(({ result }) => result.verdict)).toEqual(
      Array.from({ length: 8 }, () => 'broken'),
    );
  });

  it('several jobs give the same results in the same order', async () => {
    const checks = echoChecks(CHECKS, AT);
    const results = await Promise.all(
      [1, 3].map(async (jobs) => {
        const { reports } = await runChecks(checks, openMisbehaving('crash-on-value'), { seed: 'seed', timeoutMs: 600, jobs, pipeline: 4 });
        return reports.map(({ check, result }) => `${check.id} ${result.verdict}`);
      }),
    );
    expect(results[0]).toEqual(results[1]);
  });
});
