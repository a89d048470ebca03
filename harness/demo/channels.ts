#!/usr/bin/env node
/**
 * Demonstration: two engines over a lossy UDP loopback open four channels after each of the three handshakes, and move
 * data over them. Everything that is promised is checked; a broken promise ends it with exit code 1.
 */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import {
  HANDSHAKE_KINDS,
  drain,
  type ConnectionIdentity,
  type EngineEvent,
  type EntropySource,
  type HandshakeKind,
} from '../../reference/index.ts';
import { createNodePrimitives } from '../primitives/node.ts';
import type { LinkFaults } from './lossy-link.ts';
import { DemoNode, nowMs } from './node.ts';
import { MessageTransfer, StreamTransfer, type Transfer } from './transfers.ts';

const FAULTS: LinkFaults = { lossPercent: 5, copyPercent: 5, delayMs: 3 };
const BYTES_DEFAULT = 10_000_000;
const TIMEOUT_MS = 120_000;
const LINE_MS = 250;
const BAR_LENGTH = 24;
const MEGABYTE = 1_000_000;
const WINDOW_PACKETS = 32;
const UNRELIABLE_PART = 20;
const POOL_LENGTH = 4096;
const USAGE_EXIT = 2;
const REASON_FINISHED = 0;

const primitives = createNodePrimitives();
const write = (text: string): void => {
  process.stdout.write(text);
};
const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(1);

/** Random bytes of the system, or those that follow from a seed. */
function entropyOf(seed: number | undefined, name: string): EntropySource {
  let pool = Buffer.alloc(0);
  let blocks = 0;
  return {
    draw(length) {
      while (pool.length < length)
        pool = Buffer.concat([
          pool,
          seed === undefined
            ? randomBytes(POOL_LENGTH)
            : createHash('sha512')
                .update(`${String(seed)} ${name} ${String(blocks++)}`)
                .digest(),
        ]);
      const drawn = Uint8Array.from(pool.subarray(0, length));
      pool = pool.subarray(length);
      return drawn;
    },
  };
}

function identityOf(entropy: EntropySource): ConnectionIdentity {
  const secret = entropy.draw(32);
  return { csid: '3a', secret, key: primitives.deriveX25519Public({ secret }) };
}

function transfersOf(bytes: number, seed: number): Transfer[] {
  const half = Math.ceil(bytes / 2);
  const few = Math.ceil(bytes / UNRELIABLE_PART);
  return [
    new StreamTransfer(3, 'resend, ordered', half, seed + 1),
    new MessageTransfer(5, 'resend, close-on-loss', half, seed + 2),
    new MessageTransfer(2, 'ordered', few, seed + 3),
    new MessageTransfer(0, 'none', few, seed + 4),
  ];
}

/** What one handshake showed. */
interface Outcome {
  readonly handshake: HandshakeKind;
  readonly readyMs: number;
  readonly tookMs: number;
  readonly bytes: number;
  readonly datagrams: number;
  readonly lost: number;
  readonly copied: number;
  readonly faults: readonly string[];
}

/** Two nodes, one handshake, four channels. */
class Run {
  readonly #handshake: HandshakeKind;
  readonly #transfers: readonly Transfer[];
  readonly #seed: number;
  readonly #entropySeed: number | undefined;
  readonly #begunAtMs = nowMs();
  readonly #faults: string[] = [];
  readonly #outgoing: Map<number, Transfer> = new Map();
  readonly #incoming: Map<number, Transfer> = new Map();
  readonly #closed: Set<Transfer> = new Set();
  #readyMs = 0;
  #lineAtMs = 0;
  #finish: () => void = () => undefined;

  constructor(handshake: HandshakeKind, bytes: number, seed: number, entropySeed: number | undefined) {
    this.#handshake = handshake;
    this.#seed = seed;
    this.#entropySeed = entropySeed;
    this.#transfers = transfersOf(bytes, seed);
  }

  async run(): Promise<Outcome> {
    const [ours, theirs] = [
      entropyOf(this.#entropySeed, `${this.#handshake} one`),
      entropyOf(this.#entropySeed, `${this.#handshake} other`),
    ];
    const ids = [ours.draw(16), theirs.draw(16)] as const;
    const identities = [identityOf(ours), identityOf(theirs)] as const;
    const engine = (which: 0 | 1, entropy: EntropySource) => ({
      suite: 'interpeer-1' as const,
      local: ids[which],
      identity: identities[which],
      policy: { handshakes: [this.#handshake] },
      entropy,
      primitives,
      windowPackets: WINDOW_PACKETS,
      sendPackets: WINDOW_PACKETS,
    });
    const one: DemoNode = await DemoNode.open({
      engine: engine(0, ours),
      faults: FAULTS,
      seed: this.#seed + 11,
      onEvent: (event) => {
        this.#heard(one, event);
      },
      onTurn: () => {
        this.#pump(one);
      },
    });
    const other: DemoNode = await DemoNode.open({
      engine: engine(1, theirs),
      faults: FAULTS,
      seed: this.#seed + 12,
      onEvent: (event) => {
        this.#given(other, event);
      },
      onTurn: () => undefined,
    });
    one.link.connect(other.link.port);
    other.link.connect(one.link.port);
    const isDone = new Promise<void>((resolve) => {
      this.#finish = resolve;
    });
    const timer = setTimeout(() => {
      this.#faults.push('not done after two minutes');
      this.#finish();
    }, TIMEOUT_MS);
    const knows = this.#handshake === 'known-keys';
    one.engine.connect({ peer: ids[1], handshake: this.#handshake, remoteKey: knows ? identities[1].key : undefined }, nowMs());
    one.poll();
    if (knows) other.engine.connect({ peer: ids[0], handshake: 'known-keys', remoteKey: identities[0].key }, nowMs());
    other.poll();
    for (const transfer of this.#transfers) {
      this.#outgoing.set(one.engine.open({ peer: ids[1], capabilities: transfer.capabilities }, nowMs()), transfer);
      one.poll();
    }
    one.turn();
    other.turn();
    await isDone;
    clearTimeout(timer);
    const tookMs = nowMs() - this.#begunAtMs;
    one.close();
    other.close();
    for (const transfer of this.#transfers) {
      const fault = transfer.fault();
      if (fault !== undefined) this.#faults.push(`${transfer.title}: ${fault}`);
    }
    const [a, b] = [one.link.count, other.link.count];
    return {
      handshake: this.#handshake,
      readyMs: this.#readyMs,
      tookMs,
      bytes: this.#givenBytes(),
      datagrams: a.sent + b.sent,
      lost: a.lost + b.lost,
      copied: a.copied + b.copied,
      faults: this.#faults,
    };
  }

  get transfers(): readonly Transfer[] {
    return this.#transfers;
  }

  #givenBytes(): number {
    return this.#transfers.reduce((sum, { givenBytes }) => sum + givenBytes, 0);
  }

  /** The side that writes. */
  #heard(node: DemoNode, event: EngineEvent): void {
    if (event.type === 'offered') node.engine.accept(event.peer, event.hashname, nowMs());
    else if (event.type === 'opened') this.#readyMs = nowMs() - this.#begunAtMs;
    else if (event.type === 'unopened') this.#end(`${this.#outgoing.get(event.channel)?.title ?? ''}: not opened (${event.why})`);
    else if (event.type === 'unanswered') this.#end('the handshake was not answered');
    else if (event.type === 'closed' && event.reason !== REASON_FINISHED)
      this.#end(`${this.#outgoing.get(event.channel)?.title ?? ''}: closed by ${event.by} with reason ${String(event.reason)}`);
  }

  /** The side that reads. */
  #given(node: DemoNode, event: EngineEvent): void {
    if (event.type === 'offered') node.engine.accept(event.peer, event.hashname, nowMs());
    else if (event.type === 'opened') {
      const transfer = this.#transfers.find(({ capabilities }) => capabilities === event.capabilities);
      if (transfer !== undefined) this.#incoming.set(event.channel, transfer);
    } else if (event.type === 'readable') {
      const transfer = this.#incoming.get(event.channel);
      for (const bytes of drain(() => node.engine.read(event.channel))) transfer?.given(bytes);
      this.#progress();
    } else if (event.type === 'closed') {
      const transfer = this.#incoming.get(event.channel);
      if (transfer !== undefined) this.#closed.add(transfer);
      if (this.#closed.size === this.#transfers.length) this.#finish();
    }
  }

  /** Writes as much as the channels take. */
  #pump(node: DemoNode): void {
    for (const [channel, transfer] of this.#outgoing) {
      if (!node.engine.isOpen(channel)) continue;
      for (let bytes = transfer.next(); ; bytes = transfer.next()) {
        if (bytes === undefined) {
          node.engine.close(channel, REASON_FINISHED, nowMs());
          node.poll();
          this.#outgoing.delete(channel);
          break;
        }
        if (!transfer.isReliable && this.#isAhead(transfer)) break;
        const length = node.engine.freeBytes(channel) === 0 ? 0 : node.engine.write(channel, bytes, nowMs());
        transfer.taken(length);
        if (length === 0) break;
        if (!transfer.isReliable) break;
      }
    }
  }

  /** A channel without resend has no window: it is written as far as the others have come. */
  #isAhead(transfer: Transfer): boolean {
    const [first] = this.#transfers;
    const next = transfer.next();
    return (
      first !== undefined &&
      next !== undefined &&
      new DataView(next.buffer, next.byteOffset, 4).getUint32(0) * next.length * first.totalBytes >
        first.givenBytes * transfer.totalBytes + first.totalBytes * next.length
    );
  }

  #end(fault: string): void {
    this.#faults.push(fault);
    this.#finish();
  }

  #progress(): void {
    const now = nowMs();
    if (now < this.#lineAtMs || !process.stdout.isTTY) return;
    this.#lineAtMs = now + LINE_MS;
    write(`\r${this.line(now - this.#begunAtMs)}`);
  }

  /** How far it has come, in a line of at most 79 characters. */
  line(tookMs: number): string {
    const reliable = this.#transfers.filter(({ isReliable }) => isReliable);
    const given = reliable.reduce((sum, { givenBytes }) => sum + givenBytes, 0);
    const total = reliable.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
    const filled = Math.floor((BAR_LENGTH * given) / total);
    const bar = `${'#'.repeat(filled)}${'.'.repeat(BAR_LENGTH - filled)}`;
    return (
      `  [${bar}] ${megabytes(given).padStart(5)} of ${megabytes(total)} MB ` +
      `${(given / 1000 / Math.max(1, tookMs)).toFixed(1).padStart(6)} MB/s`
    );
  }
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('not a whole number above 0');
  return number;
}

function summary(outcomes: readonly Outcome[]): void {
  write('\nhandshake      ready     took    MB/s  datagrams    lost  copied\n\n');
  for (const { handshake, readyMs, tookMs, bytes, datagrams, lost, copied, faults } of outcomes) {
    const speed = (bytes / 1000 / Math.max(1, tookMs)).toFixed(1);
    write(
      `${handshake.padEnd(12)} ${`${String(readyMs)} ms`.padStart(7)} ${`${(tookMs / 1000).toFixed(1)} s`.padStart(8)} ` +
        `${speed.padStart(7)} ${String(datagrams).padStart(10)} ${String(lost).padStart(7)} ` +
        `${String(copied).padStart(7)}  ${faults.length === 0 ? 'ok' : 'FAIL'}\n`,
    );
  }
  for (const { handshake, faults } of outcomes) for (const fault of faults) write(`FAIL ${handshake}: ${fault}\n`);
}

async function main(): Promise<void> {
  const command = new Command('demo:channels')
    .description(
      'Two Interpeer engines over a UDP loopback that loses and duplicates 5% of all\n' +
        'datagrams and reorders them. After each of the three handshakes\n' +
        'they open four channels with different capabilities and transfer data over them.',
    )
    .option('--bytes <count>', 'bytes over the channels with resend, for each handshake', wholeNumber, BYTES_DEFAULT)
    .option('--seed <number>', 'of link faults, content, and all keys', wholeNumber)
    .exitOverride();
  try {
    command.parse();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT;
    return;
  }
  const { bytes, seed: given } = command.opts<{ bytes: number; seed?: number }>();
  const seed = given ?? randomInt(1, 1_000_000);
  write(
    'Interpeer channels over UDP on the loopback\n' +
      `link  ${String(FAULTS.lossPercent)} % lost, ${String(FAULTS.copyPercent)} % copied, each up to ${String(FAULTS.delayMs)} ms late\n` +
      `seed  ${String(seed)}${given === undefined ? ' of the link and the content; keys are fresh' : ''}\n`,
  );
  const outcomes: Outcome[] = [];
  for (const handshake of HANDSHAKE_KINDS) {
    write(`\nhandshake ${handshake}\n`);
    const run = new Run(handshake, bytes, seed, given);
    const outcome = await run.run();
    outcomes.push(outcome);
    write(`${process.stdout.isTTY ? '\r' : ''}${run.line(outcome.tookMs)}\n`);
    for (const transfer of run.transfers)
      write(
        `  ${transfer.title.padEnd(22)} ${`${megabytes(transfer.givenBytes)} MB`.padStart(8)}  ${transfer.fault() ?? transfer.verdict()}\n`,
      );
  }
  summary(outcomes);
  process.exitCode = outcomes.every(({ faults }) => faults.length === 0) ? 0 : 1;
}

await main();
