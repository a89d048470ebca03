/**
 * A memory of the messages that a node has received: each is admitted once.
 *
 *   known by its payload                         replayed
 *   known by its sender and message id           replayed
 *   created longer ago than the memory reaches   expired
 *   anything else                                admitted, and remembered
 *
 * A relay repeats a payload as it is; its own sender could seal a message again. So either name is enough. What is too old to
 * be remembered is refused, or forgetting it would admit it. A message that does not say when it was created is remembered
 * for as long as there is room, and so are all while the clock of the node is not valid.
 *
 * Choice: ADR-0058. Only what has been opened and verified is shown to a memory; anybody can write anything else.
 */
import { toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, ExpiredError, ReplayError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';

/** NXS-MEM-006: messages that are remembered. */
export const MESSAGE_MEMORY_COUNT = 65_536;
/** NXS-MEM-007: milliseconds for which relays keep a message, and by which clocks may be apart. */
const CUSTODY_MS = 2_592_000_000;
const SKEW_MS = 600_000;
/** A day: clocks that are further apart are not valid. */
const SKEW_MS_MAX = 86_400_000;
/** NXS-MEM-009: bytes of a sender's key and of a message id. */
const KEY_LENGTH = 32;
const MESSAGE_ID_LENGTH = 16;

/** How a memory is set up. */
export interface NexusMessageMemoryOptions {
  /** Milliseconds, at least 1 and at most 30 days; 30 days if absent. */
  readonly custodyMs?: number | undefined;
  /** Milliseconds, at most a day; 10 minutes if absent. */
  readonly skewMs?: number | undefined;
  /** Messages that are remembered, 1 to 65,536; 65,536 if absent. */
  readonly entryCount?: number | undefined;
}

/** A message that was opened and verified. */
export interface ReceivedContent {
  /** Of the object that it came in: its envelope. */
  readonly payload: Uint8Array;
  /** The sender's Ed25519 key, 32 bytes; absent for a content of KILT. */
  readonly publicKey?: Uint8Array | undefined;
  /** 16 bytes; absent for a content of KILT. */
  readonly messageId?: Uint8Array | undefined;
  /** Milliseconds; 0 if unknown. */
  readonly created: bigint;
  /** What the clock of the node shows, milliseconds; absent if that is not valid. */
  readonly clock?: bigint | undefined;
}

/** The message came for the first time. */
export interface MessageAdmittedEvent {
  readonly type: 'admitted';
}

interface Entry {
  readonly digest: string;
  /** Sender and message id in hexadecimal digits; undefined for a content of KILT. */
  readonly name: string | undefined;
  readonly created: bigint;
}

const OPTIONS = door.members<NexusMessageMemoryOptions>({
  custodyMs: door.optional(door.between(1, CUSTODY_MS)),
  skewMs: door.optional(door.between(0, SKEW_MS_MAX)),
  entryCount: door.optional(door.between(1, MESSAGE_MEMORY_COUNT)),
});
const RECEIVED = door.members<ReceivedContent>({
  payload: door.bytes,
  publicKey: door.optional(door.bytes),
  messageId: door.optional(door.bytes),
  created: door.bigint,
  clock: door.optional(door.bigint),
});

/** @throws DecodeError malformed for half a name, or one of other lengths */
function nameOf({ publicKey, messageId }: ReceivedContent): string | undefined {
  if (publicKey === undefined && messageId === undefined) return undefined; // NXS-MEM-003
  if (publicKey?.length !== KEY_LENGTH || messageId?.length !== MESSAGE_ID_LENGTH)
    throw new DecodeError('malformed', 'NXS-MEM-009', 'a key of 32 bytes and a message id of 16 belong together');
  return toHex(publicKey) + toHex(messageId);
}

/** Remembers messages. Everything that a call put out is polled before the next call. */
export class NexusMessageMemory extends Endpoint<never, MessageAdmittedEvent> {
  readonly #lifeMs: bigint;
  readonly #entryCount: number;
  readonly #primitives: DigestPrimitives;
  /** By digest; the one that was admitted first comes first. */
  readonly #entries: Map<string, Entry> = new Map();
  readonly #names: Set<string> = new Set();
  /** Before this no message that is remembered is forgotten by its age. */
  #earliest: bigint | undefined;

  constructor(options: NexusMessageMemoryOptions, primitives: DigestPrimitives) {
    super();
    const { custodyMs = CUSTODY_MS, skewMs = SKEW_MS, entryCount = MESSAGE_MEMORY_COUNT } = OPTIONS(options, 'options');
    this.#lifeMs = BigInt(custodyMs + skewMs);
    this.#entryCount = entryCount;
    this.#primitives = primitivesDoor.digest(primitives, 'primitives');
  }

  /**
   * Admits a message, or says why not; what is refused is not remembered (NXS-MEM-008).
   * @throws DecodeError malformed; ReplayError for one that is known; ExpiredError for one that is too old to be remembered
   * @see NXS-MEM-001
   */
  admit(content: ReceivedContent, nowMs: number): void {
    this.requireCallAt(nowMs);
    const received = RECEIVED(content, 'content');
    const name = nameOf(received);
    const { payload, created, clock } = received;
    this.#forget(clock);
    const digest = toHex(this.#primitives.sha256({ message: payload }));
    if (this.#entries.has(digest)) throw new ReplayError('NXS-MEM-001', 'the payload came before');
    if (name !== undefined && this.#names.has(name)) throw new ReplayError('NXS-MEM-002', 'the message came before');
    if (this.#isForgotten(created, clock)) throw new ExpiredError('NXS-MEM-005', 'a message that is too old');
    const [first] = this.#entries.values();
    if (first !== undefined && this.#entries.size >= this.#entryCount) this.#remove(first); // NXS-MEM-006
    this.#entries.set(digest, { digest, name, created });
    if (name !== undefined) this.#names.add(name);
    if (created > 0n && (this.#earliest === undefined || created < this.#earliest)) this.#earliest = created;
    this.putEvent({ type: 'admitted' });
  }

  /** NXS-MEM-004: whether a message of this age is not remembered. */
  #isForgotten(created: bigint, clock: bigint | undefined): boolean {
    return created > 0n && clock !== undefined && created + this.#lifeMs < clock;
  }

  #forget(clock: bigint | undefined): void {
    if (this.#earliest === undefined || !this.#isForgotten(this.#earliest, clock)) return;
    this.#earliest = undefined;
    for (const entry of this.#entries.values()) {
      if (this.#isForgotten(entry.created, clock)) this.#remove(entry);
      else if (entry.created > 0n && (this.#earliest === undefined || entry.created < this.#earliest)) this.#earliest = entry.created;
    }
  }

  #remove({ digest, name }: Entry): void {
    this.#entries.delete(digest);
    if (name !== undefined) this.#names.delete(name);
  }
}
