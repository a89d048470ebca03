/** Whole requests of operations whose parameters must fit each other: drawn one by one, nearly all would be refused. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo, type Arbitraries } from '../../suites/arbitraries.ts';
import { lob, utf8 } from '../packet/build.ts';

/** Two ids of one chain, the later first, as it comes to the reader. */
export function chatRelation(make: Arbitraries): fc.Arbitrary<JsonObject> {
  return fc.tuple(bytesExactly(32), bytesExactly(8), fc.boolean()).map(([digest, secret, replaces]) => {
    const hashname = String(make.made('e3x.base32.encode', { bytes: toHex(digest) }, 'text'));
    const textOf = (hex: Json | undefined): string => String(make.made('e3x.base32.encode', { bytes: hex ?? '' }, 'text'));
    const ids = make.made('e3x.chat.ids', { hashname, secret: toHex(secret), count: 3 }, 'ids') as readonly Json[];
    return { hashname, previous: textOf(ids[0]), id: textOf(ids[replaces ? 0 : 1]) };
  });
}

const headers = (): fc.Arbitrary<JsonObject> =>
  fc
    .uniqueArray(
      fc.tuple(fc.constantFrom('accept', 'content-type', 'x-y', 'host', 'TE'), fc.constantFrom('', '*/*', 'text/html; charset=utf-8')),
      { maxLength: 4, selector: ([name]) => name.toLowerCase() },
    )
    .map((list) => Object.fromEntries(list));

/** A request or a response, not a mixture of both. */
export function thtpMessage(): fc.Arbitrary<JsonObject> {
  const start = fc.oneof(
    fc.record<JsonObject>({ method: fc.constantFrom('GET', 'POST', 'PUT'), path: fc.constantFrom('/', '/a/b?c=d', '*') }),
    fc.record<JsonObject>({ status: fc.integer({ min: 100, max: 599 }) }),
    fc.record<JsonObject>({ status: fc.integer({ min: 100, max: 599 }), reason: fc.constantFrom('OK', 'Not Found') }),
  );
  return fc.tuple(start, headers(), bytesUpTo(40)).map(([line, list, body]) => ({ ...line, headers: list, body: toHex(body) }));
}

interface Typed {
  readonly type: string;
  readonly role: 'open' | 'opener' | 'responder';
  readonly reliable: boolean;
  readonly head: JsonObject;
  /** Hex; any bytes where absent. */
  readonly body?: string;
}
/** One right packet of every kind. */
const TYPED: readonly Typed[] = [
  { type: 'path', role: 'open', reliable: false, head: { type: 'path', paths: [{ type: 'webrtc' }] }, body: '' },
  { type: 'path', role: 'responder', reliable: false, head: { path: { type: 'udp4', ip: '192.168.0.36', port: 42424 } }, body: '' },
  { type: 'stream', role: 'open', reliable: true, head: { type: 'stream', seq: 1 }, body: '' },
  { type: 'stream', role: 'opener', reliable: true, head: { seq: 2, frag: true } },
  { type: 'stream', role: 'responder', reliable: true, head: { seq: 2 } },
  { type: 'sock', role: 'opener', reliable: true, head: { seq: 2 } },
  { type: 'sock', role: 'responder', reliable: false, head: {} },
  { type: 'connect', role: 'responder', reliable: false, head: { end: true }, body: '' },
  { type: 'inbox', role: 'responder', reliable: true, head: { seq: 2, cap: 0 }, body: '' },
  { type: 'outbox', role: 'opener', reliable: true, head: { seq: 2, done: true, x: 3600 }, body: '' },
  {
    type: 'thtp',
    role: 'open',
    reliable: true,
    head: { type: 'thtp', seq: 1, end: true },
    body: '001d7b223a6d6574686f64223a22474554222c223a70617468223a222f227d',
  },
  { type: 'block', role: 'opener', reliable: false, head: { b: 1, done: true } },
];
/** A packet that is right for its type and role. */
export function typedRequest(): fc.Arbitrary<JsonObject> {
  return fc
    .tuple(fc.constantFrom(...TYPED), fc.integer({ min: 1, max: 300 }), bytesUpTo(24, 1))
    .map(([{ type, role, reliable, head, body }, c, random]) => ({
      type,
      role,
      reliable,
      packet: `${lob(utf8(JSON.stringify({ c, ...head })))}${body ?? toHex(random)}`,
    }));
}
