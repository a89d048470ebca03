/** HTML whose text is escaped by the way it is written: only what this file made goes into a page as it is. */
import { printable } from '../../conformance/contract/text.ts';

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A piece of a page. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What a template takes: text and numbers are escaped, pieces are not. */
export type Part = string | number | Markup | readonly Markup[];

/**
 * The tag of templates: markup`<td>${text}</td>`. Text is safe between tags and within quoted attributes; what would reverse, hide or
 * control anything is shown as \xNN or \u{NNNN}, as everywhere in this bench.
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((string, at) => string + (at < parts.length ? written(parts[at] ?? '') : '')).join(''));
}

/** No piece at all. */
export const NOTHING: Markup = new Markup('');

function written(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return part.map(({ text }: Markup) => text).join('');
  return printable(String(part)).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
