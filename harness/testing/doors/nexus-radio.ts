/** Scripts of NEXUS on the air: identities, packets, announces, links, envelopes, LoRa and congestion. */
import * as reference from '../../../reference/index.ts';
import { fromHex } from '../../../reference/index.ts';
import { at, bytes, P, scriptsOf, type Script } from './script.ts';

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
const LINK_AGAIN = reference.sealLinkPacket(
  { key: bytes(32, 5), linkId: bytes(16, 1), context: 0xfb, phase: 0, count: 0, content: bytes(4) },
  P,
);
const LINK_FRAGMENTS = reference.splitIntoFragments(bytes(500), 1);

const FUNCTIONS = scriptsOf({
  addPathCost: at(() => [66, 5n]),
  agreeAsNexusIdentity: (p) => [bytes(32), bytes(32, 9), p],
  beaconIntervalMs: at(() => [{ airtimeUs: 5, budgetUs: 1000 }]),
  carriesBandwidth: at(() => [106, 10_000n]),
  checkContent: at(() => [0, fromHex('61')]),
  chunkForLora: at(() => [{ packet: bytes(60), form: 1, frameLength: 51 }]),
  chunkLimitsOf: at(() => [{ ...MODEM, region: 'EU868', payload: 'phy', form: 1 }]),
  convertNexusKey: (p) => [P.deriveEd25519Public({ secret: bytes(32) }), p],
  decodeNexusPacket: at(() => [reference.encodeNexusPacket(NEXUS_PACKET)]),
  decodePathCost: at(() => [66]),
  deriveDestinationHash: (p) => [bytes(32), p],
  deriveNexusPacketId: (p) => [reference.encodeNexusPacket(NEXUS_PACKET), p],
  deriveNexusIdentity: (p) => [bytes(32), p],
  encodeBandwidth: at(() => [10_000n]),
  encodeNexusPacket: at(() => [NEXUS_PACKET]),
  encodePathCost: at(() => [5n]),
  ephemeralKeyOf: at(() => [NEXUS_ENVELOPE.slice()]),
  loraAirtimeUs: at(() => [{ ...MODEM, chip: 'sx126x', payloadLength: 20, implicitHeader: false, crc: true, lowDataRateOptimize: false }]),
  loraBandOf: at(() => [{ region: 'EU868', frequencyHz: 868_100_000, bandwidthHz: 125_000 }]),
  loraPreset: at(() => ['LongFast']),
  messageRoomOf: at(() => [300]),
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
  raiseHops: at(() => [reference.encodeNexusPacket(NEXUS_PACKET)]),
  readPathCost: at(() => [fromHex('29002c015101')]),
  relayPathCost: at(() => [PATH_COST, { own: 5n, latencyMs: 40, bitsPerSecond: 1074n }]),
  signForNexus: (p) => [NEXUS_SIGNED, p],
  splitFrames: at(() => [{ packet: bytes(300), nibble: 9, splits: true }]),
  verifyForNexus: (p) => [
    { ...NEXUS_SIGNED, publicKey: P.deriveEd25519Public({ secret: bytes(32) }), signature: reference.signForNexus(NEXUS_SIGNED, P) },
    p,
  ],
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
  verifyLinkProof: (p) => [{ secret: bytes(32, 5), request: LINK_REQUEST.slice(), proof: LINK_PROOF.slice() }, p],
});

const OBJECTS: readonly Script[] = [
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
      ['openIdentification', () => [LINK_AGAIN.slice(), 2]],
      ['rekey', () => [bytes(32, 8), 3]],
      ['sendKeepalive', () => [4]],
      ['noteKeepalive', () => [5]],
      ['handleTimeout', () => [6]],
      ['pollTimeoutAtMs', () => []],
      ['end', () => []],
    ],
  },
  {
    name: 'LinkInitiator',
    args: (p) => [
      { seed: bytes(32, 7), destination: LINK_DESTINATION.slice(), secret: bytes(32, 5), clock: 2n, airtimeMs: 20, extraMs: 5 },
      p,
    ],
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
    args: (p) => [{ seed: bytes(32, 3), clock: 1n, airtimeMs: 20, extraMs: 5 }, p],
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
    name: 'NexusMessageMemory',
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
];

export const NEXUS_RADIO_SCRIPTS: readonly Script[] = [...FUNCTIONS, ...OBJECTS];
