/** Who is blamed: the spec interpreter on both sides, with a fault planted in one of them. */
import { Receiver } from '../e3x/chunk/receiver.ts';
import { moduleOf } from '../suites/modules.ts';
import { oracleOf, REGISTRY } from '../areas.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Implementation, JsonObject, Outcome } from '../contract/contract.ts';
import { Judge } from '../suites/judge.ts';
import { OracleImplementation } from '../suites/oracle-implementation.ts';
import { committedVectors } from '../vectors.ts';
import { flow, isDeclined, resultOfFlow, unableTo, type Flow, type FlowResult } from './flow.ts';
import { flowsOf } from './flows.ts';
import type { Pair } from './pair-talk.ts';

const oracle = oracleOf('e3x');
const judge = new Judge(oracle);
const right = new OracleImplementation(oracle, () => new Receiver(oracle));
const vectors = committedVectors()
  .files.filter((f) => f.area === 'e3x')
  .flatMap((f) => f.vectors);
const flows = flowsOf(moduleOf(REGISTRY, 'e3x'), oracle, vectors);
const names = { producer: 'anna', consumer: 'bert' };

function flowNamed(id: string): Flow {
  const found = flows.find((f) => f.id === id);
  if (found === undefined) throw new Error(`no flow ${id}`);
  return found;
}
function run(
  id: string | Flow,
  sides: { readonly producer?: Implementation; readonly consumer?: Implementation; readonly second?: Implementation } = {},
): Promise<FlowResult> {
  const pair: Pair = {
    producer: sides.producer ?? right,
    consumer: sides.consumer ?? right,
    oracle,
    judge,
    secondOpinion: () => Promise.resolve(sides.second ?? right),
  };
  return (typeof id === 'string' ? flowNamed(id) : id).run(pair, { seed: 'cross', effort: 0.3 });
}
/** The interpreter, except for one operation. */
function changed(
  operation: string,
  change: (value: JsonObject, params: JsonObject) => JsonObject | Outcome,
  hello: Partial<Implementation['hello']> = {},
): Implementation {
  return {
    hello: { ...right.hello, ...hello },
    call: async (asked, params): Promise<Outcome> => {
      const outcome = await right.call(asked, params);
      if (asked !== operation || outcome.kind !== 'ok') return outcome;
      const value = change(outcome.value, params);
      return 'kind' in value && typeof value['kind'] === 'string' ? (value as Outcome) : { kind: 'ok', value: value as JsonObject };
    },
  };
}
const lastByteFlipped = (hex: unknown): string => String(hex).replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));

describe('flows', () => {
  // Flows through sessions need whole implementations: tests of the harness send two references through them.
  const stateless = flows.filter((f) => f.producer.every((name) => oracle.operation(name).session === undefined));
  it.each(stateless.map((f) => [f.id]))('%s is understood between two correct implementations', async (id) => {
    expect(await run(id)).toMatchObject({ kind: 'pass' });
  });
  it('exist for packets, streams, names, JOSE and each cipher set, under ids of their own', () => {
    expect(new Set(flows.map((f) => f.id)).size).toBe(flows.length);
    for (const id of [
      'e3x.packet/json',
      'e3x.chunks',
      'e3x.cloak',
      'e3x.hashname',
      'e3x.jws',
      'e3x.jwe',
      'e3x.message/1a',
      'e3x.message/2a',
      'e3x.channel/3a',
      'e3x.token/3a',
    ])
      expect(flows.map((f) => f.id)).toContain(id);
  });
  it('cite clauses and operations that the specification has', () => {
    for (const f of flows) {
      expect(oracle.spec.requirements.map((r) => r.id)).toContain(f.requirement);
      for (const operation of [...f.producer, ...f.consumer]) expect(oracle.spec.operations.map((o) => o.operation)).toContain(operation);
    }
  });
});

describe('blame', () => {
  it('falls on a producer whose message cannot be opened, with the clause found by reading it', async () => {
    const producer = changed('e3x.message.seal', (value) => ({ ...value, packet: lastByteFlipped(value['packet']) }));
    const result = await run('e3x.message/3a', { producer });
    expect(result).toMatchObject({
      failure: { kind: 'differs', blame: 'producer', failures: { producer: { requirement: 'E3X-CS3-003' } } },
    });
    expect(resultOfFlow(result, names)).toMatchObject({
      verdict: 'fail',
      failure: { requirement: 'E3X-CS3-003', explanation: expect.stringContaining('The producer anna deviates.') as unknown },
    });
  });
  it('falls on a consumer that misreads valid messages', async () => {
    const consumer = changed('e3x.message.open', (value) => ({ ...value, inner: `${String(value['inner'])}00` }));
    expect(await run('e3x.message/1a', { consumer })).toMatchObject({
      failure: { blame: 'consumer', failures: { consumer: { operation: 'e3x.message.open' } } },
    });
  });
  it('falls on a consumer that refuses valid messages', async () => {
    const consumer = changed('e3x.chunks.join', () => ({ kind: 'reject', class: 'truncated' }));
    const result = resultOfFlow(await run('e3x.chunks', { consumer }), names);
    expect(result).toMatchObject({
      verdict: 'fail',
      failure: { explanation: expect.stringMatching(/consumer bert deviates.*reference answers as the specification says/) as unknown },
    });
  });
  it('falls on both if both deviate', async () => {
    const producer = changed('e3x.hashname.derive', (value) => ({ hashname: String(value['hashname']).toUpperCase() }));
    const consumer = changed('e3x.hashname.derive', (value) => ({ hashname: lastByteFlipped(value['hashname']) }));
    const result = await run('e3x.hashname', { producer, consumer });
    expect(result).toMatchObject({ failure: { blame: 'both' } });
    expect(resultOfFlow(result, names)).toMatchObject({
      failure: { explanation: expect.stringContaining('The consumer bert as well') as unknown },
    });
  });
  it('E3X-CS3-005 falls on the side whose channel keys are swapped, in either role', async () => {
    const swapped = changed('e3x.channelkeys.derive', ({ encryptKey = '', decryptKey = '' }) => ({
      encryptKey: decryptKey,
      decryptKey: encryptKey,
    }));
    expect(await run('e3x.channel/3a', { producer: swapped })).toMatchObject({
      failure: { blame: 'producer', failures: { producer: { requirement: 'E3X-CS3-005' } } },
    });
    expect(await run('e3x.channel/3a', { consumer: swapped })).toMatchObject({
      failure: { blame: 'consumer', failures: { consumer: { requirement: 'E3X-CS3-005' } } },
    });
  });
  it('E3X-MSG-008 falls on a consumer that verifies without a key', async () => {
    const consumer = changed('e3x.message.open', (value) => ({ ...value, verified: true }));
    expect(await run('e3x.message/3a', { consumer })).toMatchObject({
      failure: { blame: 'consumer', failures: { consumer: { requirement: 'E3X-MSG-008', member: 'verified' } } },
    });
  });
  it('is undecided if each answer by itself is right', async () => {
    const impossible = flow({
      id: 'test.impossible',
      title: 'what cannot be',
      requirement: 'E3X-B32-001',
      producer: [],
      consumer: [],
      runs: 3,
      arbitrary: fc.constant('00'),
      trial: async (bytes, talk) => talk.demand(await talk.consume('e3x.base32.encode', { bytes }), 'text', 'never'),
    });
    const result = await run(impossible);
    expect(result).toMatchObject({ failure: { blame: 'undecided' } });
    expect(resultOfFlow(result, names)).toMatchObject({ failure: { explanation: expect.stringContaining('Undecided') as unknown } });
  });
  it('relies on the reference if the specification has no model', async () => {
    const opening = flow({
      id: 'test.session',
      title: 'opening a session',
      requirement: 'E3X-CHK-008',
      producer: [],
      consumer: [],
      runs: 1,
      arbitrary: fc.constant(0),
      trial: async (now, talk) =>
        talk.demand(await talk.produce('e3x.chunks.open', { size: 256, blocking: false, acks: 'none', now }), 'timeoutAt', null),
    });
    const late = (): Implementation => changed('e3x.chunks.open', (value) => ({ ...value, session: 's1', timeoutAt: 7 }));
    const second = changed('e3x.chunks.open', (value) => ({ ...value, session: 's1' }));
    expect(await run(opening, { producer: late(), second })).toMatchObject({
      failure: { blame: 'producer', failures: { producer: { explanation: expect.stringContaining('no model') as unknown } } },
    });
    expect(await run(opening, { producer: late(), second: late() })).toMatchObject({ failure: { blame: 'undecided' } });
  });
  it('says so if the reference agrees with the one that is blamed', async () => {
    const odd = changed('e3x.base32.encode', (value) => ({ text: String(value['text']).toUpperCase() }));
    expect(resultOfFlow(await run('e3x.base32', { producer: odd, second: odd }), names)).toMatchObject({
      failure: { explanation: expect.stringContaining('suspect the specification') as unknown },
    });
  });
});

describe('a producer that takes no entropy', () => {
  const ownEntropy = (change: (value: JsonObject) => JsonObject): Implementation => {
    const hello = { ...right.hello, entropy: 'own' } as const;
    return {
      hello,
      call: async (operation, params): Promise<Outcome> => {
        if (operation !== 'e3x.message.seal') return right.call(operation, params);
        const outcome = await right.call(operation, { ...params, entropy: '5a'.repeat(24), ephemeral: { secret: '77'.repeat(32) } });
        return outcome.kind === 'ok' ? { kind: 'ok', value: change(outcome.value) } : outcome;
      },
    };
  };
  const misreading = changed('e3x.message.open', (value) => ({ ...value, inner: 'ffff' }));
  it('is not blamed for other bytes than the interpreter makes', async () => {
    expect(await run('e3x.message/3a', { producer: ownEntropy((v) => v), consumer: misreading })).toMatchObject({
      failure: { blame: 'consumer' },
    });
  });
  it('is blamed for what the interpreter cannot open either', async () => {
    const producer = ownEntropy((value) => ({ ...value, packet: lastByteFlipped(value['packet']) }));
    expect(await run('e3x.message/3a', { producer })).toMatchObject({
      failure: { blame: 'producer', failures: { producer: { requirement: 'E3X-CS3-003' } } },
    });
  });
  it("is blamed for a token that is not its message's", async () => {
    const producer = ownEntropy((value) => ({ ...value, token: '00'.repeat(16) }));
    expect(await run('e3x.token/3a', { producer })).toMatchObject({
      failure: { blame: 'producer', failures: { producer: { requirement: 'E3X-TOK-001' } } },
    });
  });
});

describe('adapters that fail', () => {
  it.each([
    [{ kind: 'misbehaviour', what: 'crash', detail: 'it ended' } as const, 'crash'],
    [{ kind: 'fault', message: 'no' } as const, 'fault'],
    [{ kind: 'unsupported' } as const, 'contract'],
  ])('get a verdict of their own: %j', async (outcome, what) => {
    const consumer = changed('e3x.base32.decode', () => outcome);
    expect(resultOfFlow(await run('e3x.base32', { consumer }), names)).toMatchObject({
      verdict: 'broken',
      what,
      detail: expect.stringContaining('the consumer bert') as unknown,
    });
  });
  it('and requests too large for them are unreachable', async () => {
    const consumer = changed('e3x.base32.decode', () => ({ kind: 'unreachable', reason: 'a line is too long' }));
    expect(resultOfFlow(await run('e3x.base32', { consumer }), names)).toMatchObject({ verdict: 'unreachable' });
  });
  it('are distinguished from a bug in the bench', async () => {
    const buggy = flow({
      id: 'test.bug',
      title: 'a bug',
      requirement: 'E3X-B32-001',
      producer: [],
      consumer: [],
      runs: 1,
      arbitrary: fc.constant(0),
      trial: () => Promise.reject(new Error('ours')),
    });
    await expect(run(buggy)).rejects.toThrow('ours');
  });
});

describe('who takes part', () => {
  const hello = { ...right.hello, profiles: ['e3x-messages-3a', 'e3x-tokens'] };
  it('an adapter that claims cipher set 3a alone is not asked for 1a, and can still tell its tokens', () => {
    expect(unableTo(oracle.spec, flowNamed('e3x.message/3a'), 'producer', hello)).toBeUndefined();
    expect(unableTo(oracle.spec, flowNamed('e3x.message/1a'), 'producer', hello)).toBe('claims no profile that has it');
    expect(unableTo(oracle.spec, flowNamed('e3x.token/1a'), 'consumer', hello)).toBeUndefined();
  });
  it('operations must be declared, and entropy accepted if keys are derived from it', () => {
    expect(unableTo(oracle.spec, flowNamed('e3x.jws'), 'consumer', { ...hello, operations: [] })).toBe('does not declare e3x.jws.decode');
    expect(unableTo(oracle.spec, flowNamed('e3x.channel/3a'), 'producer', { ...hello, entropy: 'own' })).toBe('takes no entropy');
  });
  it('an adapter that claims nothing may decline a cipher set by its reject', async () => {
    const without = changed('e3x.message.seal', () => ({ kind: 'reject', class: 'unsupported' }));
    const result = await run('e3x.message/1a', { producer: without });
    const claiming = { ...right.hello, profiles: ['e3x-messages'] };
    expect(isDeclined(oracle.spec, flowNamed('e3x.message/1a'), result, { producer: right.hello, consumer: claiming })).toBe(true);
    expect(isDeclined(oracle.spec, flowNamed('e3x.message/1a'), result, { producer: claiming, consumer: claiming })).toBe(false);
  });
});
