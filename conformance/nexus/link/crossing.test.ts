/** Each invariant of links that cross fails for neighbours that keep another rule. */
import { describe, expect, it } from 'vitest';
import { REGISTRY } from '../../areas.ts';
import { exploreSystem } from '../../explore/system.ts';
import { Oracle } from '../../oracle/oracle.ts';
import { SpecReader } from '../../spec/loader.ts';
import type { System } from '../../spec/types.ts';

const spec = new SpecReader().area('nexus');
const oracle = new Oracle(spec, REGISTRY.primitives);

/** The system with another rule for one of its events, and nothing lost, so that little is explored. */
function changed(name: string, change: (event: System['environment'][number]) => Partial<System['environment'][number]>): System {
  const system = spec.systems.find((known) => known.system === name);
  if (system === undefined) throw new Error(`there is no ${name}`);
  const links = system.links.map((link) => ({ ...link, capacity: 1, faults: [] }));
  return { ...system, links, environment: system.environment.map((event) => ({ ...event, ...change(event) })) };
}
const failing = (system: System): string[] => exploreSystem(oracle, system).violations.map(({ invariant }) => invariant);

describe('NXS-LNK-032 links that cross', () => {
  const CROSSING = 'nexus.link-crossing';
  it('keep every invariant', () => {
    expect(failing(changed(CROSSING, () => ({})))).toEqual([]);
  });
  it('fail if the higher one closes as soon as it has both up', () => {
    const hasty = changed(CROSSING, ({ part, when }) =>
      part === 'higherInitiator' && when?.includes('isTakenAt') === true
        ? { when: "higherInitiator.state = 'up' and length(higherResponder.live) > 0" }
        : {},
    );
    expect(failing(hasty)).toEqual(
      expect.arrayContaining(['no-link-is-closed-for-one-that-fails', 'the-lower-sends-where-the-higher-opens']),
    );
  });
  it('fail if the lower one closes the link that the higher one has begun before the other is up', () => {
    const hasty = changed(CROSSING, ({ part }) => (part === 'lowerResponder' ? { when: 'length(lowerResponder.live) > 0' } : {}));
    expect(failing(hasty)).toContain('the-higher-sends-where-the-lower-opens');
  });
  it('fail if the link of the higher one stays', () => {
    const other = changed(CROSSING, ({ part, event }) =>
      part === 'lowerInitiator' && event === 'send'
        ? { with: { what: "'close'" }, when: "lowerInitiator.state = 'up' and length(lowerResponder.live) > 0" }
        : {},
    );
    expect(failing(other)).toContain('the-link-of-the-lower-stays');
  });
  it('fail if the lower one closes nothing, and nothing comes on the link that stays', () => {
    const silent = changed('nexus.link-crossing-lossless', ({ part, event }) => {
      if (part === 'lowerResponder') return { when: 'false' };
      return part === 'lowerInitiator' && event === 'send' ? { when: 'false' } : {};
    });
    const rule = (always: string): string => always.replace('isCrossingOver(', 'isOver(');
    const over = { function: 'isOver', takes: ['lower', 'higher', 'a', 'b'], is: 'isDone(lower) and isDone(higher)' };
    const withOver = new Oracle({ ...spec, functions: [...spec.functions, over] }, REGISTRY.primitives);
    const system = { ...silent, invariants: silent.invariants.map((invariant) => ({ ...invariant, always: rule(invariant.always) })) };
    expect(exploreSystem(withOver, system).violations.map(({ invariant }) => invariant)).toEqual(['both-end-with-the-link-of-the-lower']);
  });
});

describe('a system whose events depend on the state of its parts', () => {
  it('lets them happen only then', () => {
    const never = changed('nexus.link-crossing', ({ event }) => (event === 'begin' ? { when: "lowerInitiator.state = 'up'" } : {}));
    expect(exploreSystem(oracle, never)).toMatchObject({ states: 1, goalReached: false });
  });
});
