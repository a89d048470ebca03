/** Wire layouts: an offset diagram and a table of fields for each, and their export to Kaitai Struct. */
import { stringify } from 'yaml';
import { hasKaitai, kaitaiName, toKaitai } from '../spec/kaitai.ts';
import { widthOf } from '../oracle/wire.ts';
import type { AreaSpec, Field, FieldFault, Layout, Reject } from '../spec/types.ts';
import { anchorOf, type Links } from './atlas.ts';
import { code, expression, fence, heading, headingOf, item, paragraph, prose, table, tableWithNotes } from './markdown.ts';
import { named, type Scope } from './scope.ts';

/** Length of a field as people read it. */
function lengthOf(field: Field): string {
  const width = widthOf(field.type);
  if (width !== undefined) return String(width);
  if (field.type === 'bytes') return String(field.length ?? '');
  if (field.type === 'layout') return 'its own';
  if (field.type === 'repeat') return field.until === 'end' ? 'as many as are complete' : `${field.count ?? ''} times`;
  return '1 to 10';
}

/** Where each field begins: a sum of numbers and names, `?` once a length before it is not known. */
export function offsetsOf(fields: readonly Field[]): string[] {
  let fixed = 0;
  const names: string[] = [];
  let known = true;
  return fields.map((field) => {
    const here = known ? [String(fixed), ...names].filter((part, i) => i > 0 || part !== '0' || names.length === 0).join('+') : '?';
    const length = widthOf(field.type) ?? field.length;
    if (typeof length === 'number') fixed += length;
    else if (typeof length === 'string' && length !== 'rest') names.push(length);
    else known = false;
    return here;
  });
}

/** Columns of a diagram before it goes on below. */
const DIAGRAM_WIDTH = 88;

/** The fields of a layout side by side, each under its offset in bytes; in several rows where they are many. */
export function offsetDiagram(layout: Layout): string[] {
  const offsets = offsetsOf(layout.fields);
  const cells = layout.fields.map((field, i) => {
    const unit = /^\d+$/.test(lengthOf(field)) ? `${lengthOf(field)} bytes` : lengthOf(field);
    const below = field.type === 'bytes' ? unit : field.type === 'repeat' || field.type === 'layout' ? (field.layout ?? '') : field.type;
    const texts = [field.name, below];
    return { offset: offsets[i] ?? '?', texts, width: Math.max(...texts.map((t) => t.length), (offsets[i] ?? '?').length + 1) };
  });
  const rows: (typeof cells)[] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const cell of cells) {
    if (used + cell.width + 3 > DIAGRAM_WIDTH) {
      rows.push([]);
      used = 8;
    }
    rows.at(-1)?.push(cell);
    used += cell.width + 3;
  }
  return rows.flatMap((row) => {
    const border = `        +${row.map((c) => '-'.repeat(c.width + 2)).join('+')}+`;
    const line = (at: number): string => `        |${row.map((c) => ` ${(c.texts[at] ?? '').padEnd(c.width)} `).join('|')}|`;
    return [`offset  ${row.map((c) => c.offset.padEnd(c.width + 3)).join('')}`.trimEnd(), border, line(0), line(1), border];
  });
}

/** What a field holds, and how it is refused. */
function notesOf(links: Links, field: Field): string {
  const parts: string[] = [];
  if (field.lengthOf !== undefined) parts.push(`counts the bytes of ${code(field.lengthOf)}`);
  if (field.countOf !== undefined) parts.push(`counts ${code(field.countOf)}`);
  if (field.const !== undefined) parts.push(`always ${code(field.const)}`);
  if (field.minimum !== undefined) parts.push(`at least ${code(field.minimum)}`);
  if (field.maximum !== undefined) parts.push(`at most ${code(field.maximum)}`);
  if (field.layout !== undefined)
    parts.push(`${field.type === 'repeat' ? 'each' : ''} laid out as ${links.to('layout', field.layout)}`.trim());
  if (field.when !== undefined) parts.push(`only when ${expression(field.when)}`);
  if (field.req !== undefined) parts.push(links.clause(field.req));
  return parts.join('; ');
}

/** The faults of fields in words that the names of the fields follow. */
const FAULTS: { readonly [fault in FieldFault | 'overflow']: string } = {
  'truncated': 'the input ends inside',
  'mismatch': 'any other value in',
  'range': 'out of range in',
  'non-canonical': 'not written in its one way in',
  'overflow': 'more than can be written in',
};

/** Each way in which a layout is refused, with the fields to which it applies. */
function rejectsOf(links: Links, layout: Layout): string[] {
  const found = new Map<string, string[]>();
  const add = (fault: FieldFault | 'overflow', reject: Reject | undefined, field: string): void => {
    if (reject === undefined) return;
    const key = `${FAULTS[fault]}\0${code(reject.class)} (${links.clause(reject.req)})`;
    found.set(key, [...(found.get(key) ?? []), code(field)]);
  };
  for (const field of layout.fields) {
    const own = field.rejects === 'none' ? [] : (Object.entries(field.rejects) as [FieldFault, Reject | undefined][]);
    for (const [fault, reject] of own) add(fault, reject, field.name);
    add('overflow', field.overflow, field.name);
  }
  const items = [...found].flatMap(([key, fields]) => {
    const [fault = '', refused = ''] = key.split('\0');
    return item(`${fault} ${fields.join(', ')}: ${refused}`);
  });
  const { trailing } = layout;
  if (trailing !== undefined) items.push(...item(`bytes after the last field: ${code(trailing.class)} (${links.clause(trailing.req)})`));
  return items.length === 0 ? [] : ['Refused:', '', ...items, ''];
}

function layoutSection(links: Links, layout: Layout): string[] {
  const offsets = offsetsOf(layout.fields);
  const kaitai = hasKaitai(layout)
    ? `For Kaitai Struct: [${kaitaiFile(layout)}](../kaitai/${kaitaiFile(layout)}).`
    : 'Kaitai Struct has no equal of its integers.';
  const partitions = layout.partitions ?? [];
  return [
    ...heading(3, headingOf(layout.layout), anchorOf('layout', layout.layout)),
    ...paragraph(`${code(layout.layout)}: ${prose(layout.title)} (${links.clause(layout.req)}). ${kaitai}`),
    ...fence(offsetDiagram(layout)),
    ...tableWithNotes(
      ['offset', 'field', 'type', 'bytes', 'notes'],
      layout.fields.map((f, i) => [
        offsets[i] ?? '?',
        code(f.name),
        links.to('field-type', f.type, f.type),
        lengthOf(f),
        notesOf(links, f),
      ]),
    ),
    ...rejectsOf(links, layout),
    ...(partitions.length === 0
      ? []
      : [
          'Ranges that mean something of their own:',
          '',
          ...table(
            ['field', 'from', 'to', 'clause'],
            partitions.map((p) => [code(p.field), String(p.from), String(p.to), links.clause(p.req)]),
          ),
        ]),
  ];
}

/** The wire layouts of a topic. */
export function wireSection({ spec, topic, links }: Scope): string[] {
  if (topic.layouts.length === 0) return [];
  return [
    ...heading(2, 'Wire layouts'),
    ...paragraph(
      'Offsets and lengths are in bytes; `rest` is everything up to the end. An offset that names a field adds the value of that field.',
    ),
    ...named(spec.layouts, 'layout', topic.layouts).flatMap((layout) => layoutSection(links, layout)),
  ];
}

/** File name of a layout's Kaitai export; Kaitai finds imports by it. */
export function kaitaiFile(layout: Layout): string {
  return `${kaitaiName(layout.layout)}.ksy`;
}

/** A layout as the text of a `.ksy` file, with the layouts it needs imported. */
export function kaitaiText(spec: AreaSpec, layout: Layout): string {
  const ksy = toKaitai(layout);
  const folder = spec.topics.find((t) => t.layouts.includes(layout.layout))?.folder ?? `spec/${spec.area}`;
  const imports = [...new Set(layout.fields.flatMap((f) => (f.layout === undefined ? [] : [kaitaiName(f.layout)])))].sort();
  const meta = { ...(ksy['meta'] as object), ...(imports.length > 0 ? { imports } : {}) };
  return (
    `${stringify({ ...ksy, meta }, { lineWidth: 0 })}# Revision ${spec.revision}, ` +
    `generated from ${folder}/wire/; run \`npm run docs\` after a change there.\n`
  );
}
