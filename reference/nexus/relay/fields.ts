/** Fields that several records of relays have. */
import { compare } from '../../kernel/bytes.ts';
import type { Reader } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, UsageError } from '../../kernel/errors.ts';

/** NXS-PUT-004: seconds of custody, 30 days. */
export const CUSTODY_S_MAX = 2_592_000;
/** NXS-PND-006: entries of a list, and objects that wait for one recipient. */
export const LIST_COUNT = 256;

/** Refuses as malformed. @throws DecodeError */
export function malformed(clause: string, message: string, values: { readonly [name: string]: number } = {}): never {
  throw new DecodeError('malformed', clause, message, values);
}

/** Reads a little-endian integer of up to 6 bytes. @throws DecodeError truncated */
export function readNumber(reader: Reader, length: number, clause: string): number {
  return reader.take(length, clause).reduceRight((value, byte) => 256 * value + byte, 0);
}
/** Reads a little-endian integer of 8 bytes. @throws DecodeError truncated */
export function readU64(reader: Reader, clause: string): bigint {
  return reader.take(8, clause).reduceRight((value, byte) => 256n * value + BigInt(byte), 0n);
}

/** Refuses ids that do not ascend, or of which one comes twice. @throws DecodeError non-canonical */
export function requireAscending(ids: readonly Uint8Array[], clause: string): void {
  ids.forEach((id, index) => {
    const before = ids[index - 1];
    if (before !== undefined && compare(before, id) >= 0) throw new DecodeError('non-canonical', clause, 'ids do not ascend', { index });
  });
}

/** One of a list of names by its number. @throws DecodeError malformed */
export function choiceOf<Choice>(choices: readonly Choice[], number: number, clause: string): Choice {
  return choices[number] ?? malformed(clause, 'no such number', { number });
}

/** A hash of an object that was stored, 32 bytes. */
export const storedHash: door.Door<Uint8Array> = door.copyOfLength(32, 'NXS-CUS-032');

/** Bytes that were stored as hexadecimal digits. @throws UsageError for another text */
export function storedDigits(length: number): door.Door<string> {
  return (value, name) => {
    const given = door.text(value, name);
    if (given.length !== 2 * length || /[^0-9a-f]/.test(given))
      throw new UsageError('NXS-CUS-032', `${name} is not ${String(length)} bytes in digits`);
    return given;
  };
}
