/**
 * Measures implementations of the same work side by side: in rounds, one after the other within each, so that what slows
 * the machine down slows all of them. Processor time is counted, not the time that passes, so that other processes do not
 * count. Only ratios are printed; a ratio above 1 says that ours is that many times as fast.
 */

/** One implementation of a row's work. */
export interface Contender {
  readonly name: string;
  readonly run: () => unknown;
}

/** The same work by ours and by others. */
export interface Row {
  readonly title: string;
  /** Ours, the one that an endpoint would use first. */
  readonly ours: readonly Contender[];
  readonly others: readonly Contender[];
  /** Why ours is slower than one of the others, by its name; said where it is. */
  readonly why?: { readonly [other: string]: string };
}

const ROUNDS = 15;
/** Milliseconds of one contender within a round, and of finding out how many calls that is. */
const SLICE_MS = 12;

interface Measured {
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

async function measure(contenders: readonly Contender[]): Promise<Measured[]> {
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

/**
 * Measures rows and prints them at 80 columns.
 * @param heading names what is compared
 */
export async function printRows(heading: string, rows: readonly Row[], out: (text: string) => void): Promise<void> {
  const names = rows[0]?.ours.map(({ name }) => name) ?? [];
  out(`\n${heading}`);
  out(`median ratio (min..max) of ${String(ROUNDS)} rounds in turn; above 1: ours is that many times as fast`);
  out(`${''.padEnd(25)}${'against'.padEnd(13)}${names.map((name) => name.padEnd(21)).join('')}`.trimEnd());
  const slower: string[] = [];
  for (const { title, ours, others, why = {} } of rows) {
    const measured = await measure([...ours, ...others]);
    const own = measured.slice(0, ours.length);
    const rest = measured.slice(ours.length);
    // Without anyone else the first of ours is held against the others of ours.
    for (const [index, other] of (rest.length > 0 ? rest : own.slice(1)).entries()) {
      const cells = (rest.length > 0 ? own : own.slice(0, 1)).map((entry) => {
        const of = ratios(entry, other);
        return `${short(median(of))} (${short(of[0] ?? 0)}..${short(of.at(-1) ?? 0)})`.padEnd(21);
      });
      out(`${(index === 0 ? title : '').padEnd(25)}${other.contender.name.padEnd(13)}${cells.join('')}`.trimEnd());
      const [first] = own;
      if (first !== undefined && rest.length > 0 && median(ratios(first, other)) < 1)
        slower.push(`${title}, against ${other.contender.name}: ${why[other.contender.name] ?? 'nobody has looked why'}`);
    }
  }
  for (const line of slower) out(`not faster: ${line}`);
}
