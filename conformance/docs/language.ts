/** The page of the language in which the specification is written. */
import { BINDING, NOT_BINDING } from '../spec/expression.ts';
import { BUILTIN_WORDS, FIELD_WORDS, type Word } from '../spec/language.ts';
import { anchorOf, type Atlas } from './atlas.ts';
import { anchored, code, heading, item, paragraph, prose, type Page } from './markdown.ts';

/** Path of the page of the language. */
export const LANGUAGE_PAGE = 'language.md';

/** What the literals and operators look like and mean. */
const SYMBOLS: readonly (readonly [symbols: string, means: string])[] = [
  ['12 -1', 'integers, of any size'],
  ['0x0a0b', 'bytes; `0x` is no bytes'],
  ["'data'", 'text'],
  ['[a, b]', 'a list'],
  ['{ key: a }', 'a map; a member without a value is left out'],
  ['true false none', 'the truth values, and no value'],
  ['name.member', 'a member of a map or of a JSON object'],
  ['not a, a and b, a or b', 'truth; the second is not evaluated where the first decides'],
  ['= != < <= > >=', 'comparisons; of anything for equality, of integers for order'],
  ['+ - *', 'arithmetic of integers'],
  ['++', 'bytes or lists, one after the other'],
];

/** Puts the words of the language on its page. */
export function placeLanguage(atlas: Atlas): void {
  for (const name of Object.keys(BUILTIN_WORDS)) atlas.place('built-in', name, LANGUAGE_PAGE);
  for (const name of Object.keys(FIELD_WORDS)) atlas.place('field-type', name, LANGUAGE_PAGE);
}

/** The page of the language. */
export function languagePage(revision: string): Page {
  const words = (kind: 'built-in' | 'field-type', all: { readonly [name: string]: Word }): string[] => [
    ...Object.entries(all).flatMap(([name, { use, means }]) => item(`${anchored(anchorOf(kind, name))}${code(use)}: ${prose(means)}`)),
    '',
  ];
  // `not` is no binary operator, and between `and` and the comparisons.
  const levels = [...new Set(Object.values(BINDING))].sort((a, b) => a - b);
  const binding = levels.map((level) =>
    Object.keys(BINDING)
      .filter((operator) => BINDING[operator] === level)
      .map(code)
      .join(' '),
  );
  binding.splice(levels.filter((level) => level < NOT_BINDING).length, 0, code('not'));
  const lines = [
    ...paragraph(
      'Steps, rows of machines and layouts are written in a small language of expressions. Functions of a topic are on its page; ' +
        'these are in every one.',
    ),
    ...heading(2, 'Literals and operators'),
    ...SYMBOLS.flatMap(([symbols, means]) => item(`${code(symbols)}: ${means}`)),
    '',
    ...paragraph(`In rising order of binding: ${binding.join('; ')}.`),
    ...heading(2, 'Functions'),
    ...words('built-in', BUILTIN_WORDS),
    ...heading(2, 'Types of fields'),
    ...words('field-type', FIELD_WORDS),
  ];
  return { title: 'The language of the specification', lines, from: 'conformance/spec/language.ts', revision };
}
