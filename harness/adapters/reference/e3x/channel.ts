/**
 * Channels behind handles, and the operations on a miss and a quota.
 */
import type { JsonObject } from '../../../../conformance/contract/contract.ts';
import type { Engine } from '../engine.ts';
import { ParamError, hexOf, type Params } from '../params.ts';
import { closing, drain, stepped, type Operation, type Operations } from '../sessions.ts';

type Channel = InstanceType<Engine['Channel']>;
const INTEGER_MAX = Number.MAX_SAFE_INTEGER;

/** The coding of a miss, and the quota of a packet. */
export function missOperations(engine: Engine): Operations {
  return [
    [
      'e3x.miss.encode',
      (params) => {
        const ack = params.integer('ack', 0, engine.U32_MAX);
        const missing = params.integerList('missing');
        const highest = params.integer('highest', 0, INTEGER_MAX);
        params.finish();
        return { miss: engine.encodeMiss(ack, { missing, highest }) };
      },
    ],
    [
      'e3x.miss.decode',
      (params) => {
        const ack = params.integer('ack', 0, engine.U32_MAX);
        const miss = params.integerList('miss');
        params.finish();
        const { missing, highest } = engine.decodeMiss(ack, miss);
        return { missing, highest };
      },
    ],
    [
      'e3x.quota.derive',
      (params) => {
        const c = params.integer('c', 1, engine.U32_MAX);
        const type = params.optionalChoice('type', ['path', 'stream']);
        const seq = params.optionalInteger('seq', 1, engine.U32_MAX);
        const num = params.optionalInteger('num', 1, engine.U32_MAX);
        const json = params.optionalObject('json');
        params.finish();
        return { quota: engine.deriveQuota({ c, type, seq, num }, json) };
      },
    ],
  ];
}

/** The session of one channel. */
export function channelOperations(engine: Engine, nextHandle: () => string): Operations {
  const table = engine.channelSessions(nextHandle);
  const reply = (channel: Channel): JsonObject => {
    const transmits = drain(() => channel.pollTransmit());
    const events = drain(() => channel.pollEvent()).map((event): JsonObject =>
      event.type === 'packet' ? { ...event, packet: hexOf(event.packet.bytes) } : { ...event },
    );
    return stepped(transmits, events, channel.pollTimeoutAtMs());
  };
  /** A call on a channel that is known: reads its parameters first, then calls and drains. */
  const call =
    (read: (params: Params) => (channel: Channel, nowMs: number) => void): Operation =>
    (params) => {
      const handle = params.text('session');
      const act = read(params);
      const now = params.time('now');
      params.finish();
      const channel = table.get(handle);
      act(channel, now);
      return reply(channel);
    };
  const open: Operation = (params) => {
    const c = params.integer('c', 1, engine.U32_MAX);
    const type = params.optionalText('type');
    const reliable = params.optionalBoolean('reliable');
    const incoming = params.optionalBoolean('incoming');
    const window = params.optionalInteger('window', 0, INTEGER_MAX); // out of bounds it is a reject: E3X-CHN-017
    const bufferBytes = params.optionalInteger('bufferBytes', 0, INTEGER_MAX);
    const timeoutMs = params.optionalInteger('timeoutMs', 1, INTEGER_MAX);
    const resendCount = params.optionalInteger('resendCount', 0, INTEGER_MAX);
    const replayWindow = params.optionalInteger('replayWindow', 0, INTEGER_MAX);
    params.time('now');
    params.finish();
    const channel = new engine.Channel({ c, type, reliable, incoming, window, bufferBytes, timeoutMs, resendCount, replayWindow });
    return { session: table.open(channel), ...reply(channel) };
  };
  const send = call((params) => {
    const json = params.optionalObject('json');
    const body = params.optionalBytes('body');
    const end = params.optionalBoolean('end');
    const err = params.optionalText('err');
    if (err !== undefined && (end === true || body !== undefined)) throw new ParamError('err excludes end and body');
    return (channel, nowMs) => channel.send({ json, body, end, err }, nowMs);
  });
  const receive = call((params) => {
    const packet = params.bytes('packet');
    return (channel, nowMs) => channel.handlePacket(packet, nowMs);
  });
  return [
    ['e3x.channel.open', open],
    ['e3x.channel.send', send],
    ['e3x.channel.receive', receive],
    ['e3x.channel.done', call(() => (channel, nowMs) => channel.done(nowMs))],
    ['e3x.channel.tick', call(() => (channel, nowMs) => channel.handleTimeout(nowMs))],
    ['e3x.channel.close', closing(table)],
  ];
}
