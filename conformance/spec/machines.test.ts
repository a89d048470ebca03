import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTRY } from '../areas.ts';
import { packageRoot } from '../contract/paths.ts';
import { explore } from '../explore/explorer.ts';
import { describeInput, describeState, MachineInterpreter, type MachineStep } from '../oracle/machine.ts';
import { Oracle } from '../oracle/oracle.ts';
import { toHex } from '../oracle/values.ts';
import { SpecError, SpecReader } from './loader.ts';
import { assignmentsOf } from './machines.ts';
import type { Machine } from './types.ts';

const CLAUSE = 'req: TOY-BKT-001';
const MACHINE = `machine: toy.bucket
title: A bucket that holds so much and spills the rest
session: toy.bucket
eventDefaults: { link: 0 }
constants: { room: what fits into it }
states: [in-use, broken]
initial: in-use
variables:
  level: { type: integer, initial: 0 }
  spilled: { type: integer, initial: -1 } # what was spilled last; -1 for never
events:
  pour: { call: toy.bucket.pour, parameters: [amount] }
  kick: { call: toy.bucket.kick }
timeout: none
values:
  poured: level + amount
guards:
  fits: poured <= room
  isEmpty: level = 0
outputs:
  filled: "{ type: 'filled', level: poured }"
  spilt: "{ type: 'spilt', over: poured - room }"
  ring: u8(room)
updates:
  brimful: { level: room, spilled: poured - room }
  emptied: { level: 0 }
rows:
  - { name: poured-in, in: in-use, on: pour, when: fits, to: in-use, set: { level: poured }, emit: filled, outcome: accept, ${CLAUSE} }
  - name: spilt-over
    in: in-use
    on: pour
    to: in-use
    set: brimful
    transmit: [ring, "[0x01, 0x02]"]
    emit: [filled, "if(isEmpty, [], [spilt])"]
    outcome: limit
    req: TOY-BKT-001
  - name: kicked-while-empty
    in: in-use
    on: kick
    when: isEmpty
    to: in-use
    outcome: ignore
    req: TOY-BKT-001
  - name: kicked-over
    in: in-use
    on: kick
    to: broken
    set: [emptied, { spilled: level }, { level: -1 }]
    outcome: accept
    req: TOY-BKT-001
  - { name: pouring-refused-once-broken, in: broken, on: pour, to: broken, reject: limit, outcome: limit, req: TOY-BKT-001 }
  - { name: kick-ignored-once-broken, in: broken, on: kick, to: broken, outcome: ignore, req: TOY-BKT-001 }
invariants: []
`;
const TRIALS = `trials: toy.bucket
configurations:
  - { name: small, open: {}, constants: { room: 3, amounts: "[1, 2]" } }
events:
  pour: { with: { amount: amounts }, unless: level > 0 and spilled > 0, arguments: { amount: amount } }
  kick: { arguments: { twice: 2 * level } }
`;

const root = mkdtempSync(join(tmpdir(), 'bottlepost-machines-'));
const folder = join(root, 'spec/toy/bucket');
const file = (name: string, text: string): void => {
  writeFileSync(join(folder, name), text);
};
/** Loads the area with these files for the machine. */
const loaded = (machine: string, trials: string | undefined): Machine => {
  rmSync(join(folder, 'machines'), { recursive: true, force: true });
  mkdirSync(join(folder, 'machines'), { recursive: true });
  file('machines/bucket.machine.yaml', machine);
  if (trials !== undefined) file('machines/bucket.trials.yaml', trials);
  const [found] = new SpecReader(root, () => []).area('toy').machines;
  if (found === undefined) throw new Error('no machine');
  return found;
};
const faultsOf = (machine: string, trials: string | undefined): string[] => {
  try {
    loaded(machine, trials);
    return [];
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return error.faults.map((f) => `${f.file.replace(/^.*\/bucket\./, '')}:${String(f.line)} ${f.path}: ${f.message}`);
  }
};
/** The faults once some text of the machine (or of its trials) is another. */
const changed = (from: string, to: string): string[] => {
  if (!MACHINE.includes(from)) throw new Error(`the machine has no '${from}'`);
  return faultsOf(MACHINE.replace(from, to), TRIALS);
};
const changedTrials = (from: string, to: string): string[] => {
  if (!TRIALS.includes(from)) throw new Error(`the trials have no '${from}'`);
  return faultsOf(MACHINE, TRIALS.replace(from, to));
};

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  cpSync(join(packageRoot(), 'spec/meta'), join(root, 'spec/meta'), { recursive: true });
  writeFileSync(join(root, 'spec/toy/area.yaml'), 'area: toy\ntitle: Toys\nrevision: toy-1\ndocuments: {}\n');
  writeFileSync(join(root, 'spec/toy/rejects.yaml'), 'rejects: [{ class: limit, means: Too much. }]\n');
  file('topic.yaml', 'topic: bucket\ntitle: Buckets\nabout: Buckets.\nprefixes: [TOY-BKT]\n');
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('a machine and its trials', () => {
  it('are one machine once they are loaded', () => {
    const machine = loaded(MACHINE, TRIALS);
    expect(machine.configurations.map((c) => c.name)).toEqual(['small']);
    expect(machine.events['pour']).toMatchObject({
      parameters: ['amount'],
      with: { amount: 'amounts' },
      unless: 'level > 0 and spilled > 0',
    });
    expect(machine.constants).toEqual({ room: 'what fits into it' });
  });
  it('are two parts: what a call is made with is no part of the machine', () => {
    expect(changed('call: toy.bucket.kick', 'call: toy.bucket.kick, arguments: { twice: 2 }')).toEqual([
      "machine.yaml:13 /events/kick: must NOT have additional properties 'arguments'",
    ]);
    expect(faultsOf(MACHINE, `${TRIALS}values: { poured: 1 }\n`)).toEqual([
      'trials.yaml:7 /values/poured: is a value of the machine as well',
    ]);
  });
  it('each state their own part', () => {
    expect(changed('parameters: [amount]', 'with: { amount: [1, 2] }')).toEqual([
      "machine.yaml:12 /events/pour: must NOT have additional properties 'with'",
    ]);
    expect(
      changed('constants: { room: what fits into it }', 'configurations: [{ name: small, open: {}, constants: { room: 3 } }]'),
    ).toEqual(["machine.yaml:1 /: must NOT have additional properties 'configurations'"]);
  });
  it('need each other', () => {
    expect(faultsOf(MACHINE, undefined)).toEqual(['machine.yaml:1 /machine: there are no trials next to it']);
    loaded(MACHINE, TRIALS);
    file('machines/pail.trials.yaml', TRIALS);
    expect(() => new SpecReader(root, () => []).area('toy')).toThrow(/pail.trials.yaml:1 \/trials: there is no machine next to it/);
  });
  it('name the same machine, events, parameters and constants', () => {
    expect(changedTrials('toy.bucket', 'toy.pail')).toEqual(["trials.yaml:1 /trials: says 'toy.pail' next to the machine 'toy.bucket'"]);
    expect(changedTrials('pour:', 'spill: {}\n  pour:')).toEqual(['trials.yaml:5 /events/spill: is not an event of the machine']);
    expect(changedTrials('amount: amounts', 'weight: amounts')).toEqual([
      'machine.yaml:12 /events/pour/parameters/0: the trials have no values for it',
      'trials.yaml:5 /events/pour/with/weight: is not a parameter of the event',
    ]);
    expect(changedTrials('room: 3, ', '')).toEqual(["trials.yaml:3 /configurations/0: gives no value to the constant 'room'"]);
  });
  it('use only names that mean something, constants of the trials in the trials alone', () => {
    expect(changed('fits: poured <= room', 'fits: poured <= rom')).toEqual(["machine.yaml:18 /guards/fits: there is no 'rom' here"]);
    expect(changed('poured <= room', 'contains(amounts, amount) and poured <= room')[0]).toMatch(/there is no 'amounts' here/);
    expect(changedTrials('level > 0', 'depth > 0')).toEqual(["trials.yaml:5 /events/pour/unless: there is no 'depth' here"]);
    expect(changedTrials('amount: amounts', 'amount: "[level]"')).toEqual([
      "trials.yaml:5 /events/pour/with/amount: there is no 'level' here",
    ]);
  });
});

describe('names of a machine', () => {
  it('are not made of themselves', () => {
    expect(changed('poured: level + amount', 'poured: level + twice\n  twice: 2 * poured')).toEqual([
      'machine.yaml:16 /values/poured: refers to itself (poured → twice → poured)',
    ]);
  });
  it('mean one thing', () => {
    expect(changed('fits: poured', 'level: true\n  fits: poured')[0]).toBe(
      "machine.yaml:18 /guards/level: 'level' is a variable and one of guards",
    );
    expect(changed('fits: poured', 'state: true\n  fits: poured')[0]).toBe("machine.yaml:18 /guards/state: 'state' is reserved");
    expect(changed('parameters: [amount]', 'parameters: [amount, level]')[0]).toMatch(/no values/);
  });
  it('are used', () => {
    expect(changed('fits: poured', 'isFull: level = room\n  fits: poured')).toEqual(['machine.yaml:18 /guards/isFull: nothing uses it']);
    expect(changed('constants: { room', 'constants: { colour: of the paint, room')[0]).toMatch(/gives no value to the constant 'colour'/);
    expect(changed('emptied: { level: 0 }', 'emptied: { level: 0 }\n  refilled: { level: 1 }')).toEqual([
      'machine.yaml:27 /updates/refilled: no row uses it',
    ]);
  });
  it('of outputs are for frames, events and arguments', () => {
    expect(changed('level: poured }, emit', 'level: filled }, emit')).toEqual([
      "machine.yaml:28 /rows/0/set/level: uses 'filled' of the outputs, which cannot be used here",
    ]);
    expect(changedTrials('twice: 2 * level', 'twice: ring')).toEqual([]);
  });
  it('that need a parameter occur only if there is one', () => {
    expect(changed('when: isEmpty', 'when: fits')[0]).toBe(
      "machine.yaml:41 /rows/2/when: uses 'fits', which needs the parameter 'amount'; there is none here",
    );
    expect(changed('timeout: none', 'timeout: if(fits, 1, none)')[0]).toMatch(/timeout: uses 'fits', which needs the parameter 'amount'/);
    expect(changed('set: [emptied', 'set: [brimful').join()).toMatch(/uses 'poured', which needs the parameter 'amount'/);
  });
  it('of updates exist, and what they set is a variable', () => {
    expect(changed('set: brimful', 'set: brimfull')[0]).toBe("machine.yaml:33 /rows/1/set: there is no update 'brimfull'");
    expect(changed('emptied: { level: 0 }', 'emptied: { depth: 0 }')).toEqual([
      "machine.yaml:26 /updates/emptied/depth: sets 'depth', which is not a variable",
    ]);
  });
  it('of rows differ', () => {
    expect(changed('name: kicked-over', 'name: spilt-over')).toEqual([
      "machine.yaml:45 /rows/3/name: 'spilt-over' is the name of two rows",
    ]);
  });
});

describe('the rows of a state and event', () => {
  it('end with one that has no guard, and have none before it', () => {
    expect(changed('    to: in-use\n    set: brimful', '    when: not fits\n    to: in-use\n    set: brimful')).toEqual([
      'machine.yaml:32 /rows/1/when: the last row for in-use on pour takes everything that is left and must have no guard',
    ]);
    expect(changed('    when: isEmpty\n', '')).toEqual([
      'machine.yaml:38 /rows/2: has no guard, so no later row for in-use on kick is ever taken',
    ]);
  });

  const run = (...events: readonly string[]): MachineStep[] => {
    const machine = loaded(MACHINE, TRIALS);
    const interpreter = new MachineInterpreter(
      new Oracle(new SpecReader(root, () => []).area('toy'), REGISTRY.primitives),
      machine,
      machine.configurations[0] ?? { name: '', open: {} },
    );
    let at = interpreter.initial();
    return events.map((wanted) => {
      const input = interpreter.inputs(at).find((offered) => describeInput(offered) === wanted);
      if (input === undefined) throw new Error(`no ${wanted}`);
      const step = interpreter.step(at, input);
      at = step.after;
      return step;
    });
  };
  it('are tried in order, with names evaluated when they are used', () => {
    const [empty, first, second] = run('kick', 'pour(amount=2)', 'pour(amount=2)');
    expect(empty?.row.name).toBe('kicked-while-empty');
    expect(first?.row.name).toBe('poured-in');
    expect(first?.events).toEqual([{ type: 'filled', level: 2, link: 0 }]);
    expect(second?.row.name).toBe('spilt-over');
    expect(second?.transmit.map(toHex)).toEqual(['03', '01', '02']);
    expect(second?.events).toEqual([
      { type: 'filled', level: 4, link: 0 },
      { type: 'spilt', over: 1, link: 0 },
    ]);
  });
  it('take their updates one after the other, each from the state before', () => {
    const last = run('pour(amount=2)', 'kick').at(-1);
    expect(describeState(last?.after ?? { state: '', variables: new Map() })).toBe('broken{level=-1 spilled=2}');
    const machine = loaded(MACHINE, TRIALS);
    const row = machine.rows.find((r) => r.name === 'kicked-over');
    expect(row && assignmentsOf(machine, row)).toEqual({ level: -1, spilled: 'level' });
  });
  it('are explored with the values of the trials', () => {
    const machine = loaded(MACHINE, TRIALS);
    const [configuration] = machine.configurations;
    if (configuration === undefined) throw new Error('no configuration');
    const oracle = new Oracle(new SpecReader(root, () => []).area('toy'), REGISTRY.primitives);
    const exploration = explore(new MachineInterpreter(oracle, machine, configuration));
    expect(exploration.incomplete).toEqual([]);
    expect(exploration.shortest.size).toBe(machine.rows.length);
  });
});
