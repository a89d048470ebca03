/**
 * What was asked and answered while the vectors of a topic were made. A generator that spoils something has made it right
 * first, so the requests and values that it saw hold what a refused request was before its fault.
 */
import type { Json, JsonObject } from '../../contract/contract.ts';
import { Oracle, type Answer } from '../../oracle/oracle.ts';
import type { Expectation } from '../../vectors.ts';

/** Requests that were accepted, and values by their type. */
export class Seen {
  readonly #accepted = new Map<string, Map<string, JsonObject>>();
  readonly #values = new Map<string, Set<string>>();

  /** The accepted requests of an operation, in the order in which they came. */
  acceptedOf(operation: string): Iterable<JsonObject> {
    return this.#accepted.get(operation)?.values() ?? [];
  }

  /** Every text of a type that was in a request or an answer. */
  textsOf(type: 'bytes' | 'text'): Iterable<string> {
    return this.#values.get(type) ?? [];
  }

  note(oracle: Oracle, name: string, params: JsonObject, answer: Answer): void {
    this.noteExpected(oracle, name, params, answer.kind === 'ok' ? { ok: answer.value } : { reject: answer.class });
  }

  /** Notes a request whose answer is known. */
  noteExpected(oracle: Oracle, name: string, params: JsonObject, expect: Expectation): void {
    const operation = oracle.operation(name);
    if (operation.model === undefined) return;
    this.#noteValues(operation.params, params);
    if ('reject' in expect) return;
    this.#noteValues(operation.result, expect.ok);
    const known = this.#accepted.get(name) ?? new Map<string, JsonObject>();
    this.#accepted.set(name, known);
    known.set(JSON.stringify(params), params);
  }

  #noteValues(declared: { readonly [name: string]: { readonly type: string } }, values: JsonObject): void {
    for (const [name, value] of Object.entries(values)) this.#noteValue(declared[name]?.type ?? '', value);
  }

  #noteValue(type: string, value: Json): void {
    if (typeof value === 'string') {
      const kind = type.startsWith('text') ? 'text' : 'bytes';
      const known = this.#values.get(kind) ?? new Set<string>();
      this.#values.set(kind, known);
      known.add(value);
    } else if (typeof value === 'object' && value !== null)
      for (const inner of Object.values(value as JsonObject)) this.#noteValue(type, inner);
  }
}

/** An oracle that notes what it answers. */
export class NotingOracle extends Oracle {
  /** Where it notes; nowhere where undefined. */
  seen: Seen | undefined;

  override answer(name: string, params: JsonObject): Answer {
    const answer = super.answer(name, params);
    this.seen?.note(this, name, params, answer);
    return answer;
  }
}
