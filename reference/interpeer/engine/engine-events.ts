/** The options of an engine, and the events it reports to the application. */
import * as door from '../../kernel/door.ts';
import type { RejectClass } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { orderDoor } from '../packet/channel-id.ts';
import type { HalfOrder } from '../packet/channel-id.ts';
import type { InterpeerSuite } from '../packet/constants.ts';
import { suiteDoor } from '../packet/suite-door.ts';
import { identityDoor } from '../connection/handshakes.ts';
import type { ConnectionIdentity } from '../connection/handshakes.ts';
import { kindDoor, policyDoor } from '../connection/policy.ts';
import type { ConnectionPolicy, HandshakeKind } from '../connection/policy.ts';

/** Where random bytes come from; the engine has none of its own. */
export interface EntropySource {
  /** @returns as many unpredictable bytes as requested */
  draw(length: number): Uint8Array;
}

/** How an engine is set up. */
export interface InterpeerEngineOptions {
  readonly suite: InterpeerSuite;
  /** Order of the halves of channel ids, in `interpeer-0.1` alone. */
  readonly halfOrder?: HalfOrder | undefined;
  /** Our peer id, 16 bytes. */
  readonly local: Uint8Array;
  /** Our keys; needed for the cryptographic handshakes. */
  readonly identity?: ConnectionIdentity | undefined;
  /** What peers that connect to us may do. */
  readonly policy: ConnectionPolicy;
  readonly entropy: EntropySource;
  /** Bytes of a datagram, 1,200 by default. */
  readonly mtu?: number | undefined;
  /** Packets kept on each channel: for the reader, and until they are acknowledged. */
  readonly windowPackets?: number | undefined;
  readonly sendPackets?: number | undefined;
  /** Whether random padding goes after the payload of packets. */
  readonly isPadded?: boolean | undefined;
  /** The cryptographic primitives. */
  readonly primitives: Primitives;
}

/** A peer that the application connects to. */
export interface PeerOptions {
  /** 16 bytes. */
  readonly peer: Uint8Array;
  /** The handshake to begin with. */
  readonly handshake: HandshakeKind;
  /** The peer's key, where it is known. */
  readonly remoteKey?: Uint8Array | undefined;
  /** How long a full packet takes on the link, in milliseconds; 0 by default. */
  readonly airtimeMs?: number | undefined;
}

/** A channel that the application opens. */
export interface OpenOptions {
  /** 16 bytes. */
  readonly peer: Uint8Array;
  /** Bit 0 resend, bit 1 ordered, bit 2 close-on-loss. */
  readonly capabilities: number;
  /** Our half of its id, 2 bytes; if absent, the engine chooses and tries again. */
  readonly half?: Uint8Array | undefined;
}

/** Checks the options of an engine. */
export const engineDoor: door.Door<InterpeerEngineOptions> = door.members<InterpeerEngineOptions>({
  suite: suiteDoor,
  halfOrder: door.optional(orderDoor),
  local: door.copy,
  identity: door.optional(identityDoor),
  policy: policyDoor,
  entropy: door.capable<EntropySource>('draw'),
  mtu: door.optional(door.whole),
  windowPackets: door.optional(door.whole),
  sendPackets: door.optional(door.whole),
  isPadded: door.optional(door.flag),
  primitives: primitivesDoor.primitives,
});
/** Checks a peer to connect to. */
export const peerDoor: door.Door<PeerOptions> = door.members<PeerOptions>({
  peer: door.copy,
  handshake: kindDoor,
  remoteKey: door.optional(door.copy),
  airtimeMs: door.optional(door.number),
});
/** Checks a channel to open. */
export const openDoor: door.Door<OpenOptions> = door.members<OpenOptions>({
  peer: door.copy,
  capabilities: door.whole,
  half: door.optional(door.copy),
});

/** What an engine reports to the application. Peers have 16 bytes, channels are handles. */
export type EngineEvent =
  /** Heard for the first time, or after a long silence; there are keys; the handshake was not answered. */
  | { readonly type: 'connected' | 'secured' | 'unanswered'; readonly peer: Uint8Array }
  /** Keys of a stranger, to be accepted or refused by their hashname. */
  | { readonly type: 'offered'; readonly peer: Uint8Array; readonly hashname: string }
  /** A packet, or a message in it, was refused. */
  | { readonly type: 'discarded'; readonly peer: Uint8Array; readonly class: RejectClass }
  | {
      readonly type: 'opened';
      readonly channel: number;
      readonly peer: Uint8Array;
      readonly channelId: Uint8Array;
      readonly capabilities: number;
      readonly by: 'self' | 'peer';
    }
  /** The channel was not established: the peer has taken the id, or nobody answered. */
  | { readonly type: 'unopened'; readonly channel: number; readonly why: 'conflict' | 'unanswered' }
  | { readonly type: 'readable' | 'writable' | 'stalled'; readonly channel: number }
  /** The channel is over: ended by us, by the peer, by silence, or because the peer started over. */
  | { readonly type: 'closed'; readonly channel: number; readonly by: 'self' | 'peer' | 'silence' | 'reset'; readonly reason?: number };

/** A datagram for a peer. */
export interface EngineTransmit {
  readonly peer: Uint8Array;
  readonly datagram: Uint8Array;
}
