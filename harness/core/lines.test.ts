import { describe, expect, it } from 'vitest';
import { LineReader } from './lines.ts';

function read(chunks: readonly Buffer[], limit = 100): string[] {
  const found: string[] = [];
  const reader = new LineReader(limit, {
    line: (text) => found.push(text),
    notUtf8: (bytes) => found.push(`NOT-UTF8 ${bytes.toString('hex')}`),
    tooLong: () => found.push('TOO-LONG'),
  });
  for (const chunk of chunks) reader.push(chunk);
  found.push(`rest ${String(reader.unfinished)}`);
  return found;
}

describe('ADP-001 lines', () => {
  const text = Buffer.from('{"a":"ä€😀"}\n\n{"b":2}\r\nrest');

  it('are the same whole, byte by byte and in pieces', () => {
    const whole = read([text]);
    expect(whole).toEqual(['{"a":"ä€😀"}', '', '{"b":2}\r', 'rest 4']);
    for (const size of [1, 2, 3, 5, 7, 20]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.subarray(at * size, (at + 1) * size));
      expect(read(pieces), `pieces of ${String(size)}`).toEqual(whole);
    }
  });

  it('ADP-002 says which line is not UTF-8 and reads the others', () => {
    const bad = Buffer.concat([Buffer.from('one\n'), Buffer.from([0xc3, 0x28, 0x0a]), Buffer.from('two\n')]);
    const expected = ['one', 'NOT-UTF8 c328', 'two', 'rest 0'];
    expect(read([bad])).toEqual(expected);
    expect(read([...bad].map((byte) => Buffer.from([byte])))).toEqual(expected);
  });

  it('ADP-003 reports a line above the limit once, holds none of it and goes on after it', () => {
    const expected = ['ok', 'TOO-LONG', 'ok', 'rest 0'];
    const long = Buffer.from(`ok\n${'x'.repeat(101)}\nok\n`);
    expect(read([long])).toEqual(expected);
    expect(read([...long].map((byte) => Buffer.from([byte])))).toEqual(expected);
    expect(read([Buffer.from(`${'x'.repeat(100)}\n`)])).toEqual(['x'.repeat(100), 'rest 0']);
    expect(read(Array.from({ length: 1000 }, () => Buffer.alloc(1000, 'x')))).toEqual(['TOO-LONG', 'rest 0']);
  });
});
