/**
 * Generated suites of KILT: round trips of envelopes and DIDs with the keys of the committed vectors, and damaged
 * envelopes, of which none may open. Damaged text and bytes of DIDs and compact envelopes are held against the model.
 */
import fc from 'fast-check';
import type { Check } from '../contract/check.ts';
import type { Json, JsonObject } from '../contract/contract.ts';
import { equalJson, fromHex, toHex } from '../oracle/values.ts';
import type { SuiteInput } from '../suites/modules.ts';
import { runCampaign, type Talk } from '../suites/campaign.ts';
import { mutatedBytes, mutatedText } from '../suites/mutations.ts';

const RUNS = 60;
const hexOf = (length: number): fc.Arbitrary<string> => fc.uint8Array({ minLength: length, maxLength: length }).map(toHex);
/** Text that I-JSON can hold. */
const text: fc.Arbitrary<string> = fc.string({ unit: 'grapheme', maxLength: 40 });

/** The generated checks of KILT; none where the vectors that lend their keys are missing. */
export function kiltChecks({ oracle, judge, vectors, limitMs }: SuiteInput): Check[] {
  const paramsOf = (id: string): JsonObject | undefined => vectors.find((v) => v.id === id)?.steps[0]?.params;
  const seal = paramsOf('kilt.envelope.seal/text');
  const open = paramsOf('kilt.envelope.open/text');
  const unpack = paramsOf('kilt.envelope.unpack/light');
  const parse = paramsOf('kilt.did.parse/details/key');
  if (seal === undefined || open === undefined || unpack === undefined || parse === undefined) return [];
  const check = <T>(
    id: string,
    suite: 'property' | 'fuzz',
    requirement: string,
    title: string,
    operations: readonly string[],
    arbitrary: fc.Arbitrary<T>,
    trial: (input: T, talk: Talk) => Promise<void>,
  ): Check => ({
    id,
    suite,
    requirement,
    title,
    operations,
    run: (implementation, context) =>
      runCampaign({ id, requirement, oracle, judge, arbitrary, runs: RUNS, limitMs, trial }, implementation, context),
  });
  const message = (content: string, messageId: string): JsonObject => ({
    ...(seal['message'] as JsonObject),
    body: { type: 'bottlepost:text', content: { text: content } },
    messageId,
  });
  return [
    check(
      'property/kilt.envelope/round-trip',
      'property',
      'KLT-ENV-003',
      'what is sealed opens to the same message',
      ['kilt.envelope.seal', 'kilt.envelope.open'],
      fc.tuple(text, text, hexOf(24)),
      async ([content, id, entropy], talk) => {
        const said = message(content, id);
        const { envelope = null } = await talk.want('kilt.envelope.seal', { ...seal, message: said, entropy });
        const opened = await talk.want('kilt.envelope.open', { ...open, envelope });
        if (!equalJson(opened['message'], said))
          talk.violated({
            requirement: 'KLT-ENV-003',
            member: 'message',
            expect: { ok: { message: said } },
            explanation: 'What was sealed did not come out of the envelope.',
          });
      },
    ),
    check(
      'property/kilt.envelope/compact',
      'property',
      'KLT-ENV-022',
      'packed and unpacked, an envelope is what it was',
      ['kilt.envelope.pack', 'kilt.envelope.unpack'],
      fc.tuple(fc.uint8Array({ minLength: 16, maxLength: 60 }).map(toHex), hexOf(24), fc.option(fc.maxSafeNat(), { nil: undefined })),
      async ([ciphertext, nonce, receivedAt], talk) => {
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
    ),
    check(
      'fuzz/kilt.envelope.open',
      'fuzz',
      'KLT-ENV-005',
      'a damaged envelope never opens, and the next right one does',
      ['kilt.envelope.open'],
      damaged(open['envelope'] as JsonObject),
      async (envelope, talk) => {
        const got = await talk.ask('kilt.envelope.open', { ...open, envelope });
        if (got.kind === 'ok' && !equalJson(envelope, open['envelope']))
          talk.violated({
            requirement: 'KLT-ENV-005',
            expect: { reject: 'unauthenticated' },
            explanation: 'A damaged envelope was opened.',
          });
        await talk.want('kilt.envelope.open', open);
      },
    ),
    check(
      'fuzz/kilt.envelope.unpack',
      'fuzz',
      'KLT-ENV-019',
      'damaged compact envelopes are read or refused as the model does',
      ['kilt.envelope.unpack'],
      mutatedBytes(fc.constant(fromHex(String(unpack['bytes'])))).map(toHex),
      (bytes, talk) => agreeing(talk, 'kilt.envelope.unpack', { bytes }, unpack),
    ),
    check(
      'fuzz/kilt.did.parse',
      'fuzz',
      'KLT-DID-001',
      'damaged DIDs are read or refused as the model does',
      ['kilt.did.parse'],
      mutatedText(fc.constant(String(parse['did']))),
      (did, talk) => agreeing(talk, 'kilt.did.parse', { did }, parse),
    ),
  ];
}

/** A damaged input may have several faults, of which an implementation may name any. */
async function agreeing(talk: Talk, operation: string, damagedParams: JsonObject, good: JsonObject): Promise<void> {
  await talk.agree(operation, damagedParams, { anyClass: true });
  await talk.agree(operation, good);
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
