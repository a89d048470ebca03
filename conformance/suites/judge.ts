/** Compares one outcome with what the spec says, and describes a failure so that somebody new to it can act on it. */
import { describeDifference } from './difference.ts';
import type { AnnotatedBytes, CheckResult, Failure, Step } from '../contract/check.ts';
import { type Allowances, NOTHING_ALLOWED, omittedIn, withoutOmitted } from '../contract/allowances.ts';
import { clauseBasis, differenceBasis, type Basis, type DifferenceKind } from '../contract/basis.ts';
import { broken, brokenBy } from '../contract/broken.ts';
import { adapterClause } from '../contract/clauses.ts';
import type { Json, JsonObject, Outcome } from '../contract/contract.ts';
import type { Answer, Oracle } from '../oracle/oracle.ts';
import { valuesOf } from '../oracle/params.ts';
import { equalJson, firstDifference, fromHex } from '../oracle/values.ts';
import { differsInOrderOnly } from '../oracle/json-order.ts';
import { clausesRefusing } from '../spec/models.ts';
import type { AreaSpec, Requirement, ResultMember } from '../spec/types.ts';
import type { Expectation } from '../vectors.ts';
import { extrasIn } from './extra-members.ts';
import { Fields } from './fields.ts';
import { respelled, type Again } from './sealed.ts';

export interface Expected {
  readonly operation: string;
  readonly params: JsonObject;
  readonly expect: Expectation;
  /** The clause that is violated if the answer as a whole is wrong. */
  readonly requirement: string;
  /** The clause that is violated if one member of a result is wrong. */
  readonly clauses?: { readonly [member: string]: string };
  /** Result members that are not compared (bound handles). */
  readonly bound?: readonly string[];
  /** Accept any class the operation declares: for inputs that may be wrong in several ways. */
  readonly anyClass?: boolean;
  /** What another oracle of the same specification expects of a step in a session; a call is asked of its model. */
  readonly again?: Again;
}

/** One call of several, and what must come back. */
export interface JudgedStep extends Expected {
  readonly bind?: { readonly [name: string]: string };
}

/** What the oracle's answer demands of an implementation. */
export function expectedFrom(operation: string, params: JsonObject, answer: Answer): Expected {
  return answer.kind === 'ok'
    ? { operation, params, expect: { ok: answer.value }, requirement: answer.clause, clauses: answer.clauses }
    : { operation, params, expect: { reject: answer.class }, requirement: answer.clause };
}

export function outcomeOf(expect: Expectation): Outcome {
  return 'ok' in expect ? { kind: 'ok', value: expect.ok } : { kind: 'reject', class: expect.reject };
}

/** Undefined if the answer is right; its differences; or a result that is no judgement of the protocol, such as a broken adapter. */
export type Judgement = undefined | { readonly failure: Failure; readonly others?: readonly Failure[] } | { readonly result: CheckResult };

/** Bytes of a reply besides its result: braces, its id, and a class or the name of the member. */
const ENVELOPE_BYTES = 64;
/** Parts of the path to a member of an event: the list, its index, the member. */
const EVENT_MEMBER_DEPTH = 3;
/** Where a clause is from, in words. */
export function sourceOf(
  { documents }: Pick<AreaSpec, 'documents'>,
  { source, decided = [] }: Pick<Requirement, 'source' | 'decided'>,
): string {
  const said =
    'decision' in source ? `decision ${source.decision}` : `${documents[source.document]?.title ?? source.document}, ${source.section}`;
  return [said, ...decided.map(({ part, decision }) => `but decision ${decision} for "${part}"`)].join('; ');
}

/** Milliseconds by which a timer may be off in an implementation that lives in real time. */
const TIMER_TOLERANCE_MS = 500;
/** What every call of a session gives (ADP-035). */
const SESSION_MEMBERS: ReadonlySet<string> = new Set(['transmit', 'events', 'timeoutAt']);
const OMITTING = 'Every call of a session gives it, unless it may be omitted and hello lists it in omits.';

export class Judge {
  readonly #oracle: Oracle;
  readonly #spec: AreaSpec;
  constructor(oracle: Oracle) {
    this.#oracle = oracle;
    this.#spec = oracle.spec;
  }

  /**
   * Compares; undefined means right. `steps` are the requests that reproduce the outcome. A refusal without a reason is right wherever
   * something must be refused: whether it was refused for that reason is for the caller to find out.
   *
   * @param allowances what hello says that the implementation cannot say
   */
  judge(expected: Expected, got: Outcome, steps: readonly Step[], allowances: Allowances = NOTHING_ALLOWED): Judgement {
    const want = outcomeOf(expected.expect);
    const isUnreasoned = allowances.isUnreasoned(expected.operation);
    if (got.kind === 'unreachable') {
      const untrue = this.#untrue(expected, got);
      return { result: untrue ?? { verdict: 'unreachable', cases: 1, reason: got.reason } };
    }
    if (got.kind === 'misbehaviour' || got.kind === 'fault' || got.kind === 'crashed') {
      const failure = this.#failure(expected, got, steps, 'no-answer', undefined, unanswered(got));
      return { result: { ...brokenBy(got), failure } };
    }
    if (got.kind === 'refused' && !isUnreasoned)
      return {
        result: broken({
          what: 'contract',
          detail: `${expected.operation} was refused without a reason, but hello does not list it in reasons`,
          clause: 'ADP-046',
        }),
      };
    if (got.kind === 'unsupported')
      return {
        result: broken({
          what: 'contract',
          detail: `${expected.operation} was declared in hello but answered unsupported`,
          clause: 'ADP-019',
        }),
      };
    if (want.kind === 'reject') {
      if (got.kind === 'refused' || (isUnreasoned && this.isQuiet(expected.operation, got))) return undefined;
      if (got.kind === 'ok')
        return {
          failure: this.#failure(
            expected,
            got,
            steps,
            this.#isState(expected.operation, want.class) ? 'state' : 'accepted',
            undefined,
            `This must be refused as '${want.class}', but was accepted.`,
          ),
        };
      const declared = this.#oracle.operation(expected.operation).rejects;
      if (got.class === want.class || (expected.anyClass === true && declared.includes(got.class))) return undefined;
      return {
        failure: this.#failure(
          expected,
          got,
          steps,
          'class',
          undefined,
          `Refused for the wrong reason: '${got.class}' where the clause requires '${want.class}'.`,
        ),
      };
    }
    if (want.kind !== 'ok') throw new Error('an expectation is ok or reject');
    if (got.kind === 'refused' && (expected.bound ?? []).length === 0 && this.isQuiet(expected.operation, want)) return undefined;
    if (got.kind === 'reject' || got.kind === 'refused') return { failure: this.#refused(expected, got, steps) };
    const sent = omittedIn(this.#oracle.operation(expected.operation), allowances, got.value);
    if (sent !== undefined)
      return {
        result: broken({
          what: 'contract',
          detail: `${expected.operation} was answered with ${sent}, but hello lists it in omits`,
          clause: 'ADP-047',
        }),
      };
    const value: JsonObject = Object.fromEntries(Object.entries(got.value).filter(([member]) => !(expected.bound ?? []).includes(member)));
    const lost = (expected.bound ?? []).find((member) => typeof got.value[member] !== 'string');
    if (lost !== undefined)
      return { failure: this.#failure(expected, got, steps, 'handle', lost, `The result lacks the handle '${lost}'.`) };
    const left = withoutOmitted(this.#oracle.operation(expected.operation), allowances, want.value);
    const [failure, ...others] = this.#differences(expected, left, value, got, steps).filter(
      ({ kind }) => kind !== 'timer' || !allowances.ownClock || !isNear(left, value),
    );
    if (failure === undefined) return undefined;
    return others.length === 0 ? { failure } : { failure, others };
  }

  /** One failure for each member of a result that differs, timers last. */
  #differences(expected: Expected, want: JsonObject, value: JsonObject, got: Outcome, steps: readonly Step[]): Failure[] {
    const alike = this.#readAlike(expected, want, value);
    const members = [...new Set([...Object.keys(want), ...Object.keys(alike)])];
    const found = members.flatMap((top) => {
      const member = firstDifference(want[top], alike[top], top);
      if (member === undefined) return [];
      const said = !Object.hasOwn(value, top)
        ? `The result lacks '${top}'.`
        : !Object.hasOwn(want, top)
          ? `The result has '${top}', which must be absent here.`
          : `'${member}' ${describeDifference(want, alike, member)}`;
      // Members that every call on a session has are the matter of the contract.
      if (!Object.hasOwn(value, top) && SESSION_MEMBERS.has(top) && this.#oracle.operation(expected.operation).session !== undefined)
        return [this.#blamedOn('ADP-035', this.#failure(expected, got, steps, 'session', member, `${said} ${OMITTING}`))];
      const kind = this.#memberKind(expected.operation, member, want, value);
      if (kind === 'timer')
        return [this.#blamedOn(this.#result(expected, top)?.req, this.#failure(expected, got, steps, kind, member, said))];
      const extras = extrasIn(this.#oracle, this.#result(expected, top), top, want[top] ?? null, alike[top] ?? null);
      if (extras.length > 0)
        return extras.map(({ clause, pointer, explanation }) =>
          this.#blamedOn(clause, this.#failure(expected, got, steps, 'extra', pointer, explanation)),
        );
      if (!isOrderOnly(want[top], value[top]) && !this.#isOrderWithin(expected, top, value[top]))
        return [this.#blamedOnField(expected, top, want[top], value[top], this.#failure(expected, got, steps, kind, member, said))];
      const order = this.#result(expected, top)?.order;
      const failure = this.#failure(expected, got, steps, 'order', member, `'${member}' has its JSON members in another order.`);
      // If no clause speaks of the order, it is this project's decision.
      return [order === undefined ? { ...failure, basis: 'decided' as const } : this.#blamedOn(order, failure)];
    });
    return [...found.filter(({ kind }) => kind !== 'timer'), ...found.filter(({ kind }) => kind === 'timer')];
  }

  /** True if what was sealed, opened, differs only in the order of JSON members; what is around it may differ so, too. */
  #isOrderWithin(expected: Expected, member: string, got: Json | undefined): boolean {
    const { operation, params } = expected;
    const again: Again | undefined =
      this.#oracle.operation(operation).model === undefined
        ? expected.again
        : (oracle) => {
            const answer = oracle.answer(operation, params);
            return answer.kind === 'ok' ? { ok: answer.value } : { reject: answer.class };
          };
    // What is not expected of a model, or in a state, cannot be asked again.
    const right = again && attempted(() => respelled(this.#oracle, again, member, got));
    return right !== undefined && (equalJson(right, got ?? null) || isOrderOnly(right, got));
  }

  /** True where a packet was fed and nothing came of it: a library that ignores it and one that refuses it look alike. */
  isQuiet(operation: string, outcome: Outcome): boolean {
    const { session } = this.#oracle.operation(operation);
    if (session === undefined || operation !== `${session}.receive` || outcome.kind !== 'ok') return false;
    return isEmptyList(outcome.value['transmit']) && isEmptyList(outcome.value['events']);
  }

  #result(expected: Expected, member: string): ResultMember | undefined {
    return this.#oracle.operation(expected.operation).result[member];
  }

  /** The failure, attributed to the clause of its kind instead of the clause of the step. */
  #blamedOn(requirement: string | undefined, failure: Failure): Failure {
    if (requirement === undefined || requirement === failure.requirement) return failure;
    return {
      ...failure,
      requirement,
      clause: this.clause(requirement),
      basis: this.basis(requirement, failure.kind),
      about: failure.requirement,
    };
  }

  /**
   * Bytes that differ violate the clause of the innermost field in which they do, if nothing but the clause of the whole member was
   * violated so far.
   */
  #blamedOnField(expected: Expected, top: string, want: Json | undefined, value: Json | undefined, failure: Failure): Failure {
    const result = this.#result(expected, top);
    if (result?.type !== 'bytes' || result.req !== failure.requirement || typeof want !== 'string' || !isHex(value)) return failure;
    const fields = new Fields(this.#oracle, expected.operation, expected.params);
    return this.#blamedOn(fields.clauseOfDifference(want, value, result.layout, result.req), failure);
  }

  /** A valid input that was refused: the class of the refusal points to the clause that was wrongly applied. */
  #refused(expected: Expected, got: Outcome & { readonly kind: 'reject' | 'refused' }, steps: readonly Step[]): Failure {
    if (got.kind === 'refused')
      return this.#failure(
        expected,
        got,
        steps,
        'refused',
        undefined,
        'This is valid and must be accepted; it was refused, without a reason.',
      );
    const kind = this.#isState(expected.operation, got.class) ? 'state' : 'refused';
    const said =
      'This is valid and must be accepted; ' +
      `it was refused as '${got.class}'${got.detail === undefined ? '' : ` (${got.detail.slice(0, 120)})`}.`;
    const failure = this.#failure(expected, got, steps, kind, undefined, said);
    const refusing = clausesRefusing(this.#spec, expected.operation, got.class);
    if (refusing.includes(failure.requirement)) return failure;
    const [requirement, ...others] = refusing;
    if (requirement === undefined)
      return { ...failure, explanation: `${said} Nothing in ${expected.operation} is refused with this class, so the reason is unknown.` };
    if (others.length > 0)
      return { ...failure, explanation: `${said} ${refusing.join(', ')} refuse with this class; which of them was applied is unknown.` };
    // That the input is valid still rests on the clause that it is about.
    const explanation = `${said} ${requirement} refuses with this class, but does not apply; by ${failure.requirement} the input is valid.`;
    return { ...failure, requirement, clause: this.clause(requirement), about: failure.requirement, explanation };
  }

  /** True if a call of the application is refused in a state: which calls a state allows is this project's decision. */
  #isState(operation: string, reject: string): boolean {
    const { session } = this.#oracle.operation(operation);
    const isDriven = operation === `${session ?? ''}.receive` || operation === `${session ?? ''}.tick`;
    return session !== undefined && !isDriven && reject === 'wrong-state';
  }

  /** The kind of a difference within a result. */
  #memberKind(name: string, member: string, want: JsonObject, got: JsonObject): DifferenceKind {
    const { session, result } = this.#oracle.operation(name);
    const path = member.split('/');
    const type = result[path[0] ?? '']?.type;
    const absent = valueAt(got, path) === undefined ? 'missing' : valueAt(want, path) === undefined ? 'extra' : undefined;
    if (session !== undefined && path.length === 1 && absent !== undefined) return 'session';
    if (type === 'timeout') return 'timer';
    if (type === 'eventList' && path.length === EVENT_MEMBER_DEPTH && absent !== undefined) return 'event';
    return absent ?? 'member';
  }

  /** The verdict on an adapter that calls its reply too large although the right one would fit (ADP-010). */
  #untrue(expected: Expected, { reason, replyBytesMax }: Outcome & { readonly kind: 'unreachable' }): CheckResult | undefined {
    const bytes = ENVELOPE_BYTES + ('ok' in expected.expect ? new TextEncoder().encode(JSON.stringify(expected.expect.ok)).length : 0);
    if (replyBytesMax === undefined || bytes > replyBytesMax) return undefined;
    const detail =
      `${expected.operation}: "${reason}", but the right reply has about ${String(bytes)} bytes, ` + `and ${String(replyBytesMax)} fit`;
    return broken({ what: 'contract', detail, clause: 'ADP-010' });
  }

  /** The answer, with members that are encoded differently but read alike replaced by the expected ones. */
  #readAlike(expected: Expected, want: JsonObject, got: JsonObject): JsonObject {
    const operation = this.#oracle.operation(expected.operation);
    const params = valuesOf(operation, expected.params);
    return Object.fromEntries(
      Object.entries(got).map(([name, value]) => {
        const reader = operation.result[name]?.readBy;
        if (reader === undefined || want[name] === undefined || !this.#oracle.evaluator.test(reader.when, params)) return [name, value];
        const read = (encoded: Json): Answer =>
          this.#oracle.answer(reader.operation, {
            ...Object.fromEntries(
              Object.keys(this.#oracle.operation(reader.operation).params).flatMap((param) =>
                param in expected.params ? [[param, expected.params[param] ?? null]] : [],
              ),
            ),
            [name]: encoded,
          });
        return [
          name,
          isHex(value) &&
          firstDifference({ ...read(want[name] ?? null) } as unknown as Json, { ...read(value) } as unknown as Json) === undefined
            ? (want[name] ?? null)
            : value,
        ];
      }),
    );
  }

  #failure(
    expected: Expected,
    got: Outcome,
    steps: readonly Step[],
    kind: DifferenceKind,
    member: string | undefined,
    explanation: string,
  ): Failure {
    const several = Object.keys(this.#oracle.operation(expected.operation).result).length > 1;
    const top = member?.split('/')[0];
    const requirement = (top !== undefined && several ? expected.clauses?.[top] : undefined) ?? expected.requirement;
    return {
      requirement,
      clause: this.clause(requirement),
      kind,
      basis: this.basis(requirement, kind),
      operation: expected.operation,
      params: expected.params,
      expected: outcomeOf(expected.expect),
      got,
      ...(member === undefined ? {} : { member }),
      explanation,
      bytes: this.#annotate(expected, got),
      steps,
    };
  }

  /** The basis of a difference of one kind from a clause. */
  basis(id: string, kind: DifferenceKind): Basis {
    const requirement = this.#spec.requirements.find((r) => r.id === id);
    if (requirement === undefined || requirement.silentAbout?.includes(kind) === true) return 'decided';
    return differenceBasis(clauseBasis(requirement), kind);
  }

  /** Text and source of a clause. */
  clause(id: string): Failure['clause'] {
    if (id.startsWith('ADP-')) return adapterClause(id);
    const r = this.#spec.requirements.find((q) => q.id === id);
    if (r === undefined) return { text: '(no such clause)', source: this.#spec.revision };
    return { text: r.text, source: sourceOf(this.#spec, r) };
  }

  #annotate(expected: Expected, got: Outcome): AnnotatedBytes[] {
    const operation = this.#oracle.operation(expected.operation);
    const fields = new Fields(this.#oracle, expected.operation, expected.params);
    const found: AnnotatedBytes[] = [];
    const add = (title: string, hex: Json | undefined, layout: string | undefined, right: Json | undefined = hex): void => {
      if (!isHex(hex)) return;
      const bytes = fromHex(hex);
      const model = isHex(right) && right !== hex ? fromHex(right) : bytes;
      found.push({ title, hex, fields: fields.of(bytes, layout, model).map(({ clause: _clause, ...span }) => span) });
    };
    for (const [name, param] of Object.entries(operation.params))
      if (param.type === 'bytes') add(`input ${name}`, expected.params[name], param.layout);
    // Of the results, only those that differ; of a list, the first entry that differs.
    const want = 'ok' in expected.expect ? expected.expect.ok : undefined;
    const have = got.kind === 'ok' ? got.value : undefined;
    for (const [name, member] of Object.entries(operation.result)) {
      const a = want?.[name];
      const b = have?.[name];
      if (firstDifference(a, b) === undefined) continue;
      if (member.type === 'bytes') {
        add(`expected ${name}`, a, member.layout);
        add(`got ${name}`, b, member.layout, a);
      } else if (member.type === 'bytesList') {
        const expectedItems = Array.isArray(a) ? (a as readonly Json[]) : [];
        const gotItems = Array.isArray(b) ? (b as readonly Json[]) : [];
        const at =
          Array.from({ length: Math.max(expectedItems.length, gotItems.length) }, (_, i) => i).find(
            (i) => expectedItems[i] !== gotItems[i],
          ) ?? 0;
        add(`expected ${name}/${String(at)}`, expectedItems[at], member.layout);
        add(`got ${name}/${String(at)}`, gotItems[at], member.layout, expectedItems[at]);
      }
    }
    return found;
  }
}

function isHex(value: Json | undefined): value is string {
  return typeof value === 'string' && /^([0-9a-f]{2})*$/.test(value);
}

function attempted<T>(evaluate: () => T): T | undefined {
  try {
    return evaluate();
  } catch {
    return undefined;
  }
}

/** True if bytes, or items of a list of bytes, differ only in the order of JSON members. */
function isOrderOnly(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    const others = b as readonly Json[];
    return a.length === b.length && (a as readonly Json[]).every((item, i) => item === others[i] || isOrderOnly(item, others[i]));
  }
  const text = (value: Json | undefined): string | undefined =>
    typeof value === 'string' && /^([0-9a-f]{2})+$/.test(value) ? Buffer.from(value, 'hex').toString('latin1') : undefined;
  const [one, other] = [text(a), text(b)];
  return one !== undefined && other !== undefined && differsInOrderOnly(one, other);
}

/** The value at a path into JSON; undefined if there is none. */
function valueAt(value: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as JsonObject)[key] : undefined),
    value,
  );
}

/** What went wrong with a request that was not answered. */
function unanswered(got: Extract<Outcome, { readonly kind: 'misbehaviour' | 'fault' | 'crashed' }>): string {
  switch (got.kind) {
    case 'misbehaviour':
      return `The adapter broke while answering: ${got.detail}`;
    case 'fault':
      return `The adapter reports a failure of its own: ${got.message}`;
    case 'crashed':
      return `The implementation threw ${got.error}.`;
  }
}

function isEmptyList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** True if two timers are as near as real time allows. */
function isNear(want: JsonObject, got: JsonObject): boolean {
  const [one, other] = [want['timeoutAt'], got['timeoutAt']];
  return typeof one === 'number' && typeof other === 'number' && Math.abs(one - other) <= TIMER_TOLERANCE_MS;
}
