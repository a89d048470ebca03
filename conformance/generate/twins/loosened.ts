/**
 * Whether a refusal shows its clause: a specification without that clause must accept the request. Where it refuses it for
 * another reason, such as a tag over what was spoiled afterwards, an implementation without the clause refuses it as well.
 */
import type { JsonObject } from '../../contract/contract.ts';
import { JSON_RULES } from '../../oracle/json.ts';
import { Oracle, type IgnoredRule } from '../../oracle/oracle.ts';
import { UNCHECKED_PRIMITIVES, type Primitives } from '../../oracle/primitives.ts';
import { TEXT_RULES } from '../../oracle/texts.ts';
import type { AreaSpec, Field, ModelStep } from '../../spec/types.ts';

/** How the variant of a primitive is named that refuses nothing. */
const UNCHECKED = 'unchecked';

/** Specifications without one of their clauses each. */
export class Loosened {
  readonly #spec: AreaSpec;
  readonly #primitives: Primitives;
  readonly #oracles = new Map<string, readonly Oracle[]>();

  constructor(spec: AreaSpec, primitives: Primitives) {
    this.#spec = spec;
    const unchecked = Object.entries(UNCHECKED_PRIMITIVES).map(([name, primitive]) => [`${name} ${UNCHECKED}`, primitive] as const);
    this.#primitives = { ...primitives, ...Object.fromEntries(unchecked) };
  }

  /**
   * Whether a request that a clause refuses is accepted without it; undefined where the clause cannot be left out, or nothing can
   * be answered without it. Constraints of schemas stay: each of their cases breaks one alone, which a validator confirmed.
   */
  shows(clause: string, operation: string, params: JsonObject): boolean | undefined {
    let shown: boolean | undefined;
    for (const oracle of this.#without(clause)) {
      try {
        const answer = oracle.answer(operation, params);
        if (answer.kind === 'ok') return true;
        // The clause itself, by a rule that is left: nothing is known.
        if (answer.clause !== clause) shown = false;
      } catch {
        // Whatever comes after needs what the clause makes sure of.
      }
    }
    return shown;
  }

  #without(clause: string): readonly Oracle[] {
    const known = this.#oracles.get(clause);
    if (known !== undefined) return known;
    const spec = withoutClause(this.#spec, clause);
    const ignored: IgnoredRule[] = [
      ...JSON_RULES.filter((rule) => this.#spec.jsonRules[rule] === clause).map((json) => ({ json })),
      ...this.#spec.texts.flatMap(({ text, rejects }) =>
        TEXT_RULES.filter((rule) => rejects[rule]?.req === clause).map((rule) => ({ text: { text, rule } })),
      ),
    ];
    const isLoosened = JSON.stringify([spec.operations, spec.layouts]) !== JSON.stringify([this.#spec.operations, this.#spec.layouts]);
    const oracles = [
      ...(isLoosened ? [new Oracle(spec, this.#primitives)] : []),
      ...ignored.map((rule) => new Oracle(spec, this.#primitives, rule)),
    ];
    this.#oracles.set(clause, oracles);
    return oracles;
  }
}

/** A copy of a specification in which no requirement, primitive or field refuses by a clause. */
export function withoutClause(spec: AreaSpec, clause: string): AreaSpec {
  return {
    ...spec,
    operations: spec.operations.map((operation) =>
      operation.model === undefined ? operation : { ...operation, model: stepsWithout(operation.model, clause) },
    ),
    layouts: spec.layouts.map((layout) => ({ ...layout, fields: layout.fields.map((field) => fieldWithout(field, clause)) })),
  };
}

function stepsWithout(steps: readonly ModelStep[], clause: string): readonly ModelStep[] {
  return steps.flatMap((step): readonly ModelStep[] => {
    if ('require' in step) return step.require.req === clause ? [] : [step];
    if ('primitive' in step) {
      const { name, req } = step.primitive;
      const hasUnchecked = req === clause && Object.hasOwn(UNCHECKED_PRIMITIVES, name);
      return [hasUnchecked ? { primitive: { ...step.primitive, name: `${name} ${UNCHECKED}` } } : step];
    }
    if ('when' in step) {
      const { if: condition, do: then, else: otherwise } = step.when;
      const others = otherwise === undefined ? {} : { else: stepsWithout(otherwise, clause) };
      return [{ when: { if: condition, do: stepsWithout(then, clause), ...others } }];
    }
    if ('each' in step) return [{ each: { ...step.each, do: stepsWithout(step.each.do, clause) } }];
    if ('while' in step) return [{ while: { ...step.while, do: stepsWithout(step.while.do, clause) } }];
    return [step];
  });
}

function fieldWithout(field: Field, clause: string): Field {
  if (field.rejects === 'none') return field;
  const { mismatch, range } = field.rejects;
  const { const: constant, minimum, maximum, ...others } = field;
  const isFree = mismatch?.req === clause;
  const isWide = range?.req === clause;
  if (!isFree && !isWide) return field;
  return {
    ...others,
    ...(constant === undefined || isFree ? {} : { const: constant }),
    ...(minimum === undefined || isWide ? {} : { minimum }),
    ...(maximum === undefined || isWide ? {} : { maximum }),
  };
}
