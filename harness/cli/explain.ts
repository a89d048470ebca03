/** `bottlepost explain ID`: what the spec says about a requirement, operation, vector, profile, reject class or machine. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { AreaSpec, MachineRow, Operation, Param, Requirement } from '../../conformance/spec/types.ts';
import { whereaboutsOf } from '../../conformance/coverage/whereabouts.ts';
import { definitionsOf } from '../../conformance/spec/machines.ts';
import { leftOutBy } from '../../conformance/suites/asks.ts';
import { readVectors, type Vector } from '../../conformance/vectors.ts';
import { adapterClauses } from '../../conformance/contract/clauses.ts';
import { expandProfile } from '../../conformance/spec/profiles.ts';
import { clauseBasis } from '../../conformance/contract/basis.ts';
import { sourceOf } from '../../conformance/suites/judge.ts';
import { counted, lineWidth, quoted, wrap } from '../../conformance/contract/text.ts';
import { EXIT } from '../core/exit.ts';
import { catalogueOf, decisionId, type Named } from './catalogue.ts';
import { didYouMean } from './nearest.ts';
import { specReader } from './spec.ts';
import type { Suite } from './suite.ts';
import { complain, say } from './output.ts';

const write = (text: string): void => {
  say(`${text}\n`);
};
const para = (text: string, indent = 2): void => {
  for (const line of wrap(text, indent)) write(line);
};

/** Most checks shown one by one. */
const CHECKS_SHOWN = 5;
/** Most places of one kind that are shown. */
const PLACES_SHOWN = 8;

/** A labelled list of places, one per line. */
function list(label: string, places: readonly string[]): void {
  const shown = places.slice(0, PLACES_SHOWN);
  const more = places.length > shown.length ? [`... and ${String(places.length - shown.length)} more`] : [];
  const lines = places.length === 0 ? ['-'] : [...shown, ...more];
  lines.forEach((line, i) => {
    write(`  ${(i === 0 ? label : '').padEnd(11)}${line}`);
  });
}

/** The suites, which take a moment: what the spec alone can say is said before. */
const loadSuite = async (): Promise<Suite> => (await import('./suite.ts')).loadSuite();

/** Prints what is known about an id. Resolves with the exit code: 2 if nothing has that id. */
export async function explain(id: string): Promise<number> {
  const clause = clauseOf(id.toUpperCase());
  if (clause !== undefined) return explainRequirement(...clause);
  const reader = specReader();
  const specs = reader.areas().map((area) => reader.area(area));
  return explainDefined(id, specs) ?? explainOperation(id, specs) ?? explainVector(id, specs) ?? explainOther(id);
}

/** What the specification alone says; undefined if it is not of these kinds. */
function explainDefined(id: string, specs: readonly AreaSpec[]): number | undefined {
  const contract = adapterClauses().get(id.toUpperCase());
  if (contract !== undefined) {
    write(`${contract.id}  ${contract.level}  (adapter protocol)\n`);
    para(contract.text);
    write(`\n  source: ${contract.source}`);
    write(`  basis:  ${contract.basis}`);
    return EXIT.ok;
  }
  for (const { retiredRequirements } of specs) {
    const successor = retiredRequirements[id.toUpperCase()];
    if (successor === undefined) continue;
    write(`${id.toUpperCase()}  (retired)\n`);
    para(successor === null ? 'No requirement says this any more.' : `${successor} says it now.`);
    return EXIT.ok;
  }
  if (specs.some(({ profiles }) => profiles.some(({ profile }) => profile === id))) return explainProfile(specs, id);
  const rejects = specs.flatMap((spec) =>
    [...spec.rejects, ...spec.jsonErrors, ...spec.discards]
      .filter((r) => r.class === id)
      .map((r) => ({
        area: spec.area,
        means: r.means,
        used: spec.operations.filter((o) => o.rejects.includes(id)).map((o) => o.operation),
      })),
  );
  if (rejects.length > 0) {
    write(`${id}  (reject class)\n`);
    for (const { area, means, used } of rejects) {
      para(rejects.length === 1 ? means : `${area}: ${means}`);
      if (used.length > 0) para(`declared by: ${used.join(', ')}`);
    }
    return EXIT.ok;
  }
  const machine = specs.flatMap((spec) => spec.machines).find((m) => m.machine === id);
  if (machine !== undefined) {
    write(`${machine.machine}  ${machine.title}\n`);
    for (const row of machine.rows) {
      para(`${row.in} on ${row.on}${row.when === undefined ? '' : ` when ${row.when}`} -> ${row.to} (${row.outcome}) ${row.req}`);
      for (const [effect, value] of effectsOf(row)) para(`${effect}: ${value}`, 6);
    }
    for (const [name, source] of definitionsOf(machine)) para(`${name}: ${String(source)}`);
    return EXIT.ok;
  }
  return undefined;
}

/** A check that is generated, or anything else that has a name. */
async function explainOther(id: string): Promise<number> {
  const suite = await loadSuite();
  const check = suite.checks.find((c) => c.id === id);
  if (check !== undefined) {
    write(`${check.id}  (${check.suite})\n`);
    para(check.title);
    para(`about ${check.requirement}; uses ${check.operations.join(', ')}`);
    return EXIT.ok;
  }
  const all = catalogueOf(suite);
  const wanted = decisionId(id) ?? id;
  const isMeant = ({ kind, name }: Named): boolean =>
    name.toLowerCase() === wanted.toLowerCase() || (kind === 'topic' && name.replace('/', '.') === wanted);
  const things = all.filter(isMeant);
  if (things.length > 0) {
    things.forEach(explainNamed);
    return EXIT.ok;
  }
  complain(
    `bottlepost: nothing is named ${quoted(id)}.${didYouMean(
      id,
      all.map(({ name }) => name),
    )} 'bottlepost search ${id}' looks in titles too, and 'bottlepost list' shows what there is.\n`,
  );
  return EXIT.usage;
}

/** What a row does besides changing the state. */
function effectsOf({ set, transmit, emit, reject }: MachineRow): [string, string][] {
  const effects = Object.entries({ set, transmit, emit, reject });
  return effects.flatMap(([effect, value]): [string, string][] =>
    value === undefined ? [] : [[effect, typeof value === 'string' ? value : JSON.stringify(value)]],
  );
}

/** Prints a thing of any other kind: its definition, as the spec writes it. */
function explainNamed({ kind, name, title, details }: Named): void {
  write(`${name}  (${kind})\n`);
  para(title);
  write('');
  // What is longer than the screen is prose: data are written within it.
  for (const line of details().split('\n'))
    if (line.length + 2 > lineWidth()) para(line);
    else write(line === '' ? '' : `  ${line}`);
}

/** A clause of the spec, and its area; no other area is read. */
function clauseOf(id: string): [AreaSpec, Requirement] | undefined {
  const spec = specReader();
  for (const area of spec.areas()) {
    if (!spec.prefixes(area).some((prefix) => id.startsWith(`${prefix}-`))) continue;
    const found = spec.area(area);
    const requirement = found.requirements.find((r) => r.id === id);
    if (requirement !== undefined) return [found, requirement];
  }
  return undefined;
}

async function explainRequirement(spec: AreaSpec, r: Requirement): Promise<number> {
  write(`${r.id}  ${r.level}\n`);
  para(r.text);
  write('');
  para(`source: ${sourceOf(spec, r)}`);
  para(`basis: ${clauseBasis(r)}${r.contested === undefined ? '' : ` (${r.contested})`}`);
  if (r.silentAbout !== undefined) para(`its document says nothing of what is ${r.silentAbout.join(', ')}: that is decided`);
  // All of the above is known before the vectors and the suites are loaded, which takes a moment.
  const reader = specReader();
  const { root } = reader;
  const specs = reader.areas().map((area) => reader.area(area));
  const { areas, checks } = (await import('./suite.ts')).checksOf(specs.filter((one) => usesArea(one, spec.area)).map(({ area }) => area));
  if (r.refusedAnyway !== undefined) para(`also refused by another clause: ${r.refusedAnyway}`);
  if (r.disposition !== undefined) para(`no check of its own: ${r.disposition}`);
  // Those that are about the clause as a whole come first.
  const own = checks
    .filter((c) => c.requirement === r.id || c.clauses?.includes(r.id) === true)
    .sort((a, b) => Number(b.requirement === r.id) - Number(a.requirement === r.id));
  const count = (suite: string): number => own.filter((c) => c.suite === suite).length;
  const where = whereaboutsOf(
    root,
    spec,
    r.id,
    areas.flatMap((area) => area.files),
  );
  const decisions = [...('decision' in r.source ? [r.source.decision] : []), ...(r.decided ?? []).map(({ decision }) => decision)];
  list(
    'decision',
    [...new Set(decisions)].flatMap((decision) => decisionFiles(root, decision)),
  );
  list('said in', where.said);
  list('decided in', where.decided);
  list(
    'vectors',
    where.vectors.map(({ file, count: vectors }) => `${file} (${String(vectors)})`),
  );
  list('suites', where.suites);
  list('reference', where.reference);
  list(
    'mutants',
    where.mutants.map(({ id, place }) => `${id} (${place})`),
  );
  write('');
  para(
    `checks: ${counted(count('vector'), 'vector')}, ${counted(count('machine'), 'trace or walk', 'traces and walks')}, ` +
      `${counted(count('property'), 'property', 'properties')}, ${String(count('differential') + count('fuzz'))} differential and fuzz`,
  );
  for (const c of own.slice(0, CHECKS_SHOWN)) para(`${c.id}: ${c.title}`, 4);
  if (own.length > CHECKS_SHOWN) para(`... and ${String(own.length - CHECKS_SHOWN)} more (verify --only ${r.id})`, 4);
  para(
    `profiles: ${specs
      .flatMap(({ profiles }) => profiles.map(({ profile }) => profile))
      .filter((profile) => expandProfile(specs, profile).requirements.has(r.id))
      .join(', ')}`,
  );
  return EXIT.ok;
}

/** Whether clauses of an area can be in vectors of another, which is that area or uses it. */
function usesArea({ area, uses }: AreaSpec, wanted: string): boolean {
  return area === wanted || uses.some((used) => usesArea(used, wanted));
}

/** The pages of a decision such as `ADR-0006`, below the package. */
function decisionFiles(root: string, decision: string): string[] {
  const folder = join(root, 'docs', 'adr');
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${decision.replace('ADR-', '')}-`))
    .map((file) => `docs/adr/${file}`);
}

function rangeOf({ minimum, maximum }: Param): string {
  if (minimum === undefined && maximum === undefined) return '';
  return maximum === undefined ? `, at least ${String(minimum)}` : `, ${String(minimum ?? 0)} to ${String(maximum)}`;
}

/** Undefined if no operation has that name. */
function explainOperation(id: string, specs: readonly AreaSpec[]): Promise<number> | undefined {
  const operation = specs.flatMap((s) => s.operations).find((o) => o.operation === id);
  return operation && sayOperation(operation);
}

async function sayOperation(o: Operation): Promise<number> {
  write(`${o.operation}  ${o.summary}\n`);
  for (const [name, p] of Object.entries(o.params)) {
    const choices = p.enum === undefined ? '' : ` of ${p.enum.join(', ')}`;
    para(`param  ${name}: ${p.type}${p.required === true ? '' : ' (optional)'}${choices}${rangeOf(p)}`);
  }
  for (const [name, r] of Object.entries(o.result))
    para(`result ${name}: ${r.type}${r.optional === true ? ' (where it applies)' : ''}  ${r.req}`);
  para(`rejects: ${o.rejects.length === 0 ? 'none' : o.rejects.join(', ')}`);
  if (o.session !== undefined) para(`session ${o.session}: its machines define what each call answers`);
  if (o.model !== undefined) {
    write('  model:');
    for (const line of stringify(o.model, { lineWidth: lineWidth() - 4 })
      .trimEnd()
      .split('\n'))
      write(`    ${line}`);
  }
  const { checks } = await loadSuite();
  para(`checks that call it: ${String(checks.filter((c) => c.operations.includes(o.operation)).length)}`);
  return EXIT.ok;
}

/** Undefined if no vector has that id. */
function explainVector(id: string, specs: readonly AreaSpec[]): number | undefined {
  // Ids of vectors have a slash: nothing is read for another name.
  if (!id.includes('/')) return undefined;
  const { files } = readVectors(specReader().root);
  const vector = files.flatMap(({ vectors }) => vectors).find((v) => v.id === id);
  return vector && sayVector(vector, specs);
}

function sayVector(v: Vector, specs: readonly AreaSpec[]): number {
  const about = specs.flatMap(({ requirements }) => requirements).find((r) => r.id === v.requirement);
  write(`${v.id}  (${v.kind})\n`);
  para(v.title);
  para(`about ${v.requirement}: ${about?.text ?? ''}`);
  para(`confirmed by: ${v.oracles.join(', ')}${v.flags === undefined ? '' : `; flags: ${v.flags.join(', ')}`}`);
  for (const [i, step] of v.steps.entries()) {
    const short = (value: unknown): string => {
      const text = JSON.stringify(value);
      return text.length > 400 ? `${text.slice(0, 400)}... (${String(text.length)} characters)` : text;
    };
    write(`\n  ${String(i + 1)}. ${step.operation} ${short(step.params)}\n     -> ${short(step.expect)}  ${step.requirement}`);
  }
  return EXIT.ok;
}

function explainProfile(specs: readonly AreaSpec[], name: string): number {
  const profile = specs.flatMap(({ profiles }) => profiles).find((p) => p.profile === name);
  const claim = expandProfile(specs, name);
  write(`${name}  ${profile?.title ?? ''}\n`);
  if (profile?.without !== undefined)
    para(`leaves out: ${leftOutBy(profile.without)}; a check that uses one of them is not part of the claim`);
  para(`operations: ${[...claim.operations].join(', ')}`);
  para(`requirements: ${[...claim.requirements].join(', ')}`);
  return EXIT.ok;
}
