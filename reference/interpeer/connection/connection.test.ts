import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../kernel/bytes.ts';
import { noblePrimitives } from '../../primitives/noble.ts';
import { drain } from '../../kernel/endpoint.ts';
import { refusalOf } from '../../kernel/refusal.ts';
import { Connection } from './connection.ts';
import type { ConnectionEvent, SendInput } from './connection-types.ts';
import { DEFAULT_CHANNEL_ID } from '../packet/constants.ts';
import { handshakeEntropyLength } from './handshakes.ts';
import { decodeKeyOffer, encodeKeyOffer } from './key-offer.ts';
import type { InterpeerMessage } from '../message/messages.ts';
import { decodeInterpeerPacket } from '../packet/packet.ts';
import { PacketKeys } from './packet-keys.ts';
import type { HandshakeKind } from './policy.ts';
import { deriveHashname } from '../../e3x/hashname/hashname.ts';

const ODD = {
  secret: fromHex('a5c1b2b459783cffbf5d46cae0f7e95f08cf3cb30886c4e9625eccce54a6e4cd'),
  key: fromHex('2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937'),
};
const EVEN = {
  secret: fromHex('1e48a1398268c82dfa699614e768dacf8d37537fd41f4721c620c765c7b5138b'),
  key: fromHex('198862ad040c4c09228c45d1665df06fb8fdc658d758a086cc873238e112e030'),
};
const NEW: InterpeerMessage = { type: 'CHANNEL_NEW', initiatorHalf: fromHex('1234'), cookie1: fromHex('c1c1c1c1c1c1c1c1') };
const DATA: InterpeerMessage = { type: 'DATA', data: fromHex('636174') };
const CHANNEL_ID = fromHex('12345678');

let drawn = 0;
function entropy(): Uint8Array {
  drawn += 1;
  return new Uint8Array(handshakeEntropyLength('3a')).fill(drawn);
}
function connect(me: typeof ODD, handshakes: readonly HandshakeKind[], remoteKey?: Uint8Array): Connection {
  const ids = [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)] as const;
  const [local, remote] = me === ODD ? ids : [ids[1], ids[0]];
  return new Connection({
    suite: 'interpeer-1',
    local,
    remote,
    policy: { handshakes },
    identity: { csid: '3a', ...me },
    remoteKey,
    sequenceNumber: 7,
    primitives: noblePrimitives,
  });
}
/** What a call put out. */
interface Output {
  readonly transmits: readonly Uint8Array[];
  readonly events: readonly ConnectionEvent[];
}
function after(connection: Connection, call: (connection: Connection) => void): Output {
  call(connection);
  return { transmits: drain(() => connection.pollTransmit()), events: drain(() => connection.pollEvent()) };
}
const receive = (connection: Connection, datagram: Uint8Array): Output =>
  after(connection, (c) => c.handleDatagram(datagram, entropy(), 0));
const send = (connection: Connection, input: SendInput): Output => after(connection, (c) => c.send(input));
const begin = (connection: Connection, kind: 'known-keys' | 'key-exchange', drawn = entropy()): Output =>
  after(connection, (c) => c.begin(kind, drawn, 0));
const accept = (connection: Connection, name: string): Output => after(connection, (c) => c.accept(name, entropy(), 0));
const only = ({ transmits }: Output): Uint8Array => transmits[0] ?? new Uint8Array(0);
const kinds = (events: readonly ConnectionEvent[]): string[] => events.map(({ type }) => type);

describe('the handshake of known keys', () => {
  it('IPR-HSK-006 takes one round trip, with the messages of the responder in its answer', () => {
    const odd = connect(ODD, ['known-keys'], EVEN.key);
    const even = connect(EVEN, ['known-keys'], ODD.key);
    expect(send(even, { channelId: DEFAULT_CHANNEL_ID, messages: [NEW] }).transmits).toEqual([]);
    const answered = receive(even, only(begin(odd, 'known-keys')));
    expect(kinds(answered.events)).toEqual(['connected', 'secured']);
    const got = receive(odd, only(answered));
    expect(kinds(got.events)).toEqual(['connected', 'secured', 'messages']);
    expect(got.events[2]).toMatchObject({ encrypted: true, messages: [{ type: 'CHANNEL_NEW' }] });
    const said = send(odd, { channelId: CHANNEL_ID, messages: [DATA], sequenceNumber: 3 });
    expect(receive(even, only(said)).events).toMatchObject([{ type: 'messages', encrypted: true, sequenceNumber: 3 }]);
  });

  it('IPR-ENC-015 refuses what is plain, before and after', () => {
    const plain = send(connect(EVEN, ['none']), { channelId: DEFAULT_CHANNEL_ID, messages: [NEW] });
    const odd = connect(ODD, ['known-keys'], EVEN.key);
    expect(refusalOf(() => receive(odd, only(plain)))).toBe('unauthenticated IPR-ENC-015');
    receive(odd, only(begin(connect(EVEN, ['known-keys'], ODD.key), 'known-keys')));
    expect(odd.isSecured).toBe(true);
    expect(refusalOf(() => receive(odd, only(plain)))).toBe('unauthenticated IPR-ENC-015');
  });
});

describe('a datagram and a packet', () => {
  it('have the same result: what a lower layer has parsed is not parsed again', () => {
    const sent = only(send(connect(ODD, ['none']), { channelId: DEFAULT_CHANNEL_ID, messages: [NEW], sequenceNumber: 3 }));
    const [one, other] = [connect(EVEN, ['none']), connect(EVEN, ['none'])];
    const packet = decodeInterpeerPacket(sent, { suite: 'interpeer-1' });
    expect(after(one, (c) => c.handlePacket(packet, entropy(), 0))).toEqual(receive(other, sent));
  });

  it('IPR-RUL-004 are ignored if they are not for us', () => {
    const sent = only(send(connect(ODD, ['none']), { channelId: DEFAULT_CHANNEL_ID, messages: [NEW], sequenceNumber: 3 }));
    const itself = connect(ODD, ['none']);
    expect(receive(itself, sent)).toEqual({ transmits: [], events: [] });
    expect(after(itself, (c) => c.handlePacket(decodeInterpeerPacket(sent, { suite: 'interpeer-1' }), entropy(), 0)).events).toEqual([]);
  });

  it('IPR-RUL-012 are accepted once everything before them was polled', () => {
    const even = connect(EVEN, ['none']);
    const sent = only(send(connect(ODD, ['none']), { channelId: DEFAULT_CHANNEL_ID, messages: [NEW], sequenceNumber: 3 }));
    even.handleDatagram(sent, entropy(), 0);
    expect(refusalOf(() => even.handleDatagram(sent, entropy(), 0))).toBe('usage ADR-0026');
  });
});

describe('the handshake of key exchange', () => {
  it('IPR-HSK-016 lets two strangers meet, each by the word of its application', () => {
    const odd = connect(ODD, ['key-exchange']);
    const even = connect(EVEN, ['key-exchange']);
    const offer = only(begin(odd, 'key-exchange', new Uint8Array(0)));
    expect(offer.length).toBe(1200);
    const shown = receive(even, offer);
    expect(shown.transmits).toEqual([]);
    const name = deriveHashname({ keys: new Map([['3a', ODD.key]]) }, noblePrimitives);
    expect(shown.events).toMatchObject([{ type: 'offered', hashname: name }]);
    const answer = only(accept(even, name));
    expect(answer.length).toBe(1200);
    receive(odd, answer);
    const echoed = accept(odd, deriveHashname({ keys: new Map([['3a', EVEN.key]]) }, noblePrimitives));
    expect(kinds(echoed.events)).toEqual(['connected', 'secured']);
    expect(kinds(receive(even, only(echoed)).events)).toEqual(['connected', 'secured']);
    expect(receive(even, only(send(odd, { channelId: CHANNEL_ID, messages: [DATA] }))).events).toMatchObject([
      { type: 'messages', encrypted: true },
    ]);
  });

  it('IPR-HSK-009 reads offers as they were written', () => {
    const offer = {
      keys: new Map([
        ['3a', ODD.key],
        ['1a', fromHex('01')],
      ]),
      intermediates: new Map([['2a', new Uint8Array(32).fill(9)]]),
    };
    const read = decodeKeyOffer(encodeKeyOffer(offer, noblePrimitives), noblePrimitives);
    expect([...read.keys].map(([csid, key]) => [csid, toHex(key)])).toEqual([
      ['1a', '01'],
      ['3a', toHex(ODD.key)],
    ]);
    expect(read.hashname).toBe(deriveHashname({ keys: offer.keys, intermediates: offer.intermediates }, noblePrimitives));
  });
});

describe('packet keys', () => {
  const keys = (byte: number): { encryptKey: Uint8Array; decryptKey: Uint8Array } => ({
    encryptKey: new Uint8Array(32).fill(byte),
    decryptKey: new Uint8Array(32).fill(byte),
  });
  const header = new Uint8Array(44);

  it('IPR-ENC-005 never use a counter twice', () => {
    const pair = new PacketKeys({}, noblePrimitives);
    pair.install(keys(1), 'at-once', 0);
    const counters = [0, 1, 2].map(() => toHex(pair.seal(header, new Uint8Array(4)).subarray(0, 8)));
    expect(counters).toEqual(['0000000000000000', '0100000000000000', '0200000000000000']);
    pair.install(keys(1), 'at-once', 0); // IPR-ENC-012
    expect(toHex(pair.seal(header, new Uint8Array(4)).subarray(0, 8))).toBe('0300000000000000');
  });

  it('IPR-ENC-011 open for a while after they were replaced', () => {
    const mine = new PacketKeys({}, noblePrimitives);
    const theirs = new PacketKeys({}, noblePrimitives);
    mine.install(keys(1), 'at-once', 0);
    theirs.install(keys(1), 'at-once', 0);
    mine.install(keys(2), 'at-once', 100);
    const sealed = [0, 1].map(() => theirs.seal(header, new Uint8Array(4)));
    expect(mine.open(header, sealed[0] ?? header, 10_099).plaintext.length).toBe(4);
    expect(refusalOf(() => mine.open(header, sealed[1] ?? header, 10_100))).toBe('unauthenticated IPR-ENC-004');
  });
});
