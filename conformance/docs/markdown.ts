/**
 * Small pieces of Markdown. Prose is wrapped at 80 columns, but never inside a link or a code span; an expression that is too
 * long for a line becomes a block of its own; a table that is wider than a screen becomes a list.
 */
import { WIDTH } from '../contract/text.ts';
import type { ExpressionSource } from '../spec/types.ts';
import { CODE_WIDTH, formatExpression } from './expressions.ts';

/** A page of the generated documentation before it is text. */
export interface Page {
  readonly title: string;
  readonly lines: readonly string[];
  /** The sources of its facts, for the last line. */
  readonly from: string;
  readonly revision: string;
}

/** Columns of the widest row of a table, as it is read: without the addresses of links. */
export const ROW_WIDTH_MAX = 100;
/** The longest expression that is inside a sentence. */
const INLINE_MAX = 74;
/** Around what becomes a block of code unless it is in a table. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];

/** Code in a line; a value with a backtick is fenced by two. */
export function code(value: string | number | boolean): string {
  const text = String(value);
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** An expression: in the line where it is short, else a block. */
export function expression(source: ExpressionSource): string {
  const lines = formatExpression(source, INLINE_MAX);
  return lines.length === 1 && (lines[0] ?? '').length <= INLINE_MAX ? code(lines[0] ?? '') : block(formatExpression(source));
}

/** Text that is not an expression, such as a pattern: in the line where it is short, else a block. */
export function literal(text: string): string {
  return text.length <= INLINE_MAX ? code(text) : block([text]);
}

/** Names and what they are: in the line where all of it is short, else a block. */
export function definitions(values: { readonly [name: string]: ExpressionSource }, sign = '='): string {
  const parts = Object.entries(values).map(([name, source]) => (name === source ? code(name) : `${code(name)} ${sign} ${code(source)}`));
  return parts.join(', ').length <= INLINE_MAX + 6 ? parts.join(', ') : block(definitionLines(values, sign));
}

/** A line for each name, or several under each other where what it is does not fit. */
export function definitionLines(values: { readonly [name: string]: ExpressionSource }, sign = '='): string[] {
  return Object.entries(values).flatMap(([name, source]) => {
    if (name === source) return [name];
    const prefix = `${name} ${sign} `;
    const hung = formatExpression(source, CODE_WIDTH - prefix.length);
    if (hung.length === 1 || prefix.length <= 16) return hung.map((line, i) => `${i === 0 ? prefix : ' '.repeat(prefix.length)}${line}`);
    return [prefix.trimEnd(), ...formatExpression(source, CODE_WIDTH - 4).map((line) => `    ${line}`)];
  });
}

function block(lines: readonly string[]): string {
  return `${OPEN}${lines.join('\n')}${CLOSE}`;
}

/** Words of the spec as Markdown: nothing is mistaken for markup. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replaceAll('<', '&lt;').replaceAll('*', '\\*')))
    .join('');
}

/** A name in kebab-case as words that begin a line: `chunk-receiver` as "Chunk receiver". */
export function words(name: string): string {
  const spaced = name.replaceAll(/[-.]/g, ' ');
  return `${spaced.slice(0, 1).toUpperCase()}${spaced.slice(1)}`;
}

/** The name of a machine, a layout or a schema as words, without its area. */
export function headingOf(name: string): string {
  return words(name.slice(name.indexOf('.') + 1));
}

/** What is not broken: links, code spans, and other words. */
const WORD = /(?:<a [^>]*><\/a>|!?\[(?:`[^`]*`|[^\]])*\]\([^)\s]*\)|``.*?``|`[^`]*`|[^\s])+/g;
/** At the beginning of a line these would be a list, a heading or a quotation. */
const NEVER_FIRST = /^(?:[-+*>|]|#+|\d+[.)])$/;

function wrapped(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [word] of text.matchAll(WORD)) {
    if (line === '') line = word;
    else if (indent + line.length + 1 + word.length > WIDTH && !NEVER_FIRST.test(word)) {
      lines.push(line);
      line = word;
    } else line = `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** Text in lines, and what is too long for a line in blocks between them; everything under the margin. */
function flow(text: string, indent: number): string[] {
  const margin = ' '.repeat(indent);
  return text.split(new RegExp(`${OPEN}([^${CLOSE}]*)${CLOSE}`)).flatMap((part, i) => {
    if (i % 2 === 1) return ['```text', ...part.split('\n'), '```'].map((line) => `${margin}${line}`);
    return part
      .replace(i > 0 ? /^\s*[.,;:]+\s*/ : /^\s+/, '')
      .split('\n')
      .flatMap((piece) => wrapped(piece, indent).map((line) => `${margin}${line}`));
  });
}

/** A paragraph of at most 80 columns, and the empty line after it. */
export function paragraph(text: string): string[] {
  return [...flow(text, 0), ''];
}

/** One item of a list, wrapped under its own text. */
export function item(text: string, depth = 0, mark = '-'): string[] {
  const margin = ' '.repeat(3 * depth);
  const indent = margin.length + mark.length + 1;
  const [first = '', ...rest] = flow(text, indent);
  return [`${margin}${mark} ${first.trimStart()}`, ...rest];
}

/** A block of code. */
export function fence(lines: readonly string[], language = 'text'): string[] {
  return lines.length === 0 ? [] : [`\`\`\`${language}`, ...lines, '```', ''];
}

/** What is read of a line of Markdown. */
export function plain(text: string): string {
  return text
    .replaceAll(/<a [^>]*><\/a>|<\/?sub>|<br>/g, '')
    .replaceAll(/\[((?:`[^`]*`|[^\]])*)\]\([^)\s]*\)/g, '$1')
    .replaceAll(/[`*]/g, '');
}

/** Columns of a row as it is read. */
function rowWidth(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + plain(cell).length + 3, 1);
}

const fits = (rows: readonly (readonly string[])[]): boolean =>
  rows.every((cells) => rowWidth(cells) <= ROW_WIDTH_MAX && !cells.some((cell) => cell.includes(OPEN)));

/** A table; where a row would be wider than a screen, a list with an item for each row. A bar inside a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  if (!fits([head, ...rows]))
    return [
      ...rows.flatMap(([first = '', ...cells]) =>
        item([first, ...cells.flatMap((cell, i) => (cell === '' ? [] : [`${head[i + 1] ?? ''}: ${cell}`]))].join('; ')),
      ),
      '',
    ];
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line), ''];
}

/** A table whose last column are notes: if they do not fit, they follow it as a list. Columns without any entry are left out. */
export function tableWithNotes(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const used = head.map((_, i) => i).filter((i) => i === 0 || rows.some((cells) => (cells[i] ?? '') !== ''));
  const [names, all] = [used.map((i) => head[i] ?? ''), rows.map((cells) => used.map((i) => cells[i] ?? ''))];
  const isNote = used.at(-1) === head.length - 1;
  if (!isNote || fits(all)) return table(names, all);
  const notes = all.filter((cells) => cells.at(-1) !== '').flatMap((cells) => item(`${cells[0] ?? ''}: ${cells.at(-1) ?? ''}`));
  return [
    ...table(
      names.slice(0, -1),
      all.map((cells) => cells.slice(0, -1)),
    ),
    ...notes,
    '',
  ];
}

/** Where a link to `id` ends. */
export function anchored(id: string): string {
  return `<a id="${id}"></a>`;
}

/** A heading with an anchor of its own. */
export function heading(level: number, text: string, id?: string): string[] {
  return [...(id === undefined ? [] : [anchored(id), '']), `${'#'.repeat(level)} ${text}`, ''];
}

/** The name that a heading's link has (letters, digits and hyphens, as GitHub and GitLab make it). */
export function anchor(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-');
}

/** A link to a heading of the same page. */
export function sectionLink(text: string): string {
  return `[${text}](#${anchor(text)})`;
}

/** The text of a page, with its title above and its origin below. */
export function formatPage({ title, lines, from, revision }: Page): string {
  const body = [`# ${title}`, '', ...lines];
  while (body.at(-1) === '') body.pop();
  const origin = `Revision ${revision}, generated from ${from}; run \`npm run docs\` after a change there.`;
  const footer = flow(`${origin} Edits to this page are lost.`, 0);
  return `${[...body, '', '---', '', ...footer].join('\n')}\n`;
}
