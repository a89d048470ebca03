/** The twins of all vectors of a topic. */
import type { Oracle } from '../../oracle/oracle.ts';
import type { Confirmer, Twins } from '../batch.ts';
import { twinRequest, type Twin, type Vector, type VectorStep } from '../../vectors.ts';
import { InputTwins } from './inputs.ts';
import type { Loosened } from './loosened.ts';
import { RecordedTwins } from './records.ts';
import type { Seen } from './seen.ts';

/** Finds the twins of a topic's vectors. */
export class TopicTwins implements Twins {
  readonly #oracle: Oracle;
  readonly #confirmers: readonly Confirmer[];
  readonly #inputs: InputTwins;
  readonly #records: RecordedTwins;
  readonly #loosened: Loosened;

  /** @param vectors all of the topic */
  constructor(oracle: Oracle, confirmers: readonly Confirmer[], seen: Seen, vectors: readonly Vector[], loosened: Loosened) {
    this.#loosened = loosened;
    this.#oracle = oracle;
    this.#confirmers = confirmers;
    this.#inputs = new InputTwins(oracle, seen);
    this.#records = new RecordedTwins(vectors);
  }

  add(vector: Vector, base?: Vector['steps'][number]['params']): Vector {
    if (vector.steps.every(({ expect }) => 'ok' in expect)) return vector;
    return { ...vector, steps: vector.steps.map((step, at) => this.#withTwin(vector, step, at, base)) };
  }

  #withTwin({ id, steps }: Vector, step: VectorStep, at: number, base: VectorStep['params'] | undefined): VectorStep {
    if (!('reject' in step.expect) || (step.twin !== undefined && step.twin.kind !== 'none')) return step;
    const { operation, params } = step;
    const isModelled = this.#oracle.operation(operation).model !== undefined;
    const twin: Twin = isModelled
      ? this.#inputs.of({ operation, params, reject: step.expect.reject }, base)
      : (this.#records.of(steps, at) ?? step.twin ?? { kind: 'none', reason: 'nothing-accepted' });
    if (!isModelled) return { ...step, twin };
    const isNotShown = this.#loosened.shows(this.#decidingClause(step), operation, params) === false;
    const whole: VectorStep = { ...step, twin: isNotShown ? { ...twin, reasonShown: false } : twin };
    this.#confirm(id, whole);
    return whole;
  }

  /** The clause by which the specification refuses a request; that of its vector may be wider. */
  #decidingClause({ operation, params, requirement }: VectorStep): string {
    const answer = this.#oracle.answer(operation, params);
    return answer.kind === 'reject' ? answer.clause : requirement;
  }

  /** @throws Error where somebody refuses what the oracle accepts */
  #confirm(id: string, step: VectorStep): void {
    const request = twinRequest(step);
    if (request === undefined) return;
    const answer = this.#oracle.answer(request.operation, request.params);
    if (answer.kind !== 'ok') throw new Error(`${id}: the twin is refused: ${answer.class}`);
    for (const confirm of this.#confirmers) confirm(request.operation, request.params, { ok: answer.value });
  }
}
