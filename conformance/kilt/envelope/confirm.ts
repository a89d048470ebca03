/** Who confirms vectors of envelopes besides the interpreter: libsodium. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Confirmer } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';

const bytes = (text: Json | undefined): Uint8Array => Uint8Array.from(Buffer.from(String(text).replace(/^0x/, ''), 'hex'));

/**
 * libsodium opens every envelope that opens, with the key that the oracle finds under the sender's key URI. It is loaded here,
 * where vectors are made: those who only verify need not have it.
 */
export async function envelopeConfirmer(oracle: Oracle): Promise<Confirmer> {
  const { default: sodium } = await import('libsodium-wrappers-sumo');
  await sodium.ready;
  return (operation, params, expect) => {
    if (operation !== 'kilt.envelope.open' || !('ok' in expect)) return undefined;
    const envelope = params['envelope'] as JsonObject;
    const isReceiver = params['receiver'] !== undefined;
    const resolved = oracle.answer('kilt.keyuri.resolve', {
      keyUri: envelope[isReceiver ? 'senderKeyUri' : 'receiverKeyUri'] ?? null,
      ...(params['documents'] === undefined ? {} : { documents: params['documents'] }),
      ...(params['former'] === undefined ? {} : { former: params['former'] }),
    });
    if (resolved.kind !== 'ok') return undefined;
    const opened = Buffer.from(
      sodium.crypto_box_open_easy(
        bytes(envelope['ciphertext']),
        bytes(envelope['nonce']),
        bytes(resolved.value['publicKey']),
        bytes((params[isReceiver ? 'receiver' : 'sender'] as JsonObject)['secret']),
      ),
    ).toString('utf8');
    if ((JSON.parse(opened) as JsonObject)['messageId'] !== (expect.ok['message'] as JsonObject)['messageId'])
      throw new Error(`libsodium disagrees about ${operation}`);
    return 'libsodium';
  };
}
