/**
 * Rules of the adapter protocol that only real operations can show: entropy that is short or left over is a fault,
 * sessions of one connection do not disturb each other, and none answers before it is opened or after it is closed. Built
 * from the committed vectors, whatever the protocol.
 */
import { allowancesOf, takesEntropy } from '../contract/allowances.ts';
import type { Check, CheckResult, Failure, Step } from '../contract/check.ts';
import { brokenBy } from '../contract/broken.ts';
import { adapterClause } from '../contract/clauses.ts';
import type { Implementation, Json, JsonObject, Outcome } from '../contract/contract.ts';
import { firstDifference } from '../oracle/values.ts';
import type { AreaSpec, Operation, Param } from '../spec/types.ts';
import { headsOf, operationsOf, paramsNamed, type Vector, type VectorStep } from '../vectors.ts';
import { asksWith, restrictedParameters } from './asks.ts';
import { atOnceChecks } from './at-once.ts';
import { outcomeOf } from './judge.ts';
import { usedButLeftOut, type LeftOut } from './left.ts';
import { substitute } from './steps.ts';

const SESSIONS = 4;
const STEPS_MIN = 3;
/** A handle that no adapter gives out. */
const STRANGE_HANDLE = 'no-such-session';

/** The contract checks that the vectors of areas allow. */
export function contractChecks(areas: readonly { readonly spec: AreaSpec; readonly vectors: readonly Vector[] }[]): Check[] {
  const vectors = areas.flatMap((area) => area.vectors);
  // Those that profiles leave values out of; entropy is checked for each of their values.
  const parameters = [...new Set(areas.flatMap(({ spec }) => restrictedParameters(spec)))];
  const operations = new Map(areas.flatMap(({ spec }) => spec.operations.map((o) => [o.operation, o] as const)));
  const leftOut: LeftOut = (hello, steps) =>
    usedButLeftOut((operation) => operations.get(operation) ?? { params: {} }, steps, allowancesOf(hello));
  return [
    ...entropyChecks(areas.flatMap(entropic), parameters, leftOut),
    ...independenceChecks(vectors, leftOut),
    ...atOnceChecks(areas, parameters, leftOut),
    ...areas.flatMap(({ spec, vectors: own }) => lifetimeChecks(spec, own, parameters, leftOut)),
  ];
}

const notShown = (reason: string): CheckResult => ({ verdict: 'not-shown', cases: 0, reason });

const entropyOf = (step: VectorStep): string => (typeof step.params['entropy'] === 'string' ? step.params['entropy'] : '');

/** The vectors whose last step takes entropy. */
function entropic({ spec, vectors }: { readonly spec: AreaSpec; readonly vectors: readonly Vector[] }): Vector[] {
  const drawing = new Set(spec.operations.filter(({ params }) => 'entropy' in params).map(({ operation }) => operation));
  return vectors.filter((vector) => drawing.has(headsOf(vector).at(-1)?.operation ?? ''));
}

const isWithoutEntropy = (vector: Vector, at: number): boolean => (paramsNamed(vector, at, ['entropy'])['entropy'] ?? '') === '';

function entropyChecks(vectors: readonly Vector[], parameters: readonly string[], leftOut: LeftOut): Check[] {
  const found = new Map<string, Vector>();
  for (const v of vectors) {
    const heads = headsOf(v);
    const last = heads.at(-1);
    if (last === undefined || !('ok' in last.expect) || isWithoutEntropy(v, heads.length - 1)) continue;
    const chosen = heads.map((_, at) => paramsNamed(v, at, parameters));
    const subject = [last.operation, ...parameters.flatMap((name) => [...new Set(chosen.flatMap((params) => textOf(params[name])))])].join(
      '/',
    );
    if (!found.has(subject)) found.set(subject, v);
  }
  return [...found].flatMap(([subject, vector]) => {
    const asked = asksWith(vector, parameters);
    return (
      [
        ['shortage', (entropy: string) => entropy.slice(0, -2)],
        ['leftover', (entropy: string) => `${entropy}00`],
      ] as const
    ).map(([name, change]): Check => ({
      id: `adapter/${subject}/entropy-${name}`,
      suite: 'contract',
      requirement: 'ADP-032',
      title: `${subject} with one byte of entropy ${name === 'shortage' ? 'too few' : 'too many'}`,
      operations: operationsOf(vector),
      get asksWith() {
        return asked();
      },
      run: async (implementation) => {
        if (!takesEntropy(implementation.hello)) return { verdict: 'unsupported', cases: 0, reason: 'the adapter takes no entropy' };
        const why = leftOut(implementation.hello, vector.steps);
        if (why !== undefined) return notShown(why);
        const steps = vector.steps.map((s, i) =>
          i === vector.steps.length - 1 ? { ...s, params: { ...s.params, entropy: change(entropyOf(s)) } } : s,
        );
        const outcome = await play(implementation, steps, steps.length);
        if (outcome.kind === 'fault') return { verdict: 'pass', cases: 1 };
        return failed(
          'ADP-032',
          steps.at(-1),
          outcome,
          `The bench gave one byte of entropy ${name === 'shortage' ? 'too few' : 'too many'}; ` +
            'the adapter must answer with a fault, otherwise it goes unnoticed that it draws randomness elsewhere.',
          steps,
        );
      },
    }));
  });
}

/** An answer without the members that a step binds, which name its session. */
function withoutBound(step: VectorStep, outcome: Outcome): Outcome {
  if (outcome.kind !== 'ok') return outcome;
  const members = Object.keys(step.bind ?? {});
  return { kind: 'ok', value: Object.fromEntries(Object.entries(outcome.value).filter(([member]) => !members.includes(member))) };
}
const isSame = (a: Outcome, b: Outcome): boolean =>
  a.kind === 'ok' && b.kind === 'ok' ? firstDifference(a.value, b.value) === undefined : JSON.stringify(a) === JSON.stringify(b);

/** What each step is answered while its session is the only one that is open. */
async function playAlone(implementation: Implementation, steps: readonly VectorStep[]): Promise<Outcome[]> {
  const bound = new Map<string, Json>();
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const outcome = await implementation.call(step.operation, substitute(step.params, bound) as JsonObject);
    bind(step, outcome, bound);
    outcomes.push(withoutBound(step, outcome));
  }
  return outcomes;
}

/** Plays the first `count` steps; the outcome of the last one played. */
async function play(implementation: Implementation, steps: readonly VectorStep[], count: number): Promise<Outcome> {
  const bound = new Map<string, Json>();
  let outcome: Outcome = { kind: 'unsupported' };
  for (const step of steps.slice(0, count)) {
    outcome = await implementation.call(step.operation, substitute(step.params, bound) as JsonObject);
    bind(step, outcome, bound);
  }
  return outcome;
}
function bind(step: VectorStep, outcome: Outcome, bound: Map<string, Json>): void {
  if (outcome.kind === 'ok') for (const [member, name] of Object.entries(step.bind ?? {})) bound.set(name, outcome.value[member] ?? null);
}

function independenceChecks(vectors: readonly Vector[], leftOut: LeftOut): Check[] {
  const bySession = new Map<string, Vector[]>();
  for (const v of vectors) {
    const heads = headsOf(v);
    const open = heads[0];
    if (v.kind !== 'trace' || open?.bind === undefined || heads.length < STEPS_MIN) continue;
    const session = open.operation.replace(/\.open$/, '');
    const known = bySession.get(session);
    if (known === undefined) bySession.set(session, [v]);
    else known.push(v);
  }
  return [...bySession].map(([session, traces]): Check => {
    // Traces spread over the whole set, so that sessions of different kinds and states run side by side.
    const chosen = Array.from({ length: SESSIONS }, (_, i) => traces[Math.floor((i * traces.length) / SESSIONS)]).filter(
      (v) => v !== undefined,
    );
    return {
      id: `adapter/${session}/independent-sessions`,
      suite: 'contract',
      requirement: 'ADP-036',
      title: `${String(chosen.length)} sessions of ${session}, a step of each in turn`,
      operations: [...new Set(chosen.flatMap(operationsOf))],
      run: async (implementation) => {
        const left = chosen.filter(({ steps }) => leftOut(implementation.hello, steps) === undefined);
        // One session alone has nobody to disturb.
        return left.length > 1 || left.length === chosen.length
          ? interleave(implementation, left)
          : notShown('its sessions use values that hello leaves out');
      },
    };
  });
}

async function interleave(implementation: Implementation, traces: readonly Vector[]): Promise<CheckResult> {
  const bound = traces.map(() => new Map<string, Json>());
  const handles = new Set<string>();
  // What is wrong here too is told by other checks; the neighbours are not the cause.
  const alone: Outcome[][] = [];
  for (const { steps } of traces) alone.push(await playAlone(implementation, steps));
  const longest = Math.max(...traces.map((t) => t.steps.length));
  for (let at = 0; at < longest; at++) {
    for (const [i, trace] of traces.entries()) {
      const step = trace.steps[at];
      const own = bound[i];
      if (step === undefined || own === undefined) continue;
      const outcome = await implementation.call(step.operation, substitute(step.params, own) as JsonObject);
      bind(step, outcome, own);
      if (outcome.kind === 'misbehaviour') return brokenBy(outcome);
      if (outcome.kind === 'unreachable') return { verdict: 'unreachable', cases: 1, reason: outcome.reason };
      const want = outcomeOf(step.expect);
      const members = Object.keys(step.bind ?? {});
      const said = withoutBound(step, outcome);
      const same =
        want.kind === 'ok'
          ? said.kind === 'ok' && firstDifference(want.value, said.value) === undefined
          : outcome.kind === 'reject' && want.kind === 'reject' && outcome.class === want.class;
      const before = alone[i]?.[at];
      if (!same && (before === undefined || !isSame(before, said)))
        return failed(
          'ADP-036',
          step,
          outcome,
          `Step ${String(at + 1)} of ${trace.id} is wrong alongside ${String(traces.length - 1)} others, ` +
            `and answered in another way when its session is alone.`,
          trace.steps.slice(0, at + 1),
        );
      for (const name of members) {
        const handle = String(outcome.kind === 'ok' ? outcome.value[name] : '');
        if (handles.has(handle))
          return failed('ADP-036', step, outcome, `Two open sessions have the same handle '${handle}'.`, trace.steps.slice(0, at + 1));
        handles.add(handle);
      }
    }
  }
  return { verdict: 'pass', cases: traces.length };
}

/** Every operation of every session after its close, and with a handle that was never issued. */
function lifetimeChecks(spec: AreaSpec, vectors: readonly Vector[], parameters: readonly string[], leftOut: LeftOut): Check[] {
  const beginnings = beginningsOf(vectors);
  return spec.operations.flatMap(({ operation, session, params: declared }): Check[] => {
    const opened = beginnings.get(`${session ?? ''}.open`)?.[0];
    if (session === undefined || opened === undefined || operation === `${session}.open`) return [];
    const now = opened.params['now'];
    const least = { ...leastOf(declared), session: '$session', ...('now' in declared && now !== undefined ? { now } : {}) };
    const begun = beginnings.get(operation);
    const before = begun?.slice(0, -1) ?? [opened];
    const params = begun?.at(-1)?.params ?? least;
    const refused: VectorStep = { operation, params, expect: { reject: 'wrong-state' }, requirement: 'ADP-042' };
    const close: VectorStep = {
      operation: `${session}.close`,
      params: { session: '$session' },
      expect: { ok: {} },
      requirement: 'ADP-042',
    };
    const check = (name: string, title: string, played: readonly VectorStep[], asked = asksWith({ steps: played }, parameters)): Check => ({
      id: `adapter/${operation}/${name}`,
      suite: 'contract',
      requirement: 'ADP-042',
      title: `${operation} ${title}`,
      operations: [...new Set(played.map((step) => step.operation))],
      get asksWith() {
        return asked();
      },
      run: async (implementation) => {
        const why = leftOut(implementation.hello, played);
        return why === undefined ? refuse(implementation, played) : notShown(why);
      },
    });
    // What no vector shows to be taken is refused in an open session as well, unless nothing is asked of it: then it would tell
    // nothing that it is refused after the end, and the topic has a scenario.
    const canBeTaken = begun !== undefined || Object.keys(least).every((name) => name === 'session' || name === 'now');
    return [
      ...(canBeTaken ? [check('after-close', 'after close', [...before, close, refused])] : []),
      check('never-opened', 'with a handle that was never issued', [{ ...refused, params: { ...params, session: STRANGE_HANDLE } }]),
    ];
  });
}

/**
 * By the operation, the shortest beginning of a vector that ends in a call of it which is taken: what would be taken in a
 * session that is open tells one that is closed from any other.
 */
function beginningsOf(vectors: readonly Vector[]): Map<string, readonly VectorStep[]> {
  const found = new Map<string, readonly VectorStep[]>();
  for (const vector of vectors) {
    const heads = headsOf(vector);
    if (heads[0]?.bind?.['session'] !== 'session') continue;
    for (const [at, { operation, expect }] of heads.entries()) {
      if (!('ok' in expect)) break;
      const known = found.get(operation);
      if (known !== undefined && known.length <= at + 1) continue;
      const { steps } = vector;
      const { session: _session, ...own } = steps[at]?.params ?? {};
      if (!JSON.stringify(own).includes('"$')) found.set(operation, steps.slice(0, at + 1));
    }
  }
  return found;
}

/** The least that is declared as right, for an operation that no vector asks. */
function leastOf(params: Operation['params']): JsonObject {
  const least = ({ type, minimum = 0, enum: names = ['x'], domain }: Param): Json => {
    if (type === 'bytes') return '00'.repeat(domain?.['lengths']?.[0] ?? 0);
    if (type === 'text') return names[0] ?? '';
    if (type === 'u64') return String(minimum);
    if (type === 'boolean') return false;
    if (type.endsWith('List')) return [];
    return type === 'integer' || type === 'time' ? minimum : {};
  };
  return Object.fromEntries(
    Object.entries(params)
      .filter(([, { required }]) => required === true)
      .map(([name, param]) => [name, least(param)]),
  );
}

/** Plays steps whose last one must be refused. What opens and what closes must be taken; the rest is for other checks. */
async function refuse(implementation: Implementation, steps: readonly VectorStep[]): Promise<CheckResult> {
  const bound = new Map<string, Json>();
  for (const [at, step] of steps.entries()) {
    const outcome = await implementation.call(step.operation, substitute(step.params, bound) as JsonObject);
    bind(step, outcome, bound);
    if (outcome.kind === 'unreachable') return { verdict: 'unreachable', cases: 1, reason: outcome.reason };
    if (outcome.kind === 'misbehaviour') return brokenBy(outcome);
    const isLast = at === steps.length - 1;
    if (!isLast && (outcome.kind === 'ok' || (at > 0 && at < steps.length - 2))) continue;
    if (outcome.kind === 'fault') return brokenBy(outcome);
    // Without a handle there was no session to begin with.
    if (!isLast) return failed(at === 0 ? 'ADP-034' : 'ADP-042', step, outcome, 'This call is valid and must be accepted.', steps);
    // Lint has seen that hello allows a refusal without a reason here.
    if (outcome.kind === 'refused' || (outcome.kind === 'reject' && outcome.class === 'wrong-state')) continue;
    const got =
      outcome.kind === 'reject'
        ? `It was refused as '${outcome.class}'.`
        : `It was ${outcome.kind === 'ok' ? 'taken' : 'answered as unsupported'}.`;
    return failed('ADP-042', step, outcome, `A call without an open session must be refused as 'wrong-state'. ${got}`, steps);
  }
  return { verdict: 'pass', cases: 1 };
}

function failed(
  clause: string,
  step: VectorStep | undefined,
  got: Outcome,
  explanation: string,
  steps: readonly VectorStep[],
): CheckResult {
  const repro: Step[] = steps.map((s) => ({
    operation: s.operation,
    params: s.params,
    expected: outcomeOf(s.expect),
    ...(s.bind === undefined ? {} : { bind: s.bind }),
  }));
  const expected: Outcome =
    clause === 'ADP-032' ? { kind: 'fault', message: 'entropy' } : step === undefined ? { kind: 'unsupported' } : outcomeOf(step.expect);
  const failure: Failure = {
    requirement: clause,
    clause: adapterClause(clause),
    kind: 'contract',
    basis: 'decided',
    operation: step?.operation ?? '',
    params: step?.params ?? {},
    expected,
    got,
    explanation,
    steps: clause === 'ADP-032' ? [] : repro,
  };
  return { verdict: 'fail', cases: 1, failure };
}

/** A parameter as a list of one, if it is a text. */
function textOf(value: Json | undefined): string[] {
  return typeof value === 'string' ? [value] : [];
}
