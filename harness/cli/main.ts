/**
 * The command line. Every command resolves with an exit code; see harness/core/exit.ts for what they mean. A command's code is
 * loaded when it is asked for: help and mistakes in the command line come at once.
 */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { fitScreen, labelled, wrap } from '../../conformance/contract/text.ts';
import { EXIT } from '../core/exit.ts';
import type { PrimitivesName } from '../adapters/reference/built-in.ts';
import type { AirtimeOptions } from './airtime.ts';
import type { RoomOptions } from './room.ts';
import type { LessName } from '../adapters/reference/less.ts';
import type { Handler } from '../core/serve.ts';
import type { BaselineOptions } from './baseline.ts';
import type { CrossOptions } from './cross-options.ts';
import type { FuzzOptions } from './fuzz.ts';
import type { InspectOptions } from './inspect.ts';
import type { MatrixOptions } from './matrix.ts';
import type { MergeOptions } from './merge.ts';
import type { ReplayOptions } from './replay.ts';
import type { SmokeOptions } from './smoke.ts';
import type { VerifyOptions } from './verify.ts';
import { VERSION } from './version.ts';
import { KINDS } from './reading.ts';
import { complain, outliveReaders, say } from './output.ts';

/** For the program that calls `main`. */
export { outliveReaders };

const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.ok, 'everything that ran passed'],
  [EXIT.failed, 'the implementation failed a check, or the run no longer matches its baseline'],
  [EXIT.usage, 'the command line is wrong'],
  [EXIT.adapter, 'the adapter did not start, or broke the adapter protocol'],
  [EXIT.internal, 'a bug in the bench itself, or a report that could not be written'],
  [EXIT.nothing, 'nothing ran, so nothing is known'],
  [EXIT.incomplete, 'nothing fails, but a profile that is claimed or required is not shown in full'],
  [EXIT.interrupted, 'ended by SIGINT; what was measured until then is reported'],
  [EXIT.terminated, 'ended by SIGTERM; what was measured until then is reported'],
];
/** The end of every help, as wide as the screen. */
const exitCodes = (): string =>
  ['', 'Exit codes:', ...EXIT_CODES.flatMap(([code, meaning]) => labelled(String(code), meaning, 7))].join('\n');

/** Columns that a description needs beside the names of options. */
const NARROW = 10;

function positive(text: string): number {
  const value = Number(text);
  // Number also reads 0x7d, 1e2 and blanks.
  if (!/^\d*\.?\d+$/.test(text) || !(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('must be a number above 0.');
  return value;
}
function whole(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('must be a whole number of at least 1.');
  return Number(text);
}
function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('must be a port from 0 to 65535.');
  return Number(text);
}
/** The names of `--primitives`; spelled out, so that what only prints help loads no engine. */
const PRIMITIVES: readonly PrimitivesName[] = ['noble', 'node', 'sodium', 'fast'];
/** The names of `--without`. */
const LESS: readonly LessName[] = ['reasons', 'members'];
const collect = (value: string, before: string[]): string[] => [...before, value];
/** A number of a range. */
function within(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`must be a whole number from ${String(least)} to ${String(most)}.`);
    return value;
  };
}
/** Settings of a radio. */
const presets = (): Option =>
  new Option('--preset <name>', 'settings of the radio, such as LongFast; repeatable (default: each of them)').argParser(
    (value: string, before: string[] | undefined) => [...(before ?? []), value],
  );
const spreadingFactor = (): Option => new Option('--sf <number>', 'another spreading factor, 5 to 12').argParser(within(5, 12));
const bandwidth = (): Option => new Option('--bw <kHz>', 'another bandwidth').argParser(positive);
const codingRate = (): Option => new Option('--cr <number>', 'another coding rate: 5 for 4/5, to 8 for 4/8').argParser(within(5, 8));

/** Whether the current folder is still there: without one, Node creates folders below it for ever. */
function hasFolder(): boolean {
  try {
    return process.cwd() !== '';
  } catch {
    return false;
  }
}

/** Parses and runs; never ends the process itself. */
export async function main(args: readonly string[]): Promise<number> {
  if (!hasFolder()) {
    complain('bottlepost: the current folder is gone. Change to one that exists, and run the command again there.\n');
    return EXIT.usage;
  }
  let code: number = EXIT.ok;
  fitScreen(() => process.stdout.columns);
  const set = (result: number): void => {
    code = result;
  };
  const program = new Command('bottlepost')
    .description(
      'The executable specification of a message-in-a-bottle protocol, and the bench that ' +
        'tells any implementation of it whether it conforms and, if not, where, why, and ' +
        'which clause it violates.',
    )
    .version(VERSION)
    // On a narrow screen too: the library would let the terminal break lines.
    .configureHelp({ minWidthToWrap: NARROW })
    .addHelpText('after', exitCodes)
    .configureOutput({ outputError: (text, write) => write(`${wrap(text.trimEnd(), 0).join('\n')}\n`) })
    .showHelpAfterError("(try 'bottlepost --help')")
    .exitOverride();
  const target = (command: Command): Command =>
    command
      .option('--stdio <command>', 'adapter to start; it speaks JSON lines on stdin and stdout')
      .option('--udp <host:port>', 'adapter that already listens on UDP');

  target(program.command('verify').description('run the suites against an adapter'))
    .addOption(new Option('--self [transport]', 'the built-in reference').choices(['stdio', 'udp']))
    .option('--profile <name>', 'what to verify (default: what the adapter claims); repeatable', collect, [])
    .option('--only <id>', 'a requirement, operation, vector or check, * for any; repeatable', collect, [])
    .option('--seed <text>', "seed of the generated suites, or 'random'", 'bottlepost')
    .option('--effort <number>', 'multiplies the generated cases', positive, 1)
    .option('--jobs <n>', 'adapters at once (default: 2 over stdio, 1 over UDP)', whole)
    .option('--timeout <ms>', 'for one request (default: 10000)', whole)
    .option('--baseline <file>', 'known failures: each must fail exactly as recorded')
    .option('--write-baseline <file>', 'write the failures of this run as a baseline')
    .option('--report <kind=file>', 'html=, junit=, json=, tap=, sarif= or badge=FILE, or github; repeatable', collect, [])
    .option('--repros <folder>', 'where failures are saved for replay', '.bottlepost/repros')
    .option('--no-repros', 'do not save failures')
    .option('--shard <i/n>', 'run the i-th of n parts')
    .option('--require <profile>', 'fail unless it is claimed, shown and passing; repeatable', collect, [])
    .option('--strict', 'also fail when a check could not reach the adapter, or a SHOULD of a claim is not shown')
    .option('--published', 'only what a published clause says counts; what this project decided is listed')
    .option('--fail-fast', 'stop at the first failure')
    .option('--full', 'end with every topic, and every clause that was not tested')
    .option('--quiet', 'print the verdict and nothing else')
    .addHelpText('after', exitCodes)
    .action(async (options: VerifyOptions & { repros: string | false; self?: true | 'stdio' | 'udp' }) =>
      set(await (await import('./verify.ts')).verify(options)),
    );
  target(program.command('baseline').description('record what fails now as known; reasons and dates of entries that stay are kept'))
    .addArgument(new Argument('<action>', 'what to do with the file').choices(['update']))
    .argument('<file>', 'the baseline')
    .addOption(new Option('--self [transport]', 'the built-in reference').choices(['stdio', 'udp']))
    .option('--profile <name>', 'what to verify (default: what the adapter claims); repeatable', collect, [])
    .option('--only <id>', 'as verify takes it; repeatable', collect, [])
    .option('--seed <text>', 'seed of the generated suites', 'bottlepost')
    .option('--effort <number>', 'multiplies the generated cases', positive, 1)
    .option('--timeout <ms>', 'for one request (default: 10000)', whole)
    .addHelpText('after', exitCodes)
    .action(async (action: 'update', file: string, options: BaselineOptions & { self?: true | 'stdio' | 'udp' }) =>
      set(await (await import('./baseline.ts')).baseline(action, file, options)),
    );
  target(program.command('smoke').description("check an adapter's own health in a few seconds"))
    .option('--seed <text>', 'names the random operation', 'bottlepost')
    .option('--timeout <ms>', 'for one request (default: 1000)', whole)
    .addHelpText('after', exitCodes)
    .action(async (options: SmokeOptions) => set(await (await import('./smoke.ts')).smoke(options)));
  target(program.command('fuzz').description('send damaged messages and channel packets in a long run (default: to the reference)'))
    .option('--cases <n>', 'damaged packets of each cipher set and operation', whole, 200_000)
    .option('--csid <csid>', 'a cipher set (default: 1a, 2a and 3a); repeatable', collect, [])
    .option('--seed <text>', 'names the cases', 'bottlepost')
    .addHelpText('after', exitCodes)
    .action(async (options: FuzzOptions) => set(await (await import('./fuzz.ts')).fuzz(options)));
  program
    .command('cross')
    .description('make every implementation read what every other one produces, and say which deviates')
    .option(
      '--adapter <name=command>',
      'an adapter, also name=udp://HOST:PORT, or the name of a bundled one; ' +
        'repeatable (default: the bundled ones; a single one is crossed with the reference)',
      collect,
      [],
    )
    .option('--bundled', 'in addition to the named adapters, all bundled ones')
    .addOption(new Option('--house', 'deprecated: the name that --bundled had up to 0.2.0').implies({ bundled: true }).hideHelp())
    .option('--only <id>', 'a crossing, flow, operation or requirement, * for any; repeatable', collect, [])
    .option('--seed <text>', "seed of the inputs, or 'random'", 'bottlepost')
    .option('--effort <number>', 'multiplies the cases', positive, 1)
    .option('--timeout <ms>', 'for one request (default: 10000)', whole)
    .option('--baseline <name=file>', 'known failures of an adapter: clauses by which it may deviate; repeatable', collect, [])
    .option('--report <kind=file>', 'html=, junit=, json=, tap=, sarif= or badge=FILE, or github; repeatable', collect, [])
    .option('--repros <folder>', 'where failures are saved for replay', '.bottlepost/repros')
    .option('--no-repros', 'do not save failures')
    .option('--full', 'end with every flow, everyone who took part, and the reasons of what is known')
    .addHelpText('after', exitCodes)
    .action(async (options: CrossOptions) => set(await (await import('./cross.ts')).cross(options)));
  program
    .command('adapter')
    .description('serve the reference as an adapter, on stdio or over UDP')
    .option('--udp <port>', 'listen on this UDP port (0: any free one)', port)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(
      new Option('--primitives <name>', 'what does the arithmetic: plain JavaScript, node:crypto, libsodium, or the fastest for each')
        .choices(PRIMITIVES)
        .default('fast'),
    )
    .addOption(
      new Option('--without <what...>', 'say less, as some libraries do: no reasons of refusals, no member that may be left out').choices(
        LESS,
      ),
    )
    .action(async (options: { udp?: number; host: string; primitives: PrimitivesName; without?: readonly LessName[] }) => {
      const { handlerOver, isMissing } = await import('../adapters/reference/built-in.ts');
      let handler: Handler;
      try {
        handler = handlerOver(options.primitives);
      } catch (error) {
        if (!isMissing(error)) throw error;
        complain(`bottlepost: ${error.message}\n`);
        return set(EXIT.usage);
      }
      if (options.without !== undefined) {
        const { withoutMembers, withoutReasons } = await import('../adapters/reference/less.ts');
        const { loadSuite } = await import('./suite.ts');
        if (options.without.includes('members')) handler = withoutMembers(handler, loadSuite().shapes);
        if (options.without.includes('reasons')) handler = withoutReasons(handler);
      }
      if (options.udp === undefined) return (await import('../core/serve.ts')).serveStdio(handler);
      const { serveUdp } = await import('../core/serve-udp.ts');
      const server = await serveUdp(handler, options.udp, options.host);
      say(`listening on udp ${options.host}:${String(server.port)}; stop with Ctrl-C\n`);
      await new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      });
      await server.close();
    });
  program
    .command('explain')
    .argument('<name>', 'of a requirement, decision, operation, layout, machine, check: of anything')
    .description('show what the specification says')
    .action(async (id: string) => set(await (await import('./explain.ts')).explain(id)));
  program
    .command('list')
    .argument('[kind]', 'of what there is; without it, the kinds')
    .description('name everything that can be explained')
    .action(async (kind: string | undefined) => set((await import('./find.ts')).list(kind)));
  program
    .command('search')
    .argument('<words...>', 'that a name or a title has')
    .description('find what can be explained')
    .action(async (words: string[]) => set((await import('./find.ts')).search(words)));
  program
    .command('inspect')
    .argument('<input>', 'bytes as hex, a DID, an envelope as JSON, or - to read one of these from stdin')
    .addOption(new Option('--as <kind>', 'what the bytes are (default: guessed)').choices(KINDS))
    .description('show any packet, frame, announce, cloaked packet, chunk stream, DID or envelope, field by field')
    .action(async (input: string, options: InspectOptions) => set((await import('./inspect.ts')).inspect(input, options)));
  program
    .command('airtime')
    .argument('<bytes>', 'of data that NEXUS packets carry', whole)
    .addOption(presets())
    .addOption(spreadingFactor())
    .addOption(bandwidth())
    .addOption(codingRate())
    .description('how long data take on LoRa, and how much of the air that is')
    .action(async (bytes: number, options: AirtimeOptions) => set((await import('./airtime.ts')).airtime(bytes, options)));
  program
    .command('room')
    .option('--preset <name>', 'settings of the radio', 'LongFast')
    .addOption(spreadingFactor())
    .addOption(bandwidth())
    .addOption(codingRate())
    .addOption(new Option('--region <name>', 'whose rules hold').choices(['EU868', 'US915']).default('EU868'))
    .description('how long the body of a NEXUS message may be after sealing')
    .action(async (options: RoomOptions) => set((await import('./room.ts')).room(options)));
  target(program.command('replay').description('rerun a saved failure'))
    .argument('<file>', 'a repro file that verify wrote')
    .option('--self', 'the built-in reference')
    .option('--timeout <ms>', 'for one request', whole, 10_000)
    .action(async (file: string, options: ReplayOptions) => set(await (await import('./replay.ts')).replay(file, options)));
  program
    .command('merge')
    .argument('<report...>', 'JSON reports of all the shards of one run')
    .option('--baseline <file>', 'known failures of the whole run')
    .option('--report <kind=file>', 'html=, junit=, json=, tap=, sarif= or badge=FILE, or github; repeatable', collect, [])
    .description('combine the reports of shards into one run')
    .action(async (files: string[], options: MergeOptions) => set((await import('./merge.ts')).merge(files, options)));
  program
    .command('init')
    .argument('<language>', 'python')
    .argument('[folder]', 'where to write it', '.')
    .description('write a starter kit for an adapter')
    .action(async (language: string, folder: string) => set((await import('./init.ts')).init(language, folder)));
  program
    .command('setup')
    .argument('<library>', 'e3x-js')
    .description('install a library for the matrix that is no dependency, into .libraries')
    .addHelpText('after', exitCodes)
    .action(async (name: string) => set((await import('./setup.ts')).setup(name)));
  program
    .command('matrix')
    .description('verify every bundled implementation and print the matrix')
    .option('--report <folder>', 'write a JSON and a JUnit report of each into this folder, and one HTML page of all')
    .option('--seed <text>', 'seed of the generated suites', 'bottlepost')
    .option('--only <name>', 'an implementation; repeatable (default: all of them)', collect, [])
    .option('--full', 'end with the matrix by requirement')
    .option('--quiet', 'print the verdict and nothing else')
    .option('--write-baselines', 'rewrite the baselines of the third-party adapters')
    .action(async (options: MatrixOptions) => set(await (await import('./matrix.ts')).matrix(options)));

  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    // By name: the loader itself comes with the commands.
    if (error instanceof Error && error.name === 'SpecError') {
      complain(`bottlepost: the spec's own files are invalid\n${error.message}\n`);
      return EXIT.internal;
    }
    complain(
      'bottlepost: a bug in the bench itself; please report it\n' +
        `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return EXIT.internal;
  }
  return code;
}
