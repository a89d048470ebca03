/**
 * How a text that the project started from is cut into paragraphs and sentences, so that each of them has a number. The
 * rules are simple on purpose: they must give the same numbers on every machine, and only the four texts need them.
 */
import { createHash } from 'node:crypto';

/** What a line of a list, a table, a heading or a quotation begins with: it is a sentence of its own. */
const OWN_LINE = /^\s*(?:[-*•]\s|\d+\.\s|#{1,6}\s|\||:::)/;
/** A full stop after these ends no sentence. */
const ABBREVIATIONS = /(?:\b(?:ca|e\.g|i\.e|a\.k\.a|etc\.? so)\.)$/;
/** The end of a sentence, with what may close after it, before the next one. */
const END = /[.!?…]+[)"'”’*_`]*(?=\s+[A-Z"'“‘(*_`[])/g;

/** The number of an item, the rule of a table or a bracket alone is no sentence. */
const HAS_WORDS = /\p{L}/u;

/** A text without the differences in white space that do not matter: runs of it are one space. */
export function normalised(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** What the data says instead of a sentence: SHA-256 of its UTF-8 bytes with white space normalised, in hexadecimal. */
export function sentenceDigest(sentence: string): string {
  return createHash('sha256').update(normalised(sentence)).digest('hex');
}

function cut(text: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    const sentence = text.slice(from, end);
    if (ABBREVIATIONS.test(text.slice(from, match.index + 1)) || !HAS_WORDS.test(sentence)) continue;
    sentences.push(sentence);
    from = end;
  }
  return [...sentences, text.slice(from)].map(normalised).filter((sentence) => HAS_WORDS.test(sentence));
}

/** The sentences of one paragraph: each line of a list, a table or a block of code is one at least. */
function sentencesOf(lines: readonly string[]): string[] {
  if (/^\s*```/.test(lines[0] ?? '')) return lines.map(normalised).filter((line) => HAS_WORDS.test(line));
  const pieces: string[] = [];
  for (const line of lines) {
    if (pieces.length === 0 || OWN_LINE.test(line)) pieces.push(line);
    else pieces.push(`${pieces.pop() ?? ''} ${line}`);
  }
  return pieces.flatMap((piece) => cut(normalised(piece)));
}

/** The paragraphs of a text, which empty lines separate except in blocks of code, each as its sentences. */
export function paragraphsOf(text: string): string[][] {
  const paragraphs: string[][] = [[]];
  let isCode = false;
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    if (/^\s*```/.test(line)) isCode = !isCode;
    if (line.trim() === '' && !isCode) paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  return paragraphs
    .filter((lines) => lines.length > 0)
    .map(sentencesOf)
    .filter((sentences) => sentences.length > 0);
}
