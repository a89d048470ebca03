/**
 * Properties: relations between answers that hold for every input, tested through the adapter alone. Each is
 * judged by what the implementation itself answered; the spec interpreter only says which answer was at fault.
 */
import fc from 'fast-check';
import type { Check } from '../contract/check.ts';
import type { Json, JsonObject } from '../contract/contract.ts';
import { concatBytes, equalJson, fromHex, toHex } from '../oracle/values.ts';
import { Arbitraries, bytesExactly, bytesUpTo, jsonObject } from '../suites/arbitraries.ts';
import { E3xArbitraries, frameSize, packetOf } from './arbitraries.ts';
import { runCampaign, type Talk } from '../suites/campaign.ts';
import type { SuiteInput } from '../suites/modules.ts';
import { mutatedBytes, mutatedText } from '../suites/mutations.ts';
import { Receiver } from '../suites/oracle-implementation.ts';

const RUNS = 60;
const JSON_HEAD_LENGTH_MIN = 7; // E3X-LOB-006
/** Cuts of one stream: enough that a short one arrives byte by byte. */
const CUTS_MAX = 40;

interface Property<T> {
  /** `operation/relation`. */
  readonly name: string;
  readonly requirement: string;
  readonly title: string;
  readonly operations: readonly string[];
  readonly arbitrary: fc.Arbitrary<T>;
  readonly trial: (input: T, talk: Talk) => Promise<void>;
}
/** A property with the type of its input closed over. */
type Bind = <T>(property: Property<T>) => Check;

/** One check for every property whose operations the spec has. */
export function propertyChecks({ oracle, judge, hints, limitMs }: SuiteInput): Check[] {
  const known = new Set(oracle.spec.operations.map((operation) => operation.operation));
  const bind: Bind = ({ name, requirement, title, operations, arbitrary, trial }) => {
    const id = `property/${name}`;
    return {
      id,
      suite: 'property',
      requirement,
      title,
      operations,
      run: (implementation, context) =>
        runCampaign({ id, requirement, oracle, judge, arbitrary, runs: RUNS, limitMs, trial }, implementation, context),
    };
  };
  const make = new E3xArbitraries(new Arbitraries(oracle, hints));
  return [packetProperties, chunkProperties, cloakProperties, hashnameProperties, textProperties, joseProperties]
    .flatMap((properties) => properties(make, bind))
    .filter((check) => check.operations.every((operation) => known.has(operation)));
}

/** Requires a member of the last answer; the clause is blamed if it is anything else. */
function demand(talk: Talk, answer: JsonObject, member: string, right: Json, requirement: string, explanation: string): void {
  if (equalJson(answer[member], right)) return;
  talk.violated({ requirement, expect: { ok: { ...answer, [member]: right } }, member, explanation });
}
function hexOf(answer: JsonObject, member: string): string {
  return String(answer[member] ?? '');
}
function listOf(answer: JsonObject, member: string): readonly Json[] {
  const list = answer[member];
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}
/** Bytes of hex that an implementation answered; what is no hex has no bytes. */
function bytesIn(hex: Json | undefined): Uint8Array {
  return typeof hex === 'string' && /^([0-9a-f]{2})*$/.test(hex) ? fromHex(hex) : new Uint8Array(0);
}

function packetProperties(make: E3xArbitraries, property: Bind): Check[] {
  const encode = 'e3x.packet.encode';
  const decode = 'e3x.packet.decode';
  const json = jsonObject().filter(
    (value) => Object.keys(value).length === 0 || Buffer.byteLength(JSON.stringify(value)) >= JSON_HEAD_LENGTH_MIN,
  );
  return [
    property({
      name: 'e3x.packet.encode/head-round-trip',
      requirement: 'E3X-LOB-013',
      title: 'A packet built from head bytes and a body gives both back',
      operations: [encode, decode],
      arbitrary: fc.record({ head: make.head().map(toHex), body: bytesUpTo(260).map(toHex) }),
      trial: async ({ head, body }, talk) => {
        const { packet = '' } = await talk.want(encode, { head, body });
        const decoded = await talk.want(decode, { packet });
        demand(talk, decoded, 'head', head, 'E3X-LOB-013', 'The head that went in did not come out.');
        demand(talk, decoded, 'headLength', head.length / 2, 'E3X-LOB-001', 'The head that went in has another length.');
        demand(talk, decoded, 'body', body, 'E3X-LOB-008', 'The body that went in did not come out.');
        demand(talk, decoded, 'bodyLength', body.length / 2, 'E3X-LOB-008', 'The body that went in has another length.');
      },
    }),
    property({
      name: 'e3x.packet.encode/json-round-trip',
      requirement: 'E3X-LOB-006',
      title: 'A packet built from a JSON object and a body gives both back',
      operations: [encode, decode],
      arbitrary: fc.record({ json, body: bytesUpTo(120).map(toHex) }),
      trial: async (params, talk) => {
        const { packet = '' } = await talk.want(encode, params);
        const decoded = await talk.want(decode, { packet });
        if (Object.keys(params.json).length > 0)
          demand(talk, decoded, 'json', params.json, 'E3X-LOB-006', 'The object that went in did not come out.');
        else demand(talk, decoded, 'headLength', 0, 'E3X-LOB-010', 'The empty object became a head.');
        demand(talk, decoded, 'body', params.body, 'E3X-LOB-008', 'The body that went in did not come out.');
      },
    }),
    property({
      name: 'e3x.packet.decode/total',
      requirement: 'E3X-LOB-003',
      title: 'Any bytes are a packet unless truncated, and head and body recompose them',
      operations: [decode],
      arbitrary: fc.oneof(
        { weight: 2, arbitrary: make.packet() },
        { weight: 2, arbitrary: mutatedBytes(make.packet()) },
        { weight: 1, arbitrary: bytesUpTo(40) },
      ),
      trial: async (packet, talk) => {
        const params = { packet: toHex(packet) };
        const got = await talk.ask(decode, params);
        const headLength = (packet[0] ?? 0) * 256 + (packet[1] ?? 0);
        const whole = packet.length >= 2 && headLength <= packet.length - 2;
        if (!whole) {
          const requirement = packet.length < 2 ? 'E3X-LOB-002' : 'E3X-LOB-003';
          if (got.kind === 'ok' || got.class !== 'truncated')
            talk.violated({
              requirement,
              expect: { reject: 'truncated' },
              explanation: `${String(packet.length)} bytes that announce a head of ${String(headLength)} were not refused as truncated.`,
            });
          return;
        }
        if (got.kind === 'reject')
          return talk.violated({
            requirement: 'E3X-LOB-003',
            expect: { ok: {} },
            explanation: `A packet whose length fits can fail in no way, and was refused as '${got.class}'.`,
          });
        const { value } = got;
        demand(talk, value, 'headLength', headLength, 'E3X-LOB-001', 'The head length is not what the first two bytes say.');
        demand(
          talk,
          value,
          'head',
          toHex(packet.subarray(2, 2 + headLength)),
          'E3X-LOB-001',
          'Length, head and body do not recompose the packet: the head differs.',
        );
        demand(
          talk,
          value,
          'body',
          toHex(packet.subarray(2 + headLength)),
          'E3X-LOB-008',
          'Length, head and body do not recompose the packet: the body differs.',
        );
        demand(talk, value, 'bodyLength', packet.length - 2 - headLength, 'E3X-LOB-008', 'The body length is not the length of the body.');
        const read = ['json', 'jsonError'].filter((member) => member in value);
        const due = headLength < JSON_HEAD_LENGTH_MIN ? 0 : 1;
        if (read.length !== due)
          talk.violated({
            requirement: due === 0 ? 'E3X-LOB-005' : 'E3X-LOB-007',
            expect: { ok: {} },
            explanation:
              due === 0
                ? 'A head shorter than 7 bytes was read as JSON.'
                : 'A head of 7 bytes or more has either an object or an error beside it, never both or neither.',
          });
      },
    }),
  ];
}

function chunkProperties(make: E3xArbitraries, property: Bind): Check[] {
  const split = 'e3x.chunks.split';
  const join = 'e3x.chunks.join';
  // Two bytes to a frame make a reply of four times the packet: small sizes go with small packets.
  const sized = frameSize(2).chain((size) =>
    fc.record({ packet: (size < 20 ? make.smallPacket() : make.packet()).map(toHex), size: fc.constant(size) }),
  );
  return [
    property({
      name: 'e3x.chunks.split/round-trip',
      requirement: 'E3X-CHK-008',
      title: 'The frames of a packet, joined, are that packet and no other',
      operations: [split, join],
      arbitrary: sized,
      trial: async (params, talk) => {
        const stream = listOf(await talk.want(split, params), 'frames').join('');
        demand(
          talk,
          await talk.want(join, { stream }),
          'packets',
          [params.packet],
          'E3X-CHK-008',
          'The packet that was split did not come out of its frames.',
        );
      },
    }),
    property({
      name: 'e3x.chunks.split/frame-size',
      requirement: 'E3X-CHK-005',
      title: 'No frame is longer than the size, and all fragments but the last are as long as it allows',
      operations: [split],
      arbitrary: sized,
      trial: async ({ packet, size }, talk) => {
        const answer = await talk.want(split, { packet, size });
        const frames = listOf(answer, 'frames').map(bytesIn);
        const long = frames.findIndex((frame) => frame.length > size);
        const expect = { ok: { ...answer, frames: [] } };
        if (long >= 0)
          talk.violated({
            requirement: 'E3X-CHK-005',
            expect,
            member: `frames/${String(long)}`,
            explanation: `Frame ${String(long)} has ${String(frames[long]?.length)} bytes where the size is ${String(size)}.`,
          });
        const fragments = frames.map((frame) => frame[0] ?? 0).filter((length) => length > 0);
        const short = fragments.slice(0, -1).findIndex((length) => length !== Math.min(size - 1, 255));
        if (short >= 0)
          talk.violated({
            requirement: 'E3X-CHK-003',
            expect,
            member: `frames/${String(short)}`,
            explanation: `Frame ${String(short)} carries ${String(fragments[short])} bytes and is not the last.`,
          });
      },
    }),
    property({
      name: 'e3x.chunks.join/concatenation',
      requirement: 'E3X-CHK-008',
      title: 'The streams of several packets, one behind the other, deliver them in order',
      operations: [split, join],
      arbitrary: fc.array(fc.record({ packet: make.smallPacket().map(toHex), size: frameSize(2) }), { minLength: 2, maxLength: 3 }),
      trial: async (parts, talk) => {
        let stream = '';
        for (const part of parts) stream += listOf(await talk.want(split, part), 'frames').join('');
        demand(
          talk,
          await talk.want(join, { stream }),
          'packets',
          parts.map((part) => part.packet),
          'E3X-CHK-008',
          'The packets did not come out as they went in.',
        );
      },
    }),
    property({
      name: 'e3x.chunks.receive/cuts',
      requirement: 'E3X-CHK-011',
      title: 'What a receiver delivers does not depend on how the stream is cut into reads',
      operations: [join, 'e3x.chunks.open', 'e3x.chunks.receive'],
      arbitrary: fc.record({
        stream: fc.oneof({ weight: 3, arbitrary: make.chunkStream() }, { weight: 1, arbitrary: mutatedBytes(make.chunkStream()) }),
        cuts: fc.oneof(
          { weight: 2, arbitrary: fc.array(fc.nat(300), { maxLength: CUTS_MAX, size: 'max' }) },
          { weight: 1, arbitrary: fc.array(fc.nat(300), { maxLength: 4 }) },
        ),
      }),
      trial: receiveInCuts,
    }),
  ];
}

async function receiveInCuts(
  { stream, cuts }: { readonly stream: Uint8Array; readonly cuts: readonly number[] },
  talk: Talk,
): Promise<void> {
  const edges = [...new Set([0, ...cuts.map((cut) => cut % (stream.length + 1)), stream.length])].sort((a, b) => a - b);
  const options = { size: 256, blocking: false, acks: 'none', now: 1000 };
  const receive = (session: string, bytes: Uint8Array, model: Receiver): Promise<JsonObject> => {
    const params = { session: `$${session}`, bytes: toHex(bytes), now: 1000 };
    return talk.want('e3x.chunks.receive', params, { right: { ok: model.answer('e3x.chunks.receive', params).value } });
  };
  const open = (session: string): Promise<JsonObject> =>
    talk.want('e3x.chunks.open', options, { bind: { session }, right: { ok: { transmit: [], events: [], timeoutAt: null } } });

  const { packets = [] } = await talk.want('e3x.chunks.join', { stream: toHex(stream) });
  await open('whole');
  const whole = await receive('whole', stream, new Receiver(talk.oracle));
  const events = listOf(whole, 'events');
  const delivered = events
    .filter((event) => (event as JsonObject)['type'] === 'packet')
    .map((event) => (event as JsonObject)['packet'] ?? null);
  if (!equalJson(delivered, packets)) {
    talk.violated({
      requirement: 'E3X-CHK-008',
      expect: { ok: { ...whole, events: listOf({ packets }, 'packets').map((packet) => ({ type: 'packet', packet, link: 0 })) } },
      member: 'events',
      explanation: 'A receiver given the stream in one read delivers other packets than joining the stream does.',
    });
  }
  await open('cut');
  const model = new Receiver(talk.oracle);
  let seen = 0;
  for (let i = 0; i + 1 < edges.length; i++) {
    const read = await receive('cut', stream.subarray(edges[i], edges[i + 1]), model);
    const count = listOf(read, 'events').length;
    const last = i + 2 === edges.length;
    // Up to the last read it is enough that nothing else is delivered; then all of it must be.
    demand(
      talk,
      read,
      'events',
      events.slice(seen, last ? undefined : seen + count),
      'E3X-CHK-011',
      `Read ${String(i + 1)} of ${String(edges.length - 1)} does not go on as the whole stream in one read does.`,
    );
    seen += count;
    if (last)
      demand(
        talk,
        read,
        'timeoutAt',
        whole['timeoutAt'] ?? null,
        'E3X-CHK-011',
        'After the last read the receiver waits for something else than after the whole stream in one read.',
      );
  }
}

function cloakProperties(make: E3xArbitraries, property: Bind): Check[] {
  const apply = 'e3x.cloak.apply';
  const remove = 'e3x.cloak.remove';
  return [
    property({
      name: 'e3x.cloak.apply/round-trip',
      requirement: 'E3X-CLK-003',
      title: 'Removing the cloak gives the packet and the number of rounds back',
      operations: [apply, remove],
      arbitrary: fc.record({ packet: make.cloakablePacket().map(toHex), nonces: make.nonces().map((nonces) => nonces.map(toHex)) }),
      trial: async ({ packet, nonces }, talk) => {
        const answer = await talk.want(apply, { packet, nonces });
        const cloaked = hexOf(answer, 'cloaked');
        const length = packet.length + 16 * nonces.length;
        if (cloaked.length !== length)
          talk.violated({
            requirement: 'E3X-CLK-003',
            expect: { ok: {} },
            member: 'cloaked',
            explanation: `Cloaked bytes are 8 longer for each round: ${String(length / 2)} bytes here, not ${String(cloaked.length / 2)}.`,
          });
        const bare = await talk.want(remove, { cloaked });
        demand(talk, bare, 'rounds', nonces.length, 'E3X-CLK-004', 'The rounds removed are not the rounds applied.');
        demand(talk, bare, 'packet', packet, 'E3X-CLK-003', 'The packet that was cloaked did not come out.');
      },
    }),
    property({
      name: 'e3x.cloak.remove/plain',
      requirement: 'E3X-CLK-005',
      title: 'A packet that begins with zero passes as it is, with no rounds',
      operations: [remove],
      arbitrary: make.cloakablePacket().map(toHex),
      trial: async (packet, talk) => {
        const bare = await talk.want(remove, { cloaked: packet });
        demand(talk, bare, 'packet', packet, 'E3X-CLK-005', 'A plain packet came out changed.');
        demand(talk, bare, 'rounds', 0, 'E3X-CLK-005', 'Rounds were counted where there were none.');
      },
    }),
  ];
}

function hashnameProperties(make: E3xArbitraries, property: Bind): Check[] {
  const derive = 'e3x.hashname.derive';
  const digestsOf = 'e3x.hashname.intermediates';
  const keys = make.csidMap([1, 21, 32], 1);
  return [
    property({
      name: 'e3x.hashname.derive/key-order',
      requirement: 'E3X-HSN-003',
      title: 'The order in which keys are given makes no difference',
      operations: [derive],
      arbitrary: make.csidMap([1, 32], 2).chain((given) =>
        fc.record({
          given: fc.constant(given),
          order: fc.shuffledSubarray(Object.entries(given), { minLength: Object.keys(given).length }),
        }),
      ),
      trial: async ({ given, order }, talk) => {
        const first = await talk.want(derive, { keys: given });
        const second = await talk.want(derive, { keys: Object.fromEntries(order) });
        demand(talk, second, 'hashname', first['hashname'] ?? null, 'E3X-HSN-003', 'The same keys in another order give another hashname.');
      },
    }),
    property({
      name: 'e3x.hashname.derive/intermediates',
      requirement: 'E3X-HSN-005',
      title: 'Intermediate digests may stand in for any of the keys',
      operations: [derive, digestsOf],
      arbitrary: fc.record({ given: keys, standIn: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }) }),
      trial: async ({ given, standIn }, talk) => {
        const { hashname = null } = await talk.want(derive, { keys: given });
        const { intermediates = {} } = await talk.want(digestsOf, { keys: given });
        const replaced = Object.keys(given).filter((_, i) => standIn[i] === true);
        const left = Object.fromEntries(Object.entries(given).filter(([csid]) => !replaced.includes(csid)));
        const digests = Object.fromEntries(Object.entries(intermediates as JsonObject).filter(([csid]) => replaced.includes(csid)));
        demand(
          talk,
          await talk.want(derive, { keys: left, intermediates: digests }),
          'hashname',
          hashname,
          'E3X-HSN-005',
          `With digests standing in for ${replaced.join(', ') || 'none'} the hashname is another.`,
        );
      },
    }),
    property({
      name: 'e3x.hashname.derive/parse-round-trip',
      requirement: 'E3X-HSN-001',
      title: 'A hashname is 52 characters that stand for 32 bytes',
      operations: [derive, 'e3x.hashname.parse', 'e3x.base32.encode'],
      arbitrary: keys,
      trial: async (given, talk) => {
        const { hashname = '' } = await talk.want(derive, { keys: given });
        const { digest = '' } = await talk.want('e3x.hashname.parse', { hashname });
        demand(
          talk,
          await talk.want('e3x.base32.encode', { bytes: digest }),
          'text',
          hashname,
          'E3X-HSN-001',
          'The digest of a hashname, written as base 32, is not the hashname.',
        );
      },
    }),
    property({
      name: 'e3x.token.derive/prefix-only',
      requirement: 'E3X-TOK-005',
      title: 'A token depends on the first 16 bytes of the body and on nothing else',
      operations: ['e3x.token.derive'],
      arbitrary: fc.record({
        prefix: bytesExactly(16),
        csids: fc.tuple(fc.integer({ min: 1, max: 255 }), fc.integer({ min: 1, max: 255 })),
        rests: fc.tuple(bytesUpTo(80), bytesUpTo(80)),
      }),
      trial: async ({ prefix, csids, rests }, talk) => {
        const message = (csid: number, rest: Uint8Array): JsonObject => ({
          packet: toHex(packetOf(Uint8Array.of(csid), concatBytes(prefix, rest))),
        });
        const { token = null } = await talk.want('e3x.token.derive', message(csids[0], rests[0]));
        demand(
          talk,
          await talk.want('e3x.token.derive', message(csids[1], rests[1])),
          'token',
          token,
          'E3X-TOK-005',
          'Two messages with the same first 16 bytes have different tokens.',
        );
      },
    }),
  ];
}

function textProperties(_make: E3xArbitraries, property: Bind): Check[] {
  const encode = 'e3x.base32.encode';
  const decode = 'e3x.base32.decode';
  const letters = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), maxLength: 24 });
  return [
    property({
      name: 'e3x.base32.encode/round-trip',
      requirement: 'E3X-B32-001',
      title: 'Bytes written as base 32 read back as themselves',
      operations: [encode, decode],
      arbitrary: bytesUpTo(257).map(toHex),
      trial: async (bytes, talk) => {
        const { text = '' } = await talk.want(encode, { bytes });
        demand(talk, await talk.want(decode, { text }), 'bytes', bytes, 'E3X-B32-001', 'The bytes that were written did not come out.');
      },
    }),
    property({
      name: 'e3x.base32.decode/canonical',
      requirement: 'E3X-B32-005',
      title: 'Text that is accepted is the one spelling of its bytes',
      operations: [decode, encode],
      arbitrary: fc.oneof(letters, mutatedText(letters)),
      trial: async (text, talk) => {
        const got = await talk.ask(decode, { text });
        if (got.kind === 'reject') return;
        const again = await talk.want(encode, { bytes: hexOf(got.value, 'bytes') });
        const right = talk.oracle.answer(decode, { text });
        demand(
          talk,
          again,
          'text',
          text,
          right.kind === 'reject' ? right.clause : 'E3X-B32-001',
          'Text was accepted that is not how its bytes are written.',
        );
      },
    }),
  ];
}

function joseProperties(make: E3xArbitraries, property: Bind): Check[] {
  const roundTrip = (form: 'jws' | 'jwe', requirement: string): Check[] => {
    const encode = `e3x.${form}.encode`;
    const decode = `e3x.${form}.decode`;
    const text = form === 'jws' ? make.jws() : make.jwe();
    return [
      property({
        name: `${encode}/round-trip`,
        requirement,
        title: `A compact ${form.toUpperCase()} mapped to its packet and back is unchanged, byte for byte`,
        operations: [encode, decode],
        arbitrary: text,
        trial: async (compact, talk) => {
          const { packet = '' } = await talk.want(encode, { [form]: compact });
          const back = await talk.want(decode, { packet });
          demand(talk, back, form, compact, requirement, 'The compact form that went in did not come out.');
        },
      }),
    ];
  };
  return [...roundTrip('jws', 'E3X-JOS-002'), ...roundTrip('jwe', 'E3X-JOS-006')];
}
