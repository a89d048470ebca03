/**
 * Cipher set 2a: RSA identities, P-256 for what is forgotten, AES-256-GCM for the rest. Its keys and messages are long.
 *
 *   0           256      268                                       -16
 *   +-----------+--------+-----------------------------------------+--------+
 *   | KEYS      | IV     | inner packet, signature 256: encrypted  | tag    |      BODY of a message
 *   | 256 bytes | 12     | 256 bytes more than the packet          | 16     |
 *   +-----------+--------+-----------------------------------------+--------+
 *
 *               0        12                                        -16
 *               +--------+-----------------------------------------+--------+
 *               | IV     | inner packet, encrypted                 | tag    |      after the token of a channel packet
 *               +--------+-----------------------------------------+--------+
 *
 *   KEYS          RSAES-OAEP, SHA-1, no label, to the recipient: ephemeral point of P-256 (65), AES key (32)
 *   message       AES-256-GCM under that AES key, KEYS as additional data
 *   signature     RSASSA-PKCS1-v1_5, SHA-256, of the sender: over KEYS, IV and inner packet
 *   channel key   SHA-256(ECDH(ephemeral, ephemeral), AES key sent, AES key received)
 *   channel       AES-256-GCM, no additional data
 *
 * The signature is inside, so the sender is verified last; the tag has been by then, but anyone can make that one.
 * KEYS and with it the token depend on the OAEP seed, which is why an exchange has one and keeps it (E3X-MSG-004).
 */
import { EMPTY, Reader, concat } from '../../kernel/bytes.ts';
import { DecodeError, UsageError } from '../../kernel/errors.ts';
import type { Primitives, SecretInput } from '../../primitives/primitives.ts';
import { agree, rememberLast, requireAtLeast, requireLength, splitTag } from './cipher-set.ts';
import type { BodyOpener, BodySealer, ChannelKeys, CipherSet, OpenedMessage } from './cipher-set.ts';

/** E3X-CS2-001: bytes of what OAEP makes, which is as long as the modulus. */
const KEYS_LENGTH = 256;
/** E3X-CS2-001: bytes of an IV. */
const IV_LENGTH = 12;
/** E3X-CS2-004: bytes of a signature. */
const SIGNATURE_LENGTH = 256;
/** E3X-CS2-001, E3X-CS2-007: bytes of a tag, in messages and in channel packets. */
const TAG_LENGTH = 16;
/** E3X-CS2-005: bytes of an uncompressed point of P-256. */
const EPHEMERAL_KEY_LENGTH = 65;
/** E3X-CS2-002: bytes of an AES-256 key. */
const AES_KEY_LENGTH = 32;
/** RFC 8017 7.1.1: bytes of an OAEP seed. */
const SEED_LENGTH = 20;

/** The fields of a message BODY; views. */
interface MessageBody {
  readonly keys: Uint8Array;
  readonly iv: Uint8Array;
  readonly sealed: Uint8Array;
}

/** Takes a message BODY apart, as far as its fixed fields go. */
function decodeBody(body: Uint8Array): MessageBody {
  const reader = new Reader(body);
  const keys = reader.take(KEYS_LENGTH, 'E3X-CS2-001'); // E3X-CS2-001
  const iv = reader.take(IV_LENGTH, 'E3X-CS2-001'); // E3X-CS2-001
  const sealed = reader.rest();
  reader.finish('E3X-CS2-001');
  return { keys, iv, sealed };
}

/** Takes a whole message BODY apart: it has room for a signature and a tag. */
function decodeMessage(body: Uint8Array): MessageBody {
  const message = decodeBody(body);
  requireAtLeast(message.sealed, SIGNATURE_LENGTH + TAG_LENGTH, 'E3X-CS2-001'); // E3X-CS2-001
  return message;
}

/**
 * Runs something with the caller's own secret key: if that is not an RSA key, it is the caller's fault.
 * @throws UsageError in place of DecodeError
 */
function withOwnKey<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof DecodeError) throw new UsageError('E3X-CS2-005', `the secret is no RSA key: ${error.message}`);
    throw error;
  }
}

/** Seals KEYS to the recipient. @throws DecodeError malformed */
function sealKeys(recipientKey: Uint8Array, plaintext: Uint8Array, seed: Uint8Array, primitives: Primitives): Uint8Array {
  try {
    return primitives.sealRsaOaep({ publicKey: recipientKey, seed, plaintext }); // E3X-CS2-002
  } catch (error) {
    if (error instanceof DecodeError)
      throw new DecodeError('malformed', 'E3X-CS2-005', 'no RSA key of 2,048 bits', { length: recipientKey.length });
    throw error;
  }
}

/** Opens KEYS. @throws UsageError; AuthenticationError; DecodeError malformed */
function openKeys(
  { secret }: SecretInput,
  keys: Uint8Array,
  primitives: Primitives,
): { readonly ephemeralKey: Uint8Array; readonly aes: Uint8Array } {
  const opened = withOwnKey(() => primitives.openRsaOaep({ secretKey: secret, sealed: keys })); // E3X-CS2-002
  if (opened.length !== EPHEMERAL_KEY_LENGTH + AES_KEY_LENGTH) {
    throw new DecodeError('malformed', 'E3X-CS2-002', 'KEYS holds something else', { length: opened.length });
  }
  return { ephemeralKey: opened.slice(0, EPHEMERAL_KEY_LENGTH), aes: opened.slice(EPHEMERAL_KEY_LENGTH) };
}

/** Verifies the sender's signature. @throws DecodeError malformed for an invalid sender key; AuthenticationError */
function requireSignature(senderKey: Uint8Array, message: Uint8Array, signature: Uint8Array, primitives: Primitives): void {
  try {
    primitives.verifyRsa({ publicKey: senderKey, message, signature }); // E3X-CS2-004
  } catch (error) {
    if (error instanceof DecodeError)
      throw new DecodeError('malformed', 'E3X-CS2-005', 'no RSA key of 2,048 bits', { length: senderKey.length });
    throw error;
  }
}

function deriveChannelKey(shared: Uint8Array, first: Uint8Array, second: Uint8Array, primitives: Primitives): Uint8Array {
  return primitives.sha256({ message: concat([shared, first, second]) }); // E3X-CS2-006
}

/** Cipher set 2a. */
export const cs2a: CipherSet = Object.freeze<CipherSet>({
  csid: '2a',
  entropyLength: IV_LENGTH,
  channelKeyLength: AES_KEY_LENGTH,
  channelOverhead: IV_LENGTH + TAG_LENGTH,

  createMessageSealer({ sender, ephemeral, recipientKey }, primitives): BodySealer {
    const { secret, aes, seed } = ephemeral;
    requireLength(aes, AES_KEY_LENGTH, 'E3X-CS2-002', 'aes');
    requireLength(seed, SEED_LENGTH, 'E3X-CS2-002', 'seed');
    // E3X-MSG-004: nothing in KEYS changes from one message of an exchange to the next
    const keys = sealKeys(recipientKey, concat([primitives.deriveP256Public({ secret }), aes]), seed, primitives);
    return {
      front: keys,
      seal({ inner, entropy: iv }): readonly Uint8Array[] {
        requireLength(iv, IV_LENGTH, 'E3X-CS2-001', 'entropy');
        const signature = withOwnKey(() =>
          primitives.signRsa({
            secretKey: sender.secret,
            message: concat([keys, iv, inner]),
          }),
        ); // E3X-CS2-004
        const sealed = primitives.sealAesGcm({ key: aes, nonce: iv, plaintext: concat([inner, signature]), aad: keys }); // E3X-CS2-003
        return [keys, iv, sealed]; // E3X-CS2-001
      },
    };
  },

  createMessageOpener({ recipient, senderKey }, primitives): BodyOpener {
    const open = rememberLast((keys) => {
      const opened = openKeys(recipient, keys, primitives);
      if (!primitives.isP256Public({ publicKey: opened.ephemeralKey }))
        throw new DecodeError('malformed', 'E3X-CS2-005', 'not a public key');
      return opened;
    });
    return {
      open(body): OpenedMessage {
        const { keys, iv, sealed } = decodeMessage(body);
        const { ephemeralKey, aes } = open(keys);
        const content = primitives.openAesGcm({ key: aes, nonce: iv, sealed, aad: keys }); // E3X-CS2-003
        const { front: inner, tag: signature } = splitTag(content, SIGNATURE_LENGTH, SIGNATURE_LENGTH, 'E3X-CS2-001');
        if (senderKey !== undefined) requireSignature(senderKey, concat([keys, iv, inner]), signature, primitives); // E3X-CS2-004
        const opened = { inner: inner.slice(), ephemeralKey: ephemeralKey.slice() };
        return senderKey === undefined ? opened : { ...opened, verified: true }; // E3X-MSG-008
      },
    };
  },

  authenticatedPart(body): Uint8Array {
    decodeMessage(body);
    return body.subarray(0, body.length - TAG_LENGTH);
  },

  deriveChannelKeys({ ephemeral, recipient, body }, primitives): ChannelKeys {
    const { keys } = decodeBody(body);
    if (recipient === undefined) throw new UsageError('E3X-CS2-006', 'cipher set 2a needs the identity secret for channel keys');
    const { aes: sent } = ephemeral;
    requireLength(sent, AES_KEY_LENGTH, 'E3X-CS2-006', 'aes');
    const { ephemeralKey, aes: received } = openKeys(recipient, keys, primitives);
    // E3X-CS2-005
    const shared = agree(ephemeralKey, EPHEMERAL_KEY_LENGTH, 'E3X-CS2-005', (publicKey) =>
      primitives.deriveP256Shared({ secret: ephemeral.secret, publicKey }),
    );
    return {
      encryptKey: deriveChannelKey(shared, sent, received, primitives), // E3X-CHP-001
      decryptKey: deriveChannelKey(shared, received, sent, primitives),
    };
  },

  sealChannel({ key, inner, entropy: iv }, primitives): readonly Uint8Array[] {
    return [iv, primitives.sealAesGcm({ key, nonce: iv, plaintext: inner, aad: EMPTY })]; // E3X-CS2-007
  },

  openChannel({ key, sealed }, primitives): Uint8Array {
    requireAtLeast(sealed, IV_LENGTH + TAG_LENGTH, 'E3X-CS2-007'); // E3X-CS2-007
    return primitives.openAesGcm({
      key,
      nonce: sealed.subarray(0, IV_LENGTH),
      sealed: sealed.subarray(IV_LENGTH),
      aad: EMPTY,
    }); // E3X-CS2-007
  },
});
