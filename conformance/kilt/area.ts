/** The topics of KILT: each line is one file below `vectors/kilt/`. */
import { createRequire } from 'node:module';
import sodium from 'libsodium-wrappers-sumo';
import type { Json, JsonObject } from '../contract/contract.ts';
import { Oracle } from '../oracle/oracle.ts';
import type { AreaSpec } from '../spec/types.ts';
import type { Confirmer } from '../generate/batch.ts';
import { didCases } from './did/vectors.ts';
import { envelopeCases } from './envelope/vectors.ts';
import { importKiltEvidence } from './evidence.ts';
import { messageRuleCases, messageSchemaCases } from './message/vectors.ts';
import { KILT_TRACES, replayCases } from './replay/vectors.ts';
import { lifecycle, machineTraces } from '../generate/sessions.ts';
import type { AreaTopics, Topic } from '../generate/topics.ts';

interface MessagingLibrary {
  /** @throws Error for a message that is not well formed */
  verify(message: JsonObject): void;
}
interface DidLibrary {
  createLightDidDocument(input: JsonObject): { uri: string };
}

/** Who confirms vectors of KILT beside the interpreter: libsodium of boxes, @kiltprotocol of DIDs and messages. */
export async function kiltConfirmers(spec: AreaSpec): Promise<Confirmer[]> {
  await sodium.ready;
  const require = createRequire(import.meta.url);
  const did = require('@kiltprotocol/did') as DidLibrary;
  const messaging = require('@kiltprotocol/messaging') as MessagingLibrary;
  const oracle = new Oracle(spec);
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

export const KILT_TOPICS: readonly Topic[] = [
  { topic: 'dids', fill: ({ oracle, batch }) => didCases(oracle, batch) },
  { topic: 'envelopes', fill: ({ oracle, batch }) => envelopeCases(oracle, batch) },
  {
    topic: 'messages',
    fill: ({ root, oracle, batch }) => {
      messageSchemaCases(root, oracle, batch);
      messageRuleCases(root, oracle, batch);
    },
  },
  {
    topic: 'replay',
    fill: ({ oracle, batch }) => {
      machineTraces(oracle, batch, 'kilt.replay');
      replayCases(oracle, batch);
      lifecycle(
        oracle,
        batch,
        'kilt.replay',
        'KLT-RPL-011',
        { windowMs: 100, skewMs: 10 },
        { 'kilt.replay.check': { ciphertext: '00'.repeat(16), senderKey: '07'.repeat(32), createdAt: 1000, messageId: 'm' } },
      );
    },
  },
  {
    topic: 'evidence-dids',
    fill: ({ root, oracle, batch, also, explain }) =>
      explain(importKiltEvidence(root, oracle, batch, also('evidence-envelopes'), also('evidence-messages'))),
  },
];

/** Spec mutation of KILT: all of it. */
export const KILT_MUTATION: NonNullable<AreaTopics['mutation']> = {
  part: (spec) => spec,
  survivors: 'kilt-spec-survivors.yaml',
  namedTraces: KILT_TRACES,
  constantSessions: () => [],
};
