/** Scripts of what NEXUS exports, with nodes, links and objects. */
import * as reference from '../../../reference/index.ts';
import { fromHex } from '../../../reference/index.ts';
import { GROUP_SCRIPTS } from './nexus-group.ts';
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
/** An update without its content; versions differ in their content. */
function withheldUpdate(version: number): Uint8Array {
  const header = reference.encodeObjectHeader({ ...reference.decodeObjectHeader(UPDATE_HEADER), size: 5000 + version });
  const signature = reference.signObject({ seed: bytes(32), header }, P);
  return reference.writeObject({ age: 0, header, publicKey: UPDATE_OWNER.publicKey, signature, payload: 'withheld' }, P);
}
const KEPT_CONTENT = bytes(5);
const KEPT_OBJECT = reference.writeObject(
  {
    age: 0,
    header: reference.encodeObjectHeader({ ...objectHeader(), size: 5, merkleRoot: reference.hashContent(KEPT_CONTENT, P).root }),
    payload: 'inline',
    content: KEPT_CONTENT,
  },
  P,
);
const KEPT_HASH = reference.readObject(KEPT_OBJECT, P).hash;
const KEPT_PUT = reference.writePut({ recipients: [bytes(16, 1)], custody: 60, object: KEPT_OBJECT }, P);
const CHUNK_BODY = reference.writeChunk({ hash: reference.hashObject(OBJECT_HEADER, P), index: 1, ...CHUNK_PROOF });
const STORAGE_CHALLENGE = reference.writeChallenge({ hash: reference.hashObject(OBJECT_HEADER, P), index: 1, nonce: bytes(16) });
const STORAGE_PROOF = reference.writeProof({ challenge: STORAGE_CHALLENGE, ...CHUNK_PROOF });
const TICKET_SOURCE = { hash: reference.hashObject(OBJECT_HEADER, P), nonce: bytes(16), chunk: CHUNK_PROOF.chunk };
const TICKET = reference.makeTicket({ ...TICKET_SOURCE, index: 1 }, P);
const TICKET_ANSWER = reference.answerTicket({ challenge: STORAGE_CHALLENGE, chunk: CHUNK_PROOF.chunk }, P);
const [STORAGE_PROVIDER, STORAGE_CONSUMER] = [
  reference.deriveNexusIdentity(bytes(32, 3), P),
  reference.deriveNexusIdentity(bytes(32, 4), P),
];
const agreementTerms = (): reference.AgreementTerms => ({
  hash: reference.hashObject(OBJECT_HEADER, P),
  size: 5000,
  provider: STORAGE_PROVIDER.destinationHash.slice(),
  consumer: STORAGE_CONSUMER.destinationHash.slice(),
  channelId: bytes(16),
  costPerEpoch: 5n,
  duration: 5,
  interval: 10,
});
const AGREEMENT_TERMS = reference.writeAgreementTerms(agreementTerms());
const AGREEMENT_BY_CONSUMER = reference.signAgreement({ seed: bytes(32, 4), terms: AGREEMENT_TERMS }, P);
const AGREEMENT_PROPOSAL = reference.writeAgreement({ terms: AGREEMENT_TERMS, consumerSignature: AGREEMENT_BY_CONSUMER });
const AGREEMENT = reference.writeAgreement({
  terms: AGREEMENT_TERMS,
  providerSignature: reference.signAgreement({ seed: bytes(32, 3), terms: AGREEMENT_TERMS }, P),
  consumerSignature: AGREEMENT_BY_CONSUMER,
});
const agreementKeys = (): reference.AgreementKeys => ({
  providerKey: STORAGE_PROVIDER.publicKey.slice(),
  consumerKey: STORAGE_CONSUMER.publicKey.slice(),
});
const VRF = reference.proveVrf({ seed: bytes(32, 3), alpha: bytes(32) }, P);
const [PAYMENT_A, PAYMENT_B] = [3, 4]
  .map((fill) => ({ seed: bytes(32, fill), ...reference.deriveNexusIdentity(bytes(32, fill), P) }))
  .sort((one, other) => reference.compare(one.destinationHash, other.destinationHash)) as [
  reference.NexusIdentity & { readonly seed: Uint8Array },
  reference.NexusIdentity & { readonly seed: Uint8Array },
];
const paymentParties = (): { readonly partyA: Uint8Array; readonly partyB: Uint8Array; readonly nonce: Uint8Array } => ({
  partyA: PAYMENT_A.destinationHash.slice(),
  partyB: PAYMENT_B.destinationHash.slice(),
  nonce: bytes(16),
});
const PAYMENT_CHANNEL = reference.derivePaymentChannelId(paymentParties(), P);
const paymentBalances = (sequence: bigint): reference.PaymentBalances => ({
  channelId: PAYMENT_CHANNEL.slice(),
  partyA: PAYMENT_A.destinationHash.slice(),
  partyB: PAYMENT_B.destinationHash.slice(),
  balanceA: 1000n,
  balanceB: 500n,
  sequence,
});
const paymentState = (sequence: bigint): Uint8Array => {
  const state = reference.writePaymentState(paymentBalances(sequence));
  const [signatureA, signatureB] = [PAYMENT_A, PAYMENT_B].map(({ seed }) => reference.signPaymentState({ seed, state }, P));
  return reference.writePaymentState({ ...paymentBalances(sequence), signatureA, signatureB });
};
const [PAYMENT_FIRST, PAYMENT_SECOND] = [paymentState(0n), paymentState(2n)];
const paymentKeys = (): reference.PaymentKeys => ({ keyA: PAYMENT_A.publicKey.slice(), keyB: PAYMENT_B.publicKey.slice() });
const PAYMENT_OPENING = reference.writePaymentOpening({ nonce: bytes(16), ...paymentKeys(), state: PAYMENT_FIRST }, P);
const paymentProposal = (): Uint8Array => {
  const state = reference.writePaymentState(paymentBalances(2n));
  return reference.writePaymentState({
    ...paymentBalances(2n),
    signatureA: reference.signPaymentState({ seed: PAYMENT_A.seed, state }, P),
  });
};
const PAYMENT_PROPOSAL = paymentProposal();
const PAYMENT_UPDATE = reference.writePaymentUpdate({ cause: 'storage', reference: bytes(32), state: PAYMENT_PROPOSAL });
const paymentPrices = (): reference.PaymentPrices => ({
  channelId: PAYMENT_CHANNEL.slice(),
  from: 0n,
  price: 5n,
  difficulty: 10,
  custodyPrice: 75n,
});
const PAYMENT_TERMS = (() => {
  const body = reference.writePaymentTerms(paymentPrices());
  const [signatureA, signatureB] = [PAYMENT_A, PAYMENT_B].map(({ seed }) => reference.signPaymentTerms({ seed, body }, P));
  return reference.writePaymentTerms({ ...paymentPrices(), signatureA, signatureB });
})();
const settlementInput = (): reference.SettlementInput => ({ ...paymentBalances(2n), payer: 'a', amount: 0n });
const SETTLEMENT = (() => {
  const body = reference.writeSettlement(settlementInput());
  return reference.writeSettlement({ ...settlementInput(), signatureA: reference.signSettlement({ seed: PAYMENT_A.seed, body }, P) });
})();
/** The first packet id that wins one of ten for party a. */
const PAYMENT_DRAW = (() => {
  for (let fill = 0; ; fill++) {
    const packetId = bytes(32, fill);
    const { proof, beta } = reference.proveVrf({ seed: PAYMENT_A.seed, alpha: packetId }, P);
    if (reference.winsLottery(beta, 10)) return { packetId, proof };
  }
})();
/** A channel that is open, as it is stored. */
const paymentStored = (): reference.StoredPayment => ({
  seen: [PAYMENT_CHANNEL.slice()],
  channel: {
    status: 'open',
    nonce: bytes(16),
    first: PAYMENT_FIRST.slice(),
    agreed: PAYMENT_FIRST.slice(),
    signed: 0n,
    updatedMs: 1,
    attempts: 0,
    terms: [],
    wins: 0,
    expected: 0,
  },
});
const FOREIGN_PACKET = reference.encodeNexusPacket({
  destinationType: 'single',
  packetType: 'data',
  hops: 0,
  transport: bytes(16, 1),
  destination: bytes(16, 2),
  context: 0,
  data: bytes(3),
});
const PAYMENT_CLAIM = reference.writePaymentClaim({ ...PAYMENT_DRAW, state: PAYMENT_PROPOSAL });
const RECORD = reference.encodeRecord({ kind: 0x12, answer: false, requestId: 1, body: bytes(32) });

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
  hashRecipients: (p) => [[bytes(16, 1), bytes(16, 2)], p],
  writePut: (p) => [{ recipients: [bytes(16, 1)], custody: 60, object: KEPT_OBJECT.slice() }, p],
  readPut: (p) => [reference.writePut({ list: bytes(32), custody: 60, object: KEPT_OBJECT }, P), p],
  writePutOk: (p) => [{ seed: bytes(32), hash: bytes(32), granted: 60, list: bytes(32, 2) }, p],
  readPutOk: (p) => [
    reference.writePutOk({ seed: bytes(32), hash: bytes(32), granted: 60, list: bytes(32, 2) }, P),
    { publicKey: P.deriveEd25519Public({ secret: bytes(32) }), list: bytes(32, 2) },
    p,
  ],
  writePending: at(() => [{ cursor: 1n, max: 10 }]),
  readPending: at(() => [bytes(10)]),
  writePendingList: at(() => [{ cursor: 1n, total: 1, entries: [{ hash: bytes(32), size: 5, age: 6, priority: 'normal' }] }]),
  readPendingList: at(() => [reference.writePendingList({ cursor: 1n, total: 1, entries: [] })]),
  signReceipt: (p) => [{ seed: bytes(32), hash: bytes(32, 3), status: 'delivered', device: bytes(8) }, p],
  readReceipt: (p) => [reference.signReceipt({ seed: bytes(32), hash: bytes(32, 3), status: 'refused' }, P), p],
  readReceiptOk: at(() => [bytes(32)]),
  writeSubscribe: at(() => [{ id: 1, topic: 'node', watched: bytes(16), delivery: 'hint', lifetime: 60 }]),
  readSubscribe: at(() => [reference.writeSubscribe({ id: 1, topic: 'key', watched: bytes(32), delivery: 'hint', lifetime: 60 })]),
  writeSubscribeOk: at(() => [{ id: 1, granted: 60 }]),
  readSubscribeOk: at(() => [bytes(6)]),
  readUnsubscribe: at(() => [bytes(2)]),
  writeNotify: (p) => [{ id: 1, delivery: 'push', object: KEPT_OBJECT.slice() }, p],
  readNotify: (p) => [reference.writeNotify({ id: 1, delivery: 'push', object: KEPT_OBJECT }, P), p],
  writeMailbox: at(() => [{ relays: [{ id: bytes(16), preference: 1, custody: 60 }], devices: [bytes(8)] }]),
  readMailbox: at(() => [reference.writeMailbox({ relays: [{ id: bytes(16), preference: 1, custody: 60 }] })]),
  signAdvisory: (p) => [{ oldSeed: bytes(32), newSeed: bytes(32, 2), sequence: 1n, timestamp: 2n, evidence: 'both' }, p],
  readAdvisory: (p) => [
    reference.signAdvisory({ oldSeed: bytes(32), newKey: bytes(32, 2), sequence: 1n, timestamp: 2n, evidence: 'old' }, P),
    p,
  ],
  writeFork: (p) => [{ first: withheldUpdate(1), second: withheldUpdate(2) }, p],
  readFork: (p) => [reference.writeFork({ first: withheldUpdate(1), second: withheldUpdate(2) }, P), p],
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
  writeChallenge: at(() => [{ hash: bytes(32), index: 1, nonce: bytes(16) }]),
  readChallenge: at(() => [STORAGE_CHALLENGE.slice()]),
  writeProof: at(() => [{ challenge: STORAGE_CHALLENGE.slice(), path: [bytes(32)], chunk: bytes(9) }]),
  answerChallenge: (p) => [{ challenge: STORAGE_CHALLENGE.slice(), content: CHUNKED.slice() }, p],
  readProof: at(() => [STORAGE_PROOF.slice()]),
  verifyProof: (p) => [
    { challenge: STORAGE_CHALLENGE.slice(), body: STORAGE_PROOF.slice(), merkleRoot: CHUNKED_ROOT.slice(), size: 5000 },
    p,
  ],
  digestForTicket: (p) => [{ hash: bytes(32), nonce: bytes(16), chunk: bytes(9) }, p],
  makeTicket: (p) => [{ hash: bytes(32), index: 1, nonce: bytes(16), chunk: bytes(9) }, p],
  readTicket: at(() => [TICKET.slice()]),
  answerTicket: (p) => [{ challenge: STORAGE_CHALLENGE.slice(), chunk: bytes(9) }, p],
  verifyTicket: at(() => [{ hash: TICKET_SOURCE.hash.slice(), ticket: TICKET.slice(), body: TICKET_ANSWER.slice() }]),
  challengeInterval: at(() => ['normal', 10_000n]),
  writeAgreementTerms: at(() => [agreementTerms()]),
  signAgreement: (p) => [{ seed: bytes(32, 3), terms: AGREEMENT_TERMS.slice() }, p],
  writeAgreement: at(() => [
    { terms: AGREEMENT_TERMS.slice(), providerSignature: bytes(64), consumerSignature: AGREEMENT_BY_CONSUMER.slice() },
  ]),
  readAgreement: (p) => [{ body: AGREEMENT.slice(), ...agreementKeys() }, p],
  concludeAgreement: (p) => [{ proposal: AGREEMENT_PROPOSAL.slice(), answer: AGREEMENT.slice(), ...agreementKeys() }, p],
  proveVrf: (p) => [{ seed: bytes(32, 3), alpha: bytes(32) }, p],
  verifyVrf: (p) => [{ publicKey: STORAGE_PROVIDER.publicKey.slice(), alpha: bytes(32), proof: VRF.proof.slice() }, p],
  lotteryThreshold: at(() => [10]),
  winsLottery: at(() => [bytes(64), 10]),
  lotteryReward: at(() => [5n, 10]),
  lotteryDifficulty: at(() => [50]),
  lotteryBound: at(() => [9]),
  derivePaymentChannelId: (p) => [paymentParties(), p],
  writePaymentState: at(() => [{ ...paymentBalances(2n), signatureA: bytes(64) }]),
  signPaymentState: (p) => [{ seed: PAYMENT_A.seed.slice(), state: PAYMENT_SECOND.slice() }, p],
  readPaymentState: (p) => [{ state: PAYMENT_SECOND.slice(), ...paymentKeys() }, p],
  writePaymentOpening: (p) => [{ nonce: bytes(16), ...paymentKeys(), state: PAYMENT_FIRST.slice() }, p],
  readPaymentOpening: (p) => [PAYMENT_OPENING.slice(), p],
  requireFollowingPayment: at(() => [{ before: PAYMENT_FIRST.slice(), after: PAYMENT_SECOND.slice(), proposer: 'a' }]),
  readPaymentProposal: (p) => [{ state: PAYMENT_PROPOSAL.slice(), ...paymentKeys() }, p],
  readAgreedPayment: (p) => [{ state: PAYMENT_SECOND.slice(), ...paymentKeys() }, p],
  writePaymentUpdate: at(() => [{ cause: 'storage', reference: bytes(32), state: PAYMENT_PROPOSAL.slice() }]),
  readPaymentUpdate: (p) => [{ body: PAYMENT_UPDATE.slice(), ...paymentKeys() }, p],
  paidByUpdate: at(() => [{ before: PAYMENT_FIRST.slice(), after: PAYMENT_SECOND.slice(), cause: 'close' }]),
  writePaymentTerms: at(() => [{ ...paymentPrices(), signatureA: bytes(64) }]),
  signPaymentTerms: (p) => [{ seed: PAYMENT_A.seed.slice(), body: PAYMENT_TERMS.slice() }, p],
  readPaymentTerms: (p) => [{ body: PAYMENT_TERMS.slice(), ...paymentKeys() }, p],
  rulingTerms: at(() => [[PAYMENT_TERMS.slice()], 2n]),
  priceOfCustody: at(() => [{ price: 75n, size: 1025, custody: 60 }]),
  custodyForPayment: at(() => [{ price: 75n, size: 1025, paid: 150n }]),
  writePaymentClaim: at(() => [
    { packetId: PAYMENT_DRAW.packetId.slice(), proof: PAYMENT_DRAW.proof.slice(), state: PAYMENT_PROPOSAL.slice() },
  ]),
  readPaymentClaim: (p) => [{ body: PAYMENT_CLAIM.slice(), difficulty: 10, ...paymentKeys() }, p],
  settledAmount: at(() => [{ first: PAYMENT_FIRST.slice(), last: PAYMENT_SECOND.slice() }]),
  writeSettlement: at(() => [{ ...settlementInput(), signatureA: bytes(64) }]),
  signSettlement: (p) => [{ seed: PAYMENT_A.seed.slice(), body: SETTLEMENT.slice() }, p],
  readSettlement: (p) => [{ body: SETTLEMENT.slice(), ...paymentKeys() }, p],
  encodeRecord: at(() => [{ kind: 0x12, answer: false, requestId: 1, body: bytes(32) }]),
  decodeRecord: at(() => [RECORD.slice()]),
  prefixRecord: at(() => [RECORD.slice()]),
  answersTo: at(() => [0x12]),
  writeErrorBody: at(() => [{ code: 2, hash: bytes(32) }]),
  readErrorBody: at(() => [fromHex('0200')]),
  verifyLinkProof: (p) => [{ secret: bytes(32, 5), request: LINK_REQUEST.slice(), proof: LINK_PROOF.slice() }, p],
});

/** A kept object, and a list of recipients. */
const storedByRelay = (): readonly object[] => [
  {
    key: 'aa'.repeat(32),
    object: {
      hash: new Uint8Array(32).fill(0xaa),
      number: 1,
      size: 40,
      priority: 'normal',
      minBandwidth: 0,
      content: bytes(40),
      ageMs: 1000,
      endS: 600,
      depositors: ['01'.repeat(16)],
      entries: [{ recipient: '02'.repeat(16), grantedS: 600, depositor: '01'.repeat(16), isTrusted: true, devices: ['03'.repeat(8)] }],
      receipts: [{ recipient: '04'.repeat(16), body: bytes(129), owedTo: ['01'.repeat(16)] }],
    },
  },
  { key: `list ${'01'.repeat(16)}`, lists: [{ hash: 'bb'.repeat(32), recipients: ['02'.repeat(16)], ageMs: 5 }] },
];

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
    name: 'Transfer',
    args: (p) => [{ airtimeMs: 5, objectAirtimeMs: 50, requestedCount: 2 }, p],
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
    args: (p) => [{ keyCount: 2, ownerCount: 2 }, p],
    calls: [
      ['handleObject', () => [UPDATE.slice(), 1]],
      ['resolveFork', () => [UPDATE_OWNER.destinationHash.slice(), 2]],
      ['handleTimeout', () => [3]],
    ],
  },
  {
    name: 'Audit',
    args: (p) => [{ interval: 1, bitsPerSecond: 10_000n, airtimeMs: 5, extraMs: 1 }, p],
    calls: [
      ['begin', () => [{ header: OBJECT_HEADER.slice() }, fromHex('01000000'), 1]],
      ['handleTimeout', () => [2]],
      ['challenge', () => [fromHex(`01000000${'07'.repeat(16)}`), 3]],
      ['heard', () => [4]],
      ['handleProof', () => [STORAGE_PROOF.slice(), 5]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'Audit',
    args: (p) => [{ interval: 1, bitsPerSecond: 10n }, p],
    calls: [
      ['begin', () => [{ header: OBJECT_HEADER.slice(), tickets: [TICKET.slice()] }, fromHex('01000000'), 1]],
      ['challenge', () => [undefined, 2]],
      ['handleError', () => [2, 3]],
    ],
  },
  {
    name: 'Provider',
    args: (p) => [{ publicKey: STORAGE_PROVIDER.publicKey.slice(), bitsPerSecond: 10_000n, agreementCount: 2 }, p],
    calls: [
      ['agree', () => [AGREEMENT.slice(), STORAGE_CONSUMER.publicKey.slice(), 1]],
      [
        'handleChallenge',
        () => [{ consumer: STORAGE_CONSUMER.destinationHash.slice(), body: STORAGE_CHALLENGE.slice(), ticket: false }, 2],
      ],
      ['handleTimeout', () => [3]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  { name: 'RecordStream', args: () => [], calls: [['handleBytes', () => [fromHex('060004700000')]]] },
  {
    name: 'Requests',
    args: () => [{ airtimeMs: 5, extraMs: 1, requestCount: 2, idMax: 9 }],
    calls: [
      ['request', () => [{ kind: 0x12, body: bytes(32), parts: 1 }, 1]],
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
    name: 'Relay',
    args: (p) => [
      { seed: bytes(32, 5), quotaBytes: 1000, custodyMax: 600, listCount: 2, listTime: 60, receiptCount: 3 },
      p,
      storedByRelay(),
      0,
    ],
    calls: [
      ['linkUp', () => [{ id: bytes(16, 1), isTrusted: true, bitsPerSecond: 1000n }, 1]],
      ['handleRequest', () => [{ from: bytes(16, 1), kind: 0x10, requestId: 1, body: KEPT_PUT.slice() }, 2]],
      ['handleRequest', () => [{ from: bytes(16, 1), kind: 0x16, requestId: 2, body: bytes(10, 0) }, 3]],
      ['handleConfirmed', () => [bytes(16, 1), bytes(129), 4]],
      ['handleTimeout', () => [5]],
      ['pollTimeoutAtMs', () => []],
      ['linkDown', () => [bytes(16, 1), 6]],
    ],
  },
  {
    name: 'Recipient',
    args: (p) => [
      { seed: bytes(32, 4), device: bytes(8) },
      p,
      [{ hash: bytes(32), payload: bytes(5), publicKey: bytes(32, 1), messageId: bytes(16, 1), created: 1n }],
    ],
    calls: [
      ['handleList', () => [{ from: bytes(16, 1), body: reference.writePendingList({ cursor: 3n, total: 1, entries: [] }) }, 1]],
      ['handleObject', () => [{ from: bytes(16, 1), body: KEPT_OBJECT.slice() }, 2]],
    ],
  },
  {
    name: 'Depositor',
    args: (p) => [
      p,
      [
        {
          object: bytes(40),
          recipients: [bytes(16, 1)],
          custody: 60,
          relays: [{ id: bytes(16, 2), publicKey: bytes(32, 3) }],
          hash: bytes(32),
          failures: 0,
          isKept: true,
          done: [bytes(16, 1)],
        },
      ],
    ],
    calls: [
      [
        'deposit',
        () => [
          {
            object: KEPT_OBJECT.slice(),
            recipients: [bytes(16, 1)],
            custody: 60,
            relays: [{ id: bytes(16, 2), publicKey: UPDATE_OWNER.publicKey.slice() }],
          },
          1,
        ],
      ],
      ['resume', () => [2]],
      [
        'handlePutOk',
        (p) => [
          {
            from: bytes(16, 2),
            body: reference.writePutOk(
              { seed: bytes(32), hash: KEPT_HASH, granted: 60, list: reference.hashRecipients([bytes(16, 1)], p) },
              p,
            ),
          },
          3,
        ],
      ],
      [
        'handleReceipt',
        (p) => [
          { from: bytes(16, 2), requestId: 1, body: reference.signReceipt({ seed: bytes(32), hash: KEPT_HASH, status: 'refused' }, p) },
          4,
        ],
      ],
    ],
  },
  {
    name: 'Depositor',
    args: (p) => [p, []],
    calls: [
      [
        'deposit',
        () => [
          {
            object: KEPT_OBJECT.slice(),
            recipients: [bytes(16, 1)],
            custody: 60,
            relays: [{ id: bytes(16, 2), publicKey: UPDATE_OWNER.publicKey.slice() }],
          },
          1,
        ],
      ],
      ['handleFailure', () => [{ from: bytes(16, 2), hash: KEPT_HASH.slice() }, 2]],
    ],
  },
  {
    name: 'PaymentChannel',
    args: (p) => [{ seed: PAYMENT_B.seed.slice(), peerKey: PAYMENT_A.publicKey.slice(), deposit: 500n, packetCount: 2 }, p, undefined],
    calls: [
      ['handleRequest', () => [{ kind: 0x50, requestId: 1, body: PAYMENT_OPENING.slice() }, 1]],
      ['agreeTerms', () => [PAYMENT_TERMS.slice(), 2]],
      ['hand', () => [FOREIGN_PACKET.slice(), 3]],
      ['handleRequest', () => [{ kind: 0x53, requestId: 2, body: PAYMENT_CLAIM.slice() }, 4]],
      ['pay', () => [{ object: bytes(32), amount: 5n }, 5]],
      ['handleAnswer', () => [{ to: 0x51, kind: 1, body: fromHex('0a00') }, 6]],
      ['end', () => [7]],
      ['resume', () => [8]],
      ['handleTimeout', () => [9]],
      ['pollTimeoutAtMs', () => []],
    ],
  },
  {
    name: 'PaymentChannel',
    args: (p) => [{ seed: PAYMENT_A.seed.slice(), peerKey: PAYMENT_B.publicKey.slice() }, p, undefined],
    calls: [['open', () => [{ nonce: bytes(16), own: 5n, other: 6n }, 1]]],
  },
  {
    name: 'PaymentChannel',
    args: (p) => [{ seed: PAYMENT_A.seed.slice(), peerKey: PAYMENT_B.publicKey.slice() }, p, paymentStored()],
    calls: [
      ['agreeTerms', () => [PAYMENT_TERMS.slice(), 2]],
      ['claim', () => [PAYMENT_DRAW.packetId.slice(), 3]],
    ],
  },
  {
    name: 'PaymentChannel',
    args: (p) => [{ seed: PAYMENT_A.seed.slice(), peerKey: PAYMENT_B.publicKey.slice() }, p, paymentStored()],
    calls: [['settle', () => [3]]],
  },
  {
    name: 'PaymentChannel',
    args: (p) => [{ seed: PAYMENT_A.seed.slice(), peerKey: PAYMENT_B.publicKey.slice() }, p, paymentStored()],
    calls: [['dispute', () => [2_419_200_001]]],
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

export const NEXUS_SCRIPTS: readonly Script[] = [...FUNCTIONS, ...OBJECTS, ...GROUP_SCRIPTS];
