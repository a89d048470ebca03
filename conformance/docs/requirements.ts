/** The requirements of a topic: level, text and source, and the places where each is decided, asked, done and broken. */
import type { Requirement } from '../spec/types.ts';
import { documentName } from './atlas.ts';
import { groupsOf } from './comments.ts';
import { anchored, heading, item, prose, words } from './markdown.ts';
import { named, type Scope } from './scope.ts';

/** Lines of one file that are linked; the rest is counted. */
const LINES_SHOWN_MAX = 3;

/** The requirements of a topic, in groups. */
export function requirementsSection(scope: Scope): string[] {
  const requirements = named(scope.spec.requirements, 'id', scope.topic.requirements);
  return [
    ...heading(2, 'Requirements'),
    ...groupsOf(scope.root, scope.topic.folder).flatMap((group) => [
      ...(group.heading === undefined ? [] : heading(3, words(group.heading))),
      ...named(requirements, 'id', group.ids).flatMap((r) => entry(scope, r)),
    ]),
  ];
}

function entry(scope: Scope, r: Requirement): string[] {
  const said = `${anchored(r.id)}**${r.id}** ${r.level}. ${prose(r.text)} (${sourceOf(scope, r)})`;
  const notes = [
    ...(r.note === undefined ? [] : [prose(`Note: ${r.note}`)]),
    ...(r.refusedAnyway === undefined ? [] : [prose(`Also refused by another clause: ${r.refusedAnyway}`)]),
    ...(r.silentAbout === undefined
      ? []
      : [prose(`The document says nothing of what is ${r.silentAbout.join(', ')} here: that is decided.`)]),
    ...(r.decided ?? []).map(({ part, decision }) => `Decided: “${prose(part)}” (${decisionOf(scope, decision)})`),
    ...(r.disposition === undefined ? [] : [prose(`No check of its own: ${r.disposition}`)]),
  ];
  const places = placesOf(scope, r.id);
  return [...item([said, ...notes, ...(places === '' ? [] : [`<sub>${places}</sub>`])].join('<br>\n')), ''];
}

function decisionOf({ links, adrs }: Scope, decision: string): string {
  const file = adrs.find((name) => name.startsWith(decision.replace('ADR-', '')));
  return file === undefined ? decision : links.file(`docs/adr/${file}`, decision);
}

function sourceOf(scope: Scope, { source }: Requirement): string {
  const { spec, links } = scope;
  if ('decision' in source) return decisionOf(scope, source.decision);
  const title = spec.documents[source.document]?.title;
  return title === undefined
    ? `${source.document}, ${prose(source.section)}`
    : `${links.to('document', documentName(spec.area, source.document), title)}, ${prose(source.section)}`;
}

/** Where a clause is in the other layers, in one line. */
function placesOf({ links, topic, whereabouts }: Scope, clause: string): string {
  const { decided, vectors, reference, mutants } = whereabouts(clause);
  const parts: [string, string[]][] = [
    ['Decided in', linkedLines(links, decided, topic.folder)],
    ['Vectors:', vectors.map(({ file, count }) => `${links.file(file, baseName(file).replace(/\.json$/, ''))} (${String(count)})`)],
    ['Reference:', linkedLines(links, reference, topic.folder.replace(/^spec/, 'reference'))],
    ['Mutants:', mutants.map(({ id, place }) => linkedPlace(links, place, id))],
  ];
  return parts.flatMap(([label, places]) => (places.length === 0 ? [] : [`${label} ${places.join(', ')}.`])).join(' ');
}

/** A link to `path:line`, or to a path. */
function linkedPlace(links: Scope['links'], place: string, text: string): string {
  const [, file = place, line] = /^(.*):(\d+)$/.exec(place) ?? [];
  return links.file(file, text, line === undefined ? undefined : Number(line));
}

/** Places as links, the lines of one file after its name, which is short for files of the topic itself. */
function linkedLines(links: Scope['links'], places: readonly string[], own: string): string[] {
  const files = new Map<string, number[]>();
  for (const place of places) {
    const [, file = place, line = '1'] = /^(.*):(\d+)$/.exec(place) ?? [];
    files.set(file, [...(files.get(file) ?? []), Number(line)]);
  }
  return [...files].map(([file, lines]) => {
    const name = file.startsWith(`${own}/`) ? baseName(file) : file.split('/').slice(-2).join('/');
    const shown = lines
      .slice(0, LINES_SHOWN_MAX)
      .map((line, i) => links.file(file, i === 0 ? `${name}:${String(line)}` : String(line), line));
    const more = lines.length - shown.length;
    return more > 0 ? `${shown.join(', ')} and ${String(more)} more` : shown.join(', ');
  });
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
