import { Receiver } from '../e3x/chunk/receiver.ts';
import { oracleOf, REGISTRY, suiteInputOf } from '../areas.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Check, CheckResult } from '../contract/check.ts';
import type { Implementation, JsonObject, Outcome } from '../contract/contract.ts';
import { differentialChecks, isKeyed } from './differential.ts';
import { fuzzChecks } from './fuzz.ts';
import { walkChecks } from './walks.ts';
import { Judge } from './judge.ts';
import { moduleOf, type SuiteInput } from './modules.ts';
import { OracleImplementation } from './oracle-implementation.ts';

type Fault = (operation: string, params: JsonObject, right: Outcome) => Outcome | Promise<Outcome>;

const oracle = oracleOf('e3x');
const judge = new Judge(oracle);
const input = suiteInputOf('e3x');
/** Topics whose checks the interpreter can answer by itself; sessions of exchanges and channels take an implementation. */
const TOPICS = ['packet', 'chunk', 'cloak', 'hashname', 'jose', 'token', 'compression'];
const topicChecks = (given: SuiteInput): Check[] =>
  moduleOf(REGISTRY, 'e3x')
    .topics.filter(({ topic }) => TOPICS.includes(topic))
    .flatMap(({ properties }) => properties?.checks?.(given) ?? []);
const checks = [...topicChecks(input), ...differentialChecks(input), ...fuzzChecks(input), ...walkChecks(oracle, judge)];
const context = { seed: 'test', effort: 1 };

/** The right implementation with a fault planted between it and the bench; counts its calls. */
function faulty(fault: Fault): Implementation & { calls: number } {
  const right = new OracleImplementation(oracle, () => new Receiver(oracle));
  return {
    hello: right.hello,
    calls: 0,
    async call(operation, params) {
      this.calls++;
      return fault(operation, params, await right.call(operation, params));
    },
  };
}
function checkOf(id: string): Check {
  const found = checks.find((check) => check.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
}
const run = (id: string, fault: Fault): Promise<CheckResult> => checkOf(id).run(faulty(fault), context);
function changed(right: Outcome, member: string, change: (value: string) => unknown): Outcome {
  return right.kind === 'ok'
    ? { kind: 'ok', value: { ...right.value, [member]: change(String(right.value[member])) } as JsonObject }
    : right;
}
function failureOf(result: CheckResult): Extract<CheckResult, { verdict: 'fail' }>['failure'] {
  if (result.verdict !== 'fail') throw new Error(`the fault was not found: ${JSON.stringify(result)}`);
  return result.failure;
}
const dropLastByte: Fault = (operation, _params, right) =>
  operation === 'e3x.packet.decode' && right.kind === 'ok' && right.value['body'] !== ''
    ? changed(right, 'body', (body) => body.slice(0, -2))
    : right;

describe('generated suites against what the spec says', () => {
  let results: { id: string; result: CheckResult }[];
  beforeAll(async () => {
    const implementation = new OracleImplementation(oracle, () => new Receiver(oracle));
    results = [];
    for (const check of checks) results.push({ id: check.id, result: await check.run(implementation, context) });
  });

  it('passes every check', () => {
    expect(results.filter(({ result }) => result.verdict !== 'pass')).toEqual([]);
    expect(results.length).toBeGreaterThan(50);
  });

  it('has unique ids, known operations and known clauses', () => {
    expect(new Set(checks.map((check) => check.id)).size).toBe(checks.length);
    for (const check of checks) {
      expect(
        oracle.spec.requirements.map((r) => r.id),
        check.id,
      ).toContain(check.requirement);
      for (const operation of check.operations) oracle.operation(operation);
    }
  });

  it('asks the same questions for the same seed', async () => {
    const asked = async (): Promise<string[]> => {
      const log: string[] = [];
      await checkOf('differential/e3x.packet.encode').run(
        faulty((_o, params, right) => (log.push(JSON.stringify(params)), right)),
        context,
      );
      return log;
    };
    expect(await asked()).toEqual(await asked());
  });

  it('meets accepted and refused inputs of every operation that refuses anything', async () => {
    for (const operation of oracle.spec.operations.filter((o) => o.model !== undefined && !isKeyed(o))) {
      const kinds = new Set<string>();
      const note: Fault = (_operation, _params, right) => (kinds.add(right.kind === 'reject' ? right.class : right.kind), right);
      await run(`differential/${operation.operation}`, note);
      expect([...kinds].sort(), operation.operation).toEqual(expect.arrayContaining(operation.rejects.length > 0 ? ['ok'] : ['ok']));
      if (operation.rejects.length > 0) expect(kinds.size, `${operation.operation}: ${[...kinds].join()}`).toBeGreaterThan(1);
    }
  });
});

describe('planted faults', () => {
  it('finds a body that lost its last byte and shrinks it', async () => {
    for (const id of [
      'property/e3x.packet.encode/head-round-trip',
      'property/e3x.packet.decode/total',
      'differential/e3x.packet.decode',
      'fuzz/e3x.packet.decode',
    ]) {
      const failure = failureOf(await run(id, dropLastByte));
      expect(failure.requirement, id).toBe('E3X-LOB-008');
      expect(failure.operation).toBe('e3x.packet.decode');
      expect(String(failure.params['packet']).length, id).toBeLessThanOrEqual(id.startsWith('fuzz/') ? 20 : 8);
      expect(failure.member).toBe('body');
      expect(failure.steps.at(-1)?.params).toEqual(failure.params);
    }
  });

  it('blames the request that went wrong, not the one that showed it', async () => {
    const failure = failureOf(
      await run('property/e3x.packet.encode/head-round-trip', (operation, _params, right) =>
        operation === 'e3x.packet.encode' ? changed(right, 'packet', (packet) => `${packet}00`) : right,
      ),
    );
    expect(failure).toMatchObject({ requirement: 'E3X-LOB-008', operation: 'e3x.packet.encode', params: { head: '', body: '' } });
    expect(failure.explanation).toContain('request 1 of 2');
    expect(failure.steps).toHaveLength(1);
  });

  it('finds upper-case base 32 accepted', async () => {
    const lower: Fault = async (operation, params, right) =>
      operation === 'e3x.base32.decode'
        ? new OracleImplementation(oracle, () => new Receiver(oracle)).call(operation, {
            text: String(params['text']).replaceAll(/[A-Z]/g, (c) => c.toLowerCase()),
          })
        : right;
    for (const id of ['property/e3x.base32.decode/canonical', 'differential/e3x.base32.decode', 'fuzz/e3x.base32.decode']) {
      const failure = failureOf(await run(id, lower));
      expect(failure, id).toMatchObject({ requirement: 'E3X-B32-004', expected: { kind: 'reject', class: 'non-canonical' } });
      expect(String(failure.params['text']).length, id).toBeLessThanOrEqual(4);
    }
  });

  it('finds unused bits accepted', async () => {
    const failure = failureOf(
      await run('property/e3x.base32.decode/canonical', (operation, _params, right) =>
        operation === 'e3x.base32.decode' && right.kind === 'reject' && right.class === 'non-canonical'
          ? { kind: 'ok', value: { bytes: '00' } }
          : right,
      ),
    );
    expect(failure.requirement).toBe('E3X-B32-005');
  });

  it('finds frames one byte too long', async () => {
    const long: Fault = async (operation, params, right) =>
      operation === 'e3x.chunks.split' && typeof params['size'] === 'number' && params['size'] >= 2 && params['size'] < 65535
        ? new OracleImplementation(oracle, () => new Receiver(oracle)).call(operation, { ...params, size: params['size'] + 1 })
        : right;
    const failure = failureOf(await run('property/e3x.chunks.split/frame-size', long));
    expect(failure.requirement).toBe('E3X-CHK-005');
    expect(String(failure.params['packet']).length).toBeLessThanOrEqual(8);
  });

  it('finds a receiver that forgets a chunk cut by a read', async () => {
    const fault: Fault = async (operation, params, right) => {
      if (operation !== 'e3x.chunks.receive' || right.kind !== 'ok' || params['session'] !== 's2') return right;
      return String(params['bytes']).length === 2 ? { ...right, value: { ...right.value, events: [] } } : right;
    };
    // A fresh implementation for each case gives the sessions of a case the handles s1 and s2.
    let inner = new OracleImplementation(oracle, () => new Receiver(oracle));
    const failing = faulty(async (operation, params) => {
      if (operation === 'e3x.chunks.join') inner = new OracleImplementation(oracle, () => new Receiver(oracle));
      return fault(operation, params, await inner.call(operation, params));
    });
    const failure = failureOf(await checkOf('property/e3x.chunks.receive/cuts').run(failing, context));
    expect(failure).toMatchObject({ requirement: 'E3X-CHK-011', operation: 'e3x.chunks.receive', member: 'events/0' });
    expect(failure.steps.find((step) => step.operation === 'e3x.chunks.open')?.bind).toEqual({ session: 'whole' });
    expect(failure.steps.length).toBeLessThanOrEqual(7);
  });

  it('finds an order of keys that matters, and a token of too many bytes', async () => {
    const order = failureOf(
      await run('property/e3x.hashname.derive/key-order', (operation, params, right) =>
        operation === 'e3x.hashname.derive'
          ? changed(right, 'hashname', (name) => `${name}${Object.keys(params['keys'] as JsonObject)[0] ?? ''}`)
          : right,
      ),
    );
    expect(order.requirement).toBe('E3X-HSN-003');
    const token = failureOf(
      await run('property/e3x.token.derive/prefix-only', (_operation, params, right) =>
        changed(right, 'token', () => String(params['packet']).slice(4, 36)),
      ),
    );
    expect(token.requirement).toBe('E3X-TOK-005');
  });

  it('finds rejects of the wrong class if the input breaks one rule', async () => {
    const failure = failureOf(
      await run('differential/e3x.chunks.split', (_operation, _params, right) =>
        right.kind === 'reject' && right.class === 'limit' ? { kind: 'reject', class: 'truncated' } : right,
      ),
    );
    expect(failure).toMatchObject({ requirement: 'E3X-CHK-006', expected: { class: 'limit' }, got: { class: 'truncated' } });
  });

  it('finds a wrong row of a machine, and leaves out the steps it does not need', async () => {
    const failure = failureOf(
      await run('walk/e3x.chunk-receiver/silent', (_operation, _params, right) => {
        const discarded = right.kind === 'ok' && JSON.stringify(right.value['events'] ?? []).includes('expired');
        return discarded ? { kind: 'ok', value: { ...right.value, events: [] } } : right;
      }),
    );
    expect(failure.requirement).toBe('E3X-CHK-024');
    expect(failure.steps.map((step) => step.operation)).toEqual([
      'e3x.chunks.open',
      'e3x.chunks.receive',
      'e3x.chunks.tick',
      'e3x.chunks.tick',
    ]);
    expect(failure.shrinks).toBeGreaterThan(0);
  });
});

describe('implementations that fail', () => {
  const crash: Outcome = { kind: 'misbehaviour', what: 'crash', detail: 'the process ended' };

  it('stops where the adapter crashes again and again, names the first request and says what was cut', async () => {
    for (const [id, calls] of [
      ['property/e3x.packet.decode/total', 20],
      ['differential/e3x.packet.decode', 20],
      ['fuzz/e3x.packet.decode', 20],
      ['walk/e3x.cloak-path/default', 1],
    ] as const) {
      const implementation = faulty(() => crash);
      const result = await checkOf(id).run(implementation, context);
      expect(result, id).toMatchObject({ verdict: 'broken', what: 'crash' });
      expect(implementation.calls, id).toBe(calls);
      if (calls > 1)
        expect(result).toMatchObject({ rest: expect.stringMatching(/^20 of 20 cases crashed .* were cut after 20 processes/) as string });
      expect(result.verdict === 'broken' && result.failure?.steps.length, id).toBe(1);
    }
  });

  it('blames a crash under fuzz on the clause about bad input', async () => {
    const result = await run('fuzz/e3x.packet.decode', (_operation, params, right) =>
      String(params['packet']).startsWith('ffff') ? crash : right,
    );
    expect(result.verdict === 'broken' && result.failure?.requirement).toBe('E3X-LOB-003');
  });

  it('finds a decoder that no longer answers after bad input', async () => {
    let poisoned = false;
    const failure = failureOf(
      await run('fuzz/e3x.base32.decode', (_operation, _params, right) => {
        if (poisoned) return { kind: 'reject', class: 'malformed' };
        poisoned = right.kind === 'reject';
        return right;
      }),
    );
    expect(failure.steps.length).toBeLessThanOrEqual(2);
  });

  it('reports faults of the adapter and undeclared answers as broken', async () => {
    expect(await run('differential/e3x.token.derive', () => ({ kind: 'fault', message: 'out of memory' }))).toMatchObject({
      verdict: 'broken',
      what: 'fault',
    });
    expect(await run('differential/e3x.token.derive', () => ({ kind: 'unsupported' }))).toMatchObject({
      verdict: 'broken',
      what: 'contract',
    });
  });

  it('reports what could not be carried, and still finds failures in what could', async () => {
    const narrow =
      (then: Fault): Fault =>
      (operation, params, right) =>
        JSON.stringify(params).length > 60 ? { kind: 'unreachable', reason: 'too large' } : then(operation, params, right);
    const id = 'differential/e3x.packet.decode';
    expect(
      await run(
        id,
        narrow((_operation, _params, right) => right),
      ),
    ).toMatchObject({ verdict: 'unreachable' });
    expect(failureOf(await run(id, narrow(dropLastByte))).requirement).toBe('E3X-LOB-008');
  });

  it('ends when an answer never comes', async () => {
    const hurried = { ...input, limitMs: 300 };
    const hanging = [
      ...topicChecks(hurried),
      ...differentialChecks(hurried),
      ...fuzzChecks(hurried),
      ...walkChecks(oracle, judge, 300),
    ].filter((check) => ['property/e3x.packet.decode/total', 'fuzz/e3x.token.derive', 'walk/e3x.cloak-path/default'].includes(check.id));
    expect(hanging).toHaveLength(3);
    const results = await Promise.all(
      hanging.map((check) =>
        check.run(
          faulty(() => new Promise<Outcome>(() => undefined)),
          context,
        ),
      ),
    );
    for (const result of results) expect(result).toMatchObject({ verdict: 'broken', what: 'timeout' });
  });
});
