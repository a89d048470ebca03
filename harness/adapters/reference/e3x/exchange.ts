/**
 * The operations of exchanges: order, content of handshakes, and exchanges themselves behind handles.
 */
import type { Primitives } from '../../../../reference/index.ts';
import type { JsonObject } from '../../../../conformance/contract/contract.ts';
import type { Engine } from '../engine.ts';
import { ParamError, Params, hexMap, hexOf } from '../params.ts';
import type { BytesByName } from '../params.ts';
import { closing, drain, stepped } from '../sessions.ts';
import type { Operation, Operations } from '../sessions.ts';

/** The operations that need no session. */
export function handshakeOperations(engine: Engine, primitives: Primitives): Operations {
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
    return { inner: hexOf(engine.encodeLinkHandshake({ csid, keys, at, z, encrypted }, primitives)) };
  };
  const read: Operation = (params) => {
    const csid = params.text('csid');
    const inner = params.bytes('inner');
    const hashname = params.optionalText('hashname');
    const encrypted = params.optionalBoolean('encrypted');
    params.finish();
    const { body, key, intermediates, ...others } = engine.decodeHandshake({ csid, inner, hashname, encrypted }, primitives);
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

type Exchange = InstanceType<Engine['Exchange']>;
interface Content {
  readonly json: JsonObject | undefined;
  readonly body: Uint8Array | undefined;
}

function memberOf(members: BytesByName, name: string): Uint8Array {
  const bytes = members.get(name);
  if (bytes === undefined) throw new ParamError(`local.${name} is missing`);
  return bytes;
}

/** Handshakes by their types, as the request has them. */
function contentsOf(given: JsonObject): ReadonlyMap<string, Content> {
  return new Map(
    Object.entries(given).map(([type, content]) => {
      const params = new Params({ content });
      const members = new Params(params.optionalObject('content') ?? {});
      const read = { json: members.optionalObject('json'), body: members.optionalBytes('body') };
      members.finish();
      return [type, read];
    }),
  );
}

function limitsOf(given: JsonObject): { readonly packetBytes?: number; readonly macFailureCount?: number } {
  const members = new Params(given);
  const packetBytes = members.optionalInteger('packetBytes', 1, Number.MAX_SAFE_INTEGER);
  const macFailureCount = members.optionalInteger('macFailureCount', 1, Number.MAX_SAFE_INTEGER);
  members.finish();
  return { ...(packetBytes === undefined ? {} : { packetBytes }), ...(macFailureCount === undefined ? {} : { macFailureCount }) };
}

/** What the calls of an exchange answer. */
function replyOf(exchange: Exchange): JsonObject {
  const transmits = drain(() => exchange.pollTransmit());
  const events = drain(() => exchange.pollEvent()).map((event): JsonObject => {
    if (event.type === 'handshake') return { ...event, body: hexOf(event.body) };
    return event.type === 'packet' ? { ...event, inner: hexOf(event.inner.bytes) } : { ...event };
  });
  return stepped(transmits, events, exchange.pollTimeoutAtMs());
}

/** The operations on exchanges. */
export function exchangeOperations(engine: Engine, nextHandle: () => string, primitives: Primitives): Operations {
  const table = engine.exchangeSessions(nextHandle);
  const open: Operation = (params) => {
    const csid = params.text('csid');
    const members = params.bytesMap('local');
    const remoteKey = params.bytes('remoteKey');
    const at = params.optionalInteger('at', 1, engine.AT_MAX);
    const handshakes = contentsOf(params.optionalObject('handshakes') ?? {});
    const keys = params.optionalCsidMap('keys');
    const z = params.optionalInteger('z', 0, Number.MAX_SAFE_INTEGER);
    const legacy = params.optionalBoolean('legacy');
    const limits = limitsOf(params.optionalObject('limits') ?? {});
    const entropy = params.bytes('entropy');
    params.time('now');
    params.finish();
    const local = { secret: memberOf(members, 'secret'), key: memberOf(members, 'key') };
    const exchange = new engine.Exchange({ csid, local, remoteKey, at, handshakes, keys, z, legacy, limits, entropy, primitives });
    return { session: table.open(exchange), ...replyOf(exchange) };
  };
  /** A call of a session: what it takes besides the handle and the time, and what it does. */
  const call =
    <Given>(take: (params: Params) => Given, run: (exchange: Exchange, given: Given, now: number) => void): Operation =>
    (params) => {
      const handle = params.text('session');
      const given = take(params);
      const now = params.time('now');
      params.finish();
      const exchange = table.get(handle);
      run(exchange, given, now);
      return replyOf(exchange);
    };
  return [
    ['e3x.exchange.open', open],
    [
      'e3x.exchange.handshake',
      call(
        (params) => params.bytes('entropy'),
        (exchange, entropy, now) => exchange.handshake(entropy, now),
      ),
    ],
    [
      'e3x.exchange.receive',
      call(
        (params) => params.bytes('packet'),
        (exchange, packet, now) => exchange.handlePacket(packet, now),
      ),
    ],
    [
      'e3x.exchange.accept',
      call(
        (params) => ({ at: params.integer('at', 0, engine.AT_MAX), entropy: params.bytes('entropy') }),
        (exchange, { at, entropy }, now) => exchange.accept(at, entropy, now),
      ),
    ],
    [
      'e3x.exchange.send',
      call(
        (params) => ({ inner: params.bytes('inner'), entropy: params.bytes('entropy') }),
        (exchange, { inner, entropy }, now) => exchange.send(inner, entropy, now),
      ),
    ],
    [
      'e3x.exchange.renew',
      call(
        (params) => params.bytes('entropy'),
        (exchange, entropy, now) => exchange.renew(entropy, now),
      ),
    ],
    [
      'e3x.exchange.tick',
      call(
        () => undefined,
        (exchange, _, now) => exchange.handleTimeout(now),
      ),
    ],
    ['e3x.exchange.close', closing(table)],
  ];
}

/** The operations on tables of tokens. */
export function tokenOperations(engine: Engine, nextHandle: () => string): Operations {
  const table = engine.tokenSessions(nextHandle);
  const open: Operation = (params) => {
    const capacity = params.integer('capacity', 1, 1_048_576);
    params.time('now');
    params.finish();
    return { session: table.open(new engine.TokenTable(capacity)), ...stepped([], [], undefined) };
  };
  const change =
    (verb: 'add' | 'remove'): Operation =>
    (params) => {
      const handle = params.text('session');
      const token = params.bytes('token');
      const exchange = params.text('exchange');
      params.time('now');
      params.finish();
      table.get(handle)[verb](token, exchange);
      return stepped([], [], undefined);
    };
  const find: Operation = (params) => {
    const handle = params.text('session');
    const token = params.bytes('token');
    params.time('now');
    params.finish();
    return stepped(
      [],
      table
        .get(handle)
        .find(token)
        .map((exchange) => ({ type: 'match', exchange })),
      undefined,
    );
  };
  return [
    ['e3x.tokens.open', open],
    ['e3x.tokens.add', change('add')],
    ['e3x.tokens.find', find],
    ['e3x.tokens.remove', change('remove')],
    ['e3x.tokens.close', closing(table)],
  ];
}
