/** Small pieces of Markdown, 80 columns where a line can be broken. */
import { wrap } from '../contract/text.ts';

/** A page of the generated documentation before it is text. */
export interface Page {
  readonly title: string;
  readonly lines: readonly string[];
  /** Where its facts stand, for the last line. */
  readonly from: string;
  readonly revision: string;
}

/** Code in a line; a value with a backtick is fenced by two. */
export function code(value: string | number | boolean): string {
  const text = String(value);
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** A paragraph of at most 80 columns, and the empty line after it. */
export function paragraph(text: string): string[] {
  return [...wrap(text, 0), ''];
}

/** One item of a list, wrapped under its own text. */
export function item(text: string, depth = 0, mark = '-'): string[] {
  const margin = ' '.repeat(3 * depth);
  const indent = margin.length + mark.length + 1;
  const [first = '', ...rest] = wrap(text, indent);
  return [`${margin}${mark} ${first.trimStart()}`, ...rest];
}

/** A table; a bar inside a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line), ''];
}

/** The name that a heading's link has (letters, digits and hyphens, as GitHub and GitLab make it). */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-');
}

/** A link to a heading of a page beside this one (of this one, where no page is named). */
export function link(heading: string, page = ''): string {
  return `[${heading}](${page}#${anchor(heading)})`;
}

/** A link to a requirement of the area, or of the adapter protocol. */
export function clause(id: string): string {
  return id.startsWith('ADP-') ? `[${id}](../adapter.md)` : link(id, 'requirements.md');
}

/** The text of a page, with its title above and its origin below. */
export function formatPage({ title, lines, from, revision }: Page): string {
  const body = [`# ${title}`, '', ...lines];
  while (body.at(-1) === '') body.pop();
  const footer = wrap(
    `Revision ${revision}, generated from ${from}; run \`npm run docs\` after a change there. Edits to this page are lost.`,
    0,
  );
  return `${[...body, '', '---', '', ...footer].join('\n')}\n`;
}
