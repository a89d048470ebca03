/**
 * Spec mutation: with any constraint of the spec loosened, moved or deleted, some committed vector must expect
 * something else. A mutation that no vector notices is a rule that no test needs: either a vector is missing, or
 * the reason is in the spec-survivors.yaml of its topic.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Json } from '../contract/contract.ts';
import { tracesOf, type Trace } from '../generate/traces.ts';
import { MachineInterpreter } from '../oracle/machine.ts';
import { Oracle } from '../oracle/oracle.ts';
import type { Primitives } from '../oracle/primitives.ts';
import type { ConstantSession, TopicModule } from '../suites/modules.ts';
import { equalJson, fromHex, toJson } from '../oracle/values.ts';
import { rowKey } from '../spec/machines.ts';
import type { AreaSpec, Machine } from '../spec/types.ts';
import { traceSteps } from '../suites/walks.ts';
import { readVectors, type Vector, type VectorStep } from '../vectors.ts';
import { partOf, type MutationGroup, type SpecMutation } from './spec-mutations.ts';

/** One committed vector, and how the spec answers its inputs. */
interface Question {
  readonly id: string;
  readonly operation: string;
  readonly machine: string | undefined;
  /** Characters of the vector: what is short is asked first. */
  readonly size: number;
  readonly answer: Ask;
  readonly right: Json;
  /** What the answer rests on; undefined if that is not known. */
  readonly grounds: ReadonlySet<string> | undefined;
  /** The states and events that a trace meets, as keys of rows. */
  readonly places: ReadonlySet<string> | undefined;
}
/** How a specification answers; `machines` are those of the specification, or a mutant's. */
type Ask = (asked: Oracle, machines: AreaSpec) => Json;
/** What became of one mutation. */
export interface MutationResult {
  readonly id: string;
  readonly group: MutationGroup;
  /** The vector that noticed; undefined for a survivor. */
  readonly noticedBy: string | undefined;
  /** The mutated spec has no answer at all to that vector. */
  readonly unanswered: boolean;
}

/** The committed vectors as questions to a spec. */
export class Corpus {
  readonly #questions: readonly Question[];
  /** Vectors that the spec itself does not answer as committed. */
  readonly faults: readonly string[];
  /** Number of vectors asked. */
  readonly size: number;

  readonly #primitives: Primitives;
  /** Answers by the specification itself. */
  readonly #oracle: Oracle;

  constructor(spec: AreaSpec, primitives: Primitives, topics: readonly TopicModule[], vectors: readonly Vector[]) {
    this.#primitives = primitives;
    const oracle = new Oracle(spec, primitives, { observed: true });
    this.#oracle = oracle;
    const constantSessions = (asked: Oracle): ConstantSession[] =>
      topics.flatMap(({ vectors: own }) => own?.constantSessions?.(asked) ?? []);
    const faults: string[] = [];
    const byId = new Map(vectors.map((vector) => [vector.id, vector]));
    const questions: Question[] = [];
    const ask = (
      vector: Vector,
      machine: string | undefined,
      answer: Ask,
      committed: Json,
      compared: (answer: Json) => Json,
      about: Pick<Question, 'grounds' | 'places'> | undefined = undefined,
    ): void => {
      const { result: right, grounds } = oracle.traced(() => answer(oracle, spec));
      if (!equalJson(compared(right), committed))
        faults.push(`${vector.id}: the spec answers ${JSON.stringify(compared(right)).slice(0, 200)}`);
      questions.push({
        id: vector.id,
        operation: vector.steps[0]?.operation ?? '',
        machine,
        size: JSON.stringify(vector.steps).length,
        answer,
        right,
        ...(about ?? { grounds, places: undefined }),
      });
    };
    const modelled = new Set(spec.operations.filter((o) => o.session === undefined).map((o) => o.operation));
    for (const vector of vectors) {
      // How the layouts that the operations name read the bytes; of operations on sessions that is all that one vector can say.
      const read: Ask = (asked) => vector.steps.flatMap((step) => readings(asked, step));
      const { result: wasRead, grounds: groundsRead } = oracle.traced(() => read(oracle, spec));
      if (vector.steps.every((step) => modelled.has(step.operation)))
        ask(
          vector,
          undefined,
          (asked) => [vector.steps.map((step) => expected(asked, step)), read(asked, spec)],
          expectations(vector.steps),
          (whole) => (whole as readonly Json[])[0] ?? null,
        );
      else if ((wasRead as readonly Json[]).length > 0)
        questions.push({
          id: vector.id,
          operation: vector.steps[0]?.operation ?? '',
          machine: undefined,
          size: JSON.stringify(vector.steps).length,
          answer: read,
          right: wasRead,
          grounds: groundsRead,
          places: undefined,
        });
    }
    for (const { id, machine, answer, places } of spec.machines.flatMap((machine) => traceQuestions(oracle, machine))) {
      const vector = byId.get(id);
      if (vector === undefined) faults.push(`${id}: the spec has this trace, and no vector is committed for it`);
      else {
        const { grounds } = oracle.traced(() => answer(oracle, spec));
        ask(vector, machine, answer, expectations(vector.steps), (whole) => whole, { grounds, places });
      }
    }
    // Made by code that reads the constants itself.
    for (const [i, { vector: id }] of constantSessions(oracle).entries()) {
      const vector = byId.get(id);
      const answer: Ask = (asked) => expectations(constantSessions(asked)[i]?.steps ?? []);
      if (vector === undefined) faults.push(`${id}: the spec has this session, and no vector is committed for it`);
      else ask(vector, undefined, answer, expectations(vector.steps), (whole) => whole, { grounds: undefined, places: undefined });
    }
    this.#questions = questions.sort((a, b) => a.size - b.size);
    this.faults = faults;
    this.size = questions.length;
  }

  /** Asks a mutated spec until a vector notices. @throws Error when the mutated spec cannot be loaded at all */
  ask(mutation: SpecMutation): MutationResult {
    const { id, group, machine, place, subject } = mutation;
    // A machine changes nothing but its own traces: everything else is as it was.
    const oracle =
      machine !== undefined
        ? this.#oracle
        : new Oracle(mutation.spec, this.#primitives, {
            ...mutation.ignored,
            ...(subject === undefined ? {} : { before: { oracle: this.#oracle, changed: subject } }),
          });
    const likely = (q: Question): boolean => q.operation === mutation.operation;
    const isTouched = (q: Question): boolean =>
      machine === undefined
        ? subject === undefined || q.grounds?.has(subject) !== false
        : q.machine === machine && (place === undefined || q.places?.has(place) !== false);
    const possible = this.#questions.filter(isTouched);
    for (const question of [...possible.filter(likely), ...possible.filter((q) => !likely(q))]) {
      let answer: Json;
      try {
        answer = question.answer(oracle, mutation.spec);
      } catch {
        return { id, group, noticedBy: question.id, unanswered: true };
      }
      if (!equalJson(answer, question.right)) return { id, group, noticedBy: question.id, unanswered: false };
    }
    return { id, group, noticedBy: undefined, unanswered: false };
  }
}

/** The part of an area that its topics want to be mutated; undefined if none does. */
export function mutatedPart(spec: AreaSpec, topics: readonly TopicModule[]): AreaSpec | undefined {
  const beginnings = topics.flatMap(({ vectors }) => vectors?.mutated ?? []);
  if (beginnings.length === 0) return undefined;
  return spec.operations.every(({ operation }) => beginnings.some((beginning) => operation.startsWith(beginning)))
    ? spec
    : partOf(spec, beginnings);
}

/** The corpus of a package's committed vectors. */
export function committedCorpus(root: string, spec: AreaSpec, primitives: Primitives, topics: readonly TopicModule[]): Corpus {
  const known = new Set(spec.operations.map((o) => o.operation));
  const vectors = readVectors(root)
    .files.filter((file) => file.area === spec.area)
    .flatMap((file) => file.vectors);
  return new Corpus(
    spec,
    primitives,
    topics,
    vectors.filter((v) => v.steps.every((step) => known.has(step.operation))),
  );
}

function expectations(steps: readonly Pick<VectorStep, 'expect'>[]): Json {
  return steps.map(({ expect }) => ('ok' in expect ? { ok: expect.ok } : { reject: expect.reject }));
}
function expected(oracle: Oracle, { operation, params }: VectorStep): Json {
  const answer = oracle.answer(operation, params);
  return answer.kind === 'ok' ? { ok: answer.value } : { reject: answer.class };
}
/** How the layouts of an operation's parameters and results read what the vector holds. */
function readings(oracle: Oracle, { operation, params, expect }: VectorStep): Json[] {
  const declared = oracle.operation(operation);
  const held = 'ok' in expect ? { ...params, ...expect.ok } : params;
  return Object.entries({ ...declared.result, ...declared.params }).flatMap(([name, { layout }]) => {
    const hex = held[name];
    if (layout === undefined || typeof hex !== 'string') return [];
    const decoding = oracle.decode(layout, fromHex(hex));
    return [decoding.kind === 'ok' ? toJson(decoding.fields) : decoding.reject.class];
  });
}

/** A committed trace of a machine. */
interface TraceQuestion {
  readonly id: string;
  readonly machine: string;
  readonly answer: Ask;
  readonly places: ReadonlySet<string>;
}

/** The committed traces of one machine: those that the policy of its topic makes, and the named ones. */
function traceQuestions(oracle: Oracle, machine: Machine): TraceQuestion[] {
  const named = oracle.spec.traces.filter((trace) => trace.machine === machine.machine);
  const generated = tracesOf(oracle, machine);
  return machine.configurations.flatMap((configuration) => {
    const interpreter = new MachineInterpreter(oracle, machine, configuration);
    return questionsOf(interpreter, [
      ...generated.filter((trace) => trace.configuration === configuration),
      ...named
        .filter((trace) => trace.configuration === configuration.name)
        .map(({ name, inputs }) => ({ id: name, inputs: interpreter.namedInputs(inputs) })),
    ]);
  });
}

function questionsOf(right: MachineInterpreter, traces: readonly Pick<Trace, 'id' | 'inputs'>[]): TraceQuestion[] {
  const { machine, configuration } = right;
  const interpreters = new WeakMap<AreaSpec, MachineInterpreter>();
  const interpreterOf = (asked: Oracle, spec: AreaSpec): MachineInterpreter => {
    const known = interpreters.get(spec);
    if (known !== undefined) return known;
    const mutated = spec.machines.find((m) => m.machine === machine.machine);
    const same = mutated?.configurations.find((c) => c.name === configuration.name);
    if (mutated === undefined || same === undefined) throw new Error(`no ${machine.machine}/${configuration.name}`);
    const made = new MachineInterpreter(asked, mutated, same);
    // What the constants of the specification itself rest on is to be seen in each of its answers.
    if (!asked.isObserved || spec !== asked.spec) interpreters.set(spec, made);
    return made;
  };
  return traces.map(({ id, inputs }) => ({
    id: `${machine.machine}/${configuration.name}/${id}`,
    machine: machine.machine,
    answer: (asked, spec) => expectations(traceSteps(interpreterOf(asked, spec), inputs)),
    places: placesOf(right, inputs),
  }));
}

/** The states and events that a trace meets, as keys of rows. */
function placesOf(interpreter: MachineInterpreter, inputs: Trace['inputs']): ReadonlySet<string> {
  let at = interpreter.initial();
  return new Set(
    inputs.map((input) => {
      const key = rowKey(at.state, input.event);
      at = interpreter.step(at, input).after;
      return key;
    }),
  );
}

/** Mutations that no vector can notice, by the reason why. */
export interface SurvivorFile {
  readonly survivors: readonly {
    readonly reason: string;
    /** That nobody has decided yet whether vectors are missing: such ones are allowed, and counted apart. */
    readonly open?: true;
    readonly mutations: readonly string[];
  }[];
}

/** Reads the explanations of every topic of an area: `conformance/<area>/<topic>/spec-survivors.yaml`. */
export function readSurvivors(root: string, spec: Pick<AreaSpec, 'area' | 'topics'>): SurvivorFile {
  const files = spec.topics
    .map(({ topic }) => join(root, 'conformance', spec.area, topic, 'spec-survivors.yaml'))
    .filter((path) => existsSync(path))
    .map((path) => parse(readFileSync(path, 'utf8')) as SurvivorFile);
  return { survivors: files.flatMap(({ survivors }) => survivors) };
}

/**
 * Survivors without a reason, and reasons for what does not survive.
 *
 * @param known ids of all mutations, where only some were asked
 */
export function survivorFaults(
  results: readonly MutationResult[],
  file: SurvivorFile,
  known: ReadonlySet<string> = new Set(results.map(({ id }) => id)),
): string[] {
  const byId = new Map(results.map((result) => [result.id, result]));
  const explained = file.survivors.flatMap(({ mutations }) => mutations);
  const faults = results
    .filter((r) => r.noticedBy === undefined && !explained.includes(r.id))
    .map((r) => `${r.id}: no vector notices, and nothing says why`);
  for (const [at, id] of explained.entries()) {
    const result = byId.get(id);
    if (explained.indexOf(id) !== at) faults.push(`${id}: explained twice`);
    else if (!known.has(id)) faults.push(`${id}: explained, but there is no such mutation`);
    else if (result?.noticedBy !== undefined) faults.push(`${id}: explained as unnoticed, but ${result.noticedBy} notices`);
  }
  return faults;
}
