/** Who confirms vectors of DIDs besides the interpreter: @kiltprotocol/did. */
import { createRequire } from 'node:module';
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';

interface DidLibrary {
  createLightDidDocument(input: JsonObject): { uri: string };
}

/** The published library writes the same light DID. Where it differs, the imported evidence explains. */
export function didConfirmer(): Confirmer {
  const library = createRequire(import.meta.url)('@kiltprotocol/did') as DidLibrary;
  return (operation, params, expect) => {
    if (operation !== 'kilt.did.encode' || !('ok' in expect)) return undefined;
    const { uri } = library.createLightDidDocument({
      authentication: keyOf(params['authentication']),
      ...(params['keyAgreement'] === undefined ? {} : { keyAgreement: keyOf(params['keyAgreement']) }),
      ...(params['services'] === undefined ? {} : { service: params['services'] }),
    });
    return uri === expect.ok['did'] ? '@kiltprotocol/did' : undefined;
  };
}

/** A key as the library takes it. */
function keyOf(value: Json | undefined): JsonObject[] {
  const { type, publicKey } = value as JsonObject;
  return [{ type: type ?? null, publicKey: Uint8Array.from(Buffer.from(String(publicKey), 'hex')) as unknown as Json }];
}
