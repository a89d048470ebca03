import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { committedVectors, vectorFolders, type Vector } from '../../conformance/vectors.ts';

const root = packageRoot();
const guide = readFileSync(join(root, 'docs/guides/vectors.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'bottlepost-loaders-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The loader that the guide shows in a language. */
function loader(language: string): string {
  const found = new RegExp(`\`\`\`${language} vectors-loader\\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1];
  if (found === undefined) throw new Error(`the guide has no loader in ${language}`);
  return found;
}
function loaded(command: string, file: string, text: string): Map<string, Vector> {
  writeFileSync(join(folder, file), text);
  const folders = vectorFolders(root).map((topic) => join(root, 'vectors', topic));
  const run = spawnSync(command, [join(folder, file), ...folders], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (run.status !== 0) throw new Error(run.stderr);
  return new Map((JSON.parse(run.stdout) as Vector[]).map((vector) => [vector.id, vector]));
}
/** Ids of vectors that are not read as the bench reads them. Not by the library's comparison, which takes a minute for all of them. */
function differing(found: ReadonlyMap<string, Vector>): string[] {
  const right = new Map(committedVectors().files.flatMap(({ vectors }) => vectors.map((vector) => [vector.id, vector] as const)));
  return [...new Set([...right.keys(), ...found.keys()])].filter((id) => !isDeepStrictEqual(found.get(id), right.get(id)));
}
const python = ['python3', 'python'].find(
  (command) => spawnSync(command, ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0,
);

describe('the loaders of the guide to vectors', () => {
  it('read every vector as the bench does, in JavaScript', () => {
    const script = `${loader('js')}\nprocess.stdout.write(JSON.stringify(process.argv.slice(2).flatMap(loadTopic)));\n`;
    expect(differing(loaded(process.execPath, 'loader.mjs', script))).toEqual([]);
  });
  it.runIf(python !== undefined)('read every vector as the bench does, in Python', () => {
    const script = `${loader('python')}\n\nimport sys\nprint(json.dumps([v for folder in sys.argv[1:] for v in load_topic(folder)]))\n`;
    expect(differing(loaded(python ?? '', 'loader.py', script))).toEqual([]);
  });
});
