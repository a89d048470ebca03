import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { adapterClauses } from '../../conformance/contract/clauses.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { SpecReader } from '../../conformance/spec/loader.ts';
import { EXIT } from '../core/exit.ts';
import { CommandLine } from '../testing/cli.ts';

const root = packageRoot();
const cli = new CommandLine();
afterAll(() => cli.remove());
const bottlepost = async (...args: string[]): Promise<{ status: number | null; text: string }> => {
  const { code, out, err } = await cli.here(...args);
  return { status: code, text: `${out}${err}` };
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
/** The blocks of JavaScript of a page. */
const scriptsIn = (file: string): string[] => [...textOf(file).matchAll(/```js\n([\s\S]*?)```/g)].map(([, block = '']) => block);
/** Code in backticks and in fenced blocks, where commands are named. */
const codeIn = (text: string): string[] =>
  [...text.matchAll(/```[a-z]*\n([\s\S]*?)```|`([^`]+)`/g)].map(([, block, span]) => (block ?? span ?? '').replaceAll('\\\n', ' '));

describe('what the written pages claim', () => {
  const commands = new Map<string, string>();
  const helpOf = async (command: string): Promise<string> => {
    const known = commands.get(command);
    if (known !== undefined) return known;
    const { text } = await bottlepost(...(command === '' ? [] : [command]), '--help');
    commands.set(command, text);
    return text;
  };
  const listed = async (): Promise<string[]> =>
    [...(await helpOf('')).matchAll(/^ {2}([a-z]+)(?= [[<]| {2})/gm)].map(([, name]) => name ?? '');

  const reader = new SpecReader(root);
  const clauses = [...reader.areas().flatMap((area) => reader.area(area).requirements.map((r) => r.id)), ...adapterClauses().keys()];

  it.each(WRITTEN)('%s names commands and options that exist', async (file) => {
    const known = await listed();
    expect(known).toContain('verify');
    for (const snippet of codeIn(textOf(file))) {
      for (const [, command = '', rest = ''] of snippet.matchAll(/(?:^|npx |&& )bottlepost ([a-z]+)([^\n]*(?:\n\s+--[^\n]*)*)/gm)) {
        expect(known, `bottlepost ${command}`).toContain(command);
        for (const [option] of rest.replace(/"[^"]*"|'[^']*'/g, '').matchAll(/--[a-z-]+/g))
          expect(await helpOf(command), `bottlepost ${command} ${option}`).toContain(option);
      }
    }
  });
  it.each(WRITTEN)('%s names npm scripts that exist', (file) => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    for (const [, script = ''] of textOf(file).matchAll(/npm run ([a-z]+(?:[-:][a-z0-9]+)*)/g))
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
    const ids = new Set(clauses);
    const adrs = readdirSync(join(root, 'docs/adr'));
    const text = textOf(file);
    // What a page writes down as a requirement of its own is an example.
    for (const [, id = ''] of text.matchAll(/^ *- id: (\S+)$/gm)) ids.add(id);
    for (const [id] of text.matchAll(/\b(?:[A-Z0-9]{3}-[A-Z0-9]{3}|ADP)-\d{3}\b/g)) expect(ids.has(id), id).toBe(true);
    for (const [, number = ''] of text.matchAll(/\bADR-(\d{4})\b/g))
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
  it('README and the CI guide list the exit codes, with the words of the command line', async () => {
    for (const file of ['README.md', 'docs/guides/ci.md'])
      expect(
        [...textOf(file).matchAll(/^\| (\d+(?:, \d+)*) \|/gm)].flatMap(([, codes = '']) => codes.split(', ').map(Number)),
        file,
      ).toEqual(Object.values(EXIT).sort((a, b) => a - b));
    for (const [, code = '', words = ''] of textOf('README.md').matchAll(/^\| (\d+) \| (.*) \|$/gm))
      expect((await helpOf('')).replace(/\s+/g, ' ')).toContain(`${code} ${words}`);
  });
  it('the glossary has each word once, in alphabetic order', () => {
    const words = [...textOf('docs/glossary.md').matchAll(/^\| (.+?) \| .+ \| .+ \|$/gm)]
      .map(([, word = '']) => word.toLowerCase())
      .slice(2);
    expect(words.length).toBeGreaterThan(150);
    expect(words).toEqual([...new Set(words)].sort());
  });
  it('README has the two commands', () => {
    expect(textOf('README.md')).toContain('npm ci && npm run verify');
    expect(textOf('README.md')).toContain('npm ci && npm test');
  });
  it('the adapter over a library in the guide takes entropy, gives no reasons and keeps the contract', async () => {
    const source = scriptsIn('docs/guides/writing-an-adapter.md')[0] ?? '';
    const folder = mkdtempSync(join(tmpdir(), 'bottlepost-guide-'));
    try {
      mkdirSync(join(folder, 'node_modules'));
      symlinkSync(join(root, 'node_modules/lob-enc'), join(folder, 'node_modules/lob-enc'), 'junction');
      writeFileSync(join(folder, 'adapter.cjs'), source);
      // Not all of both operations: what lob-enc gets wrong is in its baseline.
      const right = ['e3x.cloak.apply/length-*', 'e3x.cloak.apply/nonce-*', 'e3x.cloak.remove/nonce-*', 'e3x.cloak.remove/short-5'];
      const only = [...right].flatMap((id) => ['--only', id]);
      const run = await bottlepost('verify', '--stdio', `"${process.execPath}" "${join(folder, 'adapter.cjs')}"`, '--no-repros', ...only);
      expect(run.text).toContain('cloaking 0.0.17 (JavaScript)');
      expect(run.status, run.text).toBe(EXIT.ok);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  it('the clock in the guide fires what is due, in order, for the session that is called', () => {
    const program = `${scriptsIn('docs/guides/writing-an-adapter.md')[1] ?? ''}
      const told = []; const [a, b] = [new Clock(), new Clock()];
      let cleared;
      a.at(1000, () => { setTimeout(() => told.push(['late', Date.now()]), 20); setTimeout(() => told.push(['early', Date.now()]), 10);
        cleared = setTimeout(() => told.push('cleared'), 5); });
      b.at(2000, () => setTimeout(() => told.push('other'), 1));
      a.at(1001, () => clearTimeout(cleared));
      told.push(a.timeoutAt); a.tick(1009); a.tick(1500);
      process.stdout.write(JSON.stringify(told));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([1010, ['early', 1500], ['late', 1500]]);
  });
  it('the adapter in the guide passes the profile it claims', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bottlepost-guide-'));
    try {
      const source = scriptsIn('docs/guides/adapter-protocol.md')[0] ?? '';
      const file = join(folder, 'adapter.mjs');
      writeFileSync(file, source);
      const run = await bottlepost('verify', '--stdio', `"${process.execPath}" "${file}"`, '--no-repros');
      expect(run.text).toContain('tokens-only 0.1.0 (JavaScript); profiles: e3x-tokens');
      expect(run.status, run.text).toBe(EXIT.ok);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
