/** `npm run coverage`: writes the coverage snapshot and prints the matrix; with `--check`, compares and writes nothing. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { coverageDrift, coverageOf, formatCoverage, printCoverage, type Waiver } from '../../conformance/coverage/coverage.ts';
import { SpecReader } from '../../conformance/spec/loader.ts';
import { loadAreas, type Area } from '../../conformance/suites/areas.ts';

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
  const areas = loadAreas(reader);
  const { waivers } = reader.read<{ waivers: Waiver[] }>('spec/waivers.yaml', 'waivers');
  const ids = areas.flatMap(({ spec }) => spec.requirements.map((r) => r.id));
  const right = areas.map((area) => coverArea(root, area, waivers, new Set(ids), args.includes('--check')));
  if (right.includes(false)) return 1;
  console.log(
    `${String(ids.length)} requirements covered as the snapshots say${waivers.length === 0 ? '' : `; ${String(waivers.length)} waived until ${waivers.map((w) => w.expires).sort()[0] ?? ''}: ${waivers.map((w) => w.requirement).join(', ')}`}.`,
  );
  return 0;
}

/** Measures one area and writes or compares its snapshot; false where something is wrong. */
function coverArea(root: string, { spec, checks }: Area, waivers: readonly Waiver[], all: ReadonlySet<string>, check: boolean): boolean {
  const coverage = coverageOf(root, spec, checks, waivers, today(), all);
  const measured = formatCoverage(spec, coverage);
  const name = `conformance/coverage/${spec.area}.json`;
  const file = join(root, name);
  if (!check) {
    console.log(printCoverage(coverage));
    writeFileSync(file, measured);
  }
  for (const fault of coverage.faults) console.error(`  ${fault}`);
  if (coverage.faults.length > 0) return false;
  const drift = existsSync(file) ? coverageDrift(readFileSync(file, 'utf8'), measured) : ['there is no snapshot'];
  if (drift.length > 0)
    console.error(
      `Coverage of ${spec.area} moved. If that is as intended, run 'npm run coverage' and commit ${name} with the reason.\n${drift.map((d) => `  ${d}`).join('\n')}`,
    );
  return drift.length === 0;
}

process.exitCode = main(process.argv.slice(2));
