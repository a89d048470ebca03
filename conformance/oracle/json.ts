/**
 * The oracle's own strict reader of JSON objects, independent of the reference: Node's UTF-8 decoder and
 * JSON.parse decide what they can decide, a scan of the already valid text finds the rest.
 */
import type { Json } from '../contract/contract.ts';

export interface JsonFault {
  readonly class: 'syntax' | 'not-object' | 'duplicate-name' | 'encoding' | 'number-range' | 'depth';
  /** The rule that is broken; the spec says by which clause (`jsonRules`). */
  readonly rule: JsonRule;
}
export type JsonReading = { readonly kind: 'object'; readonly value: Json } | { readonly kind: 'fault'; readonly fault: JsonFault };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const fault = (cls: JsonFault['class'], rule: JsonRule): JsonReading => ({ kind: 'fault', fault: { class: cls, rule } });

/** The rules of reading, in the order in which they are checked. */
export const JSON_RULES = [
  'utf8',
  'byte-order-mark',
  'grammar',
  'own-members',
  'object',
  'white-space',
  'duplicate-name',
  'surrogate',
  'noncharacter',
  'number-range',
  'number-exactness',
  'depth',
] as const;
export type JsonRule = (typeof JSON_RULES)[number];

/**
 * Reads HEAD bytes as a JSON object by the rules of the requirements.
 *
 * @param ignored a rule that is not applied, for spec mutation: what it forbids is read as well as can be
 */
export function readJsonHead(head: Uint8Array, depthMax: number, ignored?: JsonRule): JsonReading {
  let text: string;
  try {
    text = utf8.decode(head);
  } catch {
    if (ignored !== 'utf8') return fault('encoding', 'utf8');
    text = Buffer.from(head).toString('utf8');
  }
  if (text.startsWith('\ufeff')) {
    if (ignored !== 'byte-order-mark') return fault('encoding', 'byte-order-mark');
    text = text.slice(1);
  }
  let value: unknown;
  try {
    value = JSON.parse(text, ignored === 'own-members' ? inherited : undefined);
  } catch {
    return ignored === 'grammar' ? { kind: 'object', value: {} } : fault('syntax', 'grammar');
  }
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') && ignored !== 'object') return fault('not-object', 'object');
  if (trimmed.length !== text.length && ignored !== 'white-space') return fault('syntax', 'white-space');
  const scanned = scan(text, depthMax, ignored);
  return scanned ?? { kind: 'object', value: value as Json };
}

/** Loses members whose names an object inherits, as a reader does that assigns them. */
function inherited(name: string, value: unknown): unknown {
  return name !== '' && name in Object.prototype ? undefined : value;
}

// The text is valid JSON here, so strings, numbers and structure can be told apart by their first character.
const STRING = /"(?:[^"\\]|\\.)*"/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function scan(text: string, depthMax: number, ignored: JsonRule | undefined): JsonReading | undefined {
  const counts = (rule: JsonRule): boolean => rule !== ignored;
  const names: (Set<string> | undefined)[] = []; // per open level; undefined for arrays
  let expectName = false;
  for (let at = 0; at < text.length;) {
    const char = text.charAt(at);
    if (char === '"') {
      STRING.lastIndex = at;
      const literal = STRING.exec(text)?.[0] ?? '""';
      const string = JSON.parse(literal) as string;
      const bad = badText(string);
      if (bad !== undefined && counts(bad)) return fault('encoding', bad);
      const level = names.at(-1);
      if (expectName && level !== undefined) {
        if (level.has(string) && counts('duplicate-name')) return fault('duplicate-name', 'duplicate-name');
        level.add(string);
      }
      expectName = false;
      at += literal.length;
    } else if (char === '-' || (char >= '0' && char <= '9')) {
      NUMBER.lastIndex = at;
      const literal = NUMBER.exec(text)?.[0] ?? char;
      // What no double holds is one fault, what a double holds without all its digits another.
      const rule = Number.isFinite(Number(literal)) ? 'number-exactness' : 'number-range';
      if (beyondSafe(literal) && counts(rule)) return fault('number-range', rule);
      at += literal.length;
    } else {
      if (char === '{' || char === '[') {
        names.push(char === '{' ? new Set() : undefined);
        if (names.length > depthMax && counts('depth')) return fault('depth', 'depth');
        expectName = char === '{';
      } else if (char === '}' || char === ']') names.pop();
      else if (char === ',') expectName = names.at(-1) !== undefined;
      at++;
    }
  }
  return undefined;
}

/** Exact comparison of a JSON number's magnitude with 2^53 - 1, without rounding the literal. */
function beyondSafe(literal: string): boolean {
  const [mantissa = '0', exponent = '0'] = literal.replace(/^-/, '').toLowerCase().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  if (digits === '') return false;
  const scale = Number(exponent) - fraction.length; // value = digits * 10^scale
  const magnitude = digits.length + scale; // number of digits before the decimal point
  if (magnitude > 16) return true;
  if (magnitude < 16) return false;
  const limit = 9007199254740991n;
  return scale >= 0 ? BigInt(digits) * 10n ** BigInt(scale) > limit : BigInt(digits) > limit * 10n ** BigInt(-scale);
}

function badText(text: string): 'surrogate' | 'noncharacter' | undefined {
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) return 'surrogate';
    if ((code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) === 0xfffe) return 'noncharacter';
  }
  return undefined;
}

/** The canonical spelling: order kept, no white space, shortest escapes. */
export function writeJson(value: Json): Uint8Array {
  return Uint8Array.from(Buffer.from(JSON.stringify(value), 'utf8'));
}
