/**
 * Zero bytes at the edges of values. Whoever handles bytes as a number, or as text, loses those in front or at the end, and
 * shows it in one request of 128. So for each value that an operation names on the way to its answer (a parameter, what a
 * primitive yields, a derived key, a field) a request is looked for in which its first byte is zero, and one in which its
 * last byte is. A topic says how requests are made of other bytes each time, and nothing about which values there are.
 */
import type { JsonObject } from '../contract/contract.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Batch } from './batch.ts';
import { slug } from './batch.ts';

/** Requests that tell whether a byte is free: a free one takes about 57 values in as many. */
const PROBES = 64;
/** Values that a free byte takes at least among the probes. */
const VALUES_MIN = 24;
/** Requests before a search gives up: what is looked for is one in 256. */
const TURNS_MAX = 6000;

/** A request, as part of a vector. */
export interface EdgeRequest {
  readonly operation: string;
  readonly params: JsonObject;
}
/** Where to look. */
export interface EdgeSearch {
  readonly operation: string;
  /** Of ids: `<operation>/<name>/first-zero-<value>`. */
  readonly name: string;
  /** What a request does, in words. */
  readonly title: string;
  /** The clause that a vector is about, by the name of the value. */
  readonly about: (value: string) => string;
  /** A request made of other bytes each turn, always accepted. */
  readonly request: (turn: number) => JsonObject;
  /** Requests made of the answer, such as opening what was sealed; each becomes a vector next to the first. */
  readonly next?: (params: JsonObject, answer: JsonObject) => readonly EdgeRequest[];
}

type Edge = 'first' | 'last';
interface Wanted {
  readonly value: string;
  readonly edge: Edge;
  /** From the front or, if negative, from the end. */
  readonly at: number;
}

/**
 * Adds a vector for each edge of each value, and those that follow from it.
 * @throws Error if a search gives up
 */
export function zeroEdges(oracle: Oracle, batch: Batch, search: EdgeSearch): void {
  let wanted = freeEdges(oracle, search);
  for (let turn = 0; wanted.length > 0; turn++) {
    if (turn >= TURNS_MAX) throw new Error(`${search.operation}/${search.name}: no zero for ${wanted.map((w) => w.value).join(', ')}`);
    const params = search.request(turn);
    const named = oracle.bytesOf(search.operation, params);
    const found = wanted.filter(({ value, at }) => named?.get(value)?.at(at) === 0);
    wanted = wanted.filter((w) => !found.includes(w));
    // A value that begins with another, such as a body with its first field, has its edge in the same request.
    for (const edge of ['first', 'last'] as const) addVectors(oracle, batch, search, params, edge, found);
  }
}

function addVectors(oracle: Oracle, batch: Batch, search: EdgeSearch, params: JsonObject, edge: Edge, found: readonly Wanted[]): void {
  const values = found.filter((w) => w.edge === edge).map(({ value }) => value);
  const [value] = values;
  if (value === undefined) return;
  const answer = oracle.answer(search.operation, params);
  if (answer.kind !== 'ok') throw new Error(`${search.operation}/${search.name}: refused as ${answer.class}`);
  const about = search.about(value);
  for (const request of [{ operation: search.operation, params }, ...(search.next?.(params, answer.value) ?? [])])
    batch.add({
      name: `${search.name}/${edge}-zero-${slug(value)}`,
      title: `${search.title}; zero is the ${edge} byte of ${values.join(', ')}`,
      kind: 'boundary',
      ...request,
      about,
      accepts: true,
    });
}

/** The edges that are different from request to request; a byte that names a format, or a fixed key, is not. */
function freeEdges(oracle: Oracle, { operation, name, request }: EdgeSearch): readonly Wanted[] {
  const bytes = new Map<string, Map<number, Set<number>>>();
  for (let turn = 0; turn < PROBES; turn++) {
    const named = oracle.bytesOf(operation, request(turn));
    if (named === undefined) throw new Error(`${operation}/${name}: turn ${String(turn)} is refused`);
    for (const [value, content] of named) {
      const of = bytes.get(value) ?? new Map<number, Set<number>>();
      bytes.set(value, of);
      for (const at of [0, 1, -1]) of.set(at, (of.get(at) ?? new Set()).add(content.at(at) ?? 0));
    }
  }
  return [...bytes].flatMap(([value, of]): Wanted[] => {
    const isFree = (at: number): boolean => (of.get(at)?.size ?? 0) >= VALUES_MIN;
    const front = [0, 1].find(isFree); // an encoded point has its coordinate after a byte that is fixed
    return [
      ...(front === undefined ? [] : [{ value, edge: 'first' as const, at: front }]),
      ...(isFree(-1) ? [{ value, edge: 'last' as const, at: -1 }] : []),
    ];
  });
}
