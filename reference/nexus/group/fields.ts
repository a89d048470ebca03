/** What states and messages of groups have in common. */
import type { Reader } from '../../kernel/bytes.ts';
import { DecodeError, UnsupportedError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { HashPrimitives } from '../../primitives/primitives.ts';
import type { EnvelopePrimitives } from '../envelope/envelope.ts';
import type { SignaturePrimitives } from '../identity/signature.ts';

/** NXS-GST-001: bytes of a group id. */
export const GROUP_ID_LENGTH = 32;
/** NXS-GST-009: bytes of a group key. */
export const GROUP_KEY_LENGTH = 32;
/** NXS-GST-002, NXS-GMS-002. */
export const VERSION = 1;

/** The primitives that groups use. */
export type GroupPrimitives = EnvelopePrimitives & SignaturePrimitives & Pick<HashPrimitives, 'blake3'>;

/** Refuses primitives that lack what groups need. @throws UsageError */
export function requireGroupPrimitives(primitives: GroupPrimitives): GroupPrimitives {
  primitivesDoor.agreement(primitives, 'primitives');
  primitivesDoor.blake3(primitives, 'primitives');
  return primitives;
}

/** Refuses as malformed. @throws DecodeError */
export function malformed(clause: string, message: string, values: { readonly [name: string]: number } = {}): never {
  throw new DecodeError('malformed', clause, message, values);
}

/** @throws DecodeError truncated; UnsupportedError */
export function readVersion(reader: Reader, truncated: string, clause: string): void {
  const version = reader.u8(truncated);
  if (version !== VERSION) throw new UnsupportedError(clause, 'another version', { version });
}

/** Reads a little-endian integer of 8 bytes. @throws DecodeError truncated */
export function readU64(reader: Reader, clause: string): bigint {
  return reader.take(8, clause).reduceRight((value, byte) => 256n * value + BigInt(byte), 0n);
}
