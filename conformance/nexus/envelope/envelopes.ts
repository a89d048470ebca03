/** The cases of envelopes: who can open what, and each thing that an envelope is made of, taken wrongly. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { zeroEdges } from '../../generate/edges.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import { bytesLe, PRIME } from '../identity/edwards.ts';
import { smallOrderEncodings, unreducedEncodings } from '../identity/odd-points.ts';
import { ALICE, BOB } from '../identity/people.ts';
import { addressOf, CAROL, GROUP_ID, messageOf, MONTH_BEFORE, SECRET, sealedByHand, utf8Hex, x25519Of } from './made.ts';

const [SEAL, OPEN] = ['nexus.envelope.seal', 'nexus.envelope.open'] as const;
const HELLO = utf8Hex('hello');
const GROUP_KEY = toHex(seededBytes('nexus-group-key', 32));
const GROUP = { use: 'group-key', groupId: GROUP_ID, epoch: '7' } as const;
/** "hello" from nobody to Bob, computed without this program. */
const KNOWN_ANSWER = '79a631eede1bf9c98f12032cdeadd0e7a079398fc786b88cc846ec89af85a51aa9ef1820a1b14600669af671cb7d3358952b056435';

export function envelopeCases(oracle: Oracle, batch: Batch): void {
  sealCases(oracle, batch);
  openCases(oracle, batch);
  honestCases(oracle, batch);
  zeroEdges(oracle, batch, {
    operation: SEAL,
    name: 'edge',
    title: 'a value whose edge is zero is sealed and opened',
    about: (value) => (value === 'key' || value === 'shared' ? 'NXS-ENV-002' : 'NXS-ENV-001'),
    request: (turn) => sealing({ entropy: toHex(seededBytes(`nexus-envelope-${String(turn)}`, 32)) }),
    next: (params, { envelope = '' }) => [{ operation: OPEN, params: { seed: BOB.seed, use: params['use'] ?? '', envelope } }],
  });
}

function sealing(changes: JsonObject = {}): JsonObject {
  return { publicKey: BOB.publicKey, use: 'message', plaintext: HELLO, entropy: SECRET, ...changes };
}
function opening(envelope: string, changes: JsonObject = {}): JsonObject {
  return { seed: BOB.seed, use: 'message', envelope, ...changes };
}

function sealCases(oracle: Oracle, batch: Batch): void {
  if (resultOf(oracle, SEAL, sealing())['envelope'] !== KNOWN_ANSWER) throw new Error('the known answer of envelopes is another');
  const accept = (name: string, title: string, changes: JsonObject, about: string, published?: string): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: SEAL,
      params: sealing(changes),
      about,
      accepts: true,
      ...(published === undefined ? {} : { published }),
    });
  const refuse = (name: string, title: string, changes: JsonObject, about: string, base?: JsonObject): void =>
    batch.add({
      name,
      title,
      kind: 'example',
      operation: SEAL,
      params: sealing(changes),
      about,
      rejects: 'malformed',
      ...(base === undefined ? {} : { base: sealing(base) }),
    });
  accept('hello', 'the known answer', {}, 'NXS-ENV-003', 'nexus.md');
  for (const length of [0, 1, 15, 16, 17, 63, 64, 65, 397, 1024])
    accept(
      `of-${String(length)}`,
      `${String(length)} bytes are sealed`,
      { plaintext: toHex(seededBytes('nexus-sealed', length)) },
      'NXS-ENV-001',
    );
  accept('to-alice', 'sealed to another', { publicKey: ALICE.publicKey }, 'NXS-ENV-002');
  accept('other-secret', 'another secret makes another envelope', { entropy: toHex(seededBytes('nexus-secret', 32)) }, 'NXS-ENV-002');
  for (const [name, secret] of [
    ['zeros', '00'.repeat(32)],
    ['ones', 'ff'.repeat(32)],
  ] as const)
    accept(`secret-of-${name}`, `a secret of ${name}, which X25519 clamps`, { entropy: secret }, 'NXS-ENV-001');
  for (const epoch of ['0', '1', '255', '256', '72623859790382856', '18446744073709551615'])
    accept(`group-key-of-epoch-${epoch}`, `a group key of epoch ${epoch}`, { ...GROUP, epoch, plaintext: GROUP_KEY }, 'NXS-ENV-004');
  const grouped = { ...GROUP, plaintext: GROUP_KEY };
  const { groupId: _, ...withoutGroup } = grouped;
  const { epoch: __, ...withoutEpoch } = grouped;
  refuse('group-key-without-group', 'a group key without a group id', withoutGroup, 'NXS-ENV-007', grouped);
  refuse('group-key-without-epoch', 'a group key without an epoch', withoutEpoch, 'NXS-ENV-007', grouped);
  for (const length of [0, 16, 31, 33])
    refuse(
      `group-id-of-${String(length)}`,
      `a group id of ${String(length)} bytes`,
      { ...grouped, groupId: toHex(seededBytes('nexus-group', length)) },
      'NXS-ENV-007',
      grouped,
    );
  refuse('message-with-group', 'a message with a group id', { groupId: GROUP_ID }, 'NXS-ENV-007', {});
  refuse('message-with-epoch', 'a message with an epoch', { epoch: '0' }, 'NXS-ENV-007', {});
  for (const length of [0, 31, 33, 64])
    refuse(
      `group-key-of-${String(length)}`,
      `a group key of ${String(length)} bytes`,
      { ...grouped, plaintext: toHex(seededBytes('nexus-group-key', length)) },
      'NXS-ENV-008',
      grouped,
    );
  for (const length of [31, 33])
    refuse(
      `key-of-${String(length)}`,
      `a recipient's key of ${String(length)} bytes`,
      { publicKey: toHex(seededBytes('nexus-key', length)) },
      'NXS-IDN-006',
      {},
    );
  refuse('key-is-no-point', "a recipient's key that is not a point", { publicKey: toHex(bytesLe(2n)) }, 'NXS-IDN-007', {});
  unreducedEncodings().forEach((publicKey, i) =>
    refuse(`key-unreduced-${String(i)}`, "a recipient's key with a y of the prime or more", { publicKey }, 'NXS-IDN-008', {}),
  );
  for (const { name, hex } of smallOrderEncodings())
    refuse(`key-of-small-order-${name}`, "a recipient's key of small order", { publicKey: hex }, 'NXS-IDN-009', {});
}

function openCases(oracle: Oracle, batch: Batch): void {
  const right = String(resultOf(oracle, SEAL, sealing())['envelope']);
  const grouped = String(resultOf(oracle, SEAL, sealing({ ...GROUP, plaintext: GROUP_KEY }))['envelope']);
  const accept = (name: string, title: string, params: JsonObject, about: string): void =>
    batch.add({ name, title, kind: 'example', operation: OPEN, params, about, accepts: true });
  const refuse = (name: string, title: string, params: JsonObject, about: string, rejects = 'unauthenticated', base?: JsonObject): void =>
    batch.add({
      name,
      title,
      kind: rejects === 'truncated' ? 'truncation' : 'example',
      operation: OPEN,
      params,
      about,
      rejects,
      base: base ?? opening(right),
    });
  accept('hello', 'the known answer', opening(right), 'NXS-ENV-003');
  for (const length of [0, 1, 64, 1024])
    accept(
      `of-${String(length)}`,
      `${String(length)} bytes are opened`,
      opening(sealedByHand(toHex(seededBytes('nexus-sealed', length)))),
      'NXS-ENV-001',
    );
  accept('group-key', 'a group key', { ...opening(grouped), ...GROUP }, 'NXS-ENV-004');
  // The key in front is what was sealed over, in whatever encoding it came.
  const top = fromHex(x25519Of(SECRET));
  top[31] = (top[31] ?? 0) | 0x80;
  accept(
    'highest-bit',
    'a key in front whose highest bit is set',
    opening(sealedByHand(HELLO, { ephemeralKey: toHex(top) })),
    'NXS-IDN-011',
  );
  for (const length of [0, 31, 32, 33, 47])
    refuse(`cut-at-${String(length)}`, `${String(length)} bytes`, opening(right.slice(0, 2 * length)), 'NXS-ENV-005', 'truncated');
  for (const [where, at] of [
    ['key', 0],
    ['key-end', 31],
    ['ciphertext', 32],
    ['tag', 37],
    ['tag-end', 52],
  ] as const) {
    const bytes = fromHex(right);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    refuse(`bit-of-${where}`, `a bit of byte ${String(at)} is another`, opening(toHex(bytes)), 'NXS-ENV-006');
  }
  refuse('byte-less', 'a byte less', opening(right.slice(0, -2)), 'NXS-ENV-006');
  refuse('byte-more', 'a byte more', opening(`${right}00`), 'NXS-ENV-006');
  refuse('other-nonce', 'a nonce of 1', opening(sealedByHand(HELLO, { nonce: Uint8Array.of(1, ...new Uint8Array(11)) })), 'NXS-ENV-003');
  refuse('key-of-shared', 'the key without the key in front', opening(sealedByHand(HELLO, { keyed: (shared) => shared })), 'NXS-ENV-002');
  refuse(
    'key-in-other-order',
    'the key in front comes first in the digest',
    opening(sealedByHand(HELLO, { keyed: (shared, ephemeralKey) => concatBytes(ephemeralKey, shared) })),
    'NXS-ENV-002',
  );
  refuse('without-context', 'nothing is authenticated besides', opening(sealedByHand(HELLO, { aad: '' })), 'NXS-ENV-004');
  refuse('address-alone', 'the use is not authenticated', opening(sealedByHand(HELLO, { aad: addressOf(BOB) })), 'NXS-ENV-004');
  refuse('other-address', "another recipient's address", opening(sealedByHand(HELLO, { aad: `01${addressOf(CAROL)}` })), 'NXS-ENV-004');
  refuse(
    'message-as-group-key',
    'a message is opened as a group key',
    { ...opening(sealedByHand(GROUP_KEY)), ...GROUP },
    'NXS-ENV-004',
    'unauthenticated',
    {
      ...opening(grouped),
      ...GROUP,
    },
  );
  refuse('group-key-as-message', 'a group key is opened as a message', opening(grouped), 'NXS-ENV-004');
  for (const [name, changes] of [
    ['group', { groupId: toHex(seededBytes('nexus-other-group', 32)) }],
    ['epoch', { epoch: '8' }],
  ] as const)
    refuse(
      `other-${name}`,
      `a group key of another ${name}`,
      { ...opening(grouped), ...GROUP, ...changes },
      'NXS-ENV-004',
      'unauthenticated',
      {
        ...opening(grouped),
        ...GROUP,
      },
    );
  for (const length of [31, 33]) {
    const aad = `02${addressOf(BOB)}${GROUP_ID}0700000000000000`;
    const plaintext = toHex(seededBytes('nexus-group-key', length));
    refuse(
      `group-key-of-${String(length)}`,
      `a group key of ${String(length)} bytes`,
      { ...opening(sealedByHand(plaintext, { aad })), ...GROUP },
      'NXS-ENV-008',
      'malformed',
      { ...opening(grouped), ...GROUP },
    );
  }
  const { groupId: _, ...withoutGroup } = { ...opening(grouped), ...GROUP };
  refuse('without-group', 'without a group id', withoutGroup, 'NXS-ENV-007', 'malformed', { ...opening(grouped), ...GROUP });
  refuse('message-with-epoch', 'a message with an epoch', opening(right, { epoch: '7' }), 'NXS-ENV-007', 'malformed');
  for (const length of [31, 33])
    refuse(
      `seed-of-${String(length)}`,
      `a seed of ${String(length)} bytes`,
      opening(right, { seed: toHex(seededBytes('nexus-seed', length)) }),
      'NXS-IDN-002',
      'malformed',
    );
  // Sealed under the key that follows from an agreement of zeros: whoever does not look at it opens these.
  for (const u of [0n, 1n, PRIME - 1n, PRIME, PRIME + 1n])
    for (const bit of [0n, 1n]) {
      const ephemeralKey = toHex(bytesLe(u | (bit << 255n)));
      const envelope = sealedByHand(HELLO, { ephemeralKey, shared: new Uint8Array(32) });
      const name = `low-order-${ephemeralKey.slice(0, 4)}-${ephemeralKey.slice(-2)}`;
      refuse(name, 'a key in front whose multiples are all zero', opening(envelope), 'NXS-IDN-010');
    }
}

/** What an envelope promises, and what it does not. */
function honestCases(oracle: Oracle, batch: Batch): void {
  const old = String(resultOf(oracle, 'nexus.message.seal', messageOf({ created: MONTH_BEFORE }))['envelope']);
  const later = String(resultOf(oracle, 'nexus.message.seal', messageOf({ entropy: toHex(seededBytes('nexus-later', 32)) }))['envelope']);
  for (const [name, title, envelope] of [
    ['month-old', "the recipient's seed opens an envelope of last month", old],
    ['of-today', "the recipient's seed opens an envelope of today", later],
  ] as const)
    for (const [operation, params] of [
      [OPEN, opening(envelope)],
      ['nexus.message.open', { seed: BOB.seed, envelope }],
    ] as const)
      batch.add({ name, title, kind: 'example', operation, params, about: 'NXS-ENV-009', accepts: true });
  for (const [name, title, seed] of [
    ['by-sender', 'the sender does not open its own envelope', ALICE.seed],
    ['by-another', 'somebody else does not open it', CAROL.seed],
    // Even if it was kept, and is taken for a seed.
    ['by-secret', 'the secret of the envelope is no seed that opens it', SECRET],
  ] as const)
    batch.add({
      name,
      title,
      kind: 'example',
      operation: OPEN,
      params: opening(old, { seed }),
      about: 'NXS-ENV-009',
      rejects: 'unauthenticated',
      base: opening(old),
    });
}
