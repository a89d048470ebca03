/** What a reader sees of bytes: the rows that matter, in the width of the screen. */
import { describe, expect, it } from 'vitest';
import type { AnnotatedBytes } from '../../conformance/contract/check.ts';
import { atWidth } from '../../conformance/contract/text.ts';
import { dumped, hexdumpPair, hexdumps } from './hexdump.ts';

const ROWS = 16;
const LENGTH = 16 * ROWS - 1;
const zeros = (title: string, at?: number): AnnotatedBytes => {
  const bytes = new Uint8Array(LENGTH);
  if (at !== undefined) bytes[at] = 0xff;
  return { title, hex: Buffer.from(bytes).toString('hex'), fields: [{ name: 'data', offset: 0, length: LENGTH }] };
};
const rowsOf = (lines: readonly string[]): string[] => lines.filter((line) => /^ {2}[0-9a-f]{4} /.test(line));

describe('two dumps of 255 bytes that differ in one', () => {
  const pair = hexdumpPair(zeros('expected x'), zeros('got x', 100));
  it('show the row with it and one before and after, and count the others', () => {
    expect(pair).toEqual([
      '  expected x (255 bytes)',
      '        … 5 equal rows left out: 80 bytes',
      `  0050  ${'00 '.repeat(16)}… data`,
      `  0060  ${'00 '.repeat(16)}`.trimEnd(),
      `  0070  ${'00 '.repeat(16)}`.trimEnd(),
      '        … 8 equal rows left out: 127 bytes',
      '  got x (255 bytes)',
      '        … 5 equal rows left out: 80 bytes',
      `  0050  ${'00 '.repeat(16)}… data`,
      `  0060  ${'00 '.repeat(4)}ff ${'00 '.repeat(11)}`.trimEnd(),
      `        ${'   '.repeat(4)}^^`,
      `  0070  ${'00 '.repeat(16)}`.trimEnd(),
      '        … 8 equal rows left out: 127 bytes',
      '  first difference at offset 100 (0x64)',
    ]);
  });
  it('leave nothing out where all of it is wanted', () => {
    const full = hexdumps([zeros('expected x'), zeros('got x', 100)], { full: true });
    expect(rowsOf(full)).toHaveLength(2 * ROWS);
    expect(full.join('\n')).not.toContain('left out');
  });
  it('show a row that is equal rather than a line that says so', () => {
    // Rows 1 and 5 differ; of those between them only row 3 is next to neither.
    const got = zeros('got x', 16);
    const hex = `${got.hex.slice(0, 2 * 80)}ff${got.hex.slice(2 * 81)}`;
    const lines = hexdumpPair(zeros('expected x'), { ...got, hex });
    expect(lines.filter((line) => line.startsWith('  0030'))).toHaveLength(2);
  });
  it('that differ in every byte are cut, and say how much of what is left out differs', () => {
    const long = (title: string, byte: string): AnnotatedBytes => ({ title, hex: byte.repeat(1000), fields: [] });
    const lines = hexdumpPair(long('expected x', '00'), long('got x', '11'));
    expect(rowsOf(lines)).toHaveLength(48);
    expect(lines.filter((line) => line.includes('… 39 different rows left out: 616 bytes'))).toHaveLength(2);
  });
  it('do not call bytes equal of which only the beginning was kept', () => {
    const title = 'x, the first of 65535';
    expect(hexdumpPair(zeros(`expected ${title}`), zeros(`got ${title}`)).at(-1)).toBe(
      '  these bytes are equal; what differs comes after them',
    );
    expect(hexdumpPair(zeros('expected x'), zeros('got x')).at(-1)).toBe('  the bytes are equal');
  });
});

describe('one dump', () => {
  it('of what somebody asked to see has every row, in a failure the first ones', () => {
    const long = { ...zeros('packet'), hex: '00'.repeat(500), fields: [] };
    expect(rowsOf(dumped(long))).toHaveLength(32);
    const cut = hexdumps([long]);
    expect(rowsOf(cut)).toHaveLength(24);
    expect(cut.at(-1)).toBe('        … 8 rows left out: 116 bytes');
    expect(rowsOf(dumped({ ...long, hex: '00'.repeat(5000) }))).toHaveLength(24);
  });
  it('has an integer of one byte as clauses spell it too', () => {
    const note = (value: string): string =>
      dumped({ title: 't', hex: '42', fields: [{ name: 'context', offset: 0, length: 1, note: value }] }).join('\n');
    expect(note('66')).toContain('context: 66 (0x42)');
    expect(note('9')).toMatch(/context: 9$/);
    expect(note('256')).toMatch(/context: 256$/);
    expect(note('CHANNEL_NEW')).toMatch(/context: CHANNEL_NEW$/);
  });
  it.each([40, 60, 80])('fits %i columns', (columns) => {
    const fields = [
      { name: 'a field whose name is longer than any of ours', offset: 0, length: 40 },
      { name: 'flags', offset: 40, length: 1, note: '255' },
    ];
    const lines = atWidth(columns, () => [
      ...dumped({ ...zeros('packet'), fields }),
      ...hexdumpPair({ ...zeros('expected x'), fields }, { ...zeros('got x', 100), fields }),
    ]);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(columns);
    expect(lines.join('\n')).toContain('flags: ');
  });
});
