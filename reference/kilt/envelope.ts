/**
 * Envelopes: a message sealed from one DID to another.
 *
 *   ciphertext   NaCl's box (X25519, XSalsa20, Poly1305) of the message as JSON, under the key that the sender's and
 *                the receiver's key agree on
 *
 * Both ends can compute that key, so either could have made the envelope: it convinces the receiver and nobody else.
 * What the message says of its sender and receiver only counts where the keys say the same.
 */
import { AuthenticationError, DecodeError, MismatchError, ProtocolError, UsageError } from '../kernel/errors.ts';
import { readJsonObject } from '../kernel/json.ts';
import type { JsonObject } from '../kernel/json.ts';
import { noblePrimitives } from '../primitives/noble.ts';
import type { Primitives } from '../primitives/primitives.ts';
import { NONCE_LENGTH, SECRET_LENGTH, TAG_LENGTH } from './constants.ts';
import { parseKeyUri } from './key-uri.ts';
import type { KeyUri } from './key-uri.ts';
import { checkFrame } from './message-frame.ts';
import { encodeMessage, orderMessage } from './message-json.ts';
import { DocumentDirectory, resolveAgreementKey } from './resolver.ts';
import type { DidResolver } from './resolver.ts';

/** An envelope in memory. */
export interface Envelope {
  /** When somebody on the way took it, in milliseconds; nobody vouches for it. */
  readonly receivedAt?: number | undefined;
  /** 16 bytes more than the message. */
  readonly ciphertext: Uint8Array;
  /** 24 bytes. */
  readonly nonce: Uint8Array;
  readonly senderKeyUri: string;
  readonly receiverKeyUri: string;
}

/** A key of one's own. */
export interface LocalKey {
  /** X25519, 32 bytes. */
  readonly secret: Uint8Array;
  readonly keyUri: string;
}

/** What a message is sealed with. */
export interface SealEnvelopeInput {
  readonly message: JsonObject;
  readonly sender: LocalKey;
  readonly receiverKeyUri: string;
  readonly resolver?: DidResolver | undefined;
  /** The nonce, 24 bytes that were never used before. */
  readonly entropy: Uint8Array;
}

/** What an envelope is opened with. */
export interface OpenEnvelopeInput {
  readonly envelope: Envelope;
  readonly receiver: LocalKey;
  readonly resolver?: DidResolver | undefined;
}

/** How key URIs are read, and what is computed of keys; an endpoint remembers all three. */
export interface EnvelopeContext {
  readonly resolver: DidResolver;
  readonly primitives: Primitives;
  readonly parse: (keyUri: string) => KeyUri;
  /** The public key of a secret, 32 bytes. */
  readonly publicOf: (secret: Uint8Array) => Uint8Array;
  /** The key that a secret and a public key agree on, 32 bytes. */
  readonly agree: (secret: Uint8Array, publicKey: Uint8Array) => Uint8Array;
}

const NOBODY: DidResolver = new DocumentDirectory();

/** @returns a context that remembers nothing */
export function freshContext(resolver: DidResolver = NOBODY, primitives: Primitives = noblePrimitives): EnvelopeContext {
  return {
    resolver,
    primitives,
    parse: (keyUri) => parseKeyUri(keyUri, primitives),
    publicOf: (secret) => primitives.deriveX25519Public({ secret }),
    agree: (secret, publicKey) => agree(secret, publicKey, primitives),
  };
}

/**
 * NaCl's beforenm.
 * @throws DecodeError malformed for a public key that agrees on zero with everybody
 */
function agree(secret: Uint8Array, publicKey: Uint8Array, primitives: Primitives): Uint8Array {
  try {
    return primitives.deriveBoxKey({ secret, publicKey }); // KLT-ENV-003
  } catch (error) {
    if (error instanceof AuthenticationError) throw new DecodeError('malformed', 'KLT-ENV-006', 'a public key that agrees on zero'); // KLT-ENV-006
    throw error;
  }
}

function requireSecret(secret: Uint8Array): void {
  if (secret.length !== SECRET_LENGTH) throw new UsageError('KLT-ENV-003', 'a secret that is not 32 bytes', { length: secret.length });
}

/**
 * Holds the bytes of an envelope against their lengths.
 * @throws DecodeError malformed
 * @see KLT-ENV-002
 */
export function checkEnvelope({ ciphertext, nonce }: Envelope): void {
  if (nonce.length !== NONCE_LENGTH) throw new DecodeError('malformed', 'KLT-ENV-002', 'a nonce that is not 24 bytes', { length: nonce.length }); // KLT-ENV-002
  if (ciphertext.length < TAG_LENGTH) throw new DecodeError('malformed', 'KLT-ENV-002', 'no room for a tag', { length: ciphertext.length }); // KLT-ENV-002
}

/**
 * Seals a message.
 * @param input secret of 32 bytes, entropy of 24
 * @throws DecodeError malformed for a message that is none and for key URIs, UnsupportedError and LimitError for key URIs; UnknownError
 * for keys; MismatchError where the message, the key URIs and the secret are not of the same ends; UsageError for the
 * lengths of secret and entropy
 * @see KLT-ENV-003
 */
export function sealEnvelope({ resolver, ...input }: SealEnvelopeInput, primitives: Primitives = noblePrimitives): Envelope {
  return sealIn(freshContext(resolver, primitives), input);
}

/** As sealEnvelope, in a context. */
export function sealIn(context: EnvelopeContext, { message, sender, receiverKeyUri, entropy: nonce }: Omit<SealEnvelopeInput, 'resolver'>): Envelope {
  const { parse, publicOf, agree: agreeOn, resolver, primitives } = context;
  requireSecret(sender.secret);
  if (nonce.length !== NONCE_LENGTH) throw new UsageError('KLT-ENV-018', 'entropy that is not 24 bytes', { length: nonce.length }); // KLT-ENV-018
  checkFrame(message);
  const from = parse(sender.keyUri);
  const to = parse(receiverKeyUri);
  if (message['sender'] !== from.did) throw new MismatchError('KLT-ENV-014', 'the sender does not own the sender\'s key'); // KLT-ENV-014
  if (message['receiver'] !== to.did) throw new MismatchError('KLT-ENV-014', 'the receiver does not own the receiver\'s key'); // KLT-ENV-014
  const own = resolveAgreementKey(from, resolver);
  const peer = resolveAgreementKey(to, resolver);
  if (!primitives.isEqual({ left: publicOf(sender.secret), right: own })) throw new MismatchError('KLT-ENV-015', 'the secret of another key'); // KLT-ENV-015
  const key = agreeOn(sender.secret, peer);
  const ciphertext = primitives.sealSecretbox({ key, nonce, plaintext: encodeMessage(message) }); // KLT-ENV-003
  return { ciphertext, nonce: nonce.slice(), senderKeyUri: from.uri, receiverKeyUri: to.uri };
}

/**
 * Opens an envelope.
 * @returns the message, with `receivedAt` where the envelope has it
 * @throws DecodeError malformed for what is no envelope and for content that is no message, UnsupportedError and LimitError for key URIs;
 * UnknownError for keys; MismatchError where envelope, message and keys name different ends; AuthenticationError, after
 * which nothing of the content is known; UsageError for the secret
 * @see KLT-ENV-003
 */
export function openEnvelope({ resolver, ...input }: OpenEnvelopeInput, primitives: Primitives = noblePrimitives): JsonObject {
  return openIn(freshContext(resolver, primitives), input);
}

/** As openEnvelope, in a context. */
export function openIn({ parse, agree: agreeOn, resolver, primitives }: EnvelopeContext, { envelope, receiver }: Omit<OpenEnvelopeInput, 'resolver'>): JsonObject {
  requireSecret(receiver.secret);
  checkEnvelope(envelope);
  const from = parse(envelope.senderKeyUri); // KLT-ENV-012
  const to = parse(envelope.receiverKeyUri); // KLT-ENV-012
  if (to.uri !== receiver.keyUri) throw new MismatchError('KLT-ENV-007', 'an envelope for another key'); // KLT-ENV-007
  const key = agreeOn(receiver.secret, resolveAgreementKey(from, resolver)); // KLT-ENV-013
  const message = readMessage(openBox(primitives, key, envelope));
  if (message['sender'] !== from.did) throw new MismatchError('KLT-ENV-008', 'the sender does not own the sender\'s key'); // KLT-ENV-008
  if (message['receiver'] !== to.did) throw new MismatchError('KLT-ENV-009', 'the receiver does not own the receiver\'s key'); // KLT-ENV-009
  const { receivedAt } = envelope;
  return { ...orderMessage(message), ...(receivedAt === undefined ? {} : { receivedAt }) }; // KLT-ENV-016
}

function openBox(primitives: Primitives, key: Uint8Array, { nonce, ciphertext }: Envelope): Uint8Array {
  try {
    return primitives.openSecretbox({ key, nonce, sealed: ciphertext });
  } catch (error) {
    if (error instanceof AuthenticationError) throw new AuthenticationError('KLT-ENV-005'); // KLT-ENV-005
    throw error;
  }
}

/** Reads what was sealed: authentic by now, and as wrong as its sender wanted it. */
function readMessage(plaintext: Uint8Array): JsonObject {
  const message = refusing('KLT-ENV-010', 'a content that is no JSON object', () => readJsonObject(plaintext)); // KLT-ENV-010
  refusing('KLT-ENV-011', 'a content that is no message', () => { checkFrame(message); }); // KLT-ENV-011
  if (Object.hasOwn(message, 'receivedAt')) throw new DecodeError('malformed', 'KLT-ENV-016', 'a time of receipt that was sealed'); // KLT-ENV-016
  return message;
}

/** Runs a check whose every refusal means one thing here. */
function refusing<Result>(clause: string, what: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof ProtocolError) throw new DecodeError('malformed', clause, what);
    throw error;
  }
}
