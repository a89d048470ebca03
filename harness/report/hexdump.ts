/** Hexdumps in which every row belongs to one field, and the bytes that differ are marked. */
import type { AnnotatedBytes } from '../../conformance/contract/check.ts';
import { oneLine, lineWidth, wrap } from '../../conformance/contract/text.ts';

const ROW_BYTES = 16;
/** Most rows of one dump; equal rows are left out first. */
const ROWS_MAX = 40;
/** Equal rows kept before and after a row that differs. */
const CONTEXT_ROWS = 1;

interface Row {
  readonly offset: number;
  readonly hex: string;
  readonly label: string;
}

/** One dump: title and rows. */
export function hexdump(bytes: AnnotatedBytes): string[] {
  return dump(bytes, undefined);
}

/** Two dumps, one above the other; bytes of the second that differ from the first at the same offset are marked ^^. */
export function hexdumpPair(expected: AnnotatedBytes, got: AnnotatedBytes): string[] {
  const lines = [...dump(expected, got.hex, false), ...dump(got, expected.hex)];
  const first = firstDifference(expected.hex, got.hex);
  if (first === undefined) return [...lines, '  the bytes are equal'];
  const [is, should] = [got.hex.length / 2, expected.hex.length / 2];
  const length = is === should ? '' : `; got ${String(is)} bytes instead of ${String(should)}`;
  return [...lines, ...wrap(`first difference at offset ${String(first)} (0x${first.toString(16)})${length}`, 2)];
}

/** Offset in bytes of the first difference; undefined if there is none. */
export function firstDifference(a: string, b: string): number | undefined {
  if (a === b) return undefined;
  for (let offset = 0; ; offset++) {
    if (byteAt(a, offset) !== byteAt(b, offset)) return offset;
  }
}

function byteAt(hex: string, offset: number): string {
  return hex.slice(2 * offset, 2 * offset + 2);
}

/**
 * Formats dumps, in pairs if possible: those titled `expected …` and `got …` of one subject, or two if there are no others.
 * What is not expected and got, such as two inputs, is shown beside one another and not compared.
 * @returns the lines of all of them
 */
export function hexdumps(all: readonly AnnotatedBytes[]): string[] {
  const [first, second] = all;
  const isPair = (a: AnnotatedBytes, b: AnnotatedBytes): boolean => /^expected\b/i.test(a.title) && /^got\b/i.test(b.title);
  if (first !== undefined && second !== undefined && all.length === 2) {
    if (isPair(first, second)) return hexdumpPair(first, second);
    if (isPair(second, first)) return hexdumpPair(second, first);
  }
  const partners = new Map<AnnotatedBytes, AnnotatedBytes>();
  for (const bytes of all) {
    const subject = /^expected\b(.*)$/i.exec(bytes.title)?.[1];
    const partner = subject === undefined ? undefined : all.find((other) => /^got\b(.*)$/i.exec(other.title)?.[1] === subject);
    if (partner !== undefined) partners.set(bytes, partner);
  }
  const seconds = new Set(partners.values());
  const lines: string[] = [];
  for (const bytes of all.filter((one) => !seconds.has(one))) {
    const partner = partners.get(bytes);
    lines.push(...(partner === undefined ? hexdump(bytes) : hexdumpPair(bytes, partner)));
  }
  return lines;
}

function dump(bytes: AnnotatedBytes, other: string | undefined, marked = true): string[] {
  const rows = rowsOf(bytes);
  const differs = rows.map((row) => other !== undefined && marksOf(row, other).includes('^'));
  const kept = keep(rows, differs, other !== undefined);
  const length = bytes.hex.length / 2;
  const lines = [`  ${oneLine(bytes.title, lineWidth() - 20)} (${String(length)} ${length === 1 ? 'byte' : 'bytes'})`];
  let leftOut = 0;
  const flush = (): void => {
    if (leftOut > 0) lines.push(`        … ${String(leftOut)} bytes left out`);
    leftOut = 0;
  };
  rows.forEach((row, index) => {
    if (!kept[index]) {
      leftOut += row.hex.length / 2;
      return;
    }
    flush();
    const spaced = (row.hex.match(/../g) ?? []).join(' ');
    const label = oneLine(row.label, lineWidth() - 8 - ROW_BYTES * 3);
    lines.push(`  ${row.offset.toString(16).padStart(4, '0')}  ${spaced.padEnd(ROW_BYTES * 3)}${label}`.trimEnd());
    if (marked && differs[index] === true && other !== undefined) lines.push(`        ${marksOf(row, other)}`.trimEnd());
  });
  flush();
  return lines;
}

function marksOf(row: Row, other: string): string {
  return (row.hex.match(/../g) ?? []).map((byte, at) => (byteAt(other, row.offset + at) === byte ? '  ' : '^^')).join(' ');
}

function rowsOf({ hex, fields }: AnnotatedBytes): Row[] {
  const length = hex.length / 2;
  const rows: Row[] = [];
  let at = 0;
  const put = (end: number, label: string): void => {
    for (let first = true; at < end; first = false) {
      const next = Math.min(end, at + ROW_BYTES);
      rows.push({ offset: at, hex: hex.slice(2 * at, 2 * next), label: first ? label : '' });
      at = next;
    }
  };
  for (const { name, offset, length: size, note } of [...fields].sort((a, b) => a.offset - b.offset)) {
    put(Math.min(offset, length), '(no field)');
    const label = note === undefined ? name : `${name}: ${note}`;
    // An empty or overlapping field is shown too, at its offset.
    if (offset + size <= at) rows.push({ offset, hex: '', label: `${label} (${size === 0 ? 'empty' : 'overlaps the one before'})` });
    else put(Math.min(offset + size, length), label);
  }
  put(length, fields.length === 0 ? '' : '(no field)');
  return rows;
}

function keep(rows: readonly Row[], differs: readonly boolean[], comparing: boolean): boolean[] {
  if (rows.length <= ROWS_MAX) return rows.map(() => true);
  let budget = ROWS_MAX;
  return rows.map((row, index) => {
    const near = differs.slice(Math.max(0, index - CONTEXT_ROWS), index + CONTEXT_ROWS + 1).includes(true);
    const wanted = comparing ? near || row.label !== '' : index < ROWS_MAX;
    if (wanted && budget > 0) {
      budget -= 1;
      return true;
    }
    return false;
  });
}
