/**
 * The keys of a link that is up: counts, the window of those received, and new keys.
 *
 *   in use     seal and open
 *   next       agreed because the other end requested them; open, and come into use with the first packet that opens
 *   old        those before the ones in use; open only, for a while
 *
 * Next and old keys never exist together, so the phase in a counter says which of them a packet means. Whoever requested them keeps
 * the old ones until something opens under the new ones: until then the other end may not have heard of them.
 */
import { EMPTY, Reader, compare, concat } from '../../kernel/bytes.ts';
import { CountWindow } from '../../kernel/count-window.ts';
import * as door from '../../kernel/door.ts';
import { Endpoint } from '../../kernel/endpoint.ts';
import { AuthenticationError, DecodeError, LimitError, ReplayError, StateError, UnsupportedError } from '../../kernel/errors.ts';
import { wipe } from '../../kernel/wipe.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { NEXUS_KEY_LENGTH } from '../identity/identity.ts';
import { ADDRESS_LENGTH, PACKET_CONTEXTS } from '../packet/packet.ts';
import { COUNT_END, LINK_KEY_LENGTH, keepaliveHushMs } from './constants.ts';
import { deriveLinkKeys } from './handshake.ts';
import type { LinkKeyPair, LinkPrimitives, LinkRole } from './handshake.ts';
import { drawnDoor, secretDoor } from './link-doors.ts';
import { openLinkPacket, readSealedPacket, sealLinkPacket, unsealPacket } from './sealed.ts';
import type { SealedPacket } from './sealed.ts';

/** NXS-RKY-007: milliseconds, and airtimes, for which old keys still open. */
const OLD_KEY_MS = 10_000;
const OLD_KEY_AIRTIMES = 4;
/** NXS-RKY-013: when new keys are due. */
const REKEY_MS = 3_600_000;
const REKEY_LENGTH_MIN = 1_000_000;
const REKEY_COUNT_LEFT = 1024;
/** NXS-SLD-013: counts that are remembered, the highest included. */
const WINDOW_SIZE = 64n;
/** NXS-RKY-009: after so many doublings the interval stays. */
const DOUBLINGS_MAX = 6;
/** NXS-RKY-001. */
const REQUEST = 1;
const ANSWER = 2;

/** What happened to the keys of a link. */
export type LinkKeysEvent =
  | {
      readonly type: 'opened';
      readonly context: number;
      readonly content: Uint8Array;
      readonly destination?: Uint8Array;
    }
  | { readonly type: 'keys'; readonly phase: number };

/** How the keys of a link are set up. */
export interface LinkKeysOptions {
  readonly role: LinkRole;
  /** 16 bytes. */
  readonly linkId: Uint8Array;
  readonly keys: LinkKeyPair;
  /** Destination hashes, 16 bytes. */
  readonly local: Uint8Array;
  readonly remote: Uint8Array;
  /** Milliseconds that a packet of 500 bytes takes; 0 if absent. */
  readonly airtimeMs?: number | undefined;
  /** Milliseconds that a duty budget adds; 0 if absent. */
  readonly extraMs?: number | undefined;
  /** Of the link; 0 if absent. */
  readonly bitsPerSecond?: number | undefined;
  /** The next count; 1 if absent, because the handshake has taken 0. */
  readonly count?: number | undefined;
  /** Bytes that were sealed already; 0 if absent. */
  readonly sealedLength?: number | undefined;
}

/** What is to be sealed. */
export interface LinkContent {
  readonly context: number;
  readonly content: Uint8Array;
  /** Of an envelope that is passed on. */
  readonly destination?: Uint8Array | undefined;
}

/** The content of a packet about new keys. */
export interface RekeyContent {
  readonly kind: 'request' | 'answer';
  readonly ephemeral: Uint8Array;
}

interface Keys {
  readonly pair: LinkKeyPair;
  readonly phase: number;
  readonly window: CountWindow;
  /** Whether the handshake has agreed on them. */
  readonly isFirst: boolean;
}
interface Requesting {
  readonly secret: Uint8Array;
  readonly content: Uint8Array;
}

const LINK_KEY = door.copyOfLength(LINK_KEY_LENGTH, 'NXS-LNK-006');
/** Of an identity. */
const ADDRESS = door.copyOfLength(ADDRESS_LENGTH, 'NXS-IDN-003');
const OPTIONS = door.members<LinkKeysOptions>({
  role: door.oneOf<LinkRole>('initiator', 'responder'),
  linkId: door.copyOfLength(ADDRESS_LENGTH, 'NXS-LNK-004'),
  keys: door.members<LinkKeyPair>({ initiatorKey: LINK_KEY, responderKey: LINK_KEY }),
  local: ADDRESS,
  remote: ADDRESS,
  airtimeMs: door.optional(door.duration),
  extraMs: door.optional(door.duration),
  bitsPerSecond: door.optional(door.count),
  count: door.optional(door.count),
  sealedLength: door.optional(door.count),
});
const CONTENT = door.members<LinkContent>({ context: door.byte, content: door.bytes, destination: door.optional(door.bytes) });

/**
 * Reads the content of a packet about new keys.
 * @throws DecodeError
 * @see NXS-RKY-001
 */
export function decodeRekey(content: Uint8Array): RekeyContent {
  const reader = new Reader(door.copy(content, 'content'));
  const type = reader.u8('NXS-RKY-001');
  const ephemeral = reader.take(NEXUS_KEY_LENGTH, 'NXS-RKY-001').slice();
  if (reader.remaining > 0) throw new DecodeError('trailing', 'NXS-RKY-001', 'bytes after the key', { length: reader.remaining });
  if (type !== REQUEST && type !== ANSWER) throw new DecodeError('malformed', 'NXS-RKY-001', 'neither a request nor an answer', { type });
  return { kind: type === REQUEST ? 'request' : 'answer', ephemeral };
}

/** Seals and opens. Everything that a call put out is polled before the next call. */
export class LinkKeys extends Endpoint<Uint8Array, LinkKeysEvent> {
  readonly #role: LinkRole;
  readonly #linkId: Uint8Array;
  readonly #primitives: LinkPrimitives;
  readonly #isLower: boolean;
  readonly #pace: { readonly airtimeMs: number; readonly extraMs: number };
  readonly #lengthMax: number;
  #inUse: Keys;
  #count: number;
  #sealedLength: number;
  #bornMs: number;
  #next: Keys | undefined;
  #answer: Uint8Array | undefined;
  #old: (Keys & { untilMs: number | undefined }) | undefined;
  #requesting: Requesting | undefined;
  #isUnproven = false;
  #stage = 0;
  #repeatAtMs = 0;
  #hushUntilMs = 0;
  #isEnded = false;

  constructor(options: LinkKeysOptions, primitives: LinkPrimitives, nowMs: number) {
    super();
    const { role, linkId, keys, local, remote, ...rest } = OPTIONS(options, 'options');
    const { airtimeMs = 0, extraMs = 0, bitsPerSecond = 0, count = 1, sealedLength = 0 } = rest;
    this.#primitives = primitivesDoor.agreement(primitives, 'primitives');
    this.requireCallAt(nowMs);
    this.#role = role;
    this.#linkId = linkId;
    this.#isLower = compare(local, remote) < 0; // bytewise
    this.#pace = { airtimeMs, extraMs };
    this.#lengthMax = Math.max(REKEY_LENGTH_MIN, Math.floor((bitsPerSecond * 60) / 8));
    this.#inUse = { pair: keys, phase: 0, window: new CountWindow(WINDOW_SIZE), isFirst: true };
    this.#inUse.window.take(0n); // NXS-SLD-009
    this.#count = count;
    this.#sealedLength = sealedLength;
    this.#bornMs = nowMs;
  }

  /**
   * Seals a packet, after a request for new keys if they are due and a secret for one is given.
   * @param entropy an ephemeral secret of X25519, 32 bytes
   * @throws UnsupportedError for a context; DecodeError malformed; LimitError
   * @see NXS-SLD-009
   */
  seal(input: LinkContent, entropy: Uint8Array | undefined, nowMs: number): void {
    this.#requireOpenAt(nowMs);
    const { context, content, destination } = CONTENT(input, 'input');
    const secret = door.optional(secretDoor)(entropy, 'entropy');
    if (context === PACKET_CONTEXTS.rekey || context === PACKET_CONTEXTS.identify) {
      throw new UnsupportedError('NXS-SLD-007', 'the link itself sends packets of this context', { context });
    }
    const isDue = secret !== undefined && !this.#isBusy(nowMs) && this.#isDue(nowMs);
    const packet = this.#sealed({ context, content, destination }, this.#count + (isDue ? 1 : 0));
    if (isDue) this.#request(secret, nowMs); // NXS-RKY-013
    this.#count++;
    this.#sealedLength += content.length;
    if (context === PACKET_CONTEXTS.keepalive) this.noteKeepalive(nowMs);
    this.putTransmit(packet);
  }

  /**
   * Opens a packet.
   * @param entropy an ephemeral secret of X25519, 32 bytes, if an answer about new keys may be due; else nothing
   * @throws DecodeError; UnsupportedError; LimitError; AuthenticationError; ReplayError; nothing has changed
   * @see NXS-SLD-011
   */
  handlePacket(packet: Uint8Array, entropy: Uint8Array, nowMs: number): void {
    this.#requireOpenAt(nowMs);
    const drawn = drawnDoor(entropy, 'entropy');
    this.#forgetOld(nowMs);
    const closed = readSealedPacket(packet);
    if (compare(closed.linkId, this.#linkId) !== 0) throw new AuthenticationError('NXS-SLD-004');
    const keys = closed.phase === this.#inUse.phase ? this.#inUse : (this.#next ?? this.#old);
    if (keys === undefined) throw new AuthenticationError('NXS-RKY-007');
    const opened = unsealPacket(closed, keyOf(keys, this.#peer()), this.#primitives);
    if (opened.context === PACKET_CONTEXTS.identify)
      throw new UnsupportedError('NXS-SLD-007', 'the link is up', { context: opened.context });
    requireFresh(keys.window, opened.count);
    const rekey = opened.context === PACKET_CONTEXTS.rekey ? decodeRekey(opened.content) : undefined;
    const isFirst = keys === this.#next;
    if (isFirst) this.#put(keys, nowMs);
    else if (rekey !== undefined && keys === this.#inUse) this.#handleRekey(rekey, drawn, nowMs);
    else if (keys === this.#inUse) this.#prove(nowMs);
    keys.window.take(BigInt(opened.count));
    if (opened.context === PACKET_CONTEXTS.keepalive) {
      if (isFirst || nowMs >= this.#hushUntilMs) this.#keepalive(nowMs); // NXS-RKY-014
    } else if (rekey === undefined) this.putEvent(openedEvent(opened));
  }

  /**
   * Opens an identification that comes again. It needs no count: it always has count 0 of the keys of the handshake.
   * @throws AuthenticationError, also once those keys are gone; DecodeError; UnsupportedError; LimitError
   * @see NXS-LNK-029
   */
  openIdentification(packet: Uint8Array, nowMs: number): SealedPacket {
    this.#requireOpenAt(nowMs);
    const given = door.copy(packet, 'packet');
    this.#forgetOld(nowMs);
    const keys = [this.#inUse, this.#old].find((known) => known?.isFirst === true);
    if (keys === undefined) throw new AuthenticationError('NXS-LNK-029');
    return openLinkPacket({ key: keyOf(keys, this.#peer()), packet: given }, this.#primitives);
  }

  /**
   * Requests new keys.
   * @param entropy an ephemeral secret of X25519, 32 bytes
   * @throws StateError while keys are changing
   * @see NXS-RKY-008
   */
  rekey(entropy: Uint8Array, nowMs: number): void {
    this.#requireOpenAt(nowMs);
    const secret = secretDoor(entropy, 'entropy');
    if (this.#isBusy(nowMs)) throw new StateError('NXS-RKY-008', 'the keys are changing');
    if (this.#count >= COUNT_END) throw new LimitError('NXS-SLD-010', 'no count is left for a request');
    this.#request(secret, nowMs);
  }

  /** Sends a keepalive, whether or not one was sent. @see NXS-LNK-023 */
  sendKeepalive(nowMs: number): void {
    this.#requireOpenAt(nowMs);
    this.#keepalive(nowMs);
  }

  /** Notes that a keepalive or an identification was sent, so that the answer is not answered. @see NXS-RKY-014 */
  noteKeepalive(nowMs: number): void {
    this.#hushUntilMs = door.count(nowMs, 'nowMs') + keepaliveHushMs(this.#pace);
  }

  /** Ends the link: all of its keys are overwritten, and later calls but polls are refused with StateError. @see NXS-LNK-030 */
  end(): void {
    this.requireCall();
    this.#isEnded = true;
    for (const keys of [this.#inUse, this.#next, this.#old]) wipeKeys(keys);
    this.#giveUp();
    this.#next = undefined;
    this.#answer = undefined;
    this.#old = undefined;
    this.#isUnproven = false;
  }

  /** Lets time pass: what is not answered is repeated, and old keys are forgotten. */
  handleTimeout(nowMs: number): void {
    this.#requireOpenAt(nowMs);
    this.#forgetOld(nowMs);
    if ((this.#requesting === undefined && !this.#isUnproven) || nowMs < this.#repeatAtMs) return;
    this.#stage++;
    this.#repeatAtMs = nowMs + this.#gapMs();
    if (this.#requesting === undefined)
      this.#keepalive(nowMs); // NXS-RKY-005
    else this.#send({ context: PACKET_CONTEXTS.rekey, content: this.#requesting.content }); // NXS-RKY-009
  }

  /** @returns when something is to be repeated, or keys are forgotten */
  override pollTimeoutAtMs(): number | undefined {
    return this.#requesting !== undefined || this.#isUnproven ? this.#repeatAtMs : this.#old?.untilMs;
  }

  #handleRekey({ kind, ephemeral }: RekeyContent, entropy: Uint8Array, nowMs: number): void {
    if (kind === 'answer') {
      if (this.#requesting === undefined)
        this.#prove(nowMs); // NXS-RKY-012
      else this.#use(this.#agreed(this.#requesting.secret, ephemeral), nowMs);
      return;
    }
    if (this.#requesting !== undefined && this.#isLower) return; // NXS-RKY-011
    if (this.#next === undefined || this.#answer === undefined) {
      const secret = secretDoor(entropy, 'entropy');
      const next = this.#agreed(secret, ephemeral);
      this.#giveUp();
      this.#isUnproven = false;
      this.#dropOld();
      this.#next = next;
      this.#answer = concat([Uint8Array.of(ANSWER), this.#primitives.deriveX25519Public({ secret })]);
      wipe(secret);
    }
    this.#send({ context: PACKET_CONTEXTS.rekey, content: this.#answer }); // NXS-RKY-010
  }

  /** The keys that follow those in use. */
  #agreed(secret: Uint8Array, peerKey: Uint8Array): Keys {
    const { pair, phase } = this.#inUse;
    const previous = concat([pair.initiatorKey, pair.responderKey]);
    const agreed = deriveLinkKeys({ role: this.#role, secret, peerKey, previous }, this.#primitives);
    wipe(previous);
    return { pair: agreed, phase: 1 - phase, window: new CountWindow(WINDOW_SIZE), isFirst: false }; // NXS-RKY-003
  }

  /** New keys that we requested: used at once, and repeated until they are proven. @see NXS-RKY-004 */
  #use(keys: Keys, nowMs: number): void {
    this.#begin(keys, undefined, nowMs);
    this.#giveUp();
    this.#isUnproven = true;
    this.#stage = 0;
    this.#repeatAtMs = nowMs + this.#gapMs();
    this.#keepalive(nowMs);
    this.putEvent({ type: 'keys', phase: keys.phase });
  }

  /** Keys that the other end requested have opened something. @see NXS-RKY-006 */
  #put(keys: Keys, nowMs: number): void {
    this.#begin(keys, nowMs + this.#graceMs(), nowMs);
    this.#next = undefined;
    this.#answer = undefined;
    this.putEvent({ type: 'keys', phase: keys.phase });
  }

  #begin(keys: Keys, oldUntilMs: number | undefined, nowMs: number): void {
    this.#dropOld();
    this.#old = { ...this.#inUse, untilMs: oldUntilMs };
    this.#inUse = keys;
    this.#count = 0;
    this.#sealedLength = 0;
    this.#bornMs = nowMs;
  }

  /** Something opened under the keys in use. @see NXS-RKY-007 */
  #prove(nowMs: number): void {
    if (!this.#isUnproven) return;
    this.#isUnproven = false;
    if (this.#old !== undefined) this.#old.untilMs = nowMs + this.#graceMs();
  }

  #request(secret: Uint8Array, nowMs: number): void {
    const content = concat([Uint8Array.of(REQUEST), this.#primitives.deriveX25519Public({ secret })]);
    this.#send({ context: PACKET_CONTEXTS.rekey, content });
    this.#requesting = { secret, content };
    this.#stage = 0;
    this.#repeatAtMs = nowMs + this.#gapMs();
  }

  #keepalive(nowMs: number): void {
    this.noteKeepalive(nowMs);
    this.#send({ context: PACKET_CONTEXTS.keepalive, content: EMPTY });
  }

  /** Sends of the link's own accord; without counts there is nothing to be sent. */
  #send(content: LinkContent): void {
    if (this.#count >= COUNT_END) return;
    this.putTransmit(this.#sealed(content, this.#count));
    this.#count++;
  }

  #sealed(content: LinkContent, count: number): Uint8Array {
    const { phase } = this.#inUse;
    const key = keyOf(this.#inUse, this.#role);
    return sealLinkPacket({ ...content, linkId: this.#linkId, phase, count, key }, this.#primitives);
  }

  #peer(): LinkRole {
    return this.#role === 'initiator' ? 'responder' : 'initiator';
  }
  #graceMs(): number {
    return Math.max(OLD_KEY_MS, OLD_KEY_AIRTIMES * this.#pace.airtimeMs);
  }
  #gapMs(): number {
    const { airtimeMs, extraMs } = this.#pace;
    return Math.max(1_000, 4 * airtimeMs) * 2 ** Math.min(this.#stage, DOUBLINGS_MAX) + extraMs;
  }
  #forgetOld(nowMs: number): void {
    if (this.#old?.untilMs !== undefined && this.#old.untilMs <= nowMs) this.#dropOld();
  }
  /** NXS-RKY-007: what is recorded of a link stays closed to whoever reads the memory of an end later. */
  #dropOld(): void {
    wipeKeys(this.#old);
    this.#old = undefined;
  }
  /** A request that was answered or given up. */
  #giveUp(): void {
    wipe(this.#requesting?.secret);
    this.#requesting = undefined;
  }
  #requireOpenAt(nowMs: number): void {
    this.requireCallAt(nowMs);
    if (this.#isEnded) throw new StateError('NXS-LNK-026', 'the link has ended');
  }
  #isBusy(nowMs: number): boolean {
    this.#forgetOld(nowMs);
    return this.#requesting !== undefined || this.#next !== undefined || this.#old !== undefined || this.#isUnproven;
  }
  #isDue(nowMs: number): boolean {
    const isOld = nowMs - this.#bornMs >= REKEY_MS;
    return isOld || this.#sealedLength >= this.#lengthMax || COUNT_END - this.#count < REKEY_COUNT_LEFT;
  }
}

function wipeKeys(keys: Keys | undefined): void {
  wipe(keys?.pair.initiatorKey, keys?.pair.responderKey);
}
/** What one end seals with. */
function keyOf({ pair }: Keys, role: LinkRole): Uint8Array {
  return role === 'initiator' ? pair.initiatorKey : pair.responderKey;
}
/** @throws ReplayError */
function requireFresh(window: CountWindow, count: number): void {
  const fault = window.faultOf(BigInt(count));
  if (fault !== undefined)
    throw new ReplayError(fault === 'repeated' ? 'NXS-SLD-012' : 'NXS-SLD-013', 'this count does not come any more', { count });
}
function openedEvent({ context, content, destination }: SealedPacket): LinkKeysEvent {
  return { type: 'opened', context, content, ...(destination === undefined ? {} : { destination }) };
}
