/** Generates every vector file of every area, and compares them with what is committed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Oracle } from '../oracle/oracle.ts';
import { SpecReader } from '../spec/loader.ts';
import type { AreaSpec } from '../spec/types.ts';
import type { Flag, Manifest, VectorFile } from '../vectors.ts';
import { Batch, type Confirmer } from './batch.ts';
import { codecConfirmer, kaitaiConfirmer, libraryConfirmers } from './confirm.ts';
import { base32Cases, chunkingCases, cloakingCases, defaultBounds, hashnameCases, joseCases, jsonHeadCases, namedTraces, packetCases, tokenCases } from './e3x.ts';
import { channelCases, missCases, quotaCases } from './channels.ts';
import { importEvidence } from './evidence.ts';
import { messageCases } from './messages.ts';
import { VECTOR_SEED } from './seeded.ts';
import { lifecycle, machineTraces, recutStreams } from './sessions.ts';

const GENERATOR = 'bottlepost vectors 1';

/** The files of `vectors/` by name (manifest included), as they must be. */
export async function generateVectors(root: string, spec: AreaSpec = new SpecReader(root).area('e3x')): Promise<Map<string, string>> {
  const oracle = new Oracle(spec);
  const confirmers: Confirmer[] = [await kaitaiConfirmer(spec.layouts), ...libraryConfirmers(), codecConfirmer];
  const batch = (topic: string): Batch => new Batch(topic, oracle, confirmers);
  const topics: Batch[] = [];
  const topic = (name: string, fill: (b: Batch) => void): Batch => {
    const b = batch(name);
    fill(b);
    topics.push(b);
    return b;
  };
  topic('packet', (b) => packetCases(oracle, b));
  topic('json-heads', (b) => jsonHeadCases(oracle, b));
  topic('chunking', (b) => chunkingCases(oracle, b));
  topic('chunk-endpoint', (b) => {
    machineTraces(oracle, b, 'e3x.chunks');
    namedTraces(oracle, b, 'e3x.chunks');
    defaultBounds(oracle, b);
    recutStreams(oracle, b);
    lifecycle(oracle, b, 'e3x.chunks', 'E3X-CHK-028', { size: 64, blocking: false, acks: 'none' }, { 'e3x.chunks.receive': { bytes: '00' }, 'e3x.chunks.send': { packet: '0000' } });
  });
  topic('cloaking', (b) => cloakingCases(oracle, b));
  topic('cloak-path', (b) => {
    machineTraces(oracle, b, 'e3x.cloakpath');
    namedTraces(oracle, b, 'e3x.cloakpath');
    lifecycle(oracle, b, 'e3x.cloakpath', 'E3X-CLK-014', {}, { 'e3x.cloakpath.receive': { bytes: '0000' }, 'e3x.cloakpath.send': { packet: '0000', entropy: '040102030405060708' } });
  });
  topic('hashname', (b) => hashnameCases(oracle, b));
  topic('base32', (b) => base32Cases(b));
  topic('token', (b) => tokenCases(oracle, b));
  topic('jose', (b) => joseCases(oracle, b));
  topic('messages', (b) => messageCases(root, oracle, b));
  topic('channels', (b) => {
    missCases(b);
    quotaCases(b);
    channelCases(oracle, b);
  });
  const lobEvidence = batch('evidence-lob-enc');
  const hashnameEvidence = batch('evidence-hashname');
  const flags = importEvidence(root, oracle, lobEvidence, hashnameEvidence);
  topics.push(lobEvidence, hashnameEvidence);
  return render(spec, topics.map((b) => b.file()), flags);
}

function render(spec: AreaSpec, files: readonly VectorFile[], flags: { [id: string]: Flag }): Map<string, string> {
  const rendered = new Map<string, string>();
  const listed: Manifest['files'][number][] = [];
  for (const file of files) {
    const name = `${file.area}/${file.topic}.json`;
    const header = { area: file.area, topic: file.topic, revision: file.revision };
    // One vector a line: a changed vector is one changed line.
    const text = `${JSON.stringify(header).slice(0, -1)},"vectors":[\n${file.vectors.map((v) => JSON.stringify(v)).join(',\n')}\n]}\n`;
    rendered.set(name, text);
    const oracles: Record<string, number> = {};
    for (const v of file.vectors) for (const o of v.oracles) oracles[o] = (oracles[o] ?? 0) + 1;
    listed.push({
      file: name,
      sha256: createHash('sha256').update(text).digest('hex'),
      vectors: file.vectors.length,
      operations: [...new Set(file.vectors.flatMap((v) => v.steps.map((s) => s.operation)))].sort(),
      requirements: [...new Set(file.vectors.map((v) => v.requirement))].sort(),
      oracles: Object.fromEntries(Object.entries(oracles).sort(([x], [y]) => (x < y ? -1 : 1))),
    });
  }
  const manifest: Manifest = { generator: GENERATOR, seed: VECTOR_SEED, revisions: { [spec.area]: spec.revision }, files: listed, flags };
  rendered.set('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
  return rendered;
}

/** Files on disk below `vectors/` (schema aside). */
function present(root: string): string[] {
  const folder = join(root, 'vectors');
  if (!existsSync(folder)) return [];
  return (readdirSync(folder, { recursive: true }) as string[]).filter((f) => f.endsWith('.json') && f !== 'vectors.schema.json').map((f) => f.replaceAll('\\', '/'));
}

/** Differences between the generated files and those on disk; empty when every byte is right. */
export function compareVectors(root: string, generated: ReadonlyMap<string, string>): string[] {
  const faults: string[] = [];
  for (const [name, text] of generated) {
    const path = join(root, 'vectors', name);
    if (!existsSync(path)) faults.push(`vectors/${name}: missing`);
    else {
      const have = readFileSync(path, 'utf8');
      if (have !== text) {
        const a = have.split('\n');
        const b = text.split('\n');
        const line = b.findIndex((l, i) => l !== a[i]);
        faults.push(`vectors/${name}: differs from line ${String(line + 1)} on: ${(b[line] ?? '').slice(0, 100)}`);
      }
    }
  }
  for (const name of present(root)) if (!generated.has(name)) faults.push(`vectors/${name}: nothing generates it`);
  return faults;
}

/** Writes the files and removes those that nothing generates any more. */
export function writeVectors(root: string, generated: ReadonlyMap<string, string>): void {
  for (const name of present(root)) if (!generated.has(name)) rmSync(join(root, 'vectors', name));
  for (const [name, text] of generated) {
    const path = join(root, 'vectors', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
