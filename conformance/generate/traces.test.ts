import { describe, expect, it } from 'vitest';
import { REGISTRY } from '../areas.ts';
import { Oracle } from '../oracle/oracle.ts';
import { SpecReader } from '../spec/loader.ts';
import { tracePolicyFault } from '../spec/machines.ts';
import type { Machine, TracePolicy } from '../spec/types.ts';
import { tracesOf } from './traces.ts';

const reader = new SpecReader();
const spec = reader.area(reader.areas()[0] ?? '');
const row = (name: string, from: string, on: string, to: string, more: object = {}): Machine['rows'][number] => ({
  name,
  in: from,
  on,
  to,
  outcome: 'accept',
  req: 'TOY-DOR-001',
  ...more,
});
/** A door that can be opened, and knocked at in two ways. */
const door: Machine = {
  machine: 'toy.door',
  title: 'A door',
  session: 'toy.house',
  configurations: [
    { name: 'front', open: {} },
    { name: 'back', open: {} },
    { name: 'painted', open: {}, composedOnly: true },
  ],
  states: ['shut', 'ajar'],
  initial: 'shut',
  variables: {},
  events: { push: { call: 'toy.push' }, knock: { call: 'toy.knock', parameters: ['times'], with: { times: [1, 2] } } },
  timeout: 'none',
  rows: [
    row('opens', 'shut', 'push', 'ajar'),
    row('knocked-at', 'shut', 'knock', 'shut', { emit: "{ type: 'knocked' }" }),
    row('shuts', 'ajar', 'push', 'shut'),
    row('nobody-knocks', 'ajar', 'knock', 'ajar', { outcome: 'ignore' }),
  ],
  invariants: [],
};
const traced = (policy?: TracePolicy, name = 'toy.door'): string[] => {
  const tracePolicies = policy === undefined ? {} : { [name]: policy };
  const oracle = new Oracle({ ...spec, machines: [door], tracePolicies }, REGISTRY.primitives);
  return tracesOf(oracle, door).map(
    ({ configuration, id, inputs }) => `${configuration.name}/${id}: ${inputs.map(({ event }) => event).join(' ')}`,
  );
};
const front = (policy?: TracePolicy, name?: string): string[] => traced(policy, name).filter((trace) => trace.startsWith('front/'));

describe('traces of a machine', () => {
  it('are by default those to every row and, beyond each, by every input', () => {
    expect(front()).toEqual([
      'front/opens: push',
      'front/opens/then/shuts: push push',
      'front/opens/then/nobody-knocks/times-1: push knock',
      'front/opens/then/nobody-knocks/times-2: push knock',
      'front/knocked-at: knock',
      'front/knocked-at/then/opens: knock push',
      'front/knocked-at/then/knocked-at/times-1: knock knock',
      'front/knocked-at/then/knocked-at/times-2: knock knock',
      'front/shuts: push push',
      'front/shuts/then/opens: push push push',
      'front/shuts/then/knocked-at/times-1: push push knock',
      'front/shuts/then/knocked-at/times-2: push push knock',
      'front/nobody-knocks: push knock',
      'front/nobody-knocks/then/shuts: push knock push',
      'front/nobody-knocks/then/nobody-knocks/times-1: push knock knock',
      'front/nobody-knocks/then/nobody-knocks/times-2: push knock knock',
    ]);
    expect(traced()).toHaveLength(32);
  });
  it('go on by one accepted input, or not at all, from a state that is known', () => {
    expect(front({ known: 'accepted' })).toEqual([
      'front/opens: push',
      'front/opens/then/shuts: push push',
      'front/opens/then/nobody-knocks/times-1: push knock',
      'front/opens/then/nobody-knocks/times-2: push knock',
      'front/knocked-at: knock',
      'front/knocked-at/then/opens: knock push',
      'front/shuts: push push',
      'front/shuts/then/opens: push push push',
      'front/nobody-knocks: push knock',
      'front/nobody-knocks/then/shuts: push knock push',
    ]);
    expect(front({ known: 'none', next: 'rows', unchanged: 'together' })).toEqual([
      'front/start/keeps: knock knock',
      'front/start/then/opens: push',
      'front/opens: push',
      'front/opens/keeps: push knock knock',
      'front/opens/then/shuts: push push',
      'front/knocked-at: knock',
      'front/shuts: push push',
      'front/nobody-knocks: push knock',
    ]);
  });
  it('are extended by changes that nothing has shown', () => {
    expect(front({ next: 'rows', cover: ['pairs'], unchanged: 'within', stepsMax: 3 })).toEqual([
      'front/opens: push knock',
      'front/opens/then/shuts: push push push',
      'front/knocked-at: knock push',
      'front/shuts: push push knock',
      'front/nobody-knocks: push knock push',
    ]);
  });
  it('cover the transitions of every state, of which each finds its own change', () => {
    expect(front({ from: 'states', cover: ['inputs'] })).toEqual([
      'front/start/keeps/knocked-at: knock knock push',
      'front/opens/after/start: push push',
      'front/opens/keeps/nobody-knocks: push knock knock push',
      'front/shuts/after/opens: push push push',
    ]);
  });
  it('go on in some configurations, and show only the telling rows of the others', () => {
    const policy: TracePolicy = { follow: { 'toy.door': ['front'] }, others: 'telling' };
    expect(front(policy)).toEqual(front());
    const back = traced(policy).filter((trace) => trace.startsWith('back/'));
    expect(back).toEqual(['back/opens: push', 'back/knocked-at: knock', 'back/shuts: push push']);
  });
  it('follow the policy of the session, unless the machine has its own', () => {
    expect(front({ known: 'accepted' }, 'toy.house')).toHaveLength(10);
  });
});

describe('a policy', () => {
  it('names machines, sessions and configurations that are there', () => {
    const fault = (name: string, policy: TracePolicy): string => {
      const found = tracePolicyFault([door], { [name]: policy });
      return found === undefined ? '' : `${found.path.join('/')}: ${found.message}`;
    };
    expect(fault('toy.house', { follow: { 'toy.door': ['front', 'back'] } })).toBe('');
    expect(fault('toy.window', { known: 'none' })).toBe('toy.window: is no machine and no session of this topic');
    expect(fault('toy.house', { follow: { 'toy.window': ['front'] } })).toMatch(/is no machine that this policy is for/);
    expect(fault('toy.door', { follow: { 'toy.door': ['front', 'painted'] } })).toBe(
      'toy.door/follow/toy.door/1: is no configuration that an implementation can play',
    );
  });
});
