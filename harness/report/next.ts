/** What to do next: the last lines of a run after which there is something to do. */
import type { BaselineResult } from '../core/baseline.ts';
import { EXIT, type ExitCode } from '../core/exit.ts';
import type { Cause } from './causes.ts';
import { wrap } from '../../conformance/contract/text.ts';

/** What the next steps depend on. */
export interface NextContext {
  readonly exitCode: ExitCode;
  readonly causes: readonly Cause[];
  readonly baseline?: BaselineResult;
  /** The `smoke` command, which tests the adapter alone. */
  readonly smoke: string;
  readonly hasJson: boolean;
}

/** What to do, and the command that does it, if there is one. */
type NextStep = readonly [text: string, command?: string];

/**
 * `next: what to do:`, and below it the command on a line of its own, so that nobody takes one for the other. Commands are never
 * wrapped, so that they can be copied.
 *
 * @returns nothing if there are no steps
 */
export function nextLines(steps: readonly NextStep[]): string {
  return steps
    .map(([text, command], at) => {
      const said = wrap(command === undefined ? text : `${text}:`, INDENT.length).map((line) => line.slice(INDENT.length));
      const lines = said.map((line, row) => `${at === 0 && row === 0 ? 'next: ' : INDENT}${line}\n`).join('');
      return command === undefined ? lines : `${lines}${INDENT}  ${command}\n`;
    })
    .join('');
}

const INDENT = '      ';

/** What to do next; empty if there is nothing to do. */
export function formatNext({ exitCode, causes, baseline, smoke, hasJson }: NextContext): string {
  const steps: NextStep[] = [];
  const [first] = causes;
  if (exitCode === EXIT.failed && first !== undefined) {
    steps.push(['read more about the first cause', `npx bottlepost explain ${first.requirement}`]);
    if (!hasJson) steps.push(['to write every failure with its cause, add --report json=FILE']);
    if (baseline === undefined) steps.push(['to record all of them as known, add --write-baseline FILE']);
  } else if (exitCode === EXIT.failed) {
    steps.push(['correct the baseline as described above, or record what fails now', 'npx bottlepost baseline update FILE']);
  } else if (exitCode === EXIT.adapter) {
    steps.push(['test the adapter alone', smoke], ['docs/guides/misbehaviour.md says what each kind of BROKEN means']);
  } else if (exitCode === EXIT.incomplete) {
    steps.push(['remove the profile from hello, or show what is named above: less in omits, reasons and limits']);
    steps.push(['to name all of it, add --full']);
  } else if (exitCode === EXIT.nothing) {
    steps.push(['check the operations and profiles in hello, and the options --only and --profile']);
  }
  return nextLines(steps);
}
