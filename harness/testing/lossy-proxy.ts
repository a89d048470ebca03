/** A link between two UDP ports that loses datagrams and doubles others. */
import { createSocket, type Socket } from 'node:dgram';

/** A running link. */
export interface LossyProxy {
  /** Where the bench sends to. */
  readonly port: number;
  close(): void;
}

/** A sequence of numbers from 0 to 1, the same each time: a linear congruential generator modulo 2^32. */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Starts a link to a port of this machine.
 * @param chances shares, from 0 to 1, of the datagrams of either direction that are lost, and of the others that are doubled
 */
export async function lossyProxy(to: number, chances: { readonly loss: number; readonly doubled?: number }): Promise<LossyProxy> {
  const next = numbers();
  const front = createSocket('udp4');
  const backs = new Map<number, Socket>();
  const pass = (send: () => void): void => {
    if (next() < chances.loss) return;
    send();
    if (next() < (chances.doubled ?? 0)) send();
  };
  front.on('message', (message, remote) => {
    let back = backs.get(remote.port);
    if (back === undefined) {
      back = createSocket('udp4');
      back.on('message', (reply) => {
        pass(() => {
          front.send(reply, remote.port, remote.address);
        });
      });
      backs.set(remote.port, back);
    }
    const socket = back;
    pass(() => {
      socket.send(message, to, '127.0.0.1');
    });
  });
  await new Promise<void>((resolve) => {
    front.bind(0, '127.0.0.1', resolve);
  });
  return {
    port: front.address().port,
    close: () => {
      front.close();
      for (const back of backs.values()) back.close();
    },
  };
}
