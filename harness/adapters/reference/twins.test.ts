/** The reference takes every twin of the vectors: whoever is to refuse for the right reason can. */
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../conformance/contract/contract.ts';
import { committedVectors, twinRequest, type VectorStep } from '../../../conformance/vectors.ts';
import { handlerOver } from './built-in.ts';

const handler = handlerOver('node');

function substituted(value: Json, bound: ReadonlyMap<string, Json>): Json {
  if (typeof value === 'string') return (value.startsWith('$') ? bound.get(value.slice(1)) : undefined) ?? value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => substituted(item, bound));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value as JsonObject).map(([name, member]) => [name, substituted(member, bound)]));
}

/** Plays steps, and then a request. @returns how that ended */
function ending(steps: readonly VectorStep[], { operation, params }: { operation: string; params: JsonObject }): string {
  const bound = new Map<string, Json>();
  for (const step of steps) {
    const reply = handler.handle(step.operation, substituted(step.params, bound) as JsonObject);
    for (const [name, member] of Object.entries(step.bind ?? {})) if ('ok' in reply) bound.set(name, reply.ok[member] ?? null);
  }
  const reply = handler.handle(operation, substituted(params, bound) as JsonObject);
  return 'reject' in reply ? reply.reject.class : (Object.keys(reply)[0] ?? '');
}

describe('the reference', () => {
  it('takes the twin of every refused request', () => {
    const played = new Set<string>();
    const faults: string[] = [];
    for (const { vectors } of committedVectors().files)
      for (const { id, steps } of vectors)
        for (const [at, step] of steps.entries()) {
          const request = twinRequest(step);
          if (request === undefined || step.twin === undefined) continue;
          const count = step.twin.kind === 'session' ? at : step.twin.kind === 'state' ? step.twin.steps : 0;
          const before = steps.slice(0, count);
          const key = JSON.stringify([before.map(({ operation, params }) => [operation, params]), request]);
          if (played.has(key)) continue;
          played.add(key);
          const end = ending(before, request);
          if (end !== 'ok') faults.push(`${id}, step ${String(at)}: ${end}`);
        }
    expect(faults).toEqual([]);
    expect(played.size).toBeGreaterThan(2000);
  });
  it('would be found to refuse one', () => {
    expect(ending([], { operation: 'e3x.packet.decode', params: { packet: '0005aa' } })).toBe('truncated');
  });
});
