/** What the tests of the bench share: checks of the trivial echo protocol, and ways to reach the misbehaving adapter. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check, CheckReport, CheckResult, Failure } from '../../conformance/contract/check.ts';
import { type Connection, connect, type ConnectOptions, parseTarget } from '../core/connection.ts';
import type { Hello, JsonObject, Outcome } from '../../conformance/contract/contract.ts';
import type { Shapes } from '../core/lint.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import type { RunSummary } from '../core/runner.ts';

/** The value on which `misbehaving-adapter.mjs` misbehaves. */
export const TRIGGER = 'bad0';

/** Types of the echo protocol, for the linter. */
export const ECHO_SHAPES: Shapes = new Map([['test.echo', { params: { value: { type: 'bytes' } }, result: { value: { type: 'bytes' } } }]]);

/** A hello of the echo protocol. */
export const ECHO_HELLO: Hello = {
  name: 'echo',
  version: '1.0.0',
  language: 'TypeScript',
  protocol: 1,
  operations: ['test.echo', 'test.fail', 'test.reject'],
  profiles: ['test-basic'],
  deterministic: true,
  limits: { lineBytes: 65536, datagramBytes: 1200 },
};

/** A failure with what a test wants to vary. */
export function failure(change: Partial<Failure> = {}): Failure {
  return {
    requirement: 'TST-ECHO-001',
    clause: { text: 'An echo is what was sent.', source: 'Test protocol, Echo' },
    kind: 'member',
    basis: 'published',
    operation: 'test.echo',
    params: { value: '00' },
    expected: { kind: 'ok', value: { value: '00' } },
    got: { kind: 'ok', value: { value: 'ff' } },
    member: 'value',
    explanation: 'The echo differs.',
    steps: [{ operation: 'test.echo', params: { value: '00' }, expected: { kind: 'ok', value: { value: '00' } } }],
    ...change,
  };
}

/** A check that asks for one echo. */
export function echoCheck(id: string, value: string, operation = 'test.echo'): Check {
  const params: JsonObject = { value };
  const expected: Outcome = { kind: 'ok', value: { value } };
  return {
    id,
    suite: 'vector',
    requirement: 'TST-ECHO-001',
    title: `echoes ${value}`,
    operations: [operation],
    async run(implementation): Promise<CheckResult> {
      const got = await implementation.call(operation, params);
      if (got.kind === 'ok' && got.value['value'] === value) return { verdict: 'pass', cases: 1 };
      return { verdict: 'fail', cases: 1, failure: failure({ operation, params, expected, got }) };
    },
  };
}

/** Echo checks `c/0`, `c/1`, …; the one at `triggerAt` sends the trigger. */
export function echoChecks(count: number, triggerAt?: number): Check[] {
  return Array.from({ length: count }, (_, at) =>
    echoCheck(`c/${String(at)}`, at === triggerAt ? TRIGGER : at.toString(16).padStart(4, '0')),
  );
}

/** Opens the misbehaving adapter in a mode. */
export function openMisbehaving(mode: string, change: Partial<ConnectOptions> = {}): () => Promise<Connection> {
  const target = parseTarget({
    stdio: `'${process.execPath}' '${join(packageRoot(), 'harness', 'testing', 'misbehaving-adapter.mjs')}' ${mode}`,
  });
  return () =>
    connect(target, {
      revision: 'test',
      seed: 'seed',
      shapes: ECHO_SHAPES,
      timeoutMs: 600,
      startTimeoutMs: 10_000,
      closeGraceMs: 250,
      ...change,
    });
}

/**
 * A file in which the misbehaving adapter notes the ids of its processes, and those of them that live.
 * @param later what removes it: `onTestFinished` or `afterAll`
 */
export function pidFile(later: (remove: () => void) => void): {
  readonly path: string;
  readonly all: () => number[];
  readonly alive: () => number[];
} {
  const folder = mkdtempSync(join(tmpdir(), 'bottlepost-pids-'));
  later(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'pids');
  const all = (): number[] => (existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').map(Number) : []);
  return { path, all, alive: () => all().filter(isAlive) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A process that was killed but not yet reaped by its parent is still dead.
  const stat = existsSync(`/proc/${String(pid)}/stat`) ? readFileSync(`/proc/${String(pid)}/stat`, 'utf8') : '';
  return !/\) Z /.test(stat);
}

/** A summary of given reports. */
export function summaryOf(reports: readonly CheckReport[], change: Partial<RunSummary> = {}): RunSummary {
  return { hello: ECHO_HELLO, seed: 'seed', effort: 1, reports, internalErrors: [], notRun: [], notes: [], elapsedMs: 1234.5, ...change };
}

/** A report with a given result. */
export function reportOf(id: string, result: CheckResult, requirement = 'TST-ECHO-001'): CheckReport {
  return { check: { id, suite: 'vector', requirement, title: `title of ${id}`, operations: ['test.echo'] }, result, elapsedMs: 1.5 };
}

/** What an in-memory connection answers; `lose` in place of an answer ends it. */
export type Answer = (operation: string, params: JsonObject) => Outcome | Promise<Outcome>;

/** A connection without a process, for tests of the runner alone. */
export function fakeConnection(answer: Answer, change: Partial<Hello> = {}): Connection {
  const state: { failure: Connection['failure'] } = { failure: undefined };
  return {
    hello: { ...ECHO_HELLO, ...change },
    get alive() {
      return state.failure === undefined;
    },
    get failure() {
      return state.failure;
    },
    probeViolation: undefined,
    async call(operation, params) {
      if (state.failure !== undefined) return { kind: 'misbehaviour', what: state.failure.what, detail: state.failure.detail };
      const outcome = await answer(operation, params);
      if (outcome.kind === 'misbehaviour' && outcome.what !== 'contract') state.failure ??= { what: outcome.what, detail: outcome.detail };
      return outcome;
    },
    barrier: () => Promise.resolve(),
    close: () => Promise.resolve(undefined),
    stderrTail: () => '',
  };
}
