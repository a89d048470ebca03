/** The cases of contacts. */
import type { TopicVectors } from '../../suites/modules.ts';
import { linkJsonCases, linkJwkCases } from './link-json.ts';
import { linkUriCases } from './link-uri.ts';

export const vectors: TopicVectors = {
  subjects: [
    {
      subject: 'link-json',
      fill: ({ batch }) => {
        linkJsonCases(batch);
        linkJwkCases(batch);
      },
    },
    { subject: 'link-uri', fill: ({ oracle, batch }) => linkUriCases(oracle, batch) },
  ],
  mutated: ['e3x.contact.', 'e3x.linkjson.', 'e3x.linkjwk.', 'e3x.linkuri.'],
};
