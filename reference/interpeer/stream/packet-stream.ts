/**
 * Packets on a transport without datagrams: one after the other, each as long as its packet size says.
 *
 *   0              4                         42     44                  size
 *   +--------------+-------------------------+------+---------------------+---
 *   | PROTOCOL ID  | ids, channel, flags     | SIZE | the rest, footer    | next packet
 *   +--------------+-------------------------+------+---------------------+---
 *        judged here                       and here        and here
 *
 * What is not a packet ends the stream, as early as it shows (IPR-STR-004), and nothing is looked for after it. One packet is
 * kept at most. Choice: ADR-0045.
 */
import { compare } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { ProtocolError, StateError } from '../../kernel/errors.ts';
import type { RejectClass } from '../../kernel/errors.ts';
import { PACKET_LENGTH_MIN, PROTOCOL_IDS, PROTOCOL_ID_LENGTH, PUBLIC_HEADER_LENGTH } from '../packet/constants.ts';
import type { InterpeerSuite } from '../packet/constants.ts';
import { decodeInterpeerPacket } from '../packet/packet.ts';
import { suiteDoor } from '../packet/suite-door.ts';

/** What is read. */
export interface PacketStreamOptions {
  readonly suite: InterpeerSuite;
  /** 4 bytes, that of the suite by default. */
  readonly protocolId?: Uint8Array | undefined;
}

/** What a stream tells. */
export type PacketStreamEvent =
  /** A whole packet, to be taken as a datagram. */
  | { readonly type: 'packet'; readonly packet: Uint8Array }
  /** Something that is not a packet; the stream should be closed. */
  | { readonly type: 'ended'; readonly class: RejectClass };

const OPTIONS = door.members<PacketStreamOptions>({ suite: suiteDoor, protocolId: door.optional(door.copy) });

/** Reads the packets of one direction of a stream. Everything that a call put out is polled before the next call. */
export class PacketStream extends Endpoint<never, PacketStreamEvent> {
  readonly #suite: InterpeerSuite;
  readonly #protocolId: Uint8Array;
  /** The packet that is not complete: room for as much of it as is known to come, and how much has. */
  #packet: Uint8Array = new Uint8Array(PROTOCOL_ID_LENGTH);
  #length = 0;
  #hasEnded = false;

  constructor(given: PacketStreamOptions) {
    super();
    const { suite, protocolId = PROTOCOL_IDS[suite] } = OPTIONS(given, 'options');
    this.#suite = suite;
    this.#protocolId = protocolId;
  }

  /**
   * Takes the next bytes, however many there are.
   * @throws StateError after the end
   * @see IPR-STR-002
   */
  handleBytes(bytes: Uint8Array): void {
    this.requireCall();
    const own = door.copy(bytes, 'bytes');
    if (this.#hasEnded) throw new StateError('IPR-STR-005', 'the stream has ended');
    let at = 0;
    while (at < own.length && !this.#hasEnded) {
      const part = own.subarray(at, at + this.#packet.length - this.#length);
      this.#packet.set(part, this.#length);
      this.#length += part.length;
      at += part.length;
      if (this.#length === this.#packet.length) this.#judge();
    }
  }

  /** Decides what comes after what is there now. */
  #judge(): void {
    const packet = this.#packet;
    if (packet.length === PROTOCOL_ID_LENGTH) {
      if (compare(packet, this.#protocolId) === 0) this.#expect(PUBLIC_HEADER_LENGTH);
      else this.#end(); // IPR-STR-004
      return;
    }
    if (packet.length === PUBLIC_HEADER_LENGTH) {
      const size = new DataView(packet.buffer).getUint16(PUBLIC_HEADER_LENGTH - 2);
      if (size >= PACKET_LENGTH_MIN) this.#expect(size);
      else this.#end(); // IPR-STR-004
      return;
    }
    if (!this.#isPacket(packet)) {
      this.#end(); // IPR-STR-003
      return;
    }
    this.putEvent({ type: 'packet', packet }); // IPR-STR-001
    this.#packet = new Uint8Array(PROTOCOL_ID_LENGTH);
    this.#length = 0;
  }

  #isPacket(packet: Uint8Array): boolean {
    try {
      decodeInterpeerPacket(packet, { suite: this.#suite, protocolId: this.#protocolId });
      return true;
    } catch (error) {
      if (error instanceof ProtocolError && error.rejectClass !== null) return false;
      throw error;
    }
  }

  #expect(length: number): void {
    const longer = new Uint8Array(length);
    longer.set(this.#packet);
    this.#packet = longer;
  }

  #end(): void {
    this.#hasEnded = true;
    this.#packet = new Uint8Array(0);
    this.putEvent({ type: 'ended', class: 'malformed' }); // IPR-STR-003
  }
}
