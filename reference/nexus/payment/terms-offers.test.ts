import { describe, expect, it } from 'vitest';
import * as reference from '../../index.ts';
import { drain, noblePrimitives as P } from '../../index.ts';

const [SEED, PEER] = [new Uint8Array(32).fill(3), new Uint8Array(32).fill(4)];
const keyOf = (seed: Uint8Array): Uint8Array => reference.deriveNexusIdentity(seed, P).publicKey;
const PRICES = { price: 5n, difficulty: 10, custodyPrice: 6n };

/** Both sides of a channel; what one sends the other gets at once. */
class Pair {
  readonly own: reference.PaymentChannel = new reference.PaymentChannel({ seed: SEED, peerKey: keyOf(PEER), deposit: 500n }, P, undefined);
  readonly peer: reference.PaymentChannel = new reference.PaymentChannel({ seed: PEER, peerKey: keyOf(SEED), deposit: 500n }, P, undefined);
  stored: reference.StoredPayment | undefined;

  /** Delivers what has been sent, until nothing is on its way. */
  settleDown(): void {
    for (let isOn = true; isOn;) {
      const fromPeer = this.#deliver(this.peer, this.own);
      isOn = this.#deliver(this.own, this.peer) || fromPeer;
    }
  }
  #deliver(from: reference.PaymentChannel, to: reference.PaymentChannel): boolean {
    const events = drain(() => from.pollEvent());
    for (const event of events) {
      if (event.type === 'store' && from === this.own) this.stored = event.payment;
      if (event.type !== 'send') continue;
      if (event.requestId !== undefined) {
        to.handleAnswer({ to: event.kind, kind: event.kind, body: event.body }, 0); // TERMS that were consented to
        continue;
      }
      to.handleRequest({ kind: event.kind, requestId: 1, body: event.body }, 0);
      for (const answer of drain(() => to.pollEvent())) {
        if (answer.type === 'store' && to === this.own) this.stored = answer.payment;
        if (answer.type === 'send') from.handleAnswer({ to: event.kind, kind: answer.kind, body: answer.body }, 0);
      }
    }
    return events.length > 0;
  }
  open(nonce: number): void {
    this.peer.open({ nonce: new Uint8Array(16).fill(nonce), own: 500n, other: 500n }, 0);
    this.settleDown();
  }
}

describe('an offer that nobody has decided on', () => {
  it('waits no longer when its channel has ended', () => {
    const pair = new Pair();
    pair.open(1);
    pair.peer.offer({ from: 1n, ...PRICES }, 0);
    pair.settleDown();
    pair.peer.settle(0);
    pair.settleDown();
    pair.open(2);
    expect(() => {
      pair.own.consent(0);
    }).toThrow(expect.objectContaining({ clause: 'NXS-OFR-003' }) as Error);
    expect(() => {
      pair.own.decline(0);
    }).toThrow(expect.objectContaining({ clause: 'NXS-OFR-003' }) as Error);
    const options = { seed: SEED, peerKey: keyOf(PEER) };
    expect(() => new reference.PaymentChannel(options, P, pair.stored)).not.toThrow();
  });
});

describe('NXS-OFR-006 terms that rule nothing', () => {
  it('take no room, however many were concluded', () => {
    const pair = new Pair();
    pair.open(1);
    for (let round = 0; round < 40; round++) {
      pair.own.offer({ from: BigInt(2 * round + 1), ...PRICES, price: BigInt(round) }, 0);
      pair.settleDown();
      pair.peer.consent(0);
      pair.settleDown();
      pair.own.pay({ object: new Uint8Array(32), amount: 1n }, 0);
      pair.settleDown();
    }
    expect(pair.stored?.channel?.terms.length).toBeLessThan(16);
  });
});
