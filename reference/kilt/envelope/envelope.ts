/**
 * Envelopes: a message sealed from one DID to another.
 *
 *   ciphertext   NaCl's box (X25519, XSalsa20, Poly1305) of the message as JSON, under the key that the sender's and
 *                the receiver's key agree on
 *
 * Both ends can compute that key, so either could have made the envelope: it convinces the receiver and nobody else.
 * What the message says of its sender and receiver only counts where the keys say the same.
 */
import * as door from '../../kernel/door.ts';
import {
  AuthenticationError,
  DecodeError,
  ExpiredError,
  MismatchError,
  ProtocolError,
  UnsupportedError,
  UsageError,
  openAuthentic,
} from '../../kernel/errors.ts';
import { readJsonObject } from '../../kernel/json.ts';
import type { JsonObject } from '../../kernel/json.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { NONCE_LENGTH, SECRET_LENGTH, TAG_LENGTH } from './constants.ts';
import { parseKeyUri } from '../did/key-uri.ts';
import type { KeyUri } from '../did/key-uri.ts';
import { encodeMessage } from './message-json.ts';
import { DocumentDirectory, resolveAgreementKey, resolveKeyForOpening, resolverDoor } from '../did/resolver.ts';
import type { DidResolver } from '../did/resolver.ts';

/** An envelope in memory. */
export interface Envelope {
  /** When an intermediary received it, in milliseconds; not authenticated. */
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
  /** The text of the body in UTF-8, in place of one in `message`; it is sealed as it is. */
  readonly body?: Uint8Array | undefined;
  /** Seal also to a key whose secret half its DID publishes. */
  readonly exposed?: boolean | undefined;
  readonly sender: LocalKey;
  readonly receiver: { readonly keyUri: string };
  readonly resolver?: DidResolver | undefined;
  /** The nonce, 24 bytes that were never used before. */
  readonly entropy: Uint8Array;
}

/** What an envelope is opened with. */
export interface OpenEnvelopeInput {
  readonly envelope: Envelope;
  /** The receiver's own key; either this or `sender`. */
  readonly receiver?: LocalKey | undefined;
  /** The sender's own key, for reading what one sent. */
  readonly sender?: LocalKey | undefined;
  readonly resolver?: DidResolver | undefined;
}

/** An envelope at the door. */
export const envelopeDoor: door.Door<Envelope> = door.members<Envelope>({
  receivedAt: door.optional(door.count),
  ciphertext: door.bytes,
  nonce: door.bytes,
  senderKeyUri: door.text,
  receiverKeyUri: door.text,
});
/** A key of one's own at the door; its secret goes through a door of its own. */
export function localKeyDoor(secret: door.Door<Uint8Array>): door.Door<LocalKey> {
  return door.members<LocalKey>({ secret, keyUri: door.text });
}
const SEAL = door.members<SealEnvelopeInput>({
  message: door.json,
  body: door.optional(door.bytes),
  exposed: door.optional(door.flag),
  sender: localKeyDoor(door.bytes),
  receiver: door.members<SealEnvelopeInput['receiver']>({ keyUri: door.text }),
  resolver: door.optional(resolverDoor),
  entropy: door.bytes,
});
const OPEN = door.members<OpenEnvelopeInput>({
  envelope: envelopeDoor,
  receiver: door.optional(localKeyDoor(door.bytes)),
  sender: door.optional(localKeyDoor(door.bytes)),
  resolver: door.optional(resolverDoor),
});

/** Agrees on the key of a pair, 32 bytes. */
export type KeyAgreement = (secret: Uint8Array, publicKey: Uint8Array) => Uint8Array;

/** How key URIs are read and keys are agreed on; an endpoint remembers both. */
export interface EnvelopeContext {
  readonly resolver: DidResolver;
  readonly primitives: Primitives;
  readonly parse: (keyUri: string) => KeyUri;
  readonly agree: KeyAgreement;
}

const NOBODY: DidResolver = new DocumentDirectory();

/** @returns a context that remembers nothing */
export function freshContext(resolver: DidResolver | undefined, primitives: Primitives): EnvelopeContext {
  return {
    resolver: resolver ?? NOBODY,
    primitives,
    parse: (keyUri) => parseKeyUri(keyUri, primitives),
    agree: (secret, publicKey) => agree(secret, publicKey, primitives),
  };
}

/**
 * NaCl's beforenm.
 * @throws DecodeError malformed for a public key that agrees on zero with everyone
 */
function agree(secret: Uint8Array, publicKey: Uint8Array, primitives: Primitives): Uint8Array {
  try {
    return primitives.deriveBoxKey({ secret, publicKey });
  } catch (error) {
    if (error instanceof AuthenticationError) throw new DecodeError('malformed', 'KLT-ENV-006', 'a public key that agrees on zero');
    throw error;
  }
}

function requireSecret(secret: Uint8Array): void {
  if (secret.length !== SECRET_LENGTH) throw new UsageError('KLT-ENV-003', 'a secret that is not 32 bytes', { length: secret.length });
}

/**
 * Holds the bytes of an envelope against their lengths.
 * @throws DecodeError malformed for the nonce, truncated for the ciphertext
 * @see KLT-ENV-011
 */
export function checkLengths({ ciphertext, nonce }: Envelope): void {
  if (nonce.length !== NONCE_LENGTH)
    throw new DecodeError('malformed', 'KLT-ENV-018', 'a nonce that is not 24 bytes', { length: nonce.length });
  if (ciphertext.length < TAG_LENGTH) throw new DecodeError('truncated', 'KLT-ENV-011', 'no room for a tag', { length: ciphertext.length });
}

/** Holds what a message says of its ends against the keys that it travels under. */
function checkEnds(message: JsonObject, sender: KeyUri, receiver: KeyUri): void {
  if (message['sender'] !== sender.did) throw new MismatchError('KLT-ENV-008', "the sender is not the owner of the sender's key");
  if (message['receiver'] !== receiver.did) throw new MismatchError('KLT-ENV-009', "the receiver is not the owner of the receiver's key");
}

/** A former key opens what was created while it was in use. */
function checkValidity({ createdAt }: JsonObject, validUntil: number | undefined): void {
  if (validUntil === undefined) return;
  if (typeof createdAt !== 'number' || !Number.isSafeInteger(createdAt) || createdAt > validUntil)
    throw new ExpiredError('KLT-ENV-028', 'created when the key was no longer in use');
}

/**
 * Seals a message.
 * @param input secret of 32 bytes, entropy of 24
 * @throws DecodeError malformed, UnsupportedError and LimitError for key URIs; UnknownError for keys; MismatchError where the message names
 * other ends; EncodeError for what JSON cannot hold; UsageError for the lengths of secret and entropy
 * @see KLT-ENV-003
 */
export function sealEnvelope(input: SealEnvelopeInput, primitives: Primitives): Envelope {
  const { resolver, ...content } = SEAL(input, 'input');
  return sealIn(freshContext(resolver, primitivesDoor.primitives(primitives, 'primitives')), content);
}

/** As sealEnvelope, in a context. */
export function sealIn(
  { parse, agree: agreeOn, resolver, primitives }: EnvelopeContext,
  { message, body, exposed = false, sender, receiver, entropy: nonce }: Omit<SealEnvelopeInput, 'resolver'>,
): Envelope {
  requireSecret(sender.secret);
  if (nonce.length !== NONCE_LENGTH) throw new UsageError('KLT-ENV-018', 'entropy that is not 24 bytes', { length: nonce.length });
  const from = parse(sender.keyUri);
  const to = parse(receiver.keyUri);
  checkEnds(message, from, to);
  if (to.parsed.kind === 'light' && to.parsed.secretExposed === true && !exposed)
    throw new UnsupportedError('KLT-ENV-027', 'a DID that publishes the secret of its key');
  const plaintext = encodeMessage(message, body);
  const key = agreeOn(sender.secret, resolveAgreementKey(to, resolver));
  const ciphertext = primitives.sealSecretbox({ key, nonce, plaintext }); // KLT-ENV-003
  return { ciphertext, nonce: nonce.slice(), senderKeyUri: from.uri, receiverKeyUri: to.uri };
}

/**
 * Opens an envelope, as its receiver or as its sender.
 * @returns the message, with `receivedAt` where the envelope has it
 * @throws DecodeError, UnsupportedError and LimitError for key URIs, lengths and a message other than a JSON object; UnknownError for keys;
 * MismatchError where envelope, message and keys name different ends; ExpiredError for a key that was no longer in use;
 * AuthenticationError, after which nothing of the
 * content is known; UsageError for the secret
 * @see KLT-ENV-003
 */
export function openEnvelope(input: OpenEnvelopeInput, primitives: Primitives): JsonObject {
  const { resolver, ...content } = OPEN(input, 'input');
  return openIn(freshContext(resolver, primitivesDoor.primitives(primitives, 'primitives')), content);
}

/** As openEnvelope, in a context. */
export function openIn(
  { parse, agree: agreeOn, resolver, primitives }: EnvelopeContext,
  { envelope, receiver, sender }: Omit<OpenEnvelopeInput, 'resolver'>,
): JsonObject {
  const own = receiver ?? sender;
  if (own !== undefined) requireSecret(own.secret);
  checkLengths(envelope);
  const from = parse(envelope.senderKeyUri);
  const to = parse(envelope.receiverKeyUri);
  if (own === undefined || (receiver !== undefined && sender !== undefined))
    throw new DecodeError('malformed', 'KLT-ENV-029', 'an envelope is opened with one secret');
  if (receiver !== undefined && to.uri !== receiver.keyUri) throw new MismatchError('KLT-ENV-007', 'an envelope for another key');
  if (sender !== undefined && from.uri !== sender.keyUri) throw new MismatchError('KLT-ENV-029', 'an envelope from another key');
  const peer = resolveKeyForOpening(receiver === undefined ? to : from, resolver);
  const key = agreeOn(own.secret, peer.publicKey);
  const message = readMessage(openBox(primitives, key, envelope));
  checkEnds(message, from, to);
  checkValidity(message, peer.validUntil);
  const { receivedAt: _claimed, ...sealed } = message; // KLT-ENV-016: the time of receipt is unknown when sealing
  return envelope.receivedAt === undefined ? sealed : { ...sealed, receivedAt: envelope.receivedAt };
}

function openBox(primitives: Primitives, key: Uint8Array, { nonce, ciphertext }: Envelope): Uint8Array {
  return openAuthentic('KLT-ENV-005', () => primitives.openSecretbox({ key, nonce, sealed: ciphertext }));
}

function readMessage(plaintext: Uint8Array): JsonObject {
  try {
    return readJsonObject(plaintext);
  } catch (error) {
    if (error instanceof ProtocolError) throw new DecodeError('malformed', 'KLT-ENV-010', 'an authentic content that is no JSON object');
    throw error;
  }
}
