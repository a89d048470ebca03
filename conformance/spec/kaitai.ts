/** Exports a layout as a Kaitai Struct specification (`.ksy`), for other tools and as a second oracle of ours. */
import type { Layout } from './types.ts';

const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
const KAITAI_TYPE: { readonly [type: string]: string } = {
  u8: 'u1',
  u16be: 'u2be',
  u16le: 'u2le',
  u32be: 'u4be',
  u32le: 'u4le',
  u64be: 'u8be',
  u64le: 'u8le',
};

/** Name of the Kaitai type of a layout, with underscores for dots and dashes. */
export function kaitaiName(layout: string): string {
  return snake(layout.replace(/[.-]/g, '_'));
}

/** Whether Kaitai has an equal of every field: it has none of varints and 24-bit integers. */
export function hasKaitai(layout: Layout): boolean {
  return layout.fields.every((field) => ['bytes', 'layout', 'repeat'].includes(field.type) || KAITAI_TYPE[field.type] !== undefined);
}

/**
 * The `.ksy` document of a layout.
 * @throws Error where Kaitai has no equal (varints, 24-bit integers)
 */
export function toKaitai(layout: Layout): Record<string, unknown> {
  return {
    meta: { id: kaitaiName(layout.layout), title: layout.title, endian: 'be' },
    doc: `Generated from the wire layout ${layout.layout} (${layout.req}).`,
    seq: layout.fields.map((field) => {
      const entry: Record<string, unknown> = { id: snake(field.name) };
      if (field.type === 'bytes') {
        if (field.length === 'rest') entry['size-eos'] = true;
        else entry['size'] = typeof field.length === 'number' ? field.length : snake(field.length ?? '');
        return entry;
      }
      if (field.type === 'layout' || field.type === 'repeat') {
        entry['type'] = kaitaiName(field.layout ?? '');
        if (field.type === 'repeat')
          Object.assign(entry, field.until === 'end' ? { repeat: 'eos' } : { 'repeat': 'expr', 'repeat-expr': snake(field.count ?? '') });
        return entry;
      }
      const type = KAITAI_TYPE[field.type];
      if (type === undefined) throw new Error(`Kaitai has no ${field.type} (${layout.layout}.${field.name})`);
      entry['type'] = type;
      if (field.const !== undefined) entry['valid'] = { eq: Number(field.const) };
      else if (field.minimum !== undefined) entry['valid'] = { min: Number(field.minimum) };
      return entry;
    }),
  };
}
