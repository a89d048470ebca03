/**
 * Child processes in groups of their own. A command such as `npx …` is a tree of processes; only the group can be
 * ended whole. Every live group is recorded here and ended with the bench, however the bench ends.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

/** Thrown for a command line that cannot be split into words; the message says why. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * Splits a command line into words as a POSIX shell does: blanks separate, '…' is literal, "…" and \ quote.
 * There are no variables, globs or pipes; `sh -c '…'` has them.
 * @throws CommandError if a quote is never closed or there is no word
 */
export function splitCommand(line: string): readonly [string, ...string[]] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quote === "'") {
      if (character === "'") quote = undefined;
      else word = (word ?? '') + character;
    } else if (character === '\\') {
      const next = line.charAt(at + 1);
      if (next === '') throw new CommandError('the command ends in a backslash');
      // Inside "…" a backslash quotes only these; elsewhere it quotes anything.
      word = (word ?? '') + (quote === '"' && !'"\\$`'.includes(next) ? `\\${next}` : next);
      at++;
    } else if (character === quote) {
      quote = undefined;
    } else if (quote === undefined && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== undefined) throw new CommandError(`the quote ${quote} in the command is never closed`);
  if (word !== undefined) words.push(word);
  const [first, ...rest] = words;
  if (first === undefined || first === '') throw new CommandError('the command is empty');
  return [first, ...rest];
}

const liveGroups = new Set<number>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let hooked = false;

/** Process group ids that are alive now, for tests and diagnosis. */
export function liveProcessGroups(): readonly number[] {
  return [...liveGroups];
}

/** Begins the mark of every process that this bench starts. */
const BENCH = `bottlepost-${String(process.pid)}-${randomBytes(6).toString('hex')}`;
const MARK = 'BOTTLEPOST_PROCESS';
let marks = 0;

/** A value for the environment of one adapter, by which whatever it starts can be found. */
export function markOfRun(): string {
  return `${BENCH}-${String(marks++)}-`;
}

/**
 * Ends processes that left their group, as `setsid` lets them. They are recognized by their environment, which only Linux
 * shows; on other systems, and if they emptied their environment, they stay.
 * @returns how many were ended
 */
export function endStrays(mark: string): number {
  if (process.platform !== 'linux') return 0;
  let ended = 0;
  for (const entry of readdirSync('/proc')) {
    if (!/^[0-9]+$/.test(entry)) continue;
    try {
      if (!readFileSync(`/proc/${entry}/environ`, 'latin1').includes(`${MARK}=${mark}`)) continue;
      process.kill(Number(entry), 'SIGKILL');
      ended++;
    } catch {
      // It is gone, or it belongs to another user.
    }
  }
  return ended;
}

function killAll(): void {
  for (const group of liveGroups) signalGroup(group, 'SIGKILL');
  if (marks > 0) endStrays(BENCH);
}

function hook(): void {
  if (hooked) return;
  hooked = true;
  process.on('exit', killAll);
  for (const signal of SIGNALS) {
    const onSignal = (): void => {
      killAll();
      process.removeListener(signal, onSignal);
      // With no other listener the signal must still do what it always does: end this process.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    };
    process.on(signal, onSignal);
  }
}

/**
 * Sends a signal to every process of a group.
 * @returns false if none is left
 */
export function signalGroup(group: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}

const GROUP_POLL_MS = 5;
const GROUP_WAIT_MS = 500;

/** Waits until no process of a group is left; a signal that was sent takes a moment to end it. */
export async function groupEnded(group: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < GROUP_WAIT_MS; waitedMs += GROUP_POLL_MS) {
    try {
      process.kill(-group, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, GROUP_POLL_MS));
  }
}

/** Starts a command in a process group of its own that cannot outlive the bench. */
export function spawnGroup(
  words: readonly [string, ...string[]],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly mark?: string },
): ChildProcessWithoutNullStreams {
  hook();
  const { mark, env = process.env, ...rest } = options;
  const [command, ...args] = words;
  const child = spawn(command, args, { stdio: 'pipe', detached: true, ...rest, env: mark === undefined ? env : { ...env, [MARK]: mark } });
  const group = child.pid;
  if (group !== undefined) {
    liveGroups.add(group);
    child.once('exit', () => {
      // The leader is gone, its children may not be.
      signalGroup(group, 'SIGKILL');
      liveGroups.delete(group);
    });
  }
  return child;
}
