/** Generated checks of cookies: how long each is accepted, and that none that was changed is. */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import type { CampaignCheck } from '../../suites/campaign-check.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { suiteCheck } from '../property.ts';
import { SUITES, type Suite } from '../packet/suites.ts';
import { cookieInput } from './arbitraries.ts';

const RUNS = 60;
const COOKIE = { make: 'interpeer.cookie.make', check: 'interpeer.cookie.check' } as const;

function cookieLife(of: Suite): CampaignCheck<readonly [JsonObject, number, number]> {
  return {
    id: 'property/interpeer.cookie/life',
    suite: 'property',
    requirement: of === 'interpeer-1' ? 'IPR-CKE-006' : 'IPR-CKE-007',
    title: 'a cookie is accepted as long as the model says, and never if changed',
    operations: [COOKIE.make, COOKIE.check],
    runs: RUNS,
    arbitrary: fc.tuple(cookieInput(of), fc.integer({ min: -2000, max: 5000 }), fc.nat(63)),
    trial: async ([params, later, bit], talk) => {
      await talk.agree(COOKIE.make, params);
      const { cookie = '' } = await talk.want(COOKIE.make, params);
      const now = Math.max(0, Number(params['now']) + later);
      await talk.agree(COOKIE.check, { ...params, now, cookie });
      const changed = fromHex(String(cookie));
      const at = (bit >> 3) % changed.length;
      changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
      await talk.agree(COOKIE.check, { ...params, cookie: toHex(changed) });
    },
  };
}

export const properties: TopicProperties = {
  checks: (input) => SUITES.map((of) => suiteCheck(input, of, cookieLife(of))),
};
