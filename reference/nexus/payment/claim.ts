/**
 * A claim: a packet that was carried has won, and this is the state in which it is paid.
 *
 *   0         16          48      128     328
 *   +---------+-----------+-------+-------+
 *   | channel | packet id | proof | state |
 *   +---------+-----------+-------+-------+
 */
import { Reader, compare, concat } from '../../kernel/bytes.ts';
import * as door from '../../kernel/door.ts';
import { DecodeError, MismatchError, openAuthentic } from '../../kernel/errors.ts';
import * as primitivesDoor from '../../primitives/door.ts';
import { HASH_LENGTH } from '../object/content-hash.ts';
import { CHANNEL_ID_LENGTH, STATE_LENGTH, partsOfState, requirePrimitives } from './channel-state.ts';
import type { PaymentKeys, PaymentPrimitives } from './channel-state.ts';
import { winsLottery } from './lottery.ts';
import { readPaymentProposal } from './proposal.ts';
import type { PaymentParty } from './proposal.ts';
import { VRF_PROOF_LENGTH, verifyVrf } from './vrf.ts';
import type { VrfPrimitives } from './vrf.ts';

/** A claim, as it is written. */
export interface PaymentClaimInput {
  /** 32 bytes. */
  readonly packetId: Uint8Array;
  /** Of the verifiable random function, 80 bytes. */
  readonly proof: Uint8Array;
  /** With the claimant's signature, 200 bytes. */
  readonly state: Uint8Array;
}
/** A claim, taken apart. */
export interface PaymentClaim {
  readonly packetId: Uint8Array;
  readonly state: Uint8Array;
  readonly claimant: PaymentParty;
}
/** The primitives that claims need. */
export type ClaimPrimitives = PaymentPrimitives & VrfPrimitives;

const INPUT = door.members<PaymentClaimInput>({ packetId: door.copy, proof: door.copy, state: door.copy });
const READING = door.members<PaymentKeys & { readonly body: Uint8Array; readonly difficulty: number }>({
  body: door.copy,
  keyA: door.copy,
  keyB: door.copy,
  difficulty: door.count,
});

/**
 * Writes the body of CLAIM.
 * @returns 328 bytes
 * @throws DecodeError
 * @see NXS-CLM-001
 */
export function writePaymentClaim(input: PaymentClaimInput): Uint8Array {
  const { packetId, proof, state } = INPUT(input, 'input');
  const { channelId } = partsOfState(state);
  if (packetId.length !== HASH_LENGTH || proof.length !== VRF_PROOF_LENGTH) {
    throw new DecodeError('malformed', 'NXS-CLM-001', 'a packet id is 32 bytes and a proof 80');
  }
  return concat([channelId, packetId, proof, state]);
}

/** Takes a claim apart; nothing is verified. @throws DecodeError */
export function partsOfClaim(body: Uint8Array): PaymentClaimInput & { readonly channelId: Uint8Array } {
  const reader = new Reader(body);
  const take = (length: number): Uint8Array => reader.take(length, 'NXS-CLM-002').slice();
  const [channelId, packetId, proof, state] = [take(CHANNEL_ID_LENGTH), take(HASH_LENGTH), take(VRF_PROOF_LENGTH), take(STATE_LENGTH)];
  reader.finish('NXS-CLM-002');
  return { channelId, packetId, proof, state };
}

/**
 * Reads the body of CLAIM, and verifies its proposal and that the packet has won.
 * @param input difficulty: 10, 100 or 1,000
 * @returns copies
 * @throws whatever `readPaymentProposal` throws; MismatchError for another channel, or a packet that has not won;
 *   AuthenticationError
 * @see NXS-CLM-004
 */
export function readPaymentClaim(
  input: PaymentKeys & { readonly body: Uint8Array; readonly difficulty: number },
  primitives: ClaimPrimitives,
): PaymentClaim {
  const { body, keyA, keyB, difficulty } = READING(input, 'input');
  requirePrimitives(primitives);
  primitivesDoor.vrf(primitives, 'primitives');
  const { channelId, packetId, proof, state } = partsOfClaim(body);
  const proposed = readPaymentProposal({ state, keyA, keyB }, primitives);
  if (compare(channelId, proposed.channelId) !== 0) throw new MismatchError('NXS-CLM-003', 'a state of another channel');
  const claimant = proposed.proposer;
  const publicKey = claimant === 'a' ? keyA : keyB;
  const beta = openAuthentic('NXS-CLM-004', () => verifyVrf({ publicKey, alpha: packetId, proof }, primitives));
  if (!winsLottery(beta, difficulty)) throw new MismatchError('NXS-CLM-005', 'the packet has not won');
  return { packetId, state, claimant };
}
