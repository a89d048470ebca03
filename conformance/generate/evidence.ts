/**
 * Imported evidence: a library's answers become vectors. If a library answers as the oracle does, it confirms the vector;
 * where not, a flag of the area's `evidence/flags.yaml` explains why the library is wrong, or why we differ.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { JsonObject } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { equalJson } from '../oracle/values.ts';
import type { Expectation, Flag } from '../vectors.ts';
import type { VectorSink } from './batch.ts';

/** A library's answer, or only whether it accepted. */
export type LibrarySaid = Expectation | 'accepted' | 'refused';

interface FlagFile {
  readonly flags: { readonly [id: string]: Flag & { readonly cases: readonly string[] } };
  readonly notExpressible: { readonly [name: string]: string };
}

/** The flags of an area; each must explain at least one case. */
export class EvidenceFlags {
  readonly #file: FlagFile;
  readonly #used = new Set<string>();

  constructor(root: string, area: string) {
    this.#file = parse(readFileSync(join(root, 'spec', area, 'evidence/flags.yaml'), 'utf8')) as FlagFile;
  }

  /** The flag that explains why a case deviates; undefined if none does. */
  explain(name: string): string | undefined {
    const flag = Object.entries(this.#file.flags).find(([, { cases }]) => cases.includes(name))?.[0];
    if (flag !== undefined) this.#used.add(name);
    return flag;
  }

  /** Whether the file says that no request can express a case. */
  isLeftOut(name: string): boolean {
    if (this.#file.notExpressible[name] === undefined) return false;
    this.#used.add(name);
    return true;
  }

  /** Leaves a case out. @throws Error if the file does not say why */
  leaveOut(name: string): void {
    if (!this.isLeftOut(name)) throw new Error(`${name}: no request asks for it, and flags.yaml does not say why`);
  }

  /** The flags as vectors cite them. @throws Error for an unused flag or reason */
  finish(): { [id: string]: Flag } {
    const { flags, notExpressible } = this.#file;
    for (const name of [...Object.values(flags).flatMap(({ cases }) => cases), ...Object.keys(notExpressible)])
      if (!this.#used.has(name)) throw new Error(`flags.yaml lists '${name}', which deviates nowhere`);
    return Object.fromEntries(
      Object.entries(flags).map(([id, { bugType, effect, description, links }]) => [id, { bugType, effect, description, links }]),
    );
  }
}

/** Whose answers are imported, and how their vectors are named. */
export interface EvidenceSource {
  readonly library: string;
  readonly idOf: (operation: string, name: string) => string;
  readonly titleOf: (name: string) => string;
}

/** Makes vectors from one library's answers. */
export class EvidenceImporter {
  readonly #oracle: Oracle;
  readonly #sink: VectorSink;
  readonly #flags: EvidenceFlags;
  readonly #source: EvidenceSource;

  constructor(oracle: Oracle, sink: VectorSink, flags: EvidenceFlags, source: EvidenceSource) {
    this.#oracle = oracle;
    this.#sink = sink;
    this.#flags = flags;
    this.#source = source;
  }

  /**
   * Adds a request and the library's answer. A case may have several requests, one of which must deviate if the case has a flag.
   * @throws Error for a deviation without a flag
   */
  add(name: string, operation: string, params: JsonObject, said: LibrarySaid): void {
    const { library, idOf, titleOf } = this.#source;
    const answer = this.#oracle.answer(operation, params);
    const expect: Expectation = answer.kind === 'ok' ? { ok: answer.value } : { reject: answer.class };
    const agrees = isSame(expect, said);
    const flag = agrees ? undefined : this.#flags.explain(name);
    if (!agrees && flag === undefined)
      throw new Error(
        `${library}: '${name}' deviates and no flag explains it: the library says ${JSON.stringify(said).slice(0, 200)}, ` +
          `the oracle ${JSON.stringify(expect).slice(0, 200)}`,
      );
    this.#sink.put({
      id: idOf(operation, name),
      title: titleOf(name),
      kind: 'evidence',
      requirement: answer.clause,
      steps: [{ operation, params, expect, requirement: answer.clause }],
      oracles: ['interpreter', ...(agrees ? [library] : [])],
      ...(flag === undefined ? {} : { flags: [flag] }),
    });
  }
}

function isSame(expect: Expectation, said: LibrarySaid): boolean {
  if (said === 'accepted') return 'ok' in expect;
  if (said === 'refused' || 'reject' in said) return 'reject' in expect;
  return 'ok' in expect && equalJson(said.ok, expect.ok);
}
