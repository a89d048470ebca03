/**
 * Two engines of the implementation under test at the ends of a virtual link of the bench, which loses, duplicates and
 * reorders as its seed says.
 */
import type { JsonObject } from '../../contract/contract.ts';
import { Dice } from '../../suites/campaign.ts';
import { Polls } from '../../suites/polls.ts';
import type { Talk } from '../../suites/talk.ts';
import { ORDERED, REASON_FINISHED, RESEND, type Channel, type Plan, type Which } from './plan.ts';
import { requirePromises } from './promises.ts';

const START_MS = 1000;
const LIMIT_MS = 120_000;
const REQUESTS_MAX = 6000;
/** Ticks at one moment, after which a timer is not merely due: it is stuck. */
const TICKS_MAX = 50;
const NAMES = ['one', 'other'] as const;
/** Ids of the two engines. */
export const PEERS: readonly [string, string] = ['01'.repeat(16), '02'.repeat(16)];
type Identity = Readonly<Record<'csid' | 'secret' | 'key', string>>;
/** Their keys. */
export const IDENTITIES: readonly [Identity, Identity] = [
  { csid: '3a', secret: '03'.repeat(32), key: '5dfedd3b6bd47f6fa28ee15d969d5bb0ea53774d488bdaf9df1c6e0124b3ef22' },
  { csid: '3a', secret: '04'.repeat(32), key: 'ac01b2209e86354fb853237b5de0f4fab13c7fcbf433a61c019369617fecf10b' },
];
/** Where the channel id is in the hex of a datagram. */
const CHANNEL_ID_AT: readonly [number, number] = [72, 80];
const DEFAULT_CHANNEL_ID = 'f0f0f0f0';
/** The id of a datagram's channel; undefined for the default channel. */
export function channelIdOf(datagram: string): string | undefined {
  const channelId = datagram.slice(...CHANNEL_ID_AT);
  return channelId === DEFAULT_CHANNEL_ID ? undefined : channelId;
}
/** Bytes of a write too long for any packet; a stream has room for it at once. */
const LONG_WRITE_LENGTH = 3000;

/** Bytes of a packet besides the data: CHANNEL_COOKIE, and the head of a DATA message. */
const OVERHEAD_MAX = 64;

/** A call that an engine accepts in its state. */
interface OwnCall {
  readonly which: Which;
  readonly params: JsonObject;
}
/** Calls that need what an engine has drawn, so that no vector shows one taken, with the clause by which they are. */
const DRAWN_CALLS = {
  accept: 'IPR-API-005',
  refuse: 'IPR-API-005',
  channel: 'IPR-API-001',
  write: 'IPR-API-003',
  read: 'IPR-API-003',
  finish: 'IPR-API-004',
} as const;
type DrawnCall = keyof typeof DRAWN_CALLS;
/** Their names. */
export const DRAWN_CALL_NAMES: readonly DrawnCall[] = Object.keys(DRAWN_CALLS) as DrawnCall[];

/** One trial: the engines, their channels, what is in flight, and the time. */
export class EngineWorld {
  readonly plan: Plan;
  readonly talk: Talk;
  readonly #dice: Dice;
  readonly channels: Channel[] = [];
  readonly #tickAtMs: [number | undefined, number | undefined] = [undefined, undefined];
  readonly #polls: Polls;
  readonly unopened: [JsonObject[], JsonObject[]] = [[], []];
  /** Everything that each engine told, in its order. */
  readonly told: readonly [JsonObject[], JsonObject[]] = [[], []];
  /** Whether a datagram of an engine is lost, on top of what the plan says. */
  isLost: (from: Which, datagram: string) => boolean = () => false;
  /** Sees what each call of an engine transmits. */
  onTransmit: (from: Which, datagrams: readonly string[]) => void = () => undefined;
  #stalledId: string | undefined;
  #offered: OwnCall | undefined;
  #flight: { readonly atMs: number; readonly to: Which; readonly datagram: string }[] = [];
  nowMs: number = START_MS;
  #requests = 0;

  constructor(plan: Plan, talk: Talk) {
    this.plan = plan;
    this.talk = talk;
    this.#polls = new Polls(talk);
    this.#dice = new Dice(plan.seed);
  }

  /** Channels are opened, written to and finished; then both ends have what was promised. */
  async run(): Promise<void> {
    await this.begin();
    for (const capabilities of this.plan.channels) await this.open(capabilities);
    await this.until(
      'the channels were not opened',
      () =>
        this.#isAnswered() &&
        this.channels.every(
          ({ handles, capabilities }) => handles[0] !== undefined && (handles[1] !== undefined || this.#mayBeLost(capabilities)),
        ),
    );
    if (this.plan.lossPercent === 0 && this.unopened[0].length > 0)
      this.violated('IPR-API-001', 'Opening a channel failed on a link that loses nothing.');
    if (this.plan.isLong === true) await this.#writeLong(this.channels[0]);
    await this.writeAll(this.channels);
    for (const channel of this.channels) await this.finish(channel);
    await this.until('both ends have not seen every channel end', () => this.channels.every((channel) => this.isOver(channel)));
    for (const channel of this.channels)
      requirePromises(this.plan, channel, (requirement, explanation) => this.violated(requirement, explanation));
    if (this.plan.isLong === true) this.#requireFull(this.channels[0]);
    await this.close();
  }

  /** The first channel is cut off once it is open; the others come to their end. */
  async runStalled(): Promise<void> {
    await this.begin();
    for (const capabilities of this.plan.channels) await this.open(capabilities);
    await this.until(
      'the channels were not opened',
      () => this.#isAnswered() && this.channels.every(({ handles: [here, there] }) => here !== undefined && there !== undefined),
    );
    const [stalled, ...others] = this.channels;
    this.#stalledId = stalled?.channelId;
    await this.writeAll(this.channels);
    for (const channel of others) await this.finish(channel);
    await this.until('channels next to a stalled one have not ended', () => others.every((channel) => this.isOver(channel)), 'IPR-API-009');
    if (others.some(({ closed }) => closed.some((event) => event?.['reason'] !== REASON_FINISHED)))
      this.violated('IPR-API-009', 'A channel next to a stalled one ended otherwise than it was told to.');
    for (const channel of others)
      requirePromises(this.plan, channel, (requirement, explanation) => this.violated(requirement, explanation));
    await this.close();
  }

  /** Both ends open a channel with the same half; the lower peer id keeps it. */
  async runConflict(): Promise<void> {
    await this.begin();
    await this.call(1, 'connect', { peer: PEERS[0], handshake: 'none' });
    const half = '0a0b';
    await this.call(0, 'channel', { peer: PEERS[1], capabilities: 3, half });
    await this.call(1, 'channel', { peer: PEERS[0], capabilities: 2, half });
    await this.until(
      'two proposals of one half came to nothing',
      () => this.channels.length > 0 && this.channels.every(({ handles: [here, there] }) => here !== undefined && there !== undefined),
    );
    await this.until('the one that yielded was not notified', () => this.unopened[1].length > 0);
    const [channel] = this.channels;
    if (this.unopened[1][0]?.['why'] !== 'conflict' || this.unopened[0].length > 0 || channel?.capabilities !== 3)
      this.violated('IPR-API-001', 'The lower peer id keeps the half, and the other is notified of a conflict.');
    await this.writeAll(this.channels);
    await this.finish(channel);
    await this.until('the channel did not end', () => this.isOver(channel));
    requirePromises(this.plan, channel, (requirement, explanation) => this.violated(requirement, explanation));
    await this.close();
  }

  /** A call is taken where it can be. */
  async runTaken(call: DrawnCall): Promise<void> {
    const { which, params } = await this.#before(call);
    const got = await this.talk.ask(`interpeer.engine.${call}`, { session: `$${NAMES[which]}`, ...params, now: this.nowMs });
    if (got.kind !== 'ok') this.violated(DRAWN_CALLS[call], `The call is right, and was refused as '${got.class}'.`);
    await this.close();
  }

  /** The same call is refused where the session was closed right before. */
  async runEnded(call: DrawnCall): Promise<void> {
    const { which, params } = await this.#before(call);
    await this.close();
    const asked = { session: `$${NAMES[which]}`, ...params, now: this.nowMs };
    // Right before, the same call was taken: a refusal without a reason is one for the session's end.
    const got = await this.talk.ask(`interpeer.engine.${call}`, asked, { right: { reject: 'wrong-state' } });
    if (got.kind === 'ok' || got.class !== 'wrong-state')
      this.talk.violated({
        requirement: 'ADP-042',
        expect: { reject: 'wrong-state' },
        explanation: "A call without an open session must be refused as 'wrong-state'.",
      });
  }

  /** Goes on until a call can be made. */
  async #before(call: DrawnCall): Promise<OwnCall> {
    await this.begin();
    if (call === 'channel') return { which: 0, params: { peer: PEERS[1], capabilities: 3 } };
    if (call === 'accept' || call === 'refuse') {
      await this.until('nobody was told of the keys that were offered', () => this.#offered !== undefined, 'IPR-API-005');
      return this.#offered ?? this.violated('IPR-API-005', 'Keys were offered.');
    }
    await this.open(RESEND | ORDERED);
    await this.until('the channel was not opened', () => this.channels.some(({ handles }) => handles[0] !== undefined), 'IPR-API-001');
    const channel = this.channels[0]?.handles[0] ?? 0;
    const more = call === 'write' ? { data: 'aa' } : call === 'finish' ? { reason: REASON_FINISHED } : {};
    return { which: 0, params: { channel, ...more } };
  }

  /** Opens both engines, and connects them. */
  async begin(): Promise<void> {
    const { suite, handshake } = this.plan;
    for (const which of [0, 1] as const) {
      await this.talk.want(
        'interpeer.engine.open',
        {
          suite,
          local: PEERS[which],
          handshake,
          ...(handshake === 'none' ? {} : { identity: IDENTITIES[which] }),
          entropy: (this.plan.seed >>> 0).toString(16).padStart(62, '0') + `0${String(which)}`,
          now: this.nowMs,
        },
        { bind: { session: NAMES[which] } },
      );
    }
    const knows = handshake === 'known-keys';
    await this.call(0, 'connect', { peer: PEERS[1], handshake, ...(knows ? { remoteKey: IDENTITIES[1].key } : {}) });
    if (knows) await this.call(1, 'connect', { peer: PEERS[0], handshake, remoteKey: IDENTITIES[0].key });
  }
  async close(): Promise<void> {
    for (const name of NAMES) await this.talk.want('interpeer.engine.close', { session: `$${name}` });
  }

  async open(capabilities: number): Promise<void> {
    await this.call(0, 'channel', { peer: PEERS[1], capabilities });
  }

  /** Of every channel that was asked for it is known what came of it. */
  #isAnswered(): boolean {
    return this.channels.length + this.unopened[0].length === this.plan.channels.length;
  }

  /** A channel on which a first packet can be lost may never be seen by the other end. */
  #mayBeLost(capabilities: number): boolean {
    return (capabilities & RESEND) === 0 && this.plan.lossPercent > 0;
  }

  async writeAll(channels: readonly Channel[]): Promise<void> {
    for (let turn = 0; turn < this.plan.writes; turn++) {
      for (const channel of channels) {
        if (channel.closed[0] !== undefined) continue;
        const data = turn
          .toString(16)
          .padStart(2, '0')
          .repeat(1 + this.#dice.below(300));
        const handle = channel.handles[0] ?? 0;
        await this.call(0, 'write', { channel: handle, data });
        channel.written.push(data);
      }
    }
  }
  /** A write too long for any packet; a stream takes it whole. */
  async #writeLong(channel: Channel | undefined): Promise<void> {
    const data = 'ab'.repeat(LONG_WRITE_LENGTH);
    await this.call(0, 'write', { channel: channel?.handles[0] ?? 0, data });
    channel?.written.push(data);
  }
  /** The reader is given what a packet held: the long write in no more pieces than it must be cut into. */
  #requireFull(channel: Channel | undefined): void {
    const answer = this.talk.oracle.answer('interpeer.bundle.room', { encrypted: true });
    const room = (answer.kind === 'ok' ? Number(answer.value['room']) : 0) - OVERHEAD_MAX;
    const most = Math.ceil(LONG_WRITE_LENGTH / room);
    const length = (channel?.given ?? []).slice(0, most).join('').length / 2;
    if (length < LONG_WRITE_LENGTH)
      this.violated(
        'IPR-API-002',
        `${String(most)} packets have room for ${String(LONG_WRITE_LENGTH)} bytes, and brought ${String(length)}.`,
      );
  }
  async finish(channel: Channel | undefined): Promise<void> {
    if (channel === undefined || channel.closed[0] !== undefined) return;
    channel.isFinished = true;
    await this.call(0, 'finish', { channel: channel.handles[0] ?? 0, reason: REASON_FINISHED });
  }

  isOver({ closed, handles }: Channel): boolean {
    return (
      closed[0] !== undefined &&
      (closed[1] !== undefined || handles[1] === undefined || this.plan.suite === 'interpeer-0.1') &&
      (this.plan.suite === 'interpeer-1' || this.#flight.length === 0)
    );
  }

  /** Lets the world go on until something holds. @param requirement clause that is violated if it never does */
  async until(
    complaint: string,
    isSo: () => boolean,
    requirement: string = this.plan.suite === 'interpeer-0.1' ? 'IPR-API-008' : 'IPR-API-004',
  ): Promise<void> {
    let ticks = 0;
    while (!isSo()) {
      const next = Math.min(...this.#flight.map(({ atMs }) => atMs), ...this.#tickAtMs.map((atMs) => atMs ?? Infinity));
      if (next > START_MS + LIMIT_MS || this.#requests > REQUESTS_MAX)
        this.violated(requirement, `After ${String(this.#requests)} requests and ${String(this.nowMs - START_MS)} ms: ${complaint}.`);
      ticks = next > this.nowMs ? 0 : ticks + 1;
      if (ticks > TICKS_MAX) this.violated(requirement, `After ${String(ticks)} ticks at one moment another is due: ${complaint}.`);
      this.nowMs = Math.max(this.nowMs, next);
      const due = this.#flight.filter(({ atMs }) => atMs <= this.nowMs);
      this.#flight = this.#flight.filter(({ atMs }) => atMs > this.nowMs);
      for (const { to, datagram } of due) await this.call(to, 'receive', { datagram });
      for (const which of [0, 1] as const) if ((this.#tickAtMs[which] ?? Infinity) <= this.nowMs) await this.call(which, 'tick', {});
    }
  }

  /** A call that must be accepted. */
  async call(
    which: Which,
    call: string,
    params: JsonObject,
  ): Promise<{ readonly transmit: readonly string[]; readonly events: readonly JsonObject[] }> {
    this.#requests += 1;
    const operation = `interpeer.engine.${call}`;
    const value = await this.talk.want(operation, { session: `$${NAMES[which]}`, ...params, now: this.nowMs });
    const { transmit = [], events = [] } = value as { transmit?: string[]; events?: JsonObject[] };
    this.#tickAtMs[which] = this.#polls.next(NAMES[which], operation, value, this.nowMs);
    this.onTransmit(which, transmit);
    for (const datagram of transmit) this.#carry(which, datagram);
    this.told[which].push(...events);
    for (const event of events) await this.#happened(which, event);
    return { transmit, events };
  }

  async #happened(which: Which, event: JsonObject): Promise<void> {
    const handle = Number(event['channel']);
    const channel = this.channels.find(({ handles }) => handles[which] === handle);
    switch (event['type']) {
      case 'offered': {
        const params = { peer: PEERS[which === 0 ? 1 : 0], hashname: event['hashname'] ?? '' };
        if (this.plan.isPatient === true) this.#offered ??= { which, params };
        else await this.call(which, 'accept', params);
        return;
      }
      case 'opened':
        this.#opened(which, handle, event);
        return;
      case 'unopened':
        this.unopened[which].push(event);
        return;
      case 'readable':
        await this.call(which, 'read', { channel: handle });
        return;
      case 'data':
        channel?.given.push(String(event['bytes']));
        return;
      case 'closed':
        if (channel !== undefined) channel.closed[which] = event;
    }
  }

  #opened(which: Which, handle: number, event: JsonObject): void {
    const channelId = String(event['channelId']);
    const known = this.channels.find((channel) => channel.channelId === channelId);
    if (known !== undefined) {
      if (known.capabilities !== event['capabilities'])
        this.violated('IPR-API-001', 'The two ends of a channel have different capabilities.');
      known.handles[which] = handle;
      return;
    }
    const channel: Channel = {
      capabilities: Number(event['capabilities']),
      handles: [undefined, undefined],
      channelId,
      written: [],
      given: [],
      closed: [undefined, undefined],
      isFinished: false,
    };
    channel.handles[which] = handle;
    this.channels.push(channel);
  }

  #carry(from: Which, datagram: string): void {
    const { lossPercent, copyPercent, delayMs, isDamaging = false } = this.plan;
    const channelId = channelIdOf(datagram);
    if (channelId !== undefined && channelId === this.#stalledId) return;
    if (this.isLost(from, datagram)) return;
    const to = from === 0 ? 1 : 0;
    if (isDamaging) this.#flight.push({ atMs: this.nowMs + 1, to, datagram: this.#damaged(datagram) });
    const copies = this.#dice.below(100) < copyPercent ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      if (this.#dice.below(100) >= lossPercent) this.#flight.push({ atMs: this.nowMs + 1 + this.#dice.below(delayMs), to, datagram });
    }
  }

  #damaged(datagram: string): string {
    const at = 2 * this.#dice.below(datagram.length / 2);
    const byte = Number.parseInt(datagram.slice(at, at + 2), 16) ^ (1 << this.#dice.below(8));
    return datagram.slice(0, at) + byte.toString(16).padStart(2, '0') + datagram.slice(at + 2);
  }

  violated(requirement: string, explanation: string): never {
    this.talk.violated({ requirement, expect: { ok: {} }, explanation });
  }
}
