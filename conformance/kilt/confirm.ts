/** Who confirms vectors of KILT beside the interpreter. */
import { createRequire } from 'node:module';
import sodium from 'libsodium-wrappers-sumo';
import type { Json, JsonObject } from '../contract/contract.ts';
import type { Confirmer } from '../generate/batch.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { AreaSpec } from '../spec/types.ts';

interface MessagingLibrary {
  /** @throws Error for a message that is not well formed */
  verify(message: JsonObject): void;
}
interface DidLibrary {
  createLightDidDocument(input: JsonObject): { uri: string };
}

/** Who confirms vectors of KILT beside the interpreter: libsodium of boxes, @kiltprotocol of DIDs and messages. */
export async function kiltConfirmers(_spec: AreaSpec, oracle: Oracle): Promise<Confirmer[]> {
  await sodium.ready;
  const require = createRequire(import.meta.url);
  const did = require('@kiltprotocol/did') as DidLibrary;
  const messaging = require('@kiltprotocol/messaging') as MessagingLibrary;
  return [
    (operation, params, expect) => boxes(oracle, operation, params, expect),
    (operation, params, expect) => lightDids(did, operation, params, expect),
    (operation, params, expect) => messages(messaging, operation, params, expect),
  ];
}

const bytes = (text: Json | undefined): Uint8Array => Uint8Array.from(Buffer.from(String(text).replace(/^0x/, ''), 'hex'));

/** libsodium opens every envelope that opens, with the key that the oracle finds under the sender's key URI. */
function boxes(oracle: Oracle, operation: string, params: JsonObject, expect: Parameters<Confirmer>[2]): string | undefined {
  if (operation !== 'kilt.envelope.open' || !('ok' in expect)) return undefined;
  const envelope = params['envelope'] as JsonObject;
  const resolved = oracle.answer('kilt.keyuri.resolve', {
    keyUri: envelope['senderKeyUri'] ?? null,
    ...(params['documents'] === undefined ? {} : { documents: params['documents'] }),
  });
  if (resolved.kind !== 'ok') return undefined;
  const opened = Buffer.from(
    sodium.crypto_box_open_easy(
      bytes(envelope['ciphertext']),
      bytes(envelope['nonce']),
      bytes(resolved.value['publicKey']),
      bytes((params['receiver'] as JsonObject)['secret']),
    ),
  ).toString('utf8');
  if ((JSON.parse(opened) as JsonObject)['messageId'] !== (expect.ok['message'] as JsonObject)['messageId'])
    throw new Error(`libsodium disagrees about ${operation}`);
  return 'libsodium';
}

/** The published library writes the same light DID. Where it differs, the imported evidence explains. */
function lightDids(did: DidLibrary, operation: string, params: JsonObject, expect: Parameters<Confirmer>[2]): string | undefined {
  if (operation !== 'kilt.did.encode' || !('ok' in expect)) return undefined;
  const key = (value: Json | undefined): JsonObject[] => [
    { type: (value as JsonObject)['type'] ?? null, publicKey: bytes((value as JsonObject)['publicKey']) as unknown as Json },
  ];
  const { uri } = did.createLightDidDocument({
    authentication: key(params['authentication']),
    ...(params['keyAgreement'] === undefined ? {} : { keyAgreement: key(params['keyAgreement']) }),
    ...(params['services'] === undefined ? {} : { service: params['services'] }),
  });
  return uri === expect.ok['did'] ? '@kiltprotocol/did' : undefined;
}

/** The published library takes or refuses the same message. Where it does not, the flags of the evidence say why. */
function messages(
  messaging: MessagingLibrary,
  operation: string,
  params: JsonObject,
  expect: Parameters<Confirmer>[2],
): string | undefined {
  if (operation !== 'kilt.message.validate') return undefined;
  try {
    messaging.verify(params['message'] as JsonObject);
    return 'ok' in expect ? '@kiltprotocol/messaging' : undefined;
  } catch {
    return 'reject' in expect ? '@kiltprotocol/messaging' : undefined;
  }
}
