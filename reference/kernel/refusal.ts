/**
 * How a call ended, in one line, for the tests next to the code.
 */
import { ProtocolError } from './errors.ts';

/**
 * Runs something that should be refused.
 * @returns reject class and clause, such as `truncated E3X-LOB-003`; `usage` in place of the class for a UsageError;
 * `accepted` if nothing was thrown
 */
export function refusalOf(run: () => unknown): string {
  try {
    run();
    return 'accepted';
  } catch (error) {
    if (error instanceof ProtocolError) return `${error.rejectClass ?? 'usage'} ${error.clause}`;
    throw error;
  }
}
