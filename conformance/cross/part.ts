/** A session of one of those who take part in a flow. */
import type { JsonObject } from '../contract/contract.ts';
import type { PairTalk, Side } from './pair-talk.ts';

export class Part {
  readonly side: Side;
  readonly #talk: PairTalk;
  readonly #session: string;
  readonly #nowMs: number;
  #handle = '';

  /** @param session `<area>.<noun>`, with which the operations of the session begin */
  constructor(talk: PairTalk, side: Side, session: string, nowMs: number) {
    this.#talk = talk;
    this.side = side;
    this.#session = session;
    this.#nowMs = nowMs;
  }

  async open(params: JsonObject): Promise<void> {
    const { session } = await this.#talk.ask(this.side, `${this.#session}.open`, { ...params, now: this.#nowMs });
    this.#handle = String(session);
  }
  /** The events of a call, in their order. */
  async call(verb: string, params: JsonObject): Promise<readonly JsonObject[]> {
    const asked = { session: this.#handle, ...params, now: this.#nowMs };
    const { events } = await this.#talk.ask(this.side, `${this.#session}.${verb}`, asked);
    return Array.isArray(events) ? (events as readonly JsonObject[]) : [];
  }
  async close(): Promise<void> {
    await this.#talk.ask(this.side, `${this.#session}.close`, { session: this.#handle });
  }
}
