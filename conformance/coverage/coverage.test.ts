import { describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/paths.ts';
import type { Check } from '../contract/check.ts';
import { SpecReader } from '../spec/loader.ts';
import { coverageDrift, coverageOf, formatCoverage } from './coverage.ts';

const root = packageRoot();
const spec = new SpecReader(root).area('e3x');
const check = (requirement: string): Check => ({
  id: `x/${requirement}`,
  suite: 'vector',
  requirement,
  title: 'x',
  operations: ['e3x.packet.decode'],
  run: () => Promise.resolve({ verdict: 'pass', cases: 1 }),
});

describe('coverage', () => {
  it('finds what has no check although it says so, and checks about nothing', () => {
    const { faults } = coverageOf(root, spec, [check('E3X-LOB-001'), check('E3X-NON-001')]);
    expect(faults).toContain('E3X-LOB-002: says it is verified by vectors, but has none');
    expect(faults).toContain('E3X-CHK-018: says it is verified by traces, but has none');
    expect(faults).toContain('check x/E3X-NON-001 is about E3X-NON-001, which is not defined');
    expect(faults.join('\n')).not.toContain('E3X-LOB-001: says it is verified by vectors');
  });
  it('finds vectors of a requirement that does not say it has any', () => {
    expect(coverageOf(root, spec, [check('E3X-CHK-018')]).faults).toContain('E3X-CHK-018: has vectors but does not say so');
  });
  it('names every requirement that moved', () => {
    const before = coverageOf(root, spec, [check('E3X-LOB-001')]);
    const after = coverageOf(root, spec, []);
    const topic = spec.topics.find((t) => t.prefixes.includes('E3X-LOB'));
    if (topic === undefined) throw new Error('no topic has E3X-LOB');
    expect(coverageDrift(formatCoverage(spec, topic, before), formatCoverage(spec, topic, after))).toEqual(['E3X-LOB-001: vectors 1 -> 0']);
    expect(coverageDrift(formatCoverage(spec, topic, before), formatCoverage(spec, topic, before))).toEqual([]);
  });
  it('accepts a waiver for a requirement not met yet, and no other', () => {
    const about = (waivers: Parameters<typeof coverageOf>[3]): string[] =>
      coverageOf(
        root,
        {
          ...spec,
          requirements: [
            ...spec.requirements,
            { id: 'E3X-NEW-001', level: 'MUST', text: 'x', source: { document: 'LOB', section: 'x' }, verify: ['vector'] },
          ],
        },
        [check('E3X-NEW-001')],
        waivers,
        '2026-11-21',
      ).faults.filter((f) => /E3X-NEW|E3X-LOB-001: is met|waiver/.test(f));
    expect(about([])).toEqual(['E3X-NEW-001: no mutant breaks it', 'E3X-NEW-001: no line of the reference cites it']);
    expect(about([{ requirement: 'E3X-NEW-001', reason: 'x', expires: '2026-12-31' }])).toEqual([]);
    expect(about([{ requirement: 'E3X-NEW-001', reason: 'x', expires: '2026-11-20' }])).toContain(
      'E3X-NEW-001: its waiver expired on 2026-11-20',
    );
    expect(about([{ requirement: 'E3X-LOB-001', reason: 'x', expires: '2026-12-31' }])).toContain(
      'E3X-LOB-001: is met; remove its waiver from spec/waivers.yaml',
    );
    expect(about([{ requirement: 'E3X-NON-001', reason: 'x', expires: '2026-12-31' }])).toContain(
      'waiver of E3X-NON-001, which is not defined',
    );
  });
});
