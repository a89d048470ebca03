/**
 * Sealed JSON is compared after opening. Whether bytes that were sealed differ in nothing but the order of the members of JSON
 * within them: the specification is asked again, and notes what it seals and with what key; what came in its place is opened
 * with that key; and with the JSON spelled as it is in there the specification must answer exactly what came.
 */
import type { Json, JsonObject } from '../contract/contract.ts';
import { differsInOrderOnly } from '../oracle/json-order.ts';
import type { Oracle, Variant } from '../oracle/oracle.ts';
import { openingOf, type Primitive } from '../oracle/primitives.ts';
import { fromHex, isBytes, toHex, type Value } from '../oracle/values.ts';
import type { Expectation } from '../vectors.ts';

/** What the specification answers to a step, by any oracle of it; undefined where it has none. */
export type Again = (oracle: Oracle) => Expectation | undefined;

/** One call of a primitive that seals. */
interface Seal {
  readonly open: string;
  readonly arguments: ReadonlyMap<string, Value>;
  readonly data: Uint8Array;
  readonly sealed: Uint8Array;
}

/**
 * The member of an answer with its sealed JSON spelled as in what came.
 *
 * @param got what came for the member
 * @returns undefined where nothing within it is sealed JSON that has the same members in another order
 */
export function respelled(oracle: Oracle, again: Again, member: string, got: Json | undefined): Json | undefined {
  const seals: Seal[] = [];
  const written: Uint8Array[] = [];
  const noting: Variant = {
    primitive: (name, primitive) => notingSeals(name, primitive, seals),
    spell: (json) => {
      written.push(json);
      return json;
    },
  };
  const want = memberOf(again(oracle.of(oracle.spec, noting)), member);
  const spellings = new Map<string, Uint8Array>();
  const contents = new Map<string, Uint8Array>();
  for (const seal of seals) {
    const opened = openedInstead(oracle, seal, want, got);
    if (opened === undefined) continue;
    for (const json of written) {
      const spelling = inPlaceOf(json, seal.data, opened);
      if (spelling !== undefined) spellings.set(toHex(json), spelling);
    }
    // JSON that was put together of several pieces.
    if (inPlaceOf(seal.data, seal.data, opened) !== undefined) contents.set(toHex(seal.data), opened);
  }
  if (spellings.size + contents.size === 0) return undefined;
  const alike: Variant = {
    spell: (json) => spellings.get(toHex(json)) ?? json,
    primitive: (name, primitive) => (openingOf(name) === undefined ? primitive : (given) => primitive(withContent(given, contents))),
  };
  return memberOf(again(oracle.of(oracle.spec, alike)), member);
}

/** The arguments of a primitive that seals, with other content in the place of some. */
function withContent(given: ReadonlyMap<string, Value>, contents: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Value> {
  const data = given.get('data');
  const other = isBytes(data) ? contents.get(toHex(data)) : undefined;
  return other === undefined ? given : new Map([...given, ['data', other]]);
}

function memberOf(expect: Expectation | undefined, member: string): Json | undefined {
  return expect !== undefined && 'ok' in expect ? expect.ok[member] : undefined;
}

function notingSeals(name: string, primitive: Primitive, seals: Seal[]): Primitive {
  const open = openingOf(name);
  if (open === undefined) return primitive;
  return (given) => {
    const sealed = primitive(given);
    const data = given.get('data');
    if (isBytes(sealed) && isBytes(data)) seals.push({ open, arguments: given, data, sealed });
    return sealed;
  };
}

/** What is in the sealed bytes that came where those of the specification should be; undefined where they cannot be opened. */
function openedInstead(oracle: Oracle, seal: Seal, want: Json | undefined, got: Json | undefined): Uint8Array | undefined {
  const instead = textInstead(want, got, toHex(seal.sealed));
  if (instead === undefined || !/^([0-9a-f]{2})*$/.test(instead)) return undefined;
  const opened = oracle.primitive(seal.open)(new Map([...seal.arguments, ['data', fromHex(instead)]]));
  return isBytes(opened) ? opened : undefined;
}

/** What a text has in the place of a part of the text in the same place of another value; undefined if it is the same. */
function textInstead(want: Json | undefined, got: Json | undefined, part: string): string | undefined {
  if (typeof want === 'string' && typeof got === 'string') {
    const at = want.indexOf(part);
    const instead = got.slice(at, at + part.length);
    return at < 0 || want.length !== got.length || instead === part ? undefined : instead;
  }
  if (typeof want !== 'object' || typeof got !== 'object' || want === null || got === null) return undefined;
  for (const [name, inner] of Object.entries(want)) {
    const found = textInstead(inner as Json, (got as JsonObject)[name], part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What opened bytes have in the place of JSON in others, if it is the same in another order. */
function inPlaceOf(json: Uint8Array, within: Uint8Array, opened: Uint8Array): Uint8Array | undefined {
  const at = Buffer.from(within).indexOf(json);
  const instead = at < 0 ? undefined : opened.slice(at, at + json.length);
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
  return instead !== undefined && differsInOrderOnly(text(json), text(instead)) ? instead : undefined;
}
