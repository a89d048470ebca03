/** Arbitraries of channel packets, and of what the operations on channels take. */
import { deflateRawSync } from 'node:zlib';
import { base32nopad } from '@scure/base';
import { cdeEncodeOptions, encode } from 'cbor2';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, jsonObject, type Hints } from '../../suites/arbitraries.ts';
import { packetOf } from '../arbitraries.ts';

const uint32 = (): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(1, 2, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_295), fc.integer({ min: 1, max: 300 }));
const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const RESERVED = new Set(['c', 'type', 'seq', 'ack', 'miss']);

/** The head of a channel packet: what every channel has, and anything beside it. */
export const channelHead = (): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      c: uint32(),
      type: sometimes(fc.constantFrom('path', 'stream', 'x', 'ключ')),
      seq: sometimes(uint32()),
      ack: sometimes(uint32()),
      miss: sometimes(fc.array(uint32(), { maxLength: 4 })),
      end: sometimes(fc.constant(true)),
      more: jsonObject(1),
    })
    .map(({ more, ...base }) => {
      const own = Object.entries(base).filter(([, value]) => value !== undefined) as [string, Json][];
      return Object.fromEntries([...own, ...Object.entries(more).filter(([name]) => !RESERVED.has(name))]);
    });

/** A channel packet as hex. */
export const channelPacket = (): fc.Arbitrary<string> =>
  fc.tuple(channelHead(), bytesUpTo(64)).map(([head, body]) => toHex(packetOf(Uint8Array.from(Buffer.from(JSON.stringify(head))), body)));

/** A channel packet as CBOR items, as cbor2 writes them, members anywhere they may be. */
function cborPayload(): fc.Arbitrary<string> {
  const item = (value: unknown): string => toHex(Uint8Array.from(encode(value, cdeEncodeOptions)));
  const map = fc.uniqueArray(fc.tuple(fc.string({ maxLength: 4 }), fc.oneof(fc.string({ maxLength: 5 }), fc.integer())), {
    maxLength: 3,
    selector: ([name]) => name,
  });
  return fc
    .tuple(
      uint32(),
      sometimes(channelPacket()),
      sometimes(map),
      sometimes(fc.string({ minLength: 1, maxLength: 6 })),
      sometimes(uint32()),
      sometimes(fc.array(uint32(), { minLength: 1, maxLength: 4 })),
    )
    .map(([c, source, members, type, seq, acks]) =>
      [c, source === undefined ? undefined : fromHex(source), members === undefined ? undefined : new Map(members), type, seq, acks]
        .map((value) => (value === undefined ? '' : item(value)))
        .join(''),
    );
}
/** A channel packet as zlib writes it, in blocks of every kind. */
export function deflatePayload(): fc.Arbitrary<string> {
  return fc
    .tuple(channelPacket(), fc.constantFrom(0, 1, 9), fc.constantFrom(0, 2, 4))
    .map(([packet, level, strategy]) => toHex(Uint8Array.from(deflateRawSync(fromHex(packet), { level, strategy }))));
}

const packetHex = (head: JsonObject, body: Uint8Array): string => toHex(packetOf(Uint8Array.from(Buffer.from(JSON.stringify(head))), body));
/** RFC 4648 base 32 in lower case, of so many bytes. */
const base32 = (length: number): fc.Arbitrary<string> => bytesExactly(length).map((bytes) => base32nopad.encode(bytes).toLowerCase());
const hashname = (): fc.Arbitrary<string> => base32(32);
const messageId = (): fc.Arbitrary<string> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant('cn33wzacvwfya') }, { weight: 2, arbitrary: base32(8) });
const httpHeaders = (): fc.Arbitrary<JsonObject> =>
  fc
    .uniqueArray(
      fc.tuple(
        fc.constantFrom('accept', 'content-type', 'x-y', 'host', 'connection', 'te'),
        fc.constantFrom('', '*/*', 'text/html; charset=utf-8', 'é'),
      ),
      { maxLength: 4, selector: ([name]) => name },
    )
    .map((headers) => Object.fromEntries(headers));
/** A packet of the channel types, right for one of them and one role. */
function typedPacket(): fc.Arbitrary<string> {
  const open = fc.constantFrom<JsonObject[]>(
    { type: 'path', paths: [{ type: 'webrtc' }] },
    { type: 'stream', seq: 1 },
    { type: 'sock', sock: 'bind' },
    { type: 'thtp', seq: 1 },
    { type: 'block' },
    { type: 'inbox', seq: 1, box: '851042800434dd49' },
  );
  const later = fc.constantFrom<JsonObject[]>(
    { seq: 2, frag: true },
    { seq: 2, enc: 'lob' },
    { b: 1, done: true },
    { seq: 3, clear: true },
    { end: true },
    { seq: 4, end: true },
    { ack: 1 },
    { err: 'x' },
  );
  return fc
    .tuple(fc.oneof(open, later), fc.oneof(fc.constant(new Uint8Array(0)), bytesUpTo(24)))
    .map(([head, body]) => packetHex({ c: 1, ...head }, body));
}
function chatMessage(): fc.Arbitrary<string> {
  const id = 'cn33wzacvwfya';
  const bare = fc.constantFrom<JsonObject[]>(
    { type: 'chat', id, text: 'x', after: id },
    { type: 'profile', id, text: 'x' },
    { type: 'ack', id, ack: 'read' },
    { type: 'chat', id, text: '', after: id, at: 1_394_162_554 },
  );
  // The alternate that is true is the BODY.
  const attached = fc.constant<JsonObject>({ type: 'chat', id, text: '', after: id, alts: { a: true } });
  return fc.oneof(
    { weight: 5, arbitrary: bare.map((head) => packetHex(head, new Uint8Array(0))) },
    { weight: 2, arbitrary: fc.tuple(attached, bytesUpTo(12, 1)).map(([head, body]) => packetHex(head, body)) },
    // Right but for a BODY that nothing announces.
    { weight: 2, arbitrary: fc.tuple(bare, bytesUpTo(12, 1)).map(([head, body]) => packetHex(head, body)) },
  );
}

/** How requests about channels are drawn. */
export const CHANNEL_HINTS: Hints = {
  params: {
    'e3x.channelhead.read.packet': channelPacket,
    'e3x.compression.encode.inner': channelPacket,
    'e3x.compression.encode.z': () => fc.constantFrom(0, 1, 1, 1, 2, 3),
    'e3x.channeltype.validate.type': () =>
      fc.constantFrom('path', 'peer', 'connect', 'stream', 'sock', 'boxes', 'outbox', 'inbox', 'profile', 'chat', 'thtp', 'block'),
    // Content of a side that sends none has a class of its own, and mostly other faults as well.
    'e3x.channeltype.validate.role': () => fc.constantFrom('open', 'opener'),
    'e3x.channeltype.validate.packet': () => fc.oneof(channelPacket(), typedPacket()),
    'e3x.chat.validate.message': () => fc.oneof({ weight: 6, arbitrary: chatMessage() }, { weight: 1, arbitrary: channelPacket() }),
    'e3x.chat.verify.previous': messageId,
    'e3x.chat.verify.id': messageId,
    'e3x.box.id.sender': hashname,
    'e3x.box.id.recipient': hashname,
    'e3x.box.messageid.box': () => bytesExactly(8).map(toHex),
    'e3x.chat.ids.count': () => fc.integer({ min: 1, max: 20 }),
    'e3x.thtp.encode.method': () => fc.constantFrom('GET', 'POST', 'PUT'),
    'e3x.thtp.encode.path': () => fc.constantFrom('/', '/a/b?c=d', '*'),
    'e3x.thtp.encode.status': () => fc.integer({ min: 100, max: 599 }),
    'e3x.thtp.encode.reason': () => fc.constantFrom('OK', '', 'Not Found'),
    'e3x.thtp.encode.headers': httpHeaders,
    'e3x.thtp.decode.packet': () =>
      fc
        .tuple(
          fc.oneof(
            fc.record({ ':method': fc.constantFrom('GET', 'POST'), ':path': fc.constantFrom('/', '/x') }),
            fc.record({ ':status': fc.integer({ min: 100, max: 599 }) }),
          ),
          httpHeaders(),
          bytesUpTo(40),
        )
        .map(([pseudo, headers, body]) => packetHex({ ...pseudo, ...headers }, body)),
    'e3x.compression.negotiate.local': () => fc.constantFrom(0, 1, 2, 3),
    'e3x.compression.negotiate.remote': () => fc.constantFrom(0, 1, 2, 3),
    // CBOR under another z is refused for one reason; DEFLATE, where there would be several, has a suite of its own.
    'e3x.compression.decode.z': () => fc.constantFrom(1, 1, 1, 1, 0, 3),
    'e3x.compression.decode.payload': () => cborPayload(),
  },
};
