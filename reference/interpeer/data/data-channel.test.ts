import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { DataChannel } from './data-channel.ts';
import type { DataChannelOptions, DataEvent } from './data-channel.ts';
import { decodeMessages, encodeMessages } from '../message/messages.ts';
import { aheadOf, plus } from './serial.ts';

const channel = (options: Partial<DataChannelOptions> = {}): DataChannel =>
  new DataChannel({ capabilities: 3, sequenceNumber: 65_534, ...options });
const sent = (from: DataChannel): { readonly sequenceNumber: number; readonly payload: Uint8Array }[] => {
  const packets = [];
  for (let packet = from.pollTransmit(); packet !== undefined; packet = from.pollTransmit()) packets.push(packet);
  return packets;
};
const told = (from: DataChannel): DataEvent[] => {
  const events = [];
  for (let event = from.pollEvent(); event !== undefined; event = from.pollEvent()) events.push(event);
  return events;
};
const read = (from: DataChannel): string[] => {
  const given = [];
  for (let data = from.read(); data !== undefined; data = from.read()) given.push(toHex(data));
  return given;
};
const data = (text: string): Uint8Array => encodeMessages([{ type: 'DATA', data: fromHex(text) }], 'interpeer-1');

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
  it('comes back to where it was', () => {
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
      for (const { sequenceNumber, payload } of sent(writer)) {
        expect(sequenceNumber).toBe((65_534 + count) % 65_536);
        reader.handlePacket(sequenceNumber, payload, nowMs);
      }
      if (read(reader).join('') !== (count & 0xff).toString(16).padStart(2, '0')) throw new Error(`packet ${String(count)} did not come`);
      reader.handleTimeout(nowMs + 25);
      for (const { sequenceNumber, payload } of sent(reader)) writer.handlePacket(sequenceNumber, payload, nowMs);
      told(writer);
      told(reader);
      count += 1;
    }
    expect(writer.freePackets).toBe(4);
  }, 20_000);
  it('IPR-DAT-022 sends one packet, and the rest when the first is acknowledged', () => {
    const [writer, reader] = [channel(), channel({ windowPackets: 8 })];
    writer.write([fromHex('aa')], 0);
    writer.write([fromHex('bb')], 0);
    const [first, ...others] = sent(writer);
    expect(others).toEqual([]);
    reader.handlePacket(first?.sequenceNumber ?? 0, first?.payload ?? new Uint8Array(0), 0);
    for (const { sequenceNumber, payload } of sent(reader)) writer.handlePacket(sequenceNumber, payload, 0);
    expect(sent(writer).map(({ payload }) => decodeMessages(payload, 'interpeer-1'))).toEqual([[{ type: 'DATA', data: fromHex('bb') }]]);
  });
  it('IPR-DAT-044 keeps no more than its window, whoever sends', () => {
    const reader = channel({ windowPackets: 8 });
    for (let number = 0; number < 1000; number++) reader.handlePacket(number, data('aa'), 0);
    expect(read(reader)).toHaveLength(8);
  });
  it('a packet that is refused changes nothing', () => {
    const reader = channel();
    reader.handlePacket(5, data('aa'), 0);
    const before = [sent(reader).length, told(reader).length, reader.pollTimeoutAtMs()];
    const wrong = encodeMessages(
      [
        { type: 'DATA', data: fromHex('bb') },
        { type: 'DATA_PROGRESS', nextSequenceNumber: 7, bitmap: new Uint8Array(0) },
      ],
      'interpeer-1',
    );
    expect(
      refusalOf(() => {
        reader.handlePacket(6, wrong, 0);
      }),
    ).toBe('malformed IPR-DAT-029');
    expect([sent(reader).length, told(reader).length, reader.pollTimeoutAtMs()]).toEqual([0, 0, before[2]]);
    expect(read(reader)).toEqual(['aa']);
  });
  it('IPR-DAT-070 ends when everything has arrived, and both ends know', () => {
    const [writer, reader] = [channel(), channel()];
    writer.write([fromHex('aa')], 0);
    writer.finish(0, 0);
    expect(writer.state).toBe('finishing');
    for (let turn = 0; turn < 3; turn++) {
      for (const { sequenceNumber, payload } of sent(writer)) reader.handlePacket(sequenceNumber, payload, 0);
      for (const { sequenceNumber, payload } of sent(reader)) writer.handlePacket(sequenceNumber, payload, 0);
    }
    expect(told(writer)).toEqual([{ type: 'closed', reason: 0, by: 'self' }]);
    expect(told(reader)).toEqual([{ type: 'readable' }, { type: 'closed', reason: 0, by: 'peer' }]);
    expect([writer.state, reader.state]).toEqual(['gone', 'closed']);
    expect(read(reader)).toEqual(['aa']);
  });
});

describe('IPR-DAT a channel without resend', () => {
  it.each([0, 2, 4, 6])('IPR-DAT-060, IPR-DAT-061 capabilities %i give nothing twice', (capabilities) => {
    const reader = channel({ capabilities });
    for (const number of [65_535, 65_535, 0, 65_535, 0, 1]) reader.handlePacket(number, data(number.toString(16).padStart(4, '0')), 0);
    expect(read(reader)).toEqual(['ffff', '0000', '0001']);
  });
  it('IPR-DAT-063 closes when a number is skipped, and says so', () => {
    const reader = channel({ capabilities: 6 });
    reader.handlePacket(65_535, data('aa'), 0);
    reader.handlePacket(1, data('bb'), 0);
    expect(told(reader)).toEqual([{ type: 'readable' }, { type: 'closed', reason: 1, by: 'self' }]);
    expect(read(reader)).toEqual(['aa']);
  });
});
