/** The page of an area: its documents, its topics in order, and what belongs to no single topic. */
import { expandProfile } from '../spec/profiles.ts';
import type { AreaSpec, Profile, RejectClass } from '../spec/types.ts';
import { anchorOf, areaPath, documentName, topicPath, type Links } from './atlas.ts';
import { anchored, code, heading, item, paragraph, prose, sectionLink, table, type Page } from './markdown.ts';
import { valuesSections, type ValueNames } from './values.ts';

/** The first sentence of a text. */
export function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

/** The topics of an area, one item each. */
export function topicList(spec: AreaSpec, links: Links): string[] {
  return spec.topics.flatMap(({ topic, title, about }, i) =>
    item(`[${title}](${links.path(topicPath(spec.area, topic))}): ${prose(firstSentence(about))}`, 0, `${String(i + 1)}.`),
  );
}

/** Where a document is, with a link where its name is enough for one. */
function whereOf(where: string): string {
  const [, number] = /^RFC (\d+)$/.exec(where) ?? [];
  return number === undefined ? prose(where) : `[${where}](https://www.rfc-editor.org/rfc/rfc${number})`;
}

/** Names of the shared folder: those that no topic has. */
function sharedNames(spec: AreaSpec): ValueNames {
  const without = (kind: keyof ValueNames, names: readonly string[]): string[] =>
    names.filter((name) => !spec.topics.some((topic) => topic[kind].includes(name)));
  return {
    functions: without(
      'functions',
      spec.functions.map((f) => f.function),
    ),
    constants: without('constants', Object.keys(spec.constants)),
    transports: without('transports', Object.keys(spec.transports)),
    derivations: without(
      'derivations',
      spec.derivations.map((d) => d.derivation),
    ),
    texts: without(
      'texts',
      spec.texts.map((t) => t.text),
    ),
  };
}

/** Ids as they are claimed, each row of three or more as a range. */
export function asRanges(patterns: readonly string[]): string[] {
  const found: { prefix: string; first: string; last: string }[] = [];
  for (const pattern of patterns) {
    const [, prefix = pattern, first = '', last = first] = /^(.+-)(\d{3})(?:\.\.(\d{3}))?$/.exec(pattern) ?? [];
    const before = found.at(-1);
    if (before !== undefined && first !== '' && before.prefix === prefix && Number(before.last) + 1 === Number(first)) before.last = last;
    else found.push({ prefix, first, last });
  }
  return found.flatMap(({ prefix, first, last }) => {
    if (first === last) return [`${prefix}${first}`];
    return Number(last) === Number(first) + 1 ? [`${prefix}${first}`, `${prefix}${last}`] : [`${prefix}${first}..${last}`];
  });
}

function profileItem(spec: AreaSpec, links: Links, p: Profile): string[] {
  const { requirements, operations } = expandProfile(spec, p.profile);
  const claimed = (pattern: string): string => {
    const [first] = /^.*?-\d{3}/.exec(pattern) ?? [];
    return first === undefined ? code(pattern) : links.to('requirement', first, pattern);
  };
  return [
    ...item(
      `${anchored(anchorOf('profile', p.profile))}**${p.profile}**: ${prose(p.title)}. ` +
        `${String(requirements.size)} requirements, ${String(operations.size)} operations.`,
    ),
    ...(p.includes === undefined ? [] : item(`includes ${p.includes.map((name) => links.to('profile', name)).join(', ')}`, 1)),
    ...(p.requirements === undefined ? [] : item(`requirements ${asRanges(p.requirements).map(claimed).join(', ')}`, 1)),
    ...(p.operations === undefined ? [] : item(`operations ${p.operations.map((o) => links.to('operation', o)).join(', ')}`, 1)),
    ...(p.without === undefined
      ? []
      : item(
          `leaves out requests with ${Object.entries(p.without)
            .map(([parameter, values]) => `${code(parameter)} ${values.map((v) => code(v)).join(' or ')}`)
            .join(', or ')}`,
          1,
        )),
  ];
}

function classes(links: Links, list: readonly RejectClass[]): string[] {
  return list.flatMap((c) =>
    item(`${code(c.class)}: ${prose(c.means)}${c.reqs === undefined ? '' : ` ${c.reqs.map((id) => links.clause(id)).join(', ')}`}`),
  );
}

function rejectsSections(spec: AreaSpec, links: Links): string[] {
  const rules = Object.entries(spec.jsonRules);
  return [
    ...heading(2, 'Reject classes'),
    ...paragraph('How an input can be refused. The class is normative; the message text is not.'),
    ...classes(links, spec.rejects),
    '',
    ...(spec.jsonErrors.length === 0
      ? []
      : [
          ...heading(2, 'JSON errors'),
          ...paragraph('What accompanies the bytes of a packet whose head failed as JSON.'),
          ...classes(links, spec.jsonErrors),
          '',
        ]),
    ...(rules.length === 0
      ? []
      : [
          ...paragraph('The rules for reading JSON, in the order in which they are checked:'),
          ...table(
            ['rule', 'clause'],
            rules.map(([rule, id]) => [rule.replaceAll('-', ' '), links.clause(id)]),
          ),
        ]),
    ...(spec.discards.length === 0
      ? []
      : [
          ...heading(2, 'Discards'),
          ...paragraph('Why an assembly of chunks ended without a packet.'),
          ...classes(links, spec.discards),
          '',
        ]),
  ];
}

/** The page of an area. */
export function areaPage(root: string, spec: AreaSpec, links: Links): Page {
  const folder = `spec/${spec.area}`;
  const sections = [
    ...heading(2, 'Topics'),
    ...topicList(spec, links),
    '',
    ...heading(2, 'Documents'),
    ...Object.entries(spec.documents).flatMap(([name, d]) =>
      item(
        `${anchored(anchorOf('document', documentName(spec.area, name)))}${prose(d.title)}: ${whereOf(d.where)}, ${d.revision}` +
          (d.seedRevision === undefined ? '' : ` (the seed: ${d.seedRevision})`),
      ),
    ),
    '',
    ...valuesSections({ root, folder, spec, links, names: sharedNames(spec), functionsTitle: 'Shared functions' }),
    ...heading(2, 'Profiles'),
    ...paragraph('What an implementation can claim, in its answer to `hello` or with `--profile`. It must then have every operation.'),
    ...spec.profiles.flatMap((p) => profileItem(spec, links, p)),
    '',
    ...rejectsSections(spec, links),
  ];
  const contents = sections.filter((line) => line.startsWith('## ')).map((line) => sectionLink(line.slice(3)));
  const used = spec.uses.map((other) => `[${other.title}](${links.path(areaPath(other.area))})`);
  const lines = [
    ...paragraph(
      `${String(spec.requirements.length)} requirements in ${String(spec.topics.length)} topics.` +
        (used.length === 0 ? '' : ` It uses ${used.join(', ')}.`),
    ),
    ...paragraph(`On this page: ${contents.join(', ')}.`),
    ...sections,
  ];
  return { title: spec.title, lines, from: `${folder}/`, revision: spec.revision };
}
