/** Arbitraries of JSON Schemas: right instances, with every alternative, any choice of optional members, and lists of none to three. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../contract/contract.ts';
import { jsonObject, jsonText, jsonValue } from './arbitraries.ts';
import { EDGE_CHARACTERS } from './json-faults.ts';

type Schema = { readonly [keyword: string]: Json };

const ITEMS_MAX = 3;
const MEMBERS_MAX = 3;
/** Depth from which lists and maps are empty; it ends schemas that contain themselves. */
const DEPTH_MAX = 7;

/** Text that the keyword `x-parses` takes, by the parser that it names. */
export type Parsed = (parser: string) => fc.Arbitrary<string>;

/** Right instances of the schemas of one area. */
export class SchemaArbitraries {
  readonly #schemas: ReadonlyMap<string, Schema>;
  readonly #parsed: Parsed;

  constructor(schemas: readonly Schema[], parsed: Parsed) {
    this.#schemas = new Map(schemas.map((schema) => [String(schema['$id']), schema]));
    this.#parsed = parsed;
  }

  /** @throws Error if there is no such schema */
  of(id: string): fc.Arbitrary<Json> {
    return this.#of(this.#schema(id), 0);
  }
  #schema(id: string): Schema {
    const schema = this.#schemas.get(id);
    if (schema === undefined) throw new Error(`no schema ${id}`);
    return schema;
  }

  #of(schema: Schema, depth: number): fc.Arbitrary<Json> {
    if (typeof schema['$ref'] === 'string') return this.#of(this.#schema(schema['$ref']), depth);
    if (schema['const'] !== undefined) return fc.constant(schema['const']);
    if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as readonly Json[]));
    if (Array.isArray(schema['anyOf'])) return fc.oneof(...(schema['anyOf'] as readonly Schema[]).map((branch) => this.#of(branch, depth)));
    const types = Array.isArray(schema['type']) ? (schema['type'] as readonly string[]) : [String(schema['type'] ?? 'object')];
    return fc.oneof(...types.map((type) => this.#ofType(type, schema, depth)));
  }
  #ofType(type: string, schema: Schema, depth: number): fc.Arbitrary<Json> {
    switch (type) {
      case 'object':
        return this.#object(schema, depth);
      case 'array': {
        const { items } = schema;
        const minLength = Number(schema['minItems'] ?? 0);
        const maxLength = Math.max(minLength, depth < DEPTH_MAX ? Math.min(ITEMS_MAX, Number(schema['maxItems'] ?? ITEMS_MAX)) : 0);
        return maxLength === 0
          ? fc.constant([])
          : fc.array(items === undefined ? jsonValue(1) : this.#of(items as Schema, depth + 1), { minLength, maxLength });
      }
      case 'string':
        return this.#text(schema);
      case 'integer':
      case 'number':
        return numberOf(schema);
      case 'boolean':
        return fc.boolean();
      default:
        return fc.constant(null);
    }
  }

  #text(schema: Schema): fc.Arbitrary<string> {
    const parser = schema['x-parses'];
    if (typeof parser === 'string') return this.#parsed(parser);
    if (typeof schema['pattern'] === 'string') return fc.stringMatching(new RegExp(schema['pattern'], 'u'));
    const min = Number(schema['minLength'] ?? 0);
    const max = Number(schema['maxLength'] ?? Infinity);
    return fc
      .oneof({ weight: 3, arbitrary: jsonText }, { weight: 1, arbitrary: fc.constantFrom(...EDGE_CHARACTERS) })
      .map((text) => [...text, ...'x'.repeat(Math.max(0, min - [...text].length))].slice(0, max).join(''));
  }

  #object(schema: Schema, depth: number): fc.Arbitrary<JsonObject> {
    const properties = Object.entries((schema['properties'] ?? {}) as { readonly [name: string]: Schema });
    const required = (schema['required'] ?? []) as readonly string[];
    const others = schema['additionalProperties'];
    if (properties.length === 0 && others === undefined) return jsonObject();
    const own = fc.record(Object.fromEntries(properties.map(([name, member]) => [name, this.#of(member, depth + 1)])), {
      requiredKeys: properties.map(([name]) => name).filter((name) => required.includes(name)),
      noNullPrototype: true,
    });
    if (typeof others !== 'object' || others === null || depth >= DEPTH_MAX) return own as fc.Arbitrary<JsonObject>;
    const names = schema['propertyNames'] as Schema | undefined;
    const name = names === undefined ? jsonText : this.#text(names);
    const more = fc.dictionary(name, this.#of(others as Schema, depth + 1), { maxKeys: MEMBERS_MAX, noNullPrototype: true });
    return fc.tuple(own, more).map(([known, unknown]): JsonObject => ({ ...unknown, ...known }));
  }
}

/** Numbers that every language spells alike, at the ends of what is allowed and inside. */
function numberOf(schema: Schema): fc.Arbitrary<number> {
  const min = Number(schema['minimum'] ?? -Number.MAX_SAFE_INTEGER);
  const max = Number(schema['maximum'] ?? Number.MAX_SAFE_INTEGER);
  const whole = fc.oneof(fc.constantFrom(min, max, Math.min(max, min + 1)), fc.integer({ min, max }));
  if (schema['type'] === 'integer') return whole;
  const eighths = fc.integer({ min: 1, max: 4000 }).map((n) => n / 8);
  return fc.oneof(
    whole,
    eighths.filter((value) => value >= min && value <= max),
  );
}
