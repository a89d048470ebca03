/** Which calls of the system each platform gets; that they end real processes is in misbehaviour.test.ts. */
import { describe, expect, it } from 'vitest';
import { endStrays, treeControl, type SystemCalls } from './processes.ts';

function recorded(alive = true): { system: SystemCalls; calls: string[] } {
  const calls: string[] = [];
  const system: SystemCalls = {
    kill: (pid, signal) => {
      calls.push(`kill ${String(pid)} ${String(signal)}`);
      if (!alive) throw new Error('ESRCH');
    },
    killTree: (pid) => void calls.push(`tree ${String(pid)}`),
    runSync: (command, args) => void calls.push([command, ...args].join(' ')),
    exit: (code) => void calls.push(`exit ${String(code)}`),
  };
  return { system, calls };
}

describe.each(['linux', 'darwin', 'freebsd'] as const)('a process tree on %s', (platform) => {
  it('is a group that gets signals', () => {
    const { system, calls } = recorded();
    const control = treeControl(platform, system);
    expect(control.spawnOptions.detached).toBe(true);
    expect(control.signals).toContain('SIGTERM');
    expect(control.terminate(7)).toBe(true);
    expect(control.isAlive(7)).toBe(true);
    control.kill(7);
    control.killNow(7);
    control.killRest(7);
    control.endSelf('SIGTERM');
    expect(calls).toEqual([
      'kill -7 SIGTERM',
      'kill -7 0',
      'kill -7 SIGKILL',
      'kill -7 SIGKILL',
      'kill -7 SIGKILL',
      `kill ${String(process.pid)} SIGTERM`,
    ]);
  });

  it('that is gone is no error', () => {
    const control = treeControl(platform, recorded(false).system);
    expect(control.terminate(7)).toBe(false);
    expect(control.isAlive(7)).toBe(false);
    control.kill(7);
  });
});

describe('a process tree on Windows', () => {
  it('is ended by taskkill, gets no signal, and has no process group', () => {
    const { system, calls } = recorded();
    const control = treeControl('win32', system);
    expect(control.spawnOptions).toEqual({ detached: false, windowsHide: true });
    expect(control.signals).not.toContain('SIGTERM');
    expect(control.terminate(7)).toBe(false);
    expect(control.isAlive(7)).toBe(true);
    control.kill(7);
    control.killNow(7);
    control.endSelf('SIGINT');
    expect(calls).toEqual(['kill 7 0', 'tree 7', 'taskkill /pid 7 /T /F', 'exit 1']);
  });

  it('leaves a leader that is gone alone: its process id may belong to another process', () => {
    const { system, calls } = recorded(false);
    treeControl('win32', system).killRest(7);
    expect(calls).toEqual([]);
  });
});

it('looks for strays on Linux only', () => {
  expect(endStrays('no process has this mark', 'win32')).toBe(0);
  expect(endStrays('no process has this mark', 'darwin')).toBe(0);
  expect(endStrays('no process has this mark', 'linux')).toBe(0);
});
