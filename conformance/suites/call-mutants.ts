/**
 * What mutants of the specification answer to a call without a session. It decides whether what an implementation lets be seen
 * of an answer still shows a clause: it does if the answer of a mutant of that clause differs in it.
 */
import { type Allowances, isOmitted, withoutOmitted } from '../contract/allowances.ts';
import type { JsonObject } from '../contract/contract.ts';
import { specMutations, type SpecMutation } from '../mutants/spec-mutations.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { equalJson } from '../oracle/values.ts';
import type { AreaSpec, Operation } from '../spec/types.ts';
import type { JudgedStep } from './judge.ts';

/** A call that is accepted, and what is expected of it. */
export interface AcceptedCall {
  readonly operation: Operation;
  readonly params: JsonObject;
  readonly ok: JsonObject;
}

/** What a mutant answers: a result, a refusal, or nothing, since what it came to has no value. */
type MutantAnswer = JsonObject | 'refused' | 'none';

const known = new WeakMap<Oracle, CallMutants>();

/** The mutants of an oracle's specification; made when they are first asked for. */
export function callMutantsOf(oracle: Oracle): CallMutants {
  const found = known.get(oracle) ?? new CallMutants(oracle);
  known.set(oracle, found);
  return found;
}

/** Mutants of a specification, asked one after the other. */
export class CallMutants {
  readonly #oracle: Oracle;
  #made: readonly SpecMutation[] | undefined;
  readonly #reaching = new Map<string, readonly SpecMutation[]>();
  readonly #oracles = new Map<string, Oracle>();

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }

  /**
   * Whether a mutant of a clause dies on what is left of an answer. A mutant is one of a clause if the data that it changes name
   * the clause, or if it gets a member wrong that the clause is blamed for; the least of them answers without such a member.
   * Where the clause is that of the call as a whole and of no member, what names no clause is about it as well.
   */
  dies(requirement: string, call: AcceptedCall, clauseOf: (member: string) => string, allowances: Allowances): boolean {
    const { operation, params, ok } = call;
    const blamed = Object.keys(ok).filter((member) => clauseOf(member) === requirement);
    if (blamed.some((member) => !isOmitted(operation, allowances, member))) return true;
    const left = withoutOmitted(operation, allowances, ok);
    const isBlamed = (answer: MutantAnswer): boolean =>
      typeof answer === 'object' && blamed.some((member) => !equalJson(answer[member] ?? null, ok[member] ?? null));
    return this.#of(operation, requirement).some((mutation) => {
      const answer = this.#answer(mutation, operation, params);
      const isOwn = mutation.clause === requirement || (blamed.length === 0 && mutation.clause === undefined);
      if (!isOwn && !isBlamed(answer)) return false;
      return typeof answer !== 'object' || !equalJson(withoutOmitted(operation, allowances, answer), left);
    });
  }

  /** The mutations of all that the model of an operation names; those of a clause first. */
  #of(operation: Operation, requirement: string): readonly SpecMutation[] {
    const name = operation.operation;
    const { spec } = this.#oracle;
    // Machines are no part of a call.
    this.#made ??= specMutations({ ...spec, machines: [], systems: [], traces: [] });
    const own = this.#reaching.get(name) ?? reaching(spec, operation, this.#made);
    this.#reaching.set(name, own);
    return [...own.filter(({ clause }) => clause === requirement), ...own.filter(({ clause }) => clause !== requirement)];
  }

  #answer(mutation: SpecMutation, { operation }: Operation, params: JsonObject): MutantAnswer {
    const oracle = this.#oracles.get(mutation.id) ?? this.#oracle.of(mutation.spec, mutation.ignored);
    this.#oracles.set(mutation.id, oracle);
    try {
      const answer = oracle.answer(operation, params);
      return answer.kind === 'ok' ? answer.value : 'refused';
    } catch {
      return 'none';
    }
  }
}

/** Whether a call of an operation is judged alone, and can be asked of mutants. */
export function isMutable({ operation }: Pick<JudgedStep, 'operation'>, oracle: Oracle): boolean {
  const { session, model } = oracle.operation(operation);
  return session === undefined && model !== undefined;
}

/** The mutations of what an operation's model names, directly or by what it names. */
function reaching(spec: AreaSpec, operation: Operation, all: readonly SpecMutation[]): SpecMutation[] {
  const defined = new Map<string, unknown>([
    ...spec.operations.map(({ operation: name, model }) => [name, model] as const),
    ...spec.functions.map(({ function: name, is }) => [name, is] as const),
    ...spec.layouts.map((layout) => [layout.layout, layout] as const),
    ...spec.derivations.map((derivation) => [derivation.derivation, derivation] as const),
    ...spec.texts.map((text) => [text.text, text] as const),
    ...spec.schemas.map((schema) => [String(schema['$id']), schema] as const),
    ...Object.keys(spec.constants).map((name) => [`constant.${name}`, ''] as const),
    ['transports', ''],
  ]);
  const texts = new Map([...defined].map(([name, value]) => [name, JSON.stringify(value ?? '')]));
  const found = new Set([operation.operation]);
  for (const name of found) {
    const text = texts.get(name) ?? '';
    for (const other of texts.keys()) if (isNamed(text, other)) found.add(other);
    if (/"(parseJson|readJson|validate)":/.test(text)) found.add('json-rules');
  }
  return all.filter(({ subject }) => subject !== undefined && found.has(subject));
}

/** Whether a text has a name as a whole. */
function isNamed(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!isWord(text[at - 1]) && !isWord(text[at + name.length])) return true;
  return false;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9_-]/.test(character);
}
