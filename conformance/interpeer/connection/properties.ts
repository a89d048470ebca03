/**
 * Two connections of the implementation. Over a good link each packet is preceded by a damaged copy, which must do
 * nothing; over a bad one, handshakes begin at random, and once the link is good both must be able to speak. No walk
 * reaches this, since a walk plays the other side by the table.
 */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { Json, JsonObject } from '../../contract/contract.ts';
import { concatBytes, fromHex, toHex } from '../../oracle/values.ts';
import type { Talk } from '../../suites/talk.ts';
import { campaignCheck } from '../../suites/campaign-check.ts';
import type { SuiteInput, TopicProperties } from '../../suites/modules.ts';
import { crc32c } from '../packet/primitives.ts';
import { connectionFlows } from './cross.ts';

const RUNS = 12;
const NOW_MS = 1000;
const SIDES = ['odd', 'even'] as const;
type Side = (typeof SIDES)[number];
const OTHER: { readonly [side in Side]: Side } = { odd: 'even', even: 'odd' };
/** Bytes of the secrets of an exchange and of one nonce, with cipher set 3a. */
const ENTROPY_LENGTH = 32 + 24;
const PUBLIC_HEADER_LENGTH = 44;
const FOOTER_LENGTH = 4;
/** Where the body of a HANDSHAKE begins: after headers, type and a length of two bytes. */
const HANDSHAKE_AT = 48 + 3;
const ESTABLISHING = { channelId: 'f0f0f0f0', payload: '0a1234c1c1c1c1c1c1c1c1' };
const SPEAKING = { channelId: '12345678', payload: '1403636174', sequenceNumber: 7 };

/** The checks, where the spec has the configurations that they take their keys from. */
function connectionChecks(input: SuiteInput): Check[] {
  const machine = input.oracle.spec.machines.find((m) => m.machine === 'interpeer.handshake-known');
  const [odd, even] = SIDES.map((side) => machine?.configurations.find((c) => c.name === side)?.open);
  if (odd === undefined || even === undefined) return [];
  const opens = { odd, even: { ...even, policy: odd['policy'] ?? {}, local: odd['remote'] ?? '', remote: odd['local'] ?? '' } };
  const operations = ['open', 'begin', 'receive', 'send', 'tick', 'close'].map((verb) => `interpeer.connection.${verb}`);
  const asksWith = { suite: ['interpeer-1'] };
  return [
    campaignCheck(input, {
      id: 'fuzz/interpeer.connection.receive',
      suite: 'fuzz',
      requirement: 'IPR-ENC-004',
      title: 'damaged handshakes and encrypted packets change nothing in a connection',
      operations,
      asksWith,
      runs: RUNS,
      arbitrary: fc.array(damage, { minLength: 4, maxLength: 4 }),
      trial: (damages, talk) => damagedTalk(new Pair(talk), opens, damages),
    }),
    campaignCheck(input, {
      id: 'property/interpeer.connection/lossy-link',
      suite: 'property',
      requirement: 'IPR-HSK-020',
      title: 'two connections over a bad link can speak once it is good',
      operations,
      asksWith,
      runs: RUNS,
      arbitrary: fc.array(mishap, { maxLength: 14 }),
      trial: (mishaps, talk) => lossyTalk(new Pair(talk), opens, mishaps),
    }),
  ];
}

/** Bits of a packet that are others, by their place as a share of its length. */
type Damage = readonly { readonly place: number; readonly bit: number }[];
const damage: fc.Arbitrary<Damage> = fc.array(fc.record({ place: fc.nat(9999), bit: fc.nat(7) }), { minLength: 1, maxLength: 3 });

/** What happens while the link is bad; numbers choose a packet in flight. */
interface Mishap {
  readonly kind: 'begin' | 'deliver' | 'lose' | 'repeat' | 'wait' | 'send';
  readonly side: Side;
  readonly which: number;
}
const mishap: fc.Arbitrary<Mishap> = fc.record({
  kind: fc.constantFrom('deliver' as const, 'begin' as const, 'lose' as const, 'repeat' as const, 'wait' as const, 'send' as const),
  side: fc.constantFrom(...SIDES),
  which: fc.nat(5),
});

async function damagedTalk(
  pair: Pair,
  opens: { readonly [side in Side]: JsonObject },
  [first = [], echo = [], there = [], back = []]: readonly Damage[],
): Promise<void> {
  await pair.open(opens);
  const begun = await pair.call('odd', 'begin', { handshake: 'known-keys', entropy: pair.fresh() });
  const answered = await pair.pass('even', begun, first, 'secured', HANDSHAKE_AT);
  await pair.pass('odd', answered, echo, 'secured', HANDSHAKE_AT);
  await pair.pass('even', await pair.call('odd', 'send', ESTABLISHING), there, 'messages', 0);
  await pair.pass('odd', await pair.call('even', 'send', SPEAKING), back, 'messages', 0);
  await pair.close();
}

async function lossyTalk(pair: Pair, opens: { readonly [side in Side]: JsonObject }, mishaps: readonly Mishap[]): Promise<void> {
  await pair.open(opens);
  for (const step of mishaps) await pair.suffer(step);
  await pair.settle();
  await pair.close();
}

/** Both ends, and what is in flight between them. */
class Pair {
  readonly #talk: Talk;
  #flights: { readonly to: Side; readonly datagram: string }[] = [];
  #drawn = 0;
  #now = NOW_MS;

  constructor(talk: Talk) {
    this.#talk = talk;
  }

  async open(opens: { readonly [side in Side]: JsonObject }): Promise<void> {
    for (const side of SIDES)
      await this.#talk.want('interpeer.connection.open', { ...opens[side], now: this.#now }, { bind: { session: side } });
  }
  async close(): Promise<void> {
    for (const side of SIDES) await this.#talk.want('interpeer.connection.close', { session: `$${side}` });
  }
  /** Bytes that no call got before. */
  fresh(): string {
    this.#drawn += 1;
    return this.#drawn
      .toString(16)
      .padStart(4, '0')
      .padEnd(2 * ENTROPY_LENGTH, '5a');
  }

  /** A call that must be accepted: the one packet that it sends, if any. */
  async call(side: Side, verb: string, params: { readonly [name: string]: Json }): Promise<string> {
    const reply = await this.#talk.want(`interpeer.connection.${verb}`, { session: `$${side}`, ...params, now: this.#now });
    return String((reply['transmit'] as readonly string[])[0] ?? '');
  }

  /** A damaged copy, which must do nothing, and then the packet itself, which must bring its event; what it is answered with. */
  async pass(to: Side, datagram: string, damaged: Damage, brings: string, from: number): Promise<string> {
    const got = await this.#talk.ask('interpeer.connection.receive', {
      session: `$${to}`,
      datagram: damagedCopy(datagram, damaged, from),
      entropy: this.fresh(),
      now: this.#now,
    });
    if (got.kind === 'ok' && [...(got.value['events'] as readonly Json[]), ...(got.value['transmit'] as readonly Json[])].length > 0)
      this.#talk.violated({
        requirement: 'IPR-ENC-004',
        expect: { reject: 'unauthenticated' },
        explanation: 'A damaged packet had an effect.',
      });
    const reply = await this.#talk.want('interpeer.connection.receive', {
      session: `$${to}`,
      datagram,
      entropy: this.fresh(),
      now: this.#now,
    });
    if (!(reply['events'] as readonly JsonObject[]).some(({ type }) => type === brings))
      this.#talk.violated({
        requirement: 'IPR-ENC-004',
        member: 'events',
        expect: { ok: {} },
        explanation: `The valid packet after a damaged copy did not bring '${brings}'.`,
      });
    return String((reply['transmit'] as readonly string[])[0] ?? '');
  }

  async suffer({ kind, side, which }: Mishap): Promise<void> {
    const index = this.#flights.length === 0 ? -1 : which % this.#flights.length;
    const flight = this.#flights[index];
    switch (kind) {
      case 'begin':
        await this.#try(side, 'begin', { handshake: 'known-keys', entropy: this.fresh() });
        break;
      case 'send':
        await this.#try(side, 'send', ESTABLISHING);
        break;
      case 'wait':
        this.#now += 1000;
        await this.#try(side, 'tick', {});
        break;
      case 'lose':
        this.#flights = this.#flights.filter((_, i) => i !== index);
        break;
      case 'repeat':
        if (flight !== undefined) await this.#deliver(flight.to, flight.datagram);
        break;
      case 'deliver':
        this.#flights = this.#flights.filter((_, i) => i !== index);
        if (flight !== undefined) await this.#deliver(flight.to, flight.datagram);
    }
  }

  /** The link is good: each side begins, and then both speak. */
  async settle(): Promise<void> {
    this.#flights = [];
    for (const side of ['even', 'odd', 'even', 'odd'] as const) {
      await this.#try(side, 'begin', { handshake: 'known-keys', entropy: this.fresh() });
      await this.#flush(side);
    }
    // The side that began last has new keys and sends first: the other seals with them as soon as something has opened.
    for (const side of ['odd', 'even', 'odd', 'even'] as const) {
      const datagram = await this.call(side, 'send', SPEAKING);
      const events = await this.#deliver(OTHER[side], datagram);
      if (!events.some(({ type, payload }) => type === 'messages' && payload === SPEAKING.payload))
        this.#talk.violated({
          requirement: 'IPR-HSK-020',
          member: 'events',
          expect: { ok: {} },
          explanation: 'Both sides had handshakes over a good link, and what one then sent did not arrive.',
        });
      await this.#flush(side);
    }
  }

  async #flush(side: Side): Promise<void> {
    for (let turn = 0; turn < 8 && this.#flights.length > 0; turn++) await this.suffer({ kind: 'deliver', side, which: 0 });
  }

  async #deliver(to: Side, datagram: string): Promise<readonly JsonObject[]> {
    const events = await this.#try(to, 'receive', { datagram, entropy: this.fresh() });
    if (events.some(({ type, encrypted }) => type === 'messages' && encrypted !== true))
      this.#talk.violated({
        requirement: 'IPR-ENC-015',
        member: 'events',
        expect: { ok: {} },
        explanation: 'Something unencrypted was delivered.',
      });
    return events;
  }

  /** A call that may be refused; what it sends is in flight then. */
  async #try(side: Side, verb: string, params: { readonly [name: string]: Json }): Promise<readonly JsonObject[]> {
    const got = await this.#talk.ask(`interpeer.connection.${verb}`, { session: `$${side}`, ...params, now: this.#now });
    if (got.kind === 'reject') return [];
    for (const datagram of got.value['transmit'] as readonly string[]) this.#flights.push({ to: OTHER[side], datagram });
    return got.value['events'] as readonly JsonObject[];
  }
}

/** A packet with some bits changed from a place on, and a footer that belongs to it. */
function damagedCopy(datagram: string, damaged: Damage, from: number): string {
  const bytes = fromHex(datagram);
  const end = bytes.length - FOOTER_LENGTH;
  const changed = bytes.slice();
  for (const { place, bit } of damaged) {
    const at = from + (place % Math.max(1, end - from));
    changed[at] = (changed[at] ?? 0) ^ (1 << bit);
  }
  // The same bit twice is not damage.
  if (toHex(changed) === datagram) changed[Math.max(from, PUBLIC_HEADER_LENGTH)] = (changed[Math.max(from, PUBLIC_HEADER_LENGTH)] ?? 0) ^ 1;
  const covered = changed.slice(0, end);
  return toHex(concatBytes(covered, crc32c(covered)));
}

export const properties: TopicProperties = { checks: connectionChecks, flows: connectionFlows };
