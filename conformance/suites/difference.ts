/** How one member of a result differs, in words that `differs` and `expected` do not have. */
import type { Json, JsonObject } from '../contract/contract.ts';
import { counted } from '../contract/text.ts';

/** Characters of a value that fit a sentence. */
const SHOWN_LENGTH_MAX = 40;

/** `is 3 and must be 4.`: the values at a JSON pointer without its leading slash, or from where on long ones differ. */
export function describeDifference(want: JsonObject, got: JsonObject, pointer: string): string {
  const [wanted, given] = [at(want, pointer), at(got, pointer)];
  if (given === undefined) return 'is missing.';
  if (wanted === undefined) return 'must be absent here.';
  const [must, is] = [JSON.stringify(wanted), JSON.stringify(given)];
  if (must.length <= SHOWN_LENGTH_MAX && is.length <= SHOWN_LENGTH_MAX) return `is ${is} and must be ${must}.`;
  if (typeof wanted !== 'string' || typeof given !== 'string') return `is ${short(is)} and must be ${short(must)}.`;
  const unit = isHex(wanted) && isHex(given) ? BYTE : CHARACTER;
  const [wantedLength, givenLength] = [wanted.length / unit.width, given.length / unit.width];
  const differing = [...wanted].findIndex((character, index) => character !== given[index]);
  const from = Math.floor(differing / unit.width);
  if (differing < 0) return `goes on after its ${counted(wantedLength, unit.name)}; it has ${String(givenLength)}.`;
  if (differing >= given.length) return `ends after ${String(givenLength)} of ${counted(wantedLength, unit.name)}.`;
  const rest = (text: string): string => short(JSON.stringify(text.slice(from * unit.width)));
  return from === 0
    ? `is ${short(is)} and must be ${short(must)}.`
    : `differs from ${unit.place} ${String(from + unit.first)} on: there it is ${rest(given)} and must be ${rest(wanted)}.`;
}

/** Bytes are counted from 0, as dumps of them are. */
const BYTE = { name: 'byte', width: 2, place: 'offset', first: 0 };
const CHARACTER = { name: 'character', width: 1, place: 'its character', first: 1 };

/** Bytes in hexadecimal, of which there are some. */
function isHex(text: string): boolean {
  return /^(?:[0-9a-f]{2})+$/.test(text);
}

const short = (text: string): string => (text.length <= SHOWN_LENGTH_MAX ? text : `${text.slice(0, SHOWN_LENGTH_MAX - 1)}…`);

function at(value: Json, pointer: string): Json | undefined {
  let here: Json | undefined = value;
  for (const name of pointer.split('/')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as JsonObject)[name];
  }
  return here;
}
