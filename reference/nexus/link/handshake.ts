/**
 * The three messages of a link: request, proof, identification.
 *
 *   A -> B   request          flags 02, destination B    version 1, features u16, eph A 32
 *   B -> A   proof            flags 0f, link id          eph B 32, sealed: key B 32, signature 64, clock u64, features u16
 *   A -> B   identification   flags 0c, link id          counter 0, sealed: key A, signature, clock, features, clock of B
 *
 * Who listens learns B's address, which B announces itself, and nothing of A.
 */
import { EMPTY, Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { AuthenticationError, DecodeError, MismatchError, UnsupportedError, openAuthentic } from '../../kernel/errors.ts';
import { wipe } from '../../kernel/wipe.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { NEXUS_KEY_LENGTH, deriveDestinationHash, deriveNexusIdentity } from '../identity/identity.ts';
import { NEXUS_SIGNATURE_LENGTH, signForNexus, requireSignatureOf } from '../identity/signature.ts';
import { ADDRESS_LENGTH, PACKET_CONTEXTS, decodeNexusPacket, encodeNexusPacket } from '../packet/packet.ts';
import { LINK_KEY_LENGTH, TAG_LENGTH } from './constants.ts';
import type { LinkWait } from './constants.ts';
import { linkAad, linkNonce, openLinkPacket, sealLinkPacket } from './sealed.ts';
import type { SealedPacket } from './sealed.ts';

/** What a handshake needs. */
export type LinkPrimitives = Pick<
  Primitives,
  | 'blake2b'
  | 'deriveX25519Public'
  | 'deriveX25519Shared'
  | 'deriveEd25519Public'
  | 'convertEd25519Public'
  | 'convertEd25519Secret'
  | 'signEd25519'
  | 'verifyEd25519'
  | 'sealChacha20Poly1305'
  | 'openChacha20Poly1305'
>;

/** Which end of a link. */
export type LinkRole = 'initiator' | 'responder';

/** NXS-LNK-002. */
const VERSION = 1;
/** NXS-LNK-003. */
const FEATURES = 0;
/** NXS-LNK-004: what a link id is the digest of, besides destination and data. */
const ID_TEXT: Uint8Array = Uint8Array.from('nexus-1 link id\0', (character) => character.charCodeAt(0));
const PROOF_FLAGS = 0x0f;

/** The keys of a link, one for each direction. */
export interface LinkKeyPair {
  /** Seals what the initiator sends, 32 bytes. */
  readonly initiatorKey: Uint8Array;
  /** Seals what the responder sends, 32 bytes. */
  readonly responderKey: Uint8Array;
}

const KEYING = door.members<LinkKeying>({
  role: door.oneOf<LinkRole>('initiator', 'responder'),
  secret: door.bytes,
  peerKey: door.bytes,
  previous: door.optional(door.bytes),
});

/** What keys are derived from. */
export interface LinkKeying {
  readonly role: LinkRole;
  /** Ephemeral, of X25519, 32 bytes. */
  readonly secret: Uint8Array;
  /** Of the other side, 32 bytes. */
  readonly peerKey: Uint8Array;
  /** Both keys so far, 64 bytes. */
  readonly previous?: Uint8Array | undefined;
}

/**
 * Derives the keys of a link, or those that replace others.
 * @throws DecodeError malformed; AuthenticationError if the shared secret is all zero
 * @see NXS-LNK-006
 */
export function deriveLinkKeys(input: LinkKeying, primitives: LinkPrimitives): LinkKeyPair {
  const { role, secret, peerKey, previous } = KEYING(input, 'input');
  primitivesDoor.agreement(primitives, 'primitives');
  if (secret.length !== NEXUS_KEY_LENGTH || peerKey.length !== NEXUS_KEY_LENGTH || (previous?.length ?? 64) !== 2 * LINK_KEY_LENGTH) {
    throw new DecodeError('malformed', 'NXS-LNK-006', 'an ephemeral key is 32 bytes and a pair of keys 64');
  }
  const own = primitives.deriveX25519Public({ secret });
  const shared = openAuthentic('NXS-LNK-005', () => primitives.deriveX25519Shared({ secret, publicKey: peerKey }));
  const ephemerals = role === 'initiator' ? [own, peerKey] : [peerKey, own]; // NXS-RKY-002
  const message = concat([shared, ...ephemerals, previous ?? EMPTY]);
  const okm = primitives.blake2b({ message, outputLength: 2 * LINK_KEY_LENGTH });
  const keys = { initiatorKey: okm.slice(0, LINK_KEY_LENGTH), responderKey: okm.slice(LINK_KEY_LENGTH) };
  wipe(shared, message, okm);
  return keys;
}

/**
 * Makes a link request.
 * @returns 54 bytes
 * @throws DecodeError malformed
 * @see NXS-LNK-001
 */
export function encodeLinkRequest(
  input: { readonly destination: Uint8Array; readonly secret: Uint8Array },
  primitives: LinkPrimitives,
): Uint8Array {
  const { destination, secret } = door.members<typeof input>({ destination: door.bytes, secret: door.bytes })(input, 'input');
  primitivesDoor.agreement(primitives, 'primitives');
  if (destination.length !== ADDRESS_LENGTH || secret.length !== NEXUS_KEY_LENGTH) {
    throw new DecodeError('malformed', 'NXS-LNK-001', 'a destination is 16 bytes and a secret 32');
  }
  const data = concat([Uint8Array.of(VERSION, FEATURES, FEATURES), primitives.deriveX25519Public({ secret })]);
  return encodeNexusPacket({ destinationType: 'single', packetType: 'link-request', hops: 0, destination, context: 0, data });
}

/** A link request, taken apart. */
export interface LinkRequest {
  /** Of the responder. */
  readonly destination: Uint8Array;
  /** Of the initiator. */
  readonly ephemeral: Uint8Array;
  readonly linkId: Uint8Array;
}

/**
 * Reads a link request.
 * @throws DecodeError; LimitError; UnsupportedError
 * @see NXS-LNK-001
 */
export function decodeLinkRequest(request: Uint8Array, primitives: Pick<Primitives, 'blake2b'>): LinkRequest {
  primitivesDoor.blake2b(primitives, 'primitives');
  const { packetType, destinationType, context, transport, destination, data } = decodeNexusPacket(request);
  if (packetType !== 'link-request' || destinationType !== 'single' || context !== 0 || transport !== undefined) {
    throw new DecodeError('malformed', 'NXS-LNK-001', 'not a link request', { packetType, destinationType, context });
  }
  const reader = new Reader(data);
  const version = reader.u8('NXS-LNK-013');
  if (version !== VERSION) throw new UnsupportedError('NXS-LNK-002', 'another version of links', { version }); // may be longer
  const features = readFeatures(reader);
  const ephemeral = reader.take(NEXUS_KEY_LENGTH, 'NXS-LNK-013').slice();
  requireEnd(reader);
  requireFeatures(features);
  const digest = primitives.blake2b({ message: concat([ID_TEXT, destination, data]), outputLength: 32 });
  return { destination, ephemeral, linkId: digest.slice(0, ADDRESS_LENGTH) };
}

function readFeatures(reader: Reader): number {
  return new DataView(reader.take(2, 'NXS-LNK-013').slice().buffer).getUint16(0, true);
}
function requireFeatures(features: number): void {
  if (features !== FEATURES) throw new UnsupportedError('NXS-LNK-003', 'features that are not defined', { features });
}
function requireEnd(reader: Reader): void {
  if (reader.remaining > 0) throw new DecodeError('trailing', 'NXS-LNK-013', 'bytes after the end', { length: reader.remaining });
}
function readU64(reader: Reader): bigint {
  return new DataView(reader.take(8, 'NXS-LNK-013').slice().buffer).getBigUint64(0, true);
}

/** NXS-LNK-008: what the responder signs. */
function proofMessage({ destination, ephemeral }: LinkRequest, own: Uint8Array): Uint8Array {
  return concat([destination, ephemeral, own]);
}
/** NXS-LNK-011: what the initiator signs. */
function identifyMessage({ linkId, ephemeral }: LinkRequest, peer: Uint8Array, responderKey: Uint8Array): Uint8Array {
  return concat([linkId, ephemeral, peer, responderKey]);
}

const PROVING = door.members<LinkProving>({ seed: door.bytes, secret: door.bytes, request: door.bytes, clock: door.bigint });
/** What a proof is made from. */
export interface LinkProving {
  /** Of the identity of the responder, 32 bytes. */
  readonly seed: Uint8Array;
  /** Ephemeral, of X25519, 32 bytes. */
  readonly secret: Uint8Array;
  readonly request: Uint8Array;
  /** Milliseconds since 1970; 0 if unknown. */
  readonly clock: bigint;
}

/**
 * Answers a link request.
 * @returns 173 bytes
 * @throws MismatchError for another destination; whatever `decodeLinkRequest` and `deriveLinkKeys` throw
 * @see NXS-LNK-007
 */
export function proveLink(input: LinkProving, primitives: LinkPrimitives): Uint8Array {
  const { seed, secret, request, clock } = PROVING(input, 'input');
  primitivesDoor.agreement(primitives, 'primitives');
  const requested = decodeLinkRequest(request, primitives);
  const { publicKey, destinationHash } = deriveNexusIdentity(seed, primitives);
  requireDestination(requested, destinationHash);
  const { responderKey } = deriveLinkKeys({ role: 'responder', secret, peerKey: requested.ephemeral }, primitives);
  const ephemeral = primitives.deriveX25519Public({ secret });
  const signature = signForNexus({ seed, purpose: 'nexus-1 link r', message: proofMessage(requested, ephemeral) }, primitives);
  const plaintext = concat([publicKey, signature, leBytes(clock, 8, 'NXS-LNK-007'), Uint8Array.of(FEATURES, FEATURES)]);
  const sealed = primitives.sealChacha20Poly1305({ key: responderKey, nonce: linkNonce(0), plaintext, aad: proofAad(requested.linkId) });
  return encodeNexusPacket({
    destinationType: 'link',
    packetType: 'proof',
    hops: 0,
    destination: requested.linkId,
    context: PACKET_CONTEXTS.proof,
    data: concat([ephemeral, sealed]),
  });
}

function proofAad(linkId: Uint8Array): Uint8Array {
  return linkAad(PROOF_FLAGS, linkId, linkId, PACKET_CONTEXTS.proof);
}
function requireDestination({ destination }: LinkRequest, own: Uint8Array): void {
  if (compare(destination, own) !== 0) throw new MismatchError('NXS-LNK-014', 'a link request for somebody else');
}
/** What a proof says. */
export interface LinkProof {
  /** Of the responder, Ed25519. */
  readonly publicKey: Uint8Array;
  readonly clock: bigint;
  readonly linkId: Uint8Array;
}
const VERIFYING = door.members<LinkVerifying>({ secret: door.bytes, request: door.bytes, proof: door.bytes });
/** What a proof is verified with. */
export interface LinkVerifying {
  /** Ephemeral, of the request, 32 bytes. */
  readonly secret: Uint8Array;
  readonly request: Uint8Array;
  readonly proof: Uint8Array;
}

/**
 * Opens a proof as the initiator.
 * @throws DecodeError; MismatchError for another link; UnsupportedError; LimitError; AuthenticationError
 * @see NXS-LNK-007
 */
export function verifyLinkProof(
  input: LinkVerifying,
  primitives: LinkPrimitives,
): LinkProof & { readonly ephemeral: Uint8Array; readonly keys: LinkKeyPair } {
  const { secret, request, proof } = VERIFYING(input, 'input');
  primitivesDoor.agreement(primitives, 'primitives');
  const requested = decodeLinkRequest(request, primitives);
  const { packetType, destinationType, context, transport, destination, data } = decodeNexusPacket(proof);
  if (packetType !== 'proof' || destinationType !== 'link' || context !== PACKET_CONTEXTS.proof || transport !== undefined) {
    throw new DecodeError('malformed', 'NXS-LNK-007', 'not the proof of a link', { packetType, destinationType, context });
  }
  if (compare(destination, requested.linkId) !== 0) throw new MismatchError('NXS-LNK-004', 'the proof of another link');
  const outer = new Reader(data);
  const ephemeral = outer.take(NEXUS_KEY_LENGTH, 'NXS-LNK-013').slice();
  const sealed = outer.rest();
  if (sealed.length < TAG_LENGTH) throw new DecodeError('truncated', 'NXS-LNK-013', 'no room for a tag', { length: sealed.length });
  const keys = deriveLinkKeys({ role: 'initiator', secret, peerKey: ephemeral }, primitives);
  const inside = openAuthentic('NXS-LNK-012', () =>
    primitives.openChacha20Poly1305({ key: keys.responderKey, nonce: linkNonce(0), sealed, aad: proofAad(requested.linkId) }),
  );
  const reader = new Reader(inside);
  const publicKey = reader.take(NEXUS_KEY_LENGTH, 'NXS-LNK-013').slice();
  const signature = reader.take(NEXUS_SIGNATURE_LENGTH, 'NXS-LNK-013').slice();
  const clock = readU64(reader);
  const features = readFeatures(reader);
  requireEnd(reader);
  requireFeatures(features);
  if (compare(deriveDestinationHash(publicKey, primitives), requested.destination) !== 0) throw new AuthenticationError('NXS-LNK-009');
  requireSignatureOf(
    'NXS-LNK-008',
    { publicKey, purpose: 'nexus-1 link r', message: proofMessage(requested, ephemeral), signature },
    primitives,
  );
  return { publicKey, clock, linkId: requested.linkId, ephemeral, keys };
}

const IDENTIFYING = door.members<LinkIdentifying>({
  seed: door.bytes,
  secret: door.bytes,
  request: door.bytes,
  ephemeral: door.bytes,
  responderKey: door.bytes,
  responderClock: door.bigint,
  clock: door.bigint,
});
/** What an identification is made from. */
export interface LinkIdentifying extends LinkProving {
  /** Of the responder, from its proof, 32 bytes. */
  readonly ephemeral: Uint8Array;
  /** Ed25519, 32 bytes. */
  readonly responderKey: Uint8Array;
  readonly responderClock: bigint;
}

/**
 * Makes the identification of the initiator.
 * @returns 153 bytes
 * @throws whatever `decodeLinkRequest` and `deriveLinkKeys` throw
 * @see NXS-LNK-010
 */
export function identifyOnLink(input: LinkIdentifying, primitives: LinkPrimitives): Uint8Array {
  const { seed, secret, request, ephemeral, responderKey, responderClock, clock } = IDENTIFYING(input, 'input');
  primitivesDoor.agreement(primitives, 'primitives');
  const requested = decodeLinkRequest(request, primitives);
  const { publicKey } = deriveNexusIdentity(seed, primitives);
  const { initiatorKey } = deriveLinkKeys({ role: 'initiator', secret, peerKey: ephemeral }, primitives);
  const message = identifyMessage(requested, ephemeral, responderKey);
  const signature = signForNexus({ seed, purpose: 'nexus-1 link i', message }, primitives);
  const content = concat([
    publicKey,
    signature,
    leBytes(clock, 8, 'NXS-LNK-007'),
    Uint8Array.of(FEATURES, FEATURES),
    leBytes(responderClock, 8, 'NXS-LNK-007'),
  ]);
  return sealLinkPacket(
    { key: initiatorKey, linkId: requested.linkId, context: PACKET_CONTEXTS.identify, phase: 0, count: 0, content },
    primitives,
  );
}

/** What an identification says. */
export interface LinkIdentification {
  /** Of the initiator, Ed25519. */
  readonly publicKey: Uint8Array;
  readonly clock: bigint;
  readonly responderClock: bigint;
}
const RECOGNIZING = door.members<LinkRecognizing>({
  seed: door.bytes,
  secret: door.bytes,
  request: door.bytes,
  identification: door.bytes,
});
/** What an identification is verified with. */
export interface LinkRecognizing extends Omit<LinkProving, 'clock'> {
  readonly identification: Uint8Array;
}

/**
 * Opens an identification as the responder.
 * @throws DecodeError; MismatchError; UnsupportedError; LimitError; AuthenticationError
 * @see NXS-LNK-010
 */
export function recognizeOnLink(input: LinkRecognizing, primitives: LinkPrimitives): LinkIdentification {
  const { seed, secret, request, identification } = RECOGNIZING(input, 'input');
  primitivesDoor.agreement(primitives, 'primitives');
  const requested = decodeLinkRequest(request, primitives);
  const own = deriveNexusIdentity(seed, primitives);
  requireDestination(requested, own.destinationHash);
  const { initiatorKey } = deriveLinkKeys({ role: 'responder', secret, peerKey: requested.ephemeral }, primitives);
  const opened = openLinkPacket({ key: initiatorKey, packet: identification }, primitives);
  const ephemeral = primitives.deriveX25519Public({ secret });
  return readIdentification(opened, { requested, ephemeral, publicKey: own.publicKey }, primitives);
}

/** What an identification that was opened is read against. */
export interface LinkExpectation {
  readonly requested: LinkRequest;
  /** Of the responder, from its proof, 32 bytes. */
  readonly ephemeral: Uint8Array;
  /** Of the responder, Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

/**
 * Reads an identification that was opened, and verifies its signature. No secret is needed for it.
 * @throws DecodeError; UnsupportedError; AuthenticationError
 * @see NXS-LNK-010
 */
export function readIdentification(
  opened: SealedPacket,
  { requested, ephemeral, publicKey: responderKey }: LinkExpectation,
  primitives: LinkPrimitives,
): LinkIdentification {
  const { context, count, phase, linkId, content } = opened;
  if (context !== PACKET_CONTEXTS.identify || count !== 0 || phase !== 0 || compare(linkId, requested.linkId) !== 0) {
    throw new DecodeError('malformed', 'NXS-LNK-010', 'not the identification of this link', { context, count, phase });
  }
  const reader = new Reader(content);
  const publicKey = reader.take(NEXUS_KEY_LENGTH, 'NXS-LNK-013').slice();
  const signature = reader.take(NEXUS_SIGNATURE_LENGTH, 'NXS-LNK-013').slice();
  const clock = readU64(reader);
  const features = readFeatures(reader);
  const responderClock = readU64(reader);
  requireEnd(reader);
  requireFeatures(features);
  const message = identifyMessage(requested, ephemeral, responderKey);
  requireSignatureOf('NXS-LNK-011', { publicKey, purpose: 'nexus-1 link i', message, signature }, primitives);
  return { publicKey, clock, responderClock };
}

/**
 * Which of two links stays that two neighbours have begun with each other at once.
 * @param local destination hash, 16 bytes
 * @param remote destination hash, 16 bytes
 * @throws DecodeError malformed for other lengths, or if both are the same
 * @see NXS-LNK-025
 */
export function crossedLink(local: Uint8Array, remote: Uint8Array): 'begun' | 'accepted' {
  const [own, other] = [door.bytes(local, 'local'), door.bytes(remote, 'remote')];
  if (own.length !== ADDRESS_LENGTH || other.length !== ADDRESS_LENGTH || compare(own, other) === 0) {
    throw new DecodeError('malformed', 'NXS-LNK-025', 'not the destination hashes of two nodes');
  }
  return compare(own, other) < 0 ? 'begun' : 'accepted'; // bytewise
}

const WAIT = door.members<LinkWait>({
  leastMs: door.count,
  airtimeCount: door.count,
  airtimeUs: door.count,
  exchangeUs: door.count,
  dutyPermille: door.optional(door.between(1, 1000)),
});

/**
 * How long a time-out is on a link.
 * @returns milliseconds
 * @throws UsageError for a budget that allows nothing, or more than all of the time
 * @see NXS-LNK-028
 */
export function linkWaitMs(input: LinkWait): number {
  const { leastMs, airtimeCount, airtimeUs, exchangeUs, dutyPermille } = WAIT(input, 'input');
  // Microseconds by thousandths are milliseconds.
  const extraMs = dutyPermille === undefined ? 0 : Math.ceil(exchangeUs / dutyPermille);
  return Math.max(leastMs, Math.ceil((airtimeCount * airtimeUs) / 1000)) + extraMs;
}
