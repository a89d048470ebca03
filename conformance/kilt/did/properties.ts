/** Generated checks of DIDs: damaged ones are read or refused as the model does, and what one implementation writes another reads. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { flow, type Flow } from '../../cross/flow.ts';
import { toHex } from '../../oracle/values.ts';
import { campaignCheck } from '../../suites/campaign-check.ts';
import type { SuiteInput, TopicProperties } from '../../suites/modules.ts';
import { mutatedText } from '../../suites/mutations.ts';
import { agreeing, paramsOf } from '../property.ts';
import { didFaultChecks } from './faults.ts';

const RUNS = 60;
const FLOW_RUNS = 12;
const KEY_LENGTH = 32;
const [ENCODE, PARSE] = ['kilt.did.encode', 'kilt.did.parse'] as const;

/** The checks; none if the vector that lends its DID is missing. */
function didChecks(input: SuiteInput): Check[] {
  const parse = paramsOf(input.vectors, 'kilt.did.parse/details/key');
  if (parse === undefined) return [];
  return [
    ...didFaultChecks(input),
    campaignCheck(input, {
      id: 'fuzz/kilt.did.parse',
      suite: 'fuzz',
      requirement: 'KLT-DID-001',
      title: 'damaged DIDs are read or refused as the model does',
      operations: ['kilt.did.parse'],
      runs: RUNS,
      arbitrary: mutatedText(fc.constant(String(parse['did']))),
      trial: (did, talk) => agreeing(talk, 'kilt.did.parse', { did }, parse),
    }),
  ];
}

function didFlows(): Flow[] {
  const key = fc.noShrink(fc.uint8Array({ minLength: KEY_LENGTH, maxLength: KEY_LENGTH })).map(toHex);
  const service = fc.record({
    id: fc.stringMatching(/^#[a-z0-9-]{1,12}$/).filter((id) => id !== '#encryption' && id !== '#authentication'),
    type: fc.array(fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' }), { minLength: 1, maxLength: 2 }),
    serviceEndpoint: fc.array(fc.stringMatching(/^https:\/\/[a-z]{1,10}\.example\/[a-z]{0,8}$/), { minLength: 1, maxLength: 2 }),
  });
  return [
    flow({
      id: 'kilt.did',
      title: 'a light DID of keys and services',
      requirement: 'KLT-DID-015',
      producer: [ENCODE],
      consumer: [PARSE],
      runs: FLOW_RUNS,
      arbitrary: fc.record(
        {
          authentication: fc.record({ publicKey: key, type: fc.constantFrom('ed25519', 'sr25519') }),
          keyAgreement: fc.record({ publicKey: key, type: fc.constant('x25519') }),
          services: fc.array(service, { minLength: 1, maxLength: 2 }),
        },
        { requiredKeys: ['authentication'] },
      ),
      trial: async (input, talk) => {
        const { did = null } = await talk.produce(ENCODE, input as JsonObject);
        const parsed = await talk.consume(PARSE, { did });
        for (const [name, value] of Object.entries(input)) await talk.demand(parsed, name, value as Json);
      },
    }),
  ];
}

export const properties: TopicProperties = { checks: didChecks, flows: didFlows };
