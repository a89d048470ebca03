/** What a library cannot say, over adapters made of the reference: those that say less hold, those that do wrong fail. */
import { describe, expect, it } from 'vitest';
import type { Check, CheckResult } from '../../conformance/contract/check.ts';
import type { Hello, JsonObject } from '../../conformance/contract/contract.ts';
import { vectorCheck } from '../../conformance/suites/vectors.ts';
import type { Twin, Vector, VectorStep } from '../../conformance/vectors.ts';
import { referenceHandler } from '../adapters/reference/handler.ts';
import type { Handler } from '../core/serve.ts';
import { openLocal, withoutReasons, wrapped, type Wrap } from '../testing/local.ts';
import { loadSuite } from './suite.ts';

const suite = loadSuite();
const area = suite.areas.find(({ spec }) => spec.area === 'e3x');
if (area === undefined) throw new Error('no area e3x');
const { oracle, judge, vectors } = area;

const resultOf = async (check: Check, handler: Handler, seed = 'seed'): Promise<CheckResult> => {
  const connection = await openLocal(handler, suite.shapes)();
  const result = await check.run(connection, { seed, effort: 1 });
  await connection.close();
  return result;
};
const check = (vector: Vector): Check => vectorCheck(oracle, judge, vector);
const vectorOf = (id: string, twin?: Twin): Vector => {
  const found = vectors.find((vector) => vector.id === id);
  if (found === undefined) throw new Error(`no vector ${id}`);
  const last = found.steps.length - 1;
  return twin === undefined ? found : { ...found, steps: found.steps.map((step, i) => (i === last ? { ...step, twin } : step)) };
};
const only =
  (operation: string, wrap: Wrap): Wrap =>
  (asked, params, next) =>
    asked === operation ? wrap(asked, params, next) : next();

/** A call that is refused, and its twin. */
const CALL = 'e3x.token.derive';
const packet = (length: number): string => `00013a${'11'.repeat(length)}`;
const refusal = (twin: Twin): Vector => ({
  id: 'test/short',
  title: 'a body of 15 bytes',
  kind: 'truncation',
  requirement: 'E3X-TOK-004',
  oracles: [],
  steps: [{ operation: CALL, params: { packet: packet(15) }, expect: { reject: 'truncated' }, requirement: 'E3X-TOK-004', twin }],
});
const TWIN: Twin = { kind: 'input', params: { packet: packet(16) } };
const SEEDS = ['a', 'b', 'c', 'd', 'e'];

describe('a refusal without a reason', () => {
  it('shows its clause where its twin is accepted, in either order', async () => {
    const orders = new Set<string>();
    for (const seed of SEEDS) {
      const asked: string[] = [];
      const noting = wrapped(withoutReasons(referenceHandler), (_operation, params, next) => {
        asked.push(params['packet'] === packet(15) ? 'bad' : 'twin');
        return next();
      });
      expect(await resultOf(check(refusal(TWIN)), noting, seed)).toEqual({ verdict: 'pass', cases: 1 });
      orders.add(asked.join(' '));
    }
    expect(orders).toEqual(new Set(['bad twin', 'twin bad']));
  });
  it('fails by the clause of the twin where that is refused as well', async () => {
    const nothing = wrapped(
      withoutReasons(referenceHandler),
      only(CALL, () => ({ refused: true })),
    );
    for (const seed of SEEDS)
      expect(await resultOf(check(refusal(TWIN)), nothing, seed)).toMatchObject({
        verdict: 'fail',
        failure: { kind: 'refused', requirement: 'E3X-TOK-001', about: 'E3X-TOK-004', got: { kind: 'refused' } },
      });
  });
  it('fails where the bad input is accepted', async () => {
    const all = wrapped(
      withoutReasons(referenceHandler),
      only(CALL, () => ({ ok: { token: '00'.repeat(16) } })),
    );
    expect(await resultOf(check(refusal(TWIN)), all)).toMatchObject({
      verdict: 'fail',
      failure: { kind: 'accepted', requirement: 'E3X-TOK-004' },
    });
  });
  it('by length alone fails where the twin is as long', async () => {
    const same = vectorOf('e3x.token.derive/csid-00');
    expect(same.steps[0]?.expect).toEqual({ reject: 'malformed' });
    const params = same.steps[0]?.params ?? {};
    const good = String(params['packet']).replace(/^000100/, '00013a');
    const lengths = new Set([packet(17).length]);
    const byLength = wrapped(
      withoutReasons(referenceHandler),
      only(CALL, (_operation, asked, next) => (lengths.has(String(asked['packet']).length) ? next() : { refused: true })),
    );
    const twinned = vectorOf(same.id, { kind: 'input', params: { packet: good } });
    expect(await resultOf(check(twinned), withoutReasons(referenceHandler))).toMatchObject({ verdict: 'pass' });
    expect(await resultOf(check(twinned), byLength)).toMatchObject({ verdict: 'fail', failure: { kind: 'refused' } });
  });
  it('is not shown without a twin, or where every specification refuses it', async () => {
    const handler = withoutReasons(referenceHandler);
    expect(await resultOf(check(refusal({ kind: 'none', reason: 'nothing-accepted' })), handler)).toMatchObject({ verdict: 'not-shown' });
    expect(await resultOf(check(refusal({ ...TWIN, reasonShown: false })), handler)).toMatchObject({ verdict: 'not-shown' });
    // Who says the reason needs no twin.
    expect(await resultOf(check(refusal({ kind: 'none', reason: 'nothing-accepted' })), referenceHandler)).toMatchObject({
      verdict: 'pass',
    });
  });
  it('of an operation that is not in reasons violates the contract (ADP-046)', async () => {
    const sly = withoutReasons(referenceHandler, { reasons: [] });
    expect(await resultOf(check(refusal(TWIN)), sly)).toMatchObject({ verdict: 'broken', what: 'contract' });
  });
});

describe('a refusal in a session', () => {
  const TRACES = vectors.filter(
    ({ id, steps, requirement }) =>
      id.startsWith('e3x.token-table/') && steps.some((s) => 'reject' in s.expect && s.requirement === requirement),
  );
  const withTwins = (vector: Vector): Vector => ({
    ...vector,
    steps: vector.steps.map((step, i): VectorStep => ('reject' in step.expect ? { ...step, twin: twinOf(vector, i) } : step)),
  });
  /** The refused step asked in the state after opening, where the specification accepts it; else the good call before it. */
  const twinOf = (vector: Vector, index: number): Twin => {
    const before = vector.steps.slice(1, index).filter((s) => 'ok' in s.expect && s.operation === 'e3x.tokens.find');
    const good = before.at(-1);
    return good === undefined
      ? { kind: 'none', reason: 'nothing-accepted' }
      : { kind: 'session', operation: good.operation, params: good.params };
  };
  it('passes or is not shown where the reference refuses, and is shown where the trace goes on', async () => {
    const handler = withoutReasons(referenceHandler);
    const verdicts = new Map<string, number>();
    for (const vector of TRACES.slice(0, 60)) {
      const result = await resultOf(check(withTwins(vector)), handler);
      if (result.verdict === 'fail') throw new Error(`${vector.id}: ${result.failure.explanation}`);
      verdicts.set(result.verdict, (verdicts.get(result.verdict) ?? 0) + 1);
    }
    expect(verdicts.get('pass') ?? 0).toBeGreaterThan(0);
  });
  it('that changes the state fails by the clause of the refusal', async () => {
    // Whatever is refused ends the session, as far as it can be seen.
    const ended = new Set<string>();
    const forgetful = wrapped(withoutReasons(referenceHandler), (operation, params, next) => {
      const session = String(params['session']);
      if (ended.has(session)) return { refused: true };
      const body = next();
      if ('refused' in body) ended.add(session);
      return body;
    });
    const failures: string[] = [];
    for (const vector of TRACES.slice(0, 60)) {
      const result = await resultOf(check(withTwins(vector)), forgetful);
      if (result.verdict === 'fail') failures.push(`${result.failure.kind} ${result.failure.requirement} ${vector.requirement}`);
    }
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.filter((text) => text.startsWith('relation')).every((text) => text.split(' ')[1] === text.split(' ')[2])).toBe(true);
  });
});

describe('what hello omits', () => {
  const omitting = (omits: readonly string[], more: Partial<Hello> = {}): Handler =>
    wrapped(
      referenceHandler,
      (_operation, _params, next) => {
        const body = next();
        if (!('ok' in body)) return body;
        const ok = Object.fromEntries(Object.entries(body.ok).filter(([name]) => !omits.includes(name)));
        return {
          ok: Array.isArray(ok['events'])
            ? { ...ok, events: (ok['events'] as readonly JsonObject[]).filter(({ type }) => !omits.includes(`event:${String(type)}`)) }
            : ok,
        };
      },
      { omits, ...more },
    );
  const byTimer = vectors.filter(({ id, requirement }) => id.startsWith('e3x.channel') && requirement === 'E3X-CHN-006').slice(0, 3);
  it('is not compared, and what only it would show is not shown', async () => {
    const counts = { 'pass': 0, 'not-shown': 0 };
    for (const vector of vectors
      .filter(({ id }) => id.startsWith('e3x.channel-timers') || id.startsWith('e3x.channel-sender/'))
      .slice(0, 80)) {
      const { verdict } = await resultOf(check(vector), omitting(['timeoutAt']));
      if (verdict !== 'pass' && verdict !== 'not-shown') throw new Error(`${vector.id}: ${verdict}`);
      counts[verdict] += 1;
    }
    expect(counts.pass).toBeGreaterThan(0);
    expect(byTimer.length).toBeGreaterThanOrEqual(0);
  });
  it('and is sent all the same violates the contract (ADP-047)', async () => {
    const vector = vectorOf('e3x.packet.decode/example');
    const saying = wrapped(referenceHandler, (_operation, _params, next) => next(), { omits: ['headLength'] });
    expect(await resultOf(check(vector), saying)).toMatchObject({
      verdict: 'broken',
      detail: expect.stringContaining("a member 'headLength'") as string,
    });
    expect(await resultOf(check(vector), omitting(['headLength', 'bodyLength']))).toMatchObject({ verdict: 'pass' });
  });
  it('must be omittable, a choice or declared (ADP-046, ADP-047, ADP-048)', async () => {
    for (const [hello, clause] of [
      [{ omits: ['transmit'] }, 'ADP-047'],
      [{ omits: ['event:packet'] }, 'ADP-047'],
      [{ omits: ['verified'] }, 'ADP-047'],
      [{ values: { inner: ['00'] } }, 'ADP-048'],
      [{ values: { csid: ['9a'] } }, 'ADP-048'],
      [{ reasons: ['e3x.no.such'] }, 'ADP-046'],
    ] as const)
      await expect(
        openLocal(
          wrapped(referenceHandler, (_o, _p, next) => next(), hello),
          suite.shapes,
        )(),
      ).rejects.toThrow(clause);
  });
});
