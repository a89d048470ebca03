/**
 * Consistency of the spec: what the meta-schemas cannot see and no machine has to be run for. Every MUST has a disposition,
 * every state a row for each event, every wire field its rejects, every id is unique, defined and cited; orphans in either
 * direction are faults. The loader refuses an area with any of them, so that every command does.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILTIN_NAMES } from '../oracle/evaluate.ts';
import { possibleFaults, widthOf } from '../oracle/wire.ts';
import { doorFaults } from './doors.ts';
import { namesOf, parseExpression } from './expression.ts';
import { assignmentsOf } from './machines.ts';
import { layoutFaults } from './layouts.ts';
import { rejectsOf, stepsOf } from './models.ts';
import { expandProfile, isNamedBy } from './profiles.ts';
import { topicFaults } from './topics.ts';
import type { AreaSpec, Machine, Operation } from './types.ts';

const REQUIREMENT_ID = /\b[A-Z0-9]{3}-[A-Z0-9]{3}-\d{3}\b/g;

/** Every fault of an area that shows without running a machine; an empty list means consistent. */
export function consistencyFaults(root: string, spec: AreaSpec): string[] {
  return [
    ...requirementFaults(root, spec),
    ...topicFaults(root, spec),
    ...citationFaults(root, spec),
    ...wireFaults(spec),
    ...layoutFaults(spec),
    ...vocabularyFaults(spec),
    ...operationFaults(spec),
    ...callFaults(spec),
    ...doorFaults(spec),
    ...rowFaults(spec),
  ];
}

/**
 * Names that must differ between areas, since a user gives them without their area: requirements and their prefixes,
 * operations, profiles, machines.
 */
export function sharedNameFaults(specs: readonly AreaSpec[]): string[] {
  const owners = new Map<string, string>();
  const faults: string[] = [];
  for (const spec of specs) {
    const names = new Set([
      ...spec.requirements.map((r) => r.id),
      ...spec.operations.map((o) => o.operation),
      ...spec.profiles.map((p) => p.profile),
      ...spec.machines.map((m) => m.machine),
      ...spec.topics.flatMap((t) => t.prefixes),
    ]);
    for (const name of names) {
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, spec.area);
      else faults.push(`${name}: named in ${owner} and in ${spec.area}`);
    }
  }
  return faults;
}

/** Every requirement id cited in the data of an area (outside requirements and profiles), with the files that cite it. */
export function citationsIn(root: string, area: string): Map<string, Set<string>> {
  const cited = new Map<string, Set<string>>();
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (
        /\.(yaml|json)$/.test(entry.name) &&
        !['requirements.yaml', 'profiles.yaml', 'topic.yaml', 'area.yaml'].includes(entry.name)
      ) {
        const data = readFileSync(join(root, path), 'utf8').replace(/(^|\s)#.*$/gm, '');
        for (const [id] of data.matchAll(REQUIREMENT_ID)) cited.set(id, (cited.get(id) ?? new Set()).add(path));
      }
    }
  };
  visit(`spec/${area}`);
  return cited;
}

function requirementFaults(root: string, spec: AreaSpec): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  const adrs = existsSync(join(root, 'docs/adr')) ? readdirSync(join(root, 'docs/adr')) : [];
  for (const r of spec.requirements) {
    if (seen.has(r.id)) faults.push(`${r.id}: the id is used twice`);
    if (r.id in spec.retiredRequirements) faults.push(`${r.id}: the id is retired, and must not be reused`);
    seen.add(r.id);
    if ('document' in r.source && !(r.source.document in spec.documents)) faults.push(`${r.id}: no document '${r.source.document}'`);
    const parts = r.decided ?? [];
    const decisions = [...('decision' in r.source ? [r.source.decision] : []), ...parts.map(({ decision }) => decision)];
    for (const decision of new Set(decisions))
      if (!adrs.some((f) => f.startsWith(decision.replace('ADR-', '')))) faults.push(`${r.id}: ${decision} is not in docs/adr`);
    if (parts.length > 0 && 'decision' in r.source) faults.push(`${r.id}: all of it is decided; 'decided' names parts of a published text`);
    for (const { part } of parts) if (!r.text.includes(part)) faults.push(`${r.id}: its text does not have the decided part '${part}'`);
    const checked = r.verify.some((v) => v !== 'review');
    if (!checked && r.disposition === undefined) faults.push(`${r.id}: ${r.level} has neither a check nor a disposition`);
    if (checked && r.disposition !== undefined) faults.push(`${r.id}: has both checks and a disposition; remove one of them`);
  }
  return faults;
}

function citationFaults(root: string, spec: AreaSpec): string[] {
  const faults: string[] = [];
  const cited = citationsIn(root, spec.area);
  const defined = new Map(spec.requirements.map((r) => [r.id, r]));
  for (const [id, files] of cited) if (!defined.has(id)) faults.push(`${id}: cited in ${[...files].join(', ')} but not defined`);
  for (const r of spec.requirements)
    if (!cited.has(r.id) && r.disposition === undefined) faults.push(`${r.id}: nothing in the spec's data cites it`);
  const profiled = new Set(spec.profiles.flatMap((p) => [...expandProfile(spec, p.profile).requirements]));
  for (const r of spec.requirements) if (!profiled.has(r.id)) faults.push(`${r.id}: is not in any profile`);
  for (const p of spec.profiles) {
    for (const pattern of p.requirements ?? [])
      if (!spec.requirements.some(({ id }) => isNamedBy(pattern, id)))
        faults.push(`profile ${p.profile}: '${pattern}' matches no requirement`);
    for (const operation of p.operations ?? [])
      if (!spec.operations.some((o) => o.operation === operation)) faults.push(`profile ${p.profile}: there is no operation ${operation}`);
    const { operations } = expandProfile(spec, p.profile);
    for (const parameter of Object.keys(p.without ?? {}))
      if (![...operations].some((name) => hasText(spec.operations.find((o) => o.operation === name)?.params ?? {}, parameter)))
        faults.push(`profile ${p.profile}: leaves out values of '${parameter}', which is not a text parameter of its operations`);
    // A profile that includes others claims all of them, except for what it leaves out itself.
    for (const name of p.includes ?? [])
      for (const [parameter, values] of Object.entries(spec.profiles.find((q) => q.profile === name)?.without ?? {}))
        for (const value of values)
          if (p.without?.[parameter]?.includes(value) !== true)
            faults.push(`profile ${p.profile}: includes ${name}, which leaves out ${parameter} ${value}`);
  }
  return faults;
}

/** True if a parameter, or a member of one, is a text or a list of them. */
function hasText(params: Operation['params'], name: string): boolean {
  return Object.entries(params).some(
    ([own, { type, members }]) => (own === name && (type === 'text' || type === 'textList')) || hasText(members ?? {}, name),
  );
}

function wireFaults(spec: AreaSpec): string[] {
  const faults: string[] = [];
  const used = new Set<string>([
    ...stepsOf(spec).flatMap((s) => ('decode' in s ? [s.decode.layout] : 'encode' in s ? [s.encode.layout] : [])),
  ]);
  for (const layout of spec.layouts) for (const field of layout.fields) if (field.layout !== undefined) used.add(field.layout);
  for (const operation of spec.operations)
    for (const p of [...Object.values(operation.params), ...Object.values(operation.result)])
      if (p.layout !== undefined) used.add(p.layout);
  for (const layout of spec.layouts) {
    const where = `layout ${layout.layout}`;
    if (!used.has(layout.layout)) faults.push(`${where}: nothing uses it`);
    const names = layout.fields.map((f) => f.name);
    for (const field of layout.fields) {
      const possible = possibleFaults(field);
      const named = field.rejects === 'none' ? [] : Object.keys(field.rejects);
      for (const fault of possible)
        if (!named.includes(fault)) faults.push(`${where}.${field.name}: can be ${fault} and declares no reject for it`);
      for (const fault of named)
        if (!possible.some((one) => one === fault))
          faults.push(`${where}.${field.name}: declares a reject for ${fault}, which cannot happen`);
      if (field.lengthOf !== undefined && !names.includes(field.lengthOf))
        faults.push(`${where}.${field.name}: lengthOf '${field.lengthOf}' is not a field`);
      if (field.lengthOf !== undefined && field.overflow === undefined)
        faults.push(`${where}.${field.name}: a length can overflow and declares no reject for it`);
      if (typeof field.length === 'string' && field.length !== 'rest' && !names.slice(0, names.indexOf(field.name)).includes(field.length))
        faults.push(`${where}.${field.name}: length '${field.length}' is not a field before it`);
    }
    for (const p of layout.partitions ?? [])
      if (!names.includes(p.field)) faults.push(`${where}: partition of '${p.field}', which is not a field`);
    for (const field of new Set((layout.partitions ?? []).map((p) => p.field))) {
      const parts = (layout.partitions ?? []).filter((p) => p.field === field).sort((a, b) => Number(a.from) - Number(b.from));
      let next = 0n;
      for (const p of parts) {
        if (BigInt(p.from) !== next) faults.push(`${where}.${field}: partitions leave a gap or overlap at ${String(p.from)}`);
        next = BigInt(p.to) + 1n;
      }
      const width = widthOf(layout.fields.find((f) => f.name === field)?.type ?? '');
      if (width !== undefined && next !== 1n << BigInt(8 * width)) faults.push(`${where}.${field}: partitions end at ${String(next - 1n)}`);
    }
  }
  return faults;
}

function vocabularyFaults(spec: AreaSpec): string[] {
  const faults: string[] = [];
  const known = new Set(spec.rejects.map((r) => r.class));
  const used = new Set<string>();
  const use = (cls: string, where: string): void => {
    used.add(cls);
    if (!known.has(cls)) faults.push(`${where}: '${cls}' is not in the vocabulary of rejects`);
  };
  for (const o of spec.operations) {
    const found = new Set(rejectsOf(spec, o.operation).map((reject) => reject.class));
    for (const cls of o.rejects) use(cls, `operation ${o.operation}`);
    if (o.model !== undefined) {
      for (const cls of found)
        if (!o.rejects.includes(cls)) faults.push(`operation ${o.operation}: its model can reject as ${cls}, which it does not declare`);
      for (const cls of o.rejects)
        if (!found.has(cls)) faults.push(`operation ${o.operation}: declares ${cls}, which its model never produces`);
    }
  }
  for (const m of spec.machines) for (const row of m.rows) if (row.reject !== undefined) use(row.reject, `machine ${m.machine}`);
  for (const cls of known) if (!used.has(cls)) faults.push(`reject class '${cls}': nothing uses it`);
  return faults;
}

function operationFaults(spec: AreaSpec): string[] {
  const faults: string[] = [];
  const sessions = new Set(spec.machines.map((m) => m.session));
  const inProfile = new Set(spec.profiles.flatMap((p) => p.operations ?? []));
  const steps = stepsOf(spec);
  for (const o of spec.operations) {
    if (o.session === undefined && o.model === undefined) faults.push(`operation ${o.operation}: neither a model nor a session`);
    if (o.session !== undefined && !sessions.has(o.session)) faults.push(`operation ${o.operation}: no machine for session ${o.session}`);
    if (!inProfile.has(o.operation)) faults.push(`operation ${o.operation}: is not in any profile`);
  }
  for (const m of spec.machines) {
    for (const [event, e] of Object.entries(m.events))
      if (!spec.operations.some((o) => o.operation === e.call && o.session === m.session))
        faults.push(`machine ${m.machine}.${event}: there is no operation ${e.call} of session ${m.session}`);
  }
  const orphan = (what: string, names: readonly string[], used: ReadonlySet<string>): void => {
    for (const name of names) if (!used.has(name)) faults.push(`${what} ${name}: nothing uses it`);
    for (const name of used) if (!names.includes(name)) faults.push(`${what} ${name}: used but not defined`);
  };
  orphan(
    'derivation',
    spec.derivations.map((d) => d.derivation),
    new Set(steps.flatMap((s) => ('derive' in s ? [s.derive.derivation] : []))),
  );
  orphan(
    'text',
    spec.texts.map((t) => t.text),
    new Set(steps.flatMap((s) => ('decodeText' in s ? [s.decodeText.text] : 'encodeText' in s ? [s.encodeText.text] : []))),
  );
  const referred = [...JSON.stringify(spec.schemas).matchAll(/"\$ref":"([^"#]+)/g)].map(([, id]) => id ?? '');
  orphan(
    'schema',
    spec.schemas.map((s) => String(s['$id'])),
    new Set([...steps.flatMap((s) => ('validate' in s ? [s.validate.schema] : [])), ...referred]),
  );
  return faults;
}

function callFaults(spec: AreaSpec): string[] {
  const faults: string[] = [];
  // A built-in of the same name would be called instead.
  for (const f of spec.functions) if (BUILTIN_NAMES.includes(f.function)) faults.push(`function ${f.function}: has the name of a built-in`);
  const defined = new Set([...spec.functions.map((f) => f.function), ...BUILTIN_NAMES]);
  const called = new Set<string>();
  const scan = (value: unknown, where: string): void => {
    if (Array.isArray(value)) value.forEach((item) => scan(item, where));
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach((child) => scan(child, where));
    else if (typeof value === 'string') {
      try {
        for (const call of namesOf(parseExpression(value)).calls) {
          called.add(call);
          if (!defined.has(call)) faults.push(`${where}: calls '${call}', which is not defined`);
        }
      } catch {
        // A title or a text, not an expression.
      }
    }
  };
  for (const o of spec.operations) scan(o.model ?? [], `operation ${o.operation}`);
  for (const m of spec.machines) scan(expressionsOfMachine(m), `machine ${m.machine}`);
  for (const s of spec.systems) scan([s.links, s.environment, s.invariants, s.expectedViolations, s.goal], `system ${s.system}`);
  for (const f of spec.functions) scan(f.is, `function ${f.function}`);
  for (const f of spec.functions) if (!called.has(f.function)) faults.push(`function ${f.function}: nothing calls it`);
  return faults;
}

function expressionsOfMachine(m: Machine): unknown[] {
  return [
    ...[m.rows, m.events, m.invariants, m.variables, m.timeout, m.configurations],
    ...[m.values, m.guards, m.outputs, m.updates],
  ].filter((part) => part !== undefined);
}

function rowFaults(spec: AreaSpec): string[] {
  const faults: string[] = [];
  for (const m of spec.machines) {
    for (const state of m.states)
      for (const event of Object.keys(m.events))
        if (!m.rows.some((r) => r.in === state && r.on === event)) faults.push(`machine ${m.machine}: no row for ${event} in ${state}`);
    for (const r of m.rows) {
      if (!m.states.includes(r.in) || !m.states.includes(r.to))
        faults.push(`machine ${m.machine}: a row uses a state that is not declared (${r.in} → ${r.to})`);
      if (!(r.on in m.events)) faults.push(`machine ${m.machine}: a row uses the event ${r.on}, which is not declared`);
      for (const variable of Object.keys(assignmentsOf(m, r)))
        if (!(variable in m.variables)) faults.push(`machine ${m.machine}: a row sets ${variable}, which is not declared`);
    }
  }
  return faults;
}
