/** `bottlepost replay FILE`: runs a saved failure again, without the suite that found it. */
import { connect, parseTarget, TargetError } from '../core/connection.ts';
import { EXIT, exitCode } from '../core/exit.ts';
import { formatReport } from '../report/failure.ts';
import { runChecks } from '../core/runner.ts';
import { readRepro, replayCheck, ReproError } from '../../conformance/suites/repro.ts';
import { loadSuite, referenceCommand, UsageFault } from './suite.ts';

export interface ReplayOptions {
  readonly stdio?: string;
  readonly udp?: string;
  readonly self?: boolean;
  readonly timeout: number;
}

/** Resolves with the exit code of `verify` over this one check. */
export async function replay(file: string, options: ReplayOptions): Promise<number> {
  try {
    const suite = loadSuite();
    const repro = readRepro(file);
    const check = replayCheck(suite.areaOf(repro.steps[0]?.operation ?? '').oracle, repro);
    const target = parseTarget(options.self === true ? { stdio: referenceCommand() } : options);
    const summary = await runChecks(
      [check],
      () => connect(target, { revision: suite.revision, seed: repro.seed, timeoutMs: options.timeout, shapes: suite.shapes }),
      { seed: repro.seed, timeoutMs: options.timeout },
    );
    const failing = summary.reports.filter((r) => r.result.verdict !== 'pass');
    for (const report of failing) process.stdout.write(`\n${formatReport(report, { levelOf: (id) => suite.requirements.get(id)?.level })}`);
    const name = summary.hello === undefined ? 'the adapter' : `${summary.hello.name} ${summary.hello.version}`;
    process.stdout.write(
      failing.length === 0
        ? `PASS: ${name} answers ${String(repro.steps.length)} step(s) of ${repro.check} correctly.\n`
        : `\nFAIL: ${name} still fails ${repro.check}.\n`,
    );
    return exitCode(summary);
  } catch (error) {
    if (!(error instanceof ReproError || error instanceof TargetError || error instanceof UsageFault)) throw error;
    process.stderr.write(`bottlepost: ${error.message}\n`);
    return EXIT.usage;
  }
}
