/**
 * Walks: every machine of the spec, driven at random through the session operations. The spec's table says what each
 * call must answer; a wrong answer is shrunk by leaving out steps that the failure does not need.
 */
import { allowancesOf } from '../contract/allowances.ts';
import { broken } from '../contract/broken.ts';
import type { Check, CheckContext, CheckResult } from '../contract/check.ts';
import type { Implementation } from '../contract/contract.ts';
import { describeInput, MachineInterpreter, type MachineInput, type MachineState } from '../oracle/machine.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { asksWith, restrictedParameters } from './asks.ts';
import { CAMPAIGN_MS, dice, runCount, timeFor, withShrinks, within, type Dice } from './campaign.ts';
import type { Judge, JudgedStep } from './judge.ts';
import { unaskable } from './left.ts';
import { answerOf } from './states.ts';
import { pathThrough, States } from './states.ts';
import { runSteps } from './steps.ts';

/** Time of the first call of every trace, milliseconds. */
export const TRACE_START_MS = 1000;
/** Name under which a trace binds its session handle. */
export const SESSION_NAME = 'session';
const WALK_STEPS = 30;
const WALK_COUNT = 12;
/** Most replays for one shrink. */
const REPLAYS_MAX = 200;

/**
 * Turns inputs of a machine into the adapter calls that carry them, each with the answer its row demands; the first
 * step opens the session.
 *
 * @param openRequirement clause that is violated if opening fails; if absent, the clause of the first row taken
 * @throws MachineError if an input has no row
 */
export function traceSteps(interpreter: MachineInterpreter, inputs: readonly MachineInput[], openRequirement?: string): JudgedStep[] {
  const { machine, configuration } = interpreter;
  let at = interpreter.initial();
  let now = TRACE_START_MS;
  const openedMs = interpreter.timeoutMs(at);
  const steps: JudgedStep[] = [];
  for (const input of inputs) {
    const { operation, params, advanceMs } = interpreter.call(at, input);
    const step = interpreter.step(at, input);
    now += advanceMs;
    steps.push({
      operation,
      params: { session: `$${SESSION_NAME}`, ...params, now },
      expect: answerOf(step, now),
      requirement: step.row.req,
    });
    at = step.after;
  }
  const open: JudgedStep = {
    operation: `${machine.session}.open`,
    params: { ...configuration.open, now: TRACE_START_MS },
    expect: {
      ok: { transmit: [], events: [], timeoutAt: openedMs === undefined ? null : TRACE_START_MS + openedMs },
    },
    requirement: openRequirement ?? steps[0]?.requirement ?? machine.rows[0]?.req ?? '',
    bind: { session: SESSION_NAME },
  };
  return [open, ...steps];
}

/** One check for every configuration of every machine. */
export function walkChecks(oracle: Oracle, judge: Judge, limitMs: number = CAMPAIGN_MS): Check[] {
  return oracle.spec.machines.flatMap((machine) =>
    machine.configurations
      .filter((configuration) => configuration.composedOnly !== true)
      .map((configuration) => walkCheck(oracle, judge, new MachineInterpreter(oracle, machine, configuration), limitMs)),
  );
}

function walkCheck(oracle: Oracle, judge: Judge, interpreter: MachineInterpreter, limitMs: number): Check {
  const { machine, configuration } = interpreter;
  const id = `walk/${machine.machine}/${configuration.name}`;
  const walker = new Walker(oracle, judge, interpreter);
  const asked = asksWith({ steps: [{ params: configuration.open }] }, restrictedParameters(oracle.spec));
  return {
    id,
    suite: 'machine',
    requirement: machine.about ?? machine.rows[0]?.req ?? '',
    clauses: [...new Set(machine.rows.map(({ req }) => req))],
    title: `${machine.title} (${configuration.name}): random walks`,
    operations: [`${machine.session}.open`, ...new Set(Object.values(machine.events).map((event) => event.call))],
    get asksWith() {
      return asked();
    },
    run: (implementation, context) => walker.run(implementation, id, context, timeFor(limitMs, context)),
  };
}

/** How far a check has got, in case its time runs out first. */
interface Progress {
  walks: number;
  found: CheckResult | undefined;
  over: boolean;
}

class Walker {
  readonly #oracle: Oracle;
  readonly #judge: Judge;
  readonly #interpreter: MachineInterpreter;
  readonly #open: string | undefined;
  readonly #close: JudgedStep | undefined;

  constructor(oracle: Oracle, judge: Judge, interpreter: MachineInterpreter) {
    this.#oracle = oracle;
    this.#judge = judge;
    this.#interpreter = interpreter;
    const { session } = interpreter.machine;
    this.#open = oracle.openRequirement(session);
    const close = oracle.spec.operations.find((operation) => operation.operation === `${session}.close`);
    this.#close = close && {
      operation: close.operation,
      params: { session: `$${SESSION_NAME}` },
      expect: { ok: {} },
      requirement: 'ADP-042',
    };
  }

  run(implementation: Implementation, id: string, context: CheckContext, limitMs: number): Promise<CheckResult> {
    const progress: Progress = { walks: 0, found: undefined, over: false };
    const planned = runCount(WALK_COUNT, context.effort);
    const late = (): CheckResult => {
      progress.over = true;
      if (progress.found !== undefined) return progress.found;
      // Slow is not wrong: the walks that were finished count.
      if (progress.walks > 1) return { verdict: 'pass', cases: progress.walks - 1, planned };
      return broken({
        cases: progress.walks,
        what: 'timeout',
        detail: `No answer when the time for this check ran out, in walk ${String(progress.walks)}.`,
      });
    };
    return within(limitMs, this.#walks(implementation, dice(context.seed, id), planned, progress), late);
  }

  async #walks(implementation: Implementation, roll: Dice, walks: number, progress: Progress): Promise<CheckResult> {
    const hidden: string[] = [];
    while (progress.walks < walks && !progress.over) {
      progress.walks++;
      const inputs = this.#walk(roll);
      const why = unaskable(this.#oracle, traceSteps(this.#interpreter, inputs, this.#open), allowancesOf(implementation.hello));
      if (why !== undefined) {
        hidden.push(why);
        continue;
      }
      const result = await this.#replay(implementation, inputs);
      if (result.verdict === 'pass') continue;
      const cases = progress.walks;
      progress.found = { ...result, cases };
      return result.verdict === 'fail' ? { ...(await this.#shrink(implementation, inputs, result, progress)), cases } : progress.found;
    }
    const [reason] = hidden;
    if (reason !== undefined && hidden.length === progress.walks) return { verdict: 'not-shown', cases: 0, reason };
    return { verdict: 'pass', cases: progress.walks };
  }

  /** A random walk; an event is drawn before its parameters, so that one with many choices does not crowd out the rest. */
  #walk(roll: Dice): MachineInput[] {
    const inputs: MachineInput[] = [];
    let at = this.#interpreter.initial();
    while (inputs.length < WALK_STEPS) {
      const offered = this.#interpreter.inputs(at);
      const event = roll.pick([...new Set(offered.map((input) => input.event))]);
      const input = roll.pick(offered.filter((choice) => choice.event === event));
      if (input === undefined) break;
      inputs.push(input);
      at = this.#interpreter.step(at, input).after;
    }
    return inputs;
  }

  #replay(implementation: Implementation, inputs: readonly MachineInput[]): Promise<CheckResult> {
    const steps = traceSteps(this.#interpreter, inputs, this.#open);
    // Sessions are closed if the adapter can do that, so that a long run does not fill it up.
    const close = this.#close !== undefined && implementation.hello.operations.includes(this.#close.operation) ? [this.#close] : [];
    return runSteps(
      this.#judge,
      implementation,
      [...steps, ...close],
      () => new States(this.#oracle, pathThrough(this.#interpreter, inputs)),
    );
  }

  /** Leaves out ever shorter runs of steps, as long as the same clause still fails. */
  async #shrink(
    implementation: Implementation,
    walked: readonly MachineInput[],
    found: CheckResult & { verdict: 'fail' },
    progress: Progress,
  ): Promise<CheckResult> {
    let best = found;
    let inputs = walked.slice(0, inputsTried(found));
    let shrinks = 0;
    let replays = 0;
    for (let width = Math.max(1, inputs.length >> 1); width >= 1; width = width === 1 ? 0 : width >> 1) {
      for (let from = inputs.length - width; from >= 0 && replays < REPLAYS_MAX && !progress.over; from--) {
        const fewer = [...inputs.slice(0, from), ...inputs.slice(from + width)];
        if (!this.#isWalk(fewer)) continue;
        replays++;
        const again = await this.#replay(implementation, fewer);
        if (again.verdict === 'broken') return withShrinks(again, shrinks);
        if (again.verdict !== 'fail' || again.failure.requirement !== found.failure.requirement) continue;
        best = again;
        inputs = fewer.slice(0, inputsTried(again));
        from = Math.min(from, inputs.length - width + 1);
        shrinks++;
      }
    }
    return { ...best, failure: { ...best.failure, shrinks } };
  }

  /** True if the machine offers each input in the state it has then reached. */
  #isWalk(inputs: readonly MachineInput[]): boolean {
    let at: MachineState = this.#interpreter.initial();
    for (const input of inputs) {
      const text = describeInput(input);
      if (!this.#interpreter.inputs(at).some((offered) => describeInput(offered) === text)) return false;
      at = this.#interpreter.step(at, input).after;
    }
    return true;
  }
}

/** Number of inputs up to the one that failed: the steps of a failure end with the wrong answer, and open comes first. */
function inputsTried(result: CheckResult & { verdict: 'fail' }): number {
  return result.failure.steps.length - 1;
}
