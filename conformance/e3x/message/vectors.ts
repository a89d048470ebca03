/** The cases of messages and channel packets. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { authenticatorCases } from './authenticators.ts';
import { channelPackets } from './channel-packets.ts';
import { counterCases } from './counter.ts';
import { edges } from './edges.ts';
import { evidenceOf, pairOf, type CipherSetEvidence, type Csid } from './evidence.ts';
import { inUse } from './in-use.ts';
import { memoryCases } from './memory.ts';
import { refusedMessages, sealed } from './messages.ts';
import { zeroEdgeCases } from './zero-edges.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'messages', fill: ({ root, oracle, batch }) => messageCases(root, oracle, batch) },
    {
      subject: 'authenticators',
      fill: ({ root, oracle, batch }) => eachSet(root, (csid, set) => authenticatorCases(oracle, batch, csid, set)),
    },
    { subject: 'edges', fill: ({ root, oracle, batch }) => eachSet(root, (csid, set) => zeroEdgeCases(oracle, batch, csid, set)) },
    { subject: 'in-use', fill: ({ root, oracle, batch }) => eachSet(root, (csid, set) => inUse(oracle, batch, csid, set)) },
    { subject: 'message-memory', fill: ({ root, oracle, batch }) => memoryCases(oracle, batch, evidenceOf(root)) },
    { subject: 'channel-counter', fill: ({ oracle, batch }) => counterCases(oracle, batch) },
  ],
  mutated: ['e3x.channelcounter.', 'e3x.channelkeys.', 'e3x.channelpacket.', 'e3x.message.', 'e3x.message-memory.'],
};

function eachSet(root: string, fill: (csid: Csid, set: CipherSetEvidence) => void): void {
  const evidence = evidenceOf(root);
  for (const csid of ['1a', '2a', '3a'] as const) fill(csid, evidence[csid]);
}

/** Every case of the three cipher sets. The library that made the evidence confirms what it made. */
function messageCases(root: string, oracle: Oracle, batch: Batch): void {
  const evidence = evidenceOf(root);
  for (const csid of ['1a', '2a', '3a'] as const) {
    const set = evidence[csid];
    sealed(oracle, batch, csid, set);
    refusedMessages(oracle, batch, csid, set);
    channelPackets(oracle, batch, csid, set);
    edges(oracle, batch, csid, set);
  }
  registry(batch, evidence['3a']);
}

function registry(batch: Batch, set: CipherSetEvidence): void {
  const m = set.messages[0];
  if (m === undefined) throw new Error('no message');
  const params = (csid: string): JsonObject => ({
    csid,
    recipient: { ...pairOf(set, m.to) },
    packet: `0001${/^[0-9a-f]{2}$/.test(csid) ? csid : '3a'}${m.packet.slice(6)}`,
  });
  for (const csid of ['01', '0f', '10', '17', '18', '1b', '1c', '2b', '3b', '4a', 'ff'])
    batch.add({
      name: `csid-${csid}`,
      title: `CSID ${csid} is defined nowhere yet`,
      kind: 'range',
      operation: 'e3x.message.open',
      params: params(csid),
      about: 'E3X-MSG-005',
      rejects: 'unsupported',
    });
  for (const [name, csid] of [
    ['00', '00'],
    ['upper-case', '3A'],
    ['cs-style', 'cs3a'],
    ['empty', ''],
    ['one-digit', '3'],
  ] as const)
    batch.add({
      name: `csid-${name}`,
      title: `a CSID written ${JSON.stringify(csid)}`,
      kind: 'range',
      operation: 'e3x.message.open',
      params: params(csid),
      about: 'E3X-MSG-006',
      rejects: 'malformed',
    });
  const key = { key: '07'.repeat(32), token: '09'.repeat(16), inner: '0000', entropy: '05'.repeat(24) };
  batch.add({
    name: 'csid-1b',
    title: 'a reserved CSID',
    kind: 'range',
    operation: 'e3x.channelpacket.seal',
    params: { csid: '1b', ...key },
    about: 'E3X-MSG-005',
    rejects: 'unsupported',
  });
  batch.add({
    name: 'csid-00',
    title: 'CSID 00',
    kind: 'range',
    operation: 'e3x.channelpacket.seal',
    params: { csid: '00', ...key },
    about: 'E3X-MSG-006',
    rejects: 'malformed',
  });
}
