/** The end that links are requested of: those that are half open, and those that are up. */
import { toHex } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint, drain } from '../../kernel/endpoint.ts';
import { LimitError, ReplayError, StateError, UsageError } from '../../kernel/errors.ts';
import { wipe } from '../../kernel/wipe.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { NEXUS_SEED_LENGTH, deriveDestinationHash, deriveNexusIdentity } from '../identity/identity.ts';
import { PACKET_CONTEXTS, decodeNexusPacket } from '../packet/packet.ts';
import { halfOpenMs } from './constants.ts';
import type { LinkPace } from './constants.ts';
import { decodeLinkRequest, deriveLinkKeys, proveLink, readIdentification, recognizeOnLink } from './handshake.ts';
import type { LinkExpectation, LinkPrimitives } from './handshake.ts';
import { drawnDoor, secretDoor } from './link-doors.ts';
import { isClose, packetEvents } from './link-initiator.ts';
import type { LinkEvent } from './link-initiator.ts';
import { LinkKeys } from './link-keys.ts';
import type { LinkContent } from './link-keys.ts';

/** NXS-LNK-020: links that may be half open. */
export const HALF_OPEN_COUNT = 8;
/** NXS-LNK-031: links that may be up: those of a node, and one on which it says that it is one too many. */
export const LIVE_COUNT = 65;
/** NXS-LNK-022: milliseconds within which proofs count, and the share of the budget that they may take. */
const DUTY_MS = 3_600_000;
const PROOF_SHARE = 10;
/** NXS-LNK-023: how often an identification is answered. */
const IDENTIFY_COUNT = 4;

/** How the end that answers is set up. */
export interface LinkResponderOptions {
  /** Of our identity, 32 bytes. */
  readonly seed: Uint8Array;
  /** Ours, milliseconds since 1970. */
  readonly clock: bigint;
  /** Of a packet of 500 bytes; 0 if absent. */
  readonly airtimeMs?: number | undefined;
  /** What a duty budget adds to each time-out; 0 if absent. */
  readonly extraMs?: number | undefined;
  /** Of each link; 0 if absent. */
  readonly bitsPerSecond?: number | undefined;
  /** Bytes that were sealed before under the first keys of each link; 0 if absent. */
  readonly sealedLength?: number | undefined;
  /** Links that may be half open, 1 to 8; 8 if absent. */
  readonly halfOpenCount?: number | undefined;
  /** Links that may be up, 1 to 65; 65 if absent. */
  readonly liveCount?: number | undefined;
  /** What may be sent within an hour, microseconds; any if absent, and with `proofUs` otherwise. */
  readonly dutyBudgetUs?: number | undefined;
  /** What a proof takes of it, microseconds, at least 1. */
  readonly proofUs?: number | undefined;
}

const OPTIONS = door.members<LinkResponderOptions>({
  seed: door.copyOfLength(NEXUS_SEED_LENGTH, 'NXS-IDN-001'),
  clock: door.bigint,
  airtimeMs: door.optional(door.duration),
  extraMs: door.optional(door.duration),
  bitsPerSecond: door.optional(door.count),
  sealedLength: door.optional(door.count),
  halfOpenCount: door.optional(door.between(1, HALF_OPEN_COUNT)),
  liveCount: door.optional(door.between(1, LIVE_COUNT)),
  dutyBudgetUs: door.optional(door.count),
  proofUs: door.optional(door.positive),
});

interface HalfOpen {
  readonly request: Uint8Array;
  readonly secret: Uint8Array;
  readonly proof: Uint8Array;
  readonly untilMs: number;
}
interface Live {
  /** For an identification that comes again. */
  readonly expected: LinkExpectation;
  readonly linkId: Uint8Array;
  readonly keys: LinkKeys;
  answers: number;
  isTaken: boolean;
}

/** Answers requests for links. Everything that a call put out is polled before the next call. */
export class LinkResponder extends Endpoint<Uint8Array, LinkEvent> {
  readonly #options: LinkResponderOptions;
  readonly #primitives: LinkPrimitives;
  readonly #pace: LinkPace;
  readonly #halfOpenCount: number;
  readonly #liveCount: number;
  readonly #proofMax: number;
  /** By link id; the oldest comes first. */
  readonly #half: Map<string, HalfOpen> = new Map();
  readonly #live: Map<string, Live> = new Map();
  /** When the proofs that count were sent. */
  #proofs: number[] = [];

  constructor(options: LinkResponderOptions, primitives: LinkPrimitives) {
    super();
    this.#options = OPTIONS(options, 'options');
    this.#primitives = primitivesDoor.agreement(primitives, 'primitives');
    const {
      airtimeMs = 0,
      extraMs = 0,
      halfOpenCount = HALF_OPEN_COUNT,
      liveCount = LIVE_COUNT,
      dutyBudgetUs,
      proofUs = 0,
    } = this.#options;
    if (dutyBudgetUs !== undefined && proofUs === 0) throw new UsageError('NXS-LNK-022', 'a budget needs the airtime of a proof');
    this.#pace = { airtimeMs, extraMs };
    this.#halfOpenCount = halfOpenCount;
    this.#liveCount = liveCount;
    this.#proofMax = dutyBudgetUs === undefined ? Infinity : Math.floor(dutyBudgetUs / (PROOF_SHARE * proofUs)); // NXS-LNK-022
  }

  /**
   * Takes a packet.
   * @param entropy an ephemeral secret of X25519, 32 bytes, or nothing; needed only for a proof or an answer about new keys
   * @throws StateError, ReplayError, MismatchError, DecodeError, UnsupportedError, LimitError, AuthenticationError
   */
  handlePacket(packet: Uint8Array, entropy: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const given = door.copy(packet, 'packet');
    const drawn = drawnDoor(entropy, 'entropy');
    this.#forget(nowMs);
    const { packetType, context, destination, transport } = decodeNexusPacket(given);
    if (packetType === 'link-request') return this.#handleRequest(given, drawn, nowMs);
    const id = toHex(transport ?? destination);
    if (packetType === 'data' && context === PACKET_CONTEXTS.identify) return this.#handleIdentification(id, given, nowMs);
    const live = this.#live.get(id);
    if (live === undefined) throw new StateError('NXS-LNK-024', 'there is no such link');
    live.keys.handlePacket(given, drawn, nowMs);
    live.isTaken = true;
    this.#pass(live);
  }

  /**
   * Seals a packet, or closes the link with context fc. A request for new keys precedes it if they are due and there is a
   * secret for one.
   * @param entropy an ephemeral secret of X25519, 32 bytes
   * @throws StateError for a link that is not up; whatever `LinkKeys.seal` throws
   * @see NXS-LNK-027
   */
  send(linkId: Uint8Array, content: LinkContent, entropy: Uint8Array | undefined, nowMs: number): void {
    this.requireCallAt(nowMs);
    const live = this.#upLink(linkId);
    live.keys.seal(content, entropy, nowMs); // NXS-RKY-013
    this.#pass(live);
    if (content.context === PACKET_CONTEXTS.close) this.#close(live); // NXS-LNK-026
  }

  /**
   * Requests new keys, due or not.
   * @param entropy an ephemeral secret of X25519, 32 bytes
   * @throws StateError for a link that is not up, and while keys are changing; LimitError
   * @see NXS-RKY-008
   */
  rekey(linkId: Uint8Array, entropy: Uint8Array, nowMs: number): void {
    this.requireCallAt(nowMs);
    const live = this.#upLink(linkId);
    live.keys.rekey(entropy, nowMs);
    this.#pass(live);
  }

  /** Lets time pass: links that are half open for too long are forgotten. @see NXS-LNK-021 */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#forget(nowMs);
    for (const live of this.#live.values()) {
      live.keys.handleTimeout(nowMs);
      this.#pass(live);
    }
  }

  /** @returns when a link is forgotten, or the keys of one need time */
  override pollTimeoutAtMs(): number | undefined {
    const [oldest] = this.#half.values();
    const due = [oldest?.untilMs, ...[...this.#live.values()].map(({ keys }) => keys.pollTimeoutAtMs())];
    const times = due.filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #upLink(linkId: Uint8Array): Live {
    const live = this.#live.get(toHex(door.bytes(linkId, 'linkId')));
    if (live === undefined) throw new StateError('NXS-LNK-027', 'the link is not up');
    return live;
  }

  #forget(nowMs: number): void {
    for (const [id, { untilMs }] of this.#half) if (untilMs <= nowMs) this.#dropHalf(id);
    this.#proofs = this.#proofs.filter((sentAtMs) => sentAtMs + DUTY_MS > nowMs);
  }

  #handleRequest(request: Uint8Array, drawn: Uint8Array, nowMs: number): void {
    const id = toHex(decodeLinkRequest(request, this.#primitives).linkId);
    if (this.#live.has(id)) throw new ReplayError('NXS-LNK-019', 'the link is up');
    if (this.#proofs.length >= this.#proofMax) throw new LimitError('NXS-LNK-022', 'proofs have taken their share of the budget');
    const known = this.#half.get(id);
    if (known !== undefined) return this.#prove(known.proof, nowMs); // NXS-LNK-018
    const { seed, clock } = this.#options;
    const secret = secretDoor(drawn, 'entropy');
    const proof = proveLink({ seed, secret, request, clock }, this.#primitives);
    const [oldest] = this.#half.keys();
    if (oldest !== undefined && this.#half.size >= this.#halfOpenCount) this.#dropHalf(oldest); // NXS-LNK-020
    this.#half.set(id, { request, secret, proof, untilMs: nowMs + halfOpenMs(this.#pace) });
    this.#prove(proof, nowMs);
  }

  #prove(proof: Uint8Array, nowMs: number): void {
    if (this.#proofMax < Infinity) this.#proofs.push(nowMs);
    this.putTransmit(proof.slice());
  }

  #handleIdentification(id: string, identification: Uint8Array, nowMs: number): void {
    const half = this.#half.get(id);
    if (half !== undefined) return this.#bringUp(id, half, identification, nowMs);
    const live = this.#live.get(id);
    if (live === undefined) throw new StateError('NXS-LNK-024', 'there is no such link');
    readIdentification(live.keys.openIdentification(identification, nowMs), live.expected, this.#primitives);
    this.#answerAgain(live, nowMs);
  }

  #bringUp(id: string, { request, secret }: HalfOpen, identification: Uint8Array, nowMs: number): void {
    const { seed, airtimeMs, extraMs, bitsPerSecond, sealedLength } = this.#options;
    const { publicKey, clock } = recognizeOnLink({ seed, secret, request, identification }, this.#primitives);
    if (this.#live.size >= this.#liveCount) throw new LimitError('NXS-LNK-031', 'too many links are up', { count: this.#live.size });
    const requested = decodeLinkRequest(request, this.#primitives);
    const { linkId, destination } = requested;
    const pair = deriveLinkKeys({ role: 'responder', secret, peerKey: requested.ephemeral }, this.#primitives);
    const keys = new LinkKeys(
      {
        role: 'responder',
        linkId,
        keys: pair,
        local: destination,
        remote: deriveDestinationHash(publicKey, this.#primitives),
        airtimeMs,
        extraMs,
        bitsPerSecond,
        sealedLength,
      },
      this.#primitives,
      nowMs,
    );
    wipe(pair.initiatorKey, pair.responderKey);
    const ephemeral = this.#primitives.deriveX25519Public({ secret });
    const expected = { requested, ephemeral, publicKey: deriveNexusIdentity(seed, this.#primitives).publicKey };
    const opened: Live = { expected, linkId, keys, answers: 0, isTaken: false };
    this.#dropHalf(id);
    this.#live.set(id, opened);
    this.putEvent({ type: 'up', linkId, publicKey, clock });
    this.#answerAgain(opened, nowMs);
  }

  /** NXS-LNK-030: what is left of a handshake once it is over, or given up. */
  #dropHalf(id: string): void {
    wipe(this.#half.get(id)?.secret);
    this.#half.delete(id);
  }

  /** NXS-LNK-023: whoever listens can send an identification again, so it is not answered without end. */
  #answerAgain(live: Live, nowMs: number): void {
    if (live.isTaken || live.answers >= IDENTIFY_COUNT) throw new ReplayError('NXS-LNK-023', 'the link is in use');
    live.answers++;
    live.keys.sendKeepalive(nowMs);
    this.#pass(live);
  }

  #pass(live: Live): void {
    for (const transmit of drain(() => live.keys.pollTransmit())) this.putTransmit(transmit);
    const events = drain(() => live.keys.pollEvent());
    for (const event of packetEvents(events, live.linkId)) this.putEvent(event);
    if (events.some(isClose)) this.#close(live);
  }

  #close({ linkId, keys }: Live): void {
    keys.end();
    this.#live.delete(toHex(linkId));
    this.putEvent({ type: 'closed', linkId });
  }
}
