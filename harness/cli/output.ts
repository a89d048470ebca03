/**
 * The only way in which the command line prints. Text from an adapter, a file or a name is made safe here, once: no
 * control characters, nothing that reverses or hides text, no commands of a CI system. Neither a reader that goes away,
 * as `head` does, nor a full disk ends a run.
 */
import { lineWidth, printable, wrap } from '../../conformance/contract/text.ts';
import { EXIT } from '../core/exit.ts';
import { emphasise, hasColours } from '../report/terminal.ts';

/** Messages to people begin like this and have the width of the screen; a stack trace, which does not, keeps its lines. */
const PROGRAM = 'bottlepost: ';
/** A line that begins like this is a command to GitHub Actions, with or without blanks before it. */
const LINE_COMMAND = /^(\s*):(?=:)/;
/** These are commands anywhere in a line: GitHub Actions, Azure Pipelines, TeamCity. */
const COMMANDS = /#(?=#(?:\[|vso\[|teamcity\[))/g;

/** The text made safe to print anywhere; line feeds and tabs are kept. */
export function safe(text: string): string {
  return printable(text)
    .split('\n')
    .map((line) => line.replace(LINE_COMMAND, '$1\\x3a').replace(COMMANDS, '\\x23'))
    .join('\n');
}

/** Prints results. */
export function say(text: string): void {
  print(process.stdout, text);
}

/** Prints what is wrong with the command line or with the bench. What is too long is wrapped; a stack trace is not. */
export function complain(text: string): void {
  const isMessage = (line: string): boolean => line.startsWith(PROGRAM) || (line.length > lineWidth() && !/^\s/.test(line));
  print(
    process.stderr,
    text
      .split('\n')
      .map((line) => (isMessage(line) ? wrap(line, 0).join('\n') : line))
      .join('\n'),
  );
}

function print(stream: NodeJS.WriteStream, text: string): void {
  // Made safe first: a colour is the only control that is ever printed.
  stream.write(hasColours(stream, process.env) ? emphasise(safe(text)) : safe(text));
}

/** Prints commands to a CI system, which `harness/report/github.ts` has escaped: the one text that is printed as it is. */
export function command(text: string): void {
  process.stdout.write(text);
}

/**
 * Keeps a lost reader from ending the process. If the reader has gone away (EPIPE), the run goes on, and neither its
 * reports nor its exit code change. Any other failure to print turns a success into a failure.
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
