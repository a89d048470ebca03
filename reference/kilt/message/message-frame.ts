/** The frame of a message: everything but what its body says. */
import type { JsonObject } from '../../kernel/json.ts';
import type { AddressPrimitives } from '../did/address.ts';
import { isFilledText, isInteger, isSomebody, isTyped, listOf, structure, under } from './checks.ts';
import type { Check } from './checks.ts';

const isTime: Check = under('KLT-MSG-002', isInteger(0, Number.MAX_SAFE_INTEGER)); // KLT-MSG-002
const isEnd: Check = under('KLT-MSG-004', isSomebody); // KLT-MSG-004
const isReference: Check = under('KLT-MSG-005', isFilledText); // KLT-MSG-005

/** KLT-MSG-001: the members of a message. */
const isFrame: Check = structure(
  'KLT-MSG-001',
  {
    body: under('KLT-MSG-006', isTyped),
    createdAt: isTime,
    sender: isEnd,
    receiver: isEnd,
    messageId: under('KLT-MSG-003', isFilledText), // KLT-MSG-003
  },
  {
    inReplyTo: isReference,
    references: under('KLT-MSG-005', listOf(isReference)),
    receivedAt: isTime,
  },
);

/**
 * Holds the frame of a message against the rules.
 * @throws DecodeError malformed
 * @see KLT-MSG-001
 */
export function checkFrame(message: JsonObject, primitives: AddressPrimitives): void {
  isFrame(message, 'KLT-MSG-001', primitives);
}
