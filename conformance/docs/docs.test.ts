import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { adapterClauses } from '../contract/clauses.ts';
import { EXIT } from '../../harness/core/exit.ts';
import { packageRoot } from '../contract/paths.ts';
import { SpecReader } from '../spec/loader.ts';
import { anchor } from './markdown.ts';
import { compareDocs, renderDocs, writeDocs } from './render.ts';
import { offsetsOf } from './wire.ts';

const root = packageRoot();
const rendered = renderDocs(root);
const bottlepost = (...args: string[]): { status: number | null; text: string } => {
  const run = spawnSync(process.execPath, [join(root, 'harness/cli/bottlepost.js'), ...args], { encoding: 'utf8' });
  return { status: run.status, text: `${run.stdout}${run.stderr}` };
};
const markdownIn = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((f) => f.endsWith('.md'))
    .sort()
    .map((f) => `${folder}/${f}`);
const WRITTEN = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/glossary.md',
  ...markdownIn('docs/guides'),
  ...markdownIn('docs/adr'),
];
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
/** Code in backticks and in fenced blocks, where commands are named. */
const codeIn = (text: string): string[] =>
  [...text.matchAll(/```[a-z]*\n([\s\S]*?)```|`([^`]+)`/g)].map(([, block, span]) => (block ?? span ?? '').replaceAll('\\\n', ' '));

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

describe('what the written pages claim', () => {
  const commands = new Map<string, string>();
  const helpOf = (command: string): string => {
    const known = commands.get(command);
    if (known !== undefined) return known;
    const { text } = bottlepost(...(command === '' ? [] : [command]), '--help');
    commands.set(command, text);
    return text;
  };
  const listed = (): string[] => [...helpOf('').matchAll(/^ {2}([a-z]+)(?= [[<]| {2})/gm)].map(([, name]) => name ?? '');

  it.each(WRITTEN)('%s names commands and options that exist', (file) => {
    const known = listed();
    expect(known).toContain('verify');
    for (const snippet of codeIn(textOf(file))) {
      for (const [, command = '', rest = ''] of snippet.matchAll(/(?:^|npx |&& )bottlepost ([a-z]+)([^\n]*(?:\n\s+--[^\n]*)*)/gm)) {
        expect(known, `bottlepost ${command}`).toContain(command);
        for (const [option] of rest.replace(/"[^"]*"|'[^']*'/g, '').matchAll(/--[a-z-]+/g))
          expect(helpOf(command), `bottlepost ${command} ${option}`).toContain(option);
      }
    }
  });
  it.each(WRITTEN)('%s names npm scripts that exist', (file) => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    for (const [, script = ''] of textOf(file).matchAll(/npm run ([a-z]+(?:[-:][a-z]+)*)/g))
      expect(Object.keys(scripts), `npm run ${script}`).toContain(script);
  });
  it.each(WRITTEN)('%s names files that exist', (file) => {
    const text = textOf(file);
    for (const span of codeIn(text)) {
      if (/^(?:spec|vectors|reference|conformance|harness|docs|\.ci)\/[\w./-]*$/.test(span))
        expect(existsSync(join(root, span)), span).toBe(true);
    }
    for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (!/^https?:/.test(target)) expect(existsSync(join(root, dirname(file), target)), target).toBe(true);
    }
  });
  it.each(WRITTEN)('%s cites requirements and decisions that exist', (file) => {
    const reader = new SpecReader(root);
    const ids = new Set([...reader.areas().flatMap((area) => reader.area(area).requirements.map((r) => r.id)), ...adapterClauses().keys()]);
    const adrs = readdirSync(join(root, 'docs/adr'));
    for (const [id] of textOf(file).matchAll(/\b(?:[A-Z0-9]{3}-[A-Z0-9]{3}|ADP)-\d{3}\b/g)) expect(ids.has(id), id).toBe(true);
    for (const [, number = ''] of textOf(file).matchAll(/\bADR-(\d{4})\b/g))
      expect(
        adrs.some((name) => name.startsWith(number)),
        `ADR-${number}`,
      ).toBe(true);
  });
  it('every decision has the title of its number', () => {
    for (const file of markdownIn('docs/adr'))
      expect(textOf(file).split('\n')[0], file).toMatch(new RegExp(`^# ADR-${/\d{4}/.exec(file)?.[0] ?? ''}: `));
  });
  it('the adapter guide cites every clause of the contract', () => {
    const guide = textOf('docs/guides/adapter-protocol.md');
    for (const id of adapterClauses().keys()) expect(guide, id).toContain(id);
  });
  it('README and the CI guide list the exit codes, with the words of the command line', () => {
    for (const file of ['README.md', 'docs/guides/ci.md'])
      expect(
        [...textOf(file).matchAll(/^\| (\d) \|/gm)].map(([, c]) => Number(c)),
        file,
      ).toEqual(Object.values(EXIT).sort());
    for (const [, code = '', words = ''] of textOf('README.md').matchAll(/^\| (\d) \| (.*) \|$/gm))
      expect(helpOf('').replace(/\s+/g, ' ')).toContain(`${code} ${words}`);
  });
  it('README has the two commands', () => {
    expect(textOf('README.md')).toContain('npm ci && npm run verify');
    expect(textOf('README.md')).toContain('npm ci && npm test');
  });
  it('the adapter in the guide passes the profile it claims', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bottlepost-guide-'));
    try {
      const source = /```js\n([\s\S]*?)```/.exec(textOf('docs/guides/adapter-protocol.md'))?.[1] ?? '';
      const file = join(folder, 'adapter.mjs');
      writeFileSync(file, source);
      const run = bottlepost('verify', '--stdio', `"${process.execPath}" "${file}"`, '--no-repros');
      expect(run.text).toContain('tokens-only 0.1.0 (JavaScript); profiles: e3x-tokens');
      expect(run.status, run.text).toBe(EXIT.ok);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
