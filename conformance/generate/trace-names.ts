/**
 * Names of traces. They are ids that people keep in baselines, so they are made of what a trace means (the names of its
 * rows, the values of its last input) and never of positions: an inserted row renames nothing.
 */
import { createHash } from 'node:crypto';
import { describeInput, describeValue, type MachineInput } from '../oracle/machine.ts';
import type { Machine } from '../spec/types.ts';

/** A value is spelled out up to this length; a longer one is named by a digest. */
const VALUE_LENGTH_MAX = 16;
const DIGEST_LENGTH = 8;

/** The name of a row. @throws Error for a row that has none */
export function rowName(machine: Pick<Machine, 'machine' | 'rows'>, index: number): string {
  const name = machine.rows[index]?.name;
  if (name === undefined) throw new Error(`machine ${machine.machine}: row ${String(index)} has no name`);
  return name;
}

/** The values with which an event comes, as a part of an id; empty if the event offers no choice. */
export function inputName(machine: Pick<Machine, 'events'>, input: MachineInput): string {
  const offered = Object.keys(machine.events[input.event]?.with ?? {});
  return offered.map((param) => `${param}-${valueName(describeValue(input.with.get(param)))}`).join('-');
}

function valueName(text: string): string {
  const spelled = text.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
  const digest = createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
  // Signs and brackets tell values apart as well.
  if (spelled === text && spelled.length <= VALUE_LENGTH_MAX) return spelled;
  return /^-\d+$/.test(text) ? `minus${spelled}` : digest;
}

/** Parts of an id with a slash between them; empty ones are left out. */
export function traceId(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('/');
}

/** Ids of one machine and configuration. Where two paths would have one name, the later is told apart by a digest of its path. */
export class TraceIds {
  readonly #used = new Set<string>();

  /** @throws Error for a path that was named before */
  take(id: string, inputs: readonly MachineInput[]): string {
    const digest = createHash('sha256').update(inputs.map(describeInput).join(' ')).digest('hex').slice(0, DIGEST_LENGTH);
    const taken = this.#used.has(id) ? traceId(id, `by-${digest}`) : id;
    if (this.#used.has(taken)) throw new Error(`${taken}: two traces with the same name`);
    this.#used.add(taken);
    return taken;
  }
}
