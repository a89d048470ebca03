/** Opens a connection to an adapter, whatever the transport, and sends the requests with which every connection begins. */
import { REAL_CLOCK } from './clock.ts';
import { createHash } from 'node:crypto';
import type { CallOptions, Misbehaviour } from './channel.ts';
import type { Hello, JsonObject, MisbehaviourKind, Outcome } from '../../conformance/contract/contract.ts';
import { cited } from '../../conformance/contract/text.ts';
import { brief, CONTRACT_VERSION, type ContractViolation, Linter, type Shapes } from './lint.ts';
import { CommandError, splitCommand } from './command-line.ts';
import { StdioConnection } from './stdio.ts';
import { UdpConnection } from './udp.ts';

/** One adapter that has answered hello. */
export interface Connection {
  readonly hello: Hello;
  /** True where a request may arrive before one that was sent earlier. */
  readonly reorders?: boolean;
  /** False once the adapter misbehaved or the connection was closed. */
  readonly alive: boolean;
  /** Why the connection was lost; undefined while it was not. */
  readonly failure: Misbehaviour | undefined;
  /** Set if the random operation after hello was not answered with `unsupported` (ADP-027). */
  readonly probeViolation: ContractViolation | undefined;
  /** Sends one request; rejects only for a bug in the bench. */
  call(operation: string, params: JsonObject, options?: CallOptions): Promise<Outcome>;
  /** Sends the random operation again: its reply comes after everything the adapter wrote before. */
  barrier(): Promise<void>;
  /**
   * Ends the adapter's process tree, or closes the socket.
   * @returns what was wrong with its end; undefined if it ended well or was ended by the bench
   */
  close(): Promise<string | undefined>;
  /** The end of what the adapter wrote to stderr. */
  stderrTail(): string;
}

/** Where the adapter is. */
export type Target =
  | { readonly kind: 'stdio'; readonly command: string; readonly words: readonly [string, ...string[]] }
  | { readonly kind: 'udp'; readonly host: string; readonly port: number };

/** Options of a connection. */
export interface ConnectOptions {
  /** Revision of the specification, for hello. */
  readonly revision: string;
  /** Root seed of the run; names the random operation. */
  readonly seed: string;
  /** Milliseconds for a request; 10,000 if absent. */
  readonly timeoutMs?: number;
  /** Milliseconds until hello must be answered; 30,000 if absent, since `npx` and virtual machines start slowly. */
  readonly startTimeoutMs?: number;
  readonly closeGraceMs?: number;
  /** Types of parameters and results, for the linter. */
  readonly shapes?: Shapes;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Milliseconds for a request unless the options say otherwise. */
export const TIMEOUT_MS_DEFAULT = 10_000;
const START_TIMEOUT_MS_DEFAULT = 30_000;

/** Thrown by `parseTarget`: the user's mistake, exit code 2. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}

/** Thrown by `connect`: the adapter did not get as far as a valid hello. The message says what to do next. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly what: MisbehaviourKind;
  readonly clause: string | undefined;
  constructor(message: string, what: MisbehaviourKind = 'start-failed', clause?: string) {
    super(message);
    this.what = what;
    this.clause = clause;
  }
}

/**
 * Reads `--stdio CMD` or `--udp HOST:PORT`; an IPv6 address is written `[::1]:4000`.
 * @throws TargetError if it is not exactly one of the two, or malformed
 */
export function parseTarget(options: { readonly stdio?: string | undefined; readonly udp?: string | undefined }): Target {
  const { stdio, udp } = options;
  if ((stdio === undefined) === (udp === undefined))
    throw new TargetError('name one adapter: either --stdio "COMMAND ARGS" or --udp HOST:PORT');
  if (stdio !== undefined) {
    try {
      return { kind: 'stdio', command: stdio, words: splitCommand(stdio) };
    } catch (error) {
      if (error instanceof CommandError) throw new TargetError(`--stdio ${JSON.stringify(stdio)}: ${error.message}`);
      throw error;
    }
  }
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]]+)):([0-9]{1,5})$/.exec(udp ?? '');
  const port = Number(match?.[3] ?? 0);
  if (match === null || port < 1 || port > 65535)
    throw new TargetError(`--udp ${JSON.stringify(udp)}: write HOST:PORT, for example 192.168.4.1:4000 or [::1]:4000`);
  return { kind: 'udp', host: match[1] ?? match[2] ?? '', port };
}

/** The target as the user wrote it. */
export function describeTarget(target: Target): string {
  return target.kind === 'stdio'
    ? target.command
    : `udp ${target.host.includes(':') ? `[${target.host}]` : target.host}:${String(target.port)}`;
}

/** The operation that no adapter has; the same for the same seed. */
export function probeOperation(seed: string): string {
  return `probe.x${createHash('sha256').update(`bottlepost probe ${seed}`).digest('hex').slice(0, 16)}`;
}

/**
 * Starts or reaches the adapter, sends hello and the random operation.
 * @throws StartError if there is no valid hello in time
 */
export async function connect(target: Target, options: ConnectOptions): Promise<Connection> {
  const linter = new Linter(options.shapes);
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS_DEFAULT;
  const startTimeoutMs = options.startTimeoutMs ?? START_TIMEOUT_MS_DEFAULT;
  const channel =
    target.kind === 'stdio'
      ? new StdioConnection(target.words, linter, {
          timeoutMs,
          ...(options.closeGraceMs === undefined ? {} : { closeGraceMs: options.closeGraceMs }),
          ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
          ...(options.env === undefined ? {} : { env: options.env }),
        })
      : new UdpConnection(target.host, target.port, linter, { timeoutMs });
  try {
    const params = { protocol: CONTRACT_VERSION, spec: options.revision };
    const hello = readHello(await channel.call('hello', params, { timeoutMs: startTimeoutMs }), linter, target, channel.failure);
    channel.greet(hello);
    const operation = probeOperation(options.seed);
    const probe = await channel.call(operation, {}, { timeoutMs: startTimeoutMs });
    if (channel.failure !== undefined)
      throw startError(target, `after hello, when sent the unknown operation ${operation}`, channel.failure);
    return new Adapter(channel, hello, operation, probeViolation(operation, probe));
  } catch (error) {
    await channel.close();
    throw error;
  }
}

function readHello(outcome: Outcome, linter: Linter, target: Target, failure: Misbehaviour | undefined): Hello {
  if (failure !== undefined) throw startError(target, 'instead of answering hello', failure);
  if (outcome.kind === 'misbehaviour') throw startError(target, 'in its answer to hello', outcome);
  if (outcome.kind !== 'ok')
    throw startError(target, 'in its answer to hello', {
      what: 'contract',
      detail: `hello must be answered with ok, not ${brief(outcome)}`,
      clause: 'ADP-025',
    });
  const violation = linter.hello(outcome.value);
  if (violation !== undefined) throw startError(target, 'in its answer to hello', { what: 'contract', ...violation });
  return outcome.value as unknown as Hello;
}

function startError(target: Target, when: string, failure: Misbehaviour): StartError {
  const tryIt =
    target.kind === 'stdio'
      ? `Run the command by hand (${target.command}), ` +
        'type {"id":1,"op":"hello","params":{"protocol":1,"spec":"x"}} and compare its answer with spec/adapter/hello.schema.json.'
      : `Check that the device listens at ${target.host}:${String(target.port)} and that ` +
        'a datagram {"id":1,"op":"hello","params":{"protocol":1,"spec":"x"}} gets an answer.';
  const hint = HINTS[failure.what] ?? '';
  return new StartError(
    `${cited(`the adapter ${TROUBLE[failure.what]} ${when}: ${failure.detail}`, failure.clause)}\n${hint}${tryIt}`,
    'start-failed',
    failure.clause,
  );
}

const TROUBLE: { readonly [kind in MisbehaviourKind]: string } = {
  'start-failed': 'could not be reached',
  'crash': 'ended or never started',
  'timeout': 'kept silent',
  'garbage': 'wrote something else',
  'unknown-id': 'answered a request that was never sent',
  'duplicate-reply': 'answered twice',
  'line-too-long': 'wrote a line that is too long',
  'flood': 'wrote endlessly',
  'contract': 'broke the adapter protocol',
};

const HINTS: { readonly [kind in MisbehaviourKind]?: string } = {
  garbage: 'Only replies may go to stdout; send logging and banners to stderr. ',
  timeout: 'Replies must end with a line feed and be flushed at once; many languages buffer stdout when it is a pipe. ',
  crash: 'The command is looked up in PATH from the current folder; use a path such as ./my-adapter. ',
};

function probeViolation(operation: string, outcome: Outcome): ContractViolation | undefined {
  if (outcome.kind === 'unsupported') return undefined;
  return {
    clause: 'ADP-027',
    detail:
      `the unknown operation ${operation} must be answered {"id":…,"unsupported":true}; ` +
      `got ${brief(outcome)}. Until it does, no other "unsupported" from this adapter can be trusted either.`,
  };
}

/** A channel whose adapter has answered hello. */
class Adapter implements Connection {
  readonly #channel: StdioConnection | UdpConnection;
  readonly #probe: string;
  readonly hello: Hello;
  readonly clock = REAL_CLOCK;
  readonly probeViolation: ContractViolation | undefined;

  constructor(channel: StdioConnection | UdpConnection, hello: Hello, probe: string, violation: ContractViolation | undefined) {
    this.#channel = channel;
    this.#probe = probe;
    this.hello = hello;
    this.probeViolation = violation;
  }

  get reorders(): boolean {
    return this.#channel instanceof UdpConnection;
  }

  get alive(): boolean {
    return this.#channel.alive;
  }

  get failure(): Misbehaviour | undefined {
    return this.#channel.failure;
  }

  call(operation: string, params: JsonObject, options?: CallOptions): Promise<Outcome> {
    return this.#channel.call(operation, params, options);
  }

  async barrier(): Promise<void> {
    if (this.alive) await this.#channel.call(this.#probe, {});
    // Output in the same write as the last reply is read in the same turn of the event loop; output right after it, in the next.
    await new Promise((resolve) => setImmediate(resolve));
  }

  close(): Promise<string | undefined> {
    return this.#channel.close();
  }

  stderrTail(): string {
    return this.#channel.stderrTail();
  }
}
