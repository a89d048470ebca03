import { describe, expect, it } from 'vitest';
import { failure, reportOf } from '../testing/support.ts';
import type { Failure } from '../../conformance/contract/check.ts';
import { causeOf, causesOf, othersLine } from './causes.ts';

const failing = (id: string, change: Partial<Failure> = {}) => reportOf(id, { verdict: 'fail', cases: 1, failure: failure(change) });
const ok = (value: object) => ({ kind: 'ok', value }) as Failure['got'];
const reject = (name: string): Failure['got'] => ({ kind: 'reject', class: name });

describe('causes', () => {
  it.each<[string, Partial<Failure>]>([
    ['wrong class', { expected: reject('a'), got: reject('b') }],
    ['accepted', { expected: reject('a'), got: ok({}) }],
    ['refused', { got: reject('b') }],
    ['member value wrong', {}],
    ['member value missing', { got: ok({}) }],
    ['member more extra', { got: ok({ value: '00', more: 1 }), member: 'more' }],
    ['member frames/* wrong', { expected: ok({ frames: ['a', 'b'] }), got: ok({ frames: ['a', 'c'] }), member: 'frames/1' }],
    ['member frames/*/0/* missing', { expected: ok({ frames: [{ 0: [1] }] }), got: ok({ frames: [] }), member: 'frames/0/0/0' }],
    ['member a/b wrong', { expected: ok({ 'a/b': 1 }), got: ok({ 'a/b': 2 }), member: 'a~1b' }],
    ['crash', { got: { kind: 'misbehaviour', what: 'crash', detail: '' } }],
    ['fault', { got: { kind: 'fault', message: '' } }],
    ['not implemented', { got: { kind: 'unsupported' } }],
  ])('%s', (difference, change) => {
    const named = difference === 'member frames/*/0/* missing' ? 'member frames/*/*/* missing' : difference.replace('a/b', 'a~1b');
    expect(causeOf(failing('x', change))).toEqual({ requirement: 'TST-ECHO-001', difference: named });
  });

  it('are told once each, in the order in which they appear', () => {
    const causes = causesOf([
      failing('a/1', { got: reject('b') }),
      failing('b/1'),
      reportOf('c/1', { verdict: 'broken', cases: 1, what: 'timeout', detail: '' }),
      ...Array.from({ length: 8 }, (_, n) => failing(`a/${String(n + 2)}`, { got: reject('c') })),
      failing('d/1', { got: reject('b'), requirement: 'TST-ECHO-002' }),
    ]);
    expect(causes.map(({ requirement, difference, reports }) => [requirement, difference, reports.length])).toEqual([
      ['TST-ECHO-001', 'refused', 9],
      ['TST-ECHO-001', 'member value wrong', 1],
      ['TST-ECHO-001', 'timeout', 1],
      ['TST-ECHO-002', 'refused', 1],
    ]);
    expect(causes.map(othersLine)).toEqual(['  +8       like it (refused): a/2, a/3, a/4, a/5, a/6, a/7 and 2 more\n', '', '', '']);
  });
});
