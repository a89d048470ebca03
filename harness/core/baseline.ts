/**
 * Strict baselines: failures of one implementation that are known and allowed until a date. An entry that no longer
 * describes exactly what happens is itself a failure, so that a baseline can neither become outdated nor hide anything new.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse, stringify } from 'yaml';
import type { CheckReport, CheckResult } from '../../conformance/contract/check.ts';
import type { Outcome } from '../../conformance/contract/contract.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import type { RunSummary } from './runner.ts';

/** Failures that are allowed: those of a requirement, narrowed to some checks where `check` is given. */
export interface BaselineEntry {
  readonly requirement: string;
  /** Ids, or globs in which `*` stands for any characters. */
  readonly check?: string | readonly string[];
  /** Why this is allowed, for the reader when it expires. */
  readonly reason: string;
  /** Last day it is allowed, YYYY-MM-DD. */
  readonly expires: string;
  /** What exactly fails, as `fingerprint` computes it. */
  readonly fingerprint: string;
}

/** A baseline file. */
export interface Baseline {
  /** `name` of hello. */
  readonly implementation: string;
  readonly entries: readonly BaselineEntry[];
  /** MUSTs of which nothing is shown; none where absent. */
  readonly notShown?: readonly string[];
}

/** One way in which a run does not match its baseline; the message says what to do. */
export interface BaselineProblem {
  readonly kind: 'implementation' | 'unexpected-pass' | 'unmatched' | 'expired' | 'changed' | 'not-shown' | 'shown';
  readonly requirement?: string;
  readonly message: string;
}

/** A baseline applied to a run. */
export interface BaselineResult {
  /** Ids of failing checks that an entry allows; they do not count as failures. */
  readonly allowed: readonly string[];
  /** MUSTs that the baseline records as not shown. */
  readonly notShown?: readonly string[];
  /** Each of them fails the run. */
  readonly problems: readonly BaselineProblem[];
}

/** Thrown for a baseline file that cannot be used; exit code 2. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError';
}

const FINGERPRINT_LENGTH = 12;
/** Days a proposed entry lasts: long enough to fix, short enough to be reviewed again. */
const PROPOSED_DAYS = 90;
const DAY_MS = 86_400_000;
const REASON_WANTED = 'State why this is allowed and where it is tracked.';

let validator: ValidateFunction | undefined;

/**
 * Reads a baseline file.
 * @throws BaselineError naming what is wrong with it
 */
export function parseBaseline(text: string, file = 'baseline'): Baseline {
  let value: unknown;
  try {
    value = parse(text, { schema: 'core' });
  } catch (error) {
    throw new BaselineError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  validator ??= new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(join(packageRoot(), 'spec', 'adapter', 'baseline.schema.json'), 'utf8')) as object,
  );
  if (!validator(value)) {
    const faults = (validator.errors ?? []).map((error) => {
      const extra = (error.params as { readonly additionalProperty?: string }).additionalProperty;
      return (
        `${error.instancePath === '' ? '/' : error.instancePath} ` +
        `${error.message ?? error.keyword}${extra === undefined ? '' : ` "${extra}"`}`
      );
    });
    throw new BaselineError(`${file}: ${faults.join('; ')}`);
  }
  const baseline = value as Baseline;
  for (const { expires, requirement } of baseline.entries) {
    if (!isDate(expires)) throw new BaselineError(`${file}: ${requirement} expires on ${expires}, which is not a date`);
  }
  return baseline;
}

/** A baseline as the text of its file. */
export function formatBaseline(baseline: Baseline): string {
  return stringify(baseline, { lineWidth: 0 });
}

function isDate(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/**
 * Short hash over what fails and how: check, verdict, violated requirement, kinds expected and got, member. Values
 * and texts are left out, so that a generated input may change, but not the deviation.
 */
export function fingerprint(reports: readonly CheckReport[]): string {
  const lines = reports.map(({ check, result }) => JSON.stringify([check.id, result.verdict, ...deviation(result)])).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, FINGERPRINT_LENGTH);
}

function deviation(result: CheckResult): (string | null)[] {
  const what = result.verdict === 'broken' ? result.what : null;
  const failure = result.verdict === 'fail' || result.verdict === 'broken' ? result.failure : undefined;
  if (failure === undefined) return [what];
  return [what, failure.requirement, ...kindOf(failure.expected), ...kindOf(failure.got), failure.member ?? null];
}

function kindOf(outcome: Outcome): (string | null)[] {
  if (outcome.kind === 'reject') return [outcome.kind, outcome.class];
  return [outcome.kind, outcome.kind === 'misbehaviour' ? outcome.what : null];
}

/** The clause that a report is filed under in a baseline: the violated one, or else the one that the check is about. */
export function blamedRequirement({ check, result }: CheckReport): string {
  return result.verdict === 'fail'
    ? result.failure.requirement
    : result.verdict === 'broken'
      ? (result.failure?.requirement ?? check.requirement)
      : check.requirement;
}

function isFailing({ result }: CheckReport): boolean {
  return result.verdict === 'fail' || result.verdict === 'broken';
}

/** True if the text matches the glob, in which only `*` is special. */
function matchesGlob(glob: string, text: string): boolean {
  return new RegExp(
    `^${glob
      .split('*')
      .map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
      .join('.*')}$`,
    's',
  ).test(text);
}

/**
 * Says during a run whether an entry records a failure, so that it can be counted and not shown. Only at the end is it
 * known whether all of them fail exactly as recorded; `applyBaseline` says so.
 *
 * @param implementation `name` of hello; the baseline of another one records nothing
 */
export function isRecorded(baseline: Baseline, implementation: string | undefined, today: string): (report: CheckReport) => boolean {
  if (implementation !== baseline.implementation) return () => false;
  const entries = baseline.entries.filter(({ expires }) => today <= expires);
  return (report) =>
    isFailing(report) &&
    entries.some(
      ({ requirement, check }) =>
        requirement === blamedRequirement(report) &&
        (check === undefined || [check].flat().some((glob) => matchesGlob(glob, report.check.id))),
    );
}

/**
 * Compares a run with its baseline.
 *
 * @param today YYYY-MM-DD; an entry is allowed up to and including its `expires`
 */
export function applyBaseline(summary: RunSummary, baseline: Baseline, today: string): BaselineResult {
  const allowed = new Set<string>();
  const problems: BaselineProblem[] = [];
  const name = summary.hello?.name;
  if (name !== undefined && name !== baseline.implementation) {
    problems.push({
      kind: 'implementation',
      message:
        `The baseline is for "${baseline.implementation}", but the adapter is "${name}". ` +
        'Use the baseline of this implementation, or write one with --write-baseline FILE.',
    });
    return { allowed: [], problems };
  }
  for (const entry of baseline.entries) {
    const problem = applyEntry(summary, entry, today, allowed);
    if (problem !== undefined) problems.push(problem);
  }
  problems.push(...hiddenProblems(summary, baseline));
  const { notShown } = baseline;
  return { allowed: [...allowed].sort(), ...(notShown === undefined ? {} : { notShown }), problems };
}

/** What is not shown, of claims and of what was asked. */
function hiddenIn({ worth }: RunSummary): string[] {
  return [...new Set([...(worth?.notShown ?? []), ...(worth?.claims ?? []).flatMap(({ notShown }) => notShown)])].sort();
}

/** What is not shown and not recorded, and what is recorded and shown: a list that grows hides something new. */
function hiddenProblems(summary: RunSummary, { notShown = [] }: Baseline): BaselineProblem[] {
  if (summary.worth === undefined) return [];
  const hidden = new Set(hiddenIn(summary));
  const asked = new Set(summary.reports.map(({ check }) => check.requirement));
  const grown = [...hidden].filter((id) => !notShown.includes(id));
  const shown = notShown.filter((id) => !hidden.has(id) && asked.has(id));
  return [
    ...grown.map((requirement): BaselineProblem => ({
      kind: 'not-shown',
      requirement,
      message: `${requirement} is not shown any more. Show it, or add it to \`notShown\` with a reason in a comment.`,
    })),
    ...shown.map((requirement): BaselineProblem => ({
      kind: 'shown',
      requirement,
      message: `The baseline says that ${requirement} is not shown, but it is. Remove it from \`notShown\`.`,
    })),
  ];
}

function applyEntry(summary: RunSummary, entry: BaselineEntry, today: string, allowed: Set<string>): BaselineProblem | undefined {
  const { requirement, expires } = entry;
  const label = entry.check === undefined ? requirement : `${requirement} (${[entry.check].flat().join(', ')})`;
  const narrowed = summary.reports.filter(
    (report) => entry.check === undefined || [entry.check].flat().some((glob) => matchesGlob(glob, report.check.id)),
  );
  // A failing check belongs to the clause that it violates, a passing one to the clause that it is about.
  const covered = narrowed.filter((report) => report.check.requirement === requirement || blamedRequirement(report) === requirement);
  const failing = covered.filter((report) => isFailing(report) && blamedRequirement(report) === requirement);
  if (failing.length === 0) {
    const stated = narrowed.filter(
      (report) => report.result.verdict === 'pass' && (entry.check !== undefined || report.check.requirement === requirement),
    );
    const elsewhere = covered.find(isFailing);
    if (elsewhere !== undefined) {
      return {
        kind: 'changed',
        requirement,
        message:
          `${label}: ${elsewhere.check.id} still fails, but now against ${blamedRequirement(elsewhere)}. ` +
          `Move the entry to that requirement with \`fingerprint: ${fingerprint([elsewhere])}\`, or fix it.`,
      };
    }
    if (stated.length === 0) {
      return {
        kind: 'unmatched',
        requirement,
        message: `The baseline entry for ${label} matches no check that ran. ` + 'Correct its requirement or check, or remove the entry.',
      };
    }
    return {
      kind: 'unexpected-pass',
      requirement,
      message:
        `The baseline allows ${label} to fail, ` +
        `but ${stated.length === 1 ? 'its check passes' : `all ${String(stated.length)} of its checks pass`}. Remove the entry.`,
    };
  }
  const now = fingerprint(failing);
  if (today > expires) {
    return {
      kind: 'expired',
      requirement,
      message:
        `The baseline entry for ${label} expired on ${expires} ("${entry.reason}"). ` +
        `Fix the failing checks (${String(failing.length)}), or extend \`expires\` with a reason.`,
    };
  }
  if (now !== entry.fingerprint) {
    return {
      kind: 'changed',
      requirement,
      message: `${label} fails differently from the baseline: ${String(failing.length)} failing (${failing
        .slice(0, 4)
        .map(({ check }) => check.id)
        .join(
          ', ',
        )}${failing.length > 4 ? ', …' : ''}). If this is as intended, write \`fingerprint: ${now}\` instead of ${entry.fingerprint}.`,
    };
  }
  for (const { check } of failing) allowed.add(check.id);
  return undefined;
}

/**
 * The baseline that would allow exactly what fails in this run, one entry for each violated requirement.
 *
 * @param today YYYY-MM-DD; the entries last 90 days from it
 */
export function proposeBaseline(summary: RunSummary, today: string): Baseline {
  const groups = new Map<string, CheckReport[]>();
  for (const report of summary.reports.filter(isFailing)) {
    const requirement = blamedRequirement(report);
    groups.set(requirement, [...(groups.get(requirement) ?? []), report]);
  }
  const expires = new Date(Date.parse(`${today}T00:00:00Z`) + PROPOSED_DAYS * DAY_MS).toISOString().slice(0, 10);
  return {
    implementation: summary.hello?.name ?? 'unknown',
    entries: [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([requirement, reports]) => ({ requirement, reason: REASON_WANTED, expires, fingerprint: fingerprint(reports) })),
    ...hiddenMember(summary),
  };
}

function hiddenMember(summary: RunSummary): Pick<Baseline, 'notShown'> {
  const notShown = hiddenIn(summary);
  return notShown.length === 0 ? {} : { notShown };
}

/** An updated baseline, and how it differs from the previous one: requirements of entries, in their order. */
export interface BaselineUpdate {
  readonly baseline: Baseline;
  readonly added: readonly string[];
  /** Those that fail differently from what was recorded; reason and date are kept. */
  readonly changed: readonly string[];
  /** Those for which nothing fails any more. */
  readonly removed: readonly string[];
  /** Those that still lack a reason. */
  readonly wanting: readonly string[];
}

/**
 * The baseline that allows exactly what fails in this run. Entries that still cover a failure keep their checks, reason
 * and date, expired or not: only people renew a date. Other failures get entries as `proposeBaseline` makes them.
 */
export function updateBaseline(before: Baseline | undefined, summary: RunSummary, today: string): BaselineUpdate {
  const failing = summary.reports.filter(isFailing);
  const covered = new Set<CheckReport>();
  const old = before?.entries ?? [];
  const stay = old.flatMap((entry): BaselineEntry[] => {
    const own = failing.filter(
      (report) =>
        blamedRequirement(report) === entry.requirement &&
        (entry.check === undefined || [entry.check].flat().some((glob) => matchesGlob(glob, report.check.id))),
    );
    for (const report of own) covered.add(report);
    return own.length === 0 ? [] : [{ ...entry, fingerprint: fingerprint(own) }];
  });
  const left = failing.filter((report) => !covered.has(report));
  const proposed = proposeBaseline({ ...summary, reports: left }, today);
  // Next to an entry for some checks of a clause, an entry for the whole clause would cover those checks as well.
  const narrowed = proposed.entries.map((entry): BaselineEntry => {
    if (!stay.some(({ requirement }) => requirement === entry.requirement)) return entry;
    const check = left.filter((report) => blamedRequirement(report) === entry.requirement).map((report) => report.check.id);
    return { requirement: entry.requirement, check, reason: entry.reason, expires: entry.expires, fingerprint: entry.fingerprint };
  });
  const fresh = { ...proposed, entries: narrowed };
  const entries = [...stay, ...fresh.entries].sort((a, b) => (a.requirement < b.requirement ? -1 : a.requirement > b.requirement ? 1 : 0));
  const same = (a: BaselineEntry, b: BaselineEntry): boolean =>
    a.requirement === b.requirement && JSON.stringify(a.check) === JSON.stringify(b.check);
  const ids = (list: readonly BaselineEntry[]): string[] => list.map(({ requirement }) => requirement);
  return {
    baseline: { implementation: fresh.implementation, entries, ...hiddenMember(summary) },
    added: ids(fresh.entries),
    changed: ids(stay.filter((entry) => !old.some((other) => same(entry, other) && other.fingerprint === entry.fingerprint))),
    removed: ids(old.filter((entry) => !stay.some((other) => same(entry, other)))),
    wanting: ids(entries.filter(({ reason }) => reason === REASON_WANTED)),
  };
}
