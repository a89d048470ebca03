/**
 * What answers of the spec interpreter rest on: operations, functions, constants, layouts, schemas and so on, by the names that they
 * have as subjects of mutations. Spec mutation asks a mutant only what rests on what it changes.
 */
import type { AreaSpec } from '../spec/types.ts';
import type { Value } from './values.ts';

/** A map that tells which of its entries are read. */
export class ToldMap extends Map<string, Value> {
  #tell: ((name: string) => void) | undefined;

  constructor(entries: Iterable<readonly [string, Value]>, tell: (name: string) => void) {
    super(entries);
    this.#tell = tell;
  }

  override get(name: string): Value {
    this.#tell?.(name);
    return super.get(name);
  }

  override has(name: string): boolean {
    this.#tell?.(name);
    return super.has(name);
  }
}

/** Notes what the work at hand rests on. */
export class Grounds {
  readonly isObserved: boolean;
  readonly #spec: AreaSpec;
  /** Undefined if nobody observes. */
  #names: Set<string> | undefined;

  constructor(spec: AreaSpec, isObserved: boolean) {
    this.#spec = spec;
    this.isObserved = isObserved;
    if (isObserved) this.#names = new Set();
  }

  /** Does some work, and says what that rested on; what was noted before stays noted. */
  traced<T>(work: () => T): { readonly result: T; readonly grounds: ReadonlySet<string> } {
    const outer = this.#names;
    const grounds = new Set<string>();
    this.#names = grounds;
    try {
      return { result: work(), grounds };
    } finally {
      this.#names = outer;
      for (const name of grounds) outer?.add(name);
    }
  }

  note(name: string): void {
    this.#names?.add(name);
  }
  /** Notes a layout, and the layouts of its fields. */
  noteLayout(name: string): void {
    if (this.#names === undefined || this.#names.has(name)) return;
    this.note(name);
    const fields = this.#spec.layouts.find(({ layout }) => layout === name)?.fields ?? [];
    for (const { layout } of fields) if (layout !== undefined) this.noteLayout(layout);
  }
  /** Notes a schema, and those that it refers to. */
  noteSchema(id: string): void {
    if (this.#names === undefined || this.#names.has(id)) return;
    this.note(id);
    const text = JSON.stringify(this.#spec.schemas.find((schema) => schema['$id'] === id) ?? {});
    for (const { $id } of this.#spec.schemas) if (text.includes(`"${String($id)}"`)) this.noteSchema(String($id));
  }
  /** Notes the rules of JSON heads. */
  noteJson(): void {
    this.note('json-rules');
    this.note('constant.JSON_DEPTH_MAX');
  }
}
