/**
 * The values of `at` that two exchanges of the implementation originate, each read from the sealed handshake itself: that they rise
 * and have the parity of their side is published, while which of them is taken is not.
 */
import fc from 'fast-check';
import type { Check } from '../../contract/check.ts';
import type { JsonObject } from '../../contract/contract.ts';
import { campaignCheck } from '../../suites/campaign-check.ts';
import type { Talk } from '../../suites/talk.ts';
import type { SuiteInput } from '../../suites/modules.ts';

const REQUIREMENT = 'E3X-EXC-041';
const RUNS = 10;
const NOW_MS = 1000;
const NONCE_LENGTH = 24;
const SECRET_LENGTH = 32;
type Side = 'odd' | 'even';
const OTHER = { odd: 'even', even: 'odd' } as const;

/** One side originates; whether that arrives, and whether the other side then accepts it. */
interface Turn {
  readonly side: Side;
  readonly then: 'lost' | 'offered' | 'accepted';
}
const turn: fc.Arbitrary<Turn> = fc.record({
  side: fc.constantFrom('odd' as const, 'even' as const),
  then: fc.constantFrom('accepted' as const, 'offered' as const, 'lost' as const),
});

/**
 * The check.
 * @param odd what opens the exchange of ODD, without entropy and time
 * @param even the same of EVEN
 */
export function atCheck(input: SuiteInput, odd: JsonObject, even: JsonObject): Check {
  return campaignCheck(input, {
    id: 'property/e3x.exchange/at-rises',
    suite: 'property',
    requirement: REQUIREMENT,
    title: 'every at that is originated is higher than all before, and of the parity of its side',
    operations: ['open', 'handshake', 'receive', 'accept', 'close'].map((verb) => `e3x.exchange.${verb}`),
    arbitrary: fc.array(turn, { minLength: 6, maxLength: 12 }),
    runs: RUNS,
    trial: async (turns, talk) => {
      const pair = new Pair(talk, { odd, even });
      await pair.open();
      for (const step of turns) await pair.take(step);
      await pair.close();
    },
  });
}

class Pair {
  readonly #talk: Talk;
  readonly #params: Readonly<Record<Side, JsonObject>>;
  /** The highest value that each side knows. */
  readonly #known: Record<Side, number> = { odd: 0, even: 0 };
  #drawn = 0;

  constructor(talk: Talk, params: Readonly<Record<Side, JsonObject>>) {
    this.#talk = talk;
    this.#params = params;
  }

  async open(): Promise<void> {
    for (const side of ['odd', 'even'] as const)
      await this.#talk.want(
        'e3x.exchange.open',
        { ...this.#params[side], entropy: this.#entropy(SECRET_LENGTH), now: NOW_MS },
        { bind: { session: side } },
      );
  }
  async close(): Promise<void> {
    for (const side of ['odd', 'even'] as const) await this.#talk.want('e3x.exchange.close', { session: `$${side}` });
  }

  async take({ side, then }: Turn): Promise<void> {
    const reply = await this.#talk.want('e3x.exchange.handshake', {
      session: `$${side}`,
      entropy: this.#entropy(NONCE_LENGTH),
      now: NOW_MS,
    });
    const other = OTHER[side];
    const packet = String((reply['transmit'] as readonly string[])[0] ?? '');
    const at = this.#atIn(other, packet);
    if (at <= this.#known[side]) this.#wrong(`The at ${String(at)} is not higher than ${String(this.#known[side])}, which is known.`);
    if ((at % 2 === 1) !== (side === 'odd')) this.#wrong(`The at ${String(at)} has the parity of the other side.`);
    this.#known[side] = at;
    if (then === 'lost') return;
    const got = await this.#talk.ask('e3x.exchange.receive', { session: `$${other}`, packet, now: NOW_MS });
    if (got.kind !== 'ok' || !isOffered(got.value)) return;
    this.#known[other] = Math.max(this.#known[other], at);
    if (then === 'accepted')
      await this.#talk.ask('e3x.exchange.accept', { session: `$${other}`, at, entropy: this.#entropy(NONCE_LENGTH), now: NOW_MS });
  }

  /** The at of a sealed handshake, by the spec and the recipient's secret; 0 for what is no handshake. */
  #atIn(recipient: Side, packet: string): number {
    const { csid = '', local = {} } = this.#params[recipient];
    const opened = this.#talk.oracle.answer('e3x.message.open', { csid, recipient: local, packet });
    if (opened.kind !== 'ok') return 0;
    const inner = this.#talk.oracle.answer('e3x.packet.decode', { packet: String(opened.value['inner']) });
    const head = inner.kind === 'ok' ? inner.value['json'] : undefined;
    return Number((head as JsonObject | undefined)?.['at'] ?? 0);
  }

  #wrong(explanation: string): never {
    return this.#talk.violated({ requirement: REQUIREMENT, member: 'transmit', expect: { ok: {} }, explanation });
  }

  /** Bytes that no call got before. */
  #entropy(length: number): string {
    this.#drawn += 1;
    return this.#drawn
      .toString(16)
      .padStart(4, '0')
      .padEnd(2 * length, '6b');
  }
}

function isOffered({ events }: JsonObject): boolean {
  return (events as readonly JsonObject[]).some(({ type }) => type === 'handshake');
}
