/** Kept objects as they are handed over. */
import { concat, leBytes } from '../../kernel/bytes.ts';
import { decodeObjectHeader } from '../object/header.ts';
import type { ObjectHeader } from '../object/header.ts';
import { contentTravels, readObject } from '../object/object.ts';
import type { NexusObject, ObjectPrimitives } from '../object/object.ts';
import { encodeBandwidth } from '../path-cost/path-cost.ts';
import type { KeptObject } from './custody.ts';

const U32_MAX = 0xffff_ffff;
const WITHHELD = 2;

/** Bytes of the age in front of an object. */
export const AGE_LENGTH = 4;

/** The age of an object in whole seconds, rounded up. @see NXS-CUS-013 */
export function ageOf(object: KeptObject): number {
  return Math.min(Math.ceil(object.ageMs / 1000), U32_MAX);
}
function withAge(object: KeptObject): Uint8Array {
  return leBytes(ageOf(object), AGE_LENGTH, 'NXS-OBJ-017');
}

/** A kept object, verified once more. */
export function readKept(object: KeptObject, primitives: ObjectPrimitives): NexusObject {
  return readObject(concat([withAge(object), object.content]), primitives);
}
/** The header of a kept object. */
export function headerOf(object: KeptObject, primitives: ObjectPrimitives): ObjectHeader {
  return decodeObjectHeader(readKept(object, primitives).header);
}

/** Whether the content of an object goes over a link. @see NXS-CUS-013 */
export function travelsOver(object: KeptObject, bitsPerSecond: bigint): boolean {
  return contentTravels(encodeBandwidth(bitsPerSecond), object.minBandwidth);
}
/** The body of OBJECT, without its content if the link has less bandwidth than the object needs. @see NXS-CUS-013, NXS-CUS-042 */
export function bodyOver(object: KeptObject, bitsPerSecond: bigint, primitives: ObjectPrimitives): Uint8Array {
  if (travelsOver(object, bitsPerSecond)) return concat([withAge(object), object.content]);
  const { header, publicKey, signature } = readKept(object, primitives);
  const signed = [publicKey, signature].filter((part) => part !== undefined);
  return concat([withAge(object), header, ...signed, Uint8Array.of(WITHHELD)]);
}
