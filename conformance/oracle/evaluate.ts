/** Evaluates expressions of the spec language over named values. */
import { parseExpression, type Expression, type Operator } from '../spec/expression.ts';
import type { ExpressionSource } from '../spec/types.ts';
import { concatBytes, equalValues, fromHex, isBytes, isMap, JsonValue, toHex, toJson, type Value, type ValueMap } from './values.ts';
import type { Json, JsonObject } from '../contract/contract.ts';

/** What the names of an expression stand for. */
export type Environment = Pick<ReadonlyMap<string, Value>, 'has' | 'get'>;

/** What an expression may call beyond the built-in functions: definitions and operations of the spec. */
export interface Library {
  readonly defined: { get(name: string): { readonly takes: readonly string[]; readonly is: string } | undefined };
  /** Runs an operation's model: its result, or undefined if it rejects. */
  run(operation: string, params: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> | undefined;
  /** Names that stand for the area's own data (`constant`, `transports`). */
  readonly globals: Environment;
}

/** An expression that has no value: a fault of the spec. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
}

function asInteger(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  throw new EvaluationError(`not an integer: ${JSON.stringify(toJson(value))}`);
}
function asBytes(value: Value): Uint8Array {
  if (isBytes(value)) return value;
  throw new EvaluationError(`not bytes: ${JSON.stringify(toJson(value))}`);
}
function asText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof JsonValue && typeof value.json === 'string') return value.json;
  throw new EvaluationError(`not text: ${JSON.stringify(toJson(value))}`);
}
function asList(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[];
  throw new EvaluationError(`not a list: ${JSON.stringify(toJson(value))}`);
}
function asMap(value: Value): ValueMap {
  if (isMap(value)) return value;
  throw new EvaluationError(`not a map: ${JSON.stringify(toJson(value))}`);
}
function asBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw new EvaluationError(`not true or false: ${JSON.stringify(toJson(value))}`);
}
function lengthOf(value: Value): bigint {
  if (isBytes(value) || Array.isArray(value)) return BigInt(value.length);
  if (isMap(value)) return BigInt(value.size);
  return BigInt([...asText(value)].length); // characters, not UTF-16 units
}
/** An unsigned integer in a number of bytes, the most significant first. */
function bigEndian(value: bigint, width: number): Uint8Array {
  if (value < 0n || value >= 1n << BigInt(8 * width))
    throw new EvaluationError(`not an integer of ${String(width)} bytes: ${String(value)}`);
  return fromHex(value.toString(16).padStart(2 * width, '0'));
}
/** A member of a JSON value: integers and lists as the interpreter's own, so that expressions can count with them. */
function unwrap(value: unknown): Value {
  if (value === undefined || typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (Array.isArray(value)) return (value as readonly unknown[]).map(unwrap);
  return new JsonValue(value as JsonObject);
}

/** An own member of a JSON object. */
function memberOf(json: Value, name: string): Value {
  if (!(json instanceof JsonValue)) throw new EvaluationError(`not a JSON object: ${JSON.stringify(toJson(json))}`);
  const object = json.json as JsonObject;
  return Object.hasOwn(object, name) ? unwrap(object[name]) : undefined;
}
/** What sort of value it is, in one word; `json` is an object, or a number that is not a safe integer. */
function kindOf(value: Value): string {
  if (value === undefined) return 'none';
  if (value === null) return 'null';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  if (isBytes(value)) return 'bytes';
  if (isMap(value)) return 'map';
  return Array.isArray(value) ? 'list' : 'json';
}

type Builtin = (args: readonly Value[], evaluator: Evaluator) => Value;
const BUILTINS: { readonly [name: string]: Builtin } = {
  length: ([x]) => lengthOf(x),
  first: ([x]) => BigInt(asBytes(x)[0] ?? 0),
  min: ([a, b]) => (asInteger(a) < asInteger(b) ? asInteger(a) : asInteger(b)),
  max: ([a, b]) => (asInteger(a) > asInteger(b) ? asInteger(a) : asInteger(b)),
  present: ([x]) => x !== undefined,
  kind: ([x]) => kindOf(x),
  u8: ([x]) => Uint8Array.of(Number(asInteger(x))),
  u16be: ([x]) => bigEndian(asInteger(x), 2),
  u64be: ([x]) => bigEndian(asInteger(x), 8),
  u16le: ([x]) => bigEndian(asInteger(x), 2).reverse(),
  u32le: ([x]) => bigEndian(asInteger(x), 4).reverse(),
  u64le: ([x]) => bigEndian(asInteger(x), 8).reverse(),
  integerLe: ([x]) => asBytes(x).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n),
  power: ([base, exponent]) => asInteger(base) ** asInteger(exponent),
  quotient: ([a, b]) => asInteger(a) / asInteger(b), // towards zero
  xorHalves: ([x]) => {
    const whole = asBytes(x);
    const half = whole.length / 2;
    return whole.slice(0, half).map((byte, i) => byte ^ (whole[half + i] ?? 0));
  },
  slice: ([x, from, to]) => asBytes(x).slice(Number(asInteger(from)), Number(asInteger(to))),
  cut: ([x, size]) => {
    const bytes = asBytes(x);
    const step = Number(asInteger(size));
    if (step < 1) throw new EvaluationError('cut needs a size of at least 1');
    return Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) => bytes.slice(i * step, (i + 1) * step));
  },
  append: ([list, x]) => [...asList(list), x],
  last: ([list]) => asList(list).at(-1),
  butLast: ([list]) => asList(list).slice(0, -1),
  butFirst: ([list]) => asList(list).slice(1),
  at: ([list, i]) => asList(list)[Number(asInteger(i))],
  contains: ([list, x]) => asList(list).some((item) => equalValues(item, x)),
  without: ([list, x]) => asList(list).filter((item) => !equalValues(item, x)),
  total: ([list]) => asList(list).reduce<bigint>((sum, item) => sum + lengthOf(item), 0n),
  repeat: ([x, n]) => concatBytes(...Array.from({ length: Number(asInteger(n)) }, () => asBytes(x))),
  replicate: ([x, n]) => Array.from({ length: Number(asInteger(n)) }, () => x),
  names: ([map]) => (isMap(map) ? [...map.keys()] : map instanceof JsonValue ? Object.keys(map.json as JsonObject) : []),
  get: ([map, key]) =>
    isMap(map)
      ? map.get(asText(key))
      : map instanceof JsonValue
        ? unwrap(Object.hasOwn(map.json as JsonObject, asText(key)) ? (map.json as JsonObject)[asText(key)] : undefined)
        : undefined,
  isText: ([x]) => typeof x === 'string',
  put: ([map, key, value]) => new Map([...(isMap(map) ? map : []), [asText(key), value] as const]),
  range: ([from, to]) =>
    Array.from({ length: Math.max(0, Number(asInteger(to) - asInteger(from))) }, (_, i) => asInteger(from) + BigInt(i)),
  mod: ([a, b]) => {
    const rest = asInteger(a) % asInteger(b);
    return rest < 0n ? rest + asInteger(b) : rest;
  },
  least: ([list]) =>
    asList(list)
      .map(asInteger)
      .reduce((a, b) => (a < b ? a : b)),
  sum: ([list]) => asList(list).reduce<bigint>((total, item) => total + asInteger(item), 0n),
  ascending: ([list]) => [...asList(list)].map(asInteger).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
  merged: ([a, b]) => new JsonValue({ ...((a as JsonValue).json as JsonObject), ...((b as JsonValue).json as JsonObject) }),
  sorted: ([list]) => [...asList(list)].map(asText).sort(),
  fromHex: ([text]) => fromHex(asText(text)),
  toHex: ([bytes]) => toHex(asBytes(bytes)),
  matches: ([text, pattern]) => new RegExp(asText(pattern), 'u').test(asText(text)),
  split: ([text, separator]) => asText(text).split(asText(separator)),
  join: ([list, separator]) => asList(list).map(asText).join(asText(separator)),
  chars: ([text, from, to]) =>
    [...asText(text)].slice(Number(asInteger(from)), to === undefined ? undefined : Number(asInteger(to))).join(''),
  utf8: ([text]) => Uint8Array.from(Buffer.from(asText(text), 'utf8')),
  decimal: ([x]) => String(asInteger(x)),
  isBytes: ([x]) => isBytes(x),
  isList: ([x]) => Array.isArray(x),
  isMap: ([x]) => isMap(x),
  memberCount: ([json]) => BigInt(Object.keys((json as JsonValue).json as JsonObject).length),
  lowerCase: ([text]) => asText(text).toLowerCase(),
  joinBytes: ([list]) => concatBytes(...asList(list).map(asBytes)),
  members: ([json]) => Object.keys((json as JsonValue).json as JsonObject),
  member: ([json, name]) => memberOf(json, asText(name)),
  withMember: ([json, name, value]) => {
    // An absent value leaves its member out.
    const members = Object.entries((json as JsonValue).json as JsonObject).filter(([other]) => value !== undefined || other !== name);
    return new JsonValue({ ...Object.fromEntries(members), ...(value === undefined ? {} : { [asText(name)]: toJson(value) }) });
  },
  object: (args) => {
    if (args.length === 1) return args[0] instanceof JsonValue ? args[0] : new JsonValue(toJson(asMap(args[0])));
    // An absent value leaves its member out.
    const members: [string, Json][] = [];
    for (let i = 0; i + 1 < args.length; i += 2) if (args[i + 1] !== undefined) members.push([asText(args[i]), toJson(args[i + 1])]);
    return new JsonValue(Object.fromEntries(members));
  },
  accepts: (args, evaluator) => evaluator.library.run(asText(args[0]), pairs(args.slice(1))) !== undefined,
  result: (args, evaluator) => {
    const result = evaluator.library.run(asText(args[0]), pairs(args.slice(2)));
    if (result === undefined) throw new EvaluationError(`${asText(args[0])} rejected where a result was needed`);
    return result.get(asText(args[1]));
  },
};
/** Names of the built-in functions, for the checks of the spec. */
export const BUILTIN_NAMES: readonly string[] = [...Object.keys(BUILTINS), 'if', 'orElse', 'optional', 'filter', 'map'];

function pairs(args: readonly Value[]): Map<string, Value> {
  const map = new Map<string, Value>();
  for (let i = 0; i + 1 < args.length; i += 2) map.set(asText(args[i]), args[i + 1]);
  return map;
}

/** The names of an expression that is evaluated for each item of a list. */
class ItemScope implements Environment {
  readonly #outer: Environment;
  readonly #it: Value;
  constructor(outer: Environment, it: Value) {
    this.#outer = outer;
    this.#it = it;
  }
  has(name: string): boolean {
    return name === 'it' || this.#outer.has(name);
  }
  get(name: string): Value {
    return name === 'it' ? this.#it : this.#outer.get(name);
  }
}

export class Evaluator {
  readonly library: Library;
  constructor(library: Library) {
    this.library = library;
  }

  /** The value of an expression. @throws EvaluationError where it has none */
  evaluate(source: ExpressionSource, environment: Environment): Value {
    return compiled(source)(environment, this);
  }
  /** The value of a condition. @throws EvaluationError where it is neither true nor false */
  test(source: ExpressionSource, environment: Environment): boolean {
    return asBoolean(this.evaluate(source, environment));
  }
}

/** An expression as a function of what its names stand for. */
type Compiled = (environment: Environment, evaluator: Evaluator) => Value;

const COMPILED = new Map<ExpressionSource, Compiled>();

/** An expression as a function. A specification has a few thousand, which are evaluated millions of times: each is compiled once. */
function compiled(source: ExpressionSource): Compiled {
  const known = COMPILED.get(source);
  if (known !== undefined) return known;
  const made = compile(parseExpression(source));
  COMPILED.set(source, made);
  return made;
}

function compile(e: Expression): Compiled {
  switch (e.kind) {
    case 'literal': {
      const { value } = e;
      return () => value;
    }
    case 'list': {
      const items = e.items.map(compile);
      return (environment, evaluator) => items.map((item) => item(environment, evaluator));
    }
    case 'map': {
      const members = e.members.map(({ key, value }) => [key, compile(value)] as const);
      return (environment, evaluator) => {
        const map = new Map<string, Value>();
        for (const [key, member] of members) {
          const value = member(environment, evaluator);
          if (value !== undefined) map.set(key, value); // an absent value leaves its member out
        }
        return map;
      };
    }
    case 'not': {
      const operand = compile(e.operand);
      return (environment, evaluator) => !asBoolean(operand(environment, evaluator));
    }
    case 'name':
      return compileName(e.path);
    case 'binary':
      return compileBinary(e.operator, compile(e.left), compile(e.right));
    case 'call':
      return compileCall(e.name, e.args);
  }
}

function compileName(path: readonly string[]): Compiled {
  const [head = '', ...members] = path;
  return (environment, { library: { globals } }) => {
    let value = environment.get(head);
    if (value === undefined && !environment.has(head)) {
      if (!globals.has(head)) throw new EvaluationError(`there is no value named '${head}'`);
      value = globals.get(head);
    }
    for (const member of members) {
      if (isMap(value)) value = value.get(member);
      else if (value instanceof JsonValue) value = memberOf(value, member);
      else throw new EvaluationError(`'${path.join('.')}' has no members`);
    }
    return value;
  };
}

/** What each operator makes of two values; `and` and `or` look at the second one only if they must. */
const OPERATORS: { readonly [operator in Exclude<Operator, 'and' | 'or'>]: (left: Value, right: Value) => Value } = {
  '=': equalValues,
  '!=': (left, right) => !equalValues(left, right),
  '<': (left, right) => asInteger(left) < asInteger(right),
  '<=': (left, right) => asInteger(left) <= asInteger(right),
  '>': (left, right) => asInteger(left) > asInteger(right),
  '>=': (left, right) => asInteger(left) >= asInteger(right),
  '+': (left, right) => asInteger(left) + asInteger(right),
  '-': (left, right) => asInteger(left) - asInteger(right),
  '*': (left, right) => asInteger(left) * asInteger(right),
  '++': (left, right) => (Array.isArray(left) ? [...asList(left), ...asList(right)] : concatBytes(asBytes(left), asBytes(right))),
};

function compileBinary(operator: Operator, left: Compiled, right: Compiled): Compiled {
  if (operator === 'or')
    return (environment, evaluator) => asBoolean(left(environment, evaluator)) || asBoolean(right(environment, evaluator));
  if (operator === 'and')
    return (environment, evaluator) => asBoolean(left(environment, evaluator)) && asBoolean(right(environment, evaluator));
  const apply = OPERATORS[operator];
  return (environment, evaluator) => apply(left(environment, evaluator), right(environment, evaluator));
}

function compileCall(name: string, expressions: readonly Expression[]): Compiled {
  const args = expressions.map(compile);
  const missing = (): never => {
    throw new EvaluationError(`${name} needs more arguments`);
  };
  const [first = missing, second = missing, third = missing] = args;
  // These do not evaluate all of their arguments, or more than once.
  switch (name) {
    case 'if':
      return (environment, evaluator) =>
        asBoolean(first(environment, evaluator)) ? second(environment, evaluator) : third(environment, evaluator);
    case 'orElse':
      return (environment, evaluator) => first(environment, evaluator) ?? second(environment, evaluator);
    case 'optional': {
      const [e] = expressions;
      const asked = e?.kind === 'name' && e.path.length === 1 ? e.path[0] : undefined;
      return (environment, evaluator) => (asked !== undefined && !environment.has(asked) ? undefined : first(environment, evaluator));
    }
    case 'filter':
      return (environment, evaluator) => {
        const condition = compiled(asText(second(environment, evaluator)));
        const list = asList(first(environment, evaluator));
        return list.filter((it) => asBoolean(condition(new ItemScope(environment, it), evaluator)));
      };
    case 'map':
      return (environment, evaluator) => {
        const each = compiled(asText(second(environment, evaluator)));
        return asList(first(environment, evaluator)).map((it) => each(new ItemScope(environment, it), evaluator));
      };
  }
  const builtin = BUILTINS[name];
  if (builtin !== undefined)
    return (environment, evaluator) =>
      builtin(
        args.map((arg) => arg(environment, evaluator)),
        evaluator,
      );
  return (environment, evaluator) => {
    const defined = evaluator.library.defined.get(name);
    if (defined === undefined) throw new EvaluationError(`there is no function named '${name}'`);
    const given = new Map<string, Value>();
    for (const [i, parameter] of defined.takes.entries()) given.set(parameter, (args[i] ?? missing)(environment, evaluator));
    return evaluator.evaluate(defined.is, given);
  };
}
