/**
 * Remembers what was found right in spec files, so that a command need not parse and check them all again. A finding is known
 * by the hash of the texts it depends on and of the code that checked them: if any of these changes, it is checked again.
 */
import { createHash, type Hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Below the package; not committed. */
const FOLDER = '.bottlepost/checked';

/** The values of spec files that were checked before, on this disk. */
export class CheckedFiles {
  readonly #folder: string;
  readonly #code: Hash;

  /** @param checkedBy paths of the modules whose text decides what is right */
  constructor(root: string, checkedBy: readonly string[]) {
    this.#folder = join(root, FOLDER);
    this.#code = createHash('sha256').update(checkedBy.map((path) => readFileSync(path, 'utf8')).join('\0'));
  }

  /** The key of texts, such as a file and the schema of its kind, as the code of today checks them. */
  key(...texts: readonly string[]): string {
    const hash = this.#code.copy();
    for (const text of texts) hash.update('\0').update(text);
    return hash.digest('hex');
  }

  /** The value that was checked under a key; undefined if there is none that can be read. */
  value(key: string): unknown {
    try {
      return JSON.parse(readFileSync(this.#path(key), 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** Remembers a value that was found right. Where nothing can be written, nothing is remembered, and nothing is lost. */
  keep(key: string, value: unknown): void {
    const path = this.#path(key);
    try {
      mkdirSync(dirname(path), { recursive: true });
      // Several processes may write the same file at once: each its own, and the last one stays.
      const own = `${path}.${String(process.pid)}`;
      writeFileSync(own, JSON.stringify(value));
      renameSync(own, path);
    } catch {
      return;
    }
  }

  #path(key: string): string {
    return join(this.#folder, `${key}.json`);
  }
}
