import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckReport, CheckResult, Failure } from '../contract/check.ts';
import { packageRoot } from '../contract/paths.ts';
import { SpecReader } from '../spec/loader.ts';
import { committedVectors } from '../vectors.ts';
import { idleChecks, isGenerated, killOf, renderMatrix } from './matrix.ts';
import {
  inScope,
  matrixFaults,
  MutantError,
  ownsClause,
  patched,
  readMutants,
  mutantsOf,
  type Kill,
  type Mutant,
  type MutantFile,
} from './mutants.ts';

const root = packageRoot();
const reader = new SpecReader(root);
const files = reader.areas().flatMap((area) => mutantsOf(root, reader.area(area)));
const sample = files[0]?.mutants[0];
if (sample === undefined) throw new Error('no mutants');

describe('the mutants of the topics', () => {
  it.each(files.flatMap(({ mutants }) => mutants).map((mutant) => [mutant.id, mutant] as const))(
    '%s fits its file exactly once',
    (_id, mutant) => {
      expect(patched(root, mutant)).not.toBe(readFileSync(join(root, 'reference', mutant.file), 'utf8'));
      expect(mutant.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    },
  );

  it.each(files.map((file) => [`${file.area}/${file.topic}`, file] as const))(
    'of %s break every clause of the topic that vectors check',
    (_name, file) => {
      const checked = new Set(
        committedVectors()
          .files.filter((f) => f.area === file.area)
          .flatMap((f) => f.vectors)
          .filter((v) =>
            inScope(
              file,
              v.steps.map((s) => s.operation),
            ),
          )
          .flatMap((v) => [v.requirement, ...v.steps.map((s) => s.requirement)])
          .filter((clause) => ownsClause(file, clause)),
      );
      const broken = new Set(file.mutants.map((m) => m.breaks));
      const byVectors = new Set(file.mutants.filter((m) => m.noticedBy === undefined).map((m) => m.breaks));
      expect([...byVectors].filter((clause) => !checked.has(clause))).toEqual([]);
      expect([...checked].filter((clause) => !broken.has(clause))).toEqual([]);
    },
  );

  it('are refused if they break a clause of another topic', () => {
    const topic = { topic: 'packet', operations: [], prefixes: ['E3X-NON'] };
    expect(() => readMutants(root, 'e3x', topic)).toThrow(/a clause of another topic/);
  });
});

describe('a patch', () => {
  const with_ =
    (changed: Partial<Mutant>): (() => string) =>
    () =>
      patched(root, { ...sample, ...changed });
  it('is refused if its text is missing, occurs twice or changes nothing, and if there is no such file', () => {
    expect(with_({ find: 'text that nobody wrote' })).toThrow(/occurs 0 times/);
    expect(with_({ find: 'return' })).toThrow(/must occur once/);
    expect(with_({ replace: sample.find })).toThrow(/changes nothing/);
    expect(with_({ file: 'e3x/no-such-file.ts' })).toThrow(MutantError);
  });
});

const kill = (mutant: string, breaks: string, byClause: Kill['byClause'], generated: readonly string[] = []): Kill => ({
  mutant,
  breaks,
  byClause,
  generated,
  blamed: Object.fromEntries(generated.map((id) => [id, breaks])),
});
const excusing = (notAlone: MutantFile['notAlone']): MutantFile => ({
  area: 'x',
  topic: 'a',
  operations: [],
  prefixes: ['X-A'],
  mutants: [],
  notAlone,
});

describe('matrixFaults', () => {
  it('finds nothing if every mutant is killed and every clause kills one alone', () => {
    expect(
      matrixFaults(
        [kill('a', 'X-A-001', { 'X-A-001': 2 }), kill('b', 'X-A-002', { 'X-A-001': 1, 'X-A-002': 1 })],
        ['X-A-001', 'X-A-002'],
        excusing({ 'X-A-002': 'never alone' }),
      ),
    ).toEqual([]);
  });
  it('finds a mutant that survives, also where generated checks notice it', () => {
    expect(matrixFaults([kill('a', 'X-A-001', {})], [], excusing({}))).toEqual(['a: survives every vector and trace']);
    expect(matrixFaults([kill('a', 'X-A-001', {}, ['fuzz/x'])], [], excusing({}))).toEqual([
      'a: survives every vector and trace (only fuzz/x notice)',
    ]);
  });
  it('takes generated checks for it where no vector can be one, as long as they blame the clause', () => {
    const noticed = (found: Kill): string[] =>
      matrixFaults([found], [], { ...excusing({}), mutants: [{ ...sample, id: 'a', noticedBy: ['scenario/x'] }] });
    expect(noticed(kill('a', 'X-A-001', {}, ['scenario/x']))).toEqual([]);
    expect(noticed(kill('a', 'X-A-001', {}, ['scenario/y']))).toEqual(['a: scenario/x does not notice it']);
    expect(noticed({ ...kill('a', 'X-A-001', {}), blamed: { 'scenario/x': 'X-A-002' } })).toEqual([
      'a: breaks X-A-001, but scenario/x blames X-A-002',
    ]);
    expect(noticed(kill('a', 'X-A-001', { 'X-A-001': 1 }, ['scenario/x']))).toEqual([expect.stringContaining('out of date')]);
  });
  it('finds blame on another clause', () => {
    expect(matrixFaults([kill('a', 'X-A-001', { 'X-A-002': 1 })], [], excusing({}))).toEqual([
      'a: breaks X-A-001, but the blame falls on X-A-002',
    ]);
  });
  it('finds a clause that kills nothing alone, and an excuse that is out of date or for nothing', () => {
    const kills = [kill('a', 'X-A-001', { 'X-A-001': 1 })];
    expect(matrixFaults(kills, ['X-A-001', 'X-A-002'], excusing({}))).toEqual([expect.stringContaining('X-A-002: kills no mutant alone')]);
    expect(matrixFaults(kills, ['X-A-001'], excusing({ 'X-A-001': 'never alone' }))).toEqual([expect.stringContaining('out of date')]);
    expect(matrixFaults(kills, ['X-A-001'], excusing({ 'X-A-009': 'never alone' }))).toEqual([
      expect.stringContaining('notAlone names X-A-009'),
    ]);
  });
});

describe('killOf', () => {
  const failure = (requirement: string): Failure => ({
    requirement,
    clause: { text: '', source: '' },
    kind: 'member',
    basis: 'published',
    operation: 'x.y',
    params: {},
    expected: { kind: 'ok', value: {} },
    got: { kind: 'ok', value: {} },
    explanation: '',
    steps: [],
  });
  const report = (id: string, suite: CheckReport['check']['suite'], result: CheckResult): CheckReport => ({
    check: { id, suite, requirement: 'X-A-001', title: '', operations: [] },
    result,
    elapsedMs: 0,
  });
  const fail = (requirement: string): CheckResult => ({ verdict: 'fail', cases: 1, failure: failure(requirement) });

  it('counts failures by the clause they blame, and a broken adapter by the clause of the check', () => {
    const reports = [
      report('v1', 'vector', fail('X-A-002')),
      report('v2', 'machine', fail('X-A-002')),
      report('v3', 'vector', { verdict: 'broken', cases: 1, what: 'timeout', detail: '' }),
      report('v4', 'vector', { verdict: 'pass', cases: 1 }),
    ];
    expect(killOf(sample, reports).byClause).toEqual({ 'X-A-002': 2, 'X-A-001': 1 });
  });
  it('keeps generated checks apart, walks of machines too', () => {
    const found = killOf(sample, [
      report('property/x', 'property', fail('X-A-001')),
      report('walk/x', 'machine', fail('X-A-001')),
      report('x/row-1', 'machine', fail('X-A-003')),
    ]);
    expect(found.generated).toEqual(['property/x', 'walk/x']);
    expect(Object.keys(found.byClause)).toEqual(['X-A-003']);
    expect(idleChecks([found], ['property/x', 'fuzz/y'])).toEqual(['fuzz/y']);
    expect(isGenerated({ id: 'x/row-1', suite: 'machine', requirement: '', title: '', operations: [] })).toBe(false);
  });
  it('proves nothing with an engine that does not start or was not called', () => {
    expect(() =>
      killOf(sample, [report('contract/hello', 'contract', { verdict: 'broken', cases: 1, what: 'start-failed', detail: 'gone' })]),
    ).toThrow(/does not start/);
    expect(() => killOf(sample, [report('v1', 'vector', { verdict: 'unreachable', cases: 0, reason: 'too long' })])).toThrow(
      /was not asked/,
    );
  });
  it('proves nothing with a text that names what its file does not have', () => {
    const detail = 'the adapter itself failed: x.y: ReferenceError: handles is not defined';
    expect(() => killOf(sample, [report('v1', 'vector', { verdict: 'broken', cases: 1, what: 'fault', detail })])).toThrow(/does not fit/);
  });
});

describe('renderMatrix', () => {
  it('stays within 80 columns and shows who survives and what kills nothing', () => {
    const clauses = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`E3X-LOB-${String(i).padStart(3, '0')}`, i]));
    const text = renderMatrix(
      [kill('many', 'E3X-LOB-001', clauses, ['fuzz/x']), kill('none', 'E3X-LOB-002', {})],
      ['E3X-LOB-001', 'E3X-LOB-002'],
      { ...excusing({ 'E3X-LOB-002': 'never' }), prefixes: ['E3X-LOB'] },
    );
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).toContain('LOB-001*:1');
    expect(text).toContain('+1 generated');
    expect(text).toContain('SURVIVES');
    expect(text).toMatch(/LOB-001 +\(none\)/);
    expect(text).toContain('(none; excused)');
  });
});
