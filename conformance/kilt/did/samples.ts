/** DIDs, and the details of light DIDs item by item of CBOR, from which the vectors are made. */
import { fromHex } from '../../oracle/values.ts';
import { encodeBase58 } from './primitives.ts';

export const ADDRESS = '4sbi8CW5RtqLFMc8TGVZfZp1GzBGi4499cMbfZZuc8fTqTds';
export const LIGHT: string = `did:kilt:light:01${ADDRESS}`;
export const FULL: string = `did:kilt:${ADDRESS}`;
/** A public key of X25519. */
export const KEY = '159817cca1d44055db18e730f46a7532ad8a669ebbb3ff232361bf60df673978';
/** The key as CBOR, under the tag of byte strings. */
export const KEY_CBOR: string = `d8405820${KEY}`;

function head(major: number, count: number): string {
  const hex = (value: number): string => value.toString(16).padStart(2, '0');
  return count < 24 ? hex(major * 32 + count) : `${hex(major * 32 + 24)}${hex(count)}`;
}
/** Text of less than 24 characters, all of them ASCII. */
export function text(value: string): string {
  return `${(0x60 + value.length).toString(16)}${Buffer.from(value).toString('hex')}`;
}
/** Text of less than 256 bytes. */
export function longText(value: string): string {
  return `${head(3, Buffer.byteLength(value))}${Buffer.from(value).toString('hex')}`;
}
export function map(...members: readonly (readonly [string, string])[]): string {
  return `${head(5, members.length)}${members.map(([name, value]) => text(name) + value).join('')}`;
}
export function list(...items: readonly string[]): string {
  return `${head(4, items.length)}${items.join('')}`;
}
/** A key agreement key as details have it. */
export function keyMap(key: string = KEY_CBOR, type: string = text('x25519')): string {
  return map(['publicKey', key], ['type', type]);
}
export function service(
  id: string = text('x'),
  type: string = list(text('T')),
  endpoint: string = list(longText('https://a.example')),
): string {
  return map(['id', id], ['type', type], ['serviceEndpoint', endpoint]);
}

/** A light DID with these details. */
export function lightWith(cbor: string, version = '00'): string {
  return `${LIGHT}:z${encodeBase58(fromHex(version + cbor))}`;
}
