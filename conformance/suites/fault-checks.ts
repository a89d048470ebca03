/** Checks of requests that are right as a whole and then spoiled at one place, judged by the spec interpreter. */
import fc from 'fast-check';
import type { Check } from '../contract/check.ts';
import type { JsonObject } from '../contract/contract.ts';
import { campaignCheck } from './campaign-check.ts';
import { jsonFaults, type JsonFault } from './json-faults.ts';
import type { SuiteInput } from './modules.ts';
import type { Talk } from './talk.ts';

/** A request, and the right one that it was made from where it was spoiled. */
export interface FaultCase {
  readonly params: JsonObject;
  readonly from?: JsonObject;
}
/** A right request, and every request with one fault that can be made of it. */
export interface Right {
  readonly params: JsonObject;
  readonly faults: () => readonly (() => JsonObject)[];
}
/** What is spoiled in requests to one operation. */
export interface FaultCheck {
  /** What follows the operation in the id, if it has more than one such check. */
  readonly about?: string;
  readonly operation: string;
  readonly requirement: string;
  readonly title: string;
  /** Made when the check runs: arbitraries of large schemas take a while. */
  readonly right: () => fc.Arbitrary<Right>;
  readonly runs: number;
}

/** Any number to choose with; it is taken modulo what there is. */
const CHOICES = 1 << 20;

/** A check of right requests and of single faults of them, one of six right. */
export function faultCheck(input: SuiteInput, { about, operation, right, runs, ...check }: FaultCheck): Check {
  const described = {
    ...check,
    id: `faults/${operation}${about === undefined ? '' : `/${about}`}`,
    suite: 'differential' as const,
    operations: [operation],
  };
  return {
    ...described,
    run: (implementation, context) =>
      campaignCheck(input, {
        ...described,
        runs,
        arbitrary: spoiledOrNot(right()),
        trial: (one, talk) => agreeOn(talk, operation, one),
      }).run(implementation, context),
  };
}

function spoiledOrNot(right: fc.Arbitrary<Right>): fc.Arbitrary<FaultCase> {
  const spoiled = fc.tuple(right, fc.nat(CHOICES)).map(([{ params: from, faults }, choice]): FaultCase => {
    const all = faults();
    const params = all[choice % Math.max(1, all.length)]?.();
    return params === undefined ? { params: from } : { params, from };
  });
  return fc.oneof({ weight: 1, arbitrary: right.map(({ params }): FaultCase => ({ params })) }, { weight: 5, arbitrary: spoiled });
}

/**
 * Asks, and ends the trial unless the answer is the oracle's. A spoiled request can break several rules at once; which of
 * them is named first is the implementation's affair. Who gives no reasons is asked for the right request as well: before or
 * after, so that the order does not tell.
 */
export async function agreeOn(talk: Talk, operation: string, { params, from }: FaultCase): Promise<void> {
  if (from === undefined) return talk.agree(operation, params);
  const bad = (): Promise<void> => talk.agree(operation, params, { anyClass: true });
  if (!talk.isUnreasoned(operation)) return bad();
  const twin = (): Promise<void> => talk.agree(operation, from);
  const [one, other] = JSON.stringify(params).length % 2 === 0 ? [twin, bad] : [bad, twin];
  await one();
  await other();
}

/**
 * Every single fault of a parameter, as requests. What adds or takes away a part comes as often as what changes a value, of
 * which there are many more.
 */
export function faultsOfParam(params: JsonObject, name: string): (() => JsonObject)[] {
  return balanced(jsonFaults(params[name] ?? null)).map(({ spoiled }) => () => ({ ...params, [name]: spoiled() }));
}

/** Faults of structure and of values in turn, until the longer of the two lists is through. */
export function balanced(faults: readonly JsonFault[]): JsonFault[] {
  const structural = faults.filter(({ isStructural }) => isStructural);
  const others = faults.filter(({ isStructural }) => !isStructural);
  if (structural.length === 0 || others.length === 0) return [...faults];
  return Array.from({ length: 2 * Math.max(structural.length, others.length) }, (_, at) => {
    const list = at % 2 === 0 ? structural : others;
    return list[(at >> 1) % list.length];
  }).filter((fault) => fault !== undefined);
}
