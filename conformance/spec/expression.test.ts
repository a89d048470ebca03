import { describe, expect, it } from 'vitest';
import { Evaluator, EvaluationError } from '../oracle/evaluate.ts';
import { toJson, type Value } from '../oracle/values.ts';
import { ExpressionError, namesOf, parseExpression } from './expression.ts';

const evaluator = new Evaluator({
  defined: new Map([['twice', { takes: ['x'], is: 'x + x' }]]),
  run: () => undefined,
  globals: new Map<string, Value>([['constant', new Map<string, Value>([['SEVEN', 7n]])]]),
});
const value = (source: string, names: Record<string, Value> = {}): unknown =>
  toJson(evaluator.evaluate(source, new Map(Object.entries(names))));

describe('the expression language', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 2 - 3', 5],
    ['1 < 2 and 2 < 3', true],
    ['not 1 = 2', true],
    ['not true or true', true],
    ['1 = 1 or 1 = missing.x', true],
    ['false and missing = 1', false],
    ['0x0a ++ 0x0b', '0a0b'],
    ['0x', ''],
    ['length(0x0102)', 2],
    ["length('añ🚀')", 3],
    ['[1, 2] ++ [3]', [1, 2, 3]],
    ["if(1 = 1, 'a', missing)", 'a'],
    ['orElse(none, 4)', 4],
    ["filter([1, 2, 3], 'it > 1')", [2, 3]],
    ['constant.SEVEN', 7],
    ['twice(4)', 8],
    ['none', null],
    ['cut(0x010203, 2)', ['0102', '03']],
    ['min(3, 2)', 2],
    ['max(3, 2)', 3],
    ["sorted(['b', 'a'])", ['a', 'b']],
    ["matches('3a', '^[0-9a-f]{2}$')", true],
    ["matches('3a\n', '^[0-9a-f]{2}$')", false],
    ['replicate(0x00, 2)', ['00', '00']],
    ['repeat(0x01, 3)', '010101'],
    ['total([0x01, 0x0203])', 3],
    ['contains([1, 2], 2)', true],
    ['without([1, 2], 2)', [1]],
    ['-1', -1],
    ['3 - -1', 4],
    ['3 -1', 2],
    ['[-1, 2 - 1]', [-1, 1]],
    ['{}', {}],
    ["{ type: 'packet', 'two words': 0x0a, in: { or: [1] } }", { 'type': 'packet', 'two words': '0a', 'in': { or: [1] } }],
    ['{ a: at([], 0), b: none }', { b: null }],
    ["get({ a: 7 }, 'a')", 7],
    ["filter([{ n: 1 }, { n: 2 }], 'it.n > 1')", [{ n: 2 }]],
    ['object({ a: 1, b: at([], 0), c: { d: 0x0a } })', { a: 1, c: { d: '0a' } }],
    ["object(object('a', 1))", { a: 1 }],
  ])('%s', (source, expected) => {
    expect(value(source)).toEqual(expected);
  });
  it('keeps integers exact beyond 2^53', () => {
    expect(evaluator.evaluate('18446744073709551615 + 1', new Map())).toBe(18446744073709551616n);
  });
  it.each([
    '1 +',
    '(1',
    '0x0',
    'a b',
    "'open",
    '1 & 2',
    ', 1',
    'f(1',
    '',
    '-',
    '- x',
    '{ a }',
    '{ a: 1',
    '{ a.b: 1 }',
    '{ 1: 2 }',
    '{ a: 1, a: 2 }',
  ])('refuses %j with a position', (source) => {
    expect(() => parseExpression(source)).toThrow(ExpressionError);
  });
  it.each(['missing', 'length(1)', '1 + true', 'nosuch(1)', 'not 1', 'object(1)'])('has no value for %s', (source) => {
    expect(() => value(source)).toThrow(EvaluationError);
  });
  it('names what an expression uses', () => {
    const { names, calls } = namesOf(parseExpression('f(a.b, g(c)) = d'));
    expect([...names].sort()).toEqual(['a.b', 'c', 'd']);
    expect([...calls].sort()).toEqual(['f', 'g']);
  });
  it('does not count as used what is bound, or only asked for', () => {
    expect([...namesOf(parseExpression("map(xs, 'it + { k: y }') ++ optional(z)")).names].sort()).toEqual(['xs', 'y']);
    expect([...namesOf(parseExpression('it')).names]).toEqual(['it']);
  });
});
