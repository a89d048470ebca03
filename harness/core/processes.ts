/**
 * Child processes with everything that they start. A command such as `npx …` is a tree of processes, which must be ended as
 * a whole. On POSIX systems each command is the leader of a process group of its own, and signals go to the group; Windows
 * has neither groups nor SIGTERM, and `taskkill` follows the tree instead. Every live tree is recorded here and ended with
 * the bench, however the bench ends.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import spawn from 'cross-spawn';
import treeKill from 'tree-kill';

/** What one kind of system does to the tree of processes below a leader, which is given by its process id. */
export interface TreeControl {
  /** Options with which the leader is started. */
  readonly spawnOptions: { readonly detached: boolean; readonly windowsHide: boolean };
  /** Signals on which the bench ends its trees and then itself. */
  readonly signals: readonly NodeJS.Signals[];
  /**
   * Lets the processes end by themselves.
   * @returns false if the system cannot do that, or no process is left
   */
  terminate(leader: number): boolean;
  /** Ends all processes, possibly a moment later. */
  kill(leader: number): void;
  /** Ends all processes before it returns, as the exit of the bench requires. */
  killNow(leader: number): void;
  /** Ends what a leader that is gone left behind, as far as the system still knows it. */
  killRest(leader: number): void;
  /** True if a process of the tree may be alive. */
  isAlive(leader: number): boolean;
  /** Ends the bench itself, as the signal would have without a listener. */
  endSelf(signal: NodeJS.Signals): void;
}

/** The calls of the operating system that a `TreeControl` makes. */
export interface SystemCalls {
  /** As `process.kill`. */
  kill(pid: number, signal: NodeJS.Signals | 0): void;
  /** As the package `tree-kill`, which calls `taskkill` on Windows. */
  killTree(pid: number): void;
  /** Runs a program and waits for it. */
  runSync(command: string, args: readonly string[]): void;
  exit(code: number): void;
}

const SYSTEM_CALLS: SystemCalls = {
  kill: (pid, signal) => process.kill(pid, signal),
  killTree: (pid) => {
    // An error means that the process is gone already.
    treeKill(pid, 'SIGKILL', () => undefined);
  },
  runSync: (command, args) => void spawnSync(command, args, { stdio: 'ignore', windowsHide: true }),
  exit: (code) => process.exit(code),
};

/** How trees are controlled on a platform. */
export function treeControl(platform: NodeJS.Platform, system: SystemCalls = SYSTEM_CALLS): TreeControl {
  const isSent = (pid: number, signal: NodeJS.Signals | 0): boolean => {
    try {
      system.kill(pid, signal);
      return true;
    } catch {
      return false;
    }
  };
  if (platform === 'win32')
    return {
      // A detached process would get a console window of its own.
      spawnOptions: { detached: false, windowsHide: true },
      signals: ['SIGINT', 'SIGBREAK', 'SIGHUP'],
      terminate: () => false,
      kill: (leader) => {
        system.killTree(leader);
      },
      killNow: (leader) => {
        system.runSync('taskkill', ['/pid', String(leader), '/T', '/F']);
      },
      // The tree cannot be followed without its leader, and its process id may already belong to another process.
      killRest: () => undefined,
      isAlive: (leader) => isSent(leader, 0),
      endSelf: () => {
        system.exit(1);
      },
    };
  return {
    spawnOptions: { detached: true, windowsHide: true },
    signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
    terminate: (leader) => isSent(-leader, 'SIGTERM'),
    kill: (leader) => void isSent(-leader, 'SIGKILL'),
    killNow: (leader) => void isSent(-leader, 'SIGKILL'),
    killRest: (leader) => void isSent(-leader, 'SIGKILL'),
    isAlive: (leader) => isSent(-leader, 0),
    endSelf: (signal) => {
      system.kill(process.pid, signal);
    },
  };
}

const control = treeControl(process.platform);
const liveTrees = new Set<number>();
let hooked = false;

/** Process ids of the leaders of live trees, for tests and diagnosis. */
export function liveProcessTrees(): readonly number[] {
  return [...liveTrees];
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
export function endStrays(mark: string, platform: NodeJS.Platform = process.platform): number {
  if (platform !== 'linux') return 0;
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
  for (const leader of liveTrees) control.killNow(leader);
  if (marks > 0) endStrays(BENCH);
}

function hook(): void {
  if (hooked) return;
  hooked = true;
  process.on('exit', killAll);
  for (const signal of control.signals) {
    const onSignal = (): void => {
      killAll();
      process.removeListener(signal, onSignal);
      // With no other listener the signal must still do what it always does: end this process.
      if (process.listenerCount(signal) === 0) control.endSelf(signal);
    };
    process.on(signal, onSignal);
  }
}

/**
 * Lets the processes of a tree end by themselves.
 * @returns false if that is not possible on this system, or no process is left
 */
export function terminateTree(leader: number): boolean {
  return control.terminate(leader);
}

/** Ends every process of a tree. */
export function killTree(leader: number): void {
  control.kill(leader);
}

const POLL_MS = 5;
const WAIT_MS = 500;

/** Waits until no process of a tree is left; ending one takes a moment. */
export async function treeEnded(leader: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < WAIT_MS && control.isAlive(leader); waitedMs += POLL_MS)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

/** Starts a command as the leader of a tree that cannot outlive the bench. */
export function spawnTree(
  words: readonly [string, ...string[]],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly mark?: string },
): ChildProcessWithoutNullStreams {
  hook();
  const { mark, env = process.env, ...rest } = options;
  const [command, ...args] = words;
  // Many commands on Windows are scripts such as npx.cmd, which only cross-spawn finds and quotes.
  const child = spawn(command, args, {
    stdio: 'pipe',
    ...control.spawnOptions,
    ...rest,
    env: mark === undefined ? env : { ...env, [MARK]: mark },
  }) as ChildProcessWithoutNullStreams;
  const leader = child.pid;
  if (leader !== undefined) {
    liveTrees.add(leader);
    // cross-spawn replaces the exit of a command that was not found by an error.
    for (const event of ['exit', 'close'] as const)
      child.once(event, () => {
        if (!liveTrees.delete(leader)) return;
        // The leader is gone, its children may not be.
        control.killRest(leader);
      });
  }
  return child;
}
