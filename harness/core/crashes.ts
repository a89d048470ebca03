/**
 * Crash or adapter: a process that ends, or does not answer, may have been ended by what the implementation made of an input,
 * or by its adapter. It is the implementation's fault only if the input alone does it to fresh processes, twice, while a
 * valid request of the same operation is answered there.
 */
import type { CheckResult, Failure, Step } from '../../conformance/contract/check.ts';
import type { Json, JsonObject, Outcome } from '../../conformance/contract/contract.ts';
import type { Misbehaviour } from './channel.ts';
import type { Connection } from './connection.ts';
import { afterCrash } from './trial.ts';

/** Times that the input must do it. */
const REPETITIONS = 2;
/** A neighbour of an input that hangs is answered within this part of the time-out. */
const FAST_PART = 1 / 4;

/** What the judgement is made with. */
export interface Scene {
  /** A fresh process; undefined where none is to be had. */
  readonly fresh: () => Promise<Connection | undefined>;
  readonly discard: (connection: Connection) => Promise<void>;
  /** The full time of one request, milliseconds. */
  readonly timeoutMs: number;
  /** Valid requests next to an input, the most like it first: of each its steps, the last of which is answered. */
  readonly survivors: (failure: Failure) => readonly (readonly Step[])[];
}

/** How a process took steps. */
interface Taken {
  readonly last: Outcome;
  readonly lastMs: number;
  readonly loss: Misbehaviour | undefined;
}

/** The failure that ended the adapter, or that its implementation threw; undefined where nothing is to be judged. */
function suspect(result: CheckResult): Failure | undefined {
  if (result.verdict !== 'broken' || (result.what !== 'crash' && result.what !== 'timeout')) return undefined;
  const { failure } = result;
  // After its reply a process dies of something else than the request.
  const isUnanswered = failure?.got.kind === 'misbehaviour' || failure?.got.kind === 'crashed';
  return isUnanswered && failure !== undefined && failure.steps.length > 0 ? failure : undefined;
}

/** True if a result is to be judged at all. */
export function isSuspect(result: CheckResult): boolean {
  return suspect(result) !== undefined;
}

/** The result, as a failure of the implementation where the input alone does it. */
export async function judgeCrash(result: CheckResult, scene: Scene): Promise<CheckResult> {
  const failure = suspect(result);
  if (failure === undefined || result.verdict !== 'broken') return result;
  const isHang = result.what === 'timeout';
  const still = (why: string): CheckResult => ({ ...result, detail: `${result.detail}\n${why}` });
  const near = scene.survivors(failure);
  if (near.length === 0) return still('no valid request next to it is known, so that it is not known whose fault it is');
  for (let turn = 0; turn < REPETITIONS; turn++) {
    const taken = await take(failure.steps, scene);
    if (taken === undefined) return still('no fresh process could be started to ask it alone');
    if (taken.loss?.cause !== undefined) return still(`it was ended from outside (${taken.loss.cause}), which says nothing of the input`);
    const isSame = isHang
      ? taken.last.kind === 'misbehaviour' && taken.last.what === 'timeout'
      : taken.last.kind === 'crashed' || (taken.last.kind === 'misbehaviour' && taken.last.what === 'crash');
    if (!isSame) return still('it did not happen again when the input was asked alone in a fresh process');
  }
  const survived = await firstAnswered(near, scene);
  const operation = near[0]?.at(-1)?.operation ?? failure.operation;
  if (survived === undefined) return still(`valid requests for ${operation} in fresh processes fare no better: look at the adapter first`);
  if (isHang && survived.lastMs > scene.timeoutMs * FAST_PART) return still(`a valid request for ${operation} is answered slowly as well`);
  const what = isHang ? 'never answers' : failure.got.kind === 'crashed' ? `throws ${failure.got.error} on` : 'crashes on';
  return {
    verdict: 'fail',
    cases: result.cases,
    ...afterCrash(result),
    failure: {
      ...failure,
      explanation:
        `The implementation ${what} this input: it was asked alone of ${String(REPETITIONS)} fresh processes, ` +
        `and a valid request for ${operation} is answered there.`,
    },
  };
}

/** How the first of some requests that is answered was taken; undefined where none is. */
async function firstAnswered(requests: readonly (readonly Step[])[], scene: Scene): Promise<Taken | undefined> {
  for (const request of requests) {
    const taken = await take(request, scene);
    if (taken !== undefined && ['ok', 'reject', 'refused'].includes(taken.last.kind) && taken.loss === undefined) return taken;
  }
  return undefined;
}

/** Asks steps of a fresh process, and watches it a moment longer. */
async function take(steps: readonly Step[], { fresh, discard, timeoutMs }: Scene): Promise<Taken | undefined> {
  const connection = await fresh();
  if (connection === undefined) return undefined;
  const bound = new Map<string, Json>();
  let last: Outcome = { kind: 'unsupported' };
  let lastMs = 0;
  for (const { operation, params, bind } of steps) {
    const sentAtMs = performance.now();
    last = await connection.call(operation, withHandles(params, bound) as JsonObject, { timeoutMs });
    lastMs = performance.now() - sentAtMs;
    if (last.kind === 'misbehaviour') break;
    if (last.kind === 'ok') for (const [member, name] of Object.entries(bind ?? {})) bound.set(name, last.value[member] ?? null);
  }
  await connection.barrier();
  const loss = connection.failure;
  await discard(connection);
  return { last, lastMs, loss };
}

/** Replaces "$name" by what earlier replies bound. */
function withHandles(value: Json, bound: ReadonlyMap<string, Json>): Json {
  if (typeof value === 'string' && value.startsWith('$')) return bound.get(value.slice(1)) ?? value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withHandles(item, bound));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value as JsonObject).map(([name, item]) => [name, withHandles(item, bound)]));
  return value;
}
