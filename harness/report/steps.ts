/** The steps of a session that failed, abbreviated and in order, to show what led to the wrong answer. */
import type { Failure } from '../../conformance/contract/check.ts';
import type { Json, JsonObject, Outcome } from '../../conformance/contract/contract.ts';
import { counted, oneLine, lineWidth } from '../../conformance/contract/text.ts';

/** Most steps shown; in a longer session, steps after the first are left out, because the last ones explain more. */
const SHOWN_MAX = 40;
/** Most characters of one value, and of all the parameters of one step. */
const VALUE_LENGTH_MAX = 16;
const PARAMS_LENGTH_MAX = 36;
const INDENT = 11;

/** The index of the step whose answer was wrong, which is the last one; undefined if there are no steps. */
export function failedStep({ steps }: Failure): number | undefined {
  return steps.length === 0 ? undefined : steps.length - 1;
}

/** One line per step, and three for the failing one, which `>` marks; none if there is only one step. */
export function stepLines(failure: Failure): string[] {
  const { steps, got } = failure;
  const failed = failedStep(failure);
  if (failed === undefined || failed === 0) return [];
  const hidden = Math.max(0, steps.length - SHOWN_MAX);
  const digits = String(steps.length).length;
  const lines = steps.flatMap((step, index) => {
    if (index >= 1 && index <= hidden) return index === 1 ? [`... ${counted(hidden, 'step')}`] : [];
    const params = oneLine(shortObject(step.params), PARAMS_LENGTH_MAX);
    const request = `${index === failed ? '>' : ' '} ${String(index + 1).padStart(digits)} ${step.operation} ${params}`;
    if (index !== failed) return [`${request} -> ${short(step.expected)}`];
    return [request, `${' '.repeat(digits + 3)}expected ${short(step.expected)}`, `${' '.repeat(digits + 3)}got ${short(got)}`];
  });
  return lines.map((line, at) => {
    const indent = (at === 0 ? '  steps' : '').padEnd(INDENT);
    const margin = line.length - line.trimStart().length;
    return `${indent}${' '.repeat(margin)}${oneLine(line, lineWidth() - INDENT - margin)}`;
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
