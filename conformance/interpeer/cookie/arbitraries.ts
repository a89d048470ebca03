/** What cookies are made from, as both operations take it. */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { hex, hexUpTo } from '../arbitraries.ts';
import type { Suite } from '../packet/suites.ts';

/** What a cookie covers, and when it is made; the same members as the operations have. */
export function cookieInput(of: Suite): fc.Arbitrary<JsonObject> {
  const role = fc.oneof(
    hex(2).map((id): JsonObject => ({ role: 'initiator', id })),
    hex(4).map((id): JsonObject => ({ role: 'responder', id })),
  );
  const rest = fc.record<JsonObject>({
    suite: fc.constant(of),
    secret: hexUpTo(80),
    initiator: hex(16),
    responder: hex(16),
    now: fc.integer({ min: 0, max: 10_000 }),
    rotationMs: fc.integer({ min: 1, max: 2000 }),
  });
  return fc.tuple(rest, role).map(([params, who]) => ({ ...params, ...who }));
}
