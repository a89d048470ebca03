/** A UDP socket on the loopback whose way out loses, repeats and delays what is sent, as its seed says. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** How bad the link is. */
export interface LinkFaults {
  readonly lossPercent: number;
  readonly copyPercent: number;
  /** Each datagram is held back up to so long, in milliseconds, so that datagrams overtake each other. */
  readonly delayMs: number;
}
/** What became of what was sent. */
export interface LinkCount {
  sent: number;
  lost: number;
  copied: number;
}

/** A small generator (mulberry32) of numbers from 0 up to, and without, 1. */
export function createDice(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const HOST = '127.0.0.1';
const BUFFER_BYTES = 4 << 20;

/** One end of the link. */
export class LossyLink {
  readonly count: LinkCount = { sent: 0, lost: 0, copied: 0 };
  readonly #socket: Socket;
  readonly #faults: LinkFaults;
  readonly #dice: () => number;
  readonly #timers: Set<NodeJS.Timeout> = new Set();
  #peerPort = 0;

  private constructor(socket: Socket, faults: LinkFaults, dice: () => number) {
    this.#socket = socket;
    this.#faults = faults;
    this.#dice = dice;
  }

  /** Binds a socket to a free port. */
  static async open(faults: LinkFaults, seed: number, receive: (datagram: Uint8Array) => void): Promise<LossyLink> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: BUFFER_BYTES, sendBufferSize: BUFFER_BYTES });
    // A Buffer's slice shares its memory; the reference takes plain bytes.
    socket.on('message', (message) => {
      receive(new Uint8Array(message.buffer, message.byteOffset, message.length));
    });
    socket.bind(0, HOST);
    await once(socket, 'listening');
    return new LossyLink(socket, faults, createDice(seed));
  }

  get port(): number {
    return this.#socket.address().port;
  }

  connect(port: number): void {
    this.#peerPort = port;
  }

  /** Sends a datagram, perhaps. */
  send(datagram: Uint8Array): void {
    this.count.sent += 1;
    const copies = this.#dice() * 100 < this.#faults.copyPercent ? 2 : 1;
    this.count.copied += copies - 1;
    for (let copy = 0; copy < copies; copy++) {
      if (this.#dice() * 100 < this.#faults.lossPercent) {
        this.count.lost += 1;
        continue;
      }
      const delayMs = Math.floor(this.#dice() * (this.#faults.delayMs + 1));
      if (delayMs === 0) this.#socket.send(datagram, this.#peerPort, HOST);
      else {
        const timer = setTimeout(() => {
          this.#timers.delete(timer);
          this.#socket.send(datagram, this.#peerPort, HOST);
        }, delayMs);
        this.#timers.add(timer);
      }
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#socket.close();
  }
}
