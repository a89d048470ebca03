/** The page of machines: state diagrams, transition tables, invariants, and the systems they are composed into. */
import type { AreaSpec, ExpressionSource, Machine, MachineRow, System } from '../spec/types.ts';
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

function effects(row: MachineRow): string {
  const emit = row.emit === undefined ? [] : typeof row.emit === 'string' ? [row.emit] : row.emit;
  return [
    ...Object.entries(row.set ?? {}).map(([name, source]) => `${code(name)} becomes ${code(source)}`),
    ...(row.transmit === undefined ? [] : [`transmit ${code(row.transmit)}`]),
    ...emit.map((source) => `emit ${code(source)}`),
    ...(row.reject === undefined ? [] : [`reject ${code(row.reject)}`]),
  ].join('; ');
}

const named = (values: { readonly [name: string]: ExpressionSource }): string =>
  Object.entries(values)
    .map(([name, source]) => `${name}: ${String(source)}`)
    .join(', ');

function eventsTable(machine: Machine): string[] {
  return table(
    ['event', 'call', 'parameters tried', 'arguments', 'milliseconds that pass'],
    Object.entries(machine.events).map(([name, e]) => [
      code(name),
      link(e.call, 'operations.md'),
      Object.entries(e.with ?? {})
        .map(([param, values]) => `${param} of ${code(typeof values === 'string' ? values : `[${values.map(String).join(', ')}]`)}`)
        .join('; '),
      e.arguments === undefined ? '' : code(named(e.arguments)),
      `${e.advance === undefined ? '' : code(e.advance)}${e.unless === undefined ? '' : `; not offered while ${code(e.unless)}`}`,
    ]),
  );
}

function machineSection(machine: Machine): string[] {
  const variables = Object.entries(machine.variables);
  return [
    `## ${machine.machine}`,
    '',
    ...paragraph(`${machine.title}. Session ${code(machine.session)}; ${String(machine.rows.length)} rows.`),
    ...stateDiagram(machine),
    ...table(
      ['configuration', 'opened with', 'constants'],
      machine.configurations.map((c) => [
        code(c.name),
        code(JSON.stringify(c.open)),
        c.constants === undefined ? '' : code(named(c.constants)),
      ]),
    ),
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
      'Each machine has exactly one row for every state and event that can occur; `ignore` is an outcome like any other. ' +
        'Diagrams leave the guards out; the tables have them. Every row is reached by a shortest trace, and that trace is a vector.',
    ),
    ...spec.machines.flatMap((m) => item(`${link(m.machine)}: ${m.title}`)),
    ...spec.systems.flatMap((s) => item(`${link(s.system)}: ${s.title}`)),
    '',
    ...spec.machines.flatMap(machineSection),
    ...spec.systems.flatMap(systemSection),
  ];
  return { title: `Machines of ${spec.area}`, lines, from: `spec/${spec.area}/*/machines/`, revision: spec.revision };
}
