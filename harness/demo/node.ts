/** An engine of Interpeer on a socket: the clock and the loop that it does not have itself. */
import { InterpeerEngine, drain, type EngineEvent, type InterpeerEngineOptions } from '../../reference/index.ts';
import { LossyLink, type LinkFaults } from './lossy-link.ts';

/** How a node is set up. */
export interface DemoNodeOptions {
  readonly engine: InterpeerEngineOptions;
  readonly faults: LinkFaults;
  readonly seed: number;
  readonly onEvent: (event: EngineEvent) => void;
  /** Called after everything that happened, for more to write. */
  readonly onTurn: () => void;
}

/** Milliseconds since the process began; never back. */
export function nowMs(): number {
  return Math.floor(performance.now());
}

/** One node of the demonstration. */
export class DemoNode {
  readonly engine: InterpeerEngine;
  readonly #options: DemoNodeOptions;
  #link: LossyLink | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isTurning = false;

  private constructor(options: DemoNodeOptions) {
    this.#options = options;
    this.engine = new InterpeerEngine(options.engine);
  }

  static async open(options: DemoNodeOptions): Promise<DemoNode> {
    const node = new DemoNode(options);
    node.#link = await LossyLink.open(options.faults, options.seed, (datagram) => {
      node.engine.handleDatagram(datagram, nowMs());
      node.turn();
    });
    return node;
  }

  get link(): LossyLink {
    if (this.#link === undefined) throw new Error('the node is not open');
    return this.#link;
  }

  /** Sends what is to be sent, tells what happened, and sets the clock. */
  turn(): void {
    if (this.#isTurning) return;
    this.#isTurning = true;
    this.poll();
    const now = nowMs();
    if ((this.engine.pollTimeoutAtMs() ?? Infinity) <= now) {
      this.engine.handleTimeout(now);
      this.poll();
    }
    this.#options.onTurn();
    this.poll();
    this.#isTurning = false;
    clearTimeout(this.#timer);
    const dueAtMs = this.engine.pollTimeoutAtMs();
    if (dueAtMs !== undefined)
      this.#timer = setTimeout(
        () => {
          this.turn();
        },
        Math.max(1, dueAtMs - nowMs()),
      );
  }

  close(): void {
    clearTimeout(this.#timer);
    this.link.close();
  }

  /** Sends and tells what the last call put out, and what is called because of it; to be called before the next call. */
  poll(): void {
    for (const { datagram } of drain(() => this.engine.pollTransmit())) this.link.send(datagram);
    for (const event of drain(() => this.engine.pollEvent())) {
      this.#options.onEvent(event);
      this.poll();
    }
  }
}
