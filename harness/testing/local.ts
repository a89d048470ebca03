/**
 * An adapter in this process, behind the same channel as any other: requests and replies are text, and both are linted. And
 * ways to make an adapter out of a right one that says less, or does something wrong.
 */
import { REAL_CLOCK } from '../core/clock.ts';
import type { Hello, JsonObject } from '../../conformance/contract/contract.ts';
import { Channel } from '../core/channel.ts';
import { probeOperation, type Connection } from '../core/connection.ts';
import { LINE_BYTES_MAX, Linter, type Shapes } from '../core/lint.ts';
import { type Handler, type ReplyBody, Responder } from '../core/serve.ts';

/** What a wrapper does with one call; `next` asks what it wraps. */
export type Wrap = (operation: string, params: JsonObject, next: (params?: JsonObject) => ReplyBody) => ReplyBody;

/** An adapter that does what another does, but for some calls, and says something else in hello. */
export function wrapped(handler: Handler, wrap: Wrap, hello: Partial<Hello> = {}): Handler {
  return {
    hello: { ...handler.hello, ...hello },
    handle: (operation, params) => wrap(operation, params, (changed = params) => settled(handler.handle(operation, changed))),
  };
}

function settled(body: ReplyBody | Promise<ReplyBody>): ReplyBody {
  if (body instanceof Promise) throw new Error('only handlers that answer at once are wrapped');
  return body;
}

/** Opens a connection to an adapter in this process; each is a fresh one where it is made by a function. */
export function openLocal(make: Handler | (() => Handler), shapes: Shapes = new Map()): () => Promise<Connection> {
  return async () => {
    const handler = typeof make === 'function' ? make() : make;
    const linter = new Linter(shapes);
    const channel = new LocalChannel(handler, linter);
    const hello = await channel.call('hello', { protocol: 1, spec: 'test' });
    if (hello.kind !== 'ok') throw new Error('no hello');
    const violation = linter.hello(hello.value);
    if (violation !== undefined) throw new Error(`${violation.detail} [${violation.clause}]`);
    const said = hello.value as unknown as Hello;
    channel.greet(said);
    return new LocalConnection(channel, said);
  };
}

class LocalChannel extends Channel {
  readonly #responder: Responder;

  constructor(handler: Handler, linter: Linter) {
    super(linter, 10_000);
    this.#responder = new Responder(handler, LINE_BYTES_MAX);
  }

  end(): void {
    this.beginClosing();
    this.table.settleAll({ kind: 'misbehaviour', what: 'crash', detail: 'the bench closed the connection' });
  }

  protected override tooLarge(): string | undefined {
    return undefined;
  }
  protected override send(_id: number, text: string): void {
    const reply = this.#responder.respond(text);
    if (typeof reply !== 'string') throw new Error('an adapter in this process answers at once');
    queueMicrotask(() => {
      this.receive(reply);
    });
  }
  protected override limit(): void {
    // What is in one process has no transport that could be too small.
  }
  protected override abandon(): void {
    // Nothing runs that could be ended.
  }
  protected override replyBytesMax(): number {
    return LINE_BYTES_MAX;
  }
  protected override unfinished(): string {
    return 'none of it had arrived';
  }
}

class LocalConnection implements Connection {
  readonly #channel: LocalChannel;
  readonly hello: Hello;
  readonly clock = REAL_CLOCK;
  readonly probeViolation = undefined;

  constructor(channel: LocalChannel, hello: Hello) {
    this.#channel = channel;
    this.hello = hello;
  }
  get alive(): boolean {
    return this.#channel.alive;
  }
  get failure(): Connection['failure'] {
    return this.#channel.failure;
  }
  call: Connection['call'] = (operation, params, options) => this.#channel.call(operation, params, options);
  async barrier(): Promise<void> {
    if (this.alive) await this.#channel.call(probeOperation('local'), {});
  }
  close(): Promise<undefined> {
    this.#channel.end();
    return Promise.resolve(undefined);
  }
  stderrTail(): string {
    return '';
  }
}
