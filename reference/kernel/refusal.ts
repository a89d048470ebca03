/**
 * How a call ended, in one line, for the tests beside the code.
 */
import { ProtocolError } from './errors.ts';

/**
 * Runs something that should be refused.
 * @returns reject class and clause, such as `truncated E3X-LOB-003`; `usage` in place of the class for a UsageError;
 * `accepted` where nothing was thrown
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
