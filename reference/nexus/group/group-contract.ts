/**
 * The contract of a group: what it accepts as the next state.
 *
 *   0          32      40                     72
 *   +----------+-------+----------------------+--------------------+
 *   | group id | epoch | BLAKE3 of the state  | members' keys      |
 *   | 32       | 8     | of the group, 32     | 32 each, 1 to 100  |
 *   +----------+-------+----------------------+--------------------+
 *
 *   accepted   signed by the admin of this group, and one epoch after the one before; epoch 0 if there is none before
 *
 * A function of its two inputs, without a clock, a store or a secret: whoever runs it gets the same bytes, and its state never
 * has more than 3,272. Members do not wait for it: they take any higher epoch, since one that they missed would lock them out.
 */
import { Reader, compare, concat, leBytes } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, MismatchError } from '../../kernel/errors.ts';
import type { HashPrimitives } from '../../primitives/primitives.ts';
import { NEXUS_KEY_LENGTH } from '../identity/identity.ts';
import type { SignaturePrimitives } from '../identity/signature.ts';
import { HASH_LENGTH } from '../object/content-hash.ts';
import { GROUP_ID_LENGTH, malformed, readU64 } from './fields.ts';
import { GROUP_MEMBER_COUNT, readGroupState } from './group-state.ts';

function readBefore(bytes: Uint8Array): { readonly groupId: Uint8Array; readonly epoch: bigint } {
  const reader = new Reader(bytes);
  const groupId = reader.take(GROUP_ID_LENGTH, 'NXS-GCT-006');
  const epoch = readU64(reader, 'NXS-GCT-006');
  reader.take(HASH_LENGTH, 'NXS-GCT-006');
  const { remaining } = reader;
  if (remaining % NEXUS_KEY_LENGTH !== 0) throw new DecodeError('truncated', 'NXS-GCT-006', 'a part of a key', { remaining });
  const count = remaining / NEXUS_KEY_LENGTH;
  if (count < 1 || count > GROUP_MEMBER_COUNT) malformed('NXS-GCT-006', 'a group has 1 to 100 members', { count });
  return { groupId, epoch };
}

/**
 * What the contract of a group makes of a state of the group.
 * @param input before: what it made of the one before, absent if the group begins; state: as it was signed
 * @returns 72 bytes, and 32 for each member
 * @throws MismatchError for another group or another epoch than the next; and whatever `readGroupState` throws
 * @see NXS-GCT-001
 */
export function runGroupContract(
  input: { readonly before?: Uint8Array | undefined; readonly state: Uint8Array },
  primitives: SignaturePrimitives & Pick<HashPrimitives, 'blake3'>,
): Uint8Array {
  const { before, state } = INPUT(input, 'input');
  const known = before === undefined ? undefined : readBefore(before);
  const { groupId, epoch, members } = readGroupState(state, primitives); // NXS-GCT-005
  if (known === undefined) {
    if (epoch !== 0n) throw new MismatchError('NXS-GCT-002', 'a group begins with epoch 0', { epoch: String(epoch) });
  } else {
    if (compare(groupId, known.groupId) !== 0) throw new MismatchError('NXS-GCT-003', 'of another group');
    if (epoch !== known.epoch + 1n) throw new MismatchError('NXS-GCT-004', 'not the next epoch', { epoch: String(epoch) });
  }
  const hash = primitives.blake3({ message: state, outputLength: HASH_LENGTH });
  return concat([groupId, leBytes(epoch, 8, 'NXS-GCT-001'), hash, ...members]);
}

const INPUT = door.members<{ readonly before?: Uint8Array | undefined; readonly state: Uint8Array }>({
  before: door.optional(door.bytes),
  state: door.bytes,
});
