import { createRequire } from 'node:module';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../contract/paths.ts';
import { SpecReader } from '../spec/loader.ts';
import { anchor } from './markdown.ts';
import { compareDocs, renderDocs, writeDocs } from './render.ts';
import { offsetsOf } from './wire.ts';

const root = packageRoot();
const rendered = renderDocs(root);

describe('the generated pages', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bottlepost-docs-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are the same bytes each time', () => {
    expect(renderDocs(root)).toEqual(rendered);
  });
  it('are found right where they were just written, and wrong after one byte changed', () => {
    writeDocs(folder, rendered);
    expect(compareDocs(folder, rendered)).toEqual([]);
    const page = join(folder, 'e3x/wire.md');
    writeFileSync(page, readFileSync(page, 'utf8').replace('headLength', 'headlength'));
    expect(compareDocs(folder, rendered)).toEqual([expect.stringMatching(/^e3x\/wire\.md: line \d+ is stale; it must be: .*headLength/)]);
    writeDocs(folder, rendered);
    appendFileSync(page, '\n');
    expect(compareDocs(folder, rendered)).toHaveLength(1);
  });
  it('are found wrong when a file is missing or nothing generates it, and writing mends both', () => {
    writeDocs(folder, rendered);
    rmSync(join(folder, 'adapter.md'));
    writeFileSync(join(folder, 'e3x/old.md'), 'old');
    expect(compareDocs(folder, rendered)).toEqual(['adapter.md: missing', 'e3x/old.md: nothing generates it']);
    writeDocs(folder, rendered);
    expect(compareDocs(folder, rendered)).toEqual([]);
  });
  it('say their revision and origin at the end', () => {
    for (const [name, text] of rendered)
      expect(text.trimEnd().split('\n').slice(-3).join(' '), name).toMatch(/Revision \S+.*generated from spec\/.*`npm run docs`/);
  });
  it('have every requirement, operation, layout, machine and profile as a heading', () => {
    const spec = new SpecReader(root).area('e3x');
    const headings = (page: string): string[] =>
      [...(rendered.get(`e3x/${page}.md`) ?? '').matchAll(/^#+ (.*)$/gm)].map(([, h]) => h ?? '');
    expect(headings('requirements')).toEqual(expect.arrayContaining(spec.requirements.map((r) => r.id)));
    expect(headings('operations')).toEqual(expect.arrayContaining(spec.operations.map((o) => o.operation)));
    expect(headings('wire')).toEqual(expect.arrayContaining(spec.layouts.map((l) => l.layout)));
    expect(headings('machines')).toEqual(
      expect.arrayContaining([...spec.machines.map((m) => m.machine), ...spec.systems.map((s) => s.system)]),
    );
    expect(headings('profiles')).toEqual(expect.arrayContaining(spec.profiles.map((p) => p.profile)));
  });
  it('link only to headings that exist', () => {
    const anchors = new Map(
      [...rendered].map(([name, text]) => [name, new Set([...text.matchAll(/^#+ (.*)$/gm)].map(([, h]) => anchor(h ?? '')))]),
    );
    for (const [name, text] of rendered) {
      for (const [, page, heading] of text.matchAll(/\]\(([^)#\s]*)#([^)\s]+)\)/g)) {
        const target = page === undefined || page === '' ? name : normalize(join(dirname(name), page));
        expect(anchors.get(target)?.has(heading ?? ''), `${name} links to ${target}#${heading ?? ''}`).toBe(true);
      }
    }
  });
  it('count offsets by what precedes a field', () => {
    const spec = new SpecReader(root).area('e3x');
    const offsets = (layout: string): string[] => offsetsOf(spec.layouts.find((l) => l.layout === layout)?.fields ?? []);
    expect(offsets('e3x.packet')).toEqual(['0', '2', '2+headLength']);
    expect(offsets('e3x.outer-message')).toEqual(['0', '2', '3', '19']);
    expect(offsets('e3x.chunk-stream')).toEqual(['0', '?']);
  });
  it('hold Kaitai files that the Kaitai compiler takes, imports included', async () => {
    const compiler = createRequire(import.meta.url)('kaitai-struct-compiler') as {
      compile(language: string, ksy: unknown, importer: { importYaml(name: string): Promise<unknown> }): Promise<Record<string, string>>;
    };
    const ksy = (name: string): unknown => parse(rendered.get(`kaitai/${name}.ksy`) ?? '');
    const names = [...rendered.keys()].filter((n) => n.startsWith('kaitai/')).map((n) => n.slice('kaitai/'.length, -'.ksy'.length));
    expect(names).toContain('e3x_chunk_stream');
    for (const name of names)
      expect(
        Object.keys(await compiler.compile('javascript', ksy(name), { importYaml: (wanted) => Promise.resolve(ksy(wanted)) })),
        name,
      ).not.toHaveLength(0);
  });
});
