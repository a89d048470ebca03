/**
 * What goes into an `Establishment` and what comes out: its options, calls, messages and events, with the doors that check
 * them, and the two functions that turn messages into bytes and back.
 */
import { concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { orderDoor } from '../packet/channel-id.ts';
import type { HalfOrder } from '../packet/channel-id.ts';
import type { InterpeerSuite } from '../packet/constants.ts';
import { suiteDoor } from '../packet/suite-door.ts';
import type { EstablishmentLimits, EstablishmentRole } from './establishment-table.ts';
import { decodeMessages, encodeMessages, messageDoor } from '../message/messages.ts';
import type { InterpeerMessage } from '../message/messages.ts';

/** How a node is set up. */
export interface EstablishmentOptions {
  readonly suite: InterpeerSuite;
  /** The order of halves in the ids of `interpeer-0.1`. */
  readonly halfOrder?: HalfOrder | undefined;
  /** Peer id of this node, 16 bytes. */
  readonly local: Uint8Array;
  /** Secret key of the cookies. */
  readonly secret: Uint8Array;
  readonly rotationMs?: number | undefined;
  readonly limits?: Partial<EstablishmentLimits> | undefined;
  readonly primitives: Primitives;
}

/** A channel that is wished for. */
export interface ProposalInput {
  /** 16 bytes. */
  readonly peer: Uint8Array;
  /** 2 bytes, where the application chooses; drawn where absent. */
  readonly half?: Uint8Array | undefined;
  /** 0 to 7. */
  readonly capabilities: number;
  /** How long a packet is on the air to this peer; 0 by default. */
  readonly airtimeMs?: number | undefined;
}

/** One message about a channel. */
export interface EstablishmentInput {
  /** Who sent it, 16 bytes. */
  readonly peer: Uint8Array;
  /** Channel of the packet in which it came, 4 bytes. */
  readonly channelId: Uint8Array;
  readonly message: InterpeerMessage;
  /** Whether data waits to be sent on the channel that is about to be established. */
  readonly isDataWaiting?: boolean | undefined;
  /** How long a packet is on the air from this peer; 0 by default. */
  readonly airtimeMs?: number | undefined;
}

/** A message for a peer, in a packet of a channel. */
export interface EstablishmentTransmit {
  readonly peer: Uint8Array;
  readonly channelId: Uint8Array;
  readonly message: InterpeerMessage;
}

/** Checks the options. */
export const optionsDoor: door.Door<EstablishmentOptions> = door.members<EstablishmentOptions>({
  suite: suiteDoor,
  halfOrder: door.optional(orderDoor),
  local: door.copy,
  secret: door.copy,
  rotationMs: door.optional(door.whole),
  limits: door.optional(
    door.members<Partial<EstablishmentLimits>>({
      channelCount: door.optional(door.whole),
      totalCount: door.optional(door.whole),
      restCount: door.optional(door.whole),
    }),
  ),
  primitives: primitivesDoor.primitives,
});
/** Checks a proposal. */
export const proposalDoor: door.Door<ProposalInput> = door.members<ProposalInput>({
  peer: door.copy,
  half: door.optional(door.copy),
  capabilities: door.number,
  airtimeMs: door.optional(door.number),
});
/** Checks a message and what belongs to it. */
export const inputDoor: door.Door<EstablishmentInput> = door.members<EstablishmentInput>({
  peer: door.copy,
  channelId: door.copy,
  message: messageDoor(door.copy),
  isDataWaiting: door.optional(door.flag),
  airtimeMs: door.optional(door.number),
});
const TRANSMIT = door.members<EstablishmentTransmit>({ peer: door.bytes, channelId: door.bytes, message: messageDoor(door.bytes) });

/** What happened. Peers have 16 bytes, channel ids 4, halves 2. */
export type EstablishmentEvent =
  | { readonly type: 'proposed'; readonly peer: Uint8Array; readonly half: Uint8Array }
  /** The other side keeps the half; another was proposed. */
  | { readonly type: 'yielded'; readonly peer: Uint8Array; readonly half: Uint8Array; readonly next: Uint8Array }
  /** The other side keeps the half, and there is no other. */
  | { readonly type: 'conflict'; readonly peer: Uint8Array; readonly half: Uint8Array }
  | {
      readonly type: 'established';
      readonly peer: Uint8Array;
      readonly channelId: Uint8Array;
      readonly role: EstablishmentRole;
      readonly capabilities: number;
    }
  /** Nobody answered. */
  | { readonly type: 'failed'; readonly peer: Uint8Array; readonly half: Uint8Array }
  /** Nothing was heard of it. */
  | { readonly type: 'closed'; readonly peer: Uint8Array; readonly channelId: Uint8Array };

/** How much is remembered. */
export interface EstablishmentCount {
  readonly channels: number;
  readonly proposals: number;
  readonly rests: number;
}

/**
 * Reads one message about a channel, as it is in a payload.
 * @throws DecodeError, UnsupportedError
 * @see IPR-EST-016
 */
export function decodeEstablishmentMessage(bytes: Uint8Array, suite: InterpeerSuite): InterpeerMessage {
  const messages = decodeMessages(bytes, suite);
  const [message] = messages;
  if (message === undefined || messages.length !== 1)
    throw new DecodeError('malformed', 'IPR-EST-016', 'not exactly one message', { count: messages.length });
  return message;
}

/**
 * Writes what is to be sent in one row of bytes, as the bench sees it.
 * @returns peer id of 16 bytes, channel id of 4, message
 */
export function encodeEstablishmentTransmit(transmit: EstablishmentTransmit, suite: InterpeerSuite): Uint8Array {
  const { peer, channelId, message } = TRANSMIT(transmit, 'transmit');
  return concat([peer, channelId, encodeMessages([message], suite)]);
}
