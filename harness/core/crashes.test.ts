import { describe, expect, it } from 'vitest';
import type { Step } from '../../conformance/contract/check.ts';
import type { Outcome } from '../../conformance/contract/contract.ts';
import { echoCheck, failure, fakeConnection } from '../testing/support.ts';
import type { Connection } from './connection.ts';
import { EXIT, exitCode } from './exit.ts';
import { runChecks } from './runner.ts';

const BAD = 'ff';
const step = (value: string): Step => ({ operation: 'test.echo', params: { value }, expected: { kind: 'ok', value: { value } } });
const crash: Outcome = { kind: 'misbehaviour', what: 'crash', detail: 'gone' };
const hang: Outcome = { kind: 'misbehaviour', what: 'timeout', detail: 'silent' };

/** A check whose failure says what it asked, as a judge does. */
const check = {
  ...echoCheck('bad', BAD),
  run: async (implementation: Parameters<ReturnType<typeof echoCheck>['run']>[0]) => {
    const got = await implementation.call('test.echo', { value: BAD });
    if (got.kind === 'ok') return { verdict: 'pass', cases: 1 } as const;
    const told = failure({ kind: 'no-answer', params: { value: BAD }, got, steps: [step(BAD)] });
    const what = got.kind === 'misbehaviour' ? got.what : 'crash';
    return { verdict: 'broken', cases: 1, what, detail: 'it broke', failure: told } as const;
  },
};

/** Runs the check over an adapter that answers so, starting processes as they are needed. */
const run = async (
  answer: (value: string, processIndex: number) => Outcome,
  change: Partial<Parameters<typeof runChecks>[2]> = {},
  lose: Partial<NonNullable<Connection['failure']>> = {},
) => {
  let processes = 0;
  const summary = await runChecks(
    [check],
    () => {
      const index = processes++;
      const connection = fakeConnection((_operation, params) => answer(String(params['value']), index));
      const wrappedConnection = Object.create(connection, {
        failure: { get: () => connection.failure && { ...connection.failure, ...lose } },
      }) as Connection;
      return Promise.resolve(wrappedConnection);
    },
    { seed: 's', timeoutMs: 500, survivorsOf: () => [[step('00')]], ...change },
  );
  const result = summary.reports.find((report) => report.check.id === 'bad')?.result;
  if (result === undefined) throw new Error('no result');
  return { result, exit: exitCode(summary) };
};
const ok = (value: string): Outcome => ({ kind: 'ok', value: { value } });

describe('a crash', () => {
  it("is the implementation's where the input alone does it twice and its twin survives", async () => {
    const { result, exit } = await run((value) => (value === BAD ? crash : ok(value)));
    expect(result).toMatchObject({
      verdict: 'fail',
      failure: { kind: 'no-answer', requirement: 'TST-ECHO-001', explanation: expect.stringContaining('crashes on this input') as string },
    });
    expect(exit).toBe(EXIT.failed);
  });
  it('is judged likewise where the adapter caught an exception of the implementation (ADP-052)', async () => {
    const { result } = await run((value) => (value === BAD ? { kind: 'crashed', error: 'TypeError' } : ok(value)));
    expect(result).toMatchObject({
      verdict: 'fail',
      failure: { explanation: expect.stringContaining('throws TypeError on this input') as string },
    });
  });
  it("is the implementation's where what is most like the input dies as well, and another valid request is answered", async () => {
    const inRange = (value: string): Outcome => (value === BAD || value === 'ff00' ? { kind: 'crashed', error: 'IndexError' } : ok(value));
    const { result } = await run(inRange, { survivorsOf: () => [[step('ff00')], [step('00')]] });
    expect(result).toMatchObject({ verdict: 'fail' });
    expect((await run(inRange, { survivorsOf: () => [[step('ff00')]] })).result).toMatchObject({ verdict: 'broken' });
  });
  it.each([
    ['the twin dies too', () => crash, {}, {}],
    ['it does not happen again', (value: string, index: number) => (value === BAD && index < 2 ? crash : ok(value)), {}, {}],
    ['nothing valid is known next to it', (value: string) => (value === BAD ? crash : ok(value)), { survivorsOf: () => [] }, {}],
    ['the system killed it', (value: string) => (value === BAD ? crash : ok(value)), {}, { cause: 'killed' }],
    ['it was out of memory', (value: string) => (value === BAD ? crash : ok(value)), {}, { cause: 'out of memory' }],
  ] as const)("is the adapter's where %s", async (_name, answer, change, lose) => {
    const { result, exit } = await run(answer, change, lose);
    expect(result).toMatchObject({ verdict: 'broken', what: 'crash' });
    expect(exit).toBe(EXIT.adapter);
  });
});

describe('a hang', () => {
  it("is the implementation's where a valid request is answered at once", async () => {
    expect((await run((value) => (value === BAD ? hang : ok(value)))).result).toMatchObject({
      verdict: 'fail',
      failure: { explanation: expect.stringContaining('never answers this input') as string },
    });
  });
  it("is the adapter's where a valid request hangs as well", async () => {
    expect((await run(() => hang)).result).toMatchObject({ verdict: 'broken', what: 'timeout' });
  });
});
