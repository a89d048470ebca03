/** Who confirms envelopes, contents and attachments: libsodium, from the agreement to the tag and the signature. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { bufferOf, disagree } from '../../generate/confirming.ts';
import { concatBytes, firstDifference, toHex } from '../../oracle/values.ts';
import { signedBytes } from '../identity/confirm.ts';
import { libsodium } from '../identity/sodium.ts';

const SODIUM = 'libsodium';
const NONCE = new Uint8Array(12);
const EPHEMERAL_KEY_LENGTH = 32;
const SIGNATURE_LENGTH = 64;

export async function envelopeConfirmer(): Promise<Confirmer> {
  const sodium = await libsodium();
  const hashOf = (key: Uint8Array): Uint8Array => sodium.crypto_generichash(32, key, null).slice(0, 16);
  /** libsodium refuses points outside the subgroup of prime order, which this specification does not. */
  const isConvertible = (key: Uint8Array): boolean => {
    try {
      return sodium.crypto_sign_ed25519_pk_to_curve25519(key).length > 0;
    } catch {
      return false;
    }
  };
  const u64 = (value: unknown): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(String(value)));
    return bytes;
  };
  const contextOf = ({ use = 'message', groupId, epoch }: JsonObject, address: Uint8Array): Uint8Array =>
    use === 'message' ? concatBytes(Uint8Array.of(1), address) : concatBytes(Uint8Array.of(2), address, bufferOf(groupId), u64(epoch));
  const open = (params: JsonObject): Uint8Array => {
    const { publicKey, privateKey } = sodium.crypto_sign_seed_keypair(bufferOf(params['seed']));
    const envelope = bufferOf(params['envelope']);
    const front = envelope.subarray(0, EPHEMERAL_KEY_LENGTH);
    const shared = sodium.crypto_scalarmult(sodium.crypto_sign_ed25519_sk_to_curve25519(privateKey), front);
    const key = sodium.crypto_generichash(32, concatBytes(shared, front), null);
    const sealed = envelope.subarray(EPHEMERAL_KEY_LENGTH);
    return sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, sealed, contextOf(params, hashOf(publicKey)), NONCE, key);
  };
  const seal = (params: JsonObject, plaintext: Uint8Array): Uint8Array => {
    const [publicKey, secret] = [bufferOf(params['publicKey']), bufferOf(params['entropy'])];
    const front = sodium.crypto_scalarmult_base(secret);
    const shared = sodium.crypto_scalarmult(secret, sodium.crypto_sign_ed25519_pk_to_curve25519(publicKey));
    const key = sodium.crypto_generichash(32, concatBytes(shared, front), null);
    const context = contextOf(params, hashOf(publicKey));
    return concatBytes(front, sodium.crypto_aead_chacha20poly1305_ietf_encrypt(plaintext, context, null, NONCE, key));
  };
  const sign = (params: JsonObject, recipient: Uint8Array, ephemeralKey: Uint8Array): Uint8Array => {
    const { publicKey, privateKey } = sodium.crypto_sign_seed_keypair(bufferOf(params['seed']));
    const kind = Uint8Array.of(Number(params['kind']));
    const [messageId, body] = [bufferOf(params['messageId']), bufferOf(params['body'])];
    const unsigned = concatBytes(Uint8Array.of(1), publicKey, u64(params['created']), messageId, kind, body);
    const message = signedBytes('nexus-1 content', concatBytes(recipient, ephemeralKey, unsigned));
    return concatBytes(unsigned, sodium.crypto_sign_detached(message, privateKey));
  };
  const isSigned = (content: Uint8Array, recipient: Uint8Array, ephemeralKey: Uint8Array): boolean => {
    const message = signedBytes('nexus-1 content', concatBytes(recipient, ephemeralKey, content.slice(0, -SIGNATURE_LENGTH)));
    return sodium.crypto_sign_verify_detached(content.slice(-SIGNATURE_LENGTH), message, content.slice(1, 33));
  };
  /** What a content says, by offsets; nothing unless its signature verifies. */
  const contentOf = (content: Uint8Array, recipient: Uint8Array, ephemeralKey: Uint8Array): JsonObject => {
    if (content[0] === 2) return { type: 'kilt', envelope: toHex(content.slice(1)) };
    if (!isSigned(content, recipient, ephemeralKey)) return {};
    return {
      type: 'signed',
      sender: toHex(content.slice(1, 33)),
      created: String(Buffer.from(content).readBigUInt64LE(33)),
      messageId: toHex(content.slice(41, 57)),
      kind: content[57] ?? 0,
      body: toHex(content.slice(58, -SIGNATURE_LENGTH)),
    };
  };
  const answerTo = (operation: string, params: JsonObject): string | JsonObject | undefined => {
    const [recipient, ephemeralKey] = [bufferOf(params['recipient']), bufferOf(params['ephemeralKey'])];
    switch (operation) {
      case 'nexus.envelope.seal':
        return toHex(seal(params, bufferOf(params['plaintext'])));
      case 'nexus.envelope.open':
        return toHex(open(params));
      case 'nexus.content.sign':
        return toHex(sign(params, recipient, ephemeralKey));
      case 'nexus.content.read':
        return contentOf(bufferOf(params['content']), recipient, ephemeralKey);
      case 'nexus.message.seal': {
        const front = sodium.crypto_scalarmult_base(bufferOf(params['entropy']));
        return toHex(seal(params, sign(params, hashOf(bufferOf(params['publicKey'])), front)));
      }
      case 'nexus.message.open': {
        const { publicKey } = sodium.crypto_sign_seed_keypair(bufferOf(params['seed']));
        return contentOf(open(params), hashOf(publicKey), bufferOf(params['envelope']).subarray(0, EPHEMERAL_KEY_LENGTH));
      }
      case 'nexus.attachment.seal': {
        const [data, key] = [bufferOf(params['data']), bufferOf(params['entropy'])];
        return toHex(sodium.crypto_aead_chacha20poly1305_ietf_encrypt(data, null, null, NONCE, key));
      }
      case 'nexus.attachment.open':
        return toHex(
          sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, bufferOf(params['payload']), null, NONCE, bufferOf(params['key'])),
        );
      default:
        return undefined;
    }
  };
  return (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    if (params['publicKey'] !== undefined && !isConvertible(bufferOf(params['publicKey']))) return undefined;
    const answer = answerTo(operation, params);
    if (answer === undefined) return undefined;
    const { envelope, plaintext, content, payload, data } = expect.ok;
    const isRight =
      typeof answer === 'string'
        ? answer === (envelope ?? plaintext ?? content ?? payload ?? data)
        : firstDifference(answer, expect.ok) === undefined;
    return isRight ? SODIUM : disagree(SODIUM, operation, params, answer);
  };
}
