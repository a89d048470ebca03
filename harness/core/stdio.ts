/** An adapter as a child process: one JSON object per line on stdin and stdout (ADP-001 to ADP-004, ADP-037 to ADP-040). */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Channel, type Misbehaviour } from './channel.ts';
import type { Hello } from '../../conformance/contract/contract.ts';
import { LineReader } from './lines.ts';
import { brief, LINE_BYTES_MAX, type Linter } from './lint.ts';
import { endStrays, killTree, markOfRun, spawnTree, terminateTree, treeEnded } from './processes.ts';

/** What languages write before they end for want of memory. */
const OUT_OF_MEMORY = /out of memory|OutOfMemory|MemoryError|bad_alloc|heap limit|cannot allocate memory/i;

/** How a child process is run. */
export interface StdioOptions {
  /** Milliseconds for a request if the call names none. */
  readonly timeoutMs: number;
  /** Milliseconds that an adapter has to end by itself, and again after SIGTERM; 500 if absent. */
  readonly closeGraceMs?: number;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** How many of the last bytes of stderr are kept. */
const STDERR_BYTES_MAX = 16 * 1024;
/** A process that has ended may have output in the pipe; a child that left its group may hold the pipe forever. */
const EXIT_GRACE_MS = 500;
/** An adapter whose output has ended can answer nothing more; its exit usually follows at once and says more. */
const OUTPUT_GRACE_MS = 150;
const CLOSE_GRACE_MS = 500;
/** Output without any answer: more than the longest line and what may be read along with it. */
const FLOOD_BYTES = 2 * LINE_BYTES_MAX;

/** A connection to a child process. */
export class StdioConnection extends Channel {
  readonly #command: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closeGraceMs: number;
  readonly #reader: LineReader;
  readonly #ended: Promise<void>;
  #lineBytesMax = LINE_BYTES_MAX;
  #outgoing = '';
  #flushing = false;
  #draining = false;
  #stderr: Buffer[] = [];
  #stderrBytes = 0;
  #inputClosed = false;
  #end: Promise<string | undefined> | undefined;
  readonly #mark: string;

  /** Starts the command; a failure to start appears as `failure`. */
  constructor(words: readonly [string, ...string[]], linter: Linter, options: StdioOptions) {
    super(linter, options.timeoutMs);
    this.#closeGraceMs = options.closeGraceMs ?? CLOSE_GRACE_MS;
    this.#reader = new LineReader(this.#lineBytesMax, {
      line: (text) => {
        this.receive(text);
      },
      notUtf8: (bytes) => {
        this.poison('garbage', `a line that is not UTF-8: ${brief(bytes.subarray(0, 40).toString('hex'))} (hex)`, 'ADP-002');
      },
      tooLong: (bytes) => {
        this.poison(
          'line-too-long',
          `${String(bytes)} bytes of one line had arrived; at most ${String(this.#lineBytesMax)} are allowed`,
          'ADP-003',
        );
      },
    });
    this.#mark = markOfRun();
    this.#command = words[0];
    this.#child = spawnTree(words, {
      mark: this.#mark,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.env === undefined ? {} : { env: options.env }),
    });
    this.#ended = this.#watch();
  }

  /** Process id of the command, the leader of its tree; undefined if it never started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The last of what the adapter wrote to stderr, at most 16 KiB. */
  stderrTail(): string {
    return Buffer.concat(this.#stderr).subarray(-STDERR_BYTES_MAX).toString('utf8');
  }

  /** Ends the process: closes its input, then (except on Windows) SIGTERM, then ends its tree; resolves when it is gone. */
  close(): Promise<string | undefined> {
    this.#end ??= this.#close();
    return this.#end;
  }

  async #close(): Promise<string | undefined> {
    this.beginClosing();
    const child = this.#child;
    let wrong: string | undefined;
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      child.stdin.end();
      if (await this.#endsWithin(this.#closeGraceMs)) {
        if (this.failure === undefined && (child.signalCode !== null || child.exitCode !== 0))
          wrong = `after its input was closed ${this.#lastWords()}`;
      } else {
        if (!terminateTree(child.pid) || !(await this.#endsWithin(this.#closeGraceMs))) killTree(child.pid);
      }
    }
    await this.#ended;
    if (child.pid !== undefined) await treeEnded(child.pid);
    endStrays(this.#mark);
    this.table.settleAll({ kind: 'misbehaviour', what: 'crash', detail: 'the bench closed the connection' });
    return wrong;
  }

  protected override tooLarge(text: string): string | undefined {
    // A UTF-16 unit takes at most three bytes of UTF-8, so short lines need not be measured.
    if (text.length * 3 <= this.#lineBytesMax) return undefined;
    const bytes = Buffer.byteLength(text);
    return bytes <= this.#lineBytesMax
      ? undefined
      : `the request is a line of ${String(bytes)} bytes; at most ${String(this.#lineBytesMax)} are allowed (ADP-009)`;
  }

  protected override limit(hello: Hello): void {
    this.#lineBytesMax = Math.min(LINE_BYTES_MAX, hello.limits.lineBytes);
    this.#reader.limit = this.#lineBytesMax;
  }

  protected override send(_id: number, text: string): void {
    this.#outgoing += `${text}\n`;
    if (this.#flushing || this.#draining) return;
    // Requests of one turn leave in one write.
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flush();
    });
  }

  protected override abandon(): void {
    const { pid } = this.#child;
    this.#outgoing = '';
    if (pid !== undefined) killTree(pid);
  }

  protected override replyBytesMax(): number {
    return this.#lineBytesMax;
  }

  protected override unfinished(): string {
    const came =
      this.#reader.unfinished === 0
        ? 'none of it had arrived'
        : `${String(this.#reader.unfinished)} bytes of an unfinished line had arrived`;
    return this.#inputClosed ? `${came}, and the adapter had closed its input` : came;
  }

  #flush(): void {
    this.#flushing = false;
    const text = this.#outgoing;
    if (text === '' || this.#child.stdin.destroyed) return;
    this.#outgoing = '';
    // A slow reader holds the bench back instead of filling its memory.
    if (!this.#child.stdin.write(text)) {
      this.#draining = true;
      this.#child.stdin.once('drain', () => {
        this.#draining = false;
        this.#flush();
      });
    }
  }

  #watch(): Promise<void> {
    const child = this.#child;
    child.stdout.on('data', (chunk: Buffer) => {
      if (this.failure !== undefined) return;
      this.bytesSinceReply += chunk.length;
      this.#reader.push(chunk);
      if (this.bytesSinceReply > FLOOD_BYTES)
        this.poison('flood', `${String(this.bytesSinceReply)} bytes arrived without a single answer`, 'ADP-039');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr.push(chunk);
      this.#stderrBytes += chunk.length;
      if (this.#stderrBytes > 4 * STDERR_BYTES_MAX) {
        const tail = Buffer.from(Buffer.concat(this.#stderr).subarray(-STDERR_BYTES_MAX));
        this.#stderr = [tail];
        this.#stderrBytes = tail.length;
      }
    });
    // If the process is gone, its exit says more than a broken pipe.
    child.stdin.on('error', () => {
      this.#inputClosed = true;
    });
    child.stdout.on('error', () => undefined);
    child.stderr.on('error', () => undefined);
    return new Promise((resolve) => {
      const end = (detail: string): void => {
        if (!this.closing) this.poison('crash', detail, 'ADP-037', undefined, this.#outsideCause());
        child.stdout.destroy();
        child.stderr.destroy();
        resolve();
      };
      child.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') end(`there is no command "${this.#command}" (ENOENT)`);
        else if (child.pid === undefined) end(error.message);
      });
      // Replies written before the end are still in the pipe: 'close' comes after them.
      child.once('close', () => {
        end(this.#lastWords());
      });
      child.once('exit', () => {
        setTimeout(() => {
          end(this.#lastWords());
        }, EXIT_GRACE_MS).unref();
      });
      child.stdout.once('end', () => {
        setTimeout(() => {
          if (child.exitCode === null && child.signalCode === null && !this.closing)
            this.poison('crash', 'the adapter closed its output but kept running', 'ADP-037');
        }, OUTPUT_GRACE_MS).unref();
      });
    });
  }

  /** What ended the process besides itself: the system, or its memory. */
  #outsideCause(): Misbehaviour['cause'] {
    if (OUT_OF_MEMORY.test(this.stderrTail())) return 'out of memory';
    return this.#child.signalCode === 'SIGKILL' ? 'killed' : undefined;
  }

  #lastWords(): string {
    const { exitCode, signalCode } = this.#child;
    const how = signalCode === null ? `exit code ${String(exitCode)}` : `signal ${signalCode}`;
    const oldest = this.table.oldest();
    const work =
      oldest === undefined
        ? 'nothing pending, but its input still open'
        : `${String(this.table.size)} unanswered, the oldest ${oldest.operation}`;
    const partial = this.#reader.unfinished === 0 ? '' : `; ${String(this.#reader.unfinished)} bytes of an unfinished line had arrived`;
    const stderr = this.stderrTail().trimEnd().split('\n').slice(-8).join('\n').slice(-1500);
    return `the adapter ended (${how}) with ${work}${partial}${stderr === '' ? '' : `; the end of its stderr:\n${stderr}`}`;
  }

  async #endsWithin(ms: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => {
        resolve(false);
      }, ms);
    });
    const ended = await Promise.race([this.#ended.then(() => true), late]);
    clearTimeout(timer);
    return ended;
  }
}
