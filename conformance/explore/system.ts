/**
 * Exploration of machines composed over links that may lose, duplicate and reorder: every interleaving within the
 * bounds, breadth first, with the shortest trace to each violated invariant.
 */
import { describeState, describeValue, MachineInterpreter, type MachineState } from '../oracle/machine.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Value } from '../oracle/values.ts';
import type { System } from '../spec/types.ts';

interface Configuration {
  readonly parts: ReadonlyMap<string, MachineState>;
  readonly flights: readonly (readonly Uint8Array[])[];
  readonly left: readonly number[];
}
interface Node {
  readonly at: Configuration;
  readonly parent: Node | undefined;
  readonly via: string;
  readonly depth: number;
}
export interface SystemViolation {
  readonly invariant: string;
  readonly requirement: string;
  readonly trace: readonly string[];
}
export interface SystemExploration {
  readonly system: string;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly truncated: boolean;
  readonly violations: readonly SystemViolation[];
  /** Violations the spec announces (a property the protocol does not have), each with its shortest trace. */
  readonly expected: readonly SystemViolation[];
  /** Announced violations that no trace shows. */
  readonly missing: readonly string[];
  /** The goal was reached in some state, or there is none. */
  readonly goalReached: boolean;
}

/** Explores a system exhaustively within its bounds. */
export function exploreSystem(oracle: Oracle, system: System): SystemExploration {
  const interpreters = new Map(
    Object.entries(system.parts).map(([name, part]) => {
      const machine = oracle.spec.machines.find((m) => m.machine === part.machine);
      const configuration = machine?.configurations.find((c) => c.name === part.configuration);
      if (machine === undefined || configuration === undefined)
        throw new Error(`${system.system}: no ${part.machine}/${part.configuration}`);
      return [name, new MachineInterpreter(oracle, machine, configuration)] as const;
    }),
  );
  const partOf = (name: string): MachineInterpreter => {
    const interpreter = interpreters.get(name);
    if (interpreter === undefined) throw new Error(`${system.system}: no part ${name}`);
    return interpreter;
  };
  const start: Node = {
    at: {
      parts: new Map([...interpreters].map(([name, i]) => [name, i.initial()])),
      flights: system.links.map(() => []),
      left: system.environment.map((e) => e.times),
    },
    parent: undefined,
    via: '',
    depth: 0,
  };
  // A step changes one part; the others are the same states as before.
  const described = new WeakMap<MachineState, string>();
  const textOf = (state: MachineState): string => {
    const text = described.get(state) ?? describeState(state);
    described.set(state, text);
    return text;
  };
  const key = (c: Configuration): string =>
    `${[...c.parts].map(([n, s]) => `${n}:${textOf(s)}`).join('|')}|` +
    `${c.flights.map((f) => f.map(describeValue).join(',')).join('|')}|${c.left.join(',')}`;
  const seen = new Set<string>([key(start.at)]);
  const queue: Node[] = [start];
  const violations = new Map<string, SystemViolation>();
  const expected = new Map<string, SystemViolation>();
  let transitions = 0;
  let depth = 0;
  let truncated = false;
  let goalReached = system.goal === undefined;

  const isConditional = system.environment.some(({ when }) => when !== undefined);
  const environment = (c: Configuration): Map<string, Value> => {
    const values = new Map<string, Value>();
    for (const [name, s] of c.parts) values.set(name, new Map<string, Value>([...s.variables, ['state', s.state]]));
    system.links.forEach((link, i) => values.set(`${link.from}_to_${link.to}`, c.flights[i] ?? []));
    values.set('quiet', c.left.every((n) => n === 0) && c.flights.every((f) => f.length === 0));
    return values;
  };
  const check = (node: Node): void => {
    const values = environment(node.at);
    for (const invariant of system.invariants) {
      if (!violations.has(invariant.id) && !oracle.evaluator.test(invariant.always, values))
        violations.set(invariant.id, { invariant: invariant.id, requirement: invariant.req, trace: traceOf(node) });
    }
    for (const invariant of system.expectedViolations ?? []) {
      if (!expected.has(invariant.id) && !oracle.evaluator.test(invariant.always, values))
        expected.set(invariant.id, { invariant: invariant.id, requirement: invariant.req, trace: traceOf(node) });
    }
    if (!goalReached && system.goal !== undefined) goalReached = oracle.evaluator.test(system.goal.eventually, values);
  };

  const apply = (
    c: Configuration,
    part: string,
    event: string,
    chosen: Map<string, Value>,
    flights: readonly (readonly Uint8Array[])[],
    left: readonly number[],
  ): Configuration | undefined => {
    const before = c.parts.get(part);
    if (before === undefined) return undefined;
    const step = partOf(part).step(before, { event, with: chosen });
    const next = flights.map((flight, i) => {
      const link = system.links[i];
      return link?.from === part ? [...flight, ...step.transmit] : flight;
    });
    if (next.some((flight, i) => flight.length > (system.links[i]?.capacity ?? 0))) return undefined; // the bound of the exploration
    return { parts: new Map([...c.parts, [part, step.after]]), flights: next, left };
  };

  const successors = (c: Configuration): [string, Configuration | undefined][] => {
    const found: [string, Configuration | undefined][] = [];
    const values = isConditional ? environment(c) : new Map<string, Value>();
    system.environment.forEach((e, i) => {
      if ((c.left[i] ?? 0) === 0 || (e.when !== undefined && !oracle.evaluator.test(e.when, values))) return;
      const chosen = new Map(
        Object.entries(e.with ?? {}).map(([name, source]) => [name, oracle.evaluator.evaluate(source, new Map())] as const),
      );
      found.push([
        `${e.part}.${e.event}`,
        apply(
          c,
          e.part,
          e.event,
          chosen,
          c.flights,
          c.left.map((n, j) => (j === i ? n - 1 : n)),
        ),
      ]);
    });
    system.links.forEach((link, i) => {
      const flight = c.flights[i] ?? [];
      const positions = link.faults.includes('reorder') ? flight.map((_, p) => p) : flight.length > 0 ? [0] : [];
      for (const position of positions) {
        const bytes = flight[position];
        if (bytes === undefined) continue;
        const taken = c.flights.map((f, j) => (j === i ? f.filter((_, p) => p !== position) : f));
        const rule = link.deliver.find((d) => oracle.evaluator.test(d.when, new Map<string, Value>([['bytes', bytes]])));
        if (rule === undefined) throw new Error(`${system.system}: nothing delivers ${describeValue(bytes)}`);
        const chosen = new Map(
          Object.entries(rule.with ?? {}).map(
            ([name, source]) => [name, oracle.evaluator.evaluate(source, new Map<string, Value>([['bytes', bytes]]))] as const,
          ),
        );
        found.push([`${link.from}→${link.to} ${describeValue(bytes)}`, apply(c, link.to, rule.event, chosen, taken, c.left)]);
        if (link.faults.includes('duplicate'))
          found.push([`${link.from}→${link.to} ${describeValue(bytes)} (kept)`, apply(c, link.to, rule.event, chosen, c.flights, c.left)]);
        if (link.faults.includes('lose')) found.push([`${link.from}→${link.to} ${describeValue(bytes)} (lost)`, { ...c, flights: taken }]);
      }
    });
    return found;
  };

  check(start);
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head];
    if (node === undefined) break;
    depth = Math.max(depth, node.depth);
    if (node.depth >= system.bounds.depth) {
      truncated = true;
      continue;
    }
    for (const [via, at] of successors(node.at)) {
      if (at === undefined) continue;
      transitions++;
      const k = key(at);
      if (seen.has(k)) continue;
      if (seen.size >= system.bounds.states) {
        truncated = true;
        continue;
      }
      seen.add(k);
      const next: Node = { at, parent: node, via, depth: node.depth + 1 };
      check(next);
      queue.push(next);
    }
  }
  return {
    system: system.system,
    states: seen.size,
    transitions,
    depth,
    truncated,
    violations: [...violations.values()],
    expected: [...expected.values()],
    missing: (system.expectedViolations ?? []).filter((v) => !expected.has(v.id)).map((v) => v.id),
    goalReached,
  };
}

function traceOf(node: Node): string[] {
  const steps: string[] = [];
  for (let at: Node | undefined = node; at?.parent !== undefined; at = at.parent) steps.unshift(at.via);
  return steps;
}
