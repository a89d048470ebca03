/** Whether two texts of JSON say the same in another order of members: spelling and repeated names are content, order is not. */

const SCALAR = /"(?:[^"\\]|\\.)*"|[^\s"{}[\],:]+/y;

/** Objects and lists nested in each other that are sorted; JSON that is deeper has no order that is worth a word. */
const DEPTH_MAX = 256;

/** Writes a value with its members sorted and everything else as it is spelled. */
class Sorter {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  constructor(text: string) {
    this.#text = text;
  }

  /** The sorted text; undefined where this is no JSON object. White space stays with the value or the name that it is next to. */
  object(): string | undefined {
    if (!this.#text.startsWith('{')) return undefined;
    const value = this.#value();
    return this.#at === this.#text.length ? value : undefined;
  }

  #value(): string | undefined {
    if (this.#depth >= DEPTH_MAX) return undefined;
    const before = this.#space();
    this.#depth += 1;
    const value = this.#bare();
    this.#depth -= 1;
    return value === undefined ? undefined : `${before}${value}${this.#space()}`;
  }
  #bare(): string | undefined {
    if (this.#take('{'))
      return this.#items('}', () => this.#member())
        ?.sort()
        .join(',');
    if (this.#take('[')) return this.#items(']', () => this.#value())?.join(',');
    return this.#scalar();
  }
  #member(): string | undefined {
    const before = this.#space();
    const name = this.#text[this.#at] === '"' ? this.#scalar() : undefined;
    const after = this.#space();
    if (name === undefined || !this.#take(':')) return undefined;
    const value = this.#value();
    return value === undefined ? undefined : `${before}${name}${after}:${value}`;
  }
  #items(end: string, item: () => string | undefined): string[] | undefined {
    const found: string[] = [end];
    // White space in what is empty is of no member.
    const start = this.#at;
    const space = this.#space();
    if (this.#take(end)) return [...found, space];
    this.#at = start;
    for (;;) {
      const next = item();
      if (next === undefined) return undefined;
      found.push(next);
      if (this.#take(end)) return found;
      if (!this.#take(',')) return undefined;
    }
  }
  #scalar(): string | undefined {
    SCALAR.lastIndex = this.#at;
    const [found] = SCALAR.exec(this.#text) ?? [];
    this.#at += found?.length ?? 0;
    return found;
  }
  #space(): string {
    const start = this.#at;
    while (' \t\n\r'.includes(this.#text.charAt(this.#at) || '-')) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }
  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }
}

/** Objects nested in each other that are looked at around a difference. */
const ENCLOSING_MAX = 16;

/** True if two texts differ, and only in the order of the members of one JSON object within them. */
export function differsInOrderOnly(a: string, b: string): boolean {
  if (a.length !== b.length || a === b) return false;
  let from = 0;
  while (a[from] === b[from]) from += 1;
  let to = a.length;
  while (a[to - 1] === b[to - 1]) to -= 1;
  // The object begins before the first difference and ends after the last, in both alike.
  let start = a.lastIndexOf('{', from);
  for (let tried = 0; start >= 0 && tried < ENCLOSING_MAX; tried++, start = start === 0 ? -1 : a.lastIndexOf('{', start - 1)) {
    let end = a.indexOf('}', to - 1);
    for (let closed = 0; end >= 0 && closed < ENCLOSING_MAX; closed++, end = a.indexOf('}', end + 1)) {
      const one = new Sorter(a.slice(start, end + 1)).object();
      if (one !== undefined && one === new Sorter(b.slice(start, end + 1)).object()) return true;
    }
  }
  return false;
}
