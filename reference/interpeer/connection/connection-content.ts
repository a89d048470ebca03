/**
 * What the payload of a packet may hold: in the open handshakes, and messages if nothing must be encrypted; inside of
 * what is encrypted everything but handshakes. Each message is on the channel where it belongs, and one that ends
 * before its capabilities is not a message (IPR-RUL-011).
 */
import { DecodeError } from '../../kernel/errors.ts';
import type { DigestPrimitives } from '../../primitives/primitives.ts';
import type { InterpeerSuite } from '../packet/constants.ts';
import { decodeKeyOffer } from './key-offer.ts';
import type { NamedKeyOffer } from './key-offer.ts';
import { decodeMessages } from '../message/messages.ts';
import type { InterpeerMessage } from '../message/messages.ts';
import type { PrivatePart } from '../packet/packet.ts';
import { requireAllowed, requirePlace } from './policy.ts';
import type { ConnectionPolicy } from './policy.ts';

/** What a plain payload holds, sorted. */
export interface PlainContent {
  /** The body of the HANDSHAKE. */
  readonly handshake: Uint8Array | undefined;
  readonly offer: NamedKeyOffer | undefined;
  /** Messages for the layers above. */
  readonly others: readonly InterpeerMessage[];
  /** What follows START_ENCRYPTION. */
  readonly sealed: Uint8Array | undefined;
}

/**
 * Reads the payload of a plain packet.
 * @param isDefault whether it is on the default channel
 * @throws DecodeError, LimitError for messages that are none, on the wrong channel or one too many, and for padding after
 * START_ENCRYPTION; UnsupportedError for what the policy does not allow
 * @see IPR-HSK-008
 */
export function decodePlainContent(
  { payload, padding }: Pick<PrivatePart, 'payload' | 'padding'>,
  {
    suite,
    policy,
    primitives,
  }: { readonly suite: InterpeerSuite; readonly policy: ConnectionPolicy; readonly primitives: DigestPrimitives },
  isDefault: boolean,
): PlainContent {
  const messages = decodeMessages(payload, suite);
  for (const { type } of messages) requirePlace(type, isDefault);
  const handshakes = messages.filter((message) => message.type === 'HANDSHAKE');
  const offers = messages.filter((message) => message.type === 'KEY_OFFER');
  if (handshakes.length > 1 || offers.length > 1) throw new DecodeError('malformed', 'IPR-HSK-008', 'one handshake a packet');
  const [handshake] = handshakes;
  const [offer] = offers;
  if (handshake !== undefined) requireAllowed(policy, 'known-keys', 'key-exchange'); // IPR-HSK-001
  if (offer !== undefined) requireAllowed(policy, 'key-exchange'); // IPR-HSK-001
  const last = messages.at(-1);
  if (last?.type === 'START_ENCRYPTION' && padding.length > 0)
    throw new DecodeError('malformed', 'IPR-ENC-018', 'padding after encrypted content', { length: padding.length });
  return {
    handshake: handshake?.packet.slice(),
    offer: offer === undefined ? undefined : decodeKeyOffer(offer.offer, primitives),
    others: messages.filter(({ type }) => type !== 'HANDSHAKE' && type !== 'KEY_OFFER' && type !== 'START_ENCRYPTION'),
    sealed: last?.type === 'START_ENCRYPTION' ? last.sealed : undefined,
  };
}

/**
 * Reads a payload that was encrypted. Handshakes are in the open, and nothing is encrypted twice.
 * @param isDefault whether it is on the default channel
 * @throws DecodeError, LimitError, UnsupportedError
 * @see IPR-ENC-014
 */
export function decodeEncryptedMessages(payload: Uint8Array, suite: InterpeerSuite, isDefault: boolean): InterpeerMessage[] {
  const messages = decodeMessages(payload, suite);
  for (const { type } of messages) {
    if (type === 'START_ENCRYPTION') throw new DecodeError('malformed', 'IPR-ENC-014', 'encryption inside of what is encrypted');
    requirePlace(type, isDefault);
    if (type === 'HANDSHAKE' || type === 'KEY_OFFER')
      throw new DecodeError('malformed', 'IPR-HSK-008', 'a handshake inside of what is encrypted', { type });
  }
  return messages;
}
