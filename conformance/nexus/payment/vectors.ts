/** The vectors of payment: what is drawn, what wins, and states of channels. */
import { tracedSubject } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { channelCases } from './channels.ts';
import { drawCases, lotteryCases } from './draws.ts';
import { recordCases } from './records.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'vrf', fill: ({ batch }) => drawCases(batch) },
    { subject: 'lottery', fill: ({ batch }) => lotteryCases(batch) },
    { subject: 'channel', fill: ({ batch }) => channelCases(batch) },
    { subject: 'record', fill: ({ batch }) => recordCases(batch) },
    tracedSubject('payment', 'nexus.payment'),
  ],
  mutated: [], // nobody has gone through its survivors yet
};
