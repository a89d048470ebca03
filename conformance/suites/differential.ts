/** Differential checks: every operation with a model, on inputs right and wrong, against the spec interpreter's answer. */
import fc from 'fast-check';
import type { Check } from '../contract/check.ts';
import type { JsonObject } from '../contract/contract.ts';
import type { Operation } from '../spec/types.ts';
import { Arbitraries } from './arbitraries.ts';
import { campaignCheck } from './campaign-check.ts';
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
  interface Case {
    readonly params: JsonObject;
    /** What a mutated request was made from. */
    readonly from?: JsonObject;
  }
  const arbitrary: fc.Arbitrary<Case> = fc.oneof(
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
    trial: async ({ params, from }, talk) => {
      if (from === undefined) return talk.agree(name, params);
      const bad = (): Promise<void> => talk.agree(name, params, { anyClass: true });
      // Who gives no reasons is asked for the twin as well: before or after, so that the order does not tell.
      if (!talk.isUnreasoned(name)) return bad();
      const twin = (): Promise<void> => talk.agree(name, from);
      const [one, other] = JSON.stringify(params).length % 2 === 0 ? [twin, bad] : [bad, twin];
      await one();
      await other();
    },
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
