/** What callers give a relay, how that is checked, and the events that it yields. */
import * as door from '../../kernel/door.ts';
import { DESTINATION_HASH_LENGTH } from '../identity/identity.ts';
import type { CustodyLimits } from './custody.ts';
import { LIST_COUNT } from './fields.ts';
import type { StoreWrite } from './relay-memory.ts';

/** How a relay is set up. */
export interface RelayOptions extends CustodyLimits {
  /** The relay's own, 32 bytes, secret. */
  readonly seed: Uint8Array;
}
/** A neighbour with which a link is up. */
export interface RelayLink {
  /** Its destination hash, 16 bytes. */
  readonly id: Uint8Array;
  /** Whether it is trusted, or pays. */
  readonly isTrusted: boolean;
  /** Of the link. */
  readonly bitsPerSecond: bigint;
}
/** A request of a neighbour. */
export interface RelayRequest {
  /** Its destination hash, 16 bytes. */
  readonly from: Uint8Array;
  /** PUT, GET, CHUNK_REQUEST, PENDING, RECEIPT, SUBSCRIBE or UNSUBSCRIBE. */
  readonly kind: number;
  /** 1 to 65,535; the answer has it as well. */
  readonly requestId: number;
  readonly body: Uint8Array;
}
/** What a relay does, in this order. */
export type RelayEvent =
  /** Is stored, all of it or nothing, before anything that follows is done. */
  | { readonly type: 'store'; readonly writes: readonly StoreWrite[] }
  /** A record: an answer if it has the number of a request, else a request or what is unasked, by its kind. */
  | { readonly type: 'send'; readonly to: Uint8Array; readonly kind: number; readonly requestId?: number; readonly body: Uint8Array };

const U16 = door.between(1, 0xffff);
/** A destination hash. */
export const relayId: door.Door<Uint8Array> = door.copyOfLength(DESTINATION_HASH_LENGTH, 'NXS-IDN-003');
/** Options as they were given. */
export const relayOptions: door.Door<RelayOptions> = door.members<RelayOptions>({
  seed: door.copyOfLength(32, 'NXS-IDN-002'),
  quotaBytes: door.optional(door.positive),
  quotaCount: door.optional(door.between(1, LIST_COUNT)),
  neighbourBytes: door.optional(door.positive),
  custodyMax: door.optional(door.positive),
  receiptCount: door.optional(door.positive),
  listCount: door.optional(door.positive),
  listTime: door.optional(door.positive),
  capacityBytes: door.optional(door.between(1, 1_073_741_824)),
  waitingCount: door.optional(door.between(1, 8)),
  unfinishedTime: door.optional(door.between(1, 3_600)),
  subscriptionCount: door.optional(door.between(1, 64)),
  subscriptionMax: door.optional(door.between(1, 86_400)),
  digestCount: door.optional(door.between(1, LIST_COUNT)),
});
/** A link as it was told. */
export const relayLink: door.Door<RelayLink> = door.members<RelayLink>({ id: relayId, isTrusted: door.flag, bitsPerSecond: door.bigint });
/** A request as it came. */
export const relayRequest: door.Door<RelayRequest> = door.members<RelayRequest>({
  from: relayId,
  kind: door.byte,
  requestId: U16,
  body: door.copy,
});
