/**
 * The oracle's own reader of JSON heads (E3X-JSN-*), independent of the reference: Node's UTF-8 decoder and
 * JSON.parse decide what they can decide, a scan of the already valid text finds the rest.
 */
import type { Json } from '../contract/contract.ts';

export interface JsonFault {
  readonly class: 'syntax' | 'not-object' | 'duplicate-name' | 'encoding' | 'number-range' | 'depth';
  readonly req: string;
}
export type JsonReading = { readonly kind: 'object'; readonly value: Json } | { readonly kind: 'fault'; readonly fault: JsonFault };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const fault = (cls: JsonFault['class'], req: string): JsonReading => ({ kind: 'fault', fault: { class: cls, req } });

/** The rules of reading, in the order in which they are looked at. */
export const JSON_RULES: readonly string[] = [
  'E3X-JSN-005',
  'E3X-JSN-006',
  'E3X-JSN-001',
  'E3X-JSN-010',
  'E3X-JSN-002',
  'E3X-JSN-003',
  'E3X-JSN-004',
  'E3X-JSN-007',
  'E3X-JSN-008',
  'E3X-JSN-009',
  'E3X-JSN-011',
];

/**
 * Reads HEAD bytes as a JSON object by the rules of the requirements.
 *
 * @param ignored a rule that is not applied, for spec mutation: what it forbids is read as well as can be
 */
export function readJsonHead(head: Uint8Array, depthMax: number, ignored?: string): JsonReading {
  let text: string;
  try {
    text = utf8.decode(head);
  } catch {
    if (ignored !== 'E3X-JSN-005') return fault('encoding', 'E3X-JSN-005');
    text = Buffer.from(head).toString('utf8');
  }
  if (text.startsWith('\ufeff')) {
    if (ignored !== 'E3X-JSN-006') return fault('encoding', 'E3X-JSN-006');
    text = text.slice(1);
  }
  let value: unknown;
  try {
    value = JSON.parse(text, ignored === 'E3X-JSN-010' ? inherited : undefined);
  } catch {
    return ignored === 'E3X-JSN-001' ? { kind: 'object', value: {} } : fault('syntax', 'E3X-JSN-001');
  }
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') && ignored !== 'E3X-JSN-002') return fault('not-object', 'E3X-JSN-002');
  if (trimmed.length !== text.length && ignored !== 'E3X-JSN-003') return fault('syntax', 'E3X-JSN-003');
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

function scan(text: string, depthMax: number, ignored: string | undefined): JsonReading | undefined {
  const counts = (rule: string): boolean => rule !== ignored;
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
        if (level.has(string) && counts('E3X-JSN-004')) return fault('duplicate-name', 'E3X-JSN-004');
        level.add(string);
      }
      expectName = false;
      at += literal.length;
    } else if (char === '-' || (char >= '0' && char <= '9')) {
      NUMBER.lastIndex = at;
      const literal = NUMBER.exec(text)?.[0] ?? char;
      if (beyondSafe(literal) && counts('E3X-JSN-009')) return fault('number-range', 'E3X-JSN-009');
      at += literal.length;
    } else {
      if (char === '{' || char === '[') {
        names.push(char === '{' ? new Set() : undefined);
        if (names.length > depthMax && counts('E3X-JSN-011')) return fault('depth', 'E3X-JSN-011');
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

function badText(text: string): string | undefined {
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) return 'E3X-JSN-007';
    if ((code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) === 0xfffe) return 'E3X-JSN-008';
  }
  return undefined;
}

/** The canonical spelling of E3X-LOB-009: order kept, no white space, shortest escapes. */
export function writeJson(value: Json): Uint8Array {
  return Uint8Array.from(Buffer.from(JSON.stringify(value), 'utf8'));
}
