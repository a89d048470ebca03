/** `bottlepost merge`: the reports of shards as one run, with the totals, baseline and exit code of the whole. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { applyBaseline, BaselineError, parseBaseline } from '../core/baseline.ts';
import { EXIT, exitCode, type ExitCode } from '../core/exit.ts';
import { formatJson, jsonReport } from '../report/json.ts';
import { formatJunit } from '../report/junit.ts';
import { MergeError, mergeReports, parseReport } from '../report/merge.ts';
import { formatSummary } from '../report/summary.ts';
import { loadSuite, UsageFault } from './suite.ts';
import { parseReports } from './verify.ts';
import { VERSION } from './version.ts';

export interface MergeOptions {
  readonly baseline?: string;
  readonly report: readonly string[];
}

/** Returns the exit code of the whole run. */
export function merge(files: readonly string[], options: MergeOptions): number {
  try {
    const reports = parseReports(options.report);
    const suite = loadSuite();
    const summary = mergeReports(files.map((file) => parseReport(readFileSync(file, 'utf8'), file)));
    const baseline =
      options.baseline === undefined
        ? undefined
        : applyBaseline(
            summary,
            parseBaseline(readFileSync(options.baseline, 'utf8'), options.baseline),
            new Date().toISOString().slice(0, 10),
          );
    const exit = exitCode(summary, baseline);
    const scope = new Map([...suite.requirements].filter(([id]) => summary.reports.some((r) => r.check.requirement === id)));
    process.stdout.write(formatSummary(summary, { requirements: scope, exitCode: exit, ...(baseline === undefined ? {} : { baseline }) }));
    for (const { kind, file } of reports) {
      mkdirSync(dirname(file), { recursive: true });
      const meta = {
        version: VERSION,
        revision: suite.revision,
        exitCode: exit as Exclude<ExitCode, 2>,
        ...(baseline === undefined ? {} : { baseline }),
      };
      writeFileSync(file, kind === 'junit' ? formatJunit(summary, {}, baseline) : formatJson(jsonReport(summary, meta)));
    }
    return exit;
  } catch (error) {
    const unreadable = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!(error instanceof MergeError || error instanceof BaselineError || error instanceof UsageFault || unreadable)) throw error;
    process.stderr.write(`bottlepost: ${error.message}\n`);
    return EXIT.usage;
  }
}
