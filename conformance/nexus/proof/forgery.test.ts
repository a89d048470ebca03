/** What the paper prints as a proof of storage is answered by somebody who stores 32 bytes of a chunk, and ours is not. */
import { describe, expect, it } from 'vitest';
import { oracleOf } from '../../areas.ts';
import { toHex } from '../../oracle/values.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { leafOf, rootOf } from '../object/made.ts';
import { challengeByHand, Forger, HASH, printedAnswer, proofByHand, ticketByHand } from './made.ts';

const oracle = oracleOf('nexus');
const CHUNK = seededBytes('nexus-forged-chunk', 4096);
const NONCES = Array.from({ length: 20 }, (_, i) => seededBytes(`nexus-forged-${String(i)}`, 16));
const refused = (operation: string, params: Record<string, string | number>): string | undefined => {
  const answer = oracle.answer(operation, params);
  return answer.kind === 'reject' ? answer.class : undefined;
};

describe('BLAKE3(chunk || nonce), as the paper prints it', () => {
  const forger = new Forger(CHUNK);
  it('needs 32 bytes of the chunk, which serve for every nonce', () => {
    expect(forger.kept).toHaveLength(32);
    for (const nonce of NONCES) expect(toHex(forger.answer(nonce))).toBe(toHex(printedAnswer(CHUNK, nonce)));
  });
  it('is not a leaf of the tree of which the owner has the root', () => {
    for (const nonce of NONCES) expect(toHex(printedAnswer(CHUNK, nonce))).not.toBe(toHex(leafOf(CHUNK)));
  });
  it('NXS-TKT-005 answers no ticket', () => {
    for (const nonce of NONCES) {
      const ticket = ticketByHand(HASH, 0, toHex(nonce), toHex(CHUNK));
      const body = `${challengeByHand(HASH, 0, toHex(nonce))}${toHex(forger.answer(nonce))}`;
      expect(refused('nexus.ticket.verify', { hash: HASH, ticket, body })).toBe('mismatch');
    }
  });
  it('NXS-PRF-009 is no proof', () => {
    for (const nonce of NONCES) {
      const challenge = challengeByHand(HASH, 0, toHex(nonce));
      const body = proofByHand(challenge, [], toHex(forger.answer(nonce)));
      const params = { challenge, body, merkleRoot: rootOf(CHUNK), size: 4096 };
      expect(refused('nexus.proof.verify', params)).toBe('malformed');
    }
  });
});
