/** `bottlepost list [KIND]` and `bottlepost search WORDS`: what there is to explain. */
import { lineWidth, oneLine, quoted } from '../../conformance/contract/text.ts';
import { EXIT } from '../core/exit.ts';
import { catalogueOf, KINDS, type Named } from './catalogue.ts';
import { didYouMean } from './nearest.ts';
import { complain, say } from './output.ts';
import { loadSuite } from './suite.ts';

/** Most things of one kind that a search shows. */
const FOUND_MAX = 12;
const NAME_WIDTH_MAX = 36;
/** A shorter piece of a title says nothing. */
const TITLE_WIDTH_MIN = 10;

function sayLines(things: readonly Named[]): void {
  const width = Math.min(NAME_WIDTH_MAX, Math.max(...things.map(({ name }) => name.length)));
  // A name is never cut, so that it can be copied.
  for (const { name, title } of things) {
    const room = lineWidth() - 4 - Math.max(width, name.length);
    say(room < TITLE_WIDTH_MIN ? `  ${name}\n` : `  ${name.padEnd(width)}  ${oneLine(title, room)}\n`);
  }
}

/** Returns the exit code: 2 if there is no such kind. */
export function list(kind: string | undefined): number {
  const all = catalogueOf(loadSuite());
  if (kind === undefined) {
    for (const known of KINDS) say(`  ${known.padEnd(14)}${String(all.filter((thing) => thing.kind === known).length).padStart(6)}\n`);
    say("\n'bottlepost list KIND' names them, 'bottlepost explain NAME' explains one.\n");
    return EXIT.ok;
  }
  // The plural is accepted too.
  const wanted = KINDS.find((known) => kind === known || kind === `${known}s`);
  if (wanted === undefined) {
    complain(`bottlepost: there is no kind ${quoted(kind)}.${didYouMean(kind, KINDS)} There are: ${KINDS.join(', ')}\n`);
    return EXIT.usage;
  }
  sayLines(all.filter((thing) => thing.kind === wanted));
  return EXIT.ok;
}

/** Returns the exit code: 2 without a word, and if nothing contains all the words. */
export function search(words: readonly string[]): number {
  const wanted = words.map((word) => word.trim().toLowerCase()).filter((word) => word !== '');
  if (wanted.length === 0) {
    complain("bottlepost: search needs a word; 'bottlepost list' shows what there is.\n");
    return EXIT.usage;
  }
  const all = catalogueOf(loadSuite());
  const found = all.filter(({ name, title }) => {
    const text = `${name} ${title}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  if (found.length === 0) {
    const near = didYouMean(
      words.join(' '),
      all.map(({ name }) => name),
    );
    complain(`bottlepost: nothing has ${quoted(words.join(' '))} in its name or title.${near} Try fewer words.\n`);
    return EXIT.usage;
  }
  for (const kind of KINDS) {
    const own = found.filter((thing) => thing.kind === kind);
    if (own.length === 0) continue;
    say(`${kind}\n`);
    sayLines(own.slice(0, FOUND_MAX));
    if (own.length > FOUND_MAX) say(`  ... and ${String(own.length - FOUND_MAX)} more\n`);
  }
  return EXIT.ok;
}
