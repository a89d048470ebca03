/** Differential checks: every operation with a model, on inputs right and wrong, against the spec interpreter's answer. */
import fc from 'fast-check';
import type { Check } from '../contract/check.ts';
import type { JsonObject } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Operation } from '../spec/types.ts';
import { Arbitraries } from './arbitraries.ts';
import { runCampaign } from './campaign.ts';
import type { Judge } from './judge.ts';
import type { SuiteInput } from './modules.ts';
import { mutatedRequest } from './mutations.ts';

const RUNS = 80;

/** One check for every operation that has a model. */
export function differentialChecks({ oracle, judge, hints, limitMs }: SuiteInput): Check[] {
  const arbitraries = new Arbitraries(oracle, hints);
  return oracle.spec.operations
    .filter((operation) => operation.model !== undefined && !isKeyed(operation))
    .map((operation) => differentialCheck(oracle, judge, arbitraries, operation, limitMs));
}

function differentialCheck(oracle: Oracle, judge: Judge, arbitraries: Arbitraries, operation: Operation, limitMs: number): Check {
  const name = operation.operation;
  const id = `differential/${name}`;
  const requirement = clauseOf(operation);
  interface Case {
    readonly params: JsonObject;
    readonly mutated: boolean;
  }
  const arbitrary: fc.Arbitrary<Case> = fc.oneof(
    arbitraries.request(operation).map((params) => ({ params, mutated: false })),
    mutatedRequest(arbitraries, operation).map((params) => ({ params, mutated: true })),
  );
  return {
    id,
    suite: 'differential',
    requirement,
    title: `${name}: generated inputs against the spec interpreter`,
    operations: [name],
    run: (implementation, context) =>
      runCampaign(
        {
          id,
          requirement,
          oracle,
          judge,
          arbitrary,
          runs: RUNS,
          limitMs,
          // A mutated input can break several rules at once; which of them is named first is the implementation's affair.
          trial: ({ params, mutated }, talk) => talk.agree(name, params, { anyClass: mutated }),
        },
        implementation,
        context,
      ),
  };
}

/** The first clause that an operation's result cites. */
export function clauseOf(operation: Operation): string {
  return Object.values(operation.result)[0]?.req ?? operation.also?.[0] ?? '';
}

/** Operations over keys, whose random inputs would all be refused at the first step; they have suites of their own. */
export function isKeyed(operation: Operation): boolean {
  return Object.values(operation.params).some((param) => param.type === 'bytesMap') || operation.operation.includes('.channelpacket.');
}
