/** JSON schemas: a row for each member, and what a table cannot say as the schema says it. */
import type { Json, JsonObject } from '../contract/contract.ts';
import { anchorOf, type Links } from './atlas.ts';
import { code, fence, heading, headingOf, literal, paragraph, prose, tableWithNotes } from './markdown.ts';
import { type Scope } from './scope.ts';

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Members of a schema that combine schemas; they are shown as they are. */
const COMBINED = ['anyOf', 'oneOf', 'allOf', 'not', 'if', 'then', 'else', 'dependentRequired'] as const;
/** Members of a schema that only readers of its source need. */
const UNSHOWN = new Set(['x-req', 'x-reject', 'x-parses', 'examples', 'title']);
const NO_OTHERS = 'no other members';
/** Columns of a schema that is shown as JSON. */
const JSON_WIDTH = 96;

interface Member {
  readonly path: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly notes: string;
  readonly clause: string;
}

/** A schema flattened: its members by their paths, and the combinations of schemas in it. */
interface Flattened {
  readonly members: Member[];
  readonly combined: { readonly path: string; readonly schema: JsonObject }[];
}

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

function typeOf(links: Links, schema: JsonObject): string {
  const reference = schema['$ref'];
  if (typeof reference === 'string')
    return reference.startsWith('#/$defs/') ? code(reference.slice('#/$defs/'.length)) : links.to('schema', reference);
  if (schema['const'] !== undefined) return `always ${code(JSON.stringify(schema['const']))}`;
  if (schema['enum'] !== undefined) return 'one of a list';
  if (schema['type'] !== undefined) return [schema['type']].flat().map(String).join(' or ');
  return COMBINED.some((key) => schema[key] !== undefined) ? 'as below' : 'anything';
}

/** The range that two members of a schema give, in words. */
function range(from: Json | undefined, to: Json | undefined, unit = ''): string[] {
  const counted = (value: Json): string => `${String(value)}${unit === '' ? '' : ` ${unit}${value === 1 ? '' : 's'}`}`;
  if (from !== undefined && from === to) return [`exactly ${counted(from)}`];
  if (from !== undefined && to !== undefined) return [`${String(from)} to ${counted(to)}`];
  if (from !== undefined) return [`at least ${counted(from)}`];
  return to === undefined ? [] : [`at most ${counted(to)}`];
}

/** What a schema demands beyond its type. */
export function constraintsOf(links: Links, schema: JsonObject): string {
  const parts: string[] = [];
  if (schema['enum'] !== undefined)
    parts.push(
      `one of ${list(schema['enum'])
        .map((v) => code(JSON.stringify(v)))
        .join(', ')}`,
    );
  parts.push(...range(schema['minimum'], schema['maximum']));
  parts.push(...range(schema['minLength'], schema['maxLength'], 'character'));
  parts.push(...range(schema['minItems'], schema['maxItems'], 'item'));
  if (typeof schema['format'] === 'string') parts.push(`in the format ${code(schema['format'])}`);
  const names = schema['propertyNames'];
  if (isObject(names)) {
    if (typeof names['pattern'] === 'string') parts.push(`names match ${literal(names['pattern'])}`);
    parts.push(...range(names['minLength'], names['maxLength'], 'character').map((text) => `names of ${text}`));
  }
  if (schema['additionalProperties'] === false) parts.push(NO_OTHERS);
  if (typeof schema['x-parses'] === 'string') parts.push(`${links.to('operation', schema['x-parses'])} must accept it`);
  if (typeof schema['x-reject'] === 'string') parts.push(`otherwise refused as ${code(schema['x-reject'])}`);
  if (typeof schema['pattern'] === 'string') parts.push(`matches ${literal(schema['pattern'])}`);
  return parts.join('; ');
}

function flatten(links: Links, schema: Json | undefined, path: string, isRequired: boolean, into: Flattened): Flattened {
  const own = isObject(schema) ? schema : {};
  const clause = typeof own['x-req'] === 'string' ? links.clause(own['x-req']) : '';
  if (path !== '') into.members.push({ path, type: typeOf(links, own), isRequired, notes: constraintsOf(links, own), clause });
  const combined = COMBINED.filter((key) => own[key] !== undefined);
  if (combined.length > 0) into.combined.push({ path, schema: Object.fromEntries(combined.map((key) => [key, own[key] ?? null])) });
  const required = list(own['required']).map(String);
  const below = (name: string): string => (path === '' ? name : `${path}${name === '[]' ? '' : '.'}${name}`);
  for (const [name, child] of Object.entries(isObject(own['properties']) ? own['properties'] : {}))
    flatten(links, child, below(name), required.includes(name), into);
  for (const name of required)
    if (!isObject(own['properties']) || own['properties'][name] === undefined)
      into.members.push({ path: below(name), type: 'anything', isRequired: true, notes: '', clause });
  if (isObject(own['items'])) flatten(links, own['items'], below('[]'), false, into);
  if (isObject(own['additionalProperties'])) flatten(links, own['additionalProperties'], below('*'), false, into);
  for (const [name, child] of Object.entries(isObject(own['$defs']) ? own['$defs'] : {})) flatten(links, child, `(${name})`, false, into);
  return into;
}

/** JSON as people write it: in one line where that fits. */
export function formatJson(value: Json, indent = 0, room: number = JSON_WIDTH): string[] {
  const margin = ' '.repeat(indent);
  const line = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || margin.length + line.length <= room) return [`${margin}${line}`];
  const isList = Array.isArray(value);
  const parts = isList
    ? (value as readonly Json[]).map((child) => formatJson(child, indent + 2, room))
    : Object.entries(value as JsonObject).map(([key, child]) => {
        const [first = '', ...rest] = formatJson(child, indent + 2, room - JSON.stringify(key).length - 2);
        return [`${margin}  ${JSON.stringify(key)}: ${first.trimStart()}`, ...rest];
      });
  const inner = parts.flatMap((lines, i) => lines.map((text, at) => (at === lines.length - 1 && i < parts.length - 1 ? `${text},` : text)));
  return [`${margin}${isList ? '[' : '{'}`, ...inner, `${margin}${isList ? ']' : '}'}`];
}

/** A schema without what names clauses and examples. A member of `properties` may have such a name, and stays. */
function shown(value: Json, areNames = false): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((child) => shown(child));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]) =>
      !areNames && UNSHOWN.has(key) ? [] : [[key, child === undefined ? null : shown(child, !areNames && key === 'properties')]],
    ),
  );
}

function schemaSection(links: Links, schema: JsonObject): string[] {
  const id = String(schema['$id']);
  const { members, combined } = flatten(links, schema, '', false, { members: [], combined: [] });
  const clause = typeof schema['x-req'] === 'string' ? ` (${links.clause(schema['x-req'])})` : '';
  const constraints = constraintsOf(links, schema);
  const whole = constraints === '' ? '' : constraints === NO_OTHERS ? ' It has no other members.' : ` Of the whole: ${constraints}.`;
  return [
    ...heading(3, headingOf(id), anchorOf('schema', id)),
    ...paragraph(`${code(id)}: ${prose(String(schema['title'] ?? ''))}${clause}.${whole}`),
    ...tableWithNotes(
      ['member', 'type', 'required', 'clause', 'constraint'],
      members.map((m) => [code(m.path), m.type, m.isRequired ? 'yes' : '', m.clause, m.notes]),
    ),
    ...combined.flatMap(({ path, schema: alternatives }) => [
      ...paragraph(`${path === '' ? 'Of the whole' : `Of ${code(path)}`}, as the schema has it:`),
      ...fence(formatJson(shown(alternatives)), 'json'),
    ]),
  ];
}

/** The JSON schemas of a topic. */
export function schemasSection({ spec, topic, links }: Scope): string[] {
  const schemas = spec.schemas.filter((schema) => topic.schemas.includes(String(schema['$id'])));
  if (schemas.length === 0) return [];
  return [
    ...heading(2, 'JSON schemas'),
    ...paragraph(
      '`[]` stands for each item of a list, `*` for each member of a map. Members not listed here are allowed ' +
        'unless the page says otherwise.',
    ),
    ...schemas.flatMap((schema) => schemaSection(links, schema as JsonObject)),
  ];
}
