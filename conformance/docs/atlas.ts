/** The page of everything that has a name, and links to it. */
import { posix } from 'node:path';
import type { AreaSpec } from '../spec/types.ts';
import { code } from './markdown.ts';

/** What has a place on a page. */
export type Kind =
  | 'requirement'
  | 'document'
  | 'profile'
  | 'layout'
  | 'schema'
  | 'machine'
  | 'system'
  | 'operation'
  | 'derivation'
  | 'text'
  | 'built-in'
  | 'field-type';

/** The id of an anchor. Requirements have their own; other names come with their kind, since a schema and a layout may share one. */
export function anchorOf(kind: Kind, name: string): string {
  return kind === 'requirement' ? name : `${kind}-${name}`;
}

/** Path of a topic's page below the folder of the pages. */
export function topicPath(area: string, topic: string): string {
  return `${area}/${topic}.md`;
}

/** Path of an area's page. */
export function areaPath(area: string): string {
  return `${area}/README.md`;
}

/** The pages of everything that has a name. */
export class Atlas {
  readonly #pages = new Map<string, string>();

  constructor(areas: readonly AreaSpec[]) {
    for (const spec of areas) {
      const own = areaPath(spec.area);
      for (const name of Object.keys(spec.documents)) this.place('document', documentName(spec.area, name), own);
      for (const { profile } of spec.profiles) this.place('profile', profile, own);
      for (const { derivation } of spec.derivations) this.place('derivation', derivation, own);
      for (const { text } of spec.texts) this.place('text', text, own);
      for (const t of spec.topics) {
        const page = topicPath(spec.area, t.topic);
        const kinds: [Kind, readonly string[]][] = [
          ['requirement', t.requirements],
          ['layout', t.layouts],
          ['schema', t.schemas],
          ['machine', t.machines],
          ['system', t.systems],
          ['operation', t.operations],
          ['derivation', t.derivations],
          ['text', t.texts],
        ];
        for (const [kind, names] of kinds) for (const name of names) this.place(kind, name, page);
      }
    }
  }

  place(kind: Kind, name: string, page: string): void {
    this.#pages.set(anchorOf(kind, name), page);
  }

  pageOf(kind: Kind, name: string): string | undefined {
    return this.#pages.get(anchorOf(kind, name));
  }
}

/** Name of a document, which its area alone knows. */
export function documentName(area: string, name: string): string {
  return `${area}-${name}`;
}

/** Links as one page needs them. */
export class Links {
  readonly page: string;
  readonly #atlas: Atlas;

  constructor(atlas: Atlas, page: string) {
    this.#atlas = atlas;
    this.page = page;
  }

  /** A link to what has this name; the name alone where no page has it. */
  to(kind: Kind, name: string, text: string = name): string {
    const page = this.#atlas.pageOf(kind, name);
    return page === undefined ? code(text) : `[${text}](${this.path(page)}#${anchorOf(kind, name)})`;
  }

  clause(id: string): string {
    return this.to('requirement', id);
  }

  /** The path from this page to another one; nothing for itself. */
  path(page: string): string {
    return page === this.page ? '' : posix.relative(posix.dirname(this.page), page);
  }

  /** A link to a file of the project, by its path below the root. */
  file(path: string, text: string, line?: number): string {
    const target = posix.relative(posix.join('docs/spec', posix.dirname(this.page)), path);
    return `[${text}](${target}${line === undefined ? '' : `#L${String(line)}`})`;
  }
}
