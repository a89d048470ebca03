/** Machines: what they are about, what they remember, the names that rows use, the rows by state and event; and systems of them. */
import { namesOf, parseExpression } from '../spec/expression.ts';
import { SECTIONS, sourcesOf, updatesOf } from '../spec/machines.ts';
import type { Machine, MachineAlternative, MachineRow, System } from '../spec/types.ts';
import { anchorOf, type Links } from './atlas.ts';
import { remarksOf, type Remarks } from './comments.ts';
import { stateDiagram } from './diagram.ts';
import { code, definitionLines, definitions, expression, fence, heading, headingOf, item, paragraph, prose, words } from './markdown.ts';
import { named, type Scope } from './scope.ts';

/** The machines and systems of a topic. */
export function machinesSection({ root, spec, topic, links }: Scope): string[] {
  if (topic.machines.length + topic.systems.length === 0) return [];
  const remarks = remarksOf(root, topic.folder);
  return [
    ...heading(2, 'Machines'),
    ...paragraph(
      'The rows of a state and event are tried in order, and the first whose condition holds is taken; the last takes the rest. ' +
        'Everything a row assigns is computed from the values before it. Diagrams omit events after which a machine stays in its state.',
    ),
    ...named(spec.machines, 'machine', topic.machines).flatMap((m) => machineSection(links, m, remarks.get(m.machine))),
    ...named(spec.systems, 'system', topic.systems).flatMap((s) => systemSection(links, s, remarks.get(s.system))),
  ];
}

/** Names that a machine takes as given: the constants that it declares, and those that its rows or what they are made of use. */
function constantsOf(machine: Machine): Map<string, string> {
  const declared = new Map(Object.entries(machine.constants ?? {}));
  const given = new Set(machine.configurations.flatMap(({ constants }) => Object.keys(constants ?? {})));
  const shown = [
    machine.timeout,
    ...SECTIONS.flatMap((section) => Object.values(machine[section] ?? {})),
    ...Object.values(machine.events).map((event) => event.advance ?? '0'),
    ...machine.rows.flatMap((row) => [
      row.when ?? 'true',
      ...updatesOf(row).flatMap((update) => (typeof update === 'string' ? [] : Object.values(update))),
      ...sourcesOf(row.transmit),
      ...sourcesOf(row.emit),
    ]),
    ...machine.invariants.map(({ always }) => always),
  ];
  for (const source of shown)
    for (const name of namesOf(parseExpression(source)).names) {
      const [first = ''] = name.split('.');
      if (given.has(first) && !declared.has(first)) declared.set(first, '');
    }
  return declared;
}

function machineSection(links: Links, machine: Machine, remarks: Remarks | undefined): string[] {
  const file = remarks === undefined ? '' : ` In ${links.file(remarks.file, remarks.file.slice(remarks.file.lastIndexOf('/') + 1))}.`;
  const constants = constantsOf(machine);
  const variables = Object.entries(machine.variables);
  return [
    ...heading(3, headingOf(machine.machine), anchorOf('machine', machine.machine)),
    ...paragraph(`${code(machine.machine)}: ${prose(machine.title)}.${file}`),
    ...(remarks?.about === undefined ? [] : paragraph(prose(remarks.about))),
    ...(machine.states.length === 1 ? [] : fence(stateDiagram(machine), 'mermaid')),
    ...(constants.size === 0
      ? []
      : [
          '**Fixed** when the session is opened:',
          '',
          ...[...constants].flatMap(([name, meaning]) => item(meaning === '' ? code(name) : `${code(name)}: ${prose(meaning)}`)),
          '',
        ]),
    ...(variables.length === 0
      ? []
      : [
          '**Remembered:**',
          '',
          ...variables.flatMap(([name, v]) => {
            const range = v.from === undefined ? '' : ` from ${String(v.from)} to ${String(v.to)}`;
            const comment = remarks?.variables.get(name);
            const meaning = comment === undefined ? '' : `: ${prose(comment)}`;
            return item(`${code(name)}, ${v.type}${range}, at first ${expression(v.initial)}${meaning}`);
          }),
          '',
        ]),
    '**Events:**',
    '',
    ...Object.entries(machine.events).flatMap(([name, event]) => {
      const parameters = event.parameters ?? Object.keys(event.with ?? {});
      const given = parameters.length === 0 ? '' : ` (${parameters.join(', ')})`;
      const passed = event.advance === undefined ? '' : `, after ${expression(event.advance)} milliseconds`;
      return item(`${code(`${name}${given}`)}: ${links.to('operation', event.call)}${passed}`);
    }),
    '',
    ...(machine.timeout === 'none' ? [] : paragraph(`**Next timeout**, in milliseconds from now: ${expression(machine.timeout)}`)),
    ...namesSection(machine),
    ...machine.states.flatMap((state) => stateSection(links, machine, state)),
    ...invariantsSection(links, machine.invariants),
  ];
}

/** What rows use by name. */
function namesSection(machine: Machine): string[] {
  const updates = Object.entries(machine.updates ?? {}).flatMap(([name, assignments]) => [
    `${name}:`,
    ...definitionLines(assignments, ':=').map((line) => `  ${line}`),
  ]);
  return [
    ...SECTIONS.flatMap((section) => {
      const lines = definitionLines(machine[section] ?? {});
      return lines.length === 0 ? [] : [`**${words(section)}:**`, '', ...fence(lines)];
    }),
    ...(updates.length === 0 ? [] : ['**Updates:**', '', ...fence(updates)]),
  ];
}

function stateSection(links: Links, machine: Machine, state: string): string[] {
  const rows = machine.rows.filter((row) => row.in === state);
  const events = [...new Set(rows.map(({ on }) => on))];
  if (rows.length === 0) return [];
  return [
    ...heading(4, `In state ${state}`),
    ...events.flatMap((event) => {
      const own = rows.filter(({ on }) => on === event);
      return [
        ...item(`on ${code(event)}`),
        ...own.flatMap((row, i) => item(rowText(links, row), 1, own.length === 1 ? '-' : `${String(i + 1)}.`)),
      ];
    }),
    '',
  ];
}

/** A row as a sentence: what happens, when, what becomes of the state, what is sent, and the clause. */
function rowText(links: Links, row: MachineRow): string {
  const parts = row.reject === undefined ? [] : [`refuse as ${code(row.reject)}`];
  parts.push(...doneText(row));
  if (row.to !== row.in) parts.push(`go to **${row.to}**`);
  else if (parts.length === 0) parts.push(row.outcome === 'ignore' ? 'ignore it' : 'nothing changes');
  const others = (row.or ?? []).map((other) => {
    const done = [...doneText(other), ...(other.to === row.in ? [] : [`go to **${other.to}**`])];
    return ` Or instead${whenText(other)}: ${done.join('; ')}.`;
  });
  const own = `*${row.name.replaceAll('-', ' ')}* (${links.clause(row.req)})${whenText(row)}: ${parts.join('; ')}`;
  return others.length === 0 ? own : `${own}.${others.join('')}`;
}

const whenText = ({ when }: MachineAlternative): string => (when === undefined ? '' : `, when ${expression(when)}`);

/** What an answer of a row does, but for the state to which it goes. */
function doneText(row: MachineAlternative): string[] {
  const parts: string[] = [];
  for (const update of updatesOf(row))
    parts.push(typeof update === 'string' ? `update ${code(update)}` : `set ${definitions(update, ':=')}`);
  for (const source of sourcesOf(row.transmit)) parts.push(`transmit ${expression(source)}`);
  for (const source of sourcesOf(row.emit)) parts.push(`emit ${expression(source)}`);
  return parts;
}

interface Invariant {
  readonly id: string;
  readonly always: string;
  readonly req: string;
}

function invariantsSection(links: Links, invariants: readonly Invariant[]): string[] {
  if (invariants.length === 0) return [];
  return [
    ...heading(4, 'Always true'),
    ...invariants.flatMap((i) => item(`*${i.id.replaceAll('-', ' ')}* (${links.clause(i.req)}): ${expression(i.always)}`)),
    '',
  ];
}

const FAULTS: { readonly [fault in System['links'][number]['faults'][number]]: string } = {
  lose: 'lost',
  duplicate: 'duplicated',
  reorder: 'reordered',
};

/** Words as people list them. */
function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function systemSection(links: Links, system: System, remarks: Remarks | undefined): string[] {
  const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${String(count)} times`);
  const file = remarks === undefined ? '' : ` In ${links.file(remarks.file, remarks.file.slice(remarks.file.lastIndexOf('/') + 1))}.`;
  const events = Object.keys(system.parts).flatMap((part) => {
    const counts = new Map<string, number>();
    for (const e of system.environment)
      if (e.part === part && e.when === undefined) counts.set(e.event, (counts.get(e.event) ?? 0) + e.times);
    return counts.size === 0 ? [] : [`${code(part)}: ${listed([...counts].map(([event, count]) => `${code(event)} ${times(count)}`))}`];
  });
  const conditional = system.environment.flatMap(({ part, event, when, times: count }) =>
    when === undefined ? [] : item(`${code(part)}: ${code(event)} ${times(count)}, when ${expression(when)}`),
  );
  return [
    ...heading(3, headingOf(system.system), anchorOf('system', system.system)),
    ...paragraph(`${code(system.system)}: ${prose(system.title)}.${file}`),
    ...(remarks?.about === undefined ? [] : paragraph(prose(remarks.about))),
    ...Object.entries(system.parts).flatMap(([name, part]) => item(`${code(name)}: the machine ${links.to('machine', part.machine)}`)),
    ...system.links.flatMap((l) =>
      item(
        `from ${code(l.from)} to ${code(l.to)} up to ${String(l.capacity)} ${l.capacity === 1 ? 'message' : 'messages'} at a time, ` +
          `${l.faults.length === 0 ? 'none of which is lost' : `which may be ${listed(l.faults.map((fault) => FAULTS[fault]))}`}`,
      ),
    ),
    ...(events.length === 0 ? [] : item(`at any time ${events.join('; ')}`)),
    ...conditional,
    '',
    ...invariantsSection(links, system.invariants),
    ...(system.expectedViolations === undefined
      ? []
      : [
          ...heading(4, 'Not always true'),
          ...system.expectedViolations.flatMap((v) =>
            item(`*${v.id.replaceAll('-', ' ')}* (${links.clause(v.req)}). ${prose(v.why)} ${expression(v.always)}`),
          ),
          '',
        ]),
    ...(system.goal === undefined
      ? []
      : [...heading(4, 'Reached in the end'), ...paragraph(`${links.clause(system.goal.req)}: ${expression(system.goal.eventually)}`)]),
  ];
}
