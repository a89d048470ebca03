/** Combines spec, vectors and suites into checks, and selects those of a run. */
import { quoted } from '../../conformance/contract/text.ts';
import { join } from 'node:path';
import type { Check } from '../../conformance/contract/check.ts';
import { clauseBasis } from '../../conformance/contract/basis.ts';
import type { RequirementInfo } from '../../conformance/contract/clauses.ts';
import { adapterClauses } from '../../conformance/contract/clauses.ts';
import { connect, parseTarget, type Connection } from '../core/connection.ts';
import type { Hello } from '../../conformance/contract/contract.ts';
import type { Shapes } from '../core/lint.ts';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { REGISTRY } from '../../conformance/areas.ts';
import { expandProfile } from '../../conformance/spec/profiles.ts';
import type { SpecReader } from '../../conformance/spec/loader.ts';
import { joinedRevision, loadAreas, type Area } from '../../conformance/suites/areas.ts';
import { isLeftOut, leftOutBy } from '../../conformance/suites/asks.ts';
import type { AreaSpec } from '../../conformance/spec/types.ts';
import { groupOf } from '../../conformance/contract/clauses.ts';
import type { Names } from '../report/names.ts';
import { referenceEntry } from './entry.ts';
import { didYouMean } from './nearest.ts';
import { specReader } from './spec.ts';
import { flowsOf } from '../../conformance/cross/flows.ts';
import { openingChecks } from '../../conformance/cross/opening.ts';
import { doorChecks } from '../../conformance/suites/doors.ts';
import type { PeerSource } from '../../conformance/suites/pairs.ts';
import { contractChecks } from '../../conformance/suites/contract.ts';

/** Thrown for a mistake in the command line, such as a name that does not exist; exit code 2. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}

/** Requirements and operations of a profile. */
type Claim = ReturnType<typeof expandProfile>;

/** Everything that a command needs to know about the spec and its checks. */
export interface Suite {
  readonly root: string;
  /** Every area of the spec, in the order of their names. */
  readonly areas: readonly Area[];
  /** The revisions of all areas, as hello and reports name them. */
  readonly revision: string;
  readonly checks: readonly Check[];
  readonly requirements: ReadonlyMap<string, RequirementInfo>;
  readonly shapes: Shapes;
  /** What each profile stands for, by its name; profiles of all areas. */
  readonly profiles: ReadonlyMap<string, Claim>;
  /** What reports call topics and claims. */
  readonly names: Names;
  /** The area of an operation. @throws UsageFault when no area has it */
  areaOf(operation: string): Area;
  /** Ends the reference that pairs are compared with, if it was started. */
  closePeer(): Promise<void>;
}

/** The reference behind its own adapter, started when a check first needs it. */
class ReferencePeer {
  #connection: Promise<Connection> | undefined;
  readonly #revision: string;
  constructor(revision: string) {
    this.#revision = revision;
  }
  get(): Promise<Connection> {
    this.#connection ??= connect(parseTarget({ stdio: referenceCommand() }), { revision: this.#revision, seed: 'peer' });
    return this.#connection;
  }
  async close(): Promise<void> {
    const connection = await this.#connection;
    this.#connection = undefined;
    await connection?.close();
  }
}

/** The command that runs the built-in reference behind the adapter contract. */
export function referenceCommand(root: string = packageRoot()): string {
  return `"${process.execPath}" "${join(root, referenceEntry(root))}"`;
}

let loaded: Suite | undefined;

/** Loads spec, vectors and suites, once in a process. @throws SpecError if a spec file does not match its schema */
export function loadSuite(): Suite {
  return (loaded ??= load(specReader()));
}

/**
 * Some areas with every check that can be about a clause of them: all but those of the adapter protocol's own clauses, which need
 * every area. For a command that asks about one clause, and starts no adapter.
 * @throws SpecError
 */
export function checksOf(names: readonly string[]): { readonly areas: readonly Area[]; readonly checks: readonly Check[] } {
  const areas = loadAreas(REGISTRY, specReader(), names);
  const peer = (): never => {
    throw new Error('these checks are counted, not run');
  };
  return { areas, checks: areas.flatMap((area) => [...ownChecks(area, peer), ...pairedChecks(area, peer)]) };
}

const ownChecks = (area: Area, peer: PeerSource): Check[] => [...area.checks, ...area.pairs(peer)];
const pairedChecks = (area: Area, peer: PeerSource): Check[] => [
  ...doorChecks(area),
  ...openingChecks(area.oracle, area.judge, flowsOf(area.module, area.oracle, area.vectors), area.vectors, peer),
];

function load(spec: SpecReader): Suite {
  const { root } = spec;
  const areas = loadAreas(REGISTRY, spec);
  const specs = areas.map((area) => area.spec);
  const requirements = new Map<string, RequirementInfo>(adapterClauses());
  for (const { spec, judge } of areas)
    for (const requirement of spec.requirements) {
      const { id, level, text } = requirement;
      requirements.set(id, { id, level, text, source: judge.clause(id).source, basis: clauseBasis(requirement) });
    }
  const shapes: Shapes = new Map(
    specs.flatMap((spec) => spec.operations.map((o) => [o.operation, { params: o.params, result: o.result }] as const)),
  );
  const profiles = new Map(specs.flatMap((spec) => spec.profiles.map(({ profile }) => [profile, expandProfile(specs, profile)] as const)));
  const revision = joinedRevision(areas);
  const peer = new ReferencePeer(revision);
  return {
    root,
    areas,
    revision,
    requirements,
    shapes,
    profiles,
    names: namesOf(specs),
    checks: [
      ...areas.flatMap((area) => ownChecks(area, () => peer.get())),
      ...contractChecks(areas),
      ...areas.flatMap((area) => pairedChecks(area, () => peer.get())),
    ],
    areaOf: (operation) => {
      const area = areas.find(({ spec }) => spec.operations.some((o) => o.operation === operation));
      if (area === undefined) throw new UsageFault(`the spec has no operation '${operation}'.${didYouMean(operation, shapes.keys())}`);
      return area;
    },
    closePeer: () => peer.close(),
  };
}

function namesOf(specs: readonly AreaSpec[]): Names {
  const topics = new Map(
    specs.flatMap(({ area, topics }) =>
      topics.flatMap(({ topic, prefixes }) => prefixes.map((prefix) => [prefix, `${area}/${topic}`] as const)),
    ),
  );
  const includes = new Map(specs.flatMap(({ profiles }) => profiles.map((p) => [p.profile, p.includes ?? []] as const)));
  const includedIn = (profile: string): ReadonlySet<string> => {
    const found = new Set(includes.get(profile));
    // What is added is visited as well.
    for (const name of found) for (const inner of includes.get(name) ?? []) found.add(inner);
    return found;
  };
  return { topicOf: (id) => topics.get(groupOf(id)) ?? 'adapter protocol', includedIn };
}

export interface Selection {
  readonly profiles: readonly string[];
  readonly only: readonly string[];
  readonly shard?: { readonly index: number; readonly count: number };
}

/** Whether an id matches a pattern in which `*` stands for anything. */
export function matches(pattern: string, id: string): boolean {
  return matcher(pattern)(id);
}

/** {@link matches} of one pattern, for many ids. */
function matcher(pattern: string): (id: string) => boolean {
  if (!pattern.includes('*')) return (id) => pattern === id;
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\/]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`);
  return (id) => expression.test(id);
}

/** True if one of the profiles contains both the requirement and the operations of a check. */
export function covered(suite: Suite, profiles: readonly string[], check: Check): boolean {
  return profiles.some((name) => {
    const claim = suite.profiles.get(name);
    return (
      claim !== undefined &&
      (check.suite === 'contract' || claim.requirements.has(check.requirement)) &&
      check.operations.every((operation) => claim.operations.has(operation)) &&
      !isLeftOut(check, claim.without)
    );
  });
}

/**
 * The checks of a run: those of the selected profiles, narrowed by `--only`; if no profile is selected, those of the
 * profiles that hello claims, or all checks if it claims none.
 * @throws UsageFault for names that do not exist
 */
export function selectChecks(suite: Suite, selection: Selection, hello: Hello | undefined): Check[] {
  for (const name of selection.profiles)
    if (!suite.profiles.has(name))
      throw new UsageFault(
        `there is no profile ${quoted(name)}.${didYouMean(name, suite.profiles.keys())} ` +
          `There are: ${[...suite.profiles.keys()].join(', ')}`,
      );
  const claimed = (hello?.profiles ?? []).filter((name) => suite.profiles.has(name));
  const profiles = selection.profiles.length > 0 ? selection.profiles : claimed;
  const isAsked = (check: Check): boolean => hello === undefined || check.isFor?.(hello) !== false;
  let checks = suite.checks.filter((check) => isAsked(check) && (profiles.length === 0 || covered(suite, profiles, check)));
  if (selection.only.length > 0) {
    const wantedBy = selection.only.map((pattern) => {
      const isMatch = matcher(pattern);
      return (check: Check): boolean =>
        isMatch(check.id) || [check.requirement, ...(check.clauses ?? []), ...check.operations].some(isMatch);
    });
    for (const [index, pattern] of selection.only.entries()) {
      if (!suite.checks.some((check) => wantedBy[index]?.(check)))
        throw new UsageFault(
          `--only ${pattern} matches no check, requirement or operation.${didYouMean(pattern, idsOf(suite))} ` +
            `Try 'bottlepost explain ${pattern}', or a pattern such as 'E3X-LOB-*' or 'e3x.packet.*'.`,
        );
    }
    // A check that is named by its id runs whatever the profiles say.
    checks = suite.checks.filter(
      (check) =>
        isAsked(check) &&
        wantedBy.some((isWanted) => isWanted(check)) &&
        (profiles.length === 0 || selection.only.includes(check.id) || covered(suite, profiles, check)),
    );
    if (checks.length === 0)
      throw new UsageFault(
        `--only ${selection.only.join(' ')} matches nothing within the profiles ${profiles.join(', ')}; select others with --profile`,
      );
  }
  const { shard } = selection;
  return shard === undefined ? checks : checks.filter((_, i) => i % shard.count === shard.index - 1);
}

/** What `--only` may name. */
function idsOf({ checks }: Suite): Set<string> {
  return new Set([
    ...checks.flatMap(({ requirement, clauses = [] }) => [requirement, ...clauses]),
    ...checks.flatMap(({ operations }) => operations),
    ...checks.map(({ id }) => id),
  ]);
}

/** True if a profile that the adapter claims, or that the user selected, needs this check. */
export function claimsOf(suite: Suite, selection: Selection): (check: Check, hello: Hello) => boolean {
  return (check, hello) => covered(suite, [...hello.profiles, ...selection.profiles], check);
}

/**
 * What the profiles of a run leave out, one sentence each; part of the summary, so that it is not overlooked. What another
 * profile of the run tests with is not left out.
 */
export function leftOutNotes(suite: Suite, selection: Selection, hello: Hello | undefined): string[] {
  const names = selection.profiles.length > 0 ? selection.profiles : (hello?.profiles ?? []);
  const claims = names.flatMap((name) => suite.profiles.get(name) ?? []);
  return names.flatMap((name) => {
    const claim = suite.profiles.get(name);
    if (claim === undefined) return [];
    const isTested = (parameter: string, value: string): boolean =>
      [...claim.operations].every((operation) =>
        claims.some(({ operations, without }) => operations.has(operation) && without[parameter]?.includes(value) !== true),
      );
    const left = Object.entries(claim.without).flatMap(([parameter, values]): [string, string[]][] => {
      const untested = values.filter((value) => !isTested(parameter, value));
      return untested.length === 0 ? [] : [[parameter, untested]];
    });
    if (left.length === 0) return [];
    return [`${name} leaves out ${leftOutBy(Object.fromEntries(left))}: nothing was tested with them, and nothing is known about them.`];
  });
}
