/** `npm run coverage`: writes the coverage snapshot of each topic and prints the matrix; with `--check`, compares and writes nothing. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { REGISTRY } from '../../conformance/areas.ts';
import {
  coverageDrift,
  coverageOf,
  formatCoverage,
  printCoverage,
  type Coverage,
  type Waiver,
} from '../../conformance/coverage/coverage.ts';
import { SpecReader } from '../../conformance/spec/loader.ts';
import type { AreaSpec, TopicSpec } from '../../conformance/spec/types.ts';
import { loadAreas, type Area } from '../../conformance/suites/areas.ts';
import { refusingBrokenSpecs } from '../../conformance/cli/refusal.ts';

/** The date, for the expiry of waivers: the one thing here that depends on when it runs. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function main(args: readonly string[]): number {
  const unknown = args.filter((a) => a !== '--check');
  if (unknown.length > 0) {
    console.error(`coverage: unknown argument ${unknown.join(' ')}\nusage: npm run coverage [-- --check]`);
    return 2;
  }
  const root = packageRoot();
  const reader = new SpecReader(root);
  const areas = loadAreas(REGISTRY, reader);
  const { waivers } = reader.read<{ waivers: Waiver[] }>('spec/waivers.yaml', 'waivers');
  const ids = areas.flatMap(({ spec }) => spec.requirements.map((r) => r.id));
  const right = areas.map((area) => coverArea(root, area, waivers, new Set(ids), args.includes('--check')));
  if (right.includes(false)) return 1;
  const until = waivers.map((w) => w.expires).sort()[0] ?? '';
  const waived = `${String(waivers.length)} waived until ${until}: ${waivers.map((w) => w.requirement).join(', ')}`;
  console.log(`${String(ids.length)} requirements covered as the snapshots record${waivers.length === 0 ? '' : `; ${waived}`}.`);
  return 0;
}

/** Measures one area and writes or compares its snapshot; false where something is wrong. */
function coverArea(root: string, { spec, checks }: Area, waivers: readonly Waiver[], all: ReadonlySet<string>, check: boolean): boolean {
  const coverage = coverageOf(root, spec, checks, waivers, today(), all);
  if (!check) console.log(printCoverage(coverage));
  for (const fault of coverage.faults) console.error(`  ${fault}`);
  if (coverage.faults.length > 0) return false;
  return spec.topics.map((topic) => compareTopic(root, spec, topic, coverage, check)).every((isRight) => isRight);
}

/** Writes or compares the snapshot of one topic. @returns whether it is as measured */
function compareTopic(root: string, spec: AreaSpec, topic: TopicSpec, coverage: Coverage, check: boolean): boolean {
  const measured = formatCoverage(spec, topic, coverage);
  const name = `conformance/${spec.area}/${topic.topic}/coverage.json`;
  const file = join(root, name);
  if (!check) writeFileSync(file, measured);
  const drift = existsSync(file) ? coverageDrift(readFileSync(file, 'utf8'), measured) : ['there is no snapshot'];
  if (drift.length > 0)
    console.error(
      `Coverage of ${spec.area}/${topic.topic} changed. If that is intended, ` +
        `run 'npm run coverage' and commit ${name} with the reason.\n${drift.map((d) => `  ${d}`).join('\n')}`,
    );
  return drift.length === 0;
}

process.exitCode = await refusingBrokenSpecs(() => main(process.argv.slice(2)));
