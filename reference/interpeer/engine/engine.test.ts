/** Two engines over a virtual link that loses, duplicates and reorders. */
import { describe, expect, it } from 'vitest';
import { noblePrimitives } from '../../primitives/noble.ts';
import { toHex } from '../../kernel/bytes.ts';
import { drain } from '../../kernel/endpoint.ts';
import { InterpeerEngine } from './engine.ts';
import type { EngineEvent, EntropySource, OpenOptions } from './engine-events.ts';
import type { HandshakeKind } from '../connection/policy.ts';

/** A small generator (mulberry32); tests need no secrets. */
class Dice implements EntropySource {
  #state: number;
  constructor(seed: number) {
    this.#state = seed | 0;
  }
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  draw(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => Math.floor(this.next() * 256));
  }
}

interface Faults {
  readonly loss: number;
  readonly copies: number;
  readonly delayMs: number;
}
const GOOD: Faults = { loss: 0, copies: 0, delayMs: 1 };
const BAD: Faults = { loss: 0.1, copies: 0.1, delayMs: 40 };

function identity(seed: number): { readonly csid: string; readonly secret: Uint8Array; readonly key: Uint8Array } {
  const secret = new Uint8Array(32).fill(seed);
  return { csid: '3a', secret, key: noblePrimitives.deriveX25519Public({ secret }) };
}

class World {
  readonly ids = [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)] as const;
  readonly identities = [identity(3), identity(4)] as const;
  readonly engines: readonly [InterpeerEngine, InterpeerEngine];
  readonly events: [EngineEvent[], EngineEvent[]] = [[], []];
  readonly given: [Map<number, string[]>, Map<number, string[]>] = [new Map(), new Map()];
  readonly #dice: Dice;
  readonly #faults: Faults;
  #flight: { readonly atMs: number; readonly to: 0 | 1; readonly datagram: Uint8Array }[] = [];
  nowMs = 1000;

  constructor(seed: number, faults: Faults, handshakes: readonly HandshakeKind[], suite: 'interpeer-0.1' | 'interpeer-1' = 'interpeer-1') {
    this.#dice = new Dice(seed);
    this.#faults = faults;
    const make = (which: 0 | 1): InterpeerEngine =>
      new InterpeerEngine({
        suite,
        local: this.ids[which],
        identity: this.identities[which],
        policy: { handshakes },
        entropy: new Dice(seed + which + 1),
        primitives: noblePrimitives,
      });
    this.engines = [make(0), make(1)];
  }

  connect(handshake: HandshakeKind): void {
    const knows = handshake === 'known-keys';
    this.engines[0].connect({ peer: this.ids[1], handshake, remoteKey: knows ? this.identities[1].key : undefined }, this.nowMs);
    this.#drain(0);
    if (knows) this.engines[1].connect({ peer: this.ids[0], handshake: 'known-keys', remoteKey: this.identities[0].key }, this.nowMs);
  }

  /** Opens a channel. */
  open(which: 0 | 1, options: Omit<OpenOptions, 'peer'>): number {
    const handle = this.engines[which].open({ ...options, peer: this.ids[which === 0 ? 1 : 0] }, this.nowMs);
    this.#drain(which);
    return handle;
  }

  /** Lets time pass until nothing is due within `untilMs`, or a condition holds. */
  run(untilMs: number, isOver: () => boolean = () => false): void {
    for (;;) {
      for (const which of [0, 1] as const) this.#drain(which);
      if (isOver()) return;
      const next = Math.min(...this.#flight.map(({ atMs }) => atMs), ...this.engines.map((engine) => engine.pollTimeoutAtMs() ?? Infinity));
      if (next > untilMs) {
        this.nowMs = untilMs;
        return;
      }
      this.nowMs = Math.max(this.nowMs, next);
      const due = this.#flight.filter(({ atMs }) => atMs <= this.nowMs);
      this.#flight = this.#flight.filter(({ atMs }) => atMs > this.nowMs);
      for (const { to, datagram } of due) {
        this.engines[to].handleDatagram(datagram, this.nowMs);
        this.#drain(to);
      }
      for (const which of [0, 1] as const) {
        if ((this.engines[which].pollTimeoutAtMs() ?? Infinity) <= this.nowMs) this.engines[which].handleTimeout(this.nowMs);
        this.#drain(which);
      }
    }
  }

  #drain(which: 0 | 1): void {
    const engine = this.engines[which];
    for (const out of drain(() => engine.pollTransmit())) {
      const copies = this.#dice.next() < this.#faults.copies ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) {
        if (this.#dice.next() >= this.#faults.loss)
          this.#flight.push({
            atMs: this.nowMs + 1 + Math.floor(this.#dice.next() * this.#faults.delayMs),
            to: which === 0 ? 1 : 0,
            datagram: out.datagram,
          });
      }
    }
    for (const event of drain(() => engine.pollEvent())) {
      this.events[which].push(event);
      if (event.type === 'readable')
        for (const data of drain(() => engine.read(event.channel)))
          this.given[which].set(event.channel, [...(this.given[which].get(event.channel) ?? []), toHex(data)]);
      if (event.type === 'offered') engine.accept(event.peer, event.hashname, this.nowMs);
      this.#drain(which);
    }
  }

  of(which: 0 | 1, type: EngineEvent['type']): EngineEvent[] {
    return this.events[which].filter((event) => event.type === type);
  }
}

describe.each(['none', 'known-keys', 'key-exchange'] as const)('IPR-API the engine after the handshake %s', (handshake) => {
  it.each([
    ['a good link', GOOD],
    ['a bad link', BAD],
  ] as const)('moves a stream over %s, and both ends see it closed', (_, faults) => {
    const world = new World(7, faults, [handshake]);
    world.connect(handshake);
    const [one] = world.engines;
    const handle = world.open(0, { capabilities: 3 });
    world.run(20_000, () => world.of(0, 'opened').length > 0);
    expect(world.of(0, 'opened')).toHaveLength(1);
    const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7 + (i >> 8)) & 0xff);
    let written = 0;
    const pump = (): boolean => {
      if (written < bytes.length) written += one.write(handle, bytes.subarray(written), world.nowMs);
      return written === bytes.length;
    };
    for (let step = 0; step < 2000 && !pump(); step++) world.run(world.nowMs + 20);
    expect(written).toBe(bytes.length);
    one.close(handle, 0, world.nowMs);
    world.run(world.nowMs + 30_000);
    const [received = []] = [...world.given[1].values()];
    expect(received.join('')).toBe(toHex(bytes));
    expect(world.of(0, 'closed')).toMatchObject([{ by: 'self', reason: 0 }]);
    expect(world.of(1, 'closed')).toMatchObject([{ by: 'peer', reason: 0 }]);
  });
});

describe('IPR-API what an application sees', () => {
  const kindsOf = (events: readonly EngineEvent[]): string[] => events.map(({ type }) => type);

  it('IPR-API-001 both styles: the application picks the id, or the engine does', () => {
    const world = new World(3, GOOD, ['none']);
    world.connect('none');
    const [one] = world.engines;
    const [video, audio] = [world.open(0, { capabilities: 0, half: Uint8Array.of(0, 42) }), world.open(0, { capabilities: 2 })];
    expect(() => one.open({ peer: world.ids[1], capabilities: 0, half: Uint8Array.of(0, 42) }, world.nowMs)).toThrow('in use');
    world.run(5000, () => world.of(1, 'opened').length === 2);
    expect(
      world
        .of(0, 'opened')
        .map((event) => 'channel' in event && event.channel)
        .sort(),
    ).toEqual([video, audio]);
    const [first] = world.of(0, 'opened');
    expect(first?.type === 'opened' && [...first.channelId.subarray(0, 2)]).toEqual([0, 42]);
  });
  it('IPR-API-001 if both pick the same id at once, the lower peer keeps it', () => {
    const world = new World(4, GOOD, ['none']);
    world.connect('none');
    const [, other] = world.engines;
    other.connect({ peer: world.ids[0], handshake: 'none' }, world.nowMs);
    const half = Uint8Array.of(0, 42);
    world.open(0, { capabilities: 3, half });
    const given = world.open(1, { capabilities: 3, half });
    world.run(5000, () => world.of(1, 'opened').length > 0 && world.of(1, 'unopened').length > 0);
    expect(world.of(1, 'unopened')).toEqual([{ type: 'unopened', channel: given, why: 'conflict' }]);
    expect(world.of(0, 'opened')).toHaveLength(1);
  });
  it('IPR-API-006 remembers no more than 64 strangers, and never forgets a peer it connected to', () => {
    const world = new World(5, GOOD, ['none']);
    const [one] = world.engines;
    one.connect({ peer: world.ids[1], handshake: 'none' }, 0);
    for (let stranger = 0; stranger < 1000; stranger++) {
      const local = new Uint8Array(16)
        .fill(stranger >> 8)
        .fill(stranger & 0xff, 8)
        .fill(9, 15);
      const engine = new InterpeerEngine({
        suite: 'interpeer-1',
        local,
        policy: { handshakes: ['none'] },
        entropy: new Dice(stranger),
        primitives: noblePrimitives,
      });
      engine.connect({ peer: world.ids[0], handshake: 'none' }, 0);
      engine.open({ peer: world.ids[0], capabilities: 0 }, 0);
      for (const { datagram } of drain(() => engine.pollTransmit())) {
        one.handleDatagram(datagram, stranger);
        drain(() => one.pollTransmit());
        drain(() => one.pollEvent());
      }
    }
    expect(one.peerCount).toBe(64);
    expect(() => one.open({ peer: world.ids[1], capabilities: 3 }, 1000)).not.toThrow();
  });
  it('IPR-API-008 in interpeer-0.1 channels without resend work, and a close is not sent', () => {
    const world = new World(6, GOOD, ['none'], 'interpeer-0.1');
    world.connect('none');
    const [one] = world.engines;
    const channel = world.open(0, { capabilities: 2 });
    world.run(5000, () => world.of(1, 'opened').length > 0);
    for (const text of ['a', 'b']) one.write(channel, Uint8Array.of(text.charCodeAt(0)), world.nowMs);
    one.close(channel, 0, world.nowMs);
    world.run(world.nowMs + 100);
    expect([...world.given[1].values()]).toEqual([['61', '62']]);
    expect(kindsOf(world.events[0])).toContain('closed');
    expect(kindsOf(world.events[1])).not.toContain('closed');
  });
  it('IPR-API-009 channels take turns to send', () => {
    const world = new World(8, GOOD, ['none']);
    world.connect('none');
    const [one] = world.engines;
    const channels = [0, 1, 2].map(() => world.open(0, { capabilities: 0 }));
    world.run(5000, () => world.of(1, 'opened').length === 3);
    for (const channel of channels)
      for (let write = 0; write < 3; write++) one.write(channel, new Uint8Array(800).fill(channel), world.nowMs);
    const ids = drain(() => one.pollTransmit()).map(({ datagram }) => toHex(datagram.subarray(36, 40)));
    expect(ids).toHaveLength(9);
    for (let turn = 0; turn < 9; turn += 3) expect(new Set(ids.slice(turn, turn + 3)).size).toBe(3);
  });
});
