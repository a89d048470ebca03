/** What a relay answers to those who ask for what it keeps. */
import { toHex } from '../../kernel/bytes.ts';
import { readChunkRequest } from '../object/chunk-records.ts';
import type { KeptObject } from './custody.ts';
import { ageOf, travelsOver } from './kept-object.ts';
import { writePendingList } from './pending.ts';
import { REFUSALS, Refusal } from './refusal.ts';
import { RelayMemory } from './relay-memory.ts';

/** The body of PENDING_LIST for a recipient. @see NXS-CUS-011 */
export function pendingListOf(memory: RelayMemory, recipient: string, cursor: bigint, count: number): Uint8Array {
  const all = memory.waitingFor(recipient);
  const left = all.filter((object) => RelayMemory.placeOf(object) >= cursor);
  const next = left[count];
  const entries = left.slice(0, count).map((object) => ({
    hash: object.hash,
    size: object.size,
    age: ageOf(object),
    priority: object.priority,
  }));
  return writePendingList({ cursor: next === undefined ? 0n : RelayMemory.placeOf(next), total: all.length, entries });
}

/** What a neighbour may have: what waits for it, what it put, and updates. @throws Refusal unknown @see NXS-CUS-012 */
export function keptFor(memory: RelayMemory, who: string, hash: Uint8Array): KeptObject {
  const object = memory.newest(toHex(hash)) ?? memory.get(toHex(hash));
  const isFor = object?.key !== undefined || object?.depositors.includes(who) === true;
  const isWaiting = object?.entries.some(({ recipient }) => recipient === who) === true;
  if (object === undefined || object.entries.length === 0 || !(isFor || isWaiting)) throw new Refusal(REFUSALS.unknown, hash);
  return object;
}

/** Bodies of CHUNK for that of a CHUNK_REQUEST, as they came. @throws Refusal; DecodeError @see NXS-CUS-043 */
export function chunksFor(memory: RelayMemory, who: string, bitsPerSecond: bigint, body: Uint8Array): Uint8Array[] {
  const { hash, indices } = readChunkRequest(body);
  const object = keptFor(memory, who, hash);
  if (!travelsOver(object, bitsPerSecond)) throw new Refusal(REFUSALS.bandwidth, hash);
  const there = memory.chunksOf(toHex(object.hash));
  const chunks = indices.map((index) => there.get(index)).filter((chunk) => chunk !== undefined);
  if (chunks.length < indices.length) throw new Refusal(REFUSALS.malformed);
  return chunks;
}
