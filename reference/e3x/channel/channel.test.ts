import { describe, expect, it } from 'vitest';
import { ProtocolError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { Channel, type ChannelEvent } from './channel.ts';
import { MISS_COUNT_MAX, U32_MAX } from './constants.ts';
import { decodeMiss, encodeMiss } from './miss.ts';
import { decodePacket, encodePacket } from '../packet/packet.ts';
import { ReliableReceiver } from './reliable-receiver.ts';
import { ReliableSender } from './reliable-sender.ts';

function classOf(call: () => unknown): string | null | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof ProtocolError) return error.rejectClass;
    throw error;
  }
  return undefined;
}
function drain(channel: Channel): { transmit: JsonObject[]; events: ChannelEvent[] } {
  const transmit: JsonObject[] = [];
  const events: ChannelEvent[] = [];
  for (let packet = channel.pollTransmit(); packet !== undefined; packet = channel.pollTransmit())
    transmit.push(decodePacket(packet).json ?? {});
  for (let event = channel.pollEvent(); event !== undefined; event = channel.pollEvent()) events.push(event);
  return { transmit, events };
}

describe('E3X-REL miss', () => {
  it('E3X-REL-015 writes and reads the published example', () => {
    const missing = [78236, 78235, 78245, 78238];
    expect(encodeMiss(78231, { missing, highest: 78251 })).toEqual([4, 1, 2, 7, 6]);
    expect(decodeMiss(78231, [4, 1, 2, 7, 6])).toEqual({ missing: [78235, 78236, 78238, 78245], highest: 78251 });
  });
  it('E3X-REL-019 accepts 100 entries and no more', () => {
    const ones = Array.from({ length: MISS_COUNT_MAX }, () => 1);
    expect(decodeMiss(0, ones).highest).toBe(100);
    expect(classOf(() => decodeMiss(0, [...ones, 1]))).toBe('limit');
  });
});

describe('E3X-REL-036 the end of the sequence numbers', () => {
  it('sends number 2^32 - 1 and refuses the next', () => {
    const sender = new ReliableSender({ window: 4, bufferBytes: 1400, resendCountMax: 1, firstSeq: U32_MAX });
    sender.push({ seq: sender.nextSeq, content: {}, end: false, length: 10 });
    expect(sender.pollSend(0)?.seq).toBe(U32_MAX);
    expect(classOf(() => sender.nextSeq)).toBe('limit');
    expect(sender.handleAck(U32_MAX, undefined, 0)).toEqual({ acked: U32_MAX, isWritable: false });
  });
});

describe('E3X-REL-019 many missing packets', () => {
  it('names the lowest 99 and the window', () => {
    const receiver = new ReliableReceiver({ window: 300, bufferBytes: 1400 });
    receiver.handleContent({ seq: 200, packet: decodePacket(new Uint8Array(3)), hasAck: false, end: false });
    const { miss = [] } = receiver.ackMembers();
    expect(miss).toHaveLength(MISS_COUNT_MAX);
    expect(decodeMiss(0, miss)).toEqual({ missing: Array.from({ length: 99 }, (_, i) => i + 1), highest: 300 });
  });
});

describe('E3X-CHN a call that is refused', () => {
  it('E3X-CHN-010 changes nothing', () => {
    const channel = new Channel({ c: 1, type: 'path' });
    channel.send({ end: true }, 0);
    expect(drain(channel).transmit).toEqual([{ c: 1, type: 'path', end: true }]);
    expect(classOf(() => channel.send({}, 1))).toBe('wrong-state');
    expect(channel.pollTimeoutAtMs()).toBe(30_000);
  });
  it('E3X-CHN-025 is one without polling the output of the last one', () => {
    const channel = new Channel({ c: 1, type: 'path' });
    channel.send({}, 0);
    expect(classOf(() => channel.send({}, 0))).toBe(null);
  });
  it('E3X-CHN-002 is one with options that make no sense', () => {
    for (const options of [
      { c: 0, type: 'x' },
      { c: U32_MAX + 1, type: 'x' },
      { c: 1 },
      { c: 1, type: 'x', reliable: true, replayWindow: 4 },
    ])
      expect(
        classOf(() => new Channel(options)),
        JSON.stringify(options),
      ).toBe(null);
    const channel = new Channel({ c: 1, type: 'x' });
    channel.send({}, 0);
    drain(channel);
    expect(classOf(() => channel.send({ err: 'x', end: true }, 0))).toBe(null);
  });
});

describe('E3X-CHN-014 quota', () => {
  it('is what the next packet can hold, exactly', () => {
    const channel = new Channel({ c: 7, type: 'x', reliable: true });
    for (const json of [{}, { a: 'b' }]) {
      const quota = channel.quota(json);
      expect(classOf(() => channel.send({ json, body: new Uint8Array(quota + 1) }, 0))).toBe('limit');
      channel.send({ json, body: new Uint8Array(quota) }, 0);
      expect(drain(channel).transmit).toHaveLength(1);
    }
  });
  it('E3X-REL-033 sends an ack that does not fit in a packet of its own', () => {
    const channel = new Channel({ c: 1, type: 'x', reliable: true });
    channel.send({}, 0);
    drain(channel);
    channel.handlePacket(encodePacket({ json: { c: 1, seq: 1 } }), 0);
    drain(channel);
    channel.done(0);
    channel.send({ body: new Uint8Array(channel.quota()) }, 0);
    expect(drain(channel).transmit).toEqual([
      { c: 1, ack: 1 },
      { c: 1, seq: 2 },
    ]);
  });
});
