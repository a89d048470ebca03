/** The cases of base 32. */
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { toHex } from '../../oracle/values.ts';
import { textHex } from '../packet/build.ts';

export function base32Cases(batch: Batch): void {
  const published: [string, string][] = [
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ];
  for (const [plain, encoded] of published) {
    batch.add({
      name: `rfc4648-${plain === '' ? 'empty' : plain}`,
      title: `RFC 4648 section 10: '${plain}'`,
      kind: 'example',
      operation: 'e3x.base32.encode',
      params: { bytes: textHex(plain) },
      about: 'E3X-B32-001',
      accepts: true,
      published: 'RFC 4648',
    });
    batch.add({
      name: `rfc4648-${plain === '' ? 'empty' : plain}`,
      title: `RFC 4648 section 10: '${encoded}'`,
      kind: 'example',
      operation: 'e3x.base32.decode',
      params: { text: encoded },
      about: 'E3X-B32-001',
      accepts: true,
      published: 'RFC 4648',
    });
  }
  for (const length of [4, 5, 16, 21, 31, 32, 33, 294])
    batch.add({
      name: `length-${String(length)}`,
      title: `${String(length)} bytes`,
      kind: 'boundary',
      operation: 'e3x.base32.encode',
      params: { bytes: toHex(seededBytes(`b32-${String(length)}`, length)) },
      about: 'E3X-B32-001',
      accepts: true,
    });
  const decode = (name: string, title: string, input: string, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'non-canonical',
      operation: 'e3x.base32.decode',
      params: { text: input },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  decode('whole-alphabet', 'every character of the alphabet', 'abcdefghijklmnopqrstuvwxyz234567', 'E3X-B32-001');
  for (const [name, s] of [
    ['one', 'my======'],
    ['just-one-sign', 'mzxw6yq='],
    ['alone', '='],
    ['whole-block', 'mzxw6ytb='],
    ['eight', '========'],
  ] as const)
    decode(`padding-${name}`, `padding: ${s}`, s, 'E3X-B32-002', 'malformed');
  for (const [name, s] of [
    ['zero', 'mzxw60tb'],
    ['one', 'mzxw61tb'],
    ['eight', 'mzxw68tb'],
    ['nine', 'mzxw69tb'],
    ['space', 'mzxw ytb'],
    ['line-end', 'mzxw6ytb\n'],
    ['carriage-return', 'mzxw\r\n6ytb'],
    ['hyphen', 'mzxw-ytb'],
    ['nul', 'mzxw\0ytb'],
    ['umlaut', 'mzxwäytb'],
    ['kelvin-sign', 'mzxw\u212aytb'],
    ['full-width', 'mzxw\uff41ytb'],
    ['dotless-i', 'mzxw\u0131ytb'],
    ['astral', 'mzxw\u{1d41a}ytb'],
    ['at-sign', 'mzxw@ytb'],
    ['grave', 'mzxw`ytb'],
    ['brace', 'mzxw{ytb'],
    ['slash', 'mzxw/ytb'],
  ] as const)
    decode(`foreign-${name}`, `a character outside the alphabet: ${name}`, s, 'E3X-B32-003', 'malformed');
  for (const [name, s] of [
    ['all', 'MZXW6YTB'],
    ['first', 'Mzxw6ytb'],
    ['last', 'mzxw6ytB'],
    ['short', 'MY'],
    ['a-to-z', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'],
  ] as const)
    decode(`upper-case-${name}`, `upper case: ${s}`, s, 'E3X-B32-004', 'non-canonical');
  for (const [name, s] of [
    ['two-lowest', 'mz'],
    ['two-highest', 'm3'],
    ['four-lowest', 'mzxr'],
    ['four-highest', 'mzxy'],
    ['five-lowest', 'mzxw7'],
    ['seven-lowest', 'mzxw6yr'],
    ['seven-highest', 'mzxw6yx'],
    ['fifty-two', `${'a'.repeat(51)}b`],
  ] as const)
    decode(`unused-bits-${name}`, `unused bits are not zero: ${s}`, s, 'E3X-B32-005', 'non-canonical');
  for (const length of [1, 3, 6, 9, 11, 14, 49])
    decode(
      `impossible-length-${String(length)}`,
      `${String(length)} characters do not encode whole bytes`,
      'a'.repeat(length),
      'E3X-B32-006',
      'malformed',
    );
}
