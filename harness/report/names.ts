/** What reports call topics and claims. */
import type { CheckReport } from '../../conformance/contract/check.ts';
import { groupOf } from '../../conformance/contract/clauses.ts';

/** What of the specification the names are made from. */
export interface Names {
  /** The topic that a requirement belongs to, as `area/topic`. */
  readonly topicOf: (requirement: string) => string;
  /** The profiles that a profile includes, however many steps away. */
  readonly includedIn: (profile: string) => ReadonlySet<string>;
}

/** For a run without a specification at hand: topics by their prefix, no profile in another. */
export const PLAIN_NAMES: Names = { topicOf: groupOf, includedIn: () => new Set() };

/** What hello claims, for people: of profiles that another one includes only how many there are. */
export function profilesText(profiles: readonly string[], { includedIn }: Names): string {
  if (profiles.length === 0) return 'profiles: none';
  const within = new Set(profiles.flatMap((profile) => [...includedIn(profile)].filter((name) => name !== profile)));
  const outer = profiles.filter((profile) => !within.has(profile));
  const inner = profiles.length - outer.length;
  return `profiles: ${outer.join(', ')}${inner === 0 ? '' : `, and ${String(inner)} that these include`}`;
}

/** The reports of each topic, in the order in which the topics first appear. */
export function byTopic(reports: readonly CheckReport[], { topicOf }: Pick<Names, 'topicOf'>): Map<string, readonly CheckReport[]> {
  const topics = new Map<string, CheckReport[]>();
  for (const report of reports) {
    const topic = topicOf(report.check.requirement);
    const own = topics.get(topic);
    if (own === undefined) topics.set(topic, [report]);
    else own.push(report);
  }
  return topics;
}
