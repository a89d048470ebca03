/** Sessions of this area: replay guards behind handles. */
import { SessionTable } from '../e3x/sessions.ts';
import type { HandleSource } from '../e3x/sessions.ts';
import type { ReplayGuard } from './replay/replay-guard.ts';

/**
 * A table of replay guards.
 * @see KLT-RPL-011
 */
export function replaySessions(nextHandle: HandleSource): SessionTable<ReplayGuard> {
  return new SessionTable<ReplayGuard>('KLT-RPL-011', nextHandle); // KLT-RPL-011
}
