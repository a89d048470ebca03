/** Text for people: wrapped to 80 columns, and safe to print whatever an adapter said. */
import type { Outcome } from './contract.ts';

/** Columns of every report in text. */
export const WIDTH = 80;

/** Control characters of an adapter must not reach a terminal or a log; they are shown as \xNN. Line feeds stay. */
export function printable(text: string): string {
  return [...text]
    .map((character) =>
      isControl(character.codePointAt(0) ?? 0) ? `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}` : character,
    )
    .join('');
}

function isControl(code: number): boolean {
  // Bidirectional overrides can make a log read differently from what it says.
  return (
    (code < 0x20 && code !== 0x0a && code !== 0x09) ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

/** Wraps text at blanks to `width` columns, each line indented; what has no blank is cut. */
export function wrap(text: string, indent: number, width: number = WIDTH): string[] {
  const room = Math.max(10, width - indent);
  const margin = ' '.repeat(indent);
  return printable(text)
    .split('\n')
    .flatMap((paragraph) => wrapParagraph(paragraph, room))
    .map((line) => (margin + line).trimEnd());
}

function wrapParagraph(paragraph: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = '';
    }
    while (word.length > room) {
      lines.push(word.slice(0, room));
      word = word.slice(room);
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines;
}

/** `label   text`, wrapped with the text in one column. */
export function labelled(label: string, text: string, column = 11, width: number = WIDTH): string[] {
  const [first = '', ...rest] = wrap(text, column, width);
  return [(`  ${label}`.padEnd(column) + first.trimStart()).trimEnd(), ...rest];
}

/** Text of at most `width` columns, cut with … where it is longer; line feeds become blanks. */
export function oneLine(text: string, width: number = WIDTH): string {
  const flat = printable(text).replaceAll(/\s+/g, ' ').trim();
  return flat.length <= width ? flat : `${flat.slice(0, Math.max(1, width - 1))}…`;
}

/** Longest value shown in full; the report in JSON has all of it. */
const VALUE_LENGTH_MAX = 600;

/** A JSON value for people. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length <= VALUE_LENGTH_MAX
    ? text
    : `${text.slice(0, VALUE_LENGTH_MAX)}… (${String(text.length)} characters; all of it in the JSON report)`;
}

/** How a request ended, for people. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'ok':
      return `ok ${shown(outcome.value)}`;
    case 'reject':
      return `reject ${outcome.class}${outcome.detail === undefined ? '' : ` (${outcome.detail})`}`;
    case 'unsupported':
      return 'unsupported';
    case 'fault':
      return `fault: ${outcome.message}`;
    case 'unreachable':
      return `not sent: ${outcome.reason}`;
    case 'misbehaviour':
      return `${outcome.what}: ${outcome.detail}${outcome.clause === undefined ? '' : ` [${outcome.clause}]`}`;
  }
}
