/** Scripts of what Interpeer exports, with packets, a peer and its engine. */
import * as reference from '../../../reference/index.ts';
import { Establishment, drain, fromHex } from '../../../reference/index.ts';
import type { InterpeerMessage, Primitives } from '../../../reference/index.ts';
import { at, bytes, EVEN, ODD, P, scriptsOf, type Script } from './script.ts';

const SUITE = { suite: 'interpeer-1' } as const;
const [ONE, TWO] = [bytes(16, 1), bytes(16, 2)];
const CHANNEL_ID = fromHex('12345678');
const DATA: InterpeerMessage = { type: 'DATA', data: fromHex('636174') };
const NEW: InterpeerMessage = { type: 'CHANNEL_NEW', initiatorHalf: fromHex('1234'), cookie1: bytes(8, 3) };
const address = (): object => ({ ...SUITE, sender: ONE.slice(), recipient: TWO.slice(), channelId: CHANNEL_ID.slice() });
const cookie = (): reference.CookieInput => ({
  ...SUITE,
  secret: bytes(32),
  role: 'responder',
  initiator: ONE.slice(),
  responder: TWO.slice(),
  id: CHANNEL_ID.slice(),
  nowMs: 5,
});
const DATAGRAM = reference.encodeInterpeerPacket({
  ...SUITE,
  sender: TWO,
  recipient: ONE,
  channelId: reference.DEFAULT_CHANNEL_ID,
  sequenceNumber: 3,
  payload: reference.encodeMessages([NEW], 'interpeer-1'),
});
const SEALED_PART = reference.sealPart({ key: bytes(32), counter: 5n, header: bytes(44), plaintext: bytes(5) }, P);
const identity = (own: typeof ODD): reference.ConnectionIdentity => ({
  csid: '3a',
  secret: own.secret.slice(),
  key: own.key.slice(),
  intermediates: new Map([['2a', bytes(32)]]),
});
/** The same bytes each time: this source has no state. */
const entropySource = { draw: (length: number): Uint8Array => bytes(length, 5) };
/** The answer to a proposal of ours. */
const ANSWER = ((): { readonly channelId: Uint8Array; readonly message: InterpeerMessage } => {
  const make = (own: Uint8Array): Establishment => new Establishment({ ...SUITE, local: own, secret: bytes(32), primitives: P });
  const [mine, theirs] = [make(ONE), make(TWO)];
  mine.propose({ peer: TWO, half: fromHex('1234'), capabilities: 1 }, bytes(16), 0);
  const [asked] = drain(() => mine.pollTransmit());
  if (asked !== undefined) theirs.handleMessage({ ...asked, peer: ONE }, bytes(16), 0);
  const [answer] = drain(() => theirs.pollTransmit());
  if (answer === undefined) throw new Error('no answer to a proposal');
  return answer;
})();
/** An engine whose peers need no keys. */
const engineOptions = (primitives: Primitives): reference.InterpeerEngineOptions => ({
  ...SUITE,
  local: ONE.slice(),
  policy: { handshakes: ['none', 'key-exchange'] },
  identity: identity(ODD),
  entropy: entropySource,
  mtu: 1200,
  windowPackets: 9,
  sendPackets: 9,
  isPadded: true,
  primitives,
});
/** The answer to the channel that such an engine opens, as a datagram. */
const ENGINE_ANSWER = ((): Uint8Array => {
  const engine = new reference.InterpeerEngine(engineOptions(P));
  engine.connect({ peer: TWO, handshake: 'none', airtimeMs: 1 }, 0);
  engine.open({ peer: TWO, capabilities: 3, half: fromHex('1234') }, 1);
  const datagram = engine.pollTransmit()?.datagram ?? bytes(0);
  const packet = reference.decodeInterpeerPacket(datagram, SUITE);
  const [message] = packet.encrypted ? [] : reference.decodeMessages(packet.payload, 'interpeer-1');
  const theirs = new Establishment({ ...SUITE, local: TWO, secret: bytes(32), primitives: P });
  if (message !== undefined) theirs.handleMessage({ peer: ONE, channelId: packet.channelId, message }, bytes(16), 1);
  const [answer] = drain(() => theirs.pollTransmit());
  if (answer === undefined) throw new Error('no answer to an engine');
  return reference.encodeInterpeerPacket({
    ...SUITE,
    sender: TWO,
    recipient: ONE,
    channelId: answer.channelId,
    sequenceNumber: 3,
    payload: reference.encodeMessages([answer.message], 'interpeer-1'),
  });
})();
/** A datagram in which a stranger offers its keys. */
function offerOf(own: typeof ODD): Uint8Array {
  const stranger = new reference.Connection({
    ...SUITE,
    local: TWO,
    remote: ONE,
    policy: { handshakes: ['key-exchange'] },
    identity: { csid: '3a', ...own },
    sequenceNumber: 1,
    primitives: P,
  });
  stranger.begin('key-exchange', bytes(0), 0);
  return stranger.pollTransmit() ?? bytes(0);
}
function offeredName(own: typeof ODD): string {
  return reference.deriveHashname({ keys: new Map([['3a', own.key]]) }, P);
}
function channelOf(message: InterpeerMessage): Uint8Array {
  return message.type === 'CHANNEL_ACKNOWLEDGE' ? message.channelId.slice() : bytes(4);
}

const FUNCTIONS = scriptsOf({
  bundleMessages: at(() => [[{ channelId: CHANNEL_ID.slice(), payload: bytes(5) }], 100]),
  bundleWrites: at(() => [[bytes(5), bytes(300)], 100, true]),
  checkCookie: (p) => [cookie(), reference.makeCookie(cookie(), P), p],
  crc32: at(() => [bytes(3)]),
  crc32c: at(() => [bytes(3)]),
  createPadding: at(() => [{ ...SUITE, paddingEntropy: bytes(4) }]),
  decodeEstablishmentMessage: at(() => [reference.encodeMessages([NEW], 'interpeer-1'), 'interpeer-1']),
  decodeInterpeerPacket: at(() => [DATAGRAM.slice(), { ...SUITE, protocolId: fromHex('f635b997') }]),
  decodeKeyOffer: (p) => [reference.encodeKeyOffer({ keys: new Map([['3a', ODD.key]]), intermediates: new Map() }, P), p],
  decodeMessages: at(() => [reference.encodeMessages([NEW, DATA], 'interpeer-1'), 'interpeer-1']),
  decodePrivatePart: at(() => [reference.encodePrivatePart({ sequenceNumber: 1, payload: bytes(3), padding: bytes(2) })]),
  decodeVarint: at(() => [reference.encodeVarint(300n)]),
  demandsEncryption: at(() => [{ handshakes: ['known-keys'] }]),
  derivePacketKey: (p) => [bytes(32), bytes(4), p],
  derivePaddingLength: at(() => [30, bytes(2)]),
  encodeEstablishmentTransmit: at(() => [{ peer: ONE.slice(), channelId: CHANNEL_ID.slice(), message: NEW }, 'interpeer-1']),
  encodeInterpeerPacket: at(() => [
    { ...address(), protocolId: fromHex('f635b997'), spin: true, sequenceNumber: 1, payload: bytes(3), paddingEntropy: bytes(3) },
  ]),
  encodeKeyOffer: (p) => [{ keys: new Map([['3a', ODD.key.slice()]]), intermediates: new Map([['2a', bytes(32)]]) }, p],
  encodeMessages: at(() => [[NEW, DATA], 'interpeer-1']),
  encodePrivatePart: at(() => [{ sequenceNumber: 1, payload: bytes(3), padding: bytes(2) }]),
  encodePublicHeader: at(() => [address(), 0, 5]),
  encodeSealedPacket: at(() => [{ ...address(), sealedLength: 5, seal: (): Uint8Array => bytes(5) }]),
  encodeVarint: at(() => [300n]),
  handshakeEntropyLength: at(() => ['3a']),
  joinChannelId: at(() => [{ ...SUITE, initiatorHalf: bytes(2), responderHalf: bytes(2, 9) }]),
  makeCookie: (p) => [{ ...cookie(), rotationMs: 1000 }, p],
  openPart: (p) => [{ key: bytes(32), header: bytes(44), sealed: SEALED_PART.slice() }, p],
  payloadBytesOf: at(() => [1200, true]),
  sealPart: (p) => [{ key: bytes(32), counter: 5n, header: bytes(44), plaintext: bytes(5) }, p],
  sealedPartLength: at(() => [5]),
  splitChannelId: at(() => [{ ...SUITE, channelId: CHANNEL_ID.slice() }]),
  unitOf: at(() => [5]),
});

/** An engine that exchanges keys with strangers. */
const ofExchanger: Script['args'] = (p) => [
  {
    ...SUITE,
    local: ONE.slice(),
    identity: identity(ODD),
    policy: { handshakes: ['key-exchange'] },
    entropy: entropySource,
    primitives: p,
  },
];

const OBJECTS: readonly Script[] = [
  {
    name: 'PacketStream',
    args: () => [{ suite: 'interpeer-1', protocolId: fromHex('f635b997') }],
    calls: [
      ['handleBytes', () => [fromHex('f635b997')]],
      ['handleBytes', () => [new Uint8Array(40)]],
    ],
  },
  {
    name: 'Connection',
    args: (p) => [
      {
        ...SUITE,
        local: ONE.slice(),
        remote: TWO.slice(),
        policy: { handshakes: ['key-exchange'] },
        identity: identity(ODD),
        sequenceNumber: 7,
        at: 1,
        resetTimeoutMs: 1000,
        protocolId: fromHex('f635b997'),
        primitives: p,
      },
    ],
    calls: [
      ['begin', () => ['key-exchange', bytes(0), 0]],
      ['handleDatagram', () => [offerOf(EVEN), bytes(0), 1]],
      ['accept', () => [offeredName(EVEN), bytes(56), 2]],
      ['handleTimeout', () => [500]],
      ['send', () => [{ channelId: reference.DEFAULT_CHANNEL_ID.slice(), messages: [NEW] }]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'Connection',
    args: (p) => [
      {
        ...SUITE,
        local: ONE.slice(),
        remote: TWO.slice(),
        policy: { handshakes: ['key-exchange', 'known-keys'] },
        identity: identity(ODD),
        remoteKey: EVEN.key.slice(),
        sequenceNumber: 7,
        primitives: p,
      },
    ],
    calls: [['begin', () => ['known-keys', bytes(56), 0]]],
  },
  {
    name: 'Connection',
    args: (p) => [
      { ...SUITE, local: ONE.slice(), remote: TWO.slice(), policy: { handshakes: ['none'] }, sequenceNumber: 7, primitives: p },
    ],
    calls: [
      ['handlePacket', () => [reference.decodeInterpeerPacket(DATAGRAM.slice(), SUITE), bytes(0), 1]],
      ['send', () => [{ channelId: CHANNEL_ID.slice(), messages: [DATA], sequenceNumber: 4, paddingEntropy: bytes(4) }]],
      ['send', () => [{ channelId: CHANNEL_ID.slice(), messages: [DATA], derivePadding: (): number => 3 }]],
    ],
  },
  {
    name: 'Connection',
    args: (p) => [
      {
        ...SUITE,
        local: ONE.slice(),
        remote: TWO.slice(),
        policy: { handshakes: ['key-exchange'] },
        identity: identity(ODD),
        sequenceNumber: 7,
        primitives: p,
      },
    ],
    calls: [
      ['handleDatagram', () => [offerOf(EVEN), bytes(0), 1]],
      ['refuse', () => [offeredName(EVEN)]],
    ],
  },
  {
    name: 'DataChannel',
    args: () => [
      {
        capabilities: 3,
        sequenceNumber: 1,
        windowPackets: 9,
        sendPackets: 9,
        payloadBytes: 100,
        airtimeMs: 1,
        resendCount: 3,
        saysClose: true,
      },
    ],
    calls: [
      ['write', () => [[bytes(5), bytes(200)], 0]],
      ['handleMessages', () => [9, [DATA, { type: 'DATA_PROGRESS', nextSequenceNumber: 2, bitmap: bytes(0) }], 1]],
      ['read', () => []],
      ['handleTimeout', () => [2000]],
      ['finish', () => [1, 2001]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'Establishment',
    args: (p) => [
      {
        ...SUITE,
        local: ONE.slice(),
        secret: bytes(32),
        rotationMs: 60_000,
        limits: { channelCount: 9, totalCount: 9, restCount: 9 },
        primitives: p,
      },
    ],
    calls: [
      ['propose', () => [{ peer: TWO.slice(), half: fromHex('1234'), capabilities: 1, airtimeMs: 1 }, bytes(16), 0]],
      [
        'handleMessage',
        () => [
          { peer: TWO.slice(), channelId: ANSWER.channelId, message: ANSWER.message, isDataWaiting: false, airtimeMs: 1 },
          bytes(16),
          1,
        ],
      ],
      ['channel', () => [TWO.slice(), channelOf(ANSWER.message)]],
      ['markHeard', () => [TWO.slice(), channelOf(ANSWER.message), 2]],
      ['putInFront', () => [TWO.slice(), channelOf(ANSWER.message)]],
      ['count', () => [3]],
      ['handleTimeout', () => [4]],
      ['end', () => [TWO.slice(), channelOf(ANSWER.message), 5]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'InterpeerEngine',
    args: (p) => [engineOptions(p)],
    calls: [
      ['connect', () => [{ peer: TWO.slice(), handshake: 'none', airtimeMs: 1 }, 0]],
      ['open', () => [{ peer: TWO.slice(), capabilities: 3, half: fromHex('1234') }, 1]],
      ['handleDatagram', () => [DATAGRAM.slice(), 2]],
      ['handleDatagram', () => [ENGINE_ANSWER.slice(), 3]],
      ['isOpen', () => [1]],
      ['freeBytes', () => [1]],
      ['write', () => [1, bytes(5), 4]],
      ['read', () => [1]],
      ['handleTimeout', () => [5]],
      ['pollTimeoutAtMs', () => []],
      ['close', () => [1, 1, 6]],
    ],
  },
  {
    name: 'InterpeerEngine',
    args: ofExchanger,
    calls: [
      ['handleDatagram', () => [offerOf(EVEN), 0]],
      ['accept', () => [TWO.slice(), offeredName(EVEN), 1]],
      ['connect', () => [{ peer: bytes(16, 9), handshake: 'known-keys', remoteKey: EVEN.key.slice() }, 2]],
    ],
  },
  {
    name: 'InterpeerEngine',
    args: ofExchanger,
    calls: [
      ['connect', () => [{ peer: TWO.slice(), handshake: 'key-exchange' }, 0]],
      ['handleDatagram', () => [offerOf(EVEN), 1]],
      ['refuse', () => [TWO.slice(), offeredName(EVEN), 2]],
    ],
  },
  {
    name: 'PacketKeys',
    args: (p) => [{ graceMs: 5, firstCounter: 1n }, p],
    calls: [
      ['install', () => [{ encryptKey: bytes(32), decryptKey: bytes(32) }, 'at-once', 0]],
      ['seal', () => [bytes(44), bytes(5)]],
      ['install', () => [{ encryptKey: bytes(32), decryptKey: bytes(32) }, 'once-proven', 0]],
      [
        'open',
        () => [
          bytes(44),
          reference.sealPart(
            { key: reference.derivePacketKey(bytes(32), bytes(4), P), counter: 5n, header: bytes(44), plaintext: bytes(5) },
            P,
          ),
          1,
        ],
      ],
    ],
  },
];

export const INTERPEER_SCRIPTS: readonly Script[] = [...FUNCTIONS, ...OBJECTS];
