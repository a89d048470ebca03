/** Packets of the channel types, and what their operations take, as they are drawn. */
import { base32nopad } from '@scure/base';
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, type Hints } from '../../suites/arbitraries.ts';
import { channelPacket } from '../channel-table/arbitraries.ts';
import { lob, utf8 } from '../packet/build.ts';
import { chatRelation, thtpMessage, typedRequest } from './requests.ts';

const packetHex = (head: JsonObject, body: Uint8Array): string => lob(utf8(JSON.stringify(head)), body);
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

/** How requests about channel types are drawn. */
export const hints: Hints = {
  params: {
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
  },
  requests: {
    'e3x.chat.verify': chatRelation,
    'e3x.thtp.encode': thtpMessage,
    'e3x.channeltype.validate': typedRequest,
  },
};
