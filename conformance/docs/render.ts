/**
 * The generated part of `docs/`: every page below `docs/spec/`, made from the data in `spec/` and the committed
 * vectors and from nothing else, so that the same data gives the same bytes.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SpecReader } from '../spec/loader.ts';
import type { AreaSpec } from '../spec/types.ts';
import { readVectors, type Vector } from '../vectors.ts';
import { adapterPage } from './adapter.ts';
import { machinesPage } from './machines.ts';
import { formatPage, item, paragraph, table, type Page } from './markdown.ts';
import { operationsPage } from './operations.ts';
import { requirementsPage } from './requirements.ts';
import { hasKaitai } from '../spec/kaitai.ts';
import { constantsPage, profilesPage, rejectsPage } from './vocabulary.ts';
import { kaitaiFile, kaitaiText, wirePage } from './wire.ts';

/** Folder of the generated pages, below the root. */
export const DOCS_FOLDER = 'docs/spec';

/** Every generated file by its path below `docs/spec/`, as it must be. */
export function renderDocs(root: string): Map<string, string> {
  const reader = new SpecReader(root);
  const adrs = existsSync(join(root, 'docs/adr')) ? readdirSync(join(root, 'docs/adr')).sort() : [];
  const files = readVectors(root).files;
  const rendered = new Map<string, string>();
  const areas = reader.areas().map((area) => reader.area(area));
  for (const spec of areas) {
    const vectors = files.filter((f) => f.area === spec.area).flatMap((f) => f.vectors);
    for (const [name, page] of Object.entries(areaPages(root, spec, vectors, adrs)))
      rendered.set(`${spec.area}/${name}.md`, formatPage(page));
    for (const layout of spec.layouts.filter(hasKaitai)) rendered.set(`kaitai/${kaitaiFile(layout)}`, kaitaiText(spec, layout));
  }
  rendered.set('adapter.md', formatPage(adapterPage(root)));
  rendered.set('README.md', formatPage(indexPage(areas)));
  return rendered;
}

function areaPages(root: string, spec: AreaSpec, vectors: readonly Vector[], adrs: readonly string[]): { readonly [name: string]: Page } {
  return {
    requirements: requirementsPage({ root, spec, vectors, adrs }),
    wire: wirePage(spec),
    operations: operationsPage(spec, vectors),
    machines: machinesPage(spec),
    rejects: rejectsPage(spec),
    profiles: profilesPage(spec),
    constants: constantsPage(spec),
  };
}

function indexPage(areas: readonly AreaSpec[]): Page {
  const lines = [
    ...paragraph('The specification as pages, written from the data that vectors, oracle and checks are made from.'),
    ...areas.flatMap((spec) => [
      `## ${spec.area}`,
      '',
      ...table(
        ['page', 'holds'],
        [
          [`[requirements](${spec.area}/requirements.md)`, `${String(spec.requirements.length)} requirements with their sources`],
          [`[wire](${spec.area}/wire.md)`, `${String(spec.layouts.length)} byte layouts`],
          [`[operations](${spec.area}/operations.md)`, `${String(spec.operations.length)} operations with their models`],
          [`[machines](${spec.area}/machines.md)`, `${String(spec.machines.length)} machines and ${String(spec.systems.length)} systems`],
          [
            `[rejects](${spec.area}/rejects.md)`,
            `${String(spec.rejects.length)} reject classes, ` +
              `${String(spec.jsonErrors.length)} JSON errors, ${String(spec.discards.length)} discards`,
          ],
          [`[profiles](${spec.area}/profiles.md)`, `${String(spec.profiles.length)} profiles`],
          [`[constants](${spec.area}/constants.md)`, 'constants, transports, derivations, texts'],
        ],
      ),
    ]),
    '## For every area',
    '',
    ...item('[adapter protocol](adapter.md): what an adapter and the bench owe each other'),
    ...item('`kaitai/`: the byte layouts for Kaitai Struct'),
  ];
  return { title: 'Specification', lines, from: 'spec/', revision: areas.map((a) => a.revision).join(', ') };
}

function present(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) =>
      join(e.parentPath, e.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

/** Differences between the generated files and those in a folder; empty when every byte is right. */
export function compareDocs(folder: string, rendered: ReadonlyMap<string, string>): string[] {
  const faults: string[] = [];
  for (const [name, text] of rendered) {
    const path = join(folder, name);
    if (!existsSync(path)) {
      faults.push(`${name}: missing`);
      continue;
    }
    const have = readFileSync(path, 'utf8');
    if (have === text) continue;
    const [is, should] = [have.split('\n'), text.split('\n')];
    const line = Array.from({ length: Math.max(is.length, should.length) }).findIndex((_, i) => is[i] !== should[i]);
    faults.push(`${name}: line ${String(line + 1)} is stale; it must be: ${(should[line] ?? '(nothing)').slice(0, 100)}`);
  }
  for (const name of present(folder)) if (!rendered.has(name)) faults.push(`${name}: nothing generates it`);
  return faults;
}

/** Writes the files into a folder and removes what nothing generates any more. */
export function writeDocs(folder: string, rendered: ReadonlyMap<string, string>): void {
  for (const name of present(folder)) if (!rendered.has(name)) rmSync(join(folder, name));
  for (const [name, text] of rendered) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
