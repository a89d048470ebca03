/**
 * Messages of thtp that take several packets of their channel.
 *
 *   sending     message, a packet -> parts: all but the last are full, and the last one goes with end
 *   receiving   state   packet       packet with end         error, acknowledgement   anything else
 *               open    kept         message -> ended        nothing                  malformed
 *               ended   wrong-state  wrong-state             wrong-state              wrong-state
 *
 * The channel below is reliable and passes its packets in order, once each.
 *
 * Choice: ADR-0064.
 */
import { concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, LimitError, StateError } from '../../kernel/errors.ts';
import { validateChannelPacket } from '../channel-type/channel-types.ts';
import type { ChannelPacket } from '../channel-type/channel-types.ts';
import { decodeThtp } from '../channel-type/thtp.ts';
import type { HttpMessage } from '../channel-type/thtp.ts';

/** E3X-THT-006: bytes that one message may have. */
export const THTP_MESSAGE_BYTES = 65536;

/** A message that has come whole. */
export type ThtpEvent = { readonly type: 'message' } & HttpMessage;

/** How a receiver of messages is set up. */
export interface ThtpReceiverOptions {
  /** What the other side sends: a request if it opened the channel. */
  readonly kind: 'request' | 'response';
  /** Bytes that one message may have. */
  readonly messageBytes?: number | undefined;
}

const OPTIONS = door.members<ThtpReceiverOptions>({
  kind: door.oneOf<'request' | 'response'>('request', 'response'),
  messageBytes: door.optional(door.whole),
});

/** Runs a reader, and refuses what it refuses as malformed by a clause of ours. */
function asMalformed<Read>(clause: string, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) throw new DecodeError('malformed', clause, error.message, error.values);
    throw error;
  }
}

/**
 * Cuts a request or response into the BODYs of the packets of its channel.
 * @param packet the message, as encodeThtp makes it
 * @param size bytes that a BODY may have, at least 1
 * @returns at least one part
 * @throws DecodeError malformed; LimitError
 * @see E3X-THT-001
 */
export function cutThtp(packet: Uint8Array, size: number): Uint8Array[] {
  const own = door.copy(packet, 'packet');
  door.positive(size, 'size');
  if (own.length > THTP_MESSAGE_BYTES) throw new LimitError('E3X-THT-006', 'the message is too long', { length: own.length });
  asMalformed('E3X-THT-008', () => decodeThtp(own));
  return Array.from({ length: Math.ceil(own.length / size) }, (_, index) => own.slice(index * size, (index + 1) * size)); // E3X-THT-001
}

/**
 * Puts a message together. Everything that a call put out is polled before the next call.
 */
export class ThtpReceiver extends Endpoint<never, ThtpEvent> {
  readonly #kind: ThtpReceiverOptions['kind'];
  readonly #messageBytes: number;
  /** Joined once, when the message is whole. */
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #hasBegun = false;
  #hasEnded = false;

  constructor(options: ThtpReceiverOptions) {
    super();
    const { kind, messageBytes = THTP_MESSAGE_BYTES } = OPTIONS(options, 'options');
    this.#kind = kind;
    this.#messageBytes = messageBytes;
  }

  /**
   * Takes the next packet of the channel.
   * @throws StateError after the end; DecodeError malformed; LimitError; the state is unchanged
   * @see E3X-THT-002
   */
  handlePacket(packet: Uint8Array): void {
    this.requireCall();
    const own = door.copy(packet, 'packet');
    if (this.#hasEnded) throw new StateError('E3X-THT-005', 'the message has ended');
    const { json, body } = this.#read(own);
    if (Object.hasOwn(json, 'err') || !Object.hasOwn(json, 'seq')) return; // E3X-THT-007
    if (this.#partBytes + body.length > this.#messageBytes) throw new LimitError('E3X-THT-006', 'the message is too long');
    if (Object.hasOwn(json, 'end')) this.#end(body);
    else {
      if (body.length > 0) this.#parts.push(body); // E3X-THT-002
      this.#partBytes += body.length;
    }
    this.#hasBegun = true;
  }

  #end(body: Uint8Array): void {
    const message = asMalformed('E3X-THT-004', () => decodeThtp(concat([...this.#parts, body])));
    const isRequest = message.method !== undefined;
    if (isRequest !== (this.#kind === 'request')) throw new DecodeError('malformed', 'E3X-THT-003', `no ${this.#kind}`);
    this.putEvent({ type: 'message', ...message }); // E3X-THT-002
    this.#parts = [];
    this.#hasEnded = true; // E3X-THT-005
  }

  #read(packet: Uint8Array): ChannelPacket {
    const later = this.#kind === 'request' ? 'opener' : 'responder';
    const role = this.#kind === 'request' && !this.#hasBegun ? 'open' : later;
    return asMalformed('E3X-THT-007', () => validateChannelPacket({ type: 'thtp', role, isReliable: true, packet }));
  }
}
