/**
 * The spec interpreter as an implementation: what every suite must pass, and where tests of the suites plant faults.
 * Sessions run the machine whose configuration they were opened with; who needs any other session brings what answers it.
 */
import type { Implementation, JsonObject, Outcome } from '../contract/contract.ts';
import { MachineInterpreter, type MachineState, type MachineStep } from '../oracle/machine.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { equalJson, toHex } from '../oracle/values.ts';

/** What answers the calls of one session. */
export interface OracleSession {
  answer(operation: string, params: JsonObject): Outcome;
}

/** Which of the right answers to a call is given: that of the row, or one of its others. */
export type Choice = (usual: MachineStep, others: readonly MachineStep[]) => MachineStep;

/** Answers every operation of the oracle's spec. */
export class OracleImplementation implements Implementation {
  readonly hello: Implementation['hello'];
  readonly #oracle: Oracle;
  readonly #sessions = new Map<string, OracleSession>();
  readonly #other: (() => OracleSession) | undefined;
  readonly #choose: Choice;
  #opened = 0;

  /**
   * @param other answers sessions that no configuration of a machine opens; without it there are none
   * @param choose chooses where the spec leaves a choice; without it the row is what is done
   */
  constructor(oracle: Oracle, other?: () => OracleSession, choose: Choice = (usual) => usual) {
    this.#oracle = oracle;
    this.#other = other;
    this.#choose = choose;
    this.hello = {
      name: 'oracle',
      version: oracle.spec.revision,
      language: 'data',
      protocol: 1,
      operations: oracle.spec.operations.map((o) => o.operation),
      profiles: [],
      entropy: 'call',
      limits: { lineBytes: 4_194_304 },
    };
  }

  async call(operation: string, params: JsonObject): Promise<Outcome> {
    const declared = this.#oracle.operation(operation);
    if (declared.session === undefined) {
      const answer = this.#oracle.answer(operation, params);
      return answer.kind === 'ok' ? { kind: 'ok', value: answer.value } : { kind: 'reject', class: answer.class };
    }
    if (operation === `${declared.session}.open`) return this.#open(declared.session, params);
    const handle = String(params['session']);
    const session = this.#sessions.get(handle);
    if (session === undefined) return { kind: 'reject', class: 'wrong-state' };
    if (operation !== `${declared.session}.close`) return session.answer(operation, params);
    this.#sessions.delete(handle);
    return { kind: 'ok', value: {} };
  }

  #open(kind: string, { now, ...params }: JsonObject): Outcome {
    const session = `s${String(++this.#opened)}`;
    const openedMs = Number(now);
    const found = this.#oracle.spec.machines
      .filter((machine) => machine.session === kind)
      .flatMap((machine) =>
        machine.configurations
          .filter((configuration) => configuration.composedOnly !== true && equalJson(configuration.open, params))
          .map((configuration) => new MachineInterpreter(this.#oracle, machine, configuration)),
      );
    const sessions = found.map((interpreter) => new MachineSession(interpreter, openedMs, this.#choose));
    const opened = sessions.length === 0 ? this.#other?.() : new Alternatives(sessions);
    if (opened === undefined) return { kind: 'fault', message: `no machine opens a session of ${kind} like this` };
    this.#sessions.set(session, opened);
    const [dueMs] = found.map((interpreter) => interpreter.timeoutMs(interpreter.initial()));
    return {
      kind: 'ok',
      value: { session, transmit: [], events: [], timeoutAt: dueMs === undefined ? null : openedMs + dueMs },
    };
  }
}

/** Machines that are opened alike: those that have the call in their table go on. */
class Alternatives implements OracleSession {
  #left: readonly OracleSession[];
  constructor(sessions: readonly OracleSession[]) {
    this.#left = sessions;
  }
  answer(operation: string, params: JsonObject): Outcome {
    const answers = this.#left.map((session) => ({ session, outcome: session.answer(operation, params) }));
    const able = answers.filter(({ outcome }) => outcome.kind !== 'fault');
    this.#left = able.map(({ session }) => session);
    return able[0]?.outcome ?? { kind: 'fault', message: `no machine has an input for ${operation}` };
  }
}

/** Finds the input of the machine that a call carries, and answers what its row says. */
class MachineSession implements OracleSession {
  readonly #interpreter: MachineInterpreter;
  #at: MachineState;
  readonly #choose: Choice;
  #now: number;
  constructor(interpreter: MachineInterpreter, now: number, choose: Choice) {
    this.#interpreter = interpreter;
    this.#choose = choose;
    this.#at = interpreter.initial();
    this.#now = now;
  }
  answer(operation: string, { session: _session, now, ...params }: JsonObject): Outcome {
    const input = this.#interpreter.inputs(this.#at).find((offered) => {
      const call = this.#interpreter.call(this.#at, offered);
      return call.operation === operation && this.#now + call.advanceMs === now && equalJson(call.params, params);
    });
    if (input === undefined) return { kind: 'fault', message: `the machine has no input for ${operation}` };
    const step = this.#choose(this.#interpreter.step(this.#at, input), this.#interpreter.alternatives(this.#at, input));
    this.#at = step.after;
    this.#now = Number(now);
    if (step.row.reject !== undefined) return { kind: 'reject', class: step.row.reject };
    return {
      kind: 'ok',
      value: {
        transmit: step.transmit.map(toHex),
        events: step.events,
        timeoutAt: step.timeoutMs === undefined ? null : this.#now + step.timeoutMs,
      },
    };
  }
}
