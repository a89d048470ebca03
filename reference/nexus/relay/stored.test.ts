import { describe, expect, it } from 'vitest';
import { toHex } from '../../kernel/bytes.ts';
import { UsageError } from '../../kernel/errors.ts';
import { noblePrimitives } from '../../primitives/index.ts';
import type { KeptObject } from './custody.ts';
import { Depositor } from './depositor.ts';
import { Recipient } from './recipient.ts';
import type { InboxMessage } from './recipient.ts';
import { Relay } from './relay.ts';
import type { StoreWrite } from './relay-memory.ts';

const P = noblePrimitives;
const seed = new Uint8Array(32);
const filled = (length: number, byte: number): Uint8Array => new Uint8Array(length).fill(byte);

describe('what was stored', () => {
  const kept = (byte: number, change: Partial<KeptObject> = {}): StoreWrite => ({
    key: toHex(filled(32, byte)),
    object: {
      hash: filled(32, byte),
      number: byte,
      size: 40,
      priority: 'normal',
      minBandwidth: 0,
      content: filled(40, 1),
      ageMs: 0,
      endS: 600,
      depositors: ['01'.repeat(16)],
      entries: [],
      receipts: [],
      ...change,
    },
  });
  const relay =
    (...stored: readonly StoreWrite[]) =>
    (): Relay =>
      new Relay({ seed }, P, stored, 0);

  it('is taken by a relay as it was', () => {
    const chunk = { key: `chunk ${toHex(filled(32, 3))} 0`, chunk: filled(40, 1) };
    expect(relay(kept(1), kept(2), { key: 'list x', lists: [] }, chunk)).not.toThrow();
  });
  it.each([
    ['an object under the key of another', relay({ ...kept(1), key: toHex(filled(32, 2)) })],
    ['one number twice', relay(kept(1), kept(2, { number: 1 }))],
    ['one key twice', relay({ key: 'list x', lists: [] }, { key: 'list x', lists: [] })],
    ['a list under the key of an object', relay({ key: toHex(filled(32, 2)), lists: [] })],
    ['a chunk under the key of an object', relay({ key: toHex(filled(32, 2)), chunk: filled(40, 1) })],
    ['an index of a chunk with a zero in front', relay({ key: `chunk ${toHex(filled(32, 2))} 01`, chunk: filled(40, 1) })],
    ['a chunk and an object at once', relay({ ...kept(1), chunk: filled(40, 1) })],
    ['an age that is no number', relay(kept(1, { ageMs: Number.NaN }))],
    ['an id that is too short', relay(kept(1, { depositors: ['01'] }))],
    ['an id in capitals', relay(kept(1, { depositors: ['AB'.repeat(16)] }))],
    ['a priority that there is not', relay(kept(1, { priority: 'urgent' as 'lazy' }))],
  ])('is refused by a relay as damaged: %s', (_title, make) => {
    expect(make).toThrow(UsageError);
  });

  const message: InboxMessage = { hash: filled(32, 1), payload: filled(5, 1), publicKey: seed, messageId: filled(16, 1), created: 1n };
  const { publicKey: _key, ...halfNamed } = message;
  it.each([
    ['half a name', [halfNamed]],
    ['a message twice', [message, message]],
    ['a hash that is too short', [{ ...message, hash: filled(31, 1) }]],
  ])('is refused by a recipient as damaged: %s', (_title, stored) => {
    expect(() => new Recipient({ seed }, P, [message])).not.toThrow();
    expect(() => new Recipient({ seed }, P, stored)).toThrow(UsageError);
  });
  it('is refused by a depositor as damaged: a count below 0', () => {
    const deposit = { object: seed, recipients: [], custody: 1, relays: [], hash: seed, failures: 0, isKept: true, done: [] };
    expect(() => new Depositor(P, [deposit])).not.toThrow();
    expect(() => new Depositor(P, [{ ...deposit, failures: -1 }])).toThrow(UsageError);
  });
});
