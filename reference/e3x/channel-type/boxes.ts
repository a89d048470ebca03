/**
 * Boxes: the ids by which messages wait for a recipient.
 *
 *   box      SipHash-2-4 of the recipient's hashname, under the first half of the sender's
 *   message  SipHash-2-4 of the message, under the box id twice
 */
import { concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError } from '../../kernel/errors.ts';
import { siphash24 } from '../../primitives/siphash.ts';
import { hashnameBytes, siphashKeyOf } from './chat-messages.ts';

const BOX_ID_LENGTH = 8;

/**
 * Derives the id of a box.
 * @param sender hashname
 * @param recipient hashname
 * @returns 8 bytes
 * @throws DecodeError malformed
 * @see E3X-TYP-046
 */
export function deriveBoxId(sender: string, recipient: string): Uint8Array {
  return siphash24(siphashKeyOf(sender), hashnameBytes(recipient)); // E3X-TYP-046
}

/**
 * Derives the id of a message in a box.
 * @param box 8 bytes
 * @param message all of its bytes
 * @returns 8 bytes
 * @throws DecodeError malformed
 * @see E3X-TYP-047
 */
export function deriveBoxMessageId(box: Uint8Array, message: Uint8Array): Uint8Array {
  if (door.bytes(box, 'box').length !== BOX_ID_LENGTH)
    throw new DecodeError('malformed', 'E3X-TYP-047', 'no box id', { length: box.length });
  return siphash24(concat([box, box]), message); // E3X-TYP-047
}
