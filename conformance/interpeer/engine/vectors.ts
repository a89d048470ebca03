/** Vectors of the engine: its machines, the calls that it refuses, and the life of its session. */
import type { Batch } from '../../generate/batch.ts';
import { lifecycle, machineTraces } from '../../generate/sessions.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { TopicVectors } from '../../suites/modules.ts';

/** The calls that an engine refuses, and the life of its session. What it does with a peer is for the scenarios. */
function engineCases(oracle: Oracle, batch: Batch): void {
  machineTraces(oracle, batch, 'interpeer.engine', true);
  const peer = '02'.repeat(16);
  lifecycle(
    oracle,
    batch,
    'interpeer.engine',
    'IPR-API-010',
    { suite: 'interpeer-1', local: '01'.repeat(16), handshake: 'none', entropy: '00'.repeat(32) },
    {
      'interpeer.engine.connect': { peer, handshake: 'none' },
      'interpeer.engine.accept': { peer, hashname: 'x' },
      'interpeer.engine.refuse': { peer, hashname: 'x' },
      'interpeer.engine.channel': { peer, capabilities: 0 },
      'interpeer.engine.write': { channel: 1, data: 'aa' },
      'interpeer.engine.read': { channel: 1 },
      'interpeer.engine.finish': { channel: 1, reason: 0 },
      'interpeer.engine.receive': { datagram: '00'.repeat(52) },
    },
  );
}

export const vectors: TopicVectors = {
  subjects: [{ subject: 'engine', fill: ({ oracle, batch }) => engineCases(oracle, batch) }],
};
