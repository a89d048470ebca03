/** The vector suite: one check for each committed vector. */
import { allowancesOf } from '../contract/allowances.ts';
import type { Check, CheckContext, CheckResult } from '../contract/check.ts';
import type { Implementation } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { headsOf, operationsOf, type Vector } from '../vectors.ts';
import { asksWith, restrictedParameters } from './asks.ts';
import { dice } from './campaign.ts';
import type { Judge, JudgedStep } from './judge.ts';
import { hidden, unaskable } from './left.ts';
import { probe } from './probes.ts';
import { pathOf, States, type Path } from './states.ts';
import { playSteps } from './steps.ts';
import { askTwin, decidingSteps, refusalsOf, type Refusals, type Worth } from './twins.ts';

/** The check of one vector. Traces of machines are checks of the suite `machine`. */
export function vectorCheck(oracle: Oracle, judge: Judge, vector: Vector): Check {
  // Computed only when needed: most commands only list the checks.
  const judged = (): JudgedStep[] =>
    vector.steps.map((step) => {
      const result = oracle.operation(step.operation).result;
      // A clause that the vector is about outranks the general clause of a result's member.
      const clauses = Object.fromEntries(
        Object.entries(result)
          .filter(([, r]) => r.ofVector !== true)
          .map(([member, r]) => [
            member,
            vector.kind === 'json-bytes' && ['json', 'jsonError'].includes(member) ? step.requirement : r.req,
          ]),
      );
      return {
        operation: step.operation,
        params: step.params,
        expect: step.expect,
        requirement: step.requirement,
        ...(oracle.operation(step.operation).session === undefined ? { clauses } : {}),
        ...(step.bind === undefined ? {} : { bind: step.bind }),
      };
    });
  const asked = asksWith(vector, restrictedParameters(oracle.spec));
  return {
    id: vector.id,
    suite: vector.kind === 'trace' ? 'machine' : 'vector',
    requirement: vector.requirement,
    clauses: [...new Set(headsOf(vector).map(({ requirement }) => requirement ?? vector.requirement))],
    title: vector.title,
    operations: operationsOf(vector),
    get asksWith() {
      return asked();
    },
    run: async (implementation, context) => {
      const result = await runVector(oracle, judge, vector, judged(), implementation, context);
      return result.verdict === 'fail' && vector.flags !== undefined
        ? { ...result, failure: { ...result.failure, flags: vector.flags } }
        : result;
    },
  };
}

/** Plays one vector, and says what of it is shown where hello says what the implementation cannot say. */
async function runVector(
  oracle: Oracle,
  judge: Judge,
  vector: Vector,
  steps: readonly JudgedStep[],
  implementation: Implementation,
  context: CheckContext,
): Promise<CheckResult> {
  const allowances = allowancesOf(implementation.hello);
  const why = unaskable(oracle, vector.steps, allowances);
  if (why !== undefined) return { verdict: 'not-shown', cases: 0, reason: why };
  let known: { readonly path: Path | undefined } | undefined;
  const path = (): Path | undefined => (known ??= { path: pathOf(oracle, vector.id, steps) }).path;
  const statesOf = (): States | undefined => {
    const found = path();
    return found && new States(oracle, found);
  };
  const refusals: Refusals = { oracle, judge, vector, steps, path, implementation, allowances };
  const asked = refusalsOf(refusals);
  const worths = new Map<number, Worth>();
  const askTwins = async (indices: readonly number[]): Promise<void> => {
    for (const index of indices) worths.set(index, await askTwin(refusals, index));
  };
  // In no fixed order, so that what comes first or second does not tell which of the two must be refused.
  const isTwinFirst = dice(context.seed, vector.id).below(2) === 0;
  if (isTwinFirst) await askTwins(asked);
  const { result, unreasoned } = await playSteps(judge, implementation, steps, statesOf);
  if (result.verdict !== 'pass') return result;
  const needed = asked.filter((index) => unreasoned.includes(index));
  if (!isTwinFirst) await askTwins(needed);
  const worth = await worthOf(refusals, needed, worths, unreasoned);
  if (worth.kind === 'wrong') return { verdict: 'fail', cases: 1, failure: worth.failure };
  if (worth.kind === 'ended') return worth.result;
  const reason =
    worth.kind === 'not-shown'
      ? worth.reason
      : allowances.omitsAny
        ? hidden(oracle, vector.requirement, steps, allowances, path())
        : undefined;
  if (reason === undefined) return result;
  const isRight = worth.kind === 'not-shown' && worth.isRight === true;
  return { verdict: 'not-shown', cases: 1, reason, ...(isRight ? { behaviour: 'right' } : {}) };
}

/** What the refusals of a vector are worth together: any that is wrong is, and one that is shown is enough. */
async function worthOf(
  refusals: Refusals,
  needed: readonly number[],
  twins: ReadonlyMap<number, Worth>,
  unreasoned: readonly number[],
): Promise<Worth> {
  const { oracle, vector } = refusals;
  const worths: Worth[] = [];
  for (const index of needed) {
    const twin = twins.get(index);
    if (twin?.kind === 'wrong' || twin?.kind === 'ended') return twin;
    // Where opening is refused there is no session that could have changed.
    const { session, operation } = oracle.operation(vector.steps[index]?.operation ?? '');
    const isInSession = session !== undefined && operation !== `${session}.open`;
    const after: Worth = isInSession ? await probe(refusals, index) : { kind: 'shown' };
    if (after.kind === 'wrong' || after.kind === 'ended') return after;
    // What the twin leaves open is the reason alone, unless the probe leaves open more.
    worths.push(twin?.kind === 'not-shown' && (twin.isRight !== true || after.kind === 'shown') ? twin : after);
  }
  // Steps that were answered in full show the clause by themselves.
  if (decidingSteps(vector).some((index) => !unreasoned.includes(index))) return { kind: 'shown' };
  return worths.find(({ kind }) => kind === 'shown') ?? worths[0] ?? { kind: 'shown' };
}
