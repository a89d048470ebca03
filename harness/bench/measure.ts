/**
 * Measures implementations of the same work side by side: in rounds, one after the other within each, so that what slows
 * the machine down slows all of them. Processor time is counted, not the time that passes, so that other processes do not
 * count. Only ratios are printed; a ratio above 1 says that ours is that many times as fast.
 */

import { wrap } from '../../conformance/contract/text.ts';

/** One implementation of a row's work. */
export interface Contender {
  readonly name: string;
  readonly run: () => unknown;
}

/** How ours compares with another in one row: ratios above 1 say that ours is that many times as fast. */
export interface Measurement {
  readonly row: string;
  readonly ours: string;
  readonly peer: string;
  /** Median of the rounds, and the least and the greatest of them. */
  readonly ratio: number;
  readonly least: number;
  readonly greatest: number;
  /** The share of the limit that ours reaches; absent where no limit is stated. */
  readonly ofLimit?: number;
  /** Why ours is slower, where it is. */
  readonly why?: string;
}

/** The same work by ours and by others. */
export interface Row {
  readonly title: string;
  /** Ours, the one that an endpoint would use first. */
  readonly ours: readonly Contender[];
  readonly others: readonly Contender[];
  /** The least that can be done: the primitive alone, a copy, a parser and a writer without any check. */
  readonly limit?: () => unknown;
  /** Why ours is slower than one of the others, by its name; said where it is. */
  readonly why?: { readonly [other: string]: string };
}

const ROUNDS = 15;
/** Milliseconds of one contender within a round, and of finding out how many calls that is. */
const SLICE_MS = 12;

export interface Measured {
  readonly contender: Contender;
  readonly microseconds: number[];
  calls: number;
}

/** Milliseconds of processor time that calls in turn take; a promise is waited for, as who uses such a library would. */
async function repeat(run: () => unknown, calls: number): Promise<number> {
  const started = process.cpuUsage();
  for (let call = 0; call < calls; call++) {
    const result = run();
    if (result instanceof Promise) await result;
  }
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** Warms up, and finds how many calls fill a slice. */
async function callsOf(run: () => unknown): Promise<number> {
  let calls = 1;
  for (;;) {
    const elapsedMs = await repeat(run, calls);
    if (elapsedMs >= SLICE_MS / 2) return Math.max(1, Math.round((calls * SLICE_MS) / elapsedMs));
    calls *= 2;
  }
}

/** Measures implementations in rounds, one after the other within each. */
export async function measure(contenders: readonly Contender[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const contender of contenders) measured.push({ contender, microseconds: [], calls: await callsOf(contender.run) });
  for (let round = 0; round < ROUNDS; round++) {
    for (const entry of measured) entry.microseconds.push(((await repeat(entry.contender.run, entry.calls)) * 1000) / entry.calls);
  }
  return measured;
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
/** The middle of some numbers. */
export const median = (values: readonly number[]): number => sorted(values)[Math.floor(values.length / 2)] ?? 0;

/** A number in four characters or so. */
function short(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** How often ours ran while another ran once, round by round. */
function ratios(ours: Measured, other: Measured): number[] {
  return sorted(other.microseconds.map((microseconds, round) => microseconds / (ours.microseconds[round] ?? 1)));
}

/** Widths of the columns, which make 80 with the last. */
const COLUMNS = { title: 22, peer: 13, first: 19, other: 9 };
const LIMIT = 'limit';

/**
 * Measures rows and prints them at 80 columns: of the first of ours with the range of the rounds, of the others their medians.
 * @param heading names what is compared
 * @returns what was measured, of the first of ours and of the others
 */
export async function printRows(heading: string, rows: readonly Row[], out: (text: string) => void): Promise<readonly Measurement[]> {
  const names = rows[0]?.ours.map(({ name }) => name) ?? [];
  const cells = (title: string, peer: string, ours: readonly string[], ofLimit: string): string =>
    [
      title.padEnd(COLUMNS.title),
      peer.padEnd(COLUMNS.peer),
      ...ours.map((text, at) => text.padEnd(at === 0 ? COLUMNS.first : COLUMNS.other)),
      ofLimit,
    ]
      .join('')
      .trimEnd();
  out('');
  for (const line of wrap(heading, 0)) out(line);
  const meaning = 'above 1: ours is that many times as fast; limit: the share of it that ours reaches';
  for (const line of wrap(`median ratio (least..most) of ${String(ROUNDS)} rounds in turn; ${meaning}`, 0)) out(line);
  out(cells('', 'against', names, LIMIT));
  const all: Measurement[] = [];
  for (const { title, ours, others, limit, why = {} } of rows) {
    const measured = await measure([...ours, ...others, ...(limit === undefined ? [] : [{ name: LIMIT, run: limit }])]);
    const own = measured.slice(0, ours.length);
    const first = own[0];
    if (first === undefined) continue;
    const rest = measured.slice(ours.length, ours.length + others.length);
    const least = limit === undefined ? undefined : measured.at(-1);
    const ofLimit = least === undefined ? undefined : median(ratios(first, least));
    // Without anyone else the first of ours is held against the others of ours, or against the limit alone.
    const peers = rest.length > 0 ? rest : own.slice(1);
    for (const [index, peer] of peers.entries()) {
      const against = (rest.length > 0 ? own : [first]).map((entry) => ({ ours: entry.contender.name, of: ratios(entry, peer) }));
      const texts = against.map(({ of }, at) =>
        at === 0 ? `${short(median(of))} (${short(of[0] ?? 0)}..${short(of.at(-1) ?? 0)})` : short(median(of)),
      );
      out(cells(index === 0 ? title : '', peer.contender.name, texts, index === 0 && ofLimit !== undefined ? short(ofLimit) : ''));
      for (const [at, { ours: name, of }] of against.entries()) {
        const slower = median(of) < 1 && at === 0 && rest.length > 0;
        all.push({
          row: title,
          ours: name,
          peer: peer.contender.name,
          ratio: median(of),
          least: of[0] ?? 0,
          greatest: of.at(-1) ?? 0,
          ...(at === 0 && ofLimit !== undefined ? { ofLimit } : {}),
          ...(slower ? { why: why[peer.contender.name] ?? 'nobody has looked why' } : {}),
        });
      }
    }
    if (peers.length === 0 && ofLimit !== undefined) {
      out(cells(title, LIMIT, names.map(() => '').slice(0, 1), short(ofLimit)));
      all.push({ row: title, ours: first.contender.name, peer: LIMIT, ratio: ofLimit, least: ofLimit, greatest: ofLimit, ofLimit });
    }
  }
  for (const { row, peer, why } of all)
    if (why !== undefined) for (const line of wrap(`not faster: ${row}, against ${peer}: ${why}`, 2)) out(line);
  return all;
}
