/**
 * Generated suites of Interpeer's wire: what is written reads back as it went in and as the model has it, and what is
 * damaged is read or refused as the model does.
 */
import { callPrimitive } from '../oracle/primitives.ts';
import fc from 'fast-check';
import type { Check } from '../contract/check.ts';
import type { Json, JsonObject } from '../contract/contract.ts';
import { INTERPEER_PRIMITIVES } from './primitives.ts';
import { concatBytes, equalJson, fromHex, toHex, type Value } from '../oracle/values.ts';
import type { SuiteInput } from '../suites/modules.ts';
import { bytesUpTo } from '../suites/arbitraries.ts';
import { runCampaign, type Talk } from '../suites/campaign.ts';
import { SUITES, cookieInput, halves, messages, packet, varint, type Suite } from './arbitraries.ts';
import { mutatedBytes } from '../suites/mutations.ts';

const RUNS = 60;
const VARINT = { encode: 'interpeer.varint.encode', decode: 'interpeer.varint.decode' } as const;
const PACKET = { encode: 'interpeer.packet.encode', decode: 'interpeer.packet.decode' } as const;
const MESSAGES = { encode: 'interpeer.messages.encode', decode: 'interpeer.messages.decode' } as const;
const CHANNEL_ID = { join: 'interpeer.channelid.join', split: 'interpeer.channelid.split' } as const;
const COOKIE = { make: 'interpeer.cookie.make', check: 'interpeer.cookie.check' } as const;

interface Generated<T> {
  readonly id: string;
  readonly suite: 'property' | 'fuzz';
  readonly requirement: string;
  readonly title: string;
  readonly operations: readonly string[];
  /** The suite that it asks with; absent where none is asked with. */
  readonly of?: Suite;
  readonly arbitrary: fc.Arbitrary<T>;
  readonly trial: (input: T, talk: Talk) => Promise<void>;
}

/** The generated checks of Interpeer. */
export function interpeerChecks(input: SuiteInput): Check[] {
  const { oracle, judge, limitMs } = input;
  const check = <T>({ id, suite, requirement, title, operations, of, trial, arbitrary }: Generated<T>): Check => {
    const whole = of === undefined ? id : `${id}/${of}`;
    return {
      id: whole,
      suite,
      requirement,
      title: of === undefined ? title : `${of}: ${title}`,
      operations,
      ...(of === undefined ? {} : { asksWith: { suite: [of] } }),
      run: (implementation, context) =>
        runCampaign({ id: whole, requirement, oracle, judge, arbitrary, runs: RUNS, limitMs, trial }, implementation, context),
    };
  };
  return [
    check(varintRoundTrip()),
    check(varintFuzz()),
    ...SUITES.flatMap((of) => [
      check(packetRoundTrip(of)),
      check(packetFuzz(of, input)),
      check(messagesRoundTrip(of)),
      check(messagesFuzz(of, input)),
      check(cookieLife(of)),
      check(halvesRoundTrip(of)),
    ]),
  ];
}

/** A member of the last answer must be what went in. */
function demand(talk: Talk, answer: JsonObject, member: string, right: Json, requirement: string): void {
  if (!equalJson(answer[member], right))
    talk.violated({
      requirement,
      member,
      expect: { ok: { ...answer, [member]: right } },
      explanation: `The ${member} that went in did not come out.`,
    });
}

/** What an earlier request of the same trial is to answer. */
function made(oracle: SuiteInput['oracle'], operation: string, params: JsonObject, member: string): Uint8Array {
  const answer = oracle.answer(operation, params);
  return answer.kind === 'ok' ? fromHex(String(answer.value[member])) : new Uint8Array(0);
}

function varintRoundTrip(): Generated<readonly [string, string]> {
  return {
    id: 'property/interpeer.varint/round-trip',
    suite: 'property',
    requirement: 'IPR-VAR-002',
    title: 'an integer reads back as it was written, whatever stands behind it',
    operations: [VARINT.encode, VARINT.decode],
    arbitrary: fc.tuple(varint(), bytesUpTo(4).map(toHex)),
    trial: async ([value, behind], talk) => {
      await talk.agree(VARINT.encode, { value });
      const { bytes = '' } = await talk.want(VARINT.encode, { value });
      const read = await talk.want(VARINT.decode, { bytes: `${String(bytes)}${behind}` });
      demand(talk, read, 'value', value, 'IPR-VAR-002');
      demand(talk, read, 'length', String(bytes).length / 2, 'IPR-VAR-005');
    },
  };
}

function varintFuzz(): Generated<Uint8Array> {
  const continued = fc.array(fc.integer({ min: 0x80, max: 0xff }), { maxLength: 11 });
  const arbitrary = fc.oneof(
    bytesUpTo(12),
    fc.tuple(continued, bytesUpTo(2)).map(([front, end]) => concatBytes(Uint8Array.from(front), end)),
  );
  return {
    id: 'fuzz/interpeer.varint.decode',
    suite: 'fuzz',
    requirement: 'IPR-VAR-004',
    title: 'any bytes are an integer or refused, as the model does',
    operations: [VARINT.decode],
    arbitrary,
    trial: (bytes, talk) => talk.agree(VARINT.decode, { bytes: toHex(bytes) }),
  };
}

function packetRoundTrip(of: Suite): Generated<JsonObject> {
  return {
    of,
    id: 'property/interpeer.packet/round-trip',
    suite: 'property',
    requirement: 'IPR-PKT-001',
    title: 'a packet reads back as it was written',
    operations: [PACKET.encode, PACKET.decode],
    arbitrary: packet(of),
    trial: async (params, talk) => {
      await talk.agree(PACKET.encode, params);
      const { datagram = null } = await talk.want(PACKET.encode, params);
      const read = await talk.want(PACKET.decode, {
        suite: of,
        datagram,
        ...(params['protocolId'] === undefined ? {} : { protocolId: params['protocolId'] }),
      });
      for (const member of ['sender', 'recipient', 'channelId', 'sequenceNumber', 'payload', 'sealed'])
        if (params[member] !== undefined) demand(talk, read, member, params[member] ?? null, 'IPR-PKT-001');
      demand(talk, read, 'spin', params['spin'] ?? false, 'IPR-PKT-012');
      demand(talk, read, 'encrypted', params['sealed'] !== undefined, 'IPR-PKT-012');
    },
  };
}

/** A checksum for what is in front of the last four bytes that the packet size counts, so that a reader gets past it. */
function mended(datagram: Uint8Array): Uint8Array {
  const size = ((datagram[42] ?? 0) << 8) | (datagram[43] ?? 0);
  if (size < 52 || size > datagram.length) return datagram;
  const footer = callPrimitive(
    INTERPEER_PRIMITIVES,
    'crc32c',
    new Map<string, Value>([['data', datagram.slice(0, size - 4)]]),
  ) as Uint8Array;
  return concatBytes(datagram.slice(0, size - 4), footer, datagram.slice(size));
}

function packetFuzz(of: Suite, { oracle }: SuiteInput): Generated<readonly [JsonObject, Uint8Array]> {
  const written = packet(of).map(({ protocolId: _, ...params }): JsonObject => params);
  // Damage in the sizes and behind them, where it means something else than another peer.
  const arbitrary = written.chain((params) => {
    const right = made(oracle, PACKET.encode, params, 'datagram');
    const damaged = fc.oneof(
      mutatedBytes(fc.constant(right)),
      mutatedBytes(fc.constant(right.slice(40))).map((end) => concatBytes(right.slice(0, 40), end)),
    );
    return fc.tuple(
      fc.constant(params),
      fc.tuple(damaged, fc.boolean()).map(([bytes, mend]) => (mend ? mended(bytes) : bytes)),
    );
  });
  return {
    of,
    id: 'fuzz/interpeer.packet.decode',
    suite: 'fuzz',
    requirement: 'IPR-PKT-007',
    title: 'damaged packets are read or refused as the model does, and the next right one is read',
    operations: [PACKET.decode],
    arbitrary,
    trial: async ([params, datagram], talk) => {
      const ask = { suite: of };
      await talk.agree(PACKET.decode, { ...ask, datagram: toHex(datagram) }, { anyClass: true });
      await talk.agree(PACKET.decode, { ...ask, datagram: toHex(made(talk.oracle, PACKET.encode, params, 'datagram')) });
    },
  };
}

function messagesRoundTrip(of: Suite): Generated<readonly JsonObject[]> {
  return {
    of,
    id: 'property/interpeer.messages/round-trip',
    suite: 'property',
    requirement: 'IPR-MSG-007',
    title: 'messages read back as they were written',
    operations: [MESSAGES.encode, MESSAGES.decode],
    arbitrary: messages(of),
    trial: async (list, talk) => {
      await talk.agree(MESSAGES.encode, { suite: of, messages: list });
      const { payload = null } = await talk.want(MESSAGES.encode, { suite: of, messages: list });
      demand(talk, await talk.want(MESSAGES.decode, { suite: of, payload }), 'messages', list, 'IPR-MSG-007');
    },
  };
}

function messagesFuzz(of: Suite, { oracle }: SuiteInput): Generated<Uint8Array> {
  const arbitrary = messages(of).chain((list) =>
    fc.oneof(
      { weight: 4, arbitrary: mutatedBytes(fc.constant(made(oracle, MESSAGES.encode, { suite: of, messages: list }, 'payload'))) },
      { weight: 1, arbitrary: bytesUpTo(40) },
    ),
  );
  return {
    of,
    id: 'fuzz/interpeer.messages.decode',
    suite: 'fuzz',
    requirement: 'IPR-MSG-003',
    title: 'damaged payloads are read or refused as the model does',
    operations: [MESSAGES.decode],
    arbitrary,
    trial: (payload, talk) => talk.agree(MESSAGES.decode, { suite: of, payload: toHex(payload) }, { anyClass: true }),
  };
}

function cookieLife(of: Suite): Generated<readonly [JsonObject, number, number]> {
  return {
    of,
    id: 'property/interpeer.cookie/life',
    suite: 'property',
    requirement: of === 'interpeer-1' ? 'IPR-CKE-006' : 'IPR-CKE-007',
    title: 'a cookie is accepted as long as the model says, and none that was changed is',
    operations: [COOKIE.make, COOKIE.check],
    arbitrary: fc.tuple(cookieInput(of), fc.integer({ min: -2000, max: 5000 }), fc.nat(63)),
    trial: async ([params, later, bit], talk) => {
      await talk.agree(COOKIE.make, params);
      const { cookie = '' } = await talk.want(COOKIE.make, params);
      const now = Math.max(0, Number(params['now']) + later);
      await talk.agree(COOKIE.check, { ...params, now, cookie });
      const changed = fromHex(String(cookie));
      const at = (bit >> 3) % changed.length;
      changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
      await talk.agree(COOKIE.check, { ...params, cookie: toHex(changed) });
    },
  };
}

function halvesRoundTrip(of: Suite): Generated<JsonObject> {
  return {
    of,
    id: 'property/interpeer.channelid/round-trip',
    suite: 'property',
    requirement: 'IPR-PKT-018',
    title: 'the halves of a channel id come out as they went in',
    operations: [CHANNEL_ID.join, CHANNEL_ID.split],
    arbitrary: halves(of),
    trial: async (params, talk) => {
      await talk.agree(CHANNEL_ID.join, params);
      const { channelId = null } = await talk.want(CHANNEL_ID.join, params);
      const order = params['halfOrder'] === undefined ? {} : { halfOrder: params['halfOrder'] };
      await talk.agree(CHANNEL_ID.split, { suite: of, ...order, channelId });
      const split = await talk.want(CHANNEL_ID.split, { suite: of, ...order, channelId });
      for (const name of ['initiatorHalf', 'responderHalf'])
        if (params[name] !== undefined && params[name] !== 'f0f0') demand(talk, split, name, params[name], 'IPR-PKT-018');
    },
  };
}
