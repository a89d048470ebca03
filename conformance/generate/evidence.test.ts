import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Oracle } from '../oracle/oracle.ts';
import type { Vector } from '../vectors.ts';
import { EvidenceFlags, EvidenceImporter } from './evidence.ts';

const root = mkdtempSync(join(tmpdir(), 'evidence-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});
mkdirSync(join(root, 'spec/a/evidence'), { recursive: true });
writeFileSync(
  join(root, 'spec/a/evidence/flags.yaml'),
  'flags: { WRONG: { bugType: BUG, effect: none, description: it is wrong, links: [], cases: [odd] } }\nnotExpressible: { unheard: why }\n',
);

/** An oracle that knows nothing but that 1 is refused and all else is 2. */
const oracle = {
  answer: (_: string, { n }: { n: number }) =>
    n === 1 ? { kind: 'reject', class: 'malformed', clause: 'A-B-001' } : { kind: 'ok', value: { is: 2 }, clause: 'A-B-002' },
} as unknown as Oracle;

function importing(): { flags: EvidenceFlags; importer: EvidenceImporter; vectors: Vector[] } {
  const vectors: Vector[] = [];
  const sink = { put: (vector: Vector) => void vectors.push(vector), add: () => undefined, addSteps: () => undefined };
  const flags = new EvidenceFlags(root, 'a');
  const source = { library: 'lib', idOf: (operation: string, name: string) => `${operation}/${name}`, titleOf: (name: string) => name };
  return { flags, importer: new EvidenceImporter(oracle, sink, flags, source), vectors };
}

describe('imported evidence', () => {
  it('has the library confirm if it agrees, and a flag explain if it does not', () => {
    const { flags, importer, vectors } = importing();
    importer.add('same', 'a.b', { n: 2 }, { ok: { is: 2 } });
    importer.add('refused', 'a.b', { n: 1 }, 'refused');
    importer.add('odd', 'a.b', { n: 1 }, 'accepted');
    flags.leaveOut('unheard');
    expect(Object.keys(flags.finish())).toEqual(['WRONG']);
    expect(vectors.map((v) => [v.id, v.oracles.at(-1), v.flags])).toEqual([
      ['a.b/same', 'lib', undefined],
      ['a.b/refused', 'lib', undefined],
      ['a.b/odd', 'interpreter', ['WRONG']],
    ]);
  });
  it('fails for a deviation without a flag, a flag that explains nothing, and a case left out without a reason', () => {
    const { flags, importer } = importing();
    expect(() => {
      importer.add('new', 'a.b', { n: 2 }, { ok: { is: 3 } });
    }).toThrow("'new' deviates and no flag explains it");
    importer.add('odd', 'a.b', { n: 2 }, 'accepted');
    expect(() => flags.finish()).toThrow("lists 'odd', which deviates nowhere");
    expect(() => {
      flags.leaveOut('other');
    }).toThrow('flags.yaml does not say why');
  });
});
