/** The one place where text leaves the program: whatever it is, no terminal and no CI system acts on it. */
import { describe, expect, it } from 'vitest';
import { safe } from './output.ts';

describe('text that is printed', () => {
  it.each([
    ['a colour and a title', '\u001b[31mred\u001b]0;title\u0007', '\\x1b[31mred\\x1b]0;title\\x07'],
    ['a clipboard', '\u009d52;c;eA==\u009c', '\\x9d52;c;eA==\\x9c'],
    ['what goes back and overwrites', 'FAIL\rPASS', 'FAIL\\x0dPASS'],
    ['what reverses and hides', 'a\u202eb\u200bc\ufeff', 'a\\u{202e}b\\u{200b}c\\u{feff}'],
    ['half a pair of surrogates', 'a\ud800', 'a\\u{d800}'],
  ])('shows %s', (_, text, shown) => {
    expect(safe(text)).toBe(shown);
  });
  it.each(['::error::x', '  ::set-output name=x::y', 'a\n::warning::x', '##[error]x', 'x ##vso[task.complete]', '##teamcity[x]'])(
    'is no command to a CI system: %s',
    (text) => {
      expect(safe(text)).not.toMatch(/^\s*::|##\[|##vso\[|##teamcity\[/m);
    },
  );
  it('keeps lines, tabs and what people read', () => {
    const text = 'ok {"a":1}\n\tzwei: ä 文 😀 : # ## a::b\n';
    expect(safe(text)).toBe(text);
  });
});
