/** The page of the texts that the project started from: what became of each of their sentences. */
import { CLAUSE_IN_TEXT, numberOf, type Scope, type Sentence, type Source, type Sources } from '../spec/sources.ts';
import type { AreaSpec } from '../spec/types.ts';
import type { Links } from './atlas.ts';
import { code, heading, item, paragraph, prose, sectionLink, table, type Page } from './markdown.ts';

export const SOURCES_PAGE = 'sources.md';

/** What can become of a sentence, in the order of the table's columns. */
const FATES = ['carried', 'deviation', 'planned', 'out of scope', 'descriptive'] as const;
type Fate = (typeof FATES)[number];

function fateOf({ descriptive, deviation, outOfScope, planned }: Sentence): Fate {
  if (deviation !== undefined) return 'deviation';
  if (planned !== undefined) return 'planned';
  if (outOfScope !== undefined) return 'out of scope';
  return descriptive === undefined ? 'carried' : 'descriptive';
}

/** Lists the sentences of every text, and what is left out of the systems around them. */
export function sourcesPage({ sources, scopes }: Sources, areas: readonly AreaSpec[], adrs: readonly string[], links: Links): Page {
  const lines = [
    ...paragraph(
      'The specification started from four texts of other people. This page lists every sentence of them with the clauses ' +
        'that carry it. A sentence that requires nothing of anyone is descriptive; where the specification says something else, ' +
        'the decision that says why is named.',
    ),
    ...paragraph(
      'The texts belong to their authors and are not in this repository. A sentence has the number of its paragraph and its ' +
        'own number in it, and a few of its words; the data also has a digest of the whole sentence, so that ' +
        `${code('npm run sources -- --seed FILE')} can tell a reader who has a text whether it is the same.`,
    ),
    ...table(
      ['text', 'sentences', ...FATES],
      sources.map((source) => {
        const fates = source.paragraphs.flat().map(fateOf);
        return [sectionLink(source.title), fates.length, ...FATES.map((fate) => fates.filter((f) => f === fate).length)].map(String);
      }),
    ),
    ...sources.flatMap((source) => sourceSection(source, adrs, links)),
    ...heading(2, 'Left out'),
    ...paragraph('The texts belong to larger systems. What is left out of those, and why:'),
    ...scopes.flatMap(({ system, leftOut }) => [
      ...heading(3, system),
      ...leftOut.flatMap(({ what, reason }) => item(`${prose(what)}. ${linked(reason, links)}`)),
      '',
    ]),
    ...scopes.flatMap((scope) => contradictionSection(scope, links)),
  ];
  return { title: 'Sources, sentence by sentence', lines, from: 'spec/sources/', revision: areas.map((a) => a.revision).join(', ') };
}

function sourceSection(source: Source, adrs: readonly string[], links: Links): string[] {
  const sentences = source.paragraphs.flatMap((paragraphs, p) => paragraphs.map((sentence, s) => ({ sentence, number: numberOf(p, s) })));
  const asked = sentences.filter(({ sentence }) => fateOf(sentence) !== 'descriptive');
  const descriptive = sentences.filter(({ sentence }) => fateOf(sentence) === 'descriptive');
  return [
    ...heading(2, source.title),
    ...paragraph(`${prose(source.where)}, ${source.revision}.`),
    ...asked.flatMap(({ sentence, number }) => sentenceItem(sentence, number, adrs, links)),
    '',
    ...(descriptive.length === 0 ? [] : paragraph(`Descriptive: ${descriptiveText(descriptive)}.`)),
  ];
}

/** Where the documents say two things, and which of them the specification took. */
function contradictionSection({ system, contradictions = [] }: Scope, links: Links): string[] {
  if (contradictions.length === 0) return [];
  return [
    ...heading(2, `Where ${system} contradicts itself`),
    ...paragraph(
      'The documents say two things about each of these, or a number that does not follow from what they say. ' +
        'What the specification took of it, and the clauses that say so:',
    ),
    ...contradictions.flatMap(({ what, clauses = [], ours, notOurs = '' }, index) =>
      item(
        ours === undefined
          ? `${String(index + 1)}: ${prose(what)}. Not ours: ${linked(notOurs, links)}`
          : `${String(index + 1)}: ${prose(what)}. ${linked(ours, links)} ${clauses.map((id) => links.clause(id)).join(', ')}`,
      ),
    ),
    '',
  ];
}

/** Words of the data, with a link for each clause in them. */
function linked(text: string, links: Links): string {
  return prose(text).replaceAll(CLAUSE_IN_TEXT, (id) => links.clause(id));
}

function descriptiveText(sentences: readonly { readonly sentence: Sentence; readonly number: string }[]): string {
  const kinds = [...new Set(sentences.map(({ sentence }) => sentence.descriptive ?? ''))];
  return kinds
    .map((kind) => `${kind} ${sentences.flatMap(({ sentence, number }) => (sentence.descriptive === kind ? [number] : [])).join(', ')}`)
    .join('; ');
}

function sentenceItem(
  { says, clauses = [], deviation, outOfScope, planned, note }: Sentence,
  number: string,
  adrs: readonly string[],
  links: Links,
): string[] {
  const carried = clauses.map((id) => links.clause(id)).join(', ');
  const adrOf = (decision: string): string => {
    const file = adrs.find((name) => name.startsWith(decision.slice('ADR-'.length)));
    return file === undefined ? decision : links.file(`docs/adr/${file}`, decision);
  };
  const parts = [
    ...(deviation === undefined ? [] : [`deviation by ${adrOf(deviation.decision)}: ${linked(deviation.reason, links)}`]),
    ...(carried === '' ? [] : [carried]),
    ...(outOfScope === undefined ? [] : [`out of scope: ${linked(outOfScope, links)}`]),
    ...(planned === undefined ? [] : [`planned: ${code(planned)}`]),
    ...(note === undefined ? [] : [linked(note, links)]),
  ];
  return item(`${number} “${prose(says)}”: ${parts.join('; ')}`);
}
