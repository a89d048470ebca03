/** The cases of the standard channel types. */
import type { Batch } from '../../generate/batch.ts';
import { lifecycle, machineTraces } from '../../generate/sessions.ts';
import { namedTraces } from '../../generate/traces.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { packetOfJson } from '../packet/build.ts';
import { chatMessages, idCases } from './chats.ts';
import { thtpCases } from './thtp.ts';
import { typedPackets } from './typed-packets.ts';

export const vectors: TopicVectors = {
  subjects: [{ subject: 'channel-types', fill: ({ oracle, batch }) => channelTypeCases(oracle, batch) }],
};

/** Every case of channel types. */
function channelTypeCases(oracle: Oracle, batch: Batch): void {
  typedPackets(batch);
  chatMessages(batch);
  idCases(oracle, batch);
  thtpCases(batch);
  for (const [session, clause, packet] of [
    ['e3x.stream', 'E3X-TYP-037', packetOfJson({ c: 1, seq: 2 }, '00')],
    ['e3x.block', 'E3X-TYP-045', packetOfJson({ c: 1, b: 1, done: true }, '00')],
  ] as const) {
    machineTraces(oracle, batch, session);
    namedTraces(oracle, batch, session);
    lifecycle(oracle, batch, session, clause, {}, { [`${session}.receive`]: { packet } });
  }
}
