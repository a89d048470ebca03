/** What holds for the chunks of every packet and for every stream of them. */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { equalJson, fromHex, toHex } from '../../oracle/values.ts';
import type { Arbitraries } from '../../suites/arbitraries.ts';
import type { Talk } from '../../suites/talk.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { mutatedBytes } from '../../suites/mutations.ts';
import { Receiver } from './receiver.ts';
import { demand, propertyChecks, type Bind } from '../../suites/property.ts';
import { anyPacket } from '../packet/arbitraries.ts';
import { chunkStream, frameSize, hints, smallPacket } from './arbitraries.ts';
import { chunkFlows } from './cross.ts';

/** Cuts of one stream: enough that a short one arrives byte by byte. */
const CUTS_MAX = 40;

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, chunkProperties),
  hints,
  flows: chunkFlows,
};

function listOf(answer: JsonObject, member: string): readonly Json[] {
  const list = answer[member];
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}

/** Bytes of hex that an implementation answered; what is not hex has no bytes. */
function bytesIn(hex: Json | undefined): Uint8Array {
  return typeof hex === 'string' && /^([0-9a-f]{2})*$/.test(hex) ? fromHex(hex) : new Uint8Array(0);
}

function chunkProperties(property: Bind, make: Arbitraries): Check[] {
  const split = 'e3x.chunks.split';
  const join = 'e3x.chunks.join';
  // Two bytes to a frame make a reply of four times the packet: small sizes go with small packets.
  const sized = frameSize(2).chain((size) =>
    fc.record({ packet: (size < 20 ? smallPacket() : anyPacket()).map(toHex), size: fc.constant(size) }),
  );
  return [
    property({
      name: 'e3x.chunks.split/round-trip',
      requirement: 'E3X-CHK-008',
      title: 'The frames of a packet, joined, are exactly that packet',
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
          'Joining the frames did not give back the packet that was split.',
        );
      },
    }),
    property({
      name: 'e3x.chunks.split/frame-size',
      requirement: 'E3X-CHK-005',
      title: 'No frame is longer than the size, and all fragments except the last are as long as it allows',
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
      title: 'The concatenated streams of several packets deliver them in order',
      operations: [split, join],
      arbitrary: fc.array(fc.record({ packet: smallPacket().map(toHex), size: frameSize(2) }), { minLength: 2, maxLength: 3 }),
      trial: async (parts, talk) => {
        let stream = '';
        for (const part of parts) stream += listOf(await talk.want(split, part), 'frames').join('');
        demand(
          talk,
          await talk.want(join, { stream }),
          'packets',
          parts.map((part) => part.packet),
          'E3X-CHK-008',
          'The packets delivered are not the packets sent.',
        );
      },
    }),
    property({
      name: 'e3x.chunks.receive/cuts',
      requirement: 'E3X-CHK-011',
      title: 'What a receiver delivers does not depend on how the stream is cut into reads',
      operations: [join, 'e3x.chunks.open', 'e3x.chunks.receive'],
      arbitrary: fc.record({
        stream: fc.oneof({ weight: 3, arbitrary: chunkStream(make) }, { weight: 1, arbitrary: mutatedBytes(chunkStream(make)) }),
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
      explanation: 'A receiver given the stream in one read delivers different packets than joining the stream does.',
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
        'After the last read the receiver waits for something different than after the whole stream in one read.',
      );
  }
}
