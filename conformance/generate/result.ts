/** What the oracle answers where a generator goes on with the answer. */
import type { JsonObject } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';

/** The result of an operation that must accept. @throws Error if it refuses */
export function resultOf(oracle: Oracle, operation: string, params: JsonObject): JsonObject {
  const answer = oracle.answer(operation, params);
  if (answer.kind === 'reject') throw new Error(`${operation} was to accept: ${answer.class}`);
  return answer.value;
}
/** One member of such a result, as text. */
export function memberOf(oracle: Oracle, operation: string, params: JsonObject, member: string): string {
  return String(resultOf(oracle, operation, params)[member]);
}
