/** What holds for the parts of any message. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, type Bind } from '../../suites/property.ts';
import { hints, message } from './arbitraries.ts';

export const properties: TopicProperties = { checks: (input) => propertyChecks(input, thtpProperties), hints };

function thtpProperties(property: Bind): Check[] {
  const cut = 'e3x.thtpmessage.cut';
  return [
    property({
      name: `${cut}/joined`,
      requirement: 'E3X-THT-001',
      title: 'The parts of a message are the message, and only the last is not full',
      operations: [cut],
      arbitrary: fc.tuple(message, fc.integer({ min: 1, max: 300 })),
      trial: async ([packet, size], talk) => {
        const found = await talk.want(cut, { packet, size });
        const wanted = Array.from({ length: Math.ceil(packet.length / 2 / size) }, (_, i) =>
          packet.slice(2 * i * size, 2 * (i + 1) * size),
        );
        demand(talk, found, 'parts', wanted, 'E3X-THT-001', 'The message is cut in another way.');
      },
    }),
  ];
}
