/**
 * A chunk endpoint: packets over one or more streams, each of which is a link.
 *
 * Sans-IO: bytes and time go in (`handleBytes`, `send`, `handleTimeout`), what to write and what happened come out
 * (`pollTransmit`, `pollEvent`), and `pollTimeoutAtMs` says when time matters next. A link is a receiver and a sender
 * that meet in two places: every chunk that arrives lifts the sender's block, and what the sender writes in answer
 * takes the place of an acknowledgement. Links share nothing but the bound on open assemblies.
 *
 * Choice: ADR-0004. What a call puts out is never more than its input gives rise to.
 */
import { EMPTY, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { UsageError } from '../../kernel/errors.ts';
import { ChunkReceiver } from './chunk-receiver.ts';
import type { DiscardClass, ReceiverEvent } from './chunk-receiver.ts';
import { ChunkSender } from './chunk-sender.ts';
import { encodeAck, readChunks, requireFrameSize } from './chunking.ts';
import { CHUNK_LIMITS, READ_LENGTH_MAX, TRANSPORTS, limitsDoor, transportOf } from './transports.ts';
import type { AckMode, ChunkLimits, TransportName } from './transports.ts';

/** Choice: ADR-0004. Links of one chunk endpoint are numbered 0 to 65,535, which bounds what it remembers of them. */
export const LINK_MAX = 65535;

/** How an endpoint is set up: by a transport or a size, either of which the other members refine. */
export interface ChunkEndpointOptions {
  readonly transport?: TransportName | undefined;
  /** Longest frame in bytes, at least 2. */
  readonly size?: number | undefined;
  readonly blocking?: boolean | undefined;
  readonly acks?: AckMode | undefined;
  readonly limits?: Partial<ChunkLimits> | undefined;
}

const OPTIONS = door.members<ChunkEndpointOptions>({
  transport: door.optional(door.text as door.Door<TransportName>),
  size: door.optional(door.whole),
  blocking: door.optional(door.flag),
  acks: door.optional(door.oneOf<AckMode>('none', 'read', 'chunk')),
  limits: door.optional(limitsDoor),
});

/** What an endpoint tells the application. */
export type ChunkEvent =
  | { readonly type: 'packet'; readonly link: number; readonly packet: Uint8Array }
  | { readonly type: 'discarded'; readonly link: number; readonly class: DiscardClass }
  | { readonly type: 'stalled'; readonly link: number };

/** Bytes to write on a link, in one go. */
export interface ChunkTransmit {
  readonly link: number;
  readonly bytes: Uint8Array;
}

interface Link {
  readonly receiver: ChunkReceiver;
  readonly sender: ChunkSender;
  /** The start of a chunk whose rest has not arrived, at most 255 bytes. */
  incomplete: Uint8Array;
}

/**
 * Sends and receives packets as chunks. Everything that a call put out is polled before the next call.
 */
export class ChunkEndpoint extends Endpoint<ChunkTransmit, ChunkEvent> {
  readonly #size: number;
  readonly #blocking: boolean;
  readonly #acks: AckMode;
  readonly #limits: ChunkLimits;
  readonly #links: Map<number, Link> = new Map();
  #assemblyCount = 0;

  /**
   * @param options a transport, or a size (256 where neither is given); blocks by default
   * @throws LimitError for a size below 2; UsageError for both a transport and a size
   * @see E3X-CHK-021
   */
  constructor(options: ChunkEndpointOptions = {}) {
    super();
    const { transport, size, blocking, acks, limits = {} } = OPTIONS(options, 'options');
    if (transport !== undefined && size !== undefined) {
      throw new UsageError('E3X-CHK-021', 'either a transport or a size, not both');
    }
    const preset = transport === undefined ? undefined : transportOf(transport); // E3X-CHK-021
    this.#size = preset?.size ?? size ?? TRANSPORTS.tcp.size;
    requireFrameSize(this.#size);
    this.#blocking = blocking ?? preset?.blocking ?? true; // Choice: ADR-0004. Blocking is compatible with every peer.
    this.#acks = acks ?? preset?.acks ?? (this.#blocking ? 'chunk' : 'none');
    this.#limits = { ...CHUNK_LIMITS, ...limits };
  }

  /**
   * Takes bytes that arrived on a link.
   * @param link 0 to 65,535
   * @param bytes up to 262,144, cut anywhere; more is passed in pieces
   * @param nowMs the time in milliseconds
   * @throws UsageError for more; the state is unchanged
   * @see E3X-CHK-011
   */
  handleBytes(link: number, bytes: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = door.bytes(bytes, 'bytes');
    if (given.length > READ_LENGTH_MAX)
      throw new UsageError('ADR-0027', 'more than one read: hand it over in pieces', {
        length: given.length,
        lengthMax: READ_LENGTH_MAX,
      });
    const state = this.#linkOf(link);
    const stream = concat([state.incomplete, given]); // E3X-CHK-011: where the reads were cut makes no difference
    let fragmentCount = 0;
    const consumed = readChunks(stream, (fragment) => {
      state.sender.handleChunk(); // E3X-CHK-018
      if (fragment.length > 0) fragmentCount += 1; // E3X-CHK-015: zero bytes are not counted
      this.#assemble(link, state.receiver, fragment, nowMs);
    });
    state.incomplete = consumed < stream.length ? stream.slice(consumed) : EMPTY; // E3X-CHK-012
    this.#answer(link, state.sender, fragmentCount, nowMs);
    this.#forgetIdle(link);
  }

  /**
   * Takes a packet to send on a link.
   * @param link 0 to 65,535
   * @param packet at least 2 bytes
   * @param nowMs the time in milliseconds
   * @throws StateError when stalled; DecodeError truncated for bytes that are not a packet; LimitError when more than
   * queueBytes would wait; the state is unchanged
   * @see E3X-CHK-017
   */
  send(link: number, packet: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = door.bytes(packet, 'packet');
    const { sender } = this.#linkOf(link);
    try {
      sender.send(given);
      // E3X-CHK-017: one frame where each waits for an answer; E3X-CHK-019: all of them where none does.
      while (this.#write(link, sender, nowMs));
    } finally {
      this.#forgetIdle(link);
    }
  }

  /**
   * Lets time pass: expires what is too old and notices what is stalled, in ascending order of links.
   * @param nowMs the time in milliseconds
   * @see E3X-CHK-024
   */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    for (const link of [...this.#links.keys()].sort((a, b) => a - b)) {
      const { receiver, sender } = this.#linkOf(link);
      const expired = receiver.handleTimeout(nowMs); // E3X-CHK-024
      if (expired !== undefined) {
        this.#assemblyCount -= 1;
        this.putEvent({ ...expired, link });
      }
      if (sender.handleTimeout(nowMs)) this.putEvent({ type: 'stalled', link }); // E3X-CHK-020
    }
  }

  override pollTimeoutAtMs(): number | undefined {
    let earliest: number | undefined;
    for (const { receiver, sender } of this.#links.values()) {
      for (const dueAtMs of [receiver.timeoutAtMs, sender.timeoutAtMs]) {
        if (dueAtMs !== undefined && (earliest === undefined || dueAtMs < earliest)) earliest = dueAtMs;
      }
    }
    return earliest;
  }

  #assemble(link: number, receiver: ChunkReceiver, fragment: Uint8Array, nowMs: number): void {
    const wasAssembling = receiver.isAssembling;
    const hasRoom = this.#assemblyCount < this.#limits.assemblyCount; // E3X-CHK-025
    const event: ReceiverEvent | undefined =
      fragment.length > 0 ? receiver.handleFragment(fragment, hasRoom, nowMs) : receiver.handleTerminator();
    this.#assemblyCount += Number(receiver.isAssembling) - Number(wasAssembling);
    if (event !== undefined) this.putEvent({ ...event, link });
  }

  /** Answers a read: with the next frame if one may be written, otherwise with what acknowledgements are due. */
  #answer(link: number, sender: ChunkSender, fragmentCount: number, nowMs: number): void {
    if (this.#write(link, sender, nowMs)) return; // E3X-CHK-018
    if (sender.isMidPacket) return; // E3X-CHK-016
    const ackCountByMode = { none: 0, read: Math.min(fragmentCount, 1), chunk: fragmentCount };
    const ackCount = ackCountByMode[this.#acks]; // E3X-CHK-013, E3X-CHK-014
    for (let index = 0; index < ackCount; index++) this.putTransmit({ link, bytes: encodeAck() });
  }

  #write(link: number, sender: ChunkSender, nowMs: number): boolean {
    const frame = sender.pollFrame(nowMs);
    if (frame === undefined) return false;
    this.putTransmit({ link, bytes: frame });
    return true;
  }

  #linkOf(link: number): Link {
    if (!Number.isInteger(link) || link < 0 || link > LINK_MAX) throw new UsageError('E3X-CHK-025', 'no such link', { link });
    const known = this.#links.get(link);
    if (known !== undefined) return known;
    const { blockMs, queueBytes } = this.#limits;
    const fresh: Link = {
      receiver: new ChunkReceiver(this.#limits),
      sender: new ChunkSender({ size: this.#size, blocking: this.#blocking, blockMs, queueBytes }),
      incomplete: EMPTY,
    };
    this.#links.set(link, fresh);
    return fresh;
  }

  /** A link that remembers nothing takes no memory. */
  #forgetIdle(link: number): void {
    const state = this.#links.get(link);
    if (state?.receiver.isIdle && state.sender.isIdle && state.incomplete.length === 0) this.#links.delete(link);
  }
}
