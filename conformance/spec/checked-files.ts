/**
 * Remembers what was found right in spec files, so that a command need not parse and check them all again. A finding is known
 * by the hash of the texts it depends on and of the code that checked them: if any of these changes, it is checked again.
 */
import { createHash, type Hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../contract/paths.ts';

/** Below the package; not committed. */
const FOLDER = '.bottlepost/checked';

/**
 * The files of modules of this folder, as sources or as they were built. What runs in one file was made from those that were built,
 * and looks at them.
 */
export function codeFiles(names: readonly string[]): string[] {
  const here = fileURLToPath(import.meta.url);
  const [folder, end] = extname(here) === '.ts' ? [dirname(here), '.ts'] : [join(packageRoot(), 'dist/conformance/spec'), '.js'];
  return names.map((name) => join(folder, `${name}${end}`));
}

/** The names of all files below a folder, and the contents of those that the loader reads. */
export function contentsBelow(root: string, folder: string): (string | Uint8Array)[] {
  return (readdirSync(join(root, folder), { recursive: true }) as string[])
    .sort()
    .flatMap((path) => (/\.(yaml|json)$/.test(path) ? [path, readFileSync(join(root, folder, path))] : [path]));
}

/** The values of spec files that were checked before, on this disk. */
export class CheckedFiles {
  readonly #folder: string;
  readonly #code: Hash;
  /** The sources and what is built of them each keep values of their own: in turn they would overwrite each other's. */
  readonly #kind: string;

  /** @param checkedBy paths of the modules whose text decides what is right */
  constructor(root: string, checkedBy: readonly string[]) {
    this.#folder = join(root, FOLDER);
    this.#kind = extname(checkedBy[0] ?? '');
    this.#code = createHash('sha256').update(checkedBy.map((path) => readFileSync(path, 'utf8')).join('\0'));
  }

  /** The key of texts, such as a file and the schema of its kind, as the code of today checks them. */
  key(...texts: readonly (string | Uint8Array)[]): string {
    const hash = this.#code.copy();
    for (const text of texts) hash.update('\0').update(text);
    return hash.digest('hex');
  }

  /** The value that was checked under a key; undefined if there is none that can be read. */
  value(key: string): unknown {
    return this.#read(key, (text) => text);
  }

  /** The value that was checked last under a name, if that was under this key. */
  valueNamed(name: string, key: string): unknown {
    return this.#read(name + this.#kind, (text) => (text.startsWith(key) ? text.slice(key.length) : ''));
  }

  #read(file: string, jsonOf: (text: string) => string): unknown {
    try {
      return JSON.parse(jsonOf(readFileSync(this.#path(file), 'utf8')));
    } catch {
      return undefined;
    }
  }

  /** Remembers a value that was found right. Where nothing can be written, nothing is remembered, and nothing is lost. */
  keep(key: string, value: unknown): void {
    this.#write(key, JSON.stringify(value));
  }

  /** Remembers a value in the place of the one with the same name: what is large and changes often would pile up. */
  keepNamed(name: string, key: string, value: unknown): void {
    this.#write(name + this.#kind, `${key}\n${JSON.stringify(value)}`);
  }

  #write(file: string, text: string): void {
    const path = this.#path(file);
    try {
      mkdirSync(dirname(path), { recursive: true });
      // Several processes may write the same file at once: each its own, and the last one stays.
      const own = `${path}.${String(process.pid)}`;
      writeFileSync(own, text);
      renameSync(own, path);
    } catch {
      return;
    }
  }

  #path(file: string): string {
    return join(this.#folder, `${file}.json`);
  }
}
