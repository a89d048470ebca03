import { describe, expect, it } from 'vitest';
import * as reference from '../../index.ts';
import type { StoredChannel, StoredPayment } from '../../index.ts';
import { drain, noblePrimitives as P } from '../../index.ts';

const [SEED, PEER] = [new Uint8Array(32).fill(3), new Uint8Array(32).fill(4)];
const keyOf = (seed: Uint8Array): Uint8Array => reference.deriveNexusIdentity(seed, P).publicKey;
const OPTIONS = { seed: SEED, peerKey: keyOf(PEER), deposit: 500n };
const PEER_OPTIONS = { seed: PEER, peerKey: keyOf(SEED) };
const OPENING = { nonce: new Uint8Array(16).fill(1), own: 700n, other: 300n };

/** What the last event of some stored. */
function storedIn(events: readonly reference.PaymentChannelEvent[]): StoredPayment {
  const stored = events.filter((event) => event.type === 'store').at(-1);
  if (stored === undefined) throw new Error('nothing was stored');
  return stored.payment;
}
function sentIn(events: readonly reference.PaymentChannelEvent[]): { readonly kind: number; readonly body: Uint8Array } {
  const sent = events.find((event) => event.type === 'send');
  if (sent === undefined) throw new Error('nothing was sent');
  return sent;
}
/** What is stored of a channel that the neighbour has opened, with an own proposal in it. */
function storedChannel(): StoredPayment {
  const peer = new reference.PaymentChannel(PEER_OPTIONS, P, undefined);
  peer.open(OPENING, 0);
  const own = new reference.PaymentChannel(OPTIONS, P, undefined);
  own.handleRequest({ requestId: 1, ...sentIn(drain(() => peer.pollEvent())) }, 0);
  drain(() => own.pollEvent());
  own.pay({ object: new Uint8Array(32), amount: 5n }, 1);
  return storedIn(drain(() => own.pollEvent()));
}
const STORED = storedChannel();
const channelOf = ({ channel }: StoredPayment): StoredChannel => {
  if (channel === undefined) throw new Error('no channel');
  return channel;
};
const CHANNEL = channelOf(STORED);
const changed = (bytes: Uint8Array | undefined, at: number): Uint8Array =>
  (bytes ?? new Uint8Array(200)).map((byte, i) => (i === at ? byte ^ 1 : byte));
const restored = (stored: unknown): reference.PaymentChannel => new reference.PaymentChannel(OPTIONS, P, stored as StoredPayment);

describe('NXS-CHN-017 what was stored', () => {
  it('is taken as it was', () => {
    const channel = restored(STORED);
    channel.resume(2);
    expect(drain(() => channel.pollEvent())).toMatchObject([{ type: 'send', kind: 0x51, body: CHANNEL.proposal?.body }]);
  });
  it('is a copy', () => {
    const mine = { seen: STORED.seen.map((id) => id.slice()), channel: { ...CHANNEL, agreed: CHANNEL.agreed?.slice() } };
    const channel = restored(mine);
    mine.channel.agreed?.fill(0);
    channel.handleAnswer({ to: 0x51, kind: 1, body: Uint8Array.of(10, 0) }, 2);
    expect(channelOf(storedIn(drain(() => channel.pollEvent()))).agreed).toEqual(CHANNEL.agreed);
  });
  const other = reference.deriveNexusIdentity(new Uint8Array(32).fill(9), P).destinationHash;
  it.each<[string, unknown]>([
    ['something else', 5],
    ['nothing in particular', {}],
    ['an id of 15 bytes', { ...STORED, seen: [new Uint8Array(15)] }],
    ['text for bytes', { ...STORED, channel: { ...CHANNEL, agreed: 'ff' } }],
    ['a number for a bigint', { ...STORED, channel: { ...CHANNEL, signed: 1 } }],
    ['no status', { ...STORED, channel: { ...CHANNEL, status: 'asleep' } }],
    ['four attempts', { ...STORED, channel: { ...CHANNEL, attempts: 4 } }],
    ['a channel that was not seen', { ...STORED, seen: [other] }],
    ['another nonce', { ...STORED, channel: { ...CHANNEL, nonce: other } }],
    ['another balance', { ...STORED, channel: { ...CHANNEL, agreed: changed(CHANNEL.agreed, 48) } }],
    ['another signature', { ...STORED, channel: { ...CHANNEL, agreed: changed(CHANNEL.agreed, 199) } }],
    ['a cut state', { ...STORED, channel: { ...CHANNEL, agreed: CHANNEL.agreed?.slice(1) } }],
    ['another first state', { ...STORED, channel: { ...CHANNEL, first: changed(CHANNEL.first, 199) } }],
    ['no first state', { ...STORED, channel: { ...CHANNEL, first: undefined } }],
    ['an opening with a state', { ...STORED, channel: { ...CHANNEL, status: 'opening' } }],
    ['a lower number than was signed', { ...STORED, channel: { ...CHANNEL, signed: 0n } }],
    ['a settlement that is none', { ...STORED, channel: { ...CHANNEL, status: 'settled', settlement: new Uint8Array(192) } }],
    ['a settlement that is missing', { ...STORED, channel: { ...CHANNEL, status: 'settled' } }],
    ['a dispute without end', { ...STORED, channel: { ...CHANNEL, status: 'disputed' } }],
    ['terms that are none', { ...STORED, channel: { ...CHANNEL, terms: [new Uint8Array(172)] } }],
    ['a negative count', { ...STORED, channel: { ...CHANNEL, wins: -1 } }],
  ])('is refused as a fault of the caller if it is %s', (_, stored) => {
    expect(() => restored(stored)).toThrow(reference.UsageError);
  });
});

describe('NXS-CHN-018 channels with a neighbour', () => {
  const seen = Array.from({ length: 4096 }, (_, i) =>
    Uint8Array.from({ length: 16 }, (_byte, at) => (at < 2 ? (i >> (8 * at)) & 0xff : 7)),
  );
  it('are 4,096 at most, own ones', () => {
    expect(() => {
      restored({ seen }).open(OPENING, 0);
    }).toThrow(reference.LimitError);
    restored({ seen: seen.slice(1) }).open(OPENING, 0);
  });
  it('are 4,096 at most, those of the neighbour', () => {
    const peer = new reference.PaymentChannel(PEER_OPTIONS, P, undefined);
    peer.open(OPENING, 0);
    const request = { requestId: 1, ...sentIn(drain(() => peer.pollEvent())) };
    const answerOf = (stored: StoredPayment): number => {
      const channel = restored(stored);
      channel.handleRequest(request, 0);
      return sentIn(drain(() => channel.pollEvent())).kind;
    };
    expect([answerOf({ seen }), answerOf({ seen: seen.slice(1) })]).toEqual([1, 0x52]);
  });
});
