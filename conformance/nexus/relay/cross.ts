/**
 * What three implementations can do together: one deposits a message, another keeps it, and a third fetches it, while each of
 * them stops at times and begins again with what it has stored, and records come twice.
 */
import fc from 'fast-check';
import type { JsonObject } from '../../contract/contract.ts';
import { flow, type Flow } from '../../cross/flow.ts';
import type { PairTalk } from '../../cross/pair-talk.ts';
import { Part } from '../../cross/part.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { bytesExactly, bytesUpTo } from '../../suites/arbitraries.ts';
import { nodeOf, type Node } from '../identity/people.ts';
import { headerByHand, headerHash, little, ownerOf, rootOf } from '../object/made.ts';

const NOW_MS = 1_000;
/** Cases at effort 1. */
const RUNS = 24;
/** Records until both ends are done, with many to spare. */
const RECORDS_MAX = 80;
const [ERROR, PUT_OK, OBJECT, PENDING_LIST, RECEIPT, RECEIPT_OK] = [0x01, 0x11, 0x13, 0x17, 0x18, 0x19];
const CUSTODY_S = 86_400;
const LINK = { trusted: true, bitsPerSecond: '100000' };

const operations = (session: string, verbs: readonly string[]): string[] => verbs.map((verb) => `nexus.${session}.${verb}`);
const DEPOSITOR = operations('depositor', ['open', 'deposit', 'granted', 'failure', 'receipt', 'restart', 'close']);
const RELAY = operations('relay', ['open', 'up', 'request', 'confirmed', 'restart', 'close']);
const RECIPIENT = operations('recipient', ['open', 'list', 'object', 'restart', 'close']);

/** A record on its way, with the request that it answers or is. */
interface Flight {
  readonly from: Node;
  readonly to: Node;
  readonly kind: number;
  readonly requestId: number | undefined;
  readonly body: string;
}
const people = fc.uniqueArray(bytesExactly(32), { minLength: 3, maxLength: 3, selector: toHex }).map((seeds) => seeds.map(nodeOf));

/** The flow of a message. */
export function relayFlows(): Flow[] {
  return [
    flow({
      id: 'nexus.relay/custody',
      title: 'a message that one deposits, another keeps, and a third fetches, with its receipt on the way back',
      requirement: 'NXS-CUS-001',
      producer: [...DEPOSITOR, 'nexus.message.seal'],
      relay: RELAY,
      consumer: [...RECIPIENT, 'nexus.message.open'],
      runs: RUNS,
      arbitrary: fc.record({
        people,
        text: bytesUpTo(300).map((bytes) => toHex(bytes.map((byte) => byte & 0x7f))),
        messageId: bytesExactly(16).map(toHex),
        entropy: bytesExactly(32).map(toHex),
        mishaps: fc.array(fc.constantFrom('none', 'none', 'producer', 'relay', 'consumer', 'copy'), { minLength: 4, maxLength: 12 }),
      }),
      trial: async ({ people: [sender, keeper, recipient], text, messageId, entropy, mishaps }, talk) => {
        if (sender === undefined || keeper === undefined || recipient === undefined) throw new Error('three people');
        const said = { created: '0', messageId, kind: 0, body: text };
        const asked = { seed: sender.seed, publicKey: recipient.publicKey, ...said, entropy };
        const { envelope } = await talk.produce('nexus.message.seal', asked);
        const ring = new Ring(talk, { sender, keeper, recipient });
        await ring.open();
        const payload = String(envelope);
        const size = little(payload.length / 2, 4);
        const header = headerByHand({ size, root: rootOf(fromHex(payload)) });
        await ring.deposit(`00000000${header}00${payload}`);
        await ring.run(mishaps);
        await talk.demand({ told: ring.told }, 'told', [headerHash(header)]);
        await talk.demand({ receipts: ring.receipts }, 'receipts', [`${headerHash(header)} ${ownerOf(recipient)} delivered`]);
        const opened = await talk.consume('nexus.message.open', { seed: recipient.seed, envelope: payload });
        await talk.demand(opened, 'body', text);
        // The relay keeps it no longer.
        await ring.greet(recipient);
        await talk.demand({ waiting: ring.inFlight.filter(({ kind }) => kind === PENDING_LIST).length }, 'waiting', 0);
        await ring.close();
      },
    }),
  ];
}

/** Who sends, who keeps, who gets. */
interface People {
  readonly sender: Node;
  readonly keeper: Node;
  readonly recipient: Node;
}
/** The three sessions, and what is on its way between them. */
class Ring {
  readonly #talk: PairTalk;
  readonly #people: People;
  readonly #depositor: Part;
  readonly #relay: Part;
  readonly #recipient: Part;
  #requestId = 0;
  inFlight: Flight[] = [];
  /** Objects that the recipient's application was told of, and receipts that the sender's was. */
  readonly told: string[] = [];
  readonly receipts: string[] = [];

  constructor(talk: PairTalk, of: People) {
    this.#talk = talk;
    this.#people = of;
    this.#depositor = new Part(talk, 'producer', 'nexus.depositor', NOW_MS);
    this.#relay = new Part(talk, 'relay', 'nexus.relay', NOW_MS);
    this.#recipient = new Part(talk, 'consumer', 'nexus.recipient', NOW_MS);
  }

  async open(): Promise<void> {
    const { sender, keeper, recipient } = this.#people;
    await this.#depositor.open({});
    await this.#relay.open({ seed: keeper.seed });
    await this.#recipient.open({ seed: recipient.seed });
    await this.greet(sender);
  }
  async close(): Promise<void> {
    for (const part of [this.#depositor, this.#relay, this.#recipient]) await part.close();
  }
  /** A link with the relay comes up. */
  async greet(node: Node): Promise<void> {
    this.#sent(this.#people.keeper, await this.#relay.call('up', { id: ownerOf(node), ...LINK }));
  }
  async deposit(object: string): Promise<void> {
    const { sender, keeper, recipient } = this.#people;
    const relays = [{ id: ownerOf(keeper), publicKey: keeper.publicKey }];
    const params = { object, recipients: [ownerOf(recipient)], custody: CUSTODY_S, relays };
    this.#sent(sender, await this.#depositor.call('deposit', params));
  }

  /** Delivers what is on its way; before each record one of the three may stop and begin again, or the record comes twice. */
  async run(mishaps: readonly string[]): Promise<void> {
    let isThere = false;
    for (let count = 0; count < RECORDS_MAX; count++) {
      const mishap = mishaps[count] ?? 'none';
      await this.#stop(mishap, isThere);
      const next = mishap === 'copy' ? this.inFlight[0] : this.inFlight.shift();
      if (next !== undefined) await this.#deliver(next);
      else if (isThere && count >= mishaps.length) return;
      else if (!isThere) {
        isThere = true;
        await this.greet(this.#people.recipient);
      }
    }
    await this.#talk.demand({ records: `more than ${String(RECORDS_MAX)}` }, 'records', `at most ${String(RECORDS_MAX)}`);
  }

  async #stop(side: string, isThere: boolean): Promise<void> {
    const { sender, keeper, recipient } = this.#people;
    if (side === 'producer') this.#sent(sender, await this.#depositor.call('restart', {}));
    if (side === 'consumer') this.#sent(recipient, await this.#recipient.call('restart', {}));
    if (side !== 'relay') return;
    this.#sent(keeper, await this.#relay.call('restart', {}));
    // Links ended with it, and what was on its way over them.
    this.inFlight = [];
    await this.greet(sender);
    this.#sent(sender, await this.#depositor.call('restart', {}));
    if (isThere) await this.greet(recipient);
  }

  async #deliver({ from, to, kind, requestId, body }: Flight): Promise<void> {
    const { sender, keeper } = this.#people;
    const address = ownerOf(from);
    if (to === keeper) {
      const verb = kind === RECEIPT_OK ? 'confirmed' : 'request';
      const known = this.#passed.get(body);
      if (verb === 'confirmed') {
        if (known !== undefined) this.#sent(to, await this.#relay.call('confirmed', { from: address, body: known }));
        return;
      }
      const params = { from: address, kind, requestId: requestId ?? 0, body };
      this.#sent(to, await this.#relay.call('request', params));
    } else if (to === sender) await this.#toSender(address, kind, requestId, body);
    else if (kind === PENDING_LIST) this.#sent(to, await this.#recipient.call('list', { from: address, body }));
    else if (kind === OBJECT) this.#sent(to, await this.#recipient.call('object', { from: address, body }));
  }
  /** Receipts that were passed on, by the hash that confirms them. */
  readonly #passed: Map<string, string> = new Map();
  async #toSender(from: string, kind: number, requestId: number | undefined, body: string): Promise<void> {
    const { sender } = this.#people;
    if (kind === PUT_OK) this.#sent(sender, await this.#depositor.call('granted', { from, body }));
    else if (kind === ERROR) this.#sent(sender, await this.#depositor.call('failure', { from, hash: body.slice(4) }));
    else if (kind === RECEIPT) {
      this.#passed.set(body.slice(0, 64), body);
      this.#sent(sender, await this.#depositor.call('receipt', { from, requestId: requestId ?? 0, body }));
    }
  }

  /** Takes what one of them does: records are on their way, and applications are told. */
  #sent(from: Node, events: readonly JsonObject[]): void {
    for (const { type, to, kind, requestId, body, hash, recipient, status } of events) {
      if (type === 'message') this.told.push(String(hash));
      if (type === 'receipt') this.receipts.push(`${String(hash)} ${String(recipient)} ${String(status)}`);
      if (type !== 'send') continue;
      const node = Object.values(this.#people as unknown as Record<string, Node>).find((one) => ownerOf(one) === to);
      if (node === undefined) continue;
      // A request gets a number of its own; an answer has that of what it answers.
      const number = typeof requestId === 'number' ? requestId : ++this.#requestId;
      this.inFlight.push({ from, to: node, kind: Number(kind), requestId: number, body: String(body) });
    }
  }
}
