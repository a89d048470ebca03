/** Parsers that the Kaitai compiler writes from exported layouts. */
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { kaitaiName, toKaitai } from '../spec/kaitai.ts';
import type { Layout } from '../spec/types.ts';

const require = createRequire(import.meta.url);

/** What a parser reads, by field. */
export interface KaitaiParsed {
  readonly [field: string]: unknown;
}
type KaitaiParser = new (stream: unknown) => KaitaiParsed;

/** Compiles a layout with the Kaitai compiler and loads the parser it writes. */
export async function kaitaiParser(layout: Layout): Promise<(bytes: Uint8Array) => KaitaiParsed> {
  const compiler = require('kaitai-struct-compiler') as { compile(language: string, ksy: unknown): Promise<Record<string, string>> };
  const runtime = require('kaitai-struct/KaitaiStream') as new (bytes: ArrayBuffer | Uint8Array, offset: number) => unknown;
  const files = await compiler.compile('javascript', toKaitai(layout));
  const source = Object.values(files)[0] ?? '';
  const exported: Record<string, unknown> = {};
  runInNewContext(source, { exports: exported, module: { exports: exported }, require: () => runtime });
  const name = kaitaiName(layout.layout);
  const camel = name.replace(/(^|_)([a-z0-9])/g, (_, __, c: string) => c.toUpperCase());
  const found = (exported[camel] ?? Object.values(exported)[0]) as KaitaiParser | { [k: string]: KaitaiParser };
  const parser = typeof found === 'function' ? found : (Object.values(found)[0] as KaitaiParser);
  return (bytes) => new parser(new runtime(Uint8Array.from(bytes).buffer, 0));
}

/**
 * The parser of one of several layouts, which gives nothing for bytes that it refuses.
 *
 * @throws Error if no layout has that name
 */
export async function kaitaiReader(layouts: readonly Layout[], name: string): Promise<(bytes: Uint8Array) => KaitaiParsed | undefined> {
  const layout = layouts.find((each) => each.layout === name);
  if (layout === undefined) throw new Error(`the layout ${name} to confirm with is missing`);
  const parse = await kaitaiParser(layout);
  return (bytes) => {
    try {
      return parse(bytes);
    } catch {
      return undefined;
    }
  };
}
