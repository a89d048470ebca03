/** Key derivation and ciphers for the oracle, of the areas that name them: OpenSSL through node:crypto. The reference uses @noble. */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { concatBytes, isBytes, type Value } from './values.ts';

const TAG_LENGTH = 16;

function bytesOf(args: ReadonlyMap<string, Value>, name: string): Uint8Array {
  const value = args.get(name);
  if (!isBytes(value)) throw new Error(`a primitive needs '${name}' as bytes`);
  return value;
}

export const NODE_PRIMITIVES: { readonly [name: string]: (args: ReadonlyMap<string, Value>) => Value } = {
  'hkdf-sha256': (a) =>
    new Uint8Array(hkdfSync('sha256', bytesOf(a, 'key'), bytesOf(a, 'salt'), bytesOf(a, 'info'), Number(a.get('length')))),
  'chacha20-poly1305-seal': (a) => {
    const cipher = createCipheriv('chacha20-poly1305', bytesOf(a, 'key'), bytesOf(a, 'nonce'), { authTagLength: TAG_LENGTH });
    const data = bytesOf(a, 'data');
    cipher.setAAD(bytesOf(a, 'aad'), { plaintextLength: data.length });
    return concatBytes(cipher.update(data), cipher.final(), cipher.getAuthTag());
  },
  'chacha20-poly1305-open': (a) => {
    const data = bytesOf(a, 'data');
    const decipher = createDecipheriv('chacha20-poly1305', bytesOf(a, 'key'), bytesOf(a, 'nonce'), { authTagLength: TAG_LENGTH });
    decipher.setAAD(bytesOf(a, 'aad'), { plaintextLength: data.length - TAG_LENGTH });
    decipher.setAuthTag(data.slice(-TAG_LENGTH));
    const opened = decipher.update(data.slice(0, -TAG_LENGTH));
    try {
      decipher.final();
      return Uint8Array.from(opened);
    } catch {
      return undefined; // not authentic
    }
  },
};
