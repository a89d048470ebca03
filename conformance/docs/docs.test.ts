import { createRequire } from 'node:module';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../contract/paths.ts';
import { parseExpression } from '../spec/expression.ts';
import { definitionsOf, sourcesOf, updatesOf } from '../spec/machines.ts';
import type { AreaSpec, Machine, Operation } from '../spec/types.ts';
import { asRanges, firstSentence } from './area.ts';
import { anchorOf, areaPath, topicPath, type Kind } from './atlas.ts';
import { groupsOf, operationRemarks } from './comments.ts';
import { formatExpression } from './expressions.ts';
import { anchor, item, paragraph, plain, ROW_WIDTH_MAX, table } from './markdown.ts';
import { areasInOrder, compareDocs, DOCS_FOLDER, renderDocs, writeDocs } from './render.ts';
import { offsetsOf } from './wire.ts';

const root = packageRoot();
const areas = areasInOrder(root);
const rendered = renderDocs(root, areas);
const pages = [...rendered].filter(([name]) => name.endsWith('.md'));
const topicPages = areas.flatMap(({ area, topics }) => topics.map(({ topic }) => topicPath(area, topic)));
const [first = ''] = topicPages;

/** Lines of a page with their numbers, outside blocks of code. */
function proseLines(text: string): { line: string; at: number }[] {
  let isCode = false;
  return text.split('\n').flatMap((line, i) => {
    const isFence = /^\s*```/.test(line);
    if (isFence) isCode = !isCode;
    return isCode || isFence ? [] : [{ line, at: i + 1 }];
  });
}

/** Lines of blocks of code, without the margin of a list that they are in. */
function codeLines(text: string): { line: string; at: number }[] {
  const outside = new Set(proseLines(text).map(({ at }) => at));
  let margin = 0;
  return text.split('\n').flatMap((line, i) => {
    if (/^\s*```/.test(line)) margin = line.indexOf('`');
    return outside.has(i + 1) || /^\s*```/.test(line) ? [] : [{ line: line.slice(margin), at: i + 1 }];
  });
}

/** Every anchor of a page: those of its own, and those of its headings. */
function anchorsOf(text: string): Set<string> {
  const own = [...text.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id ?? '');
  return new Set([...own, ...proseLines(text).flatMap(({ line }) => (line.startsWith('#') ? [anchor(line.replace(/^#+ /, ''))] : []))]);
}

/** Links of a page that lead nowhere. */
function brokenLinks(name: string, text: string, anchors: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const outsideCode = proseLines(text)
    .map(({ line }) => line.replaceAll(/``.*?``|`[^`]*`/g, ''))
    .join('\n');
  return [...outsideCode.matchAll(/\]\(([^)\s]*)\)/g)].flatMap(([, link = '']) => {
    if (link.startsWith('https://')) return [];
    const [path = '', fragment] = link.split('#');
    const page = path === '' ? name : normalize(join(dirname(name), path));
    const known = anchors.get(page);
    if (known !== undefined) return fragment === undefined || known.has(fragment) ? [] : [`${name}: ${link}`];
    const file = join(root, DOCS_FOLDER, page);
    if (!existsSync(file)) return [`${name}: ${link}`];
    const [, line] = /^L(\d+)$/.exec(fragment ?? '') ?? [];
    if (line === undefined) return fragment === undefined || statSync(file).isDirectory() ? [] : [`${name}: ${link}`];
    return readFileSync(file, 'utf8').split('\n').length >= Number(line) ? [] : [`${name}: ${link}`];
  });
}

/** Rows of tables that are wider than a screen. */
function wideRows(text: string): string[] {
  return proseLines(text)
    .filter(({ line }) => line.startsWith('|') && plain(line).length > ROW_WIDTH_MAX + 4)
    .map(({ line, at }) => `${String(at)}: ${line}`);
}

describe('the generated files', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bottlepost-docs-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are the same bytes as those of another process, which are committed', () => {
    expect(compareDocs(join(root, DOCS_FOLDER), rendered)).toEqual([]);
  });
  it('are accepted when just written, and refused after one byte changed', () => {
    writeDocs(folder, rendered);
    expect(compareDocs(folder, rendered)).toEqual([]);
    const page = join(folder, first);
    writeFileSync(page, readFileSync(page, 'utf8').replace('headLength', 'headlength'));
    expect(compareDocs(folder, rendered)).toEqual([expect.stringMatching(/: line \d+ is stale; it must be: .*headLength/)]);
    writeDocs(folder, rendered);
    appendFileSync(page, '\n');
    expect(compareDocs(folder, rendered)).toHaveLength(1);
  });
  it('are refused when a file is missing or nothing generates it, and writing repairs both', () => {
    writeDocs(folder, rendered);
    rmSync(join(folder, 'adapter.md'));
    writeFileSync(join(folder, 'kaitai/old.md'), 'old');
    expect(compareDocs(folder, rendered)).toEqual(['adapter.md: missing', 'kaitai/old.md: nothing generates it']);
    writeDocs(folder, rendered);
    expect(compareDocs(folder, rendered)).toEqual([]);
  });
  it('say their revision and origin at the end', () => {
    for (const [name, text] of rendered)
      expect(text.trimEnd().split('\n').slice(-4).join(' '), name).toMatch(
        /Revision \S+.*generated from (?:spec|conformance\/spec)\/.*`npm run docs`/,
      );
  });
  it('hold Kaitai files that the Kaitai compiler accepts, imports included', async () => {
    const compiler = createRequire(import.meta.url)('kaitai-struct-compiler') as {
      compile(language: string, ksy: unknown, importer: { importYaml(name: string): Promise<unknown> }): Promise<Record<string, string>>;
    };
    const ksy = (name: string): unknown => parse(rendered.get(`kaitai/${name}.ksy`) ?? '');
    const names = [...rendered.keys()].filter((n) => n.startsWith('kaitai/')).map((n) => n.slice('kaitai/'.length, -'.ksy'.length));
    expect(names).toContain('e3x_chunk_stream');
    for (const name of names)
      expect(
        Object.keys(await compiler.compile('javascript', ksy(name), { importYaml: (wanted) => Promise.resolve(ksy(wanted)) })),
        name,
      ).not.toHaveLength(0);
  });
});

describe('the pages', () => {
  it('are one for each topic and area, the protocol adapter, the sources, the twins, and the index', () => {
    expect(pages.map(([name]) => name).sort()).toEqual(
      [
        'README.md',
        'adapter.md',
        'language.md',
        'sources.md',
        'twins.md',
        ...areas.map(({ area }) => areaPath(area)),
        ...topicPages,
      ].sort(),
    );
  });
  it('have an anchor for everything that has a name, on one page and once', () => {
    const found = pages.flatMap(([, text]) => [...text.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id));
    const counts = new Map<string | undefined, number>();
    for (const id of found) counts.set(id, (counts.get(id) ?? 0) + 1);
    const wanted = areas.flatMap((spec) => {
      const named: [Kind, string[]][] = [
        ['requirement', spec.requirements.map((r) => r.id)],
        ['operation', spec.operations.map((o) => o.operation)],
        ['layout', spec.layouts.map((l) => l.layout)],
        ['schema', spec.schemas.map((s) => String(s['$id']))],
        ['machine', spec.machines.map((m) => m.machine)],
        ['system', spec.systems.map((s) => s.system)],
        ['profile', spec.profiles.map((p) => p.profile)],
        ['derivation', spec.derivations.map((d) => d.derivation)],
        ['text', spec.texts.map((t) => t.text)],
      ];
      return named.flatMap(([kind, names]) => names.map((name) => anchorOf(kind, name)));
    });
    expect(wanted.filter((id) => counts.get(id) !== 1)).toEqual([]);
    expect([...counts].filter(([, count]) => count > 1)).toEqual([]);
  });
  it('link only to pages, anchors, files and lines that exist, and no link is broken by a line break', () => {
    const anchors = new Map(pages.map(([name, text]) => [name, anchorsOf(text)]));
    expect(pages.flatMap(([name, text]) => brokenLinks(name, text, anchors))).toEqual([]);
    expect(brokenLinks('README.md', '[a](nowhere.md) [b](#nothing) [c](../../package.json#L99999)', anchors)).toHaveLength(3);
    for (const [name, text] of pages)
      for (const { line, at } of proseLines(text)) {
        const rest = plain(line.replaceAll(/``.*?``|`[^`]*`/g, ''));
        expect(/\]\($|\[[^\]]*$|^[^[]*\]\(/.test(rest.replaceAll(/\[[^\]]*\]/g, '')), `${name}:${String(at)} ${line}`).toBe(false);
      }
  });
  it('lead to lines that name the clause', () => {
    const text = pages.map(([, page]) => page).join('\n');
    const [entry = ''] = /<a id="E3X-CHK-005">[^]*?(?=\n- )/.exec(text) ?? [];
    expect(entry).toMatch(/\[operations\.yaml:\d+\]/);
    for (const [, path = '', line = ''] of entry.matchAll(/\]\((?:\.\.\/)+((?:spec|reference)\/[^#)]*)#L(\d+)\)/g))
      expect(readFileSync(join(root, path), 'utf8').split('\n')[Number(line) - 1], path).toContain('E3X-CHK-005');
  });
  it('have no table that is wider than a screen, and no code', () => {
    for (const [name, text] of pages) {
      expect(wideRows(text), name).toEqual([]);
      // A pattern, bytes and a text cannot be broken; a diagram is drawn.
      const wide = codeLines(text).filter(
        ({ line }) => line.length > ROW_WIDTH_MAX && !/^\S+$|"pattern":|^\S+ --> |^'[^']*',?$|\S{80}/.test(line.trim()),
      );
      expect(wide, name).toEqual([]);
    }
    expect(wideRows(`| ${'a'.repeat(60)} | ${'b'.repeat(60)} |`)).toHaveLength(1);
  });
  it('have headings of words, the names of operations, derivations and texts aside', () => {
    for (const [name, text] of pages)
      for (const { line } of proseLines(text))
        if (line.startsWith('#')) expect(line, name).not.toMatch(/[A-Z0-9]{3}-[A-Z0-9]{3}-\d{3}|`|_/);
    const codes = areas.flatMap(({ machines, systems, layouts, schemas }) => [
      ...machines.map(({ machine }) => machine),
      ...systems.map(({ system }) => system),
      ...layouts.map(({ layout }) => layout),
      ...schemas.map((schema) => String(schema['$id'])),
    ]);
    const headings = new Set(pages.flatMap(([, text]) => proseLines(text).map(({ line }) => line)));
    expect(codes.filter((name) => headings.has(`### ${name}`))).toEqual([]);
  });
  it('keep integers exact', () => {
    const inexact: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) inexact.push(path);
      else if (typeof value === 'object' && value !== null)
        for (const [key, child] of Object.entries(value)) visit(child, `${path}/${key}`);
    };
    for (const spec of areas) visit({ ...spec, uses: [] }, spec.area);
    expect(inexact).toEqual([]);
    const text = pages.map(([, page]) => page).join('\n');
    expect(text).not.toMatch(/18446744073709552000|\d[eE]\+\d/);
    expect(text).toContain('18446744073709551615');
  });
  it('name topics in the order of the protocol', () => {
    for (const spec of areas) {
      const page = rendered.get(areaPath(spec.area)) ?? '';
      const places = spec.topics.map(({ topic }) => page.indexOf(`](${topic}.md)`));
      expect(places, spec.area).toEqual([...places].sort((a, b) => a - b));
      for (const topic of spec.topics)
        for (const before of topic.after) expect(spec.topics.findIndex((t) => t.topic === before)).toBeLessThan(spec.topics.indexOf(topic));
    }
    // An area comes after those that it uses.
    for (const [at, { uses }] of areas.entries()) for (const used of uses) expect(areas.indexOf(used)).toBeLessThan(at);
    const index = rendered.get('README.md') ?? '';
    const places = topicPages.map((page) => index.indexOf(`](${page})`));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
  it('have a heading for each group of requirements of a topic with several prefixes', () => {
    for (const topic of areas.flatMap(({ topics }) => topics).filter(({ prefixes }) => prefixes.length > 1)) {
      const groups = groupsOf(root, topic.folder);
      expect(
        groups.filter(({ heading, ids }) => heading === undefined || new Set(ids.map((id) => id.slice(0, 7))).size > 1),
        topic.topic,
      ).toEqual([]);
    }
  });
  it('count offsets by what precedes a field', () => {
    const layouts = areas.flatMap((spec) => spec.layouts);
    const offsets = (layout: string): string[] => offsetsOf(layouts.find((l) => l.layout === layout)?.fields ?? []);
    expect(offsets('e3x.packet')).toEqual(['0', '2', '2+headLength']);
    expect(offsets('e3x.outer-message')).toEqual(['0', '2', '3', '19']);
    expect(offsets('e3x.chunk-stream')).toEqual(['0', '?']);
  });
});

describe('operations', () => {
  it('say what each optional parameter of a session means, and what holds without it', () => {
    const silent = areas.flatMap(({ topics, operations }) =>
      topics.flatMap((topic) => {
        const remarks = operationRemarks(root, topic.folder);
        return operations
          .filter(({ operation, session }) => topic.operations.includes(operation) && session !== undefined && operation.endsWith('.open'))
          .flatMap(({ operation, params }) =>
            optional(params).filter(
              (name) =>
                ![name, name.replace(/\..*/, '')].some(
                  (said) => ![undefined, 'as above'].includes(remarks.get(operation)?.members.get(said)),
                ),
            ),
          );
      }),
    );
    expect(silent).toEqual([]);
  });
  it('have the remarks of the specification on their pages', () => {
    const page = rendered.get('e3x/channel.md') ?? '';
    expect(page).toMatch(/^- `window`: packets that each buffer holds; 50 if absent/m);
    expect(rendered.get('e3x/channel-table.md')).toMatch(/`limits\.skippedCount`.*16 if absent/);
    expect(rendered.get('nexus/link.md')).toContain('Events: { up, linkId, publicKey');
  });
  it('use types that the page of the adapter protocol explains', () => {
    const page = rendered.get('adapter.md') ?? '';
    for (const { operations } of areas)
      for (const { params, result } of operations)
        for (const { type } of [...Object.values(params), ...Object.values(result)]) expect(page).toContain(`| \`${type}\` | `);
  });
});

/** Names of optional parameters; of an object, those of its members. */
function optional(params: Operation['params'], prefix = ''): string[] {
  return Object.entries(params).flatMap(([name, { type, required, members }]) =>
    type === 'object' && members !== undefined ? optional(members, `${prefix}${name}.`) : required === true ? [] : [`${prefix}${name}`],
  );
}

describe('the trials of machines', () => {
  /** A machine whose trials say something else. */
  function triedOtherwise(machine: Machine): Machine {
    const configurations = machine.configurations.map(({ constants }, i) => ({
      name: `other-${String(i)}`,
      open: {},
      constants: Object.fromEntries(Object.keys(constants ?? {}).map((name) => [name, 0])),
      composedOnly: true,
    }));
    const events = Object.entries(machine.events).map(([name, { with: tried, unless, ...event }]) => {
      const parameters = Object.fromEntries(Object.keys(tried ?? {}).map((parameter) => [parameter, []]));
      return [name, { ...event, unless: `${unless ?? ''}false`, ...(tried === undefined ? {} : { with: parameters }) }];
    });
    return { ...machine, configurations, events: Object.fromEntries(events) as Machine['events'] };
  }
  function systemsOtherwise(spec: AreaSpec): AreaSpec['systems'] {
    return spec.systems.map((system) => ({
      ...system,
      bounds: { states: 1, depth: 1 },
      parts: Object.fromEntries(Object.entries(system.parts).map(([name, part]) => [name, { ...part, configuration: 'other' }])),
    }));
  }

  it('is not on their pages', () => {
    const otherwise = areas.map((spec) => ({ ...spec, machines: spec.machines.map(triedOtherwise), systems: systemsOtherwise(spec) }));
    expect([...renderDocs(root, otherwise)].filter(([name, text]) => rendered.get(name) !== text).map(([name]) => name)).toEqual([]);
    for (const page of topicPages)
      expect(rendered.get(page), page).not.toMatch(/composedOnly|\btrials\b(?!\.yaml)|\bunless:|\bconfigurations?:/);
  });
});

describe('diagrams', () => {
  // Mermaid cleans labels with a library that needs a browser; for parsing, nothing has to be cleaned.
  async function parser(): Promise<(text: string) => Promise<unknown>> {
    const { default: purify } = await import('dompurify');
    Object.assign(purify, { addHook: () => undefined, sanitize: (text: string) => text });
    const { default: mermaid } = await import('mermaid');
    return (text) => mermaid.parse(text);
  }
  const diagrams = pages.flatMap(([name, text]) =>
    [...text.matchAll(/```mermaid\n([^]*?)\n```/g)].map(([, diagram = '']) => ({ name, diagram })),
  );

  it('are there for every machine of several states', () => {
    expect(diagrams).toHaveLength(areas.flatMap(({ machines }) => machines.filter(({ states }) => states.length > 1)).length);
  });
  it('are accepted by Mermaid 11, and a broken one is found', async () => {
    const read = await parser();
    for (const { name, diagram } of diagrams) await expect(read(diagram), name).resolves.toMatchObject({ diagramType: 'stateDiagram' });
    await expect(read('stateDiagram-v2\n  [*] --> on\n  on --> state')).rejects.toThrow('Parse error');
    await expect(read((diagrams[0]?.diagram ?? '').replace('-->', '->'))).rejects.toThrow('Parse error');
  });
  it('have states and the names of events, one arrow for each pair', () => {
    for (const { name, diagram } of diagrams) {
      expect(diagram, name).not.toMatch(/\\n|-\d{3}\b/);
      const arrows = [...diagram.matchAll(/^ *(\S+ --> \S+?):/gm)].map(([, arrow]) => arrow);
      expect(arrows.length, name).toBeGreaterThan(0);
      expect(new Set(arrows).size, name).toBe(arrows.length);
    }
  });
});

describe('expressions', () => {
  const sources = areas.flatMap((spec) => [
    ...spec.functions.map(({ is }) => is),
    ...spec.machines.flatMap((machine) => [
      ...[...definitionsOf(machine).values()].map(String),
      ...machine.rows.flatMap((row) => [
        row.when ?? 'true',
        ...updatesOf(row).flatMap((update) => (typeof update === 'string' ? [] : Object.values(update).map(String))),
        ...sourcesOf(row.transmit),
        ...sourcesOf(row.emit),
      ]),
    ]),
  ]);

  it('mean the same over several lines', () => {
    expect(sources.length).toBeGreaterThan(1000);
    for (const source of new Set(sources))
      for (const width of [20, 96])
        expect(parseExpression(formatExpression(source, width).join('\n')), source).toEqual(parseExpression(source));
  });
  it('are broken if they have parts', () => {
    expect(formatExpression("if(state = 'open' and (a or not b), put(x, 'y', 1), none)", 24)).toEqual([
      'if(',
      "  state = 'open'",
      '  and (a or not b),',
      "  put(x, 'y', 1),",
      '  none',
      ')',
    ]);
    expect(formatExpression('a - (b - c) + [dddddddd, { e: 1 }]', 18)).toEqual([
      'a',
      '- (b - c)',
      '+ [',
      '    dddddddd,',
      '    { e: 1 }',
      '  ]',
    ]);
  });
});

describe('Markdown', () => {
  const link = '[a link with words that are many](page.md#anchor)';

  it('is not broken inside links and code', () => {
    for (let before = 1; before < 80; before++) {
      const text = `${'a '.repeat(before)}${link} \`code with blanks\` end`;
      expect(paragraph(text).filter((line) => line.includes(link))).toHaveLength(1);
      expect(paragraph(text).filter((line) => line.includes('`code with blanks`'))).toHaveLength(1);
    }
  });
  it('does not begin a line with what would be a list', () => {
    for (let before = 1; before < 80; before++)
      for (const line of item(`${'a '.repeat(before)}size - 1 is 2. # no heading`).slice(1)) expect(line).not.toMatch(/^\s*([-#]|2\.)/);
  });
  it('makes a list of a table that is too wide', () => {
    expect(table(['a', 'b'], [['1', '2']])).toEqual(['| a | b |', '| --- | --- |', '| 1 | 2 |', '']);
    expect(table(['a', 'b'], [['1', 'x'.repeat(120)]])[0]).toMatch(/^- 1; b:/);
  });
  it('takes first sentences and ranges', () => {
    expect(firstSentence('In interpeer-0.1, so. And so.')).toBe('In interpeer-0.1, so.');
    expect(asRanges(['A-001', 'A-002', 'A-003', 'A-005', 'A-006', 'B-007..009', 'B-010', 'C-*'])).toEqual([
      'A-001..003',
      'A-005',
      'A-006',
      'B-007..010',
      'C-*',
    ]);
  });
});
