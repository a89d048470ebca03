/**
 * Suites for operations over keys: round trips with the keys of the committed vectors, and mutated messages, of which
 * none may be accepted. No oracle is asked for those: every byte of a message is authenticated.
 */
import fc from 'fast-check';
import type { Check } from '../../harness/core/check.ts';
import type { JsonObject } from '../../harness/core/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { fromHex, toHex } from '../oracle/values.ts';
import type { Vector } from '../vectors.ts';
import { bytesUpTo, packetOf } from './arbitraries.ts';
import { CAMPAIGN_MS, runCampaign, type Talk } from './campaign.ts';
import type { Judge } from './judge.ts';
import { mutatedBytes } from './mutations.ts';

/** Cases at effort 1: RSA is a thousand times slower than the rest. */
const RUNS: { readonly [csid: string]: number } = { '1a': 60, '2a': 20, '3a': 60 };
const ENTROPY_LENGTH: { readonly [csid: string]: number } = { '1a': 4, '2a': 12, '3a': 24 };
const CHANNEL_KEY_LENGTH: { readonly [csid: string]: number } = { '1a': 16, '2a': 32, '3a': 32 };
/** Bytes of a channel packet that nothing authenticates: LENGTH and the token. */
const CHANNEL_PREFIX = 18;

const inner: fc.Arbitrary<string> = fc.tuple(fc.oneof(fc.constant(new Uint8Array(0)), bytesUpTo(6)), bytesUpTo()).map(([head, body]) => toHex(packetOf(head, body)));
const exactly = (length: number): fc.Arbitrary<string> => fc.uint8Array({ minLength: length, maxLength: length }).map(toHex);

/** The checks that the vectors' keys allow; none where the vectors have no messages. */
export function messageChecks(oracle: Oracle, judge: Judge, vectors: readonly Vector[], limitMs: number = CAMPAIGN_MS): Check[] {
  const paramsOf = (id: string): JsonObject | undefined => vectors.find((v) => v.id === id)?.steps[0]?.params;
  return Object.keys(RUNS).flatMap((csid) => {
    const seal = paramsOf(`e3x.message.seal/${csid}/inner-64`);
    const open = paramsOf(`e3x.message.open/${csid}/inner-64`);
    return seal === undefined || open === undefined ? [] : checksOf(oracle, judge, csid, seal, open, limitMs);
  });
}

function checksOf(oracle: Oracle, judge: Judge, csid: string, seal: JsonObject, open: JsonObject, limitMs: number): Check[] {
  const runs = RUNS[csid] ?? 1;
  const check = <T>(id: string, suite: 'property' | 'fuzz', requirement: string, title: string, operations: readonly string[], arbitrary: fc.Arbitrary<T>, trial: (input: T, talk: Talk) => Promise<void>): Check => ({
    id, suite, requirement, title, operations,
    asksWith: { csid: [csid] },
    run: (implementation, context) => runCampaign({ id, requirement, oracle, judge, arbitrary, runs, limitMs, trial }, implementation, context),
  });
  const group = `E3X-CS${csid[0] ?? ''}`;
  const packet = fromHex(String(open['packet']));
  const channelKey = '0b'.repeat(CHANNEL_KEY_LENGTH[csid] ?? 0);
  const channel = { csid, key: channelKey, token: '0c'.repeat(16) };
  const entropy = exactly(ENTROPY_LENGTH[csid] ?? 0);
  return [
    check(`property/e3x.message/${csid}/round-trip`, 'property', `${group}-002`, `${csid}: what is sealed opens to the same inner packet`, ['e3x.message.seal', 'e3x.message.open'], fc.tuple(inner, entropy), async ([content, random], talk) => {
      const sealed = await talk.want('e3x.message.seal', { ...seal, inner: content, entropy: random });
      const opened = await talk.want('e3x.message.open', { ...open, packet: sealed['packet'] ?? '' });
      if (opened['inner'] !== content || opened['verified'] !== true) talk.violated({ requirement: `${group}-002`, member: 'inner', expect: { ok: { inner: content, verified: true } }, explanation: 'What was sealed did not come out of the message.' });
    }),
    check(`fuzz/e3x.message.open/${csid}`, 'fuzz', 'E3X-MSG-003', `${csid}: a mutated message is never accepted, and the next right one is`, ['e3x.message.open'], mutatedBytes(fc.constant(packet)).map(toHex), async (mutated, talk) => {
      await refused(talk, 'e3x.message.open', { ...open, packet: mutated }, mutated === open['packet'], 'E3X-MSG-003');
      await talk.want('e3x.message.open', open);
    }),
    check(`property/e3x.channelpacket/${csid}/round-trip`, 'property', 'E3X-CHP-002', `${csid}: a channel packet opens to the same inner packet and token`, ['e3x.channelpacket.seal', 'e3x.channelpacket.open'], fc.tuple(inner, entropy, exactly(16)), async ([content, random, token], talk) => {
      const sealed = await talk.want('e3x.channelpacket.seal', { ...channel, token, inner: content, entropy: random });
      const opened = await talk.want('e3x.channelpacket.open', { csid, key: channelKey, packet: sealed['packet'] ?? '' });
      if (opened['inner'] !== content || opened['token'] !== token) talk.violated({ requirement: 'E3X-CHP-002', member: 'inner', expect: { ok: { token, inner: content } }, explanation: 'What was sealed did not come out of the channel packet.' });
    }),
    check(`fuzz/e3x.channelpacket.open/${csid}`, 'fuzz', 'E3X-CHP-004', `${csid}: a channel packet mutated behind its token is never accepted`, ['e3x.channelpacket.seal', 'e3x.channelpacket.open'], fc.tuple(inner, entropy, fc.infiniteStream(fc.nat())), async ([content, random, choices], talk) => {
      const sealed = String((await talk.want('e3x.channelpacket.seal', { ...channel, inner: content, entropy: random }))['packet']);
      const bytes = fromHex(sealed);
      const at = CHANNEL_PREFIX + ((choices.next().value ?? 0) % (bytes.length - CHANNEL_PREFIX));
      bytes[at] = (bytes[at] ?? 0) ^ (1 << ((choices.next().value ?? 0) % 8));
      await refused(talk, 'e3x.channelpacket.open', { csid, key: channelKey, packet: toHex(bytes) }, false, 'E3X-CHP-004');
      await talk.want('e3x.channelpacket.open', { csid, key: channelKey, packet: sealed });
    }),
  ];
}

/** Asks with a mutated packet; only one that is by chance the original may be accepted. */
async function refused(talk: Talk, operation: string, params: JsonObject, unchanged: boolean, requirement: string): Promise<void> {
  const got = await talk.ask(operation, params);
  if (got.kind === 'ok' && !unchanged) talk.violated({ requirement, expect: { reject: 'unauthenticated' }, explanation: 'A mutated packet was accepted.' });
}
