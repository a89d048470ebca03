/**
 * Refusals without a reason. One shows its clause only together with its twin, which differs in what the clause is about and
 * must be accepted by the same process; in a session, what follows must show as well that the refusal changed nothing.
 */
import { isOmitted, withoutOmitted, type Allowances } from '../contract/allowances.ts';
import type { CheckResult, Failure } from '../contract/check.ts';
import type { Implementation, Outcome } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { twinRequest, type Vector, type VectorStep } from '../vectors.ts';
import { outcomeOf, type Judge, type JudgedStep } from './judge.ts';
import { valueLeftOut } from './left.ts';
import { answerOf, stepTaken, type Path } from './states.ts';
import { Caller, reproSteps } from './steps.ts';

const QUIET = 'nothing comes of its twin, which looks like a refusal';
/** Refusals of one vector that are asked for their twins: its last. */
const TWINS_MAX = 3;

/** What one refusal without a reason is worth. */
export type Worth =
  | { readonly kind: 'shown' }
  | { readonly kind: 'not-shown'; readonly reason: string; readonly isRight?: true }
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
  const { judge, vector, oracle } = refusals;
  if (!isAnswer(outcome)) {
    const expected: JudgedStep = { ...asked, expect: { ok: {} }, requirement: vector.requirement };
    return brokenBy(refusals, expected, outcome) ?? { kind: 'not-shown', reason: `its twin had no answer (${outcome.kind})` };
  }
  const taken = takenBy(refusals, index, step, asked);
  const isQuiet = judge.isQuiet(asked.operation, outcome);
  // Of what should come, only what hello does not leave out can be seen.
  const due = taken && { ...taken, expect: exposed(refusals, asked.operation, taken.expect) };
  if (isQuiet || judge.isQuiet(asked.operation, due === undefined ? outcome : outcomeOf(due.expect))) {
    // Nothing comes of it: all that can tell is the timer that it moves.
    if (taken === undefined || due === undefined || !judge.isQuiet(asked.operation, outcomeOf(due.expect)))
      return taken === undefined ? { kind: 'not-shown', reason: QUIET } : refusedTwin(refusals, step, asked, taken, outcome);
    if (outcome.kind !== 'ok' || !movesTimer(refusals, index, asked.operation, taken.expect, outcome))
      return { kind: 'not-shown', reason: QUIET };
  }
  if (outcome.kind === 'ok') {
    // Refused it would be without the clause as well: then the refusal is right and tells nothing of it.
    return step.twin?.reasonShown === false
      ? { kind: 'not-shown', reason: 'it was refused, which it is by other clauses as well, and the reason was not said', isRight: true }
      : { kind: 'shown' };
  }
  const answer = oracle.operation(asked.operation).model === undefined ? undefined : oracle.answer(asked.operation, asked.params);
  if (answer?.kind === 'reject') return { kind: 'not-shown', reason: `the specification refuses its twin as '${answer.class}'` };
  const requirement = answer?.clause ?? taken?.requirement ?? generalClause(oracle, asked.operation) ?? step.requirement;
  return refusedTwin(refusals, step, asked, { expect: { ok: answer?.value ?? {} }, requirement }, outcome);
}

/** The failure of a twin that was refused, by the clause by which it is accepted. */
function refusedTwin(
  { judge, vector, allowances }: Refusals,
  step: VectorStep,
  { before, operation, params }: Asked,
  right: Pick<JudgedStep, 'expect' | 'requirement'>,
  outcome: Outcome,
): Worth {
  const expected: JudgedStep = { operation, params, ...right, requirement: right.requirement };
  const got: Outcome = outcome.kind === 'ok' ? { kind: 'refused' } : outcome;
  const judgement = judge.judge(expected, got, reproSteps([...before, expected]), allowances);
  if (judgement === undefined || !('failure' in judgement)) return { kind: 'not-shown', reason: 'its twin could not be judged' };
  const { failure } = judgement;
  return {
    kind: 'wrong',
    failure: {
      ...failure,
      got: outcome,
      about: step.requirement,
      explanation: `${failure.explanation} It is the twin of what ${vector.id} must refuse: who refuses both shows nothing by refusing.`,
    },
  };
}

/** What can be seen of an answer. */
function exposed({ oracle, allowances }: Refusals, operation: string, expect: JudgedStep['expect']): JudgedStep['expect'] {
  return 'ok' in expect ? { ok: withoutOmitted(oracle.operation(operation), allowances, expect.ok) } : expect;
}

/** What a machine answers to a twin, and by which clause. */
function takenBy(
  { path: pathOf }: Refusals,
  index: number,
  { twin }: VectorStep,
  asked: Asked,
): Pick<JudgedStep, 'expect' | 'requirement'> | undefined {
  const path = pathOf();
  const taken = path && stepTaken(path, twin?.kind === 'state' ? twin.steps : index, asked);
  return taken && { expect: answerOf(taken, Number(asked.params['now'])), requirement: taken.row.req };
}

/** True if a timer is where only an accepted input puts it. */
function movesTimer(
  { oracle, steps, allowances }: Refusals,
  index: number,
  operation: string,
  expect: JudgedStep['expect'],
  { value }: Outcome & { readonly kind: 'ok' },
): boolean {
  const before = steps[index - 1]?.expect;
  if (!('ok' in expect) || before === undefined || !('ok' in before) || isOmitted(oracle.operation(operation), allowances, 'timeoutAt'))
    return false;
  const [was, right] = [before.ok['timeoutAt'], expect.ok['timeoutAt']];
  return right !== was && right === value['timeoutAt'];
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
