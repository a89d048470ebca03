/** Joins spec, vectors and suites into the checks of a run, and says which of them a run is about. */
import { join } from 'node:path';
import type { Check } from '../core/check.ts';
import type { RequirementInfo } from '../core/clauses.ts';
import { adapterClauses } from '../core/clauses.ts';
import { connect, parseTarget, type Connection } from '../core/connection.ts';
import type { Hello } from '../core/contract.ts';
import type { Shapes } from '../core/lint.ts';
import { packageRoot } from '../core/paths.ts';
import { Oracle } from '../../conformance/oracle/oracle.ts';
import { expandProfile } from '../../conformance/spec/complete.ts';
import { SpecReader } from '../../conformance/spec/loader.ts';
import type { AreaSpec } from '../../conformance/spec/types.ts';
import { isLeftOut, leftOutBy, restrictedParameters } from '../../conformance/suites/asks.ts';
import { contractChecks } from '../../conformance/suites/contract.ts';
import { generatedChecks } from '../../conformance/suites/generated.ts';
import { Judge } from '../../conformance/suites/judge.ts';
import { messageChecks } from '../../conformance/suites/messages.ts';
import { pairChecks } from '../../conformance/suites/pairs.ts';
import { vectorCheck } from '../../conformance/suites/vectors.ts';
import { readVectors } from '../../conformance/vectors.ts';

/** Something the user asked for that does not exist; exit code 2. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}

/** Everything a command needs of the spec and its checks. */
export interface Suite {
  readonly root: string;
  readonly spec: AreaSpec;
  readonly oracle: Oracle;
  readonly judge: Judge;
  readonly checks: readonly Check[];
  readonly requirements: ReadonlyMap<string, RequirementInfo>;
  readonly shapes: Shapes;
  /** Ends the reference that pairs are compared with, if it was started. */
  closePeer(): Promise<void>;
}

/** The reference behind its own adapter, started when a check first asks for it. */
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
  return `"${process.execPath}" "${join(root, 'dist/harness/adapters/reference/main.js')}"`;
}

/** Loads spec, vectors and suites. @throws SpecError when a spec file is not what its schema says */
export function loadSuite(): Suite {
  const root = packageRoot();
  const spec = new SpecReader(root).area('e3x');
  const oracle = new Oracle(spec);
  const judge = new Judge(oracle);
  const committed = readVectors(root).files.flatMap((file) => file.vectors);
  const vectors = committed.map((vector) => vectorCheck(oracle, judge, vector));
  const requirements = new Map<string, RequirementInfo>(adapterClauses());
  for (const { id, level, text } of spec.requirements) requirements.set(id, { id, level, text, source: judge.clause(id).source });
  const shapes: Shapes = new Map(spec.operations.map((o) => [o.operation, { params: o.params, result: o.result }]));
  const peer = new ReferencePeer(spec.revision);
  return { root, spec, oracle, judge, closePeer: () => peer.close(), checks: [...vectors, ...generatedChecks(oracle, judge), ...messageChecks(oracle, judge, committed), ...pairChecks(oracle, judge, () => peer.get()), ...contractChecks(committed, restrictedParameters(spec))], requirements, shapes };
}

export interface Selection {
  readonly profiles: readonly string[];
  readonly only: readonly string[];
  readonly shard?: { readonly index: number; readonly count: number };
}

/** Whether an id matches a pattern in which `*` stands for anything. */
export function matches(pattern: string, id: string): boolean {
  if (!pattern.includes('*')) return pattern === id;
  return new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\/]/g, '\\$&')).join('.*')}$`).test(id);
}

/** A profile is claimed, or asked for, with both its requirements and its operations. */
function covered(spec: AreaSpec, profiles: readonly string[], check: Check): boolean {
  return profiles.some((profile) => {
    const { requirements, operations, without } = expandProfile(spec, profile);
    return !isLeftOut(check, without) && (check.suite === 'contract' || requirements.has(check.requirement)) && check.operations.every((operation) => operations.has(operation));
  });
}

/**
 * The checks a run is about: those of the profiles asked for, narrowed by `--only`; without profiles, those of the
 * profiles that hello claims, or all of them where it claims none.
 * @throws UsageFault for names that do not exist
 */
export function selectChecks(suite: Suite, selection: Selection, hello: Hello | undefined): Check[] {
  for (const name of selection.profiles) if (!suite.spec.profiles.some((p) => p.profile === name)) throw new UsageFault(`no profile '${name}'; there are: ${suite.spec.profiles.map((p) => p.profile).join(', ')}`);
  const claimed = (hello?.profiles ?? []).filter((name) => suite.spec.profiles.some((p) => p.profile === name));
  const profiles = selection.profiles.length > 0 ? selection.profiles : claimed;
  let checks = suite.checks.filter((check) => profiles.length === 0 || covered(suite.spec, profiles, check));
  if (selection.only.length > 0) {
    const wanted = (check: Check, pattern: string): boolean => matches(pattern, check.id) || matches(pattern, check.requirement) || check.operations.some((operation) => matches(pattern, operation));
    for (const pattern of selection.only) {
      if (!suite.checks.some((check) => wanted(check, pattern))) throw new UsageFault(`--only ${pattern} matches no check, requirement or operation. Try 'bottlepost explain ${pattern}', or a pattern such as 'E3X-LOB-*' or 'e3x.packet.*'.`);
    }
    // An id that is named is run whatever the profiles say.
    checks = suite.checks.filter((check) => selection.only.some((pattern) => wanted(check, pattern)) && (profiles.length === 0 || selection.only.includes(check.id) || covered(suite.spec, profiles, check)));
    if (checks.length === 0) throw new UsageFault(`--only ${selection.only.join(' ')} matches nothing within the profiles ${profiles.join(', ')}; name others with --profile`);
  }
  const { shard } = selection;
  return shard === undefined ? checks : checks.filter((_, i) => i % shard.count === shard.index - 1);
}

/** True if a profile that the adapter claims, or that the user asked for, needs this check. */
export function claimsOf(suite: Suite, selection: Selection): (check: Check, hello: Hello) => boolean {
  return (check, hello) => {
    const known = hello.profiles.filter((name) => suite.spec.profiles.some((p) => p.profile === name));
    return covered(suite.spec, [...known, ...selection.profiles], check);
  };
}

/** What the profiles of a run leave out, said where nobody can overlook it: one sentence for each. */
export function leftOutNotes(suite: Suite, selection: Selection, hello: Hello | undefined): string[] {
  const names = selection.profiles.length > 0 ? selection.profiles : (hello?.profiles ?? []);
  return suite.spec.profiles.flatMap(({ profile, without }) => (without === undefined || !names.includes(profile) ? [] : [`${profile} leaves out ${leftOutBy(without)}: nothing was asked with them, and nothing is known of them.`]));
}
