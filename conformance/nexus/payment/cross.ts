/**
 * What three implementations can do together with money: each has a channel with both others, pays the next one around the ring,
 * and settles, so that all have what they had.
 */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { flow, type Flow } from '../../cross/flow.ts';
import { Part } from '../../cross/part.ts';
import { SIDES, type PairTalk, type Side } from '../../cross/pair-talk.ts';
import { toHex } from '../../oracle/values.ts';
import { bytesExactly } from '../../suites/arbitraries.ts';
import { nodeOf, type Node } from '../identity/people.ts';

const NOW_MS = 1_000;
/** Cases at effort 1; each costs some fifty signatures. */
const RUNS = 3;
const RECORDS_MAX = 40;
const OPERATIONS = ['open', 'begin', 'pay', 'end', 'settle', 'request', 'answer', 'restart', 'close'].map(
  (verb) => `nexus.payment.${verb}`,
);
const DEPOSIT = 1_000_000n;

/** The flow of payments around a ring. */
export function paymentFlows(): Flow[] {
  return [
    flow({
      id: 'nexus.payment/ring',
      title: 'a ring of channels: each pays the next one, and all settle',
      requirement: 'NXS-PCH-011',
      producer: OPERATIONS,
      relay: OPERATIONS,
      consumer: OPERATIONS,
      runs: RUNS,
      // Amounts are not shrunk: the size of one never decides a failure.
      arbitrary: fc.noShrink(
        fc.record({
          people: fc.uniqueArray(bytesExactly(32), { minLength: 3, maxLength: 3, selector: toHex }).map((seeds) => seeds.map(nodeOf)),
          nonces: fc.array(bytesExactly(16).map(toHex), { minLength: 3, maxLength: 3 }),
          objects: fc.array(bytesExactly(32).map(toHex), { minLength: 2, maxLength: 2 }),
          amounts: fc.array(fc.integer({ min: 0, max: 500_000 }), { minLength: 2, maxLength: 2 }),
          stops: fc.boolean(),
        }),
      ),
      trial: async ({ people, nonces, objects, amounts, stops }, talk) => {
        const nodes = SIDES.map((side, i) => ({ side, node: people[i] ?? nodeOf(new Uint8Array(32)) }));
        const total = String(amounts.reduce((sum, amount) => sum + amount, 0));
        const links: Link[] = [];
        for (const [i, payer] of nodes.entries()) {
          const link = new Link(talk, payer, nodes[(i + 1) % nodes.length] ?? payer);
          await link.open(nonces[i] ?? '');
          links.push(link);
        }
        for (const [i, object] of objects.entries()) for (const link of links) await link.pay(object, amounts[i] ?? 0, stops);
        for (const link of links) await link.settle();
        for (const { settled } of links) await talk.demand({ settled }, 'settled', [total, total]);
        for (const link of links) await link.close();
      },
    }),
  ];
}

interface End {
  readonly side: Side;
  readonly node: Node;
}
interface Flight {
  readonly to: Part;
  readonly isAnswer: boolean;
  /** The kind of the request, of which this is the answer. */
  readonly of: number;
  readonly kind: number;
  readonly body: string;
}

/** A channel between a payer and a payee, and what is on its way between them. */
class Link {
  readonly #talk: PairTalk;
  readonly #ends: readonly [End, End];
  readonly #payer: Part;
  readonly #payee: Part;
  readonly #inFlight: Flight[] = [];
  readonly #paid: string[] = [];
  /** Amounts that both say are paid in the end. */
  readonly settled: string[] = [];

  constructor(talk: PairTalk, payer: End, payee: End) {
    this.#talk = talk;
    this.#ends = [payer, payee];
    this.#payer = new Part(talk, payer.side, 'nexus.payment', NOW_MS);
    this.#payee = new Part(talk, payee.side, 'nexus.payment', NOW_MS);
  }
  async open(nonce: string): Promise<void> {
    const [payer, payee] = this.#ends;
    await this.#payer.open({ seed: payer.node.seed, peerKey: payee.node.publicKey, deposit: String(DEPOSIT) });
    await this.#payee.open({ seed: payee.node.seed, peerKey: payer.node.publicKey, deposit: String(DEPOSIT) });
    await this.#does(this.#payer, 'begin', { nonce, own: String(DEPOSIT), other: String(DEPOSIT) });
  }
  async close(): Promise<void> {
    await this.#payer.close();
    await this.#payee.close();
  }
  async pay(object: string, amount: number, stops: boolean): Promise<void> {
    this.#paid.length = 0;
    await this.#does(this.#payer, 'pay', { object, amount: String(amount) }, stops);
    await this.#talk.demand({ paid: this.#paid }, 'paid', [`${object} ${String(amount)}`]);
  }
  async settle(): Promise<void> {
    await this.#does(this.#payee, 'settle', {});
  }

  /** A call, and everything that follows from it. @param stops whether both stop and begin again while the request is on its way */
  async #does(part: Part, verb: string, params: JsonObject, stops = false): Promise<void> {
    this.#take(part, await part.call(verb, params), 0);
    if (stops) for (const one of [this.#payer, this.#payee]) this.#take(one, await one.call('restart', {}), 0);
    for (let count = 0; count < RECORDS_MAX; count++) {
      const next = this.#inFlight.shift();
      if (next === undefined) return;
      const { to, isAnswer, kind, body } = next;
      if (isAnswer) await this.#answered(next);
      else this.#take(to, await to.call('request', { kind, requestId: 1, body }), kind);
    }
    await this.#talk.demand({ records: `more than ${String(RECORDS_MAX)}` }, 'records', `at most ${String(RECORDS_MAX)}`);
  }
  /** An answer to a request that was sent twice comes twice, and the second finds nothing that waits for it. */
  async #answered({ to, of, kind, body }: Flight): Promise<void> {
    if (this.#concluded.has(`${to.side} ${body}`)) return;
    this.#concluded.add(`${to.side} ${body}`);
    this.#take(to, await to.call('answer', { to: of, kind, body }), 0);
  }
  readonly #concluded: Set<string> = new Set();

  #take(from: Part, events: readonly JsonObject[], of: number): void {
    const to = from === this.#payer ? this.#payee : this.#payer;
    for (const { type, kind, requestId, body, reference, amount } of events) {
      if (type === 'paid') this.#paid.push(`${String(reference)} ${String(amount)}`);
      if (type === 'settled') this.settled.push(String(amount));
      if (type !== 'send') continue;
      const isAnswer = requestId !== undefined;
      this.#inFlight.push({ to, isAnswer, of: isAnswer ? of : Number(kind), kind: Number(kind), body: String(body) });
    }
  }
}
