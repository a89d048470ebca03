/** The cases of the three messages of a link. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import { smallOrderEncodings } from '../identity/odd-points.ts';
import { ALICE, BOB } from '../identity/people.ts';
import { ALICE_SECRET, BOB_SECRET, changed, Messages, sealed } from './messages.ts';

const [PARSE, REQUEST, KEYS, PROVE, VERIFY, IDENTIFY, RECOGNIZE] = [
  'nexus.link.parse',
  'nexus.link.request',
  'nexus.link.keys',
  'nexus.link.prove',
  'nexus.link.verify',
  'nexus.link.identify',
  'nexus.link.recognize',
] as const;

type Add = (operation: string, name: string, title: string, params: JsonObject, about: string, rejects?: string) => void;

export function handshakeCases(oracle: Oracle, batch: Batch): void {
  const messages = new Messages(oracle);
  const bases: { readonly [operation: string]: JsonObject } = {
    [PARSE]: { request: messages.request },
    [PROVE]: messages.proving(),
    [VERIFY]: messages.verifying(),
    [IDENTIFY]: messages.identifying(),
    [RECOGNIZE]: messages.recognizing(),
  };
  const add: Add = (operation, name, title, params, about, rejects) => {
    const base = bases[operation];
    const outcome = rejects === undefined ? { accepts: true as const } : { rejects, ...(base === undefined ? {} : { base }) };
    batch.add({ name, title, kind: rejects === 'truncated' ? 'truncation' : 'example', operation, params, about, ...outcome });
  };
  requestCases(messages, add);
  keyCases(oracle, messages, add);
  proofCases(messages, add);
  identifyCases(messages, add);
  crossedCases(messages, add);
  waitCases(add);
}

function requestCases(m: Messages, add: Add): void {
  add(REQUEST, 'to-bob', 'Alice requests a link with Bob', { destination: m.destination, secret: ALICE_SECRET }, 'NXS-LNK-001');
  add(REQUEST, 'to-all-ones', 'for a destination of ones', { destination: 'ff'.repeat(16), secret: BOB_SECRET }, 'NXS-LNK-001');
  for (const length of [0, 15, 17])
    add(
      REQUEST,
      `destination-of-${String(length)}`,
      `a destination of ${String(length)} bytes`,
      { destination: 'ab'.repeat(length), secret: ALICE_SECRET },
      'NXS-LNK-001',
      'malformed',
    );
  add(REQUEST, 'secret-of-31', 'a secret of 31 bytes', { destination: m.destination, secret: 'ab'.repeat(31) }, 'NXS-LNK-001', 'malformed');
  const { request } = m;
  add(PARSE, 'of-alice', 'the request of Alice', { request }, 'NXS-LNK-004');
  add(PARSE, 'after-three-hops', 'after three hops', { request: `0203${request.slice(4)}` }, 'NXS-LNK-001');
  add(PARSE, 'to-another', 'for another destination', { request: changed(request, 2) }, 'NXS-LNK-004');
  add(PARSE, 'with-another-key', 'with another ephemeral key', { request: changed(request, 53) }, 'NXS-LNK-004');
  for (const [name, flags] of [
    ['data', '00'],
    ['proof', '03'],
    ['group', '06'],
    ['link', '0e'],
  ] as const)
    add(PARSE, `flags-of-${name}`, `flags ${flags}`, { request: `${flags}${request.slice(2)}` }, 'NXS-LNK-001', 'malformed');
  add(PARSE, 'relayed', 'with two addresses', { request: `5200${'ab'.repeat(16)}${request.slice(4)}` }, 'NXS-LNK-001', 'malformed');
  add(
    PARSE,
    'context-42',
    'with another context',
    { request: `${request.slice(0, 36)}42${request.slice(38)}` },
    'NXS-LNK-001',
    'malformed',
  );
  for (const version of ['00', '02', 'ff'])
    add(
      PARSE,
      `version-${version}`,
      `version ${version}`,
      { request: `${request.slice(0, 38)}${version}${request.slice(40)}` },
      'NXS-LNK-002',
      'unsupported',
    );
  for (const [name, end] of [
    ['alone', 40],
    ['shorter', 106],
  ] as const)
    add(
      PARSE,
      `version-2-${name}`,
      `version 2, ${name}`,
      { request: `${request.slice(0, 38)}02${request.slice(40, end)}` },
      'NXS-LNK-002',
      'unsupported',
    );
  add(
    PARSE,
    'version-2-longer',
    'version 2, longer',
    { request: `${request.slice(0, 38)}02${request.slice(40)}00` },
    'NXS-LNK-002',
    'unsupported',
  );
  add(
    PARSE,
    'features-and-shorter',
    'features, and a byte less',
    { request: `${request.slice(0, 40)}0100${request.slice(44, 106)}` },
    'NXS-LNK-013',
    'truncated',
  );
  add(
    PARSE,
    'features-and-longer',
    'features, and a byte more',
    { request: `${request.slice(0, 40)}0100${request.slice(44)}00` },
    'NXS-LNK-013',
    'trailing',
  );
  for (const features of ['0100', '0001', '0080'])
    add(
      PARSE,
      `features-${features}`,
      `features ${features}`,
      { request: `${request.slice(0, 40)}${features}${request.slice(44)}` },
      'NXS-LNK-003',
      'unsupported',
    );
  for (const cut of [19, 20, 22, 53])
    add(PARSE, `cut-at-${String(cut)}`, `${String(cut)} bytes`, { request: request.slice(0, 2 * cut) }, 'NXS-LNK-013', 'truncated');
  add(PARSE, 'a-byte-more', 'a byte after its end', { request: `${request}00` }, 'NXS-LNK-013', 'trailing');
}

function keyCases(oracle: Oracle, m: Messages, add: Add): void {
  const alice = { role: 'initiator', secret: ALICE_SECRET, peerKey: m.bobEphemeral };
  const bob = { role: 'responder', secret: BOB_SECRET, peerKey: m.aliceEphemeral };
  const [one, other] = [resultOf(oracle, KEYS, alice), resultOf(oracle, KEYS, bob)];
  if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error('the ends of a link have different keys');
  add(KEYS, 'of-alice', 'as the initiator derives them', alice, 'NXS-LNK-006');
  add(KEYS, 'of-bob', 'as the responder derives them', bob, 'NXS-LNK-006');
  const previous = `${m.initiatorKey}${m.responderKey}`;
  add(KEYS, 'replaced-by-alice', 'that replace others, as the initiator derives them', { ...alice, previous }, 'NXS-RKY-002');
  add(KEYS, 'replaced-by-bob', 'that replace others, as the responder derives them', { ...bob, previous }, 'NXS-RKY-002');
  for (const [name, key] of [
    ['zero', '00'.repeat(32)],
    ['one', `01${'00'.repeat(31)}`],
    ['minus-one', `ec${'ff'.repeat(30)}7f`],
    ['p', `ed${'ff'.repeat(30)}7f`],
    ['order-8', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'],
  ] as const)
    add(KEYS, `low-order-${name}`, 'an ephemeral key of low order', { ...alice, peerKey: key }, 'NXS-LNK-005', 'unauthenticated');
  add(KEYS, 'top-bit', 'an ephemeral key with its top bit set', { ...alice, peerKey: `${'11'.repeat(31)}91` }, 'NXS-LNK-006');
  for (const [name, changes] of [
    ['secret-of-31', { secret: 'ab'.repeat(31) }],
    ['key-of-33', { peerKey: 'ab'.repeat(33) }],
    ['previous-of-32', { previous: 'ab'.repeat(32) }],
  ] as const)
    add(KEYS, name, name.replaceAll('-', ' '), { ...alice, ...changes }, 'NXS-LNK-006', 'malformed');
}

function proofCases(m: Messages, add: Add): void {
  add(PROVE, 'to-alice', 'Bob answers Alice', m.proving(), 'NXS-LNK-007');
  add(PROVE, 'signed', 'with the signature of Bob', m.proving({ clock: '1' }), 'NXS-LNK-008');
  add(PROVE, 'without-clock', 'of a node without a clock', m.proving({ clock: '0' }), 'NXS-LNK-007');
  add(PROVE, 'latest-clock', 'with the latest time there is', m.proving({ clock: '18446744073709551615' }), 'NXS-LNK-007');
  add(PROVE, 'for-another', 'of a request for another node', m.proving({ seed: ALICE.seed }), 'NXS-LNK-014', 'mismatch');
  add(
    PROVE,
    'of-version-2',
    'of a request of another version',
    m.proving({ request: changed(m.request, 19) }),
    'NXS-LNK-002',
    'unsupported',
  );
  add(VERIFY, 'of-bob', 'the proof of Bob', m.verifying(), 'NXS-LNK-007');
  add(VERIFY, 'signed', 'what Bob has signed', m.verifying({ proof: `0f01${m.proof.slice(4)}` }), 'NXS-LNK-008');
  if (m.proofWith({}) !== m.proof) throw new Error('a proof that is made by node:crypto is another');
  const verify = (name: string, title: string, proof: string, about: string, rejects?: string): void => {
    add(VERIFY, name, title, m.verifying({ proof }), about, rejects);
  };
  verify('after-hops', 'after some hops', `0f05${m.proof.slice(4)}`, 'NXS-LNK-007');
  for (const flags of ['0c', '03', '0e'])
    verify(`flags-${flags}`, `flags ${flags}`, `${flags}${m.proof.slice(2)}`, 'NXS-LNK-007', 'malformed');
  verify('context-fb', 'context fb', `${m.proof.slice(0, 36)}fb${m.proof.slice(38)}`, 'NXS-LNK-007', 'malformed');
  verify('relayed', 'with two addresses', `5f00${'ab'.repeat(16)}${m.proof.slice(4)}`, 'NXS-LNK-007', 'malformed');
  for (const at of [2, 9, 17]) verify(`other-link-${String(at)}`, 'of another link', changed(m.proof, at), 'NXS-LNK-004', 'mismatch');
  for (const at of [19, 50, 51, 83, 156, 157, 172])
    verify(`changed-at-${String(at)}`, `byte ${String(at)} is another`, changed(m.proof, at), 'NXS-LNK-012', 'unauthenticated');
  const zero = `${m.proof.slice(0, 38)}${'00'.repeat(32)}${m.proof.slice(102)}`;
  verify('zero-secret', 'with an ephemeral key of zeros', zero, 'NXS-LNK-005', 'unauthenticated');
  const one = sealed(m.initiatorKey, 0, `0f${m.linkId}${m.linkId}ff`, `${BOB.publicKey}${m.proofSignature(BOB.seed)}${'00'.repeat(10)}`);
  verify(
    'under-other-direction',
    'sealed with the key of the other direction',
    `0f00${m.linkId}ff${m.bobEphemeral}${one}`,
    'NXS-LNK-006',
    'unauthenticated',
  );
  const alice = { publicKey: ALICE.publicKey, signature: m.proofSignature(ALICE.seed) };
  verify('of-another-identity', 'of an identity that the request was not for', m.proofWith(alice), 'NXS-LNK-009', 'unauthenticated');
  verify(
    'signed-by-another',
    'signed by another identity',
    m.proofWith({ signature: m.proofSignature(ALICE.seed) }),
    'NXS-LNK-008',
    'unauthenticated',
  );
  verify(
    'signed-as-initiator',
    'signed for the other purpose',
    m.proofWith({ signature: m.proofSignature(BOB.seed, 'nexus-1 link i') }),
    'NXS-LNK-008',
    'unauthenticated',
  );
  verify('features', 'with features', m.proofWith({ features: '0100' }), 'NXS-LNK-003', 'unsupported');
  verify('short-inside', 'a byte less inside', m.proofWith({ more: -1 }), 'NXS-LNK-013', 'truncated');
  verify('nothing-inside', 'nothing inside', m.proofWith({ more: -106 }), 'NXS-LNK-013', 'truncated');
  verify('long-inside', 'a byte more inside', m.proofWith({ more: '00' }), 'NXS-LNK-013', 'trailing');
  verify(
    'tag-alone',
    'nothing inside, and a tag of something else',
    `${m.proof.slice(0, 102)}${m.proof.slice(-32)}`,
    'NXS-LNK-012',
    'unauthenticated',
  );
  for (const cut of [19, 50, 51, 66])
    verify(`cut-at-${String(cut)}`, `${String(cut)} bytes`, m.proof.slice(0, 2 * cut), 'NXS-LNK-013', 'truncated');
}

function identifyCases(m: Messages, add: Add): void {
  add(IDENTIFY, 'to-bob', 'Alice identifies herself', m.identifying(), 'NXS-LNK-010');
  add(IDENTIFY, 'signed', 'with the signature of Alice', m.identifying({ clock: '1' }), 'NXS-LNK-011');
  add(IDENTIFY, 'without-clocks', 'of nodes without clocks', m.identifying({ clock: '0', responderClock: '0' }), 'NXS-LNK-010');
  add(RECOGNIZE, 'of-alice', 'the identification of Alice', m.recognizing(), 'NXS-LNK-010');
  add(RECOGNIZE, 'signed', 'what Alice has signed', m.recognizing({ identification: `0c01${m.identification.slice(4)}` }), 'NXS-LNK-011');
  if (m.identificationWith({}) !== m.identification) throw new Error('an identification that is made by node:crypto is another');
  const recognize = (name: string, title: string, identification: string, about: string, rejects?: string): void => {
    add(RECOGNIZE, name, title, m.recognizing({ identification }), about, rejects);
  };
  recognize('after-hops', 'after some hops', `0c07${m.identification.slice(4)}`, 'NXS-SLD-004');
  for (const at of [2, 17, 23, 136, 137, 152])
    recognize(`changed-at-${String(at)}`, `byte ${String(at)} is another`, changed(m.identification, at), 'NXS-SLD-011', 'unauthenticated');
  recognize('count-1', 'with count 1', m.identificationWith({}, '01000000'), 'NXS-LNK-010', 'malformed');
  recognize('phase-1', 'with phase 1', m.identificationWith({}, '00000080'), 'NXS-LNK-010', 'malformed');
  const other = m.identificationFor(changed(m.linkId, 15));
  recognize('of-another-link', 'for another link, sealed with the keys of this one', other, 'NXS-LNK-010', 'malformed');
  recognize('as-record', 'with the context of records', m.identificationWith({}, '00000000', '00'), 'NXS-LNK-010', 'malformed');
  recognize(
    'signed-by-another',
    'signed by another',
    m.identificationWith({ signature: m.identifySignature(BOB.seed) }),
    'NXS-LNK-011',
    'unauthenticated',
  );
  recognize(
    'signed-for-another',
    'signed for another responder',
    m.identificationWith({ signature: m.identifySignature(ALICE.seed, { responderKey: ALICE.publicKey }) }),
    'NXS-LNK-011',
    'unauthenticated',
  );
  recognize(
    'signed-as-responder',
    'signed for the other purpose',
    m.identificationWith({ signature: m.identifySignature(ALICE.seed, { purpose: 'nexus-1 link r' }) }),
    'NXS-LNK-011',
    'unauthenticated',
  );
  for (const { name, hex } of smallOrderEncodings())
    recognize(`key-${name}`, 'of a key of small order', m.identificationWith({ publicKey: hex }), 'NXS-LNK-011', 'unauthenticated');
  recognize('features', 'with features', m.identificationWith({ features: '0001' }), 'NXS-LNK-003', 'unsupported');
  recognize('short-inside', 'a byte less inside', m.identificationWith({ more: -1 }), 'NXS-LNK-013', 'truncated');
  recognize('long-inside', 'a byte more inside', m.identificationWith({ more: '00' }), 'NXS-LNK-013', 'trailing');
  add(RECOGNIZE, 'for-another', 'of a request for another node', m.recognizing({ seed: ALICE.seed }), 'NXS-LNK-014', 'mismatch');
}

function crossedCases(m: Messages, add: Add): void {
  const id = toHex(seededBytes('nexus-crossed', 16));
  for (const [name, remote] of [
    ['first-byte', changed(id, 0)],
    ['middle-byte', changed(id, 8)],
    ['last-byte', changed(id, 15)],
    ['sign', `${(Number.parseInt(id.slice(0, 2), 16) ^ 0x80).toString(16).padStart(2, '0')}${id.slice(2)}`],
    ['bob', m.destination],
    ['first-and-last', endsSwapped(id)],
  ] as const) {
    add('nexus.link.crossed', name, `ids that differ in a ${name.replace('-', ' ')}`, { local: id, remote }, 'NXS-LNK-025');
    add('nexus.link.crossed', `${name}-other-way`, 'the same on the other side', { local: remote, remote: id }, 'NXS-LNK-025');
  }
  add('nexus.link.crossed', 'same', 'with itself', { local: id, remote: id }, 'NXS-LNK-025', 'malformed');
  for (const length of [15, 17])
    add(
      'nexus.link.crossed',
      `remote-of-${String(length)}`,
      `an id of ${String(length)} bytes on the other side`,
      { local: id, remote: toHex(seededBytes('nexus-crossing', length)) },
      'NXS-LNK-025',
      'malformed',
    );
  add('nexus.link.crossed', 'short', 'an id of 15 bytes', { local: id.slice(2), remote: id }, 'NXS-LNK-025', 'malformed');
}

/** The id with its ends changed, so that what is lower by its first byte is higher by its last. */
function endsSwapped(id: string): string {
  const [first, last] = [Number.parseInt(id.slice(0, 2), 16), Number.parseInt(id.slice(-2), 16)];
  const byte = (value: number): string => value.toString(16).padStart(2, '0');
  if (first === 0xff || last === 0) throw new Error('the ends of this id cannot change');
  return `${byte(first + 1)}${id.slice(2, -2)}${byte(last - 1)}`;
}

function waitCases(add: Add): void {
  const usual = { leastMs: 1000, airtimeCount: 4, airtimeUs: 4_261_000, exchangeUs: 3_360_000 };
  for (const [name, title, changes] of [
    ['long-fast', 'four airtimes of LongFast', {}],
    ['long-fast-at-1-percent', 'with 1 % of the time', { dutyPermille: 10 }],
    ['long-fast-at-10-percent', 'with a tenth of the time', { dutyPermille: 100 }],
    ['all-the-time', 'with a budget of all the time', { dutyPermille: 1000 }],
    ['wire', 'seconds alone', { airtimeUs: 12, exchangeUs: 40 }],
    ['rounded-up', 'a part of a millisecond', { airtimeUs: 250_001, exchangeUs: 1001, dutyPermille: 1000 }],
    ['microsecond-more', 'a microsecond more than a second', { airtimeCount: 1, airtimeUs: 1_000_001, exchangeUs: 0 }],
    ['equal', 'as many seconds as airtimes', { airtimeUs: 250_000 }],
    ['nothing', 'no time at all', { leastMs: 0, airtimeCount: 0, airtimeUs: 0, exchangeUs: 0, dutyPermille: 1 }],
  ] as const)
    add('nexus.link.wait', name, title, { ...usual, ...changes }, 'NXS-LNK-028');
}
