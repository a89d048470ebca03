/**
 * The texts that the project started from, as data: for each sentence a few words, a digest, and what carries it. A sentence
 * that nothing accounts for, a clause or a decision that does not exist, and a plan that has become a topic are faults of the
 * specification.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SpecError, type SpecFault, type SpecReader } from './loader.ts';
import { normalised, paragraphsOf, sentenceDigest } from './sentences.ts';
import type { AreaSpec } from './types.ts';

/** Folder of the texts' data, below the root. */
const FOLDER = 'spec/sources';
const SCOPE_FILE = `${FOLDER}/scope.yaml`;

/** A clause that is named inside words. */
export const CLAUSE_IN_TEXT: RegExp = /\b[A-Z0-9]{3}-[A-Z0-9]{3}-\d{3}\b/g;

/** Why a sentence requires nothing of anyone. */
export type Descriptive = 'heading' | 'background' | 'reasoning' | 'example' | 'outline';

/**
 * One sentence: exactly one of `clauses`, `descriptive`, `deviation`, `outOfScope` and `planned` says what became of it,
 * except that a deviation may name clauses too.
 */
export interface Sentence {
  /** At most six words of it. */
  readonly says: string;
  readonly sha256: string;
  /** What carries it; beside a deviation, what is said instead. */
  readonly clauses?: readonly string[];
  readonly descriptive?: Descriptive;
  readonly deviation?: { readonly decision: string; readonly reason: string };
  readonly outOfScope?: string;
  /** `<area>/<topic>`, which does not exist yet. */
  readonly planned?: string;
  readonly note?: string;
}
/** A text, by its sentences. */
export interface Source {
  readonly source: string;
  readonly title: string;
  readonly where: string;
  readonly revision: string;
  /** The area whose clauses cite this text, and the name under which they do. */
  readonly cited?: { readonly area: string; readonly as: string };
  /** How many sentences each paragraph has, so that none is left out unnoticed. */
  readonly sentenceCounts: readonly number[];
  readonly paragraphs: readonly (readonly Sentence[])[];
}
/** What is left out of a system. */
export interface Scope {
  readonly system: string;
  readonly leftOut: readonly { readonly what: string; readonly reason: string }[];
  readonly contradictions?: readonly Contradiction[];
}
/** Where the documents of a system say two things: either the clauses that decide, and what they say, or why it is not ours. */
export interface Contradiction {
  readonly what: string;
  readonly clauses?: readonly string[];
  readonly ours?: string;
  readonly notOurs?: string;
}
/** Everything below `spec/sources/`. */
export interface Sources {
  readonly sources: readonly Source[];
  readonly scopes: readonly Scope[];
}

/**
 * Reads every text's data.
 * @param areas every area that a clause may belong to
 * @throws SpecError with every sentence that is not accounted for
 */
export function readSources(reader: SpecReader, areas: readonly AreaSpec[]): Sources {
  const folder = join(reader.root, FOLDER);
  if (!existsSync(folder)) return { sources: [], scopes: [] };
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && `${FOLDER}/${name}` !== SCOPE_FILE)
    .sort();
  const clauses = new Set(areas.flatMap(({ requirements }) => requirements.map(({ id }) => id)));
  const topics = new Set(areas.flatMap(({ area, topics: own }) => own.map(({ topic }) => `${area}/${topic}`)));
  const adrs = join(reader.root, 'docs/adr');
  const decisions = new Set((existsSync(adrs) ? readdirSync(adrs) : []).map((name) => `ADR-${name.slice(0, 4)}`));
  const faults: SpecFault[] = [];
  const sources = files.map((name) => {
    const file = `${FOLDER}/${name}`;
    const source = reader.read<Source>(file, 'sources');
    const found = [...countFaults(source), ...sentenceFaults(source, { clauses, topics, decisions }), ...uncarriedFaults(source, areas)];
    if (`${source.source}.yaml` !== name) found.push({ path: ['source'], message: `says '${source.source}' in ${name}` });
    if (found.length > 0) {
      const { lineOf } = reader.check(file, 'sources', readFileSync(join(reader.root, file), 'utf8'));
      faults.push(...found.map(({ path, message }) => ({ file, line: lineOf(path), path: `/${path.join('/')}`, message })));
    }
    return source;
  });
  const scopes = existsSync(join(reader.root, SCOPE_FILE)) ? reader.read<{ systems: Scope[] }>(SCOPE_FILE, 'scope').systems : [];
  faults.push(...scopes.flatMap((scope) => scopeFaults(scope, clauses)));
  if (faults.length > 0) throw new SpecError(faults);
  return { sources, scopes };
}

/** Clauses that the scope of a system names, and that do not exist. */
function scopeFaults({ system, leftOut, contradictions = [] }: Scope, clauses: ReadonlySet<string>): SpecFault[] {
  const unknown = (ids: readonly string[]): string[] => ids.filter((id) => !clauses.has(id));
  const answers = contradictions.flatMap(({ ours = '', notOurs = '' }) => [ours, notOurs]);
  return [
    ...unknown(clausesIn(leftOut.map(({ reason }) => reason))).map((id) => `what is left out of ${system} names ${id}`),
    ...unknown([...contradictions.flatMap((one) => one.clauses ?? []), ...clausesIn(answers)]).map(
      (id) => `a contradiction of ${system} is decided by ${id}`,
    ),
  ].map((named) => ({ file: SCOPE_FILE, message: `${named}, which no topic defines` }));
}

function clausesIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) => [...(text.match(CLAUSE_IN_TEXT) ?? [])]);
}

/** Paragraphs whose sentences are not all there. */
function countFaults({ sentenceCounts, paragraphs }: Source): { path: (string | number)[]; message: string }[] {
  const longer = Math.max(sentenceCounts.length, paragraphs.length);
  return Array.from({ length: longer }, (_, p) => ({ p, counted: sentenceCounts[p] ?? 0, listed: paragraphs[p]?.length ?? 0 }))
    .filter(({ counted, listed }) => counted !== listed)
    .map(({ p, counted, listed }) => ({
      path: ['sentenceCounts'],
      message: `paragraph ${String(p + 1)} has ${String(counted)} sentences, of which ${String(listed)} are accounted for`,
    }));
}

/** Clauses that cite a text without carrying any sentence of it. */
function uncarriedFaults({ cited, paragraphs }: Source, areas: readonly AreaSpec[]): { path: (string | number)[]; message: string }[] {
  if (cited === undefined) return [];
  const carrying = new Set(paragraphs.flat().flatMap(({ clauses = [] }) => clauses));
  return areas
    .filter(({ area }) => area === cited.area)
    .flatMap(({ requirements }) => requirements)
    .filter(({ id, source }) => 'document' in source && source.document === cited.as && !carrying.has(id))
    .map(({ id }) => ({ path: ['cited'], message: `${id} cites this text, and no sentence names it` }));
}

/** What there is for sentences to name. */
interface Known {
  readonly clauses: ReadonlySet<string>;
  readonly topics: ReadonlySet<string>;
  readonly decisions: ReadonlySet<string>;
}

function sentenceFaults({ paragraphs }: Source, known: Known): { path: (string | number)[]; message: string }[] {
  return paragraphs.flatMap((sentences, p) =>
    sentences.flatMap(({ clauses = [], deviation, outOfScope = '', planned, note = '' }, s) => {
      const path = ['paragraphs', p, s];
      const number = numberOf(p, s);
      return [
        ...[...clauses, ...clausesIn([deviation?.reason ?? '', outOfScope, note])]
          .filter((id) => !known.clauses.has(id))
          .map((id) => ({ path, message: `sentence ${number} names ${id}, which no topic defines` })),
        ...(deviation !== undefined && !known.decisions.has(deviation.decision)
          ? [{ path: [...path, 'deviation'], message: `sentence ${number} names ${deviation.decision}, which is not in docs/adr/` }]
          : []),
        ...(planned !== undefined && known.topics.has(planned)
          ? [
              {
                path: [...path, 'planned'],
                message: `sentence ${number} waits for ${planned}, which exists: name the clauses that carry it`,
              },
            ]
          : []),
      ];
    }),
  );
}

/** The number of a sentence, by indices from 0. */
export function numberOf(paragraph: number, sentence: number): string {
  return `${String(paragraph + 1)}.${String(sentence + 1)}`;
}

/** Where a text is not the one that the data is about; empty when every sentence is the same. */
export function textFaults(source: Source, text: string): string[] {
  const found = paragraphsOf(text);
  const counted =
    found.length === source.paragraphs.length
      ? []
      : [`the text has ${String(found.length)} paragraphs, the data ${String(source.paragraphs.length)}`];
  const compared = source.paragraphs.flatMap((sentences, p) => {
    const there = found[p] ?? [];
    if (there.length !== sentences.length)
      return [`paragraph ${String(p + 1)}: the text has ${String(there.length)} sentences, the data ${String(sentences.length)}`];
    return sentences.flatMap(({ says, sha256 }, s) => {
      const sentence = there[s] ?? '';
      if (sentenceDigest(sentence) !== sha256) return [`${numberOf(p, s)} '${says}': the sentence in the text is another one`];
      return normalised(sentence).includes(says) ? [] : [`${numberOf(p, s)}: the sentence does not contain '${says}'`];
    });
  });
  return [...counted, ...compared];
}

/** The data that a text is about: the one that shares most sentences with it; undefined if none shares any. */
export function sourceOf(sources: readonly Source[], text: string): Source | undefined {
  const digests = new Set(paragraphsOf(text).flat().map(sentenceDigest));
  const shared = (source: Source): number => source.paragraphs.flat().filter(({ sha256 }) => digests.has(sha256)).length;
  const [best] = [...sources].sort((a, b) => shared(b) - shared(a));
  return best !== undefined && shared(best) > 0 ? best : undefined;
}
