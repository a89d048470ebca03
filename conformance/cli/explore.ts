/** `npm run explore`: explores every machine and system of the spec and says what was seen. */
import { REGISTRY } from '../areas.ts';
import { packageRoot } from '../contract/paths.ts';
import { explore } from '../explore/explorer.ts';
import { exploreSystem } from '../explore/system.ts';
import { MachineInterpreter } from '../oracle/machine.ts';
import { Oracle } from '../oracle/oracle.ts';
import { SpecReader } from '../spec/loader.ts';

let faults = 0;
const root = packageRoot();
const reader = new SpecReader(root);
for (const area of reader.areas()) {
  const spec = reader.area(area);
  const oracle = new Oracle(spec, REGISTRY.primitives);
  console.log(`${'machine'.padEnd(44)}${'states'.padStart(9)}${'steps'.padStart(9)}${'depth'.padStart(7)}${'rows'.padStart(9)}`);
  for (const machine of spec.machines) {
    for (const configuration of machine.configurations) {
      const e = explore(new MachineInterpreter(oracle, machine, configuration));
      console.log(
        `${`${e.machine} (${e.configuration})`.padEnd(44)}${String(e.states).padStart(9)}` +
          `${String(e.transitions).padStart(9)}${String(e.depth).padStart(7)}` +
          `${`${String(e.shortest.size)}/${String(machine.rows.length)}`.padStart(9)}${e.truncated ? ' bounded' : ''}`,
      );
      for (const v of e.violations) {
        faults++;
        console.log(`  VIOLATED ${v.invariant} (${v.requirement}) after ${v.trace.join(', ')}`);
      }
      for (const i of e.incomplete) {
        faults++;
        console.log(`  INCOMPLETE ${i}`);
      }
    }
  }
  for (const system of spec.systems) {
    const e = exploreSystem(oracle, system);
    console.log(
      `${e.system.padEnd(44)}${String(e.states).padStart(9)}${String(e.transitions).padStart(9)}` +
        `${String(e.depth).padStart(7)}${`${String(system.invariants.length)} inv`.padStart(9)}${e.truncated ? ' bounded' : ''}`,
    );
    const links = system.links.map((link) => {
      const harm = link.faults.length === 0 ? 'do no harm' : link.faults.join(', ');
      return `${link.from} to ${link.to}: ${String(link.capacity)} in flight, may ${harm}`;
    });
    console.log(`  within ${String(system.bounds.states)} states and ${String(system.bounds.depth)} steps; ${links.join('; ')}`);
    for (const v of e.violations) {
      faults++;
      console.log(`  VIOLATED ${v.invariant} (${v.requirement}) after:\n${v.trace.map((t) => `    ${t}`).join('\n')}`);
    }
    for (const v of e.expected)
      console.log(
        `  as announced, '${v.invariant}' does not hold; shortest trace (${String(v.trace.length)} steps):\n` +
          `${v.trace.map((t) => `    ${t}`).join('\n')}`,
      );
    for (const id of e.missing) {
      faults++;
      console.log(`  NOT SEEN: the announced violation ${id}`);
    }
    if (!e.goalReached) {
      faults++;
      console.log('  NOT REACHED: the goal');
    }
  }
}
console.log(faults === 0 ? '\nEvery machine is complete, every invariant holds.' : `\n${String(faults)} fault(s).`);
process.exitCode = faults === 0 ? 0 : 1;
