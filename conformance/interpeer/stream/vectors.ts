/** Vectors of streams: the machine, and the longest packet there can be. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { sessionTraces } from '../../generate/sessions.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import { toHex } from '../../oracle/values.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import type { VectorStep } from '../../vectors.ts';
import { made } from '../property.ts';

const PACKET_LENGTH_MAX = 65535;
const PACKET_OVERHEAD = 52;
const NOW_MS = 1000;

/** A packet of 65,535 bytes, and then its last byte. */
function longestPacket(oracle: Oracle, batch: Batch): void {
  const requirement = 'IPR-STR-002';
  const payload = toHex(seededBytes('longest', PACKET_LENGTH_MAX - PACKET_OVERHEAD));
  const address = { sender: 'b2'.repeat(16), recipient: 'a1'.repeat(16), channelId: '12345678' };
  const packet = toHex(made(oracle, 'interpeer.packet.encode', { suite: 'interpeer-1', ...address, payload }, 'datagram'));
  const answer = (events: readonly JsonObject[]): VectorStep['expect'] => ({ ok: { transmit: [], events, timeoutAt: null } });
  const receive = (bytes: string, events: readonly JsonObject[]): VectorStep => ({
    operation: 'interpeer.stream.receive',
    params: { session: '$session', bytes, now: NOW_MS },
    expect: answer(events),
    requirement,
  });
  const open: VectorStep = {
    operation: 'interpeer.stream.open',
    params: { suite: 'interpeer-1', now: NOW_MS },
    expect: answer([]),
    requirement,
    bind: { session: 'session' },
  };
  const steps = [open, receive(packet.slice(0, -2), []), receive(packet.slice(-2), [{ type: 'packet', packet }])];
  batch.addSteps('interpeer.stream.receive/longest', 'a packet of 65,535 bytes, its last byte alone', 'limit', requirement, steps);
}

export const vectors: TopicVectors = {
  subjects: [
    {
      subject: 'streams',
      fill: ({ oracle, batch }) => {
        sessionTraces(oracle, batch, 'interpeer.stream');
        longestPacket(oracle, batch);
      },
    },
  ],
  mutated: ['interpeer.stream.'],
};
