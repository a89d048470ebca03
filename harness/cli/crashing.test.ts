import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { CommandLine } from '../testing/cli.ts';

const cli = new CommandLine();
const crashing = (...words: string[]): string =>
  [process.execPath, join(packageRoot(), 'harness/testing/crashing-adapter.mjs'), ...words].map((word) => `'${word}'`).join(' ');
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

afterAll(() => {
  cli.remove();
});

describe('an implementation that crashes at some inputs', () => {
  /** Base 32 in a few lines, which does something at the texts that a pattern matches; it starts fast. */
  const base32 = (name: string, pattern: string, does: string): string =>
    cli.adapter(
      name,
      `const { text } = params;
      if (/${pattern}/u.test(text)) { ${does} }
      let bits = '';
      for (const c of text) {
        const digit = 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(c);
        if (digit < 0) return reply({ reject: { class: 'malformed' } });
        bits += digit.toString(2).padStart(5, '0');
      }
      const end = bits.length - (bits.length % 8);
      if (bits.length - end >= 5 || bits.slice(end).includes('1')) return reply({ reject: { class: 'malformed' } });
      const bytes = Array.from({ length: end / 8 }, (_, i) => parseInt(bits.slice(8 * i, 8 * i + 8), 2).toString(16).padStart(2, '0'));
      if (WRONG) return reply({ ok: { bytes: '00' + bytes.join('') } });
      return reply({ ok: { bytes: bytes.join('') } });`.replace(
        'WRONG',
        does.includes('crashed') && name === 'wrong' ? 'text.length > 100' : 'false',
      ),
      ['e3x.base32.decode'],
    );
  const verify = (adapter: string): ReturnType<CommandLine['here']> =>
    cli.here('verify', '--stdio', adapter, '--only', 'fuzz/e3x.base32.decode', '--no-repros');
  const STRANGE = '[^a-z2-7]';

  it.each([
    ['ends', 'process.exit(139);', '[A-Z]'],
    ['throws', "return reply({ crashed: 'RangeError' });", STRANGE],
  ])('is asked the other cases of the fuzz as well, if it %s', async (name, does, pattern) => {
    const { code, out } = await verify(base32(name, pattern, does));
    expect(code).toBe(1);
    expect(flat(out)).toMatch(/FAIL fuzz\/e3x\.base32\.decode/);
    const [, crashed = '', cases = ''] =
      /rest (\d+) of (\d+) cases crashed the implementation; it was asked the others/.exec(flat(out)) ?? [];
    expect([crashed, cases]).not.toContain('');
    expect(Number(cases)).toBe(150);
    expect(flat(out)).toMatch(/it was asked the others as well, and answered them as it must/);
  });
  it('is blamed for what it answers wrongly after a crash, too', async () => {
    const { code, out } = await verify(base32('wrong', STRANGE, "return reply({ crashed: 'RangeError' });"));
    expect(code).toBe(1);
    expect(flat(out)).toMatch(/also E3X-B32-\d+/);
    expect(flat(out)).toMatch(/one of its answers is wrong as well. \d+ of 150 cases were cut/);
  });
  it('is cut after twenty processes, and the report says of how many cases', async () => {
    const { out } = await verify(base32('often', STRANGE, 'process.exit(139);'));
    expect(flat(out)).toMatch(/20 of \d+ cases crashed .* \d+ of 150 cases were cut after 20 processes that ended/);
  });
});

describe('bottlepost fuzz', () => {
  const fuzz = (text: string, how: string, cases: number): ReturnType<CommandLine['here']> =>
    cli.here('fuzz', '--stdio', crashing('e3x.message.open', text, how), '--csid', '3a', '--cases', String(cases));

  it.each(['exit', 'throw'])('goes on after a crash, and counts: %s', async (how) => {
    const { code, out } = await fuzz('"packet":"0001[^3]', how, 40);
    expect(code).toBe(1);
    const counted = /e3x\.message\.open 3a: 40 cases in \d+ s, (\d+) CRASHES/.exec(out)?.[1];
    expect(counted).toBeDefined();
    expect(out).toContain(
      `${counted ?? ''} of 40 cases crashed the implementation; it was asked the others as well, and none was accepted.`,
    );
    expect(out).toMatch(/CRASH: (the process ended|threw RangeError) at a damaged packet/);
    expect(out).toMatch(/e3x\.channelpacket\.open 3a: 40 cases in \d+ s, none accepted/);
  });
  it('says what was cut', async () => {
    const { code, out } = await fuzz('"packet":"0001[^3]', 'throw', 1000);
    expect(code).toBe(1);
    expect(Number(/(\d+) CRASHES/.exec(out)?.[1])).toBeGreaterThanOrEqual(50);
    expect(out).toMatch(/and \d+ crashes more/);
    expect(out).toMatch(/of 1,000 cases were cut after \d+ crashes/);
  });
});
