/** The vector suite: one check for each committed vector. */
import type { Check } from '../contract/check.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Vector } from '../vectors.ts';
import { asksWith, restrictedParameters } from './asks.ts';
import { runSteps, type Judge, type JudgedStep } from './judge.ts';

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
  return {
    id: vector.id,
    suite: vector.kind === 'trace' ? 'machine' : 'vector',
    requirement: vector.requirement,
    clauses: [...new Set(vector.steps.map((step) => step.requirement))],
    title: vector.title,
    operations: [...new Set(vector.steps.map((s) => s.operation))],
    ...asksWith(vector.steps, restrictedParameters(oracle.spec)),
    run: async (implementation) => {
      const result = await runSteps(judge, implementation, judged());
      return result.verdict === 'fail' && vector.flags !== undefined
        ? { ...result, failure: { ...result.failure, flags: vector.flags } }
        : result;
    },
  };
}
