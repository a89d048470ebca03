/** What requests about a single channel take, as it is drawn. */
import fc from 'fast-check';
import type { Hints } from '../../suites/arbitraries.ts';

/** How requests about channels are drawn. */
export const hints: Hints = {
  params: {
    // Numbers that rise from ack over the missing ones to the highest, in any order.
    'e3x.miss.encode.ack': () => fc.nat(3),
    'e3x.miss.encode.missing': () => fc.uniqueArray(fc.integer({ min: 4, max: 40 }), { maxLength: 6 }),
    'e3x.miss.encode.highest': () => fc.oneof(fc.integer({ min: 41, max: 99 }), fc.constant(4294967295)),
  },
};
