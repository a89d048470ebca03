/**
 * `npm run bench`: what the bench itself costs, next to a bare echo over the same pipe, and how fast the implementations
 * are, side by side in one run. Only ratios mean anything; nothing here is asserted by a test. `npm run bench -- NAME`
 * runs one section.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { firstDifference } from '../../conformance/oracle/values.ts';
import { readVectors } from '../../conformance/vectors.ts';
import { decodePacket, encodePacket, joinChunks, splitChunks, applyCloak, deriveHashname, noblePrimitives } from '../../reference/index.ts';
import type { Check } from '../../conformance/contract/check.ts';
import { connect } from '../core/connection.ts';
import type { JsonObject } from '../../conformance/contract/contract.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { runChecks } from '../core/runner.ts';
import { loadSuite, referenceCommand } from '../cli/suite.ts';
import { runVerify } from '../cli/verify.ts';
import { benchCipherSets } from './cipher-sets.ts';
import { benchKilt } from './kilt.ts';
import { benchNexus } from './nexus.ts';
import { median } from './measure.ts';

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

async function pipe(): Promise<number> {
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
      `(${Math.min(...ratios).toFixed(2)}..${Math.max(...ratios).toFixed(2)}; aim: below 2)`,
  );
  return median(ratios);
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

/** Calls a second, measured for at least 300 ms. */
function rate(run: () => void): number {
  for (let i = 0; i < 200; i++) run();
  let calls = 0;
  const startedMs = performance.now();
  while (performance.now() - startedMs < 300) {
    for (let i = 0; i < 50; i++) run();
    calls += 50;
  }
  return (calls * 1000) / (performance.now() - startedMs);
}

function libraries(): void {
  const require = createRequire(import.meta.url);
  process.noDeprecation = true;
  let lob: { encode(head: unknown, body: Buffer): Buffer; decode(packet: Buffer): unknown; cloak(packet: Buffer): Buffer };
  let hashname: { fromKeys(keys: Record<string, Buffer>): string };
  try {
    lob = require('lob-enc') as typeof lob;
    hashname = require('hashname') as typeof hashname;
  } catch {
    out('\nlob-enc and hashname are not installed: no comparison');
    return;
  }
  const json = { type: 'test', c: 1, seq: 42 };
  const body = Buffer.alloc(1000, 7);
  const packet = Buffer.from(encodePacket({ json, body }));
  const plain = Buffer.from(encodePacket({ body }));
  const keys = { '1a': Buffer.alloc(21, 1), '3a': Buffer.alloc(32, 2) };
  const keyMap = new Map<string, Uint8Array>(Object.entries(keys));
  const nonce = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const chunked = Buffer.concat(splitChunks(packet, 64));
  const rows: [string, () => void, (() => void) | undefined][] = [
    ['packet encode', () => encodePacket({ json, body }), () => lob.encode(json, body)],
    ['packet decode', () => decodePacket(packet), () => lob.decode(packet)],
    ['cloak 1 round', () => applyCloak(plain, [nonce], noblePrimitives), () => lob.cloak(plain)],
    ['hashname of 2', () => deriveHashname({ keys: keyMap }, noblePrimitives), () => hashname.fromKeys(keys)],
    ['chunk (64)', () => splitChunks(packet, 64), undefined],
    ['dechunk (64)', () => joinChunks(chunked), undefined],
  ];
  out('\nin one process, calls per second (1,000-byte body)   reference     library  reference/library');
  for (const [name, ours, theirs] of rows) {
    const a = rate(ours);
    const b = theirs === undefined ? undefined : rate(theirs);
    out(
      `  ${name.padEnd(48)}${Math.round(a).toLocaleString('en').padStart(10)}` +
        `${(b === undefined ? '-' : Math.round(b).toLocaleString('en')).padStart(12)}` +
        `${(b === undefined ? '-' : (a / b).toFixed(2)).padStart(12)}`,
    );
  }
}

/** The sections in their order; an area adds a line of its own. */
const SECTIONS: readonly (readonly [string, () => Promise<void> | void])[] = [
  [
    'pipe',
    async () => {
      if ((await pipe()) >= 2) out('  The bench costs at least twice as much as the echo.');
    },
  ],
  ['suites', suites],
  ['libraries', libraries],
  ['cipher-sets', () => benchCipherSets(out)],
  ['kilt', () => benchKilt(out)],
  ['nexus', () => benchNexus(out)],
];

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !SECTIONS.some(([section]) => section === name));
if (unknown === undefined) {
  for (const [name, run] of SECTIONS) if (wanted.length === 0 || wanted.includes(name)) await run();
} else {
  process.stderr.write(`bench: no section '${unknown}'; there are: ${SECTIONS.map(([name]) => name).join(', ')}\n`);
  process.exitCode = 2;
}
