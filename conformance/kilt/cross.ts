/** What two implementations of KILT can do together: envelopes of every body type, and light DIDs. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../contract/contract.ts';
import { toHex } from '../oracle/values.ts';
import type { Vector } from '../vectors.ts';
import { flow, type Flow } from '../cross/flow.ts';

/** Cases of one body type; there are many types. */
const RUNS_A_TYPE = 3;
const RUNS = 12;
const NONCE_LENGTH = 24;
const KEY_LENGTH = 32;

const [SEAL, OPEN, ENCODE, PARSE] = ['kilt.envelope.seal', 'kilt.envelope.open', 'kilt.did.encode', 'kilt.did.parse'] as const;

/** The flows of KILT; people and messages are those of the committed vectors. */
export function kiltFlows(vectors: readonly Vector[]): Flow[] {
  return [...envelopeFlows(vectors), ...didFlows()];
}

/** A message that somebody seals, and the keys of both ends. */
interface Sealable {
  readonly message: JsonObject;
  readonly sender: Json;
  readonly receiver: Json;
}

/** Messages of the evidence whose receivers' secrets are known, by the type of their bodies. */
function sealables(vectors: readonly Vector[]): Map<string, Sealable> {
  const steps = vectors.flatMap((vector) => vector.steps);
  const receivers = new Map(
    steps
      .filter(({ operation, expect }) => operation === OPEN && 'ok' in expect)
      .map(({ params }) => {
        const receiver = params['receiver'] as JsonObject;
        return [receiver['keyUri'], receiver] as const;
      }),
  );
  const found = new Map<string, Sealable>();
  for (const { operation, params, expect } of steps) {
    if (operation !== SEAL || !('ok' in expect) || params['documents'] !== undefined) continue;
    const message = params['message'] as JsonObject;
    const type = (message['body'] as JsonObject)['type'];
    const receiver = receivers.get((params['receiver'] as JsonObject)['keyUri']);
    if (typeof type !== 'string' || receiver === undefined || message['receivedAt'] !== undefined || found.has(type)) continue;
    found.set(type, { message, sender: params['sender'] ?? null, receiver });
  }
  return found;
}

function envelopeFlows(vectors: readonly Vector[]): Flow[] {
  return [...sealables(vectors)].map(([type, { message, sender, receiver }]) =>
    flow({
      id: `kilt.envelope/${type}`,
      title: `an envelope with the body ${type}`,
      requirement: 'KLT-ENV-003',
      producer: [SEAL],
      consumer: [OPEN],
      runs: RUNS_A_TYPE,
      arbitrary: fc.record({
        entropy: fc.noShrink(fc.uint8Array({ minLength: NONCE_LENGTH, maxLength: NONCE_LENGTH })).map(toHex),
        createdAt: fc.nat(),
        messageId: fc.stringMatching(/^[ -~]{1,40}$/),
      }),
      trial: async ({ entropy, createdAt, messageId }, talk) => {
        const sealed: JsonObject = { ...message, createdAt, messageId };
        const to = { keyUri: (receiver as JsonObject)['keyUri'] ?? null };
        const { envelope = null } = await talk.produce(SEAL, { message: sealed, sender, receiver: to, entropy });
        await talk.demand(await talk.consume(OPEN, { envelope, receiver }), 'message', sealed);
      },
    }),
  );
}

function didFlows(): Flow[] {
  const key = fc.noShrink(fc.uint8Array({ minLength: KEY_LENGTH, maxLength: KEY_LENGTH })).map(toHex);
  const service = fc.record({
    id: fc.stringMatching(/^#[a-z0-9-]{1,12}$/).filter((id) => id !== '#encryption' && id !== '#authentication'),
    type: fc.array(fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' }), { minLength: 1, maxLength: 2 }),
    serviceEndpoint: fc.array(fc.stringMatching(/^https:\/\/[a-z]{1,10}\.example\/[a-z]{0,8}$/), { minLength: 1, maxLength: 2 }),
  });
  return [
    flow({
      id: 'kilt.did',
      title: 'a light DID of keys and services',
      requirement: 'KLT-DID-015',
      producer: [ENCODE],
      consumer: [PARSE],
      runs: RUNS,
      arbitrary: fc.record(
        {
          authentication: fc.record({ publicKey: key, type: fc.constantFrom('ed25519', 'sr25519') }),
          keyAgreement: fc.record({ publicKey: key, type: fc.constant('x25519') }),
          services: fc.array(service, { minLength: 1, maxLength: 2 }),
        },
        { requiredKeys: ['authentication'] },
      ),
      trial: async (input, talk) => {
        const { did = null } = await talk.produce(ENCODE, input as JsonObject);
        const parsed = await talk.consume(PARSE, { did });
        for (const [name, value] of Object.entries(input)) await talk.demand(parsed, name, value as Json);
      },
    }),
  ];
}
