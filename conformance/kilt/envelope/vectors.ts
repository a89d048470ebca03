/** Vectors of envelopes: sealed, opened, packed and unpacked, and one fault each. */
import type { Batch } from '../../generate/batch.ts';
import type { Oracle } from '../../oracle/oracle.ts';
import type { TopicVectors } from '../../suites/modules.ts';
import { documentOf, madePerson, type Person } from '../people.ts';
import { FULL, type Cast } from './cast.ts';
import { openCases, otherKeyCases, plaintextCases } from './opening.ts';
import { compactCases } from './packing.ts';
import { sealCases } from './sealing.ts';

/** Every vector of envelopes that a person must think of. */
function envelopeCases(oracle: Oracle, batch: Batch): void {
  const [ann, ben, eve] = ['ann', 'ben', 'eve'].map((name) => madePerson(oracle, name)) as [Person, Person, Person];
  const full: Person = { ...eve, did: FULL, keyUri: `${FULL}#0x02` };
  const cast: Cast = { ann, ben, eve, full, documents: [documentOf(FULL, { '0x01': ann.publicKey, '0x02': eve.publicKey })] };
  sealCases(cast, batch);
  openCases(cast, batch);
  otherKeyCases(cast, batch);
  plaintextCases(cast, batch);
  compactCases(oracle, cast, batch);
}

export const vectors: TopicVectors = {
  subjects: [{ subject: 'envelopes', fill: ({ oracle, batch }) => envelopeCases(oracle, batch) }],
  mutated: ['kilt.envelope.'],
};
