/** What a trial of a generated check says to an implementation, and what becomes of the answers. */
import { allowancesOf, isOmitted, type Allowances } from '../contract/allowances.ts';
import type { Failure, Step } from '../contract/check.ts';
import type { Implementation, JsonObject, Outcome } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Expectation } from '../vectors.ts';
import { expectedFrom, outcomeOf, type Expected, type Judge, type Judgement } from './judge.ts';
import { REAL_TIME_MS_MAX, unaskable } from './left.ts';
import { Caller } from './steps.ts';

type Answered = Extract<Outcome, { kind: 'ok' | 'reject' }>;
interface Turn {
  readonly operation: string;
  readonly params: JsonObject;
  readonly options: AskOptions;
  readonly got: Extract<Outcome, { kind: 'ok' | 'reject' | 'refused' }>;
}
export interface AskOptions {
  /** Members of the result to bind, as in a step. */
  readonly bind?: { readonly [name: string]: string };
  /** The right answer where the operation has no model of its own. */
  readonly right?: Expectation;
}
/** How a relation between answers was broken. */
export interface Violation {
  /** The clause that states the relation. */
  readonly requirement: string;
  /** What the last answer would have been. */
  readonly expect: Expectation;
  readonly explanation: string;
  readonly member?: string;
}

/** Unwinds a trial in which nothing can be shown, because hello says that the implementation cannot say or do it. */
export class NothingShown extends Error {}

/** Unwinds a trial with its judgement. */
export class Ended extends Error {
  readonly judgement: Judgement;
  constructor(judgement: Judgement) {
    super('the trial is over');
    this.judgement = judgement;
  }
}

/** The class of a refusal for which no reason was given and none is known. */
const UNREASONED = 'no reason given';

/** One trial's conversation with an implementation; remembers every turn, so that a failure can be run again. */
export class Talk {
  readonly oracle: Oracle;
  readonly #judge: Judge;
  readonly #requirement: string;
  readonly #turns: Turn[] = [];
  readonly #allowances: Allowances;
  readonly #caller: Caller;
  /** The first `now` of the trial. */
  #beganAt: number | undefined;
  /** The request that has no answer yet. */
  pending: string | undefined;
  /** Operations that refused without a reason, and those that accepted something. */
  readonly unreasoned: Set<string> = new Set();
  readonly accepted: Set<string> = new Set();

  constructor(oracle: Oracle, judge: Judge, implementation: Implementation, requirement: string) {
    this.oracle = oracle;
    this.#judge = judge;
    this.#allowances = allowancesOf(implementation.hello);
    this.#caller = new Caller(implementation);
    this.#requirement = requirement;
  }

  /** Whether an operation of this implementation may refuse without saying why. */
  isUnreasoned(operation: string): boolean {
    return this.#allowances.isUnreasoned(operation);
  }

  /** Whether this implementation does not expose a member of an operation's results. */
  isOmitted(operation: string, member: string): boolean {
    return isOmitted(this.oracle.operation(operation), this.#allowances, member);
  }

  /**
   * Asks; the trial ends here if the adapter breaks, and where nothing can be shown. What is refused without a reason is
   * taken as refused for the right one where the spec says what that is.
   */
  async ask(operation: string, params: JsonObject, options: AskOptions = {}): Promise<Answered> {
    this.#requireAskable(operation, params);
    this.pending = operation;
    const got = await this.#caller.ask({ operation, params, ...bindOf(options) });
    this.pending = undefined;
    return this.#taken(operation, params, options, got);
  }

  /**
   * Asks the same operation several times without waiting in between, and ends the trial as {@link ask} does: for trials that need
   * many requests on one session, which take effect in their order.
   * @returns the answers, in the order of the requests
   */
  async askInARow(operation: string, requests: readonly JsonObject[]): Promise<Answered[]> {
    for (const params of requests) this.#requireAskable(operation, params);
    this.pending = operation;
    const answers = await Promise.all(requests.map((params) => this.#caller.ask({ operation, params })));
    this.pending = undefined;
    return requests.map((params, i) => this.#taken(operation, params, {}, answers[i] ?? { kind: 'unsupported' }));
  }

  #taken(operation: string, params: JsonObject, options: AskOptions, got: Outcome): Answered {
    const isUnreasoned = got.kind === 'refused' && this.isUnreasoned(operation);
    if (got.kind !== 'ok' && got.kind !== 'reject' && !isUnreasoned) {
      const expected = this.#expected(operation, params, options) ?? {
        operation,
        params,
        expect: { ok: {} },
        requirement: this.#firstClause(operation),
      };
      const steps = [...this.#steps(), { operation, params, expected: outcomeOf(expected.expect) }];
      throw new Ended(this.#judge.judge(expected, got, steps, this.#allowances));
    }
    this.#turns.push({ operation, params, options, got });
    if (got.kind === 'refused') return this.#takenAs(operation, params, options);
    if (got.kind === 'reject') return got;
    if (!this.#judge.isQuiet(operation, got)) this.accepted.add(operation);
    return { kind: 'ok', value: this.#guarded(operation, got.value) };
  }

  #requireAskable(operation: string, params: JsonObject): void {
    const now = typeof params['now'] === 'number' ? params['now'] : undefined;
    this.#beganAt ??= now;
    // What is made of entropy cannot be compared, and what is opened again by who made it shows nothing.
    const why = unaskable(this.oracle, [{ operation, params, expect: { ok: {} } }], this.#allowances);
    if (why !== undefined) throw new NothingShown(why);
    if (this.#allowances.ownClock && (now ?? 0) - (this.#beganAt ?? 0) > REAL_TIME_MS_MAX)
      throw new NothingShown(`it takes more than ${String(REAL_TIME_MS_MAX)} ms of real time`);
  }

  /** A refusal without a reason, with the one that the spec gives; where it gives none the trial shows nothing. */
  #takenAs(operation: string, params: JsonObject, options: AskOptions): Answered {
    this.unreasoned.add(operation);
    const expect = this.#expected(operation, params, options)?.expect;
    if (expect !== undefined && 'reject' in expect) return { kind: 'reject', class: expect.reject };
    if (expect !== undefined) return { kind: 'reject', class: UNREASONED };
    throw new NothingShown(`${operation} refused without a reason`);
  }

  /** A result in which reading a member that is not exposed ends the trial. */
  #guarded(operation: string, value: JsonObject): JsonObject {
    const declared = this.oracle.operation(operation);
    const omitted = Object.keys(declared.result).filter((name) => isOmitted(declared, this.#allowances, name) && !(name in value));
    if (omitted.length === 0) return value;
    const look = (name: string | symbol): void => {
      if (typeof name === 'string' && omitted.includes(name)) throw new NothingShown(`it is about '${name}', which hello omits`);
    };
    const get = (target: JsonObject, name: string | symbol): unknown => (look(name), Reflect.get(target, name));
    const has = (target: JsonObject, name: string | symbol): boolean => (look(name), Reflect.has(target, name));
    return new Proxy(value, { get, has });
  }

  /** Asks for a result; a reject ends the trial as a failure: of this answer, or of an earlier one that the request was made from. */
  async want(operation: string, params: JsonObject, options: AskOptions = {}): Promise<JsonObject> {
    const got = await this.ask(operation, params, options);
    if (got.kind === 'ok') return got.value;
    const expected = this.#expected(operation, params, options) ?? {
      operation,
      params,
      expect: { ok: {} },
      requirement: this.#firstClause(operation),
    };
    const judgement = this.#judge.judge(expected, this.#turns.at(-1)?.got ?? got, this.#steps(), this.#allowances);
    if (judgement !== undefined) throw new Ended(judgement);
    return this.violated({
      requirement: this.#requirement,
      expect: { ok: {} },
      explanation: `An answer led to a request to ${operation} that must be refused ('${got.class}').`,
    });
  }

  /** Asks, and ends the trial unless the answer is the oracle's. */
  async agree(operation: string, params: JsonObject, options: { readonly anyClass?: boolean } = {}): Promise<void> {
    await this.ask(operation, params);
    const got = this.#turns.at(-1)?.got;
    if (got === undefined) return;
    const expected = expectedFrom(operation, params, this.oracle.answer(operation, params));
    const judgement = this.#judge.judge({ ...expected, anyClass: options.anyClass === true }, got, this.#steps(), this.#allowances);
    if (judgement !== undefined) throw new Ended(judgement);
  }

  /**
   * Sends several requests concurrently and compares every answer with the spec interpreter's. Only this reveals an
   * implementation that shares state between calls.
   */
  async agreeConcurrently(requests: readonly { readonly operation: string; readonly params: JsonObject }[]): Promise<void> {
    for (const { operation, params } of requests) this.#requireAskable(operation, params);
    this.pending = requests.at(0)?.operation;
    const answers = await Promise.all(requests.map((request) => this.#caller.ask(request)));
    this.pending = undefined;
    for (const [at, { operation, params }] of requests.entries()) {
      const got = answers[at];
      if (got === undefined) continue;
      const expected = expectedFrom(operation, params, this.oracle.answer(operation, params));
      const isAnswer = got.kind === 'ok' || got.kind === 'reject' || got.kind === 'refused';
      if (isAnswer) this.#turns.push({ operation, params, options: {}, got });
      const steps = isAnswer ? this.#steps() : [...this.#steps(), { operation, params, expected: outcomeOf(expected.expect) }];
      const judgement = this.#judge.judge(expected, got, steps, this.#allowances);
      if (judgement !== undefined) throw new Ended(judgement);
      if (got.kind === 'ok' && !this.#judge.isQuiet(operation, got)) this.accepted.add(operation);
    }
  }

  /** Ends the trial: a relation between the answers so far does not hold. Says which answer the spec interpreter blames. */
  violated(violation: Violation): never {
    const { requirement } = violation;
    const latest = this.#turns.at(-1);
    // A packet of which nothing came may have been refused.
    if (latest !== undefined && this.isUnreasoned(latest.operation) && this.#judge.isQuiet(latest.operation, latest.got))
      throw new NothingShown(`nothing came of what ${latest.operation} was given, and it gives no reasons`);
    const clause = this.#judge.clause(requirement);
    const steps = this.#steps();
    for (const [index, turn] of this.#turns.entries()) {
      const expected = this.#expected(turn.operation, turn.params, turn.options);
      const judgement =
        expected && this.#judge.judge({ ...expected, anyClass: true }, turn.got, steps.slice(0, index + 1), this.#allowances);
      if (judgement === undefined || !('failure' in judgement)) continue;
      const where =
        this.#turns.length === 1
          ? ''
          : ` The spec interpreter finds the fault in request ${String(index + 1)} of ${String(this.#turns.length)}.`;
      throw new Ended({
        failure: {
          ...judgement.failure,
          requirement,
          clause,
          kind: 'relation',
          basis: this.#judge.basis(requirement, 'relation'),
          explanation: `${violation.explanation}${where}`,
        },
      });
    }
    const last = this.#turns.at(-1);
    if (last === undefined) throw new Error('a relation needs at least one answer');
    const doubt = this.#turns.every((turn) => this.#expected(turn.operation, turn.params, turn.options) !== undefined)
      ? ' Each answer alone matches the spec interpreter: suspect the suite before the implementation.'
      : '';
    const expected = outcomeOf(violation.expect);
    const failing: Step = { operation: last.operation, params: last.params, expected, ...bindOf(last.options) };
    const failure: Failure = {
      requirement,
      clause,
      kind: 'relation',
      basis: this.#judge.basis(requirement, 'relation'),
      operation: last.operation,
      params: last.params,
      expected,
      got: last.got,
      ...(violation.member === undefined ? {} : { member: violation.member }),
      explanation: `${violation.explanation}${doubt}`,
      steps: [...steps.slice(0, -1), failing],
    };
    throw new Ended({ failure });
  }

  /** What the spec says of a request: by its model, or as the trial knows it. */
  #expected(operation: string, params: JsonObject, { bind, right }: AskOptions): Expected | undefined {
    if (this.oracle.operation(operation).model !== undefined) return expectedFrom(operation, params, this.oracle.answer(operation, params));
    return right && { operation, params, expect: right, requirement: this.#firstClause(operation), bound: Object.keys(bind ?? {}) };
  }
  #firstClause(operation: string): string {
    const declared = this.oracle.operation(operation);
    return Object.values(declared.result)[0]?.req ?? declared.also?.[0] ?? '';
  }
  /** The turns so far as steps; where the spec has no answer by itself, the one that came stands for it. */
  #steps(): Step[] {
    return this.#turns.map(({ operation, params, options, got }) => {
      const expected = this.#expected(operation, params, options);
      return { operation, params, expected: expected === undefined ? got : outcomeOf(expected.expect), ...bindOf(options) };
    });
  }
}
function bindOf({ bind }: AskOptions): Pick<Step, 'bind'> {
  return bind === undefined ? {} : { bind };
}
