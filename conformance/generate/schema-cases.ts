/**
 * Instances of JSON Schemas, whatever the area: right ones at the edges of what is allowed, and wrong ones with exactly
 * one violation each, of every constraint that can be reached. ajv confirms that each of them breaks the keyword it
 * aims at, at the place it aims at. Strings with a pattern or a parser need an `examples` in the schema.
 */
import { Ajv2020, type AnySchemaObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '../contract/contract.ts';

type Schema = { readonly [keyword: string]: Json };
type Path = readonly (string | number)[];

export interface SchemaCase {
  readonly name: string;
  readonly title: string;
  readonly instance: Json;
  /** The keyword broken and the clause next to it; absent for instances that are right. */
  readonly breaks?: { readonly keyword: string; readonly requirement: string | undefined };
  /** The clause by which a right instance is right, if it is one of its own. */
  readonly about?: string;
  /** Of what is wrong in one alternative only: another one may have it. */
  readonly unlessRight?: true;
}

/** Depth of arrays that a sample fills; below it they are empty, which ends schemas that contain themselves. */
const FILLED_DEPTH_MAX = 4;
/** No hexadecimal, no identifier, and more than one byte per character. */
const ANY_TEXT = 'zö ☃ "0"';
const WRONG_TYPES: readonly Json[] = [5, 'x', true, [], {}, null];

function at(instance: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, step) => (typeof value === 'object' && value !== null ? (value as { readonly [step: string]: Json })[String(step)] : undefined),
    instance,
  );
}

/** A copy with another value at a path; undefined takes the member away. */
export function withValue(instance: Json, path: Path, value: Json | undefined): Json {
  const [head, ...rest] = path;
  if (head === undefined) return value ?? null;
  if (Array.isArray(instance)) {
    const items = instance as readonly Json[];
    return rest.length === 0 && value === undefined
      ? items.filter((_, i) => i !== head)
      : items.map((item, i) => (i === head ? withValue(item, rest, value) : item));
  }
  const object = instance as JsonObject;
  if (rest.length === 0 && value === undefined) return Object.fromEntries(Object.entries(object).filter(([name]) => name !== head));
  const name = String(head);
  return { ...object, [name]: withValue(object[name] ?? null, rest, value) };
}

/** What custom keywords hold for: the name of a parser, and a text. */
export type Parses = (parser: string, text: string) => boolean;

/** Makes the cases of the schemas of one area. A shared schema is worked through where it is first met. */
export class SchemaCases {
  readonly #schemas: ReadonlyMap<string, Schema>;
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #worked = new Set<string>();
  readonly #spelled = new Set<string>();
  readonly #parses: Parses;
  #walksAlternatives = false;

  constructor(schemas: readonly Schema[], parses: Parses) {
    this.#schemas = new Map(schemas.map((schema) => [String(schema['$id']), schema]));
    this.#parses = parses;
    const ajv = new Ajv2020({ strict: false, allErrors: true, schemas: schemas.map((schema) => schema as AnySchemaObject) });
    ajv.addKeyword({
      keyword: 'x-parses',
      type: 'string',
      schemaType: 'string',
      validate: (parser: string, text: string) => parses(parser, text),
    });
    for (const id of this.#schemas.keys()) {
      const validate = ajv.getSchema(id);
      if (validate !== undefined) this.#validators.set(id, validate);
    }
  }

  /** A right instance: with everything that may be there, or with what must be there only. */
  sample(id: string, full: boolean): Json {
    return this.#sample(this.#schema(id), full, 0);
  }

  /** Every case of a schema. @throws Error when an instance is not what it is meant to be */
  of(id: string): SchemaCase[] {
    const full = this.sample(id, true);
    const cases: SchemaCase[] = [];
    const put: Put = (name, title, instance, breaks, about, unlessRight) => {
      cases.push({
        name: name.replaceAll(/[^A-Za-z0-9:.-]+/g, '-').replaceAll(/^-|-$/g, ''),
        title,
        instance,
        ...(breaks === undefined ? {} : { breaks }),
        ...(about === undefined ? {} : { about }),
        ...(unlessRight === true ? { unlessRight } : {}),
      });
    };
    put('full', 'all optional members', full);
    put('minimal', 'only the required members', this.sample(id, false));
    this.#walk(this.#schema(id), [], full, put);
    const kept = cases.filter(({ unlessRight, instance }) => unlessRight !== true || this.#validators.get(id)?.(instance) === false);
    for (const c of kept) this.#confirm(id, c);
    return unique(kept);
  }

  /** Every case of a schema, with every constraint of each of its alternatives broken as well. */
  ofAlternatives(id: string): SchemaCase[] {
    this.#walksAlternatives = true;
    try {
      return this.of(id);
    } finally {
      this.#walksAlternatives = false;
    }
  }

  #schema(id: string): Schema {
    const schema = this.#schemas.get(id);
    if (schema === undefined) throw new Error(`no schema ${id}`);
    return schema;
  }
  #resolved(schema: Schema): Schema {
    return typeof schema['$ref'] === 'string' ? this.#schema(schema['$ref']) : schema;
  }

  #confirm(id: string, { name, instance, breaks }: SchemaCase): void {
    const validate = this.#validators.get(id);
    const valid = validate?.(instance) === true;
    const keywords = (validate?.errors ?? []).map((error) => error.keyword);
    if (breaks === undefined ? !valid : valid || !keywords.includes(breaks.keyword))
      throw new Error(
        `${id}/${name}: meant to ${breaks === undefined ? 'be right' : `break ${breaks.keyword}`}, ` +
          `but ajv finds ${keywords.join(', ') || 'nothing'}`,
      );
  }

  #sample(unresolved: Schema, full: boolean, depth: number): Json {
    const schema = this.#resolved(unresolved);
    if (schema['const'] !== undefined) return schema['const'];
    for (const list of ['enum', 'examples'] as const) if (Array.isArray(schema[list])) return (schema[list] as readonly Json[])[0] ?? null;
    if (Array.isArray(schema['anyOf'])) return this.#sample((schema['anyOf'] as readonly Schema[])[0] ?? {}, full, depth);
    const [type] = typesOf(schema);
    if (type === 'object') return this.#object(schema, full, depth);
    if (type === 'array') {
      const count = Math.max(Number(schema['minItems'] ?? 0), full && depth < FILLED_DEPTH_MAX ? 1 : 0);
      return Array.from({ length: count }, () => this.#sample(schema['items'] as Schema, full, depth + 1));
    }
    if (type === 'string') return 'x'.repeat(Math.max(1, Number(schema['minLength'] ?? 1)));
    if (type === 'integer' || type === 'number') return Number(schema['minimum'] ?? 1);
    return type === 'boolean' ? true : null;
  }

  #object(schema: Schema, full: boolean, depth: number): JsonObject {
    const required = (schema['required'] ?? []) as readonly string[];
    const members = Object.entries((schema['properties'] ?? {}) as { readonly [name: string]: Schema })
      .filter(([name]) => full || required.includes(name))
      .map(([name, member]) => [name, this.#sample(member, full, depth + 1)] as const);
    const others = schema['additionalProperties'];
    if (full && typeof others === 'object' && depth < FILLED_DEPTH_MAX)
      members.push([nameOf(schema), this.#sample(others as Schema, full, depth + 1)]);
    return Object.fromEntries(members);
  }

  /** Works through a schema along the full instance. */
  #walk(unresolved: Schema, path: Path, full: Json, put: Put): void {
    if (typeof unresolved['$ref'] === 'string') {
      if (this.#worked.has(unresolved['$ref'])) return;
      this.#worked.add(unresolved['$ref']);
    }
    const schema = this.#resolved(unresolved);
    const here = at(full, path);
    if (here === undefined) return;
    const where = path.length === 0 ? 'the whole' : path.join('/');
    const requirement = typeof schema['x-req'] === 'string' ? schema['x-req'] : undefined;
    const wrong = (keyword: string, what: string, value: Json | undefined, below: Path = []): void =>
      put(
        `${path.join('-')}-${below.join('-')}-${what}`,
        `${where}${below.length === 0 ? '' : `/${below.join('/')}`}: ${what}`,
        withValue(full, [...path, ...below], value),
        { keyword, requirement },
      );
    const right = (what: string, value: Json | undefined, below: Path = [], about?: string): void =>
      put(
        `${path.join('-')}-${below.join('-')}-${what}`,
        `${where}${below.length === 0 ? '' : `/${below.join('/')}`}: ${what}`,
        withValue(full, [...path, ...below], value),
        undefined,
        about,
      );

    const types = typesOf(schema);
    // What reads the same elsewhere is tried there: here only that the constraint is at this place, too.
    const spelled = JSON.stringify(schema);
    const again = this.#spelled.has(spelled);
    this.#spelled.add(spelled);
    const wrongTypes = WRONG_TYPES.filter(
      (value) => types.length > 0 && !types.includes(kindOf(value)) && !(kindOf(value) === 'integer' && types.includes('number')),
    );
    for (const value of again ? wrongTypes.slice(-1) : wrongTypes) wrong('type', `is-${kindOf(value)}`, value);
    if (types.includes('integer') && !again) wrong('type', 'is-a-fraction', 1.5);
    if (types.length > 1) for (const type of types) if (type === 'null') right('is-null', null);
    if (schema['const'] !== undefined)
      wrong('const', 'another-value', typeof schema['const'] === 'boolean' ? !schema['const'] : `${String(schema['const'])}-x`);
    if (Array.isArray(schema['enum'])) {
      wrong('enum', 'another-value', 'bogus');
      for (const value of schema['enum'] as readonly Json[]) right(`is-${String(value)}`, value);
    }
    if (types.includes('string') && isFreeText(schema) && !again) {
      right('any-text', ANY_TEXT, [], requirement);
      if (schema['minLength'] === undefined) right('empty-text', '', [], requirement);
    }
    if (schema['minLength'] !== undefined) wrong('minLength', 'too-short', 'x'.repeat(Number(schema['minLength']) - 1));
    if (schema['maxLength'] !== undefined) wrong('maxLength', 'too-long', 'x'.repeat(Number(schema['maxLength']) + 1));
    if (schema['minimum'] !== undefined) wrong('minimum', 'below-minimum', Number(schema['minimum']) - 1);
    if (schema['maximum'] !== undefined) {
      wrong('maximum', 'above-maximum', Number(schema['maximum']) + 1);
      right('at-maximum', schema['maximum']);
    }
    if (typeof schema['pattern'] === 'string' && typeof here === 'string') {
      const wrongTexts = damaged(here).filter(([, value]) => !new RegExp(String(schema['pattern']), 'u').test(value));
      for (const [what, value] of again ? wrongTexts.slice(0, 1) : wrongTexts) wrong('pattern', what, value);
    }
    const parser = schema['x-parses'];
    if (typeof parser === 'string' && typeof here === 'string') {
      const refused = unparsed(here).filter(([, value]) => !this.#parses(parser, value));
      for (const [what, value] of again ? refused.slice(0, 1) : refused) wrong('x-parses', what, value);
    }
    if (Array.isArray(schema['anyOf'])) {
      wrong('anyOf', 'none-of-them', {});
      for (const [i, branch] of (schema['anyOf'] as readonly Schema[]).entries())
        right(`alternative-${String(i)}`, this.#sample(branch, true, 0));
      if (this.#walksAlternatives) this.#walkAlternatives(schema, path, full, put);
    }
    if (types.includes('array')) this.#walkItems(schema, path, full, put, wrong, right);
    if (types.includes('object')) this.#walkMembers(schema, path, full, put, wrong, right);
  }

  /** Each alternative in place, with each of its constraints broken alone; what another alternative has is not wrong. */
  #walkAlternatives(schema: Schema, path: Path, full: Json, put: Put): void {
    const breaks = { keyword: 'anyOf', requirement: typeof schema['x-req'] === 'string' ? schema['x-req'] : undefined };
    for (const [i, branch] of (schema['anyOf'] as readonly Schema[]).entries()) {
      const inPlace = withValue(full, path, this.#sample(branch, true, 0));
      const name = `of-alternative-${String(i)}`;
      this.#walk(branch, path, inPlace, (what, title, instance, broken, about) => {
        if (broken === undefined) put(`${what}-${name}`, `${title}, of alternative ${String(i + 1)}`, instance, undefined, about);
        else put(`${what}-${name}`, `${title}, of alternative ${String(i + 1)}`, instance, breaks, undefined, true);
      });
    }
  }

  #walkItems(schema: Schema, path: Path, full: Json, put: Put, wrong: Wrong, right: Right): void {
    const items = at(full, path);
    if (!Array.isArray(items) || schema['items'] === undefined) return;
    this.#walkList(schema, path, full, put, wrong, right, items as readonly Json[]);
  }

  #walkList(schema: Schema, path: Path, full: Json, put: Put, wrong: Wrong, right: Right, items: readonly Json[]): void {
    if (schema['minItems'] !== undefined) wrong('minItems', 'too-few', items.slice(0, Number(schema['minItems']) - 1));
    else right('empty', []);
    if (schema['maxItems'] !== undefined)
      wrong(
        'maxItems',
        'too-many',
        Array.from({ length: Number(schema['maxItems']) + 1 }, () => items[0] ?? null),
      );
    if (items.length > 0) right('two-items', [...items, ...items.slice(0, 1)]);
    this.#walk(schema['items'] as Schema, [...path, 0], full, put);
  }

  #walkMembers(schema: Schema, path: Path, full: Json, put: Put, wrong: Wrong, right: Right): void {
    const required = (schema['required'] ?? []) as readonly string[];
    const here = at(full, path);
    if (typeof here !== 'object' || here === null || Array.isArray(here)) return;
    for (const name of required) wrong('required', 'missing', undefined, [name]);
    const properties = (schema['properties'] ?? {}) as { readonly [name: string]: Schema };
    for (const name of Object.keys(properties)) if (!required.includes(name)) right('left-out', undefined, [name]);
    if (schema['additionalProperties'] === false) wrong('additionalProperties', 'another-member', 1, ['unexpected']);
    const names = schema['propertyNames'] as Schema | undefined;
    const others = schema['additionalProperties'];
    if (typeof others === 'object') {
      const name = nameOf(schema);
      right('no-members', {});
      if (names !== undefined)
        wrong(names['pattern'] === undefined ? 'minLength' : 'pattern', 'bad-name', {
          ...(here as JsonObject),
          [names['pattern'] === undefined ? '' : 'abc']: (here as JsonObject)[name] ?? null,
        });
      this.#walk(others as Schema, [...path, name], full, put);
    }
    for (const [name, member] of Object.entries(properties)) this.#walk(member, [...path, name], full, put);
  }
}

/** True if a text may be anything, its length aside. */
function isFreeText(schema: Schema): boolean {
  return ['const', 'enum', 'pattern', 'x-parses', 'format', 'anyOf'].every((keyword) => schema[keyword] === undefined);
}

type Put = (name: string, title: string, instance: Json, breaks?: SchemaCase['breaks'], about?: string, unlessRight?: boolean) => void;
type Wrong = (keyword: string, what: string, value: Json | undefined, below?: Path) => void;
type Right = (what: string, value: Json | undefined, below?: Path) => void;

function typesOf(schema: Schema): readonly string[] {
  const type = schema['type'];
  return Array.isArray(type) ? (type as readonly string[]) : typeof type === 'string' ? [type] : [];
}
function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? 'integer' : typeof value;
}
/** A name that a map of names takes. */
function nameOf(schema: Schema): string {
  const names = schema['propertyNames'] as Schema | undefined;
  return String((names?.['examples'] as readonly Json[] | undefined)?.[0] ?? 'name');
}
/** Texts near a right one: shorter, longer, in capitals, without their beginning, with something appended. */
function damaged(text: string): readonly (readonly [string, string])[] {
  return [
    ['empty', ''],
    ['one-short', text.slice(0, -1)],
    ['two-short', text.slice(0, -2)],
    ['two-more', `${text}00`],
    ['upper-case', text.toUpperCase()],
    ['without-beginning', text.slice(2)],
    ['another-letter', `${text.slice(0, -1)}g`],
    ['fragment-behind', `${text}#encryption`],
    ['line-feed-behind', `${text}\n`],
  ];
}
/** Texts that a parser may refuse: nothing like it, another method of a DID, another checksum. */
function unparsed(text: string): readonly (readonly [string, string])[] {
  return [
    ['no-did', 'hello'],
    ['another-method', text.replace(/^([a-z]+:)[a-z]+/, '$1web')],
    ['bad-checksum', text.replace(/4(.)/, (_, c: string) => `4${c === 's' ? 't' : 's'}`)],
  ];
}
/** The cases without those whose name came before. */
function unique(cases: readonly SchemaCase[]): SchemaCase[] {
  const names = new Set<string>();
  return cases.filter(({ name }) => !names.has(name) && names.add(name) !== undefined);
}
