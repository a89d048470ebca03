/**
 * Cipher set 3a: NaCl throughout.
 *
 *   0          32        56                                  -16
 *   +----------+---------+--------+--------------------------+--------+
 *   | KEY      | NONCE   | tag    | inner packet, encrypted  | AUTH   |      BODY of a message
 *   | 32 bytes | 24      | 16     | as long as the packet    | 16     |
 *   +----------+---------+--------+--------------------------+--------+
 *
 *              0         24
 *              +---------+--------+--------------------------+
 *              | NONCE   | tag    | inner packet, encrypted  |               after the token of a channel packet
 *              +---------+--------+--------------------------+
 *
 *   beforenm      HSalsa20 of the X25519 result: what the documents call the secret
 *   message       secretbox under beforenm(ephemeral, recipient)
 *   AUTH          Poly1305 under SHA-256(NONCE, beforenm(sender, recipient)): over KEY, NONCE and secretbox
 *   channel key   SHA-256(beforenm(ephemeral, ephemeral), KEY sent, KEY received)
 *
 * Choice: ADR-0010. The document halves the channel key and derives it from TOKEN values; every implementation takes all 32
 * bytes, and the KEYs.
 */
import { Reader, concat } from '../../kernel/bytes.ts';
import { AuthenticationError } from '../../kernel/errors.ts';
import type { AgreementInput, Primitives } from '../../primitives/primitives.ts';
import { agree, rememberLast, requireAtLeast, requireLength, splitTag } from './cipher-set.ts';
import type { BodyOpener, BodySealer, ChannelKeys, CipherSet, OpenedMessage } from './cipher-set.ts';

/** E3X-CS3-001: bytes of an X25519 key. */
const KEY_LENGTH = 32;
/** E3X-CS3-001: bytes of a nonce of secretbox. */
const NONCE_LENGTH = 24;
/** E3X-CS3-001: bytes of the tag that begins a secretbox. */
const TAG_LENGTH = 16;
/** E3X-CS3-003: bytes of AUTH. */
const AUTH_LENGTH = 16;
/** E3X-CS3-005: bytes of a channel key, a whole digest. */
const CHANNEL_KEY_LENGTH = 32;

/** The fields of a message BODY; views. */
interface MessageBody {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly box: Uint8Array;
  readonly auth: Uint8Array;
}

/** Takes a message BODY apart. */
function decodeBody(body: Uint8Array): MessageBody {
  const { key, nonce, sealed } = decodeFront(body);
  const { front: box, tag: auth } = splitTag(sealed, AUTH_LENGTH, TAG_LENGTH + AUTH_LENGTH, 'E3X-CS3-001'); // E3X-CS3-001
  return { key, nonce, box, auth };
}

/** The fields in front; channel keys need no more of a handshake than this. */
function decodeFront(body: Uint8Array): { readonly key: Uint8Array; readonly nonce: Uint8Array; readonly sealed: Uint8Array } {
  const reader = new Reader(body);
  const key = reader.take(KEY_LENGTH, 'E3X-CS3-001'); // E3X-CS3-001
  const nonce = reader.take(NONCE_LENGTH, 'E3X-CS3-001'); // E3X-CS3-001
  const sealed = reader.rest();
  reader.finish('E3X-CS3-001');
  return { key, nonce, sealed };
}

/** NaCl's beforenm. @throws DecodeError malformed, also for keys whose X25519 result is all zero */
function agreeBox({ secret, publicKey }: AgreementInput, primitives: Primitives): Uint8Array {
  // E3X-CS3-004; E3X-CS3-002: never the raw X25519 output
  return agree(publicKey, KEY_LENGTH, 'E3X-CS3-004', (key) => primitives.deriveBoxKey({ secret, publicKey: key }));
}

/** AUTH of a message under the agreement of both identities. */
function messageAuth(shared: Uint8Array, { key, nonce, box }: Omit<MessageBody, 'auth'>, primitives: Primitives): Uint8Array {
  const authKey = primitives.sha256({ message: concat([nonce, shared]) }); // E3X-CS3-003
  return primitives.poly1305({ key: authKey, message: concat([key, nonce, box]) }); // E3X-CS3-003
}

function deriveChannelKey(shared: Uint8Array, first: Uint8Array, second: Uint8Array, primitives: Primitives): Uint8Array {
  return primitives.sha256({ message: concat([shared, first, second]) }); // E3X-CS3-005
}

/** Cipher set 3a. */
export const cs3a: CipherSet = Object.freeze<CipherSet>({
  csid: '3a',
  entropyLength: NONCE_LENGTH,
  channelKeyLength: CHANNEL_KEY_LENGTH,
  channelOverhead: NONCE_LENGTH + TAG_LENGTH,

  createMessageSealer({ sender, ephemeral, recipientKey }, primitives): BodySealer {
    const key = primitives.deriveX25519Public({ secret: ephemeral.secret }); // E3X-MSG-004: the same for all messages of an exchange
    const shared = agreeBox({ secret: ephemeral.secret, publicKey: recipientKey }, primitives);
    const identityShared = agreeBox({ secret: sender.secret, publicKey: recipientKey }, primitives);
    return {
      front: key,
      seal({ inner, entropy: nonce }): readonly Uint8Array[] {
        requireLength(nonce, NONCE_LENGTH, 'E3X-CS3-001', 'entropy');
        const box = primitives.sealSecretbox({ key: shared, nonce, plaintext: inner }); // E3X-CS3-002
        const auth = messageAuth(identityShared, { key, nonce, box }, primitives);
        return [key, nonce, box, auth]; // E3X-CS3-001
      },
    };
  },

  createMessageOpener({ recipient, senderKey }, primitives): BodyOpener {
    const agreeWithKey = rememberLast((key) => agreeBox({ secret: recipient.secret, publicKey: key }, primitives));
    const identityShared = senderKey === undefined ? undefined : agreeBox({ secret: recipient.secret, publicKey: senderKey }, primitives);
    return {
      open(body): OpenedMessage {
        const message = decodeBody(body);
        const { key, nonce, box, auth } = message;
        const shared = agreeWithKey(key);
        if (identityShared !== undefined) {
          const expected = messageAuth(identityShared, message, primitives);
          // E3X-CS3-003: before anything is decrypted
          if (!primitives.isEqual({ left: expected, right: auth })) throw new AuthenticationError('E3X-MSG-003');
        }
        const inner = primitives.openSecretbox({ key: shared, nonce, sealed: box }); // E3X-CS3-002
        const opened = { inner, ephemeralKey: key.slice() };
        return senderKey === undefined ? opened : { ...opened, verified: true }; // E3X-MSG-008
      },
    };
  },

  authenticatedPart(body): Uint8Array {
    const { auth } = decodeBody(body);
    return body.subarray(0, body.length - auth.length);
  },

  deriveChannelKeys({ ephemeral, body }, primitives): ChannelKeys {
    const { key: received } = decodeFront(body);
    const sent = primitives.deriveX25519Public({ secret: ephemeral.secret });
    const shared = agreeBox({ secret: ephemeral.secret, publicKey: received }, primitives);
    return {
      encryptKey: deriveChannelKey(shared, sent, received, primitives), // E3X-CHP-001
      decryptKey: deriveChannelKey(shared, received, sent, primitives),
    };
  },

  sealChannel({ key, inner, entropy: nonce }, primitives): readonly Uint8Array[] {
    return [nonce, primitives.sealSecretbox({ key, nonce, plaintext: inner })]; // E3X-CS3-006
  },

  openChannel({ key, sealed }, primitives): Uint8Array {
    requireAtLeast(sealed, NONCE_LENGTH + TAG_LENGTH, 'E3X-CS3-006'); // E3X-CS3-006
    return primitives.openSecretbox({ key, nonce: sealed.subarray(0, NONCE_LENGTH), sealed: sealed.subarray(NONCE_LENGTH) }); // E3X-CS3-006
  },
});
