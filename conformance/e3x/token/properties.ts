/** What holds for every routing token. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { concatBytes } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, type Bind } from '../../suites/property.ts';
import { lob } from '../packet/build.ts';

export const properties: TopicProperties = { checks: (input) => propertyChecks(input, tokenProperties) };

function tokenProperties(property: Bind): Check[] {
  return [
    property({
      name: 'e3x.token.derive/prefix-only',
      requirement: 'E3X-TOK-005',
      title: 'A token depends only on the first 16 bytes of the body',
      operations: ['e3x.token.derive'],
      arbitrary: fc.record({
        prefix: bytesExactly(16),
        csids: fc.tuple(fc.integer({ min: 1, max: 255 }), fc.integer({ min: 1, max: 255 })),
        rests: fc.tuple(bytesUpTo(80), bytesUpTo(80)),
      }),
      trial: async ({ prefix, csids, rests }, talk) => {
        const message = (csid: number, rest: Uint8Array): JsonObject => ({
          packet: lob(Uint8Array.of(csid), concatBytes(prefix, rest)),
        });
        const { token = null } = await talk.want('e3x.token.derive', message(csids[0], rests[0]));
        demand(
          talk,
          await talk.want('e3x.token.derive', message(csids[1], rests[1])),
          'token',
          token,
          'E3X-TOK-005',
          'Two messages with the same first 16 bytes have different tokens.',
        );
      },
    }),
  ];
}
