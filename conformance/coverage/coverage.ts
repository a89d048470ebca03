/**
 * The coverage matrix: requirement × (vectors, traces, properties, mutants, citations in the reference), joined in
 * both directions. What a requirement says it is verified by must exist, and nothing may cite a requirement that
 * does not.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from '../contract/check.ts';
import { mutantsOf } from '../mutants/mutants.ts';
import { stepsOf } from '../spec/models.ts';
import type { AreaSpec, Operation, TopicSpec } from '../spec/types.ts';

export interface CoverageRow {
  readonly requirement: string;
  readonly vectors: number;
  readonly traces: number;
  /** Properties about the clause, and differential and fuzz checks of operations that decide by it. */
  readonly properties: number;
  readonly mutants: number;
  /** Lines of the reference (tests aside) that cite the clause. */
  readonly citations: number;
}
/** A requirement that is knowingly not met yet (`spec/waivers.yaml`). */
export interface Waiver {
  readonly requirement: string;
  readonly reason: string;
  /** Last day on which it counts, YYYY-MM-DD. */
  readonly expires: string;
}
export interface Coverage {
  readonly rows: readonly CoverageRow[];
  readonly faults: readonly string[];
}

/** Lines under `reference/` that cite each requirement, tests aside. */
export function citationsInReference(root: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const file of readdirSync(join(root, 'reference'), { recursive: true }) as string[]) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    for (const line of readFileSync(join(root, 'reference', file), 'utf8').split('\n')) {
      for (const id of new Set(line.match(/\b[A-Z0-9]{3}-[A-Z0-9]{3}-\d{3}\b/g))) found.set(id, (found.get(id) ?? 0) + 1);
    }
  }
  return found;
}

/** Every clause that an operation's model, texts, layouts, schemas or JSON rules can decide by. */
function clausesOf(spec: AreaSpec, operation: Operation): Set<string> {
  const clauses = new Set<string>([...(operation.also ?? []), ...Object.values(operation.result).map((r) => r.req)]);
  for (const step of stepsOf(spec, operation.operation)) {
    if ('require' in step) clauses.add(step.require.req);
    if ('validate' in step) {
      clauses.add(step.validate.req);
      for (const [, id] of JSON.stringify(spec.schemas.find((s) => s['$id'] === step.validate.schema) ?? {}).matchAll(/"x-req":"([^"]+)"/g))
        clauses.add(id ?? '');
    }
    if ('readJson' in step) clauses.add(step.readJson.req);
    if ('clause' in step) clauses.add(step.clause);
    if ('writeJson' in step) clauses.add(step.writeJson.req);
    if ('parseJson' in step) for (const error of spec.jsonErrors) error.reqs?.forEach((r) => clauses.add(r));
    if ('derive' in step) for (const d of spec.derivations) if (d.derivation === step.derive.derivation) clauses.add(d.req);
    for (const text of spec.texts) {
      if (('decodeText' in step && step.decodeText.text === text.text) || ('encodeText' in step && step.encodeText.text === text.text)) {
        clauses.add(text.req);
        if ('decodeText' in step) for (const reject of Object.values(text.rejects)) clauses.add(reject.req);
      }
    }
    for (const layout of spec.layouts) {
      if (('decode' in step && step.decode.layout === layout.layout) || ('encode' in step && step.encode.layout === layout.layout)) {
        clauses.add(layout.req);
        for (const part of layout.partitions ?? []) clauses.add(part.req);
        for (const field of layout.fields) {
          if (field.req !== undefined) clauses.add(field.req);
          if (field.rejects !== 'none')
            for (const reject of Object.values(field.rejects)) if (reject !== undefined) clauses.add(reject.req);
        }
      }
    }
  }
  return clauses;
}

/**
 * Joins everything that speaks of a requirement of an area.
 *
 * @param elsewhere requirements of the other areas, which the reference and the waivers may name as well
 */
export function coverageOf(
  root: string,
  spec: AreaSpec,
  checks: readonly Check[],
  waivers: readonly Waiver[] = [],
  today = '',
  elsewhere: ReadonlySet<string> = new Set(),
): Coverage {
  const faults: string[] = [];
  const known = new Map(spec.requirements.map((r) => [r.id, r]));
  const citations = citationsInReference(root);
  const mutants = mutantsOf(root, spec).flatMap((file) => file.mutants);
  const decided = new Map(spec.operations.map((o) => [o.operation, clausesOf(spec, o)]));
  for (const id of citations.keys()) if (!known.has(id) && !elsewhere.has(id)) faults.push(`reference/ cites ${id}, which is not defined`);
  for (const m of mutants) if (!known.has(m.breaks)) faults.push(`mutant ${m.id} breaks ${m.breaks}, which is not defined`);
  for (const c of checks) if (!known.has(c.requirement)) faults.push(`check ${c.id} is about ${c.requirement}, which is not defined`);
  const rows = spec.requirements.map((r): CoverageRow => {
    const own = checks.filter((c) => c.requirement === r.id);
    const generated = checks.filter(
      (c) =>
        (c.suite === 'property' && c.requirement === r.id) ||
        ((c.suite === 'differential' || c.suite === 'fuzz') && c.operations.some((o) => decided.get(o)?.has(r.id) === true)),
    );
    return {
      requirement: r.id,
      vectors: own.filter((c) => c.suite === 'vector').length,
      traces: own.filter((c) => c.suite === 'machine').length,
      properties: generated.length,
      mutants: mutants.filter((m) => m.breaks === r.id).length,
      citations: citations.get(r.id) ?? 0,
    };
  });
  for (const row of rows) {
    const r = known.get(row.requirement);
    if (r === undefined || r.disposition !== undefined) continue;
    if (r.verify.includes('vector') && row.vectors === 0) faults.push(`${r.id}: says it is verified by vectors, but has none`);
    if (r.verify.includes('trace') && row.traces === 0) faults.push(`${r.id}: says it is verified by traces, but has none`);
    if (r.verify.includes('property') && row.properties === 0) faults.push(`${r.id}: says it is verified by properties, but has none`);
    if (!r.verify.includes('vector') && row.vectors > 0) faults.push(`${r.id}: has vectors but does not say so`);
    if (!r.verify.includes('trace') && row.traces > 0) faults.push(`${r.id}: has traces but does not say so`);
    const missing =
      r.level !== 'MUST'
        ? []
        : [
            ...(row.mutants === 0 ? [`${r.id}: no mutant breaks it`] : []),
            ...(row.citations === 0 ? [`${r.id}: no line of the reference cites it`] : []),
          ];
    const waiver = waivers.find((w) => w.requirement === r.id);
    if (waiver === undefined) faults.push(...missing);
    else if (missing.length === 0) faults.push(`${r.id}: is met; remove its waiver from spec/waivers.yaml`);
    else if (waiver.expires < today) faults.push(...missing, `${r.id}: its waiver expired on ${waiver.expires}`);
  }
  for (const w of waivers)
    if (!known.has(w.requirement) && !elsewhere.has(w.requirement)) faults.push(`waiver of ${w.requirement}, which is not defined`);
  return { rows, faults };
}

/** The snapshot of one topic that is committed: one line a requirement. */
export function formatCoverage({ area, revision }: Pick<AreaSpec, 'area' | 'revision'>, topic: TopicSpec, coverage: Coverage): string {
  const own = new Set(topic.requirements);
  const head = { area, topic: topic.topic, revision };
  const rows = coverage.rows.filter(({ requirement }) => own.has(requirement));
  return `${JSON.stringify(head).slice(0, -1)},"rows":[\n${rows.map((r) => JSON.stringify(r)).join(',\n')}\n]}\n`;
}

/** The matrix for people; 80 columns. */
export function printCoverage(coverage: Coverage): string {
  const columns = ['vectors', 'traces', 'properties', 'mutants', 'citations'] as const;
  const lines = [`${'requirement'.padEnd(14)}${columns.map((c) => c.padStart(12)).join('')}`];
  for (const r of coverage.rows)
    lines.push(`${r.requirement.padEnd(14)}${columns.map((c) => (r[c] === 0 ? '.' : String(r[c])).padStart(12)).join('')}`);
  const total = (c: (typeof columns)[number]): string => String(coverage.rows.reduce((sum, r) => sum + r[c], 0));
  lines.push(`${`${String(coverage.rows.length)} in all`.padEnd(14)}${columns.map((c) => total(c).padStart(12)).join('')}`);
  return lines.join('\n');
}

/** How a snapshot differs from what is measured now, a line for each requirement that moved. */
export function coverageDrift(snapshot: string, measured: string): string[] {
  if (snapshot === measured) return [];
  const rowsOf = (text: string): Map<string, CoverageRow> =>
    new Map((JSON.parse(text) as { rows: CoverageRow[] }).rows.map((r) => [r.requirement, r]));
  const before = rowsOf(snapshot);
  const now = rowsOf(measured);
  const drift: string[] = [];
  for (const [id, row] of now) {
    const old = before.get(id);
    if (old === undefined) drift.push(`${id}: new`);
    else {
      const moved = (['vectors', 'traces', 'properties', 'mutants', 'citations'] as const)
        .filter((c) => old[c] !== row[c])
        .map((c) => `${c} ${String(old[c])} -> ${String(row[c])}`);
      if (moved.length > 0) drift.push(`${id}: ${moved.join(', ')}`);
    }
  }
  for (const id of before.keys()) if (!now.has(id)) drift.push(`${id}: gone`);
  return drift.length > 0 ? drift : ['the snapshot differs in its header'];
}
