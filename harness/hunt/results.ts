/** What is known already: verdicts in a file that grows by one line for each mutant, so that a run that was ended goes on where it was. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Verdict } from './judge.ts';

/** What a verdict depends on: the reference, its adapter, what runs the checks, and the checks. */
const JUDGED_BY = ['reference', 'conformance', 'spec', 'vectors', 'harness/adapters/reference', 'harness/core'];
/** What lies in these folders and changes no verdict. */
const ASIDE = /\.test\.ts$|\.md$|coverage\.json$|(?:mutants|survivors)\.yaml$/;

/** A name for the state of everything that a verdict depends on, committed or not. */
export function stateOf(root: string): string {
  const hash = createHash('sha256');
  for (const folder of JUDGED_BY)
    for (const file of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !ASIDE.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort())
      hash
        .update(`${file.slice(root.length)}\0`)
        .update(readFileSync(file))
        .update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** The verdicts of one state. */
export class Results {
  readonly #file: string;
  readonly #known = new Map<string, Verdict>();

  /** @param file is written only once there is a verdict */
  constructor(file: string) {
    this.#file = file;
    for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
      // The last line of a run that was ended may be cut short.
      const verdict = verdictOf(line);
      if (verdict !== undefined) this.#known.set(verdict.id, verdict);
    }
  }

  /** The verdict on a mutant; one by its topic's checks alone counts for a survivor only where no more is asked. */
  get(id: string, isTopicOnly: boolean): Verdict | undefined {
    const known = this.#known.get(id);
    const isEnough = known?.fate === 'killed' || known?.fate === 'timed-out' || known?.isTopicOnly === isTopicOnly;
    return isEnough ? known : undefined;
  }

  add(verdict: Verdict): void {
    this.#known.set(verdict.id, verdict);
    mkdirSync(dirname(this.#file), { recursive: true });
    // A line of its own, whatever the file ends with.
    appendFileSync(this.#file, `\n${JSON.stringify(verdict)}\n`);
  }
}

function verdictOf(line: string): Verdict | undefined {
  try {
    const { id, fate } = JSON.parse(line) as Verdict;
    return typeof id === 'string' && typeof fate === 'string' ? (JSON.parse(line) as Verdict) : undefined;
  } catch {
    return undefined;
  }
}
