/** The page of wire layouts: an offset diagram and a table of fields for each, and their export to Kaitai Struct. */
import { stringify } from 'yaml';
import { hasKaitai, kaitaiName, toKaitai } from '../spec/kaitai.ts';
import { widthOf } from '../oracle/wire.ts';
import type { AreaSpec, Field, Layout } from '../spec/types.ts';
import { clause, code, item, paragraph, table, type Page } from './markdown.ts';

/** Length of a field as people read it. */
function lengthOf(field: Field): string {
  const width = widthOf(field.type);
  if (width !== undefined) return String(width);
  if (field.type === 'bytes') return String(field.length ?? '');
  if (field.type === 'layout') return 'its own';
  if (field.type === 'repeat') return field.until === 'end' ? 'as many as are whole' : `${field.count ?? ''} times`;
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

/** The fields of a layout side by side, each under its offset in bytes. */
export function offsetDiagram(layout: Layout): string[] {
  const offsets = offsetsOf(layout.fields);
  const cells = layout.fields.map((field, i) => {
    const unit = /^\d+$/.test(lengthOf(field)) ? `${lengthOf(field)} bytes` : lengthOf(field);
    const below = field.type === 'bytes' ? unit : field.type === 'repeat' || field.type === 'layout' ? (field.layout ?? '') : field.type;
    const texts = [field.name, below];
    return { offset: offsets[i] ?? '?', texts, width: Math.max(...texts.map((t) => t.length), (offsets[i] ?? '?').length + 1) };
  });
  const border = `        +${cells.map((c) => '-'.repeat(c.width + 2)).join('+')}+`;
  const row = (at: number): string => `        |${cells.map((c) => ` ${(c.texts[at] ?? '').padEnd(c.width)} `).join('|')}|`;
  return ['```', `offset  ${cells.map((c) => c.offset.padEnd(c.width + 3)).join('')}`.trimEnd(), border, row(0), row(1), border, '```', ''];
}

function meaning(field: Field): string {
  const parts: string[] = [];
  if (field.lengthOf !== undefined) parts.push(`counts the bytes of ${code(field.lengthOf)}`);
  if (field.countOf !== undefined) parts.push(`counts ${code(field.countOf)}`);
  if (field.const !== undefined) parts.push(`always ${code(field.const)}`);
  if (field.minimum !== undefined) parts.push(`at least ${code(field.minimum)}`);
  if (field.maximum !== undefined) parts.push(`at most ${code(field.maximum)}`);
  if (field.layout !== undefined) parts.push(`each a ${code(field.layout)}`);
  if (field.when !== undefined) parts.push(`only when ${code(field.when)}`);
  if (field.req !== undefined) parts.push(clause(field.req));
  return parts.join('; ');
}

function rejectsOf(field: Field): string {
  const named =
    field.rejects === 'none'
      ? []
      : Object.entries(field.rejects).flatMap(([fault, r]) => (r === undefined ? [] : [`${fault}: ${code(r.class)} ${clause(r.req)}`]));
  const overflow = field.overflow === undefined ? [] : [`too long to write: ${code(field.overflow.class)} ${clause(field.overflow.req)}`];
  return [...named, ...overflow].join('; ') || 'none';
}

function layoutSection(layout: Layout): string[] {
  const offsets = offsetsOf(layout.fields);
  const lines = [
    `## ${layout.layout}`,
    '',
    ...paragraph(`${layout.title}. ${clause(layout.req)}`),
    ...offsetDiagram(layout),
    ...table(
      ['offset', 'field', 'type', 'bytes', 'meaning', 'rejects'],
      layout.fields.map((f, i) => [offsets[i] ?? '?', code(f.name), f.type, lengthOf(f), meaning(f), rejectsOf(f)]),
    ),
  ];
  if (layout.trailing !== undefined)
    lines.push(...paragraph(`Bytes behind the last field: ${code(layout.trailing.class)} ${clause(layout.trailing.req)}.`));
  const partitions = layout.partitions ?? [];
  if (partitions.length > 0)
    lines.push(
      'Ranges with a meaning of their own:',
      '',
      ...table(
        ['field', 'from', 'to', 'clause'],
        partitions.map((p) => [code(p.field), String(p.from), String(p.to), clause(p.req)]),
      ),
    );
  return lines;
}

/** The page of wire layouts of an area. */
export function wirePage(spec: AreaSpec): Page {
  const lines = [
    ...paragraph(
      'Offsets and lengths are in bytes; `rest` is everything up to the end. An offset that names a field adds the value of that field.',
    ),
    ...paragraph('The same layouts for Kaitai Struct:'),
    ...spec.layouts.filter(hasKaitai).flatMap((l) => item(`[${kaitaiFile(l)}](../kaitai/${kaitaiFile(l)})`)),
    ...(spec.layouts.every(hasKaitai)
      ? []
      : [
          '',
          ...paragraph(
            `Kaitai Struct has no equal of the integers in ${spec.layouts
              .filter((l) => !hasKaitai(l))
              .map((l) => code(l.layout))
              .join(', ')}.`,
          ),
        ]),
    '',
    ...spec.layouts.flatMap(layoutSection),
  ];
  return { title: `Wire layouts of ${spec.area}`, lines, from: `spec/${spec.area}/*/wire/`, revision: spec.revision };
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
