/** What comments in the spec's files tell readers; the loader does not keep them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument, type Document, type Node, type YAMLMap } from 'yaml';

/** A group of requirements, with the words above it. */
export interface Group {
  readonly heading: string | undefined;
  readonly ids: readonly string[];
}

/** A machine or a system: its file, what is said at its head, and what is said of each variable. */
export interface Remarks {
  readonly file: string;
  readonly about: string | undefined;
  readonly variables: ReadonlyMap<string, string>;
}

const RULED = /^\s*-{4,}\s*(.+?)\s*$/m;

function read(root: string, file: string): Document | undefined {
  return existsSync(join(root, file)) ? parseDocument(readFileSync(join(root, file), 'utf8')) : undefined;
}

/** The requirements of a topic in groups: each begins where a comment of the form `# ---- words` is above a requirement. */
export function groupsOf(root: string, folder: string): Group[] {
  const list = read(root, `${folder}/requirements.yaml`)?.get('requirements', true);
  if (!isSeq(list)) return [];
  const groups: { heading: string | undefined; ids: string[] }[] = [];
  for (const [i, entry] of list.items.entries()) {
    if (!isMap(entry)) continue;
    const above = `${i === 0 ? (list.commentBefore ?? '') : ''}\n${entry.commentBefore ?? ''}`;
    const [, words] = RULED.exec(above) ?? [];
    if (words !== undefined || groups.length === 0) groups.push({ heading: words, ids: [] });
    groups.at(-1)?.ids.push(String(entry.get('id')));
  }
  return groups;
}

/** Remarks on the machines and systems of a topic, by their names. */
export function remarksOf(root: string, folder: string): Map<string, Remarks> {
  const machines = `${folder}/machines`;
  if (!existsSync(join(root, machines))) return new Map();
  return new Map(
    readdirSync(join(root, machines))
      .filter((name) => /\.(machine|system)\.yaml$/.test(name))
      .sort()
      .flatMap((name) => {
        const file = `${machines}/${name}`;
        const document = read(root, file);
        const top = document?.contents;
        if (document === undefined || !isMap(top)) return [];
        const remarks = { file, about: joinedComment(document.commentBefore ?? top.commentBefore), variables: variablesOf(top) };
        return [[String(top.get('machine') ?? top.get('system')), remarks] as const];
      }),
  );
}

function variablesOf(machine: YAMLMap): Map<string, string> {
  const variables = machine.get('variables', true);
  if (!isMap(variables)) return new Map();
  return new Map(
    variables.items.flatMap(({ key, value }) => {
      const comment = isNode(value) ? joinedComment(value.comment) : undefined;
      return comment === undefined || !isScalar(key) ? [] : [[String(key.value), comment] as const];
    }),
  );
}

function joinedComment(comment: string | null | undefined): string | undefined {
  const text = (comment ?? '')
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .trim();
  return text === '' ? undefined : text;
}

/** What is said of an operation, and of each of its parameters and results. */
export interface OperationRemarks {
  readonly about: string | undefined;
  readonly members: ReadonlyMap<string, string>;
}

/** Remarks on the operations of a topic, by their names: above an operation, and above a member or next to it. */
export function operationRemarks(root: string, folder: string): Map<string, OperationRemarks> {
  const document = read(root, `${folder}/operations.yaml`);
  const list = document?.get('operations', true);
  if (document === undefined || !isSeq(list)) return new Map();
  return new Map(
    list.items.flatMap((entry, i) => {
      if (!isMap(entry)) return [];
      const members = ['params', 'result'].flatMap((part) => membersOf(document, entry.get(part, true)));
      return [[String(entry.get('operation')), { about: remarkAbove(list, entry, i), members: new Map(members) }] as const];
    }),
  );
}

/** Remarks by name; those on the members of a parameter as `limits.channelCount`. */
function membersOf(document: Document, node: unknown, prefix = ''): (readonly [string, string])[] {
  const map = isAlias(node) ? node.resolve(document) : node;
  if (!isMap(map)) return [];
  return map.items.flatMap(({ key, value }, i) => {
    if (!isScalar(key)) return [];
    const name = `${prefix}${String(key.value)}`;
    const above = `${i === 0 ? (map.commentBefore ?? '') : ''}\n${key.commentBefore ?? ''}`;
    const comment = joinedComment(`${above}\n${isNode(value) ? (value.comment ?? '') : ''}`);
    const inner = isMap(value) ? membersOf(document, value.get('members', true), `${name}.`) : [];
    return comment === undefined ? inner : [[name, comment] as const, ...inner];
  });
}

/** What is said above an item of a list, without the heading of a group. */
function remarkAbove(list: Node, entry: Node, index: number): string | undefined {
  const above = `${index === 0 ? (list.commentBefore ?? '') : ''}\n${entry.commentBefore ?? ''}`;
  return joinedComment(
    above
      .split('\n')
      .filter((line) => !/^\s*-{4,}/.test(line))
      .join('\n'),
  );
}

/** What is said of each function of a folder, next to its name or above it. */
export function functionRemarks(root: string, folder: string): Map<string, string> {
  const list = read(root, `${folder}/functions.yaml`)?.get('functions', true);
  if (!isSeq(list)) return new Map();
  return new Map(
    list.items.flatMap((entry, i) => {
      if (!isMap(entry)) return [];
      const name: unknown = entry.get('function', true);
      if (!isScalar(name)) return [];
      const comment = joinedComment(`${remarkAbove(list, entry, i) ?? ''}\n${name.comment ?? ''}`);
      return comment === undefined ? [] : [[String(name.value), comment] as const];
    }),
  );
}
