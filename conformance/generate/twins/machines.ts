/**
 * Twins of steps that a machine refuses: another input that it takes in the same state, with an effect that can be seen; else
 * the same request in an earlier state of the trace; else a request of another operation.
 */
import type { Json, JsonObject } from '../../contract/contract.ts';
import { describeState, type MachineInput, type MachineInterpreter, type MachineState, type MachineStep } from '../../oracle/machine.ts';
import { equalJson } from '../../oracle/values.ts';
import type { JudgedStep } from '../../suites/judge.ts';
import type { NoTwinReason, Twin } from '../../vectors.ts';
import { distance, FARTHEST, isNearer } from './distance.ts';
import { changed } from './inputs.ts';

/** An input as it is offered in a state, the request that carries it, and what it does. */
interface Offer {
  readonly event: string;
  readonly operation: string;
  readonly params: JsonObject;
  readonly advanceMs: number;
  readonly step: MachineStep;
}
/** The place of a trace before one of its steps. */
interface Place {
  readonly at: MachineState;
  readonly now: number;
  /** The session's next timeout, as the latest reply has it. */
  readonly timeoutAt: number | undefined;
}

/** Finds the twins in the traces of one configuration of a machine. */
export class MachineTwins {
  readonly #interpreter: MachineInterpreter;
  readonly #offers = new Map<string, readonly Offer[]>();

  constructor(interpreter: MachineInterpreter) {
    this.#interpreter = interpreter;
  }

  /** @param steps those that the inputs make, the opening first. @returns them with a twin at each refused one; the opening is accepted */
  add(inputs: readonly MachineInput[], steps: readonly JudgedStep[]): (JudgedStep & { readonly twin?: Twin })[] {
    const places: Place[] = [];
    let at = this.#interpreter.initial();
    let timeoutAt: number | undefined;
    return steps.map((step, i) => {
      const input = inputs[i - 1];
      if (input === undefined) return step;
      const place: Place = { at, now: timeOf(steps[i - 1]), timeoutAt };
      places.push(place);
      const { after, timeoutMs } = this.#interpreter.step(at, input);
      at = after;
      if (!('reject' in step.expect)) {
        timeoutAt = timeoutMs === undefined ? undefined : timeOf(step) + timeoutMs;
        return step;
      }
      const twin = this.#twin(input.event, step, places);
      // The next row may refuse it for another reason: then a refusal says nothing of this clause.
      const isRefusedAnyhow = this.#interpreter.rowWithout(place.at, input, step.requirement)?.reject !== undefined;
      return { ...step, twin: isRefusedAnyhow && twin.kind !== 'none' ? { ...twin, reasonShown: false } : twin };
    });
  }

  #twin(event: string, step: JudgedStep, places: readonly Place[]): Twin {
    const here = places.at(-1);
    if (here === undefined) return { kind: 'none', reason: 'nothing-accepted' };
    const taken = this.#offersIn(here.at).filter((offer) => offer.step.row.reject === undefined);
    const shown = taken.filter((offer) => isShown(offer, here));
    const [effective, quiet] = [shown.filter((offer) => hasEffect(offer, here)), shown.filter((offer) => !hasEffect(offer, here))];
    const isSame = (offer: Offer): boolean => offer.event === event;
    const isAlike = (offer: Offer): boolean => offer.operation === step.operation;
    return (
      another(step, here, effective.filter(isSame)) ??
      this.#earlier(step, places, isShown) ??
      another(step, here, effective.filter(isAlike)) ??
      another(step, here, quiet.filter(isAlike)) ??
      another(step, here, effective) ??
      another(step, here, quiet) ??
      this.#earlier(step, places, () => true) ?? { kind: 'none', reason: this.#reason(step, places, taken) }
    );
  }

  #reason(
    { operation, params: { session: _, now: __, ...params }, requirement }: JudgedStep,
    places: readonly Place[],
    taken: readonly Offer[],
  ): NoTwinReason {
    if (taken.length > 0) return 'nothing-shown';
    const earlier = places.slice(0, -1).flatMap(({ at }) => this.#offersIn(at));
    const isFaulty = earlier.some(
      (offer) =>
        offer.operation === operation &&
        offer.step.row.reject !== undefined &&
        offer.step.row.req !== requirement &&
        equalJson(offer.params, params),
    );
    return isFaulty ? 'several-faults' : 'nothing-accepted';
  }

  /**
   * The latest earlier place in which the same request is taken, as it must be. Where time has gone by since, nothing may have
   * been due in between.
   */
  #earlier(
    { operation, params: { session: _, now, ...params } }: JudgedStep,
    places: readonly Place[],
    must: (offer: Offer, place: Place) => boolean,
  ): Twin | undefined {
    const isTaken = (place: Place, isLater: boolean): boolean =>
      (isLater ? place.timeoutAt === undefined || place.timeoutAt > Number(now) : true) &&
      this.#offersIn(place.at).some(
        (offer) =>
          offer.operation === operation &&
          offer.step.row.reject === undefined &&
          (isLater ? !this.#tellsTime(offer.event) : place.now + offer.advanceMs === now) &&
          must(offer, place) &&
          equalJson(offer.params, params),
      );
    for (const isLater of [false, true])
      for (let count = places.length - 1; count > 0; count--) {
        const place = places[count - 1];
        if (place !== undefined && isTaken(place, isLater)) return { kind: 'state', steps: count };
      }
    return undefined;
  }

  /** Whether time goes by with an event, so that what comes of it depends on how much. */
  #tellsTime(event: string): boolean {
    return this.#interpreter.machine.events[event]?.advance !== undefined;
  }

  #offersIn(at: MachineState): readonly Offer[] {
    const key = describeState(at);
    const known = this.#offers.get(key);
    if (known !== undefined) return known;
    const offers = this.#interpreter
      .inputs(at)
      .map((input): Offer => ({ event: input.event, ...this.#interpreter.call(at, input), step: this.#interpreter.step(at, input) }));
    this.#offers.set(key, offers);
    return offers;
  }
}

function timeOf(step: Pick<JudgedStep, 'params'> | undefined): number {
  const now: Json | undefined = step?.params['now'];
  return Number(now);
}

/** Whether an input transmits, reports an event or moves the session's timeout. */
function hasEffect({ step, advanceMs }: Offer, { now, timeoutAt }: Place): boolean {
  const due = step.timeoutMs === undefined ? undefined : now + advanceMs + step.timeoutMs;
  return step.transmit.length > 0 || step.events.length > 0 || due !== timeoutAt;
}

/** Whether it can be seen that a request was taken: what is received may be ignored in silence, of anything else the answer says it. */
function isShown(offer: Offer, place: Place): boolean {
  return !offer.operation.endsWith('.receive') || hasEffect(offer, place);
}

/** The nearest of some requests that are taken in the place of a refused one. */
function another(step: JudgedStep, { now }: Place, among: readonly Offer[]): Twin | undefined {
  const { session } = step.params;
  let best: { readonly operation: string; readonly params: JsonObject } | undefined;
  let least = FARTHEST;
  for (const { operation, params: own, advanceMs } of among) {
    const params = { ...(session === undefined ? {} : { session }), ...own, now: now + advanceMs };
    const apart = distance(step.params, params);
    if (!isNearer(apart, least, false)) continue;
    best = { operation, params };
    least = apart;
  }
  if (best === undefined) return undefined;
  return {
    kind: 'session',
    ...(best.operation === step.operation ? {} : { operation: best.operation }),
    ...changed(step.params, best.params),
  };
}
