/** Commands printed for running something again: exact, whatever blanks and quotes the first command line had. */
import { nestedCommand, quoteCommand } from '../core/command-line.ts';

/** What names one adapter on the command line. */
interface Target {
  readonly stdio?: string;
  readonly udp?: string;
  readonly self?: boolean | 'stdio' | 'udp';
}

/** The options of a run that decide what one of its checks finds. A baseline is not one of them: it belongs to a whole run. */
interface Run extends Target {
  readonly profile: readonly string[];
  readonly only: readonly string[];
  readonly seed: string;
  readonly effort: number;
  readonly jobs?: number;
  readonly timeout?: number;
  readonly repros: string | false;
}

const SEED_DEFAULT = 'bottlepost';
/** Where repros go by default. */
export const REPROS_DEFAULT = '.bottlepost/repros';

/** A call of the program as a line for the shell of the platform. */
export function callOf(...args: readonly string[]): string {
  return quoteCommand(['npx', 'bottlepost', ...args]);
}

/** The adapter as arguments of `verify`. */
export function targetArguments({ stdio, udp, self }: Target): string[] {
  if (self === 'udp') return ['--self', 'udp'];
  if (self !== undefined && self !== false) return ['--self'];
  return udp === undefined ? ['--stdio', nestedCommand(stdio ?? '')] : ['--udp', udp];
}

/** Seed and effort, unless they are the defaults. */
export function seedArguments({ seed, effort }: { readonly seed: string; readonly effort: number }): string[] {
  return [...(seed === SEED_DEFAULT ? [] : ['--seed', seed]), ...(effort === 1 ? [] : ['--effort', String(effort)])];
}

const timeoutArguments = ({ timeout }: { readonly timeout?: number }): string[] =>
  timeout === undefined ? [] : ['--timeout', String(timeout)];

/** The folder of repros; repeated, because a run replaces the repros that it finds there. */
export const reprosArguments = ({ repros }: { readonly repros: string | false }): string[] =>
  repros === false ? ['--no-repros'] : repros === REPROS_DEFAULT ? [] : ['--repros', repros];

const each = (option: string, values: readonly string[]): string[] => values.flatMap((value) => [option, value]);

/** `verify` on one check, or on the same selection if that check is part of every run. */
export function verifyAgain(run: Run, check: string, comesWithEveryRun: boolean): string {
  return callOf(
    'verify',
    ...targetArguments(run),
    ...each('--profile', run.profile),
    ...each('--only', comesWithEveryRun ? run.only : [check]),
    ...seedArguments(run),
    ...(run.jobs === undefined ? [] : ['--jobs', String(run.jobs)]),
    ...timeoutArguments(run),
    ...reprosArguments(run),
  );
}

/** `replay` of a file against the same adapter. */
export function replayAgain(run: Target & { readonly timeout?: number }, file: string): string {
  // The reference is replayed over its pipe: what matters is the file, not the transport.
  const target = run.self === 'udp' ? { self: true } : run;
  return callOf('replay', file, ...targetArguments(target), ...timeoutArguments(run));
}

/** An adapter of `cross`, `name=COMMAND`. */
function restated(adapter: string): string {
  const at = adapter.indexOf('=') + 1;
  return adapter.slice(0, at) + nestedCommand(adapter.slice(at));
}

/** `cross` on one crossing. */
export function crossAgain(
  run: {
    readonly adapters: readonly string[];
    readonly bundled?: boolean;
    readonly seed: string;
    readonly effort: number;
    readonly timeout?: number;
    readonly repros: string | false;
  },
  crossing: string,
): string {
  return callOf(
    'cross',
    ...each('--adapter', run.adapters.map(restated)),
    ...(run.bundled === true ? ['--bundled'] : []),
    '--only',
    crossing,
    ...seedArguments(run),
    ...timeoutArguments(run),
    ...reprosArguments(run),
  );
}
