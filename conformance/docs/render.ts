/**
 * The generated part of `docs/`: every page below `docs/spec/`, made from the data in `spec/`, the committed vectors, the
 * mutants and the lines of the reference that cite clauses, and from nothing else, so that the same data gives the same bytes.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { whereaboutsIn } from '../coverage/whereabouts.ts';
import { hasKaitai } from '../spec/kaitai.ts';
import { SpecReader } from '../spec/loader.ts';
import type { AreaSpec } from '../spec/types.ts';
import { readVectors } from '../vectors.ts';
import { ADAPTER_PAGE, adapterPage, placeAdapter } from './adapter.ts';
import { areaPage, topicList } from './area.ts';
import { areaPath, Atlas, Links, topicPath } from './atlas.ts';
import { LANGUAGE_PAGE, languagePage, placeLanguage } from './language.ts';
import { formatPage, heading, item, paragraph, type Page } from './markdown.ts';
import { readSources } from '../spec/sources.ts';
import { SOURCES_PAGE, sourcesPage } from './sources.ts';
import { topicPage } from './topic.ts';
import { TWINS_PAGE, twinsPage } from './twins.ts';
import { kaitaiFile, kaitaiText } from './wire.ts';

/** Folder of the generated pages, below the root. */
export const DOCS_FOLDER = 'docs/spec';
const INDEX_PAGE = 'README.md';

/** Every area, those first that others use. */
export function areasInOrder(root: string): AreaSpec[] {
  const reader = new SpecReader(root);
  const ordered: AreaSpec[] = [];
  const take = (spec: AreaSpec): void => {
    if (ordered.includes(spec)) return;
    spec.uses.forEach(take);
    ordered.push(spec);
  };
  reader.areas().forEach((area) => take(reader.area(area)));
  return ordered;
}

/** Every generated file by its path below `docs/spec/`, as it must be. */
export function renderDocs(root: string, areas: readonly AreaSpec[] = areasInOrder(root)): Map<string, string> {
  const adrs = existsSync(join(root, 'docs/adr')) ? readdirSync(join(root, 'docs/adr')).sort() : [];
  const files = readVectors(root).files;
  const atlas = new Atlas(areas);
  placeAdapter(root, atlas);
  placeLanguage(atlas);
  const rendered = new Map<string, string>();
  for (const spec of areas) {
    const vectors = files.filter((f) => f.area === spec.area);
    const whereabouts = whereaboutsIn(root, spec, files);
    rendered.set(areaPath(spec.area), formatPage(areaPage(root, spec, new Links(atlas, areaPath(spec.area)))));
    for (const topic of spec.topics) {
      const page = topicPath(spec.area, topic.topic);
      rendered.set(page, formatPage(topicPage({ root, spec, topic, links: new Links(atlas, page), vectors, whereabouts, adrs })));
    }
    for (const layout of spec.layouts.filter(hasKaitai)) rendered.set(`kaitai/${kaitaiFile(layout)}`, kaitaiText(spec, layout));
  }
  rendered.set(ADAPTER_PAGE, formatPage(adapterPage(root, new Links(atlas, ADAPTER_PAGE))));
  rendered.set(LANGUAGE_PAGE, formatPage(languagePage(areas.map((a) => a.revision).join(', '))));
  rendered.set(TWINS_PAGE, formatPage(twinsPage(areas, files, new Links(atlas, TWINS_PAGE))));
  const sources = readSources(new SpecReader(root), areas);
  rendered.set(SOURCES_PAGE, formatPage(sourcesPage(sources, areas, adrs, new Links(atlas, SOURCES_PAGE))));
  rendered.set(INDEX_PAGE, formatPage(indexPage(areas, new Links(atlas, INDEX_PAGE))));
  return rendered;
}

function indexPage(areas: readonly AreaSpec[], links: Links): Page {
  const lines = [
    ...paragraph(
      'The specification, rendered from the data that also drives vectors, oracle and checks: one page per topic, in the ' +
        'order in which they build on each other.',
    ),
    ...areas.flatMap((spec) => [
      ...heading(2, spec.title),
      ...paragraph(`[Documents, profiles and reject classes](${links.path(areaPath(spec.area))}); and the topics:`),
      ...topicList(spec, links),
      '',
    ]),
    ...heading(2, 'For every area'),
    ...item(`[The adapter protocol](${links.path(ADAPTER_PAGE)}): what an adapter and the bench owe each other`),
    ...item(`[The language](${links.path(LANGUAGE_PAGE)}): operators, functions and types of fields that every page uses`),
    ...item(`[Sources](${links.path(SOURCES_PAGE)}): every sentence of the texts it started from, and what carries it`),
    ...item(`[Twins](${links.path(TWINS_PAGE)}): what is accepted next to each refused request`),
    ...item('[`kaitai/`](kaitai): the byte layouts for Kaitai Struct'),
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
