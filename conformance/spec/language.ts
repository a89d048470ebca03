/** The words of the language in which the specification is written: functions that expressions have, and types of fields. */
import type { FieldType } from './types.ts';

/** A word, how it is used, and what it means. */
export interface Word {
  readonly use: string;
  readonly means: string;
}

/** The built-in functions; those of a topic are in its `functions.yaml`. */
export const BUILTIN_WORDS: { readonly [name: string]: Word } = {
  length: { use: 'length(x)', means: 'bytes of bytes, items of a list, characters of text, members of a map' },
  first: { use: 'first(bytes)', means: 'the first byte as an integer; 0 if there is none' },
  last: { use: 'last(list)', means: 'the last item; none if there is none' },
  butFirst: { use: 'butFirst(list)', means: 'the list without its first item' },
  butLast: { use: 'butLast(list)', means: 'the list without its last item' },
  at: { use: 'at(list, i)', means: 'the item at index i, counted from 0; none beyond the end' },
  slice: { use: 'slice(bytes, from, to)', means: 'the bytes from one offset up to another, which is not included' },
  cut: { use: 'cut(bytes, size)', means: 'bytes as a list of pieces of a size, of which the last may be shorter' },
  joinBytes: { use: 'joinBytes(list)', means: 'the bytes of a list, one after the other' },
  repeat: { use: 'repeat(bytes, n)', means: 'bytes n times, one after the other' },
  replicate: { use: 'replicate(x, n)', means: 'a list of n items that are all x' },
  xorHalves: {
    use: 'xorHalves(bytes)',
    means: 'the first half of bytes, each combined by exclusive or with its counterpart in the second',
  },
  u8: { use: 'u8(n)', means: 'an integer as one byte' },
  u16be: { use: 'u16be(n)', means: 'an integer as 2 bytes, the most significant first' },
  u64be: { use: 'u64be(n)', means: 'an integer as 8 bytes, the most significant first' },
  u16le: { use: 'u16le(n)', means: 'an integer as 2 bytes, the least significant first' },
  u32le: { use: 'u32le(n)', means: 'an integer as 4 bytes, the least significant first' },
  u64le: { use: 'u64le(n)', means: 'an integer as 8 bytes, the least significant first' },
  integerLe: { use: 'integerLe(bytes)', means: 'bytes as an unsigned integer, the least significant first' },
  min: { use: 'min(a, b)', means: 'the smaller of two integers' },
  max: { use: 'max(a, b)', means: 'the greater of two integers' },
  least: { use: 'least(list)', means: 'the smallest of the integers of a list' },
  sum: { use: 'sum(list)', means: 'the sum of the integers of a list' },
  total: { use: 'total(list)', means: 'the sum of the lengths of the items of a list' },
  power: { use: 'power(a, n)', means: 'a to the power of n' },
  quotient: { use: 'quotient(a, b)', means: 'a divided by b, without the fraction' },
  mod: { use: 'mod(a, b)', means: 'what is left of a divided by b, from 0 to b - 1' },
  range: { use: 'range(from, to)', means: 'the integers from one up to another, which is not included' },
  ascending: { use: 'ascending(list)', means: 'integers in ascending order' },
  sorted: { use: 'sorted(list)', means: 'texts in the order of their UTF-16 code units' },
  append: { use: 'append(list, x)', means: 'the list with x after its last item' },
  contains: { use: 'contains(list, x)', means: 'whether an item equals x' },
  without: { use: 'without(list, x)', means: 'the list without the items that equal x' },
  filter: { use: "filter(list, 'it > 0')", means: 'the items for which an expression holds, in which each is called it' },
  map: { use: "map(list, 'it + 1')", means: 'the values of an expression for each item, which is called it' },
  present: { use: 'present(x)', means: 'whether x has a value' },
  orElse: { use: 'orElse(x, y)', means: 'x, or y if x has no value' },
  optional: { use: 'optional(name)', means: 'the value of a name; none where nothing has that name' },
  if: { use: 'if(condition, x, y)', means: 'x if the condition holds, else y; the other one is not evaluated' },
  kind: { use: 'kind(x)', means: 'none, null, integer, text, boolean, bytes, map, list or json, as text' },
  isText: { use: 'isText(x)', means: 'whether x is text' },
  isBytes: { use: 'isBytes(x)', means: 'whether x is bytes' },
  isList: { use: 'isList(x)', means: 'whether x is a list' },
  isMap: { use: 'isMap(x)', means: 'whether x is a map' },
  names: { use: 'names(map)', means: 'the names of a map or of a JSON object, in their order' },
  get: { use: 'get(map, name)', means: 'the value of a name of a map or of a JSON object; none if it has no such name' },
  put: { use: 'put(map, name, x)', means: 'the map with x under a name' },
  members: { use: 'members(json)', means: 'the names of the members of a JSON object, in their order' },
  memberCount: { use: 'memberCount(json)', means: 'how many members a JSON object has' },
  member: { use: 'member(json, name)', means: 'the member of a JSON object; none if it has no such member' },
  withMember: { use: 'withMember(json, name, x)', means: 'the JSON object with x as a member, or without the member if x has no value' },
  merged: { use: 'merged(json, json)', means: 'the members of two JSON objects; of members of one name, that of the second' },
  object: {
    use: "object('name', x, ...)",
    means: 'a JSON object of names and values; what has no value is left out. Of one map, its members',
  },
  fromHex: { use: 'fromHex(text)', means: 'the bytes that hexadecimal digits stand for' },
  toHex: { use: 'toHex(bytes)', means: 'bytes as lowercase hexadecimal digits' },
  utf8: { use: 'utf8(text)', means: 'text as bytes of UTF-8' },
  decimal: { use: 'decimal(n)', means: 'an integer as decimal digits' },
  lowerCase: { use: 'lowerCase(text)', means: 'text in lower case' },
  matches: { use: 'matches(text, pattern)', means: 'whether a regular expression of ECMAScript is found in the text' },
  split: { use: 'split(text, separator)', means: 'the parts of text between separators' },
  join: { use: 'join(list, separator)', means: 'texts with a separator between them' },
  chars: { use: 'chars(text, from, to)', means: 'characters (code points) from one index up to another; to the end without the second' },
  accepts: { use: "accepts('operation', 'name', x, ...)", means: 'whether an operation accepts these parameters' },
  result: { use: "result('operation', 'member', 'name', x, ...)", means: 'a member of what an operation answers to these parameters' },
};

/** The types of the fields of layouts. */
export const FIELD_WORDS: { readonly [type in FieldType]: Word } = {
  u8: { use: 'u8', means: 'an unsigned integer of one byte' },
  u16be: { use: 'u16be', means: 'an unsigned integer of 2 bytes, the most significant first' },
  u16le: { use: 'u16le', means: 'an unsigned integer of 2 bytes, the least significant first' },
  u24be: { use: 'u24be', means: 'an unsigned integer of 3 bytes, the most significant first' },
  u32be: { use: 'u32be', means: 'an unsigned integer of 4 bytes, the most significant first' },
  u32le: { use: 'u32le', means: 'an unsigned integer of 4 bytes, the least significant first' },
  u64be: { use: 'u64be', means: 'an unsigned integer of 8 bytes, the most significant first' },
  u64le: { use: 'u64le', means: 'an unsigned integer of 8 bytes, the least significant first' },
  leb128: {
    use: 'leb128',
    means: 'an unsigned integer of up to 64 bits: 7 bits a byte, the least significant first; the top bit of all bytes but the last is set',
  },
  bijective128: {
    use: 'bijective128',
    means:
      'an unsigned integer of up to 64 bits: 7 bits a byte, the most significant first; the top bit of all bytes but the last is set, ' +
      'and 1 is added before each further byte, so that every value has one spelling',
  },
  bytes: { use: 'bytes', means: 'bytes: as many as `length` says, or all that is left' },
  repeat: { use: 'repeat', means: 'a layout as often as `count` says, or until nothing is left' },
  layout: { use: 'layout', means: 'another layout' },
};
