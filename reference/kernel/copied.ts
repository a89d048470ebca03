/**
 * The value with a copy of all bytes in it: what is given out belongs to the caller, who may overwrite it (ADR-0027).
 * @param value bytes, or lists, maps and plain objects with bytes anywhere in them; anything else stays as it is
 */
export function copied<Value>(value: Value): Value {
  if (value instanceof Uint8Array) return value.slice() as Value;
  if (Array.isArray(value)) return (value as unknown[]).map(copied) as Value;
  if (value instanceof Map) return new Map([...(value as Map<unknown, unknown>)].map(([key, item]) => [key, copied(item)])) as Value;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copied(item as unknown)])) as Value;
}
