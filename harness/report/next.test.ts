import { describe, expect, it } from 'vitest';
import { atWidth } from '../../conformance/contract/text.ts';
import { EXIT, type ExitCode } from '../core/exit.ts';
import { failure, reportOf } from '../testing/support.ts';
import { causesOf } from './causes.ts';
import { formatNext } from './next.ts';

const causes = causesOf([reportOf('a', { verdict: 'fail', cases: 1, failure: failure() })]);
const smoke = `npx bottlepost smoke --stdio 'a command that is ${'very '.repeat(20)}long'`;
const next = (exitCode: ExitCode, more: Partial<Parameters<typeof formatNext>[0]> = {}): string =>
  formatNext({ exitCode, causes, smoke, hasJson: false, ...more });

describe('what to do next', () => {
  it('has each command on a line of its own, below what it is for', () => {
    expect(next(EXIT.failed)).toBe(
      [
        'next: read more about the first cause:',
        '        npx bottlepost explain TST-ECHO-001',
        '      to write every failure with its cause, add --report json=FILE',
        '      to record all of them as known, add --write-baseline FILE',
        '',
      ].join('\n'),
    );
    expect(next(EXIT.failed, { hasJson: true, baseline: { allowed: [], problems: [] } }).split('\n')).toHaveLength(3);
  });
  it('begins no line with a command and words after it', () => {
    for (const exitCode of Object.values(EXIT))
      for (const line of next(exitCode, { causes: [] }).split('\n'))
        if (/\bnpx\b/.test(line)) expect([smoke, 'npx bottlepost baseline update FILE']).toContain(line.trim());
  });
  it('breaks no command, and everything else at the width', () => {
    const text = atWidth(40, () => next(EXIT.adapter) + next(EXIT.incomplete) + next(EXIT.nothing));
    expect(text).toContain(`\n        ${smoke}\n`);
    for (const line of text.split('\n')) if (!line.includes(smoke)) expect(line.length, line).toBeLessThanOrEqual(40);
  });
  it('is nothing where there is nothing to do', () => {
    expect(next(EXIT.ok)).toBe('');
  });
});
