/**
 * The operations of exchanges: order and content of handshakes.
 */
import type { Engine } from './engine.ts';
import { hexMap, hexOf } from './params.ts';
import type { Operation, Operations } from './sessions.ts';

/** The operations that need no session. */
export function handshakeOperations(engine: Engine): Operations {
  const order: Operation = (params) => {
    const key = params.bytes('key');
    const otherKey = params.bytes('otherKey');
    params.finish();
    return { order: engine.deriveOrder(key, otherKey) };
  };
  const link: Operation = (params) => {
    const csid = params.text('csid');
    const keys = params.csidMap('keys');
    const at = params.integer('at', 0, engine.AT_MAX);
    const z = params.optionalInteger('z', 0, Number.MAX_SAFE_INTEGER);
    const encrypted = params.optionalBoolean('encrypted');
    params.finish();
    return { inner: hexOf(engine.encodeLinkHandshake({ csid, keys, at, z, encrypted })) };
  };
  const read: Operation = (params) => {
    const csid = params.text('csid');
    const inner = params.bytes('inner');
    const hashname = params.optionalText('hashname');
    const encrypted = params.optionalBoolean('encrypted');
    params.finish();
    const { body, key, intermediates, ...others } = engine.decodeHandshake({ csid, inner, hashname, encrypted });
    return {
      ...others,
      body: hexOf(body),
      ...(key === undefined ? {} : { key: hexOf(key) }),
      ...(intermediates === undefined ? {} : { intermediates: hexMap(intermediates) }),
    };
  };
  return [
    ['e3x.order.derive', order],
    ['e3x.handshake.link', link],
    ['e3x.handshake.read', read],
  ];
}
