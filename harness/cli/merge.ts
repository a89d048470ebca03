/** `bottlepost merge`: combines the reports of shards into one run, with the totals, baseline and exit code of the whole. */
import { applyBaseline, BaselineError, parseBaseline } from '../core/baseline.ts';
import { EXIT, exitCode, type ExitCode } from '../core/exit.ts';
import { MergeError, mergeReports, parseReport } from '../report/merge.ts';
import { formatSummary } from '../report/summary.ts';
import { worthOfRun } from './worth.ts';
import { loadSuite, UsageFault } from './suite.ts';
import { VERSION } from './version.ts';
import { requireNames } from './baseline-names.ts';
import { readNamed } from './files.ts';
import { parseReports, requireReports, tellGithub, writeReports } from './reports.ts';
import { complain, say } from './output.ts';

export interface MergeOptions {
  readonly baseline?: string;
  readonly report: readonly string[];
}

/** Returns the exit code of the whole run. */
export function merge(files: readonly string[], options: MergeOptions): number {
  try {
    const reports = parseReports(options.report);
    requireReports(reports);
    const parts = files.map((file) => parseReport(readNamed('report', file), file));
    const known = options.baseline === undefined ? undefined : parseBaseline(readNamed('--baseline', options.baseline), options.baseline);
    const suite = loadSuite();
    if (known !== undefined) requireNames(suite, known, options.baseline ?? '');
    const merged = mergeReports(parts);
    // Which shard shows a clause does not matter; what the shards were narrowed to is what they asked.
    const worth = worthOfRun(suite, { profile: [], only: ['*'] }, merged, false);
    const summary = worth === undefined ? merged : { ...merged, worth };
    const baseline = known === undefined ? undefined : applyBaseline(summary, known, new Date().toISOString().slice(0, 10));
    const exit = exitCode(summary, baseline);
    const scope = new Map([...suite.requirements].filter(([id]) => summary.reports.some((r) => r.check.requirement === id)));
    say(
      formatSummary(summary, { requirements: scope, names: suite.names, exitCode: exit, ...(baseline === undefined ? {} : { baseline }) }),
    );
    const meta = {
      version: VERSION,
      revision: suite.revision,
      exitCode: exit as Exclude<ExitCode, 2>,
      ...(baseline === undefined ? {} : { baseline }),
    };
    const written = writeReports(suite, reports, { summary, context: {}, meta, baseline });
    const whole = tellGithub(reports, summary, exit, baseline) && written;
    return whole || exit !== EXIT.ok ? exit : EXIT.internal;
  } catch (error) {
    if (!(error instanceof MergeError || error instanceof BaselineError || error instanceof UsageFault)) throw error;
    complain(`bottlepost: ${error.message}\n`);
    return EXIT.usage;
  }
}
