import { REGISTRY } from '../areas.ts';
import { describe, expect, it } from 'vitest';
import { Oracle } from '../oracle/oracle.ts';
import { SpecReader } from '../spec/loader.ts';
import type { Machine, System } from '../spec/types.ts';
import { exploreSystem } from './system.ts';

const spec = new SpecReader().area('e3x');
const row = (on: string, from: string, to: string, more: object = {}): Machine['rows'][number] => ({
  name: `${on}-while-${from}`,
  in: from,
  on,
  to,
  outcome: 'accept',
  req: 'X',
  ...more,
});
/** A client that asks once and a server that must answer once: the smallest protocol with a fault to find. */
const client: Machine = {
  machine: 't.client',
  title: 'c',
  session: 't',
  configurations: [{ name: 'd', open: {} }],
  states: ['idle', 'waiting', 'done'],
  initial: 'idle',
  variables: {},
  events: { ask: { call: 't.x' }, answer: { call: 't.x' }, again: { call: 't.x' } },
  timeout: 'none',
  rows: [
    row('ask', 'idle', 'waiting', { transmit: '[0x01]' }),
    row('ask', 'waiting', 'waiting'),
    row('ask', 'done', 'done'),
    row('answer', 'idle', 'idle'),
    row('answer', 'waiting', 'done'),
    row('answer', 'done', 'done'),
    row('again', 'waiting', 'waiting', { transmit: '[0x01]' }),
    row('again', 'idle', 'idle'),
    row('again', 'done', 'done'),
  ],
  invariants: [],
};
const server: Machine = {
  machine: 't.server',
  title: 's',
  session: 't',
  configurations: [{ name: 'd', open: {} }],
  states: ['on'],
  initial: 'on',
  variables: { served: { type: 'integer', initial: 0 } },
  events: { request: { call: 't.x' } },
  timeout: 'none',
  rows: [row('request', 'on', 'on', { set: { served: 'served + 1' }, transmit: '[0x02]' })],
  invariants: [],
};
const oracle = new Oracle({ ...spec, machines: [client, server] }, REGISTRY.primitives);
const system = (faults: System['links'][number]['faults'], invariant: string, again = 0): System => ({
  system: 't.system',
  title: 't',
  parts: { c: { machine: 't.client', configuration: 'd' }, s: { machine: 't.server', configuration: 'd' } },
  links: [
    { from: 'c', to: 's', capacity: 2, faults, deliver: [{ when: 'true', event: 'request' }] },
    { from: 's', to: 'c', capacity: 2, faults: [], deliver: [{ when: 'true', event: 'answer' }] },
  ],
  environment: [{ part: 'c', event: 'ask', times: 1 }, ...(again > 0 ? [{ part: 'c', event: 'again', times: again }] : [])],
  invariants: [{ id: 'i', always: invariant, req: 'X' }],
  goal: { eventually: "c.state = 'done'", req: 'X' },
  bounds: { states: 1000, depth: 20 },
});

describe('exploration of composed machines', () => {
  it('finds nothing over a link that keeps every promise, and reaches the goal', () => {
    const e = exploreSystem(oracle, system([], 's.served <= 1'));
    expect(e.violations).toEqual([]);
    expect(e.goalReached).toBe(true);
    expect(e.states).toBe(4);
  });
  it('finds the duplicate that is served twice, by the shortest trace', () => {
    const e = exploreSystem(oracle, system(['duplicate'], 's.served <= 1'));
    expect(e.violations[0]?.trace).toHaveLength(3);
  });
  it('finds that a lost request leaves the client waiting forever', () => {
    const e = exploreSystem(oracle, system(['lose'], "not quiet or c.state = 'done'"));
    expect(e.violations[0]?.trace.at(-1)).toMatch(/lost/);
  });
  it('finds reordering', () => {
    const e = exploreSystem(oracle, system(['reorder'], 's.served <= 2', 1));
    expect(e.violations).toEqual([]);
    expect(e.transitions).toBeGreaterThan(exploreSystem(oracle, system([], 's.served <= 2', 1)).transitions - 1);
  });
  it('holds the announced findings about blocking to their traces', () => {
    const real = new Oracle(spec, REGISTRY.primitives);
    const link = spec.systems.find((s) => s.system === 'e3x.chunk-link');
    if (link === undefined) throw new Error('no chunk-link');
    const e = exploreSystem(real, link);
    expect(e.violations).toEqual([]);
    expect(e.missing).toEqual([]);
    expect(e.expected.map((v) => [v.invariant, v.trace.length])).toEqual([
      ['one-unread-chunk', 3],
      ['two-unread-chunks', 9],
    ]);
    expect(e.truncated).toBe(false);
  });
});
