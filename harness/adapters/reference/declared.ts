/**
 * Requests and replies as the spec declares them. What comes as JSON is read into the values that the reference takes:
 * bytes as arrays of bytes, wire integers of 64 bits as bigints, maps as maps. What the reference returns is written the
 * other way round. Whatever breaks the declaration is the caller's fault and never a reject of the protocol.
 */
import type { Json, JsonObject } from '../../../conformance/contract/contract.ts';
import type { OPERATIONS } from './declarations.ts';

/** The caller broke the adapter contract: answered as `fault`. */
export class ParamError extends Error {
  override readonly name: string = 'ParamError';
}

/** Bytes by CSID or by another name. */
export type BytesByName = ReadonlyMap<string, Uint8Array>;

/** What a parameter, or a member of one, is declared to be. */
export interface DeclaredParam {
  readonly type: keyof TakenAs;
  readonly required?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  /** Another parameter that may not be given together with it. */
  readonly excludes?: string;
  readonly members?: DeclaredParams;
}
type DeclaredParams = { readonly [name: string]: DeclaredParam };
/** What an operation is declared to take and to answer. */
export interface Declaration {
  readonly session?: string;
  readonly params: DeclaredParams;
  readonly requiresOneOf?: readonly string[];
  readonly result: { readonly [name: string]: { readonly type: keyof AnsweredAs; readonly optional?: boolean } };
}

// ------------------------------------------------------------------ what an operation is given

interface TakenAs {
  bytes: Uint8Array;
  bytesList: readonly Uint8Array[];
  bytesMap: BytesByName;
  csidMap: BytesByName;
  text: string;
  textList: readonly string[];
  integer: number;
  integerList: readonly number[];
  /** Milliseconds. */
  time: number;
  u64: bigint;
  boolean: boolean;
  object: JsonObject;
  objectList: readonly JsonObject[];
  objectMap: ReadonlyMap<string, JsonObject>;
  json: Json;
}
type RequiredName<Params> = { [Name in keyof Params]: Params[Name] extends { readonly required: true } ? Name : never }[keyof Params];
type Members<Params> = { readonly [Name in RequiredName<Params>]: Taken<Params[Name]> } & {
  readonly [Name in Exclude<keyof Params, RequiredName<Params>>]?: Taken<Params[Name]>;
};
type Taken<Param> = Param extends { readonly type: 'text'; readonly enum: readonly (infer Name)[] }
  ? Name
  : Param extends { readonly type: 'textList'; readonly enum: readonly (infer Name)[] }
    ? readonly Name[]
    : Param extends { readonly type: 'object' | 'bytesMap'; readonly members: infer Inner }
      ? Members<Inner>
      : Param extends { readonly type: 'objectList'; readonly members: infer Inner }
        ? readonly Members<Inner>[]
        : Param extends { readonly type: 'objectMap'; readonly members: infer Inner }
          ? ReadonlyMap<string, Members<Inner>>
          : Param extends { readonly type: infer Type extends keyof TakenAs }
            ? TakenAs[Type]
            : never;

/** The name of an operation. */
export type OperationName = keyof typeof OPERATIONS;
/** The parameters of an operation, read. */
export type Given<Name extends OperationName> = Members<(typeof OPERATIONS)[Name]['params']>;

/** Reads a request. @throws ParamError for whatever is not as declared */
export type ParamReader = (params: JsonObject) => { readonly [name: string]: unknown };

/** The reader of an operation's parameters. */
export function paramReader({ params, requiresOneOf = [] }: Declaration): ParamReader {
  const read = membersReader('', params);
  return (given) => {
    const values = read(given);
    if (requiresOneOf.length > 0 && requiresOneOf.every((name) => !Object.hasOwn(values, name)))
      throw new ParamError(`one of ${requiresOneOf.join(', ')} is missing`);
    return values;
  };
}

function membersReader(where: string, declared: DeclaredParams): ParamReader {
  const readers = new Map(Object.entries(declared).map(([name, param]) => [name, valueReader(`${where}${name}`, param)]));
  const required = Object.keys(declared).filter((name) => declared[name]?.required === true);
  const exclusive = Object.entries(declared).flatMap(([name, { excludes }]) => (excludes === undefined ? [] : [[name, excludes] as const]));
  return (object) => {
    const values: { [name: string]: unknown } = {};
    for (const [name, value] of Object.entries(object)) {
      const read = readers.get(name);
      if (read === undefined) throw new ParamError(`unknown parameter ${where}${name}`);
      values[name] = read(value);
    }
    for (const name of required) if (!Object.hasOwn(values, name)) throw new ParamError(`${where}${name} is missing`);
    for (const [one, other] of exclusive)
      if (Object.hasOwn(values, one) && Object.hasOwn(values, other)) throw new ParamError(`${one} and ${other} exclude each other`);
    return values;
  };
}

function valueReader(name: string, param: DeclaredParam): (value: Json) => unknown {
  const { type, members, minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = param;
  const text = (value: Json): string => textOf(name, value, param.enum);
  const inner = members === undefined ? undefined : membersReader(`${name}.`, members);
  const object = (value: Json): unknown => (inner === undefined ? objectOf(name, value) : inner(objectOf(name, value)));
  switch (type) {
    case 'bytes':
      return (value) => bytesOf(name, value);
    case 'bytesList':
      return (value) => listOf(name, value).map((item) => bytesOf(name, item));
    case 'bytesMap':
      if (inner !== undefined) return (value) => inner(objectOf(name, value));
      return (value) => mapOf(name, value, (item) => bytesOf(name, item));
    case 'csidMap':
      return (value) => mapOf(name, value, (item) => bytesOf(name, item));
    case 'text':
      return text;
    case 'textList':
      return (value) => listOf(name, value).map(text);
    case 'integer':
      return (value) => integerOf(name, value, minimum, maximum);
    case 'integerList':
      return (value) => listOf(name, value).map((item) => integerOf(name, item, minimum, maximum));
    case 'time':
      return (value) => integerOf(name, value, 0, Number.MAX_SAFE_INTEGER);
    case 'u64':
      return (value) => u64Of(name, value);
    case 'boolean':
      return (value) => booleanOf(name, value);
    case 'object':
      return object;
    case 'objectList':
      return (value) => listOf(name, value).map(object);
    case 'objectMap':
      return (value) => mapOf(name, value, object);
    case 'json':
      return (value) => value; // what it must be is for the engine to say
  }
}

/** Text, or one of a closed list of texts. */
export function textOf(name: string, value: Json, names?: readonly string[]): string {
  if (typeof value !== 'string') throw new ParamError(`${name} is not text`);
  if (names?.includes(value) === false) throw new ParamError(`${name} is not one of ${names.join(', ')}`);
  return value;
}

/** Bytes that are as lower-case hexadecimal. */
export function bytesOf(name: string, value: Json): Uint8Array {
  const text = textOf(name, value);
  if (text.length % 2 !== 0 || /[^0-9a-f]/.test(text)) throw new ParamError(`${name} is not lowercase hexadecimal`);
  return Uint8Array.from(Buffer.from(text, 'hex'));
}

/** An integer within bounds, both included. */
export function integerOf(name: string, value: Json, minimum: number, maximum: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < minimum || value > maximum)
    throw new ParamError(`${name} is not an integer from ${String(minimum)} to ${String(maximum)}`);
  return value;
}

function u64Of(name: string, value: Json): bigint {
  const text = textOf(name, value);
  if (!/^(0|[1-9][0-9]{0,19})$/.test(text) || BigInt(text) > 0xffff_ffff_ffff_ffffn)
    throw new ParamError(`${name} is not an unsigned 64-bit integer`);
  return BigInt(text);
}

function booleanOf(name: string, value: Json): boolean {
  if (typeof value !== 'boolean') throw new ParamError(`${name} is not a boolean`);
  return value;
}

function listOf(name: string, value: Json): readonly Json[] {
  if (!Array.isArray(value)) throw new ParamError(`${name} is not a list`);
  return value as readonly Json[];
}

function objectOf(name: string, value: Json): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ParamError(`${name} is not an object`);
  return value as JsonObject;
}

function mapOf<Value>(name: string, value: Json, read: (item: Json) => Value): ReadonlyMap<string, Value> {
  return new Map(Object.entries(objectOf(name, value)).map(([key, item]) => [key, read(item)]));
}

/** One of the bytes that came by name. @throws ParamError where they are not there */
export function namedBytes(where: string, members: BytesByName, name: string): Uint8Array {
  const bytes = members.get(name);
  if (bytes === undefined) throw new ParamError(`${where}.${name} is missing`);
  return bytes;
}

// ------------------------------------------------------------------ what an operation answers

interface AnsweredAs {
  bytes: Uint8Array;
  bytesList: readonly Uint8Array[];
  csidMap: BytesByName;
  text: string;
  integer: number;
  integerList: readonly number[];
  u64: bigint;
  boolean: boolean;
  jsonError: string;
  object: object;
  objectList: readonly object[];
  eventList: readonly object[];
  /** Milliseconds. */
  timeout: number | undefined;
}
type OptionalName<Result> = { [Name in keyof Result]: Result[Name] extends { readonly optional: true } ? Name : never }[keyof Result];
type Answered<Member> = Member extends { readonly type: infer Type extends keyof AnsweredAs } ? AnsweredAs[Type] : never;

/** What an operation returns; members that are not declared are left out. */
export type Answer<Name extends OperationName> = AnswerOf<(typeof OPERATIONS)[Name]['result']>;
type AnswerOf<Result> = { readonly [Name in Exclude<keyof Result, OptionalName<Result>>]: Answered<Result[Name]> } & {
  readonly [Name in OptionalName<Result>]?: Answered<Result[Name]> | undefined;
};

/** Operations by their names: parameters in, results out. */
export type Calls = { readonly [Name in OperationName]?: (given: Given<Name>) => Answer<Name> };

/** Writes what an operation returned as the contract has it. @throws Error if a declared member is missing: a bug of the adapter */
export type ResultWriter = (answer: { readonly [name: string]: unknown }) => JsonObject;

/** The writer of an operation's results. */
export function resultWriter({ result }: Declaration): ResultWriter {
  const members = Object.entries(result);
  return (answer) => {
    const written: { [name: string]: Json } = {};
    for (const [name, { type, optional = false }] of members) {
      const value = answer[name];
      if (type === 'timeout') written[name] = (value as number | undefined) ?? null;
      else if (value !== undefined) written[name] = jsonOf(value);
      else if (!optional) throw new Error(`the result has no ${name}`);
    }
    return written;
  };
}

/** A value of the reference as JSON: bytes in hexadecimal, bigints in decimal, maps as objects; what is undefined is left out. */
export function jsonOf(value: unknown): Json {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value as Json;
  if (value instanceof Uint8Array) return hexOf(value);
  if (Array.isArray(value)) return value.map(jsonOf);
  const entries = value instanceof Map ? [...(value as ReadonlyMap<string, unknown>)] : Object.entries(value);
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined).map(([name, member]) => [name, jsonOf(member)]));
}

/** Bytes as the contract writes them. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
