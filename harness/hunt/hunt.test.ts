/** The hunt with a tiny reference, of which it is known what survives; then the command with the real one. */
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Check } from '../../conformance/contract/check.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { mutantsOf, mutated, type Mutants, type RandomMutant } from '../../conformance/mutants/random.ts';
import { transpiled } from '../../conformance/mutants/mutants.ts';
import type { Handler } from '../core/serve.ts';
import { ECHO_HELLO, echoCheck, failure } from '../testing/support.ts';
import { command, exitOf } from './command.ts';
import type { Judging } from './crew.ts';
import { hunt } from './hunt.ts';
import { MutantJudge, ReferenceFails, type Bench, type Verdict } from './judge.ts';
import { findReach, Reach, writeInstrumented } from './reach.ts';
import { Results } from './results.ts';
import { figuresOf, formatFigures, formatSurvivors, reportOf, type Told } from './screen.ts';

const folder = mkdtempSync(join(tmpdir(), 'bottlepost-hunt-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const FILE = 'e3x/tiny/tiny.ts';
/** What is above 100 is above 3: no check can tell whether that is asked. Nothing ever asks `unused`. */
const SOURCE = [
  'export function answer(value: string): string {',
  '  const n = value.length;',
  '  if (n > 3 || n > 100) return value;',
  '  let turns = 0;',
  '  while (n < 0) turns += 1;',
  "  return '';",
  '}',
  'export const unused = (n: number): number => n + 1;',
  '',
].join('\n');
const OPERATION = 'test.echo';
const OTHER = 'test.fail';
const long = echoCheck('long', 'abcdef');
/** What the tiny reference does not give back. */
const short: Check = {
  ...echoCheck('short', 'ab'),
  run: async (implementation) => {
    const got = await implementation.call(OPERATION, { value: 'ab' });
    if (got.kind === 'ok' && got.value['value'] === '') return { verdict: 'pass', cases: 1 };
    return { verdict: 'fail', cases: 1, failure: failure({ got }) };
  },
};
const other = echoCheck('other', 'abcdef', OTHER);

let listed: Mutants;
let pristine = '';
const engineOf = async (name: string, source: string): Promise<string> => {
  const path = join(folder, name, 'tiny.js');
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(path, await transpiled(name, FILE, source));
  return path;
};
const mutant = (after: string): RandomMutant => {
  const found = listed.mutants.find((one) => one.after.includes(after));
  if (found === undefined) throw new Error(`no mutant with ${after} among ${listed.mutants.map((one) => one.after).join('\n')}`);
  return found;
};

beforeAll(async () => {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  listed = await mutantsOf(new Map([[FILE, SOURCE]]));
  pristine = await engineOf('pristine', SOURCE);
  writeFileSync(
    join(folder, 'adapter.js'),
    `import { createInterface } from 'node:readline';
    const { answer } = await import(process.argv[2]);
    const hello = ${JSON.stringify(ECHO_HELLO)};
    createInterface({ input: process.stdin }).on('line', (line) => {
      const { id, op, params } = JSON.parse(line);
      const reply = () => (hello.operations.includes(op) ? { ok: { value: answer(params.value) } } : { unsupported: true });
      const body = op === 'hello' ? { ok: hello } : reply();
      process.stdout.write(JSON.stringify({ id, ...body }) + '\\n');
    });`,
  );
});

const bench = (checks: readonly Check[] = [long, short, other]): Bench => ({
  checks,
  topics: new Map([['e3x/tiny', new Set([OPERATION])]]),
  command: (enginePath) => [process.execPath, join(folder, 'adapter.js'), enginePath],
  revision: 'test',
  timeoutMs: 1500,
});
const judge = async (one: RandomMutant, isTopicOnly = false, checks?: readonly Check[]): Promise<Verdict> =>
  new MutantJudge(bench(checks), pristine).judge(one, await engineOf(one.id, mutated(SOURCE, one)), { isTopicOnly });

describe('a mutant', () => {
  it('that a check notices is killed by it', async () => {
    expect(await judge(mutant('if (false) return value'))).toMatchObject({ fate: 'killed', by: 'long', clause: 'TST-ECHO-001' });
    expect(await judge(mutant('if (true) return value'))).toMatchObject({ fate: 'killed', by: 'short' });
  });
  it('that no check can notice survives them all', async () => {
    expect(await judge(mutant('n > 3 || false'))).toMatchObject({ fate: 'survived', asked: 3 });
  });
  it('that its topic does not notice is asked everything else, unless that is not wanted', async () => {
    const checks = [short, other];
    expect(await judge(mutant('if (false) return value'), false, checks)).toMatchObject({ fate: 'killed', by: 'other', asked: 2 });
    expect(await judge(mutant('if (false) return value'), true, checks)).toMatchObject({ fate: 'survived', asked: 1, isTopicOnly: true });
  });
  it('that hangs is ended and counted apart', async () => {
    expect(await judge(mutant('while ((n >= 0))'))).toMatchObject({ fate: 'timed-out', by: 'short' });
  });
  it('proves nothing where the reference itself fails', async () => {
    const wrong = echoCheck('wrong', 'ab');
    await expect(judge(mutant('if (false) return value'), false, [wrong])).rejects.toBeInstanceOf(ReferenceFails);
  });
});

describe('what checks reach', () => {
  const handlerOf = (engine: unknown): Handler => {
    const { answer } = engine as { answer: (value: string) => string };
    return { hello: ECHO_HELLO, handle: (_, { value }) => ({ ok: { value: answer(String(value)) } }) };
  };
  it('is found by running each of them once, and spares a mutant the others', async () => {
    const engine = join(folder, 'instrumented');
    await writeInstrumented(engine, listed.instrumented);
    const checks = [long, short, other];
    const keys = listed.mutants.map(({ key }) => key);
    const reach = new Reach(checks.length, keys.length);
    let steps = 0;
    await findReach(reach, checks, keys, handlerOf, join(engine, FILE.replace('.ts', '.js')), { index: 0, count: 1 }, () => steps++);
    const reachedBy = (after: string): number[] => {
      const number = listed.mutants.indexOf(mutant(after));
      return [0, 1, 2].filter((check) => reach.has(check, number));
    };
    expect(steps).toBe(3);
    expect(reachedBy('if (false) return value')).toEqual([0, 1, 2]);
    expect(reachedBy('while ((n >= 0))')).toEqual([1]); // the others return before it
    expect(reachedBy('n - 1')).toEqual([]);
    const read = new Reach(checks.length, keys.length, reach.bytes);
    const one = mutant('n - 1');
    const number = listed.mutants.indexOf(one);
    const path = await engineOf(one.id, mutated(SOURCE, one));
    const judged = new MutantJudge(bench(), pristine).judge(one, path, { isTopicOnly: false, reaches: (check) => read.has(check, number) });
    expect(await judged).toMatchObject({ fate: 'unreached', asked: 0 });
  });
});

describe('verdicts that are known', () => {
  const verdict = (id: string, fate: Verdict['fate'], isTopicOnly = false): Verdict => ({ id, fate, isTopicOnly, asked: 1 });
  const judging = (asked: string[], until = Infinity): Judging => ({
    judge: (one) => {
      if (asked.length >= until) throw new Error('ended');
      asked.push(one.id);
      return Promise.resolve(verdict(one.id, 'killed'));
    },
  });
  const options = { isTopicOnly: false, onVerdict: () => undefined };

  it('are kept when a run is ended in the middle of a line, and the next run goes on', async () => {
    const file = join(folder, 'results.jsonl');
    const sample = listed.mutants.slice(0, 6);
    const first: string[] = [];
    await hunt(sample, [judging(first, 3)], new Results(file), options);
    expect(first).toHaveLength(3);
    appendFileSync(file, `\n{"id":"${sample[3]?.id ?? ''}","fa`);
    const second: string[] = [];
    const { verdicts, known, left } = await hunt(sample, [judging(second)], new Results(file), options);
    expect(second).toEqual(sample.slice(3).map(({ id }) => id));
    expect([verdicts.size, known, left]).toEqual([6, 3, 0]);
    const third: string[] = [];
    await hunt(sample, [judging(third)], new Results(file), options);
    expect(third).toEqual([]);
    expect(readFileSync(file, 'utf8')).toContain('killed');
  });
  it('of a topic alone do not say that nothing else notices', () => {
    const results = new Results(join(folder, 'quick.jsonl'));
    results.add(verdict('a', 'survived', true));
    results.add(verdict('b', 'killed', true));
    expect(results.get('a', false)).toBeUndefined();
    expect(results.get('a', true)).toBeDefined();
    expect(results.get('b', false)).toBeDefined();
  });
  it('are not waited for when the time is over', async () => {
    const never: Judging = { judge: () => new Promise(() => undefined) };
    const { left } = await hunt(listed.mutants.slice(0, 4), [never], undefined, { ...options, signal: AbortSignal.timeout(50) });
    expect(left).toBe(4);
  });
});

describe('what is told', () => {
  const told = (fates: readonly Verdict['fate'][], reasons: ReadonlyMap<string, string> = new Map<string, string>()): Told => ({
    verdicts: new Map(
      fates.map((fate, at) => {
        const one = listed.mutants[at];
        if (one === undefined) throw new Error('too many');
        return [one, { id: one.id, fate, isTopicOnly: false, asked: 7, by: 'long', clause: 'TST-ECHO-001' }];
      }),
    ),
    known: 0,
    unjudged: [],
    left: 2,
    seed: 's',
    total: listed.mutants.length,
    leftOut: new Map([['because', 3]]),
    isTopicOnly: false,
    reasons,
    sourceOf: () => SOURCE,
  });
  it('are the figures by topic within 80 columns, and each survivor with its diff and how to run it again', () => {
    const run = told(['killed', 'survived', 'timed-out', 'unreached']);
    expect(figuresOf(run).get('e3x/tiny')).toEqual({ run: 4, killed: 1, timedOut: 1, survived: 2, explained: 0, percent: 50 });
    const screen = formatFigures(run);
    expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(screen).toContain('2 more were not run');
    expect(screen).toContain('3: because');
    const survivors = formatSurvivors(run);
    expect(survivors).toContain(`npm run hunt -- --mutant ${listed.mutants[1]?.id ?? ''}`);
    expect(survivors).toContain('no check reaches this code');
    expect(survivors).toMatch(/^@@ -/m);
    expect(reportOf(run, 'c', 's')).toMatchObject({ commit: 'c', notRun: 2, mutants: { length: 4 } });
  });
  it('ends with a code that says whether anything survived', () => {
    const id = listed.mutants[0]?.id ?? '';
    expect(exitOf(told(['killed', 'timed-out']))).toBe(0);
    expect(exitOf(told(['survived', 'killed']))).toBe(1);
    expect(exitOf(told(['unreached']))).toBe(1);
    expect(exitOf(told(['survived'], new Map([[id, 'equivalent']])))).toBe(0);
    expect(exitOf(told(['killed'], new Map([[id, 'equivalent']])))).toBe(3);
    const mutantLeft = listed.mutants[0];
    if (mutantLeft === undefined) throw new Error('none');
    expect(exitOf({ ...told(['killed']), unjudged: [{ mutant: mutantLeft, message: 'x' }] })).toBe(4);
  });
});

describe('npm run hunt', () => {
  beforeAll(() => {
    for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true);
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });
  it.each([
    [['--count', '0']],
    [['--jobs', 'x']],
    [['--topic', 'e3x/tokne']],
    [['--no-such']],
    [['--mutant', 'zzz', '--topic', 'e3x/token']],
  ])('answers 2 to %j', async (args) => {
    expect(await command(args)).toBe(2);
  });
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends with the code of %s, and writes what is known', async (signal, code) => {
    const json = join(folder, `${signal}.json`);
    // As soon as somebody listens.
    const tell = (name: string): void => {
      if (name !== signal) return;
      process.removeListener('newListener', tell);
      queueMicrotask(() => process.emit(signal));
    };
    process.on('newListener', tell);
    // What is known needs no worker.
    expect(await command(['--topic', 'e3x/token', '--quick', '--count', '1', '--jobs', '1', '--json', json])).toBe(code);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ notRun: 1 });
  });
  it('kills a mutant of the real reference over its pipe', async () => {
    const file = 'e3x/token/token.ts';
    const { mutants } = await mutantsOf(new Map([[file, readFileSync(join(packageRoot(), 'reference', file), 'utf8')]]));
    // The body of a function, which something must notice.
    const [one] = mutants.filter(({ mutator }) => mutator === 'BlockStatement');
    const json = join(folder, 'report.json');
    expect(await command(['--topic', 'e3x/token', '--quick', '--mutant', one?.id ?? '', '--jobs', '1', '--json', json])).toBe(0);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ notRun: 0, mutants: [{ id: one?.id, fate: 'killed' }] });
  });
});
