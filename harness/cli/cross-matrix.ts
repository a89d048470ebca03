/** The matrix of a cross run as text of 80 columns: producers as rows, consumers as columns, then flow by flow. */
import type { CheckReport } from '../../conformance/contract/check.ts';
import { EXIT, type ExitCode } from '../core/exit.ts';
import { counted, labelled, lineWidth, wrap } from '../../conformance/contract/text.ts';
import type { RunSummary } from '../core/runner.ts';
import type { Blame, Side } from '../../conformance/cross/pair-talk.ts';

/** One flow between two, or among three. */
export interface Crossing {
  readonly flow: string;
  readonly producer: string;
  /** Who stands between them, in a flow of three. */
  readonly relay?: string;
  readonly consumer: string;
  readonly report: CheckReport;
  /** Who deviates, or whose adapter broke; absent where all went well. */
  readonly blame?: Blame;
  /** Clause by which a side deviates. */
  readonly clauses: { readonly [side in Side]?: string | undefined };
}

export interface CrossContext {
  /** Ids of failures that baselines know. */
  readonly allowed: ReadonlySet<string>;
  /** `adapter clause` of what is known, with its reason. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly summary: RunSummary;
  readonly exit: ExitCode;
  /** Every flow, and the reasons of what is known; without it, what is not as it should be. */
  readonly full?: boolean;
  /** Who took part. */
  readonly notes?: readonly string[];
  /** What the flows that were asked for need, for a run in which no two can do any. */
  readonly needs?: readonly string[];
}

/** What became of a crossing; the worst of a cell is shown. */
const KINDS = ['ok', 'known', 'P', 'R', 'C', 'PC', '??', 'broken'] as const;
/** How a failure is shown, by who deviates. */
const BLAMED: { readonly [blame in Blame]: Kind } = { producer: 'P', relay: 'R', consumer: 'C', both: 'PC', undecided: '??' };
type Kind = (typeof KINDS)[number];

/** Flows with a line of their own: what is left of a screen of 24 lines. */
const FLOWS_MAX = 6;

/** What a cell means, for the kinds that there are. */
const LEGEND: readonly (readonly [Kind, string])[] = [
  ['P', 'n P: n flows in which the producer deviates'],
  ['R', 'n R: n flows of three in which the one between deviates'],
  ['C', 'n C: n flows in which the consumer deviates'],
  ['PC', 'n PC: n flows in which more than one deviates'],
  ['??', 'n ??: n flows in which it is undecided who deviates'],
  ['known', 'n known: n failures that the baseline of the one that deviates records'],
  ['broken', 'n broken: an adapter crashed, hung or broke the adapter protocol'],
];

const VERDICTS: { readonly [code in ExitCode]: string } = {
  [EXIT.ok]: 'PASS: every implementation got out what every other one put in',
  [EXIT.failed]: 'FAIL: see above for which deviates, where and from which clause',
  [EXIT.usage]: 'USAGE: nothing was run',
  [EXIT.adapter]: 'BROKEN: an adapter did not start or broke the adapter protocol',
  [EXIT.internal]: 'ERROR: a bug in the bench itself; please report it',
  [EXIT.nothing]: 'NOTHING RAN: these adapters have no flow in common',
  [EXIT.incomplete]: 'INCOMPLETE: not everything that was claimed was tried',
  [EXIT.interrupted]: 'INTERRUPTED: ended by SIGINT; the results above are what was tried until then',
  [EXIT.terminated]: 'TERMINATED: ended by SIGTERM; the results above are what was tried until then',
};

function kindOf({ report, blame }: Crossing, allowed: ReadonlySet<string>): Kind | undefined {
  const { verdict } = report.result;
  if (verdict === 'pass') return 'ok';
  if (verdict === 'broken') return allowed.has(report.check.id) ? 'known' : 'broken';
  if (verdict !== 'fail') return undefined;
  if (allowed.has(report.check.id)) return 'known';
  return BLAMED[blame ?? 'undecided'];
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
  const found = new Set(crossings.map((crossing) => kindOf(crossing, allowed)));
  const lines = [
    '',
    ...matrixLines(names, crossings, allowed),
    '',
    ...wrap('n: flows that both can do, all passed   -: no flow that both can do', 0),
    ...ringLines(crossings, allowed),
    ...LEGEND.flatMap(([kind, meaning]) => (found.has(kind) ? wrap(meaning, 0) : [])),
    ...flowLines(crossings, allowed, context.full === true),
  ];
  if (context.full === true && reasons.size > 0)
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
  for (const note of context.notes ?? []) lines.push(...labelled('with', note));
  const needs = exit === EXIT.nothing ? (context.needs ?? []) : [];
  for (const need of needs.slice(0, FLOWS_MAX)) lines.push(...labelled('needs', need));
  if (needs.length > FLOWS_MAX) lines.push(...labelled('', `and so on for ${String(needs.length - FLOWS_MAX)} more flows`));
  lines.push('', ...wrap(VERDICTS[exit], 0));
  return lines.join('\n');
}

/** Flows of three, which have no place in a table of two. */
function ringLines(crossings: readonly Crossing[], allowed: ReadonlySet<string>): string[] {
  const rings = crossings.filter(({ relay }) => relay !== undefined);
  if (rings.length === 0) return [];
  const flows = new Set(rings.map(({ flow }) => flow)).size;
  const passed = rings.filter((ring) => kindOf(ring, allowed) === 'ok').length;
  return ['', ...labelled('of three', `${counted(flows, 'flow')} in ${counted(rings.length, 'ring')}, ${String(passed)} of which passed`)];
}

/** Where the names are too long for the line, columns are numbered as the rows are. */
function matrixLines(names: readonly string[], crossings: readonly Crossing[], allowed: ReadonlySet<string>): string[] {
  const cells = names.map((producer) =>
    names.map((consumer) =>
      cellOf(
        crossings.filter((c) => c.relay === undefined && c.producer === producer && c.consumer === consumer),
        allowed,
      ),
    ),
  );
  const widthsFor = (heads: readonly string[]): number[] =>
    heads.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)) + 2);
  const first = Math.max(12, ...names.map((name) => name.length + 3));
  const numbered = first + widthsFor(names).reduce((sum, width) => sum + width, 0) > lineWidth();
  const heads = numbered ? names.map((_, at) => `(${String(at + 1)})`) : names;
  const widths = widthsFor(heads);
  const labels = names.map((name, at) => (numbered ? `(${String(at + 1)}) ${name}` : name));
  return blocksOf(first, widths).flatMap((columns, block) => {
    const row = (label: string, texts: readonly string[]): string =>
      `${label.padEnd(first)}${columns.map((at) => (texts[at] ?? '').padStart(widths[at] ?? 0)).join('')}`.trimEnd();
    return [...(block === 0 ? [] : ['']), row('from \\ to', heads), '', ...labels.map((label, at) => row(label, cells[at] ?? []))];
  });
}

/** Columns in as few blocks as the line has room for, beside a first column that each repeats. */
function blocksOf(first: number, widths: readonly number[]): number[][] {
  const blocks: number[][] = [[]];
  let used = first;
  for (const [at, width] of widths.entries()) {
    if (used + width > lineWidth() && (blocks.at(-1)?.length ?? 0) > 0) {
      blocks.push([]);
      used = first;
    }
    blocks.at(-1)?.push(at);
    used += width;
  }
  return blocks;
}

/** A line for each flow in which something is not as it should be, or for each that there is. */
function flowLines(crossings: readonly Crossing[], allowed: ReadonlySet<string>, full: boolean): string[] {
  const byFlow = new Map<string, (Kind | undefined)[]>();
  for (const crossing of crossings) byFlow.set(crossing.flow, [...(byFlow.get(crossing.flow) ?? []), kindOf(crossing, allowed)]);
  const shown = [...byFlow].filter(([, kinds]) => full || kinds.some((kind) => kind !== undefined && kind !== 'ok' && kind !== 'known'));
  if (shown.length === 0) return [];
  const first = Math.max(28, ...shown.map(([flow]) => flow.length));
  const row = (label: string, texts: readonly string[]): string =>
    `${label.padEnd(first)}${texts.map((text, at) => text.padStart(Math.max(5, (KINDS[at]?.length ?? 0) + 1))).join('')}`.trimEnd();
  const lines = shown.map(([flow, kinds]) =>
    row(
      flow,
      KINDS.map((kind) => String(kinds.filter((k) => k === kind).length || '.')),
    ),
  );
  const most = full ? lines.length : FLOWS_MAX;
  const more = lines.length > most ? [`... and ${String(lines.length - most)} more flows (--full has all)`] : [];
  return ['', row('flow', KINDS), '', ...lines.slice(0, most), ...more];
}
