/** Differential checks: every operation with a model, on inputs right and wrong, against the spec interpreter's answer. */
import fc from 'fast-check';
import type { Check } from '../contract/check.ts';
import type { Operation } from '../spec/types.ts';
import { Arbitraries } from './arbitraries.ts';
import { campaignCheck } from './campaign-check.ts';
import { agreeOn, type FaultCase } from './fault-checks.ts';
import type { SuiteInput } from './modules.ts';
import { mutatedPair } from './mutations.ts';

const RUNS = 80;

/** One check for every operation that has a model. */
export function differentialChecks(input: SuiteInput): Check[] {
  const arbitraries = new Arbitraries(input.oracle, input.hints);
  return input.oracle.spec.operations
    .filter((operation) => operation.model !== undefined && !isKeyed(operation))
    .map((operation) => differentialCheck(input, arbitraries, operation));
}

function differentialCheck(input: SuiteInput, arbitraries: Arbitraries, operation: Operation): Check {
  const name = operation.operation;
  const arbitrary = (): fc.Arbitrary<FaultCase> =>
    fc.oneof(
      arbitraries.request(operation).map((params) => ({ params })),
      mutatedPair(arbitraries, operation).map(({ request, from }) => ({ params: request, from })),
    );
  return campaignCheck(input, {
    id: `differential/${name}`,
    suite: 'differential',
    requirement: clauseOf(operation),
    title: `${name}: generated inputs against the spec interpreter`,
    operations: [name],
    arbitrary,
    runs: RUNS,
    // A mutated input can break several rules at once; which of them is named first is the implementation's affair.
    trial: (one, talk) => agreeOn(talk, name, one),
  });
}

/** The first clause that an operation's result cites. */
export function clauseOf(operation: Operation): string {
  return Object.values(operation.result)[0]?.req ?? operation.also?.[0] ?? '';
}

/** Operations over keys, whose random inputs would all be refused at the first step; they have suites of their own. */
export function isKeyed(operation: Operation): boolean {
  return Object.values(operation.params).some((param) => param.type === 'bytesMap') || operation.operation.includes('.channelpacket.');
}
