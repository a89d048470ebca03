/**
 * Cipher set 1a: as few bytes as possible, for the smallest devices. Its HMAC has 32 bits, so forging one by trying is
 * not out of reach; it is a legacy, to be switched on only when needed.
 *
 *   0          21       25                        -4
 *   +----------+--------+-------------------------+---------+
 *   | KEY      | IV     | inner packet, encrypted | HMAC    |      BODY of a message
 *   | 21 bytes | 4      | as long as the packet   | 4       |
 *   +----------+--------+-------------------------+---------+
 *
 *              0        4                         -4
 *              +--------+-------------------------+---------+
 *              | IV     | inner packet, encrypted | HMAC    |      after the token of a channel packet
 *              +--------+-------------------------+---------+
 *
 *   message key   fold(SHA-256(ECDH(ephemeral, recipient)))            AES-128-CTR from IV, 12 zero bytes
 *   HMAC          fold 3 times, keyed with ECDH(sender, recipient), IV: over KEY, IV and ciphertext
 *   channel key   fold(SHA-256(ECDH(ephemeral, ephemeral), KEY sent, KEY received))
 *   HMAC          fold 3 times, keyed with channel key, IV: over the ciphertext alone
 *
 * Without the sender's key nothing of a message is authenticated: what comes out is whatever the bytes decrypt to.
 */
import { Reader, concat } from '../../kernel/bytes.ts';
import { AuthenticationError, DecodeError } from '../../kernel/errors.ts';
import type { AgreementInput, Primitives } from '../../primitives/primitives.ts';
import { agree, rememberLast, requireLength, splitTag } from './cipher-set.ts';
import type { BodyOpener, BodySealer, ChannelKeys, CipherSet, OpenedMessage } from './cipher-set.ts';

/** E3X-CS1-010: bytes of a secret; the order of the curve has a bit more, and the scalars that need it are not used. */
const SECRET_LENGTH = 20;
/** E3X-CS1-004: bytes of a compressed point of secp160r1. */
const KEY_LENGTH = 21;
/** E3X-CS1-001: bytes of an IV. */
const IV_LENGTH = 4;
/** E3X-CS1-003: bytes of a HMAC folded three times. */
const MAC_LENGTH = 4;
/** E3X-CS1-005: bytes of an AES-128 key, which is a digest folded once. */
const AES_KEY_LENGTH = 16;
/** E3X-CS1-002: the zero bytes that fill an IV up to a counter block. */
const IV_FILLING = new Uint8Array(12);

/** The fields of a message BODY; views. */
interface MessageBody {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly mac: Uint8Array;
}

/** Takes a message BODY apart. */
function decodeBody(body: Uint8Array): MessageBody {
  const { key, iv, sealed } = decodeFront(body);
  const { front: ciphertext, tag: mac } = splitTag(sealed, MAC_LENGTH, MAC_LENGTH, 'E3X-CS1-001'); // E3X-CS1-001
  return { key, iv, ciphertext, mac };
}

/** The fields in front; channel keys need no more of a handshake than this. */
function decodeFront(body: Uint8Array): { readonly key: Uint8Array; readonly iv: Uint8Array; readonly sealed: Uint8Array } {
  const reader = new Reader(body);
  const key = reader.take(KEY_LENGTH, 'E3X-CS1-001'); // E3X-CS1-001
  const iv = reader.take(IV_LENGTH, 'E3X-CS1-001'); // E3X-CS1-001
  const sealed = reader.rest();
  reader.finish('E3X-CS1-001');
  return { key, iv, sealed };
}

/** Folds bytes in half, again and again: the upper half is XORed into the lower. */
function fold(bytes: Uint8Array, times: number): Uint8Array {
  let folded = bytes;
  for (let round = 0; round < times; round++) {
    const half = folded.length / 2;
    const upper = folded.subarray(half);
    folded = folded.slice(0, half).map((byte, index) => byte ^ (upper[index] ?? 0));
  }
  return folded;
}

/** @throws DecodeError malformed for what is not a scalar of 20 bytes */
function requireSecret(secret: Uint8Array): void {
  if (secret.length !== SECRET_LENGTH || secret.every((byte) => byte === 0))
    throw new DecodeError('malformed', 'E3X-CS1-010', 'no secret of secp160r1', { length: secret.length });
}

/** ECDH on secp160r1. @throws DecodeError malformed */
function agreeSecp160r1({ secret, publicKey }: AgreementInput, primitives: Primitives): Uint8Array {
  // E3X-CS1-004
  return agree(publicKey, KEY_LENGTH, 'E3X-CS1-004', (key) => primitives.deriveSecp160r1Shared({ secret, publicKey: key }));
}

/** Encrypts or decrypts, which is the same. */
function applyAes(key: Uint8Array, iv: Uint8Array, data: Uint8Array, primitives: Primitives): Uint8Array {
  return primitives.applyAesCtr({ key, counterBlock: concat([iv, IV_FILLING]), data }); // E3X-CS1-002
}

function deriveMessageKey(shared: Uint8Array, primitives: Primitives): Uint8Array {
  return fold(primitives.sha256({ message: shared }), 1); // E3X-CS1-002
}

/** The HMAC of a message under the ECDH secret of both identities. */
function messageMac(shared: Uint8Array, { key, iv, ciphertext }: Omit<MessageBody, 'mac'>, primitives: Primitives): Uint8Array {
  return fold(primitives.hmacSha256({ key: concat([shared, iv]), message: concat([key, iv, ciphertext]) }), 3); // E3X-CS1-003
}

function deriveChannelKey(shared: Uint8Array, first: Uint8Array, second: Uint8Array, primitives: Primitives): Uint8Array {
  return fold(primitives.sha256({ message: concat([shared, first, second]) }), 1); // E3X-CS1-005
}

function channelMac(channelKey: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array, primitives: Primitives): Uint8Array {
  return fold(primitives.hmacSha256({ key: concat([channelKey, iv]), message: ciphertext }), 3); // E3X-CS1-006
}

/** @throws AuthenticationError */
function requireMac(expected: Uint8Array, mac: Uint8Array, primitives: Primitives): void {
  if (!primitives.isEqual({ left: expected, right: mac })) throw new AuthenticationError('E3X-MSG-003');
}

/** Cipher set 1a. */
export const cs1a: CipherSet = Object.freeze<CipherSet>({
  csid: '1a',
  entropyLength: IV_LENGTH,
  channelKeyLength: AES_KEY_LENGTH,
  channelOverhead: IV_LENGTH + MAC_LENGTH,

  createMessageSealer({ sender, ephemeral, recipientKey }, primitives): BodySealer {
    requireSecret(ephemeral.secret);
    requireSecret(sender.secret);
    const key = primitives.deriveSecp160r1Public({ secret: ephemeral.secret }); // E3X-MSG-004: the same for all messages of an exchange
    const aesKey = deriveMessageKey(agreeSecp160r1({ secret: ephemeral.secret, publicKey: recipientKey }, primitives), primitives);
    const identityShared = agreeSecp160r1({ secret: sender.secret, publicKey: recipientKey }, primitives);
    return {
      front: key,
      seal({ inner, entropy: iv }): readonly Uint8Array[] {
        requireLength(iv, IV_LENGTH, 'E3X-CS1-001', 'entropy');
        const ciphertext = applyAes(aesKey, iv, inner, primitives);
        const mac = messageMac(identityShared, { key, iv, ciphertext }, primitives);
        return [key, iv, ciphertext, mac]; // E3X-CS1-001
      },
    };
  },

  createMessageOpener({ recipient, senderKey }, primitives): BodyOpener {
    requireSecret(recipient.secret);
    const aesKeyWith = rememberLast((key) =>
      deriveMessageKey(agreeSecp160r1({ secret: recipient.secret, publicKey: key }, primitives), primitives),
    );
    const identityShared =
      senderKey === undefined ? undefined : agreeSecp160r1({ secret: recipient.secret, publicKey: senderKey }, primitives);
    return {
      open(body): OpenedMessage {
        const message = decodeBody(body);
        const { key, iv, ciphertext, mac } = message;
        const aesKey = aesKeyWith(key);
        if (identityShared !== undefined) {
          requireMac(messageMac(identityShared, message, primitives), mac, primitives); // E3X-CS1-003: before anything is decrypted
        }
        const inner = applyAes(aesKey, iv, ciphertext, primitives);
        const opened = { inner, ephemeralKey: key.slice() };
        return senderKey === undefined ? opened : { ...opened, verified: true }; // E3X-MSG-008
      },
    };
  },

  authenticatedPart(body): Uint8Array {
    const { mac } = decodeBody(body);
    return body.subarray(0, body.length - mac.length);
  },

  deriveChannelKeys({ ephemeral, body }, primitives): ChannelKeys {
    const { key: received } = decodeFront(body);
    requireSecret(ephemeral.secret);
    const sent = primitives.deriveSecp160r1Public({ secret: ephemeral.secret });
    const shared = agreeSecp160r1({ secret: ephemeral.secret, publicKey: received }, primitives);
    return {
      encryptKey: deriveChannelKey(shared, sent, received, primitives), // E3X-CHP-001
      decryptKey: deriveChannelKey(shared, received, sent, primitives),
    };
  },

  sealChannel({ key, inner, entropy: iv }, primitives): readonly Uint8Array[] {
    const ciphertext = applyAes(key, iv, inner, primitives);
    return [iv, ciphertext, channelMac(key, iv, ciphertext, primitives)]; // E3X-CS1-006
  },

  openChannel({ key, sealed }, primitives): Uint8Array {
    const { front, tag: mac } = splitTag(sealed, MAC_LENGTH, IV_LENGTH + MAC_LENGTH, 'E3X-CS1-006'); // E3X-CS1-006
    const iv = front.subarray(0, IV_LENGTH);
    const ciphertext = front.subarray(IV_LENGTH);
    requireMac(channelMac(key, iv, ciphertext, primitives), mac, primitives); // E3X-CS1-006
    return applyAes(key, iv, ciphertext, primitives);
  },
});
