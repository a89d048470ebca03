/**
 * Suites for compression: what an implementation encodes is read by the spec interpreter, since DEFLATE has many right
 * encodings; and DEFLATE streams, right ones and damaged ones, are read as the interpreter reads them.
 */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import { equalJson, fromHex, toHex } from '../../oracle/values.ts';
import { campaignCheck } from '../../suites/campaign-check.ts';
import type { SuiteInput, TopicProperties } from '../../suites/modules.ts';
import { mutatedBytes } from '../../suites/mutations.ts';
import { channelPacket } from '../channel-table/arbitraries.ts';
import { deflatePayload, hints } from './arbitraries.ts';
import { DECODE, ENCODE } from './cases.ts';

const RUNS = 60;

export const properties: TopicProperties = { checks: compressionChecks, hints };

/** The checks of compression; none if the spec has none. */
function compressionChecks(input: SuiteInput): Check[] {
  const { oracle } = input;
  if (!oracle.spec.operations.some((operation) => operation.operation === DECODE)) return [];
  const payload = fc.oneof(deflatePayload(), mutatedBytes(deflatePayload().map(fromHex)).map(toHex));
  return [
    campaignCheck(input, {
      id: `property/${ENCODE}/read-by-the-spec`,
      suite: 'property',
      requirement: 'E3X-CMP-018',
      title: 'What is encoded has the same members and the same BODY for the spec interpreter',
      operations: [ENCODE],
      arbitrary: fc.tuple(fc.constantFrom(2, 1, 0), channelPacket()),
      runs: RUNS,
      trial: async ([z, inner], talk) => {
        const written = await talk.want(ENCODE, { z, inner });
        const encoded = written['payload'];
        const isHex = typeof encoded === 'string' && /^([0-9a-f]{2})*$/.test(encoded);
        const read = isHex ? oracle.answer(DECODE, { z, payload: encoded }) : undefined;
        const right = oracle.answer(DECODE, { z: 0, payload: inner });
        const same =
          read?.kind === 'ok' &&
          right.kind === 'ok' &&
          equalJson(read.value['json'], right.value['json']) &&
          read.value['body'] === right.value['body'];
        if (!same)
          talk.violated({
            requirement: 'E3X-CMP-018',
            member: 'payload',
            expect: { ok: { payload: '(any encoding of the packet)' } },
            explanation: `What was encoded with z ${String(z)} is not the packet for one who decodes it.`,
          });
      },
    }),
    campaignCheck(input, {
      id: `fuzz/${DECODE}/deflate`,
      suite: 'fuzz',
      requirement: 'E3X-CMP-014',
      title: 'A DEFLATE stream, damaged or not, is read as the spec interpreter reads it',
      operations: [DECODE],
      arbitrary: payload,
      runs: RUNS,
      trial: async (stream, talk) => talk.agree(DECODE, { z: 2, payload: stream }, { anyClass: true }),
    }),
  ];
}
