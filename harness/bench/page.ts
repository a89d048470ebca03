/** The table of docs/guides/performance.md: the last measurement, each row with its peers, its limit, and why it is slower. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { wrap } from '../../conformance/contract/text.ts';
import type { Measurement } from './measure.ts';

const PAGE = 'docs/guides/performance.md';
/** What stands between these two lines is written here, and nothing else of the page. */
const [BEGIN, END] = ['<!-- measured -->', '<!-- end -->'] as const;
const PAGE_WIDTH = 78;

const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/**
 * The table as Markdown. Of ours only the first is shown, the one that an endpoint would use: the others are on the screen.
 * @param sections what was measured, by the name of the section
 */
export function tableOf(sections: { readonly [section: string]: readonly Measurement[] }): string {
  const rows = Object.entries(sections).flatMap(([section, measurements]) =>
    measurements.filter(isFirst).map((measured) => ({ section, ...measured })),
  );
  const slower = rows.filter(({ why }) => why !== undefined);
  return [
    '| section | row | against | ratio (least..most) | of the limit |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(
      ({ section, row, peer, ratio, least, greatest, ofLimit }) =>
        `| ${section} | ${row} | ${peer} | ${short(ratio)} (${short(least)}..${short(greatest)}) | ` +
        `${ofLimit === undefined ? '' : short(ofLimit)} |`,
    ),
    '',
    'Below 1, and why:',
    '',
    ...slower.flatMap(({ row, peer, why = '' }) =>
      wrap(`${row}, against ${peer}: ${why}.`, 0, PAGE_WIDTH).map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`)),
    ),
  ].join('\n');
}

/** Whether a measurement is of the first of ours in its row and against its peer; OpenSSL beside itself says nothing. */
function isFirst(measured: Measurement, _at: number, all: readonly Measurement[]): boolean {
  return measured.peer !== 'node' && all.find(({ row, peer }) => row === measured.row && peer === measured.peer) === measured;
}

/** Puts a table into a page, between its two marks. @throws Error for a page without them */
export function withTable(page: string, table: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has no place between '${BEGIN}' and '${END}'`);
  return `${page.slice(0, from)}${BEGIN}\n\n${table}\n\n${page.slice(to)}`;
}

/** Rewrites the table of the page. */
export function writePage(root: string, sections: { readonly [section: string]: readonly Measurement[] }): void {
  const path = join(root, PAGE);
  const machine = `Measured on ${String(cpus().length)} cores, under Node ${process.version}.`;
  writeFileSync(path, withTable(readFileSync(path, 'utf8'), `${machine}\n\n${tableOf(sections)}`));
}
