/**
 * What is asked of an implementation that draws its own entropy, in place of canned bytes: the reference reads what it makes,
 * and makes what it reads. Its own round trip would show nothing, since it may be wrong in the same way twice.
 */
import { allowancesOf } from '../contract/allowances.ts';
import type { Check, CheckContext, CheckResult } from '../contract/check.ts';
import type { Hello, Implementation } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Layout, Operation } from '../spec/types.ts';
import type { Judge } from '../suites/judge.ts';
import { headsOf, type Vector } from '../vectors.ts';
import { resultOfFlow, type Flow } from './flow.ts';
import type { Side } from './pair-talk.ts';

/** Of two; a flow of three has no place for the reference alone. */
type Half = Exclude<Side, 'relay'>;

/** The reference, started once for all checks. */
type Source = () => Promise<Implementation>;

const NAMES: { readonly [side in Half]: { readonly [other in Half]: string } } = {
  producer: { producer: 'implementation', consumer: 'reference' },
  consumer: { producer: 'reference', consumer: 'implementation' },
};

/** The reference deviates: nothing that it reads or makes can be judged. */
export class OpeningError extends Error {
  override readonly name = 'OpeningError';
}

/** Checks of every flow that makes something of entropy, in both directions; asked only of who draws its own. */
export function openingChecks(
  oracle: Oracle,
  judge: Judge,
  flows: readonly Flow[],
  vectors: readonly Vector[],
  reference: Source,
): Check[] {
  // Flows may differ in what they carry; a clause of how it is made is shown by the first of those that make it alike.
  const shown = new Set<string>();
  const isFirst = (flow: Flow, requirement: string): boolean => {
    const key = JSON.stringify([flow.producer, flow.asksWith, requirement]);
    return requirement === flow.requirement || (!shown.has(key) && shown.add(key).has(key));
  };
  const endingIn = new Map<string, Vector[]>();
  for (const vector of vectors) {
    const operation = headsOf(vector).at(-1)?.operation ?? '';
    const known = endingIn.get(operation);
    if (known === undefined) endingIn.set(operation, [vector]);
    else known.push(vector);
  }
  return flows
    .filter(
      (flow) =>
        flow.entropy !== true && flow.relay === undefined && flow.producer.some((name) => 'entropy' in oracle.operation(name).params),
    )
    .flatMap((flow) => [
      ...clausesShown(oracle, flow, endingIn)
        .filter((requirement) => isFirst(flow, requirement))
        .map((requirement) => openingCheck(oracle, judge, flow, 'producer', requirement, reference)),
      openingCheck(oracle, judge, flow, 'consumer', flow.requirement, reference),
    ]);
}

function openingCheck(oracle: Oracle, judge: Judge, flow: Flow, side: Half, requirement: string, reference: Source): Check {
  const isMaker = side === 'producer';
  const names = NAMES[side];
  return {
    id: `opening/${flow.id}/${isMaker ? `read-by-reference/${requirement}` : 'made-by-reference'}`,
    suite: 'cross',
    requirement,
    title: `${flow.title}: ${isMaker ? 'the reference reads what it makes' : 'it reads what the reference makes'}`,
    operations: flow[side],
    ...(flow.asksWith === undefined ? {} : { asksWith: flow.asksWith }),
    isFor: drawsItsOwn,
    run: async (implementation: Implementation, context: CheckContext): Promise<CheckResult> => {
      const { leavesOut } = allowancesOf(implementation.hello);
      const left = Object.entries(flow.asksWith ?? {}).find(([parameter, values]) => values.some((value) => leavesOut(parameter, value)));
      if (left !== undefined)
        return { verdict: 'not-shown', cases: 0, reason: `it uses ${left[0]} ${left[1].join(', ')}, which hello leaves out` };
      const peer = await reference();
      const pair = isMaker ? { producer: implementation, consumer: peer } : { producer: peer, consumer: implementation };
      const result = await flow.run({ ...pair, oracle, judge, secondOpinion: () => Promise.resolve(undefined) }, context);
      if (result.kind === 'failed' && result.failure.kind === 'differs' && result.failure.blame === (isMaker ? 'consumer' : 'producer'))
        throw new OpeningError(`the reference deviates from the spec in ${flow.id}: ${result.failure.symptom.explanation}`);
      return resultOfFlow(result, names);
    },
  };
}

function drawsItsOwn(hello: Hello): boolean {
  return allowancesOf(hello).ownEntropy;
}

/**
 * Clauses that canned vectors show of what a flow makes, and that reading it applies as well: the reference refuses, or reads
 * something else, where one of them is broken.
 */
function clausesShown(oracle: Oracle, flow: Flow, endingIn: ReadonlyMap<string, readonly Vector[]>): string[] {
  const read = new Set(flow.consumer.flatMap((name) => [...clausesOf(oracle, oracle.operation(name))]));
  const makers = flow.producer.filter((name) => 'entropy' in oracle.operation(name).params);
  const canned = makers.flatMap((name) =>
    (endingIn.get(name) ?? []).filter(({ steps }) => {
      const last = steps.at(-1);
      return (
        last !== undefined &&
        'ok' in last.expect &&
        Object.entries(flow.asksWith ?? {}).every(([parameter, values]) => values.includes(String(last.params[parameter])))
      );
    }),
  );
  const shown = canned.map(({ requirement }) => requirement).filter((id) => read.has(id));
  return [...new Set([flow.requirement, ...shown])].sort();
}

/** Clauses that an operation applies: those that its steps, results and layouts name. */
function clausesOf(oracle: Oracle, operation: Operation): Set<string> {
  const ids = new Set(oracle.spec.requirements.map(({ id }) => id));
  const layouts = (operation.model ?? []).flatMap((step) => decoded(step)).map((name): Layout => oracle.wire.layout(name));
  const text = JSON.stringify([operation, layouts]);
  return new Set([...text.matchAll(/[A-Z0-9]{3}-[A-Z0-9]{3}-[0-9]{3}/g)].map(([id]) => id).filter((id) => ids.has(id)));
}

/** The layouts that a step of a model decodes, nested steps included. */
function decoded(step: unknown): string[] {
  if (typeof step !== 'object' || step === null) return [];
  const own = 'decode' in step ? [(step.decode as { readonly layout: string }).layout] : [];
  return [...own, ...Object.values(step).flatMap(decoded)];
}
