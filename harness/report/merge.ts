/** Merges the JSON reports of shards into one run, so that totals, baselines and exit codes are those of the whole. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { CheckReport, CheckResult } from '../../conformance/contract/check.ts';
import { isDeeper } from '../../conformance/contract/depth.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import type { RunSummary } from '../core/runner.ts';
import type { JsonReport, ReportedResult } from './json.ts';

/** Thrown if reports are malformed or are not the shards of one run; exit code 2. */
export class MergeError extends Error {
  override readonly name = 'MergeError';
}

let validator: ValidateFunction | undefined;

/**
 * Reads a JSON report.
 * @throws MergeError if it is not one
 */
export function parseReport(text: string, file = 'report'): JsonReport {
  let value: unknown;
  if (isDeeper(text)) throw new MergeError(`${file}: nested deeper than any report of this bench`);
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MergeError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (validator === undefined) {
    const schema = (name: string): object =>
      JSON.parse(readFileSync(join(packageRoot(), 'spec', 'adapter', `${name}.schema.json`), 'utf8')) as object;
    validator = new Ajv2020({ allowUnionTypes: true, strictRequired: false }).addSchema(schema('hello')).compile(schema('report'));
  }
  if (!validator(value)) {
    const error = validator.errors?.[0];
    throw new MergeError(`${file}: not a report from this bench: ${error?.instancePath ?? ''} ${error?.message ?? ''}`);
  }
  return value as JsonReport;
}

/**
 * Merges the reports of shards. Results follow shard by shard; each check of the contract itself appears once, with the first
 * verdict that is not a pass.
 * @throws MergeError if the reports are not all the shards of one run, each once
 */
export function mergeReports(reports: readonly JsonReport[]): RunSummary {
  const shards = [...reports].sort((a, b) => (a.shard?.index ?? 1) - (b.shard?.index ?? 1));
  const [first] = shards;
  if (first === undefined) throw new MergeError('there is no report to merge');
  const count = first.shard?.count ?? 1;
  shards.forEach((report, at) => {
    const { index, count: of } = report.shard ?? { index: 1, count: 1 };
    if (index !== at + 1 || of !== count || shards.length !== count) {
      throw new MergeError(
        `these are not the shards 1 to ${String(count)}, each once: ` +
          `found ${shards.map(({ shard }) => `${String(shard?.index ?? 1)}/${String(shard?.count ?? 1)}`).join(', ')}`,
      );
    }
    for (const same of ['revision', 'seed', 'effort'] as const) {
      if (report[same] !== first[same])
        throw new MergeError(
          `shard ${String(index)} has a different ${same} than shard 1: ${String(report[same])}, not ${String(first[same])}`,
        );
    }
  });
  const hellos = shards.flatMap(({ implementation }) => (implementation === null ? [] : [implementation]));
  const [hello] = hellos;
  const different = hellos.find((other) => JSON.stringify(other) !== JSON.stringify(hello));
  if (different !== undefined)
    throw new MergeError(
      `the shards tested different implementations: ${String(hello?.name)} ` +
        `${String(hello?.version)} and ${different.name} ${different.version}`,
    );
  return {
    ...(hello === undefined ? {} : { hello }),
    seed: first.seed,
    effort: first.effort,
    reports: mergeResults(shards),
    internalErrors: shards.flatMap(({ internalErrors }) => internalErrors),
    notRun: shards.flatMap(({ notRun }) => notRun),
    notes: [...new Set(shards.flatMap(({ notes }) => notes))],
    // Shards run in parallel: the run took as long as the longest of them.
    elapsedMs: Math.max(...shards.map(({ elapsedMs }) => elapsedMs ?? 0)),
  };
}

function mergeResults(shards: readonly JsonReport[]): CheckReport[] {
  const merged = new Map<string, CheckReport>();
  for (const report of shards.flatMap(({ results }) => results).map(asCheckReport)) {
    const before = merged.get(report.check.id);
    if (before !== undefined && !report.check.id.startsWith('contract/')) throw new MergeError(`two shards ran ${report.check.id}`);
    if (before === undefined || before.result.verdict === 'pass') merged.set(report.check.id, report);
  }
  return [...merged.values()];
}

function asCheckReport({ id, suite, requirement, title, operations, ...result }: ReportedResult): CheckReport {
  // The schema guarantees that the remaining members are a result.
  return { check: { id, suite, requirement, title, operations }, result: result as CheckResult, elapsedMs: 0 };
}
