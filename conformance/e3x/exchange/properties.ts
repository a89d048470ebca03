/**
 * Two exchanges of the implementation over a link that loses, duplicates and delays, started and restarted at random.
 * What comes between is whatever the machines permit; once the link is quiet and each side has originated once, both
 * must be able to speak. No walk reaches this, since a walk plays the other side by the table.
 */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { fromHex, toHex } from '../../oracle/values.ts';
import { campaignCheck } from '../../suites/campaign-check.ts';
import type { Talk } from '../../suites/talk.ts';
import type { SuiteInput, TopicProperties } from '../../suites/modules.ts';
import { mutatedBytes } from '../../suites/mutations.ts';
import { hints } from './arbitraries.ts';
import { atCheck } from './at-property.ts';
import { exchangeFlows } from './cross.ts';

const RUNS = 12;
const NONCE_LENGTH = 24;
const SECRET_LENGTH = 32;
const INNER = '00077b2263223a317d';
const SIDES = ['odd', 'even'] as const;
type Side = (typeof SIDES)[number];

/** What happens while the link is bad; numbers choose a packet in flight. */
interface Mishap {
  readonly kind: 'start' | 'renew' | 'deliver' | 'lose' | 'repeat' | 'wait';
  readonly side: Side;
  readonly which: number;
}
const mishap: fc.Arbitrary<Mishap> = fc.record({
  kind: fc.constantFrom('deliver' as const, 'start' as const, 'lose' as const, 'repeat' as const, 'wait' as const, 'renew' as const),
  side: fc.constantFrom(...SIDES),
  which: fc.nat(5),
});

export const properties: TopicProperties = { checks: exchangeChecks, flows: exchangeFlows, hints };

/** The check, where the spec has the configurations that it takes its keys from. */
function exchangeChecks(input: SuiteInput): Check[] {
  const machine = input.oracle.spec.machines.find((m) => m.machine === 'e3x.exchange');
  const opens = new Map(SIDES.map((side) => [side, machine?.configurations.find((c) => c.name === side)?.open]));
  const odd = opens.get('odd');
  const even = opens.get('even');
  if (odd === undefined || even === undefined) return [];
  const evenWithout = { ...odd, local: even['local'] ?? {}, remoteKey: even['remoteKey'] ?? '' };
  return [lossCheck(input, odd, even), damageCheck(input, odd, even), atCheck(input, odd, evenWithout)];
}
const callsOf = (...verbs: readonly string[]): string[] => verbs.map((verb) => `e3x.exchange.${verb}`);

function lossCheck(input: SuiteInput, odd: JsonObject, even: JsonObject): Check {
  return campaignCheck(input, {
    id: 'property/e3x.exchange/lossy-link',
    suite: 'property',
    requirement: 'E3X-EXC-031',
    title: 'two exchanges over a bad link can speak once it is good',
    operations: callsOf('open', 'handshake', 'receive', 'accept', 'send', 'renew', 'tick', 'close'),
    arbitrary: fc.array(mishap, { maxLength: 14 }),
    runs: RUNS,
    trial: async (mishaps, talk) => {
      const link = new Link(talk);
      await link.open('odd', odd);
      await link.open('even', { ...odd, local: even['local'] ?? {}, remoteKey: even['remoteKey'] ?? '' });
      for (const step of mishaps) await link.suffer(step);
      await link.settle();
      await link.close();
    },
  });
}

/** Damaged copies come before each right packet of an exchange: none does anything, and the right one does what it does alone. */
function damageCheck(input: SuiteInput, odd: JsonObject, even: JsonObject): Check {
  return campaignCheck(input, {
    id: 'fuzz/e3x.exchange.receive',
    suite: 'fuzz',
    requirement: 'E3X-EXC-010',
    title: 'damaged handshakes and channel packets change nothing in an exchange',
    operations: callsOf('open', 'handshake', 'receive', 'accept', 'send', 'close'),
    arbitrary: fc.array(mutatedBytes(fc.constant(DAMAGED)), { minLength: 4, maxLength: 4 }),
    runs: DAMAGE_RUNS,
    trial: async (damages, talk) => {
      const [first, echo, there, back] = damages;
      const pair = new Damaged(talk);
      await pair.open(odd, { ...odd, local: even['local'] ?? {}, remoteKey: even['remoteKey'] ?? '' });
      await pair.pass('even', await pair.originate('odd'), first, 'handshake');
      await pair.pass('odd', await pair.accept('even', false), echo, 'handshake');
      await pair.accept('odd', true);
      await pair.pass('even', await pair.send('odd'), there, 'packet');
      await pair.pass('odd', await pair.send('even'), back, 'packet');
      await pair.close();
    },
  });
}
const DAMAGE_RUNS = 20;
/** What stands for a packet while damage is drawn; the same damage is then done to the real one. */
const DAMAGED: Uint8Array = Uint8Array.from({ length: 120 }, (_, i) => i);

/** Bytes that no call got before. */
class Entropy {
  #drawn = 0;

  take(length: number): string {
    this.#drawn += 1;
    return this.#drawn
      .toString(16)
      .padStart(4, '0')
      .padEnd(2 * length, '5a');
  }
}

/** Two exchanges, one packet at a time. */
class Damaged {
  readonly #talk: Talk;
  readonly #entropy = new Entropy();
  #at = 0;

  constructor(talk: Talk) {
    this.#talk = talk;
  }
  async open(odd: JsonObject, even: JsonObject): Promise<void> {
    for (const [side, params] of [
      ['odd', odd],
      ['even', even],
    ] as const)
      await this.#talk.want(
        'e3x.exchange.open',
        { ...params, entropy: this.#entropy.take(SECRET_LENGTH), now: NOW_MS },
        { bind: { session: side } },
      );
  }
  async close(): Promise<void> {
    for (const side of SIDES) await this.#talk.want('e3x.exchange.close', { session: `$${side}` });
  }
  originate(side: Side): Promise<string> {
    return this.#sent('handshake', { session: `$${side}`, entropy: this.#entropy.take(NONCE_LENGTH) });
  }
  send(side: Side): Promise<string> {
    return this.#sent('send', { session: `$${side}`, inner: INNER, entropy: this.#entropy.take(NONCE_LENGTH) });
  }
  accept(side: Side, isEcho: boolean): Promise<string> {
    return this.#sent('accept', { session: `$${side}`, at: this.#at, entropy: isEcho ? '' : this.#entropy.take(NONCE_LENGTH) });
  }

  /** A damaged copy, which must be refused, and then the packet itself, which must tell the application what it brings. */
  async pass(to: Side, packet: string, damage: Uint8Array | undefined, brings: string): Promise<void> {
    const copy = damagedLike(packet, damage ?? DAMAGED);
    if (copy !== packet) {
      const got = await this.#talk.ask('e3x.exchange.receive', { session: `$${to}`, packet: copy, now: NOW_MS });
      if (got.kind === 'ok')
        this.#talk.violated({
          requirement: 'E3X-MSG-003',
          expect: { reject: 'unauthenticated' },
          explanation: 'A damaged packet was accepted.',
        });
    }
    const reply = await this.#talk.want('e3x.exchange.receive', { session: `$${to}`, packet, now: NOW_MS });
    const event = (reply['events'] as readonly JsonObject[]).find(({ type }) => type === brings);
    if (event === undefined)
      this.#talk.violated({
        requirement: 'E3X-EXC-010',
        member: 'events',
        expect: { ok: {} },
        explanation: `The valid packet after a damaged copy did not bring '${brings}'.`,
      });
    else if (brings === 'handshake') this.#at = Number(event['at']);
  }

  async #sent(verb: string, params: JsonObject): Promise<string> {
    const reply = await this.#talk.want(`e3x.exchange.${verb}`, { ...params, now: NOW_MS });
    return String((reply['transmit'] as readonly string[])[0] ?? '');
  }
}
const NOW_MS = 1000;

/** Does to a packet what was done to `DAMAGED`: bytes that differ differ the same way, what was cut or added is cut or added. */
function damagedLike(packet: string, damage: Uint8Array): string {
  const bytes = fromHex(packet);
  const length = Math.max(0, bytes.length + damage.length - DAMAGED.length);
  return toHex(Uint8Array.from({ length }, (_, i) => (bytes[i] ?? 0) ^ (damage[i] ?? 0) ^ (DAMAGED[i] ?? 0)));
}

/** Both ends and what is in flight between them. */
class Link {
  readonly #talk: Talk;
  #flights: { readonly to: Side; readonly packet: string }[] = [];
  readonly #entropy = new Entropy();
  #now = 1000;

  constructor(talk: Talk) {
    this.#talk = talk;
  }

  async open(side: Side, params: JsonObject): Promise<void> {
    await this.#talk.want(
      'e3x.exchange.open',
      { ...params, entropy: this.#entropy.take(SECRET_LENGTH), now: this.#now },
      { bind: { session: side } },
    );
  }
  async close(): Promise<void> {
    for (const side of SIDES) await this.#talk.want('e3x.exchange.close', { session: `$${side}` });
  }

  async suffer({ kind, side, which }: Mishap): Promise<void> {
    const index = this.#flights.length === 0 ? -1 : which % this.#flights.length;
    const flight = this.#flights[index];
    switch (kind) {
      case 'start':
        await this.#call(side, 'handshake', { entropy: this.#entropy.take(NONCE_LENGTH) });
        break;
      case 'renew':
        await this.#call(side, 'renew', { entropy: this.#entropy.take(SECRET_LENGTH) });
        break;
      case 'wait':
        this.#now += 1000;
        await this.#call(side, 'tick', {});
        break;
      case 'lose':
        this.#flights = this.#flights.filter((_, i) => i !== index);
        break;
      case 'repeat':
        if (flight !== undefined) await this.#deliver(flight.to, flight.packet);
        break;
      case 'deliver':
        this.#flights = this.#flights.filter((_, i) => i !== index);
        if (flight !== undefined) await this.#deliver(flight.to, flight.packet);
    }
  }

  /** The link is good: each side originates once, the highest at is answered, and both speak. */
  async settle(): Promise<void> {
    this.#flights = [];
    for (const side of ['even', 'odd', 'even', 'odd'] as const) {
      await this.#call(side, 'handshake', { entropy: this.#entropy.take(NONCE_LENGTH) });
      for (let turn = 0; turn < 8 && this.#flights.length > 0; turn++) await this.suffer({ kind: 'deliver', side, which: 0 });
    }
    for (const side of SIDES) {
      const sent = await this.#talk.want('e3x.exchange.send', {
        session: `$${side}`,
        inner: INNER,
        entropy: this.#entropy.take(NONCE_LENGTH),
        now: this.#now,
      });
      const [packet] = sent['transmit'] as readonly string[];
      const reply = await this.#talk.want('e3x.exchange.receive', {
        session: `$${side === 'odd' ? 'even' : 'odd'}`,
        packet: packet ?? '',
        now: this.#now,
      });
      const heard = (reply['events'] as readonly JsonObject[]).some((event) => event['type'] === 'packet' && event['inner'] === INNER);
      if (!heard)
        this.#talk.violated({
          requirement: 'E3X-EXC-031',
          member: 'events',
          expect: { ok: { transmit: [], events: [{ type: 'packet', inner: INNER }], timeoutAt: null } },
          explanation: "Both sides had accepted each other's handshakes over a good link, but what one then sent did not arrive.",
        });
    }
  }

  /** Delivers a packet; the application accepts whatever handshake comes out. */
  async #deliver(to: Side, packet: string): Promise<void> {
    const events = await this.#call(to, 'receive', { packet });
    for (const event of events) {
      if (event['type'] !== 'handshake') continue;
      const at = Number(event['at']);
      const isEcho = (at % 2 === 1) === (to === 'odd');
      await this.#call(to, 'accept', { at, entropy: isEcho ? '' : this.#entropy.take(NONCE_LENGTH) });
    }
  }

  /** A call that may be refused; what it sends is in flight then. */
  async #call(side: Side, verb: string, params: { readonly [name: string]: Json }): Promise<readonly JsonObject[]> {
    const got = await this.#talk.ask(`e3x.exchange.${verb}`, { session: `$${side}`, ...params, now: this.#now });
    if (got.kind === 'reject') return [];
    for (const packet of got.value['transmit'] as readonly string[]) this.#flights.push({ to: side === 'odd' ? 'even' : 'odd', packet });
    return got.value['events'] as readonly JsonObject[];
  }
}
