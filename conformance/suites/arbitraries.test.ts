import { oracleOf, REGISTRY } from '../areas.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../oracle/values.ts';
import { Arbitraries, BOUNDARY_LENGTHS, bytesExactly, bytesUpTo, jsonObject } from './arbitraries.ts';
import { Dice, seedOf } from './campaign.ts';
import { hintsOf, moduleOf } from './modules.ts';
import { isKeyed } from './differential.ts';
import { mutatedBytes, mutatedRequest, mutatedText } from './mutations.ts';

const oracle = oracleOf('e3x');
const make = new Arbitraries(oracle, hintsOf(moduleOf(REGISTRY, 'e3x')));
const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns = 400): T[] => fc.sample(arbitrary, { seed: 1, numRuns });
const modelled = oracle.spec.operations.filter((operation) => operation.model !== undefined && !isKeyed(operation));

describe('arbitraries', () => {
  it.each(modelled.map((operation) => [operation.operation, operation] as const))(
    'makes requests of %s that the spec takes, most of which fit a datagram',
    (_name, operation) => {
      const requests = sample(make.request(operation), 100);
      const accepted = requests.filter((params) => oracle.answer(operation.operation, params).kind === 'ok');
      expect(accepted.length).toBeGreaterThan(60);
      expect(requests.filter((params) => JSON.stringify(params).length > 1100).length).toBeLessThan(5);
      for (const params of requests)
        for (const [name, param] of Object.entries(operation.params))
          if (param.excludes !== undefined) expect(name in params && param.excludes in params).toBe(false);
    },
  );

  it('answers every mutated request with a result or a declared reject', () => {
    for (const operation of modelled) {
      for (const params of sample(mutatedRequest(make, operation), 100)) {
        const answer = oracle.answer(operation.operation, params);
        if (answer.kind === 'reject') expect(operation.rejects, `${operation.operation} ${JSON.stringify(params)}`).toContain(answer.class);
      }
    }
  });

  it('leans towards boundaries and stays within its bounds', () => {
    const drawn = new Set(sample(bytesUpTo(300)).map((bytes) => bytes.length));
    expect(Math.max(...drawn)).toBeLessThanOrEqual(300);
    expect(BOUNDARY_LENGTHS.filter((length) => !drawn.has(length)).length).toBeLessThan(5);
    expect(new Set(sample(bytesExactly(32), 50).map((bytes) => bytes.length))).toEqual(new Set([32]));
    expect(Math.min(...sample(bytesUpTo(8, 1)).map((bytes) => bytes.length))).toBe(1);
  });

  it('makes objects that I-JSON permits', () => {
    for (const value of sample(jsonObject(), 200)) {
      const head = Buffer.from(JSON.stringify(value)).toString('hex');
      const packet = `${(head.length / 2).toString(16).padStart(4, '0')}${head}`;
      const answer = oracle.answer('e3x.packet.decode', { packet });
      expect(answer.kind === 'ok' && answer.value['jsonError']).toBe(answer.kind === 'ok' ? undefined : false);
    }
  });

  it('draws bytes of any layout from its fields', () => {
    for (const layout of oracle.spec.layouts)
      for (const bytes of sample(make.layout(layout.layout), 50))
        expect(oracle.wire.decode(layout.layout, bytes).kind, layout.layout).toBe('ok');
  });
});

describe('mutations', () => {
  it('changes most inputs and can leave one as it is, so that shrinking can drop every edit', () => {
    const bytes = fc.constant(fromHex('00077b2261223a317dff'));
    const edited = sample(mutatedBytes(bytes)).map((changed) => Buffer.from(changed).toString('hex'));
    expect(new Set(edited).size).toBeGreaterThan(150);
    expect(edited).toContain('00077b2261223a317dff');
    expect(new Set(sample(mutatedText(fc.constant('mzxw6')))).size).toBeGreaterThan(60);
  });
});

describe('seeds', () => {
  it('gives each check its own stream, the same in every run', () => {
    expect(seedOf('a', 'x')).toBe(seedOf('a', 'x'));
    expect(new Set([seedOf('a', 'x'), seedOf('a', 'y'), seedOf('b', 'x')]).size).toBe(3);
    const draw = (): number[] => ((dice) => Array.from({ length: 200 }, () => dice.below(6)))(new Dice(7));
    expect(draw()).toEqual(draw());
    expect(new Set(draw())).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    expect(new Dice(1).pick([])).toBeUndefined();
  });
});
