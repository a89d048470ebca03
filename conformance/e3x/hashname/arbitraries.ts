/** Keys, their digests and hashnames as they are drawn. */
import { bytesExactly, type Hints } from '../../suites/arbitraries.ts';

/** How requests about hashnames are drawn. */
export const hints: Hints = {
  params: {
    hashname: (make) => bytesExactly(32).map((digest) => make.text('e3x.base32', digest)),
    keys: (make) => make.csidMap([1, 21, 32], 1),
    intermediates: (make) => make.csidMap([32], 0),
  },
};
