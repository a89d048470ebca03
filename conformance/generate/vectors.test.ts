import { oracleOf, REGISTRY } from '../areas.ts';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/paths.ts';
import { SpecReader } from '../spec/loader.ts';
import { MANIFEST, committedVectors, vectorFolders, type WrittenFile } from '../vectors.ts';
import { Batch } from './batch.ts';
import { validateVectors } from './schema.ts';
import { makeShared, sharesOf } from './shares.ts';
import { compareVectors, generateVectors } from './vectors.ts';

const root = packageRoot();
let generated: Map<string, string>;
let copy: string;
beforeAll(() => {
  // The committed ones: that all of them are what the spec generates is a step of `.ci/run`, which takes a minute.
  generated = new Map(
    vectorFolders(root).flatMap((folder) =>
      readdirSync(join(root, 'vectors', folder)).map((file) => [
        `${folder}/${file}`,
        readFileSync(join(root, 'vectors', folder, file), 'utf8'),
      ]),
    ),
  );
  copy = mkdtempSync(join(tmpdir(), 'bottlepost-vectors-'));
  cpSync(join(root, 'vectors'), join(copy, 'vectors'), { recursive: true });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('generated vectors', () => {
  it('are what is committed, byte for byte, and the same when threads make them again', async () => {
    const topics = new Set(['e3x/token', 'interpeer/cookie', 'kilt/replay']);
    const first = await generateVectors(REGISTRY, root, new SpecReader(root), topics);
    expect(first.size).toBeGreaterThanOrEqual(2 * topics.size);
    expect(compareVectors(root, first, topics)).toEqual([]);
    const thread = new URL('../../dist/conformance/cli/vectors-thread.js', import.meta.url);
    const again = await makeShared(thread, root, [...topics]);
    expect(again.incomplete).toEqual([]);
    expect([...again.generated]).toEqual([...first]);
  });
  it('are made in shares of about the same size, whoever makes them', () => {
    const sizes = new Map([
      ['a', 1],
      ['b', 5],
      ['c', 4],
      ['d', 2],
    ]);
    const shares = (count: number): string[][] => sharesOf([...sizes.keys()], (name) => sizes.get(name) ?? 0, count);
    expect(shares(2)).toEqual([
      ['b', 'a'],
      ['c', 'd'],
    ]);
    expect(shares(1)).toEqual([['b', 'c', 'd', 'a']]);
    expect(shares(9)).toHaveLength(4);
  });
  it('are found to differ by one byte, to miss a file, to have one too many', () => {
    const file = join(copy, 'vectors/e3x/token/token.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"E3X-TOK-001"', '"E3X-TOK-002"'));
    writeFileSync(join(copy, 'vectors/e3x/token/stray.json'), '{}');
    rmSync(join(copy, 'vectors/e3x/hashname/base32.json'));
    const faults = compareVectors(copy, generated).join('\n');
    expect(faults).toMatch(/token.json: differs from line/);
    expect(faults).toMatch(/stray.json: nothing generates it/);
    expect(faults).toMatch(/base32.json: missing/);
  });
  it('keep to their schema, with unique ids and explained flags', () => {
    expect(validateVectors(root, generated)).toEqual([]);
    const broken = new Map(generated);
    broken.set('e3x/token/token.json', (generated.get('e3x/token/token.json') ?? '').replace('"kind":"boundary"', '"kind":"novel"'));
    expect(validateVectors(root, broken).join('\n')).toMatch(/token.json/);
    const twice = new Map([...generated, ['e3x/token/again.json', generated.get('e3x/token/token.json') ?? '']]);
    expect(validateVectors(root, twice).join('\n')).toMatch(/is used twice/);
  });
  it('stay small: 1,000 characters a vector on average in each topic', () => {
    const sizes = new Map<string, { characters: number; vectors: number }>();
    for (const [name, text] of generated) {
      if (name.endsWith(`/${MANIFEST}`)) continue;
      const topic = name.slice(0, name.lastIndexOf('/'));
      const { characters, vectors } = sizes.get(topic) ?? { characters: 0, vectors: 0 };
      sizes.set(topic, { characters: characters + text.length, vectors: vectors + (JSON.parse(text) as WrittenFile).vectors.length });
    }
    // What several vectors have in common is written once, and weighs more where there are few.
    const means = [...sizes].map(([topic, { characters, vectors }]) => ({
      topic,
      mean: characters / vectors,
      most: vectors < 50 ? 1500 : 1000,
    }));
    expect(means.filter(({ mean, most }) => mean > most)).toEqual([]);
  });
  it('each name an oracle that is not the reference, and one reject at most', () => {
    for (const v of committedVectors().files.flatMap((f) => f.vectors)) {
      expect(v.oracles.length, v.id).toBeGreaterThan(0);
      expect(
        v.oracles.some((o) => /reference/.test(o)),
        v.id,
      ).toBe(false);
    }
  });
  it('carry every known answer, and a flag wherever the library is wrong', () => {
    const evidence = committedVectors()
      .files.filter((f) => f.subject.startsWith('evidence-'))
      .flatMap((f) => f.vectors);
    for (const v of evidence) expect(v.oracles.length > 1 || v.flags !== undefined, v.id).toBe(true);
  });
});

describe('generation', () => {
  it('stops when the oracle contradicts what a case claims', () => {
    const oracle = oracleOf('e3x');
    const batch = new Batch('t', 's', oracle, []);
    expect(() =>
      batch.add({
        name: 'x',
        title: 'x',
        kind: 'example',
        operation: 'e3x.packet.decode',
        params: { packet: '0000' },
        rejects: 'truncated',
      }),
    ).toThrow(/meant as 'truncated'/);
    expect(() =>
      batch.add({ name: 'x', title: 'x', kind: 'example', operation: 'e3x.packet.decode', params: { packet: '00' }, accepts: true }),
    ).toThrow(/meant as accepted/);
  });
  it('stops when another oracle disagrees', () => {
    const oracle = oracleOf('e3x');
    const batch = new Batch('t', 's', oracle, [
      () => {
        throw new Error('somebody disagrees');
      },
    ]);
    expect(() => batch.add({ name: 'x', title: 'x', kind: 'example', operation: 'e3x.packet.decode', params: { packet: '0000' } })).toThrow(
      /disagrees/,
    );
  });
});
