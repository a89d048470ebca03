/** The cases of the standard channel types. */
import type { Batch } from '../../generate/batch.ts';
import { sessionTraces } from '../../generate/sessions.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { chatMessages, idCases } from './chats.ts';
import { thtpCases } from './thtp.ts';
import { typedPackets } from './typed-packets.ts';

export const vectors: TopicVectors = {
  subjects: [{ subject: 'channel-types', fill: ({ oracle, batch }) => channelTypeCases(oracle, batch) }],
  mutated: ['e3x.block.', 'e3x.box.', 'e3x.channeltype.', 'e3x.chat.', 'e3x.stream.', 'e3x.thtp.'],
};

/** Every case of channel types. */
function channelTypeCases(oracle: Oracle, batch: Batch): void {
  typedPackets(batch);
  chatMessages(batch);
  idCases(oracle, batch);
  thtpCases(batch);
  for (const session of ['e3x.stream', 'e3x.block']) {
    sessionTraces(oracle, batch, session);
  }
}
