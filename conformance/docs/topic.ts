/** The page of a topic: everything that is said of one thing, in the order in which an implementer needs it. */
import { areaPath, topicPath } from './atlas.ts';
import { machinesSection } from './machines.ts';
import { paragraph, prose, sectionLink, type Page } from './markdown.ts';
import { operationsSection } from './operations.ts';
import { requirementsSection } from './requirements.ts';
import { schemasSection } from './schemas.ts';
import type { Scope } from './scope.ts';
import { valuesSections } from './values.ts';
import { wireSection } from './wire.ts';

/** The page of a topic. */
export function topicPage(scope: Scope): Page {
  const { root, spec, topic, links } = scope;
  const titled = (name: string): string => {
    const title = spec.topics.find((t) => t.topic === name)?.title ?? name;
    return `[${title}](${links.path(topicPath(spec.area, name))})`;
  };
  const sections = [
    ...requirementsSection(scope),
    ...wireSection(scope),
    ...schemasSection(scope),
    ...machinesSection(scope),
    ...operationsSection(scope),
    ...valuesSections({ root, folder: topic.folder, spec, links, names: topic, functionsTitle: 'Functions' }),
  ];
  const contents = sections.filter((line) => line.startsWith('## ')).map((line) => sectionLink(line.slice(3)));
  const at = spec.topics.findIndex((t) => t.topic === topic.topic);
  const [before, next] = [spec.topics[at - 1]?.topic, spec.topics[at + 1]?.topic];
  const lines = [
    ...paragraph(prose(topic.about)),
    ...paragraph(
      [
        `Part of [${spec.title}](${links.path(areaPath(spec.area))}).`,
        ...(topic.after.length === 0 ? [] : [`It builds on ${topic.after.map(titled).join(', ')}.`]),
        ...(topic.profiles.length === 0 ? [] : [`Profiles: ${topic.profiles.map((p) => links.to('profile', p.profile)).join(', ')}.`]),
      ].join(' '),
    ),
    ...paragraph(`On this page: ${contents.join(', ')}.`),
    ...sections,
    ...paragraph(
      [
        ...(before === undefined ? [] : [`Before this: ${titled(before)}.`]),
        ...(next === undefined ? [] : [`Next: ${titled(next)}.`]),
      ].join(' '),
    ),
  ];
  return { title: topic.title, lines, from: `${topic.folder}/, its vectors, and where the clauses are cited`, revision: spec.revision };
}
