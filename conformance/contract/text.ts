/** Text for people: wrapped to 80 columns, and safe to print whatever an adapter said. */
import type { Outcome } from './contract.ts';

/** Columns of every text in a file, and of a screen whose width nobody knows. */
export const WIDTH = 80;
/** Less cannot hold a label and its text. */
const WIDTH_MIN = 40;

let screen: () => number | undefined = () => undefined;
let pinned: number | undefined;

/** Columns of the line that is being formatted: those of the screen, or those that `atWidth` says. */
export function lineWidth(): number {
  return pinned ?? Math.max(WIDTH_MIN, screen() || WIDTH);
}

/** Tells how wide the screen is; asked again for each text, because people resize it. Undefined or 0 is unknown. */
export function fitScreen(columns: () => number | undefined): void {
  screen = columns;
}

/** What is formatted within the call has this width: what goes into a file must not depend on a screen. */
export function atWidth<T>(width: number, format: () => T): T {
  const before = pinned;
  pinned = width;
  try {
    return format();
  } finally {
    pinned = before;
  }
}

/**
 * What must not reach a terminal or a log as it is: control characters other than line feed and tab, characters that
 * reverse or hide text, line separators of other systems, and halves of surrogate pairs.
 */
const UNPRINTABLE = new RegExp(
  [
    '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]',
    '[\\u{e0000}-\\u{e007f}]',
    '\\p{Surrogate}',
  ].join('|'),
  'gu',
);

/** Text from outside, made safe to print: other characters are shown as \xNN or \u{NNNN}. Line feeds and tabs stay. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, escaped);
}

/** Text from outside within one line: as `printable`, with line feeds and tabs shown as well. */
export function inline(text: string): string {
  return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** A name that somebody gave, in quotation marks within a sentence. */
export function quoted(name: string): string {
  return `'${inline(name)}'`;
}

/** Equivalent JSON text that is safe to print; a log may show the file of a report. */
export function printableJson(json: string): string {
  return json.replaceAll(UNPRINTABLE, (character) =>
    [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** `1 byte`, `2 bytes`. @param many more than one of it, where that is not formed with s */
export function counted(count: number, what: string, many = `${what}s`): string {
  return `${String(count)} ${count === 1 ? what : many}`;
}

/** Wraps text at blanks to `width` columns (by default those of the screen), each line indented; words that are too long are split. */
export function wrap(text: string, indent: number, width: number = lineWidth()): string[] {
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
      const end = breakOf(word, room);
      lines.push(word.slice(0, end));
      word = word.slice(end);
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines;
}

/** Where a word that is longer than a line is broken: after a slash if it has one, as ids and paths do, else where the line ends. */
function breakOf(word: string, room: number): number {
  const slash = word.lastIndexOf('/', room - 1) + 1;
  return slash > room / 3 ? slash : room;
}

/** `label   text`, wrapped with the text in one column. */
export function labelled(label: string, text: string, column = 11, width: number = lineWidth()): string[] {
  const [first = '', ...rest] = wrap(text, column, width);
  return [(`  ${label}`.padEnd(column) + first.trimStart()).trimEnd(), ...rest];
}

/** Text of at most `width` columns, cut with … if it is longer; line feeds become blanks. */
export function oneLine(text: string, width: number = lineWidth()): string {
  const flat = printable(text).replaceAll(/\s+/g, ' ').trim();
  return flat.length <= width ? flat : `${flat.slice(0, Math.max(1, width - 1))}…`;
}

/** Longest value shown in full; the JSON report has more of it. */
const VALUE_LENGTH_MAX = 600;
/** Longest string shown in full inside a longer value. */
const PART_LENGTH_MAX = 120;
/** Longest text of an adapter that is kept; the rest is counted. */
export const TEXT_LENGTH_MAX = 4000;

/** A JSON value for people. */
export function shown(value: unknown): string {
  const whole = JSON.stringify(value) ?? 'undefined';
  if (whole.length <= VALUE_LENGTH_MAX) return whole;
  // Long strings first, so that one of them does not hide what else there is.
  const text = JSON.stringify(value, (_name, part: unknown) => (typeof part === 'string' ? clip(part, PART_LENGTH_MAX) : part));
  return text.length <= VALUE_LENGTH_MAX
    ? text
    : `${text.slice(0, VALUE_LENGTH_MAX)}… (${String(text.length)} characters; the JSON report has more)`;
}

/** Text from outside, of which no more than `length` characters are kept. */
export function clip(text: string, length: number = TEXT_LENGTH_MAX): string {
  return text.length <= length ? text : `${text.slice(0, length)}… (${String(text.length)} characters)`;
}

/** A sentence and the clause that it is about. */
export function cited(text: string, clause: string | undefined): string {
  return clause === undefined ? text : `${text} [${clause}]`;
}

/** How a request ended, for people. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'ok':
      return `ok ${shown(outcome.value)}`;
    case 'reject':
      return `reject ${outcome.class}${outcome.detail === undefined ? '' : ` (${clip(outcome.detail, VALUE_LENGTH_MAX)})`}`;
    case 'refused':
      return 'refused, without a reason';
    case 'crashed':
      return `crashed: ${clip(outcome.error, VALUE_LENGTH_MAX)}`;
    case 'unsupported':
      return 'unsupported';
    case 'fault':
      return `fault: ${clip(outcome.message, VALUE_LENGTH_MAX)}`;
    case 'unreachable':
      return `not sent: ${outcome.reason}`;
    case 'misbehaviour':
      return cited(`${outcome.what}: ${clip(outcome.detail, VALUE_LENGTH_MAX)}`, outcome.clause);
  }
}
