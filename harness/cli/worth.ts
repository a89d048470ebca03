/** What the claims of a run demand, of the profiles that the specification has. */
import { clauseBasis } from '../../conformance/contract/basis.ts';
import type { Check } from '../../conformance/contract/check.ts';
import type { Hello } from '../../conformance/contract/contract.ts';
import type { Param } from '../../conformance/spec/types.ts';
import { worthOf, type Worth } from '../core/claims.ts';
import type { RunSummary } from '../core/runner.ts';
import { didYouMean } from './nearest.ts';
import { covered, UsageFault, type Suite } from './suite.ts';

/** What of the command line decides what must be shown. */
interface WorthOptions {
  readonly profile: readonly string[];
  readonly only: readonly string[];
  readonly require?: readonly string[];
  readonly strict?: boolean;
  readonly published?: boolean;
}

/** @throws UsageFault for a profile that does not exist */
export function requireProfiles(suite: Suite, required: readonly string[]): void {
  for (const name of required)
    if (!suite.profiles.has(name))
      throw new UsageFault(
        `--require ${name}: no such profile.${didYouMean(name, suite.profiles.keys())} There are: ${[...suite.profiles.keys()].join(', ')}`,
      );
}

/**
 * What a run is worth. Where `--only` narrows it, so does what is demanded: to clauses that it was about.
 *
 * @param isReachDemanded whether limits are the adapter's own choice, and not its transport's
 */
export function worthOfRun(
  suite: Suite,
  options: WorthOptions,
  { hello, reports, notRun }: RunSummary,
  isReachDemanded: boolean,
): Worth | undefined {
  // A run that was stopped says nothing of what it did not come to.
  if (hello === undefined || notRun.length > 0) return undefined;
  const published = options.published === true;
  const levels = options.strict === true ? ['MUST', 'SHOULD'] : ['MUST'];
  const asked = new Set(reports.map(({ check }) => check.requirement));
  const { only, profile: named, require: required = [] } = options;
  const claimed = (named.length > 0 ? named : hello.profiles).filter((name) => suite.profiles.has(name));
  const bases = new Map(suite.areas.flatMap(({ spec }) => spec.requirements.map((r) => [r.id, clauseBasis(r)] as const)));
  const checksOf = new Map<string, Check[]>();
  for (const check of suite.checks) {
    const known = checksOf.get(check.requirement);
    if (known === undefined) checksOf.set(check.requirement, [check]);
    else known.push(check);
  }
  return worthOf(reports, {
    claimed: [...claimed, ...hello.profiles.filter((name) => required.includes(name))],
    required,
    requirements: suite.requirements,
    published,
    isReachDemanded,
    clausesOf: (profile) => {
      const demanded = [...(suite.profiles.get(profile)?.requirements ?? [])].filter(
        (id) =>
          levels.includes(suite.requirements.get(id)?.level ?? '') &&
          (!published || bases.get(id) === 'published') &&
          (only.length === 0 || asked.has(id)),
      );
      // Of what no check is about nothing can be shown, whoever claims it.
      return demanded.filter((id) => (checksOf.get(id) ?? []).some((check) => covered(suite, [profile], check)));
    },
  });
}

/** What hello leaves out of its values although a profile that it claims has it; undefined where it does not. */
export function narrowerThanClaimed(suite: Suite, { values = {}, profiles }: Hello): string | undefined {
  const operations = suite.areas.flatMap(({ spec }) => spec.operations);
  for (const profile of profiles) {
    const claim = suite.profiles.get(profile);
    if (claim === undefined) continue;
    for (const [parameter, chosen] of Object.entries(values)) {
      const has = new Set(operations.filter((o) => claim.operations.has(o.operation)).flatMap((o) => choicesNamed(o.params, parameter)));
      const missing = [...has].filter((value) => !chosen.includes(value) && claim.without[parameter]?.includes(value) !== true);
      if (missing.length > 0)
        return (
          `values leaves out ${parameter} ${missing.join(', ')}, which ${profile} has: ` + 'claim a profile without it, or add it to values'
        );
    }
  }
  return undefined;
}

/** The values that parameters of a name have, at the top or nested. */
function choicesNamed(params: { readonly [name: string]: Param }, parameter: string): string[] {
  return Object.entries(params).flatMap(([name, { choice, enum: listed = [], members = {} }]) => [
    ...(name !== parameter || choice === undefined || typeof choice === 'string' ? [] : choice === true ? listed : choice),
    ...choicesNamed(members, parameter),
  ]);
}
