/** What the modules need that confirm vectors besides the interpreter. */
import { createRequire } from 'node:module';
import type { Json, JsonObject } from '../contract/contract.ts';

const require = createRequire(import.meta.url);

/** Bytes of hex as most libraries take them. */
export function bufferOf(hex: Json | undefined): Buffer {
  return Buffer.from(String(hex ?? ''), 'hex');
}
/** Ends generation: one of the sources is wrong, and a person must decide which. @throws Error always */
export function disagree(who: string, operation: string, params: JsonObject, said: unknown): never {
  throw new Error(`${who} disagrees about ${operation} ${JSON.stringify(params).slice(0, 200)}: ${JSON.stringify(said).slice(0, 200)}`);
}
/** Loads a library that still calls `new Buffer()`, without the warning about that. */
export function requireOld(name: string): unknown {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  const library: unknown = require(name);
  process.noDeprecation = noDeprecation ?? false;
  return library;
}
