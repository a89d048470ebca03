/**
 * What callers may do to every function and class that the reference exports: pass things of the wrong kind, Node's Buffers,
 * and memory that they wipe afterwards. There is one script for each of them, with valid arguments; the tests below run the
 * scripts with one thing changed.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as reference from './index.ts';
import { Endpoint, Establishment, Exchange, drain, fromHex, noblePrimitives, toHex } from './index.ts';
import type { InterpeerMessage, JsonObject, Primitives } from './index.ts';
import { ProtocolError } from './kernel/errors.ts';

type Args = readonly unknown[];
/** A call of a method of the object that the script has made. */
type Call = readonly [method: string, args: (primitives: Primitives) => Args];
interface Script {
  /** The function or class that is exported. */
  readonly name: string;
  /** Arguments of the function or constructor. */
  readonly args: (primitives: Primitives) => Args;
  readonly calls?: readonly Call[];
}

const bytes = (length: number, fill = 7): Uint8Array => new Uint8Array(length).fill(fill);
const at = (script: () => Args) => script;

// ---------------------------------------------------------------- people, keys and packets

const ODD = {
  secret: fromHex('a5c1b2b459783cffbf5d46cae0f7e95f08cf3cb30886c4e9625eccce54a6e4cd'),
  key: fromHex('2c1775108365dca6b7e90f8765489f8eda62ec7101391af62419a51c540ed937'),
};
const EVEN = {
  secret: fromHex('1e48a1398268c82dfa699614e768dacf8d37537fd41f4721c620c765c7b5138b'),
  key: fromHex('198862ad040c4c09228c45d1665df06fb8fdc658d758a086cc873238e112e030'),
};
const P = noblePrimitives;
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

const did = (seed: number): string =>
  reference.encodeLightDid(
    {
      authentication: { type: 'ed25519', publicKey: bytes(32, seed) },
      keyAgreement: { type: 'x25519', publicKey: P.deriveX25519Public({ secret: bytes(32, seed) }) },
    },
    P,
  );
const [ALICE, BOB] = [did(3), did(4)];
const local = (seed: number, name: string): reference.LocalKey => ({ secret: bytes(32, seed), keyUri: `${name}#encryption` });
const TEXT = {
  body: { type: 'bottlepost:text', content: { text: 'hello' } },
  createdAt: 1000,
  sender: ALICE,
  receiver: BOB,
  messageId: 'm1',
};
const envelope = (): reference.Envelope =>
  reference.sealEnvelope({ message: TEXT, sender: local(3, ALICE), receiver: local(4, BOB), entropy: bytes(24) }, P);
const REJECT = { ...TEXT, body: { type: 'reject-attestation', content: `0x${'ab'.repeat(32)}` } };
const FULL = ALICE.replace(/^did:kilt:light:01/, 'did:kilt:').replace(/:z.*$/, '');
const CHAT_ID = reference.encodeBase32(bytes(8));
const JWE = 'eyJhbGciOiJBIiwiZW5jIjoiQiJ9.AA.AA.AA.AA';
const JWS = 'eyJhbGciOiJBIiwidHlwIjoiSldUIn0.e30.AA';
const SNAPSHOT = { admitsFromMs: 4, entries: [{ identity: bytes(32), createdAtMs: 5 }] };
const identity = (own: typeof ODD): reference.ConnectionIdentity => ({
  csid: '3a',
  secret: own.secret.slice(),
  key: own.key.slice(),
  intermediates: new Map([['2a', bytes(32)]]),
});
const MODEM = { spreadingFactor: 9, bandwidthHz: 125_000, codingRate: 5, preambleSymbols: 8 };
const NEXUS_PACKET = {
  destinationType: 'single',
  packetType: 'data',
  hops: 3,
  transport: bytes(16, 8),
  destination: bytes(16),
  context: 0,
  data: bytes(9),
} as const;
const PATH_COST = { cost: 41, latencyMs: 300, bottleneck: 81, hopCount: 1 };
const ATTACHMENT = { objectHash: bytes(32), size: 5, key: bytes(32, 2), mediaType: 'text/plain', name: 'a' };
const NEXUS_RECIPIENT = reference.deriveNexusIdentity(bytes(32, 4), P);
const NEXUS_CONTENT = { created: 5n, messageId: bytes(16), kind: 0, body: fromHex('61') };
const BINDING = { recipient: bytes(16), ephemeralKey: bytes(32, 6) };
const NEXUS_ENVELOPE = reference.sealNexusMessage(
  { ...NEXUS_CONTENT, seed: bytes(32), publicKey: NEXUS_RECIPIENT.publicKey, entropy: bytes(32, 5) },
  P,
);
const ANNOUNCE = reference.writeAnnounce({ seed: bytes(32), sequence: 1n, label: 'a', capabilities: 1, relays: [bytes(16)] }, P);
const BEACON = { id: bytes(16), capabilities: 1, costTier: 2, load: 3 };
const NEXUS_SIGNED = { purpose: 'nexus-1 content', message: bytes(5), seed: bytes(32) };
/** The same bytes each time: this source has no state. */
const entropySource = { draw: (length: number): Uint8Array => bytes(length, 5) };
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

// ---------------------------------------------------------------- scripts

const LINK_DESTINATION = reference.deriveNexusIdentity(bytes(32, 3), P).destinationHash;
const LINK_REQUEST = reference.encodeLinkRequest({ destination: LINK_DESTINATION, secret: bytes(32, 5) }, P);
const LINK_ID = reference.decodeLinkRequest(LINK_REQUEST, P).linkId;
const LINK_PROOF = reference.proveLink({ seed: bytes(32, 3), secret: bytes(32, 6), request: LINK_REQUEST, clock: 1n }, P);
const LINK_VERIFIED = reference.verifyLinkProof({ secret: bytes(32, 5), request: LINK_REQUEST, proof: LINK_PROOF }, P);
const LINK_IDENTIFICATION = reference.identifyOnLink(
  {
    seed: bytes(32, 7),
    secret: bytes(32, 5),
    request: LINK_REQUEST,
    ephemeral: LINK_VERIFIED.ephemeral,
    responderKey: LINK_VERIFIED.publicKey,
    responderClock: 1n,
    clock: 2n,
  },
  P,
);
const LINK_KEEPALIVE = reference.sealLinkPacket(
  { key: LINK_VERIFIED.keys.responderKey, linkId: LINK_ID, context: 0xfa, phase: 0, count: 1, content: new Uint8Array(0) },
  P,
);
const LINK_PACKET = reference.sealLinkPacket(
  { key: bytes(32, 5), linkId: bytes(16, 1), context: 0, phase: 0, count: 3, content: bytes(4) },
  P,
);
const LINK_FRAGMENTS = reference.splitIntoFragments(bytes(500), 1);
const CHUNKED = bytes(5000, 3);
const CHUNK_PROOF = reference.proveChunk(CHUNKED, 1, P);
const CHUNKED_ROOT = reference.hashContent(CHUNKED, P).root;
const objectHeader = (): reference.ObjectHeader => ({
  contentType: 'immutable',
  created: 0n,
  size: 5000,
  priority: 'normal',
  minBandwidth: 0,
  merkleRoot: CHUNKED_ROOT.slice(),
});
const OBJECT_HEADER = reference.encodeObjectHeader(objectHeader());
const UPDATE_OWNER = reference.deriveNexusIdentity(bytes(32), P);
const UPDATE_HEADER = reference.encodeObjectHeader({
  ...objectHeader(),
  contentType: 'mutable',
  owner: UPDATE_OWNER.destinationHash,
  labelHash: bytes(32),
  sequence: 1n,
});
const UPDATE = reference.writeObject(
  {
    age: 0,
    header: UPDATE_HEADER,
    publicKey: UPDATE_OWNER.publicKey,
    signature: reference.signObject({ seed: bytes(32), header: UPDATE_HEADER }, P),
    payload: 'chunked',
  },
  P,
);
const CHUNK_BODY = reference.writeChunk({ hash: reference.hashObject(OBJECT_HEADER, P), index: 1, ...CHUNK_PROOF });
const RECORD = reference.encodeRecord({ kind: 0x12, answer: false, requestId: 1, body: bytes(32) });

const FUNCTIONS: readonly Script[] = Object.entries<(primitives: Primitives) => Args>({
  addPathCost: at(() => [66, 5n]),
  agreeAsNexusIdentity: (p) => [bytes(32), bytes(32, 9), p],
  applyCloak: (p) => [INNER.slice(), [bytes(8), bytes(8, 8)], p],
  beaconIntervalMs: at(() => [{ airtimeUs: 5, budgetUs: 1000 }]),
  bundleMessages: at(() => [[{ channelId: CHANNEL_ID.slice(), payload: bytes(5) }], 100]),
  bundleWrites: at(() => [[bytes(5), bytes(300)], 100, true]),
  carriesBandwidth: at(() => [106, 10_000n]),
  checkContent: at(() => [0, fromHex('61')]),
  checkCookie: (p) => [cookie(), reference.makeCookie(cookie(), P), p],
  checkMessage: (p) => [REJECT, p],
  checkMigration: (p) => [ALICE, FULL, p],
  chunkForLora: at(() => [{ packet: bytes(60), form: 1, frameLength: 51 }]),
  chunkLimitsOf: at(() => [{ ...MODEM, region: 'EU868', payload: 'phy', form: 1 }]),
  cipherSetOf: at(() => ['3a']),
  compare: at(() => [bytes(3), bytes(4)]),
  concat: at(() => [[bytes(3), bytes(4)]]),
  crc32: at(() => [bytes(3)]),
  crc32c: at(() => [bytes(3)]),
  convertNexusKey: (p) => [P.deriveEd25519Public({ secret: bytes(32) }), p],
  createPadding: at(() => [{ ...SUITE, paddingEntropy: bytes(4) }]),
  decodeAddress: (p) => [reference.encodeAddress(bytes(32), P), p],
  decodeBase32: at(() => [reference.encodeBase32(bytes(3))]),
  decodeBase64url: at(() => ['5w']),
  decodeCompressed: at(() => [1, reference.encodeCompressed(1, INNER)]),
  decodeEstablishmentMessage: at(() => [reference.encodeMessages([NEW], 'interpeer-1'), 'interpeer-1']),
  decodeHandshake: (p) => [{ csid: '3a', inner: HANDSHAKE.slice(), hashname: HASHNAME, encrypted: true }, p],
  decodeInterpeerPacket: at(() => [DATAGRAM.slice(), { ...SUITE, protocolId: fromHex('f635b997') }]),
  decodeNexusPacket: at(() => [reference.encodeNexusPacket(NEXUS_PACKET)]),
  decodeJwe: at(() => [reference.encodeJwe(JWE)]),
  decodeJws: at(() => [reference.encodeJws(JWS)]),
  decodeKeyOffer: (p) => [reference.encodeKeyOffer({ keys: new Map([['3a', ODD.key]]), intermediates: new Map() }, P), p],
  decodeMessages: at(() => [reference.encodeMessages([NEW, DATA], 'interpeer-1'), 'interpeer-1']),
  decodeMiss: at(() => [5, [1, 2, 3]]),
  decodePacket: at(() => [INNER.slice()]),
  decodePacketParts: at(() => [INNER.slice()]),
  decodePathCost: at(() => [66]),
  decodePrivatePart: at(() => [reference.encodePrivatePart({ sequenceNumber: 1, payload: bytes(3), padding: bytes(2) })]),
  decodeReplaySnapshot: at(() => [reference.encodeReplaySnapshot(SNAPSHOT)]),
  decodeThtp: at(() => [reference.encodePacket({ json: { ':method': 'GET', ':path': '/' }, body: bytes(4) })]),
  decodeVarint: at(() => [reference.encodeVarint(300n)]),
  demandsEncryption: at(() => [{ handshakes: ['known-keys'] }]),
  deriveBoxId: at(() => [HASHNAME, HASHNAME]),
  deriveBoxMessageId: at(() => [bytes(8), bytes(5)]),
  deriveChannelKeys: (p) => [
    { csid: '3a', ephemeral: { secret: bytes(32, 9) }, recipient: { secret: EVEN.secret.slice() }, packet: MESSAGE.packet.slice() },
    p,
  ],
  deriveChatIds: at(() => [HASHNAME, bytes(8), 3]),
  deriveDestinationHash: (p) => [bytes(32), p],
  deriveHashname: (p) => [{ keys: new Map([['3a', ODD.key.slice()]]), intermediates: new Map([['2a', bytes(32)]]) }, p],
  deriveIntermediates: (p) => [new Map([['3a', ODD.key.slice()]]), p],
  deriveMessageIdentity: (p) => [{ csid: '3a', packet: MESSAGE.packet.slice() }, p],
  deriveNexusPacketId: (p) => [reference.encodeNexusPacket(NEXUS_PACKET), p],
  deriveNexusIdentity: (p) => [bytes(32), p],
  deriveOrder: at(() => [ODD.key.slice(), EVEN.key.slice()]),
  derivePacketKey: (p) => [bytes(32), bytes(4), p],
  derivePaddingLength: at(() => [30, bytes(2)]),
  deriveQuota: at(() => [{ c: 1, type: 'text', seq: 1, ack: 1, miss: [1], end: true, err: 'no' }, { a: 1 }]),
  deriveReplayIdentity: (p) => [{ sender: 'did:kilt:x', messageId: 'm' }, p],
  deriveToken: (p) => [MESSAGE.packet.slice(), p],
  drain: at(() => [(): undefined => undefined]),
  drawCloakNonces: at(() => [bytes(33)]),
  encodeAddress: (p) => [bytes(32), p],
  encodeBandwidth: at(() => [10_000n]),
  encodeBase32: at(() => [bytes(5)]),
  encodeBase64url: at(() => [bytes(5)]),
  encodeCompressed: at(() => [1, INNER.slice()]),
  encodeDidDocument: (p) => [ALICE, 'jsonld', p],
  encodeEstablishmentTransmit: at(() => [{ peer: ONE.slice(), channelId: CHANNEL_ID.slice(), message: NEW }, 'interpeer-1']),
  encodeHandshake: at(() => ['link', 2, { json: { a: 1 }, body: bytes(3) }]),
  encodeInterpeerPacket: at(() => [
    { ...address(), protocolId: fromHex('f635b997'), spin: true, sequenceNumber: 1, payload: bytes(3), paddingEntropy: bytes(3) },
  ]),
  encodeJwe: at(() => [JWE]),
  encodeJws: at(() => [JWS]),
  encodeKeyOffer: (p) => [{ keys: new Map([['3a', ODD.key.slice()]]), intermediates: new Map([['2a', bytes(32)]]) }, p],
  encodeLightDid: (p) => [
    {
      authentication: { type: 'ed25519', publicKey: bytes(32) },
      keyAgreement: { type: 'x25519', publicKey: bytes(32) },
      services: [{ id: '#a', type: ['b'], serviceEndpoint: ['x:y'] }],
    },
    p,
  ],
  encodeLinkHandshake: (p) => [{ csid: '3a', keys: new Map([['3a', ODD.key.slice()]]), at: 2, z: 1, encrypted: false }, p],
  encodeMessage: at(() => [TEXT]),
  encodeMessages: at(() => [[NEW, DATA], 'interpeer-1']),
  encodeMiss: at(() => [5, { missing: [6, 8], highest: 10 }]),
  encodeNexusPacket: at(() => [NEXUS_PACKET]),
  encodePacket: at(() => [{ json: { c: 1 }, body: bytes(3) }]),
  encodePathCost: at(() => [5n]),
  encodePrivatePart: at(() => [{ sequenceNumber: 1, payload: bytes(3), padding: bytes(2) }]),
  encodePublicHeader: at(() => [address(), 0, 5]),
  encodeReplaySnapshot: at(() => [{ admitsFromMs: 4, entries: [{ identity: bytes(32), createdAtMs: 5 }] }]),
  encodeSealedPacket: at(() => [{ ...address(), sealedLength: 5, seal: (): Uint8Array => bytes(5) }]),
  encodeThtp: at(() => [{ method: 'GET', path: '/', headers: { a: 'b' }, body: bytes(3) }]),
  encodeVarint: at(() => [300n]),
  ephemeralKeyOf: at(() => [NEXUS_ENVELOPE.slice()]),
  exchangeEntropyLength: at(() => ['3a']),
  fromHex: at(() => ['00ff']),
  handshakeEntropyLength: at(() => ['3a']),
  isPacket: at(() => [bytes(3)]),
  isSameSubject: (p) => [ALICE, FULL, p],
  joinChannelId: at(() => [{ ...SUITE, initiatorHalf: bytes(2), responderHalf: bytes(2, 9) }]),
  joinChunks: at(() => [fromHex('02000000')]),
  loraAirtimeUs: at(() => [{ ...MODEM, chip: 'sx126x', payloadLength: 20, implicitHeader: false, crc: true, lowDataRateOptimize: false }]),
  loraBandOf: at(() => [{ region: 'EU868', frequencyHz: 868_100_000, bandwidthHz: 125_000 }]),
  loraPreset: at(() => ['LongFast']),
  messageRoomOf: at(() => [300]),
  makeCookie: (p) => [{ ...cookie(), rotationMs: 1000 }, p],
  negotiateCompression: at(() => [1, 1]),
  openAttachment: (p) => [
    { payload: reference.sealAttachment({ data: bytes(5), entropy: bytes(32, 2) }, P).payload, key: bytes(32, 2), size: 5 },
    p,
  ],
  openNexusEnvelope: (p) => [{ seed: bytes(32, 4), use: 'message', envelope: NEXUS_ENVELOPE.slice() }, p],
  openNexusMessage: (p) => [{ seed: bytes(32, 4), envelope: NEXUS_ENVELOPE.slice() }, p],
  readAnnounce: (p) => [ANNOUNCE.slice(), p],
  readAnnouncedRelays: at(() => [bytes(16)]),
  readAttachment: at(() => [reference.writeAttachment(ATTACHMENT)]),
  readBeacon: (p) => [reference.writeBeacon(BEACON, P), p],
  readContent: (p) => [{ ...BINDING, content: reference.signContent({ ...NEXUS_CONTENT, ...BINDING, seed: bytes(32) }, P) }, p],
  relayAnnounce: (p) => [ANNOUNCE.slice(), { own: 5n, latencyMs: 5, bitsPerSecond: 1000n, id: bytes(16, 9) }, p],
  scorePath: at(() => [PATH_COST]),
  sealAttachment: (p) => [{ data: bytes(5), entropy: bytes(32, 2) }, p],
  sealNexusEnvelope: (p) => [
    { use: 'group-key', groupId: bytes(32), epoch: 1n, publicKey: NEXUS_RECIPIENT.publicKey, plaintext: bytes(32), entropy: bytes(32, 5) },
    p,
  ],
  sealNexusMessage: (p) => [
    { ...NEXUS_CONTENT, seed: bytes(32), publicKey: NEXUS_RECIPIENT.publicKey, lengthMax: 400, entropy: bytes(32, 5) },
    p,
  ],
  signContent: (p) => [{ ...NEXUS_CONTENT, ...BINDING, seed: bytes(32) }, p],
  writeAnnounce: (p) => [{ seed: bytes(32), sequence: 1n, label: 'a', capabilities: 1, relays: [bytes(16)] }, p],
  writeAttachment: at(() => [ATTACHMENT]),
  writeBeacon: (p) => [BEACON, p],
  openChannelPacket: (p) => [{ csid: '3a', key: CHANNEL_KEYS.encryptKey.slice(), packet: CHANNEL_PACKET.slice() }, p],
  openEnvelope: (p) => [{ envelope: envelope(), receiver: local(4, BOB) }, p],
  openMessage: (p) => [
    { csid: '3a', recipient: { secret: EVEN.secret.slice() }, senderKey: ODD.key.slice(), packet: MESSAGE.packet.slice() },
    p,
  ],
  openPart: (p) => [{ key: bytes(32), header: bytes(44), sealed: SEALED_PART.slice() }, p],
  packEnvelope: (p) => [envelope(), p],
  parseDid: (p) => [ALICE, p],
  parseHashname: at(() => [HASHNAME]),
  parseKeyUri: (p) => [`${ALICE}#encryption`, p],
  payloadBytesOf: at(() => [1200, true]),
  listsAgreementKey: at(() => [reference.encodeDidDocument(ALICE, 'json', P), ALICE, 'encryption']),
  readAgreementKeys: at(() => [reference.encodeDidDocument(ALICE, 'json', P), ALICE]),
  readChannelHead: at(() => [INNER.slice()]),
  readEnvelope: at(() => [reference.writeEnvelope(envelope())]),
  readIntroduction: (p) => [
    {
      csid: '3a',
      recipient: { secret: EVEN.secret.slice() },
      packet: reference.sealMessage({ ...sealing(), inner: HANDSHAKE, entropy: bytes(24) }, P).packet,
      hashname: HASHNAME,
    },
    p,
  ],
  raiseHops: at(() => [reference.encodeNexusPacket(NEXUS_PACKET)]),
  readPathCost: at(() => [fromHex('29002c015101')]),
  readJsonObject: at(() => [fromHex('7b7d')]),
  relayPathCost: at(() => [PATH_COST, { own: 5n, latencyMs: 40, bitsPerSecond: 1074n }]),
  removeCloak: (p) => [reference.applyCloak(INNER, [bytes(8)], P), p],
  resolveAgreementKey: at(() => [
    reference.parseKeyUri(`${ALICE}#encryption`, P),
    { resolve: (): JsonObject => reference.encodeDidDocument(ALICE, 'json', P) },
  ]),
  resolveKeyForOpening: at(() => [
    reference.parseKeyUri(`${ALICE}#encryption`, P),
    { resolve: (): JsonObject => reference.encodeDidDocument(ALICE, 'json', P) },
  ]),
  sealChannelPacket: (p) => [
    { csid: '3a', key: CHANNEL_KEYS.encryptKey.slice(), token: bytes(16), inner: INNER.slice(), entropy: bytes(24) },
    p,
  ],
  sealEnvelope: (p) => [{ message: TEXT, sender: local(3, ALICE), receiver: { keyUri: `${BOB}#encryption` }, entropy: bytes(24) }, p],
  sealMessage: (p) => [{ ...sealing(), inner: INNER.slice(), entropy: bytes(24) }, p],
  sealPart: (p) => [{ key: bytes(32), counter: 5n, header: bytes(44), plaintext: bytes(5) }, p],
  sealedPartLength: at(() => [5]),
  takeFromInbox: (p) => [{ envelope: envelope(), receiver: local(4, BOB), contacts: [ALICE], windowMs: 1000, skewMs: 10 }, 1000, p],
  selectCsid: at(() => [{ local: ['3a'], remote: ['3a', '1a'], legacy: false }]),
  signForNexus: (p) => [NEXUS_SIGNED, p],
  siphash24: at(() => [bytes(16), bytes(5)]),
  splitChannelId: at(() => [{ ...SUITE, channelId: CHANNEL_ID.slice() }]),
  splitFrames: at(() => [{ packet: bytes(300), nibble: 9, splits: true }]),
  splitChunks: at(() => [INNER.slice(), 5]),
  toHex: at(() => [bytes(3)]),
  transportOf: at(() => ['tcp']),
  unitOf: at(() => [5]),
  unpackEnvelope: (p) => [reference.packEnvelope(envelope(), P), p],
  validateChannelPacket: at(() => [
    { type: 'stream', role: 'open', isReliable: true, packet: reference.encodePacket({ json: { c: 1, type: 'stream', seq: 1 } }) },
  ]),
  validateChatMessage: at(() => [reference.encodePacket({ json: { type: 'ack', id: CHAT_ID, ack: 'read' } })]),
  verifyChatId: at(() => [HASHNAME, CHAT_ID, CHAT_ID]),
  verifyForNexus: (p) => [
    { ...NEXUS_SIGNED, publicKey: P.deriveEd25519Public({ secret: bytes(32) }), signature: reference.signForNexus(NEXUS_SIGNED, P) },
    p,
  ],
  writeEnvelope: at(() => [envelope()]),
  writePathCost: at(() => [PATH_COST]),
  accessTimingOf: at(() => [
    { chip: 'sx126x', spreadingFactor: 7, bandwidthHz: 125_000, codingRate: 5, preambleSymbols: 8, frameLength: 100 },
  ]),
  announceShareUs: at(() => [{ budgetUs: 36_000_000, windowMs: 5 }]),
  crossedLink: at(() => [bytes(16, 1), bytes(16, 2)]),
  decodeCongestionSignal: at(() => [fromHex('03010410')]),
  encodeCongestionSignal: at(() => [{ link: 3, severity: 'severe', drainMs: 4100 }]),
  decodeFragmentRequest: at(() => [bytes(4, 0)]),
  decodeLinkRequest: (p) => [LINK_REQUEST.slice(), p],
  decodeRekey: at(() => [bytes(33, 1)]),
  deriveLinkKeys: (p) => [{ role: 'initiator', secret: bytes(32, 5), peerKey: bytes(32, 9) }, p],
  encodeFragmentRequest: at(() => [{ rid: 1, missing: [2, 3] }]),
  encodeLinkRequest: (p) => [{ destination: bytes(16), secret: bytes(32, 5) }, p],
  identifyOnLink: (p) => [
    {
      seed: bytes(32, 7),
      secret: bytes(32, 5),
      request: LINK_REQUEST.slice(),
      ephemeral: bytes(32, 9),
      responderKey: bytes(32, 3),
      responderClock: 1n,
      clock: 2n,
    },
    p,
  ],
  linkWaitMs: at(() => [{ leastMs: 1, airtimeCount: 2, airtimeUs: 3, exchangeUs: 4, dutyPermille: 5 }]),
  openLinkPacket: (p) => [{ key: bytes(32, 5), packet: LINK_PACKET.slice() }, p],
  proveLink: (p) => [{ seed: bytes(32, 3), secret: bytes(32, 6), request: LINK_REQUEST.slice(), clock: 1n }, p],
  readFragment: at(() => [LINK_FRAGMENTS[0]?.slice()]),
  recognizeOnLink: (p) => [
    { seed: bytes(32, 3), secret: bytes(32, 6), request: LINK_REQUEST.slice(), identification: LINK_IDENTIFICATION.slice() },
    p,
  ],
  resendFragments: at(() => [bytes(500), 1, reference.encodeFragmentRequest({ rid: 1, missing: [1] })]),
  sealLinkPacket: (p) => [{ key: bytes(32, 5), linkId: bytes(16, 1), context: 0, phase: 0, count: 3, content: bytes(4) }, p],
  splitIntoFragments: at(() => [bytes(500), 1]),
  hashChunk: (p) => [bytes(9), p],
  hashMerkleNode: (p) => [bytes(32), bytes(32), p],
  hashContent: (p) => [CHUNKED.slice(), p],
  proveChunk: (p) => [CHUNKED.slice(), 1, p],
  verifyChunk: (p) => [
    {
      merkleRoot: CHUNKED_ROOT.slice(),
      size: 5000,
      index: 1,
      path: CHUNK_PROOF.path.map((one) => one.slice()),
      chunk: CHUNK_PROOF.chunk.slice(),
    },
    p,
  ],
  encodeObjectHeader: at(() => [objectHeader()]),
  decodeObjectHeader: at(() => [OBJECT_HEADER.slice()]),
  readObjectHeader: at(() => [OBJECT_HEADER.slice()]),
  hashObject: (p) => [OBJECT_HEADER.slice(), p],
  hashObjectLabel: (p) => ['mailbox', p],
  deriveObjectKey: (p) => [bytes(16), bytes(32), p],
  signObject: (p) => [{ seed: bytes(32), header: UPDATE_HEADER.slice() }, p],
  writeObject: (p) => [{ age: 0, header: OBJECT_HEADER.slice(), payload: 'chunked' }, p],
  readObject: (p) => [UPDATE.slice(), p],
  contentTravels: at(() => [81, 1000]),
  deliveryOver: at(() => [10_000n]),
  readGet: at(() => [bytes(32)]),
  writeChunkRequest: at(() => [{ hash: bytes(32), indices: [1, 2] }]),
  readChunkRequest: at(() => [reference.writeChunkRequest({ hash: bytes(32), indices: [1, 2] })]),
  writeChunk: at(() => [{ hash: bytes(32), index: 1, path: [bytes(32)], chunk: bytes(9) }]),
  readChunk: at(() => [CHUNK_BODY.slice()]),
  encodeRecord: at(() => [{ kind: 0x12, answer: false, requestId: 1, body: bytes(32) }]),
  decodeRecord: at(() => [RECORD.slice()]),
  prefixRecord: at(() => [RECORD.slice()]),
  answersTo: at(() => [0x12]),
  writeErrorBody: at(() => [{ code: 2, hash: bytes(32) }]),
  readErrorBody: at(() => [fromHex('0200')]),
  verifyLinkProof: (p) => [{ secret: bytes(32, 5), request: LINK_REQUEST.slice(), proof: LINK_PROOF.slice() }, p],
  writeJson: at(() => [{ a: [1, 'b', null] }]),
}).map(([name, args]) => ({ name, args }));

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
    name: 'FrameReceiver',
    args: () => [400_000],
    calls: [
      ['handleFrame', () => [bytes(255, 0x91), 0]],
      ['handleFrame', () => [bytes(9, 0x91), 1]],
      ['handleTimeout', () => [2]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'IdleWatch',
    args: () => [9_999],
    calls: [
      ['heard', () => [1]],
      ['lapse', () => [2]],
      ['handleTimeout', () => [3]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'RecordAssembly',
    args: () => [{ airtimeMs: 5, linkCount: 2, nodeCount: 3 }],
    calls: [
      ['handleFragment', () => [1, LINK_FRAGMENTS[0]?.slice(), 1]],
      ['forgetLink', () => [1, 1]],
      ['handleTimeout', () => [2]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'Transfer',
    args: (p) => [{ airtimeMs: 5, objectAirtimeMs: 50, askCount: 2 }, p],
    calls: [
      ['begin', () => [{ header: OBJECT_HEADER.slice(), have: [] }, 1]],
      ['handleChunk', () => [CHUNK_BODY.slice(), 2]],
      ['handleTimeout', () => [3]],
      ['pollTimeoutAtMs', () => []],
      ['handleError', () => [2, 4]],
    ],
  },
  {
    name: 'Mutables',
    args: (p) => [{ keyCount: 2 }, p],
    calls: [
      ['handleObject', () => [UPDATE.slice(), 1]],
      ['resolveFork', () => [UPDATE_OWNER.destinationHash.slice(), 2]],
      ['handleTimeout', () => [3]],
    ],
  },
  { name: 'RecordStream', args: () => [], calls: [['handleBytes', () => [fromHex('060004700000')]]] },
  {
    name: 'Requests',
    args: () => [{ airtimeMs: 5, extraMs: 1, requestCount: 2, idMax: 9 }],
    calls: [
      ['ask', () => [{ kind: 0x12, body: bytes(32), parts: 1 }, 1]],
      ['handleRecord', () => [RECORD.slice(), 2]],
      ['answer', () => [{ requestId: 1, kind: 0x13, body: bytes(9), more: false }, 3]],
      ['heard', () => [1, 4]],
      ['handleTimeout', () => [5]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'LinkTable',
    args: () => [{ linkCount: 2 }],
    calls: [
      ['addLink', () => [bytes(16)]],
      ['removeLink', () => [bytes(16)]],
    ],
  },
  {
    name: 'LinkKeys',
    args: (p) => [
      {
        role: 'initiator',
        linkId: bytes(16, 1),
        keys: { initiatorKey: bytes(32, 4), responderKey: bytes(32, 5) },
        local: bytes(16, 2),
        remote: bytes(16, 3),
      },
      p,
      0,
    ],
    calls: [
      ['seal', () => [{ context: 0, content: bytes(4) }, bytes(32, 8), 1]],
      ['handlePacket', () => [LINK_PACKET.slice(), bytes(32, 8), 2]],
      ['rekey', () => [bytes(32, 8), 3]],
      ['sendKeepalive', () => [4]],
      ['noteKeepalive', () => [5]],
      ['handleTimeout', () => [6]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'LinkInitiator',
    args: (p) => [{ seed: bytes(32, 7), destination: LINK_DESTINATION.slice(), secret: bytes(32, 5), clock: 2n }, p],
    calls: [
      ['begin', () => [0]],
      ['handlePacket', () => [LINK_PROOF.slice(), bytes(32, 8), 1]],
      ['handlePacket', () => [LINK_KEEPALIVE.slice(), bytes(32, 8), 2]],
      ['send', () => [LINK_ID.slice(), { context: 0, content: bytes(4) }, bytes(32, 8), 3]],
      ['rekey', () => [LINK_ID.slice(), bytes(32, 8), 3]],
      ['handleTimeout', () => [4]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'LinkResponder',
    args: (p) => [{ seed: bytes(32, 3), clock: 1n }, p],
    calls: [
      ['handlePacket', () => [LINK_REQUEST.slice(), bytes(32, 6), 1]],
      ['handlePacket', () => [LINK_IDENTIFICATION.slice(), bytes(32, 6), 2]],
      ['send', () => [LINK_ID.slice(), { context: 0, content: bytes(4) }, bytes(32, 8), 3]],
      ['rekey', () => [LINK_ID.slice(), bytes(32, 8), 3]],
      ['handleTimeout', () => [4]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'Announcer',
    args: () => [{ bitsPerSecond: 1000n, cost: 5n, sequence: 1n }],
    calls: [
      ['handleTimeout', () => [1]],
      ['changeCost', () => [50n, 2]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'RouteTable',
    args: (p) => [{ bitsPerSecond: 1000n, idCount: 2, memoryMs: 50 }, p, 0],
    calls: [
      ['hear', () => [ANNOUNCE.slice(), 1]],
      ['find', () => [reference.deriveNexusIdentity(bytes(32), P).destinationHash, 2]],
      ['handleTimeout', () => [60]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'DuplicateFilter',
    args: (p) => [{ entryCount: 2 }, p],
    calls: [
      ['check', () => [reference.encodeNexusPacket(NEXUS_PACKET), 0]],
      ['handleTimeout', () => [2]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'ContentMemory',
    args: (p) => [{ custodyMs: 100, skewMs: 10, entryCount: 2 }, p],
    calls: [['admit', () => [{ payload: bytes(5), publicKey: bytes(32), messageId: bytes(16), created: 5n, clock: 6n }, 1]]],
  },
  {
    name: 'PacketQueue',
    args: () => [{ packetCount: 2 }, 0],
    calls: [
      ['enqueue', () => [3, bytes(5), 1]],
      ['enqueue', () => [1, bytes(6), 2]],
      ['take', () => [3]],
      ['setFree', () => [true, 4]],
      ['abandon', () => [5]],
      ['handleTimeout', () => [6]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'ChannelAccess',
    args: () => [{ slotMs: 10, stepMs: 3 }],
    calls: [
      ['request', () => [true, bytes(1, 3), 1]],
      ['handleTimeout', () => [10]],
      ['handleListened', () => [true, bytes(1, 3), 11]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'AnnounceShare',
    args: () => [{ budgetUs: 400, windowMs: 50 }, 0],
    calls: [
      ['send', () => [60, 1]],
      ['send', () => [60, 2]],
    ],
  },
  {
    name: 'DutyMeter',
    args: () => [{ budgetUs: 100, reserveUs: 10, windowMs: 50 }, 0],
    calls: [
      ['send', () => [{ airtimeUs: 60, acknowledgement: false }, 1]],
      ['send', () => [{ airtimeUs: 60 }, 2]],
      ['earliestMs', () => [20, 3]],
      ['handleTimeout', () => [60]],
      ['pollTimeoutAtMs', () => []],
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
    name: 'PacketStream',
    args: () => [{ suite: 'interpeer-1', protocolId: fromHex('f635b997') }],
    calls: [
      ['handleBytes', () => [fromHex('f635b997')]],
      ['handleBytes', () => [new Uint8Array(40)]],
    ],
  },
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
    name: 'DocumentDirectory',
    args: () => [[reference.encodeDidDocument(ALICE, 'json', P)]],
    calls: [
      ['add', () => [reference.encodeDidDocument(BOB, 'json', P)]],
      ['resolve', () => [BOB]],
      ['former', () => [BOB]],
    ],
  },
  {
    name: 'EnvelopeEndpoint',
    args: (p) => [
      { keys: [local(3, ALICE), local(4, BOB)], primitives: p, peerCountMax: 3, resolver: { resolve: (): undefined => undefined } },
    ],
    calls: [
      ['seal', () => [{ message: TEXT, senderKeyUri: `${ALICE}#encryption`, receiverKeyUri: `${BOB}#encryption`, entropy: bytes(24) }]],
      ['open', () => [envelope()]],
      ['openSent', () => [envelope()]],
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
    args: (p) => [
      {
        ...SUITE,
        local: ONE.slice(),
        identity: identity(ODD),
        policy: { handshakes: ['key-exchange'] },
        entropy: entropySource,
        primitives: p,
      },
    ],
    calls: [
      ['handleDatagram', () => [offerOf(EVEN), 0]],
      ['accept', () => [TWO.slice(), offeredName(EVEN), 1]],
      ['connect', () => [{ peer: bytes(16, 9), handshake: 'known-keys', remoteKey: EVEN.key.slice() }, 2]],
    ],
  },
  {
    name: 'InterpeerEngine',
    args: (p) => [
      {
        ...SUITE,
        local: ONE.slice(),
        identity: identity(ODD),
        policy: { handshakes: ['key-exchange'] },
        entropy: entropySource,
        primitives: p,
      },
    ],
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
  {
    name: 'MessageMemory',
    args: (p) => [{ windowMs: 1000, skewMs: 10, entryCount: 5, horizonMs: 3 }, p],
    calls: [
      ['check', () => [{ csid: '3a', packet: MESSAGE.packet.slice(), sentAt: 15 }, 20]],
      ['handleTimeout', () => [21]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'ReplayGuard',
    args: (p) => [{ windowMs: 1000, skewMs: 10, entryCount: 5, restored: reference.encodeReplaySnapshot(SNAPSHOT) }, 0, p],
    calls: [
      ['check', () => [{ sender: 'did:kilt:x', createdAt: 15, messageId: 'm' }, 20]],
      ['handleTimeout', () => [21]],
      ['pollTimeoutAtMs', () => []],
      ['snapshot', () => []],
    ],
  },
];

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
const SCRIPTS: readonly Script[] = [...FUNCTIONS, ...OBJECTS];

// ---------------------------------------------------------------- running them

type Callable = (...args: unknown[]) => unknown;
type Change = (bytes: Uint8Array) => Uint8Array;

function exported(name: string): Callable {
  return (reference as unknown as { readonly [name: string]: Callable })[name] ?? ((): never => expect.fail(`no ${name}`));
}
const isClass = (value: unknown): boolean => typeof value === 'function' && Function.prototype.toString.call(value).startsWith('class');
const isPlain = (value: unknown): value is { readonly [member: string]: unknown } =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value) as null);

/** The argument with all bytes in it changed; primitives and class instances stay the same. */
function changed(value: unknown, change: Change): unknown {
  if (value instanceof Uint8Array) return change(value);
  if (Array.isArray(value)) return value.map((item) => changed(item, change));
  if (value instanceof Map) return new Map([...value].map(([name, item]) => [name as string, changed(item, change)]));
  if (!isPlain(value) || 'sha256' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, changed(item, change)]));
}

/** A complete value as text that tells bytes from Buffers. */
function shown(value: unknown): string {
  return JSON.stringify(value, (_name, item: unknown) => {
    if (typeof item === 'bigint') return `${String(item)}n`;
    if (item instanceof Map) return [...(item as Map<unknown, unknown>)];
    return item instanceof Uint8Array ? `${item.constructor.name} ${toHex(item)}` : item;
  });
}
function bytesIn(value: unknown, found: Uint8Array[] = []): Uint8Array[] {
  if (value instanceof Uint8Array) found.push(value);
  else if (value instanceof Map || Array.isArray(value)) for (const item of value.values()) bytesIn(item, found);
  else if (isPlain(value)) for (const item of Object.values(value)) bytesIn(item, found);
  return found;
}

/** The object of a script, or what its function returned, and the calls made so far. */
class Play {
  readonly #script: Script;
  readonly #primitives: Primitives;
  #subject: unknown;
  #place = -1;

  constructor(script: Script, primitives: Primitives = P) {
    this.#script = script;
    this.#primitives = primitives;
  }

  get length(): number {
    return 1 + (this.#script.calls ?? []).length;
  }
  get #call(): Call | undefined {
    return (this.#script.calls ?? [])[this.#place];
  }
  get title(): string {
    return this.#call === undefined ? this.#script.name : `${this.#script.name}.${this.#call[0]}`;
  }

  /** The valid arguments of the next call. */
  args(): Args {
    return (this.#call?.[1] ?? this.#script.args)(this.#primitives);
  }

  /** Makes the next call, and advances if it was accepted. @returns all its output */
  run(args: Args = this.args()): unknown {
    let result: unknown;
    const { name } = this.#script;
    if (this.#call !== undefined) result = (this.#subject as { readonly [method: string]: Callable })[this.#call[0]]?.(...args);
    else if (isClass(exported(name))) {
      this.#subject = Reflect.construct(exported(name), args);
    } else this.#subject = result = exported(name)(...args);
    this.#place += 1;
    const subject = this.#subject;
    if (!(subject instanceof Endpoint)) return { result };
    return { result, transmits: drain(() => subject.pollTransmit()), events: drain(() => subject.pollEvent()) };
  }

  /** @returns the script after so many calls */
  static after(script: Script, count: number): Play {
    const play = new Play(script);
    for (let place = 0; place < count; place++) play.run();
    return play;
  }
}

/** The output of an undisturbed script. */
function transcript(script: Script, primitives: Primitives = P): string[] {
  const play = new Play(script, primitives);
  return Array.from({ length: play.length }, () => shown(play.run()));
}

// ---------------------------------------------------------------- tests

describe('the scripts', () => {
  it('cover every exported function, class and method', () => {
    const wanted: string[] = [];
    for (const [name, value] of Object.entries(reference) as [string, unknown][]) {
      if (typeof value !== 'function' || value === Endpoint || value.prototype instanceof ProtocolError || value === ProtocolError)
        continue;
      wanted.push(name);
      if (!isClass(value)) continue;
      for (const [method, { get }] of Object.entries(Object.getOwnPropertyDescriptors(value.prototype as object)))
        if (method !== 'constructor' && get === undefined && !method.startsWith('pollTransmit')) wanted.push(`${name}.${method}`);
    }
    const made = SCRIPTS.flatMap(({ name, calls = [] }) => [name, ...calls.map(([method]) => `${name}.${method}`)]);
    expect(wanted.filter((name) => !made.includes(name))).toEqual([]);
  });
});

describe('ADR-0027 primitives passed in', () => {
  /** The primitives, and how often they have been called. */
  const counting = (): { readonly table: Primitives; count(): number } => {
    let count = 0;
    const entries = (Object.entries(P) as [string, Callable][]).map(([name, run]) => [
      name,
      (input: unknown): unknown => {
        count += 1;
        return run(input);
      },
    ]);
    return { table: Object.fromEntries(entries) as Primitives, count: () => count };
  };
  /** Scripts whose calls need none. */
  const IDLE = new Set(SCRIPTS.filter(({ name, calls = [] }) => name === 'Connection' && calls[0]?.[0] === 'handlePacket'));
  const needing = SCRIPTS.filter((script) => script.args(P).some((arg) => arg === P || (isPlain(arg) && arg['primitives'] === P)));

  it.each(needing.map((script, place) => [`${script.name} ${String(place)}`, script] as const))(
    '%s uses them for its cryptography',
    (_name, script) => {
      const { table, count } = counting();
      expect(transcript(script, table)).toEqual(transcript(script));
      if (!IDLE.has(script)) expect(count()).toBeGreaterThan(0);
    },
  );

  it('are imported directly nowhere outside reference/primitives', () => {
    const guilty = [...sources()]
      .filter(([file]) => !file.startsWith('primitives') && file !== 'index.ts')
      .filter(([, text]) => /from '[^']*(@noble\/|primitives\/(noble|rsa|secp160r1|index\.ts))/.test(text))
      .map(([file]) => file);
    expect(guilty).toEqual([]);
  });
});

/** Sources of the reference by their paths. */
function sources(): ReadonlyMap<string, string> {
  const folder = new URL('.', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /^(?!.*\.test\.ts$).*\.ts$/.test(file));
  expect(files.length).toBeGreaterThan(100);
  return new Map(files.map((file) => [file, readFileSync(new URL(file, folder), 'utf8')]));
}

describe('ADR-0027 secrets', () => {
  it('are compared in constant time', () => {
    const SECRET = /\bcompare\([^;]*?(ecret|ncryptKey|ecryptKey|agreed|shared|\bmac\b|\btag\b|\bauth\b|ookie)/;
    expect([...sources()].filter(([, text]) => SECRET.test(text)).map(([file]) => file)).toEqual([]);
  });
});

describe('ADR-0026 endpoints and closed lists', () => {
  it('every endpoint says that everything is polled before the next call', () => {
    const endpoints = [...sources().values()].flatMap((text) => text.match(/[^\n]*\n[^\n]*\nexport class \w+ extends Endpoint</g) ?? []);
    expect(endpoints.length).toBeGreaterThan(10);
    expect(endpoints.filter((text) => !text.includes('polled before the next call'))).toEqual([]);
  });

  /** Texts that belong to a closed list, anywhere in an argument. */
  const CLOSED: readonly unknown[] = [
    'json',
    'jsonld',
    'interpeer-1',
    'responder',
    'open',
    'odd',
    'at-once',
    'key-exchange',
    'chunk',
    'ed25519',
  ];
  const misspelled = (value: unknown): unknown[] => {
    if (CLOSED.includes(value)) return ['no such name'];
    if (Array.isArray(value)) return value.flatMap((item, place) => misspelled(item).map((wrong) => value.with(place, wrong)));
    if (!isPlain(value) || 'sha256' in value) return [];
    return Object.entries(value).flatMap(([name, item]) => misspelled(item).map((wrong) => ({ ...value, [name]: wrong })));
  };
  /** resolveAgreementKey and resolveKeyForOpening take the result of parseKeyUri, and use only its key. */
  const READ = SCRIPTS.filter(({ name }) => !['resolveAgreementKey', 'resolveKeyForOpening'].includes(name));
  const NAMES = READ.flatMap((script) =>
    Array.from({ length: 1 + (script.calls ?? []).length }, (_, place) => place).flatMap((place) => {
      const play = Play.after(script, place);
      const right = play.args();
      return right.flatMap((arg, index) =>
        misspelled(arg).map((wrong) => [`${play.title} ${String(index)}`, script, place, right.with(index, wrong)] as const),
      );
    }),
  );
  it.each(NAMES)('a name that is not on the list is refused by %s', (_name, script, place, args) => {
    expect(() => Play.after(script, place).run(args)).toThrow(ProtocolError);
  });
});

/** Equal copies: an array, a view into a longer one, and a Node Buffer in shared memory. */
const MEMORY: readonly (readonly [string, Change])[] = [
  ['arrays', (given): Uint8Array => given.slice()],
  ['views', (given): Uint8Array => concatAround(new Uint8Array(given.length + 9), given)],
  ['Buffers', (given): Uint8Array => concatAround(Buffer.alloc(given.length + 9), given)],
];
function concatAround(memory: Uint8Array, given: Uint8Array): Uint8Array {
  const view = memory.subarray(3, 3 + given.length);
  view.set(given);
  return view;
}

describe.each(MEMORY)('ADR-0027 %s that the caller overwrites after the call', (_kind, copyOf) => {
  it.each(SCRIPTS.map((script, place) => [`${script.name} ${String(place)}`, script] as const))('change nothing in %s', (_name, script) => {
    const expected = transcript(script);
    const play = new Play(script);
    const kept: { readonly title: string; readonly out: unknown; readonly before: string }[] = [];
    for (const wanted of expected) {
      const memory = new Set<ArrayBufferLike>();
      const { title } = play;
      const args = play.args().map((arg) =>
        changed(arg, (given) => {
          const copy = copyOf(given);
          if (copy.length > 0) memory.add(copy.buffer);
          return copy;
        }),
      );
      const out = play.run(args);
      expect(shown(out), title).toBe(wanted);
      expect(bytesIn(out).filter((result) => memory.has(result.buffer)).length, `${title} returns memory of the caller`).toBe(0);
      for (const buffer of memory) new Uint8Array(buffer).fill(0xee);
      kept.push({ title, out, before: wanted });
    }
    for (const { title, out, before } of kept) expect(shown(out), title).toBe(before);
  });
});

describe('ADR-0027 arguments of the wrong kind', () => {
  const WRONG: readonly unknown[] = [
    undefined,
    null,
    true,
    0,
    -1,
    1.5,
    NaN,
    2 ** 53,
    7n,
    '',
    'text',
    '__proto__',
    [],
    [null],
    {},
    new Map(),
    new Map([[1, 2]]),
    new Uint8Array(3),
    new Float64Array(2),
    new Date(0),
    (): undefined => undefined,
    Symbol('s'),
  ];

  /** Every way to replace the argument, or something in it, by a wrong thing. */
  function* wrongs(value: unknown, depth = 0): Generator<unknown> {
    yield* WRONG;
    if (depth > 2) return;
    if (Array.isArray(value)) {
      for (const [place, item] of value.entries()) for (const wrong of wrongs(item, depth + 1)) yield value.with(place, wrong);
    } else if (value instanceof Map) {
      for (const [name, item] of value as Map<unknown, unknown>)
        for (const wrong of wrongs(item, depth + 1)) {
          yield new Map([...(value as Map<unknown, unknown>), [name, wrong]]);
          yield new Map([[wrong, item]]);
        }
    } else if (isPlain(value) && !('sha256' in value)) {
      for (const [name, item] of Object.entries(value)) for (const wrong of wrongs(item, depth + 1)) yield { ...value, [name]: wrong };
      for (const name of Object.keys(value)) yield Object.fromEntries(Object.entries(value).filter(([member]) => member !== name));
    }
  }

  const nameOf = (value: unknown): string => (typeof value === 'symbol' ? String(value) : (shown(value) ?? String(value)));

  it.each(SCRIPTS.map((script, place) => [`${script.name} ${String(place)}`, script] as const))(
    'are refused by %s, or taken',
    (_name, script) => {
      const faults = new Set<string>();
      const expected = transcript(script);
      for (const [place, wanted] of expected.entries()) {
        let play = Play.after(script, place);
        const { title } = play;
        const right = play.args();
        for (const [index, arg] of right.entries()) {
          for (const wrong of wrongs(arg)) {
            try {
              play.run(right.with(index, wrong));
              play = Play.after(script, place); // it was accepted: start again
            } catch (error) {
              if (!(error instanceof ProtocolError)) {
                faults.add(`${title} argument ${String(index)}: ${String(error)}; given ${nameOf(wrong).slice(0, 200)}`);
                play = Play.after(script, place);
              } else if (arg instanceof Uint8Array && wrong !== undefined && error.clause !== 'ADR-0027' && !(wrong instanceof Uint8Array))
                faults.add(`${title} argument ${String(index)} says ${error.clause} of ${nameOf(wrong)}`);
            }
          }
        }
        if (shown(play.run()) !== wanted) faults.add(`${title}: a call that was refused has changed something`);
      }
      expect([...faults].slice(0, 20)).toEqual([]);
    },
  );
});
