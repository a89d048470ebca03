import { REGISTRY } from '../areas.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/paths.ts';
import { completenessFaults, explorationFaults } from './complete.ts';
import { sharedNameFaults } from './consistency.ts';
import { SpecReader } from './loader.ts';
import type { AreaSpec } from './types.ts';

let spec: AreaSpec;
const root = packageRoot();
beforeAll(() => {
  // Systems take seconds to explore and have a test of their own.
  const whole = new SpecReader(root).area('e3x');
  const ofSystems = ['seqMember', 'seqOf', 'ackAndMiss', 'ackOf'];
  spec = { ...whole, systems: [], functions: whole.functions.filter((f) => !ofSystems.includes(f.function)) };
});
const faults = (change: (spec: AreaSpec) => Partial<AreaSpec>): string[] =>
  completenessFaults(root, { ...spec, ...change(spec) }, REGISTRY.primitives);

describe('completeness of the spec', () => {
  it('finds nothing wrong with the spec as it is', () => {
    expect(completenessFaults(root, spec, REGISTRY.primitives)).toEqual([]);
  });
  it('finds an id used twice', () => {
    expect(faults((s) => ({ requirements: [...s.requirements, ...s.requirements.filter((r) => r.id === 'E3X-LOB-001')] }))).toContain(
      'E3X-LOB-001: the id is used twice',
    );
  });
  it('finds a retired id that is used again', () => {
    expect(faults((s) => ({ retiredRequirements: { ...s.retiredRequirements, 'E3X-LOB-001': null } }))).toContain(
      'E3X-LOB-001: the id is retired, and must not be reused',
    );
  });
  it('finds a MUST without a disposition', () => {
    expect(
      faults((s) => ({
        requirements: s.requirements.map((r) =>
          r.id === 'E3X-LOB-014' ? { id: r.id, level: r.level, text: r.text, source: r.source, verify: r.verify } : r,
        ),
      })),
    ).toContain('E3X-LOB-014: MUST has neither a check nor a disposition');
  });
  it('finds a decided part that the text does not have, or without a decision, or of what is decided as a whole', () => {
    const decided = [
      { part: 'in ascending order of ids', decision: 'ADR-0013' },
      { part: 'no such words', decision: 'ADR-9999' },
    ];
    const found = faults((s) => ({
      requirements: s.requirements.map((r) => (r.id === 'E3X-CHT-014' || r.id === 'E3X-CHT-013' ? { ...r, decided } : r)),
    }));
    expect(found).toContain("E3X-CHT-014: its text does not have the decided part 'no such words'");
    expect(found).toContain('E3X-CHT-014: ADR-9999 is not in docs/adr');
    expect(found).toContain("E3X-CHT-013: all of it is decided; 'decided' names parts of a published text");
    expect(found.join()).not.toContain("E3X-CHT-014: its text does not have the decided part 'in ascending");
  });
  it('finds orphans in both directions', () => {
    expect(faults((s) => ({ requirements: s.requirements.filter((r) => r.id !== 'E3X-TOK-003') })).join('\n')).toMatch(
      /E3X-TOK-003: cited in .* but not defined/,
    );
    const extra = { ...spec.requirements[0], id: 'E3X-LOB-999' } as AreaSpec['requirements'][number];
    expect(faults((s) => ({ requirements: [...s.requirements, extra] }))).toContain("E3X-LOB-999: nothing in the spec's data cites it");
  });
  it('finds a wire field without its reject, and one with a reject that cannot happen', () => {
    expect(
      faults((s) => ({
        layouts: s.layouts.map((l) =>
          l.layout === 'e3x.packet' ? { ...l, fields: l.fields.map((f) => (f.name === 'head' ? { ...f, rejects: {} } : f)) } : l,
        ),
      })),
    ).toContain('layout e3x.packet.head: can be truncated and declares no reject for it');
    expect(
      faults((s) => ({
        layouts: s.layouts.map((l) =>
          l.layout === 'e3x.packet'
            ? {
                ...l,
                fields: l.fields.map((f) =>
                  f.name === 'body' ? { ...f, rejects: { truncated: { class: 'truncated', req: 'E3X-LOB-003' } } } : f,
                ),
              }
            : l,
        ),
      })),
    ).toContain('layout e3x.packet.body: declares a reject for truncated, which cannot happen');
  });
  it('finds partitions with a gap', () => {
    expect(
      faults((s) => ({
        layouts: s.layouts.map((l) =>
          l.layout === 'e3x.packet' ? { ...l, partitions: (l.partitions ?? []).filter((p) => Number(p.from) !== 1) } : l,
        ),
      })).join('\n'),
    ).toMatch(/e3x.packet.headLength: partitions leave a gap or overlap at 7/);
  });
  /** One machine: the others take seconds to explore, and other tests find nothing wrong with them. */
  const only = ({ machines }: AreaSpec, machine: string): AreaSpec['machines'] => machines.filter((one) => one.machine === machine);
  const explored = (change: Partial<AreaSpec>): string[] => explorationFaults({ ...spec, ...change }, REGISTRY.primitives);
  const withRows = (
    machine: string,
    change: (rows: AreaSpec['machines'][number]['rows']) => AreaSpec['machines'][number]['rows'],
  ): string[] => explored({ machines: only(spec, machine).map((m) => ({ ...m, rows: change(m.rows) })) });
  it('finds a state and event without a row', () => {
    expect(withRows('e3x.chunk-receiver', (rows) => rows.filter((r) => !(r.in === 'skipping' && r.on === 'zero'))).join('\n')).toMatch(
      /no row matches zero in skipping/,
    );
  });
  it('finds a row made unreachable by an earlier one', () => {
    expect(
      withRows('e3x.chunk-receiver', (rows) =>
        rows.map((r) => (r.on === 'fragment' && r.in === 'idle' && r.outcome === 'limit' ? { ...r, when: 'true' } : r)),
      ).join('\n'),
    ).toMatch(/no trace reaches row first-chunk-opens-assembly/);
  });
  it('finds a broken invariant with the trace to it', () => {
    const machines = only(spec, 'e3x.chunk-receiver').map((m) => ({
      ...m,
      guards: { ...m.guards, exceedsChunks: 'chunkCount > chunkCountMax' },
    }));
    expect(explored({ machines }).join('\n')).toMatch(/invariant bounded-chunks fails .* after fragment/);
  });
  it('finds a reject class outside the vocabulary, and one that nothing uses', () => {
    expect(faults((s) => ({ rejects: [...s.rejects, { class: 'novel', means: 'x' }] }))).toContain("reject class 'novel': nothing uses it");
    expect(faults((s) => ({ rejects: s.rejects.filter((r) => r.class !== 'limit') })).join('\n')).toMatch(
      /'limit' is not in the vocabulary/,
    );
  });
  it('finds an operation that declares what its model never returns', () => {
    expect(
      faults((s) => ({
        operations: s.operations.map((o) => (o.operation === 'e3x.packet.decode' ? { ...o, rejects: ['truncated', 'limit'] } : o)),
      })),
    ).toContain('operation e3x.packet.decode: declares limit, which its model never produces');
  });
});

describe('the areas', () => {
  const reader = new SpecReader(root);
  const specs = reader.areas().map((area) => reader.area(area));
  it('share no name that a user gives without its area', () => {
    expect(sharedNameFaults(specs)).toEqual([]);
    expect(sharedNameFaults([...specs.slice(0, 1), ...specs.slice(0, 1)])[0]).toMatch(/named in e3x and in e3x/);
  });
});
