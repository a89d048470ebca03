/**
 * JSON as the head of a packet knows it: I-JSON (RFC 7493), read strictly, and one spelling for what we write.
 *
 * Faults are looked for in layers, and the outermost layer answers: the bytes (UTF-8, byte order mark), the grammar
 * of the whole text, whether it is an object and nothing but it, and then, from left to right, what I-JSON adds to
 * JSON. So a text that is not JSON is `syntax`, whatever else is wrong with it. JSON.parse finds none of these faults; where
 * there can be none, `native-json.ts` asks it all the same, because it is quick.
 *
 * The reader keeps its own stack: nesting costs memory in proportion to the input and never the stack of the engine.
 */
import * as door from './door.ts';
import { DecodeError, EncodeError, UsageError } from './errors.ts';
import { JSON_DEPTH_MAX, isJsonObject } from './json-value.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import { readPlain, writePlain } from './native-json.ts';
import { decodeUtf8, encodeUtf8, textFaultOf } from './utf8.ts';

export { JSON_DEPTH_MAX, isJsonObject };
export type { JsonObject, JsonValue };

/** What can be next to the bytes of a packet whose head failed as JSON. */
export type JsonErrorClass = 'syntax' | 'not-object' | 'duplicate-name' | 'encoding' | 'number-range' | 'depth';

/** Bytes that are not an I-JSON object, and why. */
export class JsonError extends DecodeError {
  override readonly name: string = 'JsonError';
  readonly jsonClass: JsonErrorClass;

  constructor(jsonClass: JsonErrorClass, clause: string, offset: number) {
    super('malformed', clause, `not an I-JSON object: ${jsonClass}`, { offset });
    this.jsonClass = jsonClass;
  }
}

/** The digits of 2^53 - 1, the greatest magnitude that a number may have. */
const SAFE_MAGNITUDE_DIGITS = String(Number.MAX_SAFE_INTEGER);

/** RFC 8259 section 6, with the integer, fraction and exponent digits in groups. */
const NUMBER = /-?(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?/y;

/** RFC 8259 section 2: what may be around the six structural characters. */
const WHITE_SPACE = /[ \t\n\r]*/y;

/** RFC 8259 section 7: the escapes of one letter. */
const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

const LITERALS: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/**
 * Answers whether a number literal exceeds 2^53 - 1 in magnitude, from its digits and not from their rounded value.
 * @param integer digits before the point
 * @param fraction digits after it, perhaps none
 * @param exponent the power of ten, perhaps beyond any double
 */
function exceedsSafeMagnitude(integer: string, fraction: string, exponent: number): boolean {
  const digits = integer + fraction;
  const leadingZeroCount = digits.length - digits.replace(/^0+/, '').length;
  if (leadingZeroCount === digits.length) return false; // zero, whatever its exponent
  const significant = digits.slice(leadingZeroCount);
  const integerDigitCount = integer.length - leadingZeroCount + exponent;
  if (integerDigitCount !== SAFE_MAGNITUDE_DIGITS.length) return integerDigitCount > SAFE_MAGNITUDE_DIGITS.length;
  const whole = significant.slice(0, integerDigitCount).padEnd(integerDigitCount, '0');
  if (whole !== SAFE_MAGNITUDE_DIGITS) return whole > SAFE_MAGNITUDE_DIGITS;
  return /[1-9]/.test(significant.slice(integerDigitCount));
}

/** An object or array whose end has not been read. */
type Open = { readonly object: JsonObject; name: string } | { readonly items: JsonValue[] };

/** Reads one JSON text from left to right. */
class JsonReader {
  readonly #text: string;
  #offset = 0;
  /** The first breach of what I-JSON adds to JSON; it counts only once the grammar is known to hold. */
  #breach: JsonError | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** @returns the one object that the text consists of */
  readObject(): JsonObject {
    this.#skipWhiteSpace();
    const start = this.#offset;
    const value = this.#readValue();
    const end = this.#offset;
    this.#skipWhiteSpace();
    if (this.#offset < this.#text.length) this.#failSyntax(); // E3X-JSN-001: one value and no more
    if (!isJsonObject(value)) throw new JsonError('not-object', 'E3X-JSN-002', start);
    if (start > 0 || end < this.#text.length) throw new JsonError('syntax', 'E3X-JSN-003', start > 0 ? 0 : end);
    if (this.#breach !== undefined) throw this.#breach;
    return value;
  }

  #failSyntax(): never {
    throw new JsonError('syntax', 'E3X-JSN-001', this.#offset);
  }

  #noteBreach(jsonClass: JsonErrorClass, clause: string, offset: number): void {
    this.#breach ??= new JsonError(jsonClass, clause, offset);
  }

  #skipWhiteSpace(): void {
    if (this.#text.charCodeAt(this.#offset) > 0x20) return; // nearly always: an expression takes longer to begin with
    WHITE_SPACE.lastIndex = this.#offset;
    this.#offset += WHITE_SPACE.exec(this.#text)?.[0].length ?? 0;
  }

  /** Steps over one character if it is the next. */
  #accept(character: string): boolean {
    if (this.#text.charAt(this.#offset) !== character) return false;
    this.#offset += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#accept(character)) this.#failSyntax();
  }

  #readValue(): JsonValue {
    const open: Open[] = [];
    for (;;) {
      let value = this.#beginValue(open);
      while (value !== undefined) {
        const container = open.at(-1);
        if (container === undefined) return value;
        value = this.#addValue(container, value);
        if (value !== undefined) open.pop();
      }
    }
  }

  /** Reads a scalar or an empty container, which it returns, or else the start of a container up to its first value. */
  #beginValue(open: Open[]): JsonValue | undefined {
    const next = this.#text.charAt(this.#offset);
    if (next !== '{' && next !== '[') return this.#readScalar();
    const depth = open.length + 1;
    if (depth > JSON_DEPTH_MAX) this.#noteBreach('depth', 'E3X-JSN-011', this.#offset);
    this.#offset += 1;
    this.#skipWhiteSpace();
    if (next === '{') {
      const object: JsonObject = {};
      if (this.#accept('}')) return object;
      open.push({ object, name: this.#readName(object) });
    } else {
      const items: JsonValue[] = [];
      if (this.#accept(']')) return items;
      open.push({ items });
    }
    return undefined;
  }

  /** Adds a value to its container, which it returns where that ends here; otherwise another value follows. */
  #addValue(container: Open, value: JsonValue): JsonValue | undefined {
    if ('items' in container) {
      container.items.push(value);
    } else {
      // E3X-JSN-010: defined and not assigned, since assigning to __proto__ would call a setter and lose the member.
      Object.defineProperty(container.object, container.name, { value, enumerable: true, configurable: true, writable: true });
    }
    this.#skipWhiteSpace();
    if (this.#accept(',')) {
      this.#skipWhiteSpace();
      if ('object' in container) container.name = this.#readName(container.object);
      return undefined;
    }
    this.#expect('items' in container ? ']' : '}');
    return 'items' in container ? container.items : container.object;
  }

  /** Reads the name of a member and steps to its value. */
  #readName(object: JsonObject): string {
    const start = this.#offset;
    const name = this.#readString();
    // E3X-JSN-004: names are compared after escapes are resolved, in every object.
    if (Object.hasOwn(object, name)) this.#noteBreach('duplicate-name', 'E3X-JSN-004', start);
    this.#skipWhiteSpace();
    this.#expect(':');
    this.#skipWhiteSpace();
    return name;
  }

  #readScalar(): JsonValue {
    if (this.#text.charAt(this.#offset) === '"') return this.#readString();
    for (const [literal, value] of LITERALS) {
      if (this.#text.startsWith(literal, this.#offset)) {
        this.#offset += literal.length;
        return value;
      }
    }
    return this.#readNumber();
  }

  #readString(): string {
    const start = this.#offset;
    this.#expect('"');
    let value = this.#readPlain();
    while (!this.#accept('"')) value += this.#readEscape() + this.#readPlain();
    const fault = textFaultOf(value);
    if (fault === 'surrogate') this.#noteBreach('encoding', 'E3X-JSN-007', start);
    if (fault === 'noncharacter') this.#noteBreach('encoding', 'E3X-JSN-008', start);
    return value;
  }

  /** Reads the part of a string up to its end, an escape, or what may not be in it. */
  #readPlain(): string {
    const start = this.#offset;
    for (let unit = this.#text.charCodeAt(start); unit >= 0x20 && unit !== 0x22 && unit !== 0x5c;) {
      this.#offset += 1;
      unit = this.#text.charCodeAt(this.#offset); // NaN at the end of the text
    }
    return this.#text.slice(start, this.#offset);
  }

  #readEscape(): string {
    this.#expect('\\'); // a control character, or the end of the text
    const letter = this.#text.charAt(this.#offset);
    const short = SHORT_ESCAPES.get(letter);
    if (short !== undefined) {
      this.#offset += 1;
      return short;
    }
    const digits = this.#text.slice(this.#offset + 1, this.#offset + 5);
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits)) this.#failSyntax();
    this.#offset += 5;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #readNumber(): number {
    NUMBER.lastIndex = this.#offset;
    const match = NUMBER.exec(this.#text);
    if (match === null) this.#failSyntax();
    const [literal, integer = '', fraction = '', exponent = '0'] = match;
    const value = Number(literal);
    if (!Number.isFinite(value)) this.#noteBreach('number-range', 'E3X-JSN-009', this.#offset);
    else if (exceedsSafeMagnitude(integer, fraction, Number(exponent))) {
      this.#noteBreach('number-range', 'E3X-JSN-012', this.#offset);
    }
    this.#offset += literal.length;
    return value;
  }
}

/** Reads a text by the reader alone; the tests hold the quick way against it. @throws JsonError */
export function readStrictly(text: string): JsonObject {
  return new JsonReader(text).readObject();
}

/**
 * Reads the bytes of a head as one I-JSON object.
 * @param bytes any number of bytes; the whole of them is the object
 * @returns the object; all its members, at every depth, are own properties
 * @throws JsonError with the class that the packet carries next to its bytes
 * @see E3X-JSN-001 to E3X-JSN-012
 */
export function readJsonObject(bytes: Uint8Array): JsonObject {
  const text = decodeUtf8(door.bytes(bytes, 'bytes'), (offset) => {
    throw new JsonError('encoding', 'E3X-JSN-005', offset);
  });
  if (text.startsWith('\uFEFF')) throw new JsonError('encoding', 'E3X-JSN-006', 0);
  return readPlain(text) ?? readStrictly(text);
}

/** Characters that must be escaped in a string; most texts have none, and are written as they are. */
const NEEDS_ESCAPE = /["\\\u0000-\u001f]/;

/** RFC 8785 section 3.2.2.2: two characters where JSON has them, else \u00xx for controls, else the character. */
function writeString(text: string): string {
  // E3X-LOB-015: what no reader would take back (E3X-JSN-007, E3X-JSN-008) is not written either.
  const fault = textFaultOf(text);
  if (fault !== undefined) throw new EncodeError('E3X-LOB-015', `a string holds a ${fault}`);
  if (!NEEDS_ESCAPE.test(text)) return `"${text}"`;
  const escaped = Array.from(text, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    if (character >= ' ') return character;
    const letter = '\b\t\n\f\r'.indexOf(character);
    if (letter >= 0) return `\\${'btnfr'.charAt(letter)}`;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped.join('')}"`;
}

function writeNumber(value: number): string {
  // Numbers that a reader would refuse (E3X-JSN-012) are not written.
  if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
    throw new EncodeError('E3X-JSN-013', 'a number exceeds 2^53 - 1 in magnitude', { value: String(value) });
  }
  return String(value); // the shortest digits that read back as this double; -0 becomes 0
}

function writeValue(value: JsonValue, depth: number): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'string') return writeString(value);
  if (typeof value !== 'object') throw new UsageError('E3X-LOB-009', 'not a JSON value', { type: typeof value });
  // E3X-LOB-015: nor is what a reader would refuse as too deep (E3X-JSN-011).
  if (depth > JSON_DEPTH_MAX) throw new EncodeError('E3X-LOB-015', 'nested too deeply', { depthMax: JSON_DEPTH_MAX });
  if (!isJsonObject(value)) return `[${Array.from(value, (item) => writeValue(item, depth + 1)).join(',')}]`;
  const members = Object.entries(value).map(([name, member]) => `${writeString(name)}:${writeValue(member, depth + 1)}`);
  return `{${members.join(',')}}`;
}

/**
 * Writes a JSON object in its one spelling: members in the order given, no white space, the shortest escapes.
 * @param object any object of JSON values
 * @returns UTF-8, from `{` to `}`
 * @throws EncodeError unrepresentable, for what I-JSON cannot hold; UsageError, for what is not JSON at all
 * @see E3X-LOB-009
 */
export function writeJson(object: JsonObject): Uint8Array {
  const given = door.json(object, 'object');
  return encodeUtf8(writePlain(given) ?? writeValue(given, 1), (offset) => {
    throw new EncodeError('E3X-LOB-015', 'a string holds an unpaired surrogate', { offset });
  });
}
