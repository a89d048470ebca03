/** One failure as text that stands alone: what the clause says, the request, the answer, and how to reproduce it. */
import type { AnnotatedBytes, CheckReport, Failure } from '../../conformance/contract/check.ts';
import { adapterClause } from '../../conformance/contract/clauses.ts';
import { hexdumps } from './hexdump.ts';
import { stepLines } from './steps.ts';
import { clip, describeOutcome, labelled, shown } from '../../conformance/contract/text.ts';

/** Most characters shown of what an adapter did: a line or two, and the end of its stderr. */
const DETAIL_LENGTH_MAX = 2000;
const EXPLANATION_LENGTH_MAX = 600;
/** Most further findings shown for one check; the JSON report has all of them. */
const OTHERS_MAX = 5;

/** What the formatter cannot know by itself. */
export interface FailureContext {
  /** MUST, SHOULD or MAY of a requirement. */
  readonly levelOf?: (requirement: string) => string | undefined;
  /** The command that runs this check again. */
  readonly runAgain?: (checkId: string) => string;
  /** True if only failures against published clauses count. */
  readonly published?: boolean;
  /** True if every byte is wanted, however many rows of a dump that takes. */
  readonly full?: boolean;
}

/** Formats a check that failed or is broken; lines are joined by line feeds and end with one. */
export function formatReport(report: CheckReport, context: FailureContext = {}): string {
  const { check, result } = report;
  const lines: string[] = [];
  if (result.verdict === 'fail') {
    lines.push(...labelled('FAIL', check.id, 7), ...labelled('', check.title), ...failureLines(result.failure, context));
    lines.push(...restLines(result));
  } else if (result.verdict === 'broken') {
    lines.push(...labelled('BROKEN', `${check.id} (${result.what})`, 9), ...labelled('', check.title));
    lines.push(...labelled('about', check.requirement), ...labelled('detail', clip(result.detail, DETAIL_LENGTH_MAX)));
    if (result.clause !== undefined) lines.push(...labelled('breaks', `${result.clause}: ${adapterClause(result.clause).text}`));
    if (result.failure !== undefined) lines.push(...failureLines(result.failure, context));
    lines.push(...restLines(result));
  } else {
    lines.push(...labelled(result.verdict, check.id, result.verdict.length + 3));
    if (result.verdict !== 'pass') lines.push(...labelled('reason', result.reason));
  }
  if (context.runAgain !== undefined && result.verdict !== 'pass') lines.push('  run again:', `    ${context.runAgain(check.id)}`);
  return `${lines.join('\n')}\n`;
}

/** What else was wrong, and what was seen after a crash or could not be judged. */
function restLines({ others = [], rest }: { readonly others?: readonly Failure[]; readonly rest?: string }): string[] {
  return [
    ...others
      .slice(0, OTHERS_MAX)
      .flatMap(({ requirement, basis, kind, explanation }) =>
        labelled('also', `${requirement} (${basis}, ${kind}): ${clip(explanation, EXPLANATION_LENGTH_MAX)}`),
      ),
    ...(rest === undefined ? [] : labelled('rest', clip(rest, EXPLANATION_LENGTH_MAX))),
  ];
}

function failureLines(failure: Failure, context: FailureContext): string[] {
  const level = context.levelOf?.(failure.requirement);
  const lines = [
    ...labelled('clause', `${failure.requirement}${level === undefined ? '' : ` (${level})`}: ${failure.clause.text}`),
    ...labelled('source', failure.clause.source),
    ...labelled('basis', `${failure.basis}; kind of difference: ${failure.kind}`),
    ...stepLines(failure, context.full === true),
    ...labelled('request', `${failure.operation} ${shown(failure.params)}`),
  ];
  if (failure.shrinks !== undefined && failure.shrinks > 0) lines.push(...labelled('', `(shrunk ${String(failure.shrinks)} times)`));
  lines.push(...labelled('expected', describeOutcome(failure.expected)), ...labelled('got', describeOutcome(failure.got)));
  // What explains the difference mostly names the member as well.
  if (failure.member !== undefined && !failure.explanation.includes(`'${failure.member}'`))
    lines.push(...labelled('differs', `first in ${failure.member === '' ? 'the result itself' : failure.member}`));
  lines.push(...labelled('why', clip(failure.explanation, EXPLANATION_LENGTH_MAX)));
  if (failure.flags !== undefined && failure.flags.length > 0) lines.push(...labelled('known as', failure.flags.join(', ')));
  lines.push(...hexdumps(newBytes(failure), { full: context.full === true }));
  return lines;
}

/** The dumps that say more than the request: an input without fields that the request shows in full does not. */
function newBytes({ bytes = [], params }: Failure): readonly AnnotatedBytes[] {
  const request = shown(params);
  return bytes.filter(({ title, hex, fields }) => !(title.startsWith('input ') && fields.length === 0 && request.includes(`"${hex}"`)));
}
