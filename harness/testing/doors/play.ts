/** Runs the scripts. */
import * as reference from '../../../reference/index.ts';
import { Endpoint, drain, toHex } from '../../../reference/index.ts';
import type { Primitives } from '../../../reference/index.ts';
import { P, type Args, type Call, type Script } from './script.ts';

export type Callable = (...args: unknown[]) => unknown;
export type Change = (bytes: Uint8Array) => Uint8Array;

function exported(name: string): Callable {
  return (reference as unknown as { readonly [name: string]: Callable })[name] ?? missing(name);
}
function missing(name: string): never {
  throw new Error(`the reference exports no ${name}`);
}
export const isClass = (value: unknown): boolean =>
  typeof value === 'function' && Function.prototype.toString.call(value).startsWith('class');
export const isPlain = (value: unknown): value is { readonly [member: string]: unknown } =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value) as null);

/** The argument with all bytes in it changed; primitives and class instances stay the same. */
export function changed(value: unknown, change: Change): unknown {
  if (value instanceof Uint8Array) return change(value);
  if (Array.isArray(value)) return value.map((item) => changed(item, change));
  if (value instanceof Map) return new Map([...value].map(([name, item]) => [name as string, changed(item, change)]));
  if (!isPlain(value) || 'sha256' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, changed(item, change)]));
}

/** A complete value as text that tells bytes from Buffers. */
export function shown(value: unknown): string {
  return JSON.stringify(value, (_name, item: unknown) => {
    if (typeof item === 'bigint') return `${String(item)}n`;
    if (item instanceof Map) return [...(item as Map<unknown, unknown>)];
    return item instanceof Uint8Array ? `${item.constructor.name} ${toHex(item)}` : item;
  });
}
export function bytesIn(value: unknown, found: Uint8Array[] = []): Uint8Array[] {
  if (value instanceof Uint8Array) found.push(value);
  else if (value instanceof Map || Array.isArray(value)) for (const item of value.values()) bytesIn(item, found);
  else if (isPlain(value)) for (const item of Object.values(value)) bytesIn(item, found);
  return found;
}

/** The object of a script, or what its function returned, and the calls made so far. */
export class Play {
  readonly #script: Script;
  readonly #primitives: Primitives;
  #subject: unknown;
  #place = -1;

  constructor(script: Script, primitives: Primitives = P) {
    this.#script = script;
    this.#primitives = primitives;
  }

  get length(): number {
    return 1 + (this.#script.calls ?? []).length;
  }
  get #call(): Call | undefined {
    return (this.#script.calls ?? [])[this.#place];
  }
  get title(): string {
    return this.#call === undefined ? this.#script.name : `${this.#script.name}.${this.#call[0]}`;
  }

  /** When the object wants to be called; undefined if it never wants to. */
  get timeoutAtMs(): number | undefined {
    const { pollTimeoutAtMs } = this.#subject as { readonly pollTimeoutAtMs?: () => number | undefined };
    return pollTimeoutAtMs?.call(this.#subject);
  }

  /** The valid arguments of the next call. */
  args(): Args {
    return (this.#call?.[1] ?? this.#script.args)(this.#primitives);
  }

  /** Makes the next call, and advances if it was accepted. @returns all its output */
  run(args: Args = this.args()): unknown {
    let result: unknown;
    const { name } = this.#script;
    if (this.#call !== undefined) result = (this.#subject as { readonly [method: string]: Callable })[this.#call[0]]?.(...args);
    else if (isClass(exported(name))) {
      this.#subject = Reflect.construct(exported(name), args);
    } else this.#subject = result = exported(name)(...args);
    this.#place += 1;
    const subject = this.#subject;
    if (!(subject instanceof Endpoint)) return { result };
    return { result, transmits: drain(() => subject.pollTransmit()), events: drain(() => subject.pollEvent()) };
  }

  /** @returns the script after so many calls */
  static after(script: Script, count: number): Play {
    const play = new Play(script);
    for (let place = 0; place < count; place++) play.run();
    return play;
  }
}

/** The output of an undisturbed script. */
export function transcript(script: Script, primitives: Primitives = P): string[] {
  const play = new Play(script, primitives);
  return Array.from({ length: play.length }, () => shown(play.run()));
}
