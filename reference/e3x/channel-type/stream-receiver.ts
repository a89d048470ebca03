/**
 * The receiving side of a stream: fragments become values.
 *
 *   state   packet with frag   packet without      with end, without frag   with both
 *   open    kept               value               value -> ended           malformed
 *   ended   wrong-state        wrong-state         wrong-state              wrong-state
 *
 * The channel below is reliable and passes its packets in order, once each.
 */
import { concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, LimitError, StateError } from '../../kernel/errors.ts';
import { decodeChannelPacket, judgeChannelPacket } from './channel-types.ts';
import type { ChannelPacket } from './channel-types.ts';
import { copyPacket, isPacket } from '../packet/packet.ts';
import type { Packet } from '../packet/packet.ts';

/** E3X-TYP-034: bytes that one value may have. */
export const STREAM_VALUE_BYTES = 8192;

/** A value that has come whole. */
export interface StreamEvent {
  readonly type: 'value';
  readonly enc: string;
  readonly bytes: Uint8Array;
}

/** How a receiver of a stream is set up. */
export interface StreamReceiverOptions {
  /** Bytes that one value may have. */
  readonly valueBytes?: number | undefined;
}

const OPTIONS = door.members<StreamReceiverOptions>({ valueBytes: door.optional(door.whole) });

/**
 * Puts the values of a stream together. Everything that a call put out is polled before the next call.
 */
export class StreamReceiver extends Endpoint<never, StreamEvent> {
  readonly #valueBytes: number;
  /** Joined once, when the value is whole. */
  #fragments: Uint8Array[] = [];
  #fragmentBytes = 0;
  #hasEnded = false;

  constructor(options: StreamReceiverOptions = {}) {
    super();
    const { valueBytes = STREAM_VALUE_BYTES } = OPTIONS(options, 'options');
    this.#valueBytes = valueBytes;
  }

  /**
   * Takes the next packet of the channel.
   * @throws StateError after the end; DecodeError malformed or truncated; LimitError; the state is unchanged
   * @see E3X-TYP-032
   */
  handlePacket(packet: Uint8Array): void {
    const own = door.copy(packet, 'packet');
    this.#take(() => decodeChannelPacket(own));
  }

  /** As handlePacket, for a packet that a layer below has taken apart. */
  handleDecoded(packet: Packet): void {
    const own = copyPacket(packet);
    this.#take(() => own);
  }

  #take(decode: () => Packet): void {
    this.requireCall();
    if (this.#hasEnded) throw new StateError('E3X-TYP-035', 'the stream has ended');
    const { json, body, isEnd, isContent } = this.#read(decode);
    if (!isContent) return; // E3X-TYP-036
    const isFragment = json['frag'] === true;
    if (isFragment && isEnd) throw new DecodeError('malformed', 'E3X-TYP-035', 'the end leaves a value unfinished');
    if (this.#fragmentBytes + body.length > this.#valueBytes) throw new LimitError('E3X-TYP-034', 'the value is too long');
    if (isFragment) {
      if (body.length > 0) this.#fragments.push(body); // E3X-TYP-032
      this.#fragmentBytes += body.length;
      return;
    }
    const bytes = concat([...this.#fragments, body]);
    const enc = typeof json['enc'] === 'string' ? json['enc'] : undefined;
    if (enc === 'lob' && !isPacket(bytes)) throw new DecodeError('truncated', 'E3X-TYP-033', 'the value is no packet');
    const isMereEnd = isEnd && enc === undefined && bytes.length === 0; // E3X-TYP-035
    if (!isMereEnd) this.putEvent({ type: 'value', enc: enc ?? 'binary', bytes }); // E3X-TYP-032
    this.#fragments = [];
    this.#fragmentBytes = 0;
    this.#hasEnded = isEnd; // E3X-TYP-035
  }

  #read(decode: () => Packet): ChannelPacket & { readonly isEnd: boolean } {
    try {
      const read = judgeChannelPacket({ type: 'stream', role: 'opener', isReliable: true }, decode());
      const isEnd = Object.hasOwn(read.json, 'end') && !Object.hasOwn(read.json, 'err') && Object.hasOwn(read.json, 'seq');
      return { ...read, isEnd, isContent: read.isContent || isEnd };
    } catch (error) {
      if (error instanceof DecodeError) throw new DecodeError('malformed', 'E3X-TYP-036', 'no packet of a stream');
      throw error;
    }
  }
}
