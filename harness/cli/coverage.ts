/** `npm run coverage`: writes the coverage snapshot and prints the matrix; with `--check`, compares and writes nothing. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/paths.ts';
import { coverageDrift, coverageOf, formatCoverage, printCoverage, type Waiver } from '../../conformance/coverage/coverage.ts';
import { Oracle } from '../../conformance/oracle/oracle.ts';
import { SpecReader } from '../../conformance/spec/loader.ts';
import { generatedChecks } from '../../conformance/suites/generated.ts';
import { messageChecks } from '../../conformance/suites/messages.ts';
import { Judge } from '../../conformance/suites/judge.ts';
import { vectorCheck } from '../../conformance/suites/vectors.ts';
import { readVectors } from '../../conformance/vectors.ts';

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
  const spec = reader.area('e3x');
  const oracle = new Oracle(spec);
  const judge = new Judge(oracle);
  const vectors = readVectors(root).files.flatMap((f) => f.vectors);
  const checks = [...vectors.map((v) => vectorCheck(oracle, judge, v)), ...generatedChecks(oracle, judge), ...messageChecks(oracle, judge, vectors)];
  const { waivers } = reader.read<{ waivers: Waiver[] }>('spec/waivers.yaml', 'waivers');
  const coverage = coverageOf(root, spec, checks, waivers, today());
  const measured = formatCoverage(spec, coverage);
  const file = join(root, 'conformance/coverage/snapshot.json');
  if (!args.includes('--check')) {
    console.log(printCoverage(coverage));
    writeFileSync(file, measured);
  }
  for (const fault of coverage.faults) console.error(`  ${fault}`);
  if (coverage.faults.length > 0) return 1;
  const drift = existsSync(file) ? coverageDrift(readFileSync(file, 'utf8'), measured) : ['there is no snapshot'];
  if (drift.length > 0) {
    console.error(`Coverage moved. If that is as intended, run 'npm run coverage' and commit conformance/coverage/snapshot.json with the reason.\n${drift.map((d) => `  ${d}`).join('\n')}`);
    return 1;
  }
  console.log(`${String(coverage.rows.length)} requirements covered as the snapshot says${waivers.length === 0 ? '' : `; ${String(waivers.length)} waived until ${waivers.map((w) => w.expires).sort()[0] ?? ''}: ${waivers.map((w) => w.requirement).join(', ')}`}.`);
  return 0;
}

process.exitCode = main(process.argv.slice(2));
