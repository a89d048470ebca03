/** The clauses of the adapter protocol (`spec/adapter/requirements.yaml`), for verdicts and reports that cite them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Yaml from 'yaml';
import { clauseBasis, type Basis } from './basis.ts';
import { packageRoot } from './paths.ts';

/** A requirement as reports need it: id, level, and a text and source that stand alone. */
export interface RequirementInfo {
  readonly id: string;
  readonly level: 'MUST' | 'SHOULD' | 'MAY' | 'PROPERTY';
  readonly text: string;
  /** Document and section, or the decision, as one line. */
  readonly source: string;
  readonly basis: Basis;
}

interface Entry {
  readonly id: string;
  readonly level: 'MUST' | 'SHOULD' | 'MAY' | 'PROPERTY';
  readonly text: string;
  readonly source: { readonly document: string; readonly section: string } | { readonly decision: string };
}

let loaded: ReadonlyMap<string, RequirementInfo> | undefined;

/** All ADP clauses by id; read once. */
export function adapterClauses(): ReadonlyMap<string, RequirementInfo> {
  if (loaded === undefined) {
    // Loaded here, since many commands cite no clause of the protocol.
    const { parse } = createRequire(import.meta.url)('yaml') as typeof Yaml;
    const file = parse(readFileSync(join(packageRoot(), 'spec', 'adapter', 'requirements.yaml'), 'utf8')) as {
      readonly requirements: readonly Entry[];
    };
    loaded = new Map(
      file.requirements.map(({ id, level, text, source }) => [
        id,
        {
          id,
          level,
          text,
          source: 'decision' in source ? `decision ${source.decision}` : `${source.document}, ${source.section}`,
          basis: clauseBasis({ id, source }),
        },
      ]),
    );
  }
  return loaded;
}

/**
 * Text and source of one ADP clause.
 * @throws Error if the id is not one of the adapter protocol's (a bug in the bench)
 */
export function adapterClause(id: string): { readonly text: string; readonly source: string } {
  const clause = adapterClauses().get(id);
  if (clause === undefined) throw new Error(`no clause ${id} in spec/adapter/requirements.yaml`);
  return { text: clause.text, source: clause.source };
}

/** The group of a requirement: its id without the number. */
export function groupOf(requirement: string): string {
  return requirement.replace(/-[0-9]+$/, '');
}
