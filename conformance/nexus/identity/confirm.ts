/** Who confirms vectors of identities and signatures: libsodium, and node:crypto for what it refuses by a rule of its own. */
import { createPublicKey, verify } from 'node:crypto';
import type { JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import { bufferOf, disagree } from '../../generate/confirming.ts';
import { concatBytes, toHex } from '../../oracle/values.ts';
import { libsodium } from './sodium.ts';

const SODIUM = 'libsodium';
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** The bytes that are signed for a purpose. */
export function signedBytes(purpose: string, message: Uint8Array): Uint8Array {
  return concatBytes(Buffer.from(purpose, 'ascii'), Uint8Array.of(0), message);
}

function nodeVerifies(publicKey: Buffer, data: Uint8Array, signature: Buffer): boolean {
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' });
    return verify(null, data, key, signature);
  } catch {
    return false;
  }
}

export async function identityConfirmer(): Promise<Confirmer> {
  const sodium = await libsodium();
  const hashOf = (key: Uint8Array): string => toHex(sodium.crypto_generichash(32, key, null)).slice(0, 32);
  const answers = (operation: string, params: JsonObject): JsonObject | undefined => {
    const seed = bufferOf(params['seed']);
    const given = bufferOf(params['publicKey']);
    switch (operation) {
      case 'nexus.identity.derive': {
        const { publicKey } = sodium.crypto_sign_seed_keypair(seed);
        const x25519PublicKey = toHex(sodium.crypto_sign_ed25519_pk_to_curve25519(publicKey));
        return { publicKey: toHex(publicKey), x25519PublicKey, destinationHash: hashOf(publicKey) };
      }
      case 'nexus.identity.hash':
        return { destinationHash: hashOf(given) };
      case 'nexus.identity.convert':
        // It refuses points outside the subgroup of prime order, which this specification does not.
        try {
          return { x25519PublicKey: toHex(sodium.crypto_sign_ed25519_pk_to_curve25519(given)) };
        } catch {
          return undefined;
        }
      case 'nexus.identity.agree': {
        const secret = sodium.crypto_sign_ed25519_sk_to_curve25519(sodium.crypto_sign_seed_keypair(seed).privateKey);
        return { shared: toHex(sodium.crypto_scalarmult(secret, given)) };
      }
      case 'nexus.signature.sign': {
        const { privateKey } = sodium.crypto_sign_seed_keypair(seed);
        const data = signedBytes(String(params['purpose']), bufferOf(params['message']));
        return { signature: toHex(sodium.crypto_sign_detached(data, privateKey)) };
      }
      default:
        return undefined;
    }
  };
  return (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    if (operation === 'nexus.signature.verify') {
      const data = signedBytes(String(params['purpose']), bufferOf(params['message']));
      const [publicKey, signature] = [bufferOf(params['publicKey']), bufferOf(params['signature'])];
      if (!nodeVerifies(publicKey, data, signature)) disagree('node:crypto', operation, params, expect);
      // libsodium also refuses an R of small order.
      return sodium.crypto_sign_verify_detached(signature, data, publicKey) ? SODIUM : 'node:crypto';
    }
    const answer = answers(operation, params);
    if (answer === undefined) return undefined;
    return JSON.stringify(answer) === JSON.stringify(expect.ok) ? SODIUM : disagree(SODIUM, operation, params, answer);
  };
}
