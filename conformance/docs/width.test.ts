import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/paths.ts';

/** Files that ESLint (`max-len`) does not read; it reads TypeScript. */
const WATCHED = /\.(yaml|cjs|mjs|js|py|json)$/;
/** JSON that is not written by hand, and why. */
const NOT_WRITTEN: readonly (readonly [path: RegExp, reason: string])[] = [
  [/^vectors\//, 'generated from the specification, one vector a line'],
  [/^spec\/.*\/evidence\/[^/]+\.json$/, 'answers of libraries, kept as they were recorded'],
  [/^spec\/.*\.itf\.json$/, 'traces as Quint writes them'],
  [/^harness\/primitives\/wycheproof\//, 'cases of Wycheproof, kept as they were published'],
  [/^harness\/primitives\/published\/.*\.json$/, 'vectors of others, kept as they were published'],
  [/^package-lock\.json$/, 'written by npm'],
];
/** One string that has no spaces to break or shorten it at: a pattern, a DID. JSON cannot continue it on the next line. */
const UNBREAKABLE = /^ *("[^"]+": )?"(?:[^"\\\s]|\\.)+",?$/;
/** One id of a check and what stands for it: `spec/retired.yaml` has ids as they were released. */
const UNBREAKABLE_ID = /^ *\S+: \S+$/;
const LINE_MAX = 140;
/** What Git does not track, for a copy of the package that is not a repository. */
const UNTRACKED = new Set(['node_modules', 'dist', 'coverage', '.bottlepost', '.git', '__pycache__']);

const root = packageRoot();

/** The files of the project: what Git tracks and has not been deleted since; without a repository, what is there. */
function filesOfProject(): string[] {
  if (!existsSync(join(root, '.git'))) return filesBelow('');
  const { status, stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.split('\0').filter((path) => path !== '' && existsSync(join(root, path))) : filesBelow('');
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (UNTRACKED.has(entry.name) || path === join('docs', 'site')) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** The lines of a text that are too long, in the form in which an editor finds them. */
function tooLong(path: string, text: string): string[] {
  const isWhole = (line: string): boolean =>
    (path.endsWith('.json') && UNBREAKABLE.test(line)) || (path === 'spec/retired.yaml' && UNBREAKABLE_ID.test(line));
  const isLong = (line: string): boolean => line.length > LINE_MAX && !isWhole(line);
  return text.split('\n').flatMap((line, at) => (isLong(line) ? [`${path}:${String(at + 1)}: ${String(line.length)} columns`] : []));
}

/** Written pages: those of `docs/spec/` are generated. */
const isProse = (path: string): boolean => path.endsWith('.md') && !path.startsWith('docs/spec/');
const PROSE_MAX = 80;
/** The lines of prose that are too long: not those of tables, headings, code, or of one word such as an address. */
function tooLongProse(path: string, text: string): string[] {
  let isCode = false;
  return text.split('\n').flatMap((line, at) => {
    if (/^ *```/.test(line)) isCode = !isCode;
    if (isCode || line.length <= PROSE_MAX || /^ *(\||#|```)/.test(line) || !/\S {1,}\S/.test(line.replace(/^ *([-*]|\d+\.) /, '')))
      return [];
    return [`${path}:${String(at + 1)}: ${String(line.length)} columns`];
  });
}

describe(`no line has more than ${String(LINE_MAX)} columns`, () => {
  it('in YAML, JSON, JavaScript and Python', () => {
    const files = filesOfProject().filter((path) => WATCHED.test(path) && !NOT_WRITTEN.some(([pattern]) => pattern.test(path)));
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((path) => tooLong(path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  it(`and no written page has prose of more than ${String(PROSE_MAX)}`, () => {
    const files = filesOfProject().filter(isProse);
    expect(files.length).toBeGreaterThan(40);
    expect(files.flatMap((path) => tooLongProse(path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  it('and a longer one is named with its place', () => {
    const text = `${'a'.repeat(LINE_MAX)}\n${'b'.repeat(LINE_MAX + 1)}\n`;
    expect(tooLong('x.yaml', text)).toEqual(['x.yaml:2: 141 columns']);
  });

  it('in JSON, except for one string without spaces', () => {
    const pattern = `  "pattern": "^${'[0-9]'.repeat(40)}$",`;
    const words = `  "description": "${'word '.repeat(40)}"`;
    const inline = `  "ip": {"type": "string", "pattern": "${'x'.repeat(140)}"}`;
    expect(tooLong('x.json', [pattern, words, inline].join('\n'))).toEqual(['x.json:2: 219 columns', 'x.json:3: 181 columns']);
  });

  it('and every exemption has files', () => {
    const files = filesOfProject();
    expect(NOT_WRITTEN.filter(([pattern]) => !files.some((path) => pattern.test(path))).map(([, reason]) => reason)).toEqual([]);
  });
});
