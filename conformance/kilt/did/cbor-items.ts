/** JSON as CBOR items in shortest form, so that details with any fault can be written. */
import type { Json } from '../../contract/contract.ts';

/** In front of hex in a text that stands for bytes; no text of a DID begins like this. */
export const HEX_MARK = 'bytes 0x';

function head(major: number, value: number): string {
  const front = (low: number): string => (major * 32 + low).toString(16).padStart(2, '0');
  const hex = (bytes: number): string => value.toString(16).padStart(2 * bytes, '0');
  if (value < 24) return front(value);
  if (value < 2 ** 8) return front(24) + hex(1);
  if (value < 2 ** 16) return front(25) + hex(2);
  return value < 2 ** 32 ? front(26) + hex(4) : front(27) + hex(8);
}
function number(value: number): string {
  if (Number.isInteger(value)) return value < 0 ? head(1, -1 - value) : head(0, value);
  const double = Buffer.alloc(8);
  double.writeDoubleBE(value);
  return `fb${double.toString('hex')}`;
}
function text(value: string): string {
  return head(3, Buffer.byteLength(value)) + Buffer.from(value).toString('hex');
}

/** One item; bytes are under tag 64. */
export function cborOf(value: Json): string {
  if (value === null) return 'f6';
  if (typeof value === 'boolean') return value ? 'f5' : 'f4';
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') {
    const hex = value.startsWith(HEX_MARK) ? value.slice(HEX_MARK.length) : undefined;
    return hex !== undefined && /^([0-9a-f]{2})*$/.test(hex) ? `d840${head(2, hex.length / 2)}${hex}` : text(value);
  }
  if (Array.isArray(value)) return head(4, value.length) + (value as readonly Json[]).map(cborOf).join('');
  const members = Object.entries(value);
  return head(5, members.length) + members.map(([name, member]) => text(name) + cborOf(member)).join('');
}
