/** Collects vectors of one topic: the oracle fills in every expectation, other oracles confirm it. */
import type { JsonObject } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Expectation, Vector, VectorFile, VectorKind, VectorStep } from '../vectors.ts';

/** Says whether an independent party agrees: its name if it does, undefined if it cannot tell; throws if it disagrees. */
export type Confirmer = (operation: string, params: JsonObject, expect: Expectation) => string | undefined;

export interface Case {
  readonly name: string;
  readonly title: string;
  readonly kind: VectorKind;
  readonly operation: string;
  readonly params: JsonObject;
  /** The clause the vector is about, where it is narrower than the one that decides the answer. */
  readonly about?: string;
  /** The reject class a negative vector must have; generation fails when the oracle says otherwise. */
  readonly rejects?: string;
  readonly accepts?: boolean;
  /** Of a case that is refused: the parameters as they are without the fault. Where absent, the nearest accepted request is looked for. */
  readonly base?: JsonObject;
  readonly flags?: readonly string[];
  readonly published?: string;
}

/** A name as it is in an id: letters, digits, '.', '_', '/' and '-'. */
export function slug(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._/-]+/g, '-').replaceAll(/-+(?=\/|$)/g, '');
}

/** Finds the twins of refused requests. */
export interface Twins {
  /** @param base what the request of the vector was made from. @returns the vector with a twin at each refused step */
  add(vector: Vector, base: JsonObject | undefined): Vector;
}

/** Takes vectors. */
export type VectorSink = Pick<Batch, 'add' | 'addSteps' | 'put'>;

/** Titles are made of numbers, and one of anything is no plural. */
const ONE_BYTE = /(?<![\d.,])1 bytes\b/g;

/** The vectors of one subject of a topic. */
export class Batch {
  readonly topic: string;
  readonly subject: string;
  readonly #oracle: Oracle;
  readonly #confirmers: readonly Confirmer[];
  readonly #vectors = new Map<string, Vector>();
  /** By the id of the vector, what its request was made from. */
  readonly #bases = new Map<string, JsonObject>();

  constructor(topic: string, subject: string, oracle: Oracle, confirmers: readonly Confirmer[]) {
    this.topic = topic;
    this.subject = subject;
    this.#oracle = oracle;
    this.#confirmers = confirmers;
  }

  /** Adds the vector of one request. @throws Error when an oracle disagrees with the case's own claim */
  add(c: Case): void {
    const answer = this.#oracle.answer(c.operation, c.params);
    const id = `${c.operation}/${slug(c.name)}`;
    if (c.rejects !== undefined && (answer.kind !== 'reject' || answer.class !== c.rejects))
      throw new Error(`${id}: meant as '${c.rejects}', but the oracle says ${JSON.stringify(answer).slice(0, 200)}`);
    if (c.accepts === true && answer.kind !== 'ok')
      throw new Error(`${id}: meant as accepted, but the oracle says ${JSON.stringify(answer)}`);
    const expect: Expectation = answer.kind === 'ok' ? { ok: answer.value } : { reject: answer.class };
    const requirement = c.about ?? answer.clause;
    if (c.base !== undefined && answer.kind === 'reject') this.#bases.set(id, c.base);
    const oracles = [
      'interpreter',
      ...this.#confirmers.flatMap((confirm) => confirm(c.operation, c.params, expect) ?? []),
      ...(c.published === undefined ? [] : [c.published]),
    ];
    this.put({
      id,
      title: c.title,
      kind: c.kind,
      requirement,
      steps: [{ operation: c.operation, params: c.params, expect, requirement }],
      oracles,
      ...(c.flags === undefined || c.flags.length === 0 ? {} : { flags: c.flags }),
    });
  }

  /** Adds a vector of several steps whose expectations are known already. */
  addSteps(id: string, title: string, kind: VectorKind, requirement: string, steps: readonly VectorStep[]): void {
    this.put({ id, title, kind, requirement, steps, oracles: ['machine interpreter'] });
  }

  /** @param base what its refused request was made from */
  put(vector: Vector, base?: JsonObject): void {
    if (this.#vectors.has(vector.id)) throw new Error(`${vector.id}: two vectors of one id`);
    if (base !== undefined) this.#bases.set(vector.id, base);
    this.#vectors.set(vector.id, { ...vector, title: vector.title.replaceAll(ONE_BYTE, '1 byte') });
  }

  vectors(): readonly Vector[] {
    return [...this.#vectors.values()];
  }

  /** The vectors, each refused request with its twin. */
  file(twins?: Twins): VectorFile {
    return {
      area: this.#oracle.spec.area,
      topic: this.topic,
      subject: this.subject,
      revision: this.#oracle.spec.revision,
      vectors: [...this.#vectors.values()].map((vector) => twins?.add(vector, this.#bases.get(vector.id)) ?? vector),
    };
  }
}
