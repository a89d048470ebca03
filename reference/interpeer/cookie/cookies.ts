/**
 * Cookies of channel establishment: the sender of one gets it back, and so needs to remember nothing until then.
 *
 * The initiator's cookie (cookie1) covers the half that it chose; ACKNOWLEDGE echoes it. The responder's (cookie2) covers
 * the full id; FINALIZE and COOKIE echo it. In `interpeer-0.1` a cookie is a checksum, which anyone who has seen one can
 * make for other ids (IPR-CKE-008). In `interpeer-1` it is a MAC, and dies of age.
 */
import { concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { AuthenticationError, UsageError } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { COOKIE_LENGTHS } from '../message/constants.ts';
import { CHANNEL_HALF_LENGTH, CHANNEL_ID_LENGTH, PEER_ID_LENGTH } from '../packet/constants.ts';
import type { InterpeerSuite } from '../packet/constants.ts';
import { suiteDoor } from '../packet/suite-door.ts';
import { crc32 } from '../packet/crc.ts';

/** IPR-CKE-005: how long one epoch of cookies lasts by default. */
export const COOKIE_ROTATION_MS = 60_000;

/** Whose cookie it is. */
export type CookieRole = 'initiator' | 'responder';

/** What a cookie covers. */
export interface CookieInput {
  readonly suite: InterpeerSuite;
  /** A secret of any number of bytes. */
  readonly secret: Uint8Array;
  readonly role: CookieRole;
  /** 16 bytes. */
  readonly initiator: Uint8Array;
  /** 16 bytes. */
  readonly responder: Uint8Array;
  /** As it is on the wire: the initiator's half of 2 bytes for its own cookie, the full id of 4 bytes for the responder's. */
  readonly id: Uint8Array;
  readonly nowMs: number;
  /** How long an epoch lasts, at least 1; 60,000 by default. `interpeer-0.1` knows no epochs. */
  readonly rotationMs?: number | undefined;
}

/** IPR-CKE-004: the ASCII text that keeps these MACs apart from all others under the same key. */
const CONTEXT: Uint8Array = Uint8Array.from('interpeer-1 cookie', (character) => character.charCodeAt(0));
const ROLE_BYTES: { readonly [role in CookieRole]: number } = { initiator: 1, responder: 2 };

const INPUT = door.members<CookieInput>({
  suite: suiteDoor,
  secret: door.bytes,
  role: door.oneOf<CookieRole>('initiator', 'responder'),
  initiator: door.bytes,
  responder: door.bytes,
  id: door.bytes,
  nowMs: door.number,
  rotationMs: door.optional(door.number),
});

function requireLengths({ role, initiator, responder, id }: CookieInput): void {
  const idLength = role === 'initiator' ? CHANNEL_HALF_LENGTH : CHANNEL_ID_LENGTH; // IPR-CKE-001, IPR-CKE-002
  if (initiator.length !== PEER_ID_LENGTH || responder.length !== PEER_ID_LENGTH || id.length !== idLength) {
    throw new UsageError('IPR-CKE-001', 'an id of another length', { id: id.length, needed: idLength });
  }
}

function u64Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

function cookieOf(input: CookieInput, epoch: number, primitives: Primitives): Uint8Array {
  const { suite, secret, role, initiator, responder, id } = input;
  if (suite === 'interpeer-0.1') return crc32(concat([secret, initiator, responder, id])); // IPR-CKE-003
  const message = concat([CONTEXT, Uint8Array.of(ROLE_BYTES[role]), initiator, responder, id, u64Bytes(epoch)]);
  return primitives.hmacSha256({ key: secret, message }).slice(0, COOKIE_LENGTHS[suite]); // IPR-CKE-004
}

function epochAt({ nowMs, rotationMs = COOKIE_ROTATION_MS }: CookieInput): number {
  if (!Number.isSafeInteger(nowMs) || nowMs < 0 || !Number.isSafeInteger(rotationMs) || rotationMs < 1) {
    throw new UsageError('IPR-CKE-005', 'no time, or no length of an epoch', { nowMs, rotationMs });
  }
  return Math.floor(nowMs / rotationMs); // IPR-CKE-005
}

/**
 * Makes the cookie of now.
 * @returns 4 bytes in `interpeer-0.1`, 8 in `interpeer-1`
 * @throws UsageError for ids of other lengths, or times that are none
 * @see IPR-CKE-003
 */
export function makeCookie(given: CookieInput, primitives: Primitives): Uint8Array {
  const input = INPUT(given, 'input');
  primitivesDoor.primitives(primitives, 'primitives');
  requireLengths(input);
  return cookieOf(input, epochAt(input), primitives);
}

/**
 * Checks a cookie that came back: one of this epoch or of the one before.
 * @param cookie what came, of any length
 * @throws AuthenticationError for any other; UsageError for ids of other lengths, or times that are none
 * @see IPR-CKE-006
 */
export function checkCookie(given: CookieInput, cookie: Uint8Array, primitives: Primitives): void {
  const input = INPUT(given, 'input');
  door.bytes(cookie, 'cookie');
  primitivesDoor.primitives(primitives, 'primitives');
  requireLengths(input);
  const epoch = epochAt(input);
  const epochs = input.suite === 'interpeer-1' && epoch > 0 ? [epoch, epoch - 1] : [epoch]; // IPR-CKE-006
  const right = epochs.filter((each) => primitives.isEqual({ left: cookieOf(input, each, primitives), right: cookie }));
  if (right.length === 0) throw new AuthenticationError('IPR-CKE-007');
}
