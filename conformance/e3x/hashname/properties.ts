/** What holds for the hashnames of any keys, and for any bytes as base 32. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesUpTo, type Arbitraries } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { mutatedText } from '../../suites/mutations.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { hints } from './arbitraries.ts';
import { hashnameFlows } from './cross.ts';

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, (property, make) => [...hashnameProperties(property, make), ...base32Properties(property)]),
  hints,
  flows: hashnameFlows,
};

function hashnameProperties(property: Bind, make: Arbitraries): Check[] {
  const derive = 'e3x.hashname.derive';
  const digestsOf = 'e3x.hashname.intermediates';
  const keys = make.csidMap([1, 21, 32], 1);
  return [
    property({
      name: 'e3x.hashname.derive/key-order',
      requirement: 'E3X-HSN-003',
      title: 'The order in which keys are given makes no difference',
      operations: [derive],
      arbitrary: make.csidMap([1, 32], 2).chain((given) =>
        fc.record({
          given: fc.constant(given),
          order: fc.shuffledSubarray(Object.entries(given), { minLength: Object.keys(given).length }),
        }),
      ),
      trial: async ({ given, order }, talk) => {
        const first = await talk.want(derive, { keys: given });
        const second = await talk.want(derive, { keys: Object.fromEntries(order) });
        demand(talk, second, 'hashname', first['hashname'] ?? null, 'E3X-HSN-003', 'The same keys in another order give another hashname.');
      },
    }),
    property({
      name: 'e3x.hashname.derive/intermediates',
      requirement: 'E3X-HSN-005',
      title: 'Intermediate digests may stand in for any of the keys',
      operations: [derive, digestsOf],
      arbitrary: fc.record({ given: keys, standIn: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }) }),
      trial: async ({ given, standIn }, talk) => {
        const { hashname = null } = await talk.want(derive, { keys: given });
        const { intermediates = {} } = await talk.want(digestsOf, { keys: given });
        const replaced = Object.keys(given).filter((_, i) => standIn[i] === true);
        const left = Object.fromEntries(Object.entries(given).filter(([csid]) => !replaced.includes(csid)));
        const digests = Object.fromEntries(Object.entries(intermediates as JsonObject).filter(([csid]) => replaced.includes(csid)));
        demand(
          talk,
          await talk.want(derive, { keys: left, intermediates: digests }),
          'hashname',
          hashname,
          'E3X-HSN-005',
          `With digests standing in for ${replaced.join(', ') || 'none'} the hashname is different.`,
        );
      },
    }),
    property({
      name: 'e3x.hashname.derive/parse-round-trip',
      requirement: 'E3X-HSN-001',
      title: 'A hashname is 52 characters that encode 32 bytes',
      operations: [derive, 'e3x.hashname.parse', 'e3x.base32.encode'],
      arbitrary: keys,
      trial: async (given, talk) => {
        const { hashname = '' } = await talk.want(derive, { keys: given });
        const { digest = '' } = await talk.want('e3x.hashname.parse', { hashname });
        demand(
          talk,
          await talk.want('e3x.base32.encode', { bytes: digest }),
          'text',
          hashname,
          'E3X-HSN-001',
          'The digest of a hashname, written as base 32, is not the hashname.',
        );
      },
    }),
  ];
}

function base32Properties(property: Bind): Check[] {
  const encode = 'e3x.base32.encode';
  const decode = 'e3x.base32.decode';
  const letters = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), maxLength: 24 });
  return [
    property({
      name: 'e3x.base32.encode/round-trip',
      requirement: 'E3X-B32-001',
      title: 'Bytes written as base 32 read back as themselves',
      operations: [encode, decode],
      arbitrary: bytesUpTo(257).map(toHex),
      trial: async (bytes, talk) => {
        const { text = '' } = await talk.want(encode, { bytes });
        demand(
          talk,
          await talk.want(decode, { text }),
          'bytes',
          bytes,
          'E3X-B32-001',
          'Reading did not give back the bytes that were written.',
        );
      },
    }),
    property({
      name: 'e3x.base32.decode/canonical',
      requirement: 'E3X-B32-005',
      title: 'Text that is accepted is the one spelling of its bytes',
      operations: [decode, encode],
      arbitrary: fc.oneof(letters, mutatedText(letters)),
      trial: async (text, talk) => {
        const got = await talk.ask(decode, { text });
        if (got.kind === 'reject') return;
        const again = await talk.want(encode, { bytes: textIn(got.value, 'bytes') });
        const right = talk.oracle.answer(decode, { text });
        demand(
          talk,
          again,
          'text',
          text,
          right.kind === 'reject' ? right.clause : 'E3X-B32-001',
          'Text was accepted that is not how its bytes are written.',
        );
      },
    }),
  ];
}
