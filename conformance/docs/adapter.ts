/** The page of the adapter protocol: its requirements by section, and the members of its schemas. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from '../contract/contract.ts';
import { SpecReader } from '../spec/loader.ts';
import type { AreaSpec, ParamType, Requirement, ResultType } from '../spec/types.ts';
import type { Atlas, Links } from './atlas.ts';
import { anchored, code, heading, item, paragraph, prose, sectionLink, table, tableWithNotes, words, type Page } from './markdown.ts';

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A schema in a few words. */
function describe(schema: Json | undefined): string {
  if (!isObject(schema)) return '';
  const parts: string[] = [];
  if (typeof schema['$ref'] === 'string') parts.push(code(schema['$ref']));
  if (schema['const'] !== undefined) parts.push(`always ${code(JSON.stringify(schema['const']))}`);
  if (Array.isArray(schema['enum']))
    parts.push(`one of ${(schema['enum'] as readonly Json[]).map((v) => code(JSON.stringify(v))).join(', ')}`);
  if (schema['type'] !== undefined) parts.push([schema['type']].flat().map(String).join(' or '));
  if (Array.isArray(schema['anyOf'])) parts.push((schema['anyOf'] as readonly Json[]).map(describe).join(', or '));
  if (isObject(schema['items'])) parts.push(`of ${describe(schema['items'])}`);
  if (isObject(schema['properties'])) parts.push(`with ${Object.keys(schema['properties']).map(code).join(', ')}`);
  if (typeof schema['pattern'] === 'string') parts.push(`matching ${code(schema['pattern'])}`);
  if (schema['minimum'] !== undefined) parts.push(`from ${String(schema['minimum'])}`);
  if (schema['maximum'] !== undefined) parts.push(`to ${String(schema['maximum'])}`);
  return parts.join(' ');
}

function schemaSection(links: Links, file: string, schema: JsonObject): string[] {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as readonly Json[]).map(String) : []);
  return [
    ...heading(3, words(file.replace(/\.schema\.json$/, ''))),
    ...paragraph(`${prose(String(schema['title'] ?? ''))}: ${links.file(`spec/adapter/${file}`, file)}.`),
    ...tableWithNotes(
      ['member', 'required', 'is'],
      Object.entries(properties).map(([name, child]) => [code(name), required.has(name) ? 'yes' : '', describe(child)]),
    ),
  ];
}

/** Path of the page of the adapter protocol. */
export const ADAPTER_PAGE = 'adapter.md';
/** Heading of its table of types. */
export const TYPES_TITLE = 'Types of parameters and results';

/** What each type is in JSON, and an example. */
const TYPES: { readonly [type in ParamType | ResultType]: readonly [is: string, example: string] } = {
  bytes: ['lowercase hex, two digits for each byte', '"0a1234"'],
  bytesList: ['bytes in order', '["0a1234", ""]'],
  bytesMap: ['bytes by name', '{"secret": "a5c1"}'],
  csidMap: ['bytes by the id of a cipher set', '{"3a": "2c17"}'],
  text: ['a string', '"data"'],
  textList: ['strings in order', '["3a", "1a"]'],
  integer: ['a whole number', '7'],
  integerList: ['whole numbers in order', '[0, 2]'],
  u64: ['an unsigned integer of up to 64 bits, as decimal text', '"18446744073709551615"'],
  boolean: ['true or false', 'true'],
  time: ['milliseconds from 0; of one clock in a session, never going back', '1000'],
  timeout: ['milliseconds on that clock when `tick` is due; null if it is not', '1200'],
  object: ['an object with the members that are listed below it', '{"csid": "3a"}'],
  objectList: ['such objects in order', '[{"type": "data"}]'],
  objectMap: ['such objects by name', '{"a": {"csid": "3a"}}'],
  eventList: ['what the application is told, in order: objects with a `type`', '[{"type": "ended"}]'],
  json: ['any JSON', '[1, "x"]'],
  jsonError: ['why bytes are not JSON: the class of a reject', '"not-json"'],
};

type AdapterFile = Pick<AreaSpec, 'revision'> & { requirements: Requirement[] };

function readAdapter(root: string): AdapterFile {
  return new SpecReader(root).read<AdapterFile>('spec/adapter/requirements.yaml', 'adapter');
}

/** Puts the requirements of the adapter protocol on its page. */
export function placeAdapter(root: string, atlas: Atlas): void {
  for (const { id } of readAdapter(root).requirements) atlas.place('requirement', id, ADAPTER_PAGE);
}

/** The page of the adapter protocol. */
export function adapterPage(root: string, links: Links): Page {
  const file = readAdapter(root);
  const sectionOf = (r: Requirement): string => ('section' in r.source ? r.source.section : r.source.decision);
  const sections = [...new Set(file.requirements.map(sectionOf))];
  const schemas = readdirSync(join(root, 'spec/adapter'))
    .filter((f) => f.endsWith('.schema.json'))
    .sort();
  const lines = [
    ...paragraph(
      `${String(file.requirements.length)} requirements. The guide to them is [adapter-protocol.md](../guides/adapter-protocol.md).`,
    ),
    ...paragraph(`On this page: ${[...sections, TYPES_TITLE, 'Schemas'].map(sectionLink).join(', ')}.`),
    ...sections.flatMap((section) => [
      ...heading(2, section),
      ...file.requirements
        .filter((r) => sectionOf(r) === section)
        .flatMap((r) => item(`${anchored(r.id)}**${r.id}** ${r.level}. ${prose(r.text)}`)),
      '',
    ]),
    ...heading(2, TYPES_TITLE),
    ...table(
      ['type', 'is', 'example'],
      Object.entries(TYPES).map(([type, [is, example]]) => [code(type), is, code(example)]),
    ),
    ...heading(2, 'Schemas'),
    ...schemas.flatMap((name) =>
      schemaSection(links, name, JSON.parse(readFileSync(join(root, 'spec/adapter', name), 'utf8')) as JsonObject),
    ),
  ];
  return { title: 'The adapter protocol', lines, from: 'spec/adapter/', revision: file.revision };
}
