import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../conformance/contract/paths.ts';

const root = packageRoot();
const scratch = mkdtempSync(join(tmpdir(), 'bottlepost-walk-'));
const SKIPPED = new Set(['node_modules', '.git', '.bottlepost', 'site']);

/** One edit of the walk, as a fenced block of CONTRIBUTING.md says it. */
interface Edit {
  readonly file: string;
  readonly how: 'before' | 'after' | 'instead';
  readonly anchor: string;
  readonly text: string;
}
function editsOf(page: string): Edit[] {
  return [...page.matchAll(/^```[a-z]+ (\S+) (before|after|instead)="(.*)"\n([\s\S]*?)^```$/gm)].map(
    ([, file = '', how = '', anchor = '', text = '']) => ({ file, how: how as Edit['how'], anchor, text }),
  );
}
/** Whole lines go before, after or in the place of the first line that has the anchor. */
function apply({ file, how, anchor, text }: Edit): void {
  const path = join(scratch, file);
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes(anchor));
  if (at < 0) throw new Error(`${file} has no line with ${anchor}`);
  lines.splice(how === 'after' ? at + 1 : at, how === 'instead' ? 1 : 0, ...text.replace(/\n$/, '').split('\n'));
  writeFileSync(path, lines.join('\n'));
}
function put(file: string, text: string): void {
  mkdirSync(dirname(join(scratch, file)), { recursive: true });
  writeFileSync(join(scratch, file), text);
}
function run(...args: readonly string[]): string {
  const done = spawnSync(process.execPath, args, { cwd: scratch, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  const text = `${done.stdout}${done.stderr}`;
  if (done.status !== 0) throw new Error(`${args.join(' ')}: exit ${String(done.status)}\n${text.slice(-3000)}`);
  return text;
}
const build = (): string => run(join(root, 'node_modules/typescript/bin/tsc'), '-b');
const script = (name: string, ...args: readonly string[]): string => run(join('dist', `${name}.js`), ...args);
/** Every file of the copy that people or commands write, with its text. */
function filesOf(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (SKIPPED.has(entry.name) || entry.name === 'dist') continue;
      const inner = join(path, entry.name);
      if (entry.isDirectory()) visit(inner);
      else if (entry.isFile()) found.set(relative(folder, inner), readFileSync(inner, 'latin1'));
    }
  };
  visit(folder);
  return found;
}
function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...after].filter(([file, text]) => before.get(file) !== text).map(([file]) => file);
}
const isGenerated = (file: string): boolean =>
  /^(vectors|docs\/spec)\//.test(file) ||
  file.endsWith('/coverage.json') ||
  readFileSync(join(scratch, file), 'utf8').startsWith("// Written by 'npm run index'");

/** A topic of its own, on every floor. */
function putSampleTopic(): void {
  put(
    'spec/e3x/sample/topic.yaml',
    `topic: sample
title: A sample
about: Bytes that are turned round.
after: [packet]
prefixes: [E3X-SMP]
profiles:
- { profile: e3x-sample, title: The sample, requirements: [E3X-SMP-*], operations: [e3x.sample.reverse] }
`,
  );
  put(
    'spec/e3x/sample/requirements.yaml',
    `requirements:
- id: E3X-SMP-001
  level: MUST
  text: No bytes are refused as malformed.
  source: { decision: ADR-0006 }
  verify: [vector]
`,
  );
  put(
    'spec/e3x/sample/operations.yaml',
    `operations:
- operation: e3x.sample.reverse
  summary: Gives back what it was given, if it was anything.
  params:
    bytes: { type: bytes, required: true }
  result:
    bytes: { type: bytes, req: E3X-SMP-001 }
  rejects: [malformed]
  model:
    - require: { that: length(bytes) > 0, reject: malformed, req: E3X-SMP-001 }
    - return: { bytes: bytes }
`,
  );
  put(
    'conformance/e3x/sample/vectors.ts',
    `import type { TopicVectors } from '../../suites/modules.ts';

export const vectors: TopicVectors = {
subjects: [
  {
    subject: 'sample',
    fill: ({ batch }) => {
      const common = { operation: 'e3x.sample.reverse', about: 'E3X-SMP-001' };
      batch.add({ name: 'some', title: 'some', kind: 'example', params: { bytes: '00ff' }, accepts: true, ...common });
      batch.add({ name: 'none', title: 'none', kind: 'limit', params: { bytes: '' }, rejects: 'malformed', ...common });
    },
  },
],
};
`,
  );
  put(
    'conformance/e3x/sample/mutants.yaml',
    `mutants:
- id: none-accepted
  title: Nothing is something
  breaks: E3X-SMP-001
  file: e3x/sample/sample.ts
  find: length === 0
  replace: length < 0
`,
  );
  put(
    'reference/e3x/sample/sample.ts',
    `import { DecodeError } from '../../kernel/errors.ts';

/** Gives back what it was given. @throws DecodeError malformed */
export function sample(bytes: Uint8Array): Uint8Array {
if (bytes.length === 0) throw new DecodeError('malformed', 'E3X-SMP-001', 'nothing');
return bytes;
}
`,
  );
  put('reference/e3x/sample/index.ts', "export { sample } from './sample.ts';\n");
  put(
    'harness/adapters/reference/e3x/sample.ts',
    `import type { TopicOperations } from '../adapter-topic.ts';

export const operations: TopicOperations = ({ engine }) => ({
'e3x.sample.reverse': ({ bytes }) => ({ bytes: engine.sample(bytes) }),
});
`,
  );
}

const edits = editsOf(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'));
const isOfSample = (file: string): boolean => /(^|\/)e3x\/sample(\/|\.ts$|\.md$)/.test(file);
let touched: readonly string[] = [];

/** Both walks go through one copy, one build and one run of each command: most of what they cost is the same. */
beforeAll(() => {
  cpSync(root, scratch, { recursive: true, filter: (path) => !path.split(/[\\/]/).some((part) => SKIPPED.has(part)) });
  symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'), 'dir');
  const before = filesOf(scratch);
  edits.forEach(apply);
  putSampleTopic();
  script('conformance/cli/indexes');
  build();
  for (const topic of ['e3x/hashname', 'e3x/sample']) script('conformance/cli/vectors', '--topic', topic);
  script('conformance/cli/docs');
  script('harness/cli/coverage');
  touched = changed(before, filesOf(scratch));
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

describe('CONTRIBUTING', () => {
  it('walks a requirement from spec to mutant through at most 8 files that people write', () => {
    const written = [...new Set(edits.map(({ file }) => file))].sort();
    expect(written.length).toBeLessThanOrEqual(8);
    expect(touched.filter((file) => !isGenerated(file) && !isOfSample(file)).sort()).toEqual(written);
    expect(script('conformance/cli/release', '--check')).toContain('keep what was released');
    expect(run('harness/cli/bottlepost.js', 'verify', '--self', '--only', 'E3X-HSN-014', '--no-repros')).toContain('PASS');
    expect(script('harness/cli/mutants', '--topic', 'e3x/hashname', '--only', 'seventeen-keys-accepted')).toMatch(/HSN-014\*:1/);
  });
});

describe('a new topic', () => {
  it('changes no shared file that people write', () => {
    const written = new Set(edits.map(({ file }) => file));
    expect(touched.filter((file) => !isOfSample(file) && !isGenerated(file) && !written.has(file))).toEqual([]);
    expect(existsSync(join(scratch, 'vectors/e3x/sample/sample.json'))).toBe(true);
    expect(run('harness/cli/bottlepost.js', 'verify', '--self', '--only', 'E3X-SMP-001', '--no-repros')).toContain('PASS');
    expect(script('harness/cli/mutants', '--topic', 'e3x/sample')).toContain('1 of 1 mutants killed');
  });
});
