import { beforeAll, describe, expect, it } from 'vitest';
import { REGISTRY } from '../areas.ts';
import { packageRoot } from '../contract/paths.ts';
import { parseExpression } from '../spec/expression.ts';
import { SpecReader } from '../spec/loader.ts';
import type { AreaSpec, Machine } from '../spec/types.ts';
import { committedVectors } from '../vectors.ts';
import { printExpression, variantsOf } from './expressions.ts';
import { Corpus, mutatedPart, readSurvivors, survivorFaults, type MutationResult } from './spec-mutation.ts';
import { moduleOf } from '../suites/modules.ts';
import { ignoringRows, partOf, specMutations, type SpecMutation } from './spec-mutations.ts';

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
  const all = (source: string): string[] => variantsOf(source, (name) => name === 'constant.A' || name === 'room').map((v) => v.source);
  it('move integers and integer constants by one, and leave out each side of and', () => {
    expect(all('x < 8')).toEqual(['(x < 9)', '(x < 7)']);
    expect(all('room + x')).toEqual(['((room + 1) + x)', '((room - 1) + x)']);
    expect(all('x <= constant.A')).toEqual(['(x <= (constant.A + 1))', '(x <= (constant.A - 1))']);
    expect(all('x = constant.KEY')).toEqual([]);
    expect(all('a and f(b, 0x00)')).toEqual(['f(b, 0x00)', 'a']);
    expect(all("{ a: 1, 'b c': -1 }")).toEqual(["{ a: 2, 'b c': -1 }", "{ a: 0, 'b c': -1 }", "{ a: 1, 'b c': 0 }", "{ a: 1, 'b c': -2 }"]);
    expect(all("filter(x, 'first(it) != 0')")).toEqual(["filter(x, '(first(it) != 1)')", "filter(x, '(first(it) != -1)')"]);
  });
  it('have names that differ, and parse', () => {
    const variants = variantsOf('a = 1 and b = 1', () => true);
    expect(new Set(variants.map((v) => v.what)).size).toBe(variants.length);
    for (const { source } of variants) expect(() => parseExpression(source)).not.toThrow();
  });
  it.each(['not (a or b) and c != none', "{ a: [-1, {}], 'b c': x - -1 }", "[0x, 0x0a, 'x', true]", 'f(a.b, x + 1 - 2 * 3) ++ y'])(
    'print as they parse: %s',
    (source) => {
      const printed = printExpression(parseExpression(source));
      expect(parseExpression(printed)).toEqual(parseExpression(source));
      expect(printExpression(parseExpression(printed))).toBe(printed);
    },
  );
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
  it('are of functions that are called, and not of those whose names end others', () => {
    const [one] = spec.functions;
    const [model] = spec.operations;
    if (one === undefined || model === undefined) throw new Error('nothing to change');
    const named = (name: string): AreaSpec['functions'][number] => ({ ...one, function: name, is: '0' });
    const functions = [named('answered'), named('unanswered'), { ...named('calling'), is: 'unanswered(1)' }];
    const operations = [{ ...model, model: [{ let: 'calling(1)', as: 'x' }] }] as unknown as AreaSpec['operations'];
    const found = partOf({ ...spec, functions, operations, machines: [], systems: [] }, [model.operation]);
    expect(found.functions.map((f) => f.function)).toEqual(['unanswered', 'calling']);
  });
  it('leave the spec itself as it is', () => {
    expect(spec).toEqual(part());
  });
  it('do not delete rows that ignore what no other row takes', () => {
    const rows = spec.machines.flatMap((m) => m.rows).length;
    expect(ignoringRows(spec)).toBeGreaterThan(0);
    expect(mutations.filter((m) => m.group === 'machines' && m.id.endsWith('[deleted]')).length).toBe(rows - ignoringRows(spec));
  });
});

describe('a part of the spec', () => {
  it('keeps the constants that it uses, whatever clause they have', () => {
    const { constants } = partOf(new SpecReader(root).area('nexus'), ['nexus.custody.']);
    expect(Object.keys(constants)).toEqual(expect.arrayContaining(['CUSTODY_S_MAX', 'EPOCH_S']));
    expect(Object.keys(constants)).not.toContain('PROOF_MS');
  });
});

describe('the mutations of a machine', () => {
  const rest = { to: 'a', outcome: 'accept', req: 'E3X-CHK-008' };
  const machine = {
    machine: 'e3x.toy',
    title: 'A toy',
    session: 'e3x.chunks',
    configurations: [],
    states: ['a'],
    initial: 'a',
    variables: { x: { type: 'integer', initial: 0 }, y: { type: 'integer', initial: 0 } },
    events: { go: { call: 'e3x.chunks.send', with: { n: [1, 2, 3] } }, rest: { call: 'e3x.chunks.tick', with: { n: [1, 2] } } },
    timeout: 'none',
    values: { next: 'x + 1' },
    guards: { isSmall: 'n < 3 and x < 7' },
    outputs: { said: "{ type: 'said', n: n }" },
    updates: { cleared: { x: 0, y: 0 } },
    rows: [
      { name: 'one-ignored', in: 'a', on: 'go', when: 'n = 1', ...rest },
      { name: 'small-taken', in: 'a', on: 'go', when: 'isSmall', set: ['cleared', { y: 'next' }], emit: 'said', ...rest },
      { name: 'large-refused', in: 'a', on: 'go', reject: 'limit', ...rest },
      { name: 'rest-of-one', in: 'a', on: 'rest', when: 'n = 1', set: { y: 1 }, ...rest },
      { name: 'rest-of-two', in: 'a', on: 'rest', set: 'cleared', ...rest },
    ],
    invariants: [],
  } satisfies Machine;
  const made = new Map(
    specMutations({ ...spec, machines: [machine] })
      .filter((m) => m.group === 'machines')
      .map((m) => [m.id.slice('e3x.toy/'.length), m.spec.machines[0]]),
  );
  const rows = (id: string, on: string): readonly string[] =>
    (made.get(id)?.rows ?? []).filter((r) => r.on === on).map((r) => `${r.name}: ${r.when ?? 'else'} (${r.outcome})`);

  it('are made where a name is defined, and of each row by its name', () => {
    expect([...made.keys()]).toEqual([
      ...['values/next [1 → 2]', 'values/next [1 → 0]'],
      ...['guards/isSmall [without (n < 3)]', 'guards/isSmall [without (x < 7)]'],
      ...['guards/isSmall [3 → 4]', 'guards/isSmall [3 → 2]', 'guards/isSmall [7 → 8]', 'guards/isSmall [7 → 6]'],
      ...['updates/cleared [x not set]', 'updates/cleared [y not set]'],
      ...['deleted', 'always', 'when 1 → 2', 'when 1 → 0'].map((what) => `one-ignored (a on go) [${what}]`),
      ...['deleted', 'always', 'without cleared', 'y not set', 'no emit'].map((what) => `small-taken (a on go) [${what}]`),
      ...['deleted', 'no reject'].map((what) => `large-refused (a on go) [${what}]`),
      ...['deleted', 'always', 'when 1 → 2', 'when 1 → 0', 'y not set'].map((what) => `rest-of-one (a on rest) [${what}]`),
      ...['deleted', 'without cleared'].map((what) => `rest-of-two (a on rest) [${what}]`),
    ]);
    expect(made.get('updates/cleared [x not set]')?.updates).toEqual({ cleared: { y: 0 } });
    expect(made.get('small-taken (a on go) [without cleared]')?.rows[1]?.set).toEqual([{ y: 'next' }]);
    expect(made.get('small-taken (a on go) [y not set]')?.rows[1]?.set).toEqual(['cleared', {}]);
  });
  it('leave the inputs of a deleted row to the next that matches, and ignore those of the last', () => {
    expect(rows('small-taken (a on go) [deleted]', 'go')).toEqual(['one-ignored: n = 1 (accept)', 'large-refused: else (accept)']);
    expect(rows('large-refused (a on go) [deleted]', 'go')).toEqual([
      'one-ignored: n = 1 (accept)',
      'small-taken: isSmall (accept)',
      'large-refused: else (ignore)',
    ]);
    expect(made.has('large-refused (a on go) [always]')).toBe(false);
  });
  it('keep a row where it is', () => {
    expect(rows('small-taken (a on go) [always]', 'go')).toEqual([
      'one-ignored: n = 1 (accept)',
      'small-taken: else (accept)',
      'large-refused: else (accept)',
    ]);
    expect(rows('rest-of-two (a on rest) [deleted]', 'rest')).toEqual(['rest-of-one: n = 1 (accept)', 'rest-of-two: else (ignore)']);
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
      committedVectors()
        .files.filter((f) => subjects.includes(f.subject))
        .flatMap((f) => f.vectors),
    );
  });

  it.each([
    ['e3x.token.derive/model/2 [deleted]', 'e3x.token.derive/'],
    ['e3x.base32/unusedBits [ignored]', 'e3x.base32.decode/'],
    ['e3x.outer-message/2/length [16 → 17]', 'e3x.token.derive/'],
    ['e3x.cloak-path/cloaked-packet-turns-path-cloaked (plain on receiveCloaked) [stays plain]', 'e3x.cloak-path/'],
    ['json-rules depth [ignored]', 'e3x.packet.decode/json/depth-'],
  ])('notice %s', (id, noticedBy) => {
    expect(corpus.ask(mutation(id)).noticedBy).toContain(noticedBy);
  });
  it('do not notice what they do not ask for', () => {
    expect(corpus.ask(mutation('e3x.jws.encode/model/1 [deleted]')).noticedBy).toBeUndefined();
  });
  it('are distinguished from vectors that the spec answers differently', () => {
    const vectors = committedVectors()
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
  it('have no reason if a vector notices them, if they do not exist, or twice', () => {
    expect(survivorFaults([result('b', 'v')], file('b'))).toEqual(['b: explained as unnoticed, but v notices']);
    expect(survivorFaults([], file('c'))).toEqual(['c: explained, but there is no such mutation']);
    expect(survivorFaults([result('a')], file('a', 'a'))).toEqual(['a: explained twice']);
  });
  it('that are explained exist, and have reasons', () => {
    const ids = new Set(mutations.map((m) => m.id));
    for (const { reason, mutations: explained } of readSurvivors(root, spec).survivors) {
      expect(reason.length).toBeGreaterThan(20);
      expect(explained.filter((id) => !ids.has(id))).toEqual([]);
    }
  });
});
