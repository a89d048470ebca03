/**
 * The inbox: all that happens to an envelope before somebody reads it, in an order that matters.
 *
 *   open       is it for me, and from whom?
 *   replay     did it come before? asked of what is authentic only, and before the work of validating
 *   validate   is it a message, and does its sender own what is in it?
 *   deliver    what is handed up is in the memory that comes with it
 *
 * What is refused at any step leaves the memory as it was. The caller writes the new memory down before acting on the message.
 */
import * as door from '../../kernel/door.ts';
import type { JsonObject } from '../../kernel/json.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import type { Primitives } from '../../primitives/primitives.ts';
import { resolverDoor } from '../did/resolver.ts';
import type { DidResolver } from '../did/resolver.ts';
import { envelopeDoor, localKeyDoor, openEnvelope } from '../envelope/envelope.ts';
import type { Envelope, LocalKey } from '../envelope/envelope.ts';
import { checkMessage } from '../message/message.ts';
import { ReplayGuard } from '../replay/replay-guard.ts';

/** An envelope, and what it is checked against. */
export interface InboxInput {
  readonly envelope: Envelope;
  readonly receiver: LocalKey;
  readonly resolver?: DidResolver | undefined;
  /** DIDs whose owners the application knows. */
  readonly contacts?: readonly string[] | undefined;
  /** How long ago a message may have been created. */
  readonly windowMs: number;
  /** How far the clocks of two people may be apart. */
  readonly skewMs: number;
  /** Messages that are remembered at most. */
  readonly entryCount?: number | undefined;
  /** What came before: the `memory` of the last delivery. */
  readonly memory?: Uint8Array | undefined;
}

/** A message that is handed up. */
export interface Delivery {
  readonly message: JsonObject;
  /** Whether the sender is a contact; that a DID came in an envelope does not show who is behind it. */
  readonly knownContact: boolean;
  /** Nothing that is signed inside a body was verified. */
  readonly bodySignatures: 'unverified';
  /** What came, this message included; to be kept before the message is acted on. */
  readonly memory: Uint8Array;
}

const INPUT = door.members<InboxInput>({
  envelope: envelopeDoor,
  receiver: localKeyDoor(door.bytes),
  resolver: door.optional(resolverDoor),
  contacts: door.optional(door.list(door.text)),
  windowMs: door.number,
  skewMs: door.number,
  entryCount: door.optional(door.number),
  memory: door.optional(door.bytes),
});

/**
 * Takes an envelope.
 * @returns the message, and the memory that has it
 * @throws as openEnvelope, ReplayGuard and checkMessage; then nothing has changed
 * @see KLT-INB-001
 */
export function takeFromInbox(input: InboxInput, nowMs: number, primitives: Primitives): Delivery {
  const { envelope, receiver, resolver, contacts = [], memory, ...window } = INPUT(input, 'input');
  primitivesDoor.primitives(primitives, 'primitives');
  const guard = new ReplayGuard({ ...window, restored: memory }, nowMs, primitives);
  const message = openEnvelope({ envelope, receiver, resolver }, primitives);
  const { sender, createdAt, messageId } = message;
  guard.check({ sender, createdAt, messageId }, nowMs);
  checkMessage(message, primitives); // KLT-INB-001: what was admitted and is not valid is lost with this guard
  return {
    message,
    knownContact: contacts.includes(String(sender)), // KLT-INB-003
    bodySignatures: 'unverified', // KLT-INB-004
    memory: guard.snapshot(), // KLT-INB-002
  };
}
