/**
 * The packets that a connection sends: plain, encrypted, with an offer of keys, and the one that is both: a HANDSHAKE in the
 * open and after it, under the keys that it completes, what has waited for them.
 */
import { UsageError } from '../../kernel/errors.ts';
import type { ConnectionOptions, SendInput } from './connection-types.ts';
import { DEFAULT_CHANNEL_ID, PRIVATE_HEADER_LENGTH } from '../packet/constants.ts';
import { sealedPartLength } from './encryption.ts';
import type { ConnectionIdentity } from './handshakes.ts';
import { encodeKeyOffer } from './key-offer.ts';
import { encodeMessages } from '../message/messages.ts';
import type { InterpeerMessage } from '../message/messages.ts';
import { createPadding, encodeInterpeerPacket, encodePrivatePart, encodePublicHeader, encodeSealedPacket } from '../packet/packet.ts';
import type { PacketAddress, PacketNetwork } from '../packet/packet.ts';
import type { PacketKeys } from './packet-keys.ts';

/** IPR-HSK-013: bytes of a packet with a KEY_OFFER, at least; and so of any answer to one, at most. */
export const OFFER_PACKET_LENGTH = 1200;

function paddingLengthOf(
  { paddingLength, derivePadding }: Pick<SendInput, 'paddingLength' | 'derivePadding'>,
  payload: Uint8Array,
): number | undefined {
  return derivePadding === undefined ? paddingLength : derivePadding(payload.length);
}

/** Writes the packets of one connection. */
export class ConnectionPackets {
  readonly #options: ConnectionOptions;
  readonly #keys: PacketKeys;

  /** @param keys with which everything encrypted is sealed */
  constructor(options: ConnectionOptions, keys: PacketKeys) {
    this.#options = options;
    this.#keys = keys;
  }

  /**
   * Writes a plain packet.
   * @throws LimitError for more than fits; UnsupportedError for padding or messages that the suite does not have
   */
  encodePlain({ channelId, messages, sequenceNumber = this.#options.sequenceNumber, paddingEntropy, ...padding }: SendInput): Uint8Array {
    const payload = encodeMessages(messages, this.#options.suite);
    const paddingLength = paddingLengthOf(padding, payload);
    return encodeInterpeerPacket({ ...this.#addressOn(channelId), sequenceNumber, payload, paddingLength, paddingEntropy });
  }

  /**
   * Writes an encrypted packet.
   * @throws LimitError for more than fits, or at the end of the counter; StateError without keys
   * @see IPR-ENC-016
   */
  encodeEncrypted({
    channelId,
    messages,
    sequenceNumber = this.#options.sequenceNumber,
    paddingEntropy,
    ...padding
  }: SendInput): Uint8Array {
    const { suite } = this.#options;
    const payload = encodeMessages(messages, suite);
    const paddingLength = paddingLengthOf(padding, payload);
    const plaintext = encodePrivatePart({ sequenceNumber, payload, padding: createPadding({ suite, paddingLength, paddingEntropy }) });
    return encodeSealedPacket({
      ...this.#addressOn(channelId),
      sealedLength: sealedPartLength(plaintext.length),
      seal: (header) => this.#keys.seal(header, plaintext),
    }); // IPR-ENC-016
  }

  /**
   * Writes our keys, with padding around: an answer to a stranger must not be longer than what was received.
   * @param more what follows the offer
   * @see IPR-HSK-013
   */
  encodeOffer(more: readonly InterpeerMessage[]): Uint8Array {
    const { csid, key, intermediates = new Map<string, Uint8Array>() } = this.#requireIdentity();
    const keys = new Map([[csid, key]]);
    const offer: InterpeerMessage = { type: 'KEY_OFFER', offer: encodeKeyOffer({ keys, intermediates }, this.#options.primitives) };
    const input = { channelId: DEFAULT_CHANNEL_ID, messages: [offer, ...more] };
    const shortest = this.encodePlain(input);
    return shortest.length >= OFFER_PACKET_LENGTH
      ? shortest
      : this.encodePlain({ ...input, paddingLength: OFFER_PACKET_LENGTH - shortest.length }); // IPR-HSK-013
  }

  /**
   * Writes our HANDSHAKE in answer, and after it what was waiting for the keys.
   * @param packet the body of HANDSHAKE
   * @see IPR-HSK-006
   */
  encodeAnswer(packet: Uint8Array, held: readonly InterpeerMessage[]): Uint8Array {
    const { suite, sequenceNumber } = this.#options;
    if (held.length === 0) return this.encodePlain({ channelId: DEFAULT_CHANNEL_ID, messages: [{ type: 'HANDSHAKE', packet }] });
    // IPR-ENC-013
    const plaintext = encodePrivatePart({ sequenceNumber, payload: encodeMessages(held, suite), padding: new Uint8Array(0) });
    const payloadOf = (sealed: Uint8Array): Uint8Array =>
      encodeMessages(
        [
          { type: 'HANDSHAKE', packet },
          { type: 'START_ENCRYPTION', sealed },
        ],
        suite,
      );
    const { length } = payloadOf(new Uint8Array(sealedPartLength(plaintext.length)));
    const address = this.#addressOn(DEFAULT_CHANNEL_ID);
    const header = encodePublicHeader(address, 0, PRIVATE_HEADER_LENGTH + length);
    return encodeInterpeerPacket({ ...address, sequenceNumber, payload: payloadOf(this.#keys.seal(header, plaintext)) });
  }

  #addressOn(channelId: Uint8Array): PacketNetwork & PacketAddress {
    const { suite, protocolId, local, remote } = this.#options;
    return { suite, protocolId, sender: local, recipient: remote, channelId };
  }

  #requireIdentity(): ConnectionIdentity {
    if (this.#options.identity === undefined) throw new UsageError('IPR-HSK-002', 'no keys of our own');
    return this.#options.identity;
  }
}
