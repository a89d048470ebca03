/**
 * The oracle: answers any operation from the spec's data alone. It shares no code with the reference; its primitives
 * come from other libraries (node:crypto, @scure/base, ajv).
 */
import { createCipheriv, createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type * as Ajv from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '../contract/contract.ts';
import type { AreaSpec, ModelStep, Operation, Reject } from '../spec/types.ts';
import { Evaluator, type Environment } from './evaluate.ts';
import { Grounds, ToldMap } from './grounds.ts';
import { readJsonHead, writeJson, type JsonRule } from './json.ts';
import { KeptResults, type Result } from './kept.ts';
import { once } from './once.ts';
import { valuesOf } from './params.ts';
import type { Primitive, Primitives } from './primitives.ts';
import { decodeText, encodeText, type TextRule } from './texts.ts';
import { fromHex, identify, isBytes, isMap, JsonValue, toJson, type Value } from './values.ts';
import { WireInterpreter } from './wire.ts';

/** The right answer to a request, with the clause that decides it. */
export type Answer =
  | { readonly kind: 'ok'; readonly value: JsonObject; readonly clause: string; readonly clauses: { readonly [member: string]: string } }
  | { readonly kind: 'reject'; readonly class: string; readonly clause: string };

/** A rule that the oracle is not to apply: for spec mutation only, since these rules are code and not data. */
export interface IgnoredRule {
  readonly json?: JsonRule;
  readonly text?: { readonly text: string; readonly rule: TextRule };
}

/** What an oracle does otherwise than its specification. */
export interface Variant extends IgnoredRule {
  /** What is asked in place of a primitive. */
  readonly primitive?: (name: string, primitive: Primitive) => Primitive;
  /** JSON that a model wrote, as it is to be spelled. */
  readonly spell?: (json: Uint8Array) => Uint8Array;
  /** Whether the oracle is to note what answers rest on, for `traced`. */
  readonly observed?: boolean;
  /** An observed oracle of the specification before one thing was changed, and its name: answers that do not rest on it are the same. */
  readonly before?: { readonly oracle: Oracle; readonly changed: string };
}

/** A layout and bytes that it explains. */
export interface Applied {
  readonly layout: string;
  readonly bytes: Uint8Array;
}

class Rejection extends Error {
  readonly reject: Reject;
  constructor(reject: Reject) {
    // Nobody looks at where it comes from, and finding that out takes longer than most models.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(reject.class);
    Error.stackTraceLimit = stackTraceLimit;
    this.reject = reject;
  }
}
interface Run {
  readonly values: Map<string, Value>;
  clause: string | undefined;
  clauses: Map<string, string>;
  result: Map<string, Value> | undefined;
}

/** Loaded with the first schema: most commands need none. */
const ajvModule = once(() => createRequire(import.meta.url)('ajv/dist/2020.js') as typeof Ajv);

export class Oracle {
  readonly spec: AreaSpec;
  readonly wire: WireInterpreter;
  readonly evaluator: Evaluator;
  readonly #operations: ReadonlyMap<string, Operation>;
  #ajvMade: Ajv.Ajv2020 | undefined;
  readonly #depthMax: number;
  readonly #variant: Variant;
  readonly #primitives: Primitives;
  readonly #neighbours: readonly Oracle[];
  readonly #kept = new KeptResults();
  /** Where what layouts are applied to is noted, while somebody wants to know. */
  #applied: Applied[] | undefined;
  readonly #grounds: Grounds;

  constructor(spec: AreaSpec, primitives: Primitives, variant: Variant = {}) {
    this.spec = spec;
    this.#primitives = primitives;
    this.#variant = variant;
    this.wire = new WireInterpreter(spec.layouts);
    this.#grounds = new Grounds(spec, variant.observed === true);
    const { json: _json, text: _text, observed: _observed, before, ...shared } = variant;
    this.#neighbours = before === undefined ? spec.uses.map((used) => new Oracle(used, primitives, shared)) : before.oracle.#neighbours;
    this.#operations = new Map(spec.operations.map((operation) => [operation.operation, operation]));
    const constant = new ToldMap(
      Object.entries(spec.constants).map(([name, c]) => [name, 'bytes' in c ? fromHex(c.bytes) : BigInt(c.value)]),
      (name) => {
        this.#grounds.note(`constant.${name}`);
      },
    );
    const transports = new ToldMap(
      Object.entries(spec.transports).map(([name, t]) => [
        name,
        new Map<string, Value>([
          ['size', BigInt(t.size)],
          ['blocking', t.blocking],
          ['acks', t.acks],
        ]),
      ]),
      () => {
        this.#grounds.note('transports');
      },
    );
    this.#depthMax = Number(constant.get('JSON_DEPTH_MAX') ?? 64n);
    const functions = new Map(spec.functions.map((f) => [f.function, f]));
    this.evaluator = new Evaluator({
      defined: {
        get: (name) => {
          this.#grounds.note(name);
          return functions.get(name);
        },
      },
      run: (operation, params) => this.#tryRun(operation, params),
      globals: new Map<string, Value>([
        ['constant', constant],
        ['transports', transports],
      ]),
    });
  }

  /** Whether it notes what answers rest on. */
  get isObserved(): boolean {
    return this.#grounds.isObserved;
  }

  /**
   * Does some work with this oracle, which is observed, and says what that rested on: operations, functions, layouts, schemas and so
   * on, by the names that they have as subjects of mutations.
   */
  traced<T>(work: () => T): { readonly result: T; readonly grounds: ReadonlySet<string> } {
    return this.#grounds.traced(work);
  }

  /** Reads a layout. */
  decode(layout: string, bytes: Uint8Array): ReturnType<WireInterpreter['decode']> {
    this.#grounds.noteLayout(layout);
    return this.wire.decode(layout, bytes);
  }

  /** An oracle with the same primitives for another specification, such as a mutant of this one. */
  of(spec: AreaSpec, variant: Variant = {}): Oracle {
    return new Oracle(spec, this.#primitives, variant);
  }

  /** A primitive by its name. @throws Error for one that is not there */
  primitive(name: string): Primitive {
    const primitive = this.#primitives[name];
    if (primitive === undefined) throw new Error(`no primitive ${name}`);
    return this.#variant.primitive?.(name, primitive) ?? primitive;
  }

  /** The schemas of the area, made when the first is asked for: it costs more than all the rest of an oracle. */
  get #ajv(): Ajv.Ajv2020 {
    if (this.#ajvMade === undefined) {
      this.#ajvMade = new (ajvModule().Ajv2020)({
        strict: true,
        strictRequired: false,
        allowUnionTypes: true,
        keywords: ['x-req', 'x-reject'],
        ownProperties: true,
        verbose: true,
        schemas: this.spec.schemas.map((schema) => schema as Ajv.AnySchemaObject),
      });
      this.#ajvMade.addKeyword({
        keyword: 'x-parses',
        type: 'string',
        schemaType: 'string',
        validate: (operation: string, text: string) => this.#parses(operation, text),
      });
    }
    return this.#ajvMade;
  }

  /** Compiles every schema of the area. @throws Error for one that ajv does not take in strict mode */
  compileSchemas(): void {
    for (const schema of this.spec.schemas)
      if (this.#ajv.getSchema(String(schema['$id'])) === undefined) throw new Error(`no schema ${String(schema['$id'])}`);
  }

  operation(name: string): Operation {
    const operation = this.#operations.get(name);
    if (operation === undefined) throw new Error(`no operation ${name}`);
    return operation;
  }

  /** The right answer to one request. The operation must have a model (operations of sessions have machines). */
  answer(name: string, params: JsonObject): Answer {
    const operation = this.operation(name);
    return this.#answer(operation, valuesOf(operation, params));
  }

  /**
   * Everything that the model of an operation names on the way to its answer and that is bytes, parameters included.
   * @returns undefined if the request is refused
   */
  bytesOf(name: string, params: JsonObject): ReadonlyMap<string, Uint8Array> | undefined {
    const operation = this.operation(name);
    const values = valuesOf(operation, params);
    if (this.#resultOf(operation, values) === undefined) return undefined;
    const named = new Map<string, Uint8Array>();
    const note = (key: string, value: Value): void => {
      if (isBytes(value)) named.set(key, value);
      else if (isMap(value)) for (const [member, inner] of value) note(`${key}-${member}`, inner);
    };
    for (const [key, value] of values) note(key, value);
    return named;
  }

  /** The layouts by which the model of an operation reads or writes bytes on the way to its answer, each with the bytes. */
  layoutsApplied(name: string, params: JsonObject): readonly Applied[] {
    const applied: Applied[] = [];
    this.#applied = applied;
    try {
      this.answer(name, params);
    } finally {
      this.#applied = undefined;
    }
    return applied;
  }

  /**
   * Models are functions of their parameters, so machines that ask the same again (explorations do) get the same answer.
   * An operation of an area that this one uses is answered by that area's oracle.
   */
  #tryRun(name: string, params: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> | undefined {
    const neighbour = this.#operations.has(name) ? undefined : this.#neighbours.find((oracle) => oracle.#operations.has(name));
    if (neighbour !== undefined) return neighbour.#tryRun(name, params);
    const operation = this.operation(name);
    const values = new Map<string, Value>(Object.keys(operation.params).map((param) => [param, params.get(param)]));
    const asked = `${name} ${[...values].map(([param, value]) => `${param}=${identify(value)}`).join(' ')}`;
    const { before } = this.#variant;
    if (before !== undefined) {
      const same = before.oracle.#kept.of(asked);
      if (same?.grounds?.has(before.changed) === false) return same.result;
    }
    const known = this.#kept.of(asked);
    if (known !== undefined) {
      for (const ground of known.grounds ?? []) this.#grounds.note(ground);
      return known.result;
    }
    const work = (): Result => this.#resultOf(operation, values);
    const made = this.isObserved ? this.traced(work) : { result: work() };
    this.#kept.keep(asked, made);
    return made.result;
  }

  #resultOf(operation: Operation, values: Map<string, Value>): ReadonlyMap<string, Value> | undefined {
    try {
      return this.#run(operation, values).result;
    } catch (error) {
      if (error instanceof Rejection) return undefined;
      throw error;
    }
  }

  #answer(operation: Operation, values: Map<string, Value>): Answer {
    try {
      const run = this.#run(operation, values);
      const value: Record<string, Json> = {};
      const clauses: Record<string, string> = {};
      for (const [member, declared] of Object.entries(operation.result)) {
        const own = run.result?.get(member);
        if (own !== undefined) value[member] = declared.type === 'u64' && typeof own === 'bigint' ? own.toString() : toJson(own); // ADP-022
        clauses[member] = run.clauses.get(member) ?? declared.req;
      }
      const first = Object.values(operation.result)[0]?.req ?? '';
      return { kind: 'ok', value, clause: run.clause ?? first, clauses };
    } catch (error) {
      if (error instanceof Rejection) return { kind: 'reject', class: error.reject.class, clause: error.reject.req };
      throw error;
    }
  }

  #run(operation: Operation, values: Map<string, Value>): Run {
    if (operation.model === undefined) throw new Error(`${operation.operation} has no model`);
    this.#grounds.note(operation.operation);
    // A member is absent until a step sets it.
    for (const member of Object.keys(operation.result)) if (!values.has(member)) values.set(member, undefined);
    const run: Run = { values, clause: undefined, clauses: new Map(), result: undefined };
    this.#steps(operation.model, run);
    return run;
  }

  #steps(steps: readonly ModelStep[], run: Run): void {
    for (const step of steps) {
      if (run.result !== undefined) return;
      this.#step(step, run);
    }
  }

  #step(step: ModelStep, run: Run): void {
    const env: Environment = run.values;
    const value = (source: string): Value => this.evaluator.evaluate(source, env);
    const bytes = (source: string): Uint8Array => {
      const v = value(source);
      if (!isBytes(v)) throw new Error(`${source} is not bytes`);
      return v;
    };
    if ('let' in step) {
      for (const [name, source] of Object.entries(step.let)) run.values.set(name, this.evaluator.evaluate(source, run.values));
    } else if ('decode' in step) {
      const from = bytes(step.decode.from);
      this.#applied?.push({ layout: step.decode.layout, bytes: from });
      const decoding = this.decode(step.decode.layout, from);
      if (decoding.kind === 'reject')
        throw new Rejection(step.decode.req === undefined ? decoding.reject : { class: decoding.reject.class, req: step.decode.req });
      run.values.set(step.decode.as, decoding.fields);
      run.clause = decoding.clause;
    } else if ('encode' in step) {
      this.#grounds.noteLayout(step.encode.layout);
      const encoding = this.wire.encode(
        step.encode.layout,
        new Map(Object.entries(step.encode.with).map(([field, source]) => [field, this.evaluator.evaluate(source, env)])),
      );
      if (encoding.kind === 'reject') throw new Rejection(encoding.reject);
      this.#applied?.push({ layout: step.encode.layout, bytes: encoding.bytes });
      run.values.set(step.encode.as, encoding.bytes);
    } else if ('parseJson' in step) {
      this.#grounds.noteJson();
      const reading = readJsonHead(bytes(step.parseJson.from), this.#depthMax, this.#variant.json);
      run.values.set(step.parseJson.as, reading.kind === 'object' ? new JsonValue(reading.value) : undefined);
      run.values.set(step.parseJson.errorAs, reading.kind === 'fault' ? reading.fault.class : undefined);
      if (reading.kind === 'fault') {
        const clause = this.spec.jsonRules[reading.fault.rule];
        if (clause === undefined) throw new Error(`rejects.yaml gives no clause for the JSON rule ${reading.fault.rule}`);
        run.clause = clause;
        for (const member of ['json', 'jsonError']) run.clauses.set(member, clause);
      }
    } else if ('writeJson' in step) {
      const json = value(step.writeJson.from);
      if (!(json instanceof JsonValue)) throw new Error(`${step.writeJson.from} is not JSON`);
      const written = writeJson(json.json);
      run.values.set(step.writeJson.as, this.#variant.spell?.(written) ?? written);
      run.clause = step.writeJson.req;
    } else if ('validate' in step) {
      const reject = { class: step.validate.reject, req: step.validate.req };
      const from = value(step.validate.from);
      const json = from instanceof JsonValue ? from.json : this.#readJson(bytes(step.validate.from), reject);
      this.#grounds.noteSchema(step.validate.schema);
      const validate = this.#ajv.getSchema(step.validate.schema);
      if (validate === undefined) throw new Error(`no schema ${step.validate.schema}`);
      if (!validate(json)) throw new Rejection(violated(validate.errors?.[0], reject));
      if (step.validate.as !== undefined) run.values.set(step.validate.as, new JsonValue(json));
    } else if ('readJson' in step) {
      run.values.set(
        step.readJson.as,
        new JsonValue(this.#readJson(bytes(step.readJson.from), { class: step.readJson.reject, req: step.readJson.req })),
      );
    } else if ('run' in step) {
      const { operation, as, reject, req } = step.run;
      run.values.set(
        as,
        this.#runInner(
          operation,
          new Map(Object.entries(step.run.with).map(([param, source]) => [param, this.evaluator.evaluate(source, env)])),
          reject === undefined || req === undefined ? undefined : { class: reject, req },
        ),
      );
    } else if ('derive' in step) {
      const derivation = this.spec.derivations.find((d) => d.derivation === step.derive.derivation);
      if (derivation === undefined) throw new Error(`no derivation ${step.derive.derivation}`);
      this.#grounds.note(derivation.derivation);
      const hash = createHash(derivation.hash);
      for (const input of derivation.inputs) {
        const part = bytes(String(step.derive.with[input.name] ?? ''));
        const allowed = input.length === 'any' || (typeof input.length === 'number' ? [input.length] : input.length).includes(part.length);
        if (!allowed) throw new Error(`${derivation.derivation}: ${input.name} has ${String(part.length)} bytes`);
        hash.update(part);
      }
      run.values.set(step.derive.as, Uint8Array.from(hash.digest()).slice(0, derivation.output.length));
    } else if ('cipher' in step) {
      // OpenSSL's chacha20 takes counter ‖ nonce as 16 bytes; a counter of 64 zero bits and 8 bytes of nonce is Bernstein's original.
      const iv = Buffer.concat([Buffer.alloc(8), bytes(step.cipher.nonce)]);
      run.values.set(
        step.cipher.as,
        Uint8Array.from(createCipheriv('chacha20', bytes(step.cipher.key), iv).update(bytes(step.cipher.data))),
      );
    } else if ('primitive' in step) {
      const { name, as, reject, req } = step.primitive;
      const out = this.primitive(name)(
        new Map(Object.entries(step.primitive.with).map(([argument, source]) => [argument, this.evaluator.evaluate(source, env)])),
      );
      if (out === undefined) {
        if (reject === undefined || req === undefined) throw new Error(`${name} failed and the model declares no reject for it`);
        throw new Rejection({ class: reject, req });
      }
      run.values.set(as, out);
    } else if ('encodeText' in step) {
      run.values.set(step.encodeText.as, encodeText(this.#text(step.encodeText.text), bytes(step.encodeText.from)));
    } else if ('decodeText' in step) {
      const text = value(step.decodeText.from);
      const { text: codec, rule } = this.#variant.text ?? {};
      const input = text instanceof JsonValue ? text.json : text;
      if (typeof input !== 'string') throw new Error(`${step.decodeText.from} is not text`);
      const reading = decodeText(this.#text(step.decodeText.text), input, codec === step.decodeText.text ? rule : undefined);
      if (reading.kind === 'reject') throw new Rejection(reading.reject);
      run.values.set(step.decodeText.as, reading.bytes);
    } else if ('require' in step) {
      if (!this.evaluator.test(step.require.that, env)) throw new Rejection({ class: step.require.reject, req: step.require.req });
    } else if ('clause' in step) {
      run.clause = step.clause;
    } else if ('when' in step) {
      if (this.evaluator.test(step.when.if, env)) this.#steps(step.when.do, run);
      else if (step.when.else !== undefined) this.#steps(step.when.else, run);
    } else if ('each' in step) {
      const list = value(step.each.of);
      if (!Array.isArray(list)) throw new Error(`${step.each.of} is not a list`);
      for (const item of list as readonly Value[]) {
        run.values.set(step.each.as, item);
        this.#steps(step.each.do, run);
      }
    } else if ('while' in step) {
      for (let turns = 0; this.evaluator.test(step.while.if, run.values); turns++) {
        if (turns > 10_000) throw new Error('a loop in the model does not end');
        this.#steps(step.while.do, run);
      }
    } else {
      run.result = new Map(Object.entries(step.return).map(([member, source]) => [member, this.evaluator.evaluate(source, env)]));
    }
  }

  #readJson(bytes: Uint8Array, reject: Reject): Json {
    this.#grounds.noteJson();
    const reading = readJsonHead(bytes, this.#depthMax, this.#variant.json);
    if (reading.kind === 'fault') throw new Rejection(reject);
    return reading.value;
  }

  /** The clause of what a session answers when it is opened; that of its handle may be one of the adapter protocol. */
  openRequirement(session: string): string {
    const cited = Object.values(this.operation(`${session}.open`).result).map(({ req }) => req);
    return cited.find((id) => this.spec.requirements.some((r) => r.id === id)) ?? '';
  }

  /** The result of another operation's model. Its rejection is that of the caller, unless that names one of its own. */
  #runInner(name: string, params: ReadonlyMap<string, Value>, reject: Reject | undefined): ReadonlyMap<string, Value> {
    const operation = this.operation(name);
    try {
      return (
        this.#run(operation, new Map(Object.keys(operation.params).map((param) => [param, params.get(param)]))).result ??
        new Map<string, Value>()
      );
    } catch (error) {
      throw error instanceof Rejection && reject !== undefined ? new Rejection(reject) : error;
    }
  }

  /** Whether an operation that takes one text accepts it (the keyword `x-parses` of schemas). */
  #parses(name: string, text: string): boolean {
    const param = Object.entries(this.operation(name).params).find(([, declared]) => declared.type === 'text')?.[0] ?? '';
    return this.#tryRun(name, new Map([[param, text]])) !== undefined;
  }

  #text(name: string): AreaSpec['texts'][number] {
    const text = this.spec.texts.find((t) => t.text === name);
    if (text === undefined) throw new Error(`no text ${name}`);
    this.#grounds.note(name);
    return text;
  }
}

/** The reject of a schema's constraint: `x-reject` and `x-req` where they are next to it, else those of the step. */
function violated(error: Ajv.ErrorObject | undefined, reject: Reject): Reject {
  const own = (error?.parentSchema ?? {}) as { readonly 'x-req'?: string; readonly 'x-reject'?: string };
  return { class: own['x-reject'] ?? reject.class, req: own['x-req'] ?? reject.req };
}
