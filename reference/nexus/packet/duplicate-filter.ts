/** The duplicate filter: which envelopes came before, over whichever neighbour. */
import { toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { ReplayError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { HashPrimitives } from '../../primitives/primitives.ts';
import { PACKET_CONTEXTS, decodeNexusPacket, deriveNexusPacketId } from './packet.ts';

/** NXS-PKT-015: ids that are remembered. */
export const DUPLICATE_ENTRY_COUNT = 1024;
/** NXS-PKT-014: milliseconds for which an id is remembered. */
const DUPLICATE_MS = 60_000;

/** The packet did not come before, or is of a kind that is not checked. */
export interface NewPacketEvent {
  readonly type: 'new';
}

/** How much is remembered. */
export interface DuplicateFilterOptions {
  /** Ids of packets, 1 to 1,024; 1,024 if absent. */
  readonly entryCount?: number | undefined;
}

const OPTIONS = door.members<DuplicateFilterOptions>({
  entryCount: door.optional(door.between(1, DUPLICATE_ENTRY_COUNT)),
});

/** Remembers envelopes. Everything that a call put out is polled before the next call. */
export class DuplicateFilter extends Endpoint<never, NewPacketEvent> {
  readonly #entryCount: number;
  readonly #primitives: Pick<HashPrimitives, 'blake3'>;
  /** When each id is forgotten; the oldest comes first. */
  readonly #untilMs: Map<string, number> = new Map();

  constructor(options: DuplicateFilterOptions, primitives: Pick<HashPrimitives, 'blake3'>) {
    super();
    this.#entryCount = OPTIONS(options, 'options').entryCount ?? DUPLICATE_ENTRY_COUNT;
    this.#primitives = primitivesDoor.blake3(primitives, 'primitives');
  }

  /**
   * Admits a packet.
   * @param packet as its origin wrote it
   * @throws ReplayError for an envelope that came before; whatever `decodeNexusPacket` throws
   * @see NXS-PKT-014
   */
  check(packet: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const { destinationType, packetType, context } = decodeNexusPacket(packet);
    if (packetType === 'data' && destinationType !== 'link' && context === PACKET_CONTEXTS.content) this.#remember(packet, nowMs);
    this.putEvent({ type: 'new' });
  }

  /** Lets time pass: ids that are too old are forgotten. */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    for (const [id, untilMs] of this.#untilMs) if (untilMs <= nowMs) this.#untilMs.delete(id);
  }

  /** @returns when there is next something to forget */
  override pollTimeoutAtMs(): number | undefined {
    const [oldest] = this.#untilMs.values();
    return oldest;
  }

  #remember(packet: Uint8Array, nowMs: number): void {
    this.handleTimeout(nowMs);
    const id = toHex(deriveNexusPacketId(packet, this.#primitives));
    if (this.#untilMs.has(id)) throw new ReplayError('NXS-PKT-014', 'the packet came before');
    const [oldest] = this.#untilMs.keys();
    if (oldest !== undefined && this.#untilMs.size >= this.#entryCount) this.#untilMs.delete(oldest); // NXS-PKT-015
    this.#untilMs.set(id, nowMs + DUPLICATE_MS);
  }
}
