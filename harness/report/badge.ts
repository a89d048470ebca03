/** A badge: what `https://img.shields.io/endpoint` reads, for a README that shows how far an implementation got. */
import { printableJson } from '../../conformance/contract/text.ts';
import { EXIT, type ExitCode } from '../core/exit.ts';
import type { RunSummary } from '../core/runner.ts';

/** The object that Shields expects; label and message are plain text. */
interface Badge {
  readonly schemaVersion: 1;
  readonly label: string;
  /** Never empty. */
  readonly message: string;
  readonly color: string;
}

const LABEL = 'bottlepost';
/** Ends that say nothing of the implementation. */
const UNKNOWN: { readonly [exit: number]: string } = {
  [EXIT.adapter]: 'adapter broken',
  [EXIT.internal]: 'bench failed',
  [EXIT.nothing]: 'nothing ran',
  [EXIT.interrupted]: 'incomplete',
  [EXIT.terminated]: 'incomplete',
};

/**
 * Formats the badge: checks that passed, of those that apply. What a baseline knows counts as not passed, what the
 * implementation does not claim does not count. Where the exit code says that nothing is known, the badge says so.
 */
export function formatBadge({ reports }: RunSummary, exit: ExitCode): string {
  const asked = reports.filter(({ result }) => result.verdict !== 'unsupported');
  const passed = asked.filter(({ result }) => result.verdict === 'pass').length;
  const unknown = UNKNOWN[exit];
  const badge: Badge = {
    schemaVersion: 1,
    label: LABEL,
    message: unknown ?? `${String(passed)} / ${String(asked.length)}`,
    color:
      unknown !== undefined
        ? 'lightgrey'
        : exit === EXIT.incomplete
          ? 'yellow'
          : exit !== EXIT.ok
            ? 'red'
            : passed === asked.length
              ? 'brightgreen'
              : 'yellowgreen',
  };
  return `${printableJson(JSON.stringify(badge))}\n`;
}
