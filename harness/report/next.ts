/** What to do next: the last lines of a run after which there is something to do. */
import type { BaselineResult } from '../core/baseline.ts';
import { EXIT, type ExitCode } from '../core/exit.ts';
import type { Cause } from './causes.ts';

/** What the next steps depend on. */
export interface NextContext {
  readonly exitCode: ExitCode;
  readonly causes: readonly Cause[];
  readonly baseline?: BaselineResult;
  /** The `smoke` command, which tests the adapter alone. */
  readonly smoke: string;
  readonly hasJson: boolean;
}

/** Lines that begin with `next:`; empty if there is nothing to do. Commands are never wrapped, so that they can be copied. */
export function formatNext({ exitCode, causes, baseline, smoke, hasJson }: NextContext): string {
  const steps: string[] = [];
  const [first] = causes;
  if (exitCode === EXIT.failed && first !== undefined) {
    steps.push(`npx bottlepost explain ${first.requirement} says more about the first cause`);
    if (!hasJson) steps.push('--report json=FILE writes every failure, with its cause');
    if (baseline === undefined) steps.push('--write-baseline FILE records all of them as known');
  } else if (exitCode === EXIT.failed) {
    steps.push("correct the baseline as described above, or run 'npx bottlepost baseline update FILE'");
  } else if (exitCode === EXIT.adapter) {
    steps.push(smoke, 'docs/guides/misbehaviour.md says what each kind of BROKEN means');
  } else if (exitCode === EXIT.incomplete) {
    steps.push('remove the profile from hello, or show what is named above: less in omits, reasons and limits');
    steps.push('--full names all of it');
  } else if (exitCode === EXIT.nothing) {
    steps.push('check the operations and profiles in hello, and the options --only and --profile');
  }
  return steps.map((step, at) => `${at === 0 ? 'next: ' : '      '}${step}\n`).join('');
}
