/**
 * What a chunk endpoint does on each transport, and what bounds it where its caller names no bound.
 */
import * as door from '../../kernel/door.ts';
import { UsageError } from '../../kernel/errors.ts';

/** When a receiver acknowledges: never, once for every read, or once for every chunk. */
export type AckMode = 'none' | 'read' | 'chunk';

/** How packets are chunked on a transport. */
export interface Transport {
  /** Longest frame in bytes. */
  readonly size: number;
  /** Whether each frame waits for an answer to the frame before. */
  readonly blocking: boolean;
  readonly acks: AckMode;
}

/** The transports that the specification names. */
export type TransportName = 'tcp' | 'ble' | '802.15.4' | 'serial';

/** E3X-CHK-021: the transports, their frame sizes and modes. */
export const TRANSPORTS: Readonly<Record<TransportName, Transport>> = {
  'tcp': { size: 256, blocking: false, acks: 'read' },
  'ble': { size: 20, blocking: false, acks: 'none' },
  '802.15.4': { size: 120, blocking: false, acks: 'none' },
  'serial': { size: 64, blocking: true, acks: 'chunk' },
};

/**
 * The transport of a name.
 * @param name one of `tcp`, `ble`, `802.15.4`, `serial`
 * @throws UsageError for any other name
 * @see E3X-CHK-021
 */
export function transportOf(name: TransportName): Transport {
  if (!Object.hasOwn(TRANSPORTS, door.text(name, 'name'))) throw new UsageError('E3X-CHK-021', 'no such transport', { name });
  return TRANSPORTS[name];
}

/** The bounds of a chunk endpoint; each is the greatest amount still allowed. */
export interface ChunkLimits {
  /** Bytes of one assembly (E3X-CHK-022). */
  readonly packetBytes: number;
  /** Non-empty chunks of one assembly (E3X-CHK-023). */
  readonly chunkCount: number;
  /** Age at which an assembly is expired, from its first chunk (E3X-CHK-024). */
  readonly ageMs: number;
  /** Assemblies open at once, over all links (E3X-CHK-025). */
  readonly assemblyCount: number;
  /** Age at which a block means that the sender is stalled (E3X-CHK-020). */
  readonly blockMs: number;
  /** Bytes of the frames that wait on one link (E3X-CHK-027). */
  readonly queueBytes: number;
}

/** Bounds as the caller names them. */
export const limitsDoor: door.Door<Partial<ChunkLimits>> = door.members<Partial<ChunkLimits>>({
  packetBytes: door.optional(door.whole),
  chunkCount: door.optional(door.whole),
  ageMs: door.optional(door.whole),
  assemblyCount: door.optional(door.whole),
  blockMs: door.optional(door.whole),
  queueBytes: door.optional(door.whole),
});

/** Choice: ADR-0027. Bytes of one read: each chunk of it may be answered (E3X-CHK-013), so what a read gives rise to is bounded. */
export const READ_LENGTH_MAX = 262144;

/** The bounds where the caller names none. */
export const CHUNK_LIMITS: ChunkLimits = {
  packetBytes: 131072, // E3X-CHK-022: the longest HEAD and as much BODY
  chunkCount: 8192, // E3X-CHK-023: that many bytes in fragments of 16
  ageMs: 60000, // E3X-CHK-024
  assemblyCount: 64, // E3X-CHK-025
  blockMs: 30000, // E3X-CHK-020
  queueBytes: 262144, // E3X-CHK-027
};
