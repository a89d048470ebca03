/**
 * Tickets: what an owner keeps of a chunk to challenge it once, where a proof would be too long.
 *
 *   ticket         index u32 | nonce 16 | digest 32
 *   digest         BLAKE3 of the chunk, keyed with the key derivation of nonce and object hash
 *   TICKET_PROOF   challenge 52 | digest 32
 *
 * The key is in every compression of the hash, so that nothing can be kept in place of the chunk until the nonce is known; and
 * then it is too late. Whoever has the ticket knows the answer: it is a secret of the owner.
 */
import { Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, MismatchError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { HASH_LENGTH, deriveContentHash } from '../object/content-hash.ts';
import { CHUNK_LENGTH } from '../object/merkle.ts';
import type { ContentPrimitives } from '../object/merkle.ts';
import { CHALLENGE_LENGTH, NONCE_LENGTH, readChallenge, readU32, writeChallenge } from './challenge.ts';

/** A ticket, taken apart. */
export interface Ticket {
  /** Of the chunk, 0 to 2^32 - 1. */
  readonly index: number;
  /** 16 bytes, drawn for this ticket alone. */
  readonly nonce: Uint8Array;
  /** 32 bytes. */
  readonly digest: Uint8Array;
}
/** What a digest is made of. */
export interface TicketSource {
  /** Of the object, 32 bytes. */
  readonly hash: Uint8Array;
  /** 16 bytes. */
  readonly nonce: Uint8Array;
  /** 1 to 4,096 bytes. */
  readonly chunk: Uint8Array;
}
/** What an owner verifies an answer with. */
export interface TicketCheck {
  /** Of the object, 32 bytes. */
  readonly hash: Uint8Array;
  /** 52 bytes. */
  readonly ticket: Uint8Array;
  /** Of TICKET_PROOF. */
  readonly body: Uint8Array;
}

const SOURCE = { hash: door.bytes, nonce: door.bytes, chunk: door.bytes };
const DIGESTED = door.members<TicketSource>(SOURCE);
const MADE = door.members<TicketSource & { readonly index: number }>({ ...SOURCE, index: door.count });
const ANSWER = door.members<{ readonly challenge: Uint8Array; readonly chunk: Uint8Array }>({ challenge: door.bytes, chunk: door.bytes });
const CHECK = door.members<TicketCheck>({ hash: door.bytes, ticket: door.bytes, body: door.bytes });

/**
 * The digest of a chunk that proves that somebody has it.
 * @returns 32 bytes
 * @throws DecodeError malformed for other lengths
 * @see NXS-TKT-001
 */
export function digestForTicket(source: TicketSource, primitives: ContentPrimitives): Uint8Array {
  const { hash, nonce, chunk } = DIGESTED(source, 'source');
  primitivesDoor.blake3(primitives, 'primitives');
  if (hash.length !== HASH_LENGTH || nonce.length !== NONCE_LENGTH || chunk.length < 1 || chunk.length > CHUNK_LENGTH) {
    throw new DecodeError('malformed', 'NXS-TKT-001', 'a hash, a nonce or a chunk of another length', {
      hash: hash.length,
      nonce: nonce.length,
      chunk: chunk.length,
    });
  }
  const key = deriveContentHash('ticket key', concat([nonce, hash]), primitives);
  return primitives.blake3({ message: chunk, outputLength: HASH_LENGTH, key });
}

/**
 * Makes a ticket, while its owner still has the chunk.
 * @param source index: 0 to 2^32 - 1
 * @returns 52 bytes, secret
 * @throws DecodeError malformed; UsageError for an index of more than 4 bytes
 * @see NXS-TKT-002
 */
export function makeTicket(source: TicketSource & { readonly index: number }, primitives: ContentPrimitives): Uint8Array {
  const { hash, index, nonce, chunk } = MADE(source, 'source');
  const digest = digestForTicket({ hash, nonce, chunk }, primitives);
  return concat([leBytes(index, 4, 'NXS-TKT-002'), nonce, digest]);
}

/**
 * Takes a ticket apart.
 * @returns copies
 * @throws DecodeError truncated or trailing
 * @see NXS-TKT-002
 */
export function readTicket(ticket: Uint8Array): Ticket {
  const reader = new Reader(door.copy(ticket, 'ticket'));
  const index = readU32(reader, 'NXS-TKT-002');
  const nonce = reader.take(NONCE_LENGTH, 'NXS-TKT-002').slice();
  const digest = reader.take(HASH_LENGTH, 'NXS-TKT-002').slice();
  reader.finish('NXS-TKT-002');
  return { index, nonce, digest };
}

/**
 * Writes the body of TICKET_PROOF, as whoever has the chunk can.
 * @returns 84 bytes
 * @throws DecodeError malformed, and whatever `readChallenge` throws
 * @see NXS-TKT-003
 */
export function answerTicket(
  input: { readonly challenge: Uint8Array; readonly chunk: Uint8Array },
  primitives: ContentPrimitives,
): Uint8Array {
  const { challenge, chunk } = ANSWER(input, 'input');
  primitivesDoor.blake3(primitives, 'primitives');
  const { hash, nonce } = readChallenge(challenge);
  return concat([challenge, digestForTicket({ hash, nonce, chunk }, primitives)]);
}

/**
 * Verifies the body of TICKET_PROOF.
 * @throws DecodeError; MismatchError for an answer to something else, and for another digest
 * @see NXS-TKT-005
 */
export function verifyTicket(check: TicketCheck): void {
  const { hash, ticket, body } = CHECK(check, 'check');
  const { index, nonce, digest } = readTicket(ticket);
  const challenge = writeChallenge({ hash, index, nonce });
  const reader = new Reader(body);
  const repeated = reader.take(CHALLENGE_LENGTH, 'NXS-TKT-003');
  const answered = reader.take(HASH_LENGTH, 'NXS-TKT-003');
  reader.finish('NXS-TKT-003');
  if (compare(repeated, challenge) !== 0) throw new MismatchError('NXS-TKT-004', 'the proof answers another challenge');
  if (compare(answered, digest) !== 0) throw new MismatchError('NXS-TKT-005', 'the digest is another');
}
