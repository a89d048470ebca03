/**
 * The one way by which the command line prints. Whatever an adapter, a file or a name says is made safe here, once:
 * no control characters, nothing that reverses or hides text, no commands of a CI system. And a reader that goes away,
 * as `head` does, or a disk that is full ends no run.
 */
import { printable } from '../../conformance/contract/text.ts';
import { EXIT } from '../core/exit.ts';

/** A line that begins so is a command to GitHub Actions, whatever blanks are before it. */
const LINE_COMMAND = /^(\s*):(?=:)/;
/** These are commands wherever they are in a line: GitHub Actions, Azure Pipelines, TeamCity. */
const COMMANDS = /#(?=#(?:\[|vso\[|teamcity\[))/g;

/** Text that can be printed anywhere; line feeds and tabs stay. */
export function safe(text: string): string {
  return printable(text)
    .split('\n')
    .map((line) => line.replace(LINE_COMMAND, '$1\\x3a').replace(COMMANDS, '\\x23'))
    .join('\n');
}

/** Prints results. */
export function say(text: string): void {
  process.stdout.write(safe(text));
}

/** Prints what is wrong with the command line or with the bench. */
export function complain(text: string): void {
  process.stderr.write(safe(text));
}

/**
 * Keeps a lost reader from ending the process. Nobody reads any more (EPIPE): that is no fault, the run goes on, and its
 * reports and exit code are as they would have been. Any other failure to print turns a success into a failure.
 */
export function outliveReaders(): void {
  for (const [name, stream] of [
    ['standard output', process.stdout],
    ['standard error', process.stderr],
  ] as const) {
    let told = false;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || told) return;
      told = true;
      if (stream !== process.stderr)
        complain(`bottlepost: ${name} cannot be written (${error.code ?? error.message}); reports are complete\n`);
      process.once('exit', (code) => {
        if (code === EXIT.ok) process.exitCode = EXIT.internal;
      });
    });
  }
}
