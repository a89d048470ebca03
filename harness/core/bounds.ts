/**
 * How much of an adapter's answer a verdict keeps. An answer may have 4 MiB, and a run thousands of verdicts, all kept until
 * the end; so each is cut to what a reader can use.
 */
import type { CheckResult, Failure } from '../../conformance/contract/check.ts';
import type { JsonObject, Outcome } from '../../conformance/contract/contract.ts';
import { clip } from '../../conformance/contract/text.ts';

/** Characters of one value as JSON; no value of a vector has more. */
const VALUE_LENGTH_MAX = 200_000;
/** Characters kept of a longer value. */
const KEPT_LENGTH = 4000;
/** Most hex digits of one dump. */
const HEX_LENGTH_MAX = 2 * 16 * 1024;

/** The result, with the adapter's texts and values cut to a bounded length. */
export function boundedResult(result: CheckResult): CheckResult {
  if (result.verdict === 'fail') {
    const { failure, others } = result;
    return { ...result, failure: boundedFailure(failure), ...(others === undefined ? {} : { others: others.map(boundedFailure) }) };
  }
  if (result.verdict !== 'broken') return result;
  return {
    ...result,
    detail: clip(result.detail),
    ...(result.failure === undefined ? {} : { failure: boundedFailure(result.failure) }),
    ...(result.others === undefined ? {} : { others: result.others.map(boundedFailure) }),
  };
}

function boundedFailure(failure: Failure): Failure {
  return {
    ...failure,
    got: boundedOutcome(failure.got),
    explanation: clip(failure.explanation),
    ...(failure.bytes === undefined
      ? {}
      : {
          bytes: failure.bytes.map((bytes) =>
            bytes.hex.length <= HEX_LENGTH_MAX
              ? bytes
              : {
                  ...bytes,
                  title: `${bytes.title}, the first of ${String(bytes.hex.length / 2)}`,
                  hex: bytes.hex.slice(0, HEX_LENGTH_MAX),
                },
          ),
        }),
  };
}

function boundedOutcome(outcome: Outcome): Outcome {
  if (outcome.kind !== 'ok') return outcome;
  const text = JSON.stringify(outcome.value);
  if (text.length <= VALUE_LENGTH_MAX) return outcome;
  const value: JsonObject = { '(cut)': clip(text, KEPT_LENGTH) };
  return { kind: 'ok', value };
}
