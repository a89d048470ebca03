import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../conformance/contract/paths.ts';
import type { Measurement } from './measure.ts';
import { tableOf, withTable } from './page.ts';

const page = readFileSync(join(packageRoot(), 'docs/guides/performance.md'), 'utf8');
const measured = (row: string, ours: string, ratio: number, more: Partial<Measurement> = {}): Measurement => ({
  row,
  ours,
  peer: 'other',
  ratio,
  least: ratio / 2,
  greatest: 2 * ratio,
  ...more,
});

describe('docs/guides/performance.md', () => {
  it('says why each row below 1 is, and only of those', () => {
    const rows = [...page.matchAll(/^\| (\S+) \| (.+) \| (.+) \| ([\d.]+) \(.*$/gm)].map(([, section, row, peer, ratio]) => ({
      is: `${row ?? ''}, against ${peer ?? ''}`,
      isCompared: section !== 'layers' && peer !== 'limit' && peer !== 'noble',
      ratio: Number(ratio),
    }));
    expect(rows.length).toBeGreaterThan(30);
    const reasons = page.slice(page.indexOf('Below 1')).replaceAll('\n  ', ' ');
    for (const { is, isCompared, ratio } of rows) {
      if (isCompared && ratio < 0.99) expect(reasons, is).toContain(`- ${is}: `);
      if (ratio > 1.01) expect(reasons, is).not.toContain(`- ${is}: `);
    }
    expect(reasons).not.toContain('nobody has looked');
  });
});

describe('the table', () => {
  it('has the first of ours in each row, its share of the limit, and why it is slower', () => {
    const why = 'it does half of the work, and so on, and so on, until the line is full of it';
    const table = tableOf({
      packets: [measured('encode', 'fast', 12.34, { ofLimit: 0.5 }), measured('encode', 'node', 3)],
      kilt: [measured('open', 'fast', 0.5, { why })],
    });
    expect(table).toContain('| packets | encode | other | 12.3 (6.17..24.7) | 0.50 |');
    expect(table).not.toContain('| 3.00');
    expect(table).toContain(`- open, against other: ${why}.`.slice(0, 60));
    expect(table.split('\n').filter((line) => !line.startsWith('|') && line.length > 80)).toEqual([]);
  });
  it('takes the place of the last one, and nothing else', () => {
    const once = withTable('# A\n\n<!-- measured -->\n<!-- end -->\n\nB\n', 'one');
    expect(once).toBe('# A\n\n<!-- measured -->\n\none\n\n<!-- end -->\n\nB\n');
    expect(withTable(once, 'two')).toBe(once.replace('one', 'two'));
    expect(() => withTable('# A', 'one')).toThrow(/no place/);
  });
});
