/** Mutations: right inputs made wrong by bit flips, cuts, insertions, repetitions, splices and extreme lengths. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../contract/contract.ts';
import { concatBytes, fromHex, toHex } from '../oracle/values.ts';
import type { Operation, Param } from '../spec/types.ts';
import type { Arbitraries } from './arbitraries.ts';

interface Edit {
  readonly kind: 'flip' | 'set' | 'cut' | 'insert' | 'drop' | 'repeat' | 'length' | 'splice';
  /** Position, taken modulo the length. */
  readonly at: number;
  readonly count: number;
  readonly value: number;
}
const LENGTH_EXTREMES = [0, 1, 6, 7, 255, 256, 257, 0x7fff, 0x8000, 0xffff];
const EDITS_MAX = 3;

const position = fc.oneof({ weight: 2, arbitrary: fc.nat(9) }, { weight: 1, arbitrary: fc.nat(400) });
const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('flip', 'set', 'cut', 'insert', 'drop', 'repeat', 'length', 'length', 'splice'),
  at: position,
  count: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 4 }) }, { weight: 1, arbitrary: fc.integer({ min: 5, max: 64 }) }),
  value: fc.oneof({ weight: 2, arbitrary: fc.nat(255) }, { weight: 1, arbitrary: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff) }),
});

/** Bytes with up to three edits; `other` is where splices take their bytes from. */
export function mutatedBytes(right: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(right, fc.array(edit, { maxLength: EDITS_MAX }), right)
    .map(([bytes, edits, other]) => edits.reduce((edited, next) => applied(next, edited, other), bytes));
}

function applied({ kind, at, count, value }: Edit, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  const where = at % (bytes.length + 1);
  const before = bytes.subarray(0, where);
  const after = bytes.subarray(where);
  switch (kind) {
    case 'flip':
      return Uint8Array.from(bytes, (byte, i) => (i === where ? byte ^ (1 << (value & 7)) : byte));
    case 'set':
      return Uint8Array.from(bytes, (byte, i) => (i === where ? value : byte));
    case 'cut':
      return bytes.slice(0, where);
    case 'insert':
      return concatBytes(before, new Uint8Array(count).fill(value), after);
    case 'drop':
      return concatBytes(before, after.subarray(count));
    case 'repeat':
      return concatBytes(before, after.subarray(0, count), after);
    case 'length': {
      const extreme = LENGTH_EXTREMES[value % LENGTH_EXTREMES.length] ?? 0;
      return concatBytes(Uint8Array.of(extreme >> 8, extreme & 0xff).subarray(0, bytes.length), bytes.subarray(2));
    }
    case 'splice':
      return concatBytes(before, other.subarray(Math.min(where, Math.max(0, other.length - count))));
  }
}

const STRANGE_TEXT = [
  '=',
  '.',
  '..',
  ' ',
  '\n',
  '\t',
  '\u0000',
  '-',
  '_',
  '+',
  '/',
  '0',
  '1',
  '8',
  '9',
  'A',
  'Z',
  'a',
  '7',
  '\u0130',
  '\u017f',
  '\u212a',
  '\uff21',
  '\u{1f600}',
  'e30',
];

interface TextEdit {
  readonly kind: 'replace' | 'insert' | 'drop' | 'cut' | 'upper' | 'repeat';
  readonly at: number;
  readonly text: string;
}
const textEdit: fc.Arbitrary<TextEdit> = fc.record({
  kind: fc.constantFrom('replace', 'insert', 'drop', 'cut', 'upper', 'repeat'),
  at: position,
  text: fc.constantFrom(...STRANGE_TEXT),
});

/** Text with up to three edits, whole characters at a time. */
export function mutatedText(right: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(right, fc.array(textEdit, { maxLength: EDITS_MAX })).map(([text, edits]) => edits.reduce(appliedText, text));
}
function appliedText(text: string, { kind, at, text: strange }: TextEdit): string {
  const characters = [...text];
  // Half of the rules of a text are about its end.
  const where = at % 2 === 0 ? Math.max(0, characters.length - 1 - ((at >> 1) % 4)) : at % (characters.length + 1);
  const before = characters.slice(0, where).join('');
  const here = characters[where] ?? '';
  const after = characters.slice(where + 1).join('');
  switch (kind) {
    case 'replace':
      return `${before}${strange}${after}`;
    case 'insert':
      return `${before}${strange}${here}${after}`;
    case 'drop':
      return `${before}${after}`;
    case 'cut':
      return before;
    case 'upper':
      return `${before}${here.toUpperCase()}${after}`;
    case 'repeat':
      return `${before}${here}${here}${after}`;
  }
}

const STRANGE_CSIDS = ['00', '1A', 'zz', '1', '', '001', ' 1', '0x', '1a ', '\u0661a'];

function mutatedMap(right: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  const strange = fc.tuple(fc.constantFrom(...STRANGE_CSIDS), fc.constantFrom('', 'aa'));
  const entry = fc.tuple(fc.constantFrom('1a', '3a', '7f'), fc.constantFrom('', 'aa', 'bb'.repeat(31), 'bb'.repeat(33)));
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant({}) },
    { weight: 2, arbitrary: fc.tuple(right, strange).map(([map, [name, value]]) => ({ ...(map as JsonObject), [name]: value })) },
    { weight: 2, arbitrary: fc.tuple(right, entry).map(([map, [name, value]]) => ({ ...(map as JsonObject), [name]: value })) },
  );
}

function mutated(param: Param, right: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  const bytes = (hex: fc.Arbitrary<Json>): fc.Arbitrary<string> => mutatedBytes(hex.map((text) => fromHex(String(text)))).map(toHex);
  switch (param.type) {
    case 'bytes':
      return bytes(right);
    case 'text':
      return param.enum === undefined ? mutatedText(right.map(String)) : right;
    case 'csidMap':
      return mutatedMap(right);
    case 'bytesList': {
      const items = right.map((list) => list as readonly Json[]);
      const item = bytes(items.map((list) => list[0] ?? ''));
      return fc.oneof(
        { weight: 1, arbitrary: fc.constant([]) },
        { weight: 2, arbitrary: fc.tuple(items, item).map(([list, strange]) => [...list, strange]) },
        { weight: 1, arbitrary: fc.tuple(items, items).map(([one, two]) => [...one, ...two]) },
      );
    }
    case 'integerList': {
      const items = right.map((list) => list as readonly number[]);
      const strange = fc.constantFrom(0, -1, 1, 4294967295, 4294967296);
      return fc.oneof(
        { weight: 1, arbitrary: fc.constant([]) },
        { weight: 2, arbitrary: fc.tuple(items, strange).map(([list, item]) => [...list, item]) },
        { weight: 1, arbitrary: fc.tuple(items, strange).map(([list, item]) => [item, ...list]) },
        { weight: 1, arbitrary: items.map((list) => Array.from({ length: 101 }, (_, i) => list[i] ?? 1)) },
      );
    }
    // Numbers and booleans outside their declaration break the adapter contract, not the protocol.
    case 'bytesMap':
    case 'integer':
    case 'time':
    case 'u64':
    case 'boolean':
    case 'object':
    case 'objectList':
    case 'objectMap':
    case 'textList':
    case 'json':
      return right;
  }
}

/** Requests with one parameter mutated; the operation may refuse them for more than one reason. */
export function mutatedRequest(arbitraries: Arbitraries, operation: Operation): fc.Arbitrary<JsonObject> {
  return mutatedPair(arbitraries, operation).map(({ request }) => request);
}

/** Requests with one parameter mutated, each with the one that it was made from. */
export function mutatedPair(
  arbitraries: Arbitraries,
  operation: Operation,
): fc.Arbitrary<{ readonly request: JsonObject; readonly from: JsonObject }> {
  // Entropy of another length is a fault of the caller (ADP-032), and no request that a model could answer.
  const open = Object.entries(operation.params).filter(
    ([name, { type, enum: choices }]) =>
      name !== 'entropy' && ['bytes', 'text', 'csidMap', 'bytesList', 'integerList'].includes(type) && choices === undefined,
  );
  const right = arbitraries.request(operation);
  if (open.length === 0) return right.map((request) => ({ request, from: request }));
  return fc.oneof(
    ...open.map(([name, param]) =>
      fc.tuple(right, mutated(param, arbitraries.param(operation, name, param))).map(([from, value]) => {
        const excluded = Object.entries(operation.params)
          .filter(([other, p]) => p.excludes === name || (other === name && p.excludes !== undefined))
          .flatMap(([other, p]) => (other === name ? [p.excludes ?? ''] : [other]));
        return {
          request: { ...Object.fromEntries(Object.entries(from).filter(([member]) => !excluded.includes(member))), [name]: value },
          from,
        };
      }),
    ),
  );
}
