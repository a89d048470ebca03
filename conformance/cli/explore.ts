/** `npm run explore`: explores every machine and system of the spec and says what was seen. */
import { REGISTRY } from '../areas.ts';
import type { Exploration } from '../explore/explorer.ts';
import type { SystemExploration } from '../explore/system.ts';
import { explorationFaults } from '../spec/complete.ts';
import { SpecReader } from '../spec/loader.ts';
import type { Machine, System } from '../spec/types.ts';
import { refusingBrokenSpecs } from './refusal.ts';

function showMachine(machine: Machine, e: Exploration): void {
  console.log(
    `${`${e.machine} (${e.configuration})`.padEnd(44)}${String(e.states).padStart(9)}` +
      `${String(e.transitions).padStart(9)}${String(e.depth).padStart(7)}` +
      `${`${String(e.shortest.size)}/${String(machine.rows.length)}`.padStart(9)}${e.truncated ? ' bounded' : ''}`,
  );
}

function showSystem(system: System, e: SystemExploration): void {
  console.log(
    `${e.system.padEnd(44)}${String(e.states).padStart(9)}${String(e.transitions).padStart(9)}` +
      `${String(e.depth).padStart(7)}${`${String(system.invariants.length)} inv`.padStart(9)}${e.truncated ? ' bounded' : ''}`,
  );
  const links = system.links.map((link) => {
    const harm = link.faults.length === 0 ? 'do no harm' : link.faults.join(', ');
    return `${link.from} to ${link.to}: ${String(link.capacity)} in flight, may ${harm}`;
  });
  console.log(`  within ${String(system.bounds.states)} states and ${String(system.bounds.depth)} steps; ${links.join('; ')}`);
  for (const v of e.expected)
    console.log(
      `  as announced, '${v.invariant}' does not hold; shortest trace (${String(v.trace.length)} steps):\n` +
        `${v.trace.map((t) => `    ${t}`).join('\n')}`,
    );
}

function main(): number {
  const reader = new SpecReader();
  const specs = reader.areas().map((area) => reader.area(area));
  const faults = specs.flatMap((spec) => {
    console.log(`${'machine'.padEnd(44)}${'states'.padStart(9)}${'steps'.padStart(9)}${'depth'.padStart(7)}${'rows'.padStart(9)}`);
    return explorationFaults(spec, REGISTRY.primitives, undefined, { machine: showMachine, system: showSystem });
  });
  if (faults.length === 0) console.log('\nEvery machine is complete, every invariant holds.');
  else console.error(`\n${String(faults.length)} fault(s):\n${faults.map((f) => `  ${f}`).join('\n')}`);
  return faults.length === 0 ? 0 : 1;
}

process.exitCode = await refusingBrokenSpecs(main);
