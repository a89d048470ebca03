/** Raw JSON heads: what JSON text can get wrong, byte by byte. Each negative has exactly one fault. */
export interface JsonBytesCase {
  readonly name: string;
  readonly title: string;
  readonly bytes: Uint8Array;
  /** The clause the case is about. */
  readonly about: string;
  /** The error that must be next to the bytes; absent if the head is right. */
  readonly error?: string;
}

const text = (s: string): Uint8Array => Uint8Array.from(Buffer.from(s, 'utf8'));
/** `{"a":"` + bytes + `"}` */
const inString = (bytes: readonly number[]): Uint8Array => Uint8Array.from([...text('{"a":"'), ...bytes, ...text('"}')]);
const nested = (levels: number): string => '{"a":'.repeat(levels - 1) + '{}' + '}'.repeat(levels - 1);
const nestedArrays = (levels: number): string => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

export function jsonBytesCases(): JsonBytesCase[] {
  const cases: JsonBytesCase[] = [];
  const add = (name: string, title: string, head: string | Uint8Array, about: string, error?: string): void => {
    const bytes = typeof head === 'string' ? text(head) : head;
    if (bytes.length < 7) throw new Error(`${name}: a head of ${String(bytes.length)} bytes is not JSON`);
    cases.push({ name, title, bytes, about, ...(error === undefined ? {} : { error }) });
  };
  // Grammar.
  for (const [name, head] of [
    ['trailing-comma', '{"a":1,}'],
    ['missing-comma', '{"a":1 "b":2}'],
    ['missing-colon', '{"a" 1}'],
    ['missing-value', '{"abc":}'],
    ['missing-close', '{"abc":1'],
    ['two-values', '{"a":1}{}'],
    ['single-quotes', "{'a':'b'}"],
    ['bare-name', '{abc:1}'],
    ['number-name', '{1:"abc"}'],
    ['comment', '{"a":1/**/}'],
    ['line-comment', '{"a":1//\n}'],
    ['nan', '{"a":NaN}'],
    ['infinity', '{"a":Infinity}'],
    ['undefined', '{"a":undefined}'],
    ['leading-zero', '{"a":01}'],
    ['plus-sign', '{"a":+1}'],
    ['bare-fraction', '{"a":.5}'],
    ['bare-point', '{"a":5.}'],
    ['bare-exponent', '{"a":5e}'],
    ['hexadecimal', '{"a":0x1}'],
    ['minus-alone', '{"abc":-}'],
    ['upper-case-true', '{"a":True}'],
    ['raw-newline-in-string', '{"a":"\n"}'],
    ['raw-tab-in-string', '{"a":"\t"}'],
    ['raw-nul-in-string', '{"a":"\0"}'],
    ['raw-unit-separator-in-string', '{"a":"\x1f"}'],
    ['bad-escape', '{"a":"\\x41"}'],
    ['short-unicode-escape', '{"a":"\\u12"}'],
    ['bad-unicode-escape', '{"a":"\\u12G4"}'],
    ['open-string', '{"a":"bc}'],
    ['no-break-space', '{"a":\u00a01}'],
    ['form-feed', '{"a":\f1}'],
    ['mismatched-brackets', '{"a":[1}}'],
    ['nul-behind', '{"a":1}\0'],
    ['garbage-behind', '{"a":1}x'],
    ['binary', '\x01\x02\x03\x04\x05\x06\x07'],
    ['letters', 'abcdefg'],
  ] as const)
    add(`syntax-${name}`, `HEAD is ${JSON.stringify(head)}`, head, 'E3X-JSN-001', 'syntax');
  // Right text that lenient readers get wrong.
  for (const [name, head] of [
    ['inner-white-space', '{ "a" :\t1\r\n}'],
    ['escaped-solidus', '{"a":"\\/"}'],
    ['every-escape', '{"a":"\\"\\\\\\b\\f\\n\\r\\t\\u0041"}'],
    ['del-character', '{"a":"\x7f"}'],
    ['line-separator', '{"a":"\u2028"}'],
    ['negative-zero', '{"a":-0}'],
    ['exponents', '{"a":1e3,"b":2E-3,"c":-1.5}'],
    ['literals', '{"a":true,"b":false,"c":null}'],
    ['empty-containers', '{"a":{},"b":[]}'],
  ] as const) {
    add(`accepts-${name}`, `HEAD is ${JSON.stringify(head)}`, head, 'E3X-JSN-001');
  }
  // Not an object.
  for (const [name, head] of [
    ['array', '[1,2,3,4]'],
    ['empty-array-of-objects', '[{},{}]'],
    ['string', '"abcdefg"'],
    ['number', '12345678'],
    ['fraction', '0.123456'],
    ['array-of-object', '[{"a":1}]'],
  ] as const)
    add(`not-object-${name}`, `HEAD is the bare ${name} ${head}`, head, 'E3X-JSN-002', 'not-object');
  // White space around.
  for (const [name, head] of [
    ['space-before', ' {"a":1}'],
    ['space-behind', '{"a":1} '],
    ['newline-behind', '{"a":1}\n'],
    ['newline-before', '\n{"a":1}'],
    ['tab-behind', '{"a":1}\t'],
    ['return-before', '\r{"a":1}'],
  ] as const)
    add(`white-space-${name}`, `white space: ${name}`, head, 'E3X-JSN-003', 'syntax');
  // Duplicate names.
  for (const [name, head] of [
    ['top', '{"a":1,"a":2}'],
    ['same-value', '{"a":1,"a":1}'],
    ['escaped', '{"a":1,"\\u0061":2}'],
    ['nested', '{"x":{"a":1,"a":2}}'],
    ['in-array', '{"x":[{"a":1,"a":2}]}'],
    ['apart', '{"a":1,"b":{},"c":[],"a":2}'],
    ['empty-name', '{"":1,"":2}'],
    ['proto', '{"__proto__":1,"__proto__":2}'],
  ] as const)
    add(`duplicate-${name}`, `a name twice: ${head}`, head, 'E3X-JSN-004', 'duplicate-name');
  for (const [name, head] of [
    ['siblings', '{"x":{"a":1},"y":{"a":2}}'],
    ['parent-and-child', '{"a":{"a":{"a":1}}}'],
    ['case-differs', '{"a":1,"A":2}'],
    ['value-like-name', '{"a":"a","b":"a"}'],
    ['unnormalized', '{"\u00e9":1,"e\u0301":2}'],
    ['objects-in-array', '{"x":[{"a":1},{"a":2}]}'],
  ] as const)
    add(`not-duplicate-${name}`, `no duplicate name: ${head}`, head, 'E3X-JSN-004');
  // UTF-8.
  for (const [name, bytes] of [
    ['stray-continuation', [0x80]],
    ['lone-lead', [0xc3]],
    ['overlong-two', [0xc0, 0xaf]],
    ['overlong-nul', [0xc0, 0x80]],
    ['overlong-three', [0xe0, 0x80, 0xaf]],
    ['overlong-four', [0xf0, 0x80, 0x80, 0xaf]],
    ['high-surrogate', [0xed, 0xa0, 0x80]],
    ['low-surrogate', [0xed, 0xb0, 0x80]],
    ['surrogate-pair', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
    ['above-10ffff', [0xf4, 0x90, 0x80, 0x80]],
    ['lead-f5', [0xf5, 0x80, 0x80, 0x80]],
    ['lead-f7', [0xf7, 0xbf, 0xbf, 0xbf]],
    ['lead-ff-of-four', [0xff, 0x80, 0x80, 0x80]],
    ['lead-f8-of-four', [0xf8, 0x90, 0x80, 0x80]],
    ['lead-fb-of-four', [0xfb, 0x90, 0x80, 0x80]],
    ['five-bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]],
    ['fe', [0xfe]],
    ['ff', [0xff]],
    ['ff-fe', [0xff, 0xfe]],
    ['short-three', [0xe2, 0x82]],
    ['short-four', [0xf0, 0x9f, 0x98]],
    ['latin-1', [0xe9]],
  ] as const)
    add(`utf8-${name}`, `bad UTF-8 in a string: ${bytes.map((b) => b.toString(16)).join(' ')}`, inString(bytes), 'E3X-JSN-005', 'encoding');
  for (const [name, s] of [
    ['two-bytes', 'é'],
    ['three-bytes', '☃'],
    ['four-bytes', '🚀'],
    ['last-before-surrogates', '\ud7ff'],
    ['first-after-surrogates', '\ue000'],
    ['last-of-bmp-allowed', '\ufffd'],
    ['private-use', '\u{10fffd}'],
    ['last-of-one-byte', '\u007f'],
    ['first-of-two-bytes', '\u0080'],
    ['last-of-two-bytes', '\u07ff'],
    ['first-of-three-bytes', '\u0800'],
    ['first-of-four-bytes', '\u{10000}'],
    ['last-of-plane-one-allowed', '\u{1fffd}'],
    ['first-of-plane-sixteen', '\u{100000}'],
  ] as const)
    add(`utf8-accepts-${name}`, `well-formed UTF-8: ${name}`, `{"a":"${s}"}`, 'E3X-JSN-005');
  // Byte order marks.
  add('bom-before', 'a byte order mark before the object', '\ufeff{"a":1}', 'E3X-JSN-006', 'encoding');
  add('bom-inside', 'U+FEFF inside a string is a character', '{"a":"\ufeff"}', 'E3X-JSN-006');
  // Unpaired surrogates by escape.
  for (const [name, s] of [
    ['high-alone', '\\ud800'],
    ['low-alone', '\\udc00'],
    ['high-then-letter', '\\ud83dx'],
    ['reversed', '\\ude80\\ud83d'],
    ['two-highs', '\\ud83d\\ud83d'],
    ['upper-case-digits', '\\uD800'],
    ['high-then-escape', '\\ud83d\\n'],
  ] as const)
    add(`surrogate-${name}`, `an unpaired surrogate: ${s}`, `{"a":"${s}"}`, 'E3X-JSN-007', 'encoding');
  add('surrogate-in-name', 'an unpaired surrogate in a name', '{"\\ud800":1}', 'E3X-JSN-007', 'encoding');
  add('surrogate-nested', 'an unpaired surrogate in an inner object', '{"a":{"b":["\\udfff"]}}', 'E3X-JSN-007', 'encoding');
  add('surrogate-pair', 'a pair of escapes is one character', '{"a":"\\ud83d\\ude80"}', 'E3X-JSN-007');
  add('surrogate-first-pair', 'the first pair of escapes there is', '{"a":"\\ud800\\udc00"}', 'E3X-JSN-007');
  add('surrogate-last-pair', 'the last pair of escapes that is a character', '{"a":"\\udbff\\udffd"}', 'E3X-JSN-007');
  // Noncharacters.
  for (const [name, s] of [
    ['fdd0', '\ufdd0'],
    ['fdef', '\ufdef'],
    ['fffe', '\ufffe'],
    ['ffff', '\uffff'],
    ['1fffe', '\u{1fffe}'],
    ['10ffff', '\u{10ffff}'],
    ['escaped-fffe', '\\ufffe'],
    ['escaped-fdd0', '\\ufdd0'],
    ['escaped-1ffff', '\\ud83f\\udfff'],
  ] as const)
    add(`noncharacter-${name}`, `a noncharacter: ${name}`, `{"a":"${s}"}`, 'E3X-JSN-008', 'encoding');
  add('noncharacter-in-name', 'a noncharacter in a name', '{"\uffff":1}', 'E3X-JSN-008', 'encoding');
  for (const [name, s] of [
    ['fdcf', '\ufdcf'],
    ['fdf0', '\ufdf0'],
    ['fffd', '\ufffd'],
    ['1fffd', '\u{1fffd}'],
  ] as const)
    add(`not-a-noncharacter-${name}`, `a character beside the noncharacters: ${name}`, `{"a":"${s}"}`, 'E3X-JSN-008');
  // Numbers.
  for (const [name, n] of [
    ['2-53', '9007199254740992'],
    ['minus-2-53', '-9007199254740992'],
    ['2-53-plus-1', '9007199254740993'],
    ['u64-max', '18446744073709551615'],
    ['1e16', '1e16'],
    ['1e21', '1e+21'],
    ['most', '1.7976931348623157e308'],
    ['rounded-down-to-most', '1.7976931348623158e308'],
    ['half-above', '9007199254740991.5'],
    ['as-exponent', '900719925474099.2e1'],
    ['seventeen-digits', '12345678901234567'],
  ] as const)
    add(`ijson-${name}`, `the number ${n}`, `{"a":${n}}`, 'E3X-JSN-012', 'number-range');
  add('ijson-in-array', 'a number beyond 2^53 - 1 inside an array', '{"a":[1,[1e17]]}', 'E3X-JSN-012', 'number-range');
  for (const [name, n] of [
    ['1e309', '1e309'],
    ['minus-1e309', '-1e309'],
    ['1e400', '1e400'],
    ['just-beyond', '1.797693134862315808e308'],
    ['of-400-digits', '9'.repeat(400)],
  ] as const)
    add(`number-${name}`, `a number that no double holds: ${name}`, `{"a":${n}}`, 'E3X-JSN-009', 'number-range');
  add('number-in-inner-array', 'a number that no double holds inside an array', '{"a":[1,[1e309]]}', 'E3X-JSN-009', 'number-range');
  for (const [name, n] of [
    ['2-53-minus-1', '9007199254740991'],
    ['minus-2-53-minus-1', '-9007199254740991'],
    ['with-zero-fraction', '9007199254740991.0'],
    ['tiny', '1e-300'],
    ['sixteen-digits', '1234567890123456'],
    ['many-zeros', '0.00000000000000000000000000001'],
    ['exponent-in-range', '9e15'],
  ] as const)
    add(`number-accepts-${name}`, `the number ${n}`, `{"a":${n}}`, 'E3X-JSN-009');
  // Names that are data.
  for (const [name, head] of [
    ['proto-object', '{"__proto__":{"x":1}}'],
    ['proto-null', '{"__proto__":null}'],
    ['proto-nested', '{"a":{"__proto__":"b"}}'],
    ['constructor', '{"constructor":{"prototype":1}}'],
    ['to-string', '{"toString":1,"hasOwnProperty":2}'],
    ['empty-name', '{"":"abc"}'],
    ['index-names', '{"1":"b","0":"a"}'],
    ['nul-in-name', '{"\\u0000":1}'],
  ] as const)
    add(`name-${name}`, `names are data: ${head}`, head, 'E3X-JSN-010');
  // Depth.
  add('depth-64', '64 levels of objects', nested(64), 'E3X-JSN-011');
  add('depth-64-arrays', 'an object and 63 arrays', nestedArrays(64), 'E3X-JSN-011');
  add('depth-brackets-in-strings', 'brackets in strings are not levels', `{"a":"${'[{'.repeat(80)}"}`, 'E3X-JSN-011');
  add(
    'depth-wide',
    'many containers side by side are not deep',
    `{"a":[${Array.from({ length: 100 }, () => '[]').join(',')}]}`,
    'E3X-JSN-011',
  );
  add('depth-65', '65 levels of objects', nested(65), 'E3X-JSN-011', 'depth');
  add('depth-65-arrays', 'an object and 64 arrays', nestedArrays(65), 'E3X-JSN-011', 'depth');
  add('depth-5000', '5,000 levels of arrays', nestedArrays(5000), 'E3X-JSN-011', 'depth');
  return cases;
}
