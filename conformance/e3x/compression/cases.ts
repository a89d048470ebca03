/** What the cases of every encoding of a payload need. */
import type { Json, JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';

export const DECODE = 'e3x.compression.decode';
export const ENCODE = 'e3x.compression.encode';

export type Read = (name: string, title: string, z: number, payload: string, about: string) => void;
export type Refuse = (name: string, title: string, z: number, payload: string, about: string, rejects?: string) => void;

/** What was encoded by the oracle decodes to the same members. */
export function back(oracle: Oracle, batch: Batch, z: number, name: string, inner: string, json: JsonObject, body: string): void {
  const answer = oracle.answer(ENCODE, { z, inner });
  if (answer.kind !== 'ok') throw new Error(`${name}: ${answer.class}`);
  const payload = answer.value['payload'] as Json;
  const decoded = oracle.answer(DECODE, { z, payload });
  if (
    decoded.kind !== 'ok' ||
    JSON.stringify(sorted(decoded.value['json'])) !== JSON.stringify(sorted(json)) ||
    decoded.value['body'] !== body
  )
    throw new Error(`${name}: does not round-trip`);
  batch.add({
    name: `z${String(z)}/back-${name}`,
    title: `decoding what encodes ${name}`,
    kind: 'example',
    operation: DECODE,
    params: { z, payload },
    about: 'E3X-CMP-018',
    accepts: true,
  });
}
function sorted(json: Json | undefined): Json {
  return Object.fromEntries(Object.entries((json ?? {}) as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1)));
}
