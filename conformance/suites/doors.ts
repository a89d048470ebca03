/**
 * Rules of the doors that hello opens: a value that it leaves out is refused, and who draws its own entropy repeats no nonce.
 * Built from the committed vectors, whatever the protocol.
 */
import { allowancesOf } from '../contract/allowances.ts';
import type { Check, CheckContext, CheckResult, Failure } from '../contract/check.ts';
import { brokenBy } from '../contract/broken.ts';
import { adapterClause } from '../contract/clauses.ts';
import type { Implementation, Json, JsonObject, Outcome } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { headsOf, paramsNamed, type StepHead, type Vector, type VectorStep } from '../vectors.ts';
import { choicesIn, choiceNames, usedButLeftOut } from './left.ts';
import { Caller, reproSteps } from './steps.ts';

/** Seals that are made in each of two processes. */
const SEAL_COUNT = 64;

/** What the rules are tested with. */
interface Subject {
  readonly oracle: Oracle;
  readonly vectors: readonly Vector[];
}

/** The checks of the doors of an area. */
export function doorChecks(subject: Subject): Check[] {
  return [...valueChecks(subject), ...nonceChecks(subject)];
}

/** For each value of a choice, one valid request that uses it: an implementation that left it out must refuse. */
function valueChecks({ oracle, vectors }: Subject): Check[] {
  const found = new Map<string, { readonly steps: readonly VectorStep[]; readonly parameter: string; readonly value: string }>();
  const choosing = new Set(
    oracle.spec.operations.filter(({ params }) => JSON.stringify(params).includes('"choice"')).map(({ operation }) => operation),
  );
  const seen = new Set<StepHead>(); // many vectors begin with the same step
  for (const vector of vectors) {
    const [head] = headsOf(vector);
    if (head === undefined || !choosing.has(head.operation) || !('ok' in head.expect) || seen.has(head)) continue;
    seen.add(head);
    const { params } = oracle.operation(head.operation);
    const chosen = choicesIn(params, paramsNamed(vector, 0, choiceNames(params)));
    for (const [parameter, value] of chosen) {
      const key = `${parameter}/${value}`;
      // Where another value is asked with too, that one may be why it is refused.
      const isAlone = chosen.every(([other, its]) => other !== parameter || its === value);
      if (!found.has(key) && isAlone) found.set(key, { steps: vector.steps.slice(0, 1), parameter, value });
    }
  }
  return [...found].map(([key, { steps, parameter, value }]): Check => ({
    id: `adapter/${oracle.spec.area}/values/${key}`,
    suite: 'contract',
    requirement: 'ADP-048',
    title: `${parameter} ${value} is refused, since hello leaves it out`,
    operations: [...new Set(steps.map(({ operation }) => operation))],
    isFor: (hello) => allowancesOf(hello).leavesOut(parameter, value),
    run: async (implementation) => {
      const caller = new Caller(implementation);
      let outcome: Outcome = { kind: 'unsupported' };
      for (const step of steps) outcome = await caller.ask(step);
      if (outcome.kind === 'reject' || outcome.kind === 'refused') return { verdict: 'pass', cases: 1 };
      return (
        answered(outcome) ??
        failed('ADP-048', steps, outcome, `hello leaves out ${parameter} ${value}, and a request with it was accepted.`)
      );
    },
  }));
}

/** For each call that makes something of entropy: it is called with the same again and again, and must not repeat a nonce. */
function nonceChecks({ oracle, vectors }: Subject): Check[] {
  const single = vectors.filter((vector) => headsOf(vector).length === 1);
  return oracle.spec.operations.flatMap(({ operation, session, params }): Check[] => {
    if (session !== undefined || !('entropy' in params)) return [];
    const bySubject = new Map<string, VectorStep>();
    for (const vector of single) {
      const [head] = headsOf(vector);
      if (head?.operation !== operation || !('ok' in head.expect) || (paramsNamed(vector, 0, ['entropy'])['entropy'] ?? '') === '')
        continue;
      const subject = choicesIn(params, paramsNamed(vector, 0, choiceNames(params)))
        .map(([, value]) => value)
        .join('-');
      const [step] = bySubject.has(subject) ? [] : vector.steps;
      if (step !== undefined) bySubject.set(subject, step);
    }
    return [...bySubject].map(([subject, step]): Check => ({
      id: `adapter/${operation}${subject === '' ? '' : `/${subject}`}/no-repeated-nonce`,
      suite: 'contract',
      requirement: 'ADP-050',
      title: `${operation}, ${String(SEAL_COUNT)} times in each of two processes, repeats no nonce`,
      operations: [operation],
      isFor: (hello) => {
        const allowances = allowancesOf(hello);
        return allowances.ownEntropy && usedButLeftOut((name) => oracle.operation(name), [step], allowances) === undefined;
      },
      run: (implementation, context) => seal(oracle, step, implementation, context),
    }));
  });
}

async function seal(oracle: Oracle, step: VectorStep, implementation: Implementation, context: CheckContext): Promise<CheckResult> {
  const places = placesOfEntropy(oracle, step);
  const seen = new Set<string>();
  const second = await context.another?.();
  try {
    for (const process of [implementation, ...(second === undefined ? [] : [second.implementation])])
      for (let turn = 0; turn < SEAL_COUNT; turn++) {
        // Some are asked for two at a time: a nonce that is drawn before the other is used may be the same.
        const isPair = turn % 4 === 3;
        const calls = Array.from({ length: isPair ? 2 : 1 }, () => process.call(step.operation, step.params));
        for (const outcome of await Promise.all(calls)) {
          if (outcome.kind !== 'ok')
            return (
              answered(outcome) ?? failed('ADP-050', [step], outcome, 'This is valid, and it was not accepted when it was asked again.')
            );
          const nonce = places.map((place) => textAt(outcome.value, place)).join(' ');
          if (seen.has(nonce))
            return failed(
              'ADP-050',
              [step],
              outcome,
              `The same nonce was drawn twice in ${String(seen.size + 1)} calls${isPair ? ', two of which were made at once' : ''}: ` +
                `${nonce.slice(0, 200)}.`,
            );
          seen.add(nonce);
        }
      }
  } finally {
    await second?.close();
  }
  if (second === undefined) return { verdict: 'not-shown', cases: seen.size, reason: 'no second process was to be had' };
  return { verdict: 'pass', cases: seen.size };
}

/** Where in a result the entropy of a call is: a member, and characters of it; the whole where it is nowhere as it is. */
interface Place {
  readonly path: readonly string[];
  readonly from: number;
  readonly to: number;
}

function placesOfEntropy(oracle: Oracle, step: VectorStep): Place[] {
  const length = String(step.params['entropy']).length;
  // Bytes that nothing else in a request has.
  const hex = Array.from({ length: length / 2 }, (_, i) => ((i * 151 + 73) & 0xff).toString(16).padStart(2, '0')).join('');
  const answer = oracle.answer(step.operation, { ...step.params, entropy: hex });
  const texts = answer.kind === 'ok' ? textsIn(answer.value) : [];
  const found = texts.flatMap(({ path, text }): Place[] => {
    const from = text.indexOf(hex);
    return from === -1 ? [] : [{ path, from, to: from + length }];
  });
  return found.length > 0 ? found : [{ path: [], from: 0, to: Infinity }];
}

function textsIn(value: Json, path: readonly string[] = []): { readonly path: readonly string[]; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => textsIn(member as Json, [...path, name]));
}

function textAt(value: JsonObject, { path, from, to }: Place): string {
  const at = path.reduce<Json | undefined>(
    (here, name) => (typeof here === 'object' && here !== null ? (here as JsonObject)[name] : undefined),
    value,
  );
  const text = typeof at === 'string' ? at : JSON.stringify(at ?? null);
  return text.slice(from, to);
}

/** How a check ends where a request was not answered at all. */
function answered(outcome: Outcome): CheckResult | undefined {
  if (outcome.kind === 'misbehaviour' || outcome.kind === 'fault' || outcome.kind === 'crashed') return brokenBy(outcome);
  return outcome.kind === 'unreachable' ? { verdict: 'unreachable', cases: 1, reason: outcome.reason } : undefined;
}

function failed(clause: string, steps: readonly VectorStep[], got: Outcome, explanation: string): CheckResult {
  const last = steps.at(-1);
  const failure: Failure = {
    requirement: clause,
    clause: adapterClause(clause),
    kind: 'contract',
    basis: 'decided',
    operation: last?.operation ?? '',
    params: last?.params ?? {},
    expected: { kind: 'refused' },
    got,
    explanation,
    steps: clause === 'ADP-048' ? reproSteps(steps).map((step) => ({ ...step, expected: { kind: 'reject', class: 'unsupported' } })) : [],
  };
  return { verdict: 'fail', cases: 1, failure };
}
