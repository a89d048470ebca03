/** The first and the last character of each length of UTF-8 that I-JSON allows: no surrogates, no noncharacters. */
export const UTF8_EDGES: readonly (readonly [name: string, codePoint: number])[] = [
  ['0', 0x0],
  ['7f', 0x7f],
  ['80', 0x80],
  ['7ff', 0x7ff],
  ['800', 0x800],
  ['d7ff', 0xd7ff],
  ['e000', 0xe000],
  ['fffd', 0xfffd],
  ['10000', 0x10000],
  ['10fffd', 0x10fffd],
];
