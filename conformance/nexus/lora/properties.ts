/** What holds for any packet: its frames, put together by a receiver, are the packet again. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesUpTo } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { hints } from './arbitraries.ts';

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, (property) => loraProperties(property)),
  hints,
};

function loraProperties(property: Bind): Check[] {
  const [split, open, receive] = ['nexus.frames.split', 'nexus.frames.open', 'nexus.frames.receive'];
  const lengths = [1, 2, 253, 254, 255, 256, 484, 500, 507, 508];
  return [
    property({
      name: 'nexus.frames.split/received',
      requirement: 'NXS-FRM-007',
      title: 'The frames of a packet are received as that packet',
      operations: [split, open, receive, 'nexus.frames.close'],
      arbitrary: fc.record({ packet: bytesUpTo(508, 1, lengths).map(toHex), nibble: fc.integer({ min: 0, max: 15 }) }),
      trial: async ({ packet, nibble }, talk) => {
        const { frames } = await talk.want(split, { packet, nibble });
        const session = textIn(await talk.want(open, { frameUs: 400_000, now: 1000 }), 'session');
        for (const [i, frame] of (frames as readonly string[]).entries()) {
          const isLast = i === (frames as readonly string[]).length - 1;
          const step = await talk.want(receive, { session, frame, now: 1001 });
          const about = packet.length > 508 ? 'NXS-FRM-007' : 'NXS-FRM-006';
          demand(talk, step, 'events', isLast ? [{ type: 'packet', packet }] : [], about, 'The frames are not received as the packet.');
        }
        await talk.want('nexus.frames.close', { session });
      },
    }),
  ];
}
