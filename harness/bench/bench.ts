/**
 * `npm run bench`: what the bench itself costs, next to a bare echo over the same pipe, and how fast the implementations
 * are, side by side in one run. Only ratios mean anything; nothing here is asserted by a test. `npm run bench -- NAME`
 * runs one section, `--json FILE` writes what was measured, `--page` rewrites the table of docs/guides/performance.md.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { firstDifference } from '../../conformance/oracle/values.ts';
import { readVectors } from '../../conformance/vectors.ts';
import type { Check } from '../../conformance/contract/check.ts';
import { connect } from '../core/connection.ts';
import type { JsonObject } from '../../conformance/contract/contract.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { runChecks } from '../core/runner.ts';
import { loadSuite, referenceCommand } from '../cli/suite.ts';
import { runVerify } from '../cli/verify.ts';
import { benchCipherSets } from './cipher-sets.ts';
import { benchKilt } from './kilt.ts';
import { benchLayers } from './layers.ts';
import { benchLob } from './lob.ts';
import { median, type Measurement } from './measure.ts';
import { benchNexus } from './nexus.ts';
import { writePage } from './page.ts';

const CASES = 20_000;
const ROUNDS = 5;
const WINDOW = 32;
const BYTES_MAX = 4096;
const root = packageRoot();
const echoWords: readonly [string, string] = [process.execPath, join(root, 'harness/bench/echo.mjs')];

/** Requests as they really occur: the params of every vector's steps, up to 4 KiB, over and over. */
function requests(): JsonObject[] {
  const own = readVectors(root)
    .files.flatMap((f) => f.vectors)
    .flatMap((v) => v.steps.map((s) => s.params))
    .filter((p) => JSON.stringify(p).length <= BYTES_MAX);
  return Array.from({ length: CASES }, (_, i) => own[i % own.length] ?? {});
}

/** Microseconds a case of a bare client: writes lines, counts lines, checks nothing, at most WINDOW in flight. */
function bareEcho(params: readonly JsonObject[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(echoWords[0], [echoWords[1]], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.on('error', reject);
    let sent = 0;
    let received = 0;
    const startedMs = performance.now();
    const more = (): void => {
      let out = '';
      for (; sent < params.length && sent - received < WINDOW; sent++)
        out += `${JSON.stringify({ id: sent, op: 'bench.echo', params: params[sent] })}\n`;
      if (out !== '') child.stdin.write(out);
    };
    child.stdout.on('data', (data: Buffer) => {
      for (let at = data.indexOf(10); at >= 0; at = data.indexOf(10, at + 1)) received++;
      if (received < params.length) return more();
      resolve(((performance.now() - startedMs) * 1000) / params.length);
      child.kill();
    });
    more();
  });
}

/** Microseconds a case of the whole bench: lint, send, match, lint, compare, report. */
async function throughBench(params: readonly JsonObject[]): Promise<number> {
  const checks: Check[] = params.map((p, i) => ({
    id: `bench/${String(i)}`,
    suite: 'vector',
    requirement: 'ADP-001',
    title: 'echo',
    operations: ['bench.echo'],
    run: async (implementation) => {
      const outcome = await implementation.call('bench.echo', p);
      if (outcome.kind !== 'ok' || firstDifference(p, outcome.value) !== undefined) throw new Error('the echo does not echo');
      return { verdict: 'pass', cases: 1 };
    },
  }));
  const first = await connect({ kind: 'stdio', command: 'echo', words: echoWords }, { revision: 'bench', seed: 'bench' });
  const startedMs = performance.now();
  const summary = await runChecks(checks, () => Promise.resolve(first), { seed: 'bench', jobs: 1, pipeline: WINDOW, timeoutMs: 10_000 });
  const elapsedMs = performance.now() - startedMs;
  if (summary.reports.some((r) => r.result.verdict !== 'pass')) throw new Error('the bench failed its own benchmark');
  return (elapsedMs * 1000) / params.length;
}

const out = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function pipe(): Promise<readonly Measurement[]> {
  const params = requests();
  const bare: number[] = [];
  const bench: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const a = await bareEcho(params);
    const b = await throughBench(params);
    if (round === 0) continue; // the first warms up
    bare.push(a);
    bench.push(b);
  }
  const ratios = bench.map((b, i) => b / (bare[i] ?? 1));
  out(`pipe, ${String(CASES)} cases, ${String(ROUNDS)} rounds in turn, median (min..max)`);
  out(`  bare echo client       ${median(bare).toFixed(1).padStart(8)} us per case`);
  out(`  the whole bench        ${median(bench).toFixed(1).padStart(8)} us per case`);
  out(
    `  bench / echo           ${median(ratios).toFixed(2).padStart(8)}    ` +
      `(${Math.min(...ratios).toFixed(2)}..${Math.max(...ratios).toFixed(2)}; aim: 1.5 at most)`,
  );
  const shares = ratios.map((ratio) => 1 / ratio);
  return [
    {
      row: 'a case',
      ours: 'bench',
      peer: 'echo',
      ratio: median(shares),
      least: Math.min(...shares),
      greatest: Math.max(...shares),
      why: 'the echo client checks nothing; the bench checks request and reply, and compares them',
    },
  ];
}

async function suites(): Promise<void> {
  const suite = loadSuite();
  out('\nwhole suites against the reference');
  for (const [name, target] of [
    ['stdio', { stdio: referenceCommand(root) }],
    ['udp', { self: 'udp' as const }],
  ] as const) {
    const { summary } = await runVerify(suite, {
      profile: [],
      only: [],
      seed: 'bottlepost',
      effort: 1,
      report: [],
      repros: false,
      jobs: 1,
      ...target,
    });
    const cases = summary.reports.reduce((sum, r) => sum + r.result.cases, 0);
    out(`  ${name.padEnd(8)}${String(cases).padStart(8)} cases in ${(summary.elapsedMs / 1000).toFixed(1)} s`);
  }
}

/** The sections in their order; an area adds a line of its own. */
const SECTIONS: readonly (readonly [string, () => Promise<readonly Measurement[] | undefined>])[] = [
  ['pipe', pipe],
  [
    'suites',
    async () => {
      await suites();
      return undefined;
    },
  ],
  ['packets', () => benchLob(out)],
  ['cipher-sets', () => benchCipherSets(out)],
  ['layers', () => benchLayers(out)],
  ['kilt', () => benchKilt(out)],
  ['nexus', () => benchNexus(out)],
];

const { values, positionals: wanted } = parseArgs({
  options: { json: { type: 'string' }, page: { type: 'boolean' } },
  allowPositionals: true,
});
const unknown = wanted.find((name) => !SECTIONS.some(([section]) => section === name));
if (unknown === undefined) {
  const measured: { readonly [section: string]: readonly Measurement[] }[] = [];
  for (const [name, run] of SECTIONS) if (wanted.length === 0 || wanted.includes(name)) measured.push({ [name]: (await run()) ?? [] });
  const sections = Object.assign({}, ...measured) as { readonly [section: string]: readonly Measurement[] };
  if (values.page === true) writePage(root, sections);
  const { json } = values;
  if (json !== undefined) {
    const [cpu] = cpus();
    const machine = { cpu: cpu?.model ?? '', cores: cpus().length, node: process.version, platform: `${platform()} ${arch()}` };
    writeFileSync(json, `${JSON.stringify({ machine, sections }, undefined, 2)}\n`);
  }
} else {
  process.stderr.write(`bench: no section '${unknown}'; there are: ${SECTIONS.map(([name]) => name).join(', ')}\n`);
  process.exitCode = 2;
}
