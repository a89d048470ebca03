/**
 * One end of a path over an unencrypted transport: does what it sends go cloaked or plain?
 *
 *   state    plain packet in   cloaked packet in   junk in      send
 *   cloaked  cloaked           cloaked             unchanged    cloaked 1 to 4 times
 *   plain    plain             -> cloaked          unchanged    as it is
 *
 * Both kinds are accepted in both states. There is no way back to plain: a peer that cloaks may have to.
 * Sans-IO, and timeless: nothing of a path ever expires, so no call takes the time.
 */
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { UsageError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { applyCloak, drawCloakNonces, removeCloak, requireCloakable } from './cloaking.ts';
import type { CloakPrimitives, Uncloaked } from './cloaking.ts';

/** How a path starts. */
export interface CloakPathOptions {
  /** False only where the initiator chose to send plain packets. */
  readonly cloaked?: boolean | undefined;
  /** Who does the arithmetic. */
  readonly primitives: CloakPrimitives;
}

const OPTIONS = door.members<CloakPathOptions>({ cloaked: door.optional(door.flag), primitives: primitivesDoor.chacha20 });

/** What a path tells the application. */
export interface CloakPathEvent extends Uncloaked {
  readonly type: 'packet';
}

/**
 * Sends and receives the packets of one path. Everything that a call put out is polled before the next call.
 */
export class CloakPath extends Endpoint<Uint8Array, CloakPathEvent> {
  readonly #primitives: CloakPrimitives;
  #isCloaked: boolean;

  /**
   * @param options cloaked by default
   * @see E3X-CLK-011
   */
  constructor(options: CloakPathOptions) {
    super();
    const { cloaked = true, primitives } = OPTIONS(options, 'options');
    this.#primitives = primitives;
    this.#isCloaked = cloaked; // E3X-CLK-011
  }

  /** Whether the next packet goes out cloaked. */
  get isCloaked(): boolean {
    return this.#isCloaked;
  }

  /**
   * Takes one datagram.
   * @param bytes a packet, cloaked or not
   * @throws DecodeError truncated, LimitError; the state is unchanged
   * @see E3X-CLK-005
   */
  handleBytes(bytes: Uint8Array): void {
    this.requireCall();
    const { packet, rounds } = removeCloak(bytes, this.#primitives); // E3X-CLK-005
    if (rounds > 0) this.#isCloaked = true; // E3X-CLK-010; E3X-CLK-011: a plain packet changes nothing
    this.putEvent({ type: 'packet', packet: packet.slice(), rounds });
  }

  /**
   * Takes a packet to send.
   * @param packet at least 2 bytes, the first of them zero, whether it will be cloaked or not
   * @param entropy what E3X-CLK-012 draws for a cloaked packet, nothing for a plain one
   * @throws DecodeError truncated, EncodeError, UsageError for entropy of the wrong length; the state is unchanged
   * @see E3X-CLK-010
   */
  send(packet: Uint8Array, entropy: Uint8Array): void {
    this.requireCall();
    // Choice: ADR-0005. A plain packet that begins with a non-zero byte would be mistaken for a cloaked one.
    const own = door.copy(packet, 'packet');
    requireCloakable(packet);
    if (this.#isCloaked) {
      this.putTransmit(applyCloak(own, drawCloakNonces(entropy), this.#primitives)); // E3X-CLK-010, E3X-CLK-012
      return;
    }
    if (door.bytes(entropy, 'entropy').length > 0)
      throw new UsageError('E3X-CLK-012', 'a plain packet takes no entropy', { length: entropy.length });
    this.putTransmit(own);
  }
}
