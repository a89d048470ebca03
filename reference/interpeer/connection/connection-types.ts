/** How a connection is set up, what goes into it, and what it tells. */
import type { RejectClass } from '../../kernel/errors.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import type { InterpeerSuite } from '../packet/constants.ts';
import type { ConnectionIdentity } from './handshakes.ts';
import type { NamedKeyOffer } from './key-offer.ts';
import type { InterpeerMessage } from '../message/messages.ts';
import type { ConnectionPolicy } from './policy.ts';

/** How a connection is set up. */
export interface ConnectionOptions {
  readonly suite: InterpeerSuite;
  /** 4 bytes, that of the suite by default. */
  readonly protocolId?: Uint8Array | undefined;
  /** Our peer id, 16 bytes. */
  readonly local: Uint8Array;
  /** The other side's peer id, 16 bytes. */
  readonly remote: Uint8Array;
  readonly policy: ConnectionPolicy;
  /** Our keys; needed for the cryptographic handshakes. */
  readonly identity?: ConnectionIdentity | undefined;
  /** The other side's key, where it is known. */
  readonly remoteKey?: Uint8Array | undefined;
  /** The lowest `at` of our handshakes. */
  readonly at?: number | undefined;
  /** Drawn at random: the sequence number of our packets on the default channel, 0 to 65,535. */
  readonly sequenceNumber: number;
  readonly resetTimeoutMs?: number | undefined;
  /** Who does the arithmetic. */
  readonly primitives: Primitives;
}

/** What a connection tells the layers above. */
export type ConnectionEvent =
  /** A packet of a peer that was not heard before, or not for a long time. */
  | { readonly type: 'connected' }
  /** The peer was not heard for a long time: its channels are gone. */
  | { readonly type: 'reset' }
  /** Messages of one packet, all of one channel. */
  | {
      readonly type: 'messages';
      readonly channelId: Uint8Array;
      readonly sequenceNumber: number;
      readonly encrypted: boolean;
      readonly messages: readonly InterpeerMessage[];
      readonly payload: Uint8Array;
    }
  /** A stranger says who it is; `accept` or `refuse` decides. */
  | ({ readonly type: 'offered' } & NamedKeyOffer)
  /** There are new keys. */
  | { readonly type: 'secured' }
  /** Our handshake was not answered. */
  | { readonly type: 'failed' }
  /** What stood after a handshake in its packet was not taken. */
  | { readonly type: 'discarded'; readonly class: RejectClass };

/** What is sent in one packet. */
export interface SendInput {
  /** 4 bytes. */
  readonly channelId: Uint8Array;
  readonly messages: readonly InterpeerMessage[];
  /** Of the channel and direction; the connection has one of its own for the default channel. */
  readonly sequenceNumber?: number | undefined;
  /** Bytes of padding, or the padding itself. */
  readonly paddingLength?: number | undefined;
  readonly paddingEntropy?: Uint8Array | undefined;
  /** How many bytes of padding go after a payload of so many, where that follows from how long the messages become. */
  readonly derivePadding?: ((payloadLength: number) => number) | undefined;
}
