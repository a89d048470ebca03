import { describe, expect, it } from 'vitest';
import { fromHex } from '../../kernel/bytes.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { decodeMessages, encodeMessages } from './messages.ts';
import type { InterpeerMessage } from './messages.ts';

describe('messages', () => {
  const cookie = fromHex('0102030405060708');
  const all: readonly InterpeerMessage[] = [
    { type: 'CHANNEL_NEW', initiatorHalf: fromHex('1234'), cookie1: cookie },
    { type: 'CHANNEL_ACKNOWLEDGE', channelId: fromHex('1234d00d'), cookie1: cookie, cookie2: cookie },
    { type: 'CHANNEL_FINALIZE', channelId: fromHex('1234d00d'), cookie2: cookie, capabilities: 7 },
    { type: 'CHANNEL_COOKIE', cookie, capabilities: 0x8001 },
    { type: 'CHANNEL_CLOSE', reason: 3 },
    { type: 'DATA', data: fromHex('aabb') },
    { type: 'DATA', data: new Uint8Array(300) },
    { type: 'DATA_PROGRESS', nextSequenceNumber: 65535, bitmap: fromHex('0001') },
    { type: 'DATA_RECEIVE_WINDOW', packetCount: 32767 },
    { type: 'HANDSHAKE', packet: fromHex('0001') },
    { type: 'KEY_OFFER', offer: fromHex('aa') },
    { type: 'START_ENCRYPTION', sealed: fromHex('0a1234') },
  ];
  it('IPR-MSG-007 what is written can be read back', () => {
    expect(decodeMessages(encodeMessages(all, 'interpeer-1'), 'interpeer-1')).toEqual(all);
  });
  it.each([
    ['7f', 'unsupported IPR-MSG-003'],
    ['8000', 'unsupported IPR-MSG-003'],
    ['0a1234', 'truncated IPR-MSG-004'],
    ['1402aa', 'truncated IPR-MSG-005'],
    ['1501aa', 'truncated IPR-MSG-015'],
    ['1503000000', 'non-canonical IPR-MSG-018'],
    ['168000', 'malformed IPR-MSG-019'],
    ['20', 'malformed IPR-MSG-021'],
    ['14', 'truncated IPR-VAR-003'],
  ])('%s is refused: %s', (hex, refusal) => {
    expect(refusalOf(() => decodeMessages(fromHex(hex), 'interpeer-1'))).toBe(refusal);
  });
  it('IPR-MSG-003 the library has no types of ours', () => {
    expect(refusalOf(() => decodeMessages(fromHex('0e01'), 'interpeer-0.1'))).toBe('unsupported IPR-MSG-003');
    expect(refusalOf(() => encodeMessages([{ type: 'CHANNEL_CLOSE', reason: 1 }], 'interpeer-0.1'))).toBe('unsupported IPR-MSG-003');
  });
});
