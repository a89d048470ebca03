/** The cases of relays besides the traces of their machines. */
import { tracedSubject } from '../../generate/sessions.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { custodyRecordCases } from './custody-records.ts';
import { receiptRecordCases } from './receipt-records.ts';

export const vectors: TopicVectors = {
  subjects: [
    { subject: 'custody', fill: ({ batch }) => custodyRecordCases(batch) },
    { subject: 'receipt', fill: ({ batch }) => receiptRecordCases(batch) },
    tracedSubject('relay', 'nexus.relay'),
    tracedSubject('recipient', 'nexus.recipient'),
    tracedSubject('depositor', 'nexus.depositor'),
  ],
  mutated: [], // nobody has gone through its survivors yet
};
