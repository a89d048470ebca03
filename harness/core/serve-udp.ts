/** The adapter's side of the contract over UDP: a cache of recent replies runs each request at most once (ADP-008). */
import { createSocket } from 'node:dgram';
import { isUtf8 } from 'node:buffer';
import { isIPv6 } from 'node:net';
import { DATAGRAM_BYTES_DEFAULT } from './lint.ts';
import { type Handler, refusal, Responder } from './serve.ts';

/** A running UDP server. */
export interface UdpServer {
  /** The port in use; if 0 was requested, the one that the system chose. */
  readonly port: number;
  close(): Promise<void>;
}

/** Most replies that are remembered, and most characters that they may have together. */
const CACHE_ENTRIES_MAX = 1024;
const CACHE_LENGTH_MAX = 4 * 1024 * 1024;

/** Recent replies by sender and request: the remote address and the bytes of the request, id included, are the key. */
class ReplyCache {
  /** Undefined while the reply is being computed: its request is known and must not run again. */
  readonly #replies = new Map<string, string | undefined>();
  #length = 0;

  has(key: string): boolean {
    return this.#replies.has(key);
  }

  get(key: string): string | undefined {
    return this.#replies.get(key);
  }

  begin(key: string): void {
    this.#replies.set(key, undefined);
    this.#length += key.length;
  }

  finish(key: string, reply: string): void {
    if (!this.#replies.has(key)) return;
    this.#replies.set(key, reply);
    this.#length += reply.length;
    for (const [oldest, text] of this.#replies) {
      if (oldest === key || (this.#replies.size <= CACHE_ENTRIES_MAX && this.#length <= CACHE_LENGTH_MAX)) return;
      // A request that is still running stays, or its repetition would run it twice.
      if (text === undefined) continue;
      this.#replies.delete(oldest);
      this.#length -= oldest.length + text.length;
    }
  }
}

/** Serves a handler on a UDP port (0: any free one); resolves when it listens. */
export function serveUdp(handler: Handler, port: number, host = '127.0.0.1'): Promise<UdpServer> {
  const responder = new Responder(handler, handler.hello.limits.datagramBytes ?? DATAGRAM_BYTES_DEFAULT);
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: 1024 * 1024 });
  const cache = new ReplyCache();
  socket.on('message', (message, remote) => {
    const send = (reply: string): void => {
      // A reply that cannot be sent is as good as lost: the bench repeats its request.
      socket.send(reply, remote.port, remote.address, () => undefined);
    };
    if (!isUtf8(message)) {
      send(refusal('a datagram that is not UTF-8'));
      return;
    }
    const text = message.toString('utf8');
    const key = `${remote.address} ${String(remote.port)} ${text}`;
    if (cache.has(key)) {
      const known = cache.get(key);
      if (known !== undefined) send(known);
      return;
    }
    cache.begin(key);
    const answer = (reply: string): void => {
      cache.finish(key, reply);
      send(reply);
    };
    const reply = responder.respond(text);
    if (typeof reply === 'string') answer(reply);
    else void reply.then(answer);
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, host, () => {
      socket.removeListener('error', reject);
      socket.on('error', () => undefined);
      resolve({
        port: socket.address().port,
        close: () =>
          new Promise((done) => {
            socket.close(() => {
              done();
            });
          }),
      });
    });
  });
}
