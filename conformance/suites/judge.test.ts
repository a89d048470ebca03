import { describe, expect, it } from 'vitest';
import { oracleOf } from '../areas.ts';
import { clauseBasis, differenceBasis } from '../contract/basis.ts';
import { adapterClauses } from '../contract/clauses.ts';
import type { CheckResult, Failure } from '../contract/check.ts';
import type { Implementation, JsonObject, Outcome } from '../contract/contract.ts';
import type { Expectation } from '../vectors.ts';
import { clausesRefusing } from '../spec/models.ts';
import { Judge, sourceOf, type Expected, type JudgedStep } from './judge.ts';
import { runSteps } from './steps.ts';
import { OracleImplementation } from './oracle-implementation.ts';

const oracle = oracleOf('e3x');
const judge = new Judge(oracle);
const PUBLISHED = 'E3X-CHN-004';
/** One clause of an operation refuses as this class; several as that. */
const ONE = { operation: 'e3x.chunks.split', reject: 'limit', req: 'E3X-CHK-006' };
const SEVERAL = { operation: 'e3x.base32.decode', reject: 'malformed' };
const TIMER = 'E3X-CHN-006';
const ORDER = 'E3X-CHN-011';
const DECIDED = 'E3X-CHT-007';

const failureOf = (operation: string, expect_: Expectation, got: Outcome, change: Partial<Expected> = {}): Failure => {
  const judgement = judge.judge({ operation, params: {}, expect: expect_, requirement: PUBLISHED, ...change }, got, []);
  if (judgement === undefined || !('failure' in judgement)) throw new Error('no failure');
  return judgement.failure;
};
const ok = (value: JsonObject): Outcome => ({ kind: 'ok', value });
const reply = { transmit: ['00'], events: [{ type: 'packet', body: '00' }], timeoutAt: 1000 };
const replied = (change: JsonObject): Failure => failureOf('e3x.channel.receive', { ok: reply }, ok({ ...reply, ...change }));

describe('the basis of a clause', () => {
  it('is published by a document and decided by a decision', () => {
    const requirement = (id: string): Parameters<typeof clauseBasis>[0] => {
      const found = oracle.spec.requirements.find((r) => r.id === id);
      if (found === undefined) throw new Error(id);
      return found;
    };
    expect(clauseBasis(requirement(PUBLISHED))).toBe('published');
    expect(clauseBasis(requirement(DECIDED))).toBe('decided');
    expect(clauseBasis({ ...requirement(PUBLISHED), contested: 'two libraries' })).toBe('contested');
  });
  it('names the parts of a published clause that are decided, wherever its source is told', () => {
    const source = { document: 'Doc', section: 'Part' };
    const documents = { Doc: { title: 'The document', where: 'x', revision: 'y' } };
    expect(sourceOf({ documents }, { source, decided: [{ part: 'in order', decision: 'ADR-0013' }] })).toBe(
      'The document, Part; but decision ADR-0013 for "in order"',
    );
    expect(sourceOf({ documents }, { source })).toBe('The document, Part');
  });
  it('is decided for the adapter protocol, whatever its source, and the source is legible', () => {
    const clauses = [...adapterClauses().values()];
    expect(new Set(clauses.map(({ basis }) => basis))).toEqual(new Set(['decided']));
    expect(clauses.filter(({ source }) => source.includes('undefined'))).toEqual([]);
  });
});

describe('the kind of a difference', () => {
  const rejects = { reject: 'malformed' };
  it.each([
    ['accepted', 'published', () => failureOf('e3x.packet.decode', rejects, ok({}))],
    ['class', 'decided', () => failureOf('e3x.packet.decode', rejects, { kind: 'reject', class: 'truncated' })],
    ['refused', 'published', () => failureOf('e3x.packet.decode', { ok: {} }, { kind: 'reject', class: 'truncated' })],
    ['state', 'decided', () => failureOf('e3x.channel.send', { ok: reply }, { kind: 'reject', class: 'wrong-state' })],
    ['state', 'decided', () => failureOf('e3x.channel.send', { reject: 'wrong-state' }, ok(reply))],
    ['refused', 'published', () => failureOf('e3x.channel.receive', { ok: reply }, { kind: 'reject', class: 'wrong-state' })],
    ['member', 'published', () => failureOf('e3x.packet.decode', { ok: { head: '00' } }, ok({ head: '01' }))],
    ['missing', 'published', () => failureOf('e3x.packet.decode', { ok: { head: '00' } }, ok({}))],
    ['extra', 'published', () => failureOf('e3x.packet.decode', { ok: {} }, ok({ head: '00' }))],
    ['handle', 'decided', () => failureOf('e3x.channel.open', { ok: reply }, ok(reply), { bound: ['session'] })],
    ['session', 'decided', () => failureOf('e3x.channel.receive', { ok: reply }, ok({ transmit: ['00'], events: reply.events }))],
    ['timer', 'published', () => replied({ timeoutAt: null })],
    ['member', 'published', () => replied({ transmit: ['01'] })],
    ['missing', 'published', () => replied({ transmit: [] })],
    ['extra', 'published', () => replied({ transmit: ['00', '00'] })],
    ['missing', 'published', () => replied({ events: [] })],
    ['member', 'published', () => replied({ events: [{ type: 'packet', body: 'ff' }] })],
    ['event', 'decided', () => replied({ events: [{ type: 'packet', body: '00', at: 1 }] })],
    ['event', 'decided', () => replied({ events: [{ type: 'packet' }] })],
  ] as const)('%s rests on what is %s', (kind, basis, make) => {
    expect(make()).toMatchObject({ kind, basis });
  });
  it('is no answer where the adapter broke', () => {
    const expected: Expected = { operation: 'e3x.packet.decode', params: {}, expect: { ok: {} }, requirement: PUBLISHED };
    for (const broken of [{ kind: 'fault', message: 'x' } as const, { kind: 'misbehaviour', what: 'crash', detail: 'x' } as const])
      expect(judge.judge(expected, broken, [])).toMatchObject({ result: { verdict: 'broken', failure: { kind: 'no-answer' } } });
  });
  it('is decided where the clause is, whatever the kind', () => {
    expect(failureOf('e3x.packet.decode', rejects, ok({}), { requirement: DECIDED })).toMatchObject({ kind: 'accepted', basis: 'decided' });
    expect(judge.basis('E3X-REL-013', 'missing')).toBe('published');
    expect(judge.basis('E3X-REL-013', 'extra')).toBe('decided'); // no document forbids an ack too many
    expect(differenceBasis('contested', 'accepted')).toBe('contested');
    expect(differenceBasis('contested', 'class')).toBe('decided');
  });
});

describe('a valid input that was refused', () => {
  const refused = (operation: string, requirement: string, reject: string): Failure =>
    failureOf(operation, { ok: {} }, { kind: 'reject', class: reject }, { requirement });

  it('is blamed on the one clause that refuses as its class, and says by which clause it is valid', () => {
    expect(refused(ONE.operation, 'E3X-CHK-005', ONE.reject)).toMatchObject({
      requirement: ONE.req,
      about: 'E3X-CHK-005',
      explanation: expect.stringContaining(`${ONE.req} refuses with this class, but does not apply; by E3X-CHK-005`) as string,
    });
  });
  it('stays with the clause that it is about if that one refuses with this class itself', () => {
    const own = refused(ONE.operation, ONE.req, ONE.reject);
    expect(own).toMatchObject({ requirement: ONE.req });
    expect(own).not.toHaveProperty('about');
  });
  it('has an unknown reason if no clause refuses with this class, or several do', () => {
    expect(refused(ONE.operation, 'E3X-CHK-005', 'invalid')).toMatchObject({
      requirement: 'E3X-CHK-005',
      explanation: expect.stringContaining('the reason is unknown') as string,
    });
    const several = clausesRefusing(oracle.spec, SEVERAL.operation, SEVERAL.reject);
    expect(several.length).toBeGreaterThan(1);
    expect(refused(SEVERAL.operation, PUBLISHED, SEVERAL.reject)).toMatchObject({
      requirement: PUBLISHED,
      explanation: expect.stringContaining(`${several.join(', ')} refuse with this class; which of them was applied is unknown`) as string,
    });
  });
  it('is blamed on a row of a machine in a session', () => {
    const rows = oracle.spec.machines.flatMap(({ rows, events }) =>
      rows.flatMap(({ reject, req, on }) =>
        events[on]?.call === 'e3x.channel.receive' && reject !== undefined ? [`${reject} ${req}`] : [],
      ),
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const [reject = '', req = ''] = row.split(' ');
      expect(clausesRefusing(oracle.spec, 'e3x.channel.receive', reject)).toContain(req);
    }
  });
  it('rests on what makes it valid, whatever the clause that refuses', () => {
    const decided = oracle.spec.requirements.find(({ id }) => id === DECIDED);
    expect(decided?.source).toHaveProperty('decision');
    expect(refused(ONE.operation, DECIDED, ONE.reject)).toMatchObject({ requirement: ONE.req, basis: 'decided' });
  });
});

describe('all that is wrong with an answer', () => {
  const packet = (head: string): string => Buffer.concat([Buffer.from([0, head.length]), Buffer.from(head)]).toString('hex');
  const IN_ORDER = packet('{"c":1,"seq":2}');
  const OUT_OF_ORDER = packet('{"seq":2,"c":1}');
  const CALL = 'e3x.channel.receive';
  const wanted = { transmit: [IN_ORDER], events: [], timeoutAt: 1000 };
  const judged = (operation: string, want: JsonObject, change: JsonObject): (Failure | undefined)[] => {
    const judgement = judge.judge({ operation, params: {}, expect: { ok: want }, requirement: PUBLISHED }, ok({ ...want, ...change }), []);
    if (judgement === undefined || !('failure' in judgement)) throw new Error('no failure');
    return [judgement.failure, ...(judgement.others ?? [])];
  };

  it('is told member by member, the timer last and by its own clause', () => {
    const found = judged(CALL, wanted, { timeoutAt: 2000, transmit: [], events: [{ type: 'x' }] });
    expect(found).toMatchObject([
      { kind: 'missing', member: 'transmit/0', requirement: PUBLISHED },
      { kind: 'extra', member: 'events/0', requirement: PUBLISHED },
      { kind: 'timer', member: 'timeoutAt', requirement: TIMER, about: PUBLISHED },
    ]);
  });
  it('is the form of the answer, by the clause of the contract, where a call of a session lacks what each of them gives', () => {
    const { timeoutAt: _timeoutAt, ...rest } = wanted;
    const judgement = judge.judge({ operation: CALL, params: {}, expect: { ok: wanted }, requirement: PUBLISHED }, ok(rest), []);
    expect(judgement).toMatchObject({ failure: { kind: 'session', member: 'timeoutAt', requirement: 'ADP-035', about: PUBLISHED } });
    // A time that is wrong is not a form that is wrong.
    expect(judged(CALL, wanted, { timeoutAt: null })).toMatchObject([{ kind: 'timer', requirement: TIMER }]);
  });
  it('is the order alone where the content is the same, by the clause of the order', () => {
    expect(judged(CALL, wanted, { transmit: [OUT_OF_ORDER] })).toMatchObject([
      { kind: 'order', requirement: ORDER, about: PUBLISHED, basis: 'decided' },
    ]);
    expect(judged(CALL, wanted, { transmit: [packet('{"seq":3,"c":1}')] })).toMatchObject([{ kind: 'member', requirement: PUBLISHED }]);
  });
  it('is an ack or a miss that nothing asks for, by the clause that says when one is sent', () => {
    const [ACK, ALONE, MISS] = ['E3X-REL-012', 'E3X-REL-013', 'E3X-REL-021'];
    expect(judged(CALL, wanted, { transmit: [packet('{"c":1,"seq":2,"ack":0}')] })).toMatchObject([
      { kind: 'extra', member: 'transmit/0', requirement: ACK, about: PUBLISHED, basis: 'decided' },
    ]);
    const both = { transmit: [packet('{"c":1,"seq":2,"ack":0,"miss":[7]}')] };
    expect(judged(CALL, wanted, both)).toMatchObject([{ requirement: ACK }, { requirement: MISS, basis: 'decided' }]);
    expect(judged(CALL, wanted, { transmit: [IN_ORDER, packet('{"c":1,"ack":4}')] })).toMatchObject([
      { kind: 'extra', member: 'transmit/1', requirement: ALONE },
    ]);
    // Anything else that differs is told by the clause of the step, as before; so is an ack that is not there.
    expect(judged(CALL, wanted, { transmit: [packet('{"c":1,"seq":3,"ack":0}')] })).toMatchObject([
      { kind: 'member', requirement: PUBLISHED },
    ]);
    expect(judged(CALL, wanted, { transmit: [IN_ORDER, packet('{"c":1,"seq":3}')] })).toMatchObject([{ requirement: PUBLISHED }]);
    const acked = { ...wanted, transmit: [packet('{"c":1,"seq":2,"ack":0}')] };
    expect(judged(CALL, acked, { transmit: [IN_ORDER] })).toMatchObject([{ kind: 'member', requirement: PUBLISHED }]);
  });
  it('is a decision of ours where no clause speaks of the order', () => {
    const [failure] = judged('e3x.packet.encode', { packet: IN_ORDER }, { packet: OUT_OF_ORDER });
    expect(failure).toMatchObject({ kind: 'order', requirement: PUBLISHED, basis: 'decided' });
    expect(failure).not.toHaveProperty('about');
  });

  const step = (change: Partial<JudgedStep> = {}): JudgedStep => ({
    operation: CALL,
    params: {},
    expect: { ok: wanted },
    requirement: PUBLISHED,
    ...change,
  });
  const played = async (replies: readonly JsonObject[], steps: readonly JudgedStep[]): Promise<{ result: CheckResult; calls: number }> => {
    let calls = 0;
    const implementation: Implementation = {
      hello: new OracleImplementation(oracle).hello,
      call: () => Promise.resolve(ok({ ...wanted, ...replies[calls++] })),
    };
    return { result: await runSteps(judge, implementation, steps), calls };
  };

  it('does not end with a timer or an order: the trace goes on, and each clause is told once', async () => {
    const late = { timeoutAt: 2000 };
    const { result, calls } = await played([late, late, { transmit: [OUT_OF_ORDER] }, {}], [step(), step(), step(), step()]);
    expect(calls).toBe(4);
    expect(result).toMatchObject({
      verdict: 'fail',
      failure: { kind: 'timer', requirement: TIMER, steps: { length: 1 } },
      others: [{ kind: 'order', requirement: ORDER, steps: { length: 3 } }],
    });
    expect(result).toHaveProperty('others.length', 1);
  });
  it('ends with the content, which is told beside the timer before it', async () => {
    const { result, calls } = await played([{ timeoutAt: 2000 }, { transmit: [] }, {}], [step(), step(), step()]);
    expect(calls).toBe(2);
    expect(result).toMatchObject({ failure: { kind: 'timer' }, others: [{ kind: 'missing', member: 'transmit/0' }] });
  });
});
