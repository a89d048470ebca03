/** Traces in the Informal Trace Format, as Quint writes them (https://apalache-mc.org/docs/adr/015adr-trace.html). */
import type { Json, JsonObject } from '../contract/contract.ts';

/** One state of a trace: variables by their names, numbers made plain, sets, tuples and maps as lists. */
export interface ItfState {
  /** The action that led to the state. */
  readonly action: string;
  /** What the action chose; none if it chose nothing. */
  readonly picks: { readonly [name: string]: Json };
  readonly variables: { readonly [name: string]: Json };
}

/** Reads a trace of a run with `--mbt`. @throws Error for text that is not a trace */
export function readItf(text: string): ItfState[] {
  const trace = JSON.parse(text) as { readonly states?: readonly JsonObject[] };
  if (!Array.isArray(trace.states)) throw new Error('no trace in the Informal Trace Format');
  return (trace.states as readonly JsonObject[]).map((state) => {
    const variables = Object.fromEntries(
      Object.entries(state)
        .filter(([name]) => !name.startsWith('#') && !name.startsWith('mbt::'))
        .map(([name, value]) => [name, plain(value)]),
    );
    const picks = Object.entries(
      (state['mbt::nondetPicks'] ?? {}) as { readonly [name: string]: { readonly tag: string; readonly value: Json } },
    );
    return {
      action: String(state['mbt::actionTaken']),
      picks: Object.fromEntries(picks.filter(([, { tag }]) => tag === 'Some').map(([name, { value }]) => [name, plain(value)])),
      variables,
    };
  });
}

function plain(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const object = value as JsonObject;
  if (typeof object['#bigint'] === 'string') return Number(object['#bigint']);
  for (const list of ['#set', '#tup', '#map']) if (Array.isArray(object[list])) return plain(object[list]);
  return Object.fromEntries(Object.entries(object).map(([name, member]) => [name, plain(member)]));
}
