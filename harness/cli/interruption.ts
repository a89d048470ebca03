/**
 * SIGINT and SIGTERM end a run, not the process: what was measured is printed and written. A second signal ends the process
 * at once. Windows has no SIGTERM; its Ctrl-Break takes that part.
 */
import { EXIT, type ExitCode } from '../core/exit.ts';
import { complain } from './output.ts';

/** What a command learns from the signals. */
export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** The exit code of an interrupted run; undefined if it was not interrupted. */
  readonly exit: ExitCode | undefined;
  /** Stops listening to the signals. */
  forget(): void;
}

/** Starts listening to the signals; call it before anything else, so that it hears them first. */
export function interruption(): Interruption {
  const controller = new AbortController();
  let exit: ExitCode | undefined;
  const listeners = (
    [
      ['SIGINT', EXIT.interrupted],
      [process.platform === 'win32' ? 'SIGBREAK' : 'SIGTERM', EXIT.terminated],
    ] as const
  ).map(([name, code]) => {
    const heard = (): void => {
      if (exit !== undefined) process.exit(code);
      exit = code;
      complain(`\nbottlepost: ${name}; ending the run and writing its reports; a second signal ends it without them\n`);
      controller.abort();
    };
    process.on(name, heard);
    return [name, heard] as const;
  });
  return {
    signal: controller.signal,
    get exit() {
      return exit;
    },
    forget: () => {
      for (const [name, heard] of listeners) process.removeListener(name, heard);
    },
  };
}
