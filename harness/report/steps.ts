/** The steps of a session that failed, abbreviated and in order, to show what led to the wrong answer. */
import type { Failure } from '../../conformance/contract/check.ts';
import type { Json, JsonObject, Outcome } from '../../conformance/contract/contract.ts';
import { counted, describeOutcome, lineWidth, oneLine, shown, wrap } from '../../conformance/contract/text.ts';

/** Most steps shown; in a longer session, steps after the first are left out, because the last ones explain more. */
const SHOWN_MAX = 40;
/** Most characters of one value, and of all the parameters of one step. */
const VALUE_LENGTH_MAX = 16;
const PARAMS_LENGTH_MAX = 36;
const INDENT = 11;
/** Columns by which a step goes further in where it takes several lines. */
const CONTINUED = 2;

/** The index of the step whose answer was wrong, which is the last one; undefined if there are no steps. */
export function failedStep({ steps }: Failure): number | undefined {
  return steps.length === 0 ? undefined : steps.length - 1;
}

/**
 * One line per step, and three for the failing one, which `>` marks; none if there is only one step.
 * @param full true if nothing is to be left out: values are shown as in a request, over as many lines as that takes
 */
export function stepLines(failure: Failure, full = false): string[] {
  const { steps, got } = failure;
  const failed = failedStep(failure);
  if (failed === undefined || failed === 0) return [];
  const hidden = full ? 0 : Math.max(0, steps.length - SHOWN_MAX);
  const digits = String(steps.length).length;
  const answer = full ? describeOutcome : short;
  const lines = steps.flatMap((step, index) => {
    if (index >= 1 && index <= hidden) return index === 1 ? [`... ${counted(hidden, 'step')}`] : [];
    const params = full ? shown(step.params) : oneLine(shortObject(step.params), PARAMS_LENGTH_MAX);
    const request = `${index === failed ? '>' : ' '} ${String(index + 1).padStart(digits)} ${step.operation} ${params}`;
    if (index !== failed) return [`${request} -> ${answer(step.expected)}`];
    return [request, `${' '.repeat(digits + 3)}expected ${answer(step.expected)}`, `${' '.repeat(digits + 3)}got ${answer(got)}`];
  });
  return lines.flatMap((line, at) => {
    const indent = (at === 0 ? '  steps' : '').padEnd(INDENT);
    const margin = line.length - line.trimStart().length;
    const text = line.trimStart();
    if (!full) return [`${indent}${' '.repeat(margin)}${oneLine(text, lineWidth() - INDENT - margin)}`];
    const [first = '', ...rest] = wrap(text, INDENT + margin, lineWidth() - CONTINUED);
    return [`${indent}${' '.repeat(margin)}${first.trimStart()}`, ...rest.map((more) => `${' '.repeat(CONTINUED)}${more}`)];
  });
}

function short(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'ok':
      return `ok ${shortObject(outcome.value)}`.trimEnd();
    case 'reject':
      return `reject ${outcome.class}`;
    case 'misbehaviour':
      return outcome.what;
    default:
      return outcome.kind;
  }
}

function shortObject(value: JsonObject): string {
  return Object.entries(value)
    .map(([name, member]) => `${name}=${shortValue(member)}`)
    .join(' ');
}

function shortValue(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return text.length <= VALUE_LENGTH_MAX ? text : `${text.slice(0, VALUE_LENGTH_MAX - 1)}…`;
}
