/** What a library cannot say, over adapters made of the reference: those that say less hold, those that do wrong fail. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Check, CheckResult } from '../../conformance/contract/check.ts';
import type { Hello, JsonObject } from '../../conformance/contract/contract.ts';
import { choicesIn } from '../../conformance/suites/left.ts';
import { vectorCheck } from '../../conformance/suites/vectors.ts';
import type { Operation } from '../../conformance/spec/types.ts';
import type { Twin, Vector } from '../../conformance/vectors.ts';
import { referenceHandler } from '../adapters/reference/handler.ts';
import { withoutMembers, withoutReasons } from '../adapters/reference/less.ts';
import { EXIT, exitCode } from '../core/exit.ts';
import { runChecks, type RunSummary } from '../core/runner.ts';
import type { Handler, ReplyBody } from '../core/serve.ts';
import { formatJunit } from '../report/junit.ts';
import { formatSummary } from '../report/summary.ts';
import { openLocal, wrapped, type Wrap } from '../testing/local.ts';
import { claimsOf, loadSuite, selectChecks } from './suite.ts';
import { narrowerThanClaimed, worthOfRun } from './worth.ts';

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
/** A head of two bytes. */
const BAD = String(vectorOf('e3x.token.derive/head-two-bytes').steps[0]?.params['packet']);
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
  const traces = vectors
    .filter(({ id, steps, requirement }) => {
      const last = steps.at(-1);
      return id.startsWith('e3x.token-table/') && last !== undefined && 'reject' in last.expect && last.requirement === requirement;
    })
    .filter((_, i) => i % 10 === 0);
  it('is shown where the reference refuses', async () => {
    for (const vector of traces)
      expect(await resultOf(check(vector), withoutReasons(referenceHandler))).toEqual({ verdict: 'pass', cases: 1 });
  });
  it('that changes the session fails by the clause of the refusal, which a probe finds', async () => {
    // Whatever is refused ends the session, as far as it can be seen.
    const ended = new Set<string>();
    const forgetful = wrapped(withoutReasons(referenceHandler), (_operation, params, next) => {
      const session = String(params['session']);
      if (ended.has(session)) return { refused: true };
      const body = next();
      if ('refused' in body) ended.add(session);
      return body;
    });
    const found = new Set<string>();
    for (const vector of traces) {
      const result = await resultOf(check(vector), forgetful);
      if (result.verdict !== 'fail') continue;
      const { kind, requirement } = result.failure;
      found.add(kind);
      if (kind === 'relation') expect(requirement).toBe(vector.requirement);
    }
    expect(found).toContain('relation');
  });
  it('and a packet of which nothing comes are the same for a receive (ADP-046)', async () => {
    const found = vectors.find(
      ({ id, steps }) =>
        id.startsWith('e3x.channel-') &&
        steps.at(-1)?.operation === 'e3x.channel.receive' &&
        'reject' in (steps.at(-1)?.expect ?? {}) &&
        steps.at(-1)?.twin?.kind === 'session',
    );
    if (found === undefined) throw new Error('no such trace');
    const silent = (reasons: readonly string[]): Handler =>
      wrapped(
        referenceHandler,
        (operation, _params, next) => {
          const body = next();
          return 'reject' in body && operation === 'e3x.channel.receive' ? { ok: { transmit: [], events: [], timeoutAt: null } } : body;
        },
        { reasons },
      );
    expect((await resultOf(check(found), silent(['e3x.channel.receive']))).verdict).not.toBe('fail');
    expect(await resultOf(check(found), silent([]))).toMatchObject({ verdict: 'fail', failure: { kind: 'accepted' } });
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
  it('is not compared, and what only it would show is not shown', async () => {
    const about = vectors.filter(({ id, kind }) => kind === 'trace' && id.startsWith('e3x.channel')).filter((_, i) => i % 40 === 0);
    const byTimer = vectors.filter(({ id }) => /^e3x\.exchange-timers\/odd\/.*resend-not-yet-due-while-idle$/.test(id)).slice(0, 4);
    const verdicts: string[] = [];
    for (const vector of [...about, ...byTimer]) {
      const { verdict } = await resultOf(check(vector), omitting(['timeoutAt']));
      expect(['pass', 'not-shown'], vector.id).toContain(verdict);
      verdicts.push(verdict);
    }
    expect(new Set(verdicts)).toEqual(new Set(['pass', 'not-shown']));
  });
  it('with or without reasons: what is right in all that can be seen fails nothing, in any topic', async () => {
    const handlers = [withoutMembers(referenceHandler, suite.shapes), withoutReasons(withoutMembers(referenceHandler, suite.shapes))];
    const sample = suite.checks.filter(
      ({ id, suite: kind }, at) =>
        (kind !== 'property' && kind !== 'fuzz' && kind !== 'cross' && at % 60 === 0) || /(after-close|never-opened)$/.test(id),
    );
    const verdicts = new Set<string>();
    for (const handler of handlers)
      for (const one of sample.filter(({ isFor }) => isFor?.(handler.hello) !== false)) {
        const result = await resultOf(one, handler);
        expect(['pass', 'not-shown', 'unsupported'], `${one.id}: ${JSON.stringify(result)}`).toContain(result.verdict);
        verdicts.add(result.verdict);
      }
    expect(verdicts).toContain('not-shown');
  });
  it('and is wrong hides nothing that is compared', async () => {
    const vector = vectorOf('e3x.packet.decode/headLength-1-with-7-behind');
    const wrong = wrapped(omitting(['headLength']), (_operation, _params, next) => {
      const body = next();
      return 'ok' in body ? { ok: { ...body.ok, body: '00' } } : body;
    });
    expect(await resultOf(check(vector), wrong)).toMatchObject({ verdict: 'fail', failure: { member: 'body' } });
  });
  it('and is sent all the same violates the contract (ADP-047)', async () => {
    const vector = vectorOf('e3x.packet.decode/headLength-1-with-7-behind');
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

/** A whole run over a profile, and its exit code. */
const runOf = async (
  handler: Handler,
  change: Partial<Hello> = {},
  require: readonly string[] = [],
  asked: (check: Check) => boolean = () => true,
): Promise<{ exit: number; summary: RunSummary }> => {
  const claiming = wrapped(handler, (_operation, _params, next) => next(), { profiles: ['e3x-tokens'], ...change });
  const options = { profile: [], only: [], require };
  const checks = selectChecks(suite, { profiles: [], only: [] }, claiming.hello).filter(asked);
  const run = await runChecks(checks, openLocal(claiming, suite.shapes), {
    seed: 'seed',
    timeoutMs: 10_000,
    claims: claimsOf(suite, { profiles: [], only: [] }),
    profiles: new Set(suite.profiles.keys()),
    narrower: (hello) => narrowerThanClaimed(suite, hello),
  });
  const worth = worthOfRun(suite, options, run, true);
  const summary = worth === undefined ? run : { ...run, worth };
  return { exit: exitCode(summary), summary };
};
const failing = ({ reports }: RunSummary): string[] => [
  ...new Set(reports.flatMap(({ result }) => (result.verdict === 'fail' ? [result.failure.requirement] : []))),
];

describe('a claim', () => {
  it('holds for the reference, with reasons and without', async () => {
    for (const handler of [referenceHandler, withoutReasons(referenceHandler)]) {
      const { exit, summary } = await runOf(handler, {}, ['e3x-tokens']);
      expect(failing(summary)).toEqual([]);
      expect(summary.worth?.claims).toMatchObject([{ profile: 'e3x-tokens', notShown: [], failing: [] }]);
      expect(exit).toBe(EXIT.ok);
    }
  });
  it.each([
    ['refuses everything', (): ReplyBody => ({ refused: true }), 'E3X-TOK-001'],
    [
      'accepts one bad input',
      (params: JsonObject, next: () => ReplyBody) => (params['packet'] === BAD ? { ok: { token: '00'.repeat(16) } } : next()),
      'E3X-TOK-002',
    ],
    [
      'throws on what is too short',
      (params: JsonObject, next: () => ReplyBody) => (String(params['packet']).length < 8 ? { crashed: 'RangeError' } : next()),
      undefined,
    ],
  ] as const)('fails for one that %s', async (_name, wrap, clause) => {
    const handler = wrapped(withoutReasons(referenceHandler), (_operation, params, next) => wrap(params, next));
    const { exit, summary } = await runOf(handler);
    if (clause !== undefined) expect(failing(summary)).toContain(clause);
    expect([EXIT.failed, EXIT.adapter]).toContain(exit);
  });
  it('holds without reasons although one clause can only be told by them', async () => {
    const { exit, summary } = await runOf(withoutReasons(referenceHandler), { profiles: ['e3x-messages-3a'] });
    expect(failing(summary)).toEqual([]);
    expect(summary.worth?.claims).toMatchObject([{ notShown: [] }]);
    // A channel packet with a head does not authenticate either.
    expect(summary.worth?.notShown).toContain('E3X-CHP-003');
    expect(exit).toBe(EXIT.ok);
  });
  it('of a library that checks no points fails by the clause of the points', async () => {
    const points = vectors.filter(
      ({ requirement, steps }) =>
        requirement === 'E3X-CS3-004' && steps[0]?.operation === 'e3x.message.open' && steps[0].twin?.reasonShown !== false,
    );
    expect(points.length).toBeGreaterThan(0);
    const [vector] = points;
    if (vector === undefined) return;
    expect(await resultOf(check(vector), withoutReasons(referenceHandler))).toMatchObject({ verdict: 'pass' });
    const unchecked = wrapped(
      withoutReasons(referenceHandler),
      only('e3x.message.open', (_operation, params, next) =>
        params['packet'] === vector.steps[0]?.params['packet'] ? { ok: { inner: '0000', ephemeralKey: '00'.repeat(32) } } : next(),
      ),
    );
    expect(await resultOf(check(vector), unchecked)).toMatchObject({
      verdict: 'fail',
      failure: { kind: 'accepted', requirement: 'E3X-CS3-004' },
    });
  });
  it('that leaves out what shows a MUST is incomplete, and each such MUST is named', async () => {
    const silent = wrapped(
      referenceHandler,
      (_operation, _params, next) => {
        const body = next();
        // It would be wrong, if it were seen.
        return 'ok' in body ? { ok: Object.fromEntries(Object.entries(body.ok).filter(([name]) => name !== 'jsonError')) } : body;
      },
      { omits: ['jsonError'] },
    );
    // Another head of few bytes would be JSON, and show it all the same.
    const asked = ({ requirement, id }: Check): boolean => requirement !== 'E3X-LOB-005' || id === 'e3x.packet.decode/binary-head-0000';
    const { exit, summary } = await runOf(silent, { profiles: ['e3x-packets'] }, [], asked);
    expect(failing(summary)).toEqual([]);
    expect(exit).toBe(EXIT.incomplete);
    const hidden = summary.worth?.claims[0]?.notShown ?? [];
    expect(hidden.length).toBeGreaterThan(0);
    const text = formatSummary(summary, { requirements: suite.requirements, exitCode: EXIT.incomplete });
    for (const id of hidden) expect(text).toContain(id);
    expect(text).toContain('INCOMPLETE');
    expect(formatJunit(summary)).toContain(`<testcase classname="bottlepost.claims.e3x-packets" name="${hidden[0] ?? ''}"`);
    const { exit: without } = await runOf(silent, { profiles: [], operations: ['e3x.packet.decode'] });
    expect(without).toBe(EXIT.ok);
  });
  it('that is required and not made is incomplete, whatever hello says', async () => {
    expect((await runOf(referenceHandler, {}, ['e3x-chunks'])).exit).toBe(EXIT.incomplete);
  });
  it('is not asked with values that it leaves out, but for whether it refuses them (ADP-048)', async () => {
    const asked: string[] = [];
    // The last value of everything that can be chosen.
    const values = { csid: ['3a'], suite: ['interpeer-1'], handshakes: ['key-exchange'], form: ['jsonld'], payload: ['lorawan-51'] };
    const leftOut = new Map<string, readonly string[]>(Object.entries(values));
    const noting = wrapped(
      referenceHandler,
      (operation, params, next) => {
        for (const [name, value] of choicesIn(suite.shapes.get(operation)?.params as Operation['params'], params))
          if (leftOut.get(name)?.includes(value) === false) asked.push(`${operation} ${name} ${value}`);
        return next();
      },
      { profiles: [], values },
    );
    const isVector = ({ operations, suite: kind }: Check): boolean => kind === 'vector' && operations.join() === 'e3x.message.seal';
    const checks = suite.checks.filter(
      (one) => one.isFor?.(noting.hello) !== false && (isVector(one) || (one.suite === 'contract' && !one.id.includes('/values/'))),
    );
    const run = await runChecks(checks, openLocal(noting, suite.shapes), { seed: 'seed', timeoutMs: 10_000 });
    expect(asked).toEqual([]);
    const verdictOf = (id: string): string | undefined => run.reports.find((report) => report.check.id === id)?.result.verdict;
    // What is left of a check is asked; one of which nothing is left shows nothing.
    expect(verdictOf('adapter/e3x.message.seal/calls-at-once')).toBe('pass');
    expect(verdictOf('adapter/e3x.message.seal/1a/entropy-shortage')).toBe('not-shown');
    expect(verdictOf('adapter/e3x.message.seal/3a/entropy-shortage')).toBe('pass');
    expect(run.reports.filter(({ result }) => ['fail', 'broken'].includes(result.verdict))).toEqual([]);
    // Nor are nonces looked at that it does not draw.
    const drawing = { ...noting.hello, entropy: 'own' as const };
    const nonces = suite.checks.filter(({ id, isFor }) => id.endsWith('/no-repeated-nonce') && isFor?.(drawing) === true);
    expect(nonces.filter(({ id }) => id.startsWith('adapter/e3x.message.seal/')).map(({ id }) => id)).toEqual([
      'adapter/e3x.message.seal/3a/no-repeated-nonce',
    ]);
  });
  it('has no less than its profile (ADP-049), and refuses what it leaves out (ADP-048)', async () => {
    const narrow = { profiles: ['e3x-selection'], values: { csid: ['2a', '3a'] } };
    const { summary } = await runOf(referenceHandler, { profiles: ['e3x-messages'], values: { csid: ['3a'] } }).catch((error: unknown) => {
      throw error;
    });
    expect(summary.reports.find(({ check }) => check.id === 'contract/profiles')?.result).toMatchObject({
      verdict: 'broken',
      detail: expect.stringContaining('ADP-049') as string,
    });
    const taking = suite.checks.find(({ id }) => id === 'adapter/e3x/values/csid/1a');
    if (taking === undefined) throw new Error('no check of values');
    expect(
      await resultOf(
        taking,
        wrapped(referenceHandler, (_o, _p, next) => next(), narrow),
      ),
    ).toMatchObject({ verdict: 'fail', failure: { requirement: 'ADP-048' } });
    expect(
      await resultOf(
        taking,
        wrapped(referenceHandler, () => ({ reject: { class: 'unsupported' } }), narrow),
      ),
    ).toMatchObject({ verdict: 'pass' });
  });
});

describe('an implementation that draws its own entropy', () => {
  const drawing = (draw: (length: number) => string): Handler =>
    wrapped(
      referenceHandler,
      (_operation, params, next) =>
        next(typeof params['entropy'] === 'string' ? { ...params, entropy: draw(params['entropy'].length / 2) } : params),
      { entropy: 'own' },
    );
  const random = drawing((length) => randomBytes(length).toString('hex'));
  const named = (id: string): Check => {
    const found = suite.checks.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no check ${id}`);
    return found;
  };
  const another = (handler: Handler) => async () => {
    const implementation = await openLocal(handler, suite.shapes)();
    return { implementation, close: async () => void (await implementation.close()) };
  };
  it('is not compared with canned bytes', async () => {
    expect(await resultOf(check(vectorOf('e3x.message.seal/3a/inner-64')), random)).toMatchObject({ verdict: 'not-shown' });
    expect(await resultOf(check(vectorOf('e3x.message.open/3a/inner-64')), random)).toMatchObject({ verdict: 'pass' });
  });
  it('has a live peer in sessions: the reference answers its handshakes, and reads its packets', async () => {
    const names = ['read-by-reference/E3X-EXC-031', 'made-by-reference'].map((end) => `opening/e3x.exchange/3a/${end}`);
    for (const name of names) {
      const talking = named(name);
      expect(talking.isFor?.(referenceHandler.hello)).toBe(false);
      expect(talking.isFor?.(random.hello)).toBe(true);
      expect(await resultOf(talking, random)).toMatchObject({ verdict: 'pass' });
      const deaf = wrapped(
        random,
        only('e3x.exchange.receive', (_operation, _params, next) => {
          const body = next();
          return 'ok' in body ? { ok: { ...body.ok, events: [] } } : body;
        }),
      );
      expect(await resultOf(talking, deaf)).toMatchObject({ verdict: 'fail', failure: { requirement: 'E3X-EXC-031' } });
    }
  });
  it('repeats no nonce, in one process and in two (ADP-050)', async () => {
    const nonces = named('adapter/e3x.channelpacket.seal/3a/no-repeated-nonce');
    const run = async (handler: Handler): Promise<CheckResult> =>
      nonces.run(await openLocal(handler, suite.shapes)(), { seed: 's', effort: 1, another: another(handler) });
    expect(await run(random)).toEqual({ verdict: 'pass', cases: 160 });
    expect(await run(drawing((length) => '07'.repeat(length)))).toMatchObject({ verdict: 'fail', failure: { requirement: 'ADP-050' } });
    // Each process counts from the same number.
    let count = 0;
    const counting = drawing((length) => (count++ % 64).toString(16).padStart(2 * length, '0'));
    expect(await run(counting)).toMatchObject({
      verdict: 'fail',
      failure: { explanation: expect.stringContaining('in 65 calls') as string },
    });
  });
});
