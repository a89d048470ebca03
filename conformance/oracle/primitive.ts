/** What a primitive of the spec interpreter is. */
import type { Value } from './values.ts';

export type Arguments = ReadonlyMap<string, Value>;
/** What models call by name and code of others answers; undefined if it fails. */
export type Primitive = (args: Arguments) => Value;
export type Primitives = { readonly [name: string]: Primitive };
