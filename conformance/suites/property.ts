/**
 * Properties: relations between answers that hold for every input, tested through the adapter alone. Each is
 * judged by what the implementation itself answered; the spec interpreter only says which answer was at fault.
 */
import type { Check } from '../contract/check.ts';
import type { Json, JsonObject } from '../contract/contract.ts';
import { equalJson } from '../oracle/values.ts';
import { Arbitraries } from './arbitraries.ts';
import { campaignCheck, type CampaignCheck } from './campaign-check.ts';
import type { Talk } from './talk.ts';
import type { SuiteInput } from './modules.ts';

/** Cases at effort 1. */
const RUNS = 60;

export interface Property<T> extends Omit<CampaignCheck<T>, 'id' | 'suite' | 'runs'> {
  /** `operation/relation`. */
  readonly name: string;
  /** Cases at effort 1; 60 if absent. Fewer where a case takes many requests. */
  readonly runs?: number;
}
/** Makes a check of a property, whatever the type of its input. */
export type Bind = <T>(property: Property<T>) => Check;

/**
 * One check for every property whose operations the spec has.
 *
 * @param properties called with a function that makes a property a check, and with the arbitraries of the area
 */
export function propertyChecks(input: SuiteInput, properties: (property: Bind, make: Arbitraries) => readonly Check[]): Check[] {
  const { oracle, hints } = input;
  const known = new Set(oracle.spec.operations.map((operation) => operation.operation));
  const bind: Bind = ({ name, runs = RUNS, ...property }) =>
    campaignCheck(input, { ...property, id: `property/${name}`, suite: 'property', runs });
  return properties(bind, new Arbitraries(oracle, hints)).filter((check) => check.operations.every((operation) => known.has(operation)));
}

/** Requires a member of the last answer; the clause is violated if it is anything else. */
export function demand(talk: Talk, answer: JsonObject, member: string, right: Json, requirement: string, explanation: string): void {
  if (equalJson(answer[member], right)) return;
  talk.violated({ requirement, expect: { ok: { ...answer, [member]: right } }, member, explanation });
}
/** A member of an answer as text; empty if it is absent. */
export function textIn(answer: JsonObject, member: string): string {
  return String(answer[member] ?? '');
}
