/**
 * An adapter behind a UDP port: one JSON object per datagram (ADP-005 to ADP-008). Datagrams get lost, so requests are
 * repeated, and replies may come twice; that is not misbehaviour if they are equal.
 */
import { createSocket, type Socket } from 'node:dgram';
import { isUtf8 } from 'node:buffer';
import { isIPv6 } from 'node:net';
import { Channel } from './channel.ts';
import type { Hello } from '../../conformance/contract/contract.ts';
import { DATAGRAM_BYTES_DEFAULT, DATAGRAM_BYTES_MAX, type Linter } from './lint.ts';
import type { Pending } from './pending.ts';

/** Options of a UDP connection. */
export interface UdpOptions {
  /** Milliseconds for a request if the call names none. */
  readonly timeoutMs: number;
  /** Milliseconds before a request is repeated, each time. 200 if absent. */
  readonly repeatMs?: number;
}

/**
 * As often in the usual 10 seconds that, where half of all datagrams are lost, one request in a million stays unanswered.
 * Pauses that grow, as on the internet, would give up one in ten.
 */
const REPEAT_MS = 200;
/** Datagrams in flight: few enough for the socket buffers of small devices. */
const WINDOW = 16;
const SOCKET_BUFFER_BYTES = 1024 * 1024;
/** Recent replies kept to tell a repetition from a second answer. */
const RECENT_REPLIES_MAX = 256;
/** Most repeated replies for each request sent; the bench's own repetitions never cause more. */
const REPEATS_MAX = 64;
/** After this many errors in a row saying that nothing listens, they are believed. */
const REFUSALS_MAX = 4;

interface InFlight {
  readonly text: string;
  sends: number;
  timer: NodeJS.Timeout | undefined;
}

/** A connection to a UDP port. */
export class UdpConnection extends Channel {
  readonly #host: string;
  readonly #port: number;
  readonly #repeatMs: number;
  readonly #socket: Socket;
  readonly #waiting: number[] = [];
  readonly #unsent = new Map<number, string>();
  readonly #inFlight = new Map<number, InFlight>();
  readonly #recent = new Map<number, string>();
  readonly #ready: Promise<void>;
  #datagramBytesMax = DATAGRAM_BYTES_DEFAULT;
  #replyBytesMax = DATAGRAM_BYTES_MAX;
  #connected = false;
  #closed = false;
  #refusals = 0;
  #repeats = 0;
  #sent = 0;

  constructor(host: string, port: number, linter: Linter, options: UdpOptions) {
    super(linter, options.timeoutMs);
    this.#host = host;
    this.#port = port;
    this.#repeatMs = options.repeatMs ?? REPEAT_MS;
    this.#socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: SOCKET_BUFFER_BYTES });
    this.#socket.on('message', (message) => {
      this.#message(message);
    });
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#refused(error);
    });
    this.#ready = new Promise((resolve) => {
      this.#socket.connect(port, host, (error?: Error | null) => {
        if (error instanceof Error) this.poison('start-failed', `cannot reach ${host}:${String(port)}: ${error.message}`);
        else {
          this.#connected = true;
          this.#fill();
        }
        resolve();
      });
    });
  }

  /** A device has no stderr. */
  stderrTail(): string {
    return '';
  }

  /** Closes the socket; the device goes on. */
  async close(): Promise<undefined> {
    this.beginClosing();
    await this.#ready;
    this.#release();
    this.table.settleAll({ kind: 'misbehaviour', what: 'crash', detail: 'the bench closed the connection' });
  }

  protected override tooLarge(text: string): string | undefined {
    const bytes = Buffer.byteLength(text);
    return bytes <= this.#datagramBytesMax
      ? undefined
      : `the request is a datagram of ${String(bytes)} bytes; at most ${String(this.#datagramBytesMax)} are allowed (ADP-009)`;
  }

  protected override limit(hello: Hello): void {
    this.#datagramBytesMax = hello.limits.datagramBytes ?? DATAGRAM_BYTES_DEFAULT;
    this.#replyBytesMax = this.#datagramBytesMax;
  }

  protected override send(id: number, text: string): void {
    this.#unsent.set(id, text);
    this.#waiting.push(id);
    this.#fill();
  }

  protected override abandon(): void {
    this.#release();
  }

  protected override replyBytesMax(): number {
    return this.#replyBytesMax;
  }

  protected override unfinished(): string {
    const sends = Math.max(0, ...[...this.#inFlight.values()].map((request) => request.sends));
    const refused = this.#refusals === 0 ? '' : '; the system says that nothing listens at that port';
    return `it was sent ${String(sends)} times to ${this.#host}:${String(this.#port)}${refused}`;
  }

  protected override isRepeat(id: number, text: string): boolean {
    const before = this.#recent.get(id);
    // A repetition of a reply that is no longer remembered is accepted, but not without limit.
    this.#repeats += 1;
    if (this.#repeats > REPEATS_MAX * (1 + this.#sent))
      this.poison('flood', `${String(this.#repeats)} datagrams repeated replies to ${String(this.#sent)} sent requests`, 'ADP-039');
    return before === undefined || before === text;
  }

  protected override answered(pending: Pending, text: string): void {
    super.answered(pending, text);
    clearTimeout(this.#inFlight.get(pending.id)?.timer);
    this.#inFlight.delete(pending.id);
    this.#recent.set(pending.id, text);
    if (this.#recent.size > RECENT_REPLIES_MAX) {
      for (const oldest of this.#recent.keys()) {
        this.#recent.delete(oldest);
        break;
      }
    }
    this.#fill();
  }

  #fill(): void {
    while (this.#connected && this.alive && this.#inFlight.size < WINDOW) {
      const id = this.#waiting.shift();
      const text = id === undefined ? undefined : this.#unsent.get(id);
      if (id === undefined || text === undefined) return;
      this.#unsent.delete(id);
      const request: InFlight = { text, sends: 0, timer: undefined };
      this.#inFlight.set(id, request);
      this.#transmit(request);
    }
  }

  #transmit(request: InFlight): void {
    if (this.#closed) return;
    request.sends += 1;
    this.#sent += 1;
    this.#socket.send(request.text, (error) => {
      if (error !== null) this.#refused(error);
    });
    request.timer = setTimeout(() => {
      this.#transmit(request);
    }, this.#repeatMs);
  }

  #message(message: Buffer): void {
    if (!this.alive) return;
    this.#refusals = 0;
    if (message.length > this.#replyBytesMax) {
      this.poison(
        'line-too-long',
        `a datagram of ${String(message.length)} bytes; at most ${String(this.#replyBytesMax)} are allowed`,
        'ADP-006',
      );
    } else if (!isUtf8(message)) {
      this.poison('garbage', `a datagram that is not UTF-8: ${message.subarray(0, 40).toString('hex')} (hex)`, 'ADP-002');
    } else {
      this.receive(message.toString('utf8'));
    }
  }

  #refused(error: NodeJS.ErrnoException): void {
    this.#refusals += 1;
    if (this.#refusals >= REFUSALS_MAX)
      // Whether it crashed cannot be known from here: it does not answer.
      this.poison(
        'timeout',
        `no answer: nothing listens at ${this.#host}:${String(this.#port)} (${error.code ?? error.message})`,
        'ADP-037',
      );
  }

  #release(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const request of this.#inFlight.values()) clearTimeout(request.timer);
    this.#inFlight.clear();
    this.#unsent.clear();
    this.#waiting.length = 0;
    this.#socket.close();
  }
}
