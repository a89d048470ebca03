/**
 * Completeness of the spec: consistency, and what only exploration shows. A machine has a row for each state and event and
 * none that nothing reaches; invariants hold; systems reach their goals.
 */
import { explore, type Exploration } from '../explore/explorer.ts';
import { exploreSystem, type SystemExploration } from '../explore/system.ts';
import { MachineInterpreter } from '../oracle/machine.ts';
import { Oracle } from '../oracle/oracle.ts';
import type { Primitives } from '../oracle/primitives.ts';
import { consistencyFaults } from './consistency.ts';
import type { AreaSpec, Machine, System } from './types.ts';

/** Told of each exploration as it ends, for whoever prints it. */
export interface ExplorationListener {
  machine?(machine: Machine, exploration: Exploration): void;
  system?(system: System, exploration: SystemExploration): void;
}

/**
 * Every fault of completeness in an area; an empty list means complete.
 *
 * @param explored names of the machines and systems that are explored; all if absent
 */
export function completenessFaults(root: string, spec: AreaSpec, primitives: Primitives, explored?: ReadonlySet<string>): string[] {
  const still = consistencyFaults(root, spec);
  // A machine over data that contradicts itself cannot be run.
  return still.length > 0 ? still : explorationFaults(spec, primitives, explored);
}

/**
 * Every fault that exploring the machines and systems of a consistent area shows.
 *
 * @param explored names of the machines and systems that are explored; all if absent
 */
export function explorationFaults(
  spec: AreaSpec,
  primitives: Primitives,
  explored?: ReadonlySet<string>,
  listener: ExplorationListener = {},
): string[] {
  const faults: string[] = [];
  const oracle = new Oracle(spec, primitives);
  oracle.compileSchemas();
  for (const m of spec.machines.filter(({ machine }) => explored?.has(machine) !== false)) {
    const reached = new Set<number>();
    for (const configuration of m.configurations) {
      const exploration = explore(new MachineInterpreter(oracle, m, configuration));
      listener.machine?.(m, exploration);
      if (exploration.truncated)
        faults.push(`machine ${m.machine}/${configuration.name}: not finite within ${String(exploration.states)} states`);
      faults.push(...exploration.incomplete.slice(0, 5));
      for (const v of exploration.violations.slice(0, 3))
        faults.push(`machine ${m.machine}/${configuration.name}: invariant ${v.invariant} fails in ${v.state} after ${v.trace.join(', ')}`);
      for (const row of exploration.shortest.keys()) reached.add(row);
    }
    m.rows.forEach((r, i) => {
      if (!reached.has(i))
        faults.push(
          `machine ${m.machine}: no trace reaches row ${r.name} (${r.in} on ${r.on}${r.when === undefined ? '' : ` when ${r.when}`})`,
        );
    });
  }
  for (const s of spec.systems.filter(({ system }) => explored?.has(system) !== false)) {
    const e = exploreSystem(oracle, s);
    listener.system?.(s, e);
    for (const v of e.violations) faults.push(`system ${s.system}: invariant ${v.invariant} fails after ${v.trace.join(', ')}`);
    for (const id of e.missing) faults.push(`system ${s.system}: the announced violation ${id} does not occur`);
    if (!e.goalReached) faults.push(`system ${s.system}: its goal is never reached`);
    if (e.truncated) faults.push(`system ${s.system}: not explored completely within its bounds (${String(e.states)} states)`);
  }
  return faults;
}
