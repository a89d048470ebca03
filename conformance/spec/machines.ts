/**
 * Machines and their trials: how the two files are joined, what a row assigns, and the faults of a machine that show without
 * running it. A machine is written for readers; `X.trials.yaml` next to it says how exploration plays it.
 */
import { namesOf, parseExpression } from './expression.ts';
import type { Assignments, ExpressionSource, Machine, MachineAlternative, MachineEvent, TracePolicy, MachineRow, Trials } from './types.ts';

/** A machine as its file has it; configurations and tried values are in its trials. */
export type MachineFile = Omit<Machine, 'about' | 'configurations' | 'events'> & {
  readonly events: { readonly [name: string]: Omit<MachineEvent, 'with' | 'unless' | 'arguments'> };
};

/** A fault of a machine, or of its trials, with the path inside the file. */
export interface MachineFault {
  readonly in: 'machine' | 'trials';
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The sections of named expressions, in the order in which they may build on each other. */
export const SECTIONS = ['values', 'guards', 'outputs'] as const;
export type Section = (typeof SECTIONS)[number];

/** Names that mean something in every machine, or in every expression. */
const RESERVED: readonly string[] = ['state', 'it', 'constant', 'transports'];
/** What every expression can name beyond the machine's own names. */
const GLOBALS: readonly string[] = ['constant', 'transports'];

/** The named updates and the assignments of a row, in their order. */
export function updatesOf(row: MachineAlternative): readonly (Assignments | string)[] {
  if (row.set === undefined) return [];
  return Array.isArray(row.set) ? (row.set as readonly (Assignments | string)[]) : [row.set as Assignments | string];
}

/** What a row assigns: its updates one after the other; later ones win. */
export function assignmentsOf(machine: Pick<Machine, 'updates'>, row: MachineAlternative): Assignments {
  const each = updatesOf(row).map((update) => (typeof update === 'string' ? (machine.updates?.[update] ?? {}) : update));
  return Object.assign({}, ...each) as Assignments;
}

/** A row as it is written, and its other right answers, each with its path from the row. */
function answersOf(row: MachineRow): readonly (readonly [readonly (string | number)[], MachineAlternative])[] {
  return [[[], row], ...(row.or ?? []).map((other, i) => [['or', i], other] as const)];
}

/** The one expression or the list of them that a row has for its frames or events. */
export function sourcesOf(outputs: string | readonly string[] | undefined): readonly string[] {
  return outputs === undefined ? [] : typeof outputs === 'string' ? [outputs] : outputs;
}

/** Every named expression of a machine. */
export function definitionsOf(machine: Pick<Machine, Section>): ReadonlyMap<string, ExpressionSource> {
  return new Map(SECTIONS.flatMap((section) => Object.entries(machine[section] ?? {})));
}

/** Indexes of the rows of each state and event, in order. The key is made by `rowKey`. */
export function rowsByKey(rows: readonly Pick<MachineRow, 'in' | 'on'>[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [index, row] of rows.entries()) {
    const key = rowKey(row.in, row.on);
    const own = found.get(key);
    if (own === undefined) found.set(key, [index]);
    else own.push(index);
  }
  return found;
}
/** A state and an event as one key. */
export function rowKey(state: string, event: string): string {
  return `${state} on ${event}`;
}

/** A machine with its trials. The trials are those of the machine: `trialsFaults` has found nothing. */
export function joined(machine: MachineFile, trials: Trials): Machine {
  const events = Object.entries(machine.events).map(([name, event]) => [name, { ...event, ...trials.events?.[name] }] as const);
  const about = trials.about === undefined ? {} : { about: trials.about };
  const values = trials.values === undefined ? {} : { values: { ...machine.values, ...trials.values } };
  return { ...machine, ...about, ...values, configurations: trials.configurations, events: Object.fromEntries(events) };
}

/** What does not fit between a machine and its trials. */
export function trialsFaults(machine: MachineFile, trials: Trials): MachineFault[] {
  const faults: MachineFault[] = [];
  const fault = (file: MachineFault['in'], path: MachineFault['path'], message: string): void => {
    faults.push({ in: file, path, message });
  };
  if (trials.trials !== machine.machine) fault('trials', ['trials'], `says '${trials.trials}' next to the machine '${machine.machine}'`);
  for (const [name, event] of Object.entries(machine.events)) {
    const parameters = event.parameters ?? [];
    const tried = Object.keys(trials.events?.[name]?.with ?? {});
    for (const [i, parameter] of parameters.entries())
      if (!tried.includes(parameter)) fault('machine', ['events', name, 'parameters', i], 'the trials have no values for it');
    for (const parameter of tried)
      if (!parameters.includes(parameter)) fault('trials', ['events', name, 'with', parameter], 'is not a parameter of the event');
  }
  for (const name of Object.keys(trials.values ?? {}))
    if (Object.hasOwn(machine.values ?? {}, name)) fault('trials', ['values', name], 'is a value of the machine as well');
  for (const name of Object.keys(trials.events ?? {}))
    if (!(name in machine.events)) fault('trials', ['events', name], 'is not an event of the machine');
  for (const [i, configuration] of trials.configurations.entries())
    for (const name of Object.keys(machine.constants ?? {}))
      if (!(name in (configuration.constants ?? {}))) fault('trials', ['configurations', i], `gives no value to the constant '${name}'`);
  return faults;
}

/** What a topic's policies of traces name and its machines do not have; undefined where all is there. */
export function tracePolicyFault(
  machines: readonly Pick<Machine, 'machine' | 'session' | 'configurations'>[],
  policies: { readonly [name: string]: TracePolicy },
): { readonly path: readonly (string | number)[]; readonly message: string } | undefined {
  for (const [name, { follow = {} }] of Object.entries(policies)) {
    const own = machines.filter(({ machine, session }) => machine === name || session === name);
    if (own.length === 0) return { path: [name], message: 'is no machine and no session of this topic' };
    for (const [machine, configurations] of Object.entries(follow)) {
      const played = own.find((m) => m.machine === machine)?.configurations.filter((c) => c.composedOnly !== true);
      if (played === undefined) return { path: [name, 'follow', machine], message: 'is no machine that this policy is for' };
      for (const [i, configuration] of configurations.entries())
        if (!played.some((c) => c.name === configuration))
          return { path: [name, 'follow', machine, i], message: 'is no configuration that an implementation can play' };
    }
  }
  return undefined;
}

/** An expression of a machine: its place, and what it may name. */
interface Use {
  readonly in: MachineFault['in'];
  readonly path: readonly (string | number)[];
  readonly source: ExpressionSource;
  /** Sections whose names it sees. */
  readonly sees: readonly Section[];
  /** The event whose parameters it sees; those of every event for what only rows can make sense of. */
  readonly event?: string | 'any';
  /** Whether it sees variables and state. */
  readonly early?: true;
}

/**
 * The faults of a machine that show without running it: names that mean nothing or two things, circles, what nothing uses, and
 * rows that no input can reach or that leave an input without a row.
 */
export function machineFaults(machine: Machine): MachineFault[] {
  const faults = [...nameFaults(machine), ...stateFaults(machine), ...updateFaults(machine), ...orderFaults(machine)];
  const circles = circleFaults(machine);
  return [...faults, ...circles, ...(circles.length > 0 ? [] : useFaults(machine))];
}

function nameFaults(machine: Machine): MachineFault[] {
  const faults: MachineFault[] = [];
  const owners = new Map<string, string>();
  const own = (path: readonly (string | number)[], name: string, what: string): void => {
    const owner = owners.get(name);
    if (RESERVED.includes(name)) faults.push({ in: 'machine', path, message: `'${name}' is reserved` });
    else if (owner !== undefined && owner !== what) faults.push({ in: 'machine', path, message: `'${name}' is ${owner} and ${what}` });
    else if (owner === undefined) owners.set(name, what);
  };
  for (const name of Object.keys(machine.variables)) own(['variables', name], name, 'a variable');
  for (const name of Object.keys(machine.constants ?? {})) own(['constants', name], name, 'a constant');
  for (const [event, { parameters }] of Object.entries(machine.events))
    for (const name of parameters ?? []) own(['events', event], name, 'a parameter');
  for (const section of SECTIONS) for (const name of Object.keys(machine[section] ?? {})) own([section, name], name, `one of ${section}`);
  const rows = new Set<string>();
  for (const [i, { name }] of machine.rows.entries()) {
    if (rows.has(name)) faults.push({ in: 'machine', path: ['rows', i, 'name'], message: `'${name}' is the name of two rows` });
    rows.add(name);
  }
  return faults;
}

/** Other right answers go to a state, and a refusal has none: what is refused changes nothing. */
function stateFaults(machine: Machine): MachineFault[] {
  return machine.rows.flatMap((row, i) => [
    ...(row.or ?? []).flatMap(({ to }, at) =>
      machine.states.includes(to)
        ? []
        : [{ in: 'machine' as const, path: ['rows', i, 'or', at, 'to'], message: `'${to}' is not one of the states` }],
    ),
    ...(row.or !== undefined && row.reject !== undefined
      ? [{ in: 'machine' as const, path: ['rows', i, 'or'], message: 'a row that refuses has no other answer' }]
      : []),
  ]);
}

function updateFaults(machine: Machine): MachineFault[] {
  const faults: MachineFault[] = [];
  const used = new Set<string>();
  const assigned = (assignments: Assignments, path: readonly (string | number)[]): void => {
    for (const variable of Object.keys(assignments))
      if (!(variable in machine.variables))
        faults.push({ in: 'machine', path: [...path, variable], message: `sets '${variable}', which is not a variable` });
  };
  for (const [name, assignments] of Object.entries(machine.updates ?? {})) assigned(assignments, ['updates', name]);
  for (const [i, row] of machine.rows.entries())
    for (const [at, answer] of answersOf(row))
      for (const update of updatesOf(answer)) {
        if (typeof update !== 'string') assigned(update, ['rows', i, ...at, 'set']);
        else if (machine.updates?.[update] === undefined)
          faults.push({ in: 'machine', path: ['rows', i, ...at, 'set'], message: `there is no update '${update}'` });
        else used.add(update);
      }
  for (const name of Object.keys(machine.updates ?? {}))
    if (!used.has(name)) faults.push({ in: 'machine', path: ['updates', name], message: 'no row uses it' });
  return faults;
}

/** Rows are tried in order: one without a guard is the last of its state and event, and the last one has none. */
function orderFaults(machine: Machine): MachineFault[] {
  return [...rowsByKey(machine.rows)].flatMap(([key, indexes]) => {
    const early = indexes.slice(0, -1).find((index) => machine.rows[index]?.when === undefined);
    const last = indexes.at(-1) ?? 0;
    if (early !== undefined)
      return [{ in: 'machine' as const, path: ['rows', early], message: `has no guard, so no later row for ${key} is ever taken` }];
    return machine.rows[last]?.when !== undefined
      ? [
          {
            in: 'machine' as const,
            path: ['rows', last, 'when'],
            message: `the last row for ${key} takes everything that is left and must have no guard`,
          },
        ]
      : [];
  });
}

function namesIn(source: ExpressionSource): string[] {
  return [...new Set([...namesOf(parseExpression(source)).names].map((name) => name.split('.')[0] ?? ''))];
}

function circleFaults(machine: Machine): MachineFault[] {
  const definitions = definitionsOf(machine);
  const done = new Set<string>();
  const faults: MachineFault[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    const source = definitions.get(name);
    if (source === undefined || done.has(name)) return;
    if (path.includes(name)) {
      const section = SECTIONS.find((s) => machine[s]?.[name] !== undefined) ?? 'values';
      const circle = [...path.slice(path.indexOf(name)), name].join(' → ');
      faults.push({ in: 'machine', path: [section, name], message: `refers to itself (${circle})` });
      done.add(name);
      return;
    }
    for (const other of namesIn(source)) visit(other, [...path, name]);
    done.add(name);
  };
  for (const name of definitions.keys()) visit(name, []);
  return faults;
}

/** Every expression of a machine, with what it may name. */
function usesOf(machine: Machine): Use[] {
  const uses: Use[] = [];
  const use = (path: Use['path'], source: ExpressionSource | undefined, sees: readonly Section[], rest: Partial<Use> = {}): void => {
    if (source !== undefined) uses.push({ in: 'machine', path, source, sees, ...rest });
  };
  const conditions: readonly Section[] = ['values', 'guards'];
  for (const section of SECTIONS)
    for (const [name, source] of Object.entries(machine[section] ?? {}))
      use([section, name], source, section === 'outputs' ? SECTIONS : conditions, { event: 'any' });
  for (const [name, assignments] of Object.entries(machine.updates ?? {}))
    for (const [variable, source] of Object.entries(assignments)) use(['updates', name, variable], source, conditions, { event: 'any' });
  for (const [name, variable] of Object.entries(machine.variables))
    use(['variables', name, 'initial'], variable.initial, [], { early: true });
  for (const [member, source] of Object.entries(machine.eventDefaults ?? {})) use(['eventDefaults', member], source, conditions);
  use(['timeout'], machine.timeout, conditions);
  for (const [i, { always }] of machine.invariants.entries()) use(['invariants', i, 'always'], always, conditions);
  for (const [name, event] of Object.entries(machine.events)) {
    for (const [argument, source] of Object.entries(event.arguments ?? {}))
      use(['events', name, 'arguments', argument], source, SECTIONS, { event: name, in: 'trials' });
    use(['events', name, 'advance'], event.advance, conditions, { event: name });
    use(['events', name, 'unless'], event.unless, conditions, { event: name, in: 'trials' });
    for (const [parameter, domain] of Object.entries(event.with ?? {}))
      for (const [i, source] of (typeof domain === 'string' ? [domain] : domain).entries())
        use(['events', name, 'with', parameter, ...(typeof domain === 'string' ? [] : [i])], source, [], { early: true, in: 'trials' });
  }
  for (const [i, row] of machine.rows.entries()) {
    const of = { event: row.on };
    for (const [from, answer] of answersOf(row)) {
      use(['rows', i, ...from, 'when'], answer.when, conditions, of);
      for (const [at, update] of updatesOf(answer).entries()) {
        const path = ['rows', i, ...from, 'set', ...(Array.isArray(answer.set) ? [at] : [])];
        const assignments = typeof update === 'string' ? (machine.updates?.[update] ?? {}) : update;
        for (const [variable, source] of Object.entries(assignments))
          use(typeof update === 'string' ? path : [...path, variable], source, conditions, of);
      }
      for (const member of ['transmit', 'emit'] as const)
        for (const source of sourcesOf(answer[member])) use(['rows', i, ...from, member], source, SECTIONS, of);
    }
  }
  return uses;
}

function useFaults(machine: Machine): MachineFault[] {
  const faults: MachineFault[] = [];
  const sections = new Map(SECTIONS.flatMap((section) => Object.keys(machine[section] ?? {}).map((name) => [name, section] as const)));
  const definitions = definitionsOf(machine);
  const parameters = (event: string): readonly string[] => {
    const declared = machine.events[event];
    return declared?.parameters ?? [];
  };
  const anyParameter = new Set(Object.keys(machine.events).flatMap(parameters));
  const tried = machine.configurations.flatMap(({ constants }) => Object.keys(constants ?? {}));
  const used = new Set<string>();
  // A definition may name a parameter that the event of a row does not have, as long as the row does not use it: hence by row.
  const parametersIn = (name: string): readonly string[] => {
    const source = definitions.get(name);
    return source === undefined ? (anyParameter.has(name) ? [name] : []) : namesIn(source).flatMap(parametersIn);
  };
  for (const { in: file, path, source, sees, event, early } of usesOf(machine)) {
    const constants = file === 'trials' ? tried : Object.keys(machine.constants ?? {});
    const fault = (message: string): void => {
      faults.push({ in: file, path, message });
    };
    for (const name of namesIn(source)) {
      // What only arguments use is in the trials with them; what the trials try is theirs alone.
      if (file === 'machine' || path[2] === 'arguments') used.add(name);
      const section = sections.get(name);
      if (section !== undefined) {
        const others = event === 'any' ? [] : parametersIn(name).filter((p) => event === undefined || !parameters(event).includes(p));
        if (!sees.includes(section)) fault(`uses '${name}' of the ${section}, which cannot be used here`);
        else if (others.length > 0) fault(`uses '${name}', which needs the parameter '${others[0] ?? ''}'; there is none here`);
        continue;
      }
      const isKnown =
        GLOBALS.includes(name) ||
        constants.includes(name) ||
        (early === undefined && (name === 'state' || name in machine.variables)) ||
        (event === 'any' ? anyParameter.has(name) : event !== undefined && parameters(event).includes(name));
      if (!isKnown) fault(`there is no '${name}' here`);
    }
  }
  for (const [name, section] of sections)
    if (!used.has(name)) faults.push({ in: 'machine', path: [section, name], message: 'nothing uses it' });
  for (const name of Object.keys(machine.constants ?? {}))
    if (!used.has(name)) faults.push({ in: 'machine', path: ['constants', name], message: 'nothing uses it' });
  return faults;
}
