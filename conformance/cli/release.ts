/**
 * `npm run release`: freezes what there is: expands the wildcards of profiles, and writes `released.txt` of every area and
 * topic. With `--check` it writes nothing and says where a promise of an earlier release is broken.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGISTRY } from '../areas.ts';
import type { Check } from '../contract/check.ts';
import { packageRoot } from '../contract/paths.ts';
import { SpecReader } from '../spec/loader.ts';
import { formatRelease, RELEASED, releaseFaults, releasesOf, type Release, type RetiredFile } from '../spec/released.ts';
import type { AreaSpec } from '../spec/types.ts';
import { loadAreas, type Area } from '../suites/areas.ts';
import { contractChecks } from '../suites/contract.ts';
import { refusingBrokenSpecs } from './refusal.ts';

/** The releases of all areas as they would be now. */
function currentReleases(areas: readonly Area[]): Release[] {
  const contract = contractChecks(areas);
  return areas.flatMap((area) => {
    const { spec, checks } = area;
    const peer = (): never => {
      throw new Error('nothing is run here');
    };
    const topicOf = (check: Pick<Check, 'operations'>): string | undefined =>
      spec.topics.find(({ operations }) => operations.includes(check.operations[0] ?? ''))?.topic;
    const all = [...checks, ...area.pairs(peer), ...contract];
    return releasesOf(spec, (topic) => all.filter((check) => topicOf(check) === topic));
  });
}

/** Writes each wildcard of an area's profiles as the range of what it names today. */
function expandWildcards(root: string, spec: AreaSpec): number {
  const rangeOf = (wildcard: string): string => {
    const numbers = spec.requirements
      .map(({ id }) => id)
      .filter((id) => id.startsWith(wildcard.slice(0, -1)))
      .sort();
    const [first = wildcard] = numbers;
    const last = numbers.at(-1) ?? first;
    return first === last ? first : `${first}..${last.slice(-3)}`;
  };
  let changed = 0;
  for (const folder of [`spec/${spec.area}`, ...spec.topics.map((topic) => topic.folder)]) {
    for (const name of readdirSync(join(root, folder)).filter((file) => ['topic.yaml', 'profiles.yaml'].includes(file))) {
      const path = join(root, folder, name);
      const text = readFileSync(path, 'utf8');
      const expanded = text.replaceAll(/\b[A-Z0-9]{3}-[A-Z0-9]{3}-[0-9]*\*/g, rangeOf);
      if (expanded === text) continue;
      writeFileSync(path, expanded);
      changed++;
    }
  }
  return changed;
}

function main(args: readonly string[]): number {
  const unknown = args.filter((a) => a !== '--check');
  if (unknown.length > 0) {
    console.error(`release: unknown argument ${unknown.join(' ')}\nusage: npm run release [-- --check]`);
    return 2;
  }
  const root = packageRoot();
  const check = args.includes('--check');
  if (!check) {
    const reader = new SpecReader(root);
    const changed = reader.areas().reduce((sum, area) => sum + expandWildcards(root, reader.area(area)), 0);
    console.log(`Wildcards of profiles expanded in ${String(changed)} files.`);
  }
  const reader = new SpecReader(root);
  const areas = loadAreas(REGISTRY, reader);
  const releases = currentReleases(areas);
  const retired = reader.read<RetiredFile>('spec/retired.yaml', 'retired');
  const faults = releaseFaults(
    root,
    releases,
    retired,
    areas.map(({ spec }) => spec),
  );
  if (faults.length > 0) {
    console.error(`What was released no longer holds:\n${faults.map((f) => `  ${f}`).join('\n')}`);
    return 1;
  }
  const count = releases.reduce((sum, { checks }) => sum + checks.length, 0);
  if (!check) for (const release of releases) writeFileSync(join(root, release.folder, RELEASED), formatRelease(release));
  console.log(`${String(count)} checks in ${String(releases.length)} folders ${check ? 'keep what was released' : 'released'}.`);
  return 0;
}

process.exitCode = await refusingBrokenSpecs(() => main(process.argv.slice(2)));
