/** JUnit XML as GitLab and Jenkins read it. */
import type { BaselineResult } from '../core/baseline.ts';
import type { CheckReport } from '../../conformance/contract/check.ts';
import { isDecided } from '../core/decided.ts';
import { missingOf } from '../core/claims.ts';
import type { RunSummary } from '../core/runner.ts';
import { type FailureContext, formatReport } from './failure.ts';
import { oneLine, printable } from '../../conformance/contract/text.ts';

/** A test case before it is formatted. */
interface Case {
  readonly classname: string;
  readonly name: string;
  readonly timeMs: number;
  readonly child:
    { readonly tag: 'failure' | 'error' | 'skipped'; readonly type: string; readonly message: string; readonly text: string } | undefined;
}

/** Longest text of one case; CI systems drop reports that are too large. */
const TEXT_LENGTH_MAX = 20_000;
const MESSAGE_LENGTH_MAX = 300;
/** Text of all cases together: GitLab takes no file of more than 30 MB. */
const TEXTS_LENGTH_MAX = 15_000_000;

/**
 * Formats a run as JUnit XML. Failures of the implementation are `failure`, a broken adapter and a bug in the
 * bench are `error`; checks that did not run, or that a baseline allows to fail, are `skipped`; each problem with a
 * baseline is a `failure`.
 */
export function formatJunit(summary: RunSummary, context: FailureContext = {}, baseline?: BaselineResult): string {
  const allowed = new Set(baseline?.allowed);
  const suites = new Map<string, Case[]>();
  const put = (suite: string, item: Case): void => {
    const cases = suites.get(suite);
    if (cases === undefined) suites.set(suite, [item]);
    else cases.push(item);
  };
  for (const report of summary.reports) put(report.check.suite, caseOf(report, context, allowed.has(report.check.id)));
  for (const id of summary.notRun)
    put('not run', {
      classname: 'bottlepost.not-run',
      name: id,
      timeMs: 0,
      child: { tag: 'skipped', type: 'not-run', message: 'the run was stopped before this check', text: '' },
    });
  for (const { kind, requirement, message } of baseline?.problems ?? []) {
    put('baseline', {
      classname: 'bottlepost.baseline',
      name: `${kind} ${requirement ?? ''}`.trim(),
      timeMs: 0,
      child: { tag: 'failure', type: kind, message, text: message },
    });
  }
  for (const { profile, id, message } of missingOf(summary, baseline))
    put('claims', {
      classname: `bottlepost.claims.${profile}`,
      name: id,
      timeMs: 0,
      child: { tag: 'failure', type: 'not-shown', message, text: message },
    });
  for (const { check, message } of summary.internalErrors) {
    put('bench', {
      classname: 'bottlepost.bench',
      name: check,
      timeMs: 0,
      child: { tag: 'error', type: 'internal', message: 'a bug in the bench: the check threw', text: message },
    });
  }
  const all = [...suites.values()].flat();
  const { hello } = summary;
  const tested = hello === undefined ? 'an adapter that did not start' : `${hello.name} ${hello.version}`;
  let room = TEXTS_LENGTH_MAX;
  const within = (item: Case): Case => {
    room -= Math.min(item.child?.text.length ?? 0, TEXT_LENGTH_MAX);
    return item.child === undefined || room >= 0 ? item : { ...item, child: { ...item.child, text: '' } };
  };
  // Jenkins' schema does not allow `skipped` on `testsuites`.
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escape(`bottlepost: ${tested}`)}" ${counts(all, summary.elapsedMs, false)}>`,
  ];
  for (const [name, cases] of suites) {
    const timeMs = cases.reduce((sum, item) => sum + item.timeMs, 0);
    lines.push(`  <testsuite name="${escape(`bottlepost ${name}`)}" ${counts(cases, timeMs, true)}>`);
    lines.push(`    <properties><property name="implementation" value="${escape(tested)}"/></properties>`);
    lines.push(...cases.map((item) => format(within(item))), '  </testsuite>');
  }
  return `${lines.join('\n')}\n</testsuites>\n`;
}

function caseOf(report: CheckReport, context: FailureContext, allowed: boolean): Case {
  const { check, result, elapsedMs } = report;
  const base = { classname: `bottlepost.${check.suite}.${check.requirement}`, name: check.id, timeMs: elapsedMs };
  switch (result.verdict) {
    case 'pass':
      return { ...base, child: undefined };
    case 'unsupported':
    case 'unreachable':
    case 'not-shown':
      return { ...base, child: { tag: 'skipped', type: result.verdict, message: `${result.verdict}: ${result.reason}`, text: '' } };
    case 'fail': {
      const { requirement, basis, kind, explanation } = result.failure;
      const message = `${requirement} (${basis}, ${kind}): ${explanation}`;
      if (context.published === true && isDecided(result))
        return { ...base, child: { tag: 'skipped', type: 'decided', message: `decided, not published: ${message}`, text: '' } };
      if (allowed)
        return { ...base, child: { tag: 'skipped', type: 'baseline', message: `allowed by the baseline: ${message}`, text: '' } };
      return { ...base, child: { tag: 'failure', type: result.failure.requirement, message, text: formatReport(report, context) } };
    }
    case 'broken': {
      const message = `${result.what}: ${result.detail}`;
      if (allowed)
        return { ...base, child: { tag: 'skipped', type: 'baseline', message: `allowed by the baseline: ${message}`, text: '' } };
      return { ...base, child: { tag: 'error', type: result.what, message, text: formatReport(report, context) } };
    }
  }
}

function counts(cases: readonly Case[], timeMs: number, withSkipped: boolean): string {
  const count = (tag: string): number => cases.filter(({ child }) => child?.tag === tag).length;
  return (
    `tests="${String(cases.length)}" failures="${String(count('failure'))}" ` +
    `errors="${String(count('error'))}" ${withSkipped ? `skipped="${String(count('skipped'))}" ` : ''}time="${seconds(timeMs)}"`
  );
}

function format({ classname, name, timeMs, child }: Case): string {
  const open = `    <testcase classname="${escape(classname)}" name="${escape(name)}" time="${seconds(timeMs)}"`;
  if (child === undefined) return `${open}/>`;
  const message = escape(oneLine(child.message, MESSAGE_LENGTH_MAX));
  // Jenkins shows the attribute, GitLab the content.
  if (child.tag === 'skipped') return `${open}><skipped message="${message}">${message}</skipped></testcase>`;
  const text =
    child.text.length <= TEXT_LENGTH_MAX
      ? child.text || `${oneLine(child.message, MESSAGE_LENGTH_MAX)}\nThe JSON report has more.\n`
      : `${child.text.slice(0, TEXT_LENGTH_MAX)}\n… truncated; the JSON report has all of it\n`;
  return `${open}>\n      <${child.tag} type="${escape(child.type)}" message="${message}">${escape(text)}</${child.tag}>\n    </testcase>`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text of an element or attribute: unprintable characters are shown escaped, and others that XML 1.0 forbids are left out. */
function escape(text: string): string {
  let result = '';
  for (const character of printable(text)) {
    const code = character.codePointAt(0) ?? 0;
    const allowed =
      code === 0x09 || code === 0x0a || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000;
    if (allowed) result += ENTITIES[character] ?? character;
  }
  return result;
}
