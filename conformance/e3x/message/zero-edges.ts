/** How requests about messages and channel packets are made of other bytes each time, so that zero bytes at edges are found. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { zeroEdges } from '../../generate/edges.ts';
import { seededBytes } from '../../generate/seeded.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { primitiveBytes } from '../../oracle/primitives.ts';
import { toHex } from '../../oracle/values.ts';
import { pairOf, SETS, type CipherSetEvidence, type Csid } from './evidence.ts';

/** Every value of sealing a message, of deriving keys and of sealing a channel packet. */
export function zeroEdgeCases(oracle: Oracle, batch: Batch, csid: Csid, set: CipherSetEvidence): void {
  const [m] = set.messages;
  if (m === undefined) throw new Error(`no message of ${csid}`);
  const [sender, recipient] = [pairOf(set, m.from), pairOf(set, m.to)];
  const { group, entropyLength, keyLength, secretLength, publicOf } = SETS[csid];
  /** Bytes of one kind and turn. P-256 has scalars of nearly any 32 bytes, and none of those drawn is beyond its order. */
  const drawn = (what: string, turn: number, length: number): string => toHex(seededBytes(`edge-${csid}-${what}-${String(turn)}`, length));
  const ephemeral = (turn: number): JsonObject => ({
    secret: drawn('ephemeral', turn, secretLength),
    ...(csid === '2a' ? { aes: drawn('aes', turn, 32), seed: drawn('seed', turn, 20) } : {}),
  });
  const identity = (turn: number): JsonObject => {
    if (publicOf === undefined) return { ...sender };
    const secret = seededBytes(`edge-${csid}-identity-${String(turn)}`, secretLength);
    return { secret: toHex(secret), key: toHex(primitiveBytes(publicOf, { secret })) };
  };
  zeroEdges(oracle, batch, {
    operation: 'e3x.message.seal',
    name: `${csid}/edges`,
    title: `${csid}: a message`,
    about: (value) => (value === 'token' ? 'E3X-MSG-004' : `${group}-003`),
    request: (turn) => ({
      csid,
      sender: identity(turn),
      ephemeral: ephemeral(turn),
      recipientKey: recipient.key,
      inner: `0000${drawn('inner', turn, 20)}`,
      entropy: drawn('entropy', turn, entropyLength),
    }),
    next: ({ sender: from }, { packet = '' }) => [
      {
        operation: 'e3x.message.open',
        params: {
          csid,
          recipient: { ...recipient },
          senderKey: String((from as JsonObject)['key']),
          packet,
        },
      },
    ],
  });
  const handshake = set.handshakes[1];
  if (handshake === undefined) throw new Error(`no handshake of ${csid}`);
  zeroEdges(oracle, batch, {
    operation: 'e3x.channelkeys.derive',
    name: `${csid}/edges`,
    title: `${csid}: keys of a channel`,
    about: () => (csid === '1a' ? 'E3X-CS1-005' : csid === '2a' ? 'E3X-CS2-006' : 'E3X-CS3-005'),
    request: (turn) => {
      const { secret = '', aes } = ephemeral(turn);
      return {
        csid,
        ephemeral: { secret, ...(aes === undefined ? {} : { aes }) },
        ...(csid === '2a' ? { recipient: { ...pairOf(set, handshake.to) } } : {}),
        packet: handshake.packet,
      };
    },
  });
  zeroEdges(oracle, batch, {
    operation: 'e3x.channelpacket.seal',
    name: `${csid}/edges`,
    title: `${csid}: a channel packet`,
    about: (value) => (value === 'token' ? 'E3X-CHP-002' : csid === '1a' ? 'E3X-CS1-006' : csid === '2a' ? 'E3X-CS2-007' : 'E3X-CS3-006'),
    request: (turn) => ({
      csid,
      key: drawn('channel-key', turn, keyLength),
      token: drawn('token', turn, 16),
      inner: `0000${drawn('inner', turn, 20)}`,
      entropy: drawn('entropy', turn, entropyLength),
    }),
    next: ({ key = '' }, { packet = '' }) => [{ operation: 'e3x.channelpacket.open', params: { csid, key, packet } }],
  });
}
