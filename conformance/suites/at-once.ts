/**
 * Calls that are made before earlier ones are answered: two sessions at once, every call of a session at once, and the calls
 * of one operation at once. Whoever keeps what a call is about in a place that all calls share, or draws an IV for two, is
 * right as long as it is asked one thing at a time. Built from the committed vectors, for every session and operation.
 */
import { allowancesOf, takesEntropy } from '../contract/allowances.ts';
import type { Check, CheckResult, Failure } from '../contract/check.ts';
import { brokenBy } from '../contract/broken.ts';
import { adapterClause } from '../contract/clauses.ts';
import type { Implementation, Json, JsonObject, Outcome } from '../contract/contract.ts';
import { firstDifference } from '../oracle/values.ts';
import type { AreaSpec, Operation } from '../spec/types.ts';
import { headsOf, paramsNamed, type Vector, type VectorStep } from '../vectors.ts';
import { asksWith } from './asks.ts';
import { outcomeOf } from './judge.ts';
import { choicesIn, choiceNames, type LeftOut } from './left.ts';
import { reproSteps, substitute } from './steps.ts';

/** Sessions whose calls are all made at once. */
const TRACES = 3;
const STEPS_MIN = 3;
const STEPS_MAX = 24;
/** Vectors of one session or operation that are looked at, of which those are played that tell most. */
const CANDIDATES = 60;
/** Calls of one operation that are in flight together. */
const CALLS = 4;

/** The checks of calls that are in flight together. */
export function atOnceChecks(
  areas: readonly { readonly spec: AreaSpec; readonly vectors: readonly Vector[] }[],
  parameters: readonly string[],
  leftOut: LeftOut,
): Check[] {
  return areas.flatMap(({ spec, vectors }) => {
    const single = singleCalls(vectors);
    return [
      ...sessionChecks(vectors, parameters, leftOut),
      ...spec.operations
        .filter(({ session }) => session === undefined)
        .flatMap((operation) => operationChecks(operation, single.get(operation.operation) ?? [], parameters, leftOut)),
    ];
  });
}

/** The vectors of a single call that is accepted, by its operation. */
function singleCalls(vectors: readonly Vector[]): ReadonlyMap<string, readonly Vector[]> {
  const found = new Map<string, Vector[]>();
  for (const vector of vectors) {
    const [head, ...rest] = headsOf(vector);
    if (head === undefined || rest.length > 0 || !('ok' in head.expect)) continue;
    const known = found.get(head.operation);
    if (known === undefined) found.set(head.operation, [vector]);
    else known.push(vector);
  }
  return found;
}

/** What is played together, and the clause that it shows. */
interface Played {
  readonly id: string;
  readonly requirement: string;
  readonly title: string;
  readonly groups: readonly (readonly (readonly VectorStep[])[])[];
  /** True if it shows nothing where requests can overtake each other. */
  readonly inOrder: boolean;
}

function check({ id, requirement, title, groups, inOrder }: Played, parameters: readonly string[], leftOut: LeftOut): Check {
  const steps = groups.flat(2);
  const asked = asksWith({ steps }, parameters);
  return {
    id,
    suite: 'contract',
    requirement,
    title,
    operations: [...new Set(steps.map(({ operation }) => operation))],
    get asksWith() {
      return asked();
    },
    run: async (implementation) => {
      const askable = groups.filter((group) => leftOut(implementation.hello, group.flat()) === undefined);
      const why = askable.length === 0 ? 'it uses values that hello leaves out' : notShown(implementation, askable.flat(2), inOrder);
      if (why !== undefined) return { verdict: 'not-shown', cases: 0, reason: why };
      for (const group of askable) {
        const wrong = await together(implementation, group, requirement);
        if (wrong !== undefined) return wrong;
      }
      return { verdict: 'pass', cases: askable.length };
    },
  };
}

function notShown({ hello, reorders }: Implementation, steps: readonly VectorStep[], inOrder: boolean): string | undefined {
  if (!takesEntropy(hello) && steps.some(({ params }) => 'entropy' in params)) return 'what it makes of its own entropy cannot be compared';
  if (allowancesOf(hello).ownClock && steps.some(({ params }) => 'now' in params)) return 'it lives in real time';
  if (inOrder && reorders === true) return 'datagrams may overtake each other';
  return undefined;
}

/** Traces of each session that need nothing of a reply but the handle. */
function sessionChecks(vectors: readonly Vector[], parameters: readonly string[], leftOut: LeftOut): Check[] {
  const bySession = new Map<string, Vector[]>();
  for (const vector of longestOf(vectors)) {
    const [open, ...rest] = headsOf(vector);
    if (open?.bind?.['session'] === undefined) continue;
    const handle = `$${open.bind['session']}`;
    const isSelfContained = rest.every(
      ({ params: { session, ...own }, bind }) => bind === undefined && session === handle && !namesReply(own),
    );
    if (!isSelfContained) continue;
    const session = open.operation.replace(/\.open$/, '');
    bySession.set(session, [...(bySession.get(session) ?? []), vector]);
  }
  return [...bySession].flatMap(([session, traces]) => {
    const chosen = telling(traces);
    const [first, second = first] = chosen;
    if (first === undefined || second === undefined) return [];
    return [
      check(
        {
          id: `adapter/${session}/calls-at-once`,
          requirement: 'ADP-054',
          title: `${session}: every call of a session before the first is answered`,
          groups: chosen.map(({ steps }) => [steps]),
          inOrder: true,
        },
        parameters,
        leftOut,
      ),
      check(
        {
          id: `adapter/${session}/sessions-at-once`,
          requirement: 'ADP-036',
          title: `${session}: two sessions, each call of both before the other is answered`,
          groups: [[first.steps, second.steps]],
          inOrder: false,
        },
        parameters,
        leftOut,
      ),
    ];
  });
}

/** True if a value is taken from an earlier reply: a text that begins with `$`. What is abbreviated has names that do. */
function namesReply(value: Json): boolean {
  if (typeof value === 'string') return value.startsWith('$');
  return typeof value === 'object' && value !== null && Object.values(value).some(namesReply);
}

/** The longest traces of each session, so that not all have to be written out. */
function longestOf(vectors: readonly Vector[]): Vector[] {
  const bySession = new Map<string, { readonly vector: Vector; readonly length: number }[]>();
  for (const vector of vectors) {
    const [open, ...rest] = headsOf(vector);
    if (open?.bind?.['session'] === undefined || rest.length + 1 < STEPS_MIN || rest.length > STEPS_MAX) continue;
    const known = bySession.get(open.operation) ?? [];
    known.push({ vector, length: rest.length });
    bySession.set(open.operation, known);
  }
  return [...bySession.values()].flatMap((traces) =>
    traces
      .sort((a, b) => b.length - a.length)
      .slice(0, CANDIDATES)
      .map(({ vector }) => vector),
  );
}

/** The traces in which most is transmitted, reported or refused: where calls are mixed up it shows. */
function telling(traces: readonly Vector[]): Vector[] {
  const weight = (vector: Vector): number =>
    headsOf(vector).filter(
      ({ expect }) => 'ok' in expect && JSON.stringify(expect.ok).length > '{"transmit":[],"events":[],"timeoutAt":null}'.length + 8,
    ).length;
  const sorted = traces.map((vector, at) => ({ vector, at, weight: weight(vector) })).sort((a, b) => b.weight - a.weight || a.at - b.at);
  return sorted.slice(0, TRACES).map(({ vector }) => vector);
}

/** Calls of one operation with answers of their own, under each value of what can be chosen (a cipher set, a mode). */
function operationChecks(
  { operation, params: declared }: Operation,
  single: readonly Vector[],
  parameters: readonly string[],
  leftOut: LeftOut,
): Check[] {
  const byChoice = new Map<string, Map<string, Vector>>();
  const every = Math.ceil(single.length / CANDIDATES);
  const names = choiceNames(declared);
  for (const vector of single.filter((_, at) => at % every === 0)) {
    const [head] = headsOf(vector);
    if (head === undefined || !('ok' in head.expect)) continue;
    const choice = choicesIn(declared, paramsNamed(vector, 0, names)).join(' ');
    const known = byChoice.get(choice) ?? new Map<string, Vector>();
    byChoice.set(choice, known);
    // As it is written: answers that are abbreviated alike are alike.
    const answer = JSON.stringify(head.expect.ok);
    if (!known.has(answer)) known.set(answer, vector);
  }
  const groups = [...byChoice.values()].flatMap((known) => {
    const told = [...known.values()];
    if (told.length < 2) return [];
    const count = Math.min(CALLS, told.length);
    return [
      Array.from({ length: count }, (_, i) => told[Math.floor((i * told.length) / count)]?.steps[0]).filter((step) => step !== undefined),
    ];
  });
  if (groups.length === 0) return [];
  return [
    check(
      {
        id: `adapter/${operation}/calls-at-once`,
        requirement: 'ADP-016',
        title: `${operation}: up to ${String(CALLS)} calls before the first is answered`,
        groups: groups.map((calls) => calls.map((step) => [step])),
        inOrder: false,
      },
      parameters,
      leftOut,
    ),
  ];
}

/** Plays several lists of steps, first each alone, then all at once; of each list the first step is waited for if it binds a handle. */
async function together(
  implementation: Implementation,
  lists: readonly (readonly VectorStep[])[],
  requirement: string,
): Promise<CheckResult | undefined> {
  const alone: Outcome[][] = [];
  for (const steps of lists) alone.push(await play(implementation, steps, false));
  const atOnce = lists.length === 1 ? [await play(implementation, lists[0] ?? [], true)] : await inTurn(implementation, lists);
  for (const [i, steps] of lists.entries())
    for (const [at, step] of steps.entries()) {
      const got = atOnce[i]?.[at];
      const before = alone[i]?.[at];
      if (got === undefined) continue;
      if (got.kind === 'misbehaviour') return brokenBy(got);
      if (got.kind === 'unreachable') return { verdict: 'unreachable', cases: 1, reason: got.reason };
      // What is wrong alone as well is told by other checks.
      if (isSame(outcomeOf(step.expect), got, step) || (before !== undefined && isSame(before, got, step))) continue;
      return failed(requirement, steps.slice(0, at + 1), got, at, lists.length);
    }
  return undefined;
}

async function play(implementation: Implementation, steps: readonly VectorStep[], atOnce: boolean): Promise<Outcome[]> {
  const bound = new Map<string, Json>();
  const ask = async (step: VectorStep): Promise<Outcome> => {
    const outcome = await implementation.call(step.operation, substitute(step.params, bound) as JsonObject);
    if (outcome.kind === 'ok') for (const [member, name] of Object.entries(step.bind ?? {})) bound.set(name, outcome.value[member] ?? null);
    return outcome;
  };
  const outcomes: Outcome[] = [];
  const first = steps.findIndex(({ bind }) => bind === undefined);
  const waited = atOnce ? (first < 0 ? steps.length : first) : steps.length;
  for (const step of steps.slice(0, waited)) outcomes.push(await ask(step));
  return [...outcomes, ...(await Promise.all(steps.slice(waited).map(ask)))];
}

/** A step of each list at a time, all of them in flight together. */
async function inTurn(implementation: Implementation, lists: readonly (readonly VectorStep[])[]): Promise<Outcome[][]> {
  const bound = lists.map(() => new Map<string, Json>());
  const outcomes: Outcome[][] = lists.map(() => []);
  const longest = Math.max(...lists.map(({ length }) => length));
  for (let at = 0; at < longest; at++)
    await Promise.all(
      lists.map(async (steps, i) => {
        const step = steps[at];
        const own = bound[i] ?? new Map<string, Json>();
        if (step === undefined) return;
        const outcome = await implementation.call(step.operation, substitute(step.params, own) as JsonObject);
        if (outcome.kind === 'ok')
          for (const [member, name] of Object.entries(step.bind ?? {})) own.set(name, outcome.value[member] ?? null);
        outcomes[i]?.push(outcome);
      }),
    );
  return outcomes;
}

function isSame(right: Outcome, got: Outcome, { bind = {} }: VectorStep): boolean {
  if (right.kind !== 'ok' || got.kind !== 'ok')
    return right.kind === got.kind && (right.kind !== 'reject' || right.class === (got as typeof right).class);
  const without = (value: JsonObject): JsonObject => Object.fromEntries(Object.entries(value).filter(([member]) => !(member in bind)));
  return firstDifference(without(right.value), without(got.value)) === undefined;
}

function failed(requirement: string, steps: readonly VectorStep[], got: Outcome, at: number, lists: number): CheckResult {
  const last = steps.at(-1);
  const failure: Failure = {
    requirement,
    clause: adapterClause(requirement),
    kind: 'contract',
    basis: 'decided',
    operation: last?.operation ?? '',
    params: last?.params ?? {},
    expected: last === undefined ? { kind: 'unsupported' } : outcomeOf(last.expect),
    got,
    explanation:
      lists === 1
        ? `Step ${String(at + 1)} is right where each call waits for the answer to the one before, and wrong where they are made at once.`
        : `Step ${String(at + 1)} is right alone, and wrong where ${String(lists)} such calls are in flight together.`,
    steps: reproSteps(steps),
  };
  return { verdict: 'fail', cases: 1, failure };
}
