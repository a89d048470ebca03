/**
 * One channel of an engine: writes wait here until they are bundled, and packets wait for their turn.
 */
import { LimitError, StateError } from '../../kernel/errors.ts';
import { concat } from '../../kernel/bytes.ts';
import { drain } from '../../kernel/endpoint.ts';
import { Fifo } from '../../kernel/fifo.ts';
import { PayloadFill, pieceLength, requireFits } from '../data/bundle.ts';
import { DataChannel } from '../data/data-channel.ts';
import type { DataChannelOptions, DataEvent } from '../data/data-channel.ts';
import type { DataTransmit } from '../data/data-sender.ts';

/** How a channel of an engine is set up, before it is established. */
export interface EngineChannelOptions {
  /** The name under which the application knows it. */
  readonly handle: number;
  /** 16 bytes. */
  readonly peer: Uint8Array;
  /** 2 bytes, of the initiator. */
  readonly half: Uint8Array | undefined;
}

/** A channel from its opening to its end. */
export class EngineChannel {
  readonly handle: number;
  readonly peer: Uint8Array;
  half: Uint8Array | undefined;
  /** 4 bytes; absent until it is established. */
  channelId: Uint8Array | undefined;
  /** The reason with which the application closed it before it was established. */
  unwantedReason: number | undefined;
  /** Whether the establishment still knows it. */
  isEstablished = false;
  /** How often CHANNEL_COOKIE was sent alone, and when it will be again. */
  cookieCount = 0;
  cookieAtMs: number | undefined;
  readonly #packets: Fifo<DataTransmit> = new Fifo();
  readonly #events: Fifo<DataEvent> = new Fifo();
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  /** How many packets the pending writes take if they are not split. */
  #fill: PayloadFill = new PayloadFill(0);
  #data: DataChannel | undefined;
  #payloadBytes = 0;
  #finishReason: number | undefined;

  constructor({ handle, peer, half }: EngineChannelOptions) {
    this.handle = handle;
    this.peer = peer;
    this.half = half;
  }

  /** Its data; absent until it is established. */
  get data(): DataChannel | undefined {
    return this.#data;
  }
  /** Whether nothing can be sent on it any more. */
  get isGone(): boolean {
    return this.#data?.state === 'gone' && this.#packets.length === 0;
  }

  /** Whether it accepts writes of the application. */
  get isWritable(): boolean {
    return this.#data?.state === 'open' && this.#finishReason === undefined;
  }
  /** How many bytes it accepts: on a stream all that fit, otherwise those of one write. */
  get freeBytes(): number {
    const data = this.#data;
    if (data === undefined || !this.isWritable) return 0;
    const piece = pieceLength(this.#payloadBytes);
    if (data.isStream) return Math.max(0, data.freePackets * piece - this.#pendingBytes); // IPR-API-003
    return this.#fill.count < data.freePackets ? piece : 0;
  }

  /** Starts its data. */
  begin(channelId: Uint8Array, options: DataChannelOptions & { readonly payloadBytes: number }): void {
    this.channelId = channelId;
    this.isEstablished = true;
    this.#payloadBytes = options.payloadBytes;
    this.#fill = new PayloadFill(options.payloadBytes);
    this.#data = new DataChannel(options);
  }

  /**
   * Accepts a write of the application.
   * @returns how many bytes were accepted: on a stream as many as there is room for, otherwise all
   * @throws StateError if it is not open; LimitError if there is no room for a write that is not split
   * @see IPR-API-003
   */
  write(bytes: Uint8Array): number {
    const data = this.#data;
    if (data === undefined || !this.isWritable) throw new StateError('IPR-API-003', 'the channel is not open');
    if (data.isStream) {
      const length = Math.min(bytes.length, this.freeBytes); // IPR-API-003
      if (length > 0) this.#keep(bytes.slice(0, length));
      return length;
    }
    requireFits(bytes.length, this.#payloadBytes);
    if (this.#fill.countWith(bytes.length) > data.freePackets)
      throw new LimitError('IPR-API-003', 'packets that wait', { free: data.freePackets });
    this.#keep(bytes.slice());
    return bytes.length;
  }

  #keep(bytes: Uint8Array): void {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.#fill.add(bytes.length);
  }

  /** Returns what the application reads next; undefined if there is nothing. */
  read(): Uint8Array | undefined {
    const bytes = this.#data?.read();
    this.#take();
    return bytes;
  }

  /** Ends it once everything written has been sent. */
  finish(reason: number): void {
    if (!this.isWritable) throw new StateError('IPR-API-004', 'the channel is not open');
    this.#finishReason = reason;
  }

  /** Bundles what was written since. */
  flush(nowMs: number): void {
    const data = this.#data;
    if (data === undefined) return;
    if (this.#pending.length > 0 && data.state === 'open') {
      const writes = data.isStream ? [concat(this.#pending)] : this.#pending;
      this.#pending = [];
      this.#pendingBytes = 0;
      this.#fill = new PayloadFill(this.#payloadBytes);
      data.write(writes, nowMs); // IPR-API-002
      this.#take();
    }
    if (this.#finishReason !== undefined && data.state === 'open') data.finish(this.#finishReason, nowMs);
    this.#take();
  }

  /** Calls its data, and takes the output of that. */
  use(call: (data: DataChannel) => void): void {
    if (this.#data === undefined) return;
    try {
      call(this.#data);
    } finally {
      this.#take();
    }
  }

  /** @returns the next packet that waits for its turn */
  pollPacket(): DataTransmit | undefined {
    return this.#packets.shift();
  }

  /** @returns the next event that was not reported yet */
  pollEvent(): DataEvent | undefined {
    return this.#events.shift();
  }

  /** Takes the output of its data: packets wait for their turn, events until the engine reports them. */
  #take(): void {
    for (const packet of drain(() => this.#data?.pollTransmit())) this.#packets.push(packet);
    for (const event of drain(() => this.#data?.pollEvent())) this.#events.push(event);
  }
}
