/** What the modules need that confirm vectors besides the interpreter. */
import { createRequire } from 'node:module';
import type { Json, JsonObject } from '../contract/contract.ts';
import type { Confirmer } from './batch.ts';

const require = createRequire(import.meta.url);

/** Bytes of hex as most libraries take them. */
export function bufferOf(hex: Json | undefined): Buffer {
  return Buffer.from(String(hex ?? ''), 'hex');
}
/** Ends generation: one of the sources is wrong, and a person must decide which. @throws Error always */
export function disagree(who: string, operation: string, params: JsonObject, said: unknown): never {
  throw new Error(`${who} disagrees about ${operation} ${brief(params)}: ${brief(said)}`);
}

/** Who was asked, what was given and what should be the same, as they say. */
export type Answer = readonly [who: string, given: Json, found: Json];
/** What somebody says about an answer that was accepted; undefined if nobody can tell. */
export type AnswerTo = (operation: string, params: JsonObject, ok: JsonObject) => Answer | undefined;

/** Confirms what was accepted by what others say about it. */
export function confirmingBy(answerTo: AnswerTo): Confirmer {
  return (operation, params, expect) => {
    if (!('ok' in expect)) return undefined;
    const found = answerTo(operation, params, expect.ok);
    if (found === undefined) return undefined;
    const [who, given, made] = found;
    return JSON.stringify(given) === JSON.stringify(made) ? who : disagree(who, operation, params, made);
  };
}

/** What somebody said, in short. A parser's objects know their parents, and streams are longer than any message. */
function brief(said: unknown): string {
  const seen = new Set<unknown>();
  const text = JSON.stringify(said, (name, value: unknown) => {
    if (name.startsWith('_')) return undefined;
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
    if (typeof value === 'bigint') return value.toString();
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return '(again)';
    seen.add(value);
    return value;
  });
  return (text ?? 'nothing').slice(0, 200);
}
/** Loads a library that still calls `new Buffer()`, without the warning about that. */
export function requireOld(name: string): unknown {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  const library: unknown = require(name);
  process.noDeprecation = noDeprecation ?? false;
  return library;
}
