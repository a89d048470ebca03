/** Everything in the specification that has a name, for `explain`, `list` and `search`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { BUILTIN_WORDS, FIELD_WORDS, type Word } from '../../conformance/spec/language.ts';
import { definitionsOf } from '../../conformance/spec/machines.ts';
import type { Json } from '../../conformance/contract/contract.ts';
import type { AreaSpec } from '../../conformance/spec/types.ts';
import { readFlags } from '../../conformance/vectors.ts';
import type { Suite } from './suite.ts';

export const KINDS = [
  'requirement',
  'decision',
  'topic',
  'profile',
  'operation',
  'reject',
  'layout',
  'constant',
  'function',
  'built-in',
  'field-type',
  'derivation',
  'text',
  'transport',
  'schema',
  'machine',
  'row',
  'expression',
  'system',
  'flag',
  'check',
] as const;
export type Kind = (typeof KINDS)[number];

/** One thing with a name. */
export interface Named {
  readonly kind: Kind;
  readonly name: string;
  /** What it is, in one line. */
  readonly title: string;
  /** What the spec says about it, as lines of text. */
  details(): string;
}

/** A definition as the spec writes it. */
const written = (definition: unknown): string => stringify(definition, { lineWidth: 76 }).trimEnd();

/** Everything that has a name, kind by kind. */
export function catalogueOf(suite: Suite): Named[] {
  const specs = suite.areas.map(({ spec }) => spec);
  const all: Named[] = [
    ...[...suite.requirements.values()].map(({ id, text, level, source }) =>
      named('requirement', id, text, () => `${level}: ${text}\nsource: ${source}`),
    ),
    ...decisionsOf(suite.root, specs),
    ...specs.flatMap(definedIn),
    ...Object.entries(BUILTIN_WORDS).map(([name, word]) => wordOf('built-in', name, word)),
    ...Object.entries(FIELD_WORDS).map(([name, word]) => wordOf('field-type', name, word)),
    ...contractSchemas(suite.root),
    ...Object.entries(readFlags(suite.root)).map(([id, flag]) => named('flag', id, flag.description, () => written(flag))),
    ...suite.checks.map(({ id, title }) => named('check', id, title, () => title)),
  ];
  return KINDS.flatMap((kind) => all.filter((thing) => thing.kind === kind));
}

function wordOf(kind: Kind, name: string, { use, means }: Word): Named {
  return named(kind, name, means, () => use);
}

function named(kind: Kind, name: string, title: string, details: () => string): Named {
  return { kind, name, title: title.replaceAll(/\s+/g, ' ').trim(), details };
}

/** `ADR-0004` in any spelling, such as `adr-4`. */
export function decisionId(text: string): string | undefined {
  const number = /^adr-?0*(\d{1,4})$/i.exec(text)?.[1];
  return number === undefined ? undefined : `ADR-${number.padStart(4, '0')}`;
}

function decisionsOf(root: string, specs: readonly AreaSpec[]): Named[] {
  const folder = join(root, 'docs', 'adr');
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.*\.md$/.test(file))
    .sort()
    .map((file) => {
      const id = `ADR-${file.slice(0, 4)}`;
      const text = readFileSync(join(folder, file), 'utf8').trimEnd();
      const [first = '', ...rest] = text.split('\n');
      const clauses = specs
        .flatMap(({ requirements }) => requirements)
        .filter(
          ({ source, decided = [] }) => ('decision' in source && source.decision === id) || decided.some(({ decision }) => decision === id),
        )
        .map((r) => r.id);
      const decides = clauses.length === 0 ? '' : `\n\nsource of: ${clauses.join(', ')}`;
      return named(
        'decision',
        id,
        first.replace(/^# ADR-\d+: /, ''),
        () => `${rest.join('\n').trim()}${decides}\n\nfile: docs/adr/${file}`,
      );
    });
}

/** Schemas of the adapter protocol and of the bench's own files. */
function contractSchemas(root: string): Named[] {
  const folder = join(root, 'spec', 'adapter');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.schema.json'))
    .sort()
    .map((file) => schemaOf(JSON.parse(readFileSync(join(folder, file), 'utf8')) as { readonly [key: string]: Json }));
}

function schemaOf(schema: { readonly [key: string]: Json }): Named {
  const text = (key: string): string => (typeof schema[key] === 'string' ? schema[key] : '');
  return named('schema', text('$id'), text('title'), () => JSON.stringify(schema, null, 2));
}

function definedIn(spec: AreaSpec): Named[] {
  const { area } = spec;
  return [
    ...spec.topics.map((t) =>
      named('topic', `${area}/${t.topic}`, t.title, () =>
        [t.about.trim(), `ids: ${t.prefixes.join(', ')}`, `folder: ${t.folder}`, `page: docs/spec/${area}/${t.topic}.md`].join('\n'),
      ),
    ),
    ...spec.profiles.map((p) => named('profile', p.profile, p.title, () => written(p))),
    ...spec.operations.map((o) => named('operation', o.operation, o.summary, () => written(o))),
    ...[...spec.rejects, ...spec.jsonErrors, ...spec.discards].map((r) => named('reject', r.class, r.means, () => r.means)),
    ...spec.layouts.map((l) => named('layout', l.layout, l.title, () => written(l))),
    ...Object.entries(spec.constants).map(([name, c]) =>
      named('constant', name, `${'value' in c ? String(c.value) : c.bytes} (${c.req})`, () => written(c)),
    ),
    ...spec.functions.map((f) => named('function', f.function, `(${f.takes.join(', ')}) = ${f.is}`, () => written(f))),
    ...spec.derivations.map((d) =>
      named('derivation', d.derivation, `${d.hash}, ${String(d.output.length)} bytes (${d.req})`, () => written(d)),
    ),
    ...spec.texts.map((t) => named('text', t.text, `${t.alphabet} (${t.req})`, () => written(t))),
    ...Object.entries(spec.transports).map(([name, t]) =>
      named('transport', name, `chunks of ${String(t.size)} (${t.req})`, () => written(t)),
    ),
    ...spec.schemas.map(schemaOf),
    ...spec.machines.flatMap((m) => [
      named('machine', m.machine, m.title, () => written(m)),
      ...m.rows.map((row) =>
        named('row', `${m.machine}/${row.name}`, `${row.in} on ${row.on} -> ${row.to} (${row.req})`, () => written(row)),
      ),
      ...[...definitionsOf(m)].map(([name, source]) => named('expression', `${m.machine}/${name}`, String(source), () => String(source))),
    ]),
    ...spec.systems.map((s) => named('system', s.system, s.title, () => written(s))),
  ];
}
