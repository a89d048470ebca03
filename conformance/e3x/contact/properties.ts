/** What holds for the contacts of any keys. */
import type { Check } from '../../contract/check.ts';
import type { JsonObject } from '../../contract/contract.ts';
import type { Arbitraries } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, textIn, type Bind } from '../../suites/property.ts';
import { contact, hints, keysAndPaths, linkUri, peerParts, uriParts } from './arbitraries.ts';
import { contactFlows } from './cross.ts';

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, contactProperties),
  hints,
  flows: contactFlows,
};

function contactProperties(property: Bind, make: Arbitraries): Check[] {
  return [
    property({
      name: 'e3x.linkjson.write/round-trip',
      requirement: 'E3X-CON-011',
      title: 'A link that is written reads back as what was given',
      operations: ['e3x.linkjson.write', 'e3x.linkjson.read'],
      arbitrary: contact(make),
      trial: async (given, talk) => {
        const { json = '' } = await talk.want('e3x.linkjson.write', given);
        const back = await talk.want('e3x.linkjson.read', { json });
        for (const member of ['keys', 'more'] as const)
          demand(talk, back, member, given[member] ?? {}, 'E3X-CON-011', `The ${member} of the link are not those given.`);
        if (given['hashname'] !== undefined)
          demand(talk, back, 'hashname', given['hashname'], 'E3X-CON-011', 'The hashname of the link is not the one given.');
      },
    }),
    property({
      name: 'e3x.linkjwk.write/round-trip',
      requirement: 'E3X-CON-018',
      title: 'A JSON Web Key that is written reads back as what was given',
      operations: ['e3x.linkjwk.write', 'e3x.linkjwk.read'],
      arbitrary: keysAndPaths(make),
      trial: async (given, talk) => {
        const { jwk = '' } = await talk.want('e3x.linkjwk.write', given);
        demand(
          talk,
          await talk.want('e3x.linkjwk.read', { jwk }),
          'keys',
          given['keys'] ?? {},
          'E3X-CON-018',
          'The keys are not those given.',
        );
      },
    }),
    property({
      name: 'e3x.linkuri.format/round-trip',
      requirement: 'E3X-URI-014',
      title: 'A link URI that is written reads back as what was given',
      operations: ['e3x.linkuri.format', 'e3x.linkuri.parse'],
      arbitrary: uriParts(make),
      trial: async (given, talk) => {
        const { uri = '' } = await talk.want('e3x.linkuri.format', given);
        const back = await talk.want('e3x.linkuri.parse', { uri });
        const wanted: JsonObject = { host: given['host'] ?? '', keys: given['keys'] ?? {}, port: given['port'] ?? 42424, base: uri };
        for (const [member, value] of Object.entries(wanted))
          demand(talk, back, member, value, 'E3X-URI-014', `The ${member} of the URI is not the one given.`);
      },
    }),
    property({
      name: 'e3x.linkuri.attach/verifies',
      requirement: 'E3X-URI-015',
      title: 'A peer answers with the URI that it has made, and nobody else can',
      operations: ['e3x.linkuri.attach', 'e3x.linkuri.verify'],
      arbitrary: peerParts(make),
      trial: async (given, talk) => {
        const uri = textIn(await talk.want('e3x.linkuri.attach', given), 'uri');
        const hashname = given['hashname'] ?? '';
        const seen = uri.slice(0, uri.indexOf('.', uri.indexOf('#')));
        const found = await talk.want('e3x.linkuri.verify', { uri: seen, answer: uri, hashname });
        demand(talk, found, 'value', given['value'] ?? '', 'E3X-URI-021', 'The value of the fragment is not the one that was attached.');
      },
    }),
    property({
      name: 'e3x.contact.resolve/uri',
      requirement: 'E3X-URI-023',
      title: 'A link URI leads to a peer if it has a fragment, and to its host otherwise',
      operations: ['e3x.contact.resolve'],
      arbitrary: linkUri(make),
      trial: async (text, talk) => {
        const form = text.includes('#') ? 'peer' : 'direct';
        demand(talk, await talk.want('e3x.contact.resolve', { text }), 'form', form, 'E3X-URI-023', 'The URI leads somewhere else.');
      },
    }),
  ];
}
