import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../kernel/bytes.ts';
import { drain } from '../../kernel/endpoint.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { DataChannel } from './data-channel.ts';
import type { DataChannelOptions, DataEvent } from './data-channel.ts';
import type { DataTransmit } from './data-sender.ts';
import type { InterpeerMessage } from '../message/messages.ts';
import { aheadOf, plus } from './serial.ts';

const channel = (options: Partial<DataChannelOptions> = {}): DataChannel =>
  new DataChannel({ capabilities: 3, sequenceNumber: 65_534, ...options });
const sent = (from: DataChannel): DataTransmit[] => drain(() => from.pollTransmit());
const told = (from: DataChannel): DataEvent[] => drain(() => from.pollEvent());
const read = (from: DataChannel): string[] => drain(() => from.read()).map(toHex);
/** Brings packets to the other side. @returns what both sides were told of it */
const carry = (packets: readonly DataTransmit[], to: DataChannel, nowMs: number): { transmits: DataTransmit[]; events: DataEvent[] } => {
  const put = { transmits: [] as DataTransmit[], events: [] as DataEvent[] };
  for (const { sequenceNumber, messages } of packets) {
    to.handleMessages(sequenceNumber, messages, nowMs);
    put.transmits.push(...sent(to));
    put.events.push(...told(to));
  }
  return put;
};
const data = (text: string): InterpeerMessage[] => [{ type: 'DATA', data: fromHex(text) }];
const packet = (sequenceNumber: number, text: string): DataTransmit => ({ sequenceNumber, messages: data(text) });

describe('IPR-DAT serial arithmetic', () => {
  it.each([
    [0, 65_535, 1],
    [65_535, 0, -1],
    [32_767, 0, 32_767],
    [32_768, 0, -32_768],
    [5, 5, 0],
  ])('IPR-DAT-003 %i is %i and %i ahead', (number, other, ahead) => {
    expect(aheadOf(number, other)).toBe(ahead);
  });
  it('returns to its old state', () => {
    expect(plus(65_535, 1)).toBe(0);
    expect(plus(0, -1)).toBe(65_535);
  });
});

describe('IPR-DAT a channel with resend', () => {
  it('IPR-DAT-002 counts over the end of the numbers, for more packets than there are', () => {
    const [writer, reader] = [channel({ sendPackets: 4 }), channel({ windowPackets: 4 })];
    let count = 0;
    for (let nowMs = 0; count < 70_000; nowMs++) {
      writer.write([Uint8Array.of(count & 0xff)], nowMs);
      const packets = sent(writer);
      for (const { sequenceNumber } of packets) expect(sequenceNumber).toBe((65_534 + count) % 65_536);
      const answers = carry(packets, reader, nowMs).transmits;
      if (read(reader).join('') !== (count & 0xff).toString(16).padStart(2, '0')) throw new Error(`packet ${String(count)} did not come`);
      answers.push(...sent(reader));
      reader.handleTimeout(nowMs + 25);
      carry([...answers, ...sent(reader)], writer, nowMs);
      count += 1;
    }
    expect(writer.freePackets).toBe(4);
  }, 20_000);
  it('IPR-DAT-022 sends one packet, and the rest when the first is acknowledged', () => {
    const [writer, reader] = [channel(), channel({ windowPackets: 8 })];
    writer.write([fromHex('aa')], 0);
    const first = sent(writer);
    writer.write([fromHex('bb')], 0);
    expect(sent(writer)).toEqual([]);
    const { transmits } = carry(carry(first, reader, 0).transmits, writer, 0);
    expect(transmits.map(({ messages }) => messages)).toEqual([data('bb')]);
  });
  it('IPR-DAT-044 keeps no more than its window, whatever is sent', () => {
    const reader = channel({ windowPackets: 8 });
    for (let number = 0; number < 1000; number++) carry([packet(number, 'aa')], reader, 0);
    expect(read(reader)).toHaveLength(8);
  });
  it('a packet that is refused changes nothing', () => {
    const reader = channel();
    carry([packet(5, 'aa')], reader, 0);
    const dueAtMs = reader.pollTimeoutAtMs();
    const wrong: InterpeerMessage[] = [...data('bb'), { type: 'DATA_PROGRESS', nextSequenceNumber: 7, bitmap: new Uint8Array(0) }];
    expect(refusalOf(() => reader.handleMessages(6, wrong, 0))).toBe('malformed IPR-DAT-029');
    expect([sent(reader).length, told(reader).length, reader.pollTimeoutAtMs()]).toEqual([0, 0, dueAtMs]);
    expect(read(reader)).toEqual(['aa']);
  });
  it('is polled before the next call, and read as often as one likes', () => {
    const reader = channel();
    reader.handleMessages(5, data('aa'), 0);
    expect(refusalOf(() => reader.handleMessages(6, data('bb'), 0))).toBe('usage ADR-0026');
    expect(refusalOf(() => reader.write([fromHex('cc')], 0))).toBe('usage ADR-0026');
    expect([read(reader), read(reader)]).toEqual([['aa'], []]);
  });
  it('keeps what was written, whatever happens to the array', () => {
    const writer = channel();
    const bytes = fromHex('aa');
    writer.write([bytes], 0);
    const [first] = sent(writer);
    bytes.fill(0);
    writer.handleTimeout(200);
    expect([first, ...sent(writer)].map((each) => each?.messages)).toEqual([data('aa'), data('aa')]);
  });
  it('IPR-DAT-070 ends when everything has arrived, and both ends know', () => {
    const [writer, reader] = [channel(), channel()];
    writer.write([fromHex('aa')], 0);
    let toReader = sent(writer);
    writer.finish(0, 0);
    expect(writer.state).toBe('finishing');
    const events: [DataEvent[], DataEvent[]] = [told(writer), []];
    for (let turn = 0; turn < 3; turn++) {
      const there = carry(toReader, reader, 0);
      const back = carry(there.transmits, writer, 0);
      toReader = back.transmits;
      events[0].push(...back.events);
      events[1].push(...there.events);
    }
    expect(events[0]).toEqual([{ type: 'closed', reason: 0, by: 'self' }]);
    expect(events[1]).toEqual([{ type: 'readable' }, { type: 'closed', reason: 0, by: 'peer' }]);
    expect([writer.state, reader.state]).toEqual(['gone', 'closed']);
    expect(read(reader)).toEqual(['aa']);
  });
});

describe('IPR-DAT a channel without resend', () => {
  it.each([0, 2, 4, 6])('IPR-DAT-060, IPR-DAT-061 capabilities %i deliver nothing twice', (capabilities) => {
    const reader = channel({ capabilities });
    for (const number of [65_535, 65_535, 0, 65_535, 0, 1]) carry([packet(number, number.toString(16).padStart(4, '0'))], reader, 0);
    expect(read(reader)).toEqual(['ffff', '0000', '0001']);
  });
  it('IPR-DAT-063 closes when a number is skipped, and says so', () => {
    const reader = channel({ capabilities: 6 });
    const { events } = carry([packet(65_535, 'aa'), packet(1, 'bb')], reader, 0);
    expect(events).toEqual([{ type: 'readable' }, { type: 'closed', reason: 1, by: 'self' }]);
    expect(read(reader)).toEqual(['aa']);
  });
});
