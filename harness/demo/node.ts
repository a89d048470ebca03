/** An engine of Interpeer on a socket: the clock and the loop that it does not have itself. */
import { InterpeerEngine, type EngineEvent, type InterpeerEngineOptions } from '../../reference/index.ts';
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
      node.engine.receive(datagram, nowMs());
      node.turn();
    });
    return node;
  }

  get link(): LossyLink {
    if (this.#link === undefined) throw new Error('the node is not open');
    return this.#link;
  }

  /** Tells what happened, sends what is to be sent, and sets the clock. */
  turn(): void {
    if (this.#isTurning) return;
    this.#isTurning = true;
    const now = nowMs();
    if ((this.engine.timeout() ?? Infinity) <= now) this.engine.tick(now);
    this.#tell();
    this.#options.onTurn();
    for (let out = this.engine.pollTransmit(now); out !== undefined; out = this.engine.pollTransmit(now)) this.link.send(out.datagram);
    this.#tell();
    this.#isTurning = false;
    clearTimeout(this.#timer);
    const dueAtMs = this.engine.timeout();
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

  #tell(): void {
    for (let event = this.engine.pollEvent(); event !== undefined; event = this.engine.pollEvent()) this.#options.onEvent(event);
  }
}
