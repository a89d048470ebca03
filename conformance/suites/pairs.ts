/**
 * Pairs: the implementation under test and a peer (the reference, through its own adapter) are asked the same. Where
 * they differ, the spec interpreter says who deviates: the implementation fails its clause, and a peer that deviates
 * is a fault of this project, never of the implementation.
 */
import fc from 'fast-check';
import type { Check } from '../contract/check.ts';
import type { Implementation, JsonObject, Outcome } from '../contract/contract.ts';
import { once } from '../oracle/once.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { equalJson } from '../oracle/values.ts';
import type { Operation } from '../spec/types.ts';
import { Arbitraries } from './arbitraries.ts';
import { runCampaign } from './campaign.ts';
import { clauseOf, isKeyed } from './differential.ts';
import { expectedFrom, type Judge } from './judge.ts';
import type { SuiteInput } from './modules.ts';
import { mutatedRequest } from './mutations.ts';

const RUNS = 20;

/** The peer is not what the spec says: nothing that it is compared with can be judged. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
}

/** Gives the peer, started once for all checks. */
export type PeerSource = () => Promise<Implementation>;

/** One check for every operation with a model whose inputs can be drawn. */
export function pairChecks({ oracle, judge, hints, limitMs }: SuiteInput, peer: PeerSource): Check[] {
  const arbitraries = new Arbitraries(oracle, hints);
  return oracle.spec.operations
    .filter((o) => o.model !== undefined && !isKeyed(o))
    .map((operation) => pairCheck(oracle, judge, peer, arbitraries, operation, limitMs));
}

function pairCheck(oracle: Oracle, judge: Judge, peer: PeerSource, arbitraries: Arbitraries, operation: Operation, limitMs: number): Check {
  const name = operation.operation;
  const id = `differential/peer/${name}`;
  const requirement = clauseOf(operation);
  const arbitrary = once((): fc.Arbitrary<JsonObject> => fc.oneof(arbitraries.request(operation), mutatedRequest(arbitraries, operation)));
  return {
    id,
    suite: 'differential',
    requirement,
    title: `${name}: generated inputs against the reference; the spec interpreter decides which one deviates`,
    operations: [name],
    run: async (implementation, context) => {
      const other = await peer();
      return runCampaign(
        {
          id,
          requirement,
          oracle,
          judge,
          arbitrary: arbitrary(),
          runs: RUNS,
          limitMs,
          trial: async (params, talk) => {
            const theirs = await other.call(name, params);
            const ours = await talk.ask(name, params);
            if (same(theirs, ours)) return;
            const judgement = judge.judge({ ...expectedFrom(name, params, oracle.answer(name, params)), anyClass: true }, theirs, []);
            if (judgement !== undefined && 'failure' in judgement)
              throw new PeerError(
                `the reference deviates from the spec: ${name} ${JSON.stringify(params).slice(0, 200)}: ${judgement.failure.explanation}`,
              );
            // The reference is right, so the implementation is not, unless both named one of several faults.
            await talk.agree(name, params, { anyClass: true });
          },
        },
        implementation,
        context,
      );
    },
  };
}

function same(a: Outcome, b: Outcome): boolean {
  if (a.kind === 'ok' && b.kind === 'ok') return equalJson(a.value, b.value);
  return a.kind === 'reject' && b.kind === 'reject' && a.class === b.class;
}
