/** The matrix of a cross run as text of 80 columns: producers as rows, consumers as columns, then flow by flow. */
import type { CheckReport } from '../../conformance/contract/check.ts';
import { EXIT, type ExitCode } from '../core/exit.ts';
import { labelled, WIDTH } from '../../conformance/contract/text.ts';
import type { RunSummary } from '../core/runner.ts';
import type { Blame } from '../../conformance/cross/pair-talk.ts';

/** One flow between two. */
export interface Crossing {
  readonly flow: string;
  readonly producer: string;
  readonly consumer: string;
  readonly report: CheckReport;
  /** Who deviates, or whose adapter broke; absent where all went well. */
  readonly blame?: Blame;
  /** Clause by which a side deviates. */
  readonly clauses: { readonly producer?: string | undefined; readonly consumer?: string | undefined };
}

export interface CrossContext {
  /** Ids of failures that baselines know. */
  readonly allowed: ReadonlySet<string>;
  /** `adapter clause` of what is known, with its reason. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly summary: RunSummary;
  readonly exit: ExitCode;
}

/** What became of a crossing; the worst of a cell is shown. */
const KINDS = ['ok', 'known', 'P', 'C', 'PC', '??', 'broken'] as const;
type Kind = (typeof KINDS)[number];

const LEGEND = [
  'n: flows that both can do, all passed   -: no flow that both can do',
  'n P: n flows in which the producer deviates   C: the consumer   PC: both',
  'n ??: undecided   n known: recorded in the baseline of the one that deviates',
  'n broken: an adapter crashed, hung or broke the adapter protocol',
];

const VERDICTS: { readonly [code in ExitCode]: string } = {
  [EXIT.ok]: 'PASS: every implementation got out what every other one put in',
  [EXIT.failed]: 'FAIL: see above for which deviates, where and from which clause',
  [EXIT.usage]: 'USAGE: nothing was run',
  [EXIT.adapter]: 'BROKEN: an adapter did not start or broke the adapter protocol',
  [EXIT.internal]: 'ERROR: a bug in the bench itself; please report it',
  [EXIT.nothing]: 'NOTHING RAN: these adapters have no flow in common',
  [EXIT.interrupted]: 'INTERRUPTED: ended by SIGINT; the results above are what was tried until then',
  [EXIT.terminated]: 'TERMINATED: ended by SIGTERM; the results above are what was tried until then',
};

function kindOf({ report, blame }: Crossing, allowed: ReadonlySet<string>): Kind | undefined {
  const { verdict } = report.result;
  if (verdict === 'pass') return 'ok';
  if (verdict === 'broken') return allowed.has(report.check.id) ? 'known' : 'broken';
  if (verdict !== 'fail') return undefined;
  if (allowed.has(report.check.id)) return 'known';
  return blame === 'producer' ? 'P' : blame === 'consumer' ? 'C' : blame === 'both' ? 'PC' : '??';
}

function cellOf(crossings: readonly Crossing[], allowed: ReadonlySet<string>): string {
  const counts = new Map<Kind, number>();
  for (const crossing of crossings) {
    const kind = kindOf(crossing, allowed);
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const worst = [...KINDS].reverse().find((kind) => counts.has(kind));
  if (worst === undefined) return '-';
  return worst === 'ok' ? String(counts.get(worst)) : `${String(counts.get(worst))} ${worst}`;
}

/** Formats the run; lines are joined by line feeds. */
export function formatCross(names: readonly string[], crossings: readonly Crossing[], context: CrossContext): string {
  const { allowed, reasons, summary, exit } = context;
  const lines = ['', ...matrixLines(names, crossings, allowed), '', ...LEGEND, '', ...flowLines(crossings, allowed)];
  if (reasons.size > 0)
    lines.push(
      '',
      'Known, recorded in the baseline of the named adapter:',
      ...[...reasons].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([key, reason]) => labelled(key, reason, 23)),
    );
  const cases = summary.reports.reduce((sum, { result }) => sum + result.cases, 0);
  const failed = crossings.filter((c) => !['ok', 'known', undefined].includes(kindOf(c, allowed))).length;
  lines.push(
    '',
    ...labelled(
      'total',
      `${String(crossings.length)} crossings with ${String(cases)} cases in ${(summary.elapsedMs / 1000).toFixed(1)} s, ` +
        `${String(failed)} of them failed, ${String(allowed.size)} known; seed ${summary.seed}`,
    ),
  );
  for (const note of summary.notes) lines.push(...labelled('with', note));
  lines.push('', VERDICTS[exit]);
  return lines.join('\n');
}

/** Where the names are too long for the line, columns are numbered as the rows are. */
function matrixLines(names: readonly string[], crossings: readonly Crossing[], allowed: ReadonlySet<string>): string[] {
  const cells = names.map((producer) =>
    names.map((consumer) =>
      cellOf(
        crossings.filter((c) => c.producer === producer && c.consumer === consumer),
        allowed,
      ),
    ),
  );
  const widthsFor = (heads: readonly string[]): number[] =>
    heads.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)) + 2);
  const first = Math.max(12, ...names.map((name) => name.length + 3));
  const numbered = first + widthsFor(names).reduce((sum, width) => sum + width, 0) > WIDTH;
  const heads = numbered ? names.map((_, at) => `(${String(at + 1)})`) : names;
  const widths = widthsFor(heads);
  const row = (label: string, texts: readonly string[]): string =>
    `${label.padEnd(first)}${texts.map((text, at) => text.padStart(widths[at] ?? 0)).join('')}`.trimEnd();
  return [row('from \\ to', heads), '', ...names.map((name, at) => row(numbered ? `(${String(at + 1)}) ${name}` : name, cells[at] ?? []))];
}

function flowLines(crossings: readonly Crossing[], allowed: ReadonlySet<string>): string[] {
  const flows = [...new Set(crossings.map((c) => c.flow))];
  const first = Math.max(28, ...flows.map((flow) => flow.length));
  const row = (label: string, texts: readonly string[]): string =>
    `${label.padEnd(first)}${texts.map((text) => text.padStart(7)).join('')}`.trimEnd();
  return [
    row('flow', KINDS),
    '',
    ...flows.map((flow) => {
      const kinds = crossings.filter((c) => c.flow === flow).map((c) => kindOf(c, allowed));
      return row(
        flow,
        KINDS.map((kind) => String(kinds.filter((k) => k === kind).length || '.')),
      );
    }),
  ];
}
