/**
 * Command lines as text: splitting the one that a user gives, and quoting those that are printed to be run again. POSIX
 * shells and the shells of Windows quote differently, above all backslashes, which are part of every path on Windows.
 */
import shellQuote from 'shell-quote/quote.js';

/** Thrown for a command line that cannot be split into words; the message says why. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * Splits a command line into words. Blanks separate, '…' is literal, "…" quotes. As in a POSIX shell, \ quotes the next
 * character; on Windows it is an ordinary character, except that \" is a quotation mark. There are no variables, globs or
 * pipes; `sh -c '…'` or `cmd /c "…"` has them.
 * @throws CommandError if a quote is never closed or there is no word
 */
export function splitCommand(line: string, platform: NodeJS.Platform = process.platform): readonly [string, ...string[]] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quote === "'") {
      if (character === "'") quote = undefined;
      else word = (word ?? '') + character;
    } else if (character === '\\') {
      const next = line.charAt(at + 1);
      if (platform === 'win32') {
        word = (word ?? '') + (next === '"' ? next : character);
        if (next === '"') at++;
        continue;
      }
      if (next === '') throw new CommandError('the command ends in a backslash');
      // Inside "…" a backslash quotes only these; elsewhere it quotes anything.
      word = (word ?? '') + (quote === '"' && !'"\\$`'.includes(next) ? `\\${next}` : next);
      at++;
    } else if (character === quote) {
      quote = undefined;
    } else if (quote === undefined && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== undefined) throw new CommandError(`the quote ${quote} in the command is never closed`);
  if (word !== undefined) words.push(word);
  const [first, ...rest] = words;
  if (first === undefined || first === '') throw new CommandError('the command is empty');
  return [first, ...rest];
}

/**
 * Words as a line that can be pasted into a shell: a POSIX shell, or on Windows cmd.exe or PowerShell. These two agree on
 * double quotes, but not on `%`, `$`, a backtick, or a double quote within a word, for which cmd.exe is followed.
 */
export function quoteCommand(words: readonly string[], platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? words.map(quoteForWindows).join(' ') : shellQuote([...words]);
}

/** What neither of the two shells treats specially. */
const PLAIN_ON_WINDOWS = /^[A-Za-z0-9_.:=/\\*-]+$/;

function quoteForWindows(word: string): string {
  if (PLAIN_ON_WINDOWS.test(word)) return word;
  // Programs read \" as a quotation mark; backslashes in front of one, the closing one included, have to be doubled.
  return `"${word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`;
}

/**
 * A command line that is an argument of another one, such as that of `--stdio`. On Windows it is written without double
 * quotes where possible, because the shells there pass them on differently when they are inside a word.
 */
export function nestedCommand(line: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32' || !line.includes('"')) return line;
  return splitCommand(line, platform)
    .map((word) => (word !== '' && !/[\s'"]/.test(word) ? word : word.includes("'") ? `"${word.replaceAll('"', '\\"')}"` : `'${word}'`))
    .join(' ');
}
