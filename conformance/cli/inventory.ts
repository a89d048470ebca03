/**
 * `npm run inventory`: what the suites ask, as contents. `-- --out FILE` writes the list; `-- --against FILE` compares with a
 * list written before and says what was added, removed and renamed; `--ids FILE` writes the map of ids that were renamed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { REGISTRY } from '../areas.ts';
import { compareInventories, inventoryOf, type Inventory } from '../coverage/inventory.ts';
import { SpecReader } from '../spec/loader.ts';
import { loadAreas } from '../suites/areas.ts';
import { refusingBrokenSpecs } from './refusal.ts';

/** Lines of one kind that are printed; a file has all. */
const SHOWN_MAX = 20;

function show(title: string, lines: readonly string[]): void {
  console.log(`${title}: ${String(lines.length)}`);
  for (const line of lines.slice(0, SHOWN_MAX)) console.log(`  ${line}`);
  if (lines.length > SHOWN_MAX) console.log(`  and ${String(lines.length - SHOWN_MAX)} more`);
}

function main(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: { out: { type: 'string' }, against: { type: 'string' }, ids: { type: 'string' } },
  });
  const now = inventoryOf(loadAreas(REGISTRY, new SpecReader()));
  console.log(`${String(now.vectors.length)} vectors, ${String(now.generated.length)} generated checks.`);
  if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(now)}\n`);
  if (values.against === undefined) return 0;
  const change = compareInventories(JSON.parse(readFileSync(values.against, 'utf8')) as Inventory, now);
  show(
    'contents added',
    change.added.map(({ id, requirement }) => `${id} (${requirement})`),
  );
  show(
    'contents removed',
    change.removed.map(({ id, requirement }) => `${id} (${requirement})`),
  );
  show(
    'contents under another id',
    change.renamed.map(({ from, to }) => `${from} -> ${to}`),
  );
  show('generated checks added', change.generatedAdded);
  show('generated checks removed', change.generatedRemoved);
  if (values.ids !== undefined) writeFileSync(values.ids, `${change.renamed.map(({ from, to }) => `${from} ${to}`).join('\n')}\n`);
  return 0;
}

try {
  process.exitCode = await refusingBrokenSpecs(() => main(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(`inventory: ${error.message}\nusage: inventory [--out FILE] [--against FILE [--ids FILE]]`);
  process.exitCode = 2;
}
