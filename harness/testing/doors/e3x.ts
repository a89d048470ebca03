/** Scripts of what E3X exports, with keys, packets and a peer. */
import * as reference from '../../../reference/index.ts';
import { Exchange, drain, fromHex } from '../../../reference/index.ts';
import type { Primitives } from '../../../reference/index.ts';
import { at, bytes, EVEN, ODD, P, scriptsOf, type Script } from './script.ts';

const HASHNAME = reference.deriveHashname({ keys: new Map([['3a', ODD.key]]) }, P);
const INNER = reference.encodePacket({ json: { c: 1, type: 'stream' }, body: fromHex('636174') });
const sealing = (): { csid: string; sender: { secret: Uint8Array }; ephemeral: { secret: Uint8Array }; recipientKey: Uint8Array } => ({
  csid: '3a',
  sender: { secret: ODD.secret.slice() },
  ephemeral: { secret: bytes(32, 9) },
  recipientKey: EVEN.key.slice(),
});
const MESSAGE = reference.sealMessage({ ...sealing(), inner: INNER, entropy: bytes(24) }, P);
const CHANNEL_KEYS = reference.deriveChannelKeys({ csid: '3a', ephemeral: { secret: bytes(32, 9) }, packet: MESSAGE.packet }, P);
const CHANNEL_PACKET = reference.sealChannelPacket(
  { csid: '3a', key: CHANNEL_KEYS.encryptKey, token: bytes(16), inner: INNER, entropy: bytes(24) },
  P,
);
const HANDSHAKE = reference.encodeLinkHandshake({ csid: '3a', keys: new Map([['3a', ODD.key]]), at: 2, z: 1 }, P);
const CHAT_ID = reference.encodeBase32(bytes(8));
const JWE = 'eyJhbGciOiJBIiwiZW5jIjoiQiJ9.AA.AA.AA.AA';
const JWS = 'eyJhbGciOiJBIiwidHlwIjoiSldUIn0.e30.AA';
const exchange = (mine: typeof ODD, other: typeof ODD, primitives: Primitives): reference.ExchangeOptions => ({
  csid: '3a',
  local: { secret: mine.secret.slice(), key: mine.key.slice() },
  remoteKey: other.key.slice(),
  entropy: bytes(32, mine === ODD ? 11 : 12),
  primitives,
});
/** What the other side of an exchange says first, and what it says when it is answered. */
const PEER = ((): { readonly handshake: Uint8Array; readonly packet: Uint8Array } => {
  const [odd, even] = [new Exchange(exchange(ODD, EVEN, P)), new Exchange(exchange(EVEN, ODD, P))];
  odd.handshake(bytes(24, 1), 0);
  const first = drain(() => odd.pollTransmit())[0] ?? bytes(0);
  even.handlePacket(first, 0);
  drain(() => even.pollEvent());
  even.accept(1, bytes(24, 2), 0);
  const handshake = drain(() => even.pollTransmit())[0] ?? bytes(0);
  drain(() => even.pollEvent());
  even.send(INNER, bytes(24, 3), 0);
  return { handshake, packet: drain(() => even.pollTransmit())[0] ?? bytes(0) };
})();

const LINK = { keys: new Map([['3a', ODD.key]]), paths: [{ type: 'udp4', ip: '127.0.0.1', port: 1 }], hashname: HASHNAME, more: { a: 1 } };
const LINK_KEYS = { keys: LINK.keys, paths: LINK.paths };
const BASE = reference.formatLinkUri({ host: '127.0.0.1', query: 'sid=42', keys: LINK.keys }, P);
const PEER_URI = reference.attachFragment(BASE, HASHNAME, bytes(8), P);
const THTP = reference.encodePacket({ json: { ':method': 'GET', ':path': '/' }, body: bytes(40) });

const FUNCTIONS = scriptsOf({
  applyCloak: (p) => [INNER.slice(), [bytes(8), bytes(8, 8)], p],
  attachFragment: (p) => [BASE, HASHNAME, bytes(8), p],
  cipherSetOf: at(() => ['3a']),
  cutThtp: at(() => [THTP.slice(), 16]),
  decodeBase32: at(() => [reference.encodeBase32(bytes(3))]),
  decodeBase64url: at(() => ['5w']),
  decodeCompressed: at(() => [1, reference.encodeCompressed(1, INNER)]),
  decodeHandshake: (p) => [{ csid: '3a', inner: HANDSHAKE.slice(), hashname: HASHNAME, encrypted: true }, p],
  decodeJwe: at(() => [reference.encodeJwe(JWE)]),
  decodeJws: at(() => [reference.encodeJws(JWS)]),
  decodeLinkJson: (p) => [reference.encodeLinkJson(LINK, P), p],
  decodeLinkJwk: (p) => [reference.encodeLinkJwk(LINK_KEYS, P), p],
  decodeMiss: at(() => [5, [1, 2, 3]]),
  decodePacket: at(() => [INNER.slice()]),
  decodePacketParts: at(() => [INNER.slice()]),
  decodeThtp: at(() => [reference.encodePacket({ json: { ':method': 'GET', ':path': '/' }, body: bytes(4) })]),
  deriveBoxId: at(() => [HASHNAME, HASHNAME]),
  deriveBoxMessageId: at(() => [bytes(8), bytes(5)]),
  deriveChannelKeys: (p) => [
    { csid: '3a', ephemeral: { secret: bytes(32, 9) }, recipient: { secret: EVEN.secret.slice() }, packet: MESSAGE.packet.slice() },
    p,
  ],
  deriveChatIds: at(() => [HASHNAME, bytes(8), 3]),
  deriveHashname: (p) => [{ keys: new Map([['3a', ODD.key.slice()]]), intermediates: new Map([['2a', bytes(32)]]) }, p],
  deriveIntermediates: (p) => [new Map([['3a', ODD.key.slice()]]), p],
  deriveMessageIdentity: (p) => [{ csid: '3a', packet: MESSAGE.packet.slice() }, p],
  deriveOrder: at(() => [ODD.key.slice(), EVEN.key.slice()]),
  deriveQuota: at(() => [{ c: 1, type: 'text', seq: 1, ack: 1, miss: [1], end: true, err: 'no' }, { a: 1 }]),
  deriveToken: (p) => [MESSAGE.packet.slice(), p],
  drawCloakNonces: at(() => [bytes(33)]),
  encodeBase32: at(() => [bytes(5)]),
  encodeBase64url: at(() => [bytes(5)]),
  encodeCompressed: at(() => [1, INNER.slice()]),
  encodeHandshake: at(() => ['link', 2, { json: { a: 1 }, body: bytes(3) }]),
  encodeJwe: at(() => [JWE]),
  encodeJws: at(() => [JWS]),
  encodeLinkJson: (p) => [{ ...LINK, keys: new Map([['3a', ODD.key.slice()]]) }, p],
  encodeLinkJwk: (p) => [{ ...LINK_KEYS, keys: new Map([['3a', ODD.key.slice()]]) }, p],
  encodeLinkHandshake: (p) => [{ csid: '3a', keys: new Map([['3a', ODD.key.slice()]]), at: 2, z: 1, encrypted: false }, p],
  encodeMiss: at(() => [5, { missing: [6, 8], highest: 10 }]),
  encodePacket: at(() => [{ json: { c: 1 }, body: bytes(3) }]),
  encodeThtp: at(() => [{ method: 'GET', path: '/', headers: { a: 'b' }, body: bytes(3) }]),
  exchangeEntropyLength: at(() => ['3a']),
  formatLinkUri: (p) => [
    { scheme: 'link', host: '::1', port: 7, path: '/a', query: 'b', keys: new Map([['3a', ODD.key.slice()]]), paths: LINK.paths },
    p,
  ],
  isPacket: at(() => [bytes(3)]),
  joinChunks: at(() => [fromHex('02000000')]),
  negotiateCompression: at(() => [1, 1]),
  openChannelPacket: (p) => [{ csid: '3a', key: CHANNEL_KEYS.encryptKey.slice(), packet: CHANNEL_PACKET.slice() }, p],
  openMessage: (p) => [
    { csid: '3a', recipient: { secret: EVEN.secret.slice() }, senderKey: ODD.key.slice(), packet: MESSAGE.packet.slice() },
    p,
  ],
  parseLinkUri: (p) => [PEER_URI, p],
  parseHashname: at(() => [HASHNAME]),
  readChannelHead: at(() => [INNER.slice()]),
  resolveContact: (p) => [PEER_URI, p],
  verifyLinkUri: (p) => [{ uri: PEER_URI, answer: PEER_URI, hashname: HASHNAME }, p],
  readIntroduction: (p) => [
    {
      csid: '3a',
      recipient: { secret: EVEN.secret.slice() },
      packet: reference.sealMessage({ ...sealing(), inner: HANDSHAKE, entropy: bytes(24) }, P).packet,
      hashname: HASHNAME,
    },
    p,
  ],
  removeCloak: (p) => [reference.applyCloak(INNER, [bytes(8)], P), p],
  sealChannelPacket: (p) => [
    { csid: '3a', key: CHANNEL_KEYS.encryptKey.slice(), token: bytes(16), inner: INNER.slice(), entropy: bytes(24) },
    p,
  ],
  sealMessage: (p) => [{ ...sealing(), inner: INNER.slice(), entropy: bytes(24) }, p],
  selectCsid: at(() => [{ local: ['3a'], remote: ['3a', '1a'], legacy: false }]),
  splitChunks: at(() => [INNER.slice(), 5]),
  transportOf: at(() => ['tcp']),
  validateChannelPacket: at(() => [
    { type: 'stream', role: 'open', isReliable: true, packet: reference.encodePacket({ json: { c: 1, type: 'stream', seq: 1 } }) },
  ]),
  validateChatMessage: at(() => [reference.encodePacket({ json: { type: 'ack', id: CHAT_ID, ack: 'read' } })]),
  verifyChatId: at(() => [HASHNAME, CHAT_ID, CHAT_ID]),
});

const OBJECTS: readonly Script[] = [
  { name: 'createMessageSealer', args: (p) => [sealing(), p], calls: [['seal', () => [{ inner: INNER.slice(), entropy: bytes(24) }]]] },
  {
    name: 'createMessageOpener',
    args: (p) => [{ csid: '3a', recipient: { secret: EVEN.secret.slice() }, senderKey: ODD.key.slice() }, p],
    calls: [
      ['open', () => [MESSAGE.packet.slice()]],
      ['openParts', () => [reference.decodePacketParts(MESSAGE.packet.slice())]],
    ],
  },
  {
    name: 'createChannelSealer',
    args: (p) => [{ csid: '3a', key: CHANNEL_KEYS.encryptKey.slice(), token: bytes(16) }, p],
    calls: [['seal', () => [{ inner: INNER.slice(), entropy: bytes(24) }]]],
  },
  {
    name: 'createChannelOpener',
    args: (p) => [{ csid: '3a', key: CHANNEL_KEYS.encryptKey.slice() }, p],
    calls: [
      ['open', () => [CHANNEL_PACKET.slice()]],
      ['openSealed', () => [reference.decodePacketParts(CHANNEL_PACKET).body.slice(16)]],
    ],
  },
  {
    name: 'BlockReceiver',
    args: () => [{ blockBytes: 100 }],
    calls: [
      ['handlePacket', () => [reference.encodePacket({ json: { c: 1, b: 1, at: 0 }, body: bytes(3) })]],
      [
        'handleDecoded',
        () => [reference.decodePacket(reference.encodePacket({ json: { c: 1, b: 1, at: 3, done: true }, body: bytes(3) }))],
      ],
    ],
  },
  {
    name: 'StreamReceiver',
    args: () => [{ valueBytes: 100 }],
    calls: [
      ['handlePacket', () => [reference.encodePacket({ json: { c: 1, seq: 1, frag: true }, body: bytes(3) })]],
      ['handleDecoded', () => [reference.decodePacket(reference.encodePacket({ json: { c: 1, seq: 2 }, body: bytes(3) }))]],
    ],
  },
  {
    name: 'Channel',
    args: () => [
      {
        c: 1,
        type: 'text',
        reliable: true,
        incoming: false,
        window: 10,
        bufferBytes: 2000,
        timeoutMs: 1000,
        resendCount: 3,
        replayWindow: undefined,
      },
    ],
    calls: [
      ['quota', () => [{ a: 1 }]],
      ['send', () => [{ json: { a: 1 }, body: bytes(3), end: false }, 0]],
      ['handlePacket', () => [reference.encodePacket({ json: { c: 1, seq: 1, ack: 1 }, body: bytes(3) }), 1]],
      ['done', () => [2]],
      ['handleDecoded', () => [reference.decodePacket(reference.encodePacket({ json: { c: 1, seq: 2 }, body: bytes(3) })), 3]],
      ['done', () => [4]],
      ['handleTimeout', () => [1900]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'ChannelTable',
    args: () => [{ order: 'odd', last: 1, limits: { channelCount: 5, skippedCount: 3 } }],
    calls: [
      ['create', () => ['text']],
      ['handlePacket', () => [reference.encodePacket({ json: { c: 2, type: 'a' }, body: bytes(3) })]],
      ['handleDecoded', () => [reference.decodePacket(reference.encodePacket({ json: { c: 2 }, body: bytes(3) }))]],
      ['remove', () => [2]],
      ['renew', () => []],
    ],
  },
  {
    name: 'ChannelCounter',
    args: (p) => [{ key: bytes(16), token: bytes(16), entropy: bytes(4) }, p],
    calls: [
      ['seal', () => [INNER.slice()]],
      ['seal', () => [INNER.slice()]],
    ],
  },
  {
    name: 'ChunkEndpoint',
    args: () => [
      {
        size: 5,
        blocking: true,
        acks: 'chunk',
        limits: { packetBytes: 100, chunkCount: 100, ageMs: 5, assemblyCount: 2, queueBytes: 100 },
      },
    ],
    calls: [
      ['send', () => [1, INNER.slice(), 0]],
      ['handleBytes', () => [1, fromHex('040001'), 0]],
      ['handleBytes', () => [1, fromHex('020300'), 1]],
      ['handleTimeout', () => [2000]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  { name: 'ChunkEndpoint', args: () => [{ transport: 'tcp' }], calls: [['send', () => [1, INNER.slice(), 0]]] },
  {
    name: 'CloakPath',
    args: (p) => [{ cloaked: true, primitives: p }],
    calls: [
      ['send', () => [INNER.slice(), bytes(33)]],
      ['handleBytes', () => [reference.applyCloak(INNER, [bytes(8)], P)]],
    ],
  },
  {
    name: 'Exchange',
    args: (p) => [
      {
        ...exchange(ODD, EVEN, p),
        at: 1,
        handshakes: new Map([['other', { json: { hello: 1 }, body: bytes(2) }]]),
        keys: new Map([['3a', ODD.key.slice()]]),
        z: 0,
        legacy: false,
        limits: { packetBytes: 1400, macFailureCount: 5 },
      },
    ],
    calls: [
      ['handshake', () => [bytes(48, 1), 0]],
      ['handlePacket', () => [PEER.handshake.slice(), 1]],
      ['accept', () => [1, bytes(0), 2]],
      ['handlePacket', () => [PEER.packet.slice(), 3]],
      ['send', () => [INNER.slice(), bytes(24, 6), 4]],
      ['handleTimeout', () => [5]],
      ['pollTimeoutAtMs', () => []],
      ['renew', () => [bytes(32, 13), 6]],
      ['handshake', () => [bytes(48, 1), 7]],
    ],
  },
  {
    name: 'TokenTable',
    args: () => [2],
    calls: [
      ['add', () => [bytes(16), 'a']],
      ['find', () => [bytes(16)]],
      ['remove', () => [bytes(16), 'a']],
    ],
  },
  {
    name: 'Router',
    args: (p) => [{ limits: { routeCount: 5, routeMs: 1000 }, primitives: p }],
    calls: [
      ['link', () => [HASHNAME]],
      [
        'handlePeer',
        () => [HASHNAME, 1, reference.encodePacket({ json: { c: 1, type: 'peer', peer: HASHNAME }, body: MESSAGE.packet }), 0],
      ],
      ['handlePacket', () => [2, reference.encodePacket({ body: reference.deriveToken(MESSAGE.packet, P) }), 1]],
      ['handleTimeout', () => [2]],
      ['pollTimeoutAtMs', () => []],
      ['unlink', () => [HASHNAME]],
    ],
  },
  {
    name: 'LinkState',
    args: () => [{ limits: { pathCount: 3, udpMs: 1000, tcpMs: 2000 } }, 0],
    calls: [
      ['addPath', () => [1, 'udp4', 0]],
      ['handleKeys', () => [0]],
      ['connect', () => [0]],
      ['handleSent', () => [1, true, 1]],
      ['handleReceived', () => [1, 'udp4', true, 1]],
      ['pollTimeoutAtMs', () => []],
      ['send', () => [2]],
      ['answer', () => [[{ path: 2, type: 'tcp4' }], 2]],
      ['handleTimeout', () => [1001]],
      ['losePath', () => [2, 1002]],
      ['handleFailed', () => [1003]],
    ],
  },
  {
    name: 'ThtpReceiver',
    args: () => [{ kind: 'request', messageBytes: 200 }],
    calls: [
      ['handlePacket', () => [reference.encodePacket({ json: { c: 1, type: 'thtp', seq: 1 }, body: THTP.slice(0, 9) })]],
      ['handlePacket', () => [reference.encodePacket({ json: { c: 1, seq: 2, end: true }, body: THTP.slice(9) })]],
    ],
  },
  {
    name: 'MessageMemory',
    args: (p) => [{ windowMs: 1000, skewMs: 10, entryCount: 5, horizonMs: 3 }, p],
    calls: [
      ['check', () => [{ csid: '3a', packet: MESSAGE.packet.slice(), sentAt: 15 }, 20]],
      ['handleTimeout', () => [21]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
];

export const E3X_SCRIPTS: readonly Script[] = [...FUNCTIONS, ...OBJECTS];
