/** The names that somebody may have meant: a typo costs one line, not a search. */
import { quoted } from '../../conformance/contract/text.ts';
import { distance } from 'fastest-levenshtein';

const SHOWN_MAX = 3;
/** What is longer is no typo, and takes long to compare. */
const WORD_LENGTH_MAX = 200;
/** The part of a name that may be wrong; two characters may be in any case. */
const WRONG_PART_MAX = 0.25;

/** The nearest names first; none if nothing is near. */
export function nearest(word: string, names: Iterable<string>): string[] {
  const wanted = word.toLowerCase().replaceAll('*', '');
  if (wanted === '' || wanted.length > WORD_LENGTH_MAX) return [];
  const scored = [...new Set(names)].flatMap((name) => {
    const known = name.toLowerCase();
    // A part of a name is not a typo, but counts as one.
    const away = wanted.length >= 3 && known.includes(wanted) ? 1 : distance(wanted, known);
    return away <= Math.max(2, Math.floor(wanted.length * WRONG_PART_MAX)) ? [{ name, away }] : [];
  });
  const best = Math.min(...scored.map(({ away }) => away));
  return scored
    .filter(({ away }) => away <= best + 1)
    .sort((a, b) => a.away - b.away || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, SHOWN_MAX)
    .map(({ name }) => name);
}

/** ` Did you mean 'x' or 'y'?`, or nothing. */
export function didYouMean(word: string, names: Iterable<string>): string {
  const found = nearest(word, names).map((name) => quoted(name));
  return found.length === 0 ? '' : ` Did you mean ${found.join(' or ')}?`;
}
