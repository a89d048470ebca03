/** Encryption, offers of keys, and connections: the operations between Interpeer's wire and its channels. */
import type { Primitives } from '../../../../reference/index.ts';
import type { Json, JsonObject } from '../../../../conformance/contract/contract.ts';
import type { Engine } from '../engine.ts';
import { SUITES } from './wire.ts';
import { ParamError, Params, hexMap, hexOf } from '../params.ts';
import { closing, drain, stepped } from '../sessions.ts';
import type { Operation, Operations } from '../sessions.ts';

/** Profiles of this part. */
export const INTERPEER_CONNECTION_PROFILES: readonly string[] = ['interpeer-encryption', 'interpeer-connection'];

type Connection = InstanceType<Engine['Connection']>;
type Options = ConstructorParameters<Engine['Connection']>[0];
type Kind = Options['policy']['handshakes'][number];
const KINDS: readonly Kind[] = ['none', 'known-keys', 'key-exchange'];

/** The operations that need no session. */
export function interpeerSealedOperations(engine: Engine, primitives: Primitives): Operations {
  const derive: Operation = (params) => {
    const channelKey = params.bytes('channelKey');
    params.finish();
    return { key: hexOf(engine.derivePacketKey(channelKey, primitives)) };
  };
  const seal: Operation = (params) => {
    const input = {
      key: params.bytes('key'),
      counter: params.u64('counter'),
      header: params.bytes('header'),
      plaintext: params.bytes('plaintext'),
    };
    params.finish();
    return { sealed: hexOf(engine.sealPart(input, primitives)) };
  };
  const open: Operation = (params) => {
    const input = { key: params.bytes('key'), header: params.bytes('header'), sealed: params.bytes('sealed') };
    params.finish();
    const { counter, plaintext } = engine.openPart(input, primitives);
    return { counter: counter.toString(), plaintext: hexOf(plaintext) };
  };
  const encode: Operation = (params) => {
    const keys = params.csidMap('keys');
    const intermediates = params.optionalCsidMap('intermediates') ?? new Map<string, Uint8Array>();
    params.finish();
    return { offer: hexOf(engine.encodeKeyOffer({ keys, intermediates }, primitives)) };
  };
  const decode: Operation = (params) => {
    const offer = params.bytes('offer');
    params.finish();
    const { keys, intermediates, hashname } = engine.decodeKeyOffer(offer, primitives);
    return { keys: hexMap(keys), intermediates: hexMap(intermediates), hashname };
  };
  return [
    ['interpeer.packetkey.derive', derive],
    ['interpeer.sealed.seal', seal],
    ['interpeer.sealed.open', open],
    ['interpeer.keyoffer.encode', encode],
    ['interpeer.keyoffer.decode', decode],
  ];
}

function cryptoOperations(engine: Engine, nextHandle: () => string, primitives: Primitives): Operations {
  const table = engine.packetKeysSessions(nextHandle);
  const quiet = (events: readonly JsonObject[] = [], ...transmits: readonly Uint8Array[]): JsonObject =>
    stepped(transmits, events, undefined);
  const open: Operation = (params) => {
    const agreed = { encryptKey: params.bytes('encryptKey'), decryptKey: params.bytes('decryptKey') };
    const firstCounter = params.optionalU64('counter');
    const now = params.time('now');
    params.finish();
    const keys = new engine.PacketKeys({ firstCounter }, primitives);
    keys.install(agreed, 'at-once', now);
    return { session: table.open(keys), ...quiet() };
  };
  const seal: Operation = (params) => {
    const handle = params.text('session');
    const header = params.bytes('header');
    const plaintext = params.bytes('plaintext');
    params.time('now');
    params.finish();
    return quiet([], table.get(handle).seal(header, plaintext));
  };
  const receive: Operation = (params) => {
    const handle = params.text('session');
    const header = params.bytes('header');
    const sealed = params.bytes('sealed');
    const now = params.time('now');
    params.finish();
    const opened = table.get(handle).open(header, sealed, now);
    opened.accept();
    return quiet([{ type: 'opened', plaintext: hexOf(opened.plaintext) }]);
  };
  const rekey: Operation = (params) => {
    const handle = params.text('session');
    const agreed = { encryptKey: params.bytes('encryptKey'), decryptKey: params.bytes('decryptKey') };
    const use = params.choice('use', ['at-once', 'once-proven']);
    const now = params.time('now');
    params.finish();
    table.get(handle).install(agreed, use, now);
    return quiet();
  };
  return [
    ['interpeer.crypto.open', open],
    ['interpeer.crypto.seal', seal],
    ['interpeer.crypto.receive', receive],
    ['interpeer.crypto.rekey', rekey],
    ['interpeer.crypto.close', closing(table)],
  ];
}

function policyOf(object: JsonObject): Options['policy'] {
  const { handshakes, ...others } = object;
  if (Object.keys(others).length > 0 || !Array.isArray(handshakes)) throw new ParamError('policy is { handshakes: [...] }');
  return {
    handshakes: handshakes.map((name: Json) => {
      const kind = KINDS.find((candidate) => candidate === name);
      if (kind === undefined) throw new ParamError('policy.handshakes holds something else than handshakes');
      return kind;
    }),
  };
}

function identityOf(object: JsonObject): NonNullable<Options['identity']> {
  const members = new Params(object);
  const identity = {
    csid: members.text('csid'),
    secret: members.bytes('secret'),
    key: members.bytes('key'),
    intermediates: members.optionalCsidMap('intermediates'),
    legacy: members.optionalBoolean('legacy'),
  };
  members.finish();
  return identity;
}

type ConnectionEvent = NonNullable<ReturnType<Connection['pollEvent']>>;

function eventOf(event: ConnectionEvent): JsonObject {
  if (event.type === 'offered')
    return { type: event.type, hashname: event.hashname, keys: hexMap(event.keys), intermediates: hexMap(event.intermediates) };
  if (event.type !== 'messages') return { ...event };
  const { type, channelId, sequenceNumber, encrypted, payload } = event;
  return { type, channelId: hexOf(channelId), sequenceNumber, encrypted, payload: hexOf(payload) };
}

function connectionOperations(engine: Engine, nextHandle: () => string, primitives: Primitives): Operations {
  const table = engine.connectionSessions(nextHandle);
  const open: Operation = (params) => {
    const identity = params.optionalObject('identity');
    const options: Options = {
      suite: params.choice('suite', SUITES),
      local: params.bytes('local'),
      remote: params.bytes('remote'),
      policy: policyOf(params.object('policy')),
      identity: identity === undefined ? undefined : identityOf(identity),
      remoteKey: params.optionalBytes('remoteKey'),
      at: params.optionalInteger('at', 1, engine.AT_MAX),
      sequenceNumber: params.integer('sequenceNumber', 0, 65535),
      resetTimeoutMs: params.optionalInteger('resetTimeoutMs', 1, Number.MAX_SAFE_INTEGER),
      primitives,
    };
    params.time('now');
    params.finish();
    const connection = new engine.Connection(options);
    return { session: table.open(connection), ...stepped([], [], connection.pollTimeoutAtMs()) };
  };
  /** A call of a session: what it takes besides the handle and the time, and what it does. */
  const call =
    <Given>(take: (params: Params) => Given, run: (connection: Connection, given: Given, now: number) => void): Operation =>
    (params) => {
      const handle = params.text('session');
      const given = take(params);
      const now = params.time('now');
      params.finish();
      const connection = table.get(handle);
      run(connection, given, now);
      const transmits = drain(() => connection.pollTransmit());
      return stepped(transmits, drain(() => connection.pollEvent()).map(eventOf), connection.pollTimeoutAtMs());
    };
  const sent = (
    params: Params,
  ): {
    readonly channelId: Uint8Array;
    readonly payload: Uint8Array;
    readonly sequenceNumber: number | undefined;
    readonly paddingLength: number | undefined;
  } => ({
    channelId: params.bytes('channelId'),
    payload: params.bytes('payload'),
    sequenceNumber: params.optionalInteger('sequenceNumber', 0, 65535),
    paddingLength: params.optionalInteger('paddingLength', 0, 65535),
  });
  return [
    ['interpeer.connection.open', open],
    [
      'interpeer.connection.begin',
      call(
        (params) => ({ kind: params.choice('handshake', ['known-keys', 'key-exchange']), entropy: params.bytes('entropy') }),
        (connection, { kind, entropy }, now) => connection.begin(kind, entropy, now),
      ),
    ],
    [
      'interpeer.connection.receive',
      call(
        (params) => ({ datagram: params.bytes('datagram'), entropy: params.bytes('entropy') }),
        (connection, { datagram, entropy }, now) => connection.handleDatagram(datagram, entropy, now),
      ),
    ],
    [
      'interpeer.connection.send',
      call(sent, (connection, { payload, ...input }) =>
        connection.send({ ...input, messages: engine.decodeMessages(payload, connection.suite) }),
      ),
    ],
    [
      'interpeer.connection.accept',
      call(
        (params) => ({ hashname: params.text('hashname'), entropy: params.bytes('entropy') }),
        (connection, { hashname, entropy }, now) => connection.accept(hashname, entropy, now),
      ),
    ],
    [
      'interpeer.connection.refuse',
      call(
        (params) => params.text('hashname'),
        (connection, hashname) => connection.refuse(hashname),
      ),
    ],
    [
      'interpeer.connection.tick',
      call(
        () => undefined,
        (connection, _, now) => connection.handleTimeout(now),
      ),
    ],
    ['interpeer.connection.close', closing(table)],
  ];
}

/** The operations on sessions; handles come from the source that all sessions share. */
export function interpeerConnectionOperations(engine: Engine, nextHandle: () => string, primitives: Primitives): Operations {
  return [...cryptoOperations(engine, nextHandle, primitives), ...connectionOperations(engine, nextHandle, primitives)];
}
