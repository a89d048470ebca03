/**
 * Cipher sets: what a set of algorithms must do to carry messages and channel packets, and nothing of packets around.
 *
 *   message          outer packet: HEAD = CSID, BODY = what `sealMessage` makes
 *   channel packet   outer packet: no HEAD, BODY = token of the receiver, then what `sealChannel` makes
 *
 * A message is sealed with two key pairs on each side in mind: the identity keys, which last, and the sender's ephemeral
 * key, which lasts as long as an exchange. Anyone who has the recipient's identity secret opens it, today or in ten
 * years (E3X-MSG-007); anyone who has the sender's identity key as well can say who wrote it (E3X-MSG-008). Channel packets are sealed with
 * keys made of both ephemeral keys and of nothing that lasts (E3X-CHP-005), so they become unreadable when these are
 * forgotten.
 *
 * Each set is one frozen object. Faults are told apart the same way in all of them: a BODY that is too short is
 * truncated, an invalid public key is malformed, and whatever fails to authenticate is an AuthenticationError
 * without detail. A secret, key or entropy of the wrong length is the local caller's fault (UsageError), except that a
 * secret of cipher set 1a which is not a scalar of 20 bytes is malformed (E3X-CS1-010).
 */
import { compare } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { AuthenticationError, DecodeError, UsageError } from '../../kernel/errors.ts';
import type { Primitives, SecretInput } from '../../primitives/primitives.ts';

/** The sender's secrets of one exchange; all of them stay the same for all its messages. */
export interface EphemeralSecrets extends SecretInput {
  /** The AES key inside KEYS, 32 bytes; cipher set 2a only. */
  readonly aes?: Uint8Array | undefined;
  /** The seed of OAEP, 20 bytes; needed for sealing with cipher set 2a only. */
  readonly seed?: Uint8Array | undefined;
}

/** Who seals messages to whom: the same for all messages of an exchange. */
export interface SealParties {
  /** The sender's identity secret. */
  readonly sender: SecretInput;
  readonly ephemeral: EphemeralSecrets;
  /** The recipient's identity key, as it came from outside. */
  readonly recipientKey: Uint8Array;
}

/** What is sealed, in a message or a channel packet. */
export interface SealContent {
  /** A packet. */
  readonly inner: Uint8Array;
  /** As many bytes as `entropyLength` says, never used twice with one ephemeral or channel key. */
  readonly entropy: Uint8Array;
}

/** Who opens messages, and from whom they are expected. */
export interface OpenParties {
  /** The recipient's identity secret. */
  readonly recipient: SecretInput;
  /** The identity key of the expected sender; without it nothing is said of the sender. */
  readonly senderKey?: Uint8Array | undefined;
}

/** What came out of a message. */
export interface OpenedMessage {
  readonly inner: Uint8Array;
  /** Present where the sender's key was given, and then always true: a message that does not verify is not opened. */
  readonly verified?: true;
  /** The sender's ephemeral public key. */
  readonly ephemeralKey: Uint8Array;
}

/** Seals messages between the same parties; it holds what they agreed on, so it lives no longer than their exchange. */
export interface BodySealer {
  /** The field in front of every BODY, at least 16 bytes: the token is made of its first 16 (E3X-MSG-004). */
  readonly front: Uint8Array;

  /**
   * Seals a message.
   * @returns the fields of BODY in their order, to be joined with what is in front of them at once
   * @throws UsageError
   */
  seal(content: SealContent): readonly Uint8Array[];
}

/** Opens messages between the same parties; like the sealer it holds secrets. */
export interface BodyOpener {
  /**
   * Opens the BODY of a message, and verifies it where the sender's key was given.
   * @throws UsageError; DecodeError truncated or malformed; AuthenticationError, after which it opens the next as before
   */
  open(body: Uint8Array): OpenedMessage;
}

/** What channel keys are derived from. */
export interface ChannelKeysInput {
  /** Our secrets of the exchange: the `secret`, and `aes` with cipher set 2a. */
  readonly ephemeral: EphemeralSecrets;
  /** Our identity secret, which cipher set 2a needs to read the other side's KEYS. */
  readonly recipient?: SecretInput | undefined;
  /** BODY of a message from the other side. */
  readonly body: Uint8Array;
}

/** The two keys of a channel, as one side sees them; the other side has them the other way round. */
export interface ChannelKeys {
  readonly encryptKey: Uint8Array;
  readonly decryptKey: Uint8Array;
}

/** What the content of a channel packet is sealed with. */
export interface ChannelSealInput extends SealContent {
  readonly key: Uint8Array;
}

/** What the content of a channel packet is opened with. */
export interface ChannelOpenInput {
  readonly key: Uint8Array;
  /** Everything after the token. */
  readonly sealed: Uint8Array;
}

/** One cipher set. Lengths of keys and entropy of channels, and the packets within, are checked by who calls it. */
export interface CipherSet {
  /** Two lower-case hexadecimal digits. */
  readonly csid: string;
  /** Bytes of entropy of a message or channel packet: the IV or nonce. */
  readonly entropyLength: number;
  /** Bytes of a channel key. */
  readonly channelKeyLength: number;
  /** Bytes that sealing adds to the content of a channel packet. */
  readonly channelOverhead: number;

  /**
   * Agrees with the recipient once, for all messages of an exchange.
   * @throws UsageError; DecodeError malformed for the recipient's key
   */
  createMessageSealer(parties: SealParties, primitives: Primitives): BodySealer;

  /**
   * Agrees with the expected sender once; what has to be agreed on with the ephemeral key of a message is remembered from
   * one message to the next.
   * @throws UsageError; DecodeError malformed for the sender's key
   */
  createMessageOpener(parties: OpenParties, primitives: Primitives): BodyOpener;

  /**
   * What of the BODY of a message its last field authenticates: everything before it.
   * @throws DecodeError truncated
   */
  authenticatedPart(body: Uint8Array): Uint8Array;

  /**
   * Derives both keys of a channel. The message they come from is not verified here: who calls has opened it before.
   * @throws UsageError; DecodeError truncated or malformed; AuthenticationError
   */
  deriveChannelKeys(input: ChannelKeysInput, primitives: Primitives): ChannelKeys;

  /**
   * Seals the content of a channel packet.
   * @returns the fields after the token in their order
   */
  sealChannel(input: ChannelSealInput, primitives: Primitives): readonly Uint8Array[];

  /**
   * Opens the content of a channel packet.
   * @throws DecodeError truncated; AuthenticationError
   */
  openChannel(input: ChannelOpenInput, primitives: Primitives): Uint8Array;
}

/** A secret at the door; its bytes go through a door of their own. */
export function secretDoor(bytes: door.Door<Uint8Array>): door.Door<SecretInput> {
  return door.members<SecretInput>({ secret: bytes });
}

/** Secrets of an exchange at the door. */
export function ephemeralDoor(bytes: door.Door<Uint8Array>): door.Door<EphemeralSecrets> {
  return door.members<EphemeralSecrets>({ secret: bytes, aes: door.optional(bytes), seed: door.optional(bytes) });
}

/** What is sealed, at the door. */
export const contentDoor: door.Door<SealContent> = door.members<SealContent>({ inner: door.bytes, entropy: door.bytes });

/**
 * Refuses a secret, key or entropy of the local caller.
 * @throws UsageError unless the bytes are there and as long as they should be
 */
export function requireLength(bytes: Uint8Array | undefined, length: number, clause: string, name: string): asserts bytes is Uint8Array {
  if (bytes?.length !== length)
    throw new UsageError(clause, `wrong length of ${name}`, { length: bytes?.length ?? 'missing', needed: length });
}

/**
 * Agrees on a secret with a public key from outside. A key of another length, off its curve or without a usable result is not a key,
 * and says nothing of any secret.
 * @throws DecodeError malformed, always with the clause given
 */
export function agree(publicKey: Uint8Array, keyLength: number, clause: string, run: (publicKey: Uint8Array) => Uint8Array): Uint8Array {
  if (publicKey.length !== keyLength)
    throw new DecodeError('malformed', clause, 'wrong length of a public key', { length: publicKey.length });
  try {
    return run(publicKey);
  } catch (error) {
    if (error instanceof DecodeError || error instanceof AuthenticationError)
      throw new DecodeError('malformed', clause, 'not a public key');
    throw error;
  }
}

/**
 * Remembers the result of the last call: the messages of an exchange all carry the same ephemeral key, and agreeing with
 * it costs a hundred times what all else does. Only what came out is remembered, never a failure.
 * @param run its result depends on the bytes alone
 */
export function rememberLast<Result>(run: (bytes: Uint8Array) => Result): (bytes: Uint8Array) => Result {
  let last: { readonly bytes: Uint8Array; readonly result: Result } | undefined;
  return (bytes) => {
    if (last === undefined || compare(last.bytes, bytes) !== 0) last = { bytes: bytes.slice(), result: run(bytes) };
    return last.result;
  };
}

/**
 * Separates the tag at the end of something.
 * @returns views on everything before the tag, and on the tag
 * @throws DecodeError truncated where both together would be shorter than `lengthMin`
 */
export function splitTag(
  bytes: Uint8Array,
  tagLength: number,
  lengthMin: number,
  clause: string,
): { readonly front: Uint8Array; readonly tag: Uint8Array } {
  requireAtLeast(bytes, lengthMin, clause);
  const end = bytes.length - tagLength;
  return { front: bytes.subarray(0, end), tag: bytes.subarray(end) };
}

/**
 * Refuses what ends too early.
 * @throws DecodeError truncated
 */
export function requireAtLeast(bytes: Uint8Array, lengthMin: number, clause: string): void {
  if (bytes.length < lengthMin)
    throw new DecodeError('truncated', clause, 'no room for all fields', { length: bytes.length, needed: lengthMin });
}
