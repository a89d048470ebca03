/**
 * The sessions of the reference behind handles: chunk endpoints and paths, each drained into one reply after every
 * call, so that the bench sees what to send, what happened and what is due next.
 */
import type { Primitives } from '../../../reference/index.ts';
import type { JsonObject } from '../../../conformance/contract/contract.ts';
import { channelOperations } from './e3x/channel.ts';
import { channelSessionOperations } from './e3x/channel-table.ts';
import { counterOperations } from './e3x/counters.ts';
import type { Engine } from './engine.ts';
import { exchangeOperations, tokenOperations } from './e3x/exchange.ts';
import { interpeerDataOperations } from './interpeer/data.ts';
import { interpeerEngineOperations } from './interpeer/engine.ts';
import { interpeerConnectionOperations } from './interpeer/connection.ts';
import { establishmentOperations } from './interpeer/establishment.ts';
import { kiltOperations } from './kilt/kilt.ts';
import { Params, hexOf } from './params.ts';

/** One operation: parameters in, members of `ok` out. */
export type Operation = (params: Params) => JsonObject;
/** Operations by their names. */
export type Operations = readonly (readonly [string, Operation])[];

/** Everything that polling yields until nothing is left. */
export function drain<Item>(poll: () => Item | undefined): Item[] {
  const items: Item[] = [];
  for (let item = poll(); item !== undefined; item = poll()) items.push(item);
  return items;
}

/** The reply of every call of a session. */
export function stepped(transmits: readonly Uint8Array[], events: readonly JsonObject[], timeoutAtMs: number | undefined): JsonObject {
  return { transmit: transmits.map(hexOf), events, timeoutAt: timeoutAtMs ?? null };
}

const TRANSPORT_NAMES = ['tcp', 'ble', '802.15.4', 'serial'] as const;
const ACK_MODES = ['none', 'read', 'chunk'] as const;
const LIMIT_NAMES = ['packetBytes', 'chunkCount', 'ageMs', 'assemblyCount', 'blockMs', 'queueBytes'] as const;

type ChunkEndpoint = InstanceType<Engine['ChunkEndpoint']>;
type CloakPath = InstanceType<Engine['CloakPath']>;

function chunkOperations(engine: Engine, nextHandle: () => string): Operations {
  const table = engine.chunkSessions(nextHandle);

  const reply = (endpoint: ChunkEndpoint): JsonObject => {
    const transmits = drain(() => endpoint.pollTransmit());
    const events = drain(() => endpoint.pollEvent()).map((event): JsonObject =>
      event.type === 'packet' ? { ...event, packet: hexOf(event.packet) } : { ...event },
    );
    return stepped(
      transmits.map(({ bytes }) => bytes),
      events,
      endpoint.pollTimeoutAtMs(),
    );
  };
  const limitsOf = (given: JsonObject): { [name: string]: number } => {
    const members = new Params(given);
    const limits: { [name: string]: number } = {};
    for (const name of LIMIT_NAMES) {
      const value = members.optionalInteger(name, 0, Number.MAX_SAFE_INTEGER);
      if (value !== undefined) limits[name] = value;
    }
    members.finish();
    return limits;
  };
  const open: Operation = (params) => {
    params.exclusive('transport', 'size');
    const transport = params.optionalChoice('transport', TRANSPORT_NAMES);
    const size = params.optionalInteger('size', 0, 65535); // below 2 it is a reject: E3X-CHK-006
    const blocking = params.optionalBoolean('blocking');
    const acks = params.optionalChoice('acks', ACK_MODES);
    const limits = limitsOf(params.optionalObject('limits') ?? {});
    params.time('now');
    params.finish();
    const endpoint = new engine.ChunkEndpoint({ transport, size, blocking, acks, limits });
    return { session: table.open(endpoint), ...reply(endpoint) };
  };
  const receive: Operation = (params) => {
    const handle = params.text('session');
    const link = params.optionalInteger('link', 0, engine.LINK_MAX) ?? 0;
    const bytes = params.bytes('bytes');
    const now = params.time('now');
    params.finish();
    const endpoint = table.get(handle);
    endpoint.handleBytes(link, bytes, now);
    return reply(endpoint);
  };
  const send: Operation = (params) => {
    const handle = params.text('session');
    const link = params.optionalInteger('link', 0, engine.LINK_MAX) ?? 0;
    const packet = params.bytes('packet');
    const now = params.time('now');
    params.finish();
    const endpoint = table.get(handle);
    endpoint.send(link, packet, now);
    return reply(endpoint);
  };
  const tick: Operation = (params) => {
    const handle = params.text('session');
    const now = params.time('now');
    params.finish();
    const endpoint = table.get(handle);
    endpoint.handleTimeout(now);
    return reply(endpoint);
  };
  return [
    ['e3x.chunks.open', open],
    ['e3x.chunks.receive', receive],
    ['e3x.chunks.send', send],
    ['e3x.chunks.tick', tick],
    ['e3x.chunks.close', closing(table)],
  ];
}

function pathOperations(engine: Engine, nextHandle: () => string, primitives: Primitives): Operations {
  const table = engine.cloakPathSessions(nextHandle);

  const reply = (path: CloakPath): JsonObject => {
    const events = drain(() => path.pollEvent()).map((event): JsonObject => ({ ...event, packet: hexOf(event.packet) }));
    return stepped(
      drain(() => path.pollTransmit()),
      events,
      path.pollTimeoutAtMs(),
    );
  };
  const open: Operation = (params) => {
    const cloaked = params.optionalBoolean('cloaked');
    params.time('now');
    params.finish();
    const path = new engine.CloakPath({ cloaked, primitives });
    return { session: table.open(path), ...reply(path) };
  };
  const receive: Operation = (params) => {
    const handle = params.text('session');
    const bytes = params.bytes('bytes');
    params.time('now');
    params.finish();
    const path = table.get(handle);
    path.handleBytes(bytes);
    return reply(path);
  };
  const send: Operation = (params) => {
    const handle = params.text('session');
    const packet = params.bytes('packet');
    const entropy = params.bytes('entropy');
    params.time('now');
    params.finish();
    const path = table.get(handle);
    path.send(packet, entropy);
    return reply(path);
  };
  return [
    ['e3x.cloakpath.open', open],
    ['e3x.cloakpath.receive', receive],
    ['e3x.cloakpath.send', send],
    ['e3x.cloakpath.close', closing(table)],
  ];
}

/** The operation that ends a session of a table. */
export function closing(table: { close(handle: string): void }): Operation {
  return (params) => {
    const handle = params.text('session');
    params.finish();
    table.close(handle);
    return {};
  };
}

/** The operations on sessions; handles are s1, s2 and so on, whatever kind they are of. */
export function sessionOperations(engine: Engine, primitives: Primitives): Operations {
  const nextHandle = engine.countedHandles();
  return [
    ...chunkOperations(engine, nextHandle),
    ...pathOperations(engine, nextHandle, primitives),
    ...exchangeOperations(engine, nextHandle, primitives),
    ...tokenOperations(engine, nextHandle),
    ...channelSessionOperations(engine, nextHandle, primitives),
    ...channelOperations(engine, nextHandle),
    ...kiltOperations(engine, nextHandle, primitives),
    ...counterOperations(engine, nextHandle, primitives),
    ...interpeerDataOperations(engine, nextHandle),
    ...interpeerEngineOperations(engine, nextHandle, primitives),
    ...interpeerConnectionOperations(engine, nextHandle, primitives),
    ...establishmentOperations(engine, nextHandle, primitives),
  ];
}
