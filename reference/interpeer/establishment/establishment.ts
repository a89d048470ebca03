/**
 * How two peers agree on a channel, at one node with all its peers.
 *
 *   initiator                                    responder
 *   propose        CHANNEL_NEW half, cookie1  →
 *                  ← CHANNEL_ACKNOWLEDGE id, cookie1, cookie2     (remembers nothing)
 *   established    CHANNEL_FINALIZE id, cookie2, capabilities  →  established
 *                  or CHANNEL_COOKIE in front of data
 *
 * A proposal, an answer and an establishment can each be lost, come twice and overtake each other:
 *
 *   message        half proposed by us          channel of that half            else
 *   NEW            lower id: ignored            theirs: same id, keepalive      answered
 *                  higher: answered, we yield   ours: ignored
 *   ACKNOWLEDGE    established                  ignored                         ignored
 *   FINALIZE,      established, we yield        ignored                         established, unless it rests
 *   COOKIE
 *
 * The first answer decides and is finalized alone, so a responder that chooses another half each time needs no memory for
 * both to agree. Within one connection no two channels have the same initiator half.
 *
 * Choice: ADR-0020. Sans-IO: time and entropy are arguments; what is to be sent is polled.
 */
import { compare } from '../../kernel/bytes.ts';
import { copied } from '../../kernel/copied.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { DecodeError, LimitError, StateError, UnsupportedError, UsageError } from '../../kernel/errors.ts';
import { joinChannelId, splitChannelId } from '../packet/channel-id.ts';
import { CHANNEL_HALF_LENGTH, CHANNEL_ID_LENGTH, DEFAULT_CHANNEL_ID, PEER_ID_LENGTH, UNSET_HALF } from '../packet/constants.ts';
import { COOKIE_ROTATION_MS, checkCookie, makeCookie } from '../cookie/cookies.ts';
import type { CookieRole } from '../cookie/cookies.ts';
import {
  AIRTIME_MAX_MS,
  ATTEMPT_COUNT,
  CAPABILITIES_KNOWN,
  DRAW_LENGTH,
  PEER_CHANNEL_COUNT,
  REST_COUNT,
  REST_ROTATIONS,
  SILENCE_UNITS,
  TOTAL_CHANNEL_COUNT,
  unitOf,
} from './establishment-constants.ts';
import { EstablishmentTable } from './establishment-table.ts';
import type { EstablishedChannel, Proposal } from './establishment-table.ts';
import { inputDoor, optionsDoor, proposalDoor } from './establishment-io.ts';
import type {
  EstablishmentCount,
  EstablishmentEvent,
  EstablishmentInput,
  EstablishmentOptions,
  EstablishmentTransmit,
  ProposalInput,
} from './establishment-io.ts';
import type { InterpeerMessage } from '../message/messages.ts';

/**
 * The channels of one node with all its peers, from proposal to rest. Everything that a call put out is polled before the next call.
 */
export class Establishment extends Endpoint<EstablishmentTransmit, EstablishmentEvent> {
  readonly #options: EstablishmentOptions;
  readonly #rotationMs: number;
  readonly #table: EstablishmentTable;

  /** @throws UsageError for a peer id of another length; UnsupportedError for an order that the suite does not have */
  constructor(given: EstablishmentOptions) {
    super();
    const options = optionsDoor(given, 'options');
    requireLength(options.local, PEER_ID_LENGTH);
    joinChannelId(options);
    this.#options = options;
    this.#rotationMs = options.rotationMs ?? COOKIE_ROTATION_MS;
    this.#table = new EstablishmentTable({
      channelCount: PEER_CHANNEL_COUNT,
      totalCount: TOTAL_CHANNEL_COUNT,
      restCount: REST_COUNT,
      ...options.limits,
    });
  }

  /**
   * Proposes a channel to a peer.
   * @param entropy 16 bytes, from which a half is drawn if none is chosen
   * @throws DecodeError malformed, StateError for a chosen half that cannot be; LimitError if there is no room or no
   * half; the state is unchanged
   * @see IPR-EST-001
   */
  propose(input: ProposalInput, entropy: Uint8Array, nowMs: number): void {
    const { peer, half: chosen, capabilities, airtimeMs = 0 } = proposalDoor(input, 'input');
    door.bytes(entropy, 'entropy');
    this.#begin(peer, airtimeMs, nowMs);
    requireLength(entropy, DRAW_LENGTH); // IPR-EST-002
    if (!Number.isInteger(capabilities) || capabilities < 0 || capabilities > CAPABILITIES_KNOWN)
      throw new UsageError('IPR-EST-033', 'no capabilities', { capabilities });
    if (chosen !== undefined) this.#requireFree(peer, chosen);
    this.#table.requireRoom(peer); // IPR-EST-030
    const half = chosen ?? drawHalf(entropy, (drawn) => this.#isTaken(peer, drawn))?.half;
    if (half === undefined) throw new LimitError('IPR-EST-002', 'no half is left');
    this.#send(
      { peer, half: half.slice(), isChosen: chosen !== undefined, capabilities, unitMs: unitOf(airtimeMs), attempts: 1, dueAtMs: 0 },
      nowMs,
    );
    this.putEvent({ type: 'proposed', peer, half }); // IPR-EST-001
  }

  /**
   * Takes one message about a channel. What is in a packet together is given one by one: each is taken or refused for itself.
   * @param entropy 16 bytes, for the half of an answer and the next half of a proposal that yields
   * @throws DecodeError, AuthenticationError, UnsupportedError, LimitError; the state is unchanged
   * @see IPR-EST-028
   */
  handleMessage(input: EstablishmentInput, entropy: Uint8Array, nowMs: number): void {
    const { peer, channelId, message, airtimeMs = 0, isDataWaiting = false } = inputDoor(input, 'input');
    door.bytes(entropy, 'entropy');
    this.#begin(peer, airtimeMs, nowMs);
    requireLength(channelId, CHANNEL_ID_LENGTH);
    requireLength(entropy, DRAW_LENGTH); // IPR-EST-002
    switch (message.type) {
      case 'CHANNEL_NEW':
        return this.#handleNew(peer, message.initiatorHalf, message.cookie1, nowMs, entropy);
      case 'CHANNEL_ACKNOWLEDGE':
        return this.#handleAcknowledge(peer, message, isDataWaiting, nowMs);
      case 'CHANNEL_FINALIZE':
        return this.#handleFinalize(
          { peer, channelId: message.channelId, cookie: message.cookie2, capabilities: message.capabilities, airtimeMs },
          nowMs,
          entropy,
        );
      case 'CHANNEL_COOKIE':
        return this.#handleFinalize(
          { peer, channelId, cookie: message.cookie, capabilities: message.capabilities, airtimeMs },
          nowMs,
          entropy,
        );
      default:
        throw new UnsupportedError('IPR-EST-016', 'not about a channel', { type: message.type });
    }
  }

  /**
   * Notes that a packet was received on a channel.
   * @throws StateError if it is not established
   * @see IPR-EST-021
   */
  markHeard(peer: Uint8Array, channelId: Uint8Array, nowMs: number): void {
    this.#begin(peer, 0, nowMs);
    const channel = this.#channel(peer, channelId, 'IPR-EST-021'); // IPR-EST-021
    this.#table.putChannel({ ...channel, isHeard: true, silentAtMs: nowMs + SILENCE_UNITS * channel.unitMs }); // IPR-EST-021
  }

  /**
   * Puts out what precedes data on a channel: CHANNEL_COOKIE until something was heard on it.
   * @throws StateError if it is not established
   * @see IPR-EST-022
   */
  putInFront(peer: Uint8Array, channelId: Uint8Array): void {
    this.requireCall();
    const channel = this.#channel(peer, channelId, 'IPR-EST-032');
    if (channel.role === 'initiator' && !channel.isHeard) this.#sendCookie(channel); // IPR-EST-022
  }

  /**
   * Ends a channel; nothing is sent.
   * @throws StateError if it is not established
   * @see IPR-EST-032
   */
  end(peer: Uint8Array, channelId: Uint8Array, nowMs: number): void {
    this.#begin(peer, 0, nowMs);
    const channel = this.#channel(peer, channelId, 'IPR-EST-032'); // IPR-EST-032
    this.#table.restChannel(channel, this.#restsUntilMs(nowMs));
  }

  /** Lets time pass: proposals are repeated or given up, silent channels closed. */
  handleTimeout(nowMs: number): void {
    this.requireCallAt(nowMs);
    this.#table.wake(nowMs);
    for (const proposal of this.#table.proposals) if (proposal.dueAtMs <= nowMs) this.#repeat(proposal, nowMs);
    for (const channel of this.#table.channels) {
      if (channel.silentAtMs > nowMs) continue; // IPR-EST-020
      this.#table.restChannel(channel, this.#restsUntilMs(nowMs));
      this.putEvent({ type: 'closed', peer: channel.peer, channelId: channel.channelId }); // IPR-EST-020
    }
  }

  /** @returns the channel if it is established with the peer */
  channel(peer: Uint8Array, channelId: Uint8Array): EstablishedChannel | undefined {
    door.bytes(peer, 'peer');
    const { initiatorHalf } = splitChannelId({ ...this.#options, channelId });
    const channel = initiatorHalf === undefined ? undefined : this.#table.channelOfHalf(peer, initiatorHalf);
    return channel !== undefined && compare(channel.channelId, channelId) === 0 ? copied(channel) : undefined;
  }

  /** @returns how much is remembered: nothing of those who have only asked */
  count(nowMs: number): EstablishmentCount {
    door.count(nowMs, 'nowMs');
    this.#table.wake(nowMs);
    return { channels: this.#table.channels.length, proposals: this.#table.proposals.length, rests: this.#table.restCount }; // IPR-EST-005
  }

  override pollTimeoutAtMs(): number | undefined {
    const times = [...this.#table.proposals.map(({ dueAtMs }) => dueAtMs), ...this.#table.channels.map(({ silentAtMs }) => silentAtMs)];
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #handleNew(peer: Uint8Array, half: Uint8Array, cookie1: Uint8Array, nowMs: number, entropy: Uint8Array): void {
    if (compare(half, UNSET_HALF) === 0) throw new DecodeError('malformed', 'IPR-EST-015', 'a half that stands for none');
    const channel = this.#table.channelOfHalf(peer, half);
    if (channel?.role === 'initiator') return; // IPR-EST-027
    if (channel !== undefined) {
      this.#table.putChannel({ ...channel, silentAtMs: nowMs + SILENCE_UNITS * channel.unitMs }); // IPR-EST-014
      return this.#acknowledge(peer, channel.channelId, cookie1, nowMs); // IPR-EST-014
    }
    const proposal = this.#table.proposal(peer, half);
    if (proposal !== undefined && compare(this.#options.local, peer) < 0) return; // IPR-EST-023
    this.#table.requireRoom(peer); // IPR-EST-030
    const drawn = drawHalf(entropy, () => false); // IPR-EST-004
    if (drawn === undefined) throw new LimitError('IPR-EST-002', 'no half is left');
    this.#acknowledge(peer, joinChannelId({ ...this.#options, initiatorHalf: half, responderHalf: drawn.half }), cookie1, nowMs);
    if (proposal !== undefined) this.#yield(proposal, nowMs, drawn.rest); // IPR-EST-024
  }

  #acknowledge(peer: Uint8Array, channelId: Uint8Array, cookie1: Uint8Array, nowMs: number): void {
    const cookie2 = makeCookie(this.#cookieInput('responder', peer, channelId, nowMs), this.#options.primitives);
    this.putTransmit({
      peer,
      channelId: DEFAULT_CHANNEL_ID,
      message: { type: 'CHANNEL_ACKNOWLEDGE', channelId, cookie1: cookie1.slice(), cookie2 },
    }); // IPR-EST-004
  }

  #handleAcknowledge(
    peer: Uint8Array,
    message: InterpeerMessage & { readonly type: 'CHANNEL_ACKNOWLEDGE' },
    isDataWaiting: boolean,
    nowMs: number,
  ): void {
    const channelId = message.channelId.slice();
    const half = this.#initiatorHalf(channelId);
    checkCookie(this.#cookieInput('initiator', peer, half, nowMs), message.cookie1, this.#options.primitives); // IPR-EST-009
    const proposal = this.#table.proposal(peer, half);
    if (proposal === undefined) return; // IPR-EST-008
    const { capabilities, unitMs } = proposal;
    const channel: EstablishedChannel = {
      peer: proposal.peer,
      channelId,
      half: proposal.half,
      role: 'initiator',
      capabilities,
      unitMs,
      cookie2: message.cookie2.slice(),
      isHeard: false,
      silentAtMs: nowMs + SILENCE_UNITS * unitMs,
    };
    this.#table.removeProposal(proposal);
    this.#table.putChannel(channel); // IPR-EST-034
    this.putEvent({ type: 'established', peer, channelId, role: 'initiator', capabilities });
    if (isDataWaiting)
      this.#sendCookie(channel); // IPR-EST-007
    else
      this.putTransmit({
        peer,
        channelId: DEFAULT_CHANNEL_ID,
        message: { type: 'CHANNEL_FINALIZE', channelId, cookie2: message.cookie2.slice(), capabilities },
      }); // IPR-EST-006
  }

  #handleFinalize(
    input: {
      readonly peer: Uint8Array;
      readonly channelId: Uint8Array;
      readonly cookie: Uint8Array;
      readonly capabilities: number;
      readonly airtimeMs: number;
    },
    nowMs: number,
    entropy: Uint8Array,
  ): void {
    const { peer, cookie, capabilities } = input;
    const channelId = input.channelId.slice();
    const half = this.#initiatorHalf(channelId);
    if (this.#table.channelOfHalf(peer, half) !== undefined) return; // IPR-EST-013
    if (this.#table.isResting(peer, channelId)) return; // IPR-EST-029
    checkCookie(this.#cookieInput('responder', peer, channelId, nowMs), cookie, this.#options.primitives); // IPR-EST-010
    if (capabilities > CAPABILITIES_KNOWN) throw new UnsupportedError('IPR-EST-033', 'a capability without a meaning', { capabilities });
    this.#table.requireRoom(peer); // IPR-EST-030
    const unitMs = unitOf(input.airtimeMs);
    this.#table.putChannel({
      peer: peer.slice(),
      channelId,
      half,
      role: 'responder',
      capabilities,
      unitMs,
      isHeard: true,
      silentAtMs: nowMs + SILENCE_UNITS * unitMs,
    }); // IPR-EST-012
    this.putEvent({ type: 'established', peer, channelId, role: 'responder', capabilities });
    const proposal = this.#table.proposal(peer, half);
    if (proposal !== undefined) this.#yield(proposal, nowMs, entropy); // IPR-EST-026
  }

  /** Gives a half up to the peer, and proposes another where that is possible. */
  #yield(proposal: Proposal, nowMs: number, entropy: Uint8Array): void {
    const { peer, half, isChosen } = proposal;
    const next = isChosen ? undefined : drawHalf(entropy, (drawn) => this.#isTaken(peer, drawn))?.half; // the old one is still in use here
    this.#table.restProposal(proposal, this.#restsUntilMs(nowMs)); // IPR-EST-029
    if (next === undefined) {
      this.putEvent({ type: 'conflict', peer, half }); // IPR-EST-025
      return;
    }
    this.#send({ ...proposal, half: next, attempts: 1 }, nowMs); // IPR-EST-024
    this.putEvent({ type: 'yielded', peer, half, next });
  }

  /** Sends CHANNEL_NEW for a proposal and waits for the answer. */
  #send(proposal: Proposal, nowMs: number): void {
    const { peer, half, unitMs, attempts } = proposal;
    this.#table.putProposal({ ...proposal, dueAtMs: nowMs + unitMs * 2 ** (attempts - 1) }); // IPR-EST-018
    const cookie1 = makeCookie(this.#cookieInput('initiator', peer, half, nowMs), this.#options.primitives);
    this.putTransmit({
      peer,
      channelId: DEFAULT_CHANNEL_ID,
      message: { type: 'CHANNEL_NEW', initiatorHalf: half, cookie1 },
    }); // IPR-EST-001
  }

  #repeat(proposal: Proposal, nowMs: number): void {
    if (proposal.attempts < ATTEMPT_COUNT) return this.#send({ ...proposal, attempts: proposal.attempts + 1 }, nowMs); // IPR-EST-018
    this.#table.removeProposal(proposal);
    this.putEvent({ type: 'failed', peer: proposal.peer, half: proposal.half }); // IPR-EST-019
  }

  #sendCookie({ peer, channelId, cookie2, capabilities }: EstablishedChannel): void {
    if (cookie2 === undefined) return;
    this.putTransmit({ peer, channelId, message: { type: 'CHANNEL_COOKIE', cookie: cookie2, capabilities } });
  }

  #restsUntilMs(nowMs: number): number {
    return nowMs + REST_ROTATIONS * this.#rotationMs; // IPR-EST-029
  }

  #cookieInput(role: CookieRole, peer: Uint8Array, id: Uint8Array, nowMs: number): Parameters<typeof makeCookie>[0] {
    const { suite, secret, local } = this.#options;
    const [initiator, responder] = role === 'initiator' ? [local, peer] : [peer, local];
    return { suite, secret, role, initiator, responder, id, nowMs, rotationMs: this.#rotationMs }; // IPR-EST-011
  }

  /** The initiator half of an id of which both halves are chosen. */
  #initiatorHalf(channelId: Uint8Array): Uint8Array {
    const { initiatorHalf, responderHalf } = splitChannelId({ ...this.#options, channelId });
    if (initiatorHalf === undefined || responderHalf === undefined)
      throw new DecodeError('malformed', 'IPR-EST-015', 'an id with a half that stands for none');
    return initiatorHalf;
  }

  #isTaken(peer: Uint8Array, half: Uint8Array): boolean {
    return this.#table.isHalfUsed(peer, half) || this.#table.isHalfResting(peer, half); // IPR-EST-002, IPR-EST-029
  }

  #requireFree(peer: Uint8Array, half: Uint8Array): void {
    requireLength(half, CHANNEL_HALF_LENGTH);
    if (compare(half, UNSET_HALF) === 0) throw new DecodeError('malformed', 'IPR-EST-003', 'a half that stands for none');
    if (this.#table.isHalfUsed(peer, half)) throw new StateError('IPR-EST-003', 'the half is in use');
    if (this.#table.isHalfResting(peer, half)) throw new StateError('IPR-EST-029', 'the half is at rest');
  }

  #channel(peer: Uint8Array, channelId: Uint8Array, clause: string): EstablishedChannel {
    door.bytes(peer, 'peer');
    door.bytes(channelId, 'channelId');
    requireLength(channelId, CHANNEL_ID_LENGTH);
    const channel = this.channel(peer, channelId);
    if (channel === undefined) throw new StateError(clause, 'no such channel');
    return channel;
  }

  #begin(peer: Uint8Array, airtimeMs: number, nowMs: number): void {
    this.requireCallAt(nowMs);
    requireLength(peer, PEER_ID_LENGTH);
    if (!(airtimeMs >= 0 && airtimeMs <= AIRTIME_MAX_MS)) throw new UsageError('IPR-EST-017', 'no airtime of a packet', { airtimeMs });
    this.#table.wake(nowMs);
  }
}

/** The first half of some entropy that stands for one and is not taken, and the entropy after it. */
function drawHalf(
  entropy: Uint8Array,
  isTaken: (half: Uint8Array) => boolean,
): { readonly half: Uint8Array; readonly rest: Uint8Array } | undefined {
  for (let at = 0; at < entropy.length; at += CHANNEL_HALF_LENGTH) {
    const half = entropy.slice(at, at + CHANNEL_HALF_LENGTH);
    if (compare(half, UNSET_HALF) !== 0 && !isTaken(half)) return { half, rest: entropy.subarray(at + CHANNEL_HALF_LENGTH) }; // IPR-EST-002
  }
  return undefined;
}

function requireLength(bytes: Uint8Array, length: number): void {
  door.bytes(bytes, 'bytes');
  if (bytes.length !== length) throw new UsageError('IPR-EST-001', 'bytes of another length', { length: bytes.length, needed: length });
}
