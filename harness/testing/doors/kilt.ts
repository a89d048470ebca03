/** Scripts of what KILT messaging exports, with people and envelopes. */
import * as reference from '../../../reference/index.ts';
import type { JsonObject } from '../../../reference/index.ts';
import { at, bytes, P, scriptsOf, type Script } from './script.ts';

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
const SNAPSHOT = { admitsFromMs: 4, entries: [{ identity: bytes(32), createdAtMs: 5 }] };

const FUNCTIONS = scriptsOf({
  checkMessage: (p) => [REJECT, p],
  checkMigration: (p) => [ALICE, FULL, p],
  decodeAddress: (p) => [reference.encodeAddress(bytes(32), P), p],
  decodeReplaySnapshot: at(() => [reference.encodeReplaySnapshot(SNAPSHOT)]),
  deriveReplayIdentity: (p) => [{ sender: 'did:kilt:x', messageId: 'm' }, p],
  encodeAddress: (p) => [bytes(32), p],
  encodeDidDocument: (p) => [ALICE, 'jsonld', p],
  encodeLightDid: (p) => [
    {
      authentication: { type: 'ed25519', publicKey: bytes(32) },
      keyAgreement: { type: 'x25519', publicKey: bytes(32) },
      services: [{ id: '#a', type: ['b'], serviceEndpoint: ['x:y'] }],
    },
    p,
  ],
  encodeMessage: at(() => [TEXT]),
  encodeReplaySnapshot: at(() => [{ admitsFromMs: 4, entries: [{ identity: bytes(32), createdAtMs: 5 }] }]),
  isSameSubject: (p) => [ALICE, FULL, p],
  openEnvelope: (p) => [{ envelope: envelope(), receiver: local(4, BOB) }, p],
  packEnvelope: (p) => [envelope(), p],
  parseDid: (p) => [ALICE, p],
  parseKeyUri: (p) => [`${ALICE}#encryption`, p],
  listsAgreementKey: at(() => [reference.encodeDidDocument(ALICE, 'json', P), ALICE, 'encryption']),
  readAgreementKeys: at(() => [reference.encodeDidDocument(ALICE, 'json', P), ALICE]),
  readEnvelope: at(() => [reference.writeEnvelope(envelope())]),
  resolveAgreementKey: at(() => [
    reference.parseKeyUri(`${ALICE}#encryption`, P),
    { resolve: (): JsonObject => reference.encodeDidDocument(ALICE, 'json', P) },
  ]),
  resolveKeyForOpening: at(() => [
    reference.parseKeyUri(`${ALICE}#encryption`, P),
    { resolve: (): JsonObject => reference.encodeDidDocument(ALICE, 'json', P) },
  ]),
  sealEnvelope: (p) => [{ message: TEXT, sender: local(3, ALICE), receiver: { keyUri: `${BOB}#encryption` }, entropy: bytes(24) }, p],
  takeFromInbox: (p) => [{ envelope: envelope(), receiver: local(4, BOB), contacts: [ALICE], windowMs: 1000, skewMs: 10 }, 1000, p],
  unpackEnvelope: (p) => [reference.packEnvelope(envelope(), P), p],
  writeEnvelope: at(() => [envelope()]),
});

const OBJECTS: readonly Script[] = [
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

export const KILT_SCRIPTS: readonly Script[] = [...FUNCTIONS, ...OBJECTS];
