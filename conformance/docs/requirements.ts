/** The page of requirements: every clause with its source, how it is verified, and where the data cites it. */
import { citationsIn } from '../spec/complete.ts';
import type { AreaSpec, Requirement } from '../spec/types.ts';
import type { Vector } from '../vectors.ts';
import { code, item, link, paragraph, type Page } from './markdown.ts';

/** Title of the topic of a requirement. */
export function topicOf(spec: Pick<AreaSpec, 'topics'>, id: string): string {
  return spec.topics.find(({ requirements }) => requirements.includes(id))?.title ?? id;
}

/** Everything a page of requirements is made of. */
export interface RequirementsInput {
  readonly root: string;
  readonly spec: AreaSpec;
  readonly vectors: readonly Vector[];
  /** File names in docs/adr/. */
  readonly adrs: readonly string[];
}

/** The page of requirements of an area, by topic. */
export function requirementsPage(input: RequirementsInput): Page {
  const { spec } = input;
  const topics = [...new Set(spec.requirements.map((r) => topicOf(spec, r.id)))];
  const cited = citationsIn(input.root, spec.area);
  const lines = [
    ...paragraph(`${String(spec.requirements.length)} requirements. An id is never changed and never used for something else.`),
    ...topics.map((topic) => `- ${link(topic)} (${String(spec.requirements.filter((r) => topicOf(spec, r.id) === topic).length)})`),
    '',
    ...topics.flatMap((topic) => [
      `## ${topic}`,
      '',
      ...spec.requirements
        .filter((r) => topicOf(spec, r.id) === topic)
        .flatMap((r) => entry(input, r, [...(cited.get(r.id) ?? [])].sort())),
    ]),
    '## Sources',
    '',
    ...Object.values(spec.documents).flatMap((d) => item(`${d.title}: ${d.where}`)),
  ];
  return {
    title: `Requirements of ${spec.area}`,
    lines,
    from: `spec/${spec.area}/*/requirements.yaml and vectors/`,
    revision: spec.revision,
  };
}

function entry({ spec, vectors, adrs }: RequirementsInput, r: Requirement, files: readonly string[]): string[] {
  const lines = [`### ${r.id}`, '', ...paragraph(`**${r.level}.** ${r.text}`), ...item(`Source: ${sourceOf(spec, adrs, r)}`)];
  const about = vectors.filter((v) => v.requirement === r.id);
  const decided = vectors.filter((v) => v.requirement !== r.id && v.steps.some((s) => s.requirement === r.id));
  const operations = [
    ...new Set(
      [...about, ...decided].flatMap((v) =>
        v.steps.filter((s) => s.requirement === r.id || v.requirement === r.id).map((s) => s.operation),
      ),
    ),
  ].sort();
  if (r.disposition === undefined) lines.push(...item(`Verified by: ${r.verify.join(', ')}`));
  else lines.push(...item(`Not checked by itself: ${r.disposition}`));
  if (about.length + decided.length > 0)
    lines.push(
      ...item(
        `Vectors: ${String(about.length)} about it, ${String(decided.length)} others ` +
          `with a step that it decides; asked of ${operations.map(code).join(', ')}`,
      ),
    );
  if (files.length > 0) lines.push(...item(`In the data: ${files.map(code).join(', ')}`));
  if (r.note !== undefined) lines.push(...item(`Note: ${r.note}`));
  return [...lines, ''];
}

function sourceOf(spec: AreaSpec, adrs: readonly string[], { source }: Requirement): string {
  if ('decision' in source) {
    const file = adrs.find((name) => name.startsWith(source.decision.replace('ADR-', '')));
    return file === undefined ? `our decision ${source.decision}` : `our decision [${source.decision}](../../adr/${file})`;
  }
  const document = spec.documents[source.document];
  return document === undefined ? `${source.document}, ${source.section}` : `${document.title}, ${source.section}`;
}
