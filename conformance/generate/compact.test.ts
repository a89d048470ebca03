import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Json, JsonObject } from '../contract/contract.ts';
import { expandValue, rampHex } from '../contract/notation.ts';
import { expandFile, headsOf, paramsNamed, type Vector, type VectorStep } from '../vectors.ts';
import { compactFile, compactValue } from './compact.ts';
import { seededBytes } from './seeded.ts';

const seed = Buffer.from(seededBytes('a-test-of-notation', 600)).toString('hex');
const step = (params: JsonObject, more: Partial<VectorStep> = {}): VectorStep => ({
  operation: 'x.y',
  params,
  expect: { ok: {} },
  requirement: 'X-A-001',
  ...more,
});
const vector = (id: string, ...steps: readonly VectorStep[]): Vector => ({
  id,
  title: id,
  kind: 'trace',
  requirement: 'X-A-001',
  steps,
  oracles: ['x'],
});
const roundTrip = (...vectors: readonly Vector[]): readonly Vector[] => {
  const { values, openings, vectors: written } = compactFile(vectors);
  const text = JSON.stringify({ area: 'a', topic: 't', subject: 's', revision: 'r', values, openings, vectors: written });
  return expandFile(JSON.parse(text) as Parameters<typeof expandFile>[0]).vectors;
};

describe('the notation of values', () => {
  it.each<[string, Json, Json]>([
    ['a repetition', '00'.repeat(600), { $repeat: '00', times: 600 }],
    ['a repetition of text', 'xyz'.repeat(100), { $repeat: 'xyz', times: 100 }],
    ['a ramp', rampHex('fe', 1, 300), { $ramp: 'fe', by: 1, length: 300 }],
    ['a ramp by seven', rampHex('00', 7, 300), { $ramp: '00', by: 7, length: 300 }],
    ['seeded bytes', seed, { $seed: 'a-test-of-notation', length: 600 }],
    ['parts', `0005${'00'.repeat(600)}ff`, { $join: ['0005', { $repeat: '00', times: 600 }, 'ff'] }],
    ['a short text', '00'.repeat(20), '00'.repeat(20)],
  ])('says %s short, and reads it back', (_name, value, written) => {
    expect(compactValue({ a: [value] })).toEqual({ a: [written] });
    expect(expandValue(compactValue(value))).toEqual(value);
  });
  it('repeats and joins lists', () => {
    expect(expandValue({ $repeat: [1, 2], times: 2 })).toEqual([1, 2, 1, 2]);
    expect(expandValue({ $join: [[1], { $repeat: [2], times: 2 }] })).toEqual([1, 2, 2]);
  });
  it('takes only its own shapes for notation, and refuses a value that would read as one', () => {
    for (const value of [{ $id: 'x' }, { $repeat: 'x' }, { $join: ['x'], more: 1 }]) expect(expandValue(value)).toEqual(value);
    expect(() => compactValue({ a: { $repeat: 'x', times: 2 } })).toThrow(/reads as notation/);
    expect(() => expandValue({ $value: 'abc' })).toThrow(/no value abc/);
  });
  it('returns any JSON unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        expect(expandValue(compactValue(value as Json))).toEqual(value);
      }),
    );
    const hex = fc.array(fc.constantFrom('00', '01', 'ff', 'abab', '000102030405')).map((parts) => parts.join('').repeat(7));
    fc.assert(
      fc.property(hex, (text) => {
        expect(expandValue(compactValue(text))).toBe(text);
      }),
    );
  });
});

describe('a file of vectors', () => {
  const open = step({ a: 1 }, { bind: { session: 'session' }, requirement: 'X-A-002' });
  it('gives single parameters of a step without the others, as they read when all is written out', () => {
    const long = '00'.repeat(600);
    const shared = { name: 'a name that several steps have, and that is long enough to be kept once in the file', long };
    const one = vector('one', open, step(shared), step(shared), step({ name: '$session', long }));
    const repeated = vector('two', open, ...Array.from({ length: 30 }, (_, at) => step({ name: `n${String(at)}`, long })));
    for (const read of roundTrip(one, one, repeated))
      for (const [at, { params }] of read.steps.entries()) {
        expect(paramsNamed(read, at, Object.keys(params))).toEqual(params);
        expect(paramsNamed(read, at, ['name', 'absent'])).toEqual('name' in params ? { name: params['name'] } : {});
        expect(Object.keys(headsOf(read)[at]?.params ?? {})).toEqual(Object.keys(params));
      }
  });
  it('reads back as it was, whatever its vectors share', () => {
    const long = { text: 'z'.repeat(30), more: 'y'.repeat(70) };
    const vectors = [
      vector('one', open, step({ a: 2, long })),
      vector('two', open, step({ a: 3, long }), step({ a: 3, long }), step({ a: 3, long })),
      vector('three', open, step({ a: 3, long }), step({ a: 5 })),
      vector('four', step({ a: 3 })),
    ];
    expect(roundTrip(...vectors)).toEqual(vectors);
  });
  it('writes equal steps once, and shares an opening', () => {
    const { openings, vectors } = compactFile([vector('one', open, step({ b: 1 }), step({ b: 1 })), vector('two', open, step({ b: 2 }))]);
    expect(openings).toEqual({ 'one/first-1': [{ ...open }] });
    expect(vectors[0]).toMatchObject({ opening: 'one/first-1', steps: [{ operation: 'x.y', params: { b: 1 }, times: 2 }] });
    expect(vectors[0]?.steps[0]).not.toHaveProperty('requirement');
  });
  it('writes similar steps once, with the differences of each', () => {
    const steps = Array.from({ length: 60 }, (_, i) => step({ packet: `00ff${i.toString(16).padStart(64, '0')}77`, i }));
    const written = compactFile([vector('one', ...steps)]).vectors[0];
    expect(written?.steps).toHaveLength(1);
    expect(written?.steps[0]?.times).toBe(60);
    expect(JSON.stringify(written).length).toBeLessThan(1000);
    expect(roundTrip(vector('one', ...steps))).toEqual([vector('one', ...steps)]);
  });
  it('reads twins back, of equal steps, of similar ones, and of an opening', () => {
    const refused = (i: number, twin: VectorStep['twin']): VectorStep =>
      step({ packet: `00ff${i.toString(16).padStart(64, '0')}` }, { expect: { reject: 'limit' }, ...(twin === undefined ? {} : { twin }) });
    const similar = Array.from({ length: 60 }, (_, i) =>
      refused(i, { kind: 'input', params: { packet: `01ff${i.toString(16).padStart(64, '0')}` } }),
    );
    const equal = refused(7, { kind: 'state', steps: 1 });
    const other = { ...equal, twin: { kind: 'session', operation: 'x.z', params: {}, without: ['packet'], reasonShown: false } } as const;
    const vectors = [
      vector('one', ...similar),
      vector('two', open, equal, equal, other),
      vector('three', open, equal, equal, refused(8, { kind: 'none', reason: 'nothing-shown' })),
    ];
    expect(roundTrip(...vectors)).toEqual(vectors);
    expect(compactFile(vectors).vectors[0]?.steps).toHaveLength(1);
  });
  it('gives each of many shared values a name of its own', () => {
    // Of so many, several hashes begin alike for as long as a short name is.
    const params = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`n${String(i)}`, `value-${String(i).padStart(40, '0')}`]));
    const vectors = [vector('one', open, step(params)), vector('two', open, step({ ...params, i: 0 }))];
    expect(roundTrip(...vectors)).toEqual(vectors);
  });
  it('cuts a text that is longer than a line, in one place or in several', () => {
    const long = Array.from({ length: 5000 }, (_, i) => createHash('sha256').update(String(i)).digest('hex').slice(0, 10)).join('');
    const vectors = [
      vector('one', open, step({ long })),
      vector('two', open, step({ long: `${long}00` })),
      vector('three', step({ long })),
    ];
    expect(roundTrip(...vectors)).toEqual(vectors);
    expect(Math.max(...Object.values(compactFile(vectors).values).map((value) => JSON.stringify(value).length))).toBeLessThan(19_000);
  });
  it('leaves labels of seeds as they are, however long', () => {
    const label = 'a-label-that-is-longer-than-values-that-are-shared';
    const bytes = (length: number): string => Buffer.from(seededBytes(label, length)).toString('hex');
    const vectors = [vector('one', open, step({ bytes: bytes(60) })), vector('two', open, step({ bytes: bytes(600) }))];
    expect(roundTrip(...vectors)).toEqual(vectors);
  });
  it('refuses an unknown opening', () => {
    const head = { area: 'a', topic: 't', subject: 's', revision: 'r' };
    expect(() => expandFile({ ...head, vectors: [{ ...vector('one'), opening: 'x', steps: [] }] })).toThrow(/no opening x/);
  });
});
