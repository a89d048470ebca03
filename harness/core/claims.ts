/**
 * What a run is worth. A claim holds only if every MUST of its profile is shown and passes (ADP-053): what was not declared,
 * could not be carried or is hidden by what hello omits is not known, whoever is to blame.
 */
import type { CheckReport } from '../../conformance/contract/check.ts';
import type { RequirementInfo } from '../../conformance/contract/clauses.ts';
import { isDecided } from './decided.ts';

/** A profile as a run judges it. */
export interface ClaimStanding {
  readonly profile: string;
  /** Whether hello claims it, or the command line names it; else it was only required. */
  readonly isClaimed: boolean;
  /** Whether the run fails unless it holds, whatever hello says. */
  readonly isRequired: boolean;
  /** Clauses that it demands and that nothing showed. */
  readonly notShown: readonly string[];
  /** Clauses that it demands and that fail, recorded by a baseline or not. */
  readonly failing: readonly string[];
}

/** What a run is worth as a whole. */
export interface Worth {
  readonly claims: readonly ClaimStanding[];
  /** MUSTs of the run that something shows. */
  readonly shownCount: number;
  /** MUSTs of the run of which nothing is known, although the operations are declared. */
  readonly notShown: readonly string[];
  /** MUSTs of which nothing is known because operations are not declared. */
  readonly unsupportedCount: number;
}

/** What is asked of a run besides its checks. */
export interface Demands {
  /** Profiles that hello claims or the command line names. */
  readonly claimed: readonly string[];
  /** Profiles that must hold whatever hello says. */
  readonly required: readonly string[];
  /** The clauses that a profile demands. */
  readonly clausesOf: (profile: string) => readonly string[];
  readonly requirements: ReadonlyMap<string, Pick<RequirementInfo, 'level'>>;
  /** Only failures against published clauses count. */
  readonly published: boolean;
  /**
   * Whether a clause of which one check could not be carried is not shown, although others pass: where limits are the
   * adapter's own choice, and not its transport's.
   */
  readonly isReachDemanded: boolean;
}

/** `right`: everything that it does is right, and only its reasons are not known. */
type Standing = 'shown' | 'failing' | 'right' | 'hidden' | 'unsupported';

/** Judges the claims of a run. */
export function worthOf(reports: readonly CheckReport[], demands: Demands): Worth {
  const standings = standingsOf(reports, demands);
  const musts = [...standings.keys()].filter((id) => demands.requirements.get(id)?.level === 'MUST').sort();
  const of = (...wanted: readonly Standing[]): string[] => musts.filter((id) => wanted.includes(standings.get(id) ?? 'unsupported'));
  const names = [...new Set([...demands.claimed, ...demands.required])];
  return {
    claims: names.map((profile): ClaimStanding => {
      const isClaimed = demands.claimed.includes(profile);
      const clauses = demands.clausesOf(profile);
      return {
        profile,
        isClaimed,
        isRequired: demands.required.includes(profile),
        notShown: clauses.filter((id) => !['shown', 'right', 'failing'].includes(standings.get(id) ?? 'unsupported')).sort(),
        failing: clauses.filter((id) => standings.get(id) === 'failing').sort(),
      };
    }),
    shownCount: of('shown').length,
    notShown: of('hidden', 'right'),
    unsupportedCount: of('unsupported').length,
  };
}

/** How each clause stands that checks of the run are about. */
function standingsOf(reports: readonly CheckReport[], { published, isReachDemanded }: Demands): Map<string, Standing> {
  const found = new Map<string, Set<Standing | 'unreachable'>>();
  const put = (id: string, standing: Standing | 'unreachable'): void => {
    found.set(id, (found.get(id) ?? new Set()).add(standing));
  };
  for (const { check, result } of reports) {
    if (check.suite === 'contract') continue;
    switch (result.verdict) {
      case 'pass':
        put(check.requirement, 'shown');
        break;
      case 'fail':
        // What differs from a decision of this project breaks nothing published; what came after it may not have been judged.
        if (published && isDecided(result)) put(check.requirement, result.rest === undefined ? 'shown' : 'hidden');
        else for (const id of new Set([check.requirement, result.failure.requirement])) put(id, 'failing');
        break;
      case 'broken':
        put(check.requirement, 'failing');
        break;
      case 'unreachable':
        put(check.requirement, 'unreachable');
        break;
      case 'not-shown':
        put(check.requirement, result.behaviour ?? 'hidden');
        break;
      case 'unsupported':
        put(check.requirement, 'unsupported');
    }
  }
  return new Map(
    [...found].map(([id, standings]): [string, Standing] => {
      if (standings.has('failing')) return [id, 'failing'];
      if (standings.has('shown') && !(isReachDemanded && standings.has('unreachable'))) return [id, 'shown'];
      if (standings.has('right') && standings.size === 1) return [id, 'right'];
      return [id, standings.has('right') || standings.has('hidden') || standings.has('unreachable') ? 'hidden' : 'unsupported'];
    }),
  );
}

/** Why a claim does not hold, for people; undefined where it does. */
export function brokenClaim({ profile, isClaimed, isRequired, notShown, failing }: ClaimStanding): string | undefined {
  if (!isClaimed && isRequired) return `${profile} is required, and hello does not claim it`;
  const parts = [
    ...(isRequired && failing.length > 0 ? [`these fail: ${failing.join(' ')}`] : []),
    ...(notShown.length > 0 ? [`these are not shown: ${notShown.join(' ')}`] : []),
  ];
  return parts.length === 0
    ? undefined
    : `${profile} ${isClaimed ? 'is claimed' : 'is required'}, and of what it demands ${parts.join('; ')}`;
}

/** What keeps claims from holding, clause by clause, for reports; what a baseline records is not in it. */
export function missingOf(
  { worth }: { readonly worth?: Worth },
  baseline?: { readonly notShown?: readonly string[] },
): { readonly profile: string; readonly id: string; readonly message: string }[] {
  const known = new Set(baseline?.notShown);
  return (worth?.claims ?? []).flatMap(({ profile, isClaimed, isRequired, notShown, failing }) => {
    if (!isClaimed && isRequired) return [{ profile, id: profile, message: `${profile} is required, and hello does not claim it` }];
    const hidden = notShown.filter((id) => isRequired || !known.has(id));
    return [
      ...hidden.map((id) => ({ profile, id, message: `${id} is part of ${profile}, and nothing shows it` })),
      ...(isRequired ? failing.map((id) => ({ profile, id, message: `${id} is part of ${profile}, which is required, and fails` })) : []),
    ];
  });
}
