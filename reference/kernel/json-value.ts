/** What JSON values are here: I-JSON, and no deeper than a head may be. */

/** Any JSON value; numbers are IEEE 754 doubles whose magnitude is at most 2^53 - 1. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object; every member is an own property, also one named `__proto__`. */
export interface JsonObject {
  readonly [member: string]: JsonValue;
}

/** Levels of objects and arrays, the outermost being the first (E3X-JSN-011). */
export const JSON_DEPTH_MAX = 64;

/** Answers whether a JSON value is an object, neither null nor an array. */
export function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
