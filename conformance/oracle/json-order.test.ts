import { describe, expect, it } from 'vitest';
import { differsInOrderOnly } from './json-order.ts';

describe('texts that differ in the order of members only', () => {
  it.each([
    ['{"a":1,"b":2}', '{"b":2,"a":1}'],
    ['xx{"a":1,"b":[{"c":1,"d":"}"}]}yy', 'xx{"a":1,"b":[{"d":"}","c":1}]}yy'],
    ['{"o":{"a":1,"b":2},"z":0}', '{"z":0,"o":{"b":2,"a":1}}'],
    ['{"a":"\\"","b":null}', '{"b":null,"a":"\\""}'],
  ])('%s and %s', (a, b) => {
    expect(differsInOrderOnly(a, b)).toBe(true);
  });
  it.each([
    ['the same', '{"a":1}', '{"a":1}'],
    ['a value', '{"a":1,"b":2}', '{"b":1,"a":2}'],
    ['what stands around', 'x{"a":1,"b":2}y', 'z{"b":2,"a":1}y'],
    ['a spelling of a number', '{"a":10,"b":2}', '{"b":2,"a":1e1}'],
    ['a repeated name', '{"a":1,"a":1}', '{"a":1,"b":1}'],
    ['the order of a list', '{"a":[1,2]}', '{"a":[2,1]}'],
    ['white space', '{"a":1, "b":2}', '{"b":2,"a":1 }'],
    ['no JSON', '{a:1,b:2', '{b:2,a:1'],
    ['lengths', '{"a":1}', '{}'],
  ])('but not in %s', (_name, a, b) => {
    expect(differsInOrderOnly(a, b)).toBe(false);
  });
  it('is no question of JSON so deep that nobody reads it', () => {
    const deep = (a: string, b: string): string => `{"a":${'['.repeat(100_000)}{"${a}":1,"${b}":1}${']'.repeat(100_000)}}`;
    expect(differsInOrderOnly(deep('x', 'y'), deep('y', 'x'))).toBe(true);
    const objects = (last: string): string => `${'{"a":'.repeat(5_000)}${last}${'}'.repeat(5_000)}`;
    expect(differsInOrderOnly(objects('1'), objects('2'))).toBe(false);
    const within = (a: string, b: string): string => `{"z":${'['.repeat(5_000)}${']'.repeat(5_000)},"${a}":1,"${b}":1}`;
    expect(differsInOrderOnly(within('x', 'y'), within('y', 'x'))).toBe(false);
  });
});
