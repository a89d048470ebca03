/**
 * Refusals without a reason. One shows its clause only together with its twin, which differs in what the clause is about and
 * must be accepted by the same process; in a session, what follows must show as well that the refusal changed nothing.
 */
import type { Allowances } from '../contract/allowances.ts';
import type { CheckResult, Failure } from '../contract/check.ts';
import type { Implementation, Outcome } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { twinRequest, type Vector, type VectorStep } from '../vectors.ts';
import type { Judge, JudgedStep } from './judge.ts';
import { valueLeftOut } from './left.ts';
import { rowTaken, type Path } from './states.ts';
import { Caller, reproSteps } from './steps.ts';

/** Refusals of one vector that are asked for their twins: its last. */
const TWINS_MAX = 3;

/** What one refusal without a reason is worth. */
export type Worth =
  | { readonly kind: 'shown' }
  | { readonly kind: 'not-shown'; readonly reason: string }
  | { readonly kind: 'wrong'; readonly failure: Failure }
  /** What came instead of an answer. */
  | { readonly kind: 'ended'; readonly result: CheckResult };

/** What twins and probes are asked with. */
export interface Refusals {
  readonly oracle: Oracle;
  readonly judge: Judge;
  readonly vector: Vector;
  readonly steps: readonly JudgedStep[];
  readonly path: () => Path | undefined;
  readonly implementation: Implementation;
  readonly allowances: Allowances;
}

/** Steps of a vector that are about its clause; all of them where none is. */
export function decidingSteps({ requirement, steps }: Vector): number[] {
  const all = [...steps.keys()];
  const own = all.filter((index) => steps[index]?.requirement === requirement);
  return own.length === 0 ? all : own;
}

/** The refusals of a vector whose twins are asked: deciding ones of operations that give no reason, equal ones once. */
export function refusalsOf({ vector, allowances }: Pick<Refusals, 'vector' | 'allowances'>): number[] {
  const distinct = new Map<string, number>();
  for (const index of decidingSteps(vector)) {
    const step = vector.steps[index];
    if (step === undefined || !('reject' in step.expect) || !allowances.isUnreasoned(step.operation)) continue;
    distinct.set(JSON.stringify([step.operation, step.params]), index);
  }
  return [...distinct.values()].slice(-TWINS_MAX);
}

/** Asks the twin of one step. */
export async function askTwin(refusals: Refusals, index: number): Promise<Worth> {
  const { oracle, vector, allowances, implementation } = refusals;
  const step = vector.steps[index];
  const request = step === undefined ? undefined : twinRequest(step);
  if (step === undefined || request === undefined)
    return { kind: 'not-shown', reason: `${nameOf(step)} was refused without a reason, and nothing like it is accepted` };
  if (!implementation.hello.operations.includes(request.operation))
    return { kind: 'not-shown', reason: `its twin asks ${request.operation}, which hello does not declare` };
  const left = valueLeftOut(oracle.operation(request.operation), request.params, allowances);
  if (left !== undefined) return { kind: 'not-shown', reason: `its twin asks with ${left}, which hello leaves out of its values` };
  const before = beginning(refusals, index, step, request.params);
  const caller = new Caller(implementation);
  for (const earlier of before) {
    const outcome = await caller.ask(earlier);
    const broken = isAnswer(outcome) ? undefined : brokenBy(refusals, earlier, outcome);
    if (broken !== undefined) return broken;
  }
  const outcome = await caller.ask(request);
  return judgeTwin(refusals, index, step, { ...request, before }, outcome);
}

function nameOf(step: VectorStep | undefined): string {
  return step?.operation ?? 'a step';
}

/** What is asked before a twin. */
function beginning(
  { oracle, steps }: Refusals,
  index: number,
  { operation, twin }: VectorStep,
  params: JudgedStep['params'],
): readonly JudgedStep[] {
  if (twin?.kind === 'state') return steps.slice(0, twin.steps);
  const needs = oracle.operation(operation).session !== undefined || JSON.stringify(params).includes('"$');
  return needs ? steps.slice(0, index) : [];
}

interface Asked extends Pick<JudgedStep, 'operation' | 'params'> {
  readonly before: readonly JudgedStep[];
}

function judgeTwin(refusals: Refusals, index: number, step: VectorStep, asked: Asked, outcome: Outcome): Worth {
  const { judge, vector, allowances, oracle } = refusals;
  if (!isAnswer(outcome)) {
    const expected: JudgedStep = { ...asked, expect: { ok: {} }, requirement: vector.requirement };
    return brokenBy(refusals, expected, outcome) ?? { kind: 'not-shown', reason: `its twin had no answer (${outcome.kind})` };
  }
  const isQuiet = judge.isQuiet(asked.operation, outcome);
  if (outcome.kind === 'ok' && isQuiet && step.twin?.kind !== 'session')
    return { kind: 'not-shown', reason: 'nothing came of its twin, which looks like a refusal' };
  if (outcome.kind === 'ok' && !isQuiet) {
    // Refused it would be without the clause as well: then the refusal is right and tells nothing of it.
    return step.twin?.reasonShown === false
      ? { kind: 'not-shown', reason: 'it was refused, which it is by other clauses as well, and the reason was not said' }
      : { kind: 'shown' };
  }
  const answer = oracle.operation(asked.operation).model === undefined ? undefined : oracle.answer(asked.operation, asked.params);
  if (answer?.kind === 'reject') return { kind: 'not-shown', reason: `the specification refuses its twin as '${answer.class}'` };
  const requirement = answer?.clause ?? rowOf(refusals, index, step, asked) ?? generalClause(oracle, asked.operation) ?? step.requirement;
  const expected: JudgedStep = { operation: asked.operation, params: asked.params, expect: { ok: answer?.value ?? {} }, requirement };
  const judgement = judge.judge(expected, isQuiet ? { kind: 'refused' } : outcome, reproSteps([...asked.before, expected]), allowances);
  if (judgement === undefined || !('failure' in judgement)) return { kind: 'not-shown', reason: 'its twin could not be judged' };
  const { failure } = judgement;
  return {
    kind: 'wrong',
    failure: {
      ...failure,
      got: outcome,
      about: vector.requirement,
      explanation: `${failure.explanation} It is the twin of what ${vector.id} must refuse: who refuses both shows nothing by refusing.`,
    },
  };
}

/** The clause by which a machine accepts a twin. */
function rowOf({ path: pathOf }: Refusals, index: number, { twin }: VectorStep, asked: Asked): string | undefined {
  const path = pathOf();
  return path === undefined ? undefined : rowTaken(path, twin?.kind === 'state' ? twin.steps : index, asked)?.req;
}

/** The clause of what every answer of a session has. */
function generalClause(oracle: Oracle, operation: string): string | undefined {
  return oracle.operation(operation).result['transmit']?.req;
}

/** True for an outcome that says whether a request was taken. */
export function isAnswer(outcome: Outcome): outcome is Extract<Outcome, { kind: 'ok' | 'reject' | 'refused' }> {
  return outcome.kind === 'ok' || outcome.kind === 'reject' || outcome.kind === 'refused';
}

/** How a check ends where a request was not answered. */
function brokenBy({ judge, allowances }: Refusals, expected: JudgedStep, outcome: Outcome): Worth | undefined {
  const judgement = judge.judge(expected, outcome, reproSteps([expected]), allowances);
  if (judgement === undefined || !('result' in judgement)) return undefined;
  const { result } = judgement;
  return result.verdict === 'unreachable'
    ? { kind: 'not-shown', reason: `its twin is out of reach: ${result.reason}` }
    : { kind: 'ended', result };
}
