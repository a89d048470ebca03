/** Scripts of what NEXUS does with records, objects and proofs of storage. */
import * as reference from '../../../reference/index.ts';
import { fromHex } from '../../../reference/index.ts';
import { CHUNKED, CHUNKED_ROOT, STORAGE_CONSUMER, STORAGE_PROVIDER, UPDATE_HEADER, UPDATE_OWNER, objectHeader } from './nexus-values.ts';
import { at, bytes, P, scriptsOf, type Script } from './script.ts';

const CHUNK_PROOF = reference.proveChunk(CHUNKED, 1, P);
const OBJECT_HEADER = reference.encodeObjectHeader(objectHeader());
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
const STORAGE_CHALLENGE = reference.writeChallenge({ hash: reference.hashObject(OBJECT_HEADER, P), index: 1, nonce: bytes(16) });
const STORAGE_PROOF = reference.writeProof({ challenge: STORAGE_CHALLENGE, ...CHUNK_PROOF });
const TICKET_SOURCE = { hash: reference.hashObject(OBJECT_HEADER, P), nonce: bytes(16), chunk: CHUNK_PROOF.chunk };
const TICKET = reference.makeTicket({ ...TICKET_SOURCE, index: 1 }, P);
const TICKET_ANSWER = reference.answerTicket({ challenge: STORAGE_CHALLENGE, chunk: CHUNK_PROOF.chunk }, P);
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
const RECORD = reference.encodeRecord({ kind: 0x12, answer: false, requestId: 1, body: bytes(32) });

const FUNCTIONS = scriptsOf({
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
  encodeRecord: at(() => [{ kind: 0x12, answer: false, requestId: 1, body: bytes(32) }]),
  decodeRecord: at(() => [RECORD.slice()]),
  prefixRecord: at(() => [RECORD.slice()]),
  answersTo: at(() => [0x12]),
  writeErrorBody: at(() => [{ code: 2, hash: bytes(32) }]),
  readErrorBody: at(() => [fromHex('0200')]),
});

const OBJECTS: readonly Script[] = [
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
];

export const NEXUS_OBJECTS_SCRIPTS: readonly Script[] = [...FUNCTIONS, ...OBJECTS];
