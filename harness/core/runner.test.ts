import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { echoCheck, echoChecks, failure, fakeConnection, pidFile, TRIGGER } from '../testing/support.ts';
import type { Check, CheckResult } from '../../conformance/contract/check.ts';
import { StartError } from './connection.ts';
import type { Outcome } from '../../conformance/contract/contract.ts';
import { EXIT, exitCode } from './exit.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { runChecks, type RunSummary } from './runner.ts';
import { DEATHS_MAX, TIMEOUTS_MAX } from './starts.ts';

const OPTIONS = { seed: 'seed', timeoutMs: 1000 };
const echo = (_: string, params: { readonly [name: string]: unknown }): Outcome => ({
  kind: 'ok',
  value: { value: String(params['value']) },
});
const crash: Outcome = { kind: 'misbehaviour', what: 'crash', detail: 'gone' };

/** Verdicts of the checks proper, in order. */
function verdicts(summary: RunSummary): string[] {
  return summary.reports
    .filter(({ check }) => !check.id.startsWith('contract/'))
    .map(({ check, result }) => `${check.id} ${result.verdict}`);
}

function checkOf(id: string, run: Check['run'], operations = ['test.echo']): Check {
  return { id, suite: 'vector', requirement: 'TST-ECHO-001', title: id, operations, run };
}

describe('verdicts', () => {
  it('come in the order of the checks, whatever order they end in', async () => {
    const slowFirst = echoChecks(6).map((check, at) =>
      checkOf(check.id, async (implementation, context) => {
        await new Promise((resolve) => setTimeout(resolve, 5 * (6 - at)));
        return check.run(implementation, context);
      }),
    );
    const seen: string[] = [];
    const summary = await runChecks(slowFirst, () => Promise.resolve(fakeConnection(echo)), {
      ...OPTIONS,
      onReport: ({ check }) => seen.push(check.id),
    });
    expect(verdicts(summary)).toEqual(echoChecks(6).map(({ id }) => `${id} pass`));
    expect(seen[0]).toBe('c/5');
  });

  it('an undeclared operation is not asked, and fails only where a claimed profile needs it (ADP-028)', async () => {
    let asked = 0;
    const missing = [echoCheck('a', '00', 'test.more'), echoCheck('b', '00', 'test.more')];
    const open = () =>
      Promise.resolve(
        fakeConnection((operation, params) => {
          asked += 1;
          return echo(operation, params);
        }),
      );
    const summary = await runChecks(missing, open, {
      ...OPTIONS,
      claims: ({ id }, hello) => id === 'b' && hello.profiles.includes('test-basic'),
    });
    expect(verdicts(summary)).toEqual(['a unsupported', 'b fail']);
    expect(summary.reports[3]?.result).toMatchObject({
      failure: { requirement: 'ADP-028', operation: 'test.more', clause: { source: 'Adapter protocol, hello' } },
    });
    expect(asked).toBe(0);
    expect(exitCode(summary)).toBe(EXIT.failed);
    const nothing = await runChecks(missing, open, OPTIONS);
    expect(exitCode(nothing)).toBe(EXIT.nothing);
  });

  it('a failure after a fault is a broken adapter, a pass after a fault stays (ADP-020)', async () => {
    const expectsFault = checkOf(
      'b',
      async (implementation) =>
        ({
          verdict: (await implementation.call('test.echo', {})).kind === 'fault' ? 'pass' : 'unreachable',
          cases: 1,
          reason: '',
        }) as CheckResult,
    );
    const summary = await runChecks(
      [echoCheck('a', '00'), expectsFault],
      () => Promise.resolve(fakeConnection(() => ({ kind: 'fault', message: 'oh' }))),
      OPTIONS,
    );
    expect(verdicts(summary)).toEqual(['a broken', 'b pass']);
    expect(summary.reports[2]?.result).toMatchObject({
      what: 'fault',
      detail: expect.stringContaining('oh') as string,
      failure: { requirement: 'TST-ECHO-001' },
    });
    expect(exitCode(summary)).toBe(EXIT.adapter);
  });

  it('a failure that has become unreachable is unreachable', async () => {
    const summary = await runChecks(
      [echoCheck('a', '00')],
      () => Promise.resolve(fakeConnection(() => ({ kind: 'unreachable', reason: 'too large' }))),
      OPTIONS,
    );
    expect(verdicts(summary)).toEqual(['a unreachable']);
    expect(exitCode(summary)).toBe(EXIT.nothing);
  });

  it('a check that throws is a bug in the bench, and the run goes on', async () => {
    const checks = [
      echoCheck('a', '00'),
      checkOf('b', () => {
        throw new TypeError('no such thing');
      }),
      echoCheck('c', '01'),
    ];
    const summary = await runChecks(checks, () => Promise.resolve(fakeConnection(echo)), OPTIONS);
    expect(verdicts(summary)).toEqual(['a pass', 'c pass']);
    expect(summary.internalErrors).toMatchObject([{ check: 'b', message: expect.stringContaining('no such thing') as string }]);
    expect(summary.notRun).toEqual([]);
    expect(exitCode(summary)).toBe(EXIT.internal);
  });

  it('fail-fast stops and says what was not run', async () => {
    const failing = checkOf('b', () => Promise.resolve({ verdict: 'fail', cases: 1, failure: failure() }));
    const summary = await runChecks(
      [echoCheck('a', '00'), failing, echoCheck('c', '01'), echoCheck('d', '01')],
      () => Promise.resolve(fakeConnection(echo)),
      { ...OPTIONS, pipeline: 1, failFast: true },
    );
    expect(verdicts(summary)).toEqual(['a pass', 'b fail']);
    expect(summary.notRun).toEqual(['c', 'd']);
    expect(exitCode(summary)).toBe(EXIT.failed);
  });

  it('refuses two checks with one id', async () => {
    await expect(
      runChecks([echoCheck('a', '00'), echoCheck('a', '01')], () => Promise.resolve(fakeConnection(echo)), OPTIONS),
    ).rejects.toThrow('same id');
  });
});

describe('ADP-041 blame', () => {
  it('a check may go on with fresh connections to shrink what ends the adapter, and stays broken', async () => {
    let opened = 0;
    const shrinks = checkOf('s', async (implementation) => {
      // The smallest length that ends the adapter is 3.
      let smallest = 8;
      while (smallest > 0 && (await implementation.call('test.echo', { value: '00'.repeat(smallest) })).kind === 'misbehaviour')
        smallest -= 1;
      const params = { value: '00'.repeat(smallest + 1) };
      return { verdict: 'fail', cases: 8, failure: failure({ params, got: crash }) };
    });
    const open = () => {
      opened += 1;
      return Promise.resolve(
        fakeConnection((operation, params) => (String(params['value']).length >= 6 ? crash : echo(operation, params))),
      );
    };
    const summary = await runChecks([...echoChecks(4), shrinks], open, OPTIONS);
    expect(verdicts(summary).slice(-1)).toEqual(['s broken']);
    expect(summary.reports.find(({ check }) => check.id === 's')?.result).toMatchObject({
      what: 'crash',
      failure: { params: { value: '000000' } },
    });
    expect(opened).toBeGreaterThan(5);
  });

  it('a misbehaving check costs at most two timeouts', async () => {
    let timeouts = 0;
    const open = () =>
      Promise.resolve(
        fakeConnection((operation, params) => {
          if (params['value'] !== TRIGGER) return echo(operation, params);
          timeouts += 1;
          return { kind: 'misbehaviour', what: 'timeout', detail: 'silent' };
        }),
      );
    const insistent = checkOf('i', async (implementation) => {
      for (let again = 0; again < 10; again++) await implementation.call('test.echo', { value: TRIGGER });
      return { verdict: 'fail', cases: 10, failure: failure() };
    });
    // Interrupted too, it runs alone before the culprit, which then does not have a connection of its own.
    const slow = checkOf('slow', async (implementation, context) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return echoCheck('slow', '00').run(implementation, context);
    });
    const summary = await runChecks([...echoChecks(40), slow, insistent], open, OPTIONS);
    expect(verdicts(summary).filter((verdict) => verdict.endsWith('broken'))).toEqual(['i broken']);
    expect(timeouts).toBe(2);
  });

  it('after many timeouts the rest gets less time, and the run says so', async () => {
    const budgets = new Set<number | undefined>();
    const open = () => {
      const connection = fakeConnection((operation, params) =>
        params['value'] === TRIGGER ? { kind: 'misbehaviour', what: 'timeout', detail: 'silent' } : echo(operation, params),
      );
      return Promise.resolve({
        ...connection,
        get alive() {
          return connection.alive;
        },
        get failure() {
          return connection.failure;
        },
        call: (...[operation, params, options]: Parameters<typeof connection.call>) => {
          budgets.add(options?.timeoutMs);
          return connection.call(operation, params, options);
        },
      });
    };
    const checks = Array.from({ length: 2 * TIMEOUTS_MAX }, (_, at) => echoCheck(`c/${String(at)}`, at % 2 === 0 ? TRIGGER : '00'));
    const summary = await runChecks(checks, open, { ...OPTIONS, timeoutMs: 5000, pipeline: 1 });
    expect([...budgets]).toEqual([5000, 500]);
    expect(summary.notes).toEqual([expect.stringContaining('500 ms instead of 5000 ms')]);
    expect(verdicts(summary).filter((verdict) => verdict.endsWith('pass'))).toHaveLength(TIMEOUTS_MAX);
  });
});

describe('starts that fail', () => {
  it('the first start gets one try', async () => {
    let tries = 0;
    const summary = await runChecks(
      echoChecks(5),
      () => {
        tries += 1;
        return Promise.reject(new StartError('no luck'));
      },
      { ...OPTIONS, jobs: 3 },
    );
    expect(tries).toBe(1);
    expect(summary.reports.map(({ check, result }) => `${check.id} ${result.verdict}`)).toEqual(['contract/hello broken']);
    expect(summary.notRun).toHaveLength(5);
    expect(exitCode(summary)).toBe(EXIT.adapter);
  });

  it('later ones are tried three times in a row, and nothing measured is lost', async () => {
    let tries = 0;
    const open = () => {
      tries += 1;
      return tries === 1
        ? Promise.resolve(fakeConnection((operation, params) => (params['value'] === TRIGGER ? crash : echo(operation, params))))
        : Promise.reject(new StartError('no luck'));
    };
    const summary = await runChecks(echoChecks(6, 3), open, { ...OPTIONS, pipeline: 1 });
    expect(tries).toBe(4);
    expect(verdicts(summary)).toEqual(['c/0 pass', 'c/1 pass', 'c/2 pass', 'c/3 broken']);
    expect(summary.notRun).toEqual(['c/4', 'c/5']);
    expect(summary.reports[0]?.result).toMatchObject({
      verdict: 'broken',
      what: 'start-failed',
      detail: expect.stringContaining('3 starts in a row') as string,
    });
  });

  it('an adapter that dies at every check is given up', async () => {
    let opened = 0;
    const count = 3 * DEATHS_MAX;
    const summary = await runChecks(
      echoChecks(count),
      () => {
        opened += 1;
        return Promise.resolve(fakeConnection(() => crash));
      },
      { ...OPTIONS, pipeline: 8 },
    );
    expect(summary.reports.filter(({ result }) => result.verdict === 'broken')).toHaveLength(count - summary.notRun.length);
    expect(opened).toBeLessThan(1.5 * DEATHS_MAX);
    expect(summary.notRun.length).toBeGreaterThan(count - 1.5 * DEATHS_MAX);
    expect(summary.notes.join()).toContain('the remaining checks were not run');
  });

  it('an error other than a failed start is a bug in the bench, and loses nothing that was measured', async () => {
    const summary = await runChecks(echoChecks(1), () => Promise.reject(new TypeError('a bug')), OPTIONS);
    expect(summary.internalErrors).toMatchObject([{ message: expect.stringContaining('a bug') as string }]);
    expect(exitCode(summary)).toBe(EXIT.internal);
  });
});

describe('ADP-040 no process is left', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('when the bench itself gets %s', async (signal) => {
    const pids = pidFile(onTestFinished);
    const root = packageRoot();
    const adapter = join(root, 'harness', 'testing', 'misbehaving-adapter.mjs');
    const script = `
      import { connect, parseTarget } from ${JSON.stringify(join(root, 'dist', 'harness', 'core', 'connection.js'))};
      const stdio = ${JSON.stringify(`'${process.execPath}' '${adapter}' ignore-sigterm`)};
      await connect(parseTarget({ stdio }), { revision: 'r', seed: 's' });
      console.log('ready');
      setInterval(() => {}, 1000);`;
    const bench = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, MISBEHAVING_PID_FILE: pids.path },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = new Promise<NodeJS.Signals | null>((resolve) => {
      bench.once('exit', (_, by) => {
        resolve(by);
      });
    });
    await new Promise((resolve) => bench.stdout.once('data', resolve));
    expect(pids.alive()).toHaveLength(1);
    bench.kill(signal);
    expect(await exited).toBe(signal);
    for (let wait = 0; wait < 50 && pids.alive().length > 0; wait++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(pids.alive()).toEqual([]);
  });
});
