/**
 * The operations on channels above one channel: their table, compression, their standard types and the router.
 */
import type { Primitives } from '../../../../reference/index.ts';
import type { JsonObject } from '../../../../conformance/contract/contract.ts';
import type { Engine } from '../engine.ts';
import { Params, hexOf } from '../params.ts';
import type { Operation, Operations } from '../sessions.ts';

/** What every call of a session answers where nothing is sent and nothing is due. */
function answered(events: readonly JsonObject[], timeoutAtMs?: number): JsonObject {
  return { transmit: [], events, timeoutAt: timeoutAtMs ?? null };
}

/** A member of an event as the contract writes it: bytes, and a packet as its bytes, become hexadecimal. */
function writtenOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return hexOf(value);
  return typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array ? hexOf(value.bytes) : value;
}

/** The events of one call. */
function eventsOf(source: { pollEvent(): object | undefined }): JsonObject[] {
  const events: JsonObject[] = [];
  for (let event = source.pollEvent(); event !== undefined; event = source.pollEvent()) {
    events.push(
      Object.fromEntries(
        Object.entries(event as { readonly [member: string]: unknown }).map(([name, value]) => [name, writtenOf(value)]),
      ) as JsonObject,
    );
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
  const stepping =
    (read: (params: Params) => (channels: ChannelTable) => void): Operation =>
    (params) => {
      const handle = params.text('session');
      params.time('now');
      const call = read(params);
      params.finish();
      const channels = table.get(handle);
      call(channels);
      return answered(eventsOf(channels));
    };
  return [
    [
      'e3x.channels.open',
      (params) => {
        const order = params.choice('order', ['odd', 'even']);
        const last = params.optionalInteger('last', 0, engine.CHANNEL_ID_MAX);
        const limits = limitsOf(params, ['channelCount', 'skippedCount']);
        params.time('now');
        params.finish();
        return { session: table.open(new engine.ChannelTable({ order, last, limits })), ...answered([]) };
      },
    ],
    [
      'e3x.channels.create',
      stepping((params) => {
        const channelType = params.text('channelType');
        return (channels) => channels.create(channelType);
      }),
    ],
    [
      'e3x.channels.receive',
      stepping((params) => {
        const packet = params.bytes('packet');
        return (channels) => channels.handlePacket(packet);
      }),
    ],
    [
      'e3x.channels.remove',
      stepping((params) => {
        const c = params.integer('c', 0, engine.CHANNEL_ID_MAX);
        return (channels) => channels.remove(c);
      }),
    ],
    ['e3x.channels.renew', stepping(() => (channels) => channels.renew())],
    ['e3x.channels.close', closing(table)],
  ];
}

function headOperations(engine: Engine): Operations {
  return [
    [
      'e3x.channelhead.read',
      (params) => {
        const packet = params.bytes('packet');
        params.finish();
        return { ...engine.readChannelHead(packet) };
      },
    ],
  ];
}

function compressionOperations(engine: Engine): Operations {
  const zOf = (params: Params): number => params.integer('z', 0, 255);
  return [
    [
      'e3x.compression.negotiate',
      (params) => {
        const local = params.optionalInteger('local', 0, 255);
        const remote = params.optionalInteger('remote', 0, 255);
        params.finish();
        return { z: engine.negotiateCompression(local, remote) };
      },
    ],
    [
      'e3x.compression.encode',
      (params) => {
        const z = zOf(params);
        const inner = params.bytes('inner');
        params.finish();
        return { payload: hexOf(engine.encodeCompressed(z, inner)) };
      },
    ],
    [
      'e3x.compression.decode',
      (params) => {
        const z = zOf(params);
        const payload = params.bytes('payload');
        params.finish();
        const { json, body, inner } = engine.decodeCompressed(z, payload);
        return { json, body: hexOf(body), ...(inner === undefined ? {} : { inner: hexOf(inner) }) };
      },
    ],
  ];
}

function typeOperations(engine: Engine): Operations {
  return [
    [
      'e3x.channeltype.validate',
      (params) => {
        const type = params.text('type');
        const role = params.choice('role', ['open', 'opener', 'responder']);
        const isReliable = params.boolean('reliable');
        const packet = params.bytes('packet');
        params.finish();
        engine.validateChannelPacket({ type, role, isReliable, packet });
        return { type };
      },
    ],
    [
      'e3x.chat.validate',
      (params) => {
        const message = params.bytes('message');
        params.finish();
        return { type: engine.validateChatMessage(message) };
      },
    ],
    [
      'e3x.chat.ids',
      (params) => {
        const hashname = params.text('hashname');
        const secret = params.bytes('secret');
        const count = params.integer('count', 1, 1000);
        params.finish();
        const { profile, ids } = engine.deriveChatIds(hashname, secret, count);
        return { profile, ids: ids.map(hexOf) };
      },
    ],
    [
      'e3x.chat.verify',
      (params) => {
        const hashname = params.text('hashname');
        const previous = params.text('previous');
        const id = params.text('id');
        params.finish();
        return { relation: engine.verifyChatId(hashname, previous, id) };
      },
    ],
    [
      'e3x.box.id',
      (params) => {
        const sender = params.text('sender');
        const recipient = params.text('recipient');
        params.finish();
        return { box: hexOf(engine.deriveBoxId(sender, recipient)) };
      },
    ],
    [
      'e3x.box.messageid',
      (params) => {
        const box = params.bytes('box');
        const message = params.bytes('message');
        params.finish();
        return { id: hexOf(engine.deriveBoxMessageId(box, message)) };
      },
    ],
  ];
}

function thtpOperations(engine: Engine): Operations {
  return [
    [
      'e3x.thtp.encode',
      (params) => {
        const method = params.optionalText('method');
        const path = params.optionalText('path');
        const status = params.optionalInteger('status', 0, 999);
        const reason = params.optionalText('reason');
        const headers = params.optionalObject('headers') ?? {};
        const body = params.optionalBytes('body') ?? new Uint8Array(0);
        params.finish();
        return { packet: hexOf(engine.encodeThtp({ method, path, status, reason, headers, body })) };
      },
    ],
    [
      'e3x.thtp.decode',
      (params) => {
        const packet = params.bytes('packet');
        params.finish();
        const { method, path, status, reason, headers, body } = engine.decodeThtp(packet);
        return {
          ...(method === undefined ? {} : { method }),
          ...(path === undefined ? {} : { path }),
          ...(status === undefined ? {} : { status }),
          ...(reason === undefined ? {} : { reason }),
          headers,
          body: hexOf(body),
        };
      },
    ],
  ];
}

/** What takes packets one by one and says what happened. */
interface Receiver {
  handlePacket(packet: Uint8Array): void;
  pollEvent(): object | undefined;
}
interface Table<Session> {
  open(session: Session): string;
  get(handle: string): Session;
  close(handle: string): void;
}

/** The operations of a session that only takes packets. */
function receiverOperations<Session extends Receiver>(
  name: string,
  table: Table<Session>,
  bound: string,
  make: (limits: { [name: string]: number }) => Session,
): Operations {
  return [
    [
      `${name}.open`,
      (params) => {
        const limits = limitsOf(params, [bound]);
        params.time('now');
        params.finish();
        return { session: table.open(make(limits)), ...answered([]) };
      },
    ],
    [
      `${name}.receive`,
      (params) => {
        const handle = params.text('session');
        const packet = params.bytes('packet');
        params.time('now');
        params.finish();
        const receiver = table.get(handle);
        receiver.handlePacket(packet);
        return answered(eventsOf(receiver));
      },
    ],
    [`${name}.close`, closing(table)],
  ];
}

type Router = InstanceType<Engine['Router']>;

function routerOperations(engine: Engine, nextHandle: () => string, primitives: Primitives): Operations {
  const table = engine.routerSessions(nextHandle);
  const stepping =
    (read: (params: Params) => (router: Router, nowMs: number) => void): Operation =>
    (params) => {
      const handle = params.text('session');
      const now = params.time('now');
      const call = read(params);
      params.finish();
      const router = table.get(handle);
      call(router, now);
      return answered(eventsOf(router), router.pollTimeoutAtMs());
    };
  const pathOf = (params: Params): number => params.integer('path', 0, 65535);
  return [
    [
      'e3x.router.open',
      (params) => {
        const limits = limitsOf(params, ['routeCount', 'routeMs']);
        params.time('now');
        params.finish();
        return { session: table.open(new engine.Router({ limits, primitives })), ...answered([]) };
      },
    ],
    [
      'e3x.router.link',
      stepping((params) => {
        const hashname = params.text('hashname');
        return (router) => router.link(hashname);
      }),
    ],
    [
      'e3x.router.unlink',
      stepping((params) => {
        const hashname = params.text('hashname');
        return (router) => router.unlink(hashname);
      }),
    ],
    [
      'e3x.router.peer',
      stepping((params) => {
        const from = params.text('from');
        const path = pathOf(params);
        const packet = params.bytes('packet');
        return (router, nowMs) => router.handlePeer(from, path, packet, nowMs);
      }),
    ],
    [
      'e3x.router.route',
      stepping((params) => {
        const path = pathOf(params);
        const packet = params.bytes('packet');
        return (router, nowMs) => router.handlePacket(path, packet, nowMs);
      }),
    ],
    ['e3x.router.tick', stepping(() => (router, nowMs) => router.handleTimeout(nowMs))],
    ['e3x.router.close', closing(table)],
  ];
}

/** The operations without a session. */
export function plainChannelOperations(engine: Engine): Operations {
  return [...headOperations(engine), ...compressionOperations(engine), ...typeOperations(engine), ...thtpOperations(engine)];
}

/** The operations with a session. */
export function channelSessionOperations(engine: Engine, nextHandle: () => string, primitives: Primitives): Operations {
  return [
    ...tableOperations(engine, nextHandle),
    ...routerOperations(engine, nextHandle, primitives),
    ...receiverOperations<InstanceType<Engine['StreamReceiver']>>(
      'e3x.stream',
      engine.streamSessions(nextHandle),
      'valueBytes',
      (limits) => new engine.StreamReceiver(limits),
    ),
    ...receiverOperations<InstanceType<Engine['BlockReceiver']>>(
      'e3x.block',
      engine.blockSessions(nextHandle),
      'blockBytes',
      (limits) => new engine.BlockReceiver(limits),
    ),
  ];
}
