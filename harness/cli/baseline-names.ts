/** Names in a baseline that nothing has: told before anything is run, with the name that is probably meant. */
import { quoted } from '../../conformance/contract/text.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { BaselineError, type Baseline } from '../core/baseline.ts';
import { didYouMean } from './nearest.ts';
import { matches, type Suite } from './suite.ts';

/** Checks of the contract itself, and of pairs: they belong to a run and not to the suite. */
const OF_A_RUN = /^(?:contract|cross)\//;

/** Retired ids of checks and clauses, with what took their place, if anything did. */
function successors({ root, areas }: Suite): Map<string, string | null> {
  const { retired } = parse(readFileSync(join(root, 'spec', 'retired.yaml'), 'utf8')) as {
    readonly retired: readonly { readonly ids: Readonly<Record<string, string | null>> }[];
  };
  return new Map([
    ...retired.flatMap(({ ids }) => Object.entries(ids)),
    ...areas.flatMap(({ spec }) => Object.entries(spec.retiredRequirements)),
  ]);
}

/**
 * Checks that every clause and check that a baseline names exists.
 * @throws BaselineError naming those that do not, each with its successor or the nearest name
 */
export function requireNames(suite: Suite, { entries, notShown = [] }: Baseline, file: string): void {
  const ids = suite.checks.map(({ id }) => id);
  const faults: string[] = [];
  const fault = (what: string, name: string, names: Iterable<string>): void => {
    const successor = successors(suite).get(name);
    const hint =
      successor === undefined
        ? didYouMean(name, names)
        : successor === null
          ? ' It is retired; remove it.'
          : ` It is retired; '${successor}' took its place.`;
    faults.push(`there is no ${what} ${quoted(name)}.${hint}`);
  };
  for (const id of new Set([...entries.map(({ requirement }) => requirement), ...notShown]))
    if (!suite.requirements.has(id)) fault('requirement', id, suite.requirements.keys());
  for (const glob of new Set(entries.flatMap(({ check = [] }) => check)))
    if (!OF_A_RUN.test(glob) && !ids.some((id) => matches(glob, id))) fault('check', glob, ids);
  if (faults.length > 0) throw new BaselineError(`${file}: ${faults.join(`\n${file}: `)}`);
}
