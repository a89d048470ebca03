/**
 * Failures by their cause: the clause that was violated and the kind of difference. One mistake may fail a hundred
 * checks; it is reported once, with the first of them in full and the others by name.
 */
import { blamedRequirement } from '../core/baseline.ts';
import type { CheckReport, Failure } from '../../conformance/contract/check.ts';
import type { Json } from '../../conformance/contract/contract.ts';
import { labelled, oneLine, lineWidth } from '../../conformance/contract/text.ts';

/** Failures that differ from the spec in the same way. */
export interface Cause {
  /** The clause that was violated. */
  readonly requirement: string;
  /** What kind of difference it is, in a few words. */
  readonly difference: string;
  /** In the order of the checks; the first stands for all. */
  readonly reports: readonly CheckReport[];
}

/** Most causes that are listed one per line, after those shown with an example. */
const LINES_MAX = 8;
/** Most ids named after the first example; the JSON report has all of them. */
const NAMED_MAX = 6;

/** Groups failing reports by cause, in the order in which each cause first appears. */
export function causesOf(reports: readonly CheckReport[]): Cause[] {
  const causes = new Map<string, Cause & { readonly reports: CheckReport[] }>();
  for (const report of reports) {
    const { requirement, difference } = causeOf(report);
    const key = `${requirement} ${difference}`;
    const cause = causes.get(key);
    if (cause === undefined) causes.set(key, { requirement, difference, reports: [report] });
    else cause.reports.push(report);
  }
  return [...causes.values()];
}

/** The cause of one failing report. */
export function causeOf(report: CheckReport): Pick<Cause, 'requirement' | 'difference'> {
  const { result } = report;
  if (result.verdict === 'broken') return { requirement: result.clause ?? blamedRequirement(report), difference: result.what };
  return {
    requirement: blamedRequirement(report),
    difference: result.verdict === 'fail' ? differenceOf(result.failure) : result.verdict,
  };
}

function differenceOf({ expected, got, member }: Failure): string {
  if (got.kind === 'misbehaviour') return got.what;
  if (got.kind === 'unsupported') return 'not implemented';
  if (got.kind === 'fault') return 'fault';
  if (expected.kind === 'reject') return got.kind === 'reject' ? 'wrong class' : 'accepted';
  if (got.kind === 'reject') return 'refused';
  if (member === undefined || expected.kind !== 'ok' || got.kind !== 'ok') return 'wrong';
  const [wanted, given] = [at(expected.value, member), at(got.value, member)];
  const how = given === undefined ? 'missing' : wanted === undefined ? 'extra' : 'wrong';
  return `member ${member === '' ? 'result' : member.replace(/(^|\/)\d+(?=\/|$)/g, '$1*')} ${how}`;
}

/** The value at a JSON pointer without its leading slash; undefined if there is none. */
function at(value: Json, pointer: string): Json | undefined {
  let here: Json | undefined = value;
  for (const part of pointer === '' ? [] : pointer.split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as { readonly [name: string]: Json })[name];
  }
  return here;
}

/** `+18 like it: …`, the line below the first example; empty if there is no other. */
export function othersLine({ difference, reports }: Cause): string {
  const others = reports.slice(1).map(({ check }) => check.id);
  if (others.length === 0) return '';
  const more = others.length > NAMED_MAX ? ` and ${String(others.length - NAMED_MAX)} more` : '';
  const named = others.slice(0, NAMED_MAX).join(', ');
  return `${labelled(`+${String(others.length)}`, `like it (${difference}): ${named}${more}`).join('\n')}\n`;
}

/** One line per cause, with the number of checks that fail because of it. */
export function formatCauses(causes: readonly Cause[]): string {
  const lines = causes
    .slice(0, LINES_MAX)
    .map(({ requirement, difference, reports }) =>
      oneLine(`${requirement} ${difference}: ${String(reports.length)}, ${reports[0]?.check.id ?? ''}`, lineWidth() - 2),
    );
  if (causes.length > LINES_MAX) lines.push(`and ${String(causes.length - LINES_MAX)} more; --report json=FILE has them all`);
  return lines.map((line) => `  ${line}\n`).join('');
}
