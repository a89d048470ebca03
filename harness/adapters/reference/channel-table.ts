/**
 * The operations on channels above one channel: their table, compression, their standard types and the router.
 */
import type { JsonObject } from '../../core/contract.ts';
import type { Engine } from './engine.ts';
import { Params, hexOf } from './params.ts';
import type { Operation, Operations } from './sessions.ts';

/** What every call of a session answers where nothing is sent and nothing is due. */
function answered(events: readonly JsonObject[], timeoutAtMs?: number): JsonObject {
  return { transmit: [], events, timeoutAt: timeoutAtMs ?? null };
}

/** The events of one call; bytes become hexadecimal. */
function eventsOf(source: { pollEvent(): { readonly [member: string]: unknown } | undefined }): JsonObject[] {
  const events: JsonObject[] = [];
  for (let event = source.pollEvent(); event !== undefined; event = source.pollEvent()) {
    events.push(Object.fromEntries(Object.entries(event).map(([name, value]) => [name, value instanceof Uint8Array ? hexOf(value) : value])) as JsonObject);
  }
  return events;
}

/** Bounds by name, each a positive integer. */
function limitsOf(params: Params, names: readonly string[]): { [name: string]: number } {
  const members = new Params(params.optionalObject('limits') ?? {});
  const limits: { [name: string]: number } = {};
  for (const name of names) {
    const value = members.optionalInteger(name, 1, Number.MAX_SAFE_INTEGER);
    if (value !== undefined) limits[name] = value;
  }
  members.finish();
  return limits;
}

function closing(table: { close(handle: string): void }): Operation {
  return (params) => {
    const handle = params.text('session');
    params.finish();
    table.close(handle);
    return {};
  };
}

type ChannelTable = InstanceType<Engine['ChannelTable']>;

function tableOperations(engine: Engine, nextHandle: () => string): Operations {
  const table = engine.channelTableSessions(nextHandle);
  const stepping = (read: (params: Params) => (channels: ChannelTable) => void): Operation => (params) => {
    const handle = params.text('session');
    params.time('now');
    const call = read(params);
    params.finish();
    const channels = table.get(handle);
    call(channels);
    return answered(eventsOf(channels));
  };
  return [
    ['e3x.channels.open', (params) => {
      const order = params.choice('order', ['odd', 'even']);
      const last = params.optionalInteger('last', 0, engine.CHANNEL_ID_MAX);
      const limits = limitsOf(params, ['channelCount', 'skippedCount']);
      params.time('now');
      params.finish();
      return { session: table.open(new engine.ChannelTable({ order, last, limits })), ...answered([]) };
    }],
    ['e3x.channels.create', stepping((params) => {
      const channelType = params.text('channelType');
      return (channels) => channels.create(channelType);
    })],
    ['e3x.channels.receive', stepping((params) => {
      const packet = params.bytes('packet');
      return (channels) => channels.handlePacket(packet);
    })],
    ['e3x.channels.remove', stepping((params) => {
      const c = params.integer('c', 0, engine.CHANNEL_ID_MAX);
      return (channels) => channels.remove(c);
    })],
    ['e3x.channels.renew', stepping(() => (channels) => channels.renew())],
    ['e3x.channels.close', closing(table)],
  ];
}

function headOperations(engine: Engine): Operations {
  return [
    ['e3x.channelhead.read', (params) => {
      const packet = params.bytes('packet');
      params.finish();
      return { ...engine.readChannelHead(packet) };
    }],
  ];
}

function compressionOperations(engine: Engine): Operations {
  const zOf = (params: Params): number => params.integer('z', 0, 255);
  return [
    ['e3x.compression.negotiate', (params) => {
      const local = params.optionalInteger('local', 0, 255);
      const remote = params.optionalInteger('remote', 0, 255);
      params.finish();
      return { z: engine.negotiateCompression(local, remote) };
    }],
    ['e3x.compression.encode', (params) => {
      const z = zOf(params);
      const inner = params.bytes('inner');
      params.finish();
      return { payload: hexOf(engine.encodeCompressed(z, inner)) };
    }],
    ['e3x.compression.decode', (params) => {
      const z = zOf(params);
      const payload = params.bytes('payload');
      params.finish();
      const { json, body, inner } = engine.decodeCompressed(z, payload);
      return { json, body: hexOf(body), ...(inner === undefined ? {} : { inner: hexOf(inner) }) };
    }],
  ];
}

/** The operations without a session. */
export function plainChannelOperations(engine: Engine): Operations {
  return [...headOperations(engine), ...compressionOperations(engine)];
}

/** The operations with a session. */
export function channelSessionOperations(engine: Engine, nextHandle: () => string): Operations {
  return [...tableOperations(engine, nextHandle)];
}
