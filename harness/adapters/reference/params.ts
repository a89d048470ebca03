/**
 * The parameters of one request, taken one by one and checked on the way; whatever breaks the adapter contract here is
 * the caller's fault and never a reject of the protocol.
 */
import type { Json, JsonObject } from '../../../conformance/contract/contract.ts';

/** The caller broke the adapter contract: answered as `fault`. */
export class ParamError extends Error {
  override readonly name: string = 'ParamError';
}

/** Bytes by CSID or by another name, as the reference takes them. */
export type BytesByName = ReadonlyMap<string, Uint8Array>;

/** Reads parameters by name; `finish` then refuses those that nobody asked for. */
export class Params {
  readonly #members: ReadonlyMap<string, Json>;
  readonly #taken: Set<string> = new Set();

  constructor(params: JsonObject) {
    this.#members = new Map(Object.entries(params));
  }

  bytes(name: string): Uint8Array {
    return bytesOf(name, this.#required(name));
  }

  optionalBytes(name: string): Uint8Array | undefined {
    return this.#optional(name, (value) => bytesOf(name, value));
  }

  bytesList(name: string): Uint8Array[] {
    const value = this.#required(name);
    if (!Array.isArray(value)) throw new ParamError(`${name} is no list`);
    return value.map((item: Json) => bytesOf(name, item));
  }

  csidMap(name: string): BytesByName {
    return bytesMapOf(name, this.#required(name));
  }

  optionalCsidMap(name: string): BytesByName | undefined {
    return this.#optional(name, (value) => bytesMapOf(name, value));
  }

  bytesMap(name: string): BytesByName {
    return bytesMapOf(name, this.#required(name));
  }

  optionalBytesMap(name: string): BytesByName | undefined {
    return this.#optional(name, (value) => bytesMapOf(name, value));
  }

  text(name: string): string {
    return textOf(name, this.#required(name));
  }

  /** Anything: what it must be is for the engine to say. */
  optionalJson(name: string): Json | undefined {
    return this.#optional(name, (value) => value);
  }

  optionalText(name: string): string | undefined {
    return this.#optional(name, (value) => textOf(name, value));
  }

  integerList(name: string): number[] {
    const value = this.#required(name);
    if (!Array.isArray(value)) throw new ParamError(`${name} is no list`);
    return value.map((item: Json) => integerOf(name, item, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER));
  }

  boolean(name: string): boolean {
    this.#required(name);
    return this.optionalBoolean(name) === true;
  }

  /** One of a closed list of texts. */
  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const choice = this.optionalChoice(name, choices);
    if (choice === undefined) throw new ParamError(`${name} is missing`);
    return choice;
  }

  optionalChoice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    return this.#optional(name, (value) => {
      const choice = choices.find((candidate) => candidate === value);
      if (choice === undefined) throw new ParamError(`${name} is none of ${choices.join(', ')}`);
      return choice;
    });
  }

  optionalBoolean(name: string): boolean | undefined {
    return this.#optional(name, (value) => {
      if (typeof value !== 'boolean') throw new ParamError(`${name} is no boolean`);
      return value;
    });
  }

  integer(name: string, minimum: number, maximum: number): number {
    return integerOf(name, this.#required(name), minimum, maximum);
  }

  optionalInteger(name: string, minimum: number, maximum: number): number | undefined {
    return this.#optional(name, (value) => integerOf(name, value, minimum, maximum));
  }

  optionalU64(name: string): bigint | undefined {
    return this.#members.has(name) ? this.u64(name) : undefined;
  }

  /** An unsigned 64-bit integer, which stands as text. */
  u64(name: string): bigint {
    const text = textOf(name, this.#required(name));
    if (!/^(0|[1-9][0-9]{0,19})$/.test(text) || BigInt(text) > 0xffffffffffffffffn)
      throw new ParamError(`${name} is no unsigned 64-bit integer`);
    return BigInt(text);
  }

  /** A time in milliseconds. */
  time(name: string): number {
    return integerOf(name, this.#required(name), 0, Number.MAX_SAFE_INTEGER);
  }

  object(name: string): JsonObject {
    return objectOf(name, this.#required(name));
  }

  /** A list of objects. */
  optionalObjects(name: string): JsonObject[] | undefined {
    return this.#optional(name, (value) => {
      if (!Array.isArray(value)) throw new ParamError(`${name} is no list`);
      return value.map((item: Json) => objectOf(name, item));
    });
  }

  optionalObject(name: string): JsonObject | undefined {
    return this.#optional(name, (value) => objectOf(name, value));
  }

  /** Refuses two parameters of which only one may be given. */
  exclusive(one: string, other: string): void {
    if (this.#members.has(one) && this.#members.has(other)) throw new ParamError(`${one} and ${other} exclude each other`);
  }

  /** Ends the reading: no parameter is left that the operation does not have. */
  finish(): void {
    const unknown = [...this.#members.keys()].filter((name) => !this.#taken.has(name));
    if (unknown.length > 0) throw new ParamError(`unknown parameter ${String(unknown[0])}`);
  }

  #required(name: string): Json {
    this.#taken.add(name);
    const value = this.#members.get(name);
    if (value === undefined) throw new ParamError(`${name} is missing`);
    return value;
  }

  #optional<Value>(name: string, read: (value: Json) => Value): Value | undefined {
    this.#taken.add(name);
    const value = this.#members.get(name);
    return value === undefined ? undefined : read(value);
  }
}

function textOf(name: string, value: Json): string {
  if (typeof value !== 'string') throw new ParamError(`${name} is no text`);
  return value;
}

function bytesOf(name: string, value: Json): Uint8Array {
  const text = textOf(name, value);
  if (text.length % 2 !== 0 || /[^0-9a-f]/.test(text)) throw new ParamError(`${name} is not lower-case hexadecimal`);
  return Uint8Array.from(Buffer.from(text, 'hex'));
}

function objectOf(name: string, value: Json): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ParamError(`${name} is no object`);
  return value as JsonObject;
}

function bytesMapOf(name: string, value: Json): BytesByName {
  return new Map(Object.entries(objectOf(name, value)).map(([member, hex]) => [member, bytesOf(name, hex)]));
}

function integerOf(name: string, value: Json, minimum: number, maximum: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < minimum || value > maximum) {
    throw new ParamError(`${name} is no integer from ${String(minimum)} to ${String(maximum)}`);
  }
  return value;
}

/** Bytes as the contract writes them. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Bytes by name as the contract writes them. */
export function hexMap(map: BytesByName): JsonObject {
  return Object.fromEntries([...map].map(([name, bytes]) => [name, hexOf(bytes)]));
}
