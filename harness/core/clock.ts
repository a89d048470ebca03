/** Real time, for implementations that live in it (ADP-051). Only the harness has a clock. */
import type { Clock } from '../../conformance/contract/contract.ts';

export const REAL_CLOCK: Clock = {
  nowMs: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
