/** What the property files of several topics share: checks of one suite, and what is asked of answers. */
import type { Check } from '../contract/check.ts';
import type { Json, JsonObject } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { equalJson, fromHex } from '../oracle/values.ts';
import type { Talk } from '../suites/talk.ts';
import { campaignCheck, type CampaignCheck } from '../suites/campaign-check.ts';
import type { SuiteInput } from '../suites/modules.ts';
import type { Suite } from './packet/suites.ts';

/** A check that asks with one suite only, and is not run against who claims the other one. */
export function suiteCheck<T>(input: SuiteInput, of: Suite, check: Omit<CampaignCheck<T>, 'asksWith'>): Check {
  return campaignCheck(input, { ...check, id: `${check.id}/${of}`, title: `${of}: ${check.title}`, asksWith: { suite: [of] } });
}

/** A member of the last answer must be what went in. */
export function demand(talk: Talk, answer: JsonObject, member: string, right: Json, requirement: string): void {
  if (!equalJson(answer[member], right))
    talk.violated({
      requirement,
      member,
      expect: { ok: { ...answer, [member]: right } },
      explanation: `Reading did not give back the ${member}.`,
    });
}

/** What an earlier request of the same trial is to answer. */
export function made(oracle: Oracle, operation: string, params: JsonObject, member: string): Uint8Array {
  const answer = oracle.answer(operation, params);
  return answer.kind === 'ok' ? fromHex(String(answer.value[member])) : new Uint8Array(0);
}
