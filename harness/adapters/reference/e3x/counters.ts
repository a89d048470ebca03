/** Counted IVs behind handles. */
import type { Primitives } from '../../../../reference/index.ts';
import type { JsonObject } from '../../../../conformance/contract/contract.ts';
import type { Engine } from '../engine.ts';
import { hexOf } from '../params.ts';
import type { Operation, Operations } from '../sessions.ts';

/** The operations on counters. */
export function counterOperations(engine: Engine, nextHandle: () => string, primitives: Primitives): Operations {
  const table = engine.channelCounterSessions(nextHandle);
  const reply = (...packets: readonly Uint8Array[]): JsonObject => ({ transmit: packets.map(hexOf), events: [], timeoutAt: null });
  const open: Operation = (params) => {
    const key = params.bytes('key');
    const token = params.bytes('token');
    const entropy = params.bytes('entropy');
    params.time('now');
    params.finish();
    return { session: table.open(new engine.ChannelCounter({ key, token, entropy }, primitives)), ...reply() };
  };
  const seal: Operation = (params) => {
    const handle = params.text('session');
    const inner = params.bytes('inner');
    params.time('now');
    params.finish();
    return reply(table.get(handle).seal(inner));
  };
  const close: Operation = (params) => {
    const handle = params.text('session');
    params.finish();
    table.close(handle);
    return {};
  };
  return [
    ['e3x.channelcounter.open', open],
    ['e3x.channelcounter.seal', seal],
    ['e3x.channelcounter.close', close],
  ];
}
