/**
 * JSON by the runtime, for texts and values with which it can do nothing wrong. JSON.parse accepts duplicate names, unpaired
 * surrogates and numbers that lose digits; but a text that JSON.stringify writes again, letter by letter, has no name twice, no
 * white space and nothing in another spelling. What is left to look for is in the text itself. Whatever is not as plain as
 * that goes to the reader and the writer of `json.ts`, which alone know what is wrong.
 */
import { JSON_DEPTH_MAX } from './json-value.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import { native } from './native.ts';
import { textFaultOf } from './utf8.ts';

/** Levels of nesting in a plain text, the object itself included: each makes the expression four times as long. */
const PLAIN_DEPTH_MAX = 2;
/** The longest head of a packet, in UTF-16 units; of a text many times as long the expression exhausts the stack. */
const PLAIN_LENGTH_MAX = 65_535;
/** The grammar of a string without escapes by number, and of what else has no parts; no exponents, which JSON.stringify may move. */
const STRING = String.raw`"(?:[^"\\\u0000-\u001f]|\\["\\/bfnrt])*"`;
const SCALAR = String.raw`${STRING}|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|true|false|null`;
/** JSON as an expression, which tells without throwing an error whether JSON.parse would throw one. */
const PLAIN = new RegExp(`^${objectPattern(PLAIN_DEPTH_MAX)}$`);

function objectPattern(depth: number): string {
  const member = `${STRING}:${valuePattern(depth - 1)}`;
  return String.raw`\{(?:${member}(?:,${member})*)?\}`;
}
function valuePattern(depth: number): string {
  if (depth === 0) return `(?:${SCALAR})`;
  const item = valuePattern(depth - 1);
  return String.raw`(?:${SCALAR}|\[(?:${item}(?:,${item})*)?\]|${objectPattern(depth)})`;
}

/** What a text may have that its spelling does not give away: characters that need a look, and numbers that may be too great. */
const SUSPECT = /[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[0-9]{16}/;

/**
 * Reads a text that is spelled as it would be written.
 * @returns undefined for any other text, which says nothing about it
 */
export function readPlain(text: string): JsonObject | undefined {
  if (native.JSON === undefined || text.length > PLAIN_LENGTH_MAX || SUSPECT.test(text) || !PLAIN.test(text)) return undefined;
  const value = native.JSON.parse(text) as JsonObject;
  return native.JSON.stringify(value) === text ? value : undefined;
}

/** Writes an object of which nothing is refused and nothing has a say in how it is written; undefined for any other. */
export function writePlain(object: JsonObject): string | undefined {
  return native.JSON !== undefined && isPlain(object, 1) ? native.JSON.stringify(object) : undefined;
}

function isPlain(value: JsonValue, depth: number): boolean {
  switch (typeof value) {
    case 'string':
      return textFaultOf(value) === undefined;
    case 'number':
      return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
    case 'boolean':
      return true;
    case 'object':
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (depth > JSON_DEPTH_MAX || 'toJSON' in value) return false;
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) if (!isPlain(item, depth + 1)) return false;
    return true;
  }
  for (const name of Object.keys(value))
    if (textFaultOf(name) !== undefined || !isPlain((value as JsonObject)[name] as JsonValue, depth + 1)) return false;
  return true;
}
