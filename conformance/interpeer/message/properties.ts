/** Generated checks of messages: they read back as they were written, and damaged ones are read or refused as the model does. */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesUpTo } from '../../suites/arbitraries.ts';
import type { CampaignCheck } from '../../suites/campaign-check.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { mutatedBytes } from '../../suites/mutations.ts';
import { demand, made, suiteCheck } from '../property.ts';
import { SUITES, type Suite } from '../packet/suites.ts';
import { messages } from './arbitraries.ts';

const RUNS = 60;
const MESSAGES = { encode: 'interpeer.messages.encode', decode: 'interpeer.messages.decode' } as const;

function messagesRoundTrip(of: Suite): CampaignCheck<readonly JsonObject[]> {
  return {
    id: 'property/interpeer.messages/round-trip',
    suite: 'property',
    requirement: 'IPR-MSG-007',
    title: 'messages read back as they were written',
    operations: [MESSAGES.encode, MESSAGES.decode],
    runs: RUNS,
    arbitrary: messages(of),
    trial: async (list, talk) => {
      await talk.agree(MESSAGES.encode, { suite: of, messages: list });
      const { payload = null } = await talk.want(MESSAGES.encode, { suite: of, messages: list });
      demand(talk, await talk.want(MESSAGES.decode, { suite: of, payload }), 'messages', list, 'IPR-MSG-007');
    },
  };
}

function messagesFuzz(of: Suite, oracle: Oracle): CampaignCheck<Uint8Array> {
  const arbitrary = messages(of).chain((list) =>
    fc.oneof(
      { weight: 4, arbitrary: mutatedBytes(fc.constant(made(oracle, MESSAGES.encode, { suite: of, messages: list }, 'payload'))) },
      { weight: 1, arbitrary: bytesUpTo(40) },
    ),
  );
  return {
    id: 'fuzz/interpeer.messages.decode',
    suite: 'fuzz',
    requirement: 'IPR-MSG-003',
    title: 'damaged payloads are read or refused as the model does',
    operations: [MESSAGES.decode],
    runs: RUNS,
    arbitrary,
    trial: (payload, talk) => talk.agree(MESSAGES.decode, { suite: of, payload: toHex(payload) }, { anyClass: true }),
  };
}

export const properties: TopicProperties = {
  checks: (input) =>
    SUITES.flatMap((of) => [suiteCheck(input, of, messagesRoundTrip(of)), suiteCheck(input, of, messagesFuzz(of, input.oracle))]),
};
