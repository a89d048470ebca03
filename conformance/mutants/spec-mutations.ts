/**
 * Mutations of the spec: each constraint, guard and row loosened, moved by one or deleted in turn; what has a name is mutated
 * where it is defined. Where a row of a machine is deleted, the next that matches is taken. What they leave out on purpose:
 * a row that ignores what no other takes is not deleted, since a row that is not there means the same.
 */
import type { Json, JsonObject } from '../contract/contract.ts';
import { JSON_RULES } from '../oracle/json.ts';
import type { IgnoredRule } from '../oracle/oracle.ts';
import { TEXT_RULES } from '../oracle/texts.ts';
import { definitionsOf, rowKey, SECTIONS, updatesOf, type Section } from '../spec/machines.ts';
import type { AreaSpec, Layout, Machine, MachineRow, Operation } from '../spec/types.ts';
import { variantsOf } from './expressions.ts';

export type MutationGroup = 'operations' | 'functions' | 'wire' | 'texts' | 'schemas' | 'constants' | 'machines' | 'json-rules';
export interface SpecMutation {
  /** Where and what, stable while the spec is. */
  readonly id: string;
  readonly group: MutationGroup;
  readonly spec: AreaSpec;
  readonly ignored?: IgnoredRule;
  /** The machine that alone can behave differently. */
  readonly machine?: string;
  /** The state and event of the row that is mutated, as the key of rows. */
  readonly place?: string;
  /** The operation whose vectors most likely notice. */
  readonly operation?: string;
  /** The name of what is mutated: an operation, layout, function, … */
  readonly subject?: string;
  /** The clause that is next to what is mutated; absent where none is. */
  readonly clause?: string;
}

/** The part of a mutation that says what it is about. */
type About = Pick<SpecMutation, 'subject' | 'clause'>;
/** What a mutation is about. @param clause undefined where the data name none */
function about(subject: string, clause: string | undefined): About {
  return { subject, ...(clause === undefined ? {} : { clause }) };
}

type Path = readonly (string | number)[];

/** Every mutation of an area's spec. */
export function specMutations(spec: AreaSpec): SpecMutation[] {
  return [
    ...operationMutations(spec),
    ...functionMutations(spec),
    ...wireMutations(spec),
    ...textMutations(spec),
    ...schemaMutations(spec),
    ...constantMutations(spec),
    ...machineMutations(spec),
    ...jsonRuleMutations(spec),
  ];
}

/** Rows whose deletion changes nothing, so that none is made: they ignore what no other row takes. */
export function ignoringRows(spec: AreaSpec): number {
  return spec.machines.reduce((sum, machine) => sum + machine.rows.filter((row) => !canBeDeleted(machine, row)).length, 0);
}

/** A copy of a value with something else at a path; `undefined` removes what is there. */
function replaced<T>(value: T, path: Path, other: unknown): T {
  const [head, ...rest] = path;
  if (head === undefined) return other as T;
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    return (
      rest.length === 0 && other === undefined
        ? items.filter((_, i) => i !== head)
        : items.map((item, i) => (i === head ? replaced(item, rest, other) : item))
    ) as T;
  }
  const members = Object.entries(value as { readonly [name: string]: unknown }).map(
    ([name, member]) => [name, name === head ? replaced(member, rest, other) : member] as const,
  );
  return Object.fromEntries(rest.length === 0 && other === undefined ? members.filter(([name]) => name !== head) : members) as T;
}
/** A copy of a list with another item at an index. */
function withItem<T>(list: readonly T[], index: number, item: T): T[] {
  return list.map((other, i) => (i === index ? item : other));
}
/** Whether a name stands for an integer that is fixed: a constant of the area, or one of the machine whose expression it is. */
function integerConstants(spec: AreaSpec, machine?: Machine): (name: string) => boolean {
  const ofMachine = new Set(
    Object.keys(machine?.constants ?? {}).filter((name) =>
      machine?.configurations.every(({ constants }) => /^-?\d+$/.test(String(constants?.[name]))),
    ),
  );
  return (name) => {
    const constant = name.startsWith('constant.') ? spec.constants[name.slice('constant.'.length)] : undefined;
    return ofMachine.has(name) || (constant !== undefined && 'value' in constant);
  };
}

/**
 * The part of an area that some of its operations make: their models and machines, and whatever those name. Constants
 * belong to it by the group of their clause, since machines say some of them by number.
 *
 * @param prefixes beginnings of the operations
 */
export function partOf(whole: AreaSpec, prefixes: readonly string[]): AreaSpec {
  const chosen = (name: string): boolean => prefixes.some((prefix) => name.startsWith(prefix));
  const operations = whole.operations.filter((o) => chosen(o.operation));
  const machines = whole.machines.filter((m) => chosen(`${m.session}.`));
  const kept = new Set(machines.map((m) => m.machine));
  const systems = whole.systems.filter((system) => Object.values(system.parts).every((part) => kept.has(part.machine)));
  const roots = JSON.stringify([operations, machines, systems]);
  const functions = functionsOf(whole, roots);
  const text = `${roots}${JSON.stringify(functions)}`;
  const named = (name: string): boolean => text.includes(`"${name}"`);
  const layouts = whole.layouts.filter(
    (l) => named(l.layout) || whole.layouts.some((other) => named(other.layout) && other.fields.some((f) => f.layout === l.layout)),
  );
  const whatIsLeft = `${text}${JSON.stringify(layouts)}`;
  const groups = new Set([...whatIsLeft.matchAll(CLAUSE_GROUP)].map(([group]) => group));
  // A constant of another topic has a clause that nothing here cites.
  const used = new Set([...whatIsLeft.matchAll(CONSTANT)].map(([, name]) => name));
  return {
    ...whole,
    operations,
    machines,
    systems,
    traces: whole.traces.filter((trace) => kept.has(trace.machine)),
    functions,
    layouts,
    derivations: whole.derivations.filter((d) => named(d.derivation)),
    texts: whole.texts.filter((t) => named(t.text)),
    schemas: whole.schemas.filter((schema) => named(String(schema['$id']))),
    constants: Object.fromEntries(
      Object.entries(whole.constants).filter(([name, { req }]) => used.has(name) || groups.has(req.slice(0, -4))),
    ),
  };
}
const CONSTANT = /\bconstant\.([A-Z0-9_]+)/g;
const CLAUSE_GROUP = /\b[A-Z0-9]{3}-[A-Z0-9]{3}(?=-\d{3}\b)/g;

/** A name in front of a bracket, all of it: the end of a longer one is another name. */
const CALL = /([A-Za-z_][A-Za-z0-9_]*)\(/g;

/** The functions that some text calls, and those that they call. */
function functionsOf(spec: AreaSpec, text: string): AreaSpec['functions'] {
  const calledIn = (whole: string): ReadonlySet<string> => new Set(Array.from(whole.matchAll(CALL), ([, name = '']) => name));
  const names = calledIn(text);
  const called = spec.functions.filter((f) => names.has(f.function));
  const whole = `${text} ${called.map((f) => f.is).join(' ')}`;
  const all = calledIn(whole);
  return spec.functions.some((f) => !called.includes(f) && all.has(f.function)) ? functionsOf(spec, whole) : called;
}

/** Members of a model's steps that hold expressions. */
const EXPRESSIONS: ReadonlySet<string> = new Set(['let', 'if', 'of', 'that', 'from', 'with', 'return', 'key', 'nonce', 'data']);

function operationMutations(spec: AreaSpec): SpecMutation[] {
  const isInteger = integerConstants(spec);
  return spec.operations.flatMap((operation, index) => {
    const made: SpecMutation[] = [];
    const make = (path: Path, what: string, other: unknown, clause?: string): void => {
      const mutated: Operation = replaced(operation, path, other);
      made.push({
        id: `${operation.operation}/${path.join('/')} [${what}]`,
        group: 'operations',
        operation: operation.operation,
        ...about(operation.operation, clause),
        spec: { ...spec, operations: withItem(spec.operations, index, mutated) },
      });
    };
    const visit = (node: unknown, path: Path, inside: boolean, outer: string | undefined): void => {
      if (typeof node === 'object' && node !== null) {
        const clause = clauseIn(node) ?? outer;
        for (const [key, child] of Object.entries(node)) {
          const step = [...path, Array.isArray(node) ? Number(key) : key];
          if (key === 'require' || key === 'validate') make(path, 'deleted', undefined, clauseIn(child));
          if (key === 'if') for (const forced of ['true', 'false']) make(step, forced, forced);
          visit(child, step, inside || (!Array.isArray(node) && EXPRESSIONS.has(key)), clause);
        }
      } else if (inside && (typeof node === 'string' || typeof node === 'number')) {
        for (const variant of variantsOf(node, isInteger)) make(path, variant.what, variant.source, outer);
      }
    };
    visit(operation.model ?? [], ['model'], false, undefined);
    return made;
  });
}

/** The clause that a step of a model names for itself. */
function clauseIn(node: unknown): string | undefined {
  const req = typeof node === 'object' && node !== null ? (node as { readonly req?: unknown }).req : undefined;
  return typeof req === 'string' ? req : undefined;
}

/** The sections, updates and rows of a machine by which it answers: without what its trials alone use. */
function protocolOf(machine: Machine): Pick<Machine, 'timeout' | 'updates' | 'rows' | Section> {
  const { timeout, updates = {}, rows } = machine;
  const definitions = definitionsOf(machine);
  const words = (text: string): string[] => text.match(/[A-Za-z][A-Za-z0-9]*/g) ?? [];
  const used = new Set(words(JSON.stringify([timeout, updates, rows])));
  // A set grows while it is walked.
  for (const name of used) for (const word of words(String(definitions.get(name) ?? ''))) used.add(word);
  const of = (section: Section): NonNullable<Machine[Section]> =>
    Object.fromEntries(Object.entries(machine[section] ?? {}).filter(([name]) => used.has(name)));
  return { timeout, updates, rows, values: of('values'), guards: of('guards'), outputs: of('outputs') };
}

function functionMutations(spec: AreaSpec): SpecMutation[] {
  // A function by which trials make their inputs says nothing of the protocol.
  const called = new Set(functionsOf(spec, JSON.stringify([spec.operations, spec.machines.map(protocolOf)])).map((f) => f.function));
  return spec.functions.flatMap((f, index) =>
    !called.has(f.function)
      ? []
      : variantsOf(f.is, integerConstants(spec)).map(({ what, source }): SpecMutation => ({
          id: `${f.function} [${what}]`,
          group: 'functions',
          ...about(f.function, undefined),
          spec: { ...spec, functions: withItem(spec.functions, index, { ...f, is: source }) },
        })),
  );
}

function wireMutations(spec: AreaSpec): SpecMutation[] {
  const layouts = spec.layouts.flatMap((layout, index) => {
    const make = (path: Path, what: string, other: unknown, clause: string | undefined): SpecMutation => {
      const mutated: Layout = replaced(layout, path, other);
      return {
        id: `${layout.layout}/${path.slice(1).join('/')} [${what}]`,
        group: 'wire',
        ...about(layout.layout, clause),
        spec: { ...spec, layouts: withItem(spec.layouts, index, mutated) },
      };
    };
    return layout.fields.flatMap((field, at) => [
      ...(['const', 'minimum', 'maximum'] as const)
        .filter((rule) => field[rule] !== undefined)
        .map((rule) => make(['fields', at, rule], 'deleted', undefined, ruleClause(field, rule) ?? field.req ?? layout.req)),
      ...(typeof field.length === 'number'
        ? [field.length + 1, field.length - 1].map((length) =>
            make(['fields', at, 'length'], `${String(field.length)} → ${String(length)}`, length, field.req ?? layout.req),
          )
        : []),
    ]);
  });
  const derivations = spec.derivations.flatMap((derivation, index) =>
    [derivation.output.length + 1, derivation.output.length - 1].map((length): SpecMutation => ({
      id: `${derivation.derivation}/output/length [${String(derivation.output.length)} → ${String(length)}]`,
      group: 'wire',
      ...about(derivation.derivation, derivation.req),
      spec: { ...spec, derivations: withItem(spec.derivations, index, { ...derivation, output: { length } }) },
    })),
  );
  return [...layouts, ...derivations];
}

/** The clause by which a field refuses what is not its constant, or out of its range. */
function ruleClause({ rejects }: Layout['fields'][number], rule: 'const' | 'minimum' | 'maximum'): string | undefined {
  if (rejects === 'none') return undefined;
  return (rule === 'const' ? rejects.mismatch : rejects.range)?.req;
}

function textMutations(spec: AreaSpec): SpecMutation[] {
  return spec.texts.flatMap(({ text, rejects }) =>
    TEXT_RULES.filter((rule) => rejects[rule] !== undefined).map((rule): SpecMutation => ({
      id: `${text}/${rule} [ignored]`,
      group: 'texts',
      ...about(text, rejects[rule]?.req),
      spec,
      ignored: { text: { text, rule } },
    })),
  );
}

function schemaMutations(spec: AreaSpec): SpecMutation[] {
  return spec.schemas.flatMap((schema, index) => {
    const made: SpecMutation[] = [];
    const asking = spec.operations.find(({ model }) => JSON.stringify(model ?? []).includes(`"${String(schema['$id'])}"`))?.operation;
    const make = (path: Path, what: string, other: unknown): void => {
      made.push({
        id: `${[String(schema['$id']), ...path].join('/')} [${what}]`,
        group: 'schemas',
        ...about(String(schema['$id']), undefined),
        ...(asking === undefined ? {} : { operation: asking }),
        spec: { ...spec, schemas: withItem(spec.schemas, index, replaced(schema, path, other)) },
      });
    };
    for (const [at, name] of ((schema['required'] ?? []) as readonly Json[]).entries())
      make(['required', at], `without ${String(name)}`, undefined);
    if (schema['additionalProperties'] !== undefined) make(['additionalProperties'], 'deleted', undefined);
    const { $id, $schema, title, ...rules } = schema;
    make([], 'any type', { $id, $schema, title, ...anyType(rules) });
    for (const [name, property] of Object.entries((schema['properties'] ?? {}) as { readonly [name: string]: JsonObject })) {
      if (property['minLength'] !== undefined) make(['properties', name, 'minLength'], 'deleted', undefined);
      if (property['type'] !== undefined) make(['properties', name], 'any type', anyType(property));
    }
    return made;
  });
}

/** A schema without its type. Strict ajv wants a type next to what applies to one, so every other type is added instead. */
function anyType(schema: JsonObject): JsonObject {
  return {
    anyOf: [
      schema,
      ...['string', 'number', 'boolean', 'null', 'array', 'object'].filter((type) => type !== schema['type']).map((type) => ({ type })),
    ],
  };
}

function constantMutations(spec: AreaSpec): SpecMutation[] {
  const make = (name: string, what: string, constant: AreaSpec['constants'][string]): SpecMutation => ({
    id: `constant.${name} [${what}]`,
    group: 'constants',
    ...about(`constant.${name}`, constant.req),
    spec: { ...spec, constants: { ...spec.constants, [name]: constant } },
  });
  const constants = Object.entries(spec.constants).flatMap(([name, constant]) => {
    if ('value' in constant)
      return [constant.value + 1, constant.value - 1].map((value) =>
        make(name, `${String(constant.value)} → ${String(value)}`, { ...constant, value }),
      );
    const last = Number.parseInt(constant.bytes.slice(-2), 16) ^ 1;
    return [make(name, 'one bit flipped', { ...constant, bytes: `${constant.bytes.slice(0, -2)}${last.toString(16).padStart(2, '0')}` })];
  });
  const transports = Object.entries(spec.transports).flatMap(([name, transport]) => {
    const others = [
      { what: `size ${String(transport.size + 1)}`, size: transport.size + 1 },
      { what: `size ${String(transport.size - 1)}`, size: transport.size - 1 },
      { what: `blocking ${String(!transport.blocking)}`, blocking: !transport.blocking },
      ...(['none', 'read', 'chunk'] as const).filter((acks) => acks !== transport.acks).map((acks) => ({ what: `acks ${acks}`, acks })),
    ];
    return others.map(({ what, ...changed }): SpecMutation => ({
      id: `transports.${name} [${what}]`,
      group: 'constants',
      ...about('transports', transport.req),
      spec: { ...spec, transports: { ...spec.transports, [name]: { ...transport, ...changed } } },
    }));
  });
  return [...constants, ...transports];
}

/** Whether a row leaves everything as it is and says nothing. */
function ignores(row: MachineRow): boolean {
  return row.to === row.in && row.set === undefined && row.transmit === undefined && row.emit === undefined && row.reject === undefined;
}
/** The row that ignores what no other takes. */
function ignoring({ name, in: state, on, req }: MachineRow): MachineRow {
  return { name, in: state, on, to: state, outcome: 'ignore', req };
}
/** The rows next to a row: those of its state and event, itself included. */
function besides(rows: readonly MachineRow[], { in: state, on }: MachineRow): MachineRow[] {
  return rows.filter((other) => other.in === state && other.on === on);
}
/** Whether the deletion of a row means something: one that ignores what no other row takes is as good as deleted. */
function canBeDeleted(machine: Machine, row: MachineRow): boolean {
  return !ignores(row) || besides(machine.rows, row).at(-1) !== row;
}
/** The rows of a machine with one of them changed, or without it. What no row takes any more is ignored. */
function withRow(machine: Machine, row: MachineRow, changed: MachineRow | undefined): MachineRow[] {
  const own = besides(machine.rows, row);
  const mutated = own.flatMap((other) => (other !== row ? [other] : changed === undefined ? [] : [changed]));
  const whole = mutated.at(-1)?.when === undefined && mutated.length > 0 ? mutated : [...mutated, ignoring(row)];
  return machine.rows.flatMap((other) => (other === own[0] ? whole : own.includes(other) ? [] : [other]));
}

function machineMutations(spec: AreaSpec): SpecMutation[] {
  return spec.machines.flatMap((machine, index) => {
    const isInteger = integerConstants(spec, machine);
    const made: SpecMutation[] = [];
    const make = (id: string, mutated: Machine, row?: MachineRow): void => {
      const clause = row?.req;
      made.push({
        id: `${machine.machine}/${id}`,
        group: 'machines',
        machine: machine.machine,
        ...(row === undefined ? {} : { place: rowKey(row.in, row.on) }),
        ...about(machine.machine, clause),
        spec: { ...spec, machines: withItem(spec.machines, index, mutated) },
      });
    };
    for (const { what, source } of variantsOf(machine.timeout, isInteger)) make(`timeout [${what}]`, { ...machine, timeout: source });
    const protocol = protocolOf(machine);
    for (const section of SECTIONS)
      for (const [name, defined] of Object.entries(protocol[section] ?? {}))
        for (const { what, source } of variantsOf(defined, isInteger))
          make(`${section}/${name} [${what}]`, replaced(machine, [section, name], source));
    for (const [name, assignments] of Object.entries(machine.updates ?? {}))
      for (const variable of Object.keys(assignments))
        make(`updates/${name} [${variable} not set]`, replaced(machine, ['updates', name, variable], undefined));
    for (const [at, row] of machine.rows.entries()) {
      const id = `${row.name} (${row.in} on ${row.on})`;
      const makeRow = (what: string, mutated: MachineRow): void => {
        make(`${id} [${what}]`, { ...machine, rows: withItem(machine.rows, at, mutated) }, row);
      };
      const makeOrder = (what: string, changed: MachineRow | undefined): void => {
        make(`${id} [${what}]`, { ...machine, rows: withRow(machine, row, changed) }, row);
      };
      if (canBeDeleted(machine, row)) makeOrder('deleted', undefined);
      if (row.when !== undefined) {
        makeOrder('always', replaced(row, ['when'], undefined));
        for (const { what, source } of variantsOf(row.when, isInteger)) makeOrder(`when ${what}`, { ...row, when: source });
      }
      if (row.to !== row.in) makeRow(`stays ${row.in}`, { ...row, to: row.in });
      for (const [i, update] of updatesOf(row).entries()) {
        const path = Array.isArray(row.set) ? ['set', i] : ['set'];
        if (typeof update === 'string') makeRow(`without ${update}`, replaced(row, path, undefined));
        else for (const variable of Object.keys(update)) makeRow(`${variable} not set`, replaced(row, [...path, variable], undefined));
      }
      for (const output of ['transmit', 'emit', 'reject'] as const)
        if (row[output] !== undefined) makeRow(`no ${output}`, replaced(row, [output], undefined));
    }
    return made;
  });
}

/** None for an area whose models read no JSON. */
function jsonRuleMutations(spec: AreaSpec): SpecMutation[] {
  const having = (step: string): string | undefined =>
    spec.operations.find(({ model = [] }) => JSON.stringify(model).includes(`"${step}":`))?.operation;
  const reporting = spec.operations.find(({ result }) => Object.values(result).some(({ type }) => type === 'jsonError'))?.operation;
  const operation = reporting ?? having('parseJson') ?? having('readJson') ?? having('validate');
  return operation === undefined
    ? []
    : JSON_RULES.map((json): SpecMutation => ({
        id: `json-rules ${json} [ignored]`,
        group: 'json-rules',
        ...about('json-rules', spec.jsonRules[json]),
        spec,
        ignored: { json },
        operation,
      }));
}
