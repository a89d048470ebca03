/**
 * What a release froze: `released.txt` in each topic's folder lists the ids of its checks with the clause that each is
 * about, and what its profiles claim. An id keeps its meaning, not its bytes; one that goes is listed in
 * `spec/retired.yaml`, and no profile of a released topic may take in clauses that come later.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expandProfile } from './profiles.ts';
import type { AreaSpec, Profile } from './types.ts';

/** Name of the file in an area's or a topic's folder. */
export const RELEASED = 'released.txt';

/** The content of `spec/retired.yaml`. */
export interface RetiredFile {
  readonly retired: readonly {
    readonly since: string;
    readonly reason: string;
    /** Each id with its successor, or null if it has none. */
    readonly ids: { readonly [id: string]: string | null };
  }[];
}
/** A check as a release knows it. */
export interface ReleasedCheck {
  readonly id: string;
  readonly requirement: string;
}
/** One folder of the spec, and what is released with it. */
export interface Release {
  /** `spec/<area>` or `spec/<area>/<topic>`. */
  readonly folder: string;
  readonly revision: string;
  readonly checks: readonly ReleasedCheck[];
  /** What each profile claims. */
  readonly profiles: readonly { readonly profile: string; readonly requirements: readonly string[] }[];
}

/** What an area and its topics release. @param checksOf the checks of a topic */
export function releasesOf(spec: AreaSpec, checksOf: (topic: string) => readonly ReleasedCheck[]): Release[] {
  const claimed = (profiles: readonly Profile[]): Release['profiles'] =>
    profiles.map(({ profile }) => ({ profile, requirements: [...expandProfile(spec, profile).requirements].sort() }));
  const own = new Set(spec.topics.flatMap(({ profiles }) => profiles.map(({ profile }) => profile)));
  return [
    {
      folder: `spec/${spec.area}`,
      revision: spec.revision,
      checks: [],
      profiles: claimed(spec.profiles.filter((p) => !own.has(p.profile))),
    },
    ...spec.topics.map(({ topic, folder, profiles }) => ({
      folder,
      revision: spec.revision,
      checks: checksOf(topic),
      profiles: claimed(profiles),
    })),
  ];
}

/** The text of `released.txt`. */
export function formatRelease({ revision, checks, profiles }: Release): string {
  const lines = [
    `# Released with ${revision}: what each profile claims, and each check with the clause that it is about.`,
    ...profiles.map(({ profile, requirements }) => `profile ${profile} ${requirements.join(' ')}`),
    ...checks.map(({ id, requirement }) => `${id} ${requirement}`).sort(),
  ];
  return `${lines.join('\n')}\n`;
}

/** Reads `released.txt`; undefined if the folder was never released. */
export function readRelease(root: string, folder: string): Pick<Release, 'checks' | 'profiles'> | undefined {
  const path = join(root, folder, RELEASED);
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' '));
  return {
    checks: lines.filter(([first]) => first !== 'profile').map(([id = '', requirement = '']) => ({ id, requirement })),
    profiles: lines.filter(([first]) => first === 'profile').map(([, profile = '', ...requirements]) => ({ profile, requirements })),
  };
}

/** Where what is released and what there is now part; empty where every promise holds. */
export function releaseFaults(root: string, releases: readonly Release[], retired: RetiredFile, specs: readonly AreaSpec[]): string[] {
  const now = new Map(releases.flatMap(({ checks }) => checks.map(({ id, requirement }) => [id, requirement] as const)));
  const gone = new Map(retired.retired.flatMap(({ ids }) => Object.entries(ids)));
  // A claim that a clause has left asks less; nothing that kept it breaks it.
  const goneClauses = new Set(specs.flatMap((spec) => Object.keys(spec.retiredRequirements)));
  const faults: string[] = [];
  for (const release of releases) {
    const released = readRelease(root, release.folder);
    if (released === undefined) continue;
    const where = `${release.folder}/${RELEASED}`;
    for (const { id, requirement } of released.checks) {
      const still = now.get(id);
      if (still === undefined && !gone.has(id))
        faults.push(`${where}: ${id} no longer exists; list it in spec/retired.yaml with its successor or the reason`);
      if (still !== undefined && still !== requirement)
        faults.push(`${where}: ${id} was about ${requirement} and is about ${still}; a new meaning needs a new id`);
    }
    for (const { profile, requirements } of released.profiles) {
      const claim = release.profiles.find((p) => p.profile === profile);
      if (claim === undefined) faults.push(`${where}: the profile ${profile} no longer exists`);
      else if (claim.requirements.join(' ') !== requirements.filter((id) => !goneClauses.has(id)).join(' '))
        faults.push(
          `${where}: the profile ${profile} claims something other than what it was released with; that needs a new revision of the area`,
        );
    }
    for (const { profile, requirements = [] } of specs.flatMap((spec) => spec.profiles))
      if (released.profiles.some((p) => p.profile === profile) && requirements.some((pattern) => pattern.endsWith('*')))
        faults.push(`${where}: the profile ${profile} is released and has a wildcard, which would include later clauses`);
  }
  for (const [id, successor] of gone) {
    if (now.has(id)) faults.push(`spec/retired.yaml: ${id} is retired, but there is a check with that id`);
    if (successor !== null && !now.has(successor) && !gone.has(successor))
      faults.push(`spec/retired.yaml: ${id}: its successor ${successor} does not exist`);
  }
  return faults;
}
