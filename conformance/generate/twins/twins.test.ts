import { describe, expect, it } from 'vitest';
import { REGISTRY } from '../../areas.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { MachineInterpreter } from '../../oracle/machine.ts';
import { Oracle } from '../../oracle/oracle.ts';
import { SpecReader } from '../../spec/loader.ts';
import type { Machine, Operation } from '../../spec/types.ts';
import { committedVectors, twinRequest, type Vector, type VectorStep } from '../../vectors.ts';
import { playedSteps } from '../sessions.ts';
import { countTwins, unshownFaults } from './counts.ts';
import { InputTwins } from './inputs.ts';
import { Loosened } from './loosened.ts';
import { NotingOracle, Seen } from './seen.ts';
import { TopicTwins } from './topic.ts';

const reader = new SpecReader();
const spec = reader.area(reader.areas()[0] ?? '');
const req = 'TOY-DOR-001';
/** Takes bytes that begin with 01 and are at most three, and a number up to 9. */
const SHAPE: Operation = {
  operation: 'toy.knock',
  summary: 'Knocks.',
  params: { bytes: { type: 'bytes', required: true }, times: { type: 'integer', minimum: 0, maximum: 99 } },
  result: { heard: { type: 'boolean', req } },
  rejects: ['malformed', 'limit'],
};
const KNOCK: Operation = {
  ...SHAPE,
  model: [
    { require: { that: 'length(bytes) > 0 and slice(bytes, 0, 1) = 0x01', reject: 'malformed', req } },
    { require: { that: 'length(bytes) <= 3', reject: 'limit', req } },
    { require: { that: "kind(times) = 'none' or times <= 9", reject: 'limit', req } },
    { return: { heard: 'true' } },
  ],
};
/** Refuses everything. */
const NEVER: Operation = {
  ...KNOCK,
  operation: 'toy.never',
  model: [{ require: { that: 'false', reject: 'malformed', req } }],
};

function toy(): { oracle: NotingOracle; seen: Seen } {
  const oracle = new NotingOracle({ ...spec, operations: [KNOCK, NEVER] }, REGISTRY.primitives);
  oracle.seen = new Seen();
  return { oracle, seen: oracle.seen };
}
function twinOf(params: JsonObject, seen: readonly JsonObject[] = [], base?: JsonObject): unknown {
  const { oracle, seen: noted } = toy();
  for (const one of seen) oracle.answer('toy.knock', one);
  const answer = oracle.answer('toy.knock', params);
  if (answer.kind !== 'reject') throw new Error('not refused');
  return new InputTwins(oracle, noted).of({ operation: 'toy.knock', params, reject: answer.class }, base);
}

describe('the twin of a call without a session', () => {
  it('is the request from which the refused one was made', () => {
    expect(twinOf({ bytes: '00aa' }, [], { bytes: '01aa' })).toEqual({ kind: 'input', params: { bytes: '01aa' } });
    expect(() => twinOf({ bytes: '00aa' }, [], { bytes: '02aa' })).toThrow(/the base of a refused request is refused/);
  });
  it('is else the nearest that was accepted, in one parameter, and of the same length where that is not the fault', () => {
    expect(twinOf({ bytes: '00bb' }, [{ bytes: '01' }, { bytes: '01ba' }])).toEqual({ kind: 'input', params: { bytes: '01ba' } });
    expect(twinOf({ bytes: '02' }, [{ bytes: '0100' }])).toEqual({ kind: 'input', params: { bytes: '01' } });
  });
  it('takes a value from what else was seen, and keeps the other parameters', () => {
    // The right bytes were only seen in a refused request.
    expect(twinOf({ bytes: '11cc', times: 4 }, [{ bytes: '01cc', times: 12 }])).toEqual({ kind: 'input', params: { bytes: '01cc' } });
  });
  it('is at the bound, and inside what the operation declares', () => {
    expect(twinOf({ bytes: '01aabbcc' })).toEqual({ kind: 'input', params: { bytes: '01aabb' } });
    expect(twinOf({ bytes: '01', times: 10 })).toEqual({ kind: 'input', params: { times: 9 } });
    expect(twinOf({ bytes: '01', times: 50 })).toEqual({ kind: 'input', params: { times: 0 } });
  });
  it('is none where nothing is accepted', () => {
    const { oracle, seen } = toy();
    const none = new InputTwins(oracle, seen).of({ operation: 'toy.never', params: { bytes: '01' }, reject: 'malformed' });
    expect(none).toEqual({ kind: 'none', reason: 'nothing-accepted' });
  });
  it('is asked of everybody who confirms vectors', () => {
    const { oracle, seen } = toy();
    const vector: Vector = {
      id: 'toy.knock/bad',
      title: 'bad',
      kind: 'range',
      requirement: req,
      oracles: ['interpreter'],
      steps: [{ operation: 'toy.knock', params: { bytes: '00' }, expect: { reject: 'malformed' }, requirement: req }],
    };
    const protest = (): never => {
      throw new Error('somebody disagrees');
    };
    expect(() =>
      new TopicTwins(oracle, [protest], seen, [vector], new Loosened(oracle.spec, REGISTRY.primitives)).add(vector, { bytes: '01' }),
    ).toThrow(/somebody disagrees/);
  });
});

const row = (name: string, from: string, on: string, to: string, more: object = {}): Machine['rows'][number] => ({
  name,
  in: from,
  on,
  to,
  outcome: 'accept',
  req,
  ...more,
});
const refused = { reject: 'malformed', outcome: 'malformed' };
/** A door that is knocked at, at most once in a row, and that is gone once it is locked. */
const DOOR: Machine = {
  machine: 'toy.door',
  title: 'A door',
  session: 'toy.inn',
  configurations: [{ name: 'front', open: {} }],
  states: ['shut', 'knocked', 'locked'],
  initial: 'shut',
  variables: {},
  events: {
    knock: { call: 'toy.knock', parameters: ['times'], with: { times: [0, 1, 2] }, arguments: { times: 'times' } },
    turn: { call: 'toy.turn' },
    shake: { call: 'toy.inn.receive' },
    kick: { call: 'toy.kick' },
  },
  timeout: 'none',
  rows: [
    row('knock-of-nothing-refused', 'shut', 'knock', 'shut', { when: 'times = 0', ...refused, req: 'TOY-DOR-002' }),
    row('knocked-at', 'shut', 'knock', 'knocked', { emit: "{ type: 'knocked' }" }),
    row('knock-refused-while-heard', 'knocked', 'knock', 'knocked', refused),
    row('knock-refused-once-locked', 'locked', 'knock', 'locked', refused),
    row('locks', 'shut', 'turn', 'locked'),
    row('locks-after-a-knock', 'knocked', 'turn', 'locked'),
    row('turn-refused-once-locked', 'locked', 'turn', 'locked', refused),
    row('shake-ignored', 'shut', 'shake', 'shut', { outcome: 'ignore' }),
    row('shake-ignored-while-heard', 'knocked', 'shake', 'knocked', { outcome: 'ignore' }),
    ...['shut', 'knocked', 'locked'].map((state) => row(`kick-refused-while-${state}`, state, 'kick', state, refused)),
    row('shake-refused-once-locked', 'locked', 'shake', 'locked', refused),
  ],
  invariants: [],
};
/** The twin of the last step of a trace. */
const last = (...events: readonly (readonly [string, bigint?])[]): unknown => lastOf(DOOR, ...events);
function lastOf(machine: Machine, ...events: readonly (readonly [string, bigint?])[]): unknown {
  const inn = { ...SHAPE, session: 'toy.inn', operation: 'toy.inn.open' };
  const oracle = new Oracle({ ...spec, operations: [inn], machines: [machine] }, REGISTRY.primitives);
  const [configuration] = machine.configurations;
  if (configuration === undefined) throw new Error('no configuration');
  const inputs = events.map(([event, times]) => ({ event, with: new Map(times === undefined ? [] : [['times', times] as const]) }));
  return playedSteps(oracle, new MachineInterpreter(oracle, machine, configuration), inputs, req).at(-1)?.twin;
}

describe('the twin of a step of a machine', () => {
  it('is another input of the event in the same state, the nearest that has an effect', () => {
    expect(last(['knock', 0n])).toEqual({ kind: 'session', params: { times: 1 } });
  });
  it('is else the same request where it is taken, the later the better', () => {
    expect(last(['knock', 1n], ['knock', 2n])).toEqual({ kind: 'state', steps: 1 });
    expect(last(['knock', 1n], ['turn'], ['turn'])).toEqual({ kind: 'state', steps: 2 });
  });
  it('is else another operation that is taken', () => {
    expect(last(['knock', 1n], ['knock', 0n])).toEqual({ kind: 'session', operation: 'toy.turn', params: {}, without: ['times'] });
  });
  it('is none with the reason, where nothing is taken any more', () => {
    expect(last(['turn'], ['knock', 0n])).toEqual({ kind: 'none', reason: 'several-faults' });
    expect(last(['turn'], ['kick'])).toEqual({ kind: 'none', reason: 'nothing-accepted' });
  });
  it('has no effect only where nothing else is taken: what is received may be ignored in silence', () => {
    expect(last(['turn'], ['shake'])).toEqual({ kind: 'state', steps: 1 });
  });
  it('does not show the clause where another guarded row refuses the request as well', () => {
    const soft = (when: object): Machine => {
      const [first, ...rest] = DOOR.rows;
      const also = row('knock-too-soft-refused', 'shut', 'knock', 'shut', { ...refused, ...when, req: 'TOY-DOR-003' });
      return { ...DOOR, rows: first === undefined ? [] : [first, also, ...rest] };
    };
    expect(lastOf(soft({ when: 'times < 1' }), ['knock', 0n])).toEqual({ kind: 'session', params: { times: 1 }, reasonShown: false });
    expect(lastOf(soft({ when: 'times > 1' }), ['knock', 0n])).toEqual({ kind: 'session', params: { times: 1 } });
    // Its guard has no value there: it relies on the row before it.
    expect(lastOf(soft({ when: 'times = 0 and nothing > 1' }), ['knock', 0n])).toEqual({ kind: 'session', params: { times: 1 } });
  });
  it('is not at a step that is taken', () => {
    expect(last(['knock', 1n])).toBeUndefined();
  });
});

describe('the twin of a step that no machine played', () => {
  const open: VectorStep = {
    operation: 'toy.inn.open',
    params: { now: 1 },
    expect: { ok: { transmit: [], events: [], timeoutAt: null } },
    requirement: req,
    bind: { session: 'session' },
  };
  const knock = (times: number, expected: VectorStep['expect']): VectorStep => ({
    operation: 'toy.inn.knock',
    params: { session: '$session', times },
    expect: expected,
    requirement: req,
  });
  const done: VectorStep['expect'] = { ok: { transmit: [], events: [], timeoutAt: null } };
  const vector = (id: string, ...steps: readonly VectorStep[]): Vector => ({
    id,
    title: id,
    kind: 'trace',
    requirement: req,
    steps,
    oracles: ['x'],
  });
  const twins = (...vectors: readonly Vector[]): unknown => {
    const inn = { ...SHAPE, session: 'toy.inn' };
    const operations = ['open', 'knock'].map((name) => ({ ...inn, operation: `toy.inn.${name}` }));
    const oracle = new Oracle({ ...spec, operations }, REGISTRY.primitives);
    const topic = new TopicTwins(oracle, [], new Seen(), vectors, new Loosened(oracle.spec, REGISTRY.primitives));
    return topic.add(vectors[0] ?? vector('none')).steps.map(({ twin }) => twin);
  };
  it('is in another vector that begins alike', () => {
    const bad = vector('bad', open, knock(1, done), knock(5, { reject: 'limit' }));
    expect(twins(bad, vector('good', open, knock(1, done), knock(4, done)))).toEqual([
      undefined,
      undefined,
      { kind: 'session', params: { times: 4 } },
    ]);
  });
  it('is the same request after fewer steps', () => {
    const bad = vector('bad', open, knock(1, done), knock(5, { reject: 'limit' }));
    expect(twins(bad, vector('good', open, knock(5, done)))).toEqual([undefined, undefined, { kind: 'state', steps: 1 }]);
  });
  it('is another opening, for what opens', () => {
    const bad: VectorStep = { ...open, params: { now: 0 }, expect: { reject: 'limit' } };
    expect(twins(vector('bad', bad), vector('good', open))).toEqual([{ kind: 'input', params: { now: 1 } }]);
  });
});

describe('a refusal', () => {
  const { oracle } = toy();
  const loosened = new Loosened(oracle.spec, REGISTRY.primitives);
  const tagged: Operation = {
    ...KNOCK,
    operation: 'toy.tagged',
    model: [
      { require: { that: "kind(times) != 'none'", reject: 'malformed', req: 'TOY-DOR-003' } },
      { require: { that: 'times <= 9', reject: 'limit', req: 'TOY-DOR-006' } },
      { require: { that: 'slice(bytes, 0, 1) = 0x01', reject: 'malformed', req: 'TOY-DOR-004' } },
      { require: { that: 'slice(bytes, 1, 2) = 0xfe', reject: 'unauthenticated', req: 'TOY-DOR-005' } },
      { return: { heard: 'true' } },
    ],
  };
  const other = new Loosened({ ...spec, operations: [tagged] }, REGISTRY.primitives);
  it('shows its clause if the request is accepted without it', () => {
    expect(loosened.shows(req, 'toy.knock', { bytes: '00' })).toBe(true);
    expect(other.shows('TOY-DOR-004', 'toy.tagged', { bytes: '00fe', times: 1 })).toBe(true);
  });
  it('does not show it if another clause refuses then', () => {
    expect(other.shows('TOY-DOR-004', 'toy.tagged', { bytes: '00ff', times: 1 })).toBe(false);
  });
  it('leaves it open where nothing can be answered without the clause, or nothing of it can be left out', () => {
    expect(other.shows('TOY-DOR-003', 'toy.tagged', { bytes: '01fe' })).toBeUndefined();
    expect(other.shows('TOY-DOR-009', 'toy.tagged', { bytes: '00fe', times: 1 })).toBeUndefined();
  });
});

describe('the committed vectors', () => {
  const { files } = committedVectors();
  it('have a twin, or a reason why there is none, at each refused step and nowhere else', () => {
    const steps = files.flatMap((file) => file.vectors.flatMap((vector) => vector.steps));
    expect(steps.filter((step) => 'reject' in step.expect !== (step.twin !== undefined))).toEqual([]);
    const counts = countTwins(files);
    const refusedCount = counts.reduce((sum, { refused: own }) => sum + own, 0);
    expect(refusedCount).toBe(steps.filter(({ expect: { ...expected } }) => 'reject' in expected).length);
    // Fewer than one in twenty, over all.
    expect(counts.reduce((sum, { kinds }) => sum + kinds.none, 0)).toBeLessThan(refusedCount / 20);
  });
  it('have twins that the specification accepts, where it has a model', () => {
    const faults: string[] = [];
    for (const area of reader.areas()) {
      const oracle = new Oracle(reader.area(area), REGISTRY.primitives);
      const vectors = files.filter((file) => file.area === area).flatMap((file) => file.vectors);
      for (const { id, steps } of vectors.filter((_, i) => i % 3 === 0))
        for (const step of steps) {
          const request = twinRequest(step);
          if (request === undefined || oracle.operation(request.operation).model === undefined) continue;
          if (oracle.answer(request.operation, request.params).kind !== 'ok') faults.push(id);
        }
    }
    expect(faults).toEqual([]);
  });
  it('have keys of low order whose refusal shows their clause, next to those where the tag refuses as well', () => {
    const low = files.flatMap((file) => file.vectors).filter(({ id }) => /3a\/(ephemeral|sender)-key-(zero|order-8)/.test(id));
    const shown = (isRight: boolean): unknown[] =>
      low.filter(({ id }) => id.endsWith('-and-all-else-right') === isRight).map(({ steps }) => steps[0]?.twin?.reasonShown);
    expect(new Set(shown(true))).toEqual(new Set([undefined]));
    expect(new Set(shown(false))).toEqual(new Set([false]));
  });
  it('show each clause that refuses by a twin, or the clause says what else refuses', () => {
    const counts = countTwins(files);
    const requirements = reader.areas().flatMap((area) => reader.area(area).requirements);
    expect(unshownFaults(counts, requirements)).toEqual([]);
    const unsaid = requirements.map(({ refusedAnyway: _, ...requirement }) => requirement);
    const said = requirements.filter(({ refusedAnyway }) => refusedAnyway !== undefined);
    expect(said.length).toBeGreaterThan(0);
    expect(unshownFaults(counts, unsaid).map((fault) => fault.split(':')[0])).toEqual(said.map(({ id }) => id));
    const all = requirements.map((requirement) => ({ ...requirement, refusedAnyway: 'by another' }));
    expect(unshownFaults(counts, all)).toHaveLength(requirements.length - said.length);
  });
  it('are found to lack one', () => {
    const [file] = files.filter(({ vectors }) => vectors.some(({ steps }) => steps.some(({ twin }) => twin !== undefined)));
    if (file === undefined) throw new Error('no twins');
    const bare = { ...file, vectors: file.vectors.map((v) => ({ ...v, steps: v.steps.map(({ twin: _, ...step }) => step) })) };
    expect(() => countTwins([bare])).toThrow(/a refused request without a twin/);
  });
});
