/** What is shown, and whose a crash is, through the real command line and real processes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT } from '../core/exit.ts';
import { CommandLine } from '../testing/cli.ts';

const cli = new CommandLine();
afterAll(() => cli.remove());
const DECODE = 'e3x.base32.decode';
/** Decodes as the specification says, apart from what `before` does first. */
const decoding = (before: string): string => `
  ${before}
  const bits = [...params.text].map((c) => 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(c));
  if (bits.includes(-1)) return reply({ reject: { class: /[A-Z]/.test(params.text) ? 'non-canonical' : 'malformed' } });
  const text = bits.map((b) => b.toString(2).padStart(5, '0')).join('');
  const rest = text.slice(Math.floor(text.length / 8) * 8);
  if (rest.length >= 5) return reply({ reject: { class: 'malformed' } });
  if (rest.includes('1')) return reply({ reject: { class: 'non-canonical' } });
  const bytes = text.match(/.{8}/g) ?? [];
  reply({ ok: { bytes: bytes.map((b) => parseInt(b, 2).toString(16).padStart(2, '0')).join('') } });`;
const verify = (command: string, ...more: string[]): ReturnType<CommandLine['here']> =>
  cli.here('verify', '--stdio', command, '--only', `${DECODE}/rfc4648-*`, '--no-repros', ...more);

describe('an implementation that ends its process', () => {
  const resultsIn = (
    file: string,
  ): readonly { readonly verdict: string; readonly failure?: { readonly kind: string; readonly explanation: string } }[] =>
    (JSON.parse(readFileSync(join(cli.folder, file), 'utf8')) as { readonly results: ReturnType<typeof resultsIn> }).results;
  it('on one input fails by the clause of the input', async () => {
    const command = cli.adapter('one', decoding("if (params.text === 'my') process.exit(7);"), [DECODE]);
    const { code } = await verify(command, '--report', 'json=one.json');
    expect(code).toBe(EXIT.failed);
    const failed = resultsIn('one.json').filter(({ verdict }) => verdict === 'fail');
    expect(failed.length).toBeGreaterThan(0);
    for (const { failure } of failed)
      expect(failure).toMatchObject({ kind: 'no-answer', explanation: expect.stringContaining('crashes on this input') as string });
    expect(resultsIn('one.json').filter(({ verdict }) => verdict === 'broken')).toEqual([]);
  });
  it('on every input is a broken adapter', async () => {
    const command = cli.adapter('all', 'process.exit(7);', [DECODE]);
    expect((await cli.here('verify', '--stdio', command, '--only', `${DECODE}/rfc4648-*`, '--no-repros')).code).toBe(EXIT.adapter);
  });
});

describe('what is required', () => {
  const command = cli.adapter('right', decoding(''), [DECODE]);
  it('must be claimed, whatever is right', async () => {
    expect((await verify(command)).code).toBe(EXIT.ok);
    const { code, out } = await verify(command, '--require', 'e3x-hashnames');
    expect(code).toBe(EXIT.incomplete);
    expect(out).toContain('INCOMPLETE e3x-hashnames: it is required, and hello does not claim it');
  });
  it('must exist', async () => {
    expect(await verify(command, '--require', 'e3x-hashname')).toMatchObject({
      code: EXIT.usage,
      err: expect.stringContaining('e3x-hashnames') as string,
    });
  });
});
