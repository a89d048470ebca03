/** Data on Interpeer channels: bundling, the length of padding, and the data of one channel behind handles. */
import type { JsonObject } from '../../../../conformance/contract/contract.ts';
import type { Engine } from '../engine.ts';
import { Params, hexOf } from '../params.ts';
import { closing, drain, stepped, type Operation, type Operations } from '../sessions.ts';

/** Profiles of this part. */
export const INTERPEER_DATA_PROFILES: readonly string[] = ['interpeer-data', 'interpeer-engine'];

type DataChannel = InstanceType<Engine['DataChannel']>;
const INTEGER_MAX = Number.MAX_SAFE_INTEGER;
const U16_MAX = 65_535;
const NO_PADDING = new Uint8Array(0);

/** The operations of bundling, which have no session. */
export function interpeerBundleOperations(engine: Engine): Operations {
  return [
    [
      'interpeer.bundle.room',
      (params) => {
        const mtu = params.optionalInteger('mtu', 0, 100_000) ?? engine.MTU_DEFAULT;
        const encrypted = params.boolean('encrypted');
        params.finish();
        return { room: engine.payloadBytesOf(mtu, encrypted) };
      },
    ],
    [
      'interpeer.bundle.writes',
      (params) => {
        const writes = params.bytesList('writes');
        const room = params.integer('room', 3, U16_MAX);
        const stream = params.boolean('stream');
        params.finish();
        return { payloads: engine.bundleWrites(writes, room, stream).map(hexOf) };
      },
    ],
    [
      'interpeer.bundle.messages',
      (params) => {
        const messages = (params.optionalObjects('messages') ?? []).map((object) => {
          const members = new Params(object);
          const message = { channelId: members.bytes('channelId'), payload: members.bytes('payload') };
          members.finish();
          return message;
        });
        const room = params.integer('room', 3, U16_MAX);
        params.finish();
        return {
          payloads: engine
            .bundleMessages(messages, room)
            .map(({ channelId, payload }) => ({ channelId: hexOf(channelId), payload: hexOf(payload) })),
        };
      },
    ],
    [
      'interpeer.padding.derive',
      (params) => {
        const spare = params.integer('spare', 0, U16_MAX);
        const entropy = params.bytes('entropy');
        params.finish();
        return { paddingLength: engine.derivePaddingLength(spare, entropy) };
      },
    ],
  ];
}

/** The session of the data of one channel. */
export function interpeerDataOperations(engine: Engine, nextHandle: () => string): Operations {
  const table = engine.dataSessions(nextHandle);
  const reply = (channel: DataChannel, read: readonly JsonObject[] = []): JsonObject => {
    const transmits = drain(() => channel.pollTransmit()).map(({ sequenceNumber, messages }) =>
      engine.encodePrivatePart({ sequenceNumber, payload: engine.encodeMessages(messages, 'interpeer-1'), padding: NO_PADDING }),
    );
    return stepped(
      transmits,
      [...read, ...drain(() => channel.pollEvent()).map((event): JsonObject => ({ ...event }))],
      channel.pollTimeoutAtMs(),
    );
  };
  const call =
    (read: (params: Params) => (channel: DataChannel, nowMs: number) => readonly JsonObject[] | undefined): Operation =>
    (params) => {
      const handle = params.text('session');
      const act = read(params);
      const now = params.time('now');
      params.finish();
      const channel = table.get(handle);
      return reply(channel, act(channel, now) ?? []);
    };
  const open: Operation = (params) => {
    const capabilities = params.integer('capabilities', 0, U16_MAX);
    const sequenceNumber = params.integer('sequenceNumber', 0, U16_MAX);
    const windowPackets = params.optionalInteger('window', -INTEGER_MAX, INTEGER_MAX); // out of bounds it is a reject: IPR-DAT-001
    const sendPackets = params.optionalInteger('sendPackets', -INTEGER_MAX, INTEGER_MAX);
    const payloadBytes = params.optionalInteger('room', 3, INTEGER_MAX);
    const airtimeMs = params.optionalInteger('airtimeMs', 0, INTEGER_MAX);
    const resendCount = params.optionalInteger('resendCount', 1, INTEGER_MAX);
    params.time('now');
    params.finish();
    const channel = new engine.DataChannel({
      capabilities,
      sequenceNumber,
      windowPackets,
      sendPackets,
      payloadBytes,
      airtimeMs,
      resendCount,
    });
    return { session: table.open(channel), ...reply(channel) };
  };
  const write = call((params) => {
    const writes = params.bytesList('writes');
    return (channel, nowMs) => {
      channel.write(writes, nowMs);
      return undefined;
    };
  });
  const receive = call((params) => {
    const packet = params.bytes('packet');
    return (channel, nowMs) => {
      const { sequenceNumber, payload } = engine.decodePrivatePart(packet);
      channel.handleMessages(sequenceNumber, engine.decodeMessages(payload, 'interpeer-1'), nowMs);
      return undefined;
    };
  });
  const finish = call((params) => {
    const reason = params.integer('reason', 0, 255);
    return (channel, nowMs) => {
      channel.finish(reason, nowMs);
      return undefined;
    };
  });
  const read = call(() => (channel) => {
    const data = channel.read();
    return data === undefined ? undefined : [{ type: 'data', bytes: hexOf(data) }];
  });
  const tick = call(() => (channel, nowMs) => {
    channel.handleTimeout(nowMs);
    return undefined;
  });
  return [
    ['interpeer.data.open', open],
    ['interpeer.data.write', write],
    ['interpeer.data.read', read],
    ['interpeer.data.receive', receive],
    ['interpeer.data.finish', finish],
    ['interpeer.data.tick', tick],
    ['interpeer.data.close', closing(table)],
  ];
}
