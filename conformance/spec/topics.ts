/**
 * Topics: their order, and what holds an area's topics apart. Every prefix of ids belongs to one topic, every file to one
 * kind, and a topic cites only what comes before it.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { namesOf, parseExpression } from './expression.ts';
import type { AreaSpec, TopicSpec } from './types.ts';

/** What may be next to `area.yaml`. */
const AREA_FILES: readonly RegExp[] = [
  /^(area|rejects|profiles|functions|constants|derivations|texts)\.yaml$/,
  /^released\.txt$/,
  /^evidence\/[a-z0-9-]+\.(json|yaml)$/,
];
/** What may be next to `topic.yaml`. */
const TOPIC_FILES: readonly RegExp[] = [
  /^(topic|requirements|operations|functions|constants|derivations|texts|traces)\.yaml$/,
  /^released\.txt$/,
  /^wire\/[a-z0-9-]+\.wire\.yaml$/,
  /^json\/[a-z0-9-]+\.schema\.json$/,
  /^machines\/[a-z0-9-]+\.(machine|trials|system)\.yaml$/,
  /^models\/[a-z0-9-]+\.(qnt|itf\.json)$/,
  /^evidence\/[a-z0-9-]+\.(json|yaml)$/,
];
/** Members that speak to people. */
const PROSE = new Set(['title', 'summary', '$comment', 'description', 'why']);

/** Why topics have no order, and where it is said. */
export interface OrderFault {
  readonly topic: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The order of topics: each after those that it names, by the alphabet where several may be next. */
export function orderOf(
  heads: readonly Pick<TopicSpec, 'topic'>[] & readonly { readonly after?: readonly string[] }[],
): { readonly topics: readonly string[] } | OrderFault {
  const left = [...heads].sort((a, b) => (a.topic < b.topic ? -1 : 1));
  for (const { topic, after = [] } of left)
    for (const [i, name] of after.entries())
      if (!left.some((other) => other.topic === name)) return { topic, path: ['after', i], message: `there is no topic '${name}'` };
  const topics: string[] = [];
  while (left.length > 0) {
    const next = left.findIndex(({ after = [] }) => after.every((name) => topics.includes(name)));
    const [found] = next === -1 ? [] : left.splice(next, 1);
    if (found === undefined) {
      const circle = left.map(({ topic }) => topic);
      return { topic: circle[0] ?? '', path: ['after'], message: `comes after itself; the cycle is among ${circle.join(', ')}` };
    }
    topics.push(found.topic);
  }
  return { topics };
}

/** Every fault of an area's topics. */
export function topicFaults(root: string, spec: AreaSpec): string[] {
  return [...prefixFaults(spec), ...citedFaults(spec), ...strayFaults(root, spec)];
}

function prefixFaults(spec: AreaSpec): string[] {
  const faults: string[] = [];
  const owners = new Map<string, string>();
  for (const { topic, prefixes, requirements } of spec.topics) {
    for (const prefix of prefixes) {
      const owner = owners.get(prefix);
      if (owner !== undefined) faults.push(`prefix ${prefix}: belongs to topic ${owner} and to topic ${topic}`);
      owners.set(prefix, topic);
      if (!requirements.some((id) => id.startsWith(`${prefix}-`)))
        faults.push(`prefix ${prefix}: topic ${topic} has no requirement with it`);
    }
    for (const id of requirements)
      if (!prefixes.includes(id.slice(0, 7))) faults.push(`${id}: is in topic ${topic}, which has the prefixes ${prefixes.join(', ')}`);
  }
  return faults;
}

/** The names that a topic defines, by what messages call them. */
function namesIn(topic: TopicSpec): [kind: string, names: readonly string[]][] {
  return [
    ['requirement', topic.requirements],
    ['operation', topic.operations],
    ['function', topic.functions],
    ['derivation', topic.derivations],
    ['text', topic.texts],
    ['constant', topic.constants],
    ['layout', topic.layouts],
    ['schema', topic.schemas],
    ['machine', topic.machines],
    ['system', topic.systems],
  ];
}

/** Names of the spec's data that a value cites: requirement ids, dotted names, `constant.X`, and functions called. */
function citedIn(value: unknown): Set<string> {
  const cited = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === 'object' && node !== null) {
      for (const [key, child] of Object.entries(node)) if (!PROSE.has(key)) visit(child);
    } else if (typeof node === 'string') {
      for (const [id] of node.matchAll(/\b[A-Z0-9]{3}-[A-Z0-9]{3}-\d{3}\b/g)) cited.add(`requirement ${id}`);
      for (const [, name] of node.matchAll(/\bconstant\.([A-Z0-9_]+)/g)) cited.add(`constant ${name ?? ''}`);
      for (const [name] of node.matchAll(/[a-z0-9]+(\.[a-z0-9-]+)+/g))
        for (const kind of ['operation', 'derivation', 'text', 'layout', 'schema', 'machine']) cited.add(`${kind} ${name}`);
      for (const name of callsIn(node)) cited.add(`function ${name}`);
    }
  };
  visit(value);
  return cited;
}

function callsIn(text: string): Iterable<string> {
  try {
    return namesOf(parseExpression(text)).calls;
  } catch {
    return []; // a name or a pattern, not an expression
  }
}

/** A topic cites what it defines itself and what the topics before it define; a function next to `area.yaml` cites for who calls it. */
function citedFaults(spec: AreaSpec): string[] {
  const faults: string[] = [];
  const owners = new Map<string, string>();
  for (const topic of spec.topics)
    for (const [kind, names] of namesIn(topic))
      for (const name of names) {
        const owner = owners.get(`${kind} ${name}`);
        if (owner !== undefined) faults.push(`${kind} ${name}: belongs to topic ${owner} and to topic ${topic.topic}`);
        owners.set(`${kind} ${name}`, topic.topic);
      }
  const before = new Map<string, ReadonlySet<string>>();
  for (const { topic, after } of spec.topics) before.set(topic, new Set(after.flatMap((name) => [name, ...(before.get(name) ?? [])])));
  const shared = new Map(
    spec.functions.filter((f) => !owners.has(`function ${f.function}`)).map((f) => [`function ${f.function}`, citedIn(f.is)]),
  );
  const callers = new Map<string, Set<string>>([...shared.keys()].map((name) => [name, new Set()]));
  const cite = (topic: string, where: string, cited: ReadonlySet<string>): void => {
    for (const name of cited) {
      const owner = owners.get(name);
      if (owner !== undefined && owner !== topic && before.get(topic)?.has(owner) !== true)
        faults.push(`${where}: cites ${name} of topic ${owner}, which topic ${topic} does not come after`);
      const inner = shared.get(name);
      if (inner === undefined || callers.get(name)?.has(topic) === true) continue;
      callers.get(name)?.add(topic);
      cite(topic, `${where}, through ${name}`, inner);
    }
  };
  for (const [name, item] of itemsOf(spec)) {
    const topic = owners.get(name);
    if (topic !== undefined) cite(topic, name, citedIn(item));
  }
  for (const [name, topics] of callers)
    if (topics.size === 1) faults.push(`${name}: is next to area.yaml, but only topic ${[...topics].join('')} calls it`);
  return faults;
}

function itemsOf(spec: AreaSpec): [name: string, item: unknown][] {
  return [
    ...spec.operations.map((o): [string, unknown] => [`operation ${o.operation}`, o]),
    ...spec.functions.map((f): [string, unknown] => [`function ${f.function}`, f.is]),
    ...spec.derivations.map((d): [string, unknown] => [`derivation ${d.derivation}`, d]),
    ...spec.texts.map((t): [string, unknown] => [`text ${t.text}`, t]),
    ...Object.entries(spec.constants).map(([name, c]): [string, unknown] => [`constant ${name}`, c]),
    ...spec.layouts.map((l): [string, unknown] => [`layout ${l.layout}`, l]),
    ...spec.schemas.map((s): [string, unknown] => [`schema ${String(s['$id'])}`, s]),
    ...spec.machines.map((m): [string, unknown] => [`machine ${m.machine}`, m]),
    ...spec.systems.map((s): [string, unknown] => [`system ${s.system}`, s]),
  ];
}

/** Files below an area that no kind of file claims. */
function strayFaults(root: string, spec: AreaSpec): string[] {
  const folder = `spec/${spec.area}`;
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(join(root, folder).length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((file) => {
      const [first = '', ...rest] = file.split('/');
      const isOfTopic = spec.topics.some(({ topic }) => topic === first);
      return !(isOfTopic ? TOPIC_FILES : AREA_FILES).some((kind) => kind.test(isOfTopic ? rest.join('/') : file));
    })
    .sort()
    .map((file) => `${folder}/${file}: this is not the name of any kind of file expected here`);
}
