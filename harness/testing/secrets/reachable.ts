/**
 * What an object still holds, however deep: own properties, private members, entries of maps and sets, and what its
 * functions have closed over. Private members and scopes are not visible to JavaScript, so the inspector of this process
 * tells them.
 */
import { Session } from 'node:inspector';
import type { Runtime } from 'node:inspector';
import { toHex } from '../../../reference/index.ts';

/** Where the inspector and we pass each other values. */
const TABLE = '__bottlepostReachable';
const GROUP = 'bottlepost-reachable';
interface Table {
  subject: unknown;
  found: unknown[];
}

/** Something that was found, and the way to it. */
interface Place {
  readonly path: string;
  readonly value: unknown;
}

/** The inspector of this thread, which answers at once. */
class Inspector {
  readonly #session = new Session();
  readonly #table: Table = { subject: undefined, found: [] };

  constructor() {
    this.#session.connect();
    Object.defineProperty(globalThis, TABLE, { value: this.#table, configurable: true });
  }

  close(): void {
    this.#post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
    this.#session.disconnect();
    Reflect.deleteProperty(globalThis, TABLE);
  }

  /** The private members of an object and, of a function, the variables that it has closed over. */
  hidden(subject: object): Place[] {
    this.#table.subject = subject;
    const { result } = this.#post<Runtime.EvaluateReturnType>('Runtime.evaluate', {
      expression: `${TABLE}.subject`,
      objectGroup: GROUP,
    });
    const { privateProperties = [], internalProperties = [] } = this.#properties(result);
    const scopes = internalProperties.filter(({ name }) => name === '[[Scopes]]').flatMap(({ value }) => this.#scopesIn(value));
    return [...this.#places(privateProperties), ...scopes.flatMap((scope) => this.#variables(scope))];
  }

  #scopesIn(list: Runtime.RemoteObject | undefined): Runtime.RemoteObject[] {
    if (list === undefined) return [];
    const scopes = this.#properties(list).result.flatMap(({ value }) => (value === undefined ? [] : [value]));
    return scopes.filter(({ description = '' }) => /^(Closure|Block|Catch|With)/.test(description));
  }
  /** The variables of one scope; those of a module belong to no object. */
  #variables(scope: Runtime.RemoteObject): Place[] {
    const { result } = this.#properties(scope);
    return result.some(({ name }) => name.startsWith('__vi')) ? [] : this.#places(result);
  }
  #places(properties: readonly { readonly name: string; readonly value?: Runtime.RemoteObject | undefined }[]): Place[] {
    const given = properties.filter(({ value }) => value?.objectId !== undefined || value?.type === 'string' || value?.type === 'bigint');
    return given.map(({ name, value }) => ({ path: name, value: this.#local(value as Runtime.RemoteObject) }));
  }
  /** The value itself of what the inspector has described. */
  #local({ objectId, unserializableValue, value }: Runtime.RemoteObject): unknown {
    if (objectId === undefined) return unserializableValue === undefined ? value : BigInt(unserializableValue.slice(0, -1));
    this.#table.found = [];
    this.#post('Runtime.callFunctionOn', { objectId, functionDeclaration: `function () { ${TABLE}.found.push(this); }` });
    return this.#table.found[0];
  }
  #properties({ objectId }: Runtime.RemoteObject): Runtime.GetPropertiesReturnType & {
    readonly privateProperties?: { readonly name: string; readonly value?: Runtime.RemoteObject }[];
  } {
    return this.#post('Runtime.getProperties', { objectId, ownProperties: true });
  }
  #post<Result>(method: string, params: object): Result {
    const answers: Result[] = [];
    this.#session.post(method, params, (error: unknown, result?: object) => {
      if (error !== null) throw new Error(`${method}: ${JSON.stringify(error)}`);
      answers.push(result as Result);
    });
    if (answers.length === 0) throw new Error(`${method} was not answered at once`);
    return answers[0] as Result;
  }
}

/** Whatever is reachable from an object, each thing once, with the shortest way to it. */
export function* reachable(root: object): Generator<Place> {
  const inspector = new Inspector();
  try {
    const seen = new Set<unknown>();
    const queue: Place[] = [{ path: 'it', value: root }];
    for (let place = queue.shift(); place !== undefined; place = queue.shift()) {
      const { path, value } = place;
      if (seen.has(value)) continue;
      seen.add(value);
      yield place;
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null) continue;
      if (ArrayBuffer.isView(value)) queue.push({ path, value: value.buffer });
      else if (!(value instanceof ArrayBuffer) && !(value instanceof SharedArrayBuffer))
        for (const inside of [...visible(value), ...inspector.hidden(value)])
          queue.push({ path: `${path}.${inside.path}`, value: inside.value });
    }
  } finally {
    inspector.close();
  }
}

/** Own properties, also those that are not listed, and entries. */
function visible(value: object): Place[] {
  const own = Object.entries(Object.getOwnPropertyDescriptors(value)) as [string, PropertyDescriptor][];
  const places = own.filter(([name]) => name !== 'prototype').map(([path, given]): Place => ({ path, value: given.value as unknown }));
  if (value instanceof Map)
    for (const [key, item] of value as Map<unknown, unknown>)
      places.push({ path: '(key)', value: key }, { path: String(key), value: item });
  if (value instanceof Set) for (const item of value as Set<unknown>) places.push({ path: '(item)', value: item });
  return places;
}

/**
 * Where a secret is held: in memory that an array shares, in a text of hexadecimal digits, or as a number.
 * @param secret 16 bytes or more, which come nowhere else by chance
 * @returns the ways to it; none if it is gone
 */
export function placesOf(root: object, secret: Uint8Array): string[] {
  const hex = toHex(secret);
  const numbers = [BigInt(`0x${hex}`), BigInt(`0x${toHex(secret.slice().reverse())}`)];
  const found: string[] = [];
  for (const { path, value } of reachable(root)) {
    const isHeld =
      (value instanceof ArrayBuffer && holds(value, secret)) ||
      (typeof value === 'string' && value.toLowerCase().includes(hex)) ||
      (typeof value === 'bigint' && numbers.includes(value));
    if (isHeld) found.push(path);
  }
  return found;
}

/** The memory in which a secret is held, which shows later whether it was overwritten. */
export function memoryOf(root: object, secret: Uint8Array): ArrayBuffer[] {
  return [...reachable(root)].flatMap(({ value }) => (value instanceof ArrayBuffer && holds(value, secret) ? [value] : []));
}

/** Whether memory has a secret anywhere in it. */
export function holds(memory: ArrayBuffer, secret: Uint8Array): boolean {
  return Buffer.from(memory).includes(Buffer.from(secret));
}
