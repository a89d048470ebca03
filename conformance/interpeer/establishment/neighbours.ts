/**
 * What a table must keep apart: channels whose ids, and peers whose ids, differ in one byte; the cooldown of one peer and of
 * another; bounds of one peer and of all together. Machines have one peer or two that differ everywhere.
 */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { VectorStep } from '../../vectors.ts';

const SESSION = 'interpeer.establishment';
const LOCAL = '0b'.repeat(16);
const SECRET = '5e'.repeat(32);
const NOW = 1000;
const SILENCE_MS = 60_000;
const PEER = '0a'.repeat(16);
const DEFAULT_CHANNEL = 'f0f0f0f0';

/** The same bytes with another one at a place. */
const otherAt = (hex: string, place: number): string => `${hex.slice(0, 2 * place)}7c${hex.slice(2 * place + 2)}`;

class Table {
  readonly #oracle: Oracle;
  readonly steps: VectorStep[] = [];
  readonly #requirement: string;
  /** Established channels; while there are any, a timer runs. */
  #channels = 0;

  constructor(oracle: Oracle, requirement: string, limits?: JsonObject) {
    this.#oracle = oracle;
    this.#requirement = requirement;
    this.#put('open', { suite: 'interpeer-1', local: LOCAL, secret: SECRET, ...(limits === undefined ? {} : { limits }) }, []);
  }

  #put(call: string, params: JsonObject, events: readonly JsonObject[], refused?: string): void {
    const timeoutAt = this.#channels === 0 ? null : NOW + SILENCE_MS;
    this.steps.push({
      operation: `${SESSION}.${call}`,
      params: { ...(call === 'open' ? {} : { session: '$session' }), ...params, now: NOW },
      expect: refused === undefined ? { ok: { transmit: [], events, timeoutAt } } : { reject: refused },
      requirement: this.#requirement,
      ...(call === 'open' ? { bind: { session: 'session' } } : {}),
    });
  }

  /** CHANNEL_FINALIZE of a peer. @param expected what it brings: a channel, nothing, or the class of a refusal */
  finalize(peer: string, id: string, expected: 'established' | 'ignored' | 'limit'): this {
    const cookie = this.#oracle.answer('interpeer.cookie.make', {
      suite: 'interpeer-1',
      secret: SECRET,
      role: 'responder',
      initiator: peer,
      responder: LOCAL,
      id,
      now: NOW,
    });
    const message = `0c${id}${cookie.kind === 'ok' ? String(cookie.value['cookie']) : ''}0003`;
    if (expected === 'established') this.#channels += 1;
    const events: JsonObject[] = [{ type: 'established', peer, channel: id, role: 'responder', capabilities: 3 }];
    this.#put(
      'receive',
      { peer, channel: DEFAULT_CHANNEL, message, entropy: '00'.repeat(16) },
      expected === 'established' ? events : [],
      expected === 'limit' ? 'limit' : undefined,
    );
    return this;
  }
  end(peer: string, channel: string, refused?: string): this {
    if (refused === undefined) this.#channels -= 1;
    this.#put('end', { peer, channel }, [], refused);
    return this;
  }
  count(channels: number, rests: number): this {
    this.#put('count', {}, [{ type: 'count', channels, proposals: 0, rests }]);
    return this;
  }
  /** A proposal of ours of a half that rests with this peer. */
  refusedHalf(peer: string, half: string): this {
    this.#put('propose', { peer, half, capabilities: 3, entropy: '00'.repeat(16) }, [], 'wrong-state');
    return this;
  }
  /** A proposal of ours; it ends the vector, since it is due before the channels are. */
  proposed(peer: string, half: string): this {
    const cookie = this.#oracle.answer('interpeer.cookie.make', {
      suite: 'interpeer-1',
      secret: SECRET,
      role: 'initiator',
      initiator: LOCAL,
      responder: peer,
      id: half,
      now: NOW,
    });
    const message = `0a${half}${cookie.kind === 'ok' ? String(cookie.value['cookie']) : ''}`;
    this.#put('propose', { peer, half, capabilities: 3, entropy: '00'.repeat(16) }, [{ type: 'proposed', peer, half }]);
    const last = this.steps.pop();
    if (last !== undefined)
      this.steps.push({
        ...last,
        expect: {
          ok: { transmit: [`${peer}${DEFAULT_CHANNEL}${message}`], events: [{ type: 'proposed', peer, half }], timeoutAt: NOW + 200 },
        },
      });
    return this;
  }
}

/** Adds the vectors. */
export function neighbours(oracle: Oracle, batch: Batch): void {
  const put = (name: string, title: string, requirement: string, table: Table): void =>
    batch.addSteps(`${SESSION}/neighbours/${name}`, title, 'trace', requirement, table.steps);
  const id = '10012001';
  for (const place of [0, 1]) {
    const other = otherAt(id, place);
    const requirement = 'IPR-EST-032';
    put(
      `channels-differ-in-byte-${String(place)}`,
      `two channels whose ids differ in byte ${String(place)} are two`,
      requirement,
      new Table(oracle, requirement)
        .finalize(PEER, id, 'established')
        .finalize(PEER, other, 'established')
        .count(2, 0)
        .end(PEER, other)
        .count(1, 1)
        .end(PEER, other, 'wrong-state')
        .end(PEER, id)
        .count(0, 2),
    );
  }
  for (const place of [0, 1, 2, 3]) {
    const requirement = 'IPR-EST-032';
    put(
      `end-of-id-that-differs-in-byte-${String(place)}`,
      `a channel is not ended by an id that differs in byte ${String(place)}`,
      requirement,
      new Table(oracle, requirement)
        .finalize(PEER, id, 'established')
        .end(PEER, otherAt(id, place), 'wrong-state')
        .count(1, 0)
        .end(PEER, id)
        .count(0, 1),
    );
  }
  for (const place of [0, 7, 15]) {
    const other = otherAt(PEER, place);
    const requirement = 'IPR-EST-029';
    put(
      `peers-differ-in-byte-${String(place)}`,
      `the cooldown of a channel with a peer is not that of one whose id differs in byte ${String(place)}`,
      requirement,
      new Table(oracle, requirement)
        .finalize(PEER, id, 'established')
        .end(PEER, id)
        .finalize(PEER, id, 'ignored')
        .finalize(other, id, 'established')
        .count(1, 1)
        .end(PEER, id, 'wrong-state')
        .end(other, id)
        .count(0, 2)
        .finalize(other, id, 'ignored'),
    );
    put(
      `half-of-peers-that-differ-in-byte-${String(place)}`,
      `a half that rests with a peer may be proposed to one whose id differs in byte ${String(place)}`,
      requirement,
      new Table(oracle, requirement)
        .finalize(PEER, id, 'established')
        .end(PEER, id)
        .refusedHalf(PEER, id.slice(0, 4))
        .proposed(other, id.slice(0, 4)),
    );
  }
  const [a, b, c, d] = ['10012001', '10022001', '10032001', '10042001'];
  const other = otherAt(PEER, 15);
  put(
    'bounds-of-one-and-of-all',
    'two channels with one peer and three in total, at each bound and above it',
    'IPR-EST-030',
    new Table(oracle, 'IPR-EST-030', { channelCount: 2, totalCount: 3 })
      .finalize(PEER, a ?? '', 'established')
      .finalize(PEER, b ?? '', 'established')
      .finalize(PEER, c ?? '', 'limit')
      .finalize(other, a ?? '', 'established')
      .finalize(other, b ?? '', 'limit')
      .count(3, 0)
      .end(PEER, a ?? '')
      .count(2, 1)
      .finalize(other, b ?? '', 'established')
      .finalize(PEER, c ?? '', 'limit')
      .count(3, 1),
  );
  put(
    'cooldowns-below-at-and-above-the-bound',
    'of three channels in cooldown two are remembered, with whichever peers',
    'IPR-EST-031',
    new Table(oracle, 'IPR-EST-031', { restCount: 2 })
      .finalize(PEER, a ?? '', 'established')
      .finalize(other, b ?? '', 'established')
      .finalize(PEER, c ?? '', 'established')
      .finalize(PEER, d ?? '', 'established')
      .end(PEER, a ?? '')
      .count(3, 1)
      .end(other, b ?? '')
      .count(2, 2)
      .finalize(PEER, a ?? '', 'ignored')
      .end(PEER, c ?? '')
      .count(1, 2)
      .finalize(other, b ?? '', 'ignored')
      .finalize(PEER, c ?? '', 'ignored')
      .finalize(PEER, a ?? '', 'established')
      .count(2, 2),
  );
}
