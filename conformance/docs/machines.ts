/** The page of machines: state diagrams, transition tables, invariants, and the systems they are composed into. */
import { SECTIONS, sourcesOf, updatesOf } from '../spec/machines.ts';
import type { AreaSpec, Assignments, ExpressionSource, Machine, MachineRow, System } from '../spec/types.ts';
import { clause, code, item, link, paragraph, table, type Page } from './markdown.ts';

/** A Mermaid state diagram: one arrow for each pair of states, labelled with event, outcome and clause. */
export function stateDiagram(machine: Machine): string[] {
  const arrows = new Map<string, Set<string>>();
  for (const row of machine.rows) {
    const arrow = `${row.in} --> ${row.to}`;
    arrows.set(arrow, (arrows.get(arrow) ?? new Set()).add(`${row.on} (${row.outcome}) ${row.req}`));
  }
  return [
    '```mermaid',
    'stateDiagram-v2',
    `  [*] --> ${machine.initial}`,
    ...[...arrows].map(([arrow, labels]) => `  ${arrow}: ${[...labels].join('\\n')}`),
    '```',
    '',
  ];
}

const becomes = (assignments: Assignments): string[] =>
  Object.entries(assignments).map(([name, source]) => `${code(name)} becomes ${code(source)}`);

function effects(row: MachineRow): string {
  return [
    ...updatesOf(row).flatMap((update) => (typeof update === 'string' ? [`update ${code(update)}`] : becomes(update))),
    ...sourcesOf(row.transmit).map((source) => `transmit ${code(source)}`),
    ...sourcesOf(row.emit).map((source) => `emit ${code(source)}`),
    ...(row.reject === undefined ? [] : [`reject ${code(row.reject)}`]),
  ].join('; ');
}

const named = (values: { readonly [name: string]: ExpressionSource }): string =>
  Object.entries(values)
    .map(([name, source]) => `${name}: ${String(source)}`)
    .join(', ');

function eventsTable(machine: Machine): string[] {
  return table(
    ['event', 'call', 'parameters', 'arguments', 'milliseconds that pass'],
    Object.entries(machine.events).map(([name, e]) => [
      code(name),
      link(e.call, 'operations.md'),
      (e.parameters ?? Object.keys(e.with ?? {})).map(code).join(', '),
      e.arguments === undefined ? '' : code(named(e.arguments)),
      e.advance === undefined ? '' : code(e.advance),
    ]),
  );
}

/** What rows use by name. */
function definitionsTable(machine: Machine): string[] {
  const rows = [
    ...SECTIONS.flatMap((section) => Object.entries(machine[section] ?? {}).map(([name, source]) => [code(name), code(source)])),
    ...Object.entries(machine.updates ?? {}).map(([name, assignments]) => [code(name), becomes(assignments).join('; ')]),
  ];
  return rows.length === 0 ? [] : table(['name', 'stands for'], rows);
}

function machineSection(machine: Machine): string[] {
  const variables = Object.entries(machine.variables);
  return [
    `## ${machine.machine}`,
    '',
    ...paragraph(`${machine.title}. Session ${code(machine.session)}; ${String(machine.rows.length)} rows.`),
    ...stateDiagram(machine),
    ...(machine.constants === undefined
      ? []
      : table(
          ['constant', 'means'],
          Object.entries(machine.constants).map(([name, meaning]) => [code(name), meaning]),
        )),
    ...(variables.length === 0
      ? []
      : table(
          ['variable', 'type', 'initial', 'range'],
          variables.map(([name, v]) => [
            code(name),
            v.type,
            code(v.initial),
            v.from === undefined ? '' : `${String(v.from)} to ${String(v.to)}`,
          ]),
        )),
    ...eventsTable(machine),
    ...paragraph(`Next timeout, in milliseconds from now: ${code(machine.timeout)}.`),
    ...definitionsTable(machine),
    ...table(
      ['in', 'on', 'when', 'to', 'effects', 'outcome', 'clause'],
      machine.rows.map((r) => [r.in, r.on, r.when === undefined ? '' : code(r.when), r.to, effects(r), r.outcome, clause(r.req)]),
    ),
    ...(machine.invariants.length === 0
      ? []
      : ['Invariants:', '', ...machine.invariants.flatMap((i) => item(`${i.id}: always ${code(i.always)} (${clause(i.req)})`)), '']),
  ];
}

function systemSection(system: System): string[] {
  return [
    `## ${system.system}`,
    '',
    ...paragraph(
      `${system.title}. Explored whole; the bounds are ${String(system.bounds.states)} states and depth ${String(system.bounds.depth)}.`,
    ),
    ...Object.entries(system.parts).flatMap(([name, part]) =>
      item(`${code(name)} is ${link(part.machine)}, configuration ${code(part.configuration)}`),
    ),
    ...system.links.flatMap((l) =>
      item(`${l.from} to ${l.to}: at most ${String(l.capacity)} in flight; ${l.faults.length === 0 ? 'no faults' : l.faults.join(', ')}`),
    ),
    ...system.environment.flatMap((e) =>
      item(`${e.part}.${e.event}${e.with === undefined ? '' : ` with ${code(named(e.with))}`}, at most ${String(e.times)} times`),
    ),
    '',
    'Invariants:',
    '',
    ...system.invariants.flatMap((i) => item(`${i.id}: always ${code(i.always)} (${clause(i.req)})`)),
    '',
    ...(system.expectedViolations === undefined
      ? []
      : [
          'Announced violations, properties that the protocol does not have:',
          '',
          ...system.expectedViolations.flatMap((v) => item(`${v.id}: not always ${code(v.always)} (${clause(v.req)}). ${v.why}`)),
          '',
        ]),
    ...(system.goal === undefined
      ? []
      : paragraph(`Goal, reached in some state: ${code(system.goal.eventually)} (${clause(system.goal.req)}).`)),
  ];
}

/** The page of machines and systems of an area. */
export function machinesPage(spec: AreaSpec): Page {
  const lines = [
    ...paragraph(
      'The rows of a state and event are tried in order: the first whose guard holds is taken, and `ignore` is an outcome like any ' +
        'other. Diagrams leave the guards out; the tables have them. Every row is reached by a shortest trace, and that trace is a vector.',
    ),
    ...spec.machines.flatMap((m) => item(`${link(m.machine)}: ${m.title}`)),
    ...spec.systems.flatMap((s) => item(`${link(s.system)}: ${s.title}`)),
    '',
    ...spec.machines.flatMap(machineSection),
    ...spec.systems.flatMap(systemSection),
  ];
  return { title: `Machines of ${spec.area}`, lines, from: `spec/${spec.area}/*/machines/`, revision: spec.revision };
}
