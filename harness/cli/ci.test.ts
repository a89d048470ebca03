/** What runs in CI: the action, the GitLab template and the samples of the guide, each run as its system would run it. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { EXIT } from '../core/exit.ts';
import { CommandLine } from '../testing/cli.ts';

const root = packageRoot();
const cli = new CommandLine();
const project = join(cli.folder, 'project');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const inProject = (file: string): string => readFileSync(join(project, file), 'utf8');

/** A project with an adapter that has known failures, and a baseline of them. */
beforeAll(async () => {
  const adapter = cli.adapter('stuck', "reply({ ok: { token: '00'.repeat(16) } });", ['e3x.token.derive'], ['e3x-tokens']);
  await cli.here('verify', '--stdio', adapter, '--no-repros', '--quiet', '--write-baseline', 'baseline.yaml');
  writeFileSync(join(cli.folder, 'my-adapter'), `#!/bin/sh\nexec ${adapter}\n`, { mode: 0o755 });
});
beforeEach(() => {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  for (const [from, to] of [
    ['my-adapter', 'my-adapter'],
    ['baseline.yaml', 'bottlepost-baseline.yaml'],
  ] as const)
    copyFileSync(join(cli.folder, from), join(project, to));
});
afterAll(() => cli.remove());

/** A failure, of a published clause, that the baseline no longer knows. */
function forget(): void {
  const file = join(project, 'bottlepost-baseline.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/ {2}- requirement: E3X-TOK-001\n(?: {4}.*\n)+/, ''));
}

interface Ended {
  readonly code: number | null;
  /** What it printed. */
  readonly text: string;
}

/** Runs a script as GitHub (bash) or GitLab (sh) does. */
async function run(shell: 'bash' | 'sh', script: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const options = shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
  const { code, out, err } = await cli.shell(script, { shell: [shell, ...options, '-c'], folder: project, env });
  return { code, text: `${out}${err}` };
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly id?: string;
      readonly run?: string;
      readonly uses?: string;
      readonly env?: Record<string, string>;
    }[];
  };
}

describe('the GitHub action', () => {
  const action = parse(textOf('action.yml')) as Action;
  /** Runs its steps, one after the other until one fails. */
  const steps = async (inputs: Readonly<Record<string, string>>): Promise<Ended & { readonly output: string }> => {
    const given: Record<string, string> = {
      ...Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? ''])),
      ...inputs,
    };
    const output = join(cli.folder, 'output');
    writeFileSync(output, '');
    let [code, text]: [number | null, string] = [0, ''];
    for (const { run: script, env = {} } of action.runs.steps) {
      if (script === undefined || code !== 0) continue;
      const values = Object.fromEntries(
        Object.entries(env).map(([name, value]) => [
          name,
          value.replaceAll(/\$\{\{ inputs\.([a-z-]+) \}\}/g, (_, input: string) => given[input] ?? ''),
        ]),
      );
      const ran = await run('bash', script, {
        ...values,
        GITHUB_ACTION_PATH: root,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: join(cli.folder, 'summary.md'),
      });
      [code, text] = [ran.code, text + ran.text];
    }
    return { code, text, output: readFileSync(output, 'utf8') };
  };

  it('has the inputs that the guide lists, and puts none into the text of a script', () => {
    const listed = [...textOf('docs/guides/ci.md').matchAll(/^\| `([a-z-]+)` \| .* \| .* \|$/gm)].map(([, name]) => name);
    expect(listed).toEqual(Object.keys(action.inputs));
    expect(action.runs.using).toBe('composite');
    for (const { run: script } of action.runs.steps) expect(script ?? '').not.toContain('${{');
  });
  it('is green with known failures, writes its reports and the page of the job', async () => {
    const { code, text, output } = await steps({ command: './my-adapter', baseline: 'bottlepost-baseline.yaml', profile: 'e3x-tokens\n' });
    expect(code, text).toBe(EXIT.ok);
    expect(output).toBe('exit-code=0\n');
    for (const file of ['bottlepost.html', 'bottlepost.xml', 'bottlepost.json']) expect(existsSync(join(project, file)), file).toBe(true);
    expect(readFileSync(join(cli.folder, 'summary.md'), 'utf8')).toContain('stuck');
  });
  it('is red with a failure that is new, and says its exit code', async () => {
    forget();
    const { code, text, output } = await steps({
      command: './my-adapter',
      baseline: 'bottlepost-baseline.yaml',
      published: 'true',
      report: 'github',
    });
    expect(code, text).toBe(EXIT.failed);
    expect(output).toBe('exit-code=1\n');
    expect(text).toContain('::error title=bottlepost E3X-TOK-001::');
    expect(existsSync(join(project, 'bottlepost.xml'))).toBe(false);
  });
  it('runs nothing that an input says, and refuses what is neither true nor false', async () => {
    const evil = '$(touch taken); touch taken; "`touch taken`';
    expect((await steps({ command: './my-adapter', profile: evil, report: evil, baseline: evil })).code).toBe(EXIT.usage);
    expect((await steps({ command: './my-adapter', published: 'yes' })).code).toBe(EXIT.usage);
    expect(existsSync(join(project, 'taken'))).toBe(false);
  });
});

interface Job {
  readonly script: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly parallel?: number;
  readonly artifacts?: { readonly paths: readonly string[]; readonly reports?: { readonly junit: string } };
}

describe('the GitLab template', () => {
  const [head, body] = parseAllDocuments(textOf('.gitlab/bottlepost.yml')).map((document) => document.toJS() as Record<string, unknown>);
  const declared = (head?.['spec'] as { inputs: Record<string, { default?: string }> }).inputs;
  const job = (inputs: Readonly<Record<string, string>>): Job => {
    const given = (name: string): string => inputs[name] ?? declared[name]?.default ?? '';
    const filled = (value: unknown): unknown =>
      typeof value === 'string'
        ? value.replaceAll(/\$\[\[ inputs\.([a-z]+) \]\]/g, (_, name: string) => given(name))
        : Array.isArray(value)
          ? value.map(filled)
          : typeof value === 'object' && value !== null
            ? Object.fromEntries(Object.entries(value).map(([key, member]) => [filled(key), filled(member)]))
            : value;
    return (filled(body) as Record<string, Job>)[given('job')] ?? { script: [] };
  };
  const runJob = ({ script, variables = {} }: Job): Promise<Ended> => run('sh', script.join('\n'), variables);

  it('uses the inputs that it declares, and no other', () => {
    const used = [...textOf('.gitlab/bottlepost.yml').matchAll(/\$\[\[ inputs\.([a-z]+) \]\]/g)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(declared)));
    for (const line of (Object.values(body ?? {})[0] as Job).script.slice(1)) expect(line).not.toContain('$[[');
  });
  it('is green with known failures and writes what it keeps, is red with a new one', async () => {
    const known = job({ command: './my-adapter', baseline: 'bottlepost-baseline.yaml', profile: 'e3x-tokens' });
    const { code, text } = await runJob(known);
    expect(code, text).toBe(EXIT.ok);
    for (const file of [...(known.artifacts?.paths ?? []), known.artifacts?.reports?.junit ?? ''])
      expect(existsSync(join(project, file)), file).toBe(true);
    forget();
    const more = { BOTTLEPOST_PUBLISHED: 'true', BOTTLEPOST_REPORT: 'badge=b.json' };
    expect((await runJob({ ...known, variables: { ...known.variables, ...more } })).code).toBe(EXIT.failed);
    expect(inProject('b.json')).toContain('"schemaVersion":1');
  });
  it('runs nothing that an input says', async () => {
    const evil = '$(touch taken); touch taken';
    expect((await runJob(job({ command: './my-adapter', profile: evil, baseline: evil }))).code).toBe(EXIT.usage);
    expect(existsSync(join(project, 'taken'))).toBe(false);
  });
});

describe('the samples of docs/guides/ci.md', () => {
  const guide = textOf('docs/guides/ci.md');
  /** The blocks of a section, in order. */
  const blocks = (section: string, language: string): string[] => {
    const text = guide.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
    return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block = '']) => block);
  };
  /** Runs scripts in order, and stops as a pipeline does. */
  const pipeline = async (scripts: readonly (readonly ['bash' | 'sh', string, Readonly<Record<string, string>>?])[]): Promise<Ended> => {
    let last: Ended = { code: null, text: 'nothing was run' };
    for (const [shell, script, env] of scripts) {
      last = await run(shell, script, { GITHUB_STEP_SUMMARY: join(cli.folder, 'page.md'), ...env });
      if (last.code !== 0) break;
    }
    return last;
  };
  const gitlab = (block: string): ['sh', string, Record<string, string>][] =>
    Object.values(parse(block) as Record<string, Job>).flatMap(({ script, parallel = 1 }) =>
      Array.from({ length: parallel }, (_, at): ['sh', string, Record<string, string>] => [
        'sh',
        script.join('\n'),
        { CI_NODE_INDEX: String(at + 1), CI_NODE_TOTAL: String(parallel) },
      ]),
    );
  const github = (block: string): ['bash', string][] => {
    const { jobs } = parse(block) as { jobs: Record<string, { strategy?: { matrix: { shard: number[] } }; steps: { run?: string }[] }> };
    return Object.values(jobs).flatMap(({ strategy, steps }) =>
      (strategy?.matrix.shard ?? [0]).flatMap((shard) =>
        steps.flatMap(({ run: script }): ['bash', string][] =>
          script === undefined ? [] : [['bash', script.replaceAll('${{ matrix.shard }}', String(shard))]],
        ),
      ),
    );
  };
  const jenkins = (block: string): ['sh', string][] => [...block.matchAll(/^ *sh '(.*)'$/gm)].map(([, script = '']) => ['sh', script]);

  it.each([
    ['GitLab', () => gitlab(blocks('GitLab', 'yaml')[0] ?? ''), 'bottlepost.xml', true],
    ['GitLab in parts', () => gitlab(blocks('GitLab', 'yaml')[1] ?? ''), 'bottlepost.html', true],
    ['GitHub Actions', () => github(blocks('GitHub Actions', 'yaml')[0] ?? ''), 'bottlepost.html', true],
    ['Jenkins', () => jenkins(blocks('Jenkins', 'groovy')[0] ?? ''), 'bottlepost.xml', false],
    [
      'Shards',
      () => [['sh', (blocks('Shards', 'sh')[0] ?? '').replaceAll(/(--shard .*)$/gm, '$1 || [ $? = 1 ]')] as const],
      'bottlepost.xml',
      false,
    ],
  ] as const)('%s: green with known failures, red with a new one', async (_, scripts, report, again) => {
    const green = await pipeline(scripts());
    expect(green.code, green.text).toBe(EXIT.ok);
    expect(inProject(report)).toContain('stuck');
    // The others end with the same command.
    if (!again) return;
    forget();
    expect((await pipeline(scripts().slice(-1))).code).toBe(EXIT.failed);
  });
});
