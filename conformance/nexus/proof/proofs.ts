/** The cases of challenges, proofs and tickets, and what somebody answers who has thrown the chunk away. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { readsOf } from '../../generate/reads.ts';
import { resultOf } from '../../generate/result.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import { counted, leafOf, little, rootOf } from '../object/made.ts';
import { blake3, blake3Keyed } from '../packet/blake3.ts';
import { challengeByHand, digestByHand, Forger, HASH, printedAnswer, proofByHand, ticketByHand, ticketKey } from './made.ts';

const NONCE = toHex(seededBytes('nexus-nonce', 16));
const other = (length: number): string => toHex(seededBytes('nexus-proof', length));
const CHALLENGE = challengeByHand(HASH, 1, NONCE);
/** Three chunks, of which the last one has as many bytes as a hash. */
const CONTENT = counted(2 * 4096 + 32);
const INDICES = [0, 255, 256, 65_536, 4_294_967_295];

type Add = (operation: string, name: string, title: string, params: JsonObject, about: string, rejects?: string, base?: JsonObject) => void;

export function proofCases(oracle: Oracle, batch: Batch): void {
  const add: Add = (operation, name, title, params, about, rejects, base) =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation,
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, ...(base === undefined ? {} : { base }) }),
    });
  challengeCases(batch, add);
  bodyCases(batch, add);
  answerCases(add);
  verifyCases(oracle, add);
}
export function ticketCases(batch: Batch): void {
  const add: Add = (operation, name, title, params, about, rejects, base) =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation,
      params,
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects, ...(base === undefined ? {} : { base }) }),
    });
  digestCases(add);
  makeCases(batch, add);
  checkCases(add);
}

function challengeCases(batch: Batch, add: Add): void {
  const base = { hash: HASH, index: 1, nonce: NONCE };
  const write = (name: string, title: string, changes: JsonObject, about: string, rejects?: string): void =>
    add('nexus.challenge.write', name, title, { ...base, ...changes }, about, rejects, base);
  for (const index of INDICES) write(`index-${String(index)}`, `chunk ${String(index)}`, { index }, 'NXS-PRF-002');
  write('zeros', 'a nonce of zeros', { nonce: '00'.repeat(16) }, 'NXS-PRF-001');
  for (const length of [0, 31, 33])
    write(`hash-of-${String(length)}`, `a hash of ${String(length)} bytes`, { hash: other(length) }, 'NXS-PRF-002', 'malformed');
  for (const length of [0, 15, 17, 32])
    write(`nonce-of-${String(length)}`, `a nonce of ${String(length)} bytes`, { nonce: other(length) }, 'NXS-PRF-002', 'malformed');
  write('shifted', 'a byte of the nonce in the hash', { hash: `${HASH}01`, nonce: NONCE.slice(2) }, 'NXS-PRF-002', 'malformed');
  const read = readsOf(batch, 'nexus.challenge.read', 'body', CHALLENGE);
  for (const index of INDICES) read(`index-${String(index)}`, `chunk ${String(index)}`, challengeByHand(HASH, index, NONCE), 'NXS-PRF-001');
  for (const cut of [0, 31, 32, 35, 36, 51])
    read(`of-${String(cut)}`, `${String(cut)} bytes`, CHALLENGE.slice(0, 2 * cut), 'NXS-PRF-003', 'truncated');
  read('of-53', '53 bytes', `${CHALLENGE}00`, 'NXS-PRF-003', 'trailing');
  read('of-84', 'a TICKET_PROOF', `${CHALLENGE}${HASH}`, 'NXS-PRF-003', 'trailing');
}

function bodyCases(batch: Batch, add: Add): void {
  const path = [HASH, other(32)];
  const base: JsonObject = { challenge: CHALLENGE, path, chunk: other(5) };
  const write = (name: string, title: string, changes: JsonObject, about: string, rejects?: string): void =>
    add('nexus.proof.write', name, title, { ...base, ...changes }, about, rejects, base);
  const hashes = (count: number): string[] => Array.from({ length: count }, (_, i) => toHex(seededBytes(`nexus-path-${String(i)}`, 32)));
  write('two-hashes', 'a path of two hashes', {}, 'NXS-PRF-004');
  write('no-path', 'the only chunk of a content', { path: [] }, 'NXS-PRF-004');
  write('20-hashes', 'a path of 20 hashes', { path: hashes(20) }, 'NXS-PRF-006');
  for (const length of [1, 255, 256, 4096])
    write(`chunk-of-${String(length)}`, `${String(length)} bytes`, { chunk: other(length) }, 'NXS-PRF-006');
  write('21-hashes', 'a path of 21 hashes', { path: hashes(21) }, 'NXS-PRF-006', 'malformed');
  for (const length of [0, 4097])
    write(`chunk-of-${String(length)}`, `${String(length)} bytes`, { chunk: other(length) }, 'NXS-PRF-006', 'malformed');
  for (const length of [0, 31, 33])
    write(`sibling-of-${String(length)}`, `a hash of ${String(length)} bytes`, { path: [HASH, other(length)] }, 'NXS-PRF-004', 'malformed');
  write('challenge-of-51', 'a challenge of 51 bytes', { challenge: CHALLENGE.slice(0, -2) }, 'NXS-PRF-003', 'truncated');
  write('challenge-of-53', 'a challenge of 53 bytes', { challenge: `${CHALLENGE}00` }, 'NXS-PRF-003', 'trailing');
  const right = proofByHand(CHALLENGE, path, other(5));
  const read = readsOf(batch, 'nexus.proof.read', 'body', right);
  read('two-hashes', 'a path of two hashes', right, 'NXS-PRF-004');
  read('no-path', 'no path', proofByHand(CHALLENGE, [], 'ab'), 'NXS-PRF-004');
  read('20-hashes', 'a path of 20 hashes', proofByHand(CHALLENGE, hashes(20), 'ab'), 'NXS-PRF-006');
  read('4096', 'a chunk of 4,096 bytes', proofByHand(CHALLENGE, [], 'ab'.repeat(4096)), 'NXS-PRF-006');
  for (const count of [21, 255])
    read(
      `path-of-${String(count)}`,
      `a path of ${String(count)} hashes`,
      proofByHand(CHALLENGE, hashes(count), 'ab'),
      'NXS-PRF-006',
      'malformed',
    );
  for (const length of [0, 4097])
    read(
      `chunk-of-${String(length)}`,
      `a chunk of ${String(length)} bytes`,
      proofByHand(CHALLENGE, [], 'ab'.repeat(length)),
      'NXS-PRF-006',
      'malformed',
    );
  for (const cut of [0, 51, 52, 53, 84, 85, 116, 117, 118, 119, 123])
    read(`cut-at-${String(cut)}`, `${String(cut)} bytes`, right.slice(0, 2 * cut), 'NXS-PRF-005', 'truncated');
  read('a-byte-more', 'a byte after the chunk', `${right}00`, 'NXS-PRF-005', 'trailing');
}

function answerCases(add: Add): void {
  const content = toHex(CONTENT);
  const base = { challenge: CHALLENGE, content };
  for (const index of [0, 1, 2])
    add(
      'nexus.proof.answer',
      `chunk-${String(index)}`,
      `chunk ${String(index)} of 3`,
      { challenge: challengeByHand(HASH, index, NONCE), content },
      'NXS-PRF-004',
    );
  add('nexus.proof.answer', 'only-chunk', 'the only chunk', { challenge: challengeByHand(HASH, 0, NONCE), content: '07' }, 'NXS-PRF-004');
  for (const index of [3, 4_294_967_295])
    add(
      'nexus.proof.answer',
      `beyond-${String(index)}`,
      `chunk ${String(index)} of 3`,
      { challenge: challengeByHand(HASH, index, NONCE), content },
      'NXS-MRK-007',
      'malformed',
      base,
    );
  add(
    'nexus.proof.answer',
    'challenge-of-53',
    'a challenge of 53 bytes',
    { challenge: `${CHALLENGE}00`, content },
    'NXS-PRF-003',
    'trailing',
    base,
  );
}

function verifyCases(oracle: Oracle, add: Add): void {
  const kept: JsonObject = { merkleRoot: rootOf(CONTENT), size: CONTENT.length };
  const proven = (index: number): { readonly path: string[]; readonly chunk: string } => {
    const { path, chunk } = resultOf(oracle, 'nexus.merkle.path', { content: toHex(CONTENT), index });
    return { path: path as string[], chunk: String(chunk) };
  };
  const asked = (index: number): string => challengeByHand(HASH, index, NONCE);
  const rightOf = (index: number): JsonObject => ({
    ...kept,
    challenge: asked(index),
    body: proofByHand(asked(index), proven(index).path, proven(index).chunk),
  });
  for (const index of [0, 1, 2])
    add('nexus.proof.verify', `chunk-${String(index)}`, `chunk ${String(index)} of 3`, rightOf(index), 'NXS-PRF-008');
  const refuse = (index: number, name: string, title: string, changes: JsonObject, about: string, rejects: string): void =>
    add('nexus.proof.verify', name, title, { ...rightOf(index), ...changes }, about, rejects, rightOf(index));
  const { path, chunk } = proven(1);
  const body = (challenge: string, given = chunk, siblings: readonly string[] = path): JsonObject => ({
    body: proofByHand(challenge, siblings, given),
  });
  refuse(
    1,
    'other-hash',
    'a proof for another object',
    body(challengeByHand(`${HASH.slice(0, -2)}00`, 1, NONCE)),
    'NXS-PRF-007',
    'mismatch',
  );
  refuse(
    1,
    'other-nonce',
    'a proof for another nonce',
    body(challengeByHand(HASH, 1, `${NONCE.slice(0, -2)}00`)),
    'NXS-PRF-007',
    'mismatch',
  );
  refuse(
    1,
    'other-nonce-front',
    'a nonce that begins with another byte',
    body(challengeByHand(HASH, 1, `ff${NONCE.slice(2)}`)),
    'NXS-PRF-007',
    'mismatch',
  );
  refuse(1, 'other-index', 'a proof of another chunk, right by itself', { body: rightOf(0)['body'] ?? '' }, 'NXS-PRF-007', 'mismatch');
  refuse(
    1,
    'chunk-of-another-index',
    'another chunk, as if it were this one',
    body(asked(1), proven(0).chunk, proven(0).path),
    'NXS-PRF-008',
    'mismatch',
  );
  refuse(1, 'other-byte', 'another last byte in the chunk', body(asked(1), `${chunk.slice(0, -2)}00`), 'NXS-PRF-008', 'mismatch');
  refuse(1, 'other-root', 'another root', { merkleRoot: HASH }, 'NXS-PRF-008', 'mismatch');
  refuse(1, 'other-sibling', 'another hash in the path', body(asked(1), chunk, [HASH, ...path.slice(1)]), 'NXS-PRF-008', 'mismatch');
  refuse(1, 'path-too-short', 'a hash too few', body(asked(1), chunk, path.slice(1)), 'NXS-MRK-007', 'malformed');
  refuse(1, 'beyond', 'a chunk that the object does not have', { challenge: asked(3), ...body(asked(3)) }, 'NXS-MRK-007', 'malformed');
  refuse(1, 'challenge-of-53', 'a challenge of 53 bytes', { challenge: `${asked(1)}00` }, 'NXS-PRF-003', 'trailing');
  refuse(1, 'cut', 'a proof that is cut', { body: String(rightOf(1)['body']).slice(0, -2) }, 'NXS-PRF-005', 'truncated');
  refuse(1, 'long', 'a proof that goes on', { body: `${String(rightOf(1)['body'])}00` }, 'NXS-PRF-005', 'trailing');
  // What somebody has who did not keep the chunk.
  const forger = new Forger(fromHex(chunk));
  const forged = forger.answer(fromHex(NONCE));
  if (toHex(forged) !== toHex(printedAnswer(fromHex(chunk), fromHex(NONCE)))) throw new Error('32 bytes forge what the paper prints');
  const stands: readonly (readonly [name: string, title: string, bytes: Uint8Array])[] = [
    ['subtree', 'the 32 bytes from which every printed answer can be forged', forger.kept],
    ['forged', 'BLAKE3 of chunk and nonce, forged from 32 bytes', forged],
    ['leaf', 'the hash of the chunk', leafOf(fromHex(chunk))],
  ];
  for (const [name, title, bytes] of stands)
    refuse(1, `${name}-for-chunk`, `${title}, in place of the chunk`, body(asked(1), toHex(bytes)), 'NXS-PRF-009', 'malformed');
  const last = proven(2);
  const short: readonly (readonly [name: string, title: string, bytes: Uint8Array])[] = [
    ['printed', 'BLAKE3 of chunk and nonce', printedAnswer(fromHex(last.chunk), fromHex(NONCE))],
    ['leaf', 'the hash of the chunk', leafOf(fromHex(last.chunk))],
  ];
  for (const [name, title, bytes] of short)
    refuse(
      2,
      `${name}-for-chunk-of-32`,
      `${title}, in place of a chunk of 32 bytes`,
      body(asked(2), toHex(bytes), last.path),
      'NXS-PRF-009',
      'mismatch',
    );
}

function digestCases(add: Add): void {
  const base = { hash: HASH, nonce: NONCE, chunk: other(100) };
  const digest = (name: string, title: string, changes: JsonObject, rejects?: string): void =>
    add('nexus.ticket.digest', name, title, { ...base, ...changes }, 'NXS-TKT-001', rejects, base);
  for (const length of [1, 63, 64, 65, 1023, 1024, 1025, 2048, 2049, 4095, 4096])
    digest(`of-${String(length)}`, `${String(length)} bytes`, { chunk: toHex(counted(length)) });
  digest('other-nonce', 'another nonce', { nonce: '00'.repeat(16) });
  digest('other-hash', 'another object', { hash: '00'.repeat(32) });
  for (const length of [0, 4097]) digest(`of-${String(length)}`, `${String(length)} bytes`, { chunk: other(length) }, 'malformed');
  for (const length of [0, 31, 33])
    digest(`hash-of-${String(length)}`, `a hash of ${String(length)} bytes`, { hash: other(length) }, 'malformed');
  for (const length of [0, 15, 17])
    digest(`nonce-of-${String(length)}`, `a nonce of ${String(length)} bytes`, { nonce: other(length) }, 'malformed');
  digest('shifted', 'a byte of the hash in the nonce', { nonce: `${NONCE}${HASH.slice(0, 2)}`, hash: HASH.slice(2) }, 'malformed');
}

function makeCases(batch: Batch, add: Add): void {
  const base = { hash: HASH, index: 1, nonce: NONCE, chunk: other(100) };
  for (const index of INDICES)
    add('nexus.ticket.make', `index-${String(index)}`, `chunk ${String(index)}`, { ...base, index }, 'NXS-TKT-002');
  add('nexus.ticket.make', 'chunk-of-4096', 'a chunk of 4,096 bytes', { ...base, chunk: toHex(counted(4096)) }, 'NXS-TKT-001');
  for (const length of [0, 4097])
    add(
      'nexus.ticket.make',
      `chunk-of-${String(length)}`,
      `${String(length)} bytes`,
      { ...base, chunk: other(length) },
      'NXS-TKT-001',
      'malformed',
      base,
    );
  const right = ticketByHand(HASH, 258, NONCE, other(100));
  const read = readsOf(batch, 'nexus.ticket.read', 'ticket', right);
  for (const index of INDICES)
    read(`index-${String(index)}`, `chunk ${String(index)}`, ticketByHand(HASH, index, NONCE, other(100)), 'NXS-TKT-002');
  for (const cut of [0, 3, 4, 19, 20, 51])
    read(`of-${String(cut)}`, `${String(cut)} bytes`, right.slice(0, 2 * cut), 'NXS-TKT-002', 'truncated');
  read('of-53', '53 bytes', `${right}00`, 'NXS-TKT-002', 'trailing');
  const challenge = challengeByHand(HASH, 258, NONCE);
  const answer = (name: string, title: string, params: JsonObject, about: string, rejects?: string): void =>
    add('nexus.ticket.answer', name, title, { challenge, chunk: other(100), ...params }, about, rejects, { challenge, chunk: other(100) });
  for (const length of [1, 1024, 4096])
    answer(`of-${String(length)}`, `${String(length)} bytes`, { chunk: toHex(counted(length)) }, 'NXS-TKT-003');
  for (const length of [0, 4097])
    answer(`of-${String(length)}`, `${String(length)} bytes`, { chunk: other(length) }, 'NXS-TKT-001', 'malformed');
  answer('challenge-of-51', 'a challenge of 51 bytes', { challenge: challenge.slice(0, -2) }, 'NXS-PRF-003', 'truncated');
  answer('challenge-of-53', 'a challenge of 53 bytes', { challenge: `${challenge}00` }, 'NXS-PRF-003', 'trailing');
}

function checkCases(add: Add): void {
  const chunk = toHex(counted(4096));
  const challenge = challengeByHand(HASH, 7, NONCE);
  const ticket = ticketByHand(HASH, 7, NONCE, chunk);
  const right: JsonObject = { hash: HASH, ticket, body: `${challenge}${digestByHand(HASH, NONCE, chunk)}` };
  const check = (name: string, title: string, changes: JsonObject, about: string, rejects?: string): void =>
    add('nexus.ticket.verify', name, title, { ...right, ...changes }, about, rejects, right);
  check('right', 'the answer to a ticket', {}, 'NXS-TKT-005');
  const short = toHex(counted(9));
  check(
    'right-short',
    'the answer to a ticket of a chunk of 9 bytes',
    { ticket: ticketByHand(HASH, 0, NONCE, short), body: `${challengeByHand(HASH, 0, NONCE)}${digestByHand(HASH, NONCE, short)}` },
    'NXS-TKT-005',
  );
  const digest = digestByHand(HASH, NONCE, chunk);
  check(
    'other-hash',
    'an answer about another object',
    { body: `${challengeByHand('a6'.repeat(32), 7, NONCE)}${digest}` },
    'NXS-TKT-004',
    'mismatch',
  );
  check('other-index', 'an answer about another chunk', { body: `${challengeByHand(HASH, 8, NONCE)}${digest}` }, 'NXS-TKT-004', 'mismatch');
  check(
    'other-nonce',
    'an answer to another nonce',
    { body: `${challengeByHand(HASH, 7, `${NONCE.slice(0, -2)}00`)}${digest}` },
    'NXS-TKT-004',
    'mismatch',
  );
  check('other-object', 'a ticket of another object', { hash: 'a6'.repeat(32) }, 'NXS-TKT-004', 'mismatch');
  const [data, nonce] = [fromHex(chunk), fromHex(NONCE)];
  const forged = new Forger(data).answer(nonce);
  const wrong: readonly (readonly [name: string, title: string, bytes: Uint8Array])[] = [
    ['forged', 'BLAKE3 of chunk and nonce, which 32 stored bytes forge', forged],
    ['subtree', 'the 32 bytes that forge it', new Forger(data).kept],
    ['nonce-first', 'BLAKE3 of nonce and chunk', blake3(concatBytes(nonce, data))],
    ['unkeyed', 'BLAKE3 of the chunk', blake3(data)],
    ['key-in-front', 'BLAKE3 of key and chunk', blake3(concatBytes(ticketKey(HASH, NONCE), data))],
    ['other-key', 'the chunk under a key without the object', blake3Keyed(data, concatBytes(nonce, nonce))],
    ['first-bit', 'a digest whose first bit differs', flipped(fromHex(digest), 0, 0x80)],
    ['last-bit', 'a digest whose last bit differs', flipped(fromHex(digest), 31, 1)],
  ];
  for (const [name, title, bytes] of wrong) check(name, title, { body: `${challenge}${toHex(bytes)}` }, 'NXS-TKT-005', 'mismatch');
  for (const cut of [0, 51, 52, 83])
    check(`of-${String(cut)}`, `${String(cut)} bytes`, { body: String(right['body']).slice(0, 2 * cut) }, 'NXS-TKT-003', 'truncated');
  check('of-85', '85 bytes', { body: `${String(right['body'])}00` }, 'NXS-TKT-003', 'trailing');
  check('ticket-of-51', 'a ticket of 51 bytes', { ticket: ticket.slice(0, -2) }, 'NXS-TKT-002', 'truncated');
  check('ticket-of-53', 'a ticket of 53 bytes', { ticket: `${ticket}00` }, 'NXS-TKT-002', 'trailing');
  for (const length of [31, 33])
    check(
      `hash-of-${String(length)}`,
      `a hash of ${String(length)} bytes`,
      { hash: HASH.repeat(2).slice(0, 2 * length) },
      'NXS-PRF-002',
      'malformed',
    );
  check('swapped', 'index and nonce of the ticket swapped', { ticket: `${NONCE}${little(7, 4)}${digest}` }, 'NXS-TKT-004', 'mismatch');
}

function flipped(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ bit : byte));
}
