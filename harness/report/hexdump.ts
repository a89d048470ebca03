/** Hexdumps in which every row belongs to one field, and the bytes that differ are marked. */
import type { AnnotatedBytes } from '../../conformance/contract/check.ts';
import { counted, oneLine, lineWidth, wrap } from '../../conformance/contract/text.ts';

/** Bytes of a row; on a screen that is too narrow for them and a label, half of them. */
const ROW_BYTES = 16;
const ROW_COLUMNS_MIN = 76;
/** Columns before the bytes of a row. */
const MARGIN = 8;
/** Most rows of one dump, and of one that differs from its partner: of the rest is said how much it is. */
const ROWS_MAX = 24;
/** Rows that are equal to those of the partner and shown before and after one that differs. */
const CONTEXT_ROWS = 1;
/** Fewer equal rows than these are shown: to say that they were left out takes a line as well. */
const LEFT_OUT_MIN = 2;
/** Integers of one byte that hexadecimal spells otherwise, as clauses do: the note has both. */
const BYTE_MAX = 255;
const DIGIT_MAX = 9;

/** Bytes that are shown to the last row where there is room: on a page, or if nothing but they were asked for. */
export const FULL_BYTES_MAX = 1024;

/** How much of a dump is wanted. */
export interface DumpOptions {
  /** Every row, however many there are. */
  readonly full?: boolean;
}

interface Row {
  readonly offset: number;
  readonly hex: string;
  /** Of the field; shown in its first row. */
  readonly label: string;
  /** True if an earlier row has the beginning of the field. */
  readonly isContinued: boolean;
}

/** One dump: title and rows. */
export function hexdump(bytes: AnnotatedBytes, options: DumpOptions = {}): string[] {
  return dump(bytes, undefined, options);
}

/** The dump of what somebody asked to see: every row, unless there are too many. */
export function dumped(bytes: AnnotatedBytes): string[] {
  return dump(bytes, undefined, { full: bytes.hex.length <= 2 * FULL_BYTES_MAX });
}

/** Two dumps, one above the other; bytes of the second that differ from the first at the same offset are marked ^^. */
export function hexdumpPair(expected: AnnotatedBytes, got: AnnotatedBytes, options: DumpOptions = {}): string[] {
  const lines = [...dump(expected, got.hex, options, false), ...dump(got, expected.hex, options)];
  const first = firstDifference(expected.hex, got.hex);
  if (first === undefined)
    return [...lines, isPart(got) ? '  these bytes are equal; what differs comes after them' : '  the bytes are equal'];
  const [is, should] = [got.hex.length / 2, expected.hex.length / 2];
  const length = is === should ? '' : `; got ${String(is)} bytes instead of ${String(should)}`;
  return [...lines, ...wrap(`first difference at offset ${String(first)} (0x${first.toString(16)})${length}`, 2)];
}

/** True for the beginning of bytes that are too long to be kept (`harness/core/bounds.ts`). */
const isPart = ({ title }: AnnotatedBytes): boolean => / the first of \d+$/.test(title);

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
export function hexdumps(all: readonly AnnotatedBytes[], options: DumpOptions = {}): string[] {
  const [first, second] = all;
  const isPair = (a: AnnotatedBytes, b: AnnotatedBytes): boolean => /^expected\b/i.test(a.title) && /^got\b/i.test(b.title);
  if (first !== undefined && second !== undefined && all.length === 2) {
    if (isPair(first, second)) return hexdumpPair(first, second, options);
    if (isPair(second, first)) return hexdumpPair(second, first, options);
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
    lines.push(...(partner === undefined ? hexdump(bytes, options) : hexdumpPair(bytes, partner, options)));
  }
  return lines;
}

function dump(bytes: AnnotatedBytes, other: string | undefined, options: DumpOptions, marked = true): string[] {
  const rowBytes = lineWidth() >= ROW_COLUMNS_MIN ? ROW_BYTES : ROW_BYTES / 2;
  const rows = rowsOf(bytes, rowBytes);
  const differs = rows.map((row) => other !== undefined && marksOf(row, other).includes('^'));
  const kept = options.full === true ? rows.map(() => true) : keep(rows.length, differs, other !== undefined);
  const length = bytes.hex.length / 2;
  const lines = [`  ${oneLine(bytes.title, lineWidth() - 20)} (${counted(length, 'byte')})`];
  let leftOut: number[] = [];
  const flush = (): void => {
    if (leftOut.length > 0) lines.push(...wrap(leftOutText(leftOut, rows, differs, other !== undefined), MARGIN));
    leftOut = [];
  };
  rows.forEach((row, index) => {
    if (kept[index] !== true) {
      leftOut.push(index);
      return;
    }
    // The row with the name of the field may not be shown.
    const isCut = leftOut.length > 0 && row.isContinued;
    flush();
    const spaced = (row.hex.match(/../g) ?? []).join(' ');
    const label = oneLine(isCut ? `… ${row.label}` : row.isContinued ? '' : row.label, lineWidth() - MARGIN - rowBytes * 3);
    lines.push(`  ${row.offset.toString(16).padStart(4, '0')}  ${spaced.padEnd(rowBytes * 3)}${label}`.trimEnd());
    if (marked && differs[index] === true && other !== undefined) lines.push(`${' '.repeat(MARGIN)}${marksOf(row, other)}`.trimEnd());
  });
  flush();
  return lines;
}

function leftOutText(indices: readonly number[], rows: readonly Row[], differs: readonly boolean[], isCompared: boolean): string {
  const bytes = indices.reduce((sum, index) => sum + (rows[index]?.hex.length ?? 0) / 2, 0);
  const different = indices.filter((index) => differs[index] === true).length;
  const kind = !isCompared ? '' : different === 0 ? 'equal ' : different === indices.length ? 'different ' : '';
  const some = kind === '' && different > 0 ? `, ${String(different)} of which differ,` : '';
  return `… ${counted(indices.length, `${kind}row`)}${some} left out: ${counted(bytes, 'byte')}`;
}

function marksOf(row: Row, other: string): string {
  return (row.hex.match(/../g) ?? []).map((byte, at) => (byteAt(other, row.offset + at) === byte ? '  ' : '^^')).join(' ');
}

function rowsOf({ hex, fields }: AnnotatedBytes, rowBytes: number): Row[] {
  const length = hex.length / 2;
  const rows: Row[] = [];
  let at = 0;
  const put = (end: number, label: string): void => {
    for (let first = true; at < end; first = false) {
      const next = Math.min(end, at + rowBytes);
      rows.push({ offset: at, hex: hex.slice(2 * at, 2 * next), label, isContinued: !first });
      at = next;
    }
  };
  for (const { name, offset, length: size, note } of [...fields].sort((a, b) => a.offset - b.offset)) {
    put(Math.min(offset, length), '(no field)');
    const label = note === undefined ? name : `${name}: ${inBothBases(note)}`;
    // An empty or overlapping field is shown too, at its offset.
    if (offset + size <= at)
      rows.push({ offset, hex: '', label: `${label} (${size === 0 ? 'empty' : 'overlaps the one before'})`, isContinued: false });
    else put(Math.min(offset + size, length), label);
  }
  put(length, fields.length === 0 ? '' : '(no field)');
  return rows;
}

/** `66 (0x42)`: an integer of one byte as results and as clauses spell it. */
function inBothBases(note: string): string {
  const value = /^\d+$/.test(note) ? Number(note) : NaN;
  return value > DIGIT_MAX && value <= BYTE_MAX ? `${note} (0x${value.toString(16)})` : note;
}

/** Which rows are shown: of two dumps that are compared those that differ and what is next to them, of one alone the first ones. */
function keep(count: number, differs: readonly boolean[], isCompared: boolean): boolean[] {
  const indices = [...Array(count).keys()];
  if (!isCompared) return indices.map((index) => count <= ROWS_MAX || index < ROWS_MAX);
  const isNear = indices.map((index) => differs.slice(Math.max(0, index - CONTEXT_ROWS), index + CONTEXT_ROWS + 1).includes(true));
  const runLength = (index: number): number => {
    const [from, to] = [isNear.lastIndexOf(true, index), isNear.indexOf(true, index)];
    return (to < 0 ? count : to) - from - 1;
  };
  let budget = ROWS_MAX;
  return indices.map((index) => (isNear[index] === true || runLength(index) < LEFT_OUT_MIN) && budget-- > 0);
}
