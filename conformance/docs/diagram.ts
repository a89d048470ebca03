/**
 * Mermaid diagrams of machines: states and the names of events; guards and clauses are in the rows. Arrows from a state to itself
 * are left out, since Mermaid draws their labels over the others.
 */
import type { Machine } from '../spec/types.ts';

/** Words that Mermaid takes for its own. */
const RESERVED = new Set(['state', 'end', 'note', 'direction', 'class', 'classdef', 'style', 'default', 'as', 'scale', 'click', 'hide']);
/** Columns of a label before it goes on below. */
const LABEL_WIDTH = 28;

/** Names as one label of several lines. */
function label(names: readonly string[]): string {
  const lines: string[] = [];
  for (const [i, name] of names.entries()) {
    const text = i < names.length - 1 ? `${name},` : name;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= LABEL_WIDTH) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(text);
  }
  return lines.join('<br>');
}

/** The lines of a state diagram: one arrow for each pair of states, labelled with the events that lead from one to another. */
export function stateDiagram(machine: Pick<Machine, 'states' | 'initial' | 'rows'>): string[] {
  const isPlain = (state: string): boolean => /^[A-Za-z][A-Za-z0-9_]*$/.test(state) && !RESERVED.has(state.toLowerCase());
  const ids = new Map(machine.states.map((state, i) => [state, isPlain(state) ? state : `s${String(i)}`]));
  const id = (state: string): string => ids.get(state) ?? state;
  const arrows = new Map<string, Set<string>>();
  for (const row of machine.rows.filter(({ in: from, to }) => from !== to)) {
    const arrow = `${id(row.in)} --> ${id(row.to)}`;
    arrows.set(arrow, (arrows.get(arrow) ?? new Set()).add(row.on));
  }
  return [
    'stateDiagram-v2',
    '  direction LR',
    ...machine.states.filter((state) => id(state) !== state).map((state) => `  state "${state}" as ${id(state)}`),
    `  [*] --> ${id(machine.initial)}`,
    ...[...arrows].map(([arrow, events]) => `  ${arrow}: ${label([...events])}`),
  ];
}
