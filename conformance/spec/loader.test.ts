import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/paths.ts';
import { SpecError, SpecReader } from './loader.ts';
import type { AreaSpec } from './types.ts';

const reader = new SpecReader();
const faultsOf = (kind: Parameters<SpecReader['check']>[1], text: string): string[] => {
  try {
    reader.check('spec/x/file.yaml', kind, text);
    return [];
  } catch (error) {
    if (error instanceof SpecError) return error.faults.map((f) => `${f.file}:${String(f.line)} ${f.path}: ${f.message}`);
    throw error;
  }
};

describe('the loader', () => {
  it('names file, line and path of an unknown field', () => {
    expect(
      faultsOf(
        'derivations',
        'derivations:\n  - derivation: x.y\n    req: X-ABC-001\n    hash: sha256\n' +
          '    inputs: [{ name: a, length: any, colour: red }]\n    output: { length: 32 }\n',
      ),
    ).toEqual(["spec/x/file.yaml:5 /derivations/0/inputs/0: must NOT have additional properties 'colour'"]);
  });
  it('names what is missing', () => {
    expect(faultsOf('rejects', 'rejects:\n  - { class: malformed }\n')[0]).toMatch(/:2 \/rejects\/0: must have required property 'means'/);
  });
  it('names the line of invalid YAML', () => {
    expect(faultsOf('rejects', 'rejects: [\n')[0]).toMatch(/^spec\/x\/file.yaml:\d+ \//);
  });
  it('refuses a key that occurs twice', () => {
    expect(faultsOf('rejects', 'rejects: []\nrejects: []\n')[0]).toMatch(/unique/i);
  });
  it('names the line of an expression that does not parse', () => {
    expect(faultsOf('functions', 'functions:\n  - function: f\n    takes: [a]\n    is: a +\n')).toEqual([
      'spec/x/file.yaml:4 /functions/0/is: expected a value at position 3 of "a +"',
    ]);
  });
  it('reads 0x00 as bytes and not as an integer', () => {
    const parsed = reader.check<{ functions: { is: unknown }[] }>(
      'f',
      'functions',
      'functions:\n  - { function: f, takes: [], is: 0x00 }\n',
    );
    expect(parsed.value.functions[0]?.is).toBe('0x00');
  });
  it('refuses a document without the one state of it that is cited', () => {
    const area = (revision: string): string =>
      `area: x\ntitle: X\nrevision: x-1\ndocuments:\n  A: { title: A, where: somewhere${revision} }\n`;
    expect(faultsOf('area', area(''))).toEqual(["spec/x/file.yaml:5 /documents/A: must have required property 'revision'"]);
    expect(faultsOf('area', area(', revision: the current one'))[0]).toMatch('/documents/A/revision: must match pattern');
    expect(faultsOf('area', area(', revision: March 2015'))).toEqual([]);
  });
  it('loads every area of the specification', () => {
    expect(reader.areas()).toContain('e3x');
    expect(reader.area('e3x').requirements.length).toBeGreaterThan(90);
  });
  it('gives an area as it was found right, or as it is now if a file, a schema, a decision or an area that it uses changed', () => {
    const root = mkdtempSync(join(tmpdir(), 'bottlepost-area-'));
    try {
      for (const folder of ['spec', 'docs/adr']) cpSync(join(packageRoot(), folder), join(root, folder), { recursive: true });
      const loaded = (): AreaSpec => new SpecReader(root).area('interpeer');
      const changed = (file: string, from: string, to: string): void => {
        const text = readFileSync(join(root, file), 'utf8');
        expect(text).toContain(from);
        writeFileSync(join(root, file), text.replace(from, to));
      };
      const fresh = loaded();
      expect(loaded()).toEqual(fresh);
      // That it is read, and kept apart from what built code keeps, shows in what it says.
      changed('.bottlepost/checked/interpeer.ts.json', '"level":"MUST"', '"level":"MAY"');
      expect(loaded().requirements.map(({ level }) => level)).not.toEqual(fresh.requirements.map(({ level }) => level));
      changed('.bottlepost/checked/interpeer.ts.json', '"level":"MAY"', '"level":"MUST"');
      const requirements = 'spec/interpeer/packet/requirements.yaml';
      const text = readFileSync(join(root, requirements), 'utf8');
      changed(requirements, 'level: MUST', 'level: SHOULD');
      expect(loaded().requirements.filter(({ level }) => level === 'SHOULD').length).toBe(
        fresh.requirements.filter(({ level }) => level === 'SHOULD').length + 1,
      );
      writeFileSync(join(root, requirements), text);
      expect(loaded()).toEqual(fresh);
      changed('spec/e3x/area.yaml', 'title: ', 'title: Another ');
      expect(loaded().uses[0]?.title).toMatch(/^Another/);
      const decision = readdirSync(join(root, 'docs/adr')).find((name) => name.startsWith('0022')) ?? '';
      rmSync(join(root, 'docs/adr', decision));
      expect(loaded).toThrow(/ADR-0022 is not in docs\/adr/);
      writeFileSync(join(root, 'docs/adr', decision), '');
      changed('spec/meta/requirements.schema.json', '"level"', '"weight"');
      expect(loaded).toThrow(SpecError);
      changed('spec/meta/requirements.schema.json', '"weight"', '"level"');
      expect(loaded().requirements).toEqual(fresh.requirements);
      writeFileSync(join(root, 'spec/interpeer/packet/functions.yaml'), 'functions: [');
      expect(loaded).toThrow(SpecError);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
  it('checks a file again when its text or its schema changes, and remembers only what was right', () => {
    const root = mkdtempSync(join(tmpdir(), 'bottlepost-spec-'));
    try {
      cpSync(join(packageRoot(), 'spec/meta'), join(root, 'spec/meta'), { recursive: true });
      const remembered = (): number => readdirSync(join(root, '.bottlepost/checked')).length;
      const written = (text: string): unknown => {
        writeFileSync(join(root, 'x.yaml'), text);
        return new SpecReader(root).read('x.yaml', 'functions');
      };
      const right = 'functions:\n  - { function: f, takes: [a], is: a + 1 }\n';
      const first = written(right);
      expect(remembered()).toBe(1);
      expect(written(right)).toEqual(first);
      expect(() => written(right.replace('a + 1', 'a +'))).toThrow(SpecError);
      expect(() => written(right.replace('takes', 'takes: [a], colour'))).toThrow(SpecError);
      expect(remembered()).toBe(1);
      const schema = join(root, 'spec/meta/functions.schema.json');
      writeFileSync(schema, readFileSync(schema, 'utf8').replaceAll('"takes"', '"given"'));
      expect(() => written(right)).toThrow(SpecError);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
