/** Packets put together by hand, so that a case can be wrong on purpose. */
import type { Json } from '../../contract/contract.ts';
import type { Filler } from '../../generate/wire.ts';
import { writeJson } from '../../oracle/json.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';

/** The bytes of text. */
export function utf8(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'utf8'));
}
/** The same as hex. */
export function textHex(text: string): string {
  return toHex(utf8(text));
}

/** Length, HEAD and BODY in a row. */
export function packetOf(head: Uint8Array, body: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(head.length >> 8, head.length & 0xff), head, body);
}
/** The same as hex. */
export function lob(head: Uint8Array, body: Uint8Array = new Uint8Array(0)): string {
  return toHex(packetOf(head, body));
}
/** A packet of JSON and a body, both as they are, as hex. */
export function packetOfJson(json: Json, bodyHex = ''): string {
  return lob(writeJson(json), fromHex(bodyHex));
}

/** A JSON head of exactly `length` bytes (7 or more), or as many bytes that look like JSON below that. */
export const fillHead: Filler = (_, length) =>
  length < 7 ? utf8('{"":1}'.slice(0, length)) : length === 7 ? utf8('{"p":1}') : utf8(`{"p":"${'x'.repeat(length - 8)}"}`);
