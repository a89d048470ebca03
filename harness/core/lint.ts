/**
 * The contract linter: holds both sides to `spec/adapter/`. A wrong request is a bug in the bench and is thrown; a
 * wrong reply is a violation, with its clause. The linter runs on every message, so the schemas are compiled once, and
 * members are checked only if the caller states their types.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Allowances, allowancesOf, EVENT_PREFIX, omittedIn } from '../../conformance/contract/allowances.ts';
import type { Hello, Json, JsonObject } from '../../conformance/contract/contract.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';

/** Version of the adapter contract that this bench speaks. */
export const CONTRACT_VERSION = 1;
/** Longest line of the contract in bytes, without its line feed (ADP-003). */
export const LINE_BYTES_MAX: number = 4 * 1024 * 1024;
/** Longest datagram in bytes if hello does not say (ADP-006). */
export const DATAGRAM_BYTES_DEFAULT = 1200;
/** Longest payload of a UDP datagram over IPv4 in bytes. */
export const DATAGRAM_BYTES_MAX = 65507;

/** Type of one parameter or result member; only `bytes`, `bytesList` and `u64` are linted, any other type passes. */
export interface MemberShape {
  readonly type: string;
  /** Whether hello may name it in `omits`, and the events in it that hello may name. */
  readonly omittable?: boolean;
  readonly omittableEvents?: readonly string[];
  /** Whether hello may name it in `values`, and the values that it has. */
  readonly choice?: true | string | readonly string[];
  readonly enum?: readonly string[];
  readonly members?: { readonly [name: string]: MemberShape };
}

/** What the linter needs to know about an operation; the operations of `spec/<area>/<topic>/operations.yaml` have this shape. */
export interface OperationShape {
  readonly params: { readonly [name: string]: MemberShape };
  readonly result: { readonly [name: string]: MemberShape };
}

/** Shapes by operation name; for operations that are missing, only the envelope is linted. */
export type Shapes = ReadonlyMap<string, OperationShape>;

/** One rule of the adapter protocol that the adapter broke. */
export interface ContractViolation {
  readonly clause: string;
  readonly detail: string;
}

/** A reply whose envelope is right. */
export type Reply =
  | { readonly id: number; readonly ok: JsonObject }
  | { readonly id: number; readonly reject: { readonly class: string; readonly detail?: string } }
  | { readonly id: number; readonly refused: true }
  | { readonly id: number; readonly crashed: string }
  | { readonly id: number; readonly unsupported: true }
  | { readonly id: number | null; readonly fault: string };

interface Member {
  readonly name: string;
  readonly rule: Rule;
}

interface Rule {
  readonly clause: string;
  readonly says: string;
  readonly holds: (value: Json) => boolean;
}

// A search for what is wrong needs no backtracking, whatever the length.
const NOT_HEX = /[^0-9a-f]/;
const U64 = /^(?:0|[1-9][0-9]{0,19})$/;
const U64_MAX = (1n << 64n) - 1n;

const isHex = (value: Json): boolean => typeof value === 'string' && value.length % 2 === 0 && !NOT_HEX.test(value);
const isU64 = (value: Json): boolean => typeof value === 'string' && U64.test(value) && (value.length < 20 || BigInt(value) <= U64_MAX);

const RULES: { readonly [type: string]: Rule } = {
  bytes: { clause: 'ADP-021', says: 'is not lowercase hex, two digits per byte', holds: isHex },
  bytesList: {
    clause: 'ADP-021',
    says: 'is not a list of lowercase hex strings',
    holds: (value) => Array.isArray(value) && (value as readonly Json[]).every(isHex),
  },
  u64: { clause: 'ADP-022', says: 'is not an unsigned 64-bit value as a decimal string', holds: isU64 },
};

interface Validators {
  readonly hello: ValidateFunction<Hello>;
  readonly request: ValidateFunction;
  readonly reply: ValidateFunction;
}

/**
 * Each schema is compiled when it is first needed: an adapter judges requests alone, the bench replies. That the schemas
 * themselves are valid is a test's business; looked at here, it would be half the start of an adapter.
 */
class Schemas implements Validators {
  readonly #ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    strictTypes: false,
    validateSchema: false,
    meta: false,
  });
  readonly #compiled = new Map<string, ValidateFunction>();

  get hello(): ValidateFunction<Hello> {
    return this.#get('hello') as ValidateFunction<Hello>;
  }
  get request(): ValidateFunction {
    return this.#get('request');
  }
  get reply(): ValidateFunction {
    return this.#get('reply');
  }

  #get(name: string): ValidateFunction {
    let validate = this.#compiled.get(name);
    if (validate === undefined) {
      validate = this.#ajv.compile(
        JSON.parse(readFileSync(join(packageRoot(), 'spec', 'adapter', `${name}.schema.json`), 'utf8')) as object,
      );
      this.#compiled.set(name, validate);
    }
    return validate;
  }
}

const SCHEMAS: Validators = new Schemas();

/** Lints the messages of one connection. */
export class Linter {
  readonly #validators: Validators = SCHEMAS;
  readonly #shapes: Shapes;
  #allowances: Allowances | undefined;
  readonly #params: ReadonlyMap<string, readonly Member[]>;
  readonly #results: ReadonlyMap<string, readonly Member[]>;

  /** @param shapes types of parameters and results, for the rules on bytes and u64 */
  constructor(shapes: Shapes = new Map()) {
    this.#shapes = shapes;
    this.#params = new Map([...shapes].map(([operation, shape]) => [operation, linted(shape.params)]));
    this.#results = new Map([...shapes].map(([operation, shape]) => [operation, linted(shape.result)]));
  }

  /**
   * Holds the bench to the contract before a request is sent.
   * @throws Error naming the clause; it is a bug in the bench or in a suite (ADP-011, ADP-021, ADP-022)
   */
  request(request: { readonly id: number; readonly op: string; readonly params: JsonObject }): void {
    const violation = this.requestViolation(request);
    if (violation !== undefined) throw new Error(`the bench broke ${violation.clause} in a request for ${request.op}: ${violation.detail}`);
  }

  /** What is wrong with a request, for an adapter that receives it; undefined if nothing is. */
  requestViolation(request: unknown): ContractViolation | undefined {
    if (!this.#validators.request(request)) return { clause: 'ADP-011', detail: explain('request', this.#validators.request.errors) };
    const { op, params } = request as { readonly op: string; readonly params: JsonObject };
    return lintMembers('params', this.#params.get(op), params);
  }

  /** What is wrong with a parsed reply to `operation`; undefined if nothing is. */
  reply(operation: string, reply: unknown): ContractViolation | undefined {
    const validate = this.#validators.reply;
    if (!validate(reply)) {
      const inReject = validate.errors?.[0]?.instancePath.startsWith('/reject') === true;
      return { clause: inReject ? 'ADP-018' : 'ADP-012', detail: explain('reply', validate.errors) };
    }
    const { ok, refused } = reply as { readonly ok?: JsonObject; readonly refused?: true };
    if (refused === true && this.#allowances?.isUnreasoned(operation) === false)
      return { clause: 'ADP-046', detail: `${operation} is not in reasons of hello, and its refusals name their class` };
    if (ok === undefined) return undefined;
    const shape = this.#shapes.get(operation);
    const sent = shape === undefined || this.#allowances === undefined ? undefined : omittedIn(shape, this.#allowances, ok);
    if (sent !== undefined) return { clause: 'ADP-047', detail: `it has ${sent}, which hello lists in omits` };
    return lintMembers('ok', this.#results.get(operation), ok);
  }

  /** Takes what hello says that the implementation cannot say. */
  greet(hello: Hello): void {
    this.#allowances = allowancesOf(hello);
  }

  /** What is wrong with the `ok` of a reply to hello; undefined if nothing is. */
  hello(value: unknown): ContractViolation | undefined {
    const validate = this.#validators.hello;
    if (!validate(value)) return { clause: 'ADP-025', detail: explain('hello', validate.errors) };
    const { protocol } = value;
    if (protocol !== CONTRACT_VERSION) {
      return {
        clause: 'ADP-026',
        detail: `the adapter speaks version ${String(protocol)} of the adapter contract, this bench version ${String(CONTRACT_VERSION)}`,
      };
    }
    return this.#doorsViolation(value);
  }

  /** What hello says too much of: reasons of what it does not declare, omissions and values that nothing permits. */
  #doorsViolation({ operations, reasons = [], omits = [], values = {} }: Hello): ContractViolation | undefined {
    const undeclared = reasons.find((operation) => !operations.includes(operation));
    if (undeclared !== undefined) return { clause: 'ADP-046', detail: `reasons names ${brief(undeclared)}, which is not in operations` };
    // Without a specification nothing is known of members and parameters.
    if (this.#shapes.size === 0) return undefined;
    const omittable = omittablesOf(this.#shapes);
    const kept = omits.find((name) => !omittable.has(name));
    if (kept !== undefined)
      return {
        clause: 'ADP-047',
        detail: `omits names ${brief(kept)}, which may not be omitted; there are: ${[...omittable].sort().join(', ')}`,
      };
    const choices = choicesOf(this.#shapes);
    for (const [parameter, chosen] of Object.entries(values)) {
      const known = choices.get(parameter);
      if (known === undefined)
        return {
          clause: 'ADP-048',
          detail: `values names ${brief(parameter)}, which is not a choice; there are: ${[...choices.keys()].sort().join(', ')}`,
        };
      const strange = chosen.find((value) => !known.has(value));
      if (strange !== undefined)
        return {
          clause: 'ADP-048',
          detail: `values says that ${parameter} has ${brief(strange)}; there are: ${[...known].join(', ')}`,
        };
    }
    return undefined;
  }
}

/** What hello may name in `omits`. */
function omittablesOf(shapes: Shapes): Set<string> {
  return new Set(
    [...shapes.values()].flatMap(({ result }) =>
      Object.entries(result).flatMap(([name, { omittable, omittableEvents = [] }]) => [
        ...(omittable === true ? [name] : []),
        ...omittableEvents.map((type) => `${EVENT_PREFIX}${type}`),
      ]),
    ),
  );
}

/** The values of each parameter that hello may name in `values`. */
function choicesOf(shapes: Shapes): Map<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const visit = (members: { readonly [name: string]: MemberShape }): void => {
    for (const [name, { choice, enum: listed = [], members: inner }] of Object.entries(members)) {
      if (inner !== undefined) visit(inner);
      if (choice === undefined || typeof choice === 'string') continue;
      const known = found.get(name) ?? new Set();
      for (const value of choice === true ? listed : choice) known.add(value);
      found.set(name, known);
    }
  };
  for (const { params } of shapes.values()) visit(params);
  return found;
}

function linted(members: { readonly [name: string]: MemberShape }): readonly Member[] {
  return Object.entries(members).flatMap(([name, { type }]) => {
    const rule = Object.hasOwn(RULES, type) ? RULES[type] : undefined;
    return rule === undefined ? [] : [{ name, rule }];
  });
}

function lintMembers(where: string, members: readonly Member[] | undefined, object: JsonObject): ContractViolation | undefined {
  if (members === undefined) return undefined;
  for (const { name, rule } of members) {
    // Whether a member must be there is a matter of the operation, not of the contract.
    const value = object[name];
    if (value !== undefined && !rule.holds(value)) return { clause: rule.clause, detail: `${where}.${name} ${rule.says}: ${brief(value)}` };
  }
  return undefined;
}

function explain(what: string, errors: readonly ErrorObject[] | null | undefined): string {
  const error = errors?.[0];
  if (error === undefined) return `the ${what} does not match its schema`;
  const member = error.instancePath === '' ? `the ${what}` : error.instancePath.slice(1).replaceAll('/', '.');
  const params = error.params as { readonly additionalProperty?: string };
  const extra = params.additionalProperty === undefined ? '' : `: ${JSON.stringify(params.additionalProperty)}`;
  const counted = error.keyword === 'minProperties' || error.keyword === 'maxProperties';
  return counted
    ? 'the reply must have id and exactly one of ok, reject, refused, crashed, unsupported and fault'
    : `${member} ${error.message ?? error.keyword}${extra}`;
}

/** A JSON value as text of at most `length` characters, for messages. */
export function brief(value: unknown, length = 120): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? 'undefined');
  return text.length <= length ? text : `${text.slice(0, length)}… (${String(text.length)} characters)`;
}
