/**
 * Generated checks of envelopes: round trips with the keys of the committed vectors, damaged envelopes, of which none may open,
 * damaged compact ones, and envelopes that one implementation seals and another opens.
 */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { flow, type Flow } from '../../cross/flow.ts';
import { equalJson, fromHex, toHex } from '../../oracle/values.ts';
import { campaignCheck } from '../../suites/campaign-check.ts';
import type { SuiteInput, TopicProperties } from '../../suites/modules.ts';
import { mutatedBytes } from '../../suites/mutations.ts';
import type { Vector } from '../../vectors.ts';
import { agreeing, paramsOf } from '../property.ts';

const RUNS = 60;
/** Cases of one body type; there are many types. */
const RUNS_A_TYPE = 3;
const NONCE_LENGTH = 24;

const [SEAL, OPEN] = ['kilt.envelope.seal', 'kilt.envelope.open'] as const;
const hexOf = (length: number): fc.Arbitrary<string> => fc.uint8Array({ minLength: length, maxLength: length }).map(toHex);
/** Text that I-JSON can hold. */
const text: fc.Arbitrary<string> = fc.string({ unit: 'grapheme', maxLength: 40 });

/** The checks; none if the vectors that lend their keys are missing. */
function envelopeChecks(input: SuiteInput): Check[] {
  const seal = paramsOf(input.vectors, 'kilt.envelope.seal/text');
  const open = paramsOf(input.vectors, 'kilt.envelope.open/text');
  const unpack = paramsOf(input.vectors, 'kilt.envelope.unpack/light');
  if (seal === undefined || open === undefined || unpack === undefined) return [];
  const message = (content: string, messageId: string): JsonObject => ({
    ...(seal['message'] as JsonObject),
    body: { type: 'bottlepost:text', content: { text: content } },
    messageId,
  });
  return [
    campaignCheck(input, {
      id: 'property/kilt.envelope/round-trip',
      suite: 'property',
      requirement: 'KLT-ENV-003',
      title: 'what is sealed opens to the same message',
      operations: ['kilt.envelope.seal', 'kilt.envelope.open'],
      runs: RUNS,
      arbitrary: fc.tuple(text, text, hexOf(24)),
      trial: async ([content, id, entropy], talk) => {
        const said = message(content, id);
        const { envelope = null } = await talk.want('kilt.envelope.seal', { ...seal, message: said, entropy });
        const opened = await talk.want('kilt.envelope.open', { ...open, envelope });
        if (!equalJson(opened['message'], said))
          talk.violated({
            requirement: 'KLT-ENV-003',
            member: 'message',
            expect: { ok: { message: said } },
            explanation: 'Opening the envelope did not give back what was sealed.',
          });
      },
    }),
    campaignCheck(input, {
      id: 'property/kilt.envelope/compact',
      suite: 'property',
      requirement: 'KLT-ENV-022',
      title: 'packed and unpacked, an envelope is what it was',
      operations: ['kilt.envelope.pack', 'kilt.envelope.unpack'],
      runs: RUNS,
      arbitrary: fc.tuple(
        fc.uint8Array({ minLength: 16, maxLength: 60 }).map(toHex),
        hexOf(24),
        fc.option(fc.maxSafeNat(), { nil: undefined }),
      ),
      trial: async ([ciphertext, nonce, receivedAt], talk) => {
        const { receivedAt: _, ...keys } = open['envelope'] as JsonObject;
        const envelope: JsonObject = {
          ...keys,
          ciphertext: `0x${ciphertext}`,
          nonce: `0x${nonce}`,
          ...(receivedAt === undefined ? {} : { receivedAt }),
        };
        const { bytes = null } = await talk.want('kilt.envelope.pack', { envelope });
        const unpacked = await talk.want('kilt.envelope.unpack', { bytes });
        if (!equalJson(unpacked['envelope'], envelope))
          talk.violated({
            requirement: 'KLT-ENV-022',
            member: 'envelope',
            expect: { ok: { envelope } },
            explanation: 'The compact form lost something.',
          });
      },
    }),
    campaignCheck(input, {
      id: 'fuzz/kilt.envelope.open',
      suite: 'fuzz',
      requirement: 'KLT-ENV-005',
      title: 'a damaged envelope never opens, and the next right one does',
      operations: ['kilt.envelope.open'],
      runs: RUNS,
      arbitrary: damaged(open['envelope'] as JsonObject),
      trial: async (envelope, talk) => {
        const got = await talk.ask('kilt.envelope.open', { ...open, envelope });
        if (got.kind === 'ok' && !equalJson(envelope, open['envelope']))
          talk.violated({
            requirement: 'KLT-ENV-005',
            expect: { reject: 'unauthenticated' },
            explanation: 'A damaged envelope was opened.',
          });
        await talk.want('kilt.envelope.open', open);
      },
    }),
    campaignCheck(input, {
      id: 'fuzz/kilt.envelope.unpack',
      suite: 'fuzz',
      requirement: 'KLT-ENV-019',
      title: 'damaged compact envelopes are read or refused as the model does',
      operations: ['kilt.envelope.unpack'],
      runs: RUNS,
      arbitrary: mutatedBytes(fc.constant(fromHex(String(unpack['bytes'])))).map(toHex),
      trial: (bytes, talk) => agreeing(talk, 'kilt.envelope.unpack', { bytes }, unpack),
    }),
  ];
}

/** An envelope with its ciphertext or its nonce damaged, of the same length or another. */
function damaged(envelope: JsonObject): fc.Arbitrary<JsonObject> {
  const member = (name: string): fc.Arbitrary<JsonObject> =>
    mutatedBytes(fc.constant(fromHex(String(envelope[name]).slice(2)))).map((bytes): JsonObject => ({
      ...envelope,
      [name]: `0x${toHex(bytes)}` as Json,
    }));
  return fc.oneof(member('ciphertext'), member('nonce'));
}

/** A message to be sealed, and the keys of both ends. */
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
      .flatMap(({ params }) => {
        const receiver = params['receiver'] as JsonObject | undefined;
        return receiver === undefined ? [] : [[receiver['keyUri'], receiver] as const];
      }),
  );
  const found = new Map<string, Sealable>();
  for (const { operation, params, expect } of steps) {
    if (operation !== SEAL || !('ok' in expect) || params['documents'] !== undefined || params['body'] !== undefined) continue;
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

export const properties: TopicProperties = {
  checks: envelopeChecks,
  flows: (_oracle, vectors) => envelopeFlows(vectors),
};
