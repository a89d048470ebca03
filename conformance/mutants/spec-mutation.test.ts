import { beforeAll, describe, expect, it } from 'vitest';
import { REGISTRY } from '../areas.ts';
import { packageRoot } from '../contract/paths.ts';
import { parseExpression } from '../spec/expression.ts';
import { SpecReader } from '../spec/loader.ts';
import type { AreaSpec } from '../spec/types.ts';
import { readVectors } from '../vectors.ts';
import { printExpression, variantsOf } from './expressions.ts';
import { Corpus, mutatedPart, readSurvivors, survivorFaults, type MutationResult } from './spec-mutation.ts';
import { moduleOf } from '../suites/modules.ts';
import { ignoringRows, specMutations, type SpecMutation } from './spec-mutations.ts';

const root = packageRoot();
const { topics } = moduleOf(REGISTRY, 'e3x');
const part = (): AreaSpec => {
  const found = mutatedPart(new SpecReader(root).area('e3x'), topics);
  if (found === undefined) throw new Error('e3x is not mutated');
  return found;
};
const spec = part();
const mutations = specMutations(spec);
function mutation(id: string): SpecMutation {
  const found = mutations.find((m) => m.id === id);
  if (found === undefined) throw new Error(`no mutation ${id}`);
  return found;
}

describe('variants of an expression', () => {
  const all = (source: string): string[] => variantsOf(source, (name) => name === 'A').map((v) => v.source);
  it('move integers and integer constants by one, and leave out each side of and', () => {
    expect(all('x < 8')).toEqual(['(x < 9)', '(x < 7)']);
    expect(all('x <= constant.A')).toEqual(['(x <= (constant.A + 1))', '(x <= (constant.A - 1))']);
    expect(all('x = constant.KEY')).toEqual([]);
    expect(all('a and f(b, 0x00)')).toEqual(['f(b, 0x00)', 'a']);
    expect(all("filter(x, 'first(it) != 0')")).toEqual(["filter(x, '(first(it) != 1)')", "filter(x, '(first(it) != (0 - 1))')"]);
  });
  it('have names that differ, and parse', () => {
    const variants = variantsOf('a = 1 and b = 1', () => true);
    expect(new Set(variants.map((v) => v.what)).size).toBe(variants.length);
    for (const { source } of variants) expect(() => parseExpression(source)).not.toThrow();
  });
  it.each(['not (a or b) and c != none', "[0x, 0x0a, 'x', true]", 'f(a.b, x + 1 - 2 * 3) ++ y'])('print as they parse: %s', (source) => {
    const printed = printExpression(parseExpression(source));
    expect(parseExpression(printed)).toEqual(parseExpression(source));
    expect(printExpression(parseExpression(printed))).toBe(printed);
  });
});

describe('the mutations of the spec', () => {
  it('are many, have ids of their own and touch every kind of data', () => {
    expect(mutations.length).toBeGreaterThan(500);
    expect(new Set(mutations.map((m) => m.id)).size).toBe(mutations.length);
    expect([...new Set(mutations.map((m) => m.group))]).toEqual([
      'operations',
      'functions',
      'wire',
      'texts',
      'schemas',
      'constants',
      'machines',
      'json-rules',
    ]);
  });
  it('leave the spec itself as it is', () => {
    expect(spec).toEqual(part());
  });
  it('do not delete rows that ignore an event', () => {
    const rows = spec.machines.flatMap((m) => m.rows).length;
    expect(ignoringRows(spec)).toBeGreaterThan(0);
    expect(mutations.filter((m) => m.group === 'machines' && m.id.endsWith('[deleted]')).length).toBe(rows - ignoringRows(spec));
  });
  it('keep every machine complete: a guard that moved leaves its inputs to its neighbours or ignores them', () => {
    const mutated = mutation('e3x.chunk-receiver/rows/9 (assembling on wait) [when 1000 → 1001]').spec.machines.find(
      (m) => m.machine === 'e3x.chunk-receiver',
    );
    const guards = mutated?.rows.filter((r) => r.in === 'assembling' && r.on === 'wait').map((r) => r.when);
    expect(guards).toEqual([
      '((age + ms) >= 1001)',
      'not (((age + ms) >= 1001)) and (age + ms < 1000)',
      'not (((age + ms) >= 1001)) and (age + ms >= 1000)',
    ]);
  });
});

describe('the committed vectors', () => {
  const subjects = ['token', 'base32', 'cloak-path', 'json-heads'];
  let corpus: Corpus;
  beforeAll(() => {
    const machines = spec.machines.filter((m) => m.session === 'e3x.cloakpath');
    corpus = new Corpus(
      { ...spec, machines },
      REGISTRY.primitives,
      topics,
      readVectors(root)
        .files.filter((f) => subjects.includes(f.subject))
        .flatMap((f) => f.vectors),
    );
  });

  it.each([
    ['e3x.token.derive/model/2 [deleted]', 'e3x.token.derive/'],
    ['e3x.base32/unusedBits [ignored]', 'e3x.base32.decode/'],
    ['e3x.outer-message/2/length [16 → 17]', 'e3x.token.derive/'],
    ['e3x.cloak-path/rows/8 (plain on receiveCloaked) [stays plain]', 'e3x.cloak-path/'],
    ['json-rules depth [ignored]', 'e3x.packet.decode/json/depth-'],
  ])('notice %s', (id, noticedBy) => {
    expect(corpus.ask(mutation(id)).noticedBy).toContain(noticedBy);
  });
  it('do not notice what they do not ask for', () => {
    expect(corpus.ask(mutation('e3x.jws.encode/model/1 [deleted]')).noticedBy).toBeUndefined();
  });
  it('are told from vectors that the spec answers otherwise', () => {
    const vectors = readVectors(root)
      .files.filter((f) => f.topic === 'token')
      .flatMap((f) => f.vectors)
      .slice(0, 1)
      .map((v) => ({ ...v, steps: v.steps.map((s) => ({ ...s, expect: { reject: 'limit' } })) }));
    expect(new Corpus({ ...spec, machines: [] }, REGISTRY.primitives, topics, vectors).faults[0]).toMatch(
      /^e3x\.token\.derive\/.*: the spec answers/,
    );
  });
});

describe('survivors', () => {
  const result = (id: string, noticedBy?: string): MutationResult => ({ id, group: 'wire', noticedBy, unanswered: false });
  const file = (...ids: string[]): Parameters<typeof survivorFaults>[1] => ({ survivors: [{ reason: 'because', mutations: ids }] });
  it('need a reason', () => {
    expect(survivorFaults([result('a'), result('b', 'v')], file())).toEqual(['a: no vector notices, and nothing says why']);
    expect(survivorFaults([result('a'), result('b', 'v')], file('a'))).toEqual([]);
  });
  it('have no reason where a vector notices, where there is none, and none twice', () => {
    expect(survivorFaults([result('b', 'v')], file('b'))).toEqual(['b: explained as unnoticed, but v notices']);
    expect(survivorFaults([], file('c'))).toEqual(['c: explained, but there is no such mutation']);
    expect(survivorFaults([result('a')], file('a', 'a'))).toEqual(['a: explained twice']);
  });
  it('that are explained exist, and their reasons say something', () => {
    const ids = new Set(mutations.map((m) => m.id));
    for (const { reason, mutations: explained } of readSurvivors(root, spec).survivors) {
      expect(reason.length).toBeGreaterThan(20);
      expect(explained.filter((id) => !ids.has(id))).toEqual([]);
    }
  });
});
