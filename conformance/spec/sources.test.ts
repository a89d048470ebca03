import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/paths.ts';
import { SpecError, SpecReader } from './loader.ts';
import { paragraphsOf, sentenceDigest } from './sentences.ts';
import { readSources, sourceOf, textFaults, type Source } from './sources.ts';

const areas = (() => {
  const reader = new SpecReader();
  return reader.areas().map((area) => reader.area(area));
})();
const TEXT = `# A title

It begins here, e.g. with this. "Is it a second one?" Well… it is.
It ends (like
this).

  1. One of a list
  2. Another. With two.

\`\`\`
a line of code. Another

}
\`\`\`

:::
`;
const SENTENCES = [
  ['# A title'],
  ['It begins here, e.g. with this.', '"Is it a second one?"', 'Well… it is.', 'It ends (like this).'],
  ['1. One of a list', '2. Another.', 'With two.'],
  ['a line of code. Another'],
];
const source: Source = {
  source: 'sample',
  title: 'Sample',
  where: 'here',
  revision: '1 May 2020',
  sentenceCounts: SENTENCES.map(({ length }) => length),
  paragraphs: SENTENCES.map((sentences) =>
    sentences.map((sentence) => ({ says: sentence.split(' ')[0] ?? '', sha256: sentenceDigest(sentence), descriptive: 'example' })),
  ),
};

describe('the sentences of a text', () => {
  it('are cut by paragraphs, lines of lists and code, and ends of sentences', () => {
    expect(paragraphsOf(TEXT)).toEqual(SENTENCES);
  });

  it('are the same with other white space, and not with another word', () => {
    expect(textFaults(source, TEXT.replaceAll('\n', '\r\n').replace('with this', 'with  this'))).toEqual([]);
    expect(textFaults(source, TEXT.replace('One', 'Some'))).toEqual(["3.1 '1.': the sentence in the text is another one"]);
    expect(textFaults(source, TEXT.replace('two.', 'two. Three.'))).toEqual(['paragraph 3: the text has 4 sentences, the data 3']);
    expect(textFaults(source, `${TEXT}\nMore.`)).toEqual(['the text has 5 paragraphs, the data 4']);
    const misquoted = {
      ...source,
      paragraphs: [[{ says: 'No title', sha256: sentenceDigest('# A title'), descriptive: 'heading' as const }]],
    };
    expect(textFaults(misquoted, '# A title')).toEqual(["1.1: the sentence does not contain 'No title'"]);
  });

  it('tell which text it is', () => {
    const other = { ...source, source: 'other', paragraphs: [[{ says: 'x', sha256: sentenceDigest('x') }]] };
    expect(sourceOf([other, source], TEXT)?.source).toBe('sample');
    expect(sourceOf([other, source], 'Nothing of it.')).toBeUndefined();
  });
});

describe('spec/sources/', () => {
  let root: string;
  const digest = sentenceDigest('It is.');
  /** What the reader says of a text with one sentence. */
  function refusal(sentence: string, name = 'one', counts = '1'): string {
    writeFileSync(
      join(root, 'spec/sources/one.yaml'),
      `source: ${name}\ntitle: One\nwhere: here\nrevision: 1 May 2020\nsentenceCounts: [${counts}]\n` +
        `paragraphs:\n  - - says: It is\n      sha256: ${digest}\n${sentence}`,
    );
    try {
      readSources(new SpecReader(root), areas);
      return 'accepted';
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      return error.message;
    }
  }
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'bottlepost-sources-'));
    cpSync(join(packageRoot(), 'spec/meta'), join(root, 'spec/meta'), { recursive: true });
    mkdirSync(join(root, 'spec/sources'));
    mkdirSync(join(root, 'docs/adr'), { recursive: true });
    writeFileSync(join(root, 'docs/adr/0001-one.md'), '');
  });
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('has the four texts, and what is left out of each system', () => {
    const { sources, scopes } = readSources(new SpecReader(), areas);
    expect(sources).toHaveLength(4);
    expect(sources.flatMap(({ paragraphs }) => paragraphs.flat()).length).toBeGreaterThan(200);
    expect(scopes.length).toBeGreaterThan(0);
    expect(scopes.filter(({ leftOut }) => leftOut.length === 0)).toEqual([]);
    // The 31 places where the documents of NEXUS say two things; a row is decided by clauses, or is not ours and says why.
    expect(scopes.flatMap(({ contradictions = [] }) => contradictions)).toHaveLength(31);
  });

  it('refuses a scope that names a clause which does not exist, and a contradiction that nothing answers', () => {
    const scope = (answer: string): string => {
      const file = join(root, 'spec/sources/scope.yaml');
      writeFileSync(
        file,
        `systems:\n  - system: One\n    leftOut: [{ what: It, reason: No need. }]\n    contradictions: [{ what: Two things, ${answer} }]\n`,
      );
      const said = refusal('      descriptive: heading\n');
      rmSync(file);
      return said;
    };
    const [clause = ''] = areas.flatMap(({ requirements }) => requirements.map(({ id }) => id));
    expect(scope(`clauses: [${clause}], ours: The first.`)).toBe('accepted');
    expect(scope('notOurs: Nobody needs it.')).toBe('accepted');
    expect(scope('clauses: [E3X-NIL-001], ours: The first.')).toContain('a contradiction of One is decided by E3X-NIL-001');
    expect(scope(`clauses: [${clause}], ours: See E3X-NIL-001.`)).toContain('which no topic defines');
    expect(scope('notOurs: See E3X-NIL-001.')).toContain('which no topic defines');
    expect(scope('ours: The first.')).toContain("must have required property 'clauses'");
  });

  it('refuses clauses that cite a text and carry no sentence of it', () => {
    const cited = areas.flatMap(({ area, requirements }) =>
      requirements.flatMap(({ id, source: from }) => ('document' in from ? [{ area, id, as: from.document }] : [])),
    )[0];
    if (cited === undefined) throw new Error('no clause cites anything');
    const { area, id, as } = cited;
    const many = areas.flatMap(({ requirements }) => requirements).filter(({ source: from }) => 'document' in from && from.document === as);
    const of = `      clauses: [${many.map((one) => one.id).join(', ')}]\ncited: { area: ${area}, as: ${as} }\n`;
    expect(refusal(of)).toBe('accepted');
    expect(refusal(`      descriptive: heading\ncited: { area: ${area}, as: ${as} }\n`)).toContain(
      `/cited: ${id} cites this text, and no sentence names it`,
    );
  });

  it('refuses a sentence without an account, and one with two', () => {
    expect(refusal('      descriptive: heading\n')).toBe('accepted');
    expect(refusal('')).toContain("one.yaml:7 /paragraphs/0/0: must have required property 'clauses'");
    expect(refusal('      descriptive: heading\n      planned: nexus/none\n')).toContain('must match exactly one schema');
    expect(refusal('      descriptive: heading\n', 'two')).toBe("spec/sources/one.yaml:1 /source: says 'two' in one.yaml");
  });

  it('refuses a sentence that was left out', () => {
    expect(refusal('      descriptive: heading\n', 'one', '2')).toContain(
      'one.yaml:5 /sentenceCounts: paragraph 1 has 2 sentences, of which 1 ',
    );
    expect(refusal('      descriptive: heading\n', 'one', '1, 1')).toContain('paragraph 2 has 1 sentences, of which 0 ');
    expect(refusal('      descriptive: heading\n', 'one', '')).toContain('must NOT have fewer than 1 items');
  });

  it('refuses clauses and decisions that do not exist', () => {
    const [clause = ''] = areas.flatMap(({ requirements }) => requirements.map(({ id }) => id));
    expect(refusal(`      clauses: [${clause}]\n`)).toBe('accepted');
    expect(refusal(`      clauses: [${clause}, E3X-XYZ-999]\n`)).toContain('one.yaml:7 /paragraphs/0/0: sentence 1.1 names E3X-XYZ-999');
    expect(refusal('      deviation: { decision: ADR-0001, reason: it is better }\n')).toBe('accepted');
    expect(refusal('      deviation: { decision: ADR-0002, reason: it is better }\n')).toContain(
      'names ADR-0002, which is not in docs/adr/',
    );
  });

  it('refuses a plan as soon as its topic exists', () => {
    const [area] = areas;
    expect(refusal('      planned: somewhere/else\n')).toBe('accepted');
    expect(refusal(`      planned: ${area?.area ?? ''}/${area?.topics[0]?.topic ?? ''}\n`)).toContain(
      'which exists: name the clauses that carry it',
    );
  });

  it('quotes six words at most', () => {
    const quoted = readFileSync(join(packageRoot(), 'spec/sources/kilt-messaging.yaml'), 'utf8').replace(
      /says: .*/,
      'says: one two three four five six seven',
    );
    expect(() => new SpecReader().check('kilt-messaging.yaml', 'sources', quoted)).toThrow(/must match pattern/);
  });
});
