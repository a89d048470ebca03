/**
 * The topic in every layer: `spec/<area>/<topic>/` says which topics there are; the other layers have folders of the same
 * names, and reach them through indexes that are written from the spec, so that types and lint see every import.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AreaSpec } from '../spec/types.ts';

const HEADER = "// Written by 'npm run index' from spec/; do not edit.";

type Topics = Pick<AreaSpec, 'area'> & { readonly topics: readonly { readonly topic: string }[] };

/** Every index by its path, as it must be. */
export function renderIndexes(root: string, areas: readonly Topics[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const area of areas) {
    files.set(`conformance/${area.area}/topics.ts`, suiteIndex(root, area));
    const reference = referenceIndex(root, area);
    if (reference !== undefined) files.set(`reference/${area.area}/index.ts`, reference);
  }
  files.set('harness/adapters/reference/topics.ts', adapterIndex(root, areas));
  return files;
}

/** Indexes that are not what the spec makes them. */
export function compareIndexes(root: string, indexes: ReadonlyMap<string, string>): string[] {
  return [...indexes].flatMap(([path, text]) => {
    const file = join(root, path);
    if (!existsSync(file)) return [`${path}: missing`];
    return readFileSync(file, 'utf8') === text ? [] : [`${path}: is not what spec/ generates`];
  });
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

const LINE_MAX = 140;

/** A list as the formatter leaves it: a single entry stays on its line if it fits. */
function listed(head: string, entries: readonly string[]): string[] {
  const line = `${head} [${entries.join(', ')}];`;
  return entries.length === 1 && line.length <= LINE_MAX ? [line] : [`${head} [`, ...entries.map((entry) => `  ${entry},`), '];'];
}

function suiteIndex(root: string, { area, topics }: Topics): string {
  const has = (topic: string, file: string): boolean => existsSync(join(root, 'conformance', area, topic, `${file}.ts`));
  const parts = (topic: string): string[] => ['properties', 'vectors'].filter((file) => has(topic, file));
  const imported = (topic: string, file: string): string => `${camelCase(topic)}${file === 'vectors' ? 'Vectors' : 'Properties'}`;
  const imports = [...topics]
    .map(({ topic }) => topic)
    .sort()
    .flatMap((topic) => parts(topic).map((file) => `import { ${file} as ${imported(topic, file)} } from './${topic}/${file}.ts';`));
  const entries = topics.map(({ topic }) => {
    const members = [...parts(topic)].reverse().map((file) => `, ${file}: ${imported(topic, file)}`);
    return `{ topic: '${topic}'${members.join('')} }`;
  });
  return `${[
    HEADER,
    "import type { TopicModule } from '../suites/modules.ts';",
    ...imports,
    '',
    ...listed('export const TOPICS: readonly TopicModule[] =', entries),
  ].join('\n')}\n`;
}

/** The index of the reference's topics; undefined if none has an index of its own yet. */
function referenceIndex(root: string, { area, topics }: Topics): string | undefined {
  const exported = topics.filter(({ topic }) => existsSync(join(root, 'reference', area, topic, 'index.ts')));
  if (exported.length === 0) return undefined;
  return `${[HEADER, ...exported.map(({ topic }) => `export * from './${topic}/index.ts';`)].join('\n')}\n`;
}

function adapterIndex(root: string, areas: readonly Topics[]): string {
  const found = areas.flatMap(({ area, topics }) =>
    topics
      .filter(({ topic }) => existsSync(join(root, 'harness/adapters/reference', area, `${topic}.ts`)))
      .map(({ topic }) => ({ area, topic, name: camelCase(`${area}-${topic}`) })),
  );
  const imports = found.map(({ area, topic, name }) => `import { operations as ${name} } from './${area}/${topic}.ts';`).sort();
  return `${[
    HEADER,
    "import type { AdapterTopic } from './adapter-topic.ts';",
    ...imports,
    '',
    ...listed(
      'export const TOPICS: readonly AdapterTopic[] =',
      found.map(({ area, topic, name }) => `{ area: '${area}', topic: '${topic}', operations: ${name} }`),
    ),
  ].join('\n')}\n`;
}

/** A layer in which each area has a folder, and each topic one in it. */
interface Floor {
  readonly folder: string;
  /** Whether a topic is a file of its name instead of a folder. */
  readonly isFile?: boolean;
  /** Whether every topic must be there. */
  readonly isWhole: boolean;
}

const FLOORS: readonly Floor[] = [
  { folder: 'conformance', isWhole: true },
  { folder: 'vectors', isWhole: true },
  { folder: 'reference', isWhole: true },
  { folder: 'harness/adapters/reference', isFile: true, isWhole: true },
];

/** Where a layer has a topic that the spec does not know, or lacks one that it knows. */
export function floorFaults(root: string, areas: readonly Topics[]): string[] {
  return areas.flatMap(({ area, topics }) => {
    const known = topics.map(({ topic }) => topic);
    return FLOORS.flatMap(({ folder, isFile = false, isWhole }) => {
      const path = join(root, folder, area);
      if (!existsSync(path)) return [`${folder}/${area}: missing; the area has topics in spec/${area}/`];
      const found = readdirSync(path, { withFileTypes: true })
        .filter((entry) => (isFile ? entry.isFile() && /^[a-z0-9-]+\.ts$/.test(entry.name) : entry.isDirectory()))
        .map(({ name }) => (isFile ? name.slice(0, -'.ts'.length) : name));
      return [
        ...found
          .filter((name) => !known.includes(name))
          .map((name) => `${folder}/${area}/${name}: spec/${area}/ has no topic with this name`),
        ...known
          .filter((name) => isWhole && !found.includes(name))
          .map((name) => `${folder}/${area}/${name}: missing; spec/${area}/${name}/ is a topic`),
      ];
    });
  });
}

/** Folders of the machinery: whatever works for every area. */
const MACHINERY: readonly string[] = [
  'conformance/contract',
  'conformance/spec',
  'conformance/oracle',
  'conformance/generate',
  'conformance/suites',
  'conformance/mutants',
  'conformance/explore',
  'conformance/coverage',
  'conformance/cross',
  'conformance/docs',
  'harness/core',
  'harness/report',
];

/** Where the machinery names an area, or a clause of one; tests may. */
export function namedAreas(root: string, areas: readonly Pick<AreaSpec, 'area' | 'requirements'>[]): string[] {
  const prefixes = new Set(areas.flatMap(({ requirements }) => requirements.map(({ id }) => id.split('-')[0] ?? '')));
  const named = new RegExp(
    `\\b(${[...areas.map(({ area }) => area), ...[...prefixes].map((prefix) => `${prefix}-[A-Z0-9]{3}`)].join('|')})\\b`,
    'i',
  );
  return MACHINERY.flatMap((folder) =>
    (readdirSync(join(root, folder), { recursive: true }) as string[])
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) =>
        readFileSync(join(root, folder, file), 'utf8')
          .split('\n')
          .flatMap((line, i) => {
            const [, name] = named.exec(line) ?? [];
            return name === undefined ? [] : [`${folder}/${file}:${String(i + 1)} names ${name}`];
          }),
      ),
  );
}

type Ordered = Pick<AreaSpec, 'area'> & {
  readonly topics: readonly { readonly topic: string; readonly after: readonly string[] }[];
  readonly uses: readonly Pick<AreaSpec, 'area'>[];
};

/** A topic of an area, as a file is in it. */
interface Place {
  readonly area: Ordered;
  readonly topic: string;
}

/**
 * Imports between topics that run against their order: a topic may import those that it comes after, and areas that its own uses.
 * Types count. Files that an area's topics share are no way around it: importing one imports its topics.
 */
export function importFaults(root: string, areas: readonly Ordered[]): string[] {
  const before = new Map<string, ReadonlySet<string>>();
  for (const { area, topics } of areas)
    for (const { topic, after } of topics)
      before.set(`${area}/${topic}`, new Set(after.flatMap((name) => [name, ...(before.get(`${area}/${name}`) ?? [])])));
  const isAllowed = (from: Place, to: Place): boolean =>
    from.area.area === to.area.area
      ? from.topic === to.topic || before.get(`${from.area.area}/${from.topic}`)?.has(to.topic) === true
      : from.area.uses.some(({ area }) => area === to.area.area);
  return sourceFiles(root, areas).flatMap((file) => {
    const from = placeOf(file, areas);
    if (from === undefined) return [];
    return importsOf(root, file).flatMap((path) =>
      topicsBehind(root, path, areas)
        .filter(({ place }) => !isAllowed(from, place))
        .map(({ place, through }) => {
          const detour = through.length === 0 ? '' : ` through ${through.join(', ')}`;
          return `${file}: imports ${place.area.area}/${place.topic}${detour}, which ${from.topic} does not come after`;
        }),
    );
  });
}

/** The files of areas on every floor, tests aside: what a test puts together is its own affair. */
function sourceFiles(root: string, areas: readonly Ordered[]): string[] {
  return areas
    .flatMap(({ area }) => FLOORS.map(({ folder }) => `${folder}/${area}`))
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => (readdirSync(join(root, folder), { recursive: true }) as string[]).map((file) => `${folder}/${file}`))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
}

/** The topic that a file is in; undefined if it is in none. */
function placeOf(path: string, areas: readonly Ordered[]): Place | undefined {
  for (const { folder } of FLOORS) {
    const [, name, topic] = new RegExp(`^${folder}/([a-z0-9]+)/([a-z0-9-]+)(?:/|\\.ts$)`).exec(path) ?? [];
    const area = areas.find((candidate) => candidate.area === name);
    if (topic !== undefined && area?.topics.some((known) => known.topic === topic) === true) return { area, topic };
  }
  return undefined;
}

/** What a file imports of ours, as paths below the root. */
function importsOf(root: string, file: string): string[] {
  const imports = readFileSync(join(root, file), 'utf8').matchAll(/(?: from |\bimport[ (])'(\.[^']+)'/g);
  return [...imports].map(([, path = '']) => join(file, '..', path));
}

/** The topics that come with an import: the one it leads to, or those that a file shared by topics of an area imports in turn. */
function topicsBehind(
  root: string,
  path: string,
  areas: readonly Ordered[],
  through: readonly string[] = [],
): { readonly place: Place; readonly through: readonly string[] }[] {
  const place = placeOf(path, areas);
  if (place !== undefined) return [{ place, through }];
  const isShared = areas.some(({ area }) => FLOORS.some(({ folder }) => path.startsWith(`${folder}/${area}/`)));
  if (!isShared || through.includes(path) || !existsSync(join(root, path))) return [];
  return importsOf(root, path).flatMap((next) => topicsBehind(root, next, areas, [...through, path]));
}
