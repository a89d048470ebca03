/** Random mutants: what is listed and left out, the names that last, and the explanations of survivors. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/paths.ts';
import { diffOf, mutantsOf, mutated, shuffled, sourcesBelow, topicOf, type RandomMutant } from './random.ts';
import { entryOf, explained, readExplanations } from './survivors.ts';

const folder = mkdtempSync(join(tmpdir(), 'bottlepost-random-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const FILE = 'e3x/tiny/tiny.ts';
const listed = async (source: string, file = FILE): Promise<readonly RandomMutant[]> =>
  (await mutantsOf(new Map([[file, source]]))).mutants;
const sources = (source: string, mutants: readonly RandomMutant[]): string[] => mutants.map((mutant) => mutated(source, mutant));

describe('the mutants of a source', () => {
  it('keep the meaning of what is around them', async () => {
    const source = 'export const f = (a: boolean, b: boolean, c: boolean): boolean => a && b && !(a || c) && c;\n';
    const all = sources(source, await listed(source));
    // Without brackets the operator would bind differently from what was mutated.
    expect(all).toContain(source.replace('a && b &&', '(a || b) &&'));
    expect(all).toContain(source.replace('!(a || c)', '(a || c)'));
  });
  it('replace whole statements and cases as such', async () => {
    const source =
      'export function f(n: number): number {\n  for (;;) {\n    switch (n) {\n      case 1:\n        return 2;\n    }\n  }\n}\n';
    const all = sources(source, await listed(source));
    expect(all).toContain('export function f(n: number): number {}\n');
    expect(all.some((text) => text.includes('case 1:\n') && !text.includes('return 2'))).toBe(true);
    expect(all.some((text) => /for \(; false;\)/.test(text) && !text.includes('(for'))).toBe(true);
  });
  it('leave out types, errors but for their class, and guards, and say how many', async () => {
    const source = [
      "export type Kind = 'a' | 'b';",
      'export function f(n: number): void {',
      "  if (n > 5) throw new UsageError('E3X-CHK-001', 'too long', { n });",
      "  door.whole(n, 'name');",
      "  throw new DecodeError('malformed', `E3X-CHK-002`, `n is ${String(n)}`);",
      "  throw new DecodeError('malformed', 'E3X-CHK-002', 'odd', { why: 'odd' });",
      '}',
    ].join('\n');
    const { mutants, leftOut } = await mutantsOf(new Map([[FILE, source]]));
    expect(mutants.map(({ after }) => after)).toEqual([
      'export function f(n: number): void {}',
      'throw new DecodeError("", `E3X-CHK-002`, `n is ${String(n)}`);',
      `throw new DecodeError("", 'E3X-CHK-002', 'odd', { why: 'odd' });`,
    ]);
    const counts = [...leftOut.values()];
    expect([...leftOut.keys()].map((reason) => /UsageError|error/.test(reason))).toEqual([true, true]);
    expect(counts.every((count) => count > 0)).toBe(true);
  });
  it('are named by what they change, whatever else changes', async () => {
    const line = 'export const isLong = (n: number): boolean => n > 3;\n';
    const before = await listed(line);
    const after = await listed(`/** New. */\nexport const other = 1 + 2;\n\n${line.replace('=> n', '=>   n')}`);
    expect(before.length).toBeGreaterThan(2);
    for (const { id } of before) expect(after.map((mutant) => mutant.id)).toContain(id);
    const twice = await listed('export const a = [1 + 2,\n  1 + 2,\n];\n');
    expect(twice.filter(({ nth, before: text }) => text === '1 + 2,' && nth === 1)).toHaveLength(1);
    expect(new Set(twice.map(({ id }) => id)).size).toBe(twice.length);
  });
  it('are drawn in an order that others do not move', async () => {
    const [one, ...others] = await listed('export const f = (a: number): boolean => a > 3 && a < 9;\n');
    if (one === undefined) throw new Error('none');
    const ids = (mutants: readonly RandomMutant[]): string[] => mutants.map(({ id }) => id);
    expect(ids(shuffled([one, ...others], 's')).filter((id) => id !== one.id)).toEqual(ids(shuffled(others, 's')));
    expect(ids(shuffled(others, 's'))).not.toEqual(ids(shuffled(others, 't')));
  });
  it('show what they change as a diff', async () => {
    const source = 'const a = 1;\nconst b = 2;\nconst c = 3;\nexport const d = a > b;\nconst e = 5;\n';
    const mutant = (await listed(source)).find(({ after }) => after.includes('a >= b'));
    if (mutant === undefined) throw new Error('none');
    expect(diffOf(source, mutant)).toBe(
      [
        `--- reference/${FILE}`,
        `+++ ${mutant.id} EqualityOperator`,
        '@@ -2,5 +2,5 @@',
        ' const b = 2;',
        ' const c = 3;',
        '-export const d = a > b;',
        '+export const d = (a >= b);',
        ' const e = 5;',
        ' ',
      ].join('\n'),
    );
  });
});

describe('survivors.yaml', () => {
  const source = 'const isLong = (n: number): boolean => n > 3 || n > 100;\n';
  const write = (text: string): void => {
    mkdirSync(join(folder, 'conformance/e3x/tiny'), { recursive: true });
    writeFileSync(join(folder, 'conformance/e3x/tiny/survivors.yaml'), text);
  };
  const equivalent = async (): Promise<RandomMutant> => {
    const found = (await listed(source)).find(({ after }) => after.includes('n > 3 || false'));
    if (found === undefined) throw new Error('none');
    return found;
  };
  it('explains a mutant that it names', async () => {
    const mutant = await equivalent();
    write(`survivors:\n  - reason: What is above 100 is above 3.\n    mutants:\n${entryOf(mutant, true)}\n`);
    const { reasons, faults } = explained(readExplanations(folder, ['e3x/tiny', 'e3x/none']), await listed(source));
    expect(faults).toEqual([]);
    expect([...reasons]).toEqual([[mutant.id, 'What is above 100 is above 3.']]);
  });
  it('is refused where it names what is not there any more, or not clearly', async () => {
    const mutant = await equivalent();
    const faultsOf = async (entry: string, text: string): Promise<readonly string[]> => {
      write(`survivors:\n  - reason: because\n    mutants:\n${entry}\n`);
      return explained(readExplanations(folder, ['e3x/tiny']), await listed(text)).faults;
    };
    const stale = await faultsOf(entryOf(mutant, true), source.replace('100', '200'));
    expect(stale).toEqual([expect.stringContaining('no such mutant any more')]);
    const twice = await faultsOf(entryOf(mutant, true), `{\n${source}}\n{\n${source}}\n`);
    expect(twice).toEqual([expect.stringContaining('say which one by nth')]);
    expect(await faultsOf(`${entryOf(mutant, true)}\n${entryOf(mutant, true)}`, source)).toEqual([expect.stringContaining('twice')]);
    expect(await faultsOf(entryOf(mutant, false), source)).toEqual([]);
  });
  it('is refused without a reason, or about another topic', async () => {
    const mutant = await equivalent();
    write(`survivors:\n  - reason: ' '\n    mutants:\n${entryOf(mutant, true)}\n`);
    expect(() => readExplanations(folder, ['e3x/tiny'])).toThrow('without a reason');
    write(`survivors:\n  - reason: because\n    mutants:\n${entryOf({ ...mutant, file: 'e3x/other/other.ts' }, true)}\n`);
    expect(() => readExplanations(folder, ['e3x/tiny'])).toThrow('belongs to e3x/other');
  });
  it('of this repository names mutants that are there', async () => {
    const root = packageRoot();
    const reference = join(root, 'reference');
    const files = sourcesBelow(reference);
    const explanations = readExplanations(root, [...new Set(files.map(topicOf))]);
    const named = new Set(explanations.flatMap(({ survivors }) => survivors.flatMap(({ mutants }) => mutants.map(({ file }) => file))));
    const { mutants } = await mutantsOf(
      new Map(files.filter((file) => named.has(file)).map((file) => [file, readFileSync(join(reference, file), 'utf8')])),
    );
    expect(explained(explanations, mutants).faults).toEqual([]);
  });
});
