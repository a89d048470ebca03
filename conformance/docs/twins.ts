/** The page of the twins: how many refused requests of the vectors have one, and why some have none. */
import { countTwins, TWIN_KINDS } from '../generate/twins/counts.ts';
import type { AreaSpec } from '../spec/types.ts';
import { NO_TWIN_REASONS, type NoTwinReason, type VectorFile } from '../vectors.ts';
import { topicPath, type Links } from './atlas.ts';
import { code, heading, item, paragraph, table, type Page } from './markdown.ts';

export const TWINS_PAGE = 'twins.md';

export function twinsPage(areas: readonly AreaSpec[], files: readonly VectorFile[], links: Links): Page {
  const titles = new Map<string, readonly [string, string]>(
    areas.flatMap(({ area, topics }) => topics.map((t) => [`${area}/${t.topic}`, [area, t.topic] as const] as const)),
  );
  const counts = countTwins(files).filter(({ refused }) => refused > 0);
  const named = (topic: string): string => {
    const [area, name] = titles.get(topic) ?? [];
    return area === undefined || name === undefined ? topic : `[${topic}](${links.path(topicPath(area, name))})`;
  };
  const lines = [
    ...paragraph(
      'Each refused request of the vectors has a twin: a request next to it that is accepted. [The guide to the vectors]' +
        '(../guides/vectors.md) says what the kinds mean. `other length` counts twins that differ in the length of a ' +
        'parameter, `not shown` requests that a specification without the deciding clause refuses as well.',
    ),
    ...table(
      ['topic', 'refused', ...TWIN_KINDS, 'other length', 'not shown'],
      counts.map(({ topic, refused, kinds, resized, unshown }) => [
        named(topic),
        ...[refused, ...TWIN_KINDS.map((kind) => kinds[kind]), resized, unshown].map(String),
      ]),
    ),
    ...heading(2, 'Without a twin'),
    ...(Object.entries(NO_TWIN_REASONS) as [NoTwinReason, string][]).flatMap(([reason, means]) => {
      const clauses = counts.flatMap((count) =>
        Object.entries(count.clauses).flatMap(([clause, { reasons }]) =>
          reasons[reason] === undefined ? [] : [`${links.clause(clause)} (${String(reasons[reason])})`],
        ),
      );
      return clauses.length === 0 ? [] : item(`${code(reason)}: ${means}. ${clauses.join(', ')}.`);
    }),
  ];
  return { title: 'Twins of refused requests', lines, from: 'spec/ and vectors/', revision: areas.map((a) => a.revision).join(', ') };
}
