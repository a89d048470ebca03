/** `bottlepost replay FILE`: runs a saved failure again, without the suite that found it. */
import { connect, parseTarget, TargetError } from '../core/connection.ts';
import type { JsonObject } from '../../conformance/contract/contract.ts';
import { Linter } from '../core/lint.ts';
import { EXIT, exitCode } from '../core/exit.ts';
import { formatReport } from '../report/failure.ts';
import { runChecks } from '../core/runner.ts';
import { readRepro, replayCheck, ReproError, type Repro } from '../../conformance/suites/repro.ts';
import { loadSuite, referenceCommand, UsageFault } from './suite.ts';
import { counted } from '../../conformance/contract/text.ts';
import { readNamed } from './files.ts';
import { complain, say } from './output.ts';

export interface ReplayOptions {
  readonly stdio?: string;
  readonly udp?: string;
  readonly self?: boolean;
  readonly timeout: number;
}

/** The params that do not depend on earlier replies: "$name" stands for a value of any type. */
function own(params: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => !JSON.stringify(value).includes('"$')));
}

/** A request that the bench would refuse to send is here a mistake in the file. @throws ReproError naming the step */
function requireRequests(linter: Linter, { steps }: Repro, file: string): void {
  for (const [at, { operation, params }] of steps.entries()) {
    try {
      linter.request({ id: at + 1, op: operation, params: own(params) });
    } catch (error) {
      throw new ReproError(`${file}: step ${String(at + 1)} is not a request: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** Resolves with the exit code of `verify` on this one check. */
export async function replay(file: string, options: ReplayOptions): Promise<number> {
  try {
    readNamed('replay', file); // says what is missing, and what may have been meant
    const repro = readRepro(file);
    const suite = loadSuite();
    for (const { operation } of repro.steps) suite.areaOf(operation);
    requireRequests(new Linter(suite.shapes), repro, file);
    const check = replayCheck(suite.areaOf(repro.steps[0]?.operation ?? '').oracle, repro);
    const target = parseTarget(options.self === true ? { stdio: referenceCommand() } : options);
    const summary = await runChecks(
      [check],
      () => connect(target, { revision: suite.revision, seed: repro.seed, timeoutMs: options.timeout, shapes: suite.shapes }),
      { seed: repro.seed, timeoutMs: options.timeout },
    );
    const failing = summary.reports.filter((r) => r.result.verdict !== 'pass');
    for (const report of failing) say(`\n${formatReport(report, { levelOf: (id) => suite.requirements.get(id)?.level, full: true })}`);
    const name = summary.hello === undefined ? 'the adapter' : `${summary.hello.name} ${summary.hello.version}`;
    say(
      failing.length === 0
        ? `PASS: ${name} answers ${counted(repro.steps.length, 'step')} of ${repro.check} correctly.\n`
        : `\nFAIL: ${name} still fails ${repro.check}.\n`,
    );
    return exitCode(summary);
  } catch (error) {
    if (!(error instanceof ReproError || error instanceof TargetError || error instanceof UsageFault)) throw error;
    complain(`bottlepost: ${error.message}\n`);
    return EXIT.usage;
  }
}
