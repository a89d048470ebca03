/**
 * The value with a copy of all bytes in it: what is given out belongs to the caller, who may overwrite it (ADR-0027).
 * @param value bytes, or lists, maps and plain objects with bytes anywhere in them; anything else stays as it is
 */
export function copied<Value>(value: Value): Value {
  if (value instanceof Uint8Array) return value.slice() as Value;
  if (Array.isArray(value)) return (value as unknown[]).map(copied) as Value;
  if (value instanceof Map) return new Map([...(value as Map<unknown, unknown>)].map(([key, item]) => [key, copied(item)])) as Value;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return copiedObject(value as { readonly [name: string]: unknown }) as Value;
}

/** Member by member, without a list of them in between: it runs several times for each packet of a channel. */
function copiedObject(value: { readonly [name: string]: unknown }): object {
  const copy: { [name: string]: unknown } = {};
  for (const name of Object.keys(value)) {
    const item = copied(value[name]);
    // Set like the others, this one would become what the object inherits from.
    if (name === '__proto__') Object.defineProperty(copy, name, { value: item, writable: true, enumerable: true, configurable: true });
    else copy[name] = item;
  }
  return copy;
}
