/**
 * A conversation with two implementations, of which one produces and the other consumes, or with three, where a relay stands
 * between them. Where what went in does not come out, every answer is judged again by itself, against the spec interpreter, and
 * the answers of sessions against the reference, so that the blame falls on the side that deviates and not on the side where it
 * showed.
 */
import { allowancesOf, takesEntropy, type Allowances } from '../contract/allowances.ts';
import { broken, brokenBy } from '../contract/broken.ts';
import type { CheckResult, Failure, Step } from '../contract/check.ts';
import type { Implementation, Json, JsonObject, Outcome } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { equalJson } from '../oracle/values.ts';
import { expectedFrom, type Judge } from '../suites/judge.ts';

/** Who takes part, in the order in which things pass from one to the next. */
export const SIDES = ['producer', 'relay', 'consumer'] as const;
/** A part in a conversation; there is a relay where three take part. */
export type Side = (typeof SIDES)[number];
/** Who deviates: `both` where more than one does, `undecided` where each alone is right, or cannot be judged. */
export type Blame = Side | 'both' | 'undecided';

/** How a producer's random answer is read by the interpreter, if it cannot be compared byte for byte. */
export interface ReadBack {
  readonly operation: string;
  readonly params: (answer: JsonObject) => JsonObject;
  /** Members that reading must give. */
  readonly gives: (answer: JsonObject) => JsonObject;
}
/** Two or three implementations and what judges them. */
export interface Pair {
  readonly producer: Implementation;
  /** Absent where two take part. */
  readonly relay?: Implementation | undefined;
  readonly consumer: Implementation;
  readonly oracle: Oracle;
  readonly judge: Judge;
  /** The reference, as a second opinion besides the interpreter. */
  readonly secondOpinion: () => Promise<Implementation | undefined>;
}
/** How a trial ended, unless all went well. */
export type TrialFailure =
  | { readonly kind: 'differs'; readonly blame: Blame; readonly failures: { readonly [side in Side]?: Failure }; readonly symptom: Failure }
  | { readonly kind: 'ended'; readonly side: Side; readonly result: CheckResult };

/** An answer without the handle of a session, which each gives as it likes. */
function handless<Answer extends Outcome>(answer: Answer): Outcome {
  return answer.kind === 'ok' ? { kind: 'ok', value: without(answer.value, 'session') } : answer;
}

/** Unwinds a trial. */
export class TrialOver extends Error {
  readonly failure: TrialFailure;
  constructor(failure: TrialFailure) {
    super('the trial is over');
    this.failure = failure;
  }
}

interface Turn {
  readonly side: Side;
  readonly operation: string;
  readonly params: JsonObject;
  readonly readBack: ReadBack | undefined;
  readonly got: Extract<Outcome, { kind: 'ok' | 'reject' | 'refused' }>;
}

/** One trial's conversation. */
export class PairTalk {
  readonly #pair: Pair;
  readonly #requirement: string;
  readonly #turns: Turn[] = [];

  constructor(pair: Pair, requirement: string) {
    this.#pair = pair;
    this.#requirement = requirement;
  }

  /** Asks the producer for a result; the trial ends if there is none. */
  produce(operation: string, params: JsonObject, readBack?: ReadBack): Promise<JsonObject> {
    return this.#ask('producer', operation, params, readBack);
  }
  /** Asks a side for a result; the trial ends if there is none. */
  ask(side: Side, operation: string, params: JsonObject): Promise<JsonObject> {
    return this.#ask(side, operation, params, undefined);
  }
  /** Asks the consumer for a result; the trial ends if there is none. */
  consume(operation: string, params: JsonObject, readBack?: ReadBack): Promise<JsonObject> {
    return this.#ask('consumer', operation, params, readBack);
  }

  /** Ends the trial unless a member of the last answer is what it must be; `undefined` means absent. */
  async demand(answer: JsonObject, member: string, right: Json | undefined, requirement: string = this.#requirement): Promise<void> {
    const got = answer[member];
    if (right === undefined ? got === undefined : got !== undefined && equalJson(got, right)) return;
    const wanted: JsonObject = right === undefined ? without(answer, member) : { ...answer, [member]: right };
    await this.#differs({
      requirement,
      expected: { kind: 'ok', value: wanted },
      kind: 'member',
      member,
      explanation: `'${member}' is not what was put in.`,
    });
  }

  async #ask(side: Side, operation: string, params: JsonObject, readBack: ReadBack | undefined): Promise<JsonObject> {
    const got = await this.#one(side).call(operation, params);
    if (got.kind !== 'ok' && got.kind !== 'reject' && got.kind !== 'refused')
      throw new TrialOver({ kind: 'ended', side, result: resultOf(operation, got) });
    this.#turns.push({ side, operation, params, readBack, got });
    if (got.kind === 'ok') return got.value;
    return this.#differs({
      requirement: this.#requirement,
      expected: { kind: 'ok', value: {} },
      kind: 'refused',
      explanation: got.kind === 'reject' ? `It was refused as '${got.class}'.` : 'It was refused, without a reason.',
    });
  }

  /** Judges every turn so far by itself and ends the trial. */
  async #differs(symptom: Pick<Failure, 'requirement' | 'expected' | 'kind' | 'member' | 'explanation'>): Promise<never> {
    const failures: { [side in Side]?: Failure } = {};
    for (const side of SIDES) {
      const failure = await this.#firstDeviation(side);
      if (failure !== undefined) failures[side] = failure;
    }
    const [deviating, ...others] = SIDES.filter((side) => failures[side] !== undefined);
    const blame: Blame = others.length > 0 ? 'both' : (deviating ?? 'undecided');
    const last = this.#turns.at(-1);
    if (last === undefined) throw new Error('a difference needs an answer');
    const { operation, params, got } = last;
    throw new TrialOver({
      kind: 'differs',
      blame,
      failures,
      symptom: {
        ...symptom,
        clause: this.#pair.judge.clause(symptom.requirement),
        basis: this.#pair.judge.basis(symptom.requirement, symptom.kind),
        operation,
        params,
        got,
        steps: [{ operation, params, expected: symptom.expected }],
      },
    });
  }

  #one(side: Side): Implementation {
    const one = this.#pair[side];
    if (one === undefined) throw new Error(`nobody is the ${side} of this flow`);
    return one;
  }

  async #firstDeviation(side: Side): Promise<Failure | undefined> {
    const turns = this.#turns.filter((t) => t.side === side);
    for (const turn of turns) {
      const failure = await this.#deviation(turn);
      if (failure !== undefined) return failure;
    }
    return this.#sessionDeviation(side, turns);
  }

  /** Where the sessions of one side answer otherwise than those of the reference, to which the same is told in the same order. */
  async #sessionDeviation(side: Side, turns: readonly Turn[]): Promise<Failure | undefined> {
    const reference = await this.#pair.secondOpinion();
    if (turns.length === 0 || reference === undefined || !takesEntropy(this.#one(side).hello)) return undefined;
    const handles = new Map<Json, Json>();
    const told: Turn[] = [];
    for (const turn of turns) {
      const { session } = turn.params;
      const opens = turn.got.kind === 'ok' && turn.got.value['session'] !== undefined;
      if (session === undefined && !opens) continue;
      told.push(turn);
      const params = session === undefined ? turn.params : { ...turn.params, session: handles.get(session) ?? '' };
      const theirs = await reference.call(turn.operation, params);
      if (theirs.kind !== 'ok' && theirs.kind !== 'reject') return undefined;
      if (turn.got.kind === 'ok' && theirs.kind === 'ok') handles.set(turn.got.value['session'] ?? '', theirs.value['session'] ?? '');
      if (same(handless(theirs), handless(turn.got))) continue;
      return {
        requirement: this.#requirement,
        clause: this.#pair.judge.clause(this.#requirement),
        kind: 'relation',
        basis: this.#pair.judge.basis(this.#requirement, 'relation'),
        operation: turn.operation,
        params: turn.params,
        expected: handless(theirs),
        got: turn.got,
        explanation: 'The reference, to which the same was told before, answers differently.',
        steps: [],
      };
    }
    return undefined;
  }

  /** How one answer differs from what the specification says; undefined if it does not, or if that cannot be decided. */
  async #deviation(turn: Turn): Promise<Failure | undefined> {
    const { oracle, judge } = this.#pair;
    const { operation, params, got } = turn;
    // What a session answers depends on what came before, and its handle means nothing to anybody else.
    if ('session' in params) return undefined;
    if (oracle.operation(operation).model === undefined) return this.#against(turn);
    if (turn.readBack !== undefined && !takesEntropy(this.#one(turn.side).hello)) return this.#readBack(turn, turn.readBack);
    const answer = answerOf(oracle, operation, params);
    if (answer === undefined) return undefined;
    const expected = preciseFrom(oracle, operation, params, answer);
    const steps: Step[] = [
      {
        operation,
        params,
        expected: 'ok' in expected.expect ? { kind: 'ok', value: expected.expect.ok } : { kind: 'reject', class: expected.expect.reject },
      },
    ];
    const judgement = judge.judge({ ...expected, anyClass: true }, got, steps, allowancesOf(this.#one(turn.side).hello));
    if (judgement === undefined || !('failure' in judgement)) return undefined;
    // What reading it finds first says more than that its bytes differ.
    const read = turn.readBack === undefined ? undefined : this.#readBack(turn, turn.readBack);
    const { requirement, clause, kind, basis } = read ?? judgement.failure;
    const explanations = [judgement.failure.explanation, read?.explanation, await this.#opinion(turn)];
    return {
      ...judgement.failure,
      requirement,
      clause,
      kind,
      basis,
      explanation: explanations.filter((text) => text !== undefined).join(' '),
    };
  }

  /** Judges an answer by what the interpreter reads in it. */
  #readBack(
    { side, operation, params, got }: Turn,
    { operation: reader, params: paramsOf, gives: givesOf }: ReadBack,
  ): Failure | undefined {
    const { oracle, judge } = this.#pair;
    if (got.kind !== 'ok') return this.#plainly(operation, params, got, allowancesOf(this.#one(side).hello));
    const gives = givesOf(got.value);
    const answer = answerOf(oracle, reader, paramsOf(got.value));
    if (answer === undefined) return undefined;
    const member =
      answer.kind === 'ok' ? Object.keys(gives).find((name) => !equalJson(answer.value[name] ?? null, gives[name] ?? null)) : undefined;
    if (answer.kind === 'ok' && member === undefined) return undefined;
    const requirement = (answer.kind === 'ok' ? answer.clauses[member ?? ''] : undefined) ?? answer.clause;
    const said =
      answer.kind === 'reject'
        ? `The spec interpreter, given it in ${reader}, refuses it as '${answer.class}'.`
        : `The spec interpreter, given it in ${reader}, reads a different '${member ?? ''}' than was put in.`;
    return {
      requirement,
      clause: judge.clause(requirement),
      kind: 'relation',
      basis: judge.basis(requirement, 'relation'),
      operation,
      params,
      expected: { kind: 'ok', value: {} },
      got,
      explanation: said,
      steps: [],
    };
  }
  /** A producer without entropy that refuses: the interpreter tells whether it may, whatever the bytes. */
  #plainly(operation: string, params: JsonObject, got: Outcome, allowances: Allowances): Failure | undefined {
    const { oracle, judge } = this.#pair;
    const answer = answerOf(oracle, operation, params);
    const judgement =
      answer === undefined ? undefined : judge.judge({ ...expectedFrom(operation, params, answer), anyClass: true }, got, [], allowances);
    return judgement !== undefined && 'failure' in judgement ? judgement.failure : undefined;
  }

  /** Where the interpreter has no model the reference alone is compared with. */
  async #against({ operation, params, got }: Turn): Promise<Failure | undefined> {
    const theirs = await (await this.#pair.secondOpinion())?.call(operation, params);
    if (theirs === undefined || (theirs.kind !== 'ok' && theirs.kind !== 'reject') || same(handless(theirs), handless(got)))
      return undefined;
    return {
      requirement: this.#requirement,
      clause: this.#pair.judge.clause(this.#requirement),
      kind: 'relation',
      basis: this.#pair.judge.basis(this.#requirement, 'relation'),
      operation,
      params,
      expected: theirs,
      got,
      explanation: 'The reference answers differently; the specification has no model that could decide.',
      steps: [{ operation, params, expected: theirs }],
    };
  }

  /** Whether the reference sides with the interpreter. */
  async #opinion({ operation, params, got }: Turn): Promise<string | undefined> {
    const theirs = await (await this.#pair.secondOpinion())?.call(operation, params);
    if (theirs === undefined || (theirs.kind !== 'ok' && theirs.kind !== 'reject')) return undefined;
    return same(theirs, got)
      ? 'The reference gives the same answer: suspect the specification as well.'
      : 'The reference answers as the specification says.';
  }
}

/** The interpreter's answer; undefined for a request that it cannot read, which a wrong answer before can lead to. */
function answerOf(oracle: Oracle, operation: string, params: JsonObject): ReturnType<Oracle['answer']> | undefined {
  try {
    return oracle.answer(operation, params);
  } catch {
    return undefined;
  }
}

/** Expected, blaming the clause that decided where a member of the result has only a general one. */
function preciseFrom(
  oracle: Oracle,
  operation: string,
  params: JsonObject,
  answer: ReturnType<Oracle['answer']>,
): ReturnType<typeof expectedFrom> {
  const expected = expectedFrom(operation, params, answer);
  const { result } = oracle.operation(operation);
  return {
    ...expected,
    clauses: Object.fromEntries(Object.entries(expected.clauses ?? {}).filter(([member]) => result[member]?.ofVector !== true)),
  };
}

function resultOf(operation: string, got: Exclude<Outcome, { kind: 'ok' | 'reject' | 'refused' }>): CheckResult {
  switch (got.kind) {
    case 'unreachable':
      return { verdict: 'unreachable', cases: 1, reason: got.reason };
    case 'misbehaviour':
    case 'crashed':
    case 'fault':
      return brokenBy(got, operation);
    case 'unsupported':
      return broken({ what: 'contract', detail: `${operation} was declared in hello but answered unsupported`, clause: 'ADP-019' });
  }
}

function same(a: Outcome, b: Outcome): boolean {
  if (a.kind === 'ok' && b.kind === 'ok') return equalJson(a.value, b.value);
  return a.kind === 'reject' && b.kind === 'reject' && a.class === b.class;
}

function without(value: JsonObject, member: string): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== member));
}
