import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { CommandError, nestedCommand, quoteCommand, splitCommand } from './command-line.ts';

describe('splitCommand on POSIX systems', () => {
  it.each([
    ['node adapter.js', ['node', 'adapter.js']],
    ['  a   b\t', ['a', 'b']],
    [`sh -c 'a "b" \\c'`, ['sh', '-c', 'a "b" \\c']],
    [`x "a b" "" 'c'd"e"`, ['x', 'a b', '', 'cde']],
    [String.raw`x a\ b "q\"q" "n\n"`, ['x', 'a b', 'q"q', String.raw`n\n`]],
  ])('splits %s', (line, words) => {
    expect(splitCommand(line, 'linux')).toEqual(words);
    expect(splitCommand(line, 'darwin')).toEqual(words);
  });

  it.each(['', '   ', 'a "b', "a 'b", 'a \\'])('refuses %j', (line) => {
    expect(() => splitCommand(line, 'linux')).toThrow(CommandError);
  });
});

describe('splitCommand on Windows', () => {
  it.each([
    [String.raw`C:\tools\node.exe .\adapter.js`, [String.raw`C:\tools\node.exe`, String.raw`.\adapter.js`]],
    [
      String.raw`"C:\Program Files\nodejs\node.exe" "C:\it's\x.js" -v`,
      [String.raw`C:\Program Files\nodejs\node.exe`, String.raw`C:\it's\x.js`, '-v'],
    ],
    [String.raw`'C:\Program Files\nodejs\node.exe' x`, [String.raw`C:\Program Files\nodejs\node.exe`, 'x']],
    [String.raw`\\server\share\a.exe "say \"hi\"" ""`, [String.raw`\\server\share\a.exe`, 'say "hi"', '']],
    ['a \\', ['a', '\\']],
  ])('splits %s', (line, words) => {
    expect(splitCommand(line, 'win32')).toEqual(words);
  });

  it.each(['', 'a "b', "a 'b"])('refuses %j', (line) => {
    expect(() => splitCommand(line, 'win32')).toThrow(CommandError);
  });
});

/** How the C runtime of Windows splits a command line into the arguments of a program, as Microsoft documents it. */
function argumentsOf(line: string): string[] {
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    while (line[at] === ' ') at++;
    let [word, quoted] = ['', false];
    for (; at < line.length && (quoted || line[at] !== ' '); at++) {
      const slashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
      if (slashes > 0 && line[at + slashes] === '"') {
        word += '\\'.repeat(slashes >> 1);
        if (slashes % 2 === 1) word += '"';
        else quoted = !quoted;
        at += slashes;
      } else if (line[at] === '"') quoted = !quoted;
      else word += line.charAt(at);
    }
    words.push(word);
  }
  return words;
}

const text = fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '\\', 'C:', '/', '%', '&', '.') });

describe('quoteCommand', () => {
  it('leaves plain words as they are, drive letters and backslashes included', () => {
    expect(quoteCommand(['npx', 'bottlepost', '--only', 'E3X-LOB-*', String.raw`C:\reports\a.json`], 'win32')).toBe(
      String.raw`npx bottlepost --only E3X-LOB-* C:\reports\a.json`,
    );
    expect(quoteCommand(['a b', String.raw`C:\my files` + '\\', 'x&y', ''], 'win32')).toBe(String.raw`"a b" "C:\my files\\" "x&y" ""`);
    expect(quoteCommand(['it is', '$HOME'], 'linux')).toBe(String.raw`'it is' \$HOME`);
  });

  test.prop([fc.array(text)])('writes lines from which Windows makes the same words', (words) => {
    expect(argumentsOf(quoteCommand(words, 'win32'))).toEqual(words);
  });
});

describe('nestedCommand', () => {
  it('has no double quotes on Windows, and is unchanged elsewhere', () => {
    const line = String.raw`"C:\Program Files\nodejs\node.exe" "x.js" ""`;
    expect(nestedCommand(line, 'win32')).toBe(String.raw`'C:\Program Files\nodejs\node.exe' x.js ''`);
    expect(nestedCommand(line, 'linux')).toBe(line);
    expect(nestedCommand(String.raw`C:\a\b.exe -x`, 'win32')).toBe(String.raw`C:\a\b.exe -x`);
  });

  // A word that has both kinds of quotes and backslashes in front of a double quote cannot be a path.
  const word = fc.string({ minLength: 1, unit: fc.constantFrom('a', ' ', "'", '\\', ':') }).map((path) => `${path}x`);
  test.prop([fc.array(word, { minLength: 1 })])('means the same words', (words) => {
    const line = words.map((one) => `"${one}"`).join(' ');
    expect(splitCommand(line, 'win32')).toEqual(words);
    expect(splitCommand(nestedCommand(line, 'win32'), 'win32')).toEqual(words);
  });
});
