import { describe, expect, it } from 'vitest';
import { LimitError, ReplayError, StateError, UsageError } from '../../kernel/errors.ts';
import { CHANNEL_ID_MAX, ChannelTable } from './channel-table.ts';
import type { ChannelTableEvent } from './channel-table.ts';
import { encodePacket } from '../packet/packet.ts';

const opening = (c: number): Uint8Array => encodePacket({ json: { c, type: 'x' } });
const events = (table: ChannelTable): ChannelTableEvent[] => {
  const all: ChannelTableEvent[] = [];
  for (let event = table.pollEvent(); event !== undefined; event = table.pollEvent()) all.push(event);
  return all;
};
const opens = (table: ChannelTable, c: number): void => {
  table.handlePacket(opening(c));
  events(table);
};

describe('E3X-CHT table of channels', () => {
  it.each([
    ['odd', [1, 3, 5]],
    ['even', [2, 4, 6]],
  ] as const)('E3X-CHT-004 numbers its own channels %s', (order, ids) => {
    const table = new ChannelTable({ order });
    for (const c of ids) {
      table.create('x');
      expect(events(table)).toEqual([{ type: 'created', c }]);
    }
  });
  it('E3X-CHT-004 has no id after the greatest', () => {
    const table = new ChannelTable({ order: 'odd', last: CHANNEL_ID_MAX });
    expect(() => table.create('x')).toThrow(LimitError);
  });
  it('E3X-CHT-007 remembers no more than the window, however far an id jumps', () => {
    const table = new ChannelTable({ order: 'odd', limits: { skippedCount: 2 } });
    opens(table, CHANNEL_ID_MAX - 1);
    opens(table, CHANNEL_ID_MAX - 5);
    expect(() => table.handlePacket(opening(CHANNEL_ID_MAX - 7))).toThrow(ReplayError);
  });
  it('E3X-CHT-010 never opens an id twice, in any order of arrival', () => {
    const table = new ChannelTable({ order: 'odd' });
    for (const c of [6, 2, 4]) {
      opens(table, c);
      table.remove(c);
    }
    for (const c of [2, 4, 6]) expect(() => table.handlePacket(opening(c))).toThrow(ReplayError);
  });
  it('E3X-CHT-012 knows no channel that was not opened', () => {
    expect(() => new ChannelTable({ order: 'even' }).handlePacket(encodePacket({ json: { c: 1 } }))).toThrow(StateError);
  });
  it('requires its events to be polled, and an id of its own side to continue from', () => {
    const table = new ChannelTable({ order: 'even' });
    table.create('x');
    expect(() => table.create('x')).toThrow(UsageError);
    expect(() => new ChannelTable({ order: 'even', last: 3 })).toThrow(UsageError);
  });
});
