/**
 * What an application allows, as data: by which handshakes a connection may begin, and so whether anything may be said
 * in the open.
 *
 *   none          nothing beyond the first packet, which is plain
 *   known-keys    both sides hold each other's keys already
 *   key-exchange  keys are offered first, and the application looks at them
 */
import * as door from '../../kernel/door.ts';
import { DecodeError, UnsupportedError } from '../../kernel/errors.ts';
import type { InterpeerSuite } from '../packet/constants.ts';
import type { MessageType } from '../message/messages.ts';

/** A way to begin a connection. */
export type HandshakeKind = 'none' | 'known-keys' | 'key-exchange';
/** All of them. */
export const HANDSHAKE_KINDS: readonly HandshakeKind[] = ['none', 'known-keys', 'key-exchange'];

/** What is allowed on a connection. */
export interface ConnectionPolicy {
  readonly handshakes: readonly HandshakeKind[];
}

/** A kind of handshake at the door. */
export const kindDoor: door.Door<HandshakeKind> = door.oneOf(...HANDSHAKE_KINDS);
/** A policy at the door. */
export const policyDoor: door.Door<ConnectionPolicy> = door.members<ConnectionPolicy>({ handshakes: door.list(kindDoor) });

/** Where messages may occur. */
type Place = 'default' | 'other' | 'either';
const PLACES: { readonly [type in MessageType]: { readonly place: Place; readonly clause: string } } = {
  HANDSHAKE: { place: 'default', clause: 'IPR-RUL-001' }, // IPR-RUL-001
  KEY_OFFER: { place: 'default', clause: 'IPR-RUL-001' },
  DATA: { place: 'other', clause: 'IPR-RUL-002' }, // IPR-RUL-002
  DATA_PROGRESS: { place: 'other', clause: 'IPR-RUL-002' },
  DATA_RECEIVE_WINDOW: { place: 'other', clause: 'IPR-RUL-002' },
  CHANNEL_CLOSE: { place: 'other', clause: 'IPR-RUL-013' }, // IPR-RUL-013
  CHANNEL_COOKIE: { place: 'other', clause: 'IPR-RUL-013' },
  CHANNEL_NEW: { place: 'default', clause: 'IPR-RUL-003' }, // IPR-RUL-003
  CHANNEL_ACKNOWLEDGE: { place: 'default', clause: 'IPR-RUL-003' },
  CHANNEL_FINALIZE: { place: 'default', clause: 'IPR-RUL-003' },
  START_ENCRYPTION: { place: 'either', clause: 'IPR-RUL-009' },
};

/**
 * Refuses a message on a channel where it has no business.
 * @throws DecodeError malformed
 * @see IPR-RUL-001
 */
export function requirePlace(type: MessageType, isDefault: boolean): void {
  if (!Object.hasOwn(PLACES, type)) throw new UnsupportedError('IPR-MSG-003', 'no message type', { type });
  const { place, clause } = PLACES[type];
  if (place !== 'either' && (place === 'default') !== isDefault)
    throw new DecodeError('malformed', clause, 'a message on the wrong channel', { type });
}

/**
 * Whether everything but handshakes must be encrypted from the first packet on.
 * @see IPR-ENC-015
 */
export function demandsEncryption(policy: ConnectionPolicy): boolean {
  const { handshakes } = policyDoor(policy, 'policy');
  return !handshakes.includes('none'); // IPR-ENC-015
}

/**
 * Refuses a handshake that is not allowed.
 * @throws UnsupportedError
 * @see IPR-HSK-001
 */
export function requireAllowed({ handshakes }: ConnectionPolicy, ...kinds: readonly HandshakeKind[]): void {
  if (!kinds.some((kind) => handshakes.includes(kind)))
    throw new UnsupportedError('IPR-HSK-001', 'a handshake that is not allowed', { handshake: kinds.join(' or ') });
}

/**
 * Refuses a policy that the suite cannot keep.
 * @throws UnsupportedError for a cryptographic handshake in `interpeer-0.1`
 * @see IPR-HSK-001
 */
export function requirePossible({ handshakes }: ConnectionPolicy, suite: InterpeerSuite): void {
  if (suite === 'interpeer-0.1' && handshakes.some((kind) => kind !== 'none'))
    throw new UnsupportedError('IPR-HSK-001', 'this suite has no encryption');
}
