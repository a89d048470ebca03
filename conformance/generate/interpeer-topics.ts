/** The topics of Interpeer: each line is one file below `vectors/interpeer/`. */
import type { Confirmer } from './batch.ts';
import { connectionCases, coveringCases, encryptionCases, keyOfferCases } from './interpeer-connection.ts';
import { establishmentCases } from './interpeer-establishment.ts';
import { cookieCases, messageCases } from './interpeer-messages.ts';
import { bundleCases, dataCases, engineCases } from './interpeer-data.ts';
import { channelIdCases, packetCases, varintCases } from './interpeer-wire.ts';
import type { Topic } from './topics.ts';

/** Who confirms vectors of Interpeer beside the interpreter. */
export function interpeerConfirmers(): Promise<Confirmer[]> {
  return Promise.resolve([]);
}

export const INTERPEER_TOPICS: readonly Topic[] = [
  { topic: 'varint', fill: ({ oracle, batch }) => varintCases(oracle, batch) },
  { topic: 'packet', fill: ({ oracle, batch }) => { packetCases(oracle, batch); channelIdCases(batch); } },
  { topic: 'messages', fill: ({ oracle, batch }) => messageCases(oracle, batch) },
  { topic: 'cookies', fill: ({ oracle, batch }) => cookieCases(oracle, batch) },
  { topic: 'bundles', fill: ({ oracle, batch }) => bundleCases(oracle, batch) },
  { topic: 'data', fill: ({ oracle, batch }) => dataCases(oracle, batch) },
  { topic: 'engine', fill: ({ oracle, batch }) => engineCases(oracle, batch) },
  { topic: 'encryption', fill: ({ oracle, batch }) => { encryptionCases(oracle, batch); coveringCases(oracle, batch, 'interpeer.crypto'); } },
  { topic: 'connections', fill: ({ oracle, batch }) => { keyOfferCases(oracle, batch); connectionCases(oracle, batch); coveringCases(oracle, batch, 'interpeer.connection'); } },
  { topic: 'establishment', fill: ({ oracle, batch }) => establishmentCases(oracle, batch) },
];
