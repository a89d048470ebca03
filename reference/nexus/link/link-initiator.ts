/** The end that requests a link: request, identification, then packets under the keys agreed. */
import { compare } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint, drain } from '../../kernel/endpoint.ts';
import { ReplayError, StateError } from '../../kernel/errors.ts';
import { wipe } from '../../kernel/wipe.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { NEXUS_SEED_LENGTH, deriveNexusIdentity } from '../identity/identity.ts';
import { ADDRESS_LENGTH, PACKET_CONTEXTS, decodeNexusPacket } from '../packet/packet.ts';
import { REPEAT_COUNT, repeatAtMs } from './constants.ts';
import type { LinkPace } from './constants.ts';
import { encodeLinkRequest, identifyOnLink, verifyLinkProof } from './handshake.ts';
import type { LinkPrimitives } from './handshake.ts';
import { drawnDoor, secretDoor } from './link-doors.ts';
import { LinkKeys } from './link-keys.ts';
import type { LinkContent, LinkKeysEvent } from './link-keys.ts';

/** What happens on links. */
export type LinkEvent =
  | {
      readonly type: 'up';
      readonly linkId: Uint8Array;
      readonly publicKey: Uint8Array;
      readonly clock: bigint;
    }
  | {
      readonly type: 'packet';
      readonly linkId: Uint8Array;
      readonly context: number;
      readonly content: Uint8Array;
      readonly destination?: Uint8Array;
    }
  | { readonly type: 'closed'; readonly linkId: Uint8Array }
  | { readonly type: 'failed' };

/** How the end that requests is set up. */
export interface LinkInitiatorOptions {
  /** Of our identity, 32 bytes. */
  readonly seed: Uint8Array;
  /** Of the responder, 16 bytes. */
  readonly destination: Uint8Array;
  /** Ephemeral, of X25519, 32 bytes. */
  readonly secret: Uint8Array;
  /** Ours, milliseconds since 1970. */
  readonly clock: bigint;
  /** Of a packet of 500 bytes; 0 if absent. */
  readonly airtimeMs?: number | undefined;
  /** What a duty budget adds to each time-out; 0 if absent. */
  readonly extraMs?: number | undefined;
  /** Of the link; 0 if absent. */
  readonly bitsPerSecond?: number | undefined;
  /** Bytes that were sealed before under the first keys; 0 if absent. */
  readonly sealedLength?: number | undefined;
}

const OPTIONS = door.members<LinkInitiatorOptions>({
  seed: door.copyOfLength(NEXUS_SEED_LENGTH, 'NXS-IDN-001'),
  destination: door.copyOfLength(ADDRESS_LENGTH, 'NXS-IDN-003'),
  secret: secretDoor,
  clock: door.bigint,
  airtimeMs: door.optional(door.duration),
  extraMs: door.optional(door.duration),
  bitsPerSecond: door.optional(door.count),
  sealedLength: door.optional(door.count),
});

/** What only the handshake needs. */
interface Secrets {
  readonly seed: Uint8Array;
  readonly secret: Uint8Array;
}
interface Peer {
  readonly publicKey: Uint8Array;
  readonly clock: bigint;
  readonly linkId: Uint8Array;
  readonly keys: LinkKeys;
}
type Phase =
  | { readonly state: 'idle' }
  | { readonly state: 'requested'; readonly message: Uint8Array }
  | {
      readonly state: 'identifying';
      readonly message: Uint8Array;
      readonly peer: Peer;
    }
  | { readonly state: 'up'; readonly peer: Peer }
  | { readonly state: 'closed' };

/** Requests one link. Everything that a call put out is polled before the next call. */
export class LinkInitiator extends Endpoint<Uint8Array, LinkEvent> {
  readonly #options: Omit<LinkInitiatorOptions, keyof Secrets>;
  readonly #primitives: LinkPrimitives;
  readonly #pace: LinkPace;
  readonly #request: Uint8Array;
  #secrets: Secrets | undefined;
  #phase: Phase = { state: 'idle' };
  #stage = 0;
  #sentAtMs = 0;

  constructor(options: LinkInitiatorOptions, primitives: LinkPrimitives) {
    super();
    const { seed, secret, ...rest } = OPTIONS(options, 'options');
    const { airtimeMs = 0, extraMs = 0, destination } = rest;
    this.#options = rest;
    this.#secrets = { seed, secret };
    this.#primitives = primitivesDoor.agreement(primitives, 'primitives');
    this.#pace = { airtimeMs, extraMs };
    this.#request = encodeLinkRequest({ destination, secret }, this.#primitives);
  }

  /** Sends the request. @throws StateError the second time @see NXS-LNK-001 */
  begin(nowMs: number): void {
    this.requireCallAt(nowMs);
    if (this.#phase.state !== 'idle') throw new StateError('NXS-LNK-001', 'the link was requested');
    this.#phase = { state: 'requested', message: this.#request };
    this.#first(nowMs, this.#request);
  }

  /**
   * Takes a packet.
   * @param entropy an ephemeral secret of X25519, 32 bytes, or nothing; needed only for an answer about new keys
   * @throws StateError, ReplayError, MismatchError, DecodeError, UnsupportedError, LimitError, AuthenticationError
   */
  handlePacket(packet: Uint8Array, entropy: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = door.copy(packet, 'packet');
    const drawn = drawnDoor(entropy, 'entropy');
    const phase = this.#phase;
    if (phase.state === 'closed') throw new StateError('NXS-LNK-026', 'the link is closed');
    if (decodeNexusPacket(given).packetType === 'proof') this.#handleProof(given, nowMs);
    else if (phase.state === 'identifying' || phase.state === 'up') this.#handleSealed(phase, given, drawn, nowMs);
    else throw new StateError('NXS-LNK-024', 'there are no keys yet');
  }

  /**
   * Seals a packet, or closes the link with context fc. A request for new keys precedes it if they are due and there is a
   * secret for one.
   * @param entropy an ephemeral secret of X25519, 32 bytes
   * @throws StateError before the link is up; whatever `LinkKeys.seal` throws
   * @see NXS-LNK-027
   */
  send(linkId: Uint8Array, content: LinkContent, entropy: Uint8Array | undefined, nowMs: number): void {
    this.requireCallAt(nowMs);
    const peer = this.#upPeer(linkId);
    peer.keys.seal(content, entropy, nowMs); // NXS-RKY-013
    this.#pass(peer);
    if (content.context === PACKET_CONTEXTS.close) this.#close(peer); // NXS-LNK-026
  }

  /**
   * Requests new keys, due or not.
   * @param entropy an ephemeral secret of X25519, 32 bytes
   * @throws StateError before the link is up, and while keys are changing; LimitError
   * @see NXS-RKY-008
   */
  rekey(linkId: Uint8Array, entropy: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const peer = this.#upPeer(linkId);
    peer.keys.rekey(entropy, nowMs);
    this.#pass(peer);
  }

  /** Lets time pass: what is not answered is repeated. @see NXS-LNK-015 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    const phase = this.#phase;
    if (phase.state === 'up') {
      phase.peer.keys.handleTimeout(nowMs);
      this.#pass(phase.peer);
      return;
    }
    const dueMs = this.pollTimeoutAtMs();
    if (dueMs === undefined || nowMs < dueMs || (phase.state !== 'requested' && phase.state !== 'identifying')) return;
    if (this.#stage === REPEAT_COUNT) {
      this.#end(phase.state === 'identifying' ? phase.peer.keys : undefined);
      this.putEvent({ type: 'failed' });
      return;
    }
    this.#stage++;
    if (phase.state === 'identifying') phase.peer.keys.noteKeepalive(nowMs);
    this.putTransmit(phase.message.slice()); // NXS-LNK-016
  }

  /** @returns when the message is repeated or given up */
  override pollTimeoutAtMs(): number | undefined {
    if (this.#phase.state === 'up') return this.#phase.peer.keys.pollTimeoutAtMs();
    const isWaiting = this.#phase.state === 'requested' || this.#phase.state === 'identifying';
    return isWaiting ? this.#sentAtMs + repeatAtMs(this.#stage, this.#pace) : undefined;
  }

  /** The other end of the link that is up. @throws StateError */
  #upPeer(linkId: Uint8Array): Peer {
    const phase = this.#phase;
    if (phase.state !== 'up' || compare(phase.peer.linkId, door.bytes(linkId, 'linkId')) !== 0) {
      throw new StateError(phase.state === 'closed' ? 'NXS-LNK-026' : 'NXS-LNK-027', 'the link is not up');
    }
    return phase.peer;
  }

  #first(nowMs: number, message: Uint8Array): void {
    this.#stage = 0;
    this.#sentAtMs = nowMs;
    this.putTransmit(message.slice());
  }

  #handleProof(proof: Uint8Array, nowMs: number): void {
    if (this.#phase.state === 'idle') throw new StateError('NXS-LNK-024', 'no link was requested');
    if (this.#phase.state !== 'requested' || this.#secrets === undefined) throw new ReplayError('NXS-LNK-017', 'a proof came before');
    const { seed, secret } = this.#secrets;
    const { clock, destination, airtimeMs, extraMs, bitsPerSecond, sealedLength } = this.#options;
    const verified = verifyLinkProof({ secret, request: this.#request, proof }, this.#primitives);
    const { publicKey, linkId, ephemeral } = verified;
    const message = identifyOnLink(
      { seed, secret, request: this.#request, ephemeral, responderKey: publicKey, responderClock: verified.clock, clock },
      this.#primitives,
    );
    const keys = new LinkKeys(
      {
        role: 'initiator',
        linkId,
        keys: verified.keys,
        local: deriveNexusIdentity(seed, this.#primitives).destinationHash,
        remote: destination,
        airtimeMs,
        extraMs,
        bitsPerSecond,
        sealedLength,
      },
      this.#primitives,
      nowMs,
    );
    keys.noteKeepalive(nowMs);
    wipe(verified.keys.initiatorKey, verified.keys.responderKey);
    this.#forgetSecrets();
    this.#phase = { state: 'identifying', message, peer: { publicKey, clock: verified.clock, linkId, keys } };
    this.#first(nowMs, message);
  }

  #handleSealed(phase: Extract<Phase, { readonly peer: Peer }>, packet: Uint8Array, entropy: Uint8Array, nowMs: number): void {
    const { peer } = phase;
    peer.keys.handlePacket(packet, entropy, nowMs);
    const events = drain(() => peer.keys.pollEvent());
    const isClosing = events.some(isClose);
    if (phase.state === 'identifying' && !isClosing) {
      this.#phase = { state: 'up', peer };
      this.putEvent({ type: 'up', linkId: peer.linkId, publicKey: peer.publicKey, clock: peer.clock });
    }
    this.#pass(peer, events);
    if (isClosing) this.#close(peer);
  }

  /** Passes on what the keys put out. */
  #pass({ keys, linkId }: Peer, events: readonly LinkKeysEvent[] = drain(() => keys.pollEvent())): void {
    for (const transmit of drain(() => keys.pollTransmit())) this.putTransmit(transmit);
    for (const event of packetEvents(events, linkId)) this.putEvent(event);
  }

  #close({ linkId, keys }: Peer): void {
    this.#end(keys);
    this.putEvent({ type: 'closed', linkId });
  }

  #end(keys: LinkKeys | undefined): void {
    keys?.end();
    this.#forgetSecrets();
    this.#phase = { state: 'closed' };
  }

  /** NXS-LNK-030: the identification is made, or nothing will be identified. */
  #forgetSecrets(): void {
    wipe(this.#secrets?.seed, this.#secrets?.secret);
    this.#secrets = undefined;
  }
}

/** Whether the other end closes the link. @see NXS-LNK-026 */
export function isClose(event: LinkKeysEvent): boolean {
  return event.type === 'opened' && event.context === PACKET_CONTEXTS.close;
}

/** What of the events of keys is handed up: packets besides the last one. */
export function packetEvents(events: readonly LinkKeysEvent[], linkId: Uint8Array): LinkEvent[] {
  return events.flatMap((event) => (event.type === 'keys' || isClose(event) ? [] : [{ ...event, type: 'packet' as const, linkId }]));
}
