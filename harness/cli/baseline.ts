/** `bottlepost baseline update FILE`: records what fails now as known, and keeps the reasons and dates of entries that stay. */
import { existsSync } from 'node:fs';
import { BaselineError, formatBaseline, parseBaseline, updateBaseline } from '../core/baseline.ts';
import { TargetError } from '../core/connection.ts';
import { EXIT } from '../core/exit.ts';
import { labelled } from '../../conformance/contract/text.ts';
import { Progress } from '../report/terminal.ts';
import { readNamed, requireWritable, writeWhole } from './files.ts';
import { interruption } from './interruption.ts';
import { complain, say } from './output.ts';
import { loadSuite, UsageFault } from './suite.ts';
import { runVerify, type VerifyOptions } from './verify.ts';

export type BaselineOptions = Pick<VerifyOptions, 'stdio' | 'udp' | 'self' | 'profile' | 'only' | 'seed' | 'effort' | 'timeout'>;

/** Returns the exit code: 0 if the file was written; otherwise that of the run, which did not show what fails. */
export async function baseline(_action: 'update', file: string, options: BaselineOptions): Promise<number> {
  const interrupted = interruption();
  try {
    requireWritable('baseline update', file);
    const before = existsSync(file) ? parseBaseline(readNamed('baseline', file), file) : undefined;
    const { summary, exit } = await runVerify(
      loadSuite(),
      { ...options, report: [], repros: false },
      // Failures are what this command records, so it reports none of them.
      (total) => new Progress(process.stderr, total, { isKnown: ({ result }) => result.verdict === 'fail' || result.verdict === 'broken' }),
      { interruption: interrupted },
    );
    if (summary.hello === undefined || summary.notRun.length > 0 || summary.internalErrors.length > 0) {
      complain(`bottlepost: the run did not finish (exit ${String(exit)}); ${file} was not changed\n`);
      return exit === EXIT.ok ? EXIT.internal : exit;
    }
    if (before !== undefined && before.implementation !== summary.hello.name)
      throw new UsageFault(`${file} is the baseline of "${before.implementation}", but the adapter is "${summary.hello.name}"`);
    const update = updateBaseline(before, summary, new Date().toISOString().slice(0, 10));
    if (!writeWhole(file, formatBaseline(update.baseline))) return EXIT.internal;
    say(formatUpdate(file, update));
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof UsageFault || error instanceof TargetError || error instanceof BaselineError)) throw error;
    complain(`bottlepost: ${error.message}\n`);
    return EXIT.usage;
  } finally {
    interrupted.forget();
  }
}

/** What changed in a baseline, and what its author still has to write. */
export function formatUpdate(file: string, { baseline: now, added, changed, removed, wanting }: ReturnType<typeof updateBaseline>): string {
  const lines = [`${file}: ${String(now.entries.length)} ${now.entries.length === 1 ? 'entry' : 'entries'}`];
  for (const [label, ids] of Object.entries({ added, changed, removed })) if (ids.length > 0) lines.push(...labelled(label, ids.join(' ')));
  if (wanting.length > 0) lines.push(...labelled('reasons', `are missing for ${wanting.join(' ')}; write them into the file`));
  return `${lines.join('\n')}\n`;
}
