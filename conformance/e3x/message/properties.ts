/**
 * Suites for operations over keys: round trips with the keys of the committed vectors, and mutated messages, of which
 * none may be accepted. No oracle is asked for those: every byte of a message is authenticated.
 */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import { campaignCheck } from '../../suites/campaign-check.ts';
import { Dice } from '../../suites/campaign.ts';
import { type Talk } from '../../suites/talk.ts';
import type { SuiteInput, TopicProperties } from '../../suites/modules.ts';
import { lob } from '../packet/build.ts';
import { messageFlows } from './cross.ts';
import { damage, fuzzTargets } from './mutations.ts';

/** Cases at effort 1: RSA is a thousand times slower than the rest. */
const RUNS: { readonly [csid: string]: number } = { '1a': 60, '2a': 20, '3a': 60 };
const ENTROPY_LENGTH: { readonly [csid: string]: number } = { '1a': 4, '2a': 12, '3a': 24 };
const CHANNEL_KEY_LENGTH: { readonly [csid: string]: number } = { '1a': 16, '2a': 32, '3a': 32 };

/** Shortest bodies of a message, by cipher set. */
const BODY_LENGTHS_MIN: { readonly [csid: string]: number } = { '1a': 29, '2a': 540, '3a': 88 };
/** Mostly the set whose packets are short: a packet and a set that are drawn apart mostly fit then. */
const mostly3a = (): fc.Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant('3a') }, { weight: 1, arbitrary: fc.constantFrom('1a', '2a') });
/** How requests about messages that nobody opens are drawn: bodies at and around the shortest that there can be. */
const hints: Hints = {
  params: {
    'e3x.message.identity.csid': mostly3a,
    'e3x.message.identity.packet': () =>
      mostly3a().chain((csid) => {
        const shortest = BODY_LENGTHS_MIN[csid] ?? 0;
        return fc.integer({ min: shortest - 1, max: shortest + 40 }).map((length) => lob(fromHex(csid), new Uint8Array(length)));
      }),
  },
};

export const properties: TopicProperties = { checks: messageChecks, flows: (_oracle, vectors) => messageFlows(vectors), hints };

const inner: fc.Arbitrary<string> = fc
  .tuple(fc.oneof(fc.constant(new Uint8Array(0)), bytesUpTo(6)), bytesUpTo())
  .map(([head, body]) => lob(head, body));
const exactly = (length: number): fc.Arbitrary<string> => fc.uint8Array({ minLength: length, maxLength: length }).map(toHex);

/** The checks that the vectors' keys allow; none if the vectors have no messages. */
function messageChecks(input: SuiteInput): Check[] {
  const paramsOf = (id: string): JsonObject | undefined => input.vectors.find((v) => v.id === id)?.steps[0]?.params;
  return Object.keys(RUNS).flatMap((csid) => {
    const seal = paramsOf(`e3x.message.seal/${csid}/inner-64`);
    const open = paramsOf(`e3x.message.open/${csid}/inner-64`);
    return seal === undefined || open === undefined ? [] : checksOf(input, csid, seal, open);
  });
}

function checksOf(input: SuiteInput, csid: string, seal: JsonObject, open: JsonObject): Check[] {
  const runs = RUNS[csid] ?? 1;
  const check = <T>(
    id: string,
    suite: 'property' | 'fuzz',
    requirement: string,
    title: string,
    operations: readonly string[],
    arbitrary: fc.Arbitrary<T>,
    trial: (drawn: T, talk: Talk) => Promise<void>,
  ): Check => campaignCheck(input, { id, suite, requirement, title, operations, asksWith: { csid: [csid] }, arbitrary, runs, trial });
  const group = `E3X-CS${csid[0] ?? ''}`;
  const channelKey = '0b'.repeat(CHANNEL_KEY_LENGTH[csid] ?? 0);
  const channel = { csid, key: channelKey, token: '0c'.repeat(16) };
  const entropy = exactly(ENTROPY_LENGTH[csid] ?? 0);
  return [
    check(
      `property/e3x.message/${csid}/round-trip`,
      'property',
      `${group}-002`,
      `${csid}: what is sealed opens to the same inner packet`,
      ['e3x.message.seal', 'e3x.message.open'],
      fc.tuple(inner, entropy),
      async ([content, random], talk) => {
        const sealed = await talk.want('e3x.message.seal', { ...seal, inner: content, entropy: random });
        const opened = await talk.want('e3x.message.open', { ...open, packet: sealed['packet'] ?? '' });
        if (opened['inner'] !== content || opened['verified'] !== true)
          talk.violated({
            requirement: `${group}-002`,
            member: 'inner',
            expect: { ok: { inner: content, verified: true } },
            explanation: 'Opening the message did not give back what was sealed.',
          });
      },
    ),
    check(
      `property/e3x.channelpacket/${csid}/round-trip`,
      'property',
      'E3X-CHP-002',
      `${csid}: a channel packet opens to the same inner packet and token`,
      ['e3x.channelpacket.seal', 'e3x.channelpacket.open'],
      fc.tuple(inner, entropy, exactly(16)),
      async ([content, random, token], talk) => {
        const sealed = await talk.want('e3x.channelpacket.seal', { ...channel, token, inner: content, entropy: random });
        const opened = await talk.want('e3x.channelpacket.open', { csid, key: channelKey, packet: sealed['packet'] ?? '' });
        if (opened['inner'] !== content || opened['token'] !== token)
          talk.violated({
            requirement: 'E3X-CHP-002',
            member: 'inner',
            expect: { ok: { token, inner: content } },
            explanation: 'Opening the channel packet did not give back what was sealed.',
          });
      },
    ),
    check(
      `property/e3x.message/${csid}/at-once`,
      'property',
      `${group}-002`,
      `${csid}: messages and channel packets that are sealed and opened at once do not disturb each other`,
      ['e3x.message.seal', 'e3x.message.open', 'e3x.channelpacket.seal'],
      fc.tuple(inner, entropy, inner, entropy),
      async ([one, random, other, otherRandom], talk) => {
        const sealing = (operation: string, params: JsonObject): { operation: string; params: JsonObject }[] => [
          { operation, params: { ...params, inner: one, entropy: random } },
          { operation, params: { ...params, inner: other, entropy: otherRandom } },
        ];
        await talk.agreeConcurrently([
          ...sealing('e3x.message.seal', seal),
          { operation: 'e3x.message.open', params: open },
          ...sealing('e3x.channelpacket.seal', channel),
        ]);
      },
    ),
    ...fuzzTargets(input.oracle, csid, input.vectors).map((target) =>
      check(
        `fuzz/${target.operation}/${csid}`,
        'fuzz',
        target.requirement,
        `${csid}: a damaged packet is never accepted, and the right one after it is`,
        [target.operation],
        fc.nat(),
        async (seed, talk) => {
          const { kind, right, packet } = damage(target, new Dice(seed));
          const got = await talk.ask(target.operation, { ...right, packet });
          if (got.kind === 'ok')
            talk.violated({
              requirement: target.requirement,
              expect: { reject: 'unauthenticated' },
              explanation: `A damaged packet (${kind}) was accepted.`,
            });
          await talk.agree(target.operation, right);
        },
      ),
    ),
  ];
}
